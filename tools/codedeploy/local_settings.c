/* SPDX-License-Identifier: MIT */
#include "local.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usual_config[] = "/etc/codedeploy-agent/conf/codedeployagent.yml";
static const char usual_root[] = "/opt/codedeploy-agent/deployment-root";

static cdp_string text(const char *c)
{
    return (cdp_string){c, strlen(c)};
}

int local_take_mode(const cli_command *self, local_settings *s, const char *word)
{
    static const char *const words[] = {"transactional", "compatible"};
    int chosen = cli_choice(self, "--mode", word, words, 2);

    s->deploy.mode = chosen == 1 ? CDP_INSTALL_COMPATIBLE : CDP_INSTALL_TRANSACTIONAL;
    return chosen < 0 ? CLI_USAGE : CLI_CLEAN;
}

int local_take_behaviour(const cli_command *self, local_settings *s, const char *word)
{
    static const char *const words[] = {"DISALLOW", "OVERWRITE", "RETAIN"};
    int chosen = cli_choice(self, "--file-exists-behavior", word, words, 3);

    s->deploy.file_exists_behavior = (cdp_file_exists_behavior)(CDP_FILE_EXISTS_DISALLOW + chosen);
    return chosen < 0 ? CLI_USAGE : CLI_CLEAN;
}

int local_take_type(const cli_command *self, local_settings *s, const char *word)
{
    static const char *const words[] = {"directory", "zip", "tar", "tgz"};
    int chosen = cli_choice(self, "--type", word, words, 4);

    s->deploy.bundle_type = (cdp_posix_bundle_type)(CDP_POSIX_BUNDLE_DIRECTORY + chosen);
    return chosen < 0 ? CLI_USAGE : CLI_CLEAN;
}

/* It names folders and files: one component of a path, and none of the agent's own. */
int local_take_group(const cli_command *self, local_settings *s, const char *id)
{
    static const char *const reserved[] = {".", "..", "deployment-instructions", "deployment-logs",
                                           "ongoing-deployment"};
    bool is_usable = *id && strlen(id) < 200 && !strchr(id, '/');

    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        is_usable = is_usable && strcmp(id, reserved[i]) != 0;
    if (!is_usable)
        return cli_usage(self, "'%s' cannot be the id of a group, which names a folder", id);
    s->deploy.group_id = text(id);
    return CLI_CLEAN;
}

int local_take_events(const cli_command *self, local_settings *s, char *list)
{
    for (char *name = strtok(list, ","); name; name = strtok(NULL, ",")) {
        if (s->deploy.event_count == CDP_LIFECYCLE_MAX_EVENTS)
            return cli_usage(self, "more than %d events", CDP_LIFECYCLE_MAX_EVENTS);
        s->events[s->deploy.event_count++] = text(name);
    }
    s->deploy.events = s->events;
    return CLI_CLEAN;
}

static int read_config(local_settings *s, const char *path)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status;

    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        return cli_fail("out of memory");
    status = cdp_posix_agent_config_read(text(path), diagnostics, &s->agent);
    local_print_diagnostics(diagnostics);
    cdp_diagnostics_free(diagnostics);
    if (status == CDP_OK)
        status = cdp_posix_agent_config_apply(s->agent, &s->deploy);
    return status == CDP_OK ? CLI_CLEAN : CLI_IO;
}

int local_find_root(local_settings *s)
{
    const char *path = s->config;
    size_t length = (s->root ? strlen(s->root) : 0) + sizeof usual_root;
    int exit = CLI_CLEAN;

    if (!path && !s->root && access(usual_config, F_OK) == 0)
        path = usual_config;
    if (path)
        exit = read_config(s, path);
    if (exit != CLI_CLEAN)
        return exit;
    if (s->root)
        s->deploy.destination_root = text(s->root);
    if (s->deploy.root_directory.data)
        return CLI_CLEAN;
    s->agent_root = malloc(length);
    if (!s->agent_root)
        return cli_fail("out of memory");
    snprintf(s->agent_root, length, "%s%s", s->root ? s->root : "", usual_root);
    s->deploy.root_directory = text(s->agent_root);
    return CLI_CLEAN;
}

int local_make_root(const local_settings *s)
{
    if (s->root && mkdir(s->root, 0755) != 0 && errno != EEXIST)
        return cli_fail("%s: %s", s->root, strerror(errno));
    return CLI_CLEAN;
}

void local_release(local_settings *s)
{
    cdp_posix_agent_config_free(s->agent);
    free(s->agent_root);
}

int local_exit_of(cdp_status status)
{
    switch (status) {
    case CDP_OK:
        return CLI_CLEAN;
    case CDP_ERR_NOT_FOUND:
    case CDP_ERR_DENIED:
    case CDP_ERR_FULL:
    case CDP_ERR_IO:
    case CDP_ERR_NOMEM:
        return CLI_IO;
    case CDP_ERR_ARGUMENT:
        return CLI_USAGE;
    default:
        return CLI_FINDINGS;
    }
}

void local_print_diagnostics(const cdp_diagnostics *diagnostics)
{
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};

        if (cdp_diagnostics_at(diagnostics, i, &found) != CDP_OK)
            continue;
        fprintf(stderr, "codedeploy: %s: ", cdp_severity_name(found.severity));
        cli_put(stderr, found.message);
        fputc('\n', stderr);
        if (found.hint.data && found.severity == CDP_SEVERITY_ERROR) {
            fputs("  hint: ", stderr);
            cli_put(stderr, found.hint);
            fputc('\n', stderr);
        }
    }
}
