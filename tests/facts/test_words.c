/* SPDX-License-Identifier: MIT */
/*
 * The words of the API: each enumeration has exactly those, in the order of its values, and reads
 * them as it writes them. Cases bear the numbers of the page on enumerations, those that begin with
 * "lifecycle" of the page on lifecycle events.
 */
#include "cases.h"

#include <codedeploy/codedeploy.h>

#include "base/strings.h"

typedef const char *name_of(int value);
typedef cdp_status from_name(cdp_string name, int *value);

#define WORDS(type)                                                                                \
    static const char *type##_word(int value)                                                      \
    {                                                                                              \
        return type##_name((type)value);                                                           \
    }                                                                                              \
    static cdp_status type##_value(cdp_string name, int *value)                                    \
    {                                                                                              \
        type own = (type)-1;                                                                       \
        cdp_status status = type##_from_name(name, value ? &own : NULL);                           \
                                                                                                   \
        if (value)                                                                                 \
            *value = (int)own;                                                                     \
        return status;                                                                             \
    }

WORDS(cdp_platform)
WORDS(cdp_deployment_status)
WORDS(cdp_target_status)
WORDS(cdp_event_status)
WORDS(cdp_event_error)
WORDS(cdp_deployment_creator)
WORDS(cdp_deployment_type)
WORDS(cdp_deployment_option)
WORDS(cdp_ready_action)
WORDS(cdp_wait_type)
WORDS(cdp_termination_action)
WORDS(cdp_green_fleet)
WORDS(cdp_rollback_event)
WORDS(cdp_file_exists_behavior)
WORDS(cdp_tag_filter_type)
WORDS(cdp_trigger_event)
WORDS(cdp_outdated_strategy)
WORDS(cdp_revision_type)
WORDS(cdp_bundle_type)
WORDS(cdp_instance_state)
WORDS(cdp_event)
WORDS(cdp_scenario)
WORDS(cdp_error_code)
WORDS(cdp_stop_status)

/* Those that only a configuration's JSON spells. */
static const char *traffic_type_word(int value)
{
    return cdp_traffic_type_name((cdp_traffic_type)value);
}

static const char *minimum_type_word(int value)
{
    return cdp_minimum_type_name((cdp_minimum_type)value);
}

typedef struct words_case {
    const char *name;
    name_of *name_of;
    from_name *from_name; /* may be NULL */
    int first;
    const char *words; /* in the order of their values */
} words_case;

#define BOTH(type) cdp_##type##_word, cdp_##type##_value

static const words_case words_cases[] = {
    {"1.1 ComputePlatform", BOTH(platform), CDP_PLATFORM_SERVER, "Server Lambda ECS"},
    {"1.2 DeploymentStatus", BOTH(deployment_status), CDP_DEPLOYMENT_STATUS_CREATED,
     "Created Queued InProgress Baking Succeeded Failed Stopped Ready"},
    {"lifecycle 9.5 Baking is read", BOTH(deployment_status), CDP_DEPLOYMENT_STATUS_BAKING,
     "Baking Succeeded Failed Stopped Ready"},
    {"1.3 TargetStatus and InstanceStatus", BOTH(target_status), CDP_TARGET_STATUS_PENDING,
     "Pending InProgress Succeeded Failed Skipped Unknown Ready"},
    {"1.4 LifecycleEventStatus", BOTH(event_status), CDP_EVENT_STATUS_PENDING,
     "Pending InProgress Succeeded Failed Skipped Unknown"},
    {"1.5 LifecycleErrorCode", BOTH(event_error), CDP_EVENT_ERROR_SUCCESS,
     "Success ScriptMissing ScriptNotExecutable ScriptTimedOut ScriptFailed UnknownError"},
    {"1.6 DeploymentCreator", BOTH(deployment_creator), CDP_DEPLOYMENT_CREATOR_USER,
     "user autoscaling codeDeployRollback CodeDeploy CodeDeployAutoUpdate CloudFormation "
     "CloudFormationRollback autoscalingTermination"},
    {"1.7 DeploymentType", BOTH(deployment_type), CDP_DEPLOYMENT_TYPE_IN_PLACE,
     "IN_PLACE BLUE_GREEN"},
    {"1.7 DeploymentOption", BOTH(deployment_option), CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL,
     "WITH_TRAFFIC_CONTROL WITHOUT_TRAFFIC_CONTROL"},
    {"1.8 DeploymentReadyAction", BOTH(ready_action), CDP_READY_ACTION_CONTINUE_DEPLOYMENT,
     "CONTINUE_DEPLOYMENT STOP_DEPLOYMENT"},
    {"1.8 DeploymentWaitType", BOTH(wait_type), CDP_WAIT_READY, "READY_WAIT TERMINATION_WAIT"},
    {"1.9 InstanceAction", BOTH(termination_action), CDP_TERMINATION_TERMINATE,
     "TERMINATE KEEP_ALIVE"},
    {"1.9 GreenFleetProvisioningAction", BOTH(green_fleet), CDP_GREEN_FLEET_DISCOVER_EXISTING,
     "DISCOVER_EXISTING COPY_AUTO_SCALING_GROUP"},
    {"1.10 AutoRollbackEvent", BOTH(rollback_event), CDP_ROLLBACK_EVENT_FAILURE,
     "DEPLOYMENT_FAILURE DEPLOYMENT_STOP_ON_ALARM DEPLOYMENT_STOP_ON_REQUEST"},
    {"1.11 TrafficRoutingType", traffic_type_word, NULL, CDP_TRAFFIC_ALL_AT_ONCE,
     "AllAtOnce TimeBasedCanary TimeBasedLinear"},
    {"1.12 MinimumHealthyHostsType", minimum_type_word, NULL, CDP_MINIMUM_HOST_COUNT,
     "HOST_COUNT FLEET_PERCENT MOST_CONCURRENCY"},
    {"1.13 FileExistsBehavior", BOTH(file_exists_behavior), CDP_FILE_EXISTS_DISALLOW,
     "DISALLOW OVERWRITE RETAIN"},
    {"1.14 TagFilterType and EC2TagFilterType", BOTH(tag_filter_type), CDP_TAG_FILTER_KEY_ONLY,
     "KEY_ONLY VALUE_ONLY KEY_AND_VALUE"},
    {"1.15 TriggerEventType", BOTH(trigger_event), CDP_TRIGGER_DEPLOYMENT_START,
     "DeploymentStart DeploymentSuccess DeploymentFailure DeploymentStop DeploymentRollback "
     "DeploymentReady InstanceStart InstanceSuccess InstanceFailure InstanceReady"},
    {"1.16 OutdatedInstancesStrategy", BOTH(outdated_strategy), CDP_OUTDATED_UPDATE,
     "UPDATE IGNORE"},
    {"1.17 RevisionLocationType", BOTH(revision_type), CDP_REVISION_TYPE_S3,
     "S3 GitHub String AppSpecContent"},
    {"1.17 BundleType", BOTH(bundle_type), CDP_BUNDLE_TYPE_TAR, "tar tgz zip YAML JSON"},
    {"1.20 RegistrationStatus", BOTH(instance_state), CDP_INSTANCE_STATE_REGISTERED,
     "Registered Deregistered"},
    {"lifecycle 1.2 all events", BOTH(event), CDP_EVENT_APPLICATION_STOP,
     "ApplicationStop DownloadBundle BeforeInstall Install AfterInstall ApplicationStart "
     "ValidateService BeforeBlockTraffic BlockTraffic AfterBlockTraffic BeforeAllowTraffic "
     "AllowTraffic AfterAllowTraffic AllowTestTraffic AfterAllowTestTraffic"},
    {"1.20 StopStatus", BOTH(stop_status), CDP_STOP_STATUS_PENDING, "Pending Succeeded"},
    {"3 ErrorCode of ErrorInformation", BOTH(error_code), CDP_ERROR_CODE_AGENT_ISSUE,
     "AGENT_ISSUE ALARM_ACTIVE APPLICATION_MISSING AUTOSCALING_VALIDATION_ERROR "
     "AUTO_SCALING_CONFIGURATION AUTO_SCALING_IAM_ROLE_PERMISSIONS "
     "CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND CUSTOMER_APPLICATION_UNHEALTHY "
     "DEPLOYMENT_GROUP_MISSING ECS_UPDATE_ERROR ELASTIC_LOAD_BALANCING_INVALID "
     "ELB_INVALID_INSTANCE HEALTH_CONSTRAINTS HEALTH_CONSTRAINTS_INVALID "
     "HOOK_EXECUTION_FAILURE IAM_ROLE_MISSING IAM_ROLE_PERMISSIONS INTERNAL_ERROR "
     "INVALID_ECS_SERVICE INVALID_LAMBDA_CONFIGURATION INVALID_LAMBDA_FUNCTION "
     "INVALID_REVISION MANUAL_STOP MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION "
     "MISSING_ELB_INFORMATION MISSING_GITHUB_TOKEN NO_EC2_SUBSCRIPTION "
     "NO_INSTANCES OVER_MAX_INSTANCES RESOURCE_LIMIT_EXCEEDED REVISION_MISSING "
     "THROTTLED TIMEOUT CLOUDFORMATION_STACK_FAILURE"},
    {"lifecycle 2.1 all scenarios", BOTH(scenario), CDP_SCENARIO_IN_PLACE,
     "in-place in-place-load-balancer in-place-rollback in-place-rollback-load-balancer "
     "blue-green-replacement blue-green-original blue-green-rollback-original "
     "blue-green-rollback-replacement auto-scaling-launch auto-scaling-termination local "
     "blue-green test-listener custom"},
};

static void words_are(void **state)
{
    const words_case *row = *state;
    const char *word = row->words;
    int value = row->first;
    int read;

    for (; *word; value++) {
        size_t length = strcspn(word, " ");
        cdp_string name = cdp_string_slice(word, length);
        const char *written = row->name_of(value);

        assert_int_equal(strlen(written), length);
        assert_memory_equal(written, word, length);
        word += length + (word[length] == ' ');
        if (!row->from_name)
            continue;
        assert_int_equal(row->from_name(name, &read), CDP_OK);
        assert_int_equal(read, value);
        assert_int_equal(row->from_name(name, NULL), CDP_ERR_ARGUMENT);
        name.length--;
        assert_int_equal(row->from_name(name, &read), CDP_ERR_NOT_FOUND);
        assert_int_equal(read, -1);
    }
    assert_string_equal(row->name_of(value), "unknown");
    assert_string_equal(row->name_of(-1), "unknown");
    if (!row->from_name)
        return;
    assert_int_equal(row->from_name(CDP_STR("unknown"), &read), CDP_ERR_NOT_FOUND);
    assert_int_equal(row->from_name((cdp_string){NULL, 0}, &read), CDP_ERR_NOT_FOUND);
}

/* Codes of an emulator that the service does not have. */
static void other_codes_are_unknown(void **state)
{
    static const char *const words[] = {"NoInstancesReachable", "DeploymentFailed", "InstallFailed",
                                        "BeforeInstallHookFailed", "HEALTH_CONSTRAINTS "};
    cdp_error_code code = CDP_ERROR_CODE_NONE;

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_int_equal(cdp_error_code_from_name(cdp_string_of(words[i]), &code),
                         CDP_ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        NAMED("3.1 codes that the service does not have", other_codes_are_unknown),
    };

    return CASES("words", words_are, words_cases) + cmocka_run_group_tests(others, NULL, NULL);
}
