/* SPDX-License-Identifier: MIT */
#include "install/plan.h"

#include "base/allocator.h"
#include "base/sized.h"
#include "base/strings.h"
#include "install/planner.h"
#include "install/record.h"

enum { MOST_OBJECTS = 10000000 };

cdp_fs_root cdp_split_source(cdp_string *path)
{
    if (!cdp_string_starts_with(*path, CDP_STR("/..")) ||
        (path->length > 3 && path->data[3] != '/'))
        return CDP_FS_REVISION;
    *path = path->length > 3 ? cdp_string_slice(path->data + 3, path->length - 3) : CDP_STR("/");
    return CDP_FS_DESTINATION;
}

void cdp_plan_put_destination(const cdp_install_plan *plan, uint32_t node, cdp_text *path)
{
    cdp_path_tree_put_path(&plan->tree, node, path);
}

/* Takes the mark of a source outside the revision from a path that begins at `start`. */
static cdp_fs_root take_mark(cdp_text *path, size_t start)
{
    cdp_string whole = cdp_text_string(path);
    cdp_string split;
    cdp_fs_root root;

    if (path->status != CDP_OK)
        return CDP_FS_REVISION;
    split = cdp_string_slice(whole.data + start, whole.length - start);
    root = cdp_split_source(&split);
    if (root == CDP_FS_REVISION)
        return root;
    if (split.length > 1)
        memmove(path->data + start, split.data, split.length);
    cdp_text_rollback(path, start + split.length);
    return root;
}

cdp_fs_root cdp_plan_put_source_directory(const cdp_install_plan *plan, uint32_t source,
                                          cdp_text *path)
{
    size_t start = path->length;

    cdp_path_tree_put_path(&plan->sources, source, path);
    return take_mark(path, start);
}

/* Behind the directory that it lies in. */
static void put_source_name(const cdp_install_plan *plan, const cdp_step *step, cdp_text *path)
{
    if (path->length == 0 || path->data[path->length - 1] != '/')
        cdp_text_put_byte(path, '/');
    cdp_text_put(path, cdp_path_tree_name(&plan->tree, step->node));
}

cdp_fs_root cdp_plan_put_source(const cdp_install_plan *plan, const cdp_step *step, cdp_text *path)
{
    cdp_fs_root root = cdp_plan_put_source_directory(plan, step->source, path);

    put_source_name(plan, step, path);
    return root;
}

void cdp_plan_put_shown_path(const cdp_install_plan *plan, cdp_string path, cdp_text *text)
{
    cdp_text_put(text, plan->destination_prefix);
    cdp_text_put(text, path);
}

void cdp_plan_put_shown_destination(const cdp_install_plan *plan, uint32_t node, cdp_text *text)
{
    cdp_text_put(text, plan->destination_prefix);
    cdp_plan_put_destination(plan, node, text);
}

void cdp_plan_put_shown_source_directory(const cdp_install_plan *plan, uint32_t source,
                                         cdp_text *text)
{
    size_t start = text->length;
    cdp_string path;
    cdp_fs_root root;

    cdp_path_tree_put_path(&plan->sources, source, text);
    if (text->status != CDP_OK)
        return;
    path = cdp_string_slice(text->data + start, text->length - start);
    root = cdp_split_source(&path);
    cdp_text_rollback(text, start);
    cdp_text_put(text,
                 root == CDP_FS_REVISION ? plan->revision_directory : plan->destination_prefix);
    cdp_plan_put_source_directory(plan, source, text);
}

void cdp_plan_put_shown_source(const cdp_install_plan *plan, const cdp_step *step, cdp_text *text)
{
    cdp_plan_put_shown_source_directory(plan, step->source, text);
    put_source_name(plan, step, text);
}

/* ---- making ---------------------------------------------------------------------------------- */

/* A directory given as a path: absent or `/` becomes empty, anything else must be normal. */
static cdp_status import_directory(cdp_arena *arena, cdp_string given, cdp_string *kept)
{
    if (!given.data || cdp_string_equal_c(given, "/"))
        given = CDP_STR("");
    else if (!cdp_path_is_normal(given))
        return CDP_ERR_ARGUMENT;
    return cdp_arena_copy(arena, given, kept);
}

static cdp_status check_options(const cdp_install_options *options)
{
    if (!options->appspec || !options->fs || (unsigned)options->mode > CDP_INSTALL_COMPATIBLE ||
        (unsigned)options->file_exists_behavior > CDP_FILE_EXISTS_RETAIN ||
        (options->other_count > 0 && (!options->other_groups || !options->other_records)) ||
        options->newer_count > options->other_count ||
        (options->working_directory.data && !cdp_path_is_normal(options->working_directory)) ||
        (options->home_directory.data && !cdp_path_is_normal(options->home_directory)))
        return CDP_ERR_ARGUMENT;
    return cdp_appspec_platform(options->appspec) == CDP_PLATFORM_SERVER ? CDP_OK : CDP_ERR_INVALID;
}

static cdp_status begin(cdp_planner *planner)
{
    const cdp_install_options *options = &planner->options;
    cdp_install_plan *plan = planner->plan;
    cdp_file_exists_behavior behavior = cdp_appspec_file_exists_behavior(options->appspec);
    const cdp_limits limits = {.size = sizeof limits, .diagnostics = CDP_PLAN_CONFLICTS_KEPT};
    cdp_status status;

    if (behavior == CDP_FILE_EXISTS_UNSET)
        behavior = options->file_exists_behavior;
    planner->behavior = behavior == CDP_FILE_EXISTS_UNSET ? CDP_FILE_EXISTS_DISALLOW : behavior;
    planner->compatible = options->mode == CDP_INSTALL_COMPATIBLE;
    planner->max_objects = options->max_objects ? options->max_objects : MOST_OBJECTS;
    plan->mode = options->mode;
    plan->totals.size = sizeof plan->totals;
    status = import_directory(&plan->arena, options->revision_directory, &plan->revision_directory);
    if (status == CDP_OK)
        status =
            import_directory(&plan->arena, options->destination_prefix, &plan->destination_prefix);
    if (status == CDP_OK)
        status = cdp_path_tree_init(&plan->tree, &planner->allocator);
    if (status == CDP_OK)
        status = cdp_path_tree_init(&plan->sources, &planner->allocator);
    if (status == CDP_OK)
        status = cdp_diagnostics_new(&planner->allocator, &limits, &plan->messages);
    if (status == CDP_OK) {
        plan->tree.nodes[CDP_PATH_ROOT].is = CDP_FOUND_DIRECTORY;
        plan->tree.nodes[CDP_PATH_ROOT].flags = CDP_NODE_STAYS;
    }
    return status;
}

static void shrink(const cdp_allocator *allocator, void **array, size_t *capacity, size_t count,
                   size_t element_bytes)
{
    void *smaller = NULL;

    if (count == *capacity)
        return;
    if (count > 0)
        smaller = allocator->reallocate(*array, *capacity * element_bytes, count * element_bytes,
                                        allocator->user);
    else
        cdp_release(allocator, *array, *capacity * element_bytes);
    if (smaller || count == 0) {
        *array = smaller;
        *capacity = count;
    }
}

static void finish(cdp_planner *planner)
{
    cdp_install_plan *plan = planner->plan;
    const cdp_allocator *allocator = &planner->allocator;

    cdp_path_tree_shrink(&plan->tree);
    cdp_path_tree_shrink(&plan->sources);
    shrink(allocator, (void **)&plan->steps, &plan->step_capacity, plan->step_count,
           sizeof *plan->steps);
    shrink(allocator, (void **)&plan->hits, &plan->hit_capacity, plan->hit_count,
           sizeof *plan->hits);
    shrink(allocator, (void **)&plan->removals, &plan->removal_capacity, plan->removal_count,
           sizeof *plan->removals);
    plan->totals.memory = sizeof *plan + plan->arena.total_bytes +
                          cdp_path_tree_memory(&plan->tree) + cdp_path_tree_memory(&plan->sources) +
                          plan->step_capacity * sizeof *plan->steps +
                          plan->hit_capacity * sizeof *plan->hits +
                          plan->hit_starts_capacity * sizeof *plan->hit_starts +
                          plan->removal_capacity * sizeof *plan->removals +
                          plan->conflict_capacity * sizeof *plan->conflicts;
}

static cdp_status make(cdp_planner *planner)
{
    cdp_status status = begin(planner);

    if (status == CDP_OK)
        status = cdp_planner_remove_previous(planner);
    if (status == CDP_OK)
        status = cdp_planner_install_files(planner);
    if (status == CDP_OK)
        status = cdp_planner_tell_claims(planner);
    if (status == CDP_OK)
        status = cdp_planner_find_read_only(planner);
    if (status == CDP_OK)
        status = cdp_planner_find_aliases(planner);
    if (status == CDP_OK)
        status = cdp_planner_give_permissions(planner);
    if (status == CDP_OK)
        finish(planner);
    return status;
}

static void planner_release(cdp_planner *planner)
{
    cdp_release(&planner->allocator, planner->step_of,
                planner->step_of_capacity * sizeof *planner->step_of);
    cdp_text_release(&planner->path);
    cdp_text_release(&planner->pointer);
    for (size_t i = 0; i < sizeof planner->words / sizeof *planner->words; i++)
        cdp_text_release(&planner->words[i]);
}

cdp_status cdp_install_plan_new(const cdp_install_options *options, cdp_diagnostics *diagnostics,
                                cdp_install_plan **plan)
{
    cdp_planner planner = {.diagnostics = diagnostics};
    cdp_status status;

    if (!plan)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&planner.options, sizeof planner.options, options);
    if (status == CDP_OK)
        status = check_options(&planner.options);
    if (status == CDP_OK)
        status = cdp_allocator_import(&planner.allocator, planner.options.allocator);
    if (status == CDP_OK)
        status = cdp_fs_import(&planner.fs, planner.options.fs);
    if (status != CDP_OK)
        return status;
    planner.plan = cdp_allocate_zeroed(&planner.allocator, sizeof *planner.plan);
    if (!planner.plan)
        return CDP_ERR_NOMEM;
    cdp_arena_init(&planner.plan->arena, &planner.allocator);
    cdp_text_init(&planner.path, &planner.allocator);
    cdp_text_init(&planner.pointer, &planner.allocator);
    for (size_t i = 0; i < sizeof planner.words / sizeof *planner.words; i++)
        cdp_text_init(&planner.words[i], &planner.allocator);
    status = make(&planner);
    planner_release(&planner);
    if (status != CDP_OK)
        cdp_install_plan_free(planner.plan);
    else
        *plan = planner.plan;
    return status;
}

void cdp_install_plan_free(cdp_install_plan *plan)
{
    cdp_allocator allocator;

    if (!plan)
        return;
    allocator = plan->arena.allocator;
    cdp_path_tree_release(&plan->tree);
    cdp_path_tree_release(&plan->sources);
    cdp_release(&allocator, plan->steps, plan->step_capacity * sizeof *plan->steps);
    cdp_release(&allocator, plan->hits, plan->hit_capacity * sizeof *plan->hits);
    cdp_release(&allocator, plan->hit_starts, plan->hit_starts_capacity * sizeof *plan->hit_starts);
    cdp_release(&allocator, plan->removals, plan->removal_capacity * sizeof *plan->removals);
    cdp_release(&allocator, plan->conflicts, plan->conflict_capacity * sizeof *plan->conflicts);
    cdp_diagnostics_free(plan->messages);
    cdp_arena_release(&plan->arena);
    cdp_release(&allocator, plan, sizeof *plan);
}

/* ---- looking --------------------------------------------------------------------------------- */

cdp_install_mode cdp_install_plan_mode(const cdp_install_plan *plan)
{
    return plan ? plan->mode : CDP_INSTALL_TRANSACTIONAL;
}

cdp_status cdp_install_plan_totals(const cdp_install_plan *plan, cdp_install_totals *totals)
{
    if (!plan)
        return CDP_ERR_ARGUMENT;
    return cdp_sized_write(totals, &plan->totals, sizeof plan->totals);
}

size_t cdp_install_plan_conflict_count(const cdp_install_plan *plan)
{
    return plan ? plan->conflict_count : 0;
}

cdp_status cdp_install_plan_conflict_at(const cdp_install_plan *plan, size_t index,
                                        cdp_install_conflict *conflict)
{
    if (!plan)
        return CDP_ERR_ARGUMENT;
    if (index >= plan->conflict_count || index >= CDP_PLAN_CONFLICTS_KEPT)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(conflict, &plan->conflicts[index], sizeof *plan->conflicts);
}

static const char *const mode_names[] = {"transactional", "compatible"};

const char *cdp_install_mode_name(cdp_install_mode mode)
{
    return (unsigned)mode < sizeof mode_names / sizeof *mode_names ? mode_names[mode] : "unknown";
}

cdp_status cdp_install_mode_from_name(cdp_string name, cdp_install_mode *mode)
{
    if (!name.data || !mode)
        return CDP_ERR_ARGUMENT;
    for (size_t i = 0; i < sizeof mode_names / sizeof *mode_names; i++) {
        if (cdp_string_equal_c(name, mode_names[i])) {
            *mode = (cdp_install_mode)i;
            return CDP_OK;
        }
    }
    return CDP_ERR_NOT_FOUND;
}
