/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_SIM_FILESYSTEM_H
#define CODEDEPLOY_SIM_FILESYSTEM_H

/**
 * @file
 * A file system in memory, for tests: of this library, and of programs that embed it.
 *
 * It offers every callback of #cdp_fs, with errors at chosen calls, and a crash that loses what
 * was not yet durable. Calls are counted; everything is deterministic. An object belongs to one
 * thread at a time.
 *
 * A path of the three roots names a file by the rules of <codedeploy/filesystem.h>. The roots are
 * made with the file system, each on a device of its own, which cdp_sim_fs_set_device() changes.
 */

#include <codedeploy/base.h>
#include <codedeploy/filesystem.h>
#include <codedeploy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cdp_sim_fs cdp_sim_fs;

/**
 * Makes a file system whose three roots are empty directories.
 * @param allocator  NULL for the C library's; copied.
 * @return #CDP_OK, #CDP_ERR_ARGUMENT, #CDP_ERR_STRUCT or #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_sim_fs_new(const cdp_allocator *allocator, cdp_sim_fs **fs);
CDP_API void cdp_sim_fs_free(cdp_sim_fs *fs);

/**
 * Fills in the callbacks that work on `fs`, which must outlive their use.
 * @param callbacks  its `size` is set by the caller.
 * @return #CDP_OK, #CDP_ERR_ARGUMENT or #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_sim_fs_callbacks(cdp_sim_fs *fs, cdp_fs *callbacks);

/**
 * @name Laying out a tree
 * These make what is missing on the way (directories with mode 0755), replace a file that is
 * there, are not counted, never fail by fault, and are durable at once.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT for a path that is none; #CDP_ERR_CONFLICT when something of
 *         another kind is there or on the way; #CDP_ERR_NOMEM.
 * @{
 */
CDP_API cdp_status cdp_sim_fs_put_directory(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path,
                                            uint32_t mode);
CDP_API cdp_status cdp_sim_fs_put_file(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path,
                                       uint32_t mode, cdp_string content);
CDP_API cdp_status cdp_sim_fs_put_symlink(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path,
                                          cdp_string target);
/** A device, FIFO or socket. */
CDP_API cdp_status cdp_sim_fs_put_other(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path,
                                        uint32_t mode);
/** @} */

/** Puts a directory and what is made below it from now on onto another device: renames and hard
 *  links between devices are #CDP_ERR_UNSUPPORTED. @return as the functions above. */
CDP_API cdp_status cdp_sim_fs_set_device(cdp_sim_fs *fs, cdp_fs_root root, cdp_string path,
                                         uint64_t device);

/** What the file system cannot do, to be added up. */
typedef enum cdp_sim_fs_lack {
    CDP_SIM_FS_NO_HARD_LINKS = 1,
    CDP_SIM_FS_NO_SYNC_ALL = 2,
    CDP_SIM_FS_NO_ACLS = 4,
    CDP_SIM_FS_NO_CONTEXTS = 8
} cdp_sim_fs_lack;

/** The callbacks concerned answer #CDP_PASSTHROUGH (sync_all) or #CDP_ERR_UNSUPPORTED. */
CDP_API void cdp_sim_fs_set_lacks(cdp_sim_fs *fs, uint32_t lacks);

/** How many bytes of file content there is room for; what needs more is #CDP_ERR_FULL. At first
 *  there is no bound. */
CDP_API void cdp_sim_fs_set_capacity(cdp_sim_fs *fs, uint64_t bytes);

/**
 * Appends a picture of a root: a line for each path in byte order, such as
 * `/srv/a file 0644 root:root "content"`, `/srv directory 0755 root:root`,
 * `/srv/l link "target"`; ACLs and contexts follow where there are any. Names and content are
 * quoted as in JSON where they hold blanks, quotes or control characters. Two equal pictures are
 * two equal trees, times and hard links aside.
 * @return #CDP_OK, #CDP_ERR_ARGUMENT or #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_sim_fs_describe(const cdp_sim_fs *fs, cdp_fs_root root, cdp_text *picture);

/** An error at a chosen call. */
typedef struct cdp_sim_fault {
    /** sizeof(cdp_sim_fault) */
    size_t size;
    /** Which call fails, counted from 1 on from cdp_sim_fs_set_fault(); 0: none. */
    uint64_t at;
    /** What it answers. */
    cdp_status status;
    /** 0: that call only. 1: every later call as well. */
    int persistent;
    /** 1: only calls that change something are counted and fail. */
    int only_changes;
} cdp_sim_fault;

/** Sets (NULL: clears) the fault and begins to count anew.
 *  @return #CDP_OK, #CDP_ERR_ARGUMENT or #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_sim_fs_set_fault(cdp_sim_fs *fs, const cdp_sim_fault *fault);

/** Calls since the fault was last set, all of them or those that change something. */
CDP_API uint64_t cdp_sim_fs_call_count(const cdp_sim_fs *fs, int only_changes);

/** What a crash does to changes that no sync has made durable. */
typedef enum cdp_sim_loss {
    /** They all happened. */
    CDP_SIM_LOSE_NOTHING = 0,
    /** None of them happened. */
    CDP_SIM_LOSE_EVERYTHING = 1,
    /** Contents of files are lost, names are kept: a file may be empty. */
    CDP_SIM_LOSE_CONTENT = 2,
    /** Names are lost, contents are kept. */
    CDP_SIM_LOSE_NAMES = 3,
    /** Each is lost or kept by a coin that `seed` throws, in any combination. */
    CDP_SIM_LOSE_SOME = 4,
    /** Those after a point that `seed` chooses are lost. */
    CDP_SIM_LOSE_LATEST = 5
} cdp_sim_loss;

/**
 * From now on changes are volatile until a sync; what is there now is durable. Costs memory and
 * time for every change; meant for small trees.
 * @return #CDP_OK, #CDP_ERR_ARGUMENT or #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_sim_fs_begin_volatile(cdp_sim_fs *fs);

/**
 * Crashes: the tree becomes what is left after the loss, and that is durable. A rename is kept or
 * lost as a whole. The fault is cleared. Only after cdp_sim_fs_begin_volatile().
 * @return #CDP_OK, #CDP_ERR_STATE, #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM with the tree as it was.
 */
CDP_API cdp_status cdp_sim_fs_crash(cdp_sim_fs *fs, cdp_sim_loss loss, uint64_t seed);

#ifdef __cplusplus
}
#endif

#endif
