/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_POSIX_LOG_H
#define CODEDEPLOY_POSIX_LOG_H

/**
 * @file
 * Where the output of hook scripts goes: `scripts.log`, the log of all deployments, the host's own
 * callback, and a short tail kept in memory for diagnostics.
 *
 * An entry is one line. In `scripts.log` it reads `YYYY-MM-DD HH:MM:SS ` (local time) followed by
 * `LifecycleEvent - NAME`, `Script - LOCATION`, `[stdout]LINE` or `[stderr]LINE`; in the log of
 * all deployments `[YYYY-MM-DD HH:MM:SS.mmm] [DEPLOYMENT-ID]` followed by the same. (Agent 1.x:
 * hook_executor.rb, deployment_log.rb.) The bytes of a line are written as they come: colour codes,
 * control characters and bytes that are not UTF-8 stay. Two differences to the official agent: a
 * last line without its newline gets one, and a line of more than 64 KiB is written as several
 * entries, so that memory stays bounded.
 *
 * A log that cannot be opened or written does not fail a deployment: a warning is reported once,
 * and the callback and the tail go on.
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What an entry is. */
typedef enum cdp_posix_log_kind {
    /** A lifecycle event begins; the text is its name. */
    CDP_POSIX_LOG_EVENT = 1,
    /** A script begins; the text is its location in the AppSpec. */
    CDP_POSIX_LOG_SCRIPT = 2,
    /** A line of a script's standard output. */
    CDP_POSIX_LOG_STDOUT = 3,
    /** A line of a script's standard error. */
    CDP_POSIX_LOG_STDERR = 4
} cdp_posix_log_kind;

/** How a log is made. */
typedef struct cdp_posix_log_options {
    /** sizeof(cdp_posix_log_options) */
    size_t size;
    /** Path of `scripts.log`, made with its directory (mode 0755) when absent; no value: none. */
    cdp_string script_log;
    /** Path of the log of all deployments, likewise. Several processes may write to it. */
    cdp_string deployments_log;
    /** The deployment's id, for the log of all deployments. */
    cdp_string deployment_id;
    /** The tail holds fewer bytes than this. 0: 2048, as the official agent. At most 1 MiB. */
    size_t tail_bytes;
    /**
     * Told of each entry, in order. `text` is the line without its newline; it lives as long as the
     * call. Anything but #CDP_OK stops the script that is running. May be NULL. It must not call
     * back into the log or the script.
     */
    cdp_status (*entry)(cdp_posix_log_kind kind, cdp_string text, void *user);
    void *user;
} cdp_posix_log_options;

/** A log. Belongs to one thread at a time. */
typedef struct cdp_posix_log cdp_posix_log;

/**
 * Opens a log.
 * @param diagnostics  gets the warnings (`script-log-unwritable`); may be NULL; must outlive the
 *                     log.
 * @return #CDP_OK, also when a file could not be opened; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_posix_log_new(const cdp_posix_log_options *options,
                                     cdp_diagnostics *diagnostics, cdp_posix_log **log);
CDP_API void cdp_posix_log_free(cdp_posix_log *log);

/**
 * Begins a lifecycle event: writes its header and empties the tail.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM; what the `entry` callback answered.
 */
CDP_API cdp_status cdp_posix_log_event(cdp_posix_log *log, cdp_string event);

/**
 * The last entries since the event began, `[stdout]LINE` and newline each, together fewer bytes
 * than `tail_bytes`: what the agent sends to the service as `log`. Entries are kept whole; of a
 * single entry that does not fit, its end is kept. Valid until the log is next changed.
 */
CDP_API cdp_string cdp_posix_log_tail(const cdp_posix_log *log);

/** How many bytes of entries since the event began are not in the tail. */
CDP_API uint64_t cdp_posix_log_tail_dropped(const cdp_posix_log *log);

#ifdef __cplusplus
}
#endif

#endif
