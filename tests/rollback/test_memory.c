/* SPDX-License-Identifier: MIT */
/* Every allocation fails in turn. */
#include "situation.h"

#include "cases.h"

#include "base/strings.h"

typedef struct memory_case {
    const char *name;
    const char *words;
    cdp_status expected;
} memory_case;

#define PAST "id d-1; auto failure,alarm; past d-0;"

static const memory_case cases[] = {
    {"in place",
     "platform server; cause failure; behavior OVERWRITE; compatible; revision x;" PAST
     "target i-3 good healthy zone=a; target i-1 zone=b "
     "events=ApplicationStop,DownloadBundle,BeforeInstall,Install!; target i-2 gone;"
     "file /a overwritten; file /b created; file /c by-script earlier; file /d retained",
     CDP_OK},
    {"blue/green",
     "platform server; type blue-green; cause alarm;" PAST
     "target b original had-traffic events=BlockTraffic; target c original had-traffic gone;"
     "target g traffic events=Install,AllowTraffic",
     CDP_OK},
    {"ECS", "platform ecs; cause alarm; replacement; weight 10; test-traffic; target s;" PAST,
     CDP_OK},
    {"Lambda, by hand",
     "platform lambda; cause manual; status Failed; target f; "
     "config CodeDeployDefault.LambdaLinear10PercentEvery1Minute;" PAST,
     CDP_OK},
    {"no rollback", "platform lambda; cause request; weight 10; target f;" PAST, CDP_OK},
    {"contradictions", "platform server; cause failure; weight 7; target i; target i;" PAST,
     CDP_ERR_INVALID},
};

static cdp_status plan_and_write(const cdp_allocator *allocator, void *context)
{
    const situation *s = context;
    cdp_rollback_plan *plan = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_text *text = NULL;
    cdp_status status = cdp_text_new(allocator, &text);

    if (status == CDP_OK)
        status = cdp_diagnostics_new(allocator, NULL, &diagnostics);
    if (status == CDP_OK)
        status = cdp_text_append(text, "before", 6);
    if (status == CDP_OK) {
        status = cdp_rollback_plan_new(&s->it, allocator, diagnostics, &plan);
        assert_int_equal(plan != NULL, status == CDP_OK);
    }
    if (status == CDP_OK)
        status = cdp_rollback_plan_write(plan, 2, text);
    if (status == CDP_OK)
        status = cdp_rollback_plan_render(plan, text);
    else if (text)
        assert_true(cdp_text_string(text).length <= 6);
    if (status == CDP_OK)
        status = cdp_rollback_plan_write_message(plan, CDP_ROLLBACK_RECORD_TRIGGERING,
                                                 CDP_STR("d-2"), text);
    cdp_rollback_plan_free(plan);
    cdp_diagnostics_free(diagnostics);
    cdp_text_free(text);
    /* What the situation deserves is no failure here. */
    return status == CDP_ERR_INVALID ? CDP_OK : status;
}

static void torture(void **state)
{
    const memory_case *it = *state;
    cdp_rollback_plan *plan = NULL;
    situation s;

    situation_read(&s, it->words);
    assert_int_equal(cdp_rollback_plan_new(&s.it, NULL, NULL, &plan), it->expected);
    cdp_rollback_plan_free(plan);
    assert_true(test_fail_every_allocation(plan_and_write, &s) > 5);
    situation_free(&s);
}

int main(void)
{
    return CASES("memory", torture, cases);
}
