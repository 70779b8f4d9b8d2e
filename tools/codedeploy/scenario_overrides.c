/* SPDX-License-Identifier: MIT */
/* Options of a deployment that take the place of its group's, as CreateDeployment takes them. */
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

void scenario_read_auto_rollback(scenario *s, const yaml_node_t *node)
{
    static const char *const keys[] = {"enabled", "events"};
    enum { ENABLED, EVENTS, KEYS };
    const yaml_node_t *v[KEYS];
    size_t count;

    if (!node || !scenario_take(s, node, keys, KEYS, v))
        return;
    s->auto_rollback = (cdp_group_auto_rollback){.size = sizeof s->auto_rollback,
                                                 .enabled = scenario_flag(s, v[ENABLED])};
    count = scenario_length(s, v[EVENTS]);
    for (size_t i = 0; i < count; i++) {
        const yaml_node_t *item = scenario_item(s, v[EVENTS], i);
        cdp_rollback_event event = (cdp_rollback_event)0;

        SCENARIO_WORD(s, item, cdp_rollback_event, &event, "event of a rollback called");
        s->auto_rollback.events |= 1u << event;
    }
    s->options.auto_rollback = &s->auto_rollback;
}

void scenario_read_watched(scenario *s, const yaml_node_t *node)
{
    static const char *const keys[] = {"enabled", "ignorePollAlarmFailure", "alarms"};
    static const char *const alarm_keys[] = {"name"};
    enum { ENABLED, IGNORE, ALARMS, KEYS };
    const yaml_node_t *v[KEYS];
    size_t count;

    if (!node || !scenario_take(s, node, keys, KEYS, v))
        return;
    count = scenario_length(s, v[ALARMS]);
    s->alarm_names = calloc(count + 1, sizeof *s->alarm_names);
    if (!s->alarm_names) {
        s->failed = cli_fail("out of memory");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const yaml_node_t *name;

        if (scenario_take(s, scenario_item(s, v[ALARMS], i), alarm_keys, 1, &name))
            s->alarm_names[i] = scenario_string(s, name);
    }
    s->alarms = (cdp_group_alarms){.size = sizeof s->alarms,
                                   .enabled = scenario_flag(s, v[ENABLED]),
                                   .ignore_poll_failure = scenario_flag(s, v[IGNORE])};
    s->options.alarms = &s->alarms;
    s->options.alarm_names = s->alarm_names;
    s->options.alarm_count = count;
}
