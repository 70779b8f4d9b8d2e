/* SPDX-License-Identifier: MIT */
#include "rollout/fields.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char cdp_state_letters[] = "pirsfkoxl";

#define OPTION(member, kind, least, most)                                                          \
    {                                                                                              \
#member, offsetof(cdp_rollout_options, member), kind, least, most                          \
    }

static const cdp_field option_fields[] = {
    OPTION(kind, CDP_FIELD_INT, 0, CDP_ROLLOUT_TERMINATION),
    OPTION(minimum_type, CDP_FIELD_INT, 1, CDP_MINIMUM_MOST_CONCURRENCY),
    OPTION(minimum_value, CDP_FIELD_INT64, 0, INT64_MAX),
    OPTION(allow_single, CDP_FIELD_INT, INT32_MIN, INT32_MAX),
    OPTION(zonal, CDP_FIELD_INT, INT32_MIN, INT32_MAX),
    OPTION(zone_minimum_type, CDP_FIELD_INT, 0, CDP_MINIMUM_MOST_CONCURRENCY),
    OPTION(outdated_only, CDP_FIELD_INT, INT32_MIN, INT32_MAX),
    OPTION(zone_minimum_value, CDP_FIELD_INT64, INT64_MIN, INT64_MAX),
    OPTION(zone_wait_ms, CDP_FIELD_INT64, INT64_MIN, INT64_MAX),
    OPTION(first_zone_wait_ms, CDP_FIELD_INT64, INT64_MIN, INT64_MAX),
    OPTION(hold_before_reroute, CDP_FIELD_INT, INT32_MIN, INT32_MAX),
    OPTION(ignore_outdated, CDP_FIELD_INT, INT32_MIN, INT32_MAX),
    OPTION(live_membership, CDP_FIELD_INT, INT32_MIN, INT32_MAX),
    OPTION(no_forgiveness, CDP_FIELD_INT, INT32_MIN, INT32_MAX),
    OPTION(failure_budget_type, CDP_FIELD_INT, 0, CDP_ROLLOUT_BUDGET_PERCENT),
    OPTION(failure_budget, CDP_FIELD_INT64, 0, INT64_MAX),
    OPTION(concurrency_limit, CDP_FIELD_INT64, 0, INT64_MAX),
    OPTION(canary_size, CDP_FIELD_INT64, 0, INT64_MAX),
    OPTION(canary_wait_ms, CDP_FIELD_INT64, 0, INT64_MAX),
};

#define MACHINE(member, kind, least, most)                                                         \
    {                                                                                              \
#member, offsetof(cdp_rollout, member), kind, least, most                                  \
    }

static const cdp_field machine_fields[] = {
    MACHINE(phase, CDP_FIELD_INT, CDP_ROLLOUT_PHASE_DEPLOY, CDP_ROLLOUT_PHASE_OVER),
    MACHINE(phase_told, CDP_FIELD_INT, 0, CDP_ROLLOUT_PHASE_OVER),
    MACHINE(now, CDP_FIELD_INT64, 0, INT64_MAX),
    MACHINE(current, CDP_FIELD_UINT32, 0, CDP_NO_POOL),
    MACHINE(zones_done, CDP_FIELD_UINT32, 0, UINT32_MAX),
    MACHINE(waiting, CDP_FIELD_BOOL, 0, 1),
    MACHINE(wait_told, CDP_FIELD_BOOL, 0, 1),
    MACHINE(wait_rule, CDP_FIELD_INT, 0, CDP_ROLLOUT_RULE_WAIT_CANARY),
    MACHINE(wait_zone, CDP_FIELD_UINT32, 0, CDP_NO_POOL),
    MACHINE(wait_until, CDP_FIELD_INT64, 0, INT64_MAX),
    MACHINE(canary_done, CDP_FIELD_UINT32, 0, UINT32_MAX),
    MACHINE(canary_over, CDP_FIELD_BOOL, 0, 1),
    MACHINE(failures, CDP_FIELD_UINT32, 0, UINT32_MAX),
    MACHINE(verdict_told, CDP_FIELD_BOOL, 0, 1),
    MACHINE(verdict_zone, CDP_FIELD_UINT32, 0, CDP_NO_POOL),
    MACHINE(settled_told, CDP_FIELD_BOOL, 0, 1),
    MACHINE(skip_cursor, CDP_FIELD_UINT32, 0, CDP_NO_MEMBER),
};

#define VERDICT(member, kind, least, most)                                                         \
    {                                                                                              \
#member, offsetof(cdp_rollout_decision, member), kind, least, most                         \
    }

static const cdp_field verdict_fields[] = {
    VERDICT(rule, CDP_FIELD_INT, 0, CDP_ROLLOUT_RULE_TIMED_OUT),
    VERDICT(phase, CDP_FIELD_INT, 0, CDP_ROLLOUT_PHASE_OVER),
    VERDICT(instance, CDP_FIELD_UINT32, 0, CDP_NO_MEMBER),
    VERDICT(state, CDP_FIELD_INT, 0, CDP_ROLLOUT_STATE_LEFT),
    VERDICT(time_ms, CDP_FIELD_INT64, 0, INT64_MAX),
    VERDICT(instances, CDP_FIELD_UINT32, 0, UINT32_MAX),
    VERDICT(minimum, CDP_FIELD_UINT32, 0, UINT32_MAX),
    VERDICT(healthy, CDP_FIELD_UINT32, 0, UINT32_MAX),
    VERDICT(in_flight, CDP_FIELD_UINT32, 0, UINT32_MAX),
    VERDICT(failed, CDP_FIELD_UINT32, 0, UINT32_MAX),
    VERDICT(succeeded, CDP_FIELD_UINT32, 0, UINT32_MAX),
    VERDICT(pending, CDP_FIELD_UINT32, 0, UINT32_MAX),
    VERDICT(limit, CDP_FIELD_UINT32, 0, UINT32_MAX),
};

const cdp_field_list cdp_option_fields = {option_fields, COUNT(option_fields)};
const cdp_field_list cdp_machine_fields = {machine_fields, COUNT(machine_fields)};
const cdp_field_list cdp_verdict_fields = {verdict_fields, COUNT(verdict_fields)};

int64_t cdp_field_get(const cdp_field *field, const void *structure)
{
    const unsigned char *at = (const unsigned char *)structure + field->offset;
    int integer;
    int64_t long_integer;
    uint32_t number;
    bool truth;

    switch (field->kind) {
    case CDP_FIELD_INT:
        memcpy(&integer, at, sizeof integer);
        return integer;
    case CDP_FIELD_INT64:
        memcpy(&long_integer, at, sizeof long_integer);
        return long_integer;
    case CDP_FIELD_UINT32:
        memcpy(&number, at, sizeof number);
        return number;
    case CDP_FIELD_BOOL:
        memcpy(&truth, at, sizeof truth);
        return truth;
    }
    return 0;
}

void cdp_field_set(const cdp_field *field, void *structure, int64_t value)
{
    unsigned char *at = (unsigned char *)structure + field->offset;
    int integer = (int)value;
    uint32_t number = (uint32_t)value;
    bool truth = value != 0;

    switch (field->kind) {
    case CDP_FIELD_INT:
        memcpy(at, &integer, sizeof integer);
        break;
    case CDP_FIELD_INT64:
        memcpy(at, &value, sizeof value);
        break;
    case CDP_FIELD_UINT32:
        memcpy(at, &number, sizeof number);
        break;
    case CDP_FIELD_BOOL:
        memcpy(at, &truth, sizeof truth);
        break;
    }
}
