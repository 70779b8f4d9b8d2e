/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_SCRIPT_COMMAND_H
#define CDP_POSIX_SCRIPT_COMMAND_H

#include <codedeploy-posix/script.h>

#include "internal.h"

/* Everything that execve() needs, made before the fork, because afterwards nothing may be. */
typedef struct px_command {
    /* Where the script is, and what to run: the script itself, or sudo. */
    char *script;
    char *program;
    /* NULL-terminated, each string of its own. `shell` runs a script without `#!`, as a shell and
     * the official agent do; NULL when the program is not the script itself. */
    char **arguments;
    char **shell;
    char **environment;
    /* To become another user: ids and groups. */
    bool change_user;
    uid_t uid;
    gid_t gid;
    gid_t *groups;
    size_t group_count;
} px_command;

/* Makes `script`: where it is. CDP_OK or CDP_ERR_NOMEM. */
cdp_status px_command_locate(const cdp_posix_script_options *options, px_command *command);

/*
 * Makes the rest. CDP_OK; CDP_ERR_NOMEM; CDP_ERR_INVALID when it cannot be run, which is then
 * reported.
 */
cdp_status px_command_make(const cdp_posix_script_options *options, cdp_diagnostics *diagnostics,
                           px_command *command);
void px_command_release(px_command *command);

/* "LOCATION" or "LOCATION run as user USER", as the agent names a script; NULL: no memory. */
char *px_command_name(const cdp_posix_script_options *options);

#endif
