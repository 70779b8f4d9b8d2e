/* SPDX-License-Identifier: MIT */
/* The two lists of effects, and the words that they are told in. */
#include "rollback/planner.h"

#include "base/number.h"
#include "base/report.h"

/* Of each kind at most one, beside those of single files. */
enum { KINDS = 12 };

void cdp_planner_effects(cdp_planner *planner)
{
    cdp_rollback_plan *plan = planner->plan;
    size_t room = planner->now.file_count;

    if (planner->status != CDP_OK)
        return;
    if (room > SIZE_MAX / 2) {
        planner->status = CDP_ERR_NOMEM;
        return;
    }
    room += KINDS;
    plan->restores = cdp_arena_array(&plan->arena, room, sizeof *plan->restores);
    plan->losses = cdp_arena_array(&plan->arena, room, sizeof *plan->losses);
    if (!plan->restores || !plan->losses)
        planner->status = CDP_ERR_NOMEM;
}

static void add(cdp_planner *planner, cdp_rollback_effect *list, size_t *count,
                cdp_rollback_effect effect)
{
    if (planner->status != CDP_OK)
        return;
    effect.size = sizeof effect;
    if (effect.target_count != 1)
        effect.target = CDP_ROLLBACK_NONE;
    list[(*count)++] = effect;
}

void cdp_planner_restore(cdp_planner *planner, cdp_rollback_effect effect)
{
    add(planner, planner->plan->restores, &planner->plan->restore_count, effect);
}

void cdp_planner_lose(cdp_planner *planner, cdp_rollback_effect effect)
{
    add(planner, planner->plan->losses, &planner->plan->loss_count, effect);
}

static size_t place_of(const cdp_rollback_plan *plan, size_t index)
{
    for (size_t i = 0; i < plan->target_count; i++) {
        if (plan->targets[i].index == index)
            return i;
    }
    return CDP_ROLLBACK_NONE;
}

size_t cdp_planner_count_targets(const cdp_planner *planner, cdp_target_condition condition,
                                 size_t *only)
{
    size_t count = 0;
    size_t last = 0;

    for (size_t i = 0; i < planner->now.target_count; i++) {
        if (!condition(planner, &planner->targets[i]))
            continue;
        count++;
        last = i;
    }
    *only = count == 1 ? place_of(planner->plan, last) : CDP_ROLLBACK_NONE;
    return count;
}

/* -- words ------------------------------------------------------------------------------------ */

/* What stands in the scratch text, kept with the plan. */
static cdp_string keep(cdp_planner *planner)
{
    cdp_string kept = CDP_ABSENT;

    if (planner->status == CDP_OK)
        planner->status = cdp_text_status(&planner->text);
    if (planner->status == CDP_OK)
        planner->status =
            cdp_arena_copy(&planner->plan->arena, cdp_text_string(&planner->text), &kept);
    return kept;
}

cdp_string cdp_planner_say(cdp_planner *planner, const char *pattern, cdp_string first,
                           cdp_string second, cdp_string third)
{
    const cdp_string arguments[4] = {first, second, third, {NULL, 0}};

    cdp_text_clear(&planner->text);
    cdp_text_put_filled(&planner->text, cdp_string_of(pattern), arguments);
    return keep(planner);
}

cdp_string cdp_planner_number(cdp_planner *planner, size_t number)
{
    cdp_text_clear(&planner->text);
    cdp_text_put_uint(&planner->text, number);
    return keep(planner);
}

cdp_string cdp_planner_count(cdp_planner *planner, size_t count, const char *noun)
{
    cdp_text_clear(&planner->text);
    cdp_text_put_uint(&planner->text, count);
    cdp_text_put_byte(&planner->text, ' ');
    cdp_text_put_c(&planner->text, noun);
    if (count != 1)
        cdp_text_put_byte(&planner->text, 's');
    return keep(planner);
}

cdp_string cdp_planner_subject(cdp_planner *planner)
{
    if (!planner->deployment_id.data)
        return CDP_STR("the deployment");
    return cdp_planner_say(planner, "deployment {0}", planner->deployment_id, CDP_ABSENT,
                           CDP_ABSENT);
}
