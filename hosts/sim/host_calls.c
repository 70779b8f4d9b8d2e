/* SPDX-License-Identifier: MIT */
/* What the host answers when a deployment asks it to do something. */
#include <stdio.h>
#include <string.h>

#include "host.h"

static bool equal(cdp_string a, cdp_string b)
{
    return a.length == b.length && (!a.length || memcmp(a.data, b.data, a.length) == 0);
}

/* ---- faults ---- */

/* Counts a call; CDP_OK, or what the fault makes of it. */
static cdp_status count(cdp_sim_host *host, bool is_change)
{
    const cdp_sim_fault *fault = &host->fault;
    uint64_t number;

    host->calls++;
    host->changes += is_change;
    if (fault->only_changes && !is_change)
        return CDP_OK;
    number = fault->only_changes ? host->changes : host->calls;
    if (!fault->at || number < fault->at || (number > fault->at && !fault->persistent))
        return CDP_OK;
    return fault->status;
}

/* ---- rules ---- */

static bool applies(const cdp_sim_rule *rule, uint32_t part, const cdp_deployment_action *action)
{
    if (rule->deployment && rule->deployment != part + 1)
        return false;
    if (rule->kind ? rule->kind != action->kind
                   : !action->needs_answer || action->kind == CDP_DEPLOYMENT_ACTION_CANCEL)
        return false;
    return (!rule->target.data || equal(rule->target, action->target_id)) &&
           (!rule->event.data || equal(rule->event, action->event_name));
}

static cdp_sim_rule rule_for(cdp_sim_host *host, uint32_t part, const cdp_deployment_action *action)
{
    sim_rule *rules = host->rules.items;

    for (size_t i = 0; i < host->rules.count; i++) {
        if (!applies(&rules[i].rule, part, action))
            continue;
        rules[i].met++;
        if (!rules[i].rule.nth || rules[i].rule.nth == rules[i].met)
            return rules[i].rule;
    }
    return (cdp_sim_rule){.after_ms =
                              action->needs_answer && action->kind != CDP_DEPLOYMENT_ACTION_CANCEL
                                  ? host->options.answer_ms
                                  : 0};
}

/* ---- more deployments ---- */

static cdp_status make_rollback(sim_part *part, cdp_string id)
{
    cdp_sim_host *host = part->host;
    cdp_deployment_options options = host->deployment;
    cdp_rollback_plan *plan = NULL;
    cdp_deployment *made = NULL;
    cdp_status status =
        cdp_deployment_plan_rollback(part->deployment, (cdp_rollback_cause)0, (cdp_string){NULL, 0},
                                     &host->allocator, NULL, &plan);

    options.id = id;
    options.config = NULL;
    if (host->options.rollback_appspec)
        options.appspec = host->options.rollback_appspec;
    if (status == CDP_OK)
        status = cdp_deployment_new_rollback(part->deployment, plan, &options, &host->allocator,
                                             NULL, &made);
    cdp_rollback_plan_free(plan);
    if (status == CDP_OK)
        status = sim_add_part(host, made);
    if (status != CDP_OK)
        cdp_deployment_free(made);
    return status;
}

static cdp_status add_outdated(const cdp_rollout *rollout, cdp_deployment *made)
{
    cdp_status status = CDP_OK;

    for (uint32_t number = 0;
         status == CDP_OK && cdp_rollout_outdated_next(rollout, &number) == CDP_OK; number++) {
        cdp_rollout_view view = {.size = sizeof view};
        cdp_rollout_instance instance = {.size = sizeof instance};

        status = cdp_rollout_at(rollout, number, &view);
        instance.id = view.id;
        instance.zone = view.zone;
        instance.instance_health = view.instance_health;
        instance.revision_health = view.revision_health;
        if (status == CDP_OK)
            status = cdp_deployment_add_target(made, 0, &instance, NULL);
    }
    return status;
}

static cdp_status make_follower(sim_part *part, cdp_string id)
{
    cdp_sim_host *host = part->host;
    cdp_deployment_options options = host->deployment;
    cdp_deployment_info info = {.size = sizeof info};
    cdp_deployment *made = NULL;
    cdp_status status;

    options.id = id;
    options.creator = CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_AUTO_UPDATE;
    (void)cdp_deployment_get_info(part->deployment, &info);
    options.root_id = info.id;
    status = cdp_deployment_new(&options, &host->allocator, NULL, &made);
    if (status == CDP_OK)
        status = add_outdated(cdp_deployment_rollout(part->deployment), made);
    if (status == CDP_OK)
        status = sim_add_part(host, made);
    if (status != CDP_OK)
        cdp_deployment_free(made);
    return status;
}

static cdp_status make_more(sim_part *part, cdp_deployment_action_kind kind, cdp_host_reply *reply)
{
    cdp_sim_host *host = part->host;
    cdp_string id;
    cdp_status status;

    if (host->part_count == CDP_SIM_HOST_MAX_DEPLOYMENTS)
        return CDP_ERR_LIMIT;
    id = sim_next_id(host);
    status =
        kind == CDP_DEPLOYMENT_ACTION_ROLL_BACK ? make_rollback(part, id) : make_follower(part, id);
    if (status == CDP_ERR_NOMEM)
        host->broken = status;
    if (status == CDP_OK)
        reply->name = id;
    return status;
}

/* ---- the callbacks ---- */

static cdp_status promise(sim_part *part, const cdp_deployment_action *action,
                          const cdp_sim_rule *rule)
{
    cdp_sim_host *host = part->host;
    const sim_promise made = {
        .at_ms = host->now > INT64_MAX - rule->after_ms ? INT64_MAX : host->now + rule->after_ms,
        .part = part->index,
        .token = action->token,
        .rule = *rule};

    if (sim_promises_add(host, &made) == CDP_OK)
        return CDP_PENDING;
    host->broken = CDP_ERR_NOMEM;
    return CDP_ERR_NOMEM;
}

static void note(sim_part *part, const cdp_deployment_action *action, const cdp_sim_rule *rule)
{
    char how[80];

    if (rule->never)
        (void)snprintf(how, sizeof how, "nobody answers");
    else if (rule->status != CDP_OK)
        (void)snprintf(how, sizeof how, "%s", cdp_status_name(rule->status));
    else
        (void)snprintf(how, sizeof how, "%s after %lld ms",
                       rule->outcome == CDP_DEPLOYMENT_FAILED ? "fails" : "done",
                       (long long)rule->after_ms);
    sim_note_action(part->host, part->index, action, how);
}

static cdp_status perform(const cdp_deployment *deployment, const cdp_deployment_action *action,
                          cdp_host_reply *reply, void *user)
{
    sim_part *part = user;
    cdp_sim_host *host = part->host;
    cdp_status fault = count(host, action->needs_answer);
    cdp_sim_rule rule = rule_for(host, part->index, action);

    (void)deployment;
    if (fault != CDP_OK)
        rule = (cdp_sim_rule){.status = fault};
    note(part, action, &rule);
    reply->error = rule.error;
    reply->code = rule.code;
    reply->message = rule.message;
    if (rule.status != CDP_OK)
        return rule.status;
    if (rule.never)
        return CDP_PENDING;
    if (rule.after_ms && action->needs_answer)
        return promise(part, action, &rule);
    if (rule.outcome == CDP_DEPLOYMENT_FAILED)
        return CDP_ERR_HOST;
    if (action->kind == CDP_DEPLOYMENT_ACTION_PROVISION) {
        reply->instances = host->options.provisioned;
        reply->instance_count = host->options.provisioned_count;
    }
    if (action->kind == CDP_DEPLOYMENT_ACTION_ROLL_BACK ||
        action->kind == CDP_DEPLOYMENT_ACTION_FOLLOW_UP)
        return make_more(part, action->kind, reply);
    return CDP_OK;
}

static cdp_status poll_alarm(const cdp_deployment *deployment, cdp_string name,
                             cdp_alarm_state *state, void *user)
{
    sim_part *part = user;
    cdp_sim_host *host = part->host;
    const sim_alarm *alarms = host->alarms.items;
    const sim_alarm *last = NULL;
    cdp_status fault = count(host, false);

    (void)deployment;
    if (fault != CDP_OK)
        return fault;
    for (size_t i = 0; i < host->alarms.count; i++) {
        if (alarms[i].at_ms <= host->now && equal(alarms[i].name, name) &&
            (!last || alarms[i].at_ms >= last->at_ms))
            last = &alarms[i];
    }
    *state = last ? last->state : CDP_ALARM_STATE_OK;
    return CDP_OK;
}

static cdp_status changed(const cdp_deployment *deployment, const cdp_deployment_change *change,
                          void *user)
{
    sim_part *part = user;

    (void)deployment;
    sim_note_change(part->host, part->index, change);
    return CDP_OK;
}

const cdp_host sim_callbacks = {
    .size = sizeof sim_callbacks, .perform = perform, .poll_alarm = poll_alarm, .changed = changed};
