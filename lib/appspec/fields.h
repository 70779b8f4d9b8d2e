/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_FIELDS_H
#define CDP_APPSPEC_FIELDS_H

#include <stdbool.h>

#include "appspec/model.h"
#include "base/text.h"

/*
 * The small languages inside an AppSpec, as the agent 1.x reads them. Pure functions: what is wrong
 * comes back as a value, and the callers report it.
 */

typedef enum appspec_mode_problem {
    APPSPEC_MODE_GOOD = 0,
    APPSPEC_MODE_LENGTH,
    APPSPEC_MODE_DIGIT
} appspec_mode_problem;

typedef struct appspec_mode {
    char digits[4]; /* padded with zeros to three */
    size_t length;
    int32_t bits;
    cdp_string bad; /* the first character that is no octal digit */
} appspec_mode;

/* At most four characters, each 0 to 7. Length counts characters and is judged first. */
appspec_mode_problem cdp_appspec_read_mode(cdp_string text, appspec_mode *mode);

typedef enum appspec_acl_problem {
    APPSPEC_ACL_GOOD = 0,
    APPSPEC_ACL_PARTS,       /* fewer than 2 or more than 4 parts */
    APPSPEC_ACL_TYPE,        /* no such type, or `default` where none can be */
    APPSPEC_ACL_NAMED,       /* mask or other with a name */
    APPSPEC_ACL_BASE,        /* the owner's, group's or others' own entry: that is what mode sets */
    APPSPEC_ACL_PERMISSIONS, /* not rwx- and not one digit 0 to 7 */
} appspec_acl_problem;

typedef struct appspec_acl_parts {
    bool is_default;
    bool is_short;     /* two parts, or `default` with two: agents 2.x refuse it */
    bool is_rewritten; /* named `m` or `o`, which the agent 1.x changes to `mask`, `other` */
    uint8_t type;
    uint8_t bits;
    cdp_string name; /* empty when there is none */
    cdp_string bad;  /* the part that is wrong */
} appspec_acl_parts;

appspec_acl_problem cdp_appspec_read_acl(cdp_string text, appspec_acl_parts *parts);
/* `default:user:mary:rw-` */
void cdp_appspec_put_acl(const appspec_acl_parts *parts, cdp_text *text);
const char *cdp_appspec_acl_type_name(uint8_t type);

typedef enum appspec_range_problem {
    APPSPEC_RANGE_GOOD = 0,
    APPSPEC_RANGE_SHAPE,     /* not s#[-s#][:c#[.c#][,…]] */
    APPSPEC_RANGE_ORDER,     /* the high end is below the low one */
    APPSPEC_RANGE_CATEGORY,  /* above 1023 */
    APPSPEC_RANGE_DUPLICATE, /* a category twice */
} appspec_range_problem;

typedef struct appspec_range {
    bool is_high;     /* a sensitivity above 255, which agents 2.x refuse */
    bool is_trailing; /* a comma at the end, likewise */
    bool is_sorted;   /* agents 2.x keep the order as written */
} appspec_range;

/* Appends the canonical form when the range is good, nothing otherwise. */
appspec_range_problem cdp_appspec_read_range(cdp_string text, appspec_range *range,
                                             cdp_text *canonical);

/*
 * What Ruby's String#to_i makes of a text: white space, a sign, digits with single underscores
 * between. Returns the digits without leading zeros ("0" for none) and whether the text held more
 * than that.
 */
typedef struct appspec_integer {
    bool negative;
    bool rest;         /* something follows the number, or there is no number */
    cdp_string digits; /* as written, underscores included */
} appspec_integer;

appspec_integer cdp_appspec_leading_integer(cdp_string text);

/* Appends digits without underscores and leading zeros; at least one digit. */
void cdp_appspec_put_digits(cdp_string digits, cdp_text *text);
/* Appends the whole part of a finite number, exactly. */
void cdp_appspec_put_whole(double number, cdp_text *text);
/* Reads decimal digits; INT64_MAX when they do not fit. */
int64_t cdp_appspec_saturate(cdp_string digits);

#endif
