/* SPDX-License-Identifier: MIT */
/* YAML and JSON from one series of calls. */
#include "appspec/emit.h"

#include "appspec/emit_xml.h"
#include "base/strings.h"
#include "base/utf8.h"

enum {
    INDENT = 2,
    LONGEST_SIMPLE_KEY = 1000 /* YAML allows 1024 characters, quotes and escapes included */
};

static bool is_json(const appspec_emitter *emitter)
{
    return emitter->notation == CDP_APPSPEC_NOTATION_JSON;
}

static bool is_xml(const appspec_emitter *emitter)
{
    return emitter->notation == CDP_APPSPEC_NOTATION_XML;
}

void cdp_emit_begin(appspec_emitter *emitter, cdp_appspec_notation notation, cdp_text *text)
{
    *emitter = (appspec_emitter){
        .text = text, .notation = notation, .start = cdp_text_string(text).length};
    if (is_xml(emitter))
        cdp_emit_xml_begin(emitter);
}

cdp_status cdp_emit_end(appspec_emitter *emitter)
{
    cdp_status status = cdp_text_status(emitter->text);

    cdp_text_put_byte(emitter->text, '\n');
    if (status == CDP_OK)
        status = cdp_text_status(emitter->text);
    if (status == CDP_OK)
        status = emitter->status;
    if (status != CDP_OK)
        cdp_text_rollback(emitter->text, emitter->start);
    return status;
}

static void refuse(appspec_emitter *emitter)
{
    emitter->status = CDP_ERR_UNSUPPORTED;
}

static appspec_level *top(appspec_emitter *emitter)
{
    return emitter->depth > 0 ? &emitter->levels[emitter->depth - 1] : NULL;
}

static void new_line(appspec_emitter *emitter, unsigned indent)
{
    if (cdp_text_string(emitter->text).length > emitter->start)
        cdp_text_put_byte(emitter->text, '\n');
    cdp_text_put_repeated(emitter->text, ' ', indent);
}

/* What stands in front of an item of a list, or of a key. */
static void begin_member(appspec_emitter *emitter)
{
    appspec_level *level = top(emitter);

    if (is_json(emitter)) {
        if (level->count > 0)
            cdp_text_put_byte(emitter->text, ',');
        new_line(emitter, level->indent);
    } else if (level->count > 0 || !level->is_inline) {
        new_line(emitter, level->indent);
    }
    level->count++;
    if (level->is_list && !is_json(emitter))
        cdp_text_put_byte(emitter->text, '-');
}

/* What stands in front of a value: the key's blank, or an item's beginning. */
static void begin_value(appspec_emitter *emitter)
{
    if (emitter->after_key) {
        emitter->after_key = false;
        return;
    }
    if (emitter->depth > 0)
        begin_member(emitter);
}

static void open(appspec_emitter *emitter, bool is_list)
{
    appspec_level *around = top(emitter);
    bool is_item = around && around->is_list;
    unsigned indent = around ? around->indent + INDENT : 0;

    if (is_xml(emitter)) {
        cdp_emit_xml_open(emitter, is_list);
        return;
    }
    begin_value(emitter);
    if (is_json(emitter)) {
        if (around && !is_item)
            cdp_text_put_byte(emitter->text, ' ');
        cdp_text_put_byte(emitter->text, is_list ? '[' : '{');
        indent = around ? around->indent + INDENT : INDENT;
    } else if (is_item) {
        cdp_text_put_byte(emitter->text, ' ');
    }
    emitter->levels[emitter->depth++] =
        (appspec_level){.is_list = is_list, .is_inline = is_item, .indent = indent};
}

void cdp_emit_open_mapping(appspec_emitter *emitter)
{
    open(emitter, false);
}

void cdp_emit_open_list(appspec_emitter *emitter)
{
    open(emitter, true);
}

void cdp_emit_close(appspec_emitter *emitter)
{
    appspec_level level;

    if (is_xml(emitter)) {
        cdp_emit_xml_close(emitter);
        return;
    }
    level = emitter->levels[--emitter->depth];
    if (is_json(emitter)) {
        if (level.count > 0)
            new_line(emitter, level.indent - INDENT);
        cdp_text_put_byte(emitter->text, level.is_list ? ']' : '}');
    } else if (level.count == 0) {
        if (!level.is_inline && emitter->depth > 0)
            cdp_text_put_byte(emitter->text, ' ');
        cdp_text_put_c(emitter->text, level.is_list ? "[]" : "{}");
    }
}

static void put_escape(uint32_t code, cdp_text *text)
{
    static const char hex[] = "0123456789abcdef";

    cdp_text_put_c(text, "\\u");
    for (int shift = 12; shift >= 0; shift -= 4)
        cdp_text_put_byte(text, hex[code >> shift & 15]);
}

/* Control characters, and what YAML takes for line ends or refuses unescaped. */
static bool needs_escape(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

void cdp_emit_put_quoted(cdp_string string, cdp_text *text)
{
    cdp_text_put_byte(text, '"');
    for (size_t at = 0; at < string.length;) {
        size_t length = cdp_utf8_length(string, at);
        uint32_t code = length ? cdp_utf8_decode(string, at) : 0xFFFD;

        if (code == '"' || code == '\\')
            cdp_text_put_byte(text, '\\');
        if (code == '\n' || code == '\t' || code == '\r') {
            cdp_text_put_byte(text, '\\');
            cdp_text_put_byte(text, code == '\n' ? 'n' : code == '\t' ? 't' : 'r');
        } else if (needs_escape(code)) {
            put_escape(code, text);
        } else {
            cdp_text_put(text, cdp_string_slice(string.data + at, length));
        }
        at += length ? length : 1;
    }
    cdp_text_put_byte(text, '"');
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Words that some YAML reads as something else than a text. */
static bool is_special_word(cdp_string text)
{
    static const char *const words[] = {"y",  "n",   "yes",  "no",   "true",
                                        "on", "off", "null", "false"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (cdp_string_equal_ignoring_case(text, cdp_string_of(words[i])))
            return true;
    return false;
}

/* Begins with a letter or a slash, and goes on with nothing that YAML gives a meaning. */
static bool is_plain(cdp_string text)
{
    if (text.length == 0 || (!is_letter(text.data[0]) && text.data[0] != '/') ||
        is_special_word(text))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];

        if (c == ':' && i + 1 < text.length)
            continue;
        if (!is_letter(c) && !cdp_is_digit(c) && c != '/' && c != '_' && c != '-' && c != '.' &&
            c != '@' && c != '+')
            return false;
    }
    return true;
}

static bool is_utf8(cdp_string text)
{
    for (size_t at = 0; at < text.length;) {
        size_t length = cdp_utf8_length(text, at);

        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

static void put_text(appspec_emitter *emitter, cdp_string text, bool quoted)
{
    if (!is_utf8(text))
        refuse(emitter);
    else if (!quoted && !is_json(emitter) && is_plain(text))
        cdp_text_put(emitter->text, text);
    else
        cdp_emit_put_quoted(text, emitter->text);
}

/* A scalar in its place: behind a key, a dash, or on a line of its own. */
static void begin_scalar(appspec_emitter *emitter)
{
    begin_value(emitter);
    if (!is_json(emitter) || !top(emitter)->is_list)
        cdp_text_put_byte(emitter->text, ' ');
}

void cdp_emit_key(appspec_emitter *emitter, const char *name)
{
    appspec_value key = {.text = cdp_string_of(name), .kind = CDP_APPSPEC_VALUE_TEXT};

    cdp_emit_key_value(emitter, &key);
}

static void put_bytes(appspec_emitter *emitter, cdp_string bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    if (is_json(emitter)) {
        refuse(emitter);
        return;
    }
    cdp_text_put_c(emitter->text, "!!binary \"");
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t count = bytes.length - i < 3 ? bytes.length - i : 3;
        uint32_t group = 0;

        for (size_t j = 0; j < 3; j++)
            group = group << 8 | (j < count ? (unsigned char)bytes.data[i + j] : 0u);
        for (size_t j = 0; j < 4; j++)
            cdp_text_put_byte(emitter->text, j <= count ? digits[group >> (18 - 6 * j) & 63] : '=');
    }
    cdp_text_put_byte(emitter->text, '"');
}

static void put_special(appspec_emitter *emitter, const appspec_value *value)
{
    bool is_infinite = value->kind == CDP_APPSPEC_VALUE_NUMBER && value->json[0] == '"';

    if (is_json(emitter) && (is_infinite || value->kind == CDP_APPSPEC_VALUE_SYMBOL)) {
        refuse(emitter);
    } else if (is_infinite) {
        cdp_text_put_c(emitter->text, value->json[1] == 'N'   ? ".nan"
                                      : value->json[1] == '-' ? "-.inf"
                                                              : ".inf");
    } else if (value->kind == CDP_APPSPEC_VALUE_SYMBOL) {
        cdp_text_put_c(emitter->text, "!ruby/sym ");
        cdp_emit_put_quoted(value->text, emitter->text);
    } else {
        cdp_text_put_c(emitter->text, value->json);
    }
}

static void put_value(appspec_emitter *emitter, const appspec_value *value)
{
    switch (value->kind) {
    case CDP_APPSPEC_VALUE_ABSENT:
        cdp_text_put_c(emitter->text, "null");
        break;
    case CDP_APPSPEC_VALUE_TEXT:
        put_text(emitter, value->text, false);
        break;
    case CDP_APPSPEC_VALUE_BYTES:
        put_bytes(emitter, value->text);
        break;
    default:
        put_special(emitter, value);
        break;
    }
}

void cdp_emit_key_value(appspec_emitter *emitter, const appspec_value *key)
{
    bool is_text = key->kind == CDP_APPSPEC_VALUE_TEXT;
    bool is_simple = is_text && key->text.length < LONGEST_SIMPLE_KEY / 6;

    if (is_xml(emitter)) {
        cdp_emit_xml_key(emitter, key);
        return;
    }

    /* A merge key in quotes still merges. */
    if ((is_json(emitter) && !is_text) || cdp_string_equal_c(key->text, "<<"))
        refuse(emitter);
    begin_member(emitter);
    if (!is_simple && !is_json(emitter)) {
        cdp_text_put_c(emitter->text, "? ");
        put_value(emitter, key);
        new_line(emitter, top(emitter)->indent);
    } else {
        put_text(emitter, key->text, false);
    }
    cdp_text_put_byte(emitter->text, ':');
    emitter->after_key = true;
}

void cdp_emit_text(appspec_emitter *emitter, cdp_string text)
{
    if (is_xml(emitter)) {
        cdp_emit_xml_text(emitter, text, false);
        return;
    }
    begin_scalar(emitter);
    put_text(emitter, text, false);
}

void cdp_emit_quoted(appspec_emitter *emitter, cdp_string text)
{
    if (is_xml(emitter)) {
        cdp_emit_xml_text(emitter, text, true);
        return;
    }
    begin_scalar(emitter);
    put_text(emitter, text, true);
}

void cdp_emit_word(appspec_emitter *emitter, cdp_string word)
{
    if (is_xml(emitter)) {
        cdp_emit_xml_word(emitter, word);
        return;
    }
    begin_scalar(emitter);
    cdp_text_put(emitter->text, word);
}

void cdp_emit_null(appspec_emitter *emitter)
{
    cdp_emit_word(emitter, CDP_STR("null"));
}

void cdp_emit_value(appspec_emitter *emitter, const appspec_value *value)
{
    if (is_xml(emitter)) {
        cdp_emit_xml_value(emitter, value);
        return;
    }
    begin_scalar(emitter);
    put_value(emitter, value);
}

void cdp_emit_shown(appspec_emitter *emitter, const appspec_value *value)
{
    if (value->kind == CDP_APPSPEC_VALUE_ABSENT)
        cdp_emit_null(emitter);
    else if (value->json)
        cdp_emit_word(emitter, cdp_string_of(value->json));
    else
        cdp_emit_text(emitter, value->text);
}
