/* SPDX-License-Identifier: MIT */
/*
 * Input that means harm: it ends in a diagnostic, and takes memory in proportion to itself; and every
 * request for memory may fail. What it costs is counted in tests/appspec/cost.c.
 *
 * The YAML libraries take their memory from the C library: for them, the peak of the whole process
 * is looked at.
 */
#include "config.h"

#include "parsing.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { MIB = 1 << 20 };

static cdp_document_options options_for(cdp_notation notation, size_t input_bytes)
{
    cdp_document_options options = {.notation = notation, .limits = {.size = sizeof(cdp_limits)}};

    assert_int_equal(cdp_limits_default(&options.limits), CDP_OK);
    if (input_bytes > options.limits.input_bytes)
        options.limits.input_bytes = input_bytes;
    return options;
}

/* The reading's outcome, and the most memory that it had at a time. */
static parsed parse_measured(const char *text, size_t length, const cdp_document_options *options,
                             test_allocator *memory)
{
    parsed result = {.document = NULL};

    test_allocator_init(memory);
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &result.diagnostics), CDP_OK);
    result.status = cdp_document_parse(text, length, options, &memory->allocator,
                                       result.diagnostics, &result.document);
    return result;
}

static long peak_kilobytes(void)
{
    struct rusage usage;

    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

/* Refused with a place, within 10 times its size and 1 MiB. */
static void assert_refused(const char *text, size_t length, const cdp_document_options *options)
{
    test_allocator memory;
    parsed result = parse_measured(text, length, options, &memory);
    cdp_diagnostic found = {.size = sizeof found};

    assert_null(result.document);
    assert_true(result.status == CDP_ERR_INVALID || result.status == CDP_ERR_LIMIT);
    assert_true(cdp_diagnostics_count(result.diagnostics) > 0);
    assert_int_equal(cdp_diagnostics_at(result.diagnostics, 0, &found), CDP_OK);
    assert_true(found.line > 0 && found.column > 0);
    assert_true(memory.peak_bytes <= 10 * length + MIB);
    assert_int_equal(memory.live_blocks, 0);
    parsed_free(&result);
}

/* `piece` again and again, `length` bytes of it. */
static char *repeat(const char *piece, size_t length)
{
    size_t bytes = strlen(piece);
    char *text = malloc(length + 1);

    assert_non_null(text);
    for (size_t i = 0; i < length; i++)
        text[i] = piece[i % bytes];
    text[length] = '\0';
    return text;
}

/* Always the same, and as good as any. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

static void brackets_without_end(void **state)
{
    static const char *const pieces[] = {"[",   "{",   "[{",      "{a: [", "- ",      "? ",
                                         "!a ", "&a ", "a: &b [", "\"",    "'",       "\"\\\n",
                                         "[a,", "{a,", "<a>",     "%a\n",  "---\n[",  "*a ",
                                         "`",   "\t",  "{{",      "- [",   "a:\n - ", "|\n"};

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        for (int notation = CDP_NOTATION_YAML; notation <= CDP_NOTATION_XML; notation++) {
            cdp_document_options options = options_for((cdp_notation)notation, MIB);
            char *text = repeat(pieces[i], MIB);
            test_allocator memory;
            parsed result = parse_measured(text, MIB, &options, &memory);

            assert_true(memory.peak_bytes <= (size_t)11 * MIB);
            assert_true(result.document ||
                        cdp_diagnostics_count_at_least(result.diagnostics, CDP_SEVERITY_ERROR) > 0);
            parsed_free(&result);
            assert_int_equal(memory.live_blocks, 0);
            free(text);
        }
    }
    printf("at most %ld KiB in the process\n", peak_kilobytes());
#if !defined(__SANITIZE_ADDRESS__)
    assert_true(peak_kilobytes() < 64 * 1024L);
#endif
}

static void billion_laughs(void **state)
{
    cdp_document_options options = options_for(CDP_NOTATION_YAML, 0);
    char text[4096];
    size_t length = (size_t)snprintf(text, sizeof text, "a: &a [x,x,x,x,x,x,x,x,x]\n");
    test_allocator memory;
    parsed result;

    (void)state;
    for (char c = 'b'; c < 'k'; c++)
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c - 1,
                                   c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    for (int expand = 0; expand < 2; expand++) {
        options.expand_aliases = expand;
        result = parse_measured(text, length, &options, &memory);
        assert_int_equal(result.status, CDP_ERR_LIMIT);
        assert_true(was_reported(&result, CDP_DIAGNOSTIC_TOO_MANY_NODES));
        assert_true(memory.peak_bytes <= 10 * length + MIB);
        parsed_free(&result);
        assert_int_equal(memory.live_blocks, 0);
    }
}

static void a_scalar_of_100_megabytes(void **state)
{
    size_t length = (size_t)100 * 1000 * 1000;
    cdp_document_options options = options_for(CDP_NOTATION_YAML, 0);
    char *text = repeat("a", length);

    (void)state;
    assert_refused(text, length, &options);
    options = options_for(CDP_NOTATION_JSON, length);
    text[0] = '"';
    text[length - 1] = '"';
    assert_refused(text, length, &options);
    free(text);
    length = (size_t)2 * MIB;
    options = options_for(CDP_NOTATION_YAML, length);
    text = repeat("a", length);
    assert_refused(text, length, &options);
    free(text);
}

static void bytes_that_are_no_text(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
    } table[] = {
        {"\xFF\xFE\x00", 3},
        {"\xFE\xFF\xD8\x00", 4},
        {"a: \xC3", 4},
        {"\xE2\x82", 2},
        {"\xF0\x9F\x98", 3},
        {"\xED\xA0\x80", 3},
        {"\xC0\xAF", 2},
        {"a\0b", 3},
        {"\0", 1},
        {"a: \x80", 4},
        {"\xF4\x90\x80\x80", 4},
        {"%\x8D", 2},
        {"a: b\n\x1B[31m: c\n", 14},
        {"\xFF", 1},
    };
    uint32_t random = 1;

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        for (int notation = CDP_NOTATION_AUTO; notation <= CDP_NOTATION_XML; notation++) {
            cdp_document_options options = options_for((cdp_notation)notation, 0);

            assert_refused(table[i].bytes, table[i].length, &options);
        }
    }
    for (int i = 0; i < 2000; i++) {
        cdp_document_options options = options_for((cdp_notation)(i % 4), 0);
        char bytes[200];
        test_allocator memory;
        parsed result;

        for (size_t j = 0; j < sizeof bytes; j++)
            bytes[j] = (char)next_random(&random);
        result = parse_measured(bytes, (size_t)i % sizeof bytes, &options, &memory);
        assert_true(result.document || cdp_diagnostics_count(result.diagnostics) > 0);
        parsed_free(&result);
        assert_int_equal(memory.live_blocks, 0);
    }
}

/* ---- every request fails ---- */

static const char all_kinds[] = "%TAG !e! tag:e,2000:\n"
                                "---\n"
                                "a: &x {k: [1, &y 2, !!str 3, !e!t 4]}\n"
                                "b: *x\n"
                                "<<: {c: 5, d: \"\\L\\x41\"}\n"
                                "a: |\n  block\n  text\n"
                                "? [complex, key]\n: 'single ''quoted'\n"
                                "0755: 1\n0x1: 2\n1: 3\n"
                                "e: \xE2\x80\x9Cquoted\xE2\x80\x9D\n"
                                "f: 2024-01-31\n"
                                "--- second\n";

typedef struct torture_input {
    const char *text;
    cdp_notation notation;
    cdp_status wanted;
} torture_input;

static cdp_status parse_and_look(const cdp_allocator *allocator, void *context)
{
    const torture_input *input = context;
    cdp_document_options options = options_for(input->notation, 0);
    cdp_diagnostics *diagnostics = NULL;
    cdp_document *document = NULL;
    cdp_text *text = NULL;
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    options.expand_aliases = true;
    if (status == CDP_OK)
        status = cdp_document_parse(input->text, strlen(input->text), &options, allocator,
                                    diagnostics, &document);
    if (status == CDP_OK)
        status = cdp_text_new(allocator, &text);
    if (status == CDP_OK) {
        cdp_node_put_resolved_text(document, cdp_document_root(document), text);
        status = cdp_text_status(text);
    }
    cdp_text_free(text);
    cdp_document_free(document);
    cdp_diagnostics_free(diagnostics);
    return status == input->wanted ? CDP_OK : status;
}

static void every_allocation_fails(void **state)
{
    static const torture_input inputs[] = {
        {all_kinds, CDP_NOTATION_YAML, CDP_OK},
        {"a: [b\nc:d\n\te: *\n", CDP_NOTATION_YAML, CDP_ERR_INVALID},
        {"{\"a\": [1, \"\\u00e9\", null, {\"b\": true}], \"a\": 2.5}", CDP_NOTATION_JSON, CDP_OK},
        {"{\"a\": [1, }", CDP_NOTATION_JSON, CDP_ERR_INVALID},
#if CDP_HAVE_EXPAT
        {"<a><b>1</b><b>&lt;</b><c/></a>", CDP_NOTATION_XML, CDP_OK},
        {"<a><b></a>", CDP_NOTATION_XML, CDP_ERR_INVALID},
#endif
    };

    (void)state;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        torture_input input = inputs[i];

        assert_true(test_fail_every_allocation(parse_and_look, &input) > 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brackets_without_end),      cmocka_unit_test(billion_laughs),
        cmocka_unit_test(a_scalar_of_100_megabytes), cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(every_allocation_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
