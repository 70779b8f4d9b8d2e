/* SPDX-License-Identifier: MIT */
/* Deployments, targets and notifications in the API's JSON. */
#include "plays.h"

#include "cases.h"

#include <stdlib.h>

static void expect_text(const cdp_text *text, const char *const *parts)
{
    for (; *parts; parts++) {
        if (!strstr(cdp_text_string(text).data, *parts))
            fail_msg("%s\nis not in\n%s", *parts, cdp_text_string(text).data);
    }
}

typedef struct fixture {
    production made;
    stage *scene;
    cdp_text *text;
} fixture;

static void set_up(fixture *f, const char *name)
{
    f->scene = calloc(1, sizeof *f->scene);
    assert_non_null(f->scene);
    produce(&f->made, find_play(name));
    f->made.options.epoch_ms = INT64_C(1665676245000); /* Thu Oct 13 15:50:45 UTC 2022 */
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

/* rollback.md 3.1, 3.3, 3.8, 3.9: empty at the instant of the failure, then filled. */
static void rollback_info_comes_after_the_end(void **state)
{
    const char *const empty[] = {"\"status\":\"Failed\"", "\"rollbackInfo\":{}",
                                 "\"code\":\"HEALTH_CONSTRAINTS\"", "\"creator\":\"user\"", NULL};
    const char *const filled[] = {"\"rollbackDeploymentId\":\"d-RRRRRRRRR\"",
                                  "\"status\":\"Failed\"", NULL};
    fixture f;

    (void)state;
    set_up(&f, "in-place-fails");
    stage_start(f.scene, 0);
    assert_int_equal(cdp_deployment_write_info(f.scene->deployment, 0, f.text), CDP_OK);
    expect_text(f.text, empty);
    stage_put(f.scene, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_ROLLED_BACK,
                                              .name = {"d-RRRRRRRRR", 11}});
    cdp_text_clear(f.text);
    assert_int_equal(cdp_deployment_write_info(f.scene->deployment, 0, f.text), CDP_OK);
    expect_text(f.text, filled);
    tear_down(&f);
}

static void targets_are_told_by_platform(void **state)
{
    const char *const server[] = {"\"deploymentTargetType\":\"InstanceTarget\"",
                                  "\"targetId\":\"i-0001\"",
                                  "\"errorCode\":\"ScriptFailed\"",
                                  "\"message\":\"boom\"",
                                  "\"status\":\"Skipped\"",
                                  NULL};
    const char *const lambda[] = {"\"lambdaTarget\"", "\"functionName\":\"fn\"",
                                  "\"targetVersionWeight\":1", NULL};
    const char *const ecs[] = {"\"ecsTarget\"", "\"taskSetLabel\":\"Green\"",
                               "\"trafficWeight\":100", NULL};
    static const char *const names[] = {"in-place-fails", "lambda-canary",
                                        "ecs-ready-and-termination"};
    const char *const *expected[] = {server, lambda, ecs};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        fixture f;

        set_up(&f, names[i]);
        assert_int_equal(cdp_deployment_write_targets(f.scene->deployment, NULL, 0, 0, f.text),
                         CDP_ERR_STATE);
        stage_start(f.scene, 0);
        assert_int_equal(cdp_deployment_write_targets(f.scene->deployment, NULL, 0, 0, f.text),
                         CDP_OK);
        expect_text(f.text, expected[i]);
        tear_down(&f);
    }
}

/* health-and-groups.md 3.3 to 3.5: both shapes. */
static void notifications_have_both_shapes(void **state)
{
    const char *const guide[] = {"\"status\":\"Failed\"",
                                 "\"errorInformation\":{\"ErrorCode\":\"NO_INSTANCES\"",
                                 "\"deploymentOverview\":{\"Failed\":\"0\"", NULL};
    const char *const service[] = {
        "\"status\":\"FAILED\"", "\"createTime\":\"Thu Oct 13 15:50:45 UTC 2022\"",
        "\"rollbackInformation\":\"{}\"", "\"deploymentOverview\":\"{\\\"Failed\\\":0", NULL};
    cdp_deployment_action action = {.size = sizeof action};
    cdp_text *subject = NULL;
    fixture f;
    play told = *find_play("no-instances");

    (void)state;
    /* The same with triggers. */
    told.group = find_play("in-place")->group;
    set_up(&f, "no-instances");
    cdp_deployment_free(f.scene->deployment);
    stage_release(f.scene);
    strike(&f.made);
    produce(&f.made, &told);
    f.made.options.epoch_ms = INT64_C(1665676245000);
    set_stage(f.scene, &f.made, cast(&f.made));
    assert_int_equal(cdp_text_new(NULL, &subject), CDP_OK);
    assert_int_equal(cdp_deployment_start(f.scene->deployment, 0, NULL), CDP_OK);
    while (action.trigger_event != CDP_TRIGGER_DEPLOYMENT_FAILURE)
        assert_int_equal(cdp_deployment_next_action(f.scene->deployment, &action), CDP_OK);
    assert_int_equal(cdp_deployment_write_notification(f.scene->deployment, &action,
                                                       CDP_NOTIFICATION_SHAPE_GUIDE, f.text, NULL),
                     CDP_OK);
    expect_text(f.text, guide);
    cdp_text_clear(f.text);
    assert_int_equal(cdp_deployment_write_notification(f.scene->deployment, &action,
                                                       CDP_NOTIFICATION_SHAPE_SERVICE, f.text,
                                                       subject),
                     CDP_OK);
    expect_text(f.text, service);
    assert_string_equal(cdp_text_string(subject).data,
                        "FAILED: AWS CodeDeploy d-AAAAAAAAA in us-east-1 to app");
    cdp_text_free(subject);
    tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rollback_info_comes_after_the_end),
        cmocka_unit_test(targets_are_told_by_platform),
        NAMED("groups 3.4, 3.8 a message in both shapes, and its subject",
              notifications_have_both_shapes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
