/* SPDX-License-Identifier: MIT */
/* Several deployment groups that install into one place. */
#include "fixture.h"

static const cdp_fs_root REV = CDP_FS_REVISION;
static const cdp_fs_root DST = CDP_FS_DESTINATION;
static const cdp_string names[] = {CDP_LITERAL("blog"), CDP_LITERAL("shop")};

typedef struct others {
    cdp_install_record *own[2];
    const cdp_install_record *records[2];
} others;

static void give_others(fixture *f, others *o, const char *blog, const char *shop, size_t newer)
{
    const char *const texts[] = {blog, shop};

    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(
            cdp_install_record_parse(texts[i], strlen(texts[i]), NULL, NULL, &o->own[i]), CDP_OK);
        o->records[i] = o->own[i];
    }
    f->options.other_groups = names;
    f->options.other_records = o->records;
    f->options.other_count = 2;
    f->options.newer_count = newer;
}

static void release(others *o)
{
    cdp_install_record_free(o->own[0]);
    cdp_install_record_free(o->own[1]);
}

static void set_up_shared(fixture *f)
{
    fixture_file(f, DST, "/dst/ours");
    fixture_file(f, DST, "/dst/theirs");
    fixture_previous(f, "/dst\n/dst/ours\n/dst/theirs\n");
    fixture_file(f, REV, "/d/theirs");
}

static void what_another_group_installed_since_is_in_the_way(void **state)
{
    fixture *f = *state;
    others o;

    set_up_shared(f);
    give_others(f, &o, "/dst/theirs\n", "/dst/theirs\n", 1);
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    fixture_plan(f);
    assert_int_equal(cdp_install_plan_conflict_count(f->plan), 1);
    assert_cdp_string(fixture_conflict(f, 0).owner, "blog");
    f->options.file_exists_behavior = CDP_FILE_EXISTS_OVERWRITE;
    fixture_plan(f);
    fixture_assert_findings(f, "install-other-group ");
    assert_int_equal(fixture_totals(f).overwritten, 1);
    assert_int_equal(fixture_totals(f).removed_files, 1);
    f->options.file_exists_behavior = CDP_FILE_EXISTS_RETAIN;
    fixture_plan(f);
    fixture_assert_findings(f, "");
    fixture_assert_record(f, "");
    assert_int_equal(fixture_totals(f).retained, 1);
    release(&o);
}

static void an_older_record_of_another_group_claims_nothing(void **state)
{
    fixture *f = *state;
    others o;

    set_up_shared(f);
    give_others(f, &o, "/dst/theirs\n", "/dst/theirs\n", 0);
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_findings(f, "");
    assert_int_equal(fixture_totals(f).removed_files, 2);
    release(&o);
}

static void the_cleanup_leaves_alone_what_another_group_installed_since(void **state)
{
    fixture *f = *state;
    others o;

    set_up_shared(f);
    fixture_file(f, REV, "/e/new");
    give_others(f, &o, "/else\n", "/dst\n/dst/theirs\n", 2);
    fixture_appspec(f, "files: [{source: e, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-claimed ");
    fixture_assert_record(f, "/dst/new\n");
    assert_int_equal(fixture_totals(f).removed_files, 1);
    assert_int_equal(fixture_totals(f).removed_directories, 0);
    release(&o);
}

static void compatible_mode_removes_it_as_the_agent_does_and_says_so(void **state)
{
    fixture *f = *state;
    others o;

    set_up_shared(f);
    f->options.mode = CDP_INSTALL_COMPATIBLE;
    give_others(f, &o, "/dst/theirs\n", "/else\n", 2);
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-claimed ");
    assert_int_equal(fixture_totals(f).removed_files, 2);
    release(&o);
}

static void more_newer_ones_than_there_are_is_an_error(void **state)
{
    fixture *f = *state;

    fixture_appspec(f, "");
    f->options.newer_count = 1;
    assert_int_equal(fixture_try_plan(f), CDP_ERR_ARGUMENT);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        CASE(what_another_group_installed_since_is_in_the_way),
        CASE(an_older_record_of_another_group_claims_nothing),
        CASE(the_cleanup_leaves_alone_what_another_group_installed_since),
        CASE(compatible_mode_removes_it_as_the_agent_does_and_says_so),
        CASE(more_newer_ones_than_there_are_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
