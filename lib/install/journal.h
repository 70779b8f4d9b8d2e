/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_JOURNAL_H
#define CDP_INSTALL_JOURNAL_H

#include <codedeploy/install_apply.h>

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "install/fs.h"

/*
 * What an install will change, written down before it begins, and how far it has come. Recovery
 * knows nothing else.
 *
 * A *unit* is a path at which one rename brings the new and takes the old away: a file, a link, or
 * a whole directory when nothing of what is below it now will stay. Beside it, in the folder
 * `.codedeploy-ID` of its parent, `n3` is what unit 3 will put there and `o3` what it had there.
 */
typedef struct cdp_unit {
    cdp_string path; /* below the destination root */
    cdp_fs_kind old_kind;
    cdp_fs_kind new_kind;
} cdp_unit;

/* How far it has come; written durably before the first step that it allows. */
typedef enum cdp_journal_phase {
    CDP_PHASE_STAGING = 0,
    CDP_PHASE_SWAPPING,
    CDP_PHASE_COMMITTED,
    CDP_PHASE_REVERTING,
    CDP_PHASE_UNDONE, /* the old tree stands; what is staged goes */
    CDP_PHASE_KEEPING /* the new tree stands; what is backed up goes */
} cdp_journal_phase;

typedef struct cdp_journal {
    cdp_arena arena; /* all strings and arrays */
    cdp_string group;
    cdp_string id;
    cdp_string prefix; /* of paths as the records have them */
    cdp_unit *units;
    size_t unit_count;
    /* SELinux policy entries, paths as the records have them. */
    cdp_string *new_contexts;
    size_t new_context_count;
    cdp_string *old_contexts;
    size_t old_context_count;
    bool had_record;
    bool had_instructions;
    bool volatile_data; /* CDP_INSTALL_VOLATILE */
    cdp_journal_phase phase;
    bool is_phase_known; /* after cdp_journal_load() */
} cdp_journal;

void cdp_journal_init(cdp_journal *journal, const cdp_allocator *allocator);
void cdp_journal_release(cdp_journal *journal);

/* The group's files below CDP_FS_STATE: "-journal", "-cleanup.new" … */
void cdp_journal_put_file(const cdp_journal *journal, const char *suffix, cdp_text *path);

/* The folder beside a unit, and a name in it: 'n' or 'o', or 'm' for what is on its way to 'o' piece by
 * piece. Each clears `path` first. */
void cdp_journal_put_folder(const cdp_journal *journal, const cdp_unit *unit, cdp_text *path);
void cdp_journal_put_staged(const cdp_journal *journal, size_t unit, char which, cdp_text *path);
/* True for the first unit of a parent directory: whoever goes over all folders goes by these. */
bool cdp_journal_is_first_of_folder(const cdp_journal *journal, size_t unit);

/* Writes the journal, then each phase, durably. */
cdp_status cdp_journal_save(const cdp_journal *journal, const cdp_fs *fs);
cdp_status cdp_journal_enter(cdp_journal *journal, const cdp_fs *fs, cdp_journal_phase phase);
/* Removes journal and phase. */
cdp_status cdp_journal_remove(const cdp_journal *journal, const cdp_fs *fs);

/* Reads both; the mark of the phase may be missing (then nothing was swapped yet, or somebody removed
 * it) or damaged, and the phase is not known then. CDP_ERR_NOT_FOUND when there is no journal; CDP_ERR_CORRUPT. `journal->group` is
 * set by the caller. */
cdp_status cdp_journal_load(cdp_journal *journal, const cdp_fs *fs);

#endif
