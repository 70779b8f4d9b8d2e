/* SPDX-License-Identifier: MIT */
#include "document/reading.h"

#include "base/bytes.h"
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

static unsigned count_tops(uint64_t tops)
{
    return (unsigned)((tops >> 7) * CDP_EACH_BYTE(1) >> 56);
}

/* Whether eight bytes are all from U+0020 to U+007E, or LF, whose top bits are then in `feeds`. */
static bool are_plain(const char *bytes, uint64_t *feeds)
{
    uint64_t word = cdp_load_bytes(bytes);

    *feeds = cdp_equal_bytes(word, '\n');
    return ((word & CDP_EACH_BYTE(0x80)) | (cdp_control_bytes(word) & ~*feeds)) == 0;
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

static cdp_status check_character(cdp_reading *reading, size_t *at)
{
    const cdp_string text = cdp_reading_text(reading);
    size_t length = cdp_utf8_length(text, *at);
    uint32_t character;

    if (length == 0)
        return cdp_reading_fail(reading, CDP_ERR_INVALID, CDP_DIAGNOSTIC_INPUT_ENCODING, *at,
                                *at + 1, CDP_STR("UTF-8"));
    character = length == 1 ? (unsigned char)text.data[*at] : cdp_utf8_decode(text, *at);
    if (reading->document->notation != CDP_NOTATION_JSON && !is_allowed(character))
        return refuse_character(reading, *at, length, character);
    reading->document->ascii = reading->document->ascii && length == 1;
    *at += length;
    return CDP_OK;
}

/* From *at up to `to` or a little further, and what that does to lines and columns. */
static cdp_status check_block(cdp_reading *reading, size_t *at, size_t from, size_t to,
                              cdp_line_note *note)
{
    const cdp_string text = cdp_reading_text(reading);
    size_t line = from; /* where the last line begins, while all is plain */
    cdp_line_note counted = *note;
    bool plain = *at == from;

    while (*at < to) {
        uint64_t feeds;
        cdp_status status;

        if (to - *at >= 8 && are_plain(text.data + *at, &feeds)) {
            *at += 8;
            if (feeds) {
                counted.line += count_tops(feeds);
                for (line = *at; text.data[line - 1] != '\n';)
                    line--;
                counted.column = 1;
            }
            continue;
        }
        plain = plain && to - *at < 8 && text.data[*at] >= ' ' && text.data[*at] != 0x7F;
        status = check_character(reading, at);
        if (status != CDP_OK)
            return status;
    }
    if (!plain || *at != to) {
        cdp_lines_walk(&reading->document->lines, text, from, to, note);
        return CDP_OK;
    }
    counted.column += (uint32_t)(to - line);
    counted.characters += (uint32_t)(to - from);
    *note = counted;
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
    document->ascii = true;
    while (lines->count < needed) {
        size_t from = lines->count * CDP_LINES_STRIDE;
        size_t to = from + CDP_LINES_STRIDE < text.length ? from + CDP_LINES_STRIDE : text.length;

        lines->notes[lines->count++] = note;
        status = check_block(reading, &at, from, to, &note);
        if (status != CDP_OK)
            return status;
    }
    return CDP_OK;
}
