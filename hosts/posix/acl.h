/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_ACL_H
#define CDP_POSIX_ACL_H

#include "internal.h"
#include "names.h"

/* Why an ACL could not be set. */
typedef enum px_acl_problem {
    PX_ACL_NONE,
    /* An entry that is none, or with a name that the system does not know; `entry` is its index. */
    PX_ACL_BAD_ENTRY,
    PX_ACL_UNKNOWN_NAME,
    /* Two entries for the same. */
    PX_ACL_TWICE,
    /* A default entry for something that is not a directory. */
    PX_ACL_NOT_A_DIRECTORY,
    PX_ACL_NO_MEMORY,
    /* errno says it. */
    PX_ACL_SYSTEM
} px_acl_problem;

/*
 * Replaces the ACL of what `fd` (O_PATH will do) refers to: `entries` as cdp_fs's set_acl gives
 * them, completed as it says. `*entry` is set with the first two problems.
 */
px_acl_problem px_acl_set(int fd, mode_t mode, const cdp_string *entries, size_t count,
                          px_names *names, size_t *entry);

#endif
