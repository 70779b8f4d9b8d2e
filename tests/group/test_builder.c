/* SPDX-License-Identifier: MIT */
/* Groups without text, and the getters of groups. */
#include "json_cases.h"

#include <stdlib.h>

#include "base/strings.h"

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
#define ROLE "arn:aws:iam::123456789012:role/deploy"
#define LISTENER(name) "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/" name

static cdp_group_builder *begin(const cdp_group_basics *basics)
{
    cdp_group_builder *builder;

    assert_int_equal(cdp_group_builder_new(NULL, NULL, &builder), CDP_OK);
    assert_int_equal(cdp_group_builder_set_basics(builder, basics), CDP_OK);
    return builder;
}

static cdp_group *finish(cdp_group_builder *builder)
{
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_group *group = NULL;
    cdp_status status = cdp_group_builder_finish(builder, NULL, diagnostics, &group);
    char *lines = listed(diagnostics);

    if (status != CDP_OK)
        print_error("%s", lines);
    assert_int_equal(status, CDP_OK);
    assert_int_equal(cdp_group_shape_read(group), CDP_GROUP_SHAPE_AUTO);
    cdp_diagnostics_free(diagnostics);
    free(lines);
    return group;
}

static void add_filter(cdp_group_builder *builder, cdp_instance_kind kind, size_t tag_group,
                       cdp_group_filter filter)
{
    filter.size = sizeof filter;
    assert_int_equal(cdp_group_builder_add_filter(builder, kind, tag_group, &filter), CDP_OK);
}

/* Everything that a group on Server can have. */
static cdp_group_builder *server_builder(void)
{
    cdp_group_builder *builder = begin(&(cdp_group_basics){
        .size = sizeof(cdp_group_basics),
        .application_name = TEXT("shop"),
        .name = TEXT("web"),
        .id = TEXT("0f1e"),
        .service_role_arn = TEXT(ROLE),
        .config_name = TEXT("CodeDeployDefault.HalfAtATime"),
        .platform = CDP_PLATFORM_SERVER,
        .deployment_type = CDP_DEPLOYMENT_TYPE_BLUE_GREEN,
        .deployment_option = CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL,
        .outdated_strategy = CDP_OUTDATED_IGNORE,
        .termination_hook = 1,
    });

    add_filter(builder, CDP_INSTANCE_EC2, 0,
               (cdp_group_filter){.key = TEXT("env"), .value = TEXT("prod")});
    add_filter(builder, CDP_INSTANCE_EC2, 0, (cdp_group_filter){.value = TEXT("test-*")});
    add_filter(builder, CDP_INSTANCE_EC2, 1,
               (cdp_group_filter){.type = CDP_TAG_FILTER_KEY_ONLY, .key = TEXT("role")});
    cdp_group_builder_add_auto_scaling(
        builder, &(cdp_group_auto_scaling){sizeof(cdp_group_auto_scaling), TEXT("asg"),
                                           TEXT("hook"), TEXT("bye")});
    cdp_group_builder_add_load_balancer(builder, CDP_STR("classic"));
    cdp_group_builder_add_target_group(builder, CDP_STR("target"));
    cdp_group_builder_set_blue_green(
        builder, &(cdp_group_blue_green){.size = sizeof(cdp_group_blue_green),
                                         .termination_action = CDP_TERMINATION_TERMINATE,
                                         .ready_action = CDP_READY_ACTION_STOP_DEPLOYMENT,
                                         .termination_wait_minutes = 7,
                                         .ready_wait_minutes = 60,
                                         .green_fleet = CDP_GREEN_FLEET_COPY_AUTO_SCALING_GROUP});
    cdp_group_builder_add_trigger(
        builder, &(cdp_group_trigger){.size = sizeof(cdp_group_trigger),
                                      .name = TEXT("t"),
                                      .target_arn = TEXT("arn:aws:sns:eu-west-1:1:topic"),
                                      .events = 1u << CDP_TRIGGER_DEPLOYMENT_STOP |
                                                1u << CDP_TRIGGER_INSTANCE_READY});
    cdp_group_builder_set_alarms(builder, &(cdp_group_alarms){sizeof(cdp_group_alarms), 1, 1});
    cdp_group_builder_add_alarm(builder, CDP_STR("cpu"));
    cdp_group_builder_set_auto_rollback(
        builder, &(cdp_group_auto_rollback){sizeof(cdp_group_auto_rollback), 1,
                                            1u << CDP_ROLLBACK_EVENT_FAILURE |
                                                1u << CDP_ROLLBACK_EVENT_STOP_ON_ALARM});
    cdp_group_builder_set_target_revision(builder,
                                          &(cdp_group_revision){.size = sizeof(cdp_group_revision),
                                                                .type = CDP_REVISION_TYPE_S3,
                                                                .bundle_type = CDP_BUNDLE_TYPE_TGZ,
                                                                .bucket = TEXT("b"),
                                                                .key = TEXT("k")});
    cdp_group_builder_set_last_deployment(
        builder, CDP_GROUP_LAST_ATTEMPTED,
        &(cdp_group_last_deployment){.size = sizeof(cdp_group_last_deployment),
                                     .id = TEXT("d-1"),
                                     .status = CDP_DEPLOYMENT_STATUS_FAILED,
                                     .has_create_time = 1,
                                     .create_time_ms = 1520970389073});
    cdp_group_builder_add_resource_tag(builder, &(cdp_tag){TEXT("team"), TEXT("web")});
    return builder;
}

static void check_basics(const cdp_group *group)
{
    cdp_group_basics basics = {.size = sizeof basics};

    assert_int_equal(cdp_group_get_basics(group, &basics), CDP_OK);
    assert_cdp_string(basics.application_name, "shop");
    assert_cdp_string(basics.name, "web");
    assert_cdp_string(basics.id, "0f1e");
    assert_cdp_string(basics.service_role_arn, ROLE);
    assert_cdp_string(basics.config_name, "CodeDeployDefault.HalfAtATime");
    assert_int_equal(basics.platform, CDP_PLATFORM_SERVER);
    assert_int_equal(basics.deployment_type, CDP_DEPLOYMENT_TYPE_BLUE_GREEN);
    assert_int_equal(basics.deployment_option, CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL);
    assert_int_equal(basics.outdated_strategy, CDP_OUTDATED_IGNORE);
    assert_int_equal(basics.termination_hook, 1);
    assert_cdp_string(cdp_group_name(group), "web");
    assert_cdp_string(cdp_group_application_name(group), "shop");
    assert_cdp_string(cdp_group_config_name(group), "CodeDeployDefault.HalfAtATime");
    assert_int_equal(cdp_group_platform(group), CDP_PLATFORM_SERVER);
}

static void check_filters(const cdp_group *group)
{
    cdp_group_filter filter = {.size = sizeof filter};

    assert_int_equal(cdp_group_tag_group_count(group, CDP_INSTANCE_EC2), 2);
    assert_int_equal(cdp_group_tag_group_count(group, CDP_INSTANCE_ON_PREMISES), 0);
    assert_int_equal(cdp_group_has_tag_set(group, CDP_INSTANCE_EC2), 1);
    assert_int_equal(cdp_group_filter_count(group, CDP_INSTANCE_EC2, 0), 2);
    assert_int_equal(cdp_group_filter_at(group, CDP_INSTANCE_EC2, 0, 0, &filter), CDP_OK);
    assert_int_equal(filter.type, CDP_TAG_FILTER_KEY_AND_VALUE);
    assert_cdp_string(filter.value, "prod");
    assert_int_equal(cdp_group_filter_at(group, CDP_INSTANCE_EC2, 0, 1, &filter), CDP_OK);
    assert_int_equal(filter.type, CDP_TAG_FILTER_VALUE_ONLY);
    assert_absent(filter.key);
    assert_int_equal(cdp_group_filter_at(group, CDP_INSTANCE_EC2, 1, 0, &filter), CDP_OK);
    assert_cdp_string(filter.key, "role");
    assert_absent(filter.value);
    assert_int_equal(cdp_group_filter_at(group, CDP_INSTANCE_EC2, 1, 1, &filter),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_group_filter_at(group, CDP_INSTANCE_EC2, 2, 0, &filter),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_group_filter_at(group, (cdp_instance_kind)2, 0, 0, &filter),
                     CDP_ERR_ARGUMENT);
}

static void check_traffic(const cdp_group *group)
{
    cdp_group_blue_green options = {.size = sizeof options};
    cdp_group_auto_scaling scaling = {.size = sizeof scaling};
    cdp_group_target_group_pair pair = {.size = sizeof pair};
    cdp_group_ecs_service service = {.size = sizeof service};
    cdp_string name;

    assert_int_equal(cdp_group_auto_scaling_count(group), 1);
    assert_int_equal(cdp_group_auto_scaling_at(group, 0, &scaling), CDP_OK);
    assert_cdp_string(scaling.name, "asg");
    assert_cdp_string(scaling.hook, "hook");
    assert_cdp_string(scaling.termination_hook, "bye");
    assert_int_equal(cdp_group_load_balancer_at(group, 0, &name), CDP_OK);
    assert_cdp_string(name, "classic");
    assert_int_equal(cdp_group_target_group_at(group, 0, &name), CDP_OK);
    assert_cdp_string(name, "target");
    assert_int_equal(cdp_group_target_group_at(group, 1, &name), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_group_get_target_group_pair(group, &pair), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_group_get_ecs_service(group, &service), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_group_get_blue_green(group, &options), CDP_OK);
    assert_int_equal(options.termination_action, CDP_TERMINATION_TERMINATE);
    assert_int_equal(options.ready_action, CDP_READY_ACTION_STOP_DEPLOYMENT);
    assert_int_equal(options.termination_wait_minutes, 7);
    assert_int_equal(options.ready_wait_minutes, 60);
    assert_int_equal(options.green_fleet, CDP_GREEN_FLEET_COPY_AUTO_SCALING_GROUP);
}

static void check_watching(const cdp_group *group)
{
    cdp_group_trigger trigger = {.size = sizeof trigger};
    cdp_group_alarms alarms = {.size = sizeof alarms};
    cdp_group_auto_rollback rollback = {.size = sizeof rollback};
    cdp_string name;

    assert_int_equal(cdp_group_trigger_count(group), 1);
    assert_int_equal(cdp_group_trigger_at(group, 0, &trigger), CDP_OK);
    assert_cdp_string(trigger.name, "t");
    assert_int_equal(trigger.events,
                     1u << CDP_TRIGGER_DEPLOYMENT_STOP | 1u << CDP_TRIGGER_INSTANCE_READY);
    assert_int_equal(cdp_group_get_alarms(group, &alarms), CDP_OK);
    assert_int_equal(alarms.enabled, 1);
    assert_int_equal(alarms.ignore_poll_failure, 1);
    assert_int_equal(cdp_group_alarm_at(group, 0, &name), CDP_OK);
    assert_cdp_string(name, "cpu");
    assert_int_equal(cdp_group_get_auto_rollback(group, &rollback), CDP_OK);
    assert_int_equal(rollback.enabled, 1);
    assert_int_equal(rollback.events,
                     1u << CDP_ROLLBACK_EVENT_FAILURE | 1u << CDP_ROLLBACK_EVENT_STOP_ON_ALARM);
}

static void check_past(const cdp_group *group)
{
    cdp_group_revision revision = {.size = sizeof revision};
    cdp_group_last_deployment last = {.size = sizeof last};

    assert_int_equal(cdp_group_get_target_revision(group, &revision), CDP_OK);
    assert_int_equal(revision.type, CDP_REVISION_TYPE_S3);
    assert_int_equal(revision.bundle_type, CDP_BUNDLE_TYPE_TGZ);
    assert_cdp_string(revision.bucket, "b");
    assert_absent(revision.content);
    assert_int_equal(cdp_group_get_last_deployment(group, CDP_GROUP_LAST_SUCCESSFUL, &last),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_group_get_last_deployment(group, CDP_GROUP_LAST_ATTEMPTED, &last), CDP_OK);
    assert_cdp_string(last.id, "d-1");
    assert_int_equal(last.status, CDP_DEPLOYMENT_STATUS_FAILED);
    assert_int_equal(last.has_create_time, 1);
    assert_int_equal(last.has_end_time, 0);
    assert_true(last.create_time_ms == 1520970389073);
}

static void everything_that_was_set_is_there(void **state)
{
    cdp_group_builder *builder = server_builder();
    cdp_group *group = finish(builder);
    cdp_tag tag;

    (void)state;
    check_basics(group);
    check_filters(group);
    check_traffic(group);
    check_watching(group);
    check_past(group);
    assert_int_equal(cdp_group_resource_tag_count(group), 1);
    assert_int_equal(cdp_group_resource_tag_at(group, 0, &tag), CDP_OK);
    assert_cdp_string(tag.key, "team");
    assert_cdp_string(tag.value, "web");
    cdp_group_free(group);
    cdp_group_builder_free(builder);
}

/* Both shapes, against what is known to be right. */
static void what_was_built_is_written(void **state)
{
    static const struct {
        cdp_group_shape shape;
        const char *path;
    } files[] = {{CDP_GROUP_SHAPE_CREATE, DATA "/built-create.json"},
                 {CDP_GROUP_SHAPE_INFO, DATA "/built-info.json"}};
    cdp_group_builder *builder = server_builder();
    cdp_group *group = finish(builder);

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        size_t length;
        char *expected = read_file(files[i].path, &length);
        char *actual = written(group, files[i].shape);
        cdp_group *again;

        expected[length - 1] = '\0';
        assert_string_equal(actual, expected);
        again = parse_group(actual, NULL);
        assert_int_equal(cdp_group_shape_read(again), files[i].shape);
        if (files[i].shape == CDP_GROUP_SHAPE_INFO) {
            check_basics(again);
            check_past(again);
            check_traffic(again);
        }
        check_filters(again);
        check_watching(again);
        cdp_group_free(again);
        free(expected);
        free(actual);
    }
    cdp_group_free(group);
    cdp_group_builder_free(builder);
}

static void a_builder_goes_on_from_a_group(void **state)
{
    cdp_group_builder *first = server_builder();
    cdp_group *group = finish(first);
    cdp_group_builder *builder;
    cdp_group *same;
    cdp_group *changed;
    char *texts[2];

    (void)state;
    assert_int_equal(cdp_group_builder_new(NULL, group, &builder), CDP_OK);
    same = finish(builder);
    texts[0] = written(group, CDP_GROUP_SHAPE_INFO);
    texts[1] = written(same, CDP_GROUP_SHAPE_INFO);
    assert_string_equal(texts[0], texts[1]);
    for (int i = 0; i < 7; i++) {
        char key[] = {'a', (char)('0' + i), '\0'};

        add_filter(builder, CDP_INSTANCE_EC2, 0, (cdp_group_filter){.key = {key, 2}});
        add_filter(builder, CDP_INSTANCE_EC2, 2, (cdp_group_filter){.key = {key, 2}});
    }
    assert_int_equal(cdp_group_builder_clear(builder, CDP_GROUP_LIST_TRIGGERS), CDP_OK);
    changed = finish(builder);
    assert_int_equal(cdp_group_tag_group_count(changed, CDP_INSTANCE_EC2), 3);
    assert_int_equal(cdp_group_filter_count(changed, CDP_INSTANCE_EC2, 0), 9);
    assert_int_equal(cdp_group_filter_count(changed, CDP_INSTANCE_EC2, 2), 7);
    assert_int_equal(cdp_group_trigger_count(changed), 0);
    cdp_group_free(changed);
    cdp_group_free(same);
    cdp_group_free(group);
    cdp_group_builder_free(builder);
    cdp_group_builder_free(first);
    free(texts[0]);
    free(texts[1]);
}

static void a_group_on_ecs(void **state)
{
    cdp_group_target_group_pair pair = {.size = sizeof pair};
    cdp_group_ecs_service service = {.size = sizeof service};
    cdp_group_basics basics = {.size = sizeof basics,
                               .application_name = TEXT("shop"),
                               .name = TEXT("web"),
                               .service_role_arn = TEXT(ROLE)};
    cdp_group_builder *builder = begin(&basics);
    cdp_group *group;

    (void)state;
    cdp_group_builder_set_ecs_service(
        builder,
        &(cdp_group_ecs_service){sizeof(cdp_group_ecs_service), TEXT("cluster"), TEXT("service")});
    cdp_group_builder_set_target_group_pair(
        builder, &(cdp_group_target_group_pair){.size = sizeof pair,
                                                .target_groups = {TEXT("blue"), TEXT("green")},
                                                .production_listener_arn = TEXT(LISTENER("a")),
                                                .test_listener_arn = TEXT(LISTENER("b"))});
    cdp_group_builder_set_blue_green(
        builder, &(cdp_group_blue_green){.size = sizeof(cdp_group_blue_green),
                                         .termination_action = CDP_TERMINATION_TERMINATE});
    group = finish(builder);
    assert_int_equal(cdp_group_get_target_group_pair(group, &pair), CDP_OK);
    assert_cdp_string(pair.target_groups[0], "blue");
    assert_cdp_string(pair.target_groups[1], "green");
    assert_cdp_string(pair.production_listener_arn, LISTENER("a"));
    assert_cdp_string(pair.test_listener_arn, LISTENER("b"));
    assert_int_equal(cdp_group_get_ecs_service(group, &service), CDP_OK);
    assert_cdp_string(service.cluster, "cluster");
    assert_cdp_string(service.service, "service");
    assert_int_equal(cdp_group_get_basics(group, &basics), CDP_OK);
    assert_int_equal(basics.platform, CDP_PLATFORM_ECS);
    assert_int_equal(basics.deployment_type, CDP_DEPLOYMENT_TYPE_BLUE_GREEN);
    assert_int_equal(basics.deployment_option, CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL);
    assert_int_equal(basics.outdated_strategy, CDP_OUTDATED_UPDATE);
    cdp_group_free(group);
    cdp_group_builder_free(builder);
}

static void violations_have_pointers(void **state)
{
    cdp_group_builder *builder =
        begin(&(cdp_group_basics){.size = sizeof(cdp_group_basics), .name = TEXT("a b")});
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_group *group = NULL;
    char *lines;

    (void)state;
    add_filter(builder, CDP_INSTANCE_ON_PREMISES, 0, (cdp_group_filter){.size = 0});
    assert_int_equal(cdp_group_builder_finish(builder, NULL, diagnostics, &group), CDP_ERR_INVALID);
    assert_null(group);
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};

        cdp_diagnostics_at(diagnostics, i, &found);
        assert_int_equal(found.line, 0);
    }
    lines = listed(diagnostics);
    assert_string_equal(
        lines, "error group-application-name-required /applicationName "
               "ApplicationNameRequiredException\n"
               "error group-name-invalid /deploymentGroupName InvalidDeploymentGroupNameException\n"
               "error group-role-required /serviceRoleArn RoleRequiredException\n"
               "error group-on-premises-filter-incomplete /onPremisesInstanceTagFilters/0 "
               "InvalidTagException\n");
    free(lines);
    cdp_diagnostics_free(diagnostics);
    cdp_group_builder_free(builder);
}

static void setters_refuse_what_is_none(void **state)
{
    cdp_group_builder *builder;
    cdp_group_filter filter = {.size = sizeof filter, .key = TEXT("k")};
    cdp_group_trigger trigger = {.size = sizeof trigger, .events = 1u << 11};
    cdp_group_auto_rollback rollback = {sizeof rollback, 1, 1};
    cdp_group_basics basics = {.size = sizeof basics, .platform = (cdp_platform)4};

    (void)state;
    assert_int_equal(cdp_group_builder_new(NULL, NULL, &builder), CDP_OK);
    assert_int_equal(cdp_group_builder_add_filter(builder, CDP_INSTANCE_EC2, 1, &filter),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_builder_add_filter(builder, (cdp_instance_kind)2, 0, &filter),
                     CDP_ERR_ARGUMENT);
    filter.type = (cdp_tag_filter_type)4;
    assert_int_equal(cdp_group_builder_add_filter(builder, CDP_INSTANCE_EC2, 0, &filter),
                     CDP_ERR_ARGUMENT);
    filter.size = 3;
    assert_int_equal(cdp_group_builder_add_filter(builder, CDP_INSTANCE_EC2, 0, &filter),
                     CDP_ERR_STRUCT);
    assert_int_equal(cdp_group_builder_add_trigger(builder, &trigger), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_builder_set_auto_rollback(builder, &rollback), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_builder_set_basics(builder, &basics), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_builder_add_alarm(NULL, CDP_STR("a")), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_builder_clear(builder, (cdp_group_list)0), CDP_ERR_ARGUMENT);
    cdp_group_builder_free(builder);
}

/* NULL is a group without anything; past the end and NULL outputs are told apart. */
static void getters_take_anything(void **state)
{
    cdp_group_builder *builder = server_builder();
    cdp_group *group = finish(builder);
    cdp_group_basics basics = {.size = sizeof basics};

    (void)state;
    assert_absent(cdp_group_name(NULL));
    assert_int_equal(cdp_group_platform(NULL), CDP_PLATFORM_AUTO);
    assert_int_equal(cdp_group_trigger_count(NULL), 0);
    assert_int_equal(cdp_group_filter_count(NULL, CDP_INSTANCE_EC2, 0), 0);
    assert_int_equal(cdp_group_get_basics(NULL, &basics), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_get_basics(group, NULL), CDP_ERR_ARGUMENT);
    basics.size = 4;
    assert_int_equal(cdp_group_get_basics(group, &basics), CDP_ERR_STRUCT);
    assert_int_equal(cdp_group_alarm_at(group, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_group_get_last_deployment(group, (cdp_group_last)0, NULL),
                     CDP_ERR_ARGUMENT);
    cdp_group_free(NULL);
    cdp_group_builder_free(NULL);
    cdp_group_free(group);
    cdp_group_builder_free(builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_that_was_set_is_there),
        cmocka_unit_test(what_was_built_is_written),
        cmocka_unit_test(a_builder_goes_on_from_a_group),
        cmocka_unit_test(a_group_on_ecs),
        cmocka_unit_test(violations_have_pointers),
        cmocka_unit_test(setters_refuse_what_is_none),
        cmocka_unit_test(getters_take_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
