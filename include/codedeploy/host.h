/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_HOST_H
#define CODEDEPLOY_HOST_H

/**
 * @file
 * The callback door of a deployment: a struct of functions by which its actions are carried out.
 *
 *     cdp_host host = {.size = sizeof host, .run_hook = run, .set_traffic = shift, .user = me};
 *
 *     cdp_deployment_input start = {.size = sizeof start, .kind = CDP_DEPLOYMENT_INPUT_START};
 *     cdp_host_step(deployment, &host, now(), &start, NULL);
 *     while (!cdp_deployment_is_over(deployment)) {
 *         sleep_until(cdp_deployment_next_deadline(deployment));
 *         cdp_host_step(deployment, &host, now(), NULL, NULL);
 *     }
 *
 * Nothing is decided here that <codedeploy/deployment.h> does not: each callback carries out one
 * action, and what it returns becomes the action's answer. A host may use both doors for the same
 * deployment.
 */

#include <codedeploy/deployment.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a callback has to say beside its status; all zero but `size` when it is called. Strings are
 *  read right after it returns, and must live until then. */
typedef struct cdp_host_reply {
    /** sizeof(cdp_host_reply), set by the library. */
    size_t size;
    /** Of a failure; #CDP_EVENT_ERROR_SUCCESS stands for UnknownError. */
    cdp_event_error error;
    /** Of a failure; #CDP_ERROR_CODE_NONE: the one that belongs to the action. */
    cdp_error_code code;
    /** Of a failure: why, or the end of the log. Absent: the status in words. */
    cdp_string message;
    /** roll_back, follow_up: the id of the deployment that was made. */
    cdp_string name;
    /** provision: the replacement instances, `instance_count` structs of one size. */
    const cdp_rollout_instance *instances;
    size_t instance_count;
} cdp_host_reply;

/**
 * Carries out one action.
 *
 * @param deployment  to look at. Of the functions that change it none may be called from inside:
 *                    they return #CDP_ERR_STATE. It must not be freed.
 * @param action      valid during the call.
 * @param reply       to be filled in where there is something to say.
 * @param user        the host's.
 * @return
 * - #CDP_OK: done;
 * - #CDP_PENDING: begun; the host answers later, by the action's token, with cdp_host_step() or
 *   cdp_deployment_step(). For an action that needs no answer the same as #CDP_OK;
 * - #CDP_PASSTHROUGH: as if the callback were not set;
 * - an error, of the library's or the host's own (at or below #CDP_ERR_HOST_FIRST): the action
 *   failed. The code is kept and told in the changes.
 */
typedef cdp_status (*cdp_host_callback)(const cdp_deployment *deployment,
                                        const cdp_deployment_action *action, cdp_host_reply *reply,
                                        void *user);

/** The functions of a host. Read during calls only; may differ from call to call. */
typedef struct cdp_host {
    /** sizeof(cdp_host) */
    size_t size;
    /** One for each kind of action (#cdp_deployment_action_kind). Where one is not set, `perform` is
     *  called; where that is not set either, the action fails: what cannot be done was not done. */
    cdp_host_callback run_hook;
    cdp_host_callback download;
    cdp_host_callback install;
    cdp_host_callback block_traffic;
    cdp_host_callback allow_traffic;
    cdp_host_callback set_traffic;
    cdp_host_callback set_test_traffic;
    cdp_host_callback create_task_set;
    cdp_host_callback delete_task_set;
    cdp_host_callback deploy_target;
    cdp_host_callback provision;
    cdp_host_callback terminate;
    /** Not set: there is nothing to end, and the action is answered at once. */
    cdp_host_callback cancel;
    /** Not set: nobody is told, nothing is kept. A failure is told as a change
     *  (#CDP_DEPLOYMENT_CHANGE_TROUBLE) and is of no other consequence. */
    cdp_host_callback notify;
    cdp_host_callback save;
    cdp_host_callback auto_scaling;
    /** Makes the deployment that rolls this one back, and gives its id as the reply's `name`; #CDP_OK
     *  without one counts as a failure. Not set: none is made, and the records say so. */
    cdp_host_callback roll_back;
    /** Not set: no deployment is made. */
    cdp_host_callback follow_up;
    /** For every kind whose own callback is not set. */
    cdp_host_callback perform;
    /**
     * Reads the state of one alarm; called for each when the deployment asks. #CDP_PENDING: the host
     * tells the states later (#CDP_DEPLOYMENT_INPUT_ALARM) and then answers the action. An error:
     * it cannot be read; the code is told as a change (#CDP_DEPLOYMENT_CHANGE_TROUBLE).
     * #CDP_PASSTHROUGH for one, or not set: `perform` is called with the action, after those that
     * could be read were told; where that is not set either, they cannot be read.
     */
    cdp_status (*poll_alarm)(const cdp_deployment *deployment, cdp_string name,
                             cdp_alarm_state *state, void *user);
    /** Told of every change, in order; may be NULL. Under the same rules as the other callbacks. An
     *  error does not stop anything: cdp_host_step() returns the first one when all is done. */
    cdp_status (*changed)(const cdp_deployment *deployment, const cdp_deployment_change *change,
                          void *user);
    void *user;
} cdp_host;

/**
 * Puts an input in, tells of the changes, and carries out every action that there is then, until
 * nothing is left to do but to wait.
 *
 * @param now          also the time of the answers that callbacks give at once.
 * @param input        NULL: the time alone.
 * @param diagnostics  may be NULL.
 * @return #CDP_OK; as cdp_deployment_step() when the input is refused (actions are carried out all
 *         the same); the first error of `changed`; #CDP_ERR_NOMEM when there was no memory for an
 *         answer: what was done is done, and its action is still open;
 *         #CDP_ERR_STATE from inside a callback of the same deployment; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_host_step(cdp_deployment *deployment, const cdp_host *host, int64_t now,
                                 const cdp_deployment_input *input, cdp_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif

#endif
