/* SPDX-License-Identifier: MIT */
#include "testing.h"

#include <stdio.h>

#include "base/allocator.h"
#include "base/strings.h"
#include "install/path_tree.h"
#include "install/planner.h"
#include "install/ranges.h"
#include "install/record.h"

static void a_star_is_the_only_metacharacter(void **state)
{
    static const struct {
        const char *pattern, *name;
        bool matches;
    } cases[] = {
        {"*", "", true},        {"*", "anything", true},   {"", "", true},
        {"", "a", false},       {"a", "a", true},          {"a", "ab", false},
        {"*.sh", "x.sh", true}, {"*.sh", ".sh", true},     {"*.sh", "x.sh.bak", false},
        {"a*b*c", "abc", true}, {"a*b*c", "abcc", true},   {"a*b*c", "xabc", false},
        {"a*b*c", "ab", false}, {"a?c", "abc", false},     {"[x]", "x", false},
        {"[x]", "[x]", true},   {"**.txt", "a.txt", true}, {"a**", "a", true},
        {"*aab", "aaab", true}, {"*ab*ab", "abab", true},  {"*ab*ab", "ab", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cdp_glob_matches(cdp_string_of(cases[i].pattern), cdp_string_of(cases[i].name)) !=
            cases[i].matches)
            fail_msg("%s against %s", cases[i].pattern, cases[i].name);
    }
}

/* Fifty stars against a name that never ends right: a matcher that tries every way never returns. */
static void many_stars_cost_little(void **state)
{
    char pattern[128], name[64];

    (void)state;
    for (size_t i = 0; i < 50; i++)
        memcpy(pattern + 2 * i, "*a", 2);
    memcpy(pattern + 100, "!", 2);
    memset(name, 'a', sizeof name);
    assert_false(cdp_glob_matches(cdp_string_of(pattern), cdp_string_slice(name, sizeof name)));
}

static void normal_paths_are_told_from_others(void **state)
{
    static const char *const normal[] = {"/", "/a", "/a/b", "/.a", "/...", "/a b", "/a\n"};
    static const char *const others[] = {"", "a", "//", "/a/", "/a//b", "/.", "/..", "/a/./b"};

    (void)state;
    for (size_t i = 0; i < sizeof normal / sizeof *normal; i++)
        assert_true(cdp_path_is_normal(cdp_string_of(normal[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(cdp_path_is_normal(cdp_string_of(others[i])));
}

static void paths_are_made_normal_by_their_text(void **state)
{
    static const struct {
        const char *literal, *normal;
    } cases[] = {
        {"", "/"},           {"/", "/"},          {"a", "/a"},
        {"//a//b/", "/a/b"}, {"/a/./b", "/a/b"},  {"/a/../b", "/b"},
        {"/../../a", "/a"},  {"/a/b/../..", "/"}, {"/a/b/../c", "/a/c"},
        {"/...", "/..."},
    };
    cdp_text *text;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cdp_text_clear(text);
        assert_int_equal(cdp_put_normal_path(text, cdp_string_of(cases[i].literal)), CDP_OK);
        assert_cdp_string(cdp_text_string(text), cases[i].normal);
    }
    cdp_text_free(text);
}

static void a_tree_finds_what_was_appended(void **state)
{
    cdp_path_tree tree;
    cdp_allocator allocator;
    char name[32];
    uint32_t folder, node, again;

    (void)state;
    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    assert_int_equal(cdp_path_tree_init(&tree, &allocator), CDP_OK);
    assert_int_equal(cdp_path_tree_add(&tree, CDP_PATH_ROOT, CDP_STR("app"), &folder), CDP_OK);
    assert_true(cdp_path_tree_is_last(&tree, folder));
    assert_false(cdp_path_tree_is_last(&tree, CDP_PATH_ROOT));
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "file-%d", i);
        assert_int_equal(cdp_path_tree_append(&tree, folder, cdp_string_of(name), &node), CDP_OK);
        assert_int_equal(node, folder + 1 + (uint32_t)i);
        /* What is looked for in between finds all of them, too. */
        if (i % 300 == 299)
            assert_int_equal(cdp_path_tree_add(&tree, folder, CDP_STR("file-7"), &again), CDP_OK);
    }
    assert_int_equal(again, folder + 8);
    assert_false(cdp_path_tree_is_last(&tree, folder));
    assert_int_equal(cdp_path_tree_index(&tree), CDP_OK);
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "file-%d", i);
        assert_int_equal(cdp_path_tree_find(&tree, folder, cdp_string_of(name)),
                         folder + 1 + (uint32_t)i);
    }
    assert_int_equal(tree.count, 1002);
    cdp_path_tree_release(&tree);
}

static void a_tree_finds_what_was_put_in(void **state)
{
    cdp_path_tree tree;
    cdp_allocator allocator;
    cdp_text *text;
    char path[64];
    uint32_t node, again;

    (void)state;
    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_path_tree_init(&tree, &allocator), CDP_OK);
    for (int i = 0; i < 5000; i++) {
        snprintf(path, sizeof path, "/dir-%d/a-name-of-some-length-%d", i % 50, i);
        assert_int_equal(cdp_path_tree_add_path(&tree, cdp_string_of(path), &node), CDP_OK);
    }
    assert_int_equal(tree.count, 1 + 50 + 5000);
    cdp_path_tree_shrink(&tree);
    for (int i = 0; i < 5000; i++) {
        snprintf(path, sizeof path, "/dir-%d/a-name-of-some-length-%d", i % 50, i);
        node = cdp_path_tree_find_path(&tree, cdp_string_of(path));
        assert_int_not_equal(node, CDP_PATH_NONE);
        assert_true(tree.nodes[node].parent < node);
        cdp_text_clear(text);
        cdp_path_tree_put_path(&tree, node, text);
        assert_cdp_string(cdp_text_string(text), path);
        assert_int_equal(cdp_path_tree_add_path(&tree, cdp_string_of(path), &again), CDP_OK);
        assert_int_equal(again, node);
        assert_true(cdp_path_tree_is_below(&tree, node, tree.nodes[node].parent));
        assert_true(cdp_path_tree_is_below(&tree, node, CDP_PATH_ROOT));
        assert_false(cdp_path_tree_is_below(&tree, tree.nodes[node].parent, node));
    }
    assert_int_equal(cdp_path_tree_find_path(&tree, CDP_STR("/dir-1/nothing")), CDP_PATH_NONE);
    assert_int_equal(cdp_path_tree_find_path(&tree, CDP_STR("/nothing/nothing")), CDP_PATH_NONE);
    assert_int_equal(cdp_path_tree_find_path(&tree, CDP_STR("/")), CDP_PATH_ROOT);
    cdp_text_clear(text);
    cdp_path_tree_put_path(&tree, CDP_PATH_ROOT, text);
    assert_cdp_string(cdp_text_string(text), "/");
    cdp_path_tree_release(&tree);
    cdp_text_free(text);
}

static void a_name_may_be_too_long(void **state)
{
    static char name[70000];
    cdp_path_tree tree;
    cdp_allocator allocator;
    uint32_t node;

    (void)state;
    memset(name, 'x', sizeof name);
    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    assert_int_equal(cdp_path_tree_init(&tree, &allocator), CDP_OK);
    assert_int_equal(
        cdp_path_tree_add(&tree, CDP_PATH_ROOT, cdp_string_slice(name, sizeof name), &node),
        CDP_ERR_LIMIT);
    assert_int_equal(cdp_path_tree_add(&tree, CDP_PATH_ROOT, cdp_string_slice(name, 65535), &node),
                     CDP_OK);
    cdp_path_tree_release(&tree);
}

/* Every range holds exactly what is below its directory, on the first level and in all. */
static void ranges_hold_what_is_below(void **state)
{
    cdp_path_tree tree;
    cdp_allocator allocator;
    cdp_ranges ranges;
    char path[64];
    uint32_t node, first, count;
    unsigned random = 1;

    (void)state;
    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    assert_int_equal(cdp_path_tree_init(&tree, &allocator), CDP_OK);
    for (int i = 0; i < 400; i++) {
        random = random * 1103515245 + 12345;
        snprintf(path, sizeof path, "/%u/%u/%u", random >> 16 & 3, random >> 20 & 7,
                 random >> 24 & 31);
        path[random >> 10 & 1 ? sizeof path - 1 : 4] = '\0';
        assert_int_equal(cdp_path_tree_add_path(&tree, cdp_string_of(path), &node), CDP_OK);
        tree.nodes[node].flags = (uint8_t)(1 + (random >> 8 & 1));
    }
    assert_int_equal(cdp_ranges_init(&ranges, &allocator, &tree, 1), CDP_OK);
    for (uint32_t directory = 0; directory < tree.count; directory++) {
        const cdp_range *range = &ranges.ranges[directory];
        uint32_t direct = 0, all = 0;

        for (node = 1; node < tree.count; node++) {
            if (!(tree.nodes[node].flags & 1) || node == directory)
                continue;
            direct += tree.nodes[node].parent == directory;
            all += cdp_path_tree_is_below(&tree, node, directory);
        }
        assert_int_equal(range->direct, direct);
        assert_int_equal(range->all, all);
        for (uint32_t i = 0; i < all; i++)
            assert_true(cdp_path_tree_is_below(&tree, ranges.nodes[range->start + i], directory));
        for (uint32_t i = 0; i < direct; i++)
            assert_int_equal(tree.nodes[ranges.nodes[range->start + i]].parent, directory);
        assert_int_equal(
            cdp_ranges_find_prefix(&ranges, &tree, directory, CDP_STR("1"), &first, &count),
            CDP_OK);
        for (uint32_t i = 0; i < direct; i++) {
            bool in = range->start + i >= first && range->start + i < first + count;

            assert_int_equal(
                in, cdp_path_tree_name(&tree, ranges.nodes[range->start + i]).data[0] == '1');
        }
    }
    cdp_ranges_release(&ranges);
    cdp_path_tree_release(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_star_is_the_only_metacharacter),
        cmocka_unit_test(many_stars_cost_little),
        cmocka_unit_test(normal_paths_are_told_from_others),
        cmocka_unit_test(paths_are_made_normal_by_their_text),
        cmocka_unit_test(a_tree_finds_what_was_appended),
        cmocka_unit_test(a_tree_finds_what_was_put_in),
        cmocka_unit_test(a_name_may_be_too_long),
        cmocka_unit_test(ranges_hold_what_is_below),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
