/* SPDX-License-Identifier: MIT */
/* A configuration from the API's JSON. */
#include "base/allocator.h"
#include "base/limits.h"
#include "base/text.h"
#include "config/draft.h"
#include "document/document.h"

typedef struct reader {
    const cdp_document *document;
    cdp_config_draft *draft;
    cdp_text scratch;
    cdp_node nodes[CDP_FIELD_COUNT];
} reader;

static const char *describe_kind(cdp_field_kind kind)
{
    static const char *const words[] = {"an object", "a string", "a whole number",
                                        "a string or a number"};

    return words[kind];
}

static const char *describe_scalar(cdp_scalar_type type)
{
    switch (type) {
    case CDP_SCALAR_NULL:
        return "null";
    case CDP_SCALAR_BOOLEAN:
        return "true or false";
    case CDP_SCALAR_INTEGER:
        return "a number";
    case CDP_SCALAR_FLOAT:
        return "a number with a fraction or an exponent";
    default:
        return "a string";
    }
}

static const char *describe_node(const reader *r, cdp_node node)
{
    switch (cdp_node_get_kind(r->document, node)) {
    case CDP_NODE_MAPPING:
        return "an object";
    case CDP_NODE_SEQUENCE:
        return "a list";
    case CDP_NODE_SCALAR:
        return describe_scalar(cdp_node_resolve(r->document, node).type);
    default:
        return "empty";
    }
}

static void refuse_type(reader *r, cdp_config_field field, cdp_node node)
{
    const char *name = cdp_config_field_name(r->draft->shape, field);

    r->draft->values[field].state = CDP_FIELD_BROKEN;
    cdp_config_report(r->draft, field,
                      (cdp_report){.code = CDP_DIAGNOSTIC_CONFIG_WRONG_TYPE,
                                   .arguments = {
                                       cdp_string_of(field != CDP_FIELD_ROOT ? name
                                                     : r->draft->wrapper     ? r->draft->wrapper + 1
                                                                             : "The document"),
                                       cdp_string_of(describe_node(r, node)),
                                       cdp_string_of(describe_kind(cdp_config_fields[field].kind)),
                                   }});
}

static bool suits(cdp_field_kind kind, cdp_node_kind node, cdp_scalar_type type)
{
    bool number =
        node == CDP_NODE_SCALAR && (type == CDP_SCALAR_INTEGER || type == CDP_SCALAR_FLOAT);

    switch (kind) {
    case CDP_KIND_OBJECT:
        return node == CDP_NODE_MAPPING;
    case CDP_KIND_WORD:
        return node == CDP_NODE_SCALAR && type == CDP_SCALAR_STRING;
    case CDP_KIND_NUMBER:
        return number && type == CDP_SCALAR_INTEGER;
    default:
        return number || (node == CDP_NODE_SCALAR && type == CDP_SCALAR_STRING);
    }
}

static void read_value(reader *r, cdp_config_field field, cdp_node node)
{
    cdp_config_value *value = &r->draft->values[field];
    cdp_field_kind kind = cdp_config_fields[field].kind;
    cdp_node_kind node_kind = cdp_node_get_kind(r->document, node);
    cdp_scalar scalar = {.type = CDP_SCALAR_NULL};

    if (node_kind == CDP_NODE_SCALAR) {
        scalar = cdp_node_resolve(r->document, node);
        /* The API and its tools write null for what is absent. */
        if (scalar.type == CDP_SCALAR_NULL && field != CDP_FIELD_ROOT)
            return;
    }
    value->place = cdp_node_place(r->document, node);
    if (!suits(kind, node_kind, scalar.type)) {
        refuse_type(r, field, node);
        return;
    }
    r->nodes[field] = node;
    value->state = CDP_FIELD_GIVEN;
    value->number = scalar.integer;
    value->is_text = scalar.type == CDP_SCALAR_STRING;
    if (kind != CDP_KIND_OBJECT)
        value->text = cdp_node_text(r->document, node);
}

/* The rest of the hook's properties concerns no configuration. */
static bool is_other_hook_property(const reader *r, cdp_config_field parent, cdp_string name)
{
    static const char *const others[] = {"ServiceRole", "AdditionalOptions", "LifecycleEventHooks",
                                         "Applications"};

    if (r->draft->shape != CDP_CONFIG_SHAPE_HOOK || parent != CDP_FIELD_ROOT)
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (cdp_string_equal_c(name, others[i]))
            return true;
    }
    return false;
}

static void warn_of_unknown(reader *r, cdp_config_field parent, cdp_node key)
{
    cdp_string name = cdp_node_text(r->document, key);
    const char *object = cdp_config_field_name(r->draft->shape, parent);
    const char *names[CDP_FIELD_COUNT];
    size_t count = 0;
    size_t near;
    cdp_report report = {
        .code = CDP_DIAGNOSTIC_CONFIG_UNKNOWN_MEMBER,
        .place = cdp_node_place(r->document, key),
        .arguments = {name, cdp_string_of(parent == CDP_FIELD_ROOT ? "the document" : object)},
    };
    cdp_status status;

    for (int field = 1; field < CDP_FIELD_COUNT; field++) {
        const char *known = cdp_config_field_name(r->draft->shape, field);

        if (known && cdp_config_fields[field].parent == parent)
            names[count++] = known;
    }
    near = cdp_suggest(name, names, count);
    if (near < count) {
        report.arguments[2] = cdp_string_of(names[near]);
        report.hint = CDP_STR("Did you mean {2}?");
    }
    cdp_text_clear(&r->scratch);
    cdp_node_put_pointer(r->document, key, &r->scratch);
    report.pointer = cdp_text_string(&r->scratch);
    status = cdp_text_status(&r->scratch);
    if (status == CDP_OK)
        status = cdp_diagnostics_report(r->draft->diagnostics, &report);
    if (status != CDP_OK)
        r->draft->status = status;
}

/* The field of a name in an object, or the root for none. */
static cdp_config_field field_of(const reader *r, cdp_config_field parent, cdp_string name)
{
    for (int field = 1; field < CDP_FIELD_COUNT; field++) {
        const char *known = cdp_config_field_name(r->draft->shape, field);

        if (known && cdp_config_fields[field].parent == parent && cdp_string_equal_c(name, known))
            return field;
    }
    return CDP_FIELD_ROOT;
}

static void read_members(reader *r, cdp_config_field parent)
{
    for (cdp_node key = cdp_node_first_child(r->document, r->nodes[parent]); key;
         key = cdp_node_next_sibling(r->document, key)) {
        cdp_string name = cdp_node_text(r->document, key);
        cdp_config_field field;

        if (!cdp_node_is_effective(r->document, key))
            continue;
        field = field_of(r, parent, name);
        if (field != CDP_FIELD_ROOT)
            read_value(r, field, cdp_node_value(r->document, key));
        else if (!is_other_hook_property(r, parent, name))
            warn_of_unknown(r, parent, key);
    }
}

/* GetDeploymentConfig answers with an object around the one that counts. */
static cdp_node unwrap(reader *r, cdp_node root)
{
    cdp_node inner = 0;

    if (r->draft->shape == CDP_CONFIG_SHAPE_INFO &&
        cdp_node_get_kind(r->document, root) == CDP_NODE_MAPPING)
        inner = cdp_node_find(r->document, root, CDP_STR("deploymentConfigInfo"), NULL);
    if (!inner)
        return root;
    r->draft->wrapper = "/deploymentConfigInfo";
    return inner;
}

static void read_document(reader *r)
{
    read_value(r, CDP_FIELD_ROOT, unwrap(r, cdp_document_root(r->document)));
    /* Parents stand before their children. */
    for (int field = 0; field < CDP_FIELD_COUNT; field++) {
        if (cdp_config_fields[field].kind == CDP_KIND_OBJECT && r->nodes[field])
            read_members(r, field);
    }
}

static cdp_status make_config(const cdp_document *document, cdp_config_draft *draft,
                              const cdp_allocator *allocator, cdp_config **config)
{
    reader r = {.document = document, .draft = draft};
    cdp_config parts;
    cdp_status status;

    cdp_text_init(&r.scratch, allocator);
    read_document(&r);
    cdp_text_release(&r.scratch);
    /* What is no object lacks everything; that it is none says it all. */
    if (draft->values[CDP_FIELD_ROOT].state != CDP_FIELD_GIVEN)
        return draft->status != CDP_OK ? draft->status : CDP_ERR_INVALID;
    status = cdp_config_check(draft, &parts);
    return status == CDP_OK ? cdp_config_own(&parts, allocator, config) : status;
}

cdp_status cdp_config_parse(const char *bytes, size_t length, cdp_config_shape shape,
                            const cdp_limits *limits, const cdp_allocator *allocator,
                            cdp_diagnostics *diagnostics, cdp_config **config)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    cdp_config_draft draft = {.shape = shape, .diagnostics = diagnostics};
    cdp_allocator own_allocator;
    cdp_document *document;
    cdp_status status;

    if (!config || (!bytes && length > 0) || shape < CDP_CONFIG_SHAPE_CREATE ||
        shape > CDP_CONFIG_SHAPE_HOOK)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own_allocator, allocator);
    if (status == CDP_OK)
        status = cdp_limits_import(&options.limits, limits);
    if (status == CDP_OK)
        status = cdp_document_parse(bytes ? bytes : "", length, &options, &own_allocator,
                                    diagnostics, &document);
    if (status != CDP_OK)
        return status;
    status = make_config(document, &draft, &own_allocator, config);
    cdp_document_free(document);
    return status;
}
