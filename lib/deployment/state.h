/* SPDX-License-Identifier: MIT */
#ifndef CDP_DEPLOYMENT_STATE_H
#define CDP_DEPLOYMENT_STATE_H

#include <codedeploy/deployment.h>

#include <stdbool.h>

#include "base/arena.h"
#include "base/strings.h"
#include "base/text.h"
#include "lifecycle/machine.h"

/*
 * The inside of a deployment. Everything that happens goes through four layers, from above: step.c
 * takes an input and lets what is due happen; inputs.c, waits.c, alarms.c and stop.c say what an
 * input means; fleet.c, shift.c and reroute.c carry a Server roll-out, a traffic shift and a way back
 * forward; targets.c, slots.c and changes.c keep the books.
 */

/* Where a deployment stands, finer than its status. */
typedef enum cdp_stage {
    CDP_STAGE_CREATED = 0,
    /* The alarms are looked at for the first time; nothing else has begun. */
    CDP_STAGE_ALARMS = 1,
    /* The replacement environment is being made. */
    CDP_STAGE_PROVISION = 2,
    CDP_STAGE_RUN = 3,
    /* All traffic is on the replacement; the original is still there. */
    CDP_STAGE_TERMINATION_WAIT = 4,
    CDP_STAGE_TERMINATING = 5,
    /* It is known how it ends; what was begun is being ended. */
    CDP_STAGE_ENDING = 6,
    CDP_STAGE_OVER = 7
} cdp_stage;

/* What moves it along while it runs. */
typedef enum cdp_engine_kind {
    /* A roll-out decides which targets go. */
    CDP_ENGINE_FLEET = 0,
    /* One target on Lambda or ECS, whose traffic shifts. */
    CDP_ENGINE_SHIFT = 1,
    /* The way back on Server: the originals first, then the replacements. */
    CDP_ENGINE_REROUTE = 2,
    /* The way back on Lambda and ECS. */
    CDP_ENGINE_UNSHIFT = 3
} cdp_engine_kind;

/* An action that somebody has to answer. There is one place for each target and for each of a few
 * things of the deployment as a whole; in each at most one action is open. */
typedef struct cdp_slot {
    uint64_t token; /* 0: nothing is open */
    uint64_t cancels;
    int64_t issued_ms;
    int64_t deadline_ms; /* its own, where no machine watches over it; INT64_MAX */
    int32_t weight;
    uint8_t kind;
    uint8_t event; /* or CDP_SLOT_NO_EVENT */
    bool taken;
    bool repeated;
} cdp_slot;

enum { CDP_SLOT_NO_EVENT = 0xFF };

enum {
    CDP_SLOT_POLL = 0,
    CDP_SLOT_PROVISION = 1,
    CDP_SLOT_TASK_SET = 2,
    /* The first target's; the others follow. */
    CDP_SLOT_TARGETS = 3,
    CDP_SLOT_SAVE = 0xFFFFFE,
    /* Of actions that nobody answers. */
    CDP_SLOT_NONE = 0xFFFFFF
};

enum {
    CDP_MEMBER_BUSY = 1,     /* its turn has come, and no result was reported */
    CDP_MEMBER_RELEASED = 2, /* a Ready replacement may go on */
    CDP_MEMBER_BLUE = 4,     /* an original */
    CDP_MEMBER_GONE = 8,     /* terminated by the host */
    CDP_MEMBER_APART = 16    /* takes no part */
};

/* One target beside its machine. */
typedef struct cdp_deployment_member {
    cdp_string id;
    cdp_string zone;
    cdp_slot slot;
    size_t message_at; /* in `messages` */
    uint32_t message_length;
    uint32_t attempt;
    uint32_t heap_at;
    cdp_status host_status;
    uint8_t traffic; /* 0 untouched, 1 registered, 2 deregistered */
    uint8_t flags;
} cdp_deployment_member;

typedef struct cdp_alarm {
    cdp_string name;
    uint8_t state;
    bool excused;
    bool told; /* since the states were last asked for */
} cdp_alarm;

/* What is told of once and answered by nobody, or a slot's action; in order. */
typedef struct cdp_queued {
    uint64_t token;
    int64_t time_ms;
    uint32_t target;
    uint8_t kind;
    uint8_t trigger_event;
    uint8_t status; /* the deployment's or the target's, then */
    uint8_t answer;
    uint32_t next_trigger;
} cdp_queued;

/* A change, as small as it can be kept. */
typedef struct cdp_kept_change {
    int64_t time_ms;
    int64_t until_ms;
    size_t message_at; /* in `said` */
    uint32_t message_length;
    uint32_t target;
    int32_t host_status;
    uint8_t kind;
    uint8_t event;
    uint8_t status;
    uint8_t error;
    uint8_t code;
    uint8_t wait;
    uint8_t rule;
    int8_t weight;
    uint16_t alarm;
} cdp_kept_change;

/* What a plan is to this deployment. */
typedef struct cdp_course {
    const cdp_lifecycle_plan *plan;
    cdp_lifecycle_plan *own;  /* when it was made for this deployment */
    uint32_t without_hook;    /* bit n: nothing is to be run at event n */
    cdp_string functions[16]; /* Lambda, ECS: what to invoke at event n */
} cdp_course;

enum { CDP_COURSE_REPLACEMENT = 0, CDP_COURSE_ORIGINAL = 1, CDP_COURSE_COUNT = 2 };

/* What a way back has to undo; part of the snapshot, because the deployment that it comes from may
 * be gone. */
typedef struct cdp_way_back {
    cdp_string triggering_id;
    bool task_set_exists;
    bool test_traffic;
    bool moved; /* production traffic may be on the replacement */
    bool zones_ignored;
    int64_t minimum; /* in place: how many have to stay healthy; -1: as configured */
} cdp_way_back;

struct cdp_deployment {
    cdp_allocator allocator;
    cdp_arena arena; /* what was given at creation and does not change */

    /* Given. */
    cdp_string id;
    cdp_string description;
    cdp_string root_id;
    cdp_string region;
    cdp_string account_id;
    const cdp_group *group;
    const cdp_config *config;
    /* Of a rollback: what the deployment that it rolls back was configured with. Otherwise absent. */
    cdp_string triggering_config;
    const cdp_appspec *appspec;
    cdp_group_revision revision;
    bool has_revision;
    cdp_rollback_past *past;
    size_t past_count;
    cdp_platform platform;
    cdp_deployment_type type;
    cdp_deployment_creator creator;
    cdp_engine_kind engine;
    cdp_alarm_policy alarm_policy;
    cdp_file_exists_behavior file_exists_behavior;
    cdp_install_mode install_mode;
    cdp_group_auto_rollback auto_rollback;
    cdp_group_blue_green blue_green;
    cdp_lifecycle_options target_options;
    bool ignores_poll_failure;
    bool watches_alarms;
    bool host_begins_events;
    bool whole_targets;
    bool asks_to_save;
    bool has_test_listener;
    bool outdated_only;
    bool has_load_balancer;
    bool has_blue_green;
    uint32_t target_limit;
    uint32_t triggers; /* bit n: some trigger wants the cdp_trigger_event n */
    int64_t alarm_poll_ms;
    int64_t limit_ms;
    int64_t cancel_limit_ms;
    int64_t epoch_ms;
    cdp_course courses[CDP_COURSE_COUNT];
    cdp_alarm *alarms;
    size_t alarm_count;
    const cdp_traffic_schedule *schedule;
    cdp_traffic_schedule *own_schedule;
    cdp_way_back way_back;

    /* Moving. */
    cdp_stage stage;
    cdp_deployment_status status;
    cdp_deployment_status end_status;
    cdp_error_code error_code;
    cdp_error_code answer_code; /* what the host says of the failure at hand */
    /* Something has happened since the last save was asked for; not part of a snapshot. */
    bool unsaved;
    cdp_deployment_flag stop_flag;
    bool stopped_by_request;
    bool stopped_by_alarm;
    bool ready_expired;
    bool termination_wait_started;
    bool original_gone;
    uint32_t removals; /* of originals: those that the host was told, less those that failed */
    bool settling;     /* the roll-out has its verdict; targets in flight end what they run */
    bool alarm_due;    /* an event waits for the alarms to be looked at */
    bool in_callback;
    bool rollback_wanted;
    int wave; /* CDP_ENGINE_REROUTE: 1 originals, 2 replacements */
    uint32_t wave_open;
    bool wave_failed;
    int32_t weight;
    int32_t test_weight;
    int32_t asked_weight; /* the last weight that was asked for */
    int64_t now;
    int64_t create_ms;
    int64_t start_ms;
    int64_t complete_ms;
    int64_t ready_until;
    int64_t termination_until;
    int64_t poll_due;
    int64_t polled_ms; /* when the alarms were last known to be quiet; -1 */
    int64_t heartbeat_due;
    uint64_t sequence;
    uint64_t input_count; /* accepted */
    uint64_t save_token;  /* 0: nothing to save */
    cdp_text error_message;
    cdp_text rollback_message;
    cdp_text rollback_id;
    cdp_text follow_up_id;
    cdp_text messages; /* failures of targets */
    cdp_traffic_cursor *cursor;
    cdp_rollout *rollout;

    cdp_slot slots[CDP_SLOT_TARGETS];
    cdp_deployment_member *members;
    size_t member_count;
    size_t member_capacity;
    unsigned char *machines; /* `machine_bytes` each */
    size_t machine_capacity; /* in machines */
    size_t machine_bytes;
    uint32_t *heap; /* targets by what is due first */
    size_t heap_count;
    size_t heap_capacity;
    uint32_t open_count;  /* of slots, the alarms' excepted */
    uint32_t taken_count; /* of slots whose action the host has taken out */
    uint32_t counts[CDP_TARGET_STATUS_READY + 1];

    cdp_queued *queue; /* a ring */
    size_t queue_head;
    size_t queue_count;
    size_t queue_capacity;

    cdp_kept_change *changes;
    size_t change_count;
    size_t change_capacity;
    size_t changes_dropped;
    cdp_text said; /* the messages of the changes */
};

static inline cdp_deployment_member *cdp_member_at(const cdp_deployment *deployment,
                                                   uint32_t target)
{
    return &deployment->members[target];
}

static inline cdp_machine *cdp_machine_of(const cdp_deployment *deployment, uint32_t target)
{
    return (cdp_machine *)(void *)(deployment->machines + target * deployment->machine_bytes);
}

static inline bool cdp_is_original(const cdp_deployment *deployment, uint32_t target)
{
    return deployment->members[target].flags & CDP_MEMBER_BLUE;
}

static inline const cdp_course *cdp_course_of(const cdp_deployment *deployment, uint32_t target)
{
    return &deployment->courses[cdp_is_original(deployment, target) ? CDP_COURSE_ORIGINAL
                                                                    : CDP_COURSE_REPLACEMENT];
}

static inline bool cdp_machine_is_final(const cdp_machine *machine)
{
    return machine->phase == CDP_PHASE_DONE;
}

static inline bool cdp_is_server(const cdp_deployment *deployment)
{
    return deployment->platform == CDP_PLATFORM_SERVER;
}

static inline bool cdp_is_way_back(const cdp_deployment *deployment)
{
    return deployment->engine >= CDP_ENGINE_REROUTE;
}

static inline bool cdp_is_auto_scaling(const cdp_deployment *deployment)
{
    return deployment->creator == CDP_DEPLOYMENT_CREATOR_AUTOSCALING ||
           deployment->creator == CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION;
}

/* The environment has two sides on Server. */
static inline bool cdp_is_blue_green_server(const cdp_deployment *deployment)
{
    return cdp_is_server(deployment) && deployment->type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN;
}

static inline int64_t cdp_add_time(int64_t time, int64_t more)
{
    return more > INT64_MAX - time ? INT64_MAX : time + more;
}

#endif
