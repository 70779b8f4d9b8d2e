/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"
#include "base/sort.h"
#include "base/strings.h"
#include "install/planner.h"
#include "install/ranges.h"

/*
 * Which permission meets which object. Permissions come in the order of the AppSpec; of each the
 * files first, then the directories, each in the order in which they are copied or made.
 */

typedef struct permission_matcher {
    cdp_planner *planner;
    cdp_ranges files;
    cdp_ranges directories;
    uint32_t *met_by; /* by node: the permission that met it, plus 1 */
    size_t nodes;
    uint32_t *found; /* steps that the permission at hand meets */
    size_t found_count;
    size_t found_capacity;
    cdp_text literal;
    cdp_text object;
    /* The permission at hand. */
    cdp_appspec_permission permission;
    uint32_t index;
    cdp_appspec_except *except;
    size_t except_capacity;
    bool has_default_acl;
    bool stopped; /* a conflict was found; more of the same would not help */
} permission_matcher;

static cdp_status tell(permission_matcher *matcher, cdp_diagnostic_code code, const char *member,
                       cdp_string path, cdp_string detail)
{
    const cdp_finding finding = {.code = code, .path = path, .arguments = {path, detail}};
    cdp_status status =
        cdp_planner_set_pointer(matcher->planner, "/permissions", matcher->index, member);

    matcher->stopped = true;
    return status == CDP_OK ? cdp_planner_tell(matcher->planner, &finding) : status;
}

/* ---- what a permission sets ------------------------------------------------------------------ */

static cdp_status copy_acls(permission_matcher *matcher, cdp_plan_permission *kept)
{
    cdp_arena *arena = &matcher->planner->plan->arena;
    size_t count = matcher->permission.acl_count;
    cdp_status status = CDP_OK;

    kept->has_acls = matcher->permission.has_acls != 0;
    kept->acl_count = (uint32_t)count;
    matcher->has_default_acl = false;
    if (count == 0)
        return CDP_OK;
    kept->acls = cdp_arena_array(arena, count, sizeof *kept->acls);
    if (!kept->acls)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < count && status == CDP_OK; i++) {
        cdp_appspec_acl acl = {.size = sizeof acl};

        status = cdp_appspec_permission_acl_at(matcher->planner->options.appspec, matcher->index, i,
                                               &acl);
        if (status == CDP_OK)
            status = cdp_arena_copy(arena, acl.text, &kept->acls[i]);
        matcher->has_default_acl |= acl.is_default != 0;
    }
    return status;
}

static cdp_status copy_settings(permission_matcher *matcher, cdp_plan_permission *kept)
{
    const cdp_appspec_permission *from = &matcher->permission;
    const struct {
        cdp_string from;
        cdp_string *to;
    } strings[] = {
        {from->mode, &kept->mode},
        {from->owner, &kept->owner},
        {from->group, &kept->group},
        {from->context_user, &kept->context_user},
        {from->context_type, &kept->context_type},
        {from->context_range, &kept->context_range},
    };
    cdp_status status = copy_acls(matcher, kept);

    for (size_t i = 0; i < sizeof strings / sizeof *strings && status == CDP_OK; i++)
        status = cdp_arena_copy(&matcher->planner->plan->arena, strings[i].from, strings[i].to);
    kept->mode_bits = from->mode_bits < 0 ? 0 : (uint32_t)from->mode_bits;
    kept->owner_is_number = from->owner_kind == CDP_APPSPEC_VALUE_NUMBER;
    kept->group_is_number = from->group_kind == CDP_APPSPEC_VALUE_NUMBER;
    kept->instructions =
        (uint8_t)((from->mode.data != NULL) + kept->has_acls + (from->context_type.data != NULL) +
                  (from->owner.data != NULL || from->group.data != NULL));
    return status;
}

static cdp_status read_excepts(permission_matcher *matcher)
{
    size_t count = matcher->permission.except_count;
    cdp_status status =
        cdp_array_reserve(&matcher->planner->allocator, (void **)&matcher->except,
                          &matcher->except_capacity, count, sizeof *matcher->except);

    for (size_t i = 0; i < count && status == CDP_OK; i++) {
        matcher->except[i].size = sizeof *matcher->except;
        status = cdp_appspec_permission_except_at(matcher->planner->options.appspec, matcher->index,
                                                  i, &matcher->except[i]);
    }
    return status;
}

static bool is_text(cdp_appspec_value_kind kind)
{
    return kind == CDP_APPSPEC_VALUE_ABSENT || kind == CDP_APPSPEC_VALUE_TEXT ||
           kind == CDP_APPSPEC_VALUE_BYTES;
}

/* The agent notices a pattern that is no text only when it has something to match. */
static cdp_status check_patterns(permission_matcher *matcher)
{
    if (!is_text(matcher->permission.pattern_kind))
        return tell(matcher, CDP_DIAGNOSTIC_INSTALL_PATTERN_NOT_TEXT, "pattern",
                    CDP_STR("The pattern"), CDP_STR(""));
    for (size_t i = 0; i < matcher->permission.except_count; i++) {
        if (!is_text(matcher->except[i].kind))
            return tell(matcher, CDP_DIAGNOSTIC_INSTALL_PATTERN_NOT_TEXT, "except",
                        CDP_STR("An item of except"), CDP_STR(""));
    }
    return CDP_OK;
}

/* ---- meeting --------------------------------------------------------------------------------- */

static cdp_status tell_met_twice(permission_matcher *matcher, uint32_t node)
{
    cdp_text *first = &matcher->planner->words[2];

    cdp_text_clear(first);
    cdp_text_put_uint(first, matcher->met_by[node]);
    return tell(matcher, CDP_DIAGNOSTIC_INSTALL_DUPLICATE_PERMISSION, NULL,
                cdp_planner_show(matcher->planner, node), cdp_text_string(first));
}

static cdp_status meet(permission_matcher *matcher, uint32_t node, bool is_file)
{
    uint32_t step;
    cdp_status status;

    if (matcher->met_by[node])
        return tell_met_twice(matcher, node);
    if (is_file && matcher->has_default_acl)
        return tell(matcher, CDP_DIAGNOSTIC_INSTALL_DEFAULT_ACL_ON_FILE, "acls",
                    cdp_planner_show(matcher->planner, node), CDP_STR(""));
    status = cdp_planner_step_of(matcher->planner, node, &step);
    if (status == CDP_OK)
        status = cdp_array_reserve(&matcher->planner->allocator, (void **)&matcher->found,
                                   &matcher->found_capacity, matcher->found_count + 1,
                                   sizeof *matcher->found);
    if (status != CDP_OK)
        return status;
    matcher->found[matcher->found_count++] = step;
    matcher->met_by[node] = matcher->index + 1;
    return CDP_OK;
}

static bool is_excepted(const permission_matcher *matcher, cdp_string name)
{
    for (size_t i = 0; i < matcher->permission.except_count; i++) {
        if (cdp_glob_matches(matcher->except[i].pattern, name))
            return true;
    }
    return false;
}

/* Meets those of `nodes` whose names match; `pattern` absent: all of them. */
static cdp_status meet_named(permission_matcher *matcher, const uint32_t *nodes, size_t count,
                             cdp_string pattern, bool is_file)
{
    const cdp_path_tree *tree = &matcher->planner->plan->tree;
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < count && status == CDP_OK && !matcher->stopped; i++) {
        cdp_string name = cdp_path_tree_name(tree, nodes[i]);

        if ((!pattern.data || cdp_glob_matches(pattern, name)) && !is_excepted(matcher, name))
            status = meet(matcher, nodes[i], is_file);
    }
    return status;
}

static cdp_status meet_below(permission_matcher *matcher, const cdp_ranges *ranges,
                             uint32_t directory, bool is_file)
{
    const cdp_range *range = &ranges->ranges[directory];
    const uint32_t *nodes = ranges->nodes + range->start;
    cdp_status status = meet_named(matcher, nodes, range->direct, (cdp_string){NULL, 0}, is_file);

    /* `except` never matches below the first level. */
    for (uint32_t i = range->direct; i < range->all && status == CDP_OK && !matcher->stopped; i++)
        status = meet(matcher, nodes[i], is_file);
    return status;
}

/* Only the first level, and of that only names that begin as the pattern does. */
static cdp_status meet_pattern(permission_matcher *matcher, cdp_ranges *ranges, uint32_t directory,
                               bool is_file)
{
    const cdp_path_tree *tree = &matcher->planner->plan->tree;
    cdp_string pattern = matcher->permission.pattern;
    cdp_string prefix = cdp_string_slice(pattern.data, cdp_string_find(pattern, '*', 0));
    uint32_t first, count;
    cdp_status status;

    if (memchr(pattern.data, '/', pattern.length))
        return CDP_OK;
    status = cdp_ranges_find_prefix(ranges, tree, directory, prefix, &first, &count);
    if (status != CDP_OK)
        return status;
    return meet_named(matcher, ranges->nodes + first, count, pattern, is_file);
}

static int by_step(const void *a, const void *b, const void *context)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    (void)context;
    return (left > right) - (left < right);
}

/* Makes hits of what was found, in the order of the steps. */
static cdp_status keep_found(permission_matcher *matcher)
{
    cdp_install_plan *plan = matcher->planner->plan;
    const cdp_allocator *allocator = &matcher->planner->allocator;
    size_t ordered = 1;
    cdp_status status =
        cdp_array_reserve(allocator, (void **)&plan->hits, &plan->hit_capacity,
                          plan->hit_count + matcher->found_count, sizeof *plan->hits);

    while (ordered < matcher->found_count && matcher->found[ordered - 1] < matcher->found[ordered])
        ordered++;
    if (status == CDP_OK && ordered < matcher->found_count)
        status = cdp_sort(allocator, matcher->found, matcher->found_count, sizeof *matcher->found,
                          by_step, NULL);
    if (status != CDP_OK)
        return status;
    for (size_t i = 0; i < matcher->found_count; i++)
        plan->hits[plan->hit_count++] =
            (cdp_hit){plan->steps[matcher->found[i]].node, matcher->index};
    matcher->found_count = 0;
    return CDP_OK;
}

static cdp_status meet_kind(permission_matcher *matcher, cdp_ranges *ranges, uint32_t directory,
                            bool is_file)
{
    cdp_status status;

    if (ranges->ranges[directory].all == 0 || matcher->stopped)
        return CDP_OK;
    status = check_patterns(matcher);
    if (status != CDP_OK || matcher->stopped)
        return status;
    if (cdp_string_equal_c(matcher->permission.pattern, "**"))
        status = meet_below(matcher, ranges, directory, is_file);
    else
        status = meet_pattern(matcher, ranges, directory, is_file);
    return status == CDP_OK ? keep_found(matcher) : status;
}

static cdp_status meet_file(permission_matcher *matcher, uint32_t node)
{
    bool has_pattern = !cdp_string_equal_c(matcher->permission.pattern, "**") ||
                       !is_text(matcher->permission.pattern_kind);
    cdp_status status;

    if (!(matcher->permission.types & CDP_APPSPEC_TYPE_FILE))
        return CDP_OK;
    if (has_pattern || matcher->permission.except_count > 0)
        return tell(matcher, CDP_DIAGNOSTIC_INSTALL_FILE_PERMISSION_PATTERN,
                    has_pattern ? "pattern" : "except", cdp_planner_show(matcher->planner, node),
                    has_pattern ? CDP_STR("a pattern") : CDP_STR("exceptions"));
    status = meet(matcher, node, true);
    return status == CDP_OK ? keep_found(matcher) : status;
}

static cdp_status meet_object(permission_matcher *matcher, uint32_t node)
{
    const cdp_path_node *object = cdp_plan_node(matcher->planner->plan, node);
    uint32_t types = matcher->permission.types;
    cdp_status status = CDP_OK;

    if (object->flags & CDP_NODE_COPIED)
        return meet_file(matcher, node);
    if (types & CDP_APPSPEC_TYPE_FILE)
        status = meet_kind(matcher, &matcher->files, node, true);
    if (status == CDP_OK && (types & CDP_APPSPEC_TYPE_DIRECTORY))
        status = meet_kind(matcher, &matcher->directories, node, false);
    return status;
}

/* ---- afterwards ------------------------------------------------------------------------------ */

static cdp_status tell_unused(permission_matcher *matcher)
{
    const cdp_finding finding = {
        .code = CDP_DIAGNOSTIC_INSTALL_PERMISSION_UNUSED,
        .severity = CDP_SEVERITY_WARNING,
        .arguments = {matcher->permission.object},
    };

    if (cdp_planner_set_pointer(matcher->planner, "/permissions", matcher->index, NULL) != CDP_OK)
        return CDP_ERR_NOMEM;
    return cdp_planner_tell(matcher->planner, &finding);
}

/* Better now than after everything was copied. */
static cdp_status check_owner(permission_matcher *matcher)
{
    cdp_planner *planner = matcher->planner;
    const cdp_appspec_permission *permission = &matcher->permission;
    cdp_text *words = &planner->words[2];
    cdp_finding finding = {
        .code = CDP_DIAGNOSTIC_INSTALL_UNKNOWN_OWNER,
        .severity = cdp_planner_late_severity(planner),
        .path = permission->object,
    };
    cdp_status status;

    if (!permission->owner.data && !permission->group.data)
        return CDP_OK;
    status = cdp_fs_check_owner(&planner->fs, permission->owner, permission->group);
    if (status == CDP_OK)
        return CDP_OK;
    cdp_text_clear(words);
    cdp_text_put(words, permission->owner);
    cdp_text_put_byte(words, ':');
    cdp_text_put(words, permission->group);
    if (cdp_text_status(words) != CDP_OK)
        return CDP_ERR_NOMEM;
    if (status != CDP_ERR_INVALID && status != CDP_ERR_NOT_FOUND)
        return cdp_planner_host_failed(planner, "Looking for the owner of", permission->object,
                                       status);
    finding.arguments[0] = permission->object;
    finding.arguments[1] = cdp_text_string(words);
    status = cdp_planner_set_pointer(planner, "/permissions", matcher->index, NULL);
    return status == CDP_OK ? cdp_planner_tell(planner, &finding) : status;
}

/* ---- one permission after the other ---------------------------------------------------------- */

static cdp_status find_object(permission_matcher *matcher, uint32_t *node)
{
    cdp_path_tree *tree = &matcher->planner->plan->tree;
    bool is_known;
    cdp_status status;

    *node = CDP_PATH_NONE;
    cdp_text_clear(&matcher->literal);
    cdp_text_clear(&matcher->object);
    status = cdp_planner_set_pointer(matcher->planner, "/permissions", matcher->index, "object");
    if (status == CDP_OK)
        status = cdp_planner_make_absolute(matcher->planner, matcher->permission.object,
                                           &matcher->literal, &is_known);
    if (status != CDP_OK)
        return status;
    if (!is_known) {
        matcher->stopped = true;
        return CDP_OK;
    }
    status = cdp_put_normal_path(&matcher->object, cdp_text_string(&matcher->literal));
    if (status == CDP_OK)
        status = cdp_path_tree_index(tree);
    if (status == CDP_OK)
        *node = cdp_path_tree_find_path(tree, cdp_text_string(&matcher->object));
    return status;
}

static cdp_status give(permission_matcher *matcher)
{
    cdp_install_plan *plan = matcher->planner->plan;
    size_t hits = plan->hit_count;
    uint32_t node;
    cdp_status status;

    matcher->stopped = false;
    matcher->permission = (cdp_appspec_permission){.size = sizeof matcher->permission};
    status = cdp_appspec_permission_at(matcher->planner->options.appspec, matcher->index,
                                       &matcher->permission);
    if (status == CDP_OK)
        status = copy_settings(matcher, &plan->permissions[matcher->index]);
    if (status == CDP_OK)
        status = read_excepts(matcher);
    if (status == CDP_OK)
        status = find_object(matcher, &node);
    if (status == CDP_OK && node != CDP_PATH_NONE)
        status = meet_object(matcher, node);
    if (status != CDP_OK || matcher->stopped)
        return status;
    return plan->hit_count > hits ? check_owner(matcher) : tell_unused(matcher);
}

/* Where the instructions of every 64th hit begin. */
static cdp_status count_instructions(cdp_install_plan *plan, const cdp_allocator *allocator)
{
    size_t starts = (plan->hit_count + CDP_PLAN_HIT_STRIDE - 1) / CDP_PLAN_HIT_STRIDE;

    plan->instruction_count = plan->step_count;
    if (starts == 0)
        return CDP_OK;
    plan->hit_starts = cdp_allocate(allocator, starts * sizeof *plan->hit_starts);
    if (!plan->hit_starts)
        return CDP_ERR_NOMEM;
    plan->hit_starts_capacity = starts;
    for (size_t i = 0; i < plan->hit_count; i++) {
        if (i % CDP_PLAN_HIT_STRIDE == 0)
            plan->hit_starts[i / CDP_PLAN_HIT_STRIDE] = plan->instruction_count;
        plan->instruction_count += plan->permissions[plan->hits[i].permission].instructions -
                                   cdp_plan_hit_skips(plan, &plan->hits[i]);
    }
    return CDP_OK;
}

static cdp_status give_all(permission_matcher *matcher, size_t count)
{
    cdp_planner *planner = matcher->planner;
    cdp_install_plan *plan = planner->plan;
    cdp_status status;

    matcher->nodes = plan->tree.count;
    status = cdp_ranges_init(&matcher->files, &planner->allocator, &plan->tree, CDP_NODE_COPIED);
    if (status == CDP_OK)
        status =
            cdp_ranges_init(&matcher->directories, &planner->allocator, &plan->tree, CDP_NODE_MADE);
    matcher->met_by =
        cdp_allocate_zeroed(&planner->allocator, matcher->nodes * sizeof *matcher->met_by);
    plan->permissions = cdp_arena_allocate_zeroed(&plan->arena, count * sizeof *plan->permissions);
    if (status == CDP_OK && (!matcher->met_by || !plan->permissions))
        status = CDP_ERR_NOMEM;
    plan->permission_count = status == CDP_OK ? count : 0;
    for (size_t i = 0; i < count && status == CDP_OK; i++) {
        matcher->index = (uint32_t)i;
        status = give(matcher);
    }
    return status;
}

cdp_status cdp_planner_give_permissions(cdp_planner *planner)
{
    const cdp_allocator *allocator = &planner->allocator;
    size_t count = cdp_appspec_permission_count(planner->options.appspec);
    permission_matcher matcher = {.planner = planner};
    cdp_status status = CDP_OK;

    cdp_text_init(&matcher.literal, allocator);
    cdp_text_init(&matcher.object, allocator);
    matcher.files.allocator = matcher.directories.allocator = *allocator;
    if (count > 0)
        status = give_all(&matcher, count);
    if (status == CDP_OK)
        status = count_instructions(planner->plan, allocator);
    cdp_ranges_release(&matcher.files);
    cdp_ranges_release(&matcher.directories);
    cdp_release(allocator, matcher.met_by, matcher.nodes * sizeof *matcher.met_by);
    cdp_release(allocator, matcher.found, matcher.found_capacity * sizeof *matcher.found);
    cdp_release(allocator, matcher.except, matcher.except_capacity * sizeof *matcher.except);
    cdp_text_release(&matcher.literal);
    cdp_text_release(&matcher.object);
    return status;
}

/* ---- which step a node has ------------------------------------------------------------------- */

cdp_status cdp_planner_step_of(cdp_planner *planner, uint32_t node, uint32_t *step)
{
    const cdp_install_plan *plan = planner->plan;
    size_t before = planner->step_of_capacity;
    cdp_status status;

    if (planner->steps_indexed < plan->step_count || node >= before) {
        status = cdp_array_reserve(&planner->allocator, (void **)&planner->step_of,
                                   &planner->step_of_capacity, plan->tree.count,
                                   sizeof *planner->step_of);
        if (status != CDP_OK)
            return status;
        memset(planner->step_of + before, 0,
               (planner->step_of_capacity - before) * sizeof *planner->step_of);
        for (; planner->steps_indexed < plan->step_count; planner->steps_indexed++)
            planner->step_of[plan->steps[planner->steps_indexed].node] =
                (uint32_t)planner->steps_indexed + 1;
    }
    *step = planner->step_of[node] - 1;
    return CDP_OK;
}
