/* SPDX-License-Identifier: MIT */
#include <codedeploy/diagnostics.h>

#include "base/allocator.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/report.h"
#include "base/sized.h"
#include "base/sort.h"
#include "base/strings.h"
#include "base/text.h"

struct cdp_diagnostics {
    cdp_allocator allocator;
    cdp_arena arena;
    cdp_text scratch;
    cdp_diagnostic *entries;
    size_t count;
    size_t capacity;
    size_t limit;
    size_t dropped;
    size_t counts[CDP_SEVERITY_ERROR + 1];
};

cdp_status cdp_diagnostics_new(const cdp_allocator *allocator, const cdp_limits *limits,
                               cdp_diagnostics **diagnostics)
{
    cdp_allocator own_allocator;
    cdp_limits own_limits;
    cdp_diagnostics *made;
    cdp_status status;

    if (!diagnostics)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own_allocator, allocator);
    if (status == CDP_OK)
        status = cdp_limits_import(&own_limits, limits);
    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&own_allocator, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    made->allocator = own_allocator;
    made->limit = own_limits.diagnostics;
    cdp_arena_init(&made->arena, &own_allocator);
    cdp_text_init(&made->scratch, &own_allocator);
    *diagnostics = made;
    return CDP_OK;
}

void cdp_diagnostics_free(cdp_diagnostics *diagnostics)
{
    cdp_allocator allocator;

    if (!diagnostics)
        return;
    allocator = diagnostics->allocator;
    cdp_arena_release(&diagnostics->arena);
    cdp_text_release(&diagnostics->scratch);
    cdp_release(&allocator, diagnostics->entries,
                diagnostics->capacity * sizeof *diagnostics->entries);
    cdp_release(&allocator, diagnostics, sizeof *diagnostics);
}

void cdp_diagnostics_clear(cdp_diagnostics *diagnostics)
{
    if (!diagnostics)
        return;
    cdp_arena_release(&diagnostics->arena);
    diagnostics->count = 0;
    diagnostics->dropped = 0;
    for (int i = 0; i <= CDP_SEVERITY_ERROR; i++)
        diagnostics->counts[i] = 0;
}

size_t cdp_diagnostics_count(const cdp_diagnostics *diagnostics)
{
    return diagnostics ? diagnostics->count : 0;
}

size_t cdp_diagnostics_dropped(const cdp_diagnostics *diagnostics)
{
    return diagnostics ? diagnostics->dropped : 0;
}

size_t cdp_diagnostics_count_at_least(const cdp_diagnostics *diagnostics, cdp_severity severity)
{
    size_t count = 0;

    if (!diagnostics)
        return 0;
    for (int i = severity < 0 ? 0 : (int)severity; i <= CDP_SEVERITY_ERROR; i++)
        count += diagnostics->counts[i];
    return count;
}

cdp_status cdp_diagnostics_at(const cdp_diagnostics *diagnostics, size_t index,
                              cdp_diagnostic *diagnostic)
{
    if (!diagnostics || !diagnostic)
        return CDP_ERR_ARGUMENT;
    if (index >= diagnostics->count)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(diagnostic, &diagnostics->entries[index], sizeof(cdp_diagnostic));
}

/* What an argument shows at most: enough to recognise it, not enough to bury the message. */
static cdp_string shorten(cdp_string string, bool *shortened)
{
    enum { LONGEST_ARGUMENT = 200 };

    *shortened = string.data && string.length > LONGEST_ARGUMENT;
    if (!string.data)
        string.length = 0;
    if (!*shortened)
        return string;
    string.length = LONGEST_ARGUMENT;
    while (string.length > 0 && (string.data[string.length] & 0xC0) == 0x80)
        string.length--;
    return string;
}

static void put_argument(cdp_text *text, cdp_string argument)
{
    bool shortened;

    cdp_text_put_printable(text, shorten(argument, &shortened));
    if (shortened)
        cdp_text_put_c(text, "…");
}

void cdp_text_put_filled(cdp_text *text, cdp_string pattern, const cdp_string arguments[4])
{
    for (size_t i = 0; i < pattern.length; i++) {
        if (pattern.data[i] == '{' && i + 2 < pattern.length && pattern.data[i + 2] == '}' &&
            pattern.data[i + 1] >= '0' && pattern.data[i + 1] <= '3') {
            put_argument(text, arguments[pattern.data[i + 1] - '0']);
            i += 2;
        } else {
            cdp_text_put_byte(text, pattern.data[i]);
        }
    }
}

/* Fills a template and keeps the result; absent stays absent. */
static cdp_status keep_filled(cdp_diagnostics *diagnostics, cdp_string pattern,
                              const cdp_string arguments[4], cdp_string *kept)
{
    cdp_status status;

    *kept = (cdp_string){NULL, 0};
    if (!pattern.data)
        return CDP_OK;
    cdp_text_clear(&diagnostics->scratch);
    cdp_text_put_filled(&diagnostics->scratch, pattern, arguments);
    status = cdp_text_status(&diagnostics->scratch);
    if (status == CDP_OK)
        status = cdp_arena_copy(&diagnostics->arena, cdp_text_string(&diagnostics->scratch), kept);
    return status;
}

/* Room for one more entry, or CDP_ERR_LIMIT when the finding is only counted. */
static cdp_status make_room(cdp_diagnostics *diagnostics, cdp_severity severity)
{
    void *entries = diagnostics->entries;
    cdp_status status;

    if (diagnostics->count >= diagnostics->limit) {
        diagnostics->dropped++;
        diagnostics->counts[severity]++;
        return CDP_ERR_LIMIT;
    }
    status = cdp_array_reserve(&diagnostics->allocator, &entries, &diagnostics->capacity,
                               diagnostics->count + 1, sizeof *diagnostics->entries);
    diagnostics->entries = entries;
    return status;
}

static cdp_status keep_common(cdp_diagnostics *diagnostics, cdp_diagnostic *entry,
                              cdp_string pointer, cdp_string fix_text)
{
    cdp_status status = cdp_arena_copy(&diagnostics->arena, pointer, &entry->pointer);

    if (status == CDP_OK)
        status = cdp_arena_copy(&diagnostics->arena, fix_text, &entry->fix_text);
    return status;
}

static void append(cdp_diagnostics *diagnostics, const cdp_diagnostic *entry)
{
    diagnostics->entries[diagnostics->count++] = *entry;
    diagnostics->counts[entry->severity]++;
}

cdp_status cdp_diagnostics_report(cdp_diagnostics *diagnostics, const cdp_report *report)
{
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_diagnostic entry = {.size = sizeof entry};
    cdp_status status;

    if (!diagnostics)
        return CDP_OK;
    status = cdp_diagnostic_info_get(report->code, &info);
    if (status != CDP_OK)
        return CDP_ERR_ARGUMENT;
    entry.code = report->code;
    entry.severity = report->severity ? report->severity : info.severity;
    status = make_room(diagnostics, entry.severity);
    if (status != CDP_OK)
        return status == CDP_ERR_LIMIT ? CDP_OK : status;
    status =
        keep_filled(diagnostics, cdp_string_of(info.message), report->arguments, &entry.message);
    if (status == CDP_OK)
        status =
            keep_filled(diagnostics, report->hint.data ? report->hint : cdp_string_of(info.hint),
                        report->arguments, &entry.hint);
    if (status == CDP_OK)
        status = keep_common(diagnostics, &entry, report->pointer, report->fix_text);
    if (status != CDP_OK)
        return status;
    entry.offset = report->place.offset;
    entry.end_offset = report->place.end_offset;
    entry.line = report->place.line;
    entry.column = report->place.column;
    entry.end_line = report->place.end_line;
    entry.end_column = report->place.end_column;
    entry.fix_offset = report->fix_offset;
    entry.fix_length = report->fix_length;
    append(diagnostics, &entry);
    return CDP_OK;
}

cdp_status cdp_diagnostics_add(cdp_diagnostics *diagnostics, const cdp_diagnostic *diagnostic)
{
    static const cdp_string no_arguments[4];
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_diagnostic given;
    cdp_diagnostic entry;
    cdp_status status;

    if (!diagnostics)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&given, sizeof given, diagnostic);
    if (status != CDP_OK)
        return status;
    if (cdp_diagnostic_info_get(given.code, &info) != CDP_OK || given.severity < 0 ||
        given.severity > CDP_SEVERITY_ERROR)
        return CDP_ERR_ARGUMENT;
    entry = given;
    entry.severity = given.severity ? given.severity : info.severity;
    status = make_room(diagnostics, entry.severity);
    if (status != CDP_OK)
        return status == CDP_ERR_LIMIT ? CDP_OK : status;
    if (given.message.data)
        status = cdp_arena_copy(&diagnostics->arena, given.message, &entry.message);
    else
        status =
            keep_filled(diagnostics, cdp_string_of(info.message), no_arguments, &entry.message);
    if (status == CDP_OK)
        status =
            cdp_arena_copy(&diagnostics->arena,
                           given.hint.data ? given.hint : cdp_string_of(info.hint), &entry.hint);
    if (status == CDP_OK)
        status = keep_common(diagnostics, &entry, given.pointer, given.fix_text);
    if (status == CDP_OK)
        append(diagnostics, &entry);
    return status;
}

cdp_status cdp_diagnostics_add_filled(cdp_diagnostics *diagnostics, cdp_diagnostic_code code,
                                      const cdp_string *arguments, size_t count)
{
    cdp_report report = {.code = code};

    if (count > sizeof report.arguments / sizeof *report.arguments || (count && !arguments))
        return CDP_ERR_ARGUMENT;
    for (size_t i = 0; i < count; i++)
        report.arguments[i] = arguments[i];
    return cdp_diagnostics_report(diagnostics, &report);
}

bool cdp_diagnostics_is_full(const cdp_diagnostics *diagnostics)
{
    return diagnostics->count >= diagnostics->limit;
}

cdp_status cdp_diagnostics_append(cdp_diagnostics *to, const cdp_diagnostics *from)
{
    size_t kept[CDP_SEVERITY_ERROR + 1] = {0};

    for (size_t i = 0; i < from->count; i++) {
        cdp_status status = cdp_diagnostics_add(to, &from->entries[i]);

        if (status != CDP_OK)
            return status;
        kept[from->entries[i].severity]++;
    }
    for (int i = 0; i <= CDP_SEVERITY_ERROR; i++)
        to->counts[i] += from->counts[i] - kept[i];
    to->dropped += from->dropped;
    return CDP_OK;
}

static int compare_places(const void *a, const void *b, const void *context)
{
    const cdp_diagnostic *first = a;
    const cdp_diagnostic *second = b;

    (void)context;
    if (!first->line || !second->line)
        return (first->line == 0) - (second->line == 0);
    if (first->offset != second->offset)
        return first->offset < second->offset ? -1 : 1;
    return 0;
}

cdp_status cdp_diagnostics_sort(cdp_diagnostics *diagnostics)
{
    if (!diagnostics)
        return CDP_ERR_ARGUMENT;
    return cdp_sort(&diagnostics->allocator, diagnostics->entries, diagnostics->count,
                    sizeof *diagnostics->entries, compare_places, NULL);
}
