/* SPDX-License-Identifier: MIT */
#include "lifecycle/plan.h"

#include "base/allocator.h"
#include "base/sized.h"
#include "base/strings.h"
#include "base/utf8.h"

enum { LONGEST_NAME = 100 };

static const char *const scenario_names[] = {
    [CDP_SCENARIO_DEFAULT] = NULL,
    [CDP_SCENARIO_IN_PLACE] = "in-place",
    [CDP_SCENARIO_IN_PLACE_LOAD_BALANCER] = "in-place-load-balancer",
    [CDP_SCENARIO_IN_PLACE_ROLLBACK] = "in-place-rollback",
    [CDP_SCENARIO_IN_PLACE_ROLLBACK_LOAD_BALANCER] = "in-place-rollback-load-balancer",
    [CDP_SCENARIO_BLUE_GREEN_REPLACEMENT] = "blue-green-replacement",
    [CDP_SCENARIO_BLUE_GREEN_ORIGINAL] = "blue-green-original",
    [CDP_SCENARIO_BLUE_GREEN_ROLLBACK_ORIGINAL] = "blue-green-rollback-original",
    [CDP_SCENARIO_BLUE_GREEN_ROLLBACK_REPLACEMENT] = "blue-green-rollback-replacement",
    [CDP_SCENARIO_AUTO_SCALING_LAUNCH] = "auto-scaling-launch",
    [CDP_SCENARIO_AUTO_SCALING_TERMINATION] = "auto-scaling-termination",
    [CDP_SCENARIO_LOCAL] = "local",
    [CDP_SCENARIO_BLUE_GREEN] = "blue-green",
    [CDP_SCENARIO_TEST_LISTENER] = "test-listener",
    [CDP_SCENARIO_CUSTOM] = "custom",
};

enum { SCENARIO_COUNT = sizeof scenario_names / sizeof *scenario_names };

const char *cdp_scenario_name(cdp_scenario scenario)
{
    size_t index = (size_t)scenario;

    return index > 0 && index < SCENARIO_COUNT ? scenario_names[index] : "unknown";
}

cdp_status cdp_scenario_from_name(cdp_string name, cdp_scenario *scenario)
{
    if (!scenario)
        return CDP_ERR_ARGUMENT;
    for (size_t i = 1; i < SCENARIO_COUNT; i++) {
        if (cdp_string_equal_c(name, scenario_names[i])) {
            *scenario = (cdp_scenario)i;
            return CDP_OK;
        }
    }
    return CDP_ERR_NOT_FOUND;
}

const char *cdp_revision_source_name(cdp_revision_source source)
{
    static const char *const names[] = {"none", "current", "last-successful", "most-recent"};
    size_t index = (size_t)source;

    return index < sizeof names / sizeof *names ? names[index] : "unknown";
}

const cdp_lifecycle_plan *cdp_lifecycle_plan_find(cdp_platform platform, cdp_scenario scenario)
{
    for (size_t i = 0; i < cdp_standard_plan_count; i++) {
        const cdp_lifecycle_plan *plan = &cdp_standard_plans[i];

        if (plan->platform == platform &&
            (scenario == CDP_SCENARIO_DEFAULT || plan->scenario == scenario))
            return plan;
    }
    return NULL;
}

size_t cdp_lifecycle_plan_standard_count(void)
{
    return cdp_standard_plan_count;
}

const cdp_lifecycle_plan *cdp_lifecycle_plan_standard_at(size_t index)
{
    return index < cdp_standard_plan_count ? &cdp_standard_plans[index] : NULL;
}

cdp_platform cdp_lifecycle_plan_platform(const cdp_lifecycle_plan *plan)
{
    return plan ? plan->platform : CDP_PLATFORM_AUTO;
}

cdp_scenario cdp_lifecycle_plan_scenario(const cdp_lifecycle_plan *plan)
{
    return plan ? plan->scenario : CDP_SCENARIO_DEFAULT;
}

size_t cdp_lifecycle_plan_event_count(const cdp_lifecycle_plan *plan)
{
    return plan ? plan->count : 0;
}

cdp_status cdp_lifecycle_plan_event_at(const cdp_lifecycle_plan *plan, size_t index,
                                       cdp_lifecycle_event_info *info)
{
    const cdp_event_traits *traits;
    cdp_lifecycle_event_info own;

    if (!plan || !info)
        return CDP_ERR_ARGUMENT;
    if (index >= plan->count)
        return CDP_ERR_NOT_FOUND;
    traits = cdp_plan_traits(plan, index);
    own = (cdp_lifecycle_event_info){
        .name = traits->name,
        .event = (cdp_event)traits->event,
        .scriptable = traits->scriptable,
        .revision = cdp_lifecycle_plan_revision(plan, index, (cdp_deployment_creator)0, 0),
        .run_limit_ms = cdp_plan_run_limit(plan, index),
        .start_limit_ms = cdp_plan_start_limit(plan, index),
        .may_roll_back = (plan->flags & CDP_PLAN_ROLLS_BACK) && !traits->too_early_to_roll_back,
        .ignorable = cdp_plan_is_ignorable(plan, index),
        .wait_before =
            (cdp_wait_type)(index > 0 ? plan->steps[index - 1].wait_after : CDP_WAIT_NONE),
        .wait_after = (cdp_wait_type)plan->steps[index].wait_after,
    };
    return cdp_sized_write(info, &own, sizeof own);
}

size_t cdp_lifecycle_plan_event_find(const cdp_lifecycle_plan *plan, cdp_string name)
{
    size_t index = 0;

    if (!plan)
        return 0;
    while (index < plan->count && !cdp_string_equal(cdp_plan_traits(plan, index)->name, name))
        index++;
    return index;
}

/* The agent looks whether the directory is there; it is, once DownloadBundle has made it. */
static bool has_downloaded(const cdp_lifecycle_plan *plan, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (cdp_plan_traits(plan, i)->event == CDP_EVENT_DOWNLOAD_BUNDLE)
            return plan->scenario != CDP_SCENARIO_CUSTOM;
    }
    return false;
}

cdp_revision_source cdp_lifecycle_plan_revision(const cdp_lifecycle_plan *plan, size_t index,
                                                cdp_deployment_creator creator, int has_archive)
{
    const cdp_event_traits *traits;
    bool by_rollback;

    if (!plan || index >= plan->count)
        return CDP_REVISION_NONE;
    traits = cdp_plan_traits(plan, index);
    if (!traits->scriptable)
        return CDP_REVISION_NONE;
    if (has_archive || has_downloaded(plan, index))
        return CDP_REVISION_CURRENT;
    by_rollback = creator ? creator == CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK
                          : (plan->flags & CDP_PLAN_ROLLBACK) != 0;
    if (by_rollback && (plan->flags & CDP_PLAN_BLUE_GREEN))
        return (cdp_revision_source)traits->rollback_revision;
    return (cdp_revision_source)traits->revision;
}

cdp_status cdp_plan_allocate(const cdp_allocator *allocator, size_t count, size_t name_bytes,
                             cdp_plan_parts *parts)
{
    cdp_allocator own;
    cdp_status status = cdp_allocator_import(&own, allocator);
    size_t bytes =
        sizeof *parts->plan + count * (sizeof *parts->traits + sizeof *parts->steps) + name_bytes;

    if (status != CDP_OK)
        return status;
    parts->plan = cdp_allocate_zeroed(&own, bytes);
    if (!parts->plan)
        return CDP_ERR_NOMEM;
    parts->traits = (cdp_event_traits *)(parts->plan + 1);
    parts->steps = (cdp_plan_step *)(parts->traits + count);
    parts->names = (char *)(parts->steps + count);
    parts->plan->count = (uint32_t)count;
    parts->plan->traits = parts->traits;
    parts->plan->steps = parts->steps;
    parts->plan->allocator = own;
    parts->plan->bytes = bytes;
    return CDP_OK;
}

cdp_string cdp_plan_keep_name(cdp_plan_parts *parts, cdp_string name)
{
    cdp_string kept = {parts->names, name.length};

    memcpy(parts->names, name.data, name.length);
    parts->names += name.length + 1;
    return kept;
}

bool cdp_plan_name_is_sound(cdp_string name)
{
    return name.data && name.length > 0 && name.length <= LONGEST_NAME && cdp_utf8_is_sound(name);
}

void cdp_lifecycle_plan_free(cdp_lifecycle_plan *plan)
{
    cdp_allocator allocator;

    if (!plan || plan->bytes == 0)
        return;
    allocator = plan->allocator;
    cdp_release(&allocator, plan, plan->bytes);
}
