/* SPDX-License-Identifier: MIT */
/*
 * Rows of the reference on what a deployment does as a whole, by their numbers: lifecycle events
 * (without prefix), rollbacks, configurations, limits, health and groups. Each is seen in a play, from
 * outside: by what changes, or by the API's records.
 */
#include "plays.h"

#include "cases.h"

typedef enum view { CHANGES, INFO, TARGETS } view;

typedef struct fact {
    const char *name;
    const char *play;
    int64_t until;      /* where to look, ms; 0: at the end */
    int64_t alarm_from; /* from when on alarms are told to be in `alarm`; 0: they are OK */
    cdp_alarm_state alarm;
    view view;
    const char *parts[5]; /* there in this order */
    const char *never;    /* and this nowhere */
} fact;

/* In place of 0, which means another thing. */
enum { AT_ONCE = -1 };

#define SEEN(name, play, until, view, never, ...)                                                  \
    {                                                                                              \
        name, play, until, 0, CDP_ALARM_STATE_OK, view, {__VA_ARGS__}, never                       \
    }
#define ALARMED(name, play, from, alarm, never, ...)                                               \
    {                                                                                              \
        name, play, 0, from, alarm, CHANGES, {__VA_ARGS__}, never                                  \
    }

static const fact facts[] = {
    SEEN("2.11 replacements take part, and originals", "blue-green", 0, TARGETS, NULL,
         "\"targetId\":\"i-0001\"", "\"instanceLabel\":\"Green\"", "\"targetId\":\"blue-0001\"",
         "\"instanceLabel\":\"Blue\""),
    SEEN("3.3 the alias keeps its version, and the new one has a weight", "lambda-canary", 250000,
         TARGETS, NULL, "\"currentVersion\":\"1\"", "\"targetVersion\":\"2\"",
         "\"targetVersionWeight\":0.1}"),
    SEEN("3.3 at the end all of it is the new version's", "lambda-canary", 0, TARGETS, NULL,
         "\"currentVersion\":\"1\"", "\"targetVersion\":\"2\"", "\"targetVersionWeight\":1}"),
    SEEN("3.4 the target of Lambda is function:alias, and both are told", "lambda-canary", 0,
         TARGETS, NULL, "\"targetId\":\"fn:live\"", "\"functionName\":\"fn\"",
         "\"functionAlias\":\"live\""),
    SEEN("4.5 the original is ACTIVE while it waits", "ecs-ready-and-termination", 500000, TARGETS,
         NULL, "{\"status\":\"ACTIVE\",\"trafficWeight\":0,\"taskSetLabel\":\"Blue\"}",
         "{\"status\":\"PRIMARY\",\"trafficWeight\":100,\"taskSetLabel\":\"Green\"}"),
    SEEN("4.5 and DRAINING behind the wait", "ecs-ready-and-termination", 0, TARGETS, NULL,
         "{\"status\":\"DRAINING\",\"trafficWeight\":0,\"taskSetLabel\":\"Blue\"}",
         "{\"status\":\"PRIMARY\",\"trafficWeight\":100,\"taskSetLabel\":\"Green\"}"),
    SEEN("4.7 blue is the task set that is PRIMARY before the shift", "ecs-ready-and-termination",
         99000, TARGETS, NULL,
         "{\"status\":\"PRIMARY\",\"trafficWeight\":100,\"taskSetLabel\":\"Blue\"}",
         "{\"status\":\"ACTIVE\",\"trafficWeight\":0,\"taskSetLabel\":\"Green\"}"),
    SEEN("7.5 nothing but a verdict ends a hook", "lambda-silent-hook", 0, CHANGES,
         "AfterAllowTraffic Succeeded", "200 fn:live: AfterAllowTraffic InProgress\n",
         "3600200 fn:live: AfterAllowTraffic Failed", "Failed (HOOK_EXECUTION_FAILURE)"),
    SEEN("7.5 a function that cannot be invoked fails at once", "ecs-before-install-fails", 0,
         CHANGES, NULL, "0 c:s: BeforeInstall InProgress\n", "200 c:s: BeforeInstall Failed",
         "d-AAAAAAAAA Failed (HOOK_EXECUTION_FAILURE)"),
    SEEN("8.5 one original that cannot be deregistered fails it all", "blue-green-original-fails",
         0, CHANGES, NULL, "blue-0002: BlockTraffic Failed", "blue-0002 Failed",
         "blue-0002 could not be deregistered, which no minimum forgives",
         "d-AAAAAAAAA Failed (HEALTH_CONSTRAINTS)"),
    SEEN("8.6 on Lambda one event fails it all", "lambda-silent-hook", 0, CHANGES, NULL,
         "AfterAllowTraffic Failed", "fn:live Failed", "d-AAAAAAAAA Failed"),
    SEEN("8.6 on ECS, too", "ecs-test-hook-fails", 0, CHANGES, NULL, "AfterAllowTestTraffic Failed",
         "c:s Failed", "d-AAAAAAAAA Failed"),
    SEEN("8.7 unhealthy in TERMINATION_WAIT: Failed, its target Succeeded",
         "ecs-unhealthy-in-termination-wait", 0, INFO, NULL, "\"status\":\"Failed\"",
         "\"code\":\"ECS_UPDATE_ERROR\"", "\"Succeeded\":1,\"Failed\":0,"),
    SEEN("8.7 and it rolls back", "ecs-unhealthy-in-termination-wait", 0, CHANGES, NULL,
         "waiting: TERMINATION_WAIT until", "d-AAAAAAAAA Failed (ECS_UPDATE_ERROR)",
         "Traffic goes back to the original task set at once, from 100 percent"),
    SEEN("9.3 Created", "in-place", AT_ONCE, INFO, NULL, "\"status\":\"Created\""),
    SEEN("9.3 InProgress to Succeeded", "in-place", 0, CHANGES, "d-AAAAAAAAA Queued",
         "d-AAAAAAAAA InProgress\n", "d-AAAAAAAAA Succeeded\n"),
    SEEN("9.3 InProgress to Failed", "in-place-fails", 0, CHANGES, "d-AAAAAAAAA Baking",
         "d-AAAAAAAAA InProgress\n", "d-AAAAAAAAA Failed"),
    SEEN("9.3 InProgress to Stopped", "in-place-stopped", 0, CHANGES, NULL,
         "d-AAAAAAAAA InProgress\n", "d-AAAAAAAAA Stopped"),
    SEEN("9.3 Ready to InProgress", "blue-green", 0, CHANGES, NULL, "d-AAAAAAAAA InProgress\n",
         "d-AAAAAAAAA Ready\n", "d-AAAAAAAAA InProgress\n", "d-AAAAAAAAA Succeeded\n"),
    SEEN("9.3 Ready to Stopped", "ecs-ready-expires", 0, CHANGES, NULL, "d-AAAAAAAAA InProgress\n",
         "d-AAAAAAAAA Ready\n", "d-AAAAAAAAA Stopped (TIMEOUT)"),
    SEEN("9.4 Created has begun nothing", "lambda-canary", AT_ONCE, INFO, "startTime",
         "\"status\":\"Created\""),
    SEEN("9.4 a final status has a time", "lambda-canary", 0, INFO, NULL,
         "\"status\":\"Succeeded\"", "\"completeTime\":300.6"),
    SEEN("9.6 the overview counts targets", "in-place-fails", 0, INFO, NULL,
         "\"deploymentOverview\":{\"Pending\":0,\"InProgress\":0,\"Succeeded\":1,\"Failed\":2,"
         "\"Skipped\":1,\"Ready\":0}"),
    SEEN("9.6 on Lambda there is none before the end", "lambda-canary", 250000, INFO,
         "deploymentOverview", "\"status\":\"InProgress\""),
    SEEN("9.6 on Lambda it counts one", "lambda-canary", 0, INFO, NULL,
         "\"InProgress\":0,\"Succeeded\":1,\"Failed\":0,"),
    SEEN("9.6 on ECS there is none before the end", "ecs-ready-and-termination", 500000, INFO,
         "deploymentOverview", "\"status\":\"InProgress\""),
    SEEN("9.6 on ECS it counts one", "ecs-ready-and-termination", 0, INFO, NULL,
         "\"InProgress\":0,\"Succeeded\":1,\"Failed\":0,"),
    SEEN("9.7 labels in blue/green", "blue-green", 0, TARGETS, NULL, "\"targetId\":\"i-0004\"",
         "\"instanceLabel\":\"Green\"", "\"targetId\":\"blue-0002\"", "\"instanceLabel\":\"Blue\""),
    SEEN("9.7 no labels in place", "in-place", 0, TARGETS, "instanceLabel",
         "\"targetId\":\"i-0001\""),
    SEEN("10.4 before the wait", "blue-green", 100450, INFO, NULL,
         "\"instanceTerminationWaitTimeStarted\":false"),
    SEEN("10.4 within the wait", "blue-green", 100500, INFO, NULL,
         "\"instanceTerminationWaitTimeStarted\":true"),
    SEEN("10.4 behind the wait", "blue-green", 0, INFO, NULL,
         "\"instanceTerminationWaitTimeStarted\":true"),
    SEEN("10.4 never when originals are kept", "blue-green-kept", 0, INFO, NULL,
         "\"instanceTerminationWaitTimeStarted\":false", "\"action\":\"KEEP_ALIVE\""),
    SEEN("10.5 originals that are kept are deregistered, and live", "blue-green-kept", 0, CHANGES,
         "terminated", "blue-0001: BlockTraffic Succeeded", "blue-0001 Succeeded",
         "d-AAAAAAAAA Succeeded"),
    SEEN("10.6 InProgress while originals wait for their end", "blue-green", 100500, INFO, NULL,
         "\"status\":\"InProgress\""),
    SEEN("10.7 no time is none", "ecs-test-hook-fails", 0, INFO, NULL,
         "\"action\":\"TERMINATE\",\"terminationWaitTimeInMinutes\":0"),
    SEEN("11.4 an alarm in AllowTraffic rolls back", "lambda-alarm", 0, CHANGES, NULL,
         "fn:live: AllowTraffic Failed", "d-AAAAAAAAA Stopped (ALARM_ACTIVE)",
         "rollback: The alias goes back to the original version at once"),
    SEEN("11.4 a stop in Install rolls back", "ecs-stopped-in-install", 0, CHANGES, NULL,
         "c:s: Install InProgress\n", "c:s: Install Failed", "d-AAAAAAAAA Stopped (MANUAL_STOP)",
         "rollback: No production traffic has moved; the replacement task set is deleted."),
    SEEN("configs 3.7 an alarm that is told while a shift waits stops it at once", "lambda-alarm",
         0, CHANGES, NULL, "180300 waiting: traffic until 240300 ms\n",
         "200000 alarm errors is ALARM\n", "200000 d-AAAAAAAAA Stopped (ALARM_ACTIVE)"),
    ALARMED("configs 3.7 one that is only polled stops it within 10 seconds", "lambda-canary",
            200000, CDP_ALARM_STATE_ALARM, NULL, "300 waiting: traffic until 300300 ms\n",
            "202300 alarm errors is ALARM\n", "202300 d-AAAAAAAAA Stopped (ALARM_ACTIVE)"),
    SEEN("configs 3.7 a stop is taken while a shift waits", "lambda-stop", 0, CHANGES, NULL,
         "90000 waiting: traffic until 150000 ms\n", "100000 d-AAAAAAAAA Stopped (MANUAL_STOP)"),
    SEEN("configs 5.29, limits 2.18 8 hours in place", "in-place-too-long", 0, CHANGES, NULL,
         "28800000 ", "Failed (TIMEOUT)"),
    SEEN("enums 1.18 InstanceTarget", "in-place", 0, TARGETS, NULL,
         "\"deploymentTargetType\":\"InstanceTarget\",\"instanceTarget\":{"),
    SEEN("enums 1.18 LambdaTarget", "lambda-canary", 0, TARGETS, NULL,
         "\"deploymentTargetType\":\"LambdaTarget\",\"lambdaTarget\":{"),
    SEEN("enums 1.18 ECSTarget", "ecs-alarms", 0, TARGETS, NULL,
         "\"deploymentTargetType\":\"ECSTarget\",\"ecsTarget\":{"),
    SEEN("enums 1.19 labels of instances", "blue-green", 0, TARGETS, NULL,
         "\"instanceLabel\":\"Green\"", "\"instanceLabel\":\"Blue\""),
    SEEN("enums 1.22 the statuses of task sets", "ecs-ready-and-termination", 500000, TARGETS, NULL,
         "\"status\":\"ACTIVE\"", "\"status\":\"PRIMARY\""),
    SEEN("limits 2.34 an id of the service's form", "in-place", 0, INFO, NULL,
         "\"deploymentId\":\"d-AAAAAAAAA\""),
    SEEN("enums 5.1.1 that there is no instance is found when it runs", "no-instances", 0, INFO,
         NULL, "\"status\":\"Failed\",\"errorInformation\":{\"code\":\"NO_INSTANCES\""),
    SEEN("groups 2.12 previousRevision", "in-place", 0, INFO, NULL,
         "\"previousRevision\":{\"revisionType\":\"S3\",\"s3Location\":{\"bucket\":\"bucket\","
         "\"key\":\"old.zip\"}}"),
    SEEN("groups 4.4 an active alarm stops it, and is named", "lambda-alarm", 0, INFO, NULL,
         "\"status\":\"Stopped\"", "\"code\":\"ALARM_ACTIVE\"",
         "\"message\":\"these alarms are active: errors\""),
    ALARMED("groups 4.5 one that is active at the start stops it before any traffic moves",
            "lambda-canary", AT_ONCE, CDP_ALARM_STATE_ALARM, "traffic: 10 %",
            "100 alarm errors is ALARM\n", "100 d-AAAAAAAAA Stopped (ALARM_ACTIVE)"),
    ALARMED("groups 4.6 alarms that cannot be read stop it", "lambda-canary", AT_ONCE,
            CDP_ALARM_STATE_UNREADABLE, NULL, "alarm errors is UNREADABLE\n",
            "d-AAAAAAAAA Stopped (ALARM_ACTIVE)"),
    ALARMED("groups 4.6 unless that is to be ignored", "lambda-ignores-unreadable", AT_ONCE,
            CDP_ALARM_STATE_UNREADABLE, NULL, "alarm errors is UNREADABLE\n",
            "d-AAAAAAAAA Succeeded\n"),
    ALARMED("groups 4.6 one that is not told counts as unreadable", "lambda-canary", AT_ONCE,
            CDP_ALARM_STATE_UNKNOWN, NULL, "alarm errors is UNREADABLE\n",
            "d-AAAAAAAAA Stopped (ALARM_ACTIVE)"),
    ALARMED("groups 4.11 alarms are watched in READY_WAIT", "ecs-alarms", 50000,
            CDP_ALARM_STATE_ALARM, "AllowTraffic InProgress", "waiting: READY_WAIT until",
            "alarm errors is ALARM\n", "d-AAAAAAAAA Stopped (ALARM_ACTIVE)"),
    ALARMED("groups 4.11 and in TERMINATION_WAIT", "ecs-alarms", 2000000, CDP_ALARM_STATE_ALARM,
            "task set removed", "waited: READY_WAIT", "waiting: TERMINATION_WAIT until",
            "alarm errors is ALARM\n", "d-AAAAAAAAA Stopped (ALARM_ACTIVE)"),
    SEEN("groups 6.1 a deployment for a launched instance", "launch", 0, INFO, NULL,
         "\"status\":\"Succeeded\"", "\"creator\":\"autoscaling\""),
};

typedef struct fixture {
    production made;
    stage *scene;
    cdp_text *text;
} fixture;

static void set_up(fixture *f, const play *tale, void (*change)(production *made))
{
    f->scene = calloc(1, sizeof *f->scene);
    assert_non_null(f->scene);
    produce(&f->made, tale);
    if (change)
        change(&f->made);
    set_stage(f->scene, &f->made, cast(&f->made));
    assert_int_equal(cdp_text_new(NULL, &f->text), CDP_OK);
}

static void tear_down(fixture *f)
{
    cdp_deployment_free(f->scene->deployment);
    stage_release(f->scene);
    free(f->scene);
    cdp_text_free(f->text);
    strike(&f->made);
}

static void expect(const char *text, const char *const *parts, size_t count, const char *never)
{
    const char *at = text;

    for (size_t i = 0; i < count && parts[i]; i++) {
        at = strstr(at, parts[i]);
        if (!at)
            fail_msg("%s\nis not, or not there, in\n%s", parts[i], text);
        at += strlen(parts[i]);
    }
    if (never && strstr(text, never))
        fail_msg("%s\nis in\n%s", never, text);
}

static void run_until(fixture *f, const fact *row)
{
    if (row->until == AT_ONCE)
        return;
    f->scene->now = 0;
    if (row->alarm_from == AT_ONCE)
        f->scene->alarms = row->alarm;
    stage_put(f->scene, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_START});
    if (row->alarm_from > 0) {
        stage_run(f->scene, row->alarm_from);
        f->scene->alarms = row->alarm;
        f->scene->input_count = f->scene->next_input; /* it does not go on as the play does */
    }
    stage_run(f->scene, row->until ? row->until : INT64_MAX);
    assert_int_equal(cdp_deployment_is_over(f->scene->deployment), row->until == 0);
}

static void is_seen(void **state)
{
    const fact *row = *state;
    fixture f;

    set_up(&f, find_play(row->play), NULL);
    run_until(&f, row);
    if (row->view == INFO)
        assert_int_equal(cdp_deployment_write_info(f.scene->deployment, 0, f.text), CDP_OK);
    else if (row->view == TARGETS)
        assert_int_equal(cdp_deployment_write_targets(f.scene->deployment, NULL, 0, 0, f.text),
                         CDP_OK);
    expect(row->view == CHANGES ? stage_log(f.scene) : cdp_text_string(f.text).data, row->parts,
           sizeof row->parts / sizeof *row->parts, row->never);
    tear_down(&f);
}

/* ---------------------------------------------------------------------------------------------- */
/* What no log shows                                                                              */
/* ---------------------------------------------------------------------------------------------- */

static void start(fixture *f)
{
    assert_int_equal(cdp_deployment_start(f->scene->deployment, 0, NULL), CDP_OK);
}

/* The next action of a kind. */
static cdp_deployment_action take(fixture *f, cdp_deployment_action_kind kind)
{
    cdp_deployment_action action = {.size = sizeof action};

    do {
        assert_int_equal(cdp_deployment_next_action(f->scene->deployment, &action), CDP_OK);
    } while (action.kind != kind);
    return action;
}

static void hooks_are_told_with_id_and_token(void **state)
{
    cdp_deployment_info info = {.size = sizeof info};
    cdp_deployment_action hook;
    fixture f;

    (void)state;
    set_up(&f, find_play("lambda-stop"), NULL);
    start(&f);
    hook = take(&f, CDP_DEPLOYMENT_ACTION_RUN_HOOK);
    assert_int_equal(cdp_deployment_get_info(f.scene->deployment, &info), CDP_OK);
    assert_string_equal(hook.hook.data, "before");
    assert_string_equal(info.id.data, "d-AAAAAAAAA");
    assert_true(hook.token != 0);
    tear_down(&f);
}

static void stops_answer_pending_then_succeeded(void **state)
{
    cdp_deployment_info info = {.size = sizeof info};
    fixture f;

    (void)state;
    set_up(&f, find_play("in-place-stopped"), NULL);
    stage_put(f.scene, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_START});
    stage_run(f.scene, 749);
    assert_int_equal(cdp_deployment_get_info(f.scene->deployment, &info), CDP_OK);
    assert_int_equal(info.stop_status, 0);
    stage_run(f.scene, 750);
    assert_int_equal(cdp_deployment_get_info(f.scene->deployment, &info), CDP_OK);
    assert_int_equal(info.stop_status, CDP_STOP_STATUS_PENDING);
    /* StopDeployment while it is being stopped is no error. */
    stage_put(f.scene, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_STOP});
    stage_run(f.scene, INT64_MAX);
    assert_int_equal(cdp_deployment_get_info(f.scene->deployment, &info), CDP_OK);
    assert_int_equal(info.stop_status, CDP_STOP_STATUS_SUCCEEDED);
    tear_down(&f);
}

static void one_target(void **state)
{
    static const char *const names[] = {"lambda-canary", "ecs-alarms"};
    const cdp_rollout_instance instance = {.size = sizeof instance, .id = {"other", 5}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        fixture f;

        set_up(&f, find_play(names[i]), NULL);
        assert_int_equal(cdp_deployment_target_count(f.scene->deployment), 1);
        assert_int_equal(cdp_deployment_add_target(f.scene->deployment, 0, &instance, NULL),
                         CDP_ERR_STATE);
        assert_int_equal(cdp_deployment_target_count(f.scene->deployment), 1);
        tear_down(&f);
    }
}

/* Too dear for a play. */
static void a_thousand_instances(void **state)
{
    const char *const parts[] = {"d-AAAAAAAAA Failed (OVER_MAX_INSTANCES)"};
    play tale = *find_play("in-place");
    fixture f;

    (void)state;
    tale.instances = 1001;
    set_up(&f, &tale, NULL);
    stage_start(f.scene, 0);
    expect(stage_log(f.scene), parts, 1, "i-0001 InProgress");
    tear_down(&f);
    tale.instances = 1000;
    set_up(&f, &tale, NULL);
    start(&f);
    assert_int_equal(cdp_deployment_get_status(f.scene->deployment),
                     CDP_DEPLOYMENT_STATUS_IN_PROGRESS);
    tear_down(&f);
}

static cdp_traffic_schedule *gate;

static void with_gate(production *made)
{
    made->options.schedule = gate;
}

/* Runs until the limit has passed, and finds that it was that. */
static void expect_timeout(fixture *f, int64_t limit_ms)
{
    cdp_deployment_info info = {.size = sizeof info};

    stage_put(f->scene, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_START});
    stage_run(f->scene, limit_ms - 1);
    if (cdp_deployment_is_over(f->scene->deployment))
        fail_msg("over too early:\n%s", stage_log(f->scene));
    stage_run(f->scene, limit_ms + 60000);
    assert_int_equal(cdp_deployment_get_info(f->scene->deployment, &info), CDP_OK);
    if (info.status != CDP_DEPLOYMENT_STATUS_FAILED || info.error_code != CDP_ERROR_CODE_TIMEOUT)
        fail_msg("%s (%s)\n%s", cdp_deployment_status_name(info.status),
                 cdp_error_code_name(info.error_code), stage_log(f->scene));
}

/* A gate that is opened late, and a last hook that nobody answers. */
static void fifty_hours_on_lambda(void **state)
{
    play tale = *find_play("lambda-stop");
    fixture f;

    (void)state;
    assert_int_equal(cdp_traffic_schedule_parse("10:gate,100", 11, NULL, NULL, NULL, &gate),
                     CDP_OK);
    tale.rules[0] = (stage_rule){0, NULL, "AfterAllowTraffic", 0, 0, NULL};
    tale.rules[1] = (stage_rule){0, NULL, "BeforeAllowTraffic", CDP_DEPLOYMENT_DONE, 3500000, NULL};
    tale.rules[2] = (stage_rule){0, NULL, NULL, CDP_DEPLOYMENT_DONE, 100, NULL};
    tale.inputs[0].at_ms = INT64_C(49) * 3600000 + 1800000;
    set_up(&f, &tale, with_gate);
    f.scene->rule_count = 3;
    f.scene->input_count = 1;
    expect_timeout(&f, INT64_C(50) * 3600000);
    tear_down(&f);
    cdp_traffic_schedule_free(gate);
}

/* The gate has to be opened before the 49 hours of the event have passed. */
static void gates_do_not_stay_closed(void **state)
{
    fixture f;

    (void)state;
    assert_int_equal(cdp_traffic_schedule_parse("10:gate,100", 11, NULL, NULL, NULL, &gate),
                     CDP_OK);
    set_up(&f, find_play("lambda-stop"), with_gate);
    f.scene->input_count = 0;
    expect_timeout(&f, INT64_C(49) * 3600000 + 100);
    tear_down(&f);
    cdp_traffic_schedule_free(gate);
}

static void many_hours_in_blue_green(void **state)
{
    play tale = *find_play("blue-green-install-fails");
    fixture f;

    (void)state;
    tale.instances = 120;
    tale.rules[0] = (stage_rule){
        CDP_DEPLOYMENT_ACTION_RUN_HOOK, NULL, "AfterInstall", CDP_DEPLOYMENT_DONE, 3500000, NULL};
    set_up(&f, &tale, NULL);
    f.scene->quiet = true;
    expect_timeout(&f, INT64_C(109) * 3600000);
    tear_down(&f);
}

static void the_revision_is_the_groups(void **state)
{
    cdp_rollback_past past = {.size = sizeof past};
    fixture f;

    (void)state;
    set_up(&f, find_play("in-place"), NULL);
    stage_start(f.scene, 0);
    assert_int_equal(cdp_deployment_get_past(f.scene->deployment, &past), CDP_OK);
    assert_int_equal(past.status, CDP_DEPLOYMENT_STATUS_SUCCEEDED);
    assert_string_equal(past.revision->key.data, "new.zip");
    tear_down(&f);
}

/* Which trigger is told of what, in the order of telling. */
static void write_notifications(fixture *f, cdp_text *told)
{
    cdp_deployment_action action = {.size = sizeof action};
    cdp_text *subject = NULL;

    assert_int_equal(cdp_text_new(NULL, &subject), CDP_OK);
    while (cdp_deployment_next_action(f->scene->deployment, &action) == CDP_OK) {
        char line[256];

        if (action.kind != CDP_DEPLOYMENT_ACTION_NOTIFY)
            continue;
        cdp_text_clear(subject);
        assert_int_equal(cdp_deployment_write_notification(f->scene->deployment, &action,
                                                           CDP_NOTIFICATION_SHAPE_SERVICE, f->text,
                                                           subject),
                         CDP_OK);
        (void)snprintf(line, sizeof line, "%s %s: %.20s\n", action.trigger_name.data,
                       cdp_trigger_event_name(action.trigger_event), cdp_text_string(subject).data);
        assert_int_equal(cdp_text_append(told, line, strlen(line)), CDP_OK);
    }
    cdp_text_free(subject);
}

static void one_message_for_a_trigger_and_event(void **state)
{
    cdp_text *told = NULL;
    fixture f;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &told), CDP_OK);
    set_up(&f, find_play("in-place-tells-instances"), NULL);
    start(&f);
    write_notifications(&f, told);
    assert_string_equal(cdp_text_string(told).data, "a DeploymentStart: CREATED: AWS CodeDep\n"
                                                    "b DeploymentStart: CREATED: AWS CodeDep\n"
                                                    "a InstanceStart: InProgress: AWS Code\n");
    cdp_text_free(told);
    tear_down(&f);
}

static void instances_have_messages_of_their_own(void **state)
{
    const char *const parts[] = {"\"region\":\"us-east-1\"", "\"accountId\":\"000000000000\"",
                                 "\"eventTriggerName\":\"a\"",
                                 "\"lifecycleEvents\":", "\"LifecycleEvent\":\"ApplicationStop\""};
    cdp_deployment_action action;
    fixture f;

    (void)state;
    set_up(&f, find_play("in-place-tells-instances"), NULL);
    start(&f);
    do {
        action = take(&f, CDP_DEPLOYMENT_ACTION_NOTIFY);
    } while (action.target == CDP_DEPLOYMENT_NO_TARGET);
    assert_int_equal(cdp_deployment_write_notification(f.scene->deployment, &action,
                                                       CDP_NOTIFICATION_SHAPE_GUIDE, f.text, NULL),
                     CDP_OK);
    expect(cdp_text_string(f.text).data, parts, 5, NULL);
    expect(cdp_text_string(f.text).data,
           (const char *const[]){"\"instanceId\":\"arn:aws:ec2:us-east-1:000000000000:instance/"
                                 "i-0001\""},
           1, NULL);
    tear_down(&f);
}

static void alarms_are_polled(void **state)
{
    fixture f;

    (void)state;
    set_up(&f, find_play("lambda-canary"), NULL);
    stage_start(f.scene, 0);
    /* At the start, which is the first event, before the two others, and every 10 of 300 seconds. */
    assert_int_equal(f.scene->action_counts[CDP_DEPLOYMENT_ACTION_POLL_ALARMS], 1 + 2 + 29);
    tear_down(&f);
}

static void launches_have_heartbeats(void **state)
{
    fixture f;

    (void)state;
    set_up(&f, find_play("launch"), NULL);
    stage_start(f.scene, 0);
    /* Two within 700 seconds, and the result. */
    assert_int_equal(f.scene->action_counts[CDP_DEPLOYMENT_ACTION_AUTO_SCALING], 3);
    tear_down(&f);
}

static void expect_info(fixture *f, const char *part)
{
    cdp_text_clear(f->text);
    assert_int_equal(cdp_deployment_write_info(f->scene->deployment, 0, f->text), CDP_OK);
    expect(cdp_text_string(f->text).data, &part, 1, NULL);
}

static void follows(production *made)
{
    made->options.creator = CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_AUTO_UPDATE;
    made->options.root_id = (cdp_string){"d-OOOOOOOOO", 11};
}

static void follow_ups_are_linked_both_ways(void **state)
{
    fixture f;

    (void)state;
    set_up(&f, find_play("in-place"), follows);
    expect_info(&f, "\"relatedDeployments\":{\"autoUpdateOutdatedInstancesRootDeploymentId\":"
                    "\"d-OOOOOOOOO\"}");
    stage_start(f.scene, 0);
    stage_put(f.scene, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_FOLLOWED,
                                              .name = {"d-FFFFFFFFF", 11}});
    expect_info(&f, "\"autoUpdateOutdatedInstancesDeploymentIds\":[\"d-FFFFFFFFF\"]");
    tear_down(&f);
}

/* A deployment, and the one that rolls it back. */
typedef struct story {
    fixture failed;
    fixture back;
} story;

static void set_up_rollback(story *s, const char *name)
{
    cdp_deployment_options options = {.size = sizeof options, .id = {"d-RRRRRRRRR", 11}};
    cdp_deployment *rollback = NULL;
    cdp_rollback_plan *plan = NULL;

    set_up(&s->failed, find_play(name), NULL);
    stage_start(s->failed.scene, 0);
    assert_true(cdp_deployment_is_over(s->failed.scene->deployment));
    if (s->failed.made.play->platform == CDP_PLATFORM_SERVER)
        options.appspec = s->failed.made.appspec;
    assert_int_equal(cdp_deployment_plan_rollback(s->failed.scene->deployment, 0,
                                                  (cdp_string){NULL, 0}, NULL, NULL, &plan),
                     CDP_OK);
    assert_int_equal(cdp_deployment_new_rollback(s->failed.scene->deployment, plan, &options, NULL,
                                                 NULL, &rollback),
                     CDP_OK);
    cdp_rollback_plan_free(plan);
    set_up(&s->back, find_play(name), NULL);
    cdp_deployment_free(s->back.scene->deployment);
    s->back.scene->deployment = rollback;
    s->back.scene->input_count = 0;
}

static void tear_down_rollback(story *s)
{
    tear_down(&s->back);
    tear_down(&s->failed);
}

/* First the one is final, with nothing in its record; then the other is Created; then they know of
 * each other. */
static void the_two_are_linked(void **state)
{
    story s;

    (void)state;
    set_up_rollback(&s, "in-place-fails");
    expect_info(&s.failed, "\"rollbackInfo\":{}");
    expect_info(&s.back, "\"status\":\"Created\"");
    expect_info(&s.back, "\"rollbackTriggeringDeploymentId\":\"d-AAAAAAAAA\"");
    stage_put(s.failed.scene, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_ROLLED_BACK,
                                                     .name = {"d-RRRRRRRRR", 11}});
    expect_info(&s.failed, "\"rollbackDeploymentId\":\"d-RRRRRRRRR\"");
    tear_down_rollback(&s);
}

static void rollbacks_do_not_look_at_alarms(void **state)
{
    story s;

    (void)state;
    set_up_rollback(&s, "lambda-alarm");
    s.back.scene->alarms = CDP_ALARM_STATE_ALARM;
    stage_start(s.back.scene, 1000000);
    assert_int_equal(cdp_deployment_get_status(s.back.scene->deployment),
                     CDP_DEPLOYMENT_STATUS_SUCCEEDED);
    assert_int_equal(s.back.scene->action_counts[CDP_DEPLOYMENT_ACTION_POLL_ALARMS], 0);
    tear_down_rollback(&s);
}

static void rollbacks_are_told(void **state)
{
    cdp_text *told = NULL;
    play tale = *find_play("no-instances");
    fixture f;
    story s;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &told), CDP_OK);
    tale.group = find_play("in-place")->group; /* with triggers */
    set_up(&f, &tale, NULL);
    start(&f);
    write_notifications(&f, told);
    /* The failure is told with the record as it is then: empty. */
    assert_non_null(strstr(cdp_text_string(f.text).data, "\"rollbackInformation\":\"{}\""));
    tear_down(&f);
    set_up_rollback(&s, "lambda-alarm");
    start(&s.back);
    write_notifications(&s.back, told);
    assert_string_equal(cdp_text_string(told).data,
                        "all DeploymentStart: CREATED: AWS CodeDep\n"
                        "all DeploymentFailure: FAILED: AWS CodeDepl\n"
                        "all DeploymentStart: CREATED: AWS CodeDep\n"
                        "all DeploymentRollback: IN_PROGRESS: AWS Cod\n");
    tear_down_rollback(&s);
    cdp_text_free(told);
}

/* What scripts did, and which files came, is not undone: nothing is asked of the host for that. */
static void nothing_is_undone(void **state)
{
    fixture f;

    (void)state;
    set_up(&f, find_play("in-place-fails"), NULL);
    f.made.options.auto_rollback = NULL;
    stage_start(f.scene, 0);
    for (int kind = 1; kind <= CDP_DEPLOYMENT_ACTION_AUTO_SCALING; kind++) {
        if (kind != CDP_DEPLOYMENT_ACTION_RUN_HOOK && kind != CDP_DEPLOYMENT_ACTION_DOWNLOAD &&
            kind != CDP_DEPLOYMENT_ACTION_INSTALL && kind != CDP_DEPLOYMENT_ACTION_ROLL_BACK)
            assert_int_equal(f.scene->action_counts[kind], 0);
    }
    tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        NAMED("7.1 a hook is told with its function, the deployment's id and a token",
              hooks_are_told_with_id_and_token),
        NAMED("8.9 StopDeployment answers Pending, then Succeeded",
              stops_answer_pending_then_succeeded),
        NAMED("8.10 nothing is asked for that would undo what was done", nothing_is_undone),
        NAMED("limits 2.15 1,000 instances, and no more", a_thousand_instances),
        NAMED("limits 2.21 109 hours for blue/green", many_hours_in_blue_green),
        NAMED("limits 2.22 50 hours on Lambda", fifty_hours_on_lambda),
        NAMED("limits 2.22 49 hours for a shift", gates_do_not_stay_closed),
        NAMED("limits 2.33 one target on Lambda and ECS", one_target),
        NAMED("groups 1.8 the revision that was deployed is the group's",
              the_revision_is_the_groups),
        NAMED("groups 3.3 one message for a trigger and an event",
              one_message_for_a_trigger_and_event),
        NAMED("groups 3.5 an instance's message", instances_have_messages_of_their_own),
        NAMED("groups 3.6, rollback 3.8, 3.11 what is told of a failure and its rollback",
              rollbacks_are_told),
        NAMED("groups 4.7 alarms are polled at the start, before events and every 10 seconds",
              alarms_are_polled),
        NAMED("groups 4.9 a rollback does not look at alarms", rollbacks_do_not_look_at_alarms),
        NAMED("groups 6.1 a launch has heartbeats", launches_have_heartbeats),
        NAMED("groups 7.2 deployments that follow each other know of each other",
              follow_ups_are_linked_both_ways),
        NAMED("rollback 3.1, 3.2, 3.9 the two deployments are linked, one after the other",
              the_two_are_linked),
    };

    return CASES("facts", is_seen, facts) + cmocka_run_group_tests(others, NULL, NULL);
}
