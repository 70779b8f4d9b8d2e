/* SPDX-License-Identifier: MIT */
/* The deployment style, and the load balancers that traffic control needs. */
#include "group/check.h"

static const cdp_string nothing;

/* ---- style ----------------------------------------------------------------------------------- */

static void check_style(const cdp_group_checks *checks)
{
    const cdp_model_style *style = &checks->model->style;
    bool blue_green = checks->type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN;
    bool controlled = checks->option == CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL;
    cdp_report report = {.code = CDP_DIAGNOSTIC_GROUP_STYLE_PLATFORM,
                         .arguments = {cdp_platform_text(checks),
                                       cdp_string_of(cdp_deployment_type_name(checks->type)),
                                       cdp_string_of(cdp_deployment_option_name(checks->option))}};

    if (!cdp_is_given(&style->given))
        return;
    if (!style->type.given.node)
        cdp_group_report_missing(checks, style->given.node, "deploymentType",
                                 CDP_DIAGNOSTIC_GROUP_STYLE_INCOMPLETE, NULL);
    if (!style->option.given.node)
        cdp_group_report_missing(checks, style->given.node, "deploymentOption",
                                 CDP_DIAGNOSTIC_GROUP_STYLE_INCOMPLETE, NULL);
    if (checks->platform == CDP_PLATFORM_LAMBDA || checks->platform == CDP_PLATFORM_ECS) {
        if (!blue_green || !controlled)
            cdp_findings_report(checks->findings, style->given.node, report);
    } else if (blue_green && cdp_is_given(&style->option.given) && !controlled) {
        cdp_group_report(checks, style->option.given.node, CDP_DIAGNOSTIC_GROUP_STYLE_TRAFFIC,
                         nothing, nothing);
    }
}

/* ---- load balancers of instances --------------------------------------------------------------- */

static void check_named_balancers(const cdp_group_checks *checks, const cdp_model_list *list,
                                  const char *name)
{
    const cdp_model_named *items = list->items;
    cdp_group_text *texts = cdp_group_texts_new(checks, list->count);
    size_t count = 0;

    cdp_group_check_count(checks, list, name, CDP_GROUP_BALANCER_LIMIT,
                          CDP_DIAGNOSTIC_GROUP_BALANCER_LIMIT);
    for (size_t i = 0; i < list->count; i++) {
        if (items[i].given.broken)
            continue;
        cdp_group_check_length(checks, &items[i].name, items[i].given.node,
                               CDP_GROUP_BALANCER_NAME_LIMIT, CDP_DIAGNOSTIC_GROUP_BALANCER_NAME);
        if (texts && items[i].name.text.length > 0)
            texts[count++] =
                (cdp_group_text){items[i].name.text, nothing, items[i].name.given.node};
    }
    if (texts)
        cdp_group_check_repeated(checks, texts, count, nothing, cdp_string_of(name),
                                 CDP_DIAGNOSTIC_GROUP_ENTRY_REPEATED);
    cdp_group_texts_free(checks, texts, list->count);
    if (list->count > 0 &&
        (checks->platform == CDP_PLATFORM_ECS || checks->platform == CDP_PLATFORM_LAMBDA))
        cdp_group_report(checks, list->given.node, CDP_DIAGNOSTIC_GROUP_BALANCER_PLATFORM,
                         cdp_platform_text(checks), cdp_string_of(name));
}

/* ---- the pair of target groups of an ECS service ------------------------------------------------ */

static void report_pair(const cdp_group_checks *checks, cdp_node node, const char *before,
                        size_t number, const char *behind)
{
    cdp_group_reason reason = {.length = 0};

    cdp_reason_put(&reason, cdp_string_of(before));
    cdp_reason_put_number(&reason, number);
    cdp_reason_put(&reason, cdp_string_of(behind));
    cdp_group_report(checks, node, CDP_DIAGNOSTIC_GROUP_PAIR_TARGET_GROUPS,
                     cdp_reason_text(&reason), nothing);
}

static void check_pair_names(const cdp_group_checks *checks, const cdp_model_list *list)
{
    const cdp_model_named *items = list->items;

    for (size_t i = 0; i < list->count; i++) {
        size_t length = cdp_group_length(items[i].name.text);

        if (!items[i].given.broken && !items[i].name.given.broken &&
            (length == 0 || length > CDP_GROUP_BALANCER_NAME_LIMIT))
            report_pair(checks, cdp_node_of(&items[i].name, items[i].given.node),
                        "has a target group whose name has ", length, " characters");
    }
    if (list->count == 2 && items[0].name.text.length > 0 &&
        cdp_string_equal(items[0].name.text, items[1].name.text))
        cdp_group_report(checks, items[1].name.given.node, CDP_DIAGNOSTIC_GROUP_PAIR_TARGET_GROUPS,
                         CDP_STR("is the same target group twice"), nothing);
}

/* An ARN, and if it is one of a load balancer's parts, that of a listener. */
static bool is_listener(cdp_string text)
{
    cdp_string prefix = CDP_STR("arn:");

    if (!cdp_string_starts_with(text, prefix) || text.length == prefix.length ||
        cdp_group_length(text) > CDP_GROUP_ARN_LIMIT)
        return false;
    return !cdp_group_is_arn(text, "elasticloadbalancing", "") ||
           cdp_group_is_arn(text, "elasticloadbalancing", "listener/");
}

static void check_route(const cdp_group_checks *checks, const cdp_model_route *route,
                        const char *name, cdp_node pair)
{
    const cdp_model_list *list = &route->listeners;
    const cdp_model_value *arns = list->items;
    cdp_node node = route->given.node ? route->given.node : pair;
    cdp_number_buffer buffer;

    if (route->given.broken || list->given.broken)
        return;
    if (list->count != 1)
        cdp_group_report(checks, list->given.node ? list->given.node : node,
                         CDP_DIAGNOSTIC_GROUP_PAIR_LISTENERS, cdp_string_of(name),
                         cdp_number_text((int64_t)list->count, &buffer));
    for (size_t i = 0; i < list->count; i++) {
        if (!arns[i].given.broken && !is_listener(arns[i].text))
            cdp_group_report(checks, arns[i].given.node, CDP_DIAGNOSTIC_GROUP_PAIR_LISTENER_ARN,
                             arns[i].text, nothing);
    }
}

static void check_pair(const cdp_group_checks *checks, const cdp_model_pair *pair)
{
    const cdp_model_list *groups = &pair->target_groups;

    if (pair->given.broken)
        return;
    if (groups->count != 2 && !groups->given.broken)
        report_pair(checks, groups->given.node ? groups->given.node : pair->given.node, "has ",
                    groups->count, groups->count == 1 ? " target group" : " target groups");
    check_pair_names(checks, groups);
    check_route(checks, &pair->production, "prodTrafficRoute", pair->given.node);
    if (pair->test.given.node)
        check_route(checks, &pair->test, "testTrafficRoute", pair->given.node);
}

static void check_pairs(const cdp_group_checks *checks, const cdp_model_list *list)
{
    const cdp_model_pair *pairs = list->items;

    for (size_t i = 0; i < list->count; i++)
        check_pair(checks, &pairs[i]);
    if (list->count > 1)
        cdp_group_report_numbers(checks, list->given.node, CDP_DIAGNOSTIC_GROUP_PAIR_COUNT,
                                 list->count, 1);
    if (list->count > 0 &&
        (checks->platform == CDP_PLATFORM_SERVER || checks->platform == CDP_PLATFORM_LAMBDA))
        cdp_group_report(checks, list->given.node, CDP_DIAGNOSTIC_GROUP_PAIR_UNUSED,
                         cdp_platform_text(checks), nothing);
}

/* ---- whether load balancers are needed ---------------------------------------------------------- */

/* What in the group needs a load balancer, or NULL. */
static const char *reason_for_balancer(const cdp_group_checks *checks)
{
    if (checks->platform == CDP_PLATFORM_ECS)
        return "the platform ECS";
    if (checks->platform == CDP_PLATFORM_LAMBDA)
        return NULL;
    if (checks->type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN)
        return "the deploymentType BLUE_GREEN";
    if (checks->option == CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL)
        return "the deploymentOption WITH_TRAFFIC_CONTROL";
    return NULL;
}

static void check_need(const cdp_group_checks *checks)
{
    const cdp_model *model = checks->model;
    const cdp_model_balancers *balancers = &model->balancers;
    const char *reason = reason_for_balancer(checks);
    size_t usable = balancers->pairs.count;
    bool broken = balancers->given.broken || balancers->classic.given.broken ||
                  balancers->target_groups.given.broken || balancers->pairs.given.broken;

    if (checks->platform != CDP_PLATFORM_ECS)
        usable += balancers->classic.count + balancers->target_groups.count;
    if (reason && usable == 0 && !broken) {
        /* A group on a platform that is not known may be one on Lambda, which needs none. */
        cdp_findings_missing(checks->findings, model->given.node, "loadBalancerInfo",
                             (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_BALANCER_REQUIRED,
                                          .severity = checks->platform == CDP_PLATFORM_AUTO
                                                          ? CDP_SEVERITY_WARNING
                                                          : CDP_SEVERITY_ERROR,
                                          .arguments = {cdp_string_of(reason)}});
    }
    if (!reason && usable > 0 && checks->platform == CDP_PLATFORM_SERVER)
        cdp_group_report(checks, balancers->given.node, CDP_DIAGNOSTIC_GROUP_BALANCER_UNUSED,
                         nothing, nothing);
}

void cdp_group_check_traffic(const cdp_group_checks *checks)
{
    const cdp_model_balancers *balancers = &checks->model->balancers;

    check_style(checks);
    check_named_balancers(checks, &balancers->classic, "elbInfoList");
    check_named_balancers(checks, &balancers->target_groups, "targetGroupInfoList");
    check_pairs(checks, &balancers->pairs);
    check_need(checks);
}
