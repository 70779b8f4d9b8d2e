/* SPDX-License-Identifier: MIT */
/* Snapshots: the format, and every kind of damage. test_snapshot GOLDEN_FILE */
#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"
#include "rollout/fields.h"

static const char *golden_file;

/* A roll-out with a bit of everything: zones, a wait to come, failures, one that joined. */
static cdp_rollout *varied(void)
{
    const fleet f = {.instances = 7, .unhealthy = 0x12, .zoned = true, .second_zone = 0x70};
    const cdp_rollout_options options = {.size = sizeof options,
                                         .minimum_type = CDP_MINIMUM_FLEET_PERCENT,
                                         .minimum_value = 30,
                                         .zonal = 1,
                                         .zone_minimum_type = CDP_MINIMUM_HOST_COUNT,
                                         .zone_minimum_value = 1,
                                         .zone_wait_ms = 60000,
                                         .first_zone_wait_ms = 90000,
                                         .live_membership = 1,
                                         .failure_budget_type = CDP_ROLLOUT_BUDGET_COUNT,
                                         .failure_budget = 3};
    const cdp_rollout_instance late = {
        .size = sizeof late, .id = CDP_STR("late \"one\"\\"), .zone = CDP_STR("c\xc3\xa9")};
    cdp_rollout *rollout = fleet_start(&f, &options);
    uint32_t started[8];

    assert_int_equal(take_decisions(rollout, started), 1);
    assert_int_equal(cdp_rollout_result(rollout, started[0], 1, 1, 1000, NULL), CDP_OK);
    assert_int_equal(take_decisions(rollout, started), 3);
    assert_int_equal(cdp_rollout_result(rollout, started[1], 1, 0, 2000, NULL), CDP_OK);
    assert_int_equal(cdp_rollout_join(rollout, &late, 2500, NULL, NULL), CDP_OK);
    assert_int_equal(cdp_rollout_restart(rollout, started[0], 3000, NULL), CDP_OK);
    take_decisions(rollout, NULL);
    return rollout;
}

static cdp_status restore(cdp_string text, cdp_rollout **rollout)
{
    *rollout = NULL;
    return cdp_rollout_restore(text.data, text.length, NULL, NULL, rollout);
}

/* What was written once can be read for ever: the format is this file. */
static void format_is_golden(void **state)
{
    cdp_rollout *rollout = varied();
    cdp_text *text = snapshot_of(rollout);
    cdp_string snapshot = cdp_text_string(text);
    static char golden[8192];
    FILE *stream;
    size_t length;

    (void)state;
    if (getenv("BLESS")) {
        stream = fopen(golden_file, "w");
        assert_non_null(stream);
        fprintf(stream, "%s\n", snapshot.data);
        fclose(stream);
    }
    stream = fopen(golden_file, "r");
    assert_non_null(stream);
    length = fread(golden, 1, sizeof golden - 1, stream);
    fclose(stream);
    assert_int_equal(length, snapshot.length + 1);
    golden[snapshot.length] = '\0';
    assert_string_equal(golden, snapshot.data);
    cdp_text_free(text);
    cdp_rollout_free(rollout);
}

/* Runs both to the end, with the same results, and compares every decision. */
static void behaves_alike(cdp_rollout *a, cdp_rollout *b)
{
    cdp_rollout_decision first;
    cdp_rollout_decision second;
    uint32_t flying[64];
    size_t count = 0;
    int64_t now = 5000;
    int64_t deadline;

    for (uint32_t i = 0; i < cdp_rollout_count(a); i++) {
        if (state_of(a, i) == CDP_ROLLOUT_STATE_IN_FLIGHT)
            flying[count++] = i;
    }
    while (!cdp_rollout_is_settled(a)) {
        while (next_decision(a, &first)) {
            assert_true(next_decision(b, &second));
            assert_int_equal(first.rule, second.rule);
            assert_int_equal(first.instance, second.instance);
            assert_int_equal(first.attempt, second.attempt);
            assert_int_equal(first.healthy, second.healthy);
            if (first.kind == CDP_ROLLOUT_DECISION_START)
                flying[count++] = first.instance;
        }
        assert_false(next_decision(b, &second));
        deadline = cdp_rollout_next_deadline(a);
        if (deadline < INT64_MAX && deadline > now)
            now = deadline;
        assert_int_equal(cdp_rollout_step(a, now, NULL), CDP_OK);
        assert_int_equal(cdp_rollout_step(b, now, NULL), CDP_OK);
        if (count > 0) {
            count--;
            assert_int_equal(cdp_rollout_result(a, flying[count], 0, 1, now, NULL), CDP_OK);
            assert_int_equal(cdp_rollout_result(b, flying[count], 0, 1, now, NULL), CDP_OK);
        }
    }
    assert_true(cdp_rollout_is_settled(b));
}

static void restored_behaves_alike(void **state)
{
    cdp_rollout *a = varied();
    cdp_rollout *b = restored(a);
    uint32_t found;

    (void)state;
    assert_int_equal(cdp_rollout_find(b, CDP_STR("late \"one\"\\"), &found), CDP_OK);
    assert_int_equal(found, 7);
    behaves_alike(a, b);
    assert_int_equal(cdp_rollout_current_verdict(b, NULL), CDP_ROLLOUT_SUCCEEDED);
    cdp_rollout_free(a);
    cdp_rollout_free(b);
}

/* The reason of a verdict outlives a restart of the host. */
static void verdict_is_restored(void **state)
{
    const fleet three = {.instances = 3};
    cdp_rollout *rollout = fleet_start(&three, NULL);
    cdp_rollout *copy;
    cdp_rollout_decision decision = {.size = sizeof decision};

    (void)state;
    take_decisions(rollout, NULL);
    assert_int_equal(cdp_rollout_result(rollout, 0, 0, 0, 17, NULL), CDP_OK);
    copy = restored(rollout);
    cdp_rollout_free(rollout);
    assert_int_equal(cdp_rollout_current_verdict(copy, &decision), CDP_ROLLOUT_FAILED);
    assert_string_equal(decision.error_code, "HEALTH_CONSTRAINTS");
    assert_int_equal(decision.time_ms, 17);
    assert_string_equal(sentence_of(&decision),
                        "Failed: i-000 failed, 1 in all, so at most 2 of 3 instances can be "
                        "healthy; more than 2 are needed with 2 untried");
    assert_true(next_decision(copy, &decision));
    assert_int_equal(decision.kind, CDP_ROLLOUT_DECISION_VERDICT);
    cdp_rollout_free(copy);
}

static void empty_is_restored(void **state)
{
    const fleet none = {.instances = 0};
    cdp_rollout *rollout = fleet_start(&none, NULL);
    cdp_rollout *copy = restored(rollout);

    (void)state;
    assert_int_equal(cdp_rollout_current_verdict(copy, NULL), CDP_ROLLOUT_FAILED);
    cdp_rollout_free(copy);
    cdp_rollout_free(rollout);
}

/* Blanks between values do not matter; everything else does. */
static void damage_is_found(void **state)
{
    static const char replacements[] = "0a\" {[,:}9";
    cdp_rollout *rollout = varied();
    cdp_text *text = snapshot_of(rollout);
    cdp_string snapshot = cdp_text_string(text);
    char *bytes = malloc(snapshot.length + 1);
    cdp_rollout *copy;

    (void)state;
    assert_non_null(bytes);
    for (size_t at = 0; at < snapshot.length; at++) {
        memcpy(bytes, snapshot.data, snapshot.length);
        assert_int_equal(restore((cdp_string){bytes, at}, &copy), CDP_ERR_CORRUPT);
        for (const char *byte = replacements; *byte; byte++) {
            if (bytes[at] == *byte)
                continue;
            bytes[at] = *byte;
            if (restore((cdp_string){bytes, snapshot.length}, &copy) != CDP_ERR_CORRUPT)
                fail_msg("byte %zu changed to '%c' goes unnoticed", at, *byte);
            bytes[at] = snapshot.data[at];
        }
    }
    free(bytes);
    cdp_text_free(text);
    cdp_rollout_free(rollout);
}

/* Puts `to` in place of `from`, and the right check at the end. */
static void restore_altered(const char *snapshot, const char *from, const char *to)
{
    static char altered[8192];
    const char *place = strstr(snapshot, from);
    char check[17];
    cdp_diagnostics *diagnostics = NULL;
    cdp_rollout *copy = NULL;
    size_t body;

    assert_non_null(place);
    snprintf(altered, sizeof altered, "%.*s%s%s", (int)(place - snapshot), snapshot, to,
             place + strlen(from));
    body = (size_t)(strstr(altered, ",\"check\"") - altered);
    cdp_snapshot_check((cdp_string){altered, body}, check);
    memcpy(altered + body + strlen(",\"check\":\""), check, 16);
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    if (cdp_rollout_restore(altered, strlen(altered), NULL, diagnostics, &copy) != CDP_ERR_CORRUPT)
        fail_msg("'%s' for '%s' is taken", to, from);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
    cdp_diagnostics_free(diagnostics);
}

/* Values that cannot be, behind a check that is right. */
static void nonsense_is_found(void **state)
{
    static const char *const alterations[][2] = {
        {"\"version\":1", "\"version\":2"},
        {"codedeploy-rollout", "codedeploy-rolling"},
        {"\"kind\":0", "\"kind\":1"},
        {"\"kind\":0", "\"kind\":4"},
        {"\"minimum_value\":30", "\"minimum_value\":100"},
        {"\"phase\":1", "\"phase\":0"},
        {"\"phase\":1", "\"phase\":2"},
        {"\"phase\":1", "\"phase\":6"},
        {"\"phase\":1", "\"phase\":1.0"},
        {"\"phase\":1", "\"phase\":\"1\""},
        {"\"now\":3000", "\"now\":-1"},
        {"\"current\":0", "\"current\":3"},
        {"\"skip_cursor\":0", "\"skip_cursor\":9"},
        {"\"rule\":0", "\"rule\":64"},
        {"\"base_count\":7", "\"base_count\":9"},
        {"\"base_count\":7", "\"base_count\":-1"},
        {"i-001", "i-000"},
        {"i-001", "i\\u00001"},
        {"late \\\"one\\\"\\\\", "i-003"},
        {"\"zones\":[\"a\"", "\"zones\":[\"b\""},
        {"\"zones\":[\"a\"", "\"zones\":[[]"},
        {"\"zones\":[\"a\"", "\"zones\":[17"},
        {"\"trouble\":[", "\"trouble\":[0,"},
        {"\"trouble\":[", "\"trouble\":[-1,"},
        {"\"state\":\"", "\"state\":\"p"},
        {"\"ids\":\"", "\"ids\":\"x\\n"},
        {"\"zone\":\"0000", "\"zone\":\"0009"},
        {"\"zone\":\"0000", "\"zone\":\"000g"},
        {"\"verdict_zone\":4294967295", "\"verdict_zone\":7"},
    };
    cdp_rollout *rollout = varied();
    cdp_text *text = snapshot_of(rollout);

    (void)state;
    for (size_t i = 0; i < sizeof alterations / sizeof *alterations; i++)
        restore_altered(cdp_text_string(text).data, alterations[i][0], alterations[i][1]);
    cdp_text_free(text);
    cdp_rollout_free(rollout);
}

/* Without zones there is one pool, and it has its turn. */
static void nonsense_is_found_without_zones(void **state)
{
    static const char *const alterations[][2] = {
        {"\"current\":0", "\"current\":4294967295"},
        {"\"current\":0", "\"current\":1"},
        {"\"wait_zone\":4294967295", "\"wait_zone\":2"},
    };
    const fleet four = {.instances = 4, .zoned = true, .second_zone = 0xc};
    cdp_rollout *rollout = fleet_start(&four, NULL);
    cdp_text *text = snapshot_of(rollout);

    (void)state;
    for (size_t i = 0; i < sizeof alterations / sizeof *alterations; i++)
        restore_altered(cdp_text_string(text).data, alterations[i][0], alterations[i][1]);
    cdp_text_free(text);
    cdp_rollout_free(rollout);
}

static void what_is_no_snapshot_is_refused(void **state)
{
    static const char *const texts[] = {"", "{}", "[]", "null", "{\"format\":1}", "{", "x"};
    cdp_rollout *copy = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(restore(cdp_string_of(texts[i]), &copy), CDP_ERR_CORRUPT);
    assert_int_equal(cdp_rollout_restore(NULL, 0, NULL, NULL, &copy), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollout_restore("{}", 2, NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_null(copy);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_is_golden),
        cmocka_unit_test(restored_behaves_alike),
        cmocka_unit_test(verdict_is_restored),
        cmocka_unit_test(empty_is_restored),
        cmocka_unit_test(damage_is_found),
        cmocka_unit_test(nonsense_is_found),
        cmocka_unit_test(nonsense_is_found_without_zones),
        cmocka_unit_test(what_is_no_snapshot_is_refused),
    };

    if (argc != 2)
        return 2;
    golden_file = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
