/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_SUPERVISOR_H
#define CDP_POSIX_SUPERVISOR_H

#include "script_command.h"

/*
 * The process between the host program and a script: it starts the script, watches its time, and
 * ends what is left. See script.h for why. The two talk over a SOCK_SEQPACKET socket pair.
 */

/* From the host: one byte. Closing the socket asks for PX_ASK_END too. */
enum { PX_ASK_END = 'e', PX_ASK_KILL = 'k' };

/* Where a start failed. */
typedef enum px_stage {
    PX_STAGE_FORK = 1,
    PX_STAGE_SETUP,
    PX_STAGE_USER,
    PX_STAGE_EXECUTE
} px_stage;

/* Why a script is over. */
typedef enum px_end {
    /* By itself, and its outputs are closed. */
    PX_END_BY_ITSELF = 1,
    /* The time is over: it was still running, or its outputs still open. */
    PX_END_TIMED_OUT,
    PX_END_OUTPUTS_OPEN,
    PX_END_ASKED
} px_end;

/* To the host: at most one that the start failed, then one that all is over. */
typedef struct px_notice {
    enum { PX_NOTICE_START_FAILED = 1, PX_NOTICE_OVER } kind;
    px_stage stage;
    int error;
    px_end end;
    /* As from waitpid(); only with `has_status`. */
    int status;
    int has_status;
    int stdout_open;
    int stderr_open;
    int survivors;
} px_notice;

/* What the supervisor works with. All descriptors are 3 or above and close-on-exec. */
typedef struct px_supervision {
    const px_command *command;
    int64_t timeout_ms;
    int64_t grace_ms;
    int control;
    int input;
    /* What the script writes into, and a second hold on the other ends, to see that all writers
     * are gone. */
    int outputs[2];
    int watched[2];
    /* A descriptor to keep open, or -1. */
    int held;
} px_supervision;

/*
 * Forks the supervisor, with a guard in between that continues it when it is stopped, and ends what
 * it leaves when it is killed; the guard's process id, or -1 with errno. It sends no SIGCHLD: only
 * waitpid() with __WALL sees it, so that it stays invisible to a host program that reaps its own
 * children.
 */
pid_t px_supervisor_start(const px_supervision *supervision);

#endif
