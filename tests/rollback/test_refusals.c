/* SPDX-License-Identifier: MIT */
/* Situations that contradict themselves, and callers' mistakes. */
#include "situation.h"

#include "cases.h"

#include "base/strings.h"

#define BASE "platform server; cause failure; id d-1; auto failure; past d-0;"

typedef struct refusal_case {
    const char *name; /* of the diagnostic, and what more there is to say */
    const char *words;
} refusal_case;

static const refusal_case contradictions[] = {
    {"rollback-deployment-type", "platform lambda; type in-place; cause failure"},
    {"rollback-cause-and-status failure", BASE "status Stopped"},
    {"rollback-cause-and-status alarm", BASE "cause alarm; status Failed"},
    {"rollback-cause-and-status request", BASE "cause request; status Failed"},
    {"rollback-stop-flag failure", BASE "stop asked"},
    {"rollback-stop-flag manual", BASE "cause manual; stop declined"},
    {"rollback-weight server", BASE "weight 1"},
    {"rollback-weight too much", "platform lambda; cause failure; weight 101"},
    {"rollback-weight negative", "platform lambda; cause failure; weight -1"},
    {"rollback-test-traffic lambda", "platform lambda; cause failure; test-traffic"},
    {"rollback-test-traffic server", BASE "test-listener"},
    {"rollback-no-replacement weight", "platform ecs; cause failure; weight 10"},
    {"rollback-no-replacement test", "platform ecs; cause failure; test-traffic"},
    {"rollback-ready-expired in place", BASE "ready-expired"},
    {"rollback-ready-expired lambda", "platform lambda; cause request; ready-expired"},
    {"rollback-ready-expired ecs",
     "platform ecs; cause request; ready-expired; replacement; weight 10"},
    {"rollback-ready-expired server",
     BASE "type blue-green; cause request; ready-expired; target i-1 begun traffic"},
    {"rollback-config-platform", BASE "config CodeDeployDefault.LambdaAllAtOnce"},
    {"rollback-target-twice", BASE "target i-1; target i-2; target i-1"},
    {"rollback-target-original in place", BASE "target i-1 original"},
    {"rollback-target-original ecs", "platform ecs; cause failure; target s original"},
    {"rollback-target-gone", BASE "type blue-green; target i-1 gone traffic"},
    {"rollback-one-target", "platform ecs; cause failure; target a; target b"},
    {"rollback-wanted automatic", BASE "wanted 1"},
    {"rollback-wanted past the end", BASE "cause manual; wanted 2"},
    {"rollback-revision-unknown manual",
     "platform lambda; cause manual; status Failed; past d-0 unknown"},
    {"rollback-duration event", BASE "ms Install=-2"},
    {"rollback-duration reroute", BASE "reroute -1"},
};

static void assert_refused(const cdp_rollback_situation *it, const char *name)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_rollback_plan *plan = NULL;
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostic_info info = {.size = sizeof info};

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_rollback_plan_new(it, NULL, diagnostics, &plan), CDP_ERR_INVALID);
    assert_null(plan);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_int_equal(cdp_diagnostic_info_get(found.code, &info), CDP_OK);
    assert_memory_equal(name, info.name, strlen(info.name));
    assert_true(name[strlen(info.name)] == ' ' || name[strlen(info.name)] == '\0');
    assert_null(strstr(found.message.data, "{"));
    cdp_diagnostics_free(diagnostics);
    assert_int_equal(cdp_rollback_plan_new(it, NULL, NULL, &plan), CDP_ERR_INVALID);
    assert_null(plan);
}

static void contradiction(void **state)
{
    const refusal_case *it = *state;
    situation s;

    situation_read(&s, it->words);
    assert_refused(&s.it, it->name);
    situation_free(&s);
}

/* What words cannot say. */
static void nameless(void **state)
{
    situation s;

    (void)state;
    situation_read(&s, BASE "target i-1; file /f created");
    s.targets[0].id = CDP_STR("");
    assert_refused(&s.it, "rollback-target-id");
    situation_read(&s, BASE "target i-1; past d-9");
    s.past[1].id = (cdp_string){NULL, 0};
    assert_refused(&s.it, "rollback-past-id");
    situation_read(&s, BASE "target i-1; file /f created");
    s.files[0].path = (cdp_string){NULL, 0};
    assert_refused(&s.it, "rollback-file-path");
}

static void events_contradict(void **state)
{
    situation s;

    (void)state;
    situation_read(&s, BASE "target i-1");
    s.targets[0].events_done = UINT32_C(1) << CDP_EVENT_INSTALL;
    assert_refused(&s.it, "rollback-target-events");
    s.targets[0].events = s.targets[0].events_done;
    s.targets[0].failed_event = CDP_EVENT_INSTALL;
    assert_refused(&s.it, "rollback-target-events");
    s.targets[0] = (cdp_rollback_target){
        .size = sizeof *s.targets, .id = CDP_STR("i-1"), .events = UINT32_C(1) << 16};
    assert_refused(&s.it, "rollback-target-events");
}

static void everything_at_once(void **state)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_rollback_plan *plan = NULL;
    situation s;

    (void)state;
    situation_read(&s, "platform lambda; type in-place; cause failure; status Stopped; stop asked;"
                       "weight 101; test-traffic; wanted 7; reroute -5; target a original;"
                       "target a gone traffic");
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_rollback_plan_new(&s.it, NULL, diagnostics, &plan), CDP_ERR_INVALID);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 11);
    cdp_diagnostics_free(diagnostics);
}

/* -- callers' mistakes ------------------------------------------------------------------------ */

static void assert_status(const situation *s, cdp_status expected)
{
    cdp_rollback_plan *plan = NULL;

    assert_int_equal(cdp_rollback_plan_new(&s->it, NULL, NULL, &plan), expected);
    assert_null(plan);
}

#define WRONG(member, value)                                                                       \
    do {                                                                                           \
        situation_read(&s, BASE "target i-1 begun; file /f created");                              \
        s.member = value;                                                                          \
        assert_status(&s, CDP_ERR_ARGUMENT);                                                       \
    } while (0)

static void unknown_enumerators(void **state)
{
    situation s;

    (void)state;
    WRONG(it.platform, CDP_PLATFORM_AUTO);
    WRONG(it.platform, (cdp_platform)4);
    WRONG(it.deployment_type, (cdp_deployment_type)3);
    WRONG(it.creator, (cdp_deployment_creator)9);
    WRONG(it.status, (cdp_deployment_status)9);
    WRONG(it.cause, (cdp_rollback_cause)0);
    WRONG(it.cause, (cdp_rollback_cause)5);
    WRONG(it.stop_flag, (cdp_rollback_stop_flag)3);
    WRONG(it.failed_event, (cdp_event)16);
    WRONG(it.file_exists_behavior, (cdp_file_exists_behavior)4);
    WRONG(it.manual_file_exists_behavior, (cdp_file_exists_behavior)4);
    WRONG(it.with_traffic_control, 2);
    WRONG(it.auto_rollback_enabled, -1);
    WRONG(it.ready_expired, 2);
    WRONG(it.ignore_application_stop_failures, 2);
    WRONG(it.hooks_known, 2);
    WRONG(it.compatible_install, 2);
    WRONG(it.test_listener, 2);
    WRONG(it.test_traffic, 2);
    WRONG(it.replacement_exists, 2);
    WRONG(it.original_gone, 2);
    WRONG(it.targets, NULL);
    WRONG(it.past, NULL);
    WRONG(it.files, NULL);
    WRONG(it.event_ms, NULL);
    WRONG(targets[0].status, (cdp_target_status)8);
    WRONG(targets[0].failed_event, (cdp_event)-1);
    WRONG(targets[0].instance_health, (cdp_instance_health)2);
    WRONG(targets[0].revision_health, (cdp_revision_health)3);
    WRONG(targets[0].original, 2);
    WRONG(targets[0].begun, 2);
    WRONG(targets[0].has_traffic, 2);
    WRONG(targets[0].had_traffic, 2);
    WRONG(targets[0].on_good_revision, 2);
    WRONG(targets[0].gone, 2);
    WRONG(past[0].status, (cdp_deployment_status)0);
    WRONG(past[0].creator, (cdp_deployment_creator)9);
    WRONG(past[0].file_exists_behavior, (cdp_file_exists_behavior)4);
    WRONG(past[0].revision_missing, 2);
    WRONG(revisions[0].type, (cdp_revision_type)0);
    WRONG(revisions[0].type, (cdp_revision_type)5);
    WRONG(revisions[0].bundle_type, (cdp_bundle_type)6);
    WRONG(files[0].change, (cdp_rollback_file_change)0);
    WRONG(files[0].change, (cdp_rollback_file_change)7);
    WRONG(files[0].in_earlier_revision, 2);
}

static void null_arguments(void **state)
{
    cdp_rollback_plan *plan = NULL;
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_rollback_step step = {.size = sizeof step};
    cdp_rollback_step_event event = {.size = sizeof event};
    cdp_rollback_plan_target target = {.size = sizeof target};
    cdp_rollback_effect effect = {.size = sizeof effect};
    cdp_text *text = NULL;
    situation s;

    (void)state;
    situation_read(&s, BASE "target i-1 begun");
    assert_int_equal(cdp_rollback_plan_new(NULL, NULL, NULL, &plan), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_new(&s.it, NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_new(&s.it, NULL, NULL, &plan), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_rollback_plan_get_info(NULL, &info), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_get_info(plan, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_step_at(NULL, 0, &step), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_step_at(plan, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_step_at(plan, 1, &step), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollback_plan_step_event_at(NULL, 0, 0, &event), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_step_event_at(plan, 0, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_step_event_at(plan, 1, 0, &event), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollback_plan_step_event_at(plan, 0, 7, &event), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollback_plan_target_at(NULL, 0, &target), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_target_at(plan, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_target_at(plan, 1, &target), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollback_plan_restore_at(NULL, 0, &effect), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_restore_at(plan, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_restore_at(plan, 99, &effect), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollback_plan_loss_at(NULL, 0, &effect), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_loss_at(plan, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_loss_at(plan, 99, &effect), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollback_plan_write(NULL, 0, text), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_write(plan, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_render(NULL, text), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_render(plan, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_write_message(NULL, CDP_ROLLBACK_RECORD_ROLLBACK,
                                                     s.it.deployment_id, text),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(
        cdp_rollback_plan_write_message(plan, (cdp_rollback_record)3, s.it.deployment_id, text),
        CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollback_plan_write_message(plan, CDP_ROLLBACK_RECORD_ROLLBACK,
                                                     s.it.deployment_id, NULL),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_text_string(text).length, 0);
    assert_int_equal(cdp_rollback_plan_step_count(NULL), 0);
    assert_int_equal(cdp_rollback_plan_target_count(NULL), 0);
    assert_int_equal(cdp_rollback_plan_restore_count(NULL), 0);
    assert_int_equal(cdp_rollback_plan_loss_count(NULL), 0);
    cdp_rollback_plan_free(NULL);
    cdp_text_free(text);
    cdp_rollback_plan_free(plan);
}

static void names(void **state)
{
    cdp_rollback_cause cause;

    (void)state;
    assert_int_equal(cdp_rollback_cause_from_name(CDP_STR("alarm"), &cause), CDP_OK);
    assert_int_equal(cause, CDP_ROLLBACK_CAUSE_ALARM);
    assert_int_equal(cdp_rollback_cause_from_name(CDP_STR("Alarm"), &cause), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollback_cause_from_name(CDP_STR("alarm"), NULL), CDP_ERR_ARGUMENT);
    assert_string_equal(cdp_rollback_cause_name((cdp_rollback_cause)0), "unknown");
    assert_string_equal(cdp_rollback_kind_name((cdp_rollback_kind)3), "unknown");
    assert_string_equal(cdp_rollback_refusal_name((cdp_rollback_refusal)15), "unknown");
    assert_string_equal(cdp_rollback_refusal_message((cdp_rollback_refusal)15), "");
    assert_null(cdp_rollback_refusal_source((cdp_rollback_refusal)-1));
    assert_string_equal(cdp_rollback_stop_flag_name((cdp_rollback_stop_flag)3), "unknown");
    assert_string_equal(cdp_rollback_stop_flag_name(CDP_ROLLBACK_STOP_ASKED), "asked");
    assert_string_equal(cdp_rollback_part_name((cdp_rollback_part)0), "unknown");
    assert_string_equal(cdp_rollback_part_message((cdp_rollback_part)9), "");
    assert_int_equal(cdp_rollback_part_takes_part((cdp_rollback_part)0), 0);
    assert_string_equal(cdp_rollback_effect_kind_name((cdp_rollback_effect_kind)6), "unknown");
    assert_string_equal(cdp_rollback_effect_kind_name((cdp_rollback_effect_kind)26), "unknown");
    assert_string_equal(cdp_rollback_basis_name((cdp_rollback_basis)4), "unknown");
    assert_string_equal(cdp_rollback_step_kind_name((cdp_rollback_step_kind)7), "unknown");
    assert_string_equal(cdp_rollback_file_change_name((cdp_rollback_file_change)7), "unknown");
    /* Every refusal says why, and where the rule comes from. */
    for (int i = CDP_ROLLBACK_REFUSAL_ACTIVE; i <= CDP_ROLLBACK_REFUSAL_REVISION_UNKNOWN; i++) {
        assert_true(strlen(cdp_rollback_refusal_message((cdp_rollback_refusal)i)) > 20);
        assert_non_null(cdp_rollback_refusal_source((cdp_rollback_refusal)i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nameless),           cmocka_unit_test(events_contradict),
        cmocka_unit_test(everything_at_once), cmocka_unit_test(unknown_enumerators),
        cmocka_unit_test(null_arguments),     cmocka_unit_test(names),
    };

    return CASES("contradictions", contradiction, contradictions) |
           cmocka_run_group_tests(tests, NULL, NULL);
}
