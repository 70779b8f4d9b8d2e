/* SPDX-License-Identifier: MIT */
/*
 * How far an install had come, found out by what lies about: for a mark of its phase that is
 * missing, or that says nothing. Each phase leaves traces of its own.
 */
#include "base/strings.h"
#include "install/apply.h"

/* Index of the two records: the cleanup record, the instructions; swapped and removed in this order. */
typedef struct traces {
    bool has_new[2];   /* the new one is ready, or was put back there */
    bool is_placed[2]; /* the group's record is the new one */
    bool any_staged;   /* something new is not in its place */
    bool any_old;      /* something old lies aside */
    bool old_is_whole; /* everything old that was there does */
} traces;

static cdp_status is_there(cdp_install *in, cdp_fs_root root, cdp_string path, bool *there)
{
    cdp_fs_info info;
    cdp_status status = cdp_fs_info_get(&in->fs, root, path, false, &info);

    *there = status == CDP_OK && info.kind != CDP_FS_ABSENT;
    return cdp_install_failed(in, status, "look at", path);
}

static cdp_status has_record(cdp_install *in, const char *suffix, bool *there)
{
    cdp_status status;

    cdp_journal_put_file(&in->journal, suffix, &in->path);
    status = cdp_text_status(&in->path);
    return status == CDP_OK ? is_there(in, CDP_FS_STATE, cdp_text_string(&in->path), there)
                            : status;
}

static cdp_status has_staged(cdp_install *in, size_t unit, char which, bool *there)
{
    cdp_status status;

    cdp_journal_put_staged(&in->journal, unit, which, &in->path);
    status = cdp_text_status(&in->path);
    return status == CDP_OK ? is_there(in, CDP_FS_DESTINATION, cdp_text_string(&in->path), there)
                            : status;
}

static cdp_status look_at_units(cdp_install *in, traces *found)
{
    cdp_status status = CDP_OK;

    found->old_is_whole = true;
    for (size_t i = 0; i < in->journal.unit_count && status == CDP_OK; i++) {
        bool is_staged = false;
        bool is_old = false;

        status = has_staged(in, i, 'n', &is_staged);
        if (status == CDP_OK)
            status = has_staged(in, i, 'o', &is_old);
        found->any_staged = found->any_staged || is_staged;
        found->any_old = found->any_old || is_old;
        if (in->journal.units[i].old_kind != CDP_FS_ABSENT && !is_old)
            found->old_is_whole = false;
    }
    return status;
}

static cdp_journal_phase judge(const traces *found, cdp_install_choice choice)
{
    /* Putting back looks at each piece first, so it does no harm where there is nothing to do; but
     * it needs both records somewhere. */
    if (!found->is_placed[0] && !found->is_placed[1])
        return found->any_old || (found->has_new[0] && found->has_new[1]) ? CDP_PHASE_REVERTING
                                                                          : CDP_PHASE_STAGING;
    if (found->has_new[0] || found->has_new[1] || found->any_staged)
        return CDP_PHASE_REVERTING;
    if (found->old_is_whole && found->is_placed[0] && found->is_placed[1])
        return CDP_PHASE_COMMITTED;
    /* The old is being put back, or thrown away; that is begun only when the choice is made. */
    return choice == CDP_INSTALL_CHOOSE_KEEP ? CDP_PHASE_KEEPING : CDP_PHASE_REVERTING;
}

cdp_status cdp_install_find_phase(cdp_install *in, cdp_install_choice choice)
{
    static const char *const names[] = {"-cleanup", "-install.json"};
    static const char *const new_names[] = {"-cleanup.new", "-install.json.new"};
    static const char *const old_names[] = {"-cleanup.old", "-install.json.old"};
    const bool had[] = {in->journal.had_record, in->journal.had_instructions};
    traces found = {0};
    cdp_status status = look_at_units(in, &found);

    for (int i = 0; i < 2 && status == CDP_OK; i++) {
        status = has_record(in, new_names[i], &found.has_new[i]);
        if (status == CDP_OK)
            status = has_record(in, had[i] ? old_names[i] : names[i], &found.is_placed[i]);
    }
    if (status == CDP_OK)
        in->journal.phase = judge(&found, choice);
    return status;
}
