/* SPDX-License-Identifier: MIT */
/* Which instances belong to a group, and why: data/matching.json. */
#include "json_cases.h"

#include <stdlib.h>

#include "base/strings.h"
#include "test_allocator.h"

static cdp_inventory *inventory_of(const case_file *file, cdp_node node)
{
    cdp_string json = case_json(file, node, "instances");
    cdp_inventory *inventory;

    assert_int_equal(cdp_inventory_new(NULL, NULL, &inventory), CDP_OK);
    assert_int_equal(cdp_inventory_feed(inventory, json.data, json.length), CDP_OK);
    assert_int_equal(cdp_inventory_finish(inventory), CDP_OK);
    return inventory;
}

static void check_sentence(const cdp_group *group, const cdp_instance *instance,
                           const cdp_match *match, const char *expected)
{
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_match_render(group, instance, match, text), CDP_OK);
    if (*expected)
        assert_string_equal(cdp_text_string(text).data, expected);
    cdp_text_free(text);
}

static void check_members(const case_file *file, cdp_node node, const cdp_members *members)
{
    cdp_node item = cdp_node_first_child(file->document, case_member(file, node, "selected"));
    size_t index = 0;

    for (; item; item = cdp_node_next_sibling(file->document, item), index++) {
        cdp_instance member = {.size = sizeof member};
        size_t found;

        assert_int_equal(cdp_members_at(members, index, &member), CDP_OK);
        assert_cdp_string(member.id, cdp_node_text(file->document, item).data);
        assert_int_equal(cdp_members_find(members, member.id, &found), CDP_OK);
        assert_int_equal(found, index);
    }
    assert_int_equal(cdp_members_count(members), index);
}

static cdp_status next_of(cdp_instance *instance, void *user)
{
    return cdp_inventory_next(user, NULL, instance);
}

/* What the members are made from, and with. */
typedef struct member_case {
    const case_file *file;
    cdp_node node;
    const cdp_group *group;
} member_case;

/* All at once, with memory that may end. */
static cdp_status collect_with(const cdp_allocator *allocator, void *context)
{
    const member_case *c = context;
    cdp_inventory *inventory = inventory_of(c->file, c->node);
    cdp_members *members = NULL;
    cdp_status status = cdp_members_new(c->group, allocator, &members);

    if (status == CDP_OK)
        status = cdp_members_add_all(members, next_of, inventory);
    if (status == CDP_OK)
        status = cdp_members_finish(members);
    if (status == CDP_OK)
        check_members(c->file, c->node, members);
    cdp_members_free(members);
    cdp_inventory_free(inventory);
    return status;
}

static void check_case(const case_file *file, cdp_node node)
{
    char *text = case_group(file, node);
    cdp_group *group = parse_group(text, NULL);
    cdp_inventory *inventory = inventory_of(file, node);
    cdp_node why = case_member(file, node, "why");
    member_case again = {file, node, group};
    cdp_members *members;
    size_t seen = 0;
    size_t selected = 0;
    size_t explained = 0;
    cdp_instance instance = {.size = sizeof instance};
    cdp_status status;

    assert_int_equal(cdp_members_new(group, NULL, &members), CDP_OK);
    while ((status = cdp_inventory_next(inventory, NULL, &instance)) == CDP_OK) {
        cdp_match fast = {.size = sizeof fast};
        cdp_match full = {.size = sizeof full};
        cdp_match plain = {.size = sizeof plain};
        const char *expected = case_text(file, why, instance.id.data);

        assert_int_equal(cdp_members_add(members, &instance, &fast), CDP_OK);
        assert_int_equal(cdp_group_match(group, &instance, &plain), CDP_OK);
        assert_memory_equal(&plain, &fast, sizeof plain);
        assert_string_not_equal(cdp_match_reason_name(fast.reason), "unknown");
        assert_int_equal(cdp_group_explain(group, &instance, &full), CDP_OK);
        seen++;
        selected += fast.selected != 0;
        assert_int_equal(fast.selected, full.selected);
        assert_int_equal(fast.reason, full.reason);
        assert_memory_equal(fast.filters, full.filters, sizeof fast.filters);
        check_sentence(group, &instance, &full, expected);
        explained += *expected != '\0';
    }
    assert_int_equal(status, CDP_ERR_NOT_FOUND);
    assert_true(explained >= cdp_node_child_count(file->document, why));
    assert_int_equal(cdp_members_count(members), 0);
    assert_int_equal(cdp_members_finish(members), CDP_OK);
    assert_int_equal(cdp_members_add(members, &instance, NULL), CDP_ERR_STATE);
    test_fail_every_allocation(collect_with, &again);
    cdp_inventory_free(inventory);
    cdp_group_free(group);
    check_members(file, node, members);
    assert_int_equal(cdp_members_seen(members), seen);
    assert_int_equal(cdp_members_duplicates(members), selected - cdp_members_count(members));
    cdp_members_free(members);
    free(text);
}

static void calls_take_anything(void **state)
{
    cdp_group *group = parse_group("{\"applicationName\":\"a\",\"deploymentGroupName\":\"g\","
                                   "\"serviceRoleArn\":\"arn:aws:iam::123456789012:role/r\"}",
                                   NULL);
    cdp_members *members = NULL;
    cdp_instance instance = {.size = sizeof instance};
    cdp_match match = {.size = sizeof match};
    size_t index;

    (void)state;
    assert_int_equal(cdp_members_new(NULL, NULL, &members), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_members_new(group, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_members_new(group, NULL, &members), CDP_OK);
    assert_int_equal(cdp_members_add(NULL, &instance, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_members_add(members, NULL, NULL), CDP_ERR_ARGUMENT);
    /* Without an id. */
    assert_int_equal(cdp_members_add(members, &instance, NULL), CDP_ERR_ARGUMENT);
    instance.id = CDP_STR("i-1");
    assert_int_equal(cdp_members_add(members, &(cdp_instance){.size = 4}, NULL), CDP_ERR_STRUCT);
    assert_int_equal(cdp_members_add(members, &instance, &(cdp_match){.size = 4}), CDP_ERR_STRUCT);
    assert_int_equal(cdp_members_seen(members), 0);
    /* Tags that are said to be there and are not. */
    instance.tag_count = 1;
    assert_int_equal(cdp_members_add(members, &instance, NULL), CDP_ERR_ARGUMENT);
    instance.tag_count = 0;
    assert_int_equal(cdp_group_match(NULL, &instance, &match), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_match(group, &instance, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_explain(group, NULL, &match), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_members_add_all(members, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_members_finish(NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_members_at(members, 0, &instance), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_members_at(members, SIZE_MAX, &instance), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_members_find(members, CDP_STR("i-1"), &index), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_members_find(members, CDP_STR("i-1"), NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_members_count(NULL), 0);
    assert_string_equal(cdp_match_reason_name((cdp_match_reason)99), "unknown");
    cdp_members_free(NULL);
    cdp_members_free(members);
    cdp_group_free(group);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_take_anything),
    };
    int failed = run_json_cases(DATA "/matching.json", check_case);

    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
