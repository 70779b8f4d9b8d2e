/* SPDX-License-Identifier: MIT */
/* ECS: the properties of its resource, and the rules about them. */
#include "appspec/fields.h"
#include "appspec/resources.h"
#include "appspec/rules.h"
#include "appspec/server.h"

enum { HIGHEST_PORT = 65535, HIGHEST_BASE = 100000, HIGHEST_WEIGHT = 1000 };

static bool is_number(cdp_string text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!cdp_is_digit(text.data[i]))
            return false;
    return text.length > 0;
}

static bool is_quoted(const appspec_work *work, cdp_node node)
{
    return cdp_node_get_kind(work->document, node) == CDP_NODE_SCALAR &&
           cdp_node_style(work->document, node) != CDP_STYLE_PLAIN;
}

static void warn_of_quotes(appspec_work *work, const appspec_value *value, const char *name)
{
    if (value->kind == CDP_APPSPEC_VALUE_TEXT && is_number(value->text) &&
        is_quoted(work, value->node))
        cdp_appspec_report(work, &(appspec_finding){.code = CDP_DIAGNOSTIC_NUMBER_IS_TEXT,
                                                    .node = value->node,
                                                    .arguments = {value->text, cdp_string_of(name)},
                                                    .fix = value->text});
}

static void read_load_balancer(appspec_work *work, cdp_node key)
{
    static const char *const names[] = {"ContainerName", "ContainerPort"};
    static const appspec_keys keys = {names, 2, true, "`LoadBalancerInfo`", NULL};
    appspec_ecs *ecs = &work->appspec->ecs;
    cdp_node mapping = cdp_appspec_expect_mapping(work, key, "LoadBalancerInfo");
    cdp_node found[APPSPEC_MOST_KEYS];

    ecs->load_balancer_node = mapping ? mapping : key;
    if (!mapping) {
        /* Something else stands there, and was reported: its members are not missed again. */
        if (key && !cdp_appspec_is_null(work, cdp_node_value(work->document, key)))
            ecs->container_name.kind = ecs->container_port.kind = CDP_APPSPEC_VALUE_MAPPING;
        return;
    }
    cdp_appspec_sort_keys(work, mapping, &keys, found);
    ecs->container_name = cdp_appspec_take_written(work, found[0], names[0]);
    ecs->container_port = cdp_appspec_take_written(work, found[1], names[1]);
    warn_of_quotes(work, &ecs->container_port, names[1]);
}

static appspec_value *read_texts(appspec_work *work, cdp_node key, const char *what,
                                 uint32_t *count, cdp_node *list)
{
    cdp_node node;
    appspec_value *values;
    size_t items;

    *list = cdp_appspec_value_of(work, key);
    items = cdp_appspec_open_list(work, *list, what);
    node = cdp_node_first_child(work->document, *list);
    values = cdp_appspec_array(work, items, sizeof *values);
    for (size_t i = 0; values && i < items; i++) {
        values[i] = cdp_appspec_take(work, node);
        if (cdp_node_get_kind(work->document, node) == CDP_NODE_SCALAR)
            values[i].text = cdp_node_text(work->document, node);
        else
            cdp_appspec_report_shape(work, node, what, "a list of texts", NULL);
        node = cdp_node_next_sibling(work->document, node);
    }
    *count = values ? (uint32_t)items : 0;
    return values;
}

static void read_network(appspec_work *work, cdp_node key)
{
    static const char *const outer_names[] = {"AwsvpcConfiguration"};
    static const appspec_keys outer_keys = {outer_names, 1, true, "`NetworkConfiguration`", NULL};
    static const char *const names[] = {"Subnets", "SecurityGroups", "AssignPublicIp"};
    static const appspec_keys keys = {names, 3, true, "`AwsvpcConfiguration`", NULL};
    appspec_ecs *ecs = &work->appspec->ecs;
    cdp_node found[APPSPEC_MOST_KEYS];
    cdp_node mapping = cdp_appspec_expect_mapping(work, key, "NetworkConfiguration");

    if (!mapping)
        return;
    cdp_appspec_sort_keys(work, mapping, &outer_keys, found);
    ecs->has_network = true;
    ecs->network_node = mapping;
    mapping = cdp_appspec_expect_mapping(work, found[0], "AwsvpcConfiguration");
    if (!mapping)
        return;
    ecs->network_node = mapping;
    cdp_appspec_sort_keys(work, mapping, &keys, found);
    ecs->subnets = read_texts(work, found[0], names[0], &ecs->subnet_count, &ecs->subnets_node);
    ecs->security_groups = read_texts(work, found[1], names[1], &ecs->security_group_count,
                                      &ecs->security_groups_node);
    ecs->assign_public_ip = cdp_appspec_take_written(work, found[2], names[2]);
}

static int32_t number_of(const appspec_value *value)
{
    int64_t number;

    if (!value->kind || !is_number(value->text))
        return -1;
    number = cdp_appspec_saturate(value->text);
    return number > INT32_MAX ? INT32_MAX : (int32_t)number;
}

static void read_provider(appspec_work *work, cdp_node node, appspec_provider *provider)
{
    static const char *const names[] = {"CapacityProvider", "Base", "Weight"};
    static const appspec_keys keys = {names, 3, true, "a capacity provider", NULL};
    cdp_node found[APPSPEC_MOST_KEYS];

    provider->node = node;
    if (cdp_node_get_kind(work->document, node) != CDP_NODE_MAPPING) {
        cdp_appspec_report_shape(work, node, "An entry of `CapacityProviderStrategy`",
                                 "a mapping with `CapacityProvider`, `Base` and `Weight`", NULL);
        provider->name.kind = CDP_APPSPEC_VALUE_MAPPING;
        return;
    }
    cdp_appspec_sort_keys(work, node, &keys, found);
    provider->name = cdp_appspec_take_written(work, found[0], names[0]);
    provider->base = cdp_appspec_take_written(work, found[1], names[1]);
    provider->weight = cdp_appspec_take_written(work, found[2], names[2]);
    warn_of_quotes(work, &provider->base, names[1]);
    warn_of_quotes(work, &provider->weight, names[2]);
}

static void read_providers(appspec_work *work, cdp_node key)
{
    appspec_ecs *ecs = &work->appspec->ecs;
    cdp_node list = cdp_appspec_value_of(work, key);
    size_t count = cdp_appspec_open_list(work, list, "CapacityProviderStrategy");
    cdp_node node = cdp_node_first_child(work->document, list);

    ecs->providers_node = list;
    ecs->providers = cdp_appspec_array(work, count, sizeof *ecs->providers);
    if (!ecs->providers)
        return;
    ecs->provider_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++, node = cdp_node_next_sibling(work->document, node))
        read_provider(work, node, &ecs->providers[i]);
}

enum {
    TASK_DEFINITION,
    LOAD_BALANCER_INFO,
    PLATFORM_VERSION,
    NETWORK_CONFIGURATION,
    CAPACITY_PROVIDER_STRATEGY
};

void cdp_appspec_read_ecs(appspec_work *work, cdp_node properties)
{
    static const char *const names[] = {"TaskDefinition", "LoadBalancerInfo", "PlatformVersion",
                                        "NetworkConfiguration", "CapacityProviderStrategy"};
    static const appspec_keys keys = {names, 5, true, "the properties of an ECS service", NULL};
    appspec_ecs *ecs = &work->appspec->ecs;
    cdp_node found[APPSPEC_MOST_KEYS];

    cdp_appspec_sort_keys(work, properties, &keys, found);
    ecs->task_definition =
        cdp_appspec_take_written(work, found[TASK_DEFINITION], names[TASK_DEFINITION]);
    ecs->platform_version =
        cdp_appspec_take_written(work, found[PLATFORM_VERSION], names[PLATFORM_VERSION]);
    read_load_balancer(work, found[LOAD_BALANCER_INFO]);
    read_network(work, found[NETWORK_CONFIGURATION]);
    read_providers(work, found[CAPACITY_PROVIDER_STRATEGY]);
}

static void report_missing(appspec_work *work, cdp_node node, cdp_node around, const char *name)
{
    if (!node)
        node = around ? around : work->appspec->properties_node;
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = CDP_DIAGNOSTIC_PROPERTY_MISSING,
                                 .node = node,
                                 .leaf = name,
                                 .arguments = {cdp_string_of(name)},
                             });
}

/* The next part up to a separator; false when there is none. */
static bool take_part(cdp_string *rest, char separator, cdp_string *part)
{
    size_t end = cdp_string_find(*rest, separator, 0);

    *part = cdp_string_slice(rest->data, end);
    if (end == rest->length)
        return false;
    rest->data += end + 1;
    rest->length -= end + 1;
    return true;
}

/* arn:PARTITION:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION */
static bool is_task_definition(cdp_string text)
{
    cdp_string part[6];

    for (int i = 0; i < 5; i++)
        if (!take_part(&text, ':', &part[i]))
            return false;
    if (!take_part(&text, '/', &part[5]) || !cdp_string_equal_c(part[0], "arn") ||
        part[1].length == 0 || !cdp_string_equal_c(part[2], "ecs") || part[3].length == 0 ||
        !is_number(part[4]) || part[4].length != 12 ||
        !cdp_string_equal_c(part[5], "task-definition"))
        return false;
    return take_part(&text, ':', &part[0]) && part[0].length > 0 && is_number(text);
}

static void check_task_definition(appspec_work *work, const appspec_value *task)
{
    cdp_string placeholder;

    if (!task->kind) {
        report_missing(work, task->node, 0, "TaskDefinition");
        return;
    }
    if (task->kind != CDP_APPSPEC_VALUE_TEXT)
        return;
    if (cdp_appspec_has_placeholder(task->text, &placeholder)) {
        /* A pipeline's own placeholder is put in place of by the pipeline. */
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_APPSPEC_PLACEHOLDER,
                                     .severity = cdp_string_equal_c(task->text, "<TASK_DEFINITION>")
                                                     ? CDP_SEVERITY_NOTE
                                                     : (cdp_severity)0,
                                     .node = task->node,
                                     .leaf = "TaskDefinition",
                                     .arguments = {placeholder, CDP_STR("TaskDefinition")},
                                 });
        return;
    }
    cdp_appspec_check_plain_text(work, task, "TaskDefinition");
    if (!is_task_definition(task->text))
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_TASK_DEFINITION_INVALID,
                                     .node = task->node,
                                     .leaf = "TaskDefinition",
                                     .arguments = {task->text},
                                 });
}

static void check_load_balancer(appspec_work *work, appspec_ecs *ecs)
{
    const appspec_value *port = &ecs->container_port;
    cdp_string placeholder;

    if (work->document && !ecs->load_balancer_node) {
        report_missing(work, 0, 0, "LoadBalancerInfo");
        return;
    }
    cdp_appspec_enter(work, "LoadBalancerInfo");
    if (!ecs->container_name.kind)
        report_missing(work, ecs->container_name.node, ecs->load_balancer_node, "ContainerName");
    else if (ecs->container_name.kind == CDP_APPSPEC_VALUE_TEXT)
        cdp_appspec_check_plain_text(work, &ecs->container_name, "ContainerName");
    if (!port->kind)
        report_missing(work, port->node, ecs->load_balancer_node, "ContainerPort");
    else if (port->kind == CDP_APPSPEC_VALUE_TEXT &&
             cdp_appspec_has_placeholder(port->text, &placeholder))
        cdp_appspec_check_text(work, port, "ContainerPort");
    else if (port->kind == CDP_APPSPEC_VALUE_TEXT) {
        int64_t number = is_number(port->text) ? cdp_appspec_saturate(port->text) : 0;

        if (number < 1 || number > HIGHEST_PORT)
            cdp_appspec_report(work, &(appspec_finding){
                                         .code = CDP_DIAGNOSTIC_CONTAINER_PORT_INVALID,
                                         .node = port->node,
                                         .leaf = "ContainerPort",
                                         .arguments = {port->text},
                                     });
        else
            ecs->port = (uint32_t)number;
    }
    cdp_appspec_leave(work);
}

static void check_network(appspec_work *work, const appspec_ecs *ecs)
{
    const appspec_value *ip = &ecs->assign_public_ip;
    cdp_string placeholder;

    if (!ecs->has_network)
        return;
    cdp_appspec_enter(work, "NetworkConfiguration");
    cdp_appspec_enter(work, "AwsvpcConfiguration");
    if (ecs->subnet_count == 0 || ecs->security_group_count == 0 || !ip->kind)
        cdp_appspec_report(
            work, &(appspec_finding){
                      .code = CDP_DIAGNOSTIC_NETWORK_INCOMPLETE,
                      .node = ecs->network_node,
                      .arguments = {ecs->subnet_count == 0           ? CDP_STR("Subnets")
                                    : ecs->security_group_count == 0 ? CDP_STR("SecurityGroups")
                                                                     : CDP_STR("AssignPublicIp")},
                  });
    for (uint32_t i = 0; i < ecs->subnet_count; i++)
        cdp_appspec_check_text(work, &ecs->subnets[i], "Subnets");
    for (uint32_t i = 0; i < ecs->security_group_count; i++)
        cdp_appspec_check_text(work, &ecs->security_groups[i], "SecurityGroups");
    if (ip->kind == CDP_APPSPEC_VALUE_TEXT && !cdp_string_equal_c(ip->text, "ENABLED") &&
        !cdp_string_equal_c(ip->text, "DISABLED") &&
        !cdp_appspec_has_placeholder(ip->text, &placeholder))
        cdp_appspec_report(
            work, &(appspec_finding){
                      .code = CDP_DIAGNOSTIC_ASSIGN_PUBLIC_IP_INVALID,
                      .node = ip->node,
                      .leaf = "AssignPublicIp",
                      .arguments = {ip->text},
                      .fix = cdp_string_equal_ignoring_case(ip->text, CDP_STR("enabled"))
                                 ? CDP_STR("ENABLED")
                             : cdp_string_equal_ignoring_case(ip->text, CDP_STR("disabled"))
                                 ? CDP_STR("DISABLED")
                                 : (cdp_string){NULL, 0},
                  });
    cdp_appspec_leave(work);
    cdp_appspec_leave(work);
}

static void check_capacity_number(appspec_work *work, const appspec_value *value, const char *name,
                                  int32_t highest, int32_t *number)
{
    cdp_string placeholder;

    *number = number_of(value);
    if (!value->kind || (*number >= 0 && *number <= highest) ||
        value->kind == CDP_APPSPEC_VALUE_MAPPING ||
        cdp_appspec_has_placeholder(value->text, &placeholder))
        return;
    *number = -1;
    cdp_appspec_report(
        work, &(appspec_finding){
                  .code = CDP_DIAGNOSTIC_CAPACITY_NUMBER_INVALID,
                  .node = value->node,
                  .leaf = name,
                  .arguments = {value->text, cdp_string_of(name),
                                highest == HIGHEST_BASE ? CDP_STR("100,000") : CDP_STR("1,000")},
              });
}

static void check_providers(appspec_work *work, appspec_ecs *ecs)
{
    uint32_t bases = 0;
    bool has_weight = false;

    cdp_appspec_enter(work, "CapacityProviderStrategy");
    for (uint32_t i = 0; i < ecs->provider_count; i++) {
        appspec_provider *provider = &ecs->providers[i];

        cdp_appspec_enter_index(work, i);
        if (!provider->name.kind)
            report_missing(work, provider->name.node, provider->node, "CapacityProvider");
        check_capacity_number(work, &provider->base, "Base", HIGHEST_BASE, &provider->base_number);
        check_capacity_number(work, &provider->weight, "Weight", HIGHEST_WEIGHT,
                              &provider->weight_number);
        bases += provider->base_number > 0;
        has_weight = has_weight || provider->weight_number > 0;
        if (provider->base_number > 0 && bases == 2)
            cdp_appspec_report(work, &(appspec_finding){.code = CDP_DIAGNOSTIC_CAPACITY_BASES,
                                                        .node = provider->base.node,
                                                        .leaf = "Base"});
        cdp_appspec_leave(work);
    }
    if (ecs->provider_count > 1 && !has_weight)
        cdp_appspec_report(work, &(appspec_finding){.code = CDP_DIAGNOSTIC_CAPACITY_WEIGHTS,
                                                    .node = ecs->providers_node});
    cdp_appspec_leave(work);
}

void cdp_appspec_check_ecs(appspec_work *work)
{
    appspec_ecs *ecs = &work->appspec->ecs;

    check_task_definition(work, &ecs->task_definition);
    check_load_balancer(work, ecs);
    if (ecs->platform_version.kind == CDP_APPSPEC_VALUE_TEXT)
        cdp_appspec_check_plain_text(work, &ecs->platform_version, "PlatformVersion");
    check_network(work, ecs);
    check_providers(work, ecs);
}
