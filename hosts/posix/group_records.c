/* SPDX-License-Identifier: MIT */
/* Which group installed what last: a cleanup record's time tells. */
#include "group_records.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char suffix[] = "-cleanup";

/* A record before it is read. */
typedef struct found {
    char *group;
    struct timespec written;
} found;

typedef struct found_list {
    found *items;
    size_t count;
    size_t capacity;
} found_list;

static int compare_times(const struct timespec *a, const struct timespec *b)
{
    if (a->tv_sec != b->tv_sec)
        return a->tv_sec < b->tv_sec ? -1 : 1;
    return (a->tv_nsec > b->tv_nsec) - (a->tv_nsec < b->tv_nsec);
}

/* The newest first; two of one moment by name, so that the order is always the same. */
static int compare(const void *a, const void *b)
{
    const found *first = a;
    const found *second = b;
    int order = compare_times(&second->written, &first->written);

    return order ? order : strcmp(first->group, second->group);
}

/* "NAME-cleanup" -> NAME; NULL for anything else, and without memory. */
static char *group_of(const char *file)
{
    size_t length = strlen(file);

    if (length <= sizeof suffix - 1 || strcmp(file + length - (sizeof suffix - 1), suffix) != 0)
        return NULL;
    return px_copy((cdp_string){file, length - (sizeof suffix - 1)});
}

static cdp_status add(found_list *list, char *group, const struct stat *info)
{
    if (!px_grow((void **)&list->items, &list->capacity, list->count, sizeof *list->items))
        return CDP_ERR_NOMEM;
    list->items[list->count++] = (found){group, info->st_mtim};
    return CDP_OK;
}

static cdp_status find_all(const px_run *run, found_list *list)
{
    DIR *folder = opendir(run->layout->state);
    const struct dirent *entry;
    cdp_status status = CDP_OK;

    while (folder && status == CDP_OK && (entry = readdir(folder))) {
        char *group = group_of(entry->d_name);
        struct stat info;

        if (!group)
            continue;
        if (fstatat(dirfd(folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(info.st_mode)) {
            status = add(list, group, &info);
            if (status == CDP_OK)
                group = NULL;
        }
        free(group);
    }
    if (folder)
        closedir(folder);
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare);
    return status;
}

static cdp_install_record *read_record(px_run *run, const char *group)
{
    cdp_install_record *record = NULL;
    cdp_text *text = NULL;
    px_buffer path = {0};

    px_put_format(&path, "/%s%s", group, suffix);
    if (px_c_string(&path) && cdp_text_new(NULL, &text) == CDP_OK &&
        run->fs.read_file(CDP_FS_STATE, (cdp_string){path.data, path.length}, UINT32_MAX, text,
                          run->fs.user) == CDP_OK) {
        cdp_string content = cdp_text_string(text);

        (void)cdp_install_record_parse(content.data, content.length, NULL, run->diagnostics,
                                       &record);
    }
    cdp_text_free(text);
    px_buffer_release(&path);
    return record;
}

/* The group takes the name over. Of one moment with ours counts as newer: a conflict that is none
 * is told, a file that is lost is not. */
static void take(px_run *run, px_group_records *all, found *at, const struct timespec *own)
{
    cdp_install_record *record = read_record(run, at->group);

    if (!record)
        return;
    if (strcmp(at->group, run->layout->group) == 0) {
        all->own = record;
        return;
    }
    all->records[all->count] = record;
    all->groups[all->count++] = px_string(at->group);
    all->newer_count += own && compare_times(&at->written, own) >= 0;
    at->group = NULL;
}

cdp_status px_group_records_read(px_run *run, px_group_records *all)
{
    const struct timespec *own = NULL;
    found_list list = {0};
    cdp_status status = find_all(run, &list);

    *all = (px_group_records){0};
    if (status == CDP_OK && list.count > 0) {
        all->records = calloc(list.count, sizeof *all->records);
        all->groups = calloc(list.count, sizeof *all->groups);
        status = all->records && all->groups ? CDP_OK : CDP_ERR_NOMEM;
    }
    for (size_t i = 0; i < list.count; i++) {
        if (strcmp(list.items[i].group, run->layout->group) == 0)
            own = &list.items[i].written;
    }
    for (size_t i = 0; i < list.count; i++) {
        if (status == CDP_OK)
            take(run, all, &list.items[i], own);
        free(list.items[i].group);
    }
    free(list.items);
    return status;
}

void px_group_records_release(px_group_records *all)
{
    cdp_install_record_free(all->own);
    for (size_t i = 0; i < all->count; i++) {
        cdp_install_record_free((cdp_install_record *)all->records[i]);
        free((char *)all->groups[i].data);
    }
    free(all->records);
    free(all->groups);
}
