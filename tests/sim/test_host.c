/* SPDX-License-Identifier: MIT */
/* The scripted host plays what its script says, and the deployments bear whatever it does. */
#include "plays.h"

#include <stdio.h>
#include <stdlib.h>

#include <codedeploy-sim/host.h>

enum { OWN_CODE = CDP_ERR_HOST_FIRST - 7, MOST_INSTANCES = 10 };

/* ---- plays on the scripted host ---- */

typedef struct company {
    production made;
    cdp_rollout_instance instances[MOST_INSTANCES];
    char names[MOST_INSTANCES][16];
    size_t count;
} company;

static cdp_string text_of(const char *text)
{
    return (cdp_string){text, text ? strlen(text) : 0};
}

static void engage(company *self, const play *tale)
{
    produce(&self->made, tale);
    self->count = tale->instances + tale->originals;
    assert_true(self->count <= MOST_INSTANCES);
    for (size_t i = 0; i < self->count; i++) {
        int original = i >= tale->instances;
        size_t number = original ? i - tale->instances + 1 : i + 1;

        (void)snprintf(self->names[i], sizeof self->names[i], "%s-%04d", original ? "blue" : "i",
                       (int)number);
        self->instances[i] = (cdp_rollout_instance){.size = sizeof self->instances[i],
                                                    .id = text_of(self->names[i]),
                                                    .instance_health = CDP_INSTANCE_HEALTHY,
                                                    .revision_health = CDP_REVISION_HEALTH_OLD,
                                                    .original = original};
    }
}

static cdp_status add_script(cdp_sim_host *host, const play *tale)
{
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < 6 && status == CDP_OK; i++) {
        const stage_rule *given = &tale->rules[i];
        cdp_sim_rule rule = {.size = sizeof rule,
                             .deployment = 1,
                             .kind = given->kind,
                             .target = text_of(given->target),
                             .event = text_of(given->event),
                             .after_ms = given->after_ms,
                             .outcome = given->outcome,
                             .never = !given->outcome,
                             .message = text_of(given->message)};

        if (!given->kind && !given->outcome)
            break;
        if (given->outcome == CDP_DEPLOYMENT_FAILED)
            rule.error = CDP_EVENT_ERROR_SCRIPT_FAILED;
        status = cdp_sim_host_add_rule(host, &rule);
    }
    for (size_t i = 0; i < 4 && tale->inputs[i].at_ms && status == CDP_OK; i++) {
        cdp_deployment_input given = tale->inputs[i].input;
        cdp_sim_input input = {
            .size = sizeof input, .at_ms = tale->inputs[i].at_ms, .input = &given};

        given.size = sizeof given;
        status = cdp_sim_host_add_input(host, &input);
    }
    return status;
}

static cdp_status open_host(const company *self, const cdp_allocator *allocator,
                            cdp_sim_host **host)
{
    cdp_sim_host_options options = {.size = sizeof options,
                                    .deployment = &self->made.options,
                                    .instances = self->instances,
                                    .instance_count = self->count};
    cdp_status status = cdp_sim_host_new(&options, allocator, NULL, host);

    if (status == CDP_OK)
        status = add_script(*host, self->made.play);
    return status;
}

static void release(company *self)
{
    strike(&self->made);
}

static cdp_deployment_status status_at(const cdp_sim_host *host, size_t index)
{
    return cdp_deployment_get_status(cdp_sim_host_deployment_at(host, index));
}

static const char *record(const cdp_sim_host *host, cdp_text *text)
{
    cdp_text_clear(text);
    assert_int_equal(cdp_sim_host_render(host, CDP_SIM_DETAIL_ACTIONS, text), CDP_OK);
    return cdp_text_string(text).data;
}

static void every_play_ends_as_on_the_stage(void **state)
{
    (void)state;
    for (size_t i = 0; i < play_count; i++) {
        company troupe;
        cdp_sim_host *host = NULL;
        cdp_text *text = NULL;

        engage(&troupe, &plays[i]);
        assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
        assert_int_equal(open_host(&troupe, NULL, &host), CDP_OK);
        assert_int_equal(cdp_sim_host_run(host, INT64_MAX), CDP_OK);
        if (status_at(host, 0) != plays[i].status)
            fail_msg("%s ends as %s\n%s", plays[i].name,
                     cdp_deployment_status_name(status_at(host, 0)), record(host, text));
        assert_int_equal(status_at(host, 1), plays[i].rollback);
        assert_int_equal(cdp_sim_host_deployment_count(host), plays[i].rollback ? 2 : 1);
        cdp_sim_host_free(host);
        cdp_text_free(text);
        release(&troupe);
    }
}

static void the_same_script_gives_the_same_record(void **state)
{
    (void)state;
    for (size_t i = 0; i < play_count; i++) {
        company troupe;
        cdp_sim_host *hosts[2] = {NULL, NULL};
        cdp_text *texts[2] = {NULL, NULL};

        engage(&troupe, &plays[i]);
        for (size_t n = 0; n < 2; n++) {
            assert_int_equal(cdp_text_new(NULL, &texts[n]), CDP_OK);
            assert_int_equal(open_host(&troupe, NULL, &hosts[n]), CDP_OK);
        }
        assert_int_equal(cdp_sim_host_run(hosts[0], INT64_MAX), CDP_OK);
        /* In small pieces it is the same. */
        for (int64_t until = 0; until < 2000; until += 50)
            assert_int_equal(cdp_sim_host_run(hosts[1], until), CDP_OK);
        assert_int_equal(cdp_sim_host_run(hosts[1], INT64_MAX), CDP_OK);
        assert_string_equal(record(hosts[0], texts[0]), record(hosts[1], texts[1]));
        for (size_t n = 0; n < 2; n++) {
            cdp_sim_host_free(hosts[n]);
            cdp_text_free(texts[n]);
        }
        release(&troupe);
    }
}

/* ---- the record ---- */

static const char expected[] =
#include "host-record.inc"
    ;

static const play *play_of(const char *name)
{
    for (size_t i = 0; i < play_count; i++) {
        if (strcmp(plays[i].name, name) == 0)
            return &plays[i];
    }
    fail_msg("there is no play %s", name);
    return NULL;
}

static void the_record_tells_what_happened(void **state)
{
    company troupe;
    cdp_sim_host *host = NULL;
    cdp_text *text = NULL;
    cdp_deployment_input stop = {.size = sizeof stop, .kind = CDP_DEPLOYMENT_INPUT_STOP};
    cdp_sim_input late = {.size = sizeof late, .at_ms = 400000, .deployment = 1, .input = &stop};
    size_t traffic = 0;

    (void)state;
    engage(&troupe, play_of("lambda-alarm"));
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(open_host(&troupe, NULL, &host), CDP_OK);
    assert_int_equal(cdp_sim_host_now(host), -1);
    assert_int_equal(cdp_sim_host_add_input(host, &late), CDP_OK);
    assert_int_equal(cdp_sim_host_run(host, INT64_MAX), CDP_OK);
    assert_int_equal(cdp_sim_host_now(host), 400000);
    assert_string_equal(record(host, text), expected);
    for (size_t i = 0; i < cdp_sim_host_entry_count(host); i++) {
        cdp_sim_entry entry = {.size = sizeof entry};

        assert_int_equal(cdp_sim_host_entry_at(host, i, &entry), CDP_OK);
        assert_int_equal(strlen(entry.sentence.data), entry.sentence.length);
        assert_true(entry.deployment < 2);
        if (entry.change == CDP_DEPLOYMENT_CHANGE_TRAFFIC)
            traffic++;
        if (entry.change == CDP_DEPLOYMENT_CHANGE_ALARM)
            assert_cdp_string(entry.name, "errors");
        if (entry.change == CDP_DEPLOYMENT_CHANGE_EVENT)
            assert_cdp_string(entry.target_id, "fn:live");
    }
    assert_true(traffic >= 4);
    cdp_sim_host_free(host);
    cdp_text_free(text);
    release(&troupe);
}

static void bad_scripts_are_refused(void **state)
{
    company troupe;
    cdp_sim_host *host = NULL;
    cdp_sim_entry entry = {.size = sizeof entry};
    cdp_sim_rule rule = {.size = sizeof rule, .after_ms = -1};
    cdp_deployment_input stop = {.size = sizeof stop, .kind = CDP_DEPLOYMENT_INPUT_STOP};
    cdp_sim_input input = {.size = sizeof input, .at_ms = -1, .input = &stop};
    struct {
        cdp_sim_rule rule;
        char tail;
    } newer = {.tail = 1};

    (void)state;
    engage(&troupe, play_of("lambda-canary"));
    assert_int_equal(cdp_sim_host_new(NULL, NULL, NULL, &host), CDP_ERR_ARGUMENT);
    assert_int_equal(open_host(&troupe, NULL, &host), CDP_OK);
    assert_int_equal(cdp_sim_host_add_rule(host, &rule), CDP_ERR_ARGUMENT);
    newer.rule.size = sizeof newer;
    assert_int_equal(cdp_sim_host_add_rule(host, &newer.rule), CDP_ERR_STRUCT);
    assert_int_equal(cdp_sim_host_add_input(host, &input), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_sim_host_add_alarm(host, 0, text_of("errors"), CDP_ALARM_STATE_UNKNOWN),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_sim_host_run(host, -1), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_sim_host_run(host, INT64_MAX), CDP_OK);
    input.at_ms = 0;
    assert_int_equal(cdp_sim_host_add_input(host, &input), CDP_ERR_TIME);
    assert_int_equal(cdp_sim_host_entry_at(host, SIZE_MAX, &entry), CDP_ERR_NOT_FOUND);
    assert_null(cdp_sim_host_deployment_at(host, 1));
    assert_string_equal(cdp_sim_entry_kind_name((cdp_sim_entry_kind)9), "unknown");
    cdp_sim_host_free(host);
    release(&troupe);
}

static void a_refused_start_is_written_down(void **state)
{
    static const char wanted[] =
        "d-AAAAAAAAA (Server, creator autoscaling)\n"
        "0:00:00.000   > Start is refused: A deployment for Auto Scaling goes to one instance, not "
        "to 4\n";
    company troupe;
    cdp_sim_host *host = NULL;
    cdp_text *text = NULL;
    cdp_sim_entry entry = {.size = sizeof entry};

    (void)state;
    engage(&troupe, play_of("in-place-fails"));
    troupe.made.options.creator = CDP_DEPLOYMENT_CREATOR_AUTOSCALING;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(open_host(&troupe, NULL, &host), CDP_OK);
    assert_int_equal(cdp_sim_host_run(host, INT64_MAX), CDP_OK);
    assert_int_equal(status_at(host, 0), CDP_DEPLOYMENT_STATUS_CREATED);
    assert_string_equal(record(host, text), wanted);
    assert_int_equal(cdp_sim_host_entry_at(host, 0, &entry), CDP_OK);
    assert_int_equal(entry.kind, CDP_SIM_ENTRY_REFUSED);
    assert_int_equal(entry.input, CDP_DEPLOYMENT_INPUT_START);
    cdp_sim_host_free(host);
    cdp_text_free(text);
    release(&troupe);
}

/* Whoever leaves must have been there. */
static void an_unknown_target_is_refused_by_name(void **state)
{
    company troupe;
    cdp_sim_host *host = NULL;
    cdp_text *text = NULL;
    cdp_deployment_input leaves = {.size = sizeof leaves, .kind = CDP_DEPLOYMENT_INPUT_LEFT};
    cdp_sim_input input = {.size = sizeof input, .target = text_of("i-9999"), .input = &leaves};

    (void)state;
    engage(&troupe, play_of("in-place-fails"));
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(open_host(&troupe, NULL, &host), CDP_OK);
    assert_int_equal(cdp_sim_host_add_input(host, &input), CDP_OK);
    assert_int_equal(cdp_sim_host_run(host, INT64_MAX), CDP_OK);
    assert_non_null(strstr(record(host, text),
                           "> i-9999 leaves is refused: there is no such target "
                           "(DeploymentTargetDoesNotExistException)\n"));
    cdp_sim_host_free(host);
    cdp_text_free(text);
    release(&troupe);
}

/* ---- torture ---- */

static void assert_sound(const cdp_sim_host *host, const play *tale, uint64_t at)
{
    for (size_t i = 0; i < cdp_sim_host_deployment_count(host); i++) {
        const cdp_deployment *deployment = cdp_sim_host_deployment_at(host, i);
        cdp_deployment_info info = {.size = sizeof info};

        assert_int_equal(cdp_deployment_get_info(deployment, &info), CDP_OK);
        if (!cdp_deployment_is_over(deployment))
            fail_msg("%s, fault at call %u: deployment %u stays %s", tale->name, (unsigned)at,
                     (unsigned)i + 1, cdp_deployment_status_name(info.status));
        assert_int_equal(info.weight + info.original_weight, 100);
        if (info.creator == CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK &&
            info.status == CDP_DEPLOYMENT_STATUS_SUCCEEDED)
            assert_int_equal(info.weight, 0);
        assert_int_equal(info.open_actions, 0);
    }
}

/* One run with a fault; how many calls there were. */
static uint64_t fail_call(const company *troupe, cdp_sim_fault fault)
{
    cdp_sim_host *host = NULL;
    uint64_t calls;

    assert_int_equal(open_host(troupe, NULL, &host), CDP_OK);
    assert_int_equal(cdp_sim_host_set_fault(host, &fault), CDP_OK);
    assert_int_equal(cdp_sim_host_run(host, INT64_MAX), CDP_OK);
    assert_sound(host, troupe->made.play, fault.at);
    calls = cdp_sim_host_call_count(host, fault.only_changes);
    cdp_sim_host_free(host);
    return calls;
}

static void every_callback_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < play_count; i++) {
        company troupe;

        engage(&troupe, &plays[i]);
        for (int forever = 0; forever < 2; forever++) {
            cdp_sim_fault fault = {.size = sizeof fault, .status = (cdp_status)OWN_CODE};

            fault.persistent = forever;
            do {
                fault.at++;
            } while (fail_call(&troupe, fault) >= fault.at && fault.at < 400);
        }
        release(&troupe);
    }
}

static cdp_status play_with(const cdp_allocator *allocator, void *context)
{
    cdp_sim_host *host = NULL;
    cdp_status status = open_host(context, allocator, &host);

    if (status == CDP_OK)
        status = cdp_sim_host_run(host, INT64_MAX);
    cdp_sim_host_free(host);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    static const char *const names[] = {"lambda-alarm", "in-place-fails"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        company troupe;

        engage(&troupe, play_of(names[i]));
        assert_true(test_fail_every_allocation(play_with, &troupe) > 10);
        release(&troupe);
    }
}

/* What takes as much longer as there are more instances takes a second; what looks at all the others for
 * each would not end in time. */
static void many_instances_are_played(void **state)
{
    enum { MANY = 60000 };
    cdp_rollout_instance *instances = calloc(MANY, sizeof *instances);
    char(*names)[16] = calloc(MANY, sizeof *names);
    cdp_sim_rule rule = {.size = sizeof rule, .after_ms = 1000};
    cdp_sim_host_options options = {.size = sizeof options, .instance_count = MANY};
    cdp_deployment_info info = {.size = sizeof info};
    cdp_sim_host *host = NULL;
    production made;

    (void)state;
    assert_non_null(instances);
    assert_non_null(names);
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(names[i], sizeof names[i], "i-%05d", (int)i);
        instances[i] = (cdp_rollout_instance){.size = sizeof *instances, .id = text_of(names[i])};
    }
    produce(&made, find_play("in-place"));
    assert_int_equal(cdp_config_find(text_of("CodeDeployDefault.AllAtOnce"), NULL, 0, NULL,
                                     &made.options.config),
                     CDP_OK);
    made.options.target_limit = MANY;
    options.deployment = &made.options;
    options.instances = instances;
    assert_int_equal(cdp_sim_host_new(&options, NULL, NULL, &host), CDP_OK);
    assert_int_equal(cdp_sim_host_add_rule(host, &rule), CDP_OK);
    assert_int_equal(cdp_sim_host_run(host, INT64_MAX), CDP_OK);
    assert_int_equal(cdp_deployment_get_info(cdp_sim_host_deployment_at(host, 0), &info), CDP_OK);
    assert_int_equal(info.status, CDP_DEPLOYMENT_STATUS_SUCCEEDED);
    assert_int_equal(info.succeeded, MANY);
    cdp_sim_host_free(host);
    strike(&made);
    free(names);
    free(instances);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_play_ends_as_on_the_stage),
        cmocka_unit_test(the_same_script_gives_the_same_record),
        cmocka_unit_test(the_record_tells_what_happened),
        cmocka_unit_test(bad_scripts_are_refused),
        cmocka_unit_test(a_refused_start_is_written_down),
        cmocka_unit_test(an_unknown_target_is_refused_by_name),
        cmocka_unit_test(every_callback_may_fail),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(many_instances_are_played),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
