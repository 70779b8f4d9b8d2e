/* SPDX-License-Identifier: MIT */
#include "document/cause.h"

/* Which causes there are, in the order in which they are thought of, and what they share. */

size_t cdp_line_start(cdp_string text, size_t at)
{
    at = at < text.length ? at : text.length;
    while (at > 0 && text.data[at - 1] != '\n' && text.data[at - 1] != '\r')
        at--;
    return at;
}

size_t cdp_line_end(cdp_string text, size_t at)
{
    while (at < text.length && text.data[at] != '\n' && text.data[at] != '\r')
        at++;
    return at;
}

size_t cdp_line_next(cdp_string text, size_t at)
{
    at = cdp_line_end(text, at);
    return at + cdp_look_break_length(text, at);
}

size_t cdp_line_content(cdp_string text, size_t at)
{
    at = cdp_line_start(text, at);
    while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t'))
        at++;
    return at;
}

cdp_string cdp_word_at(cdp_string text, size_t at)
{
    size_t end = at;
    size_t line_end = cdp_line_end(text, at);

    while (end < line_end && text.data[end] != ' ' && text.data[end] != '\t' &&
           !(text.data[end] == ':' && end > at))
        end++;
    return cdp_string_slice(text.data + at, end - at);
}

size_t cdp_value_end(const cdp_look *look, size_t at)
{
    cdp_string text = look->text;
    bool flow = look->key_count > 1;
    size_t end = cdp_line_end(text, at);

    for (size_t i = at; i < end; i++) {
        char c = text.data[i];

        if ((flow && (c == ',' || c == ']' || c == '}')) ||
            (c == '#' && i > at && (text.data[i - 1] == ' ' || text.data[i - 1] == '\t')))
            end = i;
    }
    while (end > at && (text.data[end - 1] == ' ' || text.data[end - 1] == '\t'))
        end--;
    return end;
}

void cdp_cause_quote(const cdp_look *look, cdp_cause *cause, size_t start, size_t end)
{
    cdp_string value = cdp_string_slice(look->text.data + start, end - start);
    bool plain = cdp_string_find(value, '"', 0) == value.length &&
                 cdp_string_find(value, '\\', 0) == value.length;

    cause->at = start;
    cause->length = value.length;
    cdp_text_put_byte(&cause->replacement, plain ? '"' : '\'');
    for (size_t i = 0; i < value.length; i++) {
        if (value.data[i] == '\'' && !plain)
            cdp_text_put_byte(&cause->replacement, '\'');
        cdp_text_put_byte(&cause->replacement, value.data[i]);
    }
    cdp_text_put_byte(&cause->replacement, plain ? '"' : '\'');
    cause->mends = true;
}

void cdp_cause_at(cdp_cause *cause, cdp_diagnostic_code code, size_t start, size_t end)
{
    cause->code = code;
    cause->start = start;
    cause->end = end;
}

void cdp_cause_number(cdp_cause *cause, size_t argument, uint64_t number)
{
    char *digits = cause->numbers[argument - 1];
    size_t at = sizeof cause->numbers[0];

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    cause->arguments[argument] = cdp_string_slice(digits + at, sizeof cause->numbers[0] - at);
}

/* The rule itself, when nothing tells why it was broken. */
static void name_the_rule(const cdp_look *look, cdp_cause *cause)
{
    static const struct {
        cdp_look_error error;
        cdp_diagnostic_code code;
        const char *rule;
    } rules[] = {
        {CDP_LOOK_CANNOT_START, CDP_DIAGNOSTIC_YAML_SYNTAX, "no value begins with this character"},
        {CDP_LOOK_NO_COLON, CDP_DIAGNOSTIC_YAML_SYNTAX, "a key needs a colon behind it"},
        {CDP_LOOK_NO_KEY_HERE, CDP_DIAGNOSTIC_YAML_SYNTAX, "no key can begin here"},
        {CDP_LOOK_NO_VALUE_HERE, CDP_DIAGNOSTIC_YAML_SYNTAX, "no colon can stand here"},
        {CDP_LOOK_BAD_NAME, CDP_DIAGNOSTIC_YAML_SYNTAX, "this is not a name"},
        {CDP_LOOK_BAD_TAG, CDP_DIAGNOSTIC_YAML_TAG, NULL},
        {CDP_LOOK_UNKNOWN_HANDLE, CDP_DIAGNOSTIC_YAML_TAG, NULL},
        {CDP_LOOK_BAD_DIRECTIVE, CDP_DIAGNOSTIC_YAML_DIRECTIVE, NULL},
        {CDP_LOOK_NO_DOCUMENT_START, CDP_DIAGNOSTIC_YAML_DIRECTIVE, NULL},
        {CDP_LOOK_BAD_BLOCK_HEADER, CDP_DIAGNOSTIC_YAML_BLOCK_HEADER, NULL},
        {CDP_LOOK_BAD_FLOW_COLON, CDP_DIAGNOSTIC_YAML_SYNTAX,
         "a colon in brackets needs a blank behind it"},
        {CDP_LOOK_NO_NODE, CDP_DIAGNOSTIC_YAML_SYNTAX, "a value is missing here"},
        {CDP_LOOK_EXPECTED_ENTRY, CDP_DIAGNOSTIC_YAML_SYNTAX, "a list item is expected here"},
        {CDP_LOOK_EXPECTED_KEY, CDP_DIAGNOSTIC_YAML_SYNTAX, "a key is expected here"},
        {CDP_LOOK_EXPECTED_COMMA, CDP_DIAGNOSTIC_YAML_SYNTAX,
         "a comma or the closing bracket is expected here"},
    };

    cdp_cause_at(cause, CDP_DIAGNOSTIC_YAML_SYNTAX, look->place.at, look->place.at);
    cause->arguments[0] = CDP_STR("the text breaks off here");
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].error != look->error)
            continue;
        cause->code = rules[i].code;
        if (rules[i].rule) {
            cause->arguments[0] = cdp_string_of(rules[i].rule);
        } else {
            cause->start = look->context.at;
            cause->end = cdp_value_end(look, cause->start);
            cause->arguments[0] =
                cdp_string_slice(look->text.data + cause->start, cause->end - cause->start);
        }
    }
}

void cdp_cause_find(const cdp_look *look, cdp_string original, cdp_cause *cause)
{
    static bool (*const causes[])(const cdp_look *look, cdp_cause *cause) = {
        cdp_cause_rtf,           cdp_cause_conflict,       cdp_cause_tab,
        cdp_cause_fence,         cdp_cause_template,       cdp_cause_slashes,
        cdp_cause_escape,        cdp_cause_open_quote,     cdp_cause_unquoted,
        cdp_cause_lookalike,     cdp_cause_long_key,       cdp_cause_missing_blank,
        cdp_cause_missing_colon, cdp_cause_brackets,       cdp_cause_comma,
        cdp_cause_text_behind,   cdp_cause_colon_in_value, cdp_cause_list_on_line,
        cdp_cause_indentation,
    };

    *cause = (cdp_cause){.original = original, .code = CDP_DIAGNOSTIC_YAML_SYNTAX};
    cdp_text_init(&cause->replacement, &look->allocator);
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        if (causes[i](look, cause))
            return;
    }
    name_the_rule(look, cause);
}
