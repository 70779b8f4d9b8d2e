/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_RESOURCES_H
#define CDP_APPSPEC_RESOURCES_H

#include "appspec/keys.h"

/* From the tree of a Lambda or ECS AppSpec to the model; the platform is the AppSpec's own. */
void cdp_appspec_read_resources(appspec_work *work, cdp_node root);
void cdp_appspec_read_lambda(appspec_work *work, cdp_node properties);
void cdp_appspec_read_ecs(appspec_work *work, cdp_node properties);
void cdp_appspec_read_functions(appspec_work *work, cdp_node hooks);

/*
 * A property that is a text: as it is written, numbers too; absent when it is missing, null or
 * empty. A list or mapping is reported.
 */
appspec_value cdp_appspec_take_written(appspec_work *work, cdp_node key, const char *what);

/* The value of a key that must be a mapping, 0 when it is not; that is reported. */
cdp_node cdp_appspec_expect_mapping(appspec_work *work, cdp_node key, const char *what);

/* The platform of a `type`, or AUTO. */
cdp_platform cdp_appspec_platform_of_type(cdp_string type);

/* What the text tells of its platform: AUTO when it does not, or contradicts itself. */
cdp_platform cdp_appspec_detect(appspec_work *work, cdp_node root);

#endif
