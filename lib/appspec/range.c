/* SPDX-License-Identifier: MIT */
/* SELinux ranges: RangeInfo of the agent 1.x. */
#include "appspec/fields.h"
#include "base/strings.h"

enum { CATEGORIES = 1024, HIGHEST_SENSITIVITY_OF_AGENT_2 = 255 };

typedef struct category_set {
    uint8_t bits[CATEGORIES / 8];
    int last;
    bool sorted;
} category_set;

/* A letter and digits; the digits without leading zeros. */
static bool read_number(cdp_string text, char letter, cdp_string *digits)
{
    if (text.length < 2 || text.data[0] != letter)
        return false;
    for (size_t i = 1; i < text.length; i++)
        if (!cdp_is_digit(text.data[i]))
            return false;
    *digits = cdp_string_slice(text.data + 1, text.length - 1);
    while (digits->length > 1 && digits->data[0] == '0') {
        digits->data++;
        digits->length--;
    }
    return true;
}

/* Sensitivities have no bound, so they are compared as digits. */
static int compare_numbers(cdp_string a, cdp_string b)
{
    if (a.length != b.length)
        return a.length < b.length ? -1 : 1;
    return cdp_string_compare(a, b);
}

static bool cut(cdp_string text, char at, cdp_string *before, cdp_string *after)
{
    size_t found = cdp_string_find(text, at, 0);

    *before = cdp_string_slice(text.data, found);
    *after = cdp_string_slice(text.data + found, 0);
    if (found == text.length)
        return false;
    *after = cdp_string_slice(text.data + found + 1, text.length - found - 1);
    return true;
}

static appspec_range_problem read_category(cdp_string text, int *number)
{
    cdp_string digits;

    if (!read_number(text, 'c', &digits))
        return APPSPEC_RANGE_SHAPE;
    if (compare_numbers(digits, CDP_STR("1023")) > 0)
        return APPSPEC_RANGE_CATEGORY;
    *number = (int)cdp_appspec_saturate(digits);
    return APPSPEC_RANGE_GOOD;
}

static appspec_range_problem add_categories(cdp_string part, category_set *set)
{
    cdp_string first;
    cdp_string second;
    bool is_range = cut(part, '.', &first, &second);
    int low = 0;
    int high = 0;
    appspec_range_problem problem = read_category(first, &low);

    high = low;
    if (problem == APPSPEC_RANGE_GOOD && is_range)
        problem = read_category(second, &high);
    if (problem != APPSPEC_RANGE_GOOD)
        return problem;
    if (high < low)
        return APPSPEC_RANGE_ORDER;
    set->sorted = set->sorted && low > set->last;
    set->last = high;
    for (int i = low; i <= high; i++) {
        if (set->bits[i / 8] & 1u << i % 8)
            return APPSPEC_RANGE_DUPLICATE;
        set->bits[i / 8] |= (uint8_t)(1u << i % 8);
    }
    return APPSPEC_RANGE_GOOD;
}

static bool has(const category_set *set, int category)
{
    return category < CATEGORIES && (set->bits[category / 8] & 1u << category % 8);
}

static void put_categories(const category_set *set, cdp_text *text)
{
    const char *before = "";

    cdp_text_put_byte(text, ':');
    for (int low = 0; low < CATEGORIES; low++) {
        int high = low;

        if (!has(set, low))
            continue;
        while (has(set, high + 1))
            high++;
        cdp_text_put_c(text, before);
        cdp_text_put_byte(text, 'c');
        cdp_text_put_int(text, low);
        if (high > low) {
            cdp_text_put_c(text, ".c");
            cdp_text_put_int(text, high);
        }
        before = ",";
        low = high;
    }
}

static appspec_range_problem read_categories(cdp_string text, appspec_range *range,
                                             category_set *set)
{
    /* Ruby's split drops what is empty at the end, so commas may stand there. */
    while (text.length > 0 && text.data[text.length - 1] == ',') {
        range->is_trailing = true;
        text.length--;
    }
    while (text.length > 0) {
        cdp_string part;
        cdp_string rest;
        bool more = cut(text, ',', &part, &rest);
        appspec_range_problem problem = add_categories(part, set);

        if (problem != APPSPEC_RANGE_GOOD)
            return problem;
        text = more ? rest : cdp_string_slice(text.data, 0);
    }
    return APPSPEC_RANGE_GOOD;
}

static appspec_range_problem read_levels(cdp_string text, cdp_string *low, cdp_string *high)
{
    cdp_string first;
    cdp_string second;
    bool is_pair = cut(text, '-', &first, &second);

    if (!read_number(first, 's', low) || (is_pair && !read_number(second, 's', high)))
        return APPSPEC_RANGE_SHAPE;
    if (!is_pair)
        *high = *low;
    return compare_numbers(*high, *low) < 0 ? APPSPEC_RANGE_ORDER : APPSPEC_RANGE_GOOD;
}

appspec_range_problem cdp_appspec_read_range(cdp_string text, appspec_range *range,
                                             cdp_text *canonical)
{
    category_set set = {.last = -1, .sorted = true};
    cdp_string levels;
    cdp_string categories;
    cdp_string low;
    cdp_string high;
    bool has_categories = cut(text, ':', &levels, &categories);
    appspec_range_problem problem = read_levels(levels, &low, &high);

    *range = (appspec_range){.is_sorted = true};
    if (problem == APPSPEC_RANGE_GOOD && has_categories && categories.length == 0)
        problem = APPSPEC_RANGE_SHAPE;
    if (problem == APPSPEC_RANGE_GOOD && has_categories)
        problem = read_categories(categories, range, &set);
    if (problem != APPSPEC_RANGE_GOOD)
        return problem;
    range->is_sorted = set.sorted;
    range->is_high = cdp_appspec_saturate(high) > HIGHEST_SENSITIVITY_OF_AGENT_2;
    cdp_text_put_byte(canonical, 's');
    cdp_text_put(canonical, low);
    if (compare_numbers(low, high) != 0) {
        cdp_text_put_c(canonical, "-s");
        cdp_text_put(canonical, high);
    }
    if (has_categories)
        put_categories(&set, canonical);
    return APPSPEC_RANGE_GOOD;
}
