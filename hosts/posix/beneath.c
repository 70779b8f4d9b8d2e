/* SPDX-License-Identifier: MIT */
#include "beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef SYS_openat2
#include <linux/openat2.h>
#endif

/* As many as the kernel follows. */
enum { MOST_LINKS = 40 };

/* How often a walk that a rename got in the way of is begun again. */
enum { MOST_TRIES = 64 };

/* Where a walk is: the directories from the root (not in it) down, and the path still to go. The
 * way back up is the list itself: ".." is never looked up, so that nobody can move it. */
typedef struct walk {
    int root;
    int *directories;
    size_t depth;
    size_t capacity;
    px_buffer rest;
    size_t at;
    int links_left;
    px_links links;
} walk;

static int current(const walk *self)
{
    return self->depth ? self->directories[self->depth - 1] : self->root;
}

static void go_up(walk *self)
{
    if (self->depth)
        close(self->directories[--self->depth]);
}

static bool go_down(walk *self, int directory)
{
    if (!px_grow((void **)&self->directories, &self->capacity, self->depth,
                 sizeof *self->directories)) {
        close(directory);
        errno = ENOMEM;
        return false;
    }
    self->directories[self->depth++] = directory;
    return true;
}

/* The next component, NUL-terminated in place; NULL at the end. */
static char *next_component(walk *self, bool *is_last)
{
    char *text = self->rest.data;
    char *begin;

    while (text[self->at] == '/')
        self->at++;
    if (text[self->at] == '\0')
        return NULL;
    begin = text + self->at;
    self->at += strcspn(begin, "/");
    *is_last = text[self->at + strspn(text + self->at, "/")] == '\0';
    if (text[self->at] == '/')
        text[self->at++] = '\0';
    return begin;
}

/* Puts a link's target in front of the rest. 1: done; 0: it is not a link; -1: errno. */
static int follow(walk *self, const char *name)
{
    char target[PATH_MAX + 1];
    ssize_t length = readlinkat(current(self), name, target, sizeof target - 1);
    px_buffer rest = {0};

    if (length < 0)
        return errno == EINVAL ? 0 : -1;
    target[length] = '\0';
    if (self->links == PX_LINKS_NONE || self->links_left-- == 0) {
        errno = ELOOP;
        return -1;
    }
    if (target[0] == '/' && self->links == PX_LINKS_INSIDE) {
        errno = EXDEV;
        return -1;
    }
    while (target[0] == '/' && self->depth)
        go_up(self);
    px_put_c(&rest, target);
    px_put_c(&rest, "/");
    px_put_c(&rest, self->rest.data + self->at);
    if (!px_c_string(&rest)) {
        px_buffer_release(&rest);
        errno = ENOMEM;
        return -1;
    }
    px_buffer_release(&self->rest);
    self->rest = rest;
    self->at = 0;
    return 1;
}

static bool step_up(walk *self)
{
    if (self->depth == 0 && self->links != PX_LINKS_CHROOT) {
        errno = EXDEV;
        return false;
    }
    go_up(self);
    return true;
}

static bool step_down(walk *self, const char *name)
{
    int directory = openat(current(self), name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int followed;

    if (directory >= 0)
        return go_down(self, directory);
    if (errno != ENOTDIR)
        return false;
    followed = follow(self, name);
    if (followed == 0)
        errno = ENOTDIR;
    return followed > 0;
}

/* Opens the last component; *again when it was a link and the walk goes on. */
static int open_last(walk *self, const char *name, int flags, mode_t mode, bool *again)
{
    *again = false;
    if (!(flags & O_NOFOLLOW) && (flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL)) {
        int followed = follow(self, name);

        *again = followed > 0;
        if (followed > 0 || (followed < 0 && (errno != ENOENT || !(flags & O_CREAT))))
            return -1;
    }
    return openat(current(self), name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
}

static int go(walk *self, int flags, mode_t mode)
{
    char *name;
    bool is_last;

    while ((name = next_component(self, &is_last))) {
        bool again;
        int fd;

        if (strcmp(name, ".") == 0)
            continue;
        if (strcmp(name, "..") == 0) {
            if (!step_up(self))
                return -1;
            continue;
        }
        if (!is_last) {
            if (!step_down(self, name))
                return -1;
            continue;
        }
        fd = open_last(self, name, flags, mode, &again);
        if (!again)
            return fd;
    }
    return openat(current(self), ".", (flags & ~O_CREAT) | O_CLOEXEC);
}

int px_open_walking(int root, const char *path, int flags, mode_t mode, px_links links)
{
    walk self = {.root = root, .links = links, .links_left = MOST_LINKS};
    int fd = -1;
    int error;

    px_put_c(&self.rest, path);
    errno = ENOMEM;
    if (px_c_string(&self.rest))
        fd = go(&self, flags, mode);
    error = errno;
    while (self.depth)
        go_up(&self);
    free(self.directories);
    px_buffer_release(&self.rest);
    errno = error;
    return px_above_standard(fd);
}

#ifdef SYS_openat2
static int open_by_kernel(int root, const char *path, int flags, mode_t mode, px_links links)
{
    struct open_how how = {
        .flags = (uint64_t)(unsigned)(flags | O_CLOEXEC),
        .mode = flags & O_CREAT ? mode & 07777 : 0,
        .resolve = links == PX_LINKS_CHROOT   ? RESOLVE_IN_ROOT
                   : links == PX_LINKS_INSIDE ? RESOLVE_BENEATH
                                              : RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
    };
    int tries = MOST_TRIES;
    long fd;

    how.resolve |= RESOLVE_NO_MAGICLINKS;
    do {
        fd = syscall(SYS_openat2, root, *path ? path : ".", &how, sizeof how);
    } while (fd < 0 && (errno == EAGAIN || errno == EINTR) && tries-- > 0);
    return px_above_standard((int)fd);
}
#endif

int px_open_beneath(int root, const char *path, int flags, mode_t mode, px_links links)
{
#ifdef SYS_openat2
    int fd = open_by_kernel(root, path, flags, mode, links);

    /* EPERM is what some sandboxes say of a call that they do not know. */
    if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
        return fd;
#endif
    return px_open_walking(root, path, flags, mode, links);
}
