/* SPDX-License-Identifier: MIT */
/* What can be wrong with any text: traces of templates, of word processors, of bad escapes. */
#include "appspec/emit.h"
#include "appspec/keys.h"
#include "appspec/rules.h"
#include "base/bytes.h"

static bool is_name(char c, bool blanks)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || cdp_is_digit(c) || c == '_' ||
           c == '-' || c == '.' || (blanks && c == ' ');
}

/* The length of `open NAME close` at a place, or 0. */
static size_t length_of(cdp_string text, size_t at, cdp_string open, cdp_string close, bool blanks)
{
    cdp_string rest = cdp_string_slice(text.data + at, text.length - at);
    size_t end = open.length;

    if (!cdp_string_starts_with(rest, open))
        return 0;
    while (end < rest.length && is_name(rest.data[end], blanks))
        end++;
    rest = cdp_string_slice(rest.data + end, rest.length - end);
    return end > open.length && cdp_string_starts_with(rest, close) ? end + close.length : 0;
}

typedef struct text_traits {
    bool is_suspect; /* a character that placeholders begin with */
    bool has_control;
    bool has_wide;
} text_traits;

/* Whether eight bytes are all from `*` to `z` and none is `<`: nothing of interest. */
static bool is_ordinary(uint64_t word)
{
    return (((word - CDP_EACH_BYTE('*')) | (word + CDP_EACH_BYTE(0x7F - 'z')) | word |
             cdp_equal_bytes(word, '<')) &
            CDP_EACH_BYTE(0x80)) == 0;
}

/* One quick look, so that ordinary texts cost little. */
static text_traits look(cdp_string text)
{
    text_traits traits = {false, false, false};
    size_t i = 0;

    while (i + 8 <= text.length && is_ordinary(cdp_load_bytes(text.data + i)))
        i += 8;
    if (i > 0 && i + 8 > text.length && is_ordinary(cdp_load_bytes(text.data + text.length - 8)))
        i = text.length;
    for (; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];

        traits.has_control |= c < 0x20 || c == 0x7F;
        traits.has_wide |= c >= 0x80;
        traits.is_suspect |= c == '$' || c == '{' || c == '<' || c == '%';
    }
    return traits;
}

bool cdp_appspec_has_placeholder(cdp_string text, cdp_string *placeholder)
{
    static const struct {
        cdp_string open;
        cdp_string close;
        bool blanks; /* may stand in the name */
    } forms[] = {
        {CDP_LITERAL("${"), CDP_LITERAL("}"), false}, {CDP_LITERAL("{{"), CDP_LITERAL("}}"), true},
        {CDP_LITERAL("<"), CDP_LITERAL(">"), true},   {CDP_LITERAL("<%="), CDP_LITERAL("%>"), true},
        {CDP_LITERAL("%"), CDP_LITERAL("%"), false},
    };

    if (!look(text).is_suspect)
        return false;
    for (size_t at = 0; at < text.length; at++) {
        char c = text.data[at];

        if (c != '$' && c != '{' && c != '<' && c != '%')
            continue;
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
            size_t length = length_of(text, at, forms[i].open, forms[i].close, forms[i].blanks);

            if (length > 0) {
                *placeholder = cdp_string_slice(text.data + at, length);
                return true;
            }
        }
    }
    return false;
}

static void check_wide(appspec_work *work, const appspec_value *value, const char *leaf)
{
    cdp_string bare = cdp_appspec_trim_invisible(value->text);

    if (bare.length >= cdp_string_trim(value->text).length)
        return;
    cdp_text_clear(&work->hint);
    cdp_emit_put_quoted(bare, &work->hint);
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = CDP_DIAGNOSTIC_APPSPEC_INVISIBLE_CHARACTER,
                                 .node = value->node,
                                 .leaf = leaf,
                                 .arguments = {value->text, cdp_string_of(leaf), bare},
                                 .hint = CDP_STR("Write `{2}`."),
                                 .fix = cdp_text_string(&work->hint),
                             });
}

bool cdp_appspec_check_mustache(appspec_work *work, cdp_node node, const char *leaf)
{
    cdp_place place = cdp_node_place(work->document, node);
    cdp_string input = cdp_document_input(work->document);
    cdp_string placeholder;

    if (!place.line || place.end_offset > input.length ||
        !cdp_appspec_has_placeholder(
            cdp_string_slice(input.data + place.offset, place.end_offset - place.offset),
            &placeholder))
        return false;
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = CDP_DIAGNOSTIC_APPSPEC_PLACEHOLDER,
                                 .node = node,
                                 .leaf = leaf,
                                 .arguments = {placeholder, cdp_string_of(leaf)},
                             });
    return true;
}

void cdp_appspec_check_text(appspec_work *work, const appspec_value *value, const char *leaf)
{
    text_traits traits = look(value->text);
    cdp_string placeholder;

    if (traits.is_suspect && cdp_appspec_has_placeholder(value->text, &placeholder))
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_PLACEHOLDER,
                                     .node = value->node,
                                     .leaf = leaf,
                                     .arguments = {placeholder, cdp_string_of(leaf)},
                                 });
    if (traits.has_control)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_CONTROL_CHARACTER,
                                     .node = value->node,
                                     .leaf = leaf,
                                     .arguments = {value->text, cdp_string_of(leaf)},
                                 });
    if (traits.has_wide)
        check_wide(work, value, leaf);
}

void cdp_appspec_check_plain_text(appspec_work *work, const appspec_value *value, const char *leaf)
{
    static const char *const kinds[] = {
        [CDP_APPSPEC_VALUE_ABSENT] = "nothing",    [CDP_APPSPEC_VALUE_TEXT] = "a text",
        [CDP_APPSPEC_VALUE_NUMBER] = "a number",   [CDP_APPSPEC_VALUE_BOOLEAN] = "a yes or no",
        [CDP_APPSPEC_VALUE_LIST] = "a list",       [CDP_APPSPEC_VALUE_MAPPING] = "a mapping",
        [CDP_APPSPEC_VALUE_BYTES] = "binary data", [CDP_APPSPEC_VALUE_SYMBOL] = "a Ruby symbol",
    };

    if (value->kind == CDP_APPSPEC_VALUE_ABSENT)
        return;
    if (value->kind == CDP_APPSPEC_VALUE_MAPPING &&
        cdp_appspec_check_mustache(work, value->node, leaf))
        return;
    if (value->kind != CDP_APPSPEC_VALUE_TEXT)
        cdp_appspec_report(work,
                           &(appspec_finding){
                               .code = CDP_DIAGNOSTIC_APPSPEC_RAW_VALUE,
                               .node = value->node,
                               .leaf = leaf,
                               .arguments = {cdp_string_of(leaf), cdp_string_of(kinds[value->kind]),
                                             cdp_string_of(value->json)},
                           });
    else if (cdp_string_trim(value->text).length != value->text.length)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_PADDED,
                                     .node = value->node,
                                     .leaf = leaf,
                                     .arguments = {value->text, cdp_string_of(leaf)},
                                 });
    cdp_appspec_check_text(work, value, leaf);
}
