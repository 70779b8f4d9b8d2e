/* SPDX-License-Identifier: MIT */
#include "parsing.h"

#include "config.h"

static parsed parse_xml(const char *text)
{
    static const char *const lists[] = {"files", "permissions/type", "hooks/"};
    cdp_document_options options = {
        .limits = {.size = sizeof(cdp_limits)}, .lists = lists, .list_count = 3};

    assert_int_equal(cdp_limits_default(&options.limits), CDP_OK);
    return parse_with(text, strlen(text), &options);
}

#if CDP_HAVE_EXPAT

static void assert_means(const char *xml, const char *meaning)
{
    parsed result = parse_xml(xml);
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(result.status, CDP_OK);
    assert_int_equal(cdp_document_notation(result.document), CDP_NOTATION_XML);
    cdp_node_put_resolved_text(result.document, 1, text);
    assert_cdp_string(cdp_text_string(text), meaning);
    cdp_text_free(text);
    parsed_free(&result);
}

static void elements_are_keys(void **state)
{
    (void)state;
    assert_means("<appspec><version>0.0</version><os> linux\n</os></appspec>",
                 "{\"version\"=>0.0, \"os\"=>\"linux\"}");
    assert_means(&"\n<?xml version='1.0' encoding='ISO-8859-1'?><a><b/><c>\xC3\xA9</c></a>"[1],
                 "{\"b\"=>nil, \"c\"=>\"\xC3\xA9\"}");
    assert_means("<a><m>0644</m><n>644</n><t>true</t><u>True</u><v>null</v><w>-1.5e1</w></a>",
                 "{\"m\"=>\"0644\", \"n\"=>644, \"t\"=>true, \"u\"=>\"True\", \"v\"=>nil, "
                 "\"w\"=>-15.0}");
    assert_means("<a>1 &lt; &#50;<!-- no --><![CDATA[ & ]]>\r\n3 </a>", "1 < 2 & \n3");
    assert_means("<a xml:space='preserve'> <b> x </b> <c> y</c> </a>",
                 "{\"b\"=>\" x \", \"c\"=>\" y\"}");
    assert_means("<a>x</a>", "x");
    assert_means("<a/>", "");
}

static void equal_names_are_lists(void **state)
{
    (void)state;
    assert_means("<a><b>1</b><c>2</c><b>3</b><d>4</d><b>5</b></a>",
                 "{\"b\"=>[1, 3, 5], \"c\"=>2, \"d\"=>4}");
    assert_means("<a><files><s>x</s></files></a>", "{\"files\"=>[{\"s\"=>\"x\"}]}");
    assert_means("<a><files/></a>", "{\"files\"=>nil}");
    assert_means("<a><b><files>x</files></b><files>y</files></a>",
                 "{\"b\"=>{\"files\"=>[\"x\"]}, \"files\"=>[\"y\"]}");
    assert_means("<a><permissions><type>file</type></permissions><type>x</type></a>",
                 "{\"permissions\"=>{\"type\"=>[\"file\"]}, \"type\"=>\"x\"}");
    assert_means("<a><hooks><E><l>1</l></E><F><l>2</l></F><F><l>3</l></F></hooks></a>",
                 "{\"hooks\"=>{\"E\"=>[{\"l\"=>1}], \"F\"=>[{\"l\"=>2}, {\"l\"=>3}]}}");
    assert_means("<a><b><c>1</c><c>2</c></b><b><c>3</c></b></a>",
                 "{\"b\"=>[{\"c\"=>[1, 2]}, {\"c\"=>3}]}");
}

static void places_are_those_of_the_text(void **state)
{
    parsed result = parse_xml("<a>\n  <os> linux </os>\n  <files>\n    <s>x</s>\n  </files>\n</a>");
    const cdp_document *d = result.document;
    cdp_node key;
    cdp_node os = cdp_node_find(d, 1, CDP_STR("os"), &key);
    cdp_node files = cdp_node_find(d, 1, CDP_STR("files"), NULL);

    (void)state;
    assert_int_equal(cdp_node_place(d, key).line, 2);
    assert_int_equal(cdp_node_place(d, key).column, 4);
    assert_int_equal(cdp_node_place(d, os).column, 8);
    assert_cdp_string(cdp_node_text(d, os), "linux");
    assert_int_equal(cdp_node_place(d, files).line, 3);
    assert_int_equal(cdp_node_place(d, cdp_node_first_child(d, files)).line, 4);
    parsed_free(&result);
}

static void what_is_no_tree_is_refused(void **state)
{
    static const struct {
        const char *text;
        cdp_diagnostic_code code;
        uint32_t line;
        uint32_t column;
    } samples[] = {
        {"<a>\n<b>", CDP_DIAGNOSTIC_XML_SYNTAX, 2, 4},
        {"<a></b>", CDP_DIAGNOSTIC_XML_SYNTAX, 1, 6},
        {"<a>&foo;</a>", CDP_DIAGNOSTIC_XML_SYNTAX, 1, 4},
        {"<a>x & y</a>", CDP_DIAGNOSTIC_XML_SYNTAX, 1, 7},
        {"<a/><b/>", CDP_DIAGNOSTIC_XML_SYNTAX, 1, 5},
        {"<a", CDP_DIAGNOSTIC_XML_SYNTAX, 1, 1},
        {"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", CDP_DIAGNOSTIC_XML_DOCTYPE, 1, 1},
        {"<x:a/>", CDP_DIAGNOSTIC_XML_PREFIX, 1, 2},
        {"<a>x<b/></a>", CDP_DIAGNOSTIC_XML_MIXED_CONTENT, 1, 4},
        {"<a><b/>x</a>", CDP_DIAGNOSTIC_XML_MIXED_CONTENT, 1, 8},
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        parsed result = parse_xml(samples[i].text);
        cdp_diagnostic found = diagnostic_of(&result, 0);

        assert_int_equal(result.status, CDP_ERR_INVALID);
        assert_int_equal(found.code, samples[i].code);
        assert_int_equal(found.line, samples[i].line);
        assert_int_equal(found.column, samples[i].column);
        parsed_free(&result);
    }
}

static void attributes_are_warned_of(void **state)
{
    parsed result = parse_xml("<a xmlns='x' b='1'><c xml:space='default'> y </c></a>");

    (void)state;
    assert_int_equal(result.status, CDP_OK);
    assert_int_equal(cdp_diagnostics_count(result.diagnostics), 2);
    assert_true(was_reported(&result, CDP_DIAGNOSTIC_XML_ATTRIBUTE));
    parsed_free(&result);
}

#else

static void there_is_no_xml(void **state)
{
    parsed result = parse_xml("<a/>");

    (void)state;
    assert_int_equal(result.status, CDP_ERR_UNSUPPORTED);
    assert_true(was_reported(&result, CDP_DIAGNOSTIC_XML_UNSUPPORTED));
    parsed_free(&result);
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
#if CDP_HAVE_EXPAT
        cmocka_unit_test(elements_are_keys),
        cmocka_unit_test(equal_names_are_lists),
        cmocka_unit_test(places_are_those_of_the_text),
        cmocka_unit_test(what_is_no_tree_is_refused),
        cmocka_unit_test(attributes_are_warned_of),
#else
        cmocka_unit_test(there_is_no_xml),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
