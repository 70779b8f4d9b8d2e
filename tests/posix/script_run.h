/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_RUN_H
#define SCRIPT_RUN_H

#include "scratch.h"

#include <codedeploy-posix/codedeploy-posix.h>

/* One run: a revision `r` in the scratch folder, a log, and what came of it. */
typedef struct script_run {
    const char *folder;
    cdp_posix_log_options log_options;
    cdp_posix_script_options options;
    cdp_diagnostics *diagnostics;
    cdp_posix_log *log;
    cdp_posix_script *script;
    cdp_posix_script_result result;
    char message[1024];
    char tail[4096];
    uint64_t dropped;
} script_run;

/* Sets up a run of the revision's script `location`, to be changed before it goes. */
script_run script_prepare(const char *folder, const char *location);
void script_open_log(script_run *run);
void script_begin(script_run *run);
void script_finish(script_run *run);
/* Begins and finishes. */
script_run script_go(script_run run);
/* Writes the script `s` and runs it. */
script_run script_run_text(const char *folder, const char *text);
/* Waits for a file that a script writes a process id into. */
pid_t script_read_pid(const char *path);
void script_expect_error(const script_run *run, cdp_posix_script_code code,
                         cdp_diagnostic_code diagnostic, const char *part);

#endif
