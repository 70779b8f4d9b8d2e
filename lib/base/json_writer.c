/* SPDX-License-Identifier: MIT */
#include "base/json_writer.h"

#include "base/strings.h"
#include "base/utf8.h"

void cdp_json_init(cdp_json_writer *json, cdp_text *text, unsigned indent)
{
    *json = (cdp_json_writer){.text = text, .indent = indent};
}

static void begin_line(cdp_json_writer *json)
{
    if (json->indent == 0)
        return;
    cdp_text_put_byte(json->text, '\n');
    cdp_text_put_repeated(json->text, ' ', (size_t)json->depth * json->indent);
}

/* What stands in front of a value or key: a comma and a new line, or nothing after a key. */
static void begin_item(cdp_json_writer *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->needs_comma)
        cdp_text_put_byte(json->text, ',');
    if (json->depth > 0)
        begin_line(json);
}

static void open(cdp_json_writer *json, char bracket)
{
    begin_item(json);
    cdp_text_put_byte(json->text, bracket);
    json->depth++;
    json->needs_comma = false;
}

static void close(cdp_json_writer *json, char bracket)
{
    bool empty = !json->needs_comma;

    json->depth--;
    if (!empty)
        begin_line(json);
    cdp_text_put_byte(json->text, bracket);
    json->needs_comma = true;
}

void cdp_json_open_object(cdp_json_writer *json)
{
    open(json, '{');
}

void cdp_json_close_object(cdp_json_writer *json)
{
    close(json, '}');
}

void cdp_json_open_array(cdp_json_writer *json)
{
    open(json, '[');
}

void cdp_json_close_array(cdp_json_writer *json)
{
    close(json, ']');
}

void cdp_json_key(cdp_json_writer *json, const char *key)
{
    cdp_json_key_string(json, cdp_string_of(key));
}

void cdp_json_key_string(cdp_json_writer *json, cdp_string key)
{
    begin_item(json);
    cdp_json_put_quoted(json->text, key);
    cdp_text_put_c(json->text, json->indent ? ": " : ":");
    json->after_key = true;
}

void cdp_json_raw(cdp_json_writer *json, cdp_string value)
{
    begin_item(json);
    cdp_text_put(json->text, value);
    json->needs_comma = true;
}

void cdp_json_string(cdp_json_writer *json, cdp_string value)
{
    if (!value.data) {
        cdp_json_null(json);
        return;
    }
    begin_item(json);
    cdp_json_put_quoted(json->text, value);
    json->needs_comma = true;
}

void cdp_json_c_string(cdp_json_writer *json, const char *value)
{
    cdp_json_string(json, cdp_string_of(value));
}

void cdp_json_int(cdp_json_writer *json, int64_t value)
{
    begin_item(json);
    cdp_text_put_int(json->text, value);
    json->needs_comma = true;
}

void cdp_json_uint(cdp_json_writer *json, uint64_t value)
{
    begin_item(json);
    cdp_text_put_uint(json->text, value);
    json->needs_comma = true;
}

void cdp_json_bool(cdp_json_writer *json, bool value)
{
    cdp_json_raw(json, value ? CDP_STR("true") : CDP_STR("false"));
}

void cdp_json_null(cdp_json_writer *json)
{
    cdp_json_raw(json, CDP_STR("null"));
}

static void put_unicode_escape(cdp_text *text, unsigned code)
{
    static const char hex[] = "0123456789abcdef";
    char escape[6] = {
        '\\', 'u', hex[code >> 12 & 15], hex[code >> 8 & 15], hex[code >> 4 & 15], hex[code & 15]};

    cdp_text_put(text, cdp_string_slice(escape, sizeof escape));
}

static void put_escape(cdp_text *text, unsigned char byte)
{
    static const char letters[] = "btn\0fr";

    if (byte == '"' || byte == '\\') {
        cdp_text_put_byte(text, '\\');
        cdp_text_put_byte(text, (char)byte);
    } else if (byte >= '\b' && byte <= '\r' && byte != '\v') {
        cdp_text_put_byte(text, '\\');
        cdp_text_put_byte(text, letters[byte - '\b']);
    } else {
        put_unicode_escape(text, byte >= 0x80 ? 0xDC00u + byte : byte);
    }
}

/* True when none of eight bytes needs a closer look: no control character, quote or backslash, and
 * all below 0x7f. Each term has the top bit of a byte set where there is one (or just above one,
 * which costs only the closer look). */
static bool is_plain_word(const char *bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word;
    uint64_t found;

    memcpy(&word, bytes, sizeof word);
    found = word | (word + ones) | (word - ones * 0x20);
    found |= (word ^ ones * '"') - ones;
    found |= (word ^ ones * '\\') - ones;
    return (found & ones << 7) == 0;
}

void cdp_json_put_escaped(cdp_text *text, cdp_string value)
{
    size_t plain_from = 0;
    size_t at = 0;

    for (;;) {
        unsigned char byte;
        size_t length;

        while (value.length - at >= 8 && is_plain_word(value.data + at))
            at += 8;
        if (at == value.length)
            break;
        byte = (unsigned char)value.data[at];
        length = byte < 0x80 ? 1 : cdp_utf8_length(value, at);
        if (length > 0 && byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f) {
            at += length;
            continue;
        }
        cdp_text_put(text, cdp_string_slice(value.data + plain_from, at - plain_from));
        put_escape(text, byte);
        plain_from = ++at;
    }
    cdp_text_put(text, cdp_string_slice(value.data + plain_from, at - plain_from));
}

void cdp_json_put_quoted(cdp_text *text, cdp_string value)
{
    cdp_text_put_byte(text, '"');
    cdp_json_put_escaped(text, value);
    cdp_text_put_byte(text, '"');
}
