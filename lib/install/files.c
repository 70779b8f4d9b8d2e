/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"
#include "base/strings.h"
#include "install/files.h"

/* What to do with a file or link of the revision, by what stands at its destination and by the
 * file-exists behaviour. docs/install.md shows the table to users. */
typedef enum leaf_action {
    COPY,
    REPLACE,
    RETAIN,
    EXISTS,     /* conflict: file_exists_behavior forbids it */
    IN_WAY,     /* conflict: never replaced */
    COPY_BADLY, /* compatible: copied, and fails or lands elsewhere as with the agent */
} leaf_action;

enum { BEHAVIORS = 3 };

static const uint8_t transactional[][BEHAVIORS] = {
    /*                                 DISALLOW, OVERWRITE, RETAIN */
    [CDP_FOUND_NOTHING] = {COPY, COPY, COPY},
    [CDP_FOUND_FILE] = {EXISTS, REPLACE, RETAIN},
    [CDP_FOUND_DIRECTORY] = {EXISTS, IN_WAY, RETAIN},
    [CDP_FOUND_LINK_TO_FILE] = {EXISTS, REPLACE, RETAIN},
    [CDP_FOUND_LINK_TO_DIRECTORY] = {EXISTS, REPLACE, RETAIN},
    [CDP_FOUND_DANGLING_LINK] = {EXISTS, REPLACE, RETAIN},
    [CDP_FOUND_OTHER] = {EXISTS, IN_WAY, RETAIN},
};

static const uint8_t compatible[][BEHAVIORS] = {
    [CDP_FOUND_NOTHING] = {COPY, COPY, COPY},
    [CDP_FOUND_FILE] = {EXISTS, REPLACE, RETAIN},
    [CDP_FOUND_DIRECTORY] = {EXISTS, COPY_BADLY, RETAIN},
    [CDP_FOUND_LINK_TO_FILE] = {EXISTS, REPLACE, RETAIN},
    [CDP_FOUND_LINK_TO_DIRECTORY] = {EXISTS, COPY_BADLY, RETAIN},
    [CDP_FOUND_DANGLING_LINK] = {COPY_BADLY, COPY_BADLY, COPY_BADLY},
    [CDP_FOUND_OTHER] = {EXISTS, COPY_BADLY, RETAIN},
};

static cdp_status add_step(cdp_planner *planner, uint32_t node, uint32_t source, uint8_t flags)
{
    cdp_install_plan *plan = planner->plan;
    cdp_status status =
        cdp_array_reserve(&planner->allocator, (void **)&plan->steps, &plan->step_capacity,
                          plan->step_count + 1, sizeof *plan->steps);

    if (status != CDP_OK)
        return status;
    plan->steps[plan->step_count++] = (cdp_step){node, source};
    plan->tree.nodes[node].flags |= flags;
    return CDP_OK;
}

cdp_status cdp_planner_count_object(cdp_planner *planner)
{
    cdp_text *words = &planner->words[2];
    cdp_report report = {.code = CDP_DIAGNOSTIC_INSTALL_TOO_MANY_OBJECTS};
    cdp_status status;

    if (planner->objects++ < planner->max_objects)
        return CDP_OK;
    cdp_text_clear(words);
    cdp_text_put_uint(words, planner->max_objects);
    report.arguments[0] = cdp_text_string(words);
    status = cdp_diagnostics_report(planner->diagnostics, &report);
    return status == CDP_OK ? CDP_ERR_LIMIT : status;
}

/* ", installed by the deployment group 'x'", or nothing, behind the two paths in words. */
static cdp_string owner_phrase(cdp_planner *planner, cdp_string owner)
{
    cdp_text *words = &planner->words[2];

    cdp_text_clear(words);
    if (owner.data) {
        cdp_text_put_c(words, ", installed by the deployment group '");
        cdp_text_put(words, owner);
        cdp_text_put_byte(words, '\'');
    }
    return words->status == CDP_OK ? cdp_text_string(words) : CDP_STR("");
}

/* Tells of what is in the way at a node. `source` may be NULL. */
static cdp_status tell_in_way(cdp_planner *planner, cdp_diagnostic_code code, cdp_severity severity,
                              uint32_t node, const cdp_step *source)
{
    cdp_found existing = (cdp_found)planner->plan->tree.nodes[node].is;
    cdp_finding finding = {.code = code, .severity = severity, .existing = existing};

    finding.path = cdp_planner_show(planner, node);
    finding.owner = cdp_planner_owner(planner, finding.path);
    if (source)
        finding.source = cdp_planner_show_source(planner, source);
    finding.arguments[0] = finding.path;
    finding.arguments[1] = cdp_found_words(existing);
    finding.arguments[2] = owner_phrase(planner, finding.owner);
    return cdp_planner_tell(planner, &finding);
}

static cdp_diagnostic_code code_in_way(cdp_found found)
{
    return found == CDP_FOUND_OTHER ? CDP_DIAGNOSTIC_INSTALL_SPECIAL_IN_WAY
                                    : CDP_DIAGNOSTIC_INSTALL_DIRECTORY_IN_WAY;
}

static cdp_status tell_duplicate(cdp_planner *planner, uint32_t node, const cdp_step *source)
{
    cdp_finding finding = {.code = CDP_DIAGNOSTIC_INSTALL_DUPLICATE_DESTINATION};
    cdp_text *first = &planner->words[2];
    uint32_t step;
    cdp_status status;

    if (planner->plan->conflict_count >= CDP_PLAN_CONFLICTS_KEPT) {
        planner->plan->conflict_count++;
        return CDP_OK;
    }
    status = cdp_planner_step_of(planner, node, &step);
    if (status != CDP_OK)
        return status;
    cdp_text_clear(first);
    cdp_plan_put_shown_source(planner->plan, &planner->plan->steps[step], first);
    if (cdp_text_status(first) != CDP_OK)
        return CDP_ERR_NOMEM;
    finding.path = cdp_planner_show(planner, node);
    finding.source = cdp_planner_show_source(planner, source);
    finding.arguments[0] = finding.path;
    finding.arguments[1] = cdp_text_string(first);
    finding.arguments[2] = finding.source;
    return cdp_planner_tell(planner, &finding);
}

static cdp_status tell_other_group(cdp_planner *planner, uint32_t node)
{
    cdp_finding finding = {.code = CDP_DIAGNOSTIC_INSTALL_OTHER_GROUP,
                           .severity = CDP_SEVERITY_WARNING};

    if (planner->options.other_count == 0)
        return CDP_OK;
    finding.path = cdp_planner_show(planner, node);
    finding.owner = cdp_planner_owner(planner, finding.path);
    if (!finding.owner.data)
        return CDP_OK;
    finding.arguments[0] = finding.path;
    finding.arguments[1] = finding.owner;
    return cdp_planner_tell(planner, &finding);
}

static cdp_status copy_over(cdp_planner *planner, const cdp_step *step, uint8_t flags)
{
    bool may;
    cdp_status status = cdp_planner_may_go(planner, step->node, &may);

    if (status != CDP_OK || !may)
        return status;
    status = tell_other_group(planner, step->node);
    planner->plan->totals.overwritten++;
    return status == CDP_OK ? add_step(planner, step->node, step->source, flags | CDP_NODE_REPLACES)
                            : status;
}

static cdp_status act(cdp_planner *planner, leaf_action action, const cdp_step *step, uint8_t flags)
{
    cdp_path_node *node = &planner->plan->tree.nodes[step->node];
    cdp_found found = (cdp_found)node->is;
    cdp_status status;

    switch (action) {
    case COPY:
        return add_step(planner, step->node, step->source, flags);
    case REPLACE:
        return copy_over(planner, step, flags);
    case RETAIN:
        planner->plan->totals.retained += !(node->flags & CDP_NODE_RETAINED);
        node->flags |= CDP_NODE_RETAINED;
        return CDP_OK;
    case EXISTS:
        return tell_in_way(planner, CDP_DIAGNOSTIC_INSTALL_FILE_EXISTS, CDP_SEVERITY_ERROR,
                           step->node, step);
    case IN_WAY:
        return tell_in_way(planner, code_in_way(found), CDP_SEVERITY_ERROR, step->node, step);
    case COPY_BADLY:
        status = tell_in_way(planner, CDP_DIAGNOSTIC_INSTALL_FILE_EXISTS, CDP_SEVERITY_WARNING,
                             step->node, step);
        return status == CDP_OK ? copy_over(planner, step, flags) : status;
    }
    return CDP_OK;
}

cdp_status cdp_planner_install_leaf(cdp_planner *planner, const cdp_step *step, uint8_t flags)
{
    const cdp_path_node *node = &planner->plan->tree.nodes[step->node];
    cdp_install_totals *totals = &planner->plan->totals;
    size_t steps = planner->plan->step_count;
    cdp_found found = CDP_FOUND_NOTHING;
    cdp_status status = CDP_OK;

    if (!planner->blind)
        status = cdp_planner_look_ahead(planner, step->node, &found);
    if (status != CDP_OK)
        return status;
    if (node->flags & CDP_NODE_COPIED)
        return tell_duplicate(planner, step->node, step);
    if (node->flags & CDP_NODE_MADE)
        return tell_in_way(planner, CDP_DIAGNOSTIC_INSTALL_COPY_OVER_MKDIR, CDP_SEVERITY_ERROR,
                           step->node, step);
    status = act(planner,
                 (leaf_action)(planner->compatible ? compatible
                                                   : transactional)[found][planner->behavior - 1],
                 step, flags | CDP_NODE_COPIED);
    if (status == CDP_OK && planner->plan->step_count > steps) {
        totals->files++;
        totals->links += (flags & CDP_NODE_LINK) != 0;
    }
    return status;
}

static cdp_status make_directory(cdp_planner *planner, uint32_t node)
{
    if (planner->plan->tree.nodes[node].flags & CDP_NODE_COPIED)
        return tell_in_way(planner, CDP_DIAGNOSTIC_INSTALL_MKDIR_OVER_COPY, CDP_SEVERITY_ERROR,
                           node, NULL);
    planner->plan->totals.directories++;
    return add_step(planner, node, 0, CDP_NODE_MADE);
}

static cdp_status use_directory(cdp_planner *planner, uint32_t node, cdp_found found)
{
    cdp_finding finding = {.code = CDP_DIAGNOSTIC_INSTALL_THROUGH_LINK,
                           .severity = CDP_SEVERITY_NOTE,
                           .existing = found};

    planner->plan->tree.nodes[node].flags |= CDP_NODE_STAYS;
    if (found != CDP_FOUND_LINK_TO_DIRECTORY)
        return CDP_OK;
    planner->through_links = true;
    finding.path = finding.arguments[0] = cdp_planner_show(planner, node);
    return cdp_planner_tell(planner, &finding);
}

/* Something that is no directory stands where one is needed. The agent makes it all the same when
 * it looks like nothing to it, or when it is the destination of a directory. */
static cdp_status fail_directory(cdp_planner *planner, uint32_t node, cdp_found found,
                                 bool is_destination, bool *is_there)
{
    cdp_status status = tell_in_way(planner, CDP_DIAGNOSTIC_INSTALL_NOT_A_DIRECTORY,
                                    cdp_planner_late_severity(planner), node, NULL);

    *is_there = planner->compatible;
    if (status == CDP_OK && planner->compatible &&
        (is_destination || found == CDP_FOUND_DANGLING_LINK))
        status = make_directory(planner, node);
    return status;
}

cdp_status cdp_planner_need_directory(cdp_planner *planner, uint32_t node, bool is_destination,
                                      bool *is_there)
{
    const cdp_path_node *at = &planner->plan->tree.nodes[node];
    cdp_found found = CDP_FOUND_NOTHING;
    cdp_status status = CDP_OK;

    *is_there = true;
    if (at->flags & (CDP_NODE_MADE | CDP_NODE_STAYS))
        return CDP_OK;
    if (!planner->blind)
        status = cdp_planner_look_ahead(planner, node, &found);
    if (status != CDP_OK)
        return status;
    if (found == CDP_FOUND_DIRECTORY || found == CDP_FOUND_LINK_TO_DIRECTORY)
        return use_directory(planner, node, found);
    if (found != CDP_FOUND_NOTHING)
        return fail_directory(planner, node, found, is_destination, is_there);
    *is_there = !(at->flags & CDP_NODE_COPIED);
    return make_directory(planner, node);
}
