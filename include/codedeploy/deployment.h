/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_DEPLOYMENT_H
#define CODEDEPLOY_DEPLOYMENT_H

/**
 * @file
 * A whole deployment, from Created to its end, on Server, Lambda and ECS.
 *
 * A #cdp_deployment puts lifecycles, roll-out, traffic, group and configuration together. It does
 * nothing outside: the host puts in one thing after the other that happened
 * (cdp_deployment_step()), takes out what is to be done (cdp_deployment_next_action()), and answers
 * each action by its token when it is done:
 *
 *     cdp_deployment_start(d, now, NULL);
 *     while (!cdp_deployment_is_over(d)) {
 *         while (cdp_deployment_next_action(d, &action) == CDP_OK)
 *             begin(&action);                    // run the hook, move the traffic ...
 *         wait_for_an_answer_or(cdp_deployment_next_deadline(d));
 *         cdp_deployment_answer(d, now, token, CDP_DEPLOYMENT_DONE, message, NULL);
 *     }
 *
 * <codedeploy/host.h> is the other door: a struct of callbacks by which the same actions are carried
 * out.
 *
 * **Inputs** take the time, in milliseconds on the host's own axis: 0 or later, never earlier than
 * that of the input before. Everything that is due before that time happens first, at the time at
 * which it was due, so that the outcome does not depend on how late the host's timers are: an answer
 * that comes later than its deadline is refused. The input itself is accepted as a whole or refused
 * as a whole; a refused one has changed nothing but to let happen what was due.
 *
 * **Actions** are told once each, oldest first. Those with `needs_answer` stay open until they are
 * answered, or until the deployment needs them no longer: it then asks with
 * #CDP_DEPLOYMENT_ACTION_CANCEL to end what was begun. An action that was not taken out yet is
 * withdrawn without a word. Nothing is ever taken for done because nobody answered.
 *
 * **Changes** tell what the last input has changed, in order: statuses of the deployment, its
 * targets and their events, weights, waits, alarms, decisions. They are there for logs and displays
 * and may be ignored.
 *
 * **Memory** is taken by cdp_deployment_new(), by inputs that bring targets, and by the start; the
 * steps of a running deployment take none, messages of failures excepted.
 *
 * **Borrowed.** group, config, appspec and schedule must outlive the deployment; all else that it is
 * given is copied.
 *
 * Sources: API shapes CreateDeploymentInput, DeploymentInfo, StopDeploymentInput,
 * ContinueDeploymentInput, PutLifecycleEventHookExecutionStatusInput; user guide, pages on
 * deployments, lifecycle hooks, limits, rollbacks. docs/deployment.md tells which rules the guide
 * states and which we had to decide.
 */

#include <codedeploy/appspec.h>
#include <codedeploy/base.h>
#include <codedeploy/config.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/group.h>
#include <codedeploy/install_apply.h>
#include <codedeploy/lifecycle.h>
#include <codedeploy/platform.h>
#include <codedeploy/rollback.h>
#include <codedeploy/rollout.h>
#include <codedeploy/text.h>
#include <codedeploy/traffic.h>
#include <codedeploy/vocabulary.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A deployment. Belongs to one thread at a time. */
typedef struct cdp_deployment cdp_deployment;

/** In place of a target's number: none. */
#define CDP_DEPLOYMENT_NO_TARGET 0xFFFFFFFFu
/** In place of the index of an event in a target's plan: none. */
#define CDP_DEPLOYMENT_NO_EVENT 0xFFFFFFFFu

/* ---------------------------------------------------------------------------------------------- */
/* Making one                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

/** What an active alarm does. */
typedef enum cdp_alarm_policy {
    /** It stops the deployment, also when it was active before (CodeDeploy's rule). */
    CDP_ALARM_POLICY_ANY = 0,
    /** Only one that becomes active while the deployment runs does: an alarm that is active at the
     *  start counts from the moment that it was seen not to be. So a firing alarm does not block the
     *  fix. */
    CDP_ALARM_POLICY_ONLY_NEW = 1,
    /** Nothing; alarms are not even asked for. */
    CDP_ALARM_POLICY_IGNORE = 2
} cdp_alarm_policy;

/** `"any"`, `"only-new"`, `"ignore"`; `"unknown"`. Static text. */
CDP_API const char *cdp_alarm_policy_name(cdp_alarm_policy policy);
CDP_API cdp_status cdp_alarm_policy_from_name(cdp_string name, cdp_alarm_policy *policy);

/**
 * What a deployment is made from (API shape CreateDeploymentInput, and what the host knows
 * besides). All zero but `size`, `id` and `group` is a good choice for Server.
 */
typedef struct cdp_deployment_options {
    /** sizeof(cdp_deployment_options) */
    size_t size;
    /** 1 to 100 bytes of printable ASCII, such as `d-` and nine capitals and digits. */
    cdp_string id;
    /** Where to deploy. Its application name and name are the deployment's. Borrowed. */
    const cdp_group *group;
    /** NULL: the one that the group names, if it is predefined, else the platform's default.
     *  Borrowed. */
    const cdp_config *config;
    /** The revision's AppSpec, of the group's platform. Required for Lambda and ECS. On Server it
     *  tells which events of the revision have scripts, so that the others need no action; NULL:
     *  the host is asked for each. Borrowed. */
    const cdp_appspec *appspec;
    /** Beyond CodeDeploy: traffic shifts along this instead of along the configuration. Lambda and
     *  ECS. Borrowed. */
    const cdp_traffic_schedule *schedule;
    /** Beyond CodeDeploy: of these options the members from `live_membership` on are used; NULL for
     *  none. Server. */
    const cdp_rollout_options *rollout;
    /** The revision that is deployed; NULL when the host has no use for telling. */
    const cdp_group_revision *revision;
    /** At most 256 characters. */
    cdp_string description;
    /** 0: #CDP_DEPLOYMENT_CREATOR_USER. With AUTOSCALING it is a launch deployment, of the group's
     *  last successful revision, also while another deployment runs (user guide, integration with
     *  Auto Scaling); with AUTOSCALING_TERMINATION a termination deployment, of what is on the
     *  instance. CODE_DEPLOY_ROLLBACK is for deployments
     *  that cdp_deployment_new_rollback() makes. */
    cdp_deployment_creator creator;
    /** What to do with files that are in the way; UNSET: DISALLOW. The AppSpec's own wins. Server. */
    cdp_file_exists_behavior file_exists_behavior;
    /** 1: as #cdp_lifecycle_options says. Server only. */
    int ignore_application_stop_failures;
    /** 1: instances whose revision health is Current take no part. Server only. */
    int update_outdated_instances_only;
    /** Replaces the group's for this deployment; NULL: the group's. */
    const cdp_group_auto_rollback *auto_rollback;
    /** Replaces the group's alarms for this deployment, `alarm_names` included; NULL: the group's. */
    const cdp_group_alarms *alarms;
    const cdp_string *alarm_names;
    size_t alarm_count;
    cdp_alarm_policy alarm_policy;
    /** How the host installs: what is lost when a deployment is undone depends on it. */
    cdp_install_mode install_mode;
    /** Milliseconds between two looks at the alarms; 0: 10,000. */
    int64_t alarm_poll_ms;
    /** How long the deployment may take as a whole; 0: 8 h in place, 109 h for blue/green on
     *  Server, 50 h on Lambda, 224 h on ECS (user guide, limits; ECS: the sum of what its parts may
     *  take). INT64_MAX: no limit. */
    int64_t limit_ms;
    /** How long to wait until what was cancelled has ended; 0: 60,000. */
    int64_t cancel_limit_ms;
    /** 1: a hook or step of a target has not begun when it is told, but when the host says
     *  #CDP_DEPLOYMENT_INPUT_BEGUN (or answers): for agents that fetch their work. Within 5 minutes
     *  of the event before, or the target fails. Server. */
    int host_begins_events;
    /** 1: a target's events are the host's business: it gets one
     *  #CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET and tells with #CDP_DEPLOYMENT_INPUT_EVENT how they go,
     *  or only answers. Server. */
    int whole_targets;
    /** 1: #CDP_DEPLOYMENT_ACTION_SAVE asks for a snapshot after inputs that changed something. */
    int asks_to_save;
    /** More targets than this fail the deployment (OVER_MAX_INSTANCES); 0: 1,000 (user guide,
     *  limits). Server. */
    uint32_t target_limit;
    /** 1: there is a Network Load Balancer in front of the ECS service, which cannot shift in
     *  steps. */
    int network_load_balancer;
    /** What time 0 of the host's axis is, in milliseconds since 1970 in UTC, from 0 to 2^61 - 1:
     *  for records and notifications. */
    int64_t epoch_ms;
    /** For notifications and ARNs; absent: `us-east-1`, `000000000000`. */
    cdp_string region;
    cdp_string account_id;
    /** Earlier deployments of the group, in any order: which of them to go back to, and that none of
     *  them is still active. They are put in the order of
     *  `end_time_ms`; of two that ended at one time the one that stands later here is the later one,
     *  and one whose end is not known counts as ended together with the one before it. `past_count`
     *  structs of one size, each with an id. */
    const cdp_rollback_past *past;
    size_t past_count;
    /** With #CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_AUTO_UPDATE: the id of the deployment that this one
     *  follows (relatedDeployments.autoUpdateOutdatedInstancesRootDeploymentId). */
    cdp_string root_id;
} cdp_deployment_options;

/**
 * Makes a deployment: status Created, nothing done. On Server targets are put in before the start
 * (#CDP_DEPLOYMENT_INPUT_TARGET); Lambda and ECS have one, which is there already.
 *
 * Checks what CreateDeployment checks, each violation with the exception that the API would throw.
 * What CodeDeploy finds only when the deployment runs (no instances, a minimum that cannot be kept,
 * no load balancer) lets the deployment fail at its start.
 *
 * @param allocator    NULL for the C library's; copied.
 * @param diagnostics  may be NULL.
 * @return #CDP_OK; #CDP_ERR_INVALID; #CDP_ERR_BUSY when one of `past` is still active
 *         (DeploymentLimitExceededException); a launch or termination deployment goes all the
 *         same; #CDP_ERR_ARGUMENT for NULL or an enumerator that is none; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_deployment_new(const cdp_deployment_options *options,
                                      const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                      cdp_deployment **deployment);
/** Looks at nothing that the deployment has borrowed: that may be gone. NULL does nothing. */
CDP_API void cdp_deployment_free(cdp_deployment *deployment);

/* ---------------------------------------------------------------------------------------------- */
/* Inputs                                                                                         */
/* ---------------------------------------------------------------------------------------------- */

typedef enum cdp_deployment_input_kind {
    /** Nothing but the time. */
    CDP_DEPLOYMENT_INPUT_TIME = 0,
    /** `instance` is a target. Before the start any number of them; while the replacement
     *  environment is being provisioned its instances; later one that joined. Server. */
    CDP_DEPLOYMENT_INPUT_TARGET = 1,
    /** Created ends, work begins. Once. */
    CDP_DEPLOYMENT_INPUT_START = 2,
    /** The action `token` came out as `outcome`, with `error` and `message` for hooks and steps of
     *  a target, and `code` when the host knows better which of the API's codes it is. */
    CDP_DEPLOYMENT_INPUT_ANSWER = 3,
    /** The action `token` has begun (`host_begins_events`). */
    CDP_DEPLOYMENT_INPUT_BEGUN = 4,
    /** StopDeployment, with `answer` for autoRollbackEnabled. Once more while what was stopped is
     *  ending, it changes only what was said of the rollback: the last `answer` counts,
     *  #CDP_DEPLOYMENT_NOT_SAID says nothing. One that is ending for another reason (it failed, saw an
     *  alarm, succeeded) can be stopped no more: whether that is rolled back is the group's to say. */
    CDP_DEPLOYMENT_INPUT_STOP = 5,
    /** ContinueDeployment for `wait`: READY_WAIT, TERMINATION_WAIT; #CDP_WAIT_NONE for whatever is
     *  waited for: a gate, the rest of a traffic step, a zone, a canary batch. */
    CDP_DEPLOYMENT_INPUT_CONTINUE = 6,
    /** The alarm `name` is in `alarm_state`. Between the action that asks and its answer, or
     *  whenever the host hears of it. */
    CDP_DEPLOYMENT_INPUT_ALARM = 7,
    /** Something outside makes the deployment fail with `code` and `message`: the replacement task
     *  set is unhealthy (ECS_UPDATE_ERROR), the revision is gone (REVISION_MISSING) … */
    CDP_DEPLOYMENT_INPUT_FAIL = 8,
    /** Nothing more will be heard from `target`. Server. */
    CDP_DEPLOYMENT_INPUT_LOST = 9,
    /** `target` went away for good. Server. */
    CDP_DEPLOYMENT_INPUT_LEFT = 10,
    /** `target` lost what was installed on it, and is there again. Server. */
    CDP_DEPLOYMENT_INPUT_RESTARTED = 11,
    /** `whole_targets`: event number `event` of `target` is now in `event_status` (InProgress,
     *  Succeeded or Failed), with `error` and `message`. */
    CDP_DEPLOYMENT_INPUT_EVENT = 12,
    /** The deployment that rolls this one back has the id `name`; absent: it could not be made, for
     *  the reason in `message`. Only after the end of one that has not succeeded, and once an id was
     *  told no other. */
    CDP_DEPLOYMENT_INPUT_ROLLED_BACK = 13,
    /** The deployment that follows for outdated instances has the id `name`. Only after the end,
     *  and no other id later. */
    CDP_DEPLOYMENT_INPUT_FOLLOWED = 14,
    /** Something went wrong at the host that is of no consequence, or of one that shows elsewhere (a
     *  notification, a save, the reading of an alarm): kept in the changes, with `host_status` and
     *  `message`, before which stands the `name` of what it was about, if any. */
    CDP_DEPLOYMENT_INPUT_TROUBLE = 15
} cdp_deployment_input_kind;

/** `"Time"`, `"Target"`, `"Start"`, …; `"unknown"`. Static text. */
CDP_API const char *cdp_deployment_input_kind_name(cdp_deployment_input_kind kind);
CDP_API cdp_status cdp_deployment_input_kind_from_name(cdp_string name,
                                                       cdp_deployment_input_kind *kind);

/** How an action came out. */
typedef enum cdp_deployment_outcome {
    CDP_DEPLOYMENT_DONE = 1,
    CDP_DEPLOYMENT_FAILED = 2
} cdp_deployment_outcome;

/** `"Succeeded"`, `"Failed"`; `"unknown"`. Static text. */
CDP_API const char *cdp_deployment_outcome_name(cdp_deployment_outcome outcome);
CDP_API cdp_status cdp_deployment_outcome_from_name(cdp_string name,
                                                    cdp_deployment_outcome *outcome);

/** A question that may stay open. */
typedef enum cdp_deployment_flag {
    CDP_DEPLOYMENT_NOT_SAID = 0,
    CDP_DEPLOYMENT_YES = 1,
    CDP_DEPLOYMENT_NO = 2
} cdp_deployment_flag;

/** What is known of an alarm. */
typedef enum cdp_alarm_state {
    /** Nothing. */
    CDP_ALARM_STATE_UNKNOWN = 0,
    /** `OK`, and also INSUFFICIENT_DATA: it is not in ALARM. */
    CDP_ALARM_STATE_OK = 1,
    CDP_ALARM_STATE_ALARM = 2,
    /** It was asked for, and could not be read. */
    CDP_ALARM_STATE_UNREADABLE = 3
} cdp_alarm_state;

/** `"UNKNOWN"`, `"OK"`, `"ALARM"`, `"UNREADABLE"`; `"unknown"`. Static text. */
CDP_API const char *cdp_alarm_state_name(cdp_alarm_state state);
CDP_API cdp_status cdp_alarm_state_from_name(cdp_string name, cdp_alarm_state *state);

/** One input. Members that its kind does not speak of are ignored; strings are copied. */
typedef struct cdp_deployment_input {
    /** sizeof(cdp_deployment_input) */
    size_t size;
    cdp_deployment_input_kind kind;
    cdp_deployment_outcome outcome;
    uint64_t token;
    /** A failure's; #CDP_EVENT_ERROR_SUCCESS stands for UnknownError then. */
    cdp_event_error error;
    /** #CDP_ERROR_CODE_NONE: the one that belongs to the action. */
    cdp_error_code code;
    /** What to show to people: a reason, the end of a log. At most 4,096 bytes are kept. */
    cdp_string message;
    cdp_string name;
    cdp_deployment_flag answer;
    cdp_wait_type wait;
    cdp_alarm_state alarm_state;
    cdp_event_status event_status;
    uint32_t target;
    uint32_t event;
    const cdp_rollout_instance *instance;
    /** The code of a host's callback, kept with the failure; 0 when there is none. */
    cdp_status host_status;
    /** Must be 0. */
    int reserved;
} cdp_deployment_input;

/**
 * Puts one input in, after everything that is due by `now`.
 *
 * @param input        NULL: the time alone.
 * @param diagnostics  may be NULL; says why an input is refused, with the API's exception where the
 *                     API has one; but for what only a faulty program puts in
 *                     (#CDP_ERR_ARGUMENT, #CDP_ERR_STRUCT).
 * @return
 * - #CDP_OK: accepted; look at the changes, and take out the actions;
 * - #CDP_ERR_STATE: not legal now: an event that has completed already
 *   (LifecycleEventAlreadyCompletedException), nothing is waited for
 *   (DeploymentIsNotInReadyStateException, InvalidDeploymentStatusException), the deployment is
 *   over (DeploymentAlreadyCompletedException), the platform does not know it
 *   (UnsupportedActionForDeploymentTypeException), or a callback of this deployment is running;
 * - #CDP_ERR_NOT_FOUND: a token, target, event or alarm that the deployment does not have
 *   (InvalidLifecycleEventHookExecutionIdException, DeploymentTargetDoesNotExistException);
 * - #CDP_ERR_CONFLICT: a target that it has already;
 * - #CDP_ERR_INVALID: an instance that cannot be one;
 * - #CDP_ERR_TIME: time ran backwards, is above 2^61 - 1, or 8,900 years after the first input;
 * - #CDP_ERR_ARGUMENT, #CDP_ERR_STRUCT, #CDP_ERR_LIMIT; #CDP_ERR_NOMEM, nothing changed.
 */
CDP_API cdp_status cdp_deployment_step(cdp_deployment *deployment, int64_t now,
                                       const cdp_deployment_input *input,
                                       cdp_diagnostics *diagnostics);

/** The commonest inputs as functions of their own; all return as cdp_deployment_step(). */
CDP_API cdp_status cdp_deployment_add_target(cdp_deployment *deployment, int64_t now,
                                             const cdp_rollout_instance *instance,
                                             cdp_diagnostics *diagnostics);
CDP_API cdp_status cdp_deployment_start(cdp_deployment *deployment, int64_t now,
                                        cdp_diagnostics *diagnostics);
CDP_API cdp_status cdp_deployment_answer(cdp_deployment *deployment, int64_t now, uint64_t token,
                                         cdp_deployment_outcome outcome, cdp_string message,
                                         cdp_diagnostics *diagnostics);
CDP_API cdp_status cdp_deployment_stop(cdp_deployment *deployment, int64_t now,
                                       cdp_deployment_flag auto_rollback,
                                       cdp_diagnostics *diagnostics);
CDP_API cdp_status cdp_deployment_continue(cdp_deployment *deployment, int64_t now,
                                           cdp_wait_type wait, cdp_diagnostics *diagnostics);
CDP_API cdp_status cdp_deployment_alarm(cdp_deployment *deployment, int64_t now, cdp_string name,
                                        cdp_alarm_state state, cdp_diagnostics *diagnostics);

/** When to call cdp_deployment_step() if nothing happens before; INT64_MAX when nothing is due, and
 *  for NULL. */
CDP_API int64_t cdp_deployment_next_deadline(const cdp_deployment *deployment);

/** Up to when things have happened: the time of the last accepted input, or, when one was refused
 *  after that, of what was due before it; -1 before the first one, and for NULL. */
CDP_API int64_t cdp_deployment_now(const cdp_deployment *deployment);

/* ---------------------------------------------------------------------------------------------- */
/* Actions                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

typedef enum cdp_deployment_action_kind {
    /** Run the scripts of `event` on `target` (Server), or invoke the function `hook` with the
     *  deployment's id and `token` (Lambda, ECS): it is answered when the scripts have ended, or
     *  when somebody reports the function's verdict (PutLifecycleEventHookExecutionStatus). */
    CDP_DEPLOYMENT_ACTION_RUN_HOOK = 1,
    /** Server: get and unpack the revision on `target`. */
    CDP_DEPLOYMENT_ACTION_DOWNLOAD = 2,
    /** Server: install its files on `target`. */
    CDP_DEPLOYMENT_ACTION_INSTALL = 3,
    /** Server: deregister `target` from the load balancer. */
    CDP_DEPLOYMENT_ACTION_BLOCK_TRAFFIC = 4,
    /** Server: register `target`, and wait until it is healthy there. */
    CDP_DEPLOYMENT_ACTION_ALLOW_TRAFFIC = 5,
    /** Lambda, ECS: give the replacement `weight` and the original `original_weight` percent of the
     *  production traffic, on every route. */
    CDP_DEPLOYMENT_ACTION_SET_TRAFFIC = 6,
    /** ECS: the same for the test listener. */
    CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC = 7,
    /** ECS: create the replacement task set; done when its tasks are healthy. */
    CDP_DEPLOYMENT_ACTION_CREATE_TASK_SET = 8,
    /** ECS: remove the original's task set (`original` 1) or the replacement's. */
    CDP_DEPLOYMENT_ACTION_DELETE_TASK_SET = 9,
    /** `whole_targets`: deploy to `target`; the phase says what (roll-out). */
    CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET = 10,
    /** Server, blue/green: make the replacement instances (COPY_AUTO_SCALING_GROUP), put each in
     *  with #CDP_DEPLOYMENT_INPUT_TARGET, then answer. */
    CDP_DEPLOYMENT_ACTION_PROVISION = 11,
    /** Server, blue/green: terminate the original instance `target`. */
    CDP_DEPLOYMENT_ACTION_TERMINATE = 12,
    /** Read the alarms' states: put each in with #CDP_DEPLOYMENT_INPUT_ALARM, then answer. One that
     *  was not told by then counts as unreadable. */
    CDP_DEPLOYMENT_ACTION_POLL_ALARMS = 13,
    /** Tell the trigger's topic: <codedeploy/records.h> has the message. */
    CDP_DEPLOYMENT_ACTION_NOTIFY = 14,
    /** Keep a snapshot (cdp_deployment_snapshot()). */
    CDP_DEPLOYMENT_ACTION_SAVE = 15,
    /** End what the action `cancels` has begun; answered when nothing of it runs any more. */
    CDP_DEPLOYMENT_ACTION_CANCEL = 16,
    /** Make the deployment that rolls this one back (cdp_deployment_plan_rollback(),
     *  cdp_deployment_new_rollback()), and tell its id with #CDP_DEPLOYMENT_INPUT_ROLLED_BACK. The
     *  last action but notifications. */
    CDP_DEPLOYMENT_ACTION_ROLL_BACK = 17,
    /** Make a deployment (creator CodeDeployAutoUpdate) for the instances that joined meanwhile:
     *  cdp_rollout_outdated_next(). */
    CDP_DEPLOYMENT_ACTION_FOLLOW_UP = 18,
    /** Launch and termination deployments: tell the Auto Scaling group `lifecycle_answer`; NONE is a
     *  heartbeat, due every 5 minutes. */
    CDP_DEPLOYMENT_ACTION_AUTO_SCALING = 19
} cdp_deployment_action_kind;

/** `"RunHook"`, `"Download"`, …; `"unknown"`. Static text. */
CDP_API const char *cdp_deployment_action_kind_name(cdp_deployment_action_kind kind);
CDP_API cdp_status cdp_deployment_action_kind_from_name(cdp_string name,
                                                        cdp_deployment_action_kind *kind);

/** One action. Strings belong to the deployment and what it borrows, and are valid until the next
 *  input. */
typedef struct cdp_deployment_action {
    /** sizeof(cdp_deployment_action), set by the caller. */
    size_t size;
    /** Not twice in one deployment, never 0. */
    uint64_t token;
    cdp_deployment_action_kind kind;
    /** 1 when it has to be answered. */
    int needs_answer;
    /** 1 when it was told before the snapshot that this deployment was restored from: what it asks
     *  for may have been begun, or done. */
    int repeated;
    /** #CDP_DEPLOYMENT_NO_TARGET when it concerns none. */
    uint32_t target;
    /** The index of the event in the target's plan; #CDP_DEPLOYMENT_NO_EVENT when there is none. */
    uint32_t event;
    cdp_event event_kind;
    cdp_string target_id;
    cdp_string event_name;
    /** Lambda, ECS: the function to invoke. Absent otherwise. */
    cdp_string hook;
    /** Server: where the scripts are taken from. */
    cdp_revision_source revision;
    /** 1 when it concerns an original (blue) instance or task set. */
    int original;
    /** When it was told, and when it is due; INT64_MAX when never. */
    int64_t issued_ms;
    int64_t deadline_ms;
    int32_t weight;
    int32_t original_weight;
    /** #CDP_DEPLOYMENT_ACTION_CANCEL: what to end. */
    uint64_t cancels;
    /** #CDP_DEPLOYMENT_ACTION_NOTIFY: which of the group's triggers, and of what it is told. */
    uint32_t trigger;
    cdp_trigger_event trigger_event;
    cdp_string trigger_name;
    cdp_string trigger_target_arn;
    /** #CDP_DEPLOYMENT_ACTION_INSTALL. Never UNSET there. */
    cdp_file_exists_behavior file_exists_behavior;
    cdp_rollout_lifecycle_answer lifecycle_answer;
    /** #CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET */
    cdp_rollout_phase phase;
    /** #CDP_DEPLOYMENT_ACTION_NOTIFY: the status that it tells, a #cdp_target_status when there is a
     *  target, else a #cdp_deployment_status; 0 otherwise. */
    int status;
} cdp_deployment_action;

/**
 * Takes out the oldest action.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND when there is none; #CDP_ERR_STATE from inside a callback of
 *         this deployment; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_deployment_next_action(cdp_deployment *deployment,
                                              cdp_deployment_action *action);

/** The open actions that were taken out and are not answered, in no particular order:
 *  #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. Counting them and
 *  finding one by its token takes the same time for any number of targets; _at() looks at one target
 *  after the other, so that going through all of them is for displays and after a restore. */
CDP_API size_t cdp_deployment_open_count(const cdp_deployment *deployment);
CDP_API cdp_status cdp_deployment_open_at(const cdp_deployment *deployment, size_t index,
                                          cdp_deployment_action *action);
/** An open action by its token. */
CDP_API cdp_status cdp_deployment_open_find(const cdp_deployment *deployment, uint64_t token,
                                            cdp_deployment_action *action);

/**
 * The environment of a hook's scripts: LIFECYCLE_EVENT, DEPLOYMENT_ID, APPLICATION_NAME,
 * DEPLOYMENT_GROUP_NAME, DEPLOYMENT_GROUP_ID; with a revision in S3 BUNDLE_BUCKET, BUNDLE_KEY,
 * BUNDLE_VERSION, BUNDLE_ETAG, in GitHub BUNDLE_COMMIT. Always of this deployment, even if the
 * scripts are an older revision's. (hook_executor.rb)
 * @param action  as cdp_deployment_next_action() filled it in.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_deployment_variable_at(const cdp_deployment *deployment,
                                              const cdp_deployment_action *action, size_t index,
                                              cdp_string *name, cdp_string *value);

/* ---------------------------------------------------------------------------------------------- */
/* Changes                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

typedef enum cdp_deployment_change_kind {
    /** The deployment's `status`; at the end with `code` and `message`. */
    CDP_DEPLOYMENT_CHANGE_STATUS = 1,
    /** The target's `target_status`. */
    CDP_DEPLOYMENT_CHANGE_TARGET = 2,
    /** The event's `event_status`; with `error` and `message` when it failed. */
    CDP_DEPLOYMENT_CHANGE_EVENT = 3,
    /** The production traffic is now `weight` on the replacement. */
    CDP_DEPLOYMENT_CHANGE_TRAFFIC = 4,
    /** The test traffic is. */
    CDP_DEPLOYMENT_CHANGE_TEST_TRAFFIC = 5,
    /** A wait begins (`until_ms`, INT64_MAX for a gate), and ends. Between two steps of traffic its
     *  end is told only when somebody continued it: otherwise it is the next weight. The end of the
     *  deployment ends all waits. */
    CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN = 6,
    CDP_DEPLOYMENT_CHANGE_WAIT_ENDED = 7,
    /** The alarm `name` is in `alarm_state`. */
    CDP_DEPLOYMENT_CHANGE_ALARM = 8,
    /** A decision of the roll-out that is no start: `rule`, with the sentence in
     *  cdp_deployment_render_change(). */
    CDP_DEPLOYMENT_CHANGE_DECISION = 9,
    /** It is being stopped; what is running is being ended. */
    CDP_DEPLOYMENT_CHANGE_STOPPING = 10,
    /** It will be rolled back, or would have been but for `message`. */
    CDP_DEPLOYMENT_CHANGE_ROLLBACK = 11,
    /** Trouble at the host that is of no consequence by itself: `host_status` and `message`. */
    CDP_DEPLOYMENT_CHANGE_TROUBLE = 12,
    /** An original instance was terminated, or the task set removed. */
    CDP_DEPLOYMENT_CHANGE_TERMINATED = 13
} cdp_deployment_change_kind;

/** `"Status"`, `"Target"`, …; `"unknown"`. Static text. */
CDP_API const char *cdp_deployment_change_kind_name(cdp_deployment_change_kind kind);

/** What is waited for. */
typedef enum cdp_deployment_wait {
    CDP_DEPLOYMENT_WAIT_NONE = 0,
    /** READY_WAIT */
    CDP_DEPLOYMENT_WAIT_READY = 1,
    /** TERMINATION_WAIT */
    CDP_DEPLOYMENT_WAIT_TERMINATION = 2,
    /** Between two steps of a traffic schedule. */
    CDP_DEPLOYMENT_WAIT_TRAFFIC = 3,
    /** At a gate of a traffic schedule. */
    CDP_DEPLOYMENT_WAIT_GATE = 4,
    /** After a zone, or after a canary batch. */
    CDP_DEPLOYMENT_WAIT_ROLLOUT = 5
} cdp_deployment_wait;

/** `"none"`, `"READY_WAIT"`, `"TERMINATION_WAIT"`, `"traffic"`, `"gate"`, `"rollout"`; `"unknown"`.
 *  Static text. */
CDP_API const char *cdp_deployment_wait_name(cdp_deployment_wait wait);

/** One change. Strings are valid until the next input. */
typedef struct cdp_deployment_change {
    /** sizeof(cdp_deployment_change), set by the caller. */
    size_t size;
    cdp_deployment_change_kind kind;
    uint32_t target;
    uint32_t event;
    /** The one that the kind speaks of; the others are 0. */
    cdp_deployment_status status;
    cdp_target_status target_status;
    cdp_event_status event_status;
    cdp_event_error error;
    cdp_error_code code;
    cdp_alarm_state alarm_state;
    cdp_deployment_wait wait;
    cdp_rollout_rule rule;
    int32_t weight;
    /** The code of the host's callback that caused it; 0 when none did. */
    cdp_status host_status;
    int64_t time_ms;
    int64_t until_ms;
    cdp_string target_id;
    /** An event's or alarm's. */
    cdp_string name;
    cdp_string message;
} cdp_deployment_change;

/** How many there are since the last input began, and each of them: #CDP_OK; #CDP_ERR_NOT_FOUND past
 *  the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API size_t cdp_deployment_change_count(const cdp_deployment *deployment);
CDP_API cdp_status cdp_deployment_change_at(const cdp_deployment *deployment, size_t index,
                                            cdp_deployment_change *change);
/** How many more there were that no memory could be had for. */
CDP_API size_t cdp_deployment_changes_dropped(const cdp_deployment *deployment);

/**
 * Appends a change as one sentence without a full stop: `i-07: Install failed (ScriptFailed): …`.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_deployment_render_change(const cdp_deployment *deployment,
                                                const cdp_deployment_change *change,
                                                cdp_text *text);

/* ---------------------------------------------------------------------------------------------- */
/* What is                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

/** A deployment at a glance. Strings are valid until the next input. */
typedef struct cdp_deployment_info {
    /** sizeof(cdp_deployment_info), set by the caller. */
    size_t size;
    cdp_string id;
    cdp_deployment_status status;
    cdp_platform platform;
    cdp_deployment_type type;
    cdp_deployment_creator creator;
    /** Why it failed or was stopped; #CDP_ERROR_CODE_NONE otherwise. */
    cdp_error_code error_code;
    /** 1 while it is being stopped or is failing, and something still runs. */
    int ending;
    cdp_string error_message;
    /** -1 when not yet. */
    int64_t create_ms;
    int64_t start_ms;
    int64_t complete_ms;
    /** Targets (deploymentOverview). */
    uint32_t pending;
    uint32_t in_progress;
    uint32_t succeeded;
    uint32_t failed;
    uint32_t skipped;
    uint32_t ready;
    uint32_t unknown;
    /** What is waited for, and until when (INT64_MAX: until somebody continues). */
    cdp_deployment_wait wait;
    int64_t wait_until_ms;
    /** instanceTerminationWaitTimeStarted */
    int termination_wait_started;
    /** Percent of the production traffic that go to the replacement and to the original; on Server
     *  0 and 100. */
    int32_t weight;
    int32_t original_weight;
    /** The same of the test traffic; 0 and 100 without. */
    int32_t test_weight;
    /** 1 when an automatic rollback was wanted. */
    int rollback_wanted;
    /** rollbackInfo; absent where the API has nothing. */
    cdp_string rollback_id;
    cdp_string rollback_triggering_id;
    cdp_string rollback_message;
    /** relatedDeployments */
    cdp_string follow_up_id;
    /** StopDeployment's answer; 0 when it was not stopped. */
    cdp_stop_status stop_status;
    /** How many actions are open. */
    uint32_t open_actions;
} cdp_deployment_info;

/** @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_deployment_get_info(const cdp_deployment *deployment,
                                           cdp_deployment_info *info);

/** #CDP_DEPLOYMENT_STATUS_CREATED and so on; 0 for NULL. */
CDP_API cdp_deployment_status cdp_deployment_get_status(const cdp_deployment *deployment);
/** 1 when the status is final. */
CDP_API int cdp_deployment_is_over(const cdp_deployment *deployment);
CDP_API cdp_platform cdp_deployment_platform(const cdp_deployment *deployment);
/** The effective group and configuration. */
CDP_API const cdp_group *cdp_deployment_group(const cdp_deployment *deployment);
CDP_API const cdp_config *cdp_deployment_config(const cdp_deployment *deployment);
/** The roll-out of a Server deployment, to read: NULL before the start, elsewhere, and for a
 *  deployment that only moves traffic back. */
CDP_API const cdp_rollout *cdp_deployment_rollout(const cdp_deployment *deployment);
/** The schedule along which traffic shifts; NULL on Server. */
CDP_API const cdp_traffic_schedule *cdp_deployment_schedule(const cdp_deployment *deployment);

/** One target. */
typedef struct cdp_deployment_target {
    /** sizeof(cdp_deployment_target), set by the caller. */
    size_t size;
    cdp_string id;
    cdp_string zone;
    cdp_target_status status;
    cdp_lifecycle_reason reason;
    /** 1 for an original of a blue/green deployment. */
    int original;
    /** 1 when it takes part (it may be left out as up to date, or have joined too late). */
    int takes_part;
    /** 1 when the host has terminated it. */
    int terminated;
    /** Registered with the load balancer by this deployment (1), deregistered (2), neither (0). */
    int traffic;
    const cdp_lifecycle_plan *plan;
    /** When anything of it last changed; -1. */
    int64_t updated_ms;
    /** The last failure's message; absent. */
    cdp_string message;
} cdp_deployment_target;

/* What has a number is found at once, whatever there is of it: _at() of targets, events, alarms and
 * changes. cdp_deployment_target_find() looks its id up in a table once a Server deployment has started,
 * and goes through the targets otherwise. */
CDP_API size_t cdp_deployment_target_count(const cdp_deployment *deployment);
/** @return #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_deployment_target_at(const cdp_deployment *deployment, uint32_t target,
                                            cdp_deployment_target *view);
/** The number of a target's id: #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_deployment_target_find(const cdp_deployment *deployment, cdp_string id,
                                              uint32_t *target);
/** @return as cdp_deployment_target_at(). */
CDP_API cdp_status cdp_deployment_event_at(const cdp_deployment *deployment, uint32_t target,
                                           uint32_t event, cdp_lifecycle_event_record *record);

/** One alarm that is watched. */
typedef struct cdp_deployment_alarm_view {
    /** sizeof(cdp_deployment_alarm_view), set by the caller. */
    size_t size;
    cdp_string name;
    cdp_alarm_state state;
    /** 1 when it was active at the start and does not count (#CDP_ALARM_POLICY_ONLY_NEW). */
    int excused;
} cdp_deployment_alarm_view;

CDP_API size_t cdp_deployment_alarm_count(const cdp_deployment *deployment);
CDP_API cdp_status cdp_deployment_alarm_at(const cdp_deployment *deployment, size_t index,
                                           cdp_deployment_alarm_view *alarm);

/* ---------------------------------------------------------------------------------------------- */
/* Rolling back                                                                                   */
/* ---------------------------------------------------------------------------------------------- */

/**
 * What rolling back would do at this moment, and whether it can be done: at any time, also while the
 * deployment runs and after its end. After the end of one that is rolled back automatically this is
 * exactly what will be done.
 *
 * @param cause   0: the one that the deployment's end implies; while it runs, #CDP_ROLLBACK_CAUSE_REQUEST.
 * @param wanted  #CDP_ROLLBACK_CAUSE_MANUAL: the id of the earlier deployment to go back to; absent:
 *                the last that succeeded.
 * @return #CDP_OK, also when the plan says that it is impossible; #CDP_ERR_NOT_FOUND for an unknown
 *         `wanted`; #CDP_ERR_INVALID for one whose revision is not known, by hand, and for a `cause`
 *         that contradicts how the deployment ended; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_deployment_plan_rollback(const cdp_deployment *deployment,
                                                cdp_rollback_cause cause, cdp_string wanted,
                                                const cdp_allocator *allocator,
                                                cdp_diagnostics *diagnostics,
                                                cdp_rollback_plan **plan);

/**
 * Makes the deployment that carries out a plan: creator codeDeployRollback (or user, for a manual
 * redeployment), its targets put in already, status Created.
 *
 * @param deployment  the one that is rolled back; over, or nobody may start the new one.
 * @param plan        from cdp_deployment_plan_rollback() of `deployment`; not needed afterwards.
 * @param options     `id` is the new one's; `appspec` that of the earlier revision (REDEPLOY);
 *                    `config` only when it is not `deployment`'s; the other members as for
 *                    cdp_deployment_new(), those that the plan determines are not read: creator,
 *                    revision, file_exists_behavior, ignore_application_stop_failures.
 * @return as cdp_deployment_new(); #CDP_ERR_STATE when `deployment` is not over or the plan says that
 *         it is impossible; #CDP_ERR_ARGUMENT for a plan of another deployment.
 */
CDP_API cdp_status cdp_deployment_new_rollback(const cdp_deployment *deployment,
                                               const cdp_rollback_plan *plan,
                                               const cdp_deployment_options *options,
                                               const cdp_allocator *allocator,
                                               cdp_diagnostics *diagnostics,
                                               cdp_deployment **rollback);

/** What to keep of a deployment that is over, for `past` of the next: strings as long as it lives.
 *  @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_deployment_get_past(const cdp_deployment *deployment,
                                           cdp_rollback_past *past);

/* ---------------------------------------------------------------------------------------------- */
/* Keeping and repeating                                                                          */
/* ---------------------------------------------------------------------------------------------- */

/**
 * Appends the whole state as one line of JSON, the same on every architecture. What is borrowed is
 * not part of it.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_deployment_snapshot(const cdp_deployment *deployment, cdp_text *text);

/**
 * Makes a deployment from a snapshot. It continues exactly as the one that was written would have;
 * open actions are told again, with `repeated` 1 and the same tokens.
 *
 * What has to be as it was is compared, and refused when it is not: the id, names of application and
 * group, platform, type, creator, the name of the configuration and the schedule of the traffic, events
 * and hooks of the AppSpec, the number of triggers and what they want, names of the alarms and whether
 * they are watched, and the options that decide who does what (`host_begins_events`, `whole_targets`,
 * `alarm_policy`, `ignore_application_stop_failures`). All else counts from now on as it is given here,
 * and is not compared: limits, waits and intervals, rollback settings, `past`, description, region,
 * account, epoch, how files are installed. That goes for `revision` too: give the same one, or targets
 * whose turn comes later get another.
 *
 * @param options  as for the deployment that was written, the borrowed objects equal to those it had;
 *                 for a rollback those of the deployment that it rolls back, with the `id`, `revision`
 *                 and `appspec` of the rollback itself.
 * @return #CDP_OK; #CDP_ERR_CORRUPT when the snapshot is damaged, contradicts itself, was written by
 *         a newer version, or belongs to other options; otherwise as cdp_deployment_new().
 */
CDP_API cdp_status cdp_deployment_restore(const char *bytes, size_t length,
                                          const cdp_deployment_options *options,
                                          const cdp_allocator *allocator,
                                          cdp_diagnostics *diagnostics,
                                          cdp_deployment **deployment);

/**
 * Appends an input as one line of JSON with a newline behind it: what a host keeps to be able to
 * repeat a deployment. Write the accepted ones, in order.
 * @param input  NULL: the time alone.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_deployment_write_input(int64_t now, const cdp_deployment_input *input,
                                              cdp_text *text);

/**
 * Puts in what cdp_deployment_write_input() wrote, one line of it. A deployment made from equal
 * options that is given the same lines gives out the same actions and changes, byte for byte, when its
 * actions are taken out after the same lines as they were then: best all of them after each.
 * @return as cdp_deployment_step(); #CDP_ERR_CORRUPT for a line that is none.
 */
CDP_API cdp_status cdp_deployment_replay(cdp_deployment *deployment, const char *bytes,
                                         size_t length, cdp_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif

#endif
