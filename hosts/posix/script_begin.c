/* SPDX-License-Identifier: MIT */
#include "script_object.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "beneath.h"

enum { DEFAULT_TIMEOUT_MS = 3600 * 1000, DEFAULT_GRACE_MS = 5000 };

/* All the pipes of one script; -1 where there is none (any more). */
typedef struct plumbing {
    int input;
    int control[2];
    int outputs[2][2];
    int held;
} plumbing;

static void close_pair(int pair[2])
{
    px_close(&pair[0]);
    px_close(&pair[1]);
}

static void close_plumbing(plumbing *pipes)
{
    px_close(&pipes->input);
    close_pair(pipes->control);
    close_pair(pipes->outputs[0]);
    close_pair(pipes->outputs[1]);
    px_close(&pipes->held);
}

static bool lift_pair(int pair[2])
{
    pair[0] = px_above_standard(pair[0]);
    pair[1] = px_above_standard(pair[1]);
    return pair[0] >= 0 && pair[1] >= 0;
}

static bool open_plumbing(plumbing *pipes, int held)
{
    *pipes = (plumbing){-1, {-1, -1}, {{-1, -1}, {-1, -1}}, -1};
    pipes->input = px_above_standard(open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (pipes->input < 0 ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pipes->control) != 0 ||
        !lift_pair(pipes->control))
        return false;
    for (int which = 0; which < 2; which++) {
        if (pipe2(pipes->outputs[which], O_CLOEXEC) != 0 || !lift_pair(pipes->outputs[which]) ||
            fcntl(pipes->outputs[which][0], F_SETFL, O_NONBLOCK) != 0)
            return false;
    }
    if (held > 0)
        pipes->held = fcntl(held, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    return held <= 0 || pipes->held >= 0;
}

static bool watch(cdp_posix_script *script, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

    return epoll_ctl(script->events, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* Forks the supervisor. False with errno. */
static bool start(cdp_posix_script *script, const cdp_posix_script_options *options)
{
    plumbing pipes;
    bool is_open = open_plumbing(&pipes, options->held_descriptor);
    int error;

    script->events = px_above_standard(epoll_create1(EPOLL_CLOEXEC));
    if (is_open && script->events >= 0) {
        px_supervision supervision = {
            .command = &script->command,
            .timeout_ms = script->timeout_ms,
            .grace_ms = options->grace_ms ? options->grace_ms : DEFAULT_GRACE_MS,
            .control = pipes.control[1],
            .input = pipes.input,
            .outputs = {pipes.outputs[0][1], pipes.outputs[1][1]},
            .watched = {pipes.outputs[0][0], pipes.outputs[1][0]},
            .held = pipes.held,
        };

        script->control = pipes.control[0];
        script->outputs[0] = pipes.outputs[0][0];
        script->outputs[1] = pipes.outputs[1][0];
        pipes.control[0] = pipes.outputs[0][0] = pipes.outputs[1][0] = -1;
        if (watch(script, script->control) && watch(script, script->outputs[0]) &&
            watch(script, script->outputs[1]))
            script->supervisor = px_supervisor_start(&supervision);
    }
    error = errno;
    close_plumbing(&pipes);
    errno = error;
    return script->supervisor > 0;
}

/* Looks at the first line: is there an interpreter, and does the line end in a carriage return? */
static cdp_status read_first_line(cdp_posix_script *script, int fd)
{
    char line[512];
    ssize_t length = pread(fd, line, sizeof line - 1, 0);
    size_t end;
    char *name;

    if (length <= 0)
        return CDP_OK;
    line[length] = '\0';
    end = strcspn(line, "\n");
    script->has_windows_lines = line[end] == '\n' && end > 0 && line[end - 1] == '\r';
    if (strncmp(line, "#!", 2) != 0)
        return CDP_OK;
    line[end] = '\0';
    name = line + 2 + strspn(line + 2, " \t");
    name[strcspn(name, " \t")] = '\0';
    script->interpreter = px_copy(px_string(name));
    return script->interpreter ? CDP_OK : CDP_ERR_NOMEM;
}

/* "start.sh --now" where "start.sh" is there: the agents know no arguments. */
static bool has_arguments(int revision, const char *location)
{
    size_t length = strcspn(location, " \t");
    char *program;
    bool is_there;
    int fd = -1;

    if (location[length] == '\0')
        return false;
    program = px_copy((cdp_string){location, length});
    if (program)
        fd = px_open_beneath(revision, program, O_PATH, 0, PX_LINKS_INSIDE);
    is_there = fd >= 0;
    free(program);
    px_close(&fd);
    return is_there;
}

static void end_missing(cdp_posix_script *script, int revision, const char *location, int error)
{
    px_error_text text;

    if (error == EXDEV)
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_OUTSIDE_REVISION, script->location, NULL);
    else if (error != ENOENT && error != ENOTDIR)
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_UNREACHABLE, script->command.script,
                  px_describe(error, &text), NULL);
    else if (revision >= 0 && has_arguments(revision, location))
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_HAS_ARGUMENTS, script->command.script, NULL);
    else
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_MISSING, script->command.script, NULL);
    px_script_end(script, CDP_POSIX_SCRIPT_MISSING);
}

static void make_executable(cdp_posix_script *script, mode_t mode)
{
    const char *path = script->command.script;
    px_error_text text;

    if (chmod(path, (mode & 07777) | 0111) != 0) {
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_NOT_EXECUTABLE, script->location,
                  px_describe(errno, &text), NULL);
        px_script_end(script, CDP_POSIX_SCRIPT_NOT_EXECUTABLE);
        return;
    }
    px_report(script->diagnostics, CDP_DIAGNOSTIC_SCRIPT_MADE_EXECUTABLE, script->location, NULL);
}

/* Looks at the file before it is run; ends the script when it cannot be. */
static cdp_status look_at_file(cdp_posix_script *script, const cdp_posix_script_options *options)
{
    char *folder = px_copy(options->revision);
    const char *location = script->location + strspn(script->location, "/");
    struct stat info;
    cdp_status status = CDP_OK;
    int revision;
    int path = -1;
    int fd = -1;

    if (!folder)
        return CDP_ERR_NOMEM;
    revision = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (revision >= 0)
        path = px_open_beneath(revision, location, O_PATH, 0, PX_LINKS_INSIDE);
    if (path < 0 || fstat(path, &info) != 0) {
        end_missing(script, revision, location, errno);
    } else {
        script->is_directory = S_ISDIR(info.st_mode);
        if (S_ISREG(info.st_mode))
            fd = px_open_beneath(revision, location, O_RDONLY, 0, PX_LINKS_INSIDE);
        if (fd >= 0)
            status = read_first_line(script, fd);
        if (S_ISREG(info.st_mode) &&
            faccessat(AT_FDCWD, script->command.script, X_OK, AT_EACCESS) != 0)
            make_executable(script, info.st_mode);
    }
    px_close(&fd);
    px_close(&path);
    px_close(&revision);
    free(folder);
    return status;
}

static bool is_optional_text(cdp_string string)
{
    return !string.data || px_is_text(string);
}

static cdp_status check(const cdp_posix_script_options *options)
{
    if (!options->log || !px_is_text(options->revision) || !px_is_text(options->location) ||
        options->location.length == 0 || options->revision.length == 0 ||
        options->revision.data[0] != '/' || options->timeout_ms < 0 || options->grace_ms < 0 ||
        options->inherit < CDP_POSIX_ENVIRONMENT_INHERIT ||
        options->inherit > CDP_POSIX_ENVIRONMENT_NO_LOADER ||
        (options->variable_count && !options->variables))
        return CDP_ERR_ARGUMENT;
    if (!is_optional_text(options->runas) || !is_optional_text(options->event) ||
        !is_optional_text(options->deployment_id) || !is_optional_text(options->application_name) ||
        !is_optional_text(options->group_name) || !is_optional_text(options->group_id))
        return CDP_ERR_ARGUMENT;
    for (size_t i = 0; i < options->variable_count; i++) {
        cdp_string variable = options->variables[i];

        if (!px_is_text(variable) || variable.length == 0 || variable.data[0] == '=' ||
            !memchr(variable.data, '=', variable.length))
            return CDP_ERR_ARGUMENT;
    }
    return CDP_OK;
}

static cdp_status make(const cdp_posix_script_options *options, cdp_diagnostics *diagnostics,
                       cdp_posix_script **made)
{
    cdp_posix_script *script = calloc(1, sizeof *script);
    cdp_status status;

    if (!script)
        return CDP_ERR_NOMEM;
    *made = script;
    script->events = script->control = script->outputs[0] = script->outputs[1] = -1;
    script->lines[0].kind = CDP_POSIX_LOG_STDOUT;
    script->lines[1].kind = CDP_POSIX_LOG_STDERR;
    script->log = options->log;
    script->diagnostics = diagnostics;
    script->timeout_ms = options->timeout_ms ? options->timeout_ms : DEFAULT_TIMEOUT_MS;
    script->result.exit_status = -1;
    script->result.size = sizeof script->result;
    script->location = px_copy(options->location);
    script->name = px_command_name(options);
    status = script->location && script->name ? CDP_OK : CDP_ERR_NOMEM;
    if (status == CDP_OK)
        status = cdp_diagnostics_new(NULL, NULL, &script->error);
    return status;
}

static cdp_status begin(cdp_posix_script *script, const cdp_posix_script_options *options)
{
    cdp_status status = px_command_locate(options, &script->command);

    if (status == CDP_OK)
        status = look_at_file(script, options);
    if (status != CDP_OK || script->has_ended)
        return status;
    status = px_command_make(options, script->error, &script->command);
    if (status == CDP_ERR_INVALID)
        px_script_end(script, CDP_POSIX_SCRIPT_FAILED);
    if (status != CDP_OK)
        return status == CDP_ERR_INVALID ? CDP_OK : status;
    px_script_answer(script,
                     px_log_entry(script->log, CDP_POSIX_LOG_SCRIPT,
                                  (cdp_string){script->location, strlen(script->location)}));
    px_log_flush(script->log);
    script->began = px_now_ms();
    if (script->result.status != CDP_OK) {
        px_report(script->error, CDP_DIAGNOSTIC_SCRIPT_CANCELLED, script->name, NULL);
        px_script_end(script, CDP_POSIX_SCRIPT_UNKNOWN);
    } else if (!start(script, options)) {
        script->failed = (px_notice){.stage = PX_STAGE_FORK, .error = errno};
        px_script_end_not_started(script);
    }
    return CDP_OK;
}

cdp_status cdp_posix_script_begin(const cdp_posix_script_options *options,
                                  cdp_diagnostics *diagnostics, cdp_posix_script **script)
{
    cdp_posix_script_options own;
    cdp_posix_script *made = NULL;
    cdp_status status;

    if (!script)
        return CDP_ERR_ARGUMENT;
    status = px_sized_read(&own, sizeof own, options);
    if (status == CDP_OK)
        status = check(&own);
    if (status == CDP_OK)
        status = make(&own, diagnostics, &made);
    if (status == CDP_OK)
        status = begin(made, &own);
    if (status != CDP_OK) {
        cdp_posix_script_free(made);
        return status;
    }
    *script = made;
    return CDP_OK;
}
