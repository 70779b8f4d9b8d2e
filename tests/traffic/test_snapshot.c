/* SPDX-License-Identifier: MIT */
/* A cursor written out and read back; test_properties.c does it at random points. */
#include "cases.h"

#include <codedeploy/traffic.h>

#include "base/strings.h"

#define STEPS "10:5m,25:gate,50:10m,100:1m"
#define HEAD "{\"kind\":\"codedeploy-traffic-cursor\",\"version\":1,\"schedule\":\"" STEPS "\","

static cdp_traffic_schedule *make_schedule(const char *steps)
{
    cdp_traffic_schedule *schedule = NULL;

    assert_int_equal(cdp_traffic_schedule_parse(steps, strlen(steps), NULL, NULL, NULL, &schedule),
                     CDP_OK);
    return schedule;
}

/* What is written today is read for ever. */
static void format_is_frozen(void **state)
{
    cdp_traffic_schedule *schedule = make_schedule(STEPS);
    cdp_traffic_cursor *cursor = NULL;
    cdp_text *text = NULL;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_traffic_cursor_new(schedule, 1000, NULL, &cursor), CDP_OK);
    assert_int_equal(cdp_traffic_cursor_snapshot(cursor, text), CDP_OK);
    assert_cdp_string(cdp_text_string(text),
                      HEAD "\"start_ms\":1000,\"now_ms\":-1,\"began_ms\":[],\"done\":false}");
    cdp_text_clear(text);
    assert_int_equal(cdp_traffic_cursor_step(cursor, 301000, NULL), CDP_OK);
    assert_int_equal(cdp_traffic_cursor_open_gate(cursor, 400000, NULL), CDP_OK);
    assert_int_equal(cdp_traffic_cursor_step(cursor, 1060000, NULL), CDP_OK);
    assert_int_equal(cdp_traffic_cursor_snapshot(cursor, text), CDP_OK);
    assert_cdp_string(cdp_text_string(text),
                      HEAD "\"start_ms\":1000,\"now_ms\":1060000,"
                           "\"began_ms\":[1000,301000,400000,1000000],\"done\":true}");
    assert_int_equal(cdp_traffic_cursor_snapshot(NULL, text), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_cursor_snapshot(cursor, NULL), CDP_ERR_ARGUMENT);
    cdp_text_free(text);
    cdp_traffic_cursor_free(cursor);
    cdp_traffic_schedule_free(schedule);
}

typedef struct corrupt_case {
    const char *name;
    const char *snapshot;
    const char *message; /* part of it */
} corrupt_case;

#define TAIL(start, now, began, done)                                                              \
    HEAD "\"start_ms\":" start ",\"now_ms\":" now ",\"began_ms\":" began ",\"done\":" done "}"

static const corrupt_case corrupt_cases[] = {
    {"nothing", "", "not JSON"},
    {"no JSON", "{", "not JSON"},
    {"NaN", TAIL("NaN", "-1", "[]", "false"), "not JSON"},
    {"a list", "[]", "something else"},
    {"something else", "{\"kind\":\"other\"}", "something else"},
    {"a newer version", "{\"kind\":\"codedeploy-traffic-cursor\",\"version\":2}", "version"},
    {"no version", "{\"kind\":\"codedeploy-traffic-cursor\"}", "version"},
    {"another schedule",
     "{\"kind\":\"codedeploy-traffic-cursor\",\"version\":1,\"schedule\":\"100\",\"start_ms\":0,"
     "\"now_ms\":-1,\"began_ms\":[],\"done\":false}",
     "another schedule"},
    {"a member too few", HEAD "\"start_ms\":0,\"now_ms\":-1,\"done\":false}", "members"},
    {"a member too many",
     HEAD "\"more\":1,\"start_ms\":0,\"now_ms\":-1,\"began_ms\":[],"
          "\"done\":false}",
     "members"},
    {"a member twice",
     HEAD "\"done\":true,\"start_ms\":0,\"now_ms\":-1,\"began_ms\":[],"
          "\"done\":false}",
     NULL},
    {"a negative start", TAIL("-1", "-1", "[]", "false"), "number"},
    {"a start that does not fit", TAIL("9223372036854775808", "-1", "[]", "false"), "number"},
    {"a start out of range", TAIL("9223372036854775807", "-1", "[]", "false"), "number"},
    {"a start of text", TAIL("\"0\"", "-1", "[]", "false"), "number"},
    {"a fraction", TAIL("0.5", "-1", "[]", "false"), "number"},
    {"time before time", TAIL("0", "-2", "[]", "false"), "number"},
    {"steps that are none", TAIL("0", "-1", "{}", "false"), "list"},
    {"a step of text", TAIL("0", "0", "[\"0\"]", "false"), "number"},
    {"neither true nor false", TAIL("0", "-1", "[]", "0"), "true nor false"},
    {"too many steps", TAIL("0", "900000", "[0,1,2,3,4]", "false"), "more steps"},
    {"the first step at another time", TAIL("5", "6", "[6]", "false"), "at the start"},
    {"steps backwards", TAIL("5", "6", "[5,4]", "false"), "before the one"},
    {"a step that came too late", TAIL("0", "300001", "[0,300001]", "false"), "too late"},
    {"a step in the future", TAIL("0", "1", "[0,2]", "false"), "still to come"},
    {"done too early", TAIL("0", "1", "[0,1]", "true"), "done before"},
    {"a step that has not begun", TAIL("0", "300000", "[0]", "false"), "was due"},
    {"no first step", TAIL("7", "7", "[]", "false"), "was due"},
    {"not done", TAIL("0", "60003", "[0,1,2,3]", "false"), "was due"},
};

static void corrupt_snapshot_is_refused(void **state)
{
    const corrupt_case *item = *state;
    cdp_traffic_schedule *schedule = make_schedule(STEPS);
    cdp_traffic_cursor *cursor = NULL;
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostics *diagnostics;
    size_t last;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_traffic_cursor_restore(schedule, item->snapshot, strlen(item->snapshot),
                                                NULL, diagnostics, &cursor),
                     CDP_ERR_CORRUPT);
    assert_null(cursor);
    last = cdp_diagnostics_count(diagnostics);
    assert_true(last > 0);
    assert_int_equal(cdp_diagnostics_at(diagnostics, last - 1, &found), CDP_OK);
    if (item->message)
        assert_non_null(strstr(found.message.data, item->message));
    cdp_diagnostics_free(diagnostics);
    cdp_traffic_schedule_free(schedule);
}

/* Skipped waits and opened gates leave steps that began earlier than planned. */
static void skipped_waits_are_restored(void **state)
{
    static const char snapshot[] = TAIL("0", "4", "[0,1,2]", "false");
    cdp_traffic_schedule *schedule = make_schedule(STEPS);
    cdp_traffic_cursor *cursor = NULL;

    (void)state;
    assert_int_equal(
        cdp_traffic_cursor_restore(schedule, snapshot, strlen(snapshot), NULL, NULL, &cursor),
        CDP_OK);
    assert_int_equal(cdp_traffic_cursor_weight(cursor), 50);
    assert_int_equal(cdp_traffic_cursor_now(cursor), 4);
    assert_int_equal(cdp_traffic_cursor_next_deadline(cursor), 600002);
    assert_int_equal(cdp_traffic_cursor_began_ms(cursor, 1), 1);
    assert_int_equal(cdp_traffic_cursor_step(cursor, 3, NULL), CDP_ERR_TIME);
    cdp_traffic_cursor_free(cursor);
    assert_int_equal(cdp_traffic_cursor_restore(NULL, snapshot, 1, NULL, NULL, &cursor),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_cursor_restore(schedule, NULL, 1, NULL, NULL, &cursor),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_cursor_restore(schedule, snapshot, 1, NULL, NULL, NULL),
                     CDP_ERR_ARGUMENT);
    cdp_traffic_schedule_free(schedule);
}

static cdp_status save_and_restore(const cdp_allocator *allocator, void *context)
{
    cdp_traffic_schedule *schedule = make_schedule(STEPS);
    const char *snapshot = context;
    cdp_traffic_cursor *cursor = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_text *text = NULL;
    cdp_status status = cdp_text_new(allocator, &text);

    if (status == CDP_OK)
        status = cdp_diagnostics_new(allocator, NULL, &diagnostics);
    if (status == CDP_OK)
        status = cdp_traffic_cursor_restore(schedule, snapshot, strlen(snapshot), allocator,
                                            diagnostics, &cursor);
    if (status == CDP_OK) {
        status = cdp_traffic_cursor_snapshot(cursor, text);
        if (status != CDP_OK)
            assert_cdp_string(cdp_text_string(text), "");
    }
    cdp_traffic_cursor_free(cursor);
    cdp_diagnostics_free(diagnostics);
    cdp_text_free(text);
    cdp_traffic_schedule_free(schedule);
    return status == CDP_ERR_CORRUPT ? CDP_OK : status;
}

static void every_allocation_may_fail(void **state)
{
    static char good[] = TAIL("0", "4", "[0,1,2]", "false");
    static char bad[] = TAIL("0", "4", "[0,1,2]", "true");

    (void)state;
    assert_true(test_fail_every_allocation(save_and_restore, good) > 4);
    assert_true(test_fail_every_allocation(save_and_restore, bad) > 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_is_frozen),
        cmocka_unit_test(skipped_waits_are_restored),
        cmocka_unit_test(every_allocation_may_fail),
    };
    int failed = CASES("corrupt", corrupt_snapshot_is_refused, corrupt_cases);

    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
