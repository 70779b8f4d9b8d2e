/* SPDX-License-Identifier: MIT */
/* The names that a script may use: what the platform, the group and the deployment have. A misspelt
 * one would never apply, and the play would seem to succeed. */
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

enum { SERVER = 1u << CDP_PLATFORM_SERVER, LAMBDA = 1u << CDP_PLATFORM_LAMBDA };
enum { ECS = 1u << CDP_PLATFORM_ECS, ALL = SERVER | LAMBDA | ECS };
/* A deployment has at most ten alarms. */
enum { MOST_EVENTS = 64, MOST_ALARMS = 10 };

/* What a scripted host can be asked for; alarms are read from `alarms`. */
static const struct {
    cdp_deployment_action_kind kind;
    unsigned platforms;
} actions[] = {
    {CDP_DEPLOYMENT_ACTION_RUN_HOOK, ALL},
    {CDP_DEPLOYMENT_ACTION_DOWNLOAD, SERVER},
    {CDP_DEPLOYMENT_ACTION_INSTALL, SERVER},
    {CDP_DEPLOYMENT_ACTION_BLOCK_TRAFFIC, SERVER},
    {CDP_DEPLOYMENT_ACTION_ALLOW_TRAFFIC, SERVER},
    {CDP_DEPLOYMENT_ACTION_SET_TRAFFIC, LAMBDA | ECS},
    {CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC, ECS},
    {CDP_DEPLOYMENT_ACTION_CREATE_TASK_SET, ECS},
    {CDP_DEPLOYMENT_ACTION_DELETE_TASK_SET, ECS},
    {CDP_DEPLOYMENT_ACTION_PROVISION, SERVER},
    {CDP_DEPLOYMENT_ACTION_TERMINATE, SERVER},
    {CDP_DEPLOYMENT_ACTION_NOTIFY, ALL},
    {CDP_DEPLOYMENT_ACTION_CANCEL, ALL},
    {CDP_DEPLOYMENT_ACTION_ROLL_BACK, ALL},
    {CDP_DEPLOYMENT_ACTION_FOLLOW_UP, SERVER},
    {CDP_DEPLOYMENT_ACTION_AUTO_SCALING, SERVER},
};
enum { ACTIONS = sizeof actions / sizeof *actions };

enum { MOST_LISTED = 8 };

/* "; write OK, ALARM or UNREADABLE" */
static void list(const char *const *known, size_t count, char *buffer, size_t size)
{
    size_t length = 0;

    buffer[0] = '\0';
    for (size_t i = 0; i < count && count <= MOST_LISTED && length < size; i++)
        length += (size_t)snprintf(buffer + length, size - length, "%s%s",
                                   i == 0           ? "; write "
                                   : i + 1 == count ? " or "
                                                    : ", ",
                                   known[i]);
}

void scenario_complain_of_word(scenario *s, const yaml_node_t *node, const char *what,
                               const char *const *known, size_t count)
{
    cdp_string word = scenario_string(s, node);
    char listed[512];
    size_t near;

    if (!word.data)
        return;
    near = cdp_suggest(word, known, count);
    list(known, count, listed, sizeof listed);
    if (near < count)
        scenario_complain(s, node, "there is no %s '%s'; did you mean '%s'?", what, word.data,
                          known[near]);
    else
        scenario_complain(s, node, "there is no %s '%s'%s", what, word.data, listed);
}

static bool is_among(cdp_string word, const char *const *known, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word.data, known[i]) == 0)
            return true;
    }
    return false;
}

static void check(scenario *s, const yaml_node_t *node, const char *what, const char *const *known,
                  size_t count)
{
    cdp_string word = scenario_string(s, node);

    if (word.data && !is_among(word, known, count))
        scenario_complain_of_word(s, node, what, known, count);
}

void scenario_check_event(scenario *s, const yaml_node_t *node)
{
    const char *known[MOST_EVENTS];
    size_t count = 0;
    char what[64];

    for (size_t i = 0; i < cdp_lifecycle_plan_standard_count(); i++) {
        const cdp_lifecycle_plan *plan = cdp_lifecycle_plan_standard_at(i);
        cdp_lifecycle_event_info event = {.size = sizeof event};

        if (cdp_lifecycle_plan_platform(plan) != s->platform)
            continue;
        for (size_t k = 0; cdp_lifecycle_plan_event_at(plan, k, &event) == CDP_OK; k++) {
            if (count < MOST_EVENTS && !is_among(event.name, known, count))
                known[count++] = event.name.data;
        }
    }
    snprintf(what, sizeof what, "event of %s called", cdp_platform_name(s->platform));
    check(s, node, what, known, count);
}

cdp_deployment_action_kind scenario_action(scenario *s, const yaml_node_t *node)
{
    const char *known[ACTIONS];
    cdp_string word = scenario_string(s, node);
    size_t count = 0;
    char what[64];

    for (size_t i = 0; i < ACTIONS && word.data; i++) {
        const char *name = cdp_deployment_action_kind_name(actions[i].kind);

        if (!(actions[i].platforms & 1u << s->platform))
            continue;
        if (strcmp(word.data, name) == 0)
            return actions[i].kind;
        known[count++] = name;
    }
    snprintf(what, sizeof what, "action on %s called", cdp_platform_name(s->platform));
    if (node)
        scenario_complain_of_word(s, node, what, known, count);
    return (cdp_deployment_action_kind)0;
}

/* ---- names that the scenario gives ---- */

static void know(scenario *s, scenario_words *words, cdp_string word)
{
    const char **grown;

    if (!word.data || s->failed == CLI_IO)
        return;
    grown = realloc(words->items, (words->count + 1) * sizeof *grown);
    if (!grown) {
        s->failed = cli_fail("out of memory");
        return;
    }
    words->items = grown;
    grown[words->count++] = word.data;
}

/* Instances that join later may be spoken of everywhere. */
static void know_joining(scenario *s, const yaml_node_t *inputs)
{
    size_t count = inputs && inputs->type == YAML_SEQUENCE_NODE ? scenario_length(s, inputs) : 0;

    for (size_t i = 0; i < count; i++) {
        const yaml_node_t *node =
            scenario_member(s, scenario_item(s, inputs, i), (cdp_string){"instance", 8});

        if (node && node->type == YAML_MAPPING_NODE)
            node = scenario_member(s, node, (cdp_string){"id", 2});
        if (node && node->type == YAML_SCALAR_NODE)
            know(s, &s->targets, scenario_string(s, node));
    }
}

void scenario_know_targets(scenario *s, const yaml_node_t *inputs)
{
    const cdp_deployment *first = cdp_sim_host_deployment_at(s->host, 0);

    for (uint32_t i = 0; i < cdp_deployment_target_count(first); i++) {
        cdp_deployment_target target = {.size = sizeof target};

        if (cdp_deployment_target_at(first, i, &target) == CDP_OK)
            know(s, &s->targets, target.id);
    }
    for (size_t i = 0; i < s->provisioned_count; i++)
        know(s, &s->targets, s->provisioned[i].id);
    know_joining(s, inputs);
}

void scenario_check_target(scenario *s, const yaml_node_t *node)
{
    check(s, node, "target", s->targets.items, s->targets.count);
}

void scenario_check_alarm(scenario *s, const yaml_node_t *node)
{
    const cdp_deployment *first = cdp_sim_host_deployment_at(s->host, 0);
    const char *known[MOST_ALARMS];
    size_t count = 0;

    for (size_t i = 0; i < cdp_deployment_alarm_count(first); i++) {
        cdp_deployment_alarm_view alarm = {.size = sizeof alarm};

        if (cdp_deployment_alarm_at(first, i, &alarm) == CDP_OK && count < MOST_ALARMS)
            known[count++] = alarm.name.data;
    }
    check(s, node, "alarm of the deployment called", known, count);
}
