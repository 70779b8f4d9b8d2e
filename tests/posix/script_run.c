/* SPDX-License-Identifier: MIT */
#include "script_run.h"

#include <stdio.h>
#include <stdlib.h>

script_run script_prepare(const char *folder, const char *location)
{
    const char *revision = scratch_path(folder, "r");
    script_run made = {.folder = folder};

    if (!scratch_exists(revision))
        scratch_directory(revision);
    made.diagnostics = scratch_diagnostics();
    made.log_options = (cdp_posix_log_options){
        .size = sizeof made.log_options,
        .script_log = str(scratch_path(folder, "logs/scripts.log")),
        .deployments_log = str(scratch_path(folder, "deployments.log")),
        .deployment_id = str("d-TEST"),
    };
    made.options = (cdp_posix_script_options){
        .size = sizeof made.options,
        .revision = str(revision),
        .location = str(location),
        .event = str("AfterInstall"),
        .deployment_id = str("d-TEST"),
        .application_name = str("Shop"),
        .group_name = str("Fleet"),
        .group_id = str("g-1"),
        .timeout_ms = 40000,
        .grace_ms = 300,
    };
    return made;
}

void script_open_log(script_run *run)
{
    assert_int_equal(cdp_posix_log_new(&run->log_options, run->diagnostics, &run->log), CDP_OK);
    assert_int_equal(cdp_posix_log_event(run->log, run->options.event), CDP_OK);
    run->options.log = run->log;
}

void script_begin(script_run *run)
{
    script_open_log(run);
    assert_int_equal(cdp_posix_script_begin(&run->options, run->diagnostics, &run->script), CDP_OK);
}

void script_finish(script_run *run)
{
    run->result.size = sizeof run->result;
    /* It ends when its time is over, and soon after that. */
    assert_int_equal(cdp_posix_script_wait(run->script, run->options.timeout_ms + 30000), CDP_OK);
    assert_int_equal(cdp_posix_script_fd(run->script), -1);
    assert_int_equal(cdp_posix_script_result_get(run->script, &run->result), CDP_OK);
    snprintf(run->message, sizeof run->message, "%s", run->result.message.data);
    snprintf(run->tail, sizeof run->tail, "%s", cdp_posix_log_tail(run->log).data);
    run->dropped = cdp_posix_log_tail_dropped(run->log);
    cdp_posix_script_free(run->script);
    cdp_posix_log_free(run->log);
}

script_run script_go(script_run run)
{
    script_begin(&run);
    script_finish(&run);
    return run;
}

script_run script_run_text(const char *folder, const char *text)
{
    script_run run = script_prepare(folder, "s");

    scratch_script(scratch_path(folder, "r/s"), text);
    return script_go(run);
}

pid_t script_read_pid(const char *path)
{
    int64_t until = scratch_now() + 10000;

    while (scratch_now() < until) {
        if (scratch_exists(path)) {
            pid_t process = (pid_t)atoi(scratch_read(path, NULL));

            if (process > 0)
                return process;
        }
        scratch_sleep(5);
    }
    fail_msg("%s was not written", path);
    return 0;
}

void script_expect_error(const script_run *run, cdp_posix_script_code code,
                         cdp_diagnostic_code diagnostic, const char *part)
{
    assert_int_equal(run->result.code, code);
    assert_int_equal(run->result.diagnostic, diagnostic);
    if (!strstr(run->message, part))
        fail_msg("'%s' does not say '%s'", run->message, part);
    assert_string_equal(run->message, scratch_message(run->diagnostics, diagnostic));
}
