/* SPDX-License-Identifier: MIT */
#include "document/cause.h"

#include "base/utf8.h"

/* Causes that are seen in the characters: what was not meant to be YAML, and what looks like it. */

static bool begins_at(cdp_string text, size_t at, const char *with)
{
    size_t length = strlen(with);

    return at <= text.length && text.length - at >= length &&
           memcmp(text.data + at, with, length) == 0;
}

bool cdp_cause_rtf(const cdp_look *look, cdp_cause *cause)
{
    if (!begins_at(look->text, 0, "{\\rtf"))
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_RTF, 0, 5);
    return true;
}

/* `<<<<<<< name`, `=======` or `>>>>>>> name`, at the begin of a line. */
static bool is_conflict_marker(cdp_string text, size_t line)
{
    static const char *const markers[] = {"<<<<<<<", "=======", ">>>>>>>", "|||||||"};

    for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
        if (begins_at(text, line, markers[i]) &&
            (line + 7 == text.length || strchr(" \r\n", text.data[line + 7])))
            return true;
    }
    return false;
}

bool cdp_cause_conflict(const cdp_look *look, cdp_cause *cause)
{
    cdp_string text = look->text;
    size_t line =
        cdp_line_start(text, look->context.at < look->place.at ? look->context.at : look->place.at);

    for (; line < text.length && line <= look->place.at; line = cdp_line_next(text, line)) {
        if (is_conflict_marker(text, line)) {
            cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_CONFLICT_MARKER, line,
                         cdp_line_end(text, line));
            cause->arguments[0] = cdp_string_slice(text.data + line, 7);
            return true;
        }
    }
    return false;
}

/* Whether tabs are all that the text is indented with: then each stands for one level. */
static bool only_tabs_indent(cdp_string text)
{
    for (size_t line = 0; line < text.length; line = cdp_line_next(text, line)) {
        size_t content = cdp_line_content(text, line);

        for (size_t i = line; i < content; i++) {
            if (text.data[i] == ' ')
                return false;
        }
    }
    return true;
}

bool cdp_cause_tab(const cdp_look *look, cdp_cause *cause)
{
    cdp_string text = look->text;
    size_t line = cdp_line_start(text, look->place.at);
    size_t content = cdp_line_content(text, look->place.at);
    size_t tab = line;

    /* A list's dashes belong to the indentation, and a tab behind one as well. */
    while (begins_at(text, content, "- ") || begins_at(text, content, "-\t")) {
        content++;
        while (content < text.length && (text.data[content] == ' ' || text.data[content] == '\t'))
            content++;
    }
    while (tab < content && text.data[tab] != '\t')
        tab++;
    if (tab == content || look->place.at > content)
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_TAB_INDENTATION, tab, tab + 1);
    cause->at = line;
    cause->length = content - line;
    for (size_t i = line; i < content; i++)
        cdp_text_put_c(&cause->replacement, text.data[i] == '\t'  ? "  "
                                            : text.data[i] == '-' ? "-"
                                                                  : " ");
    cause->mends = true;
    cause->safe =
        (content < text.length && text.data[content] == '#') || only_tabs_indent(cause->original);
    return true;
}

typedef struct lookalike {
    const char *character;
    cdp_diagnostic_code code;
    const char *instead;
} lookalike;

static bool replace(cdp_cause *cause, const lookalike *found, size_t at)
{
    size_t length = strlen(found->character);

    cdp_cause_at(cause, found->code, at, at + length);
    cause->at = at;
    cause->length = length;
    cdp_text_put_c(&cause->replacement, found->instead);
    cause->mends = cause->safe = true;
    return true;
}

/* A dash that is none, where a list item begins. */
static bool find_dash(cdp_string text, size_t line, cdp_cause *cause)
{
    static const lookalike dashes[] = {
        {"\xE2\x80\x93", CDP_DIAGNOSTIC_YAML_DASH, "-"}, /* en dash */
        {"\xE2\x80\x94", CDP_DIAGNOSTIC_YAML_DASH, "-"}, /* em dash */
        {"\xE2\x80\x90", CDP_DIAGNOSTIC_YAML_DASH, "-"}, /* hyphen */
        {"\xE2\x80\x91", CDP_DIAGNOSTIC_YAML_DASH, "-"}, /* non-breaking hyphen */
        {"\xE2\x88\x92", CDP_DIAGNOSTIC_YAML_DASH, "-"}, /* minus */
        {"\xE2\x80\xA2", CDP_DIAGNOSTIC_YAML_DASH, "-"}, /* bullet */
        {"\xEF\xBC\x8D", CDP_DIAGNOSTIC_YAML_DASH, "-"}, /* full-width hyphen-minus */
    };
    size_t content = cdp_line_content(text, line);

    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        if (begins_at(text, content, dashes[i].character) &&
            begins_at(text, content + strlen(dashes[i].character), " "))
            return replace(cause, &dashes[i], content);
    }
    return false;
}

/* A colon that is none, or a blank that is none behind a colon, or in the indentation. */
static bool find_colon_or_blank(cdp_string text, size_t from, size_t to, cdp_cause *cause)
{
    static const lookalike blanks[] = {
        {"\xC2\xA0", CDP_DIAGNOSTIC_YAML_NO_BREAK_SPACE, " "},
        {"\xE2\x80\xAF", CDP_DIAGNOSTIC_YAML_NO_BREAK_SPACE, " "}, /* narrow */
        {"\xE3\x80\x80", CDP_DIAGNOSTIC_YAML_NO_BREAK_SPACE, " "}, /* ideographic */
        {"\xE2\x80\x83", CDP_DIAGNOSTIC_YAML_NO_BREAK_SPACE, " "}, /* em */
        {"\xE2\x80\x82", CDP_DIAGNOSTIC_YAML_NO_BREAK_SPACE, " "}, /* en */
    };
    static const lookalike colon = {"\xEF\xBC\x9A", CDP_DIAGNOSTIC_YAML_FULL_WIDTH_COLON, ": "};
    static const lookalike colon_before_blank = {"\xEF\xBC\x9A",
                                                 CDP_DIAGNOSTIC_YAML_FULL_WIDTH_COLON, ":"};
    size_t content = cdp_line_content(text, from);

    for (size_t at = from; at < to; at++) {
        if (begins_at(text, at, colon.character))
            return replace(cause, begins_at(text, at + 3, " ") ? &colon_before_blank : &colon, at);
        for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
            if (begins_at(text, at, blanks[i].character) &&
                (at == content || text.data[at - 1] == ':'))
                return replace(cause, &blanks[i], at);
        }
    }
    return false;
}

bool cdp_cause_lookalike(const cdp_look *look, cdp_cause *cause)
{
    cdp_string text = look->text;
    size_t line =
        cdp_line_start(text, look->context.at < look->place.at ? look->context.at : look->place.at);

    for (; line < text.length && line <= look->place.at; line = cdp_line_next(text, line)) {
        size_t end = cdp_line_end(text, line);

        if (find_dash(text, line, cause) || find_colon_or_blank(text, line, end, cause))
            return true;
    }
    return false;
}

/* Whether a value begins at a place of its line: behind a colon, a dash, or nothing. */
static bool begins_value(cdp_string text, size_t at)
{
    size_t line = cdp_line_start(text, at);

    while (at > line && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t'))
        at--;
    return at == line || text.data[at - 1] == ':' || text.data[at - 1] == '-';
}

bool cdp_cause_template(const cdp_look *look, cdp_cause *cause)
{
    cdp_string text = look->text;
    size_t line = cdp_line_start(text, look->place.at);

    for (size_t at = line; at < look->place.at || (at == look->place.at && at < text.length);
         at++) {
        bool braces = begins_at(text, at, "{{");
        size_t end;

        if ((!braces && !begins_at(text, at, "{%")) || !begins_value(text, at))
            continue;
        end = cdp_line_end(text, at);
        while (end > at && (text.data[end - 1] == ' ' || text.data[end - 1] == '\t'))
            end--;
        cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_TEMPLATE_UNQUOTED, at, end);
        cause->arguments[0] = braces ? CDP_STR("{{") : CDP_STR("{%");
        cdp_cause_quote(look, cause, at, end);
        cause->safe = braces;
        return true;
    }
    return false;
}

/* `//` or the like where something begins, from `from` up to `to`. */
bool cdp_cause_slashes(const cdp_look *look, cdp_cause *cause)
{
    cdp_string text = look->text;
    size_t from = look->error == CDP_LOOK_NO_COLON || look->error == CDP_LOOK_NO_VALUE_HERE
                      ? look->context.at
                      : look->previous.start.at;

    if (look->error != CDP_LOOK_NO_COLON && look->error != CDP_LOOK_NO_VALUE_HERE &&
        (look->previous.kind != CDP_LOOK_SCALAR || look->previous.style != CDP_STYLE_PLAIN))
        return false;
    if (!begins_at(text, from, "//") && !begins_at(text, from, "/*"))
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_SLASH_COMMENT, from, cdp_line_end(text, from));
    if (begins_at(text, from, "/*"))
        return true;
    cause->at = from;
    cause->length = 2;
    cdp_text_put_c(&cause->replacement,
                   from > 0 && !strchr(" \t\r\n", text.data[from - 1]) ? " #" : "#");
    cause->mends = cause->safe = true;
    return true;
}

static uint32_t hex_of(cdp_string digits)
{
    uint32_t value = 0;

    for (size_t i = 0; i < digits.length; i++) {
        char c = cdp_lower(digits.data[i]);

        value = value << 4 | (uint32_t)(cdp_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* `\ud83d\ude00`, as JSON writes what is beyond U+FFFF: the character, or 0. */
static uint32_t surrogate_pair(cdp_string text, size_t at)
{
    uint32_t high, low;

    if (text.length - at < 12 || !begins_at(text, at, "\\u") || !begins_at(text, at + 6, "\\u"))
        return 0;
    for (size_t i = 2; i < 12; i++) {
        char c = cdp_lower(text.data[at + i]);

        if (i != 6 && i != 7 && !cdp_is_digit(c) && !(c >= 'a' && c <= 'f'))
            return 0;
    }
    high = hex_of(cdp_string_slice(text.data + at + 2, 4));
    low = hex_of(cdp_string_slice(text.data + at + 8, 4));
    if (high < 0xD800 || high > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return 0;
    return 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF);
}

/* The closing quote on the same line, or the line's end. A backslash hides what follows it. */
static size_t closing_quote(cdp_string text, size_t open)
{
    size_t end = cdp_line_end(text, open);

    for (size_t i = open + 1; i < end; i++) {
        if (text.data[i] == '\\')
            i++;
        else if (text.data[i] == '"')
            return i;
    }
    return end;
}

bool cdp_cause_escape(const cdp_look *look, cdp_cause *cause)
{
    cdp_string text = look->text;
    size_t open = look->context.at;
    size_t at = look->place.at;
    size_t close;
    uint32_t character;
    char bytes[4];

    if (look->error != CDP_LOOK_BAD_ESCAPE)
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_BAD_ESCAPE, at, at + 1);
    if (at + 1 < text.length)
        cause->end += cdp_utf8_length(text, at + 1);
    cause->arguments[0] = cdp_string_slice(text.data + at, cause->end - at);
    character = surrogate_pair(text, at);
    cause->mends = true;
    if (character) {
        cause->at = at;
        cause->length = 12;
        cdp_text_put(&cause->replacement,
                     cdp_string_slice(bytes, cdp_utf8_encode(character, bytes)));
        cause->safe = true;
        cause->hint = CDP_STR("Write the character itself, or \\U and eight digits.");
        return true;
    }
    close = closing_quote(text, open);
    if (close == cdp_line_end(text, open)) {
        cause->mends = false;
        return true;
    }
    /* Single quotes take backslashes as they are. */
    cause->at = open;
    cause->length = close + 1 - open;
    cause->safe = true;
    cdp_text_put_byte(&cause->replacement, '\'');
    for (size_t i = open + 1; i < close; i++) {
        cause->safe = cause->safe && text.data[i] != '\'' &&
                      !(text.data[i] == '\\' && strchr("\\\"'", text.data[i + 1]));
        if (text.data[i] == '\'')
            cdp_text_put_byte(&cause->replacement, '\'');
        cdp_text_put_byte(&cause->replacement, text.data[i]);
    }
    cdp_text_put_byte(&cause->replacement, '\'');
    return true;
}

/* A quote that is not closed ends at the next one, lines below. */
static bool is_runaway(const cdp_look *look, const cdp_look_token *token)
{
    return token->kind == CDP_LOOK_SCALAR && token->end_line != token->start.line &&
           (token->style == CDP_STYLE_SINGLE_QUOTED || token->style == CDP_STYLE_DOUBLE_QUOTED) &&
           token->end_line == look->place.line;
}

bool cdp_cause_open_quote(const cdp_look *look, cdp_cause *cause)
{
    size_t at = look->context.at;

    if (look->error != CDP_LOOK_OPEN_QUOTE) {
        if (is_runaway(look, &look->previous))
            at = look->previous.start.at;
        else if (is_runaway(look, cdp_look_last(look)))
            at = cdp_look_last(look)->start.at;
        else
            return false;
    }
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_OPEN_QUOTE, at, at + 1);
    cause->arguments[0] = cdp_string_slice(look->text.data + at, 1);
    return true;
}

bool cdp_cause_fence(const cdp_look *look, cdp_cause *cause)
{
    size_t at = look->place.at;
    size_t end = cdp_line_end(look->text, at);

    if (look->error != CDP_LOOK_CANNOT_START || look->place.column != 0 ||
        !begins_at(look->text, at, "```"))
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_SYNTAX, at, end);
    cause->arguments[0] = CDP_STR("the line is Markdown's, which marks code so");
    cause->at = at;
    cause->length = end - at;
    cause->mends = cause->safe = true;
    return true;
}
