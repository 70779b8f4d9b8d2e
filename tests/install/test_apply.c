/* SPDX-License-Identifier: MIT */
/* Applying, undoing, keeping, reverting: when everything works, and when anything does not. */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"

static void assert_picture(const host *h, const char *expected)
{
    char *picture = host_picture(h);

    assert_string_equal(picture, expected);
    free(picture);
}

static cdp_install *new_install(host *h)
{
    cdp_install *install;

    assert_int_equal(host_new_install(h, CDP_INSTALL_DURABLE, &install), CDP_OK);
    return install;
}

static char *picture_after_keep(const scenario *s)
{
    host h;
    cdp_install *install;
    char *picture;

    host_boot(&h, s, 0);
    install = new_install(&h);
    assert_int_equal(cdp_install_apply(install, NULL), CDP_OK);
    assert_int_equal(cdp_install_keep(install, NULL), CDP_OK);
    cdp_install_free(install);
    picture = host_picture(&h);
    host_free(&h);
    return picture;
}

static void assert_old_or_new(const host *h, const char *old, const char *new)
{
    char *picture = host_picture(h);

    if (strcmp(picture, old) != 0)
        assert_string_equal(picture, new);
    free(picture);
}

/* ---- what is put where ---- */

static void first_install_is_laid_out(void **state)
{
    char *picture = picture_after_keep(find_scenario("first install"));

    (void)state;
    assert_non_null(strstr(picture, "/srv/app/empty directory 0755 root:root\n"));
    assert_non_null(strstr(picture, "/srv/app/index.html file 0644 root:root \"hello\"\n"));
    assert_non_null(strstr(picture, "/srv/app/link link root:root \"index.html\"\n"));
    assert_non_null(strstr(picture, "/group-cleanup file 0600 root:root \"/srv/app\\n"));
    free(picture);
}

static void permissions_are_in_place_with_the_files(void **state)
{
    char *picture = picture_after_keep(find_scenario("changed permissions"));

    (void)state;
    assert_non_null(strstr(picture, "/srv/app/run.sh file 4750 app:web \"#!/bin/sh\" "
                                    "acl user:bob:rw-\n"));
    assert_non_null(strstr(picture, "/srv/app/data/d file 0600 root:root \"1\" context "
                                    "system_u,httpd_sys_content_t,s0\n"));
    free(picture);
}

static void revert_brings_everything_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < scenario_count; i++) {
        host h;
        cdp_install *install;
        char *old;

        host_boot(&h, &scenarios[i], 0);
        old = host_picture(&h);
        install = new_install(&h);
        assert_int_equal(cdp_install_revert(install, NULL), CDP_ERR_STATE);
        assert_int_equal(cdp_install_keep(install, NULL), CDP_ERR_STATE);
        assert_int_equal(cdp_install_apply(install, NULL), CDP_OK);
        assert_int_equal(cdp_install_state_of(install), CDP_INSTALL_COMMITTED);
        assert_int_equal(cdp_install_revert(install, NULL), CDP_OK);
        assert_int_equal(cdp_install_state_of(install), CDP_INSTALL_UNDONE);
        assert_int_equal(cdp_install_keep(install, NULL), CDP_ERR_STATE);
        assert_int_equal(cdp_install_step(install), CDP_ERR_STATE);
        assert_picture(&h, old);
        host_assert_tidy(&h);
        cdp_install_free(install);
        free(old);
        host_free(&h);
    }
}

/* ---- files of others ---- */

/* A program writes into the new directories before the deployment is taken back. */
static void revert_keeps_what_others_wrote(void **state)
{
    static const char *const written[] = {"/srv/app/log/today=line", "/srv/app/lib/cache=x", NULL};
    host h;
    cdp_install *install;
    char *picture;

    (void)state;
    host_boot(&h, find_scenario("first install"), 0);
    install = new_install(&h);
    assert_int_equal(cdp_install_apply(install, NULL), CDP_OK);
    host_lay_out(&h, CDP_FS_DESTINATION, written);
    assert_int_equal(cdp_install_revert(install, NULL), CDP_OK);
    picture = host_picture(&h);
    assert_non_null(strstr(picture, "/srv/app/log/today file 0644 root:root \"line\"\n"));
    assert_non_null(strstr(picture, "/srv/app/lib/cache file 0644 root:root \"x\"\n"));
    assert_null(strstr(picture, "index.html"));
    host_assert_tidy(&h);
    free(picture);
    cdp_install_free(install);
    host_free(&h);
}

/* A program writes into the old directories after the plan was made. */
static void keep_keeps_what_others_wrote(void **state)
{
    static const char *const written[] = {"/srv/app/gone/late=line", "/srv/app/old.d/x=y", NULL};
    host h;
    cdp_install *install;
    char *picture;

    (void)state;
    host_boot(&h, find_scenario("upgrade with additions and removals"), 0);
    host_lay_out(&h, CDP_FS_DESTINATION, written);
    install = new_install(&h);
    assert_int_equal(cdp_install_apply(install, NULL), CDP_OK);
    assert_int_equal(cdp_install_keep(install, NULL), CDP_OK);
    picture = host_picture(&h);
    assert_non_null(strstr(picture, "/srv/app/gone/late file 0644 root:root \"line\"\n"));
    assert_non_null(strstr(picture, "/srv/app/old.d/x file 0644 root:root \"y\"\n"));
    assert_non_null(strstr(picture, "/srv/app/index.html file 0644 root:root \"v2\"\n"));
    assert_null(strstr(picture, "/srv/app/gone/x"));
    host_assert_tidy(&h);
    free(picture);
    cdp_install_free(install);
    host_free(&h);
}

/* A file appears where a new one is to go: nothing of either is lost. */
static void a_late_conflict_is_undone(void **state)
{
    static const char *const written[] = {"/srv/app/c=somebody's", NULL};
    host h;
    cdp_install *install;
    char *before;

    (void)state;
    host_boot(&h, find_scenario("upgrade beside foreign files"), 0);
    host_lay_out(&h, CDP_FS_DESTINATION, written);
    before = host_picture(&h);
    install = new_install(&h);
    assert_int_equal(cdp_install_apply(install, NULL), CDP_ERR_CONFLICT);
    assert_int_equal(cdp_install_state_of(install), CDP_INSTALL_UNDONE);
    assert_picture(&h, before);
    free(before);
    cdp_install_free(install);
    host_free(&h);
}

/* ---- failures ---- */

static void set_fault(host *h, uint64_t at, int persistent)
{
    const cdp_sim_fault fault = {
        .size = sizeof fault, .at = at, .status = CDP_ERR_IO, .persistent = persistent};

    assert_int_equal(cdp_sim_fs_set_fault(h->sim, &fault), CDP_OK);
}

/* One callback fails, once or from then on; returns whether it was reached. */
static bool fail_at(const scenario *s, uint32_t lacks, uint64_t at, int persistent, const char *new)
{
    host h;
    cdp_install *install;
    cdp_diagnostics *diagnostics;
    cdp_status status;
    char *old;
    bool reached;

    host_boot(&h, s, lacks);
    old = host_picture(&h);
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    install = new_install(&h);
    set_fault(&h, at, persistent);
    status = cdp_install_apply(install, diagnostics);
    if (status == CDP_OK)
        status = cdp_install_keep(install, diagnostics);
    reached = cdp_sim_fs_call_count(h.sim, 0) >= at;
    /* A cleanup record that cannot be read is no failure of keeping; all else is told. */
    if (status != CDP_OK) {
        assert_int_equal(status, CDP_ERR_IO);
        assert_true(cdp_diagnostics_count(diagnostics) >= 1);
        if (!persistent && cdp_install_state_of(install) != CDP_INSTALL_COMMITTED) {
            assert_int_equal(cdp_install_state_of(install), CDP_INSTALL_UNDONE);
            assert_picture(&h, old);
        }
    }
    cdp_install_free(install);
    assert_int_equal(cdp_sim_fs_set_fault(h.sim, NULL), CDP_OK);
    assert_int_equal(cdp_install_recover(NULL, &h.fs, CDP_STR(SCENARIO_GROUP),
                                         CDP_INSTALL_CHOOSE_KEEP, NULL, NULL),
                     CDP_OK);
    assert_old_or_new(&h, old, new);
    host_assert_tidy(&h);
    cdp_diagnostics_free(diagnostics);
    free(old);
    host_free(&h);
    return reached;
}

static void every_callback_may_fail(void **state)
{
    size_t points = 0;

    (void)state;
    for (size_t i = 0; i < scenario_count; i++) {
        char *new = picture_after_keep(&scenarios[i]);

        for (int kind = 0; kind < 4; kind++) {
            uint32_t lacks = kind & 2 ? HOST_BATCHES : 0;

            for (uint64_t at = 1; fail_at(&scenarios[i], lacks, at, kind & 1, new); at++)
                points++;
        }
        free(new);
    }
    printf("%zu failing callbacks\n", points);
    assert_true(points > 500);
}

typedef struct torture {
    const scenario *s;
    const char *new;
} torture;

static cdp_status apply_with(const cdp_allocator *allocator, void *context)
{
    const torture *t = context;
    cdp_install_apply_options options = {.size = sizeof options,
                                         .allocator = allocator,
                                         .group = CDP_STR(SCENARIO_GROUP),
                                         .id = CDP_STR("d-NEW")};
    cdp_install *install = NULL;
    cdp_status status;
    char *old;
    host h;

    host_boot(&h, t->s, HOST_BATCHES);
    old = host_picture(&h);
    options.plan = h.plan;
    options.fs = &h.fs;
    status = cdp_install_new(&options, &install);
    if (status == CDP_OK)
        status = cdp_install_apply(install, NULL);
    if (status == CDP_OK)
        status = cdp_install_keep(install, NULL);
    cdp_install_free(install);
    if (status != CDP_OK)
        (void)cdp_install_recover(allocator, &h.fs, CDP_STR(SCENARIO_GROUP),
                                  CDP_INSTALL_CHOOSE_KEEP, NULL, NULL);
    assert_int_equal(cdp_install_recover(NULL, &h.fs, CDP_STR(SCENARIO_GROUP),
                                         CDP_INSTALL_CHOOSE_KEEP, NULL, NULL),
                     CDP_OK);
    assert_old_or_new(&h, old, t->new);
    host_assert_tidy(&h);
    free(old);
    host_free(&h);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    static const char *const names[] = {"upgrade beside foreign files", "changed permissions"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        torture t = {.s = find_scenario(names[i])};
        char *new = picture_after_keep(t.s);

        t.new = new;
        assert_true(test_fail_every_allocation(apply_with, &t) > 20);
        free(new);
    }
}

typedef struct patience {
    size_t calls;
    size_t limit;
} patience;

static cdp_status lose_patience(const cdp_install_progress *progress, void *user)
{
    patience *p = user;

    assert_int_equal(progress->size, sizeof *progress);
    assert_true(progress->objects <= progress->objects_total);
    return p->calls++ < p->limit ? CDP_OK : CDP_ERR_CANCELLED;
}

static cdp_status tell_an_old_error(cdp_status error, cdp_text *message, void *user)
{
    (void)error;
    (void)user;
    return cdp_text_append(message, "old error", 9);
}

/* Who cancels is none of the file system's errors. */
static void assert_cancelled_is_told(cdp_diagnostics *diagnostics)
{
    cdp_diagnostic found = {.size = sizeof found};

    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_non_null(strstr(found.message.data, cdp_status_message(CDP_ERR_CANCELLED)));
    assert_null(strstr(found.message.data, "old error"));
    cdp_diagnostics_clear(diagnostics);
}

static void the_host_may_cancel_at_any_moment(void **state)
{
    cdp_status status = CDP_ERR_CANCELLED;
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    for (size_t limit = 0; status == CDP_ERR_CANCELLED; limit++) {
        patience p = {.limit = limit};
        cdp_install_apply_options options = {.size = sizeof options,
                                             .group = CDP_STR(SCENARIO_GROUP),
                                             .id = CDP_STR("d-NEW"),
                                             .progress = lose_patience,
                                             .user = &p};
        cdp_install *install;
        char *old;
        host h;

        host_boot(&h, find_scenario("upgrade with additions and removals"), 0);
        old = host_picture(&h);
        options.plan = h.plan;
        options.fs = &h.fs;
        h.fs.describe_error = tell_an_old_error;
        assert_int_equal(cdp_install_new(&options, &install), CDP_OK);
        status = cdp_install_apply(install, diagnostics);
        if (status != CDP_OK) {
            assert_cancelled_is_told(diagnostics);
            assert_int_equal(cdp_install_state_of(install), CDP_INSTALL_UNDONE);
            assert_picture(&h, old);
        } else {
            assert_true(limit >= 5);
        }
        cdp_install_free(install);
        free(old);
        host_free(&h);
    }
    assert_int_equal(status, CDP_OK);
    cdp_diagnostics_free(diagnostics);
}

/* ---- several copies at once ---- */

static cdp_status write_down(const cdp_install_progress *progress, void *user)
{
    char line[128];
    int length =
        snprintf(line, sizeof line, "%.*s %u %u\n", (int)progress->path.length, progress->path.data,
                 (unsigned)progress->objects, (unsigned)progress->bytes);

    return cdp_text_append(user, line, (size_t)length);
}

static cdp_text *progress_of(const scenario *s, uint32_t lacks)
{
    cdp_install_apply_options options = {.size = sizeof options,
                                         .group = CDP_STR(SCENARIO_GROUP),
                                         .id = CDP_STR("d-NEW"),
                                         .progress = write_down};
    cdp_install *install;
    cdp_text *text;
    char *new = picture_after_keep(s);
    host h;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    host_boot(&h, s, lacks);
    options.plan = h.plan;
    options.fs = &h.fs;
    options.user = text;
    assert_int_equal(cdp_install_new(&options, &install), CDP_OK);
    assert_int_equal(cdp_install_apply(install, NULL), CDP_OK);
    assert_int_equal(cdp_install_keep(install, NULL), CDP_OK);
    assert_picture(&h, new);
    cdp_install_free(install);
    host_free(&h);
    free(new);
    return text;
}

static void copies_at_once_are_told_like_copies_in_turn(void **state)
{
    size_t told = 0;

    (void)state;
    for (size_t i = 0; i < scenario_count; i++) {
        cdp_text *in_turn = progress_of(&scenarios[i], 0);
        cdp_text *at_once = progress_of(&scenarios[i], HOST_BATCHES);

        told += cdp_text_string(in_turn).length;
        assert_string_equal(cdp_text_string(at_once).data, cdp_text_string(in_turn).data);
        cdp_text_free(in_turn);
        cdp_text_free(at_once);
    }
    assert_true(told > 1000);
}

static cdp_status claim_too_much(cdp_fs_copy *copies, size_t count, size_t *done, void *user)
{
    (void)copies, (void)user;
    *done = count + 1;
    return CDP_OK;
}

static cdp_status fail_after_all(cdp_fs_copy *copies, size_t count, size_t *done, void *user)
{
    (void)copies, (void)user;
    *done = count;
    return CDP_ERR_IO;
}

static cdp_status pass_through(cdp_fs_copy *copies, size_t count, size_t *done, void *user)
{
    (void)copies, (void)count, (void)done, (void)user;
    return CDP_PASSTHROUGH;
}

static void answers_about_copies_are_checked(void **state)
{
    static const struct {
        cdp_status (*copy_files)(cdp_fs_copy *copies, size_t count, size_t *done, void *user);
        cdp_status status;
    } cases[] = {
        {claim_too_much, CDP_ERR_HOST}, {fail_after_all, CDP_ERR_HOST}, {pass_through, CDP_OK}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cdp_install *install;
        host h;

        host_boot(&h, find_scenario("first install"), 0);
        h.fs.copy_files = cases[i].copy_files;
        install = new_install(&h);
        assert_int_equal(cdp_install_apply(install, NULL), cases[i].status);
        cdp_install_free(install);
        host_free(&h);
    }
}

static void a_full_disk_leaves_the_old_tree(void **state)
{
    (void)state;
    for (uint64_t room = 0; room < 400; room += 7) {
        host h;
        cdp_install *install;
        char *old;
        char *new = picture_after_keep(find_scenario("upgrade with additions and removals"));
        cdp_status status;

        host_boot(&h, find_scenario("upgrade with additions and removals"), 0);
        old = host_picture(&h);
        cdp_sim_fs_set_capacity(h.sim, 900 + room);
        install = new_install(&h);
        status = cdp_install_apply(install, NULL);
        if (status != CDP_OK)
            assert_int_equal(status, CDP_ERR_FULL);
        cdp_install_free(install);
        cdp_sim_fs_set_capacity(h.sim, UINT64_MAX);
        assert_int_equal(cdp_install_recover(NULL, &h.fs, CDP_STR(SCENARIO_GROUP),
                                             CDP_INSTALL_CHOOSE_KEEP, NULL, NULL),
                         CDP_OK);
        assert_picture(&h, status == CDP_OK ? new : old);
        free(old);
        free(new);
        host_free(&h);
    }
}

/* ---- what waits, and what is damaged ---- */

static void a_journal_waits_for_recovery(void **state)
{
    host h;
    cdp_install *first;
    cdp_install *second;
    cdp_install_outcome outcome;
    char *old;

    (void)state;
    host_boot(&h, find_scenario("first install"), 0);
    old = host_picture(&h);
    first = new_install(&h);
    assert_int_equal(cdp_install_apply(first, NULL), CDP_OK);
    cdp_install_free(first); /* as if the process had ended here */
    second = new_install(&h);
    assert_int_equal(cdp_install_apply(second, NULL), CDP_ERR_BUSY);
    assert_int_equal(cdp_install_state_of(second), CDP_INSTALL_UNDONE);
    cdp_install_free(second);
    assert_int_equal(cdp_install_recover(NULL, &h.fs, CDP_STR(SCENARIO_GROUP),
                                         CDP_INSTALL_CHOOSE_REVERT, NULL, &outcome),
                     CDP_OK);
    assert_int_equal(outcome, CDP_INSTALL_RECOVERED_OLD);
    assert_picture(&h, old);
    assert_int_equal(cdp_install_recover(NULL, &h.fs, CDP_STR(SCENARIO_GROUP),
                                         CDP_INSTALL_CHOOSE_REVERT, NULL, &outcome),
                     CDP_OK);
    assert_int_equal(outcome, CDP_INSTALL_NOTHING_TO_RECOVER);
    free(old);
    host_free(&h);
}

static void damaged_journals_are_refused_untouched(void **state)
{
    static const char *const journals[] = {
        "",
        "{",
        "[]",
        "{\"codedeploy_journal\":2}",
        "{\"codedeploy_journal\":1,\"id\":\"d-1\"}",
        "{\"codedeploy_journal\":1,\"id\":\"d-1\",\"prefix\":\"\",\"had_record\":false,"
        "\"had_instructions\":false,\"volatile\":false,\"new_contexts\":[],\"old_contexts\":[],"
        "\"units\":[[\"/srv/../etc\",\"absent\",\"file\"]]}",
        "{\"codedeploy_journal\":1,\"id\":\"../x\",\"prefix\":\"\",\"had_record\":false,"
        "\"had_instructions\":false,\"volatile\":false,\"new_contexts\":[],\"old_contexts\":[],"
        "\"units\":[]}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof journals / sizeof *journals; i++) {
        host h;
        char *before;
        cdp_diagnostics *diagnostics;
        cdp_diagnostic found = {.size = sizeof found};

        host_boot(&h, find_scenario("first install"), 0);
        assert_int_equal(cdp_sim_fs_put_file(h.sim, CDP_FS_STATE,
                                             CDP_STR("/" SCENARIO_GROUP "-journal"), 0600,
                                             cdp_string_of(journals[i])),
                         CDP_OK);
        before = host_picture(&h);
        assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
        assert_int_equal(cdp_install_recover(NULL, &h.fs, CDP_STR(SCENARIO_GROUP),
                                             CDP_INSTALL_CHOOSE_KEEP, diagnostics, NULL),
                         CDP_ERR_CORRUPT);
        assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
        assert_int_equal(found.code, CDP_DIAGNOSTIC_INSTALL_JOURNAL_DAMAGED);
        assert_non_null(strstr(found.message.data, SCENARIO_GROUP "-journal"));
        cdp_diagnostics_free(diagnostics);
        assert_picture(&h, before);
        free(before);
        host_free(&h);
    }
}

static void arguments_are_checked(void **state)
{
    static const char *const bad_names[] = {"", ".", "..", "a/b", NULL};
    cdp_install_apply_options options = {
        .size = sizeof options, .group = CDP_STR("g"), .id = CDP_STR("d")};
    cdp_install *install = NULL;
    host h;

    (void)state;
    host_boot(&h, find_scenario("first install"), 0);
    assert_int_equal(cdp_install_new(NULL, &install), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_install_new(&options, &install), CDP_ERR_ARGUMENT);
    options.plan = h.plan;
    options.fs = &h.fs;
    for (size_t i = 0; bad_names[i]; i++) {
        options.group = cdp_string_of(bad_names[i]);
        assert_int_equal(cdp_install_new(&options, &install), CDP_ERR_ARGUMENT);
        assert_int_equal(
            cdp_install_recover(NULL, &h.fs, options.group, CDP_INSTALL_CHOOSE_KEEP, NULL, NULL),
            CDP_ERR_ARGUMENT);
        options.group = CDP_STR("g");
        options.id = cdp_string_of(bad_names[i]);
        assert_int_equal(cdp_install_new(&options, &install), CDP_ERR_ARGUMENT);
        options.id = CDP_STR("d");
    }
    options.reserved = 1;
    assert_int_equal(cdp_install_new(&options, &install), CDP_ERR_STRUCT);
    assert_null(install);
    cdp_install_free(NULL);
    host_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_install_is_laid_out),
        cmocka_unit_test(permissions_are_in_place_with_the_files),
        cmocka_unit_test(revert_brings_everything_back),
        cmocka_unit_test(revert_keeps_what_others_wrote),
        cmocka_unit_test(keep_keeps_what_others_wrote),
        cmocka_unit_test(a_late_conflict_is_undone),
        cmocka_unit_test(every_callback_may_fail),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(the_host_may_cancel_at_any_moment),
        cmocka_unit_test(copies_at_once_are_told_like_copies_in_turn),
        cmocka_unit_test(answers_about_copies_are_checked),
        cmocka_unit_test(a_full_disk_leaves_the_old_tree),
        cmocka_unit_test(a_journal_waits_for_recovery),
        cmocka_unit_test(damaged_journals_are_refused_untouched),
        cmocka_unit_test(arguments_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
