/* SPDX-License-Identifier: MIT */
/* The agent's globs and the paths of an AppSpec. */
#include "cases.h"

#include "appspec/globs.h"
#include "appspec/paths.h"
#include "base/allocator.h"

typedef struct glob_case {
    const char *name;
    const char *pattern;
    const char *file;
    bool matches;
} glob_case;

static const glob_case globs[] = {
    {"itself", "a.txt", "a.txt", true},
    {"not another", "a.txt", "b.txt", false},
    {"everything", "*", "anything", true},
    {"an ending", "*.txt", "a.txt", true},
    {"an ending only", "*.txt", "a.txt.bak", false},
    {"a beginning", "a*", "abc", true},
    {"the middle", "a*b*c", "aXbYc", true},
    {"not past the end", "a*b*c", "abcd", false},
    {"stars that stand for nothing", "**a**", "a", true},
    {"going back", "*ab*abc", "abababc", true},
    {"no question mark", "?.txt", "a.txt", false},
    {"no brackets", "[ab]", "a", false},
    {"never with a slash", "*", "a/b", false},
    {"nor a slash in both", "a/b", "a/b", false},
    {"nothing matches nothing", "", "", true},
    {"nothing does not match something", "", "a", false},
};

static void glob_matches(void **state)
{
    const glob_case *item = *state;

    assert_int_equal(
        cdp_appspec_glob_matches(cdp_string_of(item->pattern), cdp_string_of(item->file)),
        item->matches);
}

/* Two patterns that meet do so in some name; a few short names try all of them out. */
static void meeting_agrees_with_matching(void **state)
{
    static const char *const patterns[] = {"*",    "a*", "*a",  "b*",   "*b",   "a",
                                           "b",    "ab", "a*b", "*ab*", "ba*",  "",
                                           "*a*b", "aa", "*aa", "b*b",  "a**b", "bb*"};
    static const char letters[] = "ab";
    const size_t count = sizeof patterns / sizeof *patterns;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            cdp_string a = cdp_string_of(patterns[i]);
            cdp_string b = cdp_string_of(patterns[j]);
            bool found = false;

            for (unsigned length = 0; length <= 5; length++) {
                for (unsigned bits = 0; bits < 1u << length; bits++) {
                    char name[8];

                    for (unsigned k = 0; k < length; k++)
                        name[k] = letters[bits >> k & 1];
                    found = found || (cdp_appspec_glob_matches(a, cdp_string_slice(name, length)) &&
                                      cdp_appspec_glob_matches(b, cdp_string_slice(name, length)));
                }
            }
            assert_int_equal(cdp_appspec_globs_meet(a, b), found);
        }
    }
}

typedef struct path_case {
    const char *name;
    const char *path;
    bool windows;
    const char *normal;
    bool climbs;
} path_case;

static const path_case paths[] = {
    {"plain", "a/b", false, "a/b", false},
    {"separators", "//a///b/", false, "a/b", false},
    {"here", "./a/./b/.", false, "a/b", false},
    {"back", "a/../b", false, "b", false},
    {"back to the root", "a/..", false, "", false},
    {"above", "../a", false, "a", true},
    {"above in the middle", "a/../../b", false, "b", true},
    {"backslashes are letters", "a\\..\\b", false, "a\\..\\b", false},
    {"backslashes of Windows", "a\\..\\b", true, "b", false},
    {"above on Windows", "..\\b", true, "b", true},
    {"dots in names", "a..b/...", false, "a..b/...", false},
};

static void path_is_normal(void **state)
{
    const path_case *item = *state;
    cdp_string path = cdp_string_of(item->path);
    cdp_allocator allocator;
    cdp_text text;

    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    cdp_text_init(&text, &allocator);
    cdp_appspec_put_normal_path(path, false, item->windows, &text);
    assert_cdp_string(cdp_text_string(&text), item->normal);
    assert_int_equal(cdp_appspec_path_climbs(path, item->windows), item->climbs);
    cdp_text_release(&text);
}

static void roots_and_folders(void **state)
{
    (void)state;
    assert_true(cdp_appspec_path_is_root(CDP_STR("/"), false));
    assert_true(cdp_appspec_path_is_root(CDP_STR("/a/.."), false));
    assert_true(cdp_appspec_path_is_root(CDP_STR("C:\\"), true));
    assert_false(cdp_appspec_path_is_root(CDP_STR("/a"), false));
    assert_true(cdp_appspec_path_is_within(CDP_STR("/opt/x"), CDP_STR("/opt"), false));
    assert_true(cdp_appspec_path_is_within(CDP_STR("/opt"), CDP_STR("/opt/"), false));
    assert_false(cdp_appspec_path_is_within(CDP_STR("/optional"), CDP_STR("/opt"), false));
    assert_false(cdp_appspec_path_is_within(CDP_STR("/"), CDP_STR("/opt"), false));
    assert_true(cdp_appspec_path_is_within(CDP_STR("c:\\A\\b"), CDP_STR("C:\\a"), true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meeting_agrees_with_matching),
        cmocka_unit_test(roots_and_folders),
    };

    return CASES("globs", glob_matches, globs) + CASES("paths", path_is_normal, paths) +
           cmocka_run_group_tests(tests, NULL, NULL);
}
