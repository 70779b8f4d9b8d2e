/* SPDX-License-Identifier: MIT */
#include "document/reading.h"

#include "base/utf8.h"

/*
 * What stands before every notation's reader, so that none of them ever sees bytes that are not
 * UTF-8, or a character that YAML forbids.
 */

static bool has_mark(const char *bytes, size_t length, const char *mark, size_t mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

static uint32_t utf16_unit(const cdp_document *document, size_t offset)
{
    const unsigned char *bytes = (const unsigned char *)document->input + offset;

    return document->encoding == CDP_ENCODING_UTF16LE ? (uint32_t)(bytes[0] | bytes[1] << 8)
                                                      : (uint32_t)(bytes[0] << 8 | bytes[1]);
}

/* The character at an offset of UTF-16 input and how many bytes it takes; 0 for what is none. */
static size_t utf16_character(const cdp_document *document, size_t offset, uint32_t *character)
{
    size_t left = document->input_length - offset;
    uint32_t low;

    if (left < 2)
        return 0;
    *character = utf16_unit(document, offset);
    if (*character < 0xD800 || *character > 0xDFFF)
        return 2;
    if (*character > 0xDBFF || left < 4)
        return 0;
    low = utf16_unit(document, offset + 2);
    if (low < 0xDC00 || low > 0xDFFF)
        return 0;
    *character = 0x10000 + ((*character & 0x3FF) << 10) + (low & 0x3FF);
    return 4;
}

static cdp_status report_encoding(cdp_reading *reading, cdp_diagnostic_code code)
{
    const cdp_report report = {
        .code = code,
        .severity = reading->options->encoding_severity,
        .place = cdp_text_place(reading->document, 0, 0),
    };

    return cdp_diagnostics_report(reading->diagnostics, &report);
}

static cdp_status convert_utf16(cdp_reading *reading)
{
    cdp_document *document = reading->document;
    size_t capacity = document->input_length / 2 * 3 + 1;
    size_t offset = document->mark_bytes;
    size_t length = 0;
    void *text;
    cdp_status status = cdp_document_allocate(document, capacity, &text);

    if (status != CDP_OK)
        return status;
    document->text = text;
    document->text_capacity = capacity;
    while (offset < document->input_length) {
        uint32_t character;
        size_t bytes = utf16_character(document, offset, &character);

        if (bytes == 0)
            break;
        length += cdp_utf8_encode(character, document->text + length);
        offset += bytes;
    }
    document->text[length] = '\0';
    document->text_length = length;
    if (offset < document->input_length)
        return cdp_reading_fail(reading, CDP_ERR_INVALID, CDP_DIAGNOSTIC_INPUT_ENCODING, length,
                                length, CDP_STR("UTF-16"));
    return CDP_OK;
}

cdp_status cdp_guard_encoding(cdp_reading *reading, const char *bytes, size_t length)
{
    cdp_document *document = reading->document;
    void *input;
    cdp_status status = cdp_document_allocate(document, length + 1, &input);

    if (status != CDP_OK)
        return status;
    document->input = input;
    document->input_length = length;
    if (length > 0)
        memcpy(document->input, bytes, length);
    document->input[length] = '\0';
    if (has_mark(bytes, length, "\xFF\xFE", 2))
        document->encoding = CDP_ENCODING_UTF16LE;
    else if (has_mark(bytes, length, "\xFE\xFF", 2))
        document->encoding = CDP_ENCODING_UTF16BE;
    document->mark_bytes = document->encoding != CDP_ENCODING_UTF8      ? 2
                           : has_mark(bytes, length, "\xEF\xBB\xBF", 3) ? 3
                                                                        : 0;
    if (document->encoding != CDP_ENCODING_UTF8) {
        status = convert_utf16(reading);
        return status == CDP_OK ? report_encoding(reading, CDP_DIAGNOSTIC_INPUT_UTF16) : status;
    }
    document->text = document->input + document->mark_bytes;
    document->text_length = length - document->mark_bytes;
    if (document->mark_bytes > 0)
        return report_encoding(reading, CDP_DIAGNOSTIC_BYTE_ORDER_MARK);
    return CDP_OK;
}

/* What YAML takes as characters, in comments too (libyaml's reader). */
static bool is_allowed(uint32_t character)
{
    return character == '\t' || character == '\n' || character == '\r' ||
           (character >= 0x20 && character < 0x7F) || character == 0x85 ||
           (character >= 0xA0 && character <= 0xFFFD) || character > 0xFFFF;
}

/* Whether eight bytes are all from U+0020 to U+007E. */
static bool are_plain(const char *bytes)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t word, below, delete;

    memcpy(&word, bytes, sizeof word);
    below = (word - ones * 0x20) & ~word;
    delete = ((word ^ ones * 0x7F) - ones) & ~(word ^ ones * 0x7F);
    return ((word | below | delete) & ones * 0x80) == 0;
}

static cdp_status refuse_character(cdp_reading *reading, size_t at, size_t length,
                                   uint32_t character)
{
    static const char hex[] = "0123456789ABCDEF";
    char name[] = "U+0000";

    cdp_report report = {
        .code = CDP_DIAGNOSTIC_INPUT_CONTROL_CHARACTER,
        .place = cdp_text_place(reading->document, at, at + length),
    };
    cdp_status status;

    if (character == 0)
        report.hint = CDP_STR("The file looks like UTF-16; save it as UTF-8.");
    for (int i = 5; i > 1; i--) {
        name[i] = hex[character & 15];
        character >>= 4;
    }
    report.arguments[0] = cdp_string_slice(name, 6);
    status = cdp_diagnostics_report(reading->diagnostics, &report);
    return status == CDP_OK ? CDP_ERR_INVALID : status;
}

static cdp_status check_block(cdp_reading *reading, size_t *at, size_t end)
{
    const cdp_string text = cdp_reading_text(reading);
    bool any = reading->document->notation == CDP_NOTATION_JSON;

    while (*at < end) {
        size_t length;
        uint32_t character;

        if (text.length - *at >= 8 && are_plain(text.data + *at)) {
            *at += 8;
            continue;
        }
        length = cdp_utf8_length(text, *at);
        if (length == 0)
            return cdp_reading_fail(reading, CDP_ERR_INVALID, CDP_DIAGNOSTIC_INPUT_ENCODING, *at,
                                    *at + 1, CDP_STR("UTF-8"));
        character = length == 1 ? (unsigned char)text.data[*at] : cdp_utf8_decode(text, *at);
        if (!any && !is_allowed(character))
            return refuse_character(reading, *at, length, character);
        *at += length;
    }
    return CDP_OK;
}

cdp_status cdp_guard_characters(cdp_reading *reading)
{
    cdp_document *document = reading->document;
    cdp_lines *lines = &document->lines;
    const cdp_string text = cdp_reading_text(reading);
    size_t needed = cdp_lines_needed(text.length);
    cdp_line_note note = {.line = 1, .column = 1};
    size_t at = 0;
    void *notes;
    cdp_status status = cdp_document_allocate(document, needed * sizeof *lines->notes, &notes);

    if (status != CDP_OK)
        return status;
    lines->notes = notes;
    lines->capacity = needed;
    lines->yaml_breaks = document->notation == CDP_NOTATION_YAML;
    while (lines->count < needed) {
        size_t from = lines->count * CDP_LINES_STRIDE;
        size_t to = from + CDP_LINES_STRIDE < text.length ? from + CDP_LINES_STRIDE : text.length;

        lines->notes[lines->count++] = note;
        status = check_block(reading, &at, to);
        if (status != CDP_OK)
            return status;
        cdp_lines_walk(lines, text, from, to, &note);
    }
    return CDP_OK;
}
