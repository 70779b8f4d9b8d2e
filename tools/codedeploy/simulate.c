/* SPDX-License-Identifier: MIT */
/* codedeploy simulate: how a roll-out over a fleet would go, on a virtual clock. */
#include "simulate.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "findings.h"
#include "group_file.h"
#include "simulate_amounts.h"
#include "time_text.h"

/* So that a deployment to ten million instances, one at a time, does not run out of time. */
#define LONGEST_MS (INT64_C(366) * 24 * 3600 * 1000)

enum { MS = 1000 };

typedef enum output_format { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_SVG } output_format;

static const char *const formats[] = {"text", "json", "svg"};

typedef struct settings {
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
} settings;

/* What is made from them. */
typedef struct making {
    fleet fleet;
    group_file group;
    config_choice choices[SIMULATE_MOST_COMPARED];
    size_t choice_count;
    bool *bad;
    simulate_view view;
} making;

/* ---- options ---- */

static int take_number(const cli_command *self, const char *option, int64_t least, int64_t most,
                       int64_t *number)
{
    if (amount_read_number(optarg, number) && *number >= least && *number <= most)
        return CLI_CLEAN;
    return cli_usage(self, "%s takes a whole number from %" PRId64 " to %" PRId64 ", not '%s'",
                     option, least, most, optarg);
}

static int take_amount(const cli_command *self, const char *option, amount *taken)
{
    if (amount_read(optarg, taken))
        return CLI_CLEAN;
    return cli_usage(self,
                     "%s takes a number of instances such as 3, or a percentage such as 3%% (at "
                     "most 100%%), not '%s'",
                     option, optarg);
}

static int take_time(const cli_command *self, const char *option, int64_t *ms)
{
    if (time_parse(optarg, MS, ms) && *ms <= LONGEST_MS)
        return CLI_CLEAN;
    return cli_usage(self, "%s takes a time such as 30s, 5m or 1.5h, up to 366d, not '%s'", option,
                     optarg);
}

static int take_seconds(const cli_command *self, const char *option, bool *has, int64_t *seconds)
{
    int64_t ms;
    int result = take_time(self, option, &ms);

    if (result != CLI_CLEAN)
        return result;
    *has = true;
    *seconds = (ms + MS - 1) / MS;
    return CLI_CLEAN;
}

static int take_duration(const cli_command *self, settings *s)
{
    if (amount_read_duration(optarg, &s->duration_ms, &s->spread_ms) &&
        s->duration_ms + s->spread_ms <= LONGEST_MS)
        return CLI_CLEAN;
    return cli_usage(self,
                     "--duration takes a time such as 30s, or one with what it may differ by such "
                     "as 30s+-10s, up to 366d in all, not '%s'",
                     optarg);
}

static int take_seed(const cli_command *self, settings *s)
{
    char *end;

    errno = 0;
    s->seed = strtoull(optarg, &end, 10);
    if (*optarg >= '0' && *optarg <= '9' && *end == '\0' && errno == 0)
        return CLI_CLEAN;
    return cli_usage(self, "--seed takes a whole number from 0 to %" PRIu64 ", not '%s'",
                     UINT64_MAX, optarg);
}

static int take_stop(const cli_command *self, settings *s, const char *option,
                     cdp_rollout_stop_cause cause)
{
    if (s->stop_cause)
        return cli_usage(self, "--stop-at, --alarm-at and --timeout exclude each other");
    s->stop_cause = cause;
    return take_time(self, option, &s->stop_ms);
}

static int take_format(const cli_command *self, settings *s)
{
    int chosen = cli_choice(self, "--format", optarg, formats, sizeof formats / sizeof *formats);

    s->format = (output_format)chosen;
    return chosen < 0 ? CLI_USAGE : CLI_CLEAN;
}

enum {
    INSTANCES = 256,
    ZONES,
    UNHEALTHY,
    INVENTORY,
    GROUP,
    BLUE_GREEN,
    OUTDATED_ONLY,
    CONFIG,
    MIN_HEALTHY,
    COMPARE,
    ZONAL,
    ZONE_MIN_HEALTHY,
    ZONE_WAIT,
    FIRST_ZONE_WAIT,
    FAILURE_BUDGET,
    NO_FORGIVENESS,
    LIMIT,
    CANARY,
    CANARY_WAIT,
    FAIL,
    FAIL_AT,
    DURATION,
    SEED,
    STOP_AT,
    ALARM_AT,
    TIMEOUT,
    FORMAT,
    TITLE,
    DETAILED
};

static const struct option options[] = {
    {"instances", required_argument, NULL, INSTANCES},
    {"zones", required_argument, NULL, ZONES},
    {"unhealthy", required_argument, NULL, UNHEALTHY},
    {"inventory", required_argument, NULL, INVENTORY},
    {"group", required_argument, NULL, GROUP},
    {"blue-green", no_argument, NULL, BLUE_GREEN},
    {"outdated-only", no_argument, NULL, OUTDATED_ONLY},
    {"config", required_argument, NULL, CONFIG},
    {"min-healthy", required_argument, NULL, MIN_HEALTHY},
    {"compare", required_argument, NULL, COMPARE},
    {"zonal", no_argument, NULL, ZONAL},
    {"zone-min-healthy", required_argument, NULL, ZONE_MIN_HEALTHY},
    {"zone-wait", required_argument, NULL, ZONE_WAIT},
    {"first-zone-wait", required_argument, NULL, FIRST_ZONE_WAIT},
    {"failure-budget", required_argument, NULL, FAILURE_BUDGET},
    {"no-forgiveness", no_argument, NULL, NO_FORGIVENESS},
    {"limit", required_argument, NULL, LIMIT},
    {"canary", required_argument, NULL, CANARY},
    {"canary-wait", required_argument, NULL, CANARY_WAIT},
    {"fail", required_argument, NULL, FAIL},
    {"fail-at", required_argument, NULL, FAIL_AT},
    {"duration", required_argument, NULL, DURATION},
    {"seed", required_argument, NULL, SEED},
    {"stop-at", required_argument, NULL, STOP_AT},
    {"alarm-at", required_argument, NULL, ALARM_AT},
    {"timeout", required_argument, NULL, TIMEOUT},
    {"format", required_argument, NULL, FORMAT},
    {"title", required_argument, NULL, TITLE},
    {"detailed", no_argument, NULL, DETAILED},
    {NULL, 0, NULL, 0},
};

/* Which fleet it is. */
static int take_fleet_option(const cli_command *self, settings *s, int option)
{
    switch (option) {
    case INSTANCES:
        s->has_instances = true;
        return take_number(self, "--instances", 0, FLEET_MOST, &s->instances);
    case ZONES:
        return take_number(self, "--zones", 1, FLEET_MOST_ZONES, &s->zones);
    case UNHEALTHY:
        return take_amount(self, "--unhealthy", &s->unhealthy);
    case INVENTORY:
        s->inventory = optarg;
        return CLI_CLEAN;
    case GROUP:
        s->group = optarg;
        return CLI_CLEAN;
    case BLUE_GREEN:
        s->blue_green = true;
        return CLI_CLEAN;
    default:
        s->extras.outdated_only = 1;
        return CLI_CLEAN;
    }
}

/* What rules it follows. */
static int take_rule_option(const cli_command *self, settings *s, int option)
{
    switch (option) {
    case CONFIG:
        s->config = optarg;
        return CLI_CLEAN;
    case MIN_HEALTHY:
        s->minimum = optarg;
        return CLI_CLEAN;
    case COMPARE:
        s->compare = optarg;
        return CLI_CLEAN;
    case ZONE_MIN_HEALTHY:
        s->zone.minimum = optarg;
        break;
    case ZONE_WAIT:
        s->zone.wanted = true;
        return take_seconds(self, "--zone-wait", &s->zone.has_wait, &s->zone.wait_seconds);
    case FIRST_ZONE_WAIT:
        s->zone.wanted = true;
        return take_seconds(self, "--first-zone-wait", &s->zone.has_first_wait,
                            &s->zone.first_wait_seconds);
    default:
        break;
    }
    s->zone.wanted = true;
    return CLI_CLEAN;
}

/* What goes beyond CodeDeploy. */
static int take_extra_option(const cli_command *self, settings *s, int option)
{
    switch (option) {
    case FAILURE_BUDGET:
        s->has_budget = true;
        return take_amount(self, "--failure-budget", &s->budget);
    case NO_FORGIVENESS:
        s->extras.no_forgiveness = 1;
        return CLI_CLEAN;
    case LIMIT:
        return take_number(self, "--limit", 1, FLEET_MOST, &s->extras.concurrency_limit);
    case CANARY:
        return take_number(self, "--canary", 1, FLEET_MOST, &s->extras.canary_size);
    default:
        return take_time(self, "--canary-wait", &s->extras.canary_wait_ms);
    }
}

/* What befalls it, and how it is shown. */
static int take_run_option(const cli_command *self, settings *s, int option)
{
    switch (option) {
    case FAIL:
        return take_amount(self, "--fail", &s->fail);
    case FAIL_AT:
        if (positions_read(&s->fail_at, optarg))
            return CLI_CLEAN;
        return cli_usage(self,
                         "--fail-at takes positions in the order of deployment, from 1, such as "
                         "4,7 or 2-5, not '%s'",
                         optarg);
    case DURATION:
        return take_duration(self, s);
    case SEED:
        return take_seed(self, s);
    case STOP_AT:
        return take_stop(self, s, "--stop-at", CDP_ROLLOUT_STOP_MANUAL);
    case ALARM_AT:
        return take_stop(self, s, "--alarm-at", CDP_ROLLOUT_STOP_ALARM);
    case TIMEOUT:
        return take_stop(self, s, "--timeout", CDP_ROLLOUT_STOP_TIMEOUT);
    case FORMAT:
        return take_format(self, s);
    case TITLE:
        s->title = optarg;
        return CLI_CLEAN;
    default:
        s->detailed = true;
        return CLI_CLEAN;
    }
}

static int take_option(const cli_command *self, settings *s, int option, const char *written)
{
    if (option == ':')
        return cli_usage(self, "%s needs a value", written);
    if (option >= FAIL)
        return take_run_option(self, s, option);
    if (option >= FAILURE_BUDGET)
        return take_extra_option(self, s, option);
    if (option >= CONFIG)
        return take_rule_option(self, s, option);
    if (option >= INSTANCES)
        return take_fleet_option(self, s, option);
    return cli_usage(self, "there is no option '%s'", written);
}

static bool is_input(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

static int check_together(const cli_command *self, const settings *s)
{
    if (is_input(s->inventory) + is_input(s->group) + is_input(s->config) > 1)
        return cli_usage(self, "only one file can be standard input");
    if (s->has_instances == (s->inventory != NULL))
        return cli_usage(self, s->inventory ? "--instances and --inventory exclude each other"
                                            : "say which fleet: --instances N or --inventory FILE");
    if (s->inventory && (s->zones || s->unhealthy.given))
        return cli_usage(self, "--zones and --unhealthy go with --instances; an inventory tells "
                               "zones and health itself");
    if (s->group && !s->inventory)
        return cli_usage(self, "--group goes with --inventory");
    if (!!s->config + !!s->minimum + !!s->compare > 1)
        return cli_usage(self, "--config, --min-healthy and --compare exclude each other");
    if (s->zone.wanted && !s->minimum && !s->compare)
        return cli_usage(self, "zones go with --min-healthy: predefined configurations are not "
                               "zonal, and those in files say it themselves");
    if (s->extras.canary_wait_ms && !s->extras.canary_size)
        return cli_usage(self, "--canary-wait goes with --canary");
    if (s->compare && s->format == OUTPUT_SVG)
        return cli_usage(self, "--compare prints text or json; draw each configuration by itself");
    return CLI_CLEAN;
}

static int take_options(const cli_command *self, settings *s, int argc, char **argv)
{
    int option;

    *s = (settings){.extras = {.size = sizeof s->extras}, .duration_ms = 60 * MS, .seed = 1};
    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        int result = take_option(self, s, option, argv[optind - 1]);

        if (result != CLI_CLEAN)
            return result;
    }
    if (optind < argc)
        return cli_usage(self, "'%s' is not an option", argv[optind]);
    return check_together(self, s);
}

/* ---- the fleet ---- */

static int make_fleet(making *m, const settings *s)
{
    int exit = CLI_CLEAN;

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
static void apply_group(making *m, settings *s, char *config, size_t size)
{
    cdp_group_basics basics = {.size = sizeof basics};

    if (!m->group.group || cdp_group_get_basics(m->group.group, &basics) != CDP_OK)
        return;
    s->blue_green = s->blue_green || basics.deployment_type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN;
    s->extras.ignore_outdated = basics.outdated_strategy == CDP_OUTDATED_IGNORE;
    if (!s->config && !s->minimum && !s->compare && basics.config_name.data) {
        snprintf(config, size, "%s", basics.config_name.data);
        s->config = config;
    }
}

/* ---- the rules ---- */

static int choose_one(const cli_command *self, making *m, const settings *s, const char *word)
{
    config_choice *choice = &m->choices[m->choice_count++];

    if (s->minimum)
        return config_choose_minimum(self, choice, s->minimum, &s->zone);
    return config_choose(self, choice, word, &s->zone);
}

static int choose(const cli_command *self, making *m, const settings *s)
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

static void set_rules(making *m, const settings *s)
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

static int set_odds(const cli_command *self, making *m, const settings *s)
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

static void describe(making *m, const settings *s)
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

static int show(const making *m, const settings *s)
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

static int make_and_show(const cli_command *self, making *m, settings *s)
{
    char config[128];
    int exit = make_fleet(m, s);

    if (exit != CLI_CLEAN)
        return exit;
    apply_group(m, s, config, sizeof config);
    if (s->blue_green)
        fleet_replace(&m->fleet);
    exit = choose(self, m, s);
    if (exit == CLI_CLEAN)
        exit = check_choices(m);
    if (exit != CLI_CLEAN)
        return exit;
    m->view.plan.fleet = &m->fleet;
    set_rules(m, s);
    exit = set_odds(self, m, s);
    if (exit != CLI_CLEAN)
        return exit;
    describe(m, s);
    return show(m, s);
}

static int run(const cli_command *self, int argc, char **argv)
{
    settings s;
    int exit = take_options(self, &s, argc, argv);

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
