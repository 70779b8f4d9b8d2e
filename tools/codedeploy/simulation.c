/* SPDX-License-Identifier: MIT */
#include "simulation.h"

#include <stdlib.h>
#include <string.h>

#include "sim_queue.h"

enum { BATCH = 64, MILLION = 1000 * 1000 };

struct simulation {
    const sim_plan *plan;
    const sim_watcher *watcher;
    sim_outcome *outcome;
    cdp_rollout *rollout;
    sim_queue queue;
    int64_t now;
    uint32_t position; /* how many were begun */
    size_t fail_at_next;
    uint8_t *states; /* sim_state of each instance */
    sim_counts total;
    sim_counts *zones;
    cdp_rollout_decision last; /* the verdict's; without its strings */
};

int64_t sim_now(const simulation *s)
{
    return s->now;
}

const sim_counts *sim_total(const simulation *s)
{
    return &s->total;
}

const sim_counts *sim_zone(const simulation *s, size_t zone)
{
    return &s->zones[zone];
}

const cdp_rollout *sim_rollout(const simulation *s)
{
    return s->rollout;
}

const fleet *sim_fleet(const simulation *s)
{
    return s->plan->fleet;
}

sim_state sim_state_of(const simulation *s, uint32_t instance)
{
    return (sim_state)s->states[instance];
}

/* ---- chance ---- */

/* SplitMix64: good bits from any two numbers, the same everywhere. */
static uint64_t scramble(uint64_t seed, uint64_t number)
{
    uint64_t z = seed * 0xD1342543DE82EF95u + number * 0x9E3779B97F4A7C15u + 0x9E3779B97F4A7C15u;

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

bool *sim_choose_bad(const fleet *f, uint64_t seed, uint32_t count, uint32_t ppm)
{
    uint64_t dice = scramble(seed, 0xFA11);
    bool *bad = calloc(f->count ? f->count : 1, sizeof *bad);

    if (!bad)
        return NULL;
    for (uint32_t i = 0; i < f->count; i++) {
        uint64_t thrown = scramble(dice, i);

        if (ppm > 0) {
            bad[i] = thrown % MILLION < ppm;
        } else if (thrown % (f->count - i) < count) {
            bad[i] = true;
            count--;
        }
    }
    return bad;
}

/* Depends on the instance, not on when it is its turn: configurations that are compared meet the
 * same fleet. */
static int64_t duration_of(const sim_plan *plan, uint32_t instance, uint32_t attempt)
{
    uint64_t range = (uint64_t)plan->spread_ms * 2 + 1;
    uint64_t thrown = scramble(plan->seed, (uint64_t)attempt << 32 | instance);

    return plan->duration_ms - plan->spread_ms + (int64_t)(thrown % range);
}

static bool fails(simulation *s, uint32_t instance)
{
    const sim_plan *plan = s->plan;
    bool here =
        s->fail_at_next < plan->fail_at_count && plan->fail_at[s->fail_at_next] == s->position;

    if (here)
        s->fail_at_next++;
    return here || (plan->fail_from > 0 && s->position >= plan->fail_from) ||
           (plan->bad && instance < plan->fleet->count && plan->bad[instance]);
}

/* ---- what is told ---- */

static void set_state(simulation *s, uint32_t instance, sim_state state)
{
    sim_counts *zone = &s->zones[fleet_zone_of(s->plan->fleet, instance)];

    s->total.of[s->states[instance]]--;
    zone->of[s->states[instance]]--;
    s->states[instance] = (uint8_t)state;
    s->total.of[state]++;
    zone->of[state]++;
}

/* The capacity as it is between two moments of the clock, and how much is worked on. */
static void note_extremes(simulation *s)
{
    sim_outcome *o = s->outcome;
    uint32_t serving = sim_serving(&s->total);

    if (serving < o->least_serving) {
        o->least_serving = serving;
        o->least_serving_ms = s->now;
    }
    if (s->total.of[SIM_IN_FLIGHT] > o->most_in_flight)
        o->most_in_flight = s->total.of[SIM_IN_FLIGHT];
}

static bool set_reason(sim_outcome *o, const cdp_rollout_decision *decision)
{
    cdp_text *text;

    free(o->reason);
    o->reason = NULL;
    if (cdp_text_new(NULL, &text) != CDP_OK)
        return false;
    if (cdp_rollout_render(decision, text) == CDP_OK)
        o->reason = strdup(cdp_text_string(text).data);
    cdp_text_free(text);
    return o->reason != NULL;
}

static bool keep_verdict(simulation *s, const cdp_rollout_decision *decision)
{
    sim_outcome *o = s->outcome;

    o->verdict = decision->verdict;
    o->error_code = decision->error_code;
    o->rule = cdp_rollout_rule_name(decision->rule);
    o->verdict_ms = s->now;
    s->last = *decision;
    return set_reason(o, decision);
}

/* What is in flight when it is stopped ends after that, and counts as well. */
static bool count_late_ones(simulation *s)
{
    sim_outcome *o = s->outcome;
    cdp_rollout_rule rule = s->last.rule;

    if ((rule != CDP_ROLLOUT_RULE_STOPPED_MANUALLY && rule != CDP_ROLLOUT_RULE_STOPPED_BY_ALARM &&
         rule != CDP_ROLLOUT_RULE_TIMED_OUT) ||
        s->last.succeeded == o->numbers.succeeded)
        return true;
    s->last.succeeded = o->numbers.succeeded;
    s->last.id = s->last.other_id = s->last.zone = (cdp_string){NULL, 0};
    return set_reason(o, &s->last);
}

/* ---- what is decided ---- */

static bool begin(simulation *s, const cdp_rollout_decision *decision)
{
    uint32_t instance = decision->instance;
    sim_event event = {.time_ms = s->now + duration_of(s->plan, instance, decision->attempt),
                       .instance = instance};

    event.position = ++s->position;
    event.fails = fails(s, instance);
    if (decision->phase == CDP_ROLLOUT_PHASE_DEPLOY || decision->phase == CDP_ROLLOUT_PHASE_INSTALL)
        s->outcome->reached++;
    set_state(s, instance, SIM_IN_FLIGHT);
    return sim_queue_push(&s->queue, event);
}

static cdp_status decide(simulation *s)
{
    cdp_rollout_decision decisions[BATCH];
    size_t count = BATCH;

    while (count == BATCH) {
        cdp_status status;

        decisions[0].size = sizeof *decisions;
        status = cdp_rollout_decide(s->rollout, decisions, BATCH, &count);
        if (status != CDP_OK)
            return status;
        for (size_t i = 0; i < count; i++) {
            const cdp_rollout_decision *d = &decisions[i];

            if ((d->kind == CDP_ROLLOUT_DECISION_START && !begin(s, d)) ||
                (d->kind == CDP_ROLLOUT_DECISION_VERDICT && !keep_verdict(s, d)))
                return CDP_ERR_NOMEM;
            if (s->watcher && s->watcher->decided)
                s->watcher->decided(s, d, s->watcher->user);
        }
    }
    note_extremes(s);
    if (s->watcher && s->watcher->moment)
        s->watcher->moment(s, s->watcher->user);
    return CDP_OK;
}

static sim_state state_after(const simulation *s, uint32_t instance)
{
    cdp_rollout_view view = {.size = sizeof view};

    (void)cdp_rollout_at(s->rollout, instance, &view);
    if (view.state == CDP_ROLLOUT_STATE_FAILED)
        return SIM_FAILED;
    if (view.state != CDP_ROLLOUT_STATE_SUCCEEDED)
        return SIM_OUT; /* installed, and waiting for traffic that may never come */
    return view.original ? SIM_GONE : SIM_UPDATED;
}

static cdp_status end(simulation *s, const sim_event *event)
{
    cdp_status status =
        cdp_rollout_result(s->rollout, event->instance, 0, !event->fails, s->now, NULL);

    if (status != CDP_OK)
        return status;
    set_state(s, event->instance, state_after(s, event->instance));
    if (s->watcher && s->watcher->ended)
        s->watcher->ended(s, event->instance, !event->fails, s->watcher->user);
    return CDP_OK;
}

static bool stops_at(const simulation *s, int64_t next)
{
    return s->plan->stop_cause && s->outcome->verdict == CDP_ROLLOUT_UNDECIDED &&
           s->plan->stop_ms >= s->now && s->plan->stop_ms <= next;
}

/* Goes to the next moment at which anything happens, and lets it happen. */
static cdp_status advance(simulation *s)
{
    int64_t next = cdp_rollout_next_deadline(s->rollout);
    const sim_event *first = sim_queue_first(&s->queue);
    cdp_status status = CDP_OK;

    if (first && first->time_ms < next)
        next = first->time_ms;
    if (stops_at(s, next)) {
        s->now = s->plan->stop_ms;
        return cdp_rollout_stop(s->rollout, s->plan->stop_cause, s->now, NULL);
    }
    if (next == INT64_MAX)
        return CDP_ERR_STATE;
    s->now = next;
    if (!first || first->time_ms > next)
        return cdp_rollout_step(s->rollout, s->now, NULL);
    while (status == CDP_OK && (first = sim_queue_first(&s->queue)) && first->time_ms == s->now) {
        sim_event event = *first;

        sim_queue_pop(&s->queue);
        status = end(s, &event);
    }
    return status;
}

/* ---- the whole ---- */

static cdp_status add_instances(simulation *s, cdp_diagnostics *diagnostics)
{
    const fleet *f = s->plan->fleet;
    cdp_status status = CDP_OK;

    for (uint32_t i = 0; i < f->count + f->originals && status == CDP_OK; i++) {
        char id[FLEET_ID];
        cdp_rollout_instance instance = fleet_at(f, i, id);
        bool excluded = s->plan->options.outdated_only &&
                        instance.revision_health == CDP_REVISION_HEALTH_CURRENT;
        bool serves = instance.instance_health == CDP_INSTANCE_HEALTHY;
        sim_state state = !serves ? SIM_OUT : excluded ? SIM_LEFT_OUT : SIM_HEALTHY;

        s->states[i] = (uint8_t)state;
        s->total.of[state]++;
        s->zones[fleet_zone_of(f, i)].of[state]++;
        status = cdp_rollout_add(s->rollout, &instance, 1, diagnostics);
    }
    return status;
}

static cdp_status make(simulation *s, cdp_diagnostics *diagnostics)
{
    const fleet *f = s->plan->fleet;
    cdp_status status = cdp_rollout_new(&s->plan->options, NULL, diagnostics, &s->rollout);

    if (status != CDP_OK)
        return status;
    s->states = calloc(f->count + f->originals + 1, sizeof *s->states);
    s->zones = calloc(f->zone_count + 1, sizeof *s->zones);
    if (!s->states || !s->zones)
        return CDP_ERR_NOMEM;
    status = add_instances(s, diagnostics);
    if (status == CDP_OK)
        status = cdp_rollout_start(s->rollout, 0, diagnostics);
    s->outcome->serving_at_first = s->outcome->least_serving = sim_serving(&s->total);
    return status;
}

cdp_status sim_run(const sim_plan *plan, const sim_watcher *watcher, cdp_diagnostics *diagnostics,
                   sim_outcome *outcome)
{
    simulation s = {.plan = plan, .watcher = watcher, .outcome = outcome};
    cdp_status status;

    *outcome = (sim_outcome){.numbers = {.size = sizeof outcome->numbers}};
    status = make(&s, diagnostics);
    if (status == CDP_OK)
        status = decide(&s);
    while (status == CDP_OK && !cdp_rollout_is_settled(s.rollout)) {
        status = advance(&s);
        if (status == CDP_OK)
            status = decide(&s);
    }
    outcome->ended_ms = s.now;
    if (s.rollout)
        (void)cdp_rollout_numbers_get(s.rollout, &outcome->numbers);
    if (status == CDP_OK && !count_late_ones(&s))
        status = CDP_ERR_NOMEM;
    outcome->numbers.zone = (cdp_string){NULL, 0};
    cdp_rollout_free(s.rollout);
    sim_queue_free(&s.queue);
    free(s.states);
    free(s.zones);
    return status;
}

void sim_outcome_free(sim_outcome *outcome)
{
    free(outcome->reason);
    outcome->reason = NULL;
}
