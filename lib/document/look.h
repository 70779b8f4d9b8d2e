/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_LOOK_H
#define CDP_DOCUMENT_LOOK_H

#include "document/yaml_events.h"

/*
 * A second look at YAML text: our own reading of it, which makes events but no text, sees whether
 * and where the rules are broken, and keeps what is needed to tell why. It follows libyaml's
 * grammar (0.2.5) to the letter, so that it breaks off exactly where libyaml does; a test compares
 * the two on every corpus. Where the libraries are lenient or strict in ways of their own, this
 * is what decides: the official agent reads with libyaml.
 *
 * Time is linear in the text, memory is a few bytes for each level of nesting and for each token on
 * the line of a possible key, at most 1,024.
 */
typedef struct cdp_look_mark {
    size_t at;         /* byte */
    size_t characters; /* before it */
    uint32_t line;     /* from 0, as `column` */
    uint32_t column;
} cdp_look_mark;

typedef enum cdp_look_token_kind {
    CDP_LOOK_STREAM_END,
    CDP_LOOK_VERSION_DIRECTIVE,
    CDP_LOOK_TAG_DIRECTIVE,
    CDP_LOOK_DOCUMENT_START,
    CDP_LOOK_DOCUMENT_END,
    CDP_LOOK_BLOCK_SEQUENCE_START,
    CDP_LOOK_BLOCK_MAPPING_START,
    CDP_LOOK_BLOCK_END,
    CDP_LOOK_FLOW_SEQUENCE_START,
    CDP_LOOK_FLOW_MAPPING_START,
    CDP_LOOK_FLOW_SEQUENCE_END,
    CDP_LOOK_FLOW_MAPPING_END,
    CDP_LOOK_FLOW_ENTRY,
    CDP_LOOK_BLOCK_ENTRY,
    CDP_LOOK_KEY,
    CDP_LOOK_VALUE,
    CDP_LOOK_ALIAS,
    CDP_LOOK_ANCHOR,
    CDP_LOOK_TAG,
    CDP_LOOK_SCALAR
} cdp_look_token_kind;

typedef struct cdp_look_token {
    cdp_look_token_kind kind;
    cdp_scalar_style style;
    cdp_look_mark start;
    size_t end;
    uint32_t end_line;
    /* Bytes of a tag's handle; for a version whether it can be read; a block scalar's indentation. */
    uint32_t handle;
} cdp_look_token;

/* What libyaml says in words of its own. */
typedef enum cdp_look_error {
    CDP_LOOK_NO_ERROR,
    CDP_LOOK_CANNOT_START,  /* a character that begins nothing */
    CDP_LOOK_NO_COLON,      /* a line that must be a key has no colon */
    CDP_LOOK_NO_ENTRY_HERE, /* `-` */
    CDP_LOOK_NO_KEY_HERE,   /* `?` */
    CDP_LOOK_NO_VALUE_HERE, /* `:` */
    CDP_LOOK_BAD_NAME,      /* behind `*` or `&` */
    CDP_LOOK_BAD_TAG,
    CDP_LOOK_BAD_DIRECTIVE,
    CDP_LOOK_BAD_BLOCK_HEADER, /* behind `|` or `>` */
    CDP_LOOK_TAB_IN_BLOCK,
    CDP_LOOK_TAB_IN_PLAIN,
    CDP_LOOK_OPEN_QUOTE,
    CDP_LOOK_BAD_ESCAPE,
    CDP_LOOK_BAD_FLOW_COLON,
    CDP_LOOK_NO_DOCUMENT_START,
    CDP_LOOK_NO_NODE,
    CDP_LOOK_EXPECTED_ENTRY, /* in a block sequence */
    CDP_LOOK_EXPECTED_KEY,   /* in a block mapping */
    CDP_LOOK_EXPECTED_COMMA, /* or the closing bracket of a flow collection */
    CDP_LOOK_UNKNOWN_HANDLE
} cdp_look_error;

typedef struct cdp_look_event {
    cdp_yaml_event_kind kind;
    cdp_scalar_style style;
    size_t start; /* as in cdp_yaml_event */
    size_t end;
    /* As written; the name of an anchor without its `&`. Without data when there is none. */
    cdp_string text; /* of a scalar, quotes and all */
    cdp_string anchor;
    cdp_string tag;
    uint32_t handle; /* bytes of the tag's handle; 0 for the local tag's and for none */
    uint32_t indent; /* of a block scalar's lines */
    bool many_lines; /* a scalar that stands on more lines than one, or may */
} cdp_look_event;

typedef struct cdp_look_key {
    bool possible;
    bool required;
    size_t token;
    cdp_look_mark mark;
} cdp_look_key;

typedef struct cdp_look_level {
    int64_t indent;
    cdp_look_mark mark; /* where the collection began */
} cdp_look_level;

enum { CDP_LOOK_MOST_HANDLES = 16 };

typedef struct cdp_look {
    cdp_allocator allocator;
    cdp_string text;
    uint32_t depth_limit;

    /* The scanner. */
    cdp_look_mark mark;
    bool key_allowed;
    bool ended;
    int64_t indent;
    cdp_look_level *levels; /* of indentation, the enclosing ones */
    size_t level_count;
    size_t level_capacity;
    cdp_look_key *keys; /* one for each level of flow, and one below */
    size_t key_count;
    size_t key_capacity;
    size_t first_key; /* below it none is possible; those from it on were met one after the other */
    cdp_look_token *tokens; /* a queue: from `head` up to `tail` */
    size_t head;
    size_t tail;
    size_t token_capacity;
    size_t taken; /* tokens that left the queue */
    bool settled; /* what stands at the head will stay there */

    /* The parser. */
    uint8_t state;
    uint8_t *states;
    size_t state_count;
    size_t state_capacity;
    cdp_look_mark *opened; /* where the open collections begin */
    size_t opened_count;
    size_t opened_capacity;
    cdp_string handles[CDP_LOOK_MOST_HANDLES];
    cdp_string prefixes[CDP_LOOK_MOST_HANDLES];
    size_t handle_count;
    bool has_version;
    cdp_look_event event; /* the last one */

    /* The outcome. */
    bool no_memory;
    bool too_deep; /* stopped without a judgement */
    cdp_look_error error;
    cdp_look_mark place;     /* where */
    cdp_look_mark context;   /* where the thing began in which it is wrong */
    cdp_look_token previous; /* the last token but the one in question */
    /* Where the outermost mapping and list began that ended here for want of indentation. */
    cdp_look_mark closed_mapping;
    cdp_look_mark closed_sequence;
} cdp_look;

/*
 * Step by step: each step makes `event`, the last one DOCUMENT_END. CDP_ERR_LIMIT when it is deeper
 * than the limit; CDP_ERR_INVALID: see the outcome; CDP_ERR_NOMEM. To be released in each case.
 */
void cdp_look_init(cdp_look *look, cdp_string text, uint32_t depth_limit,
                   const cdp_allocator *allocator);
cdp_status cdp_look_next(cdp_look *look);

/* The whole of it. CDP_OK: the first document follows the rules, or is too deep to be judged. CDP_ERR_INVALID: see
 * the outcome. CDP_ERR_NOMEM. To be released in each case. */
cdp_status cdp_look_at(cdp_look *look, cdp_string text, uint32_t depth_limit,
                       const cdp_allocator *allocator);
void cdp_look_release(cdp_look *look);

/*
 * What the last event's scalar says, and its tag in full (URI escapes decoded): appended to `to`,
 * whose status tells whether there was memory.
 */
void cdp_look_put_text(const cdp_look *look, cdp_text *to);
void cdp_look_put_tag(const cdp_look *look, cdp_text *to);

/* The token that was read last, taken or not. */
static inline const cdp_look_token *cdp_look_last(const cdp_look *look)
{
    return look->tail > look->head ? &look->tokens[look->tail - 1] : &look->previous;
}

/* Between the parts of the reading. They return false when it is over: error or no memory. */
cdp_look_token *cdp_look_settle(cdp_look *look);

/* The next token. */
static inline cdp_look_token *cdp_look_peek(cdp_look *look)
{
    return look->settled ? &look->tokens[look->head] : cdp_look_settle(look);
}

static inline void cdp_look_take(cdp_look *look)
{
    look->previous = look->tokens[look->head];
    look->head++;
    look->taken++;
    look->settled = false;
}
bool cdp_look_fail(cdp_look *look, cdp_look_error error, cdp_look_mark place,
                   cdp_look_mark context);
bool cdp_look_grow(cdp_look *look, void **array, size_t *capacity, size_t count,
                   size_t element_bytes);
bool cdp_look_add_token(cdp_look *look, cdp_look_token_kind kind, cdp_look_mark start);

/* Room for one more element. */
static inline bool cdp_look_push(cdp_look *look, void **array, size_t *capacity, size_t count,
                                 size_t element_bytes)
{
    return count < *capacity || cdp_look_grow(look, array, capacity, count, element_bytes);
}

bool cdp_look_plain(cdp_look *look);
bool cdp_look_quoted(cdp_look *look);
bool cdp_look_block(cdp_look *look);
bool cdp_look_anchor(cdp_look *look);
bool cdp_look_tag(cdp_look *look);
bool cdp_look_directive(cdp_look *look);

/* Characters at the mark, and moving over them. Past the end everything reads NUL. */
static inline char cdp_look_byte(const cdp_look *look, size_t ahead)
{
    return look->mark.at + ahead < look->text.length ? look->text.data[look->mark.at + ahead]
                                                     : '\0';
}

static inline bool cdp_look_at_end(const cdp_look *look)
{
    return look->mark.at >= look->text.length;
}

/* The bytes of the line break at `at`, or 0. */
static inline size_t cdp_look_break_length(cdp_string text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t left = at < text.length ? text.length - at : 0;

    if (left == 0)
        return 0;
    if (bytes[0] == '\r')
        return left > 1 && bytes[1] == '\n' ? 2 : 1;
    if (bytes[0] == '\n')
        return 1;
    if (bytes[0] == 0xC2)
        return left > 1 && bytes[1] == 0x85 ? 2 : 0;
    return bytes[0] == 0xE2 && left > 2 && bytes[1] == 0x80 &&
                   (bytes[2] == 0xA8 || bytes[2] == 0xA9)
               ? 3
               : 0;
}

static inline bool cdp_look_is_break(const cdp_look *look, size_t ahead)
{
    return cdp_look_break_length(look->text, look->mark.at + ahead) > 0;
}

static inline bool cdp_look_is_blank(const cdp_look *look, size_t ahead)
{
    char c = cdp_look_byte(look, ahead);

    return c == ' ' || c == '\t';
}

/* A blank, a line break, or the end. */
static inline bool cdp_look_is_blankz(const cdp_look *look, size_t ahead)
{
    return look->mark.at + ahead >= look->text.length || cdp_look_is_blank(look, ahead) ||
           cdp_look_is_break(look, ahead);
}

void cdp_look_skip(cdp_look *look);
void cdp_look_skip_break(cdp_look *look);
/* Moves over so many characters of a byte each, none of them a line break. */
static inline void cdp_look_skip_bytes(cdp_look *look, size_t count)
{
    look->mark.at += count;
    look->mark.characters += count;
    look->mark.column += (uint32_t)count;
}
/* Blanks, and a comment up to the end of its line. */
void cdp_look_skip_rest_of_line(cdp_look *look);
/* `---` or `...` at the begin of a line. */
bool cdp_look_at_document_marker(const cdp_look *look);

#endif
