/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_LIFECYCLE_H
#define CODEDEPLOY_LIFECYCLE_H

/**
 * @file
 * Which lifecycle events a target goes through, and how one target goes through them.
 *
 * A #cdp_lifecycle_plan is the ordered list of events of one scenario: a table, immutable, shared
 * by all targets. A #cdp_lifecycle is the state of one target on its way through a plan. It does
 * nothing by itself: the host tells it what happened and when, one input at a time, and asks it
 * what comes next.
 *
 * Orders and rules are those of the user guide ("AppSpec 'hooks' section", "Instance health",
 * "Limits") and of the official agent 1.x (hook_executor.rb; for the local order deployer.rb and
 * cli_validator.rb). Where neither says anything the declaration says what we do.
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/platform.h>
#include <codedeploy/text.h>
#include <codedeploy/vocabulary.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------- */
/* Plans                                                                                          */
/* ---------------------------------------------------------------------------------------------- */

/** What kind of deployment a target takes part in, and on which side. */
typedef enum cdp_scenario {
    /** The platform's first: #CDP_SCENARIO_IN_PLACE or #CDP_SCENARIO_BLUE_GREEN. */
    CDP_SCENARIO_DEFAULT = 0,
    /** Server: `in-place`, without a load balancer. */
    CDP_SCENARIO_IN_PLACE = 1,
    /** Server: `in-place-load-balancer`, with deployment option WITH_TRAFFIC_CONTROL. */
    CDP_SCENARIO_IN_PLACE_LOAD_BALANCER = 2,
    /** Server: `in-place-rollback`: the same events; an ordinary deployment of an old revision. */
    CDP_SCENARIO_IN_PLACE_ROLLBACK = 3,
    /** Server: `in-place-rollback-load-balancer`. */
    CDP_SCENARIO_IN_PLACE_ROLLBACK_LOAD_BALANCER = 4,
    /** Server: `blue-green-replacement`, an instance of the new fleet. */
    CDP_SCENARIO_BLUE_GREEN_REPLACEMENT = 5,
    /** Server: `blue-green-original`, an instance of the old fleet. */
    CDP_SCENARIO_BLUE_GREEN_ORIGINAL = 6,
    /** Server: `blue-green-rollback-original`: traffic comes back to it. */
    CDP_SCENARIO_BLUE_GREEN_ROLLBACK_ORIGINAL = 7,
    /** Server: `blue-green-rollback-replacement`: traffic is taken from it. */
    CDP_SCENARIO_BLUE_GREEN_ROLLBACK_REPLACEMENT = 8,
    /** Server: `auto-scaling-launch`, an instance that its group has just started. */
    CDP_SCENARIO_AUTO_SCALING_LAUNCH = 9,
    /** Server: `auto-scaling-termination`, an instance that its group is about to end. That
     *  traffic is blocked before the application stops is by analogy with in-place. */
    CDP_SCENARIO_AUTO_SCALING_TERMINATION = 10,
    /** Server: `local`, what `codedeploy-local` runs. */
    CDP_SCENARIO_LOCAL = 11,
    /** Lambda and ECS: `blue-green`; on ECS without a test listener. */
    CDP_SCENARIO_BLUE_GREEN = 12,
    /** ECS: `test-listener`, with one. */
    CDP_SCENARIO_TEST_LISTENER = 13,
    /** `custom`: a plan that the host has made with cdp_lifecycle_plan_new(). */
    CDP_SCENARIO_CUSTOM = 14
} cdp_scenario;

/** `"in-place"`, `"blue-green-replacement"` …; `"unknown"` for anything else. Static text. */
CDP_API const char *cdp_scenario_name(cdp_scenario scenario);

/** @return #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_ARGUMENT when `scenario` is NULL. */
CDP_API cdp_status cdp_scenario_from_name(cdp_string name, cdp_scenario *scenario);

/** Which revision on the host an event's script is taken from. */
typedef enum cdp_revision_source {
    /** The event runs no script. */
    CDP_REVISION_NONE = 0,
    /** The one that is being deployed: `current`. */
    CDP_REVISION_CURRENT = 1,
    /** The one whose Install finished last, even if its deployment failed later:
     *  `last-successful`. None on a host's first deployment: the event is then a no-op. */
    CDP_REVISION_LAST_SUCCESSFUL = 2,
    /** The one that was downloaded last: `most-recent`. */
    CDP_REVISION_MOST_RECENT = 3
} cdp_revision_source;

/** `"none"`, `"current"`, `"last-successful"`, `"most-recent"`, `"unknown"`. Static text. */
CDP_API const char *cdp_revision_source_name(cdp_revision_source source);

/** The most events that a plan can have. */
enum { CDP_LIFECYCLE_MAX_EVENTS = 32 };

/** An ordered list of lifecycle events. Immutable; may be read from many threads. */
typedef struct cdp_lifecycle_plan cdp_lifecycle_plan;

/** One event of a plan. As an output all strings belong to the plan. */
typedef struct cdp_lifecycle_event_info {
    /** sizeof(cdp_lifecycle_event_info), set by the caller. */
    size_t size;
    cdp_string name;
    /** #CDP_EVENT_CUSTOM when the API has no event of that name. Ignored as an input. */
    cdp_event event;
    /** 1 when a script or function of the AppSpec may run, 0 when CodeDeploy does it itself. */
    int scriptable;
    /** Where the script is taken from in this plan's scenario; see
     *  cdp_lifecycle_plan_revision(). #CDP_REVISION_NONE when `scriptable` is 0. */
    cdp_revision_source revision;
    /** How long it may run, in milliseconds; 0 for no limit. (Limits page: 3600 s. Traffic
     *  shifting on Lambda and ECS: the 2880 minutes that a schedule may last, and 3600 s.) */
    int64_t run_limit_ms;
    /** How long after the target's start or the end of the event before it may begin; 0 for no
     *  limit. (Limits page: 5 minutes.) Waits between the two do not count. */
    int64_t start_limit_ms;
    /** 1 when its failure can make CodeDeploy roll back. 0 for BeforeInstall on ECS, where there is
     *  nothing to roll back yet; for rollbacks, which are not rolled back themselves; for launch
     *  and termination deployments; and locally. */
    int may_roll_back;
    /** 1 when `ignoreApplicationStopFailures` covers it. */
    int ignorable;
    /** What may have to be waited for between the event before it and it. Ignored as an input. */
    cdp_wait_type wait_before;
    /** The same after it: #CDP_WAIT_READY never after the last event, #CDP_WAIT_TERMINATION only
     *  there. */
    cdp_wait_type wait_after;
} cdp_lifecycle_event_info;

/**
 * The standard plan of a platform and scenario.
 * @param platform  #CDP_PLATFORM_AUTO is no platform here.
 * @return the plan, which is never freed; NULL when the platform has no such scenario.
 */
CDP_API const cdp_lifecycle_plan *cdp_lifecycle_plan_find(cdp_platform platform,
                                                          cdp_scenario scenario);

/** How many standard plans there are, and each of them; NULL past the end. Each platform's default
 *  comes first. */
CDP_API size_t cdp_lifecycle_plan_standard_count(void);
CDP_API const cdp_lifecycle_plan *cdp_lifecycle_plan_standard_at(size_t index);

/**
 * What `codedeploy-local` is asked to run. All zero but `size` is the default order.
 */
typedef struct cdp_lifecycle_local {
    /** sizeof(cdp_lifecycle_local) */
    size_t size;
    /** The names of `--events`, in order, read during the call only. With `event_count` 0 all
     *  events run in their usual order, whether or not there is a load balancer. */
    const cdp_string *events;
    size_t event_count;
    /** The events that the AppSpec hooks, when `has_hooks` is 1; with 0 they are not known and the
     *  two rules that need them are not checked. */
    const cdp_string *hooks;
    size_t hook_count;
    int has_hooks;
} cdp_lifecycle_local;

/**
 * Makes the plan that `codedeploy-local` follows.
 *
 * DownloadBundle and Install are put in front when they are not named; when that leaves Install in
 * front of DownloadBundle, the two change places. Reported as errors, each of them:
 *
 * - before DownloadBundle anything but BeforeBlockTraffic, AfterBlockTraffic and ApplicationStop;
 *   before Install also AfterInstall, ApplicationStart, ValidateService, BeforeAllowTraffic or
 *   AfterAllowTraffic. (The agent's own check overlooks BeforeInstall and names of the user's own
 *   before DownloadBundle, and then fails because there is no archive to take the script from.)
 * - a name that does not begin like an event's (a capital, then a small letter or digit);
 * - a name of the user's own that the AppSpec does not hook;
 * - a hook of the AppSpec that is neither a usual local event nor named.
 *
 * A name that stands there twice runs twice, with a warning.
 *
 * @param local        NULL for the default order.
 * @param diagnostics  may be NULL.
 * @return #CDP_OK: the plan is the caller's, to be freed after the last #cdp_lifecycle that uses
 *         it; #CDP_ERR_INVALID; #CDP_ERR_LIMIT for more than #CDP_LIFECYCLE_MAX_EVENTS;
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_lifecycle_plan_new_local(const cdp_lifecycle_local *local,
                                                const cdp_allocator *allocator,
                                                cdp_diagnostics *diagnostics,
                                                cdp_lifecycle_plan **plan);

/**
 * Makes a plan of the host's own, for deployments that are not CodeDeploy's.
 *
 * @param platform     #CDP_PLATFORM_AUTO when it is none of the API's.
 * @param events       `count` structs of one size, one behind the other: the first one's `size`
 *                     says how far. Copied. Names are 1 to 100 bytes of printable UTF-8, no two
 *                     alike; limits are 0 to 2^40 ms; `revision` is #CDP_REVISION_NONE exactly when
 *                     `scriptable` is 0.
 * @param diagnostics  may be NULL.
 * @return #CDP_OK: the plan is the caller's, to be freed after the last #cdp_lifecycle that uses
 *         it; #CDP_ERR_INVALID with a diagnostic for each event that breaks a rule;
 *         #CDP_ERR_LIMIT for none or more than #CDP_LIFECYCLE_MAX_EVENTS; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_lifecycle_plan_new(cdp_platform platform,
                                          const cdp_lifecycle_event_info *events, size_t count,
                                          const cdp_allocator *allocator,
                                          cdp_diagnostics *diagnostics, cdp_lifecycle_plan **plan);

/** Only for plans that a `_new` function made. */
CDP_API void cdp_lifecycle_plan_free(cdp_lifecycle_plan *plan);

/** For NULL: #CDP_PLATFORM_AUTO, #CDP_SCENARIO_DEFAULT, 0. */
CDP_API cdp_platform cdp_lifecycle_plan_platform(const cdp_lifecycle_plan *plan);
CDP_API cdp_scenario cdp_lifecycle_plan_scenario(const cdp_lifecycle_plan *plan);
CDP_API size_t cdp_lifecycle_plan_event_count(const cdp_lifecycle_plan *plan);

/**
 * Reads the event at `index`.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_lifecycle_plan_event_at(const cdp_lifecycle_plan *plan, size_t index,
                                               cdp_lifecycle_event_info *info);

/** The index of the first event of that name, or the plan's count when it has none. */
CDP_API size_t cdp_lifecycle_plan_event_find(const cdp_lifecycle_plan *plan, cdp_string name);

/**
 * Which revision the script of an event is taken from, by the rule of the official agent.
 *
 * | event                                         | otherwise       | blue/green, by a rollback |
 * |-----------------------------------------------|-----------------|---------------------------|
 * | BeforeBlockTraffic, AfterBlockTraffic         | last successful | most recent               |
 * | ApplicationStop                               | last successful | last successful           |
 * | BeforeInstall … ValidateService               | current         | current                   |
 * | BeforeAllowTraffic, AfterAllowTraffic         | current         | last successful           |
 *
 * Whatever the table says, the current revision is used once the deployment that runs has an
 * archive on the host, `deployment-archive`. That is the case behind DownloadBundle, so for such
 * events the answer is always #CDP_REVISION_CURRENT; `has_archive` tells of one that is there for
 * another reason, such as an earlier attempt.
 *
 * (hook_executor.rb. The guide's page on the agent says that BeforeInstall, too, takes the previous
 * revision; no agent does.)
 *
 * @param creator      who started the deployment; 0 for the one that the scenario implies.
 * @param has_archive  1 when the host has an archive of the current deployment already.
 * @return #CDP_REVISION_NONE for an event that runs no script, and past the end.
 */
CDP_API cdp_revision_source cdp_lifecycle_plan_revision(const cdp_lifecycle_plan *plan,
                                                        size_t index,
                                                        cdp_deployment_creator creator,
                                                        int has_archive);

/* ---------------------------------------------------------------------------------------------- */
/* One target                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

/**
 * One target on its way through a plan. Belongs to one thread at a time.
 *
 * **Inputs** take the time, in milliseconds on the host's own axis: 0 or later, never earlier than
 * that of the input before, and at most 8,900 years after the first one's. An input is accepted as
 * a whole or refused as a whole. A refused one has changed nothing, not even the time; its status
 * says what kind of mistake it was, and a diagnostic names the state and the event. All inputs
 * return
 *
 * - #CDP_OK: accepted; cdp_lifecycle_change_count() tells what it changed;
 * - #CDP_ERR_STATE: not legal now;
 * - #CDP_ERR_TIME: the time ran backwards or is out of range;
 * - #CDP_ERR_ARGUMENT: NULL, an event that the plan does not have, an enumerator that is none;
 * - #CDP_ERR_NOMEM: refused as well, and `diagnostics` had no memory to say why.
 *
 * **Statuses** of the target go Pending → InProgress → Succeeded or Failed, with InProgress → Ready
 * → InProgress in a replacement; Pending → Skipped; and from any of those that are not final to
 * Unknown. Succeeded, Failed, Skipped and Unknown are final. A Ready target that is stopped, or
 * that nobody continues, fails. Events go Pending → InProgress → Succeeded or Failed, Pending →
 * Skipped, InProgress → Unknown. When the target's status becomes final, all events that had not
 * begun are Skipped; only an event whose failure is ignored lets the target go on.
 *
 * **Deadlines.** cdp_lifecycle_next_deadline() tells when to call cdp_lifecycle_step() if nothing
 * happens before. What is reported at the very instant of a deadline is in time. Later, every input
 * but cdp_lifecycle_step() is refused until that was called, so that the outcome does not depend on
 * how late the host's timers are.
 *
 * **Memory.** All of it is taken when the object is made. A target with 13 events takes less than
 * 256 bytes.
 */
typedef struct cdp_lifecycle cdp_lifecycle;

/** What a deployment wants of its targets. All zero but `size` is the API's default. */
typedef struct cdp_lifecycle_options {
    /** sizeof(cdp_lifecycle_options) */
    size_t size;
    /** 1: a failed ApplicationStop, BeforeBlockTraffic or AfterBlockTraffic stays Failed, and the
     *  target goes on with the next event; also when it ran out of time, not when it never began.
     *  Only for Server. (CreateDeployment, ignoreApplicationStopFailures.) */
    int ignore_application_stop_failures;
    /** Without an effect on a plan that does not wait. With #CDP_READY_ACTION_CONTINUE_DEPLOYMENT a
     *  Server replacement is Ready until its next event begins, because a deployment moves no
     *  traffic before all its replacements are Ready; an ECS target is never Ready. */
    cdp_ready_action ready_action;
    /** Only with #CDP_READY_ACTION_STOP_DEPLOYMENT: after how long a Ready target that nobody
     *  continued is stopped. 0: never, the host keeps that time for the deployment as a whole.
     *  At most 2^32 - 1 ms. */
    int64_t ready_wait_ms;
    /** How long the target waits after its last event before it may be taken away, where the plan
     *  has that wait. 0: not at all (KEEP_ALIVE, no wait, or the host keeps that time).
     *  At most 2^32 - 1 ms. */
    int64_t termination_wait_ms;
    /** How many bytes of the message of the last failed event are kept, at most 4096; they count
     *  beyond the 256 bytes. 0: none, the host keeps messages itself. */
    uint32_t message_bytes;
    /** Must be 0. */
    uint32_t reserved;
} cdp_lifecycle_options;

/**
 * Makes a Pending target.
 *
 * @param plan         must outlive the target.
 * @param options      NULL for the defaults.
 * @param allocator    NULL for the C library's.
 * @param diagnostics  may be NULL.
 * @return #CDP_OK; #CDP_ERR_INVALID for options that contradict each other or the platform, with a
 *         diagnostic that carries the API's exception; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_lifecycle_new(const cdp_lifecycle_plan *plan,
                                     const cdp_lifecycle_options *options,
                                     const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                     cdp_lifecycle **lifecycle);
CDP_API void cdp_lifecycle_free(cdp_lifecycle *lifecycle);

/** How an event ended. */
typedef struct cdp_lifecycle_result {
    /** sizeof(cdp_lifecycle_result) */
    size_t size;
    /** #CDP_EVENT_STATUS_SUCCEEDED or #CDP_EVENT_STATUS_FAILED. (The API, too, accepts only these
     *  two: PutLifecycleEventHookExecutionStatus.) */
    cdp_event_status status;
    /** #CDP_EVENT_ERROR_SUCCESS exactly when it succeeded. */
    cdp_event_error error;
    /** Why it failed, for people; may be absent. Kept as far as `message_bytes` allows, cut between
     *  characters; bytes that are not UTF-8, and NUL, are kept as `?`. */
    cdp_string message;
} cdp_lifecycle_result;

/** The target's turn has come: from Pending to InProgress. From now on its first event is due. */
CDP_API cdp_status cdp_lifecycle_start(cdp_lifecycle *lifecycle, int64_t now,
                                       cdp_diagnostics *diagnostics);

/** The event at index `event` has begun. Legal for the next one, while none is in progress. */
CDP_API cdp_status cdp_lifecycle_begin(cdp_lifecycle *lifecycle, int64_t now, size_t event,
                                       cdp_diagnostics *diagnostics);

/** The event at index `event`, which is in progress, has ended. */
CDP_API cdp_status cdp_lifecycle_finish(cdp_lifecycle *lifecycle, int64_t now, size_t event,
                                        const cdp_lifecycle_result *result,
                                        cdp_diagnostics *diagnostics);

/**
 * The event at index `event` has nothing to run: it begins and succeeds in the same instant.
 * Legal where cdp_lifecycle_begin() is, for scriptable events. (The agent acknowledges such events;
 * the API shows them as Succeeded, not as Skipped.)
 */
CDP_API cdp_status cdp_lifecycle_no_op(cdp_lifecycle *lifecycle, int64_t now, size_t event,
                                       cdp_diagnostics *diagnostics);

/**
 * The deployment is stopped. A Pending target is Skipped; otherwise an event in progress fails and
 * the target with it. While the original is waiting to be taken away that wait ends, and the target
 * stays Succeeded. Whatever the event runs is the host's to end; what it has done stays done.
 */
CDP_API cdp_status cdp_lifecycle_stop(cdp_lifecycle *lifecycle, int64_t now,
                                      cdp_diagnostics *diagnostics);

/** The deployment ended before this target's turn came: from Pending to Skipped. */
CDP_API cdp_status cdp_lifecycle_skip(cdp_lifecycle *lifecycle, int64_t now,
                                      cdp_diagnostics *diagnostics);

/**
 * Nothing more will be heard from the target: it and an event in progress become Unknown, for good.
 * A host that expects the target to come back does not call this; the deadlines (5 minutes between
 * events, 1 hour within one) then decide.
 */
CDP_API cdp_status cdp_lifecycle_lose_contact(cdp_lifecycle *lifecycle, int64_t now,
                                              cdp_diagnostics *diagnostics);

/** A wait is ended by somebody (ContinueDeployment). Legal while the target waits for that. */
CDP_API cdp_status cdp_lifecycle_continue(cdp_lifecycle *lifecycle, int64_t now, cdp_wait_type wait,
                                          cdp_diagnostics *diagnostics);

/** Time has passed: what was due by `now` happens, with the time at which it was due. */
CDP_API cdp_status cdp_lifecycle_step(cdp_lifecycle *lifecycle, int64_t now,
                                      cdp_diagnostics *diagnostics);

/** When to call cdp_lifecycle_step(); INT64_MAX when nothing is due, and for NULL. */
CDP_API int64_t cdp_lifecycle_next_deadline(const cdp_lifecycle *lifecycle);

/* ---------------------------------------------------------------------------------------------- */
/* What is, and what comes next                                                                   */
/* ---------------------------------------------------------------------------------------------- */

CDP_API const cdp_lifecycle_plan *cdp_lifecycle_get_plan(const cdp_lifecycle *lifecycle);

/** #CDP_TARGET_STATUS_UNKNOWN for NULL. */
CDP_API cdp_target_status cdp_lifecycle_get_status(const cdp_lifecycle *lifecycle);

/** The time of the last accepted input; -1 before the first one, and for NULL. */
CDP_API int64_t cdp_lifecycle_now(const cdp_lifecycle *lifecycle);

/** Why an event or a target is as it is, beyond its status. */
typedef enum cdp_lifecycle_reason {
    /** Nothing special. */
    CDP_LIFECYCLE_REASON_NONE = 0,
    /** An event was reported as failed. */
    CDP_LIFECYCLE_REASON_EVENT_FAILED = 1,
    /** An event did not begin in time. */
    CDP_LIFECYCLE_REASON_START_LIMIT = 2,
    /** An event did not end in time. */
    CDP_LIFECYCLE_REASON_RUN_LIMIT = 3,
    /** The deployment was stopped. */
    CDP_LIFECYCLE_REASON_STOPPED = 4,
    /** The target's turn never came. */
    CDP_LIFECYCLE_REASON_SKIPPED = 5,
    /** Contact was lost. */
    CDP_LIFECYCLE_REASON_CONTACT_LOST = 6,
    /** Nobody continued the deployment while the target was Ready. */
    CDP_LIFECYCLE_REASON_READY_WAIT_EXPIRED = 7
} cdp_lifecycle_reason;

/** `"none"`, `"event-failed"`, `"start-limit"` …; `"unknown"`. Static text. */
CDP_API const char *cdp_lifecycle_reason_name(cdp_lifecycle_reason reason);

/** A sentence for people; static text, empty for #CDP_LIFECYCLE_REASON_NONE. */
CDP_API const char *cdp_lifecycle_reason_message(cdp_lifecycle_reason reason);

/** Why the target's status is final; #CDP_LIFECYCLE_REASON_NONE while it is not, and for success.
 *  #CDP_LIFECYCLE_REASON_STOPPED of a Succeeded target: stopped while it waited. */
CDP_API cdp_lifecycle_reason cdp_lifecycle_get_reason(const cdp_lifecycle *lifecycle);

/** What the host does next. */
typedef enum cdp_lifecycle_action_kind {
    /** Nothing: only cdp_lifecycle_step() is still legal. */
    CDP_LIFECYCLE_ACTION_NONE = 0,
    /** When the target's turn has come: cdp_lifecycle_start(). */
    CDP_LIFECYCLE_ACTION_START = 1,
    /** Carry out `event`: cdp_lifecycle_begin(), or cdp_lifecycle_no_op(). */
    CDP_LIFECYCLE_ACTION_BEGIN = 2,
    /** When `event` has ended: cdp_lifecycle_finish(). */
    CDP_LIFECYCLE_ACTION_FINISH = 3,
    /** When somebody asks for it: cdp_lifecycle_continue() of `wait`. */
    CDP_LIFECYCLE_ACTION_CONTINUE = 4
} cdp_lifecycle_action_kind;

typedef struct cdp_lifecycle_action {
    /** sizeof(cdp_lifecycle_action), set by the caller. */
    size_t size;
    cdp_lifecycle_action_kind kind;
    /** #CDP_WAIT_NONE when nothing is waited for. */
    cdp_wait_type wait;
    /** The event that comes next or is in progress; the plan's count when there is none. */
    size_t event;
    /** As cdp_lifecycle_next_deadline(). */
    int64_t deadline_ms;
} cdp_lifecycle_action;

/** @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_lifecycle_next(const cdp_lifecycle *lifecycle, cdp_lifecycle_action *action);

/** One event of a target, as the API's LifecycleEvent. */
typedef struct cdp_lifecycle_event_record {
    /** sizeof(cdp_lifecycle_event_record), set by the caller. */
    size_t size;
    /** Belongs to the plan. */
    cdp_string name;
    cdp_event_status status;
    /** What is wrong: #CDP_EVENT_ERROR_UNKNOWN_ERROR for failures that nobody reported (limits, a
     *  stop, lost contact). */
    cdp_event_error error;
    cdp_lifecycle_reason reason;
    /** When it began and ended; -1 where it did not. An event that did not begin in time has an
     *  end, the deadline, and no beginning. */
    int64_t start_ms;
    int64_t end_ms;
    /** The kept message of the last failed event; a sentence of ours for failures that nobody
     *  reported; absent otherwise. Valid until the next input. */
    cdp_string message;
} cdp_lifecycle_event_record;

/** @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_lifecycle_event_at(const cdp_lifecycle *lifecycle, size_t index,
                                          cdp_lifecycle_event_record *record);

/** A status that the last accepted input has changed. */
typedef struct cdp_lifecycle_change {
    /** sizeof(cdp_lifecycle_change), set by the caller. */
    size_t size;
    /** The event; the plan's count for the target itself. */
    size_t event;
    /** An event's present status; 0 for the target. */
    cdp_event_status event_status;
    /** The target's present status; 0 for an event. */
    cdp_target_status target_status;
} cdp_lifecycle_change;

/** How many there are: events in their order, each once, then the target. None after a restore. */
CDP_API size_t cdp_lifecycle_change_count(const cdp_lifecycle *lifecycle);

/** @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_lifecycle_change_at(const cdp_lifecycle *lifecycle, size_t index,
                                           cdp_lifecycle_change *change);

/* ---------------------------------------------------------------------------------------------- */
/* Snapshots                                                                                      */
/* ---------------------------------------------------------------------------------------------- */

/**
 * Appends the whole state as one line of JSON, the same on every architecture.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_lifecycle_snapshot(const cdp_lifecycle *lifecycle, cdp_text *text);

/**
 * Makes a target from a snapshot. It continues exactly as the one that was written would have.
 *
 * @param snapshot     need not outlive the call.
 * @param plan         the plan of the target that was written; NULL when it was a standard one.
 * @param diagnostics  may be NULL.
 * @return #CDP_OK; #CDP_ERR_CORRUPT when the snapshot is damaged, contradicts itself, was written
 *         by a newer version or belongs to another plan; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_lifecycle_restore(cdp_string snapshot, const cdp_lifecycle_plan *plan,
                                         const cdp_allocator *allocator,
                                         cdp_diagnostics *diagnostics, cdp_lifecycle **lifecycle);

#ifdef __cplusplus
}
#endif

#endif
