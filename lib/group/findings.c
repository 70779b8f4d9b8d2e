/* SPDX-License-Identifier: MIT */
#include "group/findings.h"

void cdp_findings_init(cdp_findings *findings, const cdp_allocator *allocator,
                       cdp_diagnostics *diagnostics)
{
    *findings = (cdp_findings){.diagnostics = diagnostics, .status = CDP_OK};
    cdp_text_init(&findings->scratch, allocator);
}

void cdp_findings_release(cdp_findings *findings)
{
    cdp_text_release(&findings->scratch);
}

static bool is_error(const cdp_report *report)
{
    cdp_diagnostic_info info = {.size = sizeof info};

    if (report->severity)
        return report->severity == CDP_SEVERITY_ERROR;
    return cdp_diagnostic_info_get(report->code, &info) == CDP_OK &&
           info.severity == CDP_SEVERITY_ERROR;
}

static void send(cdp_findings *findings, cdp_node node, const char *member, cdp_report *report)
{
    bool own = node > findings->offset;
    const cdp_document *document = own ? findings->document : findings->base;
    cdp_status status;

    node = own ? node - findings->offset : node;
    if (own && !findings->without_places && !report->place.line)
        report->place = cdp_node_place(document, node);
    cdp_text_clear(&findings->scratch);
    /* A pointer takes time: none is made for what a full list would only count. */
    if (cdp_diagnostics_dropped(findings->diagnostics) == 0)
        cdp_node_put_pointer(document, node, &findings->scratch);
    if (member) {
        cdp_text_put_byte(&findings->scratch, '/');
        cdp_text_put_c(&findings->scratch, member);
    }
    report->pointer = cdp_text_string(&findings->scratch);
    status = cdp_text_status(&findings->scratch);
    if (status == CDP_OK)
        status = cdp_diagnostics_report(findings->diagnostics, report);
    if (status != CDP_OK)
        findings->status = status;
}

void cdp_findings_report(cdp_findings *findings, cdp_node node, cdp_report report)
{
    cdp_findings_missing(findings, node, NULL, report);
}

void cdp_findings_missing(cdp_findings *findings, cdp_node object, const char *member,
                          cdp_report report)
{
    if (findings->status != CDP_OK)
        return;
    findings->errors += is_error(&report);
    if (findings->diagnostics)
        send(findings, object, member, &report);
}
