/* SPDX-License-Identifier: MIT */
#include "traffic/check.h"

#include "base/number.h"

void cdp_traffic_report(cdp_traffic_checker *checker, const cdp_report *report)
{
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_status status = cdp_diagnostics_report(checker->diagnostics, report);

    if (status != CDP_OK)
        checker->status = status;
    else if (cdp_diagnostic_info_get(report->code, &info) == CDP_OK &&
             info.severity == CDP_SEVERITY_ERROR)
        checker->invalid = true;
}

/* A finding about one step: in a text it has a place, in a list of numbers a pointer. */
static void report_step(cdp_traffic_checker *checker, size_t index, bool wait, cdp_report report)
{
    char pointer[48];
    cdp_number_buffer digits;
    cdp_string number = cdp_number_text((int64_t)index, &digits);
    const char *member = wait ? "/wait" : "/weight";

    if (checker->places) {
        report.place = wait && checker->places[index].wait.line ? checker->places[index].wait
                                                                : checker->places[index].weight;
    } else {
        pointer[0] = '/';
        memcpy(pointer + 1, number.data, number.length);
        memcpy(pointer + 1 + number.length, member, strlen(member));
        report.pointer = cdp_string_slice(pointer, 1 + number.length + strlen(member));
    }
    cdp_traffic_report(checker, &report);
}

static bool was_reported(const cdp_traffic_checker *checker, int64_t number)
{
    return checker->places && number == CDP_TRAFFIC_BROKEN;
}

bool cdp_traffic_check_count(cdp_traffic_checker *checker, size_t count)
{
    cdp_number_buffer digits;
    int64_t shown = count < INT64_MAX ? (int64_t)count : INT64_MAX;

    if (count > 0 && count <= CDP_TRAFFIC_STEP_LIMIT)
        return true;
    cdp_traffic_report(checker, &(cdp_report){.code = count ? CDP_DIAGNOSTIC_TRAFFIC_TOO_MANY_STEPS
                                                            : CDP_DIAGNOSTIC_TRAFFIC_EMPTY,
                                              .arguments = {cdp_number_text(shown, &digits)}});
    return false;
}

static void check_weight(cdp_traffic_checker *checker, const int32_t *weights, size_t index,
                         int32_t before)
{
    int32_t weight = weights[index];
    cdp_number_buffer digits[2];

    if (was_reported(checker, weight))
        return;
    if (weight < 0 || weight > 100)
        report_step(checker, index, false,
                    (cdp_report){.code = CDP_DIAGNOSTIC_TRAFFIC_WEIGHT,
                                 .arguments = {cdp_number_text(weight, &digits[0])}});
    else if (weight < before)
        report_step(checker, index, false,
                    (cdp_report){.code = CDP_DIAGNOSTIC_TRAFFIC_DECREASES,
                                 .arguments = {cdp_number_text(weight, &digits[0]),
                                               cdp_number_text(before, &digits[1])}});
}

static void check_wait(cdp_traffic_checker *checker, const int32_t *weights,
                       const int64_t *waits_ms, size_t index, bool last)
{
    int64_t wait = waits_ms[index];
    cdp_number_buffer digits[2];

    if (was_reported(checker, wait) || wait == CDP_TRAFFIC_GATE)
        return;
    if (wait < 0)
        report_step(checker, index, true,
                    (cdp_report){.code = CDP_DIAGNOSTIC_TRAFFIC_WAIT,
                                 .arguments = {cdp_number_text(wait, &digits[0])}});
    else if (wait == 0 && !last && !was_reported(checker, weights[index]))
        report_step(checker, index, true,
                    (cdp_report){.code = CDP_DIAGNOSTIC_TRAFFIC_WAIT_MISSING,
                                 .arguments = {cdp_number_text((int64_t)index + 1, &digits[0]),
                                               cdp_number_text(weights[index], &digits[1])}});
}

/* Adds a wait to the sum; the first one that makes it too long is reported. */
static void check_total(cdp_traffic_checker *checker, const int64_t *waits_ms, size_t index,
                        int64_t *total)
{
    if (waits_ms[index] <= 0 || *total > CDP_TRAFFIC_DURATION_LIMIT)
        return;
    if (waits_ms[index] <= CDP_TRAFFIC_DURATION_LIMIT - *total) {
        *total += waits_ms[index];
        return;
    }
    *total = CDP_TRAFFIC_DURATION_LIMIT + 1;
    report_step(checker, index, true, (cdp_report){.code = CDP_DIAGNOSTIC_TRAFFIC_TOO_LONG});
}

cdp_status cdp_traffic_check(cdp_traffic_checker *checker, const int32_t *weights,
                             const int64_t *waits_ms, size_t count)
{
    cdp_number_buffer digits;
    int64_t total = 0;

    for (size_t i = 0; i < count; i++) {
        check_weight(checker, weights, i, i > 0 ? weights[i - 1] : 0);
        check_wait(checker, weights, waits_ms, i, i + 1 == count);
        check_total(checker, waits_ms, i, &total);
    }
    if (weights[count - 1] >= 0 && weights[count - 1] < 100)
        report_step(checker, count - 1, false,
                    (cdp_report){.code = CDP_DIAGNOSTIC_TRAFFIC_END,
                                 .arguments = {cdp_number_text(weights[count - 1], &digits)}});
    if (checker->status != CDP_OK)
        return checker->status;
    return checker->invalid ? CDP_ERR_INVALID : CDP_OK;
}
