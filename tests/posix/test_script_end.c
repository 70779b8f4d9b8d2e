/* SPDX-License-Identifier: MIT */
/* Hook scripts: how they end, that nothing of them is left, and their output. */
#include "script_run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Runs a script whose time is to end, but not before it has done its part: where it did not get so
 * far because the machine is busy, it gets more. `is_done` says whether it did.
 */
static script_run go_until(const char *folder, const char *text, uint32_t timeout_ms,
                           uint32_t grace_ms, bool (*is_done)(const script_run *run))
{
    for (;; timeout_ms *= 3) {
        script_run run = script_prepare(folder, "s");

        scratch_script(scratch_path(folder, "r/s"), text);
        run.options.timeout_ms = timeout_ms;
        if (grace_ms > 0)
            run.options.grace_ms = grace_ms;
        run = script_go(run);
        if (is_done(&run) || timeout_ms > 8000)
            return run;
    }
}

static bool is_not_timed_out(const script_run *run)
{
    return run->result.code != CDP_POSIX_SCRIPT_TIMED_OUT;
}

/* ---------------------------------------------------------------------------------------------
 * How scripts end
 */

static void exit_status_and_signals(void **state)
{
    script_run run = script_run_text(*state, "#!/bin/sh\nexit 1\n");

    script_expect_error(&run, CDP_POSIX_SCRIPT_FAILED, CDP_DIAGNOSTIC_SCRIPT_FAILED,
                        "Script at specified location: s failed with exit code 1");
    assert_int_equal(run.result.exit_status, 1);
    run = script_run_text(*state, "#!/bin/sh\nexit 255\n");
    assert_int_equal(run.result.exit_status, 255);
    run = script_run_text(*state, "#!/bin/sh\nkill -KILL $$\n");
    script_expect_error(&run, CDP_POSIX_SCRIPT_FAILED, CDP_DIAGNOSTIC_SCRIPT_KILLED,
                        "was ended by signal 9 (SIGKILL)");
    assert_int_equal(run.result.exit_status, -1);
    assert_int_equal(run.result.signal, SIGKILL);
    run = script_run_text(*state, "#!/bin/sh\nkill -TERM 0\n");
    assert_int_equal(run.result.signal, SIGTERM);
    assert_int_equal(run.result.status, CDP_OK);
    assert_string_equal(cdp_posix_script_code_name(run.result.code), "ScriptFailed");
    assert_string_equal(cdp_posix_script_code_name(CDP_POSIX_SCRIPT_OUTPUTS_OPEN), "UnknownError");
    assert_string_equal(cdp_posix_script_code_name((cdp_posix_script_code)77), "unknown");
}

static bool has_begun(const script_run *run)
{
    return strstr(run->tail, "[stdout]begun\n") != NULL;
}

static void time_is_over(void **state)
{
    const char *text = "#!/bin/sh\ntrap 'echo asked; exit 0' TERM\necho begun\nsleep 60 & wait\n";
    script_run run = go_until(*state, text, 400, 5000, has_begun);
    char expected[128];

    snprintf(expected, sizeof expected,
             "Script at specified location: s failed to complete in %.1f seconds",
             (double)run.options.timeout_ms / 1000);
    script_expect_error(&run, CDP_POSIX_SCRIPT_TIMED_OUT, CDP_DIAGNOSTIC_SCRIPT_TIMED_OUT,
                        expected);
    assert_non_null(strstr(run.tail, "[stdout]begun\n"));
    assert_non_null(strstr(run.tail, "[stdout]asked\n"));
    assert_int_equal(run.result.exit_status, 0);
    assert_true(run.result.duration_ms >= 400 && run.result.duration_ms < 30000);
    assert_int_equal(run.result.survivors, 0);
}

static bool have_six_begun(const script_run *run)
{
    return strstr(run->tail, "[stdout]six\n") != NULL;
}

/* Children that ignore TERM, leave the group, the session and their parent. */
static void nobody_survives(void **state)
{
    const char *pids = scratch_path(*state, "pids");
    char text[4096];
    script_run run;
    char *line;
    int count = 0;

    snprintf(text, sizeof text,
             "#!/bin/sh\n: >%s\ntrap '' TERM HUP INT\nkeep() { echo $$ >>%s; while :; do sleep 1; "
             "done; }\n"
             "one='trap \"\" TERM HUP; echo $$ >>%s; while :; do sleep 1; done'\n"
             "sh -c \"$one\" &\n"
             "setsid sh -c \"$one\" &\n"
             "(setsid sh -c \"$one\" >/dev/null 2>&1 & exit 0) &\n"
             "setsid sh -c \"(setsid sh -c '$one' &) ; $one\" >/dev/null 2>&1 &\n"
             "sh -c 'echo $$ >>%s; kill -STOP $$' &\n"
             "while [ $(wc -l <%s) -lt 5 ]; do sleep 0.05; done\n"
             "echo $$ >>%s\necho six\nwhile :; do sleep 1; done\n",
             pids, pids, pids, pids, pids, pids);
    run = go_until(*state, text, 1500, 100, have_six_begun);
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_TIMED_OUT);
    assert_int_equal(run.result.survivors, 0);
    assert_int_equal(run.result.signal, SIGKILL);
    for (line = scratch_read(pids, NULL); line && *line; line = strchr(line, '\n') + 1) {
        assert_true(scratch_is_gone((pid_t)atoi(line)));
        count++;
    }
    assert_true(count >= 6);
    assert_true(run.result.duration_ms < 30000);
}

static void outputs_left_open(void **state)
{
    const char *pid = scratch_path(*state, "pid");
    char text[1024];
    script_run run;

    snprintf(text, sizeof text, "#!/bin/sh\nsleep 60 2>/dev/null & echo $! >%s; echo done\n", pid);
    run = go_until(*state, text, 500, 0, is_not_timed_out);
    script_expect_error(&run, CDP_POSIX_SCRIPT_OUTPUTS_OPEN, CDP_DIAGNOSTIC_SCRIPT_OUTPUTS_OPEN,
                        "Script at specified location: s failed to close STDOUT");
    assert_int_equal(run.result.exit_status, 0);
    assert_non_null(strstr(run.tail, "[stdout]done\n"));
    assert_true(scratch_is_gone(script_read_pid(pid)));
    run = go_until(*state, "#!/bin/sh\nsetsid sleep 60 >/dev/null &\n", 300, 0, is_not_timed_out);
    script_expect_error(&run, CDP_POSIX_SCRIPT_OUTPUTS_OPEN, CDP_DIAGNOSTIC_SCRIPT_OUTPUTS_OPEN,
                        "failed to close STDERR");
}

/* What a script is for: to start a service that stays. */
static void service_stays(void **state)
{
    const char *pid = scratch_path(*state, "pid");
    char text[1024];
    script_run run;
    pid_t service;

    snprintf(text, sizeof text, "#!/bin/sh\nsleep 60 >/dev/null 2>&1 & echo $! >%s\n", pid);
    run = script_run_text(*state, text);
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
    assert_true(run.result.duration_ms < 30000);
    service = script_read_pid(pid);
    scratch_sleep(50);
    assert_false(scratch_is_gone(service));
    assert_int_equal(kill(service, SIGKILL), 0);
}

static cdp_status stop_at_third(cdp_posix_log_kind kind, cdp_string text, void *user)
{
    int *count = user;

    assert_int_equal(text.data[text.length], '\0');
    if (kind == CDP_POSIX_LOG_STDOUT && ++*count == 3)
        return -1234;
    return CDP_OK;
}

static void stopping(void **state)
{
    int count = 0;
    script_run run = script_prepare(*state, "s");

    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\necho started\nsleep 60 & wait\n");
    script_begin(&run);
    assert_int_equal(cdp_posix_script_wait(run.script, 200), CDP_PENDING);
    assert_int_equal(cdp_posix_script_result_get(run.script, &run.result), CDP_ERR_STATE);
    assert_int_equal(cdp_posix_script_cancel(run.script), CDP_OK);
    script_finish(&run);
    script_expect_error(&run, CDP_POSIX_SCRIPT_UNKNOWN, CDP_DIAGNOSTIC_SCRIPT_CANCELLED,
                        "was stopped on request");
    assert_int_equal(run.result.status, CDP_ERR_CANCELLED);
    assert_int_equal(run.result.signal, SIGTERM);

    run = script_prepare(*state, "s");
    scratch_script(scratch_path(*state, "r/s"),
                   "#!/bin/sh\nprintf '1\\n2\\n3\\n4\\n5\\n'; sleep 60\n");
    run.log_options.entry = stop_at_third;
    run.log_options.user = &count;
    run = script_go(run);
    assert_int_equal(run.result.status, -1234);
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_UNKNOWN);
    assert_non_null(strstr(run.tail, "[stdout]5\n"));
}

static void freed_while_it_runs(void **state)
{
    const char *pid = scratch_path(*state, "pid");
    char text[1024];
    script_run run = script_prepare(*state, "s");

    snprintf(text, sizeof text, "#!/bin/sh\ntrap '' TERM\necho $$ >%s\nwhile :; do sleep 1; done\n",
             pid);
    scratch_script(scratch_path(*state, "r/s"), text);
    script_begin(&run);
    cdp_posix_script_wait(run.script, 100);
    script_read_pid(pid);
    cdp_posix_script_free(run.script);
    assert_true(scratch_is_gone(script_read_pid(pid)));
    cdp_posix_log_free(run.log);
}

/* The host program is killed: nothing may run on, and the lock is held until then. */
static void host_dies(void **state)
{
    const char *pid = scratch_path(*state, "pid");
    const char *lock = scratch_path(*state, "lock");
    const char *seen = scratch_path(*state, "seen");
    char text[1024];
    pid_t host;
    int fd;

    snprintf(text, sizeof text,
             "#!/bin/sh\ntrap 'while [ ! -e %s ]; do sleep 0.05; done; exit' TERM\n"
             "echo $$ >%s\nwhile :; do sleep 0.1; done\n",
             seen, pid);
    scratch_directory(scratch_path(*state, "r"));
    scratch_script(scratch_path(*state, "r/s"), text);
    host = fork();
    if (host == 0) {
        script_run run = script_prepare(*state, "s");

        fd = open(lock, O_RDWR | O_CREAT, 0600);
        flock(fd, LOCK_EX);
        run.options.held_descriptor = fd;
        run.options.grace_ms = 30000;
        script_begin(&run);
        cdp_posix_script_wait(run.script, -1);
        _exit(0);
    }
    script_read_pid(pid);
    assert_int_equal(kill(host, SIGKILL), 0);
    assert_int_equal(waitpid(host, NULL, 0), host);
    fd = open(lock, O_RDWR | O_CLOEXEC);
    assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), -1);
    scratch_write(seen, 0644, "", 0);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_true(scratch_is_gone(script_read_pid(pid)));
    close(fd);
}

static void supervisor_dies(void **state)
{
    const char *pid = scratch_path(*state, "pid");
    const char *child = scratch_path(*state, "child");
    const char *away = scratch_path(*state, "away");
    char text[1024];
    script_run run = script_prepare(*state, "s");

    snprintf(text, sizeof text,
             "#!/bin/sh\necho $$ >%s\nsleep 60 & echo $! >%s\n"
             "setsid sh -c 'echo $$ >%s; exec sleep 60' &\n"
             "while [ ! -s %s ]; do sleep 0.01; done\nkill -KILL $PPID\nsleep 60\n",
             pid, child, away, away);
    scratch_script(scratch_path(*state, "r/s"), text);
    run = script_go(run);
    script_expect_error(&run, CDP_POSIX_SCRIPT_UNKNOWN, CDP_DIAGNOSTIC_SCRIPT_LOST, "Nobody knows");
    assert_true(scratch_is_gone(script_read_pid(pid)));
    assert_true(scratch_is_gone(script_read_pid(child)));
    assert_true(scratch_is_gone(script_read_pid(away)));
}

/* Once the supervisor alone, once also the process that watches it. */
static void supervisor_is_stopped(void **state)
{
    static const char *const texts[] = {
        "#!/bin/sh\nkill -STOP $PPID\nsleep 60\n",
        "#!/bin/sh\nread a b c up rest </proc/$PPID/stat\nkill -STOP $up $PPID\nsleep 60\n",
    };

    for (size_t i = 0; i < 2; i++) {
        script_run run = script_prepare(*state, "s");
        int64_t began = scratch_now();

        scratch_script(scratch_path(*state, "r/s"), texts[i]);
        run.options.timeout_ms = 300;
        run.options.grace_ms = 200;
        run = script_go(run);
        assert_true(scratch_now() - began < 10000);
        script_expect_error(&run, CDP_POSIX_SCRIPT_TIMED_OUT, CDP_DIAGNOSTIC_SCRIPT_TIMED_OUT,
                            "failed to complete in 0.3 seconds");
    }
}

/* ---------------------------------------------------------------------------------------------
 * Output
 */

static size_t memory_in_use(void)
{
    size_t pages = 0;
    FILE *stream = fopen("/proc/self/statm", "r");

    assert_non_null(stream);
    assert_int_equal(fscanf(stream, "%*u %zu", &pages), 1);
    fclose(stream);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

typedef struct output_count {
    uint64_t bytes;
    uint64_t entries;
    size_t longest;
} output_count;

static cdp_status count_output(cdp_posix_log_kind kind, cdp_string text, void *user)
{
    output_count *counter = user;

    if (kind == CDP_POSIX_LOG_STDOUT) {
        counter->bytes += text.length + 1;
        counter->entries++;
        counter->longest = text.length > counter->longest ? text.length : counter->longest;
    }
    return CDP_OK;
}

static void gigabyte_of_output(void **state)
{
    const uint64_t expected = (uint64_t)1 << 30;
    output_count counter = {0};
    script_run run = script_prepare(*state, "s");
    size_t before;

    scratch_script(scratch_path(*state, "r/s"),
                   "#!/bin/sh\nline=$(head -c 1023 /dev/zero | tr '\\0' x)\n"
                   "yes \"$line\" | head -c 1073741824\n");
    /* How long that takes is the machine's affair. */
    run.options.timeout_ms = 150000;
    run.log_options.script_log = str("/dev/null");
    run.log_options.deployments_log = str(NULL);
    run.log_options.entry = count_output;
    run.log_options.user = &counter;
    before = memory_in_use();
    run = script_go(run);
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
    assert_true(run.result.output_bytes == expected);
    assert_true(counter.bytes == expected);
    assert_true(memory_in_use() < before + 8 * 1024 * 1024);
    assert_true(run.dropped + strlen(run.tail) == expected + counter.entries * strlen("[stdout]") +
                                                      strlen("Script - s\n") +
                                                      strlen("LifecycleEvent - AfterInstall\n"));
    assert_true(strlen(run.tail) < 2048);
}

static void binary_output_and_long_lines(void **state)
{
    output_count counter = {0};
    script_run run = script_prepare(*state, "s");
    size_t length;
    char *log;

    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\nprintf 'a\\0b\\033[31m\\377\\001\\n'\n"
                                                "head -c 200000 /dev/zero | tr '\\0' y\n"
                                                "echo\necho end\n");
    run.log_options.entry = count_output;
    run.log_options.user = &counter;
    run = script_go(run);
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
    log = scratch_read(scratch_path(*state, "logs/scripts.log"), &length);
    assert_non_null(memmem(log, length, "[stdout]a\0b\033[31m\377\001\n", 19));
    assert_non_null(memmem(log, length, "yyy\n", 4));
    assert_int_equal(counter.longest, 65536);
    /* Four pieces of the long line. */
    assert_int_equal(counter.entries, 1 + 4 + 1);
    assert_int_equal(counter.bytes, 11 + 200000 + 4 + 4);
}

static void tail_keeps_whole_entries(void **state)
{
    cdp_posix_log *log;
    cdp_posix_log_options options = {.size = sizeof options, .tail_bytes = 40};
    script_run run = script_prepare(*state, "s");

    scratch_script(scratch_path(*state, "r/s"),
                   "#!/bin/sh\nfor i in 1 2 3 4; do echo line$i; done\n");
    run.log_options.tail_bytes = 40;
    run = script_go(run);
    /* Each entry has 14 bytes; three would be 42. */
    assert_string_equal(run.tail, "[stdout]line3\n[stdout]line4\n");
    assert_int_equal(run.dropped, strlen("LifecycleEvent - AfterInstall\nScript - s\n") + 28);
    run = script_prepare(*state, "s");
    scratch_script(
        scratch_path(*state, "r/s"),
        "#!/bin/sh\nprintf 'abc\\303\\244\\303\\244'; head -c 35 /dev/zero | tr '\\0' z\n");
    run.log_options.tail_bytes = 40;
    run = script_go(run);
    /* 39 bytes with the newline; the cut would go through a character, so one byte less. */
    assert_string_equal(run.tail, "\xC3\xA4zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\n");
    assert_int_equal(run.dropped, strlen("LifecycleEvent - AfterInstall\nScript - s\n") +
                                      strlen("[stdout]abc\xC3\xA4"));
    assert_int_equal(cdp_posix_log_new(&options, NULL, &log), CDP_OK);
    assert_int_equal(cdp_posix_log_tail(log).length, 0);
    cdp_posix_log_free(log);
}

static void log_cannot_be_written(void **state)
{
    script_run run = script_prepare(*state, "s");

    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\necho still here\n");
    run.log_options.script_log = str("/dev/full");
    run.log_options.deployments_log = str("/proc/none/deployments.log");
    run = script_go(run);
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
    assert_non_null(strstr(run.tail, "[stdout]still here\n"));
    assert_true(scratch_found(run.diagnostics, CDP_DIAGNOSTIC_SCRIPT_LOG_UNWRITABLE));
    assert_int_equal(cdp_diagnostics_count(run.diagnostics), 2);
}

/* ---------------------------------------------------------------------------------------------
 * The host program
 */

static void event_loop(void **state)
{
    script_run runs[5];
    int left = 5;

    for (int i = 0; i < 5; i++) {
        runs[i] = script_prepare(*state, "s");
        if (i == 0)
            scratch_script(scratch_path(*state, "r/s"),
                           "#!/bin/sh\nsleep 0.1\necho $DEPLOYMENT_ID\n");
        script_begin(&runs[i]);
    }
    while (left > 0) {
        struct pollfd polled[5];

        for (int i = 0; i < 5; i++)
            polled[i] =
                (struct pollfd){.fd = cdp_posix_script_fd(runs[i].script), .events = POLLIN};
        assert_true(poll(polled, 5, 10000) > 0);
        for (int i = 0; i < 5; i++) {
            if (polled[i].revents && cdp_posix_script_step(runs[i].script) == CDP_OK)
                left--;
        }
    }
    for (int i = 0; i < 5; i++) {
        script_finish(&runs[i]);
        assert_int_equal(runs[i].result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
        assert_non_null(strstr(runs[i].tail, "[stdout]d-TEST\n"));
    }
}

static void *run_many(void *user)
{
    const cdp_posix_script_options *shared = user;
    uintptr_t failed = 0;

    for (int i = 0; i < 15; i++) {
        cdp_posix_log_options log_options = {.size = sizeof log_options};
        cdp_posix_script_options options = *shared;
        cdp_posix_script_result result = {.size = sizeof result};
        cdp_posix_script *script = NULL;

        if (cdp_posix_log_new(&log_options, NULL, &options.log) != CDP_OK ||
            cdp_posix_script_begin(&options, NULL, &script) != CDP_OK ||
            cdp_posix_script_wait(script, -1) != CDP_OK ||
            cdp_posix_script_result_get(script, &result) != CDP_OK ||
            result.code != CDP_POSIX_SCRIPT_SUCCEEDED || result.output_bytes != 3)
            failed++;
        cdp_posix_script_free(script);
        cdp_posix_log_free(options.log);
    }
    return (void *)failed;
}

static volatile sig_atomic_t children_ended;

static void note_child(int number)
{
    (void)number;
    children_ended++;
}

static void threads_and_the_hosts_own_children(void **state)
{
    script_run run = script_prepare(*state, "s");
    pthread_t threads[6];
    void (*before)(int) = signal(SIGCHLD, note_child);
    int descriptors;

    children_ended = 0;
    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\necho ok\n");
    descriptors = scratch_open_descriptors();
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, run_many, &run.options), 0);
    for (size_t i = 0; i < 6; i++) {
        void *failed;

        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    assert_int_equal(scratch_open_descriptors(), descriptors);
    /* The host program never hears of our supervisors. */
    assert_int_equal(children_ended, 0);
    signal(SIGCHLD, before);
}

static int run_with_closed_descriptors(const char *folder)
{
    script_run run = script_prepare(folder, "s");

    run.log_options.script_log = str(scratch_path(folder, "closed.log"));
    run.log_options.deployments_log = str(NULL);
    close(0);
    close(1);
    close(2);
    run = script_go(run);
    return run.result.code == CDP_POSIX_SCRIPT_SUCCEEDED ? 0 : 1;
}

static void host_without_standard_descriptors(void **state)
{
    const char *log;

    scratch_directory(scratch_path(*state, "r"));
    assert_int_equal(chmod(*state, 0777), 0);
    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\necho out; echo err >&2; cat\n");
    assert_int_equal(scratch_as_nobody(run_with_closed_descriptors, *state), 0);
    log = scratch_read(scratch_path(*state, "closed.log"), NULL);
    assert_non_null(strstr(log, "[stdout]out\n"));
    assert_non_null(strstr(log, "[stderr]err\n"));
}

static void mistakes_of_the_caller(void **state)
{
    cdp_string variable = str("=x");
    script_run run = script_prepare(*state, "s");
    cdp_posix_script *script = NULL;
    cdp_posix_script_options bad;

    script_open_log(&run);
    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\n");
    bad = run.options;
    bad.revision = str("relative");
    assert_int_equal(cdp_posix_script_begin(&bad, NULL, &script), CDP_ERR_ARGUMENT);
    bad = run.options;
    bad.location = (cdp_string){"a\0b", 3};
    assert_int_equal(cdp_posix_script_begin(&bad, NULL, &script), CDP_ERR_ARGUMENT);
    bad = run.options;
    bad.variables = &variable;
    bad.variable_count = 1;
    assert_int_equal(cdp_posix_script_begin(&bad, NULL, &script), CDP_ERR_ARGUMENT);
    bad = run.options;
    bad.log = NULL;
    assert_int_equal(cdp_posix_script_begin(&bad, NULL, &script), CDP_ERR_ARGUMENT);
    bad = run.options;
    bad.timeout_ms = -1;
    assert_int_equal(cdp_posix_script_begin(&bad, NULL, &script), CDP_ERR_ARGUMENT);
    bad = run.options;
    bad.size = 3;
    assert_int_equal(cdp_posix_script_begin(&bad, NULL, &script), CDP_ERR_STRUCT);
    assert_int_equal(cdp_posix_script_begin(&run.options, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_posix_script_step(NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_posix_script_cancel(NULL), CDP_ERR_ARGUMENT);
    cdp_posix_script_free(NULL);
    cdp_posix_log_free(run.log);
    assert_null(script);
}

/* Called by a script that belongs to nobody, through a copy of this program that belongs to root: a
 * process that its own user may not signal, as sudo makes them. */
static int stay_as_root(const char *pid_file)
{
    FILE *stream;

    if (setresuid(0, 0, 0) != 0 || !(stream = fopen(pid_file, "w")))
        return 1;
    fprintf(stream, "%d\n", (int)getpid());
    fclose(stream);
    pause();
    return 0;
}

static int leave_survivor(const char *folder)
{
    script_run run = script_prepare(folder, "s");

    run.log_options.script_log = str(NULL);
    run.log_options.deployments_log = str(NULL);
    run.options.timeout_ms = 3000;
    run.options.grace_ms = 100;
    run = script_go(run);
    return run.result.code == CDP_POSIX_SCRIPT_OUTPUTS_OPEN && run.result.survivors == 1 &&
                   scratch_found(run.diagnostics, CDP_DIAGNOSTIC_SCRIPT_SURVIVORS)
               ? 0
               : 1;
}

static void one_that_cannot_be_ended(void **state)
{
    const char *program = scratch_path(*state, "program");
    const char *pid = scratch_path(*state, "pid");
    size_t length;
    char *bytes;
    char text[1024];

    if (geteuid() != 0)
        skip();
    bytes = scratch_read("/proc/self/exe", &length);
    scratch_write(program, 04755, bytes, length);
    snprintf(text, sizeof text,
             "#!/bin/sh\n%s --as-root %s &\nwhile [ ! -s %s ]; do sleep 0.02; done\n", program, pid,
             pid);
    scratch_directory(scratch_path(*state, "r"));
    scratch_script(scratch_path(*state, "r/s"), text);
    assert_int_equal(scratch_as_nobody(leave_survivor, *state), 0);
    assert_int_equal(kill(script_read_pid(pid), SIGKILL), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        in_scratch(exit_status_and_signals),
        in_scratch_as("lifecycle 6.5 TERM to the whole group", time_is_over),
        in_scratch(nobody_survives),
        in_scratch_as("lifecycle 6.5, 6.6 outputs left open", outputs_left_open),
        in_scratch(service_stays),
        in_scratch(stopping),
        in_scratch(freed_while_it_runs),
        in_scratch(host_dies),
        in_scratch(supervisor_dies),
        in_scratch(supervisor_is_stopped),
        in_scratch_as("lifecycle 6.8, limits 2.28 the tail of a gigabyte", gigabyte_of_output),
        in_scratch(binary_output_and_long_lines),
        in_scratch(tail_keeps_whole_entries),
        in_scratch(log_cannot_be_written),
        in_scratch(event_loop),
        in_scratch(threads_and_the_hosts_own_children),
        in_scratch(host_without_standard_descriptors),
        in_scratch(mistakes_of_the_caller),
        in_scratch(one_that_cannot_be_ended),
    };

    if (argc == 3 && strcmp(argv[1], "--as-root") == 0)
        return stay_as_root(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
