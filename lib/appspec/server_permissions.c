/* SPDX-License-Identifier: MIT */
/* Server: `permissions`. */
#include "appspec/emit.h"
#include "appspec/fields.h"
#include "appspec/rules.h"
#include "appspec/server.h"

enum { OBJECT, PATTERN, EXCEPT, TYPE, OWNER, GROUP, MODE, ACLS, CONTEXT, MEMBER_COUNT };

/* Items of a list, or the pairs of a mapping, which Ruby's `each` gives one after the other. */
static cdp_node first_item(const appspec_work *work, cdp_node list, size_t *count)
{
    *count = cdp_node_child_count(work->document, list);
    return cdp_node_first_child(work->document, list);
}

/* A pair of a mapping is to Ruby a list of key and value. */
static appspec_value take_pair(appspec_work *work, cdp_node key)
{
    appspec_value value = {.kind = CDP_APPSPEC_VALUE_LIST, .node = key};

    cdp_text_clear(&work->scratch);
    cdp_appspec_put_to_s(work, key);
    cdp_text_put_byte(&work->scratch, '/');
    cdp_appspec_put_to_s(work, cdp_node_value(work->document, key));
    value.text = cdp_appspec_keep_scratch(work);
    cdp_text_clear(&work->scratch);
    cdp_text_put_byte(&work->scratch, '[');
    cdp_appspec_put_json(work, key, &work->scratch);
    cdp_text_put_byte(&work->scratch, ',');
    cdp_appspec_put_json(work, cdp_node_value(work->document, key), &work->scratch);
    cdp_text_put_byte(&work->scratch, ']');
    value.json = cdp_appspec_keep_scratch(work).data;
    return value;
}

static void read_except(appspec_work *work, cdp_node list, appspec_permission *permission)
{
    cdp_node_kind kind = cdp_node_get_kind(work->document, list);
    size_t count;
    cdp_node node = first_item(work, list, &count);

    permission->except_node = list;
    if (cdp_appspec_is_nothing(work, list) || (kind == CDP_NODE_MAPPING && count == 0)) {
        cdp_appspec_open_list(work, list, "except");
        return;
    }
    if (kind == CDP_NODE_SCALAR) {
        cdp_text_clear(&work->hint);
        cdp_text_put_c(&work->hint, "Write a list: `except: [\"");
        cdp_text_put(&work->hint, cdp_node_text(work->document, list));
        cdp_text_put_c(&work->hint, "\"]`.");
        cdp_appspec_report_shape(work, list, "except", "a list of patterns",
                                 cdp_text_string(&work->hint).data);
        return;
    }
    permission->except = cdp_appspec_array(work, count, sizeof *permission->except);
    if (!permission->except)
        return;
    permission->except_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++, node = cdp_node_next_sibling(work->document, node))
        permission->except[i] =
            kind == CDP_NODE_MAPPING ? take_pair(work, node) : cdp_appspec_take(work, node);
}

static void report_type(appspec_work *work, cdp_node node)
{
    static const char *const types[] = {"file", "directory"};
    cdp_string written = cdp_node_text(work->document, node);
    size_t meant = cdp_suggest(written, types, 2);
    cdp_string folder = CDP_STR("folder");

    if (meant == 2 && (cdp_string_equal_ignoring_case(written, folder) ||
                       cdp_string_equal_ignoring_case(written, CDP_STR("dir"))))
        meant = 1;
    cdp_appspec_report(work,
                       &(appspec_finding){
                           .code = CDP_DIAGNOSTIC_PERMISSION_TYPE_INVALID,
                           .node = node,
                           .arguments = {written.data ? written : cdp_appspec_describe(work, node)},
                           .fix = meant < 2 ? cdp_string_of(types[meant]) : (cdp_string){NULL, 0},
                       });
}

static uint8_t type_of(const appspec_work *work, cdp_node node)
{
    cdp_string text = cdp_node_text(work->document, node);

    if (cdp_string_equal_c(text, "file"))
        return CDP_APPSPEC_TYPE_FILE;
    return cdp_string_equal_c(text, "directory") ? CDP_APPSPEC_TYPE_DIRECTORY : 0;
}

static void report_scalar_type(appspec_work *work, cdp_node node)
{
    cdp_string written = cdp_node_text(work->document, node);

    cdp_text_clear(&work->hint);
    cdp_text_put_byte(&work->hint, '[');
    cdp_text_put(&work->hint, written);
    cdp_text_put_byte(&work->hint, ']');
    cdp_appspec_report(
        work, &(appspec_finding){
                  .code = CDP_DIAGNOSTIC_APPSPEC_WRONG_SHAPE,
                  .node = node,
                  .arguments = {CDP_STR("type"), cdp_appspec_describe(work, node),
                                CDP_STR("a list of `file` and `directory`"),
                                cdp_text_string(&work->hint)},
                  .hint = CDP_STR("Write a list: `type: {3}`."),
                  .fix = type_of(work, node) ? cdp_text_string(&work->hint) : (cdp_string){NULL, 0},
              });
}

static void read_types(appspec_work *work, cdp_node list, appspec_permission *permission)
{
    cdp_node_kind kind = cdp_node_get_kind(work->document, list);
    size_t count;
    cdp_node node = first_item(work, list, &count);

    permission->types_node = list;
    if (list == 0 || cdp_appspec_is_nothing(work, list)) {
        cdp_appspec_open_list(work, list, "type");
        return;
    }
    if (kind == CDP_NODE_SCALAR) {
        report_scalar_type(work, list);
        return;
    }
    permission->has_types = true;
    permission->types = cdp_appspec_array(work, count, sizeof *permission->types);
    if (!permission->types)
        return;
    permission->type_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++, node = cdp_node_next_sibling(work->document, node)) {
        permission->types[i] = kind == CDP_NODE_MAPPING ? 0 : type_of(work, node);
        if (!permission->types[i])
            report_type(work, node);
    }
}

/* `0644` is a number to YAML 1.1, and the number's text is what the agent 1.x takes for the mode. */
static bool is_octal(cdp_string written)
{
    for (size_t i = 0; i < written.length; i++)
        if (written.data[i] < '0' || written.data[i] > '7')
            return false;
    return written.length > 1 && written.data[0] == '0';
}

/* What one agent does with a mode; appended to the scratch text. */
static size_t put_outcome(appspec_work *work, cdp_string mode, bool accepted)
{
    size_t from = cdp_text_string(&work->scratch).length;

    cdp_text_put_c(&work->scratch, accepted ? "sets " : "refuses it");
    if (accepted)
        cdp_text_put(&work->scratch, mode);
    return cdp_text_string(&work->scratch).length - from;
}

static void report_mode_number(appspec_work *work, cdp_node node, cdp_string becomes)
{
    cdp_string written = cdp_node_text(work->document, node);
    bool octal = is_octal(written);
    appspec_mode mode;
    bool refused_by_2 = cdp_appspec_read_mode(written, &mode) != APPSPEC_MODE_GOOD;
    bool accepted = cdp_appspec_read_mode(becomes, &mode) == APPSPEC_MODE_GOOD;
    appspec_finding finding = {
        .code =
            octal ? CDP_DIAGNOSTIC_PERMISSION_MODE_OCTAL : CDP_DIAGNOSTIC_PERMISSION_MODE_NUMBER,
        .severity = accepted ? (cdp_severity)0 : CDP_SEVERITY_ERROR,
        .node = node,
        .arguments = {written, becomes},
    };
    size_t first;
    size_t second;

    cdp_text_clear(&work->scratch);
    first = put_outcome(work, cdp_string_slice(mode.digits, mode.length), accepted);
    second = put_outcome(work, written, !refused_by_2);
    finding.arguments[2] = cdp_string_slice(cdp_text_string(&work->scratch).data, first);
    finding.arguments[3] = cdp_string_slice(cdp_text_string(&work->scratch).data + first, second);
    cdp_text_clear(&work->hint);
    cdp_emit_put_quoted(written.length == 5 ? cdp_string_slice(written.data + 1, 4) : written,
                        &work->hint);
    if (octal && written.length <= 5)
        finding.fix = cdp_text_string(&work->hint);
    cdp_appspec_report(work, &finding);
}

static void read_mode(appspec_work *work, cdp_node node, appspec_permission *permission)
{
    cdp_string written = cdp_node_text(work->document, node);
    cdp_string text = written;
    cdp_scalar scalar = {.type = CDP_SCALAR_NULL};

    if (cdp_appspec_is_null(work, node))
        return;
    /* Given, also when it is refused. */
    permission->mode.node = node;
    if (written.data)
        scalar = cdp_node_resolve(work->document, node);
    if (scalar.type != CDP_SCALAR_STRING) {
        cdp_text_clear(&work->scratch);
        cdp_appspec_put_to_s(work, node);
        text = cdp_appspec_keep_scratch(work);
    }
    if (work->status != CDP_OK)
        return;
    if (scalar.type == CDP_SCALAR_INTEGER && !cdp_string_equal(text, written)) {
        appspec_mode mode;

        report_mode_number(work, node, text);
        if (cdp_appspec_read_mode(text, &mode) != APPSPEC_MODE_GOOD)
            return;
    }
    cdp_appspec_set_mode(work, permission, text, node);
}

static void read_acls(appspec_work *work, cdp_node list, appspec_permission *permission)
{
    cdp_node_kind kind = cdp_node_get_kind(work->document, list);
    size_t count;
    cdp_node node = first_item(work, list, &count);

    permission->acls_node = list;
    if (cdp_appspec_is_null(work, list)) {
        cdp_appspec_open_list(work, list, "acls");
        return;
    }
    if (kind != CDP_NODE_SEQUENCE && (kind != CDP_NODE_MAPPING || count > 0)) {
        cdp_appspec_report_shape(work, list, "acls", "a list of entries such as `u:mary:rw`",
                                 "Write each entry on a line of its own, with `- ` in front.");
        return;
    }
    if (kind == CDP_NODE_MAPPING)
        cdp_appspec_open_list(work, list, "acls");
    permission->has_acls = true;
    permission->acls = cdp_appspec_array(work, count, sizeof *permission->acls);
    if (!permission->acls)
        return;
    for (size_t i = 0; i < count; i++, node = cdp_node_next_sibling(work->document, node)) {
        appspec_acl *acl = &permission->acls[permission->acl_count];

        if (cdp_node_get_kind(work->document, node) != CDP_NODE_SCALAR ||
            cdp_node_resolve(work->document, node).type != CDP_SCALAR_STRING)
            cdp_appspec_report_shape(work, node, "An entry of `acls`", "a text such as `u:mary:rw`",
                                     "Write `type:name:permissions`, in quotes.");
        else if (cdp_appspec_set_acl(work, acl, cdp_node_text(work->document, node), node))
            permission->acl_count++;
    }
}

enum { CONTEXT_NAME, CONTEXT_TYPE, CONTEXT_RANGE };

static bool look_at_context_key(appspec_work *work, cdp_node key, cdp_string name)
{
    appspec_finding finding = {.node = key, .arguments = {name}};

    if (cdp_string_equal_c(name, "user"))
        finding.code = CDP_DIAGNOSTIC_PERMISSION_CONTEXT_USER;
    else if (cdp_string_equal_c(name, "role"))
        finding.code = CDP_DIAGNOSTIC_PERMISSION_CONTEXT_ROLE;
    else
        return false;
    cdp_appspec_report(work, &finding);
    return true;
}

static void read_range(appspec_work *work, cdp_node node, appspec_permission *permission)
{
    if (cdp_appspec_is_null(work, node))
        return;
    if (cdp_node_get_kind(work->document, node) != CDP_NODE_SCALAR ||
        cdp_node_resolve(work->document, node).type != CDP_SCALAR_STRING) {
        cdp_appspec_report_shape(work, node, "range", "a text such as `s0-s15:c0.c1023`",
                                 "Write `s` and a number, in quotes: `\"s0\"`.");
        return;
    }
    cdp_appspec_set_range(work, permission, cdp_node_text(work->document, node), node);
}

/* A text that holds the word `type` passes for a context: Ruby's `text['type']` finds it. */
static bool read_accidental_context(appspec_work *work, cdp_node node,
                                    appspec_permission *permission)
{
    cdp_string text = cdp_node_text(work->document, node);
    cdp_scalar scalar;

    if (!text.data)
        return false;
    scalar = cdp_node_resolve(work->document, node);
    if ((scalar.type != CDP_SCALAR_STRING && scalar.type != CDP_SCALAR_SYMBOL) ||
        !cdp_appspec_holds(text, CDP_STR("type")) || cdp_appspec_holds(text, CDP_STR("range")))
        return false;
    permission->context_type = cdp_appspec_text_value(CDP_STR("type"));
    permission->context_type.node = node;
    if (cdp_appspec_holds(text, CDP_STR("name")))
        permission->context_user = cdp_appspec_text_value(CDP_STR("name"));
    cdp_appspec_report(work, &(appspec_finding){.code = CDP_DIAGNOSTIC_PERMISSION_CONTEXT_IS_TEXT,
                                                .node = node,
                                                .arguments = {text}});
    return true;
}

static void read_context(appspec_work *work, cdp_node node, appspec_permission *permission)
{
    static const char *const names[] = {"name", "type", "range"};
    static const appspec_keys keys = {names, 3, false, "a `context`", look_at_context_key};
    cdp_node found[APPSPEC_MOST_KEYS];

    permission->context_node = node;
    if (cdp_appspec_is_null(work, node))
        return;
    if (cdp_node_get_kind(work->document, node) != CDP_NODE_MAPPING) {
        if (!read_accidental_context(work, node, permission))
            cdp_appspec_report_shape(work, node, "context", "a mapping with `type`",
                                     "Write `context:` on a line of its own, and below it `type:` "
                                     "and `range:`.");
        return;
    }
    cdp_appspec_sort_keys(work, node, &keys, found);
    permission->context_user =
        cdp_appspec_take(work, cdp_appspec_value_of(work, found[CONTEXT_NAME]));
    permission->context_type =
        cdp_appspec_take(work, cdp_appspec_value_of(work, found[CONTEXT_TYPE]));
    read_range(work, cdp_appspec_value_of(work, found[CONTEXT_RANGE]), permission);
    if (!permission->context_type.kind)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_CONTEXT_TYPE_MISSING,
                                     .node = node,
                                 });
}

static void read_permission(appspec_work *work, cdp_node node, appspec_permission *permission)
{
    static const char *const names[] = {"object", "pattern", "except", "type",   "owner",
                                        "group",  "mode",    "acls",   "context"};
    static const appspec_keys keys = {names, MEMBER_COUNT, false, "an entry of `permissions`",
                                      NULL};
    cdp_node found[APPSPEC_MOST_KEYS];
    cdp_node values[MEMBER_COUNT];

    permission->node = node;
    if (cdp_node_get_kind(work->document, node) != CDP_NODE_MAPPING) {
        cdp_appspec_report_shape(work, node, "An entry of `permissions`", "a mapping with `object`",
                                 "Write `- object: /path`, and the other keys below `object`.");
        return;
    }
    cdp_appspec_sort_keys(work, node, &keys, found);
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        values[i] = cdp_appspec_value_of(work, found[i]);
    permission->object = cdp_appspec_take_text(work, values[OBJECT], "object");
    if (permission->object.text.length == 0)
        permission->object = (appspec_value){.node = found[OBJECT] ? found[OBJECT] : node};
    if (!cdp_appspec_is_nothing(work, values[PATTERN]))
        permission->pattern = cdp_appspec_take(work, values[PATTERN]);
    read_except(work, values[EXCEPT], permission);
    read_types(work, values[TYPE], permission);
    permission->owner = cdp_appspec_take(work, values[OWNER]);
    permission->group = cdp_appspec_take(work, values[GROUP]);
    read_mode(work, values[MODE], permission);
    read_acls(work, values[ACLS], permission);
    read_context(work, values[CONTEXT], permission);
}

void cdp_appspec_read_permissions(appspec_work *work, cdp_node list)
{
    size_t count = cdp_appspec_open_list(work, list, "permissions");
    cdp_appspec *appspec = work->appspec;
    cdp_node node = cdp_node_first_child(work->document, list);

    appspec->permissions_node = list;
    appspec->permissions = cdp_appspec_array(work, count, sizeof *appspec->permissions);
    if (!appspec->permissions)
        return;
    appspec->permission_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++, node = cdp_node_next_sibling(work->document, node))
        read_permission(work, node, &appspec->permissions[i]);
}
