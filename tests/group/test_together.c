/* SPDX-License-Identifier: MIT */
/* What only several groups together can get wrong. */
#include "json_cases.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"

enum { MOST = 1002 };

#define ROLE "\"serviceRoleArn\":\"arn:aws:iam::123456789012:role/deploy\""

typedef struct together_case {
    const char *name;
    /* One after the other: application/group, and members for each; NULL ends them. */
    const char *groups[4][2];
    /* So many more, of the application "shop", whose names differ. */
    size_t more;
    cdp_status status;
    const char *findings;
} together_case;

#define SERVICE(name, cluster)                                                                     \
    "\"ecsServices\":[{\"serviceName\":\"" name "\",\"clusterName\":\"" cluster "\"}],"            \
    "\"deploymentStyle\":{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":"                 \
    "\"WITH_TRAFFIC_CONTROL\"},\"blueGreenDeploymentConfiguration\":{"                             \
    "\"terminateBlueInstancesOnDeploymentSuccess\":{\"action\":\"TERMINATE\"},"                    \
    "\"deploymentReadyOption\":{\"actionOnTimeout\":\"CONTINUE_DEPLOYMENT\"}},"                    \
    "\"loadBalancerInfo\":{\"targetGroupPairInfoList\":[{\"targetGroups\":[{\"name\":\"a\"},"      \
    "{\"name\":\"b\"}],\"prodTrafficRoute\":{\"listenerArns\":[\"arn:aws:elasticloadbalancing:"    \
    "eu-west-1:123456789012:listener/app/a/b/c\"]}}]}"
#define SCALING(list) "\"autoScalingGroups\":[" list "]"

static const together_case together_cases[] = {
    {"none", {{NULL}}, 0, CDP_OK, ""},
    {"names differ",
     {{"shop/web", SCALING("\"a\"")}, {"shop/api", SCALING("\"b\"")}},
     0,
     CDP_OK,
     ""},
    {"the same name in two applications",
     {{"shop/web", SCALING("\"a\"")}, {"bank/web", SCALING("\"b\"")}},
     0,
     CDP_OK,
     ""},
    {"limits 5.3, health 2.1 a name that is taken",
     {{"shop/web", SCALING("\"a\"")}, {"shop/web", SCALING("\"b\"")}, {"shop/web", NULL}},
     0,
     CDP_ERR_INVALID,
     "error group-name-taken /1/deploymentGroupName DeploymentGroupAlreadyExistsException\n"
     "error group-name-taken /2/deploymentGroupName DeploymentGroupAlreadyExistsException\n"},
    {"limits 2.4 a thousand groups of an application", {{NULL}}, 1000, CDP_OK, ""},
    {"limits 2.4 one more",
     {{NULL}},
     1001,
     CDP_ERR_INVALID,
     "error group-limit-exceeded /1000/applicationName DeploymentGroupLimitExceededException\n"},
    {"limits 2.4 one more, but of another application",
     {{"bank/web", SCALING("\"a\"")}},
     1000,
     CDP_OK,
     ""},
    {"limits 2.12 an ECS service of one group",
     {{"shop/web", SERVICE("web", "one")}, {"shop/api", SERVICE("web", "two")}},
     0,
     CDP_OK,
     ""},
    {"limits 2.12, health 2.7 an ECS service of two groups",
     {{"shop/web", SERVICE("web", "one")}, {"bank/api", SERVICE("web", "one")}},
     0,
     CDP_ERR_INVALID,
     "error group-ecs-service-taken /1/ecsServices/0 ECSServiceMappingLimitExceededException\n"},
    {"health 6.6 an Auto Scaling group of several groups is only warned of",
     {{"shop/web", SCALING("\"a\",\"b\"")},
      {"shop/api", SCALING("\"b\"")},
      {"bank/web", SCALING("\"c\",\"b\"")}},
     0,
     CDP_OK,
     "warning group-auto-scaling-shared /1/autoScalingGroups/0\n"
     "warning group-auto-scaling-shared /2/autoScalingGroups/1\n"},
};

static cdp_group *make(const char *both, const char *members)
{
    cdp_group_options options = {.size = sizeof options};
    int application = (int)strcspn(both, "/");
    char json[2048];

    if (members && strstr(members, "ecsServices"))
        options.platform = CDP_PLATFORM_ECS;
    snprintf(json, sizeof json,
             "{\"applicationName\":\"%.*s\",\"deploymentGroupName\":\"%s\"," ROLE "%s%s}",
             application, both, both + application + 1, members ? "," : "", members ? members : "");
    return parse_group(json, &options);
}

static size_t make_all(const together_case *item, cdp_group **groups)
{
    size_t count = 0;

    for (; count < 4 && item->groups[count][0]; count++)
        groups[count] = make(item->groups[count][0], item->groups[count][1]);
    for (size_t i = 0; i < item->more; i++) {
        char name[32];

        snprintf(name, sizeof name, "shop/group-%zu", i);
        groups[count++] = make(name, NULL);
    }
    return count;
}

static void they_are_judged_together(void **state)
{
    const together_case *item = *state;
    cdp_group *groups[MOST + 4];
    size_t count = make_all(item, groups);
    cdp_diagnostics *diagnostics = new_diagnostics();
    char *findings;

    assert_int_equal(
        cdp_group_check_together((const cdp_group *const *)groups, count, NULL, diagnostics),
        item->status);
    assert_int_equal(cdp_group_check_together((const cdp_group *const *)groups, count, NULL, NULL),
                     item->status);
    findings = listed(diagnostics);
    assert_string_equal(findings, item->findings);
    free(findings);
    cdp_diagnostics_free(diagnostics);
    while (count > 0)
        cdp_group_free(groups[--count]);
}

static cdp_status judge(const cdp_allocator *allocator, void *context)
{
    cdp_status status = cdp_group_check_together(context, 2, allocator, NULL);

    return status == CDP_ERR_INVALID ? CDP_OK : status;
}

static void every_allocation_may_fail(void **state)
{
    cdp_group *groups[2] = {make("shop/web", SERVICE("web", "one")),
                            make("shop/web", SERVICE("web", "one"))};

    (void)state;
    assert_true(test_fail_every_allocation(judge, groups) > 3);
    cdp_group_free(groups[0]);
    cdp_group_free(groups[1]);
}

static void callers_mistakes_are_named(void **state)
{
    const cdp_group *nothing[1] = {NULL};

    (void)state;
    assert_int_equal(cdp_group_check_together(NULL, 1, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_check_together(nothing, 1, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_check_together(NULL, 0, NULL, NULL), CDP_OK);
}

int main(void)
{
    const size_t count = sizeof together_cases / sizeof *together_cases;
    struct CMUnitTest cases[sizeof together_cases / sizeof *together_cases] = {{0}};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(callers_mistakes_are_named),
    };

    for (size_t i = 0; i < count; i++) {
        cases[i] = (struct CMUnitTest){.name = together_cases[i].name,
                                       .test_func = they_are_judged_together,
                                       .initial_state = (void *)(uintptr_t)&together_cases[i]};
    }
    return _cmocka_run_group_tests("together", cases, count, NULL, NULL) +
           cmocka_run_group_tests(tests, NULL, NULL);
}
