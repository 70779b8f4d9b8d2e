/* SPDX-License-Identifier: MIT */
/* The predefined configurations, how they are found, and which one a deployment uses. */
#include "cases.h"

#include <codedeploy/config.h>

#include "base/strings.h"

#define DEFAULT "CodeDeployDefault."

typedef struct predefined_case {
    const char *name;
    const char *config;
    cdp_platform platform;
    cdp_minimum_type minimum_type;
    int minimum;
    cdp_traffic_type traffic;
    int percent;
    int interval;
} predefined_case;

static const predefined_case predefined_cases[] = {
    {"1.1 AllAtOnce", DEFAULT "AllAtOnce", CDP_PLATFORM_SERVER, CDP_MINIMUM_FLEET_PERCENT, 0,
     CDP_TRAFFIC_NONE, 0, 0},
    {"1.1 HalfAtATime", DEFAULT "HalfAtATime", CDP_PLATFORM_SERVER, CDP_MINIMUM_FLEET_PERCENT, 50,
     CDP_TRAFFIC_NONE, 0, 0},
    {"1.1, 1.4 OneAtATime", DEFAULT "OneAtATime", CDP_PLATFORM_SERVER, CDP_MINIMUM_MOST_CONCURRENCY,
     1, CDP_TRAFFIC_NONE, 0, 0},
    {"1.1 LambdaAllAtOnce", DEFAULT "LambdaAllAtOnce", CDP_PLATFORM_LAMBDA, CDP_MINIMUM_NONE, 0,
     CDP_TRAFFIC_ALL_AT_ONCE, 100, 0},
    {"1.1 LambdaCanary 5", DEFAULT "LambdaCanary10Percent5Minutes", CDP_PLATFORM_LAMBDA,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_CANARY, 10, 5},
    {"1.1 LambdaCanary 10", DEFAULT "LambdaCanary10Percent10Minutes", CDP_PLATFORM_LAMBDA,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_CANARY, 10, 10},
    {"1.1 LambdaCanary 15", DEFAULT "LambdaCanary10Percent15Minutes", CDP_PLATFORM_LAMBDA,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_CANARY, 10, 15},
    {"1.1 LambdaCanary 30", DEFAULT "LambdaCanary10Percent30Minutes", CDP_PLATFORM_LAMBDA,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_CANARY, 10, 30},
    {"1.1, 1.2 LambdaLinear 1", DEFAULT "LambdaLinear10PercentEvery1Minute", CDP_PLATFORM_LAMBDA,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_LINEAR, 10, 1},
    {"1.1 LambdaLinear 2", DEFAULT "LambdaLinear10PercentEvery2Minutes", CDP_PLATFORM_LAMBDA,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_LINEAR, 10, 2},
    {"1.1 LambdaLinear 3", DEFAULT "LambdaLinear10PercentEvery3Minutes", CDP_PLATFORM_LAMBDA,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_LINEAR, 10, 3},
    {"1.1 LambdaLinear 10", DEFAULT "LambdaLinear10PercentEvery10Minutes", CDP_PLATFORM_LAMBDA,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_LINEAR, 10, 10},
    {"1.1 ECSAllAtOnce", DEFAULT "ECSAllAtOnce", CDP_PLATFORM_ECS, CDP_MINIMUM_NONE, 0,
     CDP_TRAFFIC_ALL_AT_ONCE, 100, 0},
    {"1.1 ECSCanary 5", DEFAULT "ECSCanary10Percent5Minutes", CDP_PLATFORM_ECS, CDP_MINIMUM_NONE, 0,
     CDP_TRAFFIC_TIME_BASED_CANARY, 10, 5},
    {"1.1 ECSCanary 15", DEFAULT "ECSCanary10Percent15Minutes", CDP_PLATFORM_ECS, CDP_MINIMUM_NONE,
     0, CDP_TRAFFIC_TIME_BASED_CANARY, 10, 15},
    {"1.1, 1.2 ECSLinear 1", DEFAULT "ECSLinear10PercentEvery1Minutes", CDP_PLATFORM_ECS,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_LINEAR, 10, 1},
    {"1.1 ECSLinear 3", DEFAULT "ECSLinear10PercentEvery3Minutes", CDP_PLATFORM_ECS,
     CDP_MINIMUM_NONE, 0, CDP_TRAFFIC_TIME_BASED_LINEAR, 10, 3},
};

static void predefined_is_as_documented(void **state)
{
    const predefined_case *item = *state;
    const cdp_config *config = NULL;

    assert_int_equal(cdp_config_find(cdp_string_of(item->config), NULL, 0, NULL, &config), CDP_OK);
    assert_cdp_string(cdp_config_name(config), item->config);
    assert_int_equal(cdp_config_is_predefined(config), 1);
    assert_int_equal(cdp_config_platform(config), item->platform);
    assert_int_equal(cdp_config_minimum_type(config), item->minimum_type);
    assert_int_equal(cdp_config_minimum_value(config), item->minimum);
    assert_int_equal(cdp_config_traffic_type(config), item->traffic);
    assert_int_equal(cdp_config_traffic_percentage(config), item->percent);
    assert_int_equal(cdp_config_traffic_interval_minutes(config), item->interval);
    assert_int_equal(cdp_config_has_zones(config), 0);
}

static void there_are_seventeen(void **state)
{
    (void)state;
    assert_int_equal(cdp_config_predefined_count(), 17);
    assert_int_equal(sizeof predefined_cases / sizeof *predefined_cases, 17);
    for (size_t i = 0; i < 17; i++)
        assert_cdp_string(cdp_config_name(cdp_config_predefined_at(i)), predefined_cases[i].config);
    assert_null(cdp_config_predefined_at(17));
}

typedef struct unknown_case {
    const char *name;
    const char *word;
    cdp_status status;
    cdp_diagnostic_code code;
    const char *hint; /* part of it */
} unknown_case;

static const unknown_case unknown_cases[] = {
    {"1.2 Lambda in the plural", DEFAULT "LambdaLinear10PercentEvery1Minutes", CDP_ERR_NOT_FOUND,
     CDP_DIAGNOSTIC_CONFIG_UNKNOWN, DEFAULT "LambdaLinear10PercentEvery1Minute?"},
    {"1.2 ECS in the singular", DEFAULT "ECSLinear10PercentEvery1Minute", CDP_ERR_NOT_FOUND,
     CDP_DIAGNOSTIC_CONFIG_UNKNOWN, DEFAULT "ECSLinear10PercentEvery1Minutes?"},
    {"1.3 a platform where there is none", DEFAULT "ServerHalfAtATime", CDP_ERR_NOT_FOUND,
     CDP_DIAGNOSTIC_CONFIG_UNKNOWN, DEFAULT "HalfAtATime?"},
    {"case", DEFAULT "halfatatime", CDP_ERR_NOT_FOUND, CDP_DIAGNOSTIC_CONFIG_UNKNOWN,
     DEFAULT "HalfAtATime?"},
    {"without prefix", "OneAtATime", CDP_ERR_NOT_FOUND, CDP_DIAGNOSTIC_CONFIG_UNKNOWN,
     DEFAULT "OneAtATime?"},
    {"without prefix, misspelt", "EcsAllAtOnec", CDP_ERR_NOT_FOUND, CDP_DIAGNOSTIC_CONFIG_UNKNOWN,
     DEFAULT "ECSAllAtOnce?"},
    {"4.6 as SAM calls it", "Canary10Percent15Minutes", CDP_ERR_NOT_FOUND,
     CDP_DIAGNOSTIC_CONFIG_UNKNOWN, DEFAULT "LambdaCanary10Percent15Minutes?"},
    {"near nothing", "blue", CDP_ERR_NOT_FOUND, CDP_DIAGNOSTIC_CONFIG_UNKNOWN,
     "codedeploy configs"},
    {"empty", "", CDP_ERR_INVALID, CDP_DIAGNOSTIC_CONFIG_NAME_REQUIRED, "1 to 100"},
    {"not a name", "a b", CDP_ERR_INVALID, CDP_DIAGNOSTIC_CONFIG_NAME_CHARACTER, "a-z"},
};

static void unknown_name_is_refused(void **state)
{
    const unknown_case *item = *state;
    const cdp_config *config = (const cdp_config *)item;
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostics *diagnostics;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_config_find(cdp_string_of(item->word), NULL, 0, diagnostics, &config),
                     item->status);
    assert_ptr_equal(config, item);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_int_equal(found.code, item->code);
    assert_non_null(strstr(found.hint.data, item->hint));
    cdp_diagnostics_free(diagnostics);
}

typedef struct sam_case {
    const char *name;
    const char *word;
    const char *config;
} sam_case;

static const sam_case sam_cases[] = {
    {"4.6 Canary 5", "Canary10Percent5Minutes", DEFAULT "LambdaCanary10Percent5Minutes"},
    {"4.6 Canary 10", "Canary10Percent10Minutes", DEFAULT "LambdaCanary10Percent10Minutes"},
    {"4.6 Canary 15", "Canary10Percent15Minutes", DEFAULT "LambdaCanary10Percent15Minutes"},
    {"4.6 Canary 30", "Canary10Percent30Minutes", DEFAULT "LambdaCanary10Percent30Minutes"},
    {"4.6 Linear 1", "Linear10PercentEvery1Minute", DEFAULT "LambdaLinear10PercentEvery1Minute"},
    {"4.6 Linear 2", "Linear10PercentEvery2Minutes", DEFAULT "LambdaLinear10PercentEvery2Minutes"},
    {"4.6 Linear 3", "Linear10PercentEvery3Minutes", DEFAULT "LambdaLinear10PercentEvery3Minutes"},
    {"4.6 Linear 10", "Linear10PercentEvery10Minutes",
     DEFAULT "LambdaLinear10PercentEvery10Minutes"},
    {"4.6 AllAtOnce", "AllAtOnce", DEFAULT "LambdaAllAtOnce"},
    {"4.6 any other word", "MyConfig", "MyConfig"},
    {"4.6 a whole name", DEFAULT "ECSAllAtOnce", DEFAULT "ECSAllAtOnce"},
    {"4.6 no empty short name", "", ""},
};

static void sam_name_is_mapped(void **state)
{
    const sam_case *item = *state;

    assert_cdp_string(cdp_config_name_from_sam(cdp_string_of(item->word)), item->config);
}

static const cdp_config *find(const char *name)
{
    const cdp_config *config = NULL;

    assert_int_equal(cdp_config_find(cdp_string_of(name), NULL, 0, NULL, &config), CDP_OK);
    return config;
}

static cdp_config *make_half(const char *name)
{
    cdp_config_options options = {.size = sizeof options,
                                  .name = cdp_string_of(name),
                                  .minimum_type = CDP_MINIMUM_FLEET_PERCENT,
                                  .minimum_value = 50};
    cdp_config *config = NULL;

    assert_int_equal(cdp_config_new(&options, NULL, NULL, &config), CDP_OK);
    return config;
}

static void own_configurations_are_found_after_predefined(void **state)
{
    cdp_config *mine = make_half("Mine");
    const cdp_config *customs[] = {NULL, mine};
    const cdp_config *found = NULL;
    cdp_diagnostic finding = {.size = sizeof finding};
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_config_find(CDP_STR("Mine"), customs, 2, NULL, &found), CDP_OK);
    assert_ptr_equal(found, mine);
    assert_int_equal(cdp_config_is_predefined(found), 0);
    assert_int_equal(cdp_config_find(CDP_STR(DEFAULT "ECSAllAtOnce"), customs, 2, NULL, &found),
                     CDP_OK);
    assert_ptr_equal(found, cdp_config_predefined_at(12));
    assert_int_equal(cdp_config_find(CDP_STR("Mime"), customs, 2, diagnostics, &found),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &finding), CDP_OK);
    assert_cdp_string(finding.hint, "Did you mean Mine?");
    assert_int_equal(cdp_config_find(CDP_STR("Mine"), NULL, 1, NULL, &found), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_find(CDP_STR("Mine"), customs, 2, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_find((cdp_string){NULL, 0}, customs, 2, NULL, &found),
                     CDP_ERR_ARGUMENT);
    cdp_diagnostics_free(diagnostics);
    cdp_config_free(mine);
    cdp_config_free(NULL);
}

static void resolution(void **state)
{
    cdp_config *mine = make_half("Mine");
    const cdp_config *group = find(DEFAULT "HalfAtATime");

    (void)state;
    assert_ptr_equal(cdp_config_resolve(CDP_PLATFORM_SERVER, mine, group), mine);
    assert_ptr_equal(cdp_config_resolve(CDP_PLATFORM_SERVER, NULL, group), group);
    assert_ptr_equal(cdp_config_resolve(CDP_PLATFORM_SERVER, NULL, NULL),
                     find(DEFAULT "OneAtATime"));
    assert_ptr_equal(cdp_config_resolve(CDP_PLATFORM_LAMBDA, NULL, NULL),
                     find(DEFAULT "LambdaAllAtOnce"));
    assert_ptr_equal(cdp_config_resolve(CDP_PLATFORM_ECS, NULL, NULL),
                     find(DEFAULT "ECSAllAtOnce"));
    assert_null(cdp_config_resolve(CDP_PLATFORM_AUTO, NULL, NULL));
    cdp_config_free(mine);
}

static void rolls_back(void **state)
{
    cdp_config_options options = {.size = sizeof options,
                                  .name = CDP_STR("Zonal"),
                                  .minimum_type = CDP_MINIMUM_FLEET_PERCENT,
                                  .minimum_value = 50,
                                  .has_zones = 1,
                                  .has_zone_monitor_seconds = 1,
                                  .zone_monitor_seconds = 60};
    cdp_config *mine = make_half("Mine");
    cdp_config *zonal;
    const cdp_config *rollback;

    (void)state;
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &zonal), CDP_OK);
    assert_ptr_equal(cdp_config_for_rollback(find(DEFAULT "ECSCanary10Percent5Minutes")),
                     find(DEFAULT "ECSAllAtOnce"));
    assert_ptr_equal(cdp_config_for_rollback(find(DEFAULT "LambdaLinear10PercentEvery1Minute")),
                     find(DEFAULT "LambdaAllAtOnce"));
    assert_ptr_equal(cdp_config_for_rollback(mine), mine);
    assert_ptr_equal(cdp_config_for_rollback(find(DEFAULT "OneAtATime")),
                     find(DEFAULT "OneAtATime"));
    rollback = cdp_config_for_rollback(zonal);
    assert_int_equal(cdp_config_has_zones(zonal), 1);
    assert_int_equal(cdp_config_has_zones(rollback), 0);
    assert_int_equal(cdp_config_zone_wait_ms(rollback, 0), 0);
    assert_int_equal(cdp_config_zone_minimum_type(rollback), CDP_MINIMUM_NONE);
    assert_int_equal(cdp_config_minimum_value(rollback), 50);
    assert_cdp_string(cdp_config_name(rollback), "Zonal");
    assert_ptr_equal(cdp_config_for_rollback(rollback), rollback);
    assert_null(cdp_config_for_rollback(NULL));
    cdp_config_free(zonal);
    cdp_config_free(mine);
}

static void nothing_is_asked_of_nothing(void **state)
{
    (void)state;
    assert_absent(cdp_config_name(NULL));
    assert_int_equal(cdp_config_platform(NULL), CDP_PLATFORM_AUTO);
    assert_int_equal(cdp_config_is_predefined(NULL), 0);
    assert_int_equal(cdp_config_minimum_type(NULL), CDP_MINIMUM_NONE);
    assert_int_equal(cdp_config_minimum_value(NULL), 0);
    assert_int_equal(cdp_config_traffic_type(NULL), CDP_TRAFFIC_NONE);
    assert_int_equal(cdp_config_traffic_percentage(NULL), 0);
    assert_int_equal(cdp_config_traffic_interval_minutes(NULL), 0);
    assert_int_equal(cdp_config_has_zones(NULL), 0);
    assert_int_equal(cdp_config_zone_wait_ms(NULL, 0), 0);
    assert_int_equal(cdp_config_zone_minimum_type(NULL), CDP_MINIMUM_NONE);
    assert_int_equal(cdp_config_zone_minimum_value(NULL), 0);
    assert_string_equal(cdp_minimum_type_name(CDP_MINIMUM_HOST_COUNT), "HOST_COUNT");
    assert_string_equal(cdp_minimum_type_name((cdp_minimum_type)99), "unknown");
    assert_string_equal(cdp_traffic_type_name(CDP_TRAFFIC_NONE), "none");
    assert_string_equal(cdp_traffic_type_name((cdp_traffic_type)-1), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NAMED("1.1 exactly these seventeen, in this order", there_are_seventeen),
        cmocka_unit_test(own_configurations_are_found_after_predefined),
        NAMED("1.8 the deployment's, else the group's, else the default", resolution),
        NAMED("1.10, 6.11 a rollback shifts at once and knows no zones", rolls_back),
        cmocka_unit_test(nothing_is_asked_of_nothing),
    };
    int failed = CASES("predefined", predefined_is_as_documented, predefined_cases);

    failed += CASES("unknown", unknown_name_is_refused, unknown_cases);
    failed += CASES("SAM", sam_name_is_mapped, sam_cases);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
