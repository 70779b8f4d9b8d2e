/* SPDX-License-Identifier: MIT */
#include "copy.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/xattr.h>
#include <unistd.h>

/* Small files are read and written in one go; large ones are copied by the kernel in pieces after
 * which progress is told. */
enum { BUFFER_BYTES = 128 << 10, PIECE_BYTES = 8 << 20 };

#define LARGEST_ATTRIBUTE 65536

void px_copier_release(px_copier *copier)
{
    free(copier->buffer);
    *copier = (px_copier){0};
}

mode_t px_first_mode(mode_t mode, bool changes_owner)
{
    return (changes_owner ? mode & 0700 : mode & 0777) | 0600;
}

int px_create_file(int directory, const char *name, mode_t first)
{
    return px_above_standard(
        openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, first));
}

px_folder *px_folder_new(int fd)
{
    px_folder *made = malloc(sizeof *made);

    if (made)
        *made = (px_folder){.fd = fd, .users = 1};
    else
        px_close(&fd);
    return made;
}

void px_folder_drop(px_folder *folder)
{
    if (!folder || --folder->users > 0)
        return;
    px_close(&folder->fd);
    free(folder);
}

static void meet_devices(px_copier *copier, dev_t from, dev_t to)
{
    if (copier->is_known && copier->from == from && copier->to == to)
        return;
    copier->is_known = true;
    copier->from = from;
    copier->to = to;
    copier->cannot_copy_ranges = false;
    copier->cannot_clone = from != to;
}

/* True when the whole content is now shared. */
static bool clone_content(px_copier *copier, int from, int to)
{
    if (copier->cannot_clone)
        return false;
    if (ioctl(to, FICLONE, from) == 0)
        return true;
    copier->cannot_clone = true;
    return false;
}

/* Copies at most `length` bytes at `offset`, the same in both. Bytes copied; 0 at the end of the
 * file; -1 with errno. */
static ssize_t copy_some(px_copier *copier, int from, int to, off_t offset, size_t length)
{
    ssize_t got;
    ssize_t put = 0;

    if (!copier->cannot_copy_ranges && length > BUFFER_BYTES) {
        off_t in = offset;
        off_t out = offset;

        got = copy_file_range(from, &in, to, &out, length < PIECE_BYTES ? length : PIECE_BYTES, 0);
        if (got > 0)
            return got;
        if (got < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EIO || errno == EFBIG))
            return -1;
        copier->cannot_copy_ranges = true;
    }
    if (!copier->buffer && !(copier->buffer = malloc(BUFFER_BYTES)))
        return -1;
    do {
        got = pread(from, copier->buffer, length < BUFFER_BYTES ? length : BUFFER_BYTES, offset);
    } while (got < 0 && errno == EINTR);
    while (put < got) {
        ssize_t written =
            pwrite(to, copier->buffer + put, (size_t)(got - put), offset + (off_t)put);

        if (written < 0 && errno != EINTR)
            return -1;
        put += written > 0 ? written : 0;
    }
    return got;
}

/* Copies the bytes from `offset` to `end`; stops early at the end of a file that got shorter. */
static cdp_status copy_range(px_copier *copier, int from, int to, off_t offset, off_t end,
                             const cdp_fs_progress *progress)
{
    while (offset < end) {
        ssize_t copied = copy_some(copier, from, to, offset, (size_t)(end - offset));
        cdp_status status;

        if (copied < 0)
            return CDP_ERR_IO;
        if (copied == 0)
            break;
        offset += copied;
        status = cdp_fs_progress_add(progress, (uint64_t)copied);
        if (status != CDP_OK)
            return status;
    }
    return CDP_OK;
}

/* Copies what is data, and leaves out what is hole. */
static cdp_status copy_sparse(px_copier *copier, int from, off_t size, int to,
                              const cdp_fs_progress *progress)
{
    off_t end = 0;
    cdp_status status = CDP_OK;

    while (end < size && status == CDP_OK) {
        off_t hole = end;
        off_t data = lseek(from, end, SEEK_DATA);

        if (data < 0 && errno == ENXIO)
            data = size;
        else if (data < 0)
            return copy_range(copier, from, to, end, size, progress);
        end = data < size ? lseek(from, data, SEEK_HOLE) : size;
        if (end < 0 || end > size)
            end = size;
        status = cdp_fs_progress_add(progress, (uint64_t)(data - hole));
        if (status == CDP_OK)
            status = copy_range(copier, from, to, data, end, progress);
    }
    if (status == CDP_OK && ftruncate(to, size) != 0)
        status = CDP_ERR_IO;
    return status;
}

cdp_status px_copy_content(px_copier *copier, int from, const struct stat *source, int to,
                           dev_t to_device, const cdp_fs_progress *progress)
{
    if (source->st_size == 0)
        return CDP_OK;
    meet_devices(copier, source->st_dev, to_device);
    if (clone_content(copier, from, to))
        return cdp_fs_progress_add(progress, (uint64_t)source->st_size);
    if ((off_t)source->st_blocks * 512 < source->st_size)
        return copy_sparse(copier, from, source->st_size, to, progress);
    return copy_range(copier, from, to, 0, source->st_size, progress);
}

/* The label belongs to the place, and comes from the policy. */
static bool is_copied(const char *name, bool only_user)
{
    if (only_user)
        return strncmp(name, "user.", sizeof "user." - 1) == 0;
    return strcmp(name, "security.selinux") != 0;
}

static void copy_attribute(int from, int to, const char *name, char *value)
{
    ssize_t length = fgetxattr(from, name, value, LARGEST_ATTRIBUTE);

    /* What this process may not set, or the file system does not take, is left out. */
    if (length >= 0)
        (void)fsetxattr(to, name, value, (size_t)length, 0);
}

static void copy_attributes(int from, int to, bool only_user)
{
    ssize_t length = flistxattr(from, NULL, 0);
    char *names;

    if (length <= 0)
        return;
    names = malloc((size_t)length + LARGEST_ATTRIBUTE);
    if (!names)
        return;
    length = flistxattr(from, names, (size_t)length);
    for (char *name = names; name < names + length; name += strlen(name) + 1) {
        if (is_copied(name, only_user))
            copy_attribute(from, to, name, names + length);
    }
    free(names);
}

px_rights px_rights_of(const struct stat *source, uint32_t keep)
{
    return (px_rights){.keep = keep,
                       .mode = source->st_mode & 07777,
                       .uid = source->st_uid,
                       .gid = source->st_gid,
                       .times = {source->st_atim, source->st_mtim}};
}

cdp_status px_give_rights(const px_rights *rights, int from, int to, const px_made *made)
{
    mode_t mode = rights->mode;
    bool is_owned = made->uid == rights->uid && made->gid == rights->gid;

    if (rights->keep & CDP_FS_KEEP_OWNER && !is_owned) {
        is_owned = fchown(to, rights->uid, rights->gid) == 0;
        if (!is_owned && rights->must_own)
            return CDP_ERR_IO;
        /* Who may not give files away may still give them to a group of his. */
        if (!is_owned)
            (void)!fchown(to, (uid_t)-1, rights->gid);
    }
    if (rights->keep & CDP_FS_KEEP_MODE) {
        if (!is_owned && !rights->must_own)
            mode &= ~(mode_t)06000;
        if (mode != made->mode && fchmod(to, mode) != 0)
            return CDP_ERR_IO;
    }
    if (rights->keep & CDP_FS_KEEP_ATTRIBUTES)
        copy_attributes(from, to, rights->only_user_attributes);
    if (rights->keep & CDP_FS_KEEP_TIMES && futimens(to, rights->times) != 0)
        return CDP_ERR_IO;
    return CDP_OK;
}

/* Makes the file; it is looked at only if no other one was that is like it. */
static bool make_file(px_copying *copy)
{
    px_made *made = &copy->made;
    struct stat info;

    copy->to = px_create_file(copy->folder, copy->name, copy->first);
    if (copy->to < 0)
        return false;
    copy->is_there = true;
    if (made->is_known && made->asked == copy->first)
        return true;
    if (fstat(copy->to, &info) != 0)
        return false;
    *made =
        (px_made){true, copy->first, info.st_mode & 07777, info.st_uid, info.st_gid, info.st_dev};
    return true;
}

cdp_status px_copy_file(px_copier *copier, px_copying *copy, const cdp_fs_progress *progress)
{
    cdp_status status = CDP_ERR_IO;

    if (make_file(copy))
        status = px_copy_content(copier, copy->from, &copy->source, copy->to, copy->made.device,
                                 progress);
    if (status == CDP_OK)
        status = px_give_rights(&copy->rights, copy->from, copy->to, &copy->made);
    px_close(&copy->from);
    if (status != CDP_OK)
        px_close(&copy->to);
    else if (close(copy->to) != 0)
        status = CDP_ERR_IO;
    copy->to = -1;
    return status;
}
