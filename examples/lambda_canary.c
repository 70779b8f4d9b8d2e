/* SPDX-License-Identifier: MIT */
/*
 * A Lambda canary through callbacks: the alias gives a tenth of its traffic to the new version, an
 * alarm goes off at minute 7, and a rollback gives everything back to the old one.
 *
 * The clock is a number here, and so are the weights; a real host calls UpdateAlias in their place.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <codedeploy/codedeploy.h>

static const char group_json[] =
    "{\"applicationName\":\"shop\",\"deploymentGroupName\":\"prod\",\"computePlatform\":\"Lambda\","
    "\"serviceRoleArn\":\"arn:aws:iam::111122223333:role/codedeploy\","
    "\"deploymentConfigName\":\"CodeDeployDefault.LambdaCanary10Percent10Minutes\","
    "\"deploymentStyle\":{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":"
    "\"WITH_TRAFFIC_CONTROL\"},"
    "\"alarmConfiguration\":{\"enabled\":true,\"alarms\":[{\"name\":\"errors\"}]},"
    "\"autoRollbackConfiguration\":{\"enabled\":true,\"events\":[\"DEPLOYMENT_STOP_ON_ALARM\"]}}";

static const char appspec_yaml[] = "version: 0.0\n"
                                   "Resources:\n"
                                   "  - checkout:\n"
                                   "      Type: AWS::Lambda::Function\n"
                                   "      Properties: {Name: checkout, Alias: live, "
                                   "CurrentVersion: \"7\", TargetVersion: \"8\"}\n";

typedef struct world {
    int64_t now;
    cdp_deployment_options options; /* of the rollback */
    cdp_deployment *rollback;
} world;

static cdp_status set_traffic(const cdp_deployment *deployment, const cdp_deployment_action *action,
                              cdp_host_reply *reply, void *user)
{
    (void)deployment;
    (void)reply;
    printf("%2" PRId64 " min: version 7 gets %d %%, version 8 gets %d %%\n",
           ((world *)user)->now / 60000, (int)action->original_weight, (int)action->weight);
    return CDP_OK;
}

static cdp_status poll_alarm(const cdp_deployment *deployment, cdp_string name,
                             cdp_alarm_state *state, void *user)
{
    (void)deployment;
    (void)name;
    *state = ((world *)user)->now < 7 * 60000 ? CDP_ALARM_STATE_OK : CDP_ALARM_STATE_ALARM;
    return CDP_OK;
}

/* Makes the deployment that rolls this one back; main() carries it out. */
static cdp_status roll_back(const cdp_deployment *deployment, const cdp_deployment_action *action,
                            cdp_host_reply *reply, void *user)
{
    world *self = user;
    cdp_rollback_plan *plan = NULL;
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_status status = cdp_deployment_plan_rollback(deployment, (cdp_rollback_cause)0,
                                                     (cdp_string){NULL, 0}, NULL, NULL, &plan);

    (void)action;
    if (status == CDP_OK)
        status = cdp_rollback_plan_get_info(plan, &info);
    if (status == CDP_OK)
        printf("        %s\n", info.message.data);
    if (status == CDP_OK)
        status = cdp_deployment_new_rollback(deployment, plan, &self->options, NULL, NULL,
                                             &self->rollback);
    cdp_rollback_plan_free(plan);
    reply->name = self->options.id;
    return status;
}

static cdp_status changed(const cdp_deployment *deployment, const cdp_deployment_change *change,
                          void *user)
{
    (void)deployment;
    if (change->kind == CDP_DEPLOYMENT_CHANGE_STATUS)
        printf("%2" PRId64 " min: %s%s%s\n", ((world *)user)->now / 60000,
               cdp_deployment_status_name(change->status), change->message.length ? ": " : "",
               change->message.length ? change->message.data : "");
    return CDP_OK;
}

/* From the start to the end; time goes from one deadline to the next. */
static cdp_status carry_out(cdp_deployment *deployment, world *self)
{
    const cdp_host host = {.size = sizeof host,
                           .set_traffic = set_traffic,
                           .poll_alarm = poll_alarm,
                           .roll_back = roll_back,
                           .changed = changed,
                           .user = self};
    cdp_deployment_input start = {.size = sizeof start, .kind = CDP_DEPLOYMENT_INPUT_START};
    cdp_status status = cdp_host_step(deployment, &host, self->now, &start, NULL);

    while (status == CDP_OK && !cdp_deployment_is_over(deployment)) {
        self->now = cdp_deployment_next_deadline(deployment);
        status = cdp_host_step(deployment, &host, self->now, NULL, NULL);
    }
    return status;
}

int main(void)
{
    world self = {.now = 0};
    cdp_group *group = NULL;
    cdp_appspec *appspec = NULL;
    cdp_deployment *deployment = NULL;
    cdp_status status = cdp_group_parse(group_json, strlen(group_json), NULL, NULL, &group);

    if (status == CDP_OK)
        status = cdp_appspec_parse(appspec_yaml, strlen(appspec_yaml), NULL, NULL, &appspec);
    if (status == CDP_OK) {
        self.options = (cdp_deployment_options){.size = sizeof self.options,
                                                .id = {"d-FIRST0001", 11},
                                                .group = group,
                                                .appspec = appspec};
        status = cdp_deployment_new(&self.options, NULL, NULL, &deployment);
    }
    self.options.id = (cdp_string){"d-BACK00001", 11};
    if (status == CDP_OK)
        status = carry_out(deployment, &self);
    if (status == CDP_OK && self.rollback)
        status = carry_out(self.rollback, &self);
    if (status != CDP_OK)
        fprintf(stderr, "lambda_canary: %s\n", cdp_status_message(status));
    cdp_deployment_free(self.rollback);
    cdp_deployment_free(deployment);
    cdp_appspec_free(appspec);
    cdp_group_free(group);
    return status == CDP_OK ? 0 : 1;
}
