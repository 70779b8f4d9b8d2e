/* SPDX-License-Identifier: MIT */
/* What a host puts in: results, time, stops, and instances that come and go. */
#include "rollout/machine.h"

#include "base/allocator.h"
#include "base/sized.h"

static cdp_status refuse_state(cdp_diagnostics *diagnostics, cdp_diagnostic_code code)
{
    cdp_string none = {NULL, 0};

    return cdp_refuse(CDP_ERR_STATE, diagnostics, code, none, none, none);
}

static cdp_status check_time(const cdp_rollout *rollout, int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_number_buffer given;
    cdp_number_buffer last;

    if (rollout->phase == CDP_ROLLOUT_PHASE_NONE)
        return refuse_state(diagnostics, CDP_DIAGNOSTIC_ROLLOUT_NOT_STARTED);
    if (now >= rollout->now && now >= 0)
        return CDP_OK;
    return cdp_refuse(CDP_ERR_TIME, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_TIME_BACKWARDS,
                      cdp_number_text(now, &given), cdp_number_text(rollout->now, &last),
                      (cdp_string){NULL, 0});
}

/* Time and instance of an input that concerns one. */
static cdp_status check_input(const cdp_rollout *rollout, uint32_t instance, int64_t now,
                              cdp_diagnostics *diagnostics)
{
    cdp_number_buffer number;
    cdp_number_buffer count;
    cdp_status status;

    if (!rollout)
        return CDP_ERR_ARGUMENT;
    status = check_time(rollout, now, diagnostics);
    if (status != CDP_OK || instance < rollout->member_count)
        return status;
    return cdp_refuse(CDP_ERR_NOT_FOUND, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_UNKNOWN_INSTANCE,
                      cdp_number_text(instance, &number),
                      cdp_number_text((int64_t)rollout->member_count, &count),
                      (cdp_string){NULL, 0});
}

static cdp_status refuse_over(const cdp_rollout *rollout, cdp_diagnostics *diagnostics)
{
    return cdp_refuse(CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_OVER,
                      cdp_string_of(cdp_rollout_verdict_name(rollout->verdict.verdict)),
                      (cdp_string){NULL, 0}, (cdp_string){NULL, 0});
}

static bool is_over(const cdp_rollout *rollout)
{
    return rollout->phase == CDP_ROLLOUT_PHASE_OVER;
}

static void take_time(cdp_rollout *rollout, int64_t now)
{
    rollout->now = now;
    cdp_judge_time(rollout);
}

/* -- start ------------------------------------------------------------------------------------ */

static cdp_status check_members(const cdp_rollout *rollout, cdp_diagnostics *diagnostics)
{
    cdp_rollout_kind kind = rollout->options.kind;
    cdp_number_buffer count;

    if ((kind != CDP_ROLLOUT_LAUNCH && kind != CDP_ROLLOUT_TERMINATION) ||
        rollout->member_count == 1)
        return CDP_OK;
    return cdp_refuse(CDP_ERR_INVALID, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_NOT_ONE_INSTANCE,
                      cdp_number_text((int64_t)rollout->member_count, &count),
                      (cdp_string){NULL, 0}, (cdp_string){NULL, 0});
}

static cdp_status make_pools(cdp_rollout *rollout)
{
    size_t count = rollout->options.zonal && rollout->zone_count > 0 ? rollout->zone_count : 1;
    void *pools = rollout->pools;
    cdp_status status = cdp_array_reserve(&rollout->allocator, &pools, &rollout->pool_capacity,
                                          count, sizeof *rollout->pools);

    if (status != CDP_OK)
        return status;
    rollout->pools = pools;
    rollout->pool_count = count;
    for (size_t i = 0; i < count; i++)
        rollout->pools[i] = (cdp_pool){.heap = CDP_NO_MEMBER};
    rollout->originals = (cdp_pool){.heap = CDP_NO_MEMBER};
    return CDP_OK;
}

cdp_status cdp_rollout_arrange(cdp_rollout *rollout)
{
    cdp_status status = make_pools(rollout);

    if (status == CDP_OK)
        status = cdp_queue_build(rollout);
    return status;
}

/* What the API would say of the deployment, for a verdict that is given at the start. */
static cdp_status report_verdict(const cdp_rollout *rollout, cdp_diagnostics *diagnostics)
{
    const cdp_rollout_decision *verdict = &rollout->verdict;
    cdp_string none = {NULL, 0};
    cdp_number_buffer buffers[2];
    cdp_string instances = cdp_number_text(verdict->instances, &buffers[0]);
    cdp_string minimum = cdp_number_text(verdict->minimum, &buffers[1]);

    if (verdict->rule == CDP_ROLLOUT_RULE_NO_INSTANCES)
        return cdp_refuse(CDP_OK, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_NO_INSTANCES, none, none,
                          none);
    if (verdict->rule == CDP_ROLLOUT_RULE_MINIMUM_TOO_LARGE)
        return cdp_refuse(CDP_OK, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_MINIMUM_TOO_LARGE, instances,
                          minimum, none);
    if (verdict->rule == CDP_ROLLOUT_RULE_ZONE_MINIMUM_TOO_LARGE)
        return cdp_refuse(CDP_OK, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_ZONE_MINIMUM_TOO_LARGE,
                          verdict->zone, instances, minimum);
    return CDP_OK;
}

/* Back to where instances can be added. */
static void undo_start(cdp_rollout *rollout)
{
    cdp_release(&rollout->allocator, rollout->order, rollout->base_count * sizeof *rollout->order);
    rollout->order = NULL;
    rollout->base_count = 0;
    rollout->early_count = 0;
    rollout->phase = CDP_ROLLOUT_PHASE_NONE;
    rollout->verdict = (cdp_rollout_decision){.size = 0};
}

cdp_status cdp_rollout_start(cdp_rollout *rollout, int64_t now, cdp_diagnostics *diagnostics)
{
    uint32_t twice;
    cdp_status status;

    if (!rollout)
        return CDP_ERR_ARGUMENT;
    if (rollout->phase != CDP_ROLLOUT_PHASE_NONE)
        return refuse_state(diagnostics, CDP_DIAGNOSTIC_ROLLOUT_STARTED);
    if (now < 0) {
        cdp_number_buffer given;

        return cdp_refuse(CDP_ERR_TIME, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_TIME_BACKWARDS,
                          cdp_number_text(now, &given), CDP_STR("0"), (cdp_string){NULL, 0});
    }
    status = check_members(rollout, diagnostics);
    if (status == CDP_OK)
        status = cdp_index_build(rollout, &twice);
    if (status != CDP_OK)
        return status;
    rollout->early_count = 0; /* `by_id` was sorted anew */
    if (twice != CDP_NO_MEMBER)
        return cdp_refuse(CDP_ERR_CONFLICT, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_DUPLICATE_INSTANCE,
                          cdp_member_id(rollout, twice), (cdp_string){NULL, 0},
                          (cdp_string){NULL, 0});
    rollout->base_count = rollout->member_count;
    status = cdp_rollout_arrange(rollout);
    if (status != CDP_OK) {
        undo_start(rollout);
        return status;
    }
    cdp_tally_recount(rollout);
    cdp_queue_rewind(rollout);
    rollout->now = now;
    cdp_judge_begin(rollout);
    status = report_verdict(rollout, diagnostics);
    if (status != CDP_OK)
        undo_start(rollout);
    return status;
}

/* -- results ---------------------------------------------------------------------------------- */

/* A result that cannot be taken, said as exactly as it is known. */
static cdp_status refuse_result(const cdp_rollout *rollout, uint32_t instance,
                                cdp_diagnostics *diagnostics)
{
    const cdp_member *member = &rollout->members[instance];
    unsigned state = member->state;
    bool had_one = state == CDP_ROLLOUT_STATE_SUCCEEDED || state == CDP_ROLLOUT_STATE_FAILED ||
                   cdp_member_is(member, CDP_MEMBER_INSTALLED);

    return cdp_refuse(
        CDP_ERR_STATE, diagnostics,
        had_one ? CDP_DIAGNOSTIC_ROLLOUT_DUPLICATE_RESULT : CDP_DIAGNOSTIC_ROLLOUT_NOT_IN_FLIGHT,
        cdp_member_id(rollout, instance),
        cdp_string_of(cdp_rollout_state_name((cdp_rollout_state)state)), (cdp_string){NULL, 0});
}

static cdp_status check_attempt(const cdp_rollout *rollout, uint32_t instance, uint32_t attempt,
                                cdp_diagnostics *diagnostics)
{
    uint32_t present = rollout->members[instance].attempts;
    cdp_number_buffer given;
    cdp_number_buffer expected;

    if (attempt == 0 || attempt == present)
        return CDP_OK;
    return cdp_refuse(CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_STALE_RESULT,
                      cdp_member_id(rollout, instance), cdp_number_text(attempt, &given),
                      cdp_number_text(present, &expected));
}

static void add_trouble(cdp_rollout *rollout, const cdp_member *member)
{
    cdp_pool_of(rollout, member)->tally.trouble++;
    if (!cdp_member_is(member, CDP_MEMBER_ORIGINAL))
        rollout->total.trouble++;
}

static void fail(cdp_rollout *rollout, uint32_t instance)
{
    const cdp_member *member = &rollout->members[instance];
    bool original = cdp_member_is(member, CDP_MEMBER_ORIGINAL);

    if (member->state == CDP_ROLLOUT_STATE_IN_FLIGHT && !rollout->canary_over && !original)
        rollout->canary_failed = true;
    cdp_member_change(rollout, instance, CDP_ROLLOUT_STATE_FAILED, false);
    add_trouble(rollout, member);
    if (!original)
        rollout->failures++;
}

static void succeed(cdp_rollout *rollout, uint32_t instance)
{
    cdp_member *member = &rollout->members[instance];
    cdp_rollout_state state = CDP_ROLLOUT_STATE_SUCCEEDED;

    if (!cdp_member_is(member, CDP_MEMBER_ORIGINAL)) {
        rollout->canary_done++;
        if (rollout->options.kind == CDP_ROLLOUT_BLUE_GREEN &&
            !cdp_member_is(member, CDP_MEMBER_INSTALLED)) {
            member->flags |= CDP_MEMBER_INSTALLED;
            state = is_over(rollout) ? CDP_ROLLOUT_STATE_SKIPPED : CDP_ROLLOUT_STATE_READY;
        }
    }
    cdp_member_change(rollout, instance, state, true);
}

/* After a member changed: its queue and the judgement follow. */
static void follow(cdp_rollout *rollout, uint32_t instance)
{
    cdp_queue_settle(rollout, cdp_pool_of(rollout, &rollout->members[instance]));
    cdp_judge(rollout, instance);
    rollout->canary_failed = false;
}

cdp_status cdp_rollout_result(cdp_rollout *rollout, uint32_t instance, uint32_t attempt,
                              int succeeded, int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_status status = check_input(rollout, instance, now, diagnostics);

    if (status == CDP_OK && succeeded != 0 && succeeded != 1)
        status = CDP_ERR_ARGUMENT;
    if (status != CDP_OK)
        return status;
    if (rollout->members[instance].state != CDP_ROLLOUT_STATE_IN_FLIGHT)
        return refuse_result(rollout, instance, diagnostics);
    status = check_attempt(rollout, instance, attempt, diagnostics);
    if (status != CDP_OK)
        return status;
    take_time(rollout, now);
    if (succeeded)
        succeed(rollout, instance);
    else
        fail(rollout, instance);
    follow(rollout, instance);
    return CDP_OK;
}

/* -- time, stop, go on ---------------------------------------------------------------------------- */

cdp_status cdp_rollout_step(cdp_rollout *rollout, int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_status status = rollout ? check_time(rollout, now, diagnostics) : CDP_ERR_ARGUMENT;

    if (status == CDP_OK)
        take_time(rollout, now);
    return status;
}

int64_t cdp_rollout_next_deadline(const cdp_rollout *rollout)
{
    return rollout && rollout->waiting ? rollout->wait_until : INT64_MAX;
}

cdp_status cdp_rollout_stop(cdp_rollout *rollout, cdp_rollout_stop_cause cause, int64_t now,
                            cdp_diagnostics *diagnostics)
{
    cdp_status status;

    if (!rollout || cause < CDP_ROLLOUT_STOP_MANUAL || cause > CDP_ROLLOUT_STOP_TIMEOUT)
        return CDP_ERR_ARGUMENT;
    status = check_time(rollout, now, diagnostics);
    if (status != CDP_OK)
        return status;
    if (is_over(rollout))
        return refuse_over(rollout, diagnostics);
    take_time(rollout, now);
    cdp_judge_stop(rollout, cause);
    return CDP_OK;
}

cdp_status cdp_rollout_continue(cdp_rollout *rollout, int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_status status = rollout ? check_time(rollout, now, diagnostics) : CDP_ERR_ARGUMENT;

    if (status != CDP_OK)
        return status;
    if (!rollout->waiting && rollout->phase != CDP_ROLLOUT_PHASE_READY)
        return refuse_state(diagnostics, CDP_DIAGNOSTIC_ROLLOUT_NOT_WAITING);
    rollout->now = now;
    cdp_judge_continue(rollout);
    return CDP_OK;
}

/* -- coming and going ----------------------------------------------------------------------------- */

/* True when one that joins this pool can take part: the roll-out is not past installing, and the
 * zone's minimum leaves room. */
static bool takes_part(const cdp_rollout *rollout, const cdp_pool *pool)
{
    const cdp_rollout_options *options = &rollout->options;
    uint32_t in_zone = pool->tally.instances + 1;

    if (!options->live_membership ||
        (rollout->phase != CDP_ROLLOUT_PHASE_DEPLOY && rollout->phase != CDP_ROLLOUT_PHASE_INSTALL))
        return false;
    return !options->zonal || cdp_minimum_of(options->zone_minimum_type,
                                             options->zone_minimum_value, in_zone) < in_zone;
}

static cdp_status reserve_pool(cdp_rollout *rollout)
{
    void *pools = rollout->pools;
    cdp_status status;

    if (!rollout->options.zonal)
        return CDP_OK;
    status = cdp_array_reserve(&rollout->allocator, &pools, &rollout->pool_capacity,
                               rollout->zone_count + 1, sizeof *rollout->pools);
    rollout->pools = pools;
    return status;
}

/* Takes in one that is checked and for whose index and zone there is room. */
static cdp_status take_in(cdp_rollout *rollout, const cdp_rollout_instance *instance,
                          cdp_diagnostics *diagnostics)
{
    size_t members = rollout->member_count;
    size_t zones = rollout->zone_count;
    cdp_status status = cdp_members_append(rollout, instance);
    cdp_number_buffer digits;

    if (status == CDP_OK)
        return CDP_OK;
    cdp_members_cut(rollout, members, zones);
    if (status != CDP_ERR_LIMIT)
        return status;
    return cdp_refuse(CDP_ERR_LIMIT, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_TOO_LARGE, instance->id,
                      cdp_number_text(CDP_MOST_ZONES, &digits), (cdp_string){NULL, 0});
}

static void join(cdp_rollout *rollout, uint32_t number)
{
    cdp_member *member = &rollout->members[number];
    bool healthy = cdp_member_is(member, CDP_MEMBER_HEALTHY);
    cdp_rollout_state state = (cdp_rollout_state)member->state;
    cdp_pool *pool;

    if (rollout->options.zonal && rollout->pool_count < rollout->zone_count)
        rollout->pools[rollout->pool_count++] = (cdp_pool){.heap = CDP_NO_MEMBER};
    pool = cdp_pool_of(rollout, member);
    if (state == CDP_ROLLOUT_STATE_PENDING && !takes_part(rollout, pool))
        state = CDP_ROLLOUT_STATE_OUTDATED;
    member->flags |= CDP_MEMBER_HEAPED;
    /* It was not counted yet, so it changes from a state that does not count. */
    member->state = CDP_ROLLOUT_STATE_LEFT;
    cdp_member_change(rollout, number, state, healthy);
    if (state != CDP_ROLLOUT_STATE_PENDING) {
        /* Its zone may be new, and stand before those that the cursors have passed. */
        cdp_queue_settle(rollout, pool);
        return;
    }
    cdp_queue_push(rollout, number);
    cdp_tally_follow(rollout, pool);
    follow(rollout, number);
}

static cdp_status check_join(const cdp_rollout *rollout, const cdp_rollout_instance *instance,
                             int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_status status = check_time(rollout, now, diagnostics);

    if (status != CDP_OK)
        return status;
    if (is_over(rollout))
        return refuse_over(rollout, diagnostics);
    status = cdp_members_check(rollout, instance, diagnostics);
    if (status != CDP_OK)
        return status;
    if (instance->original)
        return CDP_ERR_ARGUMENT;
    if (cdp_index_find(rollout, instance->id) != CDP_NO_MEMBER)
        return cdp_refuse(CDP_ERR_CONFLICT, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_DUPLICATE_INSTANCE,
                          instance->id, (cdp_string){NULL, 0}, (cdp_string){NULL, 0});
    return CDP_OK;
}

cdp_status cdp_rollout_join(cdp_rollout *rollout, const cdp_rollout_instance *instance, int64_t now,
                            cdp_diagnostics *diagnostics, uint32_t *number)
{
    cdp_rollout_instance own;
    cdp_status status;
    uint32_t joined;

    if (!rollout)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, instance);
    if (status == CDP_OK)
        status = check_join(rollout, &own, now, diagnostics);
    if (status == CDP_OK)
        status = cdp_index_reserve(rollout);
    if (status == CDP_OK)
        status = reserve_pool(rollout);
    if (status == CDP_OK)
        status = take_in(rollout, &own, diagnostics);
    if (status != CDP_OK)
        return status;
    joined = (uint32_t)rollout->member_count - 1;
    cdp_index_add(rollout, joined);
    take_time(rollout, now);
    join(rollout, joined);
    if (number)
        *number = joined;
    return CDP_OK;
}

static bool is_in_heap(const cdp_member *member)
{
    return member->state == CDP_ROLLOUT_STATE_PENDING && cdp_member_is(member, CDP_MEMBER_HEAPED);
}

static void leave_for_good(cdp_rollout *rollout, uint32_t instance)
{
    const cdp_member *member = &rollout->members[instance];

    if (member->state == CDP_ROLLOUT_STATE_LEFT || member->state == CDP_ROLLOUT_STATE_EXCLUDED)
        return;
    cdp_member_change(rollout, instance, CDP_ROLLOUT_STATE_LEFT, false);
    add_trouble(rollout, member);
    cdp_tally_follow(rollout, cdp_pool_of(rollout, member));
}

/* By CodeDeploy's rules: one that cannot be reached any more counts as failed. */
static void leave_as_failed(cdp_rollout *rollout, uint32_t instance)
{
    const cdp_member *member = &rollout->members[instance];

    switch ((cdp_rollout_state)member->state) {
    case CDP_ROLLOUT_STATE_PENDING:
    case CDP_ROLLOUT_STATE_IN_FLIGHT:
    case CDP_ROLLOUT_STATE_READY:
        fail(rollout, instance);
        break;
    case CDP_ROLLOUT_STATE_SUCCEEDED:
        if (!cdp_member_is(member, CDP_MEMBER_HEALTHY))
            break;
        cdp_member_change(rollout, instance, CDP_ROLLOUT_STATE_SUCCEEDED, false);
        add_trouble(rollout, member);
        break;
    case CDP_ROLLOUT_STATE_FAILED:
    case CDP_ROLLOUT_STATE_SKIPPED:
    case CDP_ROLLOUT_STATE_OUTDATED:
    case CDP_ROLLOUT_STATE_EXCLUDED:
    case CDP_ROLLOUT_STATE_LEFT:
        break;
    }
}

/* After the verdict only instances in flight still come out one way or the other. */
static void fail_late(cdp_rollout *rollout, uint32_t instance)
{
    if (rollout->members[instance].state == CDP_ROLLOUT_STATE_IN_FLIGHT)
        fail(rollout, instance);
}

static void leave(cdp_rollout *rollout, uint32_t instance)
{
    const cdp_member *member = &rollout->members[instance];

    if (is_in_heap(member))
        cdp_queue_remove(rollout, instance);
    if (cdp_member_is(member, CDP_MEMBER_ORIGINAL)) {
        if (member->state == CDP_ROLLOUT_STATE_PENDING ||
            member->state == CDP_ROLLOUT_STATE_IN_FLIGHT)
            cdp_member_change(rollout, instance, CDP_ROLLOUT_STATE_SUCCEEDED, false);
    } else if (member->state == CDP_ROLLOUT_STATE_OUTDATED) {
        cdp_member_change(rollout, instance, CDP_ROLLOUT_STATE_LEFT, false);
    } else if (rollout->options.live_membership) {
        leave_for_good(rollout, instance);
    } else {
        leave_as_failed(rollout, instance);
    }
}

cdp_status cdp_rollout_leave(cdp_rollout *rollout, uint32_t instance, int64_t now,
                             cdp_diagnostics *diagnostics)
{
    cdp_status status = check_input(rollout, instance, now, diagnostics);

    if (status != CDP_OK)
        return status;
    take_time(rollout, now);
    if (is_over(rollout))
        fail_late(rollout, instance);
    else
        leave(rollout, instance);
    follow(rollout, instance);
    return CDP_OK;
}

/* It goes again, as one to which nothing was ever deployed. */
/* A success that is void does not count for the canary batch, until others have begun. */
static void take_back_success(cdp_rollout *rollout, const cdp_member *member)
{
    bool watched = rollout->waiting && rollout->wait_rule == CDP_ROLLOUT_RULE_WAIT_CANARY;

    if ((member->state != CDP_ROLLOUT_STATE_SUCCEEDED &&
         member->state != CDP_ROLLOUT_STATE_READY) ||
        (rollout->canary_over && !watched) || rollout->canary_done == 0)
        return;
    rollout->canary_done--;
    rollout->canary_over = false;
}

static void go_again(cdp_rollout *rollout, uint32_t instance)
{
    cdp_member *member = &rollout->members[instance];

    take_back_success(rollout, member);
    if (is_in_heap(member))
        cdp_queue_remove(rollout, instance);
    member->flags &=
        (uint8_t) ~(CDP_MEMBER_WAS_HEALTHY | CDP_MEMBER_REVISION | CDP_MEMBER_INSTALLED);
    member->flags |= CDP_MEMBER_HEAPED;
    cdp_member_change(rollout, instance, CDP_ROLLOUT_STATE_PENDING, false);
    cdp_queue_push(rollout, instance);
}

static void restart(cdp_rollout *rollout, uint32_t instance)
{
    const cdp_member *member = &rollout->members[instance];
    unsigned state = member->state;
    bool installing =
        rollout->phase == CDP_ROLLOUT_PHASE_DEPLOY || rollout->phase == CDP_ROLLOUT_PHASE_INSTALL;
    bool unfinished = state == CDP_ROLLOUT_STATE_PENDING || state == CDP_ROLLOUT_STATE_IN_FLIGHT ||
                      state == CDP_ROLLOUT_STATE_READY;

    if (cdp_member_is(member, CDP_MEMBER_ORIGINAL))
        return;
    if (installing && (unfinished || state == CDP_ROLLOUT_STATE_SUCCEEDED))
        go_again(rollout, instance);
    else if (!installing && unfinished) {
        if (is_in_heap(member))
            cdp_queue_remove(rollout, instance);
        fail(rollout, instance);
    }
}

cdp_status cdp_rollout_restart(cdp_rollout *rollout, uint32_t instance, int64_t now,
                               cdp_diagnostics *diagnostics)
{
    cdp_status status = check_input(rollout, instance, now, diagnostics);

    if (status != CDP_OK)
        return status;
    take_time(rollout, now);
    if (is_over(rollout))
        fail_late(rollout, instance);
    else
        restart(rollout, instance);
    follow(rollout, instance);
    return CDP_OK;
}
