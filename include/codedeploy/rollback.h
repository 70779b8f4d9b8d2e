/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_ROLLBACK_H
#define CODEDEPLOY_ROLLBACK_H

/**
 * @file
 * Rollbacks, seen before they happen: whether one is possible, to what, in which steps, on which
 * targets, what comes back, and what does not.
 *
 * A #cdp_rollback_situation tells where a deployment stands. From it cdp_rollback_plan_new() makes
 * a #cdp_rollback_plan, which holds the answer and nothing of the question: it is immutable and
 * does not need the situation any more. Planning does nothing and may be done at any moment, also
 * for "what if it failed now": targets on their way are then taken as failed. What an automatic
 * rollback does is exactly the plan that is made when its deployment has ended; a deployment
 * engine carries it out step by step, the next one only after the one before has succeeded.
 *
 * A plan that is not possible is a plan, too: it says why (#cdp_rollback_refusal), and what speaks
 * for and against. Only a situation that contradicts itself is refused by cdp_rollback_plan_new().
 *
 * Sources: user guide, pages "redeploy and roll back a deployment", "deployment steps" (three),
 * "lifecycle event hooks", "stop a deployment"; API shapes StopDeploymentInput, AutoRollbackEvent,
 * RollbackInfo, DeploymentInfo; the official agent 1.x. Much of it the service does not document:
 * docs/rollback.md tells rule by rule what is AWS's and what is ours.
 *
 * Getters of a plan return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT for NULL;
 * #CDP_ERR_STRUCT. Strings and views in what they fill in belong to the plan. Names of enumerators
 * are static text, `"unknown"` for values that are none; values never change meaning. Everything
 * may be called from any thread.
 */

#include <codedeploy/appspec.h>
#include <codedeploy/base.h>
#include <codedeploy/config.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/group.h>
#include <codedeploy/health.h>
#include <codedeploy/lifecycle.h>
#include <codedeploy/platform.h>
#include <codedeploy/text.h>
#include <codedeploy/vocabulary.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------- */
/* Words                                                                                          */
/* ---------------------------------------------------------------------------------------------- */

/** Why a deployment is rolled back. */
typedef enum cdp_rollback_cause {
    /** It failed (or would, if it failed now): AutoRollbackEvent DEPLOYMENT_FAILURE. */
    CDP_ROLLBACK_CAUSE_FAILURE = 1,
    /** An alarm stopped it: DEPLOYMENT_STOP_ON_ALARM. */
    CDP_ROLLBACK_CAUSE_ALARM = 2,
    /** Somebody stopped it (StopDeployment): DEPLOYMENT_STOP_ON_REQUEST. */
    CDP_ROLLBACK_CAUSE_REQUEST = 3,
    /** Somebody deploys an earlier revision again (CreateDeployment). An ordinary deployment: with
     *  the creator `user`, without rollbackInfo. */
    CDP_ROLLBACK_CAUSE_MANUAL = 4
} cdp_rollback_cause;

/** `"failure"`, `"alarm"`, `"request"`, `"manual"`. */
CDP_API const char *cdp_rollback_cause_name(cdp_rollback_cause cause);
/** @return #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_ARGUMENT when `cause` is NULL. */
CDP_API cdp_status cdp_rollback_cause_from_name(cdp_string name, cdp_rollback_cause *cause);

/** How it goes back. Either way it is a new deployment with an id of its own. */
typedef enum cdp_rollback_kind {
    /** Not at all. */
    CDP_ROLLBACK_KIND_NONE = 0,
    /** The earlier revision is deployed again. */
    CDP_ROLLBACK_KIND_REDEPLOY = 1,
    /** Traffic goes back to the originals, which are still there; nothing is installed, and on
     *  Lambda and ECS no hook runs. */
    CDP_ROLLBACK_KIND_REROUTE = 2
} cdp_rollback_kind;

/** `"none"`, `"redeploy"`, `"reroute"`. */
CDP_API const char *cdp_rollback_kind_name(cdp_rollback_kind kind);

/** Why there is no rollback. When several reasons hold, the first of this list is told;
 *  #CDP_ROLLBACK_REFUSAL_REVISION_UNKNOWN before NOT_STARTED. */
typedef enum cdp_rollback_refusal {
    /** There is one. */
    CDP_ROLLBACK_REFUSAL_NONE = 0,
    /** Manual: another deployment of the group is active. */
    CDP_ROLLBACK_REFUSAL_ACTIVE = 1,
    /** Manual, on Lambda: the alias splits its traffic between two versions. */
    CDP_ROLLBACK_REFUSAL_SPLIT_ALIAS = 2,
    /** The deployment has succeeded, which is final. */
    CDP_ROLLBACK_REFUSAL_SUCCEEDED = 3,
    /** CloudFormation made it: only cancelling the update of the stack takes it back. */
    CDP_ROLLBACK_REFUSAL_CLOUDFORMATION = 4,
    /** It is a rollback itself. */
    CDP_ROLLBACK_REFUSAL_IS_ROLLBACK = 5,
    /** It is a launch or termination deployment: Auto Scaling is told the result instead. */
    CDP_ROLLBACK_REFUSAL_AUTO_SCALING = 6,
    /** It was stopped because nobody continued it in time, which is neither a failure nor a
     *  request; no traffic had moved. */
    CDP_ROLLBACK_REFUSAL_READY_EXPIRED = 7,
    /** It was stopped with autoRollbackEnabled=false. */
    CDP_ROLLBACK_REFUSAL_DECLINED = 8,
    /** Automatic rollback is switched off, or not for this cause. */
    CDP_ROLLBACK_REFUSAL_NOT_CONFIGURED = 9,
    /** ECS: there is no replacement task set yet, so there is nothing to go back from. */
    CDP_ROLLBACK_REFUSAL_NOTHING_INSTALLED = 10,
    /** No earlier deployment of the group has succeeded (manual: there is none as wanted). */
    CDP_ROLLBACK_REFUSAL_NO_EARLIER_REVISION = 11,
    /** Originals are gone, or may be: they were told to go, and nobody said that they stayed. Traffic
     *  cannot go back to all that had it. */
    CDP_ROLLBACK_REFUSAL_ORIGINAL_GONE = 12,
    /** In place: no instance was touched, and every one runs the earlier revision. */
    CDP_ROLLBACK_REFUSAL_NOT_STARTED = 13,
    /** In place: what the last successful deployment of the group deployed is not known. */
    CDP_ROLLBACK_REFUSAL_REVISION_UNKNOWN = 14
} cdp_rollback_refusal;

/** `"none"`, `"active"` and so on. */
CDP_API const char *cdp_rollback_refusal_name(cdp_rollback_refusal refusal);
/** One sentence; static text, empty for #CDP_ROLLBACK_REFUSAL_NONE and for values that are none. */
CDP_API const char *cdp_rollback_refusal_message(cdp_rollback_refusal refusal);
/** Where the rule comes from; static text, NULL as above. */
CDP_API const char *cdp_rollback_refusal_source(cdp_rollback_refusal refusal);

/* ---------------------------------------------------------------------------------------------- */
/* The situation                                                                                  */
/* ---------------------------------------------------------------------------------------------- */

/** A deployment of the same group that has ended, or any other that the host remembers. */
typedef struct cdp_rollback_past {
    /** sizeof(cdp_rollback_past) */
    size_t size;
    cdp_string id;
    cdp_deployment_status status;
    cdp_deployment_creator creator;
    /** What it deployed; NULL when that is not known. */
    const cdp_group_revision *revision;
    /** Absent when not known. Only shown. */
    cdp_string config_name;
    cdp_file_exists_behavior file_exists_behavior;
    /** 1: the revision is known to be gone (the object was deleted). A rollback to it is tried, and
     *  fails as any deployment of it would (REVISION_MISSING). */
    int revision_missing;
    /** Milliseconds since 1970; 0 when not known. Only shown; a deployment puts its `past` in order
     *  by `end_time_ms` (#cdp_deployment_options). */
    int64_t create_time_ms;
    int64_t end_time_ms;
} cdp_rollback_past;

/** One target of the deployment: an instance, or the Lambda function or ECS service. */
typedef struct cdp_rollback_target {
    /** sizeof(cdp_rollback_target) */
    size_t size;
    /** Required, unique. */
    cdp_string id;
    /** The Availability Zone; absent when not known. Only shown. */
    cdp_string zone;
    /** Blue/green on Server: 1 for an instance of the original fleet. */
    int original;
    /** 0 stands for Pending. */
    cdp_target_status status;
    /** 1: its turn came. */
    int begun;
    /** The events that have begun, and those of them that ended well: bit n stands for the
     *  #cdp_event of value n. */
    uint32_t events;
    uint32_t events_done;
    /** The event that failed; #CDP_EVENT_CUSTOM for none. */
    cdp_event failed_event;
    /** Blue/green on Server: whether it gets traffic now, and whether it did when the deployment
     *  began. 1 or 0. */
    int has_traffic;
    int had_traffic;
    /** In place: 1 when it ran the earlier revision when the deployment began. */
    int on_good_revision;
    /** As they are now. A target that has begun and not succeeded counts as Unhealthy anyhow. */
    cdp_instance_health instance_health;
    cdp_revision_health revision_health;
    /** 1: it is terminated, or has left the group. */
    int gone;
} cdp_rollback_target;

/** What a deployment did with a path on its targets, as far as the host knows. */
typedef enum cdp_rollback_file_change {
    /** The new revision brought it; nothing was there. */
    CDP_ROLLBACK_FILE_CREATED = 1,
    /** The earlier revision's was replaced by the new one's. */
    CDP_ROLLBACK_FILE_REPLACED = 2,
    /** The earlier revision's was removed: the new one does not have it. */
    CDP_ROLLBACK_FILE_REMOVED = 3,
    /** Somebody else's was overwritten (fileExistsBehavior OVERWRITE). */
    CDP_ROLLBACK_FILE_OVERWRITTEN = 4,
    /** Somebody else's was kept (RETAIN). */
    CDP_ROLLBACK_FILE_RETAINED = 5,
    /** A script made it. */
    CDP_ROLLBACK_FILE_BY_SCRIPT = 6
} cdp_rollback_file_change;

/** `"created"`, `"replaced"`, `"removed"`, `"overwritten"`, `"retained"`, `"by-script"`. */
CDP_API const char *cdp_rollback_file_change_name(cdp_rollback_file_change change);

typedef struct cdp_rollback_file {
    /** sizeof(cdp_rollback_file) */
    size_t size;
    /** Required. */
    cdp_string path;
    cdp_rollback_file_change change;
    /** 1 when the earlier revision installs a file at this path. REPLACED and REMOVED imply it. */
    int in_earlier_revision;
} cdp_rollback_file;

/** How StopDeployment was called (API shape StopDeploymentInput, autoRollbackEnabled). */
typedef enum cdp_rollback_stop_flag {
    /** Not given: the configuration decides. */
    CDP_ROLLBACK_STOP_NOT_SAID = 0,
    /** true: roll back, whatever is configured. */
    CDP_ROLLBACK_STOP_ASKED = 1,
    /** false: do not. */
    CDP_ROLLBACK_STOP_DECLINED = 2
} cdp_rollback_stop_flag;

/** `"not-said"`, `"asked"`, `"declined"`. */
CDP_API const char *cdp_rollback_stop_flag_name(cdp_rollback_stop_flag flag);

/** What stands in place of an index when there is none. */
#define CDP_ROLLBACK_NONE SIZE_MAX

/**
 * Where a deployment stands. Arrays hold structs of one size, one behind the other: the first one's
 * `size` says how far. Everything is read during the call only.
 */
typedef struct cdp_rollback_situation {
    /** sizeof(cdp_rollback_situation) */
    size_t size;
    cdp_platform platform;
    /** 0: the platform's own, in place on Server, blue/green elsewhere. */
    cdp_deployment_type deployment_type;
    /** 1: deployment option WITH_TRAFFIC_CONTROL. Only asked in place. */
    int with_traffic_control;
    /** 0 stands for the user. */
    cdp_deployment_creator creator;
    /** The deployment that is rolled back; for a manual redeploy the group's last one. May be
     *  absent: then texts speak of "the deployment". */
    cdp_string deployment_id;
    /** 0 stands for InProgress. One that is not final: what if the cause came now. */
    cdp_deployment_status status;
    cdp_rollback_cause cause;
    /** Only with #CDP_ROLLBACK_CAUSE_REQUEST. */
    cdp_rollback_stop_flag stop_flag;
    /** The effective automatic rollback: the deployment's own if it has one, else its group's. */
    int auto_rollback_enabled;
    /** Bit n stands for the #cdp_rollback_event of value n. */
    uint32_t auto_rollback_events;
    /** 1: it was stopped because nobody continued it while it was Ready. */
    int ready_expired;
    /** What the deployment ran with, or for a manual one, what the new deployment is to run with;
     *  NULL for cdp_config_default(). Must outlive the plan. */
    const cdp_config *config;
    /** What it deployed; NULL when not known. Only compared. */
    const cdp_group_revision *revision;
    /** The event at which it failed or was stopped; #CDP_EVENT_CUSTOM when there is none, or the
     *  targets say. */
    cdp_event failed_event;
    /** 1: the deployment ignores failures of ApplicationStop; the rollback then does, too. */
    int ignore_application_stop_failures;
    /** What the deployment did with files in its way; unset stands for DISALLOW. */
    cdp_file_exists_behavior file_exists_behavior;
    /** For a manual redeploy: what the new deployment is to do with them. Otherwise not asked. */
    cdp_file_exists_behavior manual_file_exists_behavior;
    /** 1: `hooks` has the bits of the events that run a script or function; 0: that is not known,
     *  and every event that may run one is taken for one that does. */
    int hooks_known;
    uint32_t hooks;
    /** How the hosts install: 0 transactional, so that a failed Install leaves what was there; 1
     *  the official agent's order. (#cdp_install_mode of <codedeploy/install.h>.) */
    int compatible_install;
    /** Lambda and ECS: percent of the production traffic that the replacement gets now. */
    int32_t weight;
    /** ECS: 1 when the group has a test listener, and when that leads to the replacement. */
    int test_listener;
    int test_traffic;
    /** ECS: 1 when a replacement task set exists. Implied when Install has begun. */
    int replacement_exists;
    /** 1 when originals are gone, or were told to go and are not known to have stayed: the task set,
     *  or the version of the function. On Server the targets tell it as well. */
    int original_gone;
    const cdp_rollback_target *targets;
    size_t target_count;
    /** The group's deployments, the oldest first; the order is what counts, not the times. The
     *  deployment itself, if it is among them, is passed over. */
    const cdp_rollback_past *past;
    size_t past_count;
    /** Manual: the index in `past` of the deployment whose revision is wanted, plus 1; 0 for the
     *  last one that succeeded. Otherwise 0. */
    size_t wanted;
    /** What events took so far on one target, typically, in milliseconds: `event_ms[n]` of the
     *  #cdp_event of value n; 0 where not known, -1 of one that has nothing to run. */
    const int64_t *event_ms;
    size_t event_ms_count;
    /** How long a change of weights takes; 0 for 3 seconds, as observed with the service. */
    int64_t reroute_ms;
    /** What the deployment did with files, as far as the host knows. */
    const cdp_rollback_file *files;
    size_t file_count;
} cdp_rollback_situation;

/* ---------------------------------------------------------------------------------------------- */
/* The plan                                                                                       */
/* ---------------------------------------------------------------------------------------------- */

typedef struct cdp_rollback_plan cdp_rollback_plan;

/**
 * Plans.
 * @param allocator    NULL for the C library's; copied.
 * @param diagnostics  may be NULL; gets everything in which the situation contradicts itself.
 * @return #CDP_OK, also when there is no rollback; #CDP_ERR_INVALID for a situation that
 *         contradicts itself; #CDP_ERR_ARGUMENT for NULL or an enumerator that is none;
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_rollback_plan_new(const cdp_rollback_situation *situation,
                                         const cdp_allocator *allocator,
                                         cdp_diagnostics *diagnostics, cdp_rollback_plan **plan);
CDP_API void cdp_rollback_plan_free(cdp_rollback_plan *plan);

/** What a duration is worth. */
typedef enum cdp_rollback_basis {
    /** Nothing is known of it: the duration is -1. */
    CDP_ROLLBACK_BASIS_UNKNOWN = 0,
    /** Exact: nothing is to be done. */
    CDP_ROLLBACK_BASIS_EXACT = 1,
    /** From typical durations. */
    CDP_ROLLBACK_BASIS_ESTIMATE = 2,
    /** The same, but some are not known and counted as nothing: it takes at least this long. */
    CDP_ROLLBACK_BASIS_AT_LEAST = 3
} cdp_rollback_basis;

/** `"unknown"`, `"exact"`, `"estimate"`, `"at-least"`. */
CDP_API const char *cdp_rollback_basis_name(cdp_rollback_basis basis);

/** The answer as a whole. */
typedef struct cdp_rollback_plan_info {
    /** sizeof(cdp_rollback_plan_info), set by the caller. */
    size_t size;
    /** 1 when there is a rollback. */
    int possible;
    /** 1 when one was asked for or is configured for the cause; only then the records of the
     *  deployment say why there is none. */
    int wanted;
    cdp_rollback_refusal refusal;
    /** What will happen, or why nothing will: a sentence or two. */
    cdp_string message;
    cdp_rollback_kind kind;
    cdp_rollback_cause cause;
    cdp_platform platform;
    cdp_deployment_type deployment_type;
    /** Whose events a target of the new deployment goes through, or on Lambda and ECS those that its
     *  record lists (as Succeeded, in a reroute); for cdp_lifecycle_plan_find().
     *  #CDP_SCENARIO_DEFAULT where steps differ (blue/green on Server) and without a rollback. */
    cdp_scenario scenario;
    /** What the deployment that is rolled back ends as and stays: Failed or Stopped. 0 for a manual
     *  one. */
    cdp_deployment_status triggering_status;
    /** As in the situation; absent for a manual one. */
    cdp_string triggering_id;

    /* Of the new deployment; also told when it is not possible, as far as it is known. */

    cdp_deployment_creator creator;
    /** The deployment whose revision comes back; absent where there is none (Lambda and ECS go back
     *  without). */
    cdp_string source_id;
    /** NULL where there is none. */
    const cdp_group_revision *revision;
    /** 1 when it is known to be the same as what is rolled back. */
    int same_revision;
    /** 1 when it is known to be gone: the rollback will fail. */
    int revision_missing;
    /** The caller's, or one of the predefined ones. */
    const cdp_config *config;
    cdp_file_exists_behavior file_exists_behavior;
    int ignore_application_stop_failures;
    /** 1: the configuration goes zone by zone, and the rollback does not. */
    int zones_ignored;
    /** In place, automatic: how many instances of those that take part have to stay healthy, in
     *  place of the configuration's minimum: that minimum of the whole fleet, less the healthy
     *  instances that take no part. -1 where the configuration's own holds. */
    int64_t minimum;
    /** 1 when scripts or hook functions run in it. */
    int runs_hooks;
    /** Lambda and ECS: percent of the production traffic that the replacement gets before and
     *  after; for a manual redeploy, a new replacement, 0 and 100. -1 on Server. */
    int32_t weight_before;
    int32_t weight_after;
    /** ECS: whether the test listener leads to the replacement before and after. */
    int test_traffic_before;
    int test_traffic_after;
    /** How long it takes from its start, and what that is worth. */
    int64_t duration_ms;
    cdp_rollback_basis duration_basis;
} cdp_rollback_plan_info;

CDP_API cdp_status cdp_rollback_plan_get_info(const cdp_rollback_plan *plan,
                                              cdp_rollback_plan_info *info);

/** Whose record a text is for (API shape RollbackInfo, rollbackMessage). */
typedef enum cdp_rollback_record {
    /** The deployment that is rolled back. */
    CDP_ROLLBACK_RECORD_TRIGGERING = 1,
    /** The one that rolls back. */
    CDP_ROLLBACK_RECORD_ROLLBACK = 2
} cdp_rollback_record;

/**
 * Appends the rollbackMessage of a deployment; nothing for a manual redeploy, nor when there is no
 * rollback and none was wanted, nor for a rollback that there is not.
 * @param rollback_id  of the new deployment; not asked when there is none.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_rollback_plan_write_message(const cdp_rollback_plan *plan,
                                                   cdp_rollback_record record,
                                                   cdp_string rollback_id, cdp_text *text);

/** What a step does. */
typedef enum cdp_rollback_step_kind {
    /** Lambda and ECS: change the weights of the production traffic. */
    CDP_ROLLBACK_STEP_SET_TRAFFIC = 1,
    /** ECS: lead the test listener back to the original. */
    CDP_ROLLBACK_STEP_SET_TEST_TRAFFIC = 2,
    /** Server: originals go through BeforeAllowTraffic, AllowTraffic, AfterAllowTraffic. */
    CDP_ROLLBACK_STEP_ALLOW = 3,
    /** Server: replacements go through BeforeBlockTraffic, BlockTraffic, AfterBlockTraffic. */
    CDP_ROLLBACK_STEP_BLOCK = 4,
    /** ECS: drain and delete the replacement task set. */
    CDP_ROLLBACK_STEP_REMOVE_REPLACEMENT = 5,
    /** Targets go through all events of a deployment of the revision. */
    CDP_ROLLBACK_STEP_REDEPLOY = 6
} cdp_rollback_step_kind;

/** `"set-traffic"`, `"set-test-traffic"`, `"allow"`, `"block"`, `"remove-replacement"`,
 *  `"redeploy"`. */
CDP_API const char *cdp_rollback_step_kind_name(cdp_rollback_step_kind kind);

typedef struct cdp_rollback_step {
    /** sizeof(cdp_rollback_step), set by the caller. */
    size_t size;
    cdp_rollback_step_kind kind;
    /** The events that each target goes through, for cdp_lifecycle_plan_find();
     *  #CDP_SCENARIO_DEFAULT for a step without events. */
    cdp_scenario scenario;
    size_t event_count;
    /** Percent of the (test) traffic that the replacement gets before and after; -1 where the step
     *  does not change it by weights. */
    int32_t weight_before;
    int32_t weight_after;
    /** Its targets: `target_count` of cdp_rollback_plan_target_at() from this index, in the order in
     *  which they are worked on. 0 for a step that concerns no single target. */
    size_t first_target;
    size_t target_count;
    /** How many targets are worked on at a time at most. */
    size_t concurrency;
    int64_t duration_ms;
    cdp_rollback_basis duration_basis;
    cdp_string sentence;
} cdp_rollback_step;

CDP_API size_t cdp_rollback_plan_step_count(const cdp_rollback_plan *plan);
CDP_API cdp_status cdp_rollback_plan_step_at(const cdp_rollback_plan *plan, size_t index,
                                             cdp_rollback_step *step);

/** One event that a target of a step goes through. */
typedef struct cdp_rollback_step_event {
    /** sizeof(cdp_rollback_step_event), set by the caller. */
    size_t size;
    cdp_event event;
    int scriptable;
    /** Where a script is taken from; #CDP_REVISION_NONE for an event that runs none. Of
     *  #CDP_REVISION_LAST_SUCCESSFUL and #CDP_REVISION_MOST_RECENT each target tells which
     *  deployment's that is (cdp_rollback_plan_target). */
    cdp_revision_source revision;
    cdp_string name;
} cdp_rollback_step_event;

CDP_API cdp_status cdp_rollback_plan_step_event_at(const cdp_rollback_plan *plan, size_t step,
                                                   size_t index, cdp_rollback_step_event *event);

/** What becomes of a target. */
typedef enum cdp_rollback_part {
    /** The earlier revision is deployed to it. */
    CDP_ROLLBACK_PART_REDEPLOY = 1,
    /** An original that gets its traffic again. */
    CDP_ROLLBACK_PART_ALLOW = 2,
    /** A replacement that loses its traffic. */
    CDP_ROLLBACK_PART_BLOCK = 3,
    /** Lambda and ECS: its traffic goes back. */
    CDP_ROLLBACK_PART_REROUTE = 4,
    /** Left out: its turn never came, and it runs the earlier revision. */
    CDP_ROLLBACK_PART_UNTOUCHED = 5,
    /** Left out: an original that has kept its traffic, or had none. */
    CDP_ROLLBACK_PART_ORIGINAL_KEPT = 6,
    /** Left out: it has no traffic, and is left as it is. */
    CDP_ROLLBACK_PART_IDLE = 7,
    /** Left out: it is gone. */
    CDP_ROLLBACK_PART_GONE = 8
} cdp_rollback_part;

/** `"redeploy"`, `"allow"`, `"block"`, `"reroute"`, `"untouched"`, `"original-kept"`,
 *  `"idle"`, `"gone"`. */
CDP_API const char *cdp_rollback_part_name(cdp_rollback_part part);
/** Why it takes part, or why not: one sentence; static text, empty for values that are none. */
CDP_API const char *cdp_rollback_part_message(cdp_rollback_part part);
/** 1 for the first four. */
CDP_API int cdp_rollback_part_takes_part(cdp_rollback_part part);

/** A target of the plan. */
typedef struct cdp_rollback_plan_target {
    /** sizeof(cdp_rollback_plan_target), set by the caller. */
    size_t size;
    cdp_string id;
    cdp_string zone;
    /** Its index in the situation. */
    size_t index;
    int original;
    cdp_rollback_part part;
    /** The step it is part of; #CDP_ROLLBACK_NONE for one that is left out. */
    size_t step;
    /** As it counts for the order. */
    cdp_instance_health instance_health;
    cdp_revision_health revision_health;
    /** Whose revision's scripts run for the events that take the last successful and the most
     *  recent one: of the official agent, the one whose Install or DownloadBundle ended last on the
     *  target, even if its deployment failed. Absent when nobody knows. */
    cdp_string last_successful_id;
    cdp_string most_recent_id;
} cdp_rollback_plan_target;

/**
 * All targets of the situation: those of the first step, of the second … in the order in which they
 * are worked on (unhealthy ones first; then by revision health Unknown, Old, Current; ties by id),
 * and at the end those that are left out, by id. Empty for a rollback that is not possible.
 */
CDP_API size_t cdp_rollback_plan_target_count(const cdp_rollback_plan *plan);
CDP_API cdp_status cdp_rollback_plan_target_at(const cdp_rollback_plan *plan, size_t index,
                                               cdp_rollback_plan_target *target);

/** What comes back, or does not. */
typedef enum cdp_rollback_effect_kind {
    /* Comes back. */

    /** Production traffic. */
    CDP_ROLLBACK_EFFECT_TRAFFIC = 1,
    CDP_ROLLBACK_EFFECT_TEST_TRAFFIC = 2,
    /** The earlier revision's files and application. */
    CDP_ROLLBACK_EFFECT_REVISION = 3,
    /** What the new revision installed is removed. */
    CDP_ROLLBACK_EFFECT_FILES_REMOVED = 4,
    /** A file, by name. */
    CDP_ROLLBACK_EFFECT_FILE = 5,

    /* Does not come back. */

    /** What scripts or hook functions did. */
    CDP_ROLLBACK_EFFECT_SCRIPTS = 16,
    /** Files that scripts made stay; where the earlier revision has its own at the same path, they
     *  are in the way. */
    CDP_ROLLBACK_EFFECT_SCRIPT_FILES = 17,
    /** What a file held that the deployment overwrote. */
    CDP_ROLLBACK_EFFECT_OVERWRITTEN = 18,
    /** A file that the deployment kept stays. */
    CDP_ROLLBACK_EFFECT_RETAINED = 19,
    /** An original that is gone. */
    CDP_ROLLBACK_EFFECT_TERMINATED = 20,
    /** What the replacement answered. */
    CDP_ROLLBACK_EFFECT_SERVED = 21,
    /** Something of the new revision that stays: a published version, replacement instances. */
    CDP_ROLLBACK_EFFECT_LEFT_BEHIND = 22,
    /** The revision is gone: the rollback fails. */
    CDP_ROLLBACK_EFFECT_REVISION_MISSING = 23,
    /** More instances have to stay healthy than there are: the rollback fails at once. */
    CDP_ROLLBACK_EFFECT_MINIMUM_TOO_LARGE = 24,
    /** Manual: there is no instance to deploy to: the redeploy fails. */
    CDP_ROLLBACK_EFFECT_NO_INSTANCES = 25
} cdp_rollback_effect_kind;

/** `"traffic"`, `"test-traffic"`, `"revision"`, `"files-removed"`, `"file"`; `"scripts"`,
 *  `"script-files"`, `"overwritten"`, `"retained"`, `"terminated"`, `"served"`, `"left-behind"`,
 *  `"revision-missing"`, `"minimum-too-large"`,
 *  `"no-instances"`. */
CDP_API const char *cdp_rollback_effect_kind_name(cdp_rollback_effect_kind kind);

typedef struct cdp_rollback_effect {
    /** sizeof(cdp_rollback_effect), set by the caller. */
    size_t size;
    cdp_rollback_effect_kind kind;
    /** How many targets it concerns; 0 where that is no question. */
    size_t target_count;
    /** The one that it concerns, when it is only one: an index of cdp_rollback_plan_target_at(),
     *  else #CDP_ROLLBACK_NONE. */
    size_t target;
    /** Absent when it concerns no single file. */
    cdp_string path;
    cdp_string sentence;
} cdp_rollback_effect;

/** What comes back; empty for a rollback that is not possible. */
CDP_API size_t cdp_rollback_plan_restore_count(const cdp_rollback_plan *plan);
CDP_API cdp_status cdp_rollback_plan_restore_at(const cdp_rollback_plan *plan, size_t index,
                                                cdp_rollback_effect *effect);

/** What does not; also told when there is no rollback. */
CDP_API size_t cdp_rollback_plan_loss_count(const cdp_rollback_plan *plan);
CDP_API cdp_status cdp_rollback_plan_loss_at(const cdp_rollback_plan *plan, size_t index,
                                             cdp_rollback_effect *effect);

/**
 * Appends the plan as a JSON object. Members are named as the API names them where it does.
 * @param indent  blanks for each level; 0 writes one line.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_rollback_plan_write(const cdp_rollback_plan *plan, unsigned indent,
                                           cdp_text *text);

/** Appends the plan as text for people, of lines of any length. As cdp_rollback_plan_write(). */
CDP_API cdp_status cdp_rollback_plan_render(const cdp_rollback_plan *plan, cdp_text *text);

#ifdef __cplusplus
}
#endif

#endif
