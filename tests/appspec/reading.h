/* SPDX-License-Identifier: MIT */
#ifndef READING_H
#define READING_H

#include "testing.h"

#include <codedeploy/appspec.h>
#include <codedeploy/diagnostics.h>

#include <stdbool.h>

/* An AppSpec with what was said of it. */
typedef struct outcome {
    cdp_status status;
    cdp_appspec *appspec;
    cdp_diagnostics *diagnostics;
} outcome;

/* Options with `size` set, for a platform and a profile. */
cdp_appspec_options options_for(cdp_platform platform, cdp_appspec_profile profile);

outcome read_text(const char *text, size_t length, const cdp_appspec_options *options);
/* Server, in profile agent. */
outcome read_server(const char *text);
void outcome_free(outcome *reading);

/* The first finding of a code; fails when there is none. */
cdp_diagnostic finding_of(const outcome *reading, cdp_diagnostic_code code);
bool was_found(const outcome *reading, cdp_diagnostic_code code);
/* Prints all findings, for a test that is about to fail. */
void print_findings(const outcome *reading);

/* A whole file, with a NUL behind; the caller frees it. */
char *read_file(const char *path, size_t *length);

#endif
