/* SPDX-License-Identifier: MIT */
#ifndef PLAYS_H
#define PLAYS_H

#include "stage.h"

/* Deployments from beginning to end: what they are made from, what the host answers, what comes from
 * outside, and how they have to end. Each test looks at all of them from another side. */
typedef struct play {
    const char *name;
    cdp_platform platform;
    const char *group; /* JSON */
    size_t instances;
    size_t originals;
    void (*options)(cdp_deployment_options *options); /* NULL: nothing special */
    stage_rule rules[6];
    stage_input inputs[4];
    cdp_deployment_status status;
    cdp_error_code code;
    /* Of the rollback, when there is one; 0: none is wanted. */
    cdp_deployment_status rollback;
} play;

extern const play plays[];
extern const size_t play_count;
/* The one of that name; there has to be one. */
const play *find_play(const char *name);

/* What a play is made from, ready to be used. */
typedef struct production {
    const play *play;
    cdp_group *group;
    cdp_appspec *appspec;
    cdp_group_revision revision;
    cdp_group_revision old_revision;
    cdp_rollback_past past;
    cdp_deployment_options options;
} production;

void produce(production *made, const play *tale);
void strike(production *made);
/* The deployment with its targets, not started. */
cdp_deployment *cast(const production *made);
/* A stage for it; rules and inputs are the play's. */
void set_stage(stage *scene, const production *made, cdp_deployment *deployment);

#endif
