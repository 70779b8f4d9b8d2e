/* SPDX-License-Identifier: MIT */
#ifndef LOCAL_H
#define LOCAL_H

/* What the commands that deploy on this machine share. */

#include <codedeploy-posix/codedeploy-posix.h>

#include "cli.h"

struct local_teller;

typedef struct local_settings {
    cdp_posix_deploy_options deploy;
    cdp_string events[CDP_LIFECYCLE_MAX_EVENTS];
    const char *config;
    const char *root;              /* --root */
    cdp_posix_agent_config *agent; /* to be freed; NULL without a file */
    char *agent_root;              /* to be freed */
    bool dry_run;
    bool as_json;
    struct local_teller *teller;
    bool is_answered; /* --help and the like: nothing more is to be done */
} local_settings;

/* Settings of options that several of the commands have; CLI_CLEAN or CLI_USAGE. */
int local_take_mode(const cli_command *self, local_settings *s, const char *word);
int local_take_behaviour(const cli_command *self, local_settings *s, const char *word);
int local_take_type(const cli_command *self, local_settings *s, const char *word);
int local_take_group(const cli_command *self, local_settings *s, const char *id);
int local_take_events(const cli_command *self, local_settings *s, char *list);

/*
 * Reads the agent's configuration file (the one that is named, else the usual one if there is one
 * and this is no trial), and finds the agent's root: what the file says, below --root for a trial,
 * else the default. CLI_CLEAN or CLI_IO.
 */
int local_find_root(local_settings *s);
/* Makes the root of a trial, for commands that change something. CLI_CLEAN or CLI_IO. */
int local_make_root(const local_settings *s);
void local_release(local_settings *s);

/* Sets the bundle, and how it is fetched; CLI_USAGE or CLI_IO, with words, for what cannot be. */
int local_take_location(const cli_command *self, local_settings *s, const char *location);

/* The exit code for what the library answered before anything began. */
int local_exit_of(cdp_status status);

/* Prints what a deployment would do. */
int local_print_plan(local_settings *s);

/* From then on a signal that asks for the end cancels what runs, a second one ends the program, and
 * output that nobody reads any more, or that is closed, ends nothing. */
void local_watch_signals(void);
bool local_is_interrupted(void);

/* Shows errors and warnings on standard error. */
void local_print_diagnostics(const cdp_diagnostics *diagnostics);

/* Deploys, showing news; `earlier` non-NULL: deploys that revision again ("" for the last). */
int local_deploy(local_settings *s, const char *earlier);

#endif
