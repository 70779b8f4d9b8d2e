/* SPDX-License-Identifier: MIT */
/* What a host says cannot be changed: mount points, immutable files, closed directories. */
#include "fixture.h"

static const cdp_fs_root REV = CDP_FS_REVISION;
static const cdp_fs_root DST = CDP_FS_DESTINATION;

/* One path has obstacles. */
static struct {
    cdp_fs under;
    const char *path;
    uint32_t obstacles;
} told;

static cdp_status info(cdp_fs_root root, cdp_string path, int follow, cdp_fs_info *found,
                       void *user)
{
    cdp_status status = told.under.info(root, path, follow, found, user);

    if (status == CDP_OK && root == DST && cdp_string_equal_c(path, told.path))
        found->obstacles = told.obstacles;
    return status;
}

static void tell(fixture *f, const char *path, uint32_t obstacles)
{
    told.under = f->fs;
    told.path = path;
    told.obstacles = obstacles;
    f->fs.info = info;
}

/* A release with a directory in it, and the same again. */
static void set_up_release(fixture *f)
{
    fixture_file(f, DST, "/dst/f");
    fixture_directory(f, DST, "/dst/data");
    fixture_previous(f, "/dst\n/dst/data\n/dst/f\n");
    fixture_file(f, REV, "/d/f");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
}

static void a_directory_that_is_a_mount_point_stays_with_all_above_it(void **state)
{
    fixture *f = *state;

    set_up_release(f);
    fixture_plan(f);
    assert_int_equal(fixture_totals(f).removed_directories, 2);
    tell(f, "/dst/data", CDP_FS_MOUNT_POINT);
    fixture_plan(f);
    fixture_assert_findings(f, "");
    assert_int_equal(fixture_totals(f).removed_directories, 0);
    assert_int_equal(fixture_totals(f).removed_files, 1);
    fixture_assert_text(f, "copy /rev/d/f /dst/f\n");
}

static void what_cannot_be_removed_is_a_conflict(void **state)
{
    static const uint32_t obstacles[] = {CDP_FS_IMMUTABLE, CDP_FS_MOUNT_POINT};
    fixture *f = *state;

    set_up_release(f);
    for (size_t i = 0; i < 2; i++) {
        tell(f, "/dst/f", obstacles[i]);
        fixture_plan(f);
        assert_true(cdp_install_plan_conflict_count(f->plan) > 0);
        assert_int_equal(fixture_conflict(f, 0).code, CDP_DIAGNOSTIC_INSTALL_IMMOVABLE);
        assert_cdp_string(fixture_conflict(f, 0).path, "/dst/f");
        f->fs = told.under;
    }
    tell(f, "/dst/data", CDP_FS_IMMUTABLE);
    fixture_plan(f);
    fixture_assert_findings(f, "install-immovable ");
}

static void what_cannot_be_replaced_is_a_conflict(void **state)
{
    fixture *f = *state;

    fixture_file(f, DST, "/dst/f");
    fixture_file(f, REV, "/d/f");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    f->options.file_exists_behavior = CDP_FILE_EXISTS_OVERWRITE;
    tell(f, "/dst/f", CDP_FS_MOUNT_POINT);
    fixture_plan(f);
    fixture_assert_findings(f, "install-immovable ");
    f->options.mode = CDP_INSTALL_COMPATIBLE;
    fixture_plan(f);
    fixture_assert_findings(f, "");
}

static void a_directory_that_cannot_be_changed_is_told_once(void **state)
{
    fixture *f = *state;

    fixture_directory(f, DST, "/dst");
    fixture_file(f, REV, "/d/f");
    fixture_file(f, REV, "/d/g");
    fixture_file(f, REV, "/d/sub/h");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    tell(f, "/dst", CDP_FS_READ_ONLY);
    fixture_plan(f);
    fixture_assert_findings(f, "install-read-only ");
    assert_int_equal(cdp_install_plan_conflict_count(f->plan), 1);
    f->options.mode = CDP_INSTALL_COMPATIBLE;
    fixture_plan(f);
    fixture_assert_findings(f, "install-read-only ");
    assert_int_equal(cdp_install_plan_conflict_count(f->plan), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        CASE(a_directory_that_is_a_mount_point_stays_with_all_above_it),
        CASE(what_cannot_be_removed_is_a_conflict),
        CASE(what_cannot_be_replaced_is_a_conflict),
        CASE(a_directory_that_cannot_be_changed_is_told_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
