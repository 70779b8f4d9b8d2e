/* SPDX-License-Identifier: MIT */
#ifndef CDP_ROLLOUT_FIELDS_H
#define CDP_ROLLOUT_FIELDS_H

#include "rollout/machine.h"

/*
 * The plain numbers of a snapshot, by name: one list for writing and for reading. What they may be
 * is checked on reading.
 */
typedef enum cdp_field_kind {
    CDP_FIELD_INT = 0, /* int, or an enumeration */
    CDP_FIELD_INT64,
    CDP_FIELD_UINT32,
    CDP_FIELD_BOOL
} cdp_field_kind;

typedef struct cdp_field {
    const char *name;
    size_t offset;
    cdp_field_kind kind;
    int64_t least;
    int64_t most;
} cdp_field;

typedef struct cdp_field_list {
    const cdp_field *fields;
    size_t count;
} cdp_field_list;

/* Of cdp_rollout_options, of cdp_rollout itself, and of cdp_rollout_decision (the verdict). */
extern const cdp_field_list cdp_option_fields;
extern const cdp_field_list cdp_machine_fields;
extern const cdp_field_list cdp_verdict_fields;

int64_t cdp_field_get(const cdp_field *field, const void *structure);
void cdp_field_set(const cdp_field *field, void *structure, int64_t value);

/* How states are written: one letter each, by their value. */
extern const char cdp_state_letters[];

#define CDP_SNAPSHOT_FORMAT "codedeploy-rollout"
#define CDP_SNAPSHOT_VERSION 1

/* FNV-1a of 64 bits, as 16 hexadecimal digits and a NUL. */
void cdp_snapshot_check(cdp_string text, char check[17]);

/* Everything but the check and the closing brace. */
void cdp_snapshot_put_body(const cdp_rollout *rollout, cdp_text *text);

#endif
