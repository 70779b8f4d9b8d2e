/* SPDX-License-Identifier: MIT */
#include "install/listing.h"

#include "base/allocator.h"
#include "base/sort.h"
#include "base/strings.h"

const char *cdp_fs_kind_name(cdp_fs_kind kind)
{
    static const char *const names[] = {"absent", "file", "directory", "link", "other"};

    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

void cdp_fs_listing_init(cdp_fs_listing *listing, const cdp_allocator *allocator)
{
    *listing = (cdp_fs_listing){.allocator = *allocator};
}

void cdp_fs_listing_release(cdp_fs_listing *listing)
{
    cdp_release(&listing->allocator, listing->entries,
                listing->capacity * sizeof *listing->entries);
    cdp_release(&listing->allocator, listing->names, listing->names_capacity);
    cdp_fs_listing_init(listing, &listing->allocator);
}

cdp_status cdp_fs_listing_new(const cdp_allocator *allocator, cdp_fs_listing **listing)
{
    cdp_allocator imported;
    cdp_fs_listing *made;
    cdp_status status;

    if (!listing)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&imported, allocator);
    if (status != CDP_OK)
        return status;
    made = cdp_allocate(&imported, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    cdp_fs_listing_init(made, &imported);
    *listing = made;
    return CDP_OK;
}

void cdp_fs_listing_free(cdp_fs_listing *listing)
{
    cdp_allocator allocator;

    if (!listing)
        return;
    allocator = listing->allocator;
    cdp_fs_listing_release(listing);
    cdp_release(&allocator, listing, sizeof *listing);
}

void cdp_fs_listing_clear(cdp_fs_listing *listing)
{
    if (listing) {
        listing->count = 0;
        listing->names_length = 0;
    }
}

static uint64_t sort_key(cdp_string name)
{
    uint64_t key = 0;

    for (size_t i = 0; i < 8; i++)
        key = key << 8 | (i < name.length ? (unsigned char)name.data[i] : 0);
    return key;
}

static bool is_dots(cdp_string name)
{
    return cdp_string_equal_c(name, ".") || cdp_string_equal_c(name, "..");
}

cdp_status cdp_fs_listing_add(cdp_fs_listing *listing, cdp_string name, cdp_fs_kind kind,
                              uint64_t bytes)
{
    cdp_fs_entry *entry;
    cdp_status status;

    if (!listing || !name.data || name.length == 0 || name.length > UINT32_MAX ||
        memchr(name.data, '/', name.length) || memchr(name.data, '\0', name.length) ||
        kind < CDP_FS_REGULAR || kind > CDP_FS_OTHER)
        return CDP_ERR_ARGUMENT;
    if (is_dots(name))
        return CDP_OK;
    if (listing->count >= UINT32_MAX)
        return CDP_ERR_LIMIT;
    status = cdp_array_reserve(&listing->allocator, (void **)&listing->entries, &listing->capacity,
                               listing->count + 1, sizeof *listing->entries);
    if (status == CDP_OK)
        status =
            cdp_array_reserve(&listing->allocator, (void **)&listing->names,
                              &listing->names_capacity, listing->names_length + name.length + 1, 1);
    if (status != CDP_OK)
        return status;
    entry = &listing->entries[listing->count++];
    *entry = (cdp_fs_entry){sort_key(name), bytes, listing->names_length, (uint32_t)name.length,
                            (uint8_t)kind};
    memcpy(listing->names + listing->names_length, name.data, name.length);
    listing->names_length += name.length;
    listing->names[listing->names_length++] = '\0';
    return CDP_OK;
}

static int by_name(const void *a, const void *b, const void *context)
{
    const cdp_fs_entry *left = a, *right = b;
    const char *names = context;

    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return cdp_string_compare(cdp_string_slice(names + left->name, left->length),
                              cdp_string_slice(names + right->name, right->length));
}

cdp_status cdp_fs_listing_sort(cdp_fs_listing *listing)
{
    size_t i = 1;

    if (!listing)
        return CDP_ERR_ARGUMENT;
    while (i < listing->count &&
           by_name(&listing->entries[i - 1], &listing->entries[i], listing->names) <= 0)
        i++;
    if (i >= listing->count)
        return CDP_OK;
    return cdp_sort(&listing->allocator, listing->entries, listing->count, sizeof *listing->entries,
                    by_name, listing->names);
}

size_t cdp_fs_listing_count(const cdp_fs_listing *listing)
{
    return listing ? listing->count : 0;
}

cdp_status cdp_fs_listing_at(const cdp_fs_listing *listing, size_t index, cdp_string *name,
                             cdp_fs_kind *kind, uint64_t *bytes)
{
    if (!listing)
        return CDP_ERR_ARGUMENT;
    if (index >= listing->count)
        return CDP_ERR_NOT_FOUND;
    if (name)
        *name = cdp_fs_listing_name(listing, index);
    if (kind)
        *kind = (cdp_fs_kind)listing->entries[index].kind;
    if (bytes)
        *bytes = listing->entries[index].bytes;
    return CDP_OK;
}

cdp_status cdp_fs_progress_add(const cdp_fs_progress *progress, uint64_t bytes)
{
    if (!progress || !progress->moved)
        return CDP_OK;
    return progress->moved(bytes, progress->user);
}
