/* SPDX-License-Identifier: MIT */
#ifndef LOCAL_H
#define LOCAL_H

/* What the commands that deploy on this machine share. */

#include <codedeploy-posix/codedeploy-posix.h>

#include "cli.h"

typedef struct local_settings {
    cdp_posix_deploy_options deploy;
    cdp_string events[CDP_LIFECYCLE_MAX_EVENTS];
    const char *config;
    const char *root; /* --root */
    char *agent_root; /* to be freed */
    char *fetched;    /* to be removed and freed */
    bool dry_run;
    bool as_json;
} local_settings;

/* Settings of options that several of the commands have; CLI_CLEAN or CLI_USAGE. */
int local_take_mode(const cli_command *self, local_settings *s, const char *word);
int local_take_behaviour(const cli_command *self, local_settings *s, const char *word);
int local_take_type(const cli_command *self, local_settings *s, const char *word);
int local_take_events(const cli_command *self, local_settings *s, char *list);

/*
 * Finds the agent's root: from --config, from the usual configuration file if there is one, below
 * --root for a trial, else the default. CLI_CLEAN or CLI_IO.
 */
int local_find_root(local_settings *s);
void local_release(local_settings *s);

/* Turns a location into a path: `file:`, or what a helper program fetches. CLI_CLEAN, CLI_USAGE or
 * CLI_IO. */
int local_fetch(const cli_command *self, local_settings *s, const char *location);

/* Prints what a deployment would do. */
int local_print_plan(local_settings *s);

/* Shows errors and warnings on standard error. */
void local_print_diagnostics(const cdp_diagnostics *diagnostics);

/* Deploys, showing news; `earlier` non-NULL: deploys that revision again ("" for the last). */
int local_deploy(local_settings *s, const char *earlier);

#endif
