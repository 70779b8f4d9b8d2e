/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

void fixture_begin(fixture *f)
{
    *f = (fixture){.fs = {.size = sizeof f->fs}, .options = {.size = sizeof f->options}};
    assert_int_equal(cdp_sim_fs_new(NULL, &f->sim), CDP_OK);
    assert_int_equal(cdp_sim_fs_callbacks(f->sim, &f->fs), CDP_OK);
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &f->diagnostics), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &f->text), CDP_OK);
    f->options.fs = &f->fs;
    f->options.revision_directory = CDP_STR("/rev");
}

void fixture_end(fixture *f)
{
    cdp_install_plan_free(f->plan);
    cdp_install_record_free(f->previous);
    cdp_appspec_free(f->appspec);
    cdp_diagnostics_free(f->diagnostics);
    cdp_text_free(f->text);
    cdp_sim_fs_free(f->sim);
}

int fixture_set_up(void **state)
{
    fixture *f = malloc(sizeof *f);

    assert_non_null(f);
    fixture_begin(f);
    *state = f;
    return 0;
}

int fixture_tear_down(void **state)
{
    fixture_end(*state);
    free(*state);
    return 0;
}

void fixture_file(fixture *f, cdp_fs_root root, const char *path)
{
    assert_int_equal(cdp_sim_fs_put_file(f->sim, root, cdp_string_of(path), 0644, CDP_STR("four")),
                     CDP_OK);
}

void fixture_directory(fixture *f, cdp_fs_root root, const char *path)
{
    assert_int_equal(cdp_sim_fs_put_directory(f->sim, root, cdp_string_of(path), 0755), CDP_OK);
}

void fixture_link(fixture *f, cdp_fs_root root, const char *path, const char *target)
{
    assert_int_equal(
        cdp_sim_fs_put_symlink(f->sim, root, cdp_string_of(path), cdp_string_of(target)), CDP_OK);
}

void fixture_special(fixture *f, cdp_fs_root root, const char *path)
{
    assert_int_equal(cdp_sim_fs_put_other(f->sim, root, cdp_string_of(path), 0644), CDP_OK);
}

void fixture_appspec(fixture *f, const char *yaml)
{
    cdp_text_clear(f->text);
    assert_int_equal(cdp_text_append(f->text, "version: 0.0\nos: linux\n", 23), CDP_OK);
    assert_int_equal(cdp_text_append(f->text, yaml, strlen(yaml)), CDP_OK);
    cdp_appspec_free(f->appspec);
    f->appspec = NULL;
    assert_int_equal(cdp_appspec_parse(cdp_text_string(f->text).data,
                                       cdp_text_string(f->text).length, NULL, NULL, &f->appspec),
                     CDP_OK);
    f->options.appspec = f->appspec;
}

void fixture_previous(fixture *f, const char *record)
{
    cdp_install_record_free(f->previous);
    f->previous = NULL;
    assert_int_equal(cdp_install_record_parse(record, strlen(record), NULL, NULL, &f->previous),
                     CDP_OK);
    f->options.previous = f->previous;
}

cdp_status fixture_try_plan(fixture *f)
{
    cdp_install_plan_free(f->plan);
    f->plan = NULL;
    cdp_diagnostics_clear(f->diagnostics);
    return cdp_install_plan_new(&f->options, f->diagnostics, &f->plan);
}

void fixture_plan(fixture *f)
{
    assert_int_equal(fixture_try_plan(f), CDP_OK);
}

void fixture_assert_text(fixture *f, const char *expected)
{
    cdp_text_clear(f->text);
    assert_int_equal(cdp_install_plan_write_text(f->plan, f->text), CDP_OK);
    assert_cdp_string(cdp_text_string(f->text), expected);
}

void fixture_assert_record(fixture *f, const char *expected)
{
    cdp_text_clear(f->text);
    assert_int_equal(cdp_install_plan_write_record(f->plan, f->text), CDP_OK);
    assert_cdp_string(cdp_text_string(f->text), expected);
}

void fixture_assert_findings(fixture *f, const char *expected)
{
    size_t errors = cdp_diagnostics_count_at_least(f->diagnostics, CDP_SEVERITY_ERROR);

    cdp_text_clear(f->text);
    for (size_t i = 0; i < cdp_diagnostics_count(f->diagnostics); i++) {
        cdp_diagnostic diagnostic = {.size = sizeof diagnostic};
        cdp_diagnostic_info info = {.size = sizeof info};

        assert_int_equal(cdp_diagnostics_at(f->diagnostics, i, &diagnostic), CDP_OK);
        assert_int_equal(cdp_diagnostic_info_get(diagnostic.code, &info), CDP_OK);
        assert_int_equal(cdp_text_append(f->text, info.name, strlen(info.name)), CDP_OK);
        assert_int_equal(cdp_text_append(f->text, " ", 1), CDP_OK);
    }
    assert_cdp_string(cdp_text_string(f->text), expected);
    if (f->plan)
        assert_int_equal(cdp_install_plan_conflict_count(f->plan), errors);
}

cdp_install_totals fixture_totals(const fixture *f)
{
    cdp_install_totals totals = {.size = sizeof totals};

    assert_int_equal(cdp_install_plan_totals(f->plan, &totals), CDP_OK);
    return totals;
}

cdp_install_conflict fixture_conflict(const fixture *f, size_t index)
{
    cdp_install_conflict conflict = {.size = sizeof conflict};

    assert_int_equal(cdp_install_plan_conflict_at(f->plan, index, &conflict), CDP_OK);
    return conflict;
}
