/* SPDX-License-Identifier: MIT */
/* codedeploy plan: what a deployment on this machine would do, without doing any of it. */
#include <getopt.h>
#include <string.h>

#include "commands.h"
#include "json.h"
#include "local.h"

static cdp_string text(const char *c)
{
    return (cdp_string){c, c ? strlen(c) : 0};
}

typedef struct shown_plan {
    const cdp_lifecycle_plan *events;
    const cdp_install_plan *plan;
    bool as_json;
} shown_plan;

static void print_conflicts(json *j, const shown_plan *p)
{
    json_open(j, "conflicts", '[');
    for (size_t i = 0; i < cdp_install_plan_conflict_count(p->plan); i++) {
        cdp_install_conflict conflict = {.size = sizeof conflict};
        cdp_diagnostic_info info = {.size = sizeof info};

        if (cdp_install_plan_conflict_at(p->plan, i, &conflict) != CDP_OK ||
            cdp_diagnostic_info_get(conflict.code, &info) != CDP_OK)
            continue;
        json_open(j, NULL, '{');
        json_c_string(j, "code", info.name);
        json_string(j, "path", conflict.path);
        json_string(j, "source", conflict.source);
        json_string(j, "owner", conflict.owner);
        json_string(j, "message", conflict.message);
        json_string(j, "pointer", conflict.pointer);
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* Prints the instructions piece by piece. In JSON the official form is a whole object; its list is
 * what is wanted here. */
static cdp_status print_instructions(const shown_plan *p, cdp_install_form form)
{
    static const size_t before_list = sizeof "{\"instructions\":" - 1;
    cdp_text *piece = NULL;
    size_t position = 0;
    bool is_first = true;
    cdp_status status = cdp_text_new(NULL, &piece);

    if (status == CDP_OK)
        status = CDP_PENDING;
    while (status == CDP_PENDING) {
        cdp_string bytes;

        cdp_text_clear(piece);
        status = cdp_install_plan_write_piece(p->plan, form, 60000, &position, piece);
        if (status < CDP_OK)
            break;
        bytes = cdp_text_string(piece);
        if (form == CDP_INSTALL_FORM_JSON && is_first) {
            bytes.data += before_list;
            bytes.length -= before_list;
        }
        if (form == CDP_INSTALL_FORM_JSON && status == CDP_OK)
            bytes.length--;
        cli_put(stdout, bytes);
        is_first = false;
    }
    cdp_text_free(piece);
    return status;
}

static cdp_status print_json(const shown_plan *p)
{
    json j = {.stream = stdout};
    cdp_status status;

    json_open(&j, NULL, '{');
    json_open(&j, "events", '[');
    for (size_t i = 0; i < cdp_lifecycle_plan_event_count(p->events); i++) {
        cdp_lifecycle_event_info info = {.size = sizeof info};

        if (cdp_lifecycle_plan_event_at(p->events, i, &info) == CDP_OK)
            json_string(&j, NULL, info.name);
    }
    json_close(&j, ']');
    json_raw(&j, "instructions", text(""));
    status = print_instructions(p, CDP_INSTALL_FORM_JSON);
    print_conflicts(&j, p);
    json_close(&j, '}');
    return status;
}

static cdp_status print_text(const shown_plan *p)
{
    cdp_install_totals totals = {.size = sizeof totals};
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < cdp_lifecycle_plan_event_count(p->events) && status == CDP_OK; i++) {
        cdp_lifecycle_event_info info = {.size = sizeof info};

        if (cdp_lifecycle_plan_event_at(p->events, i, &info) != CDP_OK)
            continue;
        printf("%s\n", info.name.data);
        if (info.event == CDP_EVENT_INSTALL)
            status = print_instructions(p, CDP_INSTALL_FORM_TEXT);
    }
    if (status == CDP_OK && cdp_install_plan_totals(p->plan, &totals) == CDP_OK)
        printf("%llu files, %llu directories; %llu files of the previous install go\n",
               (unsigned long long)totals.files, (unsigned long long)totals.directories,
               (unsigned long long)totals.removed_files);
    return status;
}

static int print(const shown_plan *p)
{
    cdp_status status = p->as_json ? print_json(p) : print_text(p);

    if (status != CDP_OK)
        cli_fail("%s", cdp_status_message(status));
    return status != CDP_OK                           ? CLI_IO
           : cdp_install_plan_conflict_count(p->plan) ? CLI_FINDINGS
                                                      : CLI_CLEAN;
}

/* Only while a bundle is fetched and unpacked. */
static cdp_status go_on(const cdp_posix_news *news, void *user)
{
    (void)news;
    (void)user;
    return local_is_interrupted() ? CDP_ERR_CANCELLED : CDP_OK;
}

int local_print_plan(local_settings *s)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_posix_preview *preview = NULL;
    cdp_status status;
    int exit;

    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        return cli_fail("out of memory");
    s->deploy.news = go_on;
    s->deploy.user = s;
    local_watch_signals();
    status = cdp_posix_preview_new(&s->deploy, diagnostics, &preview);
    exit = status == CDP_OK ? print(&(shown_plan){.events = cdp_posix_preview_events(preview),
                                                  .plan = cdp_posix_preview_install(preview),
                                                  .as_json = s->as_json})
                            : local_exit_of(status);
    local_print_diagnostics(diagnostics);
    if (status != CDP_OK && cdp_diagnostics_count(diagnostics) == 0)
        cli_fail("%s", cdp_status_message(status));
    cdp_posix_preview_free(preview);
    cdp_diagnostics_free(diagnostics);
    return exit;
}

static int run(const cli_command *self, int argc, char **argv)
{
    enum { BUNDLE = 256, ROOT, MODE, FORMAT };
    static const struct option options[] = {
        {"bundle", required_argument, NULL, BUNDLE},
        {"type", required_argument, NULL, 't'},
        {"root", required_argument, NULL, ROOT},
        {"mode", required_argument, NULL, MODE},
        {"file-exists-behavior", required_argument, NULL, 'b'},
        {"appspec-filename", required_argument, NULL, 'A'},
        {"deployment-group", required_argument, NULL, 'g'},
        {"events", required_argument, NULL, 'e'},
        {"agent-configuration-file", required_argument, NULL, 'c'},
        {"format", required_argument, NULL, FORMAT},
        {NULL, 0, NULL, 0},
    };
    static const char *const formats[] = {"text", "json"};
    local_settings s = {.deploy = {.size = sizeof s.deploy}};
    const char *location = ".";
    int exit = CLI_CLEAN;
    int option;

    while (exit == CLI_CLEAN &&
           (option = getopt_long(argc, argv, "t:b:A:g:e:c:", options, NULL)) != -1) {
        if (option == BUNDLE)
            location = optarg;
        else if (option == 't')
            exit = local_take_type(self, &s, optarg);
        else if (option == ROOT)
            s.root = optarg;
        else if (option == MODE)
            exit = local_take_mode(self, &s, optarg);
        else if (option == 'b')
            exit = local_take_behaviour(self, &s, optarg);
        else if (option == 'A')
            s.deploy.appspec_filename = text(optarg);
        else if (option == 'g')
            exit = local_take_group(self, &s, optarg);
        else if (option == 'e')
            exit = local_take_events(self, &s, optarg);
        else if (option == 'c')
            s.config = optarg;
        else if (option == FORMAT) {
            int format = cli_choice(self, "--format", optarg, formats, 2);

            s.as_json = format == 1;
            exit = format < 0 ? CLI_USAGE : CLI_CLEAN;
        } else
            exit = cli_usage(self, "wrong option");
    }
    if (exit == CLI_CLEAN && optind < argc)
        exit = cli_usage(self, "what is '%s'? The bundle is named with --bundle", argv[optind]);
    if (exit == CLI_CLEAN)
        exit = local_take_location(self, &s, location);
    if (exit == CLI_CLEAN)
        exit = local_find_root(&s);
    if (exit == CLI_CLEAN)
        exit = local_print_plan(&s);
    local_release(&s);
    return exit;
}

const cli_command cli_command_plan = {
    "plan",
    NULL,
    "Usage: codedeploy plan [--bundle DIR] [OPTION]...\n"
    "\n"
    "Prints the events and the install instructions of a deployment on this machine, and what\n"
    "stands in its way, without touching anything.\n"
    "\n"
    "      --bundle LOCATION             the bundle, as for `local` (default: the current\n"
    "                                    directory)\n"
    "  -t, --type T                      directory (default), zip, tar or tgz\n"
    "      --root DIR                    destinations and records are below DIR (a trial)\n"
    "      --mode M                      transactional (default) or compatible\n"
    "  -b, --file-exists-behavior B      DISALLOW (default), OVERWRITE or RETAIN\n"
    "  -A, --appspec-filename F          in place of appspec.yml\n"
    "  -g, --deployment-group G          whose earlier install is reckoned with\n"
    "  -c, --agent-configuration-file F  codedeployagent.yml (default: the usual one, if any)\n"
    "  -e, --events LIST                 these events only\n"
    "      --format F                    text (default) or json: an object with `events`,\n"
    "                                    `instructions` (the form of install.json), `conflicts`\n"
    "\n"
    "Exit status: 0 it can be deployed, 1 conflicts or errors, 2 wrong use, 3 a file cannot be "
    "read.\n",
    run,
};
