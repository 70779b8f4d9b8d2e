/* SPDX-License-Identifier: MIT */
/* Writing and reading again gives an equal AppSpec; what is started from is flawless. */
#include "vectors.h"

static const cdp_appspec_notation notations[] = {
    CDP_APPSPEC_NOTATION_YAML, CDP_APPSPEC_NOTATION_JSON, CDP_APPSPEC_NOTATION_XML};

/* What JSON cannot hold: bytes, symbols, infinity, keys that are no text. */
static bool is_beyond_json(const char *name)
{
    static const char *const names[] = {"tag_binary.yml", "tag_binary_bang.yml",
                                        "hooks_event_list_key.yml", "hooks_event_null_key.yml"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* How many were written in each notation. */
static size_t written[CDP_APPSPEC_NOTATION_XML + 1];

static void write_and_read(const quirk *vector, const cdp_appspec *appspec,
                           cdp_appspec_notation notation, cdp_appspec_profile profile)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, profile);
    cdp_text *text;
    outcome again;
    cdp_status status;

    options.notation = notation;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    status = cdp_appspec_write(appspec, notation, text);
    if (notation == CDP_APPSPEC_NOTATION_JSON && is_beyond_json(vector->name)) {
        assert_int_equal(status, CDP_ERR_UNSUPPORTED);
        assert_int_equal(cdp_text_string(text).length, 0);
        cdp_text_free(text);
        return;
    }
    if (notation == CDP_APPSPEC_NOTATION_XML &&
        (status == CDP_ERR_UNSUPPORTED || !cdp_feature_supported(CDP_FEATURE_XML))) {
        assert_int_equal(cdp_text_string(text).length, 0);
        cdp_text_free(text);
        return;
    }
    assert_int_equal(status, CDP_OK);
    written[notation]++;
    again = read_text(cdp_text_string(text).data, cdp_text_string(text).length, &options);
    if (again.status != CDP_OK || !cdp_appspec_equal(appspec, again.appspec)) {
        print_findings(&again);
        fail_msg("%s is written as\n%s", vector->name, cdp_text_string(text).data);
    }
    outcome_free(&again);
    cdp_text_free(text);
}

static void check_vector(const quirk *vector, void *context)
{
    size_t *count = context;

    for (int profile = CDP_APPSPEC_PROFILE_AGENT; profile <= CDP_APPSPEC_PROFILE_STRICT;
         profile++) {
        cdp_appspec_options options =
            options_for(CDP_PLATFORM_SERVER, (cdp_appspec_profile)profile);
        outcome reading = read_text(vector->text, vector->length, &options);

        if (reading.status == CDP_OK) {
            for (size_t i = 0; i < sizeof notations / sizeof *notations; i++)
                write_and_read(vector, reading.appspec, notations[i], (cdp_appspec_profile)profile);
            ++*count;
        }
        outcome_free(&reading);
    }
}

static void vectors_survive_writing(void **state)
{
    size_t count = 0;

    (void)state;
    for_each_vector(check_vector, &count);
    assert_true(count > 350);
    assert_int_equal(written[CDP_APPSPEC_NOTATION_YAML], count);
    assert_true(written[CDP_APPSPEC_NOTATION_JSON] > count - 20);
    if (cdp_feature_supported(CDP_FEATURE_XML))
        assert_true(written[CDP_APPSPEC_NOTATION_XML] > count - 50);
}

static void starters_are_flawless(void **state)
{
    (void)state;
    for (int platform = CDP_PLATFORM_SERVER; platform <= CDP_PLATFORM_ECS; platform++) {
        cdp_appspec_options options = options_for(CDP_PLATFORM_AUTO, CDP_APPSPEC_PROFILE_STRICT);
        cdp_text *text;
        outcome reading;

        assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
        assert_int_equal(cdp_appspec_write_starter((cdp_platform)platform, text), CDP_OK);
        reading = read_text(cdp_text_string(text).data, cdp_text_string(text).length, &options);
        if (cdp_diagnostics_count(reading.diagnostics) > 0)
            print_findings(&reading);
        assert_int_equal(cdp_diagnostics_count(reading.diagnostics), 0);
        assert_int_equal(reading.status, CDP_OK);
        assert_int_equal(cdp_appspec_platform(reading.appspec), platform);
        outcome_free(&reading);
        cdp_text_free(text);
    }
    assert_int_equal(cdp_appspec_write_starter(CDP_PLATFORM_SERVER, NULL), CDP_ERR_ARGUMENT);
}

/* Each of these has one trap for a writer. */
static const char *const traps[] = {
    "  AfterInstall:\n    - location: 'yes'\n",
    "  AfterInstall:\n    - location: '0755'\n",
    "  AfterInstall:\n    - location: '1e3'\n",
    "  AfterInstall:\n    - location: '~'\n",
    "  AfterInstall:\n    - location: ':x'\n",
    "  AfterInstall:\n    - location: 'a: b'\n",
    "  AfterInstall:\n    - location: 'a #b'\n",
    "  AfterInstall:\n    - location: '- a'\n",
    "  AfterInstall:\n    - location: \"a\\nb\"\n",
    "  AfterInstall:\n    - location: \"a\\x07\\x7f\\x85\\u2028\\ufeffb\"\n",
    "  AfterInstall:\n    - location: \"a\\0b\"\n",
    "  AfterInstall:\n    - location: 'a\"\\b'\n",
    "  AfterInstall:\n    - location: \xF0\x9F\x98\x80\n",
    "  AfterInstall:\n    - location: a\n      timeout: 99999999999999999999999\n",
    "  AfterInstall:\n    - location: a\n      timeout: 1.0e+30\n",
    "  AfterInstall:\n    - location: a\n      sudo: .inf\n",
    "  AfterInstall:\n    - location: a\n      sudo: -.inf\n",
    "  AfterInstall:\n    - location: a\n      sudo: .nan\n",
    "  AfterInstall:\n    - location: a\n      sudo: :sym\n",
    "  AfterInstall:\n    - location: a\n      sudo: ':sym'\n",
    "  AfterInstall:\n    - location: a\n      sudo: [1, {a: b}, ~]\n",
    "  AfterInstall:\n    - location: a\n      sudo: 0\n",
    "  AfterInstall: []\n",
    "  'yes': [{location: a}]\n",
    "  yes: [{location: a}]\n",
    "  1.5: [{location: a}]\n",
    "  :sym: [{location: a}]\n",
    "  '~': [{location: a}]\n",
    "  ? {a: b}\n  : [{location: a}]\n",
    "  'a: b': [{location: a}]\n",
    "  AfterInstall:\n    - location: a\n      runas: ''\n",
};

static void traps_survive_writing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
        cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
        char yaml[512] = "version: 0.0\nos: linux\nhooks:\n";
        cdp_text *text;
        outcome first;
        outcome second;

        strcat(yaml, traps[i]);
        first = read_text(yaml, strlen(yaml), &options);
        if (first.status != CDP_OK)
            print_findings(&first);
        assert_int_equal(first.status, CDP_OK);
        assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
        assert_int_equal(cdp_appspec_write(first.appspec, CDP_APPSPEC_NOTATION_AUTO, text), CDP_OK);
        second = read_text(cdp_text_string(text).data, cdp_text_string(text).length, &options);
        if (second.status != CDP_OK || !cdp_appspec_equal(first.appspec, second.appspec)) {
            print_findings(&second);
            fail_msg("%s is written as\n%s", yaml, cdp_text_string(text).data);
        }
        outcome_free(&first);
        outcome_free(&second);
        cdp_text_free(text);
    }
}

static void canonical_form(void **state)
{
    outcome reading = read_server("{\"hooks\":{\"AfterInstall\":[{\"timeout\":3600,\"sudo\":true,"
                                  "\"location\":\" a.sh \"}]},\"permissions\":[{\"object\":\"/a\","
                                  "\"pattern\":\"**\",\"type\":[\"directory\",\"file\"],"
                                  "\"mode\":\"0644\",\"acls\":[\"u:m:7\"],\"context\":{\"type\":"
                                  "\"t\",\"range\":\"s0:c3,c1\"}}],\"version\":0,\"os\":\"linux\","
                                  "\"files\":[{\"destination\":\"/a b\",\"source\":\"/\"}],"
                                  "\"file_exists_behavior\":\"RETAIN\"}");
    cdp_text *text;

    (void)state;
    assert_int_equal(reading.status, CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_appspec_write(reading.appspec, CDP_APPSPEC_NOTATION_YAML, text), CDP_OK);
    assert_cdp_string(cdp_text_string(text), "version: 0.0\n"
                                             "os: linux\n"
                                             "file_exists_behavior: RETAIN\n"
                                             "files:\n"
                                             "  - source: /\n"
                                             "    destination: \"/a b\"\n"
                                             "permissions:\n"
                                             "  - object: /a\n"
                                             "    mode: \"0644\"\n"
                                             "    acls:\n"
                                             "      - \"user:mask:rwx\"\n"
                                             "    context:\n"
                                             "      type: t\n"
                                             "      range: \"s0:c1,c3\"\n"
                                             "hooks:\n"
                                             "  AfterInstall:\n"
                                             "    - location: a.sh\n"
                                             "      sudo: true\n");
    /* What is there already stays, also when the notation cannot carry it. */
    assert_int_equal(cdp_appspec_write(reading.appspec, (cdp_appspec_notation)9, text),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_write(NULL, CDP_APPSPEC_NOTATION_YAML, text), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_appspec_write_normalized(reading.appspec, CDP_APPSPEC_NOTATION_XML, text),
                     CDP_ERR_ARGUMENT);
    cdp_text_free(text);
    outcome_free(&reading);
}

static void differences_are_seen(void **state)
{
    static const char *const texts[] = {
        "version: 0.0\nos: linux\n",
        "version: 0.0\nos: linux\nfile_exists_behavior: RETAIN\n",
        "version: 0.0\nos: linux\nfiles: [{source: a, destination: /b}]\n",
        "version: 0.0\nos: linux\nfiles: [{source: a, destination: /c}]\n",
        "version: 0.0\nos: linux\nfiles: [{source: 1, destination: /c}]\n",
        "version: 0.0\nos: linux\nfiles: [{source: '1', destination: /c}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, mode: 755}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, mode: '0755'}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, acls: []}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, acls: ['u:b:r']}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, pattern: '*'}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, except: ['*']}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, type: [file]}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, owner: x}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, group: x}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, context: {type: t}}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, context: {type: t, name: u}}]\n",
        "version: 0.0\nos: linux\npermissions: [{object: /a, context: {type: t, range: s1}}]\n",
        "version: 0.0\nos: linux\nhooks: {AfterInstall: []}\n",
        "version: 0.0\nos: linux\nhooks: {AfterInstall: [{location: a}]}\n",
        "version: 0.0\nos: linux\nhooks: {BeforeInstall: [{location: a}]}\n",
        "version: 0.0\nos: linux\nhooks: {AfterInstall: [{location: b}]}\n",
        "version: 0.0\nos: linux\nhooks: {AfterInstall: [{location: b, timeout: 1}]}\n",
        "version: 0.0\nos: linux\nhooks: {AfterInstall: [{location: b, runas: u}]}\n",
        "version: 0.0\nos: linux\nhooks: {AfterInstall: [{location: b, sudo: true}]}\n",
        "version: 0.0\nos: linux\nhooks: {AfterInstall: [{location: b, sudo: false}]}\n",
    };
    enum { COUNT = sizeof texts / sizeof *texts };
    outcome readings[COUNT];

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        readings[i] = read_server(texts[i]);
        assert_int_equal(readings[i].status, CDP_OK);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++)
            assert_int_equal(cdp_appspec_equal(readings[i].appspec, readings[j].appspec), i == j);
    assert_int_equal(cdp_appspec_equal(readings[0].appspec, NULL), 0);
    assert_int_equal(cdp_appspec_equal(NULL, NULL), 0);
    for (size_t i = 0; i < COUNT; i++)
        outcome_free(&readings[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_survive_writing), cmocka_unit_test(starters_are_flawless),
        cmocka_unit_test(traps_survive_writing),   cmocka_unit_test(canonical_form),
        cmocka_unit_test(differences_are_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
