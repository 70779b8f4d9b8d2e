/* SPDX-License-Identifier: MIT */
/* Which instances belong to a group, and why: data/matching.json. */
#include "cases.h"

#include <stdlib.h>

#include "base/strings.h"

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

static void check_case(const case_file *file, cdp_node node)
{
    char *text = case_group(file, node);
    cdp_group *group = parse_group(text, NULL);
    cdp_inventory *inventory = inventory_of(file, node);
    cdp_node why = case_member(file, node, "why");
    cdp_members *members;
    size_t explained = 0;
    cdp_instance instance = {.size = sizeof instance};
    cdp_status status;

    assert_int_equal(cdp_members_new(group, NULL, &members), CDP_OK);
    while ((status = cdp_inventory_next(inventory, NULL, &instance)) == CDP_OK) {
        cdp_match fast = {.size = sizeof fast};
        cdp_match full = {.size = sizeof full};
        const char *expected = case_text(file, why, instance.id.data);

        assert_int_equal(cdp_members_add(members, &instance, &fast), CDP_OK);
        assert_int_equal(cdp_group_explain(group, &instance, &full), CDP_OK);
        assert_int_equal(fast.selected, full.selected);
        assert_int_equal(fast.reason, full.reason);
        assert_memory_equal(fast.filters, full.filters, sizeof fast.filters);
        check_sentence(group, &instance, &full, expected);
        explained += *expected != '\0';
    }
    assert_int_equal(status, CDP_ERR_NOT_FOUND);
    assert_true(explained >= cdp_node_child_count(file->document, why));
    assert_int_equal(cdp_members_finish(members), CDP_OK);
    cdp_inventory_free(inventory);
    cdp_group_free(group);
    check_members(file, node, members);
    cdp_members_free(members);
    free(text);
}

int main(void)
{
    return run_cases(DATA "/matching.json", check_case);
}
