/* SPDX-License-Identifier: MIT */
/* Bundles from elsewhere, by the user's program. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "local.h"

/* How often the helper is looked at, at first and later; how long it may take to end when asked. */
enum { FIRST_LOOK_MS = 1, LOOK_MS = 50, GRACE_MS = 5000 };

static bool starts_with(const char *word, const char *prefix)
{
    return strncmp(word, prefix, strlen(prefix)) == 0;
}

/* What the agent's file says for fetching; what the user's own environment says counts more. */
static void set_environment(const cdp_posix_agent_config *agent)
{
    for (size_t i = 0; i < cdp_posix_agent_config_variable_count(agent); i++) {
        const char *variable = cdp_posix_agent_config_variable_at(agent, i).data;
        char name[64];

        snprintf(name, sizeof name, "%.*s", (int)strcspn(variable, "="), variable);
        setenv(name, variable + strcspn(variable, "=") + 1, 0);
    }
}

/*
 * A group of its own, which can be ended as a whole, and which goes when we are killed. So it is out
 * of reach of the keyboard too: it gets nothing to read, and a program that asks on the terminal all
 * the same is stopped, which counts as a failure.
 */
_Noreturn static void become_helper(const local_settings *s, const char *helper,
                                    const char *location, const char *file, pid_t parent)
{
    int nothing = open("/dev/null", O_RDONLY);

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(127);
    if (nothing >= 0)
        dup2(nothing, STDIN_FILENO);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    set_environment(s->agent);
    execlp(helper, helper, location, file, (char *)NULL);
    fprintf(stderr, "codedeploy: %s: %s\n", helper, strerror(errno));
    _exit(127);
}

static void pause_ms(int milliseconds)
{
    const struct timespec time = {.tv_sec = 0, .tv_nsec = milliseconds * 1000000L};

    /* A signal ends it early, which is welcome. */
    nanosleep(&time, NULL);
}

/* What has become of the helper, which stays a zombie, so that the number of its group is its own:
 * CLD_EXITED, CLD_STOPPED …; 0 while it runs. */
static int look(pid_t child)
{
    siginfo_t found = {0};
    const int flags = WEXITED | WSTOPPED | WNOHANG | WNOWAIT;

    if (waitid(P_PID, (id_t)child, &found, flags) != 0)
        return errno == EINTR ? 0 : CLD_KILLED;
    return found.si_pid == child ? found.si_code : 0;
}

static bool has_ended(pid_t child)
{
    int state = look(child);

    return state != 0 && state != CLD_STOPPED;
}

/* SIGTERM, time to end in good order; the whole group. */
static void ask_to_end(pid_t child)
{
    kill(-child, SIGTERM);
    kill(-child, SIGCONT);
    for (int waited = 0; waited < GRACE_MS && !has_ended(child); waited += LOOK_MS)
        pause_ms(LOOK_MS);
}

/* Whatever is left of the group goes with it. As from waitpid(). */
static int end_for_good(pid_t child)
{
    int status = 0;

    kill(-child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return status;
}

/* Runs `HELPER LOCATION FILE`, without a shell. */
static cdp_status run_helper(const local_settings *s, const char *location, const char *file)
{
    const char *helper = getenv("CODEDEPLOY_FETCH");
    pid_t own = getpid();
    pid_t child = fork();
    int wait_ms = FIRST_LOOK_MS;
    int state = 0;
    int status;

    if (child == 0)
        become_helper(s, helper, location, file, own);
    if (child < 0) {
        cli_fail("%s: %s", helper, strerror(errno));
        return CDP_ERR_HOST;
    }
    setpgid(child, child);
    while (!local_is_interrupted() && (state = look(child)) == 0) {
        pause_ms(wait_ms);
        wait_ms = wait_ms * 2 < LOOK_MS ? wait_ms * 2 : LOOK_MS;
    }
    if (state == 0 || state == CLD_STOPPED)
        ask_to_end(child);
    status = end_for_good(child);
    if (local_is_interrupted())
        return CDP_ERR_CANCELLED;
    if (state == CLD_STOPPED || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        cli_fail(state == CLD_STOPPED ? "%s was stopped; it cannot ask on the terminal"
                                      : "%s failed",
                 helper);
        return CDP_ERR_HOST;
    }
    return CDP_OK;
}

static cdp_status fetch(const cdp_posix_fetch *what, void *user)
{
    const local_settings *s = user;
    char *location = strndup(what->location.data, what->location.length);
    char *path = strndup(what->path.data, what->path.length);
    cdp_status status = location && path ? run_helper(s, location, path) : CDP_ERR_NOMEM;

    free(location);
    free(path);
    return status;
}

static cdp_string text(const char *c)
{
    return (cdp_string){c, strlen(c)};
}

int local_take_location(const cli_command *self, local_settings *s, const char *location)
{
    const char *helper = getenv("CODEDEPLOY_FETCH");
    bool is_remote = starts_with(location, "s3:") || starts_with(location, "https:");

    s->deploy.bundle = text(location);
    if (starts_with(location, "http:"))
        return cli_usage(self, "%s: plain http is refused, use https", location);
    if (is_remote && (!helper || !*helper))
        return cli_fail("%s: no helper fetches remote bundles; set CODEDEPLOY_FETCH to a program "
                        "that is run as 'PROGRAM LOCATION FILE' and writes the bundle to FILE",
                        location);
    s->deploy.fetch = fetch;
    s->deploy.user = s;
    return CLI_CLEAN;
}
