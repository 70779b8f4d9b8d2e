/* SPDX-License-Identifier: MIT */
#include "group/filters.h"

#include <codedeploy/membership.h>

#include <string.h>

/* FNV-1a; the seed tells keys, values and pairs apart. Its quality only matters for speed: in the
 * worst case all filters are in one bucket, and a tag is compared with each of them. */
enum { KEY_SEED = 1, VALUE_SEED = 2 };

static uint32_t hash_more(uint32_t hash, cdp_string text)
{
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * UINT32_C(16777619);
    return hash;
}

static uint32_t hash_key(cdp_string key)
{
    return hash_more(UINT32_C(2166136261) ^ KEY_SEED, key);
}

static uint32_t hash_value(cdp_string value)
{
    return hash_more(UINT32_C(2166136261) ^ VALUE_SEED, value);
}

static uint32_t hash_both(uint32_t key, uint32_t value)
{
    return (key ^ (value << 15 | value >> 17)) * UINT32_C(2654435761);
}

static uint32_t bucket_of(const cdp_filters *filters, uint32_t hash)
{
    return (hash ^ hash >> 15) & filters->mask;
}

/* ---- making ready ---------------------------------------------------------------------------- */

static size_t count_filters(const cdp_model_list *groups, size_t count)
{
    size_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += groups[i].count;
    return sum;
}

static void add_to_bucket(cdp_filters *filters, uint32_t number, uint32_t hash)
{
    uint32_t bucket = bucket_of(filters, hash);

    filters->filters[number].hash = hash;
    filters->filters[number].next = filters->buckets[bucket];
    filters->buckets[bucket] = number + 1;
}

static void index_filter(cdp_filters *filters, uint32_t number)
{
    cdp_filter *filter = &filters->filters[number];

    if (filter->type == CDP_TAG_FILTER_VALUE_ONLY && filter->is_pattern) {
        filter->next = filters->loose;
        filters->loose = number + 1;
    } else if (filter->type == CDP_TAG_FILTER_VALUE_ONLY) {
        filters->by_value = true;
        add_to_bucket(filters, number, hash_value(filter->value));
    } else if (filter->type == CDP_TAG_FILTER_KEY_ONLY || filter->is_pattern) {
        filters->by_key = true;
        add_to_bucket(filters, number, hash_key(filter->key));
    } else {
        filters->by_both = true;
        add_to_bucket(filters, number, hash_both(hash_key(filter->key), hash_value(filter->value)));
    }
}

static cdp_status take_filter(cdp_filters *filters, cdp_arena *arena, uint32_t number,
                              const cdp_model_filter *from)
{
    cdp_filter *filter = &filters->filters[number];

    filter->key = from->key.text;
    filter->value = from->value.text;
    filter->type = (cdp_tag_filter_type)from->type.number;
    filter->is_pattern = cdp_is_pattern(filter->value);
    index_filter(filters, number);
    return filter->is_pattern ? cdp_pattern_make(&filter->pattern, arena, filter->value) : CDP_OK;
}

cdp_status cdp_filters_compile(cdp_filters *filters, cdp_arena *arena, const cdp_model_list *groups,
                               size_t count)
{
    size_t total = count_filters(groups, count);
    size_t buckets = 4;
    uint32_t number = 0;

    *filters = (cdp_filters){.tag_groups = count, .count = total};
    while (buckets < total * 2)
        buckets *= 2;
    filters->mask = (uint32_t)(buckets - 1);
    filters->buckets = cdp_arena_array(arena, buckets, sizeof *filters->buckets);
    filters->filters = cdp_arena_array(arena, total ? total : 1, sizeof *filters->filters);
    if (!filters->buckets || !filters->filters)
        return CDP_ERR_NOMEM;
    memset(filters->buckets, 0, buckets * sizeof *filters->buckets);
    for (size_t i = 0; i < count; i++) {
        const cdp_model_filter *items = groups[i].items;

        for (size_t j = 0; j < groups[i].count; j++, number++) {
            filters->filters[number] = (cdp_filter){.tag_group = (uint32_t)i, .index = (uint32_t)j};
            if (take_filter(filters, arena, number, &items[j]) != CDP_OK)
                return CDP_ERR_NOMEM;
        }
    }
    return CDP_OK;
}

/* ---- matching -------------------------------------------------------------------------------- */

static bool same(cdp_string a, cdp_string b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

bool cdp_filter_matches(const cdp_filter *filter, const cdp_tag *tag)
{
    if (filter->type != CDP_TAG_FILTER_VALUE_ONLY && !same(filter->key, tag->key))
        return false;
    if (filter->type == CDP_TAG_FILTER_KEY_ONLY)
        return true;
    if (!filter->is_pattern)
        return same(filter->value, tag->value);
    return cdp_pattern_matches(&filter->pattern, tag->value.data ? tag->value : CDP_STR(""));
}

static void note(const cdp_filter *filter, uint32_t *first)
{
    if (filter->index < first[filter->tag_group])
        first[filter->tag_group] = filter->index;
}

static void look_up(const cdp_filters *filters, uint32_t hash, const cdp_tag *tag, uint32_t *first)
{
    uint32_t number = filters->buckets[bucket_of(filters, hash)];

    for (; number; number = filters->filters[number - 1].next) {
        const cdp_filter *filter = &filters->filters[number - 1];

        if (filter->hash == hash && filter->index < first[filter->tag_group] &&
            cdp_filter_matches(filter, tag))
            note(filter, first);
    }
}

static void match_tag(const cdp_filters *filters, const cdp_tag *tag, uint32_t *first)
{
    uint32_t key = filters->by_key || filters->by_both ? hash_key(tag->key) : 0;
    uint32_t value = filters->by_value || filters->by_both ? hash_value(tag->value) : 0;

    if (filters->by_key)
        look_up(filters, key, tag, first);
    if (filters->by_value)
        look_up(filters, value, tag, first);
    if (filters->by_both)
        look_up(filters, hash_both(key, value), tag, first);
    for (uint32_t number = filters->loose; number; number = filters->filters[number - 1].next) {
        if (cdp_filter_matches(&filters->filters[number - 1], tag))
            note(&filters->filters[number - 1], first);
    }
}

bool cdp_filters_match(const cdp_filters *filters, const cdp_tag *tags, size_t count,
                       uint32_t first[CDP_GROUP_TAG_GROUP_LIMIT])
{
    for (size_t i = 0; i < CDP_GROUP_TAG_GROUP_LIMIT; i++)
        first[i] = CDP_MATCH_NONE;
    for (size_t i = 0; i < count; i++)
        match_tag(filters, &tags[i], first);
    for (size_t i = 0; i < filters->tag_groups; i++) {
        if (first[i] == CDP_MATCH_NONE)
            return false;
    }
    return filters->tag_groups > 0;
}
