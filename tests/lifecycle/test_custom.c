/* SPDX-License-Identifier: MIT */
/* Plans that are made: the host's own, and what goes wrong with making them. */
#include "testing.h"

#include "base/strings.h"
#include "script.h"

/* A plan for a system that is not CodeDeploy's: a name, waits, limits of its own. */
static const cdp_lifecycle_event_info surge[] = {
    {.size = sizeof *surge,
     .name = CDP_LITERAL("Surge"),
     .run_limit_ms = 1000,
     .wait_after = CDP_WAIT_READY},
    {.size = sizeof *surge,
     .name = CDP_LITERAL("Probe"),
     .scriptable = 1,
     .revision = CDP_REVISION_CURRENT,
     .may_roll_back = 1,
     .ignorable = 1,
     .start_limit_ms = 50},
    {.size = sizeof *surge,
     .name = CDP_LITERAL("AfterAllowTraffic"),
     .scriptable = 1,
     .revision = CDP_REVISION_MOST_RECENT,
     .wait_after = CDP_WAIT_TERMINATION},
};

enum { SURGE_COUNT = sizeof surge / sizeof *surge };

static void events_are_as_they_were_given(void **state)
{
    cdp_lifecycle_plan *plan;

    (void)state;
    assert_int_equal(
        cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, surge, SURGE_COUNT, NULL, NULL, &plan), CDP_OK);
    assert_int_equal(cdp_lifecycle_plan_platform(plan), CDP_PLATFORM_AUTO);
    assert_int_equal(cdp_lifecycle_plan_scenario(plan), CDP_SCENARIO_CUSTOM);
    assert_int_equal(cdp_lifecycle_plan_event_count(plan), SURGE_COUNT);
    for (size_t i = 0; i < SURGE_COUNT; i++) {
        cdp_lifecycle_event_info info = {.size = sizeof info};

        assert_int_equal(cdp_lifecycle_plan_event_at(plan, i, &info), CDP_OK);
        assert_cdp_string(info.name, surge[i].name.data);
        assert_ptr_not_equal(info.name.data, surge[i].name.data);
        assert_int_equal(info.event, i == 2 ? CDP_EVENT_AFTER_ALLOW_TRAFFIC : CDP_EVENT_CUSTOM);
        assert_int_equal(info.scriptable, surge[i].scriptable);
        assert_int_equal(info.revision, surge[i].revision);
        assert_int_equal(info.run_limit_ms, surge[i].run_limit_ms);
        assert_int_equal(info.start_limit_ms, surge[i].start_limit_ms);
        assert_int_equal(info.may_roll_back, surge[i].may_roll_back);
        assert_int_equal(info.ignorable, surge[i].ignorable);
        assert_int_equal(info.wait_after, surge[i].wait_after);
        assert_int_equal(info.wait_before, i == 1 ? CDP_WAIT_READY : CDP_WAIT_NONE);
        assert_int_equal(cdp_lifecycle_plan_event_find(plan, surge[i].name), i);
    }
    cdp_lifecycle_plan_free(plan);
}

static void a_target_goes_through_them(void **state)
{
    cdp_lifecycle_options options = script_options("ignore ask:100 end:7");
    cdp_lifecycle_plan *plan;
    cdp_lifecycle *lifecycle;
    cdp_lifecycle *restored;
    cdp_text *text;

    (void)state;
    assert_int_equal(
        cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, surge, SURGE_COUNT, NULL, NULL, &plan), CDP_OK);
    assert_int_equal(cdp_lifecycle_new(plan, &options, NULL, NULL, &lifecycle), CDP_OK);
    assert_null(script_run(lifecycle, "start@0 step@99999 begin@99999 !ok@101000 ok@100999"));
    assert_string_equal(script_state(lifecycle), "Ready READY_WAIT Spp");
    assert_null(script_run(lifecycle, "ready@101000 begin@101050 fail@101050"));
    assert_string_equal(script_state(lifecycle), "InProgress SFp");
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_lifecycle_snapshot(lifecycle, text), CDP_OK);
    assert_int_equal(cdp_lifecycle_restore(cdp_text_string(text), plan, NULL, NULL, &restored),
                     CDP_OK);
    assert_null(script_run(restored, "noop@101060"));
    assert_string_equal(script_state(restored), "Succeeded TERMINATION_WAIT SFS");
    cdp_text_free(text);
    cdp_lifecycle_free(restored);
    cdp_lifecycle_free(lifecycle);
    cdp_lifecycle_plan_free(plan);
}

typedef struct flaw {
    const char *code;
    cdp_lifecycle_event_info event;
} flaw;

#define NAMED(text) .size = sizeof(cdp_lifecycle_event_info), .name = CDP_LITERAL(text)

static const flaw flaws[] = {
    {"plan-event-name", {NAMED("")}},
    {"plan-event-name", {.size = sizeof(cdp_lifecycle_event_info)}},
    {"plan-event-name", {.size = sizeof(cdp_lifecycle_event_info), .name = {NULL, 7}}},
    {"plan-event-name", {NAMED("a\nb")}},
    {"plan-event-name", {NAMED("a\xFF")}},
    {"plan-event-name", {NAMED("\xC2\x85")}},
    {"plan-event-name",
     {NAMED("12345678901234567890123456789012345678901234567890"
            "123456789012345678901234567890123456789012345678901")}},
    {"plan-event-repeated", {NAMED("Surge")}},
    {"plan-event-limit", {NAMED("x"), .run_limit_ms = -1}},
    {"plan-event-limit", {NAMED("x"), .start_limit_ms = ((int64_t)1 << 40) + 1}},
    {"plan-event-revision", {NAMED("x"), .scriptable = 1}},
    {"plan-event-revision", {NAMED("x"), .revision = CDP_REVISION_CURRENT}},
    {"plan-event-revision", {NAMED("x"), .scriptable = 1, .revision = (cdp_revision_source)4}},
    {"plan-event-wait", {NAMED("x"), .wait_after = CDP_WAIT_READY}},
    {"plan-event-wait", {NAMED("x"), .wait_after = (cdp_wait_type)3}},
};

static void flaws_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
        cdp_lifecycle_event_info events[2] = {surge[0], flaws[i].event};
        cdp_diagnostic found = {.size = sizeof found};
        cdp_lifecycle_plan *plan = NULL;
        cdp_diagnostics *diagnostics;

        assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
        assert_int_equal(
            cdp_lifecycle_plan_new(CDP_PLATFORM_SERVER, events, 2, NULL, diagnostics, &plan),
            CDP_ERR_INVALID);
        assert_null(plan);
        assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
        assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
        assert_int_equal(found.code, cdp_diagnostic_code_from_name(flaws[i].code));
        cdp_diagnostics_free(diagnostics);
    }
}

/* All of them, not only the first. */
static void every_flaw_is_named(void **state)
{
    cdp_lifecycle_event_info events[] = {
        {NAMED(""), .run_limit_ms = -1, .wait_after = CDP_WAIT_TERMINATION},
        {NAMED(""), .scriptable = 1},
    };
    cdp_lifecycle_plan *plan = NULL;
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_lifecycle_plan_new(CDP_PLATFORM_ECS, events, 2, NULL, diagnostics, &plan),
                     CDP_ERR_INVALID);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 6);
    cdp_diagnostics_free(diagnostics);
}

static void limits_of_plans(void **state)
{
    cdp_lifecycle_event_info events[CDP_LIFECYCLE_MAX_EVENTS + 1];
    char names[CDP_LIFECYCLE_MAX_EVENTS + 1][2];
    cdp_diagnostic found = {.size = sizeof found};
    cdp_lifecycle_plan *plan = NULL;
    cdp_diagnostics *diagnostics;
    cdp_lifecycle *lifecycle;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    for (size_t i = 0; i <= CDP_LIFECYCLE_MAX_EVENTS; i++) {
        names[i][0] = (char)('0' + i);
        names[i][1] = '\0';
        events[i] =
            (cdp_lifecycle_event_info){.size = sizeof *events, .name = cdp_string_of(names[i])};
    }
    assert_int_equal(cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, events, CDP_LIFECYCLE_MAX_EVENTS + 1,
                                            NULL, diagnostics, &plan),
                     CDP_ERR_LIMIT);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_int_equal(found.code, CDP_DIAGNOSTIC_PLAN_EVENT_COUNT);
    assert_int_equal(cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, events, 0, NULL, NULL, &plan),
                     CDP_ERR_LIMIT);
    assert_int_equal(cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, events, CDP_LIFECYCLE_MAX_EVENTS,
                                            NULL, NULL, &plan),
                     CDP_OK);
    assert_int_equal(cdp_lifecycle_new(plan, NULL, NULL, NULL, &lifecycle), CDP_OK);
    assert_null(script_run(lifecycle, "start@0 pass:31@0 begin@0 lost@0"));
    assert_string_equal(script_state(lifecycle),
                        "Unknown contact-lost SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS?");
    assert_int_equal(cdp_lifecycle_change_count(lifecycle), 2);
    cdp_lifecycle_free(lifecycle);
    cdp_lifecycle_plan_free(plan);
    cdp_diagnostics_free(diagnostics);
}

/* A struct of an older caller, shorter; and two sizes in one list. */
static void structs_of_other_sizes(void **state)
{
    struct older {
        size_t size;
        cdp_string name;
    } older[2] = {{sizeof *older, CDP_LITERAL("One")}, {sizeof *older, CDP_LITERAL("Two")}};
    cdp_lifecycle_event_info mixed[2] = {surge[0], surge[1]};
    const cdp_lifecycle_event_info *events = (const void *)older;
    cdp_lifecycle_plan *plan = NULL;

    (void)state;
    assert_int_equal(cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, events, 2, NULL, NULL, &plan),
                     CDP_OK);
    assert_int_equal(cdp_lifecycle_plan_event_find(plan, CDP_STR("Two")), 1);
    cdp_lifecycle_plan_free(plan);
    plan = NULL;
    mixed[1].size -= 8;
    assert_int_equal(cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, mixed, 2, NULL, NULL, &plan),
                     CDP_ERR_STRUCT);
    mixed[0].size = 1;
    assert_int_equal(cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, mixed, 2, NULL, NULL, &plan),
                     CDP_ERR_STRUCT);
    assert_int_equal(cdp_lifecycle_plan_new((cdp_platform)4, surge, 1, NULL, NULL, &plan),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, NULL, 1, NULL, NULL, &plan),
                     CDP_ERR_ARGUMENT);
    assert_null(plan);
}

static void standard_plans_are_found(void **state)
{
    (void)state;
    assert_ptr_equal(cdp_lifecycle_plan_find(CDP_PLATFORM_SERVER, CDP_SCENARIO_DEFAULT),
                     script_plan("Server/in-place"));
    assert_ptr_equal(cdp_lifecycle_plan_find(CDP_PLATFORM_LAMBDA, CDP_SCENARIO_DEFAULT),
                     script_plan("Lambda/blue-green"));
    assert_ptr_equal(cdp_lifecycle_plan_find(CDP_PLATFORM_ECS, CDP_SCENARIO_DEFAULT),
                     script_plan("ECS/blue-green"));
    assert_null(cdp_lifecycle_plan_find(CDP_PLATFORM_AUTO, CDP_SCENARIO_DEFAULT));
    assert_null(cdp_lifecycle_plan_find(CDP_PLATFORM_LAMBDA, CDP_SCENARIO_TEST_LISTENER));
    assert_null(cdp_lifecycle_plan_find(CDP_PLATFORM_SERVER, CDP_SCENARIO_CUSTOM));
    assert_null(cdp_lifecycle_plan_standard_at(cdp_lifecycle_plan_standard_count()));
    for (size_t i = 0; i < cdp_lifecycle_plan_standard_count(); i++) {
        const cdp_lifecycle_plan *plan = cdp_lifecycle_plan_standard_at(i);

        assert_ptr_equal(cdp_lifecycle_plan_find(cdp_lifecycle_plan_platform(plan),
                                                 cdp_lifecycle_plan_scenario(plan)),
                         plan);
    }
}

static void nothing_is_asked_of_nothing(void **state)
{
    const cdp_lifecycle_plan *plan = script_plan("Server/in-place");
    cdp_lifecycle_event_info info = {.size = sizeof info};
    cdp_lifecycle_local local = {.size = sizeof local, .event_count = 1};
    cdp_lifecycle_plan *made = NULL;

    (void)state;
    assert_int_equal(cdp_lifecycle_plan_event_at(NULL, 0, &info), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_plan_event_at(plan, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_plan_event_at(plan, 7, &info), CDP_ERR_NOT_FOUND);
    info.size = 2;
    assert_int_equal(cdp_lifecycle_plan_event_at(plan, 0, &info), CDP_ERR_STRUCT);
    assert_int_equal(cdp_lifecycle_plan_event_count(NULL), 0);
    assert_int_equal(cdp_lifecycle_plan_event_find(NULL, CDP_STR("x")), 0);
    assert_int_equal(cdp_lifecycle_plan_event_find(plan, CDP_STR("x")), 7);
    assert_int_equal(cdp_lifecycle_plan_platform(NULL), CDP_PLATFORM_AUTO);
    assert_int_equal(cdp_lifecycle_plan_scenario(NULL), CDP_SCENARIO_DEFAULT);
    assert_int_equal(cdp_lifecycle_plan_revision(NULL, 0, CDP_DEPLOYMENT_CREATOR_USER, 0),
                     CDP_REVISION_NONE);
    assert_int_equal(cdp_lifecycle_plan_revision(plan, 7, CDP_DEPLOYMENT_CREATOR_USER, 0),
                     CDP_REVISION_NONE);
    assert_string_equal(cdp_revision_source_name((cdp_revision_source)4), "unknown");
    assert_int_equal(cdp_lifecycle_plan_new_local(NULL, NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_plan_new_local(&local, NULL, NULL, &made), CDP_ERR_ARGUMENT);
    local.event_count = 0;
    local.hook_count = 1;
    assert_int_equal(cdp_lifecycle_plan_new_local(&local, NULL, NULL, &made), CDP_ERR_ARGUMENT);
    local.size = 0;
    assert_int_equal(cdp_lifecycle_plan_new_local(&local, NULL, NULL, &made), CDP_ERR_STRUCT);
    assert_null(made);
    cdp_lifecycle_plan_free(NULL);
}

static void too_many_local_events(void **state)
{
    cdp_string events[31];
    cdp_lifecycle_local local = {.size = sizeof local, .events = events, .event_count = 31};
    cdp_diagnostic found = {.size = sizeof found};
    cdp_lifecycle_plan *plan = NULL;
    cdp_diagnostics *diagnostics;

    (void)state;
    for (size_t i = 0; i < 31; i++)
        events[i] = CDP_STR("ApplicationStop");
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_lifecycle_plan_new_local(&local, NULL, diagnostics, &plan), CDP_ERR_LIMIT);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_int_equal(found.code, CDP_DIAGNOSTIC_LOCAL_TOO_MANY_EVENTS);
    local.event_count = 30;
    assert_int_equal(cdp_lifecycle_plan_new_local(&local, NULL, NULL, &plan), CDP_OK);
    assert_int_equal(cdp_lifecycle_plan_event_count(plan), 32);
    cdp_lifecycle_plan_free(plan);
    cdp_diagnostics_free(diagnostics);
}

static cdp_status make_plans(const cdp_allocator *allocator, void *context)
{
    cdp_string events[] = {CDP_LITERAL("bad"), CDP_LITERAL("Good"), CDP_LITERAL("Good")};
    cdp_lifecycle_local local = {.size = sizeof local, .events = events, .event_count = 3};
    cdp_diagnostics *diagnostics = NULL;
    cdp_lifecycle_plan *plans[2] = {NULL, NULL};
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    (void)context;
    if (status == CDP_OK)
        status = cdp_lifecycle_plan_new_local(&local, allocator, diagnostics, &plans[0]);
    if (status == CDP_ERR_INVALID) {
        local.events++;
        local.event_count--;
        status = cdp_lifecycle_plan_new_local(&local, allocator, diagnostics, &plans[0]);
    }
    if (status == CDP_OK)
        status = cdp_lifecycle_plan_new(CDP_PLATFORM_AUTO, surge, SURGE_COUNT, allocator,
                                        diagnostics, &plans[1]);
    cdp_lifecycle_plan_free(plans[0]);
    cdp_lifecycle_plan_free(plans[1]);
    cdp_diagnostics_free(diagnostics);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(make_plans, NULL) > 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_as_they_were_given),
        cmocka_unit_test(a_target_goes_through_them),
        cmocka_unit_test(flaws_are_named),
        cmocka_unit_test(every_flaw_is_named),
        cmocka_unit_test(limits_of_plans),
        cmocka_unit_test(structs_of_other_sizes),
        cmocka_unit_test(standard_plans_are_found),
        cmocka_unit_test(nothing_is_asked_of_nothing),
        cmocka_unit_test(too_many_local_events),
        cmocka_unit_test(every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
