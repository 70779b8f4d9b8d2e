/* SPDX-License-Identifier: MIT */
#ifndef CDP_DEPLOYMENT_BOOKS_H
#define CDP_DEPLOYMENT_BOOKS_H

#include "deployment/state.h"

/* ---------------------------------------------------------------------------------------------- */
/* targets.c                                                                                      */
/* ---------------------------------------------------------------------------------------------- */

/* Room for one more target, in every table that has a place for each. CDP_OK or CDP_ERR_NOMEM. */
cdp_status cdp_targets_reserve(cdp_deployment *deployment, size_t more);
/* Behind cdp_targets_reserve(). `id` and `zone` are the arena's. */
void cdp_targets_append(cdp_deployment *deployment, cdp_string id, cdp_string zone, unsigned flags);
/* A machine from its beginning. */
void cdp_target_reset(cdp_deployment *deployment, uint32_t target);
/* The same for one that has done something already. */
void cdp_target_begin_anew(cdp_deployment *deployment, uint32_t target);
/* After an input of the target's machine: its changes, notifications, counts and deadline. */
void cdp_target_note(cdp_deployment *deployment, uint32_t target);
/* The deployment keeps its next event from beginning: what was cancelled still runs, or the alarms are
 * being looked at. */
bool cdp_target_is_held(const cdp_deployment *deployment, uint32_t target);
/* Takes part no more, or again, in what is counted. */
void cdp_target_set_apart(cdp_deployment *deployment, uint32_t target, bool apart);
void cdp_target_keep_message(cdp_deployment *deployment, uint32_t target, size_t at, size_t length,
                             cdp_status host_status);
cdp_string cdp_target_message(const cdp_deployment *deployment, uint32_t target);

/* ---------------------------------------------------------------------------------------------- */
/* heap.c: what is due first                                                                      */
/* ---------------------------------------------------------------------------------------------- */

int64_t cdp_target_deadline(const cdp_deployment *deployment, uint32_t target);
/* After a target's deadline has changed. */
void cdp_heap_update(cdp_deployment *deployment, uint32_t target);
/* CDP_DEPLOYMENT_NO_TARGET when nothing is due. */
uint32_t cdp_heap_first(const cdp_deployment *deployment);
void cdp_heap_rebuild(cdp_deployment *deployment);

/* ---------------------------------------------------------------------------------------------- */
/* slots.c: actions                                                                               */
/* ---------------------------------------------------------------------------------------------- */

cdp_slot *cdp_slot_at(const cdp_deployment *deployment, uint32_t index);
static inline uint32_t cdp_slot_of_target(uint32_t target)
{
    return target + CDP_SLOT_TARGETS;
}
/* Opens an action in an empty slot. */
cdp_slot *cdp_slot_open(cdp_deployment *deployment, uint32_t index, cdp_deployment_action_kind kind,
                        unsigned event, int64_t deadline);
/* The host has it. */
void cdp_slot_take(cdp_deployment *deployment, uint32_t index);
/* It was answered, or nobody waits for it any more. */
void cdp_slot_close(cdp_deployment *deployment, uint32_t index);
/* What was begun is to be ended; what nobody took out yet is forgotten. */
void cdp_slot_cancel(cdp_deployment *deployment, uint32_t index);
/* The slot of a token; CDP_ERR_NOT_FOUND for one that was never given out, CDP_ERR_STATE for one that
 * is not open any more. */
cdp_status cdp_slot_find(const cdp_deployment *deployment, uint64_t token, uint32_t *index);
/* Something to be told that nobody answers. */
void cdp_actions_tell(cdp_deployment *deployment, cdp_deployment_action_kind kind, uint32_t target,
                      unsigned answer);
/* A heartbeat waits for the host. */
bool cdp_actions_has_heartbeat(const cdp_deployment *deployment);
/* Tells the triggers that want to know. */
void cdp_actions_notify(cdp_deployment *deployment, cdp_trigger_event event, uint32_t target);
void cdp_actions_save(cdp_deployment *deployment);
/* Room for what `targets` more targets may have told of them. */
cdp_status cdp_actions_reserve(cdp_deployment *deployment, size_t targets);
/* Room for another attempt of a target, whatever of the earlier ones the host has not taken out. */
cdp_status cdp_actions_reserve_attempt(cdp_deployment *deployment);
/* False for what nobody answers. */
bool cdp_action_has_slot(unsigned kind);
/* After a restore: what is open is told again. */
void cdp_actions_repeat(cdp_deployment *deployment, uint32_t slot);

/* ---------------------------------------------------------------------------------------------- */
/* changes.c                                                                                      */
/* ---------------------------------------------------------------------------------------------- */

/* A change of this kind at the present time, to be filled in; never NULL. */
cdp_kept_change *cdp_change_add(cdp_deployment *deployment, cdp_deployment_change_kind kind);
void cdp_change_say(cdp_deployment *deployment, cdp_kept_change *change, cdp_string message);
/* The same with the name of what it is about before the message, unless it is empty. */
void cdp_change_say_of(cdp_deployment *deployment, cdp_kept_change *change, cdp_string name,
                       cdp_string message);
void cdp_changes_clear(cdp_deployment *deployment);
/* The deployment's status, and the change. */
void cdp_set_status(cdp_deployment *deployment, cdp_deployment_status status);
void cdp_change_wait(cdp_deployment *deployment, cdp_deployment_wait wait, bool began,
                     int64_t until);

#endif
