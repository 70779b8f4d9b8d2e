/* SPDX-License-Identifier: MIT */
/* The answer in a sentence, and the records' rollbackMessage. */
#include "rollback/planner.h"

#include "base/report.h"
#include "group/revision.h"

/* "deployment d-0 (s3://bucket/key)" */
static cdp_string source_of(cdp_planner *planner)
{
    const cdp_rollback_plan_info *info = &planner->plan->info;
    cdp_string place = CDP_ABSENT;

    if (planner->status != CDP_OK)
        return place;
    cdp_text_clear(&planner->text);
    cdp_revision_put_short(info->revision, &planner->text);
    planner->status = cdp_text_status(&planner->text);
    if (planner->status == CDP_OK)
        planner->status =
            cdp_arena_copy(&planner->scratch, cdp_text_string(&planner->text), &place);
    return cdp_planner_say(planner, "deployment {0} ({1})", info->source_id, place, CDP_ABSENT);
}

static cdp_string say_redeploy(cdp_planner *planner)
{
    const cdp_rollback_plan *plan = planner->plan;
    size_t gone_at;
    size_t gone;

    if (!cdp_planner_is_in_place(planner))
        return cdp_planner_say(planner,
                               "The revision of {0} is deployed again, as a whole blue/green "
                               "deployment.",
                               source_of(planner), CDP_ABSENT, CDP_ABSENT);
    gone = cdp_planner_part(planner, CDP_ROLLBACK_PART_GONE, &gone_at);
    return cdp_planner_say(planner, "The revision of {0} is deployed again to {1} of {2}.",
                           source_of(planner),
                           cdp_planner_number(planner, plan->steps[0].target_count),
                           cdp_planner_count(planner, plan->target_count - gone, "instance"));
}

static cdp_string say_reroute(cdp_planner *planner)
{
    const cdp_rollback_plan *plan = planner->plan;

    if (plan->step_count == 0)
        return CDP_STR("No traffic has moved, so nothing has to be done.");
    switch (plan->info.platform) {
    case CDP_PLATFORM_LAMBDA:
        return cdp_planner_say(planner,
                               "The alias goes back to the original version at once, from {0} "
                               "percent on the new one.",
                               cdp_planner_number(planner, (size_t)plan->info.weight_before),
                               CDP_ABSENT, CDP_ABSENT);
    case CDP_PLATFORM_ECS:
        return plan->info.weight_before > 0
                   ? cdp_planner_say(planner,
                                     "Traffic goes back to the original task set at once, from {0} "
                                     "percent on the replacement, which is then deleted.",
                                     cdp_planner_number(planner, (size_t)plan->info.weight_before),
                                     CDP_ABSENT, CDP_ABSENT)
                   : CDP_STR("No production traffic has moved; the replacement task set is "
                             "deleted.");
    default:
        return CDP_STR("Traffic goes back to the original instances; nothing is installed.");
    }
}

void cdp_planner_message(cdp_planner *planner)
{
    cdp_rollback_plan_info *info = &planner->plan->info;

    if (planner->status != CDP_OK)
        return;
    switch (info->kind) {
    case CDP_ROLLBACK_KIND_NONE:
        info->message = cdp_string_of(cdp_rollback_refusal_message(info->refusal));
        break;
    case CDP_ROLLBACK_KIND_REDEPLOY:
        info->message = say_redeploy(planner);
        break;
    case CDP_ROLLBACK_KIND_REROUTE:
        info->message = say_reroute(planner);
        break;
    }
}

/* -- rollbackMessage -------------------------------------------------------------------------- */

static const char *pattern_of(const cdp_rollback_plan *plan, cdp_rollback_record record)
{
    if (plan->info.cause == CDP_ROLLBACK_CAUSE_MANUAL)
        return NULL;
    if (record == CDP_ROLLBACK_RECORD_ROLLBACK)
        return plan->info.possible ? "Deployment {1} was triggered to roll back deployment {0}, "
                                     "which {2}."
                                   : NULL;
    if (plan->info.possible)
        return "Deployment {0} was terminated: it {2}. Deployment {1} rolls it back.";
    return plan->info.wanted ? "Deployment {0} was terminated: it {2}. It is not rolled back. {3}"
                             : NULL;
}

cdp_status cdp_rollback_plan_write_message(const cdp_rollback_plan *plan,
                                           cdp_rollback_record record, cdp_string rollback_id,
                                           cdp_text *text)
{
    const char *pattern;
    size_t start;
    cdp_status status;

    if (!plan || !text ||
        (record != CDP_ROLLBACK_RECORD_TRIGGERING && record != CDP_ROLLBACK_RECORD_ROLLBACK))
        return CDP_ERR_ARGUMENT;
    pattern = pattern_of(plan, record);
    if (!pattern)
        return CDP_OK;
    start = text->length;
    cdp_text_put_filled(
        text, cdp_string_of(pattern),
        (const cdp_string[]){
            plan->info.triggering_id.data ? plan->info.triggering_id : CDP_STR("(unnamed)"),
            rollback_id.data ? rollback_id : CDP_STR("(unnamed)"),
            cdp_string_of(cdp_rollback_cause_clause(plan->info.cause)), plan->info.message});
    status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, start);
    return status;
}
