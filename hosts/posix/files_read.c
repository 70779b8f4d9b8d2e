/* SPDX-License-Identifier: MIT */
/* The callbacks of cdp_fs that only look. */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static cdp_fs_kind kind_of(mode_t mode)
{
    return S_ISREG(mode)   ? CDP_FS_REGULAR
           : S_ISDIR(mode) ? CDP_FS_DIRECTORY
           : S_ISLNK(mode) ? CDP_FS_SYMLINK
                           : CDP_FS_OTHER;
}

static void fill(cdp_fs_info *info, const struct statx *found)
{
    info->kind = kind_of(found->stx_mode);
    info->mode = found->stx_mode & 07777;
    info->bytes = S_ISREG(found->stx_mode) ? found->stx_size : 0;
    info->device = makedev(found->stx_dev_major, found->stx_dev_minor);
    info->inode = found->stx_ino;
    info->links = found->stx_nlink;
    info->modified_seconds = found->stx_mtime.tv_sec;
    info->modified_nanoseconds = found->stx_mtime.tv_nsec;
    info->owner = found->stx_uid;
    info->group = found->stx_gid;
}

/* For sandboxes that refuse statx(), which they tell by EPERM: without attributes. */
static int look_in_the_old_way(int directory, const char *name, int flags, struct statx *found)
{
    struct stat old;

    if (fstatat(directory, name, &old, flags) != 0)
        return -1;
    *found = (struct statx){
        .stx_mode = (uint16_t)old.st_mode,
        .stx_size = (uint64_t)old.st_size,
        .stx_dev_major = major(old.st_dev),
        .stx_dev_minor = minor(old.st_dev),
        .stx_ino = old.st_ino,
        .stx_nlink = (uint32_t)old.st_nlink,
        .stx_mtime = {.tv_sec = old.st_mtim.tv_sec, .tv_nsec = (uint32_t)old.st_mtim.tv_nsec},
        .stx_uid = old.st_uid,
        .stx_gid = old.st_gid,
    };
    return 0;
}

/* One call for each thing that is looked at: there are many. */
static int look(int directory, const char *name, int flags, struct statx *found)
{
    int failed = statx(directory, name, flags | AT_NO_AUTOMOUNT, STATX_BASIC_STATS, found);

    return failed && (errno == EPERM || errno == ENOSYS)
               ? look_in_the_old_way(directory, name, flags, found)
               : failed;
}

/* Nothing is there, or nothing can be: links that lead in a circle lead nowhere. Among the records
 * no link is followed at all, which is another matter. */
static bool leads_nowhere(int error, cdp_fs_root root)
{
    return error == ENOENT || error == ENOTDIR || (error == ELOOP && root != CDP_FS_STATE);
}

/* Whether something can be made in a directory. Sandboxes refuse calls with EPERM, which says
 * nothing of the directory. */
static bool is_closed(int directory, const char *name)
{
    return faccessat(directory, name, W_OK | X_OK, AT_EACCESS) != 0 &&
           (errno == EROFS || errno == EACCES);
}

static uint32_t obstacles_of(int directory, const char *name, const struct statx *found)
{
    uint32_t obstacles = 0;
    struct stat above;

    if (found->stx_attributes & (STATX_ATTR_IMMUTABLE | STATX_ATTR_APPEND))
        obstacles |= CDP_FS_IMMUTABLE | (S_ISDIR(found->stx_mode) ? CDP_FS_READ_ONLY : 0u);
    if (found->stx_attributes & STATX_ATTR_MOUNT_ROOT)
        obstacles |= CDP_FS_MOUNT_POINT;
    /* Before Linux 5.8: another device than that of its directory. */
    if (!(found->stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) && *name &&
        fstat(directory, &above) == 0 &&
        above.st_dev != makedev(found->stx_dev_major, found->stx_dev_minor))
        obstacles |= CDP_FS_MOUNT_POINT;
    if (S_ISDIR(found->stx_mode) && is_closed(directory, *name ? name : "."))
        obstacles |= CDP_FS_READ_ONLY;
    return obstacles;
}

/* Links on the way to the last component are followed as far as the root lets them. */
static cdp_status info_of_target(cdp_posix_files *files, cdp_fs_root root, cdp_string path,
                                 cdp_fs_info *info)
{
    const px_root *own = &files->roots[root - CDP_FS_REVISION];
    int fd = px_open_beneath(own->fd, path.data + 1, O_PATH, 0, own->links);
    struct statx found;
    cdp_status status = CDP_OK;

    if (fd < 0)
        return leads_nowhere(errno, root) ? CDP_OK : px_failed(files, errno);
    if (look(fd, "", AT_EMPTY_PATH, &found) != 0) {
        status = px_failed(files, errno);
    } else {
        fill(info, &found);
        if (root == CDP_FS_DESTINATION)
            info->obstacles = obstacles_of(fd, "", &found);
    }
    px_close(&fd);
    return status;
}

cdp_status px_fs_info(cdp_fs_root root, cdp_string path, int follow, cdp_fs_info *info, void *user)
{
    cdp_posix_files *files = user;
    struct statx found;
    px_place place;
    cdp_status status = px_locate(files, root, path, &place);

    if (status == CDP_OK && look(place.directory, place.name, AT_SYMLINK_NOFOLLOW, &found) != 0)
        status = px_failed(files, errno);
    if (status == CDP_ERR_NOT_FOUND)
        return CDP_OK;
    if (status != CDP_OK)
        return status;
    if (follow && S_ISLNK(found.stx_mode))
        return info_of_target(files, root, path, info);
    fill(info, &found);
    if (root == CDP_FS_DESTINATION)
        info->obstacles = obstacles_of(place.directory, place.name, &found);
    return CDP_OK;
}

static cdp_fs_kind kind_of_entry(unsigned char type)
{
    return type == DT_REG ? CDP_FS_REGULAR : type == DT_DIR ? CDP_FS_DIRECTORY : CDP_FS_SYMLINK;
}

static cdp_status add_entry(cdp_posix_files *files, int directory, const struct dirent64 *entry,
                            bool want_bytes, cdp_fs_listing *listing)
{
    cdp_string name = px_string(entry->d_name);
    struct stat stat;

    if (entry->d_type == DT_DIR || entry->d_type == DT_LNK ||
        (entry->d_type == DT_REG && !want_bytes))
        return cdp_fs_listing_add(listing, name, kind_of_entry(entry->d_type), 0);
    if (fstatat(directory, entry->d_name, &stat, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? CDP_OK : px_failed(files, errno);
    return cdp_fs_listing_add(listing, name, kind_of(stat.st_mode),
                              S_ISREG(stat.st_mode) ? (uint64_t)stat.st_size : 0);
}

static cdp_status list_directory(cdp_posix_files *files, int directory, bool want_bytes,
                                 cdp_fs_listing *listing)
{
    cdp_status status = CDP_OK;

    px_entries_begin(&files->entries);
    while (status == CDP_OK) {
        const struct dirent64 *entry = px_entries_next(&files->entries, directory);

        if (!entry)
            return errno ? px_failed(files, errno) : CDP_OK;
        status = add_entry(files, directory, entry, want_bytes, listing);
    }
    return status;
}

cdp_status px_fs_list(cdp_fs_root root, cdp_string path, int want_bytes, cdp_fs_listing *listing,
                      void *user)
{
    cdp_posix_files *files = user;
    const px_root *own;
    px_place place;
    cdp_status status = px_locate(files, root, path, &place);
    int fd;

    if (status != CDP_OK)
        return status;
    own = &files->roots[root - CDP_FS_REVISION];
    fd = px_open_place(&place, O_RDONLY | O_DIRECTORY);
    if (fd < 0 && (errno == ENOTDIR || errno == ELOOP))
        fd = px_open_beneath(own->fd, path.data + 1, O_RDONLY | O_DIRECTORY, 0, own->links);
    if (fd < 0) {
        status = px_failed(files, errno);
        return errno == ENOTDIR ? CDP_ERR_CONFLICT : status;
    }
    status = list_directory(files, fd, want_bytes, listing);
    px_close(&fd);
    return status;
}

cdp_status px_fs_read_link(cdp_fs_root root, cdp_string path, cdp_text *target, void *user)
{
    cdp_posix_files *files = user;
    char text[PATH_MAX + 1];
    px_place place;
    cdp_status status = px_locate(files, root, path, &place);
    ssize_t length;

    if (status != CDP_OK)
        return status;
    length = readlinkat(place.directory, place.name, text, sizeof text);
    if (length < 0) {
        status = px_failed(files, errno);
        return errno == EINVAL ? CDP_ERR_CONFLICT : status;
    }
    return cdp_text_append(target, text, (size_t)length);
}

static cdp_status read_all(cdp_posix_files *files, int fd, uint64_t limit, px_buffer *content)
{
    for (;;) {
        char *end = px_reserve(content, 16384);
        ssize_t length;

        if (!end)
            return CDP_ERR_NOMEM;
        length = read(fd, end, 16384);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return px_failed(files, errno);
        if (length == 0)
            return CDP_OK;
        content->length += (size_t)length;
        if (content->length > limit)
            return CDP_ERR_LIMIT;
    }
}

cdp_status px_fs_read_file(cdp_fs_root root, cdp_string path, uint64_t limit, cdp_text *content,
                           void *user)
{
    cdp_posix_files *files = user;
    px_buffer bytes = {0};
    struct stat stat;
    px_place place;
    cdp_status status = px_locate(files, root, path, &place);
    int fd;

    if (status != CDP_OK)
        return status;
    /* Not blocking: a FIFO in a revision must not make us wait for a writer. */
    fd = px_open_place(&place, O_RDONLY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &stat) != 0)
        status = px_failed(files, errno);
    else if (!S_ISREG(stat.st_mode))
        status = px_failed_in_words(files, CDP_ERR_CONFLICT, "not a regular file");
    else if ((uint64_t)stat.st_size > limit)
        status = CDP_ERR_LIMIT;
    else
        status = read_all(files, fd, limit, &bytes);
    px_close(&fd);
    if (status == CDP_OK && bytes.length)
        status = cdp_text_append(content, bytes.data, bytes.length);
    px_buffer_release(&bytes);
    return status;
}
