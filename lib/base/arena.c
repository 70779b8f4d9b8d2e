/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

#include "base/allocator.h"

#define FIRST_BLOCK_BYTES 1024
#define LARGEST_BLOCK_BYTES ((size_t)256 * 1024)

struct cdp_arena_block {
    cdp_arena_block *next;
    size_t bytes;
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

void cdp_arena_init(cdp_arena *arena, const cdp_allocator *allocator)
{
    arena->allocator = *allocator;
    arena->blocks = NULL;
    arena->total_bytes = 0;
}

void cdp_arena_release(cdp_arena *arena)
{
    while (arena->blocks) {
        cdp_arena_block *block = arena->blocks;

        arena->blocks = block->next;
        cdp_release(&arena->allocator, block, sizeof *block + block->bytes);
    }
    arena->total_bytes = 0;
}

static cdp_arena_block *add_block(cdp_arena *arena, size_t bytes)
{
    size_t size = arena->blocks ? arena->blocks->bytes * 2 : FIRST_BLOCK_BYTES;
    cdp_arena_block *block;

    if (size > LARGEST_BLOCK_BYTES)
        size = LARGEST_BLOCK_BYTES;
    if (size < bytes)
        size = bytes;
    if (size > SIZE_MAX - sizeof *block)
        return NULL;
    block = cdp_allocate(&arena->allocator, sizeof *block + size);
    if (!block)
        return NULL;
    block->next = arena->blocks;
    block->bytes = size;
    block->used = 0;
    arena->blocks = block;
    arena->total_bytes += sizeof *block + size;
    return block;
}

static void *allocate_aligned(cdp_arena *arena, size_t bytes, size_t alignment)
{
    cdp_arena_block *block = arena->blocks;
    size_t start = block ? (block->used + alignment - 1) / alignment * alignment : 0;

    bytes = bytes ? bytes : 1;
    if (!block || start > block->bytes || block->bytes - start < bytes) {
        block = add_block(arena, bytes);
        if (!block)
            return NULL;
        start = 0;
    }
    block->used = start + bytes;
    return block->data + start;
}

void *cdp_arena_allocate(cdp_arena *arena, size_t bytes)
{
    return allocate_aligned(arena, bytes, alignof(max_align_t));
}

void *cdp_arena_allocate_zeroed(cdp_arena *arena, size_t bytes)
{
    void *pointer = cdp_arena_allocate(arena, bytes);

    if (pointer)
        memset(pointer, 0, bytes);
    return pointer;
}

void *cdp_arena_array(cdp_arena *arena, size_t count, size_t element_bytes)
{
    if (count > SIZE_MAX / element_bytes)
        return NULL;
    return cdp_arena_allocate(arena, count * element_bytes);
}

cdp_status cdp_arena_copy(cdp_arena *arena, cdp_string from, cdp_string *copy)
{
    char *data;

    if (!from.data) {
        *copy = from;
        return CDP_OK;
    }
    data = from.length < SIZE_MAX ? allocate_aligned(arena, from.length + 1, 1) : NULL;
    if (!data)
        return CDP_ERR_NOMEM;
    memcpy(data, from.data, from.length);
    data[from.length] = '\0';
    copy->data = data;
    copy->length = from.length;
    return CDP_OK;
}
