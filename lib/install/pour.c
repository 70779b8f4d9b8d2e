/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"
#include "base/strings.h"
#include "install/files.h"

/*
 * Walks a directory of the revision and all below it, names in byte order, beside the directory of
 * the destination that they go to. No recursion: a stack of levels.
 */

enum {
    /* So few names are asked for one by one; for more the destination is listed. */
    ASKED_ONE_BY_ONE = 8,
    /* Longer paths are nobody's, and would make a deep tree cost the square of its depth. */
    LONGEST_PATH = 16383,
    /* Followed links inside each other; the agent's system gives up there too. */
    LINKS_FOLLOWED = 40
};

/* How the names at the destination are found out. */
typedef enum presence {
    NOTHING_PRESENT, /* the directory is not there */
    LISTED,
    ASKED
} presence;

typedef struct pour_level {
    uint32_t source;
    uint32_t node;
    /* Nothing of the plan lies in `node` but what is poured into it. */
    bool is_fresh;
    cdp_fs_listing entries;
    size_t next;
    presence present;
    cdp_fs_listing listed;
    size_t next_listed;
    /* Compatible mode: reached by a link, and which directory it really is (0: not asked yet). */
    bool followed;
    uint64_t device;
    uint64_t inode;
} pour_level;

typedef struct pour_walk {
    cdp_planner *planner;
    pour_level *levels;
    size_t depth;
    size_t made; /* levels whose listings are initialised; kept for reuse */
    size_t capacity;
    cdp_text path;
} pour_walk;

static cdp_status reserve_level(pour_walk *pour)
{
    const cdp_allocator *allocator = &pour->planner->allocator;
    cdp_status status;

    if (pour->depth < pour->made)
        return CDP_OK;
    status = cdp_array_reserve(allocator, (void **)&pour->levels, &pour->capacity, pour->made + 1,
                               sizeof *pour->levels);
    if (status != CDP_OK)
        return status;
    pour->levels[pour->made] = (pour_level){0};
    cdp_fs_listing_init(&pour->levels[pour->made].entries, allocator);
    cdp_fs_listing_init(&pour->levels[pour->made].listed, allocator);
    pour->made++;
    return CDP_OK;
}

static void release(pour_walk *pour)
{
    for (size_t i = 0; i < pour->made; i++) {
        cdp_fs_listing_release(&pour->levels[i].entries);
        cdp_fs_listing_release(&pour->levels[i].listed);
    }
    cdp_release(&pour->planner->allocator, pour->levels, pour->capacity * sizeof *pour->levels);
    cdp_text_release(&pour->path);
}

static cdp_status too_long(pour_walk *pour)
{
    const cdp_string path = cdp_text_string(&pour->path);
    cdp_report report = {
        .code = CDP_DIAGNOSTIC_INSTALL_NAME_TOO_LONG,
        .arguments = {cdp_string_slice(path.data, 64), CDP_STR("16383")},
    };
    cdp_status status = cdp_diagnostics_report(pour->planner->diagnostics, &report);

    return status == CDP_OK ? CDP_ERR_LIMIT : status;
}

/* Lists a directory into `listing`, sorted; the path is in pour->path. */
static cdp_status list(pour_walk *pour, cdp_fs_root root, bool measure, cdp_fs_listing *listing)
{
    cdp_planner *planner = pour->planner;
    cdp_status status = cdp_text_status(&pour->path);

    cdp_fs_listing_clear(listing);
    if (status != CDP_OK)
        return status;
    if (pour->path.length > LONGEST_PATH)
        return too_long(pour);
    status = cdp_fs_list(&planner->fs, root, cdp_text_string(&pour->path), measure, listing);
    if (status != CDP_OK)
        return cdp_planner_host_failed(planner, "Listing", cdp_text_string(&pour->path), status);
    return cdp_fs_listing_sort(listing);
}

static cdp_status list_source(pour_walk *pour, pour_level *level)
{
    cdp_planner *planner = pour->planner;
    cdp_fs_root root;

    cdp_text_clear(&pour->path);
    root = cdp_plan_put_source_directory(planner->plan, level->source, &pour->path);
    return list(pour, root, planner->options.measure != 0, &level->entries);
}

static cdp_status list_destination(pour_walk *pour, pour_level *level)
{
    const cdp_path_node *node = cdp_plan_node(pour->planner->plan, level->node);

    level->next_listed = 0;
    level->present = NOTHING_PRESENT;
    if (!(node->flags & CDP_NODE_STAYS))
        return CDP_OK;
    level->present = level->entries.count <= ASKED_ONE_BY_ONE ? ASKED : LISTED;
    if (level->present == ASKED)
        return CDP_OK;
    cdp_text_clear(&pour->path);
    cdp_plan_put_destination(pour->planner->plan, level->node, &pour->path);
    return list(pour, CDP_FS_DESTINATION, false, &level->listed);
}

static cdp_status enter(pour_walk *pour, uint32_t source, uint32_t node, bool followed)
{
    cdp_status status = reserve_level(pour);
    pour_level *level;

    if (status != CDP_OK)
        return status;
    level = &pour->levels[pour->depth];
    level->source = source;
    level->node = node;
    level->is_fresh = cdp_path_tree_is_last(&pour->planner->plan->tree, node);
    level->next = 0;
    level->followed = followed;
    level->device = level->inode = 0;
    status = list_source(pour, level);
    if (status == CDP_OK)
        status = list_destination(pour, level);
    if (status == CDP_OK)
        pour->depth++;
    return status;
}

/* What is at the destination of the entry at hand, from what was listed. Both go by byte order. */
static cdp_status find_present(pour_walk *pour, pour_level *level, uint32_t node, cdp_string name)
{
    cdp_planner *planner = pour->planner;
    cdp_fs_kind kind = CDP_FS_ABSENT;
    int order = -1;

    if (cdp_plan_node(planner->plan, node)->is != CDP_FOUND_UNKNOWN || level->present == ASKED)
        return CDP_OK;
    while (level->present == LISTED && level->next_listed < level->listed.count) {
        order = cdp_string_compare(cdp_fs_listing_name(&level->listed, level->next_listed), name);
        if (order >= 0)
            break;
        level->next_listed++;
    }
    if (order == 0)
        kind = (cdp_fs_kind)level->listed.entries[level->next_listed].kind;
    return cdp_planner_classify(planner, node, kind);
}

static cdp_status pour_leaf(pour_walk *pour, const pour_level *level, uint32_t node, size_t index,
                            uint8_t flags)
{
    const cdp_step step = {node, level->source};
    size_t files = pour->planner->plan->totals.files;
    cdp_status status = cdp_planner_install_leaf(pour->planner, &step, flags);

    if (pour->planner->plan->totals.files > files && pour->planner->options.measure)
        pour->planner->plan->totals.bytes += level->entries.entries[index].bytes;
    return status;
}

static cdp_status pour_directory(pour_walk *pour, const pour_level *level, uint32_t node,
                                 cdp_string name, bool followed)
{
    cdp_planner *planner = pour->planner;
    uint32_t source;
    bool is_there;
    cdp_status status = cdp_planner_need_directory(planner, node, true, &is_there);

    if (status != CDP_OK || !is_there)
        return status;
    status = cdp_path_tree_add(&planner->plan->sources, level->source, name, &source);
    return status == CDP_OK ? enter(pour, source, node, followed) : status;
}

static cdp_status refuse_special(pour_walk *pour, const pour_level *level, uint32_t node)
{
    const cdp_step step = {node, level->source};
    cdp_finding finding = {.code = CDP_DIAGNOSTIC_INSTALL_SOURCE_SPECIAL};

    finding.path = cdp_planner_show(pour->planner, node);
    finding.source = finding.arguments[0] = cdp_planner_show_source(pour->planner, &step);
    return cdp_planner_tell(pour->planner, &finding);
}

/* ---- compatible mode: links to directories are followed -------------------------------------- */

static cdp_status identify(pour_walk *pour, pour_level *level)
{
    cdp_planner *planner = pour->planner;
    cdp_fs_info info;
    cdp_fs_root root;
    cdp_status status;

    if (level->inode)
        return CDP_OK;
    cdp_text_clear(&pour->path);
    root = cdp_plan_put_source_directory(planner->plan, level->source, &pour->path);
    status = cdp_text_status(&pour->path);
    if (status != CDP_OK)
        return status;
    status = cdp_fs_info_get(&planner->fs, root, cdp_text_string(&pour->path), true, &info);
    if (status != CDP_OK)
        return cdp_planner_host_failed(planner, "Looking at", cdp_text_string(&pour->path), status);
    level->device = info.device;
    level->inode = info.inode;
    return CDP_OK;
}

/* True when the directory is one of those that are being walked. */
static cdp_status leads_back(pour_walk *pour, const cdp_fs_info *info, bool *back)
{
    size_t followed = 0;

    *back = false;
    for (size_t i = 0; i < pour->depth && !*back; i++) {
        cdp_status status = identify(pour, &pour->levels[i]);

        if (status != CDP_OK)
            return status;
        followed += pour->levels[i].followed;
        *back = info->inode != 0 && pour->levels[i].inode == info->inode &&
                pour->levels[i].device == info->device;
    }
    *back |= followed >= LINKS_FOLLOWED;
    return CDP_OK;
}

static cdp_status warn_of_link(pour_walk *pour, cdp_diagnostic_code code, const cdp_step *step)
{
    cdp_finding finding = {.code = code, .severity = CDP_SEVERITY_WARNING};

    finding.path = cdp_planner_show(pour->planner, step->node);
    finding.source = finding.arguments[0] = cdp_planner_show_source(pour->planner, step);
    return cdp_planner_tell(pour->planner, &finding);
}

/* Whether the link at hand is a directory to the agent, and may be one to us. */
static cdp_status may_follow(pour_walk *pour, const pour_level *level, const cdp_step *step,
                             cdp_string name, bool *follow)
{
    cdp_planner *planner = pour->planner;
    cdp_fs_info info;
    cdp_fs_root root;
    bool back;
    cdp_status status;

    *follow = false;
    cdp_text_clear(&pour->path);
    root = cdp_plan_put_source_directory(planner->plan, level->source, &pour->path);
    if (pour->path.length > 1)
        cdp_text_put_byte(&pour->path, '/');
    cdp_text_put(&pour->path, name);
    status = cdp_text_status(&pour->path);
    if (status != CDP_OK)
        return status;
    status = cdp_fs_info_get(&planner->fs, root, cdp_text_string(&pour->path), true, &info);
    if (status == CDP_ERR_DENIED)
        return warn_of_link(pour, CDP_DIAGNOSTIC_INSTALL_LINK_LEADS_OUT, step);
    if (status != CDP_OK && status != CDP_ERR_NOT_FOUND)
        return cdp_planner_host_failed(planner, "Looking at", cdp_text_string(&pour->path), status);
    if (status != CDP_OK || info.kind != CDP_FS_DIRECTORY)
        return CDP_OK;
    status = leads_back(pour, &info, &back);
    if (status == CDP_OK && back)
        return warn_of_link(pour, CDP_DIAGNOSTIC_INSTALL_LINK_LOOP, step);
    *follow = !back;
    return status;
}

/* ---- one entry after the other --------------------------------------------------------------- */

static cdp_status pour_link(pour_walk *pour, const pour_level *level, uint32_t node,
                            cdp_string name, size_t index)
{
    const cdp_step step = {node, level->source};
    bool follow = false;
    cdp_status status = CDP_OK;

    if (pour->planner->compatible)
        status = may_follow(pour, level, &step, name, &follow);
    if (status != CDP_OK)
        return status;
    return follow ? pour_directory(pour, level, node, name, true)
                  : pour_leaf(pour, level, node, index, CDP_NODE_LINK);
}

/* The destination of the entry at hand; what a host lists twice is one. */
static cdp_status add_destination(pour_walk *pour, const pour_level *level, size_t index,
                                  cdp_string name, uint32_t *node)
{
    cdp_path_tree *tree = &pour->planner->plan->tree;

    if (level->is_fresh &&
        (index == 0 || !cdp_string_equal(cdp_fs_listing_name(&level->entries, index - 1), name)))
        return cdp_path_tree_append(tree, level->node, name, node);
    return cdp_path_tree_add(tree, level->node, name, node);
}

static cdp_status pour_next(pour_walk *pour)
{
    pour_level *level = &pour->levels[pour->depth - 1];
    size_t index = level->next++;
    cdp_string name = cdp_fs_listing_name(&level->entries, index);
    uint32_t node;
    cdp_status status = cdp_planner_count_object(pour->planner);

    if (status == CDP_OK)
        status = add_destination(pour, level, index, name, &node);
    if (status == CDP_OK && !pour->planner->blind)
        status = find_present(pour, level, node, name);
    if (status != CDP_OK)
        return status;
    switch (level->entries.entries[index].kind) {
    case CDP_FS_REGULAR:
        return pour_leaf(pour, level, node, index, 0);
    case CDP_FS_DIRECTORY:
        return pour_directory(pour, level, node, name, false);
    case CDP_FS_SYMLINK:
        return pour_link(pour, level, node, name, index);
    default:
        return refuse_special(pour, level, node);
    }
}

cdp_status cdp_planner_pour(cdp_planner *planner, uint32_t source, uint32_t node)
{
    pour_walk pour = {.planner = planner};
    cdp_status status;

    cdp_text_init(&pour.path, &planner->allocator);
    status = enter(&pour, source, node, false);
    while (pour.depth > 0 && status == CDP_OK) {
        const pour_level *level = &pour.levels[pour.depth - 1];

        if (level->next == level->entries.count)
            pour.depth--;
        else
            status = pour_next(&pour);
    }
    release(&pour);
    return status;
}
