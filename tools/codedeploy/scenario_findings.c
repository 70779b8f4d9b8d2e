/* SPDX-License-Identifier: MIT */
/* What the library finds wrong with a scenario's parts, told at the nodes that they were made of. */
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

/* ---- places ---- */

static const yaml_node_t *child(scenario *s, const yaml_node_t *node, const char *token,
                                size_t length)
{
    if (node->type == YAML_SEQUENCE_NODE)
        return scenario_item(s, node, (size_t)strtoul(token, NULL, 10));
    return scenario_member(s, node, (cdp_string){token, length});
}

/* The node at a JSON Pointer, or the last one on the way that there is. */
static const yaml_node_t *follow(scenario *s, const yaml_node_t *node, const char *pointer)
{
    const char *at = pointer;

    while (at && *at == '/') {
        size_t length = strcspn(++at, "/");
        const yaml_node_t *next = child(s, node, at, length);

        if (!next)
            break;
        node = next;
        at += length;
    }
    return node;
}

/* ---- findings ---- */

/* Words for what concerns the options of the deployment: the library's speak of its C interface. */
static const struct {
    cdp_diagnostic_code code;
    const char *pointer;
    const char *hint;
} of_deployment[] = {
    {CDP_DIAGNOSTIC_DEPLOYMENT_ID, "/id", NULL},
    {CDP_DIAGNOSTIC_DEPLOYMENT_APPSPEC_PLATFORM, "/appspec", NULL},
    {CDP_DIAGNOSTIC_DEPLOYMENT_APPSPEC_MISSING, "/platform",
     "Write the AppSpec of the revision under `appspec`."},
    {CDP_DIAGNOSTIC_DEPLOYMENT_DESCRIPTION, "/options/description", NULL},
    {CDP_DIAGNOSTIC_DEPLOYMENT_OUTDATED_ONLY, "/options/updateOutdatedInstancesOnly",
     "Leave `updateOutdatedInstancesOnly` out."},
    {CDP_DIAGNOSTIC_DEPLOYMENT_ALARMS, "/options/alarmConfiguration/alarms", NULL},
    {CDP_DIAGNOSTIC_DEPLOYMENT_TOO_MANY_ALARMS, "/options/alarmConfiguration/alarms", NULL},
    {CDP_DIAGNOSTIC_DEPLOYMENT_AUTO_ROLLBACK, "/options/autoRollbackConfiguration",
     "Name DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM or DEPLOYMENT_STOP_ON_REQUEST in `events`, "
     "or write `enabled: false`."},
    {CDP_DIAGNOSTIC_CONFIG_USE_PLATFORM, "/config", NULL},
    {CDP_DIAGNOSTIC_CONFIG_USE_ZONES, "/config", NULL},
    {CDP_DIAGNOSTIC_CONFIG_USE_LOAD_BALANCER, "/options/network-load-balancer", NULL},
    {CDP_DIAGNOSTIC_ROLLOUT_ORIGINAL_OUTSIDE_BLUE_GREEN, "/originals", NULL},
    {CDP_DIAGNOSTIC_ROLLOUT_DUPLICATE_INSTANCE, "/instances", NULL},
    {CDP_DIAGNOSTIC_ROLLOUT_INVALID_INSTANCE_ID, "/instances", NULL},
    {CDP_DIAGNOSTIC_ROLLOUT_INVALID_ZONE, "/instances", NULL},
    {CDP_DIAGNOSTIC_ROLLOUT_ZONE_MISSING, "/instances", NULL},
};

typedef struct place {
    const yaml_node_t *node;
    const char *hint;
} place;

static place place_of(scenario *s, const yaml_node_t *from, const cdp_diagnostic *found)
{
    for (size_t i = 0; from == scenario_root(s) && i < sizeof of_deployment / sizeof *of_deployment;
         i++) {
        if (of_deployment[i].code == found->code)
            return (place){follow(s, from, of_deployment[i].pointer),
                           of_deployment[i].hint ? of_deployment[i].hint : found->hint.data};
    }
    return (place){follow(s, from, found->pointer.data), found->hint.data};
}

static void tell(scenario *s, const yaml_node_t *from, const cdp_diagnostic *found,
                 const char *about)
{
    cdp_diagnostic_info info = {.size = sizeof info};
    place where = place_of(s, from, found);
    bool is_error = found->severity == CDP_SEVERITY_ERROR;
    const char *api;

    if (cdp_diagnostic_info_get(found->code, &info) != CDP_OK)
        info.name = "unknown";
    api = info.api_name;
    scenario_say(s, where.node, is_error, "%s: %s [%s%s%s]", about, found->message.data, info.name,
                 api ? ", " : "", api ? api : "");
    if (where.hint)
        fprintf(stderr, "  hint: %s\n", where.hint);
}

void scenario_pass_on(scenario *s, const yaml_node_t *from, const cdp_diagnostics *found,
                      const char *about, bool refused)
{
    bool told = false;

    for (size_t i = 0; i < cdp_diagnostics_count(found); i++) {
        cdp_diagnostic finding = {.size = sizeof finding};

        /* A scenario names its instances itself. */
        if (cdp_diagnostics_at(found, i, &finding) != CDP_OK ||
            finding.code == CDP_DIAGNOSTIC_GROUP_SELECTS_NOTHING ||
            finding.severity < (s->tells_warnings ? CDP_SEVERITY_WARNING : CDP_SEVERITY_ERROR))
            continue;
        told = told || finding.severity == CDP_SEVERITY_ERROR;
        tell(s, from, &finding, about);
    }
    if (refused && !told)
        scenario_complain(s, from, "%s: it is refused", about);
}
