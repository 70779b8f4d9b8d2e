/* SPDX-License-Identifier: MIT */
/*
 * An ECS service, blue/green: the replacement is checked on the test listener first. Hook functions
 * answer in their own time: the callback says CDP_PENDING, and the answer comes by the action's
 * token. The wait before the original is removed is continued early.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <codedeploy/codedeploy.h>

#define LISTENER "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/shop/1/"

static const char group_json[] =
    "{\"applicationName\":\"shop\",\"deploymentGroupName\":\"web\",\"computePlatform\":\"ECS\","
    "\"serviceRoleArn\":\"arn:aws:iam::111122223333:role/codedeploy\","
    "\"deploymentConfigName\":\"CodeDeployDefault.ECSCanary10Percent5Minutes\","
    "\"deploymentStyle\":{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":"
    "\"WITH_TRAFFIC_CONTROL\"},"
    "\"ecsServices\":[{\"clusterName\":\"shop\",\"serviceName\":\"web\"}],"
    "\"loadBalancerInfo\":{\"targetGroupPairInfoList\":[{\"targetGroups\":[{\"name\":\"blue\"},"
    "{\"name\":\"green\"}],\"prodTrafficRoute\":{\"listenerArns\":[\"" LISTENER "443\"]},"
    "\"testTrafficRoute\":{\"listenerArns\":[\"" LISTENER "8443\"]}}]},"
    "\"blueGreenDeploymentConfiguration\":{\"deploymentReadyOption\":{\"actionOnTimeout\":"
    "\"CONTINUE_DEPLOYMENT\"},\"terminateBlueInstancesOnDeploymentSuccess\":{\"action\":"
    "\"TERMINATE\",\"terminationWaitTimeInMinutes\":60}}}";

static const char appspec_yaml[] =
    "version: 0.0\n"
    "Resources:\n"
    "  - TargetService:\n"
    "      Type: AWS::ECS::Service\n"
    "      Properties:\n"
    "        TaskDefinition: arn:aws:ecs:us-east-1:111122223333:task-definition/web:12\n"
    "        LoadBalancerInfo: {ContainerName: web, ContainerPort: 80}\n"
    "Hooks:\n"
    "  - AfterAllowTestTraffic: check-test-port\n"
    "  - AfterAllowTraffic: check-shop\n";

enum { MINUTE = 60000, HOOK_TAKES = 2 * MINUTE };

typedef struct world {
    int64_t now;
    /* The one function that runs, and when it reports; 0: none. */
    uint64_t running;
    int64_t reports_at;
} world;

static cdp_status run_hook(const cdp_deployment *deployment, const cdp_deployment_action *action,
                           cdp_host_reply *reply, void *user)
{
    world *self = user;

    (void)deployment;
    (void)reply;
    printf("%3" PRId64 " min: invoke %s for %s\n", self->now / MINUTE, action->hook.data,
           action->event_name.data);
    self->running = action->token;
    self->reports_at = self->now + HOOK_TAKES;
    return CDP_PENDING;
}

/* Everything else is done at once. */
static cdp_status perform(const cdp_deployment *deployment, const cdp_deployment_action *action,
                          cdp_host_reply *reply, void *user)
{
    int64_t minute = ((world *)user)->now / MINUTE;

    (void)deployment;
    (void)reply;
    printf("%3" PRId64 " min: %s", minute, cdp_deployment_action_kind_name(action->kind));
    if (action->kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC ||
        action->kind == CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC)
        printf(": %d %% to the replacement", (int)action->weight);
    if (action->kind == CDP_DEPLOYMENT_ACTION_DELETE_TASK_SET)
        printf(": the %s", action->original ? "original" : "replacement");
    putchar('\n');
    return CDP_OK;
}

/* What happens next: a function reports, somebody continues, or only time passes. */
static cdp_status go_on(cdp_deployment *deployment, const cdp_host *host, world *self)
{
    cdp_deployment_input input = {.size = sizeof input, .kind = CDP_DEPLOYMENT_INPUT_TIME};
    cdp_deployment_info info = {.size = sizeof info};
    cdp_status status = cdp_deployment_get_info(deployment, &info);

    if (status != CDP_OK)
        return status;
    if (self->running) {
        self->now = self->reports_at;
        input.kind = CDP_DEPLOYMENT_INPUT_ANSWER;
        input.token = self->running;
        input.outcome = CDP_DEPLOYMENT_DONE;
        self->running = 0;
    } else if (info.wait == CDP_DEPLOYMENT_WAIT_TERMINATION) {
        self->now += 10 * MINUTE;
        printf("%3" PRId64 " min: nobody complains: continue\n", self->now / MINUTE);
        input.kind = CDP_DEPLOYMENT_INPUT_CONTINUE;
        input.wait = CDP_WAIT_TERMINATION;
    } else {
        self->now = cdp_deployment_next_deadline(deployment);
    }
    return cdp_host_step(deployment, host, self->now, &input, NULL);
}

static cdp_status carry_out(cdp_deployment *deployment)
{
    world self = {.now = 0};
    const cdp_host host = {
        .size = sizeof host, .run_hook = run_hook, .perform = perform, .user = &self};
    cdp_deployment_input start = {.size = sizeof start, .kind = CDP_DEPLOYMENT_INPUT_START};
    cdp_status status = cdp_host_step(deployment, &host, self.now, &start, NULL);

    while (status == CDP_OK && !cdp_deployment_is_over(deployment))
        status = go_on(deployment, &host, &self);
    printf("%3" PRId64 " min: %s\n", self.now / MINUTE,
           cdp_deployment_status_name(cdp_deployment_get_status(deployment)));
    return status;
}

int main(void)
{
    cdp_deployment_options options = {.size = sizeof options, .id = {"d-WEB000001", 11}};
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
        fprintf(stderr, "ecs_blue_green: %s\n", cdp_status_message(status));
    cdp_deployment_free(deployment);
    cdp_appspec_free(appspec);
    cdp_group_free(group);
    return status == CDP_OK ? 0 : 1;
}
