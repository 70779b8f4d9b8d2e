/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_FINDINGS_H
#define CDP_GROUP_FINDINGS_H

#include "base/number.h"
#include "base/report.h"
#include "base/text.h"
#include "document/document.h"

/*
 * Where the room reports to. Nodes belong to `document`, except that those up to `offset` are of
 * `base`: text that nobody has seen, so they have pointers but no places.
 */
typedef struct cdp_findings {
    const cdp_document *document;
    const cdp_document *base;
    cdp_node offset;
    bool without_places; /* nobody has seen `document` either */
    cdp_diagnostics *diagnostics;
    cdp_text scratch;
    size_t errors;
    cdp_status status; /* CDP_OK or CDP_ERR_NOMEM */
} cdp_findings;

void cdp_findings_init(cdp_findings *findings, const cdp_allocator *allocator,
                       cdp_diagnostics *diagnostics);
void cdp_findings_release(cdp_findings *findings);

/* Completes the report with place and pointer of a node, and sends it. */
void cdp_findings_report(cdp_findings *findings, cdp_node node, cdp_report report);

/* The same for something that should stand in `object` under `member`. */
void cdp_findings_missing(cdp_findings *findings, cdp_node object, const char *member,
                          cdp_report report);

#endif
