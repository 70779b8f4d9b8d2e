/* SPDX-License-Identifier: MIT */
/* A simulation as text: of a small fleet what happens to whom and why, of a large one the numbers. */
#include "simulate.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "chronicle.h"
#include "time_text.h"

enum { MOST_DETAILED = 40, MOST_ROWS = 40, TIME_WIDTH = 15, LEAST_ROOM = 30 };

/* ---- of a small fleet ---- */

/* Sentences of one moment of the clock. Those that differ only in their instance are one. */
typedef struct teller {
    const simulate_view *view;
    cdp_text *sentence; /* of the run that is being gathered */
    cdp_text *ids;
    cdp_rollout_decision last; /* its latest decision; its kind is 0 when there is none */
    int result;                /* 1, 0: results are being gathered; -1: none */
    char *held;                /* what was told last of the one that is held back; or NULL */
    int64_t told_ms;           /* the last time that stands at the left; -1: none */
    char *picture; /* one letter for each instance; NULL for a fleet that is too large */
    bool begun;    /* the heading stands there */
    bool out_of_memory;
} teller;

static void put_heading(const simulate_view *view, bool pictures)
{
    printf("%s, %s; %s\n", view->fleet, view->config, view->odds);
    if (pictures)
        printf("[. healthy, - unhealthy, > in flight, + updated, x failed%s]\n",
               view->plan.options.outdated_only ? ", = left out" : "");
    putchar('\n');
}

/* Not before it has begun: what cannot begin is told on standard error only. */
static void begin(teller *t)
{
    if (!t->begun)
        put_heading(t->view, t->picture && t->view->plan.fleet->count > 0);
    t->begun = true;
}

static void put_wrapped(const char *text, size_t indent, size_t room)
{
    while (strlen(text) > room) {
        size_t cut = room;

        while (cut > 0 && text[cut] != ' ')
            cut--;
        if (cut == 0)
            break;
        printf("%.*s\n%*s", (int)cut, text, (int)indent, "");
        text += cut + 1;
    }
    puts(text);
}

static char letter_of(sim_state state)
{
    return "+.>x- ="[state];
}

/* The instances zone by zone, as they stand now. */
static void draw_picture(teller *t, const simulation *s)
{
    const fleet *f = sim_fleet(s);
    char *at = t->picture;

    for (size_t i = 0; i < (f->zone_count ? f->zone_count : 1); i++) {
        uint32_t zone = f->zone_count ? f->zone_order[i] : 0;

        /* A blank between two that are not empty. */
        if (at > t->picture && at[-1] != ' ')
            *at++ = ' ';
        for (uint32_t k = 0; k < f->count + f->originals; k++) {
            if (fleet_zone_of(f, k) == zone && sim_state_of(s, k) != SIM_GONE)
                *at++ = letter_of(sim_state_of(s, k));
        }
    }
    if (at > t->picture && at[-1] == ' ')
        at--;
    *at = '\0';
}

static void put_line(teller *t, const simulation *s, const char *sentence)
{
    char time[TIME_TEXT] = "";
    size_t indent = TIME_WIDTH + 2;
    size_t columns = (size_t)cli_columns(stdout);

    if (t->told_ms != sim_now(s))
        time_text(sim_now(s), time);
    t->told_ms = sim_now(s);
    printf("%*s  ", TIME_WIDTH, time);
    put_wrapped(sentence, indent, columns > indent + LEAST_ROOM ? columns - indent : LEAST_ROOM);
}

static const char *string_of(cdp_text *text)
{
    return cdp_text_string(text).data;
}

static void put_decision(teller *t, const simulation *s, const cdp_rollout_decision *decision)
{
    cdp_text_clear(t->sentence);
    if (cdp_rollout_render(decision, t->sentence) != CDP_OK)
        t->out_of_memory = true;
    else
        put_line(t, s, string_of(t->sentence));
}

/* Tells what was gathered. */
static void flush(teller *t, const simulation *s)
{
    if (t->result >= 0) {
        cdp_text_clear(t->sentence);
        if (cdp_text_append(t->sentence, t->result ? "done: " : "FAILED: ", t->result ? 6 : 8) !=
                CDP_OK ||
            cdp_text_append(t->sentence, string_of(t->ids), cdp_text_string(t->ids).length) !=
                CDP_OK)
            t->out_of_memory = true;
        else
            put_line(t, s, string_of(t->sentence));
    } else if (t->last.kind) {
        t->last.id = cdp_text_string(t->ids);
        put_decision(t, s, &t->last);
    }
    t->result = -1;
    t->last.kind = (cdp_rollout_decision_kind)0;
    cdp_text_clear(t->ids);
}

static void gather(teller *t, cdp_string id)
{
    cdp_status status = CDP_OK;

    if (cdp_text_string(t->ids).length > 0)
        status = cdp_text_append(t->ids, ", ", 2);
    if (status == CDP_OK)
        status = cdp_text_append(t->ids, id.data, id.length);
    t->out_of_memory = t->out_of_memory || status != CDP_OK;
}

static void tell_decision(const simulation *s, const cdp_rollout_decision *decision, void *user)
{
    teller *t = user;

    begin(t);
    if (decision->kind == CDP_ROLLOUT_DECISION_SETTLED ||
        decision->kind == CDP_ROLLOUT_DECISION_VERDICT ||
        (decision->kind == CDP_ROLLOUT_DECISION_PHASE &&
         decision->phase == CDP_ROLLOUT_PHASE_DEPLOY))
        return;
    if (t->result >= 0 || t->last.kind != decision->kind || t->last.rule != decision->rule)
        flush(t, s);
    if (decision->instance == CDP_ROLLOUT_NO_INSTANCE) {
        put_decision(t, s, decision);
        return;
    }
    t->last = *decision;
    gather(t, decision->id);
}

static void tell_result(const simulation *s, uint32_t instance, bool succeeded, void *user)
{
    teller *t = user;
    cdp_rollout_view view = {.size = sizeof view};

    if (t->result != succeeded)
        flush(t, s);
    t->result = succeeded;
    (void)cdp_rollout_at(sim_rollout(s), instance, &view);
    gather(t, view.id);
}

/* Who is held back, when that is news, and the picture. */
static void tell_moment(const simulation *s, void *user)
{
    teller *t = user;
    cdp_rollout_decision held = {.size = sizeof held};

    flush(t, s);
    if (cdp_rollout_held(sim_rollout(s), &held) == CDP_OK &&
        held.rule != CDP_ROLLOUT_RULE_HOLD_ZONE_WAIT &&
        held.rule != CDP_ROLLOUT_RULE_HOLD_CANARY_WAIT) {
        cdp_text_clear(t->sentence);
        if (cdp_rollout_render(&held, t->sentence) != CDP_OK) {
            t->out_of_memory = true;
        } else if (!t->held || strcmp(string_of(t->sentence), t->held) != 0) {
            free(t->held);
            t->held = strdup(string_of(t->sentence));
            t->out_of_memory = t->out_of_memory || !t->held;
            put_line(t, s, string_of(t->sentence));
        }
    }
    if (t->picture && sim_fleet(s)->count > 0) {
        draw_picture(t, s);
        printf("%*s  [%s]\n", TIME_WIDTH, "", t->picture);
    }
}

static int tell(const simulate_view *view, sim_outcome *outcome)
{
    const fleet *f = view->plan.fleet;
    teller t = {.view = view, .result = -1, .told_ms = -1};
    const sim_watcher watcher = {tell_decision, tell_result, tell_moment, &t};
    int exit = CLI_CLEAN;

    if (f->count + f->originals <= MOST_DETAILED)
        t.picture = calloc(2 * MOST_DETAILED + f->zone_count + 1, 1);
    if (cdp_text_new(NULL, &t.sentence) != CDP_OK || cdp_text_new(NULL, &t.ids) != CDP_OK)
        exit = cli_fail("out of memory");
    if (exit == CLI_CLEAN)
        exit = simulate_run(view, &watcher, outcome);
    if (exit == CLI_CLEAN && t.out_of_memory)
        exit = cli_fail("out of memory");
    cdp_text_free(t.sentence);
    cdp_text_free(t.ids);
    free(t.picture);
    free(t.held);
    return exit;
}

/* ---- of a large one ---- */

static void put_table(const chronicle *c, int64_t ended_ms)
{
    printf("%*s %9s %9s %9s %9s %9s %9s\n", TIME_WIDTH, "time", "updated", "untouched", "in flight",
           "failed", "unhealthy", "capacity");
    for (size_t i = 0; i < c->count; i++) {
        const sim_counts *counts = chronicle_at(c, i, 0);
        char time[TIME_TEXT];

        printf("%*s %9u %9u %9u %9u %9u %9u\n", TIME_WIDTH,
               time_text(c->times[i] < ended_ms ? c->times[i] : ended_ms, time),
               (unsigned)counts->of[SIM_UPDATED], (unsigned)counts->of[SIM_HEALTHY],
               (unsigned)counts->of[SIM_IN_FLIGHT], (unsigned)counts->of[SIM_FAILED],
               (unsigned)counts->of[SIM_OUT], (unsigned)c->least_serving[i]);
    }
}

static int tabulate(const simulate_view *view, sim_outcome *outcome)
{
    chronicle *c = calloc(1, sizeof *c);
    sim_watcher watcher = {NULL, NULL, chronicle_note, c};
    int exit;

    if (!c)
        return cli_fail("out of memory");
    c->most_rows = MOST_ROWS;
    exit = chronicle_make(c) ? simulate_run(view, &watcher, outcome) : cli_fail("out of memory");
    if (exit == CLI_CLEAN) {
        put_heading(view, false);
        put_table(c, outcome->ended_ms);
    }
    chronicle_free(c);
    free(c);
    return exit;
}

/* ---- both ---- */

static void put_end(const sim_outcome *o)
{
    char time[TIME_TEXT];

    printf("\n%s", o->reason);
    if (o->error_code)
        printf(" (%s)", o->error_code);
    printf("\n%s; %u updated, %u failed, %u skipped\n", time_text(o->ended_ms, time),
           (unsigned)o->numbers.succeeded, (unsigned)o->numbers.failed,
           (unsigned)o->numbers.skipped);
    printf("capacity: %u at first, at least %u", (unsigned)o->serving_at_first,
           (unsigned)o->least_serving);
    if (o->least_serving < o->serving_at_first)
        printf(" (at %s)", time_text(o->least_serving_ms, time));
    printf("; at most %u in flight\n", (unsigned)o->most_in_flight);
}

int simulate_text(const simulate_view *view)
{
    const fleet *f = view->plan.fleet;
    bool detailed = view->detailed || f->count + f->originals <= MOST_DETAILED;
    sim_outcome outcome;
    int exit;

    exit = detailed ? tell(view, &outcome) : tabulate(view, &outcome);
    if (exit == CLI_CLEAN) {
        put_end(&outcome);
        exit = simulate_exit(&outcome);
    }
    sim_outcome_free(&outcome);
    return exit;
}
