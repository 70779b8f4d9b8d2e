/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_COPY_H
#define CDP_POSIX_COPY_H

#include <codedeploy/filesystem.h>

#include <sys/stat.h>

#include "internal.h"

/* What copying files has learnt about the file systems at hand, and its buffer. Zeroed at first. */
typedef struct px_copier {
    char *buffer;
    dev_t from;
    dev_t to;
    bool is_known;
    bool cannot_clone;
    bool cannot_copy_ranges;
} px_copier;

void px_copier_release(px_copier *copier);

/*
 * The mode that a file is made with which is to be written and then get `mode`: as much of it as
 * lets in nobody who may not read the finished file.
 */
mode_t px_first_mode(mode_t mode, bool changes_owner);
/* Makes a file of px_first_mode(). At 3 or above; -1 with errno. */
int px_create_file(int directory, const char *name, mode_t first);

/* What the system makes of a new file in a directory: the same of all that are asked for alike. */
typedef struct px_made {
    bool is_known;
    mode_t asked;
    mode_t mode; /* 07777 */
    uid_t uid;
    gid_t gid;
    dev_t device;
} px_made;

/* A directory that files are made in, open as long as somebody uses it. */
typedef struct px_folder {
    int fd;
    size_t users;
    px_made made;
} px_folder;

/* With one user; takes `fd` over, also on failure: NULL, memory is out. */
px_folder *px_folder_new(int fd);
/* The last user's closes it. NULL is fine. */
void px_folder_drop(px_folder *folder);

/*
 * Copies the content of a regular file into a new, empty one on the device `to_device`, holes
 * included. CDP_OK; what `progress` answered; CDP_ERR_IO with errno.
 */
cdp_status px_copy_content(px_copier *copier, int from, const struct stat *source, int to,
                           dev_t to_device, const cdp_fs_progress *progress);

/* What a copy is to have beside its content. */
typedef struct px_rights {
    /* A sum of cdp_fs_keep: which of the rest count. */
    uint32_t keep;
    mode_t mode; /* 07777 */
    uid_t uid;
    gid_t gid;
    struct timespec times[2];
    /* An owner that cannot be given is an error; otherwise it stays away, and set-id bits too. */
    bool must_own;
    /* Of attributes only the user's own: no capability comes with a bundle, as no set-id bit does. */
    bool only_user_attributes;
} px_rights;

/* A copy of a regular file that is open. */
typedef struct px_copying {
    int from;
    struct stat source;
    px_rights rights;
    /* The new file, empty: where it is made, with which px_first_mode(), and what is known of such;
     * the descriptor, or -1. */
    int folder;
    const char *name;
    mode_t first;
    px_made made;
    int to;
    /* It has been made. */
    bool is_there;
} px_copying;

/* The rights that keep of `source` what `keep` says. */
px_rights px_rights_of(const struct stat *source, uint32_t keep);

/* Gives `to`, which is as `made` tells, its rights; attributes are those of `from`, as far as the
 * system lets us, the label excepted. CDP_OK; CDP_ERR_IO with errno. */
cdp_status px_give_rights(const px_rights *rights, int from, int to, const px_made *made);

/* Does all of it: the file, content, rights, closing both ends. As px_copy_content(). */
cdp_status px_copy_file(px_copier *copier, px_copying *copy, const cdp_fs_progress *progress);

#endif
