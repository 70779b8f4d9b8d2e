/* SPDX-License-Identifier: MIT */
#ifndef CDP_CONFIG_DRAFT_H
#define CDP_CONFIG_DRAFT_H

#include "base/report.h"
#include "config/config.h"

/* The members of a configuration, wherever it comes from. A parent stands before its children. */
typedef enum cdp_config_field {
    CDP_FIELD_ROOT = 0,
    CDP_FIELD_ID,
    CDP_FIELD_NAME,
    CDP_FIELD_MINIMUM,
    CDP_FIELD_MINIMUM_TYPE,
    CDP_FIELD_MINIMUM_VALUE,
    CDP_FIELD_CREATE_TIME,
    CDP_FIELD_PLATFORM,
    CDP_FIELD_TRAFFIC,
    CDP_FIELD_TRAFFIC_TYPE,
    CDP_FIELD_CANARY,
    CDP_FIELD_CANARY_PERCENTAGE,
    CDP_FIELD_CANARY_INTERVAL,
    CDP_FIELD_LINEAR,
    CDP_FIELD_LINEAR_PERCENTAGE,
    CDP_FIELD_LINEAR_INTERVAL,
    CDP_FIELD_ZONES,
    CDP_FIELD_ZONE_FIRST_MONITOR,
    CDP_FIELD_ZONE_MONITOR,
    CDP_FIELD_ZONE_MINIMUM,
    CDP_FIELD_ZONE_MINIMUM_TYPE,
    CDP_FIELD_ZONE_MINIMUM_VALUE,
    CDP_FIELD_COUNT
} cdp_config_field;

typedef enum cdp_field_kind {
    CDP_KIND_OBJECT,
    CDP_KIND_WORD,
    CDP_KIND_NUMBER,
    CDP_KIND_KEPT /* a string or a number, only kept */
} cdp_field_kind;

typedef struct cdp_field_info {
    cdp_config_field parent;
    cdp_field_kind kind;
    const char *name;      /* in the API */
    const char *hook_name; /* in the CloudFormation hook; NULL: not there */
    bool only_output;      /* not in the input of CreateDeploymentConfig */
} cdp_field_info;

extern const cdp_field_info cdp_config_fields[CDP_FIELD_COUNT];

typedef enum cdp_field_state {
    CDP_FIELD_ABSENT = 0,
    CDP_FIELD_GIVEN,
    CDP_FIELD_BROKEN /* of the wrong type: reported already, and not looked at again */
} cdp_field_state;

typedef struct cdp_config_value {
    cdp_field_state state;
    cdp_string text; /* a word; a kept value; a number as it was written */
    bool is_text;    /* of a kept value */
    int64_t number;  /* the nearest end of the range when it does not fit */
    cdp_place place;
} cdp_config_value;

/*
 * A configuration that nobody has checked yet. Texts are borrowed from the options or the document
 * that it was made from.
 */
typedef struct cdp_config_draft {
    cdp_config_shape shape;
    /* True for a draft of cdp_config_new(): no name is needed. */
    bool may_be_unnamed;
    /* In front of all pointers: "/deploymentConfigInfo" when the input is an output of the API. */
    const char *wrapper;
    cdp_diagnostics *diagnostics;
    /* A violation was found; `status` is an error other than that. */
    bool invalid;
    cdp_status status;
    cdp_config_value values[CDP_FIELD_COUNT];
} cdp_config_draft;

void cdp_config_draft_fill(cdp_config_draft *draft, const cdp_config_options *options);

/* The name of a member in the draft's shape, or NULL when that shape has none. */
const char *cdp_config_field_name(cdp_config_shape shape, cdp_config_field field);

/* Reports what is prepared in `report`, at the place of a member; an error makes the draft invalid. */
void cdp_config_report(cdp_config_draft *draft, cdp_config_field field, cdp_report report);

/* Reports what is wrong with a name that nobody has reserved. */
void cdp_config_check_name(cdp_config_draft *draft);

/*
 * Reports every violation and writes what is left into `config`, whose texts are the draft's.
 * CDP_OK, CDP_ERR_INVALID or CDP_ERR_NOMEM.
 */
cdp_status cdp_config_check(cdp_config_draft *draft, cdp_config *config);

#endif
