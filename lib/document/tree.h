/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_TREE_H
#define CDP_DOCUMENT_TREE_H

#include "base/arena.h"
#include "document/document.h"
#include "document/lines.h"

/*
 * How a document is kept.
 *
 * Nodes stand in the order of the text (a container before what it holds) in chunks of one array,
 * so that an index is all that links them: the first child follows its container, and `link` says
 * where a container's descendants end. A mapping's children are key, value, key, value.
 *
 * The text of a scalar stands in `values`, a buffer as long as the text, at the place where the
 * scalar begins: taking quotes and escapes away makes it shorter, and behind it there is always
 * room for a NUL, because the next scalar begins at least one delimiter later. The few that grow
 * ("\L" is three bytes of UTF-8) are kept apart.
 *
 * With 17 bytes a node, and `values` and the copy of the input, a document costs under 10 times its
 * input plus 1 MiB. `memory_limit` makes sure of it: what would be dearer ("{a,a,a,a" without end)
 * meets the limit of nodes.
 */
enum {
    CDP_NODES_PER_CHUNK = 512,

    /* The lower three bits of a node's flags: the style of a scalar (0 to 4), or one of these. */
    CDP_FORM_SEQUENCE = 5,
    CDP_FORM_MAPPING = 6,
    CDP_FORM_ALIAS = 7, /* only until aliases are expanded */
    CDP_FORM_MASK = 7,

    CDP_FLAG_KEY = 8,
    CDP_FLAG_OVERRIDDEN = 16,
    /* A merge key, or a container that it merged: children show through. */
    CDP_FLAG_MERGED = 32,
    CDP_FLAG_TAGGED = 64,
    CDP_FLAG_APART = 128 /* a scalar's `link` is an index into `apart` */
};

typedef struct cdp_tree_node {
    uint32_t start; /* place in `text` */
    uint32_t end;
    uint32_t parent;
    uint32_t link; /* containers: index after the last descendant; scalars: length of the text */
} cdp_tree_node;

typedef struct cdp_tree_chunk {
    cdp_tree_node nodes[CDP_NODES_PER_CHUNK];
    uint8_t flags[CDP_NODES_PER_CHUNK];
} cdp_tree_chunk;

/* A node's tag, or the name of its anchor. */
typedef struct cdp_tree_label {
    uint32_t node;
    cdp_string name;
} cdp_tree_label;

typedef struct cdp_tree {
    cdp_tree_chunk **chunks;
    size_t chunk_count;
    size_t chunk_capacity;
    uint32_t count;       /* indices below are in use; 0 is no node */
    cdp_tree_label *tags; /* by ascending node */
    size_t tag_count;
    size_t tag_capacity;
} cdp_tree;

typedef enum cdp_encoding {
    CDP_ENCODING_UTF8,
    CDP_ENCODING_UTF16LE,
    CDP_ENCODING_UTF16BE
} cdp_encoding;

struct cdp_document {
    cdp_allocator allocator;
    cdp_notation notation;
    cdp_encoding encoding;
    size_t mark_bytes; /* the byte order mark in the input */

    char *input;
    size_t input_length;
    char *text; /* what is read: UTF-8 without a mark. Inside `input`, unless that is UTF-16 */
    size_t text_length;
    size_t text_capacity; /* 0 when inside `input` */
    bool ascii;           /* no character of `text` takes more than a byte */
    char *values;
    cdp_string *apart;
    size_t apart_count;
    size_t apart_capacity;
    cdp_lines lines;
    cdp_arena strings; /* tags, texts kept apart */

    cdp_tree tree;
    uint32_t document_count;

    size_t memory;
    size_t memory_limit;
};

/* Allocates on the document's account. CDP_ERR_NOMEM; CDP_ERR_LIMIT when it would grow too dear. */
cdp_status cdp_document_allocate(cdp_document *document, size_t bytes, void **block);
void cdp_document_release(cdp_document *document, void *block, size_t bytes);
/* As cdp_array_reserve(). */
cdp_status cdp_document_reserve(cdp_document *document, void **array, size_t *capacity,
                                size_t needed, size_t element_bytes);
/* A copy that lives as long as the document. */
cdp_status cdp_document_keep(cdp_document *document, cdp_string from, cdp_string *copy);

static inline cdp_tree_node *cdp_tree_at(const cdp_tree *tree, cdp_node node)
{
    return &tree->chunks[node / CDP_NODES_PER_CHUNK]->nodes[node % CDP_NODES_PER_CHUNK];
}

static inline uint8_t *cdp_tree_flags(const cdp_tree *tree, cdp_node node)
{
    return &tree->chunks[node / CDP_NODES_PER_CHUNK]->flags[node % CDP_NODES_PER_CHUNK];
}

static inline unsigned cdp_tree_form(const cdp_tree *tree, cdp_node node)
{
    return *cdp_tree_flags(tree, node) & CDP_FORM_MASK;
}

/* The index after a node and all that it holds. */
static inline cdp_node cdp_tree_after(const cdp_tree *tree, cdp_node node)
{
    unsigned form = cdp_tree_form(tree, node);

    return form == CDP_FORM_SEQUENCE || form == CDP_FORM_MAPPING ? cdp_tree_at(tree, node)->link
                                                                 : node + 1;
}

cdp_status cdp_tree_add_chunk(cdp_document *document, cdp_tree *tree);

/* Adds a node behind all others. CDP_ERR_NOMEM or CDP_ERR_LIMIT. */
static inline cdp_status cdp_tree_append(cdp_document *document, cdp_tree *tree,
                                         const cdp_tree_node *node, uint8_t flags)
{
    cdp_status status = CDP_OK;

    if (tree->count == 0)
        tree->count = 1;
    if (tree->count / CDP_NODES_PER_CHUNK >= tree->chunk_count)
        status = cdp_tree_add_chunk(document, tree);
    if (status != CDP_OK)
        return status;
    *cdp_tree_at(tree, tree->count) = *node;
    *cdp_tree_flags(tree, tree->count) = flags;
    tree->count++;
    return CDP_OK;
}
cdp_status cdp_tree_label_node(cdp_document *document, cdp_tree *tree, cdp_node node,
                               cdp_string tag);
/* Absent when there is none. */
cdp_string cdp_tree_tag(const cdp_tree *tree, cdp_node node);
void cdp_tree_release(cdp_document *document, cdp_tree *tree);

/* The place of a range of `text`. */
cdp_place cdp_text_place(const cdp_document *document, size_t start, size_t end);

#endif
