/* SPDX-License-Identifier: MIT */
/* A scenario again and again, another call of the host failing each time. */
#include <stdlib.h>
#include <string.h>

#include "run.h"

enum {
    MOST_CALLS = 10000,
    FAULT = CDP_ERR_HOST_FIRST - 1,
    ENDS = 64 * CDP_SIM_HOST_MAX_DEPLOYMENTS
};

/* How the deployments of one play ended: "d-1 Failed (ALARM_ACTIVE), d-2 Succeeded". */
typedef struct outcome {
    char ends[ENDS];
    bool is_sound;
    uint64_t calls;
} outcome;

static void add_end(outcome *o, const cdp_deployment *deployment)
{
    cdp_deployment_info info = {.size = sizeof info};
    size_t length = strlen(o->ends);

    (void)cdp_deployment_get_info(deployment, &info);
    snprintf(o->ends + length, sizeof o->ends - length, "%s%.24s %s", length ? ", " : "",
             info.id.data, cdp_deployment_status_name(info.status));
    length = strlen(o->ends);
    if (info.error_code != CDP_ERROR_CODE_NONE)
        snprintf(o->ends + length, sizeof o->ends - length, " (%s)",
                 cdp_error_code_name(info.error_code));
    /* Whatever fails: it comes to an end, and all traffic goes somewhere. */
    o->is_sound = o->is_sound && cdp_deployment_is_over(deployment) && info.open_actions == 0 &&
                  info.weight + info.original_weight == 100;
}

static int play(const char *file, const cdp_sim_fault *fault, outcome *o)
{
    scenario s;
    int exit = scenario_open(&s, file, false);

    *o = (outcome){.is_sound = true};
    if (exit == CLI_CLEAN && cdp_sim_host_set_fault(s.host, fault) == CDP_OK) {
        if (cdp_sim_host_run(s.host, INT64_MAX) != CDP_OK)
            exit = cli_fail("the scenario cannot be played to its end");
        for (size_t i = 0; i < cdp_sim_host_deployment_count(s.host); i++)
            add_end(o, cdp_sim_host_deployment_at(s.host, i));
        o->calls = cdp_sim_host_call_count(s.host, 0);
    }
    scenario_close(&s);
    return exit;
}

static void print_calls(uint64_t first, uint64_t last, const cdp_sim_fault *fault, const outcome *o)
{
    if (first == last)
        printf("call %u", (unsigned)first);
    else
        printf("calls %u to %u", (unsigned)first, (unsigned)last);
    printf(" %s: %s%s\n", fault->persistent ? "and all later ones" : "only", o->ends,
           o->is_sound ? "" : " -- this must not be");
}

/* Calls in a row that have the same end share a line. */
static int play_all(const char *file, int persistent)
{
    cdp_sim_fault fault = {
        .size = sizeof fault, .status = (cdp_status)FAULT, .persistent = persistent};
    outcome last = {.ends = ""};
    uint64_t first = 1;
    bool all_sound = true;

    for (fault.at = 1; fault.at <= MOST_CALLS; fault.at++) {
        outcome now;
        int exit = play(file, &fault, &now);

        if (exit != CLI_CLEAN)
            return exit;
        if (now.calls < fault.at)
            break;
        all_sound = all_sound && now.is_sound;
        if (fault.at > 1 && (strcmp(last.ends, now.ends) != 0 || last.is_sound != now.is_sound)) {
            print_calls(first, fault.at - 1, &fault, &last);
            first = fault.at;
        }
        last = now;
    }
    if (fault.at > 1)
        print_calls(first, fault.at - 1, &fault, &last);
    return all_sound ? CLI_CLEAN : CLI_FINDINGS;
}

int run_with_faults(const char *file)
{
    int once = play_all(file, 0);

    if (once > CLI_FINDINGS)
        return once;
    return play_all(file, 1) == CLI_CLEAN ? once : CLI_FINDINGS;
}
