/* SPDX-License-Identifier: MIT */
/* Snapshots and logs that are not what they should be. */
#include "plays.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct fixture {
    production made;
    cdp_deployment *deployment;
    cdp_text *snapshot;
    cdp_diagnostics *diagnostics;
} fixture;

/* A blue/green deployment in the middle of things. */
static void set_up(fixture *f, const char *name, int64_t until)
{
    stage *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    produce(&f->made, find_play(name));
    f->deployment = cast(&f->made);
    set_stage(scene, &f->made, f->deployment);
    stage_put(scene, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_START});
    stage_run(scene, until);
    stage_release(scene);
    free(scene);
    assert_int_equal(cdp_text_new(NULL, &f->snapshot), CDP_OK);
    assert_int_equal(cdp_deployment_snapshot(f->deployment, f->snapshot), CDP_OK);
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &f->diagnostics), CDP_OK);
}

static void tear_down(fixture *f)
{
    cdp_deployment_free(f->deployment);
    cdp_text_free(f->snapshot);
    cdp_diagnostics_free(f->diagnostics);
    strike(&f->made);
}

static void expect_refusal(fixture *f, const char *bytes, size_t length, cdp_diagnostic_code code)
{
    cdp_deployment *restored = NULL;
    cdp_diagnostic finding = {.size = sizeof finding};

    cdp_status status;

    cdp_diagnostics_clear(f->diagnostics);
    status =
        cdp_deployment_restore(bytes, length, &f->made.options, NULL, f->diagnostics, &restored);
    if (status != CDP_ERR_CORRUPT)
        fail_msg("%s: %.*s", cdp_status_name(status), (int)length, bytes);
    assert_null(restored);
    assert_int_equal(cdp_diagnostics_at(f->diagnostics, 0, &finding), CDP_OK);
    if (code)
        assert_int_equal(finding.code, code);
}

static void every_changed_byte_is_noticed(void **state)
{
    static const char *const names[] = {"blue-green", "lambda-alarm", "in-place-whole"};

    (void)state;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        fixture f;
        cdp_string whole;
        char *bytes;

        set_up(&f, names[k], 450);
        whole = cdp_text_string(f.snapshot);
        bytes = malloc(whole.length + 1);
        assert_non_null(bytes);
        for (size_t i = 0; i < whole.length; i++) {
            memcpy(bytes, whole.data, whole.length);
            bytes[i] = (char)(bytes[i] == '1' ? '2' : '1');
            expect_refusal(&f, bytes, whole.length, 0);
        }
        free(bytes);
        tear_down(&f);
    }
}

static void cut_off_snapshots_are_refused(void **state)
{
    fixture f;
    cdp_string whole;

    (void)state;
    set_up(&f, "in-place", 450);
    whole = cdp_text_string(f.snapshot);
    for (size_t length = 0; length < whole.length; length += 7)
        expect_refusal(&f, whole.data, length, CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_DAMAGED);
    tear_down(&f);
}

static void newer_versions_are_named(void **state)
{
    static const char newer[] = "{\"format\":\"codedeploy-deployment\",\"version\":2}";
    fixture f;

    (void)state;
    set_up(&f, "in-place", 450);
    expect_refusal(&f, newer, strlen(newer), CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_VERSION);
    tear_down(&f);
}

static void other_options_are_told_apart(void **state)
{
    fixture f;
    cdp_string whole;

    (void)state;
    set_up(&f, "in-place", 450);
    whole = cdp_text_string(f.snapshot);
    f.made.options.id = (cdp_string){"d-BBBBBBBBB", 11};
    expect_refusal(&f, whole.data, whole.length, CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_OTHER);
    f.made.options.id = (cdp_string){"d-AAAAAAAAA", 11};
    f.made.options.ignore_application_stop_failures = 1;
    expect_refusal(&f, whole.data, whole.length, CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_OTHER);
    tear_down(&f);
}

/* What is not compared counts from then on as it is given. */
static void some_options_may_be_others(void **state)
{
    const cdp_group_revision revision = {.size = sizeof revision,
                                         .type = CDP_REVISION_TYPE_GITHUB,
                                         .repository = {"owner/name", 10},
                                         .commit_id = {"1234567", 7}};
    const cdp_group_auto_rollback rollback = {
        .size = sizeof rollback, .enabled = 1, .events = 1u << CDP_ROLLBACK_EVENT_STOP_ON_REQUEST};
    cdp_rollback_past past = {.size = sizeof past};
    cdp_deployment *restored = NULL;
    cdp_deployment_options options;
    fixture f;
    cdp_string whole;

    (void)state;
    set_up(&f, "in-place", 450);
    whole = cdp_text_string(f.snapshot);
    options = f.made.options;
    options.revision = &revision;
    options.auto_rollback = &rollback;
    options.limit_ms = 1000;
    options.description = (cdp_string){"another", 7};
    assert_int_equal(
        cdp_deployment_restore(whole.data, whole.length, &options, NULL, NULL, &restored), CDP_OK);
    assert_int_equal(cdp_deployment_get_past(restored, &past), CDP_OK);
    assert_non_null(past.revision);
    assert_memory_equal(past.revision->commit_id.data, "1234567", 7);
    assert_true(cdp_deployment_next_deadline(restored) <= 1000);
    cdp_deployment_free(restored);
    tear_down(&f);
}

static void open_actions_are_told_again(void **state)
{
    fixture f;
    cdp_string whole;
    cdp_deployment *restored = NULL;
    cdp_deployment_action action = {.size = sizeof action};
    cdp_deployment_action before = {.size = sizeof before};
    size_t count = 0;

    (void)state;
    set_up(&f, "blue-green", 450);
    whole = cdp_text_string(f.snapshot);
    assert_int_equal(
        cdp_deployment_restore(whole.data, whole.length, &f.made.options, NULL, NULL, &restored),
        CDP_OK);
    while (cdp_deployment_next_action(restored, &action) == CDP_OK) {
        if (!action.needs_answer)
            continue;
        count++;
        assert_int_equal(action.repeated, 1);
        assert_int_equal(cdp_deployment_open_find(f.deployment, action.token, &before), CDP_OK);
        assert_int_equal(before.kind, action.kind);
        assert_int_equal(before.deadline_ms, action.deadline_ms);
    }
    assert_true(count > 0);
    assert_int_equal(count, cdp_deployment_open_count(f.deployment));
    cdp_deployment_free(restored);
    tear_down(&f);
}

/* A rollback runs without zones; what is deployed by hand after it has them again. */
static void zones_come_back_after_a_rollback(void **state)
{
    static const char zonal[] =
        "{\"deploymentConfigName\":\"Zonal\",\"computePlatform\":\"Server\","
        "\"minimumHealthyHosts\":{\"type\":\"FLEET_PERCENT\",\"value\":50},"
        "\"zonalConfig\":{\"monitorDurationInSeconds\":60}}";
    const cdp_rollout_instance instance = {
        .size = sizeof instance, .id = {"i-1", 3}, .zone = {"a", 1}};
    const cdp_rollback_cause causes[] = {CDP_ROLLBACK_CAUSE_REQUEST, CDP_ROLLBACK_CAUSE_MANUAL};
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_deployment *deployments[2] = {NULL, NULL};
    cdp_rollback_plan *plans[2] = {NULL, NULL};
    cdp_config *config = NULL;
    cdp_deployment_options options;
    production made;

    (void)state;
    produce(&made, find_play("in-place"));
    assert_int_equal(
        cdp_config_parse(zonal, strlen(zonal), CDP_CONFIG_SHAPE_INFO, NULL, NULL, NULL, &config),
        CDP_OK);
    options = made.options;
    options.config = config;
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployments[0]), CDP_OK);
    assert_int_equal(cdp_deployment_add_target(deployments[0], 0, &instance, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_stop(deployments[0], 0, CDP_DEPLOYMENT_YES, NULL), CDP_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(cdp_deployment_plan_rollback(deployments[i], causes[i],
                                                      (cdp_string){NULL, 0}, NULL, NULL, &plans[i]),
                         CDP_OK);
        assert_int_equal(cdp_rollback_plan_get_info(plans[i], &info), CDP_OK);
        assert_string_equal(cdp_config_name(info.config).data, "Zonal");
        assert_int_equal(cdp_config_has_zones(info.config), causes[i] == CDP_ROLLBACK_CAUSE_MANUAL);
        options = (cdp_deployment_options){.size = sizeof options, .id = {"d-R", 3}};
        if (i == 0)
            assert_int_equal(cdp_deployment_new_rollback(deployments[0], plans[0], &options, NULL,
                                                         NULL, &deployments[1]),
                             CDP_OK);
        cdp_rollback_plan_free(plans[i]);
    }
    cdp_deployment_free(deployments[1]);
    cdp_deployment_free(deployments[0]);
    cdp_config_free(config);
    strike(&made);
}

static void lines_that_are_no_inputs_are_refused(void **state)
{
    static const char *const lines[] = {
        "",
        "{",
        "[]",
        "{\"now\":1}",
        "{\"now\":1,\"input\":\"Nothing\"}",
        "{\"now\":-1,\"input\":\"Time\"}",
        "{\"now\":1,\"input\":\"Answer\",\"token\":\"x\"}",
        "{\"now\":1,\"input\":\"Answer\",\"token\":1,\"outcome\":\"Perhaps\"}",
    };
    fixture f;
    int64_t before;

    (void)state;
    set_up(&f, "in-place", 450);
    before = cdp_deployment_now(f.deployment);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        cdp_diagnostic finding = {.size = sizeof finding};

        cdp_diagnostics_clear(f.diagnostics);
        assert_int_equal(
            cdp_deployment_replay(f.deployment, lines[i], strlen(lines[i]), f.diagnostics),
            CDP_ERR_CORRUPT);
        assert_int_equal(cdp_diagnostics_at(f.diagnostics, 0, &finding), CDP_OK);
        assert_int_equal(finding.code, CDP_DIAGNOSTIC_DEPLOYMENT_LOG_LINE);
        assert_int_equal(cdp_deployment_now(f.deployment), before);
    }
    tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(cut_off_snapshots_are_refused),
        cmocka_unit_test(newer_versions_are_named),
        cmocka_unit_test(other_options_are_told_apart),
        cmocka_unit_test(some_options_may_be_others),
        cmocka_unit_test(open_actions_are_told_again),
        cmocka_unit_test(zones_come_back_after_a_rollback),
        cmocka_unit_test(lines_that_are_no_inputs_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
