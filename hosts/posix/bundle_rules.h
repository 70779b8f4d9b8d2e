/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_BUNDLE_RULES_H
#define CDP_POSIX_BUNDLE_RULES_H

/*
 * What every bundle must keep to, whatever its type. A reader (bundle_tar.c, bundle_zip.c,
 * bundle_directory.c) passes its entries on in order; those that pass the rules go to a sink:
 * files on disk (bundle_disk.c), or memory in tests.
 */

#include <codedeploy-posix/bundle.h>
#include <codedeploy/filesystem.h>

#include <sys/stat.h>

#include "bundle_names.h"
#include "internal.h"

/* One entry as an archive gives it. */
typedef struct px_entry {
    /* As it stands in the archive, and what a link refers to. */
    const char *path;
    const char *target;
    px_kind kind;
    /* 07777 */
    mode_t mode;
    /* Only where they are to be restored. */
    bool has_owner;
    uid_t uid;
    gid_t gid;
    /* UTIME_OMIT as nanoseconds: not known. */
    struct timespec modified;
    /* Of a regular file; whether it comes by `copy`. */
    uint64_t bytes;
    bool is_copied;
    /* Set by the rules: a directory that has come before. */
    bool is_again;
} px_entry;

/*
 * Where entries go. Paths are relative, normal, without a slash at the end, and their parents have
 * been made. Between `file` and `end` of a regular file come its `data`, in ascending order, holes
 * left out, or one `copy`, which may take the descriptor over (-1). Each returns CDP_OK, or CDP_ERR_IO with errno, or another status that
 * has been reported.
 */
typedef struct px_sink {
    cdp_status (*directory)(const char *path, const px_entry *entry, void *user);
    cdp_status (*file)(const char *path, const px_entry *entry, void *user);
    cdp_status (*data)(const void *bytes, size_t length, uint64_t offset, void *user);
    cdp_status (*copy)(int *fd, const struct stat *source, const cdp_fs_progress *progress,
                       void *user);
    cdp_status (*end)(const px_entry *entry, void *user);
    cdp_status (*symlink)(const char *path, const px_entry *entry, void *user);
    cdp_status (*hard_link)(const char *path, const char *target, void *user);
    /* After the last entry: finishes copies that are still under way. */
    cdp_status (*settle)(void *user);
    /* The path of an earlier file, if it is that which failed only now; NULL otherwise. */
    const char *(*failed_path)(void *user);
    void *user;
} px_sink;

typedef struct px_unpacking {
    const px_sink *sink;
    cdp_diagnostics *diagnostics;
    const cdp_posix_bundle_options *options;
    px_bundle_names names;
    /* The entry that is being unpacked: its normal path. */
    px_buffer path;
    /* The directory of the last one, with its slash: there, or made. */
    px_buffer parent;
    px_entry entry;
    /* Totals, without and of the present file; what is allowed; what the host was last told. */
    uint64_t entries;
    uint64_t bytes;
    uint64_t file_bytes;
    uint64_t most_bytes;
    uint64_t told_bytes;
    unsigned alike;
    bool told_set_id;
} px_unpacking;

/* `archive_bytes`: the size of the archive's file, which limits what it may unpack to; 0 for a
 * directory, which has no such limit. */
void px_unpacking_init(px_unpacking *unpacking, const cdp_posix_bundle_options *options,
                       uint64_t archive_bytes, const px_sink *sink, cdp_diagnostics *diagnostics);
void px_unpacking_release(px_unpacking *unpacking);

/* An entry begins; of a regular file, data and px_unpack_end() follow. All return CDP_OK, or what
 * went wrong, which is reported. */
cdp_status px_unpack_entry(px_unpacking *unpacking, const px_entry *entry);
cdp_status px_unpack_data(px_unpacking *unpacking, const void *bytes, size_t length,
                          uint64_t offset);
cdp_status px_unpack_copy(px_unpacking *unpacking, int *fd, const struct stat *source);
cdp_status px_unpack_end(px_unpacking *unpacking);

/*
 * After the last entry: checks where the symbolic links lead. `*strip` is the single directory of
 * the top level that becomes the top (a node of `names`), or NULL.
 */
cdp_status px_unpack_finish(px_unpacking *unpacking, const px_name_node **strip);

/* In bundle_links.c. */
cdp_status px_check_links(px_unpacking *unpacking, const px_name_node *strip);

/* Reports what a reader found wrong with the archive itself; returns CDP_ERR_INVALID. */
cdp_status px_bundle_damaged(const px_unpacking *unpacking, const char *what, const char *entry);
cdp_status px_bundle_truncated(const px_unpacking *unpacking, const char *what);
/* Reports an errno; its status. */
cdp_status px_bundle_unreadable(const px_unpacking *unpacking, const char *path, int error);
cdp_status px_bundle_limit(const px_unpacking *unpacking, const char *what, uint64_t limit);

/* The readers. `fd` is the archive's file, or the directory. */
cdp_status px_read_tar(px_unpacking *unpacking, int fd, bool is_compressed);
cdp_status px_read_zip(px_unpacking *unpacking, int fd, uint64_t bytes);
/* Refuses to go into `staging`, which it is unpacked into. */
cdp_status px_read_directory(px_unpacking *unpacking, int fd, const struct stat *staging);

#endif
