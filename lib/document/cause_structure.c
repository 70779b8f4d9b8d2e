/* SPDX-License-Identifier: MIT */
#include "document/cause.h"

/* Causes that are seen in the structure: quotes, colons, brackets, indentation. */

bool cdp_cause_unquoted(const cdp_look *look, cdp_cause *cause)
{
    size_t at = look->context.at;
    char c;

    if (look->error != CDP_LOOK_BAD_NAME && look->error != CDP_LOOK_CANNOT_START)
        return false;
    c = at < look->text.length ? look->text.data[at] : '\0';
    if (c == '\0' || !strchr("*&@`%|>", c))
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_UNQUOTED_CHARACTER, at, cdp_value_end(look, at));
    cause->arguments[0] = cdp_string_slice(look->text.data + at, 1);
    cause->arguments[1] = cdp_string_slice(look->text.data + at, cause->end - at);
    cdp_cause_quote(look, cause, at, cause->end);
    cause->safe = true;
    return true;
}

bool cdp_cause_long_key(const cdp_look *look, cdp_cause *cause)
{
    if ((look->error != CDP_LOOK_NO_COLON && look->error != CDP_LOOK_NO_VALUE_HERE) ||
        look->place.characters - look->context.characters <= 1024 ||
        (look->place.line != look->context.line && look->error == CDP_LOOK_NO_VALUE_HERE))
        return false;
    if (cdp_line_end(look->text, look->context.at) - look->context.at <= 1024)
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_LONG_KEY, look->context.at,
                 cdp_line_end(look->text, look->context.at));
    return true;
}

/* `word:word` where `word: word` was meant; addresses and paths are left alone. */
bool cdp_cause_missing_blank(const cdp_look *look, cdp_cause *cause)
{
    cdp_string text = look->text;
    size_t at = cdp_line_content(text, look->context.at);
    size_t end = cdp_line_end(text, at);

    if (look->error != CDP_LOOK_NO_COLON && look->error != CDP_LOOK_NO_VALUE_HERE)
        return false;
    if (at + 1 < end && text.data[at] == '-' && text.data[at + 1] == ' ')
        at = at + 2;
    if (at > look->context.at || cdp_word_at(text, at).length == 0)
        return false;
    at += cdp_word_at(text, at).length;
    if (at + 1 >= end || text.data[at] != ':' || text.data[at + 1] == ' ' ||
        strchr("/\\:\t", text.data[at + 1]))
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_MISSING_BLANK, at, at + 1);
    cause->arguments[0] = cdp_word_at(text, look->context.at);
    cause->at = at + 1;
    cdp_text_put_byte(&cause->replacement, ' ');
    cause->mends = cause->safe = true;
    return true;
}

/* Whether a line holds nothing before a place but indentation and dashes. */
static bool begins_line(cdp_string text, size_t at)
{
    size_t content = cdp_line_content(text, at);

    while (content < at && (text.data[content] == '-' || text.data[content] == ' '))
        content++;
    return content == at;
}

bool cdp_cause_missing_colon(const cdp_look *look, cdp_cause *cause)
{
    cdp_string text = look->text;
    size_t at = look->context.at;
    size_t end;

    if (look->error != CDP_LOOK_NO_COLON &&
        !(look->error == CDP_LOOK_NO_VALUE_HERE && look->context.line < look->place.line))
        return false;
    if (!begins_line(text, at))
        return false;
    end = cdp_value_end(look, at);
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_MISSING_COLON, at, end);
    cause->arguments[0] = cdp_string_slice(text.data + at, end - at);
    cause->at = end;
    cdp_text_put_byte(&cause->replacement, ':');
    cause->mends = true;
    /* With lines below that belong to it, it can only be a key. */
    cause->safe = look->error == CDP_LOOK_NO_VALUE_HERE && cdp_word_at(text, at).length == end - at;
    return true;
}

bool cdp_cause_colon_in_value(const cdp_look *look, cdp_cause *cause)
{
    size_t at = look->context.at;
    size_t end = cdp_value_end(look, at);

    if (look->error != CDP_LOOK_NO_VALUE_HERE || look->context.line != look->place.line ||
        at >= look->place.at)
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_COLON_IN_VALUE, look->place.at, look->place.at + 1);
    cause->arguments[0] = cdp_string_slice(look->text.data + at, end - at);
    cdp_cause_quote(look, cause, at, end);
    return true;
}

/* Something on the same line behind a value that is complete. */
bool cdp_cause_text_behind(const cdp_look *look, cdp_cause *cause)
{
    const cdp_look_token *previous = &look->previous;
    bool quoted =
        previous->kind == CDP_LOOK_SCALAR &&
        (previous->style == CDP_STYLE_SINGLE_QUOTED || previous->style == CDP_STYLE_DOUBLE_QUOTED);
    size_t end;

    if (look->error != CDP_LOOK_EXPECTED_KEY && look->error != CDP_LOOK_EXPECTED_ENTRY &&
        look->error != CDP_LOOK_EXPECTED_COMMA)
        return false;
    if ((!quoted && previous->kind != CDP_LOOK_FLOW_SEQUENCE_END &&
         previous->kind != CDP_LOOK_FLOW_MAPPING_END && previous->kind != CDP_LOOK_ALIAS) ||
        previous->end_line != look->place.line || look->place.at >= look->text.length)
        return false;
    if (look->tokens[look->head].kind == CDP_LOOK_FLOW_SEQUENCE_END ||
        look->tokens[look->head].kind == CDP_LOOK_FLOW_MAPPING_END)
        return false;
    end = cdp_value_end(look, look->place.at);
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_TEXT_BEHIND, look->place.at, end);
    cause->arguments[0] = cdp_string_slice(look->text.data + look->place.at, end - look->place.at);
    return true;
}

/* The innermost bracket that is open, or the end of the text. */
static size_t open_bracket(const cdp_look *look)
{
    size_t at = look->opened_count && look->key_count > 1 ? look->opened[look->opened_count - 1].at
                                                          : look->text.length;

    return at < look->text.length && (look->text.data[at] == '[' || look->text.data[at] == '{')
               ? at
               : look->text.length;
}

/* Whether a line stands no deeper than the one with the bracket: it is out of the brackets. */
static bool is_outside(cdp_string text, size_t bracket, size_t at)
{
    size_t outer = cdp_line_content(text, bracket) - cdp_line_start(text, bracket);

    return cdp_line_content(text, at) - cdp_line_start(text, at) <= outer;
}

bool cdp_cause_brackets(const cdp_look *look, cdp_cause *cause)
{
    size_t at = open_bracket(look);
    cdp_look_token_kind kind;

    if ((look->error != CDP_LOOK_EXPECTED_COMMA && look->error != CDP_LOOK_NO_NODE) ||
        at == look->text.length)
        return false;
    kind = look->tokens[look->head].kind;
    if (kind != CDP_LOOK_STREAM_END && kind != CDP_LOOK_DOCUMENT_START &&
        kind != CDP_LOOK_DOCUMENT_END && kind != CDP_LOOK_FLOW_SEQUENCE_END &&
        kind != CDP_LOOK_FLOW_MAPPING_END &&
        !(look->place.line > look->opened[look->opened_count - 1].line &&
          is_outside(look->text, at, look->place.at)))
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_OPEN_BRACKET, at, at + 1);
    cause->arguments[0] = look->text.data[at] == '[' ? CDP_STR("[") : CDP_STR("{");
    cause->arguments[1] = look->text.data[at] == '[' ? CDP_STR("]") : CDP_STR("}");
    return true;
}

/* Two things in brackets without a comma between them, on two lines or both in quotes. */
bool cdp_cause_comma(const cdp_look *look, cdp_cause *cause)
{
    const cdp_look_token *previous = &look->previous;
    const cdp_look_token *next;
    size_t at = previous->end;

    if (look->error != CDP_LOOK_EXPECTED_COMMA)
        return false;
    next = &look->tokens[look->head];
    if (next->kind == CDP_LOOK_VALUE && previous->kind == CDP_LOOK_SCALAR &&
        previous->style == CDP_STYLE_PLAIN && previous->end_line > previous->start.line)
        at = cdp_value_end(look, previous->start.at); /* `a` and `b:`, read as `a b:` */
    else if (previous->end_line == next->start.line &&
             !strchr("\"'[{", look->text.data[next->start.at]))
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_MISSING_COMMA, at, at);
    cause->at = at;
    cdp_text_put_byte(&cause->replacement, ',');
    cause->mends = cause->safe = true;
    return true;
}

bool cdp_cause_list_on_line(const cdp_look *look, cdp_cause *cause)
{
    size_t at = look->place.at;

    if (look->error != CDP_LOOK_NO_ENTRY_HERE)
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_LIST_ON_LINE, at, at + 1);
    return true;
}

/* The column where the thing at `at` has its neighbours: characters from the line's begin. */
static size_t column_of(cdp_string text, size_t at)
{
    size_t column = 0;

    for (size_t i = cdp_line_start(text, at); i < at; i++)
        column += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return column;
}

/* Whether the lines below are deeper than the one at `at`, so that they have to move with it. */
static bool has_block(cdp_string text, size_t at)
{
    size_t indent = cdp_line_content(text, at) - cdp_line_start(text, at);
    size_t line = cdp_line_next(text, at);

    while (line < text.length && cdp_line_content(text, line) == cdp_line_end(text, line))
        line = cdp_line_next(text, line);
    return line < text.length && cdp_line_content(text, line) - line > indent;
}

static bool moved(const cdp_look *look, cdp_cause *cause, size_t at, size_t wanted, bool safe)
{
    cdp_string text = look->text;
    size_t line = cdp_line_start(text, at);
    size_t has = column_of(text, at);

    if (has == wanted)
        return false;
    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_INDENTATION, at, at + cdp_word_at(text, at).length);
    cause->arguments[0] = cdp_word_at(text, at);
    cdp_cause_number(cause, 1, has + 1);
    cdp_cause_number(cause, 2, wanted + 1);
    cause->at = line;
    cause->length = at - line;
    cdp_text_put_repeated(&cause->replacement, ' ', wanted);
    cause->shift = (int64_t)wanted - (int64_t)has;
    cause->mends = cdp_line_content(text, at) == at;
    cause->safe = cause->mends && safe && (wanted < has || !has_block(text, at));
    return true;
}

/* Whether a key's value stands on its line. */
static bool has_value(cdp_string text, size_t key)
{
    size_t end = cdp_line_end(text, key);

    while (end > key && (text.data[end - 1] == ' ' || text.data[end - 1] == '\t'))
        end--;
    return end > key && text.data[end - 1] != ':';
}

/* `key: value` and the next line deeper: read as more of the value, up to its colon. */
static bool continued_value(const cdp_look *look, cdp_cause *cause)
{
    cdp_string text = look->text;
    size_t at = cdp_line_content(text, look->place.at);
    size_t key = cdp_line_content(text, look->context.at);

    if (look->error != CDP_LOOK_NO_VALUE_HERE || look->context.line >= look->place.line)
        return false;
    while (key + 1 < look->context.at && text.data[key] == '-' && text.data[key + 1] == ' ') {
        key += 2;
        while (text.data[key] == ' ')
            key++;
    }
    return moved(look, cause, at, column_of(text, key), has_value(text, at));
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/*
 * A key that stands in nobody's column. It belongs to the mapping that it ended by standing too far
 * left, or to one that is still open: the nearer one; from the middle, a key with its value on the
 * line goes with its like, and a key of something larger goes out.
 */
static bool stray_key(const cdp_look *look, cdp_cause *cause, const cdp_look_mark *outer)
{
    size_t at = look->place.at;
    size_t column = look->place.column;
    const cdp_look_mark *inner = &look->closed_mapping;
    size_t in, out;

    if (inner->at <= look->context.at || inner->column <= column)
        return outer && moved(look, cause, at, outer->column, false);
    if (!outer)
        return moved(look, cause, at, inner->column, true);
    in = distance(inner->column, column);
    out = distance(outer->column, column);
    if (in < out || (in == out && has_value(look->text, at)))
        return moved(look, cause, at, inner->column, in < out);
    return moved(look, cause, at, outer->column, out < in && column < inner->column);
}

bool cdp_cause_indentation(const cdp_look *look, cdp_cause *cause)
{
    bool in_list = look->error == CDP_LOOK_EXPECTED_ENTRY;
    const cdp_look_mark *outer = &look->context;
    const cdp_look_mark *inner;
    size_t at = look->place.at;

    if (continued_value(look, cause))
        return true;
    if ((look->error != CDP_LOOK_EXPECTED_KEY && !in_list) || at >= look->text.length ||
        cdp_line_content(look->text, at) != at)
        return false;
    if (look->text.data[at] != '-' || !strchr(" \t\r\n", look->text.data[at + 1])) {
        if (in_list)
            outer = look->opened_count > 1 ? &look->opened[look->opened_count - 2] : NULL;
        return stray_key(look, cause, outer);
    }
    inner = look->closed_sequence.at > look->context.at ? &look->closed_sequence
                                                        : &look->closed_mapping;
    if (inner->at > look->context.at && inner->column > look->place.column)
        return moved(look, cause, at, inner->column, true);
    return moved(look, cause, at, look->context.column, false);
}
