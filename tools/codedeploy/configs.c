/* SPDX-License-Identifier: MIT */
/* codedeploy configs: the predefined deployment configurations, and checks of one's own. */
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "findings.h"
#include "time_text.h"

enum { MS_PER_MINUTE = 60000 };

typedef struct settings {
    /* An index into findings_formats, whose first two words describing knows, too. */
    findings_format format;
    bool check;
    cdp_config_shape shape;
} settings;

/* ---- one line ---- */

static void put_traffic(const cdp_config *config, char *buffer, size_t size)
{
    int percentage = cdp_config_traffic_percentage(config);
    char time[TIME_TEXT];

    time_text((int64_t)cdp_config_traffic_interval_minutes(config) * MS_PER_MINUTE, time);
    switch (cdp_config_traffic_type(config)) {
    case CDP_TRAFFIC_TIME_BASED_CANARY:
        snprintf(buffer, size, "%d %% for %s, then the rest", percentage, time);
        break;
    case CDP_TRAFFIC_TIME_BASED_LINEAR:
        snprintf(buffer, size, "%d %% more every %s", percentage, time);
        break;
    default:
        snprintf(buffer, size, "all traffic at once");
    }
}

static void put_minimum(const cdp_config *config, char *buffer, size_t size)
{
    int64_t value = cdp_config_minimum_value(config);

    switch (cdp_config_minimum_type(config)) {
    case CDP_MINIMUM_MOST_CONCURRENCY:
        snprintf(buffer, size, "%" PRId64 " host at a time, all others stay healthy", value);
        break;
    case CDP_MINIMUM_FLEET_PERCENT:
        if (value == 0)
            snprintf(buffer, size, "all hosts at once");
        else
            snprintf(buffer, size, "at least %" PRId64 " %% of the hosts stay healthy", value);
        break;
    default:
        snprintf(buffer, size, "at least %" PRId64 " hosts stay healthy", value);
    }
}

static void put_summary(const cdp_config *config, char *buffer, size_t size)
{
    if (cdp_config_platform(config) == CDP_PLATFORM_SERVER)
        put_minimum(config, buffer, size);
    else
        put_traffic(config, buffer, size);
}

static int list_text(void)
{
    printf("%-53s %-9s %s\n", "name", "platform", "does");
    for (size_t i = 0; i < cdp_config_predefined_count(); i++) {
        const cdp_config *config = cdp_config_predefined_at(i);
        char summary[96];

        put_summary(config, summary, sizeof summary);
        printf("%-53s %-9s %s\n", cdp_config_name(config).data,
               cdp_platform_name(cdp_config_platform(config)), summary);
    }
    return CLI_CLEAN;
}

/* ---- one configuration ---- */

/* What the minimum comes to for fleets of some sizes. */
static void show_minimum(const cdp_config *config)
{
    static const int fleets[] = {1, 2, 3, 5, 10, 25, 100};

    printf("  minimum    %s %" PRId64 "\n\n",
           cdp_minimum_type_name(cdp_config_minimum_type(config)),
           cdp_config_minimum_value(config));
    printf("  %8s %14s %17s\n", "hosts", "stay healthy", "at most at a time");
    for (size_t i = 0; i < sizeof fleets / sizeof *fleets; i++) {
        int64_t minimum;

        if (cdp_config_minimum_for(config, fleets[i], &minimum) == CDP_OK)
            printf("  %8d %14" PRId64 " %17" PRId64 "\n", fleets[i], minimum, fleets[i] - minimum);
    }
}

static int show_traffic(const cdp_config *config)
{
    cdp_traffic_schedule *schedule;
    cdp_text *text;
    char time[TIME_TEXT];

    if (cdp_text_new(NULL, &text) != CDP_OK)
        return cli_fail("out of memory");
    if (cdp_traffic_schedule_from_config(config, NULL, NULL, &schedule) != CDP_OK) {
        cdp_text_free(text);
        return cli_fail("out of memory");
    }
    (void)cdp_traffic_schedule_write(schedule, text);
    printf("  type       %s\n  steps      %s\n  takes      %s from the first to the last\n",
           cdp_traffic_type_name(cdp_config_traffic_type(config)), cdp_text_string(text).data,
           time_text(cdp_traffic_schedule_duration_ms(schedule), time));
    cdp_traffic_schedule_free(schedule);
    cdp_text_free(text);
    return CLI_CLEAN;
}

static int describe_text(const cdp_config *config)
{
    char summary[96];

    put_summary(config, summary, sizeof summary);
    printf("%s\n  platform   %s\n  does       %s\n", cdp_config_name(config).data,
           cdp_platform_name(cdp_config_platform(config)), summary);
    if (cdp_config_platform(config) != CDP_PLATFORM_SERVER)
        return show_traffic(config);
    show_minimum(config);
    return CLI_CLEAN;
}

/* ---- JSON ---- */

static int print_json(const cdp_config *const *configs, size_t count, bool list)
{
    cdp_text *text;
    int exit = CLI_CLEAN;

    if (cdp_text_new(NULL, &text) != CDP_OK)
        return cli_fail("out of memory");
    fputs(list ? "[\n" : "", stdout);
    for (size_t i = 0; i < count && exit == CLI_CLEAN; i++) {
        cdp_text_clear(text);
        if (cdp_config_write(configs[i], CDP_CONFIG_SHAPE_INFO, list ? 0 : 2, text) != CDP_OK)
            exit = cli_fail("out of memory");
        printf("%s%s%s\n", list ? "  " : "", cdp_text_string(text).data, i + 1 < count ? "," : "");
    }
    fputs(list ? "]\n" : "", stdout);
    cdp_text_free(text);
    return exit;
}

static int list_json(void)
{
    const cdp_config *configs[64];
    size_t count = 0;

    while (count < sizeof configs / sizeof *configs && count < cdp_config_predefined_count()) {
        configs[count] = cdp_config_predefined_at(count);
        count++;
    }
    return print_json(configs, count, true);
}

/* ---- the command ---- */

static int describe(const settings *s, const char *word)
{
    cdp_string name = cdp_config_name_from_sam((cdp_string){word, strlen(word)});
    findings_file file = {.name = word, .text = {"", 0}};
    cdp_diagnostics *diagnostics;
    const cdp_config *config = NULL;
    int exit = CLI_FINDINGS;

    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        return cli_fail("out of memory");
    if (cdp_config_find(name, NULL, 0, diagnostics, &config) == CDP_OK)
        exit = s->format == FINDINGS_JSON ? print_json(&config, 1, false) : describe_text(config);
    file.diagnostics = diagnostics;
    findings_report(&file);
    cdp_diagnostics_free(diagnostics);
    return exit;
}

static int check_file(const settings *s, const char *path, findings_printer *printer)
{
    findings_file file = {.name = path};
    cdp_limits limits = {.size = sizeof limits};
    cdp_config *config = NULL;
    cdp_diagnostics *diagnostics;
    cdp_status status;
    char *bytes;
    size_t length;

    if (cdp_limits_default(&limits) != CDP_OK ||
        !cli_read(path, limits.input_bytes, &bytes, &length))
        return CLI_IO;
    status = cdp_diagnostics_new(NULL, NULL, &diagnostics);
    if (status == CDP_OK) {
        status = cdp_config_parse(bytes, length, s->shape, NULL, NULL, diagnostics, &config);
        (void)cdp_diagnostics_sort(diagnostics);
        file.text = (cdp_string){bytes, length};
        file.diagnostics = diagnostics;
        file.valid = status == CDP_OK;
        findings_print(printer, &file);
        cdp_config_free(config);
        cdp_diagnostics_free(diagnostics);
    }
    free(bytes);
    if (status == CDP_ERR_NOMEM)
        return cli_fail("%s: out of memory", path);
    return status == CDP_OK ? CLI_CLEAN : CLI_FINDINGS;
}

static int check_files(const settings *s, int count, char **paths)
{
    findings_printer printer;
    int exit = CLI_CLEAN;

    findings_begin(&printer, stdout, s->format);
    for (int i = 0; i < count; i++) {
        int result = check_file(s, paths[i], &printer);

        exit = result > exit ? result : exit;
    }
    findings_end(&printer);
    return exit;
}

static int take_options(const cli_command *self, settings *s, int argc, char **argv)
{
    static const struct option options[] = {
        {"format", required_argument, NULL, 'f'},
        {"check", no_argument, NULL, 'c'},
        {"shape", required_argument, NULL, 's'},
        {NULL, 0, NULL, 0},
    };
    static const char *const shapes[] = {"create", "info", "hook"};
    int option;
    int chosen;

    *s = (settings){.shape = CDP_CONFIG_SHAPE_CREATE};
    while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
        switch (option) {
        case 'f':
            chosen = cli_choice(self, "--format", optarg, findings_formats, 4);
            if (chosen < 0)
                return CLI_USAGE;
            s->format = (findings_format)chosen;
            break;
        case 'c':
            s->check = true;
            break;
        case 's':
            chosen = cli_choice(self, "--shape", optarg, shapes, 3);
            if (chosen < 0)
                return CLI_USAGE;
            s->shape = (cdp_config_shape)(CDP_CONFIG_SHAPE_CREATE + chosen);
            break;
        case ':':
            return cli_usage(self, "%s needs a value", argv[optind - 1]);
        default:
            return cli_usage(self, "there is no option '%s'", argv[optind - 1]);
        }
    }
    return CLI_CLEAN;
}

static int run(const cli_command *self, int argc, char **argv)
{
    settings s;
    int exit = take_options(self, &s, argc, argv);

    if (exit != CLI_CLEAN)
        return exit;
    if (s.check) {
        if (optind == argc)
            return cli_usage(self, "--check needs a file");
        return check_files(&s, argc - optind, argv + optind);
    }
    if (s.format > FINDINGS_JSON)
        return cli_usage(self, "--format %s goes with --check only", findings_formats[s.format]);
    if (argc - optind > 1)
        return cli_usage(self, "name one configuration, or none for all of them");
    if (optind < argc)
        return describe(&s, argv[optind]);
    return s.format == FINDINGS_JSON ? list_json() : list_text();
}

const cli_command cli_command_configs = {
    "configs",
    "list deployment configurations, check your own",
    "Usage: codedeploy configs [NAME] [--format text|json]\n"
    "       codedeploy configs --check [--shape S] [--format F] FILE...\n"
    "\n"
    "Lists the predefined deployment configurations, or describes the one called NAME (AWS SAM's\n"
    "short names are understood, too). With --check it reports everything that is wrong with\n"
    "configurations of your own in JSON files; FILE '-' is standard input.\n"
    "\n"
    "  --check     check files\n"
    "  --shape S   what they hold: create (default; the input of CreateDeploymentConfig), info "
    "(the\n"
    "              output of GetDeploymentConfig) or hook (the properties of CloudFormation's "
    "hook\n"
    "              AWS::CodeDeploy::BlueGreen)\n"
    "  --format F  text (default) or json (as the API's DeploymentConfigInfo); with --check text,\n"
    "              json (an object for each file, one a line), sarif or github\n"
    "  --help, --version\n"
    "\n"
    "Exit status: 0 done, 1 there is no such configuration or a file has errors, 2 wrong use,\n"
    "3 a file cannot be read or output cannot be written.\n",
    run,
};
