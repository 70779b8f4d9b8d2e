/* SPDX-License-Identifier: MIT */
/* What does not come back. */
#include "rollback/planner.h"

/* The events of the platform that may run a script or a function. */
static uint32_t scriptable_events(cdp_platform platform)
{
    uint32_t events = 0;

    for (size_t i = 0; i < cdp_lifecycle_plan_standard_count(); i++) {
        const cdp_lifecycle_plan *plan = cdp_lifecycle_plan_standard_at(i);

        if (cdp_lifecycle_plan_platform(plan) != platform)
            continue;
        for (size_t j = 0; j < cdp_lifecycle_plan_event_count(plan); j++) {
            cdp_lifecycle_event_info info = {.size = sizeof info};

            (void)cdp_lifecycle_plan_event_at(plan, j, &info);
            if (info.scriptable)
                events |= cdp_event_bit(info.event);
        }
    }
    return events;
}

/* Bits of the events whose scripts have run, or may have. */
static uint32_t running_events(const cdp_planner *planner)
{
    return planner->now.hooks_known ? planner->now.hooks & planner->scriptable
                                    : planner->scriptable;
}

static bool has_run_scripts(const cdp_planner *planner, const cdp_rollback_target *target)
{
    return (target->events & running_events(planner)) != 0;
}

static bool is_gone(const cdp_planner *planner, const cdp_rollback_target *target)
{
    return target->gone && (target->original || cdp_planner_is_in_place(planner));
}

static bool has_begun(const cdp_rollback_target *target, cdp_event event)
{
    return !target->gone && (target->events & cdp_event_bit(event)) != 0;
}

/* In transactional mode a host on which the deployment fails gets back what it had. */
static bool has_lost_files(const cdp_planner *planner, const cdp_rollback_target *target)
{
    return has_begun(target, CDP_EVENT_INSTALL) &&
           (planner->now.compatible_install || target->status == CDP_TARGET_STATUS_SUCCEEDED);
}

static bool has_served(const cdp_planner *planner, const cdp_rollback_target *target)
{
    return !cdp_planner_is_in_place(planner) && !target->original &&
           (target->has_traffic || (target->events & cdp_event_bit(CDP_EVENT_ALLOW_TRAFFIC)) != 0);
}

static bool is_touched(const cdp_planner *planner, const cdp_rollback_target *target)
{
    return !target->gone && cdp_target_is_touched(target) &&
           (cdp_planner_is_in_place(planner) || !target->original);
}

static void lose(cdp_planner *planner, cdp_rollback_effect_kind kind, size_t count, size_t only,
                 cdp_string sentence)
{
    cdp_planner_lose(
        planner, (cdp_rollback_effect){
                     .kind = kind, .target_count = count, .target = only, .sentence = sentence});
}

/* The names of events, one behind the other. */
static cdp_string event_names(cdp_planner *planner, uint32_t events)
{
    cdp_string names = CDP_ABSENT;

    for (int event = 1; event < CDP_PLANNER_EVENTS; event++) {
        if (!(events & cdp_event_bit((cdp_event)event)))
            continue;
        names = cdp_planner_say(planner, names.data ? "{0}, {1}" : "{1}", names,
                                cdp_string_of(cdp_event_name((cdp_event)event)), CDP_ABSENT);
    }
    return names;
}

static void lose_scripts(cdp_planner *planner)
{
    bool server = planner->now.platform == CDP_PLATFORM_SERVER;
    size_t only;
    size_t count = cdp_planner_count_targets(planner, has_run_scripts, &only);
    uint32_t events = 0;

    if (count == 0)
        return;
    for (size_t i = 0; i < planner->now.target_count; i++)
        events |= planner->targets[i].events & running_events(planner);
    lose(planner, CDP_ROLLBACK_EFFECT_SCRIPTS, count, only,
         cdp_planner_say(planner,
                         server ? "What scripts did on {1} during {0} ({2}) is not undone."
                                : "What hook functions did during {0} ({2}) is not undone.",
                         cdp_planner_subject(planner),
                         cdp_planner_count(planner, count, "instance"),
                         event_names(planner, events)));
    if (!cdp_planner_is_in_place(planner))
        return;
    lose(planner, CDP_ROLLBACK_EFFECT_SCRIPT_FILES, count, only,
         planner->plan->info.kind == CDP_ROLLBACK_KIND_NONE
             ? CDP_STR("Files that scripts made stay.")
         : planner->plan->info.file_exists_behavior == CDP_FILE_EXISTS_DISALLOW
             ? CDP_STR(
                   "Files that scripts made stay; where the earlier revision has one at the same "
                   "path, its Install fails (DISALLOW).")
         : planner->plan->info.file_exists_behavior == CDP_FILE_EXISTS_RETAIN
             ? CDP_STR("Files that scripts made stay, also in place of the earlier revision's "
                       "(RETAIN).")
             : CDP_STR("Files that scripts made stay, unless the earlier revision overwrites them "
                       "(OVERWRITE)."));
}

/* -- files ------------------------------------------------------------------------------------ */

static cdp_rollback_effect_kind file_kind(cdp_rollback_file_change change)
{
    switch (change) {
    case CDP_ROLLBACK_FILE_OVERWRITTEN:
        return CDP_ROLLBACK_EFFECT_OVERWRITTEN;
    case CDP_ROLLBACK_FILE_RETAINED:
        return CDP_ROLLBACK_EFFECT_RETAINED;
    case CDP_ROLLBACK_FILE_BY_SCRIPT:
        return CDP_ROLLBACK_EFFECT_SCRIPT_FILES;
    default:
        return (cdp_rollback_effect_kind)0;
    }
}

static const char *file_sentence(const cdp_planner *planner, const cdp_rollback_file *file)
{
    const cdp_rollback_plan_info *info = &planner->plan->info;
    bool meets = file->in_earlier_revision && info->kind != CDP_ROLLBACK_KIND_NONE;

    switch (file->change) {
    case CDP_ROLLBACK_FILE_OVERWRITTEN:
        return meets ? "What {0} held before {1} is lost; the earlier revision puts its own there."
                     : "What {0} held before {1} is lost.";
    case CDP_ROLLBACK_FILE_RETAINED:
        return "{0}, which {1} found and kept, stays as it is.";
    default:
        break;
    }
    if (!meets)
        return "{0}, which a script of {1} made, stays.";
    switch (info->file_exists_behavior) {
    case CDP_FILE_EXISTS_OVERWRITE:
        return "{0}, which a script of {1} made, gives way to the earlier revision's.";
    case CDP_FILE_EXISTS_RETAIN:
        return "{0}, which a script of {1} made, stays in place of the earlier revision's.";
    default:
        return "{0}, which a script of {1} made, is in the way of the earlier revision's: its "
               "Install fails (DISALLOW).";
    }
}

static void lose_single_files(cdp_planner *planner, bool lost)
{
    for (size_t i = 0; i < planner->now.file_count; i++) {
        const cdp_rollback_file *file = &planner->files[i];
        cdp_rollback_effect_kind kind = file_kind(file->change);
        cdp_string path = CDP_ABSENT;

        if (!kind || planner->status != CDP_OK ||
            (kind == CDP_ROLLBACK_EFFECT_OVERWRITTEN && !lost))
            continue;
        planner->status = cdp_arena_copy(&planner->plan->arena, file->path, &path);
        cdp_planner_lose(
            planner, (cdp_rollback_effect){
                         .kind = kind,
                         .path = path,
                         .sentence = cdp_planner_say(planner, file_sentence(planner, file), path,
                                                     cdp_planner_subject(planner), CDP_ABSENT)});
    }
}

static void lose_files(cdp_planner *planner)
{
    size_t only;
    size_t count = cdp_planner_count_targets(planner, has_lost_files, &only);

    if (planner->now.file_exists_behavior == CDP_FILE_EXISTS_OVERWRITE && count > 0)
        lose(planner, CDP_ROLLBACK_EFFECT_OVERWRITTEN, count, only,
             cdp_planner_say(planner, "What {0} overwrote on {1} (OVERWRITE) does not come back.",
                             cdp_planner_subject(planner),
                             cdp_planner_count(planner, count, "instance"), CDP_ABSENT));
    if (planner->now.file_exists_behavior == CDP_FILE_EXISTS_RETAIN && count > 0)
        lose(planner, CDP_ROLLBACK_EFFECT_RETAINED, count, only,
             cdp_planner_say(planner,
                             "What {0} found in its way on {1} and kept (RETAIN) stays as it is.",
                             cdp_planner_subject(planner),
                             cdp_planner_count(planner, count, "instance"), CDP_ABSENT));
    lose_single_files(planner, count > 0);
}

/* -- traffic ---------------------------------------------------------------------------------- */

static void lose_originals(cdp_planner *planner)
{
    size_t only;
    size_t count = cdp_planner_count_targets(planner, is_gone, &only);
    bool in_place = cdp_planner_is_in_place(planner);

    if (count > 0 && planner->now.platform == CDP_PLATFORM_SERVER)
        lose(planner, CDP_ROLLBACK_EFFECT_TERMINATED, count, only,
             cdp_planner_say(
                 planner, in_place ? "Gone for good: {0}." : "Terminated: {0}.",
                 cdp_planner_count(planner, count, in_place ? "instance" : "original instance"),
                 CDP_ABSENT, CDP_ABSENT));
    else if (planner->now.original_gone)
        lose(planner, CDP_ROLLBACK_EFFECT_TERMINATED, 0, 0,
             planner->now.platform == CDP_PLATFORM_ECS
                 ? CDP_STR("The original task set is gone, or "
                           "may be.")
             : planner->now.platform == CDP_PLATFORM_LAMBDA
                 ? CDP_STR("The original version of the function is gone, or may be.")
                 : CDP_STR("Original instances are gone, or may be."));
}

static void lose_answers(cdp_planner *planner)
{
    size_t only;
    size_t count;

    if (planner->now.platform != CDP_PLATFORM_SERVER) {
        if (planner->now.weight > 0)
            lose(
                planner, CDP_ROLLBACK_EFFECT_SERVED, 0, 0,
                cdp_planner_say(planner,
                                "What the replacement did with production requests ({0} percent of "
                                "them now) is not undone.",
                                cdp_planner_number(planner, (size_t)planner->now.weight),
                                CDP_ABSENT, CDP_ABSENT));
        return;
    }
    count = cdp_planner_count_targets(planner, has_served, &only);
    if (count > 0)
        lose(planner, CDP_ROLLBACK_EFFECT_SERVED, count, only,
             cdp_planner_say(planner, "What {0} did with requests is not undone.",
                             cdp_planner_count(planner, count, "replacement instance"), CDP_ABSENT,
                             CDP_ABSENT));
}

/* What a deployment leaves that is not rolled back. */
static cdp_string left_as_it_is(cdp_planner *planner, size_t touched)
{
    const cdp_rollback_situation *now = &planner->now;
    cdp_string percent = cdp_planner_number(planner, (size_t)now->weight);

    switch (now->platform) {
    case CDP_PLATFORM_LAMBDA:
        if (now->weight == 0)
            return CDP_STR("The new version of the function stays published.");
        if (now->weight == 100)
            return CDP_STR("The alias stays on the new version.");
        return cdp_planner_say(planner,
                               "The alias goes on splitting its traffic, {0} percent to the new "
                               "version; deployments fail until it is set to one version.",
                               percent, CDP_ABSENT, CDP_ABSENT);
    case CDP_PLATFORM_ECS:
        if (!now->replacement_exists)
            return CDP_ABSENT;
        return cdp_planner_say(planner,
                               now->original_gone
                                   ? "The replacement task set stays, with {0} percent of the "
                                     "traffic."
                                   : "Both task sets stay, the replacement with {0} percent of the "
                                     "traffic.",
                               percent, CDP_ABSENT, CDP_ABSENT);
    default:
        if (touched == 0)
            return CDP_ABSENT;
        return cdp_planner_say(planner, "Left as the deployment left it: {0}.",
                               cdp_planner_count(planner, touched, "instance"), CDP_ABSENT,
                               CDP_ABSENT);
    }
}

static void leave_behind(cdp_planner *planner)
{
    const cdp_rollback_plan_info *info = &planner->plan->info;
    size_t only;
    size_t touched = cdp_planner_count_targets(planner, is_touched, &only);
    cdp_string sentence = CDP_ABSENT;

    if (cdp_planner_is_manual(planner) || info->refusal == CDP_ROLLBACK_REFUSAL_SUCCEEDED)
        return;
    if (info->kind == CDP_ROLLBACK_KIND_NONE)
        sentence = left_as_it_is(planner, touched);
    else if (info->platform == CDP_PLATFORM_LAMBDA)
        sentence = CDP_STR("The new version of the function stays published.");
    else if (info->platform == CDP_PLATFORM_SERVER && info->kind == CDP_ROLLBACK_KIND_REROUTE &&
             touched > 0)
        sentence = cdp_planner_say(
            planner,
            "Left running, with the new revision: {0}; whoever provided them "
            "takes them away.",
            cdp_planner_count(planner, touched, "replacement instance"), CDP_ABSENT, CDP_ABSENT);
    if (sentence.data)
        lose(planner, CDP_ROLLBACK_EFFECT_LEFT_BEHIND,
             info->platform == CDP_PLATFORM_SERVER ? touched : 0, only, sentence);
}

/* What makes the rollback itself fail. */
static void foresee_failure(cdp_planner *planner)
{
    const cdp_rollback_plan_info *info = &planner->plan->info;
    const cdp_rollback_step *step = &planner->plan->steps[0];
    int64_t minimum = info->minimum;

    if (info->kind != CDP_ROLLBACK_KIND_REDEPLOY)
        return;
    if (info->revision_missing)
        lose(
            planner, CDP_ROLLBACK_EFFECT_REVISION_MISSING, 0, 0,
            cdp_planner_say(planner,
                            "The revision of deployment {0} is not there any more: this fails with "
                            "REVISION_MISSING.",
                            info->source_id, CDP_ABSENT, CDP_ABSENT));
    if (!cdp_planner_is_in_place(planner))
        return;
    if (step->target_count == 0) {
        lose(planner, CDP_ROLLBACK_EFFECT_NO_INSTANCES, 0, 0,
             CDP_STR("There is no instance to deploy to: this fails with NO_INSTANCES."));
        return;
    }
    if (minimum < 0)
        (void)cdp_config_minimum_for(info->config, (int64_t)step->target_count, &minimum);
    if ((uint64_t)minimum >= step->target_count)
        lose(planner, CDP_ROLLBACK_EFFECT_MINIMUM_TOO_LARGE, 0, 0,
             cdp_planner_say(planner,
                             "{0} of the {1} have to stay healthy, which leaves none to deploy to: "
                             "this fails with HEALTH_CONSTRAINTS_INVALID.",
                             cdp_planner_number(planner, (size_t)minimum),
                             cdp_planner_count(planner, step->target_count, "instance"),
                             CDP_ABSENT));
}

void cdp_planner_losses(cdp_planner *planner)
{
    if (planner->status != CDP_OK)
        return;
    planner->scriptable = scriptable_events(planner->now.platform);
    foresee_failure(planner);
    lose_originals(planner);
    lose_scripts(planner);
    if (cdp_planner_is_in_place(planner))
        lose_files(planner);
    lose_answers(planner);
    leave_behind(planner);
}
