/* SPDX-License-Identifier: MIT */
/* Configurations side by side. */
#include "simulate.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "time_text.h"

/* Positions at which a failure is tried when the command line names none: the first, the middle
 * one, the last. */
enum { DEFAULT_POSITIONS = 3, MOST_POSITIONS = 16, LEAST_LABEL = 13 };

typedef struct comparison {
    const simulate_view *view;
    const config_choice *choices;
    size_t count;
    int label_width;
    uint32_t positions[MOST_POSITIONS];
    size_t position_count;
    /* Which choices reach an instance at all; the others have no blast radius. */
    bool reaches[SIMULATE_MOST_COMPARED];
    json j;
    bool as_json;
} comparison;

/* Only one of them fails; or, beginning with it, all do: the revision is bad. */
static sim_plan plan_of(const comparison *c, size_t choice)
{
    sim_plan plan = c->view->plan;

    (void)cdp_rollout_options_from_config(c->choices[choice].config, &plan.options);
    plan.fail_at = NULL;
    plan.fail_at_count = 0;
    return plan;
}

static int play(const comparison *c, size_t choice, const sim_plan *plan, sim_outcome *outcome)
{
    simulate_view view = *c->view;

    view.plan = *plan;
    view.config = c->choices[choice].label;
    return simulate_run(&view, NULL, outcome);
}

/* In a table what all predefined ones begin with says nothing. */
static const char *label_of(const config_choice *choice)
{
    static const char prefix[] = "CodeDeployDefault.";

    return choice->label +
           (strncmp(choice->label, prefix, sizeof prefix - 1) == 0 ? sizeof prefix - 1 : 0);
}

/* ---- duration and capacity ---- */

static void put_whole_text(const comparison *c, size_t choice, const sim_outcome *o)
{
    char time[TIME_TEXT];
    char capacity[64];

    snprintf(capacity, sizeof capacity, "%u of %u", (unsigned)o->least_serving,
             (unsigned)o->serving_at_first);
    printf("%-*s %9u %9u  %-14s %14s  %s\n", c->label_width, label_of(&c->choices[choice]),
           (unsigned)o->numbers.minimum, (unsigned)o->most_in_flight, capacity,
           time_text(o->ended_ms, time), cdp_rollout_verdict_name(o->verdict));
}

static void put_whole_json(comparison *c, size_t choice, const sim_outcome *o)
{
    json_open(&c->j, NULL, '{');
    json_c_string(&c->j, "config", c->choices[choice].label);
    json_c_string(&c->j, "verdict", cdp_rollout_verdict_name(o->verdict));
    json_c_string(&c->j, "error_code", o->error_code);
    json_c_string(&c->j, "reason", o->reason);
    json_int(&c->j, "instances", o->numbers.instances);
    json_int(&c->j, "minimum", o->numbers.minimum);
    json_int(&c->j, "most_in_flight", o->most_in_flight);
    json_int(&c->j, "healthy_at_first", o->serving_at_first);
    json_int(&c->j, "least_healthy", o->least_serving);
    json_int(&c->j, "duration_ms", o->ended_ms);
}

static int compare_whole(comparison *c, size_t choice)
{
    sim_plan plan = plan_of(c, choice);
    sim_outcome outcome;
    int exit = play(c, choice, &plan, &outcome);

    if (exit == CLI_CLEAN) {
        c->reaches[choice] = outcome.reached > 0;
        if (c->as_json)
            put_whole_json(c, choice, &outcome);
        else
            put_whole_text(c, choice, &outcome);
    }
    sim_outcome_free(&outcome);
    return exit;
}

/* ---- blast radius ---- */

static void put_blast_text(const comparison *c, size_t choice, uint32_t position,
                           const sim_outcome outcomes[2])
{
    printf("%-*s %8u", c->label_width, label_of(&c->choices[choice]), (unsigned)position);
    for (int i = 0; i < 2; i++)
        printf("  %8u %8u  %-*s", (unsigned)outcomes[i].reached,
               (unsigned)outcomes[i].numbers.failed, i == 0 ? 9 : 0,
               cdp_rollout_verdict_name(outcomes[i].verdict));
    putchar('\n');
}

static void put_blast_json(comparison *c, uint32_t position, const sim_outcome outcomes[2])
{
    static const char *const keys[] = {"alone", "from_there_on"};

    json_open(&c->j, NULL, '{');
    json_int(&c->j, "position", position);
    for (int i = 0; i < 2; i++) {
        json_open(&c->j, keys[i], '{');
        json_int(&c->j, "reached", outcomes[i].reached);
        json_int(&c->j, "failed", outcomes[i].numbers.failed);
        json_c_string(&c->j, "verdict", cdp_rollout_verdict_name(outcomes[i].verdict));
        json_int(&c->j, "verdict_ms", outcomes[i].verdict_ms);
        json_close(&c->j, '}');
    }
    json_close(&c->j, '}');
}

static int compare_blast(comparison *c, size_t choice, uint32_t position)
{
    sim_plan plan = plan_of(c, choice);
    sim_outcome outcomes[2] = {{.reason = NULL}, {.reason = NULL}};
    int exit;

    plan.fail_at = &position;
    plan.fail_at_count = 1;
    exit = play(c, choice, &plan, &outcomes[0]);
    if (exit == CLI_CLEAN) {
        plan.fail_from = position;
        exit = play(c, choice, &plan, &outcomes[1]);
    }
    if (exit == CLI_CLEAN) {
        if (c->as_json)
            put_blast_json(c, position, outcomes);
        else
            put_blast_text(c, choice, position, outcomes);
    }
    sim_outcome_free(&outcomes[0]);
    sim_outcome_free(&outcomes[1]);
    return exit;
}

/* ---- the tables ---- */

static void choose_positions(comparison *c)
{
    const sim_plan *plan = &c->view->plan;
    uint32_t targets = plan->fleet->count;
    const uint32_t usual[DEFAULT_POSITIONS] = {1, targets / 2 + 1, targets};

    for (size_t i = 0; i < plan->fail_at_count && i < MOST_POSITIONS; i++)
        c->positions[c->position_count++] = plan->fail_at[i];
    for (size_t i = 0; i < DEFAULT_POSITIONS && plan->fail_at_count == 0; i++) {
        if (usual[i] >= 1 && usual[i] <= targets &&
            (c->position_count == 0 || c->positions[c->position_count - 1] < usual[i]))
            c->positions[c->position_count++] = usual[i];
    }
}

static int print_text(comparison *c)
{
    int exit = CLI_CLEAN;
    bool any = false;

    printf("%s; %s\n\n", c->view->fleet, c->view->odds);
    printf("%-*s %9s %9s  %-14s %14s  %s\n", c->label_width, "configuration", "minimum", "at once",
           "least capacity", "takes", "verdict");
    for (size_t i = 0; i < c->count && exit == CLI_CLEAN; i++)
        exit = compare_whole(c, i);
    for (size_t i = 0; i < c->count; i++)
        any = any || c->reaches[i];
    if (exit != CLI_CLEAN || !any)
        return exit;
    printf("\n%-*s %8s  %-28s  %s\n", c->label_width, "", "", "that instance alone fails",
           "it and all after it fail");
    printf("%-*s %8s  %8s %8s  %-9s  %8s %8s  %s\n", c->label_width, "configuration", "position",
           "reached", "failed", "verdict", "reached", "failed", "verdict");
    for (size_t k = 0; k < c->position_count; k++) {
        for (size_t i = 0; i < c->count && exit == CLI_CLEAN; i++) {
            if (c->reaches[i])
                exit = compare_blast(c, i, c->positions[k]);
        }
    }
    return exit;
}

/* An object for each configuration, one a line. */
static int print_json(comparison *c)
{
    int exit = CLI_CLEAN;

    for (size_t i = 0; i < c->count && exit == CLI_CLEAN; i++) {
        exit = compare_whole(c, i);
        if (exit != CLI_CLEAN)
            break;
        json_open(&c->j, "blast_radius", '[');
        for (size_t k = 0; k < c->position_count && c->reaches[i] && exit == CLI_CLEAN; k++)
            exit = compare_blast(c, i, c->positions[k]);
        json_close(&c->j, ']');
        json_close(&c->j, '}');
    }
    return exit;
}

int simulate_compare(const simulate_view *view, const config_choice *choices, size_t count,
                     bool as_json)
{
    comparison c = {.view = view,
                    .choices = choices,
                    .count = count,
                    .j = {.stream = stdout},
                    .as_json = as_json};

    choose_positions(&c);
    c.label_width = LEAST_LABEL;
    for (size_t i = 0; i < count; i++) {
        int width = (int)strlen(label_of(&choices[i]));

        c.label_width = width > c.label_width ? width : c.label_width;
    }
    return as_json ? print_json(&c) : print_text(&c);
}
