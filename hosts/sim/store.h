/* SPDX-License-Identifier: MIT */
#ifndef SIM_STORE_H
#define SIM_STORE_H

/*
 * The inodes and names of a simulated file system. Numbers in place of pointers, so that a store
 * can be copied with a few memcpy() for the crash model.
 */

#include <stdbool.h>

#include <codedeploy-sim/filesystem.h>

typedef uint32_t sim_id; /* of an inode or an entry; 0 is none */

typedef struct sim_bytes {
    char *data; /* NULL only when empty */
    size_t length;
} sim_bytes;

typedef struct sim_inode {
    cdp_fs_kind kind; /* ABSENT: free */
    uint32_t mode;
    uint32_t links;
    uint64_t device;
    int64_t modified;
    sim_id first_entry; /* of a directory; newest first */
    sim_bytes content;  /* of a file; target of a link */
    sim_bytes owner;
    sim_bytes group;
    sim_bytes acl;
    sim_bytes context;
} sim_inode;

typedef struct sim_entry {
    sim_id directory; /* 0: free */
    sim_id inode;
    sim_id next; /* in the directory; among the free */
    sim_id previous;
    sim_bytes name;
} sim_entry;

typedef struct sim_store {
    const cdp_allocator *allocator;
    sim_inode *inodes;
    size_t inode_count;
    size_t inode_capacity;
    sim_entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    sim_id free_entry;
    /* (directory, name) -> entry, open addressing, at most half full. */
    sim_id *table;
    size_t table_capacity;
    size_t used;
    uint64_t content_bytes;
} sim_store;

/* The caller's allocator, or the C library's: CDP_OK; CDP_ERR_STRUCT; CDP_ERR_ARGUMENT. */
cdp_status sim_import_allocator(const cdp_allocator *given, cdp_allocator *allocator);
void *sim_allocate(const cdp_allocator *allocator, size_t bytes);
void sim_release(const cdp_allocator *allocator, void *pointer, size_t bytes);
cdp_status sim_reserve(const cdp_allocator *allocator, void **array, size_t *capacity,
                       size_t needed, size_t element_bytes);

cdp_status sim_bytes_set(const cdp_allocator *allocator, sim_bytes *bytes, cdp_string value);
void sim_bytes_clear(const cdp_allocator *allocator, sim_bytes *bytes);
cdp_string sim_bytes_string(sim_bytes bytes);

/* The three roots are the inodes 1 to 3, by the number of cdp_fs_root. */
cdp_status sim_store_init(sim_store *store, const cdp_allocator *allocator);
void sim_store_release(sim_store *store);
cdp_status sim_store_copy(const sim_store *from, sim_store *to);

sim_inode *sim_store_inode(const sim_store *store, sim_id inode);
sim_entry *sim_store_entry(const sim_store *store, sim_id entry);
cdp_status sim_store_make_inode(sim_store *store, cdp_fs_kind kind, uint32_t mode, sim_id *inode);
/* Frees an inode that has neither names nor entries. */
void sim_store_drop_inode(sim_store *store, sim_id inode);

sim_id sim_store_find(const sim_store *store, sim_id directory, cdp_string name);
cdp_status sim_store_add_entry(sim_store *store, sim_id directory, cdp_string name, sim_id inode);
/* Takes the name away; the inode stays, also without names. */
void sim_store_remove_entry(sim_store *store, sim_id entry);

#endif
