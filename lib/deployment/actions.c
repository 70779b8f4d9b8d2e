/* SPDX-License-Identifier: MIT */
/* Actions as the host sees them. */
#include "deployment/acts.h"

#include "base/sized.h"

/* ---------------------------------------------------------------------------------------------- */
/* One action                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

static void describe_event(const cdp_deployment *deployment, const cdp_slot *slot,
                           cdp_deployment_action *action)
{
    const cdp_course *course = cdp_course_of(deployment, action->target);
    const cdp_event_traits *traits = cdp_plan_traits(course->plan, slot->event);
    int64_t deadline;

    action->event = slot->event;
    action->event_kind = (cdp_event)traits->event;
    action->event_name = traits->name;
    if (slot->kind == CDP_DEPLOYMENT_ACTION_CANCEL)
        return;
    if (slot->kind == CDP_DEPLOYMENT_ACTION_RUN_HOOK) {
        action->revision =
            cdp_lifecycle_plan_revision(course->plan, slot->event, deployment->creator, 0);
        if (!cdp_is_server(deployment))
            action->hook = course->functions[slot->event];
    }
    /* Its own limit or the event's, whichever is first. */
    deadline = cdp_machine_deadline(cdp_machine_of(deployment, action->target));
    if (deadline < action->deadline_ms)
        action->deadline_ms = deadline;
}

static void describe_target(const cdp_deployment *deployment, const cdp_slot *slot, uint32_t target,
                            cdp_deployment_action *action)
{
    action->target = target;
    action->target_id = cdp_member_at(deployment, target)->id;
    action->original = cdp_is_original(deployment, target);
    if (slot->event != CDP_SLOT_NO_EVENT)
        describe_event(deployment, slot, action);
    if (slot->kind == CDP_DEPLOYMENT_ACTION_INSTALL ||
        slot->kind == CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET)
        action->file_exists_behavior = deployment->file_exists_behavior;
    if (slot->kind == CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET)
        action->phase = cdp_rollout_current_phase(deployment->rollout);
}

static cdp_deployment_action blank(uint64_t token, unsigned kind)
{
    return (cdp_deployment_action){
        .size = sizeof(cdp_deployment_action),
        .token = token,
        .kind = (cdp_deployment_action_kind)kind,
        .target = CDP_DEPLOYMENT_NO_TARGET,
        .event = CDP_DEPLOYMENT_NO_EVENT,
        .deadline_ms = INT64_MAX,
    };
}

static cdp_deployment_action describe_slot(const cdp_deployment *deployment, uint32_t index)
{
    const cdp_slot *slot = cdp_slot_at(deployment, index);
    cdp_deployment_action action = blank(slot->token, slot->kind);

    action.needs_answer = 1;
    action.repeated = slot->repeated;
    action.issued_ms = slot->issued_ms;
    action.deadline_ms = slot->deadline_ms;
    action.cancels = slot->cancels;
    if (index >= CDP_SLOT_TARGETS)
        describe_target(deployment, slot, index - CDP_SLOT_TARGETS, &action);
    else if (index == CDP_SLOT_TASK_SET && !cdp_is_way_back(deployment))
        action.original = 1;
    if (slot->kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC ||
        slot->kind == CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC) {
        action.weight = slot->weight;
        action.original_weight = 100 - slot->weight;
    }
    return action;
}

static void name_trigger(const cdp_deployment *deployment, cdp_deployment_action *action)
{
    cdp_group_trigger trigger = {.size = sizeof trigger};

    if (cdp_group_trigger_at(deployment->group, action->trigger, &trigger) != CDP_OK)
        return;
    action->trigger_name = trigger.name;
    action->trigger_target_arn = trigger.target_arn;
}

static cdp_deployment_action describe_queued(const cdp_deployment *deployment,
                                             const cdp_queued *queued)
{
    cdp_deployment_action action = blank(queued->token, queued->kind);

    action.issued_ms = queued->time_ms;
    action.target = queued->target;
    if (queued->target != CDP_DEPLOYMENT_NO_TARGET)
        action.target_id = cdp_member_at(deployment, queued->target)->id;
    action.lifecycle_answer = (cdp_rollout_lifecycle_answer)queued->answer;
    if (queued->kind != CDP_DEPLOYMENT_ACTION_NOTIFY)
        return action;
    action.trigger = queued->next_trigger;
    action.trigger_event = (cdp_trigger_event)queued->trigger_event;
    action.status = (int)queued->status;
    /* Numbers are kept for all triggers: see cdp_actions_notify(). */
    action.token += (uint64_t)queued->next_trigger << 24;
    name_trigger(deployment, &action);
    return action;
}

/* ---------------------------------------------------------------------------------------------- */
/* Taking out                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

static void drop_first(cdp_deployment *deployment)
{
    deployment->queue_head = (deployment->queue_head + 1) % deployment->queue_capacity;
    deployment->queue_count--;
}

/* The next trigger that wants to know; false when none is left. */
static bool find_trigger(const cdp_deployment *deployment, cdp_queued *queued)
{
    size_t count = cdp_group_trigger_count(deployment->group);

    for (; queued->next_trigger < count; queued->next_trigger++) {
        cdp_group_trigger trigger = {.size = sizeof trigger};

        if (cdp_group_trigger_at(deployment->group, queued->next_trigger, &trigger) == CDP_OK &&
            trigger.events >> queued->trigger_event & 1)
            return true;
    }
    return false;
}

static bool take_slot(cdp_deployment *deployment, const cdp_queued *queued,
                      cdp_deployment_action *action)
{
    uint64_t token = queued->token;
    uint32_t index;

    drop_first(deployment);
    if (cdp_slot_find(deployment, token, &index) != CDP_OK)
        return false; /* withdrawn */
    *action = describe_slot(deployment, index);
    cdp_removal_told(deployment, cdp_slot_at(deployment, index));
    cdp_slot_take(deployment, index);
    return true;
}

bool cdp_action_has_slot(unsigned kind)
{
    return kind != CDP_DEPLOYMENT_ACTION_NOTIFY && kind != CDP_DEPLOYMENT_ACTION_ROLL_BACK &&
           kind != CDP_DEPLOYMENT_ACTION_FOLLOW_UP && kind != CDP_DEPLOYMENT_ACTION_AUTO_SCALING;
}

static bool take_first(cdp_deployment *deployment, cdp_deployment_action *action)
{
    cdp_queued *queued = &deployment->queue[deployment->queue_head];

    if (cdp_action_has_slot(queued->kind))
        return take_slot(deployment, queued, action);
    if (queued->kind == CDP_DEPLOYMENT_ACTION_NOTIFY && !find_trigger(deployment, queued)) {
        drop_first(deployment);
        return false;
    }
    *action = describe_queued(deployment, queued);
    if (queued->kind == CDP_DEPLOYMENT_ACTION_NOTIFY)
        queued->next_trigger++;
    else
        drop_first(deployment);
    return true;
}

static bool take_save(cdp_deployment *deployment, cdp_deployment_action *action)
{
    if (!deployment->save_token)
        return false;
    *action = blank(deployment->save_token, CDP_DEPLOYMENT_ACTION_SAVE);
    action->issued_ms = deployment->now;
    deployment->save_token = 0;
    return true;
}

cdp_status cdp_deployment_next_action(cdp_deployment *deployment, cdp_deployment_action *action)
{
    cdp_deployment_action own;
    cdp_status status;
    bool found = false;

    if (!deployment || !action)
        return CDP_ERR_ARGUMENT;
    if (deployment->in_callback)
        return CDP_ERR_STATE;
    /* A view that cannot be filled must not lose the action. */
    own = blank(0, 0);
    status = cdp_sized_write(action, &own, sizeof own);
    if (status != CDP_OK)
        return status;
    while (!found && deployment->queue_count > 0)
        found = take_first(deployment, &own);
    if (!found && !take_save(deployment, &own))
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(action, &own, sizeof own);
}

/* ---------------------------------------------------------------------------------------------- */
/* Open ones                                                                                      */
/* ---------------------------------------------------------------------------------------------- */

static uint32_t slot_count(const cdp_deployment *deployment)
{
    return (uint32_t)deployment->member_count + CDP_SLOT_TARGETS;
}

static bool is_open(const cdp_slot *slot)
{
    return slot->token && slot->taken;
}

size_t cdp_deployment_open_count(const cdp_deployment *deployment)
{
    return deployment ? deployment->taken_count : 0;
}

cdp_status cdp_deployment_open_at(const cdp_deployment *deployment, size_t index,
                                  cdp_deployment_action *action)
{
    if (!deployment || !action)
        return CDP_ERR_ARGUMENT;
    for (uint32_t i = 0; i < slot_count(deployment); i++) {
        cdp_deployment_action own;

        if (!is_open(cdp_slot_at(deployment, i)) || index-- > 0)
            continue;
        own = describe_slot(deployment, i);
        return cdp_sized_write(action, &own, sizeof own);
    }
    return CDP_ERR_NOT_FOUND;
}

cdp_status cdp_deployment_open_find(const cdp_deployment *deployment, uint64_t token,
                                    cdp_deployment_action *action)
{
    cdp_deployment_action own;
    uint32_t index;

    if (!deployment || !action)
        return CDP_ERR_ARGUMENT;
    if (cdp_slot_find(deployment, token, &index) != CDP_OK ||
        !is_open(cdp_slot_at(deployment, index)))
        return CDP_ERR_NOT_FOUND;
    own = describe_slot(deployment, index);
    return cdp_sized_write(action, &own, sizeof own);
}

/* ---------------------------------------------------------------------------------------------- */
/* The environment of scripts                                                                     */
/* ---------------------------------------------------------------------------------------------- */

typedef struct variable {
    const char *name;
    cdp_string value;
} variable;

cdp_status cdp_deployment_variable_at(const cdp_deployment *deployment,
                                      const cdp_deployment_action *action, size_t index,
                                      cdp_string *name, cdp_string *value)
{
    cdp_deployment_action own;
    cdp_group_basics basics = {.size = sizeof basics};
    const cdp_group_revision *revision;
    variable variables[9];
    size_t count = 0;
    cdp_status status;

    if (!deployment || !name || !value)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, action);
    if (status != CDP_OK)
        return status;
    revision = &deployment->revision;
    (void)cdp_group_get_basics(deployment->group, &basics);
    variables[count++] = (variable){"LIFECYCLE_EVENT", own.event_name};
    variables[count++] = (variable){"DEPLOYMENT_ID", deployment->id};
    variables[count++] = (variable){"APPLICATION_NAME", basics.application_name};
    variables[count++] = (variable){"DEPLOYMENT_GROUP_NAME", basics.name};
    variables[count++] = (variable){"DEPLOYMENT_GROUP_ID", basics.id};
    if (deployment->has_revision && revision->type == CDP_REVISION_TYPE_S3) {
        variables[count++] = (variable){"BUNDLE_BUCKET", revision->bucket};
        variables[count++] = (variable){"BUNDLE_KEY", revision->key};
        variables[count++] = (variable){"BUNDLE_VERSION", revision->version};
        variables[count++] = (variable){"BUNDLE_ETAG", revision->etag};
    } else if (deployment->has_revision && revision->type == CDP_REVISION_TYPE_GITHUB) {
        variables[count++] = (variable){"BUNDLE_COMMIT", revision->commit_id};
    }
    if (index >= count)
        return CDP_ERR_NOT_FOUND;
    *name = cdp_string_of(variables[index].name);
    *value = variables[index].value.data ? variables[index].value : CDP_STR("");
    return CDP_OK;
}
