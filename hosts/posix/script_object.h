/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_SCRIPT_OBJECT_H
#define CDP_POSIX_SCRIPT_OBJECT_H

/* The inside of a running script: begun in script_begin.c, driven in script.c, ended in
 * script_end.c. */

#include <codedeploy-posix/script.h>

#include "script_log.h"
#include "supervisor.h"

/* How much one read takes. */
enum { PX_READ_BYTES = 65536 };

struct cdp_posix_script {
    px_command command;
    char *location;
    /* LOCATION, with the user if there is one: how messages name it. */
    char *name;
    cdp_posix_log *log;
    cdp_diagnostics *diagnostics;
    /* The error, in the registry's words: what `result.message` points into. */
    cdp_diagnostics *error;
    /* What the first line names as interpreter, and whether that line ends as on Windows. */
    char *interpreter;
    bool has_windows_lines;
    bool is_directory;

    pid_t supervisor;
    int events;
    int control;
    int outputs[2];
    px_line lines[2];
    int64_t timeout_ms;
    int64_t began;
    /* What the supervisor told. */
    px_notice failed;
    px_notice over;
    bool has_failed;
    bool has_over;
    bool has_ended;
    cdp_posix_script_result result;
    char buffer[PX_READ_BYTES];
};

void px_script_close_output(cdp_posix_script *script, int which);

/* Keeps the first thing that a callback of the log answered, and stops the script for it. */
void px_script_answer(cdp_posix_script *script, cdp_status answer);

/* The script has ended: with `code`, and with the newest finding in `error` unless it succeeded. */
void px_script_end(cdp_posix_script *script, cdp_posix_script_code code);
/* It could not be started; `failed` says why. */
void px_script_end_not_started(cdp_posix_script *script);
/* The supervisor has said its last word, or is no more: says how the script ended. */
void px_script_conclude(cdp_posix_script *script);

#endif
