/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_CAUSE_H
#define CDP_DOCUMENT_CAUSE_H

#include "base/text.h"
#include "document/look.h"

/*
 * Why a text breaks YAML's rules, told from where it broke them and from what stands around. Places
 * are bytes of the text that was looked at.
 */
typedef struct cdp_cause {
    cdp_string original; /* the text as it was before anything was mended */
    cdp_diagnostic_code code;
    size_t start;
    size_t end;
    cdp_string arguments[3];
    cdp_string hint;     /* absent: the registry's */
    char numbers[2][24]; /* room for arguments that are numbers */

    /*
     * What is to be written in place of `length` bytes at `at`: `mends` when reading can go on
     * behind it, as if it had been written so; `safe` when it is what everybody would write.
     */
    bool mends;
    bool safe;
    size_t at;
    size_t length;
    cdp_text replacement;
    /* The lines of the block that begins on the line of `at` move with it, by so many columns. */
    int64_t shift;
} cdp_cause;

/* Always finds one, the rule itself if nothing better. The replacement is to be released. */
void cdp_cause_find(const cdp_look *look, cdp_string original, cdp_cause *cause);

/* One kind of cause each: false when it is not that. */
bool cdp_cause_rtf(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_conflict(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_tab(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_lookalike(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_template(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_slashes(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_unquoted(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_escape(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_open_quote(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_long_key(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_missing_blank(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_missing_colon(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_colon_in_value(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_text_behind(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_indentation(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_brackets(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_comma(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_list_on_line(const cdp_look *look, cdp_cause *cause);
bool cdp_cause_fence(const cdp_look *look, cdp_cause *cause);

/* Between them: lines of a text. */
size_t cdp_line_start(cdp_string text, size_t at);
size_t cdp_line_end(cdp_string text, size_t at);
/* Where the next line begins, or the end of the text. */
size_t cdp_line_next(cdp_string text, size_t at);
/* The first byte of a line that is neither blank nor tab. */
size_t cdp_line_content(cdp_string text, size_t at);
/* From a place to the next blank, colon or end of the line: what to call it in a message. */
cdp_string cdp_word_at(cdp_string text, size_t at);
/* Where the value ends that begins at `at`: before a comment, and in brackets before a comma. */
size_t cdp_value_end(const cdp_look *look, size_t at);
/* Takes a range for what is to be replaced, by itself in quotes. */
void cdp_cause_quote(const cdp_look *look, cdp_cause *cause, size_t start, size_t end);
void cdp_cause_at(cdp_cause *cause, cdp_diagnostic_code code, size_t start, size_t end);
void cdp_cause_number(cdp_cause *cause, size_t argument, uint64_t number);

#endif
