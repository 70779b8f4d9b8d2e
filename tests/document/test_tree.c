/* SPDX-License-Identifier: MIT */
#include "parsing.h"

static cdp_node find(const parsed *result, cdp_node mapping, const char *key)
{
    return cdp_node_find(result->document, mapping, cdp_string_of(key), NULL);
}

static void assert_place(cdp_place place, size_t offset, size_t end, uint32_t line, uint32_t column,
                         uint32_t end_line, uint32_t end_column)
{
    assert_int_equal(place.offset, offset);
    assert_int_equal(place.end_offset, end);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    assert_int_equal(place.end_line, end_line);
    assert_int_equal(place.end_column, end_column);
}

static void nodes_are_linked(void **state)
{
    parsed result = parse_yaml("version: 0.0\n"
                               "files:\n"
                               "  - source: a\n"
                               "    destination: /b\n"
                               "  - {source: c, destination: /d}\n"
                               "empty:\n");
    const cdp_document *d = result.document;
    cdp_node files = find(&result, 1, "files");
    cdp_node first = cdp_node_first_child(d, files);
    cdp_node second = cdp_node_next_sibling(d, first);
    cdp_node destination = find(&result, second, "destination");
    cdp_text *pointer;

    (void)state;
    assert_int_equal(result.status, CDP_OK);
    assert_int_equal(cdp_document_root(d), 1);
    assert_int_equal(cdp_document_count(d), 1);
    assert_int_equal(cdp_node_get_kind(d, 1), CDP_NODE_MAPPING);
    assert_int_equal(cdp_node_child_count(d, 1), 3);
    assert_int_equal(cdp_node_get_kind(d, files), CDP_NODE_SEQUENCE);
    assert_int_equal(cdp_node_child_count(d, files), 2);
    assert_int_equal(cdp_node_next_sibling(d, second), 0);
    assert_int_equal(cdp_node_parent(d, second), files);
    assert_cdp_string(cdp_node_text(d, destination), "/d");
    assert_cdp_string(cdp_node_text(d, cdp_node_key(d, destination)), "destination");
    assert_cdp_string(cdp_node_text(d, find(&result, 1, "empty")), "");
    assert_place(cdp_node_place(d, destination), 83, 85, 5, 30, 5, 32);
    assert_place(cdp_node_place(d, first), 24, 53, 3, 5, 4, 20);
    assert_place(cdp_node_place(d, second), 58, 86, 5, 5, 5, 33);
    assert_int_equal(cdp_text_new(NULL, &pointer), CDP_OK);
    cdp_node_put_pointer(d, destination, pointer);
    assert_cdp_string(cdp_text_string(pointer), "/files/1/destination");
    cdp_text_free(pointer);
    assert_int_equal(cdp_node_get_kind(d, 0), CDP_NODE_NONE);
    assert_int_equal(cdp_node_get_kind(d, 1000), CDP_NODE_NONE);
    assert_absent(cdp_node_text(d, 0));
    parsed_free(&result);
}

static void keys_given_twice_are_settled(void **state)
{
    parsed result = parse_yaml("a: 1\nb: 2\na: 3\n");
    cdp_node first = cdp_node_first_child(result.document, 1);
    cdp_diagnostic twice = diagnostic_of(&result, CDP_DIAGNOSTIC_DUPLICATE_KEY);

    (void)state;
    assert_int_equal(result.status, CDP_OK);
    assert_false(cdp_node_is_effective(result.document, first));
    assert_cdp_string(cdp_node_text(result.document, find(&result, 1, "a")), "3");
    assert_int_equal(cdp_diagnostics_count(result.diagnostics), 1);
    assert_int_equal(twice.line, 1);
    assert_cdp_string(twice.pointer, "/a");
    parsed_free(&result);
    result = parse_yaml("1: x\n0x1: y\n'1': z\n");
    assert_int_equal(cdp_diagnostics_count(result.diagnostics), 1);
    assert_cdp_string(cdp_node_text(result.document, find(&result, 1, "1")), "z");
    parsed_free(&result);
}

static void merge_keys_merge(void **state)
{
    parsed result = parse_yaml("a: 1\n<<: {a: 2, b: 3}\nb: 4\n\"<<\": [{c: 5}, {c: 6, d: 7}]\n");
    cdp_text *pointer;

    (void)state;
    assert_int_equal(result.status, CDP_OK);
    assert_cdp_string(cdp_node_text(result.document, find(&result, 1, "a")), "2");
    assert_cdp_string(cdp_node_text(result.document, find(&result, 1, "b")), "4");
    assert_cdp_string(cdp_node_text(result.document, find(&result, 1, "c")), "5");
    assert_cdp_string(cdp_node_text(result.document, find(&result, 1, "d")), "7");
    assert_int_equal(find(&result, 1, "<<"), 0);
    assert_int_equal(cdp_node_child_count(result.document, 1), 7);
    assert_false(was_reported(&result, CDP_DIAGNOSTIC_DUPLICATE_KEY));
    assert_true(was_reported(&result, CDP_DIAGNOSTIC_YAML_MERGE_KEY));
    assert_int_equal(cdp_text_new(NULL, &pointer), CDP_OK);
    cdp_node_put_pointer(result.document, find(&result, 1, "d"), pointer);
    assert_cdp_string(cdp_text_string(pointer), "/d");
    cdp_text_free(pointer);
    parsed_free(&result);
}

static void aliases_take_their_place(void **state)
{
    parsed result = parse_yaml("a: &x {k: [1, &y 2]}\nb: *x\nc: [*y, *x]\nd: *z\ne: &r [*r]\n");
    cdp_node c = find(&result, 1, "c");
    cdp_text *text;

    (void)state;
    assert_int_equal(result.status, CDP_OK);
    assert_true(was_reported(&result, CDP_DIAGNOSTIC_YAML_ALIAS));
    assert_true(was_reported(&result, CDP_DIAGNOSTIC_YAML_UNKNOWN_ALIAS));
    assert_true(was_reported(&result, CDP_DIAGNOSTIC_YAML_RECURSIVE_ALIAS));
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    cdp_node_put_resolved_text(result.document, 1, text);
    assert_cdp_string(cdp_text_string(text),
                      "{\"a\"=>{\"k\"=>[1, 2]}, \"b\"=>{\"k\"=>[1, 2]}, "
                      "\"c\"=>[2, {\"k\"=>[1, 2]}], \"d\"=>nil, \"e\"=>[nil]}");
    cdp_text_clear(text);
    cdp_node_put_pointer(
        result.document,
        cdp_node_next_sibling(result.document, cdp_node_first_child(result.document, c)), text);
    assert_cdp_string(cdp_text_string(text), "/c/1");
    cdp_text_free(text);
    parsed_free(&result);
}

static void only_the_first_document_counts(void **state)
{
    static const struct {
        const char *text;
        uint32_t count;
        cdp_diagnostic_code code;
        uint32_t line;
    } samples[] = {
        {"", 0, 0, 0},
        {"# nothing\n", 0, 0, 0},
        {"---\n", 1, 0, 0},
        {"a: 1\n...\n# nothing\n", 1, 0, 0},
        {"a: 1\n---\nb: [\n", 2, CDP_DIAGNOSTIC_YAML_SECOND_DOCUMENT, 2},
        {"--- 1\n--- 2\n...\n%YAML 1.1\n--- 3\n", 3, CDP_DIAGNOSTIC_YAML_SECOND_DOCUMENT, 2},
        {"  a: 1\nb: 2\n", 2, CDP_DIAGNOSTIC_YAML_TEXT_IGNORED, 2},
        {"{a: 1} b\n", 2, CDP_DIAGNOSTIC_YAML_TEXT_IGNORED, 1},
        {"a: 1\n...\n: {[\n---\n", 3, CDP_DIAGNOSTIC_YAML_TEXT_IGNORED, 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        parsed result = parse_yaml(samples[i].text);

        assert_int_equal(result.status, CDP_OK);
        assert_int_equal(cdp_document_count(result.document), samples[i].count);
        assert_int_equal(cdp_diagnostics_count(result.diagnostics), samples[i].code != 0);
        if (samples[i].code)
            assert_int_equal(diagnostic_of(&result, samples[i].code).line, samples[i].line);
        parsed_free(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_are_linked),
        cmocka_unit_test(keys_given_twice_are_settled),
        cmocka_unit_test(merge_keys_merge),
        cmocka_unit_test(aliases_take_their_place),
        cmocka_unit_test(only_the_first_document_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
