/* SPDX-License-Identifier: MIT */
/* Decisions as records and as sentences. */
#include "rollout/machine.h"

#include "base/sized.h"
#include "base/text.h"

typedef struct rule_info {
    cdp_rollout_rule rule;
    const char *name;
    const char *source;
    /* What stands in braces is a member of the decision, or computed from some. */
    const char *sentence;
} rule_info;

#define GUIDE "user guide, instance health"
#define OURS "docs/rollout.md"
#define ZONES "user guide, instance health per Availability Zone; API shape ZonalConfig"
#define OPTION "an option beyond CodeDeploy"

static const rule_info rules[] = {
    {CDP_ROLLOUT_RULE_START_UNHEALTHY, "start-unhealthy", GUIDE,
     "started {id}: it is unhealthy, so no capacity is lost; {in_flight} in flight, at most "
     "{limit}"},
    {CDP_ROLLOUT_RULE_START_HEALTHY, "start-healthy", GUIDE,
     "started {id}: {healthy} healthy not in flight remain, minimum {minimum}"},
    {CDP_ROLLOUT_RULE_START_REPAIR, "start-repair", OURS,
     "started {id} before the turn of zone {zone}: it is unhealthy, and {healthy} healthy with "
     "minimum {minimum} leave no room elsewhere"},
    {CDP_ROLLOUT_RULE_START_REROUTE, "start-reroute", GUIDE,
     "rerouting traffic to {id}: {in_flight} in flight, at most {limit}"},
    {CDP_ROLLOUT_RULE_START_DEREGISTER, "start-deregister", GUIDE,
     "deregistering the original {id}: {succeeded} of {instances} have the traffic"},
    {CDP_ROLLOUT_RULE_HOLD_MINIMUM, "hold-minimum", GUIDE,
     "held back {id}: {healthy} healthy not in flight, minimum {minimum}"},
    {CDP_ROLLOUT_RULE_HOLD_ZONE_MINIMUM, "hold-zone-minimum", ZONES,
     "held back {id}: {healthy} healthy not in flight in zone {zone}, minimum {minimum} there"},
    {CDP_ROLLOUT_RULE_HOLD_CONCURRENCY, "hold-concurrency", GUIDE,
     "held back {id}: {in_flight} in flight, at most {limit} with {instances} instances and "
     "minimum "
     "{minimum}"},
    {CDP_ROLLOUT_RULE_HOLD_ZONE_CONCURRENCY, "hold-zone-concurrency", ZONES,
     "held back {id}: {in_flight} in flight in zone {zone}, at most {limit} with {instances} "
     "instances and minimum {minimum} there"},
    {CDP_ROLLOUT_RULE_HOLD_LIMIT, "hold-limit", OPTION,
     "held back {id}: {in_flight} in flight, the concurrency limit is {limit}"},
    {CDP_ROLLOUT_RULE_HOLD_UNHEALTHY_FIRST, "hold-unhealthy-first", GUIDE,
     "held back {id}: unhealthy instances go first, {in_flight} in flight"},
    {CDP_ROLLOUT_RULE_HOLD_CANARY, "hold-canary", OPTION,
     "held back {id}: the canary batch of {limit} is not through yet, {in_flight} in flight"},
    {CDP_ROLLOUT_RULE_HOLD_CANARY_WAIT, "hold-canary-wait", OPTION,
     "held back {id}: the canary batch is watched for another {wait}"},
    {CDP_ROLLOUT_RULE_HOLD_ZONE_WAIT, "hold-zone-wait", ZONES,
     "held back {id}: zone {zone} is watched for another {wait}"},
    {CDP_ROLLOUT_RULE_HOLD_ZONE_ORDER, "hold-zone-order", ZONES,
     "held back {id}: zone {zone} has its turn, {in_flight} in flight"},
    {CDP_ROLLOUT_RULE_HOLD_READY, "hold-ready", "API operation ContinueDeployment",
     "held back: everything is installed, traffic waits for the word to continue"},
    {CDP_ROLLOUT_RULE_HOLD_ORDER, "hold-order", GUIDE, "held back {id}: {other} goes first"},
    {CDP_ROLLOUT_RULE_HOLD_ORIGINAL, "hold-original", "user guide, lifecycle event hooks",
     "held back {id}: it is an original, and traffic has to be on the replacement first"},
    {CDP_ROLLOUT_RULE_NEXT, "next", GUIDE, "{id} is next, and free to begin"},
    {CDP_ROLLOUT_RULE_WAIT_ZONE, "wait-zone", ZONES,
     "waiting {wait}: zone {zone} is through and is watched"},
    {CDP_ROLLOUT_RULE_WAIT_CANARY, "wait-canary", OPTION,
     "waiting {wait}: the canary batch is through and is watched"},
    {CDP_ROLLOUT_RULE_PHASE, "phase", OURS, "phase {phase} begins"},
    {CDP_ROLLOUT_RULE_STATE, "state", OURS, "{id} is {state}"},
    {CDP_ROLLOUT_RULE_SETTLED, "settled", OURS, "nothing is in flight any more"},
    {CDP_ROLLOUT_RULE_SKIPPED, "skipped", GUIDE,
     "skipped {id}: the deployment ended before its turn"},
    {CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED, "enough-succeeded", GUIDE,
     "Succeeded: {succeeded} of {instances} instances were updated, {needed} needed"},
    {CDP_ROLLOUT_RULE_NO_INSTANCES, "no-instances", "user guide, error codes",
     "Failed: there is no instance to deploy to"},
    {CDP_ROLLOUT_RULE_MINIMUM_TOO_LARGE, "minimum-too-large", GUIDE,
     "Failed: {minimum} of {instances} instances have to stay healthy, which leaves none to deploy "
     "to"},
    {CDP_ROLLOUT_RULE_ZONE_MINIMUM_TOO_LARGE, "zone-minimum-too-large", OURS,
     "Failed: in zone {zone} {minimum} of {instances} instances have to stay healthy, which leaves "
     "none to deploy to"},
    {CDP_ROLLOUT_RULE_MINIMUM_REACHED, "minimum-reached", GUIDE,
     "Failed: {id} failed, {failed} in all, so at most {possible} of {instances} instances can be "
     "healthy; more than {minimum} are needed with {pending} untried"},
    {CDP_ROLLOUT_RULE_ZONE_MINIMUM_REACHED, "zone-minimum-reached", ZONES,
     "Failed: {id} failed, {failed} in zone {zone}, so at most {possible} of its {instances} "
     "instances can be healthy; more than {minimum} are needed with {pending} untried"},
    {CDP_ROLLOUT_RULE_TOO_FEW_SUCCEEDED, "too-few-succeeded", GUIDE,
     "Failed: {failed} of {instances} instances failed, {needed} had to succeed"},
    {CDP_ROLLOUT_RULE_ZONE_TOO_FEW_SUCCEEDED, "zone-too-few-succeeded", ZONES,
     "Failed: in zone {zone} {failed} of {instances} instances failed, {minimum} had to succeed"},
    {CDP_ROLLOUT_RULE_BUDGET_SPENT, "budget-spent", OPTION,
     "Failed: {id} failed, {failed} of {instances} in all; the failure budget is {limit}"},
    {CDP_ROLLOUT_RULE_CANARY_FAILED, "canary-failed", OPTION,
     "Failed: {id} of the canary batch failed"},
    {CDP_ROLLOUT_RULE_ORIGINAL_FAILED, "original-failed", GUIDE,
     "Failed: the original {id} could not be deregistered, which no minimum forgives"},
    {CDP_ROLLOUT_RULE_STOPPED_MANUALLY, "stopped-manually", "API operation StopDeployment",
     "Stopped on request with {succeeded} of {instances} instances updated"},
    {CDP_ROLLOUT_RULE_STOPPED_BY_ALARM, "stopped-by-alarm", "user guide, alarms",
     "Stopped by an alarm with {succeeded} of {instances} instances updated"},
    {CDP_ROLLOUT_RULE_TIMED_OUT, "timed-out", "user guide, limits",
     "Failed: it took too long; {succeeded} of {instances} instances were updated"},
};

static const rule_info *info_of(cdp_rollout_rule rule)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (rules[i].rule == rule)
            return &rules[i];
    }
    return NULL;
}

const char *cdp_rollout_rule_name(cdp_rollout_rule rule)
{
    const rule_info *info = info_of(rule);

    return info ? info->name : "unknown";
}

const char *cdp_rollout_rule_source(cdp_rollout_rule rule)
{
    const rule_info *info = info_of(rule);

    return info ? info->source : NULL;
}

cdp_rollout_decision cdp_decision_make(const cdp_rollout *rollout, cdp_rollout_decision_kind kind,
                                       cdp_rollout_rule rule, uint32_t member,
                                       const cdp_tally *tally)
{
    const cdp_tally *numbers = tally ? tally : &rollout->total;
    cdp_rollout_decision decision = {
        .size = sizeof decision,
        .kind = kind,
        .rule = rule,
        .phase = rollout->phase,
        .verdict = rollout->verdict.verdict,
        .instance = member,
        .other = CDP_NO_MEMBER,
        .time_ms = rollout->now,
        .instances = numbers->instances,
        .minimum = numbers->minimum,
        .healthy = numbers->healthy,
        .in_flight = numbers->in_flight,
        .failed = numbers->failed,
        .succeeded = numbers->succeeded,
        .pending = numbers->pending,
    };

    if (member != CDP_NO_MEMBER) {
        decision.id = cdp_member_id(rollout, member);
        decision.zone = cdp_member_zone(rollout, member);
        decision.state = (cdp_rollout_state)rollout->members[member].state;
    }
    return decision;
}

void cdp_decision_zone(const cdp_rollout *rollout, cdp_rollout_decision *decision, uint32_t zone)
{
    if (zone != CDP_NO_POOL)
        decision->zone = cdp_rollout_zone_name(rollout, zone);
}

/* -- the sentence ----------------------------------------------------------------------------- */

static void put_word(cdp_text *text, const cdp_rollout_decision *d, cdp_string word)
{
    const struct {
        const char *name;
        uint32_t value;
    } numbers[] = {
        {"instances", d->instances},
        {"minimum", d->minimum},
        {"healthy", d->healthy},
        {"in_flight", d->in_flight},
        {"failed", d->failed},
        {"succeeded", d->succeeded},
        {"pending", d->pending},
        {"limit", d->limit},
        {"needed", d->minimum > 1 ? d->minimum : 1},
        {"possible", d->instances - d->failed},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (cdp_string_equal_c(word, numbers[i].name)) {
            cdp_text_put_uint(text, numbers[i].value);
            return;
        }
    }
    if (cdp_string_equal_c(word, "id"))
        cdp_text_put(text, d->id);
    else if (cdp_string_equal_c(word, "other"))
        cdp_text_put(text, d->other_id);
    else if (cdp_string_equal_c(word, "zone"))
        cdp_text_put(text, d->zone);
    else if (cdp_string_equal_c(word, "wait"))
        cdp_text_put_duration(text, d->until_ms > d->time_ms
                                        ? (int64_t)((uint64_t)d->until_ms - (uint64_t)d->time_ms)
                                        : 0);
    else if (cdp_string_equal_c(word, "state"))
        cdp_text_put_c(text, cdp_rollout_state_name(d->state));
    else if (cdp_string_equal_c(word, "phase"))
        cdp_text_put_c(text, cdp_rollout_phase_name(d->phase));
}

static void put_sentence(cdp_text *text, const cdp_rollout_decision *decision, const char *sentence)
{
    cdp_string pattern = cdp_string_of(sentence);

    for (size_t at = 0; at < pattern.length;) {
        size_t brace = cdp_string_find(pattern, '{', at);
        size_t end = cdp_string_find(pattern, '}', brace);

        cdp_text_put(text, cdp_string_slice(pattern.data + at, brace - at));
        if (brace < pattern.length)
            put_word(text, decision, cdp_string_slice(pattern.data + brace + 1, end - brace - 1));
        at = end + 1;
    }
}

cdp_status cdp_rollout_render(const cdp_rollout_decision *decision, cdp_text *text)
{
    cdp_rollout_decision own;
    const rule_info *info;
    size_t start;
    cdp_status status;

    if (!text)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, decision);
    if (status != CDP_OK)
        return status;
    info = info_of(own.rule);
    if (!info)
        return CDP_ERR_ARGUMENT;
    start = text->length;
    put_sentence(text, &own, info->sentence);
    status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, start);
    return status;
}
