/* SPDX-License-Identifier: MIT */
#include "parsing.h"

/* What Psych 4.0.4 makes of a plain scalar: the type, and the text that to_s gives. */
typedef struct sample {
    const char *yaml;
    cdp_scalar_type type;
    const char *text;
} sample;

static const sample samples[] = {
    {"''", CDP_SCALAR_STRING, ""},
    {"~", CDP_SCALAR_NULL, ""},
    {"null", CDP_SCALAR_NULL, ""},
    {"NULL", CDP_SCALAR_NULL, ""},
    {"nUll", CDP_SCALAR_NULL, ""},
    {"nulls", CDP_SCALAR_STRING, "nulls"},
    {"yes", CDP_SCALAR_BOOLEAN, "true"},
    {"oN", CDP_SCALAR_BOOLEAN, "true"},
    {"y", CDP_SCALAR_STRING, "y"},
    {"n", CDP_SCALAR_STRING, "n"},
    {"FALSE", CDP_SCALAR_BOOLEAN, "false"},
    {"off", CDP_SCALAR_BOOLEAN, "false"},
    {"0644", CDP_SCALAR_INTEGER, "420"},
    {"0755", CDP_SCALAR_INTEGER, "493"},
    {"0888", CDP_SCALAR_STRING, "0888"},
    {"0_0", CDP_SCALAR_INTEGER, "0"},
    {"0_", CDP_SCALAR_INTEGER, "0"},
    {"0,0", CDP_SCALAR_INTEGER, "0"},
    {"7_5_5", CDP_SCALAR_INTEGER, "755"},
    {"7__5", CDP_SCALAR_STRING, "7__5"},
    {"7_", CDP_SCALAR_STRING, "7_"},
    {"+755", CDP_SCALAR_INTEGER, "755"},
    {"-0", CDP_SCALAR_INTEGER, "0"},
    {"0x1ed", CDP_SCALAR_INTEGER, "493"},
    {"-0xFF", CDP_SCALAR_INTEGER, "-255"},
    {"0x_", CDP_SCALAR_REFUSED, "0x_"},
    {"0b101", CDP_SCALAR_INTEGER, "5"},
    {"0b_", CDP_SCALAR_REFUSED, "0b_"},
    {"0o17", CDP_SCALAR_STRING, "0o17"},
    {"9223372036854775807", CDP_SCALAR_INTEGER, "9223372036854775807"},
    {"99999999999999999999999", CDP_SCALAR_INTEGER, "99999999999999999999999"},
    {"0xFFFFFFFFFFFFFFFFFFFF", CDP_SCALAR_INTEGER, "1208925819614629174706175"},
    {"12:30", CDP_SCALAR_INTEGER, "45000"},
    {"1:02:03", CDP_SCALAR_INTEGER, "3723"},
    {"-1:30", CDP_SCALAR_INTEGER, "-1800"},
    {"12:99", CDP_SCALAR_STRING, "12:99"},
    {"1:30.5", CDP_SCALAR_FLOAT, "5430.0"},
    {"0.0", CDP_SCALAR_FLOAT, "0.0"},
    {"-0.0", CDP_SCALAR_FLOAT, "-0.0"},
    {"0.", CDP_SCALAR_FLOAT, "0.0"},
    {".0", CDP_SCALAR_FLOAT, "0.0"},
    {".", CDP_SCALAR_STRING, "."},
    {"+.", CDP_SCALAR_STRING, "+."},
    {".e+5", CDP_SCALAR_REFUSED, ".e+5"},
    {"1.50", CDP_SCALAR_FLOAT, "1.5"},
    {"1,000.5", CDP_SCALAR_FLOAT, "1000.5"},
    {"1e3", CDP_SCALAR_STRING, "1e3"},
    {"1.0e3", CDP_SCALAR_STRING, "1.0e3"},
    {"1.0e+3", CDP_SCALAR_FLOAT, "1000.0"},
    {"1.0e+15", CDP_SCALAR_FLOAT, "1000000000000000.0"},
    {"1.0e+16", CDP_SCALAR_FLOAT, "1.0e+16"},
    {"1.0e+20", CDP_SCALAR_FLOAT, "1.0e+20"},
    {"0.0001", CDP_SCALAR_FLOAT, "0.0001"},
    {"0.00001", CDP_SCALAR_FLOAT, "1.0e-05"},
    {"123456789.123456789", CDP_SCALAR_FLOAT, "123456789.12345679"},
    {"0.1", CDP_SCALAR_FLOAT, "0.1"},
    {"1.7976931348623157e+308", CDP_SCALAR_FLOAT, "1.7976931348623157e+308"},
    {"1.8e+308", CDP_SCALAR_FLOAT, "Infinity"},
    {"4.9e-324", CDP_SCALAR_FLOAT, "5.0e-324"},
    {"2.4e-324", CDP_SCALAR_FLOAT, "0.0"},
    {"2.5e-324", CDP_SCALAR_FLOAT, "5.0e-324"},
    {"2.2250738585072011e-308", CDP_SCALAR_FLOAT, "2.225073858507201e-308"},
    {"5.684341886080801e-14", CDP_SCALAR_FLOAT, "5.684341886080801e-14"},
    {"9007199254740993.0", CDP_SCALAR_FLOAT, "9007199254740992.0"},
    {".inf", CDP_SCALAR_FLOAT, "Infinity"},
    {"+.INF", CDP_SCALAR_FLOAT, "Infinity"},
    {"-.Inf", CDP_SCALAR_FLOAT, "-Infinity"},
    {".nan", CDP_SCALAR_FLOAT, "NaN"},
    {":abc", CDP_SCALAR_SYMBOL, "abc"},
    {":\"a b\"", CDP_SCALAR_SYMBOL, "a b"},
    {"2024-01-31", CDP_SCALAR_REFUSED, "2024-01-31"},
    {"2024-1-1", CDP_SCALAR_REFUSED, "2024-1-1"},
    {"2024-13-01", CDP_SCALAR_STRING, "2024-13-01"},
    {"2024-01-32", CDP_SCALAR_STRING, "2024-01-32"},
    {"2024-02-31", CDP_SCALAR_REFUSED, "2024-02-31"},
    {"2020-01-01T00:00:10Z", CDP_SCALAR_REFUSED, "2020-01-01T00:00:10Z"},
    {"2020-01-01 00:00:10 +053", CDP_SCALAR_REFUSED, "2020-01-01 00:00:10 +053"},
    {"2020-01-01 00:00:10 x", CDP_SCALAR_STRING, "2020-01-01 00:00:10 x"},
    {"10m", CDP_SCALAR_STRING, "10m"},
    {"1.2.3", CDP_SCALAR_STRING, "1.2.3"},
    {"'0644'", CDP_SCALAR_STRING, "0644"},
    {"! '0644'", CDP_SCALAR_INTEGER, "420"},
    {"!!str 0644", CDP_SCALAR_STRING, "0644"},
    {"!!int \"0\"", CDP_SCALAR_INTEGER, "0"},
    {"!!int abc", CDP_SCALAR_STRING, "abc"},
    {"!!float abc", CDP_SCALAR_REFUSED, "abc"},
    {"!!float 1e3", CDP_SCALAR_FLOAT, "1000.0"},
    {"!!float 7", CDP_SCALAR_FLOAT, "7.0"},
    {"!!binary aGVsbG8=", CDP_SCALAR_STRING, "hello"},
    {"!ruby/sym x", CDP_SCALAR_SYMBOL, "x"},
    {"!ruby/regexp /a/", CDP_SCALAR_REFUSED, "/a/"},
    {"!Foo 12", CDP_SCALAR_INTEGER, "12"},
    {"[]", 0, "[]"},
    {"[a, 1, ~, yes, 1.5, [x], {k: v, 2: w}]", 0,
     "[\"a\", 1, nil, true, 1.5, [\"x\"], {\"k\"=>\"v\", 2=>\"w\"}]"},
    {"- :s\n- :\"x y\"\n- []\n", 0, "[:s, :\"x y\", []]"},
    {"{{ x }}", 0, "{{\"x\"=>nil}=>nil}"},
    {"{a: \"q\\\"#{b}\\t\\e\\x01\\u2028\"}", 0, "{\"a\"=>\"q\\\"\\#{b}\\t\\e\\x01\\u2028\"}"},
};

static void scalars_mean_what_psych_says(void **state)
{
    int bad = 0;

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        parsed result = parse_yaml(samples[i].yaml);
        cdp_node root = 1;
        cdp_text *text;

        assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
        if (result.status != CDP_OK)
            fail_msg("%s is refused", samples[i].yaml);
        cdp_node_put_resolved_text(result.document, root, text);
        if (strcmp(cdp_text_string(text).data, samples[i].text) != 0 ||
            (cdp_node_get_kind(result.document, root) == CDP_NODE_SCALAR &&
             cdp_node_resolve(result.document, root).type != samples[i].type)) {
            print_message("%s: type %d, text %s instead of %s\n", samples[i].yaml,
                          (int)cdp_node_resolve(result.document, root).type,
                          cdp_text_string(text).data, samples[i].text);
            bad++;
        }
        cdp_text_free(text);
        parsed_free(&result);
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(scalars_mean_what_psych_says)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
