/* SPDX-License-Identifier: MIT */
/* blueGreenDeploymentConfiguration. */
#include "group/check.h"

static const cdp_string nothing;

#define BLUE_GREEN "blueGreenDeploymentConfiguration"
#define TERMINATION "terminateBlueInstancesOnDeploymentSuccess"
#define READY "deploymentReadyOption"
#define GREEN_FLEET "greenFleetProvisioningOption"

static void report_incomplete(const cdp_group_checks *checks, cdp_node object, const char *name,
                              const char *member)
{
    cdp_findings_missing(checks->findings, object, member,
                         (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_INCOMPLETE,
                                      .severity = cdp_told_severity(checks),
                                      .arguments = {cdp_string_of(name), cdp_string_of(member)}});
}

/* True when the object and its action can be looked at. */
static bool check_option(const cdp_group_checks *checks, const cdp_given *option,
                         const cdp_given *action, const char *name, const char *member)
{
    if (!option->node)
        report_incomplete(checks, checks->model->blue_green.given.node, BLUE_GREEN, name);
    else if (!option->broken && !action->node)
        report_incomplete(checks, option->node, name, member);
    return cdp_is_given(option);
}

static void check_wait(const cdp_group_checks *checks, const cdp_model_value *wait,
                       const char *name, int64_t limit)
{
    cdp_number_buffer buffers[2];

    if (!cdp_is_given(&wait->given) || (wait->number >= 0 && wait->number <= limit))
        return;
    cdp_findings_report(
        checks->findings, wait->given.node,
        (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_WAIT,
                     .arguments = {cdp_string_of(name), cdp_number_text(wait->number, &buffers[0]),
                                   cdp_number_text(limit, &buffers[1])}});
}

static void check_termination(const cdp_group_checks *checks)
{
    const cdp_model_termination *termination = &checks->model->blue_green.termination;

    if (!check_option(checks, &termination->given, &termination->action.given, TERMINATION,
                      "action"))
        return;
    check_wait(checks, &termination->wait, "terminationWaitTimeInMinutes", CDP_GROUP_MINUTES_LIMIT);
    if (checks->platform == CDP_PLATFORM_ECS &&
        cdp_is_word(&termination->action, CDP_TERMINATION_KEEP_ALIVE))
        cdp_group_report(checks, termination->action.given.node,
                         CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_KEEP_ALIVE, nothing, nothing);
}

static void check_ready(const cdp_group_checks *checks)
{
    const cdp_model_ready *ready = &checks->model->blue_green.ready;
    const cdp_model_value *wait = &ready->wait;
    cdp_number_buffer buffer;

    if (!check_option(checks, &ready->given, &ready->action.given, READY, "actionOnTimeout"))
        return;
    check_wait(checks, wait, "waitTimeInMinutes",
               checks->platform == CDP_PLATFORM_ECS ? CDP_GROUP_ECS_READY_LIMIT
                                                    : CDP_GROUP_MINUTES_LIMIT);
    if (wait->given.broken || wait->number < 0)
        return;
    if (cdp_is_word(&ready->action, CDP_READY_ACTION_CONTINUE_DEPLOYMENT) && wait->number > 0)
        cdp_group_report(checks, wait->given.node, CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_CONTINUE,
                         cdp_number_text(wait->number, &buffer), nothing);
    if (cdp_is_word(&ready->action, CDP_READY_ACTION_STOP_DEPLOYMENT) && wait->number == 0)
        cdp_group_report(checks, cdp_node_of(wait, ready->given.node),
                         CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_STOP, nothing, nothing);
}

static void check_green_fleet(const cdp_group_checks *checks)
{
    const cdp_model_green_fleet *fleet = &checks->model->blue_green.green_fleet;
    const cdp_model_list *groups = &checks->model->auto_scaling;
    bool copies = cdp_is_word(&fleet->action, CDP_GREEN_FLEET_COPY_AUTO_SCALING_GROUP);

    if (!cdp_is_given(&fleet->given))
        return;
    if (!fleet->action.given.node)
        report_incomplete(checks, fleet->given.node, GREEN_FLEET, "action");
    if (checks->platform == CDP_PLATFORM_ECS)
        cdp_group_report(checks, fleet->given.node, CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_PLATFORM,
                         cdp_platform_text(checks), CDP_STR(GREEN_FLEET));
    else if (copies && groups->count != 1 && !groups->given.broken && !checks->replacement)
        cdp_group_report_numbers(checks, fleet->action.given.node,
                                 CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_COPY, groups->count, 1);
}

static void check_options(const cdp_group_checks *checks)
{
    cdp_node node = checks->model->blue_green.given.node;

    if (checks->platform == CDP_PLATFORM_LAMBDA) {
        cdp_group_report(checks, node, CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_PLATFORM,
                         cdp_platform_text(checks), CDP_STR(BLUE_GREEN));
        return;
    }
    check_termination(checks);
    check_ready(checks);
    check_green_fleet(checks);
    if (checks->platform == CDP_PLATFORM_SERVER && checks->type == CDP_DEPLOYMENT_TYPE_IN_PLACE &&
        !checks->told)
        cdp_group_report(checks, node, CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_UNUSED, nothing, nothing);
}

/* The service tells of options that nobody has set as an object without members. */
static bool is_void(const cdp_model_blue_green *options)
{
    return !options->termination.given.node && !options->ready.given.node &&
           !options->green_fleet.given.node;
}

void cdp_group_check_blue_green(const cdp_group_checks *checks)
{
    cdp_model *model = checks->model;
    cdp_model_blue_green *options = &model->blue_green;

    if (checks->told && is_void(options) && !options->given.broken)
        options->given.node = 0;
    if (cdp_is_given(&options->given))
        check_options(checks);
    else if (checks->platform == CDP_PLATFORM_ECS && !options->given.broken)
        cdp_group_report_missing(checks, model->given.node, BLUE_GREEN,
                                 CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_REQUIRED, NULL);
    else if (checks->platform == CDP_PLATFORM_SERVER && !options->given.broken &&
             checks->type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN)
        cdp_group_report_missing(checks, model->given.node, BLUE_GREEN,
                                 CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_ABSENT, NULL);
    if (checks->type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN &&
        cdp_has_filters(model, CDP_INSTANCE_ON_PREMISES) && checks->platform == CDP_PLATFORM_SERVER)
        cdp_group_report(checks,
                         model->filters[CDP_INSTANCE_ON_PREMISES].count > 0
                             ? model->filters[CDP_INSTANCE_ON_PREMISES].given.node
                             : model->tag_sets[CDP_INSTANCE_ON_PREMISES].given.node,
                         CDP_DIAGNOSTIC_GROUP_ON_PREMISES_BLUE_GREEN, nothing, nothing);
}
