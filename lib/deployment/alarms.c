/* SPDX-License-Identifier: MIT */
/* Alarms: asked for at the start, before each event on Lambda and ECS, and again and again while the
 * deployment runs. One whose state is not known is never taken for quiet. */
#include "deployment/acts.h"

enum { LEAST_POLL_LIMIT_MS = 60000 };

int64_t cdp_alarms_limit(const cdp_deployment *deployment)
{
    return deployment->alarm_poll_ms > LEAST_POLL_LIMIT_MS ? deployment->alarm_poll_ms
                                                           : LEAST_POLL_LIMIT_MS;
}

void cdp_alarms_ask(cdp_deployment *deployment)
{
    if (deployment->slots[CDP_SLOT_POLL].token)
        return;
    for (size_t i = 0; i < deployment->alarm_count; i++)
        deployment->alarms[i].told = false;
    deployment->poll_due = INT64_MAX;
    cdp_slot_open(deployment, CDP_SLOT_POLL, CDP_DEPLOYMENT_ACTION_POLL_ALARMS, CDP_SLOT_NO_EVENT,
                  cdp_add_time(deployment->now, cdp_alarms_limit(deployment)));
}

static bool is_active(const cdp_alarm *alarm)
{
    return alarm->state == CDP_ALARM_STATE_ALARM && !alarm->excused;
}

static bool is_unreadable(const cdp_alarm *alarm)
{
    return alarm->state == CDP_ALARM_STATE_UNREADABLE;
}

/* Says which alarms it was: `words`, and their names. */
static cdp_string name_them(cdp_deployment *deployment, const char *words,
                            bool (*is_one)(const cdp_alarm *alarm))
{
    cdp_text *said = &deployment->said;
    size_t at = said->length;

    cdp_text_put_c(said, words);
    for (size_t i = 0, named = 0; i < deployment->alarm_count; i++) {
        if (!is_one(&deployment->alarms[i]))
            continue;
        cdp_text_put_c(said, named++ ? ", " : " ");
        cdp_text_put(said, deployment->alarms[i].name);
    }
    if (cdp_text_status(said) == CDP_OK)
        return cdp_string_slice(said->data + at, said->length - at);
    cdp_text_rollback(said, at);
    return cdp_string_of(words);
}

static bool any(const cdp_deployment *deployment, bool (*is_one)(const cdp_alarm *alarm))
{
    for (size_t i = 0; i < deployment->alarm_count; i++) {
        if (is_one(&deployment->alarms[i]))
            return true;
    }
    return false;
}

static void stop(cdp_deployment *deployment, cdp_string message)
{
    deployment->stopped_by_alarm = true;
    cdp_end(deployment, CDP_DEPLOYMENT_STATUS_STOPPED, CDP_ERROR_CODE_ALARM_ACTIVE, message);
}

/* True when nothing keeps the deployment from going on. */
static bool are_quiet(cdp_deployment *deployment)
{
    if (any(deployment, is_active)) {
        stop(deployment, name_them(deployment, "these alarms are active:", is_active));
        return false;
    }
    if (!deployment->ignores_poll_failure && any(deployment, is_unreadable)) {
        stop(deployment,
             name_them(deployment, "the state of these alarms could not be read:", is_unreadable));
        return false;
    }
    return true;
}

/* Since the states were last asked for: in the first look, since the start. */
static bool was_quiet(const cdp_alarm *alarm)
{
    return alarm->told && alarm->state == CDP_ALARM_STATE_OK;
}

static void set_state(cdp_deployment *deployment, size_t index, cdp_alarm_state state)
{
    cdp_alarm *alarm = &deployment->alarms[index];
    cdp_kept_change *change;

    if (state == CDP_ALARM_STATE_OK)
        alarm->excused = false;
    else if (state == CDP_ALARM_STATE_ALARM &&
             deployment->alarm_policy == CDP_ALARM_POLICY_ONLY_NEW &&
             (deployment->stage == CDP_STAGE_CREATED ||
              (deployment->stage == CDP_STAGE_ALARMS && !was_quiet(alarm))))
        alarm->excused = true;
    if (alarm->state == (uint8_t)state)
        return;
    alarm->state = (uint8_t)state;
    change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_ALARM);
    change->alarm = (uint16_t)index;
    change->status = (uint8_t)state;
}

void cdp_alarm_told(cdp_deployment *deployment, size_t alarm, cdp_alarm_state state)
{
    set_state(deployment, alarm, state);
    deployment->alarms[alarm].told = true;
    if (deployment->watches_alarms && deployment->stage > CDP_STAGE_CREATED &&
        deployment->stage < CDP_STAGE_ENDING)
        (void)are_quiet(deployment);
}

void cdp_alarms_answered(cdp_deployment *deployment, bool readable)
{
    cdp_slot_close(deployment, CDP_SLOT_POLL);
    for (size_t i = 0; i < deployment->alarm_count; i++) {
        if (!readable || !deployment->alarms[i].told)
            set_state(deployment, i,
                      deployment->alarms[i].told ? (cdp_alarm_state)deployment->alarms[i].state
                                                 : CDP_ALARM_STATE_UNREADABLE);
    }
    if (!are_quiet(deployment))
        return;
    deployment->polled_ms = deployment->now;
    deployment->poll_due = cdp_add_time(deployment->now, deployment->alarm_poll_ms);
    if (deployment->stage == CDP_STAGE_ALARMS) {
        cdp_run_begin(deployment);
    } else if (deployment->alarm_due) {
        deployment->alarm_due = false;
        cdp_target_advance(deployment, 0);
    }
}

bool cdp_alarms_are_dark(const cdp_deployment *deployment)
{
    for (size_t i = 0; i < deployment->alarm_count; i++) {
        if (!is_unreadable(&deployment->alarms[i]))
            return false;
    }
    return deployment->ignores_poll_failure && !deployment->alarm_due &&
           deployment->stage != CDP_STAGE_ALARMS;
}

bool cdp_alarms_quiet(cdp_deployment *deployment)
{
    if (!deployment->watches_alarms || deployment->polled_ms == deployment->now)
        return true;
    deployment->alarm_due = true;
    cdp_alarms_ask(deployment);
    return false;
}
