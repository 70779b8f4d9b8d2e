/* SPDX-License-Identifier: MIT */
#include "appspec/emit_xml.h"

#include "base/strings.h"
#include "base/utf8.h"

enum { INDENT = 2 };

static void refuse(appspec_emitter *emitter)
{
    emitter->status = CDP_ERR_UNSUPPORTED;
}

static appspec_level *top(appspec_emitter *emitter)
{
    return &emitter->levels[emitter->depth - 1];
}

/* The name that the next value is written under. */
static cdp_string next_name(appspec_emitter *emitter)
{
    if (emitter->depth > 0 && top(emitter)->is_list)
        return top(emitter)->name;
    return emitter->key;
}

static void new_line(appspec_emitter *emitter)
{
    unsigned depth = 0;

    for (size_t i = 0; i < emitter->depth; i++)
        depth += !emitter->levels[i].is_list;
    if (cdp_text_string(emitter->text).length > emitter->start)
        cdp_text_put_byte(emitter->text, '\n');
    cdp_text_put_repeated(emitter->text, ' ', (size_t)depth * INDENT);
}

static void put_tag(appspec_emitter *emitter, const char *before, cdp_string name)
{
    cdp_text_put_c(emitter->text, before);
    cdp_text_put(emitter->text, name);
    cdp_text_put_byte(emitter->text, '>');
}

void cdp_emit_xml_begin(appspec_emitter *emitter)
{
    emitter->key = CDP_STR("appspec");
}

void cdp_emit_xml_open(appspec_emitter *emitter, bool is_list)
{
    appspec_level level = {.is_list = is_list, .name = next_name(emitter)};

    if (emitter->depth > 0)
        top(emitter)->count++;
    if (!is_list) {
        new_line(emitter);
        put_tag(emitter, "<", level.name);
    }
    emitter->levels[emitter->depth++] = level;
}

void cdp_emit_xml_close(appspec_emitter *emitter)
{
    appspec_level level = *top(emitter);

    emitter->depth--;
    if (level.count == 0)
        refuse(emitter); /* nothing in an element is null, and no element is no list */
    if (!level.is_list) {
        new_line(emitter);
        put_tag(emitter, "</", level.name);
    }
}

static bool is_letter(char c)
{
    return (cdp_lower(c) >= 'a' && cdp_lower(c) <= 'z') || c == '_';
}

static bool is_name(cdp_string text)
{
    if (text.length == 0 || !is_letter(text.data[0]))
        return false;
    for (size_t i = 1; i < text.length; i++)
        if (!is_letter(text.data[i]) && !cdp_is_digit(text.data[i]) && text.data[i] != '-' &&
            text.data[i] != '.')
            return false;
    return true;
}

void cdp_emit_xml_key(appspec_emitter *emitter, const appspec_value *key)
{
    if (key->kind != CDP_APPSPEC_VALUE_TEXT || !is_name(key->text))
        refuse(emitter);
    emitter->key = key->text;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Begins with what a number of JSON can begin with; a few too many do no harm. */
static bool looks_like_literal(cdp_string text)
{
    return cdp_is_digit(text.data[0]) || text.data[0] == '-' || cdp_string_equal_c(text, "null") ||
           cdp_string_equal_c(text, "true") || cdp_string_equal_c(text, "false");
}

static void put_escaped(appspec_emitter *emitter, cdp_string text)
{
    for (size_t at = 0; at < text.length;) {
        size_t length = cdp_utf8_length(text, at);
        uint32_t code = length ? cdp_utf8_decode(text, at) : 0;

        if ((code < 0x20 && code != '\t' && code != '\n' && code != '\r') || code == 0xFFFE ||
            code == 0xFFFF)
            refuse(emitter);
        if (code == '&')
            cdp_text_put_c(emitter->text, "&amp;");
        else if (code == '<')
            cdp_text_put_c(emitter->text, "&lt;");
        else if (code == '>')
            cdp_text_put_c(emitter->text, "&gt;");
        else if (code == '\r')
            cdp_text_put_c(emitter->text, "&#13;");
        else
            cdp_text_put(emitter->text, cdp_string_slice(text.data + at, length));
        at += length ? length : 1;
    }
}

static void put_element(appspec_emitter *emitter, cdp_string text)
{
    cdp_string name = next_name(emitter);
    bool spaced =
        text.length > 0 && (is_space(text.data[0]) || is_space(text.data[text.length - 1]));

    top(emitter)->count++;
    new_line(emitter);
    cdp_text_put_byte(emitter->text, '<');
    cdp_text_put(emitter->text, name);
    cdp_text_put_c(emitter->text, spaced ? " xml:space=\"preserve\">" : ">");
    put_escaped(emitter, text);
    put_tag(emitter, "</", name);
}

void cdp_emit_xml_text(appspec_emitter *emitter, cdp_string text, bool as_is)
{
    if (text.length == 0 || (!as_is && looks_like_literal(text)))
        refuse(emitter);
    put_element(emitter, text);
}

void cdp_emit_xml_word(appspec_emitter *emitter, cdp_string word)
{
    put_element(emitter, word);
}

void cdp_emit_xml_value(appspec_emitter *emitter, const appspec_value *value)
{
    switch (value->kind) {
    case CDP_APPSPEC_VALUE_TEXT:
        cdp_emit_xml_text(emitter, value->text, false);
        break;
    case CDP_APPSPEC_VALUE_ABSENT:
        put_element(emitter, CDP_STR("null"));
        break;
    case CDP_APPSPEC_VALUE_NUMBER:
        if (value->json[0] == '"')
            refuse(emitter); /* infinity */
        put_element(emitter, cdp_string_of(value->json));
        break;
    case CDP_APPSPEC_VALUE_BOOLEAN:
        put_element(emitter, cdp_string_of(value->json));
        break;
    default:
        refuse(emitter);
        break;
    }
}
