/* SPDX-License-Identifier: MIT */
#include "script_object.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* How often one step reads, how much is still taken from outputs that somebody who could not be
 * ended keeps writing to, and how often a wait looks without news. */
enum { STEP_READS = 16, LEFT_OVER_READS = 64, LOOK_MS = 500 };

static const struct {
    cdp_posix_script_code code;
    const char *name;
} code_names[] = {
    {CDP_POSIX_SCRIPT_SUCCEEDED, "Success"},
    {CDP_POSIX_SCRIPT_MISSING, "ScriptMissing"},
    {CDP_POSIX_SCRIPT_NOT_EXECUTABLE, "ScriptNotExecutable"},
    {CDP_POSIX_SCRIPT_TIMED_OUT, "ScriptTimedOut"},
    {CDP_POSIX_SCRIPT_FAILED, "ScriptFailed"},
    {CDP_POSIX_SCRIPT_UNKNOWN, "UnknownError"},
    {CDP_POSIX_SCRIPT_OUTPUTS_OPEN, "UnknownError"},
};

const char *cdp_posix_script_code_name(cdp_posix_script_code code)
{
    for (size_t i = 0; i < sizeof code_names / sizeof *code_names; i++) {
        if (code_names[i].code == code)
            return code_names[i].name;
    }
    return "unknown";
}

/* Keeps the first thing that a callback of the log answered, and stops the script for it. */
void px_script_answer(cdp_posix_script *script, cdp_status answer)
{
    char asked = PX_ASK_END;

    if (answer == CDP_OK || script->result.status != CDP_OK)
        return;
    script->result.status = answer;
    if (script->control >= 0)
        (void)send(script->control, &asked, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* One read; false when there is nothing (more) to read. */
static bool read_output(cdp_posix_script *script, int which)
{
    px_line *line = &script->lines[which];
    ssize_t length = read(script->outputs[which], script->buffer, sizeof script->buffer);

    if (length < 0)
        return errno == EINTR;
    if (length > 0) {
        script->result.output_bytes += (uint64_t)length;
        px_script_answer(script, px_log_output(script->log, line, script->buffer, (size_t)length));
        return true;
    }
    px_script_close_output(script, which);
    return false;
}

/* What is in the pipes when the supervisor is through. */
static void read_left_over(cdp_posix_script *script)
{
    for (int which = 0; which < 2; which++) {
        int reads = LEFT_OVER_READS;

        while (script->outputs[which] >= 0 && reads-- > 0 && read_output(script, which))
            continue;
        if (script->lines[which].begun.length)
            px_script_answer(script, px_log_end_line(script->log, &script->lines[which]));
    }
}

/* True when the supervisor has said its last word. */
static bool read_notice(cdp_posix_script *script)
{
    px_notice notice;
    ssize_t length = recv(script->control, &notice, sizeof notice, MSG_DONTWAIT);

    if (length < 0)
        return errno != EINTR && errno != EAGAIN;
    if (length != sizeof notice)
        return true;
    if (notice.kind == PX_NOTICE_OVER) {
        script->over = notice;
        script->has_over = true;
        return true;
    }
    script->failed = notice;
    script->has_failed = true;
    return false;
}

/* Takes what is ready, once; false when nothing is, or all is over. */
static bool take(cdp_posix_script *script)
{
    struct epoll_event ready[3];
    int count = epoll_wait(script->events, ready, 3, 0);
    bool is_over = false;

    for (int i = 0; i < count; i++) {
        if (ready[i].data.fd == script->control)
            is_over = read_notice(script) || is_over;
        else if (ready[i].data.fd == script->outputs[0])
            (void)read_output(script, 0);
        else if (ready[i].data.fd == script->outputs[1])
            (void)read_output(script, 1);
    }
    if (is_over) {
        read_left_over(script);
        px_script_conclude(script);
    }
    return count > 0 && !is_over;
}

/* The guard may be stopped like the supervisor that it continues. */
static void continue_guard(const cdp_posix_script *script)
{
    siginfo_t found = {0};

    if (waitid(P_PID, (id_t)script->supervisor, &found, WSTOPPED | WNOHANG | __WALL) == 0 &&
        found.si_pid == script->supervisor)
        kill(script->supervisor, SIGCONT);
}

cdp_status cdp_posix_script_step(cdp_posix_script *script)
{
    if (!script)
        return CDP_ERR_ARGUMENT;
    for (int reads = 0; reads < STEP_READS && !script->has_ended && take(script); reads++)
        continue;
    if (!script->has_ended) {
        continue_guard(script);
        px_log_flush(script->log);
    }
    return script->has_ended ? CDP_OK : CDP_PENDING;
}

cdp_status cdp_posix_script_wait(cdp_posix_script *script, int64_t timeout_ms)
{
    int64_t until = timeout_ms < 0 ? INT64_MAX : px_now_ms() + timeout_ms;
    cdp_status status;

    while ((status = cdp_posix_script_step(script)) == CDP_PENDING) {
        struct pollfd polled = {.fd = script->events, .events = POLLIN};
        int64_t left = until - px_now_ms();

        if (left <= 0)
            break;
        /* Now and then also without news: whoever would tell them may have been stopped. */
        (void)poll(&polled, 1, left > LOOK_MS ? LOOK_MS : (int)left);
    }
    return status;
}

int cdp_posix_script_fd(const cdp_posix_script *script)
{
    return script ? script->events : -1;
}

cdp_status cdp_posix_script_cancel(cdp_posix_script *script)
{
    if (!script)
        return CDP_ERR_ARGUMENT;
    if (!script->has_ended)
        px_script_answer(script, CDP_ERR_CANCELLED);
    return CDP_OK;
}

cdp_status cdp_posix_script_result_get(const cdp_posix_script *script,
                                       cdp_posix_script_result *result)
{
    if (!script || !result)
        return CDP_ERR_ARGUMENT;
    if (!script->has_ended)
        return CDP_ERR_STATE;
    return px_sized_write(result, &script->result, sizeof script->result);
}

void cdp_posix_script_free(cdp_posix_script *script)
{
    char asked = PX_ASK_KILL;

    if (!script)
        return;
    if (script->supervisor > 0) {
        (void)send(script->control, &asked, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        px_close(&script->control);
        kill(script->supervisor, SIGCONT);
        while (waitpid(script->supervisor, NULL, __WALL) < 0 && errno == EINTR)
            continue;
    }
    px_script_close_output(script, 0);
    px_script_close_output(script, 1);
    px_close(&script->control);
    px_close(&script->events);
    px_buffer_release(&script->lines[0].begun);
    px_buffer_release(&script->lines[1].begun);
    px_command_release(&script->command);
    cdp_diagnostics_free(script->error);
    free(script->location);
    free(script->name);
    free(script->interpreter);
    free(script);
}
