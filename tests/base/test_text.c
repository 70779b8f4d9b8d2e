/* SPDX-License-Identifier: MIT */
#include "testing.h"

#include "base/allocator.h"
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
        cmocka_unit_test(failing_appends_keep_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
