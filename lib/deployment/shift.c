/* SPDX-License-Identifier: MIT */
/* Lambda and ECS: one target, and traffic that moves along a schedule, or back at once. */
#include "deployment/acts.h"

#include "traffic/cursor.h"

/* A shift may take as long as its schedule, but each step is done at once. */
enum { TARGET = 0, STEP_LIMIT_MS = 3600000 };

static cdp_string no_message(void)
{
    return (cdp_string){NULL, 0};
}

static void ask(cdp_deployment *deployment, cdp_deployment_action_kind kind, int32_t weight)
{
    unsigned event = cdp_machine_of(deployment, TARGET)->cursor;
    cdp_slot *slot = cdp_slot_open(deployment, cdp_slot_of_target(TARGET), kind, event,
                                   cdp_add_time(deployment->now, STEP_LIMIT_MS));

    slot->weight = weight;
    if (kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC)
        deployment->asked_weight = weight;
}

static void finish(cdp_deployment *deployment)
{
    cdp_target_finish(deployment, TARGET, true, CDP_EVENT_ERROR_SUCCESS);
}

void cdp_shift_begin(cdp_deployment *deployment)
{
    cdp_target_start(deployment, TARGET);
}

/* ---------------------------------------------------------------------------------------------- */
/* Forth                                                                                          */
/* ---------------------------------------------------------------------------------------------- */

static void tell_wait(cdp_deployment *deployment)
{
    int64_t until = cdp_traffic_cursor_next_deadline(deployment->cursor);

    if (cdp_traffic_cursor_is_done(deployment->cursor))
        return;
    cdp_change_wait(deployment,
                    cdp_traffic_cursor_is_at_gate(deployment->cursor) ? CDP_DEPLOYMENT_WAIT_GATE
                                                                      : CDP_DEPLOYMENT_WAIT_TRAFFIC,
                    true, until);
}

/* Where the cursor stands is what the traffic should be; one weight is set after the other. */
static void follow_cursor(cdp_deployment *deployment)
{
    int32_t wanted = cdp_traffic_cursor_weight(deployment->cursor);

    if (cdp_member_at(deployment, TARGET)->slot.token)
        return;
    if (wanted != deployment->weight)
        ask(deployment, CDP_DEPLOYMENT_ACTION_SET_TRAFFIC, wanted);
    else if (cdp_traffic_cursor_is_done(deployment->cursor))
        finish(deployment);
}

static void unshift_traffic(cdp_deployment *deployment);

void cdp_shift_traffic(cdp_deployment *deployment)
{
    cdp_traffic_cursor *cursor = deployment->cursor;

    if (deployment->engine == CDP_ENGINE_UNSHIFT) {
        unshift_traffic(deployment);
        return;
    }
    cursor->start_ms = deployment->now;
    cursor->now_ms = -1;
    cursor->begun = 0;
    cursor->done = false;
    (void)cdp_traffic_cursor_step(cursor, deployment->now, NULL);
    tell_wait(deployment);
    follow_cursor(deployment);
}

void cdp_shift_due(cdp_deployment *deployment)
{
    size_t begun = cdp_traffic_cursor_steps_begun(deployment->cursor);

    (void)cdp_traffic_cursor_step(deployment->cursor, deployment->now, NULL);
    if (cdp_traffic_cursor_steps_begun(deployment->cursor) != begun)
        tell_wait(deployment);
    follow_cursor(deployment);
}

void cdp_shift_continue(cdp_deployment *deployment)
{
    cdp_change_wait(deployment,
                    cdp_traffic_cursor_is_at_gate(deployment->cursor) ? CDP_DEPLOYMENT_WAIT_GATE
                                                                      : CDP_DEPLOYMENT_WAIT_TRAFFIC,
                    false, deployment->now);
    (void)cdp_traffic_cursor_continue(deployment->cursor, deployment->now, NULL);
    tell_wait(deployment);
    follow_cursor(deployment);
}

/* ---------------------------------------------------------------------------------------------- */
/* Back                                                                                           */
/* ---------------------------------------------------------------------------------------------- */

/* Production first: that is where people are. */
static void unshift_traffic(cdp_deployment *deployment)
{
    if (deployment->way_back.moved)
        ask(deployment, CDP_DEPLOYMENT_ACTION_SET_TRAFFIC, 0);
    else if (deployment->way_back.test_traffic)
        ask(deployment, CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC, 0);
    else
        finish(deployment);
}

/* ---------------------------------------------------------------------------------------------- */

void cdp_shift_set(cdp_deployment *deployment, const cdp_slot *slot)
{
    bool test = slot->kind == CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC;
    int32_t weight = slot->weight;
    cdp_kept_change *change = cdp_change_add(deployment, test ? CDP_DEPLOYMENT_CHANGE_TEST_TRAFFIC
                                                              : CDP_DEPLOYMENT_CHANGE_TRAFFIC);

    change->target = TARGET;
    change->weight = (int8_t)weight;
    if (test)
        deployment->test_weight = weight;
    else
        deployment->weight = weight;
    cdp_slot_close(deployment, cdp_slot_of_target(TARGET));
    if (deployment->engine == CDP_ENGINE_UNSHIFT) {
        if (test)
            deployment->way_back.test_traffic = false;
        else
            deployment->way_back.moved = false;
        unshift_traffic(deployment);
    } else if (test) {
        finish(deployment);
    } else {
        follow_cursor(deployment);
    }
}

void cdp_shift_late(cdp_deployment *deployment)
{
    cdp_text *messages = &deployment->messages;
    size_t at = messages->length;

    cdp_text_put_c(messages, "The traffic was not moved within an hour.");
    cdp_text_put_byte(messages, '\0');
    if (cdp_text_status(messages) == CDP_OK)
        cdp_target_keep_message(deployment, TARGET, at, messages->length - at - 1, CDP_OK);
    else
        cdp_text_rollback(messages, at);
    cdp_slot_cancel(deployment, cdp_slot_of_target(TARGET));
    cdp_target_finish(deployment, TARGET, false, CDP_EVENT_ERROR_SUCCESS);
}

/* The host's own words, or which event it was. */
static cdp_string why_it_failed(cdp_deployment *deployment)
{
    const cdp_machine *machine = cdp_machine_of(deployment, TARGET);
    cdp_string message = cdp_target_message(deployment, TARGET);
    cdp_text *said = &deployment->said;
    size_t at = said->length;

    if (message.length)
        return message;
    for (size_t i = 0; i < machine->plan->count; i++) {
        cdp_lifecycle_event_record record = cdp_machine_event_at(machine, i);

        if (record.status != CDP_EVENT_STATUS_FAILED)
            continue;
        cdp_text_put(said, record.name);
        if (record.reason == CDP_LIFECYCLE_REASON_EVENT_FAILED || !record.message.length) {
            cdp_text_put_c(said, " failed.");
        } else {
            cdp_text_put_c(said, ": ");
            cdp_text_put(said, record.message);
        }
        break;
    }
    if (cdp_text_status(said) == CDP_OK)
        return cdp_string_slice(said->data + at, said->length - at);
    cdp_text_rollback(said, at);
    return message;
}

void cdp_shift_result(cdp_deployment *deployment, bool succeeded)
{
    const cdp_machine *machine = cdp_machine_of(deployment, TARGET);

    if (!succeeded)
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED, cdp_code_of(deployment, TARGET),
                why_it_failed(deployment));
    else if (machine->status == CDP_TARGET_STATUS_READY)
        cdp_wait_ready(deployment);
    else if (deployment->platform == CDP_PLATFORM_ECS)
        cdp_wait_termination(deployment);
    else
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_SUCCEEDED, CDP_ERROR_CODE_NONE, no_message());
}
