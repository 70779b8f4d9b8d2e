/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_SERVER_H
#define CDP_APPSPEC_SERVER_H

#include "appspec/keys.h"
#include "appspec/values.h"

/* From the tree of a Server AppSpec to the model, the way the agent 1.x takes values. */
void cdp_appspec_read_server(appspec_work *work, cdp_node root);
void cdp_appspec_read_permissions(appspec_work *work, cdp_node list);
void cdp_appspec_read_hooks(appspec_work *work, cdp_node hooks);

/* The version, of any platform; `quoted` texts are accepted where it is 1. */
void cdp_appspec_read_version(appspec_work *work, cdp_node key, cdp_node value, bool quoted);

/*
 * Prepares a section that must be a list: the number of its items, 0 for none. What agents 2.x
 * would refuse, and what is no list at all, is reported; `what` names the section.
 */
size_t cdp_appspec_open_list(appspec_work *work, cdp_node list, const char *what);

/* Something of the wrong shape, in plain words what belongs there. */
void cdp_appspec_report_shape(appspec_work *work, cdp_node node, const char *what,
                              const char *wanted, const char *hint);

/* Ruby's `text['source']` finds the word in a text, so that the agent takes it for an entry. */
bool cdp_appspec_is_accidental_entry(const appspec_work *work, cdp_node node);

/* True when the word stands anywhere in the text, as Ruby's `text['word']` looks for it. */
bool cdp_appspec_holds(cdp_string text, cdp_string word);

/* The events that scripts can hook, the reserved ones, and how many of each. */
extern const char *const cdp_appspec_script_events[];
extern const char *const cdp_appspec_reserved_events[];
enum { APPSPEC_SCRIPT_EVENTS = 9, APPSPEC_RESERVED_EVENTS = 6 };

#endif
