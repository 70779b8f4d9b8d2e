/* SPDX-License-Identifier: MIT */
#include "stage.h"

#include <stdio.h>
#include <stdlib.h>

const char stage_lambda_appspec[] =
    "version: 0.0\n"
    "Resources:\n"
    "  - fn:\n"
    "      Type: AWS::Lambda::Function\n"
    "      Properties: {Name: fn, Alias: live, CurrentVersion: \"1\", TargetVersion: \"2\"}\n"
    "Hooks:\n"
    "  - BeforeAllowTraffic: before\n"
    "  - AfterAllowTraffic: after\n";

const char stage_ecs_appspec[] =
    "version: 0.0\n"
    "Resources:\n"
    "  - TargetService:\n"
    "      Type: AWS::ECS::Service\n"
    "      Properties:\n"
    "        TaskDefinition: arn:aws:ecs:us-east-1:111122223333:task-definition/app:2\n"
    "        LoadBalancerInfo: {ContainerName: app, ContainerPort: 80}\n"
    "Hooks:\n"
    "  - BeforeInstall: before-install\n"
    "  - AfterInstall: after-install\n"
    "  - AfterAllowTestTraffic: check\n"
    "  - BeforeAllowTraffic: before\n"
    "  - AfterAllowTraffic: after\n";

const char stage_server_appspec[] = "version: 0.0\n"
                                    "os: linux\n"
                                    "files:\n"
                                    "  - source: /\n"
                                    "    destination: /srv/app\n"
                                    "hooks:\n"
                                    "  AfterInstall:\n"
                                    "    - location: a.sh\n"
                                    "  ApplicationStart:\n"
                                    "    - location: b.sh\n";

cdp_group *stage_group(const char *json)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_group *group = NULL;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    if (cdp_group_parse(json, strlen(json), NULL, diagnostics, &group) != CDP_OK) {
        cdp_diagnostic first = {.size = sizeof first};

        (void)cdp_diagnostics_at(diagnostics, 0, &first);
        fail_msg("the group is refused: %s", first.message.data);
    }
    cdp_diagnostics_free(diagnostics);
    return group;
}

cdp_appspec *stage_appspec(const char *yaml, cdp_platform platform)
{
    cdp_appspec_options options = {.size = sizeof options, .platform = platform};
    cdp_appspec *appspec = NULL;

    assert_int_equal(cdp_appspec_parse(yaml, strlen(yaml), &options, NULL, &appspec), CDP_OK);
    return appspec;
}

void stage_add_instances(cdp_deployment *deployment, size_t count, bool originals)
{
    for (size_t i = 0; i < count; i++) {
        cdp_rollout_instance instance = {.size = sizeof instance, .original = originals};
        char id[32];

        (void)snprintf(id, sizeof id, "%s-%04zu", originals ? "blue" : "i", i + 1);
        instance.id = (cdp_string){id, strlen(id)};
        instance.instance_health = CDP_INSTANCE_HEALTHY;
        instance.revision_health = CDP_REVISION_HEALTH_OLD;
        assert_int_equal(cdp_deployment_add_target(deployment, 0, &instance, NULL), CDP_OK);
    }
}

void stage_init(stage *self, cdp_deployment *deployment)
{
    memset(self, 0, sizeof *self);
    self->deployment = deployment;
    self->alarms = CDP_ALARM_STATE_OK;
    assert_int_equal(cdp_text_new(NULL, &self->log), CDP_OK);
}

void stage_release(stage *self)
{
    cdp_text_free(self->log);
}

const char *stage_log(const stage *self)
{
    return cdp_text_string(self->log).data;
}

/* Texts are C strings, whatever stands behind them in memory. */
static void assert_c_string(cdp_string text)
{
    if (text.data)
        assert_int_equal(strlen(text.data), text.length);
}

static void check_texts(const stage *self, const cdp_deployment_change *change)
{
    cdp_deployment_target target = {.size = sizeof target};

    assert_c_string(change->message);
    assert_c_string(change->name);
    assert_c_string(change->target_id);
    if (cdp_deployment_target_at(self->deployment, change->target, &target) == CDP_OK)
        assert_c_string(target.message);
}

static void write_changes(stage *self)
{
    size_t count = cdp_deployment_change_count(self->deployment);

    for (size_t i = 0; i < count && !self->quiet; i++) {
        cdp_deployment_change change = {.size = sizeof change};
        char time[32];
        int length;

        assert_int_equal(cdp_deployment_change_at(self->deployment, i, &change), CDP_OK);
        check_texts(self, &change);
        length = snprintf(time, sizeof time, "%lld ", (long long)change.time_ms);
        assert_int_equal(cdp_text_append(self->log, time, (size_t)length), CDP_OK);
        assert_int_equal(cdp_deployment_render_change(self->deployment, &change, self->log),
                         CDP_OK);
        assert_int_equal(cdp_text_append(self->log, "\n", 1), CDP_OK);
    }
}

/* Another deployment goes on in the place of this one. */
static void replace(stage *self)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_deployment *restored = NULL;
    cdp_text *before = NULL;
    cdp_string snapshot;
    cdp_status status;

    assert_int_equal(cdp_text_new(NULL, &before), CDP_OK);
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_deployment_snapshot(self->deployment, before), CDP_OK);
    snapshot = cdp_text_string(before);
    status = cdp_deployment_restore(snapshot.data, snapshot.length, self->restores_with, NULL,
                                    diagnostics, &restored);
    if (status != CDP_OK) {
        cdp_diagnostic first = {.size = sizeof first};

        (void)cdp_diagnostics_at(diagnostics, 0, &first);
        fail_msg("%s: %s\n%s\n%s", cdp_status_name(status), first.message.data, snapshot.data,
                 stage_log(self));
    }
    assert_int_equal(cdp_deployment_next_deadline(restored),
                     cdp_deployment_next_deadline(self->deployment));
    cdp_deployment_free(self->deployment);
    self->deployment = restored;
    cdp_text_free(before);
    cdp_diagnostics_free(diagnostics);
}

void stage_put(stage *self, cdp_deployment_input input)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    input.size = sizeof input;
    status = cdp_deployment_step(self->deployment, self->now, &input, diagnostics);
    if (status != CDP_OK) {
        cdp_diagnostic first = {.size = sizeof first};

        (void)cdp_diagnostics_at(diagnostics, 0, &first);
        fail_msg("%s at %lld ms: %s: %s\n%s", cdp_deployment_input_kind_name(input.kind),
                 (long long)self->now, cdp_status_name(status), first.message.data,
                 stage_log(self));
    }
    cdp_diagnostics_free(diagnostics);
    write_changes(self);
    if (self->inputs_written)
        assert_int_equal(cdp_deployment_write_input(self->now, &input, self->inputs_written),
                         CDP_OK);
    if (self->restores_with)
        replace(self);
}

static bool applies(const stage_rule *rule, const cdp_deployment_action *action)
{
    return (!rule->kind || rule->kind == action->kind) &&
           (!rule->target ||
            (action->target_id.data && strcmp(rule->target, action->target_id.data) == 0)) &&
           (!rule->event ||
            (action->event_name.data && strcmp(rule->event, action->event_name.data) == 0));
}

static void plan_answer(stage *self, const cdp_deployment_action *action)
{
    stage_answer answer = {self->now, action->token, CDP_DEPLOYMENT_DONE, NULL};

    for (size_t i = 0; i < self->rule_count; i++) {
        if (!applies(&self->rules[i], action))
            continue;
        answer.at_ms += self->rules[i].after_ms;
        answer.outcome = self->rules[i].outcome;
        answer.message = self->rules[i].message;
        break;
    }
    if (!answer.outcome)
        return;
    assert_true(self->answer_count < STAGE_ANSWERS);
    self->answers[self->answer_count++] = answer;
}

static void tell_alarms(stage *self)
{
    size_t count = cdp_deployment_alarm_count(self->deployment);

    for (size_t i = 0; i < count && !cdp_deployment_is_over(self->deployment); i++) {
        cdp_deployment_alarm_view alarm = {.size = sizeof alarm};

        assert_int_equal(cdp_deployment_alarm_at(self->deployment, i, &alarm), CDP_OK);
        if (self->alarms == CDP_ALARM_STATE_UNKNOWN)
            continue;
        stage_put(self, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_ALARM,
                                               .name = alarm.name,
                                               .alarm_state = self->alarms});
    }
}

static void take_actions(stage *self)
{
    cdp_deployment_action action = {.size = sizeof action};

    while (cdp_deployment_next_action(self->deployment, &action) == CDP_OK) {
        if (action.repeated)
            continue; /* its answer is planned already */
        self->action_counts[action.kind]++;
        if (action.needs_answer)
            plan_answer(self, &action);
    }
}

static bool is_open(const stage *self, uint64_t token)
{
    cdp_deployment_action action = {.size = sizeof action};

    return cdp_deployment_open_find(self->deployment, token, &action) == CDP_OK;
}

/* The first of the answers that are due; the count when none is. */
static size_t first_answer(const stage *self)
{
    size_t first = self->answer_count;

    for (size_t i = 0; i < self->answer_count; i++) {
        if (first == self->answer_count || self->answers[i].at_ms < self->answers[first].at_ms)
            first = i;
    }
    return first;
}

static void give_answer(stage *self, size_t index)
{
    stage_answer answer = self->answers[index];
    cdp_deployment_action action = {.size = sizeof action};

    memmove(&self->answers[index], &self->answers[index + 1],
            (--self->answer_count - index) * sizeof answer);
    if (!is_open(self, answer.token))
        return;
    (void)cdp_deployment_open_find(self->deployment, answer.token, &action);
    if (action.kind == CDP_DEPLOYMENT_ACTION_POLL_ALARMS)
        tell_alarms(self);
    if (!is_open(self, answer.token))
        return;
    stage_put(self,
              (cdp_deployment_input){
                  .kind = CDP_DEPLOYMENT_INPUT_ANSWER,
                  .token = answer.token,
                  .outcome = answer.outcome,
                  .error = answer.outcome == CDP_DEPLOYMENT_FAILED ? CDP_EVENT_ERROR_SCRIPT_FAILED
                                                                   : CDP_EVENT_ERROR_SUCCESS,
                  .message = {answer.message, answer.message ? strlen(answer.message) : 0}});
}

void stage_run(stage *self, int64_t until)
{
    for (;;) {
        int64_t deadline = cdp_deployment_next_deadline(self->deployment);
        int64_t next = deadline;
        size_t answer;

        take_actions(self);
        answer = first_answer(self);
        if (answer < self->answer_count && self->answers[answer].at_ms <= next)
            next = self->answers[answer].at_ms;
        else
            answer = self->answer_count;
        if (self->next_input < self->input_count && self->inputs[self->next_input].at_ms < next) {
            next = self->inputs[self->next_input].at_ms;
            answer = SIZE_MAX;
        }
        if (next > until || next == INT64_MAX)
            return;
        self->now = next > self->now ? next : self->now;
        if (answer == SIZE_MAX)
            stage_put(self, self->inputs[self->next_input++].input);
        else if (answer < self->answer_count)
            give_answer(self, answer);
        else
            stage_put(self, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_TIME});
    }
}

void stage_start(stage *self, int64_t now)
{
    self->now = now;
    stage_put(self, (cdp_deployment_input){.kind = CDP_DEPLOYMENT_INPUT_START});
    stage_run(self, INT64_MAX);
}
