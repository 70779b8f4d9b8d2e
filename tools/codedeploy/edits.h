/* SPDX-License-Identifier: MIT */
#ifndef EDITS_H
#define EDITS_H

/* The safe replacements that diagnostics carry: applied, or shown as a unified diff. */

#include "findings.h"

/*
 * Applies every replacement that does not overlap an earlier one. Returns the new text, to be
 * freed, or NULL without memory; `*count` is how many were applied.
 */
char *edits_apply(const findings_file *file, size_t *length, size_t *count);

/* Prints what edits_apply() would change, as a unified diff of the file with itself. */
bool edits_print_diff(FILE *stream, const findings_file *file, size_t *count);

#endif
