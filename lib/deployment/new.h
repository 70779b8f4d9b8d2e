/* SPDX-License-Identifier: MIT */
#ifndef CDP_DEPLOYMENT_NEW_H
#define CDP_DEPLOYMENT_NEW_H

#include "deployment/state.h"

/* What cdp_deployment_new_rollback() and cdp_deployment_restore() know beyond the options. */
typedef struct cdp_origin {
    cdp_engine_kind
        engine; /* CDP_ENGINE_REROUTE or CDP_ENGINE_UNSHIFT for a way back; else ignored */
    cdp_way_back way_back;
    /* Of the deployment that is rolled back. */
    cdp_string config_name;
    int32_t weight;
    int32_t test_weight;
} cdp_origin;

/* `origin` NULL: an ordinary deployment. Created, without targets on Server. */
cdp_status cdp_deployment_create(const cdp_deployment_options *options, const cdp_origin *origin,
                                 const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                 cdp_deployment **deployment);

/* options.c: true for what can be the id of a deployment. */
bool cdp_is_deployment_id(cdp_string id);

/* options.c: copies what of `options` is kept, and checks it. */
cdp_status cdp_options_take(cdp_deployment *deployment, const cdp_deployment_options *options,
                            cdp_diagnostics *diagnostics);

/* Which plans the targets follow, and which of their events have nothing to run. */
cdp_status cdp_courses_make(cdp_deployment *deployment, const cdp_deployment_options *options,
                            cdp_diagnostics *diagnostics);

#endif
