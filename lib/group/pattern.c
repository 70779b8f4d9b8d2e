/* SPDX-License-Identifier: MIT */
#include "group/pattern.h"

bool cdp_is_pattern(cdp_string text)
{
    return cdp_string_find(text, '*', 0) < text.length;
}

/* The end of the part that begins at `from`: the next `*`, or the end of the text. */
static size_t part_end(cdp_string text, size_t from)
{
    return cdp_string_find(text, '*', from);
}

/* For each byte of a part how many bytes at the part's beginning stand also right before it. */
static void find_borders(cdp_string part, uint32_t *borders)
{
    uint32_t border = 0;

    borders[0] = 0;
    for (size_t i = 1; i < part.length; i++) {
        while (border > 0 && part.data[i] != part.data[border])
            border = borders[border - 1];
        border += part.data[i] == part.data[border];
        borders[i] = border;
    }
}

cdp_status cdp_pattern_make(cdp_pattern *pattern, cdp_arena *arena, cdp_string text)
{
    pattern->text = text;
    pattern->borders = cdp_arena_array(arena, text.length, sizeof *pattern->borders);
    if (!pattern->borders)
        return CDP_ERR_NOMEM;
    for (size_t from = 0; from < text.length;) {
        size_t end = part_end(text, from);

        if (end > from)
            find_borders(cdp_string_slice(text.data + from, end - from), pattern->borders + from);
        from = end + 1;
    }
    return CDP_OK;
}

/* Where the first occurrence of a part at or after `from` ends, or 0 when there is none. */
static size_t search(cdp_string part, const uint32_t *borders, cdp_string text, size_t from)
{
    size_t matched = 0;

    for (size_t i = from; i < text.length; i++) {
        while (matched > 0 && text.data[i] != part.data[matched])
            matched = borders[matched - 1];
        matched += text.data[i] == part.data[matched];
        if (matched == part.length)
            return i + 1;
    }
    return 0;
}

bool cdp_pattern_matches(const cdp_pattern *pattern, cdp_string text)
{
    cdp_string whole = pattern->text;
    size_t end = part_end(whole, 0);
    size_t at = end;

    /* The first part stands at the beginning, the last one at the end, the others in between. */
    if (!cdp_string_starts_with(text, cdp_string_slice(whole.data, end)))
        return false;
    while (end < whole.length) {
        size_t from = end + 1;
        cdp_string part;

        end = part_end(whole, from);
        part = cdp_string_slice(whole.data + from, end - from);
        if (end == whole.length)
            return text.length - at >= part.length &&
                   memcmp(text.data + text.length - part.length, part.data, part.length) == 0;
        if (part.length == 0)
            continue;
        at = search(part, pattern->borders + from, text, at);
        if (at == 0)
            return false;
    }
    return at == text.length;
}
