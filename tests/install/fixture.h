/* SPDX-License-Identifier: MIT */
#ifndef INSTALL_FIXTURE_H
#define INSTALL_FIXTURE_H

#include "testing.h"

#include <codedeploy-sim/filesystem.h>
#include <codedeploy/install.h>

#include "base/strings.h"

/*
 * A revision, a machine and what is to be planned with them. Every function asserts that it works.
 */
typedef struct fixture {
    cdp_sim_fs *sim;
    cdp_fs fs;
    cdp_appspec *appspec;
    cdp_install_record *previous;
    cdp_diagnostics *diagnostics;
    cdp_install_options options;
    cdp_install_plan *plan;
    cdp_text *text;
} fixture;

/* For cmocka_unit_test_setup_teardown(): `*state` is a fixture. The revision is at /rev. */
int fixture_set_up(void **state);
int fixture_tear_down(void **state);

void fixture_begin(fixture *f);
void fixture_end(fixture *f);

void fixture_file(fixture *f, cdp_fs_root root, const char *path);
void fixture_directory(fixture *f, cdp_fs_root root, const char *path);
void fixture_link(fixture *f, cdp_fs_root root, const char *path, const char *target);
void fixture_special(fixture *f, cdp_fs_root root, const char *path);

/* `files: …` and the like; version and os are put before it. */
void fixture_appspec(fixture *f, const char *yaml);
void fixture_previous(fixture *f, const char *record);

/* Makes the plan anew; the diagnostics are those of this plan. */
void fixture_plan(fixture *f);
cdp_status fixture_try_plan(fixture *f);

/* The plan as cdp_install_plan_write_text() shows it. */
void fixture_assert_text(fixture *f, const char *expected);
void fixture_assert_record(fixture *f, const char *expected);
/* The names of all findings, each with a space behind, in order. */
void fixture_assert_findings(fixture *f, const char *expected);
cdp_install_totals fixture_totals(const fixture *f);
cdp_install_conflict fixture_conflict(const fixture *f, size_t index);

#endif
