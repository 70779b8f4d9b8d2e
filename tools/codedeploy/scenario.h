/* SPDX-License-Identifier: MIT */
#ifndef SCENARIO_H
#define SCENARIO_H

/*
 * A scenario file: a deployment, and what happens to it. Read from YAML into a scripted host.
 * codedeploy-run(1) describes the format.
 */

#include <codedeploy-sim/host.h>
#include <yaml.h>

#include "cli.h"

/* Names; they belong to the document. */
typedef struct scenario_words {
    const char **items;
    size_t count;
} scenario_words;

typedef struct scenario {
    const char *file;
    const char *shown; /* the file, as messages call it */
    bool tells_warnings;
    char *bytes;
    yaml_document_t document;
    bool has_document;
    /* 0 while all is well; else what the command ends with. The reason was said. */
    int failed;

    const char *name;
    cdp_platform platform;
    cdp_group *group;
    cdp_config *config;
    cdp_appspec *appspec;
    cdp_traffic_schedule *schedule;
    cdp_group_auto_rollback auto_rollback;
    cdp_group_alarms alarms;
    cdp_string *alarm_names;
    cdp_group_revision revision;
    cdp_group_revision earlier_revision;
    cdp_rollback_past past;
    cdp_deployment_options options;
    cdp_sim_host_options host_options;
    cdp_rollout_instance *instances;
    size_t instance_count;
    cdp_rollout_instance *provisioned;
    size_t provisioned_count;
    char **made; /* texts that were put together; freed at the end */
    size_t made_count;
    scenario_words targets; /* that a script may name */
    cdp_sim_host *host;
} scenario;

/* Reads the file and makes the host, ready to run. Returns a cli_exit; what is wrong was said, with
 * its line and column, what is merely odd when it is asked for. To be closed in any case. */
int scenario_open(scenario *s, const char *file, bool tells_warnings);
void scenario_close(scenario *s);

/* ---- scenario_yaml.c: nodes ---- */

bool scenario_load(scenario *s);
const yaml_node_t *scenario_root(scenario *s);
/* The node with this number in a sequence or mapping. */
const yaml_node_t *scenario_node(scenario *s, int number);

/* Says what is wrong at a node, and marks the scenario as failed. */
void scenario_complain(scenario *s, const yaml_node_t *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same, or a warning. */
void scenario_say(scenario *s, const yaml_node_t *at, bool is_error, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* What a mapping has under a key; NULL when it has nothing, or is none. */
const yaml_node_t *scenario_member(scenario *s, const yaml_node_t *node, cdp_string key);
/* Takes a mapping apart: values[i] is that of keys[i] or NULL. Unknown keys are
 * complained about. False when it is no mapping. */
bool scenario_take(scenario *s, const yaml_node_t *node, const char *const *keys, size_t count,
                   const yaml_node_t **values);
/* Items of a sequence; complains about anything else. NULL counts as an empty one. */
size_t scenario_length(scenario *s, const yaml_node_t *node);
const yaml_node_t *scenario_item(scenario *s, const yaml_node_t *node, size_t index);
/* Scalars. NULL gives the absent string, `otherwise`, false. */
cdp_string scenario_string(scenario *s, const yaml_node_t *node);
int64_t scenario_time(scenario *s, const yaml_node_t *node, int64_t otherwise);
int64_t scenario_number(scenario *s, const yaml_node_t *node, int64_t otherwise);
bool scenario_flag(scenario *s, const yaml_node_t *node);
/* The node as JSON, with `extra` members ("\"a\":1,…") in front of a mapping's own. Owned by the
 * scenario; absent after a complaint. */
cdp_string scenario_json(scenario *s, const yaml_node_t *node, const char *extra);
/* A text that goes with the scenario; takes `text` over, NULL is no memory. */
cdp_string scenario_own(scenario *s, char *text);

/* ---- scenario_findings.c ---- */

/* Passes on what the library found in a text made of `from`, each finding at the node it concerns.
 * `from` is the root for what concerns the deployment as a whole. */
void scenario_pass_on(scenario *s, const yaml_node_t *from, const cdp_diagnostics *found,
                      const char *about, bool refused);

/* ---- scenario_names.c: names that the script of a scenario may use ---- */

/* Once the host is made: its targets and those that the inputs bring. */
void scenario_know_targets(scenario *s, const yaml_node_t *inputs);
/* Complain about a name that there is not. NULL is none. */
void scenario_check_target(scenario *s, const yaml_node_t *node);
void scenario_check_event(scenario *s, const yaml_node_t *node);
void scenario_check_alarm(scenario *s, const yaml_node_t *node);
/* The action of that name; 0 for NULL and after a complaint. */
cdp_deployment_action_kind scenario_action(scenario *s, const yaml_node_t *node);
/* Complains that there is no `what` of that name, with the one that may be meant. */
void scenario_complain_of_word(scenario *s, const yaml_node_t *node, const char *what,
                               const char *const *known, size_t count);
/* Reads a word of the library's by TYPE_from_name(); the words are those of TYPE_name(). */
#define SCENARIO_WORD(s, node, type, target, what)                                                 \
    do {                                                                                           \
        if ((node) && type##_from_name(scenario_string((s), (node)), (target)) != CDP_OK) {        \
            const char *words_[SCENARIO_MOST_WORDS];                                               \
            size_t count_ = 0;                                                                     \
                                                                                                   \
            for (int i_ = 0; i_ < SCENARIO_MOST_WORDS; i_++) {                                     \
                const char *word_ = type##_name((type)i_);                                         \
                                                                                                   \
                if (strcmp(word_, "unknown") != 0 && strcmp(word_, "UNKNOWN") != 0)                \
                    words_[count_++] = word_;                                                      \
            }                                                                                      \
            scenario_complain_of_word((s), (node), (what), words_, count_);                        \
        }                                                                                          \
    } while (0)
enum { SCENARIO_MOST_WORDS = 256 };

/* ---- scenario_overrides.c: what the deployment has instead of its group ---- */

void scenario_read_auto_rollback(scenario *s, const yaml_node_t *node);
void scenario_read_watched(scenario *s, const yaml_node_t *node);

/* ---- scenario_script.c ---- */

/* Reads `results`, `alarms` and `inputs` into the host. */
void scenario_read_results(scenario *s, const yaml_node_t *node);
void scenario_read_alarms(scenario *s, const yaml_node_t *node);
void scenario_read_inputs(scenario *s, const yaml_node_t *node);
/* One instance: an id, or a mapping; what it does not say of its revision is `otherwise`. */
cdp_rollout_instance scenario_instance(scenario *s, const yaml_node_t *node,
                                       cdp_revision_health otherwise);

#endif
