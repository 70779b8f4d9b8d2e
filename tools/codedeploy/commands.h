/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "cli.h"

/* Each command is one cli_command, defined in the file that is named after it. */
#define COMMAND(name) extern const cli_command cli_command_##name;
#define HOST_COMMAND(name, summary) COMMAND(name)
#include "commands.inc"
#undef HOST_COMMAND
#undef COMMAND

#endif
