/* SPDX-License-Identifier: MIT */
/* From a finding in the terms of this room to an entry in the list of findings. */
#include "appspec/work.h"

/* The escapes of RFC 6901. */
static void put_step(cdp_text *text, const appspec_step *step)
{
    cdp_text_put_byte(text, '/');
    if (!step->name.data) {
        cdp_text_put_uint(text, step->index);
        return;
    }
    for (size_t i = 0; i < step->name.length; i++) {
        char c = step->name.data[i];

        if (c == '~' || c == '/')
            cdp_text_put_c(text, c == '~' ? "~0" : "~1");
        else
            cdp_text_put_byte(text, c);
    }
}

static void put_path(appspec_work *work, const char *leaf)
{
    for (size_t i = 0; i < work->depth; i++)
        put_step(&work->pointer, &work->path[i]);
    if (leaf)
        put_step(&work->pointer, &(appspec_step){.name = cdp_string_of(leaf)});
}

static void fill(appspec_work *work, const appspec_finding *finding, cdp_report *report)
{
    report->hint = finding->hint;
    for (int i = 0; i < 4; i++)
        report->arguments[i] = finding->arguments[i];
    cdp_text_clear(&work->pointer);
    if (work->document && finding->node) {
        report->place = cdp_node_place(work->document, finding->node);
        cdp_node_put_pointer(work->document, finding->node, &work->pointer);
    } else {
        put_path(work, finding->leaf);
    }
    report->pointer = cdp_text_string(&work->pointer);
    if (finding->fix.data && report->place.line) {
        report->fix_text = finding->fix;
        report->fix_offset = report->place.offset;
        report->fix_length = report->place.end_offset - report->place.offset;
    }
}

void cdp_appspec_report(appspec_work *work, const appspec_finding *finding)
{
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_report report = {.code = finding->code, .severity = finding->severity};
    cdp_status status = cdp_diagnostic_info_get(finding->code, &info);

    if (status == CDP_OK && !finding->severity)
        report.severity = info.severity;
    if (status == CDP_OK && report.severity < CDP_SEVERITY_ERROR && work->suppression_count > 0 &&
        finding->node &&
        cdp_appspec_is_suppressed(work, cdp_node_place(work->document, finding->node).line,
                                  finding->code))
        return;
    if (status == CDP_OK && !finding->severity && cdp_appspec_is_strict(work))
        report.severity = info.strict_severity;
    work->errors += report.severity == CDP_SEVERITY_ERROR;
    if (!cdp_diagnostics_is_full(work->findings))
        fill(work, finding, &report);
    if (status == CDP_OK)
        status = cdp_diagnostics_report(work->findings, &report);
    if (status == CDP_OK)
        status = cdp_text_status(&work->pointer);
    if (status == CDP_OK)
        status = cdp_text_status(&work->hint);
    if (status != CDP_OK)
        cdp_appspec_fail(work, status);
}
