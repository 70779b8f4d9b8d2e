/* SPDX-License-Identifier: MIT */
#include "install/path_tree.h"

#include <string.h>

#include "base/allocator.h"
#include "base/strings.h"

cdp_status cdp_path_tree_init(cdp_path_tree *tree, const cdp_allocator *allocator)
{
    cdp_status status;

    *tree = (cdp_path_tree){.allocator = *allocator};
    status = cdp_array_reserve(allocator, (void **)&tree->nodes, &tree->capacity, 1,
                               sizeof *tree->nodes);
    if (status == CDP_OK)
        status = cdp_array_reserve(allocator, (void **)&tree->names, &tree->names_capacity, 1, 1);
    if (status != CDP_OK)
        return status;
    tree->nodes[CDP_PATH_ROOT] = (cdp_path_node){CDP_PATH_ROOT, 0, 0, 0, 0};
    tree->names[0] = '\0';
    tree->count = tree->indexed = 1;
    tree->names_length = 1;
    return CDP_OK;
}

void cdp_path_tree_release(cdp_path_tree *tree)
{
    cdp_release(&tree->allocator, tree->nodes, tree->capacity * sizeof *tree->nodes);
    cdp_release(&tree->allocator, tree->names, tree->names_capacity);
    cdp_release(&tree->allocator, tree->slots, tree->slot_count * sizeof *tree->slots);
    *tree = (cdp_path_tree){.allocator = tree->allocator};
}

static void shrink(const cdp_allocator *allocator, void **array, size_t *capacity, size_t used,
                   size_t element_bytes)
{
    void *smaller;

    if (used == 0 || used == *capacity)
        return;
    smaller = allocator->reallocate(*array, *capacity * element_bytes, used * element_bytes,
                                    allocator->user);
    if (smaller) {
        *array = smaller;
        *capacity = used;
    }
}

void cdp_path_tree_shrink(cdp_path_tree *tree)
{
    shrink(&tree->allocator, (void **)&tree->nodes, &tree->capacity, tree->count,
           sizeof *tree->nodes);
    shrink(&tree->allocator, (void **)&tree->names, &tree->names_capacity, tree->names_length, 1);
}

size_t cdp_path_tree_memory(const cdp_path_tree *tree)
{
    return tree->capacity * sizeof *tree->nodes + tree->names_capacity +
           tree->slot_count * sizeof *tree->slots;
}

/* Eight bytes at a time: names are short, and there are millions of them. */
static size_t hash(uint32_t parent, cdp_string name)
{
    uint64_t value = (parent + UINT64_C(1)) * UINT64_C(0x9e3779b97f4a7c15);
    size_t i = 0;

    for (; i + 8 <= name.length; i += 8) {
        uint64_t word;

        memcpy(&word, name.data + i, 8);
        value = (value ^ word) * UINT64_C(0xff51afd7ed558ccd);
        value ^= value >> 32;
    }
    for (; i < name.length; i++)
        value = (value ^ (unsigned char)name.data[i]) * UINT64_C(0x100000001b3);
    value = (value ^ value >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return (size_t)(value ^ value >> 33);
}

/* The slot where a name is, or the free one where it would go. */
static size_t find_slot(const cdp_path_tree *tree, uint32_t parent, cdp_string name)
{
    size_t mask = tree->slot_count - 1;
    size_t slot = hash(parent, name) & mask;

    for (; tree->slots[slot]; slot = (slot + 1) & mask) {
        const cdp_path_node *node = &tree->nodes[tree->slots[slot]];

        if (node->parent == parent && node->length == name.length &&
            memcmp(tree->names + node->name, name.data, name.length) == 0)
            break;
    }
    return slot;
}

/* Nodes differ from each other, so that nothing needs to be compared. */
static void fill_slots(cdp_path_tree *tree)
{
    size_t mask = tree->slot_count - 1;

    for (; tree->indexed < tree->count; tree->indexed++) {
        uint32_t node = (uint32_t)tree->indexed;
        size_t slot = hash(tree->nodes[node].parent, cdp_path_tree_name(tree, node)) & mask;

        while (tree->slots[slot])
            slot = (slot + 1) & mask;
        tree->slots[slot] = node;
    }
}

/* Room for `count` nodes in the index, which is at most three quarters full. */
static cdp_status reserve_slots(cdp_path_tree *tree, size_t count)
{
    size_t slots = tree->slot_count ? tree->slot_count : 16;

    while (count * 4 > slots * 3)
        slots *= 2;
    if (slots == tree->slot_count)
        return CDP_OK;
    cdp_release(&tree->allocator, tree->slots, tree->slot_count * sizeof *tree->slots);
    tree->slot_count = 0;
    tree->indexed = 1;
    tree->slots = cdp_allocate_zeroed(&tree->allocator, slots * sizeof *tree->slots);
    if (!tree->slots)
        return CDP_ERR_NOMEM;
    tree->slot_count = slots;
    return CDP_OK;
}

/* The same for `more` nodes than there are. */
static cdp_status index_all(cdp_path_tree *tree, size_t more)
{
    cdp_status status = reserve_slots(tree, tree->count + more);

    if (status == CDP_OK)
        fill_slots(tree);
    return status;
}

cdp_status cdp_path_tree_index(cdp_path_tree *tree)
{
    return tree->indexed == tree->count ? CDP_OK : index_all(tree, 0);
}

uint32_t cdp_path_tree_find(const cdp_path_tree *tree, uint32_t parent, cdp_string name)
{
    uint32_t node = tree->slot_count ? tree->slots[find_slot(tree, parent, name)] : 0;

    return node ? node : CDP_PATH_NONE;
}

static cdp_status append_node(cdp_path_tree *tree, uint32_t parent, cdp_string name)
{
    cdp_status status;

    if (tree->count >= CDP_PATH_NONE || name.length > UINT16_MAX ||
        tree->names_length > UINT32_MAX - name.length - 1)
        return CDP_ERR_LIMIT;
    status = cdp_array_reserve(&tree->allocator, (void **)&tree->nodes, &tree->capacity,
                               tree->count + 1, sizeof *tree->nodes);
    if (status == CDP_OK)
        status = cdp_array_reserve(&tree->allocator, (void **)&tree->names, &tree->names_capacity,
                                   tree->names_length + name.length + 1, 1);
    if (status != CDP_OK)
        return status;
    tree->nodes[tree->count++] =
        (cdp_path_node){parent, (uint32_t)tree->names_length, (uint16_t)name.length, 0, 0};
    memcpy(tree->names + tree->names_length, name.data, name.length);
    tree->names_length += name.length;
    tree->names[tree->names_length++] = '\0';
    return CDP_OK;
}

cdp_status cdp_path_tree_append(cdp_path_tree *tree, uint32_t parent, cdp_string name,
                                uint32_t *node)
{
    cdp_status status = append_node(tree, parent, name);

    if (status == CDP_OK)
        *node = (uint32_t)(tree->count - 1);
    return status;
}

cdp_status cdp_path_tree_add(cdp_path_tree *tree, uint32_t parent, cdp_string name, uint32_t *node)
{
    cdp_status status = index_all(tree, 1);
    size_t slot;

    if (status != CDP_OK)
        return status;
    slot = find_slot(tree, parent, name);
    if (!tree->slots[slot]) {
        status = append_node(tree, parent, name);
        if (status != CDP_OK)
            return status;
        tree->slots[slot] = (uint32_t)(tree->count - 1);
        tree->indexed++;
    }
    *node = tree->slots[slot];
    return CDP_OK;
}

/* The component of a path that begins at `at`, behind a slash; empty at the end. */
static cdp_string component(cdp_string path, size_t at)
{
    return cdp_string_slice(path.data + at, cdp_string_find(path, '/', at) - at);
}

uint32_t cdp_path_tree_find_path(const cdp_path_tree *tree, cdp_string path)
{
    uint32_t node = CDP_PATH_ROOT;

    for (size_t at = 1; at < path.length && node != CDP_PATH_NONE;) {
        cdp_string name = component(path, at);

        node = cdp_path_tree_find(tree, node, name);
        at += name.length + 1;
    }
    return node;
}

cdp_status cdp_path_tree_add_path(cdp_path_tree *tree, cdp_string path, uint32_t *node)
{
    cdp_status status = CDP_OK;
    uint32_t at_node = CDP_PATH_ROOT;

    for (size_t at = 1; at < path.length && status == CDP_OK;) {
        cdp_string name = component(path, at);

        status = cdp_path_tree_add(tree, at_node, name, &at_node);
        at += name.length + 1;
    }
    if (status == CDP_OK)
        *node = at_node;
    return status;
}

void cdp_path_tree_put_path(const cdp_path_tree *tree, uint32_t node, cdp_text *text)
{
    size_t length = 0;
    size_t end;

    if (node == CDP_PATH_ROOT) {
        cdp_text_put_byte(text, '/');
        return;
    }
    for (uint32_t at = node; at != CDP_PATH_ROOT; at = tree->nodes[at].parent)
        length += tree->nodes[at].length + (size_t)1;
    cdp_text_put_repeated(text, '/', length);
    if (text->status != CDP_OK)
        return;
    end = text->length;
    for (uint32_t at = node; at != CDP_PATH_ROOT; at = tree->nodes[at].parent) {
        cdp_string name = cdp_path_tree_name(tree, at);

        memcpy(text->data + end - name.length, name.data, name.length);
        end -= name.length + 1;
    }
}

bool cdp_path_tree_is_below(const cdp_path_tree *tree, uint32_t node, uint32_t ancestor)
{
    while (node > ancestor)
        node = tree->nodes[node].parent;
    return node == ancestor;
}
