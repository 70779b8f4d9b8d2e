/* SPDX-License-Identifier: MIT */
#include "group_file.h"

#include <stdlib.h>
#include <string.h>

bool group_file_open(group_file *file, const char *name, const cdp_group_options *options)
{
    cdp_limits limits = {.size = sizeof limits};
    cdp_status status;

    *file = (group_file){.name = strcmp(name, "-") == 0 ? "standard input" : name};
    if (cdp_limits_default(&limits) != CDP_OK ||
        !cli_read(name, limits.input_bytes, &file->bytes, &file->length))
        return false;
    status = cdp_diagnostics_new(NULL, NULL, &file->diagnostics);
    if (status == CDP_OK)
        status =
            cdp_group_parse(file->bytes, file->length, options, file->diagnostics, &file->group);
    if (status == CDP_ERR_NOMEM) {
        cli_fail("%s: out of memory", file->name);
        return false;
    }
    (void)cdp_diagnostics_sort(file->diagnostics);
    return true;
}

void group_file_close(group_file *file)
{
    cdp_group_free(file->group);
    cdp_diagnostics_free(file->diagnostics);
    free(file->bytes);
    *file = (group_file){.name = NULL};
}

findings_file group_file_findings(const group_file *file)
{
    cdp_platform platform = cdp_group_platform(file->group);

    return (findings_file){
        .name = file->name,
        .text = {file->bytes, file->length},
        .platform = platform == CDP_PLATFORM_AUTO ? NULL : cdp_platform_name(platform),
        .has_platform = true,
        .valid = file->group != NULL,
        .diagnostics = file->diagnostics,
    };
}

void group_file_report(const group_file *file)
{
    findings_file findings = group_file_findings(file);

    findings_report(&findings);
}
