/* SPDX-License-Identifier: MIT */
/*
 * How each reader takes the value of one property. The agent 1.x sees what YAML 1.1 makes of it;
 * the agent 2.x sees plain scalars as they are written, and types drive its reading; the
 * documentation has the plain meaning of what is written.
 */
#include "appspec/compare.h"
#include "appspec/fields.h"

#define AGENT_1 CDP_APPSPEC_READER_AGENT_1
#define AGENT_2 CDP_APPSPEC_READER_AGENT_2
#define GUIDE CDP_APPSPEC_READER_DOCUMENTATION

static bool is_scalar(const appspec_compare *compare, cdp_node node)
{
    return cdp_node_get_kind(compare->work->document, node) == CDP_NODE_SCALAR;
}

static cdp_string text_of(const appspec_compare *compare, cdp_node node)
{
    return cdp_node_text(compare->work->document, node);
}

static bool is_plain(const appspec_compare *compare, cdp_node node)
{
    return cdp_node_style(compare->work->document, node) == CDP_STYLE_PLAIN;
}

static cdp_scalar_type type_of(const appspec_compare *compare, cdp_node node)
{
    return cdp_node_resolve(compare->work->document, node).type;
}

/* What both agents take for an unset text: nothing behind the colon, `~` or `null`. */
static bool is_null_to_2(const appspec_compare *compare, cdp_node node)
{
    cdp_string text = text_of(compare, node);

    return !node || (is_scalar(compare, node) && is_plain(compare, node) &&
                     (text.length == 0 || cdp_string_equal_c(text, "~") ||
                      cdp_string_equal_ignoring_case(text, CDP_STR("null"))));
}

static void say_all(appspec_compare *compare, cdp_string words)
{
    for (int i = 0; i < APPSPEC_READERS; i++)
        cdp_compare_say(compare, (cdp_appspec_reader)i, words);
}

static void say(appspec_compare *compare, cdp_appspec_reader reader, const char *words)
{
    cdp_compare_say(compare, reader, cdp_string_of(words));
}

/* What the agent 1.x makes of a value by to_s, into the work's scratch text. */
static cdp_string to_s(appspec_compare *compare, cdp_node node)
{
    cdp_text_clear(&compare->work->scratch);
    cdp_appspec_put_to_s(compare->work, node);
    if (cdp_text_status(&compare->work->scratch) != CDP_OK)
        cdp_appspec_fail(compare->work, CDP_ERR_NOMEM);
    return cdp_text_string(&compare->work->scratch);
}

void cdp_compare_version(appspec_compare *compare, cdp_node node)
{
    cdp_string text = text_of(compare, node);
    cdp_scalar scalar = {.type = CDP_SCALAR_NULL};
    bool zero_to_1;
    bool zero_to_2;
    size_t zeros = 0;

    if (!is_scalar(compare, node))
        return;
    scalar = cdp_node_resolve(compare->work->document, node);
    zero_to_1 = (scalar.type == CDP_SCALAR_INTEGER && scalar.integer == 0 && !scalar.overflow) ||
                (scalar.type == CDP_SCALAR_FLOAT && scalar.number == 0);
    for (size_t i = 0; i < text.length; i++)
        zeros += text.data[i] == '0' || text.data[i] == '.' || text.data[i] == '-' ||
                 text.data[i] == '+' || cdp_lower(text.data[i]) == 'e';
    zero_to_2 = is_plain(compare, node) && text.length > 0 && zeros == text.length &&
                (cdp_is_digit(text.data[text.length - 1]) || text.data[text.length - 1] == '.') &&
                cdp_string_find(text, '0', 0) < text.length;
    cdp_compare_begin(compare);
    if (zero_to_1)
        say(compare, AGENT_1, "0.0");
    else
        cdp_compare_refuse(compare, AGENT_1, "not the number 0.0");
    if (zero_to_2)
        say(compare, AGENT_2, "0.0");
    else
        cdp_compare_refuse(compare, AGENT_2, "not the number 0.0");
    if (zero_to_1 && zero_to_2)
        say(compare, GUIDE, "0.0");
    else if (cdp_string_equal_c(text, "0.0"))
        say(compare, GUIDE, "0.0");
    else
        cdp_compare_refuse(compare, GUIDE, "not the number 0.0");
    cdp_compare_settle(compare, node, "version");
}

void cdp_compare_os(appspec_compare *compare, cdp_node node)
{
    cdp_string text = text_of(compare, node);
    bool windows = cdp_string_equal_c(text, "windows");

    cdp_compare_begin(compare);
    say_all(compare, text);
    if (!is_scalar(compare, node) || (!windows && !cdp_string_equal_c(text, "linux"))) {
        for (int i = 0; i < APPSPEC_READERS; i++)
            cdp_compare_refuse(compare, (cdp_appspec_reader)i, "neither linux nor windows");
    } else if (type_of(compare, node) != CDP_SCALAR_STRING) {
        cdp_compare_refuse(compare, AGENT_1, "no text");
    } else if (windows) {
        cdp_text_put_c(&compare->words[AGENT_1], " (refused on a Linux host)");
        cdp_text_put_c(&compare->words[AGENT_2], " (on any host)");
    }
    cdp_compare_settle(compare, node, "os");
}

/* A value that the agent 1.x keeps as it is, and dies of later when it is no text. */
static void say_raw(appspec_compare *compare, cdp_node node)
{
    cdp_string text = text_of(compare, node);

    if (is_scalar(compare, node) && (type_of(compare, node) == CDP_SCALAR_STRING ||
                                     type_of(compare, node) == CDP_SCALAR_REFUSED))
        cdp_compare_say(compare, AGENT_1, text);
    else
        say(compare, AGENT_1, "no text: fails when it installs");
    if (is_scalar(compare, node))
        cdp_compare_say(compare, AGENT_2, text);
    else
        cdp_compare_refuse(compare, AGENT_2, "no text");
    cdp_compare_say(compare, GUIDE, is_scalar(compare, node) ? text : CDP_STR("not said"));
}

void cdp_compare_path(appspec_compare *compare, cdp_node node, const char *what)
{
    bool empty = is_scalar(compare, node) && text_of(compare, node).length == 0;

    if (is_null_to_2(compare, node))
        return; /* refused by everybody */
    cdp_compare_begin(compare);
    say_raw(compare, node);
    if (empty) {
        say(compare, AGENT_1, what[0] == 's' ? "the whole revision" : "the root directory");
        cdp_compare_refuse(compare, AGENT_2, "empty");
        cdp_compare_refuse(compare, GUIDE, "empty");
    }
    cdp_compare_settle(compare, node, what);
}

void cdp_compare_raw(appspec_compare *compare, cdp_node node, const char *what)
{
    if (is_null_to_2(compare, node))
        return;
    cdp_compare_begin(compare);
    say_raw(compare, node);
    cdp_compare_settle(compare, node, what);
}

void cdp_compare_text(appspec_compare *compare, cdp_node node, const char *what)
{
    if (is_null_to_2(compare, node))
        return;
    cdp_compare_begin(compare);
    cdp_compare_say(compare, AGENT_1, cdp_string_trim(to_s(compare, node)));
    if (is_scalar(compare, node))
        cdp_compare_say(compare, AGENT_2, cdp_string_trim(text_of(compare, node)));
    else
        cdp_compare_refuse(compare, AGENT_2, "no text");
    cdp_compare_say(compare, GUIDE,
                    is_scalar(compare, node) ? cdp_string_trim(text_of(compare, node))
                                             : CDP_STR("not said"));
    cdp_compare_settle(compare, node, what);
}

void cdp_compare_runas(appspec_compare *compare, cdp_node node)
{
    if (is_null_to_2(compare, node) || !is_scalar(compare, node) ||
        cdp_string_trim(text_of(compare, node)).length > 0) {
        cdp_compare_text(compare, node, "runas");
        return;
    }
    cdp_compare_begin(compare);
    say(compare, AGENT_1, "blank: runs `su` without a user, as root");
    say(compare, AGENT_2, "unset");
    say(compare, GUIDE, "not said");
    cdp_compare_settle(compare, node, "runas");
}

void cdp_compare_sudo(appspec_compare *compare, cdp_node node)
{
    static const char *const words[] = {"true", "True", "TRUE", "false", "False", "FALSE"};
    cdp_string text = text_of(compare, node);
    bool known = false;
    bool is_true;

    if (is_null_to_2(compare, node))
        return;
    is_true = !cdp_appspec_is_nothing(compare->work, node);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        known = known || (is_scalar(compare, node) && is_plain(compare, node) &&
                          cdp_string_equal_c(text, words[i]));
    cdp_compare_begin(compare);
    say_all(compare, is_true ? CDP_STR("true") : CDP_STR("false"));
    if (!known) {
        cdp_compare_refuse(compare, AGENT_2, "neither true nor false");
        cdp_text_clear(&compare->words[GUIDE]);
        say(compare, GUIDE, "not said");
    }
    cdp_compare_settle(compare, node, "sudo");
}

static bool is_plain_digits(cdp_string text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!cdp_is_digit(text.data[i]))
            return false;
    return text.length > 0 && (text.data[0] != '0' || text.length == 1);
}

/* to_i of whatever YAML made of it, or a refusal. */
static void say_seconds_of_1(appspec_compare *compare, cdp_node node)
{
    cdp_text *words = &compare->words[AGENT_1];
    cdp_string text = text_of(compare, node);
    cdp_scalar scalar = {.type = CDP_SCALAR_SYMBOL};
    appspec_integer integer;

    if (is_scalar(compare, node))
        scalar = cdp_node_resolve(compare->work->document, node);
    if (scalar.type == CDP_SCALAR_INTEGER && scalar.integer > 0) {
        cdp_node_put_resolved_text(compare->work->document, node, words);
    } else if (scalar.type == CDP_SCALAR_FLOAT && scalar.number >= 1 &&
               scalar.number - scalar.number == 0) {
        cdp_appspec_put_whole(scalar.number, words);
    } else if (scalar.type == CDP_SCALAR_STRING) {
        integer = cdp_appspec_leading_integer(text);
        cdp_appspec_put_digits(integer.digits, words);
        if (integer.negative || cdp_string_equal_c(cdp_text_string(words), "0"))
            cdp_compare_refuse(compare, AGENT_1, "not above 0");
    } else {
        cdp_compare_refuse(compare, AGENT_1, "not above 0");
    }
    if (!compare->refused[AGENT_1])
        cdp_text_put_c(words, " s");
}

static void say_seconds_of(appspec_compare *compare, cdp_appspec_reader reader, cdp_string digits,
                           bool is_number)
{
    if (!is_number || cdp_appspec_saturate(digits) > UINT32_MAX) {
        cdp_compare_refuse(compare, reader, "no plain whole number");
    } else if (cdp_string_equal_c(digits, "0")) {
        cdp_compare_refuse(compare, reader, "not above 0");
    } else {
        cdp_compare_say(compare, reader, digits);
        say(compare, reader, " s");
    }
}

void cdp_compare_timeout(appspec_compare *compare, cdp_node node)
{
    cdp_string text = text_of(compare, node);

    if (is_null_to_2(compare, node))
        return;
    cdp_compare_begin(compare);
    if (cdp_appspec_is_nothing(compare->work, node))
        say(compare, AGENT_1, "3600 s");
    else
        say_seconds_of_1(compare, node);
    say_seconds_of(compare, AGENT_2, text,
                   is_scalar(compare, node) && is_plain(compare, node) && is_plain_digits(text));
    say_seconds_of(compare, GUIDE, text, is_scalar(compare, node) && is_plain_digits(text));
    cdp_compare_settle(compare, node, "timeout");
}

static void say_mode(appspec_compare *compare, cdp_appspec_reader reader, cdp_string text)
{
    static const char octal[] = "01234567";
    appspec_mode mode;

    switch (cdp_appspec_read_mode(text, &mode)) {
    case APPSPEC_MODE_LENGTH:
        cdp_compare_refuse(compare, reader, "more than four characters");
        break;
    case APPSPEC_MODE_DIGIT:
        cdp_compare_refuse(compare, reader, "a character that is no octal digit");
        break;
    case APPSPEC_MODE_GOOD:
        for (int shift = 9; shift >= 0; shift -= 3)
            cdp_text_put_byte(&compare->words[reader], octal[mode.bits >> shift & 7]);
        break;
    }
}

void cdp_compare_mode(appspec_compare *compare, cdp_node node)
{
    if (is_null_to_2(compare, node))
        return;
    cdp_compare_begin(compare);
    say_mode(compare, AGENT_1, to_s(compare, node));
    if (is_scalar(compare, node)) {
        say_mode(compare, AGENT_2, text_of(compare, node));
        say_mode(compare, GUIDE, text_of(compare, node));
    } else {
        cdp_compare_refuse(compare, AGENT_2, "no text");
        cdp_compare_refuse(compare, GUIDE, "no text");
    }
    cdp_compare_settle(compare, node, "mode");
}

static unsigned count_colons(cdp_string text)
{
    unsigned count = 0;

    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == ':';
    return count;
}

/* `default` in front of three parts, or four parts without it: see agents 2.x, acl.rs. */
static void say_acl_of_2(appspec_compare *compare, cdp_string text)
{
    appspec_acl_parts parts;
    appspec_acl_problem problem = cdp_appspec_read_acl(text, &parts);
    unsigned count = count_colons(text) + 1;

    if (problem == APPSPEC_ACL_BASE && parts.type == CDP_APPSPEC_ACL_OTHER && count == 3) {
        cdp_compare_say(compare, AGENT_2, text);
        return;
    }
    if (problem != APPSPEC_ACL_GOOD || parts.is_short || count < 3) {
        cdp_compare_refuse(compare, AGENT_2, "no entry of three parts, or four with default");
        return;
    }
    if (parts.is_rewritten)
        parts.name = cdp_string_equal_c(parts.name, "mask") ? CDP_STR("m") : CDP_STR("o");
    cdp_appspec_put_acl(&parts, &compare->words[AGENT_2]);
}

void cdp_compare_acl(appspec_compare *compare, cdp_node node)
{
    cdp_string text = text_of(compare, node);
    appspec_acl_parts parts;
    bool is_text = is_scalar(compare, node) && type_of(compare, node) == CDP_SCALAR_STRING;
    bool good;

    cdp_compare_begin(compare);
    if (!is_scalar(compare, node)) {
        for (int i = 0; i < APPSPEC_READERS; i++)
            cdp_compare_refuse(compare, (cdp_appspec_reader)i, "no text");
        cdp_compare_settle(compare, node, "acls");
        return;
    }
    good = cdp_appspec_read_acl(text, &parts) == APPSPEC_ACL_GOOD;
    if (good && is_text)
        cdp_appspec_put_acl(&parts, &compare->words[AGENT_1]);
    else
        cdp_compare_refuse(compare, AGENT_1, "no entry of an access control list");
    say_acl_of_2(compare, text);
    if (good)
        cdp_appspec_put_acl(&parts, &compare->words[GUIDE]);
    else
        cdp_compare_refuse(compare, GUIDE, "no entry of an access control list");
    cdp_compare_settle(compare, node, "acls");
}

void cdp_compare_range(appspec_compare *compare, cdp_node node)
{
    cdp_string text = text_of(compare, node);
    appspec_range range = {false, false, false};
    bool is_text = is_scalar(compare, node) && type_of(compare, node) == CDP_SCALAR_STRING;
    bool good;

    if (!node || cdp_appspec_is_null(compare->work, node))
        return;
    cdp_compare_begin(compare);
    good = is_text &&
           cdp_appspec_read_range(text, &range, &compare->words[AGENT_1]) == APPSPEC_RANGE_GOOD;
    if (!good) {
        for (int i = 0; i < APPSPEC_READERS; i++)
            cdp_compare_refuse(compare, (cdp_appspec_reader)i, "no range");
    } else {
        cdp_string canonical = cdp_text_string(&compare->words[AGENT_1]);

        if (range.is_high || range.is_trailing)
            cdp_compare_refuse(compare, AGENT_2,
                               range.is_high ? "a sensitivity above 255" : "an empty category");
        else
            cdp_compare_say(compare, AGENT_2, range.is_sorted ? canonical : text);
        cdp_compare_say(compare, GUIDE, canonical);
    }
    cdp_compare_settle(compare, node, "range");
}

static bool has_wildcard(cdp_string text)
{
    static const char wildcards[] = "?[]{}\\";

    for (size_t i = 0; wildcards[i]; i++)
        if (cdp_string_find(text, wildcards[i], 0) < text.length)
            return true;
    return false;
}

void cdp_compare_glob(appspec_compare *compare, cdp_node node, const char *what)
{
    cdp_string text = text_of(compare, node);
    bool star;

    if (is_null_to_2(compare, node))
        return;
    if (!is_scalar(compare, node) || type_of(compare, node) != CDP_SCALAR_STRING) {
        cdp_compare_raw(compare, node, what);
        return;
    }
    star = cdp_string_find(text, '*', 0) < text.length;
    cdp_compare_begin(compare);
    if (cdp_string_find(text, '/', 0) < text.length) {
        say(compare, AGENT_1, "matches nothing");
        say(compare, AGENT_2, star ? "matches nothing" : "that path below the object");
        say(compare, GUIDE, "that path");
    } else {
        say_all(compare, text);
        if (star && has_wildcard(text))
            cdp_text_put_c(&compare->words[AGENT_2], " (? [ ] { } and \\ are wildcards too)");
    }
    cdp_compare_settle(compare, node, what);
}
