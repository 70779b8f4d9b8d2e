/* SPDX-License-Identifier: MIT */
#include "read.h"

#include <codedeploy/codedeploy.h>

size_t bench_read(const char *text, size_t length)
{
    cdp_appspec *appspec = NULL;
    cdp_diagnostics *diagnostics = NULL;
    size_t bytes = 0;

    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK)
        return 0;
    if (cdp_appspec_parse(text, length, NULL, diagnostics, &appspec) == CDP_OK)
        for (size_t i = 0; i < cdp_appspec_file_count(appspec); i++) {
            cdp_appspec_file file = {.size = sizeof file};

            if (cdp_appspec_file_at(appspec, i, &file) == CDP_OK)
                bytes += file.source.length + file.destination.length;
        }
    cdp_appspec_free(appspec);
    cdp_diagnostics_free(diagnostics);
    return bytes;
}
