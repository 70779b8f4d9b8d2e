/* SPDX-License-Identifier: MIT */
/* Plays a scenario and prints what happened. */
#include <getopt.h>
#include <inttypes.h>
#include <string.h>

#include "commands.h"
#include "json.h"
#include "run.h"
#include "scenario.h"

static const char *const formats[] = {"text", "json", "svg"};

/* The words of an entry's status, by what changed. */
static const char *status_name(const cdp_sim_entry *entry)
{
    switch (entry->change) {
    case CDP_DEPLOYMENT_CHANGE_STATUS:
        return cdp_deployment_status_name((cdp_deployment_status)entry->status);
    case CDP_DEPLOYMENT_CHANGE_TARGET:
        return cdp_target_status_name((cdp_target_status)entry->status);
    case CDP_DEPLOYMENT_CHANGE_EVENT:
        return cdp_event_status_name((cdp_event_status)entry->status);
    case CDP_DEPLOYMENT_CHANGE_ALARM:
        return cdp_alarm_state_name((cdp_alarm_state)entry->status);
    case CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN:
    case CDP_DEPLOYMENT_CHANGE_WAIT_ENDED:
        return cdp_deployment_wait_name((cdp_deployment_wait)entry->status);
    default:
        return NULL;
    }
}

static const char *what_name(const cdp_sim_entry *entry)
{
    switch (entry->kind) {
    case CDP_SIM_ENTRY_CHANGE:
        return cdp_deployment_change_kind_name(entry->change);
    case CDP_SIM_ENTRY_ACTION:
        return cdp_deployment_action_kind_name(entry->action);
    default:
        return cdp_deployment_input_kind_name(entry->input);
    }
}

static void print_entry_json(const cdp_sim_entry *entry)
{
    json j = {.stream = stdout};

    json_open(&j, NULL, '{');
    json_int(&j, "time_ms", entry->time_ms);
    json_string(&j, "deploymentId", entry->deployment_id);
    json_c_string(&j, "kind", cdp_sim_entry_kind_name(entry->kind));
    json_c_string(&j, "what", what_name(entry));
    if (entry->target_id.data)
        json_string(&j, "target", entry->target_id);
    if (entry->name.data)
        json_string(&j, "name", entry->name);
    if (status_name(entry))
        json_c_string(&j, "status", status_name(entry));
    if (entry->weight >= 0)
        json_int(&j, "weight", entry->weight);
    if (entry->until_ms >= 0 && entry->until_ms < INT64_MAX)
        json_int(&j, "until_ms", entry->until_ms);
    json_string(&j, "sentence", entry->sentence);
    json_close(&j, '}');
}

static int print_json(const scenario *s)
{
    for (size_t i = 0; i < cdp_sim_host_entry_count(s->host); i++) {
        cdp_sim_entry entry = {.size = sizeof entry};

        if (cdp_sim_host_entry_at(s->host, i, &entry) == CDP_OK)
            print_entry_json(&entry);
    }
    return CLI_CLEAN;
}

static int print_text(const scenario *s, cdp_sim_detail detail)
{
    cdp_text *text = NULL;
    cdp_status status = cdp_text_new(NULL, &text);

    if (status == CDP_OK)
        status = cdp_sim_host_render(s->host, detail, text);
    if (status == CDP_OK)
        cli_put(stdout, cdp_text_string(text));
    cdp_text_free(text);
    return status == CDP_OK ? CLI_CLEAN : cli_fail("out of memory");
}

/* 1 when the first deployment did not succeed. */
static int verdict(const scenario *s)
{
    const cdp_deployment *first = cdp_sim_host_deployment_at(s->host, 0);

    return cdp_deployment_get_status(first) == CDP_DEPLOYMENT_STATUS_SUCCEEDED ? CLI_CLEAN
                                                                               : CLI_FINDINGS;
}

static int play(const scenario *s, int format, cdp_sim_detail detail)
{
    cdp_status status = cdp_sim_host_run(s->host, INT64_MAX);
    int exit;

    if (status != CDP_OK)
        return cli_fail("the scenario cannot be played to its end: %s", cdp_status_message(status));
    exit = format == 0 ? print_text(s, detail) : format == 1 ? print_json(s) : run_print_svg(s);
    return exit == CLI_CLEAN ? verdict(s) : exit;
}

static int run(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {{"scenario", required_argument, NULL, 's'},
                                            {"format", required_argument, NULL, 'f'},
                                            {"actions", no_argument, NULL, 'a'},
                                            {"faults", no_argument, NULL, 'x'},
                                            {NULL, 0, NULL, 0}};
    cdp_sim_detail detail = CDP_SIM_DETAIL_CHANGES;
    const char *file = NULL;
    bool faults = false;
    int format = 0;
    scenario s;
    int option;
    int exit;

    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        if (option == 's')
            file = optarg;
        else if (option == 'a')
            detail = CDP_SIM_DETAIL_ACTIONS;
        else if (option == 'x')
            faults = true;
        else if (option != 'f')
            return cli_usage(self, option == ':' ? "%s needs a value" : "there is no option %s",
                             argv[optind - 1]);
        else if ((format = cli_choice(self, "--format", optarg, formats, 3)) < 0)
            return CLI_USAGE;
    }
    if (optind < argc)
        return cli_usage(self, "'%s' is not an option", argv[optind]);
    if (!file)
        return cli_usage(self, "say what to play: --scenario FILE");
    if (format != 0 && detail == CDP_SIM_DETAIL_ACTIONS)
        return cli_usage(self, "--actions goes with --format text");
    if (faults && (format != 0 || detail == CDP_SIM_DETAIL_ACTIONS))
        return cli_usage(self, "--faults goes with neither --format nor --actions");
    if (faults && strcmp(file, "-") == 0)
        return cli_usage(self, "--faults reads the file again and again: standard input cannot be");
    if (faults)
        return run_with_faults(file);
    exit = scenario_open(&s, file, true);
    if (exit == CLI_CLEAN)
        exit = play(&s, format, detail);
    scenario_close(&s);
    return exit;
}

const cli_command cli_command_run = {
    "run",
    "play a deployment on a simulated host",
    "Usage: codedeploy run --scenario FILE [OPTION]...\n"
    "\n"
    "Plays a deployment with its hooks, traffic, alarms and rollback on a simulated host, in no\n"
    "time, and prints what happened. The scenario is a YAML file: platform, group, AppSpec,\n"
    "instances, and what happens to them; codedeploy-run(1) describes it.\n"
    "\n"
    "  --scenario FILE     '-' is standard input\n"
    "  --format F          text (default), json (a line for each entry) or svg\n"
    "  --actions           text: also what the host was asked to do\n"
    "  --faults            instead: play it once for each call of the host, with that call "
    "failing,\n"
    "                      and print how it ends\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 the deployment succeeded, 1 it did not or the scenario has errors, 2 wrong\n"
    "use, 3 a file cannot be read or output cannot be written.\n",
    run,
};
