/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_RULES_H
#define CDP_APPSPEC_RULES_H

#include "appspec/work.h"

/*
 * The rules about what an AppSpec says, as against how it is written: they look at the model alone,
 * so that what was built without text is judged like what was read.
 */

/* A text of any property: placeholders left in, smart quotes, invisible and control characters. */
void cdp_appspec_check_text(appspec_work *work, const appspec_value *value, const char *leaf);
/* Also that a value is a text, and without blanks at its ends. */
void cdp_appspec_check_plain_text(appspec_work *work, const appspec_value *value, const char *leaf);
/* An unquoted `{{NAME}}`, which YAML reads as mappings; true when it was one, and reported. */
bool cdp_appspec_check_mustache(appspec_work *work, cdp_node node, const char *leaf);
/* `<NAME>`, `${NAME}`, `{{NAME}}`, `%NAME%` anywhere in the text. */
bool cdp_appspec_has_placeholder(cdp_string text, cdp_string *placeholder);

void cdp_appspec_check_server(appspec_work *work);
void cdp_appspec_check_files(appspec_work *work);
void cdp_appspec_check_permissions(appspec_work *work);
void cdp_appspec_check_hooks(appspec_work *work);
/* What permissions do to each other and to what `files` installs. */
void cdp_appspec_check_reach(appspec_work *work);
/* What can only be said with the revision at hand. */
void cdp_appspec_check_bundle(appspec_work *work);

/* Lambda and ECS: all of it. */
void cdp_appspec_check_resource(appspec_work *work);
void cdp_appspec_check_lambda(appspec_work *work);
void cdp_appspec_check_ecs(appspec_work *work);
void cdp_appspec_check_functions(appspec_work *work);

/* Parses the text and keeps the result; what is wrong is reported. */
void cdp_appspec_set_mode(appspec_work *work, appspec_permission *permission, cdp_string text,
                          cdp_node node);
bool cdp_appspec_set_acl(appspec_work *work, appspec_acl *acl, cdp_string text, cdp_node node);
void cdp_appspec_set_range(appspec_work *work, appspec_permission *permission, cdp_string text,
                           cdp_node node);

#endif
