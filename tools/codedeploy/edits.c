/* SPDX-License-Identifier: MIT */
#include "edits.h"

#include <stdlib.h>
#include <string.h>

typedef struct edit {
    size_t offset;
    size_t end;
    cdp_string text;
} edit;

static int by_offset(const void *a, const void *b)
{
    const edit *first = a;
    const edit *second = b;

    if (first->offset != second->offset)
        return first->offset < second->offset ? -1 : 1;
    return (first->end > second->end) - (first->end < second->end);
}

/* Replacements are UTF-8, and would spoil a file that is not. */
static bool is_utf16(cdp_string text)
{
    return text.length >= 2 &&
           (memcmp(text.data, "\xFF\xFE", 2) == 0 || memcmp(text.data, "\xFE\xFF", 2) == 0);
}

/* The edits in the order of the text, overlapping and repeated ones left out. */
static edit *collect(const findings_file *file, size_t *count)
{
    size_t findings = cdp_diagnostics_count(file->diagnostics);
    edit *edits = calloc(findings + 1, sizeof *edits);
    size_t kept = 0;
    size_t found = 0;

    *count = 0;
    if (!edits || is_utf16(file->text))
        return edits;
    for (size_t i = 0; i < findings; i++) {
        cdp_diagnostic d;

        if (!findings_shown(file, i, &d) || !d.fix_text.data || d.fix_offset > file->text.length ||
            d.fix_length > file->text.length - d.fix_offset)
            continue;
        edits[found++] = (edit){d.fix_offset, d.fix_offset + d.fix_length, d.fix_text};
    }
    qsort(edits, found, sizeof *edits, by_offset);
    for (size_t i = 0; i < found; i++) {
        if (kept == 0 ||
            (edits[i].offset >= edits[kept - 1].end && edits[i].offset > edits[kept - 1].offset))
            edits[kept++] = edits[i];
    }
    *count = kept;
    return edits;
}

/* Copies text[from, to) with the edits of that range applied; returns the bytes written. */
static size_t put_edited(char *out, cdp_string text, size_t from, size_t to, const edit *edits,
                         size_t count)
{
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        memcpy(out + used, text.data + from, edits[i].offset - from);
        used += edits[i].offset - from;
        memcpy(out + used, edits[i].text.data, edits[i].text.length);
        used += edits[i].text.length;
        from = edits[i].end;
    }
    memcpy(out + used, text.data + from, to - from);
    return used + (to - from);
}

static size_t grown_by(const edit *edits, size_t count)
{
    size_t bytes = 0;

    for (size_t i = 0; i < count; i++)
        bytes += edits[i].text.length;
    return bytes;
}

char *edits_apply(const findings_file *file, size_t *length, size_t *count)
{
    edit *edits = collect(file, count);
    char *out = edits ? malloc(file->text.length + grown_by(edits, *count) + 1) : NULL;

    if (out) {
        *length = put_edited(out, file->text, 0, file->text.length, edits, *count);
        out[*length] = '\0';
    }
    free(edits);
    return out;
}

/* ---- unified diff ---- */

enum { CONTEXT_LINES = 3 };

static size_t line_start(cdp_string text, size_t at)
{
    while (at > 0 && text.data[at - 1] != '\n')
        at--;
    return at;
}

/* Start of the line after the one that holds `at`. */
static size_t line_end(cdp_string text, size_t at)
{
    const char *newline = at < text.length ? memchr(text.data + at, '\n', text.length - at) : NULL;

    return newline ? (size_t)(newline - text.data) + 1 : text.length;
}

static size_t lines_back(cdp_string text, size_t at, int lines)
{
    while (lines-- > 0 && at > 0)
        at = line_start(text, at - 1);
    return at;
}

static size_t lines_on(cdp_string text, size_t at, int lines)
{
    while (lines-- > 0 && at < text.length)
        at = line_end(text, at);
    return at;
}

static size_t count_lines(const char *text, size_t length)
{
    size_t lines = 0;

    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines + (length > 0 && text[length - 1] != '\n');
}

static void put_lines(FILE *stream, char mark, const char *text, size_t length)
{
    while (length > 0) {
        const char *newline = memchr(text, '\n', length);
        size_t line = newline ? (size_t)(newline - text) + 1 : length;

        fputc(mark, stream);
        fwrite(text, 1, line, stream);
        if (!newline)
            fputs("\n\\ No newline at end of file\n", stream);
        text += line;
        length -= line;
    }
}

/* Edits on neighbouring lines are one change: how many of `edits` from the first belong to it. */
static size_t same_change(cdp_string text, const edit *edits, size_t count)
{
    size_t n = 1;

    while (n < count && line_start(text, edits[n].offset) <= line_end(text, edits[n - 1].end))
        n++;
    return n;
}

typedef struct hunk {
    size_t edits;      /* how many edits it takes in */
    size_t from, to;   /* the old bytes, context included */
    size_t new_length; /* of the new bytes in `text` */
    char *text;
} hunk;

/* Takes in the changes whose contexts touch. */
static bool make_hunk(cdp_string text, const edit *edits, size_t count, hunk *h)
{
    size_t last_end = 0;

    h->from = lines_back(text, line_start(text, edits[0].offset), CONTEXT_LINES);
    h->edits = 0;
    do {
        h->edits += same_change(text, edits + h->edits, count - h->edits);
        last_end = line_end(text, edits[h->edits - 1].end);
        h->to = lines_on(text, last_end, CONTEXT_LINES);
    } while (h->edits < count &&
             lines_back(text, line_start(text, edits[h->edits].offset), CONTEXT_LINES) < h->to);
    h->text = malloc(h->to - h->from + grown_by(edits, h->edits) + 1);
    if (h->text)
        h->new_length = put_edited(h->text, text, h->from, h->to, edits, h->edits);
    return h->text != NULL;
}

static void put_changes(FILE *stream, cdp_string text, const edit *edits, const hunk *h)
{
    size_t at = h->from;
    char *scratch = malloc(h->to - h->from + grown_by(edits, h->edits) + 1);

    for (size_t i = 0; scratch && i < h->edits;) {
        size_t n = same_change(text, edits + i, h->edits - i);
        size_t start = line_start(text, edits[i].offset);
        size_t end = line_end(text, edits[i + n - 1].end);

        put_lines(stream, ' ', text.data + at, start - at);
        put_lines(stream, '-', text.data + start, end - start);
        put_lines(stream, '+', scratch, put_edited(scratch, text, start, end, edits + i, n));
        at = end;
        i += n;
    }
    put_lines(stream, ' ', text.data + at, h->to - at);
    free(scratch);
}

bool edits_print_diff(FILE *stream, const findings_file *file, size_t *count)
{
    edit *edits = collect(file, count);
    size_t old_line = 1;
    size_t new_line = 1;
    size_t at = 0;
    hunk h;

    if (!edits)
        return false;
    if (*count > 0)
        fprintf(stream, "--- %s\n+++ %s\n", file->name, file->name);
    for (size_t i = 0; i < *count; i += h.edits) {
        size_t old_lines;
        size_t new_lines;

        if (!make_hunk(file->text, edits + i, *count - i, &h)) {
            free(edits);
            return false;
        }
        old_line += count_lines(file->text.data + at, h.from - at);
        new_line += count_lines(file->text.data + at, h.from - at);
        old_lines = count_lines(file->text.data + h.from, h.to - h.from);
        new_lines = count_lines(h.text, h.new_length);
        fprintf(stream, "@@ -%zu,%zu +%zu,%zu @@\n", old_line, old_lines, new_line, new_lines);
        put_changes(stream, file->text, edits + i, &h);
        old_line += old_lines;
        new_line += new_lines;
        at = h.to;
        free(h.text);
    }
    free(edits);
    return true;
}
