/* SPDX-License-Identifier: MIT */
/* A plan as text for people. */
#include "rollback/plan.h"

#include "base/report.h"
#include "group/revision.h"

static void put_line(cdp_text *text, const char *pattern, cdp_string first, cdp_string second,
                     cdp_string third)
{
    cdp_text_put_filled(text, cdp_string_of(pattern),
                        (const cdp_string[]){first, second, third, {NULL, 0}});
    cdp_text_put_byte(text, '\n');
}

static void put_duration(cdp_text *text, int64_t ms, cdp_rollback_basis basis)
{
    switch (basis) {
    case CDP_ROLLBACK_BASIS_UNKNOWN:
        cdp_text_put_c(text, "nobody knows how long");
        return;
    case CDP_ROLLBACK_BASIS_ESTIMATE:
        cdp_text_put_c(text, "about ");
        break;
    case CDP_ROLLBACK_BASIS_AT_LEAST:
        cdp_text_put_c(text, "at least ");
        break;
    case CDP_ROLLBACK_BASIS_EXACT:
        break;
    }
    cdp_text_put_duration(text, ms);
}

static void put_heading(cdp_text *text, const char *heading)
{
    cdp_text_put_byte(text, '\n');
    cdp_text_put_c(text, heading);
    cdp_text_put_byte(text, '\n');
}

static void put_answer(cdp_text *text, const cdp_rollback_plan_info *info)
{
    static const cdp_string none = {NULL, 0};

    cdp_text_put_c(text, info->possible ? "Rollback: " : "No rollback: ");
    cdp_text_put_c(text, info->possible ? cdp_rollback_kind_name(info->kind)
                                        : cdp_rollback_refusal_name(info->refusal));
    cdp_text_put_byte(text, '\n');
    put_line(text, "{0}", info->message, none, none);
    if (!info->possible)
        return;
    put_line(text, "Creator {0}, configuration {1}.",
             cdp_string_of(cdp_deployment_creator_name(info->creator)),
             cdp_config_name(info->config).data ? cdp_config_name(info->config)
                                                : CDP_STR("without a name"),
             none);
    if (info->zones_ignored)
        cdp_text_put_c(text, "Zones are ignored.\n");
    if (info->same_revision)
        cdp_text_put_c(text, "It is the same revision.\n");
    if (info->minimum >= 0) {
        cdp_text_put_c(text, "Of those that take part, stay healthy: ");
        cdp_text_put_int(text, info->minimum);
        cdp_text_put_c(text, ".\n");
    }
    cdp_text_put_c(text, "Takes ");
    put_duration(text, info->duration_ms, info->duration_basis);
    cdp_text_put_c(text, ".\n");
}

static void put_step(cdp_text *text, const cdp_rollback_plan *plan, size_t index)
{
    const cdp_rollback_step *step = &plan->steps[index];

    cdp_text_put_c(text, "  ");
    cdp_text_put_uint(text, index + 1);
    cdp_text_put_c(text, ". ");
    cdp_text_put(text, step->sentence);
    cdp_text_put_byte(text, '\n');
    for (size_t i = 0; i < step->event_count; i++) {
        cdp_rollback_step_event event = {.size = sizeof event};

        (void)cdp_rollback_plan_step_event_at(plan, index, i, &event);
        cdp_text_put_c(text, i ? ", " : "     ");
        cdp_text_put(text, event.name);
        if (event.revision == CDP_REVISION_LAST_SUCCESSFUL ||
            event.revision == CDP_REVISION_MOST_RECENT) {
            cdp_text_put_c(text, " (");
            cdp_text_put_c(text, cdp_revision_source_name(event.revision));
            cdp_text_put_c(text, ")");
        }
    }
    if (step->event_count > 0)
        cdp_text_put_byte(text, '\n');
}

static void put_target(cdp_text *text, const cdp_rollback_plan_target *target)
{
    static const cdp_string none = {NULL, 0};

    put_line(text, "  {0}: {1}", target->id, cdp_string_of(cdp_rollback_part_message(target->part)),
             none);
}

static void put_effects(cdp_text *text, const char *heading, const cdp_rollback_effect *effects,
                        size_t count)
{
    if (count > 0)
        put_heading(text, heading);
    for (size_t i = 0; i < count; i++) {
        cdp_text_put_c(text, "  ");
        cdp_text_put(text, effects[i].sentence);
        cdp_text_put_byte(text, '\n');
    }
}

cdp_status cdp_rollback_plan_render(const cdp_rollback_plan *plan, cdp_text *text)
{
    size_t start;
    cdp_status status;

    if (!plan || !text)
        return CDP_ERR_ARGUMENT;
    start = text->length;
    put_answer(text, &plan->info);
    if (plan->step_count > 0)
        put_heading(text, "Steps, each after the one before has succeeded:");
    for (size_t i = 0; i < plan->step_count; i++)
        put_step(text, plan, i);
    if (plan->target_count > 0)
        put_heading(text, "Targets, in order:");
    for (size_t i = 0; i < plan->target_count; i++)
        put_target(text, &plan->targets[i]);
    put_effects(text, "Comes back:", plan->restores, plan->restore_count);
    put_effects(text, "Does not come back:", plan->losses, plan->loss_count);
    status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, start);
    return status;
}
