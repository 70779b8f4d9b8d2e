/* SPDX-License-Identifier: MIT */
/* One target: what is refused and why, what an input changes, what it costs. */
#include "testing.h"

#include <stdio.h>

#include "base/strings.h"
#include "script.h"

/* ---------------------------------------------------------------------------------------------- */
/* Refusals                                                                                       */
/* ---------------------------------------------------------------------------------------------- */

typedef enum refused_input {
    START,
    SKIP,
    STOP,
    LOSE,
    STEP,
    READY,
    GONE,
    NO_WAIT,
    BEGIN,
    NO_OP,
    OK
} refused_input;

typedef struct refusal {
    const char *plan;
    const char *options;
    const char *before;
    refused_input input;
    size_t event;
    int64_t now;
    cdp_status status;
    const char *code;
    const char *message;
} refusal;

#define IN_PLACE "Server/in-place"
#define GREEN "Server/blue-green-replacement"

static const refusal refusals[] = {
    {IN_PLACE, "", "start@100", STEP, 0, 99, CDP_ERR_TIME, "lifecycle-time-backwards",
     "The step was refused: its time 99 ms lies before 100 ms, the time of the target's last "
     "input."},
    {IN_PLACE, "", "start@100", BEGIN, 0, 99, CDP_ERR_TIME, "lifecycle-time-backwards",
     "The beginning of ApplicationStop was refused: its time 99 ms lies before 100 ms, the time of "
     "the target's last input."},
    {IN_PLACE, "", "", START, 0, -1, CDP_ERR_TIME, "lifecycle-time-range",
     "The start was refused: its time -1 ms is negative or too far from the target's first."},
    {IN_PLACE, "", "step@5", STEP, 0, INT64_MIN, CDP_ERR_TIME, "lifecycle-time-range",
     "The step was refused: its time -9223372036854775808 ms is negative or too far from the "
     "target's first."},
    {IN_PLACE, "", "step@5", STEP, 0, INT64_MAX, CDP_ERR_TIME, "lifecycle-time-range",
     "The step was refused: its time 9223372036854775807 ms is negative or too far from the "
     "target's first."},
    {IN_PLACE, "", "start@0", BEGIN, 0, 300001, CDP_ERR_STATE, "lifecycle-deadline-passed",
     "The beginning of ApplicationStop was refused: the deadline of ApplicationStop at 300000 ms "
     "passed before 300001 ms."},
    {GREEN, "ask:60", "start@0 pass:7@0", STOP, 0, 61, CDP_ERR_STATE, "lifecycle-deadline-passed",
     "The stop was refused: the deadline of READY_WAIT at 60 ms passed before 61 ms."},
    {"ECS/blue-green", "end:60", "start@0 pass:6@0", GONE, 0, 61, CDP_ERR_STATE,
     "lifecycle-deadline-passed",
     "The continuation was refused: the deadline of TERMINATION_WAIT at 60 ms passed before 61 "
     "ms."},
    {IN_PLACE, "", "start@0", BEGIN, 7, 0, CDP_ERR_ARGUMENT, "lifecycle-no-such-event",
     "The beginning of an event was refused: there is no event 7; the plan has 7, counted from 0."},
    {IN_PLACE, "", "start@0", OK, SIZE_MAX, 0, CDP_ERR_ARGUMENT, "lifecycle-no-such-event",
     "The end of an event was refused: there is no event 9223372036854775807; the plan has 7, "
     "counted from "
     "0."},
    {IN_PLACE, "", "", BEGIN, 0, 0, CDP_ERR_STATE, "lifecycle-not-started",
     "The beginning of ApplicationStop was refused: the target is Pending, and its turn has not "
     "come."},
    {IN_PLACE, "", "start@0", START, 0, 1, CDP_ERR_STATE, "lifecycle-already-started",
     "The start was refused: the target is InProgress, no longer Pending."},
    {IN_PLACE, "", "start@0", SKIP, 0, 1, CDP_ERR_STATE, "lifecycle-already-started",
     "The skip was refused: the target is InProgress, no longer Pending."},
    {IN_PLACE, "", "skip@0", STOP, 0, 1, CDP_ERR_STATE, "lifecycle-target-final",
     "The stop was refused: the target is Skipped, and stays so."},
    {IN_PLACE, "", "lost@0", LOSE, 0, 1, CDP_ERR_STATE, "lifecycle-target-final",
     "The loss of contact was refused: the target is Unknown, and stays so."},
    {IN_PLACE, "", "start@0", BEGIN, 2, 1, CDP_ERR_STATE, "lifecycle-event-out-of-order",
     "BeforeInstall cannot begin: ApplicationStop is next."},
    {IN_PLACE, "", "start@0 begin@0", BEGIN, 1, 1, CDP_ERR_STATE, "lifecycle-event-in-progress",
     "DownloadBundle cannot begin: ApplicationStop is in progress."},
    {IN_PLACE, "", "start@0 begin@0 ok@0", BEGIN, 0, 1, CDP_ERR_STATE, "lifecycle-event-completed",
     "ApplicationStop cannot begin: it is Succeeded already."},
    {IN_PLACE, "", "start@0 begin@0 stop@0", OK, 0, 1, CDP_ERR_STATE, "lifecycle-event-completed",
     "ApplicationStop cannot finish: it is Failed already."},
    {IN_PLACE, "", "start@0 begin@0 stop@0", OK, 3, 1, CDP_ERR_STATE, "lifecycle-event-completed",
     "Install cannot finish: it is Skipped already."},
    {IN_PLACE, "", "start@0 begin@0", OK, 3, 1, CDP_ERR_STATE, "lifecycle-event-not-begun",
     "Install cannot finish: it has not begun."},
    {GREEN, "ask", "start@0 pass:7@0", BEGIN, 7, 1, CDP_ERR_STATE, "lifecycle-waiting",
     "BeforeAllowTraffic cannot begin: the target is Ready and waits for READY_WAIT."},
    {IN_PLACE, "", "", READY, 0, 0, CDP_ERR_STATE, "lifecycle-not-waiting",
     "There is no READY_WAIT to continue: the target is Pending and comes to ApplicationStop."},
    {IN_PLACE, "", "start@0 pass:3@0 begin@0", READY, 0, 0, CDP_ERR_STATE, "lifecycle-not-waiting",
     "There is no READY_WAIT to continue: the target is InProgress and runs Install."},
    {GREEN, "", "start@0 pass:7@0", READY, 0, 0, CDP_ERR_STATE, "lifecycle-not-waiting",
     "There is no READY_WAIT to continue: the target is Ready and comes to BeforeAllowTraffic."},
    {GREEN, "ask", "start@0 pass:7@0", GONE, 0, 0, CDP_ERR_STATE, "lifecycle-not-waiting",
     "There is no TERMINATION_WAIT to continue: the target is Ready and waits for READY_WAIT."},
    {"ECS/blue-green", "end:60", "start@0 pass:6@0", READY, 0, 0, CDP_ERR_STATE,
     "lifecycle-not-waiting",
     "There is no READY_WAIT to continue: the target is Succeeded and waits for TERMINATION_WAIT."},
    {IN_PLACE, "", "skip@0", GONE, 0, 0, CDP_ERR_STATE, "lifecycle-not-waiting",
     "There is no TERMINATION_WAIT to continue: the target is Skipped and has nothing more to do."},
    {IN_PLACE, "", "start@0 pass:1@0", NO_OP, 1, 0, CDP_ERR_ARGUMENT, "lifecycle-event-reserved",
     "DownloadBundle cannot be a no-op: it runs no script, CodeDeploy carries it out itself."},
    {IN_PLACE, "", "start@0", NO_WAIT, 0, 0, CDP_ERR_ARGUMENT, "lifecycle-wait-type",
     "The continuation was refused: 0 is no kind of wait."},
};

static cdp_status put_in(cdp_lifecycle *lifecycle, const refusal *row, cdp_diagnostics *diagnostics)
{
    const cdp_lifecycle_result succeeded = {.size = sizeof succeeded,
                                            .status = CDP_EVENT_STATUS_SUCCEEDED};

    switch (row->input) {
    case START:
        return cdp_lifecycle_start(lifecycle, row->now, diagnostics);
    case SKIP:
        return cdp_lifecycle_skip(lifecycle, row->now, diagnostics);
    case STOP:
        return cdp_lifecycle_stop(lifecycle, row->now, diagnostics);
    case LOSE:
        return cdp_lifecycle_lose_contact(lifecycle, row->now, diagnostics);
    case STEP:
        return cdp_lifecycle_step(lifecycle, row->now, diagnostics);
    case READY:
        return cdp_lifecycle_continue(lifecycle, row->now, CDP_WAIT_READY, diagnostics);
    case GONE:
        return cdp_lifecycle_continue(lifecycle, row->now, CDP_WAIT_TERMINATION, diagnostics);
    case NO_WAIT:
        return cdp_lifecycle_continue(lifecycle, row->now, CDP_WAIT_NONE, diagnostics);
    case BEGIN:
        return cdp_lifecycle_begin(lifecycle, row->now, row->event, diagnostics);
    case NO_OP:
        return cdp_lifecycle_no_op(lifecycle, row->now, row->event, diagnostics);
    case OK:
        break;
    }
    return cdp_lifecycle_finish(lifecycle, row->now, row->event, &succeeded, diagnostics);
}

static void assert_finding(const cdp_diagnostics *diagnostics, size_t index, const char *code,
                           const char *message)
{
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostic_info info = {.size = sizeof info};

    assert_int_equal(cdp_diagnostics_at(diagnostics, index, &found), CDP_OK);
    assert_int_equal(cdp_diagnostic_info_get(found.code, &info), CDP_OK);
    assert_string_equal(info.name, code);
    assert_cdp_string(found.message, message);
}

/* A refused input says why, and leaves no trace, not even in what the input before has changed. */
static void refusals_say_why_and_change_nothing(void **state)
{
    cdp_text *before;
    cdp_text *after;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &before), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &after), CDP_OK);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const refusal *row = &refusals[i];
        cdp_lifecycle *lifecycle = script_target(row->plan, row->options);
        cdp_diagnostics *diagnostics;
        size_t changes;

        assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
        assert_null(script_run(lifecycle, row->before));
        changes = cdp_lifecycle_change_count(lifecycle);
        cdp_text_clear(before);
        cdp_text_clear(after);
        assert_int_equal(cdp_lifecycle_snapshot(lifecycle, before), CDP_OK);
        assert_int_equal(put_in(lifecycle, row, diagnostics), row->status);
        assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
        assert_finding(diagnostics, 0, row->code, row->message);
        assert_int_equal(put_in(lifecycle, row, NULL), row->status);
        assert_int_equal(cdp_lifecycle_snapshot(lifecycle, after), CDP_OK);
        assert_string_equal(cdp_text_string(before).data, cdp_text_string(after).data);
        assert_int_equal(cdp_lifecycle_change_count(lifecycle), changes);
        cdp_diagnostics_free(diagnostics);
        cdp_lifecycle_free(lifecycle);
    }
    cdp_text_free(before);
    cdp_text_free(after);
}

/* ---------------------------------------------------------------------------------------------- */
/* Options                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

static void every_wrong_option_is_reported(void **state)
{
    cdp_lifecycle_options options = {
        .size = sizeof options,
        .ignore_application_stop_failures = 1,
        .ready_wait_ms = -5,
        .termination_wait_ms = (int64_t)UINT32_MAX + 1,
        .message_bytes = 4097,
    };
    cdp_lifecycle *lifecycle = NULL;
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(
        cdp_lifecycle_new(script_plan("ECS/blue-green"), &options, NULL, diagnostics, &lifecycle),
        CDP_ERR_INVALID);
    assert_null(lifecycle);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 5);
    assert_finding(diagnostics, 0, "lifecycle-option-range",
                   "The option ready_wait_ms cannot be -5; it takes 0 to 4294967295.");
    assert_finding(diagnostics, 1, "lifecycle-option-range",
                   "The option termination_wait_ms cannot be 4294967296; it takes 0 to "
                   "4294967295.");
    assert_finding(diagnostics, 2, "lifecycle-option-range",
                   "The option message_bytes cannot be 4097; it takes 0 to 4096.");
    assert_finding(diagnostics, 3, "lifecycle-ready-wait",
                   "A ready wait of -5 ms contradicts actionOnTimeout CONTINUE_DEPLOYMENT.");
    assert_finding(diagnostics, 4, "lifecycle-ignore-stop-failures",
                   "ignoreApplicationStopFailures cannot be true for ECS.");
    cdp_diagnostics_free(diagnostics);
}

static void options_that_are_none(void **state)
{
    const cdp_lifecycle_plan *plan = script_plan("Lambda/blue-green");
    cdp_lifecycle_options options = {.size = sizeof options};
    cdp_lifecycle *lifecycle = NULL;

    (void)state;
    options.ready_action = (cdp_ready_action)2;
    assert_int_equal(cdp_lifecycle_new(plan, &options, NULL, NULL, &lifecycle), CDP_ERR_ARGUMENT);
    options.ready_action = CDP_READY_ACTION_CONTINUE_DEPLOYMENT;
    options.reserved = 1;
    assert_int_equal(cdp_lifecycle_new(plan, &options, NULL, NULL, &lifecycle), CDP_ERR_STRUCT);
    options.reserved = 0;
    options.size = 3;
    assert_int_equal(cdp_lifecycle_new(plan, &options, NULL, NULL, &lifecycle), CDP_ERR_STRUCT);
    assert_int_equal(cdp_lifecycle_new(NULL, NULL, NULL, NULL, &lifecycle), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_new(plan, NULL, NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_null(lifecycle);
}

/* ---------------------------------------------------------------------------------------------- */
/* What comes next, what changed, what it says                                                    */
/* ---------------------------------------------------------------------------------------------- */

static void next_is(const cdp_lifecycle *lifecycle, cdp_lifecycle_action_kind kind, size_t event,
                    cdp_wait_type wait, int64_t deadline)
{
    cdp_lifecycle_action action = {.size = sizeof action};

    assert_int_equal(cdp_lifecycle_next(lifecycle, &action), CDP_OK);
    assert_int_equal(action.kind, kind);
    assert_int_equal(action.event, event);
    assert_int_equal(action.wait, wait);
    assert_int_equal(action.deadline_ms, deadline);
    assert_int_equal(cdp_lifecycle_next_deadline(lifecycle), deadline);
}

static void next_leads_through_a_lifecycle(void **state)
{
    cdp_lifecycle *lifecycle = script_target("ECS/blue-green", "ask:60000 end:1000");

    (void)state;
    assert_int_equal(cdp_lifecycle_now(lifecycle), -1);
    next_is(lifecycle, CDP_LIFECYCLE_ACTION_START, 0, CDP_WAIT_NONE, INT64_MAX);
    assert_null(script_run(lifecycle, "start@100"));
    next_is(lifecycle, CDP_LIFECYCLE_ACTION_BEGIN, 0, CDP_WAIT_NONE, 300100);
    assert_null(script_run(lifecycle, "begin@200"));
    next_is(lifecycle, CDP_LIFECYCLE_ACTION_FINISH, 0, CDP_WAIT_NONE, 3600200);
    assert_null(script_run(lifecycle, "ok@300 pass:2@400"));
    next_is(lifecycle, CDP_LIFECYCLE_ACTION_CONTINUE, 3, CDP_WAIT_READY, 60400);
    assert_null(script_run(lifecycle, "ready@500 pass:3@600"));
    next_is(lifecycle, CDP_LIFECYCLE_ACTION_CONTINUE, 6, CDP_WAIT_TERMINATION, 1600);
    assert_null(script_run(lifecycle, "gone@700"));
    next_is(lifecycle, CDP_LIFECYCLE_ACTION_NONE, 6, CDP_WAIT_NONE, INT64_MAX);
    assert_int_equal(cdp_lifecycle_now(lifecycle), 700);
    assert_ptr_equal(cdp_lifecycle_get_plan(lifecycle), script_plan("ECS/blue-green"));
    cdp_lifecycle_free(lifecycle);
}

/* An ignored event runs out of time, and the next one is overdue: one step, four kinds of change. */
static void one_late_step_does_all_that_was_due(void **state)
{
    static const cdp_event_status expected[] = {
        CDP_EVENT_STATUS_FAILED,  CDP_EVENT_STATUS_FAILED,  CDP_EVENT_STATUS_SKIPPED,
        CDP_EVENT_STATUS_SKIPPED, CDP_EVENT_STATUS_SKIPPED, CDP_EVENT_STATUS_SKIPPED,
        CDP_EVENT_STATUS_SKIPPED,
    };
    cdp_lifecycle *lifecycle = script_target(IN_PLACE, "ignore");
    cdp_lifecycle_event_record record = {.size = sizeof record};
    cdp_lifecycle_change change = {.size = sizeof change};

    (void)state;
    assert_null(script_run(lifecycle, "start@0 begin@0 step@99999999"));
    assert_string_equal(script_state(lifecycle), "Failed start-limit FF-----");
    assert_int_equal(cdp_lifecycle_change_count(lifecycle), 8);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(cdp_lifecycle_change_at(lifecycle, i, &change), CDP_OK);
        assert_int_equal(change.event, i);
        assert_int_equal(change.event_status, expected[i]);
        assert_int_equal(change.target_status, 0);
    }
    assert_int_equal(cdp_lifecycle_change_at(lifecycle, 7, &change), CDP_OK);
    assert_int_equal(change.event, 7);
    assert_int_equal(change.event_status, 0);
    assert_int_equal(change.target_status, CDP_TARGET_STATUS_FAILED);
    assert_int_equal(cdp_lifecycle_change_at(lifecycle, 8, &change), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_lifecycle_event_at(lifecycle, 0, &record), CDP_OK);
    assert_int_equal(record.end_ms, 3600000);
    assert_int_equal(cdp_lifecycle_event_at(lifecycle, 1, &record), CDP_OK);
    assert_int_equal(record.end_ms, 3900000);
    assert_null(script_run(lifecycle, "step@100000000"));
    assert_int_equal(cdp_lifecycle_change_count(lifecycle), 0);
    cdp_lifecycle_free(lifecycle);
}

/* However often the host looks at its clock in between, what comes of it is the same. */
static void ticking_makes_no_difference(void **state)
{
    static const char *const lines[][2] = {
        {"start@0 begin@7 ok@9 begin@1000 step@99999999",
         "start@0 step@3 begin@7 step@8 ok@9 step@10 step@999 begin@1000 step@1001 step@3601000 "
         "step@99999999"},
        {"start@0 step@99999999", "start@0 step@299999 step@300000 step@300001 step@99999999"},
        {"start@0 begin@0 step@99999999",
         "start@0 begin@0 step@3600000 step@3600001 step@3900000 step@99999999"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        cdp_text *texts[2];

        for (size_t j = 0; j < 2; j++) {
            cdp_lifecycle *lifecycle = script_target(IN_PLACE, "ignore");

            assert_int_equal(cdp_text_new(NULL, &texts[j]), CDP_OK);
            assert_null(script_run(lifecycle, lines[i][j]));
            assert_int_equal(cdp_lifecycle_snapshot(lifecycle, texts[j]), CDP_OK);
            cdp_lifecycle_free(lifecycle);
        }
        assert_string_equal(cdp_text_string(texts[0]).data, cdp_text_string(texts[1]).data);
        cdp_text_free(texts[0]);
        cdp_text_free(texts[1]);
    }
}

typedef struct message_case {
    uint32_t bytes;
    cdp_string given;
    const char *kept; /* NULL: absent */
} message_case;

static const message_case messages[] = {
    {0, CDP_LITERAL("lost"), NULL},
    {100, {NULL, 0}, NULL},
    {100, {NULL, 7}, NULL},
    {100, CDP_LITERAL(""), ""},
    {100, CDP_LITERAL("exit code 3"), "exit code 3"},
    {4, CDP_LITERAL("exit code 3"), "exit"},
    {4, CDP_LITERAL("gr\xC3\xBC\xC3\x9F"), "gr\xC3\xBC"},
    {3, CDP_LITERAL("gr\xC3\xBC\xC3\x9F"), "gr"},
    {100, CDP_LITERAL("a\xFF\0b\xC3"), "a??b?"},
};

static void messages_are_kept_as_far_as_there_is_room(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++) {
        const message_case *row = &messages[i];
        cdp_lifecycle_options options = {.size = sizeof options, .message_bytes = row->bytes};
        cdp_lifecycle_result result = {.size = sizeof result,
                                       .status = CDP_EVENT_STATUS_FAILED,
                                       .error = CDP_EVENT_ERROR_SCRIPT_FAILED,
                                       .message = row->given};
        cdp_lifecycle_event_record record = {.size = sizeof record};
        cdp_lifecycle *lifecycle;

        assert_int_equal(cdp_lifecycle_new(script_plan(IN_PLACE), &options, NULL, NULL, &lifecycle),
                         CDP_OK);
        assert_null(script_run(lifecycle, "start@0 begin@0"));
        assert_int_equal(cdp_lifecycle_finish(lifecycle, 0, 0, &result, NULL), CDP_OK);
        assert_int_equal(cdp_lifecycle_event_at(lifecycle, 0, &record), CDP_OK);
        if (row->kept)
            assert_cdp_string(record.message, row->kept);
        else
            assert_absent(record.message);
        cdp_lifecycle_free(lifecycle);
    }
}

/* Of several failures, only the last one's. */
static void the_last_message_is_kept(void **state)
{
    cdp_lifecycle *lifecycle = script_target("Server/in-place-load-balancer", "ignore message:50");
    cdp_lifecycle_event_record record = {.size = sizeof record};

    (void)state;
    assert_null(script_run(lifecycle, "start@0 begin@0 fail@0 pass:1@0 begin@0 fail@0"));
    assert_int_equal(cdp_lifecycle_event_at(lifecycle, 0, &record), CDP_OK);
    assert_absent(record.message);
    assert_int_equal(cdp_lifecycle_event_at(lifecycle, 2, &record), CDP_OK);
    assert_cdp_string(record.message, "script said no");
    cdp_lifecycle_free(lifecycle);
}

static void reasons_have_words(void **state)
{
    (void)state;
    for (int i = 1; i <= CDP_LIFECYCLE_REASON_READY_WAIT_EXPIRED; i++) {
        assert_string_not_equal(cdp_lifecycle_reason_name((cdp_lifecycle_reason)i), "unknown");
        assert_string_not_equal(cdp_lifecycle_reason_message((cdp_lifecycle_reason)i), "");
    }
    assert_string_equal(cdp_lifecycle_reason_name((cdp_lifecycle_reason)8), "unknown");
    assert_string_equal(cdp_lifecycle_reason_message((cdp_lifecycle_reason)-1), "");
    assert_string_equal(cdp_lifecycle_reason_message(CDP_LIFECYCLE_REASON_NONE), "");
}

static void nothing_is_asked_of_nothing(void **state)
{
    cdp_lifecycle_result result = {.size = sizeof result, .status = CDP_EVENT_STATUS_SUCCEEDED};
    cdp_lifecycle *lifecycle = script_target(IN_PLACE, "");
    cdp_lifecycle_event_record record = {.size = sizeof record};
    cdp_lifecycle_action action = {.size = sizeof action};
    cdp_lifecycle_change change = {.size = sizeof change};

    (void)state;
    for (refused_input input = START; input <= OK; input++) {
        const refusal row = {.input = input};

        assert_int_equal(put_in(NULL, &row, NULL), CDP_ERR_ARGUMENT);
    }
    assert_null(script_run(lifecycle, "start@0 begin@0"));
    assert_int_equal(cdp_lifecycle_finish(lifecycle, 0, 0, NULL, NULL), CDP_ERR_ARGUMENT);
    result.size = 1;
    assert_int_equal(cdp_lifecycle_finish(lifecycle, 0, 0, &result, NULL), CDP_ERR_STRUCT);
    assert_int_equal(cdp_lifecycle_next(lifecycle, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_next(NULL, &action), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_event_at(lifecycle, 7, &record), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_lifecycle_event_at(lifecycle, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_event_at(NULL, 0, &record), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_change_at(NULL, 0, &change), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_change_count(NULL), 0);
    assert_int_equal(cdp_lifecycle_get_status(NULL), CDP_TARGET_STATUS_UNKNOWN);
    assert_int_equal(cdp_lifecycle_get_reason(NULL), CDP_LIFECYCLE_REASON_NONE);
    assert_int_equal(cdp_lifecycle_now(NULL), -1);
    assert_true(cdp_lifecycle_next_deadline(NULL) == INT64_MAX);
    assert_null(cdp_lifecycle_get_plan(NULL));
    assert_int_equal(cdp_lifecycle_snapshot(NULL, NULL), CDP_ERR_ARGUMENT);
    cdp_lifecycle_free(NULL);
    cdp_lifecycle_free(lifecycle);
}

/* ---------------------------------------------------------------------------------------------- */
/* What it costs                                                                                  */
/* ---------------------------------------------------------------------------------------------- */

static void a_target_takes_256_bytes_and_no_more(void **state)
{
    const cdp_lifecycle_plan *plan = script_plan("Server/in-place-load-balancer");
    cdp_lifecycle *lifecycle;
    test_allocator test;

    (void)state;
    assert_int_equal(cdp_lifecycle_plan_event_count(plan), 13);
    test_allocator_init(&test);
    assert_int_equal(cdp_lifecycle_new(plan, NULL, &test.allocator, NULL, &lifecycle), CDP_OK);
    print_message("one target with 13 events: %zu bytes\n", test.live_bytes);
    assert_int_equal(test.requests, 1);
    assert_true(test.live_bytes < 256);
    assert_null(script_run(lifecycle, "start@0 noop@0 pass:5@1 begin@2 !begin@2 fail@3"));
    assert_int_equal(test.requests, 1);
    cdp_lifecycle_free(lifecycle);
    assert_int_equal(test.live_blocks, 0);
}

static cdp_status a_refused_lifecycle(const cdp_allocator *allocator, void *context)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_lifecycle *lifecycle = NULL;
    cdp_status status = cdp_lifecycle_new(context, NULL, allocator, NULL, &lifecycle);

    if (status == CDP_OK)
        status = cdp_diagnostics_new(allocator, NULL, &diagnostics);
    if (status == CDP_OK)
        status = cdp_lifecycle_begin(lifecycle, 0, 0, diagnostics);
    if (status == CDP_ERR_STATE)
        status = CDP_OK;
    assert_int_equal(cdp_lifecycle_now(lifecycle), -1);
    cdp_lifecycle_free(lifecycle);
    cdp_diagnostics_free(diagnostics);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(a_refused_lifecycle,
                                           (void *)(uintptr_t)script_plan(IN_PLACE)) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals_say_why_and_change_nothing),
        cmocka_unit_test(every_wrong_option_is_reported),
        cmocka_unit_test(options_that_are_none),
        cmocka_unit_test(next_leads_through_a_lifecycle),
        cmocka_unit_test(one_late_step_does_all_that_was_due),
        cmocka_unit_test(ticking_makes_no_difference),
        cmocka_unit_test(messages_are_kept_as_far_as_there_is_room),
        cmocka_unit_test(the_last_message_is_kept),
        cmocka_unit_test(reasons_have_words),
        cmocka_unit_test(nothing_is_asked_of_nothing),
        cmocka_unit_test(a_target_takes_256_bytes_and_no_more),
        cmocka_unit_test(every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
