/* SPDX-License-Identifier: MIT */
#ifndef JSON_CASES_H
#define JSON_CASES_H

#include "testing.h"

#include <codedeploy/group.h>
#include <codedeploy/membership.h>

#include "document/document.h"

/*
 * A file of cases: {"presets": {NAME: {…}}, "cases": [{"name": "2.3 …", …}, …]}. Every case becomes a
 * test of that name.
 */
typedef struct case_file {
    cdp_document *document;
    cdp_node presets;
    cdp_node cases;
} case_file;

/* Runs every case of a file through `run`, as a test of its own. Returns what main() does. */
typedef void (*case_runner)(const case_file *file, cdp_node node);
int run_json_cases(const char *path, case_runner run);

/* A member of a case; 0 when it is absent. */
cdp_node case_member(const case_file *file, cdp_node node, const char *name);
/* A member's text; "" when it is absent. */
const char *case_text(const case_file *file, cdp_node node, const char *name);
/* A member as the JSON that stands in the file; absent when it is. */
cdp_string case_json(const case_file *file, cdp_node node, const char *name);

/* The members of the preset `on` and of the object `with` in one object, or `group` as it is; to be
 * freed. */
char *case_group(const case_file *file, cdp_node node);

cdp_diagnostics *new_diagnostics(void);

/* `error group-role-required /serviceRoleArn RoleRequiredException`, one line each, in the order of
 * the text; to be freed. */
char *listed(cdp_diagnostics *diagnostics);

/* Fails, showing both, unless the lines of `actual` are the strings of the list, in any order. */
void assert_lines(const case_file *file, cdp_node list, const char *actual);

/* Reads a group that has to be right. */
cdp_group *parse_group(const char *text, const cdp_group_options *options);
/* What is written of it; to be freed. */
char *written(const cdp_group *group, cdp_group_shape shape);

/* A whole file; to be freed. */
char *read_file(const char *path, size_t *length);

#endif
