/* SPDX-License-Identifier: MIT */
/* Every play: how it ends, that it ends alike when it is interrupted at any point, and that its
 * inputs repeat it. */
#include "plays.h"

#include "cases.h"

static void check_end(const stage *scene, const play *tale)
{
    cdp_deployment_info info = {.size = sizeof info};

    assert_int_equal(cdp_deployment_get_info(scene->deployment, &info), CDP_OK);
    if (info.status != tale->status || info.error_code != tale->code)
        fail_msg("%s: %s (%s)\n%s", tale->name, cdp_deployment_status_name(info.status),
                 cdp_error_code_name(info.error_code), stage_log(scene));
    assert_true(cdp_deployment_is_over(scene->deployment));
    assert_int_equal(info.open_actions, 0);
    assert_int_equal(info.weight + info.original_weight, 100);
    assert_int_equal(info.rollback_wanted && scene->action_counts[CDP_DEPLOYMENT_ACTION_ROLL_BACK],
                     tale->rollback != 0);
    assert_int_equal(cdp_deployment_next_deadline(scene->deployment), INT64_MAX);
}

/* Carries the automatic rollback out, with a host that does everything well. */
static void roll_back(const stage *failed, const production *made)
{
    static const stage_rule all = {0, NULL, NULL, CDP_DEPLOYMENT_DONE, 100, NULL};
    cdp_deployment_options options = {.size = sizeof options, .id = {"d-RRRRRRRRR", 11}};
    cdp_deployment_info info = {.size = sizeof info};
    cdp_rollback_plan *plan = NULL;
    cdp_deployment *rollback = NULL;
    stage *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    if (made->play->platform == CDP_PLATFORM_SERVER)
        options.appspec = made->appspec;
    assert_int_equal(cdp_deployment_plan_rollback(failed->deployment, 0, (cdp_string){NULL, 0},
                                                  NULL, NULL, &plan),
                     CDP_OK);
    assert_int_equal(
        cdp_deployment_new_rollback(failed->deployment, plan, &options, NULL, NULL, &rollback),
        CDP_OK);
    cdp_rollback_plan_free(plan);
    stage_init(scene, rollback);
    scene->rules = &all;
    scene->rule_count = 1;
    stage_start(scene, failed->now);
    assert_int_equal(cdp_deployment_get_info(scene->deployment, &info), CDP_OK);
    if (info.status != made->play->rollback)
        fail_msg("%s, rollback: %s\n%s\n%s", made->play->name,
                 cdp_deployment_status_name(info.status), stage_log(failed), stage_log(scene));
    /* After a completed rollback all traffic is on the original. */
    assert_int_equal(info.weight, 0);
    assert_int_equal(info.test_weight, 0);
    assert_int_equal(info.creator, CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK);
    assert_int_equal(info.rollback_triggering_id.length, 11);
    assert_int_equal(scene->action_counts[CDP_DEPLOYMENT_ACTION_ROLL_BACK], 0);
    cdp_deployment_free(scene->deployment);
    stage_release(scene);
    free(scene);
}

static void ends_as_it_should(void **state)
{
    const play *tale = *state;
    production made;
    stage *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    produce(&made, tale);
    set_stage(scene, &made, cast(&made));
    stage_start(scene, 0);
    check_end(scene, tale);
    if (tale->rollback)
        roll_back(scene, &made);
    cdp_deployment_free(scene->deployment);
    stage_release(scene);
    strike(&made);
    free(scene);
}

static void goes_on_after_any_interruption(void **state)
{
    const play *tale = *state;
    production made;
    stage *plain = calloc(1, sizeof *plain);
    stage *interrupted = calloc(1, sizeof *interrupted);

    assert_true(plain && interrupted);
    produce(&made, tale);
    set_stage(plain, &made, cast(&made));
    stage_start(plain, 0);
    set_stage(interrupted, &made, cast(&made));
    interrupted->restores_with = &made.options;
    stage_start(interrupted, 0);
    assert_string_equal(stage_log(interrupted), stage_log(plain));
    assert_memory_equal(interrupted->action_counts, plain->action_counts,
                        sizeof plain->action_counts);
    check_end(interrupted, tale);
    cdp_deployment_free(plain->deployment);
    cdp_deployment_free(interrupted->deployment);
    stage_release(plain);
    stage_release(interrupted);
    strike(&made);
    free(plain);
    free(interrupted);
}

/* The changes of a replayed line, as the stage writes them. */
static void write_replayed(stage *scene, const char *line, size_t length)
{
    cdp_deployment_action action = {.size = sizeof action};
    size_t count;

    assert_int_equal(cdp_deployment_replay(scene->deployment, line, length, NULL), CDP_OK);
    count = cdp_deployment_change_count(scene->deployment);
    for (size_t i = 0; i < count; i++) {
        cdp_deployment_change change = {.size = sizeof change};
        cdp_text *text = scene->log;

        assert_int_equal(cdp_deployment_change_at(scene->deployment, i, &change), CDP_OK);
        assert_int_equal(cdp_deployment_render_change(scene->deployment, &change, text), CDP_OK);
        assert_int_equal(cdp_text_append(text, "\n", 1), CDP_OK);
    }
    while (cdp_deployment_next_action(scene->deployment, &action) == CDP_OK)
        ;
}

static void is_repeated_by_its_inputs(void **state)
{
    const play *tale = *state;
    production made;
    stage *plain = calloc(1, sizeof *plain);
    stage *again = calloc(1, sizeof *again);
    cdp_text *inputs = NULL;
    cdp_text *first = NULL;
    cdp_text *second = NULL;
    const char *line;

    assert_true(plain && again);
    assert_int_equal(cdp_text_new(NULL, &inputs), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &first), CDP_OK);
    assert_int_equal(cdp_text_new(NULL, &second), CDP_OK);
    produce(&made, tale);
    set_stage(plain, &made, cast(&made));
    plain->inputs_written = inputs;
    stage_start(plain, 0);
    set_stage(again, &made, cast(&made));
    for (line = cdp_text_string(inputs).data; *line; line = strchr(line, '\n') + 1)
        write_replayed(again, line, (size_t)(strchr(line, '\n') - line));
    /* Not only the same story: the same state, byte for byte. */
    assert_int_equal(cdp_deployment_snapshot(plain->deployment, first), CDP_OK);
    assert_int_equal(cdp_deployment_snapshot(again->deployment, second), CDP_OK);
    assert_string_equal(cdp_text_string(first).data, cdp_text_string(second).data);
    cdp_deployment_free(plain->deployment);
    cdp_deployment_free(again->deployment);
    stage_release(plain);
    stage_release(again);
    cdp_text_free(inputs);
    cdp_text_free(first);
    cdp_text_free(second);
    strike(&made);
    free(plain);
    free(again);
}

int main(void)
{
    return run_cases("end", ends_as_it_should, plays, play_count, sizeof *plays) +
           run_cases("interrupted", goes_on_after_any_interruption, plays, play_count,
                     sizeof *plays) +
           run_cases("repeated", is_repeated_by_its_inputs, plays, play_count, sizeof *plays);
}
