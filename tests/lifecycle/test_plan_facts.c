/* SPDX-License-Identifier: MIT */
/* The rows of the reference on lifecycle events that concern plans, as a table of cases. */
#include "cases.h"

#include <stdio.h>

#include "base/strings.h"
#include "script.h"

/* ---------------------------------------------------------------------------------------------- */
/* 1: the vocabulary                                                                              */
/* ---------------------------------------------------------------------------------------------- */

typedef struct event_case {
    const char *name;
    const char *event;
    const char *platforms; /* of the plans that have it, each as often as it is scriptable: */
    const char *reserved;  /* where CodeDeploy does it itself */
} event_case;

static const event_case event_cases[] = {
    {"1.1 Start is a mark in diagrams only", "Start", "", ""},
    {"1.1 End is a mark in diagrams only", "End", "", ""},
    {"1.2 ApplicationStop", "ApplicationStop", "Server", ""},
    {"1.3 DownloadBundle", "DownloadBundle", "", "Server"},
    {"1.4 BeforeInstall", "BeforeInstall", "Server ECS", ""},
    {"1.4 AfterInstall", "AfterInstall", "Server ECS", ""},
    {"1.5 Install", "Install", "", "Server ECS"},
    {"1.6 ApplicationStart", "ApplicationStart", "Server", ""},
    {"1.6 ValidateService", "ValidateService", "Server", ""},
    {"1.7 BeforeBlockTraffic", "BeforeBlockTraffic", "Server", ""},
    {"1.7 AfterBlockTraffic", "AfterBlockTraffic", "Server", ""},
    {"1.8 BlockTraffic", "BlockTraffic", "", "Server"},
    {"1.9 BeforeAllowTraffic", "BeforeAllowTraffic", "Server Lambda ECS", ""},
    {"1.9 AfterAllowTraffic", "AfterAllowTraffic", "Server Lambda ECS", ""},
    {"1.10 AllowTraffic", "AllowTraffic", "", "Server Lambda ECS"},
    {"1.11 AllowTestTraffic", "AllowTestTraffic", "", "ECS"},
    {"1.11 TestTraffic is its label in diagrams only", "TestTraffic", "", ""},
    {"1.12 AfterAllowTestTraffic", "AfterAllowTestTraffic", "ECS", ""},
    {"4.6 TerminateBlueInstances is no event", "TerminateBlueInstances", "", ""},
};

static void add_word(char *words, size_t size, const char *word)
{
    size_t length = strlen(words);

    if (!strstr(words, word))
        snprintf(words + length, size - length, "%s%s", length ? " " : "", word);
}

static void event_is_known(void **state)
{
    const event_case *row = *state;
    char scriptable[32] = "";
    char reserved[32] = "";
    cdp_event event = CDP_EVENT_CUSTOM;
    bool known = row->platforms[0] || row->reserved[0];

    for (size_t i = 0; i < cdp_lifecycle_plan_standard_count(); i++) {
        const cdp_lifecycle_plan *plan = cdp_lifecycle_plan_standard_at(i);
        size_t index = cdp_lifecycle_plan_event_find(plan, cdp_string_of(row->event));
        cdp_lifecycle_event_info info = {.size = sizeof info};

        if (cdp_lifecycle_plan_event_at(plan, index, &info) != CDP_OK)
            continue;
        add_word(info.scriptable ? scriptable : reserved, sizeof scriptable,
                 cdp_platform_name(cdp_lifecycle_plan_platform(plan)));
        assert_string_equal(cdp_event_name(info.event), row->event);
    }
    assert_string_equal(scriptable, row->platforms);
    assert_string_equal(reserved, row->reserved);
    assert_int_equal(cdp_event_from_name(cdp_string_of(row->event), &event),
                     known ? CDP_OK : CDP_ERR_NOT_FOUND);
    assert_string_equal(cdp_event_name(event), known ? row->event : "unknown");
}

/* ---------------------------------------------------------------------------------------------- */
/* 2 to 4, 10, 12.1: the orders                                                                   */
/* ---------------------------------------------------------------------------------------------- */

typedef struct order_case {
    const char *name;
    const char *plan;
    const char *events;
} order_case;

#define IN_PLACE                                                                                   \
    "ApplicationStop DownloadBundle BeforeInstall Install AfterInstall ApplicationStart "          \
    "ValidateService"
#define BLOCK "BeforeBlockTraffic BlockTraffic AfterBlockTraffic"
#define ALLOW "BeforeAllowTraffic AllowTraffic AfterAllowTraffic"

static const order_case order_cases[] = {
    {"2.1 in-place with load balancer", "Server/in-place-load-balancer",
     BLOCK " " IN_PLACE " " ALLOW},
    {"2.2 in-place without load balancer", "Server/in-place", IN_PLACE},
    {"2.3 rollback of in-place", "Server/in-place-rollback", IN_PLACE},
    {"2.3 rollback of in-place with load balancer", "Server/in-place-rollback-load-balancer",
     BLOCK " " IN_PLACE " " ALLOW},
    {"2.4 blue/green, replacement", "Server/blue-green-replacement", IN_PLACE " READY_WAIT " ALLOW},
    {"2.5 blue/green, original", "Server/blue-green-original", BLOCK " TERMINATION_WAIT"},
    {"2.6 blue/green rollback, original", "Server/blue-green-rollback-original", ALLOW},
    {"2.7 blue/green rollback, replacement", "Server/blue-green-rollback-replacement", BLOCK},
    {"2.8 Auto Scaling launch", "Server/auto-scaling-launch", IN_PLACE " " ALLOW},
    {"2.9 Auto Scaling termination", "Server/auto-scaling-termination", BLOCK " ApplicationStop"},
    {"3.1 Lambda", "Lambda/blue-green", ALLOW},
    {"4.1 ECS with test listener", "ECS/test-listener",
     "BeforeInstall Install AfterInstall AllowTestTraffic AfterAllowTestTraffic READY_WAIT " ALLOW
     " TERMINATION_WAIT"},
    {"4.2 ECS without test listener", "ECS/blue-green",
     "BeforeInstall Install AfterInstall READY_WAIT " ALLOW " TERMINATION_WAIT"},
    {"4.3 the ready wait lies before production traffic", "ECS/test-listener",
     "BeforeInstall Install AfterInstall AllowTestTraffic AfterAllowTestTraffic READY_WAIT " ALLOW
     " TERMINATION_WAIT"},
    {"12.1 local", "Server/local",
     "BeforeBlockTraffic AfterBlockTraffic " IN_PLACE " BeforeAllowTraffic AfterAllowTraffic"},
};

/* Names and waits in a row; asserts that a wait is seen from both sides. */
static void put_order(const cdp_lifecycle_plan *plan, char *text, size_t size)
{
    cdp_wait_type before = CDP_WAIT_NONE;
    size_t length = 0;

    for (size_t i = 0; i < cdp_lifecycle_plan_event_count(plan); i++) {
        cdp_lifecycle_event_info info = {.size = sizeof info};

        assert_int_equal(cdp_lifecycle_plan_event_at(plan, i, &info), CDP_OK);
        assert_int_equal(info.wait_before, before);
        length += (size_t)snprintf(text + length, size - length, "%s%s%s%s", i ? " " : "",
                                   info.name.data, info.wait_after ? " " : "",
                                   info.wait_after ? cdp_wait_type_name(info.wait_after) : "");
        before = info.wait_after;
    }
}

static void order_is(void **state)
{
    const order_case *row = *state;
    char text[512] = "";

    put_order(script_plan(row->plan), text, sizeof text);
    assert_string_equal(text, row->events);
}

/* ---------------------------------------------------------------------------------------------- */
/* 5: whose script                                                                                */
/* ---------------------------------------------------------------------------------------------- */

typedef struct revision_case {
    const char *name;
    const char *plan;
    const char *event;
    cdp_deployment_creator creator;
    int has_archive;
    const char *revision;
} revision_case;

#define ROLLBACK CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK
#define USER CDP_DEPLOYMENT_CREATOR_USER

static const revision_case revision_cases[] = {
    {"5.1 BeforeBlockTraffic", "Server/in-place-load-balancer", "BeforeBlockTraffic", USER, 0,
     "last-successful"},
    {"5.1 AfterBlockTraffic", "Server/in-place-load-balancer", "AfterBlockTraffic", USER, 0,
     "last-successful"},
    {"5.1 AfterBlockTraffic, original", "Server/blue-green-original", "AfterBlockTraffic", USER, 0,
     "last-successful"},
    {"5.1 BeforeBlockTraffic, in-place rollback", "Server/in-place-rollback-load-balancer",
     "BeforeBlockTraffic", ROLLBACK, 0, "last-successful"},
    {"5.1 BeforeBlockTraffic, blue/green rollback", "Server/blue-green-rollback-replacement",
     "BeforeBlockTraffic", ROLLBACK, 0, "most-recent"},
    {"5.1 AfterBlockTraffic, blue/green rollback", "Server/blue-green-rollback-replacement",
     "AfterBlockTraffic", ROLLBACK, 0, "most-recent"},
    {"5.1 the scenario implies its creator", "Server/blue-green-rollback-replacement",
     "AfterBlockTraffic", (cdp_deployment_creator)0, 0, "most-recent"},
    {"5.1 a creator that is said wins", "Server/blue-green-rollback-replacement",
     "AfterBlockTraffic", USER, 0, "last-successful"},
    {"5.1 AfterBlockTraffic, blue/green by a rollback", "Server/blue-green-original",
     "AfterBlockTraffic", ROLLBACK, 0, "most-recent"},
    {"5.2 ApplicationStop", "Server/in-place", "ApplicationStop", USER, 0, "last-successful"},
    {"5.2 ApplicationStop, Auto Scaling", "Server/auto-scaling-termination", "ApplicationStop",
     CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION, 0, "last-successful"},
    {"5.2 ApplicationStop, blue/green by a rollback", "Server/blue-green-replacement",
     "ApplicationStop", ROLLBACK, 0, "last-successful"},
    {"5.3 BeforeInstall", "Server/in-place", "BeforeInstall", USER, 0, "current"},
    {"5.3 AfterInstall", "Server/in-place", "AfterInstall", USER, 0, "current"},
    {"5.3 ApplicationStart", "Server/in-place", "ApplicationStart", USER, 0, "current"},
    {"5.3 ValidateService", "Server/in-place", "ValidateService", USER, 0, "current"},
    {"5.3 ValidateService, blue/green by a rollback", "Server/blue-green-replacement",
     "ValidateService", ROLLBACK, 0, "current"},
    {"5.4 BeforeAllowTraffic", "Server/in-place-load-balancer", "BeforeAllowTraffic", USER, 0,
     "current"},
    {"5.4 AfterAllowTraffic", "Server/in-place-load-balancer", "AfterAllowTraffic", USER, 0,
     "current"},
    {"5.4 BeforeAllowTraffic, blue/green rollback", "Server/blue-green-rollback-original",
     "BeforeAllowTraffic", ROLLBACK, 0, "last-successful"},
    {"5.4 AfterAllowTraffic, blue/green rollback", "Server/blue-green-rollback-original",
     "AfterAllowTraffic", ROLLBACK, 0, "last-successful"},
    {"5.5 an archive that is there is used", "Server/in-place", "ApplicationStop", USER, 1,
     "current"},
    {"5.5 also in a blue/green rollback", "Server/blue-green-rollback-replacement",
     "BeforeBlockTraffic", ROLLBACK, 1, "current"},
    {"5.5 behind DownloadBundle there is one", "Server/blue-green-replacement", "AfterAllowTraffic",
     ROLLBACK, 0, "current"},
    {"5.10 BeforeInstall never takes the previous one", "Server/blue-green-replacement",
     "BeforeInstall", ROLLBACK, 0, "current"},
    {"1.3 DownloadBundle runs no script", "Server/in-place", "DownloadBundle", USER, 1, "none"},
    {"1.13 a function is the current AppSpec's", "Lambda/blue-green", "AfterAllowTraffic", ROLLBACK,
     0, "current"},
};

static void revision_is(void **state)
{
    const revision_case *row = *state;
    const cdp_lifecycle_plan *plan = script_plan(row->plan);
    size_t index = cdp_lifecycle_plan_event_find(plan, cdp_string_of(row->event));

    assert_true(index < cdp_lifecycle_plan_event_count(plan));
    assert_string_equal(cdp_revision_source_name(cdp_lifecycle_plan_revision(
                            plan, index, row->creator, row->has_archive)),
                        row->revision);
}

/* ---------------------------------------------------------------------------------------------- */
/* 2.13, 3.2, 6: limits, and 11: what can be answered by a rollback                               */
/* ---------------------------------------------------------------------------------------------- */

typedef struct limit_case {
    const char *name;
    const char *plan;
    const char *event; /* "*" for all but AllowTraffic */
    int64_t run_ms;
    int64_t start_ms;
} limit_case;

static const limit_case limit_cases[] = {
    {"2.13 AllowTraffic waits an hour for health", "Server/in-place-load-balancer", "AllowTraffic",
     3600000, 300000},
    {"3.2 AllowTraffic has time for the longest schedule", "Lambda/blue-green", "AllowTraffic",
     176400000, 300000},
    {"3.2 AllowTraffic on ECS, too", "ECS/test-listener", "AllowTraffic", 176400000, 300000},
    {"6.1 every event runs an hour at most", "Server/in-place-load-balancer", "*", 3600000, 300000},
    {"6.2 every event begins within five minutes", "Server/in-place", "*", 3600000, 300000},
    {"6.9 functions have an hour", "Lambda/blue-green", "*", 3600000, 300000},
    {"6.9 Install on ECS has an hour", "ECS/blue-green", "Install", 3600000, 300000},
    {"7.4 functions have an hour to answer", "ECS/test-listener", "AfterAllowTestTraffic", 3600000,
     300000},
    {"12.1 nothing limits local events", "Server/local", "*", 0, 0},
};

static void limit_is(void **state)
{
    const limit_case *row = *state;
    const cdp_lifecycle_plan *plan = script_plan(row->plan);
    size_t looked_at = 0;

    for (size_t i = 0; i < cdp_lifecycle_plan_event_count(plan); i++) {
        cdp_lifecycle_event_info info = {.size = sizeof info};

        assert_int_equal(cdp_lifecycle_plan_event_at(plan, i, &info), CDP_OK);
        if (row->event[0] == '*' ? info.event == CDP_EVENT_ALLOW_TRAFFIC
                                 : strcmp(info.name.data, row->event) != 0)
            continue;
        assert_int_equal(info.run_limit_ms, row->run_ms);
        assert_int_equal(info.start_limit_ms, row->start_ms);
        looked_at++;
    }
    assert_true(looked_at > 0);
}

typedef struct trait_case {
    const char *name;
    const char *plan;
    const char *events; /* a letter for each: y or n */
} trait_case;

static const trait_case rollback_cases[] = {
    {"11.1 Server: any event", "Server/in-place-load-balancer", "yyyyyyyyyyyyy"},
    {"11.1 Server: replacement", "Server/blue-green-replacement", "yyyyyyyyyy"},
    {"11.1 Server: original", "Server/blue-green-original", "yyy"},
    {"11.1 not a rollback", "Server/in-place-rollback", "nnnnnnn"},
    {"11.1 not a blue/green rollback", "Server/blue-green-rollback-original", "nnn"},
    {"11.1 not a launch", "Server/auto-scaling-launch", "nnnnnnnnnn"},
    {"11.1 not a termination", "Server/auto-scaling-termination", "nnnn"},
    {"11.1 not locally", "Server/local", "nnnnnnnnnnn"},
    {"11.2 ECS: not BeforeInstall", "ECS/test-listener", "nyyyyyyy"},
    {"11.3 Lambda: all", "Lambda/blue-green", "yyy"},
};

static const trait_case ignorable_cases[] = {
    {"8.4 ApplicationStop is covered", "Server/in-place", "ynnnnnn"},
    {"8.4 and the two around BlockTraffic", "Server/in-place-load-balancer", "ynyynnnnnnnnn"},
    {"8.4 no event of ECS", "ECS/test-listener", "nnnnnnnn"},
    {"12.5 no local event", "Server/local", "nnnnnnnnnnn"},
};

static void check_traits(const trait_case *row, bool rollback)
{
    const cdp_lifecycle_plan *plan = script_plan(row->plan);

    assert_int_equal(cdp_lifecycle_plan_event_count(plan), strlen(row->events));
    for (size_t i = 0; i < strlen(row->events); i++) {
        cdp_lifecycle_event_info info = {.size = sizeof info};

        assert_int_equal(cdp_lifecycle_plan_event_at(plan, i, &info), CDP_OK);
        assert_int_equal(rollback ? info.may_roll_back : info.ignorable, row->events[i] == 'y');
    }
}

static void may_roll_back(void **state)
{
    check_traits(*state, true);
}

static void is_ignorable(void **state)
{
    check_traits(*state, false);
}

/* ---------------------------------------------------------------------------------------------- */
/* 12: what codedeploy-local runs                                                                 */
/* ---------------------------------------------------------------------------------------------- */

typedef struct local_case {
    const char *name;
    const char *events;
    const char *hooks;    /* NULL: not known */
    const char *expected; /* the order, or the names of the findings behind a colon */
} local_case;

static const local_case local_cases[] = {
    {"12.1 nothing named", "", NULL,
     "BeforeBlockTraffic AfterBlockTraffic " IN_PLACE " BeforeAllowTraffic AfterAllowTraffic"},
    {"12.2 both are put in front", "AfterInstall", NULL, "DownloadBundle Install AfterInstall"},
    {"12.2 DownloadBundle is put in front", "BeforeInstall,Install", NULL,
     "DownloadBundle BeforeInstall Install"},
    {"12.2 Install is put in front, and changes places", "ApplicationStop,DownloadBundle", NULL,
     "DownloadBundle ApplicationStop Install"},
    {"12.2 nothing is missing", "ApplicationStop,DownloadBundle,Install,ApplicationStart", NULL,
     "ApplicationStop DownloadBundle Install ApplicationStart"},
    {"12.2 any order behind both", "DownloadBundle,Install,AfterAllowTraffic,ApplicationStop", NULL,
     "DownloadBundle Install AfterAllowTraffic ApplicationStop"},
    {"12.2 a repeated event runs twice", "ApplicationStart,ApplicationStart", NULL,
     "DownloadBundle Install ApplicationStart ApplicationStart:local-event-repeated"},
    {"12.3 BeforeBlockTraffic may precede", "BeforeBlockTraffic,DownloadBundle,Install", NULL,
     "BeforeBlockTraffic DownloadBundle Install"},
    {"12.3 AfterBlockTraffic may precede", "AfterBlockTraffic,DownloadBundle,Install", NULL,
     "AfterBlockTraffic DownloadBundle Install"},
    {"12.3 Install before DownloadBundle", "Install,DownloadBundle", NULL,
     ":local-event-before-download"},
    {"12.3 BeforeInstall before DownloadBundle", "BeforeInstall,DownloadBundle", NULL,
     ":local-event-before-download"},
    {"12.3 AfterInstall before DownloadBundle", "AfterInstall,DownloadBundle", NULL,
     ":local-event-before-download"},
    {"12.3 a name of one's own before DownloadBundle", "Mine,DownloadBundle", "Mine",
     ":local-event-before-download"},
    {"12.3 ApplicationStart before Install", "ApplicationStart,Install", NULL,
     ":local-event-before-install"},
    {"12.3 ValidateService before Install", "ValidateService,Install", NULL,
     ":local-event-before-install"},
    {"12.3 BeforeAllowTraffic before Install", "BeforeAllowTraffic,Install", NULL,
     ":local-event-before-install"},
    {"12.3 AfterAllowTraffic before Install", "AfterAllowTraffic,Install", NULL,
     ":local-event-before-install"},
    {"12.3 AfterInstall before both", "AfterInstall,DownloadBundle,Install", NULL,
     ":local-event-before-download local-event-before-install"},
    {"12.3 a name of one's own before Install", "Mine,Install", "Mine",
     "DownloadBundle Mine Install"},
    {"12.3 ApplicationStop before Install", "ApplicationStop,Install", NULL,
     "DownloadBundle ApplicationStop Install"},
    {"12.4 ApplicationStop alone", "ApplicationStop", NULL,
     "DownloadBundle Install ApplicationStop"},
    {"12.7 a hook that no event runs", "", "AfterInstall Custom", ":local-hook-unknown"},
    {"12.7 a hook that is misspelt", "", "AfterInstal", ":local-hook-misspelt"},
    {"12.7 a hook that is named", "Custom", "Custom AfterInstall", "DownloadBundle Install Custom"},
    {"12.7 a hook that only the service runs", "", "BlockTraffic", ":local-hook-unknown"},
    {"12.7 a name without hook", "Custom", "AfterInstall", ":local-event-not-hooked"},
    {"12.7 a usual name needs no hook", "ApplicationStart", "",
     "DownloadBundle Install ApplicationStart"},
    {"12.7 hooks that are not known are not checked", "Custom", NULL,
     "DownloadBundle Install Custom"},
    {"12.7 a name like no event's", "custom,Ok,,X", NULL,
     ":local-event-name local-event-name local-event-name"},
};

static size_t split(const char *text, char separator, cdp_string *parts)
{
    size_t count = 0;

    while (*text) {
        const char *end = strchr(text, separator);
        size_t length = end ? (size_t)(end - text) : strlen(text);

        parts[count++] = cdp_string_slice(text, length);
        text += length + (end != NULL);
    }
    return count;
}

static void put_findings(const cdp_diagnostics *diagnostics, char *text, size_t size)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < cdp_diagnostics_count(diagnostics); i++) {
        cdp_diagnostic found = {.size = sizeof found};
        cdp_diagnostic_info info = {.size = sizeof info};

        assert_int_equal(cdp_diagnostics_at(diagnostics, i, &found), CDP_OK);
        assert_int_equal(cdp_diagnostic_info_get(found.code, &info), CDP_OK);
        length += (size_t)snprintf(text + length, size - length, "%c%s", i ? ' ' : ':', info.name);
    }
}

static void local_order_is(void **state)
{
    const local_case *row = *state;
    cdp_string events[16];
    cdp_string hooks[16];
    cdp_lifecycle_local local = {.size = sizeof local, .events = events, .hooks = hooks};
    cdp_lifecycle_plan *plan = NULL;
    cdp_diagnostics *diagnostics;
    char text[512] = "";
    cdp_status status;

    local.event_count = split(row->events, ',', events);
    local.has_hooks = row->hooks != NULL;
    local.hook_count = row->hooks ? split(row->hooks, ' ', hooks) : 0;
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    status = cdp_lifecycle_plan_new_local(&local, NULL, diagnostics, &plan);
    assert_int_equal(status, row->expected[0] == ':' ? CDP_ERR_INVALID : CDP_OK);
    if (status == CDP_OK)
        put_order(plan, text, sizeof text);
    put_findings(diagnostics, text, sizeof text);
    assert_string_equal(text, row->expected);
    cdp_diagnostics_free(diagnostics);
    cdp_lifecycle_plan_free(plan);
}

/* 12.4: because it stands behind DownloadBundle. */
static void local_stop_takes_the_new_revision(void **state)
{
    cdp_string events[] = {CDP_LITERAL("ApplicationStop")};
    cdp_lifecycle_local local = {.size = sizeof local, .events = events, .event_count = 1};
    cdp_lifecycle_plan *plan;

    (void)state;
    assert_int_equal(cdp_lifecycle_plan_new_local(&local, NULL, NULL, &plan), CDP_OK);
    assert_int_equal(cdp_lifecycle_plan_revision(plan, 2, USER, 0), CDP_REVISION_CURRENT);
    cdp_lifecycle_plan_free(plan);
}

static const struct {
    const char *name;
} stop_cases[] = {{"12.4 its script is the new revision's"}};

int main(void)
{
    int failed = 0;

    failed += CASES("event_cases", event_is_known, event_cases);
    failed += CASES("order_cases", order_is, order_cases);
    failed += CASES("revision_cases", revision_is, revision_cases);
    failed += CASES("limit_cases", limit_is, limit_cases);
    failed += CASES("rollback_cases", may_roll_back, rollback_cases);
    failed += CASES("ignorable_cases", is_ignorable, ignorable_cases);
    failed += CASES("local_cases", local_order_is, local_cases);
    failed += CASES("stop_cases", local_stop_takes_the_new_revision, stop_cases);
    return failed;
}
