/* SPDX-License-Identifier: MIT */
/* How many targets can go through a whole lifecycle in a second. */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

#include <codedeploy/lifecycle.h>
#include <codedeploy/text.h>

enum { EVENTS = 13, COUNT = 400 * 1000 };

static const cdp_lifecycle_result succeeded = {
    .size = sizeof(cdp_lifecycle_result),
    .status = CDP_EVENT_STATUS_SUCCEEDED,
};

static void must(cdp_status status)
{
    if (status != CDP_OK)
        exit(1);
}

/* What a program would keep without a state machine: statuses and times, and no question asked. */
static uint64_t fill_in_a_form(void *context, uint64_t count)
{
    uint64_t sum = 0;

    (void)context;
    for (uint64_t i = 0; i < count; i++) {
        volatile struct {
            int64_t start;
            int64_t end;
            int status;
        } form[EVENTS] = {{0}};

        for (int event = 0; event < EVENTS; event++) {
            form[event].start = (int64_t)i;
            form[event].status = 1;
            form[event].end = (int64_t)i;
            form[event].status = 2;
        }
        sum += (uint64_t)form[EVENTS - 1].status;
    }
    return sum;
}

/* Made, started, 13 events begun and finished, freed; all memory is taken when it is made. */
static uint64_t whole_lifecycle(void *context, uint64_t count)
{
    const cdp_lifecycle_plan *plan = context;
    uint64_t sum = 0;

    for (uint64_t i = 0; i < count; i++) {
        int64_t now = (int64_t)i;
        cdp_lifecycle *target;

        must(cdp_lifecycle_new(plan, NULL, NULL, NULL, &target));
        must(cdp_lifecycle_start(target, now, NULL));
        for (size_t event = 0; event < EVENTS; event++) {
            must(cdp_lifecycle_begin(target, now++, event, NULL));
            must(cdp_lifecycle_finish(target, now++, event, &succeeded, NULL));
        }
        sum += (uint64_t)cdp_lifecycle_get_status(target);
        cdp_lifecycle_free(target);
    }
    return sum;
}

/* The same, and after each input the host asks what comes next and what has changed. */
static uint64_t attentive_lifecycle(void *context, uint64_t count)
{
    const cdp_lifecycle_plan *plan = context;
    cdp_lifecycle_action action = {.size = sizeof action};
    cdp_lifecycle_change change = {.size = sizeof change};
    uint64_t sum = 0;

    for (uint64_t i = 0; i < count; i++) {
        cdp_lifecycle *target;

        must(cdp_lifecycle_new(plan, NULL, NULL, NULL, &target));
        must(cdp_lifecycle_start(target, (int64_t)i, NULL));
        must(cdp_lifecycle_next(target, &action));
        while (action.kind != CDP_LIFECYCLE_ACTION_NONE) {
            if (action.kind == CDP_LIFECYCLE_ACTION_BEGIN)
                must(cdp_lifecycle_begin(target, (int64_t)i, action.event, NULL));
            else
                must(cdp_lifecycle_finish(target, (int64_t)i, action.event, &succeeded, NULL));
            for (size_t j = 0; j < cdp_lifecycle_change_count(target); j++) {
                must(cdp_lifecycle_change_at(target, j, &change));
                sum += change.event;
            }
            must(cdp_lifecycle_next(target, &action));
        }
        cdp_lifecycle_free(target);
    }
    return sum;
}

static uint64_t there_and_back(void *context, uint64_t count)
{
    const cdp_lifecycle_plan *plan = context;
    cdp_lifecycle *target;
    cdp_text *text;
    uint64_t sum = 0;

    must(cdp_text_new(NULL, &text));
    must(cdp_lifecycle_new(plan, NULL, NULL, NULL, &target));
    must(cdp_lifecycle_start(target, 0, NULL));
    for (uint64_t i = 0; i < count; i++) {
        cdp_lifecycle *restored;

        cdp_text_clear(text);
        must(cdp_lifecycle_snapshot(target, text));
        must(cdp_lifecycle_restore(cdp_text_string(text), NULL, NULL, NULL, &restored));
        cdp_lifecycle_free(target);
        target = restored;
        sum += cdp_text_string(text).length;
    }
    cdp_lifecycle_free(target);
    cdp_text_free(text);
    return sum;
}

int main(void)
{
    void *plan = (void *)(uintptr_t)cdp_lifecycle_plan_find(CDP_PLATFORM_SERVER,
                                                            CDP_SCENARIO_IN_PLACE_LOAD_BALANCER);
    double reference = bench_measure(fill_in_a_form, NULL, COUNT);
    double whole = bench_measure(whole_lifecycle, plan, COUNT);
    double attentive = bench_measure(attentive_lifecycle, plan, COUNT);
    double snapshot = bench_measure(there_and_back, plan, COUNT / 100);

    puts("one target, 13 events");
    bench_report("  reference: a bare record of them", reference, 0);
    bench_report("  from start to end", whole, reference);
    bench_report("  the same, asking after each input", attentive, reference);
    bench_report("  a snapshot, written and read back", snapshot, reference);
    return bench_wants("from start to end", whole, 1) ? 0 : 1;
}
