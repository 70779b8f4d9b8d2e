/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_PLAN_H
#define CDP_INSTALL_PLAN_H

#include <codedeploy/install.h>

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "install/path_tree.h"

/*
 * The inside of a plan: what those who show, write or apply it work with. Everything is held in a
 * few arrays of small structs; nothing points at a string of its own.
 *
 * Destinations are nodes of `tree`, paths below the destination root. A source has the same last
 * name as its destination and lies in a directory of `sources`, a path below the revision's root;
 * one below `/..` is outside the revision, below the destination root (compatible mode).
 */

/* What a node of the tree is to this plan; cdp_path_node.flags. */
enum {
    /* A directory that is made, a file or link that is copied: each has one step. */
    CDP_NODE_MADE = 1,
    CDP_NODE_COPIED = 2,
    /* The previous install made it, it is there, and it goes away: a file, a link, or a directory
     * that nothing is left in. */
    CDP_NODE_REMOVED = 4,
    /* What is there now stays although the revision has a file for it (RETAIN). */
    CDP_NODE_RETAINED = 8,
    /* A directory that is there and will be, which something is put into. */
    CDP_NODE_STAYS = 16,
    /* COPIED: the source is a symbolic link, to be made anew with the same target. */
    CDP_NODE_LINK = 32,
    /* COPIED: there is no source, the copy will fail as the agent's does (compatible mode). */
    CDP_NODE_MISSING = 64,
    /* COPIED: takes the place of a file or link that no install of this group made (OVERWRITE). */
    CDP_NODE_REPLACES = 128
};

/* What stands at a destination before anything is done; cdp_path_node.is. */
typedef enum cdp_found {
    CDP_FOUND_UNKNOWN = 0, /* not looked at */
    CDP_FOUND_NOTHING,
    CDP_FOUND_FILE,
    CDP_FOUND_DIRECTORY,
    CDP_FOUND_LINK_TO_FILE, /* or to a device */
    CDP_FOUND_LINK_TO_DIRECTORY,
    CDP_FOUND_DANGLING_LINK,
    CDP_FOUND_OTHER
} cdp_found;

/* One mkdir or copy, in the official order. */
typedef struct cdp_step {
    uint32_t node;
    /* COPIED: index into `sources` of the directory that the source lies in. */
    uint32_t source;
} cdp_step;

/* One permission met one object, in the official order; up to four instructions come of it. */
typedef struct cdp_hit {
    uint32_t node;
    uint32_t permission;
} cdp_hit;

/* The settings of one entry of the AppSpec's `permissions`, strings in the plan's arena. */
typedef struct cdp_plan_permission {
    cdp_string mode;
    cdp_string owner;
    cdp_string group;
    cdp_string context_user;
    cdp_string context_type;
    cdp_string context_range;
    cdp_string *acls;
    uint32_t acl_count;
    uint32_t mode_bits;
    bool has_acls;
    bool owner_is_number;
    bool group_is_number;
    /* How many instructions each object gets, 0 to 4. */
    uint8_t instructions;
} cdp_plan_permission;

struct cdp_install_plan {
    cdp_arena arena; /* strings, permissions, conflicts; not the arrays below */
    cdp_install_mode mode;
    cdp_string revision_directory;
    cdp_string destination_prefix;

    cdp_path_tree tree;
    cdp_path_tree sources;

    cdp_step *steps;
    size_t step_count;
    size_t step_capacity;

    cdp_hit *hits;
    size_t hit_count;
    size_t hit_capacity;
    /* How many instructions come before hit 64 * i, steps included. */
    uint64_t *hit_starts;
    size_t hit_starts_capacity;
    uint64_t instruction_count;

    /* What of the previous install is there and goes, in the order in which it goes. */
    uint32_t *removals;
    size_t removal_count;
    size_t removal_capacity;
    /* Paths below the destination root whose SELinux policy entry the previous install made, in the
     * order of removal. */
    cdp_string *removed_contexts;
    size_t removed_context_count;

    cdp_plan_permission *permissions;
    size_t permission_count;

    cdp_install_conflict *conflicts;
    size_t conflict_count; /* all of them; at most CDP_PLAN_CONFLICTS_KEPT are kept */
    size_t conflict_capacity;
    cdp_diagnostics *messages; /* those of the conflicts kept */

    cdp_install_totals totals;
};

enum { CDP_PLAN_CONFLICTS_KEPT = 1000, CDP_PLAN_HIT_STRIDE = 64 };

/* These append; errors are the text's. */

/* A destination below the destination root, as cdp_fs callbacks take it. */
void cdp_plan_put_destination(const cdp_install_plan *plan, uint32_t node, cdp_text *path);
/* A directory of `sources`, and the source of a COPIED step, below the root that is returned. */
cdp_fs_root cdp_plan_put_source_directory(const cdp_install_plan *plan, uint32_t source,
                                          cdp_text *path);
cdp_fs_root cdp_plan_put_source(const cdp_install_plan *plan, const cdp_step *step, cdp_text *path);
/* The same two as users know them. */
void cdp_plan_put_shown_destination(const cdp_install_plan *plan, uint32_t node, cdp_text *text);
void cdp_plan_put_shown_source(const cdp_install_plan *plan, const cdp_step *step, cdp_text *text);

void cdp_plan_put_shown_source_directory(const cdp_install_plan *plan, uint32_t source,
                                         cdp_text *text);

/* The `index`-th instruction (from 0) that a permission gives each of its objects. */
cdp_install_instruction_type cdp_plan_instruction_type(const cdp_plan_permission *permission,
                                                       size_t index);

/* What a path in `sources` means: the root, and the path in it. */
cdp_fs_root cdp_split_source(cdp_string *path);

/* Appends a path below the destination root as users know it. */
void cdp_plan_put_shown_path(const cdp_install_plan *plan, cdp_string path, cdp_text *text);

static inline const cdp_path_node *cdp_plan_node(const cdp_install_plan *plan, uint32_t node)
{
    return &plan->tree.nodes[node];
}

/* How many of its permission's instructions, from the first on, an object does not get: a symbolic
 * link has neither a mode nor an ACL of its own. */
static inline size_t cdp_plan_hit_skips(const cdp_install_plan *plan, const cdp_hit *hit)
{
    const cdp_plan_permission *permission = &plan->permissions[hit->permission];

    if (!(cdp_plan_node(plan, hit->node)->flags & CDP_NODE_LINK))
        return 0;
    return (size_t)(permission->mode.data != NULL) + permission->has_acls;
}

#endif
