/* SPDX-License-Identifier: MIT */
/* Instance health and revision health; the tables stand in data/health.txt. */
#include "cases.h"

#include <codedeploy/health.h>

#include <stdio.h>

#include "base/strings.h"

/* How many combinations the rows have shown. */
static int checked;

static cdp_instance_outcome outcome_of(const char *word)
{
    static const char *const words[] = {"not-attempted", "succeeded", "failed", "installed"};

    for (int i = 0; i < 4; i++) {
        if (strcmp(word, words[i]) == 0)
            return (cdp_instance_outcome)i;
    }
    fail_msg("what is '%s'?", word);
    return CDP_OUTCOME_NOT_ATTEMPTED;
}

/* True when `word` is the name, or stands for any. */
static bool matches(const char *word, const char *name)
{
    return strcmp(word, "-") == 0 || strcmp(word, name) == 0;
}

static void the_row_holds(void **state)
{
    const line_case *row = *state;
    char deployment[16];
    char outcome[16];
    char before[2][16];
    char after[2][16];
    int here = checked;

    assert_int_equal(sscanf(row->text, "%15s %15s %15s %15s -> %15s %15s", deployment, outcome,
                            before[0], before[1], after[0], after[1]),
                     6);
    for (int i = 0; i < 2; i++) {
        for (int r = 0; r < 3; r++) {
            cdp_instance_health instance = (cdp_instance_health)i;
            cdp_revision_health revision = (cdp_revision_health)r;
            const char *instance_name = cdp_instance_health_name(instance);
            const char *revision_name = cdp_revision_health_name(revision);

            if (!matches(before[0], instance_name) || !matches(before[1], revision_name))
                continue;
            assert_int_equal(cdp_health_after(strcmp(deployment, "succeeded") == 0,
                                              outcome_of(outcome), &instance, &revision),
                             CDP_OK);
            assert_string_equal(cdp_instance_health_name(instance),
                                strcmp(after[0], "-") == 0 ? instance_name : after[0]);
            assert_string_equal(cdp_revision_health_name(revision),
                                strcmp(after[1], "-") == 0 ? revision_name : after[1]);
            checked++;
        }
    }
    assert_true(checked > here);
}

/* Both healths and all outcomes of either deployment, some of them twice. */
static void rows_leave_nothing_out(void **state)
{
    (void)state;
    assert_true(checked >= 40);
}

/* Unhealthy, then Unknown, then Old, then Current. */
static void work_has_its_order(void **state)
{
    int last = -1;

    (void)state;
    for (int i = 0; i < 2; i++) {
        for (int r = 0; r < 3; r++) {
            int order = cdp_health_work_order((cdp_instance_health)i, (cdp_revision_health)r);

            assert_int_equal(order, last + 1);
            last = order;
        }
    }
    assert_int_equal(cdp_health_work_order((cdp_instance_health)2, CDP_REVISION_HEALTH_OLD), 6);
    assert_int_equal(cdp_health_work_order(CDP_INSTANCE_HEALTHY, (cdp_revision_health)-1), 6);
}

static void names_go_both_ways(void **state)
{
    cdp_instance_health instance = CDP_INSTANCE_UNHEALTHY;
    cdp_revision_health revision = CDP_REVISION_HEALTH_UNKNOWN;

    (void)state;
    assert_int_equal(cdp_instance_health_from_name(CDP_STR("Healthy"), &instance), CDP_OK);
    assert_int_equal(instance, CDP_INSTANCE_HEALTHY);
    assert_int_equal(cdp_revision_health_from_name(CDP_STR("Current"), &revision), CDP_OK);
    assert_int_equal(revision, CDP_REVISION_HEALTH_CURRENT);
    assert_int_equal(cdp_instance_health_from_name(CDP_STR("healthy"), &instance),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_revision_health_from_name(CDP_STR(""), &revision), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_instance_health_from_name(CDP_STR("Healthy"), NULL), CDP_ERR_ARGUMENT);
    assert_string_equal(cdp_instance_health_name((cdp_instance_health)7), "unknown");
    assert_string_equal(cdp_revision_health_name((cdp_revision_health)-1), "unknown");
}

static void what_is_none_is_refused(void **state)
{
    cdp_instance_health instance = CDP_INSTANCE_HEALTHY;
    cdp_revision_health revision = (cdp_revision_health)3;

    (void)state;
    assert_int_equal(cdp_health_after(1, CDP_OUTCOME_FAILED, &instance, &revision),
                     CDP_ERR_ARGUMENT);
    revision = CDP_REVISION_HEALTH_OLD;
    assert_int_equal(cdp_health_after(1, (cdp_instance_outcome)4, &instance, &revision),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_health_after(1, CDP_OUTCOME_FAILED, NULL, &revision), CDP_ERR_ARGUMENT);
    assert_int_equal(instance, CDP_INSTANCE_HEALTHY);
    assert_int_equal(revision, CDP_REVISION_HEALTH_OLD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_leave_nothing_out),
        NAMED("1.2 work has its order", work_has_its_order),
        NAMED("1.1 names go both ways", names_go_both_ways),
        cmocka_unit_test(what_is_none_is_refused),
    };
    int failed = run_lines("tables", the_row_holds, DATA "/health.txt");

    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
