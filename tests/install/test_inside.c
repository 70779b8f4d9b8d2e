/* SPDX-License-Identifier: MIT */
/* An install that is carried on from inside its own callback: refused, and nothing changes. */
#include "scenario.h"

#include <string.h>

typedef struct nosy {
    cdp_install *install;
    size_t looks;
    size_t cancel_at;
} nosy;

static cdp_status look_and_touch(const cdp_install_progress *told, void *user)
{
    cdp_install_progress progress = {.size = sizeof progress};
    nosy *n = user;

    assert_int_equal(cdp_install_step(n->install), CDP_ERR_STATE);
    assert_int_equal(cdp_install_apply(n->install, NULL), CDP_ERR_STATE);
    assert_int_equal(cdp_install_keep(n->install, NULL), CDP_ERR_STATE);
    assert_int_equal(cdp_install_revert(n->install, NULL), CDP_ERR_STATE);
    assert_int_equal(cdp_install_progress_of(n->install, &progress), CDP_OK);
    assert_int_equal(cdp_install_state_of(n->install), told->state);
    return ++n->looks == n->cancel_at ? CDP_ERR_CANCELLED : CDP_OK;
}

static void boot(host *h, nosy *n)
{
    cdp_install_apply_options options = {.size = sizeof options,
                                         .group = {SCENARIO_GROUP, strlen(SCENARIO_GROUP)},
                                         .id = {"d-NEW", 5},
                                         .progress = look_and_touch,
                                         .user = n};

    host_boot(h, &scenarios[0], 0);
    options.plan = h->plan;
    options.fs = &h->fs;
    assert_int_equal(cdp_install_new(&options, &n->install), CDP_OK);
}

static void it_is_applied_all_the_same(void **state)
{
    nosy n = {NULL};
    host h;

    (void)state;
    boot(&h, &n);
    assert_int_equal(cdp_install_apply(n.install, NULL), CDP_OK);
    assert_true(n.looks > 1);
    assert_int_equal(cdp_install_keep(n.install, NULL), CDP_OK);
    assert_int_equal(cdp_install_state_of(n.install), CDP_INSTALL_KEPT);
    host_assert_tidy(&h);
    cdp_install_free(n.install);
    host_free(&h);
}

static void it_is_undone_all_the_same(void **state)
{
    nosy n = {.cancel_at = 2};
    host h;

    (void)state;
    boot(&h, &n);
    assert_int_equal(cdp_install_apply(n.install, NULL), CDP_ERR_CANCELLED);
    assert_int_equal(cdp_install_state_of(n.install), CDP_INSTALL_UNDONE);
    host_assert_tidy(&h);
    cdp_install_free(n.install);
    host_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_applied_all_the_same),
        cmocka_unit_test(it_is_undone_all_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
