/* SPDX-License-Identifier: MIT */
/* Checks an AppSpec and prints what is wrong with it: validate FILE */
#include <stdio.h>

#include <codedeploy/codedeploy.h>

int main(int argc, char **argv)
{
    static char text[1024 * 1024];
    cdp_diagnostics *diagnostics = NULL;
    cdp_appspec *appspec = NULL;
    cdp_status status = CDP_ERR_NOMEM;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;

    if (!file) {
        fprintf(stderr, "Usage: validate FILE\n");
        return 2;
    }
    size_t length = fread(text, 1, sizeof text, file);
    fclose(file);
    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) == CDP_OK)
        status = cdp_appspec_parse(text, length, NULL, diagnostics, &appspec);
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};

        if (cdp_diagnostics_at(diagnostics, i, &found) == CDP_OK)
            printf("%s:%u:%u: %s: %s\n", argv[1], (unsigned)found.line, (unsigned)found.column,
                   cdp_severity_name(found.severity), found.message.data);
    }
    if (status == CDP_OK)
        printf("%s: a valid AppSpec for %s\n", argv[1],
               cdp_platform_name(cdp_appspec_platform(appspec)));
    cdp_appspec_free(appspec);
    cdp_diagnostics_free(diagnostics);
    return status == CDP_OK ? 0 : 1;
}
