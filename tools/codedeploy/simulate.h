/* SPDX-License-Identifier: MIT */
#ifndef SIMULATE_H
#define SIMULATE_H

/* What the parts of `codedeploy simulate` share. */

#include "simulation.h"

enum { SIMULATE_MOST_COMPARED = 16 };

/* A deployment configuration as it was named: the name of a predefined one, a minimum such as 8 or
 * 85%, or a JSON file. */
typedef struct config_choice {
    /* What headings call it. */
    char label[128];
    const cdp_config *config;
    cdp_config *owned; /* NULL for predefined ones */
} config_choice;

/* What --zonal and its companions say; members as in cdp_config_options. */
typedef struct zone_wishes {
    bool wanted;
    bool has_wait;
    bool has_first_wait;
    int64_t wait_seconds;
    int64_t first_wait_seconds;
    const char *minimum; /* as it was written, or NULL */
} zone_wishes;

/* Finds or makes the configuration that `word` names; a cli_exit, and what is wrong is told. */
int config_choose(const cli_command *self, config_choice *choice, const char *word,
                  const zone_wishes *zones);
/* The same for --min-healthy, which takes a minimum only. */
int config_choose_minimum(const cli_command *self, config_choice *choice, const char *word,
                          const zone_wishes *zones);
/* That such a fleet can be deployed to with it; a cli_exit. */
int config_check_use(const config_choice *choice, const fleet *f);
void config_choice_free(config_choice *choice);

typedef struct simulate_view {
    sim_plan plan;
    const char *title;  /* of --title, or NULL */
    const char *config; /* the label of what is simulated */
    char fleet[128];    /* "200 instances in 3 zones" */
    char odds[256];     /* "30 s each; positions 4 and 7 fail" */
    bool detailed;      /* text: every decision, however many there are */
} simulate_view;

/* Runs the plan and shows it; each returns a cli_exit, CLI_FINDINGS unless the verdict is
 * Succeeded. */
int simulate_text(const simulate_view *view);
int simulate_json(const simulate_view *view);
int simulate_svg(const simulate_view *view);
/* Runs the plan under each configuration, without failures and with one at each of the plan's
 * positions, and shows the results side by side. */
int simulate_compare(const simulate_view *view, const config_choice *choices, size_t count,
                     bool as_json);

/* sim_run(), with what is wrong told on standard error; a cli_exit, CLI_CLEAN when it ran. */
int simulate_run(const simulate_view *view, const sim_watcher *watcher, sim_outcome *outcome);
int simulate_exit(const sim_outcome *outcome);

#endif
