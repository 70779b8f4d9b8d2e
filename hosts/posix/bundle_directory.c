/* SPDX-License-Identifier: MIT */
/* Reads a directory as if it were an archive: sorted by name, links not followed. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "bundle_rules.h"
#include "entries.h"

/* As deep as the rules allow, and one more to be refused by them. */
enum { MOST_LEVELS = 256 };

/* A name, and what it is (DT_REG ...) if that is known. */
typedef struct found_name {
    size_t at; /* in the level's text */
    unsigned char type;
} found_name;

/* A directory that is being read: its names, sorted, and the next one's index. */
typedef struct open_directory {
    int fd;
    found_name *names;
    size_t count;
    size_t capacity;
    px_buffer text;
    size_t next;
    /* Length of its path. */
    size_t path_length;
} open_directory;

/* Levels keep their memory for the next directory of their depth. */
typedef struct directory_reader {
    px_unpacking *unpacking;
    const struct stat *staging;
    bool has_owners;
    open_directory levels[MOST_LEVELS];
    int depth;
    px_entries entries;
    px_buffer path;
} directory_reader;

static cdp_status unreadable(directory_reader *reader, int error)
{
    const char *path = reader->path.length ? px_c_string(&reader->path)
                                           : reader->unpacking->options->location.data;

    return px_bundle_unreadable(reader->unpacking, path ? path : "", error);
}

static int compare_names(const void *a, const void *b, void *text)
{
    const found_name *first = a;
    const found_name *second = b;

    return strcmp((const char *)text + first->at, (const char *)text + second->at);
}

static cdp_status add_name(open_directory *level, const struct dirent64 *entry)
{
    if (!px_grow((void **)&level->names, &level->capacity, level->count, sizeof *level->names))
        return CDP_ERR_NOMEM;
    level->names[level->count++] = (found_name){level->text.length, entry->d_type};
    px_put(&level->text, entry->d_name, strlen(entry->d_name) + 1);
    return level->text.failed ? CDP_ERR_NOMEM : CDP_OK;
}

static cdp_status read_names(directory_reader *reader, open_directory *level)
{
    const struct dirent64 *entry;
    cdp_status status = CDP_OK;

    px_entries_begin(&reader->entries);
    while (status == CDP_OK && (entry = px_entries_next(&reader->entries, level->fd)))
        status = add_name(level, entry);
    if (status == CDP_OK && errno)
        status = unreadable(reader, errno);
    if (level->count)
        qsort_r(level->names, level->count, sizeof *level->names, compare_names, level->text.data);
    return status;
}

static void leave(directory_reader *reader)
{
    px_close(&reader->levels[--reader->depth].fd);
}

/* Takes `fd` over. */
static cdp_status enter(directory_reader *reader, int fd)
{
    open_directory *level = &reader->levels[reader->depth++];

    level->fd = fd;
    level->count = 0;
    level->text.length = 0;
    level->next = 0;
    level->path_length = reader->path.length;
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

static void fill_entry(const directory_reader *reader, const struct stat *info, px_entry *entry)
{
    entry->mode = info->st_mode & 07777;
    entry->modified = info->st_mtim;
    entry->has_owner = reader->has_owners;
    entry->uid = info->st_uid;
    entry->gid = info->st_gid;
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
        entry->kind = PX_KIND_FILE;
        fill_entry(reader, &info, entry);
        entry->bytes = (uint64_t)info.st_size;
        entry->is_copied = true;
        status = px_unpack_entry(reader->unpacking, entry);
        if (status == CDP_OK)
            status = px_unpack_copy(reader->unpacking, &fd, &info);
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

static cdp_status read_entry(directory_reader *reader, int parent, const char *name,
                             unsigned char type)
{
    px_entry entry = {.path = reader->path.data};
    struct stat info;

    /* A file is opened anyhow, and what is opened can be looked at. */
    if (type == DT_REG)
        return read_file(reader, parent, name, &entry);
    if (fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return unreadable(reader, errno);
    fill_entry(reader, &info, &entry);
    if (S_ISDIR(info.st_mode)) {
        entry.kind = PX_KIND_DIRECTORY;
        return read_directory(reader, parent, name, &entry, &info);
    }
    if (S_ISREG(info.st_mode))
        return read_file(reader, parent, name, &entry);
    entry.kind = S_ISLNK(info.st_mode) ? PX_KIND_SYMLINK : PX_KIND_OTHER;
    return S_ISLNK(info.st_mode) ? read_link(reader, parent, name, &entry)
                                 : px_unpack_entry(reader->unpacking, &entry);
}

static cdp_status read_next(directory_reader *reader)
{
    open_directory *level = &reader->levels[reader->depth - 1];
    const found_name *found;
    const char *name;

    if (level->next == level->count) {
        leave(reader);
        return CDP_OK;
    }
    found = &level->names[level->next++];
    name = level->text.data + found->at;
    reader->path.length = level->path_length;
    if (reader->path.length)
        px_put_c(&reader->path, "/");
    px_put_c(&reader->path, name);
    if (!px_c_string(&reader->path))
        return CDP_ERR_NOMEM;
    return read_entry(reader, level->fd, name, found->type);
}

static void release(directory_reader *reader)
{
    for (size_t i = 0; i < MOST_LEVELS; i++) {
        free(reader->levels[i].names);
        px_buffer_release(&reader->levels[i].text);
    }
    px_entries_release(&reader->entries);
    px_buffer_release(&reader->path);
}

cdp_status px_read_directory(px_unpacking *unpacking, int fd, const struct stat *staging)
{
    directory_reader *reader = calloc(1, sizeof *reader);
    int own = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    cdp_status status = CDP_ERR_NOMEM;

    if (reader && own >= 0) {
        reader->unpacking = unpacking;
        reader->staging = staging;
        reader->has_owners = geteuid() == 0;
        status = enter(reader, own);
        while (status == CDP_OK && reader->depth > 0)
            status = read_next(reader);
        while (reader->depth > 0)
            leave(reader);
        release(reader);
    } else {
        px_close(&own);
    }
    free(reader);
    return status;
}
