/* SPDX-License-Identifier: MIT */
#ifndef FINDINGS_H
#define FINDINGS_H

/* Shows the diagnostics of one or more files: text, JSON lines, SARIF 2.1.0 or GitHub annotations. */

#include "cli.h"
#include "json.h"

typedef enum findings_format {
    FINDINGS_TEXT,
    FINDINGS_JSON,
    FINDINGS_SARIF,
    FINDINGS_GITHUB
} findings_format;

/* The words of --format, in the order of the enumerators. */
extern const char *const findings_formats[4];

enum { FINDINGS_MOST_CODES = 1024 };

typedef struct findings_printer {
    FILE *stream;
    findings_format format;
    bool colour;
    json json;
    /* What SARIF lists as rules: the codes met so far. */
    cdp_diagnostic_code used[FINDINGS_MOST_CODES];
    size_t used_count;
} findings_printer;

/* One file that was looked at. */
typedef struct findings_file {
    const char *name;
    cdp_string text;
    /* The platform's name, or NULL when it was not found out; `has_platform` 0 leaves it out. */
    const char *platform;
    bool has_platform;
    bool valid;
    const cdp_diagnostics *diagnostics;
    /* Codes that are not shown. */
    const cdp_diagnostic_code *ignored;
    size_t ignored_count;
    /* Findings below this are not shown; 0 shows all. */
    cdp_severity least_severity;
} findings_file;

void findings_begin(findings_printer *printer, FILE *stream, findings_format format);
void findings_print(findings_printer *printer, const findings_file *file);
void findings_end(findings_printer *printer);
/* All at once, as text on standard error. */
void findings_report(const findings_file *file);

/* Findings that are shown and have this severity or a graver one. */
size_t findings_count(const findings_file *file, cdp_severity severity);

/* Reads the finding at `index`; false when it is one that is not shown. */
bool findings_shown(const findings_file *file, size_t index, cdp_diagnostic *found);

/* In findings_sarif.c. */
void findings_sarif_begin(findings_printer *printer);
void findings_sarif_print(findings_printer *printer, const findings_file *file);
void findings_sarif_end(findings_printer *printer);

#endif
