/* SPDX-License-Identifier: MIT */
/* In what a situation contradicts itself. */
#include "rollback/planner.h"

#include "base/number.h"
#include "base/report.h"
#include "base/sort.h"

void cdp_planner_refuse(cdp_planner *planner, cdp_diagnostic_code code, cdp_string first,
                        cdp_string second)
{
    const cdp_report report = {.code = code, .arguments = {first, second}};
    cdp_status status = cdp_diagnostics_report(planner->diagnostics, &report);

    if (status != CDP_OK)
        planner->status = status;
    else if (planner->status == CDP_OK)
        planner->status = CDP_ERR_INVALID;
}

static void refuse_number(cdp_planner *planner, cdp_diagnostic_code code, int64_t value,
                          const char *second)
{
    cdp_number_buffer digits;

    cdp_planner_refuse(planner, code, cdp_number_text(value, &digits), cdp_string_of(second));
}

static void check_cause(cdp_planner *planner)
{
    const cdp_rollback_situation *now = &planner->now;
    bool stopped =
        now->cause == CDP_ROLLBACK_CAUSE_ALARM || now->cause == CDP_ROLLBACK_CAUSE_REQUEST;

    if ((now->cause == CDP_ROLLBACK_CAUSE_FAILURE && now->status == CDP_DEPLOYMENT_STATUS_STOPPED &&
         !now->ready_expired) ||
        (stopped && now->status == CDP_DEPLOYMENT_STATUS_FAILED))
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_CAUSE_AND_STATUS,
                           cdp_string_of(cdp_rollback_cause_name(now->cause)),
                           cdp_string_of(cdp_deployment_status_name(now->status)));
    if (now->stop_flag != CDP_ROLLBACK_STOP_NOT_SAID && now->cause != CDP_ROLLBACK_CAUSE_REQUEST)
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_STOP_FLAG,
                           cdp_string_of(cdp_rollback_cause_name(now->cause)), CDP_ABSENT);
}

/* Server: true when some replacement has traffic. */
static bool has_traffic_moved(const cdp_planner *planner)
{
    for (size_t i = 0; i < planner->now.target_count; i++) {
        if (!planner->targets[i].original && planner->targets[i].has_traffic)
            return true;
    }
    return planner->now.weight > 0;
}

static void check_traffic(cdp_planner *planner)
{
    const cdp_rollback_situation *now = &planner->now;
    const char *platform = cdp_platform_name(now->platform);

    if (now->weight < 0 || now->weight > (now->platform == CDP_PLATFORM_SERVER ? 0 : 100))
        refuse_number(planner, CDP_DIAGNOSTIC_ROLLBACK_WEIGHT, now->weight, platform);
    if ((now->test_traffic || now->test_listener) && now->platform != CDP_PLATFORM_ECS)
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_TEST_TRAFFIC, cdp_string_of(platform),
                           CDP_ABSENT);
    if (now->platform == CDP_PLATFORM_ECS && !now->replacement_exists &&
        (now->weight > 0 || now->test_traffic))
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_NO_REPLACEMENT, CDP_ABSENT, CDP_ABSENT);
    if (now->ready_expired && (now->platform == CDP_PLATFORM_LAMBDA ||
                               cdp_planner_is_in_place(planner) || has_traffic_moved(planner)))
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_READY_EXPIRED, CDP_ABSENT, CDP_ABSENT);
}

static void check_deployment(cdp_planner *planner)
{
    const cdp_rollback_situation *now = &planner->now;
    cdp_string name = cdp_config_name(now->config);

    if (now->platform != CDP_PLATFORM_SERVER && cdp_planner_is_in_place(planner))
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_DEPLOYMENT_TYPE,
                           cdp_string_of(cdp_platform_name(now->platform)), CDP_ABSENT);
    if (cdp_config_platform(now->config) != now->platform)
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_CONFIG_PLATFORM,
                           name.data ? name : CDP_STR("without a name"),
                           cdp_string_of(cdp_platform_name(now->platform)));
    if (now->wanted > (cdp_planner_is_manual(planner) ? now->past_count : 0))
        refuse_number(planner, CDP_DIAGNOSTIC_ROLLBACK_WANTED, (int64_t)now->wanted,
                      cdp_rollback_cause_name(now->cause));
    if (now->reroute_ms < 0)
        refuse_number(planner, CDP_DIAGNOSTIC_ROLLBACK_DURATION, now->reroute_ms, "a reroute");
    for (size_t i = 0; i < now->event_ms_count; i++) {
        if (planner->event_ms[i] < -1)
            refuse_number(planner, CDP_DIAGNOSTIC_ROLLBACK_DURATION, planner->event_ms[i],
                          cdp_event_name((cdp_event)i));
    }
}

static void check_target(cdp_planner *planner, size_t index)
{
    const cdp_rollback_target *target = &planner->targets[index];
    bool blue_green_server =
        planner->now.platform == CDP_PLATFORM_SERVER && !cdp_planner_is_in_place(planner);

    if (!target->id.data || target->id.length == 0) {
        refuse_number(planner, CDP_DIAGNOSTIC_ROLLBACK_TARGET_ID, (int64_t)index, NULL);
        return;
    }
    if (target->original && !blue_green_server)
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_TARGET_ORIGINAL, target->id,
                           CDP_ABSENT);
    if ((target->events >> CDP_PLANNER_EVENTS) != 0 ||
        (target->events_done & ~target->events) != 0 ||
        (target->failed_event && target->events_done & cdp_event_bit(target->failed_event)))
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_TARGET_EVENTS, target->id, CDP_ABSENT);
    if (target->gone && target->has_traffic)
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_TARGET_GONE, target->id, CDP_ABSENT);
}

static int compare_ids(const void *a, const void *b, const void *context)
{
    const cdp_rollback_target *targets = context;

    return cdp_string_compare(targets[*(const size_t *)a].id, targets[*(const size_t *)b].id);
}

static void check_unique(cdp_planner *planner)
{
    size_t count = planner->now.target_count;
    size_t *order;

    if (count < 2)
        return;
    order = cdp_arena_array(&planner->scratch, count, sizeof *order);
    for (size_t i = 0; order && i < count; i++)
        order[i] = i;
    if (!order || cdp_sort(&planner->scratch.allocator, order, count, sizeof *order, compare_ids,
                           planner->targets) != CDP_OK) {
        planner->status = CDP_ERR_NOMEM;
        return;
    }
    for (size_t i = 1; i < count; i++) {
        cdp_string id = planner->targets[order[i]].id;

        if (id.data && cdp_string_equal(id, planner->targets[order[i - 1]].id))
            cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_TARGET_TWICE, id, CDP_ABSENT);
    }
}

void cdp_planner_check(cdp_planner *planner)
{
    const cdp_rollback_situation *now = &planner->now;

    check_cause(planner);
    check_traffic(planner);
    check_deployment(planner);
    if (now->target_count > 1 && now->platform != CDP_PLATFORM_SERVER)
        refuse_number(planner, CDP_DIAGNOSTIC_ROLLBACK_ONE_TARGET, (int64_t)now->target_count,
                      cdp_platform_name(now->platform));
    for (size_t i = 0; i < now->target_count; i++)
        check_target(planner, i);
    check_unique(planner);
    for (size_t i = 0; i < now->past_count; i++) {
        if (!planner->past[i].id.data || planner->past[i].id.length == 0)
            refuse_number(planner, CDP_DIAGNOSTIC_ROLLBACK_PAST_ID, (int64_t)i, NULL);
    }
    for (size_t i = 0; i < now->file_count; i++) {
        if (!planner->files[i].path.data || planner->files[i].path.length == 0)
            refuse_number(planner, CDP_DIAGNOSTIC_ROLLBACK_FILE_PATH, (int64_t)i, NULL);
    }
}
