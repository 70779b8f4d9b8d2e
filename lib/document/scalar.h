/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_SCALAR_H
#define CDP_DOCUMENT_SCALAR_H

#include "document/document.h"
#include "document/numbers.h"

/*
 * What the official agent's loader (Psych 4.0.4 of Ruby 3.1) makes of a scalar. Source: its
 * ScalarScanner#tokenize and ToRuby#deserialize, measured on the vectors. It is near YAML 1.1, but:
 *
 * - a float needs a point, and its exponent a sign: `1e3` and `1.0e3` are strings;
 * - `0o17` is a string; `,` and `_` may stand between digits; `0_0` and `0,0` are 0;
 * - `1:30` is 5400, not 90: the first part counts 3600 whether there are two or three;
 * - `:word` is a symbol, `:"a word"` too;
 * - `y` and `n` are strings; `yes`, `no`, `on`, `off`, `true`, `false` in any case are booleans;
 * - a date or a time names a class that is not permitted, and the whole document is refused;
 * - a tag other than !!str, !!binary and those of Ruby's own types is as if it were not there, except
 *   that even a quoted text is then resolved; the tag `!` does that too.
 *
 * Where the loader dies with an error of the language (`!!float abc`, `0x_`), the type is REFUSED.
 */
typedef struct cdp_resolved {
    cdp_scalar_type type;
    bool boolean;
    /* INTEGER and FLOAT: `value` or `number` is the result already; otherwise it is still text. */
    bool computed;
    bool overflow;
    bool base64;
    bool broken; /* REFUSED, not for its type, but because it cannot be converted */
    int64_t value;
    double number;
    cdp_integer_text integer;
    cdp_string text; /* of a string, a symbol (without its colon), or a decimal float */
} cdp_resolved;

/* `style` and `tag` (absent: none) are those of a YAML scalar. */
cdp_resolved cdp_resolve_yaml(cdp_string text, cdp_scalar_style style, cdp_string tag);
/* The scalar of a JSON document: plain is null, true, false or a number. */
cdp_resolved cdp_resolve_json(cdp_string text, cdp_scalar_style style);

/* The text of an XML element: what JSON would call null, true, false or a number, else a string;
 * nothing at all is null. */
cdp_resolved cdp_resolve_xml(cdp_string text);

cdp_scalar cdp_resolved_value(const cdp_resolved *resolved);
/* Appends what Ruby's to_s gives. */
void cdp_resolved_put(const cdp_resolved *resolved, cdp_text *text);

/* Whether the loader refuses a sequence's or mapping's tag, or dies of it (`broken`). */
bool cdp_tag_is_refused(cdp_node_kind kind, cdp_string tag, bool *broken);

/* cdp_node_resolve() with everything that it is made from. */
cdp_resolved cdp_node_resolve_fully(const cdp_document *document, cdp_node scalar);

#endif
