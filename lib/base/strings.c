/* SPDX-License-Identifier: MIT */
#include "base/strings.h"

bool cdp_string_equal_ignoring_case(cdp_string a, cdp_string b)
{
    if (!a.data || !b.data || a.length != b.length)
        return a.data == b.data && a.length == b.length;
    for (size_t i = 0; i < a.length; i++) {
        if (cdp_lower(a.data[i]) != cdp_lower(b.data[i]))
            return false;
    }
    return true;
}

bool cdp_string_starts_with(cdp_string text, cdp_string prefix)
{
    return text.data && prefix.data && text.length >= prefix.length &&
           memcmp(text.data, prefix.data, prefix.length) == 0;
}

int cdp_string_compare(cdp_string a, cdp_string b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order;

    if (!a.data || !b.data)
        return (a.data != NULL) - (b.data != NULL);
    order = memcmp(a.data, b.data, shorter);
    if (order)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

static bool is_trimmed(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

cdp_string cdp_string_trim(cdp_string text)
{
    while (text.length > 0 && is_trimmed(text.data[0])) {
        text.data++;
        text.length--;
    }
    while (text.length > 0 && is_trimmed(text.data[text.length - 1]))
        text.length--;
    return text;
}

size_t cdp_string_find(cdp_string text, char byte, size_t from)
{
    const char *found;

    if (from >= text.length)
        return text.length;
    found = memchr(text.data + from, byte, text.length - from);
    return found ? (size_t)(found - text.data) : text.length;
}
