/* SPDX-License-Identifier: MIT */
/*
 * Goes through what can happen to a deployment: from each state every input that a host could put
 * in, breadth first, each state once (a state is its snapshot, so that every step is also a restore),
 * up to a number of states; and then at random, deeper. In every state the invariants hold.
 *
 *     test-deployment-explore PLAY STATES WALKS
 */
#include "plays.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_INPUTS = 64 };

typedef struct seen_states {
    uint64_t *hashes;
    size_t capacity;
    size_t count;
} seen_states;

typedef struct kept_state {
    char *bytes;
    size_t length;
} kept_state;

typedef struct exploration {
    production made;
    seen_states seen;
    kept_state *queue;
    size_t head;
    size_t tail;
    size_t most;
    size_t ends;
    size_t refused;
    size_t rollbacks;
    uint64_t random;
} exploration;

static uint64_t hash_of(cdp_string text)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 1099511628211u;
    return hash ? hash : 1;
}

static bool is_new(seen_states *seen, uint64_t hash)
{
    size_t at = hash % seen->capacity;

    while (seen->hashes[at]) {
        if (seen->hashes[at] == hash)
            return false;
        at = (at + 1) % seen->capacity;
    }
    seen->hashes[at] = hash;
    seen->count++;
    return true;
}

/* ---------------------------------------------------------------------------------------------- */
/* Invariants                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

static bool is_final(cdp_deployment_status status)
{
    return status == CDP_DEPLOYMENT_STATUS_SUCCEEDED || status == CDP_DEPLOYMENT_STATUS_FAILED ||
           status == CDP_DEPLOYMENT_STATUS_STOPPED;
}

/* Events run in order, one at a time, and none after one that failed or was skipped, unless its
 * failure is ignored. */
static void check_events(const cdp_deployment *deployment, uint32_t target, bool ignores)
{
    cdp_deployment_target view = {.size = sizeof view};
    bool ended = false;
    bool running = false;

    assert_int_equal(cdp_deployment_target_at(deployment, target, &view), CDP_OK);
    for (uint32_t i = 0; i < cdp_lifecycle_plan_event_count(view.plan); i++) {
        cdp_lifecycle_event_record record = {.size = sizeof record};

        assert_int_equal(cdp_deployment_event_at(deployment, target, i, &record), CDP_OK);
        switch (record.status) {
        case CDP_EVENT_STATUS_SUCCEEDED:
            assert_false(ended || running);
            break;
        case CDP_EVENT_STATUS_FAILED:
            assert_false(ended || running);
            ended = !ignores;
            break;
        case CDP_EVENT_STATUS_IN_PROGRESS:
            assert_false(ended || running);
            assert_int_equal(view.status, CDP_TARGET_STATUS_IN_PROGRESS);
            running = true;
            break;
        default:
            break;
        }
    }
}

static void check_actions(const cdp_deployment *deployment)
{
    size_t count = cdp_deployment_open_count(deployment);
    cdp_deployment_action none = {.size = sizeof none};

    assert_int_equal(cdp_deployment_open_at(deployment, count, &none), CDP_ERR_NOT_FOUND);
    for (size_t i = 0; i < count; i++) {
        cdp_deployment_action action = {.size = sizeof action};
        cdp_lifecycle_event_record record = {.size = sizeof record};

        assert_int_equal(cdp_deployment_open_at(deployment, i, &action), CDP_OK);
        assert_int_equal(action.needs_answer, 1);
        if (action.kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC)
            assert_int_equal(action.weight + action.original_weight, 100);
        if (action.kind == CDP_DEPLOYMENT_ACTION_CANCEL || action.event == CDP_DEPLOYMENT_NO_EVENT)
            continue;
        assert_int_equal(cdp_deployment_event_at(deployment, action.target, action.event, &record),
                         CDP_OK);
        assert_int_equal(record.status, CDP_EVENT_STATUS_IN_PROGRESS);
    }
}

static void check(const cdp_deployment *deployment, const exploration *all)
{
    cdp_deployment_info info = {.size = sizeof info};
    size_t apart = 0;

    assert_int_equal(cdp_deployment_get_info(deployment, &info), CDP_OK);
    assert_int_equal(info.weight + info.original_weight, 100);
    assert_true(info.weight >= 0 && info.weight <= 100);
    assert_int_equal(is_final(info.status), cdp_deployment_is_over(deployment));
    for (uint32_t i = 0; i < cdp_deployment_target_count(deployment); i++) {
        cdp_deployment_target view = {.size = sizeof view};

        assert_int_equal(cdp_deployment_target_at(deployment, i, &view), CDP_OK);
        apart += !view.takes_part;
        check_events(deployment, i, all->made.options.ignore_application_stop_failures != 0);
    }
    assert_int_equal(info.pending + info.in_progress + info.succeeded + info.failed + info.skipped +
                         info.ready + info.unknown + apart,
                     cdp_deployment_target_count(deployment));
    check_actions(deployment);
    if (cdp_deployment_is_over(deployment)) {
        assert_int_equal(info.open_actions, 0);
        if (info.pending + info.in_progress + info.ready)
            fail_msg("over, with %u pending, %u in progress, %u ready targets", info.pending,
                     info.in_progress, info.ready);
        assert_int_equal(cdp_deployment_next_deadline(deployment), INT64_MAX);
    } else if (info.status != CDP_DEPLOYMENT_STATUS_CREATED) {
        /* It waits for somebody, or for a time: never for nothing. */
        assert_true(info.open_actions > 0 || cdp_deployment_next_deadline(deployment) < INT64_MAX);
    }
}

/* ---------------------------------------------------------------------------------------------- */
/* Ends                                                                                           */
/* ---------------------------------------------------------------------------------------------- */

static bool failed_before_install(const cdp_deployment *deployment)
{
    cdp_lifecycle_event_record record = {.size = sizeof record};

    return cdp_deployment_platform(deployment) == CDP_PLATFORM_ECS &&
           cdp_deployment_event_at(deployment, 0, 0, &record) == CDP_OK &&
           record.status == CDP_EVENT_STATUS_FAILED;
}

/* Everything goes well: the rollback ends, and all traffic is on the original. */
static void roll_back(const cdp_deployment *deployment, exploration *all)
{
    cdp_deployment_options options = {.size = sizeof options, .id = {"d-R", 3}};
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_deployment_info end = {.size = sizeof end};
    cdp_deployment_action action = {.size = sizeof action};
    cdp_rollback_plan *plan = NULL;
    cdp_deployment *rollback = NULL;
    int64_t now = cdp_deployment_now(deployment);

    assert_int_equal(
        cdp_deployment_plan_rollback(deployment, 0, (cdp_string){NULL, 0}, NULL, NULL, &plan),
        CDP_OK);
    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    if (failed_before_install(deployment))
        assert_int_equal(info.possible, 0);
    if (!info.possible) {
        cdp_rollback_plan_free(plan);
        return;
    }
    options.appspec = all->made.appspec;
    assert_int_equal(cdp_deployment_new_rollback(deployment, plan, &options, NULL, NULL, &rollback),
                     CDP_OK);
    assert_int_equal(cdp_deployment_start(rollback, now, NULL), CDP_OK);
    while (cdp_deployment_next_action(rollback, &action) == CDP_OK) {
        assert_int_not_equal(action.kind, CDP_DEPLOYMENT_ACTION_ROLL_BACK);
        if (action.needs_answer)
            assert_int_equal(cdp_deployment_answer(rollback, now, action.token, CDP_DEPLOYMENT_DONE,
                                                   (cdp_string){NULL, 0}, NULL),
                             CDP_OK);
    }
    assert_int_equal(cdp_deployment_get_info(rollback, &end), CDP_OK);
    assert_int_equal(end.status, CDP_DEPLOYMENT_STATUS_SUCCEEDED);
    assert_int_equal(end.weight, 0);
    assert_int_equal(end.test_weight, 0);
    all->rollbacks++;
    cdp_deployment_free(rollback);
    cdp_rollback_plan_free(plan);
}

/* ---------------------------------------------------------------------------------------------- */
/* Steps                                                                                          */
/* ---------------------------------------------------------------------------------------------- */

typedef struct choice {
    cdp_deployment_input input;
    int64_t now;
} choice;

static void add(choice *choices, size_t *count, int64_t now, cdp_deployment_input input)
{
    assert_true(*count < MOST_INPUTS);
    input.size = sizeof input;
    choices[(*count)++] = (choice){input, now};
}

static size_t choose(const cdp_deployment *deployment, choice *choices)
{
    int64_t now = cdp_deployment_now(deployment) < 0 ? 0 : cdp_deployment_now(deployment);
    int64_t next = cdp_deployment_next_deadline(deployment);
    size_t open = cdp_deployment_open_count(deployment);
    size_t count = 0;

    for (size_t i = 0; i < open; i++) {
        cdp_deployment_action action = {.size = sizeof action};

        assert_int_equal(cdp_deployment_open_at(deployment, i, &action), CDP_OK);
        for (int outcome = CDP_DEPLOYMENT_DONE; outcome <= CDP_DEPLOYMENT_FAILED; outcome++)
            add(choices, &count, now,
                (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_ANSWER,
                                       .token = action.token,
                                       .outcome = (cdp_deployment_outcome)outcome});
    }
    if (next < INT64_MAX) {
        add(choices, &count, next, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_TIME});
        add(choices, &count, next + 7200000,
            (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_TIME});
    }
    add(choices, &count, now, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_START});
    add(choices, &count, now, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_STOP});
    add(choices, &count, now, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_CONTINUE});
    add(choices, &count, now,
        (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_FAIL,
                               .code = CDP_ERROR_CODE_REVISION_MISSING});
    for (int alarm = CDP_ALARM_STATE_OK; alarm <= CDP_ALARM_STATE_ALARM; alarm++)
        add(choices, &count, now,
            (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_ALARM,
                                   .name = {"errors", 6},
                                   .alarm_state = (cdp_alarm_state)alarm});
    for (int kind = CDP_DEPLOYMENT_INPUT_LOST; kind <= CDP_DEPLOYMENT_INPUT_RESTARTED; kind++)
        add(choices, &count, now, (cdp_deployment_input){.kind = (cdp_deployment_input_kind)kind});
    /* What is never legal. */
    add(choices, &count, now,
        (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_ANSWER,
                               .token = 1u << 24,
                               .outcome = CDP_DEPLOYMENT_DONE});
    return count;
}

static cdp_deployment *wake(exploration *all, const char *bytes, size_t length)
{
    cdp_deployment *deployment = NULL;
    cdp_deployment_action action = {.size = sizeof action};

    cdp_diagnostics *diagnostics = NULL;
    cdp_status status;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    status =
        cdp_deployment_restore(bytes, length, &all->made.options, NULL, diagnostics, &deployment);
    if (status != CDP_OK) {
        cdp_diagnostic finding = {.size = sizeof finding};

        (void)cdp_diagnostics_at(diagnostics, 0, &finding);
        fail_msg("%s: %s\n%.*s", cdp_status_name(status), finding.message.data, (int)length, bytes);
    }
    cdp_diagnostics_free(diagnostics);
    while (cdp_deployment_next_action(deployment, &action) == CDP_OK)
        ;
    return deployment;
}

/* Puts an input in; what there is then is checked. False when it was refused. */
static bool take_step(exploration *all, cdp_deployment *deployment, const choice *made)
{
    cdp_deployment_action action = {.size = sizeof action};
    bool was_over = cdp_deployment_is_over(deployment);
    cdp_deployment_status before = cdp_deployment_get_status(deployment);
    cdp_status status = cdp_deployment_step(deployment, made->now, &made->input, NULL);

    while (cdp_deployment_next_action(deployment, &action) == CDP_OK)
        assert_false(was_over && action.needs_answer);
    check(deployment, all);
    if (was_over)
        assert_int_equal(cdp_deployment_get_status(deployment), before);
    if (status != CDP_OK)
        all->refused++;
    else if (!was_over && cdp_deployment_is_over(deployment)) {
        all->ends++;
        if (cdp_deployment_get_status(deployment) != CDP_DEPLOYMENT_STATUS_SUCCEEDED)
            roll_back(deployment, all);
    }
    return status == CDP_OK;
}

static void keep(exploration *all, const cdp_deployment *deployment)
{
    cdp_text *text = NULL;
    cdp_string bytes;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_deployment_snapshot(deployment, text), CDP_OK);
    bytes = cdp_text_string(text);
    if (all->tail < all->most && is_new(&all->seen, hash_of(bytes))) {
        kept_state *kept = &all->queue[all->tail++];

        kept->bytes = malloc(bytes.length);
        assert_non_null(kept->bytes);
        memcpy(kept->bytes, bytes.data, bytes.length);
        kept->length = bytes.length;
    }
    cdp_text_free(text);
}

static void explore(exploration *all)
{
    cdp_deployment *first = cast(&all->made);

    keep(all, first);
    cdp_deployment_free(first);
    while (all->head < all->tail) {
        kept_state from = all->queue[all->head++];
        choice choices[MOST_INPUTS];
        cdp_deployment *deployment = wake(all, from.bytes, from.length);
        size_t count = choose(deployment, choices);

        cdp_deployment_free(deployment);
        for (size_t i = 0; i < count && all->tail < all->most; i++) {
            deployment = wake(all, from.bytes, from.length);
            if (take_step(all, deployment, &choices[i]))
                keep(all, deployment);
            cdp_deployment_free(deployment);
        }
        free(from.bytes);
        all->queue[all->head - 1].bytes = NULL;
    }
}

static uint64_t next_random(exploration *all)
{
    all->random ^= all->random << 13;
    all->random ^= all->random >> 7;
    all->random ^= all->random << 17;
    return all->random;
}

/* From the beginning to the end, mostly with good answers, so that walks get far. */
static void walk(exploration *all)
{
    cdp_deployment *deployment = cast(&all->made);

    for (size_t i = 0; i < 300 && !cdp_deployment_is_over(deployment); i++) {
        choice choices[MOST_INPUTS];
        size_t count = choose(deployment, choices);
        size_t open = cdp_deployment_open_count(deployment);
        size_t index = next_random(all) % count;

        if (open > 0 && next_random(all) % 8)
            index = 2 * (next_random(all) % open);
        (void)take_step(all, deployment, &choices[index]);
    }
    cdp_deployment_free(deployment);
}

static char **arguments;

static void holds_whatever_happens(void **state)
{
    exploration all = {.random = 88172645463325252u};
    size_t walks = strtoul(arguments[3], NULL, 10);

    (void)state;
    all.most = strtoul(arguments[2], NULL, 10);
    for (size_t i = 0; i < play_count; i++) {
        if (strcmp(plays[i].name, arguments[1]) == 0)
            produce(&all.made, &plays[i]);
    }
    all.seen.capacity = 4 * all.most + 16;
    all.seen.hashes = calloc(all.seen.capacity, sizeof *all.seen.hashes);
    all.queue = calloc(all.most + 1, sizeof *all.queue);
    assert_true(all.made.play && all.seen.hashes && all.queue);
    explore(&all);
    for (size_t i = 0; i < walks; i++)
        walk(&all);
    printf("%s: %zu states, %zu ends, %zu rollbacks, %zu refusals, %zu walks\n", arguments[1],
           all.seen.count, all.ends, all.rollbacks, all.refused, walks);
    assert_true(all.ends > 0);
    for (size_t i = 0; i < all.tail; i++)
        free(all.queue[i].bytes);
    free(all.queue);
    free(all.seen.hashes);
    strike(&all.made);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(holds_whatever_happens)};

    if (argc != 4)
        return 2;
    arguments = argv;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
