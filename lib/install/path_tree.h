/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_PATH_TREE_H
#define CDP_INSTALL_PATH_TREE_H

#include <codedeploy/base.h>

#include <stdbool.h>

#include "base/text.h"

/*
 * A set of paths, compactly: every path is a node that knows its parent and its last name. A
 * million files cost 16 bytes each, their names, and 4 to 8 bytes of index. Node 0 is the root `/`
 * and its own parent; a parent always has a smaller index than its children.
 */
typedef struct cdp_path_node {
    uint32_t parent;
    uint32_t name; /* offset into `names`, where it ends with a NUL */
    uint16_t length;
    uint8_t flags; /* the owner's business */
    uint8_t is;    /* the owner's business */
} cdp_path_node;

typedef struct cdp_path_tree {
    cdp_allocator allocator;
    cdp_path_node *nodes;
    size_t count;
    size_t capacity;
    char *names;
    size_t names_length;
    size_t names_capacity;
    uint32_t *slots; /* open addressing; 0 is free (the root needs no slot) */
    size_t slot_count;
    size_t
        indexed; /* how many nodes are in there; those behind wait until something is looked for */
} cdp_path_tree;

enum { CDP_PATH_ROOT = 0 };
#define CDP_PATH_NONE UINT32_MAX

/* CDP_OK or CDP_ERR_NOMEM; released in any case by cdp_path_tree_release(). */
cdp_status cdp_path_tree_init(cdp_path_tree *tree, const cdp_allocator *allocator);
void cdp_path_tree_release(cdp_path_tree *tree);
/* Gives back what growing left over. */
void cdp_path_tree_shrink(cdp_path_tree *tree);
size_t cdp_path_tree_memory(const cdp_path_tree *tree);

/* Makes every node one that is found. CDP_OK or CDP_ERR_NOMEM. */
cdp_status cdp_path_tree_index(cdp_path_tree *tree);

/* The child of that name, or CDP_PATH_NONE; all nodes must be indexed. */
uint32_t cdp_path_tree_find(const cdp_path_tree *tree, uint32_t parent, cdp_string name);
/* The same, added when missing. CDP_ERR_LIMIT past 2^32 - 2 nodes or 4 GiB of names or a name of
 * more than 65,535 bytes; CDP_ERR_NOMEM. */
cdp_status cdp_path_tree_add(cdp_path_tree *tree, uint32_t parent, cdp_string name, uint32_t *node);
/* The same for a child that is not there, without looking; it is not indexed yet. */
cdp_status cdp_path_tree_append(cdp_path_tree *tree, uint32_t parent, cdp_string name,
                                uint32_t *node);

/* True when a node cannot have children yet: none has come behind it. */
static inline bool cdp_path_tree_is_last(const cdp_path_tree *tree, uint32_t node)
{
    return node + (size_t)1 == tree->count;
}

/* A whole path, `/` or `/a/b`, normal already: found, or added with every component before it. */
uint32_t cdp_path_tree_find_path(const cdp_path_tree *tree, cdp_string path);
cdp_status cdp_path_tree_add_path(cdp_path_tree *tree, cdp_string path, uint32_t *node);

/* Appends `/` for the root, `/a/b` for others. */
void cdp_path_tree_put_path(const cdp_path_tree *tree, uint32_t node, cdp_text *text);

static inline cdp_string cdp_path_tree_name(const cdp_path_tree *tree, uint32_t node)
{
    return (cdp_string){tree->names + tree->nodes[node].name, tree->nodes[node].length};
}

/* True when `node` lies below `ancestor`, or is it. O(depth). */
bool cdp_path_tree_is_below(const cdp_path_tree *tree, uint32_t node, uint32_t ancestor);

#endif
