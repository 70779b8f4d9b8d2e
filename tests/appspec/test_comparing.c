/* SPDX-License-Identifier: MIT */
/* The three readings of one text. */
#include "cases.h"

#include "vectors.h"

#define SERVER "version: 0.0\nos: linux\n"
#define SCRIPT(rest) SERVER "hooks:\n  AfterInstall:\n    - location: a.sh\n      " rest "\n"
#define PERMISSION(rest) SERVER "permissions:\n  - object: /srv\n    " rest "\n"

typedef struct compare_case {
    const char *name;
    const char *text;
    const char *accepted; /* a digit for each reader: "101" */
    const char *pointer;  /* of the only difference; NULL: there is none */
    const char *agent_1;
    const char *agent_2;
    const char *documentation;
} compare_case;

static const compare_case table[] = {
    {"nothing to say", SCRIPT("timeout: 300"), "111", NULL, NULL, NULL, NULL},
    {"octal mode", PERMISSION("mode: 0644"), "111", "/permissions/0/mode", "0420", "0644", "0644"},
    {"octal mode with a 9", PERMISSION("mode: 0755"), "011", "/permissions/0/mode",
     "refused: a character that is no octal digit", "0755", "0755"},
    {"octal mode of five digits", PERMISSION("mode: 02775"), "100", "/permissions/0/mode", "1533",
     "refused: more than four characters", "refused: more than four characters"},
    {"mode in quotes", PERMISSION("mode: '0644'"), "111", NULL, NULL, NULL, NULL},
    {"mode of Python", PERMISSION("mode: 0o644"), "000", NULL, NULL, NULL, NULL},
    {"timeout in quotes", SCRIPT("timeout: '300'"), "101", "/hooks/AfterInstall/0/timeout", "300 s",
     "refused: no plain whole number", "300 s"},
    {"timeout in hours", SCRIPT("timeout: 1h"), "100", "/hooks/AfterInstall/0/timeout", "1 s",
     "refused: no plain whole number", "refused: no plain whole number"},
    {"timeout as a time", SCRIPT("timeout: 1:30"), "100", "/hooks/AfterInstall/0/timeout", "5400 s",
     "refused: no plain whole number", "refused: no plain whole number"},
    {"octal timeout", SCRIPT("timeout: 010"), "100", "/hooks/AfterInstall/0/timeout", "8 s",
     "refused: no plain whole number", "refused: no plain whole number"},
    {"timeout too long", SCRIPT("timeout: 99999"), "110", NULL, NULL, NULL, NULL},
    {"sudo yes", SCRIPT("sudo: yes"), "101", "/hooks/AfterInstall/0/sudo", "true",
     "refused: neither true nor false", "not said"},
    {"blank user", SCRIPT("runas: ' '"), "111", "/hooks/AfterInstall/0/runas",
     "blank: runs `su` without a user, as root", "unset", "not said"},
    {"version in quotes", "version: '0.0'\nos: linux\n", "001", "/version",
     "refused: not the number 0.0", "refused: not the number 0.0", "0.0"},
    {"version in hexadecimal", "version: 0x0\nos: linux\n", "100", "/version", "0.0",
     "refused: not the number 0.0", "refused: not the number 0.0"},
    {"version with an exponent", "version: 0e0\nos: linux\n", "010", "/version",
     "refused: not the number 0.0", "0.0", "refused: not the number 0.0"},
    {"windows", "version: 0.0\nos: windows\n", "111", "/os", "windows (refused on a Linux host)",
     "windows (on any host)", "windows"},
    {"null for a section", SERVER "files: ~\n", "100", "/files", "no files",
     "refused: the wrong shape", "refused: the wrong shape"},
    {"empty section", SERVER "files:\n", "111", NULL, NULL, NULL, NULL},
    {"empty source", SERVER "files: [{source: '', destination: /b}]\n", "100", "/files/0/source",
     "the whole revision", "refused: empty", "refused: empty"},
    {"relative destination", SERVER "files: [{source: a, destination: b}]\n", "110", NULL, NULL,
     NULL, NULL},
    {"source is a number", SERVER "files: [{source: 1, destination: /b}]\n", "111",
     "/files/0/source", "no text: fails when it installs", "1", "1"},
    {"location is yes", SERVER "hooks: {AfterInstall: [{location: yes}]}\n", "111",
     "/hooks/AfterInstall/0/location", "true", "yes", "yes"},
    {"acl in short", PERMISSION("acls: ['mary:rw']"), "101", "/permissions/0/acls/0",
     "user:mary:rw-", "refused: no entry of three parts, or four with default", "user:mary:rw-"},
    {"acl of a user called m", PERMISSION("acls: ['u:m:rw']"), "111", "/permissions/0/acls/0",
     "user:mask:rw-", "user:m:rw-", "user:mask:rw-"},
    {"acl of others", PERMISSION("acls: ['o::r']"), "010", "/permissions/0/acls/0",
     "refused: no entry of an access control list", "o::r",
     "refused: no entry of an access control list"},
    {"context with user", PERMISSION("context: {user: u, type: t, range: s0}"), "111",
     "/permissions/0/context/user", "ignored", "ignored", "the SELinux user"},
    {"range not sorted", PERMISSION("context: {type: t, range: 's0:c2,c0'}"), "111",
     "/permissions/0/context/range", "s0:c0,c2", "s0:c2,c0", "s0:c0,c2"},
    {"range too high", PERMISSION("context: {type: t, range: s256}"), "101",
     "/permissions/0/context/range", "s256", "refused: a sensitivity above 255", "s256"},
    {"pattern with brackets", PERMISSION("pattern: '*.[ch]'"), "111", "/permissions/0/pattern",
     "*.[ch]", "*.[ch] (? [ ] { } and \\ are wildcards too)", "*.[ch]"},
    {"exception with a path", PERMISSION("except: [/srv/x]"), "111", "/permissions/0/except/0",
     "matches nothing", "that path below the object", "that path"},
    {"key given twice", SERVER "os: linux\n", "101", "/os", "the last one counts",
     "refused: a key is given twice", "not said"},
    {"event given twice", SERVER "hooks: {AfterInstall: [], AfterInstall: []}\n", "111",
     "/hooks/AfterInstall", "the last one counts", "the last one counts", "not said"},
    {"alias", SERVER "x: &a 1\nfiles: []\ny: *a\n", "010", NULL, NULL, NULL, NULL},
    {"misspelt event", SERVER "hooks: {AfterInstal: [{location: a}]}\n", "110", NULL, NULL, NULL,
     NULL},
    {"an entry that is none", SERVER "files: [source destination]\n", "100", "/files/0",
     "`source` is copied to `destination`", "refused: no mapping", "refused: no mapping"},
};

static cdp_appspec_comparison *compare(const char *text, size_t length, cdp_status wanted)
{
    cdp_appspec_comparison *comparison = NULL;
    cdp_diagnostics *diagnostics;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_appspec_compare(text, length, NULL, diagnostics, &comparison), wanted);
    assert_int_equal(wanted == CDP_ERR_INVALID, cdp_diagnostics_count(diagnostics) > 0);
    cdp_diagnostics_free(diagnostics);
    return comparison;
}

static bool accepts(const cdp_appspec_comparison *comparison, cdp_appspec_reader reader)
{
    cdp_appspec_reading reading = {.size = sizeof reading};

    assert_int_equal(cdp_appspec_comparison_reading(comparison, reader, &reading), CDP_OK);
    assert_int_equal(reading.accepted, reading.reason.data == NULL);
    return reading.accepted;
}

static void readings(void **state)
{
    const compare_case *item = *state;
    cdp_appspec_comparison *comparison = compare(item->text, strlen(item->text), CDP_OK);
    cdp_appspec_difference difference = {.size = sizeof difference};
    char accepted[4] = "";

    for (int i = 0; i < 3; i++)
        accepted[i] = accepts(comparison, (cdp_appspec_reader)i) ? '1' : '0';
    assert_string_equal(accepted, item->accepted);
    if (item->pointer) {
        assert_int_equal(cdp_appspec_comparison_count(comparison), 1);
        assert_int_equal(cdp_appspec_comparison_at(comparison, 0, &difference), CDP_OK);
        assert_cdp_string(difference.pointer, item->pointer);
        assert_cdp_string(difference.agent_1, item->agent_1);
        assert_cdp_string(difference.agent_2, item->agent_2);
        assert_cdp_string(difference.documentation, item->documentation);
        assert_true(difference.place.line > 0);
        assert_true(difference.what.length > 0);
    } else if (strcmp(item->name, "alias") != 0) {
        assert_int_equal(cdp_appspec_comparison_count(comparison), 0);
    }
    assert_int_equal(cdp_appspec_comparison_at(comparison, cdp_appspec_comparison_count(comparison),
                                               &difference),
                     CDP_ERR_NOT_FOUND);
    cdp_appspec_comparison_free(comparison);
}

/* What is told of the agent 1.x agrees with what was measured on it. */
static void check_vector(const quirk *vector, void *context)
{
    cdp_appspec_comparison *comparison = NULL;
    cdp_status status = cdp_appspec_compare(vector->text, vector->length, NULL, NULL, &comparison);
    size_t *count = context;

    /* An AppSpec for Windows is no mistake, whatever host it was measured on. */
    if (status == CDP_OK && strcmp(vector->name, "os_windows.yml") != 0 &&
        strcmp(vector->name, "dup_top_os.yml") != 0) {
        if (accepts(comparison, CDP_APPSPEC_READER_AGENT_1) != vector->accepted)
            fail_msg("%s", vector->name);
        ++*count;
    } else if (status != CDP_OK) {
        assert_false(vector->accepted);
    }
    cdp_appspec_comparison_free(comparison);
}

static void vectors_agree(void **state)
{
    size_t count = 0;

    (void)state;
    for_each_vector(check_vector, &count);
    assert_true(count > 400);
}

static void what_is_no_document(void **state)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_ECS, CDP_APPSPEC_PROFILE_AGENT);
    cdp_appspec_comparison *comparison = NULL;
    cdp_appspec_reading reading = {.size = sizeof reading};

    (void)state;
    assert_null(compare("a: [", 4, CDP_ERR_INVALID));
    assert_int_equal(cdp_appspec_compare("a", 1, &options, NULL, &comparison), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_compare(NULL, 1, NULL, NULL, &comparison), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_compare("", 0, NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    comparison = compare("[]", 2, CDP_OK);
    for (int i = 0; i < 3; i++)
        assert_false(accepts(comparison, (cdp_appspec_reader)i));
    assert_int_equal(cdp_appspec_comparison_reading(comparison, (cdp_appspec_reader)3, &reading),
                     CDP_ERR_ARGUMENT);
    cdp_appspec_comparison_free(comparison);
    cdp_appspec_comparison_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_agree),
        cmocka_unit_test(what_is_no_document),
    };

    return CASES("readings", readings, table) + cmocka_run_group_tests(tests, NULL, NULL);
}
