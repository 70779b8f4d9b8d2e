/* SPDX-License-Identifier: MIT */
/* Names, the service role, the deployment configuration, the group's own tags. */
#include "base/utf8.h"
#include "group/check.h"

static void check_name(const cdp_group_checks *checks, const cdp_model_value *name,
                       const char *member, cdp_diagnostic_code required,
                       cdp_diagnostic_code invalid)
{
    cdp_group_reason reason;

    if (name->given.broken)
        return;
    if (!name->given.node)
        cdp_group_report_missing(checks, checks->model->given.node, member, required, NULL);
    else if (name->text.length == 0)
        cdp_group_report(checks, name->given.node, required, name->text, name->text);
    else if (!cdp_group_is_name(name->text, &reason))
        cdp_group_report(checks, name->given.node, invalid, name->text, cdp_reason_text(&reason));
}

static void check_role(const cdp_group_checks *checks)
{
    const cdp_model_value *role = &checks->model->service_role_arn;

    if (role->given.broken)
        return;
    if (role->text.length == 0) {
        /* DeploymentGroupInfo requires nothing; the other shape does. */
        if (!checks->told)
            cdp_group_report_missing(checks, checks->model->given.node, "serviceRoleArn",
                                     CDP_DIAGNOSTIC_GROUP_ROLE_REQUIRED, NULL);
        return;
    }
    if (!cdp_group_is_arn(role->text, "iam", "role/"))
        cdp_group_report(checks, role->given.node, CDP_DIAGNOSTIC_GROUP_ROLE_INVALID, role->text,
                         role->text);
}

/* ---- the deployment configuration -------------------------------------------------------------- */

enum { MOST_SUGGESTIONS = 64 };

static void report_unknown_config(const cdp_group_checks *checks, const cdp_model_value *name)
{
    const char *names[MOST_SUGGESTIONS];
    size_t count = 0;
    size_t near;
    cdp_group_reason hint = {.length = 0};
    cdp_report report = {.code = CDP_DIAGNOSTIC_CONFIG_UNKNOWN, .arguments = {name->text}};

    for (size_t i = 0; i < checks->options->config_count && count < MOST_SUGGESTIONS / 2; i++)
        names[count++] = cdp_config_name(checks->options->configs[i]).data;
    for (size_t i = 0; i < cdp_config_predefined_count() && count < MOST_SUGGESTIONS; i++)
        names[count++] = cdp_config_name(cdp_config_predefined_at(i)).data;
    near = cdp_suggest(name->text, names, count);
    if (near < count) {
        cdp_reason_put(&hint, CDP_STR("Did you mean "));
        cdp_reason_put(&hint, cdp_string_of(names[near]));
        cdp_reason_put(&hint, CDP_STR("?"));
        report.hint = cdp_reason_text(&hint);
    }
    cdp_findings_report(checks->findings, name->given.node, report);
}

/* False when it was reported. */
static bool check_config_name(const cdp_group_checks *checks, const cdp_model_value *name)
{
    size_t length = cdp_group_length(name->text);
    size_t span = cdp_group_name_span(name->text);

    if (length == 0) {
        cdp_group_report(checks, name->given.node, CDP_DIAGNOSTIC_CONFIG_NAME_REQUIRED, name->text,
                         name->text);
        return false;
    }
    if (length > CDP_GROUP_NAME_LIMIT) {
        cdp_group_report_numbers(checks, name->given.node, CDP_DIAGNOSTIC_CONFIG_NAME_LENGTH,
                                 length, CDP_GROUP_NAME_LIMIT);
        return false;
    }
    if (span == name->text.length)
        return true;
    length = cdp_utf8_length(name->text, span);
    cdp_group_report(checks, name->given.node, CDP_DIAGNOSTIC_CONFIG_NAME_CHARACTER, name->text,
                     cdp_string_slice(name->text.data + span, length ? length : 1));
    return false;
}

static void check_config_use(const cdp_group_checks *checks, const cdp_model_value *name,
                             const cdp_config *config)
{
    if (checks->platform != CDP_PLATFORM_AUTO && cdp_config_platform(config) != checks->platform) {
        cdp_group_report(checks, name->given.node, CDP_DIAGNOSTIC_CONFIG_USE_PLATFORM, name->text,
                         cdp_platform_text(checks));
        return;
    }
    if (!cdp_config_has_zones(config))
        return;
    if (checks->type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN)
        cdp_group_report(checks, name->given.node, CDP_DIAGNOSTIC_CONFIG_USE_ZONES, name->text,
                         CDP_STR("a blue/green deployment"));
    if (cdp_has_filters(checks->model, CDP_INSTANCE_ON_PREMISES))
        cdp_group_report(checks, name->given.node, CDP_DIAGNOSTIC_CONFIG_USE_ZONES, name->text,
                         CDP_STR("on-premises instances"));
}

static void check_config(const cdp_group_checks *checks)
{
    const cdp_model_value *name = &checks->model->config_name;
    const cdp_group_options *options = checks->options;
    const cdp_config *config = NULL;

    if (!cdp_is_given(&name->given) || !check_config_name(checks, name))
        return;
    if (cdp_config_find(name->text, options->configs, options->config_count, NULL, &config) ==
        CDP_OK)
        check_config_use(checks, name, config);
    else if (options->configs || cdp_string_starts_with(name->text, CDP_STR("CodeDeployDefault.")))
        report_unknown_config(checks, name);
}

/* ---- the group's own tags ---------------------------------------------------------------------- */

static void check_tag_part(const cdp_group_checks *checks, const cdp_model_value *part,
                           const char *called, size_t limit)
{
    size_t length = cdp_group_length(part->text);
    cdp_group_reason reason = {.length = 0};

    if (length <= limit)
        return;
    cdp_reason_put(&reason, CDP_STR("has a "));
    cdp_reason_put(&reason, cdp_string_of(called));
    cdp_reason_put(&reason, CDP_STR(" of "));
    cdp_reason_put_number(&reason, length);
    cdp_reason_put(&reason, CDP_STR(" characters"));
    cdp_group_report(checks, part->given.node, CDP_DIAGNOSTIC_GROUP_RESOURCE_TAG_INVALID,
                     cdp_reason_text(&reason), part->text);
}

static void check_own_tags(const cdp_group_checks *checks)
{
    const cdp_model_list *list = &checks->model->tags;
    const cdp_model_tag *tags = list->items;
    cdp_group_text *keys = cdp_group_texts_new(checks, list->count);
    size_t count = 0;

    for (size_t i = 0; keys && i < list->count; i++) {
        if (tags[i].given.broken || tags[i].key.given.broken)
            continue;
        if (tags[i].key.text.length == 0)
            cdp_group_report(checks, cdp_node_of(&tags[i].key, tags[i].given.node),
                             CDP_DIAGNOSTIC_GROUP_RESOURCE_TAG_INVALID, CDP_STR("has no key"),
                             (cdp_string){NULL, 0});
        else
            keys[count++] = (cdp_group_text){tags[i].key.text, {NULL, 0}, tags[i].key.given.node};
        check_tag_part(checks, &tags[i].key, "key", CDP_GROUP_TAG_KEY_LIMIT);
        check_tag_part(checks, &tags[i].value, "value", CDP_GROUP_TAG_VALUE_LIMIT);
    }
    cdp_group_check_repeated(checks, keys, count, CDP_STR("has a key that stands there twice"),
                             (cdp_string){NULL, 0}, CDP_DIAGNOSTIC_GROUP_RESOURCE_TAG_INVALID);
    cdp_group_texts_free(checks, keys, list->count);
}

void cdp_group_check_names(const cdp_group_checks *checks)
{
    check_name(checks, &checks->model->application_name, "applicationName",
               CDP_DIAGNOSTIC_GROUP_APPLICATION_NAME_REQUIRED,
               CDP_DIAGNOSTIC_GROUP_APPLICATION_NAME_INVALID);
    check_name(checks, &checks->model->name, "deploymentGroupName",
               CDP_DIAGNOSTIC_GROUP_NAME_REQUIRED, CDP_DIAGNOSTIC_GROUP_NAME_INVALID);
    check_role(checks);
    check_config(checks);
    check_own_tags(checks);
}
