/* SPDX-License-Identifier: MIT */
/* What inputs mean. Each is checked whole before it changes anything. */
#include "deployment/inputs.h"

#include "base/number.h"
#include "base/report.h"
#include "base/utf8.h"
#include "deployment/acts.h"
#include "deployment/new.h"
#include "deployment/refuse.h"
#include "deployment/rollback.h"

cdp_status cdp_deployment_refuse(cdp_status status, cdp_diagnostics *diagnostics,
                                 cdp_diagnostic_code code, cdp_string first, cdp_string second)
{
    const cdp_report report = {.code = code, .arguments = {first, second}};

    return cdp_diagnostics_refuse(status, diagnostics, &report);
}

cdp_status cdp_deployment_refuse_callback(cdp_diagnostics *diagnostics)
{
    return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_IN_CALLBACK,
                                 (cdp_string){NULL, 0}, (cdp_string){NULL, 0});
}

static cdp_string none(void)
{
    return (cdp_string){NULL, 0};
}

static cdp_string status_name(const cdp_deployment *deployment)
{
    return cdp_string_of(cdp_deployment_status_name(deployment->status));
}

/* While it is being ended its status does not say so yet. */
static cdp_string end_name(const cdp_deployment *deployment)
{
    if (deployment->stage != CDP_STAGE_ENDING)
        return status_name(deployment);
    switch (deployment->end_status) {
    case CDP_DEPLOYMENT_STATUS_SUCCEEDED:
        return CDP_STR("being ended as Succeeded");
    case CDP_DEPLOYMENT_STATUS_FAILED:
        return CDP_STR("being ended as Failed");
    default:
        return CDP_STR("being ended as Stopped");
    }
}

static cdp_status refuse_over(const cdp_deployment *deployment, cdp_diagnostics *diagnostics)
{
    if (deployment->stage == CDP_STAGE_CREATED)
        return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics,
                                     CDP_DIAGNOSTIC_DEPLOYMENT_NOT_STARTED, none(), none());
    return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_OVER,
                                 end_name(deployment), none());
}

static bool is_running(const cdp_deployment *deployment)
{
    return deployment->stage > CDP_STAGE_CREATED && deployment->stage < CDP_STAGE_ENDING;
}

/* ---------------------------------------------------------------------------------------------- */
/* Messages                                                                                       */
/* ---------------------------------------------------------------------------------------------- */

/* Keeps a message before anything depends on it; in `*at` where, and its length. */
static cdp_status keep(cdp_deployment *deployment, cdp_string message, size_t *at, size_t *length)
{
    *at = deployment->messages.length;
    *length = cdp_utf8_fitting(message, CDP_MESSAGE_LIMIT);
    cdp_utf8_put_clean(&deployment->messages, cdp_string_slice(message.data, *length));
    *length = deployment->messages.length - *at;
    if (*length > 0) /* others follow, and each is a C string */
        cdp_text_put_byte(&deployment->messages, '\0');
    if (cdp_text_status(&deployment->messages) == CDP_OK)
        return CDP_OK;
    cdp_text_rollback(&deployment->messages, *at);
    return CDP_ERR_NOMEM;
}

/* ---------------------------------------------------------------------------------------------- */
/* Answers                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status find_slot(const cdp_deployment *deployment, const cdp_deployment_input *input,
                            cdp_diagnostics *diagnostics, uint32_t *slot)
{
    cdp_status status = cdp_slot_find(deployment, input->token, slot);
    cdp_number_buffer token;
    cdp_string text = cdp_number_text((int64_t)(input->token & INT64_MAX), &token);

    if (status == CDP_ERR_NOT_FOUND)
        return cdp_deployment_refuse(status, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_UNKNOWN_TOKEN,
                                     text, none());
    if (status != CDP_OK)
        return cdp_deployment_refuse(status, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_TOKEN_COMPLETED,
                                     text, none());
    return CDP_OK;
}

/* The end of a target's event, or of all its events. */
static void answer_event(cdp_deployment *deployment, uint32_t target, bool succeeded,
                         cdp_event_error error)
{
    cdp_deployment_member *member = cdp_member_at(deployment, target);
    cdp_slot slot = member->slot;

    if (succeeded && (slot.kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC ||
                      slot.kind == CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC)) {
        cdp_shift_set(deployment, &slot);
        return;
    }
    cdp_slot_close(deployment, cdp_slot_of_target(target));
    if (slot.kind == CDP_DEPLOYMENT_ACTION_TERMINATE)
        cdp_fleet_terminated(deployment, target, succeeded);
    else if (slot.kind == CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET && succeeded)
        cdp_target_complete(deployment, target);
    else
        cdp_target_finish(deployment, target, succeeded, error);
}

static cdp_status answer_target(cdp_deployment *deployment, const cdp_deployment_input *input,
                                uint32_t target)
{
    const cdp_slot *slot = &cdp_member_at(deployment, target)->slot;
    bool succeeded = input->outcome == CDP_DEPLOYMENT_DONE;
    size_t at;
    size_t length;

    if (slot->kind == CDP_DEPLOYMENT_ACTION_CANCEL) {
        cdp_target_cancelled(deployment, target);
        return CDP_OK;
    }
    if (!succeeded) {
        cdp_status status = keep(deployment, input->message, &at, &length);

        if (status != CDP_OK)
            return status;
        cdp_target_keep_message(deployment, target, at, length, input->host_status);
        cdp_removal_failed(deployment, slot);
    }
    deployment->answer_code = input->code;
    answer_event(deployment, target, succeeded, input->error);
    deployment->answer_code = CDP_ERROR_CODE_NONE;
    return CDP_OK;
}

static cdp_status fail_provision(cdp_deployment *deployment, const cdp_deployment_input *input)
{
    cdp_slot_close(deployment, CDP_SLOT_PROVISION);
    cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED,
            input->code ? input->code : CDP_ERROR_CODE_AUTO_SCALING_CONFIGURATION,
            input->message.length
                ? input->message
                : CDP_STR("the replacement environment could not be provisioned"));
    return CDP_OK;
}

static cdp_status answer_own(cdp_deployment *deployment, const cdp_deployment_input *input,
                             uint32_t slot, cdp_diagnostics *diagnostics)
{
    bool succeeded = input->outcome == CDP_DEPLOYMENT_DONE;

    if (deployment->slots[slot].kind == CDP_DEPLOYMENT_ACTION_CANCEL) {
        cdp_slot_close(deployment, slot);
        cdp_end_if_quiet(deployment);
        return CDP_OK;
    }
    if (slot == CDP_SLOT_POLL) {
        cdp_alarms_answered(deployment, succeeded);
        return CDP_OK;
    }
    if (slot == CDP_SLOT_PROVISION)
        return succeeded ? cdp_provisioned(deployment, diagnostics)
                         : fail_provision(deployment, input);
    if (!succeeded)
        cdp_removal_failed(deployment, &deployment->slots[slot]);
    cdp_slot_close(deployment, slot);
    cdp_task_set_deleted(deployment, succeeded);
    return CDP_OK;
}

static cdp_status answer(cdp_deployment *deployment, const cdp_deployment_input *input,
                         cdp_diagnostics *diagnostics)
{
    uint32_t slot;
    cdp_status status;

    if (input->outcome != CDP_DEPLOYMENT_DONE && input->outcome != CDP_DEPLOYMENT_FAILED)
        return cdp_deployment_refuse(CDP_ERR_ARGUMENT, diagnostics,
                                     CDP_DIAGNOSTIC_DEPLOYMENT_BAD_OUTCOME, none(), none());
    status = find_slot(deployment, input, diagnostics, &slot);
    if (status != CDP_OK)
        return status;
    if (slot < CDP_SLOT_TARGETS)
        return answer_own(deployment, input, slot, diagnostics);
    return answer_target(deployment, input, slot - CDP_SLOT_TARGETS);
}

static cdp_status refuse_to_begin(cdp_diagnostics *diagnostics)
{
    return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NOT_TO_BEGIN,
                                 none(), none());
}

static cdp_status begun(cdp_deployment *deployment, const cdp_deployment_input *input,
                        cdp_diagnostics *diagnostics)
{
    cdp_machine *machine;
    uint32_t slot;
    cdp_status status = find_slot(deployment, input, diagnostics, &slot);

    if (status != CDP_OK)
        return status;
    if (slot < CDP_SLOT_TARGETS || !deployment->host_begins_events ||
        cdp_slot_at(deployment, slot)->event == CDP_SLOT_NO_EVENT ||
        cdp_slot_at(deployment, slot)->kind == CDP_DEPLOYMENT_ACTION_CANCEL)
        return refuse_to_begin(diagnostics);
    machine = cdp_machine_of(deployment, slot - CDP_SLOT_TARGETS);
    status = cdp_machine_begin(machine, deployment->now, machine->cursor, diagnostics);
    if (status != CDP_OK)
        return status;
    cdp_slot_take(deployment, slot);
    cdp_target_note(deployment, slot - CDP_SLOT_TARGETS);
    return CDP_OK;
}

/* A target that is Ready goes on when the roll-out says so, and not before. */
static bool is_held(const cdp_deployment *deployment, uint32_t target)
{
    return cdp_machine_of(deployment, target)->status == CDP_TARGET_STATUS_READY &&
           !(cdp_member_at(deployment, target)->flags & CDP_MEMBER_RELEASED);
}

static cdp_status end_event(cdp_deployment *deployment, const cdp_deployment_input *input,
                            cdp_diagnostics *diagnostics)
{
    cdp_machine *machine = cdp_machine_of(deployment, input->target);
    bool succeeded = input->event_status == CDP_EVENT_STATUS_SUCCEEDED;
    size_t at;
    size_t length;
    cdp_status status;

    if (input->event != machine->cursor || machine->phase != CDP_PHASE_RUNNING)
        return cdp_machine_finish(machine, deployment->now, input->event,
                                  CDP_EVENT_STATUS_SUCCEEDED, CDP_EVENT_ERROR_SUCCESS, diagnostics);
    if (!succeeded) {
        status = keep(deployment, input->message, &at, &length);
        if (status != CDP_OK)
            return status;
        cdp_target_keep_message(deployment, input->target, at, length, input->host_status);
    }
    cdp_target_finish(deployment, input->target, succeeded, input->error);
    if (!cdp_machine_is_final(machine))
        return CDP_OK;
    /* What goes no further although it could is still at work on it. */
    if (succeeded && machine->status != CDP_TARGET_STATUS_SUCCEEDED)
        cdp_slot_cancel(deployment, cdp_slot_of_target(input->target));
    else
        cdp_slot_close(deployment, cdp_slot_of_target(input->target));
    return CDP_OK;
}

/* `whole_targets`: how an event of the target goes. */
static cdp_status event(cdp_deployment *deployment, const cdp_deployment_input *input,
                        cdp_diagnostics *diagnostics)
{
    cdp_machine *machine;
    cdp_status status;

    if (input->target >= deployment->member_count)
        return cdp_input_departure(deployment, input, diagnostics);
    machine = cdp_machine_of(deployment, input->target);
    if (!deployment->whole_targets || is_held(deployment, input->target) ||
        cdp_member_at(deployment, input->target)->slot.kind != CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET)
        return refuse_to_begin(diagnostics);
    if (input->event_status == CDP_EVENT_STATUS_IN_PROGRESS) {
        status = cdp_machine_begin(machine, deployment->now, input->event, diagnostics);
        if (status == CDP_OK)
            cdp_target_note(deployment, input->target);
        return status;
    }
    if (input->event_status != CDP_EVENT_STATUS_SUCCEEDED &&
        input->event_status != CDP_EVENT_STATUS_FAILED)
        return cdp_deployment_refuse(CDP_ERR_ARGUMENT, diagnostics,
                                     CDP_DIAGNOSTIC_DEPLOYMENT_BAD_OUTCOME, none(), none());
    return end_event(deployment, input, diagnostics);
}

/* ---------------------------------------------------------------------------------------------- */
/* Stop, go on, fail                                                                              */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status stop(cdp_deployment *deployment, const cdp_deployment_input *input,
                       cdp_diagnostics *diagnostics)
{
    if (deployment->stage == CDP_STAGE_OVER ||
        (deployment->stage == CDP_STAGE_ENDING && !deployment->stopped_by_request))
        return refuse_over(deployment, diagnostics);
    if (deployment->stage == CDP_STAGE_ENDING) {
        /* It is being stopped already; whether it is rolled back is still to be said. */
        if (input->answer != CDP_DEPLOYMENT_NOT_SAID)
            deployment->stop_flag = input->answer;
        return CDP_OK;
    }
    if (deployment->creator == CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION ||
        deployment->creator == CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION_ROLLBACK)
        return cdp_deployment_refuse(
            CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_UNSUPPORTED_INPUT,
            cdp_string_of(cdp_deployment_creator_name(deployment->creator)), none());
    deployment->stopped_by_request = true;
    deployment->stop_flag = input->answer;
    cdp_end(deployment, CDP_DEPLOYMENT_STATUS_STOPPED, CDP_ERROR_CODE_MANUAL_STOP,
            input->message.length ? input->message : CDP_STR("the deployment was stopped"));
    return CDP_OK;
}

static cdp_status refuse_wait(const cdp_deployment *deployment, cdp_wait_type wait,
                              cdp_diagnostics *diagnostics)
{
    if (!is_running(deployment))
        return refuse_over(deployment, diagnostics);
    if (wait != CDP_WAIT_NONE && wait != CDP_WAIT_READY && wait != CDP_WAIT_TERMINATION)
        return cdp_deployment_refuse(CDP_ERR_ARGUMENT, diagnostics,
                                     CDP_DIAGNOSTIC_DEPLOYMENT_WAIT_TYPE, none(), none());
    if (wait != CDP_WAIT_NONE && (deployment->type != CDP_DEPLOYMENT_TYPE_BLUE_GREEN ||
                                  deployment->platform == CDP_PLATFORM_LAMBDA))
        return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics,
                                     CDP_DIAGNOSTIC_DEPLOYMENT_UNSUPPORTED_INPUT,
                                     cdp_string_of(cdp_wait_type_name(wait)), none());
    if (wait == CDP_WAIT_READY)
        return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics,
                                     CDP_DIAGNOSTIC_DEPLOYMENT_NOT_READY, status_name(deployment),
                                     none());
    return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NOT_WAITING,
                                 status_name(deployment), none());
}

static cdp_status go_on(cdp_deployment *deployment, const cdp_deployment_input *input,
                        cdp_diagnostics *diagnostics)
{
    int64_t until;
    cdp_deployment_wait wait = cdp_present_wait(deployment, &until);

    if (!is_running(deployment) || wait == CDP_DEPLOYMENT_WAIT_NONE ||
        (input->wait == CDP_WAIT_READY && wait != CDP_DEPLOYMENT_WAIT_READY) ||
        (input->wait == CDP_WAIT_TERMINATION && wait != CDP_DEPLOYMENT_WAIT_TERMINATION) ||
        (unsigned)input->wait > CDP_WAIT_TERMINATION)
        return refuse_wait(deployment, input->wait, diagnostics);
    switch (wait) {
    case CDP_DEPLOYMENT_WAIT_READY:
        cdp_ready_continued(deployment);
        break;
    case CDP_DEPLOYMENT_WAIT_TERMINATION:
        cdp_termination_begins(deployment);
        break;
    case CDP_DEPLOYMENT_WAIT_TRAFFIC:
    case CDP_DEPLOYMENT_WAIT_GATE:
        cdp_shift_continue(deployment);
        break;
    default:
        cdp_change_wait(deployment, CDP_DEPLOYMENT_WAIT_ROLLOUT, false, deployment->now);
        return cdp_rollout_continue(deployment->rollout, deployment->now, diagnostics);
    }
    return CDP_OK;
}

static cdp_status fail(cdp_deployment *deployment, const cdp_deployment_input *input,
                       cdp_diagnostics *diagnostics)
{
    if (input->code <= CDP_ERROR_CODE_NONE ||
        input->code > CDP_ERROR_CODE_CLOUDFORMATION_STACK_FAILURE)
        return cdp_deployment_refuse(CDP_ERR_ARGUMENT, diagnostics,
                                     CDP_DIAGNOSTIC_DEPLOYMENT_ERROR_CODE, none(), none());
    if (deployment->stage >= CDP_STAGE_ENDING)
        return refuse_over(deployment, diagnostics);
    cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED, input->code, input->message);
    return CDP_OK;
}

static cdp_status alarm(cdp_deployment *deployment, const cdp_deployment_input *input,
                        cdp_diagnostics *diagnostics)
{
    if (input->alarm_state < CDP_ALARM_STATE_OK || input->alarm_state > CDP_ALARM_STATE_UNREADABLE)
        return CDP_ERR_ARGUMENT;
    if (deployment->stage >= CDP_STAGE_ENDING)
        return refuse_over(deployment, diagnostics);
    for (size_t i = 0; i < deployment->alarm_count; i++) {
        if (!cdp_string_equal(deployment->alarms[i].name, input->name))
            continue;
        cdp_alarm_told(deployment, i, input->alarm_state);
        return CDP_OK;
    }
    return cdp_deployment_refuse(CDP_ERR_NOT_FOUND, diagnostics,
                                 CDP_DIAGNOSTIC_DEPLOYMENT_UNKNOWN_ALARM, input->name, none());
}

/* ---------------------------------------------------------------------------------------------- */
/* Afterwards                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

void cdp_input_keep_end(cdp_text *text, size_t from)
{
    size_t kept = text->length - from;

    if (kept > 0)
        memmove(text->data, text->data + from, kept);
    cdp_text_rollback(text, kept);
}

cdp_status cdp_input_set_text(cdp_text *text, cdp_string value)
{
    size_t before = text->length;

    cdp_utf8_put_clean(text, value);
    if (cdp_text_status(text) != CDP_OK) {
        cdp_text_rollback(text, before);
        return CDP_ERR_NOMEM;
    }
    cdp_input_keep_end(text, before);
    return CDP_OK;
}

static cdp_status refuse_related(const cdp_deployment *deployment,
                                 const cdp_deployment_input *input, cdp_diagnostics *diagnostics)
{
    bool rolled_back = input->kind == CDP_DEPLOYMENT_INPUT_ROLLED_BACK;
    cdp_string present =
        cdp_text_string(rolled_back ? &deployment->rollback_id : &deployment->follow_up_id);

    if (deployment->stage != CDP_STAGE_OVER)
        return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NOT_OVER,
                                     status_name(deployment), none());
    if (input->name.length ? !cdp_is_deployment_id(input->name) : !rolled_back)
        return cdp_deployment_refuse(
            CDP_ERR_ARGUMENT, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_ID,
            cdp_string_slice(input->name.data, cdp_utf8_fitting(input->name, 100)), none());
    /* What has succeeded is not rolled back, and each has one rollback and one that follows. */
    if ((rolled_back && deployment->status == CDP_DEPLOYMENT_STATUS_SUCCEEDED) ||
        (present.length && !cdp_string_equal(present, input->name)))
        return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_OVER,
                                     status_name(deployment), none());
    return CDP_OK;
}

static cdp_status related(cdp_deployment *deployment, const cdp_deployment_input *input,
                          cdp_diagnostics *diagnostics)
{
    cdp_status status = refuse_related(deployment, input, diagnostics);

    if (status != CDP_OK)
        return status;
    if (input->kind == CDP_DEPLOYMENT_INPUT_FOLLOWED)
        return cdp_input_set_text(&deployment->follow_up_id, input->name);
    status = cdp_rollback_told(deployment, input);
    if (status == CDP_OK)
        cdp_change_say(deployment, cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_ROLLBACK),
                       cdp_text_string(&deployment->rollback_message));
    return status;
}

static cdp_status trouble(cdp_deployment *deployment, const cdp_deployment_input *input)
{
    cdp_kept_change *change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_TROUBLE);

    change->host_status = input->host_status;
    cdp_change_say_of(
        deployment, change, input->name,
        cdp_string_slice(input->message.data, cdp_utf8_fitting(input->message, CDP_MESSAGE_LIMIT)));
    return CDP_OK;
}

cdp_status cdp_input_apply(cdp_deployment *deployment, const cdp_deployment_input *input,
                           cdp_diagnostics *diagnostics)
{
    switch (input->kind) {
    case CDP_DEPLOYMENT_INPUT_TIME:
        return CDP_OK;
    case CDP_DEPLOYMENT_INPUT_TARGET:
        return cdp_input_target(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_START:
        return cdp_input_start(deployment, diagnostics);
    case CDP_DEPLOYMENT_INPUT_ANSWER:
        return answer(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_BEGUN:
        return begun(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_STOP:
        return stop(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_CONTINUE:
        return go_on(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_ALARM:
        return alarm(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_FAIL:
        return fail(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_LOST:
    case CDP_DEPLOYMENT_INPUT_LEFT:
    case CDP_DEPLOYMENT_INPUT_RESTARTED:
        return cdp_input_departure(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_EVENT:
        return event(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_ROLLED_BACK:
    case CDP_DEPLOYMENT_INPUT_FOLLOWED:
        return related(deployment, input, diagnostics);
    case CDP_DEPLOYMENT_INPUT_TROUBLE:
        return trouble(deployment, input);
    }
    return CDP_ERR_ARGUMENT;
}

void cdp_slot_late(cdp_deployment *deployment, uint32_t slot)
{
    bool cancel = deployment->slots[slot].kind == CDP_DEPLOYMENT_ACTION_CANCEL;

    cdp_slot_close(deployment, slot);
    if (cancel) {
        cdp_change_say(deployment, cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_TROUBLE),
                       CDP_STR("what was cancelled did not end in time"));
        cdp_end_if_quiet(deployment);
    } else if (slot == CDP_SLOT_TASK_SET) {
        cdp_task_set_deleted(deployment, false);
    }
}
