/* SPDX-License-Identifier: MIT */
#ifndef CDP_DEPLOYMENT_ACTS_H
#define CDP_DEPLOYMENT_ACTS_H

#include "deployment/books.h"

/* None of these fails: what could fail was looked at, and reserved, before. */

/* -- course.c: one target from event to event ------------------------------------------------- */

/* The target's turn has come. */
void cdp_target_start(cdp_deployment *deployment, uint32_t target);
/* Goes as far as it can without waiting for somebody. */
void cdp_target_advance(cdp_deployment *deployment, uint32_t target);
/* Its event in progress has ended. */
void cdp_target_finish(cdp_deployment *deployment, uint32_t target, bool succeeded,
                       cdp_event_error error);
/* Ends it now, whatever it does; what it began is cancelled. */
void cdp_target_stop(cdp_deployment *deployment, uint32_t target);
void cdp_target_lose(cdp_deployment *deployment, uint32_t target);
/* Its machine has something due. */
void cdp_target_due(cdp_deployment *deployment, uint32_t target);
/* A cancelled or terminating action of it has ended. */
void cdp_target_cancelled(cdp_deployment *deployment, uint32_t target);
/* `whole_targets`: all that is left of this phase went well. */
void cdp_target_complete(cdp_deployment *deployment, uint32_t target);

/* -- fleet.c ---------------------------------------------------------------------------------- */

void cdp_fleet_begin(cdp_deployment *deployment);
/* A target has come to an end of its phase. */
void cdp_fleet_result(cdp_deployment *deployment, uint32_t target, bool succeeded);
/* Carries out what the roll-out decides. */
void cdp_fleet_pump(cdp_deployment *deployment);
void cdp_terminate_originals(cdp_deployment *deployment);
/* An original was terminated, or not. */
void cdp_fleet_terminated(cdp_deployment *deployment, uint32_t target, bool succeeded);

/* -- reroute.c -------------------------------------------------------------------------------- */

void cdp_reroute_begin(cdp_deployment *deployment);
void cdp_reroute_result(cdp_deployment *deployment, uint32_t target, bool succeeded);

/* -- shift.c ---------------------------------------------------------------------------------- */

void cdp_shift_begin(cdp_deployment *deployment);
/* AllowTraffic begins. */
void cdp_shift_traffic(cdp_deployment *deployment);
void cdp_shift_due(cdp_deployment *deployment);
/* A weight was set. */
void cdp_shift_set(cdp_deployment *deployment, const cdp_slot *slot);
void cdp_shift_continue(cdp_deployment *deployment);
/* The one target has come to its end, or is Ready. */
void cdp_shift_result(cdp_deployment *deployment, bool succeeded);
/* A step of the traffic that was asked for and not answered. */
void cdp_shift_late(cdp_deployment *deployment);

/* -- waits.c ---------------------------------------------------------------------------------- */

void cdp_wait_ready(cdp_deployment *deployment);
void cdp_wait_termination(cdp_deployment *deployment);
/* The wait is over, or there was none. */
void cdp_termination_begins(cdp_deployment *deployment);
void cdp_task_set_deleted(cdp_deployment *deployment, bool succeeded);
/* The host takes an action out, or answers that it failed: from the one to the other an original that
 * it removes may be gone. */
void cdp_removal_told(cdp_deployment *deployment, const cdp_slot *slot);
void cdp_removal_failed(cdp_deployment *deployment, const cdp_slot *slot);
void cdp_ready_continued(cdp_deployment *deployment);
/* What is waited for now, and until when. */
cdp_deployment_wait cdp_present_wait(const cdp_deployment *deployment, int64_t *until);

/* -- alarms.c --------------------------------------------------------------------------------- */

void cdp_alarms_ask(cdp_deployment *deployment);
/* How long the answer may take. */
int64_t cdp_alarms_limit(const cdp_deployment *deployment);
/* None could be read, and that is to be of no consequence: another look that nobody answers changes
 * nothing. */
bool cdp_alarms_are_dark(const cdp_deployment *deployment);
/* The states are told; `readable` false when they could not be had. */
void cdp_alarms_answered(cdp_deployment *deployment, bool readable);
void cdp_alarm_told(cdp_deployment *deployment, size_t alarm, cdp_alarm_state state);
/* True when the event that comes next may begin: the alarms were looked at in this instant. */
bool cdp_alarms_quiet(cdp_deployment *deployment);

/* -- ending.c --------------------------------------------------------------------------------- */

/* From now on nothing new begins; the status is final once nothing runs any more. `message` may be
 * absent. */
void cdp_end(cdp_deployment *deployment, cdp_deployment_status status, cdp_error_code code,
             cdp_string message);
/* Something that was waited for has ended. */
void cdp_end_if_quiet(cdp_deployment *deployment);
/* The code for the failure of what a target does. */
cdp_error_code cdp_code_of(const cdp_deployment *deployment, uint32_t target);

/* -- inputs_targets.c ----------------------------------------------------------------------------------- */

/* After the first look at the alarms: on to whatever comes next. */
void cdp_run_begin(cdp_deployment *deployment);
/* The replacement environment is there; all targets are known. */
cdp_status cdp_provisioned(cdp_deployment *deployment, cdp_diagnostics *diagnostics);

#endif
