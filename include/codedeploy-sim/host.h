/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_SIM_HOST_H
#define CODEDEPLOY_SIM_HOST_H

/**
 * @file
 * A scripted host with a virtual clock: plays whole deployments in no time, for tests of this
 * library and of programs that embed it.
 *
 *     cdp_sim_host_options options = {.size = sizeof options, .deployment = &deployment_options};
 *     cdp_sim_rule fails = {.size = sizeof fails, .event = {"AfterAllowTraffic", 17},
 *                           .outcome = CDP_DEPLOYMENT_FAILED};
 *
 *     cdp_sim_host_new(&options, NULL, NULL, &host);
 *     cdp_sim_host_add_rule(host, &fails);
 *     cdp_sim_host_run(host, INT64_MAX);
 *     cdp_sim_host_render(host, CDP_SIM_DETAIL_CHANGES, text);
 *
 * The host makes the deployment, carries out its actions through <codedeploy/host.h> as rules say,
 * puts in what comes from outside at the times that the script names, and writes down what happens.
 * When the deployment asks to be rolled back, or to be followed by another for instances that
 * joined, the host makes that deployment and plays it, too.
 *
 * The clock goes from one thing that is due to the next. Of what is due at the same time answers
 * come first, in the order in which they were promised, then inputs, in the order in which they
 * were added. Everything is deterministic. An object belongs to one thread at a time.
 */

#include <codedeploy-sim/filesystem.h>
#include <codedeploy/host.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cdp_sim_host cdp_sim_host;

/** How many deployments one host plays at most: the first, its rollback, those that follow. */
enum { CDP_SIM_HOST_MAX_DEPLOYMENTS = 8 };

typedef struct cdp_sim_host_options {
    /** sizeof(cdp_sim_host_options) */
    size_t size;
    /** What the first deployment is made from. All that it points to must outlive the host. */
    const cdp_deployment_options *deployment;
    /** The instances of the first deployment, `instance_count` structs of one size; copied. */
    const cdp_rollout_instance *instances;
    size_t instance_count;
    /** What #CDP_DEPLOYMENT_ACTION_PROVISION makes; copied. */
    const cdp_rollout_instance *provisioned;
    size_t provisioned_count;
    /** When the first deployment is started. */
    int64_t start_ms;
    /** How long actions take of which no rule speaks; 0: they are done at once. */
    int64_t answer_ms;
    /** The AppSpec of the revision that a rollback deploys; NULL: the first deployment's. Must
     *  outlive the host. */
    const cdp_appspec *rollback_appspec;
    /** The ids of the deployments that the host makes, number n - 1 here that of the n-th behind
     *  the first; copied. For those that are missing here: `d-SIM000002`, `d-SIM000003` … */
    const cdp_string *more_ids;
    size_t more_id_count;
    /** Inputs and answers of one cdp_sim_host_run() at most; 0: 10,000,000. */
    uint64_t step_limit;
} cdp_sim_host_options;

/**
 * Makes the host and the first deployment with its instances.
 * @param allocator    NULL for the C library's; copied; the deployments' as well.
 * @param diagnostics  may be NULL; says what is wrong with the deployment.
 * @return as cdp_deployment_new() and cdp_deployment_add_target().
 */
CDP_API cdp_status cdp_sim_host_new(const cdp_sim_host_options *options,
                                    const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                    cdp_sim_host **host);
CDP_API void cdp_sim_host_free(cdp_sim_host *host);

/* ---------------------------------------------------------------------------------------------- */
/* The script                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

/**
 * How actions come out. The first rule that applies to an action counts, in the order in which
 * they were added. Rules for #CDP_DEPLOYMENT_ACTION_POLL_ALARMS never apply: see
 * cdp_sim_host_add_alarm().
 */
typedef struct cdp_sim_rule {
    /** sizeof(cdp_sim_rule) */
    size_t size;
    /** To which actions it applies. The deployment, counted from 1; 0: every one. */
    uint32_t deployment;
    /** Only the n-th of those to which the rest applies, from 1; 0: each of them. */
    uint32_t nth;
    /** 0: every kind that has to be answered, but not #CDP_DEPLOYMENT_ACTION_CANCEL. */
    cdp_deployment_action_kind kind;
    /** 1: nobody ever answers. */
    int never;
    /** The target's id, and the event's name; absent: every one. */
    cdp_string target;
    cdp_string event;
    /** How long it takes; 0: it is done at once. */
    int64_t after_ms;
    /** 0: done. */
    cdp_deployment_outcome outcome;
    /** Not #CDP_OK: the callback returns this at once, whatever the outcome. */
    cdp_status status;
    /** Of a failure. */
    cdp_event_error error;
    cdp_error_code code;
    cdp_string message;
} cdp_sim_rule;

/** Adds a rule; its strings are copied.
 *  @return #CDP_OK; #CDP_ERR_ARGUMENT, also for negative times; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM. */
CDP_API cdp_status cdp_sim_host_add_rule(cdp_sim_host *host, const cdp_sim_rule *rule);

/** Something from outside. */
typedef struct cdp_sim_input {
    /** sizeof(cdp_sim_input) */
    size_t size;
    int64_t at_ms;
    /** Which deployment, from 1; 0: the one that was made last by then. */
    uint32_t deployment;
    /** Must be 0. */
    uint32_t reserved;
    /** The id of the target, in place of `target` of the input; absent: that one counts. */
    cdp_string target;
    /** Its `instance` and strings are copied. */
    const cdp_deployment_input *input;
} cdp_sim_input;

/** Puts an input in at a time: a stop, `continue`, an instance that joins or is lost … An input
 *  that the deployment refuses changes nothing and is written down as refused.
 *  @return as cdp_sim_host_add_rule(); #CDP_ERR_TIME when that time is past. */
CDP_API cdp_status cdp_sim_host_add_input(cdp_sim_host *host, const cdp_sim_input *input);

/** From `at_ms` on everybody who asks is told that the alarm is in this state
 *  (#CDP_ALARM_STATE_UNREADABLE: that it cannot be read). Before the first one it is OK.
 *  @return as cdp_sim_host_add_rule(). */
CDP_API cdp_status cdp_sim_host_add_alarm(cdp_sim_host *host, int64_t at_ms, cdp_string name,
                                          cdp_alarm_state state);

/** Sets (NULL: clears) a fault at a chosen call of a callback and begins to count anew. With
 *  `only_changes` only actions that have to be answered are counted and fail.
 *  @return #CDP_OK, #CDP_ERR_ARGUMENT or #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_sim_host_set_fault(cdp_sim_host *host, const cdp_sim_fault *fault);

/** Calls since the fault was last set, all of them or those that `only_changes` counts. */
CDP_API uint64_t cdp_sim_host_call_count(const cdp_sim_host *host, int only_changes);

/* ---------------------------------------------------------------------------------------------- */
/* Playing                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

/**
 * Plays on until nothing more is due by `until_ms`; INT64_MAX plays to the end.
 * @return #CDP_OK, also when deployments failed or still wait for something that never comes;
 *         #CDP_ERR_LIMIT when `step_limit` was met; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM: what
 *         happened is not fully written down, and the host is to be freed.
 */
CDP_API cdp_status cdp_sim_host_run(cdp_sim_host *host, int64_t until_ms);

/** What the clock shows: the time of what happened last. -1 before the start. */
CDP_API int64_t cdp_sim_host_now(const cdp_sim_host *host);

/** The deployments, in the order in which they were made; they belong to the host. NULL past the
 *  end. */
CDP_API size_t cdp_sim_host_deployment_count(const cdp_sim_host *host);
CDP_API const cdp_deployment *cdp_sim_host_deployment_at(const cdp_sim_host *host, size_t index);

/* ---------------------------------------------------------------------------------------------- */
/* What happened                                                                                  */
/* ---------------------------------------------------------------------------------------------- */

typedef enum cdp_sim_entry_kind {
    /** Something of the deployment changed. */
    CDP_SIM_ENTRY_CHANGE = 1,
    /** Something from outside was put in, */
    CDP_SIM_ENTRY_INPUT = 2,
    /** or was refused: also the start, an instance that was made, or an answer, which are not
     *  written down when they are accepted. */
    CDP_SIM_ENTRY_REFUSED = 3,
    /** The host was asked to do something. */
    CDP_SIM_ENTRY_ACTION = 4
} cdp_sim_entry_kind;

/** `"change"`, `"input"`, `"refused"`, `"action"`; `"unknown"`. Static text. */
CDP_API const char *cdp_sim_entry_kind_name(cdp_sim_entry_kind kind);

/** One entry of the record. Strings are valid until the host is changed. */
typedef struct cdp_sim_entry {
    /** sizeof(cdp_sim_entry), set by the caller. */
    size_t size;
    cdp_sim_entry_kind kind;
    /** The index of the deployment. */
    uint32_t deployment;
    int64_t time_ms;
    /** Of a change its kind, of an action its kind, of an input its kind; 0 otherwise. */
    cdp_deployment_change_kind change;
    cdp_deployment_action_kind action;
    cdp_deployment_input_kind input;
    /** #CDP_DEPLOYMENT_NO_TARGET, #CDP_DEPLOYMENT_NO_EVENT where there is none. */
    uint32_t target;
    uint32_t event;
    /** Of a change of a status: a #cdp_deployment_status, #cdp_target_status, #cdp_event_status or
     *  #cdp_alarm_state; of a wait the #cdp_deployment_wait. 0 otherwise. */
    int status;
    /** Percent on the replacement, where the entry speaks of traffic; -1 otherwise. */
    int32_t weight;
    /** Of a wait that begins; INT64_MAX when it has no end of its own. Otherwise -1. */
    int64_t until_ms;
    /** The deployment's id. */
    cdp_string deployment_id;
    /** Absent where there is none. */
    cdp_string target_id;
    /** An event's or alarm's; absent where there is none. */
    cdp_string name;
    /** What happened, without a full stop. */
    cdp_string sentence;
} cdp_sim_entry;

/** The record so far: #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT;
 *  #CDP_ERR_STRUCT. */
CDP_API size_t cdp_sim_host_entry_count(const cdp_sim_host *host);
CDP_API cdp_status cdp_sim_host_entry_at(const cdp_sim_host *host, size_t index,
                                         cdp_sim_entry *entry);

/** How much of the record is shown. */
typedef enum cdp_sim_detail {
    /** Changes and inputs. */
    CDP_SIM_DETAIL_CHANGES = 0,
    /** Actions as well. */
    CDP_SIM_DETAIL_ACTIONS = 1
} cdp_sim_detail;

/**
 * Appends the record as text for people and golden tests: for each deployment a line with its id
 * and who made it, then a line for each entry with its time (hours, minutes, seconds) and its
 * sentence.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_sim_host_render(const cdp_sim_host *host, cdp_sim_detail detail,
                                       cdp_text *text);

/** Appends a time as the record writes it: `0:07:00.000`. @return as cdp_sim_host_render(). */
CDP_API cdp_status cdp_sim_write_time(int64_t time_ms, cdp_text *text);

#ifdef __cplusplus
}
#endif

#endif
