/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_PROGRAM_H
#define CDP_POSIX_PROGRAM_H

#include "internal.h"

/* What is kept of a program's output. */
enum { PX_PROGRAM_OUTPUT = 2048 };

typedef struct px_program_result {
    bool is_missing;
    /* Exit status, or -1 when a signal or the time ended it. */
    int exit_status;
    /* The last part of its outputs, without newlines at the end. */
    char output[PX_PROGRAM_OUTPUT];
} px_program_result;

/*
 * Runs a program of the system (found in PATH, /usr/sbin and /sbin) and waits for it, as scripts
 * are run: no shell, no SIGCHLD for the host program, no survivor. `arguments` ends with NULL and
 * begins with the program's name. CDP_OK when the result tells how it went; CDP_ERR_NOMEM;
 * CDP_ERR_IO with errno.
 */
cdp_status px_run_program(const char *const *arguments, int64_t timeout_ms,
                          px_program_result *result);
/* Whether that would find it; true when there is no memory for looking. */
bool px_has_program(const char *name);

#endif
