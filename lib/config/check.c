/* SPDX-License-Identifier: MIT */
/* The constraints of CreateDeploymentConfig, each a diagnostic with the API's exception. */
#include "base/number.h"
#include "base/utf8.h"
#include "config/draft.h"

static bool is_given(const cdp_config_draft *draft, cdp_config_field field)
{
    return draft->values[field].state == CDP_FIELD_GIVEN;
}

static bool is_absent(const cdp_config_draft *draft, cdp_config_field field)
{
    return draft->values[field].state == CDP_FIELD_ABSENT;
}

static cdp_string name_of(const cdp_config_draft *draft, cdp_config_field field)
{
    return cdp_string_of(cdp_config_field_name(draft->shape, field));
}

/* A number as it was written, or its decimal digits in `buffer`. */
static cdp_string number_text(const cdp_config_value *value, cdp_number_buffer *buffer)
{
    return value->text.data ? value->text : cdp_number_text(value->number, buffer);
}

/* Reports the member's word or number as {0}. */
static void report_value(cdp_config_draft *draft, cdp_config_field field, cdp_diagnostic_code code,
                         cdp_string hint)
{
    const cdp_config_value *value = &draft->values[field];
    cdp_number_buffer buffer;
    cdp_string text = cdp_config_fields[field].kind == CDP_KIND_NUMBER ? number_text(value, &buffer)
                                                                       : value->text;

    cdp_config_report(
        draft, field,
        (cdp_report){.code = code, .arguments = {text, name_of(draft, field)}, .hint = hint});
}

/* Reports that `field` needs the member `missing`. */
static void report_missing(cdp_config_draft *draft, cdp_config_field missing,
                           cdp_diagnostic_code code)
{
    cdp_config_field parent = cdp_config_fields[missing].parent;

    cdp_config_report(
        draft, missing,
        (cdp_report){.code = code, .arguments = {name_of(draft, parent), name_of(draft, missing)}});
}

/* The number is there and within its range; what is not is reported. */
static bool check_range(cdp_config_draft *draft, cdp_config_field field, int64_t least,
                        int64_t most, cdp_diagnostic_code code)
{
    if (!is_given(draft, field))
        return false;
    if (draft->values[field].number >= least && draft->values[field].number <= most)
        return true;
    report_value(draft, field, code, (cdp_string){NULL, 0});
    return false;
}

/* ---- name ------------------------------------------------------------------------------------ */

static bool is_name_character(char c)
{
    static const char marks[] = "._+=,@-";

    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || cdp_is_digit(c) ||
           memchr(marks, c, sizeof marks - 1) != NULL;
}

static void check_name_characters(cdp_config_draft *draft, cdp_string name)
{
    for (size_t i = 0; i < name.length; i++) {
        size_t length;

        if (is_name_character(name.data[i]))
            continue;
        length = cdp_utf8_length(name, i);
        cdp_config_report(draft, CDP_FIELD_NAME,
                          (cdp_report){.code = CDP_DIAGNOSTIC_CONFIG_NAME_CHARACTER,
                                       .arguments = {name, cdp_string_slice(name.data + i,
                                                                            length ? length : 1)}});
        return;
    }
}

void cdp_config_check_name(cdp_config_draft *draft)
{
    cdp_string name = draft->values[CDP_FIELD_NAME].text;
    cdp_number_buffer buffer;

    if (name.length == 0) {
        report_missing(draft, CDP_FIELD_NAME, CDP_DIAGNOSTIC_CONFIG_NAME_REQUIRED);
        return;
    }
    if (name.length > CDP_CONFIG_NAME_LENGTH)
        cdp_config_report(
            draft, CDP_FIELD_NAME,
            (cdp_report){.code = CDP_DIAGNOSTIC_CONFIG_NAME_LENGTH,
                         .arguments = {cdp_number_text((int64_t)name.length, &buffer)}});
    check_name_characters(draft, name);
}

static bool is_reserved(cdp_string name)
{
    return cdp_string_starts_with(name, CDP_STR(CDP_CONFIG_RESERVED_PREFIX));
}

static void check_own_name(cdp_config_draft *draft)
{
    const cdp_config_value *name = &draft->values[CDP_FIELD_NAME];

    if (name->state == CDP_FIELD_BROKEN)
        return;
    if (draft->shape == CDP_CONFIG_SHAPE_HOOK) {
        if (is_given(draft, CDP_FIELD_NAME))
            report_value(draft, CDP_FIELD_NAME, CDP_DIAGNOSTIC_CONFIG_HOOK_NAMED,
                         (cdp_string){NULL, 0});
        return;
    }
    if (!name->text.data && (draft->may_be_unnamed || draft->shape == CDP_CONFIG_SHAPE_INFO))
        return;
    cdp_config_check_name(draft);
    if (draft->shape == CDP_CONFIG_SHAPE_CREATE && is_reserved(name->text))
        report_value(draft, CDP_FIELD_NAME, CDP_DIAGNOSTIC_CONFIG_NAME_RESERVED,
                     (cdp_string){NULL, 0});
}

/* ---- words ----------------------------------------------------------------------------------- */

/* The index of the member's word among `words`, or 0 after reporting that it is none of them. */
static int check_word(cdp_config_draft *draft, cdp_config_field field, const char *const *words,
                      size_t count, cdp_diagnostic_code code)
{
    cdp_string text = draft->values[field].text;
    char hint[96];
    size_t length = 0;
    size_t near;

    for (size_t i = 1; i < count; i++) {
        if (cdp_string_equal_c(text, words[i]))
            return (int)i;
    }
    near = cdp_suggest(text, words + 1, count - 1);
    if (near + 1 < count) {
        const char *parts[] = {"Write ", words[near + 1], "."};

        for (size_t i = 0; i < 3; i++) {
            memcpy(hint + length, parts[i], strlen(parts[i]));
            length += strlen(parts[i]);
        }
    }
    report_value(draft, field, code, cdp_string_slice(length ? hint : NULL, length));
    return 0;
}

/* Afterwards the platform is AUTO when it is not known; what depends on it is then not checked. */
static void check_platform(cdp_config_draft *draft, cdp_config *config)
{
    const char *words[CDP_PLATFORM_ECS + 1];

    for (int i = 0; i <= CDP_PLATFORM_ECS; i++)
        words[i] = cdp_platform_name((cdp_platform)i);
    if (is_absent(draft, CDP_FIELD_PLATFORM))
        config->platform =
            draft->shape == CDP_CONFIG_SHAPE_HOOK ? CDP_PLATFORM_ECS : CDP_PLATFORM_SERVER;
    else if (is_given(draft, CDP_FIELD_PLATFORM))
        config->platform =
            (cdp_platform)check_word(draft, CDP_FIELD_PLATFORM, words, CDP_PLATFORM_ECS + 1,
                                     CDP_DIAGNOSTIC_CONFIG_PLATFORM_UNKNOWN);
}

/* ---- minimum healthy hosts ------------------------------------------------------------------- */

/* What differs between the deployment's minimum and that of a zone. */
typedef struct minimum_rules {
    cdp_config_field object; /* followed by its type and its value */
    cdp_diagnostic_code incomplete;
    cdp_diagnostic_code unknown_type;
    cdp_diagnostic_code read_only;
    cdp_diagnostic_code count;
    cdp_diagnostic_code percent;
} minimum_rules;

static const minimum_rules fleet_rules = {
    CDP_FIELD_MINIMUM,
    CDP_DIAGNOSTIC_CONFIG_MINIMUM_INCOMPLETE,
    CDP_DIAGNOSTIC_CONFIG_MINIMUM_TYPE_UNKNOWN,
    CDP_DIAGNOSTIC_CONFIG_MINIMUM_READ_ONLY,
    CDP_DIAGNOSTIC_CONFIG_MINIMUM_COUNT,
    CDP_DIAGNOSTIC_CONFIG_MINIMUM_PERCENT,
};
static const minimum_rules zone_rules = {
    CDP_FIELD_ZONE_MINIMUM,
    CDP_DIAGNOSTIC_CONFIG_ZONE_MINIMUM_INCOMPLETE,
    CDP_DIAGNOSTIC_CONFIG_ZONE_MINIMUM_TYPE_UNKNOWN,
    CDP_DIAGNOSTIC_CONFIG_ZONE_MINIMUM_TYPE_UNKNOWN,
    CDP_DIAGNOSTIC_CONFIG_ZONE_MINIMUM_COUNT,
    CDP_DIAGNOSTIC_CONFIG_ZONE_MINIMUM_PERCENT,
};

static cdp_minimum_type check_minimum_type(cdp_config_draft *draft, const minimum_rules *rules)
{
    cdp_config_field field = rules->object + 1;
    bool zone = rules->object == CDP_FIELD_ZONE_MINIMUM;

    if (is_absent(draft, field))
        report_missing(draft, field, rules->incomplete);
    if (!is_given(draft, field))
        return CDP_MINIMUM_NONE;
    if (!zone && cdp_string_equal_c(draft->values[field].text, "MOST_CONCURRENCY")) {
        if (draft->shape == CDP_CONFIG_SHAPE_INFO)
            return CDP_MINIMUM_MOST_CONCURRENCY;
        report_value(draft, field, rules->read_only, (cdp_string){NULL, 0});
        return CDP_MINIMUM_NONE;
    }
    return (cdp_minimum_type)check_word(draft, field, cdp_minimum_type_words,
                                        CDP_MINIMUM_MOST_CONCURRENCY, rules->unknown_type);
}

static void check_minimum(cdp_config_draft *draft, const minimum_rules *rules, cdp_minimum *minimum)
{
    cdp_config_field value = rules->object + 2;
    cdp_minimum_type type;

    if (!is_given(draft, rules->object))
        return;
    type = check_minimum_type(draft, rules);
    if (is_absent(draft, value))
        report_missing(draft, value, rules->incomplete);
    if (type == CDP_MINIMUM_NONE)
        return;
    if (type == CDP_MINIMUM_FLEET_PERCENT
            ? check_range(draft, value, 0, CDP_CONFIG_PERCENT_LIMIT, rules->percent)
            : check_range(draft, value, 0, CDP_CONFIG_COUNT_LIMIT, rules->count))
        *minimum = (cdp_minimum){type, draft->values[value].number};
}

static void check_fleet_minimum(cdp_config_draft *draft, cdp_config *config)
{
    if (config->platform == CDP_PLATFORM_SERVER && is_absent(draft, CDP_FIELD_MINIMUM))
        report_missing(draft, CDP_FIELD_MINIMUM, CDP_DIAGNOSTIC_CONFIG_MINIMUM_REQUIRED);
    if (config->platform > CDP_PLATFORM_SERVER && is_given(draft, CDP_FIELD_MINIMUM))
        cdp_config_report(
            draft, CDP_FIELD_MINIMUM,
            (cdp_report){.code = CDP_DIAGNOSTIC_CONFIG_MINIMUM_PLATFORM,
                         .arguments = {cdp_string_of(cdp_platform_name(config->platform))}});
    check_minimum(draft, &fleet_rules, &config->minimum);
}

/* ---- traffic --------------------------------------------------------------------------------- */

int64_t cdp_config_increments(cdp_traffic_type type, int64_t percentage)
{
    if (type == CDP_TRAFFIC_TIME_BASED_CANARY)
        return 2;
    return type == CDP_TRAFFIC_TIME_BASED_LINEAR ? (100 + percentage - 1) / percentage : 1;
}

/* The hook has defaults where the API wants a number. */
static void give_default(cdp_config_draft *draft, cdp_config_field field, int64_t number)
{
    if (!is_absent(draft, field))
        return;
    if (draft->shape == CDP_CONFIG_SHAPE_HOOK) {
        draft->values[field].state = CDP_FIELD_GIVEN;
        draft->values[field].number = number;
    } else {
        report_missing(draft, field, CDP_DIAGNOSTIC_CONFIG_TRAFFIC_INCOMPLETE);
    }
}

static void check_total(cdp_config_draft *draft, cdp_config_field object, const cdp_config *config)
{
    int64_t increments = cdp_config_increments(config->traffic_type, config->percentage);
    int64_t total = (increments - 1) * config->interval_minutes;
    cdp_number_buffer buffers[4];

    if (total <= CDP_CONFIG_MINUTES_LIMIT)
        return;
    cdp_config_report(
        draft, object + 2,
        (cdp_report){.code = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_TOO_LONG,
                     .arguments = {
                         cdp_number_text(increments, &buffers[0]),
                         cdp_number_text(config->interval_minutes, &buffers[1]),
                         cdp_number_text(total, &buffers[2]),
                         cdp_number_text(CDP_CONFIG_MINUTES_LIMIT / (increments - 1), &buffers[3]),
                     }});
}

static void check_timed(cdp_config_draft *draft, cdp_config_field object, cdp_config *config)
{
    bool hook = draft->shape == CDP_CONFIG_SHAPE_HOOK;
    bool good;

    if (is_absent(draft, object) && hook)
        draft->values[object].state = CDP_FIELD_GIVEN;
    if (is_absent(draft, object))
        report_missing(draft, object, CDP_DIAGNOSTIC_CONFIG_TRAFFIC_INCOMPLETE);
    if (!is_given(draft, object))
        return;
    give_default(draft, object + 1, CDP_CONFIG_HOOK_PERCENT_DEFAULT);
    give_default(draft, object + 2, CDP_CONFIG_HOOK_MINUTES_DEFAULT);
    good = check_range(
        draft, object + 1, hook ? CDP_CONFIG_HOOK_PERCENT_LEAST : 1, CDP_CONFIG_PERCENT_LIMIT,
        hook ? CDP_DIAGNOSTIC_CONFIG_HOOK_PERCENTAGE : CDP_DIAGNOSTIC_CONFIG_TRAFFIC_PERCENTAGE);
    good = check_range(draft, object + 2, 1, CDP_CONFIG_MINUTES_LIMIT,
                       CDP_DIAGNOSTIC_CONFIG_TRAFFIC_INTERVAL) &&
           good;
    if (!good)
        return;
    config->percentage = (int32_t)draft->values[object + 1].number;
    config->interval_minutes = (int32_t)draft->values[object + 2].number;
    check_total(draft, object, config);
}

/* The numbers of another type have no business here: one of the two is a mistake. */
static void check_contradiction(cdp_config_draft *draft, cdp_config_field object)
{
    if (is_given(draft, object))
        cdp_config_report(draft, object,
                          (cdp_report){.code = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_CONTRADICTION,
                                       .arguments = {draft->values[CDP_FIELD_TRAFFIC_TYPE].text,
                                                     name_of(draft, object)}});
}

static void check_routing(cdp_config_draft *draft, cdp_config *config)
{
    if (is_absent(draft, CDP_FIELD_TRAFFIC_TYPE))
        report_missing(draft, CDP_FIELD_TRAFFIC_TYPE, CDP_DIAGNOSTIC_CONFIG_TRAFFIC_INCOMPLETE);
    if (!is_given(draft, CDP_FIELD_TRAFFIC_TYPE))
        return;
    config->traffic_type = (cdp_traffic_type)check_word(
        draft, CDP_FIELD_TRAFFIC_TYPE, cdp_traffic_type_words, CDP_TRAFFIC_TYPE_WORDS,
        CDP_DIAGNOSTIC_CONFIG_TRAFFIC_TYPE_UNKNOWN);
    switch (config->traffic_type) {
    case CDP_TRAFFIC_NONE:
        break;
    case CDP_TRAFFIC_ALL_AT_ONCE:
        config->percentage = 100;
        check_contradiction(draft, CDP_FIELD_CANARY);
        check_contradiction(draft, CDP_FIELD_LINEAR);
        break;
    case CDP_TRAFFIC_TIME_BASED_CANARY:
        check_timed(draft, CDP_FIELD_CANARY, config);
        check_contradiction(draft, CDP_FIELD_LINEAR);
        break;
    case CDP_TRAFFIC_TIME_BASED_LINEAR:
        check_timed(draft, CDP_FIELD_LINEAR, config);
        check_contradiction(draft, CDP_FIELD_CANARY);
        break;
    }
}

static void check_traffic(cdp_config_draft *draft, cdp_config *config)
{
    if (config->platform == CDP_PLATFORM_SERVER && is_given(draft, CDP_FIELD_TRAFFIC))
        cdp_config_report(draft, CDP_FIELD_TRAFFIC,
                          (cdp_report){.code = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_PLATFORM});
    if (draft->shape == CDP_CONFIG_SHAPE_HOOK && is_absent(draft, CDP_FIELD_TRAFFIC)) {
        config->traffic_type = CDP_TRAFFIC_TIME_BASED_CANARY;
        check_timed(draft, CDP_FIELD_CANARY, config);
    } else if (config->platform > CDP_PLATFORM_SERVER && is_absent(draft, CDP_FIELD_TRAFFIC)) {
        cdp_config_report(
            draft, CDP_FIELD_TRAFFIC,
            (cdp_report){.code = CDP_DIAGNOSTIC_CONFIG_TRAFFIC_REQUIRED,
                         .arguments = {cdp_string_of(cdp_platform_name(config->platform))}});
    }
    if (is_given(draft, CDP_FIELD_TRAFFIC))
        check_routing(draft, config);
}

/* ---- zones ----------------------------------------------------------------------------------- */

static void check_zones(cdp_config_draft *draft, cdp_config *config)
{
    if (!is_given(draft, CDP_FIELD_ZONES))
        return;
    config->has_zones = true;
    if (config->platform > CDP_PLATFORM_SERVER)
        cdp_config_report(
            draft, CDP_FIELD_ZONES,
            (cdp_report){.code = CDP_DIAGNOSTIC_CONFIG_ZONE_PLATFORM,
                         .arguments = {cdp_string_of(cdp_platform_name(config->platform))}});
    config->has_monitor = check_range(draft, CDP_FIELD_ZONE_MONITOR, 0, CDP_CONFIG_SECONDS_LIMIT,
                                      CDP_DIAGNOSTIC_CONFIG_ZONE_DURATION);
    config->has_first_monitor =
        check_range(draft, CDP_FIELD_ZONE_FIRST_MONITOR, 0, CDP_CONFIG_SECONDS_LIMIT,
                    CDP_DIAGNOSTIC_CONFIG_ZONE_DURATION);
    config->monitor_seconds = draft->values[CDP_FIELD_ZONE_MONITOR].number;
    config->first_monitor_seconds = draft->values[CDP_FIELD_ZONE_FIRST_MONITOR].number;
    config->has_zone_minimum = is_given(draft, CDP_FIELD_ZONE_MINIMUM);
    config->zone_minimum = (cdp_minimum){CDP_MINIMUM_FLEET_PERCENT, 0};
    check_minimum(draft, &zone_rules, &config->zone_minimum);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool is_same(const cdp_config *a, const cdp_config *b)
{
    return a->platform == b->platform && a->minimum.type == b->minimum.type &&
           a->minimum.value == b->minimum.value && a->traffic_type == b->traffic_type &&
           a->percentage == b->percentage && a->interval_minutes == b->interval_minutes &&
           a->has_zones == b->has_zones;
}

static void keep_create_time(const cdp_config_draft *draft, cdp_config *config)
{
    config->create_time = draft->values[CDP_FIELD_CREATE_TIME].text;
    config->create_time_is_text = draft->values[CDP_FIELD_CREATE_TIME].is_text;
}

/* A predefined name means what it means, whatever stands beside it. */
static void become_predefined(cdp_config_draft *draft, cdp_config *config)
{
    const cdp_config *known = cdp_config_predefined(config->name);

    if (!known)
        return;
    if (!is_same(known, config))
        report_value(draft, CDP_FIELD_NAME, CDP_DIAGNOSTIC_CONFIG_PREDEFINED_DIFFERS,
                     (cdp_string){NULL, 0});
    *config = *known;
    config->id = draft->values[CDP_FIELD_ID].text;
    keep_create_time(draft, config);
}

cdp_status cdp_config_check(cdp_config_draft *draft, cdp_config *config)
{
    *config = (cdp_config){
        .name = draft->values[CDP_FIELD_NAME].text,
        .id = draft->values[CDP_FIELD_ID].text,
    };
    keep_create_time(draft, config);
    check_own_name(draft);
    check_platform(draft, config);
    check_fleet_minimum(draft, config);
    check_traffic(draft, config);
    check_zones(draft, config);
    if (draft->status == CDP_OK && !draft->invalid) {
        config->predefined = draft->shape == CDP_CONFIG_SHAPE_INFO && is_reserved(config->name);
        become_predefined(draft, config);
    }
    if (draft->status != CDP_OK)
        return draft->status;
    return draft->invalid ? CDP_ERR_INVALID : CDP_OK;
}
