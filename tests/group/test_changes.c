/* SPDX-License-Identifier: MIT */
/* What is made of groups that are right: changed ones and replacements; see data/changes.json. */
#include "json_cases.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"
#include "test_allocator.h"

typedef cdp_status (*group_change)(const cdp_group *group, const char *bytes, size_t length,
                                   const cdp_group_options *options, cdp_diagnostics *diagnostics,
                                   cdp_group **changed);

typedef struct change_case {
    group_change change;
    const cdp_group *group;
    cdp_string input;
} change_case;

static cdp_status change_with(const cdp_allocator *allocator, void *context)
{
    const change_case *c = context;
    cdp_group_options options = {.size = sizeof options, .allocator = allocator};
    cdp_diagnostics *diagnostics = NULL;
    cdp_group *changed = NULL;
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    if (status == CDP_OK)
        status =
            c->change(c->group, c->input.data, c->input.length, &options, diagnostics, &changed);
    cdp_group_free(changed);
    cdp_diagnostics_free(diagnostics);
    return status == CDP_ERR_INVALID ? CDP_OK : status;
}

/* The changed group is the one that `becomes` describes, on the same preset. */
static void check_becomes(const case_file *file, cdp_node node, const cdp_group *changed)
{
    cdp_group_options options = {.size = sizeof options, .platform = cdp_group_platform(changed)};
    cdp_node becomes = case_member(file, node, "becomes");
    cdp_string json = case_json(file, node, "becomes");
    char *text;
    cdp_group *expected;
    char *one;
    char *other;

    assert_true(becomes);
    text = calloc(1, json.length + 1);
    memcpy(text, json.data, json.length);
    expected = parse_group(text, &options);
    one = written(changed, CDP_GROUP_SHAPE_CREATE);
    other = written(expected, CDP_GROUP_SHAPE_CREATE);
    assert_string_equal(one, other);
    free(one);
    free(other);
    free(text);
    cdp_group_free(expected);
}

static void check_change(const case_file *file, cdp_node node, group_change change,
                         cdp_string input)
{
    char *text = case_group(file, node);
    cdp_group *group = parse_group(text, NULL);
    char *before = written(group, CDP_GROUP_SHAPE_CREATE);
    cdp_diagnostics *diagnostics = new_diagnostics();
    change_case again = {change, group, input};
    cdp_group *changed = NULL;
    cdp_status status = change(group, input.data, input.length, NULL, diagnostics, &changed);
    char *lines = listed(diagnostics);
    bool refused = cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0;
    char *after = written(group, CDP_GROUP_SHAPE_CREATE);

    assert_lines(file, case_member(file, node, "findings"), lines);
    assert_int_equal(status, refused ? CDP_ERR_INVALID : CDP_OK);
    assert_string_equal(before, after);
    if (!refused)
        check_becomes(file, node, changed);
    test_fail_every_allocation(change_with, &again);
    cdp_group_free(group);
    /* What came of it needs the old one no more. */
    if (changed)
        free(written(changed, CDP_GROUP_SHAPE_INFO));
    cdp_group_free(changed);
    cdp_diagnostics_free(diagnostics);
    free(before);
    free(after);
    free(lines);
    free(text);
}

static void check_case(const case_file *file, cdp_node node)
{
    if (case_member(file, node, "replacement"))
        check_change(file, node, cdp_group_replacement, case_json(file, node, "replacement"));
    else
        check_change(file, node, cdp_group_update, case_json(file, node, "update"));
}

/* ---- what no file can tell ------------------------------------------------------------------- */

#define GROUP(name)                                                                                \
    "{\"applicationName\":\"a\",\"deploymentGroupName\":\"" name                                   \
    "\",\"serviceRoleArn\":\"arn:aws:iam::123456789012:role/r\"}"

static void calls_take_anything(void **state)
{
    cdp_group *group = parse_group(GROUP("g"), NULL);
    cdp_group *changed = NULL;

    (void)state;
    assert_int_equal(cdp_group_update(NULL, "{}", 2, NULL, NULL, &changed), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_update(group, NULL, 2, NULL, NULL, &changed), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_update(group, "{}", 2, NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(
        cdp_group_update(group, "{}", 2, &(cdp_group_options){.size = 1}, NULL, &changed),
        CDP_ERR_STRUCT);
    assert_int_equal(cdp_group_replacement(NULL, "{}", 2, NULL, NULL, &changed), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_replacement(group, "{}", 2, NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_null(changed);
    cdp_group_free(group);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_take_anything),
    };
    int failed = run_json_cases(DATA "/changes.json", check_case);

    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
