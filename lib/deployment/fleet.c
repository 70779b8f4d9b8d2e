/* SPDX-License-Identifier: MIT */
/* A Server deployment: the roll-out decides which targets go, and is told how they came out. */
#include "deployment/acts.h"

/* What the API says when the group lacks what its style needs; found when the deployment runs. */
static bool lacks_something(cdp_deployment *deployment)
{
    if (cdp_is_blue_green_server(deployment) && !deployment->has_blue_green) {
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED,
                CDP_ERROR_CODE_MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION,
                CDP_STR("the group is blue/green and has no blueGreenDeploymentConfiguration"));
        return true;
    }
    if (!deployment->has_load_balancer) {
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED, CDP_ERROR_CODE_MISSING_ELB_INFORMATION,
                CDP_STR("the group controls traffic and names no load balancer or target group"));
        return true;
    }
    if (deployment->member_count > deployment->target_limit) {
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED, CDP_ERROR_CODE_OVER_MAX_INSTANCES,
                CDP_STR("the deployment has more instances than target_limit allows"));
        return true;
    }
    return false;
}

/* Those that the roll-out leaves out. */
static void set_apart(cdp_deployment *deployment, uint32_t target)
{
    cdp_rollout_view view = {.size = sizeof view};

    if (cdp_rollout_at(deployment->rollout, target, &view) == CDP_OK)
        cdp_target_set_apart(deployment, target,
                             view.state == CDP_ROLLOUT_STATE_EXCLUDED ||
                                 view.state == CDP_ROLLOUT_STATE_OUTDATED);
}

void cdp_fleet_begin(cdp_deployment *deployment)
{
    if (lacks_something(deployment))
        return;
    for (uint32_t i = 0; i < deployment->member_count; i++)
        set_apart(deployment, i);
    cdp_fleet_pump(deployment);
}

void cdp_fleet_result(cdp_deployment *deployment, uint32_t target, bool succeeded)
{
    (void)cdp_rollout_result(deployment->rollout, target,
                             cdp_member_at(deployment, target)->attempt, succeeded, deployment->now,
                             NULL);
}

/* -- what the roll-out decides -------------------------------------------------------------------- */

static void start(cdp_deployment *deployment, const cdp_rollout_decision *decision)
{
    cdp_deployment_member *member = cdp_member_at(deployment, decision->instance);

    member->attempt = decision->attempt;
    if (decision->phase == CDP_ROLLOUT_PHASE_REROUTE)
        member->flags |= CDP_MEMBER_RELEASED;
    else if (cdp_machine_of(deployment, decision->instance)->phase != CDP_PHASE_PENDING)
        cdp_target_begin_anew(deployment, decision->instance);
    cdp_target_start(deployment, decision->instance);
}

static void skip(cdp_deployment *deployment, uint32_t target)
{
    if (cdp_machine_of(deployment, target)->phase == CDP_PHASE_PENDING)
        cdp_target_stop(deployment, target);
}

static void say(cdp_deployment *deployment, const cdp_rollout_decision *decision)
{
    cdp_kept_change *change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_DECISION);
    size_t at = deployment->said.length;

    change->rule = (uint8_t)decision->rule;
    change->target = decision->instance;
    if (cdp_rollout_render(decision, &deployment->said) != CDP_OK)
        return;
    change->message_at = at;
    change->message_length = (uint32_t)(deployment->said.length - at);
    cdp_text_put_byte(&deployment->said, '\0');
    if (cdp_text_status(&deployment->said) == CDP_OK)
        return;
    change->message_length = 0;
    cdp_text_rollback(&deployment->said, at);
}

/* Nothing new begins any more; those in flight end what they are doing. */
static void settle(cdp_deployment *deployment, const cdp_rollout_decision *verdict)
{
    if (verdict->verdict == CDP_ROLLOUT_SUCCEEDED || deployment->stage >= CDP_STAGE_ENDING)
        return;
    deployment->settling = true;
    for (uint32_t i = 0; i < deployment->member_count; i++) {
        const cdp_deployment_member *member = cdp_member_at(deployment, i);

        if (!(member->flags & CDP_MEMBER_BUSY) ||
            member->slot.kind == CDP_DEPLOYMENT_ACTION_CANCEL || member->slot.taken)
            continue;
        /* Nobody has begun it: it need not be waited for. */
        cdp_target_stop(deployment, i);
        cdp_fleet_result(deployment, i, false);
    }
}

static cdp_error_code code_of(const cdp_rollout_decision *decision)
{
    cdp_error_code code = CDP_ERROR_CODE_HEALTH_CONSTRAINTS;

    if (decision->error_code)
        (void)cdp_error_code_from_name(cdp_string_of(decision->error_code), &code);
    return code;
}

static void end(cdp_deployment *deployment)
{
    cdp_rollout_decision verdict = {.size = sizeof verdict};
    size_t at = deployment->said.length;
    cdp_string sentence = {NULL, 0};

    if (cdp_rollout_current_verdict(deployment->rollout, &verdict) == CDP_ROLLOUT_SUCCEEDED) {
        cdp_wait_termination(deployment);
        return;
    }
    if (cdp_rollout_render(&verdict, &deployment->said) == CDP_OK)
        sentence = cdp_string_slice(deployment->said.data + at, deployment->said.length - at);
    if (cdp_string_starts_with(sentence, CDP_STR("Failed: "))) /* its status says so */
        sentence = cdp_string_slice(sentence.data + 8, sentence.length - 8);
    cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED, code_of(&verdict), sentence);
}

static void carry_out(cdp_deployment *deployment, const cdp_rollout_decision *decision)
{
    switch (decision->kind) {
    case CDP_ROLLOUT_DECISION_START:
        start(deployment, decision);
        break;
    case CDP_ROLLOUT_DECISION_SKIP:
        skip(deployment, decision->instance);
        break;
    case CDP_ROLLOUT_DECISION_WAIT:
        say(deployment, decision);
        cdp_change_wait(deployment, CDP_DEPLOYMENT_WAIT_ROLLOUT, true, decision->until_ms);
        break;
    case CDP_ROLLOUT_DECISION_PHASE:
        say(deployment, decision);
        if (decision->phase == CDP_ROLLOUT_PHASE_READY)
            cdp_wait_ready(deployment);
        break;
    case CDP_ROLLOUT_DECISION_VERDICT:
        if (!deployment->ready_expired) /* for the roll-out a failure, for the API a stop */
            say(deployment, decision);
        settle(deployment, decision);
        break;
    case CDP_ROLLOUT_DECISION_SETTLED:
        if (deployment->stage < CDP_STAGE_ENDING)
            end(deployment);
        break;
    default:
        break;
    }
}

void cdp_fleet_pump(cdp_deployment *deployment)
{
    cdp_rollout_decision decision = {.size = sizeof decision};
    size_t count = 0;

    if (!deployment->rollout ||
        cdp_rollout_current_phase(deployment->rollout) == CDP_ROLLOUT_PHASE_NONE)
        return;
    while (cdp_rollout_decide(deployment->rollout, &decision, 1, &count) == CDP_OK && count > 0)
        carry_out(deployment, &decision);
}

/* -- the originals, at the end ------------------------------------------------------------------ */

static bool may_be_terminated(const cdp_deployment *deployment, uint32_t target)
{
    return cdp_is_original(deployment, target) &&
           !(cdp_member_at(deployment, target)->flags & CDP_MEMBER_GONE) &&
           cdp_machine_of(deployment, target)->status == CDP_TARGET_STATUS_SUCCEEDED;
}

void cdp_terminate_originals(cdp_deployment *deployment)
{
    bool any = false;

    deployment->stage = CDP_STAGE_TERMINATING;
    for (uint32_t i = 0; i < deployment->member_count; i++) {
        if (!may_be_terminated(deployment, i))
            continue;
        any = true;
        cdp_slot_open(deployment, cdp_slot_of_target(i), CDP_DEPLOYMENT_ACTION_TERMINATE,
                      CDP_SLOT_NO_EVENT, cdp_add_time(deployment->now, INT64_C(3600000)));
    }
    if (!any)
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_SUCCEEDED, CDP_ERROR_CODE_NONE,
                (cdp_string){NULL, 0});
}

void cdp_fleet_terminated(cdp_deployment *deployment, uint32_t target, bool succeeded)
{
    cdp_kept_change *change;

    if (succeeded) {
        cdp_member_at(deployment, target)->flags |= CDP_MEMBER_GONE;
        deployment->original_gone = true;
        change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_TERMINATED);
        change->target = target;
    } else if (deployment->stage == CDP_STAGE_TERMINATING) {
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED, CDP_ERROR_CODE_AUTO_SCALING_CONFIGURATION,
                CDP_STR("an original instance could not be terminated"));
        return;
    }
    if (deployment->stage == CDP_STAGE_TERMINATING && deployment->open_count == 0)
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_SUCCEEDED, CDP_ERROR_CODE_NONE,
                (cdp_string){NULL, 0});
}
