/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli.h"
#include "commands.h"

const cli_command *const cli_commands[] = {
#define COMMAND(name) &cli_command_##name,
#include "commands.inc"
#undef COMMAND
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;

static void print_help(FILE *stream)
{
    fputs("Usage: codedeploy COMMAND [OPTION]... [FILE]...\n\n"
          "The semantics of AWS CodeDeploy on this machine, without the service.\n\n"
          "Commands:\n",
          stream);
    for (size_t i = 0; i < cli_command_count; i++)
        fprintf(stream, "  %-14s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    fputs("\n'codedeploy COMMAND --help' says more. Exit status: 0 all is well, 1 findings or a "
          "failure,\n2 wrong use, 3 a file cannot be read or output cannot be written.\n",
          stream);
}

static const cli_command *find(const char *name)
{
    for (size_t i = 0; i < cli_command_count; i++) {
        if (strcmp(cli_commands[i]->name, name) == 0)
            return cli_commands[i];
    }
    return NULL;
}

static int unknown(const char *name)
{
    const char *names[64];
    size_t near;

    for (size_t i = 0; i < cli_command_count; i++)
        names[i] = cli_commands[i]->name;
    near = cdp_suggest((cdp_string){name, strlen(name)}, names, cli_command_count);
    fprintf(stderr, "codedeploy: there is no command '%s'", name);
    if (near < cli_command_count)
        fprintf(stderr, "; did you mean '%s'?", names[near]);
    fputs("\nTry 'codedeploy --help'.\n", stderr);
    return CLI_USAGE;
}

/* A link by the official command's name stands for `codedeploy local`. */
static bool is_codedeploy_local(const char *program)
{
    const char *name = strrchr(program, '/');

    return strcmp(name ? name + 1 : program, "codedeploy-local") == 0 && find("local");
}

static bool is_option(const char *word, const char *longer, const char *shorter)
{
    return strcmp(word, longer) == 0 || strcmp(word, shorter) == 0;
}

int main(int argc, char **argv)
{
    const cli_command *command;

    if (argc > 0 && is_codedeploy_local(argv[0])) {
        command = find("local");
        return cli_finish(command->run(command, argc, argv));
    }
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (is_option(argv[1], "--help", "-h") || (strcmp(argv[1], "help") == 0 && argc == 2)) {
        print_help(stdout);
        return cli_finish(CLI_CLEAN);
    }
    if (is_option(argv[1], "--version", "-V")) {
        printf("codedeploy %s\n", cdp_version());
        return cli_finish(CLI_CLEAN);
    }
    command = find(strcmp(argv[1], "help") == 0 ? argv[2] : argv[1]);
    if (!command)
        return unknown(strcmp(argv[1], "help") == 0 ? argv[2] : argv[1]);
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[1], "help") == 0) {
            fputs(command->help, stdout);
            return cli_finish(CLI_CLEAN);
        }
        if (i > 1 && strcmp(argv[i], "--version") == 0) {
            printf("codedeploy %s\n", cdp_version());
            return cli_finish(CLI_CLEAN);
        }
    }
    return cli_finish(command->run(command, argc - 1, argv + 1));
}
