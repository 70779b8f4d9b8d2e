/* SPDX-License-Identifier: MIT */
/*
 * What runs between fork and exec, and the supervisor, which never calls exec. The host program may
 * have had threads, whose locks are now held by nobody: everything here is async-signal-safe and
 * takes no memory but the stack and static storage, which the fork made this process's own.
 */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descendants.h"

/* How long SIGKILL is repeated before what is left counts as a survivor, and how often. */
enum { KILL_MS = 5000, KILL_REFUSED_MS = 500, KILL_PAUSE_MS = 5 };

typedef struct supervisor {
    const px_supervision *given;
    pid_t script;
    int signals;
    int status;
    bool has_status;
    bool output_open[2];
    /* No process is left that came from the script. */
    bool is_alone;
    bool kill_at_once;
    /* The host program has closed its end, or is no more. */
    bool is_orphan;
} supervisor;

/* fork() without the handlers of pthread_atfork(), which are not async-signal-safe, and with a
 * choice of the signal that tells the parent of the end; 0: none. */
static pid_t plain_fork(int end_signal)
{
#ifdef __s390__
    return (pid_t)syscall(SYS_clone, 0L, (long)end_signal, 0L, 0L, 0L);
#else
    return (pid_t)syscall(SYS_clone, (long)end_signal, 0L, 0L, 0L, 0L);
#endif
}

static void tell(int control, const px_notice *notice)
{
    while (send(control, notice, sizeof *notice, MSG_NOSIGNAL) < 0 && errno == EINTR)
        continue;
}

/* ---------------------------------------------------------------------------------------------
 * Between fork and exec
 */

/*
 * The C library's setuid() and the like ask every thread of the process to follow, by its own list
 * of threads, which is the host program's. The system calls themselves do what is needed here.
 */
#if defined(SYS_setresuid32)
#define SET_GROUPS SYS_setgroups32
#define SET_GROUP_IDS SYS_setresgid32
#define SET_USER_IDS SYS_setresuid32
#else
#define SET_GROUPS SYS_setgroups
#define SET_GROUP_IDS SYS_setresgid
#define SET_USER_IDS SYS_setresuid
#endif

static bool become_user(const px_command *command)
{
    if (!command->change_user)
        return true;
    return syscall(SET_GROUPS, command->group_count, command->groups) == 0 &&
           syscall(SET_GROUP_IDS, command->gid, command->gid, command->gid) == 0 &&
           syscall(SET_USER_IDS, command->uid, command->uid, command->uid) == 0;
}

static void default_signals(void)
{
    struct sigaction plain = {.sa_handler = SIG_DFL};

    for (int number = 1; number <= SIGRTMAX; number++) {
        if (number != SIGKILL && number != SIGSTOP)
            sigaction(number, &plain, NULL);
    }
}

static bool set_up(const px_supervision *given)
{
    sigset_t none;

    sigemptyset(&none);
    return setpgid(0, 0) == 0 && dup2(given->input, STDIN_FILENO) >= 0 &&
           dup2(given->outputs[0], STDOUT_FILENO) >= 0 &&
           dup2(given->outputs[1], STDERR_FILENO) >= 0 &&
           sigprocmask(SIG_SETMASK, &none, NULL) == 0;
}

_Noreturn static void become_script(const px_supervision *given, pid_t supervisor_id)
{
    const px_command *command = given->command;
    px_notice notice = {.kind = PX_NOTICE_START_FAILED, .stage = PX_STAGE_SETUP};

    if (!set_up(given))
        goto failed;
    notice.stage = PX_STAGE_USER;
    if (!become_user(command))
        goto failed;
    /* A supervisor that is killed takes the script along; set last, new ids clear it. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != supervisor_id)
        goto failed;
    notice.stage = PX_STAGE_EXECUTE;
    execve(command->program, command->arguments, command->environment);
    if (errno == ENOEXEC && command->shell)
        execve("/bin/sh", command->shell, command->environment);
failed:
    notice.error = errno;
    tell(given->control, &notice);
    _exit(127);
}

/* ---------------------------------------------------------------------------------------------
 * Watching
 */

static void reap(supervisor *self)
{
    int status;
    pid_t ended;

    while ((ended = waitpid(-1, &status, WNOHANG)) != 0) {
        if (ended == self->script) {
            self->status = status;
            self->has_status = true;
        } else if (ended < 0 && errno != EINTR) {
            self->is_alone = true;
            return;
        }
    }
}

static void read_signals(supervisor *self)
{
    struct signalfd_siginfo information[8];

    while (read(self->signals, information, sizeof information) > 0)
        continue;
    reap(self);
}

/* True when the host asks for the end, or is no more. */
static bool is_asked(supervisor *self)
{
    char asked = 0;
    ssize_t length = recv(self->given->control, &asked, 1, MSG_DONTWAIT);

    if (length < 0)
        return false;
    self->is_orphan = length == 0;
    self->kill_at_once = self->kill_at_once || asked == PX_ASK_KILL;
    return true;
}

static int poll_time(int64_t until)
{
    int64_t left = until - px_now_ms();

    return left <= 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

/* Waits until the script is over, or has to be. */
static px_end watch(supervisor *self)
{
    int64_t deadline = px_now_ms() + self->given->timeout_ms;

    while (!self->has_status || self->output_open[0] || self->output_open[1]) {
        struct pollfd polled[4] = {
            {.fd = self->given->control, .events = POLLIN},
            {.fd = self->signals, .events = POLLIN},
            {.fd = self->output_open[0] ? self->given->watched[0] : -1},
            {.fd = self->output_open[1] ? self->given->watched[1] : -1},
        };

        if (poll(polled, 4, poll_time(deadline)) < 0 && errno != EINTR)
            return PX_END_ASKED;
        if (polled[1].revents)
            read_signals(self);
        self->output_open[0] = self->output_open[0] && !polled[2].revents;
        self->output_open[1] = self->output_open[1] && !polled[3].revents;
        if (polled[0].revents && is_asked(self))
            return PX_END_ASKED;
        if (px_now_ms() >= deadline &&
            (!self->has_status || self->output_open[0] || self->output_open[1]))
            return self->has_status ? PX_END_OUTPUTS_OPEN : PX_END_TIMED_OUT;
    }
    return PX_END_BY_ITSELF;
}

/* Waits for the next sign of life, at most until then. */
static void pause_until(supervisor *self, int64_t until)
{
    struct pollfd polled[2] = {
        {.fd = self->signals, .events = POLLIN},
        {.fd = self->is_orphan ? -1 : self->given->control, .events = POLLIN},
    };

    if (poll(polled, 2, poll_time(until)) <= 0)
        return;
    read_signals(self);
    if (polled[1].revents)
        (void)is_asked(self);
}

/* To the whole group at once, as long as its number is sure to be its own; and to each process. */
static px_signalled signal_all(const supervisor *self, int number)
{
    if (!self->has_status)
        kill(-self->script, number);
    return px_signal_descendants(number);
}

/* SIGTERM to all that came from the script, then time to end in good order. */
static void ask_to_end(supervisor *self)
{
    int64_t until = px_now_ms() + self->given->grace_ms;

    signal_all(self, SIGTERM);
    /* What is stopped takes a SIGTERM only when it goes on. */
    signal_all(self, SIGCONT);
    reap(self);
    while (!self->is_alone && !self->kill_at_once && px_now_ms() < until)
        pause_until(self, until);
}

/* SIGKILL until nothing is left; how many processes could not be ended. */
static int end_for_good(supervisor *self)
{
    int64_t begin = px_now_ms();

    while (!self->is_alone) {
        px_signalled signalled = signal_all(self, SIGKILL);
        int left = signalled.reached + signalled.refused;

        reap(self);
        if (self->is_alone)
            break;
        if (px_now_ms() - begin > (signalled.reached ? KILL_MS : KILL_REFUSED_MS))
            return left ? left : 1;
        pause_until(self, px_now_ms() + KILL_PAUSE_MS);
    }
    return 0;
}

/* ---------------------------------------------------------------------------------------------
 * The supervisor
 */

/* Closes what the host program had open: a pipe that nobody else knows of must not stay open. */
static void close_others(const px_supervision *given)
{
    int kept[] = {given->control,    given->input,      given->outputs[0], given->outputs[1],
                  given->watched[0], given->watched[1], given->held};
    int count = sizeof kept / sizeof *kept;
    int from = 0;

    for (;;) {
        int next = -1;

        for (int i = 0; i < count; i++) {
            if (kept[i] >= from && (next < 0 || kept[i] < next))
                next = kept[i];
        }
        if (next != from)
            px_close_range(from, next < 0 ? -1 : next - 1);
        if (next < 0)
            return;
        from = next + 1;
    }
}

static bool prepare(supervisor *self)
{
    sigset_t children;

    default_signals();
    close_others(self->given);
    /* Out of the terminal's reach: no keyboard signal, no reading from it. */
    setsid();
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    /* Not by prctl(): a sanitizer takes a lock for it that another thread may have held at the fork. */
    syscall(SYS_prctl, PR_SET_NAME, "codedeploy-hook", 0, 0, 0);
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    self->signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    self->signals = px_above_standard(self->signals);
    return self->signals >= 0;
}

static bool start_script(supervisor *self)
{
    const px_supervision *given = self->given;
    pid_t own = getpid();
    pid_t child = plain_fork(SIGCHLD);

    if (child == 0)
        become_script(given, own);
    if (child < 0)
        return false;
    /* Both do it, so that it is done whoever runs first. */
    setpgid(child, child);
    self->script = child;
    close(given->outputs[0]);
    close(given->outputs[1]);
    close(given->input);
    return true;
}

_Noreturn static void supervise(const px_supervision *given)
{
    supervisor self = {.given = given, .signals = -1, .output_open = {true, true}};
    px_notice notice = {.kind = PX_NOTICE_OVER, .end = PX_END_BY_ITSELF};

    if (!prepare(&self) || !start_script(&self)) {
        px_notice failed = {.kind = PX_NOTICE_START_FAILED, .stage = PX_STAGE_FORK, .error = errno};

        tell(given->control, &failed);
    } else {
        notice.end = watch(&self);
        notice.stdout_open = self.output_open[0];
        notice.stderr_open = self.output_open[1];
        if (notice.end != PX_END_BY_ITSELF) {
            if (!self.kill_at_once)
                ask_to_end(&self);
            notice.survivors = end_for_good(&self);
        }
        notice.status = self.status;
        notice.has_status = self.has_status;
    }
    tell(given->control, &notice);
    _exit(0);
}

/* ---------------------------------------------------------------------------------------------
 * The guard
 */

/* Nothing of a script may outlive a supervisor that was killed. */
static void end_orphans(void)
{
    int64_t begin = px_now_ms();
    pid_t ended;

    do {
        (void)px_signal_descendants(SIGKILL);
        poll(NULL, 0, KILL_PAUSE_MS);
        do {
            ended = waitpid(-1, NULL, WNOHANG);
        } while (ended > 0);
    } while (!(ended < 0 && errno == ECHILD) && px_now_ms() - begin < KILL_MS);
}

/*
 * The script knows its parent, and may end or stop it, by mistake at best: so the supervisor is
 * watched itself, by a process that the script has no reason to know. It keeps the control socket
 * and the held descriptor open, so that the host program hears of the end when it is the end.
 */
_Noreturn static void guard(const px_supervision *given)
{
    const int needless[] = {given->input, given->outputs[0], given->outputs[1], given->watched[0],
                            given->watched[1]};
    pid_t watched;
    pid_t changed;
    int status = 0;

    default_signals();
    close_others(given);
    setsid();
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    syscall(SYS_prctl, PR_SET_NAME, "codedeploy-grd", 0, 0, 0);
    watched = plain_fork(SIGCHLD);
    if (watched == 0)
        supervise(given);
    if (watched < 0) {
        px_notice failed = {.kind = PX_NOTICE_START_FAILED, .stage = PX_STAGE_FORK, .error = errno};

        tell(given->control, &failed);
        _exit(0);
    }
    for (size_t i = 0; i < sizeof needless / sizeof *needless; i++)
        close(needless[i]);
    do {
        changed = waitpid(watched, &status, WUNTRACED);
        if (changed == watched && WIFSTOPPED(status))
            kill(watched, SIGCONT);
    } while ((changed < 0 && errno == EINTR) || (changed > 0 && WIFSTOPPED(status)));
    if (changed == watched && WIFSIGNALED(status))
        end_orphans();
    _exit(0);
}

pid_t px_supervisor_start(const px_supervision *supervision)
{
    sigset_t all;
    sigset_t before;
    pid_t child;
    int error;

    /* No handler of the host program may run in the child. */
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    child = plain_fork(0);
    if (child == 0)
        guard(supervision);
    error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return child;
}
