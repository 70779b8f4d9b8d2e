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

cdp_status px_layout_init(px_layout *layout, cdp_string root, cdp_string group)
{
    memset(layout, 0, sizeof *layout);
    if (px_is_empty(root))
        root = px_string(PX_DEFAULT_ROOT);
    if (px_is_empty(group))
        group = px_string(PX_DEFAULT_GROUP);
    if (!px_is_text(root) || !px_is_component(group) ||
        px_equal(group, "deployment-instructions") || px_equal(group, "deployment-logs"))
        return CDP_ERR_ARGUMENT;
    layout->root = px_copy(root);
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
    bool made = px_make_directories(layout->group_folder, 0755) &&
                px_make_directories(layout->state, 0755) && px_make_directories(layout->logs, 0755);

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
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
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

int px_write_small(const char *path, const char *text, size_t length)
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
    if (fd < 0 || write(fd, text, length) != (ssize_t)length || fsync(fd) != 0)
        error = errno ? errno : EIO;
    if (fd >= 0 && close(fd) != 0 && error == 0)
        error = errno;
    if (error == 0 && rename(name, path) != 0)
        error = errno;
    if (error != 0)
        unlink(name);
    px_buffer_release(&beside);
    return error;
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

char *px_read_mark(const px_layout *layout, const char *mark)
{
    char *path = px_layout_state_path(layout, mark);
    char *directory = path ? px_read_small(path) : NULL;
    struct stat info;

    free(path);
    if (!directory)
        return NULL;
    directory[strcspn(directory, "\n")] = '\0';
    if (stat(directory, &info) == 0 && S_ISDIR(info.st_mode))
        return directory;
    free(directory);
    return NULL;
}

int px_write_mark(const px_layout *layout, const char *mark, const char *directory)
{
    char *path = px_layout_state_path(layout, mark);
    int error = path ? px_write_small(path, directory, strlen(directory)) : ENOMEM;

    free(path);
    return error;
}

cdp_status cdp_posix_remove_tree(cdp_string directory)
{
    if (!px_is_text(directory) || directory.length == 0)
        return CDP_ERR_ARGUMENT;
    return px_remove_tree(AT_FDCWD, directory.data) ? CDP_OK : CDP_ERR_IO;
}

/* ---- pruning ---- */

typedef struct revision {
    char *path;
    struct timespec modified;
} revision;

static int by_age(const void *a, const void *b)
{
    const revision *first = a;
    const revision *second = b;

    if (first->modified.tv_sec != second->modified.tv_sec)
        return first->modified.tv_sec < second->modified.tv_sec ? -1 : 1;
    return (first->modified.tv_nsec > second->modified.tv_nsec) -
           (first->modified.tv_nsec < second->modified.tv_nsec);
}

static revision *list_revisions(const px_layout *layout, const char *current, size_t *count)
{
    DIR *folder = opendir(layout->group_folder);
    revision *revisions = NULL;
    size_t capacity = 0;
    struct dirent *entry;

    *count = 0;
    while (folder && (entry = readdir(folder))) {
        struct stat info;
        char *path;

        if (entry->d_name[0] == '.' || strcmp(entry->d_name, current) == 0)
            continue;
        path = px_layout_path(layout, entry->d_name, NULL);
        if (*count == capacity) {
            revision *grown = realloc(revisions, (capacity * 2 + 8) * sizeof *revisions);

            if (!grown) {
                free(path);
                break;
            }
            revisions = grown;
            capacity = capacity * 2 + 8;
        }
        if (path && lstat(path, &info) == 0 && S_ISDIR(info.st_mode))
            revisions[(*count)++] = (revision){path, info.st_mtim};
        else
            free(path);
    }
    if (folder)
        closedir(folder);
    return revisions;
}

void px_prune(const px_layout *layout, const char *current, uint32_t keep)
{
    size_t count;
    revision *revisions = list_revisions(layout, current, &count);
    char *good = px_read_mark(layout, "_last_successful_install");
    size_t left = count + 1;

    if (count > 1)
        qsort(revisions, count, sizeof *revisions, by_age);
    for (size_t i = 0; i < count; i++) {
        if (left > keep && !(good && strcmp(revisions[i].path, good) == 0)) {
            (void)px_remove_tree(AT_FDCWD, revisions[i].path);
            left--;
        }
        free(revisions[i].path);
    }
    free(revisions);
    free(good);
}
