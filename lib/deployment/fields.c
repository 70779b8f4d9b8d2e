/* SPDX-License-Identifier: MIT */
/* What single values a snapshot has: one list for writing and for reading. */
#include "deployment/snapshot.h"

#define FIELD(member, kind, least, most)                                                           \
    {                                                                                              \
#member, offsetof(cdp_deployment, member), kind, least, most                               \
    }
#define TIME(member) FIELD(member, CDP_FIELD_INT64, -1, INT64_MAX)
#define TRUTH(member) FIELD(member, CDP_FIELD_BOOL, 0, 1)

static const cdp_field fields[] = {
    FIELD(engine, CDP_FIELD_INT, CDP_ENGINE_FLEET, CDP_ENGINE_UNSHIFT),
    FIELD(stage, CDP_FIELD_INT, CDP_STAGE_CREATED, CDP_STAGE_OVER),
    FIELD(status, CDP_FIELD_INT, CDP_DEPLOYMENT_STATUS_CREATED, CDP_DEPLOYMENT_STATUS_READY),
    FIELD(end_status, CDP_FIELD_INT, 0, CDP_DEPLOYMENT_STATUS_READY),
    FIELD(error_code, CDP_FIELD_INT, 0, CDP_ERROR_CODE_CLOUDFORMATION_STACK_FAILURE),
    FIELD(stop_flag, CDP_FIELD_INT, CDP_DEPLOYMENT_NOT_SAID, CDP_DEPLOYMENT_NO),
    TRUTH(stopped_by_request),
    TRUTH(stopped_by_alarm),
    TRUTH(ready_expired),
    TRUTH(termination_wait_started),
    TRUTH(original_gone),
    FIELD(removals, CDP_FIELD_UINT32, 0, UINT32_MAX),
    TRUTH(settling),
    TRUTH(alarm_due),
    TRUTH(rollback_wanted),
    FIELD(wave, CDP_FIELD_INT, 0, 2),
    FIELD(wave_open, CDP_FIELD_UINT32, 0, UINT32_MAX),
    TRUTH(wave_failed),
    FIELD(weight, CDP_FIELD_INT, 0, 100),
    FIELD(asked_weight, CDP_FIELD_INT, 0, 100),
    FIELD(test_weight, CDP_FIELD_INT, 0, 100),
    TRUTH(way_back.task_set_exists),
    TRUTH(way_back.test_traffic),
    TRUTH(way_back.moved),
    TRUTH(way_back.zones_ignored),
    FIELD(way_back.minimum, CDP_FIELD_INT64, -1, INT64_MAX),
    TIME(now),
    TIME(create_ms),
    TIME(start_ms),
    TIME(complete_ms),
    TIME(ready_until),
    TIME(termination_until),
    TIME(poll_due),
    TIME(polled_ms),
    TIME(heartbeat_due),
    FIELD(sequence, CDP_FIELD_INT64, 0, (INT64_C(1) << 38)),
    FIELD(input_count, CDP_FIELD_INT64, 0, (INT64_C(1) << 38)),
    FIELD(save_token, CDP_FIELD_INT64, 0, INT64_MAX),
};

const cdp_field_list cdp_deployment_fields = {fields, sizeof fields / sizeof *fields};

const cdp_text_field cdp_deployment_texts[CDP_TEXT_FIELD_COUNT] = {
    {"error_message", offsetof(cdp_deployment, error_message)},
    {"rollback_message", offsetof(cdp_deployment, rollback_message)},
    {"rollback_id", offsetof(cdp_deployment, rollback_id)},
    {"follow_up_id", offsetof(cdp_deployment, follow_up_id)},
    {"messages", offsetof(cdp_deployment, messages)},
};
