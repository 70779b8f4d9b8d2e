/* SPDX-License-Identifier: MIT */
#ifndef CLI_H
#define CLI_H

/* What the commands share: exit codes, input, output, errors. */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <codedeploy/codedeploy.h>

enum cli_exit {
    CLI_CLEAN = 0,
    CLI_FINDINGS = 1, /* the input has errors, the deployment failed, the answer is no */
    CLI_USAGE = 2,
    CLI_IO = 3 /* a file cannot be read, output cannot be written, no memory */
};

typedef struct cli_command {
    const char *name;
    /* For --help of the whole; NULL where commands.inc has it. */
    const char *summary;
    /* The whole text of --help, usage line first. */
    const char *help;
    /* argv[0] is the command's own name. Returns a cli_exit. */
    int (*run)(const struct cli_command *self, int argc, char **argv);
} cli_command;

/* Says what is wrong with the command line and how to get help; returns CLI_USAGE. */
int cli_usage(const cli_command *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Says that there is no diagnostic of that name, and which is near; returns CLI_USAGE. */
int cli_unknown_code(const cli_command *self, const char *name);

/* Says what failed, "codedeploy: " in front; returns CLI_IO. */
int cli_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Reads a whole file, "-" for standard input. On failure says why and returns false. The bytes are
 * followed by a NUL; free() them. What is longer than `limit` is cut there, one byte past it, so
 * that the library sees and reports that the input is too long.
 */
bool cli_read(const char *path, size_t limit, char **bytes, size_t *length);

/* Writes a file so that it is either the old or the new one: temporary file beside it, fsync,
 * rename. Keeps mode and owner of what it replaces. Says why when it returns false. */
bool cli_replace_file(const char *path, const char *bytes, size_t length);

/* Prints one of the library's texts. */
void cli_put(FILE *stream, cdp_string text);

/* Flushes standard output; CLI_IO when something could not be written, otherwise `exit`. */
int cli_finish(int exit);

/* True when `stream` is a terminal and neither NO_COLOR nor TERM=dumb asks for plain text;
 * CLICOLOR_FORCE forces it. */
bool cli_wants_colour(FILE *stream);

/* Columns of the terminal behind `stream`, or $COLUMNS, or 80. */
int cli_columns(FILE *stream);

/* Parses an option of fixed words; the index, or -1 after saying what is allowed. */
int cli_choice(const cli_command *self, const char *option, const char *word,
               const char *const *words, size_t count);

bool cli_is_option(const char *word, const char *longer, const char *shorter);

/* True for a link by the official command's name, which stands for `codedeploy local`. */
bool cli_is_local(const char *program);

/* Runs the command whose name argv[1] is, or shows its help (also for "help NAME") or the version. */
int cli_dispatch(const cli_command *command, int argc, char **argv);

#endif
