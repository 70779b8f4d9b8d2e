/* SPDX-License-Identifier: MIT */
/*
 * The official agent's order: the previous install's files removed, the instructions written, then
 * carried out one by one, each noted in the cleanup record. [agent: installer.rb,
 * install_instruction.rb]
 */
#include "base/strings.h"
#include "install/apply.h"
#include "install/planner.h"

static cdp_status stage_remove_contexts(cdp_install *in)
{
    const cdp_install_plan *plan = in->plan;

    /* A policy entry that cannot be removed does not stop the agent either. */
    if (in->cursor < plan->removed_context_count)
        (void)cdp_fs_remove_context(&in->fs, CDP_FS_DESTINATION,
                                    plan->removed_contexts[in->cursor]);
    return cdp_install_next(in, plan->removed_context_count);
}

static cdp_status stage_remove(cdp_install *in)
{
    const cdp_install_plan *plan = in->plan;
    uint32_t node;
    cdp_status status;

    if (in->cursor >= plan->removal_count)
        return CDP_OK;
    node = plan->removals[in->cursor];
    cdp_install_put_destination(in, node, &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_install_tell(in, cdp_text_string(&in->path));
    if (status == CDP_OK && cdp_plan_node(plan, node)->is == CDP_FOUND_DIRECTORY)
        status = cdp_fs_remove_directory(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path));
    else if (status == CDP_OK)
        status = cdp_fs_remove_file(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path));
    /* Gone already, or somebody put something into the directory: neither is an error. */
    if (status == CDP_ERR_NOT_FOUND || status == CDP_ERR_CONFLICT)
        status = CDP_OK;
    cdp_install_failed(in, status, "remove", cdp_text_string(&in->path));
    return status == CDP_OK ? cdp_install_next(in, plan->removal_count) : status;
}

/* The record goes before the new plan is looked at: a failure from here on leaves none. */
static cdp_status stage_remove_record(cdp_install *in)
{
    cdp_status status;

    cdp_journal_put_file(&in->journal, "-cleanup", &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_fs_remove_file(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path));
    if (status == CDP_ERR_NOT_FOUND)
        status = CDP_OK;
    return cdp_install_failed(in, status, "remove", cdp_text_string(&in->path));
}

static cdp_status stage_refuse_conflicts(cdp_install *in)
{
    if (in->plan->conflict_count == 0)
        return CDP_OK;
    return cdp_install_failed(in, CDP_ERR_CONFLICT, "install", in->plan->conflicts[0].path);
}

static cdp_status write_instructions(cdp_install *in)
{
    cdp_text content;
    cdp_status status;

    cdp_text_init(&content, &in->allocator);
    cdp_journal_put_file(&in->journal, "-install.json", &in->path);
    status = cdp_install_plan_write_instructions(in->plan, &content);
    if (status == CDP_OK)
        status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_fs_write_file(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path),
                                   cdp_text_string(&content));
    cdp_text_release(&content);
    return cdp_install_failed(in, status, "write", cdp_text_string(&in->path));
}

static cdp_status note(cdp_install *in, cdp_install_record_kind kind, cdp_string shown_path)
{
    cdp_text line;
    cdp_status status;

    cdp_text_init(&line, &in->allocator);
    if (shown_path.length > 0)
        status = cdp_install_record_put(&line, kind, shown_path);
    else
        status = CDP_OK; /* to make the file */
    cdp_journal_put_file(&in->journal, "-cleanup", &in->path);
    if (status == CDP_OK)
        status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_fs_append_file(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path),
                                    cdp_text_string(&line));
    cdp_text_release(&line);
    return cdp_install_failed(in, status, "write", cdp_text_string(&in->path));
}

static cdp_status stage_begin_record(cdp_install *in)
{
    return note(in, CDP_INSTALL_RECORD_PATH, CDP_STR(""));
}

static cdp_status note_node(cdp_install *in, cdp_install_record_kind kind, uint32_t node)
{
    cdp_text shown;
    cdp_status status;

    cdp_text_init(&shown, &in->allocator);
    cdp_plan_put_shown_destination(in->plan, node, &shown);
    status = cdp_text_status(&shown);
    if (status == CDP_OK)
        status = note(in, kind, cdp_text_string(&shown));
    cdp_text_release(&shown);
    return status;
}

/* The path that the link at `path` leads to, by its text. */
static cdp_status read_link(cdp_install *in, cdp_text *path)
{
    cdp_string own = cdp_text_string(path);
    cdp_text target;
    cdp_text joined;
    cdp_status status;

    cdp_text_init(&target, &in->allocator);
    cdp_text_init(&joined, &in->allocator);
    status = cdp_fs_read_link(&in->fs, CDP_FS_DESTINATION, own, &target);
    if (status == CDP_OK && (target.length == 0 || target.data[0] != '/')) {
        size_t length = own.length;

        while (length > 0 && own.data[length - 1] != '/')
            length--;
        cdp_text_put(&joined, cdp_string_slice(own.data, length));
    }
    if (status == CDP_OK)
        cdp_text_put(&joined, cdp_text_string(&target));
    if (status == CDP_OK)
        status = cdp_text_status(&joined);
    cdp_text_clear(path);
    if (status == CDP_OK)
        status = cdp_put_normal_path(path, cdp_text_string(&joined));
    cdp_text_release(&target);
    cdp_text_release(&joined);
    return status;
}

/*
 * Where the agent's copy lands, which opens the destination for writing: at the end of the links
 * that stand there, and inside of a directory that does. What is there is taken away first.
 */
static cdp_status find_place(cdp_install *in, const cdp_step *step, cdp_text *path)
{
    enum { MOST_LINKS = 40 };
    bool is_link = (cdp_plan_node(in->plan, step->node)->flags & CDP_NODE_LINK) != 0;
    int links = 0;
    cdp_status status = CDP_OK;

    while (status == CDP_OK) {
        cdp_fs_info info;

        status = cdp_fs_info_get(&in->fs, CDP_FS_DESTINATION, cdp_text_string(path), false, &info);
        if (status != CDP_OK || info.kind == CDP_FS_ABSENT)
            return status;
        if (info.kind == CDP_FS_SYMLINK && !is_link) {
            status = ++links > MOST_LINKS ? CDP_ERR_DENIED : read_link(in, path);
        } else if (info.kind == CDP_FS_DIRECTORY) {
            cdp_string name = cdp_path_tree_name(&in->plan->tree, step->node);

            cdp_text_put_byte(path, '/');
            cdp_text_put(path, name);
            is_link = true; /* what stands there now is replaced */
            status = cdp_text_status(path);
        } else {
            return cdp_fs_remove_file(&in->fs, CDP_FS_DESTINATION, cdp_text_string(path));
        }
        if (status == CDP_OK && path->length < 2)
            status = CDP_ERR_CONFLICT;
    }
    return status;
}

/* A file is noted before it is copied, a directory after it is made. */
static cdp_status stage_steps(cdp_install *in)
{
    const cdp_install_plan *plan = in->plan;
    const cdp_step *step;
    bool is_copy;
    cdp_text path;
    cdp_status status;

    if (in->cursor >= plan->step_count)
        return CDP_OK;
    step = &plan->steps[in->cursor];
    is_copy = (cdp_plan_node(plan, step->node)->flags & CDP_NODE_COPIED) != 0;
    cdp_text_init(&path, &in->allocator);
    cdp_install_put_destination(in, step->node, &path);
    status = cdp_text_status(&path);
    if (status == CDP_OK)
        status = cdp_install_tell(in, cdp_text_string(&path));
    if (status == CDP_OK && is_copy)
        status = note_node(in, CDP_INSTALL_RECORD_PATH, step->node);
    if (status == CDP_OK && is_copy)
        status =
            cdp_install_failed(in, find_place(in, step, &path), "write to", cdp_text_string(&path));
    if (status == CDP_OK)
        status = cdp_install_make_step(in, step, cdp_text_string(&path));
    if (status == CDP_OK && !is_copy)
        status = note_node(in, CDP_INSTALL_RECORD_PATH, step->node);
    cdp_text_release(&path);
    if (status != CDP_OK)
        return status;
    in->progress.objects++;
    return cdp_install_next(in, plan->step_count);
}

static cdp_status stage_settings(cdp_install *in)
{
    const cdp_plan_permission *permission;
    const cdp_hit *hit;
    cdp_text path;
    cdp_status status;

    if (in->cursor >= in->plan->hit_count)
        return CDP_OK;
    hit = &in->plan->hits[in->cursor];
    permission = &in->plan->permissions[hit->permission];
    cdp_text_init(&path, &in->allocator);
    cdp_install_put_destination(in, hit->node, &path);
    status = cdp_text_status(&path);
    if (status == CDP_OK)
        status = cdp_install_apply_settings(in, permission, cdp_text_string(&path),
                                            cdp_plan_hit_skips(in->plan, hit) ? "c" : "mac");
    if (status == CDP_OK && permission->context_type.data)
        status = note_node(in, CDP_INSTALL_RECORD_CONTEXT, hit->node);
    if (status == CDP_OK)
        status = cdp_install_apply_settings(in, permission, cdp_text_string(&path), "o");
    cdp_text_release(&path);
    return status == CDP_OK ? cdp_install_next(in, in->plan->hit_count) : status;
}

const cdp_install_stage cdp_install_stages_compatible[] = {
    stage_remove_contexts,
    stage_remove,
    stage_remove_record,
    stage_refuse_conflicts,
    write_instructions,
    stage_begin_record,
    stage_steps,
    stage_settings,
    NULL,
};
