/* SPDX-License-Identifier: MIT */
#include "testing.h"

#include <stdio.h>

#include <codedeploy/install.h>

#include "base/strings.h"

/* Reads a record and shows its entries, one a line, line feeds in paths as `|`. */
static void assert_reads(cdp_string bytes, const char *expected, size_t warnings)
{
    cdp_diagnostics *diagnostics;
    cdp_install_record *record;
    char shown[512];
    size_t length = 0;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_install_record_parse(bytes.data, bytes.length, NULL, diagnostics, &record),
                     CDP_OK);
    for (size_t i = 0; i < cdp_install_record_count(record); i++) {
        cdp_install_record_kind kind;
        cdp_string path;

        assert_int_equal(cdp_install_record_at(record, i, &kind, &path), CDP_OK);
        assert_int_equal(path.data[path.length], '\0');
        if (kind == CDP_INSTALL_RECORD_PATH)
            assert_true(cdp_install_record_contains(record, path));
        length += (size_t)snprintf(shown + length, sizeof shown - length, "%s",
                                   kind == CDP_INSTALL_RECORD_CONTEXT ? "semanage " : "");
        for (size_t j = 0; j < path.length; j++)
            shown[length++] = (char)(path.data[j] == '\n' ? '|' : path.data[j]);
        shown[length++] = '\n';
    }
    shown[length] = '\0';
    assert_string_equal(shown, expected);
    assert_int_equal(cdp_diagnostics_count(diagnostics), warnings);
    cdp_install_record_free(record);
    cdp_diagnostics_free(diagnostics);
}

static void the_agents_records_are_read(void **state)
{
    (void)state;
    assert_reads(CDP_STR(""), "", 0);
    assert_reads(CDP_STR("/srv\n/srv/a\nsemanage\0/srv/a\n"), "/srv\n/srv/a\nsemanage /srv/a\n", 0);
    assert_reads(CDP_STR("/srv\n/srv/a\n/srv/to"), "/srv\n/srv/a\n", 1);
    assert_reads(CDP_STR("/srv/blank \n/srv/\xff\n"), "/srv/blank \n/srv/\xff\n", 0);
}

static void lines_that_could_reach_a_wrong_path_are_passed_over(void **state)
{
    (void)state;
    assert_reads(CDP_STR("relative\n"), "", 1);
    assert_reads(CDP_STR("/\n"), "", 1);
    assert_reads(CDP_STR("//srv\n"), "", 1);
    assert_reads(CDP_STR("/srv/../etc/passwd\n"), "", 1);
    assert_reads(CDP_STR("/srv/./a\n/srv/a/\n"), "", 2);
    assert_reads(CDP_STR("/srv/a\0b\n"), "", 1);
    assert_reads(CDP_STR("semanage\0relative\n/ok\n"), "/ok\n", 1);
    assert_reads(CDP_STR("codedeploy-escaped:srv\ncodedeploy-escaped:/%4\n"), "", 2);
    assert_reads(CDP_STR("codedeploy-escaped:/a%00b\ncodedeploy-escaped:/a/%2E%2E/b\n"), "", 2);
    assert_reads(CDP_STR("\n\n/ok\n"), "/ok\n", 0);
}

static void findings_have_their_place(void **state)
{
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostics *diagnostics;
    cdp_install_record *record;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_install_record_parse("/a\n/b/..\n/c", 11, NULL, diagnostics, &record),
                     CDP_OK);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_int_equal(found.code, CDP_DIAGNOSTIC_INSTALL_RECORD_LINE);
    assert_int_equal(found.severity, CDP_SEVERITY_WARNING);
    assert_int_equal(found.line, 2);
    assert_int_equal(found.offset, 3);
    assert_int_equal(found.end_offset, 8);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 1, &found), CDP_OK);
    assert_int_equal(found.code, CDP_DIAGNOSTIC_INSTALL_RECORD_TORN);
    assert_int_equal(found.line, 3);
    cdp_install_record_free(record);
    cdp_diagnostics_free(diagnostics);
}

/* What the official agent writes for names with a line feed. */
static void names_broken_over_lines_are_put_together(void **state)
{
    (void)state;
    assert_reads(CDP_STR("/srv\n/srv/a\nb\n/srv/c\n"), "/srv\n/srv/a|b\n/srv/c\n", 0);
    assert_reads(CDP_STR("/srv/a\n\n/srv/b\n"), "/srv/a|\n/srv/b\n", 0);
    assert_reads(CDP_STR("/srv/a\n\n\nb\n"), "/srv/a|||b\n", 0);
    /* A directory `d\n` with `etc/passwd` in it: `/etc` and `/etc/passwd` are no paths here. */
    assert_reads(CDP_STR("/srv/d\n\n/srv/d\n/etc\n/srv/d\n/etc/passwd\n"),
                 "/srv/d|\n/srv/d|/etc\n/srv/d|/etc/passwd\n", 0);
    /* And one in the other. */
    assert_reads(CDP_STR("/srv/d\n\n/srv/d\n/e\n\n/srv/d\n/e\n/etc\n"),
                 "/srv/d|\n/srv/d|/e|\n/srv/d|/e|/etc\n", 0);
    /* What makes no path of its line makes none of the line before either. */
    assert_reads(CDP_STR("/srv/a\n../../etc/passwd\n/srv/b\n"), "/srv/b\n", 1);
    /* Nothing continues an escaped path, a context or a line that was passed over. */
    assert_reads(CDP_STR("codedeploy-escaped:/srv/%20\nrest\n"), "/srv/ \n", 1);
    assert_reads(CDP_STR("/srv/../x\nrest\n"), "", 2);
}

static void assert_writes(cdp_string path, const char *expected)
{
    cdp_install_record *record;
    cdp_string read;
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_install_record_put(text, CDP_INSTALL_RECORD_PATH, path), CDP_OK);
    assert_cdp_string(cdp_text_string(text), expected);
    assert_int_equal(cdp_install_record_parse(cdp_text_string(text).data,
                                              cdp_text_string(text).length, NULL, NULL, &record),
                     CDP_OK);
    assert_int_equal(cdp_install_record_count(record), 1);
    assert_int_equal(cdp_install_record_at(record, 0, NULL, &read), CDP_OK);
    assert_true(cdp_string_equal(read, path));
    cdp_install_record_free(record);
    cdp_text_free(text);
}

static void paths_are_written_so_that_nobody_reads_another(void **state)
{
    (void)state;
    assert_writes(CDP_STR("/srv/a b/\xc3\xa9"), "/srv/a b/\xc3\xa9\n");
    assert_writes(CDP_STR("/srv/100%"), "/srv/100%\n");
    assert_writes(CDP_STR("/srv/a\nb"), "codedeploy-escaped:/srv/a%0Ab\n");
    assert_writes(CDP_STR("/srv/50% "), "codedeploy-escaped:/srv/50%25%20\n");
    assert_writes(CDP_STR("/srv/a\r"), "codedeploy-escaped:/srv/a%0D\n");
    assert_writes(CDP_STR("/srv/a\xc2\xa0"), "codedeploy-escaped:/srv/a%C2%A0\n");
    assert_writes(CDP_STR("/srv/\xff"), "codedeploy-escaped:/srv/%FF\n");
}

static void only_removable_paths_are_written(void **state)
{
    static const char *const bad[] = {"", "/", "a", "/a/", "//a", "/a//b", "/a/./b", "/a/.."};
    cdp_text *text;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(
            cdp_install_record_put(text, CDP_INSTALL_RECORD_PATH, cdp_string_of(bad[i])),
            CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_install_record_put(text, CDP_INSTALL_RECORD_PATH, CDP_STR("/a\0b")),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_install_record_put(text, (cdp_install_record_kind)3, CDP_STR("/a")),
                     CDP_ERR_ARGUMENT);
    assert_cdp_string(cdp_text_string(text), "");
    assert_int_equal(cdp_install_record_put(text, CDP_INSTALL_RECORD_CONTEXT, CDP_STR("/a")),
                     CDP_OK);
    assert_memory_equal(cdp_text_string(text).data, "semanage\0/a\n", 12);
    cdp_text_free(text);
}

static cdp_status read_much(const cdp_allocator *allocator, void *context)
{
    static const cdp_string bytes =
        CDP_LITERAL("/d\n\n/d\n/etc\n/a\nb\ncodedeploy-escaped:/%20\n/c\n/d/1\n/d/2\n/d/3\n/d/4\n");
    cdp_install_record *record;
    cdp_status status =
        cdp_install_record_parse(bytes.data, bytes.length, allocator, NULL, &record);

    (void)context;
    if (status == CDP_OK)
        cdp_install_record_free(record);
    return status;
}

static void records_survive_failing_allocations(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(read_much, NULL) > 3);
}

static void wrong_arguments_are_refused(void **state)
{
    cdp_install_record *record;

    (void)state;
    assert_int_equal(cdp_install_record_parse(NULL, 1, NULL, NULL, &record), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_install_record_parse("", 0, NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_install_record_parse(NULL, 0, NULL, NULL, &record), CDP_OK);
    assert_int_equal(cdp_install_record_at(record, 0, NULL, NULL), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_install_record_contains(record, CDP_STR("/a")), 0);
    cdp_install_record_free(record);
    cdp_install_record_free(NULL);
    assert_int_equal(cdp_install_record_count(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_agents_records_are_read),
        cmocka_unit_test(lines_that_could_reach_a_wrong_path_are_passed_over),
        cmocka_unit_test(findings_have_their_place),
        cmocka_unit_test(names_broken_over_lines_are_put_together),
        cmocka_unit_test(paths_are_written_so_that_nobody_reads_another),
        cmocka_unit_test(only_removable_paths_are_written),
        cmocka_unit_test(records_survive_failing_allocations),
        cmocka_unit_test(wrong_arguments_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
