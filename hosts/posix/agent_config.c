/* SPDX-License-Identifier: MIT */
#include <codedeploy-posix/agent_config.h>

#include <errno.h>
#include <stdlib.h>

#include "layout.h"

struct cdp_posix_agent_config {
    char *root_directory;
    uint32_t max_revisions;
};

/* `:key: value` or `key: value`: cuts both out of the line; false for anything else. */
static bool take_pair(char *line, char **key, char **value)
{
    size_t length;

    *key = line + (*line == ':');
    length = strcspn(*key, ": \t");
    if (length == 0 || (*key)[length] != ':')
        return false;
    (*key)[length] = '\0';
    *value = *key + length + 1;
    *value += strspn(*value, " \t");
    if (**value == '"' || **value == '\'') {
        char quote[2] = {**value, '\0'};

        (*value)++;
        (*value)[strcspn(*value, quote)] = '\0';
        return true;
    }
    for (char *comment = *value; *comment; comment++) {
        if (*comment == '#' && (comment == *value || comment[-1] == ' ')) {
            *comment = '\0';
            break;
        }
    }
    for (length = strlen(*value); length > 0 && strchr(" \t\r", (*value)[length - 1]); length--)
        (*value)[length - 1] = '\0';
    return true;
}

static cdp_status take_line(cdp_posix_agent_config *config, char *line, const char *path,
                            cdp_diagnostics *diagnostics)
{
    char *key;
    char *value;
    char *end;
    unsigned long number;

    if (!take_pair(line, &key, &value) || *value == '\0')
        return CDP_OK;
    if (strcmp(key, "root_dir") == 0) {
        free(config->root_directory);
        config->root_directory = strdup(value);
        return config->root_directory ? CDP_OK : CDP_ERR_NOMEM;
    }
    if (strcmp(key, "max_revisions") != 0)
        return CDP_OK;
    number = strtoul(value, &end, 10);
    if (*end || number < 1 || number > 1000000 || *value == '-') {
        px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SYSTEM, "take `max_revisions` from", path,
                  "it must be a whole number from 1 on", NULL);
        return CDP_ERR_INVALID;
    }
    config->max_revisions = (uint32_t)number;
    return CDP_OK;
}

cdp_status cdp_posix_agent_config_read(cdp_string path, cdp_diagnostics *diagnostics,
                                       cdp_posix_agent_config **config)
{
    cdp_posix_agent_config *made;
    px_error_text words;
    cdp_status status = CDP_OK;
    char *text;

    if (!px_is_text(path) || !config)
        return CDP_ERR_ARGUMENT;
    errno = 0;
    text = px_read_small(path.data);
    if (!text) {
        px_report(diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SYSTEM, "read", path.data,
                  px_describe(errno, &words), NULL);
        return CDP_ERR_IO;
    }
    made = calloc(1, sizeof *made);
    if (!made)
        status = CDP_ERR_NOMEM;
    else
        made->max_revisions = 5;
    for (char *line = text; status == CDP_OK && *line;) {
        size_t length = strcspn(line, "\n");
        bool last = line[length] == '\0';

        line[length] = '\0';
        status = take_line(made, line, path.data, diagnostics);
        line += length + !last;
    }
    free(text);
    if (status != CDP_OK) {
        cdp_posix_agent_config_free(made);
        return status;
    }
    *config = made;
    return CDP_OK;
}

void cdp_posix_agent_config_free(cdp_posix_agent_config *config)
{
    if (config)
        free(config->root_directory);
    free(config);
}

cdp_string cdp_posix_agent_config_root_directory(const cdp_posix_agent_config *config)
{
    return config && config->root_directory ? px_string(config->root_directory)
                                            : (cdp_string){NULL, 0};
}

uint32_t cdp_posix_agent_config_max_revisions(const cdp_posix_agent_config *config)
{
    return config ? config->max_revisions : 5;
}
