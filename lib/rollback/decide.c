/* SPDX-License-Identifier: MIT */
/* Whether there is a rollback, and to what. */
#include "rollback/planner.h"

static bool is_of_auto_scaling(cdp_deployment_creator creator)
{
    return creator == CDP_DEPLOYMENT_CREATOR_AUTOSCALING ||
           creator == CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION;
}

/* A launch deployment brings one instance to the group's revision and does not change what that
 * is; a termination deployment installs nothing. */
static bool is_good(const cdp_planner *planner, const cdp_rollback_past *past)
{
    return past->status == CDP_DEPLOYMENT_STATUS_SUCCEEDED && !is_of_auto_scaling(past->creator) &&
           !cdp_string_equal(past->id, planner->now.deployment_id);
}

static const cdp_rollback_past *last_good(const cdp_planner *planner)
{
    for (size_t i = planner->now.past_count; i-- > 0;) {
        if (is_good(planner, &planner->past[i]))
            return &planner->past[i];
    }
    return NULL;
}

void cdp_planner_choose(cdp_planner *planner)
{
    const cdp_rollback_past *good = last_good(planner);

    planner->source = planner->now.wanted > 0 ? &planner->past[planner->now.wanted - 1] : good;
    planner->status =
        cdp_arena_copy(&planner->plan->arena, good ? good->id : CDP_ABSENT, &planner->good_id);
}

/* True when it was asked for, or is configured for what happened. */
static bool is_wanted(const cdp_rollback_situation *now)
{
    if (now->cause == CDP_ROLLBACK_CAUSE_MANUAL || now->stop_flag == CDP_ROLLBACK_STOP_ASKED)
        return true;
    if (now->stop_flag == CDP_ROLLBACK_STOP_DECLINED || now->ready_expired)
        return false;
    /* The causes have the numbers of the API's events. */
    return now->auto_rollback_enabled &&
           (now->auto_rollback_events & (UINT32_C(1) << now->cause)) != 0;
}

static bool is_final(cdp_deployment_status status)
{
    return status == CDP_DEPLOYMENT_STATUS_SUCCEEDED || status == CDP_DEPLOYMENT_STATUS_FAILED ||
           status == CDP_DEPLOYMENT_STATUS_STOPPED;
}

static cdp_rollback_refusal refuse_manual(const cdp_planner *planner)
{
    const cdp_rollback_situation *now = &planner->now;

    if (!is_final(now->status))
        return CDP_ROLLBACK_REFUSAL_ACTIVE;
    if (now->platform == CDP_PLATFORM_LAMBDA && now->weight > 0 && now->weight < 100)
        return CDP_ROLLBACK_REFUSAL_SPLIT_ALIAS;
    return planner->source ? CDP_ROLLBACK_REFUSAL_NONE : CDP_ROLLBACK_REFUSAL_NO_EARLIER_REVISION;
}

/* Who made the deployment, and how it ended. */
static cdp_rollback_refusal refuse_deployment(const cdp_rollback_situation *now)
{
    if (now->status == CDP_DEPLOYMENT_STATUS_SUCCEEDED)
        return CDP_ROLLBACK_REFUSAL_SUCCEEDED;
    if (now->creator == CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION ||
        now->creator == CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION_ROLLBACK)
        return CDP_ROLLBACK_REFUSAL_CLOUDFORMATION;
    if (now->creator == CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK)
        return CDP_ROLLBACK_REFUSAL_IS_ROLLBACK;
    if (is_of_auto_scaling(now->creator))
        return CDP_ROLLBACK_REFUSAL_AUTO_SCALING;
    if (now->ready_expired)
        return CDP_ROLLBACK_REFUSAL_READY_EXPIRED;
    if (now->stop_flag == CDP_ROLLBACK_STOP_DECLINED)
        return CDP_ROLLBACK_REFUSAL_DECLINED;
    return is_wanted(now) ? CDP_ROLLBACK_REFUSAL_NONE : CDP_ROLLBACK_REFUSAL_NOT_CONFIGURED;
}

/* Blue/green on Server: the rest of a fleet is not one that is known to carry all traffic. */
static bool is_an_original_gone(const cdp_planner *planner)
{
    for (size_t i = 0; i < planner->now.target_count; i++) {
        const cdp_rollback_target *target = &planner->targets[i];

        if (target->original && target->had_traffic && target->gone)
            return true;
    }
    return false;
}

static cdp_rollback_refusal refuse_by_platform(const cdp_planner *planner)
{
    const cdp_rollback_situation *now = &planner->now;

    if (now->platform == CDP_PLATFORM_ECS &&
        (now->failed_event == CDP_EVENT_BEFORE_INSTALL || !now->replacement_exists))
        return CDP_ROLLBACK_REFUSAL_NOTHING_INSTALLED;
    /* Lambda and ECS go back to what was there when the deployment began, whoever put it there. */
    if (now->platform == CDP_PLATFORM_SERVER && !planner->source)
        return CDP_ROLLBACK_REFUSAL_NO_EARLIER_REVISION;
    if (cdp_planner_is_in_place(planner) && !planner->source->revision)
        return CDP_ROLLBACK_REFUSAL_REVISION_UNKNOWN;
    if (!cdp_planner_is_in_place(planner) && (now->original_gone || is_an_original_gone(planner)))
        return CDP_ROLLBACK_REFUSAL_ORIGINAL_GONE;
    return CDP_ROLLBACK_REFUSAL_NONE;
}

cdp_rollback_refusal cdp_planner_decide(cdp_planner *planner)
{
    cdp_rollback_refusal refusal;

    planner->plan->info.wanted = is_wanted(&planner->now);
    if (cdp_planner_is_manual(planner))
        return refuse_manual(planner);
    refusal = refuse_deployment(&planner->now);
    return refusal ? refusal : refuse_by_platform(planner);
}
