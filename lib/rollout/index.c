/* SPDX-License-Identifier: MIT */
/*
 * Finding an instance by its id. The ids of the start are one sorted run. Those that join later
 * follow in runs whose lengths are the powers of two in their number, longest first; a new one is a
 * run of one, and runs of equal length are merged. So a join costs O(log n) comparisons on average
 * and a search O(log² n), with nothing but an array.
 */
#include "rollout/machine.h"
#include "rollout/unique.h"

#include "base/allocator.h"
#include "base/sort.h"

/* Eight bytes of an id, behind what all ids have in common: decides most comparisons without a
 * look at the id itself. */
typedef struct sort_key {
    uint64_t prefix;
    uint32_t member;
} sort_key;

static size_t common_prefix(const cdp_rollout *rollout)
{
    cdp_string first = cdp_member_id(rollout, 0);
    size_t common = first.length;

    for (size_t i = 1; i < rollout->member_count && common > 0; i++) {
        cdp_string id = cdp_member_id(rollout, (uint32_t)i);
        size_t length = 0;

        while (length < common && length < id.length && id.data[length] == first.data[length])
            length++;
        common = length;
    }
    return common;
}

static uint64_t prefix_of(cdp_string id, size_t from)
{
    uint64_t prefix = 0;

    for (size_t i = 0; i < 8; i++) {
        unsigned char byte = from + i < id.length ? (unsigned char)id.data[from + i] : 0;

        prefix = prefix << 8 | byte;
    }
    return prefix;
}

static int compare_keys(const void *a, const void *b, const void *context)
{
    const sort_key *first = a;
    const sort_key *second = b;
    const cdp_rollout *rollout = context;

    if (first->prefix != second->prefix)
        return first->prefix < second->prefix ? -1 : 1;
    return cdp_string_compare(cdp_member_id(rollout, first->member),
                              cdp_member_id(rollout, second->member));
}

static bool is_sorted(const cdp_rollout *rollout)
{
    for (size_t i = 1; i < rollout->member_count; i++) {
        if (cdp_string_compare(cdp_member_id(rollout, (uint32_t)i - 1),
                               cdp_member_id(rollout, (uint32_t)i)) > 0)
            return false;
    }
    return true;
}

static cdp_status sort_members(cdp_rollout *rollout)
{
    size_t count = rollout->member_count;
    size_t common = common_prefix(rollout);
    sort_key *keys = cdp_allocate(&rollout->allocator, count * sizeof *keys);
    cdp_status status;

    if (!keys)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        keys[i] = (sort_key){prefix_of(cdp_member_id(rollout, (uint32_t)i), common), (uint32_t)i};
    status = cdp_sort(&rollout->allocator, keys, count, sizeof *keys, compare_keys, rollout);
    for (size_t i = 0; i < count && status == CDP_OK; i++)
        rollout->by_id[i] = keys[i].member;
    cdp_release(&rollout->allocator, keys, count * sizeof *keys);
    return status;
}

cdp_status cdp_index_build(cdp_rollout *rollout, uint32_t *twice)
{
    void *by_id = rollout->by_id;
    cdp_status status = cdp_array_reserve(&rollout->allocator, &by_id, &rollout->by_id_capacity,
                                          rollout->member_count, sizeof *rollout->by_id);

    *twice = CDP_NO_MEMBER;
    if (status != CDP_OK)
        return status;
    rollout->by_id = by_id;
    if (is_sorted(rollout)) {
        for (size_t i = 0; i < rollout->member_count; i++)
            rollout->by_id[i] = (uint32_t)i;
    } else {
        status = sort_members(rollout);
    }
    for (size_t i = 1; i < rollout->member_count && status == CDP_OK; i++) {
        if (cdp_string_equal(cdp_member_id(rollout, rollout->by_id[i - 1]),
                             cdp_member_id(rollout, rollout->by_id[i]))) {
            *twice = rollout->by_id[i];
            break;
        }
    }
    return status;
}

cdp_status cdp_index_reserve(cdp_rollout *rollout)
{
    size_t joined = rollout->member_count - rollout->base_count;
    void *by_id = rollout->by_id;
    void *buffer = rollout->merge_buffer;
    cdp_status status = cdp_array_reserve(&rollout->allocator, &by_id, &rollout->by_id_capacity,
                                          rollout->member_count + 1, sizeof *rollout->by_id);

    rollout->by_id = by_id;
    if (status == CDP_OK)
        status = cdp_array_reserve(&rollout->allocator, &buffer, &rollout->merge_capacity,
                                   joined / 2 + 1, sizeof *rollout->merge_buffer);
    rollout->merge_buffer = buffer;
    return status;
}

/* Merges the two runs of `length` that begin at `left`. */
static void merge(cdp_rollout *rollout, uint32_t *left, size_t length)
{
    uint32_t *buffer = rollout->merge_buffer;
    uint32_t *right = left + length;
    size_t a = 0;
    size_t b = 0;
    size_t out = 0;

    memcpy(buffer, left, length * sizeof *left);
    while (a < length) {
        if (b < length && cdp_string_compare(cdp_member_id(rollout, right[b]),
                                             cdp_member_id(rollout, buffer[a])) < 0)
            left[out++] = right[b++];
        else
            left[out++] = buffer[a++];
    }
}

void cdp_index_add(cdp_rollout *rollout, uint32_t member)
{
    size_t joined = member - rollout->base_count;
    uint32_t *end = rollout->by_id + member;
    size_t length = 1;

    *end++ = member;
    /* Each low one bit of the number before stands for a run as long as the one at the end. */
    for (; joined & length; length *= 2)
        merge(rollout, end - 2 * length, length);
}

static uint32_t find_in(const cdp_rollout *rollout, const uint32_t *run, size_t length,
                        cdp_string id)
{
    size_t low = 0;

    while (low < length) {
        size_t middle = low + (length - low) / 2;
        int order = cdp_string_compare(cdp_member_id(rollout, run[middle]), id);

        if (order == 0)
            return run[middle];
        if (order < 0)
            low = middle + 1;
        else
            length = middle;
    }
    return CDP_NO_MEMBER;
}

/* In the base, and in the runs of `joined` members that came after it. */
static uint32_t find_among(const cdp_rollout *rollout, size_t joined, cdp_string id)
{
    const uint32_t *run = rollout->by_id;
    uint32_t found = find_in(rollout, run, rollout->base_count, id);

    run += rollout->base_count;
    for (size_t length = (size_t)1 << 31; length > 0 && found == CDP_NO_MEMBER; length /= 2) {
        if (joined & length) {
            found = find_in(rollout, run, length, id);
            run += length;
        }
    }
    return found;
}

uint32_t cdp_index_find(const cdp_rollout *rollout, cdp_string id)
{
    return find_among(rollout, rollout->member_count - rollout->base_count, id);
}

uint32_t cdp_index_find_before(const cdp_rollout *rollout, uint32_t member)
{
    return find_among(rollout, member - rollout->base_count, cdp_member_id(rollout, member));
}

cdp_status cdp_rollout_check_unique(cdp_rollout *rollout, cdp_string id,
                                    cdp_diagnostics *diagnostics)
{
    cdp_status status = cdp_index_reserve(rollout);

    if (status != CDP_OK)
        return status;
    for (; rollout->early_count < rollout->member_count; rollout->early_count++)
        cdp_index_add(rollout, (uint32_t)rollout->early_count);
    if (find_among(rollout, rollout->early_count, id) == CDP_NO_MEMBER)
        return CDP_OK;
    return cdp_refuse(CDP_ERR_CONFLICT, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_DUPLICATE_INSTANCE, id,
                      (cdp_string){NULL, 0}, (cdp_string){NULL, 0});
}
