/* SPDX-License-Identifier: MIT */
/*
 * Inventories read from JSON: data/inventory.json. Each is read as a whole and in pieces of every small
 * size; what comes out is the same.
 */
#include "json_cases.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"
#include "test_allocator.h"

/* Lines that grow. */
typedef struct lines {
    char *text;
    size_t length;
} lines;

static void put(lines *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(lines *out, const char *format, ...)
{
    char piece[2048];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(piece, sizeof piece, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && length < (int)sizeof piece);
    out->text = realloc(out->text, out->length + (size_t)length + 1);
    memcpy(out->text + out->length, piece, (size_t)length + 1);
    out->length += (size_t)length;
}

static void put_string(lines *out, const char *name, cdp_string value)
{
    if (value.data)
        put(out, " %s=%.*s", name, (int)value.length, value.data);
}

static void put_instance(lines *out, const cdp_instance *instance)
{
    put(out, "%.*s %s", (int)instance->id.length, instance->id.data,
        cdp_instance_kind_name(instance->kind));
    if (instance->state != CDP_INSTANCE_STATE_NOT_SAID)
        put(out, " %s", cdp_instance_state_name(instance->state));
    if (instance->auto_scaling_state != CDP_AUTO_SCALING_STATE_NOT_SAID)
        put(out, " scaling=%s", cdp_auto_scaling_state_name(instance->auto_scaling_state));
    put_string(out, "group", instance->auto_scaling_group);
    put_string(out, "zone", instance->zone);
    if (instance->instance_health != CDP_INSTANCE_UNHEALTHY ||
        instance->revision_health != CDP_REVISION_HEALTH_UNKNOWN)
        put(out, " %s/%s", cdp_instance_health_name(instance->instance_health),
            cdp_revision_health_name(instance->revision_health));
    for (size_t i = 0; i < instance->tag_count; i++)
        put(out, " [%.*s=%.*s]", (int)instance->tags[i].key.length, instance->tags[i].key.data,
            (int)instance->tags[i].value.length,
            instance->tags[i].value.data ? instance->tags[i].value.data : "");
    put(out, "\n");
}

static void put_findings(lines *out, cdp_diagnostics *diagnostics)
{
    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};
        cdp_diagnostic_info info = {.size = sizeof info};

        cdp_diagnostics_at(diagnostics, i, &found);
        cdp_diagnostic_info_get(found.code, &info);
        put(out, "%s %s %u:%u%s%s%s%s\n", cdp_severity_name(found.severity), info.name,
            (unsigned)found.line, (unsigned)found.column, found.pointer.data ? " " : "",
            found.pointer.data ? found.pointer.data : "", info.api_name ? " " : "",
            info.api_name ? info.api_name : "");
    }
    cdp_diagnostics_clear(diagnostics);
}

/* Feeds the text in pieces of this size, and never asks before it has to. */
static char *read_in_pieces(cdp_string text, size_t piece, const cdp_limits *limits)
{
    lines out = {calloc(1, 1), 0};
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_inventory *inventory;
    cdp_instance instance = {.size = sizeof instance};
    cdp_status status;
    size_t at = 0;

    assert_int_equal(cdp_inventory_new(limits, NULL, &inventory), CDP_OK);
    do {
        status = cdp_inventory_next(inventory, diagnostics, &instance);
        put_findings(&out, diagnostics);
        if (status == CDP_OK)
            put_instance(&out, &instance);
        if (status == CDP_PENDING && at == text.length) {
            assert_int_equal(cdp_inventory_finish(inventory), CDP_OK);
        } else if (status == CDP_PENDING) {
            size_t length = piece < text.length - at ? piece : text.length - at;

            assert_int_equal(cdp_inventory_feed(inventory, text.data + at, length), CDP_OK);
            at += length;
        }
    } while (status == CDP_OK || status == CDP_PENDING || status == CDP_ERR_INVALID ||
             status == CDP_ERR_LIMIT);
    put(&out, "%s\n", status == CDP_ERR_NOT_FOUND ? "end" : cdp_status_name(status));
    assert_int_equal(cdp_inventory_next(inventory, diagnostics, &instance), status);
    cdp_inventory_free(inventory);
    cdp_diagnostics_free(diagnostics);
    return out.text;
}

static cdp_status read_with(const cdp_allocator *allocator, void *context)
{
    const cdp_string *text = context;
    cdp_diagnostics *diagnostics = NULL;
    cdp_inventory *inventory = NULL;
    cdp_instance instance = {.size = sizeof instance};
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    if (status == CDP_OK)
        status = cdp_inventory_new(NULL, allocator, &inventory);
    if (status == CDP_OK)
        status = cdp_inventory_feed(inventory, text->data, text->length);
    if (status == CDP_OK)
        status = cdp_inventory_finish(inventory);
    while (status == CDP_OK || status == CDP_ERR_INVALID || status == CDP_ERR_LIMIT)
        status = cdp_inventory_next(inventory, diagnostics, &instance);
    cdp_inventory_free(inventory);
    cdp_diagnostics_free(diagnostics);
    return status == CDP_ERR_NOT_FOUND || status == CDP_ERR_STATE ? CDP_OK : status;
}

static void check_case(const case_file *file, cdp_node node)
{
    cdp_string text = cdp_node_text(file->document, case_member(file, node, "text"));
    cdp_limits limits = {.size = sizeof limits};
    char *whole;

    assert_int_equal(cdp_limits_default(&limits), CDP_OK);
    if (case_member(file, node, "bytes"))
        limits.input_bytes = strtoul(case_text(file, node, "bytes"), NULL, 10);
    whole = read_in_pieces(text, text.length, &limits);
    assert_lines(file, case_member(file, node, "lines"), whole);
    for (size_t piece = 1; piece <= 9; piece++) {
        char *again = read_in_pieces(text, piece, &limits);

        assert_string_equal(again, whole);
        free(again);
    }
    free(whole);
    test_fail_every_allocation(read_with, &text);
}

/* ---- what is no inventory's ------------------------------------------------------------------ */

static void calls_take_anything(void **state)
{
    cdp_inventory *inventory;
    cdp_instance instance = {.size = sizeof instance};
    cdp_instance none = {.size = 0};

    (void)state;
    assert_int_equal(cdp_inventory_new(NULL, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_inventory_new(&(cdp_limits){.size = 3}, NULL, &inventory), CDP_ERR_STRUCT);
    assert_int_equal(cdp_inventory_feed(NULL, "", 0), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_inventory_finish(NULL), CDP_ERR_ARGUMENT);
    cdp_inventory_free(NULL);
    assert_int_equal(cdp_inventory_new(NULL, NULL, &inventory), CDP_OK);
    assert_int_equal(cdp_inventory_next(NULL, NULL, &instance), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_inventory_next(inventory, NULL, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_inventory_next(inventory, NULL, &none), CDP_ERR_STRUCT);
    assert_int_equal(cdp_inventory_feed(inventory, NULL, 1), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_inventory_feed(inventory, NULL, 0), CDP_OK);
    assert_int_equal(cdp_inventory_next(inventory, NULL, &instance), CDP_PENDING);
    assert_int_equal(cdp_inventory_finish(inventory), CDP_OK);
    assert_int_equal(cdp_inventory_finish(inventory), CDP_OK);
    assert_int_equal(cdp_inventory_feed(inventory, " ", 1), CDP_ERR_STATE);
    /* Nothing is no list. */
    assert_int_equal(cdp_inventory_next(inventory, NULL, &instance), CDP_ERR_INVALID);
    assert_int_equal(cdp_inventory_next(inventory, NULL, &instance), CDP_ERR_STATE);
    cdp_inventory_free(inventory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_take_anything),
    };
    int failed = run_json_cases(DATA "/inventory.json", check_case);

    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
