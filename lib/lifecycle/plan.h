/* SPDX-License-Identifier: MIT */
#ifndef CDP_LIFECYCLE_PLAN_H
#define CDP_LIFECYCLE_PLAN_H

#include <codedeploy/lifecycle.h>

#include <stdbool.h>

/* What is true of an event on its platform, in whatever scenario it runs. */
typedef struct cdp_event_traits {
    cdp_string name;
    uint8_t event;
    bool scriptable;
    bool ignorable;
    /* Nothing was changed yet that a rollback could bring back. */
    bool too_early_to_roll_back;
    /* cdp_revision_source, and the same for the rollback of a blue/green deployment. */
    uint8_t revision;
    uint8_t rollback_revision;
    int64_t run_limit_ms;
    int64_t start_limit_ms;
} cdp_event_traits;

typedef struct cdp_plan_step {
    uint8_t traits; /* index into the plan's traits */
    uint8_t wait_after;
} cdp_plan_step;

enum {
    CDP_PLAN_BLUE_GREEN = 1,
    CDP_PLAN_ROLLBACK = 2,
    /* A failure can be answered by a rollback. */
    CDP_PLAN_ROLLS_BACK = 4,
    /* Nobody watches over it: no limits, nothing is ignored. */
    CDP_PLAN_LOCAL = 8
};

struct cdp_lifecycle_plan {
    cdp_platform platform;
    cdp_scenario scenario;
    unsigned flags;
    uint32_t count;
    const cdp_event_traits *traits;
    const cdp_plan_step *steps;
    /* Of plans that were made: where their one block of memory came from, and its size. */
    cdp_allocator allocator;
    size_t bytes;
};

extern const cdp_lifecycle_plan cdp_standard_plans[];
extern const size_t cdp_standard_plan_count;

/* The events of Server, indexed by cdp_event. */
extern const cdp_event_traits cdp_server_events[];

static inline const cdp_event_traits *cdp_plan_traits(const cdp_lifecycle_plan *plan, size_t index)
{
    return &plan->traits[plan->steps[index].traits];
}

static inline int64_t cdp_plan_run_limit(const cdp_lifecycle_plan *plan, size_t index)
{
    return plan->flags & CDP_PLAN_LOCAL ? 0 : cdp_plan_traits(plan, index)->run_limit_ms;
}

static inline int64_t cdp_plan_start_limit(const cdp_lifecycle_plan *plan, size_t index)
{
    return plan->flags & CDP_PLAN_LOCAL ? 0 : cdp_plan_traits(plan, index)->start_limit_ms;
}

static inline bool cdp_plan_is_ignorable(const cdp_lifecycle_plan *plan, size_t index)
{
    return !(plan->flags & CDP_PLAN_LOCAL) && cdp_plan_traits(plan, index)->ignorable;
}

/* A plan with room for `count` traits, as many steps and `name_bytes` of names, all zero. */
typedef struct cdp_plan_parts {
    cdp_lifecycle_plan *plan;
    cdp_event_traits *traits;
    cdp_plan_step *steps;
    char *names;
} cdp_plan_parts;

cdp_status cdp_plan_allocate(const cdp_allocator *allocator, size_t count, size_t name_bytes,
                             cdp_plan_parts *parts);

/* Copies a name to `parts->names`, which moves on. */
cdp_string cdp_plan_keep_name(cdp_plan_parts *parts, cdp_string name);

/* What a name may be: 1 to 100 bytes of UTF-8 without control characters. */
bool cdp_plan_name_is_sound(cdp_string name);

#endif
