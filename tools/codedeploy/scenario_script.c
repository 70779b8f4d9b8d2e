/* SPDX-License-Identifier: MIT */
/* What happens in a scenario: results of actions, alarms, inputs from outside. */
#include <string.h>

#include "scenario.h"

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

enum { ACTION, EVENT, TARGET, NTH, TAKES, RESULT, ERROR, CODE, MESSAGE, DEPLOYMENT, RESULT_KEYS };

/* What goes with a failure, or with an answer, goes with nothing else. */
static void refuse_beside(scenario *s, const yaml_node_t *const *v, const char *what, bool failed)
{
    if (v[ERROR] && !failed)
        scenario_complain(s, v[ERROR], "'error' does not go with %s", what);
    if (v[CODE] && !failed)
        scenario_complain(s, v[CODE], "'error-code' does not go with %s", what);
}

static void read_outcome(scenario *s, const yaml_node_t *const *v, cdp_sim_rule *rule)
{
    cdp_string word = scenario_string(s, v[RESULT]);

    if (!v[RESULT] || is_word(word, "Succeeded")) {
        refuse_beside(s, v, "a result that is Succeeded", false);
    } else if (is_word(word, "Failed")) {
        rule->outcome = CDP_DEPLOYMENT_FAILED;
    } else if (is_word(word, "none")) {
        rule->never = 1;
        refuse_beside(s, v, "an answer that never comes", false);
        if (v[TAKES])
            scenario_complain(s, v[TAKES], "'takes' does not go with an answer that never comes");
    } else {
        scenario_complain(s, v[RESULT], "a result is Succeeded, Failed or none");
    }
}

/* A number that counts from 1. */
static uint32_t read_ordinal(scenario *s, const yaml_node_t *node)
{
    int64_t number = scenario_number(s, node, 1);

    if (node && !s->failed && number == 0)
        scenario_complain(s, node, "this counts from 1");
    return (uint32_t)number;
}

static uint32_t read_deployment(scenario *s, const yaml_node_t *node, int64_t otherwise)
{
    int64_t number = scenario_number(s, node, otherwise);

    if (number > CDP_SIM_HOST_MAX_DEPLOYMENTS)
        scenario_complain(s, node, "at most %d deployments are played",
                          (int)CDP_SIM_HOST_MAX_DEPLOYMENTS);
    return (uint32_t)number;
}

static void read_result(scenario *s, const yaml_node_t *node)
{
    static const char *const keys[] = {"action", "event", "target",     "nth",     "takes",
                                       "result", "error", "error-code", "message", "deployment"};
    const yaml_node_t *v[RESULT_KEYS];
    cdp_sim_rule rule = {.size = sizeof rule};

    if (!scenario_take(s, node, keys, RESULT_KEYS, v))
        return;
    rule.kind = scenario_action(s, v[ACTION]);
    SCENARIO_WORD(s, v[ERROR], cdp_event_error, &rule.error, "error");
    SCENARIO_WORD(s, v[CODE], cdp_error_code, &rule.code, "error code");
    read_outcome(s, v, &rule);
    scenario_check_event(s, v[EVENT]);
    scenario_check_target(s, v[TARGET]);
    rule.event = scenario_string(s, v[EVENT]);
    rule.target = scenario_string(s, v[TARGET]);
    rule.message = scenario_string(s, v[MESSAGE]);
    rule.nth = v[NTH] ? read_ordinal(s, v[NTH]) : 0;
    rule.deployment = read_deployment(s, v[DEPLOYMENT], 1);
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
        SCENARIO_WORD(s, v[STATE], cdp_alarm_state, &state, "state of an alarm called");
        if (state == CDP_ALARM_STATE_UNKNOWN)
            scenario_complain(s, v[STATE], "an alarm is OK, ALARM or UNREADABLE");
        if (!v[ALARM])
            scenario_complain(s, item, "'alarm' is missing");
        scenario_check_alarm(s, v[ALARM]);
        if (!s->failed)
            check(s, item,
                  cdp_sim_host_add_alarm(s->host, scenario_time(s, v[AT], 0),
                                         scenario_string(s, v[ALARM]), state));
    }
}

/* ---- inputs ---- */

enum { AT, DO, WHO, INSTANCE, WAIT, ROLLBACK, INPUT_CODE, INPUT_MESSAGE, INPUT_OF, INPUT_KEYS };

/* Beside `at`, `do` and `deployment`: what must be there, and what may. */
static const struct {
    const char *word;
    cdp_deployment_input_kind kind;
    unsigned must;
    unsigned may;
} deeds[] = {
    {"stop", CDP_DEPLOYMENT_INPUT_STOP, 0, 1u << ROLLBACK},
    {"continue", CDP_DEPLOYMENT_INPUT_CONTINUE, 0, 1u << WAIT},
    {"join", CDP_DEPLOYMENT_INPUT_TARGET, 1u << INSTANCE, 0},
    {"leave", CDP_DEPLOYMENT_INPUT_LEFT, 1u << WHO, 0},
    {"lose", CDP_DEPLOYMENT_INPUT_LOST, 1u << WHO, 0},
    {"restart", CDP_DEPLOYMENT_INPUT_RESTARTED, 1u << WHO, 0},
    {"fail", CDP_DEPLOYMENT_INPUT_FAIL, 1u << INPUT_CODE, 1u << INPUT_MESSAGE},
};

static const char *const input_keys[] = {"at",       "do",         "target",  "instance",  "wait",
                                         "rollback", "error-code", "message", "deployment"};

static void check_deed(scenario *s, const yaml_node_t *item, const yaml_node_t *const *v,
                       size_t deed)
{
    unsigned must = deeds[deed].must | 1u << AT;
    unsigned may = deeds[deed].may | must | 1u << DO | 1u << INPUT_OF;

    for (size_t i = 0; i < INPUT_KEYS; i++) {
        if (!v[i] && must & 1u << i)
            scenario_complain(s, item, "'%s' is missing", input_keys[i]);
        else if (v[i] && !(may & 1u << i))
            scenario_complain(s, v[i], "'%s' does not go with '%s'", input_keys[i],
                              deeds[deed].word);
    }
}

static void read_deed(scenario *s, const yaml_node_t *item, const yaml_node_t *const *v,
                      cdp_deployment_input *input)
{
    cdp_string word = scenario_string(s, v[DO]);

    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (!is_word(word, deeds[i].word))
            continue;
        input->kind = deeds[i].kind;
        check_deed(s, item, v, i);
        return;
    }
    scenario_complain(s, v[DO] ? v[DO] : item,
                      "'do' is stop, continue, join, leave, lose, restart or fail");
}

cdp_rollout_instance scenario_instance(scenario *s, const yaml_node_t *node,
                                       cdp_revision_health otherwise)
{
    static const char *const keys[] = {"id", "zone", "health", "revision"};
    enum { ID, ZONE, HEALTH, REVISION, KEYS };
    const yaml_node_t *v[KEYS] = {NULL};
    cdp_rollout_instance instance = {.size = sizeof instance,
                                     .instance_health = CDP_INSTANCE_HEALTHY,
                                     .revision_health = otherwise};

    if (node->type == YAML_SCALAR_NODE)
        v[ID] = node;
    else if (!scenario_take(s, node, keys, KEYS, v))
        return instance;
    SCENARIO_WORD(s, v[HEALTH], cdp_instance_health, &instance.instance_health, "health called");
    SCENARIO_WORD(s, v[REVISION], cdp_revision_health, &instance.revision_health,
                  "revision health called");
    instance.id = scenario_string(s, v[ID]);
    instance.zone = scenario_string(s, v[ZONE]);
    if (!v[ID])
        scenario_complain(s, node, "'id' is missing");
    return instance;
}

static void read_input(scenario *s, const yaml_node_t *item)
{
    const yaml_node_t *v[INPUT_KEYS];
    cdp_deployment_input input = {.size = sizeof input};
    cdp_sim_input given = {.size = sizeof given, .input = &input};
    cdp_rollout_instance instance;

    if (!scenario_take(s, item, input_keys, INPUT_KEYS, v))
        return;
    read_deed(s, item, v, &input);
    SCENARIO_WORD(s, v[WAIT], cdp_wait_type, &input.wait, "wait");
    SCENARIO_WORD(s, v[INPUT_CODE], cdp_error_code, &input.code, "error code");
    if (v[ROLLBACK])
        input.answer = scenario_flag(s, v[ROLLBACK]) ? CDP_DEPLOYMENT_YES : CDP_DEPLOYMENT_NO;
    scenario_check_target(s, v[WHO]);
    input.message = scenario_string(s, v[INPUT_MESSAGE]);
    given.at_ms = scenario_time(s, v[AT], 0);
    given.target = scenario_string(s, v[WHO]);
    given.deployment = read_deployment(s, v[INPUT_OF], 0);
    if (v[INSTANCE]) {
        instance = scenario_instance(s, v[INSTANCE], CDP_REVISION_HEALTH_OLD);
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
