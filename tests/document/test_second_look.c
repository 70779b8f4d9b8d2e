/* SPDX-License-Identifier: MIT */
#include "parsing.h"

#include <stdlib.h>

/* A key of 1,025 characters. */
#define TEN "kkkkkkkkkk"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define LONG_KEY                                                                                   \
    HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED TEN TEN "kkkk" \
                                                                                            "k"

/* One cause each: what it is, where it is told, and the text with the fix, if there is one. */
typedef struct sample {
    const char *name;
    const char *text;
    cdp_diagnostic_code code;
    uint32_t line;
    uint32_t column;
    const char *fixed;
} sample;

static const sample samples[] = {
    {"tab", "a:\n\tb: 1\n", CDP_DIAGNOSTIC_YAML_TAB_INDENTATION, 2, 1, "a:\n  b: 1\n"},
    {"tab behind a dash", "a:\n  -\tb\n", CDP_DIAGNOSTIC_YAML_TAB_INDENTATION, 2, 4, NULL},
    {"tab before a comment", "a: 1\n\t# c\nb: 2\n", CDP_DIAGNOSTIC_YAML_TAB_INDENTATION, 2, 1,
     "a: 1\n  # c\nb: 2\n"},
    {"star", "a: *\n", CDP_DIAGNOSTIC_YAML_UNQUOTED_CHARACTER, 1, 4, "a: \"*\"\n"},
    {"pattern", "a: **/*.sh # c\n", CDP_DIAGNOSTIC_YAML_UNQUOTED_CHARACTER, 1, 4,
     "a: \"**/*.sh\" # c\n"},
    {"at", "a: @x\n", CDP_DIAGNOSTIC_YAML_UNQUOTED_CHARACTER, 1, 4, "a: \"@x\"\n"},
    {"percent in a list", "a: [1, %x%, 2]\n", CDP_DIAGNOSTIC_YAML_UNQUOTED_CHARACTER, 1, 8,
     "a: [1, \"%x%\", 2]\n"},
    {"back tick with quotes", "a: `\"x`\n", CDP_DIAGNOSTIC_YAML_UNQUOTED_CHARACTER, 1, 4,
     "a: '`\"x`'\n"},
    {"template", "a: {{ x }}/y\n", CDP_DIAGNOSTIC_YAML_TEMPLATE_UNQUOTED, 1, 4,
     "a: \"{{ x }}/y\"\n"},
    {"template statement", "a: {% if x %}\n", CDP_DIAGNOSTIC_YAML_TEMPLATE_UNQUOTED, 1, 4, NULL},
    {"missing blank", "a:1\nb: 2\n", CDP_DIAGNOSTIC_YAML_MISSING_BLANK, 1, 2, "a: 1\nb: 2\n"},
    {"missing blank below", "a: 1\nb:2\nc: 3\n", CDP_DIAGNOSTIC_YAML_MISSING_BLANK, 2, 2,
     "a: 1\nb: 2\nc: 3\n"},
    {"missing colon", "a: 1\nfoo\nb: 2\n", CDP_DIAGNOSTIC_YAML_MISSING_COLON, 2, 1, NULL},
    {"missing colon before a block", "a:\n  b\n    - c: 1\n", CDP_DIAGNOSTIC_YAML_MISSING_COLON, 2,
     3, "a:\n  b:\n    - c: 1\n"},
    {"second key too deep", "- source: a\n   destination: b\n", CDP_DIAGNOSTIC_YAML_INDENTATION, 2,
     4, "- source: a\n  destination: b\n"},
    {"second key not deep enough", "- source: a\n destination: b\n",
     CDP_DIAGNOSTIC_YAML_INDENTATION, 2, 2, "- source: a\n  destination: b\n"},
    {"key in the column of dashes", "h:\n  A:\n    - l: 1\n    B:\n    - l: 2\n",
     CDP_DIAGNOSTIC_YAML_INDENTATION, 4, 5, NULL},
    {"list item before its key", "h:\n  A:\n - l: 1\n", CDP_DIAGNOSTIC_YAML_INDENTATION, 3, 2,
     "h:\n  A:\n  - l: 1\n"},
    {"open double quote", "a: \"x\nb: 1\n", CDP_DIAGNOSTIC_YAML_OPEN_QUOTE, 1, 4, NULL},
    {"open quote that another ends", "a: \"x\nb: \"y\"\n", CDP_DIAGNOSTIC_YAML_OPEN_QUOTE, 1, 4,
     NULL},
    {"windows path", "a: \"C:\\inetpub\\x\"\n", CDP_DIAGNOSTIC_YAML_BAD_ESCAPE, 1, 7,
     "a: 'C:\\inetpub\\x'\n"},
    {"surrogates", "a: \"\\ud83d\\ude00\"\n", CDP_DIAGNOSTIC_YAML_BAD_ESCAPE, 1, 5,
     "a: \"\xF0\x9F\x98\x80\"\n"},
    {"text behind a quote", "a: \"x\" y\n", CDP_DIAGNOSTIC_YAML_TEXT_BEHIND, 1, 8, NULL},
    {"text behind a bracket", "a: [x] y\n", CDP_DIAGNOSTIC_YAML_TEXT_BEHIND, 1, 8, NULL},
    {"colon in a value", "a: b: c\n", CDP_DIAGNOSTIC_YAML_COLON_IN_VALUE, 1, 5, NULL},
    {"conflict", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n",
     CDP_DIAGNOSTIC_YAML_CONFLICT_MARKER, 2, 1, NULL},
    {"full-width colon",
     "a\xEF\xBC\x9A"
     "1\nb: 2\n",
     CDP_DIAGNOSTIC_YAML_FULL_WIDTH_COLON, 1, 2, "a: 1\nb: 2\n"},
    {"en dash", "a:\n  \xE2\x80\x93 b: 1\n    c: 2\n", CDP_DIAGNOSTIC_YAML_DASH, 2, 3,
     "a:\n  - b: 1\n    c: 2\n"},
    {"no-break space behind a colon",
     "a:\xC2\xA0"
     "1\nb: 2\n",
     CDP_DIAGNOSTIC_YAML_NO_BREAK_SPACE, 1, 3, "a: 1\nb: 2\n"},
    {"slash comment", "{\"a\": 1, // c\n \"b\": 2}\n", CDP_DIAGNOSTIC_YAML_SLASH_COMMENT, 1, 10,
     "{\"a\": 1, # c\n \"b\": 2}\n"},
    {"slash comment in a block", "a: 1\n// c\nb: 2\n", CDP_DIAGNOSTIC_YAML_SLASH_COMMENT, 2, 1,
     "a: 1\n# c\nb: 2\n"},
    {"rich text", "{\\rtf1\\ansi\na: 1\n", CDP_DIAGNOSTIC_YAML_RTF, 1, 1, NULL},
    {"open bracket", "{\"a\": 1\n", CDP_DIAGNOSTIC_YAML_OPEN_BRACKET, 1, 1, NULL},
    {"open bracket above", "a: [1, 2\nb: 3\n", CDP_DIAGNOSTIC_YAML_OPEN_BRACKET, 1, 4, NULL},
    {"wrong bracket", "a: [1, {b: 2]\n", CDP_DIAGNOSTIC_YAML_OPEN_BRACKET, 1, 8, NULL},
    {"missing comma", "{\"a\": 1\n \"b\": 2}\n", CDP_DIAGNOSTIC_YAML_MISSING_COMMA, 1, 8,
     "{\"a\": 1,\n \"b\": 2}\n"},
    {"list on its key's line", "a: - b\n", CDP_DIAGNOSTIC_YAML_LIST_ON_LINE, 1, 4, NULL},
    {"tag", "a: !e!x 1\n", CDP_DIAGNOSTIC_YAML_TAG, 1, 4, NULL},
    {"directive", "%FOO\n---\na: 1\n", CDP_DIAGNOSTIC_YAML_DIRECTIVE, 1, 1, NULL},
    {"version", "%YAML 2.0\n---\na: 1\n", CDP_DIAGNOSTIC_YAML_DIRECTIVE, 1, 1, NULL},
    {"directive without a document", "%YAML 1.1\na: 1\n", CDP_DIAGNOSTIC_YAML_DIRECTIVE, 1, 1,
     NULL},
    {"block header", "a: |0\n b\n", CDP_DIAGNOSTIC_YAML_BLOCK_HEADER, 1, 4, NULL},
    {"code fence", "```yaml\na: 1\n", CDP_DIAGNOSTIC_YAML_SYNTAX, 1, 1, "\na: 1\n"},
    {"end without a begin", "...\n", CDP_DIAGNOSTIC_YAML_SYNTAX, 1, 1, NULL},
    {"long key", "a: 1\n" LONG_KEY ": 2\n", CDP_DIAGNOSTIC_YAML_LONG_KEY, 2, 1, NULL},
    {"with CR LF", "- source: a\r\n   destination: b\r\n", CDP_DIAGNOSTIC_YAML_INDENTATION, 2, 4,
     "- source: a\r\n  destination: b\r\n"},
};

static char *apply(const char *text, const cdp_diagnostic *found)
{
    size_t length = strlen(text);
    char *fixed = malloc(length + found->fix_text.length + 1);
    size_t behind = found->fix_offset + found->fix_length;

    assert_non_null(fixed);
    assert_true(behind <= length);
    memcpy(fixed, text, found->fix_offset);
    memcpy(fixed + found->fix_offset, found->fix_text.data, found->fix_text.length);
    memcpy(fixed + found->fix_offset + found->fix_text.length, text + behind, length - behind + 1);
    return fixed;
}

static bool is_right(const sample *s, const cdp_diagnostic *found)
{
    char *fixed;
    bool same;

    if (found->code != s->code || found->line != s->line || found->column != s->column)
        return false;
    if (!found->fix_text.data || !s->fixed)
        return !found->fix_text.data && !s->fixed;
    fixed = apply(s->text, found);
    same = strcmp(fixed, s->fixed) == 0;
    if (!same)
        print_message("%s: fixed to %s\n", s->name, fixed);
    free(fixed);
    return same;
}

static void causes_are_told(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        parsed result = parse_yaml(samples[i].text);
        cdp_diagnostic found = {.size = sizeof found};

        assert_int_equal(result.status, CDP_ERR_INVALID);
        assert_int_equal(cdp_diagnostics_at(result.diagnostics, 0, &found), CDP_OK);
        if (cdp_diagnostics_count(result.diagnostics) != 1 || !is_right(&samples[i], &found)) {
            print_message("%s: %zu findings, the first is %d at %u:%u: %s\n", samples[i].name,
                          cdp_diagnostics_count(result.diagnostics), (int)found.code, found.line,
                          found.column, found.message.data);
            bad++;
        }
        parsed_free(&result);
    }
    assert_int_equal(bad, 0);
}

static void what_is_fixed_can_be_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        parsed result;

        if (!samples[i].fixed)
            continue;
        result = parse_yaml(samples[i].fixed);
        if (result.status != CDP_OK)
            fail_msg("%s: the fix does not help", samples[i].name);
        parsed_free(&result);
    }
}

static void one_run_tells_all_causes(void **state)
{
    static const cdp_diagnostic_code codes[] = {
        CDP_DIAGNOSTIC_YAML_MISSING_BLANK,      CDP_DIAGNOSTIC_YAML_INDENTATION,
        CDP_DIAGNOSTIC_YAML_UNQUOTED_CHARACTER, CDP_DIAGNOSTIC_YAML_UNQUOTED_CHARACTER,
        CDP_DIAGNOSTIC_YAML_MISSING_COLON,      CDP_DIAGNOSTIC_YAML_BAD_ESCAPE,
        CDP_DIAGNOSTIC_YAML_TEMPLATE_UNQUOTED,  CDP_DIAGNOSTIC_YAML_INDENTATION,
        CDP_DIAGNOSTIC_YAML_COLON_IN_VALUE,
    };
    static const uint32_t lines[] = {1, 5, 6, 7, 9, 10, 13, 14, 15};
    parsed result = parse_yaml("version:0.0\n"
                               "os: linux\n"
                               "files:\n"
                               "  - source: a\n"
                               "     destination: /b\n"
                               "  - source: *\n"
                               "    destination: @x\n"
                               "hooks:\n"
                               "  AfterInstall\n"
                               "    - location: \"C:\\inetpub\"\n"
                               "      timeout: 300\n"
                               "  BeforeInstall:\n"
                               "    - location: {{ script }}/run.sh\n"
                               "   ApplicationStart:\n"
                               "    - location: a: b\n");

    (void)state;
    assert_int_equal(result.status, CDP_ERR_INVALID);
    assert_int_equal(cdp_diagnostics_count(result.diagnostics), sizeof codes / sizeof *codes);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        cdp_diagnostic found = {.size = sizeof found};

        assert_int_equal(cdp_diagnostics_at(result.diagnostics, i, &found), CDP_OK);
        assert_int_equal(found.code, codes[i]);
        assert_int_equal(found.line, lines[i]);
    }
    parsed_free(&result);
}

static void looks_are_warned_of(void **state)
{
    parsed result = parse_yaml("a: \xE2\x80\x9C*.html\xE2\x80\x9D\n"
                               "\xC2\xA0"
                               "b: 1\n"
                               "\xE2\x80\x93 c: 2\n"
                               "d: \"\xE2\x80\x9Cx\xE2\x80\x9D\"\n"
                               "e: \xE2\x80\x93 f\n");
    cdp_diagnostic found = diagnostic_of(&result, CDP_DIAGNOSTIC_SMART_QUOTES);

    (void)state;
    assert_int_equal(result.status, CDP_OK);
    assert_int_equal(cdp_diagnostics_count(result.diagnostics), 3);
    assert_int_equal(cdp_diagnostics_count_at_least(result.diagnostics, CDP_SEVERITY_ERROR), 0);
    assert_cdp_string(found.fix_text, "\"*.html\"");
    assert_int_equal(found.fix_offset, 3);
    assert_int_equal(found.fix_length, 12);
    found = diagnostic_of(&result, CDP_DIAGNOSTIC_YAML_NO_BREAK_SPACE);
    assert_int_equal(found.line, 2);
    found = diagnostic_of(&result, CDP_DIAGNOSTIC_YAML_DASH);
    assert_int_equal(found.line, 3);
    parsed_free(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(causes_are_told),
        cmocka_unit_test(what_is_fixed_can_be_read),
        cmocka_unit_test(one_run_tells_all_causes),
        cmocka_unit_test(looks_are_warned_of),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
