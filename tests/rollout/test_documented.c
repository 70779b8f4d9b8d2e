/* SPDX-License-Identifier: MIT */
/* The examples of the documentation, read from data/documented.txt. */
#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>

#include "cases.h"

#define MOST 512

/* A line of the file. Numbers that it does not give are -1. */
typedef struct example {
    char number[32];
    bool green;
    long n;
    char minimum[64];
    long healthy;
    bool fails[2 * MOST + 1]; /* by position, from 1 */
    long zones;
    char zone_minimum[64];
    long wait;
    long first_wait;

    long at_once;
    char verdict[16];
    char code[32];
    long ok;
    long begun;
    long steps[MOST];
    size_t step_count;
    long took;
} example;

static void read_list(const char *text, void (*take)(example *e, long number), example *e)
{
    while (*text) {
        char *end;
        long number = strtol(text, &end, 10);

        assert_true(end > text);
        take(e, number);
        text = *end == ',' ? end + 1 : end;
    }
}

static void take_failure(example *e, long position)
{
    assert_true(position >= 1 && position <= 2 * MOST);
    e->fails[position] = true;
}

static void take_step(example *e, long size)
{
    assert_true(e->step_count < MOST);
    e->steps[e->step_count++] = size;
}

static void read_word(example *e, const char *word)
{
    const struct {
        const char *key;
        long *number;
    } numbers[] = {
        {"n=", &e->n},       {"healthy=", &e->healthy},       {"zones=", &e->zones},
        {"wait=", &e->wait}, {"first-wait=", &e->first_wait}, {"at-once=", &e->at_once},
        {"ok=", &e->ok},     {"begun=", &e->begun},           {"took=", &e->took},
    };
    const struct {
        const char *key;
        char *text;
        size_t room;
    } texts[] = {
        {"min=", e->minimum, sizeof e->minimum},
        {"zone-min=", e->zone_minimum, sizeof e->zone_minimum},
        {"verdict=", e->verdict, sizeof e->verdict},
        {"code=", e->code, sizeof e->code},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strncmp(word, numbers[i].key, strlen(numbers[i].key)) == 0) {
            *numbers[i].number = strtol(word + strlen(numbers[i].key), NULL, 10);
            return;
        }
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strncmp(word, texts[i].key, strlen(texts[i].key)) == 0) {
            snprintf(texts[i].text, texts[i].room, "%s", word + strlen(texts[i].key));
            return;
        }
    }
    if (strcmp(word, "green") == 0)
        e->green = true;
    else if (strncmp(word, "fail=", 5) == 0)
        read_list(word + 5, take_failure, e);
    else if (strncmp(word, "steps=", 6) == 0)
        read_list(word + 6, take_step, e);
    else
        fail_msg("%s: what is '%s'?", e->number, word);
}

static void read_minimum(const char *text, cdp_minimum_type *type, int64_t *value)
{
    char *end;

    *value = strtol(text, &end, 10);
    *type = *end == '%' ? CDP_MINIMUM_FLEET_PERCENT : CDP_MINIMUM_HOST_COUNT;
}

static cdp_rollout_options options_of(const example *e)
{
    cdp_rollout_options options = {.size = sizeof options};

    if (strncmp(e->minimum, "CodeDeployDefault.", 18) == 0) {
        const cdp_config *config;

        assert_int_equal(
            cdp_config_find((cdp_string){e->minimum, strlen(e->minimum)}, NULL, 0, NULL, &config),
            CDP_OK);
        assert_int_equal(cdp_rollout_options_from_config(config, &options), CDP_OK);
    } else {
        read_minimum(e->minimum, &options.minimum_type, &options.minimum_value);
    }
    if (e->green)
        options.kind = CDP_ROLLOUT_BLUE_GREEN;
    if (e->zones > 0) {
        options.zonal = 1;
        if (*e->zone_minimum)
            read_minimum(e->zone_minimum, &options.zone_minimum_type, &options.zone_minimum_value);
        options.zone_wait_ms = e->wait > 0 ? e->wait * 1000 : 0;
        options.first_zone_wait_ms =
            e->first_wait >= 0 ? e->first_wait * 1000 : options.zone_wait_ms;
    }
    return options;
}

static cdp_rollout *start(const example *e, long healthy)
{
    cdp_rollout_options options = options_of(e);
    cdp_rollout *rollout = NULL;

    assert_int_equal(cdp_rollout_new(&options, NULL, NULL, &rollout), CDP_OK);
    for (long i = 0; i < e->n; i++) {
        char id[24];
        char zone[24];
        cdp_rollout_instance instance = {.size = sizeof instance};

        instance.id = (cdp_string){id, (size_t)snprintf(id, sizeof id, "i-%04ld", i)};
        if (e->zones > 0)
            instance.zone = (cdp_string){
                zone, (size_t)snprintf(zone, sizeof zone, "z%ld", i * e->zones / e->n)};
        if (i < healthy) {
            instance.instance_health = CDP_INSTANCE_HEALTHY;
            instance.revision_health = CDP_REVISION_HEALTH_OLD;
        }
        assert_int_equal(cdp_rollout_add(rollout, &instance, 1, NULL), CDP_OK);
    }
    assert_int_equal(cdp_rollout_start(rollout, 0, NULL), CDP_OK);
    return rollout;
}

/* What came of it. */
typedef struct outcome {
    long at_once;
    long begun;
    long steps[MOST];
    size_t step_count;
    int64_t took_ms;
} outcome;

/* Everything takes a second, so instances that begin together end together. */
static outcome run(const example *e, cdp_rollout *rollout)
{
    outcome o = {0};
    uint32_t started[2 * MOST];
    int64_t now = 0;
    int64_t deadline;
    size_t count;

    while ((count = take_decisions(rollout, started)) > 0 ||
           (deadline = cdp_rollout_next_deadline(rollout)) < INT64_MAX) {
        if (count == 0) {
            now = deadline;
            assert_int_equal(cdp_rollout_step(rollout, now, NULL), CDP_OK);
            continue;
        }
        if (o.step_count < MOST)
            o.steps[o.step_count++] = (long)count;
        if ((long)count > o.at_once)
            o.at_once = (long)count;
        now += 1000;
        for (size_t i = 0; i < count; i++) {
            bool fails = e->fails[o.begun + 1 + (long)i];

            assert_int_equal(cdp_rollout_result(rollout, started[i], 0, !fails, now, NULL), CDP_OK);
        }
        o.begun += (long)count;
    }
    o.took_ms = now;
    return o;
}

static void check_number(const example *e, const char *what, long expected, long actual)
{
    if (expected >= 0 && expected != actual)
        fail_msg("%s: %s is %ld, not %ld", e->number, what, actual, expected);
}

static void check(const example *e, long healthy)
{
    cdp_rollout *rollout = start(e, healthy);
    outcome o = run(e, rollout);
    cdp_rollout_decision verdict = {.size = sizeof verdict};
    const char *name = cdp_rollout_verdict_name(cdp_rollout_current_verdict(rollout, &verdict));

    if (strcmp(name, e->verdict) != 0)
        fail_msg("%s with %ld healthy: %s, not %s", e->number, healthy, name, e->verdict);
    assert_string_equal(verdict.error_code ? verdict.error_code : "", e->code);
    assert_true(cdp_rollout_is_settled(rollout));
    check_number(e, "at-once", e->at_once, o.at_once);
    check_number(e, "ok", e->ok, numbers_of(rollout).succeeded);
    check_number(e, "begun", e->begun, o.begun);
    check_number(e, "took", e->took, (long)(o.took_ms / 1000));
    for (size_t i = 0; i < e->step_count; i++)
        check_number(e, "step", e->steps[i], i < o.step_count ? o.steps[i] : 0);
    if (e->step_count)
        check_number(e, "steps", (long)e->step_count, (long)o.step_count);
    cdp_rollout_free(rollout);
}

static void the_example_holds(void **state)
{
    line_case *line = *state;
    example e = {.n = -1,
                 .healthy = -1,
                 .wait = -1,
                 .first_wait = -1,
                 .at_once = -1,
                 .ok = -1,
                 .begun = -1,
                 .took = -1};

    snprintf(e.number, sizeof e.number, "%s", line->name);
    for (char *word = strtok(line->text, " "); word; word = strtok(NULL, " "))
        read_word(&e, word);
    assert_true(e.n >= 0 && *e.minimum && *e.verdict);
    if (e.healthy >= 0) {
        check(&e, e.healthy);
    } else {
        check(&e, 0);
        check(&e, e.n);
    }
}

int main(void)
{
    return run_lines("documented examples", the_example_holds, DATA "/documented.txt");
}
