/* SPDX-License-Identifier: MIT */
#ifndef FUZZ_MEMORY_H
#define FUZZ_MEMORY_H

/* What harnesses share: memory that runs out at a chosen request, and knows its highest water. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <codedeploy/base.h>

typedef struct fuzz_memory {
    cdp_allocator allocator;
    unsigned requests_left; /* 1: the next one fails; 0: none does */
    size_t live;
    size_t peak;
} fuzz_memory;

static inline void must(int holds)
{
    if (!holds)
        abort();
}

static inline int fuzz_refuses(fuzz_memory *memory)
{
    return memory->requests_left > 0 && --memory->requests_left == 0;
}

static inline void fuzz_count(fuzz_memory *memory, size_t more, size_t less)
{
    memory->live += more;
    if (memory->live > memory->peak)
        memory->peak = memory->live;
    memory->live -= less;
}

static inline void *fuzz_allocate(size_t bytes, void *user)
{
    void *block = fuzz_refuses(user) ? NULL : malloc(bytes);

    if (block)
        fuzz_count(user, bytes, 0);
    return block;
}

static inline void *fuzz_reallocate(void *pointer, size_t old_bytes, size_t new_bytes, void *user)
{
    void *block = fuzz_refuses(user) ? NULL : realloc(pointer, new_bytes);

    if (block)
        fuzz_count(user, new_bytes, old_bytes);
    return block;
}

static inline void fuzz_release(void *pointer, size_t bytes, void *user)
{
    fuzz_count(user, 0, bytes);
    free(pointer);
}

/* `fails_at`: which request fails, from 1; 0: none. */
static inline void fuzz_memory_init(fuzz_memory *memory, unsigned fails_at)
{
    *memory = (fuzz_memory){
        .allocator = {sizeof(cdp_allocator), fuzz_allocate, fuzz_reallocate, fuzz_release, memory},
        .requests_left = fails_at,
    };
}

#endif
