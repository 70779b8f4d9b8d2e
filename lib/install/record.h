/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_RECORD_H
#define CDP_INSTALL_RECORD_H

#include <codedeploy/install.h>

#include <stdbool.h>

/* One line of a cleanup record; its path, with a NUL behind, is at `path` in `paths`. */
typedef struct cdp_record_entry {
    uint32_t path;
    uint32_t length;
    uint32_t kind; /* cdp_install_record_kind */
} cdp_record_entry;

struct cdp_install_record {
    cdp_allocator allocator;
    cdp_record_entry *entries;
    size_t count;
    size_t capacity;
    char *paths;
    size_t paths_length;
    size_t paths_capacity;
    uint32_t *slots; /* index of CDP_INSTALL_RECORD_PATH entries, plus 1; open addressing */
    size_t slot_count;
};

static inline cdp_string cdp_record_path(const cdp_install_record *record, size_t index)
{
    return (cdp_string){record->paths + record->entries[index].path, record->entries[index].length};
}

/* True for `/` and `/a/b`: absolute, no NUL, no empty, `.` or `..` component, no slash at its end. */
bool cdp_path_is_normal(cdp_string path);

/* Appends a line; `path` is normal and not the root. Errors are the text's. */
void cdp_record_put(cdp_text *text, cdp_install_record_kind kind, cdp_string path);

#endif
