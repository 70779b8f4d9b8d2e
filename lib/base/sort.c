/* SPDX-License-Identifier: MIT */
#include "base/sort.h"

#include <string.h>

#include "base/allocator.h"

typedef struct merge {
    size_t element_bytes;
    cdp_compare compare;
    const void *context;
} merge;

static void merge_runs(const merge *m, const unsigned char *from, size_t left, size_t middle,
                       size_t right, unsigned char *to)
{
    size_t a = left;
    size_t b = middle;
    size_t bytes = m->element_bytes;

    for (size_t out = left; out < right; out++) {
        size_t taken;

        if (b >= right ||
            (a < middle && m->compare(from + a * bytes, from + b * bytes, m->context) <= 0))
            taken = a++;
        else
            taken = b++;
        memcpy(to + out * bytes, from + taken * bytes, bytes);
    }
}

void cdp_sort_with(void *array, size_t count, size_t element_bytes, void *scratch,
                   cdp_compare compare, const void *context)
{
    const merge m = {element_bytes, compare, context};
    unsigned char *from = array;
    unsigned char *to = scratch;

    for (size_t width = 1; width < count; width *= 2) {
        unsigned char *swap = from;

        for (size_t left = 0; left < count; left += 2 * width) {
            size_t middle = count - left > width ? left + width : count;
            size_t right = count - middle > width ? middle + width : count;

            merge_runs(&m, from, left, middle, right, to);
        }
        from = to;
        to = swap;
    }
    if (from != array && count > 0)
        memcpy(array, from, count * element_bytes);
}

cdp_status cdp_sort(const cdp_allocator *allocator, void *array, size_t count, size_t element_bytes,
                    cdp_compare compare, const void *context)
{
    void *scratch;

    if (count < 2)
        return CDP_OK;
    scratch = cdp_allocate(allocator, count * element_bytes);
    if (!scratch)
        return CDP_ERR_NOMEM;
    cdp_sort_with(array, count, element_bytes, scratch, compare, context);
    cdp_release(allocator, scratch, count * element_bytes);
    return CDP_OK;
}
