/* SPDX-License-Identifier: MIT */
/*
 * Values as Ruby shows them (its inspect), which is what the agent 1.x makes of a list or mapping
 * that stands where a text belongs, and as JSON. Both walk the tree with a stack of their own.
 */
#include "appspec/values.h"
#include "base/allocator.h"
#include "base/json_writer.h"
#include "base/utf8.h"

typedef struct inspect_frame {
    cdp_node container;
    cdp_node child; /* what was written last: an item, or a key */
    bool at_value;  /* the child's value was written too */
} inspect_frame;

typedef struct inspection {
    appspec_work *work;
    cdp_text *text;
    bool as_json;
    inspect_frame *frames;
    size_t depth;
    size_t capacity;
} inspection;

static void put_escaped(cdp_text *text, cdp_string string, size_t at, uint32_t code)
{
    static const char letters[] = "abtnvfr";
    static const char hex[] = "0123456789ABCDEF";

    if (code >= 7 && code <= 13) {
        cdp_text_put_byte(text, '\\');
        cdp_text_put_byte(text, letters[code - 7]);
    } else if (code == 0x1B) {
        cdp_text_put_c(text, "\\e");
    } else if (code == 0x7F) {
        cdp_text_put_c(text, "\\x7F");
    } else if (code == '"' || code == '\\') {
        cdp_text_put_byte(text, '\\');
        cdp_text_put_byte(text, (char)code);
    } else if (code == '#' && at + 1 < string.length &&
               (string.data[at + 1] == '{' || string.data[at + 1] == '$' ||
                string.data[at + 1] == '@')) {
        cdp_text_put_c(text, "\\#");
    } else if (code < 0x20 || (code >= 0x80 && code < 0xA0) || code == 0x2028 || code == 0x2029) {
        cdp_text_put_c(text, "\\u");
        for (int shift = 12; shift >= 0; shift -= 4)
            cdp_text_put_byte(text, hex[code >> shift & 15]);
    } else {
        cdp_text_put(text, cdp_string_slice(string.data + at, cdp_utf8_length(string, at)));
    }
}

static void put_ruby_string(cdp_text *text, cdp_string string)
{
    cdp_text_put_byte(text, '"');
    for (size_t at = 0; at < string.length;) {
        size_t length = cdp_utf8_length(string, at);

        if (length == 0)
            break;
        put_escaped(text, string, at, cdp_utf8_decode(string, at));
        at += length;
    }
    cdp_text_put_byte(text, '"');
}

static bool is_identifier(cdp_string text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = cdp_lower(text.data[i]);

        if (!(c >= 'a' && c <= 'z') && c != '_' && !(i > 0 && cdp_is_digit(c)))
            return false;
    }
    return text.length > 0;
}

/* The text of a scalar as to_s gives it. */
static void put_scalar_text(inspection *walk, cdp_node node, cdp_text *text)
{
    cdp_node_put_resolved_text(walk->work->document, node, text);
}

static void put_quoted_scalar(inspection *walk, cdp_node node, bool is_symbol)
{
    cdp_text own;

    cdp_text_init(&own, &walk->work->allocator);
    put_scalar_text(walk, node, &own);
    if (cdp_text_status(&own) != CDP_OK) {
        cdp_appspec_fail(walk->work, CDP_ERR_NOMEM);
    } else if (walk->as_json) {
        cdp_json_put_quoted(walk->text, cdp_text_string(&own));
    } else {
        if (is_symbol)
            cdp_text_put_byte(walk->text, ':');
        if (is_symbol && is_identifier(cdp_text_string(&own)))
            cdp_text_put(walk->text, cdp_text_string(&own));
        else
            put_ruby_string(walk->text, cdp_text_string(&own));
    }
    cdp_text_release(&own);
}

/* The agent's values hold bytes that need not be text; a JSON of them shows the bytes. */
static void put_bytes(inspection *walk, cdp_node node)
{
    static const char hex[] = "0123456789abcdef";
    cdp_text own;
    cdp_string bytes;

    cdp_text_init(&own, &walk->work->allocator);
    put_scalar_text(walk, node, &own);
    if (cdp_text_status(&own) != CDP_OK)
        cdp_appspec_fail(walk->work, CDP_ERR_NOMEM);
    bytes = cdp_text_string(&own);
    cdp_text_put_c(walk->text, "{\"$bytes\":\"");
    for (size_t i = 0; i < bytes.length; i++) {
        cdp_text_put_byte(walk->text, hex[(unsigned char)bytes.data[i] >> 4]);
        cdp_text_put_byte(walk->text, hex[bytes.data[i] & 15]);
    }
    cdp_text_put_c(walk->text, "\"}");
    cdp_text_release(&own);
}

static bool is_finite(double number)
{
    return number - number == 0;
}

static void put_scalar(inspection *walk, cdp_node node)
{
    cdp_scalar scalar = cdp_node_resolve(walk->work->document, node);

    switch (scalar.type) {
    case CDP_SCALAR_NULL:
        cdp_text_put_c(walk->text, walk->as_json ? "null" : "nil");
        break;
    case CDP_SCALAR_FLOAT:
        if (walk->as_json && !is_finite(scalar.number))
            put_quoted_scalar(walk, node, false);
        else
            put_scalar_text(walk, node, walk->text);
        break;
    case CDP_SCALAR_BOOLEAN:
    case CDP_SCALAR_INTEGER:
        put_scalar_text(walk, node, walk->text);
        break;
    case CDP_SCALAR_SYMBOL:
        put_quoted_scalar(walk, node, true);
        break;
    case CDP_SCALAR_STRING:
    case CDP_SCALAR_REFUSED:
        if (walk->as_json && cdp_appspec_is_binary(walk->work, node))
            put_bytes(walk, node);
        else
            put_quoted_scalar(walk, node, false);
        break;
    }
}

static cdp_node first_effective(const cdp_document *document, cdp_node child)
{
    while (child && cdp_node_value(document, child) && !cdp_node_is_effective(document, child))
        child = cdp_node_next_sibling(document, child);
    return child;
}

static bool push(inspection *walk, cdp_node container)
{
    void *frames = walk->frames;
    cdp_status status = cdp_array_reserve(&walk->work->allocator, &frames, &walk->capacity,
                                          walk->depth + 1, sizeof *walk->frames);

    walk->frames = frames;
    if (status != CDP_OK) {
        cdp_appspec_fail(walk->work, status);
        return false;
    }
    walk->frames[walk->depth++] = (inspect_frame){.container = container};
    return true;
}

static bool is_mapping(const inspection *walk, cdp_node node)
{
    return cdp_node_get_kind(walk->work->document, node) == CDP_NODE_MAPPING;
}

/* Begins a node: a scalar is written, a container opened. */
static bool begin(inspection *walk, cdp_node node)
{
    if (cdp_node_get_kind(walk->work->document, node) == CDP_NODE_SCALAR) {
        put_scalar(walk, node);
        return true;
    }
    cdp_text_put_byte(walk->text, is_mapping(walk, node) ? '{' : '[');
    return push(walk, node);
}

/* Goes on in the innermost container: the next key, value or item, or its end. */
static bool step(inspection *walk)
{
    const cdp_document *document = walk->work->document;
    inspect_frame *top = &walk->frames[walk->depth - 1];
    bool mapping = is_mapping(walk, top->container);
    cdp_node child;

    if (mapping && top->child && !top->at_value) {
        top->at_value = true;
        cdp_text_put_c(walk->text, walk->as_json ? ":" : "=>");
        return begin(walk, cdp_node_value(document, top->child));
    }
    child = top->child ? cdp_node_next_sibling(document, top->child)
                       : cdp_node_first_child(document, top->container);
    child = first_effective(document, child);
    if (!child) {
        cdp_text_put_byte(walk->text, mapping ? '}' : ']');
        walk->depth--;
        return true;
    }
    if (top->child)
        cdp_text_put_c(walk->text, walk->as_json ? "," : ", ");
    top->child = child;
    top->at_value = false;
    if (mapping && walk->as_json) {
        cdp_text own;

        cdp_text_init(&own, &walk->work->allocator);
        cdp_appspec_put_key(walk->work, child, &own);
        cdp_json_put_quoted(walk->text, cdp_text_string(&own));
        if (cdp_text_status(&own) != CDP_OK)
            cdp_appspec_fail(walk->work, CDP_ERR_NOMEM);
        cdp_text_release(&own);
        return true;
    }
    return begin(walk, child);
}

static void put(appspec_work *work, cdp_node node, cdp_text *text, bool as_json)
{
    inspection walk = {.work = work, .text = text, .as_json = as_json};
    bool going = begin(&walk, node);

    while (going && walk.depth > 0)
        going = step(&walk);
    cdp_release(&work->allocator, walk.frames, walk.capacity * sizeof *walk.frames);
}

void cdp_appspec_put_inspected(appspec_work *work, cdp_node node, cdp_text *text)
{
    put(work, node, text, false);
}

void cdp_appspec_put_json(appspec_work *work, cdp_node node, cdp_text *text)
{
    put(work, node, text, true);
}
