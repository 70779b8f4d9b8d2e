/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_EMIT_H
#define CDP_APPSPEC_EMIT_H

#include "appspec/model.h"
#include "base/text.h"

enum { APPSPEC_EMIT_DEPTH = 12 };

typedef struct appspec_level {
    bool is_list;
    bool is_inline; /* YAML: the first key stands behind the dash */
    unsigned count;
    unsigned indent;
    cdp_string name; /* XML: the element's name, and that of a list's items */
} appspec_level;

/*
 * Writes mappings, lists and values in one of the notations. What a notation cannot carry is
 * remembered in `status` as CDP_ERR_UNSUPPORTED; running out of memory is the text's own affair.
 */
typedef struct appspec_emitter {
    cdp_text *text;
    cdp_appspec_notation notation;
    cdp_status status;
    size_t start;
    bool after_key;
    cdp_string key; /* XML: the last key */
    size_t depth;
    appspec_level levels[APPSPEC_EMIT_DEPTH];
} appspec_emitter;

void cdp_emit_begin(appspec_emitter *emitter, cdp_appspec_notation notation, cdp_text *text);
/* Ends the text with a line end; CDP_OK, or the failure with the text as it was. */
cdp_status cdp_emit_end(appspec_emitter *emitter);

void cdp_emit_open_mapping(appspec_emitter *emitter);
void cdp_emit_open_list(appspec_emitter *emitter);
void cdp_emit_close(appspec_emitter *emitter);
void cdp_emit_key(appspec_emitter *emitter, const char *name);
/* A key that may be any value. */
void cdp_emit_key_value(appspec_emitter *emitter, const appspec_value *key);

void cdp_emit_text(appspec_emitter *emitter, cdp_string text);
/* A text in quotes even where it needs none, because its reader takes numbers for texts too. */
void cdp_emit_quoted(appspec_emitter *emitter, cdp_string text);
/* A number, `true`, `false` or `null`. */
void cdp_emit_word(appspec_emitter *emitter, cdp_string word);
void cdp_emit_null(appspec_emitter *emitter);
/* Whatever kind of value it is; an absent one is null. */
void cdp_emit_value(appspec_emitter *emitter, const appspec_value *value);
/* As JSON shows it, `$bytes` included. */
void cdp_emit_shown(appspec_emitter *emitter, const appspec_value *value);

/* A double-quoted text that JSON, YAML 1.1 and YAML 1.2 read alike. */
void cdp_emit_put_quoted(cdp_string string, cdp_text *text);

#endif
