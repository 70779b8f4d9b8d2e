/* SPDX-License-Identifier: MIT */
/* The callbacks of cdp_fs that make, move and remove. */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

cdp_status px_fs_make_directory(cdp_fs_root root, cdp_string path, uint32_t mode, void *user)
{
    cdp_posix_files *files = user;
    px_place place;
    cdp_status status = px_locate_for_change(files, root, path, &place);

    if (status == CDP_OK && mkdirat(place.directory, place.name, (mode_t)mode) != 0)
        status = px_failed(files, errno);
    return status;
}

/* ---------------------------------------------------------------------------------------------
 * Copying
 */

static cdp_status open_source(cdp_posix_files *files, const px_place *place, int *fd,
                              struct stat *info)
{
    *fd = px_open_place(place, O_RDONLY | O_NONBLOCK);
    if (*fd < 0 && errno == ELOOP)
        return px_failed_in_words(files, CDP_ERR_CONFLICT, "a symbolic link, not a file");
    if (*fd < 0 || fstat(*fd, info) != 0)
        return px_failed(files, errno);
    if (!S_ISREG(info->st_mode))
        return px_failed_in_words(files, CDP_ERR_CONFLICT, "not a regular file");
    return CDP_OK;
}

/* The copy that is to be made of what is open at `fd`. */
static px_copying copy_of(const cdp_posix_files *files, int fd, const struct stat *info,
                          uint32_t keep)
{
    bool changes_owner =
        keep & CDP_FS_KEEP_OWNER && (info->st_uid != files->uid || info->st_gid != files->gid);
    mode_t mode = keep & CDP_FS_KEEP_MODE ? info->st_mode & 07777 : 0600;

    return (px_copying){.from = fd,
                        .source = *info,
                        .rights = px_rights_of(info, keep),
                        .first = px_first_mode(mode, changes_owner),
                        .to = -1};
}

static cdp_status copy_to(cdp_posix_files *files, int *fd, const struct stat *info,
                          cdp_fs_root root, const px_place *place, uint32_t keep,
                          const cdp_fs_progress *progress)
{
    px_root *own = &files->roots[root - CDP_FS_REVISION];
    px_copying copy = copy_of(files, *fd, info, keep);
    cdp_status status;

    *fd = -1;
    copy.folder = place->directory;
    copy.name = place->name;
    if (place->directory == own->cached_fd)
        copy.made = own->made;
    status = px_copy_file(&files->copier, &copy, progress);
    if (place->directory == own->cached_fd)
        own->made = copy.made;
    if (status == CDP_ERR_IO)
        status = px_failed(files, errno);
    if (status != CDP_OK && copy.is_there)
        unlinkat(place->directory, place->name, 0);
    return status;
}

cdp_status px_fs_copy_file(cdp_fs_root from_root, cdp_string from, cdp_fs_root to_root,
                           cdp_string to, uint32_t keep, const cdp_fs_progress *progress,
                           void *user)
{
    cdp_posix_files *files = user;
    px_place place;
    struct stat info;
    int fd = -1;
    cdp_status status = px_locate(files, from_root, from, &place);

    if (status == CDP_OK)
        status = open_source(files, &place, &fd, &info);
    if (status == CDP_OK)
        status = px_locate_for_change(files, to_root, to, &place);
    if (status == CDP_OK)
        status = copy_to(files, &fd, &info, to_root, &place, keep, progress);
    px_close(&fd);
    return status;
}

/* The directory that `to` lies in, to be kept open; found at `place`. */
static cdp_status use_folder(cdp_posix_files *files, cdp_string to, const px_place *place)
{
    const cdp_string path = {to.data, px_base_name(to.data)};
    int fd;

    if (files->folder && files->folder_path.length == path.length &&
        memcmp(files->folder_path.data, path.data, path.length) == 0)
        return CDP_OK;
    px_overlap_drop(files->overlap, files->folder);
    files->folder = NULL;
    fd = fcntl(place->directory, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (fd < 0)
        return px_failed(files, errno);
    files->folder = px_folder_new(fd);
    files->folder_path = path;
    return files->folder ? CDP_OK : CDP_ERR_NOMEM;
}

/* Opens the next file, and hands it over. CDP_PASSTHROUGH: it is to be copied by itself. */
static cdp_status begin_copy(cdp_posix_files *files, cdp_fs_copy *asked)
{
    px_place place;
    px_copying copy;
    struct stat info;
    int fd = -1;
    cdp_status status = px_locate(files, asked->from_root, asked->from, &place);

    if (status == CDP_OK)
        status = open_source(files, &place, &fd, &info);
    if (status == CDP_OK && info.st_size > PX_OVERLAP_BYTES)
        status = CDP_PASSTHROUGH;
    if (status == CDP_OK)
        status = px_locate_for_change(files, asked->to_root, asked->to, &place);
    if (status == CDP_OK)
        status = use_folder(files, asked->to, &place);
    if (status != CDP_OK) {
        px_close(&fd);
        return status;
    }
    asked->bytes = (uint64_t)info.st_size;
    copy = copy_of(files, fd, &info, asked->keep);
    status = px_overlap_add(files->overlap, &copy, files->folder, asked->to.data);
    return status == CDP_ERR_IO ? px_failed(files, errno) : status;
}

/* Those from `first` on that were made all the same. */
static void remove_copies(cdp_posix_files *files, const cdp_fs_copy *copies, size_t first,
                          size_t count)
{
    px_place place;

    for (size_t i = first; i < count; i++) {
        if (px_overlap_is_there(files->overlap, i) &&
            px_locate(files, copies[i].to_root, copies[i].to, &place) == CDP_OK)
            unlinkat(place.directory, place.name, 0);
    }
}

cdp_status px_fs_copy_files(cdp_fs_copy *copies, size_t count, size_t *done, void *user)
{
    cdp_posix_files *files = user;
    cdp_status status = CDP_OK;
    cdp_status finished;
    size_t begun = 0;
    size_t failed;

    if (!files->overlap && !(files->overlap = px_overlap_new()))
        return CDP_ERR_NOMEM;
    while (begun < count && begun < PX_OVERLAP_MOST &&
           (status = begin_copy(files, &copies[begun])) == CDP_OK)
        begun++;
    finished = px_overlap_wait(files->overlap, &failed);
    px_folder_drop(files->folder);
    files->folder = NULL;
    *done = begun;
    if (finished != CDP_OK) {
        int error = errno;

        remove_copies(files, copies, failed, begun);
        status = finished == CDP_ERR_IO ? px_failed(files, error) : finished;
        *done = failed;
    }
    return status == CDP_PASSTHROUGH ? CDP_OK : status;
}

/* ---------------------------------------------------------------------------------------------
 * Names
 */

cdp_status px_fs_make_symlink(cdp_fs_root root, cdp_string path, cdp_string target, void *user)
{
    cdp_posix_files *files = user;
    px_place place;
    cdp_status status = px_locate_for_change(files, root, path, &place);

    if (status != CDP_OK)
        return status;
    if (!px_is_text(target))
        return CDP_ERR_ARGUMENT;
    return symlinkat(target.data, place.directory, place.name) == 0 ? CDP_OK
                                                                    : px_failed(files, errno);
}

/* Both ends of a rename or link. The directory of `from` is duplicated: finding `to` may close it. */
static cdp_status locate_two(cdp_posix_files *files, cdp_fs_root root, cdp_string from,
                             cdp_string to, px_place places[2])
{
    cdp_status status = px_locate_for_change(files, root, from, &places[0]);

    places[1].directory = -1;
    if (status != CDP_OK)
        return status;
    places[0].directory = fcntl(places[0].directory, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (places[0].directory < 0)
        return px_failed(files, errno);
    status = px_locate_for_change(files, root, to, &places[1]);
    if (status != CDP_OK)
        px_close(&places[0].directory);
    return status;
}

static bool exists(const px_place *place, struct stat *info)
{
    return fstatat(place->directory, place->name, info, AT_SYMLINK_NOFOLLOW) == 0;
}

static int rename_no_replace(const px_place places[2])
{
    struct stat info;

#ifdef SYS_renameat2
    if (syscall(SYS_renameat2, places[0].directory, places[0].name, places[1].directory,
                places[1].name, 1u /* RENAME_NOREPLACE */) == 0)
        return 0;
    if (errno != ENOSYS && errno != EINVAL)
        return errno;
#endif
    /* A file system without it: for files a second name is as good, for directories nobody else
     * makes one of this name. */
    if (linkat(places[0].directory, places[0].name, places[1].directory, places[1].name, 0) == 0)
        return unlinkat(places[0].directory, places[0].name, 0) == 0 ? 0 : errno;
    if (errno == EEXIST)
        return EEXIST;
    if (exists(&places[1], &info))
        return EEXIST;
    return renameat(places[0].directory, places[0].name, places[1].directory, places[1].name) == 0
               ? 0
               : errno;
}

/* `*was_link`: what was replaced is a link, which may have been on the way to something. */
static int rename_over(const px_place places[2], bool *was_link)
{
    struct stat info;

    if (exists(&places[1], &info)) {
        if (S_ISDIR(info.st_mode))
            return EISDIR;
        *was_link = S_ISLNK(info.st_mode);
    }
    if (renameat(places[0].directory, places[0].name, places[1].directory, places[1].name) == 0)
        return 0;
    /* A directory does not replace a file. */
    return errno == ENOTDIR ? EEXIST : errno;
}

cdp_status px_fs_rename(cdp_fs_root root, cdp_string from, cdp_string to, int replace, void *user)
{
    cdp_posix_files *files = user;
    px_place places[2];
    struct stat info;
    cdp_status status = locate_two(files, root, from, to, places);
    bool was_link = false;
    int error;

    if (status != CDP_OK)
        return status;
    error = replace ? rename_over(places, &was_link) : rename_no_replace(places);
    px_close(&places[0].directory);
    if (error == EXDEV)
        return px_failed_in_words(
            files, CDP_ERR_UNSUPPORTED,
            "the file system cannot move it (it is on another device, or in a "
            "lower layer of an overlay)");
    if (error)
        return px_failed(files, error);
    /* Only a directory, or a link to one, can be on the way to something else. */
    if (was_link || !exists(&places[1], &info) || !S_ISREG(info.st_mode))
        px_forget_directories(files);
    return CDP_OK;
}

cdp_status px_fs_hard_link(cdp_fs_root root, cdp_string from, cdp_string to, void *user)
{
    cdp_posix_files *files = user;
    px_place places[2];
    cdp_status status = locate_two(files, root, from, to, places);

    if (status != CDP_OK)
        return status;
    if (linkat(places[0].directory, places[0].name, places[1].directory, places[1].name, 0) != 0) {
        int error = errno;

        status = px_failed(files, error);
        /* Other devices, too many links, file systems and settings that do not allow it. */
        if (error == EXDEV || error == EMLINK || error == EPERM)
            status = CDP_ERR_UNSUPPORTED;
    }
    px_close(&places[0].directory);
    return status;
}

/* Why something could not be removed. A file system that is read-only says so first, even of what is
 * not there. */
static int removal_error(const px_place *place)
{
    int error = errno;
    struct stat info;

    if (error == EROFS && !exists(place, &info) && errno == ENOENT)
        return ENOENT;
    return error;
}

cdp_status px_fs_remove_file(cdp_fs_root root, cdp_string path, void *user)
{
    cdp_posix_files *files = user;
    px_place place;
    cdp_status status = px_locate_for_change(files, root, path, &place);
    struct stat info;

    if (status != CDP_OK)
        return status;
    if (exists(&place, &info) && S_ISLNK(info.st_mode))
        px_forget_directories(files);
    status = px_locate(files, root, path, &place);
    if (status == CDP_OK && unlinkat(place.directory, place.name, 0) != 0)
        status = px_failed(files, removal_error(&place));
    return status;
}

cdp_status px_fs_remove_directory(cdp_fs_root root, cdp_string path, void *user)
{
    cdp_posix_files *files = user;
    px_place place;
    cdp_status status;

    px_forget_directories(files);
    status = px_locate_for_change(files, root, path, &place);
    if (status != CDP_OK)
        return status;
    if (unlinkat(place.directory, place.name, AT_REMOVEDIR) != 0) {
        status = px_failed(files, removal_error(&place));
        /* It is there, and is not a directory. */
        if (errno == ENOTDIR || errno == EINVAL)
            status = CDP_ERR_CONFLICT;
    }
    return status;
}

/* ---------------------------------------------------------------------------------------------
 * Records
 */

static cdp_status write_new(cdp_posix_files *files, cdp_fs_root root, const px_place *place,
                            const char *name, cdp_string content)
{
    cdp_status status = CDP_OK;
    int fd;

    /* One may be left of a crash. */
    if (unlinkat(place->directory, name, 0) != 0 && errno != ENOENT)
        return px_failed(files, errno);
    fd = px_above_standard(
        openat(place->directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (fd < 0)
        return px_failed(files, errno);
    if (!px_write_all(fd, content.data, content.length) ||
        (px_wants_sync(files, root) && fsync(fd) != 0))
        status = px_failed(files, errno);
    if (close(fd) != 0 && status == CDP_OK)
        status = px_failed(files, errno);
    if (status == CDP_OK && renameat(place->directory, name, place->directory, place->name) != 0)
        status = px_failed(files, errno);
    if (status != CDP_OK)
        unlinkat(place->directory, name, 0);
    return status;
}

/* What O_PATH cannot: a descriptor that can be synced. */
static cdp_status sync_opened(cdp_posix_files *files, const px_place *place, int flags)
{
    int fd = px_open_place(place, flags);
    cdp_status status = CDP_OK;

    if (fd < 0 && errno == EACCES && !(flags & O_DIRECTORY))
        fd = px_open_place(place, O_WRONLY | O_NONBLOCK);
    if (fd < 0)
        return px_failed(files, errno);
    if (fsync(fd) != 0)
        status = px_failed(files, errno);
    px_close(&fd);
    return status;
}

cdp_status px_fs_write_file(cdp_fs_root root, cdp_string path, cdp_string content, void *user)
{
    cdp_posix_files *files = user;
    px_buffer name = {0};
    px_place place;
    cdp_status status = px_locate(files, root, path, &place);

    /* Copying is over for now; whoever forks next does so without a second thread. */
    px_overlap_free(files->overlap);
    files->overlap = NULL;
    if (status != CDP_OK)
        return status;
    px_put_c(&name, place.name);
    px_put_c(&name, ".new");
    status =
        px_c_string(&name) ? write_new(files, root, &place, name.data, content) : CDP_ERR_NOMEM;
    px_buffer_release(&name);
    if (status == CDP_OK && px_wants_sync(files, root))
        status = sync_opened(files, &(px_place){place.directory, "."}, O_RDONLY | O_DIRECTORY);
    return status;
}

cdp_status px_fs_append_file(cdp_fs_root root, cdp_string path, cdp_string content, void *user)
{
    cdp_posix_files *files = user;
    px_place place;
    struct stat info;
    cdp_status status = px_locate_for_change(files, root, path, &place);
    int fd;

    if (status != CDP_OK)
        return status;
    fd = px_above_standard(openat(place.directory, place.name,
                                  O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (fd < 0)
        return px_failed(files, errno);
    if (fstat(fd, &info) != 0) {
        status = px_failed(files, errno);
    } else if (!px_write_all(fd, content.data, content.length)) {
        status = px_failed(files, errno);
        /* What is half there would stand in the middle of what comes next. */
        (void)!ftruncate(fd, info.st_size);
    }
    if (close(fd) != 0 && status == CDP_OK)
        status = px_failed(files, errno);
    return status;
}

cdp_status px_fs_sync_file(cdp_fs_root root, cdp_string path, void *user)
{
    cdp_posix_files *files = user;
    px_place place;
    cdp_status status;

    if (!px_wants_sync(files, root))
        return CDP_OK;
    status = px_locate(files, root, path, &place);
    if (status != CDP_OK)
        return status;
    status = sync_opened(files, &place, O_RDONLY | O_NONBLOCK);
    /* A link has no content beside its name. */
    return status == CDP_ERR_DENIED && files->error == ELOOP ? CDP_OK : status;
}

cdp_status px_fs_sync_directory(cdp_fs_root root, cdp_string path, void *user)
{
    cdp_posix_files *files = user;
    px_place place;
    cdp_status status;

    if (!px_wants_sync(files, root))
        return CDP_OK;
    status = px_locate(files, root, path, &place);
    return status == CDP_OK ? sync_opened(files, &place, O_RDONLY | O_DIRECTORY) : status;
}

cdp_status px_fs_sync_all(cdp_fs_root root, void *user)
{
    cdp_posix_files *files = user;

    if (!px_wants_sync(files, root))
        return CDP_OK;
    for (size_t i = 0; i < files->device_count; i++) {
        if (files->devices[i].root == root && syncfs(files->devices[i].fd) != 0)
            return px_failed(files, errno);
    }
    return CDP_OK;
}
