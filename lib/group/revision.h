/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_REVISION_H
#define CDP_GROUP_REVISION_H

#include <codedeploy/group.h>

#include <stdbool.h>

#include "base/arena.h"
#include "base/json_writer.h"

/* Imports a caller's struct and copies its texts: CDP_OK; CDP_ERR_ARGUMENT for an enumerator that is
 * none; CDP_ERR_STRUCT; CDP_ERR_NOMEM. */
cdp_status cdp_revision_import(cdp_arena *arena, const cdp_group_revision *given,
                               cdp_group_revision *own);

/* The same place, as far as both say. */
bool cdp_revision_equal(const cdp_group_revision *a, const cdp_group_revision *b);

/* As the API's RevisionLocation. */
void cdp_revision_write(const cdp_group_revision *revision, cdp_json_writer *json);

/* In a few words: `s3://bucket/key`, `owner/name@commit`, `AppSpec content 1f3a…`. */
void cdp_revision_put_short(const cdp_group_revision *revision, cdp_text *text);

#endif
