/* SPDX-License-Identifier: MIT */
/* Lambda and ECS: the root, the one resource, and the hooks. */
#include "appspec/resources.h"

#include "appspec/rules.h"
#include "appspec/server.h"

static const char lambda_type[] = "AWS::Lambda::Function";
static const char ecs_type[] = "AWS::ECS::Service";

cdp_platform cdp_appspec_platform_of_type(cdp_string type)
{
    if (cdp_string_equal_ignoring_case(type, CDP_STR(lambda_type)))
        return CDP_PLATFORM_LAMBDA;
    if (cdp_string_equal_ignoring_case(type, CDP_STR(ecs_type)))
        return CDP_PLATFORM_ECS;
    return CDP_PLATFORM_AUTO;
}

static const char *type_of(cdp_platform platform)
{
    return platform == CDP_PLATFORM_ECS ? ecs_type : lambda_type;
}

appspec_value cdp_appspec_take_written(appspec_work *work, cdp_node key, const char *what)
{
    cdp_node node = cdp_appspec_value_of(work, key);
    appspec_value value = {.node = node ? node : key};

    if (cdp_appspec_is_null(work, node))
        return value;
    if (cdp_node_get_kind(work->document, node) != CDP_NODE_SCALAR) {
        if (!cdp_appspec_check_mustache(work, node, what))
            cdp_appspec_report_shape(work, node, what, "a text", NULL);
        value.text = CDP_STR("");
        value.kind = CDP_APPSPEC_VALUE_MAPPING;
        return value;
    }
    value.text = cdp_node_text(work->document, node);
    value.kind = value.text.length > 0 ? CDP_APPSPEC_VALUE_TEXT : CDP_APPSPEC_VALUE_ABSENT;
    return value;
}

cdp_node cdp_appspec_expect_mapping(appspec_work *work, cdp_node key, const char *what)
{
    cdp_node node = cdp_appspec_value_of(work, key);

    if (cdp_node_get_kind(work->document, node) == CDP_NODE_MAPPING)
        return node;
    if (!cdp_appspec_is_null(work, node))
        cdp_appspec_report_shape(work, node, what, "a mapping",
                                 cdp_node_get_kind(work->document, node) == CDP_NODE_SEQUENCE
                                     ? "Take away the dash in front of the first key."
                                     : NULL);
    return 0;
}

enum { TYPE, PROPERTIES };

static void report_resource(appspec_work *work, cdp_diagnostic_code code, cdp_node node,
                            cdp_string detail)
{
    cdp_appspec_report(
        work,
        &(appspec_finding){.code = code,
                           .node = node,
                           .arguments = {detail, cdp_string_of(type_of(work->appspec->platform))}});
}

static void read_type(appspec_work *work, cdp_node key, cdp_node resource)
{
    appspec_value type = cdp_appspec_take_written(work, key, "Type");
    cdp_platform platform = cdp_appspec_platform_of_type(type.text);
    bool is_exact =
        cdp_string_equal_c(type.text, lambda_type) || cdp_string_equal_c(type.text, ecs_type);

    if (!type.kind)
        report_resource(work, CDP_DIAGNOSTIC_RESOURCE_TYPE_MISSING, key ? key : resource,
                        type.text);
    else if (platform && platform != work->appspec->platform)
        cdp_appspec_report(work,
                           &(appspec_finding){
                               .code = CDP_DIAGNOSTIC_APPSPEC_PLATFORM_CONFLICT,
                               .severity = CDP_SEVERITY_ERROR,
                               .node = type.node,
                               .arguments = {type.text, work->appspec->platform == CDP_PLATFORM_ECS
                                                            ? CDP_STR("an ECS AppSpec")
                                                            : CDP_STR("a Lambda AppSpec")},
                           });
    else if (type.kind == CDP_APPSPEC_VALUE_TEXT && !is_exact)
        cdp_appspec_report(
            work, &(appspec_finding){
                      .code = CDP_DIAGNOSTIC_RESOURCE_TYPE_INVALID,
                      .node = type.node,
                      .arguments = {type.text, cdp_string_of(type_of(work->appspec->platform))},
                      .fix = platform ? cdp_string_of(type_of(platform)) : (cdp_string){NULL, 0},
                  });
}

static void read_resource(appspec_work *work, cdp_node key)
{
    static const char *const names[] = {"Type", "Properties"};
    static const appspec_keys keys = {names, 2, true, "a resource", NULL};
    cdp_node resource = cdp_node_value(work->document, key);
    cdp_node found[APPSPEC_MOST_KEYS];
    cdp_node properties;

    work->appspec->logical_name = cdp_appspec_text_value(cdp_node_text(work->document, key));
    work->appspec->logical_name.node = key;
    if (cdp_node_get_kind(work->document, resource) != CDP_NODE_MAPPING) {
        cdp_appspec_report_shape(work, cdp_appspec_is_null(work, resource) ? key : resource,
                                 "A resource", "a mapping with `Type` and `Properties`",
                                 "Indent `Type:` and `Properties:` further than the resource's "
                                 "name.");
        return;
    }
    cdp_appspec_sort_keys(work, resource, &keys, found);
    read_type(work, found[TYPE], key);
    properties = cdp_appspec_expect_mapping(work, found[PROPERTIES], "Properties");
    work->appspec->properties_node = properties;
    if (!found[PROPERTIES] ||
        cdp_appspec_is_null(work, cdp_node_value(work->document, found[PROPERTIES]))) {
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PROPERTY_MISSING,
                                     .node = found[PROPERTIES] ? found[PROPERTIES] : key,
                                     .arguments = {CDP_STR("Properties")},
                                 });
        return;
    }
    if (!properties)
        return;
    if (work->appspec->platform == CDP_PLATFORM_LAMBDA)
        cdp_appspec_read_lambda(work, properties);
    else
        cdp_appspec_read_ecs(work, properties);
}

/* The one key of a mapping, or 0. */
static cdp_node only_key(const appspec_work *work, cdp_node mapping)
{
    cdp_node key = cdp_node_first_child(work->document, mapping);
    cdp_node only = 0;

    for (; key; key = cdp_node_next_sibling(work->document, key)) {
        if (!cdp_node_is_effective(work->document, key))
            continue;
        if (only)
            return 0;
        only = key;
    }
    return only;
}

static void read_resource_list(appspec_work *work, cdp_node key, cdp_node root)
{
    cdp_node list = cdp_appspec_value_of(work, key);
    cdp_node entry = cdp_node_first_child(work->document, list);
    cdp_node name;

    work->appspec->resources_node = list;
    if (cdp_appspec_is_null(work, list)) {
        report_resource(work, CDP_DIAGNOSTIC_RESOURCES_MISSING, key ? key : root,
                        (cdp_string){NULL, 0});
        return;
    }
    if (cdp_node_get_kind(work->document, list) != CDP_NODE_SEQUENCE) {
        cdp_appspec_report_shape(work, list, "Resources", "a list with one resource",
                                 "Put `- ` in front of the resource's name.");
        return;
    }
    if (!entry || cdp_node_next_sibling(work->document, entry)) {
        report_resource(work, CDP_DIAGNOSTIC_RESOURCES_COUNT,
                        entry ? cdp_node_next_sibling(work->document, entry) : list,
                        entry ? CDP_STR("several") : CDP_STR("none"));
        return;
    }
    name = only_key(work, entry);
    if (cdp_node_get_kind(work->document, entry) != CDP_NODE_MAPPING || !name) {
        cdp_appspec_report(
            work,
            &(appspec_finding){
                .code = CDP_DIAGNOSTIC_APPSPEC_WRONG_SHAPE,
                .node = entry,
                .arguments = {CDP_STR("An entry of `Resources`"),
                              cdp_node_get_kind(work->document, entry) == CDP_NODE_MAPPING
                                  ? CDP_STR("a mapping with several keys side by side")
                                  : cdp_appspec_describe(work, entry),
                              CDP_STR("a mapping from the resource's name to its `Type` and "
                                      "`Properties`")},
                .hint = CDP_STR("Write the name, a colon, and below it `Type:` and `Properties:`, "
                                "indented further than the name."),
            });
        return;
    }
    read_resource(work, name);
}

enum { VERSION, RESOURCES, HOOKS };

static bool look_at_root_key(appspec_work *work, cdp_node key, cdp_string name)
{
    static const char *const server_keys[] = {"os", "files", "permissions", "file_exists_behavior"};

    for (size_t i = 0; i < sizeof server_keys / sizeof *server_keys; i++) {
        if (!cdp_string_equal_ignoring_case(name, cdp_string_of(server_keys[i])))
            continue;
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_PLATFORM_CONFLICT,
                                     .severity = CDP_SEVERITY_ERROR,
                                     .node = key,
                                     .arguments = {name, work->appspec->platform == CDP_PLATFORM_ECS
                                                             ? CDP_STR("an ECS AppSpec")
                                                             : CDP_STR("a Lambda AppSpec")},
                                 });
        return true;
    }
    return false;
}

void cdp_appspec_read_resources(appspec_work *work, cdp_node root)
{
    static const char *const names[] = {"version", "Resources", "Hooks"};
    appspec_keys keys = {names, 3, true, "a Lambda or ECS AppSpec", look_at_root_key};
    cdp_node found[APPSPEC_MOST_KEYS];

    cdp_appspec_sort_keys(work, root, &keys, found);
    cdp_appspec_read_version(work, found[VERSION], cdp_appspec_value_of(work, found[VERSION]),
                             true);
    read_resource_list(work, found[RESOURCES], root);
    cdp_appspec_read_functions(work, cdp_appspec_value_of(work, found[HOOKS]));
}
