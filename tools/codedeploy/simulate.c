/* SPDX-License-Identifier: MIT */
/* codedeploy simulate: how a roll-out over a fleet would go, on a virtual clock. */
#include "simulate.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "findings.h"
#include "group_file.h"
#include "simulate_options.h"
#include "time_text.h"

/* What is made from them. */
typedef struct making {
    fleet fleet;
    group_file group;
    bool config_of_group;
    config_choice choices[SIMULATE_MOST_COMPARED];
    size_t choice_count;
    bool *bad;
    simulate_view view;
} making;

/* ---- amounts ---- */

/* More than there are would silently be fewer. */
static int check_amount(const cli_command *self, const char *option, int64_t wanted, int64_t most)
{
    if (wanted <= most)
        return CLI_CLEAN;
    return cli_usage(self, "%s %" PRId64 ": there %s %" PRId64 " instance%s", option, wanted,
                     most == 1 ? "is" : "are", most, most == 1 ? "" : "s");
}

static int check_amounts(const cli_command *self, const making *m, const simulate_settings *s)
{
    uint32_t count = m->fleet.count;
    int exit = check_amount(self, "--fail", s->fail.count, count);

    if (exit == CLI_CLEAN)
        exit = check_amount(self, "--canary", s->extras.canary_size, count);
    return exit;
}

/* ---- the fleet ---- */

static int make_fleet(const cli_command *self, making *m, const simulate_settings *s)
{
    int exit = s->inventory ? CLI_CLEAN
                            : check_amount(self, "--unhealthy", s->unhealthy.count, s->instances);

    if (exit != CLI_CLEAN)
        return exit;

    if (s->group) {
        if (!group_file_open(&m->group, s->group, NULL))
            return CLI_IO;
        group_file_report(&m->group);
        if (!m->group.group)
            return CLI_FINDINGS;
    }
    if (s->inventory)
        exit = fleet_read(&m->fleet, s->inventory, m->group.group);
    else if (!fleet_make(&m->fleet, (uint32_t)s->instances, (uint32_t)s->zones,
                         amount_of(&s->unhealthy, (uint32_t)s->instances)))
        exit = CLI_IO;
    return exit;
}

/* What the group says of the deployment. */
static void apply_group(making *m, simulate_settings *s, char *config, size_t size)
{
    cdp_group_basics basics = {.size = sizeof basics};

    if (!m->group.group || cdp_group_get_basics(m->group.group, &basics) != CDP_OK)
        return;
    s->blue_green = s->blue_green || basics.deployment_type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN;
    s->extras.ignore_outdated = basics.outdated_strategy == CDP_OUTDATED_IGNORE;
    if (!s->config && !s->minimum && !s->compare && basics.config_name.data) {
        snprintf(config, size, "%s", basics.config_name.data);
        s->config = config;
        m->config_of_group = true;
    }
}

/* ---- the rules ---- */

static int choose_one(const cli_command *self, making *m, const simulate_settings *s,
                      const char *word)
{
    config_choice *choice = &m->choices[m->choice_count++];

    if (s->minimum)
        return config_choose_minimum(self, choice, s->minimum, &s->zone);
    return config_choose(self, choice, word, &s->zone);
}

static int choose(const cli_command *self, making *m, const simulate_settings *s)
{
    int exit = CLI_CLEAN;

    if (!s->compare)
        return choose_one(self, m, s, s->config ? s->config : "OneAtATime");
    for (char *word = strtok(s->compare, ","); word; word = strtok(NULL, ",")) {
        int result;

        if (m->choice_count == SIMULATE_MOST_COMPARED)
            return cli_usage(self, "--compare takes at most %d configurations",
                             SIMULATE_MOST_COMPARED);
        result = choose_one(self, m, s, word);
        exit = result > exit ? result : exit;
    }
    if (m->choice_count == 0)
        return cli_usage(self, "--compare takes configurations with commas between them");
    return exit;
}

static int check_choices(const making *m)
{
    int exit = CLI_CLEAN;

    for (size_t i = 0; i < m->choice_count; i++) {
        int result = config_check_use(&m->choices[i], &m->fleet);

        exit = result > exit ? result : exit;
    }
    return exit;
}

static void set_rules(making *m, const simulate_settings *s)
{
    cdp_rollout_options *rules = &m->view.plan.options;

    *rules = s->extras;
    rules->kind = m->fleet.blue_green ? CDP_ROLLOUT_BLUE_GREEN : CDP_ROLLOUT_IN_PLACE;
    (void)cdp_rollout_options_from_config(m->choices[0].config, rules);
    if (s->has_budget) {
        rules->failure_budget_type = CDP_ROLLOUT_BUDGET_COUNT;
        rules->failure_budget = amount_within(&s->budget, m->fleet.count);
    }
}

/* ---- what befalls it ---- */

/* How often at most something is begun. */
static uint32_t most_positions(const fleet *f)
{
    return f->blue_green ? f->count * 2 + f->originals : f->count;
}

static int set_odds(const cli_command *self, making *m, const simulate_settings *s)
{
    sim_plan *plan = &m->view.plan;

    plan->duration_ms = s->duration_ms;
    plan->spread_ms = s->spread_ms;
    plan->seed = s->seed;
    plan->stop_cause = s->stop_cause;
    plan->stop_ms = s->stop_ms;
    plan->fail_at = s->fail_at.list;
    plan->fail_at_count = s->fail_at.count;
    if (s->fail_at.count > 0 && s->fail_at.list[s->fail_at.count - 1] > most_positions(&m->fleet))
        return cli_usage(self, "--fail-at %u: there are %u positions",
                         (unsigned)s->fail_at.list[s->fail_at.count - 1],
                         (unsigned)most_positions(&m->fleet));
    if (!s->fail.given)
        return CLI_CLEAN;
    m->bad = sim_choose_bad(&m->fleet, s->seed, amount_of(&s->fail, m->fleet.count), s->fail.ppm);
    plan->bad = m->bad;
    return m->bad ? CLI_CLEAN : cli_fail("out of memory");
}

/* ---- headings ---- */

static void describe(making *m, const simulate_settings *s)
{
    simulate_view *view = &m->view;
    char times[2][TIME_TEXT];
    int length;

    view->title = s->title;
    view->detailed = s->detailed;
    view->config = m->choices[0].label;
    length = snprintf(view->fleet, sizeof view->fleet, "%u instance%s", (unsigned)m->fleet.count,
                      m->fleet.count == 1 ? "" : "s");
    if (m->fleet.blue_green)
        length += snprintf(view->fleet + length, sizeof view->fleet - (size_t)length,
                           " to replace %u", (unsigned)m->fleet.originals);
    if (m->fleet.zone_count > 1)
        snprintf(view->fleet + length, sizeof view->fleet - (size_t)length, " in %zu zones",
                 m->fleet.zone_count);
    length =
        snprintf(view->odds, sizeof view->odds, "%s each", time_text(s->duration_ms, times[0]));
    if (s->spread_ms)
        length = snprintf(view->odds, sizeof view->odds, "%s to %s each",
                          time_text(s->duration_ms - s->spread_ms, times[0]),
                          time_text(s->duration_ms + s->spread_ms, times[1]));
    if (s->fail.given)
        length += snprintf(view->odds + length, sizeof view->odds - (size_t)length,
                           ", %.16s fail by chance", s->fail.written);
    if (s->fail_at.count)
        snprintf(view->odds + length, sizeof view->odds - (size_t)length, ", failing at %.64s%s",
                 s->fail_at.written, strlen(s->fail_at.written) > 64 ? "..." : "");
}

/* ---- running ---- */

int simulate_run(const simulate_view *view, const sim_watcher *watcher, sim_outcome *outcome)
{
    findings_file file = {.name = view->config};
    cdp_diagnostics *diagnostics;
    cdp_status status;

    *outcome = (sim_outcome){.reason = NULL};
    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        return cli_fail("out of memory");
    status = sim_run(&view->plan, watcher, diagnostics, outcome);
    file.diagnostics = diagnostics;
    fflush(stdout);
    findings_report(&file);
    cdp_diagnostics_free(diagnostics);
    if (status == CDP_ERR_NOMEM)
        return cli_fail("out of memory");
    return status == CDP_OK ? CLI_CLEAN : CLI_FINDINGS;
}

int simulate_exit(const sim_outcome *outcome)
{
    return outcome->verdict == CDP_ROLLOUT_SUCCEEDED ? CLI_CLEAN : CLI_FINDINGS;
}

static int show(const making *m, const simulate_settings *s)
{
    if (s->compare)
        return simulate_compare(&m->view, m->choices, m->choice_count, s->format == OUTPUT_JSON);
    switch (s->format) {
    case OUTPUT_JSON:
        return simulate_json(&m->view);
    case OUTPUT_SVG:
        return simulate_svg(&m->view);
    default:
        return simulate_text(&m->view);
    }
}

static int make_and_show(const cli_command *self, making *m, simulate_settings *s)
{
    char config[128];
    int exit = make_fleet(self, m, s);

    if (exit != CLI_CLEAN)
        return exit;
    apply_group(m, s, config, sizeof config);
    if (s->blue_green)
        fleet_replace(&m->fleet);
    exit = choose(self, m, s);
    if (exit == CLI_FINDINGS && m->config_of_group)
        fputs("  hint: The group names it. Give the configuration itself with --config FILE.\n",
              stderr);
    if (exit == CLI_CLEAN)
        exit = check_choices(m);
    if (exit != CLI_CLEAN)
        return exit;
    m->view.plan.fleet = &m->fleet;
    exit = check_amounts(self, m, s);
    if (exit != CLI_CLEAN)
        return exit;
    set_rules(m, s);
    exit = set_odds(self, m, s);
    if (exit != CLI_CLEAN)
        return exit;
    describe(m, s);
    return show(m, s);
}

static int run(const cli_command *self, int argc, char **argv)
{
    simulate_settings s;
    int exit = simulate_take_options(self, &s, argc, argv);

    if (exit == CLI_CLEAN) {
        making *m = calloc(1, sizeof *m);

        exit = m ? make_and_show(self, m, &s) : cli_fail("out of memory");
        for (size_t i = 0; m && i < m->choice_count; i++)
            config_choice_free(&m->choices[i]);
        if (m) {
            fleet_free(&m->fleet);
            group_file_close(&m->group);
            free(m->bad);
        }
        free(m);
    }
    positions_free(&s.fail_at);
    return exit;
}

const cli_command cli_command_simulate = {
    "simulate",
    "try a roll-out over a fleet on a virtual clock",
    "Usage: codedeploy simulate --instances N [OPTION]...\n"
    "       codedeploy simulate --inventory FILE [--group FILE] [OPTION]...\n"
    "\n"
    "Plays a deployment to a fleet: which instances go when, what is held back and why, and how "
    "it\n"
    "ends. The same options give the same answer, on every machine.\n"
    "\n"
    "The fleet:\n"
    "  --instances N        that many, up to 10000000, called i-1, i-2 and so on\n"
    "  --zones N            they lie in N Availability Zones by turns\n"
    "  --unhealthy N|P%     so many are unhealthy at first, as before a first deployment\n"
    "  --inventory FILE     instances from JSON ('-' is standard input); see codedeploy-group(1)\n"
    "  --group FILE         only those that belong to this deployment group, with the "
    "configuration\n"
    "                       and the style that it names\n"
    "  --blue-green         replace them by as many new instances as are healthy\n"
    "  --outdated-only      leave out those that have the current revision\n"
    "The rules:\n"
    "  --config CONFIG      a predefined configuration such as HalfAtATime, a minimum such as 8 "
    "or\n"
    "                       85%, or a JSON file; OneAtATime when nothing is said\n"
    "  --min-healthy N|P%   so many stay healthy\n"
    "  --zonal              with it: one zone at a time; --zone-min-healthy N|P%, --zone-wait T "
    "and\n"
    "                       --first-zone-wait T are a zone's minimum and the watch after it\n"
    "  --compare C,C...     several configurations side by side: how long they take, what "
    "capacity\n"
    "                       is left, and how far a failure at each position of --fail-at spreads\n"
    "  beyond CodeDeploy:   --failure-budget N|P%, --no-forgiveness, --limit N (at a time),\n"
    "                       --canary N (first), --canary-wait T\n"
    "What befalls it:\n"
    "  --duration T[+-T]    how long one instance takes; 1m when nothing is said\n"
    "  --fail N|P%          N instances fail, or each with that chance\n"
    "  --fail-at LIST       those fail that are begun at these positions, from 1: 4,7 or 2-5\n"
    "  --seed N             another throw of the dice; 1 when nothing is said\n"
    "  --stop-at T, --alarm-at T, --timeout T   it is stopped, an alarm goes off, time is up\n"
    "Output:\n"
    "  --format F           text (default), json (a line for each event, the last one the "
    "verdict)\n"
    "                       or svg (a chart for each zone)\n"
    "  --title TEXT         above the chart\n"
    "  --detailed           text: every decision, also of more than 40 instances\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 the deployment succeeded, 1 it did not, or a file has errors, 2 wrong use, 3 "
    "a\n"
    "file cannot be read or output cannot be written. With --compare 0 when all could be played.\n",
    run,
};
