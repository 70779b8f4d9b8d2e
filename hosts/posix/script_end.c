/* SPDX-License-Identifier: MIT */
#include "script_object.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

/* The supervisor holds on to the same pipe, so that closing our end takes it out of no list. */
void px_script_close_output(cdp_posix_script *script, int which)
{
    if (script->outputs[which] < 0)
        return;
    if (script->events >= 0)
        epoll_ctl(script->events, EPOLL_CTL_DEL, script->outputs[which], NULL);
    px_close(&script->outputs[which]);
}

/* Takes the newest finding as the result's message, and gives the caller a copy. */
static void tell_error(cdp_posix_script *script)
{
    size_t count = cdp_diagnostics_count(script->error);
    cdp_diagnostic finding = {.size = sizeof finding};

    if (count == 0 || cdp_diagnostics_at(script->error, count - 1, &finding) != CDP_OK)
        return;
    script->result.diagnostic = finding.code;
    script->result.message = finding.message;
    if (script->diagnostics)
        (void)cdp_diagnostics_add(script->diagnostics, &finding);
}

void px_script_end(cdp_posix_script *script, cdp_posix_script_code code)
{
    script->has_ended = true;
    script->result.code = code;
    if (script->began)
        script->result.duration_ms = px_now_ms() - script->began;
    if (!script->result.message.data)
        script->result.message = px_string("");
    if (code != CDP_POSIX_SCRIPT_SUCCEEDED)
        tell_error(script);
    px_script_close_output(script, 0);
    px_script_close_output(script, 1);
    px_close(&script->control);
    px_close(&script->events);
    px_log_flush(script->log);
}

void px_script_end_not_started(cdp_posix_script *script)
{
    int error = script->failed.error;
    const char *name = script->name;
    px_error_text text;

    if (script->failed.stage == PX_STAGE_EXECUTE && script->has_windows_lines && error == ENOENT) {
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_WINDOWS_INTERPRETER, name,
                  script->interpreter, NULL);
    } else if (script->failed.stage == PX_STAGE_EXECUTE && error == ENOENT && script->interpreter) {
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_INTERPRETER_MISSING, name,
                  script->interpreter, NULL);
    } else {
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_NOT_STARTED, name,
                  script->is_directory ? "it is a directory" : px_describe(error, &text), NULL);
    }
    px_script_end(script,
                  script->failed.stage == PX_STAGE_USER || script->failed.stage == PX_STAGE_EXECUTE
                      ? CDP_POSIX_SCRIPT_FAILED
                      : CDP_POSIX_SCRIPT_UNKNOWN);
}

static const char *signal_name(int number)
{
    static const struct {
        int number;
        const char *name;
    } names[] = {
        {SIGHUP, "SIGHUP"},   {SIGINT, "SIGINT"},   {SIGQUIT, "SIGQUIT"}, {SIGILL, "SIGILL"},
        {SIGTRAP, "SIGTRAP"}, {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},
        {SIGKILL, "SIGKILL"}, {SIGUSR1, "SIGUSR1"}, {SIGSEGV, "SIGSEGV"}, {SIGUSR2, "SIGUSR2"},
        {SIGPIPE, "SIGPIPE"}, {SIGALRM, "SIGALRM"}, {SIGTERM, "SIGTERM"}, {SIGXCPU, "SIGXCPU"},
        {SIGXFSZ, "SIGXFSZ"}, {SIGSYS, "SIGSYS"},
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].number == number)
            return names[i].name;
    }
    return "a signal without a common name";
}

static void end_by_status(cdp_posix_script *script)
{
    const cdp_posix_script_result *result = &script->result;
    char number[24];

    if (result->exit_status == 0) {
        px_script_end(script, CDP_POSIX_SCRIPT_SUCCEEDED);
        return;
    }
    snprintf(number, sizeof number, "%d", result->signal ? result->signal : result->exit_status);
    if (result->signal)
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_KILLED, script->name, number,
                  signal_name(result->signal), NULL);
    else
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_FAILED, script->name, number, NULL);
    px_script_end(script, CDP_POSIX_SCRIPT_FAILED);
    if (script->has_windows_lines)
        px_report(script->diagnostics, CDP_DIAGNOSTIC_SCRIPT_WINDOWS_LINES, script->location, NULL);
}

static void end_timed_out(cdp_posix_script *script)
{
    const px_notice *over = &script->over;
    char seconds[32];

    if (over->end == PX_END_OUTPUTS_OPEN) {
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_OUTPUTS_OPEN, script->name,
                  over->stdout_open && over->stderr_open ? "STDOUT and STDERR"
                  : over->stdout_open                    ? "STDOUT"
                                                         : "STDERR",
                  NULL);
        px_script_end(script, CDP_POSIX_SCRIPT_OUTPUTS_OPEN);
        return;
    }
    snprintf(seconds, sizeof seconds, "%.10g", (double)script->timeout_ms / 1000);
    px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_TIMED_OUT, script->name, seconds, NULL);
    px_script_end(script, CDP_POSIX_SCRIPT_TIMED_OUT);
}

static void warn_of_survivors(cdp_posix_script *script)
{
    char number[24];

    script->result.survivors = script->over.survivors;
    if (!script->over.survivors)
        return;
    snprintf(number, sizeof number, "%d", script->over.survivors);
    px_report(script->diagnostics, CDP_DIAGNOSTIC_SCRIPT_SURVIVORS, script->location, number, NULL);
}

/* The supervisor is gone: takes what is left in the pipes and says how it ended. */
void px_script_conclude(cdp_posix_script *script)
{
    const px_notice *over = &script->over;

    while (waitpid(script->supervisor, NULL, __WALL) < 0 && errno == EINTR)
        continue;
    script->supervisor = 0;
    if (script->has_over && over->has_status) {
        if (WIFEXITED(over->status))
            script->result.exit_status = WEXITSTATUS(over->status);
        else
            script->result.signal = WTERMSIG(over->status);
    }
    if (script->has_failed) {
        script->result.exit_status = -1;
        px_script_end_not_started(script);
    } else if (!script->has_over) {
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_LOST, script->name, NULL);
        px_script_end(script, CDP_POSIX_SCRIPT_UNKNOWN);
    } else if (over->end == PX_END_ASKED) {
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_CANCELLED, script->name, NULL);
        px_script_end(script, CDP_POSIX_SCRIPT_UNKNOWN);
    } else if (over->end == PX_END_BY_ITSELF) {
        end_by_status(script);
    } else {
        end_timed_out(script);
    }
    warn_of_survivors(script);
}
