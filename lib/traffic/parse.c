/* SPDX-License-Identifier: MIT */
/* A schedule from text: 10:5m,25:gate,50:10m,100 */
#include "base/allocator.h"
#include "base/number.h"
#include "base/utf8.h"
#include "traffic/check.h"
#include "traffic/make.h"

/* Where the reading stands. Findings follow the text, so that places need one pass only. */
typedef struct position {
    cdp_string text;
    size_t offset;
    uint32_t line;
    uint32_t column;
} position;

/* The list as it is read, and the memory that it is read into. */
typedef struct reading {
    cdp_traffic_checker checker;
    position at;
    int32_t *weights;
    int64_t *waits_ms;
    cdp_traffic_places *places;
} reading;

static void advance(position *at, size_t offset)
{
    while (at->offset < offset) {
        size_t length = cdp_utf8_length(at->text, at->offset);

        if (at->text.data[at->offset] == '\n') {
            at->line++;
            at->column = 0;
        }
        at->column++;
        at->offset += length ? length : 1;
    }
}

/* The place of a piece that does not begin before the last one whose place was asked for. */
static cdp_place place_of(position *at, cdp_string piece)
{
    size_t offset = (size_t)(piece.data - at->text.data);
    cdp_place place = {.offset = offset, .end_offset = offset + piece.length};

    advance(at, offset);
    place.line = at->line;
    place.column = at->column;
    advance(at, place.end_offset);
    place.end_line = at->line;
    place.end_column = at->column;
    return place;
}

/* cdp_string_trim() takes NUL for a blank, as the agent does; here it is a mistake. */
static cdp_string without_blanks(cdp_string text)
{
    while (text.length > 0 && memchr(" \t\r\n", text.data[0], 4)) {
        text.data++;
        text.length--;
    }
    while (text.length > 0 && memchr(" \t\r\n", text.data[text.length - 1], 4))
        text.length--;
    return text;
}

static int32_t read_weight(reading *r, cdp_string piece, cdp_place place)
{
    int64_t weight;

    if (cdp_number_parse(piece, &weight) && weight <= 100)
        return (int32_t)weight;
    cdp_traffic_report(
        &r->checker,
        &(cdp_report){.code = CDP_DIAGNOSTIC_TRAFFIC_WEIGHT, .place = place, .arguments = {piece}});
    return CDP_TRAFFIC_BROKEN;
}

static const struct {
    cdp_string name;
    int64_t ms;
} units[] = {
    {CDP_LITERAL("ms"), 1},
    {CDP_LITERAL("s"), 1000},
    {CDP_LITERAL("m"), 60 * 1000},
    {CDP_LITERAL("h"), 3600 * 1000},
};

/* Milliseconds, or 0 for what is no unit. */
static int64_t unit_of(cdp_string name)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (cdp_string_equal(name, units[i].name))
            return units[i].ms;
    }
    return 0;
}

static int64_t read_wait(reading *r, cdp_string piece, cdp_place place)
{
    cdp_report report = {.code = CDP_DIAGNOSTIC_TRAFFIC_WAIT, .place = place, .arguments = {piece}};
    size_t digits = 0;
    int64_t number = INT64_MAX;
    int64_t unit;

    if (cdp_string_equal_c(piece, "gate"))
        return CDP_TRAFFIC_GATE;
    while (digits < piece.length && cdp_is_digit(piece.data[digits]))
        digits++;
    unit = unit_of(cdp_string_slice(piece.data + digits, piece.length - digits));
    if (digits > 0 && unit > 0) {
        /* What does not fit is longer than any limit, and reported as that. */
        if (!cdp_number_parse(cdp_string_slice(piece.data, digits), &number) ||
            number > INT64_MAX / unit)
            return INT64_MAX;
        return number * unit;
    }
    if (digits > 0 && digits == piece.length)
        report.hint =
            CDP_STR("Write a unit behind the number: {0}m for minutes, {0}s for seconds.");
    cdp_traffic_report(&r->checker, &report);
    return CDP_TRAFFIC_BROKEN;
}

/* A list without steps has one piece, which is empty. */
static void read_step(reading *r, cdp_string piece, size_t index)
{
    size_t colon = cdp_string_find(piece, ':', 0);
    cdp_string weight = without_blanks(cdp_string_slice(piece.data, colon));
    cdp_traffic_places *places = &r->places[index];

    places->weight = place_of(&r->at, weight);
    r->weights[index] = read_weight(r, weight, places->weight);
    if (colon < piece.length) {
        cdp_string wait =
            without_blanks(cdp_string_slice(piece.data + colon + 1, piece.length - colon - 1));

        places->wait = place_of(&r->at, wait);
        r->waits_ms[index] = read_wait(r, wait, places->wait);
    }
}

static size_t count_steps(cdp_string text)
{
    size_t count = 1;

    if (without_blanks(text).length == 0)
        return 0;
    for (size_t comma = cdp_string_find(text, ',', 0); comma < text.length;
         comma = cdp_string_find(text, ',', comma + 1))
        count++;
    return count;
}

static cdp_status read_steps(reading *r, size_t count)
{
    cdp_string text = r->at.text;
    size_t from = 0;

    for (size_t i = 0; i < count; i++) {
        size_t comma = cdp_string_find(text, ',', from);

        read_step(r, cdp_string_slice(text.data + from, comma - from), i);
        from = comma + 1;
    }
    r->checker.places = r->places;
    return cdp_traffic_check(&r->checker, r->weights, r->waits_ms, count);
}

cdp_status cdp_traffic_schedule_parse(const char *bytes, size_t length,
                                      const cdp_traffic_options *options,
                                      const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                      cdp_traffic_schedule **schedule)
{
    cdp_string text = {bytes ? bytes : "", length};
    reading r = {.checker = {.diagnostics = diagnostics}, .at = {text, 0, 1, 1}};
    size_t count = 0;
    size_t scratch_bytes;
    cdp_traffic_options own_options;
    cdp_allocator own_allocator;
    cdp_status status;

    if (!schedule || (!bytes && length > 0))
        return CDP_ERR_ARGUMENT;
    status = cdp_traffic_import(options, allocator, &own_options, &own_allocator);
    if (status != CDP_OK)
        return status;
    count = count_steps(text);
    if (!cdp_traffic_check_count(&r.checker, count))
        return r.checker.status != CDP_OK ? r.checker.status : CDP_ERR_INVALID;
    scratch_bytes = count * (sizeof *r.waits_ms + sizeof *r.places + sizeof *r.weights);
    r.waits_ms = cdp_allocate_zeroed(&own_allocator, scratch_bytes);
    if (!r.waits_ms)
        return CDP_ERR_NOMEM;
    r.places = (cdp_traffic_places *)(r.waits_ms + count);
    r.weights = (int32_t *)(r.places + count);
    status = read_steps(&r, count);
    if (status == CDP_OK)
        status =
            cdp_traffic_build(r.weights, r.waits_ms, count, &own_options, &own_allocator, schedule);
    cdp_release(&own_allocator, r.waits_ms, scratch_bytes);
    return status;
}
