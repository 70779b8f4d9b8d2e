/* SPDX-License-Identifier: MIT */
/* Hook scripts: what they see, what may be wrong with them, and users. */
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

/* ---------------------------------------------------------------------------------------------
 * What a script sees
 */

static void environment_is_as_documented(void **state)
{
    script_run run = script_prepare(*state, "s");
    const cdp_string variables[] = {{"BUNDLE_COMMIT=abc", 17}, {"BUNDLE_KEY=a=b", 14}};

    setenv("AWS_ACCESS_KEY_ID", "secret", 1);
    setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
    setenv("AWS_SESSION_TOKEN", "secret", 1);
    setenv("AWS_CREDENTIAL_FILE", "secret", 1);
    setenv("AWS_REGION", "eu-west-1", 1);
    setenv("DEPLOYMENT_ID", "inherited", 1);
    setenv("LD_AUDIT_NOT", "stays", 1);
    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\nenv\n");
    run.options.variables = variables;
    run.options.variable_count = 2;
    run.log_options.tail_bytes = 4000;
    run = script_go(run);
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
    assert_non_null(strstr(run.tail, "[stdout]LIFECYCLE_EVENT=AfterInstall\n"));
    assert_non_null(strstr(run.tail, "[stdout]DEPLOYMENT_ID=d-TEST\n"));
    assert_non_null(strstr(run.tail, "[stdout]APPLICATION_NAME=Shop\n"));
    assert_non_null(strstr(run.tail, "[stdout]DEPLOYMENT_GROUP_NAME=Fleet\n"));
    assert_non_null(strstr(run.tail, "[stdout]DEPLOYMENT_GROUP_ID=g-1\n"));
    assert_non_null(strstr(run.tail, "[stdout]BUNDLE_COMMIT=abc\n"));
    assert_non_null(strstr(run.tail, "[stdout]BUNDLE_KEY=a=b\n"));
    assert_non_null(strstr(run.tail, "[stdout]AWS_REGION=eu-west-1\n"));
    assert_null(strstr(run.tail, "secret"));
    assert_null(strstr(run.tail, "inherited"));
    unsetenv("DEPLOYMENT_ID");
}

static void environment_can_be_narrowed(void **state)
{
    static const char *const given[] = {
        "PATH=/usr/bin:/bin", "HOME=/h",     "USER=u", "OTHER=o", "LD_AUDIT=", "LD_PRELOAD=",
        "LD_LIBRARY_PATH=/l", "LD_DEBUG_=x", NULL};
    script_run run = script_prepare(*state, "s");

    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\nexec env\n");
    run.options.environment = given;
    run.options.inherit = CDP_POSIX_ENVIRONMENT_ALLOWLIST;
    run.options.event = str("");
    run = script_go(run);
    assert_non_null(strstr(run.tail, "[stdout]PATH=/usr/bin:/bin\n"));
    assert_non_null(strstr(run.tail, "[stdout]HOME=/h\n"));
    assert_non_null(strstr(run.tail, "[stdout]USER=u\n"));
    assert_non_null(strstr(run.tail, "[stdout]LIFECYCLE_EVENT=\n"));
    assert_null(strstr(run.tail, "OTHER"));
    assert_null(strstr(run.tail, "LD_"));

    run = script_prepare(*state, "s");
    run.options.environment = given;
    run.options.inherit = CDP_POSIX_ENVIRONMENT_NO_LOADER;
    run = script_go(run);
    assert_non_null(strstr(run.tail, "[stdout]OTHER=o\n"));
    assert_non_null(strstr(run.tail, "[stdout]LD_DEBUG_=x\n"));
    assert_null(strstr(run.tail, "LD_AUDIT"));
    assert_null(strstr(run.tail, "LD_PRELOAD"));
    assert_null(strstr(run.tail, "LD_LIBRARY_PATH"));
}

/* Standard input, working directory, process group, signals, descriptors. */
static void surroundings(void **state)
{
    char here[4096];
    char expected[5000];
    script_run run;
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    int leak = open("/dev/null", O_RDONLY);
    sigset_t blocked;

    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);
    run = script_run_text(*state, "#!/bin/sh\n"
                                  "read line && echo input || echo end\n"
                                  "pwd\n"
                                  "ps=$(cut -d')' -f2 /proc/$$/stat)\n"
                                  "set -- $ps; echo group $(( $3 == $$ ))\n"
                                  "ls /proc/self/fd | wc -l\n"
                                  "exec grep -E '^Sig(Blk|Ign):' /proc/self/status\n");
    pthread_sigmask(SIG_UNBLOCK, &blocked, NULL);
    signal(SIGPIPE, before);
    close(leak);
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
    assert_non_null(strstr(run.tail, "[stdout]end\n"));
    assert_non_null(getcwd(here, sizeof here));
    snprintf(expected, sizeof expected, "[stdout]%s\n", here);
    assert_non_null(strstr(run.tail, expected));
    assert_non_null(strstr(run.tail, "[stdout]group 1\n"));
    assert_non_null(strstr(run.tail, "SigBlk:\t0000000000000000\n"));
    assert_non_null(strstr(run.tail, "SigIgn:\t0000000000000000\n"));
    /* The fourth is the listing's own. */
    assert_non_null(strstr(run.tail, "[stdout]4\n"));
}

static void assert_line(const char *line, const char *pattern)
{
    for (; *pattern; pattern++, line++) {
        bool fits = *pattern == '9' ? *line >= '0' && *line <= '9' : *line == *pattern;

        if (!fits)
            fail_msg("'%s' does not go on with '%s'", line, pattern);
    }
}

static void log_is_as_the_agent_writes_it(void **state)
{
    script_run run =
        script_run_text(*state, "#!/bin/sh\necho 'one  '\nsleep 0.1\necho two >&2\nsleep 0.1\n"
                                "printf 'three\\r\\n\\nno newline'\n");
    char *line = scratch_read(scratch_path(*state, "logs/scripts.log"), NULL);

    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
    assert_line(line, "9999-99-99 99:99:99 LifecycleEvent - AfterInstall\n"
                      "9999-99-99 99:99:99 Script - s\n"
                      "9999-99-99 99:99:99 [stdout]one  \n"
                      "9999-99-99 99:99:99 [stderr]two\n"
                      "9999-99-99 99:99:99 [stdout]three\r\n"
                      "9999-99-99 99:99:99 [stdout]\n"
                      "9999-99-99 99:99:99 [stdout]no newline\n");
    line = scratch_read(scratch_path(*state, "deployments.log"), NULL);
    assert_line(line, "[9999-99-99 99:99:99.999] [d-TEST]LifecycleEvent - AfterInstall\n"
                      "[9999-99-99 99:99:99.999] [d-TEST]Script - s\n"
                      "[9999-99-99 99:99:99.999] [d-TEST][stdout]one\n"
                      "[9999-99-99 99:99:99.999] [d-TEST][stderr]two\n"
                      "[9999-99-99 99:99:99.999] [d-TEST][stdout]three\n");
    assert_string_equal(run.tail, "LifecycleEvent - AfterInstall\nScript - s\n[stdout]one  \n"
                                  "[stderr]two\n[stdout]three\r\n[stdout]\n[stdout]no newline\n");
    assert_int_equal(run.dropped, 0);
    assert_int_equal(run.result.output_bytes, 6 + 4 + 7 + 1 + 10);
}

static void any_byte_may_stand_in_a_path(void **state)
{
    static const char *const names[] = {
        "a b",        "n\nl", "uml\xC3\xA4ut", "\xFF\xFE", "q'q\"q`q",    "$(touch owned)",
        "; touch x;", "-c",   "tab\there",     "*",        "back\\slash", "\xE2\x98\x83"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *revision = scratch_path(*state, "rev %s", names[i]);
        script_run run = script_prepare(*state, names[i]);

        scratch_directory(revision);
        run.options.revision = str(revision);
        scratch_script(scratch_path(revision, "%s", names[i]), "#!/bin/sh\necho \"$0\"\n");
        run = script_go(run);
        assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
        assert_non_null(strstr(run.tail, "[stdout]"));
        scratch_script(scratch_path(revision, "%s", names[i]), "echo no shebang\n");
        run = script_prepare(*state, names[i]);
        run.options.revision = str(revision);
        run = script_go(run);
        assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
        assert_non_null(strstr(run.tail, "[stdout]no shebang\n"));
    }
    assert_false(scratch_exists("owned"));
    assert_false(scratch_exists("x"));
}

/* ---------------------------------------------------------------------------------------------
 * Scripts that are not as they should be
 */

static void missing(void **state)
{
    script_run run = script_go(script_prepare(*state, "scripts/none.sh"));

    script_expect_error(&run, CDP_POSIX_SCRIPT_MISSING, CDP_DIAGNOSTIC_SCRIPT_MISSING,
                        "Script does not exist at specified location: ");
    scratch_script(scratch_path(*state, "r/s.sh"), "#!/bin/sh\n");
    run = script_go(script_prepare(*state, "s.sh --flag"));
    script_expect_error(&run, CDP_POSIX_SCRIPT_MISSING, CDP_DIAGNOSTIC_SCRIPT_HAS_ARGUMENTS,
                        "/r/s.sh --flag");
    run = script_go(script_prepare(*state, "s.sh/x"));
    script_expect_error(&run, CDP_POSIX_SCRIPT_MISSING, CDP_DIAGNOSTIC_SCRIPT_MISSING, "/r/s.sh/x");
    run = script_go(script_prepare(*state, "//s.sh"));
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
}

static void outside_of_the_revision(void **state)
{
    script_run run = script_prepare(*state, "../out.sh");

    scratch_script(scratch_path(*state, "out.sh"), "#!/bin/sh\ntouch \"$0.ran\"\n");
    run = script_go(run);
    script_expect_error(&run, CDP_POSIX_SCRIPT_MISSING, CDP_DIAGNOSTIC_SCRIPT_OUTSIDE_REVISION,
                        "../out.sh leads out");
    assert_int_equal(symlink("../out.sh", scratch_path(*state, "r/link.sh")), 0);
    run = script_go(script_prepare(*state, "link.sh"));
    script_expect_error(&run, CDP_POSIX_SCRIPT_MISSING, CDP_DIAGNOSTIC_SCRIPT_OUTSIDE_REVISION,
                        "link.sh");
    assert_int_equal(symlink(scratch_path(*state, "out.sh"), scratch_path(*state, "r/abs.sh")), 0);
    run = script_go(script_prepare(*state, "abs.sh"));
    script_expect_error(&run, CDP_POSIX_SCRIPT_MISSING, CDP_DIAGNOSTIC_SCRIPT_OUTSIDE_REVISION,
                        "abs.sh");
    assert_false(scratch_exists(scratch_path(*state, "out.sh.ran")));
    scratch_script(scratch_path(*state, "r/in.sh"), "#!/bin/sh\n");
    assert_int_equal(symlink("in.sh", scratch_path(*state, "r/fine.sh")), 0);
    run = script_go(script_prepare(*state, "fine.sh"));
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
}

static void made_executable(void **state)
{
    const char *path = scratch_path(*state, "r/s");
    script_run run = script_prepare(*state, "s");
    struct stat info;

    scratch_write(path, 0640, "#!/bin/sh\necho ran\n", 19);
    run = script_go(run);
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
    assert_true(scratch_found(run.diagnostics, CDP_DIAGNOSTIC_SCRIPT_MADE_EXECUTABLE));
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0751);
}

static int run_foreign_script(const char *folder)
{
    script_run run = script_prepare(folder, "s");

    run.log_options.script_log = str(NULL);
    run.log_options.deployments_log = str(NULL);
    run = script_go(run);
    return run.result.code == CDP_POSIX_SCRIPT_NOT_EXECUTABLE &&
                   strstr(run.message, "Unable to set script at specified location: s as "
                                       "executable: Operation not permitted")
               ? 0
               : 1;
}

static void cannot_be_made_executable(void **state)
{
    if (geteuid() != 0)
        skip();
    scratch_directory(scratch_path(*state, "r"));
    scratch_write(scratch_path(*state, "r/s"), 0644, "#!/bin/sh\n", 10);
    assert_int_equal(scratch_as_nobody(run_foreign_script, *state), 0);
}

static int run_unreachable_script(const char *folder)
{
    script_run run = script_prepare(folder, "closed/s");

    run.log_options.script_log = str(NULL);
    run.log_options.deployments_log = str(NULL);
    run = script_go(run);
    return run.result.code == CDP_POSIX_SCRIPT_MISSING &&
                   run.result.diagnostic == CDP_DIAGNOSTIC_SCRIPT_UNREACHABLE
               ? 0
               : 1;
}

static void cannot_be_reached(void **state)
{
    scratch_directory(scratch_path(*state, "r"));
    scratch_directory(scratch_path(*state, "r/closed"));
    scratch_script(scratch_path(*state, "r/closed/s"), "#!/bin/sh\n");
    assert_int_equal(chmod(scratch_path(*state, "r/closed"), 0), 0);
    assert_int_equal(scratch_as_nobody(run_unreachable_script, *state), 0);
}

static void without_interpreter_line(void **state)
{
    script_run run =
        script_run_text(*state, "echo by sh; test -z \"$BASH_VERSION\" || echo bash\n");

    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
    assert_non_null(strstr(run.tail, "[stdout]by sh\n"));
    run = script_run_text(*state, "");
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_SUCCEEDED);
}

static void windows_line_ends(void **state)
{
    script_run run = script_run_text(*state, "#!/bin/sh\r\necho hello\r\n");

    script_expect_error(&run, CDP_POSIX_SCRIPT_FAILED, CDP_DIAGNOSTIC_SCRIPT_WINDOWS_INTERPRETER,
                        "its interpreter would be /bin/sh\\r.");
    run = script_run_text(*state, "cd /tmp\r\nfalse\r\n");
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_FAILED);
    assert_true(scratch_found(run.diagnostics, CDP_DIAGNOSTIC_SCRIPT_WINDOWS_LINES));
    run = script_run_text(*state, "#!/usr/bin/env sh\r\nfalse\r\n");
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_FAILED);
    assert_true(scratch_found(run.diagnostics, CDP_DIAGNOSTIC_SCRIPT_WINDOWS_LINES));
}

static void without_interpreter(void **state)
{
    script_run run = script_run_text(*state, "#! /no/such/interpreter -x\n");

    script_expect_error(&run, CDP_POSIX_SCRIPT_FAILED, CDP_DIAGNOSTIC_SCRIPT_INTERPRETER_MISSING,
                        "names the interpreter /no/such/interpreter, which does not exist");
    run = script_prepare(*state, "folder");
    scratch_directory(scratch_path(*state, "r/folder"));
    run = script_go(run);
    script_expect_error(&run, CDP_POSIX_SCRIPT_FAILED, CDP_DIAGNOSTIC_SCRIPT_NOT_STARTED,
                        "it is a directory");
    run = script_run_text(*state, "\177ELF garbage");
    assert_int_equal(run.result.code, CDP_POSIX_SCRIPT_FAILED);
}

/* ---------------------------------------------------------------------------------------------
 * Users
 */

static void user_that_nobody_knows(void **state)
{
    script_run run = script_prepare(*state, "s");

    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\n");
    run.options.runas = str("no such user");
    run = script_go(run);
    script_expect_error(&run, CDP_POSIX_SCRIPT_FAILED, CDP_DIAGNOSTIC_SCRIPT_USER_UNKNOWN,
                        "cannot run as no such user: this machine has no such user");
}

static int run_as_root_refused(const char *folder)
{
    script_run run = script_prepare(folder, "s");

    run.log_options.script_log = str(NULL);
    run.log_options.deployments_log = str(NULL);
    run.options.runas = str("root");
    run = script_go(run);
    return run.result.code == CDP_POSIX_SCRIPT_FAILED &&
                   run.result.diagnostic == CDP_DIAGNOSTIC_SCRIPT_USER_REFUSED
               ? 0
               : 1;
}

static void user_that_one_may_not_become(void **state)
{
    scratch_directory(scratch_path(*state, "r"));
    scratch_script(scratch_path(*state, "r/s"), "#!/bin/sh\n");
    assert_int_equal(scratch_as_nobody(run_as_root_refused, *state), 0);
}

static void another_user(void **state)
{
    struct passwd *self = getpwuid(geteuid());
    const char *user = geteuid() == 0 ? "nobody" : self->pw_name;
    struct passwd *record = getpwnam(user);
    char expected[256];
    script_run run = script_prepare(*state, "s");

    scratch_script(scratch_path(*state, "r/s"),
                   "#!/bin/sh\nid -u; id -g; id -G; echo $HOME $USER $LOGNAME\nexit 3\n");
    run.options.runas = str(user);
    run = script_go(run);
    snprintf(expected, sizeof expected, "[stdout]%d\n[stdout]%d\n", (int)record->pw_uid,
             (int)record->pw_gid);
    assert_non_null(strstr(run.tail, expected));
    snprintf(expected, sizeof expected, "[stdout]%s %s %s\n", record->pw_dir, user, user);
    assert_non_null(strstr(run.tail, expected));
    if (geteuid() == 0) {
        snprintf(expected, sizeof expected, "[stdout]%d\n[stdout]%d\n[stdout]%d\n",
                 (int)record->pw_uid, (int)record->pw_gid, (int)record->pw_gid);
        assert_non_null(strstr(run.tail, expected));
    }
    snprintf(expected, sizeof expected,
             "Script at specified location: s run as user %s failed with exit code 3", user);
    script_expect_error(&run, CDP_POSIX_SCRIPT_FAILED, CDP_DIAGNOSTIC_SCRIPT_FAILED, expected);
}

/* A sudo of our own tells what it was called with. */
static int run_through_sudo(const char *folder)
{
    char path[4096];
    const char *environment[] = {path, NULL};
    char expected[8192];
    script_run run = script_prepare(folder, "it's");

    snprintf(path, sizeof path, "PATH=%s/bin:/usr/bin:/bin", folder);
    run.log_options.script_log = str(NULL);
    run.log_options.deployments_log = str(NULL);
    run.options.environment = environment;
    run.options.sudo = 1;
    run = script_go(run);
    snprintf(expected, sizeof expected, "[stdout]<%s/r/it's>\n", folder);
    if (run.result.code != CDP_POSIX_SCRIPT_SUCCEEDED || !strstr(run.tail, expected))
        return 1;
    run = script_prepare(folder, "it's");
    run.log_options.script_log = str(NULL);
    run.log_options.deployments_log = str(NULL);
    run.options.environment = environment;
    run.options.sudo = 1;
    run.options.runas = str("someone");
    run = script_go(run);
    snprintf(expected, sizeof expected,
             "[stdout]<su>\n[stdout]<someone>\n[stdout]<-c>\n[stdout]<'%s/r/it'\\''s'>\n", folder);
    if (run.result.code != CDP_POSIX_SCRIPT_SUCCEEDED || !strstr(run.tail, expected))
        return 2;
    environment[0] = "PATH=/nowhere";
    run = script_prepare(folder, "it's");
    run.log_options.script_log = str(NULL);
    run.log_options.deployments_log = str(NULL);
    run.options.environment = environment;
    run.options.sudo = 1;
    run = script_go(run);
    return run.result.diagnostic == CDP_DIAGNOSTIC_SCRIPT_SUDO_MISSING ? 0 : 3;
}

static void through_sudo(void **state)
{
    scratch_directory(scratch_path(*state, "r"));
    scratch_directory(scratch_path(*state, "bin"));
    scratch_script(scratch_path(*state, "bin/sudo"), "#!/bin/sh\nprintf '<%s>\\n' \"$@\"\n");
    scratch_script(scratch_path(*state, "r/it's"), "#!/bin/sh\necho ran\n");
    assert_int_equal(scratch_as_nobody(run_through_sudo, *state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_scratch_as("lifecycle 5.11 the environment", environment_is_as_documented),
        in_scratch(environment_can_be_narrowed),
        in_scratch(surroundings),
        in_scratch(log_is_as_the_agent_writes_it),
        in_scratch(any_byte_may_stand_in_a_path),
        in_scratch(missing),
        in_scratch(outside_of_the_revision),
        in_scratch_as("lifecycle 6.7 the bit is added", made_executable),
        in_scratch_as("lifecycle 6.7 the bit cannot be added", cannot_be_made_executable),
        in_scratch(cannot_be_reached),
        in_scratch(without_interpreter_line),
        in_scratch(windows_line_ends),
        in_scratch(without_interpreter),
        in_scratch(user_that_nobody_knows),
        in_scratch(user_that_one_may_not_become),
        in_scratch(another_user),
        in_scratch(through_sudo),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
