/* SPDX-License-Identifier: MIT */
/* Whether there is something to go back to: earlier deployments as they are given, and originals that
 * are being removed. */
#include "plays.h"

#include "cases.h"

#include <stdlib.h>

static cdp_string text(const char *string)
{
    return (cdp_string){string, strlen(string)};
}

/* ---------------------------------------------------------------------------------------------- */
/* Earlier deployments                                                                            */
/* ---------------------------------------------------------------------------------------------- */

enum { MOST_PAST = 3 };

typedef struct past_case {
    const char *name;
    const char *play;
    struct {
        const char *id; /* NULL: it has none */
        int64_t end_ms;
        cdp_deployment_status status; /* 0: Succeeded; -1: really 0 */
        cdp_deployment_creator creator;
        bool unknown; /* no revision */
    } past[MOST_PAST];
    cdp_status made;
    const char *source; /* of the rollback; NULL: there is none */
    cdp_rollback_refusal refusal;
} past_case;

#define SUCCEEDED CDP_DEPLOYMENT_STATUS_SUCCEEDED

static const past_case past_cases[] = {
    {"the newest first", "in-place-fails", {{"d-NEW", 2500}, {"d-OLD", 1500}}, 0, "d-NEW", 0},
    {"the oldest first", "in-place-fails", {{"d-OLD", 1500}, {"d-NEW", 2500}}, 0, "d-NEW", 0},
    {"of one time, the later in the list",
     "in-place-fails",
     {{"d-A", 1500}, {"d-B", 1500}},
     0,
     "d-B",
     0},
    {"without times", "in-place-fails", {{"d-A"}, {"d-B"}}, 0, "d-B", 0},
    {"one without a time belongs to the one before it",
     "in-place-fails",
     {{"d-C", 3000}, {"d-B"}, {"d-A", 2000}},
     0,
     "d-B",
     0},
    {"and before all when none is before it", "in-place-fails", {{"d-B"}, {"d-A", 1}}, 0, "d-A", 0},
    {"one that failed is none, however new",
     "in-place-fails",
     {{"d-NEW", 2500, CDP_DEPLOYMENT_STATUS_FAILED}, {"d-OLD", 1500}},
     0,
     "d-OLD",
     0},
    {"its revision is not known",
     "in-place-fails",
     {{"d-OLD", 1500}, {"d-NEW", 2500, SUCCEEDED, 0, true}},
     0,
     NULL,
     CDP_ROLLBACK_REFUSAL_REVISION_UNKNOWN},
    {"which is no question on Lambda",
     "lambda-silent-hook",
     {{"d-A", 0, SUCCEEDED, 0, true}},
     0,
     "d-A",
     0},
    {"an active one",
     "in-place-fails",
     {{"d-A", 0, CDP_DEPLOYMENT_STATUS_IN_PROGRESS}},
     CDP_ERR_BUSY,
     NULL,
     0},
    {"a launch goes beside an active one",
     "launch",
     {{"d-A", 0, CDP_DEPLOYMENT_STATUS_IN_PROGRESS}},
     0,
     NULL,
     0},
    {"a termination, too",
     "termination",
     {{"d-A", 0, CDP_DEPLOYMENT_STATUS_IN_PROGRESS}},
     0,
     NULL,
     CDP_ROLLBACK_REFUSAL_AUTO_SCALING},
    {"a status that there is not",
     "in-place-fails",
     {{"d-A", 0, (cdp_deployment_status)99}},
     CDP_ERR_ARGUMENT,
     NULL,
     0},
    {"no status",
     "in-place-fails",
     {{"d-A", 0, (cdp_deployment_status)-1}},
     CDP_ERR_ARGUMENT,
     NULL,
     0},
    {"a creator that there is not",
     "in-place-fails",
     {{"d-A", 0, SUCCEEDED, (cdp_deployment_creator)99}},
     CDP_ERR_ARGUMENT,
     NULL,
     0},
    {"one without an id", "in-place-fails", {{"d-A"}, {""}}, CDP_ERR_INVALID, NULL, 0},
};

static size_t fill_past(const past_case *test, const production *made, cdp_rollback_past *past)
{
    size_t count = 0;

    for (; count < MOST_PAST && test->past[count].id; count++) {
        cdp_deployment_status status = test->past[count].status;

        past[count] = made->past;
        past[count].id = text(test->past[count].id);
        past[count].end_time_ms = test->past[count].end_ms;
        past[count].creator = test->past[count].creator;
        if (status != 0)
            past[count].status = (int)status == -1 ? 0 : status;
        if (test->past[count].unknown)
            past[count].revision = NULL;
    }
    return count;
}

static void expect_plan(const cdp_deployment *deployment, size_t asked, const char *source,
                        cdp_rollback_refusal refusal)
{
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_deployment_info ended = {.size = sizeof ended};
    cdp_rollback_plan *plan = NULL;

    assert_true(cdp_deployment_is_over(deployment));
    assert_int_equal(cdp_deployment_plan_rollback(deployment, 0, text(""), NULL, NULL, &plan),
                     CDP_OK);
    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    assert_int_equal(cdp_deployment_get_info(deployment, &ended), CDP_OK);
    assert_int_equal(info.refusal, refusal);
    assert_int_equal(info.possible, source != NULL);
    assert_int_equal(asked, source != NULL);
    if (source)
        assert_string_equal(info.source_id.data, source);
    else if (info.wanted) /* the record says why not */
        assert_non_null(strstr(ended.rollback_message.data, info.message.data));
    cdp_rollback_plan_free(plan);
}

static void past(void **state)
{
    const past_case *test = *state;
    cdp_rollback_past past[MOST_PAST];
    cdp_deployment *deployment = NULL;
    production made;
    stage *scene;

    produce(&made, find_play(test->play));
    made.options.past = past;
    made.options.past_count = fill_past(test, &made, past);
    assert_int_equal(cdp_deployment_new(&made.options, NULL, NULL, &deployment), test->made);
    if (deployment && (test->source || test->refusal)) {
        scene = calloc(1, sizeof *scene);
        assert_non_null(scene);
        stage_add_instances(deployment, made.play->instances, false);
        set_stage(scene, &made, deployment);
        stage_start(scene, 0);
        expect_plan(deployment, scene->action_counts[CDP_DEPLOYMENT_ACTION_ROLL_BACK], test->source,
                    test->refusal);
        stage_release(scene);
        free(scene);
    }
    cdp_deployment_free(deployment);
    strike(&made);
}

/* By hand the revision has to be known, and it is said that it is not. */
static void by_hand_a_revision_is_needed(void **state)
{
    cdp_rollback_plan *plan = NULL;
    cdp_deployment *deployment;
    production made;

    (void)state;
    produce(&made, find_play("in-place-fails"));
    made.past.revision = NULL;
    deployment = cast(&made);
    assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_stop(deployment, 0, CDP_DEPLOYMENT_NO, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_plan_rollback(deployment, CDP_ROLLBACK_CAUSE_MANUAL,
                                                  made.past.id, NULL, NULL, &plan),
                     CDP_ERR_INVALID);
    assert_null(plan);
    cdp_deployment_free(deployment);
    strike(&made);
}

/* ---------------------------------------------------------------------------------------------- */
/* Originals that are being removed                                                               */
/* ---------------------------------------------------------------------------------------------- */

/* What becomes of the actions that remove originals, in the order in which they are told. */
typedef enum fate {
    DONE = 1,
    FAILED,    /* answered so: it stays */
    SILENT,    /* taken, and never answered */
    UNTAKEN,   /* the host never took it out; no more comes */
    WITHDRAWN, /* a stop, while it runs; what is cancelled is answered as done */
    FORGOTTEN  /* a stop, and nobody answers what is cancelled */
} fate;

typedef struct removal_case {
    const char *name;
    const char *play;
    fate fates[2];
    cdp_rollback_refusal refusal;
} removal_case;

#define GONE CDP_ROLLBACK_REFUSAL_ORIGINAL_GONE

static const removal_case removal_cases[] = {
    {"4.3 ECS: a deletion that failed leaves the original", "ecs-alarms", {FAILED}, 0},
    {"4.3 ECS: one that nobody answers may have come through", "ecs-alarms", {SILENT}, GONE},
    {"4.3 ECS: one that was cancelled, too", "ecs-alarms", {WITHDRAWN}, GONE},
    {"4.3 ECS: also when nobody answers that", "ecs-alarms", {FORGOTTEN}, GONE},
    {"4.3 ECS: one that the host was never told of has not", "ecs-alarms", {UNTAKEN}, 0},
    {"4.3 instances: one that failed leaves its original", "blue-green", {FAILED}, 0},
    {"4.3 instances: one is gone, and one stays", "blue-green", {DONE, FAILED}, GONE},
    {"4.3 instances: one is gone, and one is not answered", "blue-green", {DONE, SILENT}, GONE},
    {"4.3 instances: all are cancelled", "blue-green", {WITHDRAWN}, GONE},
    {"4.3 instances: and nobody answers that", "blue-green", {FORGOTTEN}, GONE},
    {"4.3 instances: the host was never told", "blue-green", {UNTAKEN}, 0},
};

static bool removes(const cdp_deployment_action *action)
{
    return action->kind == CDP_DEPLOYMENT_ACTION_TERMINATE ||
           (action->kind == CDP_DEPLOYMENT_ACTION_DELETE_TASK_SET && action->original);
}

/* To where the next action that removes an original would be taken out; everything else is done. */
static void run_to_termination(cdp_deployment *deployment)
{
    cdp_deployment_action action = {.size = sizeof action};
    cdp_deployment_info info = {.size = sizeof info};

    assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
    for (int64_t now = 1; now < 1000; now++) {
        assert_int_equal(cdp_deployment_get_info(deployment, &info), CDP_OK);
        if (info.wait == CDP_DEPLOYMENT_WAIT_TERMINATION)
            break;
        if (info.wait == CDP_DEPLOYMENT_WAIT_READY)
            assert_int_equal(cdp_deployment_continue(deployment, now, CDP_WAIT_READY, NULL),
                             CDP_OK);
        if (cdp_deployment_next_action(deployment, &action) == CDP_OK && action.needs_answer) {
            if (action.kind == CDP_DEPLOYMENT_ACTION_POLL_ALARMS)
                assert_int_equal(
                    cdp_deployment_alarm(deployment, now, text("errors"), CDP_ALARM_STATE_OK, NULL),
                    CDP_OK);
            assert_int_equal(cdp_deployment_answer(deployment, now, action.token,
                                                   CDP_DEPLOYMENT_DONE, text(""), NULL),
                             CDP_OK);
        }
    }
    assert_int_equal(cdp_deployment_continue(deployment, 1000, CDP_WAIT_TERMINATION, NULL), CDP_OK);
}

/* The next one that removes an original. */
static cdp_deployment_action take(cdp_deployment *deployment)
{
    cdp_deployment_action action = {.size = sizeof action};

    do {
        assert_int_equal(cdp_deployment_next_action(deployment, &action), CDP_OK);
    } while (!removes(&action));
    return action;
}

static void answer(cdp_deployment *deployment, uint64_t token, cdp_deployment_outcome outcome)
{
    assert_int_equal(cdp_deployment_answer(deployment, cdp_deployment_now(deployment), token,
                                           outcome, text("throttled"), NULL),
                     CDP_OK);
}

/* Stopped, or too late; what is cancelled then is answered, or not. */
static void wind_up(cdp_deployment *deployment, fate last)
{
    cdp_deployment_action action = {.size = sizeof action};
    int64_t now = cdp_deployment_now(deployment);

    if (last == SILENT)
        assert_int_equal(cdp_deployment_step(deployment, now + 3600000, NULL, NULL), CDP_OK);
    else if (!cdp_deployment_is_over(deployment))
        (void)cdp_deployment_stop(deployment, now, CDP_DEPLOYMENT_YES, NULL);
    while (cdp_deployment_next_action(deployment, &action) == CDP_OK) {
        if (action.kind == CDP_DEPLOYMENT_ACTION_CANCEL && last != FORGOTTEN)
            answer(deployment, action.token, CDP_DEPLOYMENT_DONE);
        if (action.kind == CDP_DEPLOYMENT_ACTION_ROLL_BACK)
            return;
    }
    if (!cdp_deployment_is_over(deployment))
        assert_int_equal(
            cdp_deployment_step(deployment, cdp_deployment_now(deployment) + 60000, NULL, NULL),
            CDP_OK);
}

/* The same through a snapshot. */
static void expect_the_same_again(const production *made, const cdp_deployment *deployment,
                                  cdp_rollback_refusal refusal)
{
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_deployment *again = NULL;
    cdp_rollback_plan *plan = NULL;
    cdp_text *snapshot = NULL;

    assert_int_equal(cdp_text_new(NULL, &snapshot), CDP_OK);
    assert_int_equal(cdp_deployment_snapshot(deployment, snapshot), CDP_OK);
    assert_int_equal(cdp_deployment_restore(cdp_text_string(snapshot).data,
                                            cdp_text_string(snapshot).length, &made->options, NULL,
                                            NULL, &again),
                     CDP_OK);
    assert_int_equal(cdp_deployment_plan_rollback(again, 0, text(""), NULL, NULL, &plan), CDP_OK);
    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    assert_int_equal(info.refusal, refusal);
    cdp_rollback_plan_free(plan);
    cdp_deployment_free(again);
    cdp_text_free(snapshot);
}

static void removal(void **state)
{
    const removal_case *test = *state;
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_rollback_plan *plan = NULL;
    cdp_deployment *deployment;
    production made;
    fate last = 0;

    produce(&made, find_play(test->play));
    deployment = cast(&made);
    run_to_termination(deployment);
    for (size_t i = 0; i < 2 && test->fates[i]; i++) {
        last = test->fates[i];
        if (last == UNTAKEN)
            break;
        if (last == DONE || last == FAILED)
            answer(deployment, take(deployment).token,
                   last == DONE ? CDP_DEPLOYMENT_DONE : CDP_DEPLOYMENT_FAILED);
        else
            (void)take(deployment);
    }
    wind_up(deployment, last);
    assert_true(cdp_deployment_is_over(deployment));
    assert_int_equal(cdp_deployment_plan_rollback(deployment, 0, text(""), NULL, NULL, &plan),
                     CDP_OK);
    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    assert_true(info.wanted);
    assert_int_equal(info.refusal, test->refusal);
    cdp_rollback_plan_free(plan);
    expect_the_same_again(&made, deployment, test->refusal);
    cdp_deployment_free(deployment);
    strike(&made);
}

/* ---------------------------------------------------------------------------------------------- */
/* What is told afterwards                                                                        */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status tell(cdp_deployment *deployment, cdp_deployment_input_kind kind, cdp_string name,
                       cdp_string message)
{
    const cdp_deployment_input input = {
        .size = sizeof input, .kind = kind, .name = name, .message = message};

    return cdp_deployment_step(deployment, cdp_deployment_now(deployment), &input, NULL);
}

static cdp_deployment *end(const production *made, bool succeeds)
{
    stage *scene = calloc(1, sizeof *scene);
    cdp_deployment *deployment = cast(made);

    assert_non_null(scene);
    set_stage(scene, made, deployment);
    stage_start(scene, 0);
    stage_release(scene);
    free(scene);
    assert_int_equal(cdp_deployment_get_status(deployment) == CDP_DEPLOYMENT_STATUS_SUCCEEDED,
                     succeeds);
    return deployment;
}

static void one_rollback_of_what_failed(void **state)
{
    enum { LONG = 100000 };
    char *broken = malloc(LONG);
    cdp_deployment_info info = {.size = sizeof info};
    cdp_deployment *deployment;
    production made;

    (void)state;
    assert_non_null(broken);
    memset(broken, 0xFF, LONG);
    produce(&made, find_play("in-place-fails"));
    deployment = end(&made, false);
    assert_int_equal(
        tell(deployment, CDP_DEPLOYMENT_INPUT_ROLLED_BACK, text(""), (cdp_string){broken, LONG}),
        CDP_OK);
    assert_int_equal(cdp_deployment_get_info(deployment, &info), CDP_OK);
    assert_true(info.rollback_message.length > 0 && info.rollback_message.length <= 3 * 4096);
    assert_ptr_equal(memchr(info.rollback_message.data, 0xFF, info.rollback_message.length), NULL);
    assert_int_equal(
        tell(deployment, CDP_DEPLOYMENT_INPUT_ROLLED_BACK, (cdp_string){broken, LONG}, text("")),
        CDP_ERR_ARGUMENT);
    for (int twice = 0; twice < 2; twice++)
        assert_int_equal(tell(deployment, CDP_DEPLOYMENT_INPUT_ROLLED_BACK, text("d-R"), text("")),
                         CDP_OK);
    assert_int_equal(tell(deployment, CDP_DEPLOYMENT_INPUT_ROLLED_BACK, text("d-S"), text("")),
                     CDP_ERR_STATE);
    assert_int_equal(tell(deployment, CDP_DEPLOYMENT_INPUT_ROLLED_BACK, text(""), text("no")),
                     CDP_ERR_STATE);
    assert_int_equal(cdp_deployment_get_info(deployment, &info), CDP_OK);
    assert_string_equal(info.rollback_id.data, "d-R");
    assert_non_null(strstr(info.rollback_message.data, "Deployment d-R rolls it back."));
    cdp_deployment_free(deployment);
    strike(&made);
    free(broken);
}

static void expect_by_hand(const cdp_deployment *deployment, const char *config)
{

    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_rollback_plan *plan = NULL;

    assert_int_equal(cdp_deployment_plan_rollback(deployment, CDP_ROLLBACK_CAUSE_MANUAL,
                                                  (cdp_string){NULL, 0}, NULL, NULL, &plan),
                     CDP_OK);
    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    assert_string_equal(cdp_config_name(info.config).data, config);
    cdp_rollback_plan_free(plan);
}

/* What a rollback runs with is no wish for what is deployed by hand after it. */
static void by_hand_along_the_configuration(void **state)
{
    static const char *const tales[][2] = {
        {"lambda-alarm", "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"},
        {"in-place-fails", "CodeDeployDefault.HalfAtATime"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof tales / sizeof *tales; i++) {
        cdp_deployment *rollback = NULL;
        cdp_deployment *read = NULL;
        cdp_rollback_plan *plan = NULL;
        cdp_text *snapshot = NULL;
        cdp_deployment_options options;
        cdp_deployment *deployment;
        production made;

        produce(&made, find_play(tales[i][0]));
        deployment = end(&made, false);
        expect_by_hand(deployment, tales[i][1]);
        assert_int_equal(
            cdp_deployment_plan_rollback(deployment, 0, (cdp_string){NULL, 0}, NULL, NULL, &plan),
            CDP_OK);
        options = (cdp_deployment_options){
            .size = sizeof options, .id = text("d-R"), .appspec = made.appspec};
        assert_int_equal(
            cdp_deployment_new_rollback(deployment, plan, &options, NULL, NULL, &rollback), CDP_OK);
        expect_by_hand(rollback, tales[i][1]);
        assert_int_equal(cdp_text_new(NULL, &snapshot), CDP_OK);
        assert_int_equal(cdp_deployment_snapshot(rollback, snapshot), CDP_OK);
        options = made.options;
        options.id = text("d-R");
        assert_int_equal(cdp_deployment_restore(cdp_text_string(snapshot).data,
                                                cdp_text_string(snapshot).length, &options, NULL,
                                                NULL, &read),
                         CDP_OK);
        expect_by_hand(read, tales[i][1]);
        assert_string_equal(cdp_config_name(cdp_deployment_config(read)).data,
                            cdp_config_name(cdp_deployment_config(rollback)).data);
        cdp_deployment_free(read);
        cdp_deployment_free(rollback);
        cdp_deployment_free(deployment);
        cdp_text_free(snapshot);
        cdp_rollback_plan_free(plan);
        strike(&made);
    }
}

static void none_of_what_succeeded(void **state)
{
    cdp_deployment *deployment;
    production made;

    (void)state;
    produce(&made, find_play("in-place"));
    deployment = end(&made, true);
    assert_int_equal(tell(deployment, CDP_DEPLOYMENT_INPUT_ROLLED_BACK, text("d-R"), text("")),
                     CDP_ERR_STATE);
    assert_int_equal(tell(deployment, CDP_DEPLOYMENT_INPUT_FOLLOWED, text("d-F"), text("")),
                     CDP_OK);
    assert_int_equal(tell(deployment, CDP_DEPLOYMENT_INPUT_FOLLOWED, text("d-G"), text("")),
                     CDP_ERR_STATE);
    cdp_deployment_free(deployment);
    strike(&made);
}

/* ONLY_NEW: one that was seen not to be active counts from then on, also within the first look. */
static void new_within_the_first_look(void **state)
{
    cdp_deployment_action action = {.size = sizeof action};
    cdp_deployment *deployment;
    production made;

    (void)state;
    produce(&made, find_play("lambda-canary"));
    made.options.alarm_policy = CDP_ALARM_POLICY_ONLY_NEW;
    for (int quiet_first = 0; quiet_first < 2; quiet_first++) {
        deployment = cast(&made);
        assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
        do {
            assert_int_equal(cdp_deployment_next_action(deployment, &action), CDP_OK);
        } while (action.kind != CDP_DEPLOYMENT_ACTION_POLL_ALARMS);
        if (quiet_first)
            assert_int_equal(
                cdp_deployment_alarm(deployment, 1, text("errors"), CDP_ALARM_STATE_OK, NULL),
                CDP_OK);
        assert_int_equal(
            cdp_deployment_alarm(deployment, 5000, text("errors"), CDP_ALARM_STATE_ALARM, NULL),
            CDP_OK);
        assert_int_equal(cdp_deployment_is_over(deployment), quiet_first);
        cdp_deployment_free(deployment);
    }
    strike(&made);
}

/* What is written of an input can be read again, however long a log it brings. */
static void long_messages_are_written_as_they_are_kept(void **state)
{
    enum { LONG = 300000 };
    cdp_deployment_input input = {
        .size = sizeof input, .kind = CDP_DEPLOYMENT_INPUT_STOP, .answer = CDP_DEPLOYMENT_NO};
    cdp_deployment *deployment;
    char *log = malloc(LONG);
    cdp_text *line = NULL;
    production made;

    (void)state;
    assert_non_null(log);
    memset(log, 'x', LONG);
    input.message = (cdp_string){log, LONG};
    assert_int_equal(cdp_text_new(NULL, &line), CDP_OK);
    assert_int_equal(cdp_deployment_write_input(7, &input, line), CDP_OK);
    produce(&made, find_play("lambda-canary"));
    deployment = cast(&made);
    assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_replay(deployment, cdp_text_string(line).data,
                                           cdp_text_string(line).length, NULL),
                     CDP_OK);
    cdp_deployment_free(deployment);
    strike(&made);
    cdp_text_free(line);
    free(log);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(one_rollback_of_what_failed),
        cmocka_unit_test(none_of_what_succeeded),
        cmocka_unit_test(by_hand_along_the_configuration),
        cmocka_unit_test(new_within_the_first_look),
        cmocka_unit_test(long_messages_are_written_as_they_are_kept),
        cmocka_unit_test(by_hand_a_revision_is_needed),
    };

    return CASES("past", past, past_cases) + CASES("removals", removal, removal_cases) +
           cmocka_run_group_tests(others, NULL, NULL);
}
