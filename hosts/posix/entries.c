/* SPDX-License-Identifier: MIT */
#include "entries.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* readdir() would allocate, and look at the descriptor, for each directory anew. */
enum { BUFFER_BYTES = 64 << 10 };

static bool is_dots(const char *name)
{
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

static bool read_more(px_entries *entries, int fd)
{
    long length;

    if (!entries->buffer && !(entries->buffer = malloc(BUFFER_BYTES)))
        return false;
    length = syscall(SYS_getdents64, fd, entries->buffer, BUFFER_BYTES);
    if (length < 0)
        return false;
    entries->at = 0;
    entries->length = (size_t)length;
    errno = 0;
    return length > 0;
}

void px_entries_begin(px_entries *entries)
{
    entries->at = 0;
    entries->length = 0;
}

const struct dirent64 *px_entries_next(px_entries *entries, int fd)
{
    for (;;) {
        const struct dirent64 *entry;

        if (entries->at == entries->length && !read_more(entries, fd))
            return NULL;
        entry = (const struct dirent64 *)(const void *)(entries->buffer + entries->at);
        entries->at += entry->d_reclen;
        if (!is_dots(entry->d_name))
            return entry;
    }
}

void px_entries_release(px_entries *entries)
{
    free(entries->buffer);
    *entries = (px_entries){0};
}
