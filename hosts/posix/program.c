/* SPDX-License-Identifier: MIT */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "supervisor.h"

extern char **environ;

static cdp_status find(const char *name, px_buffer *path, bool *is_missing)
{
    const char *given = getenv("PATH");
    px_buffer folders = {0};
    const char *at;

    px_put_c(&folders, given ? given : "/usr/bin:/bin");
    px_put_c(&folders, ":/usr/sbin:/sbin");
    at = px_c_string(&folders);
    *is_missing = true;
    while (at && *at && *is_missing) {
        size_t length = strcspn(at, ":");

        path->length = 0;
        px_put(path, at, length);
        px_put_c(path, "/");
        px_put_c(path, name);
        if (!px_c_string(path))
            break;
        *is_missing = length == 0 || access(path->data, X_OK) != 0;
        at += length + (at[length] == ':');
    }
    px_buffer_release(&folders);
    return at && !path->failed ? CDP_OK : CDP_ERR_NOMEM;
}

bool px_has_program(const char *name)
{
    px_buffer path = {0};
    bool is_missing;
    cdp_status status = find(name, &path, &is_missing);

    px_buffer_release(&path);
    return status != CDP_OK || !is_missing;
}

/* Keeps the end of what is read from `fd` until its other side is closed. */
static void read_output(int fd, char *output)
{
    char buffer[PX_PROGRAM_OUTPUT];
    size_t kept = 0;
    ssize_t length;

    while ((length = read(fd, buffer, sizeof buffer - 1)) > 0 || (length < 0 && errno == EINTR)) {
        size_t got = length > 0 ? (size_t)length : 0;
        size_t room = PX_PROGRAM_OUTPUT - 1 - kept;
        size_t drop = got > room ? got - room : 0;

        memmove(output, output + drop, kept - drop);
        kept -= drop;
        memcpy(output + kept, buffer, got);
        kept += got;
    }
    while (kept > 0 && output[kept - 1] == '\n')
        kept--;
    output[kept] = '\0';
}

static void close_all(px_supervision *supervision, int control)
{
    px_close(&supervision->input);
    px_close(&supervision->control);
    px_close(&supervision->outputs[0]);
    px_close(&supervision->outputs[1]);
    px_close(&supervision->watched[0]);
    px_close(&supervision->watched[1]);
    px_close(&control);
}

/* One pipe for both outputs, and the socket to the supervisor. */
static bool open_all(px_supervision *supervision, int *control)
{
    int pair[2] = {-1, -1};
    int pipes[2] = {-1, -1};

    supervision->input = px_above_standard(open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0) {
        *control = px_above_standard(pair[0]);
        supervision->control = px_above_standard(pair[1]);
    }
    if (pipe2(pipes, O_CLOEXEC) == 0) {
        supervision->watched[0] = px_above_standard(pipes[0]);
        supervision->outputs[0] = px_above_standard(pipes[1]);
        supervision->watched[1] = fcntl(supervision->watched[0], F_DUPFD_CLOEXEC, 3);
        supervision->outputs[1] = fcntl(supervision->outputs[0], F_DUPFD_CLOEXEC, 3);
    }
    return supervision->input >= 0 && *control >= 0 && supervision->control >= 0 &&
           supervision->watched[1] >= 0 && supervision->outputs[1] >= 0;
}

static void read_notices(int control, px_program_result *result)
{
    px_notice notice;

    while (recv(control, &notice, sizeof notice, 0) == sizeof notice) {
        if (notice.kind == PX_NOTICE_START_FAILED)
            continue;
        if (notice.has_status && notice.end == PX_END_BY_ITSELF && WIFEXITED(notice.status))
            result->exit_status = WEXITSTATUS(notice.status);
        return;
    }
}

cdp_status px_run_program(const char *const *arguments, int64_t timeout_ms,
                          px_program_result *result)
{
    px_supervision supervision = {.timeout_ms = timeout_ms,
                                  .grace_ms = 2000,
                                  .control = -1,
                                  .input = -1,
                                  .outputs = {-1, -1},
                                  .watched = {-1, -1},
                                  .held = -1};
    px_command command = {.arguments = (char **)(uintptr_t)arguments, .environment = environ};
    px_buffer path = {0};
    int control = -1;
    pid_t supervisor = -1;
    cdp_status status = find(arguments[0], &path, &result->is_missing);
    int error = 0;

    result->exit_status = -1;
    result->output[0] = '\0';
    if (status == CDP_OK && !result->is_missing) {
        command.program = path.data;
        supervision.command = &command;
        if (open_all(&supervision, &control))
            supervisor = px_supervisor_start(&supervision);
        error = errno;
        px_close(&supervision.control);
        px_close(&supervision.outputs[0]);
        px_close(&supervision.outputs[1]);
        if (supervisor > 0) {
            read_output(supervision.watched[0], result->output);
            read_notices(control, result);
            while (waitpid(supervisor, NULL, __WALL) < 0 && errno == EINTR)
                continue;
        } else {
            status = CDP_ERR_IO;
        }
    }
    close_all(&supervision, control);
    px_buffer_release(&path);
    errno = error;
    return status;
}
