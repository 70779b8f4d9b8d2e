/* SPDX-License-Identifier: MIT */
#include "document/look.h"

#include "base/strings.h"

/* Tokens that have an inside: scalars, names, tags, directives. */

static bool is_name(char c)
{
    return cdp_is_digit(c) || (cdp_lower(c) >= 'a' && cdp_lower(c) <= 'z') || c == '_' || c == '-';
}

static bool is_hex(char c)
{
    return cdp_is_digit(c) || (cdp_lower(c) >= 'a' && cdp_lower(c) <= 'f');
}

/* A break or the end. */
static bool at_line_end(const cdp_look *look)
{
    return cdp_look_at_end(look) || cdp_look_is_break(look, 0);
}

static bool add_scalar(cdp_look *look, cdp_look_mark start, cdp_scalar_style style)
{
    if (!cdp_look_add_token(look, CDP_LOOK_SCALAR, start))
        return false;
    look->tokens[look->tail - 1].style = style;
    return true;
}

static bool is_flow_indicator(char c)
{
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

/* Letters, digits and `*+-./;<=>@_~`: in a plain scalar they mean nothing, wherever they stand. */
static bool is_plain(char c)
{
    static const uint64_t low = UINT64_C(0x7BFFEC0000000000);
    static const uint64_t high = UINT64_C(0x47FFFFFE87FFFFFF);
    unsigned char byte = (unsigned char)c;

    return byte < 0x80 && (byte & 0x40 ? high : low) >> (byte & 0x3F) & 1;
}

static size_t count_plain(const cdp_look *look)
{
    const char *bytes = look->text.data + look->mark.at;
    size_t left = look->text.length - look->mark.at;
    size_t count = 0;

    while (count < left && is_plain(bytes[count]))
        count++;
    return count;
}

/* The characters of a plain scalar up to a blank; false for a colon that must not be there. */
static bool skip_plain_word(cdp_look *look, cdp_look_mark start)
{
    bool flow = look->key_count > 1;

    for (;;) {
        char c, next;

        cdp_look_skip_bytes(look, count_plain(look));
        if (cdp_look_is_blankz(look, 0))
            return true;
        c = cdp_look_byte(look, 0);
        next = cdp_look_byte(look, 1);

        if (flow && c == ':' && (is_flow_indicator(next) || next == '?'))
            return cdp_look_fail(look, CDP_LOOK_BAD_FLOW_COLON, look->mark, start);
        if ((c == ':' && cdp_look_is_blankz(look, 1)) || (flow && is_flow_indicator(c)))
            return true;
        cdp_look_skip(look);
    }
}

/* Blanks and breaks inside a scalar; false for a tab in the indentation of a plain one. */
static bool skip_blanks(cdp_look *look, int64_t indent, bool *broken, cdp_look_mark start)
{
    for (;;) {
        if (cdp_look_is_blank(look, 0)) {
            if (*broken && (int64_t)look->mark.column < indent && cdp_look_byte(look, 0) == '\t')
                return cdp_look_fail(look, CDP_LOOK_TAB_IN_PLAIN, look->mark, start);
            cdp_look_skip(look);
        } else if (cdp_look_is_break(look, 0)) {
            cdp_look_skip_break(look);
            *broken = true;
        } else {
            return true;
        }
    }
}

bool cdp_look_plain(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    cdp_look_mark end = start;
    int64_t indent = look->indent + 1;
    bool broken = false;

    while (!cdp_look_at_document_marker(look) && cdp_look_byte(look, 0) != '#') {
        size_t before = look->mark.at;

        if (!skip_plain_word(look, start))
            return false;
        if (look->mark.at > before) {
            end = look->mark;
            broken = false;
        }
        if (!cdp_look_is_blank(look, 0) && !cdp_look_is_break(look, 0))
            break;
        if (!skip_blanks(look, indent, &broken, start))
            return false;
        if (look->key_count == 1 && (int64_t)look->mark.column < indent)
            break;
    }
    if (broken)
        look->key_allowed = true;
    if (!add_scalar(look, start, CDP_STYLE_PLAIN))
        return false;
    look->tokens[look->tail - 1].end = end.at;
    look->tokens[look->tail - 1].end_line = end.line;
    return true;
}

/* Behind `\x`, `\u` or `\U`: so many digits, and a character that they can stand for. */
static bool skip_code(cdp_look *look, size_t digits, cdp_look_mark escape, cdp_look_mark start)
{
    uint32_t value = 0;

    for (size_t i = 0; i < digits; i++) {
        char c = cdp_look_byte(look, 0);

        if (!is_hex(c))
            return cdp_look_fail(look, CDP_LOOK_BAD_ESCAPE, escape, start);
        value = value << 4 | (uint32_t)(cdp_is_digit(c) ? c - '0' : cdp_lower(c) - 'a' + 10);
        cdp_look_skip(look);
    }
    if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF)
        return cdp_look_fail(look, CDP_LOOK_BAD_ESCAPE, escape, start);
    return true;
}

static bool skip_escape(cdp_look *look, cdp_look_mark start)
{
    cdp_look_mark escape = look->mark;
    char letter = cdp_look_byte(look, 1);

    if (letter == '\0' || !strchr("0abt\tnvfre \"/\\N_LPxuU", letter))
        return cdp_look_fail(look, CDP_LOOK_BAD_ESCAPE, escape, start);
    cdp_look_skip(look);
    cdp_look_skip(look);
    return skip_code(look,
                     letter == 'x'   ? 2
                     : letter == 'u' ? 4
                     : letter == 'U' ? 8
                                     : 0,
                     escape, start);
}

/* Up to a blank, a break or the closing quote. */
static bool skip_quoted_word(cdp_look *look, char quote, bool *broken, cdp_look_mark start)
{
    while (!cdp_look_is_blankz(look, 0)) {
        char c = cdp_look_byte(look, 0);

        if (quote == '\'' && c == '\'' && cdp_look_byte(look, 1) == '\'') {
            cdp_look_skip(look);
            cdp_look_skip(look);
        } else if (c == quote) {
            return true;
        } else if (quote == '"' && c == '\\' && cdp_look_is_break(look, 1)) {
            cdp_look_skip(look);
            cdp_look_skip_break(look);
            *broken = true;
            return true;
        } else if (quote == '"' && c == '\\') {
            if (!skip_escape(look, start))
                return false;
        } else {
            cdp_look_skip(look);
        }
    }
    return true;
}

bool cdp_look_quoted(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    char quote = cdp_look_byte(look, 0);

    cdp_look_skip(look);
    for (;;) {
        bool broken = false;

        if (cdp_look_at_document_marker(look) || cdp_look_at_end(look))
            return cdp_look_fail(look, CDP_LOOK_OPEN_QUOTE, look->mark, start);
        if (!skip_quoted_word(look, quote, &broken, start))
            return false;
        if (cdp_look_byte(look, 0) == quote)
            break;
        skip_blanks(look, INT64_MIN, &broken, start);
    }
    cdp_look_skip(look);
    return add_scalar(look, start,
                      quote == '"' ? CDP_STYLE_DOUBLE_QUOTED : CDP_STYLE_SINGLE_QUOTED);
}

/* `|` or `>` with its indicators and the rest of its line. */
static bool skip_block_header(cdp_look *look, cdp_look_mark start, int64_t *increment)
{
    bool chomped = false;

    cdp_look_skip(look);
    for (int i = 0; i < 2; i++) {
        char c = cdp_look_byte(look, 0);

        if ((c == '+' || c == '-') && !chomped) {
            chomped = true;
        } else if (cdp_is_digit(c) && *increment == 0) {
            *increment = c - '0';
            if (c == '0')
                return cdp_look_fail(look, CDP_LOOK_BAD_BLOCK_HEADER, look->mark, start);
        } else {
            break;
        }
        cdp_look_skip(look);
    }
    cdp_look_skip_rest_of_line(look);
    if (!at_line_end(look))
        return cdp_look_fail(look, CDP_LOOK_BAD_BLOCK_HEADER, look->mark, start);
    cdp_look_skip_break(look);
    return true;
}

/* Indentation and empty lines; finds the indentation when it is not known yet (0). */
static bool skip_block_indent(cdp_look *look, int64_t *indent, cdp_look_mark start,
                              cdp_look_mark *end)
{
    int64_t deepest = 0;

    *end = look->mark;
    for (;;) {
        while ((!*indent || (int64_t)look->mark.column < *indent) && cdp_look_byte(look, 0) == ' ')
            cdp_look_skip(look);
        if ((int64_t)look->mark.column > deepest)
            deepest = look->mark.column;
        if ((!*indent || (int64_t)look->mark.column < *indent) && cdp_look_byte(look, 0) == '\t')
            return cdp_look_fail(look, CDP_LOOK_TAB_IN_BLOCK, look->mark, start);
        if (!cdp_look_is_break(look, 0))
            break;
        cdp_look_skip_break(look);
        *end = look->mark;
    }
    if (!*indent) {
        *indent = deepest > look->indent + 1 ? deepest : look->indent + 1;
        *indent = *indent < 1 ? 1 : *indent;
    }
    return true;
}

bool cdp_look_block(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    cdp_look_mark end;
    cdp_scalar_style style = cdp_look_byte(look, 0) == '|' ? CDP_STYLE_LITERAL : CDP_STYLE_FOLDED;
    int64_t indent = 0;

    if (!skip_block_header(look, start, &indent))
        return false;
    if (indent && look->indent >= 0)
        indent += look->indent;
    if (!skip_block_indent(look, &indent, start, &end))
        return false;
    while ((int64_t)look->mark.column == indent && !cdp_look_at_end(look)) {
        while (!at_line_end(look))
            cdp_look_skip(look);
        cdp_look_skip_break(look);
        if (!skip_block_indent(look, &indent, start, &end))
            return false;
    }
    if (!add_scalar(look, start, style))
        return false;
    look->tokens[look->tail - 1].end = end.at;
    look->tokens[look->tail - 1].end_line = end.line;
    look->tokens[look->tail - 1].handle = (uint32_t)indent;
    return true;
}

bool cdp_look_anchor(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    char indicator = cdp_look_byte(look, 0);
    size_t name;
    char c;

    cdp_look_skip(look);
    name = look->mark.at;
    while (is_name(cdp_look_byte(look, 0)))
        cdp_look_skip(look);
    c = cdp_look_byte(look, 0);
    if (look->mark.at == name ||
        !(cdp_look_is_blankz(look, 0) || (c != '\0' && strchr("?:,]}%@`", c))))
        return cdp_look_fail(look, CDP_LOOK_BAD_NAME, look->mark, start);
    return cdp_look_add_token(look, indicator == '*' ? CDP_LOOK_ALIAS : CDP_LOOK_ANCHOR, start);
}

/* `%XX`, as many as one character of UTF-8 takes. */
static bool skip_uri_escape(cdp_look *look)
{
    int width = 0;

    do {
        char high = cdp_look_byte(look, 1);
        char low = cdp_look_byte(look, 2);
        unsigned first;

        if (cdp_look_byte(look, 0) != '%' || !is_hex(high) || !is_hex(low))
            return false;
        first = (unsigned)(cdp_is_digit(high) ? high - '0' : cdp_lower(high) - 'a' + 10);
        if (width == 0) {
            width = first < 8 ? 1 : first == 12 || first == 13 ? 2 : first == 14 ? 3 : 0;
            if (first == 15 && (cdp_is_digit(low) && low < '8'))
                width = 4;
            if (width == 0)
                return false;
        } else if (first < 8 || first > 11) {
            return false;
        }
        for (int i = 0; i < 3; i++)
            cdp_look_skip(look);
    } while (--width > 0);
    return true;
}

/* What may stand in a tag; `verbatim` between `!<` and `>`, and in a directive. */
static bool skip_uri(cdp_look *look, bool verbatim)
{
    for (;;) {
        char c = cdp_look_byte(look, 0);

        if (c == '%') {
            if (!skip_uri_escape(look))
                return false;
        } else if (c != '\0' && (is_name(c) || strchr(";/?:@&=+$.!~*'()", c) ||
                                 (verbatim && strchr(",[]", c)))) {
            cdp_look_skip(look);
        } else {
            return true;
        }
    }
}

/* `!`, `!!` or `!name!`; returns the bytes of what looks like a handle. */
static size_t skip_handle(cdp_look *look)
{
    size_t from = look->mark.at;

    cdp_look_skip(look);
    while (is_name(cdp_look_byte(look, 0)))
        cdp_look_skip(look);
    if (cdp_look_byte(look, 0) == '!')
        cdp_look_skip(look);
    return look->mark.at - from;
}

bool cdp_look_tag(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    size_t handle = 0;
    bool good;

    if (cdp_look_byte(look, 1) == '<') {
        size_t from;

        cdp_look_skip(look);
        cdp_look_skip(look);
        from = look->mark.at;
        good = skip_uri(look, true) && look->mark.at > from && cdp_look_byte(look, 0) == '>';
        if (good)
            cdp_look_skip(look);
    } else {
        size_t from;

        handle = skip_handle(look);
        from = look->mark.at;
        if (handle < 2 || look->text.data[from - 1] != '!')
            handle = 0; /* the local tag's own, always known */
        good = skip_uri(look, false) && (handle == 0 || look->mark.at > from);
    }
    if (good && !cdp_look_is_blankz(look, 0))
        good = look->key_count > 1 && cdp_look_byte(look, 0) == ',';
    if (!good)
        return cdp_look_fail(look, CDP_LOOK_BAD_TAG, look->mark, start);
    if (!cdp_look_add_token(look, CDP_LOOK_TAG, start))
        return false;
    look->tokens[look->tail - 1].handle = (uint32_t)handle;
    return true;
}

/* A number of a version, at most nine digits. */
static bool skip_number(cdp_look *look, unsigned *value)
{
    size_t from = look->mark.at;

    *value = 0;
    while (cdp_is_digit(cdp_look_byte(look, 0))) {
        if (look->mark.at - from >= 9)
            return false;
        *value = *value * 10 + (unsigned)(cdp_look_byte(look, 0) - '0');
        cdp_look_skip(look);
    }
    return look->mark.at > from;
}

static void skip_spaces(cdp_look *look)
{
    while (cdp_look_is_blank(look, 0))
        cdp_look_skip(look);
}

static bool skip_version(cdp_look *look, uint32_t *readable)
{
    unsigned major, minor;

    skip_spaces(look);
    if (!skip_number(look, &major) || cdp_look_byte(look, 0) != '.')
        return false;
    cdp_look_skip(look);
    if (!skip_number(look, &minor))
        return false;
    *readable = major == 1 && (minor == 1 || minor == 2);
    return true;
}

static bool skip_tag_directive(cdp_look *look, cdp_string *handle)
{
    size_t from;

    skip_spaces(look);
    if (cdp_look_byte(look, 0) != '!')
        return false;
    from = look->mark.at;
    handle->data = look->text.data + from;
    handle->length = skip_handle(look);
    if (handle->length > 1 && look->text.data[look->mark.at - 1] != '!')
        return false;
    if (!cdp_look_is_blank(look, 0))
        return false;
    skip_spaces(look);
    from = look->mark.at;
    return skip_uri(look, true) && look->mark.at > from && cdp_look_is_blankz(look, 0);
}

bool cdp_look_directive(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    cdp_string name = {look->text.data + start.at + 1, 0};
    cdp_string handle = {NULL, 0};
    uint32_t readable = 0;
    bool version, good;

    cdp_look_skip(look);
    while (is_name(cdp_look_byte(look, 0)))
        cdp_look_skip(look);
    name.length = look->mark.at - start.at - 1;
    version = cdp_string_equal_c(name, "YAML");
    good = cdp_look_is_blankz(look, 0) &&
           (version ? skip_version(look, &readable)
                    : cdp_string_equal_c(name, "TAG") && skip_tag_directive(look, &handle));
    if (good) {
        cdp_look_skip_rest_of_line(look);
        good = at_line_end(look);
    }
    if (!good)
        return cdp_look_fail(look, CDP_LOOK_BAD_DIRECTIVE, start, start);
    cdp_look_skip_break(look);
    if (!cdp_look_add_token(look, version ? CDP_LOOK_VERSION_DIRECTIVE : CDP_LOOK_TAG_DIRECTIVE,
                            start))
        return false;
    look->tokens[look->tail - 1].handle = version ? readable : (uint32_t)handle.length;
    return true;
}
