/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_FILESYSTEM_H
#define CODEDEPLOY_FILESYSTEM_H

/**
 * @file
 * The file system as the library sees it: #cdp_fs, a struct of callbacks that a host fills.
 *
 * libcodedeploy-posix has one that works on real files, libcodedeploy-sim one in memory; an
 * embedder may write its own. Planning an install needs only `info`, `list` and `read_link`.
 *
 * **Roots and paths.** Every path lies in one of three roots (#cdp_fs_root), which the host binds
 * to real directories. A path begins with `/`, which is the root itself; it has no empty, `.` or
 * `..` component, no `/` at its end and no NUL byte inside, and is followed by a NUL byte. Names
 * are bytes; the host must not change them (case, normal form, encoding). The library sends no
 * other paths.
 *
 * **Links.** The last component of a path is never followed, except where a callback says so. How
 * links in the components before it are followed depends on the root:
 * - #CDP_FS_REVISION: only inside the root; a link that is absolute or climbs out of it ends the
 *   call with #CDP_ERR_DENIED.
 * - #CDP_FS_DESTINATION: as in a process whose root directory is this root (`chroot`): absolute
 *   targets begin at the root, and `..` cannot leave it.
 * - #CDP_FS_STATE: never; a link there ends the call with #CDP_ERR_DENIED.
 *
 * **Answers.** #CDP_OK, or
 * - #CDP_PASSTHROUGH: as if the callback were not set, for bindings that always set it. What an
 *   absent callback means is said at each one.
 * - #CDP_ERR_NOT_FOUND: the path, or a directory on the way to it, does not exist; also when
 *   something on the way is not a directory.
 * - #CDP_ERR_CONFLICT: what is to be made exists already; a directory is not empty; a directory
 *   is where another kind of file is needed, or the other way round.
 * - #CDP_ERR_DENIED: permission, a read-only file system, a link out of the root.
 * - #CDP_ERR_FULL: no space, no quota, no inode.
 * - #CDP_ERR_UNSUPPORTED: this file system cannot do that (hard links, ACLs, another device).
 * - #CDP_ERR_CANCELLED: the user wants the whole operation to stop.
 * - #CDP_ERR_NOMEM, or #CDP_ERR_IO for everything else.
 * - A code of the host's own, at or below #CDP_ERR_HOST_FIRST (such as
 *   `CDP_ERR_HOST_FIRST - errno`), is passed on unchanged to whoever called the library.
 *
 * #CDP_PENDING is not an answer here: the library works in small steps, so that a host need not
 * wait long for any one of them. Any other value counts as #CDP_ERR_HOST. A callback that fails
 * must leave things as they were, except `copy_file`, whose half-made destination may stay.
 *
 * **Rules for callbacks.** They are called only inside calls that were given the #cdp_fs, in the
 * same thread, and must not call back into the object that is being worked on. Strings and
 * structs that they are given live as long as the call. `user` is #cdp_fs::user.
 */

#include <codedeploy/base.h>
#include <codedeploy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which tree a path belongs to. */
typedef enum cdp_fs_root {
    /** The unpacked revision (the agent's `deployment-archive`). Only read. */
    CDP_FS_REVISION = 1,
    /** The machine that is deployed to: `/`, or the directory given for a trial. */
    CDP_FS_DESTINATION = 2,
    /** The library's own records of one group: plan, cleanup record, journal. */
    CDP_FS_STATE = 3
} cdp_fs_root;

/** What is found at a path. */
typedef enum cdp_fs_kind {
    CDP_FS_ABSENT = 0,
    CDP_FS_REGULAR = 1,
    CDP_FS_DIRECTORY = 2,
    CDP_FS_SYMLINK = 3,
    /** A device, FIFO or socket. */
    CDP_FS_OTHER = 4
} cdp_fs_kind;

/** `"absent"`, `"file"`, `"directory"`, `"link"`, `"other"`; `"unknown"` for anything else. */
CDP_API const char *cdp_fs_kind_name(cdp_fs_kind kind);

/** What keeps a path from being changed, to be added up. */
typedef enum cdp_fs_obstacle {
    /** Something is mounted there: it can be neither renamed nor removed. */
    CDP_FS_MOUNT_POINT = 1,
    /** It cannot be changed, renamed or removed, by anybody (`chattr +i`, `chattr +a`). */
    CDP_FS_IMMUTABLE = 2,
    /** A directory in which this process can make or remove nothing: of a read-only file system,
     *  immutable, or closed to this user. */
    CDP_FS_READ_ONLY = 4
} cdp_fs_obstacle;

/** What is known of one path. Members that a host cannot tell are 0. */
typedef struct cdp_fs_info {
    /** sizeof(cdp_fs_info), set by the library. */
    size_t size;
    cdp_fs_kind kind;
    /** Permission bits with set-id and sticky bits, `07777`. */
    uint32_t mode;
    /** Length of a regular file. */
    uint64_t bytes;
    /** Two paths with the same pair of non-zero `inode` and `device` are the same file. */
    uint64_t device;
    uint64_t inode;
    /** Hard links to the file. */
    uint64_t links;
    /** Time of the last change of content: seconds since 1970 UTC, and nanoseconds below them. */
    int64_t modified_seconds;
    uint32_t modified_nanoseconds;
    /** Numeric owner and group. */
    uint32_t owner;
    uint32_t group;
    /** In #CDP_FS_DESTINATION, sum of #cdp_fs_obstacle: they are conflicts of a plan, or seen to.
     *  What a host does not tell is found when it is changed, which is then undone. */
    uint32_t obstacles;
} cdp_fs_info;

/** The names in one directory, gathered by the `list` callback. Belongs to one thread. */
typedef struct cdp_fs_listing cdp_fs_listing;

/**
 * For the `list` callback: adds one entry, in any order.
 * @param name   one component, bytes; copied. `.` and `..` are passed over.
 * @param kind   what it is, links not followed; never #CDP_FS_ABSENT.
 * @param bytes  length of a regular file when it was asked for, otherwise 0.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT for a name that is empty or holds `/` or NUL, and for an
 *         unknown kind; #CDP_ERR_LIMIT beyond 2^32 - 1 entries; #CDP_ERR_NOMEM. The callback
 *         returns an error at once.
 */
CDP_API cdp_status cdp_fs_listing_add(cdp_fs_listing *listing, cdp_string name, cdp_fs_kind kind,
                                      uint64_t bytes);

/**
 * Makes an empty listing. The library makes those that it gives to callbacks; this is for those
 * who call a callback themselves.
 * @param allocator  NULL for the C library's; copied.
 * @return #CDP_OK, #CDP_ERR_ARGUMENT, #CDP_ERR_STRUCT or #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_fs_listing_new(const cdp_allocator *allocator, cdp_fs_listing **listing);
CDP_API void cdp_fs_listing_free(cdp_fs_listing *listing);

/** Forgets the entries and keeps the memory. */
CDP_API void cdp_fs_listing_clear(cdp_fs_listing *listing);

/** Sorts by name, byte by byte. @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, unchanged. */
CDP_API cdp_status cdp_fs_listing_sort(cdp_fs_listing *listing);

CDP_API size_t cdp_fs_listing_count(const cdp_fs_listing *listing);

/**
 * Reads the entry at `index`. Each out parameter may be NULL; the name is valid until the listing
 * is next changed.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_fs_listing_at(const cdp_fs_listing *listing, size_t index, cdp_string *name,
                                     cdp_fs_kind *kind, uint64_t *bytes);

/** Who wants to hear how far a copy is, and may stop it. */
typedef struct cdp_fs_progress {
    /** sizeof(cdp_fs_progress) */
    size_t size;
    /** `bytes` more were copied. Anything but #CDP_OK stops the copy, with this status. */
    cdp_status (*moved)(uint64_t bytes, void *user);
    void *user;
} cdp_fs_progress;

/**
 * For the `copy_file` callback: tells that `bytes` more bytes of the file are copied. Call it at
 * least once for every 16 MiB, and for the last bytes, so that a large file shows progress and
 * can be stopped.
 * @param progress  as the callback got it; NULL does nothing.
 * @return #CDP_OK; otherwise stop, remove the destination if that is easy, return that status.
 */
CDP_API cdp_status cdp_fs_progress_add(const cdp_fs_progress *progress, uint64_t bytes);

/** What a copy of a regular file keeps of its source, to be added up. */
typedef enum cdp_fs_keep {
    /** Permission bits (07777), whatever the umask. Without it: 0600. */
    CDP_FS_KEEP_MODE = 1,
    /** Time of last change of content, as exactly as the file system can. */
    CDP_FS_KEEP_TIMES = 2,
    /** Numeric owner and group where the process may; silently not where it may not, and set-id
     *  bits are then not kept either. */
    CDP_FS_KEEP_OWNER = 4,
    /** Extended attributes and ACLs where both sides have them; silently not elsewhere. */
    CDP_FS_KEEP_ATTRIBUTES = 8
} cdp_fs_keep;

/** One of several copies that are asked for at once. */
typedef struct cdp_fs_copy {
    /** sizeof(cdp_fs_copy), set by the library. */
    size_t size;
    /** As the arguments of `copy_file`. */
    cdp_string from;
    cdp_string to;
    cdp_fs_root from_root;
    cdp_fs_root to_root;
    uint32_t keep;
    /** 0. */
    uint32_t reserved;
    /** Set by the host: how many bytes were copied. */
    uint64_t bytes;
} cdp_fs_copy;

/** An SELinux context as an AppSpec gives it. A member that is not given is absent. */
typedef struct cdp_fs_context {
    /** sizeof(cdp_fs_context), set by the library. */
    size_t size;
    /** SELinux user. */
    cdp_string user;
    /** Always given. */
    cdp_string type;
    /** Canonical, such as `s0-s2:c0.c3,c7`. */
    cdp_string range;
} cdp_fs_context;

/**
 * The callbacks. Fill what there is, leave the rest NULL; the struct is copied by whatever takes
 * it. Unless a callback says otherwise, without it the library answers #CDP_ERR_UNSUPPORTED where
 * it would have needed it.
 */
typedef struct cdp_fs {
    /** sizeof(cdp_fs) */
    size_t size;

    /**
     * Tells what is at a path. Nothing there (or a link to nothing or in a circle, when followed; or
     * a file on the way) is #CDP_OK with kind #CDP_FS_ABSENT.
     * @param follow  1: if the last component is a link, tell of what it leads to.
     * @param info    `size` is set and the rest is zero; fill it.
     */
    cdp_status (*info)(cdp_fs_root root, cdp_string path, int follow, cdp_fs_info *info,
                       void *user);

    /**
     * Lists a directory into `listing` with cdp_fs_listing_add(). A last component that is a link
     * to a directory is followed. #CDP_ERR_CONFLICT when it is not a directory.
     * @param want_bytes  1: tell the length of regular files. 0: do not take the trouble.
     */
    cdp_status (*list)(cdp_fs_root root, cdp_string path, int want_bytes, cdp_fs_listing *listing,
                       void *user);

    /** Appends a link's target to `target`, as it stands in the link. */
    cdp_status (*read_link)(cdp_fs_root root, cdp_string path, cdp_text *target, void *user);

    /**
     * Appends a regular file's content. More than `limit` bytes: #CDP_ERR_LIMIT.
     */
    cdp_status (*read_file)(cdp_fs_root root, cdp_string path, uint64_t limit, cdp_text *content,
                            void *user);

    /** Makes a directory; the host's umask takes its bits from `mode`. Its parent exists. */
    cdp_status (*make_directory)(cdp_fs_root root, cdp_string path, uint32_t mode, void *user);

    /**
     * Copies a regular file to a path where nothing is yet (exclusively: a file or link there is
     * #CDP_ERR_CONFLICT, never written through). The host does it as fast as it can (reflink,
     * copy in the kernel) and keeps holes. A source that is not a regular file is #CDP_ERR_CONFLICT.
     * @param keep      sum of #cdp_fs_keep.
     * @param progress  for cdp_fs_progress_add(); may be NULL.
     */
    cdp_status (*copy_file)(cdp_fs_root from_root, cdp_string from, cdp_fs_root to_root,
                            cdp_string to, uint32_t keep, const cdp_fs_progress *progress,
                            void *user);

    /** Makes a symbolic link at `path` where nothing is yet. */
    cdp_status (*make_symlink)(cdp_fs_root root, cdp_string path, cdp_string target, void *user);

    /**
     * Renames within a root, atomically. Both parents exist.
     * @param replace  1: a file or link at `to` is replaced. 0: anything at `to` is
     *                 #CDP_ERR_CONFLICT and stays.
     * @return also #CDP_ERR_UNSUPPORTED for a directory that the file system cannot move (an
     *         overlay's, of a lower layer): the library then moves what is in it.
     */
    cdp_status (*rename)(cdp_fs_root root, cdp_string from, cdp_string to, int replace, void *user);

    /**
     * Gives the file (or link) at `from` a second name at `to`, where nothing is yet. Without it,
     * or when it answers #CDP_ERR_UNSUPPORTED, the library makes a copy.
     */
    cdp_status (*hard_link)(cdp_fs_root root, cdp_string from, cdp_string to, void *user);

    /** Removes anything but a directory. */
    cdp_status (*remove_file)(cdp_fs_root root, cdp_string path, void *user);

    /** Removes an empty directory; #CDP_ERR_CONFLICT when it is not empty. */
    cdp_status (*remove_directory)(cdp_fs_root root, cdp_string path, void *user);

    /** Sets the permission bits (07777) of a file or directory exactly. On a link:
     *  #CDP_ERR_UNSUPPORTED. */
    cdp_status (*set_mode)(cdp_fs_root root, cdp_string path, uint32_t mode, void *user);

    /**
     * Sets owner and group by name; an absent one stays. A name of digits only that is no name of
     * the system is the number. On a link, the link's own. A name that the system does not know:
     * #CDP_ERR_INVALID.
     */
    cdp_status (*set_owner)(cdp_fs_root root, cdp_string path, cdp_string owner, cdp_string group,
                            void *user);

    /**
     * Tells whether owner and group (either may be absent) are known, before anything is touched:
     * #CDP_OK or #CDP_ERR_INVALID. Without it they are found unknown only when they are set.
     */
    cdp_status (*check_owner)(cdp_string owner, cdp_string group, void *user);

    /**
     * Replaces the whole ACL. `entries` are in the long form (`user:bob:rw-`,
     * `default:group::r-x`); the host completes them: base entries (user, group, other) from the
     * permission bits that the file has now; with named entries and no mask given, a mask that
     * equals the group entry; with any default entry, default base entries and mask likewise.
     * A default entry on something that is not a directory: #CDP_ERR_CONFLICT.
     */
    cdp_status (*set_acl)(cdp_fs_root root, cdp_string path, const cdp_string *entries,
                          size_t count, void *user);

    /** Records the context of this path in the system's policy and applies it
     *  (`semanage fcontext -a`, `restorecon`). */
    cdp_status (*set_context)(cdp_fs_root root, cdp_string path, const cdp_fs_context *context,
                              void *user);

    /** Removes the policy's record of a path (`semanage fcontext -d`). One that is not there is
     *  #CDP_OK or #CDP_ERR_NOT_FOUND. */
    cdp_status (*remove_context)(cdp_fs_root root, cdp_string path, void *user);

    /**
     * Writes a small file so that at any time, also after a loss of power, the path holds all of
     * the old content or all of the new; durable when it returns. Made with mode 0600 or tighter
     * when new.
     */
    cdp_status (*write_file)(cdp_fs_root root, cdp_string path, cdp_string content, void *user);

    /** Adds bytes at the end of a file, made with mode 0600 when absent. Needs `sync_file` to be
     *  durable; a crash before it may keep any part of the bytes. */
    cdp_status (*append_file)(cdp_fs_root root, cdp_string path, cdp_string content, void *user);

    /**
     * Durability points. When `sync_file` returns, the content and mode of a file survive a loss of
     * power, under whatever names are durable; when `sync_directory` returns, the names in that
     * directory (made, renamed, removed) do. `sync_all` does both for everything that was done in
     * a root since the #cdp_fs was made (`syncfs`); without it the library uses the other two for
     * each path. Without those: what a callback did is durable when it returns, or the host does
     * not care.
     */
    cdp_status (*sync_file)(cdp_fs_root root, cdp_string path, void *user);
    cdp_status (*sync_directory)(cdp_fs_root root, cdp_string path, void *user);
    cdp_status (*sync_all)(cdp_fs_root root, void *user);

    /**
     * Called right after a callback answered an error, in the same thread: appends what the host
     * knows of it in plain words, UTF-8 ("Permission denied"). Without it the library's own words
     * for the status are used.
     */
    cdp_status (*describe_error)(cdp_status error, cdp_text *message, void *user);

    /** Given to each callback. */
    void *user;

    /**
     * Copies several small files, for hosts that can do more than one at a time; afterwards it is as
     * if `copy_file` had done the first `*done` of them, one after the other. It may leave off
     * anywhere, best before a file that takes long, because there is no progress here: the library
     * goes on with `copy_file`. Without it the library copies one after the other.
     * @param copies  `count` of them, in order, one or more; each destination is another path.
     * @param done    0; set it, also when failing.
     * @return #CDP_OK; or what `copy_file` would have answered for the copy at index `*done`. Of the
     *         copies behind it nothing must be there.
     */
    cdp_status (*copy_files)(cdp_fs_copy *copies, size_t count, size_t *done, void *user);
} cdp_fs;

#ifdef __cplusplus
}
#endif

#endif
