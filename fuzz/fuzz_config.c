/* SPDX-License-Identifier: MIT */
/*
 * Configurations, schedules and cursors. The first byte chooses what the others are:
 *
 *   0  JSON of CreateDeploymentConfig     3  the text of a schedule
 *   1  JSON of DeploymentConfigInfo       4  a schedule, '|', a snapshot of a cursor on it
 *   2  properties of CloudFormation's hook  5  a schedule, '|', three bytes for each input of a cursor
 *
 * The second byte lets a request for memory fail; '0' none.
 */
#include "fuzzing.h"

#include <codedeploy/config.h>
#include <codedeploy/traffic.h>

/* ---- schedules ---- */

static void check_schedule(const cdp_traffic_schedule *schedule)
{
    size_t count = cdp_traffic_schedule_step_count(schedule);
    cdp_traffic_schedule *again = NULL;
    cdp_text *first = new_text();
    cdp_text *second = new_text();
    int known = 1; /* no gate so far */

    must(cdp_traffic_schedule_write(schedule, first) == CDP_OK);
    must(cdp_traffic_schedule_parse(cdp_text_string(first).data, cdp_text_string(first).length,
                                    NULL, NULL, NULL, &again) == CDP_OK);
    must(cdp_traffic_schedule_write(again, second) == CDP_OK);
    must_be_same(first, second);
    for (size_t i = 0; i < count; i++) {
        cdp_traffic_step step = {.size = sizeof step};

        must(cdp_traffic_schedule_step_at(schedule, i, &step) == CDP_OK);
        must(step.weight >= 0 && step.weight <= 100 && step.weight + step.original_weight == 100);
        if (known) {
            must(cdp_traffic_weight_at(schedule, 7, 7 + step.offset_ms) == step.weight);
            must(i == 0 ||
                 cdp_traffic_next_change(schedule, 7, 6 + step.offset_ms) == 7 + step.offset_ms);
        }
        known = known && !step.is_gate;
        must(i + 1 < count || step.weight == 100);
    }
    cdp_traffic_schedule_free(again);
    cdp_text_free(second);
    cdp_text_free(first);
}

static cdp_traffic_schedule *read_schedule(const char *bytes, size_t length)
{
    cdp_traffic_schedule *schedule = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status;

    if (cdp_diagnostics_new(&allocator, NULL, &diagnostics) != CDP_OK)
        return NULL;
    status = cdp_traffic_schedule_parse(bytes, length, NULL, &allocator, diagnostics, &schedule);
    must((status == CDP_OK) == (schedule != NULL));
    must_be_explained(status, diagnostics);
    if (schedule)
        check_schedule(schedule);
    cdp_diagnostics_free(diagnostics);
    return schedule;
}

/* ---- configurations ---- */

static void check_config(const cdp_config *config, cdp_config_shape shape)
{
    cdp_traffic_schedule *schedule = NULL;
    cdp_config *again = NULL;
    cdp_text *first = new_text();
    cdp_text *second = new_text();
    int64_t minimum;

    must(cdp_config_write(config, shape, 0, first) == CDP_OK);
    must(cdp_config_parse(cdp_text_string(first).data, cdp_text_string(first).length, shape, NULL,
                          NULL, NULL, &again) == CDP_OK);
    must(cdp_config_write(again, shape, 0, second) == CDP_OK);
    must_be_same(first, second);
    if (cdp_config_platform(config) == CDP_PLATFORM_SERVER) {
        must(cdp_config_minimum_for(config, 9, &minimum) == CDP_OK && minimum >= 0);
        must(cdp_config_zone_wait_ms(config, 0) >= 0 && cdp_config_zone_wait_ms(config, 1) >= 0);
    } else {
        must(cdp_traffic_schedule_from_config(config, NULL, NULL, &schedule) == CDP_OK);
        check_schedule(schedule);
        must(cdp_traffic_schedule_duration_ms(schedule) <= INT64_C(2880) * 60000);
    }
    must(cdp_config_has_zones(cdp_config_for_rollback(config)) == 0);
    cdp_traffic_schedule_free(schedule);
    cdp_config_free(again);
    cdp_text_free(second);
    cdp_text_free(first);
}

static void read_config(const char *bytes, size_t length, cdp_config_shape shape)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_config *config = NULL;
    cdp_status status;

    if (cdp_diagnostics_new(&allocator, NULL, &diagnostics) != CDP_OK)
        return;
    status = cdp_config_parse(bytes, length, shape, NULL, &allocator, diagnostics, &config);
    must((status == CDP_OK) == (config != NULL));
    must_be_explained(status, diagnostics);
    if (config)
        check_config(config, shape);
    cdp_config_free(config);
    cdp_diagnostics_free(diagnostics);
}

/* ---- cursors ---- */

static void check_cursor(const cdp_traffic_cursor *cursor)
{
    size_t begun = cdp_traffic_cursor_steps_begun(cursor);
    int64_t now = cdp_traffic_cursor_now(cursor);
    cdp_traffic_step step = {.size = sizeof step};

    must(cdp_traffic_cursor_next_deadline(cursor) > now);
    for (size_t i = 1; i < begun; i++)
        must(cdp_traffic_cursor_began_ms(cursor, i) >= cdp_traffic_cursor_began_ms(cursor, i - 1));
    if (begun == 0) {
        must(cdp_traffic_cursor_weight(cursor) == 0);
        return;
    }
    must(cdp_traffic_cursor_began_ms(cursor, begun - 1) <= now);
    must(cdp_traffic_schedule_step_at(cdp_traffic_cursor_schedule(cursor), begun - 1, &step) ==
         CDP_OK);
    must(cdp_traffic_cursor_weight(cursor) == step.weight);
}

/* Puts in its place what its snapshot makes, memory permitting. */
static void replace(cdp_traffic_cursor **cursor)
{
    const cdp_traffic_schedule *schedule = cdp_traffic_cursor_schedule(*cursor);
    cdp_traffic_cursor *restored = NULL;
    cdp_text *first = new_text();
    cdp_text *second = new_text();
    cdp_status status;

    must(cdp_traffic_cursor_snapshot(*cursor, first) == CDP_OK);
    status = cdp_traffic_cursor_restore(schedule, cdp_text_string(first).data,
                                        cdp_text_string(first).length, &allocator, NULL, &restored);
    must(status == CDP_OK || status == CDP_ERR_NOMEM);
    if (status == CDP_OK) {
        must(cdp_traffic_cursor_snapshot(restored, second) == CDP_OK);
        must_be_same(first, second);
        cdp_traffic_cursor_free(*cursor);
        *cursor = restored;
    }
    cdp_text_free(second);
    cdp_text_free(first);
}

static void read_snapshot(const cdp_traffic_schedule *schedule, const char *bytes, size_t length)
{
    cdp_traffic_cursor *cursor = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status;

    if (cdp_diagnostics_new(&allocator, NULL, &diagnostics) != CDP_OK)
        return;
    status = cdp_traffic_cursor_restore(schedule, bytes, length, &allocator, diagnostics, &cursor);
    must((status == CDP_OK) == (cursor != NULL));
    must(status == CDP_OK || status == CDP_ERR_CORRUPT || status == CDP_ERR_NOMEM);
    must_be_explained(status, diagnostics);
    if (cursor) {
        check_cursor(cursor);
        replace(&cursor);
    }
    cdp_traffic_cursor_free(cursor);
    cdp_diagnostics_free(diagnostics);
}

/* Some deltas are small, some reach over whole schedules, and some run backwards. */
static int64_t delta_of(const uint8_t *input)
{
    int64_t delta = input[1] | (int64_t)input[2] << 8;

    return input[0] & 0x40 ? delta * 60000 : input[0] & 0x80 ? -delta : delta;
}

static void run_cursor(const cdp_traffic_schedule *schedule, const uint8_t *inputs, size_t size)
{
    cdp_traffic_cursor *cursor = NULL;
    int64_t now = 1000;

    if (cdp_traffic_cursor_new(schedule, now, &allocator, &cursor) != CDP_OK)
        return;
    for (; size >= 3; inputs += 3, size -= 3) {
        cdp_traffic_progress progress = {.size = sizeof progress};
        int64_t before = cdp_traffic_cursor_now(cursor);
        size_t begun = cdp_traffic_cursor_steps_begun(cursor);
        cdp_status status;

        now += delta_of(inputs);
        switch (inputs[0] & 3) {
        case 0:
            status = cdp_traffic_cursor_open_gate(cursor, now, &progress);
            break;
        case 1:
            status = cdp_traffic_cursor_continue(cursor, now, &progress);
            break;
        case 2:
            replace(&cursor);
            continue;
        default:
            status = cdp_traffic_cursor_step(cursor, now, &progress);
            must((status == CDP_OK) == (now >= before && now >= 0));
        }
        if (status == CDP_OK) {
            must(progress.first_step == begun);
            must(progress.step_count == cdp_traffic_cursor_steps_begun(cursor) - begun);
            must(progress.weight + progress.original_weight == 100);
        } else {
            must(status == CDP_ERR_TIME || status == CDP_ERR_STATE);
            must(cdp_traffic_cursor_now(cursor) == before);
            must(cdp_traffic_cursor_steps_begun(cursor) == begun);
            now = before < 1000 ? 1000 : before;
        }
        if (cdp_traffic_cursor_now(cursor) >= 0)
            check_cursor(cursor);
    }
    cdp_traffic_cursor_free(cursor);
}

/* The schedule in front of '|', and what stands behind it. */
static void read_with_schedule(const uint8_t *data, size_t size, int kind)
{
    const uint8_t *bar = memchr(data, '|', size);
    cdp_traffic_schedule *schedule;
    size_t rest;

    if (!bar)
        return;
    schedule = read_schedule((const char *)data, (size_t)(bar - data));
    rest = size - (size_t)(bar + 1 - data);
    if (schedule && kind == 4)
        read_snapshot(schedule, (const char *)bar + 1, rest);
    else if (schedule)
        run_cursor(schedule, bar + 1, rest);
    cdp_traffic_schedule_free(schedule);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int kind;

    if (size < 2)
        return 0;
    kind = data[0] % 6;
    requests_left = data[1] == '0' ? 0 : data[1];
    data += 2;
    size -= 2;
    if (kind < 3)
        read_config((const char *)data, size, (cdp_config_shape)(CDP_CONFIG_SHAPE_CREATE + kind));
    else if (kind == 3)
        cdp_traffic_schedule_free(read_schedule((const char *)data, size));
    else
        read_with_schedule(data, size, kind);
    return 0;
}
