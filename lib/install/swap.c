/* SPDX-License-Identifier: MIT */
/* The moment of change: second names for the old, then the new into place. */
#include "base/strings.h"
#include "install/apply.h"

static cdp_status enter_swapping(cdp_install *in)
{
    cdp_status status = cdp_journal_enter(&in->journal, &in->fs, CDP_PHASE_SWAPPING);

    in->state = CDP_INSTALL_SWAPPING;
    return cdp_install_failed(in, status, "write the journal of", in->journal.group);
}

/* Complete under a name of its own before it gets the backup's: as long as that one is not there, the
 * old directory is not yet out of the way. */
static cdp_status back_up_piecewise(cdp_install *in, const cdp_unit *unit, cdp_string backup)
{
    cdp_string way;
    cdp_status status;

    cdp_journal_put_staged(&in->journal, in->cursor, 'm', &in->other);
    status = cdp_text_status(&in->other);
    way = cdp_text_string(&in->other);
    if (status == CDP_OK)
        status = cdp_install_move_piecewise(in, unit->path, way);
    return status == CDP_OK ? cdp_fs_rename(&in->fs, CDP_FS_DESTINATION, way, backup, false)
                            : status;
}

/* A hard link leaves the old file where it is until the new one replaces it. What cannot have one
 * (a directory, or any file on some file systems) is moved, and missing for a moment. */
static cdp_status back_up(cdp_install *in, const cdp_unit *unit, cdp_string backup)
{
    cdp_status status = CDP_ERR_UNSUPPORTED;

    if (unit->old_kind != CDP_FS_DIRECTORY && unit->new_kind != CDP_FS_DIRECTORY)
        status = cdp_fs_hard_link(&in->fs, CDP_FS_DESTINATION, unit->path, backup);
    if (status == CDP_ERR_UNSUPPORTED)
        status = cdp_fs_rename(&in->fs, CDP_FS_DESTINATION, unit->path, backup, false);
    if (status == CDP_ERR_UNSUPPORTED && unit->old_kind == CDP_FS_DIRECTORY)
        status = back_up_piecewise(in, unit, backup);
    return status;
}

static cdp_status stage_back_up(cdp_install *in)
{
    const cdp_unit *unit;
    cdp_status status = CDP_OK;

    if (in->cursor >= in->journal.unit_count)
        return CDP_OK;
    unit = &in->journal.units[in->cursor];
    if (unit->old_kind != CDP_FS_ABSENT) {
        cdp_journal_put_staged(&in->journal, in->cursor, 'o', &in->path);
        status = cdp_text_status(&in->path);
        if (status == CDP_OK)
            status = back_up(in, unit, cdp_text_string(&in->path));
        cdp_install_failed(in, status, "keep a copy of", unit->path);
    }
    return status == CDP_OK ? cdp_install_next(in, in->journal.unit_count) : status;
}

static cdp_status stage_place(cdp_install *in)
{
    const cdp_unit *unit;
    cdp_status status;

    if (in->cursor >= in->journal.unit_count)
        return CDP_OK;
    unit = &in->journal.units[in->cursor];
    if (unit->new_kind != CDP_FS_ABSENT) {
        bool replace = unit->old_kind != CDP_FS_ABSENT && unit->old_kind != CDP_FS_DIRECTORY &&
                       unit->new_kind != CDP_FS_DIRECTORY;

        cdp_journal_put_staged(&in->journal, in->cursor, 'n', &in->path);
        status = cdp_text_status(&in->path);
        if (status == CDP_OK)
            status = cdp_fs_rename(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path),
                                   unit->path, replace);
        cdp_install_failed(in, status, "put into place", unit->path);
    } else {
        status = unit->old_kind == CDP_FS_DIRECTORY
                     ? CDP_OK
                     : cdp_fs_remove_file(&in->fs, CDP_FS_DESTINATION, unit->path);
        if (status == CDP_ERR_NOT_FOUND)
            status = CDP_OK; /* it was moved */
        cdp_install_failed(in, status, "remove", unit->path);
    }
    return status == CDP_OK ? cdp_install_next(in, in->journal.unit_count) : status;
}

static cdp_status stage_remove_contexts(cdp_install *in)
{
    const cdp_journal *journal = &in->journal;
    cdp_string path;
    cdp_status status;

    if (in->cursor >= journal->old_context_count)
        return CDP_OK;
    path = journal->old_contexts[in->cursor];
    status = cdp_fs_remove_context(&in->fs, CDP_FS_DESTINATION, path);
    if (status == CDP_ERR_NOT_FOUND)
        status = CDP_OK;
    cdp_install_failed(in, status, "remove the SELinux context of", path);
    return status == CDP_OK ? cdp_install_next(in, journal->old_context_count) : status;
}

/* The label is kept with the file, which was flushed before it had one. */
static cdp_status sync_label(cdp_install *in, const cdp_hit *hit)
{
    if (in->volatile_data)
        return CDP_OK;
    if (cdp_plan_node(in->plan, hit->node)->flags & CDP_NODE_MADE)
        return cdp_fs_sync_directory(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path));
    return cdp_fs_sync_file(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path));
}

static cdp_status stage_set_contexts(cdp_install *in)
{
    const cdp_hit *hit;
    cdp_status status;

    if (in->cursor >= in->plan->hit_count)
        return CDP_OK;
    hit = &in->plan->hits[in->cursor];
    cdp_install_put_destination(in, hit->node, &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_install_apply_settings(in, &in->plan->permissions[hit->permission],
                                            cdp_text_string(&in->path), "c");
    if (status == CDP_OK && in->plan->permissions[hit->permission].context_type.data)
        status = cdp_install_failed(in, sync_label(in, hit), "flush", cdp_text_string(&in->path));
    return status == CDP_OK ? cdp_install_next(in, in->plan->hit_count) : status;
}

/* The old records step aside, the new ones take their names. */
static cdp_status stage_swap_records(cdp_install *in)
{
    static const char *const names[] = {"-cleanup", "-install.json"};
    static const char *const new_names[] = {"-cleanup.new", "-install.json.new"};
    static const char *const old_names[] = {"-cleanup.old", "-install.json.old"};
    const bool had[] = {in->journal.had_record, in->journal.had_instructions};
    cdp_status status = CDP_OK;

    cdp_journal_put_file(&in->journal, names[in->cursor], &in->path);
    cdp_journal_put_file(&in->journal, old_names[in->cursor], &in->other);
    if (cdp_text_status(&in->path) != CDP_OK || cdp_text_status(&in->other) != CDP_OK)
        return CDP_ERR_NOMEM;
    if (had[in->cursor])
        status = cdp_fs_rename(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path),
                               cdp_text_string(&in->other), true);
    /* The second rename must not become durable without the first. */
    if (status == CDP_OK)
        status = cdp_fs_sync_directory(&in->fs, CDP_FS_STATE, CDP_STR("/"));
    cdp_journal_put_file(&in->journal, new_names[in->cursor], &in->other);
    if (status == CDP_OK)
        status = cdp_text_status(&in->other);
    if (status == CDP_OK)
        status = cdp_fs_rename(&in->fs, CDP_FS_STATE, cdp_text_string(&in->other),
                               cdp_text_string(&in->path), true);
    if (status == CDP_OK)
        status = cdp_fs_sync_directory(&in->fs, CDP_FS_STATE, CDP_STR("/"));
    cdp_install_failed(in, status, "write", cdp_text_string(&in->path));
    return status == CDP_OK ? cdp_install_next(in, 2) : status;
}

static cdp_status enter_committed(cdp_install *in)
{
    cdp_status status = cdp_journal_enter(&in->journal, &in->fs, CDP_PHASE_COMMITTED);

    return cdp_install_failed(in, status, "write the journal of", in->journal.group);
}

const cdp_install_stage cdp_install_stages_forward[] = {
    cdp_install_stage_prepare,
    cdp_install_stage_make_folders,
    cdp_install_stage_copy,
    cdp_install_stage_settings,
    cdp_install_stage_sync_staged,
    cdp_install_stage_sync_folders,
    cdp_install_stage_write_records,
    enter_swapping,
    stage_back_up,
    cdp_install_stage_sync_folders,
    stage_place,
    stage_remove_contexts,
    stage_set_contexts,
    cdp_install_stage_sync_folders,
    stage_swap_records,
    enter_committed,
    NULL,
};
