/* SPDX-License-Identifier: MIT */
/*
 * Writes down which diagnostics the library reports in a test program: with CODEDEPLOY_SAID in the
 * environment, their numbers, one a line, at the end of that file. tests/diagnostics compares them with
 * the samples. The linker leads calls of the library's own reporting here (--wrap); what a test adds
 * itself does not count.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/report.h"

enum { MOST_CODES = 4096 };

cdp_status __real_cdp_diagnostics_report(cdp_diagnostics *diagnostics, const cdp_report *report);
cdp_status __wrap_cdp_diagnostics_report(cdp_diagnostics *diagnostics, const cdp_report *report);
cdp_status __real_cdp_diagnostics_add_filled(cdp_diagnostics *diagnostics, cdp_diagnostic_code code,
                                             const cdp_string *arguments, size_t count);
cdp_status __wrap_cdp_diagnostics_add_filled(cdp_diagnostics *diagnostics, cdp_diagnostic_code code,
                                             const cdp_string *arguments, size_t count);

static int said = -1;

/* Before the test can become somebody who may not. */
__attribute__((constructor)) static void open_said(void)
{
    const char *path = getenv("CODEDEPLOY_SAID");

    if (path)
        said = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

/* What cannot be written is missed there. */
static void write_down(cdp_diagnostic_code code)
{
    static char is_said[MOST_CODES];

    if (said >= 0 && (unsigned)code < MOST_CODES && !is_said[code]) {
        is_said[code] = 1;
        (void)!dprintf(said, "%d\n", (int)code);
    }
}

cdp_status __wrap_cdp_diagnostics_report(cdp_diagnostics *diagnostics, const cdp_report *report)
{
    write_down(report->code);
    return __real_cdp_diagnostics_report(diagnostics, report);
}

cdp_status __wrap_cdp_diagnostics_add_filled(cdp_diagnostics *diagnostics, cdp_diagnostic_code code,
                                             const cdp_string *arguments, size_t count)
{
    write_down(code);
    return __real_cdp_diagnostics_add_filled(diagnostics, code, arguments, count);
}
