/* SPDX-License-Identifier: MIT */
/* What a group aims at besides tagged instances: Auto Scaling groups and ECS services. */
#include "group/check.h"

static void check_auto_scaling_names(const cdp_group_checks *checks)
{
    const cdp_model_list *list = &checks->model->auto_scaling;
    const cdp_model_auto_scaling *groups = list->items;
    cdp_group_text *names = cdp_group_texts_new(checks, list->count);
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (groups[i].given.broken)
            continue;
        cdp_group_check_length(checks, &groups[i].name, groups[i].given.node,
                               CDP_GROUP_AUTO_SCALING_NAME_LIMIT,
                               CDP_DIAGNOSTIC_GROUP_AUTO_SCALING_NAME);
        if (names && groups[i].name.text.length > 0)
            names[count++] =
                (cdp_group_text){groups[i].name.text, {NULL, 0}, groups[i].name.given.node};
    }
    if (names)
        cdp_group_check_repeated(checks, names, count, (cdp_string){NULL, 0},
                                 CDP_STR("autoScalingGroups"), CDP_DIAGNOSTIC_GROUP_ENTRY_REPEATED);
    cdp_group_texts_free(checks, names, list->count);
}

static void check_auto_scaling(const cdp_group_checks *checks)
{
    const cdp_model *model = checks->model;
    const cdp_model_list *list = &model->auto_scaling;
    bool on_server =
        checks->platform == CDP_PLATFORM_SERVER || checks->platform == CDP_PLATFORM_AUTO;

    if (!on_server && list->count > 0)
        cdp_group_report(checks, list->given.node, CDP_DIAGNOSTIC_GROUP_AUTO_SCALING_PLATFORM,
                         cdp_platform_text(checks), (cdp_string){NULL, 0});
    cdp_group_check_count(checks, list, NULL, CDP_GROUP_AUTO_SCALING_LIMIT,
                          CDP_DIAGNOSTIC_GROUP_AUTO_SCALING_LIMIT);
    check_auto_scaling_names(checks);
    if (cdp_is_enabled(&model->termination_hook) && cdp_list_is_empty(list) && !checks->replacement)
        cdp_group_report(checks, model->termination_hook.given.node,
                         CDP_DIAGNOSTIC_GROUP_TERMINATION_HOOK_UNUSED, (cdp_string){NULL, 0},
                         (cdp_string){NULL, 0});
}

static void check_ecs_service(const cdp_group_checks *checks, const cdp_model_ecs_service *service)
{
    if (service->given.broken)
        return;
    if (cdp_is_empty(&service->cluster))
        cdp_group_report_missing(checks, service->given.node, "clusterName",
                                 CDP_DIAGNOSTIC_GROUP_ECS_SERVICE_INCOMPLETE, NULL);
    if (cdp_is_empty(&service->service))
        cdp_group_report_missing(checks, service->given.node, "serviceName",
                                 CDP_DIAGNOSTIC_GROUP_ECS_SERVICE_INCOMPLETE, NULL);
}

static void check_ecs_services(const cdp_group_checks *checks)
{
    const cdp_model *model = checks->model;
    const cdp_model_list *list = &model->ecs_services;
    const cdp_model_ecs_service *services = list->items;

    for (size_t i = 0; i < list->count; i++)
        check_ecs_service(checks, &services[i]);
    if (checks->platform != CDP_PLATFORM_ECS) {
        if (list->count > 0)
            cdp_group_report(checks, list->given.node, CDP_DIAGNOSTIC_GROUP_ECS_SERVICE_PLATFORM,
                             cdp_platform_text(checks), (cdp_string){NULL, 0});
        return;
    }
    if (list->count != 1 && !list->given.broken)
        cdp_group_report_numbers(checks, list->given.node ? list->given.node : model->given.node,
                                 CDP_DIAGNOSTIC_GROUP_ECS_SERVICE_COUNT, list->count, 1);
}

static void check_selection(const cdp_group_checks *checks)
{
    const cdp_model *model = checks->model;
    bool selects = cdp_has_filters(model, CDP_INSTANCE_EC2) ||
                   cdp_has_filters(model, CDP_INSTANCE_ON_PREMISES) ||
                   model->auto_scaling.count > 0;

    if (selects || checks->platform == CDP_PLATFORM_LAMBDA || checks->platform == CDP_PLATFORM_ECS)
        return;
    cdp_findings_report(checks->findings, model->given.node,
                        (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_SELECTS_NOTHING,
                                     .severity = checks->platform == CDP_PLATFORM_AUTO
                                                     ? CDP_SEVERITY_NOTE
                                                     : CDP_SEVERITY_WARNING});
}

void cdp_group_check_targets(const cdp_group_checks *checks)
{
    check_auto_scaling(checks);
    check_ecs_services(checks);
    check_selection(checks);
}
