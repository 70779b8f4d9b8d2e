/* SPDX-License-Identifier: MIT */
/* Which plan each side's targets follow, and which of its events run something. */
#include "deployment/new.h"

static cdp_scenario in_place(const cdp_deployment *deployment, bool balanced)
{
    if (deployment->creator == CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK)
        return balanced ? CDP_SCENARIO_IN_PLACE_ROLLBACK_LOAD_BALANCER
                        : CDP_SCENARIO_IN_PLACE_ROLLBACK;
    return balanced ? CDP_SCENARIO_IN_PLACE_LOAD_BALANCER : CDP_SCENARIO_IN_PLACE;
}

static cdp_scenario on_server(const cdp_deployment *deployment, size_t side, bool balanced)
{
    bool original = side == CDP_COURSE_ORIGINAL;

    if (deployment->engine == CDP_ENGINE_REROUTE)
        return original ? CDP_SCENARIO_BLUE_GREEN_ROLLBACK_ORIGINAL
                        : CDP_SCENARIO_BLUE_GREEN_ROLLBACK_REPLACEMENT;
    if (deployment->creator == CDP_DEPLOYMENT_CREATOR_AUTOSCALING)
        return CDP_SCENARIO_AUTO_SCALING_LAUNCH;
    if (deployment->creator == CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION)
        return CDP_SCENARIO_AUTO_SCALING_TERMINATION;
    if (deployment->type == CDP_DEPLOYMENT_TYPE_IN_PLACE)
        return in_place(deployment, balanced);
    return original ? CDP_SCENARIO_BLUE_GREEN_ORIGINAL : CDP_SCENARIO_BLUE_GREEN_REPLACEMENT;
}

static cdp_scenario scenario_of(const cdp_deployment *deployment, size_t side)
{
    cdp_group_basics basics = {.size = sizeof basics};

    (void)cdp_group_get_basics(deployment->group, &basics);
    if (cdp_is_server(deployment))
        return on_server(deployment, side,
                         basics.deployment_option == CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL);
    return deployment->has_test_listener ? CDP_SCENARIO_TEST_LISTENER : CDP_SCENARIO_BLUE_GREEN;
}

/* The same plan without limits: its events are the host's business. */
static cdp_status without_limits(cdp_deployment *deployment, cdp_course *course)
{
    cdp_lifecycle_event_info events[CDP_LIFECYCLE_MAX_EVENTS];
    size_t count = cdp_lifecycle_plan_event_count(course->plan);
    cdp_status status;

    for (size_t i = 0; i < count; i++) {
        events[i] = (cdp_lifecycle_event_info){.size = sizeof *events};
        (void)cdp_lifecycle_plan_event_at(course->plan, i, &events[i]);
        events[i].run_limit_ms = events[i].start_limit_ms = 0;
    }
    status = cdp_lifecycle_plan_new(deployment->platform, events, count, &deployment->allocator,
                                    NULL, &course->own);
    if (status == CDP_OK)
        course->plan = course->own;
    return status;
}

/* Scripts of another revision than the one whose AppSpec is there may do anything. */
static bool is_known(const cdp_deployment *deployment, const cdp_course *course, size_t event)
{
    if (!deployment->appspec)
        return false;
    return !cdp_is_server(deployment) ||
           cdp_lifecycle_plan_revision(course->plan, event, deployment->creator, 0) ==
               CDP_REVISION_CURRENT;
}

static void look_up(const cdp_deployment *deployment, cdp_course *course, size_t event,
                    const cdp_event_traits *traits)
{
    cdp_appspec_event hook = {.size = sizeof hook};
    size_t index;

    if (cdp_appspec_event_find(deployment->appspec, traits->name, &index) == CDP_OK)
        (void)cdp_appspec_event_at(deployment->appspec, index, &hook);
    if (cdp_is_server(deployment) ? hook.script_count == 0 : hook.function.length == 0)
        course->without_hook |= 1u << event;
    if (!cdp_is_server(deployment) && event < sizeof course->functions / sizeof *course->functions)
        course->functions[event] = hook.function;
}

static void find_hooks(const cdp_deployment *deployment, cdp_course *course)
{
    for (size_t i = 0; i < course->plan->count; i++) {
        const cdp_event_traits *traits = cdp_plan_traits(course->plan, i);

        if (traits->scriptable && is_known(deployment, course, i))
            look_up(deployment, course, i, traits);
    }
}

static cdp_status take_target_options(cdp_deployment *deployment,
                                      const cdp_deployment_options *options,
                                      cdp_diagnostics *diagnostics)
{
    cdp_lifecycle_options given = {.size = sizeof given};

    given.ignore_application_stop_failures = options->ignore_application_stop_failures;
    if (deployment->engine == CDP_ENGINE_SHIFT && deployment->platform == CDP_PLATFORM_ECS)
        given.ready_action = deployment->blue_green.ready_action;
    return cdp_machine_options_import(deployment->courses[CDP_COURSE_REPLACEMENT].plan, &given,
                                      diagnostics, &deployment->target_options);
}

cdp_status cdp_courses_make(cdp_deployment *deployment, const cdp_deployment_options *options,
                            cdp_diagnostics *diagnostics)
{
    cdp_group_target_group_pair pair = {.size = sizeof pair};
    cdp_status status = CDP_OK;

    deployment->has_test_listener =
        deployment->platform == CDP_PLATFORM_ECS &&
        cdp_group_get_target_group_pair(deployment->group, &pair) == CDP_OK &&
        pair.test_listener_arn.length > 0;
    for (size_t side = 0; side < CDP_COURSE_COUNT && status == CDP_OK; side++) {
        cdp_course *course = &deployment->courses[side];

        course->plan = cdp_lifecycle_plan_find(deployment->platform, scenario_of(deployment, side));
        find_hooks(deployment, course);
        if (deployment->whole_targets)
            status = without_limits(deployment, course);
    }
    return status == CDP_OK ? take_target_options(deployment, options, diagnostics) : status;
}
