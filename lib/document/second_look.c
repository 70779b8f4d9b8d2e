/* SPDX-License-Identifier: MIT */
#include "document/second_look.h"

#include "base/allocator.h"
#include "document/cause.h"

/*
 * When a text cannot be read, it is looked at again, the cause told, and the text mended as its
 * author probably will; then it is looked at once more, for the next cause. Each look goes further
 * than the one before, and there are at most MOST_CAUSES of them.
 */
enum { MOST_CAUSES = 20, MOST_EDITS = 256 };

/* `removed` bytes at `at` made way for `added` ones. */
typedef struct edit {
    size_t at;
    size_t removed;
    size_t added;
} edit;

typedef struct second_look {
    cdp_reading *reading;
    cdp_text text; /* mended */
    edit edits[MOST_EDITS];
    size_t edit_count;
    /* How far the last look came, and what it told, in the original text. */
    size_t reached;
    cdp_diagnostic_code told;
    size_t told_at;
} second_look;

/* The place in the original text of a place in the mended one. */
static size_t original(const second_look *second, size_t at)
{
    for (size_t i = second->edit_count; i-- > 0;) {
        const edit *e = &second->edits[i];

        if (at >= e->at + e->added)
            at = at - e->added + e->removed;
        else if (at > e->at)
            at = e->at;
    }
    return at;
}

static cdp_status report(const second_look *second, const cdp_cause *cause)
{
    cdp_reading *reading = second->reading;
    size_t start = original(second, cause->start);
    size_t end = original(second, cause->end);
    cdp_report entry = {
        .code = cause->code,
        .place = cdp_text_place(reading->document, start, end > start ? end : start),
        .arguments = {cause->arguments[0], cause->arguments[1], cause->arguments[2]},
        .hint = cause->hint,
    };

    /* In UTF-16 the replacement would have to be written in the input's own units. */
    if (cause->mends && cause->safe && reading->document->encoding == CDP_ENCODING_UTF8) {
        size_t at = original(second, cause->at);

        entry.fix_offset = reading->document->mark_bytes + at;
        entry.fix_length = original(second, cause->at + cause->length) - at;
        entry.fix_text = cdp_text_string(&cause->replacement);
    }
    return cdp_diagnostics_report(reading->diagnostics, &entry);
}

/* Puts a replacement into the mended text. */
static cdp_status put(second_look *second, size_t at, size_t length, cdp_string replacement)
{
    cdp_text *text = &second->text;
    size_t before = text->length;

    if (second->edit_count == MOST_EDITS)
        return CDP_ERR_LIMIT;
    if (replacement.length > length)
        cdp_text_put_repeated(text, ' ', replacement.length - length);
    if (cdp_text_status(text) != CDP_OK)
        return CDP_ERR_NOMEM;
    memmove(text->data + at + replacement.length, text->data + at + length, before - at - length);
    if (replacement.length > 0)
        memcpy(text->data + at, replacement.data, replacement.length);
    text->length = before - length + replacement.length;
    text->data[text->length] = '\0';
    second->edits[second->edit_count++] = (edit){at, length, replacement.length};
    return CDP_OK;
}

/* Moves the lines that are indented deeper than the one at `at` was. */
static cdp_status shift_block(second_look *second, size_t at, size_t was, int64_t shift)
{
    cdp_string blanks = CDP_STR("                                                                ");
    cdp_status status = CDP_OK;

    for (;;) {
        cdp_string text = cdp_text_string(&second->text);
        size_t line = cdp_line_next(text, at);
        size_t content = cdp_line_content(text, line);
        size_t wanted = (size_t)((int64_t)(content - line) + shift);

        if (line >= text.length || status != CDP_OK)
            return status;
        at = line;
        if (content == cdp_line_end(text, line))
            continue;
        if (content - line <= was)
            return CDP_OK;
        if (wanted > blanks.length)
            return CDP_ERR_LIMIT;
        status = put(second, line, content - line, cdp_string_slice(blanks.data, wanted));
    }
}

/* CDP_ERR_LIMIT when it cannot be mended, which ends the search. */
static cdp_status mend(second_look *second, const cdp_cause *cause)
{
    cdp_status status;

    if (!cause->mends)
        return CDP_ERR_LIMIT;
    if (cdp_text_status(&cause->replacement) != CDP_OK)
        return CDP_ERR_NOMEM;
    if (cause->shift) {
        status = shift_block(second, cause->at, cause->length, cause->shift);
        if (status != CDP_OK)
            return status;
    }
    return put(second, cause->at, cause->length, cdp_text_string(&cause->replacement));
}

/* Tells the cause and mends it. CDP_ERR_INVALID: another look is worth it. CDP_ERR_LIMIT: none. */
static cdp_status tell(second_look *second, const cdp_look *look)
{
    cdp_cause cause;
    cdp_status status;
    size_t at;

    cdp_cause_find(look, cdp_reading_text(second->reading), &cause);
    status = cdp_text_status(&cause.replacement);
    at = original(second, cause.start);
    if (status == CDP_OK && (cause.code != second->told || at != second->told_at)) {
        status = report(second, &cause);
        if (status == CDP_OK)
            status = mend(second, &cause);
        second->told = cause.code;
        second->told_at = at;
        status = status == CDP_OK ? CDP_ERR_INVALID : status;
    } else if (status == CDP_OK) {
        status = CDP_ERR_LIMIT; /* the mending did not help */
    }
    cdp_text_release(&cause.replacement);
    return status;
}

static cdp_status look_once(second_look *second)
{
    cdp_reading *reading = second->reading;
    cdp_look look;
    cdp_status status = cdp_look_at(&look, cdp_text_string(&second->text),
                                    reading->options->limits.depth, &reading->document->allocator);

    if (status == CDP_ERR_INVALID) {
        size_t reached = original(second, look.place.at);

        status = reached < second->reached ? CDP_ERR_LIMIT : tell(second, &look);
        second->reached = reached;
    }
    cdp_look_release(&look);
    return status;
}

cdp_status cdp_second_look(cdp_reading *reading)
{
    second_look second = {.reading = reading};
    cdp_status status = CDP_ERR_INVALID;

    cdp_text_init(&second.text, &reading->document->allocator);
    cdp_text_put(&second.text, cdp_reading_text(reading));
    if (cdp_text_status(&second.text) != CDP_OK)
        status = CDP_ERR_NOMEM;
    for (int looks = 0; looks < MOST_CAUSES && status == CDP_ERR_INVALID; looks++)
        status = look_once(&second);
    cdp_text_release(&second.text);
    if (status == CDP_ERR_NOMEM)
        return status;
    return second.told ? CDP_ERR_INVALID : CDP_OK;
}
