/* SPDX-License-Identifier: MIT */
/*
 * Back to the old tree, or on to the new one for good. All of this goes by the journal alone and
 * looks before each piece at what is there, so that it can be cut off and begun again anywhere.
 */
#include "base/strings.h"
#include "install/apply.h"

static cdp_status look(cdp_install *in, cdp_string path, cdp_fs_info *info)
{
    cdp_status status = cdp_fs_info_get(&in->fs, CDP_FS_DESTINATION, path, false, info);

    return cdp_install_failed(in, status, "look at", path);
}

static cdp_status move(cdp_install *in, cdp_string from, cdp_string to, bool replace)
{
    cdp_status status = cdp_fs_rename(&in->fs, CDP_FS_DESTINATION, from, to, replace);

    return cdp_install_failed(in, status, "put back", to);
}

/* ---- undo ---- */

static cdp_status enter_reverting(cdp_install *in)
{
    cdp_status status = CDP_OK;

    if (in->journal.phase == CDP_PHASE_SWAPPING || in->journal.phase == CDP_PHASE_COMMITTED)
        status = cdp_journal_enter(&in->journal, &in->fs, CDP_PHASE_REVERTING);
    return cdp_install_failed(in, status, "write the journal of", in->journal.group);
}

/* Before the swap nothing was touched, after it everything is back: only what is staged goes. */
static bool nothing_to_put_back(const cdp_install *in)
{
    return in->journal.phase == CDP_PHASE_STAGING || in->journal.phase == CDP_PHASE_UNDONE;
}

static cdp_status stage_find_claims(cdp_install *in)
{
    /* Before the swap nothing of ours was where others could install over it. */
    return in->journal.phase == CDP_PHASE_STAGING ? CDP_OK : cdp_install_find_claims(in);
}

static cdp_status drop_second_name(cdp_install *in, cdp_string backup)
{
    cdp_status status = cdp_fs_remove_file(&in->fs, CDP_FS_DESTINATION, backup);

    return cdp_install_failed(in, status, "remove", backup);
}

static cdp_status find_claim(const cdp_install *in, const cdp_unit *unit, bool *is_claimed)
{
    cdp_text shown;
    cdp_status status;

    *is_claimed = false;
    if (in->claim_count == 0)
        return CDP_OK;
    cdp_text_init(&shown, &in->allocator);
    cdp_text_put(&shown, in->journal.prefix);
    cdp_text_put(&shown, unit->path);
    status = cdp_text_status(&shown);
    *is_claimed = status == CDP_OK && cdp_install_is_claimed(in, cdp_text_string(&shown));
    cdp_text_release(&shown);
    return status;
}

/* What another group has put there since stays, and what was there before is that group's to
 * judge: it was told so when it replaced ours. */
static cdp_status leave_claimed(cdp_install *in, const cdp_unit *unit, cdp_string backup,
                                bool *is_left)
{
    cdp_fs_info place;
    cdp_fs_info old;
    bool is_claimed;
    cdp_status status = find_claim(in, unit, &is_claimed);

    *is_left = false;
    if (status != CDP_OK || !is_claimed)
        return status;
    status = look(in, unit->path, &place);
    if (status == CDP_OK)
        status = look(in, backup, &old);
    if (status != CDP_OK || place.kind == CDP_FS_ABSENT || place.kind == CDP_FS_DIRECTORY ||
        old.kind == CDP_FS_DIRECTORY)
        return status;
    *is_left = true;
    return old.kind == CDP_FS_ABSENT ? CDP_OK : drop_second_name(in, backup);
}

/* A directory that was being moved piece by piece. */
static cdp_status merge_back(cdp_install *in, const cdp_unit *unit)
{
    cdp_fs_info place;
    cdp_fs_info way;
    cdp_text path;
    cdp_status status;

    if (unit->old_kind != CDP_FS_DIRECTORY)
        return CDP_OK;
    cdp_text_init(&path, &in->allocator);
    cdp_journal_put_staged(&in->journal, in->cursor, 'm', &path);
    status = cdp_text_status(&path);
    if (status == CDP_OK)
        status = look(in, cdp_text_string(&path), &way);
    if (status == CDP_OK && way.kind != CDP_FS_ABSENT)
        status = look(in, unit->path, &place);
    if (status == CDP_OK && way.kind != CDP_FS_ABSENT && place.kind == CDP_FS_ABSENT)
        status = move(in, cdp_text_string(&path), unit->path, false);
    else if (status == CDP_OK && way.kind != CDP_FS_ABSENT)
        status = cdp_install_failed(
            in, cdp_install_move_piecewise(in, cdp_text_string(&path), unit->path), "put back",
            unit->path);
    cdp_text_release(&path);
    return status;
}

/* Where there was something: as long as `o` exists it has to go back. */
static cdp_status restore_old(cdp_install *in, const cdp_unit *unit, cdp_string staged,
                              cdp_string backup)
{
    cdp_fs_info place;
    cdp_fs_info old;
    cdp_status status = look(in, backup, &old);

    if (status != CDP_OK || old.kind == CDP_FS_ABSENT)
        return status;
    status = look(in, unit->path, &place);
    if (status != CDP_OK)
        return status;
    if (place.kind != CDP_FS_ABSENT && place.inode && place.inode == old.inode &&
        place.device == old.device)
        return drop_second_name(in, backup);
    /* A file replaces a file in one step; anything else makes way first. */
    if (place.kind != CDP_FS_ABSENT &&
        (place.kind == CDP_FS_DIRECTORY || old.kind == CDP_FS_DIRECTORY ||
         unit->new_kind == CDP_FS_ABSENT))
        status = move(in, unit->path, staged, false);
    if (status == CDP_OK)
        status = move(in, backup, unit->path, true);
    /* A host that cannot tell that both are one file: the rename then did nothing. */
    if (status == CDP_OK)
        status = look(in, backup, &old);
    return status == CDP_OK && old.kind != CDP_FS_ABSENT ? drop_second_name(in, backup) : status;
}

/* Where there was nothing: what is no longer staged was put into place. */
static cdp_status take_new_away(cdp_install *in, const cdp_unit *unit, cdp_string staged)
{
    cdp_fs_info info;
    cdp_status status = look(in, staged, &info);

    if (status != CDP_OK || info.kind != CDP_FS_ABSENT)
        return status;
    status = look(in, unit->path, &info);
    if (status != CDP_OK || info.kind == CDP_FS_ABSENT)
        return status;
    return move(in, unit->path, staged, false);
}

static cdp_status stage_put_back(cdp_install *in)
{
    const cdp_unit *unit;
    bool is_left;
    cdp_status status;

    if (nothing_to_put_back(in) || in->cursor >= in->journal.unit_count)
        return CDP_OK;
    unit = &in->journal.units[in->cursor];
    cdp_journal_put_staged(&in->journal, in->cursor, 'n', &in->path);
    cdp_journal_put_staged(&in->journal, in->cursor, 'o', &in->other);
    if (cdp_text_status(&in->path) != CDP_OK || cdp_text_status(&in->other) != CDP_OK)
        return CDP_ERR_NOMEM;
    status = leave_claimed(in, unit, cdp_text_string(&in->other), &is_left);
    if (status != CDP_OK || is_left)
        return status == CDP_OK ? cdp_install_next(in, in->journal.unit_count) : status;
    status = merge_back(in, unit);
    if (status != CDP_OK)
        return status;
    if (unit->old_kind == CDP_FS_ABSENT)
        status = take_new_away(in, unit, cdp_text_string(&in->path));
    else
        status = restore_old(in, unit, cdp_text_string(&in->path), cdp_text_string(&in->other));
    return status == CDP_OK ? cdp_install_next(in, in->journal.unit_count) : status;
}

static cdp_status stage_drop_new_contexts(cdp_install *in)
{
    const cdp_journal *journal = &in->journal;
    cdp_status status;

    if (nothing_to_put_back(in) || in->cursor >= journal->new_context_count)
        return CDP_OK;
    status = cdp_fs_remove_context(&in->fs, CDP_FS_DESTINATION, journal->new_contexts[in->cursor]);
    /* A host that knows no contexts has set none. */
    if (status == CDP_ERR_NOT_FOUND || status == CDP_ERR_UNSUPPORTED)
        status = CDP_OK;
    cdp_install_failed(in, status, "remove the SELinux context of",
                       journal->new_contexts[in->cursor]);
    return status == CDP_OK ? cdp_install_next(in, journal->new_context_count) : status;
}

/* Reads one of the group's files; absent is CDP_ERR_NOT_FOUND. */
static cdp_status read_state_file(cdp_install *in, const char *suffix, cdp_text *content)
{
    cdp_status status;

    cdp_journal_put_file(&in->journal, suffix, &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_fs_read_file(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path), UINT32_MAX,
                                  content);
    return status;
}

/* The cleanup record has no types; the old instructions have. */
static cdp_status set_old_context(cdp_install *in, const cdp_install_instruction *instruction)
{
    const cdp_fs_context context = {sizeof context, instruction->context_user,
                                    instruction->context_type, instruction->context_range};
    cdp_string path = instruction->path;
    cdp_status status;

    if (!cdp_string_starts_with(path, in->journal.prefix))
        return CDP_OK;
    path = cdp_string_slice(path.data + in->journal.prefix.length,
                            path.length - in->journal.prefix.length);
    status = cdp_fs_set_context(&in->fs, CDP_FS_DESTINATION, path, &context);
    return cdp_install_failed(in, status, "set the SELinux context of", path);
}

static cdp_status set_old_contexts(cdp_install *in, cdp_string json)
{
    const cdp_limits limits = {
        .size = sizeof limits, .input_bytes = json.length + 1, .nodes = UINT32_MAX};
    cdp_install_instructions *instructions;
    cdp_status status = cdp_install_instructions_parse(json.data, json.length, &in->allocator,
                                                       &limits, NULL, &instructions);

    if (status != CDP_OK)
        return status == CDP_ERR_NOMEM ? status : CDP_OK; /* not ours to judge */
    for (size_t i = 0; i < cdp_install_instructions_count(instructions) && status == CDP_OK; i++) {
        cdp_install_instruction instruction = {.size = sizeof instruction};

        status = cdp_install_instructions_at(instructions, i, &instruction);
        if (status == CDP_OK && instruction.type == CDP_INSTALL_SEMANAGE)
            status = set_old_context(in, &instruction);
    }
    cdp_install_instructions_free(instructions);
    return status;
}

static cdp_status stage_set_old_contexts(cdp_install *in)
{
    cdp_text content;
    cdp_status status;

    if (nothing_to_put_back(in) || in->journal.old_context_count == 0)
        return CDP_OK;
    cdp_text_init(&content, &in->allocator);
    /* Still aside when the records were swapped already, else in its place. */
    status = read_state_file(in, "-install.json.old", &content);
    if (status == CDP_ERR_NOT_FOUND)
        status = read_state_file(in, "-install.json", &content);
    if (status == CDP_OK)
        status = set_old_contexts(in, cdp_text_string(&content));
    else if (status == CDP_ERR_NOT_FOUND)
        status = CDP_OK;
    cdp_text_release(&content);
    return status;
}

static cdp_status move_state_file(cdp_install *in, const char *from, const char *to)
{
    cdp_status status;

    cdp_journal_put_file(&in->journal, from, &in->path);
    cdp_journal_put_file(&in->journal, to, &in->other);
    if (cdp_text_status(&in->path) != CDP_OK || cdp_text_status(&in->other) != CDP_OK)
        return CDP_ERR_NOMEM;
    status = cdp_fs_rename(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path),
                           cdp_text_string(&in->other), true);
    if (status == CDP_ERR_NOT_FOUND)
        return CDP_OK;
    cdp_install_failed(in, status, "put back", cdp_text_string(&in->other));
    return status == CDP_OK ? cdp_fs_sync_directory(&in->fs, CDP_FS_STATE, CDP_STR("/")) : status;
}

/* The reverse of stage_swap_records(): each of the two renames, if it was done. */
static cdp_status stage_put_records_back(cdp_install *in)
{
    static const char *const names[] = {"-cleanup", "-install.json"};
    static const char *const new_names[] = {"-cleanup.new", "-install.json.new"};
    static const char *const old_names[] = {"-cleanup.old", "-install.json.old"};
    cdp_fs_info info;
    cdp_status status;

    if (nothing_to_put_back(in))
        return CDP_OK;
    cdp_journal_put_file(&in->journal, new_names[in->cursor], &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_fs_info_get(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path), false, &info);
    if (status == CDP_OK && info.kind == CDP_FS_ABSENT)
        status = move_state_file(in, names[in->cursor], new_names[in->cursor]);
    if (status == CDP_OK)
        status = move_state_file(in, old_names[in->cursor], names[in->cursor]);
    return status == CDP_OK ? cdp_install_next(in, 2) : status;
}

static cdp_status enter_undone(cdp_install *in)
{
    cdp_status status = CDP_OK;

    if (!nothing_to_put_back(in))
        status = cdp_journal_enter(&in->journal, &in->fs, CDP_PHASE_UNDONE);
    return cdp_install_failed(in, status, "write the journal of", in->journal.group);
}

/* ---- what both ends share: throwing away, and forgetting ---- */

static cdp_status load_known(cdp_install *in, const char *suffix)
{
    cdp_text content;
    cdp_status status;

    cdp_install_record_free(in->known);
    in->known = NULL;
    cdp_text_init(&content, &in->allocator);
    status = read_state_file(in, suffix, &content);
    if (status == CDP_OK)
        status = cdp_install_record_parse(cdp_text_string(&content).data,
                                          cdp_text_string(&content).length, &in->allocator, NULL,
                                          &in->known);
    else if (status == CDP_ERR_NOT_FOUND)
        status = CDP_OK;
    cdp_text_release(&content);
    return cdp_install_failed(in, status, "read", cdp_text_string(&in->path));
}

/* Before the swap nobody else could reach what is staged: all of it is known. */
static cdp_status stage_know_new(cdp_install *in)
{
    return in->journal.phase == CDP_PHASE_STAGING ? CDP_OK : load_known(in, "-cleanup.new");
}

static cdp_status stage_know_old(cdp_install *in)
{
    return load_known(in, "-cleanup.old");
}

static cdp_status stage_discard(cdp_install *in, char which)
{
    const cdp_unit *unit;
    cdp_text staged;
    cdp_status status;

    if (in->cursor >= in->journal.unit_count)
        return CDP_OK;
    unit = &in->journal.units[in->cursor];
    cdp_text_init(&staged, &in->allocator);
    cdp_journal_put_staged(&in->journal, in->cursor, which, &staged);
    status = cdp_text_status(&staged);
    if (status == CDP_OK)
        status = cdp_install_discard(in, cdp_text_string(&staged), unit->path, in->known);
    cdp_install_failed(in, status, "remove", cdp_text_string(&staged));
    cdp_text_release(&staged);
    return status == CDP_OK ? cdp_install_next(in, in->journal.unit_count) : status;
}

static cdp_status stage_discard_new(cdp_install *in)
{
    return stage_discard(in, 'n');
}

static cdp_status stage_discard_old(cdp_install *in)
{
    return stage_discard(in, 'o');
}

static cdp_status stage_remove_folders(cdp_install *in)
{
    const cdp_journal *journal = &in->journal;
    cdp_status status = CDP_OK;

    if (in->cursor >= journal->unit_count)
        return CDP_OK;
    if (cdp_journal_is_first_of_folder(journal, in->cursor)) {
        cdp_journal_put_folder(journal, &journal->units[in->cursor], &in->path);
        status = cdp_text_status(&in->path);
        if (status == CDP_OK)
            status =
                cdp_fs_remove_directory(&in->fs, CDP_FS_DESTINATION, cdp_text_string(&in->path));
        if (status == CDP_ERR_NOT_FOUND)
            status = CDP_OK;
        cdp_install_failed(in, status, "remove", cdp_text_string(&in->path));
    }
    return status == CDP_OK ? cdp_install_next(in, journal->unit_count) : status;
}

static cdp_status remove_state_files(cdp_install *in, const char *const suffixes[2])
{
    cdp_status status;

    cdp_journal_put_file(&in->journal, suffixes[in->cursor], &in->path);
    status = cdp_text_status(&in->path);
    if (status == CDP_OK)
        status = cdp_fs_remove_file(&in->fs, CDP_FS_STATE, cdp_text_string(&in->path));
    if (status == CDP_ERR_NOT_FOUND)
        status = CDP_OK;
    cdp_install_failed(in, status, "remove", cdp_text_string(&in->path));
    return status == CDP_OK ? cdp_install_next(in, 2) : status;
}

static cdp_status stage_remove_new_records(cdp_install *in)
{
    static const char *const suffixes[2] = {"-cleanup.new", "-install.json.new"};

    return remove_state_files(in, suffixes);
}

static cdp_status stage_remove_old_records(cdp_install *in)
{
    static const char *const suffixes[2] = {"-cleanup.old", "-install.json.old"};

    return remove_state_files(in, suffixes);
}

/* Only when all that it could tell of is durable. */
static cdp_status stage_forget(cdp_install *in)
{
    cdp_status status = cdp_journal_remove(&in->journal, &in->fs);

    return cdp_install_failed(in, status, "remove the journal of", in->journal.group);
}

const cdp_install_stage cdp_install_stages_undo[] = {
    enter_reverting,
    stage_find_claims,
    stage_put_back,
    stage_drop_new_contexts,
    stage_set_old_contexts,
    stage_put_records_back,
    cdp_install_stage_sync_folders,
    enter_undone,
    stage_know_new,
    stage_discard_new,
    stage_remove_folders,
    stage_remove_new_records,
    cdp_install_stage_sync_folders,
    stage_forget,
    NULL,
};

/* ---- keep ---- */

static cdp_status enter_keeping(cdp_install *in)
{
    cdp_status status = CDP_OK;

    if (in->journal.phase != CDP_PHASE_KEEPING)
        status = cdp_journal_enter(&in->journal, &in->fs, CDP_PHASE_KEEPING);
    return cdp_install_failed(in, status, "write the journal of", in->journal.group);
}

const cdp_install_stage cdp_install_stages_keep[] = {
    enter_keeping,
    stage_know_old,
    stage_discard_old,
    stage_remove_folders,
    stage_remove_old_records,
    cdp_install_stage_sync_folders,
    stage_forget,
    NULL,
};
