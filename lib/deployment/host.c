/* SPDX-License-Identifier: MIT */
/* The callback door: actions out to the host, answers back in. */
#include <codedeploy/host.h>

#include "base/sized.h"
#include "deployment/refuse.h"
#include "deployment/state.h"

/* One call of cdp_host_step(). */
typedef struct performance {
    cdp_deployment *deployment;
    cdp_host host;
    int64_t now;
    cdp_diagnostics *diagnostics;
    cdp_status changed; /* the first error of that callback */
} performance;

/* Where a callback for each kind of action stands. */
static cdp_host_callback callback_of(const cdp_host *host, cdp_deployment_action_kind kind)
{
    const cdp_host_callback callbacks[] = {
        [CDP_DEPLOYMENT_ACTION_RUN_HOOK] = host->run_hook,
        [CDP_DEPLOYMENT_ACTION_DOWNLOAD] = host->download,
        [CDP_DEPLOYMENT_ACTION_INSTALL] = host->install,
        [CDP_DEPLOYMENT_ACTION_BLOCK_TRAFFIC] = host->block_traffic,
        [CDP_DEPLOYMENT_ACTION_ALLOW_TRAFFIC] = host->allow_traffic,
        [CDP_DEPLOYMENT_ACTION_SET_TRAFFIC] = host->set_traffic,
        [CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC] = host->set_test_traffic,
        [CDP_DEPLOYMENT_ACTION_CREATE_TASK_SET] = host->create_task_set,
        [CDP_DEPLOYMENT_ACTION_DELETE_TASK_SET] = host->delete_task_set,
        [CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET] = host->deploy_target,
        [CDP_DEPLOYMENT_ACTION_PROVISION] = host->provision,
        [CDP_DEPLOYMENT_ACTION_TERMINATE] = host->terminate,
        [CDP_DEPLOYMENT_ACTION_POLL_ALARMS] = NULL,
        [CDP_DEPLOYMENT_ACTION_NOTIFY] = host->notify,
        [CDP_DEPLOYMENT_ACTION_SAVE] = host->save,
        [CDP_DEPLOYMENT_ACTION_CANCEL] = host->cancel,
        [CDP_DEPLOYMENT_ACTION_ROLL_BACK] = host->roll_back,
        [CDP_DEPLOYMENT_ACTION_FOLLOW_UP] = host->follow_up,
        [CDP_DEPLOYMENT_ACTION_AUTO_SCALING] = host->auto_scaling,
    };

    return callbacks[kind];
}

/* ---------------------------------------------------------------------------------------------- */
/* Back in                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

static void tell_changes(performance *play)
{
    cdp_deployment *deployment = play->deployment;
    size_t count = cdp_deployment_change_count(deployment);

    if (!play->host.changed)
        return;
    deployment->in_callback = true;
    for (size_t i = 0; i < count; i++) {
        cdp_deployment_change change = {.size = sizeof change};
        cdp_status status = cdp_deployment_change_at(deployment, i, &change);

        if (status == CDP_OK)
            status = play->host.changed(deployment, &change, play->host.user);
        if (status < 0 && play->changed == CDP_OK)
            play->changed = status;
    }
    deployment->in_callback = false;
}

static cdp_status put_in(performance *play, const cdp_deployment_input *input)
{
    cdp_status status = cdp_deployment_step(play->deployment, play->now, input, play->diagnostics);

    tell_changes(play);
    return status;
}

static cdp_string words_of(cdp_status status, const cdp_host_reply *reply)
{
    if (reply->message.data)
        return reply->message;
    if (status == CDP_PASSTHROUGH)
        return CDP_STR("the host has no callback for it");
    return cdp_string_of(cdp_status_message(status));
}

/* What was answered in the meantime (a late deadline, an alarm) needs no answer. */
static cdp_status answer(performance *play, uint64_t token, cdp_status status,
                         const cdp_host_reply *reply)
{
    cdp_deployment_action open = {.size = sizeof open};
    cdp_deployment_input input = {
        .size = sizeof input,
        .kind = CDP_DEPLOYMENT_INPUT_ANSWER,
        .token = token,
        .outcome = status == CDP_OK ? CDP_DEPLOYMENT_DONE : CDP_DEPLOYMENT_FAILED,
    };

    if (cdp_deployment_open_find(play->deployment, token, &open) != CDP_OK)
        return CDP_OK;
    if (status != CDP_OK) {
        /* What is no word of the API's is as good as nothing said. */
        if ((unsigned)reply->error <= CDP_EVENT_ERROR_UNKNOWN_ERROR)
            input.error = reply->error;
        if ((unsigned)reply->code <= CDP_ERROR_CODE_CLOUDFORMATION_STACK_FAILURE)
            input.code = reply->code;
        input.message = words_of(status, reply);
        input.host_status = status < 0 ? status : CDP_OK;
    }
    return put_in(play, &input);
}

/* `about`: the alarm that could not be read; otherwise absent. */
static cdp_status tell_trouble(performance *play, cdp_string about, cdp_status status,
                               const cdp_host_reply *reply)
{
    cdp_deployment_input input = {
        .size = sizeof input,
        .kind = CDP_DEPLOYMENT_INPUT_TROUBLE,
        .name = about,
        .message = words_of(status, reply),
        .host_status = status,
    };

    return put_in(play, &input);
}

static cdp_status tell_related(performance *play, cdp_deployment_input_kind kind, cdp_status status,
                               const cdp_host_reply *reply)
{
    cdp_deployment_input input = {
        .size = sizeof input,
        .kind = kind,
        .name = reply->name,
        .message = words_of(status, reply),
        .host_status = status < 0 ? status : CDP_OK,
    };

    if (status != CDP_OK)
        input.name = (cdp_string){NULL, 0};
    else if (kind == CDP_DEPLOYMENT_INPUT_ROLLED_BACK && !input.name.length)
        input.message = CDP_STR("the host made a deployment and did not give its id");
    if (kind == CDP_DEPLOYMENT_INPUT_FOLLOWED && !input.name.length)
        return status < 0 ? tell_trouble(play, (cdp_string){NULL, 0}, status, reply) : CDP_OK;
    return status == CDP_PENDING ? CDP_OK : put_in(play, &input);
}

/* ---------------------------------------------------------------------------------------------- */
/* Out                                                                                            */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status call_one(performance *play, cdp_host_callback callback,
                           const cdp_deployment_action *action, cdp_host_reply *reply)
{
    cdp_status status;

    *reply = (cdp_host_reply){.size = sizeof *reply};
    if (!callback)
        return CDP_PASSTHROUGH;
    play->deployment->in_callback = true;
    status = callback(play->deployment, action, reply, play->host.user);
    play->deployment->in_callback = false;
    /* Answers that the contract does not know are failures, never successes. */
    return status > CDP_PASSTHROUGH ? CDP_ERR_HOST : status;
}

static cdp_status call(performance *play, const cdp_deployment_action *action,
                       cdp_host_reply *reply)
{
    cdp_status status = call_one(play, callback_of(&play->host, action->kind), action, reply);

    return status == CDP_PASSTHROUGH ? call_one(play, play->host.perform, action, reply) : status;
}

/* CDP_OK and an alarm's state, or what the host answered; `*why` when it is for another reason than
 * the answer's own. */
static cdp_status read_alarm(performance *play, cdp_string name, cdp_alarm_state *alarm_state,
                             cdp_string *why)
{
    cdp_status status;

    play->deployment->in_callback = true;
    status = play->host.poll_alarm(play->deployment, name, alarm_state, play->host.user);
    play->deployment->in_callback = false;
    if (status > CDP_PASSTHROUGH)
        return CDP_ERR_HOST;
    if (status != CDP_OK ||
        (*alarm_state >= CDP_ALARM_STATE_OK && *alarm_state <= CDP_ALARM_STATE_UNREADABLE))
        return status;
    *why = CDP_STR("the host answered with no alarm state");
    return CDP_ERR_ARGUMENT;
}

static cdp_status poll_one(performance *play, cdp_string name)
{
    cdp_host_reply words = {.size = sizeof words};
    cdp_deployment_input input = {
        .size = sizeof input, .kind = CDP_DEPLOYMENT_INPUT_ALARM, .name = name};
    cdp_status status = read_alarm(play, name, &input.alarm_state, &words.message);

    if (status == CDP_OK)
        return put_in(play, &input);
    /* It stays untold, and counts as unreadable when the poll is answered. */
    return status < 0 ? tell_trouble(play, name, status, &words) : status;
}

/* Asks for one alarm after the other. CDP_PENDING as soon as one is; CDP_PASSTHROUGH when somebody
 * else has to be asked for one. */
static cdp_status poll(performance *play, uint64_t token)
{
    cdp_deployment *deployment = play->deployment;
    cdp_deployment_action open = {.size = sizeof open};
    bool passed = false;

    for (size_t i = 0; i < deployment->alarm_count; i++) {
        cdp_status status = poll_one(play, deployment->alarms[i].name);

        if (status < 0 || status == CDP_PENDING)
            return status;
        passed = passed || status == CDP_PASSTHROUGH;
        if (cdp_deployment_open_find(deployment, token, &open) != CDP_OK)
            return CDP_OK;
    }
    return passed ? CDP_PASSTHROUGH : CDP_OK;
}

static cdp_status perform_poll(performance *play, const cdp_deployment_action *action)
{
    cdp_host_reply reply = {.size = sizeof reply};
    cdp_status status = CDP_PASSTHROUGH;

    if (play->host.poll_alarm)
        status = poll(play, action->token);
    if (status == CDP_ERR_NOMEM)
        return status;
    if (status == CDP_PASSTHROUGH)
        status = call(play, action, &reply);
    return status == CDP_PENDING ? CDP_OK : answer(play, action->token, status, &reply);
}

static cdp_status perform_provision(performance *play, const cdp_deployment_action *action)
{
    cdp_host_reply reply;
    cdp_status status = call(play, action, &reply);
    const char *instances = (const char *)reply.instances;

    if (status == CDP_OK && reply.instance_count > 0 && !instances) {
        status = CDP_ERR_ARGUMENT;
        reply.message = CDP_STR("the host gave a number of instances and no instances");
    }
    for (size_t i = 0; status == CDP_OK && i < reply.instance_count; i++) {
        cdp_deployment_input input = {
            .size = sizeof input,
            .kind = CDP_DEPLOYMENT_INPUT_TARGET,
            .instance =
                (const cdp_rollout_instance *)(const void *)(instances + i * reply.instances->size),
        };

        status = put_in(play, &input);
        if (status == CDP_ERR_NOMEM)
            return status;
    }
    return status == CDP_PENDING ? CDP_OK : answer(play, action->token, status, &reply);
}

static cdp_status perform(performance *play, const cdp_deployment_action *action)
{
    cdp_host_reply reply;
    cdp_status status;

    if (action->kind == CDP_DEPLOYMENT_ACTION_POLL_ALARMS)
        return perform_poll(play, action);
    if (action->kind == CDP_DEPLOYMENT_ACTION_PROVISION)
        return perform_provision(play, action);
    status = call(play, action, &reply);
    switch (action->kind) {
    case CDP_DEPLOYMENT_ACTION_ROLL_BACK:
        return tell_related(play, CDP_DEPLOYMENT_INPUT_ROLLED_BACK, status, &reply);
    case CDP_DEPLOYMENT_ACTION_FOLLOW_UP:
        return tell_related(play, CDP_DEPLOYMENT_INPUT_FOLLOWED, status, &reply);
    case CDP_DEPLOYMENT_ACTION_NOTIFY:
    case CDP_DEPLOYMENT_ACTION_SAVE:
    case CDP_DEPLOYMENT_ACTION_AUTO_SCALING:
        return status < 0 ? tell_trouble(play, (cdp_string){NULL, 0}, status, &reply) : CDP_OK;
    case CDP_DEPLOYMENT_ACTION_CANCEL:
        if (status == CDP_PASSTHROUGH)
            status = CDP_OK;
        break;
    default:
        break;
    }
    return status == CDP_PENDING ? CDP_OK : answer(play, action->token, status, &reply);
}

cdp_status cdp_host_step(cdp_deployment *deployment, const cdp_host *host, int64_t now,
                         const cdp_deployment_input *input, cdp_diagnostics *diagnostics)
{
    performance play = {.deployment = deployment, .now = now, .diagnostics = diagnostics};
    cdp_deployment_action action = {.size = sizeof action};
    cdp_status refused;
    cdp_status status;

    if (!deployment)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&play.host, sizeof play.host, host);
    if (status != CDP_OK)
        return status;
    if (deployment->in_callback)
        return cdp_deployment_refuse_callback(diagnostics);
    refused = put_in(&play, input);
    /* An answer may be refused for good reason (it came too late); no memory is another matter. */
    while (status != CDP_ERR_NOMEM && cdp_deployment_next_action(deployment, &action) == CDP_OK)
        status = perform(&play, &action);
    if (refused != CDP_OK)
        return refused;
    return status == CDP_ERR_NOMEM ? status : play.changed;
}
