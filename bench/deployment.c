/* SPDX-License-Identifier: MIT */
/* Whole deployments: what the library's own part of them takes. */
#include <codedeploy/codedeploy.h>

#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { INSTANCES = 1000 };

static const char lambda_group[] =
    "{\"applicationName\":\"app\",\"deploymentGroupName\":\"group\",\"serviceRoleArn\":"
    "\"arn:aws:iam::111122223333:role/deploy\",\"deploymentConfigName\":"
    "\"CodeDeployDefault.LambdaCanary10Percent5Minutes\",\"deploymentStyle\":{\"deploymentType\":"
    "\"BLUE_GREEN\",\"deploymentOption\":\"WITH_TRAFFIC_CONTROL\"}}";

static const char server_group[] =
    "{\"applicationName\":\"app\",\"deploymentGroupName\":\"group\",\"serviceRoleArn\":"
    "\"arn:aws:iam::111122223333:role/deploy\",\"deploymentConfigName\":"
    "\"CodeDeployDefault.HalfAtATime\",\"ec2TagFilters\":[{\"Key\":\"k\",\"Type\":\"KEY_ONLY\"}]}";

static const char lambda_appspec[] =
    "version: 0.0\nResources:\n  - fn:\n      Type: AWS::Lambda::Function\n      Properties: "
    "{Name: fn, Alias: live, CurrentVersion: \"1\", TargetVersion: \"2\"}\nHooks:\n"
    "  - BeforeAllowTraffic: before\n  - AfterAllowTraffic: after\n";

typedef struct things {
    cdp_group *lambda;
    cdp_group *server;
    cdp_appspec *appspec;
    cdp_text *snapshot;
} things;

static cdp_status do_it(const cdp_deployment *deployment, const cdp_deployment_action *action,
                        cdp_host_reply *reply, void *user)
{
    (void)deployment, (void)action, (void)reply, (void)user;
    return CDP_OK;
}

static void require(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "bench-deployment: %s\n", what);
    exit(1);
}

/* A canary through callbacks, creation included. */
static uint64_t canaries(void *context, uint64_t count)
{
    const things *b = context;
    const cdp_host host = {.size = sizeof host, .perform = do_it};
    const cdp_deployment_input start = {.size = sizeof start, .kind = CDP_DEPLOYMENT_INPUT_START};
    const cdp_deployment_options options = {
        .size = sizeof options, .id = {"d-A", 3}, .group = b->lambda, .appspec = b->appspec};
    uint64_t succeeded = 0;

    for (uint64_t i = 0; i < count; i++) {
        cdp_deployment *deployment = NULL;

        (void)cdp_deployment_new(&options, NULL, NULL, &deployment);
        (void)cdp_host_step(deployment, &host, 0, &start, NULL);
        (void)cdp_host_step(deployment, &host, 300000, NULL, NULL);
        succeeded += cdp_deployment_get_status(deployment) == CDP_DEPLOYMENT_STATUS_SUCCEEDED;
        cdp_deployment_free(deployment);
    }
    require(succeeded == count, "a canary did not succeed");
    return succeeded;
}

static cdp_deployment *fleet(const things *b)
{
    const cdp_deployment_options options = {
        .size = sizeof options, .id = {"d-B", 3}, .group = b->server};
    cdp_deployment *deployment = NULL;

    require(cdp_deployment_new(&options, NULL, NULL, &deployment) == CDP_OK, "no deployment");
    for (unsigned i = 0; i < INSTANCES; i++) {
        char id[32];
        cdp_rollout_instance instance = {.size = sizeof instance,
                                         .instance_health = CDP_INSTANCE_HEALTHY};

        (void)snprintf(id, sizeof id, "i-%017u", i);
        instance.id = (cdp_string){id, strlen(id)};
        require(cdp_deployment_add_target(deployment, 0, &instance, NULL) == CDP_OK, "no target");
    }
    return deployment;
}

/* Every event of every instance, each answered a little later than it was told. */
static void run_fleet(cdp_deployment *deployment)
{
    int64_t now = 0;

    require(cdp_deployment_start(deployment, now, NULL) == CDP_OK, "no start");
    while (!cdp_deployment_is_over(deployment)) {
        cdp_deployment_action action = {.size = sizeof action};

        while (cdp_deployment_next_action(deployment, &action) == CDP_OK)
            (void)cdp_deployment_answer(deployment, now += 7, action.token, CDP_DEPLOYMENT_DONE,
                                        (cdp_string){NULL, 0}, NULL);
    }
    require(cdp_deployment_get_status(deployment) == CDP_DEPLOYMENT_STATUS_SUCCEEDED,
            "the fleet did not succeed");
}

static uint64_t fleets(void *context, uint64_t count)
{
    uint64_t targets = 0;

    for (uint64_t i = 0; i < count; i++) {
        cdp_deployment *deployment = fleet(context);

        run_fleet(deployment);
        targets += cdp_deployment_target_count(deployment);
        cdp_deployment_free(deployment);
    }
    return targets;
}

static cdp_deployment *kept;

static uint64_t snapshots(void *context, uint64_t count)
{
    things *b = context;

    for (uint64_t i = 0; i < count; i++) {
        cdp_text_clear(b->snapshot);
        require(cdp_deployment_snapshot(kept, b->snapshot) == CDP_OK, "no snapshot");
    }
    return cdp_text_string(b->snapshot).length;
}

/* The reference: the same number of turns through a table of as many counters. */
static uint64_t turns(void *context, uint64_t count)
{
    static volatile uint32_t table[INSTANCES];
    uint64_t sum = 0;

    (void)context;
    for (uint64_t i = 0; i < count; i++)
        sum += table[i % INSTANCES]++;
    return sum;
}

int main(void)
{
    const cdp_appspec_options lambda = {.size = sizeof lambda, .platform = CDP_PLATFORM_LAMBDA};
    things b = {NULL, NULL, NULL, NULL};
    double reference;
    double canary;
    double whole;
    double snapshot;
    size_t bytes;
    bool met;

    require(
        cdp_group_parse(lambda_group, strlen(lambda_group), NULL, NULL, &b.lambda) == CDP_OK &&
            cdp_group_parse(server_group, strlen(server_group), NULL, NULL, &b.server) == CDP_OK &&
            cdp_appspec_parse(lambda_appspec, strlen(lambda_appspec), &lambda, NULL, &b.appspec) ==
                CDP_OK &&
            cdp_text_new(NULL, &b.snapshot) == CDP_OK,
        "cannot be set up");
    reference = bench_measure(turns, NULL, 10000000);
    bench_report("a turn through a table (reference)", reference, 0);
    canary = bench_measure(canaries, &b, 20000);
    bench_report("a Lambda canary through callbacks", canary, reference);
    whole = bench_measure(fleets, &b, 10);
    bench_report("a deployment to 1,000 instances", whole, reference);
    kept = fleet(&b);
    run_fleet(kept);
    snapshot = bench_measure(snapshots, &b, 20);
    bench_report("its snapshot", snapshot, reference);
    bytes = cdp_text_string(b.snapshot).length;
    cdp_deployment_free(kept);
    cdp_text_free(b.snapshot);
    cdp_appspec_free(b.appspec);
    cdp_group_free(b.lambda);
    cdp_group_free(b.server);
    met = bench_wants_at_most("a Lambda canary, microseconds", canary * 1e-3, 5);
    met = bench_wants_at_most("a deployment to 1,000 instances, ms", whole * 1e-6, 20) && met;
    met = bench_wants_at_most("its snapshot, ms", snapshot * 1e-6, 5) && met;
    met = bench_wants_at_most("its snapshot, kB", (double)bytes * 1e-3, 200) && met;
    return met ? 0 : 1;
}
