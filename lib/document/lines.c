/* SPDX-License-Identifier: MIT */
#include "document/lines.h"

/* The last byte of NEL (C2 85), LS or PS (E2 80 A8, E2 80 A9). */
static bool ends_yaml_break(cdp_string text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data;

    if (bytes[at] == 0x85)
        return at >= 1 && bytes[at - 1] == 0xC2;
    return (bytes[at] == 0xA8 || bytes[at] == 0xA9) && at >= 2 && bytes[at - 1] == 0x80 &&
           bytes[at - 2] == 0xE2;
}

void cdp_lines_walk(const cdp_lines *lines, cdp_string text, size_t from, size_t to,
                    cdp_line_note *note)
{
    for (size_t at = from; at < to; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        bool continues = (byte & 0xC0) == 0x80;
        bool ends = byte == '\n' ||
                    (byte == '\r' && (at + 1 >= text.length || text.data[at + 1] != '\n')) ||
                    (continues && lines->yaml_breaks && ends_yaml_break(text, at));

        note->characters += !continues;
        note->wide += byte >= 0xF0;
        if (ends) {
            note->line++;
            note->column = 1;
        } else if (!continues) {
            note->column++;
        }
    }
}

cdp_line_note cdp_lines_at(const cdp_lines *lines, cdp_string text, size_t offset)
{
    cdp_line_note note = {.line = 1, .column = 1};
    size_t index = offset / CDP_LINES_STRIDE;

    if (lines->count > 0) {
        index = index < lines->count ? index : lines->count - 1;
        note = lines->notes[index];
    } else {
        index = 0;
    }
    cdp_lines_walk(lines, text, index * CDP_LINES_STRIDE, offset, &note);
    return note;
}
