/* SPDX-License-Identifier: MIT */
#ifndef CDP_ROLLOUT_MACHINE_H
#define CDP_ROLLOUT_MACHINE_H

#include <codedeploy/rollout.h>

#include <stdbool.h>

#include "base/number.h"
#include "base/strings.h"

/* The inside of a roll-out. */

#define CDP_NO_MEMBER CDP_ROLLOUT_NO_INSTANCE
#define CDP_NO_POOL UINT32_MAX
#define CDP_MOST_ID_BYTES 1024
#define CDP_MOST_ZONES 4096

enum {
    /* Capacity now: an instance in flight keeps the bit it had until its result comes. */
    CDP_MEMBER_HEALTHY = 1,
    /* Instance health that decides its place in the order, and that it keeps when not attempted. */
    CDP_MEMBER_WAS_HEALTHY = 2,
    /* Revision health, two bits. */
    CDP_MEMBER_REVISION_SHIFT = 2,
    CDP_MEMBER_REVISION = 12,
    CDP_MEMBER_ORIGINAL = 16,
    /* Its place is in its pool's heap, not in the fixed order: it joined or was restarted. */
    CDP_MEMBER_HEAPED = 32,
    /* Blue/green: the revision is on it. */
    CDP_MEMBER_INSTALLED = 64
};

/* What an input or a decision looks at: 12 bytes, so that many instances stay near the processor.
 * With its links and its places in `order` and `by_id` an instance has 32. */
typedef struct cdp_member {
    uint32_t id_offset;
    uint16_t id_length;
    uint16_t zone;
    uint16_t attempts;
    uint8_t state; /* cdp_rollout_state */
    uint8_t flags;
} cdp_member;

/* Of the skew heap; CDP_NO_MEMBER where there is none. */
typedef struct cdp_links {
    uint32_t left;
    uint32_t right;
    uint32_t parent;
} cdp_links;

/* How many members stand where, and the two numbers that decide: kept for the whole roll-out and
 * for each pool. */
typedef struct cdp_tally {
    uint32_t instances; /* N */
    uint32_t minimum;   /* M */
    uint32_t pending;
    uint32_t pending_unhealthy;
    uint32_t in_flight;
    uint32_t unhealthy_in_flight;
    uint32_t ready;
    uint32_t succeeded;
    uint32_t failed;
    uint32_t skipped;
    uint32_t healthy; /* and not in flight */
    uint32_t gone;
    uint32_t outdated;
    uint32_t excluded;
    /* What went wrong since the phase began: failures, departures. */
    uint32_t trouble;
} cdp_tally;

/* Instances that are worked on together: a zone of a zonal roll-out, else all; or the originals. */
typedef struct cdp_pool {
    cdp_tally tally;
    uint32_t begin; /* its part of `order` */
    uint32_t cursor;
    uint32_t end;
    uint32_t heap; /* root */
} cdp_pool;

typedef struct cdp_zone_name {
    uint32_t offset;
    uint32_t length;
} cdp_zone_name;

struct cdp_rollout {
    cdp_allocator allocator;
    cdp_rollout_options options;
    cdp_rollout_phase phase;
    int64_t now;

    cdp_member *members;
    size_t member_count;
    size_t member_capacity;
    cdp_links *links; /* one for each member, set when it is put into a heap */
    size_t link_capacity;
    size_t base_count; /* those that were there at the start; the others joined */
    char *ids;
    size_t id_bytes;
    size_t id_capacity;

    /* Zones by their number, which is the order of their appearance; and sorted by name. */
    cdp_zone_name *zones;
    size_t zone_count;
    size_t zone_capacity;
    uint16_t *zone_order;
    size_t zone_order_capacity;
    char *zone_names;
    size_t zone_bytes;
    size_t zone_bytes_capacity;

    /* Made by the start. */
    uint32_t *order; /* base_count: by pool, order of work, id */
    uint32_t *by_id; /* base_count sorted, then the joined ones in sorted runs (index.c) */
    size_t by_id_capacity;
    size_t early_count; /* before the start: how many are in runs in `by_id`, all of them joined */
    uint32_t *merge_buffer;
    size_t merge_capacity;
    cdp_pool *pools; /* one for each zone, or a single one */
    size_t pool_count;
    size_t pool_capacity;
    cdp_pool originals;
    cdp_tally total;

    uint32_t current; /* the pool that has its turn, or CDP_NO_POOL */
    /* Places in `zone_order`: no zone before them has anyone, or any unhealthy one, that waits. */
    uint32_t zone_cursor;
    uint32_t unhealthy_cursor;
    uint32_t zones_done;
    bool waiting;
    bool wait_told;
    cdp_rollout_rule wait_rule;
    uint32_t wait_zone; /* number of the zone that is watched */
    int64_t wait_until;
    uint32_t canary_done;
    bool canary_over;
    bool canary_failed; /* until it is judged, within one input */
    uint32_t failures;  /* ever, for the budget */

    cdp_rollout_phase phase_told;
    cdp_rollout_decision verdict; /* its kind is 0 while there is none; nobody joins after it */
    uint32_t verdict_zone;        /* of rules that speak of a zone, or CDP_NO_POOL */
    bool verdict_told;
    bool settled_told;
    uint32_t skip_cursor;
};

/* -- members.c: storage ------------------------------------------------------------------- */

cdp_string cdp_member_id(const cdp_rollout *rollout, uint32_t member);
cdp_string cdp_rollout_zone_name(const cdp_rollout *rollout, uint32_t zone);
/* Absent when it has none. */
cdp_string cdp_member_zone(const cdp_rollout *rollout, uint32_t member);

static inline bool cdp_member_is(const cdp_member *member, unsigned flag)
{
    return (member->flags & flag) != 0;
}

/* The place of a zone in `zone_order`. */
size_t cdp_zone_rank(const cdp_rollout *rollout, uint32_t zone);

/* Appends one checked instance; the caller rolls back to the counts before on failure. */
cdp_status cdp_members_append(cdp_rollout *rollout, const cdp_rollout_instance *instance);
/* CDP_ERR_INVALID with a diagnostic for an id or zone that is none. */
cdp_status cdp_members_check(const cdp_rollout *rollout, const cdp_rollout_instance *instance,
                             cdp_diagnostics *diagnostics);
/* Takes away what was appended after there were `members` and `zones`. */
void cdp_members_cut(cdp_rollout *rollout, size_t members, size_t zones);

/* -- index.c: finding ids ------------------------------------------------------------------ */

/* Sorts all members by id into `by_id`; `twice` gets one whose id stands there twice, or none. */
cdp_status cdp_index_build(cdp_rollout *rollout, uint32_t *twice);
/* Room for one more member, then its adding, which cannot fail. */
cdp_status cdp_index_reserve(cdp_rollout *rollout);
void cdp_index_add(cdp_rollout *rollout, uint32_t member);
uint32_t cdp_index_find(const cdp_rollout *rollout, cdp_string id);
/* Whether a member's id stands among those added before it: that one, or none. */
uint32_t cdp_index_find_before(const cdp_rollout *rollout, uint32_t member);

/* -- queue.c: who is next ------------------------------------------------------------------ */

cdp_pool *cdp_pool_of(cdp_rollout *rollout, const cdp_member *member);
/* Sorts the base into `order`, from `by_id`, and gives each pool its part. */
cdp_status cdp_queue_build(cdp_rollout *rollout);
/* Puts a member that is not in the fixed order any more into its pool's heap. */
void cdp_queue_push(cdp_rollout *rollout, uint32_t member);
/* Takes it out again; only for one that is in the heap: heaped and pending. */
void cdp_queue_remove(cdp_rollout *rollout, uint32_t member);
/* Passes what is not pending any more; after any change of a pool's members. */
void cdp_queue_settle(cdp_rollout *rollout, cdp_pool *pool);
/* The first pending member of a settled pool, or none. */
uint32_t cdp_queue_head(const cdp_rollout *rollout, const cdp_pool *pool);
/* The first zone with pending members, or with unhealthy ones; or none. Only of a zonal roll-out. */
uint32_t cdp_queue_zone(const cdp_rollout *rollout);
uint32_t cdp_queue_unhealthy_zone(const cdp_rollout *rollout);
/* Begins anew with all that are pending. */
void cdp_queue_rewind(cdp_rollout *rollout);

/* -- tally.c: counting ----------------------------------------------------------------------- */

/* The member takes another state and health; all numbers follow. */
void cdp_member_change(cdp_rollout *rollout, uint32_t member, cdp_rollout_state state,
                       bool healthy);
/* Counts everything anew, and M and the zones' M with it; `trouble` stays. */
void cdp_tally_recount(cdp_rollout *rollout);
/* N or a zone's N changed: M follows. */
void cdp_tally_follow(cdp_rollout *rollout, cdp_pool *pool);
/* max(1, N - M): how many may be in flight at a time. */
uint32_t cdp_tally_cap(const cdp_tally *tally);
uint32_t cdp_minimum_of(cdp_minimum_type type, int64_t value, uint32_t instances);

/* -- judge.c: what follows from what happened -------------------------------------------------- */

/* `member` has changed: the verdict, the end of its zone and of the phase follow. */
void cdp_judge(cdp_rollout *rollout, uint32_t member);
void cdp_judge_begin(cdp_rollout *rollout);
void cdp_judge_stop(cdp_rollout *rollout, cdp_rollout_stop_cause cause);
void cdp_judge_continue(cdp_rollout *rollout);
/* Ends a wait whose time has come. */
void cdp_judge_time(cdp_rollout *rollout);
/* The verdict of a rule, for reading a snapshot; NULL when the rule is no verdict's. */
typedef struct cdp_verdict_rule {
    cdp_rollout_rule rule;
    cdp_rollout_verdict verdict;
    const char *error_code;
} cdp_verdict_rule;
const cdp_verdict_rule *cdp_verdict_of(cdp_rollout_rule rule);

/* -- candidate.c: may the next one begin? ---------------------------------------------------- */

typedef struct cdp_candidate {
    uint32_t member; /* or none */
    bool free;
    cdp_rollout_rule rule;
    uint32_t limit;
    uint32_t zone; /* number of the zone that the rule speaks of, or CDP_NO_POOL */
    const cdp_tally *tally;
} cdp_candidate;

cdp_candidate cdp_candidate_find(const cdp_rollout *rollout);

/* -- decision.c --------------------------------------------------------------------------------- */

/* A decision with the numbers of now; `tally` NULL stands for the whole roll-out's. */
cdp_rollout_decision cdp_decision_make(const cdp_rollout *rollout, cdp_rollout_decision_kind kind,
                                       cdp_rollout_rule rule, uint32_t member,
                                       const cdp_tally *tally);
void cdp_decision_zone(const cdp_rollout *rollout, cdp_rollout_decision *decision, uint32_t zone);

/* -- refuse.c: diagnostics of refused input --------------------------------------------------- */

cdp_status cdp_refuse(cdp_status status, cdp_diagnostics *diagnostics, cdp_diagnostic_code code,
                      cdp_string first, cdp_string second, cdp_string third);
/* -- options.c ------------------------------------------------------------------------------------ */

cdp_status cdp_options_import(cdp_rollout_options *options, const cdp_rollout_options *given,
                              cdp_diagnostics *diagnostics);

/* -- making one, also for restore.c -------------------------------------------------------------- */

/* Pools and their order for the members of the start, which `by_id` has sorted. */
cdp_status cdp_rollout_arrange(cdp_rollout *rollout);

cdp_status cdp_rollout_make(const cdp_rollout_options *options, const cdp_allocator *allocator,
                            cdp_rollout **rollout);

#endif
