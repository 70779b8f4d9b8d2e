/* SPDX-License-Identifier: MIT */
/* Every allocation fails once: nothing leaks, nothing crashes, and the caller is told. */
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define STR(text) ((cdp_string){(text), sizeof(text) - 1})

/* Something of everything, findings of many kinds included; it is accepted. */
static const char server[] =
    "# codedeploy: ignore script-sudo-unusual\n"
    "version: 0x0\nos: linux\nfilez: 1\n"
    "files:\n"
    "  - {source: [a, [b, ~]], destination: /srv/app}\n"
    "  - {source: a, destination: /srv/app}\n"
    "  - {source: a, destination: /srv/app}\n"
    "  - {source: !!binary aGVsbG8=, destination: ./x}\n"
    "permissions:\n"
    "  - {object: ' /srv/app ', pattern: '*.sh', except: {a: b}, mode: 7, owner: 1000}\n"
    "  - object: /srv/app\n"
    "    pattern: '*'\n"
    "    acls: ['u:m:rw', d:bob:7]\n"
    "    mode: 0644\n"
    "    context: {name: u, type: t, range: 's0:c3,c1'}\n"
    "  - {object: [1, {x: y}], type: [file]}\n"
    "hooks:\n"
    "  AfterInstall:\n"
    "    - {location: ' a ', timeout: 1.0e+30, runas: ' b ', sudo: 0}\n"
    "  ? [a, ~]\n"
    "  :\n"
    "    - {location: 0755, timeout: 5m, sudo: [1, {a: ~}]}\n"
    "  AfterInstall:\n"
    "    - {location: b}\n";

static const char ecs[] =
    "version: 0.0\nResources:\n  - s:\n      Type: AWS::ECS::Service\n      Properties:\n"
    "        TaskDefinition: <TASK_DEFINITION>\n"
    "        LoadBalancerInfo: {ContainerName: web, ContainerPort: '80'}\n"
    "        NetworkConfiguration:\n          AwsvpcConfiguration:\n"
    "            {Subnets: [a], SecurityGroups: [b], AssignPublicIp: ENABLED}\n"
    "        CapacityProviderStrategy: [{CapacityProvider: a, Base: 1, Weight: 1}]\n"
    "Hooks: [{BeforeInstall: f}, {AfterInstall: g}]\n";

static cdp_status look(cdp_string path, cdp_appspec_entry *entry, void *user)
{
    (void)path;
    (void)user;
    entry->kind = CDP_APPSPEC_ENTRY_FILE;
    return CDP_OK;
}

typedef struct torture_input {
    const char *text;
    cdp_status wanted;
} torture_input;

static cdp_status write_all(const cdp_allocator *allocator, const cdp_appspec *appspec)
{
    cdp_text *text = NULL;
    cdp_status status = cdp_text_new(allocator, &text);

    if (status == CDP_OK)
        status = cdp_appspec_write(appspec, CDP_APPSPEC_NOTATION_YAML, text);
    if (status == CDP_OK)
        status = cdp_appspec_write_normalized(appspec, CDP_APPSPEC_NOTATION_JSON, text);
    cdp_text_free(text);
    return status;
}

static cdp_status read_and_write(const cdp_allocator *allocator, void *context)
{
    const torture_input *input = context;
    cdp_appspec_bundle bundle = {.size = sizeof bundle, .look = look};
    cdp_appspec_options options = options_for(CDP_PLATFORM_AUTO, CDP_APPSPEC_PROFILE_AGENT);
    cdp_diagnostics *diagnostics = NULL;
    cdp_appspec *appspec = NULL;
    cdp_status status;

    options.allocator = allocator;
    options.bundle = &bundle;
    options.suppressions = 1;
    status = cdp_diagnostics_new(allocator, NULL, &diagnostics);
    if (status == CDP_OK)
        status =
            cdp_appspec_parse(input->text, strlen(input->text), &options, diagnostics, &appspec);
    if (status == CDP_OK)
        status = write_all(allocator, appspec);
    cdp_appspec_free(appspec);
    cdp_diagnostics_free(diagnostics);
    return status == input->wanted ? CDP_OK : status;
}

static void reading_and_writing(void **state)
{
    static const torture_input inputs[] = {
        {server, CDP_OK},
        {ecs, CDP_OK},
        {"version: 1\nos: x\nfiles: {}\npermissions: [{mode: u+x, type: x, context: {}}]\n"
         "hooks: {a: [b, {location: }], c: d}\n",
         CDP_ERR_INVALID},
        {"a: [\n", CDP_ERR_INVALID},
    };

    (void)state;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        torture_input input = inputs[i];

        assert_true(test_fail_every_allocation(read_and_write, &input) > 5);
    }
}

static cdp_status compare(const cdp_allocator *allocator, void *context)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_AUTO, CDP_APPSPEC_PROFILE_AGENT);
    cdp_appspec_comparison *comparison = NULL;
    cdp_status status;

    (void)context;
    options.allocator = allocator;
    status = cdp_appspec_compare(server, sizeof server - 1, &options, NULL, &comparison);
    cdp_appspec_comparison_free(comparison);
    return status;
}

static void comparing(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(compare, NULL) > 20);
}

static cdp_status fill_server(cdp_appspec_builder *builder)
{
    static const cdp_string acls[] = {{"u:mary:rw", 9}};
    static const cdp_string except[] = {{"*.key", 5}};
    cdp_appspec_permission_input permission = {.size = sizeof permission,
                                               .object = STR("/srv"),
                                               .mode = STR("7"),
                                               .context_type = STR("t"),
                                               .context_range = STR("s0"),
                                               .acls = acls,
                                               .acl_count = 1,
                                               .except = except,
                                               .except_count = 1};
    cdp_appspec_script script = {.size = sizeof script, .location = STR("a b"), .timeout = 9};
    cdp_status status = cdp_appspec_builder_set_os(builder, STR("linux"));

    if (status == CDP_OK)
        status = cdp_appspec_builder_add_file(builder, STR("/"), STR("/srv"));
    if (status == CDP_OK)
        status = cdp_appspec_builder_add_permission(builder, &permission);
    if (status == CDP_OK)
        status = cdp_appspec_builder_add_script(builder, STR("AfterInstall"), &script);
    return status;
}

static cdp_status fill_ecs(cdp_appspec_builder *builder)
{
    static const cdp_string list[] = {{"a", 1}};
    static const cdp_appspec_capacity_provider providers[] = {
        {sizeof *providers, {"FARGATE", 7}, 1, 1}};
    cdp_appspec_ecs_input input = {.size = sizeof input,
                                   .logical_name = STR("s"),
                                   .task_definition = STR("<TASK_DEFINITION>"),
                                   .container_name = STR("web"),
                                   .assign_public_ip = STR("ENABLED"),
                                   .container_port = 80,
                                   .subnets = list,
                                   .subnet_count = 1,
                                   .security_groups = list,
                                   .security_group_count = 1,
                                   .capacity_providers = providers,
                                   .capacity_provider_count = 1};
    cdp_status status = cdp_appspec_builder_set_ecs(builder, &input);

    if (status == CDP_OK)
        status = cdp_appspec_builder_add_function(builder, STR("AfterInstall"), STR("f"));
    return status;
}

static cdp_status build(const cdp_allocator *allocator, void *context)
{
    bool is_ecs = context != NULL;
    cdp_appspec_options options = {.size = sizeof options, .allocator = allocator};
    cdp_appspec_builder *builder = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_appspec *appspec = NULL;
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    if (status == CDP_OK)
        status = cdp_appspec_builder_new(allocator, is_ecs ? CDP_PLATFORM_ECS : CDP_PLATFORM_SERVER,
                                         &builder);
    if (status == CDP_OK)
        status = is_ecs ? fill_ecs(builder) : fill_server(builder);
    if (status == CDP_OK)
        status = cdp_appspec_builder_finish(builder, &options, diagnostics, &appspec);
    if (status == CDP_OK)
        status = write_all(allocator, appspec);
    cdp_appspec_free(appspec);
    cdp_appspec_builder_free(builder);
    cdp_diagnostics_free(diagnostics);
    return status;
}

static void building(void **state)
{
    int is_ecs = 1;

    (void)state;
    assert_true(test_fail_every_allocation(build, NULL) > 10);
    assert_true(test_fail_every_allocation(build, &is_ecs) > 10);
}

/*
 * A guard against rules that cost the square of their input, not a benchmark: each of these takes
 * far below a second, and would take minutes.
 */
static void large_inputs(void **state)
{
    static const struct {
        const char *head;
        const char *line;
        size_t count;
    } table[] = {
        {"files:\n  - {source: a, destination: /a}\npermissions:\n",
         "  - {object: /a, pattern: '*%zu', mode: 644}\n", 10000},
        {"files:\n  - {source: a, destination: /a}\npermissions:\n",
         "  - {object: /a/%zu, except: [x], mode: 644}\n", 10000},
        {"files:\n", "  - {source: s%zu, destination: /a}\n", 10000},
        {"hooks:\n", "  E%zu: [{location: a}]\n", 10000},
        {"", "k%zu: 1\n", 20000},
        {"", "# codedeploy: ignore os-missing %zu\n", 20000},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t capacity = 100 + table[i].count * 64;
        char *text = malloc(capacity);
        size_t length;
        clock_t began;
        cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
        outcome reading;

        assert_non_null(text);
        length = (size_t)snprintf(text, capacity, "version: 0.0\nos: linux\n%s", table[i].head);
        for (size_t j = 0; j < table[i].count; j++)
            length += (size_t)snprintf(text + length, capacity - length, table[i].line, j);
        options.suppressions = 1;
        began = clock();
        reading = read_text(text, length, &options);
        assert_int_equal(reading.status, CDP_OK);
        assert_true(clock() - began < 4 * CLOCKS_PER_SEC);
        outcome_free(&reading);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_and_writing),
        cmocka_unit_test(comparing),
        cmocka_unit_test(building),
        cmocka_unit_test(large_inputs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
