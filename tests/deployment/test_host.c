/* SPDX-License-Identifier: MIT */
/* The callback door: what a host may answer, and what comes of it. */
#include "stage.h"

#include <stdio.h>

static cdp_group *group;
static cdp_appspec *appspec;
static cdp_deployment *deployment;
static cdp_diagnostics *findings;

#define GROUP                                                                                      \
    "{\"applicationName\":\"app\",\"deploymentGroupName\":\"group\",\"serviceRoleArn\":"           \
    "\"arn:aws:iam::111122223333:role/deploy\",\"deploymentConfigName\":"                          \
    "\"CodeDeployDefault.LambdaAllAtOnce\",\"deploymentStyle\":{\"deploymentType\":"               \
    "\"BLUE_GREEN\",\"deploymentOption\":\"WITH_TRAFFIC_CONTROL\"},\"alarmConfiguration\":{"       \
    "\"enabled\":true,\"alarms\":[{\"name\":\"errors\"},{\"name\":\"latency\"}]}}"

static void set_up(bool asks_to_save)
{
    cdp_deployment_options options = {.size = sizeof options, .id = {"d-AAAAAAAAA", 11}};

    group = stage_group(GROUP);
    appspec = stage_appspec(stage_lambda_appspec, CDP_PLATFORM_LAMBDA);
    options.group = group;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &findings), CDP_OK);
    options.appspec = appspec;
    options.asks_to_save = asks_to_save;
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
}

static void tear_down(void)
{
    cdp_deployment_free(deployment);
    cdp_diagnostics_free(findings);
    cdp_appspec_free(appspec);
    cdp_group_free(group);
}

static cdp_status start(cdp_host *host)
{
    cdp_deployment_input input = {.size = sizeof input, .kind = CDP_DEPLOYMENT_INPUT_START};

    host->size = sizeof *host;
    return cdp_host_step(deployment, host, 0, &input, NULL);
}

/* ---------------------------------------------------------------------------------------------- */
/* Callbacks that go too far                                                                      */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status step_from_inside(const cdp_deployment *which, const cdp_deployment_action *action,
                                   cdp_host_reply *reply, void *user)
{
    (void)action;
    (void)reply;
    /* A host that has forgotten that it may only look. */
    *(cdp_status *)user =
        cdp_deployment_step((cdp_deployment *)(uintptr_t)which, 1000, NULL, findings);
    return CDP_PENDING;
}

static cdp_status take_from_inside(const cdp_deployment *which, const cdp_deployment_action *action,
                                   cdp_host_reply *reply, void *user)
{
    cdp_deployment_action taken = {.size = sizeof taken};

    (void)action;
    (void)reply;
    *(cdp_status *)user = cdp_deployment_next_action((cdp_deployment *)(uintptr_t)which, &taken);
    return CDP_PENDING;
}

static void nothing_is_taken_from_a_callback(void **state)
{
    cdp_status inner = CDP_OK;
    cdp_host host = {.perform = take_from_inside, .user = &inner};

    (void)state;
    set_up(false);
    assert_int_equal(start(&host), CDP_OK);
    assert_int_equal(inner, CDP_ERR_STATE);
    tear_down();
}

static void refused_from_a_callback(void **state)
{
    cdp_status inner = CDP_OK;
    cdp_host host = {.size = sizeof host, .perform = step_from_inside, .user = &inner};

    (void)state;
    set_up(false);
    assert_int_equal(start(&host), CDP_OK);
    assert_int_equal(inner, CDP_ERR_STATE);
    assert_int_equal(cdp_diagnostics_count(findings), 1);
    assert_int_equal(cdp_deployment_open_count(deployment), 1);
    tear_down();
}

/* How often the traffic was passed on, and performed. */
typedef struct passing {
    size_t passed;
    size_t performed;
    cdp_status answer;
} passing;

static cdp_status pass_on(const cdp_deployment *which, const cdp_deployment_action *action,
                          cdp_host_reply *reply, void *user)
{
    (void)which;
    (void)action;
    reply->message = (cdp_string){"forgotten", 9};
    ((passing *)user)->passed++;
    return CDP_PASSTHROUGH;
}

static cdp_status perform_what_is_passed(const cdp_deployment *which,
                                         const cdp_deployment_action *action, cdp_host_reply *reply,
                                         void *user)
{
    (void)which;
    if (action->kind != CDP_DEPLOYMENT_ACTION_SET_TRAFFIC)
        return CDP_OK;
    assert_null(reply->message.data);
    ((passing *)user)->performed++;
    return ((passing *)user)->answer;
}

static cdp_status all_quiet(const cdp_deployment *which, cdp_string name,
                            cdp_alarm_state *alarm_state, void *user)
{
    (void)which;
    (void)name;
    (void)user;
    *alarm_state = CDP_ALARM_STATE_OK;
    return CDP_OK;
}

/* As if it were not set: then there is still the one for every kind. */
static void what_a_callback_passes_on_is_performed(void **state)
{
    passing self = {.answer = CDP_OK};
    cdp_host host = {.set_traffic = pass_on,
                     .perform = perform_what_is_passed,
                     .poll_alarm = all_quiet,
                     .user = &self};

    (void)state;
    set_up(false);
    assert_int_equal(start(&host), CDP_OK);
    assert_int_equal(cdp_deployment_get_status(deployment), CDP_DEPLOYMENT_STATUS_SUCCEEDED);
    assert_int_equal(self.passed, 1);
    assert_int_equal(self.performed, 1);
    tear_down();

    self = (passing){.answer = CDP_PASSTHROUGH};
    set_up(false);
    assert_int_equal(start(&host), CDP_OK);
    assert_int_equal(cdp_deployment_get_status(deployment), CDP_DEPLOYMENT_STATUS_FAILED);
    assert_int_equal(self.passed, 1);
    tear_down();
}

static cdp_status fail_to_save(const cdp_deployment *which, const cdp_deployment_action *action,
                               cdp_host_reply *reply, void *user)
{
    (void)which;
    (void)reply;
    if (action->kind != CDP_DEPLOYMENT_ACTION_SAVE)
        return CDP_PENDING;
    ++*(int *)user;
    assert_true(*(int *)user < 10);
    return CDP_ERR_FULL;
}

static void failing_saves_are_not_repeated_at_once(void **state)
{
    int saves = 0;
    cdp_host host = {.size = sizeof host, .perform = fail_to_save, .user = &saves};

    (void)state;
    set_up(true);
    assert_int_equal(start(&host), CDP_OK);
    assert_int_equal(saves, 1);
    assert_int_equal(cdp_host_step(deployment, &host, 5, NULL, NULL), CDP_OK);
    assert_int_equal(saves, 1);
    assert_int_equal(cdp_deployment_stop(deployment, 6, CDP_DEPLOYMENT_NOT_SAID, NULL), CDP_OK);
    assert_int_equal(cdp_host_step(deployment, &host, 6, NULL, NULL), CDP_OK);
    assert_int_equal(saves, 2);
    tear_down();
}

/* ---------------------------------------------------------------------------------------------- */
/* Alarms                                                                                         */
/* ---------------------------------------------------------------------------------------------- */

enum { HOST_CODE = CDP_ERR_HOST_FIRST - 7 };

/* A monitoring service: what it answers for `errors`, how often it was asked, and what was told. */
typedef struct monitoring {
    cdp_status answer;
    cdp_alarm_state state;
    int asked;
    int performed;
    cdp_status code_told;
    bool active_told;
    char message[128];
} monitoring;

static cdp_status poll_alarm(const cdp_deployment *which, cdp_string name, cdp_alarm_state *state,
                             void *user)
{
    monitoring *self = user;

    (void)which;
    self->asked++;
    if (name.length == strlen("errors")) {
        *state = self->state;
        return self->answer;
    }
    *state = CDP_ALARM_STATE_OK;
    return CDP_OK;
}

/* Knows what poll_alarm does not. */
static cdp_status read_all(const cdp_deployment *which, const cdp_deployment_action *action,
                           cdp_host_reply *reply, void *user)
{
    (void)which;
    (void)reply;
    if (action->kind != CDP_DEPLOYMENT_ACTION_POLL_ALARMS)
        return CDP_PENDING;
    ((monitoring *)user)->performed++;
    return CDP_PENDING;
}

static cdp_status note(const cdp_deployment *which, const cdp_deployment_change *change, void *user)
{
    monitoring *self = user;

    (void)which;
    if (change->kind == CDP_DEPLOYMENT_CHANGE_TROUBLE) {
        self->code_told = change->host_status;
        assert_true(change->message.length < sizeof self->message);
        memcpy(self->message, change->message.data, change->message.length);
        self->message[change->message.length] = '\0';
    }
    if (change->kind == CDP_DEPLOYMENT_CHANGE_ALARM && change->alarm_state == CDP_ALARM_STATE_ALARM)
        self->active_told = true;
    return CDP_OK;
}

static void start_watched(monitoring *self, cdp_host_callback perform)
{
    cdp_host host = {.perform = perform, .poll_alarm = poll_alarm, .changed = note, .user = self};

    set_up(false);
    assert_int_equal(start(&host), CDP_OK);
    assert_int_equal(self->asked, 2);
}

static void codes_of_alarms_are_told(void **state)
{
    monitoring self = {.answer = HOST_CODE};

    (void)state;
    start_watched(&self, NULL);
    assert_int_equal(self.code_told, HOST_CODE);
    assert_string_equal(self.message, "errors: a callback of the host failed with its own code");
    assert_int_equal(cdp_deployment_get_status(deployment), CDP_DEPLOYMENT_STATUS_STOPPED);
    tear_down();
}

/* A host's own word is its own, also when it is one that the library has for its callers. */
static void arguments_of_hosts_are_theirs(void **state)
{
    monitoring self = {.answer = CDP_ERR_ARGUMENT, .state = CDP_ALARM_STATE_OK};
    char expected[128];

    (void)state;
    start_watched(&self, NULL);
    assert_int_equal(self.code_told, CDP_ERR_ARGUMENT);
    (void)snprintf(expected, sizeof expected, "errors: %s", cdp_status_message(CDP_ERR_ARGUMENT));
    assert_string_equal(self.message, expected);
    tear_down();
}

/* Bounds of what a state can be. */
static void states_have_to_be_some(void **state)
{
    const int bad[] = {CDP_ALARM_STATE_UNKNOWN, CDP_ALARM_STATE_UNREADABLE + 1, -1};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        monitoring self = {.state = (cdp_alarm_state)bad[i]};

        start_watched(&self, NULL);
        assert_int_equal(self.code_told, CDP_ERR_ARGUMENT);
        assert_string_equal(self.message, "errors: the host answered with no alarm state");
        assert_int_equal(cdp_deployment_get_status(deployment), CDP_DEPLOYMENT_STATUS_STOPPED);
        tear_down();
    }
}

/* An alarm that is passed through is as if the callback were not set: `perform` reads it. */
static void alarms_are_passed_through(void **state)
{
    monitoring self = {.answer = CDP_PASSTHROUGH};

    (void)state;
    start_watched(&self, read_all);
    assert_int_equal(self.performed, 1);
    assert_int_equal(self.code_told, CDP_OK);
    assert_false(cdp_deployment_is_over(deployment));
    assert_int_equal(cdp_deployment_open_count(deployment), 1);
    assert_int_equal(
        cdp_deployment_alarm(deployment, 0, (cdp_string){"errors", 6}, CDP_ALARM_STATE_ALARM, NULL),
        CDP_OK);
    assert_int_equal(cdp_deployment_get_status(deployment), CDP_DEPLOYMENT_STATUS_STOPPED);
    tear_down();
}

static void nobody_reads_what_is_passed_through(void **state)
{
    monitoring self = {.answer = CDP_PASSTHROUGH};

    (void)state;
    start_watched(&self, NULL);
    assert_int_equal(cdp_deployment_get_status(deployment), CDP_DEPLOYMENT_STATUS_STOPPED);
    tear_down();
}

/* One that is active ends it, whatever was passed through before. */
static void active_alarms_need_no_perform(void **state)
{
    monitoring self = {.state = CDP_ALARM_STATE_ALARM};
    cdp_host host = {.perform = read_all, .poll_alarm = poll_alarm, .changed = note, .user = &self};

    (void)state;
    set_up(false);
    assert_int_equal(start(&host), CDP_OK);
    assert_int_equal(self.asked, 1);
    assert_int_equal(self.performed, 0);
    assert_true(self.active_told);
    tear_down();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_taken_from_a_callback),
        cmocka_unit_test(refused_from_a_callback),
        cmocka_unit_test(what_a_callback_passes_on_is_performed),
        cmocka_unit_test(failing_saves_are_not_repeated_at_once),
        cmocka_unit_test(codes_of_alarms_are_told),
        cmocka_unit_test(arguments_of_hosts_are_theirs),
        cmocka_unit_test(states_have_to_be_some),
        cmocka_unit_test(alarms_are_passed_through),
        cmocka_unit_test(nobody_reads_what_is_passed_through),
        cmocka_unit_test(active_alarms_need_no_perform),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
