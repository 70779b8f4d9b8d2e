/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_GROUP_RECORDS_H
#define CDP_POSIX_GROUP_RECORDS_H

#include "deployment.h"

/* The cleanup records of a group, and of all others on the machine: the newest first, of which the
 * first `newer_count` were written after the group's own. */
typedef struct px_group_records {
    cdp_install_record *own;
    const cdp_install_record **records;
    cdp_string *groups;
    size_t count;
    size_t newer_count;
} px_group_records;

/* CDP_OK, also without any; CDP_ERR_NOMEM. To be released either way. */
cdp_status px_group_records_read(px_run *run, px_group_records *all);
void px_group_records_release(px_group_records *all);

#endif
