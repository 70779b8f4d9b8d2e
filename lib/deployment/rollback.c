/* SPDX-License-Identifier: MIT */
/* Rollbacks: where the deployment stands, told to the planner, and what the plan leads to. */
#include "deployment/rollback.h"

#include "base/allocator.h"
#include "base/utf8.h"
#include "config/config.h"
#include "deployment/acts.h"
#include "deployment/inputs.h"

enum { EVENT_COUNT = CDP_EVENT_AFTER_ALLOW_TEST_TRAFFIC + 1 };

/* A situation, and the memory that it stands in. */
typedef struct described {
    cdp_rollback_situation situation;
    cdp_rollback_target *targets;
    size_t target_count;
    int64_t event_ms[EVENT_COUNT];
    uint32_t event_runs[EVENT_COUNT];
} described;

/* ---------------------------------------------------------------------------------------------- */
/* Where it stands                                                                                */
/* ---------------------------------------------------------------------------------------------- */

static void describe_events(const cdp_deployment *deployment, uint32_t index,
                            cdp_rollback_target *target, described *into)
{
    const cdp_machine *machine = cdp_machine_of(deployment, index);

    for (size_t i = 0; i < machine->plan->count; i++) {
        cdp_lifecycle_event_record record = cdp_machine_event_at(machine, i);
        unsigned event = cdp_plan_traits(machine->plan, i)->event;

        if (record.start_ms < 0)
            continue;
        target->events |= 1u << event;
        if (record.status == CDP_EVENT_STATUS_SUCCEEDED) {
            target->events_done |= 1u << event;
            into->event_ms[event] += record.end_ms - record.start_ms;
            into->event_runs[event]++;
        } else if (record.status == CDP_EVENT_STATUS_FAILED) {
            target->failed_event = (cdp_event)event;
        }
    }
}

static void describe_health(const cdp_deployment *deployment, uint32_t index,
                            cdp_rollback_target *target)
{
    cdp_rollout_view view = {.size = sizeof view};

    if (!deployment->rollout || cdp_rollout_at(deployment->rollout, index, &view) != CDP_OK)
        return;
    target->instance_health = view.instance_health;
    target->revision_health = view.revision_health;
    target->on_good_revision =
        !target->begun && view.revision_health == CDP_REVISION_HEALTH_CURRENT;
}

static cdp_rollback_target describe_target(const cdp_deployment *deployment, uint32_t index,
                                           described *into)
{
    const cdp_deployment_member *member = cdp_member_at(deployment, index);
    const cdp_machine *machine = cdp_machine_of(deployment, index);
    bool blue_green = cdp_is_blue_green_server(deployment);
    bool original = cdp_is_original(deployment, index);
    cdp_rollback_target target = {
        .size = sizeof target,
        .id = member->id,
        .zone = member->zone,
        .original = original,
        .status = (cdp_target_status)machine->status,
        .begun = machine->status != CDP_TARGET_STATUS_PENDING &&
                 machine->status != CDP_TARGET_STATUS_SKIPPED,
        .has_traffic = blue_green && (original ? member->traffic != 2 : member->traffic == 1),
        .had_traffic = blue_green && original,
        .gone = (member->flags & CDP_MEMBER_GONE) != 0,
    };

    describe_events(deployment, index, &target, into);
    describe_health(deployment, index, &target);
    return target;
}

/* Those that took no part are no question of going back. */
static cdp_status describe_targets(const cdp_deployment *deployment, described *into)
{
    into->targets = cdp_allocate(&deployment->allocator,
                                 (deployment->member_count + 1) * sizeof *into->targets);
    if (!into->targets)
        return CDP_ERR_NOMEM;
    for (uint32_t i = 0; i < deployment->member_count; i++) {
        if (!(cdp_member_at(deployment, i)->flags & CDP_MEMBER_APART))
            into->targets[into->target_count++] = describe_target(deployment, i, into);
    }
    for (size_t i = 0; i < EVENT_COUNT; i++) {
        if (into->event_runs[i])
            into->event_ms[i] /= into->event_runs[i];
    }
    return CDP_OK;
}

static void release_targets(const cdp_deployment *deployment, const described *into)
{
    cdp_release(&deployment->allocator, into->targets,
                (deployment->member_count + 1) * sizeof *into->targets);
}

static cdp_rollback_cause present_cause(const cdp_deployment *deployment)
{
    if (deployment->stage >= CDP_STAGE_ENDING &&
        deployment->end_status == CDP_DEPLOYMENT_STATUS_FAILED)
        return CDP_ROLLBACK_CAUSE_FAILURE;
    return deployment->stopped_by_alarm ? CDP_ROLLBACK_CAUSE_ALARM : CDP_ROLLBACK_CAUSE_REQUEST;
}

static cdp_rollback_stop_flag stop_flag(const cdp_deployment *deployment, cdp_rollback_cause cause)
{
    if (cause != CDP_ROLLBACK_CAUSE_REQUEST)
        return CDP_ROLLBACK_STOP_NOT_SAID;
    if (deployment->stop_flag == CDP_DEPLOYMENT_YES)
        return CDP_ROLLBACK_STOP_ASKED;
    return deployment->stop_flag == CDP_DEPLOYMENT_NO ? CDP_ROLLBACK_STOP_DECLINED
                                                      : CDP_ROLLBACK_STOP_NOT_SAID;
}

static uint32_t hooks_of(const cdp_deployment *deployment)
{
    const cdp_course *course = &deployment->courses[CDP_COURSE_REPLACEMENT];
    uint32_t hooks = 0;

    for (size_t i = 0; i < course->plan->count; i++) {
        const cdp_event_traits *traits = cdp_plan_traits(course->plan, i);

        if (traits->scriptable && !(course->without_hook >> i & 1))
            hooks |= 1u << traits->event;
    }
    return hooks;
}

/* Weights that were asked for and not confirmed may hold. */
static int32_t possible_weight(const cdp_deployment *deployment)
{
    return deployment->asked_weight > deployment->weight ? deployment->asked_weight
                                                         : deployment->weight;
}

static void describe_traffic(const cdp_deployment *deployment, described *into)
{
    cdp_rollback_situation *situation = &into->situation;

    situation->original_gone = deployment->removals > 0;
    if (cdp_is_server(deployment))
        return;
    situation->weight = possible_weight(deployment);
    if (deployment->platform != CDP_PLATFORM_ECS)
        return;
    situation->test_listener = deployment->has_test_listener;
    situation->test_traffic =
        into->targets[0].events >> CDP_EVENT_ALLOW_TEST_TRAFFIC & 1 && deployment->removals == 0;
    situation->replacement_exists = into->targets[0].events >> CDP_EVENT_INSTALL & 1;
}

/* What a deployment by hand goes along: that a rollback was done at once, and without zones, is no
 * wish of anybody's for the next one. */
static const cdp_config *config_for(const cdp_deployment *deployment, cdp_rollback_cause cause)
{
    const cdp_config *config = deployment->config;
    const cdp_config *found = NULL;

    if (cause != CDP_ROLLBACK_CAUSE_MANUAL || !deployment->triggering_config.length)
        return config;
    if (!cdp_string_equal(cdp_config_name(config), deployment->triggering_config))
        return cdp_config_find(deployment->triggering_config, NULL, 0, NULL, &found) == CDP_OK
                   ? found
                   : config;
    return config && config->with_zones ? config->with_zones : config;
}

static cdp_status describe(const cdp_deployment *deployment, cdp_rollback_cause cause,
                           described *into)
{
    cdp_group_basics basics = {.size = sizeof basics};
    cdp_status status;

    *into = (described){.situation = {.size = sizeof into->situation}};
    status = describe_targets(deployment, into);
    if (status != CDP_OK)
        return status;
    (void)cdp_group_get_basics(deployment->group, &basics);
    into->situation = (cdp_rollback_situation){
        .size = sizeof into->situation,
        .platform = deployment->platform,
        .deployment_type = deployment->type,
        .with_traffic_control =
            basics.deployment_option == CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL,
        .creator = deployment->creator,
        .deployment_id = deployment->id,
        .status =
            deployment->stage == CDP_STAGE_ENDING ? deployment->end_status : deployment->status,
        .cause = cause,
        .stop_flag = stop_flag(deployment, cause),
        .auto_rollback_enabled = deployment->auto_rollback.enabled != 0,
        .auto_rollback_events = deployment->auto_rollback.events,
        .ready_expired = deployment->ready_expired,
        .config = config_for(deployment, cause),
        .revision = deployment->has_revision ? &deployment->revision : NULL,
        .ignore_application_stop_failures =
            deployment->target_options.ignore_application_stop_failures,
        .file_exists_behavior = deployment->file_exists_behavior,
        .hooks_known = deployment->appspec != NULL,
        .hooks = hooks_of(deployment),
        .compatible_install = deployment->install_mode == CDP_INSTALL_COMPATIBLE,
        .targets = into->targets,
        .target_count = into->target_count,
        .past = deployment->past,
        .past_count = deployment->past_count,
        .event_ms = into->event_ms,
        .event_ms_count = EVENT_COUNT,
    };
    describe_traffic(deployment, into);
    return CDP_OK;
}

static cdp_status find_wanted(const cdp_deployment *deployment, cdp_string wanted, size_t *number)
{
    for (size_t i = 0; i < deployment->past_count; i++) {
        if (!cdp_string_equal(deployment->past[i].id, wanted))
            continue;
        *number = i + 1;
        return CDP_OK;
    }
    return CDP_ERR_NOT_FOUND;
}

cdp_status cdp_deployment_plan_rollback(const cdp_deployment *deployment, cdp_rollback_cause cause,
                                        cdp_string wanted, const cdp_allocator *allocator,
                                        cdp_diagnostics *diagnostics, cdp_rollback_plan **plan)
{
    described into;
    cdp_status status;

    if (!deployment || !plan)
        return CDP_ERR_ARGUMENT;
    status = describe(deployment, cause ? cause : present_cause(deployment), &into);
    if (status != CDP_OK)
        return status;
    if (cause == CDP_ROLLBACK_CAUSE_MANUAL) {
        into.situation.manual_file_exists_behavior = deployment->file_exists_behavior;
        if (wanted.length)
            status = find_wanted(deployment, wanted, &into.situation.wanted);
    }
    if (status == CDP_OK)
        status = cdp_rollback_plan_new(&into.situation, allocator, diagnostics, plan);
    release_targets(deployment, &into);
    return status;
}

/* ---------------------------------------------------------------------------------------------- */
/* At the end                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status plan_automatic(const cdp_deployment *deployment, cdp_rollback_plan **plan,
                                 cdp_rollback_plan_info *info)
{
    cdp_status status = cdp_deployment_plan_rollback(deployment, 0, (cdp_string){NULL, 0},
                                                     &deployment->allocator, NULL, plan);

    *info = (cdp_rollback_plan_info){.size = sizeof *info};
    return status == CDP_OK ? cdp_rollback_plan_get_info(*plan, info) : status;
}

/* Without memory for a plan: what is configured is asked for, and planned when it is made. A plan
 * fails for nothing else: what could contradict itself was checked when the deployment was made. */
static bool is_configured(const cdp_deployment *deployment)
{
    cdp_rollback_cause cause = present_cause(deployment);

    return deployment->stop_flag != CDP_DEPLOYMENT_NO &&
           (deployment->stop_flag == CDP_DEPLOYMENT_YES ||
            (deployment->auto_rollback.enabled &&
             deployment->auto_rollback.events >> (unsigned)cause & 1));
}

void cdp_rollback_decide(cdp_deployment *deployment)
{
    cdp_rollback_plan *plan = NULL;
    cdp_rollback_plan_info info;
    cdp_status status;

    if (deployment->end_status == CDP_DEPLOYMENT_STATUS_SUCCEEDED)
        return;
    status = plan_automatic(deployment, &plan, &info);
    if (status != CDP_OK)
        info.wanted = info.possible = is_configured(deployment);
    deployment->rollback_wanted = info.wanted != 0;
    if (info.wanted && info.possible)
        cdp_actions_tell(deployment, CDP_DEPLOYMENT_ACTION_ROLL_BACK, CDP_DEPLOYMENT_NO_TARGET, 0);
    else if (info.wanted)
        (void)cdp_rollback_plan_write_message(plan, CDP_ROLLBACK_RECORD_TRIGGERING,
                                              (cdp_string){NULL, 0}, &deployment->rollback_message);
    if (info.wanted)
        cdp_change_say(deployment, cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_ROLLBACK),
                       info.message);
    cdp_rollback_plan_free(plan);
}

cdp_status cdp_rollback_told(cdp_deployment *deployment, const cdp_deployment_input *input)
{
    cdp_rollback_plan *plan = NULL;
    cdp_rollback_plan_info info;
    cdp_text *message = &deployment->rollback_message;
    size_t before = message->length;
    cdp_status status;

    if (!input->name.length)
        return cdp_input_set_text(
            message, cdp_string_slice(input->message.data,
                                      cdp_utf8_fitting(input->message, CDP_MESSAGE_LIMIT)));
    status = plan_automatic(deployment, &plan, &info);
    if (status == CDP_OK)
        status = cdp_rollback_plan_write_message(plan, CDP_ROLLBACK_RECORD_TRIGGERING, input->name,
                                                 message);
    if (status == CDP_OK)
        status = cdp_input_set_text(&deployment->rollback_id, input->name);
    /* Both texts, or neither. */
    if (status == CDP_OK)
        cdp_input_keep_end(message, before);
    else
        cdp_text_rollback(message, before);
    cdp_rollback_plan_free(plan);
    return status;
}
