/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <stdio.h>

#include "install/plan.h"

static const cdp_fs_root REV = CDP_FS_REVISION;
static const cdp_fs_root DST = CDP_FS_DESTINATION;

static void nothing_to_do(void **state)
{
    fixture *f = *state;

    fixture_appspec(f, "");
    fixture_plan(f);
    fixture_assert_text(f, "");
    fixture_assert_record(f, "");
    fixture_assert_findings(f, "");
    cdp_text_clear(f->text);
    assert_int_equal(cdp_install_plan_write_instructions(f->plan, f->text), CDP_OK);
    assert_cdp_string(cdp_text_string(f->text), "{\"instructions\":[]}");
}

/* ---- links in the revision ------------------------------------------------------------------- */

static void links_to_directories_are_links(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/a/f");
    fixture_link(f, REV, "/a/loop", ".");
    fixture_link(f, REV, "/a/up", "..");
    fixture_link(f, REV, "/other", "a");
    fixture_appspec(f, "files: [{source: /, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\nmkdir /dst/a\ncopy /rev/a/f /dst/a/f\n"
                           "copy /rev/a/loop /dst/a/loop\ncopy /rev/a/up /dst/a/up\n"
                           "copy /rev/other /dst/other\n");
    fixture_assert_findings(f, "");
    assert_int_equal(fixture_totals(f).links, 3);
    assert_int_equal(fixture_totals(f).files, 4);
    assert_int_equal(fixture_totals(f).directories, 2);
}

static void compatible_mode_follows_links_but_never_in_circles(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/a/f");
    fixture_link(f, REV, "/a/loop", ".");
    fixture_link(f, REV, "/out", "/etc");
    fixture_link(f, REV, "/see", "a");
    fixture_appspec(f, "files: [{source: /, destination: /dst}]\n");
    f->options.mode = CDP_INSTALL_COMPATIBLE;
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\nmkdir /dst/a\ncopy /rev/a/f /dst/a/f\n"
                           "copy /rev/a/loop /dst/a/loop\ncopy /rev/out /dst/out\n"
                           "mkdir /dst/see\ncopy /rev/see/f /dst/see/f\n"
                           "copy /rev/see/loop /dst/see/loop\n");
    fixture_assert_findings(f, "install-link-loop install-link-leads-out install-link-loop ");
}

/* n directories, each with two links to the next: 2^n ways, of which the limit takes only so many. */
static void compatible_mode_is_bounded(void **state)
{
    fixture *f = *state;

    for (int i = 0; i < 30; i++) {
        char path[32], target[32];

        snprintf(target, sizeof target, "../%d", i + 1);
        snprintf(path, sizeof path, "/%d/a", i);
        fixture_link(f, REV, path, target);
        snprintf(path, sizeof path, "/%d/b", i);
        fixture_link(f, REV, path, target);
    }
    fixture_directory(f, REV, "/30");
    fixture_appspec(f, "files: [{source: '0', destination: /dst}]\n");
    f->options.mode = CDP_INSTALL_COMPATIBLE;
    f->options.max_objects = 1000;
    assert_int_equal(fixture_try_plan(f), CDP_ERR_LIMIT);
    fixture_assert_findings(f, "install-too-many-objects ");
    f->options.mode = CDP_INSTALL_TRANSACTIONAL;
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\ncopy /rev/0/a /dst/a\ncopy /rev/0/b /dst/b\n");
}

static void a_link_named_as_the_source_is_followed_inside_the_revision(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/releases/2/f");
    fixture_link(f, REV, "/current", "releases/2");
    fixture_link(f, REV, "/outside", "/etc");
    fixture_link(f, REV, "/file", "releases/2/f");
    fixture_appspec(f, "files:\n  - {source: current, destination: /dst}\n"
                       "  - {source: outside, destination: /dst}\n"
                       "  - {source: file, destination: /dst}\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\ncopy /rev/current/f /dst/f\n"
                           "copy /rev/outside /dst/outside\ncopy /rev/file /dst/file\n");
    fixture_assert_findings(f, "");
}

/* ---- sources --------------------------------------------------------------------------------- */

static void sources_outside_are_refused(void **state)
{
    static const char *const outside[] = {"../secret",  "a/../../secret", "a/../..",
                                          "/../secret", "up/secret",      "absolute/secret"};
    fixture *f = *state;

    fixture_file(f, REV, "/a/f");
    fixture_file(f, DST, "/srv/secret");
    fixture_link(f, REV, "/up", "..");
    fixture_link(f, REV, "/absolute", "/srv");
    f->options.revision_directory = CDP_STR("/srv/rev");
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        char yaml[128];

        snprintf(yaml, sizeof yaml, "files: [{source: %s, destination: /dst}]\n", outside[i]);
        fixture_appspec(f, yaml);
        fixture_plan(f);
        fixture_assert_text(f, "");
        fixture_assert_findings(f, "install-source-outside ");
        assert_cdp_string(fixture_conflict(f, 0).pointer, "/files/0/source");
    }
    fixture_appspec(f, "files: [{source: a/.././a//f, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\ncopy /srv/rev/a/f /dst/f\n");
}

static void compatible_mode_copies_from_outside_below_the_destination_root(void **state)
{
    fixture *f = *state;
    cdp_text *path;

    fixture_file(f, DST, "/srv/more/secret");
    fixture_appspec(f, "files:\n  - {source: ../more, destination: /dst}\n"
                       "  - {source: ../../../x/secret, destination: /dst}\n");
    f->options.mode = CDP_INSTALL_COMPATIBLE;
    f->options.destination_prefix = CDP_STR("/trial");
    f->options.revision_directory = CDP_STR("/trial/srv/rev");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /trial/dst\ncopy /trial/srv/more/secret /trial/dst/secret\n");
    fixture_assert_findings(f, "install-source-outside ");
    assert_int_equal(cdp_text_new(NULL, &path), CDP_OK);
    assert_int_equal(cdp_plan_put_source(f->plan, &f->plan->steps[1], path), DST);
    assert_cdp_string(cdp_text_string(path), "/srv/more/secret");
    cdp_text_free(path);
}

static void missing_sources_are_found_before(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/a");
    fixture_appspec(f, "files:\n  - {source: a, destination: /dst}\n"
                       "  - {source: none, destination: /dst}\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\ncopy /rev/a /dst/a\n");
    fixture_assert_findings(f, "install-source-missing ");
    assert_cdp_string(fixture_conflict(f, 0).message,
                      "The revision has no 'none', which the AppSpec wants to install.");
    f->options.mode = CDP_INSTALL_COMPATIBLE;
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\ncopy /rev/a /dst/a\ncopy /rev/none /dst/none\n");
    assert_int_equal(cdp_install_plan_conflict_count(f->plan), 0);
    assert_true(cdp_plan_node(f->plan, f->plan->steps[2].node)->flags & CDP_NODE_MISSING);
}

static void values_that_are_no_text_are_refused(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/1");
    fixture_appspec(f, "files:\n  - {source: 1, destination: /dst}\n"
                       "  - {source: no, destination: /dst}\n"
                       "  - {source: '1', destination: 5}\n"
                       "  - {source: \"a\\0b\", destination: /dst}\n"
                       "  - {source: '1', destination: \"/a\\0b\"}\n");
    fixture_plan(f);
    fixture_assert_text(f, "");
    fixture_assert_findings(f, "install-path-not-text install-path-not-text install-path-not-text "
                               "install-path-not-text install-path-not-text ");
}

/* ---- destinations ---------------------------------------------------------------------------- */

static void destinations_may_be_spelt_in_many_ways(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/f");
    fixture_directory(f, DST, "/home/me");
    fixture_directory(f, DST, "/work");
    f->options.home_directory = CDP_STR("/home/me");
    f->options.working_directory = CDP_STR("/work");
    fixture_appspec(f, "files:\n  - {source: d, destination: //a/./b//}\n"
                       "  - {source: d, destination: /c/x/../y}\n"
                       "  - {source: d, destination: rel/ative}\n"
                       "  - {source: d, destination: ../up}\n"
                       "  - {source: d, destination: ~/app}\n"
                       "  - {source: d/f, destination: ''}\n"
                       "  - {source: d, destination: /../..}\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /a\nmkdir /a/b\ncopy /rev/d/f /a/b/f\n"
                           "mkdir /c\nmkdir /c/x\nmkdir /c/y\ncopy /rev/d/f /c/y/f\n"
                           "mkdir /work/rel\nmkdir /work/rel/ative\n"
                           "copy /rev/d/f /work/rel/ative/f\n"
                           "mkdir /up\ncopy /rev/d/f /up/f\n"
                           "mkdir /home/me/app\ncopy /rev/d/f /home/me/app/f\n"
                           "copy /rev/d/f /f\n");
    fixture_assert_findings(f, "install-duplicate-destination ");
}

static void destinations_that_nobody_can_know_are_refused(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/f");
    fixture_appspec(f, "files:\n  - {source: d, destination: relative}\n"
                       "  - {source: d, destination: ~/app}\n"
                       "  - {source: d, destination: ~other/app}\n"
                       "  - {source: d, destination: ''}\n");
    fixture_plan(f);
    fixture_assert_text(f, "");
    fixture_assert_findings(f, "install-destination-relative install-destination-home "
                               "install-destination-home install-destination-empty ");
}

static void a_trial_below_a_prefix_shows_real_paths(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/a");
    fixture_file(f, DST, "/old/f");
    fixture_previous(f, "/trial/old\n/trial/old/f\n/old\n/trialx/f\n/trial\n");
    f->options.destination_prefix = CDP_STR("/trial");
    fixture_appspec(f, "files: [{source: a, destination: /srv}]\n"
                       "permissions: [{object: /srv, mode: '600'}]\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /trial/srv\ncopy /rev/a /trial/srv/a\nchmod 600 /trial/srv/a\n");
    fixture_assert_record(f, "/trial/srv\n/trial/srv/a\n");
    assert_int_equal(fixture_totals(f).removed_files, 1);
    assert_int_equal(fixture_totals(f).removed_directories, 1);
}

static void names_are_bytes(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/\xff");
    fixture_file(f, REV, "/a\nb ");
    fixture_appspec(f, "files: [{source: /, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\ncopy \"/rev/a\\nb \" \"/dst/a\\nb \"\n"
                           "copy \"/rev/\\udcff\" \"/dst/\\udcff\"\n");
    fixture_assert_record(f, "/dst\ncodedeploy-escaped:/dst/a%0Ab%20\n"
                             "codedeploy-escaped:/dst/%FF\n");
    cdp_text_clear(f->text);
    assert_int_equal(cdp_install_plan_write_instructions(f->plan, f->text), CDP_OK);
    assert_cdp_string(
        cdp_text_string(f->text),
        "{\"instructions\":[{\"type\":\"mkdir\",\"directory\":\"/dst\"},"
        "{\"type\":\"copy\",\"source\":\"/rev/a\\nb \",\"destination\":\"/dst/a\\nb \"},"
        "{\"type\":\"copy\",\"source\":\"/rev/\\udcff\",\"destination\":\"/dst/\\udcff\"}]}");
}

/* Few names are asked for one by one, many by listing: both find the same. */
static void what_is_there_is_found_in_small_and_large_directories(void **state)
{
    fixture *f = *state;

    for (int many = 0; many < 2; many++) {
        fixture_file(f, REV, "/d/b");
        fixture_link(f, DST, "/dst/b", "nowhere");
        fixture_file(f, DST, "/dst/a");
        fixture_file(f, DST, "/dst/z");
        for (int i = 0; i < 20 * many; i++) {
            char path[16];

            snprintf(path, sizeof path, "/d/n%02d", i);
            fixture_file(f, REV, path);
        }
        fixture_file(f, DST, "/dst/n07");
        fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
        fixture_plan(f);
        assert_int_equal(cdp_install_plan_conflict_count(f->plan), 1 + many);
        assert_cdp_string(fixture_conflict(f, 0).path, "/dst/b");
        assert_int_equal(fixture_conflict(f, 0).existing, CDP_FS_SYMLINK);
        assert_cdp_string(fixture_conflict(f, 0).source, "/rev/d/b");
        if (many)
            assert_cdp_string(fixture_conflict(f, 1).path, "/dst/n07");
    }
}

/* ---- the previous install -------------------------------------------------------------------- */

static void the_previous_install_is_reckoned_with(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/same");
    fixture_file(f, REV, "/d/new");
    fixture_file(f, DST, "/dst/same");
    fixture_file(f, DST, "/dst/gone/f");
    fixture_file(f, DST, "/dst/kept/f");
    fixture_file(f, DST, "/dst/kept/foreign");
    fixture_link(f, DST, "/dst/link", "nowhere");
    fixture_previous(f, "/dst\n/dst/same\n/dst/gone\n/dst/gone/f\n/dst/kept\n/dst/kept/f\n"
                        "/dst/link\n/dst/vanished\n/dst/vanished/f\nsemanage\0/x\n");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_text(f, "copy /rev/d/new /dst/new\ncopy /rev/d/same /dst/same\n");
    fixture_assert_findings(f, "");
    assert_int_equal(fixture_totals(f).removed_files, 4);
    assert_int_equal(fixture_totals(f).removed_directories, 1);
}

/* The order in which things go, and the root-relative contexts. */
static void removals_come_in_the_reverse_order_of_the_record(void **state)
{
    static const char record[] = "/p/dst\n/p/dst/a\nsemanage\0/p/dst/a\n/p/dst/b\n/p/dst/b/c\n"
                                 "semanage\0/p/dst/b\n/p/dst/a\n";
    static const char *const order[] = {"/dst/a", "/dst/b/c", "/dst/b", "/dst"};
    fixture *f = *state;

    fixture_file(f, DST, "/dst/a");
    fixture_file(f, DST, "/dst/b/c");
    assert_int_equal(cdp_install_record_parse(record, sizeof record - 1, NULL, NULL, &f->previous),
                     CDP_OK);
    f->options.previous = f->previous;
    f->options.destination_prefix = CDP_STR("/p");
    fixture_appspec(f, "");
    fixture_plan(f);
    assert_int_equal(f->plan->removal_count, 4);
    for (size_t i = 0; i < 4; i++) {
        cdp_text_clear(f->text);
        cdp_plan_put_destination(f->plan, f->plan->removals[i], f->text);
        assert_cdp_string(cdp_text_string(f->text), order[i]);
    }
    assert_int_equal(f->plan->removed_context_count, 2);
    assert_cdp_string(f->plan->removed_contexts[0], "/dst/b");
    assert_cdp_string(f->plan->removed_contexts[1], "/dst/a");
}

static void a_directory_that_goes_is_made_again(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/sub/f");
    fixture_file(f, DST, "/dst/sub/f");
    fixture_previous(f, "/dst\n/dst/sub\n/dst/sub/f\n");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n"
                       "permissions: [{object: /dst, mode: '700', type: [directory]}]\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\nmkdir /dst/sub\ncopy /rev/d/sub/f /dst/sub/f\n"
                           "chmod 700 /dst/sub\n");
    assert_int_equal(fixture_totals(f).removed_directories, 2);
}

/* What stood as a directory may become a file and the other way round, when all of it goes. */
static void kinds_may_change_between_installs(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/was-directory");
    fixture_file(f, REV, "/d/was-file/f");
    fixture_file(f, DST, "/dst/was-directory/f");
    fixture_file(f, DST, "/dst/was-file");
    fixture_file(f, DST, "/dst/other");
    fixture_previous(f, "/dst/was-directory\n/dst/was-directory/f\n/dst/was-file\n");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_text(f, "copy /rev/d/was-directory /dst/was-directory\nmkdir /dst/was-file\n"
                           "copy /rev/d/was-file/f /dst/was-file/f\n");
    fixture_assert_findings(f, "");
    fixture_file(f, DST, "/dst/was-directory/foreign");
    fixture_plan(f);
    fixture_assert_findings(f, "install-file-exists ");
}

/* ---- conflicts ------------------------------------------------------------------------------- */

static void conflicts_name_the_owner(void **state)
{
    static const cdp_string groups[] = {CDP_LITERAL("blog"), CDP_LITERAL("shop")};
    const cdp_install_record *records[2];
    cdp_install_record *blog, *shop;
    fixture *f = *state;

    assert_int_equal(cdp_install_record_parse("/dst/b\n", 7, NULL, NULL, &blog), CDP_OK);
    assert_int_equal(cdp_install_record_parse("/dst/s\n", 7, NULL, NULL, &shop), CDP_OK);
    records[0] = blog;
    records[1] = shop;
    f->options.other_groups = groups;
    f->options.other_records = records;
    f->options.other_count = 2;
    fixture_file(f, REV, "/d/b");
    fixture_file(f, REV, "/d/n");
    fixture_file(f, REV, "/d/s");
    fixture_file(f, DST, "/dst/b");
    fixture_file(f, DST, "/dst/n");
    fixture_file(f, DST, "/dst/s");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-file-exists install-file-exists install-file-exists ");
    assert_cdp_string(fixture_conflict(f, 0).owner, "blog");
    assert_absent(fixture_conflict(f, 1).owner);
    assert_cdp_string(fixture_conflict(f, 2).owner, "shop");
    assert_cdp_string(fixture_conflict(f, 2).pointer, "/files/0");
    assert_cdp_string(fixture_conflict(f, 2).message, "There is already a file at '/dst/s', "
                                                      "installed by the deployment group 'shop'.");
    f->options.file_exists_behavior = CDP_FILE_EXISTS_OVERWRITE;
    fixture_plan(f);
    fixture_assert_findings(f, "install-other-group install-other-group ");
    assert_int_equal(fixture_totals(f).overwritten, 3);
    cdp_install_record_free(blog);
    cdp_install_record_free(shop);
}

static void the_appspec_decides_before_the_deployment(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/a");
    fixture_file(f, DST, "/dst/a");
    f->options.file_exists_behavior = CDP_FILE_EXISTS_OVERWRITE;
    fixture_appspec(f, "files: [{source: a, destination: /dst}]\nfile_exists_behavior: RETAIN\n");
    fixture_plan(f);
    fixture_assert_text(f, "");
    assert_int_equal(fixture_totals(f).retained, 1);
    fixture_assert_record(f, "");
}

static void many_conflicts_are_counted_and_some_kept(void **state)
{
    cdp_install_conflict conflict = {.size = sizeof conflict};
    fixture *f = *state;
    char path[32];

    for (int i = 0; i < 1500; i++) {
        snprintf(path, sizeof path, "/d/%d", i);
        fixture_file(f, REV, path);
        snprintf(path, sizeof path, "/dst/%d", i);
        fixture_file(f, DST, path);
    }
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    fixture_plan(f);
    assert_int_equal(cdp_install_plan_conflict_count(f->plan), 1500);
    assert_int_equal(cdp_install_plan_conflict_at(f->plan, 999, &conflict), CDP_OK);
    assert_int_equal(cdp_install_plan_conflict_at(f->plan, 1000, &conflict), CDP_ERR_NOT_FOUND);
    fixture_appspec(f, "files: [{source: d, destination: /x}, {source: d, destination: /x}]\n");
    fixture_plan(f);
    assert_int_equal(cdp_install_plan_conflict_count(f->plan), 1500);
    assert_cdp_string(fixture_conflict(f, 0).message,
                      "Two files are to be installed as '/x/0': '/rev/d/0' and '/rev/d/0'.");
}

static void links_at_the_destination_are_used_and_told_of(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/uploads/keep");
    fixture_directory(f, DST, "/data/uploads");
    fixture_link(f, DST, "/dst/uploads", "/data/uploads");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    fixture_plan(f);
    fixture_assert_text(f, "copy /rev/d/uploads/keep /dst/uploads/keep\n");
    fixture_assert_findings(f, "install-through-link ");
    assert_int_equal(cdp_install_plan_conflict_count(f->plan), 0);
}

static void two_ways_to_one_place_are_a_conflict(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/f");
    fixture_file(f, REV, "/d/sub/g");
    fixture_file(f, REV, "/e/other");
    fixture_directory(f, DST, "/real");
    fixture_link(f, DST, "/way", "real");
    fixture_appspec(f, "files:\n  - {source: d, destination: /real}\n"
                       "  - {source: d, destination: /way}\n"
                       "  - {source: e, destination: /way}\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-through-link install-same-place install-same-place ");
    assert_cdp_string(fixture_conflict(f, 0).path, "/way/f");
    assert_cdp_string(fixture_conflict(f, 0).message, "'/real/f' and '/way/f' are the same file: a "
                                                      "link leads from one to the other.");
    assert_cdp_string(fixture_conflict(f, 1).path, "/way/sub");
    fixture_appspec(f, "files:\n  - {source: d, destination: /real}\n"
                       "  - {source: e, destination: /way}\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-through-link ");
}

static void files_and_directories_of_one_plan_must_not_meet(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/x/y");
    fixture_file(f, REV, "/x");
    fixture_appspec(f, "files: [{source: x, destination: /t}, {source: d, destination: /t}]\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-mkdir-over-copy ");
    fixture_appspec(f, "files: [{source: d, destination: /t}, {source: x, destination: /t}]\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-copy-over-mkdir ");
    fixture_appspec(f, "files: [{source: x, destination: /t}, {source: x, destination: /t/x/y}]\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-mkdir-over-copy ");
}

/* ---- permissions ----------------------------------------------------------------------------- */

static void permissions_make_their_instructions(void **state)
{
    cdp_install_instruction made = {.size = sizeof made};
    fixture *f = *state;
    cdp_string entry;

    fixture_file(f, REV, "/d/f");
    fixture_file(f, REV, "/d/sub/g");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n"
                       "permissions:\n"
                       "  - object: /dst\n    pattern: f\n    mode: '0640'\n    owner: me\n"
                       "    acls: [u:bob:rw, m::r]\n"
                       "    context: {name: u, type: t, range: s0}\n"
                       "  - object: /dst/sub\n    group: 7\n    context: {type: t}\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\ncopy /rev/d/f /dst/f\nmkdir /dst/sub\n"
                           "copy /rev/d/sub/g /dst/sub/g\nchmod 0640 /dst/f\n"
                           "setfacl user:bob:rw-,mask::r-- /dst/f\nsemanage u:t:s0 /dst/f\n"
                           "chown me: /dst/f\nsemanage :t: /dst/sub/g\nchown :7 /dst/sub/g\n");
    cdp_text_clear(f->text);
    assert_int_equal(cdp_install_plan_write_record(f->plan, f->text), CDP_OK);
    assert_int_equal(cdp_text_string(f->text).length, 68);
    assert_memory_equal(cdp_text_string(f->text).data + 21, "/dst/sub/g\nsemanage\0/dst/f\n", 27);

    assert_int_equal(cdp_install_plan_instruction_count(f->plan), 10);
    assert_int_equal(cdp_install_plan_instruction_at(f->plan, 5, f->text, &made), CDP_OK);
    assert_int_equal(made.type, CDP_INSTALL_SETFACL);
    assert_int_equal(made.acl_count, 2);
    assert_cdp_string(made.path, "/dst/f");
    assert_int_equal(cdp_install_plan_acl_at(f->plan, 5, 1, &entry), CDP_OK);
    assert_cdp_string(entry, "mask::r--");
    assert_int_equal(cdp_install_plan_acl_at(f->plan, 5, 2, &entry), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_install_plan_acl_at(f->plan, 4, 0, &entry), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_install_plan_acl_at(f->plan, 1, 0, &entry), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_install_plan_instruction_at(f->plan, 1, f->text, &made), CDP_OK);
    assert_cdp_string(made.path, "/dst/f");
    assert_cdp_string(made.source, "/rev/d/f");
    assert_int_equal(cdp_install_plan_instruction_at(f->plan, 10, f->text, &made),
                     CDP_ERR_NOT_FOUND);
}

/* Of an object that is a link, mode and ACL are left out, wherever its instructions are counted. */
static void links_have_no_mode(void **state)
{
    cdp_install_instruction made = {.size = sizeof made};
    fixture *f = *state;

    fixture_file(f, REV, "/d/f");
    fixture_link(f, REV, "/d/l", "f");
    fixture_link(f, REV, "/d/m", "nothing");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n"
                       "permissions:\n"
                       "  - object: /dst\n    pattern: 'm'\n    mode: '0600'\n    type: [file]\n"
                       "  - object: /dst\n    pattern: '*'\n    except: [m]\n    mode: '0640'\n"
                       "    owner: me\n    acls: ['m::r']\n    type: [file]\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\ncopy /rev/d/f /dst/f\ncopy /rev/d/l /dst/l\n"
                           "copy /rev/d/m /dst/m\nchmod 0640 /dst/f\nsetfacl mask::r-- /dst/f\n"
                           "chown me: /dst/f\nchown me: /dst/l\n");
    assert_int_equal(cdp_install_plan_instruction_count(f->plan), 8);
    assert_int_equal(cdp_install_plan_instruction_at(f->plan, 7, f->text, &made), CDP_OK);
    assert_int_equal(made.type, CDP_INSTALL_CHOWN);
    assert_cdp_string(made.path, "/dst/l");
    assert_int_equal(cdp_install_plan_instruction_at(f->plan, 4, f->text, &made), CDP_OK);
    assert_int_equal(made.type, CDP_INSTALL_CHMOD);
}

/* More hits than one stride of the index holds, of permissions that give none to four each. */
static void instructions_are_found_by_index(void **state)
{
    cdp_install_instruction made = {.size = sizeof made};
    fixture *f = *state;
    size_t count;

    for (int i = 0; i < 150; i++) {
        char path[16];

        snprintf(path, sizeof path, "/d/%c%03d", 'a' + i % 3, i);
        fixture_file(f, REV, path);
    }
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n"
                       "permissions:\n"
                       "  - {object: /dst, pattern: a*}\n"
                       "  - {object: /dst, pattern: 'b*', mode: '600', owner: me}\n"
                       "  - {object: /dst, pattern: 'c*', mode: '600'}\n");
    fixture_plan(f);
    count = cdp_install_plan_instruction_count(f->plan);
    assert_int_equal(count, 1 + 150 + 100 + 50);
    for (size_t i = 151; i < count; i++) {
        assert_int_equal(cdp_install_plan_instruction_at(f->plan, i, f->text, &made), CDP_OK);
        assert_int_equal(made.type,
                         i < 251 && (i - 151) % 2 ? CDP_INSTALL_CHOWN : CDP_INSTALL_CHMOD);
        assert_int_equal(made.path.data[5], i < 251 ? 'b' : 'c');
    }
}

static void patterns_choose_on_the_first_level(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/ab.sh");
    fixture_file(f, REV, "/d/abc.sh");
    fixture_file(f, REV, "/d/b.sh");
    fixture_file(f, REV, "/d/sub/ab.sh");
    fixture_file(f, REV, "/e/aa.sh");
    fixture_appspec(f, "files: [{source: d, destination: /dst}, {source: e, destination: /dst}]\n"
                       "permissions:\n"
                       "  - {object: /dst, pattern: 'a*.sh', except: ['*c.sh'], mode: '700'}\n"
                       "  - {object: /dst, pattern: 'sub', mode: '711'}\n"
                       "  - {object: /dst/sub/, pattern: '*', mode: '600'}\n"
                       "  - {object: /dst, pattern: 'sub/*', mode: '600'}\n"
                       "  - {object: /dst, pattern: 'none', mode: '600'}\n"
                       "  - {object: /elsewhere, mode: '600'}\n");
    fixture_plan(f);
    fixture_assert_text(f, "mkdir /dst\ncopy /rev/d/ab.sh /dst/ab.sh\n"
                           "copy /rev/d/abc.sh /dst/abc.sh\ncopy /rev/d/b.sh /dst/b.sh\n"
                           "mkdir /dst/sub\ncopy /rev/d/sub/ab.sh /dst/sub/ab.sh\n"
                           "copy /rev/e/aa.sh /dst/aa.sh\n"
                           "chmod 700 /dst/ab.sh\nchmod 700 /dst/aa.sh\nchmod 711 /dst/sub\n"
                           "chmod 600 /dst/sub/ab.sh\n");
    fixture_assert_findings(f, "install-permission-unused install-permission-unused "
                               "install-permission-unused ");
}

static void permissions_that_cannot_be_given_are_conflicts(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/f");
    fixture_file(f, REV, "/d/g");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n"
                       "permissions:\n"
                       "  - {object: /dst/f, pattern: 'f*', mode: '600'}\n"
                       "  - {object: /dst/f, except: [x], mode: '600'}\n"
                       "  - {object: /dst/f, acls: ['d:u:bob:r']}\n"
                       "  - {object: /dst, pattern: 5}\n"
                       "  - {object: /dst, except: [5]}\n"
                       "  - {object: relative, mode: '600'}\n"
                       "  - {object: /dst, pattern: g, mode: '600'}\n"
                       "  - {object: /dst, pattern: '*', mode: '600'}\n");
    fixture_plan(f);
    fixture_assert_findings(
        f, "install-file-permission-pattern install-file-permission-pattern "
           "install-default-acl-on-file install-pattern-not-text install-pattern-not-text "
           "install-destination-relative install-duplicate-permission ");
    assert_cdp_string(fixture_conflict(f, 6).message,
                      "Two permissions meet '/dst/g'; the first is entry 7.");
    assert_cdp_string(fixture_conflict(f, 6).pointer, "/permissions/7");
}

static cdp_status know_only_root(cdp_string owner, cdp_string group, void *user)
{
    (void)user;
    return (owner.data && !cdp_string_equal_c(owner, "root")) ||
                   (group.data && !cdp_string_equal_c(group, "root"))
               ? CDP_ERR_INVALID
               : CDP_OK;
}

static void unknown_owners_are_found_before(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/f");
    f->fs.check_owner = know_only_root;
    fixture_appspec(f, "files: [{source: f, destination: /dst}]\n"
                       "permissions:\n"
                       "  - {object: /dst/f, owner: nobody-x, group: root}\n"
                       "  - {object: /none, owner: unused-x}\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-unknown-owner install-permission-unused ");
    f->options.mode = CDP_INSTALL_COMPATIBLE;
    fixture_plan(f);
    assert_int_equal(cdp_install_plan_conflict_count(f->plan), 0);
    fixture_assert_text(f, "mkdir /dst\ncopy /rev/f /dst/f\nchown nobody-x:root /dst/f\n");
}

/* ---- bounds, errors, arguments --------------------------------------------------------------- */

static void bytes_are_measured_when_asked(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/a");
    fixture_file(f, REV, "/d/b");
    fixture_link(f, REV, "/d/l", "a");
    fixture_file(f, DST, "/dst/b");
    fixture_appspec(f, "files: [{source: d, destination: /dst}, {source: d/a, destination: /e}]\n"
                       "file_exists_behavior: RETAIN\n");
    fixture_plan(f);
    assert_int_equal(fixture_totals(f).bytes, 0);
    f->options.measure = 1;
    fixture_plan(f);
    assert_int_equal(fixture_totals(f).bytes, 8);
    assert_int_equal(fixture_totals(f).files, 3);
    assert_true(fixture_totals(f).memory > sizeof(cdp_install_plan));
}

/* A revision in which every directory holds one more, down to a length of the path. */
static cdp_status list_one_below(cdp_fs_root root, cdp_string path, int want_bytes,
                                 cdp_fs_listing *listing, void *user)
{
    (void)root;
    (void)want_bytes;
    if (path.length > *(const size_t *)user)
        return CDP_OK;
    return cdp_fs_listing_add(listing, CDP_STR("d"), CDP_FS_DIRECTORY, 0);
}

static cdp_status know_directories(cdp_fs_root root, cdp_string path, int follow, cdp_fs_info *info,
                                   void *user)
{
    (void)path;
    (void)follow;
    (void)user;
    info->kind = root == CDP_FS_REVISION ? CDP_FS_DIRECTORY : CDP_FS_ABSENT;
    return CDP_OK;
}

static void depth_is_no_danger_and_has_an_end(void **state)
{
    fixture *f = *state;
    size_t longest = 6000;

    f->fs = (cdp_fs){
        .size = sizeof f->fs, .info = know_directories, .list = list_one_below, .user = &longest};
    fixture_appspec(f, "files: [{source: /, destination: /dst}]\n");
    fixture_plan(f);
    assert_int_equal(fixture_totals(f).directories, 3002);
    longest = 100000;
    assert_int_equal(fixture_try_plan(f), CDP_ERR_LIMIT);
    fixture_assert_findings(f, "install-name-too-long ");
}

/* A scene in which every callback is used. */
static void lay_much(fixture *f)
{
    char path[16];

    for (int i = 0; i < 12; i++) {
        snprintf(path, sizeof path, "/d/%d", i);
        fixture_file(f, REV, path);
        snprintf(path, sizeof path, "/dst/%d", i);
        fixture_file(f, DST, path);
    }
    fixture_link(f, REV, "/d/link", "sub");
    fixture_file(f, REV, "/d/sub/f");
    fixture_link(f, DST, "/dst/sub", "../real");
    fixture_directory(f, DST, "/real");
    fixture_previous(f, "/dst/0\n/dst/1\n/old\n/old/x\n");
    fixture_file(f, DST, "/old/x");
    fixture_appspec(f, "files:\n  - {source: d, destination: /dst}\n"
                       "  - {source: d/sub, destination: /real/deeper}\n"
                       "permissions: [{object: /dst, owner: me, mode: '600'}]\n"
                       "file_exists_behavior: OVERWRITE\n");
}

/* However small or large the pieces are, together they are what is written at once. */
static void pieces_make_the_whole(void **state)
{
    static cdp_status (*const write[])(const cdp_install_plan *, cdp_text *) = {
        cdp_install_plan_write_instructions, cdp_install_plan_write_text,
        cdp_install_plan_write_record};
    fixture *f = *state;
    cdp_text *whole;
    size_t position = 1000;

    lay_much(f);
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n"
                       "permissions:\n  - {object: /dst, owner: 7, mode: '600', type: [file],\n"
                       "     context: {name: u, type: t, range: s0}}\n"
                       "  - {object: /dst, owner: me, acls: ['u:x:rw', 'g:y:r'],\n"
                       "     type: [directory]}\nfile_exists_behavior: OVERWRITE\n");
    fixture_plan(f);
    assert_int_equal(cdp_text_new(NULL, &whole), CDP_OK);
    assert_int_equal(fixture_totals(f).files, 14);
    assert_int_equal(f->plan->hit_count, 14);
    for (cdp_install_form form = CDP_INSTALL_FORM_JSON; form <= CDP_INSTALL_FORM_RECORD; form++) {
        cdp_text_clear(whole);
        assert_int_equal(write[form](f->plan, whole), CDP_OK);
        for (size_t enough = 0; enough < 4000; enough += 1 + enough / 2) {
            cdp_status status = CDP_PENDING;
            size_t pieces = 0;

            position = 0;
            cdp_text_clear(f->text);
            for (; status == CDP_PENDING && pieces < 100; pieces++)
                status = cdp_install_plan_write_piece(f->plan, form, enough, &position, f->text);
            assert_int_equal(status, CDP_OK);
            assert_true(pieces > 10 || enough > 20);
            assert_int_equal(f->text->length, whole->length);
            assert_memory_equal(f->text->data, whole->data, whole->length);
        }
    }
    position++;
    assert_int_equal(
        cdp_install_plan_write_piece(f->plan, CDP_INSTALL_FORM_TEXT, 1, &position, f->text),
        CDP_ERR_ARGUMENT);
    cdp_text_free(whole);
}

static void every_callback_may_fail(void **state)
{
    fixture *f = *state;

    lay_much(f);
    for (int mode = CDP_INSTALL_TRANSACTIONAL; mode <= CDP_INSTALL_COMPATIBLE; mode++) {
        uint64_t calls;

        f->options.mode = (cdp_install_mode)mode;
        assert_int_equal(cdp_sim_fs_set_fault(f->sim, NULL), CDP_OK);
        fixture_plan(f);
        calls = cdp_sim_fs_call_count(f->sim, 0);
        assert_true(calls > 10);
        assert_int_equal(cdp_sim_fs_call_count(f->sim, 1), 0);
        for (uint64_t at = 1; at <= calls; at++) {
            for (int persistent = 0; persistent < 2; persistent++) {
                cdp_sim_fault fault = {sizeof fault, at, CDP_ERR_HOST_FIRST - 5, persistent, 0};

                assert_int_equal(cdp_sim_fs_set_fault(f->sim, &fault), CDP_OK);
                assert_int_equal(fixture_try_plan(f), CDP_ERR_HOST_FIRST - 5);
                assert_null(f->plan);
                assert_true(cdp_diagnostics_count_at_least(f->diagnostics, CDP_SEVERITY_ERROR) ==
                            1);
            }
        }
    }
    cdp_sim_fs_set_fault(f->sim, NULL);
}

static cdp_status plan_much(const cdp_allocator *allocator, void *context)
{
    fixture *f = context;
    cdp_diagnostics *diagnostics;
    cdp_install_plan *plan;
    cdp_text *text;
    cdp_status status;

    f->options.allocator = allocator;
    status = cdp_diagnostics_new(allocator, NULL, &diagnostics);
    if (status != CDP_OK)
        return status;
    status = cdp_text_new(allocator, &text);
    if (status == CDP_OK) {
        status = cdp_install_plan_new(&f->options, diagnostics, &plan);
        if (status == CDP_OK) {
            status = cdp_install_plan_write_instructions(plan, text);
            if (status == CDP_OK)
                status = cdp_install_plan_write_record(plan, text);
            if (status == CDP_OK)
                status = cdp_install_plan_write_text(plan, text);
            cdp_install_plan_free(plan);
        }
        cdp_text_free(text);
    }
    cdp_diagnostics_free(diagnostics);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    fixture *f = *state;

    lay_much(f);
    assert_true(test_fail_every_allocation(plan_much, f) > 50);
    fixture_appspec(f, "files:\n  - {source: d, destination: /dst}\n"
                       "  - {source: d, destination: /dst}\n"
                       "permissions: [{object: /dst, pattern: '*1', mode: '600'},"
                       " {object: /dst, pattern: '1*', mode: '600'}]\n");
    f->options.mode = CDP_INSTALL_COMPATIBLE;
    assert_true(test_fail_every_allocation(plan_much, f) > 50);
    f->options.allocator = NULL;
}

static void options_are_checked(void **state)
{
    cdp_install_plan *plan = NULL;
    cdp_install_options good;
    fixture *f = *state;

    fixture_appspec(f, "");
    good = f->options;
    assert_int_equal(cdp_install_plan_new(NULL, NULL, &plan), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_install_plan_new(&good, NULL, NULL), CDP_ERR_ARGUMENT);
    f->options.appspec = NULL;
    assert_int_equal(fixture_try_plan(f), CDP_ERR_ARGUMENT);
    f->options = good;
    f->options.fs = NULL;
    assert_int_equal(fixture_try_plan(f), CDP_ERR_ARGUMENT);
    f->options = good;
    f->options.size = 3;
    assert_int_equal(fixture_try_plan(f), CDP_ERR_STRUCT);
    f->options = good;
    f->options.mode = (cdp_install_mode)2;
    assert_int_equal(fixture_try_plan(f), CDP_ERR_ARGUMENT);
    f->options = good;
    f->options.file_exists_behavior = (cdp_file_exists_behavior)4;
    assert_int_equal(fixture_try_plan(f), CDP_ERR_ARGUMENT);
    f->options = good;
    f->options.revision_directory = CDP_STR("relative");
    assert_int_equal(fixture_try_plan(f), CDP_ERR_ARGUMENT);
    f->options = good;
    f->options.destination_prefix = CDP_STR("/trial/");
    assert_int_equal(fixture_try_plan(f), CDP_ERR_ARGUMENT);
    f->options = good;
    f->options.other_count = 1;
    assert_int_equal(fixture_try_plan(f), CDP_ERR_ARGUMENT);
    f->options = good;
    f->fs.list = NULL;
    fixture_directory(f, REV, "/d");
    fixture_appspec(f, "files: [{source: d, destination: /dst}]\n");
    assert_int_equal(fixture_try_plan(f), CDP_ERR_UNSUPPORTED);
    fixture_assert_findings(f, "install-host-failed ");
}

static void names_and_null_objects(void **state)
{
    cdp_install_mode mode;

    (void)state;
    assert_string_equal(cdp_install_mode_name(CDP_INSTALL_TRANSACTIONAL), "transactional");
    assert_string_equal(cdp_install_mode_name((cdp_install_mode)2), "unknown");
    assert_int_equal(cdp_install_mode_from_name(CDP_STR("compatible"), &mode), CDP_OK);
    assert_int_equal(mode, CDP_INSTALL_COMPATIBLE);
    assert_int_equal(cdp_install_mode_from_name(CDP_STR("Compatible"), &mode), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_install_plan_conflict_count(NULL), 0);
    assert_int_equal(cdp_install_plan_instruction_count(NULL), 0);
    assert_int_equal(cdp_install_plan_write_text(NULL, NULL), CDP_ERR_ARGUMENT);
    cdp_install_plan_free(NULL);
}

static cdp_status list_twice(cdp_fs_root root, cdp_string path, int want_bytes,
                             cdp_fs_listing *listing, void *sim)
{
    cdp_fs fs = {.size = sizeof fs};
    cdp_status status;

    assert_int_equal(cdp_sim_fs_callbacks(sim, &fs), CDP_OK);
    status = fs.list(root, path, want_bytes, listing, sim);
    return status == CDP_OK ? fs.list(root, path, want_bytes, listing, sim) : status;
}

/* A destination that only this plan makes, and one that is there. */
static void a_name_that_is_listed_twice_is_one(void **state)
{
    fixture *f = *state;

    fixture_file(f, REV, "/d/one");
    fixture_file(f, REV, "/d/two");
    fixture_directory(f, DST, "/old");
    f->fs.list = list_twice;
    fixture_appspec(f, "files:\n  - {source: d, destination: /new}\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-duplicate-destination install-duplicate-destination ");
    fixture_appspec(f, "files:\n  - {source: d, destination: /old}\n");
    fixture_plan(f);
    fixture_assert_findings(f, "install-duplicate-destination install-duplicate-destination ");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_to_do),
        TEST(links_to_directories_are_links),
        TEST(compatible_mode_follows_links_but_never_in_circles),
        TEST(compatible_mode_is_bounded),
        TEST(a_link_named_as_the_source_is_followed_inside_the_revision),
        TEST(sources_outside_are_refused),
        TEST(compatible_mode_copies_from_outside_below_the_destination_root),
        TEST(missing_sources_are_found_before),
        TEST(values_that_are_no_text_are_refused),
        TEST(destinations_may_be_spelt_in_many_ways),
        TEST(destinations_that_nobody_can_know_are_refused),
        TEST(a_trial_below_a_prefix_shows_real_paths),
        TEST(names_are_bytes),
        TEST(pieces_make_the_whole),
        TEST(what_is_there_is_found_in_small_and_large_directories),
        TEST(the_previous_install_is_reckoned_with),
        TEST(removals_come_in_the_reverse_order_of_the_record),
        TEST(a_directory_that_goes_is_made_again),
        TEST(kinds_may_change_between_installs),
        TEST(conflicts_name_the_owner),
        TEST(the_appspec_decides_before_the_deployment),
        TEST(many_conflicts_are_counted_and_some_kept),
        TEST(links_at_the_destination_are_used_and_told_of),
        TEST(two_ways_to_one_place_are_a_conflict),
        TEST(files_and_directories_of_one_plan_must_not_meet),
        TEST(permissions_make_their_instructions),
        TEST(links_have_no_mode),
        TEST(instructions_are_found_by_index),
        TEST(patterns_choose_on_the_first_level),
        TEST(permissions_that_cannot_be_given_are_conflicts),
        TEST(unknown_owners_are_found_before),
        TEST(bytes_are_measured_when_asked),
        TEST(depth_is_no_danger_and_has_an_end),
        TEST(a_name_that_is_listed_twice_is_one),
        TEST(every_callback_may_fail),
        TEST(every_allocation_may_fail),
        TEST(options_are_checked),
        TEST(names_and_null_objects),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
