/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_ARENA_H
#define CDP_BASE_ARENA_H

#include <codedeploy/base.h>

/*
 * Memory that is given back all at once: what an immutable object is built in. Blocks double in
 * size up to a bound, so that an object of n bytes costs O(log n) calls of the allocator.
 */
typedef struct cdp_arena_block cdp_arena_block;

typedef struct cdp_arena {
    cdp_allocator allocator;
    cdp_arena_block *blocks;
    size_t total_bytes;
} cdp_arena;

void cdp_arena_init(cdp_arena *arena, const cdp_allocator *allocator);
void cdp_arena_release(cdp_arena *arena);

/* Aligned for any type; NULL when the allocator says no. */
void *cdp_arena_allocate(cdp_arena *arena, size_t bytes);
void *cdp_arena_allocate_zeroed(cdp_arena *arena, size_t bytes);

/* For arrays: NULL also when count * element_bytes overflows. */
void *cdp_arena_array(cdp_arena *arena, size_t count, size_t element_bytes);

/* Copies with a NUL behind; an absent string stays absent. CDP_OK or CDP_ERR_NOMEM. */
cdp_status cdp_arena_copy(cdp_arena *arena, cdp_string from, cdp_string *copy);

#endif
