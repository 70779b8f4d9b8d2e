/* SPDX-License-Identifier: MIT */
#include "simulate_options.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "time_text.h"

/* So that a deployment to ten million instances, one at a time, does not run out of time. */
#define LONGEST_MS (INT64_C(366) * 24 * 3600 * 1000)

enum { MS = 1000 };

static const char *const formats[] = {"text", "json", "svg"};

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
    if (ms % MS)
        return cli_usage(self, "%s takes whole seconds, as the API does, not '%s'", option, optarg);
    *has = true;
    *seconds = ms / MS;
    return CLI_CLEAN;
}

static int take_duration(const cli_command *self, simulate_settings *s)
{
    if (amount_read_duration(optarg, &s->duration_ms, &s->spread_ms) &&
        s->duration_ms + s->spread_ms <= LONGEST_MS)
        return CLI_CLEAN;
    return cli_usage(self,
                     "--duration takes a time such as 30s, or one with what it may differ by such "
                     "as 30s+-10s, up to 366d in all, not '%s'",
                     optarg);
}

static int take_seed(const cli_command *self, simulate_settings *s)
{
    char *end;

    errno = 0;
    s->seed = strtoull(optarg, &end, 10);
    if (*optarg >= '0' && *optarg <= '9' && *end == '\0' && errno == 0)
        return CLI_CLEAN;
    return cli_usage(self, "--seed takes a whole number from 0 to %" PRIu64 ", not '%s'",
                     UINT64_MAX, optarg);
}

static int take_stop(const cli_command *self, simulate_settings *s, const char *option,
                     cdp_rollout_stop_cause cause)
{
    if (s->stop_cause)
        return cli_usage(self, "--stop-at, --alarm-at and --timeout exclude each other");
    s->stop_cause = cause;
    return take_time(self, option, &s->stop_ms);
}

static int take_format(const cli_command *self, simulate_settings *s)
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
static int take_fleet_option(const cli_command *self, simulate_settings *s, int option)
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
static int take_rule_option(const cli_command *self, simulate_settings *s, int option)
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
static int take_extra_option(const cli_command *self, simulate_settings *s, int option)
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
static int take_run_option(const cli_command *self, simulate_settings *s, int option)
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

static int take_option(const cli_command *self, simulate_settings *s, int option,
                       const char *written)
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

static int check_together(const cli_command *self, const simulate_settings *s)
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

int simulate_take_options(const cli_command *self, simulate_settings *s, int argc, char **argv)
{
    int option;

    *s = (simulate_settings){
        .extras = {.size = sizeof s->extras}, .duration_ms = 60 * MS, .seed = 1};
    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        int result = take_option(self, s, option, argv[optind - 1]);

        if (result != CLI_CLEAN)
            return result;
    }
    if (optind < argc)
        return cli_usage(self, "'%s' is not an option", argv[optind]);
    return check_together(self, s);
}
