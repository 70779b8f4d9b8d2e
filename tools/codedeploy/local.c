/* SPDX-License-Identifier: MIT */
/* codedeploy local, rollback, history, recover: deployments on this machine. */
#include "local.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "commands.h"
#include "json.h"

static cdp_string text(const char *c)
{
    return (cdp_string){c, strlen(c)};
}

enum { ROOT = 256, DRY_RUN, MODE, ROLLBACK, NO_ROLLBACK, JSON_NEWS, TO, FORMAT };

/* ---- local ---- */

static int take_option(const cli_command *self, local_settings *s, int option,
                       const char **location)
{
    switch (option) {
    case 'l':
        *location = optarg;
        return CLI_CLEAN;
    case 't':
        return local_take_type(self, s, optarg);
    case 'b':
        return local_take_behaviour(self, s, optarg);
    case 'g':
        return local_take_group(self, s, optarg);
    case 'd':
        s->deploy.group_name = text(optarg);
        return CLI_CLEAN;
    case 'a':
        s->deploy.application_name = text(optarg);
        return CLI_CLEAN;
    case 'e':
        return local_take_events(self, s, optarg);
    case 'c':
        s->config = optarg;
        return CLI_CLEAN;
    case 'A':
        s->deploy.appspec_filename = text(optarg);
        return CLI_CLEAN;
    case ROOT:
        s->root = optarg;
        return CLI_CLEAN;
    case DRY_RUN:
        s->dry_run = true;
        return CLI_CLEAN;
    case MODE:
        return local_take_mode(self, s, optarg);
    case ROLLBACK:
        s->deploy.no_rollback = 0;
        return CLI_CLEAN;
    case NO_ROLLBACK:
        s->deploy.no_rollback = 1;
        return CLI_CLEAN;
    case JSON_NEWS:
        s->as_json = true;
        return CLI_CLEAN;
    case 'h':
        fputs(self->help, stdout);
        s->is_answered = true;
        return CLI_CLEAN;
    case 'v':
        printf("codedeploy %s\n", cdp_version());
        s->is_answered = true;
        return CLI_CLEAN;
    default:
        return cli_usage(self, "wrong option");
    }
}

static int run_local(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {
        {"bundle-location", required_argument, NULL, 'l'},
        {"type", required_argument, NULL, 't'},
        {"file-exists-behavior", required_argument, NULL, 'b'},
        {"deployment-group", required_argument, NULL, 'g'},
        {"deployment-group-name", required_argument, NULL, 'd'},
        {"application-name", required_argument, NULL, 'a'},
        {"events", required_argument, NULL, 'e'},
        {"agent-configuration-file", required_argument, NULL, 'c'},
        {"appspec-filename", required_argument, NULL, 'A'},
        {"root", required_argument, NULL, ROOT},
        {"dry-run", no_argument, NULL, DRY_RUN},
        {"mode", required_argument, NULL, MODE},
        {"rollback", no_argument, NULL, ROLLBACK},
        {"no-rollback", no_argument, NULL, NO_ROLLBACK},
        {"json", no_argument, NULL, JSON_NEWS},
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'v'},
        {NULL, 0, NULL, 0},
    };
    local_settings s = {.deploy = {.size = sizeof s.deploy}};
    const char *location = ".";
    int exit = CLI_CLEAN;
    int option;

    while (exit == CLI_CLEAN && !s.is_answered &&
           (option = getopt_long(argc, argv, "l:t:b:g:d:a:e:c:A:hv", options, NULL)) != -1)
        exit = take_option(self, &s, option, &location);
    if (s.is_answered)
        return exit;
    if (exit == CLI_CLEAN && optind < argc)
        exit = cli_usage(self, "what is '%s'? The bundle is named with -l", argv[optind]);
    if (exit == CLI_CLEAN)
        exit = local_take_location(self, &s, location);
    if (exit == CLI_CLEAN)
        exit = local_find_root(&s);
    if (exit == CLI_CLEAN && s.dry_run)
        exit = local_print_plan(&s);
    else if (exit == CLI_CLEAN && (exit = local_make_root(&s)) == CLI_CLEAN)
        exit = local_deploy(&s, NULL);
    local_release(&s);
    return exit;
}

/* ---- the group's other commands ---- */

/* Options that name a group and its place; every command begins with them. */
#define PLACE_OPTIONS                                                                              \
    {"deployment-group", required_argument, NULL, 'g'},                                            \
        {"agent-configuration-file", required_argument, NULL, 'c'},                                \
    {                                                                                              \
        "root", required_argument, NULL, ROOT                                                      \
    }

static int take_group(const cli_command *self, local_settings *s, int argc, char **argv,
                      const struct option *options, const char **to)
{
    static const char *const formats[] = {"text", "json"};
    int option;

    while ((option = getopt_long(argc, argv, "g:c:", options, NULL)) != -1) {
        int exit = CLI_CLEAN;
        int format = 0;

        if (option == TO)
            *to = optarg;
        else if (option == FORMAT)
            format = cli_choice(self, "--format", optarg, formats, 2);
        else
            exit = take_option(self, s, option, NULL);
        if (format < 0)
            exit = CLI_USAGE;
        if (exit != CLI_CLEAN)
            return exit;
        s->as_json = s->as_json || format == 1;
    }
    if (optind < argc)
        return cli_usage(self, "what is '%s'?", argv[optind]);
    return local_find_root(s);
}

static int run_rollback(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {
        PLACE_OPTIONS,
        {"mode", required_argument, NULL, MODE},
        {"to", required_argument, NULL, TO},
        {"json", no_argument, NULL, JSON_NEWS},
        {NULL, 0, NULL, 0},
    };
    local_settings s = {.deploy = {.size = sizeof s.deploy}};
    const char *to = "";
    int exit = take_group(self, &s, argc, argv, options, &to);

    if (exit == CLI_CLEAN)
        exit = local_deploy(&s, to);
    local_release(&s);
    return exit;
}

static void print_time(char out[32], int64_t seconds)
{
    time_t when = (time_t)seconds;
    struct tm parts;

    snprintf(out, 32, "-");
    if (seconds > 0 && gmtime_r(&when, &parts))
        strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static void print_entry(const cdp_posix_history_entry *entry, bool as_json)
{
    char created[32];
    char completed[32];
    json j = {.stream = stdout};

    print_time(created, entry->created);
    print_time(completed, entry->completed);
    if (!as_json) {
        printf("%-20s %-10s %s %-20s %s%s%s\n", entry->deployment_id.data, entry->status.data,
               created, completed, entry->creator.data,
               entry->is_last_successful ? " (last successful)" : "",
               entry->has_revision ? "" : " (revision gone)");
        return;
    }
    json_open(&j, NULL, '{');
    json_string(&j, "deploymentId", entry->deployment_id);
    json_string(&j, "status", entry->status);
    json_c_string(&j, "createTime", created);
    json_c_string(&j, "completeTime", entry->completed ? completed : NULL);
    json_string(&j, "creator", entry->creator);
    json_string(&j, "applicationName", entry->application_name);
    json_string(&j, "bundle", entry->bundle);
    json_string(&j, "revisionOf", entry->revision_of);
    json_string(&j, "message", entry->message);
    json_bool(&j, "hasRevision", entry->has_revision != 0);
    json_bool(&j, "lastSuccessful", entry->is_last_successful != 0);
    json_close(&j, '}');
}

static int run_history(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {
        PLACE_OPTIONS,
        {"format", required_argument, NULL, FORMAT},
        {NULL, 0, NULL, 0},
    };
    local_settings s = {.deploy = {.size = sizeof s.deploy}};
    cdp_posix_history *history = NULL;
    int exit = take_group(self, &s, argc, argv, options, NULL);
    cdp_status status;

    if (exit == CLI_CLEAN) {
        status = cdp_posix_history_read(s.deploy.root_directory, s.deploy.group_id, &history);
        if (status != CDP_OK)
            exit = cli_fail("%s", cdp_status_message(status));
    }
    for (size_t i = 0; i < cdp_posix_history_count(history); i++) {
        cdp_posix_history_entry entry = {.size = sizeof entry};

        if (cdp_posix_history_at(history, i, &entry) == CDP_OK)
            print_entry(&entry, s.as_json);
    }
    cdp_posix_history_free(history);
    local_release(&s);
    return exit;
}

static int run_recover(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {PLACE_OPTIONS, {NULL, 0, NULL, 0}};
    static const char *const outcomes[] = {
        "There was nothing to recover.", "The old files are back.", "The new files are in place."};
    local_settings s = {.deploy = {.size = sizeof s.deploy}};
    cdp_install_outcome outcome = CDP_INSTALL_NOTHING_TO_RECOVER;
    cdp_diagnostics *diagnostics = NULL;
    int exit = take_group(self, &s, argc, argv, options, NULL);
    cdp_status status;

    if (exit == CLI_CLEAN) {
        status = cdp_diagnostics_new(NULL, NULL, &diagnostics);
        if (status == CDP_OK)
            status = cdp_posix_recover(&s.deploy, diagnostics, &outcome);
        local_print_diagnostics(diagnostics);
        if (status == CDP_OK)
            puts(outcomes[outcome]);
        else
            exit = CLI_FINDINGS;
        cdp_diagnostics_free(diagnostics);
    }
    local_release(&s);
    return exit;
}

#define GROUP_OPTIONS                                                                              \
    "  -g, --deployment-group G          the group's id (default: "                                \
    "default-local-deployment-group)\n"                                                            \
    "  -c, --agent-configuration-file F  codedeployagent.yml (default: the usual one, if any)\n"   \
    "      --root DIR                    destinations and records are below DIR (a trial)\n"

const cli_command cli_command_local = {
    "local",
    NULL,
    "Usage: codedeploy local [OPTION]...\n"
    "\n"
    "Deploys a bundle here, as codedeploy-local does: unpacks it, runs the hook scripts in their\n"
    "order, installs the files. Everything is checked before anything runs. When an event fails,\n"
    "the files of the revision before come back and that revision is deployed again.\n"
    "\n"
    "  -l, --bundle-location L           a path, file:PATH, s3://..., https://... (default: .)\n"
    "  -t, --type T                      directory (default), zip, tar or tgz\n"
    "  -b, --file-exists-behavior B      DISALLOW (default), OVERWRITE or RETAIN\n"
    "  -d, --deployment-group-name N     for the scripts (default: LocalFleet)\n"
    "  -a, --application-name N          for the scripts (default: the location)\n"
    "  -e, --events LIST                 run these events only, in this order\n"
    "  -A, --appspec-filename F          in place of appspec.yml\n" GROUP_OPTIONS
    "      --dry-run                     print events, instructions and conflicts; touch nothing\n"
    "      --mode M                      transactional (default): all or nothing, and it can be\n"
    "                                    taken back; compatible: the official agent's order\n"
    "      --rollback, --no-rollback     after a failure deploy the last successful revision\n"
    "                                    again (default), or do not\n"
    "      --json                        one JSON object for each piece of news\n"
    "  -h, --help; -v, --version\n"
    "\n"
    "Remote locations are fetched by the program that the variable CODEDEPLOY_FETCH names, run as\n"
    "'PROGRAM LOCATION FILE'.\n"
    "\n"
    "Exit status: 0 succeeded, 1 failed, 2 wrong use, 3 a file cannot be read or written.\n",
    run_local,
};

const cli_command cli_command_rollback = {
    "rollback",
    NULL,
    "Usage: codedeploy rollback [OPTION]...\n"
    "\n"
    "Deploys the revision that succeeded before the present one again, as a new deployment.\n"
    "\n"
    "      --to ID                       the revision of this deployment instead\n" GROUP_OPTIONS
    "      --mode M                      transactional (default) or compatible\n"
    "      --json                        one JSON object for each piece of news\n",
    run_rollback,
};

const cli_command cli_command_history = {
    "history",
    NULL,
    "Usage: codedeploy history [OPTION]...\n"
    "\n"
    "Lists the deployments of a group on this machine, oldest first: id, status, times (UTC), who\n"
    "created it.\n"
    "\n" GROUP_OPTIONS
    "      --format F                    text (default) or json, an object a line\n",
    run_history,
};

const cli_command cli_command_recover = {
    "recover",
    NULL,
    "Usage: codedeploy recover [OPTION]...\n"
    "\n"
    "Makes the files of a group whole after a deployment was cut off: exactly the old ones, or\n"
    "exactly the new ones. The next deployment does the same by itself.\n"
    "\n" GROUP_OPTIONS,
    run_recover,
};
