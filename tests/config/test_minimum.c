/* SPDX-License-Identifier: MIT */
/* How many instances have to stay healthy: M for N. */
#include "cases.h"

#include <codedeploy/config.h>

#include "base/strings.h"

typedef struct minimum_case {
    const char *name;
    const char *config; /* a predefined one, or NULL for a custom one of what follows */
    cdp_minimum_type type;
    int value;
    int64_t instances;
    int64_t minimum;
} minimum_case;

#define HALF "CodeDeployDefault.HalfAtATime"
#define ONE "CodeDeployDefault.OneAtATime"
#define ALL "CodeDeployDefault.AllAtOnce"

static const minimum_case minimum_cases[] = {
    {"1.5 one at a time of 100", ONE, 0, 0, 100, 99},
    {"1.5 one at a time of 9", ONE, 0, 0, 9, 8},
    {"1.5 one at a time of 1000", ONE, 0, 0, 1000, 999},
    {"2.3 HOST_COUNT 0", NULL, CDP_MINIMUM_HOST_COUNT, 0, 10, 0},
    {"2.3 HOST_COUNT above N", NULL, CDP_MINIMUM_HOST_COUNT, 12, 10, 12},
    {"2.4 FLEET_PERCENT 0", NULL, CDP_MINIMUM_FLEET_PERCENT, 0, 10, 0},
    {"5.1 FLEET_PERCENT 50 of 9", NULL, CDP_MINIMUM_FLEET_PERCENT, 50, 9, 5},
    {"5.1 FLEET_PERCENT 1 of 1", NULL, CDP_MINIMUM_FLEET_PERCENT, 1, 1, 1},
    {"5.1 FLEET_PERCENT 50 of 1", NULL, CDP_MINIMUM_FLEET_PERCENT, 50, 1, 1},
    {"5.1 FLEET_PERCENT 50 of 0", NULL, CDP_MINIMUM_FLEET_PERCENT, 50, 0, 0},
    {"5.1 FLEET_PERCENT 99 of 100", NULL, CDP_MINIMUM_FLEET_PERCENT, 99, 100, 99},
    {"5.1 FLEET_PERCENT 99 of 99", NULL, CDP_MINIMUM_FLEET_PERCENT, 99, 99, 99},
    {"5.1 FLEET_PERCENT 33 of 100", NULL, CDP_MINIMUM_FLEET_PERCENT, 33, 100, 33},
    {"5.1 FLEET_PERCENT 33 of 101", NULL, CDP_MINIMUM_FLEET_PERCENT, 33, 101, 34},
    {"5.1 no overflow", NULL, CDP_MINIMUM_FLEET_PERCENT, 99, INT64_MAX,
     INT64_MAX / 100 * 99 + (INT64_MAX % 100 * 99 + 99) / 100},
    {"5.3 HOST_COUNT 9 of 10", NULL, CDP_MINIMUM_HOST_COUNT, 9, 10, 9},
    {"5.3 HOST_COUNT 6 of 9", NULL, CDP_MINIMUM_HOST_COUNT, 6, 9, 6},
    {"5.3 FLEET_PERCENT 40 of 9", NULL, CDP_MINIMUM_FLEET_PERCENT, 40, 9, 4},
    {"5.5 FLEET_PERCENT 95 of 10", NULL, CDP_MINIMUM_FLEET_PERCENT, 95, 10, 10},
    {"5.22 FLEET_PERCENT 85 of 10", NULL, CDP_MINIMUM_FLEET_PERCENT, 85, 10, 9},
    {"5.23 all at once of 9", ALL, 0, 0, 9, 0},
    {"5.24 half at a time of 9", HALF, 0, 0, 9, 5},
    {"5.24 half at a time of 10", HALF, 0, 0, 10, 5},
    {"5.25 one at a time of 9", ONE, 0, 0, 9, 8},
    {"5.26 one at a time of 1", ONE, 0, 0, 1, 0},
    {"5.26 one at a time of 0", ONE, 0, 0, 0, 0},
    {"5.27 half at a time of 1", HALF, 0, 0, 1, 0},
    {"5.27 half at a time of 2", HALF, 0, 0, 2, 1},
    {"5.27 half at a time of 3", HALF, 0, 0, 3, 2},
};

static cdp_config *make(cdp_minimum_type type, int value, int has_zones)
{
    cdp_config_options options = {.size = sizeof options,
                                  .minimum_type = type,
                                  .minimum_value = value,
                                  .has_zones = has_zones,
                                  .zone_minimum_type = has_zones ? type : CDP_MINIMUM_NONE,
                                  .zone_minimum_value = has_zones ? value : 0};
    cdp_config *config = NULL;

    assert_int_equal(cdp_config_new(&options, NULL, NULL, &config), CDP_OK);
    return config;
}

static void minimum_is_as_documented(void **state)
{
    const minimum_case *item = *state;
    const cdp_config *config = NULL;
    cdp_config *made = NULL;
    int64_t minimum = -1;

    if (item->config) {
        assert_int_equal(cdp_config_find(cdp_string_of(item->config), NULL, 0, NULL, &config),
                         CDP_OK);
    } else {
        made = make(item->type, item->value, 1);
        config = made;
    }
    assert_int_equal(cdp_config_minimum_for(config, item->instances, &minimum), CDP_OK);
    assert_true(minimum == item->minimum);
    if (made) {
        minimum = -1;
        assert_int_equal(cdp_config_zone_minimum_for(config, item->instances, &minimum), CDP_OK);
        assert_true(minimum == item->minimum);
    }
    cdp_config_free(made);
}

/* 5.1 against its definition, for everything small. */
static void percent_is_rounded_up(void **state)
{
    (void)state;
    for (int percent = 0; percent <= 99; percent++) {
        cdp_config *config = make(CDP_MINIMUM_FLEET_PERCENT, percent, 0);

        for (int64_t instances = 0; instances <= 1000; instances++) {
            int64_t minimum = -1;

            assert_int_equal(cdp_config_minimum_for(config, instances, &minimum), CDP_OK);
            assert_true(minimum * 100 >= instances * percent);
            assert_true((minimum - 1) * 100 < instances * percent);
        }
        cdp_config_free(config);
    }
}

static void what_has_no_minimum_says_so(void **state)
{
    cdp_config *config = make(CDP_MINIMUM_HOST_COUNT, 1, 0);
    int64_t minimum = 7;

    (void)state;
    assert_int_equal(cdp_config_minimum_for(cdp_config_default(CDP_PLATFORM_ECS), 3, &minimum),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_config_zone_minimum_for(config, 3, &minimum), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_config_minimum_for(config, -1, &minimum), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_zone_minimum_for(config, -1, &minimum), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_minimum_for(config, 3, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_minimum_for(NULL, 3, &minimum), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_zone_minimum_for(NULL, 3, &minimum), CDP_ERR_ARGUMENT);
    assert_int_equal(minimum, 7);
    cdp_config_free(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percent_is_rounded_up),
        cmocka_unit_test(what_has_no_minimum_says_so),
    };
    int failed = CASES("minimum", minimum_is_as_documented, minimum_cases);

    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
