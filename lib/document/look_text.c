/* SPDX-License-Identifier: MIT */
#include "document/look.h"

#include "base/strings.h"
#include "base/utf8.h"

/* What scalars say once quotes, escapes and line folding are taken away; and tags in full. */

/* Walks over a scalar as it is written. */
typedef struct source {
    cdp_string text;
    size_t at;
    cdp_text *to;
} source;

static bool is_blank(const source *from)
{
    return from->at < from->text.length &&
           (from->text.data[from->at] == ' ' || from->text.data[from->at] == '\t');
}

/* Takes a line break. All but the two of Unicode become a line feed. */
static cdp_string take_break(source *from)
{
    size_t at = from->at;
    size_t length = cdp_look_break_length(from->text, at);

    from->at += length;
    return length == 3 ? cdp_string_slice(from->text.data + at, length) : CDP_STR("\n");
}

/* Appends the breaks of a range in which blanks may stand around. */
static void put_breaks(const source *from, size_t start, size_t end)
{
    source inner = {{from->text.data, end}, start, from->to};

    while (inner.at < end) {
        if (cdp_look_break_length(inner.text, inner.at))
            cdp_text_put(inner.to, take_break(&inner));
        else
            inner.at++;
    }
}

static bool has_break(const source *from, size_t start, size_t end)
{
    for (; start < end; start++) {
        if (cdp_look_break_length(cdp_string_slice(from->text.data, end), start))
            return true;
    }
    return false;
}

/* A first break and those behind it, folded: one alone is a blank. */
static void put_folded(const source *from, cdp_string first, size_t start, size_t end)
{
    if (first.length > 0 && first.data[0] != '\n')
        cdp_text_put(from->to, first);
    else if (first.length > 0 && !has_break(from, start, end))
        cdp_text_put_byte(from->to, ' ');
    put_breaks(from, start, end);
}

/* Blanks and breaks between words; `joined` when a backslash took the first break away. */
static void fold_gap(source *from, bool joined)
{
    size_t start = from->at;
    cdp_string first = {NULL, 0};

    while (!joined && is_blank(from))
        from->at++;
    if (!joined) {
        if (from->at >= from->text.length || !cdp_look_break_length(from->text, from->at)) {
            cdp_text_put(from->to, cdp_string_slice(from->text.data + start, from->at - start));
            return;
        }
        first = take_break(from);
    }
    start = from->at;
    while (is_blank(from) || cdp_look_break_length(from->text, from->at))
        from->at += is_blank(from) ? 1 : cdp_look_break_length(from->text, from->at);
    put_folded(from, first, start, from->at);
}

static uint32_t take_hex(source *from, size_t digits)
{
    uint32_t value = 0;

    for (; digits > 0; digits--) {
        char c = from->text.data[from->at++];

        value = value << 4 | (uint32_t)(cdp_is_digit(c) ? c - '0' : cdp_lower(c) - 'a' + 10);
    }
    return value;
}

static void take_escape(source *from)
{
    static const char letters[] = "0abt\tnvfre \"/\\N_LPxuU";
    static const uint16_t codes[] = {0,  7,   8,   9,   9,    10,   11,   12,     13,
                                     27, ' ', '"', '/', '\\', 0x85, 0xA0, 0x2028, 0x2029};
    char letter = from->text.data[from->at + 1];
    size_t index = (size_t)(strchr(letters, letter) - letters);
    char bytes[4];
    uint32_t code;

    from->at += 2;
    code = index < sizeof codes / sizeof *codes ? codes[index]
                                                : take_hex(from, letter == 'x'   ? 2
                                                                 : letter == 'u' ? 4
                                                                                 : 8);
    cdp_text_put(from->to, cdp_string_slice(bytes, cdp_utf8_encode(code, bytes)));
}

static void put_flow_scalar(source *from, char quote)
{
    while (from->at < from->text.length) {
        char c = from->text.data[from->at];

        if (is_blank(from) || cdp_look_break_length(from->text, from->at)) {
            fold_gap(from, false);
        } else if (quote == '"' && c == '\\' && cdp_look_break_length(from->text, from->at + 1)) {
            from->at++;
            from->at += cdp_look_break_length(from->text, from->at);
            fold_gap(from, true);
        } else if (quote == '"' && c == '\\') {
            take_escape(from);
        } else {
            cdp_text_put_byte(from->to, c);
            from->at += quote == '\'' && c == '\'' ? 2 : 1;
        }
    }
}

/* The first line, with its indicators; returns -1, 0 or 1 for `-`, none, `+`. */
static int take_block_header(source *from)
{
    int chomping = 0;

    for (from->at = 1; from->at < 3 && from->at < from->text.length; from->at++) {
        char c = from->text.data[from->at];

        if (c == '+' || c == '-')
            chomping = c == '+' ? 1 : -1;
        else if (!cdp_is_digit(c))
            break;
    }
    while (from->at < from->text.length && !cdp_look_break_length(from->text, from->at))
        from->at++;
    from->at += cdp_look_break_length(from->text, from->at);
    return chomping;
}

/* Indentation and the breaks of empty lines; false when no line of text follows. */
static bool skip_to_line(source *from, size_t indent)
{
    for (;;) {
        size_t column = 0;

        while (column < indent && from->at < from->text.length &&
               from->text.data[from->at] == ' ') {
            from->at++;
            column++;
        }
        if (!cdp_look_break_length(from->text, from->at))
            return column == indent && from->at < from->text.length;
        from->at += cdp_look_break_length(from->text, from->at);
    }
}

static void put_block_scalar(source *from, bool folded, size_t indent)
{
    int chomping = take_block_header(from);
    cdp_string first = {NULL, 0}; /* the break of the line before */
    bool blank_before = false;
    size_t gap = from->at;

    while (skip_to_line(from, indent)) {
        size_t start = from->at;
        bool blank = is_blank(from);

        if (folded && first.length > 0 && first.data[0] == '\n' && !blank_before && !blank) {
            put_folded(from, first, gap, start);
        } else {
            cdp_text_put(from->to, first);
            put_breaks(from, gap, start);
        }
        blank_before = blank;
        while (from->at < from->text.length && !cdp_look_break_length(from->text, from->at))
            from->at++;
        cdp_text_put(from->to, cdp_string_slice(from->text.data + start, from->at - start));
        first =
            cdp_look_break_length(from->text, from->at) ? take_break(from) : (cdp_string){NULL, 0};
        gap = from->at;
    }
    if (chomping >= 0)
        cdp_text_put(from->to, first);
    if (chomping > 0)
        put_breaks(from, gap, from->at);
}

void cdp_look_put_text(const cdp_look *look, cdp_text *to)
{
    const cdp_look_event *event = &look->event;
    source from = {event->text, 0, to};

    if (!event->text.data)
        return;
    switch (event->style) {
    case CDP_STYLE_SINGLE_QUOTED:
    case CDP_STYLE_DOUBLE_QUOTED:
        from.at = 1;
        from.text.length--;
        put_flow_scalar(&from, event->text.data[0]);
        return;
    case CDP_STYLE_LITERAL:
    case CDP_STYLE_FOLDED:
        put_block_scalar(&from, event->style == CDP_STYLE_FOLDED, event->indent);
        return;
    default:
        put_flow_scalar(&from, '\0');
    }
}

/* A part of a tag, with `%41` as the byte that it stands for; up to a NUL. */
static void put_uri(cdp_string uri, cdp_text *to)
{
    source from = {uri, 0, to};

    while (from.at < uri.length) {
        char c = uri.data[from.at++];

        if (c == '%')
            c = (char)take_hex(&from, 2);
        if (c == '\0')
            return;
        cdp_text_put_byte(to, c);
    }
}

void cdp_look_put_tag(const cdp_look *look, cdp_text *to)
{
    cdp_string tag = look->event.tag;
    cdp_string handle = {tag.data, look->event.handle ? look->event.handle : 1};
    size_t i = 0;

    if (tag.length > 1 && tag.data[1] == '<') {
        put_uri(cdp_string_slice(tag.data + 2, tag.length - 3), to);
        return;
    }
    if (tag.length == 1) {
        cdp_text_put(to, tag);
        return;
    }
    while (i < look->handle_count && !cdp_string_equal(look->handles[i], handle))
        i++;
    if (i < look->handle_count)
        put_uri(look->prefixes[i], to);
    else
        cdp_text_put(to, handle.length == 1 ? handle : CDP_STR("tag:yaml.org,2002:"));
    put_uri(cdp_string_slice(tag.data + handle.length, tag.length - handle.length), to);
}
