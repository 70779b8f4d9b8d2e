/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_ROLLOUT_H
#define CODEDEPLOY_ROLLOUT_H

/**
 * @file
 * The roll-out: which instances of a Server deployment go next, how many at once, when to stop,
 * and whether the whole thing succeeded.
 *
 * A #cdp_rollout is a pull machine. The host puts in the instances, starts it, and then again and
 * again puts in one thing that happened (a result, the time, a stop) and takes out what was
 * decided, until cdp_rollout_is_settled():
 *
 *     cdp_rollout_start(r, now, NULL);
 *     for (;;) {
 *         while (cdp_rollout_decide(r, &decision, 1, &count) == CDP_OK && count)
 *             carry_out(&decision);             // start an instance, note a verdict ...
 *         if (cdp_rollout_is_settled(r))
 *             break;
 *         wait_for_a_result_or(deadline);       // cdp_rollout_next_deadline()
 *         cdp_rollout_result(r, instance, attempt, succeeded, now, NULL);
 *     }
 *
 * **Rules.** With N instances, of which M have to stay healthy (user guide, page "instance
 * health"; M is fixed when the roll-out starts):
 *
 * - M >= N fails at once, before an instance is touched (HEALTH_CONSTRAINTS_INVALID).
 * - Unhealthy instances go first, at most max(1, N - M) at a time: no capacity is lost by them.
 * - A healthy instance goes when no unhealthy one is in flight any more and M healthy ones, not
 *   counting those in flight, remain without it.
 * - After a failure, when no more than M instances can be healthy any more and at least one is
 *   still untried, the deployment fails (HEALTH_CONSTRAINTS). So the failure of the last one is
 *   forgiven.
 * - At the end it succeeded when max(M, 1) instances did.
 *
 * docs/rollout.md tells which of these rules the user guide states, which we had to decide, and
 * what zones, blue/green and the options beyond CodeDeploy add.
 *
 * **Memory.** At most 64 bytes for each instance beside its id, all of it taken by
 * cdp_rollout_add(), cdp_rollout_start(), cdp_rollout_join() and cdp_rollout_restore(). Results,
 * time, stops and decisions take none.
 *
 * **Cost.** O(log n) for an input or a decision, amortised over the roll-out. Deciding that n
 * instances are skipped takes n decisions.
 *
 * **Order.** Of two instances that the rules treat alike the one with the smaller id, byte by
 * byte, goes first. (CodeDeploy picks one at random.)
 *
 * **Refused input** changes nothing. Each refusal has a status, and a diagnostic when a list is
 * given; but for #CDP_ERR_ARGUMENT and #CDP_ERR_STRUCT, which are faults of the program.
 */

#include <codedeploy/base.h>
#include <codedeploy/config.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/health.h>
#include <codedeploy/text.h>
#include <codedeploy/vocabulary.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What kind of deployment it is. */
typedef enum cdp_rollout_kind {
    CDP_ROLLOUT_IN_PLACE = 0,
    /** Install on the replacement instances, reroute traffic to them, deregister the originals.
     *  The minimum concerns the replacement instances only, in both phases. While traffic is
     *  rerouted an instance counts as healthy once traffic was routed to it, so at most
     *  max(1, N - M) go at a time. A single original that cannot be deregistered fails the
     *  deployment. (User guide, page "instance health".) */
    CDP_ROLLOUT_BLUE_GREEN = 1,
    /** One instance that an Auto Scaling group has launched. No minimum applies. */
    CDP_ROLLOUT_LAUNCH = 2,
    /** One instance that an Auto Scaling group is about to terminate. No minimum applies. */
    CDP_ROLLOUT_TERMINATION = 3
} cdp_rollout_kind;

/** How the failure budget is told. */
typedef enum cdp_rollout_budget {
    /** There is none; the minimum of healthy instances alone decides, as in CodeDeploy. */
    CDP_ROLLOUT_BUDGET_NONE = 0,
    /** So many failures are borne. */
    CDP_ROLLOUT_BUDGET_COUNT = 1,
    /** So many percent of the instances, rounded down, from 0 to 100. */
    CDP_ROLLOUT_BUDGET_PERCENT = 2
} cdp_rollout_budget;

/**
 * What rules a roll-out follows. All members zero: in place, CodeDeployDefault.OneAtATime.
 * cdp_rollout_options_from_config() fills in those that a deployment configuration determines.
 */
typedef struct cdp_rollout_options {
    /** sizeof(cdp_rollout_options) */
    size_t size;
    cdp_rollout_kind kind;
    /** How M is told; #CDP_MINIMUM_NONE stands for all instances but one. */
    cdp_minimum_type minimum_type;
    /** A count from 0, a percentage from 0 to 99, or for MOST_CONCURRENCY a number from 1. */
    int64_t minimum_value;
    /** 1: a single instance may be deployed to whatever the percentage is, M is then 0
     *  (CodeDeployDefault.HalfAtATime). */
    int allow_single;
    /** 1: one zone at a time, in ascending order of their names; in place only. */
    int zonal;
    /** Zonal: how many healthy instances each zone keeps; #CDP_MINIMUM_NONE for none. */
    cdp_minimum_type zone_minimum_type;
    /** 1: instances whose revision health is Current take no part. */
    int outdated_only;
    int64_t zone_minimum_value;
    /** Zonal: milliseconds from the end of a zone to the beginning of the next, from 0. */
    int64_t zone_wait_ms;
    /** The same after the first zone. */
    int64_t first_zone_wait_ms;

    /** Blue/green: 1 holds the roll-out after installing until cdp_rollout_continue(). */
    int hold_before_reroute;
    /** 1: instances that join during the roll-out do not want a follow-on deployment
     *  (outdatedInstancesStrategy IGNORE; 0 is UPDATE). */
    int ignore_outdated;

    /** From here on beyond CodeDeploy; zero is CodeDeploy's rule.
     *
     *  1: instances that join take part, and those that leave no longer count; N, and with it a
     *  minimum told in percent, follow. 0: instances that join are only remembered for a follow-on
     *  deployment, and those that leave count as failed. */
    int live_membership;
    /** 1: the failure of the last instance is not forgiven. */
    int no_forgiveness;
    /** The roll-out fails when more instances than this have failed. */
    cdp_rollout_budget failure_budget_type;
    /** Must be 0. */
    int reserved;
    int64_t failure_budget;
    /** Never more instances in flight than this; 0: no limit but the rules'. */
    int64_t concurrency_limit;
    /** So many instances go first and must all succeed before any other begins; 0: none. For
     *  blue/green once in each phase. */
    int64_t canary_size;
    /** Milliseconds to wait after the canary batch. */
    int64_t canary_wait_ms;
} cdp_rollout_options;

/** What a host tells of one instance. Members left zero: as an instance that nothing was ever
 *  deployed to. */
typedef struct cdp_rollout_instance {
    /** sizeof(cdp_rollout_instance) */
    size_t size;
    /** 1 to 1,024 bytes of UTF-8 without control characters; not twice in one roll-out. */
    cdp_string id;
    /** The Availability Zone, subject to the same rule; may be absent unless the roll-out is
     *  zonal. At most 4,096 different ones. */
    cdp_string zone;
    cdp_instance_health instance_health;
    cdp_revision_health revision_health;
    /** Blue/green: 1 for an instance of the original environment (blue). */
    int original;
    /** Must be 0. */
    int reserved;
} cdp_rollout_instance;

/** In place of an instance's number: none. */
#define CDP_ROLLOUT_NO_INSTANCE 0xFFFFFFFFu

/** Where a roll-out stands. */
typedef enum cdp_rollout_phase {
    /** Instances are still being added. */
    CDP_ROLLOUT_PHASE_NONE = 0,
    /** In place, launch, termination: the whole work. */
    CDP_ROLLOUT_PHASE_DEPLOY = 1,
    /** Blue/green: installing on the replacement instances. */
    CDP_ROLLOUT_PHASE_INSTALL = 2,
    /** Blue/green: everything is installed, waiting for cdp_rollout_continue(). */
    CDP_ROLLOUT_PHASE_READY = 3,
    /** Blue/green: routing traffic to the replacement instances. */
    CDP_ROLLOUT_PHASE_REROUTE = 4,
    /** Blue/green: taking traffic from the original instances. */
    CDP_ROLLOUT_PHASE_DEREGISTER = 5,
    /** The verdict is given. */
    CDP_ROLLOUT_PHASE_OVER = 6
} cdp_rollout_phase;

typedef enum cdp_rollout_verdict {
    CDP_ROLLOUT_UNDECIDED = 0,
    CDP_ROLLOUT_SUCCEEDED = 1,
    CDP_ROLLOUT_FAILED = 2,
    CDP_ROLLOUT_STOPPED = 3
} cdp_rollout_verdict;

/** Where an instance stands. */
typedef enum cdp_rollout_state {
    CDP_ROLLOUT_STATE_PENDING = 0,
    /** A decision told the host to begin; the result has not come. */
    CDP_ROLLOUT_STATE_IN_FLIGHT = 1,
    /** Blue/green: installed, and waiting for traffic. */
    CDP_ROLLOUT_STATE_READY = 2,
    CDP_ROLLOUT_STATE_SUCCEEDED = 3,
    CDP_ROLLOUT_STATE_FAILED = 4,
    /** The roll-out ended before it was this instance's turn. */
    CDP_ROLLOUT_STATE_SKIPPED = 5,
    /** It joined during the roll-out and was left out: for a follow-on deployment. */
    CDP_ROLLOUT_STATE_OUTDATED = 6,
    /** Left out by `outdated_only`. */
    CDP_ROLLOUT_STATE_EXCLUDED = 7,
    /** It left, and no longer counts (`live_membership`). */
    CDP_ROLLOUT_STATE_LEFT = 8
} cdp_rollout_state;

/** Why a roll-out is ended from outside. */
typedef enum cdp_rollout_stop_cause {
    /** StopDeployment: Stopped, MANUAL_STOP. */
    CDP_ROLLOUT_STOP_MANUAL = 1,
    /** An alarm of the group became active: Stopped, ALARM_ACTIVE. */
    CDP_ROLLOUT_STOP_ALARM = 2,
    /** It took too long: Failed, TIMEOUT. */
    CDP_ROLLOUT_STOP_TIMEOUT = 3
} cdp_rollout_stop_cause;

/** What an Auto Scaling group is told of a launch or termination deployment. */
typedef enum cdp_rollout_lifecycle_answer {
    /** Nothing, or nothing yet. */
    CDP_ROLLOUT_ANSWER_NONE = 0,
    CDP_ROLLOUT_ANSWER_CONTINUE = 1,
    /** A launch deployment that did not succeed: the instance is to be terminated. */
    CDP_ROLLOUT_ANSWER_ABANDON = 2
} cdp_rollout_lifecycle_answer;

typedef enum cdp_rollout_decision_kind {
    /** Begin work on `instance`: deploy, install, reroute or deregister, as `phase` says. The
     *  instance is in flight from now on; its result is told with `attempt`. */
    CDP_ROLLOUT_DECISION_START = 1,
    /** `instance` has to wait; only from cdp_rollout_held() and cdp_rollout_explain(). */
    CDP_ROLLOUT_DECISION_HOLD = 2,
    /** Nothing begins before `until`; told once for each wait. */
    CDP_ROLLOUT_DECISION_WAIT = 3,
    /** `instance` will not be begun any more. */
    CDP_ROLLOUT_DECISION_SKIP = 4,
    /** `phase` begins. */
    CDP_ROLLOUT_DECISION_PHASE = 5,
    /** It is decided how the deployment ends; told once. Instances in flight may still report. */
    CDP_ROLLOUT_DECISION_VERDICT = 6,
    /** The verdict is given and nothing is in flight any more; the last decision of all. */
    CDP_ROLLOUT_DECISION_SETTLED = 7,
    /** How an instance stands that neither waits nor was just begun; only from
     *  cdp_rollout_explain(). */
    CDP_ROLLOUT_DECISION_STATE = 8
} cdp_rollout_decision_kind;

/** Why it was decided so. cdp_rollout_rule_name() gives the word, cdp_rollout_rule_source() where
 *  the rule comes from, cdp_rollout_render() the sentence. */
typedef enum cdp_rollout_rule {
    /** It is unhealthy, so nothing is lost; `limit` may be in flight at a time. */
    CDP_ROLLOUT_RULE_START_UNHEALTHY = 1,
    /** `healthy` remain healthy and not in flight, `minimum` are needed. */
    CDP_ROLLOUT_RULE_START_HEALTHY = 2,
    /** As START_UNHEALTHY, but before its zone's turn: the minimum leaves no room elsewhere. */
    CDP_ROLLOUT_RULE_START_REPAIR = 3,
    CDP_ROLLOUT_RULE_START_REROUTE = 4,
    CDP_ROLLOUT_RULE_START_DEREGISTER = 5,

    /** `healthy` are healthy and not in flight, `minimum` have to be. */
    CDP_ROLLOUT_RULE_HOLD_MINIMUM = 20,
    /** The same in its zone; the numbers are the zone's. */
    CDP_ROLLOUT_RULE_HOLD_ZONE_MINIMUM = 21,
    /** `limit`, which is max(1, N - M), are in flight. */
    CDP_ROLLOUT_RULE_HOLD_CONCURRENCY = 22,
    /** The same in its zone; the numbers are the zone's. */
    CDP_ROLLOUT_RULE_HOLD_ZONE_CONCURRENCY = 23,
    /** `limit`, which is the option `concurrency_limit`, are in flight. */
    CDP_ROLLOUT_RULE_HOLD_LIMIT = 24,
    /** Unhealthy instances are in flight, and healthy ones come after them. */
    CDP_ROLLOUT_RULE_HOLD_UNHEALTHY_FIRST = 25,
    /** The canary batch of `limit` is not through yet. */
    CDP_ROLLOUT_RULE_HOLD_CANARY = 26,
    /** The wait after the canary batch lasts until `until`. */
    CDP_ROLLOUT_RULE_HOLD_CANARY_WAIT = 27,
    /** The wait after `zone` lasts until `until`. */
    CDP_ROLLOUT_RULE_HOLD_ZONE_WAIT = 28,
    /** `zone` has its turn. */
    CDP_ROLLOUT_RULE_HOLD_ZONE_ORDER = 29,
    /** cdp_rollout_continue() was not called yet. */
    CDP_ROLLOUT_RULE_HOLD_READY = 30,
    /** Others go first; the next one is `other`. */
    CDP_ROLLOUT_RULE_HOLD_ORDER = 31,
    /** An original instance, and traffic is not yet on the replacement. */
    CDP_ROLLOUT_RULE_HOLD_ORIGINAL = 32,
    /** It is free to begin; cdp_rollout_decide() will say so. */
    CDP_ROLLOUT_RULE_NEXT = 33,

    /** The wait after `zone` begins. */
    CDP_ROLLOUT_RULE_WAIT_ZONE = 40,
    /** The wait after the canary batch begins. */
    CDP_ROLLOUT_RULE_WAIT_CANARY = 41,

    /** A phase begins, or how an instance stands: the phase or state says it all. */
    CDP_ROLLOUT_RULE_PHASE = 50,
    CDP_ROLLOUT_RULE_STATE = 51,
    CDP_ROLLOUT_RULE_SETTLED = 52,
    CDP_ROLLOUT_RULE_SKIPPED = 53,

    /** Verdicts. `succeeded` reached max(M, 1). */
    CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED = 60,
    CDP_ROLLOUT_RULE_NO_INSTANCES = 61,
    CDP_ROLLOUT_RULE_MINIMUM_TOO_LARGE = 62,
    /** The numbers are `zone`'s. */
    CDP_ROLLOUT_RULE_ZONE_MINIMUM_TOO_LARGE = 63,
    /** `instance` failed, at most N - failed can be healthy, more than M have to be, and some are
     *  untried. */
    CDP_ROLLOUT_RULE_MINIMUM_REACHED = 64,
    /** The same in `zone`; the numbers are the zone's. */
    CDP_ROLLOUT_RULE_ZONE_MINIMUM_REACHED = 65,
    /** All were tried, and fewer than max(M, 1) succeeded. */
    CDP_ROLLOUT_RULE_TOO_FEW_SUCCEEDED = 66,
    CDP_ROLLOUT_RULE_ZONE_TOO_FEW_SUCCEEDED = 67,
    /** More than `limit` failed, the option `failure_budget`. */
    CDP_ROLLOUT_RULE_BUDGET_SPENT = 68,
    CDP_ROLLOUT_RULE_CANARY_FAILED = 69,
    CDP_ROLLOUT_RULE_ORIGINAL_FAILED = 70,
    CDP_ROLLOUT_RULE_STOPPED_MANUALLY = 71,
    CDP_ROLLOUT_RULE_STOPPED_BY_ALARM = 72,
    CDP_ROLLOUT_RULE_TIMED_OUT = 73
} cdp_rollout_rule;

/**
 * One decision, with the numbers it was made from. Strings belong to the roll-out and are valid
 * until it is next changed by cdp_rollout_join() or freed.
 */
typedef struct cdp_rollout_decision {
    /** sizeof(cdp_rollout_decision), set by the caller. */
    size_t size;
    cdp_rollout_decision_kind kind;
    cdp_rollout_rule rule;
    /** The phase in which it was made; for #CDP_ROLLOUT_DECISION_PHASE the one that begins. */
    cdp_rollout_phase phase;
    /** #CDP_ROLLOUT_UNDECIDED until there is one. */
    cdp_rollout_verdict verdict;
    /** The instance concerned, numbered from 0 in the order of adding, or
     *  #CDP_ROLLOUT_NO_INSTANCE. */
    uint32_t instance;
    /** Which attempt on this instance it is, from 1 (behind 65,535 from 1 again): part of a START, 0
     *  otherwise. */
    uint32_t attempt;
    /** Another instance that the rule speaks of, or #CDP_ROLLOUT_NO_INSTANCE. */
    uint32_t other;
    /** Where `instance` stands now. */
    cdp_rollout_state state;
    cdp_string id;
    cdp_string other_id;
    /** The zone that the rule speaks of, otherwise the instance's; absent when there is none. */
    cdp_string zone;
    /** The API's error code (ErrorInformation), `"HEALTH_CONSTRAINTS"`; NULL when there is none.
     *  Static text. */
    const char *error_code;
    /** The time of the decision: that of the last input. */
    int64_t time_ms;
    /** When a wait ends; 0 when the rule speaks of none. */
    int64_t until_ms;
    /** N, M, and how many instances are healthy and not in flight, in flight, failed, succeeded,
     *  not begun: after the decision. Of one zone where the rule says so. */
    uint32_t instances;
    uint32_t minimum;
    uint32_t healthy;
    uint32_t in_flight;
    uint32_t failed;
    uint32_t succeeded;
    uint32_t pending;
    /** The limit that the rule speaks of. */
    uint32_t limit;
} cdp_rollout_decision;

/** How many instances stand where, in the whole roll-out or in one zone. The originals of a
 *  blue/green deployment are not counted. */
typedef struct cdp_rollout_numbers {
    /** sizeof(cdp_rollout_numbers), set by the caller. */
    size_t size;
    /** N and M. */
    uint32_t instances;
    uint32_t minimum;
    uint32_t pending;
    uint32_t in_flight;
    /** Blue/green: installed, without traffic. Also counted as pending once rerouting began. */
    uint32_t ready;
    uint32_t succeeded;
    uint32_t failed;
    uint32_t skipped;
    /** Healthy and not in flight; while rerouting, those that have traffic. */
    uint32_t healthy;
    /** Succeeded and then left. */
    uint32_t gone;
    /** Joined, and left for a follow-on deployment. */
    uint32_t outdated;
    /** Left out by `outdated_only`. */
    uint32_t excluded;
    /** The zone's name; absent for the whole roll-out. */
    cdp_string zone;
} cdp_rollout_numbers;

/** What the roll-out knows of one instance. Strings as in #cdp_rollout_decision. */
typedef struct cdp_rollout_view {
    /** sizeof(cdp_rollout_view), set by the caller. */
    size_t size;
    cdp_string id;
    cdp_string zone;
    cdp_rollout_state state;
    /** The same in the API's words; 0 for one that is no target of the deployment. */
    cdp_target_status status;
    /** How often it was begun; behind 65,535 it counts from 1 again. */
    uint32_t attempts;
    /** The values to keep after the roll-out, by cdp_health_after(): final once it is settled.
     *  Before the verdict: those it has now. */
    cdp_instance_health instance_health;
    cdp_revision_health revision_health;
    int original;
} cdp_rollout_view;

/** A roll-out. Belongs to one thread at a time. */
typedef struct cdp_rollout cdp_rollout;

/** `"InPlace"` … and so on: names of the enumerators for output; `"unknown"` for values that are
 *  none. States are named as the API names a target's status (TargetStatus) where it has one:
 *  `"Pending"`, `"InProgress"`, `"Ready"`, `"Succeeded"`, `"Failed"`, `"Skipped"`; verdicts as
 *  DeploymentStatus: `"Succeeded"`, `"Failed"`, `"Stopped"`. Static text. */
CDP_API const char *cdp_rollout_kind_name(cdp_rollout_kind kind);
CDP_API const char *cdp_rollout_phase_name(cdp_rollout_phase phase);
CDP_API const char *cdp_rollout_verdict_name(cdp_rollout_verdict verdict);
CDP_API const char *cdp_rollout_state_name(cdp_rollout_state state);
CDP_API const char *cdp_rollout_rule_name(cdp_rollout_rule rule);
CDP_API const char *cdp_rollout_decision_kind_name(cdp_rollout_decision_kind kind);
/** `"CONTINUE"`, `"ABANDON"`; `"none"`. */
CDP_API const char *cdp_rollout_lifecycle_answer_name(cdp_rollout_lifecycle_answer answer);

/** Where a rule comes from; static text, NULL for values that are none. */
CDP_API const char *cdp_rollout_rule_source(cdp_rollout_rule rule);

/**
 * Fills in what a deployment configuration determines: the minimum, `allow_single`, and the zonal
 * members. The other members stay as they are.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT for NULL; #CDP_ERR_INVALID when the configuration is not one
 *         for Server; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_rollout_options_from_config(const cdp_config *config,
                                                   cdp_rollout_options *options);

/**
 * Makes a roll-out without instances.
 * @param options      NULL for the defaults; copied.
 * @param allocator    NULL for the C library's; copied.
 * @param diagnostics  may be NULL; gets every option that is refused.
 * @return #CDP_OK; #CDP_ERR_INVALID for options that are refused; #CDP_ERR_ARGUMENT for NULL or an
 *         enumerator that is none; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_rollout_new(const cdp_rollout_options *options,
                                   const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                   cdp_rollout **rollout);
CDP_API void cdp_rollout_free(cdp_rollout *rollout);

/**
 * Takes the memory for `instances` more instances whose ids have `id_bytes` bytes together, so that
 * adding them in pieces takes no more than they need. Not required.
 * @return #CDP_OK; #CDP_ERR_NOMEM; #CDP_ERR_LIMIT; #CDP_ERR_STATE after the start;
 *         #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_rollout_reserve(cdp_rollout *rollout, size_t instances, size_t id_bytes);

/**
 * Adds instances before the start. They are numbered from 0 in the order of adding.
 *
 * @param instances    `count` structs, one behind the other, all of the size that the first one
 *                     tells; everything is copied.
 * @param diagnostics  may be NULL; gets the first instance that is refused.
 * @return #CDP_OK; #CDP_ERR_INVALID for an id or a zone that is none; #CDP_ERR_LIMIT for too many
 *         instances or zones; #CDP_ERR_STATE after the start; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM. None is added unless all are. Ids that stand there twice are found by
 *         cdp_rollout_start().
 */
CDP_API cdp_status cdp_rollout_add(cdp_rollout *rollout, const cdp_rollout_instance *instances,
                                   size_t count, cdp_diagnostics *diagnostics);

/**
 * Starts: puts the instances in order and fixes N and M.
 *
 * Without instances, or with a minimum that leaves none to deploy to, the roll-out starts and is
 * over: its verdict is Failed with NO_INSTANCES or HEALTH_CONSTRAINTS_INVALID, as CodeDeploy lets
 * the deployment fail, and a diagnostic says what to change.
 *
 * @param now          the time in milliseconds, from 0, on the host's own axis.
 * @param diagnostics  may be NULL.
 * @return #CDP_OK; #CDP_ERR_CONFLICT for an id that stands there twice; #CDP_ERR_INVALID for an
 *         instance without a zone in a zonal roll-out, originals outside blue/green, or a number
 *         of instances other than one for a launch or termination; #CDP_ERR_STATE when started
 *         already; #CDP_ERR_TIME; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_rollout_start(cdp_rollout *rollout, int64_t now,
                                     cdp_diagnostics *diagnostics);

/**
 * Takes out what is decided now, in order. Call it after every input until it fills fewer than
 * `capacity`. A decision that was taken has happened: an instance that was told to start is in
 * flight from then on. What was not taken is not decided, and the next input may change it.
 *
 * @param decisions  `capacity` structs, of the size that the first one tells.
 * @param count      how many were filled.
 * @return #CDP_OK, also when there are none; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_rollout_decide(cdp_rollout *rollout, cdp_rollout_decision *decisions,
                                      size_t capacity, size_t *count);

/**
 * Tells how an instance that was started came out.
 *
 * After the verdict the results of instances in flight are still taken, for the instances' health.
 *
 * @param instance     its number.
 * @param attempt      the number that the START decision gave, so that a late result of an earlier
 *                     attempt is not taken for this one's; 0: not checked.
 * @param succeeded    1 or 0.
 * @param diagnostics  may be NULL.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND for an unknown instance; #CDP_ERR_STATE for one that is not
 *         in flight, or in another attempt, or had its result; #CDP_ERR_TIME; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_NOMEM (only for the diagnostics).
 */
CDP_API cdp_status cdp_rollout_result(cdp_rollout *rollout, uint32_t instance, uint32_t attempt,
                                      int succeeded, int64_t now, cdp_diagnostics *diagnostics);

/** Tells the time. #CDP_OK; #CDP_ERR_TIME when it runs backwards; #CDP_ERR_STATE before the start;
 *  #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM (only for the diagnostics, which may be NULL). */
CDP_API cdp_status cdp_rollout_step(cdp_rollout *rollout, int64_t now,
                                    cdp_diagnostics *diagnostics);

/** When to call cdp_rollout_step(); INT64_MAX when nothing is due, and for NULL. */
CDP_API int64_t cdp_rollout_next_deadline(const cdp_rollout *rollout);

/**
 * Ends the roll-out from outside: nothing is begun any more, what is not begun is skipped.
 * @return #CDP_OK; #CDP_ERR_STATE before the start and after the verdict; #CDP_ERR_TIME;
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM (only for the diagnostics).
 */
CDP_API cdp_status cdp_rollout_stop(cdp_rollout *rollout, cdp_rollout_stop_cause cause, int64_t now,
                                    cdp_diagnostics *diagnostics);

/**
 * Lets a wait end now: the hold before rerouting, the watch after a zone or after the canary batch.
 * @return #CDP_OK; #CDP_ERR_STATE when nothing waits; #CDP_ERR_TIME; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_NOMEM (only for the diagnostics, which may be NULL).
 */
CDP_API cdp_status cdp_rollout_continue(cdp_rollout *rollout, int64_t now,
                                        cdp_diagnostics *diagnostics);

/**
 * An instance appeared during the roll-out.
 *
 * By default it is not deployed to; it is remembered for a follow-on deployment
 * (cdp_rollout_outdated_next()). With `live_membership` it takes part, unless the roll-out is past
 * installing: then it is remembered too.
 *
 * @param number       may be NULL; its number.
 * @return #CDP_OK; #CDP_ERR_CONFLICT for an id that is known already; #CDP_ERR_STATE before the
 *         start and after the verdict; otherwise as cdp_rollout_add() and cdp_rollout_start().
 */
CDP_API cdp_status cdp_rollout_join(cdp_rollout *rollout, const cdp_rollout_instance *instance,
                                    int64_t now, cdp_diagnostics *diagnostics, uint32_t *number);

/**
 * An instance went away for good.
 *
 * By default it counts as failed, unless it succeeded already: then it only is not healthy any
 * more. With `live_membership` it no longer counts. An original that leaves needs no deregistering.
 * After the verdict this is the failure of an instance in flight, and otherwise nothing.
 * @return as cdp_rollout_result(); #CDP_ERR_STATE only before the start.
 */
CDP_API cdp_status cdp_rollout_leave(cdp_rollout *rollout, uint32_t instance, int64_t now,
                                     cdp_diagnostics *diagnostics);

/**
 * An instance lost what was installed on it (replaced under the same id, reset) and is there again.
 *
 * In place, and while installing: if it waits, it waits as an unhealthy one; if it is in flight or
 * succeeded, the attempt is void and it goes again, as an unhealthy one. While rerouting it has
 * nothing to reroute to: unless it has traffic already, it failed. A failed one, an original, and
 * anything after the verdict stays as it is (in flight: it failed).
 * @return as cdp_rollout_leave().
 */
CDP_API cdp_status cdp_rollout_restart(cdp_rollout *rollout, uint32_t instance, int64_t now,
                                       cdp_diagnostics *diagnostics);

CDP_API cdp_rollout_phase cdp_rollout_current_phase(const cdp_rollout *rollout);

/** The verdict, and in `decision` (may be NULL) the reason. */
CDP_API cdp_rollout_verdict cdp_rollout_current_verdict(const cdp_rollout *rollout,
                                                        cdp_rollout_decision *decision);

/** 1 when the verdict is given, nothing is in flight and every decision was taken out. */
CDP_API int cdp_rollout_is_settled(const cdp_rollout *rollout);

/**
 * Why nothing more begins now: the instance that would be next, and what it waits for.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND when nothing waits, or decisions are still to be taken;
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_rollout_held(const cdp_rollout *rollout, cdp_rollout_decision *decision);

/**
 * Why an instance stands where it stands.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_STATE before the start; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_rollout_explain(const cdp_rollout *rollout, uint32_t instance,
                                       cdp_rollout_decision *decision);

/**
 * Writes a decision as one sentence without a full stop: `held back i-07: 8 healthy not in flight,
 * minimum 8`.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_rollout_render(const cdp_rollout_decision *decision, cdp_text *text);

/** How many instances there are, those that joined or left included. */
CDP_API size_t cdp_rollout_count(const cdp_rollout *rollout);

/** #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_rollout_at(const cdp_rollout *rollout, uint32_t instance,
                                  cdp_rollout_view *view);

/** The number of an id: #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_STATE before the start;
 *  #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_rollout_find(const cdp_rollout *rollout, cdp_string id, uint32_t *instance);

/** #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_rollout_numbers_get(const cdp_rollout *rollout,
                                           cdp_rollout_numbers *numbers);

/** How many zones a zonal roll-out has (0 when it is not zonal), and the numbers of one, in
 *  the order of deployment: #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API size_t cdp_rollout_zone_count(const cdp_rollout *rollout);
CDP_API cdp_status cdp_rollout_zone_at(const cdp_rollout *rollout, size_t zone,
                                       cdp_rollout_numbers *numbers);

/**
 * The instances that a follow-on deployment (creator CodeDeployAutoUpdate) has to go to: those that
 * joined during a roll-out that succeeded, unless `ignore_outdated` is set. Begin with 0 in
 * `*instance`, and go on with the number found plus one.
 * @param instance  the number to begin with on entry; on return the first such instance from there.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND when there are no more; #CDP_ERR_ARGUMENT.
 */
CDP_API cdp_status cdp_rollout_outdated_next(const cdp_rollout *rollout, uint32_t *instance);
/** How many there are. */
CDP_API size_t cdp_rollout_outdated_count(const cdp_rollout *rollout);

/** What to tell the Auto Scaling group of a launch or termination deployment: CONTINUE when it
 *  succeeded, ABANDON when a launch did not; a termination is never held up. */
CDP_API cdp_rollout_lifecycle_answer cdp_rollout_auto_scaling_answer(const cdp_rollout *rollout);

/**
 * Writes the whole state as one line of JSON, the same on every architecture. Only after the start.
 * @return #CDP_OK; #CDP_ERR_STATE before the start; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, with the
 *         text as it was.
 */
CDP_API cdp_status cdp_rollout_snapshot(const cdp_rollout *rollout, cdp_text *text);

/**
 * Reads a snapshot back: a roll-out that behaves as the one it was taken from would.
 * @param diagnostics  may be NULL; says what is wrong.
 * @return #CDP_OK; #CDP_ERR_CORRUPT for anything that is not an undamaged snapshot of a version
 *         that this library knows; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_rollout_restore(const char *bytes, size_t length,
                                       const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                       cdp_rollout **rollout);

#ifdef __cplusplus
}
#endif

#endif
