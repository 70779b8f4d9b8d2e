/* SPDX-License-Identifier: MIT */
/*
 * Two hundred instances in place, pulled by an event loop: no callback, no thread. Actions go into a
 * list of what is under way; the loop sleeps until the first of it is done or the deployment's next
 * deadline, whatever comes first, as a loop around poll(2) would.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <codedeploy/codedeploy.h>

enum { INSTANCES = 200, SECOND = 1000 };

static const char group_json[] = "{\"applicationName\":\"shop\",\"deploymentGroupName\":\"fleet\","
                                 "\"computePlatform\":\"Server\","
                                 "\"serviceRoleArn\":\"arn:aws:iam::111122223333:role/codedeploy\","
                                 "\"deploymentConfigName\":\"CodeDeployDefault.HalfAtATime\"}";

static const char appspec_yaml[] = "version: 0.0\n"
                                   "os: linux\n"
                                   "files: [{source: /, destination: /srv/app}]\n"
                                   "hooks:\n"
                                   "  ApplicationStart: [{location: start.sh}]\n";

/* What is under way. At most one thing for each instance. */
typedef struct job {
    uint64_t token;
    int64_t done_at;
    cdp_deployment_outcome outcome;
} job;

typedef struct loop {
    cdp_deployment *deployment;
    int64_t now;
    job jobs[INSTANCES];
    size_t job_count;
    size_t events;
} loop;

/* Each instance has its own pace, and every fiftieth cannot start the application. */
static void begin(loop *self, const cdp_deployment_action *action)
{
    job *begun = &self->jobs[self->job_count++];

    begun->token = action->token;
    begun->done_at = self->now + (1 + (action->target * 7 + action->event_kind) % 5) * SECOND;
    begun->outcome = action->event_kind == CDP_EVENT_APPLICATION_START && action->target % 50 == 49
                         ? CDP_DEPLOYMENT_FAILED
                         : CDP_DEPLOYMENT_DONE;
}

/* What is cancelled is forgotten, and answered at once. */
static cdp_status cancel(loop *self, const cdp_deployment_action *action)
{
    for (size_t i = 0; i < self->job_count; i++) {
        if (self->jobs[i].token == action->cancels)
            self->jobs[i--] = self->jobs[--self->job_count];
    }
    return cdp_deployment_answer(self->deployment, self->now, action->token, CDP_DEPLOYMENT_DONE,
                                 (cdp_string){NULL, 0}, NULL);
}

static cdp_status take_actions(loop *self)
{
    cdp_deployment_action action = {.size = sizeof action};
    cdp_status status = CDP_OK;

    while (status == CDP_OK && cdp_deployment_next_action(self->deployment, &action) == CDP_OK) {
        if (action.kind == CDP_DEPLOYMENT_ACTION_CANCEL)
            status = cancel(self, &action);
        else if (action.needs_answer)
            begin(self, &action);
    }
    return status;
}

/* The job that is done first, if it is done before the deployment's deadline. */
static job *next_job(loop *self)
{
    job *first = NULL;

    for (size_t i = 0; i < self->job_count; i++) {
        if (!first || self->jobs[i].done_at < first->done_at)
            first = &self->jobs[i];
    }
    if (first && first->done_at > cdp_deployment_next_deadline(self->deployment))
        return NULL;
    return first;
}

static cdp_status turn(loop *self)
{
    job *done = next_job(self);
    job finished;

    if (!done) {
        self->now = cdp_deployment_next_deadline(self->deployment);
        return cdp_deployment_step(self->deployment, self->now, NULL, NULL);
    }
    finished = *done;
    *done = self->jobs[--self->job_count];
    self->now = finished.done_at;
    self->events++;
    return cdp_deployment_answer(self->deployment, self->now, finished.token, finished.outcome,
                                 (cdp_string){NULL, 0}, NULL);
}

static void report(const loop *self)
{
    cdp_deployment_info info = {.size = sizeof info};

    if (cdp_deployment_get_info(self->deployment, &info) == CDP_OK)
        printf("%3" PRId64 " s  %-10s %3u pending, %3u in progress, %3u succeeded, %u failed\n",
               self->now / SECOND, cdp_deployment_status_name(info.status), (unsigned)info.pending,
               (unsigned)info.in_progress, (unsigned)info.succeeded, (unsigned)info.failed);
}

static cdp_status add_instances(cdp_deployment *deployment)
{
    cdp_status status = CDP_OK;

    for (int i = 0; i < INSTANCES && status == CDP_OK; i++) {
        cdp_rollout_instance instance = {.size = sizeof instance,
                                         .instance_health = CDP_INSTANCE_HEALTHY,
                                         .revision_health = CDP_REVISION_HEALTH_OLD};
        char id[16];

        snprintf(id, sizeof id, "i-%03d", i);
        instance.id = (cdp_string){id, strlen(id)};
        status = cdp_deployment_add_target(deployment, 0, &instance, NULL);
    }
    return status;
}

static cdp_status carry_out(cdp_deployment *deployment)
{
    static loop self;
    int64_t reported = 0;
    cdp_status status = add_instances(deployment);

    self.deployment = deployment;
    if (status == CDP_OK)
        status = cdp_deployment_start(deployment, 0, NULL);
    while (status == CDP_OK && !cdp_deployment_is_over(deployment)) {
        status = take_actions(&self);
        if (self.now >= reported) {
            report(&self);
            reported = self.now + 10 * SECOND;
        }
        if (status == CDP_OK)
            status = turn(&self);
    }
    report(&self);
    printf("%zu answers\n", self.events);
    return status;
}

int main(void)
{
    cdp_deployment_options options = {.size = sizeof options, .id = {"d-FLEET0001", 11}};
    cdp_group *group = NULL;
    cdp_appspec *appspec = NULL;
    cdp_deployment *deployment = NULL;
    cdp_status status = cdp_group_parse(group_json, strlen(group_json), NULL, NULL, &group);

    if (status == CDP_OK)
        status = cdp_appspec_parse(appspec_yaml, strlen(appspec_yaml), NULL, NULL, &appspec);
    options.group = group;
    options.appspec = appspec;
    if (status == CDP_OK)
        status = cdp_deployment_new(&options, NULL, NULL, &deployment);
    if (status == CDP_OK)
        status = carry_out(deployment);
    if (status != CDP_OK)
        fprintf(stderr, "fleet: %s\n", cdp_status_message(status));
    cdp_deployment_free(deployment);
    cdp_appspec_free(appspec);
    cdp_group_free(group);
    return status == CDP_OK ? 0 : 1;
}
