/* SPDX-License-Identifier: MIT */
#include "document/document.h"

#include "base/utf8.h"
#include "document/scalar.h"

/* Nodes as text: JSON Pointers, and what Ruby's to_s and inspect make of a value. */

/* Appends a segment from its end to its begin. */
static void put_reversed(cdp_text *text, cdp_string segment)
{
    for (size_t i = segment.length; i-- > 0;) {
        char c = segment.data[i];

        if (c == '~' || c == '/')
            cdp_text_put(text, c == '~' ? CDP_STR("0~") : CDP_STR("1~"));
        else
            cdp_text_put_byte(text, c);
    }
    cdp_text_put_byte(text, '/');
}

static void put_index_reversed(const cdp_document *document, cdp_node node, cdp_text *text)
{
    cdp_node child = cdp_node_first_child(document, cdp_node_parent(document, node));
    uint32_t index = 0;

    for (; child && child != node; child = cdp_node_next_sibling(document, child))
        index++;
    do {
        cdp_text_put_byte(text, (char)('0' + index % 10));
        index /= 10;
    } while (index);
    cdp_text_put_byte(text, '/');
}

static void put_key_reversed(const cdp_document *document, cdp_node key, cdp_text *text)
{
    cdp_text whole;

    if (cdp_node_get_kind(document, key) == CDP_NODE_SCALAR) {
        put_reversed(text, cdp_node_text(document, key));
        return;
    }
    cdp_text_init(&whole, &text->allocator);
    cdp_node_put_resolved_text(document, key, &whole);
    if (cdp_text_status(&whole) != CDP_OK)
        text->status = cdp_text_status(&whole);
    put_reversed(text, cdp_text_string(&whole));
    cdp_text_release(&whole);
}

void cdp_node_put_pointer(const cdp_document *document, cdp_node node, cdp_text *text)
{
    size_t from = text->length;
    cdp_node parent;

    for (; (parent = cdp_node_parent(document, node)) != 0; node = parent) {
        cdp_node key = cdp_node_key(document, node);

        if (key)
            put_key_reversed(document, key, text);
        else
            put_index_reversed(document, node, text);
    }
    if (cdp_text_status(text) != CDP_OK || text->length == from)
        return;
    for (size_t low = from, high = text->length - 1; low < high; low++, high--) {
        char swap = text->data[low];

        text->data[low] = text->data[high];
        text->data[high] = swap;
    }
}

static void put_hex(cdp_text *text, uint32_t value, int digits)
{
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        cdp_text_put_byte(text, "0123456789ABCDEF"[value >> shift & 15]);
}

/* What Ruby does not print as it is: controls, separators, private use, no characters. */
static bool is_printable(uint32_t code)
{
    return !(code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
             (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000 || (code & 0xFFFE) == 0xFFFE);
}

/* One character of String#inspect at an index; returns its length. */
static size_t put_inspected(cdp_text *text, cdp_string string, size_t at)
{
    static const char named[] = "\a\b\t\n\v\f\r\x1B";
    static const char letters[] = "abtnvfre";
    size_t length = cdp_utf8_length(string, at);
    char c = string.data[at];
    const char *name = c ? strchr(named, c) : NULL;
    char next = at + 1 < string.length ? string.data[at + 1] : '\0';
    uint32_t code;

    if (length == 0) {
        cdp_text_put_c(text, "\\x");
        put_hex(text, (unsigned char)c, 2);
        return 1;
    }
    code = cdp_utf8_decode(string, at);
    if (name) {
        cdp_text_put_byte(text, '\\');
        cdp_text_put_byte(text, letters[name - named]);
    } else if (c == '"' || c == '\\' || (c == '#' && (next == '{' || next == '$' || next == '@'))) {
        cdp_text_put_byte(text, '\\');
        cdp_text_put_byte(text, c);
    } else if (is_printable(code)) {
        cdp_text_put(text, cdp_string_slice(string.data + at, length));
    } else if (code < 0x80) {
        cdp_text_put_c(text, "\\x");
        put_hex(text, code, 2);
    } else if (code > 0xFFFF) {
        cdp_text_put_c(text, "\\u{");
        put_hex(text, code, code > 0xFFFFF ? 6 : 5);
        cdp_text_put_byte(text, '}');
    } else {
        cdp_text_put_c(text, "\\u");
        put_hex(text, code, 4);
    }
    return length;
}

static void put_quoted(cdp_text *text, cdp_string string)
{
    cdp_text_put_byte(text, '"');
    for (size_t at = 0; at < string.length;)
        at += put_inspected(text, string, at);
    cdp_text_put_byte(text, '"');
}

/* Whether Ruby writes the symbol without quotes. */
static bool is_plain_symbol(cdp_string name)
{
    size_t end = name.length;

    if (end > 1 && strchr("?!=", name.data[end - 1]) != NULL)
        end--;
    if (end == 0 || cdp_is_digit(name.data[0]))
        return false;
    for (size_t i = 0; i < end; i++) {
        char c = cdp_lower(name.data[i]);

        if (!(c >= 'a' && c <= 'z') && !cdp_is_digit(c) && c != '_' && (unsigned char)c < 0x80)
            return false;
    }
    return true;
}

static void inspect_scalar(const cdp_document *document, cdp_node node, cdp_text *text)
{
    cdp_resolved resolved = cdp_node_resolve_fully(document, node);

    if (resolved.type == CDP_SCALAR_NULL) {
        cdp_text_put_c(text, "nil");
    } else if (resolved.type == CDP_SCALAR_STRING) {
        put_quoted(text, resolved.text);
    } else if (resolved.type == CDP_SCALAR_SYMBOL) {
        cdp_text_put_byte(text, ':');
        if (is_plain_symbol(resolved.text))
            cdp_text_put(text, resolved.text);
        else
            put_quoted(text, resolved.text);
    } else {
        cdp_resolved_put(&resolved, text);
    }
}

/* The first that counts of a node and its siblings. */
static cdp_node effective_from(const cdp_document *document, cdp_node node)
{
    while (node && cdp_node_value(document, node) && !cdp_node_is_effective(document, node))
        node = cdp_node_next_sibling(document, node);
    return node;
}

/* What stands behind a node that is written: brackets of what ends there, then its separator. */
static cdp_node leave(const cdp_document *document, cdp_node top, cdp_node node, cdp_text *text)
{
    while (node != top) {
        cdp_node parent = cdp_node_parent(document, node);
        cdp_node value = cdp_node_value(document, node);
        cdp_node key = cdp_node_key(document, node);
        cdp_node next;

        if (value) {
            cdp_text_put_c(text, "=>");
            return value;
        }
        next = effective_from(document, cdp_node_next_sibling(document, key ? key : node));
        if (next) {
            cdp_text_put_c(text, ", ");
            return next;
        }
        node = parent;
        cdp_text_put_byte(text, cdp_node_get_kind(document, node) == CDP_NODE_MAPPING ? '}' : ']');
    }
    return 0;
}

/* Ruby's inspect of a list or hash, without recursion. */
static void inspect(const cdp_document *document, cdp_node top, cdp_text *text)
{
    for (cdp_node node = top; node;) {
        cdp_node_kind kind = cdp_node_get_kind(document, node);
        cdp_node child = effective_from(document, cdp_node_first_child(document, node));

        if (kind == CDP_NODE_SCALAR)
            inspect_scalar(document, node, text);
        else
            cdp_text_put_byte(text, kind == CDP_NODE_MAPPING ? '{' : '[');
        if (child) {
            node = child;
            continue;
        }
        if (kind != CDP_NODE_SCALAR)
            cdp_text_put_byte(text, kind == CDP_NODE_MAPPING ? '}' : ']');
        node = leave(document, top, node, text);
    }
}

void cdp_node_put_resolved_text(const cdp_document *document, cdp_node node, cdp_text *text)
{
    cdp_node_kind kind = cdp_node_get_kind(document, node);

    if (kind == CDP_NODE_SCALAR) {
        cdp_resolved resolved = cdp_node_resolve_fully(document, node);

        cdp_resolved_put(&resolved, text);
    } else if (kind != CDP_NODE_NONE) {
        inspect(document, node, text);
    }
}
