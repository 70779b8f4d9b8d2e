/* SPDX-License-Identifier: MIT */
/* Reads a directory as if it were an archive: sorted by name, links not followed. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "bundle_rules.h"

/* As deep as the rules allow, and one more to be refused by them. */
enum { MOST_LEVELS = 256 };

/* A directory that is being read: its names, sorted, and the next one's index. */
typedef struct open_directory {
    int fd;
    char **names;
    size_t count;
    size_t next;
    /* Length of its path. */
    size_t path_length;
} open_directory;

typedef struct directory_reader {
    px_unpacking *unpacking;
    const struct stat *staging;
    open_directory levels[MOST_LEVELS];
    int depth;
    px_buffer path;
} directory_reader;

static cdp_status unreadable(directory_reader *reader, int error)
{
    const char *path = reader->path.length ? px_c_string(&reader->path)
                                           : reader->unpacking->options->location.data;

    return px_bundle_unreadable(reader->unpacking, path ? path : "", error);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static cdp_status add_name(open_directory *level, size_t *capacity, const char *name)
{
    if (level->count == *capacity) {
        size_t more = *capacity ? *capacity * 2 : 32;
        char **names = realloc(level->names, more * sizeof *names);

        if (!names)
            return CDP_ERR_NOMEM;
        level->names = names;
        *capacity = more;
    }
    level->names[level->count] = px_copy(px_string(name));
    return level->names[level->count++] ? CDP_OK : CDP_ERR_NOMEM;
}

static cdp_status read_names(directory_reader *reader, open_directory *level)
{
    size_t capacity = 0;
    cdp_status status = CDP_OK;
    int fd = fcntl(level->fd, F_DUPFD_CLOEXEC, 3);
    DIR *directory = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *entry;

    if (!directory) {
        px_close(&fd);
        return unreadable(reader, errno);
    }
    errno = 0;
    while (status == CDP_OK && (entry = readdir(directory))) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            status = add_name(level, &capacity, entry->d_name);
        errno = 0;
    }
    if (status == CDP_OK && errno)
        status = unreadable(reader, errno);
    closedir(directory);
    if (level->count)
        qsort(level->names, level->count, sizeof *level->names, compare_names);
    return status;
}

static void leave(directory_reader *reader)
{
    open_directory *level = &reader->levels[--reader->depth];

    for (size_t i = 0; i < level->count; i++)
        free(level->names[i]);
    free(level->names);
    px_close(&level->fd);
}

/* Takes `fd` over. */
static cdp_status enter(directory_reader *reader, int fd)
{
    open_directory *level = &reader->levels[reader->depth++];

    *level = (open_directory){.fd = fd, .path_length = reader->path.length};
    return read_names(reader, level);
}

static cdp_status read_directory(directory_reader *reader, int parent, const char *name,
                                 const px_entry *entry, const struct stat *info)
{
    const struct stat *staging = reader->staging;
    cdp_status status;
    int fd;

    if (info->st_dev == staging->st_dev && info->st_ino == staging->st_ino) {
        px_report(reader->unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_CONTAINS_DESTINATION,
                  reader->unpacking->options->location.data, entry->path, NULL);
        return CDP_ERR_INVALID;
    }
    status = px_unpack_entry(reader->unpacking, entry);
    if (status != CDP_OK)
        return status;
    fd = px_above_standard(openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    return fd < 0 ? unreadable(reader, errno) : enter(reader, fd);
}

static cdp_status read_file(directory_reader *reader, int parent, const char *name, px_entry *entry)
{
    struct stat info;
    cdp_status status = CDP_OK;
    int fd =
        px_above_standard(openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));

    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        status = unreadable(reader, fd < 0 || errno ? errno : EINVAL);
    } else {
        entry->bytes = (uint64_t)info.st_size;
        status = px_unpack_entry(reader->unpacking, entry);
        if (status == CDP_OK)
            status = px_unpack_copy(reader->unpacking, fd, &info);
        if (status == CDP_OK)
            status = px_unpack_end(reader->unpacking);
    }
    px_close(&fd);
    return status;
}

static cdp_status read_link(directory_reader *reader, int parent, const char *name, px_entry *entry)
{
    char target[PATH_MAX + 1];
    ssize_t length = readlinkat(parent, name, target, sizeof target - 1);

    if (length < 0)
        return unreadable(reader, errno);
    target[length] = '\0';
    entry->target = target;
    return px_unpack_entry(reader->unpacking, entry);
}

static cdp_status read_entry(directory_reader *reader, int parent, const char *name)
{
    px_entry entry = {.path = reader->path.data};
    struct stat info;

    if (fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return unreadable(reader, errno);
    entry.mode = info.st_mode & 07777;
    entry.modified = info.st_mtim;
    entry.has_owner = geteuid() == 0;
    entry.uid = info.st_uid;
    entry.gid = info.st_gid;
    if (S_ISDIR(info.st_mode)) {
        entry.kind = PX_KIND_DIRECTORY;
        return read_directory(reader, parent, name, &entry, &info);
    }
    if (S_ISREG(info.st_mode)) {
        entry.kind = PX_KIND_FILE;
        return read_file(reader, parent, name, &entry);
    }
    entry.kind = S_ISLNK(info.st_mode) ? PX_KIND_SYMLINK : PX_KIND_OTHER;
    return S_ISLNK(info.st_mode) ? read_link(reader, parent, name, &entry)
                                 : px_unpack_entry(reader->unpacking, &entry);
}

static cdp_status read_next(directory_reader *reader)
{
    open_directory *level = &reader->levels[reader->depth - 1];
    const char *name;

    if (level->next == level->count) {
        leave(reader);
        return CDP_OK;
    }
    name = level->names[level->next++];
    reader->path.length = level->path_length;
    if (reader->path.length)
        px_put_c(&reader->path, "/");
    px_put_c(&reader->path, name);
    if (!px_c_string(&reader->path))
        return CDP_ERR_NOMEM;
    return read_entry(reader, level->fd, name);
}

cdp_status px_read_directory(px_unpacking *unpacking, int fd, const struct stat *staging)
{
    directory_reader *reader = calloc(1, sizeof *reader);
    int own = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    cdp_status status = CDP_ERR_NOMEM;

    if (reader && own >= 0) {
        reader->unpacking = unpacking;
        reader->staging = staging;
        status = enter(reader, own);
        while (status == CDP_OK && reader->depth > 0)
            status = read_next(reader);
        while (reader->depth > 0)
            leave(reader);
        px_buffer_release(&reader->path);
    } else {
        px_close(&own);
    }
    free(reader);
    return status;
}
