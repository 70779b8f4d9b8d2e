/* SPDX-License-Identifier: MIT */
/* codedeploy validate: everything that is wrong with an AppSpec. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "appspec_file.h"
#include "commands.h"
#include "edits.h"

enum { MOST_IGNORED = 256, MOST_ROUNDS = 10 };

typedef struct settings {
    cdp_appspec_options options;
    cdp_appspec_bundle bundle;
    int bundle_fd;
    findings_format format;
    cdp_severity fail_level;
    cdp_diagnostic_code ignored[MOST_IGNORED];
    size_t ignored_count;
    bool fix;
    bool diff;
} settings;

/* ---- the revision that --bundle names ---- */

static cdp_status look(cdp_string path, cdp_appspec_entry *entry, void *user)
{
    const settings *s = user;
    struct stat found;

    if (fstatat(s->bundle_fd, path.length ? path.data : ".", &found, 0) != 0)
        entry->kind = CDP_APPSPEC_ENTRY_MISSING;
    else if (S_ISREG(found.st_mode))
        entry->kind = CDP_APPSPEC_ENTRY_FILE;
    else if (S_ISDIR(found.st_mode))
        entry->kind = CDP_APPSPEC_ENTRY_DIRECTORY;
    else
        entry->kind = CDP_APPSPEC_ENTRY_OTHER;
    entry->executable = entry->kind == CDP_APPSPEC_ENTRY_FILE && (found.st_mode & 0111) != 0;
    return CDP_OK;
}

static cdp_status read_head(cdp_string path, char *buffer, size_t capacity, size_t *length,
                            void *user)
{
    const settings *s = user;
    int fd = openat(s->bundle_fd, path.data, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = fd >= 0 ? read(fd, buffer, capacity) : -1;

    if (fd >= 0)
        close(fd);
    if (got < 0)
        return CDP_PASSTHROUGH;
    *length = (size_t)got;
    return CDP_OK;
}

static bool open_bundle(settings *s, const char *folder)
{
    if (s->bundle_fd >= 0)
        close(s->bundle_fd);
    s->bundle_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s->bundle_fd < 0) {
        cli_fail("%s: %s", folder, strerror(errno));
        return false;
    }
    s->bundle = (cdp_appspec_bundle){
        .size = sizeof s->bundle, .look = look, .read_head = read_head, .user = s};
    s->options.bundle = &s->bundle;
    return true;
}

/* ---- options ---- */

static int add_ignored(const cli_command *self, settings *s, char *list)
{
    for (char *name = strtok(list, ","); name; name = strtok(NULL, ",")) {
        cdp_diagnostic_code code = cdp_diagnostic_code_from_name(name);

        if (!code)
            return cli_unknown_code(self, name);
        if (s->ignored_count == MOST_IGNORED)
            return cli_usage(self, "more than %d codes to ignore", MOST_IGNORED);
        s->ignored[s->ignored_count++] = code;
    }
    return CLI_CLEAN;
}

static int choose(const cli_command *self, const char *option, const char *const *words,
                  size_t count, int *chosen)
{
    *chosen = cli_choice(self, option, optarg, words, count);
    return *chosen < 0 ? CLI_USAGE : CLI_CLEAN;
}

static int take_option(const cli_command *self, settings *s, int option)
{
    static const char *const levels[] = {"note", "warning", "error"};
    int chosen = 0;
    int result = CLI_CLEAN;

    switch (option) {
    case 'p':
        result = choose(self, "--platform", appspec_platforms, 4, &chosen);
        s->options.platform = (cdp_platform)chosen;
        break;
    case 'P':
        result = choose(self, "--profile", appspec_profiles, 2, &chosen);
        s->options.profile = (cdp_appspec_profile)chosen;
        break;
    case 'f':
        result = choose(self, "--format", findings_formats, 4, &chosen);
        s->format = (findings_format)chosen;
        break;
    case 'l':
        result = choose(self, "--fail-level", levels, 3, &chosen);
        s->fail_level = (cdp_severity)(CDP_SEVERITY_NOTE + chosen);
        break;
    case 'b':
        result = open_bundle(s, optarg) ? CLI_CLEAN : CLI_IO;
        break;
    case 'i':
        result = add_ignored(self, s, optarg);
        break;
    case 'F':
        s->fix = true;
        break;
    case 'd':
        s->diff = true;
        break;
    default:
        result = cli_usage(self, "wrong option");
    }
    return result;
}

static int take_options(const cli_command *self, settings *s, int argc, char **argv)
{
    static const struct option options[] = {
        {"platform", required_argument, NULL, 'p'},
        {"profile", required_argument, NULL, 'P'},
        {"bundle", required_argument, NULL, 'b'},
        {"format", required_argument, NULL, 'f'},
        {"ignore", required_argument, NULL, 'i'},
        {"fail-level", required_argument, NULL, 'l'},
        {"fix", no_argument, NULL, 'F'},
        {"diff", no_argument, NULL, 'd'},
        {NULL, 0, NULL, 0},
    };
    int option;

    *s = (settings){.options = {.size = sizeof s->options, .suppressions = 1},
                    .bundle_fd = -1,
                    .fail_level = CDP_SEVERITY_ERROR};
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        int result = take_option(self, s, option);

        if (result != CLI_CLEAN)
            return result;
    }
    if (s->fix && s->diff)
        return cli_usage(self, "--fix and --diff exclude each other");
    return CLI_CLEAN;
}

/* ---- files ---- */

static findings_file findings_of(const settings *s, const appspec_file *file)
{
    findings_file findings = appspec_file_findings(file);
    cdp_platform platform = CDP_PLATFORM_AUTO;

    findings.ignored = s->ignored;
    findings.ignored_count = s->ignored_count;
    if (!findings.platform &&
        cdp_appspec_detect_platform(file->bytes, file->length, &s->options, &platform) != CDP_OK)
        platform = s->options.platform;
    if (platform != CDP_PLATFORM_AUTO)
        findings.platform = cdp_platform_name(platform);
    return findings;
}

/* Replaces the file by its corrected text, again while that brings up more to correct. */
static bool fix(const settings *s, appspec_file *file)
{
    for (int round = 0; round < MOST_ROUNDS; round++) {
        const findings_file findings = findings_of(s, file);
        const char *name = file->name;
        size_t length;
        size_t count;
        char *text = edits_apply(&findings, &length, &count);
        bool done;

        if (!text) {
            cli_fail("%s: out of memory", name);
            return false;
        }
        done = count == 0 || cli_replace_file(name, text, length);
        free(text);
        if (!done)
            return false;
        if (count == 0)
            break;
        appspec_file_close(file);
        if (!appspec_file_open(file, name, &s->options))
            return false;
    }
    return true;
}

static int validate(const settings *s, const char *name, findings_printer *printer)
{
    appspec_file file;
    findings_file findings;
    size_t count;
    int exit = CLI_CLEAN;

    if (!appspec_file_open(&file, name, &s->options))
        return CLI_IO;
    if (s->fix && !fix(s, &file)) {
        appspec_file_close(&file);
        return CLI_IO;
    }
    findings = findings_of(s, &file);
    if (!s->diff)
        findings_print(printer, &findings);
    else if (!edits_print_diff(stdout, &findings, &count))
        exit = cli_fail("%s: out of memory", name);
    if (exit == CLI_CLEAN && (findings_count(&findings, s->fail_level) > 0 ||
                              cdp_diagnostics_dropped(findings.diagnostics) > 0))
        exit = CLI_FINDINGS;
    appspec_file_close(&file);
    return exit;
}

static int run(const cli_command *self, int argc, char **argv)
{
    settings s;
    findings_printer printer;
    const char *fallback[] = {NULL};
    const char *const *files = (const char *const *)argv;
    int exit = take_options(self, &s, argc, argv);

    if (exit != CLI_CLEAN)
        return exit;
    if (optind == argc) {
        fallback[0] = appspec_file_default();
        if (!fallback[0])
            return CLI_IO;
        files = fallback;
        optind = 0;
        argc = 1;
    }
    for (int i = optind; s.fix && i < argc; i++) {
        if (strcmp(files[i], "-") == 0)
            return cli_usage(self, "--fix cannot replace standard input; --diff shows what it "
                                   "would do");
    }
    findings_begin(&printer, stdout, s.format);
    for (int i = optind; i < argc; i++) {
        int result = validate(&s, files[i], &printer);

        exit = result > exit ? result : exit;
    }
    if (!s.diff)
        findings_end(&printer);
    if (s.bundle_fd >= 0)
        close(s.bundle_fd);
    return exit;
}

const cli_command cli_command_validate = {
    "validate",
    "check AppSpec files",
    "Usage: codedeploy validate [OPTION]... [FILE]...\n"
    "\n"
    "Reports everything that is wrong with AppSpec files, each with its place and its remedy.\n"
    "FILE '-' is standard input. Without FILE: appspec.yml, appspec.yaml or appspec.json of the\n"
    "current directory, the first that is there.\n"
    "\n"
    "  --platform P      server, lambda, ecs, or auto (default): told from the file\n"
    "  --profile P       agent (default): refuse what the official agent 1.x refuses, warn of the\n"
    "                    rest; strict: also refuse what the documentation forbids and what the\n"
    "                    agents 1.x and 2.x read differently\n"
    "  --bundle DIR      the unpacked revision: also check that sources and scripts are there\n"
    "  --format F        text (default), json (an object for each file, one a line), sarif "
    "(2.1.0)\n"
    "                    or github (workflow annotations)\n"
    "  --ignore CODE     do not show this diagnostic; several with commas, or the option again\n"
    "  --fail-level L    the least severity that makes the exit status 1: error (default),\n"
    "                    warning or note\n"
    "  --fix             apply the safe replacements in place, then report what is left\n"
    "  --diff            show those replacements as a unified diff instead of the findings\n"
    "  --help, --version\n"
    "\n"
    "A comment '# codedeploy: ignore CODE' silences the warnings of that code on its own line, or\n"
    "on the next line when it stands alone. 'codedeploy explain CODE' says more of a diagnostic.\n"
    "\n"
    "Exit status: 0 clean, 1 findings, 2 wrong use, 3 a file cannot be read or output cannot be\n"
    "written.\n",
    run,
};
