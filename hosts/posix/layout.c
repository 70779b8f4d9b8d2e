/* SPDX-License-Identifier: MIT */
#include "layout.h"
#include "tree.h"

#include <codedeploy-posix/bundle.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

bool px_is_component(cdp_string name)
{
    return px_is_text(name) && name.length > 0 && name.length < 200 &&
           !memchr(name.data, '/', name.length) && !px_equal(name, ".") && !px_equal(name, "..");
}

static char *join(const char *a, const char *b)
{
    size_t length = strlen(a) + strlen(b) + 2;
    char *joined = malloc(length);

    if (joined)
        snprintf(joined, length, "%s/%s", a, b);
    return joined;
}

/* Takes the last component away; of a link it is what the link leads to that has a parent. */
static void go_up(px_buffer *path)
{
    char *real = px_c_string(path) && path->length > 0 ? realpath(path->data, NULL) : NULL;

    if (real) {
        path->length = 0;
        px_put_c(path, real);
        free(real);
    }
    while (path->length > 0 && path->data[--path->length] != '/')
        ;
}

/* An absolute path without `.`, `..`, `//` and a slash at its end. */
static char *normalise(cdp_string path)
{
    px_buffer normal = {0};

    for (size_t at = 0, end; at < path.length; at = end) {
        cdp_string name;

        for (; at < path.length && path.data[at] == '/'; at++)
            ;
        for (end = at; end < path.length && path.data[end] != '/'; end++)
            ;
        name = (cdp_string){path.data + at, end - at};
        if (px_equal(name, "..")) {
            go_up(&normal);
        } else if (name.length > 0 && !px_equal(name, ".")) {
            px_put_c(&normal, "/");
            px_put_string(&normal, name);
        }
    }
    if (normal.length == 0)
        px_put_c(&normal, "/");
    if (!px_c_string(&normal)) {
        px_buffer_release(&normal);
        errno = ENOMEM;
        return NULL;
    }
    return normal.data;
}

char *px_absolute(cdp_string path)
{
    char *here;
    char *normal;
    px_buffer whole = {0};

    if (path.length > 0 && path.data[0] == '/')
        return normalise(path);
    here = getcwd(NULL, 0);
    if (!here)
        return NULL;
    px_put_c(&whole, strcmp(here, "/") == 0 ? "" : here);
    px_put_c(&whole, "/");
    px_put_string(&whole, path);
    free(here);
    normal = px_c_string(&whole) ? normalise((cdp_string){whole.data, whole.length}) : NULL;
    if (!normal)
        errno = ENOMEM;
    px_buffer_release(&whole);
    return normal;
}

/* The agent's own folders stand beside those of the groups. */
static bool is_reserved(cdp_string group)
{
    static const char *const names[] = {"deployment-instructions", "deployment-logs",
                                        "ongoing-deployment"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (px_equal(group, names[i]))
            return true;
    }
    return false;
}

cdp_status px_layout_init(px_layout *layout, cdp_string root, cdp_string group)
{
    memset(layout, 0, sizeof *layout);
    if (px_is_empty(root))
        root = px_string(PX_DEFAULT_ROOT);
    if (px_is_empty(group))
        group = px_string(PX_DEFAULT_GROUP);
    if (!px_is_text(root) || !px_is_component(group) || is_reserved(group))
        return CDP_ERR_ARGUMENT;
    layout->root = px_absolute(root);
    if (!layout->root)
        return errno == ENOMEM ? CDP_ERR_NOMEM : CDP_ERR_IO;
    layout->group = px_copy(group);
    if (layout->root && layout->group) {
        layout->group_folder = join(layout->root, layout->group);
        layout->state = join(layout->root, "deployment-instructions");
        layout->logs = join(layout->root, "deployment-logs");
    }
    if (layout->group_folder && layout->state && layout->logs)
        return CDP_OK;
    px_layout_release(layout);
    return CDP_ERR_NOMEM;
}

void px_layout_release(px_layout *layout)
{
    free(layout->root);
    free(layout->group);
    free(layout->group_folder);
    free(layout->state);
    free(layout->logs);
    memset(layout, 0, sizeof *layout);
}

int px_layout_make(const px_layout *layout)
{
    mode_t own = layout->is_private ? 0700 : 0755;
    bool made = px_make_directories(layout->root, 0755) &&
                px_make_directories(layout->group_folder, layout->is_private ? 0711 : 0755) &&
                px_make_directories(layout->state, own) && px_make_directories(layout->logs, own);

    return made ? 0 : errno;
}

char *px_layout_path(const px_layout *layout, const char *id, const char *name)
{
    char *folder = join(layout->group_folder, id);
    char *path = folder && name ? join(folder, name) : folder;

    if (name)
        free(folder);
    return path;
}

char *px_layout_state_path(const px_layout *layout, const char *suffix)
{
    px_buffer path = {0};

    px_put_format(&path, "%s/%s%s", layout->state, layout->group, suffix);
    if (!px_c_string(&path)) {
        px_buffer_release(&path);
        return NULL;
    }
    return path.data;
}

/* ---- small files ---- */

char *px_read_small(const char *path)
{
    enum { LARGEST = 64 * 1024 };
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    char *text = fd >= 0 ? malloc(LARGEST + 1) : NULL;
    ssize_t got = text ? read(fd, text, LARGEST) : -1;

    if (fd >= 0)
        close(fd);
    if (got < 0) {
        free(text);
        return NULL;
    }
    text[got] = '\0';
    return text;
}

static int sync_folder_of(const char *path)
{
    size_t base = px_base_name(path);
    char *folder = px_copy((cdp_string){path, base > 1 ? base - 1 : base});
    int fd = folder ? open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    int error = fd >= 0 && fsync(fd) == 0 ? 0 : errno;

    /* Some file systems cannot; a directory that may be changed and not read is no error either. */
    if (error == EINVAL || error == EACCES)
        error = 0;
    px_close(&fd);
    free(folder);
    return error;
}

int px_write_small(const px_layout *layout, const char *path, const char *text, size_t length)
{
    px_buffer beside = {0};
    const char *name;
    int error = 0;
    int fd;

    px_put_format(&beside, "%s.new", path);
    name = px_c_string(&beside);
    if (!name)
        return ENOMEM;
    fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0 || !px_write_all(fd, text, length) || (!layout->is_volatile && fsync(fd) != 0))
        error = errno;
    if (fd >= 0 && close(fd) != 0 && error == 0)
        error = errno;
    if (error == 0 && rename(name, path) != 0)
        error = errno;
    if (error != 0)
        unlink(name);
    px_buffer_release(&beside);
    return error == 0 && !layout->is_volatile ? sync_folder_of(path) : error;
}

/* ---- ids and marks ---- */

void px_make_deployment_id(char id[24])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    unsigned char random[9];

    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random) {
        int64_t now = px_now_ms() ^ ((int64_t)getpid() << 20);

        for (size_t i = 0; i < sizeof random; i++)
            random[i] = (unsigned char)(now >> (i * 7));
    }
    memcpy(id, "d-", 2);
    for (size_t i = 0; i < sizeof random; i++)
        id[2 + i] = letters[random[i] % 36];
    memcpy(id + 11, "-local", 7);
}

/* Whether a path leads into the group's folder, whatever links it goes through. What a spoilt mark
 * may name elsewhere is none of ours to run scripts from. */
static bool is_of_group(const px_layout *layout, char *path)
{
    char *slash = strrchr(path, '/');
    struct stat folder;
    struct stat own;
    bool is_there;

    if (path[0] != '/' || slash == path || !px_is_component(px_string(slash + 1)))
        return false;
    *slash = '\0';
    is_there = stat(path, &folder) == 0 && stat(layout->group_folder, &own) == 0;
    *slash = '/';
    return is_there && folder.st_dev == own.st_dev && folder.st_ino == own.st_ino;
}

char *px_read_mark(const px_layout *layout, const char *mark)
{
    char *path = px_layout_state_path(layout, mark);
    char *directory = path ? px_read_small(path) : NULL;
    struct stat info;

    free(path);
    if (!directory)
        return NULL;
    directory[strcspn(directory, "\n")] = '\0';
    for (size_t length = strlen(directory); length > 1 && directory[length - 1] == '/'; length--)
        directory[length - 1] = '\0';
    if (is_of_group(layout, directory) && stat(directory, &info) == 0 && S_ISDIR(info.st_mode))
        return directory;
    free(directory);
    return NULL;
}

int px_write_mark(const px_layout *layout, const char *mark, const char *directory)
{
    char *path = px_layout_state_path(layout, mark);
    int error = path ? px_write_small(layout, path, directory, strlen(directory)) : ENOMEM;

    free(path);
    return error;
}

cdp_status cdp_posix_remove_tree(cdp_string directory)
{
    if (!px_is_text(directory) || directory.length == 0)
        return CDP_ERR_ARGUMENT;
    return px_remove_tree(AT_FDCWD, directory.data) ? CDP_OK : CDP_ERR_IO;
}
