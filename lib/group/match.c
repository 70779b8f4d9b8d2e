/* SPDX-License-Identifier: MIT */
/* Whether an instance belongs to a group, and the sentence that says why. */
#include <codedeploy/membership.h>

#include "base/sized.h"
#include "base/strings.h"
#include "base/text.h"
#include "group/group.h"

/* ---- deciding -------------------------------------------------------------------------------- */

/* The index of the Auto Scaling group of this name, or CDP_MATCH_NONE; of two the first. */
static uint32_t find_scaling(const cdp_group *group, cdp_string name)
{
    size_t low = 0;
    size_t high = group->model.auto_scaling.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (cdp_string_compare(group->scaling[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == group->model.auto_scaling.count || !cdp_string_equal(group->scaling[low].name, name))
        return CDP_MATCH_NONE;
    return group->scaling[low].index;
}

static bool is_ready(const cdp_instance *instance)
{
    if (instance->state == CDP_INSTANCE_STATE_NOT_SAID)
        return true;
    return instance->state == (instance->kind == CDP_INSTANCE_EC2 ? CDP_INSTANCE_STATE_RUNNING
                                                                  : CDP_INSTANCE_STATE_REGISTERED);
}

static bool is_in_service(const cdp_instance *instance)
{
    return instance->auto_scaling_state == CDP_AUTO_SCALING_STATE_NOT_SAID ||
           instance->auto_scaling_state == CDP_AUTO_SCALING_STATE_IN_SERVICE;
}

/* Why an instance that neither tags nor an Auto Scaling group select is not selected. */
static cdp_match_reason reason_against(const cdp_group *group, const cdp_instance *instance,
                                       const cdp_match *match)
{
    bool scales = instance->kind == CDP_INSTANCE_EC2 && group->model.auto_scaling.count > 0;

    if (match->auto_scaling_group != CDP_MATCH_NONE)
        return CDP_MATCH_NOT_IN_SERVICE;
    if (group->filters[instance->kind].tag_groups > 0)
        return CDP_MATCH_NO_FILTER;
    return scales ? CDP_MATCH_NO_AUTO_SCALING_GROUP : CDP_MATCH_NOTHING_SELECTS;
}

static cdp_match_reason decide(const cdp_group *group, const cdp_instance *instance,
                               cdp_match *match)
{
    const cdp_filters *filters = &group->filters[instance->kind];
    bool by_tags;
    bool by_scaling;

    if (group->platform == CDP_PLATFORM_LAMBDA || group->platform == CDP_PLATFORM_ECS)
        return CDP_MATCH_OTHER_PLATFORM;
    by_tags = cdp_filters_match(filters, instance->tags, instance->tag_count, match->filters);
    for (size_t i = filters->tag_groups; i-- > 0;) {
        if (match->filters[i] == CDP_MATCH_NONE)
            match->tag_group = (uint32_t)i;
    }
    if (instance->kind == CDP_INSTANCE_EC2 && instance->auto_scaling_group.length > 0)
        match->auto_scaling_group = find_scaling(group, instance->auto_scaling_group);
    by_scaling = match->auto_scaling_group != CDP_MATCH_NONE && is_in_service(instance);
    if (!by_tags && !by_scaling)
        return reason_against(group, instance, match);
    if (!is_ready(instance))
        return instance->kind == CDP_INSTANCE_EC2 ? CDP_MATCH_NOT_RUNNING
                                                  : CDP_MATCH_NOT_REGISTERED;
    return by_tags ? CDP_MATCH_TAGS : CDP_MATCH_AUTO_SCALING_GROUP;
}

/* Reads and checks what the caller gave. */
static cdp_status take(const cdp_group *group, const cdp_instance *instance, cdp_instance *own)
{
    cdp_status status;

    if (!group)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(own, sizeof *own, instance);
    if (status != CDP_OK)
        return status;
    if ((own->kind != CDP_INSTANCE_EC2 && own->kind != CDP_INSTANCE_ON_PREMISES) ||
        (own->tag_count > 0 && !own->tags))
        return CDP_ERR_ARGUMENT;
    return CDP_OK;
}

static cdp_match judge(const cdp_group *group, const cdp_instance *instance)
{
    cdp_match match = {.size = sizeof match,
                       .filters = {CDP_MATCH_NONE, CDP_MATCH_NONE, CDP_MATCH_NONE},
                       .tag_group = CDP_MATCH_NONE,
                       .auto_scaling_group = CDP_MATCH_NONE,
                       .near_filter = CDP_MATCH_NONE,
                       .near_tag = CDP_MATCH_NONE};

    match.reason = decide(group, instance, &match);
    match.selected = match.reason == CDP_MATCH_TAGS || match.reason == CDP_MATCH_AUTO_SCALING_GROUP;
    return match;
}

cdp_status cdp_group_match(const cdp_group *group, const cdp_instance *instance, cdp_match *match)
{
    cdp_instance own;
    cdp_match found;
    cdp_status status = take(group, instance, &own);

    if (status != CDP_OK)
        return status;
    found = judge(group, &own);
    return cdp_sized_write(match, &found, sizeof found);
}

/* ---- explaining ------------------------------------------------------------------------------ */

/* The tag that has a filter's key, or else its value. */
static uint32_t nearest_tag(const cdp_filter *filter, const cdp_instance *instance)
{
    for (size_t i = 0; i < instance->tag_count; i++) {
        if (filter->key.data && cdp_string_equal(filter->key, instance->tags[i].key))
            return (uint32_t)i;
    }
    for (size_t i = 0; i < instance->tag_count; i++) {
        if (filter->value.length > 0 && cdp_string_equal(filter->value, instance->tags[i].value))
            return (uint32_t)i;
    }
    return CDP_MATCH_NONE;
}

/* Of the filters of the tag group that nothing meets: one whose key is there, else one whose value
 * is, else the first. */
static void find_nearest(const cdp_group *group, const cdp_instance *instance, cdp_match *match)
{
    const cdp_filters *filters = &group->filters[instance->kind];
    bool has_key = false;

    for (size_t i = 0; i < filters->count && !has_key; i++) {
        const cdp_filter *filter = &filters->filters[i];
        uint32_t tag;

        if (filter->tag_group != match->tag_group)
            continue;
        tag = nearest_tag(filter, instance);
        has_key = tag != CDP_MATCH_NONE && filter->key.data &&
                  cdp_string_equal(filter->key, instance->tags[tag].key);
        if (has_key || match->near_filter == CDP_MATCH_NONE ||
            (match->near_tag == CDP_MATCH_NONE && tag != CDP_MATCH_NONE)) {
            match->near_filter = filter->index;
            match->near_tag = tag;
        }
    }
}

cdp_status cdp_group_explain(const cdp_group *group, const cdp_instance *instance, cdp_match *match)
{
    cdp_instance own;
    cdp_match found;
    cdp_status status = take(group, instance, &own);

    if (status != CDP_OK)
        return status;
    found = judge(group, &own);
    if (found.reason == CDP_MATCH_NO_FILTER)
        find_nearest(group, &own, &found);
    return cdp_sized_write(match, &found, sizeof found);
}

/* ---- sentences ------------------------------------------------------------------------------- */

/* What a sentence is made from. */
typedef struct sentence {
    const cdp_group *group;
    const cdp_instance *instance;
    const cdp_match *match;
    cdp_text *text;
} sentence;

static void put_pair(cdp_text *text, cdp_string key, cdp_string value)
{
    cdp_text_put_printable(text, key.data ? key : CDP_STR("*"));
    cdp_text_put_byte(text, '=');
    cdp_text_put_printable(text, value.data ? value : CDP_STR("*"));
}

/* `filter 2, role=web`; with several tag groups ` of tag group 1` behind the number. */
static void put_filter(const sentence *telling, uint32_t tag_group, uint32_t index)
{
    const cdp_filters *filters = &telling->group->filters[telling->instance->kind];

    cdp_text_put_c(telling->text, "filter ");
    cdp_text_put_uint(telling->text, (uint64_t)index + 1);
    if (filters->tag_groups > 1) {
        cdp_text_put_c(telling->text, " of tag group ");
        cdp_text_put_uint(telling->text, (uint64_t)tag_group + 1);
    }
    for (size_t i = 0; i < filters->count; i++) {
        if (filters->filters[i].tag_group == tag_group && filters->filters[i].index == index) {
            cdp_text_put_c(telling->text, ", ");
            put_pair(telling->text, filters->filters[i].key, filters->filters[i].value);
        }
    }
}

static void put_tags(const sentence *telling)
{
    size_t count = telling->group->filters[telling->instance->kind].tag_groups;

    cdp_text_put_c(telling->text, "it matches ");
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            cdp_text_put_c(telling->text, i + 1 < count ? "; " : "; and ");
        put_filter(telling, i, telling->match->filters[i]);
    }
}

static void put_nearest(const sentence *telling)
{
    const cdp_match *match = telling->match;
    const cdp_tag *tags = telling->instance->tags;

    if (match->near_filter == CDP_MATCH_NONE)
        return;
    cdp_text_put_c(telling->text, "; the nearest is ");
    put_filter(telling, match->tag_group, match->near_filter);
    if (match->near_tag == CDP_MATCH_NONE) {
        cdp_text_put_c(telling->text, ", and there is no such tag");
        return;
    }
    cdp_text_put_c(telling->text, ", and the tag is ");
    put_pair(telling->text, tags[match->near_tag].key,
             tags[match->near_tag].value.data ? tags[match->near_tag].value : CDP_STR(""));
}

static void put_no_filter(const sentence *telling)
{
    cdp_text_put_c(telling->text, "no filter");
    if (telling->group->filters[telling->instance->kind].tag_groups > 1) {
        cdp_text_put_c(telling->text, " of tag group ");
        cdp_text_put_uint(telling->text, (uint64_t)telling->match->tag_group + 1);
    }
    cdp_text_put_c(telling->text, " matches");
    put_nearest(telling);
    if (telling->group->model.auto_scaling.count > 0 && telling->instance->kind == CDP_INSTANCE_EC2)
        cdp_text_put_c(telling->text, "; and it is in none of the group's Auto Scaling groups");
}

static void put_scaling(const sentence *telling, const char *before, const char *behind)
{
    cdp_text_put_c(telling->text, before);
    cdp_text_put_printable(telling->text, telling->instance->auto_scaling_group);
    cdp_text_put_c(telling->text, behind);
}

static void put_reason(const sentence *telling)
{
    const cdp_instance *instance = telling->instance;
    cdp_text *text = telling->text;

    switch (telling->match->reason) {
    case CDP_MATCH_TAGS:
        put_tags(telling);
        break;
    case CDP_MATCH_AUTO_SCALING_GROUP:
        put_scaling(telling, "it is in service in the Auto Scaling group ", "");
        break;
    case CDP_MATCH_NOTHING_SELECTS:
        cdp_text_put_c(text, instance->kind == CDP_INSTANCE_EC2
                                 ? "nothing in the group selects EC2 instances"
                                 : "nothing in the group selects on-premises instances");
        break;
    case CDP_MATCH_NO_FILTER:
        put_no_filter(telling);
        break;
    case CDP_MATCH_NO_AUTO_SCALING_GROUP:
        cdp_text_put_c(text, "it is in none of the group's Auto Scaling groups");
        break;
    case CDP_MATCH_NOT_IN_SERVICE:
        put_scaling(telling, "it is in the Auto Scaling group ", ", but not in service: it is ");
        cdp_text_put_c(text, cdp_auto_scaling_state_name(instance->auto_scaling_state));
        break;
    case CDP_MATCH_NOT_RUNNING:
        cdp_text_put_c(text, "it would be, but it is not running: it is ");
        cdp_text_put_c(text, cdp_instance_state_name(instance->state));
        break;
    case CDP_MATCH_NOT_REGISTERED:
        cdp_text_put_c(text, "its tags match, but it is not registered: it is ");
        cdp_text_put_c(text, cdp_instance_state_name(instance->state));
        break;
    case CDP_MATCH_OTHER_PLATFORM:
        cdp_text_put_c(text, "the group has no instances: it is on ");
        cdp_text_put_c(text, cdp_platform_name(telling->group->platform));
        break;
    }
}

/* Whether the indices of a match, which the caller could have changed, lead somewhere. */
static bool fits(const cdp_group *group, const cdp_instance *instance, const cdp_match *match)
{
    const cdp_filters *filters = &group->filters[instance->kind];

    if (match->reason < CDP_MATCH_TAGS || match->reason > CDP_MATCH_OTHER_PLATFORM)
        return false;
    if (match->reason == CDP_MATCH_TAGS && filters->tag_groups == 0)
        return false;
    if (match->reason == CDP_MATCH_NO_FILTER && match->tag_group >= filters->tag_groups)
        return false;
    return match->near_tag == CDP_MATCH_NONE || match->near_tag < instance->tag_count;
}

cdp_status cdp_match_render(const cdp_group *group, const cdp_instance *instance,
                            const cdp_match *match, cdp_text *text)
{
    cdp_instance own;
    cdp_match own_match;
    sentence telling = {group, &own, &own_match, text};
    size_t before;
    cdp_status status = text ? take(group, instance, &own) : CDP_ERR_ARGUMENT;

    if (status == CDP_OK)
        status = cdp_sized_read(&own_match, sizeof own_match, match);
    if (status != CDP_OK)
        return status;
    if (!fits(group, &own, &own_match))
        return CDP_ERR_ARGUMENT;
    before = text->length;
    cdp_text_put_printable(text, own.id.data ? own.id : CDP_STR("the instance"));
    cdp_text_put_c(text, own_match.selected ? " is selected: " : " is not selected: ");
    put_reason(&telling);
    status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, before);
    return status;
}
