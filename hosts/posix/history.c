/* SPDX-License-Identifier: MIT */
/* Which deployments of a group there were, from their records. */
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "deployment.h"

struct cdp_posix_history {
    px_record *records;
    bool *has_revision;
    size_t count;
    char *last_successful;
};

static int in_order(const void *a, const void *b)
{
    return px_record_compare(a, b);
}

static cdp_status collect(const px_layout *layout, cdp_posix_history *history)
{
    DIR *folder = opendir(layout->group_folder);
    struct dirent *entry;
    cdp_status status = CDP_OK;

    while (folder && status == CDP_OK && (entry = readdir(folder))) {
        px_record record;
        px_record *grown;

        if (entry->d_name[0] == '.' || !px_record_read(layout, entry->d_name, &record))
            continue;
        grown = realloc(history->records, (history->count + 1) * sizeof *grown);
        if (!grown) {
            px_record_release(&record);
            status = CDP_ERR_NOMEM;
            continue;
        }
        history->records = grown;
        history->records[history->count++] = record;
    }
    if (folder)
        closedir(folder);
    return status;
}

static cdp_status find_revisions(const px_layout *layout, cdp_posix_history *history)
{
    history->has_revision = calloc(history->count + 1, sizeof *history->has_revision);
    if (!history->has_revision)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < history->count; i++) {
        char *archive = px_layout_path(layout, history->records[i].id, "deployment-archive");

        history->has_revision[i] = archive && access(archive, F_OK) == 0;
        free(archive);
    }
    return CDP_OK;
}

cdp_status cdp_posix_history_read(cdp_string root_directory, cdp_string group_id,
                                  cdp_posix_history **history)
{
    cdp_posix_history *made;
    px_layout layout;
    cdp_status status;

    if (!history)
        return CDP_ERR_ARGUMENT;
    status = px_layout_init(&layout, root_directory, group_id);
    if (status != CDP_OK)
        return status;
    made = calloc(1, sizeof *made);
    status = made ? collect(&layout, made) : CDP_ERR_NOMEM;
    if (status == CDP_OK && made->count > 1)
        qsort(made->records, made->count, sizeof *made->records, in_order);
    if (status == CDP_OK)
        status = find_revisions(&layout, made);
    if (status == CDP_OK)
        made->last_successful = px_read_mark(&layout, "_last_successful_install");
    px_layout_release(&layout);
    if (status != CDP_OK) {
        cdp_posix_history_free(made);
        return status;
    }
    *history = made;
    return CDP_OK;
}

void cdp_posix_history_free(cdp_posix_history *history)
{
    if (!history)
        return;
    for (size_t i = 0; i < history->count; i++)
        px_record_release(&history->records[i]);
    free(history->records);
    free(history->has_revision);
    free(history->last_successful);
    free(history);
}

int64_t px_next_number(const px_layout *layout)
{
    cdp_posix_history all = {0};
    int64_t last = 0;

    /* Without memory the number is of what was read. */
    (void)collect(layout, &all);
    for (size_t i = 0; i < all.count; i++) {
        if (all.records[i].number > last)
            last = all.records[i].number;
        px_record_release(&all.records[i]);
    }
    free(all.records);
    return last + 1;
}

size_t cdp_posix_history_count(const cdp_posix_history *history)
{
    return history ? history->count : 0;
}

static cdp_string text_of(const char *text)
{
    return text ? px_string(text) : (cdp_string){NULL, 0};
}

cdp_status cdp_posix_history_at(const cdp_posix_history *history, size_t index,
                                cdp_posix_history_entry *entry)
{
    cdp_posix_history_entry own = {.size = sizeof own};
    const px_record *record;
    const char *last;

    if (!history || !entry)
        return CDP_ERR_ARGUMENT;
    if (index >= history->count)
        return CDP_ERR_NOT_FOUND;
    record = &history->records[index];
    last = history->last_successful ? strrchr(history->last_successful, '/') : NULL;
    own.deployment_id = text_of(record->id);
    own.status = text_of(record->status);
    own.creator = text_of(record->creator);
    own.application_name = text_of(record->application);
    own.bundle = text_of(record->bundle);
    own.revision_of = text_of(record->revision_of);
    own.message = text_of(record->message);
    own.created = record->created / 1000;
    own.completed = record->completed / 1000;
    own.has_revision = history->has_revision[index];
    own.is_last_successful = last && strcmp(last + 1, record->id) == 0;
    return px_sized_write(entry, &own, sizeof own);
}
