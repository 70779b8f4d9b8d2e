/* SPDX-License-Identifier: MIT */
#ifndef APPSPEC_FILE_H
#define APPSPEC_FILE_H

/* An AppSpec file as the commands take it: found, read, parsed. */

#include "cli.h"
#include "findings.h"

/* The words of --platform, in the order of cdp_platform. */
extern const char *const appspec_platforms[4];
/* The words of --profile, in the order of cdp_appspec_profile. */
extern const char *const appspec_profiles[2];

typedef struct appspec_file {
    const char *name;
    char *bytes;
    size_t length;
    cdp_diagnostics *diagnostics;
    /* NULL when it is refused; `status` says how. */
    cdp_appspec *appspec;
    cdp_status status;
} appspec_file;

/* The AppSpec of the current directory, or NULL after saying that there is none. */
const char *appspec_file_default(void);

/*
 * Reads and parses; `name` "-" is standard input. Returns false, after saying why, when the file
 * cannot be read or memory is short. A file that is refused is no such failure.
 */
bool appspec_file_open(appspec_file *file, const char *name, const cdp_appspec_options *options);
void appspec_file_close(appspec_file *file);

/* The file's findings, for the printers of findings.h. */
findings_file appspec_file_findings(const appspec_file *file);

/*
 * For commands whose output is not the findings: shows those of at least this severity on standard
 * error. Returns whether the file was accepted.
 */
bool appspec_file_check(const appspec_file *file, cdp_severity severity);

#endif
