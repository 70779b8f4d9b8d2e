/* SPDX-License-Identifier: MIT */
#include "appspec/values.h"

#include "appspec/rules.h"

static bool is_text(const cdp_scalar *scalar)
{
    return scalar->type == CDP_SCALAR_STRING || scalar->type == CDP_SCALAR_REFUSED;
}

bool cdp_appspec_is_null(const appspec_work *work, cdp_node node)
{
    return node == 0 || (cdp_node_get_kind(work->document, node) == CDP_NODE_SCALAR &&
                         cdp_node_resolve(work->document, node).type == CDP_SCALAR_NULL);
}

bool cdp_appspec_is_nothing(const appspec_work *work, cdp_node node)
{
    cdp_scalar scalar;

    if (node == 0)
        return true;
    if (cdp_node_get_kind(work->document, node) != CDP_NODE_SCALAR)
        return false;
    scalar = cdp_node_resolve(work->document, node);
    return scalar.type == CDP_SCALAR_NULL || (scalar.type == CDP_SCALAR_BOOLEAN && !scalar.boolean);
}

bool cdp_appspec_is_binary(const appspec_work *work, cdp_node node)
{
    cdp_string tag = cdp_node_tag(work->document, node);

    return tag.data && (cdp_string_equal_c(tag, "tag:yaml.org,2002:binary") ||
                        cdp_string_equal_c(tag, "!binary"));
}

/* Ruby's File.join: items one after the other, inner lists opened, slashes between. */
static void put_joined(appspec_work *work, cdp_node list)
{
    cdp_node node = cdp_node_first_child(work->document, list);
    const char *between = "";

    while (node) {
        cdp_node next = 0;

        if (cdp_node_get_kind(work->document, node) == CDP_NODE_SEQUENCE) {
            next = cdp_node_first_child(work->document, node);
        } else {
            cdp_text_put_c(&work->scratch, between);
            between = "/";
            cdp_appspec_put_to_s(work, node);
        }
        while (!next && node != list) {
            next = cdp_node_next_sibling(work->document, node);
            if (!next)
                node = cdp_node_parent(work->document, node);
        }
        node = next;
    }
}

void cdp_appspec_put_to_s(appspec_work *work, cdp_node node)
{
    if (cdp_node_get_kind(work->document, node) == CDP_NODE_SCALAR)
        cdp_node_put_resolved_text(work->document, node, &work->scratch);
    else
        cdp_appspec_put_inspected(work, node, &work->scratch);
}

static cdp_appspec_value_kind kind_of(const appspec_work *work, cdp_node node)
{
    static const cdp_appspec_value_kind kinds[] = {
        [CDP_SCALAR_NULL] = CDP_APPSPEC_VALUE_ABSENT,
        [CDP_SCALAR_BOOLEAN] = CDP_APPSPEC_VALUE_BOOLEAN,
        [CDP_SCALAR_INTEGER] = CDP_APPSPEC_VALUE_NUMBER,
        [CDP_SCALAR_FLOAT] = CDP_APPSPEC_VALUE_NUMBER,
        [CDP_SCALAR_STRING] = CDP_APPSPEC_VALUE_TEXT,
        [CDP_SCALAR_SYMBOL] = CDP_APPSPEC_VALUE_SYMBOL,
        [CDP_SCALAR_REFUSED] = CDP_APPSPEC_VALUE_TEXT,
    };

    switch (cdp_node_get_kind(work->document, node)) {
    case CDP_NODE_SEQUENCE:
        return CDP_APPSPEC_VALUE_LIST;
    case CDP_NODE_MAPPING:
        return CDP_APPSPEC_VALUE_MAPPING;
    case CDP_NODE_SCALAR:
        if (cdp_appspec_is_binary(work, node))
            return CDP_APPSPEC_VALUE_BYTES;
        return kinds[cdp_node_resolve(work->document, node).type];
    case CDP_NODE_NONE:
        break;
    }
    return CDP_APPSPEC_VALUE_ABSENT;
}

appspec_value cdp_appspec_take(appspec_work *work, cdp_node node)
{
    appspec_value value = {.kind = kind_of(work, node), .node = node};

    if (value.kind == CDP_APPSPEC_VALUE_ABSENT)
        return value;
    if (value.kind == CDP_APPSPEC_VALUE_TEXT) {
        value.text = cdp_node_text(work->document, node);
        return value;
    }
    cdp_text_clear(&work->scratch);
    if (value.kind == CDP_APPSPEC_VALUE_LIST)
        put_joined(work, node);
    else
        cdp_appspec_put_to_s(work, node);
    value.text = cdp_appspec_keep_scratch(work);
    cdp_text_clear(&work->scratch);
    cdp_appspec_put_json(work, node, &work->scratch);
    value.json = cdp_appspec_keep_scratch(work).data;
    return value;
}

/* What to write instead of a value that is read as something else: the same text in quotes. */
static void report_not_text(appspec_work *work, cdp_node node, const char *leaf, cdp_string becomes)
{
    cdp_string written = cdp_node_text(work->document, node);
    bool is_scalar = cdp_node_get_kind(work->document, node) == CDP_NODE_SCALAR;
    bool can_quote = is_scalar && cdp_string_find(written, '"', 0) == written.length &&
                     cdp_string_find(written, '\\', 0) == written.length;

    if (!is_scalar && cdp_appspec_check_mustache(work, node, leaf))
        return;
    cdp_text_clear(&work->hint);
    if (can_quote) {
        cdp_text_put_byte(&work->hint, '"');
        cdp_text_put(&work->hint, written);
        cdp_text_put_byte(&work->hint, '"');
    }
    cdp_appspec_report(
        work, &(appspec_finding){
                  .code = CDP_DIAGNOSTIC_APPSPEC_NOT_TEXT,
                  .node = node,
                  .arguments = {cdp_string_of(leaf), cdp_appspec_describe(work, node), becomes},
                  .fix = can_quote ? cdp_text_string(&work->hint) : (cdp_string){NULL, 0},
              });
}

appspec_value cdp_appspec_take_text(appspec_work *work, cdp_node node, const char *leaf)
{
    appspec_value value = {.kind = CDP_APPSPEC_VALUE_TEXT, .node = node};
    cdp_scalar scalar = {.type = CDP_SCALAR_REFUSED};
    cdp_string whole;

    if (cdp_appspec_is_null(work, node))
        return (appspec_value){.node = node};
    if (cdp_node_get_kind(work->document, node) == CDP_NODE_SCALAR)
        scalar = cdp_node_resolve(work->document, node);
    else
        scalar.type = CDP_SCALAR_SYMBOL;
    if (is_text(&scalar) && !cdp_appspec_is_binary(work, node)) {
        whole = cdp_node_text(work->document, node);
        value.text = cdp_string_trim(whole);
        if (value.text.length != whole.length)
            value.text = cdp_appspec_keep(work, value.text);
        return value;
    }
    value.kind = kind_of(work, node) == CDP_APPSPEC_VALUE_BYTES ? CDP_APPSPEC_VALUE_BYTES
                                                                : CDP_APPSPEC_VALUE_TEXT;
    cdp_text_clear(&work->scratch);
    cdp_appspec_put_to_s(work, node);
    value.text = cdp_appspec_keep(work, cdp_string_trim(cdp_text_string(&work->scratch)));
    if (cdp_text_status(&work->scratch) != CDP_OK)
        cdp_appspec_fail(work, CDP_ERR_NOMEM);
    if (value.kind == CDP_APPSPEC_VALUE_BYTES) {
        cdp_text_clear(&work->scratch);
        cdp_appspec_put_json(work, node, &work->scratch);
        value.json = cdp_appspec_keep_scratch(work).data;
    }
    if (work->status == CDP_OK &&
        !cdp_string_equal(value.text, cdp_node_text(work->document, node)))
        report_not_text(work, node, leaf, value.text);
    return value;
}

void cdp_appspec_put_key(appspec_work *work, cdp_node key, cdp_text *text)
{
    static const char *const classes[] = {
        [CDP_SCALAR_NULL] = "NilClass",  [CDP_SCALAR_INTEGER] = "Integer",
        [CDP_SCALAR_FLOAT] = "Float",    [CDP_SCALAR_SYMBOL] = "Symbol",
        [CDP_SCALAR_REFUSED] = "Object",
    };
    cdp_scalar scalar = {.type = CDP_SCALAR_NULL};
    cdp_node_kind kind = cdp_node_get_kind(work->document, key);

    if (kind == CDP_NODE_SCALAR)
        scalar = cdp_node_resolve(work->document, key);
    if (kind == CDP_NODE_SCALAR && scalar.type == CDP_SCALAR_STRING) {
        cdp_node_put_resolved_text(work->document, key, text);
        return;
    }
    cdp_text_put_byte(text, '$');
    if (kind != CDP_NODE_SCALAR)
        cdp_text_put_c(text, kind == CDP_NODE_SEQUENCE ? "Array" : "Hash");
    else if (scalar.type == CDP_SCALAR_BOOLEAN)
        cdp_text_put_c(text, scalar.boolean ? "TrueClass" : "FalseClass");
    else
        cdp_text_put_c(text, classes[scalar.type]);
    cdp_text_put_byte(text, ':');
    cdp_appspec_put_inspected(work, key, text);
}

cdp_string cdp_appspec_describe(const appspec_work *work, cdp_node node)
{
    static const char *const words[] = {
        [CDP_SCALAR_NULL] = "nothing",
        [CDP_SCALAR_BOOLEAN] = "a yes or no",
        [CDP_SCALAR_INTEGER] = "a number",
        [CDP_SCALAR_FLOAT] = "a number",
        [CDP_SCALAR_STRING] = "a text",
        [CDP_SCALAR_SYMBOL] = "a Ruby symbol",
        [CDP_SCALAR_REFUSED] = "a date or an object",
    };

    switch (cdp_node_get_kind(work->document, node)) {
    case CDP_NODE_SEQUENCE:
        return CDP_STR("a list");
    case CDP_NODE_MAPPING:
        return CDP_STR("a mapping");
    case CDP_NODE_SCALAR:
        return cdp_string_of(words[cdp_node_resolve(work->document, node).type]);
    case CDP_NODE_NONE:
        break;
    }
    return CDP_STR("nothing");
}
