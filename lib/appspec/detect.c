/* SPDX-License-Identifier: MIT */
/* Telling the platforms apart by what a document holds. */
#include "appspec/resources.h"
#include "appspec/server.h"

static bool is_server_key(cdp_string name)
{
    return cdp_string_equal_c(name, "os") || cdp_string_equal_c(name, "files") ||
           cdp_string_equal_c(name, "permissions") ||
           cdp_string_equal_c(name, "file_exists_behavior");
}

/* What a Server AppSpec holds when its keys are misspelt: better told of than turned away. */
static bool looks_like_server(cdp_string name)
{
    static const char *const keys[] = {"os", "files", "permissions", "file_exists_behavior"};

    for (size_t i = 0; i < APPSPEC_SCRIPT_EVENTS; i++)
        if (cdp_string_equal_ignoring_case(name, cdp_string_of(cdp_appspec_script_events[i])))
            return true;
    return cdp_suggest(cdp_appspec_trim_invisible(name), keys, 4) < 4;
}

static cdp_node find_any_case(const appspec_work *work, cdp_node mapping, const char *name)
{
    for (cdp_node key = cdp_node_first_child(work->document, mapping); key;
         key = cdp_node_next_sibling(work->document, key))
        if (cdp_string_equal_ignoring_case(cdp_node_text(work->document, key), cdp_string_of(name)))
            return cdp_node_value(work->document, key);
    return 0;
}

/* The platform that the first resource's type names, or that its properties belong to. */
static cdp_platform platform_of_resources(const appspec_work *work, cdp_node resources)
{
    cdp_node entry = resources;
    cdp_node key;
    cdp_node resource;
    cdp_node properties;
    cdp_platform platform;

    if (cdp_node_get_kind(work->document, entry) == CDP_NODE_SEQUENCE)
        entry = cdp_node_first_child(work->document, entry);
    if (cdp_node_get_kind(work->document, entry) != CDP_NODE_MAPPING)
        return CDP_PLATFORM_AUTO;
    key = cdp_node_first_child(work->document, entry);
    resource = cdp_node_value(work->document, key);
    if (cdp_node_get_kind(work->document, resource) != CDP_NODE_MAPPING)
        resource = entry; /* the name's members are not indented below it */
    platform = cdp_appspec_platform_of_type(
        cdp_node_text(work->document, find_any_case(work, resource, "Type")));
    properties = find_any_case(work, resource, "Properties");
    if (platform || cdp_node_get_kind(work->document, properties) != CDP_NODE_MAPPING)
        return platform;
    if (find_any_case(work, properties, "TaskDefinition") ||
        find_any_case(work, properties, "LoadBalancerInfo"))
        return CDP_PLATFORM_ECS;
    if (find_any_case(work, properties, "CurrentVersion") ||
        find_any_case(work, properties, "TargetVersion"))
        return CDP_PLATFORM_LAMBDA;
    return CDP_PLATFORM_AUTO;
}

static bool has_scripts(const appspec_work *work, cdp_node hooks)
{
    for (cdp_node key = cdp_node_first_child(work->document, hooks);
         key && cdp_node_get_kind(work->document, hooks) == CDP_NODE_MAPPING;
         key = cdp_node_next_sibling(work->document, key)) {
        cdp_node scripts = cdp_node_value(work->document, key);
        cdp_node script = cdp_node_first_child(work->document, scripts);

        if (cdp_node_get_kind(work->document, scripts) != CDP_NODE_SCALAR &&
            (cdp_node_get_kind(work->document, scripts) == CDP_NODE_MAPPING ||
             cdp_node_get_kind(work->document, script) == CDP_NODE_MAPPING))
            return true;
    }
    return false;
}

cdp_platform cdp_appspec_detect(appspec_work *work, cdp_node root)
{
    cdp_node resources = find_any_case(work, root, "resources");
    bool is_server = false;
    bool nearly = false;

    for (cdp_node key = cdp_node_first_child(work->document, root); key;
         key = cdp_node_next_sibling(work->document, key)) {
        cdp_string name = cdp_node_text(work->document, key);

        is_server |= is_server_key(name);
        nearly |= name.data && !is_server && looks_like_server(name);
    }
    if (is_server)
        return CDP_PLATFORM_SERVER;
    if (resources)
        return platform_of_resources(work, resources);
    return nearly || has_scripts(work, find_any_case(work, root, "hooks")) ? CDP_PLATFORM_SERVER
                                                                           : CDP_PLATFORM_AUTO;
}
