/* SPDX-License-Identifier: MIT */
/* Hosts that take their time, tell too much or too early: nothing is told twice, lost or begun. */
#include "stage.h"

#define BASICS                                                                                     \
    "{\"applicationName\":\"app\",\"deploymentGroupName\":\"group\",\"serviceRoleArn\":"           \
    "\"arn:aws:iam::111122223333:role/deploy\""
#define IN_PLACE BASICS ",\"ec2TagFilters\":[{\"Key\":\"k\",\"Type\":\"KEY_ONLY\"}]}"
#define BLUE_GREEN                                                                                 \
    BASICS ",\"ec2TagFilters\":[{\"Key\":\"k\",\"Type\":\"KEY_ONLY\"}],\"deploymentStyle\":"       \
           "{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":\"WITH_TRAFFIC_CONTROL\"},"    \
           "\"loadBalancerInfo\":{\"targetGroupInfoList\":[{\"name\":\"tg\"}]},"                   \
           "\"blueGreenDeploymentConfiguration\":{"                                                \
           "\"terminateBlueInstancesOnDeploymentSuccess\":{\"action\":\"KEEP_ALIVE\"},"            \
           "\"deploymentReadyOption\":{\"actionOnTimeout\":\"STOP_DEPLOYMENT\","                   \
           "\"waitTimeInMinutes\":60},\"greenFleetProvisioningOption\":{\"action\":"               \
           "\"DISCOVER_EXISTING\"}}}"

#define WITH_ALARMS                                                                                \
    BASICS ",\"ec2TagFilters\":[{\"Key\":\"k\",\"Type\":\"KEY_ONLY\"}],"                           \
           "\"alarmConfiguration\":{\"enabled\":true,\"ignorePollAlarmFailure\":true,"             \
           "\"alarms\":[{\"name\":\"a\"}]}}"

static cdp_group *group;
static cdp_deployment *deployment;
static cdp_config *config;

static void set_up(const char *json, cdp_deployment_options options, size_t instances)
{
    group = stage_group(json);
    options.size = sizeof options;
    options.id = (cdp_string){"d-AAAAAAAAA", 11};
    options.group = group;
    options.config = config;
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
    stage_add_instances(deployment, instances, false);
    assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
}

static void all_at_once(void)
{
    const cdp_config *found = NULL;

    assert_int_equal(
        cdp_config_find((cdp_string){"CodeDeployDefault.AllAtOnce", 27}, NULL, 0, NULL, &found),
        CDP_OK);
    config = (cdp_config *)(uintptr_t)found;
}

static void tear_down(void)
{
    cdp_deployment_free(deployment);
    cdp_group_free(group);
    config = NULL;
}

static cdp_status put(int64_t now, cdp_deployment_input input)
{
    input.size = sizeof input;
    return cdp_deployment_step(deployment, now, &input, NULL);
}

static cdp_deployment_action next(void)
{
    cdp_deployment_action action = {.size = sizeof action};

    assert_int_equal(cdp_deployment_next_action(deployment, &action), CDP_OK);
    return action;
}

/* What is left: how often each target is told something, and that no token comes twice. */
static void count_actions(size_t *counts, size_t targets, size_t *others)
{
    cdp_deployment_action action = {.size = sizeof action};
    uint64_t last = 0;

    memset(counts, 0, targets * sizeof *counts);
    *others = 0;
    while (cdp_deployment_next_action(deployment, &action) == CDP_OK) {
        assert_true(action.token > last);
        last = action.token;
        if (action.target < targets)
            counts[action.target]++;
        else
            ++*others;
    }
}

/* ---------------------------------------------------------------------------------------------- */
/* Hosts that do not look                                                                         */
/* ---------------------------------------------------------------------------------------------- */

static void restarts_leave_one_action(void **state)
{
    const cdp_rollout_options live = {.size = sizeof live, .live_membership = 1};
    size_t counts[2];
    size_t others;

    (void)state;
    all_at_once();
    set_up(IN_PLACE, (cdp_deployment_options){.rollout = &live}, 2);
    for (int i = 0; i < 500; i++)
        assert_int_equal(
            put(1, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_RESTARTED, .target = 0}),
            CDP_OK);
    count_actions(counts, 2, &others);
    assert_int_equal(counts[0], 1);
    assert_int_equal(counts[1], 1);
    assert_int_equal(others, 0);
    tear_down();
}

/* What has happened is told, however often it has, and pushes nothing else out. */
static void notifications_are_all_told(void **state)
{
    const cdp_rollout_options live = {.size = sizeof live, .live_membership = 1};
    cdp_deployment_action action = {.size = sizeof action};
    size_t started = 0;
    size_t begun = 0;

    (void)state;
    all_at_once();
    set_up(BASICS
           ",\"ec2TagFilters\":[{\"Key\":\"k\",\"Type\":\"KEY_ONLY\"}],"
           "\"triggerConfigurations\":[{\"triggerName\":\"t\",\"triggerTargetArn\":"
           "\"arn:aws:sns:us-east-1:123456789012:t\",\"triggerEvents\":[\"InstanceStart\"]}]}",
           (cdp_deployment_options){.rollout = &live}, 2);
    for (int i = 0; i < 500; i++)
        assert_int_equal(
            put(1, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_RESTARTED, .target = 0}),
            CDP_OK);
    while (cdp_deployment_next_action(deployment, &action) == CDP_OK) {
        started += action.kind == CDP_DEPLOYMENT_ACTION_NOTIFY;
        begun += action.kind != CDP_DEPLOYMENT_ACTION_NOTIFY;
    }
    assert_int_equal(started, 502);
    assert_int_equal(begun, 2);
    tear_down();
}

static void heartbeats_push_nothing_out(void **state)
{
    size_t counts[1];
    size_t others;

    (void)state;
    set_up(
        IN_PLACE,
        (cdp_deployment_options){.creator = CDP_DEPLOYMENT_CREATOR_AUTOSCALING, .whole_targets = 1},
        1);
    assert_int_equal(put(7 * INT64_C(3600000), (cdp_deployment_input){.size = 0}), CDP_OK);
    count_actions(counts, 1, &others);
    assert_int_equal(counts[0], 1);
    assert_int_equal(others, 1); /* one heartbeat for all that were missed */
    tear_down();
}

/* Many polls that nobody saw: the next weight is told, or its time is over. */
static void unseen_polls_hide_no_weight(void **state)
{
    cdp_appspec *appspec = stage_appspec(stage_lambda_appspec, CDP_PLATFORM_LAMBDA);
    cdp_deployment_action action;
    bool seen = false;

    (void)state;
    set_up(BASICS ",\"deploymentConfigName\":\"CodeDeployDefault.LambdaCanary10Percent30Minutes\","
                  "\"deploymentStyle\":{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":"
                  "\"WITH_TRAFFIC_CONTROL\"},\"alarmConfiguration\":{\"enabled\":true,"
                  "\"ignorePollAlarmFailure\":true,\"alarms\":[{\"name\":\"a\"}]}}",
           (cdp_deployment_options){.appspec = appspec}, 0);
    for (int64_t now = 1; !seen; now++) {
        action = next();
        seen = action.kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC;
        assert_int_equal(cdp_deployment_answer(deployment, now, action.token, CDP_DEPLOYMENT_DONE,
                                               (cdp_string){NULL, 0}, NULL),
                         CDP_OK);
    }
    assert_int_equal(put(80 * INT64_C(60000), (cdp_deployment_input){.size = 0}), CDP_OK);
    for (seen = false; !seen;) {
        action = next();
        seen = action.kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC && action.weight == 100;
    }
    /* A step of the traffic has an hour of its own, whatever the schedule takes. */
    assert_true(action.deadline_ms <= action.issued_ms + 3600000);
    assert_int_equal(put(action.deadline_ms, (cdp_deployment_input){.size = 0}), CDP_OK);
    while (action.kind != CDP_DEPLOYMENT_ACTION_CANCEL)
        action = next();
    assert_int_equal(cdp_deployment_answer(deployment, action.issued_ms, action.token,
                                           CDP_DEPLOYMENT_DONE, (cdp_string){NULL, 0}, NULL),
                     CDP_OK);
    assert_int_equal(cdp_deployment_get_status(deployment), CDP_DEPLOYMENT_STATUS_FAILED);
    tear_down();
    cdp_appspec_free(appspec);
}

/* ---------------------------------------------------------------------------------------------- */
/* Hosts that tell too much                                                                       */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status tell(int64_t now, uint32_t target, uint32_t event, cdp_event_status status)
{
    return put(now, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_EVENT,
                                           .target = target,
                                           .event = event,
                                           .event_status = status});
}

static void tell_all_before_traffic(int64_t now, uint32_t target)
{
    for (uint32_t event = 0; event < 7; event++) {
        assert_int_equal(tell(now, target, event, CDP_EVENT_STATUS_IN_PROGRESS), CDP_OK);
        assert_int_equal(tell(now, target, event, CDP_EVENT_STATUS_SUCCEEDED), CDP_OK);
    }
}

static void traffic_waits_until_ready(void **state)
{
    cdp_deployment_action actions[2];

    (void)state;
    all_at_once();
    set_up(BLUE_GREEN, (cdp_deployment_options){.whole_targets = 1}, 2);
    for (uint32_t target = 0; target < 2; target++) {
        actions[target] = next();
        assert_int_equal(actions[target].target, target);
    }
    for (uint32_t target = 0; target < 2; target++) {
        assert_int_equal(cdp_deployment_continue(deployment, 1, CDP_WAIT_READY, NULL),
                         CDP_ERR_STATE);
        tell_all_before_traffic(1, target);
        assert_int_equal(tell(1, target, 7, CDP_EVENT_STATUS_IN_PROGRESS), CDP_ERR_STATE);
        assert_int_equal(cdp_deployment_answer(deployment, 1, actions[target].token,
                                               CDP_DEPLOYMENT_DONE, (cdp_string){NULL, 0}, NULL),
                         CDP_OK);
    }
    assert_int_equal(cdp_deployment_continue(deployment, 2, CDP_WAIT_READY, NULL), CDP_OK);
    tear_down();
}

static void what_is_in_flight_is_cancelled(void **state)
{
    const cdp_rollout_options strict = {.size = sizeof strict,
                                        .failure_budget_type = CDP_ROLLOUT_BUDGET_COUNT};
    cdp_deployment_action first;
    cdp_deployment_action second;

    (void)state;
    all_at_once();
    set_up(IN_PLACE, (cdp_deployment_options){.whole_targets = 1, .rollout = &strict}, 2);
    first = next();
    second = next();
    assert_int_equal(tell(1, second.target, 0, CDP_EVENT_STATUS_IN_PROGRESS), CDP_OK);
    assert_int_equal(cdp_deployment_answer(deployment, 2, first.token, CDP_DEPLOYMENT_FAILED,
                                           (cdp_string){NULL, 0}, NULL),
                     CDP_OK);
    assert_int_equal(tell(3, second.target, 0, CDP_EVENT_STATUS_SUCCEEDED), CDP_OK);
    first = next();
    assert_int_equal(first.kind, CDP_DEPLOYMENT_ACTION_CANCEL);
    assert_int_equal(first.cancels, second.token);
    tear_down();
}

static void cancels_begin_nothing(void **state)
{
    cdp_lifecycle_event_record record = {.size = sizeof record};
    cdp_deployment_action action;

    (void)state;
    all_at_once();
    set_up(IN_PLACE,
           (cdp_deployment_options){.host_begins_events = 1, .ignore_application_stop_failures = 1},
           1);
    action = next();
    assert_int_equal(
        put(1, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_BEGUN, .token = action.token}),
        CDP_OK);
    assert_int_equal(put(3600002, (cdp_deployment_input){.size = 0}), CDP_OK);
    action = next();
    assert_int_equal(action.kind, CDP_DEPLOYMENT_ACTION_CANCEL);
    assert_int_equal(put(3600003, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_BEGUN,
                                                         .token = action.token}),
                     CDP_ERR_STATE);
    assert_int_equal(cdp_deployment_event_at(deployment, 0, 1, &record), CDP_OK);
    assert_int_equal(record.status, CDP_EVENT_STATUS_PENDING);
    tear_down();
}

/* ---------------------------------------------------------------------------------------------- */
/* What the engine itself holds back (lifecycle 6.2)                                              */
/* ---------------------------------------------------------------------------------------------- */

static const int64_t minute = 60000;

/* Goes on with one that was written and read back. */
static void read_back(cdp_deployment_options options)
{
    cdp_deployment *read = NULL;
    cdp_text *text = NULL;

    options.size = sizeof options;
    options.id = (cdp_string){"d-AAAAAAAAA", 11};
    options.group = group;
    options.config = config;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_deployment_snapshot(deployment, text), CDP_OK);
    assert_int_equal(cdp_deployment_restore(cdp_text_string(text).data,
                                            cdp_text_string(text).length, &options, NULL, NULL,
                                            &read),
                     CDP_OK);
    cdp_deployment_free(deployment);
    deployment = read;
    cdp_text_free(text);
}

static cdp_event_status status_of(uint32_t event)
{
    cdp_lifecycle_event_record record = {.size = sizeof record};

    assert_int_equal(cdp_deployment_event_at(deployment, 0, event, &record), CDP_OK);
    return record.status;
}

static void done(int64_t now, uint64_t token)
{
    assert_int_equal(cdp_deployment_answer(deployment, now, token, CDP_DEPLOYMENT_DONE,
                                           (cdp_string){NULL, 0}, NULL),
                     CDP_OK);
}

/* The script of ApplicationStop takes its time to die: DownloadBundle is not late because of that. */
static void slow_cancels_make_nothing_late(void **state)
{
    const cdp_deployment_options options = {.host_begins_events = 1,
                                            .ignore_application_stop_failures = 1,
                                            .cancel_limit_ms = 20 * minute};
    cdp_deployment_action action;

    (void)state;
    all_at_once();
    set_up(IN_PLACE, options, 1);
    assert_int_equal(
        put(1, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_BEGUN, .token = next().token}),
        CDP_OK);
    assert_int_equal(put(60 * minute + 1, (cdp_deployment_input){.size = 0}), CDP_OK);
    assert_int_equal(next().kind, CDP_DEPLOYMENT_ACTION_CANCEL);
    assert_int_equal(put(69 * minute, (cdp_deployment_input){.size = 0}), CDP_OK);
    assert_int_equal(status_of(1), CDP_EVENT_STATUS_PENDING);
    read_back(options);
    done(70 * minute, next().token);
    action = next();
    assert_int_equal(action.kind, CDP_DEPLOYMENT_ACTION_DOWNLOAD);
    /* The host has its five minutes from now on, and not more. */
    assert_true(action.deadline_ms == 75 * minute);
    read_back(options);
    assert_true(cdp_deployment_next_deadline(deployment) == 75 * minute);
    assert_int_equal(put(75 * minute, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_BEGUN,
                                                             .token = next().token}),
                     CDP_OK);
    read_back(options);
    done(76 * minute, next().token);
    assert_int_equal(put(81 * minute, (cdp_deployment_input){.size = 0}), CDP_OK);
    assert_int_equal(status_of(2), CDP_EVENT_STATUS_FAILED);
    tear_down();
}

/* Alarms that are asked for every ten minutes may take as long to be read. */
static void slow_alarms_make_nothing_late(void **state)
{
    cdp_appspec *appspec = stage_appspec(stage_lambda_appspec, CDP_PLATFORM_LAMBDA);
    const cdp_deployment_options options = {.appspec = appspec, .alarm_poll_ms = 10 * minute};
    const cdp_deployment_input quiet = {
        .kind = CDP_DEPLOYMENT_INPUT_ALARM, .name = {"a", 1}, .alarm_state = CDP_ALARM_STATE_OK};
    cdp_deployment_action action;

    (void)state;
    set_up(BASICS ",\"deploymentConfigName\":\"CodeDeployDefault.LambdaAllAtOnce\","
                  "\"deploymentStyle\":{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":"
                  "\"WITH_TRAFFIC_CONTROL\"},\"alarmConfiguration\":{\"enabled\":true,"
                  "\"alarms\":[{\"name\":\"a\"}]}}",
           options, 0);
    action = next();
    assert_int_equal(action.kind, CDP_DEPLOYMENT_ACTION_POLL_ALARMS);
    assert_int_equal(put(0, quiet), CDP_OK);
    done(0, action.token);
    action = next();
    assert_int_equal(action.kind, CDP_DEPLOYMENT_ACTION_RUN_HOOK);
    done(minute, action.token);
    assert_int_equal(next().kind, CDP_DEPLOYMENT_ACTION_POLL_ALARMS);
    assert_int_equal(put(8 * minute, quiet), CDP_OK);
    read_back(options);
    done(9 * minute, next().token);
    assert_int_equal(next().kind, CDP_DEPLOYMENT_ACTION_SET_TRAFFIC);
    assert_int_equal(status_of(1), CDP_EVENT_STATUS_IN_PROGRESS);
    read_back(options);
    assert_int_equal(cdp_deployment_stop(deployment, 10 * minute, CDP_DEPLOYMENT_NO, NULL), CDP_OK);
    tear_down();
    cdp_appspec_free(appspec);
}

/* A roll-out that has its verdict begins nothing more, also where something was still dying. */
static void verdicts_outlast_cancels(void **state)
{
    const cdp_rollout_options strict = {.size = sizeof strict,
                                        .failure_budget_type = CDP_ROLLOUT_BUDGET_COUNT};
    const cdp_deployment_options options = {
        .rollout = &strict, .ignore_application_stop_failures = 1, .cancel_limit_ms = 20 * minute};
    cdp_deployment_action second;
    cdp_deployment_action cancel;
    cdp_deployment_action action = {.size = sizeof action};

    (void)state;
    all_at_once();
    set_up(IN_PLACE, options, 2);
    (void)next();
    second = next();
    done(1, second.token);
    second = next();
    assert_int_equal(second.kind, CDP_DEPLOYMENT_ACTION_DOWNLOAD);
    assert_int_equal(put(60 * minute, (cdp_deployment_input){.size = 0}), CDP_OK);
    cancel = next();
    assert_int_equal(cancel.kind, CDP_DEPLOYMENT_ACTION_CANCEL);
    assert_int_equal(cancel.target, 0);
    assert_int_equal(cdp_deployment_answer(deployment, 60 * minute, second.token,
                                           CDP_DEPLOYMENT_FAILED, (cdp_string){NULL, 0}, NULL),
                     CDP_OK);
    done(61 * minute, cancel.token);
    assert_int_equal(cdp_deployment_next_action(deployment, &action), CDP_ERR_NOT_FOUND);
    assert_int_equal(status_of(1), CDP_EVENT_STATUS_SKIPPED);
    assert_int_equal(cdp_deployment_get_status(deployment), CDP_DEPLOYMENT_STATUS_FAILED);
    tear_down();
}

/* Logs of what went well are nobody's business afterwards. */
static void words_of_successes_are_not_kept(void **state)
{
    static const char words[4001] = {'w'};
    cdp_text *text = NULL;

    (void)state;
    set_up(IN_PLACE, (cdp_deployment_options){.whole_targets = 1}, 1);
    (void)next();
    assert_int_equal(tell(1, 0, 0, CDP_EVENT_STATUS_IN_PROGRESS), CDP_OK);
    assert_int_equal(put(1, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_EVENT,
                                                   .event_status = CDP_EVENT_STATUS_SUCCEEDED,
                                                   .message = {words, 4000}}),
                     CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_deployment_snapshot(deployment, text), CDP_OK);
    assert_true(cdp_text_string(text).length < 4000);
    cdp_text_free(text);
    tear_down();
}

/* ---------------------------------------------------------------------------------------------- */
/* Saves and stops                                                                                */
/* ---------------------------------------------------------------------------------------------- */

static void saves_have_tokens_of_their_own(void **state)
{
    cdp_deployment_action action = {.size = sizeof action};
    uint64_t hook = 0;
    uint64_t saved = 0;

    (void)state;
    all_at_once();
    set_up(IN_PLACE, (cdp_deployment_options){.asks_to_save = 1}, 1);
    while (cdp_deployment_next_action(deployment, &action) == CDP_OK) {
        if (action.kind == CDP_DEPLOYMENT_ACTION_SAVE)
            saved = action.token;
        else
            hook = action.token;
    }
    assert_true(saved > 0);
    /* Too late: the hook's time was over before. */
    assert_int_equal(cdp_deployment_answer(deployment, 3600001, hook, CDP_DEPLOYMENT_DONE,
                                           (cdp_string){NULL, 0}, NULL),
                     CDP_ERR_STATE);
    while (cdp_deployment_next_action(deployment, &action) == CDP_OK)
        assert_true(action.token != saved);
    assert_int_equal(put(3600002, (cdp_deployment_input){.size = 0}), CDP_OK);
    assert_int_equal(next().kind, CDP_DEPLOYMENT_ACTION_SAVE);
    tear_down();
}

/* Whether it is rolled back may still be said while it ends. */
static void the_last_word_on_the_rollback_counts(void **state)
{
    cdp_deployment_action action;
    bool rolls_back = false;

    (void)state;
    all_at_once();
    set_up(IN_PLACE, (cdp_deployment_options){.size = 0}, 1);
    (void)next();
    assert_int_equal(cdp_deployment_stop(deployment, 1, CDP_DEPLOYMENT_NO, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_stop(deployment, 2, CDP_DEPLOYMENT_YES, NULL), CDP_OK);
    action = next();
    assert_int_equal(action.kind, CDP_DEPLOYMENT_ACTION_CANCEL);
    assert_int_equal(cdp_deployment_answer(deployment, 3, action.token, CDP_DEPLOYMENT_DONE,
                                           (cdp_string){NULL, 0}, NULL),
                     CDP_OK);
    for (size_t i = 0; i < cdp_deployment_change_count(deployment); i++) {
        cdp_deployment_change change = {.size = sizeof change};

        assert_int_equal(cdp_deployment_change_at(deployment, i, &change), CDP_OK);
        rolls_back = rolls_back || change.kind == CDP_DEPLOYMENT_CHANGE_ROLLBACK;
    }
    assert_true(rolls_back);
    tear_down();
}

/* What fails or saw an alarm is not stopped by anybody: its end is no question of what a stop says. */
static void ends_of_their_own_cannot_be_stopped(void **state)
{
    const cdp_deployment_input fails = {.kind = CDP_DEPLOYMENT_INPUT_FAIL,
                                        .code = CDP_ERROR_CODE_REVISION_MISSING};
    const cdp_deployment_input alarm = {
        .kind = CDP_DEPLOYMENT_INPUT_ALARM, .name = {"a", 1}, .alarm_state = CDP_ALARM_STATE_ALARM};
    cdp_diagnostic finding = {.size = sizeof finding};
    cdp_diagnostics *findings = NULL;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &findings), CDP_OK);
    for (int alarmed = 0; alarmed < 2; alarmed++) {
        cdp_deployment_action action = {.size = sizeof action};
        uint64_t open = 0;

        all_at_once();
        set_up(WITH_ALARMS, (cdp_deployment_options){.size = 0}, 1);
        done(0, next().token);
        while (cdp_deployment_next_action(deployment, &action) == CDP_OK)
            ;
        assert_int_equal(put(1, alarmed ? alarm : fails), CDP_OK);
        while (cdp_deployment_next_action(deployment, &action) == CDP_OK)
            open = action.token;
        for (cdp_deployment_flag said = CDP_DEPLOYMENT_NOT_SAID; said <= CDP_DEPLOYMENT_NO; said++)
            assert_int_equal(cdp_deployment_stop(deployment, 2, said, findings), CDP_ERR_STATE);
        assert_int_equal(cdp_diagnostics_at(findings, 0, &finding), CDP_OK);
        assert_int_equal(finding.code, CDP_DIAGNOSTIC_DEPLOYMENT_OVER);
        cdp_diagnostics_clear(findings);
        done(3, open);
        /* Nobody has configured a rollback, and nobody could ask for one. */
        assert_int_equal(cdp_deployment_next_action(deployment, &action), CDP_ERR_NOT_FOUND);
        assert_true(cdp_deployment_is_over(deployment));
        tear_down();
    }
    cdp_diagnostics_free(findings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(restarts_leave_one_action),
        cmocka_unit_test(notifications_are_all_told),
        cmocka_unit_test(heartbeats_push_nothing_out),
        cmocka_unit_test(unseen_polls_hide_no_weight),
        {"10.2 rerouting begins when all are Ready", traffic_waits_until_ready, NULL, NULL, NULL},
        cmocka_unit_test(what_is_in_flight_is_cancelled),
        cmocka_unit_test(cancels_begin_nothing),
        cmocka_unit_test(slow_cancels_make_nothing_late),
        cmocka_unit_test(slow_alarms_make_nothing_late),
        cmocka_unit_test(verdicts_outlast_cancels),
        cmocka_unit_test(words_of_successes_are_not_kept),
        cmocka_unit_test(saves_have_tokens_of_their_own),
        cmocka_unit_test(the_last_word_on_the_rollback_counts),
        cmocka_unit_test(ends_of_their_own_cannot_be_stopped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
