/* SPDX-License-Identifier: MIT */
/* codedeploy explain: what the registry of diagnostics says of a code. */
#include <string.h>

#include "cli.h"
#include "commands.h"

enum { INDENT = 4, WIDEST = 100 };

/* Puts the words of a line behind what stands in `column`, on as many lines as they need; returns
 * the column where they end. */
static int print_words(const char *line, size_t length, int column, int width)
{
    for (size_t at = 0; at < length;) {
        int letters = 0;

        while (at < length && line[at] == ' ')
            at++;
        while (at + (size_t)letters < length && line[at + (size_t)letters] != ' ')
            letters++;
        if (column > 0 && column + 1 + letters <= width)
            column += printf(" %.*s", letters, line + at);
        else
            column = printf("%s%*s%.*s", column > 0 ? "\n" : "", INDENT, "", letters, line + at) -
                     (column > 0);
        at += (size_t)letters;
    }
    return column;
}

/* Lines that begin with blanks stay as they are: they show how to write something. */
static void print_indented(const char *text)
{
    int columns = cli_columns(stdout);
    int column = 0;

    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");

        if (length > 0 && line[0] != ' ') {
            column = print_words(line, length, column, columns < WIDEST ? columns : WIDEST);
        } else {
            printf("%s%*s%.*s\n", column > 0 ? "\n" : "", length ? INDENT : 0, "", (int)length,
                   line);
            column = 0;
        }
        line += length + (line[length] == '\n');
    }
    if (column > 0)
        putchar('\n');
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
            return cli_unknown_code(self, argv[i]);
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
