/* SPDX-License-Identifier: MIT */
#include "testing.h"

#include <codedeploy/diagnostics.h>

#include "base/report.h"

static void report_fills_in_and_escapes(void **state)
{
    cdp_diagnostics *diagnostics;
    cdp_diagnostic got = {.size = sizeof got};
    cdp_report report = {
        .code = CDP_DIAGNOSTIC_INPUT_TOO_LARGE,
        .place = {10, 12, 2, 3, 2, 5},
        .arguments = {CDP_LITERAL("7\n\x1b[31m\xff"), CDP_LITERAL("gr\xC3\xBC\xC3\x9F")},
        .pointer = CDP_LITERAL("/files/0"),
        .fix_offset = 10,
        .fix_length = 2,
        .fix_text = CDP_LITERAL("x"),
    };

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_diagnostics_report(diagnostics, &report), CDP_OK);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &got), CDP_OK);
    assert_int_equal(got.severity, CDP_SEVERITY_ERROR);
    assert_cdp_string(got.message, "The input has 7\\n\\x1B[31m\\xFF bytes; at most "
                                   "gr\xC3\xBC\xC3\x9F are read.");
    assert_cdp_string(got.pointer, "/files/0");
    assert_cdp_string(got.fix_text, "x");
    assert_int_equal(got.line, 2);
    assert_int_equal(got.end_column, 5);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 1, &got), CDP_ERR_NOT_FOUND);
    cdp_diagnostics_free(diagnostics);
}

/* A length says nothing of what is not there. */
static void absent_arguments_show_nothing(void **state)
{
    cdp_diagnostics *diagnostics;
    cdp_diagnostic got = {.size = sizeof got};
    cdp_report report = {
        .code = CDP_DIAGNOSTIC_INPUT_TOO_LARGE,
        .arguments = {{NULL, 5}, {NULL, 500}},
        .pointer = {NULL, 5},
        .fix_text = {NULL, 5},
    };

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_diagnostics_report(diagnostics, &report), CDP_OK);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &got), CDP_OK);
    assert_cdp_string(got.message, "The input has  bytes; at most  are read.");
    assert_absent(got.pointer);
    assert_absent(got.fix_text);
    cdp_diagnostics_free(diagnostics);
}

static void limit_counts_what_it_drops(void **state)
{
    const cdp_limits limits = {.size = sizeof limits, .diagnostics = 2};
    cdp_report report = {.code = CDP_DIAGNOSTIC_INPUT_TOO_LARGE};
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, &limits, &diagnostics), CDP_OK);
    for (int i = 0; i < 5; i++)
        assert_int_equal(cdp_diagnostics_report(diagnostics, &report), CDP_OK);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 2);
    assert_int_equal(cdp_diagnostics_dropped(diagnostics), 3);
    assert_int_equal(cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR), 5);
    cdp_diagnostics_clear(diagnostics);
    assert_int_equal(cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_NOTE), 0);
    cdp_diagnostics_free(diagnostics);
}

static void hosts_may_add_findings_of_their_own(void **state)
{
    cdp_diagnostic mine = {.size = sizeof mine, .code = CDP_DIAGNOSTIC_INPUT_TOO_LARGE};
    cdp_diagnostic got = {.size = sizeof got};
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    mine.severity = CDP_SEVERITY_NOTE;
    mine.message = CDP_STR("my own words");
    mine.line = 5;
    mine.offset = 50;
    assert_int_equal(cdp_diagnostics_add(diagnostics, &mine), CDP_OK);
    mine.line = 1;
    mine.offset = 3;
    mine.message = CDP_STR("earlier in the text");
    assert_int_equal(cdp_diagnostics_add(diagnostics, &mine), CDP_OK);
    assert_int_equal(cdp_diagnostics_sort(diagnostics), CDP_OK);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &got), CDP_OK);
    assert_cdp_string(got.message, "earlier in the text");
    assert_int_equal(got.severity, CDP_SEVERITY_NOTE);
    mine.code = (cdp_diagnostic_code)1;
    assert_int_equal(cdp_diagnostics_add(diagnostics, &mine), CDP_ERR_ARGUMENT);
    cdp_diagnostics_free(diagnostics);
}

static void hosts_may_use_the_words_of_the_registry(void **state)
{
    cdp_diagnostics *diagnostics;
    cdp_diagnostic entry = {.size = sizeof entry};
    cdp_string arguments[5] = {{"7\n", 2}, {"5", 1}, {"", 0}, {"", 0}, {"", 0}};

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(
        cdp_diagnostics_add_filled(diagnostics, CDP_DIAGNOSTIC_INPUT_TOO_LARGE, arguments, 2),
        CDP_OK);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &entry), CDP_OK);
    assert_cdp_string(entry.message, "The input has 7\\n bytes; at most 5 are read.");
    assert_int_equal(
        cdp_diagnostics_add_filled(diagnostics, CDP_DIAGNOSTIC_INPUT_TOO_LARGE, arguments, 5),
        CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_diagnostics_add_filled(diagnostics, (cdp_diagnostic_code)1, NULL, 0),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_diagnostics_add_filled(NULL, CDP_DIAGNOSTIC_INPUT_TOO_LARGE, arguments, 2),
                     CDP_OK);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
    cdp_diagnostics_free(diagnostics);
}

static void registry_is_consistent(void **state)
{
    cdp_diagnostic_info info = {.size = sizeof info};

    (void)state;
    assert_true(cdp_diagnostic_code_count() > 0);
    for (size_t i = 0; i < cdp_diagnostic_code_count(); i++) {
        cdp_diagnostic_code code = cdp_diagnostic_code_at(i);

        assert_int_equal(cdp_diagnostic_info_get(code, &info), CDP_OK);
        assert_int_equal(info.code, code);
        assert_int_equal(cdp_diagnostic_code_from_name(info.name), code);
        assert_true(strlen(info.explanation) > 20);
    }
    assert_int_equal(cdp_diagnostic_code_at(cdp_diagnostic_code_count()), 0);
    assert_int_equal(cdp_diagnostic_code_from_name("no-such-thing"), 0);
    assert_int_equal(cdp_diagnostic_info_get((cdp_diagnostic_code)1, &info), CDP_ERR_NOT_FOUND);
}

static cdp_status report_much(const cdp_allocator *allocator, void *context)
{
    cdp_diagnostics *diagnostics;
    cdp_report report = {.code = CDP_DIAGNOSTIC_INPUT_TOO_LARGE,
                         .arguments = {CDP_LITERAL("1"), CDP_LITERAL("2")}};
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    (void)context;
    if (status != CDP_OK)
        return status;
    for (int i = 0; i < 30 && status == CDP_OK; i++)
        status = cdp_diagnostics_report(diagnostics, &report);
    if (status == CDP_OK)
        status = cdp_diagnostics_sort(diagnostics);
    cdp_diagnostics_free(diagnostics);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(report_much, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report_fills_in_and_escapes),
        cmocka_unit_test(absent_arguments_show_nothing),
        cmocka_unit_test(limit_counts_what_it_drops),
        cmocka_unit_test(hosts_may_add_findings_of_their_own),
        cmocka_unit_test(hosts_may_use_the_words_of_the_registry),
        cmocka_unit_test(registry_is_consistent),
        cmocka_unit_test(every_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
