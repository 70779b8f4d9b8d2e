/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_LINES_H
#define CDP_DOCUMENT_LINES_H

#include "base/report.h"

/*
 * Lines and columns of a UTF-8 text, found from notes that are taken every 1,024 bytes: a place
 * costs a walk over at most as many bytes, however long the lines are.
 *
 * A line ends with LF, CR or CR LF, and in YAML also with NEL, LS or PS, as libyaml reads it.
 * Columns count characters.
 */
enum { CDP_LINES_STRIDE = 1024 };

typedef struct cdp_line_note {
    uint32_t line;
    uint32_t column;
    uint32_t wide; /* characters before, within the text, that take two units in UTF-16 */
    uint32_t characters;
} cdp_line_note;

typedef struct cdp_lines {
    cdp_line_note *notes;
    size_t count;
    size_t capacity;
    bool yaml_breaks;
} cdp_lines;

/* How many notes a text of so many bytes needs. */
static inline size_t cdp_lines_needed(size_t length)
{
    return length / CDP_LINES_STRIDE + 1;
}

/* Walks from one place to a later one. */
void cdp_lines_walk(const cdp_lines *lines, cdp_string text, size_t from, size_t to,
                    cdp_line_note *note);

/* The note for a place in the text; places past the noted part are walked to from the last note. */
cdp_line_note cdp_lines_at(const cdp_lines *lines, cdp_string text, size_t offset);

#endif
