/* SPDX-License-Identifier: MIT */
/* What CreateDeploymentConfig and DeleteDeploymentConfig answer in an account that has others. */
#include "cases.h"

#include <codedeploy/config.h>

#include "base/strings.h"

#define NAMED_JSON(name, rest) "{\"deploymentConfigName\":\"" name "\"," rest "}"
#define MINIMUM(value) "\"minimumHealthyHosts\":{\"type\":\"FLEET_PERCENT\",\"value\":" value "}"
#define CANARY(percent)                                                                            \
    "\"computePlatform\":\"Lambda\",\"trafficRoutingConfig\":{\"type\":\"TimeBasedCanary\","       \
    "\"timeBasedCanary\":{\"canaryPercentage\":" percent ",\"canaryInterval\":5}}"
#define ZONE(percent)                                                                              \
    MINIMUM("50")                                                                                  \
    ",\"zonalConfig\":{\"minimumHealthyHostsPerZone\":{\"type\":\"FLEET_PERCENT\","                \
    "\"value\":" percent "}}"

typedef struct create_case {
    const char *name;
    const char *json;
    size_t others;   /* how many configurations the account has, */
    const char *api; /* one of them called "Taken"; NULL: it is created */
} create_case;

static const create_case create_cases[] = {
    {"2.2 the two hundredth", NAMED_JSON("New", MINIMUM("50")), 199, NULL},
    {"2.2 one more than two hundred", NAMED_JSON("New", MINIMUM("50")), 200,
     "DeploymentConfigLimitExceededException"},
    {"2.10 InvalidDeploymentConfigNameException", NAMED_JSON("a b", MINIMUM("50")), 0,
     "InvalidDeploymentConfigNameException"},
    {"2.10 DeploymentConfigNameRequiredException", "{" MINIMUM("50") "}", 0,
     "DeploymentConfigNameRequiredException"},
    {"2.1, 2.10 DeploymentConfigAlreadyExistsException", NAMED_JSON("Taken", MINIMUM("50")), 1,
     "DeploymentConfigAlreadyExistsException"},
    {"2.10 InvalidMinimumHealthyHostValueException", NAMED_JSON("New", MINIMUM("100")), 0,
     "InvalidMinimumHealthyHostValueException"},
    {"2.10 DeploymentConfigLimitExceededException", NAMED_JSON("New", CANARY("10")), 300,
     "DeploymentConfigLimitExceededException"},
    {"2.10 InvalidComputePlatformException",
     NAMED_JSON("New", "\"computePlatform\":\"Windows\"," MINIMUM("50")), 0,
     "InvalidComputePlatformException"},
    {"2.10 InvalidTrafficRoutingConfigurationException", NAMED_JSON("New", CANARY("100")), 0,
     "InvalidTrafficRoutingConfigurationException"},
    {"2.10 InvalidZonalDeploymentConfigurationException", NAMED_JSON("New", ZONE("100")), 0,
     "InvalidZonalDeploymentConfigurationException"},
    {"2.10 none of them", NAMED_JSON("New", ZONE("99")), 1, NULL},
};

enum { MOST_OTHERS = 300 };

static cdp_config *parse(const char *json, cdp_diagnostics *diagnostics)
{
    cdp_config *config = NULL;
    cdp_status status = cdp_config_parse(json, strlen(json), CDP_CONFIG_SHAPE_CREATE, NULL, NULL,
                                         diagnostics, &config);

    assert_int_equal(status, config ? CDP_OK : CDP_ERR_INVALID);
    return config;
}

/* Every finding is an error of this name; NULL: there is none. */
static void assert_refused(const cdp_diagnostics *diagnostics, cdp_status status, const char *api)
{
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_diagnostic finding = {.size = sizeof finding};
    size_t count = cdp_diagnostics_count(diagnostics);

    assert_int_equal(status, api ? CDP_ERR_INVALID : CDP_OK);
    assert_int_equal(count != 0, api != NULL);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(cdp_diagnostics_at(diagnostics, i, &finding), CDP_OK);
        assert_int_equal(finding.severity, CDP_SEVERITY_ERROR);
        assert_int_equal(cdp_diagnostic_info_get(finding.code, &info), CDP_OK);
        assert_string_equal(info.api_name, api);
    }
}

static void creation_is_answered(void **state)
{
    const create_case *item = *state;
    cdp_config *taken = parse(NAMED_JSON("Taken", MINIMUM("1")), NULL);
    const cdp_config *others[MOST_OTHERS] = {NULL};
    cdp_status status = CDP_ERR_INVALID;
    cdp_diagnostics *diagnostics;
    cdp_config *config;

    assert_true(item->others <= MOST_OTHERS);
    if (item->others)
        others[item->others - 1] = taken;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    config = parse(item->json, diagnostics);
    if (config)
        status = cdp_config_check_create(config, others, item->others, diagnostics);
    assert_refused(diagnostics, status, item->api);
    cdp_diagnostics_free(diagnostics);
    cdp_config_free(config);
    cdp_config_free(taken);
}

static void all_is_told_at_once(void **state)
{
    static const cdp_diagnostic_code wrong[] = {CDP_DIAGNOSTIC_CONFIG_NAME_TAKEN,
                                                CDP_DIAGNOSTIC_CONFIG_LIMIT_EXCEEDED};
    cdp_config *taken = parse(NAMED_JSON("Taken", MINIMUM("1")), NULL);
    const cdp_config *others[CDP_CONFIG_CUSTOM_LIMIT] = {taken};
    cdp_diagnostic finding = {.size = sizeof finding};
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_config_check_create(taken, others, CDP_CONFIG_CUSTOM_LIMIT, diagnostics),
                     CDP_ERR_INVALID);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(cdp_diagnostics_at(diagnostics, i, &finding), CDP_OK);
        assert_int_equal(finding.code, wrong[i]);
    }
    cdp_diagnostics_free(diagnostics);
    cdp_config_free(taken);
}

/* There is no way to change one: it is deleted and made again. */
static void changing_is_deleting_and_creating(void **state)
{
    cdp_config *old = parse(NAMED_JSON("Mine", MINIMUM("50")), NULL);
    cdp_config *changed = parse(NAMED_JSON("Mine", MINIMUM("60")), NULL);
    const cdp_config *account[] = {old};

    (void)state;
    assert_int_equal(cdp_config_check_create(changed, account, 1, NULL), CDP_ERR_INVALID);
    assert_int_equal(cdp_config_check_delete(old, 0, NULL), CDP_OK);
    assert_int_equal(cdp_config_check_create(changed, NULL, 0, NULL), CDP_OK);
    cdp_config_free(changed);
    cdp_config_free(old);
}

typedef struct delete_case {
    const char *name;
    const char *predefined; /* NULL: one of the account's own */
    int in_use;
    const char *api;
} delete_case;

static const delete_case delete_cases[] = {
    {"2.11 one that nothing refers to", NULL, 0, NULL},
    {"2.11 DeploymentConfigInUseException", NULL, 1, "DeploymentConfigInUseException"},
    {"1.7, 2.11 InvalidOperationException", "CodeDeployDefault.HalfAtATime", 0,
     "InvalidOperationException"},
};

static void deletion_is_answered(void **state)
{
    const delete_case *item = *state;
    cdp_config *mine = parse(NAMED_JSON("Mine", MINIMUM("50")), NULL);
    const cdp_config *config = mine;
    cdp_diagnostics *diagnostics;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    if (item->predefined)
        assert_int_equal(cdp_config_find(cdp_string_of(item->predefined), NULL, 0, NULL, &config),
                         CDP_OK);
    assert_refused(diagnostics, cdp_config_check_delete(config, item->in_use, diagnostics),
                   item->api);
    cdp_diagnostics_free(diagnostics);
    cdp_config_free(mine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_told_at_once),
        NAMED("2.12 changing is deleting and creating", changing_is_deleting_and_creating),
    };
    int failed = CASES("create", creation_is_answered, create_cases);

    failed += CASES("delete", deletion_is_answered, delete_cases);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
