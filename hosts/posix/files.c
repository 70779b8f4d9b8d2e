/* SPDX-License-Identifier: MIT */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static px_root *root_of(cdp_posix_files *files, cdp_fs_root root)
{
    return root >= CDP_FS_REVISION && root <= CDP_FS_STATE ? &files->roots[root - CDP_FS_REVISION]
                                                           : NULL;
}

/* ---------------------------------------------------------------------------------------------
 * Errors
 */

cdp_status px_status_of(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return CDP_ERR_NOT_FOUND;
    case EEXIST:
    case ENOTEMPTY:
    case EISDIR:
        return CDP_ERR_CONFLICT;
    case EACCES:
    case EPERM:
    case EROFS:
    case EXDEV:
    case ELOOP:
        return CDP_ERR_DENIED;
    case ENOSPC:
    case EDQUOT:
        return CDP_ERR_FULL;
    case ENOSYS:
    case EOPNOTSUPP:
        return CDP_ERR_UNSUPPORTED;
    case ENOMEM:
        return CDP_ERR_NOMEM;
    default:
        return CDP_ERR_IO;
    }
}

cdp_status px_failed(cdp_posix_files *files, int error)
{
    files->error = error;
    files->words.length = 0;
    return px_status_of(error);
}

cdp_status px_failed_in_words(cdp_posix_files *files, cdp_status status, const char *format, ...)
{
    char words[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    files->error = 0;
    files->words.length = 0;
    px_put_c(&files->words, words);
    return status;
}

static const char *own_words(int error)
{
    switch (error) {
    case EXDEV:
        return "a link or path leads out of the place that it belongs to";
    case ELOOP:
        return "a symbolic link stands where none may be, or links lead in a circle";
    default:
        return NULL;
    }
}

static cdp_status describe_error(cdp_status error, cdp_text *message, void *user)
{
    cdp_posix_files *files = user;
    px_error_text text;
    const char *words = own_words(files->error);

    (void)error;
    if (files->error == 0 && files->words.length == 0)
        return CDP_PASSTHROUGH;
    if (files->error == 0)
        return cdp_text_append(message, files->words.data, files->words.length);
    if (!words)
        words = px_describe(files->error, &text);
    return cdp_text_append(message, words, strlen(words));
}

/* ---------------------------------------------------------------------------------------------
 * Places
 */

static void forget(px_root *root)
{
    px_close(&root->cached_fd);
    root->made.is_known = false;
    root->is_noted = false;
}

void px_forget_directories(cdp_posix_files *files)
{
    for (size_t i = 0; i < sizeof files->roots / sizeof *files->roots; i++)
        forget(&files->roots[i]);
}

static bool is_cached(const px_root *root, const char *path, size_t length)
{
    return root->cached_fd >= 0 && root->cached_length == length &&
           memcmp(root->cached_path, path, length) == 0;
}

/* Where a component begins that is a folder of a staging; NULL when there is none. */
static char *find_staging(char *path)
{
    static const char prefix[] = ".codedeploy-";

    for (char *at = path; at; at = strchr(at, '/')) {
        at += *at == '/';
        if (strncmp(at, prefix, sizeof prefix - 1) == 0)
            return at;
    }
    return NULL;
}

/* What the library stages is its own, and no link leads there: whoever may write to a destination
 * could put one in the folder's place. */
static int open_from_root(const px_root *root, char *path)
{
    char *staging = root->links == PX_LINKS_CHROOT ? find_staging(path) : NULL;
    int folder = root->fd;
    int fd;

    if (!staging)
        return px_open_beneath(root->fd, path, O_PATH | O_DIRECTORY, 0, root->links);
    if (staging > path) {
        staging[-1] = '\0';
        folder = px_open_beneath(root->fd, path, O_PATH | O_DIRECTORY, 0, root->links);
        staging[-1] = '/';
        if (folder < 0)
            return -1;
    }
    fd = px_open_beneath(folder, staging, O_PATH | O_DIRECTORY, 0, PX_LINKS_NONE);
    if (folder != root->fd)
        px_close(&folder);
    return fd;
}

/* Opens a directory of the root ("" is the root itself) and remembers it. */
static int open_directory(px_root *root, const char *path, size_t length)
{
    if (is_cached(root, path, length))
        return root->cached_fd;
    forget(root);
    if (length + 1 > root->cached_capacity) {
        char *grown = realloc(root->cached_path, length + 256);

        if (!grown) {
            errno = ENOMEM;
            return -1;
        }
        root->cached_path = grown;
        root->cached_capacity = length + 256;
    }
    memcpy(root->cached_path, path, length);
    root->cached_path[length] = '\0';
    root->cached_length = length;
    root->cached_fd = open_from_root(root, root->cached_path);
    return root->cached_fd;
}

cdp_status px_locate(cdp_posix_files *files, cdp_fs_root which, cdp_string path, px_place *place)
{
    px_root *root = root_of(files, which);
    size_t slash;

    if (!root || !px_is_text(path) || path.length == 0 || path.data[0] != '/')
        return CDP_ERR_ARGUMENT;
    if (root->fd < 0)
        return px_failed(files, ENOENT);
    if (path.length == 1) {
        *place = (px_place){root->fd, "."};
        return CDP_OK;
    }
    slash = px_base_name(path.data) - 1;
    place->name = path.data + slash + 1;
    if (*place->name == '\0' || strcmp(place->name, ".") == 0 || strcmp(place->name, "..") == 0)
        return CDP_ERR_ARGUMENT;
    place->directory = slash == 0 ? root->fd : open_directory(root, path.data + 1, slash - 1);
    return place->directory < 0 ? px_failed(files, errno) : CDP_OK;
}

bool px_wants_sync(const cdp_posix_files *files, cdp_fs_root root)
{
    return files->sync == CDP_POSIX_SYNC_FULL ||
           (files->sync == CDP_POSIX_SYNC_RECORDS && root == CDP_FS_STATE);
}

/* Keeps a descriptor of each file system that is written to, for sync_all. */
static cdp_status note_device(cdp_posix_files *files, cdp_fs_root root, int directory)
{
    struct stat info;
    px_device *devices;

    if (fstat(directory, &info) != 0)
        return px_failed(files, errno);
    for (size_t i = 0; i < files->device_count; i++) {
        if (files->devices[i].root == root && files->devices[i].device == info.st_dev)
            return CDP_OK;
    }
    devices = realloc(files->devices, (files->device_count + 1) * sizeof *devices);
    if (!devices)
        return CDP_ERR_NOMEM;
    files->devices = devices;
    devices[files->device_count] = (px_device){root, info.st_dev, -1};
    devices[files->device_count].fd =
        px_above_standard(openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (devices[files->device_count].fd < 0)
        return px_failed(files, errno);
    files->device_count++;
    return CDP_OK;
}

cdp_status px_locate_for_change(cdp_posix_files *files, cdp_fs_root which, cdp_string path,
                                px_place *place)
{
    cdp_status status = px_locate(files, which, path, place);
    px_root *root = root_of(files, which);

    if (status != CDP_OK || !px_wants_sync(files, which))
        return status;
    if (place->directory == root->cached_fd && root->is_noted)
        return CDP_OK;
    status = note_device(files, which, place->directory);
    if (status == CDP_OK && place->directory == root->cached_fd)
        root->is_noted = true;
    return status;
}

int px_open_place(const px_place *place, int flags)
{
    return px_above_standard(
        openat(place->directory, place->name, flags | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY));
}

/* ---------------------------------------------------------------------------------------------
 * The object
 */

static cdp_status open_root(px_root *root, cdp_string path, cdp_diagnostics *diagnostics)
{
    px_error_text text;
    char *copy;
    cdp_status status = CDP_OK;

    if (!path.data)
        return CDP_OK;
    if (!px_is_text(path) || path.length == 0)
        return CDP_ERR_ARGUMENT;
    copy = px_copy(path);
    if (!copy)
        return CDP_ERR_NOMEM;
    root->fd = px_above_standard(open(copy, O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (root->fd < 0) {
        status = px_status_of(errno);
        px_report(diagnostics, CDP_DIAGNOSTIC_HOST_DIRECTORY_UNUSABLE, copy,
                  px_describe(errno, &text), NULL);
    }
    free(copy);
    return status;
}

cdp_status cdp_posix_files_new(const cdp_posix_files_options *options, cdp_diagnostics *diagnostics,
                               cdp_posix_files **files)
{
    static const px_links links[] = {PX_LINKS_INSIDE, PX_LINKS_CHROOT, PX_LINKS_NONE};
    cdp_posix_files_options own;
    cdp_posix_files *made;
    cdp_status status;

    if (!files)
        return CDP_ERR_ARGUMENT;
    status = px_sized_read(&own, sizeof own, options);
    if (status != CDP_OK)
        return status;
    if (own.sync < CDP_POSIX_SYNC_FULL || own.sync > CDP_POSIX_SYNC_NONE)
        return CDP_ERR_ARGUMENT;
    made = calloc(1, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    made->sync = own.sync;
    made->overlaps = own.overlap != 0;
    made->uid = geteuid();
    made->gid = getegid();
    for (size_t i = 0; i < 3; i++)
        made->roots[i] = (px_root){.fd = -1, .cached_fd = -1, .links = links[i]};
    if (!own.destination.data)
        own.destination = px_string("/");
    status = open_root(&made->roots[0], own.revision, diagnostics);
    if (status == CDP_OK)
        status = open_root(&made->roots[1], own.destination, diagnostics);
    if (status == CDP_OK)
        status = open_root(&made->roots[2], own.state, diagnostics);
    if (status != CDP_OK) {
        cdp_posix_files_free(made);
        return status;
    }
    *files = made;
    return CDP_OK;
}

void cdp_posix_files_free(cdp_posix_files *files)
{
    if (!files)
        return;
    for (size_t i = 0; i < sizeof files->roots / sizeof *files->roots; i++) {
        forget(&files->roots[i]);
        px_close(&files->roots[i].fd);
        free(files->roots[i].cached_path);
    }
    for (size_t i = 0; i < files->device_count; i++)
        px_close(&files->devices[i].fd);
    free(files->devices);
    px_names_release(&files->names);
    px_copier_release(&files->copier);
    px_overlap_free(files->overlap);
    px_entries_release(&files->entries);
    px_buffer_release(&files->words);
    free(files);
}

cdp_status cdp_posix_files_callbacks(cdp_posix_files *files, cdp_fs *fs)
{
    const cdp_fs own = {
        .size = sizeof own,
        .info = px_fs_info,
        .list = px_fs_list,
        .read_link = px_fs_read_link,
        .read_file = px_fs_read_file,
        .make_directory = px_fs_make_directory,
        .copy_file = px_fs_copy_file,
        .make_symlink = px_fs_make_symlink,
        .rename = px_fs_rename,
        .hard_link = px_fs_hard_link,
        .remove_file = px_fs_remove_file,
        .remove_directory = px_fs_remove_directory,
        .set_mode = px_fs_set_mode,
        .set_owner = px_fs_set_owner,
        .check_owner = px_fs_check_owner,
        .set_acl = px_fs_set_acl,
        .set_context = px_fs_set_context,
        .remove_context = px_fs_remove_context,
        .write_file = px_fs_write_file,
        .append_file = px_fs_append_file,
        .sync_file = px_fs_sync_file,
        .sync_directory = px_fs_sync_directory,
        .sync_all = px_fs_sync_all,
        .describe_error = describe_error,
        .user = files,
        .copy_files = files && files->overlaps ? px_fs_copy_files : NULL,
    };

    if (!files)
        return CDP_ERR_ARGUMENT;
    return px_sized_write(fs, &own, sizeof own);
}
