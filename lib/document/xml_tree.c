/* SPDX-License-Identifier: MIT */
#include "document/xml.h"

#include "base/sort.h"

/* From elements to nodes: those of one name become one list. */

typedef struct xml_tree {
    cdp_reading *reading;
    const cdp_xml_element *items;
    size_t count;
} xml_tree;

static cdp_string name_of(const xml_tree *xml, uint32_t element)
{
    return cdp_string_slice(xml->reading->document->text + xml->items[element].name_start,
                            xml->items[element].name_length);
}

static int compare_elements(const void *a, const void *b, const void *context)
{
    const xml_tree *xml = context;
    uint32_t first = *(const uint32_t *)a;
    uint32_t second = *(const uint32_t *)b;

    if (xml->items[first].parent != xml->items[second].parent)
        return xml->items[first].parent < xml->items[second].parent ? -1 : 1;
    return cdp_string_compare(name_of(xml, first), name_of(xml, second));
}

/* Links elements of one parent and name, in their order. */
static cdp_status link_equals(xml_tree *xml, cdp_xml_element *items)
{
    cdp_document *document = xml->reading->document;
    size_t bytes = 2 * xml->count * sizeof(uint32_t);
    void *block;
    uint32_t *order;
    cdp_status status = cdp_document_allocate(document, bytes, &block);

    if (status == CDP_ERR_LIMIT)
        return cdp_reading_fail_nodes(xml->reading, 0, xml->count);
    if (status != CDP_OK)
        return status;
    order = block;
    for (size_t i = 0; i < xml->count; i++)
        order[i] = (uint32_t)i;
    cdp_sort_with(order, xml->count, sizeof *order, order + xml->count, compare_elements, xml);
    for (size_t i = 1; i < xml->count; i++) {
        if (compare_elements(&order[i - 1], &order[i], xml) == 0) {
            items[order[i - 1]].next_same = order[i];
            items[order[i]].is_repeated = true;
        }
    }
    cdp_document_release(document, block, bytes);
    return CDP_OK;
}

/* Whether a name is known to be a list's: `name`, `parent/name` or `parent/` for all in it. */
static bool is_known_list(const xml_tree *xml, uint32_t element)
{
    const cdp_document_options *options = xml->reading->options;
    cdp_string name = name_of(xml, element);
    cdp_string parent = name_of(xml, xml->items[element].parent);

    for (size_t i = 0; i < options->list_count; i++) {
        cdp_string list = cdp_string_of(options->lists[i]);
        size_t slash = cdp_string_find(list, '/', 0);
        cdp_string last = list;

        if (slash < list.length) {
            if (!cdp_string_equal(parent, cdp_string_slice(list.data, slash)))
                continue;
            last = cdp_string_slice(list.data + slash + 1, list.length - slash - 1);
            if (last.length == 0)
                return true;
        }
        if (cdp_string_equal(name, last))
            return true;
    }
    return false;
}

static bool is_list(const xml_tree *xml, uint32_t element)
{
    const cdp_xml_element *item = &xml->items[element];

    if (item->next_same)
        return true;
    return (item->has_elements || item->text_length > 0) && is_known_list(xml, element);
}

/* Begins the value of an element: a mapping is left open. */
static cdp_status add_value(xml_tree *xml, uint32_t element)
{
    const cdp_xml_element *item = &xml->items[element];

    if (item->has_elements)
        return cdp_reading_open(xml->reading, CDP_FORM_MAPPING,
                                xml->items[element + 1].name_start - 1);
    return cdp_reading_add(
        xml->reading, CDP_STYLE_PLAIN, item->start,
        item->start + item->text_length > item->end ? item->start + item->text_length : item->end,
        cdp_string_slice(NULL, item->text_length));
}

static cdp_status add_key(xml_tree *xml, uint32_t element)
{
    const cdp_xml_element *item = &xml->items[element];
    cdp_status status =
        cdp_reading_add(xml->reading, CDP_STYLE_DOUBLE_QUOTED, item->name_start,
                        item->name_start + item->name_length, name_of(xml, element));

    if (status == CDP_OK && is_list(xml, element))
        status = cdp_reading_open(xml->reading, CDP_FORM_SEQUENCE, item->name_start - 1);
    return status;
}

/* The next element that is the first of its name in `parent`, at or after `element`; or 0. */
static uint32_t next_first(const xml_tree *xml, uint32_t parent, uint32_t element)
{
    while (element <= xml->items[parent].last && xml->items[element].is_repeated)
        element = xml->items[element].last + 1;
    return element <= xml->items[parent].last ? element : 0;
}

/*
 * What comes after an element whose value is complete: the next of its name, else the next name
 * beside it, else what comes after its parent. 0 when all is done.
 */
static uint32_t leave(xml_tree *xml, const uint32_t *firsts, uint32_t element, bool *same)
{
    for (;;) {
        const cdp_xml_element *item = &xml->items[element];
        uint32_t first = firsts[element];
        uint32_t next;

        *same = item->next_same != 0;
        if (item->parent == UINT32_MAX)
            return 0;
        if (*same)
            return item->next_same;
        if (is_list(xml, first))
            cdp_reading_close(xml->reading, item->end);
        next = next_first(xml, item->parent, xml->items[first].last + 1);
        if (next)
            return next;
        element = item->parent;
        cdp_reading_close(xml->reading, xml->items[element].end);
    }
}

static cdp_status add_all(xml_tree *xml, const uint32_t *firsts)
{
    cdp_status status = add_value(xml, 0);
    uint32_t element = 0;
    bool same = false;

    while (status == CDP_OK) {
        if (xml->items[element].has_elements) {
            element++;
            same = false;
        } else {
            element = leave(xml, firsts, element, &same);
            if (element == 0)
                return CDP_OK;
        }
        if (!same)
            status = add_key(xml, element);
        if (status == CDP_OK)
            status = add_value(xml, element);
    }
    return status;
}

cdp_status cdp_xml_make_tree(cdp_reading *reading, cdp_xml_elements *elements)
{
    xml_tree xml = {reading, elements->items, elements->count};
    cdp_document *document = reading->document;
    size_t bytes = xml.count * sizeof(uint32_t);
    void *block = NULL;
    uint32_t *firsts;
    cdp_status status = link_equals(&xml, elements->items);

    if (status == CDP_OK)
        status = cdp_document_allocate(document, bytes, &block);
    if (status == CDP_ERR_LIMIT && !block)
        return cdp_reading_fail_nodes(reading, 0, xml.count);
    if (status != CDP_OK)
        return status;
    firsts = block;
    for (uint32_t i = 0; i < xml.count; i++)
        firsts[i] = i;
    for (uint32_t i = 0; i < xml.count; i++) {
        if (xml.items[i].next_same)
            firsts[xml.items[i].next_same] = firsts[i];
    }
    status = add_all(&xml, firsts);
    cdp_document_release(document, block, bytes);
    return status;
}
