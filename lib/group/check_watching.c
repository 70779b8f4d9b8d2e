/* SPDX-License-Identifier: MIT */
/* Triggers, alarms, automatic rollback. */
#include "group/check.h"

static const cdp_string nothing;

/* ---- triggers -------------------------------------------------------------------------------- */

/* Why an event never happens in this group, or NULL. */
static const char *reason_never_sent(const cdp_group_checks *checks, int64_t event)
{
    bool ready = event == CDP_TRIGGER_DEPLOYMENT_READY || event == CDP_TRIGGER_INSTANCE_READY;

    if (checks->platform == CDP_PLATFORM_AUTO)
        return NULL;
    if (checks->platform != CDP_PLATFORM_SERVER && (event >= CDP_TRIGGER_INSTANCE_START || ready))
        return "it is for instances, and there are none";
    if (ready && checks->type != CDP_DEPLOYMENT_TYPE_BLUE_GREEN)
        return "the group is not blue/green";
    return NULL;
}

static void check_events(const cdp_group_checks *checks, const cdp_model_trigger *trigger)
{
    const cdp_model_value *events = trigger->events.items;

    if (cdp_list_is_empty(&trigger->events))
        cdp_group_report_missing(checks, trigger->given.node, "triggerEvents",
                                 CDP_DIAGNOSTIC_GROUP_TRIGGER_INCOMPLETE, NULL);
    for (size_t i = 0; i < trigger->events.count; i++) {
        const char *reason =
            events[i].given.broken ? NULL : reason_never_sent(checks, events[i].number);

        if (reason)
            cdp_group_report(checks, events[i].given.node, CDP_DIAGNOSTIC_GROUP_TRIGGER_NEVER_SENT,
                             events[i].text, cdp_string_of(reason));
    }
}

static void check_trigger(const cdp_group_checks *checks, const cdp_model_trigger *trigger)
{
    if (trigger->given.broken)
        return;
    if (cdp_is_empty(&trigger->name))
        cdp_group_report_missing(checks, trigger->given.node, "triggerName",
                                 CDP_DIAGNOSTIC_GROUP_TRIGGER_INCOMPLETE, NULL);
    if (cdp_is_empty(&trigger->target_arn))
        cdp_group_report_missing(checks, trigger->given.node, "triggerTargetArn",
                                 CDP_DIAGNOSTIC_GROUP_TRIGGER_INCOMPLETE, NULL);
    else if (!trigger->target_arn.given.broken &&
             !cdp_group_is_arn(trigger->target_arn.text, "sns", ""))
        cdp_group_report(checks, trigger->target_arn.given.node,
                         CDP_DIAGNOSTIC_GROUP_TRIGGER_TARGET, trigger->target_arn.text, nothing);
    check_events(checks, trigger);
}

static void check_unique(const cdp_group_checks *checks, const cdp_model_list *list, size_t offset,
                         const char *called)
{
    const unsigned char *trigger = list->items;
    cdp_group_text *texts = cdp_group_texts_new(checks, list->count);
    size_t count = 0;

    if (!texts)
        return;
    for (size_t i = 0; i < list->count; i++, trigger += sizeof(cdp_model_trigger)) {
        const cdp_model_value *value = (const cdp_model_value *)(const void *)(trigger + offset);

        if (value->text.length > 0)
            texts[count++] = (cdp_group_text){value->text, nothing, value->given.node};
    }
    cdp_group_check_repeated(checks, texts, count, cdp_string_of(called), nothing,
                             CDP_DIAGNOSTIC_GROUP_TRIGGER_REPEATED);
    cdp_group_texts_free(checks, texts, list->count);
}

static void check_triggers(const cdp_group_checks *checks)
{
    const cdp_model_list *list = &checks->model->triggers;
    const cdp_model_trigger *triggers = list->items;

    cdp_group_check_count(checks, list, NULL, CDP_GROUP_TRIGGER_LIMIT,
                          CDP_DIAGNOSTIC_GROUP_TRIGGER_LIMIT);
    for (size_t i = 0; i < list->count; i++)
        check_trigger(checks, &triggers[i]);
    check_unique(checks, list, offsetof(cdp_model_trigger, name), "name");
    check_unique(checks, list, offsetof(cdp_model_trigger, target_arn), "topic");
}

/* ---- alarms ---------------------------------------------------------------------------------- */

static void check_alarm_names(const cdp_group_checks *checks, const cdp_model_list *list)
{
    const cdp_model_named *alarms = list->items;
    cdp_group_text *texts = cdp_group_texts_new(checks, list->count);
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (alarms[i].given.broken)
            continue;
        cdp_group_check_length(checks, &alarms[i].name, alarms[i].given.node,
                               CDP_GROUP_ALARM_NAME_LIMIT, CDP_DIAGNOSTIC_GROUP_ALARM_NAME);
        if (texts && alarms[i].name.text.length > 0)
            texts[count++] =
                (cdp_group_text){alarms[i].name.text, nothing, alarms[i].name.given.node};
    }
    if (texts)
        cdp_group_check_repeated(checks, texts, count, nothing, nothing,
                                 CDP_DIAGNOSTIC_GROUP_ALARM_REPEATED);
    cdp_group_texts_free(checks, texts, list->count);
}

static void check_alarms(const cdp_group_checks *checks)
{
    const cdp_model_alarms *alarms = &checks->model->alarms;

    if (cdp_is_enabled(&alarms->enabled) && cdp_list_is_empty(&alarms->alarms))
        cdp_group_report(checks, alarms->given.node, CDP_DIAGNOSTIC_GROUP_ALARMS_REQUIRED, nothing,
                         nothing);
    cdp_group_check_count(checks, &alarms->alarms, NULL, CDP_GROUP_ALARM_LIMIT,
                          CDP_DIAGNOSTIC_GROUP_ALARM_LIMIT);
    check_alarm_names(checks, &alarms->alarms);
}

/* ---- rollback -------------------------------------------------------------------------------- */

static void check_rollback(const cdp_group_checks *checks)
{
    const cdp_model_rollback *rollback = &checks->model->rollback;
    const cdp_model_alarms *alarms = &checks->model->alarms;
    const cdp_model_value *events = rollback->events.items;
    bool watches = cdp_is_enabled(&alarms->enabled) && alarms->alarms.count > 0;

    if (!cdp_is_enabled(&rollback->enabled))
        return;
    if (cdp_list_is_empty(&rollback->events))
        cdp_group_report(checks, rollback->given.node,
                         CDP_DIAGNOSTIC_GROUP_ROLLBACK_EVENTS_REQUIRED, nothing, nothing);
    for (size_t i = 0; i < rollback->events.count && !watches; i++) {
        if (cdp_is_word(&events[i], CDP_ROLLBACK_EVENT_STOP_ON_ALARM))
            cdp_group_report(checks, events[i].given.node,
                             CDP_DIAGNOSTIC_GROUP_ROLLBACK_WITHOUT_ALARMS, nothing, nothing);
    }
}

void cdp_group_check_watching(const cdp_group_checks *checks)
{
    check_triggers(checks);
    check_alarms(checks);
    check_rollback(checks);
}
