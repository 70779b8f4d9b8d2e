/* SPDX-License-Identifier: MIT */
/* codedeploy group: checks of deployment groups, and which instances belong to one. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "appspec_file.h"
#include "commands.h"
#include "group_file.h"
#include "inventory_file.h"

typedef enum match_format { MATCH_TEXT, MATCH_JSON, MATCH_IDS } match_format;

typedef struct settings {
    cdp_group_options options;
    cdp_config *configs[CDP_CONFIG_CUSTOM_LIMIT];
    size_t config_count;
    findings_format format;
    match_format match_format;
    const char *inventory;
    const char *instance; /* the only one that is asked for, or NULL */
    bool all;
} settings;

/* ---- check ---- */

/* Moves a finding about several groups to the file that it concerns: its pointer begins with the
 * number of the group. */
static cdp_status pass_on(const cdp_diagnostic *found, group_file *const *files, size_t count)
{
    cdp_diagnostic own = *found;
    char *end;
    size_t number = found->pointer.length > 1 ? strtoul(found->pointer.data + 1, &end, 10) : count;

    if (number >= count)
        return CDP_OK;
    own.pointer.length -= (size_t)(end - found->pointer.data);
    own.pointer.data = end;
    return cdp_diagnostics_add(files[number]->diagnostics, &own);
}

/* Names, services and Auto Scaling groups that stand in several of the files. */
static cdp_status check_together(group_file *files, size_t count)
{
    const cdp_group **groups = calloc(count, sizeof(cdp_group *));
    group_file **right = calloc(count, sizeof(group_file *));
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status =
        groups && right ? cdp_diagnostics_new(NULL, NULL, &diagnostics) : CDP_ERR_NOMEM;
    size_t read = 0;

    for (size_t i = 0; status == CDP_OK && i < count; i++) {
        if (files[i].group) {
            groups[read] = files[i].group;
            right[read++] = &files[i];
        }
    }
    if (status == CDP_OK)
        status = cdp_group_check_together(groups, read, NULL, diagnostics);
    for (size_t i = 0; status != CDP_ERR_NOMEM && i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};

        if (cdp_diagnostics_at(diagnostics, i, &found) == CDP_OK &&
            pass_on(&found, right, read) != CDP_OK)
            status = CDP_ERR_NOMEM;
    }
    cdp_diagnostics_free(diagnostics);
    free(groups);
    free(right);
    return status;
}

static int check_files(const settings *s, size_t count, char **paths)
{
    group_file *files = calloc(count, sizeof *files);
    findings_printer printer;
    int exit = CLI_CLEAN;

    if (!files)
        return cli_fail("out of memory");
    for (size_t i = 0; i < count; i++) {
        if (!group_file_open(&files[i], paths[i], &s->options))
            exit = CLI_IO;
    }
    if (check_together(files, count) == CDP_ERR_NOMEM)
        exit = cli_fail("out of memory");
    findings_begin(&printer, stdout, s->format);
    for (size_t i = 0; i < count; i++) {
        findings_file findings = group_file_findings(&files[i]);
        size_t errors = cdp_diagnostics_count_at_least(files[i].diagnostics, CDP_SEVERITY_ERROR);

        findings.valid = findings.valid && errors == 0;
        if (files[i].diagnostics)
            findings_print(&printer, &findings);
        if (!findings.valid && exit == CLI_CLEAN)
            exit = CLI_FINDINGS;
        group_file_close(&files[i]);
    }
    findings_end(&printer);
    free(files);
    return exit;
}

/* ---- match ---- */

typedef struct matching {
    const settings *settings;
    const cdp_group *group;
    cdp_members *members;
    cdp_text *why;
    /* What is printed once the whole inventory was read: half of it would be taken for all. */
    char *told;
    size_t told_length;
    FILE *out;
    json j;
    bool met; /* the one that is asked for */
    bool met_selected;
} matching;

static void show_match(matching *m, const cdp_instance *instance, const cdp_match *match)
{
    if (m->settings->match_format == MATCH_TEXT) {
        cli_put(m->out, cdp_text_string(m->why));
        fputc('\n', m->out);
        return;
    }
    json_open(&m->j, NULL, '{');
    json_string(&m->j, "id", instance->id);
    json_bool(&m->j, "selected", match->selected);
    json_c_string(&m->j, "reason", cdp_match_reason_name(match->reason));
    json_string(&m->j, "why", cdp_text_string(m->why));
    json_close(&m->j, '}');
}

static bool take(const cdp_instance *instance, void *user)
{
    matching *m = user;
    const settings *s = m->settings;
    cdp_match match = {.size = sizeof match};
    cdp_status status = cdp_members_add(m->members, instance, &match);
    bool asked = s->instance && strlen(s->instance) == instance->id.length &&
                 memcmp(s->instance, instance->id.data, instance->id.length) == 0;

    if (asked && !m->met) {
        m->met = true;
        m->met_selected = match.selected;
    }
    if (status == CDP_OK && s->match_format != MATCH_IDS &&
        (s->instance ? asked : s->all || match.selected)) {
        cdp_text_clear(m->why);
        status = cdp_group_explain(m->group, instance, &match);
        if (status == CDP_OK)
            status = cdp_match_render(m->group, instance, &match, m->why);
        if (status == CDP_OK)
            show_match(m, instance, &match);
    }
    if (status != CDP_OK)
        cli_fail("%s", status == CDP_ERR_NOMEM ? "out of memory" : cdp_status_name(status));
    return status == CDP_OK;
}

static void put_ids(const cdp_members *members)
{
    for (size_t i = 0; i < cdp_members_count(members); i++) {
        cdp_instance member = {.size = sizeof member};

        if (cdp_members_at(members, i, &member) == CDP_OK) {
            cli_put(stdout, member.id);
            putchar('\n');
        }
    }
}

static void put_summary(matching *m)
{
    size_t seen = cdp_members_seen(m->members);
    size_t count = cdp_members_count(m->members);
    size_t twice = cdp_members_duplicates(m->members);

    switch (m->settings->match_format) {
    case MATCH_IDS:
        put_ids(m->members);
        break;
    case MATCH_JSON:
        json_open(&m->j, NULL, '{');
        json_int(&m->j, "instances", (int64_t)seen);
        json_int(&m->j, "selected", (int64_t)count);
        json_int(&m->j, "duplicates", (int64_t)twice);
        json_close(&m->j, '}');
        break;
    case MATCH_TEXT:
        printf("%zu of %zu instance%s belong%s to the group", count, seen, seen == 1 ? "" : "s",
               count == 1 ? "s" : "");
        if (twice)
            printf("; %zu stand%s there again and do%s not count", twice, twice == 1 ? "s" : "",
                   twice == 1 ? "es" : "");
        putchar('\n');
        break;
    }
}

/* The exit status, and on standard error what a deployment would come to. */
static int conclude(matching *m)
{
    const char *asked = m->settings->instance;

    if (asked && !m->met) {
        fprintf(stderr, "%s: there is no instance '%s'\n", m->settings->inventory, asked);
        return CLI_FINDINGS;
    }
    if (asked)
        return m->met_selected ? CLI_CLEAN : CLI_FINDINGS;
    put_summary(m);
    if (cdp_members_count(m->members) > 0)
        return CLI_CLEAN;
    fflush(stdout);
    fprintf(stderr,
            "%s: no instance belongs to the group, and a deployment would fail with NO_INSTANCES\n",
            m->settings->inventory);
    return CLI_FINDINGS;
}

static int match_members(matching *m)
{
    int exit = inventory_file_read(m->settings->inventory, take, m);

    if (exit == CLI_CLEAN && (cdp_members_finish(m->members) != CDP_OK || fflush(m->out) != 0))
        exit = cli_fail("out of memory");
    if (exit != CLI_CLEAN)
        return exit;
    fwrite(m->told, 1, m->told_length, stdout);
    m->j.stream = stdout;
    return conclude(m);
}

static int match_file(const settings *s, const char *path)
{
    matching m = {.settings = s};
    group_file file;
    int exit = CLI_IO;

    if (group_file_open(&file, path, &s->options)) {
        group_file_report(&file);
        m.group = file.group;
        if (!m.group)
            exit = CLI_FINDINGS;
        else if (cdp_members_new(m.group, NULL, &m.members) != CDP_OK ||
                 cdp_text_new(NULL, &m.why) != CDP_OK ||
                 !(m.j.stream = m.out = open_memstream(&m.told, &m.told_length)))
            exit = cli_fail("out of memory");
        else
            exit = match_members(&m);
    }
    if (m.out)
        fclose(m.out);
    free(m.told);
    cdp_text_free(m.why);
    cdp_members_free(m.members);
    group_file_close(&file);
    return exit;
}

/* ---- the command ---- */

/* One of the account's own configurations. */
static int add_config(const cli_command *self, settings *s, const char *path)
{
    cdp_limits limits = {.size = sizeof limits};
    findings_file found = {.name = path};
    cdp_diagnostics *diagnostics;
    char *bytes;
    size_t length;
    cdp_status status;

    if (s->config_count == CDP_CONFIG_CUSTOM_LIMIT)
        return cli_usage(self, "more than %d configurations", CDP_CONFIG_CUSTOM_LIMIT);
    if (cdp_limits_default(&limits) != CDP_OK ||
        !cli_read(path, limits.input_bytes, &bytes, &length))
        return CLI_IO;
    status = cdp_diagnostics_new(NULL, NULL, &diagnostics);
    if (status == CDP_OK) {
        status = cdp_config_parse(bytes, length, CDP_CONFIG_SHAPE_INFO, NULL, NULL, diagnostics,
                                  &s->configs[s->config_count]);
        found.text = (cdp_string){bytes, length};
        found.diagnostics = diagnostics;
        findings_report(&found);
        cdp_diagnostics_free(diagnostics);
    }
    free(bytes);
    if (status == CDP_ERR_NOMEM)
        return cli_fail("%s: out of memory", path);
    s->config_count += status == CDP_OK;
    return status == CDP_OK ? CLI_CLEAN : CLI_FINDINGS;
}

static int choose(const cli_command *self, const char *option, const char *const *words,
                  size_t count, int *chosen)
{
    *chosen = cli_choice(self, option, optarg, words, count);
    return *chosen < 0 ? CLI_USAGE : CLI_CLEAN;
}

static int take_option(const cli_command *self, settings *s, int option, bool is_match,
                       const char *written)
{
    static const char *const shapes[] = {"auto", "create", "info"};
    static const char *const match_formats[] = {"text", "json", "ids"};
    int chosen = 0;
    int result = CLI_CLEAN;

    switch (option) {
    case 'p':
        result = choose(self, "--platform", appspec_platforms, 4, &chosen);
        s->options.platform = (cdp_platform)chosen;
        return result;
    case 's':
        result = choose(self, "--shape", shapes, 3, &chosen);
        s->options.shape = (cdp_group_shape)chosen;
        return result;
    case 'f':
        result = choose(self, "--format", is_match ? match_formats : findings_formats,
                        is_match ? 3 : 4, &chosen);
        s->format = (findings_format)chosen;
        s->match_format = (match_format)chosen;
        return result;
    case 'c':
        return add_config(self, s, optarg);
    case 'i':
        s->inventory = optarg;
        return CLI_CLEAN;
    case 'I':
        s->instance = optarg;
        return CLI_CLEAN;
    case 'a':
        s->all = true;
        return CLI_CLEAN;
    case ':':
        return cli_usage(self, "%s needs a value", written);
    default:
        return cli_usage(self, "there is no option '%s'", written);
    }
}

static int take_options(const cli_command *self, settings *s, int argc, char **argv, bool is_match)
{
    /* Those from the first on that only `match` has. */
    static const struct option options[] = {
        {"inventory", required_argument, NULL, 'i'},
        {"instance", required_argument, NULL, 'I'},
        {"all", no_argument, NULL, 'a'},
        {"platform", required_argument, NULL, 'p'},
        {"shape", required_argument, NULL, 's'},
        {"format", required_argument, NULL, 'f'},
        {"config", required_argument, NULL, 'c'},
        {NULL, 0, NULL, 0},
    };
    int option;

    while ((option = getopt_long(argc, argv, ":", options + (is_match ? 0 : 3), NULL)) != -1) {
        int result = take_option(self, s, option, is_match, argv[optind - 1]);

        if (result != CLI_CLEAN)
            return result;
    }
    s->options.configs = (const cdp_config *const *)s->configs;
    s->options.config_count = s->config_count;
    if (s->config_count == 0)
        s->options.configs = NULL;
    return CLI_CLEAN;
}

static int check_or_match(const cli_command *self, settings *s, int argc, char **argv)
{
    static const char *const words[] = {"check", "match"};
    bool is_match;
    int chosen;
    int exit;

    if (argc < 2)
        return cli_usage(self, "say what to do: check FILE... or match FILE --inventory FILE");
    chosen = cli_choice(self, "group", argv[1], words, 2);
    if (chosen < 0)
        return CLI_USAGE;
    is_match = chosen == 1;
    exit = take_options(self, s, argc - 1, argv + 1, is_match);
    argc -= 1 + optind;
    argv += 1 + optind;
    if (exit != CLI_CLEAN)
        return exit;
    if (!is_match && argc < 1)
        return cli_usage(self, "check needs a file");
    if (!is_match)
        return check_files(s, (size_t)argc, argv);
    if (argc != 1 || !s->inventory)
        return cli_usage(self, "match takes the file of one group, and --inventory FILE");
    if (strcmp(argv[0], "-") == 0 && strcmp(s->inventory, "-") == 0)
        return cli_usage(self, "the group and the inventory cannot both be standard input");
    if (s->instance && (s->all || s->match_format == MATCH_IDS))
        return cli_usage(self, "--instance goes with neither --all nor --format ids");
    return match_file(s, argv[0]);
}

static int run(const cli_command *self, int argc, char **argv)
{
    settings *s = calloc(1, sizeof *s);
    int exit;

    if (!s)
        return cli_fail("out of memory");
    s->options.size = sizeof s->options;
    exit = check_or_match(self, s, argc, argv);
    for (size_t i = 0; i < s->config_count; i++)
        cdp_config_free(s->configs[i]);
    free(s);
    return exit;
}

const cli_command cli_command_group = {
    "group",
    "check deployment groups, find the instances of one",
    "Usage: codedeploy group check [OPTION]... FILE...\n"
    "       codedeploy group match [OPTION]... FILE --inventory FILE\n"
    "\n"
    "check reports everything that is wrong with deployment groups in JSON files, each "
    "finding\n"
    "with its place, its remedy and the exception that the API would throw; of several files "
    "also\n"
    "what they have in common and must not. match tells which instances of an inventory belong "
    "to\n"
    "a group, and why. FILE '-' is standard input.\n"
    "\n"
    "  --platform P      server, lambda, ecs, or auto (default): told from the group\n"
    "  --shape S         what the files hold: create (the input of CreateDeploymentGroup), "
    "info "
    "(the\n"
    "                    output of GetDeploymentGroup), or auto (default): found out\n"
    "  --config FILE     one of the account's own deployment configurations; when any is "
    "given,\n"
    "                    groups can only name these and the predefined ones\n"
    "  --format F        check: text (default), json (an object for each file, one a line), "
    "sarif\n"
    "                    or github; match: text (default), json (an object for each instance, "
    "one "
    "a\n"
    "                    line, and one for the whole) or ids\n"
    "Of match only:\n"
    "  --inventory FILE  the instances\n"
    "  --all             tell of every instance, also of those that do not belong\n"
    "  --instance ID     tell of this one only\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 all is well, 1 a file has errors, no instance belongs to the group or the "
    "one\n"
    "asked for does not, 2 wrong use, 3 a file cannot be read or output cannot be written.\n",
    run,
};
