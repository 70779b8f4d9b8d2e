/* SPDX-License-Identifier: MIT */
#ifndef PARSING_H
#define PARSING_H

#include "testing.h"

#include "document/document.h"

/* A document with what was said of it. */
typedef struct parsed {
    cdp_status status;
    cdp_document *document;
    cdp_diagnostics *diagnostics;
} parsed;

parsed parse_with(const char *text, size_t length, const cdp_document_options *options);
parsed parse_yaml(const char *text);
parsed parse_json(const char *text);
void parsed_free(parsed *result);

/* The first diagnostic of a code, or the only one at all when the code is 0. */
cdp_diagnostic diagnostic_of(const parsed *result, cdp_diagnostic_code code);
bool was_reported(const parsed *result, cdp_diagnostic_code code);

/* A whole file; the caller frees it. */
char *read_file(const char *path, size_t *length);

/* The tree as text, one node a line, for comparing. The caller frees it. */
cdp_text *dump_tree(const cdp_document *document);
/* Appends every finding, one a line, with all that it says. */
void dump_findings(const cdp_diagnostics *diagnostics, cdp_text *text);

#endif
