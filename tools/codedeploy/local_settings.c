/* SPDX-License-Identifier: MIT */
#include "local.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

int local_find_root(local_settings *s)
{
    const char *path = s->config;
    cdp_posix_agent_config *config = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status = CDP_OK;
    size_t length = (s->root ? strlen(s->root) : 0) + sizeof usual_root;

    if (!path && !s->root && access(usual_config, F_OK) == 0)
        path = usual_config;
    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        return cli_fail("out of memory");
    if (path)
        status = cdp_posix_agent_config_read(text(path), diagnostics, &config);
    local_print_diagnostics(diagnostics);
    cdp_diagnostics_free(diagnostics);
    if (status != CDP_OK)
        return CLI_IO;
    if (config && cdp_posix_agent_config_root_directory(config).data)
        s->agent_root = strdup(cdp_posix_agent_config_root_directory(config).data);
    else if ((s->agent_root = malloc(length)))
        snprintf(s->agent_root, length, "%s%s", s->root ? s->root : "", usual_root);
    if (config)
        s->deploy.max_revisions = cdp_posix_agent_config_max_revisions(config);
    cdp_posix_agent_config_free(config);
    if (!s->agent_root)
        return cli_fail("out of memory");
    s->deploy.root_directory = text(s->agent_root);
    if (s->root) {
        if (mkdir(s->root, 0755) != 0 && errno != EEXIST)
            return cli_fail("%s: %s", s->root, strerror(errno));
        s->deploy.destination_root = text(s->root);
    }
    return CLI_CLEAN;
}

void local_release(local_settings *s)
{
    if (s->fetched)
        unlink(s->fetched);
    free(s->fetched);
    free(s->agent_root);
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

/* ---- remote locations ---- */

static bool starts_with(const char *word, const char *prefix)
{
    return strncmp(word, prefix, strlen(prefix)) == 0;
}

/* Runs `HELPER LOCATION FILE`, without a shell. */
static int run_helper(const char *helper, const char *location, const char *file)
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        execlp(helper, helper, location, file, (char *)NULL);
        _exit(127);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            child = -1;
    }
    if (child < 0)
        return cli_fail("%s: %s", helper, strerror(errno));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return cli_fail("%s could not fetch %s", helper, location);
    return CLI_CLEAN;
}

int local_fetch(const cli_command *self, local_settings *s, const char *location)
{
    const char *helper = getenv("CODEDEPLOY_FETCH");
    const char *folder = getenv("TMPDIR");
    size_t length;
    int fd;

    if (starts_with(location, "http:"))
        return cli_usage(self, "%s: plain http is refused, use https", location);
    if (!starts_with(location, "s3:") && !starts_with(location, "https:")) {
        s->deploy.bundle = text(starts_with(location, "file:") ? location + 5 : location);
        if (starts_with(location, "file://"))
            s->deploy.bundle = text(location + 7);
        return CLI_CLEAN;
    }
    if (!helper || !*helper)
        return cli_fail("%s: no helper fetches remote bundles; set CODEDEPLOY_FETCH to a program "
                        "that is run as 'PROGRAM LOCATION FILE' and writes the bundle to FILE",
                        location);
    length = strlen(folder ? folder : "/tmp") + sizeof "/codedeploy.XXXXXX";
    s->fetched = malloc(length);
    if (!s->fetched)
        return cli_fail("out of memory");
    snprintf(s->fetched, length, "%s/codedeploy.XXXXXX", folder ? folder : "/tmp");
    fd = mkstemp(s->fetched);
    if (fd < 0)
        return cli_fail("%s: %s", s->fetched, strerror(errno));
    close(fd);
    s->deploy.bundle = text(s->fetched);
    return run_helper(helper, location, s->fetched);
}
