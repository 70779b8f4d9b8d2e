/* SPDX-License-Identifier: MIT */
#include "document/reading.h"

#include "base/text.h"

cdp_string cdp_reading_text(const cdp_reading *reading)
{
    return cdp_string_slice(reading->document->text, reading->document->text_length);
}

cdp_status cdp_reading_report(cdp_reading *reading, cdp_diagnostic_code code, size_t start,
                              size_t end, cdp_string argument)
{
    const cdp_report report = {
        .code = code,
        .place = cdp_text_place(reading->document, start, end),
        .arguments = {argument},
    };

    return cdp_diagnostics_report(reading->diagnostics, &report);
}

cdp_status cdp_reading_fail(cdp_reading *reading, cdp_status status, cdp_diagnostic_code code,
                            size_t start, size_t end, cdp_string argument)
{
    cdp_status reported = cdp_reading_report(reading, code, start, end, argument);

    return reported == CDP_OK ? status : reported;
}

/* A limit's own diagnostic, with the limit as a number. */
static cdp_status fail_limit(cdp_reading *reading, cdp_diagnostic_code code, size_t start,
                             uint64_t limit)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + limit % 10);
        limit /= 10;
    } while (limit);
    return cdp_reading_fail(reading, CDP_ERR_LIMIT, code, start, start,
                            cdp_string_slice(digits + at, sizeof digits - at));
}

cdp_status cdp_reading_fail_nodes(cdp_reading *reading, size_t start, size_t count)
{
    return fail_limit(reading, CDP_DIAGNOSTIC_TOO_MANY_NODES, start, count);
}

cdp_status cdp_reading_fail_depth(cdp_reading *reading, size_t start)
{
    return fail_limit(reading, CDP_DIAGNOSTIC_TOO_DEEP, start, reading->options->limits.depth);
}

cdp_status cdp_reading_fail_scalar(cdp_reading *reading, size_t start)
{
    return fail_limit(reading, CDP_DIAGNOSTIC_SCALAR_TOO_LONG, start,
                      reading->options->limits.scalar_bytes);
}

static cdp_status append(cdp_reading *reading, unsigned form, const cdp_tree_node *node)
{
    cdp_document *document = reading->document;
    uint8_t flags = (uint8_t)(form | (reading->at_key ? CDP_FLAG_KEY : 0));
    cdp_status status = CDP_ERR_LIMIT;

    if (document->tree.count <= reading->options->limits.nodes)
        status = cdp_tree_append(document, &document->tree, node, flags);
    if (status == CDP_ERR_LIMIT)
        return cdp_reading_fail_nodes(reading, node->start, cdp_document_node_count(document));
    return status;
}

/* In a mapping keys and values take turns. */
static void take_turn(cdp_reading *reading, bool was_key)
{
    reading->at_key = reading->open && !was_key &&
                      cdp_tree_form(&reading->document->tree, reading->open) == CDP_FORM_MAPPING;
}

static cdp_status keep_apart(cdp_document *document, cdp_string text, uint32_t *index)
{
    void *apart = document->apart;
    cdp_string copy;
    cdp_status status = cdp_document_keep(document, text, &copy);

    if (status == CDP_OK)
        status = cdp_document_reserve(document, &apart, &document->apart_capacity,
                                      document->apart_count + 1, sizeof *document->apart);
    document->apart = apart;
    if (status == CDP_OK) {
        *index = (uint32_t)document->apart_count;
        document->apart[document->apart_count++] = copy;
    }
    return status;
}

cdp_status cdp_reading_add(cdp_reading *reading, unsigned form, size_t start, size_t end,
                           cdp_string text)
{
    cdp_document *document = reading->document;
    bool was_key = reading->at_key;
    cdp_tree_node node = {(uint32_t)start, (uint32_t)end, reading->open, (uint32_t)text.length};
    cdp_status status = CDP_OK;

    if (text.length > reading->options->limits.scalar_bytes)
        return cdp_reading_fail_scalar(reading, start);
    if (text.length > end - start) {
        form |= CDP_FLAG_APART;
        status = keep_apart(document, text, &node.link);
    } else if (text.length > 0) {
        if (text.data)
            memcpy(document->values + start, text.data, text.length);
        document->values[start + text.length] = '\0';
    }
    if (status == CDP_OK)
        status = append(reading, form, &node);
    else if (status == CDP_ERR_LIMIT)
        status = cdp_reading_fail_nodes(reading, start, cdp_document_node_count(document));
    if (status != CDP_OK)
        return status;
    reading->last_end = end;
    take_turn(reading, was_key);
    return CDP_OK;
}

cdp_status cdp_reading_open(cdp_reading *reading, unsigned form, size_t start)
{
    cdp_tree_node node = {(uint32_t)start, (uint32_t)start, reading->open, 0};
    cdp_status status;

    if (reading->depth >= reading->options->limits.depth)
        return cdp_reading_fail_depth(reading, start);
    status = append(reading, form, &node);
    if (status != CDP_OK)
        return status;
    reading->depth++;
    reading->open = reading->document->tree.count - 1;
    reading->last_end = start;
    take_turn(reading, false);
    return CDP_OK;
}

void cdp_reading_close(cdp_reading *reading, size_t end)
{
    cdp_tree *tree = &reading->document->tree;
    cdp_tree_node *node = cdp_tree_at(tree, reading->open);
    bool was_key = *cdp_tree_flags(tree, reading->open) & CDP_FLAG_KEY;

    node->end = (uint32_t)end;
    node->link = tree->count;
    reading->open = node->parent;
    reading->depth--;
    reading->last_end = end;
    take_turn(reading, was_key);
}

static cdp_status dense(cdp_reading *reading, cdp_status status)
{
    if (status != CDP_ERR_LIMIT)
        return status;
    return cdp_reading_fail_nodes(reading, reading->last_end,
                                  cdp_document_node_count(reading->document));
}

cdp_status cdp_reading_tag(cdp_reading *reading, cdp_string tag)
{
    cdp_document *document = reading->document;
    cdp_string copy;
    cdp_status status = cdp_document_keep(document, tag, &copy);

    if (status == CDP_OK)
        status = cdp_tree_label_node(document, &document->tree, document->tree.count - 1, copy);
    return dense(reading, status);
}

cdp_status cdp_reading_anchor(cdp_reading *reading, cdp_string name)
{
    cdp_document *document = reading->document;
    void *anchors = reading->anchors;
    cdp_string copy;
    cdp_status status = cdp_document_keep(document, name, &copy);

    if (status == CDP_OK)
        status = cdp_document_reserve(document, &anchors, &reading->anchor_capacity,
                                      reading->anchor_count + 1, sizeof *reading->anchors);
    reading->anchors = anchors;
    if (status == CDP_OK)
        reading->anchors[reading->anchor_count++] =
            (cdp_tree_label){document->tree.count - 1, copy};
    return dense(reading, status);
}

cdp_status cdp_reading_suspect(cdp_reading *reading)
{
    cdp_document *document = reading->document;
    void *suspects = reading->suspects;
    cdp_status status = cdp_document_reserve(document, &suspects, &reading->suspect_capacity,
                                             reading->suspect_count + 1, sizeof *reading->suspects);

    reading->suspects = suspects;
    if (status == CDP_OK)
        reading->suspects[reading->suspect_count++] = document->tree.count - 1;
    return dense(reading, status);
}
