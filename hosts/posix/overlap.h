/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_OVERLAP_H
#define CDP_POSIX_OVERLAP_H

#include "copy.h"

/*
 * Copies of small files that overlap: the caller opens the files, one after the other; the rest of
 * each (px_copy_file) is done by a thread beside the caller, and by the caller when it has nothing
 * else to do. The thread begins when it is worth it, blocks all signals, calls nobody back, and has
 * ended when px_overlap_free() returns. Belongs to the caller's thread.
 */
typedef struct px_overlap px_overlap;

/* Larger files are not handed over: their progress is told. As many as this are remembered. */
enum { PX_OVERLAP_BYTES = 128 << 10, PX_OVERLAP_MOST = 256 };

/* NULL when memory is out. */
px_overlap *px_overlap_new(void);
/* Waits for nothing to be left of what was handed over. NULL is fine. */
void px_overlap_free(px_overlap *overlap);

/*
 * Hands a copy over, its descriptor included, of a file to be made in `folder`. The name of
 * that file is what stands behind the last slash of `name`, which is copied, and told if the copy
 * fails. CDP_OK; otherwise an earlier one has failed (or memory is out), and this one
 * is closed.
 */
cdp_status px_overlap_add(px_overlap *overlap, const px_copying *copy, px_folder *folder,
                          const char *name);
/* Lets go of a folder in which files are made, perhaps still now. NULL is fine. */
void px_overlap_drop(px_overlap *overlap, px_folder *folder);

/*
 * Finishes everything. CDP_OK, or the first copy's answer that failed, with errno; `*index` (may be
 * NULL) is then how many were handed over before it since the last px_overlap_wait(), and
 * px_overlap_failed() its name. Those behind it, and itself, may be there (px_overlap_is_there()) and
 * half made.
 */
cdp_status px_overlap_wait(px_overlap *overlap, size_t *index);
/* Whether the file of that index was made; until more are handed over. */
bool px_overlap_is_there(const px_overlap *overlap, size_t index);
const char *px_overlap_failed(const px_overlap *overlap);

#endif
