/* SPDX-License-Identifier: MIT */
/* Which old revisions go (agent.md 1.3). */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "layout.h"
#include "tree.h"

typedef struct revision {
    char *path;
    int64_t number; /* 0: of the official agent, which counts as older */
    int64_t made;   /* milliseconds since 1970 */
    bool has_archive;
    bool is_kept; /* the last successful one */
} revision;

typedef struct revisions {
    revision *items;
    size_t count;
    size_t capacity;
} revisions;

static int by_age(const void *a, const void *b)
{
    const revision *first = a;
    const revision *second = b;

    if (first->number != second->number)
        return first->number < second->number ? -1 : 1;
    if (first->made != second->made)
        return first->made < second->made ? -1 : 1;
    return strcmp(first->path, second->path);
}

/* When a deployment began: its record says, or, for one of the official agent, its directory. */
static void find_age(const px_layout *layout, const char *id, const struct stat *info,
                     revision *found)
{
    px_record record;

    found->made = (int64_t)info->st_mtim.tv_sec * 1000 + info->st_mtim.tv_nsec / 1000000;
    if (px_record_read(layout, id, &record)) {
        found->number = record.number;
        found->made = record.created;
        px_record_release(&record);
    }
}

static bool has_archive(const px_layout *layout, const char *id)
{
    char *archive = px_layout_path(layout, id, "deployment-archive");
    bool is_there = archive && access(archive, F_OK) == 0;

    free(archive);
    return is_there;
}

/* Takes the deployment of that name in, unless it is none. False without memory. */
static bool add(revisions *all, const px_layout *layout, const char *id, const struct stat *good)
{
    char *path = px_layout_path(layout, id, NULL);
    struct stat info;

    if (path && (lstat(path, &info) != 0 || !S_ISDIR(info.st_mode))) {
        free(path);
        return true;
    }
    if (!path || !px_grow((void **)&all->items, &all->capacity, all->count, sizeof *all->items)) {
        free(path);
        return false;
    }
    all->items[all->count] =
        (revision){.path = path,
                   .has_archive = has_archive(layout, id),
                   /* By what it is, not by its name: the mark may reach it through a link. */
                   .is_kept = good && good->st_dev == info.st_dev && good->st_ino == info.st_ino};
    find_age(layout, id, &info, &all->items[all->count++]);
    return true;
}

/* Removes the oldest of one sort, so that `keep` are left of `left`. */
static void thin_out(const revisions *all, bool with_archive, size_t left, size_t keep)
{
    for (size_t i = 0; i < all->count; i++) {
        const revision *at = &all->items[i];

        if (at->has_archive == with_archive && left > keep && !at->is_kept) {
            (void)px_remove_tree(AT_FDCWD, at->path);
            left--;
        }
    }
}

void px_prune(const px_layout *layout, const char *current, uint32_t keep)
{
    char *mark = px_read_mark(layout, "_last_successful_install");
    DIR *folder = opendir(layout->group_folder);
    const struct dirent *entry;
    revisions all = {0};
    size_t with_archive = 0;
    struct stat good;
    bool has_good = mark && stat(mark, &good) == 0;

    while (folder && (entry = readdir(folder))) {
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, current) != 0 &&
            !add(&all, layout, entry->d_name, has_good ? &good : NULL))
            break;
    }
    if (folder)
        closedir(folder);
    if (all.count > 1)
        qsort(all.items, all.count, sizeof *all.items, by_age);
    for (size_t i = 0; i < all.count; i++)
        with_archive += all.items[i].has_archive;
    thin_out(&all, true, with_archive + 1, keep);
    thin_out(&all, false, all.count - with_archive, keep);
    for (size_t i = 0; i < all.count; i++)
        free(all.items[i].path);
    free(all.items);
    free(mark);
}
