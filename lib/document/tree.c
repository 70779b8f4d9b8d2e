/* SPDX-License-Identifier: MIT */
#include "document/tree.h"

#include "base/allocator.h"

cdp_status cdp_document_allocate(cdp_document *document, size_t bytes, void **block)
{
    void *made;

    if (bytes > document->memory_limit - document->memory)
        return CDP_ERR_LIMIT;
    made = cdp_allocate(&document->allocator, bytes);
    if (!made)
        return CDP_ERR_NOMEM;
    document->memory += bytes;
    *block = made;
    return CDP_OK;
}

void cdp_document_release(cdp_document *document, void *block, size_t bytes)
{
    if (!block)
        return;
    cdp_release(&document->allocator, block, bytes);
    document->memory -= bytes;
}

cdp_status cdp_document_reserve(cdp_document *document, void **array, size_t *capacity,
                                size_t needed, size_t element_bytes)
{
    size_t before = *capacity;
    cdp_status status;

    if (needed <= before)
        return CDP_OK;
    /* While it grows, the old block is still there. */
    if ((needed > 2 * before ? needed : 2 * before) >
        (document->memory_limit - document->memory) / element_bytes)
        return CDP_ERR_LIMIT;
    status = cdp_array_reserve(&document->allocator, array, capacity, needed, element_bytes);
    document->memory += (*capacity - before) * element_bytes;
    return status;
}

cdp_status cdp_document_keep(cdp_document *document, cdp_string from, cdp_string *copy)
{
    size_t before = document->strings.total_bytes;
    cdp_status status;

    if (from.length > document->memory_limit - document->memory)
        return CDP_ERR_LIMIT;
    status = cdp_arena_copy(&document->strings, from, copy);
    document->memory += document->strings.total_bytes - before;
    return status;
}

cdp_status cdp_tree_add_chunk(cdp_document *document, cdp_tree *tree)
{
    void *chunks = tree->chunks;
    void *chunk;
    cdp_status status = cdp_document_reserve(document, &chunks, &tree->chunk_capacity,
                                             tree->chunk_count + 1, sizeof *tree->chunks);

    tree->chunks = chunks;
    if (status == CDP_OK)
        status = cdp_document_allocate(document, sizeof(cdp_tree_chunk), &chunk);
    if (status == CDP_OK)
        tree->chunks[tree->chunk_count++] = chunk;
    return status;
}

cdp_status cdp_tree_label_node(cdp_document *document, cdp_tree *tree, cdp_node node,
                               cdp_string tag)
{
    void *tags = tree->tags;
    cdp_status status = cdp_document_reserve(document, &tags, &tree->tag_capacity,
                                             tree->tag_count + 1, sizeof *tree->tags);

    tree->tags = tags;
    if (status == CDP_OK) {
        tree->tags[tree->tag_count++] = (cdp_tree_label){node, tag};
        *cdp_tree_flags(tree, node) |= CDP_FLAG_TAGGED;
    }
    return status;
}

cdp_string cdp_tree_tag(const cdp_tree *tree, cdp_node node)
{
    size_t low = 0;
    size_t high = tree->tag_count;

    if (!(*cdp_tree_flags(tree, node) & CDP_FLAG_TAGGED))
        return (cdp_string){NULL, 0};
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (tree->tags[middle].node <= node)
            low = middle;
        else
            high = middle;
    }
    return tree->tags[low].name;
}

void cdp_tree_release(cdp_document *document, cdp_tree *tree)
{
    for (size_t i = 0; i < tree->chunk_count; i++)
        cdp_document_release(document, tree->chunks[i], sizeof(cdp_tree_chunk));
    cdp_document_release(document, tree->chunks, tree->chunk_capacity * sizeof *tree->chunks);
    cdp_document_release(document, tree->tags, tree->tag_capacity * sizeof *tree->tags);
    *tree = (cdp_tree){NULL};
}
