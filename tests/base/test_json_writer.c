/* SPDX-License-Identifier: MIT */
#include "testing.h"

#include <stdlib.h>

#include "base/allocator.h"
#include "base/json_writer.h"
#include "base/strings.h"

typedef struct fixture {
    cdp_text text;
    cdp_json_writer json;
} fixture;

static void begin(fixture *f, unsigned indent)
{
    cdp_allocator allocator;

    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    cdp_text_init(&f->text, &allocator);
    cdp_json_init(&f->json, &f->text, indent);
}

static void write_sample(cdp_json_writer *json)
{
    cdp_json_open_object(json);
    cdp_json_key(json, "a");
    cdp_json_open_array(json);
    cdp_json_int(json, -1);
    cdp_json_bool(json, true);
    cdp_json_null(json);
    cdp_json_string(json, (cdp_string){NULL, 0});
    cdp_json_close_array(json);
    cdp_json_key(json, "b");
    cdp_json_open_object(json);
    cdp_json_close_object(json);
    cdp_json_key(json, "c");
    cdp_json_c_string(json, "x");
    cdp_json_close_object(json);
}

static void one_line(void **state)
{
    fixture f;

    (void)state;
    begin(&f, 0);
    write_sample(&f.json);
    assert_cdp_string(cdp_text_string(&f.text), "{\"a\":[-1,true,null,null],\"b\":{},\"c\":\"x\"}");
    cdp_text_release(&f.text);
}

static void indented(void **state)
{
    fixture f;

    (void)state;
    begin(&f, 2);
    write_sample(&f.json);
    assert_cdp_string(cdp_text_string(&f.text), "{\n  \"a\": [\n    -1,\n    true,\n    null,\n"
                                                "    null\n  ],\n  \"b\": {},\n  \"c\": \"x\"\n}");
    cdp_text_release(&f.text);
}

static void strings_are_escaped(void **state)
{
    fixture f;

    (void)state;
    begin(&f, 0);
    cdp_json_open_array(&f.json);
    cdp_json_string(&f.json, CDP_STR("\"\\\b\f\n\r\t\v\0\x1f\x7f"));
    cdp_json_string(&f.json, CDP_STR("gr\xC3\xBC\xC3\x9F \xF0\x9F\x9A\x80"));
    cdp_json_string(&f.json, CDP_STR("\xFF\xC0\x80 \xED\xA0\x80 \xE2\x82"));
    cdp_json_close_array(&f.json);
    assert_cdp_string(cdp_text_string(&f.text),
                      "[\"\\\"\\\\\\b\\f\\n\\r\\t\\u000b\\u0000\\u001f\\u007f\","
                      "\"gr\xC3\xBC\xC3\x9F \xF0\x9F\x9A\x80\","
                      "\"\\udcff\\udcc0\\udc80 \\udced\\udca0\\udc80 \\udce2\\udc82\"]");
    cdp_text_release(&f.text);
}

/* Eight bytes are looked at together: every byte at every place among others, also at the very end
 * of the memory, is escaped as it is alone. */
static void every_byte_at_every_place_is_escaped_alike(void **state)
{
    static const char around[] = "abcdefghijklmnopqrstuvwx";
    enum { LENGTH = sizeof around - 1 };
    fixture f;

    (void)state;
    begin(&f, 0);
    for (unsigned byte = 0; byte < 256; byte++) {
        const char one = (char)byte;
        char alone[16];
        size_t alone_length;

        cdp_text_clear(&f.text);
        cdp_json_put_escaped(&f.text, cdp_string_slice(&one, 1));
        alone_length = f.text.length;
        memcpy(alone, f.text.data, alone_length);
        for (size_t at = 0; at < LENGTH; at++) {
            char *whole = malloc(LENGTH);
            cdp_string escaped;

            memcpy(whole, around, LENGTH);
            whole[at] = one;
            cdp_text_clear(&f.text);
            cdp_json_put_escaped(&f.text, cdp_string_slice(whole, LENGTH));
            escaped = cdp_text_string(&f.text);
            assert_int_equal(escaped.length, LENGTH - 1 + alone_length);
            assert_memory_equal(escaped.data, around, at);
            assert_memory_equal(escaped.data + at, alone, alone_length);
            assert_memory_equal(escaped.data + at + alone_length, around + at + 1, LENGTH - 1 - at);
            free(whole);
        }
    }
    cdp_text_release(&f.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line),
        cmocka_unit_test(indented),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(every_byte_at_every_place_is_escaped_alike),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
