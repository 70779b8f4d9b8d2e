/* SPDX-License-Identifier: MIT */
#ifndef SIM_FS_H
#define SIM_FS_H

#include "store.h"
#include "volatile.h"

struct cdp_sim_fs {
    cdp_allocator allocator;
    sim_store store;
    sim_log log;
    cdp_sim_fault fault;
    uint64_t calls;
    uint64_t changes;
    uint64_t capacity;
    uint32_t lacks;
    int64_t clock; /* goes up with every change: the times of files */
};

/* Where a path leads: the directory that holds the last component, and what is there (0: nothing).
 * For the root itself `directory` is 0. */
typedef struct sim_place {
    sim_id directory;
    cdp_string name;
    sim_id inode;
    bool in_circle; /* links lead in a circle */
} sim_place;

/* CDP_OK; CDP_ERR_ARGUMENT for a path that is none; CDP_ERR_NOT_FOUND when a directory on the way
 * is missing; CDP_ERR_DENIED for a link that may not be followed. */
cdp_status sim_resolve(const cdp_sim_fs *fs, cdp_fs_root root, cdp_string path, bool follow,
                       sim_place *place);

/* Changes, recorded for a crash. They check nothing but memory. */
cdp_status sim_make(cdp_sim_fs *fs, const sim_place *place, cdp_fs_kind kind, uint32_t mode,
                    sim_id *inode);
cdp_status sim_link(cdp_sim_fs *fs, const sim_place *place, sim_id inode);
cdp_status sim_unlink(cdp_sim_fs *fs, const sim_place *place);
cdp_status sim_rename(cdp_sim_fs *fs, const sim_place *from, const sim_place *to);
/* To be called after an inode's attributes or content were changed. */
cdp_status sim_changed(cdp_sim_fs *fs, sim_id inode);
cdp_status sim_set_content(cdp_sim_fs *fs, sim_id inode, cdp_string content);

#endif
