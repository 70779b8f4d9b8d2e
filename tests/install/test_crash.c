/* SPDX-License-Identifier: MIT */
/*
 * The promise of the transactional mode: after a crash at any operation, whatever the disk lost,
 * recovery gives exactly the old tree or exactly the new one.
 */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"

enum { CRASHED = CDP_ERR_HOST_FIRST - 1, SEEDS = 6 };

typedef struct outcome {
    char *old;
    char *new;
} outcome;

static size_t points;
static size_t came_back_old;
static size_t came_back_new;

/* What the tree is before, and after an install that nothing disturbs. */
static outcome find_outcome(const scenario *s, uint32_t lacks)
{
    outcome o;
    cdp_install *install;
    host h;

    host_boot(&h, s, lacks);
    o.old = host_picture(&h);
    assert_int_equal(host_new_install(&h, CDP_INSTALL_DURABLE, &install), CDP_OK);
    assert_int_equal(cdp_install_apply(install, NULL), CDP_OK);
    assert_int_equal(cdp_install_keep(install, NULL), CDP_OK);
    cdp_install_free(install);
    o.new = host_picture(&h);
    host_assert_tidy(&h);
    assert_string_not_equal(o.old, o.new);
    host_free(&h);
    return o;
}

static void free_outcome(outcome *o)
{
    free(o->old);
    free(o->new);
}

static void set_crash(host *h, uint64_t at)
{
    const cdp_sim_fault fault = {.size = sizeof fault,
                                 .at = at,
                                 .status = (cdp_status)CRASHED,
                                 .persistent = 1,
                                 .only_changes = 1};

    assert_int_equal(cdp_sim_fs_set_fault(h->sim, &fault), CDP_OK);
}

/* Installs, stops dead at the change `at`. Returns whether it came to that. */
static bool install_until(host *h, uint64_t at)
{
    cdp_install *install;
    bool stopped;

    assert_int_equal(cdp_sim_fs_begin_volatile(h->sim), CDP_OK);
    set_crash(h, at);
    assert_int_equal(host_new_install(h, CDP_INSTALL_DURABLE, &install), CDP_OK);
    if (cdp_install_apply(install, NULL) == CDP_OK)
        (void)cdp_install_keep(install, NULL);
    stopped = cdp_sim_fs_call_count(h->sim, 1) >= at;
    cdp_install_free(install);
    return stopped;
}

static void check(host *h, const outcome *o, const scenario *s, uint64_t at, int loss,
                  uint64_t seed)
{
    char *picture = host_picture(h);

    points++;
    if (strcmp(picture, o->old) == 0) {
        came_back_old++;
    } else if (strcmp(picture, o->new) == 0) {
        came_back_new++;
    } else {
        fprintf(stderr,
                "%s: a mixture after a crash at change %llu, loss %d, seed %llu\n"
                "== old\n%s== new\n%s== found\n%s",
                s->name, (unsigned long long)at, loss, (unsigned long long)seed, o->old, o->new,
                picture);
        fail();
    }
    free(picture);
}

static void recover(host *h)
{
    assert_int_equal(cdp_install_recover(NULL, &h->fs, CDP_STR(SCENARIO_GROUP),
                                         CDP_INSTALL_CHOOSE_KEEP, NULL, NULL),
                     CDP_OK);
}

/* One crash, one loss, recovery. False when the install is over before that change. */
static bool crash_once(const scenario *s, const outcome *o, uint32_t lacks, uint64_t at,
                       cdp_sim_loss loss, uint64_t seed)
{
    host h;
    bool stopped;

    host_boot(&h, s, lacks);
    stopped = install_until(&h, at);
    if (stopped) {
        assert_int_equal(cdp_sim_fs_crash(h.sim, loss, seed), CDP_OK);
        recover(&h);
        check(&h, o, s, at, (int)loss, seed);
        host_assert_tidy(&h);
    }
    host_free(&h);
    return stopped;
}

static void crash_everywhere(const scenario *s, uint32_t lacks)
{
    outcome o = find_outcome(s, lacks);
    bool more = true;

    for (uint64_t at = 1; more; at++) {
        for (int loss = CDP_SIM_LOSE_NOTHING; loss <= CDP_SIM_LOSE_LATEST && more; loss++) {
            uint64_t seeds = loss >= CDP_SIM_LOSE_SOME ? SEEDS : 1;

            for (uint64_t seed = 0; seed < seeds && more; seed++)
                more = crash_once(s, &o, lacks, at, (cdp_sim_loss)loss, seed * 1000 + at);
        }
    }
    free_outcome(&o);
}

static void every_crash_point_of_every_scenario(void **state)
{
    (void)state;
    for (size_t i = 0; i < scenario_count; i++) {
        crash_everywhere(&scenarios[i], 0);
        crash_everywhere(&scenarios[i], HOST_BATCHES);
        crash_everywhere(&scenarios[i], HOST_OVERLAYS);
        crash_everywhere(&scenarios[i], CDP_SIM_FS_NO_HARD_LINKS | CDP_SIM_FS_NO_SYNC_ALL);
    }
    printf("%zu crash points: %zu back to the old tree, %zu on to the new one, 0 mixtures\n",
           points, came_back_old, came_back_new);
    assert_true(points > 1000 && came_back_old > 100 && came_back_new > 100);
}

/* Recovery itself is cut off, at any change, and begun again. */
static void crashes_of_recovery(void **state)
{
    size_t crashes = 0;

    (void)state;
    for (size_t i = 0; i < scenario_count; i++) {
        const scenario *s = &scenarios[i];
        outcome o = find_outcome(s, 0);

        for (uint64_t at = 1;; at += 3) {
            bool stopped = true;

            for (uint64_t again = 1; stopped; again++) {
                host h;

                host_boot(&h, s, 0);
                stopped = install_until(&h, at);
                if (!stopped) {
                    host_free(&h);
                    break;
                }
                assert_int_equal(cdp_sim_fs_crash(h.sim, CDP_SIM_LOSE_SOME, at * 7 + again),
                                 CDP_OK);
                set_crash(&h, again);
                stopped = cdp_install_recover(NULL, &h.fs, CDP_STR(SCENARIO_GROUP),
                                              CDP_INSTALL_CHOOSE_KEEP, NULL, NULL) != CDP_OK;
                crashes += stopped;
                assert_int_equal(cdp_sim_fs_crash(h.sim, CDP_SIM_LOSE_SOME, at + again * 5),
                                 CDP_OK);
                recover(&h);
                check(&h, &o, s, at, CDP_SIM_LOSE_SOME, again);
                host_assert_tidy(&h);
                host_free(&h);
            }
            if (!stopped && at > 1) {
                host h;

                host_boot(&h, s, 0);
                stopped = install_until(&h, at);
                host_free(&h);
                if (!stopped)
                    break;
            }
        }
        free_outcome(&o);
    }
    printf("%zu crashes of recovery\n", crashes);
    assert_true(crashes > 100);
}

static bool is_there(const host *h, const char *path, cdp_fs_kind kind)
{
    cdp_fs_info info = {.size = sizeof info};

    assert_int_equal(h->fs.info(CDP_FS_DESTINATION, cdp_string_of(path), 0, &info, h->fs.user),
                     CDP_OK);
    return info.kind == kind;
}

/* A directory was being moved piece by piece, and before it is put back somebody writes a file where
 * one has just gone from: both are there in the end. */
static void what_is_written_meanwhile_is_not_lost(void **state)
{
    static const char *const written[] = {"/srv/app/gone/x=theirs", NULL};
    bool stopped = true;
    size_t written_count = 0;

    (void)state;
    for (uint64_t at = 1; stopped; at++) {
        host h;

        host_boot(&h, find_scenario("upgrade with additions and removals"), HOST_OVERLAYS);
        stopped = install_until(&h, at);
        assert_int_equal(cdp_sim_fs_crash(h.sim, CDP_SIM_LOSE_NOTHING, 0), CDP_OK);
        if (stopped && is_there(&h, "/srv/app/gone", CDP_FS_DIRECTORY) &&
            is_there(&h, "/srv/app/gone/x", CDP_FS_ABSENT)) {
            char *picture;

            host_lay_out(&h, CDP_FS_DESTINATION, written);
            recover(&h);
            picture = host_picture(&h);
            assert_non_null(strstr(picture, "/srv/app/gone/x file 0644 root:root \"1\"\n"));
            assert_non_null(
                strstr(picture, "/srv/app/gone/x.before-d-NEW file 0644 root:root \"theirs\"\n"));
            host_assert_tidy(&h);
            free(picture);
            written_count++;
        }
        host_free(&h);
    }
    assert_true(written_count > 0);
}

/* In addition somebody, or the disk, has damaged the mark of the phase, or removed it. */
static void damage_mark(const host *h, uint64_t how)
{
    static char long_text[5000];
    const cdp_string path = CDP_STR("/" SCENARIO_GROUP "-journal.phase");
    const cdp_string texts[] = {
        CDP_STR(""), CDP_STR("commi"), CDP_STR("keeping another\n"), {long_text, sizeof long_text}};

    memset(long_text, 'x', sizeof long_text);
    (void)h->fs.remove_file(CDP_FS_STATE, path, h->fs.user);
    if (how < 4)
        assert_int_equal(cdp_sim_fs_put_file(h->sim, CDP_FS_STATE, path, 0600, texts[how]), CDP_OK);
}

static bool revert_until(host *h, uint64_t at)
{
    cdp_install *install;
    bool stopped;

    assert_int_equal(host_new_install(h, CDP_INSTALL_DURABLE, &install), CDP_OK);
    assert_int_equal(cdp_install_apply(install, NULL), CDP_OK);
    assert_int_equal(cdp_sim_fs_begin_volatile(h->sim), CDP_OK);
    set_crash(h, cdp_sim_fs_call_count(h->sim, 1) + at);
    stopped = cdp_install_revert(install, NULL) != CDP_OK;
    cdp_install_free(install);
    return stopped;
}

static void damaged_marks(void **state)
{
    (void)state;
    for (size_t i = 0; i < scenario_count; i++) {
        outcome o = find_outcome(&scenarios[i], 0);
        bool stopped[2] = {true, true};

        for (uint64_t at = 1; stopped[0] || stopped[1]; at++) {
            for (int reverts = 0; reverts < 2; reverts++) {
                host h;

                host_boot(&h, &scenarios[i], 0);
                stopped[reverts] = reverts ? revert_until(&h, at) : install_until(&h, at);
                assert_int_equal(cdp_sim_fs_crash(h.sim, CDP_SIM_LOSE_NOTHING, 0), CDP_OK);
                damage_mark(&h, at % 5);
                assert_int_equal(cdp_install_recover(NULL, &h.fs, CDP_STR(SCENARIO_GROUP),
                                                     reverts ? CDP_INSTALL_CHOOSE_REVERT
                                                             : CDP_INSTALL_CHOOSE_KEEP,
                                                     NULL, NULL),
                                 CDP_OK);
                check(&h, &o, &scenarios[i], at, -1, (uint64_t)reverts);
                host_assert_tidy(&h);
                host_free(&h);
            }
        }
        free_outcome(&o);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_crash_point_of_every_scenario),
        cmocka_unit_test(crashes_of_recovery),
        cmocka_unit_test(what_is_written_meanwhile_is_not_lost),
        cmocka_unit_test(damaged_marks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
