/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_LISTING_H
#define CDP_INSTALL_LISTING_H

#include <codedeploy/filesystem.h>

/*
 * The names of one directory, one behind the other with a NUL each. `key` is the first eight bytes
 * of the name as a big-endian number, so that most comparisons need not look at the name.
 */
typedef struct cdp_fs_entry {
    uint64_t key;
    uint64_t bytes;
    size_t name;
    uint32_t length;
    uint8_t kind;
} cdp_fs_entry;

struct cdp_fs_listing {
    cdp_allocator allocator;
    cdp_fs_entry *entries;
    size_t count;
    size_t capacity;
    char *names;
    size_t names_length;
    size_t names_capacity;
};

/* For a listing that lives inside another object. */
void cdp_fs_listing_init(cdp_fs_listing *listing, const cdp_allocator *allocator);
void cdp_fs_listing_release(cdp_fs_listing *listing);

static inline cdp_string cdp_fs_listing_name(const cdp_fs_listing *listing, size_t index)
{
    const cdp_fs_entry *entry = &listing->entries[index];

    return (cdp_string){listing->names + entry->name, entry->length};
}

#endif
