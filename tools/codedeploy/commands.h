/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "cli.h"

/* Each command is one cli_command, defined in the file that is named after it. */
#define COMMAND(name) extern const cli_command cli_command_##name;
#include "commands.inc"
#undef COMMAND

#endif
