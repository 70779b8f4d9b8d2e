/* SPDX-License-Identifier: MIT */
#include "bundle_disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "beneath.h"

static void leave_parent(px_disk *disk)
{
    if (disk->overlap)
        px_overlap_drop(disk->overlap, disk->parent);
    else
        px_folder_drop(disk->parent);
    free(disk->parent_path);
    disk->parent = NULL;
    disk->parent_path = NULL;
}

/* The directory that a path lies in; it stays open at least until the next one is asked for. NULL:
 * errno. */
static px_folder *parent_of(px_disk *disk, const char *path, const char **name)
{
    size_t base = px_base_name(path);
    char *copy;
    int fd;

    *name = path + base;
    if (base == 0)
        return disk->top;
    if (disk->parent && strncmp(disk->parent_path, path, base - 1) == 0 &&
        disk->parent_path[base - 1] == '\0')
        return disk->parent;
    leave_parent(disk);
    copy = px_copy((cdp_string){path, base - 1});
    if (!copy) {
        errno = ENOMEM;
        return NULL;
    }
    fd = px_open_beneath(disk->root, copy, O_PATH | O_DIRECTORY, 0, PX_LINKS_NONE);
    disk->parent = fd < 0 ? NULL : px_folder_new(fd);
    if (disk->parent)
        disk->parent_path = copy;
    else
        free(copy);
    return disk->parent;
}

static cdp_status remember_directory(px_disk *disk, const char *path, const px_entry *entry)
{
    char *copy;

    if (!px_grow((void **)&disk->directories, &disk->directory_capacity, disk->directory_count,
                 sizeof *disk->directories))
        return CDP_ERR_NOMEM;
    copy = px_copy(px_string(path));
    if (!copy)
        return CDP_ERR_NOMEM;
    disk->directories[disk->directory_count] =
        (px_pending_directory){copy, disk->directory_count, entry->mode, entry->modified};
    disk->directory_count++;
    return CDP_OK;
}

static cdp_status disk_directory(const char *path, const px_entry *entry, void *user)
{
    px_disk *disk = user;
    const char *name;
    const px_folder *parent = parent_of(disk, path, &name);

    if (!parent)
        return CDP_ERR_IO;
    /* What is there already, and did not come from this bundle under this name, has another one. */
    if (!entry->is_again && mkdirat(parent->fd, name, 0700) != 0)
        return CDP_ERR_IO;
    if (entry->has_owner && fchownat(parent->fd, name, entry->uid, entry->gid, AT_SYMLINK_NOFOLLOW))
        return CDP_ERR_IO;
    return remember_directory(disk, path, entry);
}

/* Small files are not made here, but with all that becomes of them, perhaps beside us. */
static bool is_handed_over(const px_disk *disk, const px_entry *entry)
{
    return disk->overlap && entry->is_copied && entry->bytes <= PX_OVERLAP_BYTES;
}

static cdp_status disk_file(const char *path, const px_entry *entry, void *user)
{
    px_disk *disk = user;
    const char *name;

    disk->folder = parent_of(disk, path, &name);
    if (!disk->folder)
        return CDP_ERR_IO;
    disk->file_path = path;
    disk->source = -1;
    disk->file_rights =
        (px_rights){.keep = CDP_FS_KEEP_MODE | CDP_FS_KEEP_TIMES |
                            (entry->is_copied ? (uint32_t)CDP_FS_KEEP_ATTRIBUTES : 0u) |
                            (entry->has_owner ? (uint32_t)CDP_FS_KEEP_OWNER : 0u),
                    .mode = entry->mode,
                    .uid = entry->uid,
                    .gid = entry->gid,
                    .times = {entry->modified, entry->modified},
                    .must_own = true,
                    .only_user_attributes = true};
    disk->file_first = px_first_mode(
        entry->mode, entry->has_owner && (entry->uid != disk->uid || entry->gid != disk->gid));
    if (is_handed_over(disk, entry))
        return CDP_OK;
    disk->file = px_create_file(disk->folder->fd, name, disk->file_first);
    return disk->file < 0 ? CDP_ERR_IO : CDP_OK;
}

static cdp_status disk_data(const void *bytes, size_t length, uint64_t offset, void *user)
{
    px_disk *disk = user;
    const char *at = bytes;

    while (length > 0) {
        ssize_t written = pwrite(disk->file, at, length, (off_t)offset);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return CDP_ERR_IO;
        at += written;
        length -= (size_t)written;
        offset += (uint64_t)written;
    }
    return CDP_OK;
}

static cdp_status note_late(px_disk *disk, cdp_status status)
{
    if (status == CDP_ERR_IO)
        disk->failed = px_overlap_failed(disk->overlap);
    return status;
}

static cdp_status disk_copy(int *fd, const struct stat *source, const cdp_fs_progress *progress,
                            void *user)
{
    px_disk *disk = user;
    px_copying copy = {
        .from = *fd, .source = *source, .rights = disk->file_rights, .first = disk->file_first};
    cdp_status status;

    disk->source = *fd;
    if (disk->file >= 0)
        return px_copy_content(&disk->copier, *fd, source, disk->file, disk->device, progress);
    *fd = -1;
    status = note_late(disk, px_overlap_add(disk->overlap, &copy, disk->folder, disk->file_path));
    return status == CDP_OK ? cdp_fs_progress_add(progress, (uint64_t)source->st_size) : status;
}

static cdp_status disk_end(const px_entry *entry, void *user)
{
    px_disk *disk = user;
    cdp_status status = CDP_ERR_IO;
    struct stat info;
    px_made made;

    /* Handed over. */
    if (disk->file < 0)
        return CDP_OK;
    /* There may be a hole at the end. */
    if (fstat(disk->file, &info) == 0 &&
        (info.st_size == (off_t)entry->bytes || ftruncate(disk->file, (off_t)entry->bytes) == 0)) {
        made = (px_made){.mode = info.st_mode & 07777, .uid = info.st_uid, .gid = info.st_gid};
        status = px_give_rights(&disk->file_rights, disk->source, disk->file, &made);
    }
    if (close(disk->file) != 0 && status == CDP_OK)
        status = CDP_ERR_IO;
    disk->file = -1;
    return status;
}

static cdp_status disk_settle(void *user)
{
    px_disk *disk = user;

    return disk->overlap ? note_late(disk, px_overlap_wait(disk->overlap, NULL)) : CDP_OK;
}

static const char *disk_failed_path(void *user)
{
    const px_disk *disk = user;

    return disk->failed;
}

static cdp_status disk_symlink(const char *path, const px_entry *entry, void *user)
{
    px_disk *disk = user;
    const char *name;
    const px_folder *parent = parent_of(disk, path, &name);
    const struct timespec times[2] = {entry->modified, entry->modified};

    if (!parent || symlinkat(entry->target, parent->fd, name) != 0)
        return CDP_ERR_IO;
    if (entry->has_owner &&
        fchownat(parent->fd, name, entry->uid, entry->gid, AT_SYMLINK_NOFOLLOW) != 0)
        return CDP_ERR_IO;
    /* Not every file system keeps times of links. */
    (void)utimensat(parent->fd, name, times, AT_SYMLINK_NOFOLLOW);
    return CDP_OK;
}

static cdp_status disk_hard_link(const char *path, const char *target, void *user)
{
    px_disk *disk = user;
    size_t base = px_base_name(target);
    char *folder = px_copy((cdp_string){target, base ? base - 1 : 0});
    const char *name;
    int from;
    const px_folder *parent = parent_of(disk, path, &name);
    cdp_status status = CDP_OK;

    if (!folder)
        return CDP_ERR_NOMEM;
    from = px_open_beneath(disk->root, folder, O_PATH | O_DIRECTORY, 0, PX_LINKS_NONE);
    if (from < 0 || !parent || linkat(from, target + base, parent->fd, name, 0) != 0)
        status = CDP_ERR_IO;
    px_close(&from);
    free(folder);
    return status;
}

void px_disk_init(px_disk *disk, int root, bool overlaps)
{
    struct stat info;

    *disk = (px_disk){
        .sink = {disk_directory, disk_file, disk_data, disk_copy, disk_end, disk_symlink,
                 disk_hard_link, disk_settle, disk_failed_path, disk},
        .root = root,
        .top = px_folder_new(fcntl(root, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)),
        .file = -1,
        .overlap = overlaps ? px_overlap_new() : NULL,
        .uid = geteuid(),
        .gid = getegid(),
        .device = fstat(root, &info) == 0 ? info.st_dev : 0,
    };
}

static bool set_rights(px_disk *disk, const px_pending_directory *directory)
{
    const struct timespec times[2] = {directory->modified, directory->modified};
    int fd = px_open_beneath(disk->root, directory->path, O_RDONLY | O_DIRECTORY, 0, PX_LINKS_NONE);
    bool done = fd >= 0 && fchmod(fd, directory->mode & 07777) == 0 && futimens(fd, times) == 0;

    px_close(&fd);
    return done;
}

/* What lies in a directory before the directory; of the same directory, the last word first. */
static int compare(const void *a, const void *b)
{
    const px_pending_directory *first = a;
    const px_pending_directory *second = b;
    int order = strcmp(second->path, first->path);

    if (order)
        return order;
    return first->number < second->number ? 1 : -1;
}

cdp_status px_disk_finish(px_disk *disk)
{
    px_pending_directory *directories = disk->directories;

    if (disk->directory_count)
        qsort(directories, disk->directory_count, sizeof *directories, compare);
    for (size_t i = 0; i < disk->directory_count; i++) {
        if (i > 0 && strcmp(directories[i].path, directories[i - 1].path) == 0)
            continue;
        if (!set_rights(disk, &directories[i]))
            return CDP_ERR_IO;
    }
    return CDP_OK;
}

void px_disk_release(px_disk *disk)
{
    for (size_t i = 0; i < disk->directory_count; i++)
        free(disk->directories[i].path);
    free(disk->directories);
    if (disk->overlap)
        (void)px_overlap_wait(disk->overlap, NULL);
    leave_parent(disk);
    px_folder_drop(disk->top);
    px_close(&disk->file);
    px_close(&disk->root);
    px_copier_release(&disk->copier);
    px_overlap_free(disk->overlap);
}
