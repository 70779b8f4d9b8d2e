/* SPDX-License-Identifier: MIT */
/* Hosts that sleep: what comes again and again meanwhile is not gone through one by one. */
#include "stage.h"

#define BASICS                                                                                     \
    "{\"applicationName\":\"app\",\"deploymentGroupName\":\"group\",\"serviceRoleArn\":"           \
    "\"arn:aws:iam::111122223333:role/deploy\""
#define IN_PLACE BASICS ",\"ec2TagFilters\":[{\"Key\":\"k\",\"Type\":\"KEY_ONLY\"}]}"
#define WITH_ALARMS                                                                                \
    BASICS ",\"ec2TagFilters\":[{\"Key\":\"k\",\"Type\":\"KEY_ONLY\"}],"                           \
           "\"alarmConfiguration\":{\"enabled\":true,\"ignorePollAlarmFailure\":true,"             \
           "\"alarms\":[{\"name\":\"a\"}]}}"

static const int64_t minute = 60000;

static cdp_group *group;
static cdp_deployment *deployment;

static void tear_down(void)
{
    cdp_deployment_free(deployment);
    cdp_group_free(group);
}

/* A launch deployment that nothing ends: only heartbeats and looks at alarms are due. */
static void launch(const char *json, int64_t poll_ms)
{
    cdp_deployment_options options = {.size = sizeof options,
                                      .id = {"d-AAAAAAAAA", 11},
                                      .creator = CDP_DEPLOYMENT_CREATOR_AUTOSCALING,
                                      .whole_targets = 1,
                                      .limit_ms = INT64_MAX,
                                      .alarm_poll_ms = poll_ms};

    group = stage_group(json);
    options.group = group;
    assert_int_equal(cdp_deployment_new(&options, NULL, NULL, &deployment), CDP_OK);
    stage_add_instances(deployment, 1, false);
    assert_int_equal(cdp_deployment_start(deployment, 0, NULL), CDP_OK);
}

/* What is told after time `until`, in one step or in as many as there are deadlines. */
static size_t wake(int64_t until, bool at_once, uint64_t *tokens, size_t capacity)
{
    cdp_deployment_action action = {.size = sizeof action};
    size_t count = 0;
    int64_t due;

    while (!at_once && (due = cdp_deployment_next_deadline(deployment)) < until)
        assert_int_equal(cdp_deployment_step(deployment, due, NULL, NULL), CDP_OK);
    assert_int_equal(cdp_deployment_step(deployment, until, NULL, NULL), CDP_OK);
    while (cdp_deployment_next_action(deployment, &action) == CDP_OK) {
        assert_true(count + 3 <= capacity);
        tokens[count++] = action.token;
        tokens[count++] = (uint64_t)action.issued_ms;
        tokens[count++] = (uint64_t)action.kind;
    }
    tokens[count++] = (uint64_t)cdp_deployment_next_deadline(deployment);
    return count;
}

static void a_long_sleep_is_like_many_short_ones(void **state)
{
    static const int64_t polls[] = {1, 7000, 60000, 240000, 3600000};
    uint64_t tokens[2][16];

    (void)state;
    for (size_t i = 0; i < 2 * sizeof polls / sizeof *polls; i++) {
        for (int64_t until = 59999; until < 4 * 24 * 60 * minute; until += until / 3 + 60001) {
            size_t counts[2];

            for (size_t way = 0; way < 2; way++) {
                launch(i % 2 ? WITH_ALARMS : IN_PLACE, polls[i / 2]);
                counts[way] = wake(until, way == 0, tokens[way], 16);
                tear_down();
            }
            assert_int_equal(counts[0], counts[1]);
            assert_memory_equal(tokens[0], tokens[1], counts[0] * sizeof(uint64_t));
        }
    }
}

/* Thousands of millions of heartbeats and of looks at alarms: a test that went from one to the next
 * would not end in time. */
static void a_sleep_costs_nothing(void **state)
{
    const int64_t year = INT64_C(365) * 24 * 60 * minute;
    uint64_t tokens[16];

    (void)state;
    for (int with_alarms = 0; with_alarms < 2; with_alarms++) {
        launch(with_alarms ? WITH_ALARMS : IN_PLACE, 1);
        (void)wake(100 * year, true, tokens, 16);
        (void)wake(8000 * year, true, tokens, 16);
        assert_true(cdp_deployment_next_deadline(deployment) <= 8000 * year + 5 * minute);
        assert_int_equal(cdp_deployment_stop(deployment, 8001 * year, CDP_DEPLOYMENT_NO, NULL),
                         CDP_OK);
        tear_down();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_sleep_is_like_many_short_ones),
        cmocka_unit_test(a_sleep_costs_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
