/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_VALUES_H
#define CDP_APPSPEC_VALUES_H

#include "appspec/work.h"

/* Null or false, which Ruby's `||` takes for nothing. */
bool cdp_appspec_is_nothing(const appspec_work *work, cdp_node node);
bool cdp_appspec_is_null(const appspec_work *work, cdp_node node);

/* A value that the agent keeps as it is; absent for null. */
appspec_value cdp_appspec_take(appspec_work *work, cdp_node node);

/*
 * A value that the agent turns into text and strips: `to_s.strip`. What that changes is reported.
 * `leaf` names the property for the findings.
 */
appspec_value cdp_appspec_take_text(appspec_work *work, cdp_node node, const char *leaf);

/* What the scratch text would hold after to_s; nothing is reported. */
void cdp_appspec_put_to_s(appspec_work *work, cdp_node node);

/* The value as Ruby's inspect shows it, and as JSON. */
void cdp_appspec_put_inspected(appspec_work *work, cdp_node node, cdp_text *text);
void cdp_appspec_put_json(appspec_work *work, cdp_node node, cdp_text *text);

/* `"$NilClass:nil"` and the like for a key that is no text; its text otherwise. */
void cdp_appspec_put_key(appspec_work *work, cdp_node key, cdp_text *text);

/* In plain words: `a list`, `a mapping`, `the number 7` … for messages. */
cdp_string cdp_appspec_describe(const appspec_work *work, cdp_node node);

bool cdp_appspec_is_binary(const appspec_work *work, cdp_node node);

#endif
