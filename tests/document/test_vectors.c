/* SPDX-License-Identifier: MIT */
#include "parsing.h"

#include <stdio.h>
#include <stdlib.h>

/* What the official agent's loader answered to each of the measured files. */

static const char *answer_to(cdp_string input, bool expand_aliases)
{
    cdp_document_options options = {.notation = CDP_NOTATION_YAML,
                                    .limits = {.size = sizeof(cdp_limits)},
                                    .expand_aliases = expand_aliases};
    const char *answer = "accepted";
    parsed result;

    assert_int_equal(cdp_limits_default(&options.limits), CDP_OK);
    options.limits.depth = 4000;
    result = parse_with(input.data, input.length, &options);
    if (result.status == CDP_ERR_INVALID)
        answer = "yaml-syntax";
    else if (result.status != CDP_OK)
        answer = cdp_status_name(result.status);
    else if (was_reported(&result, CDP_DIAGNOSTIC_BYTE_ORDER_MARK) ||
             was_reported(&result, CDP_DIAGNOSTIC_INPUT_UTF16))
        answer = "encoding";
    else if (cdp_diagnostics_count_at_least(result.diagnostics, CDP_SEVERITY_ERROR) > 0)
        answer = was_reported(&result, CDP_DIAGNOSTIC_YAML_ALIAS) ||
                         was_reported(&result, CDP_DIAGNOSTIC_YAML_UNKNOWN_ALIAS) ||
                         was_reported(&result, CDP_DIAGNOSTIC_YAML_RECURSIVE_ALIAS)
                     ? "yaml-alias"
                     : "yaml-type-refused";
    parsed_free(&result);
    return answer;
}

static int check_vector(const cdp_document *vectors, cdp_node vector)
{
    cdp_node file = cdp_node_find(vectors, vector, CDP_STR("file"), NULL);
    cdp_node input = cdp_node_find(vectors, vector, CDP_STR("input"), NULL);
    cdp_node wanted = cdp_node_find(vectors, vector, CDP_STR("answer"), NULL);
    const char *answer = answer_to(cdp_node_text(vectors, input), false);

    if (strcmp(answer, cdp_node_text(vectors, wanted).data) == 0)
        return 0;
    print_message("%s: %s instead of %s\n", cdp_node_text(vectors, file).data, answer,
                  cdp_node_text(vectors, wanted).data);
    return 1;
}

static void loader_answers(void **state)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON,
                                    .limits = {.size = sizeof(cdp_limits)}};
    size_t length;
    char *text = read_file(DATA "/quirks.json", &length);
    parsed vectors;
    int bad = 0;
    int count = 0;

    (void)state;
    assert_int_equal(cdp_limits_default(&options.limits), CDP_OK);
    vectors = parse_with(text, length, &options);
    assert_int_equal(vectors.status, CDP_OK);
    for (cdp_node vector = cdp_node_first_child(vectors.document, 1); vector;
         vector = cdp_node_next_sibling(vectors.document, vector)) {
        bad += check_vector(vectors.document, vector);
        count++;
    }
    assert_int_equal(bad, 0);
    assert_true(count > 300);
    parsed_free(&vectors);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(loader_answers)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
