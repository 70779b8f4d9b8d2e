/* SPDX-License-Identifier: MIT */
/* Making everything ready beside its place, touching nothing that is there. */
#include "base/strings.h"
#include "install/apply.h"

static cdp_status is_there(cdp_install *in, const char *suffix, bool *there)
{
    cdp_fs_info info;
    cdp_status status;

    cdp_journal_put_file(&in->journal, suffix, &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_fs_info_get(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path), false, &info);
    *there = status == CDP_OK && info.kind != CDP_FS_ABSENT;
    return cdp_install_failed(in, status, "look at", cdp_text_string(&in->path));
}

/* A folder of that name is no work of ours; undoing must not meet it. */
static cdp_status check_folders(cdp_install *in)
{
    const cdp_journal *journal = &in->journal;
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < journal->unit_count && status == CDP_OK; i++) {
        cdp_fs_info info;

        if (!cdp_journal_is_first_of_folder(journal, i))
            continue;
        cdp_journal_put_folder(journal, &journal->units[i], &in->path);
        status = cdp_text_status(&in->path);
        if (status == CDP_OK)
            status = cdp_fs_info_get(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path), false,
                                     &info);
        if (status == CDP_OK && info.kind != CDP_FS_ABSENT)
            status = CDP_ERR_BUSY;
        cdp_install_failed(in, status, "use the folder", cdp_text_string(&in->path));
    }
    return status;
}

cdp_status cdp_install_stage_prepare(cdp_install *in)
{
    cdp_journal *journal = &in->journal;
    bool waits = false;
    cdp_status status = is_there(in, "-journal", &waits);

    if (status != CDP_OK)
        return status;
    if (waits)
        return cdp_install_failed(in, CDP_ERR_BUSY, "begin before recovery of",
                                  cdp_text_string(&in->path));
    status = is_there(in, "-cleanup", &journal->had_record);
    if (status == CDP_OK)
        status = is_there(in, "-install.json", &journal->had_instructions);
    if (status == CDP_OK)
        status = cdp_install_find_units(in);
    if (status == CDP_OK)
        status = check_folders(in);
    if (status == CDP_OK) {
        status = cdp_journal_save(journal, &in->fs);
        cdp_install_failed(in, status, "write the journal of", journal->group);
    }
    return status;
}

cdp_status cdp_install_stage_make_folders(cdp_install *in)
{
    const cdp_journal *journal = &in->journal;
    cdp_status status = CDP_OK;

    if (in->cursor >= journal->unit_count)
        return CDP_OK;
    if (cdp_journal_is_first_of_folder(journal, in->cursor)) {
        cdp_journal_put_folder(journal, &journal->units[in->cursor], &in->path);
        status = cdp_text_status(&in->path);
        if (status == CDP_OK)
            status = cdp_fs_make_directory(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path),
                                           0700);
        cdp_install_failed(in, status, "make", cdp_text_string(&in->path));
    }
    return status == CDP_OK ? cdp_install_next(in, journal->unit_count) : status;
}

/* ---- copying ---- */

static cdp_status moved(uint64_t bytes, void *user)
{
    cdp_install *in = user;

    in->progress.bytes += bytes;
    return cdp_install_tell(in, in->progress.path);
}

static cdp_status copy_link(cdp_install *in, cdp_fs_root root, cdp_string source, cdp_string path)
{
    cdp_text target;
    cdp_status status;

    cdp_text_init(&target, &in->allocator);
    status = cdp_fs_read_link(&in->fs, root, source, &target);
    if (status == CDP_OK)
        status = cdp_fs_make_symlink(&in->fs, CDP_FS_DESTINATION, path, cdp_text_string(&target));
    cdp_text_release(&target);
    return status;
}

/* The plan knows what the source was; it is looked at again only when it is that no more. */
static cdp_status copy(cdp_install *in, cdp_fs_root root, cdp_string source, cdp_string path,
                       bool was_link)
{
    const cdp_fs_progress progress = {sizeof progress, moved, in};
    cdp_fs_info info;
    cdp_status copied = CDP_ERR_CONFLICT;
    cdp_status status;

    if (!was_link)
        copied = cdp_fs_copy_file(&in->fs, root, source, CDP_FS_DESTINATION, path,
                                  CDP_INSTALL_KEEP_ALL, &progress);
    if (copied != CDP_ERR_CONFLICT)
        return copied;
    status = cdp_fs_info_get(&in->fs, root, source, false, &info);
    if (status != CDP_OK)
        return status;
    if (info.kind == CDP_FS_ABSENT)
        return CDP_ERR_NOT_FOUND;
    if (info.kind == CDP_FS_SYMLINK)
        return copy_link(in, root, source, path);
    if (!was_link)
        return copied;
    return cdp_fs_copy_file(&in->fs, root, source, CDP_FS_DESTINATION, path, CDP_INSTALL_KEEP_ALL,
                            &progress);
}

cdp_status cdp_install_make_step(cdp_install *in, const cdp_step *step, cdp_string path)
{
    cdp_text source;
    uint8_t flags = cdp_plan_node(in->plan, step->node)->flags;
    cdp_fs_root root;
    cdp_status status;

    if (flags & CDP_NODE_MADE) {
        status = cdp_fs_make_directory(&in->fs, CDP_FS_DESTINATION, path, 0777);
        return cdp_install_failed(in, status, "make", path);
    }
    cdp_text_init(&source, &in->allocator);
    root = cdp_plan_put_source(in->plan, step, &source);
    status = cdp_text_status(&source);
    if (status == CDP_OK)
        status = copy(in, root, cdp_text_string(&source), path, flags & CDP_NODE_LINK);
    cdp_install_failed(in, status, "copy", cdp_text_string(&source));
    cdp_text_release(&source);
    return status;
}

cdp_status cdp_install_stage_copy(cdp_install *in)
{
    const cdp_step *step;
    cdp_status status;

    if (in->cursor >= in->plan->step_count)
        return CDP_OK;
    status = cdp_install_copy_batch(in);
    if (status == CDP_PENDING)
        return in->cursor < in->plan->step_count ? CDP_PENDING : CDP_OK;
    if (status != CDP_OK)
        return status;
    step = &in->plan->steps[in->cursor];
    cdp_install_put_staged_node(in, step->node, &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_install_tell(in, cdp_text_string(&in->other));
    if (status == CDP_OK && !cdp_install_is_made_ahead(in))
        status = cdp_install_make_step(in, step, cdp_text_string(&in->path));
    if (status != CDP_OK)
        return status;
    in->progress.objects++;
    return cdp_install_next(in, in->plan->step_count);
}

/* ---- settings ---- */

static cdp_status apply_context(cdp_install *in, const cdp_plan_permission *permission,
                                cdp_string path)
{
    const cdp_fs_context context = {sizeof context, permission->context_user,
                                    permission->context_type, permission->context_range};

    return cdp_fs_set_context(&in->fs, CDP_FS_DESTINATION, path, &context);
}

cdp_status cdp_install_apply_settings(cdp_install *in, const cdp_plan_permission *permission,
                                      cdp_string path, const char *order)
{
    cdp_status status = CDP_OK;

    for (; *order && status == CDP_OK; order++) {
        const char *operation = "";

        if (*order == 'm' && permission->mode.data) {
            operation = "set the mode of";
            status = cdp_fs_set_mode(&in->fs, CDP_FS_DESTINATION, path, permission->mode_bits);
        } else if (*order == 'a' && permission->has_acls) {
            operation = "set the ACL of";
            status = cdp_fs_set_acl(&in->fs, CDP_FS_DESTINATION, path, permission->acls,
                                    permission->acl_count);
        } else if (*order == 'c' && permission->context_type.data) {
            operation = "set the SELinux context of";
            status = apply_context(in, permission, path);
        } else if (*order == 'o' && (permission->owner.data || permission->group.data)) {
            operation = "set owner and group of";
            status = cdp_fs_set_owner(&in->fs, CDP_FS_DESTINATION, path, permission->owner,
                                      permission->group);
        }
        cdp_install_failed(in, status, operation, path);
    }
    return status;
}

/* The owner first: changing it takes set-id bits away, which the mode may just have given. */
cdp_status cdp_install_stage_settings(cdp_install *in)
{
    const cdp_hit *hit;
    cdp_status status;

    if (in->cursor >= in->plan->hit_count)
        return CDP_OK;
    hit = &in->plan->hits[in->cursor];
    cdp_install_put_staged_node(in, hit->node, &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_install_apply_settings(in, &in->plan->permissions[hit->permission],
                                            cdp_text_string(&in->path),
                                            cdp_plan_hit_skips(in->plan, hit) ? "o" : "oma");
    return status == CDP_OK ? cdp_install_next(in, in->plan->hit_count) : status;
}

/* ---- flushing ---- */

static cdp_status sync_staged(cdp_install *in, const cdp_step *step)
{
    cdp_fs_info info;
    cdp_status status;

    cdp_install_put_staged_node(in, step->node, &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK && (cdp_plan_node(in->plan, step->node)->flags & CDP_NODE_MADE))
        return cdp_fs_sync_directory(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path));
    if (status == CDP_OK)
        status =
            cdp_fs_info_get(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path), false, &info);
    /* A link's content is its directory's affair, on every file system we know. */
    if (status == CDP_OK && info.kind == CDP_FS_REGULAR)
        status = cdp_fs_sync_file(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path));
    return status;
}

cdp_status cdp_install_stage_sync_staged(cdp_install *in)
{
    cdp_status status;

    if (in->volatile_data)
        return CDP_OK;
    if (in->cursor == 0) {
        status = cdp_fs_sync_all(&in->fs, CDP_FS_DESTINATION);
        if (status != CDP_ERR_UNSUPPORTED)
            return cdp_install_failed(in, status, "flush", CDP_STR("/"));
    }
    if (in->cursor < in->plan->step_count) {
        status = sync_staged(in, &in->plan->steps[in->cursor]);
        cdp_install_failed(in, status, "flush", cdp_text_string(&in->path));
        if (status == CDP_OK)
            in->cursor++;
        return status == CDP_OK ? CDP_PENDING : status;
    }
    return CDP_OK;
}

cdp_status cdp_install_stage_sync_folders(cdp_install *in)
{
    const cdp_journal *journal = &in->journal;
    cdp_status status = CDP_OK;

    if (journal->volatile_data || in->cursor >= journal->unit_count)
        return CDP_OK;
    if (in->cursor == 0) {
        status = cdp_fs_sync_all(&in->fs, CDP_FS_DESTINATION);
        if (status != CDP_ERR_UNSUPPORTED)
            return cdp_install_failed(in, status, "flush", CDP_STR("/"));
        status = CDP_OK;
    }
    if (cdp_journal_is_first_of_folder(journal, in->cursor)) {
        cdp_string folder;
        cdp_string parent;

        cdp_journal_put_folder(journal, &journal->units[in->cursor], &in->path);
        folder = cdp_text_string(&in->path);
        parent = folder;
        status = cdp_text_status(&in->path);
        if (status == CDP_OK)
            status = cdp_fs_sync_directory(&in->fs, CDP_FS_DESTINATION, folder);
        if (status == CDP_ERR_NOT_FOUND)
            status = CDP_OK; /* undone before it was made */
        while (parent.length > 1 && parent.data[parent.length - 1] != '/')
            parent.length--;
        cdp_text_clear(&in->other);
        cdp_text_put(&in->other,
                     parent.length > 1 ? cdp_string_slice(parent.data, parent.length - 1) : parent);
        if (status == CDP_OK)
            status = cdp_text_status(&in->other);
        if (status == CDP_OK)
            status =
                cdp_fs_sync_directory(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->other));
        cdp_install_failed(in, status, "flush", folder);
    }
    return status == CDP_OK ? cdp_install_next(in, journal->unit_count) : status;
}

/* ---- the records to be ---- */

cdp_status cdp_install_stage_write_records(cdp_install *in)
{
    static const char *const suffixes[] = {"-cleanup.new", "-install.json.new"};
    cdp_text content;
    cdp_status status;

    cdp_text_init(&content, &in->allocator);
    if (in->cursor == 0)
        status = cdp_install_plan_write_record(in->plan, &content);
    else
        status = cdp_install_plan_write_instructions(in->plan, &content);
    cdp_journal_put_file(&in->journal, suffixes[in->cursor], &in->path);
    if (status == CDP_OK)
        status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_fs_write_file(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path),
                                   cdp_text_string(&content));
    cdp_install_failed(in, status, "write", cdp_text_string(&in->path));
    cdp_text_release(&content);
    return status == CDP_OK ? cdp_install_next(in, 2) : status;
}
