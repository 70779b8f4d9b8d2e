/* SPDX-License-Identifier: MIT */
#ifndef GROUP_FILE_H
#define GROUP_FILE_H

/* Deployment groups in files. */

#include "findings.h"

typedef struct group_file {
    const char *name;
    char *bytes;
    size_t length;
    cdp_diagnostics *diagnostics;
    /* NULL when the group is refused. */
    cdp_group *group;
} group_file;

/* Reads a file, "-" for standard input. False, having said why, when that cannot be done; a group
 * that is refused is no failure. Close it in any case. */
bool group_file_open(group_file *file, const char *name, const cdp_group_options *options);
void group_file_close(group_file *file);

findings_file group_file_findings(const group_file *file);
/* Tells the findings on standard error. */
void group_file_report(const group_file *file);

#endif
