/* SPDX-License-Identifier: MIT */
/* AppSpecs without text: the same checks, findings without places, equal to what is read. */
#include "reading.h"

#include "base/strings.h"

#define STR(text) ((cdp_string){(text), sizeof(text) - 1})

static outcome finish(const cdp_appspec_builder *builder, cdp_appspec_profile profile)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_AUTO, profile);
    outcome result = {CDP_OK, NULL, NULL};

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &result.diagnostics), CDP_OK);
    result.status =
        cdp_appspec_builder_finish(builder, &options, result.diagnostics, &result.appspec);
    return result;
}

static cdp_appspec_builder *new_builder(cdp_platform platform)
{
    cdp_appspec_builder *builder = NULL;

    assert_int_equal(cdp_appspec_builder_new(NULL, platform, &builder), CDP_OK);
    return builder;
}

static void fill_server(cdp_appspec_builder *builder)
{
    static const cdp_string except[] = {{"*.key", 5}};
    static const cdp_string acls[] = {{"u:mary:rw", 9}, {"m::rx", 5}};
    cdp_appspec_permission_input permission = {
        .size = sizeof permission,
        .object = STR(" /srv/app "),
        .pattern = STR("*.sh"),
        .owner = STR("root"),
        .mode = STR("7"),
        .context_type = STR("httpd_t"),
        .context_range = STR("s0:c2,c1"),
        .types = CDP_APPSPEC_TYPE_FILE,
        .except = except,
        .except_count = 1,
        .acls = acls,
        .acl_count = 2,
    };
    cdp_appspec_script script = {
        .size = sizeof script, .location = STR("start.sh"), .runas = STR("app"), .timeout = 60};

    assert_int_equal(cdp_appspec_builder_set_os(builder, STR("linux")), CDP_OK);
    assert_int_equal(
        cdp_appspec_builder_set_file_exists_behavior(builder, CDP_FILE_EXISTS_OVERWRITE), CDP_OK);
    assert_int_equal(cdp_appspec_builder_add_file(builder, STR("/"), STR("/srv/app")), CDP_OK);
    assert_int_equal(cdp_appspec_builder_add_permission(builder, &permission), CDP_OK);
    assert_int_equal(cdp_appspec_builder_add_script(builder, STR("ApplicationStart"), &script),
                     CDP_OK);
    script = (cdp_appspec_script){.size = sizeof script, .location = STR("b.sh"), .sudo = 1};
    assert_int_equal(cdp_appspec_builder_add_script(builder, STR("AfterInstall"), &script), CDP_OK);
    assert_int_equal(cdp_appspec_builder_add_script(builder, STR("ApplicationStart"), &script),
                     CDP_OK);
}

static const char server_text[] = "version: 0.0\n"
                                  "os: linux\n"
                                  "file_exists_behavior: OVERWRITE\n"
                                  "files: [{source: /, destination: /srv/app}]\n"
                                  "permissions:\n"
                                  "  - object: /srv/app\n"
                                  "    pattern: '*.sh'\n"
                                  "    except: ['*.key']\n"
                                  "    owner: root\n"
                                  "    mode: '007'\n"
                                  "    acls: ['u:mary:rw', 'm::rx']\n"
                                  "    context: {type: httpd_t, range: 's0:c1.c2'}\n"
                                  "    type: [file]\n"
                                  "hooks:\n"
                                  "  ApplicationStart:\n"
                                  "    - {location: start.sh, runas: app, timeout: 60}\n"
                                  "    - {location: b.sh, sudo: true}\n"
                                  "  AfterInstall:\n"
                                  "    - {location: b.sh, sudo: true}\n";

static void server_equals_its_text(void **state)
{
    cdp_appspec_builder *builder = new_builder(CDP_PLATFORM_SERVER);
    outcome read = read_server(server_text);
    outcome built;
    outcome again;

    (void)state;
    fill_server(builder);
    built = finish(builder, CDP_APPSPEC_PROFILE_AGENT);
    assert_int_equal(built.status, CDP_OK);
    assert_int_equal(read.status, CDP_OK);
    assert_int_equal(cdp_appspec_equal(built.appspec, read.appspec), 1);
    /* The builder may be used on, and what it made does not change. */
    assert_int_equal(cdp_appspec_builder_add_file(builder, STR("a"), STR("/b")), CDP_OK);
    again = finish(builder, CDP_APPSPEC_PROFILE_AGENT);
    assert_int_equal(cdp_appspec_file_count(again.appspec), 2);
    assert_int_equal(cdp_appspec_file_count(built.appspec), 1);
    cdp_appspec_builder_free(builder);
    assert_int_equal(cdp_appspec_equal(built.appspec, read.appspec), 1);
    outcome_free(&again);
    outcome_free(&built);
    outcome_free(&read);
}

static void views_show_everything(void **state)
{
    outcome read = read_server(server_text);
    const cdp_appspec *appspec = read.appspec;
    cdp_appspec_file file = {.size = sizeof file};
    cdp_appspec_permission permission = {.size = sizeof permission};
    cdp_appspec_except except = {.size = sizeof except};
    cdp_appspec_acl acl = {.size = sizeof acl};
    cdp_appspec_event event = {.size = sizeof event};
    cdp_appspec_script script = {.size = sizeof script};
    cdp_appspec_ecs ecs = {.size = sizeof ecs};
    cdp_string subnet;
    size_t index;

    (void)state;
    assert_int_equal(cdp_appspec_platform(appspec), CDP_PLATFORM_SERVER);
    assert_cdp_string(cdp_appspec_version(appspec), "0.0");
    assert_cdp_string(cdp_appspec_os(appspec), "linux");
    assert_int_equal(cdp_appspec_file_exists_behavior(appspec), CDP_FILE_EXISTS_OVERWRITE);
    assert_int_equal(cdp_appspec_file_at(appspec, 0, &file), CDP_OK);
    assert_cdp_string(file.source, "/");
    assert_cdp_string(file.destination, "/srv/app");
    assert_int_equal(file.source_kind, CDP_APPSPEC_VALUE_TEXT);
    assert_int_equal(cdp_appspec_file_at(appspec, 1, &file), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_permission_count(appspec), 1);
    assert_int_equal(cdp_appspec_permission_at(appspec, 0, &permission), CDP_OK);
    assert_cdp_string(permission.object, "/srv/app");
    assert_cdp_string(permission.pattern, "*.sh");
    assert_cdp_string(permission.mode, "007");
    assert_int_equal(permission.mode_bits, 7);
    assert_int_equal(permission.types, CDP_APPSPEC_TYPE_FILE);
    assert_cdp_string(permission.owner, "root");
    assert_absent(permission.group);
    assert_int_equal(permission.group_kind, CDP_APPSPEC_VALUE_ABSENT);
    assert_absent(permission.context_user);
    assert_cdp_string(permission.context_type, "httpd_t");
    assert_cdp_string(permission.context_range, "s0:c1.c2");
    assert_int_equal(permission.except_count, 1);
    assert_int_equal(permission.acl_count, 2);
    assert_int_equal(cdp_appspec_permission_except_at(appspec, 0, 0, &except), CDP_OK);
    assert_cdp_string(except.pattern, "*.key");
    assert_int_equal(cdp_appspec_permission_except_at(appspec, 0, 1, &except), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_permission_acl_at(appspec, 0, 0, &acl), CDP_OK);
    assert_cdp_string(acl.text, "user:mary:rw-");
    assert_cdp_string(acl.name, "mary");
    assert_int_equal(acl.type, CDP_APPSPEC_ACL_USER);
    assert_int_equal(acl.bits, 6);
    assert_int_equal(acl.is_default, 0);
    assert_int_equal(cdp_appspec_permission_acl_at(appspec, 0, 1, &acl), CDP_OK);
    assert_absent(acl.name);
    assert_int_equal(cdp_appspec_permission_acl_at(appspec, 1, 0, &acl), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_event_count(appspec), 2);
    assert_int_equal(cdp_appspec_event_at(appspec, 0, &event), CDP_OK);
    assert_cdp_string(event.name, "ApplicationStart");
    assert_int_equal(event.script_count, 2);
    assert_absent(event.function);
    assert_int_equal(cdp_appspec_event_find(appspec, STR("AfterInstall"), &index), CDP_OK);
    assert_int_equal(index, 1);
    assert_int_equal(cdp_appspec_event_find(appspec, STR("Install"), &index), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_script_at(appspec, 0, 0, &script), CDP_OK);
    assert_cdp_string(script.location, "start.sh");
    assert_cdp_string(script.runas, "app");
    assert_int_equal(script.sudo, 0);
    assert_true(script.timeout == 60);
    assert_int_equal(cdp_appspec_script_at(appspec, 1, 0, &script), CDP_OK);
    assert_absent(script.runas);
    assert_int_equal(script.sudo, 1);
    assert_true(script.timeout == 3600);
    assert_int_equal(cdp_appspec_script_at(appspec, 1, 1, &script), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_script_at(appspec, 2, 0, &script), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_get_ecs(appspec, &ecs), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_subnet_at(appspec, 0, &subnet), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_file_at(NULL, 0, &file), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_file_at(appspec, 0, NULL), CDP_ERR_ARGUMENT);
    file.size = 0;
    assert_int_equal(cdp_appspec_file_at(appspec, 0, &file), CDP_ERR_STRUCT);
    outcome_free(&read);
}

static void findings_have_pointers_and_no_places(void **state)
{
    static const struct {
        cdp_diagnostic_code code;
        const char *pointer;
    } wanted[] = {
        {CDP_DIAGNOSTIC_OS_INVALID, "/os"},
        {CDP_DIAGNOSTIC_FILE_DESTINATION_RELATIVE, "/files/0/destination"},
        {CDP_DIAGNOSTIC_FILE_SOURCE_MISSING, "/files/1/source"},
        {CDP_DIAGNOSTIC_PERMISSION_MODE_DIGIT, "/permissions/0/mode"},
        {CDP_DIAGNOSTIC_PERMISSION_ACL_INVALID, "/permissions/0/acls"},
        {CDP_DIAGNOSTIC_PERMISSION_RANGE_INVALID, "/permissions/0/context"},
        {CDP_DIAGNOSTIC_PERMISSION_OBJECT_MISSING, "/permissions/0/object"},
        {CDP_DIAGNOSTIC_APPSPEC_EVENT_UNKNOWN, "/hooks/a~1b~0"},
        {CDP_DIAGNOSTIC_SCRIPT_LOCATION_MISSING, "/hooks/a~1b~0/0/location"},
        {CDP_DIAGNOSTIC_SCRIPT_TIMEOUT_INVALID, "/hooks/a~1b~0/0/timeout"},
    };
    static const cdp_string acls[] = {{"x", 1}};
    cdp_appspec_permission_input permission = {.size = sizeof permission,
                                               .mode = STR("9"),
                                               .context_type = STR("t"),
                                               .context_range = STR("x"),
                                               .acls = acls,
                                               .acl_count = 1};
    cdp_appspec_script script = {.size = sizeof script, .timeout = -1};
    cdp_appspec_builder *builder = new_builder(CDP_PLATFORM_SERVER);
    outcome built;

    (void)state;
    assert_int_equal(cdp_appspec_builder_set_os(builder, STR("beos")), CDP_OK);
    assert_int_equal(cdp_appspec_builder_add_file(builder, STR("a"), STR("b")), CDP_OK);
    assert_int_equal(cdp_appspec_builder_add_file(builder, (cdp_string){NULL, 0}, STR("/b")),
                     CDP_OK);
    assert_int_equal(cdp_appspec_builder_add_permission(builder, &permission), CDP_OK);
    assert_int_equal(cdp_appspec_builder_add_script(builder, STR("a/b~"), &script), CDP_OK);
    built = finish(builder, CDP_APPSPEC_PROFILE_AGENT);
    assert_int_equal(built.status, CDP_ERR_INVALID);
    assert_null(built.appspec);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        cdp_diagnostic finding = finding_of(&built, wanted[i].code);

        assert_cdp_string(finding.pointer, wanted[i].pointer);
        assert_int_equal(finding.line, 0);
        assert_absent(finding.fix_text);
    }
    outcome_free(&built);
    cdp_appspec_builder_free(builder);
}

static void lambda_and_ecs(void **state)
{
    static const cdp_string subnets[] = {{"s-1", 3}};
    static const cdp_string groups[] = {{"g-1", 3}};
    static const cdp_appspec_capacity_provider providers[] = {
        {sizeof *providers, {"FARGATE", 7}, 1, 1}, {sizeof *providers, {"SPOT", 4}, -1, 0}};
    cdp_appspec_lambda lambda = {.size = sizeof lambda,
                                 .logical_name = STR("fn"),
                                 .name = STR("f"),
                                 .alias = STR("live"),
                                 .current_version = STR("1"),
                                 .target_version = STR("2")};
    cdp_appspec_ecs_input ecs = {
        .size = sizeof ecs,
        .logical_name = STR("TargetService"),
        .task_definition = STR("arn:aws:ecs:eu-west-1:123456789012:task-definition/f:1"),
        .container_name = STR("web"),
        .assign_public_ip = STR("ENABLED"),
        .container_port = 8080,
        .subnets = subnets,
        .subnet_count = 1,
        .security_groups = groups,
        .security_group_count = 1,
        .capacity_providers = providers,
        .capacity_provider_count = 2,
    };
    cdp_appspec_ecs view = {.size = sizeof view};
    cdp_appspec_lambda lambda_view = {.size = sizeof lambda_view};
    cdp_appspec_capacity_provider provider = {.size = sizeof provider};
    cdp_string subnet;

    (void)state;
    for (int platform = CDP_PLATFORM_LAMBDA; platform <= CDP_PLATFORM_ECS; platform++) {
        cdp_appspec_builder *builder = new_builder((cdp_platform)platform);
        bool is_ecs = platform == CDP_PLATFORM_ECS;
        outcome built;
        outcome again;
        cdp_text *text;

        assert_int_equal(cdp_appspec_builder_set_os(builder, STR("linux")), CDP_ERR_STATE);
        assert_int_equal(cdp_appspec_builder_set_lambda(builder, &lambda),
                         is_ecs ? CDP_ERR_STATE : CDP_OK);
        assert_int_equal(cdp_appspec_builder_set_ecs(builder, &ecs),
                         is_ecs ? CDP_OK : CDP_ERR_STATE);
        assert_int_equal(
            cdp_appspec_builder_add_function(builder, STR("BeforeAllowTraffic"), STR("check")),
            CDP_OK);
        built = finish(builder, CDP_APPSPEC_PROFILE_STRICT);
        if (built.status != CDP_OK)
            print_findings(&built);
        assert_int_equal(built.status, CDP_OK);
        assert_int_equal(cdp_diagnostics_count(built.diagnostics), 0);
        for (int notation = CDP_APPSPEC_NOTATION_YAML;
             notation <= (cdp_feature_supported(CDP_FEATURE_XML) ? CDP_APPSPEC_NOTATION_XML
                                                                 : CDP_APPSPEC_NOTATION_JSON);
             notation++) {
            cdp_appspec_options options =
                options_for(CDP_PLATFORM_AUTO, CDP_APPSPEC_PROFILE_STRICT);

            assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
            assert_int_equal(cdp_appspec_write(built.appspec, (cdp_appspec_notation)notation, text),
                             CDP_OK);
            again = read_text(cdp_text_string(text).data, cdp_text_string(text).length, &options);
            if (again.status != CDP_OK)
                print_findings(&again);
            assert_int_equal(cdp_appspec_equal(built.appspec, again.appspec), 1);
            outcome_free(&again);
            cdp_text_free(text);
        }
        if (is_ecs) {
            assert_int_equal(cdp_appspec_get_ecs(built.appspec, &view), CDP_OK);
            assert_int_equal(view.container_port, 8080);
            assert_absent(view.platform_version);
            assert_int_equal(view.subnet_count, 1);
            assert_int_equal(cdp_appspec_subnet_at(built.appspec, 0, &subnet), CDP_OK);
            assert_cdp_string(subnet, "s-1");
            assert_int_equal(cdp_appspec_security_group_at(built.appspec, 0, &subnet), CDP_OK);
            assert_cdp_string(subnet, "g-1");
            assert_int_equal(cdp_appspec_capacity_provider_at(built.appspec, 1, &provider), CDP_OK);
            assert_cdp_string(provider.name, "SPOT");
            assert_int_equal(provider.base, -1);
            assert_int_equal(provider.weight, 0);
        } else {
            assert_int_equal(cdp_appspec_get_lambda(built.appspec, &lambda_view), CDP_OK);
            assert_cdp_string(lambda_view.target_version, "2");
            assert_cdp_string(lambda_view.logical_name, "fn");
        }
        outcome_free(&built);
        cdp_appspec_builder_free(builder);
    }
}

static void nothing_was_set(void **state)
{
    (void)state;
    for (int platform = CDP_PLATFORM_SERVER; platform <= CDP_PLATFORM_ECS; platform++) {
        cdp_appspec_builder *builder = new_builder((cdp_platform)platform);
        outcome built = finish(builder, CDP_APPSPEC_PROFILE_AGENT);

        assert_int_equal(built.status, CDP_ERR_INVALID);
        assert_true(was_found(&built, platform == CDP_PLATFORM_SERVER
                                          ? CDP_DIAGNOSTIC_OS_MISSING
                                          : CDP_DIAGNOSTIC_RESOURCES_MISSING));
        outcome_free(&built);
        cdp_appspec_builder_free(builder);
    }
}

static void mistakes_of_the_caller(void **state)
{
    cdp_appspec_builder *builder = NULL;
    cdp_appspec_options options = options_for(CDP_PLATFORM_ECS, CDP_APPSPEC_PROFILE_AGENT);
    cdp_appspec_permission_input permission = {.size = sizeof permission, .except_count = 1};
    cdp_appspec_script script = {.size = 3};
    cdp_appspec *appspec = NULL;
    struct {
        cdp_appspec_script known;
        int64_t unknown;
    } newer = {{.size = sizeof newer, .location = STR("a")}, 0};

    (void)state;
    assert_int_equal(cdp_appspec_builder_new(NULL, CDP_PLATFORM_AUTO, &builder), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_builder_new(NULL, CDP_PLATFORM_ECS, NULL), CDP_ERR_ARGUMENT);
    builder = new_builder(CDP_PLATFORM_SERVER);
    assert_int_equal(cdp_appspec_builder_finish(builder, &options, NULL, &appspec),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_builder_add_permission(builder, &permission), CDP_ERR_ARGUMENT);
    permission.except_count = 0;
    permission.types = 4;
    assert_int_equal(cdp_appspec_builder_add_permission(builder, &permission), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_builder_add_script(builder, STR("x"), &script), CDP_ERR_STRUCT);
    assert_int_equal(cdp_appspec_builder_add_script(builder, STR("x"), NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_builder_add_script(builder, STR("x"), &newer.known), CDP_OK);
    newer.unknown = 1;
    assert_int_equal(cdp_appspec_builder_add_script(builder, STR("x"), &newer.known),
                     CDP_ERR_STRUCT);
    assert_int_equal(cdp_appspec_builder_add_function(builder, STR("x"), STR("y")), CDP_ERR_STATE);
    assert_int_equal(cdp_appspec_builder_set_os(NULL, STR("linux")), CDP_ERR_ARGUMENT);
    cdp_appspec_builder_free(builder);
    cdp_appspec_builder_free(NULL);
    cdp_appspec_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(server_equals_its_text),
        cmocka_unit_test(views_show_everything),
        cmocka_unit_test(findings_have_pointers_and_no_places),
        cmocka_unit_test(lambda_and_ecs),
        cmocka_unit_test(nothing_was_set),
        cmocka_unit_test(mistakes_of_the_caller),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
