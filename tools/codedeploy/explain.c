/* SPDX-License-Identifier: MIT */
/* codedeploy explain: what the registry of diagnostics says of a code. */
#include <string.h>

#include "cli.h"
#include "commands.h"

static void print_indented(const char *text)
{
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");

        printf("    %.*s\n", (int)length, line);
        line += length + (line[length] == '\n');
    }
}

static void explain(const cdp_diagnostic_info *info)
{
    printf("%s (%s %d)\n\n", info->name, cdp_severity_name(info->severity), (int)info->code);
    print_indented(info->message);
    if (info->hint) {
        puts("\n  Remedy:");
        print_indented(info->hint);
    }
    puts("\n  Why:");
    print_indented(info->explanation);
    printf("\n  Source: %s\n", info->source);
    if (info->api_name)
        printf("  API: %s\n", info->api_name);
}

static void list(void)
{
    for (size_t i = 0; i < cdp_diagnostic_code_count(); i++) {
        cdp_diagnostic_info info = {.size = sizeof info};

        if (cdp_diagnostic_info_get(cdp_diagnostic_code_at(i), &info) == CDP_OK)
            printf("%-40s %-8s %s\n", info.name, cdp_severity_name(info.severity), info.message);
    }
}

static int unknown(const cli_command *self, const char *name)
{
    size_t best = 0;
    size_t count = cdp_diagnostic_code_count();
    cdp_diagnostic_info info = {.size = sizeof info};

    for (; best < count; best++) {
        const char *candidate;

        if (cdp_diagnostic_info_get(cdp_diagnostic_code_at(best), &info) != CDP_OK)
            continue;
        candidate = info.name;
        if (cdp_suggest((cdp_string){name, strlen(name)}, &candidate, 1) == 0)
            return cli_usage(self, "there is no diagnostic '%s'; did you mean '%s'?", name,
                             info.name);
    }
    return cli_usage(self, "there is no diagnostic '%s'; --list shows them all", name);
}

static int run(const cli_command *self, int argc, char **argv)
{
    cdp_diagnostic_info info = {.size = sizeof info};

    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        list();
        return CLI_CLEAN;
    }
    if (argc < 2)
        return cli_usage(self, "name a diagnostic, or --list");
    for (int i = 1; i < argc; i++) {
        cdp_diagnostic_code code = cdp_diagnostic_code_from_name(argv[i]);

        if (cdp_diagnostic_info_get(code, &info) != CDP_OK)
            return unknown(self, argv[i]);
        if (i > 1)
            putchar('\n');
        explain(&info);
    }
    return CLI_CLEAN;
}

const cli_command cli_command_explain = {
    "explain",
    "explain a diagnostic",
    "Usage: codedeploy explain CODE...\n"
    "       codedeploy explain --list\n"
    "\n"
    "Says what a diagnostic such as 'input-too-large' means, why it matters, what to do about it\n"
    "and where the rule comes from. --list names them all.\n",
    run,
};
