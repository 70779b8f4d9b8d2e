/* SPDX-License-Identifier: MIT */
/* What happens in a scenario: results of actions, alarms, inputs from outside. */
#include <string.h>

#include "scenario.h"

/* A word of the library's, by its _from_name function. */
#define READ_NAME(s, node, function, target, what)                                                 \
    do {                                                                                           \
        if ((node) && function(scenario_string((s), (node)), (target)) != CDP_OK)                  \
            scenario_complain((s), (node), "there is no such %s", (what));                         \
    } while (0)

static bool is_word(cdp_string text, const char *word)
{
    return text.data && strcmp(text.data, word) == 0;
}

static void check(scenario *s, const yaml_node_t *node, cdp_status status)
{
    if (status == CDP_ERR_NOMEM)
        s->failed = cli_fail("out of memory");
    else if (status != CDP_OK)
        scenario_complain(s, node, "%s", cdp_status_message(status));
}

/* ---- results ---- */

static void read_outcome(scenario *s, const yaml_node_t *node, cdp_sim_rule *rule)
{
    cdp_string word = scenario_string(s, node);

    if (!node || is_word(word, "Succeeded"))
        return;
    if (is_word(word, "Failed"))
        rule->outcome = CDP_DEPLOYMENT_FAILED;
    else if (is_word(word, "none"))
        rule->never = 1;
    else
        scenario_complain(s, node, "a result is Succeeded, Failed or none");
}

static void read_result(scenario *s, const yaml_node_t *node)
{
    static const char *const keys[] = {"action", "event", "target",     "nth",     "takes",
                                       "result", "error", "error-code", "message", "deployment"};
    enum { ACTION, EVENT, TARGET, NTH, TAKES, RESULT, ERROR, CODE, MESSAGE, DEPLOYMENT, KEYS };
    const yaml_node_t *v[KEYS];
    cdp_sim_rule rule = {.size = sizeof rule};

    if (!scenario_take(s, node, keys, KEYS, v))
        return;
    READ_NAME(s, v[ACTION], cdp_deployment_action_kind_from_name, &rule.kind, "action");
    READ_NAME(s, v[ERROR], cdp_event_error_from_name, &rule.error, "error");
    READ_NAME(s, v[CODE], cdp_error_code_from_name, &rule.code, "error code");
    read_outcome(s, v[RESULT], &rule);
    rule.event = scenario_string(s, v[EVENT]);
    rule.target = scenario_string(s, v[TARGET]);
    rule.message = scenario_string(s, v[MESSAGE]);
    rule.nth = (uint32_t)scenario_number(s, v[NTH], 0);
    rule.deployment = (uint32_t)scenario_number(s, v[DEPLOYMENT], 1);
    rule.after_ms = scenario_time(s, v[TAKES], s->host_options.answer_ms);
    if (!s->failed)
        check(s, node, cdp_sim_host_add_rule(s->host, &rule));
}

void scenario_read_results(scenario *s, const yaml_node_t *node)
{
    size_t count = scenario_length(s, node);

    for (size_t i = 0; i < count; i++)
        read_result(s, scenario_item(s, node, i));
}

/* ---- alarms ---- */

void scenario_read_alarms(scenario *s, const yaml_node_t *node)
{
    static const char *const keys[] = {"at", "alarm", "state"};
    enum { AT, ALARM, STATE, KEYS };
    size_t count = scenario_length(s, node);

    for (size_t i = 0; i < count; i++) {
        const yaml_node_t *item = scenario_item(s, node, i);
        const yaml_node_t *v[KEYS];
        cdp_alarm_state state = CDP_ALARM_STATE_ALARM;

        if (!scenario_take(s, item, keys, KEYS, v))
            return;
        READ_NAME(s, v[STATE], cdp_alarm_state_from_name, &state, "state of an alarm");
        if (!v[ALARM])
            scenario_complain(s, item, "'alarm' is missing");
        if (!s->failed)
            check(s, item,
                  cdp_sim_host_add_alarm(s->host, scenario_time(s, v[AT], 0),
                                         scenario_string(s, v[ALARM]), state));
    }
}

/* ---- inputs ---- */

static const struct {
    const char *word;
    cdp_deployment_input_kind kind;
} deeds[] = {
    {"stop", CDP_DEPLOYMENT_INPUT_STOP},   {"continue", CDP_DEPLOYMENT_INPUT_CONTINUE},
    {"join", CDP_DEPLOYMENT_INPUT_TARGET}, {"leave", CDP_DEPLOYMENT_INPUT_LEFT},
    {"lose", CDP_DEPLOYMENT_INPUT_LOST},   {"restart", CDP_DEPLOYMENT_INPUT_RESTARTED},
    {"fail", CDP_DEPLOYMENT_INPUT_FAIL},
};

static void read_deed(scenario *s, const yaml_node_t *item, const yaml_node_t *node,
                      cdp_deployment_input *input)
{
    cdp_string word = scenario_string(s, node);

    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (!is_word(word, deeds[i].word))
            continue;
        input->kind = deeds[i].kind;
        return;
    }
    scenario_complain(s, node ? node : item,
                      "'do' is stop, continue, join, leave, lose, restart or fail");
}

cdp_rollout_instance scenario_instance(scenario *s, const yaml_node_t *node)
{
    static const char *const keys[] = {"id", "zone", "health", "revision"};
    enum { ID, ZONE, HEALTH, REVISION, KEYS };
    const yaml_node_t *v[KEYS] = {NULL};
    cdp_rollout_instance instance = {.size = sizeof instance,
                                     .instance_health = CDP_INSTANCE_HEALTHY,
                                     .revision_health = CDP_REVISION_HEALTH_OLD};

    if (node->type == YAML_SCALAR_NODE)
        v[ID] = node;
    else if (!scenario_take(s, node, keys, KEYS, v))
        return instance;
    READ_NAME(s, v[HEALTH], cdp_instance_health_from_name, &instance.instance_health, "health");
    READ_NAME(s, v[REVISION], cdp_revision_health_from_name, &instance.revision_health,
              "revision health");
    instance.id = scenario_string(s, v[ID]);
    instance.zone = scenario_string(s, v[ZONE]);
    if (!v[ID])
        scenario_complain(s, node, "'id' is missing");
    return instance;
}

static void read_input(scenario *s, const yaml_node_t *item)
{
    static const char *const keys[] = {"at",       "do",         "target",  "instance",  "wait",
                                       "rollback", "error-code", "message", "deployment"};
    enum { AT, DO, TARGET, INSTANCE, WAIT, ROLLBACK, CODE, MESSAGE, DEPLOYMENT, KEYS };
    const yaml_node_t *v[KEYS];
    cdp_deployment_input input = {.size = sizeof input};
    cdp_sim_input given = {.size = sizeof given, .input = &input};
    cdp_rollout_instance instance;

    if (!scenario_take(s, item, keys, KEYS, v))
        return;
    read_deed(s, item, v[DO], &input);
    READ_NAME(s, v[WAIT], cdp_wait_type_from_name, &input.wait, "wait");
    READ_NAME(s, v[CODE], cdp_error_code_from_name, &input.code, "error code");
    if (v[ROLLBACK])
        input.answer = scenario_flag(s, v[ROLLBACK]) ? CDP_DEPLOYMENT_YES : CDP_DEPLOYMENT_NO;
    input.message = scenario_string(s, v[MESSAGE]);
    given.at_ms = scenario_time(s, v[AT], 0);
    given.target = scenario_string(s, v[TARGET]);
    given.deployment = (uint32_t)scenario_number(s, v[DEPLOYMENT], 0);
    if (input.kind == CDP_DEPLOYMENT_INPUT_TARGET) {
        if (!v[INSTANCE]) {
            scenario_complain(s, item, "'instance' is missing");
            return;
        }
        instance = scenario_instance(s, v[INSTANCE]);
        input.instance = &instance;
    }
    if (!s->failed)
        check(s, item, cdp_sim_host_add_input(s->host, &given));
}

void scenario_read_inputs(scenario *s, const yaml_node_t *node)
{
    size_t count = scenario_length(s, node);

    for (size_t i = 0; i < count; i++)
        read_input(s, scenario_item(s, node, i));
}
