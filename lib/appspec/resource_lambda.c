/* SPDX-License-Identifier: MIT */
/* Lambda: the properties of its resource, and the rules about them. */
#include "appspec/resources.h"
#include "appspec/rules.h"

enum { NAME, ALIAS, CURRENT_VERSION, TARGET_VERSION };

void cdp_appspec_read_lambda(appspec_work *work, cdp_node properties)
{
    static const char *const names[] = {"Name", "Alias", "CurrentVersion", "TargetVersion"};
    static const appspec_keys keys = {names, 4, true, "the properties of a Lambda function", NULL};
    appspec_lambda *lambda = &work->appspec->lambda;
    cdp_node found[APPSPEC_MOST_KEYS];

    cdp_appspec_sort_keys(work, properties, &keys, found);
    lambda->name = cdp_appspec_take_written(work, found[NAME], names[NAME]);
    lambda->alias = cdp_appspec_take_written(work, found[ALIAS], names[ALIAS]);
    lambda->current_version =
        cdp_appspec_take_written(work, found[CURRENT_VERSION], names[CURRENT_VERSION]);
    lambda->target_version =
        cdp_appspec_take_written(work, found[TARGET_VERSION], names[TARGET_VERSION]);
}

static bool check_present(appspec_work *work, const appspec_value *value, const char *name)
{
    if (!value->kind) {
        cdp_appspec_report(work,
                           &(appspec_finding){
                               .code = CDP_DIAGNOSTIC_PROPERTY_MISSING,
                               .node = value->node ? value->node : work->appspec->properties_node,
                               .leaf = name,
                               .arguments = {cdp_string_of(name)},
                           });
        return false;
    }
    if (value->kind == CDP_APPSPEC_VALUE_TEXT)
        cdp_appspec_check_plain_text(work, value, name);
    return value->kind == CDP_APPSPEC_VALUE_TEXT;
}

static void check_version(appspec_work *work, const appspec_value *version, const char *name)
{
    cdp_string placeholder;
    bool positive = false;

    if (!check_present(work, version, name) ||
        cdp_appspec_has_placeholder(version->text, &placeholder))
        return;
    for (size_t i = 0; i < version->text.length; i++) {
        if (!cdp_is_digit(version->text.data[i])) {
            positive = false;
            break;
        }
        positive = positive || version->text.data[i] != '0';
    }
    if (!positive)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_LAMBDA_VERSION_INVALID,
                                     .node = version->node,
                                     .leaf = name,
                                     .arguments = {version->text, cdp_string_of(name)},
                                 });
}

void cdp_appspec_check_lambda(appspec_work *work)
{
    const appspec_lambda *lambda = &work->appspec->lambda;

    check_present(work, &lambda->name, "Name");
    check_present(work, &lambda->alias, "Alias");
    check_version(work, &lambda->current_version, "CurrentVersion");
    check_version(work, &lambda->target_version, "TargetVersion");
    if (lambda->current_version.kind == CDP_APPSPEC_VALUE_TEXT &&
        cdp_string_equal(lambda->current_version.text, lambda->target_version.text))
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_LAMBDA_VERSIONS_EQUAL,
                                     .node = lambda->target_version.node,
                                     .leaf = "TargetVersion",
                                     .arguments = {lambda->target_version.text},
                                 });
}
