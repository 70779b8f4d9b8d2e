/* SPDX-License-Identifier: MIT */
/* A cursor as a line of JSON, and back. */
#include "base/allocator.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "base/report.h"
#include "base/text.h"
#include "document/document.h"
#include "traffic/cursor.h"

static const char kind_name[] = "codedeploy-traffic-cursor";
enum { VERSION = 1, MEMBER_COUNT = 7 };

static void put_snapshot(const cdp_traffic_cursor *cursor, cdp_string steps, cdp_text *text)
{
    cdp_json_writer json;

    cdp_json_init(&json, text, 0);
    cdp_json_open_object(&json);
    cdp_json_key(&json, "kind");
    cdp_json_c_string(&json, kind_name);
    cdp_json_key(&json, "version");
    cdp_json_int(&json, VERSION);
    cdp_json_key(&json, "schedule");
    cdp_json_string(&json, steps);
    cdp_json_key(&json, "start_ms");
    cdp_json_int(&json, cursor->start_ms);
    cdp_json_key(&json, "now_ms");
    cdp_json_int(&json, cursor->now_ms);
    cdp_json_key(&json, "began_ms");
    cdp_json_open_array(&json);
    for (size_t i = 0; i < cursor->begun; i++)
        cdp_json_int(&json, cursor->began_ms[i]);
    cdp_json_close_array(&json);
    cdp_json_key(&json, "done");
    cdp_json_bool(&json, cursor->done);
    cdp_json_close_object(&json);
}

cdp_status cdp_traffic_cursor_snapshot(const cdp_traffic_cursor *cursor, cdp_text *text)
{
    cdp_text steps;
    size_t before;
    cdp_status status;

    if (!cursor || !text)
        return CDP_ERR_ARGUMENT;
    before = cdp_text_string(text).length;
    cdp_text_init(&steps, &text->allocator);
    cdp_traffic_put(cursor->schedule, &steps);
    status = cdp_text_status(&steps);
    if (status == CDP_OK) {
        put_snapshot(cursor, cdp_text_string(&steps), text);
        status = cdp_text_status(text);
    }
    if (status != CDP_OK)
        cdp_text_rollback(text, before);
    cdp_text_release(&steps);
    return status;
}

/* A snapshot that is being read; `wrong` says what is wrong with it. */
typedef struct reader {
    const cdp_document *document;
    cdp_node root;
    const char *wrong;
} reader;

static cdp_node find(reader *r, const char *name)
{
    return cdp_node_find(r->document, r->root, cdp_string_of(name), NULL);
}

static void refuse(reader *r, const char *why)
{
    if (!r->wrong)
        r->wrong = why;
}

static int64_t integer_of(reader *r, cdp_node node, int64_t least, int64_t most)
{
    cdp_scalar scalar = {.type = CDP_SCALAR_NULL};

    if (cdp_node_get_kind(r->document, node) == CDP_NODE_SCALAR)
        scalar = cdp_node_resolve(r->document, node);
    if (scalar.type == CDP_SCALAR_INTEGER && !scalar.overflow && scalar.integer >= least &&
        scalar.integer <= most)
        return scalar.integer;
    refuse(r, "a number is missing or out of range");
    return least;
}

static bool has_string(reader *r, const char *name, cdp_string expected)
{
    cdp_node node = find(r, name);

    return cdp_node_get_kind(r->document, node) == CDP_NODE_SCALAR &&
           cdp_node_resolve(r->document, node).type == CDP_SCALAR_STRING &&
           cdp_string_equal(cdp_node_text(r->document, node), expected);
}

static bool boolean_of(reader *r, cdp_node node)
{
    cdp_scalar scalar = {.type = CDP_SCALAR_NULL};

    if (cdp_node_get_kind(r->document, node) == CDP_NODE_SCALAR)
        scalar = cdp_node_resolve(r->document, node);
    if (scalar.type != CDP_SCALAR_BOOLEAN)
        refuse(r, "`done` is neither true nor false");
    return scalar.boolean;
}

static void read_steps(reader *r, cdp_traffic_cursor *cursor)
{
    cdp_node list = find(r, "began_ms");

    if (cdp_node_get_kind(r->document, list) != CDP_NODE_SEQUENCE) {
        refuse(r, "`began_ms` is no list");
        return;
    }
    for (cdp_node item = cdp_node_first_child(r->document, list); item;
         item = cdp_node_next_sibling(r->document, item)) {
        if (cursor->begun == cursor->schedule->count) {
            refuse(r, "more steps have begun than the schedule has");
            return;
        }
        cursor->began_ms[cursor->begun++] = integer_of(r, item, 0, CDP_TRAFFIC_LATEST_INSTANT);
    }
}

static void read_members(reader *r, cdp_traffic_cursor *cursor, cdp_string steps)
{
    if (cdp_node_get_kind(r->document, r->root) != CDP_NODE_MAPPING ||
        !has_string(r, "kind", cdp_string_of(kind_name))) {
        refuse(r, "it is something else");
        return;
    }
    (void)integer_of(r, find(r, "version"), VERSION, VERSION);
    if (r->wrong) {
        r->wrong = "its version is not 1";
        return;
    }
    if (!has_string(r, "schedule", steps))
        refuse(r, "it belongs to another schedule");
    if (cdp_node_child_count(r->document, r->root) != MEMBER_COUNT)
        refuse(r, "its members are not those of a snapshot");
    cursor->start_ms = integer_of(r, find(r, "start_ms"), 0, CDP_TRAFFIC_LATEST_INSTANT);
    cursor->now_ms = integer_of(r, find(r, "now_ms"), -1, CDP_TRAFFIC_LATEST_INSTANT);
    cursor->done = boolean_of(r, find(r, "done"));
    read_steps(r, cursor);
}

/* No cursor comes into a state that this refuses. */
static void check_state(reader *r, const cdp_traffic_cursor *cursor)
{
    const cdp_traffic_part *parts = cursor->schedule->parts;
    size_t begun = cursor->begun;

    if (begun > 0 && cursor->began_ms[0] != cursor->start_ms)
        refuse(r, "the first step did not begin at the start");
    for (size_t i = 1; i < begun; i++) {
        int64_t held = cursor->began_ms[i] - cursor->began_ms[i - 1];

        if (held < 0 || (parts[i - 1].wait_ms != CDP_TRAFFIC_GATE && held > parts[i - 1].wait_ms))
            refuse(r, "a step began before the one before it, or too late");
    }
    if (begun > 0 && cursor->began_ms[begun - 1] > cursor->now_ms)
        refuse(r, "a step has begun that is still to come");
    if (cursor->done && begun < cursor->schedule->count)
        refuse(r, "it is done before its last step");
    if (!r->wrong && cdp_traffic_cursor_next_deadline(cursor) <= cursor->now_ms)
        refuse(r, "a step that was due has not begun");
}

static cdp_status tell_wrong(const reader *r, cdp_diagnostics *diagnostics)
{
    cdp_status status;

    if (!r->wrong)
        return CDP_OK;
    status =
        cdp_diagnostics_report(diagnostics, &(cdp_report){.code = CDP_DIAGNOSTIC_TRAFFIC_SNAPSHOT,
                                                          .arguments = {cdp_string_of(r->wrong)}});
    return status == CDP_OK ? CDP_ERR_CORRUPT : status;
}

static cdp_status fill(cdp_traffic_cursor *cursor, const cdp_document *document,
                       cdp_diagnostics *diagnostics)
{
    reader r = {.document = document, .root = cdp_document_root(document)};
    cdp_text steps;
    cdp_status status;

    cdp_text_init(&steps, &cursor->allocator);
    cdp_traffic_put(cursor->schedule, &steps);
    status = cdp_text_status(&steps);
    if (status == CDP_OK) {
        read_members(&r, cursor, cdp_text_string(&steps));
        if (!r.wrong)
            check_state(&r, cursor);
        status = tell_wrong(&r, diagnostics);
    }
    cdp_text_release(&steps);
    return status;
}

static cdp_status read_document(const char *bytes, size_t length, const cdp_allocator *allocator,
                                cdp_diagnostics *diagnostics, cdp_document **document)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    cdp_status status = cdp_limits_import(&options.limits, NULL);

    if (status == CDP_OK)
        status = cdp_document_parse(bytes, length, &options, allocator, diagnostics, document);
    return status == CDP_OK || status == CDP_ERR_NOMEM ? status : CDP_ERR_CORRUPT;
}

cdp_status cdp_traffic_cursor_restore(const cdp_traffic_schedule *schedule, const char *bytes,
                                      size_t length, const cdp_allocator *allocator,
                                      cdp_diagnostics *diagnostics, cdp_traffic_cursor **cursor)
{
    cdp_traffic_cursor *made = NULL;
    cdp_document *document;
    cdp_status status;

    if (!schedule || !cursor || (!bytes && length > 0))
        return CDP_ERR_ARGUMENT;
    status = cdp_traffic_cursor_new(schedule, 0, allocator, &made);
    if (status != CDP_OK)
        return status;
    status = read_document(bytes ? bytes : "", length, &made->allocator, diagnostics, &document);
    if (status == CDP_OK) {
        status = fill(made, document, diagnostics);
        cdp_document_free(document);
    }
    if (status == CDP_OK)
        *cursor = made;
    else
        cdp_traffic_cursor_free(made);
    return status;
}
