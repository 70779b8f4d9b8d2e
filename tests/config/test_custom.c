/* SPDX-License-Identifier: MIT */
/* Configurations of one's own: every constraint, and every violation at once. */
#include "cases.h"

#include <codedeploy/config.h>

#include "base/strings.h"

#define D(name) CDP_DIAGNOSTIC_CONFIG_##name
#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

#define SIZED .size = sizeof(cdp_config_options)
#define HOSTS(how, number) SIZED, .minimum_type = CDP_MINIMUM_##how, .minimum_value = (number)
#define SERVER HOSTS(HOST_COUNT, 1)
#define FLOW(where, how, percent, minutes)                                                         \
    SIZED, .platform = CDP_PLATFORM_##where, .traffic_type = CDP_TRAFFIC_##how,                    \
           .traffic_percentage = (percent), .traffic_interval_minutes = (minutes)
#define CANARY(percent, minutes) FLOW(LAMBDA, TIME_BASED_CANARY, percent, minutes)
#define LINEAR(percent, minutes) FLOW(ECS, TIME_BASED_LINEAR, percent, minutes)
#define ZONES SERVER, .has_zones = 1

enum { MOST_FINDINGS = 6 };

typedef struct finding {
    cdp_diagnostic_code code;
    const char *pointer;
    const char *api;
} finding;

typedef struct custom_case {
    const char *name;
    cdp_config_options options;
    finding findings[MOST_FINDINGS]; /* none: accepted */
} custom_case;

#define NAME_POINTER "/deploymentConfigName"
#define NAME_API "InvalidDeploymentConfigNameException"
#define VALUE_POINTER "/minimumHealthyHosts/value"
#define MINIMUM_API "InvalidMinimumHealthyHostValueException"
#define CANARY_POINTER "/trafficRoutingConfig/timeBasedCanary"
#define LINEAR_POINTER "/trafficRoutingConfig/timeBasedLinear"
#define TRAFFIC_API "InvalidTrafficRoutingConfigurationException"
#define ZONE_POINTER "/zonalConfig"
#define ZONE_API "InvalidZonalDeploymentConfigurationException"

static const custom_case custom_cases[] = {
    {"2.1 a name of 100", {SERVER, .name = CDP_LITERAL(HUNDRED)}, {{0}}},
    {"2.1 every sign that is allowed", {SERVER, .name = CDP_LITERAL("azAZ09._+=,@-")}, {{0}}},
    {"2.1 no name is needed by the host itself", {SERVER}, {{0}}},
    {"2.1 a name of 101",
     {SERVER, .name = CDP_LITERAL(HUNDRED "0")},
     {{D(NAME_LENGTH), NAME_POINTER, NAME_API}}},
    {"2.1 an empty name",
     {SERVER, .name = CDP_LITERAL("")},
     {{D(NAME_REQUIRED), NAME_POINTER, "DeploymentConfigNameRequiredException"}}},
    {"2.1 a blank",
     {SERVER, .name = CDP_LITERAL("a b")},
     {{D(NAME_CHARACTER), NAME_POINTER, NAME_API}}},
    {"2.1 a slash",
     {SERVER, .name = CDP_LITERAL("a/b")},
     {{D(NAME_CHARACTER), NAME_POINTER, NAME_API}}},
    {"2.1 another alphabet",
     {SERVER, .name = CDP_LITERAL("gr\xc3\xbcn")},
     {{D(NAME_CHARACTER), NAME_POINTER, NAME_API}}},
    {"2.1 bytes that are no text",
     {SERVER, .name = CDP_LITERAL("a\xff")},
     {{D(NAME_CHARACTER), NAME_POINTER, NAME_API}}},
    {"2.1, 1.7 the reserved prefix",
     {SERVER, .name = CDP_LITERAL("CodeDeployDefault.Mine")},
     {{D(NAME_RESERVED), NAME_POINTER, NAME_API}}},
    {"1.7 a predefined name",
     {SERVER, .name = CDP_LITERAL("CodeDeployDefault.AllAtOnce")},
     {{D(NAME_RESERVED), NAME_POINTER, NAME_API}}},
    {"2.1 the prefix in another case is free",
     {SERVER, .name = CDP_LITERAL("codedeploydefault.Mine")},
     {{0}}},
    {"1.4 MOST_CONCURRENCY",
     {.size = sizeof(cdp_config_options),
      .minimum_type = CDP_MINIMUM_MOST_CONCURRENCY,
      .minimum_value = 1},
     {{D(MINIMUM_READ_ONLY), "/minimumHealthyHosts/type", MINIMUM_API}}},
    {"2.3 HOST_COUNT 0", {HOSTS(HOST_COUNT, 0)}, {{0}}},
    {"2.3 HOST_COUNT at its end", {HOSTS(HOST_COUNT, INT32_MAX)}, {{0}}},
    {"2.3 HOST_COUNT -1",
     {HOSTS(HOST_COUNT, -1)},
     {{D(MINIMUM_COUNT), VALUE_POINTER, MINIMUM_API}}},
    {"2.3 HOST_COUNT too large",
     {HOSTS(HOST_COUNT, (int64_t)INT32_MAX + 1)},
     {{D(MINIMUM_COUNT), VALUE_POINTER, MINIMUM_API}}},
    {"2.4 FLEET_PERCENT 0", {HOSTS(FLEET_PERCENT, 0)}, {{0}}},
    {"2.4 FLEET_PERCENT 99", {HOSTS(FLEET_PERCENT, 99)}, {{0}}},
    {"2.4 FLEET_PERCENT 100",
     {HOSTS(FLEET_PERCENT, 100)},
     {{D(MINIMUM_PERCENT), VALUE_POINTER, MINIMUM_API}}},
    {"2.4 FLEET_PERCENT -1",
     {HOSTS(FLEET_PERCENT, -1)},
     {{D(MINIMUM_PERCENT), VALUE_POINTER, MINIMUM_API}}},
    {"2.5 1 percent", {CANARY(1, 1)}, {{0}}},
    {"2.5 99 percent", {CANARY(99, 1)}, {{0}}},
    {"2.5 0 percent",
     {CANARY(0, 1)},
     {{D(TRAFFIC_PERCENTAGE), CANARY_POINTER "/canaryPercentage", TRAFFIC_API}}},
    {"2.5 100 percent",
     {CANARY(100, 1)},
     {{D(TRAFFIC_PERCENTAGE), CANARY_POINTER "/canaryPercentage", TRAFFIC_API}}},
    {"2.5 -1 percent",
     {LINEAR(-1, 1)},
     {{D(TRAFFIC_PERCENTAGE), LINEAR_POINTER "/linearPercentage", TRAFFIC_API}}},
    {"2.5 no overflow",
     {LINEAR(INT64_MIN, 1)},
     {{D(TRAFFIC_PERCENTAGE), LINEAR_POINTER "/linearPercentage", TRAFFIC_API}}},
    {"2.6 2880 minutes", {CANARY(10, 2880)}, {{0}}},
    {"2.6 0 minutes",
     {CANARY(10, 0)},
     {{D(TRAFFIC_INTERVAL), CANARY_POINTER "/canaryInterval", TRAFFIC_API}}},
    {"2.6 2881 minutes",
     {CANARY(10, 2881)},
     {{D(TRAFFIC_INTERVAL), CANARY_POINTER "/canaryInterval", TRAFFIC_API}}},
    {"2.6 -1 minutes",
     {LINEAR(10, -1)},
     {{D(TRAFFIC_INTERVAL), LINEAR_POINTER "/linearInterval", TRAFFIC_API}}},
    {"2.6 no overflow",
     {LINEAR(10, INT64_MAX)},
     {{D(TRAFFIC_INTERVAL), LINEAR_POINTER "/linearInterval", TRAFFIC_API}}},
    {"2.7 exactly two days", {LINEAR(10, 320)}, {{0}}},
    {"2.7 nine waits of 321 minutes",
     {LINEAR(10, 321)},
     {{D(TRAFFIC_TOO_LONG), LINEAR_POINTER "/linearInterval", TRAFFIC_API}}},
    {"2.7 one wait of 2880", {LINEAR(50, 2880)}, {{0}}},
    {"2.7 two waits of 1441",
     {LINEAR(49, 1441)},
     {{D(TRAFFIC_TOO_LONG), LINEAR_POINTER "/linearInterval", TRAFFIC_API}}},
    {"2.7 99 waits of 29", {LINEAR(1, 29)}, {{0}}},
    {"2.7 99 waits of 30",
     {LINEAR(1, 30)},
     {{D(TRAFFIC_TOO_LONG), LINEAR_POINTER "/linearInterval", TRAFFIC_API}}},
    {"2.8 all at once",
     {.size = sizeof(cdp_config_options),
      .platform = CDP_PLATFORM_ECS,
      .traffic_type = CDP_TRAFFIC_ALL_AT_ONCE},
     {{0}}},
    {"2.8 all at once in parts",
     {FLOW(LAMBDA, ALL_AT_ONCE, 10, 5)},
     {{D(TRAFFIC_CONTRADICTION), CANARY_POINTER, TRAFFIC_API}}},
    {"2.8 numbers without a type",
     {FLOW(LAMBDA, NONE, 10, 5)},
     {{D(TRAFFIC_INCOMPLETE), "/trafficRoutingConfig/type", TRAFFIC_API}}},
    {"2.9 Server is the default", {SERVER, .platform = CDP_PLATFORM_AUTO}, {{0}}},
    {"2.9 Server without a minimum",
     {.size = sizeof(cdp_config_options)},
     {{D(MINIMUM_REQUIRED), "/minimumHealthyHosts", MINIMUM_API}}},
    {"2.9 Server with traffic",
     {FLOW(SERVER, TIME_BASED_CANARY, 10, 5), .minimum_type = CDP_MINIMUM_HOST_COUNT},
     {{D(TRAFFIC_PLATFORM), "/trafficRoutingConfig", TRAFFIC_API}}},
    {"2.9 Lambda without traffic",
     {.size = sizeof(cdp_config_options), .platform = CDP_PLATFORM_LAMBDA},
     {{D(TRAFFIC_REQUIRED), "/trafficRoutingConfig", TRAFFIC_API}}},
    {"2.9 Lambda with a minimum",
     {CANARY(10, 5), .minimum_type = CDP_MINIMUM_HOST_COUNT, .minimum_value = 1},
     {{D(MINIMUM_PLATFORM), "/minimumHealthyHosts", MINIMUM_API}}},
    {"a minimum without a type",
     {HOSTS(NONE, 1)},
     {{D(MINIMUM_INCOMPLETE), "/minimumHealthyHosts/type", MINIMUM_API}}},
    {"6.3, 6.4, 6.5 zones",
     {ZONES, .has_zone_monitor_seconds = 1, .zone_monitor_seconds = 0,
      .has_first_zone_monitor_seconds = 1, .first_zone_monitor_seconds = 3600,
      .zone_minimum_type = CDP_MINIMUM_FLEET_PERCENT, .zone_minimum_value = 99},
     {{0}}},
    {"6.12 the guide's example",
     {HOSTS(HOST_COUNT, 300), .has_zones = 1, .has_zone_monitor_seconds = 1,
      .zone_monitor_seconds = 3600, .zone_minimum_type = CDP_MINIMUM_HOST_COUNT,
      .zone_minimum_value = 50},
     {{0}}},
    {"6.13 zones on ECS",
     {LINEAR(10, 1), .has_zones = 1},
     {{D(ZONE_PLATFORM), ZONE_POINTER, ZONE_API}}},
    {"6.13 zones on Lambda",
     {CANARY(10, 1), .has_zones = 1},
     {{D(ZONE_PLATFORM), ZONE_POINTER, ZONE_API}}},
    {"6.13 negative duration",
     {ZONES, .has_zone_monitor_seconds = 1, .zone_monitor_seconds = -1},
     {{D(ZONE_DURATION), ZONE_POINTER "/monitorDurationInSeconds", ZONE_API}}},
    {"6.13 negative first duration",
     {ZONES, .has_first_zone_monitor_seconds = 1, .first_zone_monitor_seconds = INT64_MIN},
     {{D(ZONE_DURATION), ZONE_POINTER "/firstZoneMonitorDurationInSeconds", ZONE_API}}},
    {"6.13 a duration that no milliseconds can hold",
     {ZONES, .has_zone_monitor_seconds = 1, .zone_monitor_seconds = INT64_MAX},
     {{D(ZONE_DURATION), ZONE_POINTER "/monitorDurationInSeconds", ZONE_API}}},
    {"6.13 percent of a zone",
     {ZONES, .zone_minimum_type = CDP_MINIMUM_FLEET_PERCENT, .zone_minimum_value = 100},
     {{D(ZONE_MINIMUM_PERCENT), ZONE_POINTER "/minimumHealthyHostsPerZone/value", ZONE_API}}},
    {"6.13 count in a zone",
     {ZONES, .zone_minimum_type = CDP_MINIMUM_HOST_COUNT, .zone_minimum_value = -1},
     {{D(ZONE_MINIMUM_COUNT), ZONE_POINTER "/minimumHealthyHostsPerZone/value", ZONE_API}}},
    {"6.5 MOST_CONCURRENCY in a zone",
     {ZONES, .zone_minimum_type = CDP_MINIMUM_MOST_CONCURRENCY, .zone_minimum_value = 1},
     {{D(ZONE_MINIMUM_TYPE_UNKNOWN), ZONE_POINTER "/minimumHealthyHostsPerZone/type", ZONE_API}}},
    {"6.5 a value without a type",
     {ZONES, .zone_minimum_value = 1},
     {{D(ZONE_MINIMUM_INCOMPLETE), ZONE_POINTER "/minimumHealthyHostsPerZone/type", ZONE_API}}},
    {"everything that is wrong at once",
     {CANARY(0, 2881), .name = CDP_LITERAL("CodeDeployDefault.a b"), .has_zones = 1,
      .has_zone_monitor_seconds = 1, .zone_monitor_seconds = -5},
     {{D(NAME_CHARACTER), NAME_POINTER, NAME_API},
      {D(NAME_RESERVED), NAME_POINTER, NAME_API},
      {D(TRAFFIC_PERCENTAGE), CANARY_POINTER "/canaryPercentage", TRAFFIC_API},
      {D(TRAFFIC_INTERVAL), CANARY_POINTER "/canaryInterval", TRAFFIC_API},
      {D(ZONE_PLATFORM), ZONE_POINTER, ZONE_API},
      {D(ZONE_DURATION), ZONE_POINTER "/monitorDurationInSeconds", ZONE_API}}},
};

static void assert_findings(const cdp_diagnostics *diagnostics, const finding *expected)
{
    size_t count = 0;

    for (; count < MOST_FINDINGS && expected[count].code; count++) {
        cdp_diagnostic found = {.size = sizeof found};
        cdp_diagnostic_info info = {.size = sizeof info};

        assert_int_equal(cdp_diagnostics_at(diagnostics, count, &found), CDP_OK);
        assert_int_equal(found.code, expected[count].code);
        assert_null(strchr(found.message.data, '{'));
        if (expected[count].pointer)
            assert_cdp_string(found.pointer, expected[count].pointer);
        assert_int_equal(cdp_diagnostic_info_get(found.code, &info), CDP_OK);
        assert_string_equal(info.api_name, expected[count].api);
    }
    assert_int_equal(cdp_diagnostics_count(diagnostics), count);
}

/* What is accepted is described such that it can be made again, to the same. */
static void assert_describes_itself(const cdp_config *config)
{
    cdp_config_options options = {.size = sizeof options};
    cdp_config_options again = {.size = sizeof again};
    cdp_config *copy = NULL;

    assert_int_equal(cdp_config_describe(config, &options), CDP_OK);
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &copy), CDP_OK);
    assert_int_equal(cdp_config_describe(copy, &again), CDP_OK);
    assert_true(cdp_string_equal(options.name, again.name));
    options.name = again.name = (cdp_string){NULL, 0};
    assert_memory_equal(&options, &again, sizeof options);
    cdp_config_free(copy);
}

static void options_are_checked(void **state)
{
    const custom_case *item = *state;
    bool accepted = item->findings[0].code == 0;
    cdp_config *const untouched = (cdp_config *)&accepted;
    cdp_config *config = untouched;
    cdp_diagnostics *diagnostics;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_config_new(&item->options, NULL, diagnostics, &config),
                     accepted ? CDP_OK : CDP_ERR_INVALID);
    assert_findings(diagnostics, item->findings);
    if (accepted) {
        assert_describes_itself(config);
        cdp_config_free(config);
    } else {
        assert_ptr_equal(config, untouched);
        assert_int_equal(cdp_config_new(&item->options, NULL, NULL, &config), CDP_ERR_INVALID);
    }
    cdp_diagnostics_free(diagnostics);
}

static cdp_config *make(cdp_config_options options)
{
    cdp_config *config = NULL;

    assert_int_equal(cdp_config_new(&options, NULL, NULL, &config), CDP_OK);
    return config;
}

static void getters_tell_what_was_given(void **state)
{
    cdp_config *config = make((cdp_config_options){
        HOSTS(HOST_COUNT, 300), .name = CDP_LITERAL("Zonal"), .has_zones = 1,
        .has_zone_monitor_seconds = 1, .zone_monitor_seconds = 3600,
        .has_first_zone_monitor_seconds = 1, .first_zone_monitor_seconds = 60,
        .zone_minimum_type = CDP_MINIMUM_HOST_COUNT, .zone_minimum_value = 50});

    (void)state;
    assert_cdp_string(cdp_config_name(config), "Zonal");
    assert_int_equal(cdp_config_is_predefined(config), 0);
    assert_int_equal(cdp_config_minimum_type(config), CDP_MINIMUM_HOST_COUNT);
    assert_int_equal(cdp_config_minimum_value(config), 300);
    assert_int_equal(cdp_config_has_zones(config), 1);
    assert_int_equal(cdp_config_zone_wait_ms(config, 0), 60000);
    assert_int_equal(cdp_config_zone_wait_ms(config, 1), 3600000);
    assert_int_equal(cdp_config_zone_minimum_type(config), CDP_MINIMUM_HOST_COUNT);
    assert_int_equal(cdp_config_zone_minimum_value(config), 50);
    cdp_config_free(config);
}

/* 6.3, 6.4, 6.5: what an absent member stands for. */
static void zones_have_defaults(void **state)
{
    cdp_config *config = make((cdp_config_options){ZONES});

    (void)state;
    assert_int_equal(cdp_config_zone_wait_ms(config, 0), 0);
    assert_int_equal(cdp_config_zone_wait_ms(config, 5), 0);
    assert_int_equal(cdp_config_zone_minimum_type(config), CDP_MINIMUM_FLEET_PERCENT);
    assert_int_equal(cdp_config_zone_minimum_value(config), 0);
    cdp_config_free(config);
    config =
        make((cdp_config_options){ZONES, .has_zone_monitor_seconds = 1, .zone_monitor_seconds = 7});
    assert_int_equal(cdp_config_zone_wait_ms(config, 0), 7000);
    cdp_config_free(config);
    config = make((cdp_config_options){ZONES, .has_first_zone_monitor_seconds = 1,
                                       .first_zone_monitor_seconds = 7});
    assert_int_equal(cdp_config_zone_wait_ms(config, 0), 7000);
    assert_int_equal(cdp_config_zone_wait_ms(config, 1), 0);
    cdp_config_free(config);
}

typedef struct use_case {
    const char *name;
    const char *config; /* predefined; NULL: a zonal one */
    cdp_config_use use;
    finding findings[MOST_FINDINGS];
} use_case;

#define USE(where) .size = sizeof(cdp_config_use), .platform = CDP_PLATFORM_##where
#define DEFAULT "CodeDeployDefault."

static const use_case use_cases[] = {
    {"1.9 all at once behind a Network Load Balancer",
     DEFAULT "ECSAllAtOnce",
     {USE(ECS), .network_load_balancer = 1},
     {{0}}},
    {"1.9 canary behind a Network Load Balancer",
     DEFAULT "ECSCanary10Percent5Minutes",
     {USE(ECS), .network_load_balancer = 1},
     {{D(USE_LOAD_BALANCER), NULL, "InvalidLoadBalancerInfoException"}}},
    {"1.9 canary behind another", DEFAULT "ECSCanary10Percent5Minutes", {USE(ECS)}, {{0}}},
    {"2.9 of another platform",
     DEFAULT "LambdaAllAtOnce",
     {USE(ECS)},
     {{D(USE_PLATFORM), NULL, TRAFFIC_API}}},
    {"6.2 zones in place on EC2", NULL, {USE(SERVER)}, {{0}}},
    {"6.2 zones and blue/green",
     NULL,
     {USE(SERVER), .blue_green = 1},
     {{D(USE_ZONES), NULL, ZONE_API}}},
    {"6.2 zones and on-premises",
     NULL,
     {USE(SERVER), .on_premises = 1},
     {{D(USE_ZONES), NULL, ZONE_API}}},
    {"6.2 both, and the platform",
     NULL,
     {USE(LAMBDA), .blue_green = 1, .on_premises = 1},
     {{D(USE_PLATFORM), NULL, TRAFFIC_API},
      {D(USE_ZONES), NULL, ZONE_API},
      {D(USE_ZONES), NULL, ZONE_API}}},
    {"blue/green without zones", DEFAULT "OneAtATime", {USE(SERVER), .blue_green = 1}, {{0}}},
};

static void use_is_checked(void **state)
{
    const use_case *item = *state;
    cdp_config *zonal = make((cdp_config_options){ZONES});
    const cdp_config *config = zonal;
    cdp_diagnostics *diagnostics;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    if (item->config)
        assert_int_equal(cdp_config_find(cdp_string_of(item->config), NULL, 0, NULL, &config),
                         CDP_OK);
    assert_int_equal(cdp_config_check_use(config, &item->use, diagnostics),
                     item->findings[0].code ? CDP_ERR_INVALID : CDP_OK);
    assert_findings(diagnostics, item->findings);
    cdp_diagnostics_free(diagnostics);
    cdp_config_free(zonal);
}

static void callers_mistakes_are_named(void **state)
{
    cdp_config_options options = {SERVER};
    cdp_config_use use = {USE(SERVER)};
    const cdp_config *config = cdp_config_predefined_at(0);
    cdp_config *made = NULL;

    (void)state;
    assert_int_equal(cdp_config_new(NULL, NULL, NULL, &made), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_new(&options, NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    options.size = 3;
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &made), CDP_ERR_STRUCT);
    options = (cdp_config_options){SERVER, .platform = (cdp_platform)4};
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &made), CDP_ERR_ARGUMENT);
    options = (cdp_config_options){SIZED, .minimum_type = (cdp_minimum_type)-1};
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &made), CDP_ERR_ARGUMENT);
    options = (cdp_config_options){SIZED, .traffic_type = (cdp_traffic_type)4};
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &made), CDP_ERR_ARGUMENT);
    options = (cdp_config_options){ZONES, .zone_minimum_type = (cdp_minimum_type)4};
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &made), CDP_ERR_ARGUMENT);
    assert_null(made);
    assert_int_equal(cdp_config_check_use(config, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_check_use(NULL, &use, NULL), CDP_ERR_ARGUMENT);
    use.platform = CDP_PLATFORM_AUTO;
    assert_int_equal(cdp_config_check_use(config, &use, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_check_create(NULL, NULL, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_check_create(config, NULL, 1, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_check_delete(NULL, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_describe(NULL, &options), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_describe(config, NULL), CDP_ERR_ARGUMENT);
}

/* An older caller knows nothing of zones. */
static void structs_grow_at_their_end(void **state)
{
    cdp_config_options options = {HOSTS(HOST_COUNT, 1), .has_zones = 7};
    cdp_config *config = NULL;

    (void)state;
    options.size = offsetof(cdp_config_options, has_zones);
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &config), CDP_OK);
    assert_int_equal(cdp_config_has_zones(config), 0);
    cdp_config_free(config);
    if (sizeof(void *) != 8)
        return;
    assert_int_equal(offsetof(cdp_config_options, name), 8);
    assert_int_equal(offsetof(cdp_config_options, platform), 24);
    assert_int_equal(offsetof(cdp_config_options, minimum_value), 32);
    assert_int_equal(offsetof(cdp_config_options, traffic_type), 40);
    assert_int_equal(offsetof(cdp_config_options, has_zones), 44);
    assert_int_equal(offsetof(cdp_config_options, traffic_percentage), 48);
    assert_int_equal(offsetof(cdp_config_options, zone_minimum_value), 96);
    assert_int_equal(sizeof(cdp_config_options), 104);
    assert_int_equal(sizeof(cdp_config_use), 24);
}

static cdp_status make_and_fail(const cdp_allocator *allocator, void *context)
{
    cdp_config_options good = {ZONES, .name = CDP_LITERAL("Zonal")};
    cdp_config_options bad = {CANARY(0, 0), .name = CDP_LITERAL("a b")};
    cdp_diagnostics *diagnostics;
    cdp_config *config = NULL;
    const cdp_config *found;
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    (void)context;
    if (status != CDP_OK)
        return status;
    status = cdp_config_new(&good, allocator, diagnostics, &config);
    if (status == CDP_OK) {
        status = cdp_config_new(&bad, allocator, diagnostics, &config);
        status = status == CDP_ERR_INVALID ? CDP_OK : status;
    }
    if (status == CDP_OK) {
        status = cdp_config_find(CDP_STR("Nothing"), NULL, 0, diagnostics, &found);
        status = status == CDP_ERR_NOT_FOUND ? CDP_OK : status;
    }
    if (status == CDP_OK) {
        status = cdp_config_check_delete(config, 1, diagnostics);
        status = status == CDP_ERR_INVALID ? CDP_OK : status;
    }
    cdp_config_free(config);
    cdp_diagnostics_free(diagnostics);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(make_and_fail, NULL) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(getters_tell_what_was_given),
        NAMED("6.3, 6.4, 6.5 zones have defaults", zones_have_defaults),
        cmocka_unit_test(callers_mistakes_are_named),
        cmocka_unit_test(structs_grow_at_their_end),
        cmocka_unit_test(every_allocation_may_fail),
    };
    int failed = CASES("custom", options_are_checked, custom_cases);

    failed += CASES("use", use_is_checked, use_cases);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
