/* SPDX-License-Identifier: MIT */
#include "document/reading.h"

#include "document/scalar.h"

/*
 * Values that are good YAML and yet not what they seem: those that the official agent's loader refuses
 * wherever they stand, and those that a word processor made.
 */

static cdp_status report_refused(cdp_reading *reading, cdp_node node, cdp_string what, bool broken)
{
    const cdp_tree_node *at = cdp_tree_at(&reading->document->tree, node);

    return cdp_reading_report(
        reading, broken ? CDP_DIAGNOSTIC_YAML_VALUE_BROKEN : CDP_DIAGNOSTIC_YAML_TYPE_REFUSED,
        at->start, at->end, what);
}

static bool begins_with(cdp_string text, const char *with)
{
    return cdp_string_starts_with(text, cdp_string_of(with));
}

static bool ends_with(cdp_string text, const char *with)
{
    size_t length = strlen(with);

    return text.length >= length && memcmp(text.data + text.length - length, with, length) == 0;
}

static const char *const quotes[] = {
    "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", /* double: left, right, low */
    "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9A", /* single: left, right, low */
};

static bool is_quoted_smartly(cdp_string text, bool *both)
{
    bool begins = false;
    bool ends = false;

    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        begins = begins || begins_with(text, quotes[i]);
        ends = ends || ends_with(text, quotes[i]);
    }
    *both = begins && ends && text.length > 6;
    return begins || ends;
}

static cdp_status report_fixed(cdp_reading *reading, cdp_node node, cdp_report *report,
                               size_t length, cdp_string fix)
{
    cdp_document *document = reading->document;
    const cdp_tree_node *at = cdp_tree_at(&document->tree, node);

    report->place = cdp_text_place(document, at->start, at->end);
    if (fix.data && document->encoding == CDP_ENCODING_UTF8) {
        report->fix_offset = report->place.offset;
        report->fix_length = length ? length : at->end - at->start;
        report->fix_text = fix;
    }
    return cdp_diagnostics_report(reading->diagnostics, report);
}

/* Quotes that are letters: in place of the two, real ones, if nothing in between needs care. */
static cdp_status report_quotes(cdp_reading *reading, cdp_node node, cdp_string value, bool both)
{
    cdp_report report = {.code = CDP_DIAGNOSTIC_SMART_QUOTES, .arguments = {value}};
    cdp_string inside = {value.data + 3, value.length - 6};
    cdp_text fix;
    cdp_status status;

    cdp_text_init(&fix, &reading->document->allocator);
    if (both && cdp_string_find(inside, '"', 0) == inside.length &&
        cdp_string_find(inside, '\\', 0) == inside.length &&
        cdp_string_find(inside, '\n', 0) == inside.length) {
        cdp_text_put_byte(&fix, '"');
        cdp_text_put(&fix, inside);
        cdp_text_put_byte(&fix, '"');
    }
    status = cdp_text_status(&fix);
    if (fix.length) {
        report.arguments[1] = cdp_text_string(&fix);
        report.hint = CDP_STR("Write {1}, with straight quotes.");
    }
    if (status == CDP_OK)
        status = report_fixed(reading, node, &report, 0,
                              fix.length ? cdp_text_string(&fix) : (cdp_string){NULL, 0});
    cdp_text_release(&fix);
    return status;
}

static bool begins_line(const cdp_reading *reading, cdp_node node)
{
    const char *text = reading->document->text;
    size_t at = cdp_tree_at(&reading->document->tree, node)->start;

    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
        at--;
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

/* Plain text that begins or ends with what only looks like punctuation. */
static cdp_status check_letters(cdp_reading *reading, cdp_node node, cdp_string text)
{
    static const char *const dashes[] = {"\xE2\x80\x93 ", "\xE2\x80\x94 ", "\xE2\x80\xA2 ",
                                         "\xE2\x88\x92 "};
    bool both;
    cdp_report report = {.severity = CDP_SEVERITY_WARNING};

    if (is_quoted_smartly(text, &both))
        return report_quotes(reading, node, text, both);
    if (begins_with(text, "\xC2\xA0") || begins_with(text, "\xE3\x80\x80")) {
        report.code = CDP_DIAGNOSTIC_YAML_NO_BREAK_SPACE;
        return report_fixed(reading, node, &report, text.data[0] == '\xC2' ? 2 : 3, CDP_STR(" "));
    }
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        if (begins_with(text, dashes[i]) && begins_line(reading, node)) {
            report.code = CDP_DIAGNOSTIC_YAML_DASH;
            return report_fixed(reading, node, &report, 3, CDP_STR("-"));
        }
    }
    return CDP_OK;
}

static bool may_be_letters(cdp_string text)
{
    return text.length > 1 && ((unsigned char)text.data[0] >= 0x80 ||
                               (unsigned char)text.data[text.length - 1] >= 0x80);
}

/* Dates and times; and `0x_`, `0b_` and `.e+1`, which look like numbers and are none. */
static bool may_be_refused(cdp_string text)
{
    size_t at = text.length > 0 && (text.data[0] == '-' || text.data[0] == '+');
    char second;

    if (text.length < at + 3)
        return false;
    second = cdp_lower(text.data[at + 1]);
    if (text.data[at] == '.')
        return second == 'e';
    return cdp_is_digit(text.data[at]) &&
           (second == 'x' || second == 'b' || (text.length > at + 7 && text.data[at + 4] == '-'));
}

bool cdp_is_suspect(cdp_string text)
{
    return may_be_letters(text) || may_be_refused(text);
}

static cdp_status check_scalar(cdp_reading *reading, cdp_node node, unsigned form, cdp_string tag)
{
    cdp_string text = cdp_node_text(reading->document, node);
    cdp_resolved resolved;

    if (!tag.data && may_be_letters(text))
        return check_letters(reading, node, text);
    resolved = cdp_resolve_yaml(text, (cdp_scalar_style)form, tag);
    if (resolved.type != CDP_SCALAR_REFUSED)
        return CDP_OK;
    return report_refused(reading, node, text, resolved.broken);
}

cdp_status cdp_check_values(cdp_reading *reading)
{
    const cdp_tree *tree = &reading->document->tree;
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < reading->suspect_count && status == CDP_OK; i++) {
        cdp_node node = reading->suspects[i];
        unsigned form = cdp_tree_form(tree, node);
        cdp_string tag = cdp_tree_tag(tree, node);
        bool broken;

        if (form < CDP_FORM_SEQUENCE)
            status = check_scalar(reading, node, form, tag);
        else if (tag.data && cdp_tag_is_refused(form == CDP_FORM_SEQUENCE ? CDP_NODE_SEQUENCE
                                                                          : CDP_NODE_MAPPING,
                                                tag, &broken))
            status = report_refused(reading, node, tag, broken);
    }
    return status;
}
