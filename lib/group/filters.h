/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_FILTERS_H
#define CDP_GROUP_FILTERS_H

#include "base/arena.h"
#include "group/model.h"
#include "group/pattern.h"

/*
 * Tag filters made ready for many instances. What a filter asks for (a key, a value, both) is
 * hashed; a tag is looked up once for each of the three, instead of being compared with every
 * filter. Values with `*` are chained behind their keys.
 */
typedef struct cdp_filter {
    cdp_string key;
    cdp_string value;
    cdp_pattern pattern;
    cdp_tag_filter_type type;
    bool is_pattern;
    uint32_t tag_group;
    uint32_t index; /* in its tag group */
    uint32_t hash;
    uint32_t next; /* in the same bucket, from 1; 0: none */
} cdp_filter;

typedef struct cdp_filters {
    cdp_filter *filters;
    size_t count;
    size_t tag_groups;
    /* Buckets of filters that ask for a key, a value, or both at once; their number is mask + 1. */
    uint32_t *buckets;
    uint32_t mask;
    /* Values with `*` and any key. */
    uint32_t loose;
    /* Which lookups are needed at all. */
    bool by_key;
    bool by_value;
    bool by_both;
} cdp_filters;

/* `groups` are `count` lists of cdp_model_filter. CDP_OK or CDP_ERR_NOMEM. */
cdp_status cdp_filters_compile(cdp_filters *filters, cdp_arena *arena, const cdp_model_list *groups,
                               size_t count);

/* The first filter of each tag group that one of the tags meets, or CDP_MATCH_NONE. True when each
 * tag group has one, and there is a tag group. */
bool cdp_filters_match(const cdp_filters *filters, const cdp_tag *tags, size_t count,
                       uint32_t first[CDP_GROUP_TAG_GROUP_LIMIT]);

/* Whether one filter matches one tag. */
bool cdp_filter_matches(const cdp_filter *filter, const cdp_tag *tag);

#endif
