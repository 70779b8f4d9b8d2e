/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"

#include <stdlib.h>
#include <string.h>

#include "base/sized.h"

static void *default_allocate(size_t bytes, void *user)
{
    (void)user;
    return malloc(bytes);
}

static void *default_reallocate(void *pointer, size_t old_bytes, size_t new_bytes, void *user)
{
    (void)old_bytes;
    (void)user;
    return realloc(pointer, new_bytes);
}

static void default_release(void *pointer, size_t bytes, void *user)
{
    (void)bytes;
    (void)user;
    free(pointer);
}

static const cdp_allocator default_allocator = {
    sizeof(cdp_allocator), default_allocate, default_reallocate, default_release, NULL,
};

cdp_status cdp_allocator_import(cdp_allocator *allocator, const cdp_allocator *given)
{
    cdp_allocator copy;
    cdp_status status;

    if (!given) {
        *allocator = default_allocator;
        return CDP_OK;
    }
    status = cdp_sized_read(&copy, sizeof copy, given);
    if (status != CDP_OK)
        return status;
    if (!copy.allocate || !copy.reallocate || !copy.release)
        return CDP_ERR_ARGUMENT;
    *allocator = copy;
    return CDP_OK;
}

void *cdp_allocate(const cdp_allocator *allocator, size_t bytes)
{
    return allocator->allocate(bytes ? bytes : 1, allocator->user);
}

void *cdp_allocate_zeroed(const cdp_allocator *allocator, size_t bytes)
{
    void *pointer = cdp_allocate(allocator, bytes);

    if (pointer)
        memset(pointer, 0, bytes ? bytes : 1);
    return pointer;
}

void cdp_release(const cdp_allocator *allocator, void *pointer, size_t bytes)
{
    if (pointer)
        allocator->release(pointer, bytes ? bytes : 1, allocator->user);
}

cdp_status cdp_array_reserve(const cdp_allocator *allocator, void **array, size_t *capacity,
                             size_t needed, size_t element_bytes)
{
    size_t wanted;
    void *grown;

    if (needed <= *capacity)
        return CDP_OK;
    wanted = *capacity <= SIZE_MAX / 2 ? *capacity * 2 : needed;
    if (wanted < needed)
        wanted = needed;
    if (wanted < 8)
        wanted = 8;
    if (wanted > SIZE_MAX / element_bytes)
        return CDP_ERR_NOMEM;
    if (*array)
        grown = allocator->reallocate(*array, *capacity * element_bytes, wanted * element_bytes,
                                      allocator->user);
    else
        grown = allocator->allocate(wanted * element_bytes, allocator->user);
    if (!grown)
        return CDP_ERR_NOMEM;
    *array = grown;
    *capacity = wanted;
    return CDP_OK;
}
