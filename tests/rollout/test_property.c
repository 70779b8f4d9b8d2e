/* SPDX-License-Identifier: MIT */
/*
 * Roll-outs of up to 10,000 instances under every kind of input in random order: results late, early
 * and twice, unknown instances, restarts, arrivals and departures, stops, time, snapshots. A model
 * that knows only which instances are healthy and which are worked on checks what is decided.
 */
#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"

enum { MOST = 12000 };

static uint64_t seed;

static uint32_t random_below(uint32_t bound)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(((seed >> 33) * bound) >> 31);
}

typedef struct model {
    cdp_rollout *rollout;
    cdp_rollout_options options;
    uint32_t instances;
    uint32_t failure_percent;
    bool moves; /* instances join, leave and restart */
    bool healthy[MOST];
    bool worked_on[MOST];
    uint32_t attempts[MOST];
    uint32_t flying[MOST];
    uint32_t flying_count;
    int64_t now;
    uint64_t trace; /* of all decisions */
    uint32_t starts;
    bool verdict_told;
} model;

static void trace(model *m, uint64_t value)
{
    m->trace = (m->trace ^ value) * 1099511628211u;
}

static void land(model *m, uint32_t place)
{
    m->worked_on[m->flying[place]] = false;
    m->flying[place] = m->flying[--m->flying_count];
}

static uint32_t serving(const model *m)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < m->instances; i++)
        count += m->healthy[i] && !m->worked_on[i];
    return count;
}

static void check_start(model *m, const cdp_rollout_decision *d)
{
    assert_int_equal(m->verdict_told, 0);
    assert_false(m->worked_on[d->instance]);
    assert_int_equal(d->attempt, ++m->attempts[d->instance]);
    m->worked_on[d->instance] = true;
    m->flying[m->flying_count++] = d->instance;
    m->starts++;
    assert_int_equal(d->in_flight, m->flying_count);
    if (m->options.concurrency_limit)
        assert_true(m->flying_count <= m->options.concurrency_limit);
    if (d->rule == CDP_ROLLOUT_RULE_START_HEALTHY) {
        assert_true(m->healthy[d->instance]);
        assert_true(d->healthy >= d->minimum);
        if (m->starts % 101 == 0)
            assert_int_equal(serving(m), d->healthy);
    }
}

static void take(model *m)
{
    cdp_rollout_decision d;

    while (next_decision(m->rollout, &d)) {
        trace(m, (uint64_t)d.kind << 56 | (uint64_t)d.rule << 40 | d.instance);
        if (d.kind == CDP_ROLLOUT_DECISION_START)
            check_start(m, &d);
        if (d.kind == CDP_ROLLOUT_DECISION_VERDICT) {
            assert_false(m->verdict_told);
            m->verdict_told = true;
        }
        if (d.kind == CDP_ROLLOUT_DECISION_SKIP)
            assert_false(m->worked_on[d.instance]);
    }
}

/* Counts what the roll-out says of each instance, and compares with its totals. */
static void check_numbers(const model *m)
{
    cdp_rollout_numbers numbers = numbers_of(m->rollout);
    uint32_t count[CDP_ROLLOUT_STATE_LEFT + 1] = {0};

    for (uint32_t i = 0; i < m->instances; i++)
        count[state_of(m->rollout, i)]++;
    assert_int_equal(count[CDP_ROLLOUT_STATE_PENDING], numbers.pending);
    assert_int_equal(count[CDP_ROLLOUT_STATE_IN_FLIGHT], numbers.in_flight);
    assert_int_equal(count[CDP_ROLLOUT_STATE_SUCCEEDED], numbers.succeeded);
    assert_int_equal(count[CDP_ROLLOUT_STATE_FAILED], numbers.failed);
    assert_int_equal(count[CDP_ROLLOUT_STATE_SKIPPED], numbers.skipped);
    assert_int_equal(count[CDP_ROLLOUT_STATE_OUTDATED], numbers.outdated);
    assert_int_equal(numbers.instances, numbers.pending + numbers.in_flight + numbers.succeeded +
                                            numbers.failed + numbers.skipped);
    assert_int_equal(numbers.in_flight, m->flying_count);
}

static void swap_for_a_copy(model *m)
{
    cdp_rollout *copy = restored(m->rollout);

    cdp_rollout_free(m->rollout);
    m->rollout = copy;
}

static void some_result(model *m)
{
    uint32_t place = random_below(m->flying_count);
    uint32_t instance = m->flying[place];
    int succeeded = random_below(100) >= m->failure_percent;
    uint32_t attempt = random_below(2) ? m->attempts[instance] : 0;

    assert_int_equal(cdp_rollout_result(m->rollout, instance, attempt, succeeded, m->now, NULL),
                     CDP_OK);
    m->healthy[instance] = succeeded;
    land(m, place);
    /* The same message again. */
    if (random_below(10) == 0)
        assert_int_equal(cdp_rollout_result(m->rollout, instance, attempt, succeeded, m->now, NULL),
                         CDP_ERR_STATE);
}

static void some_nonsense(model *m)
{
    uint32_t instance = random_below(m->instances);

    assert_int_equal(cdp_rollout_step(m->rollout, m->now, NULL), CDP_OK);
    assert_int_equal(
        cdp_rollout_result(m->rollout, m->instances + random_below(1000), 0, 1, m->now, NULL),
        CDP_ERR_NOT_FOUND);
    if (m->now > 0)
        assert_int_equal(cdp_rollout_step(m->rollout, m->now - 1, NULL), CDP_ERR_TIME);
    if (!m->worked_on[instance])
        assert_int_equal(cdp_rollout_result(m->rollout, instance, 0, 1, m->now, NULL),
                         CDP_ERR_STATE);
    else
        assert_int_equal(
            cdp_rollout_result(m->rollout, instance, m->attempts[instance] + 1, 1, m->now, NULL),
            CDP_ERR_STATE);
}

static void forget_flight(model *m, uint32_t instance)
{
    for (uint32_t i = 0; i < m->flying_count; i++) {
        if (m->flying[i] == instance) {
            land(m, i);
            return;
        }
    }
}

static void some_join(model *m)
{
    char id[24];
    char zone[2] = {(char)('a' + random_below(4)), '\0'};
    cdp_rollout_instance instance = {.size = sizeof instance};
    uint32_t number;

    if (m->instances >= MOST || cdp_rollout_current_verdict(m->rollout, NULL))
        return;
    instance.id = (cdp_string){
        id, (size_t)snprintf(id, sizeof id, "n-%08x", (unsigned)(m->instances * 2654435761u))};
    instance.zone = cdp_string_of(zone);
    instance.instance_health = (cdp_instance_health)random_below(2);
    assert_int_equal(cdp_rollout_join(m->rollout, &instance, m->now, NULL, &number), CDP_OK);
    assert_int_equal(number, m->instances++);
    m->healthy[number] = instance.instance_health == CDP_INSTANCE_HEALTHY &&
                         state_of(m->rollout, number) == CDP_ROLLOUT_STATE_PENDING;
}

static void some_move(model *m)
{
    uint32_t instance = random_below(m->instances);
    cdp_rollout_state before = state_of(m->rollout, instance);

    if (random_below(3) == 0) {
        some_join(m);
        return;
    }
    if (random_below(2)) {
        assert_int_equal(cdp_rollout_leave(m->rollout, instance, m->now, NULL), CDP_OK);
        if (!m->verdict_told || m->worked_on[instance])
            m->healthy[instance] = false;
        forget_flight(m, instance);
    } else {
        assert_int_equal(cdp_rollout_restart(m->rollout, instance, m->now, NULL), CDP_OK);
        if (state_of(m->rollout, instance) == CDP_ROLLOUT_STATE_PENDING ||
            before == CDP_ROLLOUT_STATE_IN_FLIGHT)
            m->healthy[instance] = false;
        forget_flight(m, instance);
    }
}

static void some_input(model *m)
{
    uint32_t dice = random_below(100);
    int64_t deadline = cdp_rollout_next_deadline(m->rollout);

    m->now += random_below(3);
    if (dice < 5)
        some_nonsense(m);
    else if (dice < 12 && m->moves)
        some_move(m);
    else if (m->flying_count > 0)
        some_result(m);
    else if (deadline < INT64_MAX)
        m->now = deadline > m->now ? deadline : m->now;
    assert_int_equal(cdp_rollout_step(m->rollout, m->now, NULL), CDP_OK);
}

static void make(model *m, uint32_t instances, uint32_t unhealthy_percent)
{
    cdp_rollout *rollout = NULL;

    assert_int_equal(cdp_rollout_new(&m->options, NULL, NULL, &rollout), CDP_OK);
    m->instances = instances;
    for (uint32_t i = 0; i < instances; i++) {
        char id[24];
        char zone[2] = {(char)('a' + random_below(3)), '\0'};
        cdp_rollout_instance instance = {.size = sizeof instance};

        m->healthy[i] = random_below(100) >= unhealthy_percent;
        instance.id = (cdp_string){
            id, (size_t)snprintf(id, sizeof id, "i-%08x", (unsigned)(i * 2654435761u))};
        instance.zone = cdp_string_of(zone);
        instance.instance_health = (cdp_instance_health)m->healthy[i];
        instance.revision_health = (cdp_revision_health)random_below(3);
        assert_int_equal(cdp_rollout_add(rollout, &instance, 1, NULL), CDP_OK);
    }
    assert_int_equal(cdp_rollout_start(rollout, 0, NULL), CDP_OK);
    m->rollout = rollout;
}

static cdp_rollout_options some_options(uint32_t instances, bool moves)
{
    cdp_rollout_options options = {
        .size = sizeof options,
        .minimum_type = random_below(2) ? CDP_MINIMUM_FLEET_PERCENT : CDP_MINIMUM_HOST_COUNT,
        .minimum_value = random_below(95),
        .zonal = (int)random_below(2),
        .zone_wait_ms = random_below(2) ? 0 : 1000,
        .zone_minimum_type = CDP_MINIMUM_FLEET_PERCENT,
        .zone_minimum_value = random_below(60),
        .live_membership = moves && random_below(2),
        .no_forgiveness = (int)random_below(2),
        .concurrency_limit = random_below(3) ? 0 : 1 + random_below(50),
        .canary_size = random_below(3) ? 0 : 1 + random_below(5),
        .canary_wait_ms = 100,
    };

    if (options.minimum_type == CDP_MINIMUM_HOST_COUNT)
        options.minimum_value = random_below(instances + instances / 20);
    if (random_below(4) == 0)
        options.failure_budget_type = CDP_ROLLOUT_BUDGET_PERCENT;
    if (options.failure_budget_type)
        options.failure_budget = random_below(30);
    return options;
}

/* Until everything is told. Nothing may hang: with so many inputs it has to be over. */
static void play(model *m, uint32_t stop_at)
{
    uint64_t most = (uint64_t)m->instances * 40 + 2000;

    take(m);
    for (uint64_t i = 0; !cdp_rollout_is_settled(m->rollout); i++) {
        assert_true(i < most);
        if (i == stop_at && !m->verdict_told)
            assert_int_equal(cdp_rollout_stop(m->rollout, CDP_ROLLOUT_STOP_MANUAL, m->now, NULL),
                             CDP_OK);
        else
            some_input(m);
        take(m);
        if (i % 997 == 3)
            check_numbers(m);
        if (m->instances < 500 && random_below(50) == 0)
            swap_for_a_copy(m);
    }
    check_numbers(m);
}

/* What a settled roll-out has to look like. */
static void check_end(const model *m)
{
    cdp_rollout_decision verdict = {.size = sizeof verdict};
    cdp_rollout_numbers numbers = numbers_of(m->rollout);
    cdp_rollout_verdict word = cdp_rollout_current_verdict(m->rollout, &verdict);

    assert_int_equal(numbers.in_flight, 0);
    assert_int_equal(numbers.pending, 0);
    assert_true(m->verdict_told);
    if (word == CDP_ROLLOUT_SUCCEEDED) {
        assert_int_equal(numbers.skipped, 0);
        assert_true(numbers.succeeded >= numbers.minimum && numbers.succeeded >= 1);
        assert_null(verdict.error_code);
    } else {
        assert_non_null(verdict.error_code);
    }
}

static uint64_t one_game(uint64_t game, uint32_t instances, bool moves)
{
    model *m = calloc(1, sizeof *m);
    uint64_t result;

    assert_non_null(m);
    seed = game;
    m->options = some_options(instances, moves);
    m->moves = moves;
    m->failure_percent = random_below(3) ? random_below(12) : 0;
    make(m, instances, random_below(3) ? random_below(101) : 0);
    play(m, random_below(3) ? UINT32_MAX : random_below(instances));
    check_end(m);
    trace(m, (uint64_t)cdp_rollout_current_verdict(m->rollout, NULL));
    result = m->trace;
    cdp_rollout_free(m->rollout);
    free(m);
    return result;
}

static void small_fleets(void **state)
{
    (void)state;
    for (uint64_t game = 1; game <= 1500; game++)
        one_game(game, 1 + (uint32_t)game % 60, game % 2);
}

static void large_fleets(void **state)
{
    (void)state;
    one_game(1001, 10000, false);
    one_game(1002, 10000, true);
    for (uint64_t game = 1003; game <= 1020; game++)
        one_game(game, 1000, game % 2);
}

/* Same inputs, same outputs. */
static void games_repeat(void **state)
{
    (void)state;
    for (uint64_t game = 2001; game <= 2020; game++)
        assert_true(one_game(game, 200, game % 2) == one_game(game, 200, game % 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_fleets),
        cmocka_unit_test(large_fleets),
        cmocka_unit_test(games_repeat),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
