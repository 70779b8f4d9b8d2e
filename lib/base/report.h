/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_REPORT_H
#define CDP_BASE_REPORT_H

#include <codedeploy/diagnostics.h>

#include <stdbool.h>

#include "base/strings.h"
#include "base/text.h"

/* A place in a text: bytes from 0, lines and columns from 1, all 0 when there is none. */
typedef struct cdp_place {
    size_t offset;
    size_t end_offset;
    uint32_t line;
    uint32_t column;
    uint32_t end_line;
    uint32_t end_column;
} cdp_place;

/*
 * How the library's own rooms report a finding: the message is the registry's, with `arguments`
 * put in place of {0}, {1} … and made printable. Members left zero mean: the registry's severity,
 * the registry's hint, no place, no pointer, no fix.
 */
typedef struct cdp_report {
    cdp_diagnostic_code code;
    cdp_severity severity;
    cdp_place place;
    cdp_string arguments[4];
    cdp_string pointer;
    cdp_string hint;
    size_t fix_offset;
    size_t fix_length;
    cdp_string fix_text;
} cdp_report;

/* The pattern with `arguments` in place of {0} to {3}, printable and shortened if very long. */
void cdp_text_put_filled(cdp_text *text, cdp_string pattern, const cdp_string arguments[4]);

/*
 * CDP_OK, also when `diagnostics` is NULL or full; CDP_ERR_NOMEM. `hint` may hold placeholders too.
 */
cdp_status cdp_diagnostics_report(cdp_diagnostics *diagnostics, const cdp_report *report);

/* The same on the way out: `status`, unless reporting itself fails. */
static inline cdp_status cdp_diagnostics_refuse(cdp_status status, cdp_diagnostics *diagnostics,
                                                const cdp_report *report)
{
    cdp_status reported = cdp_diagnostics_report(diagnostics, report);

    return reported == CDP_OK ? status : reported;
}

/*
 * Appends all findings of one list to another, those that were only counted included. CDP_OK or
 * CDP_ERR_NOMEM, with some of them appended.
 */
cdp_status cdp_diagnostics_append(cdp_diagnostics *to, const cdp_diagnostics *from);

/* True when the list is full, and further findings are only counted. */
bool cdp_diagnostics_is_full(const cdp_diagnostics *diagnostics);

#endif
