/* SPDX-License-Identifier: MIT */
#include "document/reading.h"

#include "base/sort.h"

/*
 * Aliases: the tree is copied into a new one, with the anchored node in place of each alias. What
 * an alias copies is taken from the new tree, where everything before it is expanded already.
 */
typedef struct expansion {
    cdp_reading *reading;
    const cdp_tree *old;
    cdp_tree new;
    uint32_t *moved; /* by old index: the new one */
    cdp_node open;   /* old index of the container that is being copied */
} expansion;

static int compare_names(const void *a, const void *b, const void *context)
{
    const cdp_tree_label *first = a;
    const cdp_tree_label *second = b;

    (void)context;
    return cdp_string_compare(first->name, second->name);
}

/* The last anchor of this name that stands before a node, or 0. */
static cdp_node find_anchor(const cdp_reading *reading, cdp_string name, cdp_node before)
{
    size_t low = 0;
    size_t high = reading->anchor_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const cdp_tree_label *anchor = &reading->anchors[middle];
        int order = cdp_string_compare(anchor->name, name);

        if (order < 0 || (order == 0 && anchor->node < before))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || !cdp_string_equal(reading->anchors[low - 1].name, name))
        return 0;
    return reading->anchors[low - 1].node;
}

static cdp_status add(expansion *e, const cdp_tree_node *node, uint8_t flags, cdp_node tagged,
                      const cdp_tree *from)
{
    cdp_reading *reading = e->reading;
    cdp_document *document = reading->document;
    cdp_status status = CDP_ERR_LIMIT;

    if (e->new.count <= reading->options->limits.nodes)
        status = cdp_tree_append(document, &e->new, node, flags);
    if (status == CDP_OK && flags & CDP_FLAG_TAGGED)
        status =
            cdp_tree_label_node(document, &e->new, e->new.count - 1, cdp_tree_tag(from, tagged));
    return status == CDP_ERR_LIMIT ? cdp_reading_fail_nodes(reading, node->start, e->new.count - 1)
                                   : status;
}

static cdp_status copy_anchored(expansion *e, cdp_node alias, cdp_node anchored)
{
    cdp_node from = e->moved[anchored];
    cdp_node to = cdp_tree_after(&e->new, from);
    uint32_t delta = e->new.count - from;
    cdp_status status = CDP_OK;

    for (cdp_node node = from; node < to && status == CDP_OK; node++) {
        cdp_tree_node copy = *cdp_tree_at(&e->new, node);
        uint8_t flags = *cdp_tree_flags(&e->new, node);
        unsigned form = flags & CDP_FORM_MASK;

        if (form == CDP_FORM_SEQUENCE || form == CDP_FORM_MAPPING)
            copy.link += delta;
        if (node == from) {
            uint8_t key = *cdp_tree_flags(e->old, alias) & CDP_FLAG_KEY;

            flags = (uint8_t)((flags & ~CDP_FLAG_KEY) | key);
            copy.parent = e->open ? e->moved[e->open] : 0;
        } else {
            copy.parent += delta;
        }
        status = add(e, &copy, flags, node, &e->new);
    }
    return status;
}

static cdp_status add_nothing(expansion *e, cdp_node alias)
{
    cdp_tree_node node = *cdp_tree_at(e->old, alias);

    node.link = 0;
    node.parent = e->open ? e->moved[e->open] : 0;
    return add(e, &node, *cdp_tree_flags(e->old, alias) & CDP_FLAG_KEY, alias, e->old);
}

static cdp_status expand_alias(expansion *e, cdp_node alias)
{
    cdp_reading *reading = e->reading;
    const cdp_tree_node *node = cdp_tree_at(e->old, alias);
    cdp_string name = {reading->document->values + node->start, node->link};
    cdp_node anchored = find_anchor(reading, name, alias);
    bool recursive = anchored && cdp_tree_after(e->old, anchored) > alias;
    cdp_report report = {
        .code = !anchored   ? CDP_DIAGNOSTIC_YAML_UNKNOWN_ALIAS
                : recursive ? CDP_DIAGNOSTIC_YAML_RECURSIVE_ALIAS
                            : CDP_DIAGNOSTIC_YAML_ALIAS,
        .place = cdp_text_place(reading->document, node->start, node->end),
        .arguments = {name},
    };
    cdp_status status;

    if (reading->options->expand_aliases && anchored && !recursive)
        report.severity = CDP_SEVERITY_WARNING;
    status = cdp_diagnostics_report(reading->diagnostics, &report);
    if (status != CDP_OK)
        return status;
    return anchored && !recursive ? copy_anchored(e, alias, anchored) : add_nothing(e, alias);
}

/* Ends in the new tree what ends in the old one before a node. */
static void close_before(expansion *e, cdp_node node)
{
    while (e->open && cdp_tree_at(e->old, e->open)->link <= node) {
        cdp_tree_at(&e->new, e->moved[e->open])->link = e->new.count;
        e->open = cdp_tree_at(e->old, e->open)->parent;
    }
}

static cdp_status expand_node(expansion *e, cdp_node node)
{
    unsigned form = cdp_tree_form(e->old, node);
    cdp_tree_node copy = *cdp_tree_at(e->old, node);
    cdp_status status;

    close_before(e, node);
    e->moved[node] = e->new.count ? e->new.count : 1;
    if (form == CDP_FORM_ALIAS)
        return expand_alias(e, node);
    copy.parent = e->open ? e->moved[e->open] : 0;
    status = add(e, &copy, *cdp_tree_flags(e->old, node), node, e->old);
    if (form == CDP_FORM_SEQUENCE || form == CDP_FORM_MAPPING)
        e->open = node;
    return status;
}

cdp_status cdp_expand_aliases(cdp_reading *reading)
{
    cdp_document *document = reading->document;
    expansion e = {.reading = reading, .old = &document->tree};
    size_t bytes = (size_t)document->tree.count * sizeof *e.moved;
    void *moved = NULL;
    cdp_status status;

    if (reading->alias_count == 0)
        return CDP_OK;
    status = cdp_sort(&document->allocator, reading->anchors, reading->anchor_count,
                      sizeof *reading->anchors, compare_names, NULL);
    if (status == CDP_OK)
        status = cdp_document_allocate(document, bytes, &moved);
    if (status == CDP_ERR_LIMIT)
        return cdp_reading_fail_nodes(reading, 0, document->tree.count - 1);
    if (status != CDP_OK)
        return status;
    e.moved = moved;
    for (cdp_node node = 1; node < e.old->count && status == CDP_OK; node++)
        status = expand_node(&e, node);
    if (status == CDP_OK) {
        cdp_tree old = document->tree;

        close_before(&e, e.old->count);
        document->tree = e.new;
        e.new = old;
    }
    cdp_document_release(document, moved, bytes);
    cdp_tree_release(document, &e.new);
    return status;
}
