/* SPDX-License-Identifier: MIT */
/* Schedules of any steps, from text and from numbers. */
#include "cases.h"

#include <codedeploy/traffic.h>

#include <stdio.h>

#include "base/strings.h"

#define D(name) CDP_DIAGNOSTIC_TRAFFIC_##name

enum { MOST_FINDINGS = 5 };

typedef struct finding {
    cdp_diagnostic_code code;
    uint32_t line;
    uint32_t column;
    uint32_t end_column;
} finding;

typedef struct text_case {
    const char *name;
    const char *text;
    const char *canonical; /* NULL: refused */
    finding findings[MOST_FINDINGS];
} text_case;

static const text_case text_cases[] = {
    {"the issue's example", "10:5m,25:gate,50:10m,100", "10:5m,25:gate,50:10m,100", {{0}}},
    {"all at once", "100", "100", {{0}}},
    {"all units", "1:1ms,2:2s,3:3m,4:4h,100", "1:1ms,2:2s,3:3m,4:4h,100", {{0}}},
    {"largest exact unit", "1:1000ms,2:120s,3:90m,4:60m,100", "1:1s,2:2m,3:90m,4:1h,100", {{0}}},
    {"blanks", " 10 : 5m ,\n\t100 ", "10:5m,100", {{0}}},
    {"leading zeros", "010:05m,100", "10:5m,100", {{0}}},
    {"a wait at the end", "10:5m,100:10m", "10:5m,100:10m", {{0}}},
    {"a gate at the end", "10:5m,100:gate", "10:5m,100:gate", {{0}}},
    {"no wait at the end", "10:5m,100:0m", "10:5m,100", {{0}}},
    {"equal weights", "10:5m,10:gate,100", "10:5m,10:gate,100", {{0}}},
    {"nothing at first", "0:gate,100", "0:gate,100", {{0}}},
    {"366 days", "50:8784h,100", "50:8784h,100", {{0}}},
    {"backwards", "50:5m,10:5m,100", "50:5m,10:5m,100", {{D(DECREASES), 1, 7, 9}}},
    {"nothing", "", NULL, {{D(EMPTY), 0, 0, 0}}},
    {"only blanks", " \n", NULL, {{D(EMPTY), 0, 0, 0}}},
    {"an empty step", "10:5m,,100", NULL, {{D(WEIGHT), 1, 7, 7}}},
    {"a comma at the end", "100,", NULL, {{D(WEIGHT), 1, 5, 5}, {D(WAIT_MISSING), 1, 1, 4}}},
    {"-1 percent", "-1:5m,100", NULL, {{D(WEIGHT), 1, 1, 3}}},
    {"101 percent", "10:5m,101", NULL, {{D(WEIGHT), 1, 7, 10}}},
    {"a percent sign", "10%:5m,100", NULL, {{D(WEIGHT), 1, 1, 4}}},
    {"NaN", "NaN:5m,100", NULL, {{D(WEIGHT), 1, 1, 4}}},
    {"a fraction", "0.5:5m,100", NULL, {{D(WEIGHT), 1, 1, 4}}},
    {"a weight that does not fit", "99999999999999999999:5m,100", NULL, {{D(WEIGHT), 1, 1, 21}}},
    {"2^32 is not 0", "4294967296:5m,100", NULL, {{D(WEIGHT), 1, 1, 11}}},
    {"no unit", "10:5,100", NULL, {{D(WAIT), 1, 4, 5}}},
    {"another unit", "10:5d,100", NULL, {{D(WAIT), 1, 4, 6}}},
    {"no number", "10:m,100", NULL, {{D(WAIT), 1, 4, 5}}},
    {"an empty wait", "10:,100", NULL, {{D(WAIT), 1, 4, 4}}},
    {"a negative wait", "10:-5m,100", NULL, {{D(WAIT), 1, 4, 7}}},
    {"a fraction of a unit", "10:1.5m,100", NULL, {{D(WAIT), 1, 4, 8}}},
    {"two colons", "10:5m:6m,100", NULL, {{D(WAIT), 1, 4, 9}}},
    {"a word in capitals", "10:Gate,100", NULL, {{D(WAIT), 1, 4, 8}}},
    {"interval 0", "10:0m,100", NULL, {{D(WAIT_MISSING), 1, 4, 6}}},
    {"no wait", "10,100", NULL, {{D(WAIT_MISSING), 1, 1, 3}}},
    {"not to the end", "10:5m,90", NULL, {{D(END), 1, 7, 9}}},
    {"a millisecond too long", "50:8784h,60:1ms,100", NULL, {{D(TOO_LONG), 1, 13, 16}}},
    {"a wait that does not fit", "50:9223372036854775807h,100", NULL, {{D(TOO_LONG), 1, 4, 24}}},
    {"a number that does not fit",
     "50:99999999999999999999ms,100",
     NULL,
     {{D(TOO_LONG), 1, 4, 26}}},
    {"a sum that does not fit",
     "1:2562047788015h,2:2562047788015h,100",
     NULL,
     {{D(TOO_LONG), 1, 3, 17}}},
    {"everything at once",
     "x:5m,\n 20:y,5,\n90",
     NULL,
     {{D(WEIGHT), 1, 1, 2},
      {D(WAIT), 2, 5, 6},
      {D(DECREASES), 2, 7, 8},
      {D(WAIT_MISSING), 2, 7, 8},
      {D(END), 3, 1, 3}}},
    {"columns count characters",
     "\xc3\xbc:1m,x:1m,100",
     NULL,
     {{D(WEIGHT), 1, 1, 2}, {D(WEIGHT), 1, 6, 7}}},
};

static void assert_findings(const cdp_diagnostics *diagnostics, const finding *expected)
{
    size_t count = 0;

    for (; count < MOST_FINDINGS && expected[count].code; count++) {
        cdp_diagnostic found = {.size = sizeof found};

        assert_int_equal(cdp_diagnostics_at(diagnostics, count, &found), CDP_OK);
        assert_int_equal(found.code, expected[count].code);
        assert_int_equal(found.line, expected[count].line);
        assert_int_equal(found.column, expected[count].column);
        assert_int_equal(found.end_column, expected[count].end_column);
        assert_null(strchr(found.message.data, '{'));
        assert_null(found.hint.data ? strchr(found.hint.data, '{') : NULL);
    }
    assert_int_equal(cdp_diagnostics_count(diagnostics), count);
}

static void assert_text(const cdp_traffic_schedule *schedule, const char *expected)
{
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_write(schedule, text), CDP_OK);
    assert_cdp_string(cdp_text_string(text), expected);
    cdp_text_free(text);
}

static void text_is_read(void **state)
{
    const text_case *item = *state;
    cdp_traffic_schedule *schedule = NULL;
    cdp_diagnostics *diagnostics;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_parse(item->text, strlen(item->text), NULL, NULL,
                                                diagnostics, &schedule),
                     item->canonical ? CDP_OK : CDP_ERR_INVALID);
    assert_findings(diagnostics, item->findings);
    if (item->canonical) {
        assert_text(schedule, item->canonical);
        cdp_traffic_schedule_free(schedule);
    } else {
        assert_null(schedule);
        assert_int_equal(
            cdp_traffic_schedule_parse(item->text, strlen(item->text), NULL, NULL, NULL, &schedule),
            CDP_ERR_INVALID);
    }
    cdp_diagnostics_free(diagnostics);
}

static void a_number_without_unit_is_explained(void **state)
{
    cdp_traffic_schedule *schedule;
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_parse("10:5,100", 8, NULL, NULL, diagnostics, &schedule),
                     CDP_ERR_INVALID);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_non_null(strstr(found.hint.data, "5m for minutes"));
    cdp_diagnostics_free(diagnostics);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    static const char nul[] = "10\0:5m,100";
    cdp_traffic_schedule *schedule = NULL;

    (void)state;
    assert_int_equal(cdp_traffic_schedule_parse(nul, sizeof nul - 1, NULL, NULL, NULL, &schedule),
                     CDP_ERR_INVALID);
    assert_int_equal(cdp_traffic_schedule_parse("\xff", 1, NULL, NULL, NULL, &schedule),
                     CDP_ERR_INVALID);
    assert_int_equal(cdp_traffic_schedule_parse(NULL, 0, NULL, NULL, NULL, &schedule),
                     CDP_ERR_INVALID);
    assert_null(schedule);
}

/* No list of that length is looked at. */
static void no_number_of_steps_is_negative(void **state)
{
    static const int32_t weight = 100;
    static const int64_t wait = 0;
    cdp_diagnostic found = {.size = sizeof found};
    cdp_traffic_schedule *schedule = NULL;
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_from_steps(&weight, &wait, SIZE_MAX, NULL, NULL,
                                                     diagnostics, &schedule),
                     CDP_ERR_INVALID);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_null(strstr(found.message.data, "-1"));
    cdp_diagnostics_free(diagnostics);
}

/* `count` steps as text. */
static char *long_list(size_t count)
{
    char *text = calloc(count + 1, 8);
    size_t length = 0;

    assert_non_null(text);
    for (size_t i = 0; i + 1 < count; i++)
        length += (size_t)sprintf(text + length, "%d:1s,", (int)(i * 100 / count));
    strcpy(text + length, "100");
    return text;
}

static void a_thousand_steps_are_the_limit(void **state)
{
    cdp_traffic_schedule *schedule = NULL;
    char *text = long_list(CDP_TRAFFIC_STEP_LIMIT);
    cdp_diagnostics *diagnostics;

    (void)state;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(
        cdp_traffic_schedule_parse(text, strlen(text), NULL, NULL, diagnostics, &schedule), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_step_count(schedule), CDP_TRAFFIC_STEP_LIMIT);
    assert_int_equal(cdp_traffic_weight_at(schedule, 0, 998999), 99);
    assert_int_equal(cdp_traffic_weight_at(schedule, 0, 999000), 100);
    cdp_traffic_schedule_free(schedule);
    free(text);
    text = long_list(CDP_TRAFFIC_STEP_LIMIT + 1);
    assert_int_equal(
        cdp_traffic_schedule_parse(text, strlen(text), NULL, NULL, diagnostics, &schedule),
        CDP_ERR_INVALID);
    assert_findings(diagnostics, (finding[]){{D(TOO_MANY_STEPS), 0, 0, 0}, {0}});
    free(text);
    cdp_diagnostics_free(diagnostics);
}

typedef struct number_case {
    const char *name;
    size_t count;
    int32_t weights[3];
    int64_t waits[3];
    const char *canonical;
    cdp_diagnostic_code code;
    const char *pointer;
} number_case;

static const number_case number_cases[] = {
    {"three steps", 3, {10, 50, 100}, {1500, CDP_TRAFFIC_GATE, 0}, "10:1500ms,50:gate,100", 0, 0},
    {"no steps", 0, {0}, {0}, NULL, D(EMPTY), NULL},
    {"-1 percent", 2, {-1, 100}, {1, 0}, NULL, D(WEIGHT), "/0/weight"},
    {"-2 percent", 2, {-2, 100}, {1, 0}, NULL, D(WEIGHT), "/0/weight"},
    {"the least percentage", 2, {INT32_MIN, 100}, {1, 0}, NULL, D(WEIGHT), "/0/weight"},
    {"-2 percent at the end", 2, {1, -2}, {1, 0}, NULL, D(WEIGHT), "/1/weight"},
    {"101 percent", 2, {1, 101}, {1, 0}, NULL, D(WEIGHT), "/1/weight"},
    {"a wait of -2", 2, {1, 100}, {-2, 0}, NULL, D(WAIT), "/0/wait"},
    {"a negative wait", 2, {1, 100}, {INT64_MIN, 0}, NULL, D(WAIT), "/0/wait"},
    {"interval 0", 2, {1, 100}, {0, 0}, NULL, D(WAIT_MISSING), "/0/wait"},
    {"not to the end", 2, {1, 99}, {1, 0}, NULL, D(END), "/1/weight"},
    {"too long", 2, {1, 100}, {1, CDP_TRAFFIC_DURATION_LIMIT}, NULL, D(TOO_LONG), "/1/wait"},
    {"overflow", 3, {1, 2, 100}, {INT64_MAX, INT64_MAX, 0}, NULL, D(TOO_LONG), "/0/wait"},
};

static void numbers_are_taken(void **state)
{
    const number_case *item = *state;
    cdp_traffic_schedule *schedule = NULL;
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostics *diagnostics;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_from_steps(item->weights, item->waits, item->count, NULL,
                                                     NULL, diagnostics, &schedule),
                     item->canonical ? CDP_OK : CDP_ERR_INVALID);
    assert_int_equal(cdp_diagnostics_count(diagnostics), item->canonical ? 0 : 1);
    if (item->canonical) {
        assert_text(schedule, item->canonical);
        cdp_traffic_schedule_free(schedule);
    } else {
        assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
        assert_int_equal(found.code, item->code);
        assert_int_equal(found.line, 0);
        if (item->pointer)
            assert_cdp_string(found.pointer, item->pointer);
    }
    cdp_diagnostics_free(diagnostics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_without_unit_is_explained),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(no_number_of_steps_is_negative),
        cmocka_unit_test(a_thousand_steps_are_the_limit),
    };
    int failed = CASES("text", text_is_read, text_cases);

    failed += CASES("numbers", numbers_are_taken, number_cases);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
