/* SPDX-License-Identifier: MIT */
#include "testing.h"

#include "base/allocator.h"
#include "base/number.h"
#include "base/strings.h"
#include "base/text.h"

static void text_grows_and_is_terminated(void **state)
{
    cdp_text *text;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_cdp_string(cdp_text_string(text), "");
    for (int i = 0; i < 1000; i++)
        assert_int_equal(cdp_text_append(text, "abc", 3), CDP_OK);
    assert_int_equal(cdp_text_string(text).length, 3000);
    assert_int_equal(cdp_text_string(text).data[3000], '\0');
    cdp_text_clear(text);
    assert_cdp_string(cdp_text_string(text), "");
    assert_int_equal(cdp_text_append(NULL, "a", 1), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_text_append(text, NULL, 1), CDP_ERR_ARGUMENT);
    cdp_text_free(text);
    cdp_text_free(NULL);
}

static void numbers_at_their_ends(void **state)
{
    cdp_allocator allocator;
    cdp_text text;

    (void)state;
    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    cdp_text_init(&text, &allocator);
    cdp_text_put_int(&text, INT64_MIN);
    cdp_text_put_byte(&text, ' ');
    cdp_text_put_uint(&text, UINT64_MAX);
    cdp_text_put_byte(&text, ' ');
    cdp_text_put_int(&text, 0);
    assert_cdp_string(cdp_text_string(&text), "-9223372036854775808 18446744073709551615 0");
    cdp_text_release(&text);
}

static void numbers_as_arguments(void **state)
{
    cdp_number_buffer buffer;

    (void)state;
    assert_cdp_string(cdp_number_text(INT64_MIN, &buffer), "-9223372036854775808");
    assert_cdp_string(cdp_number_text(INT64_MAX, &buffer), "9223372036854775807");
    assert_cdp_string(cdp_number_text(0, &buffer), "0");
    assert_cdp_string(cdp_number_text(-10, &buffer), "-10");
}

static void digits_are_read_when_they_fit(void **state)
{
    static const char *const refused[] = {"",
                                          "-1",
                                          "+1",
                                          " 1",
                                          "1 ",
                                          "1.5",
                                          "0x1",
                                          "9a",
                                          "9223372036854775808",
                                          "99999999999999999999"};
    int64_t value = 7;

    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(cdp_number_parse(cdp_string_of(refused[i]), &value));
    assert_int_equal(value, 7);
    assert_true(cdp_number_parse(CDP_STR("9223372036854775807"), &value));
    assert_true(value == INT64_MAX);
    assert_true(cdp_number_parse(CDP_STR("007"), &value));
    assert_int_equal(value, 7);
}

static cdp_status append_often(const cdp_allocator *allocator, void *context)
{
    cdp_text *text;
    cdp_status status = cdp_text_new(allocator, &text);

    (void)context;
    if (status != CDP_OK)
        return status;
    for (int i = 0; i < 200 && status == CDP_OK; i++) {
        size_t before = cdp_text_string(text).length;

        status = cdp_text_append(text, "0123456789", 10);
        if (status != CDP_OK && cdp_text_string(text).length != before)
            status = CDP_ERR_CORRUPT;
    }
    cdp_text_free(text);
    return status;
}

static void failing_appends_keep_the_text(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(append_often, NULL) > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows_and_is_terminated),
        cmocka_unit_test(numbers_at_their_ends),
        cmocka_unit_test(numbers_as_arguments),
        cmocka_unit_test(digits_are_read_when_they_fit),
        cmocka_unit_test(failing_appends_keep_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
