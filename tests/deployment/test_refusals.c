/* SPDX-License-Identifier: MIT */
/* Options and inputs that are refused: the status, the diagnostic, and that nothing has changed. */
#include "stage.h"

#include "cases.h"

typedef struct fixture {
    cdp_group *server;
    cdp_group *lambda;
    cdp_group *blue_green;
    cdp_group *plain;
    cdp_appspec *lambda_appspec;
    cdp_appspec *server_appspec;
    cdp_diagnostics *diagnostics;
} fixture;

static fixture f;

#define BASICS                                                                                     \
    "{\"applicationName\":\"app\",\"deploymentGroupName\":\"group\",\"serviceRoleArn\":"           \
    "\"arn:aws:iam::111122223333:role/deploy\""
#define SHIFTS                                                                                     \
    ",\"deploymentStyle\":{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":"                \
    "\"WITH_TRAFFIC_CONTROL\"},\"alarmConfiguration\":{\"enabled\":true,\"alarms\":"               \
    "[{\"name\":\"errors\"}]}"

static void set_up(void)
{
    f.server = stage_group(BASICS ",\"ec2TagFilters\":[{\"Key\":\"k\",\"Type\":\"KEY_ONLY\"}]}");
    f.lambda = stage_group(
        BASICS ",\"deploymentConfigName\":\"CodeDeployDefault.LambdaAllAtOnce\"" SHIFTS "}");
    f.blue_green = stage_group(
        BASICS ",\"ec2TagFilters\":[{\"Key\":\"k\",\"Type\":\"KEY_ONLY\"}],\"deploymentStyle\":"
               "{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":\"WITH_TRAFFIC_CONTROL\"},"
               "\"loadBalancerInfo\":{\"targetGroupInfoList\":[{\"name\":\"tg\"}]},"
               "\"blueGreenDeploymentConfiguration\":{"
               "\"terminateBlueInstancesOnDeploymentSuccess\":{\"action\":"
               "\"TERMINATE\"},\"deploymentReadyOption\":"
               "{\"actionOnTimeout\":\"CONTINUE_DEPLOYMENT\"},\"greenFleetProvisioningOption\":"
               "{\"action\":\"DISCOVER_EXISTING\"}}}");
    f.plain = stage_group(BASICS "}");
    f.lambda_appspec = stage_appspec(stage_lambda_appspec, CDP_PLATFORM_LAMBDA);
    f.server_appspec = stage_appspec(stage_server_appspec, CDP_PLATFORM_SERVER);
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &f.diagnostics), CDP_OK);
}

static void tear_down(void)
{
    cdp_group_free(f.server);
    cdp_group_free(f.lambda);
    cdp_group_free(f.blue_green);
    cdp_group_free(f.plain);
    cdp_appspec_free(f.lambda_appspec);
    cdp_appspec_free(f.server_appspec);
    cdp_diagnostics_free(f.diagnostics);
}

static cdp_string text(const char *string)
{
    return (cdp_string){string, strlen(string)};
}

static cdp_deployment_options on_server(void)
{
    return (cdp_deployment_options){.size = sizeof(cdp_deployment_options),
                                    .id = text("d-AAAAAAAAA"),
                                    .group = f.server,
                                    .appspec = f.server_appspec};
}

static cdp_deployment_options on_lambda(void)
{
    return (cdp_deployment_options){.size = sizeof(cdp_deployment_options),
                                    .id = text("d-AAAAAAAAA"),
                                    .group = f.lambda,
                                    .appspec = f.lambda_appspec};
}

/* ---------------------------------------------------------------------------------------------- */
/* Options                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

typedef struct option_case {
    const char *name;
    void (*spoil)(cdp_deployment_options *options);
    cdp_status status;
    cdp_diagnostic_code code;
    const char *api_name;
    bool lambda;
} option_case;

static void no_id(cdp_deployment_options *options)
{
    options->id = text("");
}

static void blank_in_id(cdp_deployment_options *options)
{
    options->id = text("d 1");
}

static void no_platform(cdp_deployment_options *options)
{
    options->group = f.plain;
    options->appspec = NULL;
}

static void other_appspec(cdp_deployment_options *options)
{
    options->appspec = f.lambda_appspec;
}

static void no_appspec(cdp_deployment_options *options)
{
    options->appspec = NULL;
}

static void long_description(cdp_deployment_options *options)
{
    static char description[258];

    memset(description, 'x', sizeof description - 1);
    options->description = text(description);
}

static void active(cdp_deployment_options *options)
{
    static cdp_rollback_past past;

    past = (cdp_rollback_past){
        .size = sizeof past, .id = text("d-B"), .status = CDP_DEPLOYMENT_STATUS_IN_PROGRESS};
    options->past = &past;
    options->past_count = 1;
}

static void begins_on_lambda(cdp_deployment_options *options)
{
    options->host_begins_events = 1;
}

static void outdated_on_lambda(cdp_deployment_options *options)
{
    options->update_outdated_instances_only = 1;
}

static void ignores_on_lambda(cdp_deployment_options *options)
{
    options->ignore_application_stop_failures = 1;
}

static void both(cdp_deployment_options *options)
{
    options->host_begins_events = options->whole_targets = 1;
}

static void alarms_without_names(cdp_deployment_options *options)
{
    static cdp_group_alarms alarms;

    alarms = (cdp_group_alarms){.size = sizeof alarms, .enabled = 1};
    options->alarms = &alarms;
}

static void many_alarms(cdp_deployment_options *options)
{
    static cdp_string names[11];
    static char letters[11][2];

    alarms_without_names(options);
    for (size_t i = 0; i < 11; i++) {
        letters[i][0] = (char)('a' + i);
        names[i] = text(letters[i]);
    }
    options->alarm_names = names;
    options->alarm_count = 11;
}

static void rollback_without_events(cdp_deployment_options *options)
{
    static cdp_group_auto_rollback rollback;

    rollback = (cdp_group_auto_rollback){.size = sizeof rollback, .enabled = 1};
    options->auto_rollback = &rollback;
}

static void appspec_as_revision(cdp_deployment_options *options)
{
    static const cdp_group_revision revision = {.size = sizeof revision,
                                                .type = CDP_REVISION_TYPE_APPSPEC_CONTENT,
                                                .content = {"version: 0.0", 12}};

    options->revision = &revision;
}

static void github_revision(cdp_deployment_options *options)
{
    static const cdp_group_revision revision = {.size = sizeof revision,
                                                .type = CDP_REVISION_TYPE_GITHUB,
                                                .repository = {"owner/name", 10},
                                                .commit_id = {"0123456789", 10}};

    options->revision = &revision;
}

static void bad_file_exists(cdp_deployment_options *options)
{
    options->file_exists_behavior = (cdp_file_exists_behavior)9;
}

static void too_early(cdp_deployment_options *options)
{
    options->epoch_ms = -1;
}

static void too_late(cdp_deployment_options *options)
{
    options->epoch_ms = INT64_MAX / 4 + 1;
}

static void files_on_lambda(cdp_deployment_options *options)
{
    options->file_exists_behavior = CDP_FILE_EXISTS_OVERWRITE;
}

static void targets_on_lambda(cdp_deployment_options *options)
{
    options->target_limit = 5;
}

static void balancer_on_lambda(cdp_deployment_options *options)
{
    options->network_load_balancer = 1;
}

static void names_without_alarms(cdp_deployment_options *options)
{
    static const cdp_string names[] = {{"errors", 6}};

    options->alarm_names = names;
    options->alarm_count = 1;
}

static void rollback_from_nothing(cdp_deployment_options *options)
{
    options->creator = CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK;
}

static void negative(cdp_deployment_options *options)
{
    options->limit_ms = -1;
}

static void server_config(cdp_deployment_options *options)
{
    options->config = cdp_config_default(CDP_PLATFORM_SERVER);
}

static const option_case option_cases[] = {
    {"5.4 no id", no_id, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_ID,
     "InvalidDeploymentIdException", false},
    {"5.4 a blank in the id", blank_in_id, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_ID,
     "InvalidDeploymentIdException", false},
    {"5.1 a group of no platform", no_platform, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_PLATFORM,
     "InvalidComputePlatformException", false},
    {"5.1 an AppSpec for another platform", other_appspec, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_APPSPEC_PLATFORM, "InvalidRevisionException", false},
    {"5.1 no AppSpec on Lambda", no_appspec, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_APPSPEC_MISSING, "RevisionRequiredException", true},
    {"2.16, 5.1 a description of 257 characters", long_description, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_DESCRIPTION, "DescriptionTooLongException", false},
    {"2.13, 5.1 an active deployment of the group", active, CDP_ERR_BUSY,
     CDP_DIAGNOSTIC_DEPLOYMENT_ACTIVE, "DeploymentLimitExceededException", false},
    {"option-platform", begins_on_lambda, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_OPTION_PLATFORM, NULL, true},
    {"5.1 updateOutdatedInstancesOnly on Lambda", outdated_on_lambda, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_OUTDATED_ONLY, "InvalidUpdateOutdatedInstancesOnlyValueException",
     true},
    {"5.1 ignoreApplicationStopFailures on Lambda", ignores_on_lambda, CDP_ERR_INVALID, 0,
     "InvalidIgnoreApplicationStopFailuresValueException", true},
    {"contradiction", both, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_CONTRADICTION, NULL, false},
    {"5.1 alarms without names", alarms_without_names, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_ALARMS, "InvalidAlarmConfigException", false},
    {"5.1 eleven alarms", many_alarms, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_TOO_MANY_ALARMS,
     "AlarmsLimitExceededException", false},
    {"5.1 rollback without events", rollback_without_events, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_AUTO_ROLLBACK, "InvalidAutoRollbackConfigException", false},
    {"5.1 an AppSpec as revision on Server", appspec_as_revision, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_REVISION_TYPE, "InvalidRevisionException", false},
    {"5.1 a revision in GitHub on Lambda", github_revision, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_REVISION_TYPE, "InvalidRevisionException", true},
    {"5.1 a file-exists behavior that there is not", bad_file_exists, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_FILE_EXISTS, "InvalidFileExistsBehaviorException", false},
    {"negative", negative, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_NEGATIVE, NULL, false},
    {"an epoch before 1970", too_early, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_NEGATIVE, NULL,
     false},
    {"an epoch at the end of time", too_late, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_NEGATIVE,
     NULL, false},
    {"files on Lambda", files_on_lambda, CDP_ERR_INVALID, CDP_DIAGNOSTIC_DEPLOYMENT_OPTION_PLATFORM,
     NULL, true},
    {"a limit of targets on Lambda", targets_on_lambda, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_OPTION_PLATFORM, NULL, true},
    {"a load balancer on Lambda", balancer_on_lambda, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_OPTION_PLATFORM, NULL, true},
    {"names of alarms alone", names_without_alarms, CDP_ERR_INVALID,
     CDP_DIAGNOSTIC_DEPLOYMENT_OPTION_ALONE, NULL, true},
    {"a rollback of nothing", rollback_from_nothing, CDP_ERR_ARGUMENT,
     CDP_DIAGNOSTIC_DEPLOYMENT_CREATOR, NULL, true},
    {"5.1 a configuration for another platform", server_config, CDP_ERR_INVALID, 0, NULL, true},
};

static void expect(cdp_diagnostic_code code, const char *api_name)
{
    cdp_diagnostic finding = {.size = sizeof finding};
    cdp_diagnostic_info info = {.size = sizeof info};

    assert_int_equal(cdp_diagnostics_at(f.diagnostics, 0, &finding), CDP_OK);
    if (code)
        assert_int_equal(finding.code, code);
    assert_int_equal(cdp_diagnostic_info_get(finding.code, &info), CDP_OK);
    if (api_name)
        assert_string_equal(info.api_name, api_name);
    assert_true(finding.hint.length > 0);
}

static void options_are_refused(void **state)
{
    const option_case *test = *state;
    cdp_deployment *deployment = NULL;
    cdp_deployment_options options;

    set_up();
    options = test->lambda ? on_lambda() : on_server();
    test->spoil(&options);
    assert_int_equal(cdp_deployment_new(&options, NULL, f.diagnostics, &deployment), test->status);
    assert_null(deployment);
    expect(test->code, test->api_name);
    tear_down();
}

/* ---------------------------------------------------------------------------------------------- */
/* Inputs                                                                                         */
/* ---------------------------------------------------------------------------------------------- */

typedef struct input_case {
    const char *name;
    cdp_deployment_input input;
    cdp_status status;
    cdp_diagnostic_code code;
    const char *api_name;
    enum { CREATED, RUNNING, OVER } when;
    bool lambda;
    int64_t now;
} input_case;

static cdp_deployment *make(const input_case *test)
{
    cdp_deployment_options options = test->lambda ? on_lambda() : on_server();
    cdp_deployment *deployment = NULL;

    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
    if (!test->lambda)
        stage_add_instances(deployment, 3, false);
    if (test->when >= RUNNING)
        assert_int_equal(cdp_deployment_start(deployment, 100, NULL), CDP_OK);
    if (test->when == OVER) {
        cdp_deployment_input fail = {.size = sizeof fail,
                                     .kind = CDP_DEPLOYMENT_INPUT_FAIL,
                                     .code = CDP_ERROR_CODE_REVISION_MISSING};

        assert_int_equal(cdp_deployment_step(deployment, 100, &fail, NULL), CDP_OK);
        assert_true(cdp_deployment_is_over(deployment));
    }
    return deployment;
}

static const input_case input_cases[] = {
    {"time-backwards",
     {.kind = CDP_DEPLOYMENT_INPUT_TIME},
     CDP_ERR_TIME,
     CDP_DIAGNOSTIC_DEPLOYMENT_TIME,
     NULL,
     RUNNING,
     false,
     99},
    {"time-negative",
     {.kind = CDP_DEPLOYMENT_INPUT_TIME},
     CDP_ERR_TIME,
     CDP_DIAGNOSTIC_DEPLOYMENT_TIME,
     NULL,
     CREATED,
     true,
     -1},
    {"5.4 stop what is over",
     {.kind = CDP_DEPLOYMENT_INPUT_STOP},
     CDP_ERR_STATE,
     CDP_DIAGNOSTIC_DEPLOYMENT_OVER,
     "DeploymentAlreadyCompletedException",
     OVER,
     false,
     100},
    {"5.5 continue what was not started",
     {.kind = CDP_DEPLOYMENT_INPUT_CONTINUE},
     CDP_ERR_STATE,
     CDP_DIAGNOSTIC_DEPLOYMENT_NOT_STARTED,
     "DeploymentNotStartedException",
     CREATED,
     false,
     100},
    {"start-twice",
     {.kind = CDP_DEPLOYMENT_INPUT_START},
     CDP_ERR_STATE,
     CDP_DIAGNOSTIC_DEPLOYMENT_ALREADY_STARTED,
     NULL,
     RUNNING,
     false,
     100},
    {"7.3 an unknown id",
     {.kind = CDP_DEPLOYMENT_INPUT_ANSWER, .token = 12345, .outcome = 1},
     CDP_ERR_NOT_FOUND,
     CDP_DIAGNOSTIC_DEPLOYMENT_UNKNOWN_TOKEN,
     "InvalidLifecycleEventHookExecutionIdException",
     RUNNING,
     true,
     100},
    {"bad-outcome",
     {.kind = CDP_DEPLOYMENT_INPUT_ANSWER, .token = 1u << 24, .outcome = 0},
     CDP_ERR_ARGUMENT,
     CDP_DIAGNOSTIC_DEPLOYMENT_BAD_OUTCOME,
     "InvalidLifecycleEventHookExecutionStatusException",
     RUNNING,
     true,
     100},
    {"5.5 continue what waits for nothing",
     {.kind = CDP_DEPLOYMENT_INPUT_CONTINUE},
     CDP_ERR_STATE,
     CDP_DIAGNOSTIC_DEPLOYMENT_NOT_WAITING,
     "InvalidDeploymentStatusException",
     RUNNING,
     true,
     100},
    {"5.5 continue with a bad wait type",
     {.kind = CDP_DEPLOYMENT_INPUT_CONTINUE, .wait = (cdp_wait_type)9},
     CDP_ERR_ARGUMENT,
     CDP_DIAGNOSTIC_DEPLOYMENT_WAIT_TYPE,
     "InvalidDeploymentWaitTypeException",
     RUNNING,
     true,
     100},
    {"5.5 continue in place",
     {.kind = CDP_DEPLOYMENT_INPUT_CONTINUE, .wait = CDP_WAIT_READY},
     CDP_ERR_STATE,
     CDP_DIAGNOSTIC_DEPLOYMENT_UNSUPPORTED_INPUT,
     "UnsupportedActionForDeploymentTypeException",
     RUNNING,
     false,
     100},
    {"lost-on-lambda",
     {.kind = CDP_DEPLOYMENT_INPUT_LOST},
     CDP_ERR_STATE,
     CDP_DIAGNOSTIC_DEPLOYMENT_UNSUPPORTED_INPUT,
     "UnsupportedActionForDeploymentTypeException",
     RUNNING,
     true,
     100},
    {"unknown-target",
     {.kind = CDP_DEPLOYMENT_INPUT_LOST, .target = 3},
     CDP_ERR_NOT_FOUND,
     CDP_DIAGNOSTIC_DEPLOYMENT_UNKNOWN_TARGET,
     "DeploymentTargetDoesNotExistException",
     RUNNING,
     false,
     100},
    {"unknown-alarm",
     {.kind = CDP_DEPLOYMENT_INPUT_ALARM, .name = {"other", 5}, .alarm_state = CDP_ALARM_STATE_OK},
     CDP_ERR_NOT_FOUND,
     CDP_DIAGNOSTIC_DEPLOYMENT_UNKNOWN_ALARM,
     NULL,
     RUNNING,
     true,
     100},
    {"not-to-begin",
     {.kind = CDP_DEPLOYMENT_INPUT_EVENT, .event_status = CDP_EVENT_STATUS_IN_PROGRESS},
     CDP_ERR_STATE,
     CDP_DIAGNOSTIC_DEPLOYMENT_NOT_TO_BEGIN,
     NULL,
     RUNNING,
     false,
     100},
    {"not-running",
     {.kind = CDP_DEPLOYMENT_INPUT_LOST},
     CDP_ERR_STATE,
     CDP_DIAGNOSTIC_DEPLOYMENT_NOT_RUNNING,
     NULL,
     CREATED,
     false,
     100},
    {"error-code",
     {.kind = CDP_DEPLOYMENT_INPUT_FAIL},
     CDP_ERR_ARGUMENT,
     CDP_DIAGNOSTIC_DEPLOYMENT_ERROR_CODE,
     NULL,
     RUNNING,
     false,
     100},
    {"not-over",
     {.kind = CDP_DEPLOYMENT_INPUT_ROLLED_BACK},
     CDP_ERR_STATE,
     CDP_DIAGNOSTIC_DEPLOYMENT_NOT_OVER,
     NULL,
     RUNNING,
     false,
     100},
};

static void inputs_are_refused(void **state)
{
    const input_case *test = *state;
    cdp_deployment_input input = test->input;
    cdp_deployment *deployment;
    int64_t before;

    set_up();
    deployment = make(test);
    before = cdp_deployment_now(deployment);
    input.size = sizeof input;
    assert_int_equal(cdp_deployment_step(deployment, test->now, &input, f.diagnostics),
                     test->status);
    expect(test->code, test->api_name);
    assert_int_equal(cdp_deployment_now(deployment), before);
    cdp_deployment_free(deployment);
    tear_down();
}

/* Refusals that need some way to get there. */
static void refused_later(void **state)
{
    cdp_deployment_options options;
    cdp_deployment *deployment = NULL;
    cdp_deployment_action action = {.size = sizeof action};
    cdp_deployment_input lost = {.size = sizeof lost, .kind = CDP_DEPLOYMENT_INPUT_LOST};

    (void)state;
    set_up();
    options = on_server();
    assert_int_equal(
        cdp_config_find(text("CodeDeployDefault.AllAtOnce"), NULL, 0, NULL, &options.config),
        CDP_OK);
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
    stage_add_instances(deployment, 3, false);
    assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_next_action(deployment, &action), CDP_OK);
    assert_int_equal(
        cdp_deployment_answer(deployment, 1, action.token, CDP_DEPLOYMENT_DONE, text(""), NULL),
        CDP_OK);
    /* lifecycle.md 7.3: a second answer. */
    assert_int_equal(cdp_deployment_answer(deployment, 1, action.token, CDP_DEPLOYMENT_DONE,
                                           text(""), f.diagnostics),
                     CDP_ERR_STATE);
    expect(CDP_DIAGNOSTIC_DEPLOYMENT_TOKEN_COMPLETED, "LifecycleEventAlreadyCompletedException");
    cdp_diagnostics_clear(f.diagnostics);
    assert_int_equal(cdp_deployment_step(deployment, 2, &lost, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_step(deployment, 3, &lost, f.diagnostics), CDP_ERR_STATE);
    expect(CDP_DIAGNOSTIC_DEPLOYMENT_TARGET_OVER, NULL);
    cdp_deployment_free(deployment);

    cdp_diagnostics_clear(f.diagnostics);
    options.group = f.blue_green;
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
    stage_add_instances(deployment, 2, false);
    assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_continue(deployment, 0, CDP_WAIT_READY, f.diagnostics),
                     CDP_ERR_STATE);
    expect(CDP_DIAGNOSTIC_DEPLOYMENT_NOT_READY, "DeploymentIsNotInReadyStateException");
    cdp_deployment_free(deployment);
    tear_down();
}

/* At once, not only when it starts: one that is never started is no exception. */
static void targets_are_there_once(void **state)
{
    cdp_rollout_instance again = {.size = sizeof again,
                                  .id = text("i-0002"),
                                  .instance_health = CDP_INSTANCE_HEALTHY,
                                  .revision_health = CDP_REVISION_HEALTH_OLD};
    cdp_deployment_options options;
    cdp_deployment *deployment = NULL;

    (void)state;
    set_up();
    options = on_server();
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
    stage_add_instances(deployment, 3, false);
    assert_int_equal(cdp_deployment_add_target(deployment, 0, &again, f.diagnostics),
                     CDP_ERR_CONFLICT);
    expect(CDP_DIAGNOSTIC_ROLLOUT_DUPLICATE_INSTANCE, NULL);
    assert_int_equal(cdp_deployment_target_count(deployment), 3);
    assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_add_target(deployment, 0, &again, NULL), CDP_ERR_CONFLICT);
    again.id = text("i-0004");
    assert_int_equal(cdp_deployment_add_target(deployment, 0, &again, NULL), CDP_OK);
    cdp_deployment_free(deployment);
    tear_down();
}

/* A message that is absent although it has a length of 0. */
static void stops_without_words(void **state)
{
    cdp_deployment_options options;
    cdp_deployment *deployment = NULL;
    cdp_deployment_input trouble = {
        .size = sizeof trouble, .kind = CDP_DEPLOYMENT_INPUT_TROUBLE, .host_status = CDP_ERR_IO};

    (void)state;
    set_up();
    options = on_server();
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
    assert_int_equal(cdp_deployment_step(deployment, 0, &trouble, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_stop(deployment, 0, CDP_DEPLOYMENT_NOT_SAID, NULL), CDP_OK);
    cdp_deployment_free(deployment);
    tear_down();
}

/* Words that no snapshot could spell. */
static void words_have_to_be_the_apis(void **state)
{
    const cdp_deployment_input bad[] = {
        {.kind = CDP_DEPLOYMENT_INPUT_STOP, .answer = (cdp_deployment_flag)3},
        {.kind = CDP_DEPLOYMENT_INPUT_ANSWER,
         .outcome = CDP_DEPLOYMENT_FAILED,
         .error = (cdp_event_error)6},
        {.kind = CDP_DEPLOYMENT_INPUT_ANSWER,
         .outcome = CDP_DEPLOYMENT_FAILED,
         .code = (cdp_error_code)35},
        {.kind = CDP_DEPLOYMENT_INPUT_EVENT,
         .event_status = CDP_EVENT_STATUS_FAILED,
         .error = (cdp_event_error)6},
    };
    cdp_deployment_action action = {.size = sizeof action};
    cdp_deployment_options options;
    cdp_deployment *deployment = NULL;

    (void)state;
    set_up();
    options = on_lambda();
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
    assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_next_action(deployment, &action), CDP_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cdp_deployment_input input = bad[i];

        input.size = sizeof input;
        input.token = action.token;
        assert_int_equal(cdp_deployment_step(deployment, 0, &input, NULL), CDP_ERR_ARGUMENT);
    }
    assert_int_equal(cdp_deployment_open_count(deployment), 1);
    cdp_deployment_free(deployment);
    tear_down();
}

/* What changed before is not told again as if the refused input had done it. */
static void refusals_have_no_changes(void **state)
{
    cdp_deployment_input broken = {.size = sizeof broken, .reserved = 1};
    cdp_deployment_options options;
    cdp_deployment *deployment = NULL;

    (void)state;
    set_up();
    options = on_lambda();
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
    assert_int_equal(cdp_deployment_start(deployment, 5, NULL), CDP_OK);
    assert_true(cdp_deployment_change_count(deployment) > 0);
    assert_int_equal(cdp_deployment_step(deployment, 4, NULL, NULL), CDP_ERR_TIME);
    assert_int_equal(cdp_deployment_change_count(deployment), 0);
    assert_int_equal(cdp_deployment_stop(deployment, 6, CDP_DEPLOYMENT_NOT_SAID, NULL), CDP_OK);
    assert_true(cdp_deployment_change_count(deployment) > 0);
    assert_int_equal(cdp_deployment_step(deployment, 7, &broken, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_deployment_change_count(deployment), 0);
    cdp_deployment_free(deployment);
    tear_down();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refused_later),
        cmocka_unit_test(targets_are_there_once),
        cmocka_unit_test(stops_without_words),
        cmocka_unit_test(words_have_to_be_the_apis),
        cmocka_unit_test(refusals_have_no_changes),
    };

    return CASES("options", options_are_refused, option_cases) +
           CASES("inputs", inputs_are_refused, input_cases) +
           cmocka_run_group_tests(tests, NULL, NULL);
}
