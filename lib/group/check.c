/* SPDX-License-Identifier: MIT */
/* What the checks of a group have in common, and what they have to know first. */
#include "group/check.h"

#include "base/allocator.h"
#include "base/sort.h"
#include "base/utf8.h"

/* ---- texts ----------------------------------------------------------------------------------- */

size_t cdp_group_length(cdp_string text)
{
    size_t count = 0;

    for (size_t at = 0; at < text.length; count++) {
        size_t bytes = cdp_utf8_length(text, at);

        at += bytes ? bytes : 1;
    }
    return count;
}

void cdp_reason_put(cdp_group_reason *reason, cdp_string text)
{
    size_t room = sizeof reason->bytes - reason->length;
    size_t bytes = text.length < room ? text.length : room;

    if (bytes > 0)
        memcpy(reason->bytes + reason->length, text.data, bytes);
    reason->length += bytes;
}

void cdp_reason_put_number(cdp_group_reason *reason, size_t number)
{
    cdp_number_buffer buffer;

    cdp_reason_put(reason, cdp_number_text((int64_t)number, &buffer));
}

static bool is_name_character(char c)
{
    static const char marks[] = "._+=,@-";

    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || cdp_is_digit(c) ||
           memchr(marks, c, sizeof marks - 1) != NULL;
}

size_t cdp_group_name_span(cdp_string text)
{
    size_t at = 0;

    while (at < text.length && is_name_character(text.data[at]))
        at++;
    return at;
}

bool cdp_group_is_name(cdp_string text, cdp_group_reason *reason)
{
    size_t length = cdp_group_length(text);
    size_t span = cdp_group_name_span(text);

    reason->length = 0;
    if (length > CDP_GROUP_NAME_LIMIT) {
        cdp_reason_put(reason, CDP_STR("has "));
        cdp_reason_put_number(reason, length);
        cdp_reason_put(reason, CDP_STR(" characters"));
        return false;
    }
    if (span == text.length)
        return true;
    length = cdp_utf8_length(text, span);
    cdp_reason_put(reason, CDP_STR("holds '"));
    cdp_reason_put(reason, cdp_string_slice(text.data + span, length ? length : 1));
    cdp_reason_put(reason, CDP_STR("'"));
    return false;
}

/* Cuts the next part up to a colon off. */
static bool take_part(cdp_string *text, cdp_string *part)
{
    size_t colon = cdp_string_find(*text, ':', 0);

    if (colon == text->length)
        return false;
    *part = cdp_string_slice(text->data, colon);
    *text = cdp_string_slice(text->data + colon + 1, text->length - colon - 1);
    return true;
}

bool cdp_group_is_arn(cdp_string text, const char *service, const char *resource)
{
    cdp_string parts[5];
    cdp_string begin = cdp_string_of(resource);

    if (cdp_group_length(text) > CDP_GROUP_ARN_LIMIT)
        return false;
    for (size_t i = 0; i < 5; i++) {
        if (!take_part(&text, &parts[i]))
            return false;
    }
    return cdp_string_equal_c(parts[0], "arn") && parts[1].length > 0 &&
           cdp_string_equal_c(parts[2], service) && text.length > begin.length &&
           cdp_string_starts_with(text, begin);
}

/* ---- findings -------------------------------------------------------------------------------- */

void cdp_group_report(const cdp_group_checks *checks, cdp_node node, cdp_diagnostic_code code,
                      cdp_string first, cdp_string second)
{
    cdp_findings_report(checks->findings, node,
                        (cdp_report){.code = code, .arguments = {first, second}});
}

void cdp_group_report_numbers(const cdp_group_checks *checks, cdp_node node,
                              cdp_diagnostic_code code, size_t first, size_t second)
{
    cdp_number_buffer buffers[2];

    cdp_group_report(checks, node, code, cdp_number_text((int64_t)first, &buffers[0]),
                     cdp_number_text((int64_t)second, &buffers[1]));
}

void cdp_group_report_missing(const cdp_group_checks *checks, cdp_node object, const char *member,
                              cdp_diagnostic_code code, const char *first)
{
    cdp_string name = cdp_string_of(member);
    cdp_report report = {.code = code, .arguments = {name}};

    if (first) {
        report.arguments[0] = cdp_string_of(first);
        report.arguments[1] = name;
    }
    cdp_findings_missing(checks->findings, object, member, report);
}

void cdp_group_check_count(const cdp_group_checks *checks, const cdp_model_list *list,
                           const char *name, size_t limit, cdp_diagnostic_code code)
{
    cdp_number_buffer buffers[2];
    cdp_report report = {.code = code};
    size_t next = 0;

    if (list->count <= limit)
        return;
    if (name)
        report.arguments[next++] = cdp_string_of(name);
    report.arguments[next++] = cdp_number_text((int64_t)list->count, &buffers[0]);
    report.arguments[next] = cdp_number_text((int64_t)limit, &buffers[1]);
    cdp_findings_report(checks->findings, list->given.node, report);
}

void cdp_group_check_length(const cdp_group_checks *checks, const cdp_model_value *name,
                            cdp_node object, size_t limit, cdp_diagnostic_code code)
{
    size_t length = cdp_group_length(name->text);

    if (!name->given.broken && (length == 0 || length > limit))
        cdp_group_report_numbers(checks, cdp_node_of(name, object), code, length, limit);
}

/* ---- what stands twice ----------------------------------------------------------------------- */

cdp_group_text *cdp_group_texts_new(const cdp_group_checks *checks, size_t count)
{
    cdp_group_text *texts = NULL;

    if (count > 0 && count <= SIZE_MAX / sizeof *texts) {
        texts = cdp_allocate(checks->allocator, count * sizeof *texts);
        if (!texts)
            checks->findings->status = CDP_ERR_NOMEM;
    }
    return texts;
}

void cdp_group_texts_free(const cdp_group_checks *checks, cdp_group_text *texts, size_t count)
{
    if (texts)
        cdp_release(checks->allocator, texts, count * sizeof *texts);
}

static int by_text(const void *a, const void *b, const void *context)
{
    const cdp_group_text *one = a;
    const cdp_group_text *other = b;
    int order = cdp_string_compare(one->text, other->text);

    (void)context;
    return order ? order : cdp_string_compare(one->rest, other->rest);
}

void cdp_group_check_repeated(const cdp_group_checks *checks, cdp_group_text *texts, size_t count,
                              cdp_string first, cdp_string second, cdp_diagnostic_code code)
{
    if (cdp_sort(checks->allocator, texts, count, sizeof *texts, by_text, NULL) != CDP_OK) {
        checks->findings->status = CDP_ERR_NOMEM;
        return;
    }
    for (size_t i = 1; i < count; i++) {
        if (by_text(&texts[i - 1], &texts[i], NULL) == 0)
            cdp_group_report(checks, texts[i].node, code, first.data ? first : texts[i].text,
                             second.data ? second : texts[i].text);
    }
}

/* ---- platform and style ------------------------------------------------------------------------ */

static cdp_platform platform_of_config(const cdp_group_checks *checks)
{
    const cdp_config *config = NULL;
    const cdp_model_value *name = &checks->model->config_name;

    if (!cdp_is_given(&name->given) ||
        cdp_config_find(name->text, checks->options->configs, checks->options->config_count, NULL,
                        &config) != CDP_OK)
        return CDP_PLATFORM_AUTO;
    return cdp_config_platform(config);
}

/* What the content can only mean. What is there only on one platform tells; if such things
 * contradict each other, what is aimed at counts, then how. */
static cdp_platform platform_of_content(const cdp_group_checks *checks)
{
    const cdp_model *model = checks->model;
    cdp_platform platform;

    if (model->ecs_services.count > 0)
        return CDP_PLATFORM_ECS;
    if (cdp_has_filters(model, CDP_INSTANCE_EC2) ||
        cdp_has_filters(model, CDP_INSTANCE_ON_PREMISES) || model->auto_scaling.count > 0)
        return CDP_PLATFORM_SERVER;
    if (model->balancers.pairs.count > 0)
        return CDP_PLATFORM_ECS;
    platform = platform_of_config(checks);
    if (platform != CDP_PLATFORM_AUTO)
        return platform;
    if (model->balancers.classic.count > 0 || model->balancers.target_groups.count > 0 ||
        cdp_is_given(&model->blue_green.green_fleet.given) ||
        cdp_is_word(&model->style.type, CDP_DEPLOYMENT_TYPE_IN_PLACE) ||
        cdp_is_word(&model->style.option, CDP_DEPLOYMENT_OPTION_WITHOUT_TRAFFIC_CONTROL))
        return CDP_PLATFORM_SERVER;
    return CDP_PLATFORM_AUTO;
}

static void find_platform(cdp_group_checks *checks)
{
    const cdp_model_value *told = &checks->model->platform;

    checks->platform = checks->options->platform;
    if (checks->platform == CDP_PLATFORM_AUTO && cdp_is_given(&told->given))
        checks->platform = (cdp_platform)told->number;
    if (checks->platform == CDP_PLATFORM_AUTO)
        checks->platform = platform_of_content(checks);
}

static void find_style(cdp_group_checks *checks)
{
    const cdp_model_style *style = &checks->model->style;
    bool shifts = checks->platform == CDP_PLATFORM_LAMBDA || checks->platform == CDP_PLATFORM_ECS;

    checks->type = shifts ? CDP_DEPLOYMENT_TYPE_BLUE_GREEN : CDP_DEPLOYMENT_TYPE_IN_PLACE;
    checks->option = shifts ? CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL
                            : CDP_DEPLOYMENT_OPTION_WITHOUT_TRAFFIC_CONTROL;
    if (cdp_is_given(&style->type.given))
        checks->type = (cdp_deployment_type)style->type.number;
    if (cdp_is_given(&style->option.given))
        checks->option = (cdp_deployment_option)style->option.number;
}

void cdp_group_check(cdp_group_checks *checks)
{
    find_platform(checks);
    find_style(checks);
    cdp_group_check_names(checks);
    cdp_group_check_tags(checks);
    cdp_group_check_targets(checks);
    cdp_group_check_traffic(checks);
    cdp_group_check_blue_green(checks);
    cdp_group_check_watching(checks);
}
