/* SPDX-License-Identifier: MIT */
/* One input after the other; before each, what is due by then, in the order of time. */
#include "deployment/acts.h"

#include "base/number.h"
#include "base/report.h"
#include "base/sized.h"
#include "deployment/inputs.h"
#include "deployment/refuse.h"

/* ---------------------------------------------------------------------------------------------- */
/* What is due                                                                                    */
/* ---------------------------------------------------------------------------------------------- */

/* What is due at the same time happens in the order in which first_due() considers it. */
typedef enum due_kind {
    DUE_NOTHING = 0,
    DUE_TARGET,
    DUE_ROLLOUT,
    DUE_TRAFFIC,
    DUE_READY,
    DUE_TERMINATION,
    DUE_POLL_LATE,
    DUE_POLL,
    DUE_TASK_SET,
    DUE_SLOT,
    DUE_HEARTBEAT,
    DUE_LIMIT
} due_kind;

typedef struct due {
    due_kind kind;
    int64_t at;
} due;

static void consider(due *first, due_kind kind, int64_t at)
{
    if (at < first->at)
        *first = (due){kind, at};
}

static int64_t slot_deadline(const cdp_deployment *deployment, uint32_t slot)
{
    return deployment->slots[slot].token ? deployment->slots[slot].deadline_ms : INT64_MAX;
}

static bool is_running(const cdp_deployment *deployment)
{
    return deployment->stage > CDP_STAGE_CREATED && deployment->stage < CDP_STAGE_ENDING;
}

/* Traffic waits for the weight that was asked for last, but the schedule goes on. */
static int64_t traffic_deadline(const cdp_deployment *deployment)
{
    int64_t until;
    cdp_deployment_wait wait = cdp_present_wait(deployment, &until);

    return wait == CDP_DEPLOYMENT_WAIT_TRAFFIC ? until : INT64_MAX;
}

/* What comes again and again by itself, also when nobody looks. */
static void consider_recurring(const cdp_deployment *deployment, due *first)
{
    consider(first, DUE_POLL_LATE, slot_deadline(deployment, CDP_SLOT_POLL));
    consider(first, DUE_POLL, deployment->poll_due);
    consider(first, DUE_HEARTBEAT, deployment->heartbeat_due);
}

static due first_due(const cdp_deployment *deployment, bool recurring)
{
    due first = {DUE_NOTHING, INT64_MAX};
    uint32_t target = cdp_heap_first(deployment);

    if (deployment->stage == CDP_STAGE_OVER)
        return first;
    if (target != CDP_DEPLOYMENT_NO_TARGET)
        consider(&first, DUE_TARGET, cdp_target_deadline(deployment, target));
    consider(&first, DUE_TASK_SET, slot_deadline(deployment, CDP_SLOT_TASK_SET));
    consider(&first, DUE_SLOT, slot_deadline(deployment, CDP_SLOT_PROVISION));
    if (!is_running(deployment))
        return first;
    if (deployment->rollout && deployment->stage == CDP_STAGE_RUN)
        consider(&first, DUE_ROLLOUT, cdp_rollout_next_deadline(deployment->rollout));
    if (deployment->engine == CDP_ENGINE_SHIFT)
        consider(&first, DUE_TRAFFIC, traffic_deadline(deployment));
    consider(&first, DUE_READY, deployment->ready_until);
    consider(&first, DUE_TERMINATION, deployment->termination_until);
    if (recurring)
        consider_recurring(deployment, &first);
    consider(&first, DUE_LIMIT, cdp_add_time(deployment->start_ms, deployment->limit_ms));
    return first;
}

static void expire_ready(cdp_deployment *deployment)
{
    deployment->ready_expired = true;
    cdp_end(deployment, CDP_DEPLOYMENT_STATUS_STOPPED, CDP_ERROR_CODE_TIMEOUT,
            CDP_STR("nobody continued the deployment while it was Ready"));
}

/* The heartbeat of a launch deployment. */
static void beat(cdp_deployment *deployment)
{
    deployment->heartbeat_due = cdp_add_time(deployment->now, CDP_HEARTBEAT_MS);
    cdp_actions_tell(deployment, CDP_DEPLOYMENT_ACTION_AUTO_SCALING, CDP_DEPLOYMENT_NO_TARGET,
                     CDP_ROLLOUT_ANSWER_NONE);
}

static void happen(cdp_deployment *deployment, due_kind kind)
{
    switch (kind) {
    case DUE_TARGET:
        cdp_target_due(deployment, cdp_heap_first(deployment));
        break;
    case DUE_ROLLOUT:
        cdp_change_wait(deployment, CDP_DEPLOYMENT_WAIT_ROLLOUT, false, deployment->now);
        (void)cdp_rollout_step(deployment->rollout, deployment->now, NULL);
        break;
    case DUE_TRAFFIC:
        cdp_shift_due(deployment);
        break;
    case DUE_READY:
        expire_ready(deployment);
        break;
    case DUE_TERMINATION:
        cdp_termination_begins(deployment);
        break;
    case DUE_POLL_LATE:
        cdp_alarms_answered(deployment, false);
        break;
    case DUE_POLL:
        cdp_alarms_ask(deployment);
        break;
    case DUE_TASK_SET:
        cdp_slot_late(deployment, CDP_SLOT_TASK_SET);
        break;
    case DUE_SLOT:
        cdp_slot_late(deployment, CDP_SLOT_PROVISION);
        break;
    case DUE_HEARTBEAT:
        beat(deployment);
        break;
    case DUE_LIMIT:
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED, CDP_ERROR_CODE_TIMEOUT,
                CDP_STR("the deployment took longer than it may as a whole"));
        break;
    case DUE_NOTHING:
        break;
    }
    cdp_fleet_pump(deployment);
}

/* ---------------------------------------------------------------------------------------------- */
/* A long time in which nothing but that comes again which changes nothing                        */
/* ---------------------------------------------------------------------------------------------- */

/* How often something happens from `from` on, before `until`. */
static int64_t times_before(int64_t from, int64_t until, int64_t period)
{
    return from < until ? (until - 1 - from) / period + 1 : 0;
}

/* Each takes a token, whether it is told or another one is waiting already. */
static int64_t skip_heartbeats(cdp_deployment *deployment, int64_t until)
{
    int64_t count = times_before(deployment->heartbeat_due, until, CDP_HEARTBEAT_MS);

    if (count == 0)
        return deployment->now;
    deployment->sequence += (uint64_t)count;
    deployment->heartbeat_due += count * CDP_HEARTBEAT_MS;
    return deployment->heartbeat_due - CDP_HEARTBEAT_MS;
}

/* Looks at the alarms that nobody answers, up to the last one before `until`, and the heartbeats
 * between them. */
static void skip_looks(cdp_deployment *deployment, int64_t until)
{
    int64_t wait = deployment->alarm_poll_ms;
    int64_t period = cdp_add_time(cdp_alarms_limit(deployment), wait);
    int64_t count = times_before(deployment->poll_due, until, period) - 1;
    int64_t beaten;

    if (count <= 0)
        return;
    deployment->sequence += (uint64_t)count;
    deployment->poll_due += count * period;
    beaten = skip_heartbeats(deployment, deployment->poll_due);
    deployment->polled_ms = deployment->poll_due - wait;
    deployment->now = beaten > deployment->polled_ms ? beaten : deployment->polled_ms;
}

/* A host may have slept for years. */
static void skip_idle(cdp_deployment *deployment, due_kind next, int64_t limit)
{
    due other = first_due(deployment, false);
    int64_t until = other.at < limit ? other.at : limit;

    if (deployment->heartbeat_due < until && !cdp_actions_has_heartbeat(deployment))
        return;
    if (next == DUE_POLL && cdp_alarms_are_dark(deployment))
        skip_looks(deployment, until);
    else if (next == DUE_HEARTBEAT && deployment->poll_due == INT64_MAX &&
             !deployment->slots[CDP_SLOT_POLL].token)
        deployment->now = skip_heartbeats(deployment, until);
}

/* Lets happen what is due before `limit`. */
static void run_before(cdp_deployment *deployment, int64_t limit)
{
    due first;

    while ((first = first_due(deployment, true)).at < limit) {
        if (first.kind == DUE_POLL || first.kind == DUE_HEARTBEAT)
            skip_idle(deployment, first.kind, limit);
        first = first_due(deployment, true);
        if (first.at >= limit)
            break;
        if (first.at > deployment->now)
            deployment->now = first.at;
        happen(deployment, first.kind);
    }
}

/* ---------------------------------------------------------------------------------------------- */
/* Inputs                                                                                         */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status check_time(const cdp_deployment *deployment, int64_t now,
                             cdp_diagnostics *diagnostics)
{
    int64_t first = deployment->now < 0 ? 0 : deployment->now;
    int64_t last = CDP_LATEST_TIME;
    cdp_number_buffer numbers[3];
    cdp_report report = {.code = CDP_DIAGNOSTIC_DEPLOYMENT_TIME};

    if (deployment->create_ms >= 0 &&
        deployment->create_ms < CDP_LATEST_TIME - CDP_MACHINE_LONGEST_TIME)
        last = deployment->create_ms + CDP_MACHINE_LONGEST_TIME - 1;
    if (now >= first && now <= last)
        return CDP_OK;
    report.arguments[0] = cdp_number_text(now, &numbers[0]);
    report.arguments[1] = cdp_number_text(first, &numbers[1]);
    report.arguments[2] = cdp_number_text(last, &numbers[2]);
    return cdp_diagnostics_refuse(CDP_ERR_TIME, diagnostics, &report);
}

/* Words that snapshots and records have to spell. The other ones are looked at where they count. */
static bool words_are_sound(const cdp_deployment_input *input)
{
    switch (input->kind) {
    case CDP_DEPLOYMENT_INPUT_ANSWER:
        return (unsigned)input->error <= CDP_EVENT_ERROR_UNKNOWN_ERROR &&
               (unsigned)input->code <= CDP_ERROR_CODE_CLOUDFORMATION_STACK_FAILURE;
    case CDP_DEPLOYMENT_INPUT_EVENT:
        return (unsigned)input->error <= CDP_EVENT_ERROR_UNKNOWN_ERROR;
    case CDP_DEPLOYMENT_INPUT_STOP:
        return (unsigned)input->answer <= CDP_DEPLOYMENT_NO;
    default:
        return true;
    }
}

static cdp_status read_input(const cdp_deployment_input *given, cdp_deployment_input *own)
{
    cdp_status status;

    if (!given) {
        *own = (cdp_deployment_input){.size = sizeof *own};
        return CDP_OK;
    }
    status = cdp_sized_read(own, sizeof *own, given);
    if (status == CDP_OK && (own->reserved || !words_are_sound(own)))
        return CDP_ERR_ARGUMENT;
    /* Absent is absent, whatever length it claims. */
    if (!own->message.data)
        own->message.length = 0;
    if (!own->name.data)
        own->name.length = 0;
    return status;
}

/* Trouble is a change in the log only. It may well be that a save failed: to ask for the next one
 * at once would never end. */
static bool is_worth_saving(const cdp_deployment *deployment, cdp_deployment_input_kind kind,
                            size_t changes_before)
{
    size_t changes = deployment->change_count - changes_before;

    if (kind == CDP_DEPLOYMENT_INPUT_TROUBLE)
        return changes > 1;
    return kind != CDP_DEPLOYMENT_INPUT_TIME || changes > 0;
}

/* An input is looked at as it would be at `now`, and only then does it happen. */
static cdp_status take(cdp_deployment *deployment, int64_t now, const cdp_deployment_input *input,
                       cdp_diagnostics *diagnostics)
{
    int64_t before = deployment->now;
    size_t changes = deployment->change_count;
    cdp_status status;

    deployment->now = now;
    status = cdp_input_apply(deployment, input, diagnostics);
    if (status != CDP_OK) {
        deployment->now = before;
        return status;
    }
    if (deployment->create_ms < 0)
        deployment->create_ms = now;
    deployment->input_count++;
    cdp_fleet_pump(deployment);
    run_before(deployment, now + 1);
    /* Saves are numbered by the accepted inputs, so what a refused one found due waits for them. */
    if (is_worth_saving(deployment, input->kind, changes) || deployment->unsaved)
        cdp_actions_save(deployment);
    deployment->unsaved = false;
    return CDP_OK;
}

cdp_status cdp_deployment_step(cdp_deployment *deployment, int64_t now,
                               const cdp_deployment_input *input, cdp_diagnostics *diagnostics)
{
    cdp_deployment_input own;
    cdp_status status;

    if (!deployment)
        return CDP_ERR_ARGUMENT;
    if (deployment->in_callback)
        return cdp_deployment_refuse_callback(diagnostics);
    cdp_changes_clear(deployment);
    status = read_input(input, &own);
    if (status == CDP_OK)
        status = check_time(deployment, now, diagnostics);
    if (status != CDP_OK)
        return status;
    if (deployment->stage > CDP_STAGE_CREATED) {
        run_before(deployment, now);
        deployment->unsaved = deployment->unsaved || deployment->change_count > 0;
    }
    return take(deployment, now, &own, diagnostics);
}

int64_t cdp_deployment_next_deadline(const cdp_deployment *deployment)
{
    return deployment && deployment->stage > CDP_STAGE_CREATED ? first_due(deployment, true).at
                                                               : INT64_MAX;
}

int64_t cdp_deployment_now(const cdp_deployment *deployment)
{
    return deployment ? deployment->now : -1;
}

/* ---------------------------------------------------------------------------------------------- */
/* The commonest                                                                                  */
/* ---------------------------------------------------------------------------------------------- */

cdp_status cdp_deployment_add_target(cdp_deployment *deployment, int64_t now,
                                     const cdp_rollout_instance *instance,
                                     cdp_diagnostics *diagnostics)
{
    cdp_deployment_input input = {
        .size = sizeof input, .kind = CDP_DEPLOYMENT_INPUT_TARGET, .instance = instance};

    return cdp_deployment_step(deployment, now, &input, diagnostics);
}

cdp_status cdp_deployment_start(cdp_deployment *deployment, int64_t now,
                                cdp_diagnostics *diagnostics)
{
    cdp_deployment_input input = {.size = sizeof input, .kind = CDP_DEPLOYMENT_INPUT_START};

    return cdp_deployment_step(deployment, now, &input, diagnostics);
}

cdp_status cdp_deployment_answer(cdp_deployment *deployment, int64_t now, uint64_t token,
                                 cdp_deployment_outcome outcome, cdp_string message,
                                 cdp_diagnostics *diagnostics)
{
    cdp_deployment_input input = {.size = sizeof input,
                                  .kind = CDP_DEPLOYMENT_INPUT_ANSWER,
                                  .outcome = outcome,
                                  .token = token,
                                  .message = message};

    return cdp_deployment_step(deployment, now, &input, diagnostics);
}

cdp_status cdp_deployment_stop(cdp_deployment *deployment, int64_t now,
                               cdp_deployment_flag auto_rollback, cdp_diagnostics *diagnostics)
{
    cdp_deployment_input input = {
        .size = sizeof input, .kind = CDP_DEPLOYMENT_INPUT_STOP, .answer = auto_rollback};

    return cdp_deployment_step(deployment, now, &input, diagnostics);
}

cdp_status cdp_deployment_continue(cdp_deployment *deployment, int64_t now, cdp_wait_type wait,
                                   cdp_diagnostics *diagnostics)
{
    cdp_deployment_input input = {
        .size = sizeof input, .kind = CDP_DEPLOYMENT_INPUT_CONTINUE, .wait = wait};

    return cdp_deployment_step(deployment, now, &input, diagnostics);
}

cdp_status cdp_deployment_alarm(cdp_deployment *deployment, int64_t now, cdp_string name,
                                cdp_alarm_state state, cdp_diagnostics *diagnostics)
{
    cdp_deployment_input input = {.size = sizeof input,
                                  .kind = CDP_DEPLOYMENT_INPUT_ALARM,
                                  .name = name,
                                  .alarm_state = state};

    return cdp_deployment_step(deployment, now, &input, diagnostics);
}
