/* SPDX-License-Identifier: MIT */
#ifndef SIM_VOLATILE_H
#define SIM_VOLATILE_H

/*
 * The crash model: a copy of the last durable tree, and a log of the changes since. A crash plays
 * back those changes of the log that are durable, and of the others those that it does not lose.
 */

#include "store.h"

typedef enum sim_change_kind {
    SIM_MADE,    /* an inode came to be; never lost by itself, it needs a name to be seen */
    SIM_CONTENT, /* attributes and content of an inode */
    SIM_NAMED,   /* a name was given */
    SIM_UNNAMED, /* a name was taken away */
    SIM_RENAMED  /* both, as one */
} sim_change_kind;

typedef struct sim_change {
    sim_change_kind kind;
    sim_id inode;
    sim_id directory; /* of the old name */
    sim_id to_directory;
    sim_bytes name;
    sim_bytes to_name;
    sim_inode state; /* MADE and CONTENT */
    bool synced;     /* durable, as far as `directory` or the content goes */
    bool to_synced;  /* as far as `to_directory` goes */
} sim_change;

typedef struct sim_log {
    bool active;
    sim_store base;
    sim_change *changes;
    size_t count;
    size_t capacity;
} sim_log;

/* Each does nothing while the log is not active. */
cdp_status sim_log_made(sim_log *log, const sim_store *store, sim_id inode);
cdp_status sim_log_content(sim_log *log, const sim_store *store, sim_id inode);
cdp_status sim_log_named(sim_log *log, sim_id inode, sim_id directory, cdp_string name);
cdp_status sim_log_unnamed(sim_log *log, sim_id inode, sim_id directory, cdp_string name);
cdp_status sim_log_renamed(sim_log *log, sim_id inode, sim_id from, cdp_string from_name, sim_id to,
                           cdp_string to_name);

void sim_log_sync_inode(sim_log *log, sim_id inode);
void sim_log_sync_directory(sim_log *log, sim_id directory);
void sim_log_sync_all(sim_log *log);

cdp_status sim_log_begin(sim_log *log, const sim_store *store);
void sim_log_end(sim_log *log);
/* Makes the store what a crash leaves of it. */
cdp_status sim_log_crash(sim_log *log, sim_store *store, cdp_sim_loss loss, uint64_t seed);

#endif
