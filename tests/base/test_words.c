/* SPDX-License-Identifier: MIT */
/* Strings, UTF-8, suggestions and the names of statuses. */
#include "testing.h"

#include <codedeploy/base.h>
#include <codedeploy/platform.h>

#include "base/strings.h"
#include "base/utf8.h"

static const char *const events[] = {"BeforeInstall", "AfterInstall", "ApplicationStart",
                                     "ApplicationStop"};

static const char *suggestion(const char *word)
{
    size_t found = cdp_suggest(cdp_string_of(word), events, 4);

    return found < 4 ? events[found] : NULL;
}

static void suggestions(void **state)
{
    (void)state;
    assert_string_equal(suggestion("AfterInstal"), "AfterInstall");
    assert_string_equal(suggestion("afterinstall"), "AfterInstall");
    assert_string_equal(suggestion("BeforeInstlal"), "BeforeInstall");
    assert_string_equal(suggestion("ApplicationStrat"), "ApplicationStart");
    assert_null(suggestion("Deploy"));
    assert_null(suggestion(""));
    assert_int_equal(cdp_suggest((cdp_string){NULL, 0}, events, 4), 4);
    assert_int_equal(cdp_suggest(CDP_STR("x"), NULL, 0), 0);
}

static void trimming_and_comparing(void **state)
{
    (void)state;
    assert_int_equal(cdp_string_trim(CDP_STR(" \t\r\n\v\f a b \0")).length, 3);
    assert_int_equal(cdp_string_trim(CDP_STR("  ")).length, 0);
    assert_true(cdp_string_compare(CDP_STR("a"), CDP_STR("ab")) < 0);
    assert_true(cdp_string_compare(CDP_STR("\xFF"), CDP_STR("a")) > 0);
    assert_true(cdp_string_compare((cdp_string){NULL, 0}, CDP_STR("")) < 0);
    assert_true(cdp_string_equal_ignoring_case(CDP_STR("HOOKS"), CDP_STR("hooks")));
    assert_false(cdp_string_equal((cdp_string){NULL, 0}, CDP_STR("")));
}

/* Every code point there and back; every first byte pair that is no character refused. */
static void utf8_is_exact(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        cdp_string text = {bytes, cdp_utf8_encode(code, bytes)};
        bool surrogate = code >= 0xD800 && code <= 0xDFFF;

        assert_int_equal(cdp_utf8_length(text, 0), surrogate ? 0 : text.length);
        if (!surrogate)
            assert_int_equal(cdp_utf8_decode(text, 0), code);
        if (text.length > 1) {
            text.length--;
            assert_int_equal(cdp_utf8_length(text, 0), 0);
        }
    }
    assert_int_equal(cdp_utf8_length(CDP_STR("\xC0\x80"), 0), 0);
    assert_int_equal(cdp_utf8_length(CDP_STR("\xE0\x80\x80"), 0), 0);
    assert_int_equal(cdp_utf8_length(CDP_STR("\xF0\x80\x80\x80"), 0), 0);
    assert_int_equal(cdp_utf8_length(CDP_STR("\xF4\x90\x80\x80"), 0), 0);
    assert_int_equal(cdp_utf8_length(CDP_STR("\xF8\x88\x80\x80"), 0), 0);
}

static void statuses_have_names(void **state)
{
    (void)state;
    assert_string_equal(cdp_status_name(CDP_ERR_NOMEM), "CDP_ERR_NOMEM");
    assert_string_equal(cdp_status_name((cdp_status)-4711), "CDP_ERR_HOST_FIRST");
    assert_string_equal(cdp_status_name((cdp_status)99), "unknown");
    for (int status = CDP_ERR_BUSY; status <= CDP_PASSTHROUGH; status++)
        assert_string_not_equal(cdp_status_name((cdp_status)status), "unknown");
}

static void platforms_have_names(void **state)
{
    (void)state;
    assert_string_equal(cdp_platform_name(CDP_PLATFORM_AUTO), "auto");
    assert_string_equal(cdp_platform_name((cdp_platform)4), "unknown");
    assert_string_equal(cdp_platform_name((cdp_platform)-1), "unknown");
    for (int i = CDP_PLATFORM_SERVER; i <= CDP_PLATFORM_ECS; i++) {
        cdp_platform platform = CDP_PLATFORM_AUTO;
        cdp_string name = cdp_string_of(cdp_platform_name((cdp_platform)i));

        assert_int_equal(cdp_platform_from_name(name, &platform), CDP_OK);
        assert_int_equal(platform, i);
        assert_int_equal(cdp_platform_from_name(name, NULL), CDP_ERR_ARGUMENT);
    }
    assert_string_equal(cdp_platform_name(CDP_PLATFORM_SERVER), "Server");
    assert_string_equal(cdp_platform_name(CDP_PLATFORM_LAMBDA), "Lambda");
    assert_string_equal(cdp_platform_name(CDP_PLATFORM_ECS), "ECS");
}

static void unknown_platforms_change_nothing(void **state)
{
    cdp_platform platform = CDP_PLATFORM_ECS;

    (void)state;
    assert_int_equal(cdp_platform_from_name(CDP_STR("server"), &platform), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_platform_from_name(CDP_STR("auto"), &platform), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_platform_from_name((cdp_string){NULL, 0}, &platform), CDP_ERR_NOT_FOUND);
    assert_int_equal(platform, CDP_PLATFORM_ECS);
}

static void version_agrees_with_the_headers(void **state)
{
    (void)state;
    assert_int_equal(cdp_version_number(),
                     CDP_VERSION_MAJOR * 1000000 + CDP_VERSION_MINOR * 1000 + CDP_VERSION_PATCH);
    assert_string_equal(cdp_version(), PROJECT_VERSION);
    assert_int_equal(cdp_feature_supported(CDP_FEATURE_YAML_LIBYAML) +
                         cdp_feature_supported(CDP_FEATURE_YAML_LIBFYAML),
                     1);
    assert_int_equal(cdp_feature_supported((cdp_feature)999), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggestions),
        cmocka_unit_test(trimming_and_comparing),
        cmocka_unit_test(utf8_is_exact),
        cmocka_unit_test(statuses_have_names),
        cmocka_unit_test(platforms_have_names),
        cmocka_unit_test(unknown_platforms_change_nothing),
        cmocka_unit_test(version_agrees_with_the_headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
