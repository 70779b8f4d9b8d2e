/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_APPLY_H
#define CDP_INSTALL_APPLY_H

#include <codedeploy/install_apply.h>

#include "install/fs.h"
#include "install/journal.h"
#include "install/plan.h"

/*
 * An install is a sequence of stages, each a function that does one piece of work at `cursor`:
 * CDP_PENDING when the stage has more pieces, CDP_OK after its last one, or an error. There are
 * sequences for going forward (with a plan), and for undoing and keeping (which need the journal
 * only, so that recovery runs the very same code).
 */
typedef cdp_status (*cdp_install_stage)(struct cdp_install *in);

/* Which unit a node of the plan's tree begins; ascending by node. */
typedef struct cdp_unit_root {
    uint32_t node;
    uint32_t unit;
} cdp_unit_root;

/* What a staged copy keeps of its source. */
enum {
    CDP_INSTALL_KEEP_ALL =
        CDP_FS_KEEP_MODE | CDP_FS_KEEP_TIMES | CDP_FS_KEEP_OWNER | CDP_FS_KEEP_ATTRIBUTES
};

struct cdp_install {
    cdp_allocator allocator;
    cdp_fs fs;
    cdp_journal journal;
    cdp_install_state state;

    /* Absent in recovery. */
    const cdp_install_plan *plan;
    cdp_unit_root *roots; /* as many as the journal has units */
    cdp_string id;
    bool volatile_data;
    cdp_status (*on_progress)(const cdp_install_progress *progress, void *user);
    void *user;
    cdp_install_progress progress;

    const cdp_install_stage *stages; /* NULL at the end */
    bool running;                    /* a piece of it: a callback may be at work */
    size_t stage;
    size_t cursor;
    cdp_install_state end_state;

    /* What an earlier install made, or this one: what may be thrown away with a folder. */
    cdp_install_record *known;

    /* While taking back: newer records of other groups (claims.c). */
    cdp_install_record **claims;
    size_t claim_count;
    size_t claim_capacity;

    struct cdp_install_batch *batch; /* NULL until there is one */

    cdp_text path;
    cdp_text other;

    /* The first thing that failed. */
    cdp_status error;
    const char *error_operation;
    cdp_text error_path;
};

/* Begins a sequence. */
void cdp_install_begin(cdp_install *in, const cdp_install_stage *stages, cdp_install_state state,
                       cdp_install_state end_state);

/* Notes what failed, unless something failed before, and returns `status`. */
cdp_status cdp_install_failed(cdp_install *in, cdp_status status, const char *operation,
                              cdp_string path);

/* Tells the host how far we are; an answer other than CDP_OK is an error. */
cdp_status cdp_install_tell(cdp_install *in, cdp_string path);

/* For stages that go over an array. */
static inline cdp_status cdp_install_next(cdp_install *in, size_t count)
{
    return ++in->cursor < count ? CDP_PENDING : CDP_OK;
}

/* units.c: finds the units of the plan and fills the journal. */
cdp_status cdp_install_find_units(cdp_install *in);
/* Where a node of the plan goes, and where it is made ready: in place of what `path` held. */
void cdp_install_put_destination(const cdp_install *in, uint32_t node, cdp_text *path);
void cdp_install_put_staged_node(cdp_install *in, uint32_t node, cdp_text *path);

/* batch.c: makes ready at once what begins at `cursor`, and moves that on: CDP_PENDING; CDP_OK when the
 * next step is to be made by itself; or what failed. */
cdp_status cdp_install_copy_batch(cdp_install *in);
/* The next step, a directory, is made already. */
bool cdp_install_is_made_ahead(const cdp_install *in);
void cdp_install_batch_free(cdp_install *in);

/* discard.c: throws away what is staged or backed up at `staged`, whose place is or was `home`.
 * What is not in `known` (NULL: everything is) belongs to others and goes to its place at home. */
cdp_status cdp_install_discard(cdp_install *in, cdp_string staged, cdp_string home,
                               const cdp_install_record *known);

/* claims.c: finds the newer records of other groups; whether one of them has a path, as records
 * show it. */
cdp_status cdp_install_find_claims(cdp_install *in);
bool cdp_install_is_claimed(const cdp_install *in, cdp_string shown);
void cdp_install_release_claims(cdp_install *in);

/* phase.c: sets the journal's phase by what lies about. */
cdp_status cdp_install_find_phase(cdp_install *in, cdp_install_choice choice);

/* piecewise.c: moves what is in a directory that cannot be renamed. `to` may be there from an attempt
 * that was cut off. */
cdp_status cdp_install_move_piecewise(cdp_install *in, cdp_string from, cdp_string to);

/* Flushes the folders of the staging and the directories that they are in, at `cursor`. */
cdp_status cdp_install_stage_sync_folders(cdp_install *in);

/* The sequences. */
extern const cdp_install_stage cdp_install_stages_forward[];
extern const cdp_install_stage cdp_install_stages_undo[];
extern const cdp_install_stage cdp_install_stages_keep[];
extern const cdp_install_stage cdp_install_stages_compatible[];

/* Their parts, in the order of their files. */
cdp_status cdp_install_stage_prepare(cdp_install *in);
cdp_status cdp_install_stage_make_folders(cdp_install *in);
cdp_status cdp_install_stage_copy(cdp_install *in);
cdp_status cdp_install_stage_settings(cdp_install *in);
cdp_status cdp_install_stage_sync_staged(cdp_install *in);
cdp_status cdp_install_stage_write_records(cdp_install *in);

/* The pieces that the official order shares: one step of the plan made at `path`; one hit's
 * settings applied at `path`, in an order of letters: 'm'ode, 'a'cls, 'c'ontext, 'o'wner. */
cdp_status cdp_install_make_step(cdp_install *in, const cdp_step *step, cdp_string path);
cdp_status cdp_install_apply_settings(cdp_install *in, const cdp_plan_permission *permission,
                                      cdp_string path, const char *order);

#endif
