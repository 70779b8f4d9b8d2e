/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_CHECK_H
#define CDP_GROUP_CHECK_H

#include "group/findings.h"
#include "group/model.h"

/* From the user guide's limits and the API's shapes. */
enum {
    CDP_GROUP_NAME_LIMIT = 100,
    CDP_GROUP_GROUPS_LIMIT = 1000,
    CDP_GROUP_FILTER_LIMIT = 10,
    CDP_GROUP_TAG_KEY_LIMIT = 128,
    CDP_GROUP_TAG_VALUE_LIMIT = 256,
    CDP_GROUP_AUTO_SCALING_LIMIT = 10,
    CDP_GROUP_AUTO_SCALING_NAME_LIMIT = 255,
    CDP_GROUP_BALANCER_LIMIT = 10,
    CDP_GROUP_BALANCER_NAME_LIMIT = 32,
    CDP_GROUP_TRIGGER_LIMIT = 10,
    CDP_GROUP_ALARM_LIMIT = 10,
    CDP_GROUP_ALARM_NAME_LIMIT = 255,
    CDP_GROUP_ARN_LIMIT = 1011,
    CDP_GROUP_MINUTES_LIMIT = 2880,
    CDP_GROUP_ECS_READY_LIMIT = 7200
};

/* What the checks of one group share. */
typedef struct cdp_group_checks {
    cdp_findings *findings;
    cdp_model *model;
    const cdp_group_options *options;
    const cdp_allocator *allocator;
    cdp_platform platform;
    cdp_deployment_type type;
    cdp_deployment_option option;
    /* Told by the service: what it has accepted, though it is refused when new, is warned of. */
    bool told;
    /* The replacement environment of a deployment, not a group that is to be made. */
    bool replacement;
} cdp_group_checks;

/*
 * Finds out platform and style, makes explicit what the model leaves open (the types of filters), and
 * reports every violation.
 */
void cdp_group_check(cdp_group_checks *checks);

/* Its parts, in the order in which they are run. */
void cdp_group_check_names(const cdp_group_checks *checks);
void cdp_group_check_tags(const cdp_group_checks *checks);
void cdp_group_check_targets(const cdp_group_checks *checks);
void cdp_group_check_traffic(const cdp_group_checks *checks);
void cdp_group_check_blue_green(const cdp_group_checks *checks);
void cdp_group_check_watching(const cdp_group_checks *checks);

/* ---- what they have in common ------------------------------------------------------------------ */

static inline bool cdp_is_given(const cdp_given *given)
{
    return given->node != 0 && !given->broken;
}

static inline bool cdp_is_enabled(const cdp_model_value *flag)
{
    return cdp_is_given(&flag->given) && flag->number != 0;
}

static inline bool cdp_is_word(const cdp_model_value *value, int word)
{
    return cdp_is_given(&value->given) && value->number == word;
}

/* Absent or empty; what is broken was reported already. */
static inline bool cdp_is_empty(const cdp_model_value *value)
{
    return !value->given.broken && value->text.length == 0;
}

static inline bool cdp_list_is_empty(const cdp_model_list *list)
{
    return list->count == 0 && !list->given.broken;
}

/* Whether a kind of instances is selected by tags at all. */
static inline bool cdp_has_filters(const cdp_model *model, int kind)
{
    return model->filters[kind].count > 0 || model->tag_sets[kind].groups.count > 0;
}

/* Where to report something about a value: at its own place, or where it should be. */
static inline cdp_node cdp_node_of(const cdp_model_value *value, cdp_node object)
{
    return value->given.node ? value->given.node : object;
}

static inline cdp_string cdp_platform_text(const cdp_group_checks *checks)
{
    return cdp_string_of(cdp_platform_name(checks->platform));
}

/* The severity of what the service may have accepted long ago. */
static inline cdp_severity cdp_told_severity(const cdp_group_checks *checks)
{
    return checks->told ? CDP_SEVERITY_WARNING : (cdp_severity)0;
}

/* Characters, or bytes where the text is not UTF-8. */
size_t cdp_group_length(cdp_string text);

void cdp_group_report(const cdp_group_checks *checks, cdp_node node, cdp_diagnostic_code code,
                      cdp_string first, cdp_string second);

/* {0} and {1} are numbers. */
void cdp_group_report_numbers(const cdp_group_checks *checks, cdp_node node,
                              cdp_diagnostic_code code, size_t first, size_t second);

/* `member` should stand in `object`, which is called `first`, {0}; {1} is the member. Without a
 * `first` the member itself is {0}. */
void cdp_group_report_missing(const cdp_group_checks *checks, cdp_node object, const char *member,
                              cdp_diagnostic_code code, const char *first);

/* A list is not longer than `limit`: {0} its name, {1} its length, {2} the limit. Without a name {0}
 * is the length, {1} the limit. */
void cdp_group_check_count(const cdp_group_checks *checks, const cdp_model_list *list,
                           const char *name, size_t limit, cdp_diagnostic_code code);

/* A name has 1 to `limit` characters: {0} is how many it has, {1} the limit. */
void cdp_group_check_length(const cdp_group_checks *checks, const cdp_model_value *name,
                            cdp_node object, size_t limit, cdp_diagnostic_code code);

/* A text, possibly of two parts, and where it stands. */
typedef struct cdp_group_text {
    cdp_string text;
    cdp_string rest;
    cdp_node node;
} cdp_group_text;

/* Room for `count` texts, to be given back with the same count. NULL for 0, and without memory, which
 * is noted. */
cdp_group_text *cdp_group_texts_new(const cdp_group_checks *checks, size_t count);
void cdp_group_texts_free(const cdp_group_checks *checks, cdp_group_text *texts, size_t count);

/* Reports each text that stands in the list before it too. {0} is `first`, {1} `second`; the text
 * takes the place of the one that is absent. Sorts `texts`. */
void cdp_group_check_repeated(const cdp_group_checks *checks, cdp_group_text *texts, size_t count,
                              cdp_string first, cdp_string second, cdp_diagnostic_code code);

/* `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, with a resource that begins with `resource`, and
 * more behind it. */
bool cdp_group_is_arn(cdp_string text, const char *service, const char *resource);

/* Why something is refused, as the end of a sentence. */
typedef struct cdp_group_reason {
    char bytes[192];
    size_t length;
} cdp_group_reason;

void cdp_reason_put(cdp_group_reason *reason, cdp_string text);
void cdp_reason_put_number(cdp_group_reason *reason, size_t number);

static inline cdp_string cdp_reason_text(const cdp_group_reason *reason)
{
    return cdp_string_slice(reason->bytes, reason->length);
}

/* How many bytes at its beginning a name may consist of: a-z A-Z 0-9 . _ + = , @ - . */
size_t cdp_group_name_span(cdp_string text);

/* A name of the API: at most 100 of those. */
bool cdp_group_is_name(cdp_string text, cdp_group_reason *reason);

#endif
