/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_INSTALL_APPLY_H
#define CODEDEPLOY_INSTALL_APPLY_H

/**
 * @file
 * Carrying out an install plan, so that it can be taken back, and so that a crash at any moment
 * leaves a host that recovery makes whole.
 *
 * In mode #CDP_INSTALL_TRANSACTIONAL an install goes through these stages (docs/install.md):
 *
 * 1. *Staging.* A journal is written. Beside every place that will change, in a folder
 *    `.codedeploy-ID` that only the owner may enter, everything new is made ready: copied, its
 *    permissions set, flushed to disk. Nothing that was there is touched.
 * 2. *Swapping.* What will be replaced or removed gets a second name in that folder (a hard link,
 *    or a rename for directories), then everything new is renamed into place.
 * 3. *Committed.* The records of the group are the new ones. The old files are still kept.
 * 4. cdp_install_keep() lets go of the old files; or cdp_install_revert() puts them back.
 *
 * An error in stage 1 or 2 undoes everything at once. After a crash (or an error that kept even the
 * undoing from working) cdp_install_recover() goes by the journal: before stage 3 the old tree comes
 * back, after it the caller chooses. Files that others put into the directories meanwhile are kept.
 *
 * In mode #CDP_INSTALL_COMPATIBLE the official agent's order is followed: the old release is
 * removed, then the new one copied, a line in the cleanup record before each file. A failure stops
 * there, as it does with the agent; there is nothing to keep, revert or recover.
 */

#include <codedeploy/install.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How hard an install tries to survive a loss of power. A crash of the process alone is survived
 *  with any of these. */
typedef enum cdp_install_durability {
    /** Everything is flushed before what depends on it. */
    CDP_INSTALL_DURABLE = 0,
    /** Nothing but the journal is flushed: faster, and for trees that can be made again. */
    CDP_INSTALL_VOLATILE = 1
} cdp_install_durability;

/** Where an install stands. */
typedef enum cdp_install_state {
    /** Nothing is done yet. */
    CDP_INSTALL_READY = 0,
    CDP_INSTALL_STAGING = 1,
    CDP_INSTALL_SWAPPING = 2,
    /** The new tree is in place; the old one is kept. */
    CDP_INSTALL_COMMITTED = 3,
    /** Being undone, or undoing failed half-way: recovery will finish it. */
    CDP_INSTALL_UNDOING = 4,
    /** The old tree is in place, as before. Final. */
    CDP_INSTALL_UNDONE = 5,
    /** The new tree is in place and the old one is gone. Final. */
    CDP_INSTALL_KEPT = 6,
    /** Mode compatible: stopped by an error half-way. Final. */
    CDP_INSTALL_BROKEN = 7
} cdp_install_state;

/** `"committed"` and so on; `"unknown"` for anything else. Static text. */
CDP_API const char *cdp_install_state_name(cdp_install_state state);

/** How far an install is. */
typedef struct cdp_install_progress {
    /** sizeof(cdp_install_progress); set by whoever fills it in. */
    size_t size;
    cdp_install_state state;
    /** What was last begun; valid during the callback, or until the next step. */
    cdp_string path;
    /** Files, links and directories made ready so far, and in all. */
    uint64_t objects;
    uint64_t objects_total;
    /** Bytes copied so far, and in all (0 when the plan was not measured). */
    uint64_t bytes;
    uint64_t bytes_total;
} cdp_install_progress;

/** What to apply, and how. */
typedef struct cdp_install_apply_options {
    /** sizeof(cdp_install_apply_options) */
    size_t size;
    /** NULL for the C library's; copied. */
    const cdp_allocator *allocator;
    /** Required, also as long as the #cdp_install lives. */
    const cdp_install_plan *plan;
    /** Required; copied, its `user` must live as long as the #cdp_install. */
    const cdp_fs *fs;
    /** The deployment group's id; names the records in #CDP_FS_STATE (`/GROUP-cleanup` …). One
     *  path component. */
    cdp_string group;
    /** The deployment's id; names the folders of the staging. One path component. */
    cdp_string id;
    cdp_install_durability durability;
    /** Must be 0. */
    uint32_t reserved;
    /** Called before and during longer steps; may be NULL. Anything but #CDP_OK cancels: the
     *  install is undone and the call returns that status. */
    cdp_status (*progress)(const cdp_install_progress *progress, void *user);
    void *user;
} cdp_install_apply_options;

/** An install that is being carried out. Belongs to one thread at a time. From inside its callbacks
 *  only its state and progress may be read: calls that carry it on return #CDP_ERR_STATE, and it must
 *  not be freed. */
typedef struct cdp_install cdp_install;

/**
 * Prepares an install; touches nothing.
 * @return #CDP_OK; #CDP_ERR_CONFLICT for a plan with conflicts (in mode compatible only when it
 *         is applied, after the old release was removed, as the agent does); #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_install_new(const cdp_install_apply_options *options, cdp_install **install);

/** Frees the object. What is committed stays committed, what is half-done is left to recovery. */
CDP_API void cdp_install_free(cdp_install *install);

/**
 * Does one small piece of work: at most one file is copied, one directory listed.
 * @return #CDP_PENDING when there is more to do; #CDP_OK when it is committed (compatible: done).
 *         The error of a callback, unchanged, with the state #CDP_INSTALL_UNDOING: go on calling,
 *         which undoes piece by piece and returns #CDP_PENDING until #CDP_OK says that it is
 *         undone. #CDP_ERR_BUSY when a journal of an earlier install waits for recovery;
 *         #CDP_ERR_STATE when there is nothing more to do.
 */
CDP_API cdp_status cdp_install_step(cdp_install *install);

/**
 * Does all of it. On an error everything is undone before it returns, as far as that works.
 * @param diagnostics  gets what failed, where and why; may be NULL.
 * @return #CDP_OK when it is committed; otherwise the first error. cdp_install_state_of() tells
 *         whether it is undone.
 */
CDP_API cdp_status cdp_install_apply(cdp_install *install, cdp_diagnostics *diagnostics);

/**
 * Lets go of the old files and ends the install; only when it is committed.
 * @return #CDP_OK; #CDP_ERR_STATE; the error of a callback: the new tree is in place all the same,
 *         and recovery (or another call) finishes the cleaning.
 */
CDP_API cdp_status cdp_install_keep(cdp_install *install, cdp_diagnostics *diagnostics);

/**
 * Puts the old tree back, with the files that were overwritten and removed; only when it is
 * committed. Files that others made in the new directories stay where they are.
 * @return #CDP_OK; #CDP_ERR_STATE; the error of a callback: recovery (or another call) goes on.
 */
CDP_API cdp_status cdp_install_revert(cdp_install *install, cdp_diagnostics *diagnostics);

CDP_API cdp_install_state cdp_install_state_of(const cdp_install *install);

/** Reads how far it is. @return #CDP_OK, #CDP_ERR_ARGUMENT or #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_install_progress_of(const cdp_install *install,
                                           cdp_install_progress *progress);

/** What recovery does with an install that was committed but neither kept nor reverted. */
typedef enum cdp_install_choice {
    CDP_INSTALL_CHOOSE_KEEP = 0,
    CDP_INSTALL_CHOOSE_REVERT = 1
} cdp_install_choice;

/** What recovery found and did. */
typedef enum cdp_install_outcome {
    /** There was no journal. */
    CDP_INSTALL_NOTHING_TO_RECOVER = 0,
    /** The old tree is in place. */
    CDP_INSTALL_RECOVERED_OLD = 1,
    /** The new tree is in place. */
    CDP_INSTALL_RECOVERED_NEW = 2
} cdp_install_outcome;

/**
 * Finishes or undoes what a crash left of a group's install. Does nothing when nothing is left.
 * May itself be cut off at any moment, and called again.
 *
 * @param allocator    NULL for the C library's.
 * @param fs           required.
 * @param group        as in #cdp_install_apply_options.
 * @param choice       for an install that was committed.
 * @param diagnostics  gets what was done, and what failed; may be NULL.
 * @param outcome      may be NULL.
 * @return #CDP_OK; #CDP_ERR_CORRUPT for a journal that is damaged or of a newer version (nothing is
 *         touched); the error of a callback; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_install_recover(const cdp_allocator *allocator, const cdp_fs *fs,
                                       cdp_string group, cdp_install_choice choice,
                                       cdp_diagnostics *diagnostics, cdp_install_outcome *outcome);

#ifdef __cplusplus
}
#endif

#endif
