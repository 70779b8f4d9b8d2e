/* SPDX-License-Identifier: MIT */
#ifndef STAGE_H
#define STAGE_H

#include "testing.h"

#include <codedeploy/codedeploy.h>

/*
 * A host for tests: answers every action after a while, as rules say, and writes down what changes,
 * a line each with its time.
 */
typedef struct stage_rule {
    cdp_deployment_action_kind kind; /* 0: any */
    const char *target;              /* NULL: any */
    const char *event;               /* NULL: any */
    cdp_deployment_outcome outcome;  /* 0: nobody answers */
    int64_t after_ms;
    const char *message;
} stage_rule;

/* Something that happens at a time, by itself. */
typedef struct stage_input {
    int64_t at_ms;
    cdp_deployment_input input;
} stage_input;

typedef struct stage_answer {
    int64_t at_ms;
    uint64_t token;
    cdp_deployment_outcome outcome;
    const char *message;
} stage_answer;

enum { STAGE_ANSWERS = 4096 };

typedef struct stage {
    cdp_deployment *deployment;
    int64_t now;
    const stage_rule *rules;
    size_t rule_count;
    const stage_input *inputs;
    size_t input_count;
    size_t next_input;
    stage_answer answers[STAGE_ANSWERS];
    size_t answer_count;
    size_t action_counts[CDP_DEPLOYMENT_ACTION_AUTO_SCALING + 1];
    cdp_alarm_state alarms; /* what every alarm is told to be in when asked */
    cdp_text *log;
    bool quiet;
    /* When set, the deployment is written and read back after every input. */
    const cdp_deployment_options *restores_with;
    /* When set, every accepted input is written here. */
    cdp_text *inputs_written;
} stage;

void stage_init(stage *self, cdp_deployment *deployment);
void stage_release(stage *self);
/* Starts, and goes on until the deployment is over or nothing more happens, or until `until`. */
void stage_start(stage *self, int64_t now);
void stage_run(stage *self, int64_t until);
/* What was written so far. */
const char *stage_log(const stage *self);
/* Puts an input in at the present time; it has to be accepted. */
void stage_put(stage *self, cdp_deployment_input input);

/* Objects that tests need again and again; freed by the caller. */
cdp_group *stage_group(const char *json);
cdp_appspec *stage_appspec(const char *yaml, cdp_platform platform);
void stage_add_instances(cdp_deployment *deployment, size_t count, bool originals);

extern const char stage_lambda_appspec[];
extern const char stage_ecs_appspec[];
extern const char stage_server_appspec[];

#endif
