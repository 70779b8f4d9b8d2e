/* SPDX-License-Identifier: MIT */
/* Structs of older and newer callers, in both directions. */
#include "situation.h"

#include <stdlib.h>

#include "base/strings.h"

#define WORDS                                                                                      \
    "platform server; cause failure; id d-1; auto failure; past d-0; past d-1;"                    \
    "target i-1 begun zone=a; target i-2 good healthy; file /a created; file /b created"

static cdp_rollback_plan *plan_of(const cdp_rollback_situation *it)
{
    cdp_rollback_plan *plan = NULL;

    assert_int_equal(cdp_rollback_plan_new(it, NULL, NULL, &plan), CDP_OK);
    return plan;
}

static cdp_status status_of(const cdp_rollback_situation *it)
{
    cdp_rollback_plan *plan = NULL;
    cdp_status status = cdp_rollback_plan_new(it, NULL, NULL, &plan);

    cdp_rollback_plan_free(plan);
    return status;
}

/* Of an older caller the missing tail counts as zero. */
static void older_situation(void **state)
{
    situation s;
    cdp_rollback_plan *plan;

    (void)state;
    situation_read(&s, WORDS);
    s.it.size = offsetof(cdp_rollback_situation, files);
    plan = plan_of(&s.it);
    for (size_t i = 0; i < cdp_rollback_plan_restore_count(plan); i++) {
        cdp_rollback_effect effect = {.size = sizeof effect};

        assert_int_equal(cdp_rollback_plan_restore_at(plan, i, &effect), CDP_OK);
        assert_int_not_equal(effect.kind, CDP_ROLLBACK_EFFECT_FILE);
    }
    cdp_rollback_plan_free(plan);
    s.it.size = sizeof(size_t);
    assert_int_equal(status_of(&s.it), CDP_ERR_STRUCT);
    s.it.size = 0;
    assert_int_equal(status_of(&s.it), CDP_ERR_STRUCT);
}

/* Of a newer caller an unknown tail has to be zero. */
static void newer_situation(void **state)
{
    struct {
        cdp_rollback_situation it;
        int64_t more;
    } newer;
    situation s;

    (void)state;
    situation_read(&s, WORDS);
    newer.it = s.it;
    newer.it.size = sizeof newer;
    newer.more = 0;
    assert_int_equal(status_of(&newer.it), CDP_OK);
    newer.more = 1;
    assert_int_equal(status_of(&newer.it), CDP_ERR_STRUCT);
}

/* Copies `count` structs of `bytes` to ones of `stride`, the rest filled with `fill`. */
static void *spread(const void *from, size_t bytes, size_t stride, size_t count, int fill)
{
    unsigned char *to = malloc(count * stride);

    assert_non_null(to);
    memset(to, fill, count * stride);
    for (size_t i = 0; i < count; i++) {
        memcpy(to + i * stride, (const unsigned char *)from + i * bytes,
               bytes < stride ? bytes : stride);
        memcpy(to + i * stride, &stride, sizeof stride);
    }
    return to;
}

#define SPREAD(array, count, change, fill)                                                         \
    spread(array, sizeof *(array), (size_t)((long)sizeof *(array) + (change)), count, fill)

static void arrays_of_other_callers(void **state)
{
    static const long changes[] = {-8, 0, 8, 64};
    situation s;

    (void)state;
    situation_read(&s, WORDS);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        void *targets = SPREAD(s.targets, 2, changes[i], 0);
        void *past = SPREAD(s.past, 2, changes[i], 0);
        void *files = SPREAD(s.files, 2, changes[i], 0);
        cdp_rollback_situation it = s.it;
        cdp_rollback_plan *plan;
        cdp_rollback_plan_info info = {.size = sizeof info};

        it.targets = targets;
        it.past = past;
        it.files = changes[i] < 0 ? NULL : files;
        it.file_count = changes[i] < 0 ? 0 : 2;
        plan = plan_of(&it);
        assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
        assert_cdp_string(info.source_id, "d-0");
        assert_int_equal(cdp_rollback_plan_target_count(plan), 2);
        cdp_rollback_plan_free(plan);
        free(targets);
        free(past);
        free(files);
    }
}

static void arrays_that_are_none(void **state)
{
    situation s;
    void *targets;

    (void)state;
    situation_read(&s, WORDS);
    targets = SPREAD(s.targets, 2, 8, 1);
    s.it.targets = targets;
    assert_int_equal(status_of(&s.it), CDP_ERR_STRUCT);
    free(targets);
    s.it.targets = s.targets;
    s.targets[1].size -= 8;
    assert_int_equal(status_of(&s.it), CDP_ERR_STRUCT);
    s.targets[1].size += 8;
    s.targets[0].size = 0;
    assert_int_equal(status_of(&s.it), CDP_ERR_STRUCT);
    s.targets[0].size = sizeof s.targets[0];
    s.revisions[0].size = 3;
    assert_int_equal(status_of(&s.it), CDP_ERR_STRUCT);
    s.revisions[0].size = sizeof s.revisions[0];
    s.it.target_count = SIZE_MAX;
    assert_int_equal(status_of(&s.it), CDP_ERR_NOMEM);
    s.it.target_count = 2;
    assert_int_equal(status_of(&s.it), CDP_OK);
}

/* Durations of events that are not known here are passed over. */
static void more_durations(void **state)
{
    int64_t event_ms[40];
    situation s;
    cdp_rollback_plan *plan;
    cdp_rollback_plan_info info = {.size = sizeof info};

    (void)state;
    situation_read(&s, WORDS);
    for (size_t i = 0; i < 40; i++)
        event_ms[i] = 10;
    s.it.event_ms = event_ms;
    s.it.event_ms_count = 40;
    plan = plan_of(&s.it);
    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    assert_int_equal(info.duration_ms, 70);
    assert_int_equal(info.duration_basis, CDP_ROLLBACK_BASIS_ESTIMATE);
    cdp_rollback_plan_free(plan);
}

/* -- out -------------------------------------------------------------------------------------- */

typedef cdp_status (*getter)(const cdp_rollback_plan *plan, void *view);

static cdp_status get_info(const cdp_rollback_plan *plan, void *view)
{
    return cdp_rollback_plan_get_info(plan, view);
}

static cdp_status get_step(const cdp_rollback_plan *plan, void *view)
{
    return cdp_rollback_plan_step_at(plan, 0, view);
}

static cdp_status get_event(const cdp_rollback_plan *plan, void *view)
{
    return cdp_rollback_plan_step_event_at(plan, 0, 0, view);
}

static cdp_status get_target(const cdp_rollback_plan *plan, void *view)
{
    return cdp_rollback_plan_target_at(plan, 0, view);
}

static cdp_status get_restore(const cdp_rollback_plan *plan, void *view)
{
    return cdp_rollback_plan_restore_at(plan, 0, view);
}

static cdp_status get_loss(const cdp_rollback_plan *plan, void *view)
{
    return cdp_rollback_plan_loss_at(plan, 0, view);
}

/* An older caller gets as much as it knows, a newer one zeros behind what is known here. */
static void views(void **state)
{
    static const struct {
        getter get;
        size_t bytes;
    } all[] = {
        {get_info, sizeof(cdp_rollback_plan_info)},
        {get_step, sizeof(cdp_rollback_step)},
        {get_event, sizeof(cdp_rollback_step_event)},
        {get_target, sizeof(cdp_rollback_plan_target)},
        {get_restore, sizeof(cdp_rollback_effect)},
        {get_loss, sizeof(cdp_rollback_effect)},
    };
    situation s;
    cdp_rollback_plan *plan;

    (void)state;
    situation_read(&s, WORDS "; file /c retained");
    plan = plan_of(&s.it);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        unsigned char whole[1024];
        unsigned char view[1024];

        memset(whole, 0xff, sizeof whole);
        memcpy(whole, &all[i].bytes, sizeof all[i].bytes);
        assert_int_equal(all[i].get(plan, whole), CDP_OK);
        for (size_t size = 0; size <= all[i].bytes + 32; size += 8) {
            cdp_status expected = size <= sizeof size ? CDP_ERR_STRUCT : CDP_OK;
            size_t known = size < all[i].bytes ? size : all[i].bytes;

            memset(view, 0xff, sizeof view);
            memcpy(view, &size, sizeof size);
            assert_int_equal(all[i].get(plan, view), expected);
            if (expected != CDP_OK)
                continue;
            assert_memory_equal(view + sizeof size, whole + sizeof size, known - sizeof size);
            for (size_t at = known; at < size; at++)
                assert_int_equal(view[at], 0);
            for (size_t at = size; at < sizeof view; at++)
                assert_int_equal(view[at], 0xff);
        }
    }
    cdp_rollback_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(older_situation),         cmocka_unit_test(newer_situation),
        cmocka_unit_test(arrays_of_other_callers), cmocka_unit_test(arrays_that_are_none),
        cmocka_unit_test(more_durations),          cmocka_unit_test(views),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
