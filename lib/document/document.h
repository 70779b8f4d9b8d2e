/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_DOCUMENT_H
#define CDP_DOCUMENT_DOCUMENT_H

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>

#include <stdbool.h>

#include "base/report.h"
#include "base/text.h"

/*
 * A document: text turned into a tree of nodes with places, whatever the notation. Immutable and
 * independent of the input once parsed. No function here recurses on the depth of the input.
 */
typedef struct cdp_document cdp_document;

/* Index of a node; 0 is "no such node", and every accessor takes it: kind NONE, absent text. */
typedef uint32_t cdp_node;

typedef enum cdp_notation {
    CDP_NOTATION_AUTO = 0, /* XML when the first character is '<', otherwise YAML (JSON included) */
    CDP_NOTATION_YAML,     /* as the agents read it: JSON is YAML */
    CDP_NOTATION_JSON,     /* strict JSON (RFC 8259): API shapes, records, snapshots */
    CDP_NOTATION_XML
} cdp_notation;

typedef enum cdp_node_kind {
    CDP_NODE_NONE = 0,
    CDP_NODE_SCALAR,
    CDP_NODE_SEQUENCE,
    CDP_NODE_MAPPING
} cdp_node_kind;

typedef enum cdp_scalar_style {
    CDP_STYLE_PLAIN = 0, /* the only style in which YAML resolves a scalar to something else */
    CDP_STYLE_SINGLE_QUOTED,
    CDP_STYLE_DOUBLE_QUOTED,
    CDP_STYLE_LITERAL,
    CDP_STYLE_FOLDED
} cdp_scalar_style;

typedef struct cdp_document_options {
    cdp_notation notation;
    cdp_limits limits; /* as imported: no field is 0 */
    /*
     * What to do with an alias: report `yaml-alias` as an error (the official agent on a current
     * runtime), or take the anchored node in its place with a warning (older runtimes, 2.x).
     */
    bool expand_aliases;
    /*
     * The severity of `byte-order-mark` and `input-utf16`, which the official agent refuses in its own
     * odd ways and this reader reads right. 0: the registry's, a warning.
     */
    cdp_severity encoding_severity;
    /*
     * XML only: elements whose value is a list even when there is one of them, as "name",
     * "parent/name", or "parent/" for every element in a parent.
     */
    const char *const *lists;
    size_t list_count;
} cdp_document_options;

/*
 * Reads a document. Every problem goes to `diagnostics` (may be NULL), with line and column.
 *
 * CDP_OK: `*document` is made, and may still have been reported on: by warnings (duplicate keys are
 * warnings here, the rooms above decide otherwise), and by errors that leave a tree, so that its other
 * mistakes can be told too: `yaml-alias` and its kin (the tree holds the anchored node in the alias's
 * place), `yaml-type-refused`, and an encoding whose severity is an error. Who must know asks
 * cdp_diagnostics_count_at_least(). CDP_ERR_INVALID: not a document, no tree.
 * CDP_ERR_LIMIT: a limit was met. CDP_ERR_UNSUPPORTED: XML in a build without it.
 * CDP_ERR_NOMEM.
 */
cdp_status cdp_document_parse(const char *bytes, size_t length, const cdp_document_options *options,
                              const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                              cdp_document **document);
void cdp_document_free(cdp_document *document);

/* The first document's root; 0 for an empty document. More documents are only counted (and warned
 * of): `cdp_document_count`. */
cdp_node cdp_document_root(const cdp_document *document);
uint32_t cdp_document_count(const cdp_document *document);
cdp_notation cdp_document_notation(const cdp_document *document);
size_t cdp_document_node_count(const cdp_document *document);
size_t cdp_document_memory(const cdp_document *document);

/* The input as it was given (a copy), for findings that look at the text again. */
cdp_string cdp_document_input(const cdp_document *document);

cdp_node_kind cdp_node_get_kind(const cdp_document *document, cdp_node node);

/* cdp_node_child_count() and cdp_node_find() walk over the children: to see all of a large
 * container, go from sibling to sibling. */

/* Children in the order of the text: items of a sequence; keys of a mapping, whose value is
 * cdp_node_value(key). Keys that are given twice all stand there, unless merged or overridden as
 * the agent does: the effective ones are those that cdp_node_is_effective() says. */
uint32_t cdp_node_child_count(const cdp_document *document, cdp_node node);
cdp_node cdp_node_first_child(const cdp_document *document, cdp_node node);
cdp_node cdp_node_next_sibling(const cdp_document *document, cdp_node node);
cdp_node cdp_node_value(const cdp_document *document, cdp_node key);
/* The key of a mapping's value; a key is its own; 0 for what is neither. */
cdp_node cdp_node_key(const cdp_document *document, cdp_node value);
cdp_node cdp_node_parent(const cdp_document *document, cdp_node node);

/* False for a key that a later equal key overrides (last wins). */
bool cdp_node_is_effective(const cdp_document *document, cdp_node key);

/* The effective value of a scalar key in a mapping, or 0. `key_node` (may be NULL) gets the key. */
cdp_node cdp_node_find(const cdp_document *document, cdp_node mapping, cdp_string key,
                       cdp_node *key_node);

/* A scalar's text after quotes and escapes are taken away, and how it was written. */
cdp_string cdp_node_text(const cdp_document *document, cdp_node scalar);
cdp_scalar_style cdp_node_style(const cdp_document *document, cdp_node scalar);
/* The explicit tag, shorthand resolved ("tag:yaml.org,2002:str"), or absent. */
cdp_string cdp_node_tag(const cdp_document *document, cdp_node node);

/* First byte and byte after the last, lines, columns; for keys the key alone. */
cdp_place cdp_node_place(const cdp_document *document, cdp_node node);
/* The place of any range of input bytes. */
cdp_place cdp_document_place(const cdp_document *document, size_t offset, size_t end_offset);
/* Appends the JSON Pointer of a node (of a key: that of its value). */
void cdp_node_put_pointer(const cdp_document *document, cdp_node node, cdp_text *text);

/*
 * What a scalar means to the official agent's YAML (Psych: near YAML 1.1, but not it; see
 * scalar.h). JSON scalars mean what JSON says.
 */
typedef enum cdp_scalar_type {
    CDP_SCALAR_NULL = 0,
    CDP_SCALAR_BOOLEAN,
    CDP_SCALAR_INTEGER,
    CDP_SCALAR_FLOAT,
    CDP_SCALAR_STRING,
    CDP_SCALAR_SYMBOL,
    /* Dates, times, and tags of the runtime's own types: the agent's loader refuses them. */
    CDP_SCALAR_REFUSED
} cdp_scalar_type;

typedef struct cdp_scalar {
    cdp_scalar_type type;
    bool boolean;
    bool overflow; /* an integer that does not fit: `integer` is the nearest end of the range */
    int64_t integer;
    double number; /* FLOAT; also set for INTEGER */
} cdp_scalar;

cdp_scalar cdp_node_resolve(const cdp_document *document, cdp_node scalar);

/*
 * Appends the text that the agent would make of a value by turning it into a string: a resolved
 * number's decimal text (0644 -> 420, 1.50 -> 1.5), true/false, a symbol without its colon, the
 * text itself for strings, nothing for null, and for lists and mappings what Ruby's inspect gives
 * (`["a", 1]`, `{"k"=>nil}`).
 */
void cdp_node_put_resolved_text(const cdp_document *document, cdp_node node, cdp_text *text);

#endif
