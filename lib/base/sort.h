/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_SORT_H
#define CDP_BASE_SORT_H

#include <codedeploy/base.h>

/*
 * Stable merge sort, O(n log n) for every input. The C library's qsort() is not used: it takes
 * memory behind our back and promises neither stability nor a bound.
 */
typedef int (*cdp_compare)(const void *a, const void *b, const void *context);

/* `scratch` holds as many bytes as the array. */
void cdp_sort_with(void *array, size_t count, size_t element_bytes, void *scratch,
                   cdp_compare compare, const void *context);

/* Takes the scratch from the allocator: CDP_OK, or CDP_ERR_NOMEM with nothing moved. */
cdp_status cdp_sort(const cdp_allocator *allocator, void *array, size_t count, size_t element_bytes,
                    cdp_compare compare, const void *context);

#endif
