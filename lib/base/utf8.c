/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "base/strings.h"
#include "base/text.h"

size_t cdp_utf8_length(cdp_string text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t left = text.length - at;
    size_t length;

    if (bytes[0] < 0x80)
        return 1;
    if (bytes[0] < 0xC2 || bytes[0] > 0xF4)
        return 0;
    length = bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    if (left < length)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    }
    if ((bytes[0] == 0xE0 && bytes[1] < 0xA0) || (bytes[0] == 0xED && bytes[1] > 0x9F) ||
        (bytes[0] == 0xF0 && bytes[1] < 0x90) || (bytes[0] == 0xF4 && bytes[1] > 0x8F))
        return 0;
    return length;
}

size_t cdp_utf8_fitting(cdp_string text, size_t capacity)
{
    size_t at = 0;

    while (at < text.length) {
        size_t length = cdp_utf8_length(text, at);

        if (at + (length ? length : 1) > capacity)
            break;
        at += length ? length : 1;
    }
    return at;
}

void cdp_utf8_put_clean(cdp_text *text, cdp_string string)
{
    size_t clean = 0;
    size_t at = 0;

    while (at < string.length) {
        size_t length = cdp_utf8_length(string, at);

        if (length > 0 && string.data[at] != '\0') {
            at += length;
            continue;
        }
        cdp_text_put(text, cdp_string_slice(string.data + clean, at - clean));
        cdp_text_put_byte(text, '?');
        clean = ++at;
    }
    if (at > clean)
        cdp_text_put(text, cdp_string_slice(string.data + clean, at - clean));
}

uint32_t cdp_utf8_decode(cdp_string text, size_t at)
{
    static const unsigned char first_mask[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t length = cdp_utf8_length(text, at);
    uint32_t code = bytes[0] & first_mask[length];

    for (size_t i = 1; i < length; i++)
        code = code << 6 | (bytes[i] & 0x3F);
    return code;
}

size_t cdp_utf8_encode(uint32_t code, char bytes[4])
{
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        bytes[0] = (char)(0xC0 | code >> 6);
        bytes[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        bytes[0] = (char)(0xE0 | code >> 12);
        bytes[1] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | code >> 18);
    bytes[1] = (char)(0x80 | (code >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (code >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

bool cdp_utf8_is_sound(cdp_string text)
{
    for (size_t at = 0; at < text.length;) {
        size_t length = cdp_utf8_length(text, at);
        uint32_t code = length > 0 ? cdp_utf8_decode(text, at) : 0;

        if (code < 0x20 || (code >= 0x7F && code < 0xA0))
            return false;
        at += length;
    }
    return true;
}
