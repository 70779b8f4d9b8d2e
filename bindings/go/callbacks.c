/* SPDX-License-Identifier: MIT */
/* The callbacks that the C library calls: each passes on to the Go function of the same name. */
#include "shim.h"

#include "_cgo_export.h"

static cdp_status bundle_look(cdp_string path, cdp_appspec_entry *entry, void *user)
{
    return cdpgoBundleLook(path, entry, (uintptr_t)user);
}

static cdp_status bundle_read_head(cdp_string path, char *buffer, size_t capacity, size_t *length,
                                   void *user)
{
    return cdpgoBundleReadHead(path, buffer, capacity, length, (uintptr_t)user);
}

void cdpgo_bundle(cdp_appspec_bundle *bundle, uintptr_t handle)
{
    bundle->size = sizeof *bundle;
    bundle->look = bundle_look;
    bundle->read_head = bundle_read_head;
    bundle->user = (void *)handle;
}

/* ---- files ---- */

static cdp_status fs_info(cdp_fs_root root, cdp_string path, int follow, cdp_fs_info *info,
                          void *user)
{
    return cdpgoFsInfo(root, path, follow, info, (uintptr_t)user);
}

static cdp_status fs_list(cdp_fs_root root, cdp_string path, int want_bytes,
                          cdp_fs_listing *listing, void *user)
{
    return cdpgoFsList(root, path, want_bytes, listing, (uintptr_t)user);
}

static cdp_status fs_read_link(cdp_fs_root root, cdp_string path, cdp_text *target, void *user)
{
    return cdpgoFsReadLink(root, path, target, (uintptr_t)user);
}

static cdp_status fs_read_file(cdp_fs_root root, cdp_string path, uint64_t limit, cdp_text *content,
                               void *user)
{
    return cdpgoFsReadFile(root, path, limit, content, (uintptr_t)user);
}

static cdp_status fs_make_directory(cdp_fs_root root, cdp_string path, uint32_t mode, void *user)
{
    return cdpgoFsMakeDirectory(root, path, mode, (uintptr_t)user);
}

static cdp_status fs_copy_file(cdp_fs_root from_root, cdp_string from, cdp_fs_root to_root,
                               cdp_string to, uint32_t keep, const cdp_fs_progress *progress,
                               void *user)
{
    return cdpgoFsCopyFile(from_root, from, to_root, to, keep, (cdp_fs_progress *)progress,
                           (uintptr_t)user);
}

static cdp_status fs_make_symlink(cdp_fs_root root, cdp_string path, cdp_string target, void *user)
{
    return cdpgoFsMakeSymlink(root, path, target, (uintptr_t)user);
}

static cdp_status fs_rename(cdp_fs_root root, cdp_string from, cdp_string to, int replace,
                            void *user)
{
    return cdpgoFsRename(root, from, to, replace, (uintptr_t)user);
}

static cdp_status fs_hard_link(cdp_fs_root root, cdp_string from, cdp_string to, void *user)
{
    return cdpgoFsHardLink(root, from, to, (uintptr_t)user);
}

static cdp_status fs_remove_file(cdp_fs_root root, cdp_string path, void *user)
{
    return cdpgoFsRemoveFile(root, path, (uintptr_t)user);
}

static cdp_status fs_remove_directory(cdp_fs_root root, cdp_string path, void *user)
{
    return cdpgoFsRemoveDirectory(root, path, (uintptr_t)user);
}

static cdp_status fs_set_mode(cdp_fs_root root, cdp_string path, uint32_t mode, void *user)
{
    return cdpgoFsSetMode(root, path, mode, (uintptr_t)user);
}

static cdp_status fs_set_owner(cdp_fs_root root, cdp_string path, cdp_string owner,
                               cdp_string group, void *user)
{
    return cdpgoFsSetOwner(root, path, owner, group, (uintptr_t)user);
}

static cdp_status fs_check_owner(cdp_string owner, cdp_string group, void *user)
{
    return cdpgoFsCheckOwner(owner, group, (uintptr_t)user);
}

static cdp_status fs_set_acl(cdp_fs_root root, cdp_string path, const cdp_string *entries,
                             size_t count, void *user)
{
    return cdpgoFsSetACL(root, path, (cdp_string *)entries, count, (uintptr_t)user);
}

static cdp_status fs_set_context(cdp_fs_root root, cdp_string path, const cdp_fs_context *context,
                                 void *user)
{
    return cdpgoFsSetContext(root, path, (cdp_fs_context *)context, (uintptr_t)user);
}

static cdp_status fs_remove_context(cdp_fs_root root, cdp_string path, void *user)
{
    return cdpgoFsRemoveContext(root, path, (uintptr_t)user);
}

static cdp_status fs_write_file(cdp_fs_root root, cdp_string path, cdp_string content, void *user)
{
    return cdpgoFsWriteFile(root, path, content, (uintptr_t)user);
}

static cdp_status fs_append_file(cdp_fs_root root, cdp_string path, cdp_string content, void *user)
{
    return cdpgoFsAppendFile(root, path, content, (uintptr_t)user);
}

static cdp_status fs_sync_file(cdp_fs_root root, cdp_string path, void *user)
{
    return cdpgoFsSyncFile(root, path, (uintptr_t)user);
}

static cdp_status fs_sync_directory(cdp_fs_root root, cdp_string path, void *user)
{
    return cdpgoFsSyncDirectory(root, path, (uintptr_t)user);
}

static cdp_status fs_sync_all(cdp_fs_root root, void *user)
{
    return cdpgoFsSyncAll(root, (uintptr_t)user);
}

static cdp_status fs_describe_error(cdp_status error, cdp_text *message, void *user)
{
    return cdpgoFsDescribeError(error, message, (uintptr_t)user);
}

void cdpgo_fs(cdp_fs *fs, uintptr_t handle)
{
    *fs = (cdp_fs){
        .size = sizeof *fs,
        .info = fs_info,
        .list = fs_list,
        .read_link = fs_read_link,
        .read_file = fs_read_file,
        .make_directory = fs_make_directory,
        .copy_file = fs_copy_file,
        .make_symlink = fs_make_symlink,
        .rename = fs_rename,
        .hard_link = fs_hard_link,
        .remove_file = fs_remove_file,
        .remove_directory = fs_remove_directory,
        .set_mode = fs_set_mode,
        .set_owner = fs_set_owner,
        .check_owner = fs_check_owner,
        .set_acl = fs_set_acl,
        .set_context = fs_set_context,
        .remove_context = fs_remove_context,
        .write_file = fs_write_file,
        .append_file = fs_append_file,
        .sync_file = fs_sync_file,
        .sync_directory = fs_sync_directory,
        .sync_all = fs_sync_all,
        .describe_error = fs_describe_error,
        .user = (void *)handle,
    };
}

static cdp_status progress_moved(uint64_t bytes, void *user)
{
    return cdpgoFsMoved(bytes, (uintptr_t)user);
}

void cdpgo_fs_progress(cdp_fs_progress *progress, uintptr_t handle)
{
    progress->size = sizeof *progress;
    progress->moved = progress_moved;
    progress->user = (void *)handle;
}

static cdp_status install_progress(const cdp_install_progress *progress, void *user)
{
    return cdpgoInstallProgress((cdp_install_progress *)progress, (uintptr_t)user);
}

void cdpgo_install_progress(cdp_install_apply_options *options, uintptr_t handle)
{
    options->progress = install_progress;
    options->user = (void *)handle;
}
