/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_POSIX_FILES_H
#define CODEDEPLOY_POSIX_FILES_H

/**
 * @file
 * A #cdp_fs that works on the real file system.
 *
 * Three directories are opened as roots, and everything happens relative to them by calls that
 * cannot be led out (`openat2`, or a walk that follows no link by itself): whatever links a
 * revision or a destination holds, and whatever others do to it meanwhile, no file outside of its
 * root is read or changed.
 *
 * What is done beyond the contract of #cdp_fs:
 * - folders of a staging (`.codedeploy-ID`) and what is in them are never reached through a link, not
 *   even one within the root.
 * - copy_file uses reflinks where the file system has them, otherwise copies in the kernel; holes
 *   stay holes. SELinux labels are not copied: a new file gets the label of its place.
 * - set_owner keeps set-id bits that the file had (the system would take them away), because an
 *   AppSpec that gives `mode: 4755` and an `owner` means both.
 * - set_acl writes the ACL that `setfacl --set` would (agent 2.x's corrected form).
 * - set_context and remove_context run `semanage` and `restorecon`, without a shell, with the path
 *   quoted for the pattern that semanage takes. Without these programs: #CDP_ERR_UNSUPPORTED.
 * - write_file writes `NAME.new` beside the file and renames it.
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/filesystem.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is made to survive a loss of power before a call returns. A crash of the process alone
 *  loses nothing in any mode. */
typedef enum cdp_posix_sync {
    /** Whatever the library asks for. */
    CDP_POSIX_SYNC_FULL = 0,
    /** Records (#CDP_FS_STATE) only: after a loss of power recovery knows what was going on, but
     *  files may be empty. */
    CDP_POSIX_SYNC_RECORDS = 1,
    /** Nothing: for trials and tests. */
    CDP_POSIX_SYNC_NONE = 2
} cdp_posix_sync;

/** Which directories are worked on. */
typedef struct cdp_posix_files_options {
    /** sizeof(cdp_posix_files_options) */
    size_t size;
    /** The unpacked revision; absent: there is none (#CDP_ERR_NOT_FOUND). */
    cdp_string revision;
    /** The root of the destination; absent: `/`. */
    cdp_string destination;
    /** Where records are kept; absent: there is no such place. */
    cdp_string state;
    cdp_posix_sync sync;
    /** 1: copies of many small files overlap: a second thread does a part of each. It blocks all signals,
     *  calls nobody back, and ends at the next `write_file` or with the object, so that none is left
     *  when scripts are run. */
    int overlap;
} cdp_posix_files_options;

/** The roots, opened. Belongs to one thread at a time. */
typedef struct cdp_posix_files cdp_posix_files;

/**
 * Opens the roots. They must be directories; what happens to their names later does not matter.
 * @param diagnostics  gets `host-directory-unusable` for a root that cannot be opened; may be NULL.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND, #CDP_ERR_DENIED or #CDP_ERR_IO for a root that cannot be
 *         opened; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_posix_files_new(const cdp_posix_files_options *options,
                                       cdp_diagnostics *diagnostics, cdp_posix_files **files);
CDP_API void cdp_posix_files_free(cdp_posix_files *files);

/**
 * Fills the callbacks, with `files` as their user.
 * @param fs  `size` set by the caller; must not outlive `files`.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_posix_files_callbacks(cdp_posix_files *files, cdp_fs *fs);

#ifdef __cplusplus
}
#endif

#endif
