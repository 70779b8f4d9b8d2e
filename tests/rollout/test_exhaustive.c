/* SPDX-License-Identifier: MIT */
/*
 * Every roll-out of a small fleet: all minima, all initial healths, all outcomes in all orders of
 * completion; in place with and without two zones, and blue/green. In each state that can be
 * reached:
 *
 * (a) beginning an instance never takes the healthy ones that nobody works on below the minimum;
 * (b) when nothing fails everything is updated, and nothing ever waits for ever;
 * (c) the verdict is the oracle's, and exactly what the oracle allows is begun;
 * (d) a snapshot that is taken and restored behaves as the original;
 * (e) no instance is begun twice in a phase.
 *
 * Up to EXACT instances, every assignment of healths and zones to instances is tried, and states
 * differ by what each single instance has done. Above, up to LARGEST, states that are the same but
 * for the names of the instances are explored once: fleets that differ only in who is unhealthy or
 * in which zone, and states that differ only in which of several like instances has done what.
 *
 *     test_exhaustive in-place|zones|blue-green EXACT LARGEST
 */
#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>

#include "oracle.h"
#include "rollout/machine.h"

enum { MOST = 12 };

static int exact;
static int largest;

/* -- states that were seen -------------------------------------------------------------------- */

static uint64_t *seen;
static size_t seen_capacity;
static size_t seen_count;
static size_t states;
static size_t transitions;

static bool insert(uint64_t *table, size_t capacity, uint64_t key)
{
    size_t at = (size_t)key & (capacity - 1);

    while (table[at] && table[at] != key)
        at = (at + 1) & (capacity - 1);
    if (table[at] == key)
        return false;
    table[at] = key;
    return true;
}

static bool is_new(uint64_t key)
{
    key |= 1;
    if (seen_count * 2 >= seen_capacity) {
        size_t capacity = seen_capacity ? seen_capacity * 2 : 1024;
        uint64_t *table = calloc(capacity, sizeof *table);

        assert_non_null(table);
        for (size_t i = 0; i < seen_capacity; i++) {
            if (seen[i])
                insert(table, capacity, seen[i]);
        }
        free(seen);
        seen = table;
        seen_capacity = capacity;
    }
    if (!insert(seen, seen_capacity, key))
        return false;
    seen_count++;
    return true;
}

static void forget_seen(void)
{
    states += seen_count;
    if (seen)
        memset(seen, 0, seen_capacity * sizeof *seen);
    seen_count = 0;
}

/* -- going back to a state: the arrays keep their places as long as nobody joins ---------------- */

typedef struct frozen {
    cdp_rollout machine;
    cdp_member members[MOST + 2];
    cdp_pool pools[2];
    world now;
    int phase_starts[MOST]; /* in this phase */
} frozen;

typedef struct explorer {
    cdp_rollout *rollout;
    world now;
    int phase_starts[MOST];
    uint32_t of_world[MOST]; /* number of the instance that is i in the world */
    uint32_t originals;
} explorer;

static void save(const explorer *x, frozen *f)
{
    f->machine = *x->rollout;
    memcpy(f->members, x->rollout->members, x->rollout->member_count * sizeof *f->members);
    memcpy(f->pools, x->rollout->pools, x->rollout->pool_count * sizeof *f->pools);
    f->now = x->now;
    memcpy(f->phase_starts, x->phase_starts, sizeof f->phase_starts);
}

static void load(explorer *x, const frozen *f)
{
    *x->rollout = f->machine;
    memcpy(x->rollout->members, f->members, x->rollout->member_count * sizeof *f->members);
    memcpy(x->rollout->pools, f->pools, x->rollout->pool_count * sizeof *f->pools);
    x->now = f->now;
    memcpy(x->phase_starts, f->phase_starts, sizeof f->phase_starts);
}

static void mix(uint64_t *hash, uint64_t value)
{
    *hash ^= value;
    *hash *= 1099511628211u;
    *hash ^= *hash >> 29;
}

static uint64_t key_of_member(const explorer *x, size_t i)
{
    const cdp_member *m = &x->rollout->members[i];

    return (uint64_t)m->zone << 40 | (uint64_t)m->state << 32 | (uint64_t)m->flags << 16 |
           m->attempts;
}

static void sort_keys(uint64_t *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t j = i; j > 0 && keys[j - 1] > keys[j]; j--) {
            uint64_t swap = keys[j];

            keys[j] = keys[j - 1];
            keys[j - 1] = swap;
        }
    }
}

static uint64_t key_of(const explorer *x)
{
    const cdp_rollout *r = x->rollout;
    uint64_t hash = 14695981039346656037u;
    uint64_t keys[MOST + 2];

    for (size_t i = 0; i < r->member_count; i++)
        keys[i] = key_of_member(x, i);
    if (r->member_count > (size_t)exact + x->originals)
        sort_keys(keys, r->member_count);
    for (size_t i = 0; i < r->member_count; i++)
        mix(&hash, keys[i]);
    mix(&hash, (uint64_t)r->phase << 8 | (uint64_t)r->phase_told);
    mix(&hash, (uint64_t)r->now);
    mix(&hash, r->waiting ? (uint64_t)r->wait_until + 1 : 0);
    mix(&hash, (uint64_t)r->current << 32 | r->zones_done);
    mix(&hash, (uint64_t)r->verdict.rule);
    return hash;
}

/* -- the checks ----------------------------------------------------------------------------------- */

static int world_index(const explorer *x, uint32_t instance)
{
    for (int i = 0; i < x->now.n; i++) {
        if (x->of_world[i] == instance)
            return i;
    }
    fail_msg("instance %u is not in this phase", (unsigned)instance);
    return -1;
}

static void check_verdict(const explorer *x, judgement expected)
{
    cdp_rollout_decision decision = {.size = sizeof decision};
    cdp_rollout_verdict verdict = cdp_rollout_current_verdict(x->rollout, &decision);

    switch (expected) {
    case GOES_ON:
        assert_int_equal(verdict, CDP_ROLLOUT_UNDECIDED);
        break;
    case GOOD:
        assert_int_equal(verdict, CDP_ROLLOUT_SUCCEEDED);
        assert_null(decision.error_code);
        break;
    case BAD:
        assert_int_equal(verdict, CDP_ROLLOUT_FAILED);
        assert_string_equal(decision.error_code, "HEALTH_CONSTRAINTS");
        break;
    case IMPOSSIBLE:
        assert_int_equal(verdict, CDP_ROLLOUT_FAILED);
        assert_string_equal(decision.error_code,
                            x->now.n == 0 ? "NO_INSTANCES" : "HEALTH_CONSTRAINTS_INVALID");
        break;
    }
}

static void check_start(explorer *x, const cdp_rollout_decision *decision)
{
    int i = world_index(x, decision->instance);
    int before = oracle_serving(&x->now);
    int after;

    assert_int_equal(x->phase_starts[i]++, 0); /* (e) */
    assert_true(oracle_may_begin(&x->now, i)); /* (c) */
    x->now.did[i] = TRYING;
    after = oracle_serving(&x->now);
    assert_true(after >= x->now.minimum || after == before); /* (a) */
    if (!x->now.zonal && !x->now.rerouting)
        assert_int_equal(decision->healthy, after);
}

/* (c) without zones exactly what may begin has begun; (b) whatever happens something goes on. */
static void check_hold(const explorer *x)
{
    bool trying = false;

    for (int i = 0; i < x->now.n; i++) {
        trying = trying || x->now.did[i] == TRYING;
        if (!x->now.zonal)
            assert_false(oracle_may_begin(&x->now, i));
    }
    assert_true(trying || x->rollout->waiting);
}

/* Everything that decides what comes next, member by member. */
static void check_equal(const cdp_rollout *a, const cdp_rollout *b)
{
    assert_int_equal(a->member_count, b->member_count);
    for (size_t i = 0; i < a->member_count; i++) {
        assert_int_equal(a->members[i].state, b->members[i].state);
        assert_int_equal(a->members[i].flags, b->members[i].flags);
        assert_int_equal(a->members[i].attempts, b->members[i].attempts);
    }
    assert_memory_equal(&a->total, &b->total, sizeof a->total);
    for (size_t i = 0; i < a->pool_count; i++) {
        assert_memory_equal(&a->pools[i].tally, &b->pools[i].tally, sizeof a->total);
        assert_int_equal(a->pools[i].cursor, b->pools[i].cursor);
    }
    assert_int_equal(a->phase, b->phase);
    assert_int_equal(a->now, b->now);
    assert_int_equal(a->waiting, b->waiting);
    assert_int_equal(a->current, b->current);
    assert_int_equal(a->zones_done, b->zones_done);
    assert_int_equal(a->skip_cursor, b->skip_cursor);
    assert_int_equal(a->settled_told, b->settled_told);
}

/* Takes the decisions of the restored roll-out, which have to be the original's (d). */
static void take_and_check(explorer *x, cdp_rollout *copy)
{
    cdp_rollout_decision decision;
    cdp_rollout_decision expected;

    while (next_decision(x->rollout, &expected)) {
        assert_true(next_decision(copy, &decision));
        assert_int_equal(decision.kind, expected.kind);
        assert_int_equal(decision.rule, expected.rule);
        assert_int_equal(decision.instance, expected.instance);
        assert_int_equal(decision.until_ms, expected.until_ms);
        assert_int_equal(decision.limit, expected.limit);
        if (expected.kind == CDP_ROLLOUT_DECISION_START &&
            expected.phase != CDP_ROLLOUT_PHASE_DEREGISTER)
            check_start(x, &expected);
    }
    assert_false(next_decision(copy, &decision));
    check_equal(x->rollout, copy);
}

/* -- blue/green: from the first world to the second ----------------------------------------------- */

/* Once all are installed the next world is that of those which are: their traffic is rerouted. */
static void enter_rerouting(explorer *x)
{
    world next = x->now;

    next.n = 0;
    next.rerouting = true;
    for (int i = 0; i < x->now.n; i++) {
        if (x->now.did[i] == WORKED) {
            next.did[next.n] = UNTRIED;
            x->of_world[next.n++] = x->of_world[i];
        }
    }
    next.lost = x->now.n - next.n;
    x->now = next;
    memset(x->phase_starts, 0, sizeof x->phase_starts);
}

static bool is_installing(const explorer *x)
{
    return x->rollout->options.kind == CDP_ROLLOUT_BLUE_GREEN && !x->now.rerouting;
}

/* After an event: the verdict so far, and for blue/green the next phase. */
static void follow_event(explorer *x)
{
    judgement judged = oracle_judge(&x->now);

    if (judged == GOOD && is_installing(x)) {
        enter_rerouting(x);
        judged = GOES_ON;
    }
    if (judged == GOOD && x->originals > 0) {
        assert_int_equal(x->rollout->phase, CDP_ROLLOUT_PHASE_DEREGISTER);
        return;
    }
    check_verdict(x, judged);
}

/* -- exploring ----------------------------------------------------------------------------------- */

static void explore(explorer *x);

/* Deregistering the originals: with all of them in flight, each outcome of the next one. */
static void explore_originals(explorer *x, const cdp_rollout *from)
{
    frozen before;

    (void)from;
    save(x, &before);
    for (int succeeded = 0; succeeded < 2; succeeded++) {
        for (uint32_t i = 0; i < x->rollout->member_count; i++) {
            if (x->rollout->members[i].state != CDP_ROLLOUT_STATE_IN_FLIGHT)
                continue;
            transitions++;
            assert_int_equal(cdp_rollout_result(x->rollout, i, 0, succeeded, 0, NULL), CDP_OK);
            if (!succeeded)
                check_verdict(x, BAD);
            else if (x->rollout->phase != CDP_ROLLOUT_PHASE_OVER)
                explore(x);
            else
                check_verdict(x, GOOD);
            load(x, &before);
        }
    }
}

static void explore_results(explorer *x)
{
    frozen before;
    uint32_t of_world[MOST];

    memcpy(of_world, x->of_world, sizeof of_world);
    save(x, &before);
    for (int i = 0; i < before.now.n; i++) {
        if (before.now.did[i] != TRYING)
            continue;
        for (int succeeded = 0; succeeded < 2; succeeded++) {
            transitions++;
            assert_int_equal(cdp_rollout_result(x->rollout, of_world[i], 1 + before.now.rerouting,
                                                succeeded, x->rollout->now, NULL),
                             CDP_OK);
            x->now.did[i] = succeeded ? WORKED : BROKE;
            follow_event(x);
            explore(x);
            load(x, &before);
            memcpy(x->of_world, of_world, sizeof of_world);
        }
    }
}

/* (b): with nothing failed the deployment has succeeded and everything is done. */
static void check_end(const explorer *x)
{
    bool failed = x->now.lost > 0;

    for (int i = 0; i < x->now.n; i++)
        failed = failed || x->now.did[i] == BROKE;
    if (!failed && x->now.n > 0 && x->rollout->originals.tally.failed == 0 &&
        cdp_verdict_of(x->rollout->verdict.rule)->verdict != CDP_ROLLOUT_SUCCEEDED)
        fail_msg("nothing failed, but the deployment did");
    if (!failed) {
        for (int i = 0; i < x->now.n; i++)
            assert_int_equal(x->now.did[i], WORKED);
    }
}

/* From a state in which the decisions are not taken yet. */
static void explore(explorer *x)
{
    cdp_rollout *original = x->rollout;
    cdp_rollout *copy;
    frozen before;

    if (!is_new(key_of(x)))
        return;
    save(x, &before);
    copy = restored(original);
    take_and_check(x, copy);
    /* Go on from the copy: what the snapshot has lost would show. */
    x->rollout = copy;
    if (copy->phase == CDP_ROLLOUT_PHASE_DEREGISTER) {
        explore_originals(x, original);
    } else if (copy->phase != CDP_ROLLOUT_PHASE_OVER) {
        frozen taken;
        int64_t deadline = cdp_rollout_next_deadline(copy);

        check_hold(x);
        explore_results(x);
        if (deadline < INT64_MAX) {
            save(x, &taken);
            transitions++;
            assert_int_equal(cdp_rollout_step(copy, deadline, NULL), CDP_OK);
            explore(x);
            load(x, &taken);
        }
    } else {
        check_end(x);
    }
    cdp_rollout_free(copy);
    x->rollout = original;
    load(x, &before);
}

static void explore_fleet(const fleet *f, const cdp_rollout_options *options, int minimum)
{
    explorer x = {.originals = f->originals};
    judgement begin;

    x.now.n = (int)f->instances;
    x.now.minimum = minimum;
    x.now.zonal = options->zonal;
    for (int i = 0; i < x.now.n; i++) {
        x.now.sick[i] = f->unhealthy >> i & 1;
        x.now.zone[i] = f->second_zone >> i & 1;
        x.of_world[i] = (uint32_t)i;
    }
    for (int zone = 0; zone < 2 && options->zonal; zone++) {
        int size = 0;

        for (int i = 0; i < x.now.n; i++)
            size += x.now.zone[i] == zone;
        x.now.zone_minimum[zone] = options->zone_minimum_type == CDP_MINIMUM_HOST_COUNT
                                       ? (int)options->zone_minimum_value
                                       : (size * (int)options->zone_minimum_value + 99) / 100;
    }
    x.rollout = fleet_start(f, options);
    begin = oracle_begin(&x.now);
    check_verdict(&x, begin);
    if (begin == GOES_ON)
        explore(&x);
    cdp_rollout_free(x.rollout);
    forget_seen();
}

/* Whether this assignment is the first of those that differ only in names: `bits` set ones below
 * all others. */
static bool is_first(uint64_t mask, int n)
{
    return n <= exact || (mask & (mask + 1)) == 0;
}

/* The same for zones and healths: the first zone's instances first, its unhealthy ones foremost. */
static bool is_first_of_zones(uint64_t unhealthy, uint64_t second, int n)
{
    uint64_t all = ((uint64_t)1 << n) - 1;
    uint64_t first = ~second & all;
    int size = 0;

    while (first >> size & 1)
        size++;
    return n <= exact || ((first & (first + 1)) == 0 && is_first(unhealthy & first, n) &&
                          is_first((unhealthy & second) >> size, n));
}

static void report(const char *what)
{
    print_message("%s, up to %d instances, up to %d with every one told apart: %zu states, %zu "
                  "transitions\n",
                  what, largest, exact, states, transitions);
    assert_true(states > 0);
}

static void in_place(void **state)
{
    (void)state;
    for (int n = 0; n <= largest; n++) {
        for (int minimum = 0; minimum <= n; minimum++) {
            for (uint64_t unhealthy = 0; unhealthy < (uint64_t)1 << n; unhealthy++) {
                const fleet f = {.instances = (uint32_t)n, .unhealthy = unhealthy};
                const cdp_rollout_options options = {.size = sizeof options,
                                                     .minimum_type = CDP_MINIMUM_HOST_COUNT,
                                                     .minimum_value = minimum};

                if (is_first(unhealthy, n))
                    explore_fleet(&f, &options, minimum);
            }
        }
    }
    report("in place");
}

static void explore_zones(int n, int minimum, uint64_t unhealthy, uint64_t second)
{
    static const struct {
        cdp_minimum_type type;
        int64_t value;
    } zone_minima[] = {{CDP_MINIMUM_FLEET_PERCENT, 0},
                       {CDP_MINIMUM_HOST_COUNT, 1},
                       {CDP_MINIMUM_FLEET_PERCENT, 50}};

    for (int z = 0; z < 3; z++) {
        const fleet f = {
            .instances = (uint32_t)n, .zoned = true, .unhealthy = unhealthy, .second_zone = second};
        const cdp_rollout_options options = {.size = sizeof options,
                                             .minimum_type = CDP_MINIMUM_HOST_COUNT,
                                             .minimum_value = minimum,
                                             .zonal = 1,
                                             .zone_minimum_type = zone_minima[z].type,
                                             .zone_minimum_value = zone_minima[z].value,
                                             .zone_wait_ms = 5,
                                             .first_zone_wait_ms = 10};

        explore_fleet(&f, &options, minimum);
    }
}

static void two_zones(void **state)
{
    (void)state;
    for (int n = 1; n <= largest; n++) {
        for (int minimum = 0; minimum < n; minimum++) {
            for (uint64_t second = 0; second < (uint64_t)1 << n; second++) {
                for (uint64_t unhealthy = 0; unhealthy < (uint64_t)1 << n; unhealthy++) {
                    if (is_first_of_zones(unhealthy, second, n))
                        explore_zones(n, minimum, unhealthy, second);
                }
            }
        }
    }
    report("two zones");
}

static void blue_green(void **state)
{
    (void)state;
    for (int n = 0; n <= largest; n++) {
        for (int minimum = 0; minimum <= n; minimum++) {
            for (uint64_t unhealthy = 0; unhealthy < (uint64_t)1 << n; unhealthy++) {
                for (uint32_t originals = 0; originals <= 2; originals++) {
                    const fleet f = {
                        .instances = (uint32_t)n, .unhealthy = unhealthy, .originals = originals};
                    const cdp_rollout_options options = {.size = sizeof options,
                                                         .kind = CDP_ROLLOUT_BLUE_GREEN,
                                                         .minimum_type = CDP_MINIMUM_HOST_COUNT,
                                                         .minimum_value = minimum};

                    if (is_first(unhealthy, n))
                        explore_fleet(&f, &options, minimum);
                }
            }
        }
    }
    report("blue/green");
}

int main(int argc, char **argv)
{
    const struct {
        const char *name;
        struct CMUnitTest test;
    } parts[] = {
        {"in-place", cmocka_unit_test(in_place)},
        {"zones", cmocka_unit_test(two_zones)},
        {"blue-green", cmocka_unit_test(blue_green)},
    };
    int failed = 2;

    if (argc != 4)
        return 2;
    exact = atoi(argv[2]);
    largest = atoi(argv[3]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(argv[1], parts[i].name) == 0 && largest <= MOST) {
            const struct CMUnitTest tests[] = {parts[i].test};

            failed = cmocka_run_group_tests(tests, NULL, NULL);
        }
    }
    free(seen);
    return failed;
}
