/* SPDX-License-Identifier: MIT */
/* A simulation as lines of JSON, one for each thing that happens. */
#include "simulate.h"

#include "json.h"

typedef struct writer {
    json j;
    cdp_text *text;
    /* The last hold that was told. */
    uint32_t held;
    cdp_rollout_rule held_rule;
    bool out_of_memory;
} writer;

static void open_line(writer *w, const simulation *s, const char *event)
{
    json_open(&w->j, NULL, '{');
    json_int(&w->j, "time_ms", sim_now(s));
    json_c_string(&w->j, "event", event);
}

static void put_counts(json *j, const sim_counts *counts)
{
    json_int(j, "healthy", sim_serving(counts));
    json_int(j, "in_flight", counts->of[SIM_IN_FLIGHT]);
    json_int(j, "updated", counts->of[SIM_UPDATED]);
    json_int(j, "failed", counts->of[SIM_FAILED]);
}

static void put_reason(writer *w, const cdp_rollout_decision *d)
{
    cdp_text_clear(w->text);
    if (cdp_rollout_render(d, w->text) != CDP_OK)
        w->out_of_memory = true;
    json_c_string(&w->j, "rule", cdp_rollout_rule_name(d->rule));
    json_string(&w->j, "reason", cdp_text_string(w->text));
}

static void put_decision(writer *w, const simulation *s, const cdp_rollout_decision *d)
{
    open_line(w, s, cdp_rollout_decision_kind_name(d->kind));
    json_c_string(&w->j, "phase", cdp_rollout_phase_name(d->phase));
    if (d->instance != CDP_ROLLOUT_NO_INSTANCE)
        json_string(&w->j, "instance", d->id);
    if (d->zone.data)
        json_string(&w->j, "zone", d->zone);
    if (d->attempt)
        json_int(&w->j, "attempt", d->attempt);
    if (d->until_ms)
        json_int(&w->j, "until_ms", d->until_ms);
    json_int(&w->j, "instances", d->instances);
    json_int(&w->j, "minimum", d->minimum);
    json_int(&w->j, "healthy", d->healthy);
    json_int(&w->j, "in_flight", d->in_flight);
    json_int(&w->j, "updated", d->succeeded);
    json_int(&w->j, "failed", d->failed);
    json_int(&w->j, "pending", d->pending);
    put_reason(w, d);
    json_close(&w->j, '}');
}

static void write_decision(const simulation *s, const cdp_rollout_decision *decision, void *user)
{
    /* The verdict is the last line. */
    if (decision->kind != CDP_ROLLOUT_DECISION_VERDICT &&
        decision->kind != CDP_ROLLOUT_DECISION_SETTLED)
        put_decision(user, s, decision);
}

static void write_result(const simulation *s, uint32_t instance, bool succeeded, void *user)
{
    writer *w = user;
    cdp_rollout_view view = {.size = sizeof view};

    (void)cdp_rollout_at(sim_rollout(s), instance, &view);
    open_line(w, s, "result");
    json_string(&w->j, "instance", view.id);
    if (view.zone.data)
        json_string(&w->j, "zone", view.zone);
    json_bool(&w->j, "succeeded", succeeded);
    put_counts(&w->j, sim_total(s));
    json_close(&w->j, '}');
}

static void write_moment(const simulation *s, void *user)
{
    writer *w = user;
    cdp_rollout_decision held = {.size = sizeof held};

    if (cdp_rollout_held(sim_rollout(s), &held) != CDP_OK ||
        (held.instance == w->held && held.rule == w->held_rule))
        return;
    w->held = held.instance;
    w->held_rule = held.rule;
    put_decision(w, s, &held);
}

static void write_verdict(writer *w, const sim_outcome *o)
{
    json_open(&w->j, NULL, '{');
    json_c_string(&w->j, "verdict", cdp_rollout_verdict_name(o->verdict));
    json_c_string(&w->j, "error_code", o->error_code);
    json_c_string(&w->j, "reason", o->reason);
    json_c_string(&w->j, "rule", o->rule);
    json_int(&w->j, "instances", o->numbers.instances);
    json_int(&w->j, "minimum", o->numbers.minimum);
    json_int(&w->j, "updated", o->numbers.succeeded);
    json_int(&w->j, "failed", o->numbers.failed);
    json_int(&w->j, "skipped", o->numbers.skipped);
    json_int(&w->j, "reached", o->reached);
    json_int(&w->j, "verdict_ms", o->verdict_ms);
    json_int(&w->j, "duration_ms", o->ended_ms);
    json_int(&w->j, "healthy_at_first", o->serving_at_first);
    json_int(&w->j, "least_healthy", o->least_serving);
    json_int(&w->j, "least_healthy_ms", o->least_serving_ms);
    json_int(&w->j, "most_in_flight", o->most_in_flight);
    json_close(&w->j, '}');
}

int simulate_json(const simulate_view *view)
{
    writer w = {.j = {.stream = stdout}, .held = CDP_ROLLOUT_NO_INSTANCE};
    const sim_watcher watcher = {write_decision, write_result, write_moment, &w};
    sim_outcome outcome;
    int exit;

    if (cdp_text_new(NULL, &w.text) != CDP_OK)
        return cli_fail("out of memory");
    exit = simulate_run(view, &watcher, &outcome);
    if (exit == CLI_CLEAN && w.out_of_memory)
        exit = cli_fail("out of memory");
    if (exit == CLI_CLEAN) {
        write_verdict(&w, &outcome);
        exit = simulate_exit(&outcome);
    }
    sim_outcome_free(&outcome);
    cdp_text_free(w.text);
    return exit;
}
