/* SPDX-License-Identifier: MIT */
/* codedeploy compat: what the two official agents and the documentation make of one file. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "appspec_file.h"
#include "commands.h"

static const char *const reader_names[] = {"agent 1.x", "agent 2.x", "documentation"};
static const char *const reader_keys[] = {"agent_1", "agent_2", "documentation"};

static cdp_appspec_reading reading_of(const cdp_appspec_comparison *comparison, int reader)
{
    cdp_appspec_reading reading = {.size = sizeof reading};

    cdp_appspec_comparison_reading(comparison, (cdp_appspec_reader)reader, &reading);
    return reading;
}

static void print_text(const char *name, const cdp_appspec_comparison *comparison)
{
    size_t count = cdp_appspec_comparison_count(comparison);

    for (int reader = 0; reader < 3; reader++) {
        cdp_appspec_reading reading = reading_of(comparison, reader);

        printf("%-14s %s", reader_names[reader], reading.accepted ? "accepts it" : "refuses it: ");
        cli_put(stdout, reading.reason);
        putchar('\n');
    }
    if (count == 0)
        puts("\nWhat they accept they read alike.");
    for (size_t i = 0; i < count; i++) {
        cdp_appspec_difference d = {.size = sizeof d};

        if (cdp_appspec_comparison_at(comparison, i, &d) != CDP_OK)
            continue;
        const cdp_string readings[] = {d.agent_1, d.agent_2, d.documentation};

        printf("\n%s:%u:%u: ", name, (unsigned)d.place.line, (unsigned)d.place.column);
        cli_put(stdout, d.what);
        if (d.written.length) {
            fputs(": ", stdout);
            cli_put(stdout, d.written);
        }
        putchar('\n');
        for (int reader = 0; reader < 3; reader++) {
            printf("  %-14s ", reader_names[reader]);
            cli_put(stdout, readings[reader]);
            putchar('\n');
        }
    }
}

static void print_difference(json *j, const cdp_appspec_difference *d)
{
    json_open(j, NULL, '{');
    json_string(j, "pointer", d->pointer);
    json_string(j, "what", d->what);
    json_int(j, "line", d->place.line);
    json_int(j, "column", d->place.column);
    json_string(j, "written", d->written);
    json_string(j, reader_keys[0], d->agent_1);
    json_string(j, reader_keys[1], d->agent_2);
    json_string(j, reader_keys[2], d->documentation);
    json_close(j, '}');
}

static void print_json(const char *name, const cdp_appspec_comparison *comparison)
{
    json j = {.stream = stdout};

    json_open(&j, NULL, '{');
    json_c_string(&j, "file", name);
    json_open(&j, "readers", '{');
    for (int reader = 0; reader < 3; reader++) {
        cdp_appspec_reading reading = reading_of(comparison, reader);

        json_open(&j, reader_keys[reader], '{');
        json_bool(&j, "accepted", reading.accepted);
        json_string(&j, "reason", reading.reason);
        json_close(&j, '}');
    }
    json_close(&j, '}');
    json_open(&j, "differences", '[');
    for (size_t i = 0; i < cdp_appspec_comparison_count(comparison); i++) {
        cdp_appspec_difference d = {.size = sizeof d};

        if (cdp_appspec_comparison_at(comparison, i, &d) == CDP_OK)
            print_difference(&j, &d);
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

static bool is_read_alike(const cdp_appspec_comparison *comparison)
{
    int accepted = 0;

    for (int reader = 0; reader < 3; reader++)
        accepted += reading_of(comparison, reader).accepted;
    return cdp_appspec_comparison_count(comparison) == 0 && (accepted == 0 || accepted == 3);
}

static int compare(const char *name, bool as_json)
{
    const cdp_appspec_options options = {.size = sizeof options};
    cdp_limits limits = {.size = sizeof limits};
    appspec_file file = {.name = name};
    cdp_appspec_comparison *comparison = NULL;
    cdp_status status = cdp_limits_default(&limits);
    int exit;

    if (status == CDP_OK && !cli_read(name, limits.input_bytes, &file.bytes, &file.length))
        return CLI_IO;
    status = cdp_diagnostics_new(NULL, NULL, &file.diagnostics);
    if (status == CDP_OK)
        status =
            cdp_appspec_compare(file.bytes, file.length, &options, file.diagnostics, &comparison);
    if (status == CDP_OK) {
        if (as_json)
            print_json(name, comparison);
        else
            print_text(name, comparison);
        exit = is_read_alike(comparison) ? CLI_CLEAN : CLI_FINDINGS;
    } else if (status == CDP_ERR_INVALID || status == CDP_ERR_LIMIT) {
        appspec_file_check(&file, CDP_SEVERITY_ERROR);
        exit = CLI_FINDINGS;
    } else {
        exit = cli_fail("%s: %s", name, cdp_status_message(status));
    }
    cdp_appspec_comparison_free(comparison);
    appspec_file_close(&file);
    return exit;
}

static int run(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {{"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    static const char *const formats[] = {"text", "json"};
    const char *name;
    int format = 0;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option != 'f')
            return cli_usage(self, "wrong option");
        format = cli_choice(self, "--format", optarg, formats, 2);
        if (format < 0)
            return CLI_USAGE;
    }
    if (argc - optind > 1)
        return cli_usage(self, "one file at a time");
    name = optind < argc ? argv[optind] : appspec_file_default();
    return name ? compare(name, format == 1) : CLI_IO;
}

const cli_command cli_command_compat = {
    "compat",
    "what each official agent makes of an AppSpec",
    "Usage: codedeploy compat [--format text|json] [FILE]\n"
    "\n"
    "Shows side by side what the official agent 1.x (Ruby), the official agent 2.x (Rust) and the\n"
    "documentation make of a Server AppSpec, where they differ: 'mode: 0644' is 0420 for one and\n"
    "0644 for the other. FILE '-' is standard input; without FILE the AppSpec of the current\n"
    "directory.\n"
    "\n"
    "Exit status: 0 all three read it alike, 1 they do not.\n",
    run,
};
