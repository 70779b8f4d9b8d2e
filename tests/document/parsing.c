/* SPDX-License-Identifier: MIT */
#include "parsing.h"

#include <stdio.h>
#include <stdlib.h>

parsed parse_with(const char *text, size_t length, const cdp_document_options *options)
{
    parsed result = {.document = NULL};

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &result.diagnostics), CDP_OK);
    result.status =
        cdp_document_parse(text, length, options, NULL, result.diagnostics, &result.document);
    return result;
}

static parsed parse(const char *text, cdp_notation notation)
{
    cdp_document_options options = {.notation = notation, .limits = {.size = sizeof(cdp_limits)}};

    assert_int_equal(cdp_limits_default(&options.limits), CDP_OK);
    return parse_with(text, strlen(text), &options);
}

parsed parse_yaml(const char *text)
{
    return parse(text, CDP_NOTATION_YAML);
}

parsed parse_json(const char *text)
{
    return parse(text, CDP_NOTATION_JSON);
}

void parsed_free(parsed *result)
{
    cdp_document_free(result->document);
    cdp_diagnostics_free(result->diagnostics);
}

bool was_reported(const parsed *result, cdp_diagnostic_code code)
{
    for (size_t i = 0; i < cdp_diagnostics_count(result->diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};

        assert_int_equal(cdp_diagnostics_at(result->diagnostics, i, &found), CDP_OK);
        if (found.code == code)
            return true;
    }
    return false;
}

cdp_diagnostic diagnostic_of(const parsed *result, cdp_diagnostic_code code)
{
    cdp_diagnostic found = {.size = sizeof found};

    if (code == 0)
        assert_int_equal(cdp_diagnostics_count(result->diagnostics), 1);
    for (size_t i = 0; i < cdp_diagnostics_count(result->diagnostics); i++) {
        assert_int_equal(cdp_diagnostics_at(result->diagnostics, i, &found), CDP_OK);
        if (code == 0 || found.code == code)
            return found;
    }
    fail_msg("diagnostic %d was not reported", (int)code);
    return found;
}

char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t capacity = 0;

    assert_non_null(file);
    *length = 0;
    for (;;) {
        size_t got;

        if (*length == capacity) {
            capacity = capacity ? capacity * 2 : 65536;
            bytes = realloc(bytes, capacity);
            assert_non_null(bytes);
        }
        got = fread(bytes + *length, 1, capacity - *length, file);
        if (got == 0)
            break;
        *length += got;
    }
    fclose(file);
    return bytes;
}

static void put_place(cdp_text *text, cdp_place place)
{
    const size_t numbers[] = {place.offset, place.end_offset, place.line,
                              place.column, place.end_line,   place.end_column};

    for (size_t i = 0; i < 6; i++) {
        cdp_text_put_byte(text, ' ');
        cdp_text_put_uint(text, numbers[i]);
    }
}

static void dump_node(const cdp_document *document, cdp_node node, cdp_text *text)
{
    static const char *const kinds[] = {"none", "scalar", "sequence", "mapping"};

    cdp_node_put_pointer(document, node, text);
    cdp_text_put_byte(text, ' ');
    cdp_text_put_c(text, kinds[cdp_node_get_kind(document, node)]);
    if (cdp_node_value(document, node))
        cdp_text_put_c(text, cdp_node_is_effective(document, node) ? " key" : " overridden");
    if (cdp_node_get_kind(document, node) == CDP_NODE_SCALAR) {
        cdp_text_put_byte(text, ' ');
        cdp_text_put_uint(text, cdp_node_style(document, node));
        cdp_text_put_c(text, " [");
        cdp_text_put(text, cdp_node_text(document, node));
        cdp_text_put_byte(text, ']');
    }
    if (cdp_node_tag(document, node).data) {
        cdp_text_put_byte(text, ' ');
        cdp_text_put(text, cdp_node_tag(document, node));
    }
    put_place(text, cdp_node_place(document, node));
    cdp_text_put_byte(text, '\n');
}

/* The node after this one and what it holds, going up where a container ends. */
static cdp_node after(const cdp_document *document, cdp_node node)
{
    while (node) {
        cdp_node value = cdp_node_value(document, node);
        cdp_node key = cdp_node_key(document, node);
        cdp_node next = value ? value : cdp_node_next_sibling(document, key ? key : node);

        if (next)
            return next;
        node = cdp_node_parent(document, node);
    }
    return 0;
}

cdp_text *dump_tree(const cdp_document *document)
{
    cdp_node node = cdp_document_root(document);
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    while (node) {
        cdp_node child = cdp_node_first_child(document, node);

        dump_node(document, node, text);
        node = child ? child : after(document, node);
    }
    return text;
}

void dump_findings(const cdp_diagnostics *diagnostics, cdp_text *text)
{
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};

        assert_int_equal(cdp_diagnostics_at(diagnostics, i, &found), CDP_OK);
        cdp_text_put_c(text, "\n");
        cdp_text_put_c(text, cdp_severity_name(found.severity));
        cdp_text_put_byte(text, ' ');
        cdp_text_put_uint(text, found.code);
        put_place(text, (cdp_place){found.offset, found.end_offset, found.line, found.column,
                                    found.end_line, found.end_column});
        for (size_t part = 0; part < 4; part++) {
            const cdp_string parts[] = {found.message, found.hint, found.pointer, found.fix_text};

            cdp_text_put_c(text, parts[part].data ? " | " : " -");
            cdp_text_put(text, parts[part]);
        }
        cdp_text_put_byte(text, ' ');
        cdp_text_put_uint(text, found.fix_offset);
        cdp_text_put_byte(text, ' ');
        cdp_text_put_uint(text, found.fix_length);
    }
}
