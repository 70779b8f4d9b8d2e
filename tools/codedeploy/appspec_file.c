/* SPDX-License-Identifier: MIT */
#include "appspec_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const appspec_platforms[4] = {"auto", "server", "lambda", "ecs"};
const char *const appspec_profiles[2] = {"agent", "strict"};

const char *appspec_file_default(void)
{
    static const char *const names[] = {"appspec.yml", "appspec.yaml", "appspec.json"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (access(names[i], F_OK) == 0)
            return names[i];
    }
    cli_fail("there is no appspec.yml, appspec.yaml or appspec.json here; name a file");
    return NULL;
}

bool appspec_file_open(appspec_file *file, const char *name, const cdp_appspec_options *options)
{
    cdp_limits limits = {.size = sizeof limits};

    memset(file, 0, sizeof *file);
    file->name = name;
    if (cdp_limits_default(&limits) != CDP_OK ||
        !cli_read(name, limits.input_bytes, &file->bytes, &file->length))
        return false;
    file->status = cdp_diagnostics_new(NULL, NULL, &file->diagnostics);
    if (file->status == CDP_OK)
        file->status = cdp_appspec_parse(file->bytes, file->length, options, file->diagnostics,
                                         &file->appspec);
    if (file->appspec || file->status == CDP_ERR_INVALID || file->status == CDP_ERR_LIMIT ||
        cdp_diagnostics_count_at_least(file->diagnostics, CDP_SEVERITY_ERROR) > 0)
        return true;
    cli_fail("%s: %s", name, cdp_status_message(file->status));
    appspec_file_close(file);
    return false;
}

void appspec_file_close(appspec_file *file)
{
    cdp_appspec_free(file->appspec);
    cdp_diagnostics_free(file->diagnostics);
    free(file->bytes);
    memset(file, 0, sizeof *file);
}

findings_file appspec_file_findings(const appspec_file *file)
{
    return (findings_file){
        .name = file->name,
        .text = {file->bytes, file->length},
        .platform = file->appspec ? cdp_platform_name(cdp_appspec_platform(file->appspec)) : NULL,
        .has_platform = true,
        .valid = file->appspec != NULL,
        .diagnostics = file->diagnostics,
    };
}

bool appspec_file_check(const appspec_file *file, cdp_severity severity)
{
    findings_file findings = appspec_file_findings(file);
    findings_printer printer;

    findings.least_severity = severity;
    findings_begin(&printer, stderr, FINDINGS_TEXT);
    findings_print(&printer, &findings);
    findings_end(&printer);
    return file->appspec != NULL;
}
