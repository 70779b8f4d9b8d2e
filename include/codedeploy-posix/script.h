/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_POSIX_SCRIPT_H
#define CODEDEPLOY_POSIX_SCRIPT_H

/**
 * @file
 * Runs one hook script of a revision.
 *
 * The script gets a process group of its own, `/dev/null` as standard input, pipes as standard
 * output and error, the working directory and umask of this process, default signal handling, and
 * the documented environment. It is run directly, never through a command line, so that any byte
 * may stand in its path. Standard output and error are read line by line into a #cdp_posix_log.
 *
 * **How it is watched.** This process is not changed: no signal handler, no SIGCHLD, no setting of
 * the process. Between it and the script stands a small supervisor process, forked without exec and
 * restricted to async-signal-safe calls, which is the "child subreaper" of whatever the script
 * starts: also a child that left the process group, the session and its parent stays findable.
 * - When script and outputs end by themselves, whatever the script left running in the background
 *   with its outputs elsewhere (a service it was meant to start) keeps running.
 * - When the time is over, on cdp_posix_script_cancel(), and when this process ends, all that came
 *   from the script gets SIGTERM and, after the grace period, SIGKILL until nothing is left. The
 *   official agent 1.x sends only SIGTERM, only to the process group; 2.x leaves background
 *   children.
 *
 * Processes that run under another user after `sudo` cannot be signalled by an unprivileged
 * process; cdp_posix_script_result::survivors counts what had to be left.
 *
 * Linux only (5.3 or later for the best behaviour; what older kernels lack is done without).
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>

#include <codedeploy-posix/log.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How a script ended: the agent's own numbers, `error_code` in what it sends to the service. */
typedef enum cdp_posix_script_code {
    /** Exit status 0, outputs closed. */
    CDP_POSIX_SCRIPT_SUCCEEDED = 0,
    /** ScriptMissing: no such file in the revision. */
    CDP_POSIX_SCRIPT_MISSING = 1,
    /** ScriptNotExecutable: it was not, and could not be made so. */
    CDP_POSIX_SCRIPT_NOT_EXECUTABLE = 2,
    /** ScriptTimedOut: still running when its time was over. */
    CDP_POSIX_SCRIPT_TIMED_OUT = 3,
    /** ScriptFailed: another exit status, a signal, or it could not be started. */
    CDP_POSIX_SCRIPT_FAILED = 4,
    /** UnknownError: cancelled, or the system failed (no process, no memory). */
    CDP_POSIX_SCRIPT_UNKNOWN = 5,
    /** It ended, but a child kept standard output or error open until the time was over. */
    CDP_POSIX_SCRIPT_OUTPUTS_OPEN = 6
} cdp_posix_script_code;

/** The API's word for a code (`"ScriptTimedOut"`; LifecycleErrorCode has none for 6, which is
 *  `"UnknownError"`); `"Success"` for 0, `"unknown"` for anything else. Static text. */
CDP_API const char *cdp_posix_script_code_name(cdp_posix_script_code code);

/** Which variables of the environment a script inherits. */
typedef enum cdp_posix_environment {
    /** All but AWS credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_CREDENTIAL_FILE (as
     *  the official agent) and AWS_SESSION_TOKEN. */
    CDP_POSIX_ENVIRONMENT_INHERIT = 0,
    /** PATH, HOME and USER only (agent 2.x, `restrict_hook_env_to_allowlist`). */
    CDP_POSIX_ENVIRONMENT_ALLOWLIST = 1,
    /** All but AWS credentials and LD_PRELOAD, LD_LIBRARY_PATH, LD_AUDIT (agent 2.x,
     *  `strip_loader_env_in_hooks`). */
    CDP_POSIX_ENVIRONMENT_NO_LOADER = 2
} cdp_posix_environment;

/** What to run, and how. Strings hold no NUL byte and are copied. */
typedef struct cdp_posix_script_options {
    /** sizeof(cdp_posix_script_options) */
    size_t size;
    /** Absolute path of the unpacked revision. */
    cdp_string revision;
    /** The script's path within it, as the AppSpec gives it. Slashes in front do not count; a path
     *  or link that leads out of the revision is refused as missing. No arguments: a blank is part
     *  of the name. */
    cdp_string location;
    /**
     * The user to run as; absent or empty: no change. As root, the script is started with that
     * user's groups and ids and HOME, SHELL, USER and LOGNAME of that user, without a shell or a
     * session of `su`. An ordinary user may only name himself, unless `sudo` is set.
     */
    cdp_string runas;
    /**
     * 1: run `sudo SCRIPT`; with `runas` and not as root, `sudo su USER -c SCRIPT`, the path quoted
     * where a shell needs it. As root with `runas`, sudo is not needed and not used.
     */
    int sudo;
    /** What is inherited of `environment`. */
    cdp_posix_environment inherit;
    /** NULL-terminated `NAME=VALUE` strings; NULL: this process's own environment. */
    const char *const *environment;
    /** Values of LIFECYCLE_EVENT, DEPLOYMENT_ID, APPLICATION_NAME, DEPLOYMENT_GROUP_NAME and
     *  DEPLOYMENT_GROUP_ID; one that is absent is not set. */
    cdp_string event;
    cdp_string deployment_id;
    cdp_string application_name;
    cdp_string group_name;
    cdp_string group_id;
    /** `variable_count` more `NAME=VALUE`, such as BUNDLE_BUCKET or BUNDLE_COMMIT. */
    const cdp_string *variables;
    size_t variable_count;
    /** Milliseconds for the script and its outputs together. 0: 3,600,000, the AppSpec's default. */
    int64_t timeout_ms;
    /** Milliseconds between SIGTERM and SIGKILL. 0: 5,000. */
    int64_t grace_ms;
    /** A descriptor that the supervisor keeps open as long as the script is watched, so that a lock
     *  on it outlives this process if need be; copied. 0: none. */
    int held_descriptor;
    /** Gets the output; not NULL. Must outlive the script. */
    cdp_posix_log *log;
} cdp_posix_script_options;

/** A script that runs or has ended. Belongs to one thread at a time. */
typedef struct cdp_posix_script cdp_posix_script;

/** How it ended. Strings belong to the script. */
typedef struct cdp_posix_script_result {
    /** sizeof(cdp_posix_script_result), set by the caller. */
    size_t size;
    cdp_posix_script_code code;
    /** What the diagnostic `message` comes from, for `codedeploy explain`; 0 after success. */
    cdp_diagnostic_code diagnostic;
    /** Exit status, or -1 when it did not exit by itself. */
    int exit_status;
    /** The signal that ended it, or 0. */
    int signal;
    /** #CDP_OK when it came to an end of its own or by its time; #CDP_ERR_CANCELLED after
     *  cdp_posix_script_cancel(); otherwise what the log's callback answered. */
    cdp_status status;
    /** How many processes could not be ended; 0 as good as always. */
    int survivors;
    /** From start to end. */
    int64_t duration_ms;
    /** Bytes that it wrote to its outputs. */
    uint64_t output_bytes;
    /** What went wrong, in the agent's words and ours; empty after success. */
    cdp_string message;
} cdp_posix_script_result;

/**
 * Starts a script. What is wrong with the script itself (missing, unknown user, no permission) is
 * its result: the object is then made and has ended.
 *
 * @param diagnostics  gets the error that the result tells, and warnings (made executable, Windows
 *                     line ends); may be NULL; must outlive the script.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT for a missing log, revision or location, a NUL byte inside a
 *         string, a relative revision, a variable without `=` or a negative time; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_posix_script_begin(const cdp_posix_script_options *options,
                                          cdp_diagnostics *diagnostics, cdp_posix_script **script);

/**
 * For event loops: a descriptor that is readable when cdp_posix_script_step() has something to do.
 * It belongs to the script. -1 once it has ended.
 */
CDP_API int cdp_posix_script_fd(const cdp_posix_script *script);

/**
 * Takes what there is to take, without waiting, and a bounded amount of it.
 * @return #CDP_PENDING while it runs; #CDP_OK once it has ended; #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_posix_script_step(cdp_posix_script *script);

/**
 * Steps until the script has ended or the time is over.
 * @param timeout_ms  how long to wait at most; negative: until it has ended.
 * @return #CDP_OK once it has ended; #CDP_PENDING when the time was over first; #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_posix_script_wait(cdp_posix_script *script, int64_t timeout_ms);

/**
 * Asks for the end of it: SIGTERM, the grace period, SIGKILL. Go on with step or wait.
 * @return #CDP_OK, also when it has ended already; #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_posix_script_cancel(cdp_posix_script *script);

/**
 * Tells how it ended.
 * @return #CDP_OK; #CDP_ERR_STATE while it runs; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_posix_script_result_get(const cdp_posix_script *script,
                                               cdp_posix_script_result *result);

/** Frees it. One that still runs is killed at once with all that came from it; this waits for
 *  that. */
CDP_API void cdp_posix_script_free(cdp_posix_script *script);

#ifdef __cplusplus
}
#endif

#endif
