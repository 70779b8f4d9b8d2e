/* SPDX-License-Identifier: MIT */
#ifndef CDP_LIFECYCLE_SNAPSHOT_H
#define CDP_LIFECYCLE_SNAPSHOT_H

/* The members of a snapshot, version 1. Times are milliseconds, or null for none. */
#define CDP_SNAPSHOT_KIND "snapshot"
#define CDP_SNAPSHOT_KIND_VALUE "cdp_lifecycle"
#define CDP_SNAPSHOT_VERSION "version"
#define CDP_SNAPSHOT_VERSION_VALUE 1
#define CDP_SNAPSHOT_PLATFORM "platform"
#define CDP_SNAPSHOT_SCENARIO "scenario"
#define CDP_SNAPSHOT_OPTIONS "options"
#define CDP_SNAPSHOT_IGNORE "ignore_application_stop_failures"
#define CDP_SNAPSHOT_READY_ACTION "ready_action"
#define CDP_SNAPSHOT_READY_WAIT "ready_wait_ms"
#define CDP_SNAPSHOT_TERMINATION_WAIT "termination_wait_ms"
#define CDP_SNAPSHOT_MESSAGE_BYTES "message_bytes"
#define CDP_SNAPSHOT_STATUS "status"
#define CDP_SNAPSHOT_REASON "reason"
#define CDP_SNAPSHOT_WAIT "wait"
#define CDP_SNAPSHOT_FIRST "first_ms"
#define CDP_SNAPSHOT_NOW "now_ms"
#define CDP_SNAPSHOT_SINCE "since_ms"
#define CDP_SNAPSHOT_EVENTS "events"
#define CDP_SNAPSHOT_NAME "name"
#define CDP_SNAPSHOT_ERROR "error"
#define CDP_SNAPSHOT_START "start_ms"
#define CDP_SNAPSHOT_END "end_ms"
#define CDP_SNAPSHOT_MESSAGE "message"
#define CDP_SNAPSHOT_EVENT "event"
#define CDP_SNAPSHOT_TEXT "text"

#endif
