/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_BUNDLE_NAMES_H
#define CDP_POSIX_BUNDLE_NAMES_H

#include "internal.h"

typedef enum px_kind {
    PX_KIND_FILE = 1,
    PX_KIND_DIRECTORY,
    PX_KIND_SYMLINK,
    PX_KIND_HARD_LINK,
    /* Devices, FIFOs, sockets. */
    PX_KIND_OTHER
} px_kind;

/* A path of a bundle, as far as it has been read. Paths have no slash at their ends. */
typedef struct px_name_node {
    size_t path;
    uint32_t length;
    px_kind kind;
    /* Offset of a symbolic link's target; 0: none. */
    size_t target;
    /* Index + 1 of the next node in the same bucket. */
    uint32_t next;
} px_name_node;

/* All paths of a bundle, found by path without regard to ASCII case. Zeroed at first. */
typedef struct px_bundle_names {
    px_name_node *nodes;
    size_t count;
    size_t capacity;
    uint32_t *buckets;
    size_t bucket_count;
    uint64_t key[2];
    /* Paths and targets, each with a NUL behind. */
    px_buffer text;
} px_bundle_names;

void px_bundle_names_release(px_bundle_names *names);

/* The node of exactly this path, or NULL. `*alike` (may be NULL): one that differs only in case. */
const px_name_node *px_bundle_names_find(const px_bundle_names *names, const char *path,
                                         size_t length, const px_name_node **alike);

/* Adds a path that is not there yet; `target` may be NULL. CDP_OK, CDP_ERR_NOMEM, CDP_ERR_LIMIT. */
cdp_status px_bundle_names_add(px_bundle_names *names, const char *path, size_t length,
                               px_kind kind, const char *target);

static inline const char *px_node_path(const px_bundle_names *names, const px_name_node *node)
{
    return names->text.data + node->path;
}

static inline const char *px_node_target(const px_bundle_names *names, const px_name_node *node)
{
    return names->text.data + node->target;
}

#endif
