/* SPDX-License-Identifier: MIT */
/* codedeploy lifecycle: which events a target goes through. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "findings.h"
#include "time_text.h"

enum { MOST_SCENARIOS = 32 };

typedef enum lifecycle_format {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_DOT,
    FORMAT_MERMAID
} lifecycle_format;

typedef struct settings {
    cdp_platform platform;
    const char *scenario;
    const char *events;
    lifecycle_format format;
} settings;

static size_t count_of(const cdp_lifecycle_plan *plan)
{
    return cdp_lifecycle_plan_event_count(plan);
}

static cdp_lifecycle_event_info event_of(const cdp_lifecycle_plan *plan, size_t index)
{
    cdp_lifecycle_event_info info = {.size = sizeof info};

    (void)cdp_lifecycle_plan_event_at(plan, index, &info);
    return info;
}

static const char *platform_of(const cdp_lifecycle_plan *plan)
{
    return cdp_platform_name(cdp_lifecycle_plan_platform(plan));
}

static const char *scenario_of(const cdp_lifecycle_plan *plan)
{
    return cdp_scenario_name(cdp_lifecycle_plan_scenario(plan));
}

/* ---- text ---- */

static const char *limit_text(int64_t ms, char buffer[TIME_TEXT])
{
    return ms == 0 ? "-" : time_text(ms, buffer);
}

static const char *failure_text(const cdp_lifecycle_event_info *event)
{
    if (event->may_roll_back)
        return event->ignorable ? "rollback, ignorable" : "rollback";
    return event->ignorable ? "ignorable" : "-";
}

static int widest_name(const cdp_lifecycle_plan *plan)
{
    size_t widest = sizeof "event" - 1;

    for (size_t i = 0; i < count_of(plan); i++) {
        size_t length = event_of(plan, i).name.length;

        widest = length > widest ? length : widest;
    }
    return (int)widest;
}

static void print_text(const cdp_lifecycle_plan *plan)
{
    int width = widest_name(plan);
    char start[TIME_TEXT];
    char run[TIME_TEXT];

    printf("%s, %s: %zu events\n\n", platform_of(plan), scenario_of(plan), count_of(plan));
    printf("  #  %-*s  %-15s  %-8s  %-7s  %s\n", width, "event", "script of", "start in", "end in",
           "on failure");
    for (size_t i = 0; i < count_of(plan); i++) {
        cdp_lifecycle_event_info event = event_of(plan, i);

        printf("%3zu  %-*s  %-15s  %-8s  %-7s  %s\n", i + 1, width, event.name.data,
               event.scriptable ? cdp_revision_source_name(event.revision) : "-",
               limit_text(event.start_limit_ms, start), limit_text(event.run_limit_ms, run),
               failure_text(&event));
        if (event.wait_after != CDP_WAIT_NONE)
            printf("     %s\n", cdp_wait_type_name(event.wait_after));
    }
}

/* ---- JSON ---- */

static void put_limit(json *j, const char *key, int64_t ms)
{
    if (ms == 0)
        json_null(j, key);
    else
        json_int(j, key, ms);
}

static void put_wait(json *j, const char *key, cdp_wait_type wait)
{
    json_c_string(j, key, wait == CDP_WAIT_NONE ? NULL : cdp_wait_type_name(wait));
}

static void print_json(const cdp_lifecycle_plan *plan)
{
    json j = {.stream = stdout, .indented = true};

    json_open(&j, NULL, '{');
    json_c_string(&j, "platform", platform_of(plan));
    json_c_string(&j, "scenario", scenario_of(plan));
    json_open(&j, "events", '[');
    for (size_t i = 0; i < count_of(plan); i++) {
        cdp_lifecycle_event_info event = event_of(plan, i);

        json_open(&j, NULL, '{');
        json_string(&j, "name", event.name);
        json_bool(&j, "scriptable", event.scriptable);
        json_c_string(&j, "revision",
                      event.scriptable ? cdp_revision_source_name(event.revision) : NULL);
        put_limit(&j, "start_limit_ms", event.start_limit_ms);
        put_limit(&j, "run_limit_ms", event.run_limit_ms);
        json_bool(&j, "may_roll_back", event.may_roll_back);
        json_bool(&j, "ignorable", event.ignorable);
        put_wait(&j, "wait_before", event.wait_before);
        put_wait(&j, "wait_after", event.wait_after);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

/* ---- drawings ---- */

/* What cannot stand between double quotes, and what is written for it. */
typedef struct escape {
    char character;
    const char *text;
} escape;

static const escape dot_escapes[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'\0', NULL}};
static const escape mermaid_escapes[] = {
    {'"', "#quot;"}, {'\\', "#92;"}, {'#', "#35;"}, {'<', "#lt;"}, {'\0', NULL}};

static void put_label(cdp_string name, const escape *escapes)
{
    for (size_t i = 0; i < name.length; i++) {
        const escape *found = escapes;

        while (found->text && found->character != name.data[i])
            found++;
        if (found->text)
            fputs(found->text, stdout);
        else
            putchar(name.data[i]);
    }
}

static void print_dot(const cdp_lifecycle_plan *plan)
{
    printf("digraph \"%s %s\" {\n    rankdir=LR;\n    node [shape=box, fontname=\"sans-serif\"];\n",
           platform_of(plan), scenario_of(plan));
    puts(
        "    start [shape=circle, label=\"Start\"];\n    end [shape=doublecircle, label=\"End\"];");
    for (size_t i = 0; i < count_of(plan); i++) {
        cdp_lifecycle_event_info event = event_of(plan, i);

        printf("    event%zu [label=\"", i + 1);
        put_label(event.name, dot_escapes);
        printf("\"%s];\n",
               event.scriptable ? ", style=rounded" : ", style=filled, fillcolor=gray90");
        if (event.wait_after != CDP_WAIT_NONE)
            printf("    wait%zu [shape=diamond, label=\"%s\"];\n", i + 1,
                   cdp_wait_type_name(event.wait_after));
    }
    fputs("    start", stdout);
    for (size_t i = 0; i < count_of(plan); i++) {
        printf(" -> event%zu", i + 1);
        if (event_of(plan, i).wait_after != CDP_WAIT_NONE)
            printf(" -> wait%zu", i + 1);
    }
    puts(" -> end;\n}");
}

static void print_mermaid(const cdp_lifecycle_plan *plan)
{
    fputs("flowchart LR\n    start((Start))", stdout);
    for (size_t i = 0; i < count_of(plan); i++) {
        cdp_lifecycle_event_info event = event_of(plan, i);

        printf(" --> event%zu%s\"", i + 1, event.scriptable ? "(" : "[[");
        put_label(event.name, mermaid_escapes);
        printf("\"%s\n    event%zu", event.scriptable ? ")" : "]]", i + 1);
        if (event.wait_after != CDP_WAIT_NONE)
            printf(" --> wait%zu{%s}\n    wait%zu", i + 1, cdp_wait_type_name(event.wait_after),
                   i + 1);
    }
    puts(" --> finish((End))");
}

static void print(const cdp_lifecycle_plan *plan, lifecycle_format format)
{
    switch (format) {
    case FORMAT_TEXT:
        print_text(plan);
        break;
    case FORMAT_JSON:
        print_json(plan);
        break;
    case FORMAT_DOT:
        print_dot(plan);
        break;
    case FORMAT_MERMAID:
        print_mermaid(plan);
        break;
    }
}

/* ---- the order of codedeploy-local ---- */

/* Commas separate; what is empty at the end does not count, as in the official tool. */
static size_t split(const char *text, cdp_string *names, size_t most)
{
    size_t count = 0;
    size_t used = 0;

    for (const char *at = text; count < most; at++) {
        size_t length = strcspn(at, ",");

        names[count++] = (cdp_string){at, length};
        if (length > 0)
            used = count;
        at += length;
        if (!*at)
            break;
    }
    return used;
}

static int show_local(const settings *s)
{
    /* One more than the library takes, so that it says what is too much. */
    cdp_string names[CDP_LIFECYCLE_MAX_EVENTS];
    cdp_lifecycle_local local = {.size = sizeof local, .events = names};
    findings_file file = {.name = "--events", .text = {"", 0}};
    findings_printer printer;
    cdp_lifecycle_plan *plan = NULL;
    cdp_diagnostics *diagnostics;
    cdp_status status;

    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        return cli_fail("out of memory");
    local.event_count = split(s->events, names, CDP_LIFECYCLE_MAX_EVENTS);
    status = cdp_lifecycle_plan_new_local(&local, NULL, diagnostics, &plan);
    file.diagnostics = diagnostics;
    findings_begin(&printer, stderr, FINDINGS_TEXT);
    findings_print(&printer, &file);
    findings_end(&printer);
    if (status == CDP_OK)
        print(plan, s->format);
    cdp_lifecycle_plan_free(plan);
    cdp_diagnostics_free(diagnostics);
    if (status == CDP_ERR_NOMEM)
        return cli_fail("out of memory");
    return status == CDP_OK ? CLI_CLEAN : CLI_FINDINGS;
}

/* ---- the command ---- */

static const cdp_lifecycle_plan *choose(const cli_command *self, const settings *s)
{
    const cdp_lifecycle_plan *plans[MOST_SCENARIOS];
    const char *words[MOST_SCENARIOS];
    size_t count = 0;
    int chosen;

    for (size_t i = 0; i < cdp_lifecycle_plan_standard_count() && count < MOST_SCENARIOS; i++) {
        const cdp_lifecycle_plan *plan = cdp_lifecycle_plan_standard_at(i);

        if (cdp_lifecycle_plan_platform(plan) != s->platform)
            continue;
        plans[count] = plan;
        words[count++] = scenario_of(plan);
    }
    if (!s->scenario)
        return plans[0];
    chosen = cli_choice(self, "--scenario", s->scenario, words, count);
    return chosen < 0 ? NULL : plans[chosen];
}

static int take_options(const cli_command *self, settings *s, int argc, char **argv)
{
    static const struct option options[] = {
        {"platform", required_argument, NULL, 'p'},
        {"scenario", required_argument, NULL, 's'},
        {"events", required_argument, NULL, 'e'},
        {"format", required_argument, NULL, 'f'},
        {NULL, 0, NULL, 0},
    };
    static const char *const platforms[] = {"server", "lambda", "ecs"};
    static const char *const formats[] = {"text", "json", "dot", "mermaid"};
    int option;
    int chosen;

    *s = (settings){.platform = CDP_PLATFORM_AUTO};
    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        switch (option) {
        case 'p':
            chosen = cli_choice(self, "--platform", optarg, platforms, 3);
            if (chosen < 0)
                return CLI_USAGE;
            s->platform = (cdp_platform)(CDP_PLATFORM_SERVER + chosen);
            break;
        case 's':
            s->scenario = optarg;
            break;
        case 'e':
            s->events = optarg;
            break;
        case 'f':
            chosen = cli_choice(self, "--format", optarg, formats, 4);
            if (chosen < 0)
                return CLI_USAGE;
            s->format = (lifecycle_format)chosen;
            break;
        case ':':
            return cli_usage(self, "%s needs a value", argv[optind - 1]);
        default:
            return cli_usage(self, "there is no option '%s'", argv[optind - 1]);
        }
    }
    if (optind < argc)
        return cli_usage(self, "'%s' is one word too many", argv[optind]);
    if (s->platform == CDP_PLATFORM_AUTO)
        return cli_usage(self, "name a platform: --platform server, lambda or ecs");
    return CLI_CLEAN;
}

static int run(const cli_command *self, int argc, char **argv)
{
    const cdp_lifecycle_plan *plan;
    settings s;
    int exit = take_options(self, &s, argc, argv);

    if (exit != CLI_CLEAN)
        return exit;
    plan = choose(self, &s);
    if (!plan)
        return CLI_USAGE;
    if (s.events && cdp_lifecycle_plan_scenario(plan) != CDP_SCENARIO_LOCAL)
        return cli_usage(self, "--events goes with --scenario local only");
    if (s.events)
        return show_local(&s);
    print(plan, s.format);
    return CLI_CLEAN;
}

const cli_command cli_command_lifecycle = {
    "lifecycle",
    "show the lifecycle events of a scenario",
    "Usage: codedeploy lifecycle --platform server|lambda|ecs [--scenario NAME] [--format F]\n"
    "       codedeploy lifecycle --platform server --scenario local [--events LIST] [--format F]\n"
    "\n"
    "Shows which lifecycle events a target goes through, in which order; which revision on the\n"
    "host the scripts of each are taken from ('-': CodeDeploy does it itself); within which time\n"
    "it has to start and end; whether its failure can make CodeDeploy roll back, and whether\n"
    "ignoreApplicationStopFailures covers it; and where a deployment may wait.\n"
    "\n"
    "  --platform P   server, lambda or ecs\n"
    "  --scenario S   server: in-place (default), in-place-load-balancer, in-place-rollback,\n"
    "                 in-place-rollback-load-balancer, blue-green-replacement,\n"
    "                 blue-green-original, blue-green-rollback-original,\n"
    "                 blue-green-rollback-replacement, auto-scaling-launch,\n"
    "                 auto-scaling-termination, local\n"
    "                 lambda: blue-green (default)\n"
    "                 ecs: blue-green (default), test-listener\n"
    "  --events LIST  what codedeploy-local is asked to run, names separated by commas\n"
    "  --format F     text (default), json, dot (for Graphviz) or mermaid\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 done, 1 the events cannot run in that order, 2 wrong use, 3 output cannot be\n"
    "written.\n",
    run,
};
