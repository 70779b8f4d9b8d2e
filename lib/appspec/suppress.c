/* SPDX-License-Identifier: MIT */
/* Comments that silence findings: "# codedeploy: ignore CODE, CODE". */
#include "appspec/work.h"
#include "base/allocator.h"
#include "base/sort.h"

static const char marker[] = "codedeploy: ignore";

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static size_t skip_blanks(cdp_string text, size_t at)
{
    while (at < text.length && is_blank(text.data[at]))
        at++;
    return at;
}

/* Where the comment that holds the marker begins, or `at` when it is in no comment. */
static size_t comment_start(cdp_string text, size_t at)
{
    size_t start = at;

    while (start > 0 && is_blank(text.data[start - 1]))
        start--;
    if (start > 0 && text.data[start - 1] == '#' &&
        (start == 1 || is_blank(text.data[start - 2]) || is_line_end(text.data[start - 2])))
        return start - 1;
    if (start >= 4 && memcmp(text.data + start - 4, "<!--", 4) == 0)
        return start - 4;
    return at;
}

static bool is_alone(cdp_string text, size_t start)
{
    while (start > 0 && is_blank(text.data[start - 1]))
        start--;
    return start == 0 || is_line_end(text.data[start - 1]);
}

/* The line that a comment on a line of its own speaks of: the next that is more than a comment. */
static size_t next_content(cdp_string text, size_t at)
{
    while (at < text.length) {
        while (at < text.length && !is_line_end(text.data[at]))
            at++;
        while (at < text.length && (is_line_end(text.data[at]) || is_blank(text.data[at])))
            at++;
        if (at < text.length && text.data[at] != '#' &&
            !(at + 4 <= text.length && memcmp(text.data + at, "<!--", 4) == 0))
            break;
    }
    return at < text.length ? at : text.length;
}

static void add(appspec_work *work, uint32_t line, cdp_diagnostic_code code)
{
    void *array = work->suppressions;
    cdp_status status = cdp_array_reserve(&work->allocator, &array, &work->suppression_capacity,
                                          work->suppression_count + 1, sizeof *work->suppressions);

    work->suppressions = array;
    if (status == CDP_OK)
        work->suppressions[work->suppression_count++] = (appspec_suppression){line, code};
    else
        cdp_appspec_fail(work, status);
}

static cdp_diagnostic_code code_of(cdp_string word)
{
    char name[64];

    if (word.length >= sizeof name)
        return (cdp_diagnostic_code)0;
    memcpy(name, word.data, word.length);
    name[word.length] = '\0';
    return cdp_diagnostic_code_from_name(name);
}

static void report_unknown(appspec_work *work, cdp_string word, size_t at)
{
    cdp_report report = {
        .code = CDP_DIAGNOSTIC_APPSPEC_UNKNOWN_SUPPRESSION,
        .place = cdp_document_place(work->document, at, at + word.length),
        .arguments = {word},
    };
    cdp_status status = cdp_diagnostics_report(work->findings, &report);

    if (status != CDP_OK)
        cdp_appspec_fail(work, status);
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* The codes behind a marker; the place after them. */
static size_t read_codes(appspec_work *work, cdp_string text, size_t at, uint32_t line)
{
    for (;;) {
        size_t from = skip_blanks(text, at);
        cdp_string word;
        cdp_diagnostic_code code;

        at = from;
        while (at < text.length && is_name_byte(text.data[at]))
            at++;
        word = cdp_string_slice(text.data + from, at - from);
        code = code_of(word);
        if (code)
            add(work, line, code);
        else
            report_unknown(work, word, from);
        at = skip_blanks(text, at);
        if (at >= text.length || text.data[at] != ',')
            return at;
        at++;
    }
}

static int compare(const void *a, const void *b, const void *context)
{
    const appspec_suppression *first = a;
    const appspec_suppression *second = b;

    (void)context;
    if (first->line != second->line)
        return first->line < second->line ? -1 : 1;
    return (first->code > second->code) - (first->code < second->code);
}

void cdp_appspec_find_suppressions(appspec_work *work)
{
    cdp_string text = cdp_document_input(work->document);
    size_t at = 0;
    size_t content = 0; /* where the lines end that the last lone comment stands among */
    cdp_status status;

    while (text.length - at >= sizeof marker - 1) {
        const char *found = memchr(text.data + at, marker[0], text.length - at);
        size_t start;

        if (!found)
            break;
        at = (size_t)(found - text.data);
        if (text.length - at < sizeof marker - 1 || memcmp(found, marker, sizeof marker - 1) != 0 ||
            (start = comment_start(text, at)) == at) {
            at++;
            continue;
        }
        if (is_alone(text, start))
            start = content = start < content ? content : next_content(text, start);
        at = read_codes(work, text, at + sizeof marker - 1,
                        cdp_document_place(work->document, start, start).line);
    }
    status = cdp_sort(&work->allocator, work->suppressions, work->suppression_count,
                      sizeof *work->suppressions, compare, NULL);
    if (status != CDP_OK)
        cdp_appspec_fail(work, status);
}

bool cdp_appspec_is_suppressed(const appspec_work *work, uint32_t line, cdp_diagnostic_code code)
{
    appspec_suppression wanted = {line, code};
    size_t low = 0;
    size_t high = work->suppression_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(&work->suppressions[middle], &wanted, NULL);

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
