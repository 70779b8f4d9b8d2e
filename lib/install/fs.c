/* SPDX-License-Identifier: MIT */
#include "install/fs.h"

#include "base/sized.h"
#include "base/strings.h"
#include "base/text.h"

cdp_status cdp_fs_import(cdp_fs *fs, const cdp_fs *given)
{
    return cdp_sized_read(fs, sizeof *fs, given);
}

/* What a callback may answer; PASSTHROUGH stays, for answer() to turn into what absence means. */
static cdp_status checked(cdp_status status)
{
    switch (status) {
    case CDP_OK:
    case CDP_PASSTHROUGH:
    case CDP_ERR_NOMEM:
    case CDP_ERR_ARGUMENT:
    case CDP_ERR_INVALID:
    case CDP_ERR_LIMIT:
    case CDP_ERR_NOT_FOUND:
    case CDP_ERR_UNSUPPORTED:
    case CDP_ERR_HOST:
    case CDP_ERR_CONFLICT:
    case CDP_ERR_CANCELLED:
    case CDP_ERR_CORRUPT:
    case CDP_ERR_IO:
    case CDP_ERR_BUSY:
    case CDP_ERR_DENIED:
    case CDP_ERR_FULL:
        return status;
    default:
        return status <= CDP_ERR_HOST_FIRST ? status : CDP_ERR_HOST;
    }
}

static cdp_status answer(cdp_status status, cdp_status absent)
{
    status = checked(status);
    return status == CDP_PASSTHROUGH ? absent : status;
}

cdp_status cdp_fs_info_get(const cdp_fs *fs, cdp_fs_root root, cdp_string path, bool follow,
                           cdp_fs_info *info)
{
    cdp_status status = CDP_PASSTHROUGH;

    *info = (cdp_fs_info){.size = sizeof *info};
    if (fs->info)
        status = fs->info(root, path, follow, info, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_list(const cdp_fs *fs, cdp_fs_root root, cdp_string path, bool want_bytes,
                       cdp_fs_listing *listing)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->list)
        status = fs->list(root, path, want_bytes, listing, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_read_link(const cdp_fs *fs, cdp_fs_root root, cdp_string path, cdp_text *target)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->read_link)
        status = fs->read_link(root, path, target, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_read_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path, uint64_t limit,
                            cdp_text *content)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->read_file)
        status = fs->read_file(root, path, limit, content, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_make_directory(const cdp_fs *fs, cdp_fs_root root, cdp_string path, uint32_t mode)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->make_directory)
        status = fs->make_directory(root, path, mode, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_copy_file(const cdp_fs *fs, cdp_fs_root from_root, cdp_string from,
                            cdp_fs_root to_root, cdp_string to, uint32_t keep,
                            const cdp_fs_progress *progress)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->copy_file)
        status = fs->copy_file(from_root, from, to_root, to, keep, progress, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_copy_files(const cdp_fs *fs, cdp_fs_copy *copies, size_t count, size_t *done)
{
    cdp_status status = CDP_PASSTHROUGH;

    *done = 0;
    if (fs->copy_files)
        status = fs->copy_files(copies, count, done, fs->user);
    status = answer(status, CDP_ERR_UNSUPPORTED);
    if (*done > count || (status != CDP_OK && *done == count)) {
        *done = 0;
        return CDP_ERR_HOST;
    }
    return status;
}

cdp_status cdp_fs_make_symlink(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                               cdp_string target)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->make_symlink)
        status = fs->make_symlink(root, path, target, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_rename(const cdp_fs *fs, cdp_fs_root root, cdp_string from, cdp_string to,
                         bool replace)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->rename)
        status = fs->rename(root, from, to, replace, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_hard_link(const cdp_fs *fs, cdp_fs_root root, cdp_string from, cdp_string to)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->hard_link)
        status = fs->hard_link(root, from, to, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_remove_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->remove_file)
        status = fs->remove_file(root, path, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_remove_directory(const cdp_fs *fs, cdp_fs_root root, cdp_string path)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->remove_directory)
        status = fs->remove_directory(root, path, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_set_mode(const cdp_fs *fs, cdp_fs_root root, cdp_string path, uint32_t mode)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->set_mode)
        status = fs->set_mode(root, path, mode, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_set_owner(const cdp_fs *fs, cdp_fs_root root, cdp_string path, cdp_string owner,
                            cdp_string group)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->set_owner)
        status = fs->set_owner(root, path, owner, group, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_check_owner(const cdp_fs *fs, cdp_string owner, cdp_string group)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->check_owner)
        status = fs->check_owner(owner, group, fs->user);
    return answer(status, CDP_OK);
}

cdp_status cdp_fs_set_acl(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                          const cdp_string *entries, size_t count)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->set_acl)
        status = fs->set_acl(root, path, entries, count, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_set_context(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                              const cdp_fs_context *context)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->set_context)
        status = fs->set_context(root, path, context, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_remove_context(const cdp_fs *fs, cdp_fs_root root, cdp_string path)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->remove_context)
        status = fs->remove_context(root, path, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_write_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                             cdp_string content)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->write_file)
        status = fs->write_file(root, path, content, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_append_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path,
                              cdp_string content)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->append_file)
        status = fs->append_file(root, path, content, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

cdp_status cdp_fs_sync_file(const cdp_fs *fs, cdp_fs_root root, cdp_string path)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->sync_file)
        status = fs->sync_file(root, path, fs->user);
    return answer(status, CDP_OK);
}

cdp_status cdp_fs_sync_directory(const cdp_fs *fs, cdp_fs_root root, cdp_string path)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->sync_directory)
        status = fs->sync_directory(root, path, fs->user);
    return answer(status, CDP_OK);
}

cdp_status cdp_fs_sync_all(const cdp_fs *fs, cdp_fs_root root)
{
    cdp_status status = CDP_PASSTHROUGH;

    if (fs->sync_all)
        status = fs->sync_all(root, fs->user);
    return answer(status, CDP_ERR_UNSUPPORTED);
}

void cdp_fs_describe_error(const cdp_fs *fs, cdp_status error, cdp_text *message)
{
    size_t before = message->length;

    if (fs->describe_error && message->status == CDP_OK &&
        checked(fs->describe_error(error, message, fs->user)) == CDP_OK && message->length > before)
        return;
    cdp_text_rollback(message, before);
    cdp_text_put_c(message, cdp_status_message(error));
}
