/* SPDX-License-Identifier: MIT */
#include "testing.h"

#include <stdio.h>

#include "base/allocator.h"
#include "base/strings.h"
#include "base/text.h"
#include "install/fs.h"

static void kinds_have_names(void **state)
{
    (void)state;
    assert_string_equal(cdp_fs_kind_name(CDP_FS_ABSENT), "absent");
    assert_string_equal(cdp_fs_kind_name(CDP_FS_OTHER), "other");
    assert_string_equal(cdp_fs_kind_name((cdp_fs_kind)5), "unknown");
    assert_string_equal(cdp_fs_kind_name((cdp_fs_kind)-1), "unknown");
}

static void a_listing_keeps_names_as_bytes_and_sorts_them(void **state)
{
    static const char *const names[] = {"b",    "a",           "ab",           "\xff",
                                        "a\nb", "samestart-2", "samestart-10", "samestart",
                                        ".",    "..",          ".hidden"};
    static const char *const sorted[] = {
        ".hidden", "a", "a\nb", "ab", "b", "samestart", "samestart-10", "samestart-2", "\xff"};
    cdp_fs_listing *listing;
    cdp_string name;
    cdp_fs_kind kind;
    uint64_t bytes;

    (void)state;
    assert_int_equal(cdp_fs_listing_new(NULL, &listing), CDP_OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(cdp_fs_listing_add(listing, cdp_string_of(names[i]), CDP_FS_REGULAR, i),
                         CDP_OK);
    assert_int_equal(cdp_fs_listing_count(listing), 9);
    assert_int_equal(cdp_fs_listing_sort(listing), CDP_OK);
    for (size_t i = 0; i < 9; i++) {
        assert_int_equal(cdp_fs_listing_at(listing, i, &name, &kind, &bytes), CDP_OK);
        assert_cdp_string(name, sorted[i]);
        assert_int_equal(kind, CDP_FS_REGULAR);
    }
    assert_int_equal(bytes, 3);
    assert_int_equal(cdp_fs_listing_at(listing, 9, NULL, NULL, NULL), CDP_ERR_NOT_FOUND);
    cdp_fs_listing_clear(listing);
    assert_int_equal(cdp_fs_listing_count(listing), 0);
    cdp_fs_listing_free(listing);
    cdp_fs_listing_free(NULL);
}

static void a_listing_refuses_what_is_no_name(void **state)
{
    cdp_fs_listing *listing;

    (void)state;
    assert_int_equal(cdp_fs_listing_new(NULL, &listing), CDP_OK);
    assert_int_equal(cdp_fs_listing_add(listing, CDP_STR(""), CDP_FS_REGULAR, 0), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_fs_listing_add(listing, CDP_STR("a/b"), CDP_FS_REGULAR, 0),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_fs_listing_add(listing, CDP_STR("a\0b"), CDP_FS_REGULAR, 0),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_fs_listing_add(listing, CDP_STR("a"), CDP_FS_ABSENT, 0), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_fs_listing_add(listing, CDP_STR("a"), (cdp_fs_kind)5, 0),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_fs_listing_add(NULL, CDP_STR("a"), CDP_FS_REGULAR, 0), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_fs_listing_count(listing), 0);
    assert_int_equal(cdp_fs_listing_new(NULL, NULL), CDP_ERR_ARGUMENT);
    cdp_fs_listing_free(listing);
}

static cdp_status list_much(const cdp_allocator *allocator, void *context)
{
    cdp_fs_listing *listing;
    cdp_status status = cdp_fs_listing_new(allocator, &listing);

    (void)context;
    if (status != CDP_OK)
        return status;
    for (int i = 100; i > 0 && status == CDP_OK; i--) {
        char name[16];
        size_t before = cdp_fs_listing_count(listing);

        snprintf(name, sizeof name, "entry-%d", i);
        status = cdp_fs_listing_add(listing, cdp_string_of(name), CDP_FS_REGULAR, 0);
        if (status != CDP_OK && cdp_fs_listing_count(listing) != before)
            status = CDP_ERR_CORRUPT;
    }
    if (status == CDP_OK)
        status = cdp_fs_listing_sort(listing);
    cdp_fs_listing_free(listing);
    return status;
}

static void listings_survive_failing_allocations(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(list_much, NULL) > 5);
}

static cdp_status answer_as_told(cdp_fs_root root, cdp_string path, void *user)
{
    (void)root;
    (void)path;
    return *(cdp_status *)user;
}

static void answers_out_of_place_are_the_hosts_failure(void **state)
{
    static const struct {
        int given, expected;
    } answers[] = {
        {CDP_OK, CDP_OK},
        {CDP_PASSTHROUGH, CDP_ERR_UNSUPPORTED},
        {CDP_PENDING, CDP_ERR_HOST},
        {77, CDP_ERR_HOST},
        {-500, CDP_ERR_HOST},
        {CDP_ERR_TIME, CDP_ERR_HOST},
        {CDP_ERR_FULL, CDP_ERR_FULL},
        {CDP_ERR_DENIED, CDP_ERR_DENIED},
        {CDP_ERR_HOST_FIRST - 28, CDP_ERR_HOST_FIRST - 28},
    };
    cdp_status told;
    cdp_fs given = {.size = sizeof given, .remove_file = answer_as_told, .user = &told};
    cdp_fs fs;

    (void)state;
    assert_int_equal(cdp_fs_import(&fs, &given), CDP_OK);
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        told = (cdp_status)answers[i].given;
        assert_int_equal(cdp_fs_remove_file(&fs, CDP_FS_STATE, CDP_STR("/x")), answers[i].expected);
    }
}

static cdp_status name_the_trouble(cdp_status error, cdp_text *message, void *user)
{
    (void)error;
    (void)user;
    return cdp_text_append(message, "Permission denied", 17);
}

static cdp_status fail_to_name(cdp_status error, cdp_text *message, void *user)
{
    (void)error;
    (void)user;
    cdp_text_append(message, "half", 4);
    return CDP_ERR_HOST;
}

static void absence_means_what_the_header_says(void **state)
{
    cdp_fs given = {.size = sizeof given}, fs;
    cdp_fs_info info;
    cdp_allocator allocator;
    cdp_text text;

    (void)state;
    assert_int_equal(cdp_fs_import(&fs, &given), CDP_OK);
    assert_int_equal(cdp_fs_info_get(&fs, CDP_FS_STATE, CDP_STR("/"), false, &info),
                     CDP_ERR_UNSUPPORTED);
    assert_int_equal(cdp_fs_hard_link(&fs, CDP_FS_STATE, CDP_STR("/a"), CDP_STR("/b")),
                     CDP_ERR_UNSUPPORTED);
    assert_int_equal(cdp_fs_check_owner(&fs, CDP_STR("a"), CDP_STR("b")), CDP_OK);
    assert_int_equal(cdp_fs_sync_file(&fs, CDP_FS_STATE, CDP_STR("/a")), CDP_OK);
    assert_int_equal(cdp_fs_sync_directory(&fs, CDP_FS_STATE, CDP_STR("/a")), CDP_OK);
    assert_int_equal(cdp_fs_sync_all(&fs, CDP_FS_STATE), CDP_ERR_UNSUPPORTED);

    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    cdp_text_init(&text, &allocator);
    cdp_fs_describe_error(&fs, CDP_ERR_FULL, &text);
    assert_cdp_string(cdp_text_string(&text), "no space is left");
    fs.describe_error = name_the_trouble;
    cdp_text_clear(&text);
    cdp_fs_describe_error(&fs, CDP_ERR_DENIED, &text);
    assert_cdp_string(cdp_text_string(&text), "Permission denied");
    fs.describe_error = fail_to_name;
    cdp_text_clear(&text);
    cdp_fs_describe_error(&fs, CDP_ERR_DENIED, &text);
    assert_cdp_string(cdp_text_string(&text), "not permitted");
    cdp_text_release(&text);

    given.size = 4;
    assert_int_equal(cdp_fs_import(&fs, &given), CDP_ERR_STRUCT);
    assert_int_equal(cdp_fs_import(&fs, NULL), CDP_ERR_ARGUMENT);
}

static cdp_status stop_after(uint64_t bytes, void *user)
{
    uint64_t *left = user;

    if (bytes > *left)
        return CDP_ERR_CANCELLED;
    *left -= bytes;
    return CDP_OK;
}

static void progress_may_stop(void **state)
{
    uint64_t left = 10;
    cdp_fs_progress progress = {sizeof progress, stop_after, &left};

    (void)state;
    assert_int_equal(cdp_fs_progress_add(NULL, 5), CDP_OK);
    assert_int_equal(cdp_fs_progress_add(&progress, 8), CDP_OK);
    assert_int_equal(cdp_fs_progress_add(&progress, 8), CDP_ERR_CANCELLED);
    assert_int_equal(left, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_have_names),
        cmocka_unit_test(a_listing_keeps_names_as_bytes_and_sorts_them),
        cmocka_unit_test(a_listing_refuses_what_is_no_name),
        cmocka_unit_test(listings_survive_failing_allocations),
        cmocka_unit_test(answers_out_of_place_are_the_hosts_failure),
        cmocka_unit_test(absence_means_what_the_header_says),
        cmocka_unit_test(progress_may_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
