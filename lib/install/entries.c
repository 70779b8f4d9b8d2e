/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"
#include "base/strings.h"
#include "install/files.h"

/*
 * The entries of `files`: where each source is, where each destination is, and the directories on
 * the way.
 */

typedef struct file_entry {
    cdp_planner *planner;
    cdp_appspec_file file;
    size_t index;
    cdp_text literal; /* the destination, made absolute */
    cdp_text source;  /* normal: below the revision, or outside as /../… */
    cdp_fs_kind kind; /* of the source; a link to a directory counts as one */
    uint64_t bytes;
} file_entry;

static bool is_text(cdp_appspec_value_kind kind, cdp_string value)
{
    return (kind == CDP_APPSPEC_VALUE_TEXT || kind == CDP_APPSPEC_VALUE_BYTES ||
            kind == CDP_APPSPEC_VALUE_LIST) &&
           value.data && (value.length == 0 || !memchr(value.data, '\0', value.length));
}

static cdp_status refuse(const file_entry *entry, cdp_diagnostic_code code, const char *member,
                         cdp_string path)
{
    const cdp_finding finding = {
        .code = code, .path = path, .source = entry->file.source, .arguments = {path}};
    cdp_status status = cdp_planner_set_pointer(entry->planner, "/files", entry->index, member);

    return status == CDP_OK ? cdp_planner_tell(entry->planner, &finding) : status;
}

/* ---- the source ------------------------------------------------------------------------------ */

static bool climbs_out(cdp_string source)
{
    size_t depth = 0;

    for (size_t at = 0; at < source.length;) {
        size_t end = cdp_string_find(source, '/', at);
        cdp_string name = cdp_string_slice(source.data + at, end - at);

        at = end + 1;
        if (name.length == 0 || cdp_string_equal_c(name, "."))
            continue;
        if (!cdp_string_equal_c(name, ".."))
            depth++;
        else if (depth-- == 0)
            return true;
    }
    return false;
}

/* Compatible mode: what the path means below the destination root, if it does. */
static cdp_status put_outside(file_entry *entry, bool *is_known)
{
    const cdp_install_plan *plan = entry->planner->plan;
    cdp_text *words = &entry->planner->words[2];
    cdp_string path;
    cdp_status status;

    cdp_text_clear(words);
    cdp_text_put(words, plan->revision_directory);
    cdp_text_put_byte(words, '/');
    cdp_text_put(words, entry->file.source);
    if (cdp_text_status(words) != CDP_OK)
        return CDP_ERR_NOMEM;
    cdp_text_put(&entry->source, CDP_STR("/.."));
    status = cdp_put_normal_path(&entry->source, cdp_text_string(words));
    path = cdp_text_string(&entry->source);
    path.data += 3;
    path.length -= 3;
    if (status != CDP_OK)
        return status;
    *is_known = cdp_string_starts_with(path, plan->destination_prefix) &&
                (path.length == plan->destination_prefix.length ||
                 path.data[plan->destination_prefix.length] == '/');
    if (*is_known && plan->destination_prefix.length > 0) {
        cdp_string below = cdp_string_slice(path.data + plan->destination_prefix.length,
                                            path.length - plan->destination_prefix.length);

        memmove(entry->source.data + 3, below.data, below.length);
        cdp_text_rollback(&entry->source, 3 + below.length);
    }
    return CDP_OK;
}

static cdp_status find_source(file_entry *entry, bool *is_known)
{
    cdp_planner *planner = entry->planner;
    cdp_status status = CDP_OK;

    *is_known = false;
    cdp_text_clear(&entry->source);
    if (!is_text(entry->file.source_kind, entry->file.source))
        return refuse(entry, CDP_DIAGNOSTIC_INSTALL_PATH_NOT_TEXT, "source", CDP_STR("source"));
    if (!climbs_out(entry->file.source)) {
        *is_known = true;
        return cdp_put_normal_path(&entry->source, entry->file.source);
    }
    if (planner->compatible && planner->plan->revision_directory.length > 0)
        status = put_outside(entry, is_known);
    if (status != CDP_OK || *is_known)
        return status;
    return refuse(entry, CDP_DIAGNOSTIC_INSTALL_SOURCE_OUTSIDE, "source", entry->file.source);
}

/*
 * What the source is. A link that is named as the source is followed when it leads to a directory
 * of the revision: whoever names it means what is in there.
 */
static cdp_status look_at_source(file_entry *entry, bool *is_inside)
{
    cdp_planner *planner = entry->planner;
    cdp_string path = cdp_text_string(&entry->source);
    cdp_fs_root root = cdp_split_source(&path);
    cdp_fs_info info;
    cdp_status status = cdp_fs_info_get(&planner->fs, root, path, false, &info);

    *is_inside = true;
    entry->kind = CDP_FS_ABSENT;
    if (status == CDP_ERR_DENIED && root == CDP_FS_REVISION) {
        *is_inside = false;
        return refuse(entry, CDP_DIAGNOSTIC_INSTALL_SOURCE_OUTSIDE, "source", entry->file.source);
    }
    if (status == CDP_ERR_NOT_FOUND)
        return CDP_OK;
    if (status != CDP_OK)
        return cdp_planner_host_failed(planner, "Looking at", path, status);
    entry->kind = info.kind;
    entry->bytes = info.bytes;
    if (info.kind != CDP_FS_SYMLINK)
        return CDP_OK;
    status = cdp_fs_info_get(&planner->fs, root, path, true, &info);
    if (status == CDP_ERR_DENIED || status == CDP_ERR_NOT_FOUND)
        return CDP_OK;
    if (status != CDP_OK)
        return cdp_planner_host_failed(planner, "Looking at", path, status);
    if (info.kind == CDP_FS_DIRECTORY)
        entry->kind = CDP_FS_DIRECTORY;
    return CDP_OK;
}

/* ---- the destination ------------------------------------------------------------------------- */

/* Goes along a path as it was written, and needs every directory on it. */
static cdp_status walk(const file_entry *entry, cdp_string literal, bool ends_in_destination,
                       uint32_t *node, bool *is_there)
{
    cdp_planner *planner = entry->planner;
    cdp_path_tree *tree = &planner->plan->tree;
    cdp_status status = CDP_OK;

    for (size_t at = 0; at < literal.length && status == CDP_OK && *is_there;) {
        size_t end = cdp_string_find(literal, '/', at);
        cdp_string name = cdp_string_slice(literal.data + at, end - at);

        at = end + 1;
        if (name.length == 0 || cdp_string_equal_c(name, "."))
            continue;
        if (cdp_string_equal_c(name, "..")) {
            *node = tree->nodes[*node].parent;
            continue;
        }
        status = cdp_path_tree_add(tree, *node, name, node);
        if (status == CDP_OK)
            status = cdp_planner_need_directory(
                planner, *node, ends_in_destination && at >= literal.length, is_there);
    }
    return status;
}

/*
 * The agent looks for `~/app` in its working directory before it puts the home directory in: there
 * is never anything, so that it makes the home directory and all below it.
 */
static cdp_status walk_from_home(const file_entry *entry, bool ends_in_destination, uint32_t *node,
                                 bool *is_there)
{
    cdp_planner *planner = entry->planner;
    cdp_string home = planner->options.home_directory;
    cdp_text *words = &planner->words[2];
    cdp_string rest =
        cdp_string_slice(entry->file.destination.data + 1, entry->file.destination.length - 1);
    cdp_status status;

    cdp_text_clear(words);
    status = cdp_put_normal_path(words, home);
    if (status == CDP_OK)
        status = cdp_path_tree_add_path(&planner->plan->tree, cdp_text_string(words), node);
    planner->blind = true;
    if (status == CDP_OK)
        status = cdp_planner_need_directory(planner, *node, false, is_there);
    return status == CDP_OK ? walk(entry, rest, ends_in_destination, node, is_there) : status;
}

/* The directory that the source, or its content, goes to. */
static cdp_status find_destination(file_entry *entry, uint32_t *node, bool *is_there)
{
    cdp_planner *planner = entry->planner;
    cdp_string destination = entry->file.destination;
    bool is_directory = entry->kind == CDP_FS_DIRECTORY;
    cdp_status status;

    *is_there = false;
    if (!is_text(entry->file.destination_kind, destination))
        return refuse(entry, CDP_DIAGNOSTIC_INSTALL_PATH_NOT_TEXT, "destination",
                      CDP_STR("destination"));
    if (destination.length == 0 && is_directory)
        return refuse(entry, CDP_DIAGNOSTIC_INSTALL_DESTINATION_EMPTY, "destination",
                      entry->file.source);
    cdp_text_clear(&entry->literal);
    status = cdp_planner_set_pointer(planner, "/files", entry->index, "destination");
    if (status == CDP_OK)
        status = cdp_planner_make_absolute(planner, destination, &entry->literal, is_there);
    if (status == CDP_OK)
        status = cdp_planner_set_pointer(planner, "/files", entry->index, NULL);
    if (status != CDP_OK || !*is_there)
        return status;
    *node = CDP_PATH_ROOT;
    if (planner->compatible && destination.length > 0 && destination.data[0] == '~')
        return walk_from_home(entry, is_directory, node, is_there);
    return walk(entry, cdp_text_string(&entry->literal), is_directory, node, is_there);
}

/* ---- both ------------------------------------------------------------------------------------ */

/* Cuts the last name from a normal path. */
static cdp_string split_name(cdp_string *path)
{
    size_t slash = path->length;
    cdp_string name;

    while (slash > 0 && path->data[slash - 1] != '/')
        slash--;
    name = cdp_string_slice(path->data + slash, path->length - slash);
    path->length = slash > 1 ? slash - 1 : 1;
    return name;
}

static cdp_status install_file(file_entry *entry, uint32_t directory)
{
    cdp_planner *planner = entry->planner;
    cdp_string path = cdp_text_string(&entry->source);
    cdp_string name = split_name(&path);
    size_t files = planner->plan->totals.files;
    uint8_t flags = entry->kind == CDP_FS_SYMLINK  ? CDP_NODE_LINK
                    : entry->kind == CDP_FS_ABSENT ? CDP_NODE_MISSING
                                                   : 0;
    cdp_step step;
    cdp_status status = cdp_planner_count_object(planner);

    if (status == CDP_OK)
        status = cdp_path_tree_add(&planner->plan->tree, directory, name, &step.node);
    if (status == CDP_OK)
        status = cdp_path_tree_add_path(&planner->plan->sources, path, &step.source);
    if (status == CDP_OK)
        status = cdp_planner_install_leaf(planner, &step, flags);
    if (planner->plan->totals.files > files && planner->options.measure &&
        entry->kind == CDP_FS_REGULAR)
        planner->plan->totals.bytes += entry->bytes;
    return status;
}

static cdp_status pour_directory(file_entry *entry, uint32_t directory)
{
    cdp_planner *planner = entry->planner;
    uint32_t source;
    cdp_status status =
        cdp_path_tree_add_path(&planner->plan->sources, cdp_text_string(&entry->source), &source);

    return status == CDP_OK ? cdp_planner_pour(planner, source, directory) : status;
}

static cdp_status tell_missing(file_entry *entry)
{
    cdp_finding finding = {
        .code = CDP_DIAGNOSTIC_INSTALL_SOURCE_MISSING,
        .severity = cdp_planner_late_severity(entry->planner),
        .source = entry->file.source,
        .arguments = {entry->file.source},
    };
    cdp_status status = cdp_planner_set_pointer(entry->planner, "/files", entry->index, "source");

    return status == CDP_OK ? cdp_planner_tell(entry->planner, &finding) : status;
}

static cdp_status install_entry(file_entry *entry)
{
    uint32_t node = CDP_PATH_ROOT;
    bool usable;
    cdp_status status = find_source(entry, &usable);

    if (status == CDP_OK && usable)
        status = look_at_source(entry, &usable);
    if (status != CDP_OK || !usable)
        return status;
    if (entry->kind == CDP_FS_OTHER)
        return refuse(entry, CDP_DIAGNOSTIC_INSTALL_SOURCE_SPECIAL, "source", entry->file.source);
    if (entry->kind == CDP_FS_ABSENT) {
        status = tell_missing(entry);
        if (status != CDP_OK || !entry->planner->compatible)
            return status;
    }
    status = find_destination(entry, &node, &usable);
    if (status == CDP_OK && usable)
        status = entry->kind == CDP_FS_DIRECTORY ? pour_directory(entry, node)
                                                 : install_file(entry, node);
    entry->planner->blind = false;
    return status;
}

cdp_status cdp_planner_install_files(cdp_planner *planner)
{
    const cdp_appspec *appspec = planner->options.appspec;
    size_t count = cdp_appspec_file_count(appspec);
    file_entry entry = {.planner = planner};
    cdp_status status = CDP_OK;

    cdp_text_init(&entry.literal, &planner->allocator);
    cdp_text_init(&entry.source, &planner->allocator);
    for (size_t i = 0; i < count && status == CDP_OK; i++) {
        entry.file = (cdp_appspec_file){.size = sizeof entry.file};
        entry.index = i;
        status = cdp_appspec_file_at(appspec, i, &entry.file);
        if (status == CDP_OK)
            status = install_entry(&entry);
    }
    cdp_text_release(&entry.literal);
    cdp_text_release(&entry.source);
    return status;
}
