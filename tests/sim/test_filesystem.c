/* SPDX-License-Identifier: MIT */
/* The simulated file system keeps the promises of <codedeploy/filesystem.h>. */
#include "testing.h"

#include <stdio.h>

#include <codedeploy-sim/filesystem.h>

#include "base/strings.h"

#define DESTINATION CDP_FS_DESTINATION

typedef struct fixture {
    cdp_sim_fs *fs;
    cdp_fs call;
    cdp_text *text;
} fixture;

static int setup(void **state)
{
    static fixture f;

    f = (fixture){.call = {.size = sizeof f.call}};
    assert_int_equal(cdp_sim_fs_new(NULL, &f.fs), CDP_OK);
    assert_int_equal(cdp_sim_fs_callbacks(f.fs, &f.call), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &f.text), CDP_OK);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;

    cdp_text_free(f->text);
    cdp_sim_fs_free(f->fs);
    return 0;
}

static void assert_picture(fixture *f, const char *expected)
{
    cdp_text_clear(f->text);
    assert_int_equal(cdp_sim_fs_describe(f->fs, DESTINATION, f->text), CDP_OK);
    assert_string_equal(cdp_text_string(f->text).data, expected);
}

static cdp_fs_info info_of(fixture *f, cdp_fs_root root, const char *path, int follow)
{
    cdp_fs_info info = {.size = sizeof info};

    assert_int_equal(f->call.info(root, cdp_string_of(path), follow, &info, f->fs), CDP_OK);
    return info;
}

static void trees_are_laid_out_and_pictured(void **state)
{
    fixture *f = *state;

    assert_int_equal(
        cdp_sim_fs_put_file(f->fs, DESTINATION, CDP_STR("/a/b"), 0640, CDP_STR("x\"y\n")), CDP_OK);
    assert_int_equal(cdp_sim_fs_put_symlink(f->fs, DESTINATION, CDP_STR("/l"), CDP_STR("a/b")),
                     CDP_OK);
    assert_int_equal(cdp_sim_fs_put_directory(f->fs, DESTINATION, CDP_STR("/n l"), 0700), CDP_OK);
    assert_int_equal(cdp_sim_fs_put_other(f->fs, DESTINATION, CDP_STR("/a/dev"), 0600), CDP_OK);
    assert_int_equal(cdp_sim_fs_put_file(f->fs, DESTINATION, CDP_STR("/a/b/c"), 0644, CDP_STR("")),
                     CDP_ERR_CONFLICT);
    assert_picture(f, "/a directory 0755 root:root\n"
                      "/a/b file 0640 root:root \"x\\\"y\\n\"\n"
                      "/a/dev other 0600 root:root\n"
                      "/l link root:root \"a/b\"\n"
                      "\"/n l\" directory 0700 root:root\n");
}

static void links_on_the_way_follow_the_rules_of_the_root(void **state)
{
    fixture *f = *state;

    for (int root = CDP_FS_REVISION; root <= CDP_FS_STATE; root++) {
        cdp_fs_root r = (cdp_fs_root)root;

        assert_int_equal(cdp_sim_fs_put_file(f->fs, r, CDP_STR("/d/f"), 0644, CDP_STR("1")), 0);
        assert_int_equal(cdp_sim_fs_put_symlink(f->fs, r, CDP_STR("/in"), CDP_STR("d")), 0);
        assert_int_equal(cdp_sim_fs_put_symlink(f->fs, r, CDP_STR("/abs"), CDP_STR("/d")), 0);
        assert_int_equal(cdp_sim_fs_put_symlink(f->fs, r, CDP_STR("/up"), CDP_STR("../d")), 0);
        assert_int_equal(cdp_sim_fs_put_symlink(f->fs, r, CDP_STR("/loop"), CDP_STR("loop")), 0);
    }
    static const char *const paths[] = {"/in/f", "/abs/f", "/up/f", "/loop/f"};
    static const cdp_status expected[3][4] = {
        {CDP_OK, CDP_ERR_DENIED, CDP_ERR_DENIED, CDP_ERR_DENIED},
        {CDP_OK, CDP_OK, CDP_OK, CDP_ERR_DENIED},
        {CDP_ERR_DENIED, CDP_ERR_DENIED, CDP_ERR_DENIED, CDP_ERR_DENIED},
    };
    for (int root = 0; root < 3; root++) {
        for (int i = 0; i < 4; i++)
            assert_int_equal(f->call.read_file((cdp_fs_root)(root + 1), cdp_string_of(paths[i]), 10,
                                               f->text, f->fs),
                             expected[root][i]);
    }
    assert_int_equal(info_of(f, DESTINATION, "/in", 0).kind, CDP_FS_SYMLINK);
    assert_int_equal(info_of(f, DESTINATION, "/in", 1).kind, CDP_FS_DIRECTORY);
    assert_int_equal(info_of(f, DESTINATION, "/loop", 0).kind, CDP_FS_SYMLINK);
    assert_int_equal(info_of(f, DESTINATION, "/loop", 1).kind, CDP_FS_ABSENT);
    assert_int_equal(info_of(f, DESTINATION, "/d/f/x", 0).kind, CDP_FS_ABSENT);
    assert_int_equal(info_of(f, DESTINATION, "/none/x", 0).kind, CDP_FS_ABSENT);
}

static void renames_links_and_removals(void **state)
{
    fixture *f = *state;
    cdp_fs *c = &f->call;

    cdp_sim_fs_put_file(f->fs, DESTINATION, CDP_STR("/a"), 0644, CDP_STR("a"));
    cdp_sim_fs_put_file(f->fs, DESTINATION, CDP_STR("/b"), 0644, CDP_STR("b"));
    cdp_sim_fs_put_directory(f->fs, DESTINATION, CDP_STR("/d"), 0755);
    assert_int_equal(c->rename(DESTINATION, CDP_STR("/a"), CDP_STR("/b"), 0, f->fs),
                     CDP_ERR_CONFLICT);
    assert_int_equal(c->rename(DESTINATION, CDP_STR("/a"), CDP_STR("/d"), 1, f->fs),
                     CDP_ERR_CONFLICT);
    assert_int_equal(c->hard_link(DESTINATION, CDP_STR("/a"), CDP_STR("/d/a2"), f->fs), CDP_OK);
    assert_int_equal(info_of(f, DESTINATION, "/a", 0).links, 2);
    assert_int_equal(info_of(f, DESTINATION, "/a", 0).inode,
                     info_of(f, DESTINATION, "/d/a2", 0).inode);
    /* Two names of one file: rename() succeeds and leaves both, as POSIX has it. */
    assert_int_equal(c->rename(DESTINATION, CDP_STR("/a"), CDP_STR("/d/a2"), 1, f->fs), CDP_OK);
    assert_int_equal(c->rename(DESTINATION, CDP_STR("/a"), CDP_STR("/b"), 1, f->fs), CDP_OK);
    assert_int_equal(c->remove_directory(DESTINATION, CDP_STR("/d"), f->fs), CDP_ERR_CONFLICT);
    assert_int_equal(c->remove_file(DESTINATION, CDP_STR("/d"), f->fs), CDP_ERR_CONFLICT);
    assert_int_equal(c->remove_file(DESTINATION, CDP_STR("/none"), f->fs), CDP_ERR_NOT_FOUND);
    assert_int_equal(c->remove_file(DESTINATION, CDP_STR("/d/a2"), f->fs), CDP_OK);
    assert_int_equal(c->remove_directory(DESTINATION, CDP_STR("/d"), f->fs), CDP_OK);
    assert_picture(f, "/b file 0644 root:root \"a\"\n");
}

static void devices_and_lacks(void **state)
{
    fixture *f = *state;

    cdp_sim_fs_put_file(f->fs, DESTINATION, CDP_STR("/a"), 0644, CDP_STR("a"));
    cdp_sim_fs_put_directory(f->fs, DESTINATION, CDP_STR("/m"), 0755);
    assert_int_equal(cdp_sim_fs_set_device(f->fs, DESTINATION, CDP_STR("/m"), 77), CDP_OK);
    assert_int_equal(f->call.rename(DESTINATION, CDP_STR("/a"), CDP_STR("/m/a"), 0, f->fs),
                     CDP_ERR_UNSUPPORTED);
    cdp_sim_fs_set_lacks(f->fs, CDP_SIM_FS_NO_HARD_LINKS | CDP_SIM_FS_NO_SYNC_ALL);
    assert_int_equal(f->call.hard_link(DESTINATION, CDP_STR("/a"), CDP_STR("/b"), f->fs),
                     CDP_ERR_UNSUPPORTED);
    assert_int_equal(f->call.sync_all(DESTINATION, f->fs), CDP_PASSTHROUGH);
    cdp_sim_fs_set_capacity(f->fs, 3);
    assert_int_equal(f->call.write_file(CDP_FS_STATE, CDP_STR("/s"), CDP_STR("abc"), f->fs),
                     CDP_ERR_FULL);
    assert_int_equal(f->call.write_file(CDP_FS_STATE, CDP_STR("/s"), CDP_STR("ab"), f->fs), CDP_OK);
}

static void faults_hit_the_chosen_call(void **state)
{
    fixture *f = *state;
    cdp_sim_fault fault = {.size = sizeof fault, .at = 2, .status = CDP_ERR_IO, .only_changes = 1};

    assert_int_equal(cdp_sim_fs_set_fault(f->fs, &fault), CDP_OK);
    assert_int_equal(f->call.make_directory(DESTINATION, CDP_STR("/1"), 0755, f->fs), CDP_OK);
    info_of(f, DESTINATION, "/1", 0);
    assert_int_equal(f->call.make_directory(DESTINATION, CDP_STR("/2"), 0755, f->fs), CDP_ERR_IO);
    assert_int_equal(f->call.make_directory(DESTINATION, CDP_STR("/3"), 0755, f->fs), CDP_OK);
    assert_int_equal(cdp_sim_fs_call_count(f->fs, 1), 3);
    assert_int_equal(cdp_sim_fs_call_count(f->fs, 0), 4);
    fault.persistent = 1;
    fault.at = 1;
    assert_int_equal(cdp_sim_fs_set_fault(f->fs, &fault), CDP_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(f->call.make_directory(DESTINATION, CDP_STR("/4"), 0755, f->fs),
                         CDP_ERR_IO);
    assert_picture(f, "/1 directory 0755 root:root\n/3 directory 0755 root:root\n");
}

/* Many names in one directory, removed in another order: the index stays right. */
static void a_large_directory(void **state)
{
    enum { COUNT = 20000 };
    fixture *f = *state;
    cdp_fs_listing *listing;
    char path[32];

    for (int i = 0; i < COUNT; i++) {
        snprintf(path, sizeof path, "/d/%d", i);
        assert_int_equal(
            cdp_sim_fs_put_file(f->fs, DESTINATION, cdp_string_of(path), 0644, CDP_STR("")),
            CDP_OK);
    }
    for (int i = 0; i < COUNT; i += 2) {
        snprintf(path, sizeof path, "/d/%d", i * 7 % COUNT);
        assert_int_equal(f->call.remove_file(DESTINATION, cdp_string_of(path), f->fs), CDP_OK);
    }
    assert_int_equal(cdp_fs_listing_new(NULL, &listing), CDP_OK);
    assert_int_equal(f->call.list(DESTINATION, CDP_STR("/d"), 0, listing, f->fs), CDP_OK);
    assert_int_equal(cdp_fs_listing_count(listing), COUNT / 2);
    for (int i = 0; i < COUNT; i++) {
        snprintf(path, sizeof path, "/d/%d", i);
        assert_int_equal(info_of(f, DESTINATION, path, 0).kind,
                         i % 2 ? CDP_FS_REGULAR : CDP_FS_ABSENT);
    }
    cdp_fs_listing_free(listing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(trees_are_laid_out_and_pictured, setup, teardown),
        cmocka_unit_test_setup_teardown(links_on_the_way_follow_the_rules_of_the_root, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(renames_links_and_removals, setup, teardown),
        cmocka_unit_test_setup_teardown(devices_and_lacks, setup, teardown),
        cmocka_unit_test_setup_teardown(faults_hit_the_chosen_call, setup, teardown),
        cmocka_unit_test_setup_teardown(a_large_directory, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
