/* SPDX-License-Identifier: MIT */
#include "base/sized.h"
#include "base/strings.h"
#include "install/plan.h"

static const char *const type_names[] = {
    [CDP_INSTALL_COPY] = "copy",         [CDP_INSTALL_MKDIR] = "mkdir",
    [CDP_INSTALL_CHMOD] = "chmod",       [CDP_INSTALL_SETFACL] = "setfacl",
    [CDP_INSTALL_SEMANAGE] = "semanage", [CDP_INSTALL_CHOWN] = "chown",
};

const char *cdp_install_instruction_type_name(cdp_install_instruction_type type)
{
    return type >= CDP_INSTALL_COPY && type <= CDP_INSTALL_CHOWN ? type_names[type] : "unknown";
}

size_t cdp_install_plan_instruction_count(const cdp_install_plan *plan)
{
    return plan ? (size_t)plan->instruction_count : 0;
}

cdp_install_instruction_type cdp_plan_instruction_type(const cdp_plan_permission *permission,
                                                       size_t index)
{
    const struct {
        bool given;
        cdp_install_instruction_type type;
    } order[] = {
        {permission->mode.data != NULL, CDP_INSTALL_CHMOD},
        {permission->has_acls, CDP_INSTALL_SETFACL},
        {permission->context_type.data != NULL, CDP_INSTALL_SEMANAGE},
        {permission->owner.data || permission->group.data, CDP_INSTALL_CHOWN},
    };

    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (order[i].given && index-- == 0)
            return order[i].type;
    }
    return CDP_INSTALL_CHOWN;
}

/* The hit that an instruction comes of, and which of the hit's it is; `index` is behind the steps. */
static const cdp_hit *find_hit(const cdp_install_plan *plan, size_t index, size_t *of_hit)
{
    size_t low = 0, high = plan->hit_starts_capacity;
    size_t skipped;
    size_t hit;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (plan->hit_starts[middle] <= index)
            low = middle;
        else
            high = middle;
    }
    index -= (size_t)plan->hit_starts[low];
    for (hit = low * CDP_PLAN_HIT_STRIDE;; hit++) {
        size_t count = plan->permissions[plan->hits[hit].permission].instructions;

        skipped = cdp_plan_hit_skips(plan, &plan->hits[hit]);
        if (index < count - skipped)
            break;
        index -= count - skipped;
    }
    *of_hit = index + skipped;
    return &plan->hits[hit];
}

static cdp_install_instruction settings(const cdp_plan_permission *permission,
                                        cdp_install_instruction_type type)
{
    cdp_install_instruction made = {.size = sizeof made, .type = type};

    switch (type) {
    case CDP_INSTALL_CHMOD:
        made.mode = permission->mode;
        made.mode_bits = permission->mode_bits;
        break;
    case CDP_INSTALL_SETFACL:
        made.acl_count = permission->acl_count;
        break;
    case CDP_INSTALL_SEMANAGE:
        made.context_user = permission->context_user;
        made.context_type = permission->context_type;
        made.context_range = permission->context_range;
        break;
    default:
        made.owner = permission->owner;
        made.group = permission->group;
        break;
    }
    return made;
}

static cdp_install_instruction step_instruction(const cdp_install_plan *plan, const cdp_step *step,
                                                cdp_text *paths)
{
    bool is_copy = cdp_plan_node(plan, step->node)->flags & CDP_NODE_COPIED;
    cdp_install_instruction made = {.size = sizeof made,
                                    .type = is_copy ? CDP_INSTALL_COPY : CDP_INSTALL_MKDIR};
    size_t middle;

    cdp_plan_put_shown_destination(plan, step->node, paths);
    middle = paths->length;
    if (is_copy) {
        cdp_text_put_byte(paths, '\0');
        cdp_plan_put_shown_source(plan, step, paths);
    }
    if (paths->status != CDP_OK)
        return made;
    made.path = cdp_string_slice(paths->data, middle);
    if (is_copy)
        made.source = cdp_string_slice(paths->data + middle + 1, paths->length - middle - 1);
    return made;
}

/* `index` is in range; errors are the text's. */
static cdp_install_instruction instruction_at(const cdp_install_plan *plan, size_t index,
                                              cdp_text *paths)
{
    const cdp_plan_permission *permission;
    cdp_install_instruction made;
    const cdp_hit *hit;
    size_t of_hit;

    cdp_text_clear(paths);
    if (index < plan->step_count)
        return step_instruction(plan, &plan->steps[index], paths);
    hit = find_hit(plan, index, &of_hit);
    permission = &plan->permissions[hit->permission];
    made = settings(permission, cdp_plan_instruction_type(permission, of_hit));
    cdp_plan_put_shown_destination(plan, hit->node, paths);
    made.path = cdp_text_string(paths);
    return made;
}

cdp_status cdp_install_plan_instruction_at(const cdp_install_plan *plan, size_t index,
                                           cdp_text *paths, cdp_install_instruction *instruction)
{
    cdp_install_instruction made;

    if (!plan || !paths)
        return CDP_ERR_ARGUMENT;
    if (index >= plan->instruction_count)
        return CDP_ERR_NOT_FOUND;
    made = instruction_at(plan, index, paths);
    if (cdp_text_status(paths) != CDP_OK) {
        cdp_text_clear(paths);
        return CDP_ERR_NOMEM;
    }
    return cdp_sized_write(instruction, &made, sizeof made);
}

cdp_status cdp_install_plan_acl_at(const cdp_install_plan *plan, size_t instruction, size_t index,
                                   cdp_string *entry)
{
    const cdp_plan_permission *permission;
    size_t of_hit;

    if (!plan || !entry)
        return CDP_ERR_ARGUMENT;
    if (instruction < plan->step_count || instruction >= plan->instruction_count)
        return CDP_ERR_NOT_FOUND;
    permission = &plan->permissions[find_hit(plan, instruction, &of_hit)->permission];
    if (cdp_plan_instruction_type(permission, of_hit) != CDP_INSTALL_SETFACL ||
        index >= permission->acl_count)
        return CDP_ERR_NOT_FOUND;
    *entry = permission->acls[index];
    return CDP_OK;
}
