/* SPDX-License-Identifier: MIT */
/* What comes back. */
#include "rollback/planner.h"

static bool has_begun_install(const cdp_planner *planner, const cdp_rollback_target *target)
{
    (void)planner;
    return !target->gone && (target->events & cdp_event_bit(CDP_EVENT_INSTALL)) != 0;
}

static void restore_traffic(cdp_planner *planner)
{
    const cdp_rollback_plan *plan = planner->plan;

    for (size_t i = 0; i < plan->step_count; i++) {
        const cdp_rollback_step *step = &plan->steps[i];

        if (step->kind == CDP_ROLLBACK_STEP_SET_TRAFFIC)
            cdp_planner_restore(
                planner, (cdp_rollback_effect){
                             .kind = CDP_ROLLBACK_EFFECT_TRAFFIC,
                             .sentence = CDP_STR("The original gets all production traffic.")});
        else if (step->kind == CDP_ROLLBACK_STEP_SET_TEST_TRAFFIC)
            cdp_planner_restore(
                planner,
                (cdp_rollback_effect){.kind = CDP_ROLLBACK_EFFECT_TEST_TRAFFIC,
                                      .sentence = CDP_STR("The original gets the test traffic.")});
        else if (step->kind == CDP_ROLLBACK_STEP_ALLOW)
            cdp_planner_restore(
                planner, (cdp_rollback_effect){.kind = CDP_ROLLBACK_EFFECT_TRAFFIC,
                                               .target_count = step->target_count,
                                               .target = step->first_target,
                                               .sentence = cdp_planner_say(
                                                   planner, "Traffic to {0}.",
                                                   cdp_planner_count(planner, step->target_count,
                                                                     "original instance"),
                                                   CDP_ABSENT, CDP_ABSENT)});
    }
}

static void restore_revision(cdp_planner *planner)
{
    const cdp_rollback_plan *plan = planner->plan;
    const cdp_rollback_step *step = &plan->steps[0];
    bool counted = step->target_count > 0 && plan->info.platform == CDP_PLATFORM_SERVER;
    size_t only;
    size_t installed;

    cdp_planner_restore(
        planner,
        (cdp_rollback_effect){
            .kind = CDP_ROLLBACK_EFFECT_REVISION,
            .target_count = step->target_count,
            .target = step->first_target,
            .sentence = cdp_planner_say(
                planner,
                counted ? "The files and the application of deployment {0}, on {1}."
                        : "The revision of deployment {0}.",
                plan->info.source_id,
                counted ? cdp_planner_count(planner, step->target_count, "instance") : CDP_ABSENT,
                CDP_ABSENT)});
    installed = cdp_planner_count_targets(planner, has_begun_install, &only);
    if (installed == 0 || !cdp_planner_is_in_place(planner))
        return;
    cdp_planner_restore(
        planner,
        (cdp_rollback_effect){
            .kind = CDP_ROLLBACK_EFFECT_FILES_REMOVED,
            .target_count = installed,
            .target = only,
            .sentence = cdp_planner_say(
                planner, "What {0} installed on {1} is removed, as its cleanup record says.",
                cdp_planner_subject(planner), cdp_planner_count(planner, installed, "instance"),
                CDP_ABSENT)});
}

static const char *sentence_of(const cdp_rollback_file *file)
{
    switch (file->change) {
    case CDP_ROLLBACK_FILE_CREATED:
        return file->in_earlier_revision ? "{0} is the earlier revision's." : "{0} is removed.";
    case CDP_ROLLBACK_FILE_REPLACED:
        return "{0} is the earlier revision's again.";
    case CDP_ROLLBACK_FILE_REMOVED:
        return "{0} comes back from the earlier revision.";
    default:
        return NULL;
    }
}

static void restore_files(cdp_planner *planner)
{
    for (size_t i = 0; i < planner->now.file_count; i++) {
        const cdp_rollback_file *file = &planner->files[i];
        const char *sentence = sentence_of(file);
        cdp_string path = CDP_ABSENT;

        if (!sentence || planner->status != CDP_OK)
            continue;
        planner->status = cdp_arena_copy(&planner->plan->arena, file->path, &path);
        cdp_planner_restore(
            planner, (cdp_rollback_effect){.kind = CDP_ROLLBACK_EFFECT_FILE,
                                           .path = path,
                                           .sentence = cdp_planner_say(planner, sentence, path,
                                                                       CDP_ABSENT, CDP_ABSENT)});
    }
}

void cdp_planner_restores(cdp_planner *planner)
{
    if (planner->status != CDP_OK || planner->plan->info.kind == CDP_ROLLBACK_KIND_NONE)
        return;
    restore_traffic(planner);
    if (planner->plan->info.kind != CDP_ROLLBACK_KIND_REDEPLOY)
        return;
    restore_revision(planner);
    if (cdp_planner_is_in_place(planner))
        restore_files(planner);
}
