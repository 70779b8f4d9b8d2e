/* SPDX-License-Identifier: MIT */
/* The clock of the scripted host: from one thing that is due to the next. */
#include <string.h>

#include "host.h"

enum { DEFAULT_STEPS = 10000000 };

/* What is due next. */
typedef enum due_kind { DUE_NOTHING, DUE_PROMISE, DUE_ARRIVAL, DUE_DEADLINE } due_kind;

typedef struct due {
    due_kind kind;
    int64_t at_ms;
    size_t index; /* of the part whose deadline it is */
} due;

/* Puts an input into a deployment. Nothing that it refuses ends the play; lack of memory does. */
static cdp_status put_in(sim_part *part, const cdp_deployment_input *input,
                         cdp_diagnostics *diagnostics)
{
    cdp_sim_host *host = part->host;
    cdp_host callbacks = sim_callbacks;
    cdp_status status;

    callbacks.user = part;
    status = cdp_host_step(part->deployment, &callbacks, host->now, input, diagnostics);
    if (status == CDP_ERR_NOMEM)
        host->broken = status;
    return status;
}

/* Why an input was refused: the first finding, or what the status means. */
static void note_refusal(cdp_sim_host *host, size_t noted, const cdp_diagnostics *diagnostics,
                         cdp_status status)
{
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostic_info info = {.size = sizeof info};
    const char *words = cdp_status_message(status);

    if (cdp_diagnostics_at(diagnostics, 0, &found) != CDP_OK)
        sim_note_refusal(host, noted, (cdp_string){words, strlen(words)}, NULL);
    else if (cdp_diagnostic_info_get(found.code, &info) == CDP_OK)
        sim_note_refusal(host, noted, found.message, info.api_name);
}

/* An input of the host's own: that it came is written down only when it is refused. */
static void put_own(sim_part *part, const cdp_deployment_input *input)
{
    cdp_sim_host *host = part->host;
    sim_arrival arrival = {.input = *input};
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status = cdp_diagnostics_new(&host->allocator, NULL, &diagnostics);

    if (status != CDP_OK) {
        host->broken = CDP_ERR_NOMEM;
        return;
    }
    status = put_in(part, input, diagnostics);
    if (input->instance)
        arrival.instance = *input->instance;
    if (status != CDP_OK && status != CDP_ERR_NOMEM)
        note_refusal(host, sim_note_input(host, part->index, &arrival), diagnostics, status);
    cdp_diagnostics_free(diagnostics);
}

static bool is_open(const sim_part *part, uint64_t token)
{
    cdp_deployment_action action = {.size = sizeof action};

    return cdp_deployment_open_find(part->deployment, token, &action) == CDP_OK;
}

/* ---- answers ---- */

/* The instances that were made come first. */
static void put_provisioned(sim_part *part, uint64_t token)
{
    const cdp_sim_host_options *options = &part->host->options;
    cdp_deployment_action action = {.size = sizeof action};

    if (cdp_deployment_open_find(part->deployment, token, &action) != CDP_OK ||
        action.kind != CDP_DEPLOYMENT_ACTION_PROVISION)
        return;
    for (size_t i = 0; i < options->provisioned_count; i++) {
        cdp_deployment_input input = {.size = sizeof input,
                                      .kind = CDP_DEPLOYMENT_INPUT_TARGET,
                                      .instance = &options->provisioned[i]};

        put_own(part, &input);
    }
}

static void keep_promise(cdp_sim_host *host)
{
    sim_promise kept = *sim_promises_first(host);
    sim_part *part = &host->parts[kept.part];
    cdp_deployment_input input = {
        .size = sizeof input,
        .kind = CDP_DEPLOYMENT_INPUT_ANSWER,
        .token = kept.token,
        .outcome = kept.rule.outcome ? kept.rule.outcome : CDP_DEPLOYMENT_DONE,
        .error = kept.rule.error,
        .code = kept.rule.code,
        .message = kept.rule.message,
    };

    sim_promises_remove_first(host);
    /* Nobody waits any more for what was cancelled. */
    if (!is_open(part, kept.token))
        return;
    if (input.outcome == CDP_DEPLOYMENT_DONE)
        put_provisioned(part, kept.token);
    put_own(part, &input);
}

/* ---- inputs ---- */

static void let_into(sim_part *part, const sim_arrival *arrival)
{
    cdp_sim_host *host = part->host;
    cdp_deployment_input input = arrival->input;
    cdp_diagnostics *diagnostics = NULL;
    size_t noted;
    cdp_status status;

    if (input.instance)
        input.instance = &arrival->instance;
    if (cdp_diagnostics_new(&host->allocator, NULL, &diagnostics) != CDP_OK) {
        host->broken = CDP_ERR_NOMEM;
        return;
    }
    /* What an input brings about is written behind it. */
    noted = sim_note_input(host, part->index, arrival);
    if (arrival->target.data &&
        cdp_deployment_target_find(part->deployment, arrival->target, &input.target) != CDP_OK) {
        sim_note_refusal(host, noted, (cdp_string){"there is no such target", 23},
                         "DeploymentTargetDoesNotExistException");
    } else {
        status = put_in(part, &input, diagnostics);
        if (status != CDP_OK && status != CDP_ERR_NOMEM)
            note_refusal(host, noted, diagnostics, status);
    }
    cdp_diagnostics_free(diagnostics);
}

static void let_arrive(cdp_sim_host *host)
{
    const sim_arrival arrival = ((const sim_arrival *)host->arrivals.items)[host->arrived++];
    uint32_t number = arrival.deployment ? arrival.deployment - 1 : host->part_count - 1;

    if (number < host->part_count)
        let_into(&host->parts[number], &arrival);
    else
        sim_note_refusal(host, sim_note_input(host, 0, &arrival),
                         (cdp_string){"there is no such deployment", 27},
                         "DeploymentDoesNotExistException");
}

/* ---- the clock ---- */

static due next_due(const cdp_sim_host *host)
{
    const sim_promise *promise = sim_promises_first(host);
    const sim_arrival *arrivals = host->arrivals.items;
    due first = {DUE_NOTHING, INT64_MAX, 0};

    if (promise && promise->at_ms < first.at_ms)
        first = (due){DUE_PROMISE, promise->at_ms, 0};
    if (host->arrived < host->arrivals.count && arrivals[host->arrived].at_ms < first.at_ms)
        first = (due){DUE_ARRIVAL, arrivals[host->arrived].at_ms, 0};
    for (size_t i = 0; i < host->part_count; i++) {
        int64_t deadline = cdp_deployment_next_deadline(host->parts[i].deployment);

        if (host->parts[i].started && deadline < first.at_ms)
            first = (due){DUE_DEADLINE, deadline, i};
    }
    return first;
}

static void start_new(cdp_sim_host *host)
{
    const cdp_deployment_input start = {.size = sizeof start, .kind = CDP_DEPLOYMENT_INPUT_START};

    for (uint32_t i = 0; i < host->part_count && host->broken == CDP_OK; i++) {
        sim_part *part = &host->parts[i];

        if (part->started)
            continue;
        part->started = true;
        put_own(part, &start);
    }
}

static void let_happen(cdp_sim_host *host, due what)
{
    /* A deadline may be past: then it is due now. */
    if (what.at_ms > host->now)
        host->now = what.at_ms;
    if (what.kind == DUE_PROMISE)
        keep_promise(host);
    else if (what.kind == DUE_ARRIVAL)
        let_arrive(host);
    else
        (void)put_in(&host->parts[what.index], NULL, NULL);
    start_new(host);
}

cdp_status cdp_sim_host_run(cdp_sim_host *host, int64_t until_ms)
{
    uint64_t steps;

    if (!host || until_ms < 0)
        return CDP_ERR_ARGUMENT;
    if (host->now < 0) {
        if (host->options.start_ms > until_ms)
            return CDP_OK;
        host->now = host->options.start_ms;
        start_new(host);
    }
    steps = host->options.step_limit ? host->options.step_limit : DEFAULT_STEPS;
    while (host->broken == CDP_OK) {
        due next = next_due(host);

        if (next.kind == DUE_NOTHING || next.at_ms > until_ms)
            break;
        if (steps-- == 0)
            return CDP_ERR_LIMIT;
        let_happen(host, next);
    }
    return host->broken;
}
