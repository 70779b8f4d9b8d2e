/* SPDX-License-Identifier: MIT */
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each level holds a descriptor open. What lies deeper is moved up to the top first. */
enum { MOST_LEVELS = 64 };

typedef struct level {
    DIR *directory;
    /* Its name in the level above. */
    char name[NAME_MAX + 1];
} level;

typedef struct removal {
    level levels[MOST_LEVELS];
    int depth;
    unsigned moved;
    int error;
} removal;

static int fd_of(const removal *self)
{
    return dirfd(self->levels[self->depth - 1].directory);
}

/* A directory that its owner may not read or change is made his own first. */
static DIR *open_directory(int parent, const char *name)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat info;
    DIR *directory;

    if (fd < 0 && errno == EACCES && fchmodat(parent, name, 0700, 0) == 0)
        fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &info) == 0 && (info.st_mode & 0700) != 0700)
        (void)fchmod(fd, 0700);
    directory = fdopendir(fd);
    if (!directory)
        close(fd);
    return directory;
}

static void go_down(removal *self, const char *name)
{
    level *next = &self->levels[self->depth];
    char moved[64];

    if (self->depth == MOST_LEVELS) {
        /* Found again when the top is read once more. */
        snprintf(moved, sizeof moved, ".removed-%u", self->moved++);
        if (renameat(fd_of(self), name, dirfd(self->levels[0].directory), moved) != 0)
            self->error = errno;
        return;
    }
    next->directory = open_directory(fd_of(self), name);
    if (!next->directory) {
        self->error = errno == ENOENT ? 0 : errno;
        return;
    }
    snprintf(next->name, sizeof next->name, "%s", name);
    self->depth++;
}

static void remove_entry(removal *self, const struct dirent *entry)
{
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
        return;
    if (entry->d_type != DT_DIR) {
        if (unlinkat(fd_of(self), entry->d_name, 0) == 0 || errno == ENOENT)
            return;
        if (errno != EISDIR && errno != EPERM) {
            self->error = errno;
            return;
        }
        if (entry->d_type != DT_UNKNOWN) {
            self->error = errno;
            return;
        }
    }
    go_down(self, entry->d_name);
}

static void go_up(removal *self)
{
    level *done = &self->levels[--self->depth];

    closedir(done->directory);
    if (unlinkat(fd_of(self), done->name, AT_REMOVEDIR) != 0 && errno != ENOENT)
        self->error = errno;
}

/* Empties the top directory; levels[0] is open. */
static void empty(removal *self)
{
    while (!self->error) {
        struct dirent *entry;

        errno = 0;
        entry = readdir(self->levels[self->depth - 1].directory);
        if (entry)
            remove_entry(self, entry);
        else if (errno)
            self->error = errno;
        else if (self->depth > 1)
            go_up(self);
        else
            return;
    }
}

bool px_remove_tree(int parent, const char *name)
{
    removal self = {.depth = 0};
    unsigned moved;

    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return false;
    self.levels[0].directory = open_directory(parent, name);
    if (!self.levels[0].directory)
        return errno == ENOENT;
    self.depth = 1;
    do {
        moved = self.moved;
        rewinddir(self.levels[0].directory);
        empty(&self);
    } while (!self.error && moved != self.moved);
    while (self.depth > 0)
        closedir(self.levels[--self.depth].directory);
    if (!self.error && unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT)
        self.error = errno;
    errno = self.error;
    return self.error == 0;
}
