/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

#include "base/allocator.h"
#include "base/strings.h"
#include "base/utf8.h"

void cdp_text_init(cdp_text *text, const cdp_allocator *allocator)
{
    *text = (cdp_text){.allocator = *allocator};
}

void cdp_text_release(cdp_text *text)
{
    cdp_release(&text->allocator, text->data, text->capacity);
    text->data = NULL;
    text->length = text->capacity = 0;
}

cdp_status cdp_text_new(const cdp_allocator *allocator, cdp_text **text)
{
    cdp_allocator own;
    cdp_status status;
    cdp_text *made;

    if (!text)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own, allocator);
    if (status != CDP_OK)
        return status;
    made = cdp_allocate(&own, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    cdp_text_init(made, &own);
    *text = made;
    return CDP_OK;
}

void cdp_text_free(cdp_text *text)
{
    cdp_allocator allocator;

    if (!text)
        return;
    allocator = text->allocator;
    cdp_text_release(text);
    cdp_release(&allocator, text, sizeof *text);
}

cdp_string cdp_text_string(const cdp_text *text)
{
    if (!text || !text->data)
        return CDP_STR("");
    return cdp_string_slice(text->data, text->length);
}

void cdp_text_clear(cdp_text *text)
{
    if (text)
        cdp_text_rollback(text, 0);
}

cdp_status cdp_text_status(const cdp_text *text)
{
    return text->status;
}

void cdp_text_rollback(cdp_text *text, size_t length)
{
    text->length = length;
    if (text->data)
        text->data[length] = '\0';
    text->status = CDP_OK;
}

static bool grow(cdp_text *text, size_t length)
{
    void *data = text->data;

    if (text->status != CDP_OK)
        return false;
    if (length > SIZE_MAX / 2 - text->length ||
        cdp_array_reserve(&text->allocator, &data, &text->capacity, text->length + length + 1, 1) !=
            CDP_OK) {
        text->status = CDP_ERR_NOMEM;
        return false;
    }
    text->data = data;
    return true;
}

/* Room for `length` more bytes and a NUL; NULL after a failure. */
static inline char *extend(cdp_text *text, size_t length)
{
    char *end;

    if ((text->status != CDP_OK || length >= text->capacity - text->length) && !grow(text, length))
        return NULL;
    end = text->data + text->length;
    text->length += length;
    text->data[text->length] = '\0';
    return end;
}

cdp_status cdp_text_append(cdp_text *text, const char *data, size_t length)
{
    size_t before;

    if (!text || (!data && length))
        return CDP_ERR_ARGUMENT;
    before = text->length;
    cdp_text_put(text, cdp_string_slice(data, length));
    if (text->status == CDP_OK)
        return CDP_OK;
    cdp_text_rollback(text, before);
    return CDP_ERR_NOMEM;
}

void cdp_text_put(cdp_text *text, cdp_string string)
{
    char *end = string.length ? extend(text, string.length) : NULL;

    if (end)
        memcpy(end, string.data, string.length);
}

void cdp_text_put_c(cdp_text *text, const char *string)
{
    cdp_text_put(text, cdp_string_of(string));
}

void cdp_text_put_byte(cdp_text *text, char byte)
{
    char *end = extend(text, 1);

    if (end)
        *end = byte;
}

void cdp_text_put_repeated(cdp_text *text, char byte, size_t count)
{
    char *end = count ? extend(text, count) : NULL;

    if (end)
        memset(end, byte, count);
}

void cdp_text_put_uint(cdp_text *text, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    cdp_text_put(text, cdp_string_slice(digits + at, sizeof digits - at));
}

void cdp_text_put_int(cdp_text *text, int64_t value)
{
    if (value < 0) {
        cdp_text_put_byte(text, '-');
        cdp_text_put_uint(text, 0 - (uint64_t)value);
    } else {
        cdp_text_put_uint(text, (uint64_t)value);
    }
}

void cdp_text_put_printable(cdp_text *text, cdp_string string)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t at = 0; at < string.length;) {
        unsigned char byte = (unsigned char)string.data[at];
        size_t length = cdp_utf8_length(string, at);

        if (length == 0 || byte < 0x20 || byte == 0x7f ||
            (byte == 0xC2 && length == 2 && (unsigned char)string.data[at + 1] < 0xA0)) {
            char escape[4] = {'\\', 'x', hex[byte >> 4], hex[byte & 15]};

            cdp_text_put(text, byte == '\n'   ? CDP_STR("\\n")
                               : byte == '\t' ? CDP_STR("\\t")
                               : byte == '\r' ? CDP_STR("\\r")
                                              : cdp_string_slice(escape, sizeof escape));
            at++;
        } else {
            cdp_text_put(text, cdp_string_slice(string.data + at, length));
            at += length;
        }
    }
}

void cdp_text_put_duration(cdp_text *text, int64_t ms)
{
    uint64_t left = ms > 0 ? (uint64_t)ms : 0;
    size_t start = text->length;

    if (left >= 3600000) {
        cdp_text_put_uint(text, left / 3600000);
        cdp_text_put_c(text, " h");
        left %= 3600000;
    }
    if (left >= 60000) {
        cdp_text_put_c(text, text->length > start ? " " : "");
        cdp_text_put_uint(text, left / 60000);
        cdp_text_put_c(text, " min");
        left %= 60000;
    }
    if (left > 0 || text->length == start) {
        cdp_text_put_c(text, text->length > start ? " " : "");
        cdp_text_put_uint(text, left / 1000);
        left %= 1000;
        if (left > 0) {
            cdp_text_put_byte(text, '.');
            for (uint64_t digit = 100; left > 0; digit /= 10) {
                cdp_text_put_byte(text, (char)('0' + left / digit));
                left %= digit;
            }
        }
        cdp_text_put_c(text, " s");
    }
}
