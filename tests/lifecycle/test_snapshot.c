/* SPDX-License-Identifier: MIT */
/* Snapshots: what they look like, and that damaged ones are refused. */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"
#include "script.h"

/* The states whose snapshots lie in data/snapshots.jsonl, one line each, in this order. They must
 * never change: snapshots of version 1 are read for as long as the library says so. */
typedef struct golden {
    const char *plan;
    const char *options;
    const char *inputs;
} golden;

static const golden goldens[] = {
    {"Server/in-place", "", ""},
    {"Server/in-place", "", "step@7"},
    {"Server/in-place-load-balancer", "ignore message:20",
     "start@1000 begin@1001 fail:ScriptMissing@1002 pass:1@1003"},
    {"Server/in-place-load-balancer", "", "start@1000 pass:4@1001 begin@1002"},
    {"Server/blue-green-replacement", "ask:172800000", "start@5 pass:7@6"},
    {"Server/blue-green-original", "end:3600000", "start@5 pass:3@6"},
    {"Server/auto-scaling-launch", "", "start@0 step@300000"},
    {"Server/local", "", "start@0 pass:2@0 begin@0 stop@9"},
    {"Lambda/blue-green", "message:4096", "start@0 begin@1 fail@2"},
    {"Lambda/blue-green", "", "skip@9223372036854775807"},
    {"ECS/test-listener", "", "start@0 pass:3@1 begin@2 lost@3"},
    {"ECS/blue-green", "ask:1", "start@0 pass:3@1 step@2"},
};

enum { GOLDEN_COUNT = sizeof goldens / sizeof *goldens };

static cdp_lifecycle *make(const golden *row)
{
    cdp_lifecycle *lifecycle = script_target(row->plan, row->options);

    assert_null(script_run(lifecycle, row->inputs));
    return lifecycle;
}

static void written_as_ever_and_read_back(void **state)
{
    FILE *file = fopen(DATA "/snapshots.jsonl", "rb");
    static char line[8192];

    (void)state;
    assert_non_null(file);
    for (size_t i = 0; i < GOLDEN_COUNT; i++) {
        cdp_lifecycle *lifecycle = make(&goldens[i]);
        cdp_lifecycle *restored = NULL;
        char before[128];
        cdp_text *text;

        assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
        assert_int_equal(cdp_lifecycle_snapshot(lifecycle, text), CDP_OK);
        assert_non_null(fgets(line, sizeof line, file));
        line[strcspn(line, "\n")] = '\0';
        assert_string_equal(cdp_text_string(text).data, line);
        assert_int_equal(cdp_lifecycle_restore(cdp_string_of(line), NULL, NULL, NULL, &restored),
                         CDP_OK);
        snprintf(before, sizeof before, "%s", script_state(lifecycle));
        assert_string_equal(script_state(restored), before);
        assert_int_equal(cdp_lifecycle_change_count(restored), 0);
        cdp_text_free(text);
        cdp_lifecycle_free(lifecycle);
        cdp_lifecycle_free(restored);
    }
    assert_null(fgets(line, sizeof line, file));
    fclose(file);
}

/* Whatever a store does to JSON: blanks, and another order of members. */
static void any_notation_is_read(void **state)
{
    static const char snapshot[] =
        "{ \"version\" : 1, \"message\": null, \"snapshot\":\"cdp_lifecycle\",\n"
        " \"scenario\":\"blue-green\", \"platform\":\"Lambda\", \"reason\":\"none\",\n"
        " \"status\":\"Pending\", \"wait\":null, \"since_ms\":null, \"now_ms\":null,\n"
        " \"first_ms\":null, \"options\":{\"message_bytes\":0,\"ready_wait_ms\":0,"
        "\"termination_wait_ms\":0,\"ready_action\":\"CONTINUE_DEPLOYMENT\","
        "\"ignore_application_stop_failures\":false},\"events\":["
        "{\"status\":\"Pending\",\"name\":\"BeforeAllowTraffic\",\"error\":\"Success\","
        "\"reason\":\"none\",\"start_ms\":null,\"end_ms\":null},"
        "{\"status\":\"Pending\",\"name\":\"AllowTraffic\",\"error\":\"Success\","
        "\"reason\":\"none\",\"start_ms\":null,\"end_ms\":null},"
        "{\"status\":\"Pending\",\"name\":\"AfterAllow\\u0054raffic\",\"error\":\"Success\","
        "\"reason\":\"none\",\"start_ms\":null,\"end_ms\":null}]}\n";
    cdp_lifecycle *restored = NULL;

    (void)state;
    assert_int_equal(cdp_lifecycle_restore(cdp_string_of(snapshot), NULL, NULL, NULL, &restored),
                     CDP_OK);
    assert_string_equal(script_state(restored), "Pending ppp");
    cdp_lifecycle_free(restored);
}

/* ---------------------------------------------------------------------------------------------- */
/* Damage                                                                                         */
/* ---------------------------------------------------------------------------------------------- */

/* In a snapshot of a golden state one text is put in place of another. */
typedef struct damage {
    size_t golden;
    const char *from;
    const char *to;
    const char *code;
} damage;

#define DAMAGED "lifecycle-snapshot-damaged"
#define VERSION "lifecycle-snapshot-version"
#define PLAN "lifecycle-snapshot-plan"

static const damage damages[] = {
    {0, "{\"snapshot\"", "\"snapshot\"", DAMAGED},
    {0, "cdp_lifecycle", "cdp_rollout", DAMAGED},
    {0, "\"version\":1", "\"version\":2", VERSION},
    {0, "\"version\":1", "\"version\":\"1\"", VERSION},
    {0, "\"version\":1", "\"version\":1.0", VERSION},
    {0, ",\"message\":null", "", DAMAGED},
    {0, ",\"message\":null", ",\"message\":null,\"more\":1", DAMAGED},
    {0, ",\"message\":null", ",\"wait\":null", DAMAGED},
    {0, "\"Server\"", "\"server\"", DAMAGED},
    {0, "\"Server\"", "\"Lambda\"", PLAN},
    {0, "\"Server\"", "\"auto\"", PLAN},
    {0, "\"Server\"", "true", DAMAGED},
    {0, "\"in-place\"", "\"in-place-load-balancer\"", PLAN},
    {0, "\"in-place\"", "\"custom\"", PLAN},
    {0, "\"in-place\"", "\"in place\"", DAMAGED},
    {0, "\"ApplicationStop\"", "\"ApplicationStart\"", PLAN},
    {0, "\"ApplicationStop\"", "null", DAMAGED},
    {0, "false", "0", DAMAGED},
    {0, "CONTINUE_DEPLOYMENT", "WAIT", DAMAGED},
    {0, "\"ready_wait_ms\":0", "\"ready_wait_ms\":1", DAMAGED},
    {0, "\"ready_wait_ms\":0", "\"ready_wait_ms\":0.5", DAMAGED},
    {0, "\"termination_wait_ms\":0", "\"termination_wait_ms\":4294967296", DAMAGED},
    {0, "\"message_bytes\":0", "\"message_bytes\":4097", DAMAGED},
    {0, "\"message_bytes\":0", "\"message_bytes\":99999999999999999999", DAMAGED},
    {0, "\"status\":\"Pending\",\"reason\":\"none\",\"wait\"",
     "\"status\":\"Waiting\",\"reason\":\"none\",\"wait\"", DAMAGED},
    {0, "\"status\":\"Pending\",\"reason\":\"none\",\"wait\"",
     "\"status\":\"Pending\",\"reason\":\"stopped\",\"wait\"", DAMAGED},
    {0, "\"status\":\"Pending\",\"reason\":\"none\",\"wait\"",
     "\"status\":\"Pending\",\"reason\":\"because\",\"wait\"", DAMAGED},
    {0, "\"status\":\"Pending\",\"reason\":\"none\",\"wait\"",
     "\"status\":\"InProgress\",\"reason\":\"none\",\"wait\"", DAMAGED},
    {0, "\"wait\":null", "\"wait\":\"READY_WAIT\"", DAMAGED},
    {0, "\"wait\":null", "\"wait\":\"A_WAIT\"", DAMAGED},
    {0, "\"first_ms\":null", "\"first_ms\":0", DAMAGED},
    {0, "\"since_ms\":null", "\"since_ms\":0", DAMAGED},
    {0, "\"start_ms\":null", "\"start_ms\":0", DAMAGED},
    {1, "\"first_ms\":7", "\"first_ms\":8", DAMAGED},
    {1, "\"first_ms\":7", "\"first_ms\":-1", DAMAGED},
    {1, "\"now_ms\":7", "\"now_ms\":281474976710663", DAMAGED},
    {1, "\"since_ms\":null", "\"since_ms\":7", DAMAGED},
    {2, "\"error\":\"ScriptMissing\"", "\"error\":\"Success\"", DAMAGED},
    {2, "\"error\":\"ScriptMissing\"", "\"error\":\"Oops\"", DAMAGED},
    {2, "\"reason\":\"event-failed\"", "\"reason\":\"none\"", DAMAGED},
    {2, "\"reason\":\"event-failed\"", "\"reason\":\"run-limit\"", DAMAGED},
    {2, "\"start_ms\":1001", "\"start_ms\":1003", DAMAGED},
    {2, "\"start_ms\":1001", "\"start_ms\":999", DAMAGED},
    {2, "\"end_ms\":1002", "\"end_ms\":9999", DAMAGED},
    {2, "\"end_ms\":1002", "\"end_ms\":null", DAMAGED},
    {2, "\"ignore_application_stop_failures\":true", "\"ignore_application_stop_failures\":false",
     DAMAGED},
    {2, "\"event\":0", "\"event\":1", DAMAGED},
    {2, "\"event\":0", "\"event\":13", DAMAGED},
    {2, "script said no", "script said no and more", DAMAGED},
    {2, "\"text\":\"script said no\"", "\"text\":null", DAMAGED},
    {2, "\"message_bytes\":20", "\"message_bytes\":0", DAMAGED},
    {2, "\"name\":\"BlockTraffic\",\"status\":\"Succeeded\"",
     "\"name\":\"BlockTraffic\",\"status\":\"Failed\"", DAMAGED},
    {3, "\"since_ms\":1002", "\"since_ms\":1001", DAMAGED},
    {3, "\"now_ms\":1002", "\"now_ms\":3601002", DAMAGED},
    {3, "\"name\":\"ApplicationStop\",\"status\":\"Succeeded\"",
     "\"name\":\"ApplicationStop\",\"status\":\"InProgress\"", DAMAGED},
    {3, "\"status\":\"InProgress\",\"reason\":\"none\",\"wait\"",
     "\"status\":\"Succeeded\",\"reason\":\"none\",\"wait\"", DAMAGED},
    {4, "\"wait\":\"READY_WAIT\"", "\"wait\":null", DAMAGED},
    {4, "\"wait\":\"READY_WAIT\"", "\"wait\":\"TERMINATION_WAIT\"", DAMAGED},
    {4, "\"status\":\"Ready\"", "\"status\":\"Succeeded\"", DAMAGED},
    {5, "\"wait\":\"TERMINATION_WAIT\"", "\"wait\":\"READY_WAIT\"", DAMAGED},
    {5, "\"termination_wait_ms\":3600000", "\"termination_wait_ms\":0", DAMAGED},
    {6, "\"reason\":\"start-limit\",\"start_ms\":null", "\"reason\":\"start-limit\",\"start_ms\":0",
     DAMAGED},
    {6, "\"end_ms\":300000", "\"end_ms\":299999", DAMAGED},
    {7, "\"status\":\"Skipped\"", "\"status\":\"Pending\"", DAMAGED},
    {9, "\"reason\":\"skipped\"", "\"reason\":\"contact-lost\"", DAMAGED},
    {9, "\"status\":\"Skipped\",\"reason\":\"skipped\"",
     "\"status\":\"Unknown\",\"reason\":\"skipped\"", DAMAGED},
    {10, "\"status\":\"Unknown\",\"error\"", "\"status\":\"Skipped\",\"error\"", DAMAGED},
    {11, "\"reason\":\"ready-wait-expired\"", "\"reason\":\"event-failed\"", DAMAGED},
    {11, "\"since_ms\":2", "\"since_ms\":1", DAMAGED},
};

static cdp_string replaced(cdp_text *text, const char *in, const char *from, const char *to)
{
    const char *at = strstr(in, from);

    assert_non_null(at);
    cdp_text_clear(text);
    assert_int_equal(cdp_text_append(text, in, (size_t)(at - in)), CDP_OK);
    assert_int_equal(cdp_text_append(text, to, strlen(to)), CDP_OK);
    assert_int_equal(cdp_text_append(text, at + strlen(from), strlen(at + strlen(from))), CDP_OK);
    return cdp_text_string(text);
}

static bool has_finding(const cdp_diagnostics *diagnostics, const char *code)
{
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};

        assert_int_equal(cdp_diagnostics_at(diagnostics, i, &found), CDP_OK);
        if (found.code == cdp_diagnostic_code_from_name(code))
            return true;
    }
    return false;
}

static void damaged_snapshots_are_refused(void **state)
{
    cdp_text *whole;
    cdp_text *broken;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &whole), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &broken), CDP_OK);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        cdp_lifecycle *lifecycle = make(&goldens[damages[i].golden]);
        cdp_lifecycle *restored = NULL;
        cdp_diagnostics *diagnostics;
        cdp_string snapshot;

        cdp_text_clear(whole);
        assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
        assert_int_equal(cdp_lifecycle_snapshot(lifecycle, whole), CDP_OK);
        snapshot = replaced(broken, cdp_text_string(whole).data, damages[i].from, damages[i].to);
        if (cdp_lifecycle_restore(snapshot, NULL, NULL, diagnostics, &restored) != CDP_ERR_CORRUPT)
            fail_msg("%s for %s was read", damages[i].to, damages[i].from);
        assert_null(restored);
        if (!has_finding(diagnostics, damages[i].code))
            fail_msg("%s for %s was not reported as %s", damages[i].to, damages[i].from,
                     damages[i].code);
        cdp_diagnostics_free(diagnostics);
        cdp_lifecycle_free(lifecycle);
    }
    cdp_text_free(whole);
    cdp_text_free(broken);
}

/* Every beginning of a snapshot, and every snapshot with one byte changed: refused, or another
 * state that can be reached and is written as it was read. */
static void no_byte_can_make_nonsense(void **state)
{
    static const char bytes[] = {'0', '9', '"', ',', 'S'};
    cdp_lifecycle *lifecycle = make(&goldens[2]);
    cdp_text *text;
    cdp_text *again;
    char *copy;
    size_t length;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &again), CDP_OK);
    assert_int_equal(cdp_lifecycle_snapshot(lifecycle, text), CDP_OK);
    length = cdp_text_string(text).length;
    copy = malloc(length);
    assert_non_null(copy);
    memcpy(copy, cdp_text_string(text).data, length);
    for (size_t i = 0; i < length; i++) {
        cdp_lifecycle *restored = NULL;

        assert_int_equal(
            cdp_lifecycle_restore(cdp_string_slice(copy, i), NULL, NULL, NULL, &restored),
            CDP_ERR_CORRUPT);
        for (size_t j = 0; j < sizeof bytes; j++) {
            char kept = copy[i];

            copy[i] = bytes[j];
            if (cdp_lifecycle_restore(cdp_string_slice(copy, length), NULL, NULL, NULL,
                                      &restored) == CDP_OK) {
                cdp_text_clear(again);
                assert_int_equal(cdp_lifecycle_snapshot(restored, again), CDP_OK);
                assert_int_equal(cdp_text_string(again).length, length);
                assert_memory_equal(cdp_text_string(again).data, copy, length);
                cdp_lifecycle_free(restored);
            }
            copy[i] = kept;
        }
    }
    free(copy);
    cdp_text_free(text);
    cdp_text_free(again);
    cdp_lifecycle_free(lifecycle);
}

/* ---------------------------------------------------------------------------------------------- */
/* Plans that are no standard ones                                                                */
/* ---------------------------------------------------------------------------------------------- */

static cdp_lifecycle_plan *chosen_plan(const char *last)
{
    cdp_string events[] = {CDP_LITERAL("ApplicationStart"), cdp_string_of(last)};
    cdp_lifecycle_local local = {.size = sizeof local, .events = events, .event_count = 2};
    cdp_lifecycle_plan *plan = NULL;

    assert_int_equal(cdp_lifecycle_plan_new_local(&local, NULL, NULL, &plan), CDP_OK);
    return plan;
}

static void other_plans_are_passed_along(void **state)
{
    cdp_lifecycle_plan *plan = chosen_plan("Smoke");
    cdp_lifecycle_plan *other = chosen_plan("Fire");
    cdp_lifecycle *lifecycle;
    cdp_lifecycle *restored = NULL;
    cdp_text *text;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_lifecycle_new(plan, NULL, NULL, NULL, &lifecycle), CDP_OK);
    assert_null(script_run(lifecycle, "start@0 pass:3@999999999 begin@9999999999"));
    assert_int_equal(cdp_lifecycle_snapshot(lifecycle, text), CDP_OK);
    assert_int_equal(cdp_lifecycle_restore(cdp_text_string(text), NULL, NULL, NULL, &restored),
                     CDP_ERR_CORRUPT);
    assert_int_equal(cdp_lifecycle_restore(cdp_text_string(text), other, NULL, NULL, &restored),
                     CDP_ERR_CORRUPT);
    assert_int_equal(cdp_lifecycle_restore(cdp_text_string(text), script_plan("Server/in-place"),
                                           NULL, NULL, &restored),
                     CDP_ERR_CORRUPT);
    assert_null(restored);
    assert_int_equal(cdp_lifecycle_restore(cdp_text_string(text), plan, NULL, NULL, &restored),
                     CDP_OK);
    assert_string_equal(script_state(restored), "InProgress SSSi");
    cdp_lifecycle_free(restored);
    cdp_lifecycle_free(lifecycle);
    cdp_text_free(text);
    cdp_lifecycle_plan_free(plan);
    cdp_lifecycle_plan_free(other);
}

static cdp_status there_and_back(const cdp_allocator *allocator, void *context)
{
    cdp_lifecycle *restored = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_text *text = NULL;
    cdp_status status = cdp_text_new(allocator, &text);

    if (status == CDP_OK)
        status = cdp_diagnostics_new(allocator, NULL, &diagnostics);
    if (status == CDP_OK)
        status = cdp_text_append(text, "x", 1);
    if (status == CDP_OK) {
        status = cdp_lifecycle_snapshot(context, text);
        if (status != CDP_OK)
            assert_cdp_string(cdp_text_string(text), "x");
    }
    if (status == CDP_OK) {
        cdp_string snapshot = cdp_text_string(text);

        snapshot.data++;
        snapshot.length--;
        status = cdp_lifecycle_restore(snapshot, NULL, allocator, diagnostics, &restored);
    }
    if (status == CDP_OK)
        status = cdp_lifecycle_restore(cdp_text_string(text), NULL, allocator, diagnostics,
                                       &restored) == CDP_ERR_NOMEM
                     ? CDP_ERR_NOMEM
                     : CDP_OK;
    cdp_lifecycle_free(restored);
    cdp_diagnostics_free(diagnostics);
    cdp_text_free(text);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    cdp_lifecycle *lifecycle = make(&goldens[2]);

    (void)state;
    assert_true(test_fail_every_allocation(there_and_back, lifecycle) > 10);
    cdp_lifecycle_free(lifecycle);
}

static void nothing_is_read_from_nothing(void **state)
{
    cdp_lifecycle *restored = NULL;

    (void)state;
    assert_int_equal(cdp_lifecycle_restore((cdp_string){NULL, 0}, NULL, NULL, NULL, &restored),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_restore(CDP_STR("{}"), NULL, NULL, NULL, NULL),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_lifecycle_restore(CDP_STR("{}"), NULL, NULL, NULL, &restored),
                     CDP_ERR_CORRUPT);
    assert_int_equal(cdp_lifecycle_restore(CDP_STR("[1]"), NULL, NULL, NULL, &restored),
                     CDP_ERR_CORRUPT);
    assert_int_equal(cdp_lifecycle_restore(CDP_STR(""), NULL, NULL, NULL, &restored),
                     CDP_ERR_CORRUPT);
    assert_null(restored);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_as_ever_and_read_back),
        cmocka_unit_test(any_notation_is_read),
        cmocka_unit_test(damaged_snapshots_are_refused),
        cmocka_unit_test(no_byte_can_make_nonsense),
        cmocka_unit_test(other_plans_are_passed_along),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(nothing_is_read_from_nothing),
    };

    /* For new states at the end: what the file should hold. */
    if (argc > 1 && strcmp(argv[1], "--print") == 0) {
        for (size_t i = 0; i < GOLDEN_COUNT; i++) {
            cdp_lifecycle *lifecycle = make(&goldens[i]);
            cdp_text *text;

            if (cdp_text_new(NULL, &text) == CDP_OK &&
                cdp_lifecycle_snapshot(lifecycle, text) == CDP_OK)
                puts(cdp_text_string(text).data);
            cdp_text_free(text);
            cdp_lifecycle_free(lifecycle);
        }
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
