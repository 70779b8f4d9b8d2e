/* SPDX-License-Identifier: MIT */
/*
 * Configurations read from JSON and written again. Each file data/SHAPE/NAME.json is a case; what
 * comes of it stands in NAME.expected: every finding, and the configuration as it is written.
 * With BLESS=1 in the environment the expectations are written instead of compared.
 */
#include "cases.h"

#include <codedeploy/config.h>

#include <dirent.h>
#include <stdio.h>

#include "base/strings.h"
#include "base/text.h"

enum { MOST_CASES = 200 };

typedef struct json_case {
    char name[128]; /* "create/2.3-count" */
    cdp_config_shape shape;
} json_case;

static json_case cases[MOST_CASES];
static size_t case_count;

static cdp_text *new_text(void)
{
    cdp_text *text = NULL;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    return text;
}

static bool read_file(const json_case *item, const char *extension, cdp_text *text)
{
    char path[512];
    char buffer[4096];
    size_t length;
    FILE *file;

    snprintf(path, sizeof path, "%s/%s%s", DATA, item->name, extension);
    file = fopen(path, "rb");
    if (!file)
        return false;
    while ((length = fread(buffer, 1, sizeof buffer, file)) > 0)
        assert_int_equal(cdp_text_append(text, buffer, length), CDP_OK);
    fclose(file);
    return true;
}

static void put_finding(cdp_text *text, const cdp_diagnostic *finding)
{
    cdp_diagnostic_info info = {.size = sizeof info};

    assert_int_equal(cdp_diagnostic_info_get(finding->code, &info), CDP_OK);
    cdp_text_put_uint(text, finding->line);
    cdp_text_put_byte(text, ':');
    cdp_text_put_uint(text, finding->column);
    cdp_text_put_c(text, "-");
    cdp_text_put_uint(text, finding->end_line);
    cdp_text_put_byte(text, ':');
    cdp_text_put_uint(text, finding->end_column);
    cdp_text_put_c(text, " ");
    cdp_text_put_c(text, cdp_severity_name(finding->severity));
    cdp_text_put_c(text, " ");
    cdp_text_put_c(text, info.name);
    if (finding->pointer.data) {
        cdp_text_put_c(text, " ");
        cdp_text_put(text, finding->pointer);
    }
    if (info.api_name) {
        cdp_text_put_c(text, " [");
        cdp_text_put_c(text, info.api_name);
        cdp_text_put_c(text, "]");
    }
    cdp_text_put_c(text, "\n  ");
    cdp_text_put(text, finding->message);
    if (finding->hint.data) {
        cdp_text_put_c(text, "\n  ");
        cdp_text_put(text, finding->hint);
    }
    cdp_text_put_c(text, "\n");
}

/* What was read is written such that it is read to the same. */
static void put_config(cdp_text *text, const cdp_config *config, cdp_config_shape shape)
{
    cdp_text *first = new_text();
    cdp_text *second = new_text();
    cdp_config *again = NULL;

    assert_int_equal(cdp_config_write(config, shape, 2, first), CDP_OK);
    assert_int_equal(cdp_config_parse(cdp_text_string(first).data, cdp_text_string(first).length,
                                      shape, NULL, NULL, NULL, &again),
                     CDP_OK);
    assert_int_equal(cdp_config_write(again, shape, 2, second), CDP_OK);
    assert_cdp_string(cdp_text_string(second), cdp_text_string(first).data);
    cdp_text_put(text, cdp_text_string(first));
    cdp_text_put_c(text, "\n");
    if (cdp_config_is_predefined(config))
        cdp_text_put_c(text, "predefined\n");
    cdp_config_free(again);
    cdp_text_free(second);
    cdp_text_free(first);
}

static void bless(const json_case *item, const cdp_text *actual)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s.expected", DATA, item->name);
    file = fopen(path, "wb");
    assert_non_null(file);
    fwrite(cdp_text_string(actual).data, 1, cdp_text_string(actual).length, file);
    assert_int_equal(fclose(file), 0);
}

static void json_is_read(void **state)
{
    const json_case *item = *state;
    cdp_text *input = new_text();
    cdp_text *actual = new_text();
    cdp_text *expected = new_text();
    cdp_config *config = NULL;
    cdp_diagnostics *diagnostics;
    cdp_status status;

    assert_true(read_file(item, ".json", input));
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    status = cdp_config_parse(cdp_text_string(input).data, cdp_text_string(input).length,
                              item->shape, NULL, NULL, diagnostics, &config);
    assert_int_equal(cdp_diagnostics_sort(diagnostics), CDP_OK);
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic finding = {.size = sizeof finding};

        assert_int_equal(cdp_diagnostics_at(diagnostics, i, &finding), CDP_OK);
        put_finding(actual, &finding);
    }
    if (status == CDP_OK) {
        assert_int_equal(cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR), 0);
        put_config(actual, config, item->shape);
    } else {
        assert_true(cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0);
        assert_null(config);
        cdp_text_put_c(actual, cdp_status_name(status));
        cdp_text_put_c(actual, "\n");
    }
    if (getenv("BLESS"))
        bless(item, actual);
    assert_true(read_file(item, ".expected", expected));
    assert_cdp_string(cdp_text_string(actual), cdp_text_string(expected).data);
    cdp_config_free(config);
    cdp_diagnostics_free(diagnostics);
    cdp_text_free(expected);
    cdp_text_free(actual);
    cdp_text_free(input);
}

static int compare_cases(const void *a, const void *b)
{
    return strcmp(((const json_case *)a)->name, ((const json_case *)b)->name);
}

static void find_cases(const char *folder, cdp_config_shape shape)
{
    char path[512];
    const struct dirent *entry;
    DIR *directory;

    snprintf(path, sizeof path, "%s/%s", DATA, folder);
    directory = opendir(path);
    while (directory && (entry = readdir(directory))) {
        const char *end = strstr(entry->d_name, ".json");

        if (!end || end[5] || case_count == MOST_CASES)
            continue;
        snprintf(cases[case_count].name, sizeof cases[case_count].name, "%s/%.*s", folder,
                 (int)(end - entry->d_name), entry->d_name);
        cases[case_count++].shape = shape;
    }
    if (directory)
        closedir(directory);
}

/* 1.1: what GetDeploymentConfig tells of the predefined ones is read back to them. */
static void predefined_are_written_and_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < cdp_config_predefined_count(); i++) {
        const cdp_config *config = cdp_config_predefined_at(i);
        cdp_text *text = new_text();
        cdp_config *again = NULL;
        cdp_diagnostics *diagnostics;
        cdp_config_options first = {.size = sizeof first};
        cdp_config_options second = {.size = sizeof second};

        assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
        assert_int_equal(cdp_config_write(config, CDP_CONFIG_SHAPE_INFO, 0, text), CDP_OK);
        assert_int_equal(cdp_config_parse(cdp_text_string(text).data, cdp_text_string(text).length,
                                          CDP_CONFIG_SHAPE_INFO, NULL, NULL, diagnostics, &again),
                         CDP_OK);
        assert_int_equal(cdp_diagnostics_count(diagnostics), 0);
        assert_int_equal(cdp_config_describe(config, &first), CDP_OK);
        assert_int_equal(cdp_config_describe(again, &second), CDP_OK);
        assert_true(cdp_string_equal(first.name, second.name));
        first.name = second.name = (cdp_string){NULL, 0};
        assert_memory_equal(&first, &second, sizeof first);
        assert_int_equal(cdp_config_is_predefined(again), 1);
        cdp_config_free(again);
        cdp_diagnostics_free(diagnostics);
        cdp_text_free(text);
    }
}

/* CloudFormation names nothing: all there is are a platform and a way to shift. */
static void the_hook_is_for_ecs_and_nameless(void **state)
{
    cdp_config *config = NULL;

    (void)state;
    assert_int_equal(cdp_config_parse("{}", 2, CDP_CONFIG_SHAPE_HOOK, NULL, NULL, NULL, &config),
                     CDP_OK);
    assert_int_equal(cdp_config_platform(config), CDP_PLATFORM_ECS);
    assert_absent(cdp_config_name(config));
    assert_int_equal(cdp_config_is_predefined(config), 0);
    cdp_config_free(config);
}

static void the_hook_cannot_express_everything(void **state)
{
    cdp_config_options small = {.size = sizeof small,
                                .platform = CDP_PLATFORM_ECS,
                                .traffic_type = CDP_TRAFFIC_TIME_BASED_LINEAR,
                                .traffic_percentage = 13,
                                .traffic_interval_minutes = 1};
    cdp_text *text = new_text();
    cdp_config *config = NULL;

    (void)state;
    assert_int_equal(cdp_text_append(text, "x", 1), CDP_OK);
    assert_int_equal(
        cdp_config_write(cdp_config_default(CDP_PLATFORM_SERVER), CDP_CONFIG_SHAPE_HOOK, 0, text),
        CDP_ERR_UNSUPPORTED);
    assert_int_equal(
        cdp_config_write(cdp_config_default(CDP_PLATFORM_LAMBDA), CDP_CONFIG_SHAPE_HOOK, 0, text),
        CDP_ERR_UNSUPPORTED);
    assert_int_equal(cdp_config_new(&small, NULL, NULL, &config), CDP_OK);
    assert_int_equal(cdp_config_write(config, CDP_CONFIG_SHAPE_HOOK, 0, text), CDP_ERR_UNSUPPORTED);
    assert_cdp_string(cdp_text_string(text), "x");
    assert_int_equal(
        cdp_config_write(cdp_config_default(CDP_PLATFORM_ECS), CDP_CONFIG_SHAPE_HOOK, 0, text),
        CDP_OK);
    assert_cdp_string(cdp_text_string(text),
                      "x{\"TrafficRoutingConfig\":{\"Type\":\"AllAtOnce\"}}");
    cdp_config_free(config);
    cdp_text_free(text);
}

static void callers_mistakes_are_named(void **state)
{
    const cdp_config *known = cdp_config_predefined_at(0);
    cdp_limits limits = {.size = sizeof limits, .input_bytes = 3};
    cdp_text *text = new_text();
    cdp_config *config = NULL;

    (void)state;
    assert_int_equal(cdp_config_parse("{}", 2, CDP_CONFIG_SHAPE_HOOK, NULL, NULL, NULL, NULL),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_parse(NULL, 2, CDP_CONFIG_SHAPE_HOOK, NULL, NULL, NULL, &config),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_parse("{}", 2, (cdp_config_shape)0, NULL, NULL, NULL, &config),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_parse("{}", 2, (cdp_config_shape)4, NULL, NULL, NULL, &config),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(
        cdp_config_parse("{   }", 5, CDP_CONFIG_SHAPE_HOOK, &limits, NULL, NULL, &config),
        CDP_ERR_LIMIT);
    assert_null(config);
    assert_int_equal(cdp_config_write(NULL, CDP_CONFIG_SHAPE_INFO, 0, text), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_write(known, CDP_CONFIG_SHAPE_INFO, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_config_write(known, (cdp_config_shape)7, 0, text), CDP_ERR_ARGUMENT);
    cdp_text_free(text);
}

static cdp_status read_and_fail(const cdp_allocator *allocator, void *context)
{
    const json_case *item = context;
    cdp_text *input = new_text();
    cdp_text *output = NULL;
    cdp_config *config = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    assert_true(read_file(item, ".json", input));
    if (status == CDP_OK)
        status = cdp_text_new(allocator, &output);
    if (status == CDP_OK)
        status = cdp_config_parse(cdp_text_string(input).data, cdp_text_string(input).length,
                                  item->shape, NULL, allocator, diagnostics, &config);
    if (status == CDP_OK) {
        status = cdp_config_write(config, item->shape, 2, output);
        if (status != CDP_OK)
            assert_cdp_string(cdp_text_string(output), "");
    }
    cdp_config_free(config);
    cdp_text_free(output);
    cdp_diagnostics_free(diagnostics);
    cdp_text_free(input);
    return status == CDP_ERR_INVALID ? CDP_OK : status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < case_count; i++)
        assert_true(test_fail_every_allocation(read_and_fail, &cases[i]) > 2);
}

int main(void)
{
    struct CMUnitTest tests[MOST_CASES] = {{0}};
    const struct CMUnitTest others[] = {
        cmocka_unit_test(predefined_are_written_and_read),
        NAMED("4.1 the hook is for ECS, and nameless", the_hook_is_for_ecs_and_nameless),
        NAMED("4.2, 4.3 the hook cannot express everything", the_hook_cannot_express_everything),
        cmocka_unit_test(callers_mistakes_are_named),
        cmocka_unit_test(every_allocation_may_fail),
    };

    find_cases("create", CDP_CONFIG_SHAPE_CREATE);
    find_cases("info", CDP_CONFIG_SHAPE_INFO);
    find_cases("hook", CDP_CONFIG_SHAPE_HOOK);
    if (case_count < 40)
        return 99; /* the data is not there */
    qsort(cases, case_count, sizeof *cases, compare_cases);
    for (size_t i = 0; i < case_count; i++) {
        tests[i].name = cases[i].name;
        tests[i].test_func = json_is_read;
        tests[i].initial_state = &cases[i];
    }
    return _cmocka_run_group_tests("JSON", tests, case_count, NULL, NULL) +
           cmocka_run_group_tests(others, NULL, NULL);
}
