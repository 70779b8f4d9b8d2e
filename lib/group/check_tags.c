/* SPDX-License-Identifier: MIT */
/* Tag filters and tag sets, of EC2 and of on-premises instances alike. */
#include "group/check.h"

/* The same rules have exceptions, and so codes, of their own for each kind of instances. */
typedef struct tag_rules {
    cdp_diagnostic_code incomplete;
    cdp_diagnostic_code superfluous;
    cdp_diagnostic_code too_long;
    cdp_diagnostic_code size;
    cdp_diagnostic_code twice;
    cdp_diagnostic_code platform;
} tag_rules;

static const tag_rules rules[CDP_MODEL_KINDS] = {
    {CDP_DIAGNOSTIC_GROUP_EC2_FILTER_INCOMPLETE, CDP_DIAGNOSTIC_GROUP_EC2_FILTER_SUPERFLUOUS,
     CDP_DIAGNOSTIC_GROUP_EC2_FILTER_TOO_LONG, CDP_DIAGNOSTIC_GROUP_EC2_TAG_GROUP_SIZE,
     CDP_DIAGNOSTIC_GROUP_EC2_FILTERS_TWICE, CDP_DIAGNOSTIC_GROUP_EC2_TAGS_PLATFORM},
    {CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTER_INCOMPLETE,
     CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTER_SUPERFLUOUS,
     CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTER_TOO_LONG,
     CDP_DIAGNOSTIC_GROUP_ON_PREMISES_TAG_GROUP_SIZE,
     CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTERS_TWICE,
     CDP_DIAGNOSTIC_GROUP_ON_PREMISES_TAGS_PLATFORM},
};

/* ---- one filter ------------------------------------------------------------------------------ */

static void report_filter(const cdp_group_checks *checks, cdp_node node, cdp_diagnostic_code code,
                          const cdp_model_filter *filter, const char *part)
{
    cdp_group_reason which = {.length = 0};

    cdp_reason_put(&which, CDP_STR("without a type"));
    if (filter->type.given.node) {
        which.length = 0;
        cdp_reason_put(&which, CDP_STR("of type "));
        cdp_reason_put(&which, filter->type.text);
    }
    cdp_findings_report(
        checks->findings, node,
        (cdp_report){.code = code,
                     .severity = code == CDP_DIAGNOSTIC_GROUP_EC2_FILTER_SUPERFLUOUS ||
                                         code == CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTER_SUPERFLUOUS
                                     ? cdp_told_severity(checks)
                                     : (cdp_severity)0,
                     .arguments = {cdp_reason_text(&which), cdp_string_of(part)}});
}

/* Key and value are compared only as far as the type says; the other half is left out. */
static void check_unneeded(const cdp_group_checks *checks, const tag_rules *rule,
                           cdp_model_filter *filter, cdp_model_value *part, const char *name)
{
    if (part->text.length > 0)
        report_filter(checks, part->given.node, rule->superfluous, filter, name);
    *part = (cdp_model_value){.given = {.node = 0}};
}

static cdp_tag_filter_type type_of(const cdp_model_filter *filter)
{
    bool has_key = filter->key.text.length > 0;

    if (filter->type.given.node)
        return (cdp_tag_filter_type)filter->type.number;
    if (has_key && filter->value.text.data)
        return CDP_TAG_FILTER_KEY_AND_VALUE;
    return has_key ? CDP_TAG_FILTER_KEY_ONLY : CDP_TAG_FILTER_VALUE_ONLY;
}

static void check_parts(const cdp_group_checks *checks, const tag_rules *rule,
                        cdp_model_filter *filter, cdp_tag_filter_type type)
{
    cdp_node node = filter->given.node;

    if (!filter->type.given.node && filter->key.text.length == 0 &&
        filter->value.text.length == 0) {
        report_filter(checks, node, rule->incomplete, filter, "Key or Value");
        return;
    }
    if (type == CDP_TAG_FILTER_VALUE_ONLY)
        check_unneeded(checks, rule, filter, &filter->key, "Key");
    else if (filter->key.text.length == 0)
        report_filter(checks, node, rule->incomplete, filter, "Key");
    if (type == CDP_TAG_FILTER_KEY_ONLY)
        check_unneeded(checks, rule, filter, &filter->value, "Value");
    else if (!filter->value.text.data)
        report_filter(checks, node, rule->incomplete, filter, "Value");
}

static void check_part_length(const cdp_group_checks *checks, const tag_rules *rule,
                              const cdp_model_value *part, const char *called, size_t limit)
{
    size_t length = cdp_group_length(part->text);
    cdp_number_buffer buffers[2];

    if (length > limit)
        cdp_findings_report(
            checks->findings, part->given.node,
            (cdp_report){.code = rule->too_long,
                         .arguments = {cdp_string_of(called),
                                       cdp_number_text((int64_t)length, &buffers[0]),
                                       cdp_number_text((int64_t)limit, &buffers[1])}});
}

static void check_filter(const cdp_group_checks *checks, const tag_rules *rule,
                         cdp_model_filter *filter)
{
    cdp_tag_filter_type type;

    if (filter->given.broken || filter->key.given.broken || filter->value.given.broken ||
        filter->type.given.broken)
        return;
    type = type_of(filter);
    check_parts(checks, rule, filter, type);
    filter->type.given.node = cdp_node_of(&filter->type, filter->given.node);
    filter->type.number = type;
    check_part_length(checks, rule, &filter->key, "key", CDP_GROUP_TAG_KEY_LIMIT);
    check_part_length(checks, rule, &filter->value, "value", CDP_GROUP_TAG_VALUE_LIMIT);
    if (cdp_string_find(filter->key.text, '*', 0) < filter->key.text.length)
        cdp_group_report(checks, filter->key.given.node, CDP_DIAGNOSTIC_GROUP_FILTER_KEY_WILDCARD,
                         filter->key.text, filter->key.text);
}

/* ---- lists of filters ------------------------------------------------------------------------ */

static void check_filters(const cdp_group_checks *checks, const tag_rules *rule,
                          const cdp_model_list *list, cdp_string name)
{
    cdp_model_filter *filters = list->items;
    cdp_group_text *texts = cdp_group_texts_new(checks, list->count);
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        check_filter(checks, rule, &filters[i]);
        if (texts && (filters[i].key.text.data || filters[i].value.text.data))
            texts[count++] =
                (cdp_group_text){filters[i].key.text, filters[i].value.text, filters[i].given.node};
    }
    if (texts)
        cdp_group_check_repeated(checks, texts, count, name, name,
                                 CDP_DIAGNOSTIC_GROUP_FILTER_REPEATED);
    cdp_group_texts_free(checks, texts, list->count);
}

static void check_size(const cdp_group_checks *checks, const tag_rules *rule,
                       const cdp_model_list *list, cdp_string name, cdp_severity severity)
{
    cdp_number_buffer buffers[2];

    if (list->count > CDP_GROUP_FILTER_LIMIT || list->count == 0)
        cdp_findings_report(
            checks->findings, list->given.node,
            (cdp_report){.code = rule->size,
                         .severity = severity,
                         .arguments = {name, cdp_number_text((int64_t)list->count, &buffers[0]),
                                       cdp_number_text(CDP_GROUP_FILTER_LIMIT, &buffers[1])}});
}

static void check_tag_set(const cdp_group_checks *checks, int kind)
{
    const cdp_model_list *groups = &checks->model->tag_sets[kind].groups;
    const cdp_model_list *lists = groups->items;
    const char *name = cdp_model_tag_set_names[kind];

    cdp_group_check_count(checks, groups, name, CDP_GROUP_TAG_GROUP_LIMIT,
                          CDP_DIAGNOSTIC_GROUP_TAG_SET_SIZE);
    for (size_t i = 0; i < groups->count; i++) {
        cdp_group_reason which = {.length = 0};

        if (lists[i].given.broken)
            continue;
        cdp_reason_put(&which, CDP_STR("Tag group "));
        cdp_reason_put_number(&which, i + 1);
        cdp_reason_put(&which, CDP_STR(" of "));
        cdp_reason_put(&which, cdp_string_of(name));
        check_size(checks, &rules[kind], &lists[i], cdp_reason_text(&which), (cdp_severity)0);
        check_filters(checks, &rules[kind], &lists[i], cdp_reason_text(&which));
    }
}

static void check_kind(const cdp_group_checks *checks, int kind)
{
    const cdp_model_list *flat = &checks->model->filters[kind];
    const cdp_model_tag_set *set = &checks->model->tag_sets[kind];
    bool on_server =
        checks->platform == CDP_PLATFORM_SERVER || checks->platform == CDP_PLATFORM_AUTO;
    cdp_string name = cdp_string_of(cdp_model_filter_names[kind]);

    if (!on_server && flat->count > 0)
        cdp_group_report(checks, flat->given.node, rules[kind].platform, cdp_platform_text(checks),
                         name);
    if (!on_server && set->groups.count > 0)
        cdp_group_report(checks, set->given.node, rules[kind].platform, cdp_platform_text(checks),
                         cdp_string_of(cdp_model_tag_set_names[kind]));
    if (flat->count > 0 && set->groups.count > 0)
        cdp_group_report(checks, set->given.node, rules[kind].twice, name, name);
    if (flat->count > 0)
        check_size(checks, &rules[kind], flat, name, CDP_SEVERITY_WARNING);
    check_filters(checks, &rules[kind], flat, name);
    check_tag_set(checks, kind);
}

void cdp_group_check_tags(const cdp_group_checks *checks)
{
    for (int kind = 0; kind < CDP_MODEL_KINDS; kind++)
        check_kind(checks, kind);
}
