/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli.h"
#include "commands.h"
#include "host.h"

/* What codedeploy-host carries out has only a name and a summary here. */
static const cli_command *const commands[] = {
#define COMMAND(name) &cli_command_##name,
#define HOST_COMMAND(name, summary) &(const cli_command){#name, summary, NULL, NULL},
#include "commands.inc"
#undef HOST_COMMAND
#undef COMMAND
};

enum { COUNT = sizeof commands / sizeof *commands };

static void print_help(FILE *stream)
{
    fputs("Usage: codedeploy COMMAND [OPTION]... [FILE]...\n\n"
          "The semantics of AWS CodeDeploy on this machine, without the service.\n\n"
          "Commands:\n",
          stream);
    for (size_t i = 0; i < COUNT; i++)
        fprintf(stream, "  %-14s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\n'codedeploy COMMAND --help' says more. Exit status: 0 all is well, 1 findings or a "
          "failure,\n2 wrong use, 3 a file cannot be read or output cannot be written.\n",
          stream);
}

static const cli_command *find(const char *name)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

static int unknown(const char *name)
{
    const char *names[COUNT];
    size_t near;

    for (size_t i = 0; i < COUNT; i++)
        names[i] = commands[i]->name;
    near = cdp_suggest((cdp_string){name, strlen(name)}, names, COUNT);
    fprintf(stderr, "codedeploy: there is no command '%s'", name);
    if (near < COUNT)
        fprintf(stderr, "; did you mean '%s'?", names[near]);
    fputs("\nTry 'codedeploy --help'.\n", stderr);
    return CLI_USAGE;
}

int main(int argc, char **argv)
{
    const cli_command *command;

    if (argc > 0 && cli_is_local(argv[0]) && find("local"))
        return host_become(argv);
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (cli_is_option(argv[1], "--help", "-h") || (strcmp(argv[1], "help") == 0 && argc == 2)) {
        print_help(stdout);
        return cli_finish(CLI_CLEAN);
    }
    if (cli_is_option(argv[1], "--version", "-V")) {
        printf("codedeploy %s\n", cdp_version());
        return cli_finish(CLI_CLEAN);
    }
    command = find(strcmp(argv[1], "help") == 0 ? argv[2] : argv[1]);
    if (!command)
        return unknown(strcmp(argv[1], "help") == 0 ? argv[2] : argv[1]);
    return command->run ? cli_dispatch(command, argc, argv) : host_become(argv);
}
