/* SPDX-License-Identifier: MIT */
/*
 * Documents. The first byte chooses the notation (its lower two bits: any, YAML, JSON, XML), whether
 * aliases are expanded (the next bit), and a low limit of depth and nodes (the one behind it). The
 * second byte lets a request for memory fail; '0' none. The rest is the text.
 *
 * YAML is read with the library that was built in; tests/document/test_backends.c compares the two.
 */
#include "document/document.h"

#include "memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_place(cdp_place place, size_t size)
{
    must(place.offset <= place.end_offset && place.end_offset <= size);
    must(place.line > 0 && place.column > 0);
    must(place.end_line > place.line ||
         (place.end_line == place.line && place.end_column >= place.column));
}

static void check_finding(const cdp_diagnostics *diagnostics, size_t index, size_t size)
{
    cdp_diagnostic found = {.size = sizeof found};

    must(cdp_diagnostics_at(diagnostics, index, &found) == CDP_OK);
    must(found.message.length > 0);
    check_place((cdp_place){found.offset, found.end_offset, found.line, found.column,
                            found.end_line, found.end_column},
                size);
    if (found.fix_text.data)
        must(found.fix_offset <= size && found.fix_length <= size - found.fix_offset);
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

static void check_node(const cdp_document *document, cdp_node node, size_t size)
{
    cdp_node_kind kind = cdp_node_get_kind(document, node);
    cdp_string words = cdp_node_text(document, node);

    must(kind != CDP_NODE_NONE && cdp_node_parent(document, node) < node);
    must((kind == CDP_NODE_SCALAR) == (words.data != NULL));
    must(!words.data || words.data[words.length] == '\0');
    check_place(cdp_node_place(document, node), size);
    if (kind == CDP_NODE_SCALAR)
        (void)cdp_node_resolve(document, node);
}

/* Goes over each node, its place, its text and what it means. */
static void check_nodes(const cdp_document *document, size_t size)
{
    size_t count = cdp_document_node_count(document);
    cdp_node node = cdp_document_root(document);
    cdp_text *text = NULL;

    must(cdp_text_new(NULL, &text) == CDP_OK);
    for (size_t seen = 0; node; seen++) {
        cdp_node child = cdp_node_first_child(document, node);

        must(seen < count);
        check_node(document, node, size);
        if (seen < 16) {
            cdp_text_clear(text);
            cdp_node_put_pointer(document, node, text);
            cdp_node_put_resolved_text(document, node, text);
        }
        node = child ? child : after(document, node);
    }
    cdp_text_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cdp_document_options options = {.limits = {.size = sizeof(cdp_limits)}};
    cdp_diagnostics *diagnostics = NULL;
    cdp_document *document = NULL;
    fuzz_memory memory;
    cdp_status status;

    if (size < 2)
        return 0;
    must(cdp_limits_default(&options.limits) == CDP_OK);
    options.notation = (cdp_notation)(data[0] & 3);
    options.expand_aliases = data[0] & 4;
    if (data[0] & 8) {
        options.limits.depth = 4;
        options.limits.nodes = 40;
        options.limits.scalar_bytes = 30;
    }
    fuzz_memory_init(&memory, data[1] == '0' ? 0 : data[1]);
    data += 2;
    size -= 2;
    must(cdp_diagnostics_new(NULL, NULL, &diagnostics) == CDP_OK);
    status = cdp_document_parse((const char *)data, size, &options, &memory.allocator, diagnostics,
                                &document);
    must((status == CDP_OK) == (document != NULL));
    must(status == CDP_OK || status == CDP_ERR_NOMEM ||
         cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0);
    must(memory.peak <= 10 * size + (1 << 20));
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++)
        check_finding(diagnostics, i, size);
    if (document)
        check_nodes(document, size);
    cdp_document_free(document);
    cdp_diagnostics_free(diagnostics);
    must(memory.live == 0);
    return 0;
}
