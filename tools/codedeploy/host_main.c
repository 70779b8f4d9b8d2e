/* SPDX-License-Identifier: MIT */
/* codedeploy-host: the commands that need the ready host. `codedeploy` starts it; see host.h. */
#include <string.h>

#include "cli.h"
#include "commands.h"

static const cli_command *const commands[] = {
#define COMMAND(name)
#define HOST_COMMAND(name, summary) &cli_command_##name,
#include "commands.inc"
#undef HOST_COMMAND
#undef COMMAND
};

static const cli_command *find(const char *name)
{
    for (size_t i = 0; name && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const cli_command *command;

    if (argc > 0 && cli_is_local(argv[0]))
        return cli_finish(cli_command_local.run(&cli_command_local, argc, argv));
    command = argc > 1 ? find(strcmp(argv[1], "help") == 0 ? argv[2] : argv[1]) : NULL;
    if (command)
        return cli_dispatch(command, argc, argv);
    fputs("codedeploy-host is a part of codedeploy, which starts it.\nTry 'codedeploy --help'.\n",
          stderr);
    return CLI_USAGE;
}
