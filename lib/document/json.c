/* SPDX-License-Identifier: MIT */
#include "document/read_yaml.h"

#include "base/utf8.h"

/*
 * Strict JSON (RFC 8259): API shapes, records, snapshots. The open containers are the tree's own
 * parents, so that depth costs no stack.
 */
typedef struct json_reader {
    cdp_reading *reading;
    cdp_string text;
    size_t at;
} json_reader;

static char current(const json_reader *json)
{
    return json->at < json->text.length ? json->text.data[json->at] : '\0';
}

static void skip_blanks(json_reader *json)
{
    while (json->at < json->text.length && (current(json) == ' ' || current(json) == '\n' ||
                                            current(json) == '\r' || current(json) == '\t'))
        json->at++;
}

/* Refuses what stands at an index: one character, or nothing at the end. */
static cdp_status refuse(json_reader *json, size_t at, cdp_string why)
{
    size_t length = at < json->text.length ? cdp_utf8_length(json->text, at) : 0;

    return cdp_reading_fail(json->reading, CDP_ERR_INVALID, CDP_DIAGNOSTIC_JSON_SYNTAX, at,
                            at + length, why);
}

static int hex_value(char c)
{
    if (cdp_is_digit(c))
        return c - '0';
    c = cdp_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits behind `\u`; false when there are none. */
static bool read_unit(const json_reader *json, size_t at, uint32_t *unit)
{
    *unit = 0;
    if (json->text.length - at < 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        int digit = hex_value(json->text.data[at + i]);

        if (digit < 0)
            return false;
        *unit = *unit << 4 | (uint32_t)digit;
    }
    return true;
}

/*
 * `\uXXXX` at json->at, its bytes into `to`. A lone U+DC80 to U+DCFF is the byte 80 to FF of a text
 * that is not UTF-8, as our writer puts it (base/json_writer.h).
 */
static cdp_status read_unicode(json_reader *json, char *to, size_t *length)
{
    uint32_t unit, low;

    if (!read_unit(json, json->at + 2, &unit))
        return refuse(json, json->at, CDP_STR("\\u needs four hexadecimal digits"));
    if (unit >= 0xD800 && unit <= 0xDBFF && json->text.length - json->at >= 12 &&
        json->text.data[json->at + 6] == '\\' && json->text.data[json->at + 7] == 'u' &&
        read_unit(json, json->at + 8, &low) && low >= 0xDC00 && low <= 0xDFFF) {
        *length = cdp_utf8_encode(0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF), to);
        json->at += 12;
        return CDP_OK;
    }
    if (unit >= 0xDC80 && unit <= 0xDCFF) {
        *to = (char)(unit - 0xDC00);
        *length = 1;
    } else if (unit >= 0xD800 && unit <= 0xDFFF) {
        return refuse(json, json->at, CDP_STR("half of a surrogate pair stands alone"));
    } else {
        *length = cdp_utf8_encode(unit, to);
    }
    json->at += 6;
    return CDP_OK;
}

static cdp_status read_escape(json_reader *json, char *to, size_t *length)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char letter = json->at + 1 < json->text.length ? json->text.data[json->at + 1] : '\0';
    const char *found = letter ? strchr(letters, letter) : NULL;

    if (letter == 'u')
        return read_unicode(json, to, length);
    if (!found)
        return refuse(json, json->at, CDP_STR("there is no such escape"));
    *to = meanings[found - letters];
    *length = 1;
    json->at += 2;
    return CDP_OK;
}

static cdp_status read_string(json_reader *json)
{
    size_t start = json->at;
    char *to = json->reading->document->values + start;
    size_t length = 0;

    json->at++;
    for (;;) {
        size_t from = json->at;
        char c;

        while (json->at < json->text.length && (c = json->text.data[json->at]) != '"' &&
               c != '\\' && (unsigned char)c >= 0x20)
            json->at++;
        memcpy(to + length, json->text.data + from, json->at - from);
        length += json->at - from;
        c = current(json);
        if (json->at == json->text.length)
            return refuse(json, start, CDP_STR("the string that begins here does not end"));
        if ((unsigned char)c < 0x20)
            return refuse(json, json->at,
                          CDP_STR("a control character in a string must be escaped"));
        if (c == '"')
            break;
        {
            size_t added = 0;
            cdp_status status = read_escape(json, to + length, &added);

            if (status != CDP_OK)
                return status;
            length += added;
        }
    }
    json->at++;
    return cdp_reading_add(json->reading, CDP_STYLE_DOUBLE_QUOTED, start, json->at,
                           cdp_string_slice(NULL, length));
}

static bool skip_digits(json_reader *json)
{
    size_t from = json->at;

    while (cdp_is_digit(current(json)))
        json->at++;
    return json->at > from;
}

static cdp_status read_number(json_reader *json)
{
    size_t start = json->at;
    bool zero;

    json->at += current(json) == '-';
    zero = current(json) == '0';
    if (!skip_digits(json))
        return refuse(json, json->at, CDP_STR("a digit is expected"));
    if (zero && json->at - start > 1 + (size_t)(json->text.data[start] == '-'))
        return refuse(json, start, CDP_STR("a number cannot begin with 0"));
    if (current(json) == '.') {
        json->at++;
        if (!skip_digits(json))
            return refuse(json, json->at, CDP_STR("a digit is expected"));
    }
    if (current(json) == 'e' || current(json) == 'E') {
        json->at++;
        json->at += current(json) == '-' || current(json) == '+';
        if (!skip_digits(json))
            return refuse(json, json->at, CDP_STR("a digit is expected"));
    }
    return cdp_reading_add(json->reading, CDP_STYLE_PLAIN, start, json->at,
                           cdp_string_slice(json->text.data + start, json->at - start));
}

static cdp_status read_word(json_reader *json)
{
    static const char *const words[] = {"null", "true", "false"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        cdp_string word = cdp_string_of(words[i]);
        cdp_string rest =
            cdp_string_slice(json->text.data + json->at, json->text.length - json->at);

        if (cdp_string_starts_with(rest, word)) {
            size_t start = json->at;

            json->at += word.length;
            return cdp_reading_add(json->reading, CDP_STYLE_PLAIN, start, json->at, word);
        }
    }
    return refuse(json, json->at,
                  json->at < json->text.length
                      ? CDP_STR("a value is expected")
                      : CDP_STR("the text ends where a value is expected"));
}

/* A scalar, or the opening bracket of a container. */
static cdp_status read_value(json_reader *json)
{
    char c = current(json);
    bool mapping = c == '{';

    if (c == '"')
        return read_string(json);
    if (c == '-' || cdp_is_digit(c))
        return read_number(json);
    if (!mapping && c != '[')
        return read_word(json);
    json->at++;
    return cdp_reading_open(json->reading, mapping ? CDP_FORM_MAPPING : CDP_FORM_SEQUENCE,
                            json->at - 1);
}

static bool in_mapping(const cdp_reading *reading)
{
    return cdp_tree_form(&reading->document->tree, reading->open) == CDP_FORM_MAPPING;
}

/* Key and colon. */
static cdp_status read_key(json_reader *json)
{
    cdp_status status;

    if (current(json) != '"')
        return refuse(json, json->at, CDP_STR("a key in double quotes is expected"));
    status = read_string(json);
    if (status != CDP_OK)
        return status;
    skip_blanks(json);
    if (current(json) != ':')
        return refuse(json, json->at, CDP_STR("a colon is expected"));
    json->at++;
    skip_blanks(json);
    return CDP_OK;
}

/* Behind a value: closes what ends, up to the comma before the next one. */
static cdp_status read_end(json_reader *json)
{
    cdp_reading *reading = json->reading;

    for (;;) {
        skip_blanks(json);
        if (!reading->open)
            return CDP_OK;
        if (current(json) == (in_mapping(reading) ? '}' : ']') && json->at < json->text.length) {
            json->at++;
            cdp_reading_close(reading, json->at);
            continue;
        }
        if (current(json) != ',')
            return refuse(json, json->at,
                          in_mapping(reading) ? CDP_STR("a comma or '}' is expected")
                                              : CDP_STR("a comma or ']' is expected"));
        json->at++;
        skip_blanks(json);
        return CDP_OK;
    }
}

cdp_status cdp_read_json(cdp_reading *reading)
{
    json_reader json = {.reading = reading, .text = cdp_reading_text(reading)};
    cdp_status status = CDP_OK;

    reading->document->document_count = 1;
    skip_blanks(&json);
    do {
        cdp_node before = reading->open;

        if (reading->at_key)
            status = read_key(&json);
        if (status == CDP_OK)
            status = read_value(&json);
        if (status != CDP_OK)
            return status;
        if (reading->open != before) {
            /* Just opened: the next is its first child, unless it is empty. */
            skip_blanks(&json);
            if (current(&json) != (in_mapping(reading) ? '}' : ']'))
                continue;
        }
        status = read_end(&json);
    } while (status == CDP_OK && reading->open);
    if (status == CDP_OK && json.at < json.text.length)
        return refuse(&json, json.at, CDP_STR("nothing may follow the value"));
    return status;
}
