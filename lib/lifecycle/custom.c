/* SPDX-License-Identifier: MIT */
/* Plans of the host's own. */
#include "base/sized.h"
#include "base/strings.h"
#include "lifecycle/plan.h"
#include "lifecycle/refuse.h"

#define LONGEST_LIMIT ((int64_t)1 << 40)

/* The events as they were given, and what was found so far. */
typedef struct checked_plan {
    cdp_lifecycle_event_info events[CDP_LIFECYCLE_MAX_EVENTS];
    size_t count;
    cdp_verdict verdict;
} checked_plan;

static void refuse(checked_plan *plan, cdp_diagnostic_code code, cdp_string name)
{
    cdp_verdict_report(&plan->verdict, code, name, CDP_STR(""), CDP_STR(""));
}

static bool is_limit(int64_t milliseconds)
{
    return milliseconds >= 0 && milliseconds <= LONGEST_LIMIT;
}

static bool may_wait_after(const checked_plan *plan, size_t index)
{
    switch (plan->events[index].wait_after) {
    case CDP_WAIT_NONE:
        return true;
    case CDP_WAIT_READY:
        return index + 1 < plan->count;
    case CDP_WAIT_TERMINATION:
        return index + 1 == plan->count;
    }
    return false;
}

static bool revision_is_sound(const cdp_lifecycle_event_info *event)
{
    if (!event->scriptable)
        return event->revision == CDP_REVISION_NONE;
    return event->revision == CDP_REVISION_CURRENT ||
           event->revision == CDP_REVISION_LAST_SUCCESSFUL ||
           event->revision == CDP_REVISION_MOST_RECENT;
}

static void check(checked_plan *plan, size_t index)
{
    const cdp_lifecycle_event_info *event = &plan->events[index];

    if (!cdp_plan_name_is_sound(event->name))
        refuse(plan, CDP_DIAGNOSTIC_PLAN_EVENT_NAME, event->name);
    for (size_t i = 0; i < index; i++) {
        if (cdp_string_equal(plan->events[i].name, event->name)) {
            refuse(plan, CDP_DIAGNOSTIC_PLAN_EVENT_REPEATED, event->name);
            break;
        }
    }
    if (!is_limit(event->run_limit_ms) || !is_limit(event->start_limit_ms))
        refuse(plan, CDP_DIAGNOSTIC_PLAN_EVENT_LIMIT, event->name);
    if (!revision_is_sound(event))
        refuse(plan, CDP_DIAGNOSTIC_PLAN_EVENT_REVISION, event->name);
    if (!may_wait_after(plan, index))
        refuse(plan, CDP_DIAGNOSTIC_PLAN_EVENT_WAIT, event->name);
}

static cdp_status read_events(checked_plan *plan, const cdp_lifecycle_event_info *events,
                              size_t count)
{
    const unsigned char *at = (const unsigned char *)events;

    plan->count = count;
    for (size_t i = 0; i < count; i++) {
        cdp_status status = cdp_sized_read(&plan->events[i], sizeof plan->events[i], at);

        if (status != CDP_OK)
            return status;
        if (memcmp(at, events, sizeof events->size) != 0)
            return CDP_ERR_STRUCT;
        at += events->size;
    }
    return CDP_OK;
}

static cdp_event_traits traits_of(const cdp_lifecycle_event_info *event, cdp_string name)
{
    cdp_event known = CDP_EVENT_CUSTOM;

    (void)cdp_event_from_name(name, &known);
    return (cdp_event_traits){
        .name = name,
        .event = (uint8_t)known,
        .scriptable = event->scriptable != 0,
        .ignorable = event->ignorable != 0,
        .too_early_to_roll_back = !event->may_roll_back,
        .revision = (uint8_t)event->revision,
        .rollback_revision = (uint8_t)event->revision,
        .run_limit_ms = event->run_limit_ms,
        .start_limit_ms = event->start_limit_ms,
    };
}

static cdp_status make(const checked_plan *checked, cdp_platform platform,
                       const cdp_allocator *allocator, cdp_lifecycle_plan **plan)
{
    size_t name_bytes = 0;
    cdp_plan_parts parts;
    cdp_status status;

    for (size_t i = 0; i < checked->count; i++)
        name_bytes += checked->events[i].name.length + 1;
    status = cdp_plan_allocate(allocator, checked->count, name_bytes, &parts);
    if (status != CDP_OK)
        return status;
    for (size_t i = 0; i < checked->count; i++) {
        const cdp_lifecycle_event_info *event = &checked->events[i];

        parts.traits[i] = traits_of(event, cdp_plan_keep_name(&parts, event->name));
        parts.steps[i] = (cdp_plan_step){(uint8_t)i, (uint8_t)event->wait_after};
    }
    parts.plan->platform = platform;
    parts.plan->scenario = CDP_SCENARIO_CUSTOM;
    parts.plan->flags = CDP_PLAN_ROLLS_BACK;
    *plan = parts.plan;
    return CDP_OK;
}

cdp_status cdp_lifecycle_plan_new(cdp_platform platform, const cdp_lifecycle_event_info *events,
                                  size_t count, const cdp_allocator *allocator,
                                  cdp_diagnostics *diagnostics, cdp_lifecycle_plan **plan)
{
    checked_plan checked = {.verdict = {diagnostics, CDP_OK}};
    cdp_status status;

    if (!plan || !events || (int)platform < CDP_PLATFORM_AUTO || platform > CDP_PLATFORM_ECS)
        return CDP_ERR_ARGUMENT;
    if (count == 0 || count > CDP_LIFECYCLE_MAX_EVENTS) {
        refuse(&checked, CDP_DIAGNOSTIC_PLAN_EVENT_COUNT, CDP_STR(""));
        return checked.verdict.status == CDP_ERR_INVALID ? CDP_ERR_LIMIT : checked.verdict.status;
    }
    status = read_events(&checked, events, count);
    if (status != CDP_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        check(&checked, i);
    if (checked.verdict.status != CDP_OK)
        return checked.verdict.status;
    return make(&checked, platform, allocator, plan);
}
