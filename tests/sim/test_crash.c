/* SPDX-License-Identifier: MIT */
/* What a crash of the simulated file system keeps and loses. */
#include "testing.h"

#include <codedeploy-sim/filesystem.h>

#include "base/strings.h"

#define DESTINATION CDP_FS_DESTINATION

typedef struct machine {
    cdp_sim_fs *fs;
    cdp_fs call;
} machine;

static machine boot(void)
{
    machine m = {.call = {.size = sizeof m.call}};

    assert_int_equal(cdp_sim_fs_new(NULL, &m.fs), CDP_OK);
    assert_int_equal(cdp_sim_fs_callbacks(m.fs, &m.call), CDP_OK);
    cdp_sim_fs_put_file(m.fs, DESTINATION, CDP_STR("/d/old"), 0644, CDP_STR("old"));
    assert_int_equal(cdp_sim_fs_crash(m.fs, CDP_SIM_LOSE_NOTHING, 0), CDP_ERR_STATE);
    assert_int_equal(cdp_sim_fs_begin_volatile(m.fs), CDP_OK);
    return m;
}

static void assert_tree(machine *m, const char *expected)
{
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_sim_fs_describe(m->fs, DESTINATION, text), CDP_OK);
    assert_string_equal(cdp_text_string(text).data, expected);
    cdp_text_free(text);
}

/* A new file from an old one, then a rename over the old one: the classic. */
static void replace(machine *m, bool sync_file, bool sync_directory)
{
    assert_int_equal(m->call.copy_file(DESTINATION, CDP_STR("/d/old"), DESTINATION,
                                       CDP_STR("/d/new"), CDP_FS_KEEP_MODE, NULL, m->fs),
                     CDP_OK);
    assert_int_equal(m->call.set_mode(DESTINATION, CDP_STR("/d/new"), 0600, m->fs), CDP_OK);
    if (sync_file)
        assert_int_equal(m->call.sync_file(DESTINATION, CDP_STR("/d/new"), m->fs), CDP_OK);
    assert_int_equal(m->call.rename(DESTINATION, CDP_STR("/d/new"), CDP_STR("/d/old"), 1, m->fs),
                     CDP_OK);
    if (sync_directory)
        assert_int_equal(m->call.sync_directory(DESTINATION, CDP_STR("/d"), m->fs), CDP_OK);
}

#define DIRECTORY "/d directory 0755 root:root\n"
#define OLD DIRECTORY "/d/old file 0644 root:root \"old\"\n"
#define NEW DIRECTORY "/d/old file 0600 root:root \"old\"\n"
#define EMPTY DIRECTORY "/d/old file 0600 root:root \"\"\n"

static void losses(void **state)
{
    static const struct {
        bool sync_file;
        bool sync_directory;
        cdp_sim_loss loss;
        const char *expected;
    } cases[] = {
        {false, false, CDP_SIM_LOSE_NOTHING, NEW},     {false, false, CDP_SIM_LOSE_EVERYTHING, OLD},
        {false, false, CDP_SIM_LOSE_CONTENT, EMPTY},   {false, false, CDP_SIM_LOSE_NAMES, OLD},
        {true, false, CDP_SIM_LOSE_CONTENT, NEW},      {true, false, CDP_SIM_LOSE_EVERYTHING, OLD},
        {false, true, CDP_SIM_LOSE_EVERYTHING, EMPTY}, {true, true, CDP_SIM_LOSE_EVERYTHING, NEW},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        machine m = boot();

        replace(&m, cases[i].sync_file, cases[i].sync_directory);
        assert_int_equal(cdp_sim_fs_crash(m.fs, cases[i].loss, 0), CDP_OK);
        assert_tree(&m, cases[i].expected);
        /* What is left is durable. */
        assert_int_equal(cdp_sim_fs_crash(m.fs, CDP_SIM_LOSE_EVERYTHING, 0), CDP_OK);
        assert_tree(&m, cases[i].expected);
        cdp_sim_fs_free(m.fs);
    }
}

static void syncs_cover_everything_before_them(void **state)
{
    machine m = boot();

    (void)state;
    replace(&m, false, false);
    assert_int_equal(m.call.sync_all(DESTINATION, m.fs), CDP_OK);
    assert_int_equal(m.call.remove_file(DESTINATION, CDP_STR("/d/old"), m.fs), CDP_OK);
    assert_int_equal(cdp_sim_fs_crash(m.fs, CDP_SIM_LOSE_EVERYTHING, 0), CDP_OK);
    assert_tree(&m, NEW);
    assert_int_equal(m.call.remove_file(DESTINATION, CDP_STR("/d/old"), m.fs), CDP_OK);
    assert_int_equal(cdp_sim_fs_crash(m.fs, CDP_SIM_LOSE_NOTHING, 0), CDP_OK);
    assert_tree(&m, DIRECTORY);
    cdp_sim_fs_free(m.fs);
}

/* Random losses reach more than one outcome, and the same seed always the same. */
static void seeds_decide(void **state)
{
    static const char *const outcomes[] = {OLD, NEW, EMPTY};
    size_t seen[4] = {0};

    (void)state;
    for (uint64_t seed = 0; seed < 64; seed++) {
        for (int again = 0; again < 2; again++) {
            machine m = boot();
            cdp_text *text;
            size_t which = 0;

            replace(&m, false, false);
            assert_int_equal(cdp_sim_fs_crash(m.fs, CDP_SIM_LOSE_SOME, seed), CDP_OK);
            assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
            assert_int_equal(cdp_sim_fs_describe(m.fs, DESTINATION, text), CDP_OK);
            while (which < 3 && strcmp(cdp_text_string(text).data, outcomes[which]) != 0)
                which++;
            seen[which]++;
            assert_int_equal(seen[which] % 2, again == 0 ? 1 : 0);
            cdp_text_free(text);
            cdp_sim_fs_free(m.fs);
        }
    }
    assert_true(seen[0] > 0 && seen[1] + seen[2] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(losses),
        cmocka_unit_test(syncs_cover_everything_before_them),
        cmocka_unit_test(seeds_decide),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
