/* SPDX-License-Identifier: MIT */
#include "document/document.h"

#include "base/allocator.h"
#include "document/scalar.h"
#include "document/tree.h"

void cdp_document_free(cdp_document *document)
{
    cdp_allocator allocator;

    if (!document)
        return;
    allocator = document->allocator;
    cdp_tree_release(document, &document->tree);
    cdp_arena_release(&document->strings);
    cdp_release(&allocator, document->apart, document->apart_capacity * sizeof *document->apart);
    cdp_release(&allocator, document->lines.notes,
                document->lines.capacity * sizeof *document->lines.notes);
    cdp_release(&allocator, document->values, document->text_length + 1);
    if (document->text_capacity)
        cdp_release(&allocator, document->text, document->text_capacity);
    cdp_release(&allocator, document->input, document->input_length + 1);
    cdp_release(&allocator, document, sizeof *document);
}

cdp_node cdp_document_root(const cdp_document *document)
{
    return document->tree.count > 1 ? 1 : 0;
}

uint32_t cdp_document_count(const cdp_document *document)
{
    return document->document_count;
}

cdp_notation cdp_document_notation(const cdp_document *document)
{
    return document->notation;
}

size_t cdp_document_node_count(const cdp_document *document)
{
    return document->tree.count > 1 ? document->tree.count - 1 : 0;
}

size_t cdp_document_memory(const cdp_document *document)
{
    return document->memory;
}

cdp_string cdp_document_input(const cdp_document *document)
{
    return cdp_string_slice(document->input, document->input_length);
}

static bool exists(const cdp_document *document, cdp_node node)
{
    return node > 0 && node < document->tree.count;
}

static bool is_scalar(const cdp_document *document, cdp_node node)
{
    return exists(document, node) && cdp_tree_form(&document->tree, node) < CDP_FORM_SEQUENCE;
}

cdp_node_kind cdp_node_get_kind(const cdp_document *document, cdp_node node)
{
    if (!exists(document, node))
        return CDP_NODE_NONE;
    switch (cdp_tree_form(&document->tree, node)) {
    case CDP_FORM_SEQUENCE:
        return CDP_NODE_SEQUENCE;
    case CDP_FORM_MAPPING:
        return CDP_NODE_MAPPING;
    default:
        return CDP_NODE_SCALAR;
    }
}

cdp_node cdp_node_parent(const cdp_document *document, cdp_node node)
{
    cdp_node parent = exists(document, node) ? cdp_tree_at(&document->tree, node)->parent : 0;

    while (parent && *cdp_tree_flags(&document->tree, parent) & CDP_FLAG_MERGED)
        parent = cdp_tree_at(&document->tree, parent)->parent;
    return parent;
}

/* The first child at or after an index, or 0 where the container ends. */
static cdp_node child_from(const cdp_tree *tree, cdp_node node, cdp_node end)
{
    while (node < end && *cdp_tree_flags(tree, node) & CDP_FLAG_MERGED)
        node++;
    return node < end ? node : 0;
}

cdp_node cdp_node_first_child(const cdp_document *document, cdp_node node)
{
    if (!exists(document, node) || is_scalar(document, node))
        return 0;
    return child_from(&document->tree, node + 1, cdp_tree_at(&document->tree, node)->link);
}

cdp_node cdp_node_next_sibling(const cdp_document *document, cdp_node node)
{
    const cdp_tree *tree = &document->tree;
    cdp_node parent = cdp_node_parent(document, node);
    cdp_node next;

    if (!parent)
        return 0;
    next = cdp_tree_after(tree, node);
    if (cdp_tree_form(tree, parent) == CDP_FORM_MAPPING) {
        if (!(*cdp_tree_flags(tree, node) & CDP_FLAG_KEY))
            return 0;
        next = cdp_tree_after(tree, next);
    }
    return child_from(tree, next, cdp_tree_at(tree, parent)->link);
}

uint32_t cdp_node_child_count(const cdp_document *document, cdp_node node)
{
    uint32_t count = 0;

    for (cdp_node child = cdp_node_first_child(document, node); child;
         child = cdp_node_next_sibling(document, child))
        count++;
    return count;
}

static bool is_key(const cdp_document *document, cdp_node node)
{
    return exists(document, node) && *cdp_tree_flags(&document->tree, node) & CDP_FLAG_KEY;
}

cdp_node cdp_node_value(const cdp_document *document, cdp_node key)
{
    return is_key(document, key) ? cdp_tree_after(&document->tree, key) : 0;
}

cdp_node cdp_node_key(const cdp_document *document, cdp_node value)
{
    cdp_node parent = exists(document, value) ? cdp_tree_at(&document->tree, value)->parent : 0;
    cdp_node key;

    if (!parent || cdp_tree_form(&document->tree, parent) != CDP_FORM_MAPPING)
        return 0;
    if (is_key(document, value))
        return value;
    /* What stands before a value is its key, or the last thing in its key. */
    for (key = value - 1; cdp_tree_at(&document->tree, key)->parent != parent;)
        key = cdp_tree_at(&document->tree, key)->parent;
    return key;
}

bool cdp_node_is_effective(const cdp_document *document, cdp_node key)
{
    return is_key(document, key) && !(*cdp_tree_flags(&document->tree, key) & CDP_FLAG_OVERRIDDEN);
}

cdp_node cdp_node_find(const cdp_document *document, cdp_node mapping, cdp_string key,
                       cdp_node *key_node)
{
    if (cdp_node_get_kind(document, mapping) != CDP_NODE_MAPPING)
        return 0;
    for (cdp_node child = cdp_node_first_child(document, mapping); child;
         child = cdp_node_next_sibling(document, child)) {
        if (!is_scalar(document, child) || !cdp_node_is_effective(document, child) ||
            !cdp_string_equal(cdp_node_text(document, child), key) ||
            cdp_node_resolve(document, child).type != CDP_SCALAR_STRING)
            continue;
        if (key_node)
            *key_node = child;
        return cdp_node_value(document, child);
    }
    return 0;
}

cdp_string cdp_node_text(const cdp_document *document, cdp_node scalar)
{
    const cdp_tree_node *node;

    if (!is_scalar(document, scalar))
        return (cdp_string){NULL, 0};
    node = cdp_tree_at(&document->tree, scalar);
    if (*cdp_tree_flags(&document->tree, scalar) & CDP_FLAG_APART)
        return document->apart[node->link];
    if (node->link == 0)
        return CDP_STR("");
    return cdp_string_slice(document->values + node->start, node->link);
}

cdp_scalar_style cdp_node_style(const cdp_document *document, cdp_node scalar)
{
    return is_scalar(document, scalar) ? (cdp_scalar_style)cdp_tree_form(&document->tree, scalar)
                                       : CDP_STYLE_PLAIN;
}

cdp_string cdp_node_tag(const cdp_document *document, cdp_node node)
{
    return exists(document, node) ? cdp_tree_tag(&document->tree, node) : (cdp_string){NULL, 0};
}

static size_t input_offset(const cdp_document *document, const cdp_line_note *note, size_t offset)
{
    if (document->encoding == CDP_ENCODING_UTF8)
        return document->mark_bytes + offset;
    return document->mark_bytes + 2 * ((size_t)note->characters + note->wide);
}

cdp_place cdp_text_place(const cdp_document *document, size_t start, size_t end)
{
    const cdp_string text = {document->text, document->text_length};
    cdp_line_note from = cdp_lines_at(&document->lines, text, start);
    cdp_line_note to = from;

    if (end - start <= CDP_LINES_STRIDE)
        cdp_lines_walk(&document->lines, text, start, end, &to);
    else
        to = cdp_lines_at(&document->lines, text, end);
    return (cdp_place){
        .offset = input_offset(document, &from, start),
        .end_offset = input_offset(document, &to, end),
        .line = from.line,
        .column = from.column,
        .end_line = to.line,
        .end_column = to.column,
    };
}

cdp_place cdp_node_place(const cdp_document *document, cdp_node node)
{
    const cdp_tree_node *at;

    if (!exists(document, node))
        return (cdp_place){0};
    at = cdp_tree_at(&document->tree, node);
    return cdp_text_place(document, at->start, at->end);
}

/* Where in the text the character stands that begins at or before a byte of UTF-16 input. */
static size_t text_offset_of_utf16(const cdp_document *document, size_t offset)
{
    const cdp_string text = {document->text, document->text_length};
    size_t low = 0;
    size_t high = document->lines.count;
    size_t at;
    cdp_line_note note;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (input_offset(document, &document->lines.notes[middle], 0) <= offset)
            low = middle;
        else
            high = middle;
    }
    at = low * CDP_LINES_STRIDE;
    note = document->lines.notes[low];
    while (at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at++;
    while (at < text.length && input_offset(document, &note, at) < offset) {
        cdp_lines_walk(&document->lines, text, at, at + 1, &note);
        at++;
        while (at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

static size_t text_offset(const cdp_document *document, size_t offset)
{
    if (offset > document->input_length)
        offset = document->input_length;
    if (offset <= document->mark_bytes)
        return 0;
    if (document->encoding == CDP_ENCODING_UTF8)
        return offset - document->mark_bytes;
    return text_offset_of_utf16(document, offset);
}

cdp_place cdp_document_place(const cdp_document *document, size_t offset, size_t end_offset)
{
    size_t start = text_offset(document, offset);
    size_t end = text_offset(document, end_offset > offset ? end_offset : offset);

    return cdp_text_place(document, start, end);
}
