/* SPDX-License-Identifier: MIT */
/* codedeploy show, convert, init: AppSpecs written out. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <string.h>
#include <unistd.h>

#include "appspec_file.h"
#include "commands.h"

static const char *const notations[] = {"yaml", "json", "xml"};

static cdp_appspec_notation notation_of(int index)
{
    return (cdp_appspec_notation)(CDP_APPSPEC_NOTATION_YAML + index);
}

typedef cdp_status (*writer)(const cdp_appspec *appspec, cdp_appspec_notation notation,
                             cdp_text *text);

/* Parses, writes to standard output, shows errors (and for a refused file everything). */
static int print(const char *name, cdp_platform platform, cdp_appspec_notation notation,
                 writer write)
{
    const cdp_appspec_options options = {
        .size = sizeof options, .platform = platform, .host = CDP_APPSPEC_HOST_ANY};
    cdp_text *text = NULL;
    appspec_file file;
    cdp_status status;

    if (!name)
        name = appspec_file_default();
    if (!name || !appspec_file_open(&file, name, &options))
        return CLI_IO;
    if (!appspec_file_check(&file, CDP_SEVERITY_ERROR)) {
        appspec_file_close(&file);
        return CLI_FINDINGS;
    }
    status = cdp_text_new(NULL, &text);
    if (status == CDP_OK)
        status = write(file.appspec, notation, text);
    if (status == CDP_OK) {
        cdp_string written = cdp_text_string(text);

        cli_put(stdout, written);
        if (written.length == 0 || written.data[written.length - 1] != '\n')
            putchar('\n');
    }
    cdp_text_free(text);
    appspec_file_close(&file);
    if (status == CDP_ERR_UNSUPPORTED) {
        fprintf(stderr, "codedeploy: %s: %s cannot hold one of its values\n", name,
                notations[notation - CDP_APPSPEC_NOTATION_YAML]);
        return CLI_FINDINGS;
    }
    return status == CDP_OK ? CLI_CLEAN : cli_fail("%s: %s", name, cdp_status_message(status));
}

static int run_show(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {{"platform", required_argument, NULL, 'p'},
                                            {"format", required_argument, NULL, 'f'},
                                            {NULL, 0, NULL, 0}};
    int platform = CDP_PLATFORM_AUTO;
    int format = 1;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'p')
            platform = cli_choice(self, "--platform", optarg, appspec_platforms, 4);
        else if (option == 'f')
            format = cli_choice(self, "--format", optarg, notations, 2);
        else
            return cli_usage(self, "wrong option");
        if (platform < 0 || format < 0)
            return CLI_USAGE;
    }
    if (argc - optind > 1)
        return cli_usage(self, "one file at a time");
    return print(argv[optind], (cdp_platform)platform, notation_of(format),
                 cdp_appspec_write_normalized);
}

static int run_convert(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {{"platform", required_argument, NULL, 'p'},
                                            {"to", required_argument, NULL, 't'},
                                            {NULL, 0, NULL, 0}};
    int platform = CDP_PLATFORM_AUTO;
    int to = -2;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'p')
            platform = cli_choice(self, "--platform", optarg, appspec_platforms, 4);
        else if (option == 't')
            to = cli_choice(self, "--to", optarg, notations, 3);
        else
            return cli_usage(self, "wrong option");
        if (platform < 0 || to == -1)
            return CLI_USAGE;
    }
    if (to < 0)
        return cli_usage(self, "--to yaml, json or xml is missing");
    if (argc - optind > 1)
        return cli_usage(self, "one file at a time");
    return print(argv[optind], (cdp_platform)platform, notation_of(to), cdp_appspec_write);
}

/* Never replaces a file that is there already. */
static int write_new_file(const char *path, cdp_string text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool done = fd >= 0 && write(fd, text.data, text.length) == (ssize_t)text.length;
    int error = errno;

    if (fd >= 0) {
        done = close(fd) == 0 && done;
        if (!done)
            unlink(path);
    }
    return done ? CLI_CLEAN : cli_fail("%s: %s", path, strerror(error));
}

static int run_init(const cli_command *self, int argc, char **argv)
{
    static const struct option options[] = {{"output", required_argument, NULL, 'o'},
                                            {NULL, 0, NULL, 0}};
    const char *output = NULL;
    cdp_text *text = NULL;
    cdp_status status;
    int platform;
    int exit = CLI_CLEAN;
    int option;

    while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
        if (option != 'o')
            return cli_usage(self, "wrong option");
        output = optarg;
    }
    if (argc - optind != 1)
        return cli_usage(self, "name a platform: server, lambda or ecs");
    platform = cli_choice(self, "init", argv[optind], appspec_platforms + 1, 3);
    if (platform < 0)
        return CLI_USAGE;
    status = cdp_text_new(NULL, &text);
    if (status == CDP_OK)
        status = cdp_appspec_write_starter((cdp_platform)(platform + 1), text);
    if (status != CDP_OK)
        exit = cli_fail("%s", cdp_status_message(status));
    else if (output)
        exit = write_new_file(output, cdp_text_string(text));
    else
        cli_put(stdout, cdp_text_string(text));
    cdp_text_free(text);
    return exit;
}

const cli_command cli_command_show = {
    "show",
    "show an AppSpec as the agent understands it",
    "Usage: codedeploy show [--platform server|lambda|ecs|auto] [--format json|yaml] [FILE]\n"
    "\n"
    "Prints the canonical form of an AppSpec, with the values that the agent takes from it: every\n"
    "member of every section, defaults filled in, modes after YAML has had its way with them.\n"
    "FILE '-' is standard input; without FILE the AppSpec of the current directory.\n"
    "A file that is refused is not shown: its errors go to standard error, exit status 1.\n",
    run_show,
};

const cli_command cli_command_convert = {
    "convert",
    "write an AppSpec as YAML, JSON or XML",
    "Usage: codedeploy convert --to yaml|json|xml [--platform server|lambda|ecs|auto] [FILE]\n"
    "\n"
    "Prints the AppSpec in another notation, so that every agent reads it alike; comments are not\n"
    "kept. FILE '-' is standard input; without FILE the AppSpec of the current directory.\n"
    "XML is an extension that no agent reads.\n",
    run_convert,
};

const cli_command cli_command_init = {
    "init",
    "print a commented AppSpec to begin with",
    "Usage: codedeploy init server|lambda|ecs [-o FILE]\n"
    "\n"
    "Prints a commented AppSpec for a platform.\n"
    "\n"
    "  -o, --output FILE  write it there instead; a file that exists is not replaced\n",
    run_init,
};
