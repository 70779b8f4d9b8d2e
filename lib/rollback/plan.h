/* SPDX-License-Identifier: MIT */
#ifndef CDP_ROLLBACK_PLAN_H
#define CDP_ROLLBACK_PLAN_H

#include <codedeploy/rollback.h>

#include "base/arena.h"

/* An ECS rollback has the most steps. */
enum { CDP_ROLLBACK_MAX_STEPS = 3 };

struct cdp_rollback_plan {
    cdp_arena arena;
    cdp_rollback_plan_info info;
    cdp_group_revision revision; /* of info.revision */
    cdp_rollback_step steps[CDP_ROLLBACK_MAX_STEPS];
    const cdp_lifecycle_plan *events[CDP_ROLLBACK_MAX_STEPS]; /* NULL: without events */
    size_t step_count;
    cdp_rollback_plan_target *targets;
    size_t target_count;
    cdp_rollback_effect *restores;
    size_t restore_count;
    cdp_rollback_effect *losses;
    size_t loss_count;
};

#endif
