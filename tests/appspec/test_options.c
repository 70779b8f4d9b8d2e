/* SPDX-License-Identifier: MIT */
/* Options: platform, host, profile, scenario, suppressions, limits; and places by pointer. */
#include "reading.h"

#define STR(text) ((cdp_string){(text), sizeof(text) - 1})
#define SERVER "version: 0.0\nos: linux\n"

static outcome read_with(const char *text, const cdp_appspec_options *options)
{
    return read_text(text, strlen(text), options);
}

static void platforms_are_told_apart(void **state)
{
    static const struct {
        const char *text;
        cdp_platform platform; /* AUTO: cannot be told */
    } table[] = {
        {"version: 0.0\nos: linux\n", CDP_PLATFORM_SERVER},
        {"version: 0.0\nfiles: []\n", CDP_PLATFORM_SERVER},
        {"version: 0.0\npermissions: []\n", CDP_PLATFORM_SERVER},
        {"version: 0.0\nhooks:\n  AfterInstall:\n    - location: a\n", CDP_PLATFORM_SERVER},
        {"version: 0.0\nOS: linux\n", CDP_PLATFORM_SERVER},
        {"version: 0.0\nBeforeInstall:\n  - location: a\n", CDP_PLATFORM_SERVER},
        {"version: 0.0\nos: linux\nResources: [{a: {Type: AWS::ECS::Service}}]\n",
         CDP_PLATFORM_SERVER},
        {"version: 0.0\nResources: [{a: {Type: AWS::ECS::Service}}]\n", CDP_PLATFORM_ECS},
        {"version: 0.0\nresources: [{a: {type: AWS::Lambda::Function}}]\n", CDP_PLATFORM_LAMBDA},
        {"version: 0.0\nResources: {a: {Type: AWS::ECS::Service}}\n", CDP_PLATFORM_ECS},
        {"version: 0.0\nResources: [{a: {Properties: {TaskDefinition: x}}}]\n", CDP_PLATFORM_ECS},
        {"version: 0.0\nResources: [{a: {Properties: {TargetVersion: x}}}]\n", CDP_PLATFORM_LAMBDA},
        {"version: 0.0\n", CDP_PLATFORM_AUTO},
        {"version: 0.0\nhooks:\n  - BeforeInstall: f\n", CDP_PLATFORM_AUTO},
        {"version: 0.0\nResources: []\n", CDP_PLATFORM_AUTO},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        cdp_appspec_options options = options_for(CDP_PLATFORM_AUTO, CDP_APPSPEC_PROFILE_AGENT);
        outcome reading = read_with(table[i].text, &options);
        bool unknown = was_found(&reading, CDP_DIAGNOSTIC_APPSPEC_PLATFORM_UNKNOWN);

        assert_int_equal(unknown, table[i].platform == CDP_PLATFORM_AUTO);
        /* Only a Server AppSpec is missed an os or a wrong version's neighbours. */
        if (table[i].platform == CDP_PLATFORM_SERVER)
            assert_false(was_found(&reading, CDP_DIAGNOSTIC_RESOURCES_MISSING));
        if (table[i].platform == CDP_PLATFORM_ECS || table[i].platform == CDP_PLATFORM_LAMBDA)
            assert_false(was_found(&reading, CDP_DIAGNOSTIC_OS_MISSING));
        outcome_free(&reading);
    }
}

static void a_named_platform_must_agree(void **state)
{
    static const char lambda[] =
        "version: 0.0\nResources: [{f: {Type: AWS::Lambda::Function, Properties: {Name: f, "
        "Alias: a, CurrentVersion: 1, TargetVersion: 2}}}]\n";
    cdp_appspec_options options = options_for(CDP_PLATFORM_LAMBDA, CDP_APPSPEC_PROFILE_AGENT);
    outcome reading = read_with(lambda, &options);

    (void)state;
    assert_int_equal(reading.status, CDP_OK);
    outcome_free(&reading);
    options.platform = CDP_PLATFORM_ECS;
    reading = read_with(lambda, &options);
    assert_int_equal(reading.status, CDP_ERR_INVALID);
    assert_true(was_found(&reading, CDP_DIAGNOSTIC_APPSPEC_PLATFORM_CONFLICT));
    outcome_free(&reading);
    options.platform = CDP_PLATFORM_SERVER;
    reading = read_with(lambda, &options);
    assert_int_equal(reading.status, CDP_ERR_INVALID);
    outcome_free(&reading);
    options.platform = CDP_PLATFORM_ECS;
    reading = read_with(SERVER, &options);
    assert_int_equal(reading.status, CDP_ERR_INVALID);
    assert_true(was_found(&reading, CDP_DIAGNOSTIC_APPSPEC_PLATFORM_CONFLICT));
    outcome_free(&reading);
}

static void hosts(void **state)
{
    static const struct {
        const char *os;
        cdp_appspec_profile profile;
        cdp_appspec_host host;
        bool accepted;
    } table[] = {
        {"linux", CDP_APPSPEC_PROFILE_AGENT, CDP_APPSPEC_HOST_DEFAULT, true},
        {"windows", CDP_APPSPEC_PROFILE_AGENT, CDP_APPSPEC_HOST_DEFAULT, false},
        {"windows", CDP_APPSPEC_PROFILE_STRICT, CDP_APPSPEC_HOST_DEFAULT, true},
        {"windows", CDP_APPSPEC_PROFILE_AGENT, CDP_APPSPEC_HOST_WINDOWS, true},
        {"windows", CDP_APPSPEC_PROFILE_AGENT, CDP_APPSPEC_HOST_ANY, true},
        {"linux", CDP_APPSPEC_PROFILE_AGENT, CDP_APPSPEC_HOST_WINDOWS, false},
        {"linux", CDP_APPSPEC_PROFILE_STRICT, CDP_APPSPEC_HOST_ANY, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, table[i].profile);
        char text[64] = "version: 0.0\nos: ";
        outcome reading;

        strcat(text, table[i].os);
        options.host = table[i].host;
        reading = read_with(text, &options);
        assert_int_equal(reading.status, table[i].accepted ? CDP_OK : CDP_ERR_INVALID);
        outcome_free(&reading);
    }
}

static void windows_has_rules_of_its_own(void **state)
{
    static const char text[] =
        "version: 0.0\nos: windows\nfiles:\n"
        "  - source: \\app\n    destination: c:\\app\n"
        "  - source: ..\\x\n    destination: C:\\\n"
        "  - source: a\n    destination: /app\n"
        "  - source: a\n    destination: app\n"
        "  - source: a\n    destination: C:\\ProgramData\\Amazon\\CodeDeploy\\x\n"
        "permissions:\n  - object: /a\n    mode: 644\n"
        "hooks:\n  AfterInstall:\n    - location: a.bat\n      runas: x\n";
    static const cdp_diagnostic_code wanted[] = {
        CDP_DIAGNOSTIC_FILE_SOURCE_OUTSIDE,       CDP_DIAGNOSTIC_FILE_DESTINATION_ROOT,
        CDP_DIAGNOSTIC_FILE_PATH_OF_OTHER_SYSTEM, CDP_DIAGNOSTIC_FILE_DESTINATION_RELATIVE,
        CDP_DIAGNOSTIC_FILE_DESTINATION_IN_AGENT, CDP_DIAGNOSTIC_PERMISSION_ON_WINDOWS,
        CDP_DIAGNOSTIC_SCRIPT_RUNAS_ON_WINDOWS,
    };
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
    outcome reading;

    (void)state;
    options.host = CDP_APPSPEC_HOST_WINDOWS;
    reading = read_with(text, &options);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        finding_of(&reading, wanted[i]);
    assert_int_equal(finding_of(&reading, CDP_DIAGNOSTIC_FILE_DESTINATION_RELATIVE).line, 11);
    outcome_free(&reading);
}

static void strict_raises_warnings(void **state)
{
    static const struct {
        const char *text;
        cdp_diagnostic_code code;
        cdp_severity strict;
    } table[] = {
        {SERVER "filez: []\n", CDP_DIAGNOSTIC_APPSPEC_UNKNOWN_KEY, CDP_SEVERITY_ERROR},
        {SERVER "files: [{source: a, destination: b}]\n", CDP_DIAGNOSTIC_FILE_DESTINATION_RELATIVE,
         CDP_SEVERITY_ERROR},
        {SERVER "hooks: {AfterInstal: [{location: a}]}\n", CDP_DIAGNOSTIC_APPSPEC_EVENT_UNKNOWN,
         CDP_SEVERITY_ERROR},
        {SERVER "hooks: {AfterInstall: [{location: a, timeout: '5'}]}\n",
         CDP_DIAGNOSTIC_SCRIPT_TIMEOUT_QUOTED, CDP_SEVERITY_ERROR},
        {SERVER "os: linux\n", CDP_DIAGNOSTIC_DUPLICATE_KEY, CDP_SEVERITY_ERROR},
        {SERVER "---\na: b\n", CDP_DIAGNOSTIC_YAML_SECOND_DOCUMENT, CDP_SEVERITY_ERROR},
        {SERVER "hooks: {AfterInstall: [{location: /a}]}\n",
         CDP_DIAGNOSTIC_SCRIPT_LOCATION_ABSOLUTE, CDP_SEVERITY_WARNING},
        {SERVER "files: [{source: '${A}', destination: /b}]\n", CDP_DIAGNOSTIC_APPSPEC_PLACEHOLDER,
         CDP_SEVERITY_WARNING},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
        outcome reading = read_with(table[i].text, &options);

        assert_int_equal(reading.status, CDP_OK);
        assert_int_equal(finding_of(&reading, table[i].code).severity, CDP_SEVERITY_WARNING);
        outcome_free(&reading);
        options.profile = CDP_APPSPEC_PROFILE_STRICT;
        reading = read_with(table[i].text, &options);
        assert_int_equal(finding_of(&reading, table[i].code).severity, table[i].strict);
        assert_int_equal(reading.status,
                         table[i].strict == CDP_SEVERITY_ERROR ? CDP_ERR_INVALID : CDP_OK);
        outcome_free(&reading);
    }
}

static void aliases(void **state)
{
    static const char text[] = SERVER "hooks:\n  AfterInstall: &a\n    - location: a\n"
                                      "  ApplicationStart: *a\n";
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
    outcome reading = read_with(text, &options);

    (void)state;
    assert_int_equal(reading.status, CDP_ERR_INVALID);
    outcome_free(&reading);
    options.expand_aliases = 1;
    reading = read_with(text, &options);
    assert_int_equal(reading.status, CDP_OK);
    assert_int_equal(cdp_appspec_event_count(reading.appspec), 2);
    outcome_free(&reading);
}

static void hooks_outside_of_the_scenario(void **state)
{
    static const cdp_string events[] = {{"AfterInstall", 12}};
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
    static const char text[] =
        SERVER "hooks:\n  AfterInstall: [{location: a}]\n  AfterAllowTraffic: [{location: a}]\n";
    outcome reading;

    (void)state;
    options.scenario_events = events;
    options.scenario_event_count = 1;
    reading = read_with(text, &options);
    assert_int_equal(finding_of(&reading, CDP_DIAGNOSTIC_APPSPEC_EVENT_NOT_IN_SCENARIO).line, 5);
    assert_int_equal(cdp_diagnostics_count(reading.diagnostics), 1);
    outcome_free(&reading);
    /* An empty list is knowledge too. */
    options.scenario_event_count = 0;
    reading = read_with(text, &options);
    assert_int_equal(cdp_diagnostics_count(reading.diagnostics), 2);
    outcome_free(&reading);
}

static void comments_silence_findings(void **state)
{
    static const struct {
        const char *text;
        bool silent;
    } table[] = {
        {SERVER "filez: [] # codedeploy: ignore appspec-unknown-key\n", true},
        {SERVER "# codedeploy: ignore appspec-unknown-key\nfilez: []\n", true},
        {SERVER "# codedeploy: ignore os-invalid, appspec-unknown-key\nfilez: []\n", true},
        {SERVER "# codedeploy: ignore os-invalid\n  # codedeploy: ignore appspec-unknown-key\n"
                "# and why\n\nfilez: []\n",
         true},
        {SERVER "filez: [] # codedeploy: ignore os-invalid\n", false},
        {SERVER "filez: []\n# codedeploy: ignore appspec-unknown-key\n", false},
        {"version: 0.0\nos: linux # codedeploy: ignore appspec-unknown-key\nfilez: []\n", false},
        {SERVER "filez: 'x# codedeploy: ignore appspec-unknown-key'\n", false},
        {SERVER "filez: [] # codedeploy:ignore appspec-unknown-key\n", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_STRICT);
        outcome reading;

        reading = read_with(table[i].text, &options);
        assert_true(was_found(&reading, CDP_DIAGNOSTIC_APPSPEC_UNKNOWN_KEY));
        outcome_free(&reading);
        options.suppressions = 1;
        reading = read_with(table[i].text, &options);
        assert_int_equal(was_found(&reading, CDP_DIAGNOSTIC_APPSPEC_UNKNOWN_KEY), !table[i].silent);
        assert_int_equal(reading.status, table[i].silent ? CDP_OK : CDP_ERR_INVALID);
        outcome_free(&reading);
    }
}

static void what_the_agent_refuses_is_not_silenced(void **state)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
    outcome reading;

    (void)state;
    options.suppressions = 1;
    reading = read_with("version: 0.0\nos: x # codedeploy: ignore os-invalid\n", &options);
    assert_int_equal(reading.status, CDP_ERR_INVALID);
    assert_true(was_found(&reading, CDP_DIAGNOSTIC_OS_INVALID));
    outcome_free(&reading);
    reading = read_with(SERVER "# codedeploy: ignore no-such-thing\n", &options);
    assert_int_equal(finding_of(&reading, CDP_DIAGNOSTIC_APPSPEC_UNKNOWN_SUPPRESSION).column, 22);
    outcome_free(&reading);
    /* The reader of documents is silenced too. */
    reading = read_with("version: 0.0\nos: linux # codedeploy: ignore duplicate-key\nos: linux\n",
                        &options);
    assert_int_equal(cdp_diagnostics_count(reading.diagnostics), 0);
    outcome_free(&reading);
}

static void findings_are_sorted_and_limited(void **state)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
    cdp_limits limits = {.size = sizeof limits, .diagnostics = 3};
    static const char text[] = "z: 1\ny: 2\nversion: 9\nx: 3\nos: q\nw: 4\n";
    outcome reading = read_with(text, &options);
    uint32_t line = 0;

    (void)state;
    assert_int_equal(cdp_diagnostics_count(reading.diagnostics), 6);
    for (size_t i = 0; i < 6; i++) {
        cdp_diagnostic finding = {.size = sizeof finding};

        assert_int_equal(cdp_diagnostics_at(reading.diagnostics, i, &finding), CDP_OK);
        assert_true(finding.line > line);
        line = finding.line;
    }
    outcome_free(&reading);
    options.limits = &limits;
    reading = read_with(text, &options);
    assert_int_equal(reading.status, CDP_ERR_INVALID);
    assert_int_equal(cdp_diagnostics_count(reading.diagnostics), 3);
    assert_int_equal(cdp_diagnostics_dropped(reading.diagnostics), 3);
    assert_int_equal(cdp_diagnostics_count_at_least(reading.diagnostics, CDP_SEVERITY_ERROR), 2);
    outcome_free(&reading);
}

static void places_by_pointer(void **state)
{
    outcome reading = read_server(SERVER "files:\n  - source: a\n    destination: /b\n"
                                         "permissions:\n  - object: /b\n    mode: 755\n"
                                         "hooks:\n  a/b~c:\n    - location: x\n");
    static const struct {
        const char *pointer;
        uint32_t line;
        uint32_t column;
    } table[] = {
        {"", 1, 1},
        {"/version", 1, 10},
        {"/files/0/destination", 5, 18},
        {"/files/0", 4, 5},
        {"/permissions/0/mode", 8, 11},
        {"/permissions/0/owner", 7, 5}, /* unset: the entry's */
        {"/hooks/a~1b~0c/0/location", 11, 17},
        {"/hooks/a~1b~0c/0/timeout", 11, 7},
        {"/file_exists_behavior", 1, 1},
    };
    cdp_appspec_place place;

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        cdp_string pointer = {table[i].pointer, strlen(table[i].pointer)};

        assert_int_equal(cdp_appspec_find_place(reading.appspec, pointer, &place), CDP_OK);
        assert_int_equal(place.line, table[i].line);
        assert_int_equal(place.column, table[i].column);
    }
    assert_int_equal(cdp_appspec_find_place(reading.appspec, STR("/files/1"), &place),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_find_place(reading.appspec, STR("/files/x"), &place),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_find_place(reading.appspec, STR("/nothing"), &place),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_appspec_find_place(NULL, STR(""), &place), CDP_ERR_ARGUMENT);
    outcome_free(&reading);
}

static void unsound_options(void **state)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
    struct {
        cdp_appspec_options known;
        int64_t unknown;
    } newer = {options, 0};
    cdp_appspec *appspec = NULL;

    (void)state;
    assert_int_equal(cdp_appspec_parse(NULL, 1, &options, NULL, &appspec), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_parse(NULL, 0, &options, NULL, &appspec), CDP_ERR_INVALID);
    assert_int_equal(cdp_appspec_parse("", 0, &options, NULL, NULL), CDP_ERR_ARGUMENT);
    options.profile = (cdp_appspec_profile)7;
    assert_int_equal(cdp_appspec_parse("", 0, &options, NULL, &appspec), CDP_ERR_ARGUMENT);
    options = options_for((cdp_platform)9, CDP_APPSPEC_PROFILE_AGENT);
    assert_int_equal(cdp_appspec_parse("", 0, &options, NULL, &appspec), CDP_ERR_ARGUMENT);
    options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
    options.scenario_event_count = 1;
    assert_int_equal(cdp_appspec_parse("", 0, &options, NULL, &appspec), CDP_ERR_ARGUMENT);
    newer.known.size = sizeof newer;
    assert_int_equal(cdp_appspec_parse(SERVER, sizeof SERVER - 1, &newer.known, NULL, &appspec),
                     CDP_OK);
    cdp_appspec_free(appspec);
    appspec = NULL;
    newer.unknown = 1;
    assert_int_equal(cdp_appspec_parse(SERVER, sizeof SERVER - 1, &newer.known, NULL, &appspec),
                     CDP_ERR_STRUCT);
    /* An older caller, whose struct ended behind the profile. */
    options.size = offsetof(cdp_appspec_options, notation);
    options.scenario_event_count = 99;
    assert_int_equal(cdp_appspec_parse(SERVER, sizeof SERVER - 1, &options, NULL, &appspec),
                     CDP_OK);
    cdp_appspec_free(appspec);
    assert_int_equal(cdp_appspec_parse(SERVER, sizeof SERVER - 1, NULL, NULL, &appspec), CDP_OK);
    cdp_appspec_free(appspec);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(platforms_are_told_apart),
        cmocka_unit_test(a_named_platform_must_agree),
        cmocka_unit_test(hosts),
        cmocka_unit_test(windows_has_rules_of_its_own),
        cmocka_unit_test(strict_raises_warnings),
        cmocka_unit_test(aliases),
        cmocka_unit_test(hooks_outside_of_the_scenario),
        cmocka_unit_test(comments_silence_findings),
        cmocka_unit_test(what_the_agent_refuses_is_not_silenced),
        cmocka_unit_test(findings_are_sorted_and_limited),
        cmocka_unit_test(places_by_pointer),
        cmocka_unit_test(unsound_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
