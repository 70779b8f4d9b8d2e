/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_HASH_H
#define CDP_BASE_HASH_H

#include <codedeploy/base.h>

/*
 * Finding equal things: their hashes are sorted, which takes time in proportion to their number
 * whatever they are, and only what has the same hash is compared.
 */
typedef struct cdp_hash_entry {
    uint32_t index; /* whose it is */
    uint32_t hash;
} cdp_hash_entry;

#define CDP_HASH_START UINT32_C(2166136261)

/* Goes on with a hash, which begins as CDP_HASH_START. */
uint32_t cdp_hash_bytes(uint32_t hash, const void *bytes, size_t length);

/* By hash; equal ones stay in their order. `scratch` is as long as the entries. */
void cdp_hash_sort(cdp_hash_entry *entries, cdp_hash_entry *scratch, size_t count);

/* How many entries from `first` on have its hash. */
size_t cdp_hash_run(const cdp_hash_entry *entries, size_t first, size_t count);

#endif
