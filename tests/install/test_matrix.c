/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * Every kind of source meets every kind of thing that may stand at its destination, under each
 * file-exists behaviour, in both modes: the tables of docs/install.md, cell by cell.
 */

enum { SOURCES = 8, FOUNDS = 8, BEHAVIORS = 3 };

static const char *const sources[SOURCES] = {
    "file",          "link to file",     "link to directory",
    "dangling link", "link in a circle", "directory",
    "special",       "absent",
};

static const char *const founds[FOUNDS] = {
    "nothing",           "file",          "directory",        "link to file",
    "link to directory", "dangling link", "link in a circle", "special",
};

/*
 * c copied, r replaces what is there, k what is there is kept, m made, p poured into what is there.
 * With a warning, because it fails or goes wrong as with the agent: C copied, M made.
 * Refused: X exists already, D directory in the way, S special file in the way, N not a directory,
 * Q the source is special, 0 there is no source.
 * Three letters for each thing found: DISALLOW, OVERWRITE, RETAIN.
 */
static const char *const transactional[SOURCES] = {
    /*                    nothing file dir link>f link>d dangling circle special */
    /* file */ "ccc Xrk XDk Xrk Xrk Xrk Xrk XSk",
    /* link to file */ "ccc Xrk XDk Xrk Xrk Xrk Xrk XSk",
    /* link to directory */ "ccc Xrk XDk Xrk Xrk Xrk Xrk XSk",
    /* dangling link */ "ccc Xrk XDk Xrk Xrk Xrk Xrk XSk",
    /* link in a circle */ "ccc Xrk XDk Xrk Xrk Xrk Xrk XSk",
    /* directory */ "mmm NNN ppp NNN ppp NNN NNN NNN",
    /* special */ "QQQ QQQ QQQ QQQ QQQ QQQ QQQ QQQ",
    /* absent */ "000 000 000 000 000 000 000 000",
};

static const char *const compatible[SOURCES] = {
    /* file */ "ccc Xrk XCk Xrk XCk CCC CCC XCk",
    /* link to file */ "ccc Xrk XCk Xrk XCk CCC CCC XCk",
    /* link to directory */ "mmm MMM ppp MMM ppp MMM MMM MMM",
    /* dangling link */ "ccc Xrk XCk Xrk XCk CCC CCC XCk",
    /* link in a circle */ "ccc Xrk XCk Xrk XCk CCC CCC XCk",
    /* directory */ "mmm MMM ppp MMM ppp MMM MMM MMM",
    /* special */ "QQQ QQQ QQQ QQQ QQQ QQQ QQQ QQQ",
    /* absent */ "ccc Xrk XCk Xrk XCk CCC CCC XCk",
};

/* Lays a thing of the kind at a path whose directory also holds the targets of links. */
static void lay(fixture *f, cdp_fs_root root, const char *directory, const char *kind)
{
    char x[64], inside[64], target[64];

    snprintf(x, sizeof x, "%s/x", directory);
    snprintf(inside, sizeof inside, "%s/x/y", directory);
    snprintf(target, sizeof target, "%s-targets/file", directory);
    fixture_file(f, root, target);
    snprintf(target, sizeof target, "%s-targets/dir/y", directory);
    if (root == CDP_FS_REVISION)
        fixture_file(f, root, target);
    else
        fixture_directory(f, root, "/dst-targets/dir");
    if (strcmp(kind, "file") == 0)
        fixture_file(f, root, x);
    else if (strcmp(kind, "directory") == 0 && root == CDP_FS_REVISION)
        fixture_file(f, root, inside);
    else if (strcmp(kind, "directory") == 0)
        fixture_directory(f, root, x);
    else if (strcmp(kind, "link to file") == 0)
        fixture_link(f, root, x,
                     root == CDP_FS_REVISION ? "../src-targets/file" : "../dst-targets/file");
    else if (strcmp(kind, "link to directory") == 0)
        fixture_link(f, root, x,
                     root == CDP_FS_REVISION ? "../src-targets/dir" : "../dst-targets/dir");
    else if (strcmp(kind, "dangling link") == 0)
        fixture_link(f, root, x, "nowhere");
    else if (strcmp(kind, "link in a circle") == 0)
        fixture_link(f, root, x, "x");
    else if (strcmp(kind, "special") == 0)
        fixture_special(f, root, x);
}

static bool warned(const fixture *f, cdp_diagnostic_code code)
{
    for (size_t i = 0; i < cdp_diagnostics_count(f->diagnostics); i++) {
        cdp_diagnostic diagnostic = {.size = sizeof diagnostic};

        cdp_diagnostics_at(f->diagnostics, i, &diagnostic);
        if (diagnostic.code == code && diagnostic.severity == CDP_SEVERITY_WARNING)
            return true;
    }
    return false;
}

static char refusal(cdp_diagnostic_code code)
{
    static const struct {
        cdp_diagnostic_code code;
        char letter;
    } letters[] = {
        {CDP_DIAGNOSTIC_INSTALL_FILE_EXISTS, 'X'},
        {CDP_DIAGNOSTIC_INSTALL_DIRECTORY_IN_WAY, 'D'},
        {CDP_DIAGNOSTIC_INSTALL_SPECIAL_IN_WAY, 'S'},
        {CDP_DIAGNOSTIC_INSTALL_NOT_A_DIRECTORY, 'N'},
        {CDP_DIAGNOSTIC_INSTALL_SOURCE_SPECIAL, 'Q'},
        {CDP_DIAGNOSTIC_INSTALL_SOURCE_MISSING, '0'},
    };

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (letters[i].code == code)
            return letters[i].letter;
    }
    return '?';
}

/* What became of /dst/x, as a letter. */
static char outcome(fixture *f)
{
    cdp_install_totals totals = fixture_totals(f);
    const char *text;

    if (cdp_install_plan_conflict_count(f->plan) > 0)
        return refusal(fixture_conflict(f, 0).code);
    cdp_text_clear(f->text);
    assert_int_equal(cdp_install_plan_write_text(f->plan, f->text), CDP_OK);
    text = cdp_text_string(f->text).data;
    if (strstr(text, "mkdir /dst/x\n"))
        return warned(f, CDP_DIAGNOSTIC_INSTALL_NOT_A_DIRECTORY) ? 'M' : 'm';
    if (strstr(text, " /dst/x/y\n"))
        return 'p';
    if (strstr(text, " /dst/x\n") && warned(f, CDP_DIAGNOSTIC_INSTALL_FILE_EXISTS))
        return 'C';
    if (strstr(text, " /dst/x\n"))
        return totals.overwritten ? 'r' : 'c';
    return totals.retained ? 'k' : '?';
}

static char run_cell(cdp_install_mode mode, const char *source, const char *found,
                     cdp_file_exists_behavior behavior)
{
    fixture f;
    char letter;

    fixture_begin(&f);
    lay(&f, CDP_FS_REVISION, "/src", source);
    lay(&f, CDP_FS_DESTINATION, "/dst", found);
    fixture_appspec(&f, strcmp(source, "absent") == 0
                            ? "files:\n  - {source: src/x, destination: /dst}\n"
                            : "files:\n  - {source: src, destination: /dst}\n");
    fixture_directory(&f, CDP_FS_REVISION, "/src");
    f.options.mode = mode;
    f.options.file_exists_behavior = behavior;
    fixture_plan(&f);
    letter = outcome(&f);
    fixture_end(&f);
    return letter;
}

static int run_table(cdp_install_mode mode, const char *const *table)
{
    int cells = 0;

    for (size_t source = 0; source < SOURCES; source++) {
        for (size_t found = 0; found < FOUNDS; found++) {
            for (size_t behavior = 0; behavior < BEHAVIORS; behavior++) {
                char expected = table[source][found * 4 + behavior];
                char letter = run_cell(mode, sources[source], founds[found],
                                       (cdp_file_exists_behavior)(behavior + 1));

                if (letter != expected)
                    fail_msg(
                        "%s over %s, %s, %s: %c instead of %c", sources[source], founds[found],
                        cdp_install_mode_name(mode),
                        cdp_file_exists_behavior_name((cdp_file_exists_behavior)(behavior + 1)),
                        letter, expected);
                cells++;
            }
        }
    }
    return cells;
}

static void every_cell_of_the_default(void **state)
{
    (void)state;
    assert_int_equal(run_table(CDP_INSTALL_TRANSACTIONAL, transactional), 192);
}

static void every_cell_of_compatible_mode(void **state)
{
    (void)state;
    assert_int_equal(run_table(CDP_INSTALL_COMPATIBLE, compatible), 192);
}

/* What the group's own last install put there never counts, whatever it is. */
static void what_the_previous_install_made_is_never_in_the_way(void **state)
{
    (void)state;
    for (size_t source = 0; source < 6; source++) {
        for (size_t found = 1; found < FOUNDS; found++) {
            for (int mode = CDP_INSTALL_TRANSACTIONAL; mode <= CDP_INSTALL_COMPATIBLE; mode++) {
                bool is_directory = source == 5 || (source == 2 && mode == CDP_INSTALL_COMPATIBLE);
                fixture f;

                fixture_begin(&f);
                lay(&f, CDP_FS_REVISION, "/src", sources[source]);
                lay(&f, CDP_FS_DESTINATION, "/dst", founds[found]);
                fixture_previous(&f, "/dst\n/dst/x\n");
                fixture_appspec(&f, "files:\n  - {source: src, destination: /dst}\n");
                f.options.mode = (cdp_install_mode)mode;
                fixture_plan(&f);
                assert_int_equal(outcome(&f), is_directory ? 'm' : 'c');
                assert_int_equal(
                    fixture_totals(&f).removed_files + fixture_totals(&f).removed_directories, 2);
                fixture_end(&f);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_of_the_default),
        cmocka_unit_test(every_cell_of_compatible_mode),
        cmocka_unit_test(what_the_previous_install_made_is_never_in_the_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
