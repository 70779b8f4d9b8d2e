/* SPDX-License-Identifier: MIT */
#include "excerpt.h"

#include <string.h>

#include "cli.h"
#include "json.h"

/* What is shown of a very long line: a window around the place. */
enum { WINDOW_BEFORE = 60, WINDOW_AFTER = 100 };

static bool is_continuation(char c)
{
    return (c & 0xC0) == 0x80;
}

static bool is_line_break(char c)
{
    return c == '\n' || c == '\r';
}

/* A NUL byte among the first bytes: UTF-16, or no text at all. */
static bool is_utf8_text(cdp_string text)
{
    size_t looked_at = text.length < 512 ? text.length : 512;

    return looked_at == 0 || !memchr(text.data, '\0', looked_at);
}

/* The bytes of what is shown as one character; what is none goes byte by byte. */
static size_t step(cdp_string text, size_t at)
{
    size_t length = json_character(text, at);

    return length ? length : 1;
}

/* Nothing that a terminal would obey: control characters (C1 too) are blanks, no text is `?`. */
static void put_line(FILE *stream, cdp_string text, size_t from, size_t to)
{
    for (size_t at = from; at < to; at += step(text, at)) {
        size_t length = json_character(text, at);
        unsigned char c = (unsigned char)text.data[at];

        if (length == 0)
            fputc('?', stream);
        else if (c < 0x20 || c == 0x7f || (c == 0xC2 && (unsigned char)text.data[at + 1] < 0xA0))
            fputc(' ', stream);
        else
            fwrite(text.data + at, 1, length, stream);
    }
}

static void put_marks(FILE *stream, cdp_string text, size_t from, size_t start, size_t end)
{
    for (size_t at = from; at < start; at += step(text, at))
        fputc(' ', stream);
    fputc('^', stream);
    for (size_t at = start + step(text, start); at < end; at += step(text, at))
        fputc('~', stream);
}

void excerpt_print(FILE *stream, cdp_string text, const cdp_diagnostic *found, bool colour)
{
    size_t start = found->offset;
    unsigned line = found->line;
    size_t from;
    size_t to;
    size_t end;

    if (!text.data || start > text.length || !is_utf8_text(text))
        return;
    /* A place at the very end of the text is shown on its last line. */
    if (start == text.length && start > 0 && is_line_break(text.data[start - 1])) {
        start--;
        line--;
    }
    for (from = start; from > 0 && !is_line_break(text.data[from - 1]); from--)
        ;
    for (to = start; to < text.length && !is_line_break(text.data[to]); to++)
        ;
    if (start - from > WINDOW_BEFORE)
        from = start - WINDOW_BEFORE;
    if (to - start > WINDOW_AFTER)
        to = start + WINDOW_AFTER;
    while (from < start && is_continuation(text.data[from]))
        from++;
    while (to > start && to < text.length && is_continuation(text.data[to]))
        to--;
    end = found->end_offset < to ? found->end_offset : to;
    fprintf(stream, "%5u | ", line);
    put_line(stream, text, from, to);
    fprintf(stream, "\n      | %s", colour ? "\33[1;32m" : "");
    put_marks(stream, text, from, start, end);
    fprintf(stream, "%s\n", colour ? "\33[0m" : "");
}
