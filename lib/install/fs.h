/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_FS_H
#define CDP_INSTALL_FS_H

#include <codedeploy/filesystem.h>

#include <stdbool.h>

/*
 * The host's file system, called. Each function does what the callback of its name promises
 * (<codedeploy/filesystem.h>), and makes the answer one of those promised there: an absent callback
 * or PASSTHROUGH becomes what absence means, an answer out of place becomes CDP_ERR_HOST.
 */

/* Copies and checks what the caller gave. */
cdp_status cdp_fs_import(cdp_fs *fs, const cdp_fs *given);

cdp_status cdp_fs_info_get(const cdp_fs *fs, cdp_fs_root root, cdp_string path, bool follow,
                           cdp_fs_info *info);
cdp_status cdp_fs_list(const cdp_fs *fs, cdp_fs_root root, cdp_string path, bool want_bytes,
                       cdp_fs_listing *listing);
cdp_status cdp_fs_read_link(const cdp_fs *fs, cdp_fs_root root, cdp_string path, cdp_text *target);
cdp_status cdp_fs_read_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path, uint64_t limit,
                            cdp_text *content);
cdp_status cdp_fs_make_directory(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                                 uint32_t mode);
cdp_status cdp_fs_copy_file(const cdp_fs *fs, cdp_fs_root from_root, cdp_string from,
                            cdp_fs_root to_root, cdp_string to, uint32_t keep,
                            const cdp_fs_progress *progress);
/* CDP_ERR_UNSUPPORTED when the host has none: copy one after the other then. `*done` is at most
 * `count`, and less than that with an error. */
cdp_status cdp_fs_copy_files(const cdp_fs *fs, cdp_fs_copy *copies, size_t count, size_t *done);
cdp_status cdp_fs_make_symlink(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                               cdp_string target);
cdp_status cdp_fs_rename(const cdp_fs *fs, cdp_fs_root root, cdp_string from, cdp_string to,
                         bool replace);
cdp_status cdp_fs_hard_link(const cdp_fs *fs, cdp_fs_root root, cdp_string from, cdp_string to);
cdp_status cdp_fs_remove_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path);
cdp_status cdp_fs_remove_directory(const cdp_fs *fs, cdp_fs_root root, cdp_string path);
cdp_status cdp_fs_set_mode(const cdp_fs *fs, cdp_fs_root root, cdp_string path, uint32_t mode);
cdp_status cdp_fs_set_owner(const cdp_fs *fs, cdp_fs_root root, cdp_string path, cdp_string owner,
                            cdp_string group);
cdp_status cdp_fs_check_owner(const cdp_fs *fs, cdp_string owner, cdp_string group);
cdp_status cdp_fs_set_acl(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                          const cdp_string *entries, size_t count);
cdp_status cdp_fs_set_context(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                              const cdp_fs_context *context);
cdp_status cdp_fs_remove_context(const cdp_fs *fs, cdp_fs_root root, cdp_string path);
cdp_status cdp_fs_write_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                             cdp_string content);
cdp_status cdp_fs_append_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                              cdp_string content);
cdp_status cdp_fs_sync_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path);
cdp_status cdp_fs_sync_directory(const cdp_fs *fs, cdp_fs_root root, cdp_string path);
/* CDP_ERR_UNSUPPORTED when the host has none: sync each path then. */
cdp_status cdp_fs_sync_all(const cdp_fs *fs, cdp_fs_root root);

/* Appends the host's words for an error that was just answered, or the library's. */
void cdp_fs_describe_error(const cdp_fs *fs, cdp_status error, cdp_text *message);

#endif
