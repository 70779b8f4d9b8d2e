/* SPDX-License-Identifier: MIT */
/* codedeploy traffic: how traffic shifts, as numbers and as pictures. */
#include "traffic.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "findings.h"
#include "time_text.h"

enum { MS_PER_MINUTE = 60000 };

typedef enum source_kind {
    SOURCE_NONE = 0,
    SOURCE_CONFIG,
    SOURCE_CONFIG_FILE,
    SOURCE_CANARY,
    SOURCE_LINEAR,
    SOURCE_AT_ONCE,
    SOURCE_STEPS
} source_kind;

typedef enum output_format { OUTPUT_TEXT, OUTPUT_JSON, OUTPUT_CSV, OUTPUT_SVG } output_format;

static const char *const formats[] = {"text", "json", "csv", "svg"};

typedef struct settings {
    source_kind source;
    const char *option; /* as it was written: "--canary" */
    const char *argument;
    int64_t percentage;
    int64_t minutes;
    int64_t at_ms;
    output_format format;
    const char *title; /* NULL: what the schedule was made from */
} settings;

/* What is being made, and what is wrong with it. */
typedef struct making {
    cdp_diagnostics *diagnostics;
    cdp_traffic_schedule *schedule;
    /* What findings are about: the name and text of a file or of an option. */
    const char *name;
    cdp_string text;
    char *bytes;
    char label[256];
    char title[256];
} making;

/* ---- options ---- */

/* P:M, two whole numbers; the library says whether they are possible. */
static bool read_pair(const char *text, int64_t *percentage, int64_t *minutes)
{
    char rest;
    long long p;
    long long m;

    if (sscanf(text, "%6lld:%6lld%c", &p, &m, &rest) != 2)
        return false;
    *percentage = p;
    *minutes = m;
    return true;
}

static int take_source(const cli_command *self, settings *s, source_kind kind, const char *option)
{
    if (s->source != SOURCE_NONE)
        return cli_usage(self, "%s and %s exclude each other", s->option, option);
    s->source = kind;
    s->option = option;
    s->argument = optarg;
    if ((kind == SOURCE_CANARY || kind == SOURCE_LINEAR) &&
        !read_pair(optarg, &s->percentage, &s->minutes))
        return cli_usage(self,
                         "%s takes a percentage and minutes, such as 10:5 for 10 percent and 5 "
                         "minutes, not '%s'",
                         option, optarg);
    return CLI_CLEAN;
}

static int take_option(const cli_command *self, settings *s, int option, const char *written)
{
    int chosen;

    switch (option) {
    case 'c':
        return take_source(self, s, SOURCE_CONFIG, "--config");
    case 'C':
        return take_source(self, s, SOURCE_CONFIG_FILE, "--config-file");
    case 'n':
        return take_source(self, s, SOURCE_CANARY, "--canary");
    case 'l':
        return take_source(self, s, SOURCE_LINEAR, "--linear");
    case 'o':
        return take_source(self, s, SOURCE_AT_ONCE, "--all-at-once");
    case 's':
        return take_source(self, s, SOURCE_STEPS, "--steps");
    case 'a':
        if (time_parse(optarg, MS_PER_MINUTE, &s->at_ms))
            return CLI_CLEAN;
        return cli_usage(
            self, "--at takes minutes since the start, such as 7, 2.5 or 90s, not '%s'", optarg);
    case 'f':
        chosen = cli_choice(self, "--format", optarg, formats, sizeof formats / sizeof *formats);
        s->format = (output_format)chosen;
        return chosen < 0 ? CLI_USAGE : CLI_CLEAN;
    case 't':
        s->title = optarg;
        return CLI_CLEAN;
    case ':':
        return cli_usage(self, "%s needs a value", written);
    default:
        return cli_usage(self, "there is no option '%s'", written);
    }
}

static int take_options(const cli_command *self, settings *s, int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"config-file", required_argument, NULL, 'C'},
        {"canary", required_argument, NULL, 'n'}, {"linear", required_argument, NULL, 'l'},
        {"all-at-once", no_argument, NULL, 'o'},  {"steps", required_argument, NULL, 's'},
        {"at", required_argument, NULL, 'a'},     {"format", required_argument, NULL, 'f'},
        {"title", required_argument, NULL, 't'},  {NULL, 0, NULL, 0},
    };
    int option;

    *s = (settings){.at_ms = -1};
    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        int result = take_option(self, s, option, argv[optind - 1]);

        if (result != CLI_CLEAN)
            return result;
    }
    if (optind < argc)
        return cli_usage(self, "'%s' is not an option", argv[optind]);
    if (s->source == SOURCE_NONE)
        return cli_usage(self, "say what to show: --config, --config-file, --canary, --linear, "
                               "--all-at-once or --steps");
    return CLI_CLEAN;
}

/* ---- making the schedule ---- */

static cdp_status from_config(making *m, const cdp_config *config)
{
    cdp_status status = cdp_traffic_schedule_from_config(config, NULL, NULL, &m->schedule);
    cdp_string name = cdp_config_name(config);

    if (name.data)
        snprintf(m->title, sizeof m->title, "%s", name.data);
    return status;
}

static cdp_status from_name(making *m, const char *word)
{
    cdp_string name = cdp_config_name_from_sam((cdp_string){word, strlen(word)});
    const cdp_config *config;
    cdp_status status = cdp_config_find(name, NULL, 0, m->diagnostics, &config);

    return status == CDP_OK ? from_config(m, config) : status;
}

static cdp_status from_file(making *m, const char *path)
{
    cdp_limits limits = {.size = sizeof limits};
    cdp_config *config;
    size_t length;
    cdp_status status = cdp_limits_default(&limits);

    if (status != CDP_OK)
        return status;
    if (!cli_read(path, limits.input_bytes, &m->bytes, &length))
        return CDP_ERR_IO;
    m->name = path;
    m->text = (cdp_string){m->bytes, length};
    status = cdp_config_parse(m->bytes, length, CDP_CONFIG_SHAPE_INFO, NULL, NULL, m->diagnostics,
                              &config);
    if (status != CDP_OK)
        return status;
    snprintf(m->title, sizeof m->title, "%s", path);
    status = from_config(m, config);
    cdp_config_free(config);
    return status;
}

static cdp_status from_numbers(making *m, const settings *s)
{
    cdp_traffic_type type = s->source == SOURCE_CANARY   ? CDP_TRAFFIC_TIME_BASED_CANARY
                            : s->source == SOURCE_LINEAR ? CDP_TRAFFIC_TIME_BASED_LINEAR
                                                         : CDP_TRAFFIC_ALL_AT_ONCE;
    char time[TIME_TEXT];

    if (type == CDP_TRAFFIC_ALL_AT_ONCE)
        snprintf(m->title, sizeof m->title, "All at once");
    else if (s->minutes > 0)
        snprintf(m->title, sizeof m->title, "%s, %" PRId64 " percent %s %s",
                 type == CDP_TRAFFIC_TIME_BASED_CANARY ? "Canary" : "Linear", s->percentage,
                 type == CDP_TRAFFIC_TIME_BASED_CANARY ? "for" : "every",
                 time_text(s->minutes * MS_PER_MINUTE, time));
    return cdp_traffic_schedule_new(type, s->percentage, s->minutes, NULL, NULL, m->diagnostics,
                                    &m->schedule);
}

static cdp_status from_steps(making *m, const char *list)
{
    m->name = "--steps";
    m->text = (cdp_string){list, strlen(list)};
    snprintf(m->title, sizeof m->title, "Custom schedule");
    return cdp_traffic_schedule_parse(list, strlen(list), NULL, NULL, m->diagnostics, &m->schedule);
}

static cdp_status make(making *m, const settings *s)
{
    switch (s->source) {
    case SOURCE_CONFIG:
        return from_name(m, s->argument);
    case SOURCE_CONFIG_FILE:
        return from_file(m, s->argument);
    case SOURCE_STEPS:
        return from_steps(m, s->argument);
    default:
        return from_numbers(m, s);
    }
}

static void print_findings(const making *m)
{
    findings_file file = {.name = m->name, .text = m->text, .diagnostics = m->diagnostics};

    (void)cdp_diagnostics_sort(m->diagnostics);
    findings_report(&file);
}

/* Makes the schedule, or says what is wrong. */
static int make_schedule(making *m, const settings *s)
{
    cdp_status status;

    memset(m, 0, sizeof *m);
    snprintf(m->label, sizeof m->label, "%s %s", s->option, s->argument ? s->argument : "");
    m->name = m->label;
    m->text = (cdp_string){"", 0};
    status = cdp_diagnostics_new(NULL, NULL, &m->diagnostics);
    if (status == CDP_OK)
        status = make(m, s);
    if (m->diagnostics)
        print_findings(m);
    switch (status) {
    case CDP_OK:
        return CLI_CLEAN;
    case CDP_ERR_IO:
        return CLI_IO;
    case CDP_ERR_NOMEM:
        return cli_fail("out of memory");
    case CDP_ERR_NOT_FOUND:
        if (cdp_diagnostics_count(m->diagnostics) == 0)
            fprintf(stderr, "%s: this is a configuration for Server, which shifts no traffic\n",
                    m->name);
        return CLI_FINDINGS;
    default:
        return CLI_FINDINGS;
    }
}

/* ---- output ---- */

static void print_step_json(json *j, const cdp_traffic_step *step)
{
    json_open(j, NULL, '{');
    json_int(j, "offset_ms", step->offset_ms);
    json_int(j, "weight", step->weight);
    json_int(j, "original_weight", step->original_weight);
    json_int(j, "gates_before", step->gates_before);
    if (step->is_gate)
        json_bool(j, "gate", true);
    else
        json_int(j, "wait_ms", step->wait_ms);
    json_close(j, '}');
}

static int print_json(const traffic_view *view)
{
    json j = {.stream = stdout, .indented = true};
    cdp_text *text;

    if (cdp_text_new(NULL, &text) != CDP_OK ||
        cdp_traffic_schedule_write(view->schedule, text) != CDP_OK)
        return cli_fail("out of memory");
    json_open(&j, NULL, '{');
    json_c_string(&j, "name", view->title);
    json_string(&j, "schedule", cdp_text_string(text));
    json_open(&j, "steps", '[');
    for (size_t i = 0; i < cdp_traffic_schedule_step_count(view->schedule); i++) {
        cdp_traffic_step step = {.size = sizeof step};

        if (cdp_traffic_schedule_step_at(view->schedule, i, &step) == CDP_OK)
            print_step_json(&j, &step);
    }
    json_close(&j, ']');
    json_int(&j, "duration_ms", cdp_traffic_schedule_duration_ms(view->schedule));
    json_int(&j, "gates", (int64_t)cdp_traffic_schedule_gate_count(view->schedule));
    json_close(&j, '}');
    cdp_text_free(text);
    return CLI_CLEAN;
}

static int print_csv(const traffic_view *view)
{
    puts("step,offset_ms,weight,original_weight,wait_ms,gate,gates_before");
    for (size_t i = 0; i < cdp_traffic_schedule_step_count(view->schedule); i++) {
        cdp_traffic_step step = {.size = sizeof step};

        if (cdp_traffic_schedule_step_at(view->schedule, i, &step) != CDP_OK)
            continue;
        printf("%zu,%" PRId64 ",%d,%d,", i + 1, step.offset_ms, (int)step.weight,
               (int)step.original_weight);
        if (!step.is_gate)
            printf("%" PRId64, step.wait_ms);
        printf(",%d,%u\n", step.is_gate, (unsigned)step.gates_before);
    }
    return CLI_CLEAN;
}

/* What holds at the instant of --at, as far as it is known beforehand. */
typedef struct instant {
    int32_t weight;
    int64_t next_ms; /* -1: never, or only when a gate is opened */
    cdp_traffic_step step;
    size_t index;
} instant;

static instant look(const traffic_view *view)
{
    instant now = {.step = {.size = sizeof now.step}};
    cdp_traffic_step next = {.size = sizeof next};

    now.weight = cdp_traffic_weight_at(view->schedule, 0, view->at_ms);
    now.next_ms = cdp_traffic_next_change(view->schedule, 0, view->at_ms);
    if (now.next_ms == INT64_MAX)
        now.next_ms = -1;
    (void)cdp_traffic_schedule_step_at(view->schedule, 0, &now.step);
    while (!now.step.is_gate &&
           cdp_traffic_schedule_step_at(view->schedule, now.index + 1, &next) == CDP_OK &&
           next.offset_ms <= view->at_ms) {
        now.step = next;
        now.index++;
    }
    return now;
}

static int print_instant_text(const traffic_view *view)
{
    instant now = look(view);
    char time[TIME_TEXT];

    printf("%d %% on the replacement, %d %% on the original (step %zu of %zu", (int)now.weight,
           100 - (int)now.weight, now.index + 1, cdp_traffic_schedule_step_count(view->schedule));
    if (now.next_ms >= 0)
        printf(", until %s)\n", time_text(now.next_ms, time));
    else
        puts(now.step.is_gate ? ", until its gate is opened)" : ")");
    return CLI_CLEAN;
}

static int print_instant_json(const traffic_view *view)
{
    instant now = look(view);
    json j = {.stream = stdout, .indented = true};

    json_open(&j, NULL, '{');
    json_int(&j, "at_ms", view->at_ms);
    json_int(&j, "weight", now.weight);
    json_int(&j, "original_weight", 100 - now.weight);
    json_int(&j, "step", (int64_t)now.index);
    json_bool(&j, "at_gate", now.step.is_gate);
    if (now.next_ms >= 0)
        json_int(&j, "next_change_ms", now.next_ms);
    else
        json_null(&j, "next_change_ms");
    json_close(&j, '}');
    return CLI_CLEAN;
}

static int print_instant_csv(const traffic_view *view)
{
    instant now = look(view);

    printf("at_ms,weight,original_weight\n%" PRId64 ",%d,%d\n", view->at_ms, (int)now.weight,
           100 - (int)now.weight);
    return CLI_CLEAN;
}

static int run(const cli_command *self, int argc, char **argv)
{
    static int (*const printers[])(const traffic_view *) = {traffic_print_text, print_json,
                                                            print_csv, traffic_print_svg};
    static int (*const instant_printers[])(const traffic_view *) = {
        print_instant_text, print_instant_json, print_instant_csv, traffic_print_svg};
    settings s;
    making m;
    int exit = take_options(self, &s, argc, argv);

    if (exit != CLI_CLEAN)
        return exit;
    exit = make_schedule(&m, &s);
    if (exit == CLI_CLEAN) {
        traffic_view view = {m.schedule, s.title ? s.title : m.title, s.at_ms};

        exit = s.at_ms >= 0 ? instant_printers[s.format](&view) : printers[s.format](&view);
    }
    cdp_traffic_schedule_free(m.schedule);
    cdp_diagnostics_free(m.diagnostics);
    free(m.bytes);
    return exit;
}

const cli_command cli_command_traffic = {
    "traffic",
    "show how traffic shifts",
    "Usage: codedeploy traffic SCHEDULE [OPTION]...\n"
    "\n"
    "Shows how traffic shifts from the original to the replacement: as a curve and a table, as\n"
    "data, or as a picture for documents. SCHEDULE is one of\n"
    "\n"
    "  --config NAME       a predefined configuration for Lambda or ECS ('codedeploy configs'\n"
    "                      lists them), or what AWS SAM calls it, such as "
    "Canary10Percent5Minutes\n"
    "  --config-file FILE  a configuration of your own, in the JSON of GetDeploymentConfig or\n"
    "                      CreateDeploymentConfig; '-' is standard input\n"
    "  --canary P:M        P percent for M minutes, then the rest\n"
    "  --linear P:M        P percent more every M minutes\n"
    "  --all-at-once       everything in one step\n"
    "  --steps LIST        any steps, each a weight and what it waits for: a time (s, m, h) or a\n"
    "                      gate that somebody opens: 10:5m,25:gate,50:10m,100\n"
    "\n"
    "  --at MINUTES        only the weight at that time since the start: 7, 2.5, 90s, 1h; with\n"
    "                      --format svg: marked in the picture\n"
    "  --format F          text (default; as wide as the terminal), json, csv or svg\n"
    "  --title TEXT        the heading, instead of what the schedule was made from\n"
    "  --help, --version\n"
    "\n"
    "Nobody knows how long a gate stays closed: times behind one count as if it were opened at\n"
    "once, and --at answers with what holds at the first gate for every time after it.\n"
    "\n"
    "Exit status: 0 done, 1 the schedule is not possible, 2 wrong use, 3 a file cannot be read\n"
    "or output cannot be written.\n",
    run,
};
