/* SPDX-License-Identifier: MIT */
/* codedeploy plan: what a deployment on this machine would do, without doing any of it. */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "json.h"
#include "local.h"

typedef struct preview {
    local_settings *settings;
    cdp_diagnostics *diagnostics;
    char *revision;  /* absolute path of the unpacked revision */
    char *temporary; /* what was unpacked for the preview, to be removed */
    cdp_appspec *appspec;
    cdp_lifecycle_plan *events;
    cdp_posix_files *files;
    cdp_fs fs;
    cdp_install_record *previous;
    cdp_install_plan *plan;
} preview;

static cdp_string text(const char *c)
{
    return (cdp_string){c, c ? strlen(c) : 0};
}

/* An archive is unpacked where nothing else is, and removed again. */
static bool unpack(preview *p)
{
    const char *folder = getenv("TMPDIR");
    cdp_posix_bundle_options options = {.size = sizeof options,
                                        .location = p->settings->deploy.bundle,
                                        .type = p->settings->deploy.bundle_type};
    size_t length = strlen(folder ? folder : "/tmp") + sizeof "/codedeploy.XXXXXX/revision";

    p->temporary = malloc(length);
    if (!p->temporary)
        return false;
    snprintf(p->temporary, length, "%s/codedeploy.XXXXXX", folder ? folder : "/tmp");
    if (!mkdtemp(p->temporary))
        return false;
    p->revision = malloc(length);
    if (!p->revision)
        return false;
    snprintf(p->revision, length, "%s/revision", p->temporary);
    options.destination = text(p->revision);
    return cdp_posix_bundle_unpack(&options, p->diagnostics) == CDP_OK;
}

static bool find_revision(preview *p)
{
    cdp_posix_bundle_type type = p->settings->deploy.bundle_type;

    if (type != 0 && type != CDP_POSIX_BUNDLE_DIRECTORY)
        return unpack(p);
    p->revision = realpath(p->settings->deploy.bundle.data, NULL);
    if (!p->revision)
        cli_fail("%s: %s", p->settings->deploy.bundle.data, strerror(errno));
    return p->revision != NULL;
}

static bool read_appspec(preview *p)
{
    const char *names[] = {p->settings->deploy.appspec_filename.data, "appspec.yml",
                           "appspec.yaml"};
    const cdp_appspec_options options = {.size = sizeof options, .platform = CDP_PLATFORM_SERVER};
    cdp_limits limits = {.size = sizeof limits};
    char path[PATH_MAX];
    char *bytes;
    size_t length;
    cdp_status status;

    path[0] = '\0';
    for (size_t i = names[0] ? 0 : 1; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", p->revision, names[i]);
        if (access(path, F_OK) == 0)
            break;
    }
    if (cdp_limits_default(&limits) != CDP_OK ||
        !cli_read(path, limits.input_bytes, &bytes, &length))
        return false;
    status = cdp_appspec_parse(bytes, length, &options, p->diagnostics, &p->appspec);
    free(bytes);
    return status == CDP_OK;
}

static bool order_events(preview *p)
{
    const cdp_lifecycle_local local = {.size = sizeof local,
                                       .events = p->settings->deploy.events,
                                       .event_count = p->settings->deploy.event_count};

    return cdp_lifecycle_plan_new_local(&local, NULL, p->diagnostics, &p->events) == CDP_OK;
}

/* The group's record, if there is an agent's root on this machine. */
static void read_previous(preview *p, bool has_state)
{
    cdp_string group = p->settings->deploy.group_id;
    cdp_text *content = NULL;
    char name[NAME_MAX + 2];

    snprintf(name, sizeof name, "/%s-cleanup",
             group.data ? group.data : "default-local-deployment-group");
    if (has_state && cdp_text_new(NULL, &content) == CDP_OK &&
        p->fs.read_file(CDP_FS_STATE, text(name), UINT32_MAX, content, p->fs.user) == CDP_OK) {
        cdp_string bytes = cdp_text_string(content);

        (void)cdp_install_record_parse(bytes.data, bytes.length, NULL, p->diagnostics,
                                       &p->previous);
    }
    cdp_text_free(content);
}

static bool make_plan(preview *p)
{
    local_settings *s = p->settings;
    char state[PATH_MAX];
    char here[PATH_MAX];
    struct stat info;
    cdp_posix_files_options files = {.size = sizeof files,
                                     .revision = text(p->revision),
                                     .destination = s->deploy.destination_root};
    cdp_install_options options = {.size = sizeof options,
                                   .appspec = p->appspec,
                                   .fs = &p->fs,
                                   .mode = s->deploy.mode,
                                   .file_exists_behavior = s->deploy.file_exists_behavior,
                                   .revision_directory = text(p->revision),
                                   .destination_prefix = s->deploy.destination_root,
                                   .home_directory = text(getenv("HOME"))};

    snprintf(state, sizeof state, "%s/deployment-instructions", s->agent_root);
    if (stat(state, &info) == 0)
        files.state = text(state);
    if (s->deploy.mode == CDP_INSTALL_COMPATIBLE && getcwd(here, sizeof here))
        options.working_directory = text(here);
    p->fs.size = sizeof p->fs;
    if (cdp_posix_files_new(&files, p->diagnostics, &p->files) != CDP_OK ||
        cdp_posix_files_callbacks(p->files, &p->fs) != CDP_OK)
        return false;
    read_previous(p, files.state.data != NULL);
    options.previous = p->previous;
    return cdp_install_plan_new(&options, p->diagnostics, &p->plan) == CDP_OK;
}

/* ---- printing ---- */

static void print_conflicts(json *j, const preview *p)
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
static cdp_status print_instructions(const preview *p, cdp_install_form form)
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

static cdp_status print_json(const preview *p)
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

static cdp_status print_text(const preview *p)
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

static int print(const preview *p)
{
    cdp_status status = p->settings->as_json ? print_json(p) : print_text(p);

    if (status != CDP_OK)
        cli_fail("%s", cdp_status_message(status));
    return status != CDP_OK                           ? CLI_IO
           : cdp_install_plan_conflict_count(p->plan) ? CLI_FINDINGS
                                                      : CLI_CLEAN;
}

static void release(preview *p)
{
    cdp_install_plan_free(p->plan);
    cdp_install_record_free(p->previous);
    cdp_posix_files_free(p->files);
    cdp_lifecycle_plan_free(p->events);
    cdp_appspec_free(p->appspec);
    cdp_diagnostics_free(p->diagnostics);
    if (p->temporary)
        (void)cdp_posix_remove_tree(text(p->temporary));
    free(p->temporary);
    free(p->revision);
}

int local_print_plan(local_settings *s)
{
    preview p = {.settings = s};
    int exit = local_find_root(s);

    if (exit != CLI_CLEAN)
        return exit;
    if (cdp_diagnostics_new(NULL, NULL, &p.diagnostics) != CDP_OK)
        return cli_fail("out of memory");
    if (find_revision(&p) && read_appspec(&p) && order_events(&p) && make_plan(&p))
        exit = print(&p);
    else
        exit = cdp_diagnostics_count(p.diagnostics) ? CLI_FINDINGS : CLI_IO;
    local_print_diagnostics(p.diagnostics);
    release(&p);
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
        {"format", required_argument, NULL, FORMAT},
        {NULL, 0, NULL, 0},
    };
    static const char *const formats[] = {"text", "json"};
    local_settings s = {.deploy = {.size = sizeof s.deploy, .bundle = {".", 1}}};
    int exit = CLI_CLEAN;
    int option;

    while (exit == CLI_CLEAN &&
           (option = getopt_long(argc, argv, "t:b:A:g:e:", options, NULL)) != -1) {
        if (option == BUNDLE)
            s.deploy.bundle = text(optarg);
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
            s.deploy.group_id = text(optarg);
        else if (option == 'e')
            exit = local_take_events(self, &s, optarg);
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
        exit = local_print_plan(&s);
    local_release(&s);
    return exit;
}

const cli_command cli_command_plan = {
    "plan",
    "print what a deployment would do",
    "Usage: codedeploy plan [--bundle DIR] [OPTION]...\n"
    "\n"
    "Prints the events and the install instructions of a deployment on this machine, and what\n"
    "stands in its way, without touching anything.\n"
    "\n"
    "      --bundle PATH                 the bundle (default: the current directory)\n"
    "  -t, --type T                      directory (default), zip, tar or tgz\n"
    "      --root DIR                    destinations and records are below DIR (a trial)\n"
    "      --mode M                      transactional (default) or compatible\n"
    "  -b, --file-exists-behavior B      DISALLOW (default), OVERWRITE or RETAIN\n"
    "  -A, --appspec-filename F          in place of appspec.yml\n"
    "  -g, --deployment-group G          whose earlier install is reckoned with\n"
    "  -e, --events LIST                 these events only\n"
    "      --format F                    text (default) or json: an object with `events`,\n"
    "                                    `instructions` (the form of install.json), `conflicts`\n"
    "\n"
    "Exit status: 0 it can be deployed, 1 conflicts or errors, 2 wrong use, 3 a file cannot be "
    "read.\n",
    run,
};
