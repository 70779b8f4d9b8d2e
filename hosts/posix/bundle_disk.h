/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_BUNDLE_DISK_H
#define CDP_POSIX_BUNDLE_DISK_H

#include "bundle_rules.h"
#include "overlap.h"

/* A directory whose rights are set when all is in it. */
typedef struct px_pending_directory {
    char *path;
    size_t number;
    mode_t mode;
    struct timespec modified;
} px_pending_directory;

/* The sink that writes to disk, below the directory `root`. */
typedef struct px_disk {
    px_sink sink;
    int root;
    /* The directory at the top, and that of the last entry (NULL: none). */
    px_folder *top;
    char *parent_path;
    px_folder *parent;
    /* The file that is being written, or -1 when it is to be copied: its folder, its path while the
     * call lasts, and what it gets. */
    int file;
    int source; /* what it is copied from, or -1; somebody else's */
    px_folder *folder;
    const char *file_path;
    mode_t file_first;
    px_rights file_rights;
    px_copier copier;
    px_overlap *overlap; /* NULL: one after the other */
    const char *failed;  /* that which failed late */
    /* Who makes files, and on which device. */
    uid_t uid;
    gid_t gid;
    dev_t device;
    px_pending_directory *directories;
    size_t directory_count;
    size_t directory_capacity;
} px_disk;

/* Takes `root` over. `overlaps`: copies of files may (overlap.h). */
void px_disk_init(px_disk *disk, int root, bool overlaps);
/* Sets the rights of directories, innermost first. CDP_OK or CDP_ERR_IO with errno. */
cdp_status px_disk_finish(px_disk *disk);
void px_disk_release(px_disk *disk);

#endif
