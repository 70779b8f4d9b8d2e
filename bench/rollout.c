/* SPDX-License-Identifier: MIT */
/* A whole roll-out with HalfAtATime and random durations, for a thousand and for a million. */
#include "bench.h"

#include <stdlib.h>

#include <codedeploy/rollout.h>

enum { MOST = 1000 * 1000, LONGEST = 1024, BATCH = 64 };

/* The instances that come out at one moment. */
typedef struct slot {
    uint32_t *instances;
    size_t count;
    size_t capacity;
} slot;

/* The host of the benchmark: a wheel of one slot for each moment. */
typedef struct host {
    slot slots[LONGEST];
    uint64_t random;
    uint64_t events;
} host;

static uint32_t random_below(host *h, uint32_t bound)
{
    h->random = h->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((h->random >> 33) * bound >> 31);
}

static void launch(host *h, uint32_t instance, int64_t now)
{
    slot *s = &h->slots[(uint32_t)(now + 1 + random_below(h, LONGEST - 1)) % LONGEST];

    if (s->count == s->capacity) {
        s->capacity = s->capacity ? s->capacity * 2 : 16;
        s->instances = realloc(s->instances, s->capacity * sizeof *s->instances);
        if (!s->instances)
            exit(1);
    }
    s->instances[s->count++] = instance;
    h->events++;
}

/* An allocator that counts what it has given. */
typedef struct counter {
    size_t live;
    size_t peak;
} counter;

static void *count_up(void *pointer, size_t more, size_t fewer, counter *c)
{
    if (pointer) {
        c->live += more - fewer;
        c->peak = c->live > c->peak ? c->live : c->peak;
    }
    return pointer;
}

static void *allocate(size_t bytes, void *user)
{
    return count_up(malloc(bytes), bytes, 0, user);
}

static void *reallocate(void *pointer, size_t old_bytes, size_t new_bytes, void *user)
{
    return count_up(realloc(pointer, new_bytes), new_bytes, old_bytes, user);
}

static void release(void *pointer, size_t bytes, void *user)
{
    ((counter *)user)->live -= bytes;
    free(pointer);
}

static void must(cdp_status status)
{
    if (status != CDP_OK) {
        fprintf(stderr, "%s\n", cdp_status_name(status));
        exit(1);
    }
}

static cdp_rollout *make(uint32_t instances, counter *c)
{
    const cdp_allocator allocator = {sizeof allocator, allocate, reallocate, release, c};
    const cdp_rollout_options options = {
        .size = sizeof options, .minimum_type = CDP_MINIMUM_FLEET_PERCENT, .minimum_value = 50};
    cdp_rollout *rollout;

    must(cdp_rollout_new(&options, &allocator, NULL, &rollout));
    must(cdp_rollout_reserve(rollout, instances, (size_t)instances * 19));
    for (uint32_t i = 0; i < instances; i++) {
        static const char digits[] = "0123456789abcdef";
        char id[20] = "i-";
        uint64_t number = (i + 1) * 0x9E3779B97F4A7C15u;
        cdp_rollout_instance instance = {.size = sizeof instance,
                                         .id = {id, 19},
                                         .instance_health = CDP_INSTANCE_HEALTHY,
                                         .revision_health = CDP_REVISION_HEALTH_OLD};

        for (int at = 2; at < 19; at++, number = number >> 4 | number << 60)
            id[at] = digits[number & 15];
        must(cdp_rollout_add(rollout, &instance, 1, NULL));
    }
    must(cdp_rollout_start(rollout, 0, NULL));
    return rollout;
}

static void take(host *h, cdp_rollout *rollout, int64_t now)
{
    cdp_rollout_decision decisions[BATCH];
    size_t count;

    do {
        decisions[0].size = sizeof *decisions;
        must(cdp_rollout_decide(rollout, decisions, BATCH, &count));
        for (size_t i = 0; i < count; i++) {
            if (decisions[i].kind == CDP_ROLLOUT_DECISION_START)
                launch(h, decisions[i].instance, now);
        }
    } while (count == BATCH);
}

/* From the first decision to the last. */
static void run(host *h, cdp_rollout *rollout)
{
    int64_t now = 0;

    take(h, rollout, now);
    while (!cdp_rollout_is_settled(rollout)) {
        slot *s = &h->slots[++now % LONGEST];

        for (size_t i = 0; i < s->count; i++) {
            must(cdp_rollout_result(rollout, s->instances[i], 0, 1, now, NULL));
            take(h, rollout, now);
        }
        s->count = 0;
    }
}

/* Nanoseconds for one instance's start and result. */
static double measure_events(host *h, uint32_t instances)
{
    double best = 0;

    for (int i = 0; i < BENCH_RUNS; i++) {
        counter c = {0, 0};
        double taken = 0;

        h->events = 0;
        do {
            cdp_rollout *rollout = make(instances, &c);
            double start = bench_seconds();

            run(h, rollout);
            taken += bench_seconds() - start;
            cdp_rollout_free(rollout);
        } while (h->events < MOST / 4);
        taken = taken * 1e9 / (double)h->events;
        best = i == 0 || taken < best ? taken : best;
    }
    return best;
}

int main(void)
{
    host *h = calloc(1, sizeof *h);
    counter c = {0, 0};
    cdp_rollout *rollout;
    double start;
    double whole;
    double small;
    double large;
    bool met;

    if (!h)
        return 1;
    start = bench_seconds();
    rollout = make(MOST, &c);
    run(h, rollout);
    whole = bench_seconds() - start;
    if (cdp_rollout_current_verdict(rollout, NULL) != CDP_ROLLOUT_SUCCEEDED)
        return 1;
    cdp_rollout_free(rollout);
    small = measure_events(h, 1000);
    large = measure_events(h, MOST);
    bench_report("start and result of one, of a thousand", small, 0);
    bench_report("start and result of one, of a million", large, small);
    met = bench_wants_at_most("seconds for a million, from adding to the verdict", whole, 2);
    met = bench_wants_at_most("bytes for each, at most and in all", (double)c.peak / MOST, 100) &&
          met;
    met = bench_wants_at_most("time of one among a million to one among a thousand", large / small,
                              2) &&
          met;
    for (size_t i = 0; i < LONGEST; i++)
        free(h->slots[i].instances);
    free(h);
    return met ? 0 : 1;
}
