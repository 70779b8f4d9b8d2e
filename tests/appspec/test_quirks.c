/* SPDX-License-Identifier: MIT */
/* The measured inputs: profile agent accepts what the official agent accepts, to the same meaning. */
#include "vectors.h"

static bool same(const cdp_document *a, cdp_node x, const cdp_document *b, cdp_node y);

static bool same_scalar(const cdp_document *a, cdp_node x, const cdp_document *b, cdp_node y)
{
    cdp_scalar first = cdp_node_resolve(a, x);
    cdp_scalar second = cdp_node_resolve(b, y);

    if (first.type != second.type)
        return false;
    if (first.type == CDP_SCALAR_FLOAT)
        return first.number == second.number;
    return cdp_string_equal(cdp_node_text(a, x), cdp_node_text(b, y));
}

/* Member by member, in the same order. */
static bool same_children(const cdp_document *a, cdp_node x, const cdp_document *b, cdp_node y)
{
    x = cdp_node_first_child(a, x);
    y = cdp_node_first_child(b, y);
    while (x && y) {
        if (!same(a, x, b, y) || !same(a, cdp_node_value(a, x), b, cdp_node_value(b, y)))
            return false;
        x = cdp_node_next_sibling(a, x);
        y = cdp_node_next_sibling(b, y);
    }
    return !x && !y;
}

static bool same(const cdp_document *a, cdp_node x, const cdp_document *b, cdp_node y)
{
    if (cdp_node_get_kind(a, x) != cdp_node_get_kind(b, y))
        return false;
    if (cdp_node_get_kind(a, x) == CDP_NODE_NONE)
        return true;
    if (cdp_node_get_kind(a, x) == CDP_NODE_SCALAR)
        return same_scalar(a, x, b, y);
    return same_children(a, x, b, y);
}

static bool means_the_same(const outcome *reading, const quirk *vector)
{
    cdp_text *text;
    cdp_document *shown;
    bool equal;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(
        cdp_appspec_write_normalized(reading->appspec, CDP_APPSPEC_NOTATION_JSON, text), CDP_OK);
    shown = parse_json(cdp_text_string(text).data, cdp_text_string(text).length);
    equal = same(shown, cdp_document_root(shown), vector->facts, vector->normalized);
    if (!equal)
        print_message("%s is read as %s\n", vector->name, cdp_text_string(text).data);
    cdp_document_free(shown);
    cdp_text_free(text);
    return equal;
}

static bool has_places(const outcome *reading, const quirk *vector)
{
    for (size_t i = 0; i < cdp_diagnostics_count(reading->diagnostics); i++) {
        cdp_diagnostic finding = {.size = sizeof finding};

        assert_int_equal(cdp_diagnostics_at(reading->diagnostics, i, &finding), CDP_OK);
        if (finding.line == 0 || finding.column == 0 || finding.end_offset < finding.offset ||
            finding.end_offset > vector->length) {
            print_message("%s: a finding without a place: %s\n", vector->name,
                          finding.message.data);
            return false;
        }
    }
    return true;
}

static void check_agent(const quirk *vector, void *context)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_AGENT);
    outcome reading = read_text(vector->text, vector->length, &options);
    size_t errors = cdp_diagnostics_count_at_least(reading.diagnostics, CDP_SEVERITY_ERROR);
    size_t *bad = context;

    if ((reading.status == CDP_OK) != vector->accepted || (errors == 0) != vector->accepted) {
        print_message("%s should be %s\n", vector->name, vector->accepted ? "accepted" : "refused");
        print_findings(&reading);
        ++*bad;
    } else if (!has_places(&reading, vector) ||
               (vector->accepted && !means_the_same(&reading, vector))) {
        ++*bad;
    }
    outcome_free(&reading);
}

static void agent_reads_alike(void **state)
{
    size_t bad = 0;

    (void)state;
    assert_int_equal(for_each_vector(check_agent, &bad), 502);
    assert_int_equal(bad, 0);
}

static void check_strict(const quirk *vector, void *context)
{
    cdp_appspec_options options = options_for(CDP_PLATFORM_SERVER, CDP_APPSPEC_PROFILE_STRICT);
    outcome reading = read_text(vector->text, vector->length, &options);
    size_t *accepted = context;

    /* Strict is never milder, but for the host's operating system. */
    if (reading.status == CDP_OK && strcmp(vector->name, "os_windows.yml") != 0)
        assert_true(vector->accepted);
    *accepted += reading.status == CDP_OK;
    outcome_free(&reading);
}

static void strict_refuses_more(void **state)
{
    size_t accepted = 0;

    (void)state;
    for_each_vector(check_strict, &accepted);
    assert_in_range(accepted, 100, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agent_reads_alike),
        cmocka_unit_test(strict_refuses_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
