/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_ALLOCATOR_H
#define CDP_BASE_ALLOCATOR_H

#include <codedeploy/base.h>

/* Copies and checks what the caller gave; NULL becomes the C library's functions. */
cdp_status cdp_allocator_import(cdp_allocator *allocator, const cdp_allocator *given);

/* Never called with 0 bytes on behalf of the library; return NULL when the allocator says no. */
void *cdp_allocate(const cdp_allocator *allocator, size_t bytes);
void *cdp_allocate_zeroed(const cdp_allocator *allocator, size_t bytes);
void cdp_release(const cdp_allocator *allocator, void *pointer, size_t bytes);

/*
 * Makes room for `needed` elements in a growing array (doubling), keeping what is there.
 * `*array` and `*capacity` change only when it returns CDP_OK.
 */
cdp_status cdp_array_reserve(const cdp_allocator *allocator, void **array, size_t *capacity,
                             size_t needed, size_t element_bytes);

#endif
