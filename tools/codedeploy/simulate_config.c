/* SPDX-License-Identifier: MIT */
/* Which configuration a simulation runs with. */
#include "simulate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "findings.h"

static const char prefix[] = "CodeDeployDefault.";

static void report(const char *name, cdp_string text, cdp_diagnostics *diagnostics)
{
    findings_file file = {.name = name, .text = text, .diagnostics = diagnostics};

    (void)cdp_diagnostics_sort(diagnostics);
    findings_report(&file);
}

/* "8" or "85%"; negative and other impossible numbers are for the library to refuse. */
static bool read_minimum(const char *word, cdp_minimum_type *type, int64_t *value)
{
    char *end;

    errno = 0;
    *value = strtoll(word, &end, 10);
    if (end == word || errno || strchr(" \t\n\v\f\r+", *word))
        return false;
    *type = strcmp(end, "%") == 0 ? CDP_MINIMUM_FLEET_PERCENT : CDP_MINIMUM_HOST_COUNT;
    return *end == '\0' || strcmp(end, "%") == 0;
}

static bool is_minimum(const char *word)
{
    cdp_minimum_type type;
    int64_t value;

    return read_minimum(word, &type, &value);
}

static bool is_file(const char *word)
{
    const char *dot = strrchr(word, '.');

    return strchr(word, '/') || strcmp(word, "-") == 0 || (dot && strcmp(dot, ".json") == 0);
}

static int choose_minimum(const cli_command *self, config_choice *choice, const char *word,
                          const zone_wishes *zones, cdp_diagnostics *diagnostics)
{
    cdp_config_options options = {.size = sizeof options, .platform = CDP_PLATFORM_SERVER};

    if (!read_minimum(word, &options.minimum_type, &options.minimum_value))
        return cli_usage(self,
                         "a minimum is a number of instances such as 8, or a percentage such as "
                         "85%%, not '%s'",
                         word);
    options.has_zones = zones->wanted;
    options.has_zone_monitor_seconds = zones->has_wait;
    options.zone_monitor_seconds = zones->wait_seconds;
    options.has_first_zone_monitor_seconds = zones->has_first_wait;
    options.first_zone_monitor_seconds = zones->first_wait_seconds;
    if (zones->minimum &&
        !read_minimum(zones->minimum, &options.zone_minimum_type, &options.zone_minimum_value))
        return cli_usage(self,
                         "--zone-min-healthy takes a number of instances such as 8, or a "
                         "percentage such as 85%%, not '%s'",
                         zones->minimum);
    snprintf(choice->label, sizeof choice->label, "minimum %s", word);
    switch (cdp_config_new(&options, NULL, diagnostics, &choice->owned)) {
    case CDP_OK:
        choice->config = choice->owned;
        return CLI_CLEAN;
    case CDP_ERR_NOMEM:
        return cli_fail("out of memory");
    default:
        return CLI_FINDINGS;
    }
}

static int choose_file(config_choice *choice, const char *path, cdp_diagnostics *diagnostics)
{
    cdp_limits limits = {.size = sizeof limits};
    char *bytes;
    size_t length;
    cdp_status status;

    if (cdp_limits_default(&limits) != CDP_OK ||
        !cli_read(path, limits.input_bytes, &bytes, &length))
        return CLI_IO;
    status = cdp_config_parse(bytes, length, CDP_CONFIG_SHAPE_INFO, NULL, NULL, diagnostics,
                              &choice->owned);
    report(path, (cdp_string){bytes, length}, diagnostics);
    cdp_diagnostics_clear(diagnostics);
    free(bytes);
    if (status == CDP_ERR_NOMEM)
        return cli_fail("%s: out of memory", path);
    if (status != CDP_OK)
        return CLI_FINDINGS;
    choice->config = choice->owned;
    snprintf(choice->label, sizeof choice->label, "%s",
             cdp_config_name(choice->config).data ? cdp_config_name(choice->config).data : path);
    return CLI_CLEAN;
}

/* By its name, with or without what all predefined ones begin with. */
static int choose_name(config_choice *choice, const char *word, cdp_diagnostics *diagnostics)
{
    char whole[sizeof choice->label];
    int length = snprintf(whole, sizeof whole, "%s%s", prefix, word);

    if (strncmp(word, prefix, sizeof prefix - 1) == 0 || length >= (int)sizeof whole ||
        cdp_config_find((cdp_string){whole, (size_t)length}, NULL, 0, NULL, &choice->config) !=
            CDP_OK) {
        cdp_string name = {word, strlen(word)};

        if (cdp_config_find(name, NULL, 0, diagnostics, &choice->config) != CDP_OK)
            return CLI_FINDINGS;
    }
    snprintf(choice->label, sizeof choice->label, "%s", cdp_config_name(choice->config).data);
    return CLI_CLEAN;
}

/* Makes a diagnostics object around a choice, and tells what was found. */
static int choose(const cli_command *self, config_choice *choice, const char *word,
                  const zone_wishes *zones, bool minimum_only)
{
    cdp_diagnostics *diagnostics;
    int exit;

    *choice = (config_choice){.config = NULL};
    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        return cli_fail("out of memory");
    if (minimum_only || is_minimum(word))
        exit = choose_minimum(self, choice, word, zones, diagnostics);
    else if (zones->wanted)
        exit = cli_usage(self, "zones go with --min-healthy; other configurations bring their own");
    else if (is_file(word))
        exit = choose_file(choice, word, diagnostics);
    else
        exit = choose_name(choice, word, diagnostics);
    report(word, (cdp_string){NULL, 0}, diagnostics);
    cdp_diagnostics_free(diagnostics);
    return exit;
}

int config_choose(const cli_command *self, config_choice *choice, const char *word,
                  const zone_wishes *zones)
{
    return choose(self, choice, word, zones, false);
}

int config_choose_minimum(const cli_command *self, config_choice *choice, const char *word,
                          const zone_wishes *zones)
{
    return choose(self, choice, word, zones, true);
}

int config_check_use(const config_choice *choice, const fleet *f)
{
    cdp_config_use use = {.size = sizeof use,
                          .platform = CDP_PLATFORM_SERVER,
                          .blue_green = f->blue_green,
                          .on_premises = f->has_on_premises};
    cdp_diagnostics *diagnostics;
    cdp_status status;

    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        return cli_fail("out of memory");
    status = cdp_config_check_use(choice->config, &use, diagnostics);
    report(choice->label, (cdp_string){NULL, 0}, diagnostics);
    cdp_diagnostics_free(diagnostics);
    return status == CDP_OK ? CLI_CLEAN : CLI_FINDINGS;
}

void config_choice_free(config_choice *choice)
{
    cdp_config_free(choice->owned);
    *choice = (config_choice){.config = NULL};
}
