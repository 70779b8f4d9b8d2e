/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_NAMES_H
#define CDP_POSIX_NAMES_H

#include "internal.h"

/* Users and groups by name. The last answers are kept: one AppSpec names few, for many files. */
typedef struct px_name {
    char *name;
    uint32_t id;
    bool is_known;
} px_name;

typedef struct px_names {
    px_name user;
    px_name group;
} px_names;

void px_names_release(px_names *names);

/* CDP_OK; CDP_ERR_INVALID when the system does not know the name; CDP_ERR_NOMEM. A name of digits
 * only that is no name is the number. */
cdp_status px_find_user(px_names *names, cdp_string name, uid_t *id);
cdp_status px_find_group(px_names *names, cdp_string name, gid_t *id);

#endif
