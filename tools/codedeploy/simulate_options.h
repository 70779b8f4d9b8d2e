/* SPDX-License-Identifier: MIT */
#ifndef SIMULATE_OPTIONS_H
#define SIMULATE_OPTIONS_H

/* What the command line of `codedeploy simulate` says. */

#include "simulate.h"
#include "simulate_amounts.h"

typedef enum output_format { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_SVG } output_format;

typedef struct simulate_settings {
    /* The fleet. */
    bool has_instances;
    int64_t instances;
    int64_t zones;
    amount unhealthy;
    const char *inventory;
    const char *group;
    bool blue_green;
    /* The rules; NULL where nothing is said. */
    const char *config;
    const char *minimum;
    char *compare;
    zone_wishes zone;
    amount budget;
    bool has_budget;
    cdp_rollout_options extras;
    /* Chance. */
    amount fail;
    positions fail_at;
    int64_t duration_ms;
    int64_t spread_ms;
    uint64_t seed;
    cdp_rollout_stop_cause stop_cause;
    int64_t stop_ms;
    /* Output. */
    output_format format;
    const char *title;
    bool detailed;
} simulate_settings;

/* Reads the command line; a cli_exit, and what is wrong is told. Free the positions in any case. */
int simulate_take_options(const cli_command *self, simulate_settings *s, int argc, char **argv);

#endif
