/* SPDX-License-Identifier: MIT */
/* What goes along a schedule. */
#include "testing.h"

#include <codedeploy/traffic.h>

#include "base/strings.h"

#define MINUTE INT64_C(60000)
#define LATEST (INT64_MAX - CDP_TRAFFIC_DURATION_LIMIT)

typedef struct fixture {
    cdp_traffic_schedule *schedule;
    cdp_traffic_cursor *cursor;
    cdp_traffic_progress progress;
} fixture;

static fixture begin(const char *text, int64_t start)
{
    fixture f = {.progress = {.size = sizeof f.progress}};

    assert_int_equal(cdp_traffic_schedule_parse(text, strlen(text), NULL, NULL, NULL, &f.schedule),
                     CDP_OK);
    assert_int_equal(cdp_traffic_cursor_new(f.schedule, start, NULL, &f.cursor), CDP_OK);
    return f;
}

static void end(fixture *f)
{
    cdp_traffic_cursor_free(f->cursor);
    cdp_traffic_schedule_free(f->schedule);
}

static void assert_progress(const fixture *f, size_t first, size_t count, int weight, int at_gate,
                            int done)
{
    assert_int_equal(f->progress.first_step, first);
    assert_int_equal(f->progress.step_count, count);
    assert_int_equal(f->progress.weight, weight);
    assert_int_equal(f->progress.original_weight, 100 - weight);
    assert_int_equal(f->progress.at_gate, at_gate);
    assert_int_equal(f->progress.done, done);
}

static void step(fixture *f, int64_t now)
{
    assert_int_equal(cdp_traffic_cursor_step(f->cursor, now, &f->progress), CDP_OK);
    assert_int_equal(cdp_traffic_cursor_now(f->cursor), now);
}

static void first_step_is_due_at_the_start(void **state)
{
    fixture f = begin("10:5m,100", 1000);

    (void)state;
    assert_int_equal(cdp_traffic_cursor_now(f.cursor), -1);
    assert_int_equal(cdp_traffic_cursor_next_deadline(f.cursor), 1000);
    step(&f, 999);
    assert_progress(&f, 0, 0, 0, 0, 0);
    assert_int_equal(cdp_traffic_cursor_continue(f.cursor, 999, NULL), CDP_ERR_STATE);
    step(&f, 1000);
    assert_progress(&f, 0, 1, 10, 0, 0);
    assert_int_equal(cdp_traffic_cursor_next_deadline(f.cursor), 1000 + 5 * MINUTE);
    step(&f, 1000);
    assert_progress(&f, 1, 0, 10, 0, 0);
    step(&f, 1000 + 5 * MINUTE);
    assert_progress(&f, 1, 1, 100, 0, 1);
    assert_true(cdp_traffic_cursor_next_deadline(f.cursor) == INT64_MAX);
    assert_int_equal(cdp_traffic_cursor_is_done(f.cursor), 1);
    end(&f);
}

static void sleeping_over_steps_lands_on_the_right_weight(void **state)
{
    fixture f = begin("10:1m,20:1m,30:1m,40:1m,100", 0);

    (void)state;
    step(&f, 0);
    step(&f, 3 * MINUTE + 30000);
    assert_progress(&f, 1, 3, 40, 0, 0);
    assert_int_equal(cdp_traffic_cursor_began_ms(f.cursor, 2), 2 * MINUTE);
    assert_int_equal(cdp_traffic_cursor_began_ms(f.cursor, 3), 3 * MINUTE);
    /* Not a minute after the late tick: the schedule's own time counts. */
    assert_int_equal(cdp_traffic_cursor_next_deadline(f.cursor), 4 * MINUTE);
    assert_int_equal(cdp_traffic_cursor_began_ms(f.cursor, 4), 4 * MINUTE);
    step(&f, LATEST);
    assert_progress(&f, 4, 1, 100, 0, 1);
    end(&f);
}

static void a_gate_holds_until_it_is_opened(void **state)
{
    fixture f = begin("10:5m,25:gate,50:10m,100", 0);

    (void)state;
    assert_true(cdp_traffic_cursor_began_ms(f.cursor, 2) == INT64_MAX);
    assert_int_equal(cdp_traffic_cursor_began_ms(f.cursor, 1), 5 * MINUTE);
    step(&f, 0);
    assert_int_equal(cdp_traffic_cursor_open_gate(f.cursor, 1, &f.progress), CDP_ERR_STATE);
    assert_int_equal(cdp_traffic_cursor_now(f.cursor), 0);
    step(&f, 60 * MINUTE);
    assert_progress(&f, 1, 1, 25, 1, 0);
    assert_true(cdp_traffic_cursor_next_deadline(f.cursor) == INT64_MAX);
    assert_int_equal(cdp_traffic_cursor_is_at_gate(f.cursor), 1);
    assert_int_equal(cdp_traffic_cursor_open_gate(f.cursor, 61 * MINUTE, &f.progress), CDP_OK);
    assert_progress(&f, 2, 1, 50, 0, 0);
    assert_int_equal(cdp_traffic_cursor_began_ms(f.cursor, 3), 71 * MINUTE);
    assert_int_equal(cdp_traffic_cursor_next_deadline(f.cursor), 71 * MINUTE);
    step(&f, 71 * MINUTE);
    assert_progress(&f, 3, 1, 100, 0, 1);
    assert_int_equal(cdp_traffic_cursor_open_gate(f.cursor, 72 * MINUTE, NULL), CDP_ERR_STATE);
    end(&f);
}

static void continue_skips_the_rest_of_a_wait(void **state)
{
    fixture f = begin("10:5m,25:gate,50:10m,100", 0);

    (void)state;
    step(&f, 0);
    assert_int_equal(cdp_traffic_cursor_continue(f.cursor, MINUTE, &f.progress), CDP_OK);
    assert_progress(&f, 1, 1, 25, 1, 0);
    assert_int_equal(cdp_traffic_cursor_began_ms(f.cursor, 1), MINUTE);
    assert_int_equal(cdp_traffic_cursor_continue(f.cursor, 2 * MINUTE, &f.progress), CDP_OK);
    assert_progress(&f, 2, 1, 50, 0, 0);
    assert_int_equal(cdp_traffic_cursor_next_deadline(f.cursor), 12 * MINUTE);
    /* At the very end of the wait it is no more than a step. */
    assert_int_equal(cdp_traffic_cursor_continue(f.cursor, 12 * MINUTE, &f.progress), CDP_OK);
    assert_progress(&f, 3, 1, 100, 0, 1);
    assert_int_equal(cdp_traffic_cursor_continue(f.cursor, 12 * MINUTE, NULL), CDP_ERR_STATE);
    end(&f);
}

/* Who wanted to skip the wait at 10 percent does not skip the one at 20. */
static void continue_after_a_due_step_is_refused(void **state)
{
    fixture f = begin("10:5m,20:5m,100", 0);

    (void)state;
    step(&f, 0);
    assert_int_equal(cdp_traffic_cursor_continue(f.cursor, 5 * MINUTE + 1, &f.progress),
                     CDP_ERR_STATE);
    assert_int_equal(cdp_traffic_cursor_now(f.cursor), 0);
    assert_int_equal(cdp_traffic_cursor_weight(f.cursor), 10);
    step(&f, 5 * MINUTE + 1);
    assert_progress(&f, 1, 1, 20, 0, 0);
    assert_int_equal(cdp_traffic_cursor_continue(f.cursor, 5 * MINUTE + 1, &f.progress), CDP_OK);
    assert_progress(&f, 2, 1, 100, 0, 1);
    end(&f);
}

static void the_last_wait_comes_before_the_end(void **state)
{
    fixture f = begin("50:1m,100:10m", 0);

    (void)state;
    step(&f, MINUTE);
    assert_progress(&f, 0, 2, 100, 0, 0);
    assert_int_equal(cdp_traffic_cursor_next_deadline(f.cursor), 11 * MINUTE);
    step(&f, 11 * MINUTE - 1);
    assert_progress(&f, 2, 0, 100, 0, 0);
    step(&f, 11 * MINUTE);
    assert_progress(&f, 2, 0, 100, 0, 1);
    end(&f);
    f = begin("100:gate", 0);
    step(&f, 0);
    assert_progress(&f, 0, 1, 100, 1, 0);
    assert_int_equal(cdp_traffic_cursor_open_gate(f.cursor, 5, &f.progress), CDP_OK);
    assert_progress(&f, 1, 0, 100, 0, 1);
    end(&f);
}

static void time_that_runs_backwards_changes_nothing(void **state)
{
    fixture f = begin("10:5m,25:gate,100", 0);
    cdp_traffic_progress untouched = {.size = sizeof untouched, .first_step = 77};

    (void)state;
    step(&f, 5 * MINUTE);
    f.progress = untouched;
    assert_int_equal(cdp_traffic_cursor_step(f.cursor, 5 * MINUTE - 1, &f.progress), CDP_ERR_TIME);
    assert_int_equal(cdp_traffic_cursor_step(f.cursor, -1, &f.progress), CDP_ERR_TIME);
    assert_int_equal(cdp_traffic_cursor_step(f.cursor, LATEST + 1, &f.progress), CDP_ERR_TIME);
    assert_int_equal(cdp_traffic_cursor_open_gate(f.cursor, 0, &f.progress), CDP_ERR_TIME);
    assert_int_equal(cdp_traffic_cursor_continue(f.cursor, 0, &f.progress), CDP_ERR_TIME);
    assert_memory_equal(&f.progress, &untouched, sizeof untouched);
    assert_int_equal(cdp_traffic_cursor_now(f.cursor), 5 * MINUTE);
    assert_int_equal(cdp_traffic_cursor_weight(f.cursor), 25);
    assert_int_equal(cdp_traffic_cursor_is_at_gate(f.cursor), 1);
    end(&f);
}

static void what_cannot_be_told_does_not_happen(void **state)
{
    fixture f = begin("10:5m,100", 0);

    (void)state;
    f.progress.size = 3;
    assert_int_equal(cdp_traffic_cursor_step(f.cursor, 0, &f.progress), CDP_ERR_STRUCT);
    assert_int_equal(cdp_traffic_cursor_now(f.cursor), -1);
    assert_int_equal(cdp_traffic_cursor_steps_begun(f.cursor), 0);
    assert_int_equal(cdp_traffic_cursor_step(f.cursor, 0, NULL), CDP_OK);
    assert_int_equal(cdp_traffic_cursor_steps_begun(f.cursor), 1);
    assert_int_equal(cdp_traffic_cursor_continue(f.cursor, 1, &f.progress), CDP_ERR_STRUCT);
    assert_int_equal(cdp_traffic_cursor_steps_begun(f.cursor), 1);
    assert_int_equal(cdp_traffic_cursor_now(f.cursor), 0);
    assert_int_equal(cdp_traffic_cursor_next_deadline(f.cursor), 5 * MINUTE);
    end(&f);
}

static void callers_mistakes_are_named(void **state)
{
    fixture f = begin("10:5m,100", LATEST);
    cdp_traffic_cursor *cursor = NULL;

    (void)state;
    assert_int_equal(cdp_traffic_cursor_new(f.schedule, -1, NULL, &cursor), CDP_ERR_TIME);
    assert_int_equal(cdp_traffic_cursor_new(f.schedule, LATEST + 1, NULL, &cursor), CDP_ERR_TIME);
    assert_int_equal(cdp_traffic_cursor_new(NULL, 0, NULL, &cursor), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_cursor_new(f.schedule, 0, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_null(cursor);
    assert_int_equal(cdp_traffic_cursor_step(NULL, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_cursor_open_gate(NULL, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_cursor_continue(NULL, 0, NULL), CDP_ERR_ARGUMENT);
    assert_true(cdp_traffic_cursor_next_deadline(NULL) == INT64_MAX);
    assert_int_equal(cdp_traffic_cursor_now(NULL), -1);
    assert_int_equal(cdp_traffic_cursor_steps_begun(NULL), 0);
    assert_int_equal(cdp_traffic_cursor_began_ms(NULL, 0), -1);
    assert_int_equal(cdp_traffic_cursor_began_ms(f.cursor, 2), -1);
    assert_int_equal(cdp_traffic_cursor_weight(NULL), 0);
    assert_int_equal(cdp_traffic_cursor_is_at_gate(NULL), 0);
    assert_int_equal(cdp_traffic_cursor_is_done(NULL), 0);
    assert_null(cdp_traffic_cursor_schedule(NULL));
    assert_ptr_equal(cdp_traffic_cursor_schedule(f.cursor), f.schedule);
    step(&f, LATEST);
    assert_progress(&f, 0, 1, 10, 0, 0);
    assert_true(cdp_traffic_cursor_next_deadline(f.cursor) == LATEST + 5 * MINUTE);
    cdp_traffic_cursor_free(NULL);
    end(&f);
}

static cdp_status make_cursor(const cdp_allocator *allocator, void *context)
{
    cdp_traffic_schedule *schedule;
    cdp_traffic_cursor *cursor;
    cdp_status status =
        cdp_traffic_schedule_parse("10:5m,100", 9, NULL, allocator, NULL, &schedule);

    (void)context;
    if (status != CDP_OK)
        return status;
    status = cdp_traffic_cursor_new(schedule, 0, allocator, &cursor);
    /* Collectors of garbage free in any order: freeing looks at nothing that was borrowed. */
    cdp_traffic_schedule_free(schedule);
    if (status == CDP_OK)
        cdp_traffic_cursor_free(cursor);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_int_equal(test_fail_every_allocation(make_cursor, NULL), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_step_is_due_at_the_start),
        cmocka_unit_test(sleeping_over_steps_lands_on_the_right_weight),
        cmocka_unit_test(a_gate_holds_until_it_is_opened),
        cmocka_unit_test(continue_skips_the_rest_of_a_wait),
        cmocka_unit_test(continue_after_a_due_step_is_refused),
        cmocka_unit_test(the_last_wait_comes_before_the_end),
        cmocka_unit_test(time_that_runs_backwards_changes_nothing),
        cmocka_unit_test(what_cannot_be_told_does_not_happen),
        cmocka_unit_test(callers_mistakes_are_named),
        cmocka_unit_test(every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
