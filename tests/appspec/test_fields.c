/* SPDX-License-Identifier: MIT */
/* The small languages inside an AppSpec: modes, access control lists, SELinux ranges, numbers. */
#include "cases.h"

#include "appspec/fields.h"
#include "base/allocator.h"
#include "base/strings.h"

typedef struct mode_case {
    const char *name;
    const char *text;
    appspec_mode_problem problem;
    const char *digits;
    int bits;
} mode_case;

static const mode_case modes[] = {
    {"three digits", "644", APPSPEC_MODE_GOOD, "644", 0644},
    {"four digits", "0755", APPSPEC_MODE_GOOD, "0755", 0755},
    {"special bits", "4755", APPSPEC_MODE_GOOD, "4755", 04755},
    {"all bits", "7777", APPSPEC_MODE_GOOD, "7777", 07777},
    {"one digit is filled up", "7", APPSPEC_MODE_GOOD, "007", 07},
    {"two digits are filled up", "55", APPSPEC_MODE_GOOD, "055", 055},
    {"nothing is zero", "", APPSPEC_MODE_GOOD, "000", 0},
    {"five digits", "00755", APPSPEC_MODE_LENGTH, NULL, 0},
    {"prefix of octal", "0o755", APPSPEC_MODE_LENGTH, NULL, 0},
    {"letters as ls shows them", "rwxr-xr-x", APPSPEC_MODE_LENGTH, NULL, 0},
    {"a digit too high", "888", APPSPEC_MODE_DIGIT, NULL, 0},
    {"what YAML makes of 0755", "493", APPSPEC_MODE_DIGIT, NULL, 0},
    {"symbolic", "u+x", APPSPEC_MODE_DIGIT, NULL, 0},
    {"a sign", "-755", APPSPEC_MODE_DIGIT, NULL, 0},
    {"a blank", "755 ", APPSPEC_MODE_DIGIT, NULL, 0},
    /* Three characters of nine bytes: the length counts characters. */
    {"full-width digits", "\xEF\xBC\x97\xEF\xBC\x95\xEF\xBC\x95", APPSPEC_MODE_DIGIT, NULL, 0},
};

static void mode_is_read(void **state)
{
    const mode_case *item = *state;
    appspec_mode mode;

    assert_int_equal(cdp_appspec_read_mode(cdp_string_of(item->text), &mode), item->problem);
    if (item->problem == APPSPEC_MODE_DIGIT)
        assert_true(mode.bad.length > 0);
    if (item->problem != APPSPEC_MODE_GOOD)
        return;
    assert_int_equal(mode.length, strlen(item->digits));
    assert_memory_equal(mode.digits, item->digits, mode.length);
    assert_int_equal(mode.bits, item->bits);
}

typedef struct acl_case {
    const char *name;
    const char *text;
    appspec_acl_problem problem;
    const char *full;
    bool is_short;
    bool is_rewritten;
} acl_case;

static const acl_case acls[] = {
    {"user", "u:mary:rw", APPSPEC_ACL_GOOD, "user:mary:rw-", false, false},
    {"group in digits", "group:dev:5", APPSPEC_ACL_GOOD, "group:dev:r-x", false, false},
    {"any order, repeated", "u:bob:xwrrx", APPSPEC_ACL_GOOD, "user:bob:rwx", false, false},
    {"no rights", "u:bob:", APPSPEC_ACL_GOOD, "user:bob:---", false, false},
    {"dashes", "u:bob:---", APPSPEC_ACL_GOOD, "user:bob:---", false, false},
    {"mask", "m::rx", APPSPEC_ACL_GOOD, "mask::r-x", false, false},
    {"default", "d:u:bob:rx", APPSPEC_ACL_GOOD, "default:user:bob:r-x", false, false},
    {"default of the owner", "default:user::rwx", APPSPEC_ACL_GOOD, "default:user::rwx", false,
     false},
    {"default of others", "d:o::r", APPSPEC_ACL_GOOD, "default:other::r--", false, false},
    {"type left out", "mary:rw", APPSPEC_ACL_GOOD, "user:mary:rw-", true, false},
    {"mask of two parts", "mask:rw", APPSPEC_ACL_GOOD, "mask::rw-", true, false},
    {"default of two parts", "d:bob:r", APPSPEC_ACL_GOOD, "default:user:bob:r--", true, false},
    {"default without a name", "d::rwx", APPSPEC_ACL_GOOD, "default:user::rwx", true, false},
    {"default mask of two parts", "default:mask:r", APPSPEC_ACL_GOOD, "default:mask::r--", true,
     false},
    {"a user called m", "u:m:rw", APPSPEC_ACL_GOOD, "user:mask:rw-", false, true},
    {"a group called other", "g:other:rw", APPSPEC_ACL_GOOD, "group:other:rw-", false, false},
    {"nothing", "", APPSPEC_ACL_PARTS, NULL, false, false},
    {"one part", "rwx", APPSPEC_ACL_PARTS, NULL, false, false},
    {"five parts", "a:d:u:bob:r", APPSPEC_ACL_PARTS, NULL, false, false},
    {"four parts without default", "x:u:bob:r", APPSPEC_ACL_TYPE, NULL, false, false},
    {"default twice", "d:d:bob:r", APPSPEC_ACL_TYPE, NULL, false, false},
    {"unknown type", "x:bob:r", APPSPEC_ACL_TYPE, NULL, false, false},
    {"type in capitals", "U:bob:r", APPSPEC_ACL_TYPE, NULL, false, false},
    {"mask with a name", "m:bob:rx", APPSPEC_ACL_NAMED, NULL, false, false},
    {"default other with a name", "d:o:bob:rx", APPSPEC_ACL_NAMED, NULL, false, false},
    {"the owner", "u::rwx", APPSPEC_ACL_BASE, NULL, false, false},
    {"others", "o::r", APPSPEC_ACL_BASE, NULL, false, false},
    {"others of two parts", "other:r", APPSPEC_ACL_BASE, NULL, false, false},
    {"no name, no type", ":7", APPSPEC_ACL_BASE, NULL, false, false},
    {"a digit too high", "u:bob:8", APPSPEC_ACL_PERMISSIONS, NULL, false, false},
    {"two digits", "u:bob:77", APPSPEC_ACL_PERMISSIONS, NULL, false, false},
    {"a wrong letter", "u:bob:rwz", APPSPEC_ACL_PERMISSIONS, NULL, false, false},
    {"rights in capitals", "u:bob:RWX", APPSPEC_ACL_PERMISSIONS, NULL, false, false},
};

static void init(cdp_text *text)
{
    cdp_allocator allocator;

    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    cdp_text_init(text, &allocator);
}

static void acl_is_read(void **state)
{
    const acl_case *item = *state;
    appspec_acl_parts parts;
    cdp_text text;

    assert_int_equal(cdp_appspec_read_acl(cdp_string_of(item->text), &parts), item->problem);
    if (item->problem != APPSPEC_ACL_GOOD)
        return;
    assert_int_equal(parts.is_short, item->is_short);
    assert_int_equal(parts.is_rewritten, item->is_rewritten);
    init(&text);
    cdp_appspec_put_acl(&parts, &text);
    assert_cdp_string(cdp_text_string(&text), item->full);
    cdp_text_release(&text);
}

typedef struct range_case {
    const char *name;
    const char *text;
    appspec_range_problem problem;
    const char *canonical;
    bool is_high;
    bool is_trailing;
    bool is_sorted;
} range_case;

static const range_case ranges[] = {
    {"one level", "s0", APPSPEC_RANGE_GOOD, "s0", false, false, true},
    {"two levels", "s0-s15", APPSPEC_RANGE_GOOD, "s0-s15", false, false, true},
    {"equal levels", "s1-s1", APPSPEC_RANGE_GOOD, "s1", false, false, true},
    {"zeros in front", "s00-s01", APPSPEC_RANGE_GOOD, "s0-s1", false, false, true},
    {"categories", "s0:c1,c3", APPSPEC_RANGE_GOOD, "s0:c1,c3", false, false, true},
    {"neighbours are joined", "s0:c1,c2,c3", APPSPEC_RANGE_GOOD, "s0:c1.c3", false, false, true},
    {"a range of one", "s0:c3.c3", APPSPEC_RANGE_GOOD, "s0:c3", false, false, true},
    {"all categories", "s0:c0.c1023", APPSPEC_RANGE_GOOD, "s0:c0.c1023", false, false, true},
    {"sorted", "s0-s15:c1.c3,c4,c7,c5", APPSPEC_RANGE_GOOD, "s0-s15:c1.c5,c7", false, false, false},
    {"comma at the end", "s0:c1,", APPSPEC_RANGE_GOOD, "s0:c1", false, true, true},
    {"a comma alone", "s0:,", APPSPEC_RANGE_GOOD, "s0:", false, true, true},
    {"high level", "s256", APPSPEC_RANGE_GOOD, "s256", true, false, true},
    {"level without bound", "s99999999999999999999999", APPSPEC_RANGE_GOOD,
     "s99999999999999999999999", true, false, true},
    {"nothing", "", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"bare letter", "s", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"two letters", "ss0", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"capital", "S0", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"dash at the end", "s0-", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"dash in front", "-s0", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"three levels", "s0-s1-s2", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"two colons", "s0:c1:c2", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"colon at the end", "s0:", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"comma in front", "s0:,c1", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"category without letter", "s0:1", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"three dots", "s0:c1.c2.c3", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"blanks", "s0 - s3", APPSPEC_RANGE_SHAPE, NULL, false, false, false},
    {"levels reversed", "s3-s0", APPSPEC_RANGE_ORDER, NULL, false, false, false},
    {"categories reversed", "s0:c3.c1", APPSPEC_RANGE_ORDER, NULL, false, false, false},
    {"category too high", "s0:c1024", APPSPEC_RANGE_CATEGORY, NULL, false, false, false},
    {"category twice", "s0:c1,c1", APPSPEC_RANGE_DUPLICATE, NULL, false, false, false},
    {"category twice, zero in front", "s0:c01,c1", APPSPEC_RANGE_DUPLICATE, NULL, false, false,
     false},
    {"overlap", "s0:c1.c3,c2", APPSPEC_RANGE_DUPLICATE, NULL, false, false, false},
};

static void range_is_read(void **state)
{
    const range_case *item = *state;
    appspec_range range;
    cdp_text text;

    init(&text);
    assert_int_equal(cdp_appspec_read_range(cdp_string_of(item->text), &range, &text),
                     item->problem);
    if (item->problem == APPSPEC_RANGE_GOOD) {
        assert_cdp_string(cdp_text_string(&text), item->canonical);
        assert_int_equal(range.is_high, item->is_high);
        assert_int_equal(range.is_trailing, item->is_trailing);
        assert_int_equal(range.is_sorted, item->is_sorted);
    } else {
        assert_int_equal(cdp_text_string(&text).length, 0);
    }
    cdp_text_release(&text);
}

typedef struct integer_case {
    const char *name;
    const char *text;
    bool negative;
    const char *digits;
    bool rest;
} integer_case;

static const integer_case integers[] = {
    {"digits", "300", false, "300", false},
    {"blanks around", " 42 ", false, "42", false},
    {"plus", "+42", false, "42", false},
    {"minus", "-5", true, "5", false},
    {"underscores", "1_000", false, "1000", false},
    {"two underscores end it", "1__0", false, "1", true},
    {"underscore in front", "_1", false, "0", true},
    {"a comma ends it", "1,000", false, "1", true},
    {"a unit", "10m", false, "10", true},
    {"zeros in front", "0042", false, "42", false},
    {"hexadecimal is zero", "0x10", false, "0", true},
    {"no number", "abc", false, "0", true},
    {"nothing", "", false, "0", true},
    {"a blank behind the sign", "+ 5", false, "0", true},
};

static void integer_is_read(void **state)
{
    const integer_case *item = *state;
    appspec_integer integer = cdp_appspec_leading_integer(cdp_string_of(item->text));
    cdp_text text;

    assert_int_equal(integer.negative, item->negative);
    assert_int_equal(integer.rest, item->rest);
    init(&text);
    cdp_appspec_put_digits(integer.digits, &text);
    assert_cdp_string(cdp_text_string(&text), item->digits);
    cdp_text_release(&text);
}

static void whole_parts_are_exact(void **state)
{
    static const struct {
        double number;
        const char *digits;
    } table[] = {
        {1.5, "1"},
        {0.9, "0"},
        {-1.5, "-1"},
        {9007199254740993.0, "9007199254740992"},
        {1e22, "10000000000000000000000"},
        {1e30, "1000000000000000019884624838656"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        cdp_text text;

        init(&text);
        cdp_appspec_put_whole(table[i].number, &text);
        assert_cdp_string(cdp_text_string(&text), table[i].digits);
        cdp_text_release(&text);
    }
}

static void numbers_stop_at_the_end_of_the_range(void **state)
{
    (void)state;
    assert_true(cdp_appspec_saturate(CDP_STR("9223372036854775806")) == INT64_MAX - 1);
    assert_true(cdp_appspec_saturate(CDP_STR("9223372036854775807")) == INT64_MAX);
    assert_true(cdp_appspec_saturate(CDP_STR("9223372036854775808")) == INT64_MAX);
    assert_true(cdp_appspec_saturate(CDP_STR("99999999999999999999999")) == INT64_MAX);
    assert_true(cdp_appspec_saturate(CDP_STR("0")) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_parts_are_exact),
        cmocka_unit_test(numbers_stop_at_the_end_of_the_range),
    };

    return CASES("modes", mode_is_read, modes) + CASES("acls", acl_is_read, acls) +
           CASES("ranges", range_is_read, ranges) + CASES("integers", integer_is_read, integers) +
           cmocka_run_group_tests(tests, NULL, NULL);
}
