/* SPDX-License-Identifier: MIT */
#include "plays.h"

#include <stdlib.h>

#define GROUP(rest)                                                                                \
    "{\"applicationName\":\"app\",\"deploymentGroupName\":\"group\",\"serviceRoleArn\":"           \
    "\"arn:aws:iam::111122223333:role/deploy\"," rest "}"
#define CONFIG(name) "\"deploymentConfigName\":\"CodeDeployDefault." name "\","
#define BLUE_GREEN                                                                                 \
    "\"deploymentStyle\":{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":"                 \
    "\"WITH_TRAFFIC_CONTROL\"},"
#define BALANCED                                                                                   \
    "\"deploymentStyle\":{\"deploymentType\":\"IN_PLACE\",\"deploymentOption\":"                   \
    "\"WITH_TRAFFIC_CONTROL\"},"
#define TARGET_GROUP "\"loadBalancerInfo\":{\"targetGroupInfoList\":[{\"name\":\"tg\"}]},"
#define ALARMS "\"alarmConfiguration\":{\"enabled\":true,\"alarms\":[{\"name\":\"errors\"}]},"
#define TRIGGERS                                                                                   \
    "\"triggerConfigurations\":[{\"triggerName\":\"all\",\"triggerTargetArn\":"                    \
    "\"arn:aws:sns:us-east-1:111122223333:topic\",\"triggerEvents\":[\"DeploymentStart\","         \
    "\"DeploymentSuccess\",\"DeploymentFailure\",\"DeploymentStop\",\"DeploymentRollback\"]}],"
#define TRIGGER(name, events)                                                                      \
    "{\"triggerName\":\"" name                                                                     \
    "\",\"triggerTargetArn\":\"arn:aws:sns:us-east-1:111122223333:" name                           \
    "\",\"triggerEvents\":[\"" events "\"]}"
#define ROLLS_BACK                                                                                 \
    "\"autoRollbackConfiguration\":{\"enabled\":true,\"events\":[\"DEPLOYMENT_FAILURE\","          \
    "\"DEPLOYMENT_STOP_ON_ALARM\",\"DEPLOYMENT_STOP_ON_REQUEST\"]}"
#define STAYS "\"autoRollbackConfiguration\":{\"enabled\":false,\"events\":[]}"
#define OPTIONS(ready, minutes, action, wait, fleet)                                               \
    "\"blueGreenDeploymentConfiguration\":{\"terminateBlueInstancesOnDeploymentSuccess\":{"        \
    "\"action\":\"" action "\"" wait "},\"deploymentReadyOption\":{\"actionOnTimeout\":\"" ready   \
    "\"" minutes "}" fleet "},"
#define DISCOVER ",\"greenFleetProvisioningOption\":{\"action\":\"DISCOVER_EXISTING\"}"
#define ECS_SERVICE "\"ecsServices\":[{\"clusterName\":\"c\",\"serviceName\":\"s\"}],"
#define LISTENER(n)                                                                                \
    "{\"listenerArns\":[\"arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/x/1/" n \
    "\"]}"
#define PAIR(test)                                                                                 \
    "\"loadBalancerInfo\":{\"targetGroupPairInfoList\":[{\"targetGroups\":[{\"name\":\"a\"},{"     \
    "\"name\":\"b\"}],\"prodTrafficRoute\":" LISTENER("2") test "}]},"
#define TEST_LISTENER ",\"testTrafficRoute\":" LISTENER("3")

/* Answers: everything else after 100 ms. */
#define ALL                                                                                        \
    {                                                                                              \
        0, NULL, NULL, CDP_DEPLOYMENT_DONE, 100, NULL                                              \
    }
#define FAILS(target, event, message)                                                              \
    {                                                                                              \
        0, target, event, CDP_DEPLOYMENT_FAILED, 200, message                                      \
    }
#define SILENT(target, event)                                                                      \
    {                                                                                              \
        CDP_DEPLOYMENT_ACTION_RUN_HOOK, target, event, 0, 0, NULL                                  \
    }
#define AT(ms, ...)                                                                                \
    {                                                                                              \
        ms,                                                                                        \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define ALARM_AT(ms)                                                                               \
    AT(ms, .kind = CDP_DEPLOYMENT_INPUT_ALARM, .name = {"errors", 6},                              \
       .alarm_state = CDP_ALARM_STATE_ALARM)

static void save(cdp_deployment_options *options)
{
    options->asks_to_save = 1;
}

static void ignore_stop_failures(cdp_deployment_options *options)
{
    options->ignore_application_stop_failures = 1;
}

static void whole(cdp_deployment_options *options)
{
    options->whole_targets = 1;
}

static void host_begins(cdp_deployment_options *options)
{
    options->host_begins_events = 1;
}

static void launch(cdp_deployment_options *options)
{
    options->creator = CDP_DEPLOYMENT_CREATOR_AUTOSCALING;
}

static void termination(cdp_deployment_options *options)
{
    options->creator = CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION;
}

const play plays[] = {
    {"lambda-canary",
     CDP_PLATFORM_LAMBDA,
     GROUP(CONFIG("LambdaCanary10Percent5Minutes") BLUE_GREEN ALARMS TRIGGERS ROLLS_BACK),
     0,
     0,
     save,
     {ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"lambda-alarm",
     CDP_PLATFORM_LAMBDA,
     GROUP(CONFIG("LambdaLinear10PercentEvery1Minute") BLUE_GREEN ALARMS TRIGGERS ROLLS_BACK),
     0,
     0,
     NULL,
     {ALL},
     {ALARM_AT(200000)},
     CDP_DEPLOYMENT_STATUS_STOPPED,
     CDP_ERROR_CODE_ALARM_ACTIVE,
     CDP_DEPLOYMENT_STATUS_SUCCEEDED},
    {"lambda-silent-hook",
     CDP_PLATFORM_LAMBDA,
     GROUP(CONFIG("LambdaAllAtOnce") BLUE_GREEN ROLLS_BACK),
     0,
     0,
     NULL,
     {SILENT(NULL, "AfterAllowTraffic"), ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_HOOK_EXECUTION_FAILURE,
     CDP_DEPLOYMENT_STATUS_SUCCEEDED},
    {"lambda-stop",
     CDP_PLATFORM_LAMBDA,
     GROUP(CONFIG("LambdaLinear10PercentEvery1Minute") BLUE_GREEN STAYS),
     0,
     0,
     NULL,
     {ALL},
     {AT(90000, .kind = CDP_DEPLOYMENT_INPUT_CONTINUE),
      AT(100000, .kind = CDP_DEPLOYMENT_INPUT_STOP)},
     CDP_DEPLOYMENT_STATUS_STOPPED,
     CDP_ERROR_CODE_MANUAL_STOP,
     0},
    {"ecs-ready-and-termination",
     CDP_PLATFORM_ECS,
     GROUP(CONFIG("ECSCanary10Percent5Minutes") BLUE_GREEN ECS_SERVICE PAIR(TEST_LISTENER)
               TRIGGERS OPTIONS("STOP_DEPLOYMENT", ",\"waitTimeInMinutes\":10", "TERMINATE",
                                ",\"terminationWaitTimeInMinutes\":60", "") ROLLS_BACK),
     0,
     0,
     save,
     {ALL},
     {AT(100000, .kind = CDP_DEPLOYMENT_INPUT_CONTINUE, .wait = CDP_WAIT_READY),
      AT(1000000, .kind = CDP_DEPLOYMENT_INPUT_CONTINUE, .wait = CDP_WAIT_TERMINATION)},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"ecs-ready-expires",
     CDP_PLATFORM_ECS,
     GROUP(CONFIG("ECSAllAtOnce") BLUE_GREEN ECS_SERVICE PAIR("") OPTIONS(
         "STOP_DEPLOYMENT", ",\"waitTimeInMinutes\":10", "TERMINATE", "", "") ROLLS_BACK),
     0,
     0,
     NULL,
     {ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_STOPPED,
     CDP_ERROR_CODE_TIMEOUT,
     0},
    {"ecs-test-hook-fails",
     CDP_PLATFORM_ECS,
     GROUP(CONFIG("ECSAllAtOnce") BLUE_GREEN ECS_SERVICE PAIR(TEST_LISTENER)
               OPTIONS("CONTINUE_DEPLOYMENT", "", "TERMINATE", "", "") ROLLS_BACK),
     0,
     0,
     NULL,
     {FAILS(NULL, "AfterAllowTestTraffic", "500"), ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_HOOK_EXECUTION_FAILURE,
     CDP_DEPLOYMENT_STATUS_SUCCEEDED},
    {"ecs-before-install-fails",
     CDP_PLATFORM_ECS,
     GROUP(CONFIG("ECSAllAtOnce") BLUE_GREEN ECS_SERVICE PAIR("")
               OPTIONS("CONTINUE_DEPLOYMENT", "", "TERMINATE", "", "") ROLLS_BACK),
     0,
     0,
     NULL,
     {FAILS(NULL, "BeforeInstall", "no"), ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_HOOK_EXECUTION_FAILURE,
     0},
    {"ecs-unhealthy-in-termination-wait",
     CDP_PLATFORM_ECS,
     GROUP(CONFIG("ECSAllAtOnce") BLUE_GREEN ECS_SERVICE PAIR("")
               OPTIONS("CONTINUE_DEPLOYMENT", "", "TERMINATE",
                       ",\"terminationWaitTimeInMinutes\":60", "") ROLLS_BACK),
     0,
     0,
     NULL,
     {ALL},
     {AT(60000, .kind = CDP_DEPLOYMENT_INPUT_FAIL, .code = CDP_ERROR_CODE_ECS_UPDATE_ERROR,
         .message = {"the replacement task set is unhealthy", 37})},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_ECS_UPDATE_ERROR,
     CDP_DEPLOYMENT_STATUS_SUCCEEDED},
    {"in-place",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("OneAtATime") TRIGGERS STAYS),
     3,
     0,
     save,
     {ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"in-place-balanced",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("HalfAtATime") BALANCED TARGET_GROUP STAYS),
     4,
     0,
     host_begins,
     {ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"in-place-fails",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("HalfAtATime") ROLLS_BACK),
     4,
     0,
     NULL,
     {FAILS("i-0001", "AfterInstall", "boom"), FAILS("i-0003", "ApplicationStart", "exit 1"), ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_HEALTH_CONSTRAINTS,
     CDP_DEPLOYMENT_STATUS_SUCCEEDED},
    {"in-place-stop-ignored",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("AllAtOnce") STAYS),
     2,
     0,
     ignore_stop_failures,
     {FAILS(NULL, "ApplicationStop", "old script"), ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"in-place-agent-lost",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("AllAtOnce") STAYS),
     2,
     0,
     NULL,
     {ALL},
     {AT(150, .kind = CDP_DEPLOYMENT_INPUT_LOST, .target = 1)},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"in-place-script-hangs",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("AllAtOnce") STAYS),
     2,
     0,
     ignore_stop_failures,
     {SILENT("i-0002", "ApplicationStop"), ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"in-place-restart",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("AllAtOnce") STAYS),
     2,
     0,
     NULL,
     {ALL},
     {AT(250, .kind = CDP_DEPLOYMENT_INPUT_RESTARTED, .target = 0)},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"in-place-stopped",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("OneAtATime") ROLLS_BACK),
     3,
     0,
     NULL,
     {ALL},
     {AT(750, .kind = CDP_DEPLOYMENT_INPUT_STOP, .answer = CDP_DEPLOYMENT_YES)},
     CDP_DEPLOYMENT_STATUS_STOPPED,
     CDP_ERROR_CODE_MANUAL_STOP,
     CDP_DEPLOYMENT_STATUS_SUCCEEDED},
    {"in-place-whole",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("OneAtATime") STAYS),
     3,
     0,
     whole,
     {{0, "i-0002", NULL, CDP_DEPLOYMENT_FAILED, 50, "agent"}, ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_HEALTH_CONSTRAINTS,
     0},
    {"no-instances",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("OneAtATime") ROLLS_BACK),
     0,
     0,
     NULL,
     {ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_NO_INSTANCES,
     0},
    {"launch",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("OneAtATime") ROLLS_BACK),
     1,
     0,
     launch,
     {{CDP_DEPLOYMENT_ACTION_RUN_HOOK, NULL, "ApplicationStart", CDP_DEPLOYMENT_DONE, 700000, NULL},
      ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"termination",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("OneAtATime") ROLLS_BACK),
     1,
     0,
     termination,
     {FAILS(NULL, "ApplicationStop", "no"), ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_HEALTH_CONSTRAINTS,
     0},
    {"blue-green",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("HalfAtATime") BLUE_GREEN TARGET_GROUP TRIGGERS OPTIONS(
         "STOP_DEPLOYMENT", ",\"waitTimeInMinutes\":60", "TERMINATE",
         ",\"terminationWaitTimeInMinutes\":5", DISCOVER) ROLLS_BACK),
     4,
     2,
     save,
     {ALL},
     {AT(100000, .kind = CDP_DEPLOYMENT_INPUT_CONTINUE, .wait = CDP_WAIT_READY)},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"blue-green-original-fails",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("AllAtOnce") BLUE_GREEN TARGET_GROUP OPTIONS(
         "CONTINUE_DEPLOYMENT", "", "KEEP_ALIVE", "", DISCOVER) ROLLS_BACK),
     2,
     2,
     NULL,
     {FAILS("blue-0002", "BlockTraffic", "elb"), ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_HEALTH_CONSTRAINTS,
     CDP_DEPLOYMENT_STATUS_SUCCEEDED},
    {"blue-green-install-fails",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("OneAtATime") BLUE_GREEN TARGET_GROUP OPTIONS("CONTINUE_DEPLOYMENT", "",
                                                                "KEEP_ALIVE", "", DISCOVER) STAYS),
     2,
     1,
     NULL,
     {FAILS("i-0001", "Install", "conflict"), ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_HEALTH_CONSTRAINTS,
     0},
    /* A script of almost an hour on one instance after the other: more than 8 hours. */
    {"in-place-too-long",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("OneAtATime") STAYS),
     10,
     0,
     NULL,
     {{CDP_DEPLOYMENT_ACTION_RUN_HOOK, NULL, "AfterInstall", CDP_DEPLOYMENT_DONE, 3500000, NULL},
      ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_FAILED,
     CDP_ERROR_CODE_TIMEOUT,
     0},
    {"blue-green-kept",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("AllAtOnce") BLUE_GREEN TARGET_GROUP OPTIONS("CONTINUE_DEPLOYMENT", "",
                                                               "KEEP_ALIVE", "", DISCOVER) STAYS),
     1,
     1,
     NULL,
     {ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"ecs-alarms",
     CDP_PLATFORM_ECS,
     GROUP(CONFIG("ECSAllAtOnce") BLUE_GREEN ECS_SERVICE PAIR("")
               ALARMS OPTIONS("STOP_DEPLOYMENT", ",\"waitTimeInMinutes\":10", "TERMINATE",
                              ",\"terminationWaitTimeInMinutes\":60", "") ROLLS_BACK),
     0,
     0,
     NULL,
     {ALL},
     {AT(100000, .kind = CDP_DEPLOYMENT_INPUT_CONTINUE, .wait = CDP_WAIT_READY)},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"lambda-ignores-unreadable",
     CDP_PLATFORM_LAMBDA,
     GROUP(CONFIG("LambdaAllAtOnce") BLUE_GREEN
           "\"alarmConfiguration\":{\"enabled\":true,\"ignorePollAlarmFailure\":true,"
           "\"alarms\":[{\"name\":\"errors\"}]}," STAYS),
     0,
     0,
     NULL,
     {ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"in-place-tells-instances",
     CDP_PLATFORM_SERVER,
     GROUP(CONFIG("AllAtOnce") "\"triggerConfigurations\":[" TRIGGER(
         "a",
         "DeploymentStart\","
         "\"DeploymentSuccess\",\"InstanceStart\",\"InstanceSuccess") "," TRIGGER("b",
                                                                                  "DeploymentSt"
                                                                                  "art") "]"
                                                                                         "," STAYS),
     1,
     0,
     NULL,
     {ALL},
     {{0}},
     CDP_DEPLOYMENT_STATUS_SUCCEEDED,
     0,
     0},
    {"ecs-stopped-in-install",
     CDP_PLATFORM_ECS,
     GROUP(CONFIG("ECSAllAtOnce") BLUE_GREEN ECS_SERVICE PAIR("")
               OPTIONS("CONTINUE_DEPLOYMENT", "", "TERMINATE", "", "") ROLLS_BACK),
     0,
     0,
     NULL,
     {ALL},
     {AT(150, .kind = CDP_DEPLOYMENT_INPUT_STOP, .answer = CDP_DEPLOYMENT_YES)},
     CDP_DEPLOYMENT_STATUS_STOPPED,
     CDP_ERROR_CODE_MANUAL_STOP,
     CDP_DEPLOYMENT_STATUS_SUCCEEDED},
};

const size_t play_count = sizeof plays / sizeof *plays;

const play *find_play(const char *name)
{
    for (size_t i = 0; i < play_count; i++) {
        if (strcmp(plays[i].name, name) == 0)
            return &plays[i];
    }
    fail_msg("there is no play %s", name);
    return NULL;
}

static cdp_string text(const char *string)
{
    return (cdp_string){string, strlen(string)};
}

void produce(production *made, const play *tale)
{
    const char *appspec = tale->platform == CDP_PLATFORM_LAMBDA ? stage_lambda_appspec
                          : tale->platform == CDP_PLATFORM_ECS  ? stage_ecs_appspec
                                                                : stage_server_appspec;

    memset(made, 0, sizeof *made);
    made->play = tale;
    made->group = stage_group(tale->group);
    made->appspec = stage_appspec(appspec, tale->platform);
    made->revision = (cdp_group_revision){.size = sizeof made->revision,
                                          .type = CDP_REVISION_TYPE_S3,
                                          .bucket = text("bucket"),
                                          .key = text("new.zip")};
    made->old_revision = made->revision;
    made->old_revision.key = text("old.zip");
    made->past = (cdp_rollback_past){.size = sizeof made->past,
                                     .id = text("d-PPPPPPPPP"),
                                     .status = CDP_DEPLOYMENT_STATUS_SUCCEEDED,
                                     .revision = &made->old_revision};
    made->options = (cdp_deployment_options){.size = sizeof made->options,
                                             .id = text("d-AAAAAAAAA"),
                                             .group = made->group,
                                             .appspec = made->appspec,
                                             .past = &made->past,
                                             .past_count = 1};
    if (tale->platform == CDP_PLATFORM_SERVER)
        made->options.revision = &made->revision;
    if (tale->options)
        tale->options(&made->options);
}

void strike(production *made)
{
    cdp_group_free(made->group);
    cdp_appspec_free(made->appspec);
}

cdp_deployment *cast(const production *made)
{
    cdp_deployment *deployment = NULL;

    assert_int_equal(cdp_deployment_new(&made->options, NULL, NULL, &deployment), CDP_OK);
    stage_add_instances(deployment, made->play->instances, false);
    stage_add_instances(deployment, made->play->originals, true);
    return deployment;
}

void set_stage(stage *scene, const production *made, cdp_deployment *deployment)
{
    const play *tale = made->play;

    stage_init(scene, deployment);
    scene->rules = tale->rules;
    while (scene->rule_count < 6 &&
           (tale->rules[scene->rule_count].outcome || tale->rules[scene->rule_count].kind))
        scene->rule_count++;
    scene->inputs = tale->inputs;
    while (scene->input_count < 4 && tale->inputs[scene->input_count].at_ms)
        scene->input_count++;
}
