/* SPDX-License-Identifier: MIT */
#include "parsing.h"

static void values_are_read(void **state)
{
    parsed result = parse_json(" {\"a\": [1, -2.5e3, \"x\\u00e9\\ud83d\\ude00\\udcff\\n\", true, "
                               "null, {}, []], \"b\": 0644.5e1}");
    (void)state;
    assert_int_equal(result.status, CDP_ERR_INVALID);
    parsed_free(&result);
    result =
        parse_json(" {\"a\": [1, -2.5e3, \"x\\u00e9\\ud83d\\ude00\\udcff\\n\", true, null, {}, "
                   "[]], \"b\": \"0644\"}\n");
    assert_int_equal(result.status, CDP_OK);
    {
        const cdp_document *d = result.document;
        cdp_node a = cdp_node_find(d, 1, CDP_STR("a"), NULL);
        cdp_node item = cdp_node_first_child(d, a);

        assert_int_equal(cdp_node_child_count(d, a), 7);
        assert_int_equal(cdp_node_resolve(d, item).integer, 1);
        item = cdp_node_next_sibling(d, item);
        assert_true(cdp_node_resolve(d, item).number == -2500.0);
        item = cdp_node_next_sibling(d, item);
        assert_cdp_string(cdp_node_text(d, item), "x\xC3\xA9\xF0\x9F\x98\x80\xFF\n");
        item = cdp_node_next_sibling(d, item);
        assert_true(cdp_node_resolve(d, item).boolean);
        item = cdp_node_next_sibling(d, item);
        assert_int_equal(cdp_node_resolve(d, item).type, CDP_SCALAR_NULL);
        assert_int_equal(cdp_node_resolve(d, cdp_node_find(d, 1, CDP_STR("b"), NULL)).type,
                         CDP_SCALAR_STRING);
    }
    parsed_free(&result);
}

static void what_is_not_json_is_refused(void **state)
{
    static const struct {
        const char *text;
        size_t offset;
    } samples[] = {
        {"", 0},          {"  ", 2},          {"{", 1},          {"[1,]", 3},   {"[1 2]", 3},
        {"{\"a\" 1}", 5}, {"{a: 1}", 1},      {"01", 0},         {"-", 1},      {"1.", 2},
        {"1e", 2},        {"\"abc", 0},       {"\"\\q\"", 1},    {"\"\n\"", 1}, {"\"\\ud800\"", 1},
        {"nul", 0},       {"[1] x", 4},       {"{\"a\":1,}", 7}, {"'a'", 0},    {"[1]]", 3},
        {"// c\n1", 0},   {"\"\\u12g4\"", 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        parsed result = parse_json(samples[i].text);
        cdp_diagnostic found = diagnostic_of(&result, 0);

        assert_int_equal(result.status, CDP_ERR_INVALID);
        assert_int_equal(found.code, CDP_DIAGNOSTIC_JSON_SYNTAX);
        assert_int_equal(found.offset, samples[i].offset);
        parsed_free(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(what_is_not_json_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
