/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_FILES_H
#define CDP_POSIX_FILES_H

/* The inside of cdp_posix_files: what the callbacks of cdp_fs share. */

#include <codedeploy-posix/files.h>

#include <sys/stat.h>

#include "beneath.h"
#include "copy.h"
#include "entries.h"
#include "internal.h"
#include "names.h"
#include "overlap.h"

/* A root, and the directory that was last worked in: most calls are for many files of one. */
typedef struct px_root {
    int fd;
    px_links links;
    char *cached_path;
    size_t cached_length;
    size_t cached_capacity;
    int cached_fd;
    /* What is known of files that are made in the cached directory. */
    px_made made;
    /* The cached directory's device is in the list of those that were written to. */
    bool is_noted;
} px_root;

/* A file system that was written to in a root. */
typedef struct px_device {
    cdp_fs_root root;
    dev_t device;
    int fd;
} px_device;

struct cdp_posix_files {
    px_root roots[3];
    cdp_posix_sync sync;
    px_device *devices;
    size_t device_count;
    px_names names;
    px_copier copier;
    bool overlaps;
    px_overlap *overlap; /* NULL when nothing is copied */
    /* While several files are copied: the directory of the last one, and its path with the slash,
     * which is somebody else's. */
    px_folder *folder;
    cdp_string folder_path;
    /* Who makes files; what they really belong to is looked at. */
    uid_t uid;
    gid_t gid;
    px_entries entries;
    /* Of the last call that failed: errno, or words of our own. */
    int error;
    px_buffer words;
};

/* Where a path's last component is: a directory that stays open, and the component. */
typedef struct px_place {
    int directory;
    const char *name;
} px_place;

/*
 * Finds the directory that holds the last component of `path` (and checks what the library
 * promises of paths). CDP_OK, or the status of the error that px_failed() would give.
 */
cdp_status px_locate(cdp_posix_files *files, cdp_fs_root root, cdp_string path, px_place *place);

/* The same for a call that changes something there. */
cdp_status px_locate_for_change(cdp_posix_files *files, cdp_fs_root root, cdp_string path,
                                px_place *place);

/* To be called when names on which cached directories may depend have changed. */
void px_forget_directories(cdp_posix_files *files);

/* Opens the last component itself, links in it not followed. -1 with errno. */
int px_open_place(const px_place *place, int flags);

/* Keeps errno for describe_error, and turns it into a status. */
cdp_status px_failed(cdp_posix_files *files, int error);
/* Keeps words of our own. */
cdp_status px_failed_in_words(cdp_posix_files *files, cdp_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* errno as cdp_fs wants it told. */
cdp_status px_status_of(int error);

bool px_wants_sync(const cdp_posix_files *files, cdp_fs_root root);

/* The callbacks; `user` is the cdp_posix_files. */
cdp_status px_fs_info(cdp_fs_root root, cdp_string path, int follow, cdp_fs_info *info, void *user);
cdp_status px_fs_list(cdp_fs_root root, cdp_string path, int want_bytes, cdp_fs_listing *listing,
                      void *user);
cdp_status px_fs_read_link(cdp_fs_root root, cdp_string path, cdp_text *target, void *user);
cdp_status px_fs_read_file(cdp_fs_root root, cdp_string path, uint64_t limit, cdp_text *content,
                           void *user);

cdp_status px_fs_make_directory(cdp_fs_root root, cdp_string path, uint32_t mode, void *user);
cdp_status px_fs_copy_file(cdp_fs_root from_root, cdp_string from, cdp_fs_root to_root,
                           cdp_string to, uint32_t keep, const cdp_fs_progress *progress,
                           void *user);
cdp_status px_fs_copy_files(cdp_fs_copy *copies, size_t count, size_t *done, void *user);
cdp_status px_fs_make_symlink(cdp_fs_root root, cdp_string path, cdp_string target, void *user);
cdp_status px_fs_rename(cdp_fs_root root, cdp_string from, cdp_string to, int replace, void *user);
cdp_status px_fs_hard_link(cdp_fs_root root, cdp_string from, cdp_string to, void *user);
cdp_status px_fs_remove_file(cdp_fs_root root, cdp_string path, void *user);
cdp_status px_fs_remove_directory(cdp_fs_root root, cdp_string path, void *user);
cdp_status px_fs_write_file(cdp_fs_root root, cdp_string path, cdp_string content, void *user);
cdp_status px_fs_append_file(cdp_fs_root root, cdp_string path, cdp_string content, void *user);
cdp_status px_fs_sync_file(cdp_fs_root root, cdp_string path, void *user);
cdp_status px_fs_sync_directory(cdp_fs_root root, cdp_string path, void *user);
cdp_status px_fs_sync_all(cdp_fs_root root, void *user);

cdp_status px_fs_set_mode(cdp_fs_root root, cdp_string path, uint32_t mode, void *user);
cdp_status px_fs_set_owner(cdp_fs_root root, cdp_string path, cdp_string owner, cdp_string group,
                           void *user);
cdp_status px_fs_check_owner(cdp_string owner, cdp_string group, void *user);
cdp_status px_fs_set_acl(cdp_fs_root root, cdp_string path, const cdp_string *entries, size_t count,
                         void *user);
cdp_status px_fs_set_context(cdp_fs_root root, cdp_string path, const cdp_fs_context *context,
                             void *user);
cdp_status px_fs_remove_context(cdp_fs_root root, cdp_string path, void *user);

#endif
