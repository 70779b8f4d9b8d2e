/* SPDX-License-Identifier: MIT */
/* The events and their orders, as the user guide gives them: data only. */
#include "base/strings.h"
#include "lifecycle/plan.h"

#define START_LIMIT ((int64_t)5 * 60 * 1000)
#define RUN_LIMIT ((int64_t)3600 * 1000)
/* The longest schedule takes 2880 minutes, and what carries it out as long as any event may. */
#define SHIFT_LIMIT ((int64_t)2880 * 60 * 1000 + RUN_LIMIT)

/* clang-format off */

enum {
    NONE = CDP_REVISION_NONE,
    CURRENT = CDP_REVISION_CURRENT,
    LAST_SUCCESSFUL = CDP_REVISION_LAST_SUCCESSFUL,
    MOST_RECENT = CDP_REVISION_MOST_RECENT
};

#define ROW(name, event, scriptable, ignorable, too_early, revision, by_rollback, run_limit)       \
    [event] = {CDP_LITERAL(name), event, scriptable, ignorable, too_early, revision, by_rollback,  \
               run_limit, START_LIMIT}
#define HOOK(name, event, revision, by_rollback)                                                   \
    ROW(name, event, true, false, false, revision, by_rollback, RUN_LIMIT)
#define IGNORABLE_HOOK(name, event, revision, by_rollback)                                         \
    ROW(name, event, true, true, false, revision, by_rollback, RUN_LIMIT)
#define EARLY_HOOK(name, event, revision, by_rollback)                                             \
    ROW(name, event, true, false, true, revision, by_rollback, RUN_LIMIT)
#define RESERVED(name, event, run_limit)                                                           \
    ROW(name, event, false, false, false, NONE, NONE, run_limit)

/* The last column: a blue/green deployment that a rollback has made. (hook_executor.rb) */
const cdp_event_traits cdp_server_events[] = {
    IGNORABLE_HOOK("ApplicationStop", CDP_EVENT_APPLICATION_STOP, LAST_SUCCESSFUL, LAST_SUCCESSFUL),
    RESERVED("DownloadBundle", CDP_EVENT_DOWNLOAD_BUNDLE, RUN_LIMIT),
    HOOK("BeforeInstall", CDP_EVENT_BEFORE_INSTALL, CURRENT, CURRENT),
    RESERVED("Install", CDP_EVENT_INSTALL, RUN_LIMIT),
    HOOK("AfterInstall", CDP_EVENT_AFTER_INSTALL, CURRENT, CURRENT),
    HOOK("ApplicationStart", CDP_EVENT_APPLICATION_START, CURRENT, CURRENT),
    HOOK("ValidateService", CDP_EVENT_VALIDATE_SERVICE, CURRENT, CURRENT),
    IGNORABLE_HOOK("BeforeBlockTraffic", CDP_EVENT_BEFORE_BLOCK_TRAFFIC, LAST_SUCCESSFUL, MOST_RECENT),
    RESERVED("BlockTraffic", CDP_EVENT_BLOCK_TRAFFIC, RUN_LIMIT),
    IGNORABLE_HOOK("AfterBlockTraffic", CDP_EVENT_AFTER_BLOCK_TRAFFIC, LAST_SUCCESSFUL, MOST_RECENT),
    HOOK("BeforeAllowTraffic", CDP_EVENT_BEFORE_ALLOW_TRAFFIC, CURRENT, LAST_SUCCESSFUL),
    RESERVED("AllowTraffic", CDP_EVENT_ALLOW_TRAFFIC, RUN_LIMIT),
    HOOK("AfterAllowTraffic", CDP_EVENT_AFTER_ALLOW_TRAFFIC, CURRENT, LAST_SUCCESSFUL),
};

/* ECS, and the last three Lambda: a hook is a function that the AppSpec at hand names. */
static const cdp_event_traits shift_events[] = {
    EARLY_HOOK("BeforeInstall", CDP_EVENT_BEFORE_INSTALL, CURRENT, CURRENT),
    RESERVED("Install", CDP_EVENT_INSTALL, RUN_LIMIT),
    HOOK("AfterInstall", CDP_EVENT_AFTER_INSTALL, CURRENT, CURRENT),
    RESERVED("AllowTestTraffic", CDP_EVENT_ALLOW_TEST_TRAFFIC, RUN_LIMIT),
    HOOK("AfterAllowTestTraffic", CDP_EVENT_AFTER_ALLOW_TEST_TRAFFIC, CURRENT, CURRENT),
    HOOK("BeforeAllowTraffic", CDP_EVENT_BEFORE_ALLOW_TRAFFIC, CURRENT, CURRENT),
    RESERVED("AllowTraffic", CDP_EVENT_ALLOW_TRAFFIC, SHIFT_LIMIT),
    HOOK("AfterAllowTraffic", CDP_EVENT_AFTER_ALLOW_TRAFFIC, CURRENT, CURRENT),
};

static const cdp_plan_step in_place[] = {
    {CDP_EVENT_APPLICATION_STOP, 0},
    {CDP_EVENT_DOWNLOAD_BUNDLE, 0},
    {CDP_EVENT_BEFORE_INSTALL, 0},
    {CDP_EVENT_INSTALL, 0},
    {CDP_EVENT_AFTER_INSTALL, 0},
    {CDP_EVENT_APPLICATION_START, 0},
    {CDP_EVENT_VALIDATE_SERVICE, 0},
};

static const cdp_plan_step in_place_load_balancer[] = {
    {CDP_EVENT_BEFORE_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_AFTER_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_APPLICATION_STOP, 0},
    {CDP_EVENT_DOWNLOAD_BUNDLE, 0},
    {CDP_EVENT_BEFORE_INSTALL, 0},
    {CDP_EVENT_INSTALL, 0},
    {CDP_EVENT_AFTER_INSTALL, 0},
    {CDP_EVENT_APPLICATION_START, 0},
    {CDP_EVENT_VALIDATE_SERVICE, 0},
    {CDP_EVENT_BEFORE_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_AFTER_ALLOW_TRAFFIC, 0},
};

static const cdp_plan_step blue_green_replacement[] = {
    {CDP_EVENT_APPLICATION_STOP, 0},
    {CDP_EVENT_DOWNLOAD_BUNDLE, 0},
    {CDP_EVENT_BEFORE_INSTALL, 0},
    {CDP_EVENT_INSTALL, 0},
    {CDP_EVENT_AFTER_INSTALL, 0},
    {CDP_EVENT_APPLICATION_START, 0},
    {CDP_EVENT_VALIDATE_SERVICE, CDP_WAIT_READY},
    {CDP_EVENT_BEFORE_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_AFTER_ALLOW_TRAFFIC, 0},
};

static const cdp_plan_step auto_scaling_launch[] = {
    {CDP_EVENT_APPLICATION_STOP, 0},
    {CDP_EVENT_DOWNLOAD_BUNDLE, 0},
    {CDP_EVENT_BEFORE_INSTALL, 0},
    {CDP_EVENT_INSTALL, 0},
    {CDP_EVENT_AFTER_INSTALL, 0},
    {CDP_EVENT_APPLICATION_START, 0},
    {CDP_EVENT_VALIDATE_SERVICE, 0},
    {CDP_EVENT_BEFORE_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_AFTER_ALLOW_TRAFFIC, 0},
};

static const cdp_plan_step auto_scaling_termination[] = {
    {CDP_EVENT_BEFORE_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_AFTER_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_APPLICATION_STOP, 0},
};

static const cdp_plan_step block_and_wait[] = {
    {CDP_EVENT_BEFORE_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_AFTER_BLOCK_TRAFFIC, CDP_WAIT_TERMINATION},
};

static const cdp_plan_step block[] = {
    {CDP_EVENT_BEFORE_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_AFTER_BLOCK_TRAFFIC, 0},
};

static const cdp_plan_step allow[] = {
    {CDP_EVENT_BEFORE_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_AFTER_ALLOW_TRAFFIC, 0},
};

/* in_place_load_balancer without what a load balancer does. (deployer.rb) */
static const cdp_plan_step local[] = {
    {CDP_EVENT_BEFORE_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_AFTER_BLOCK_TRAFFIC, 0},
    {CDP_EVENT_APPLICATION_STOP, 0},
    {CDP_EVENT_DOWNLOAD_BUNDLE, 0},
    {CDP_EVENT_BEFORE_INSTALL, 0},
    {CDP_EVENT_INSTALL, 0},
    {CDP_EVENT_AFTER_INSTALL, 0},
    {CDP_EVENT_APPLICATION_START, 0},
    {CDP_EVENT_VALIDATE_SERVICE, 0},
    {CDP_EVENT_BEFORE_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_AFTER_ALLOW_TRAFFIC, 0},
};

static const cdp_plan_step ecs[] = {
    {CDP_EVENT_BEFORE_INSTALL, 0},
    {CDP_EVENT_INSTALL, 0},
    {CDP_EVENT_AFTER_INSTALL, CDP_WAIT_READY},
    {CDP_EVENT_BEFORE_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_AFTER_ALLOW_TRAFFIC, CDP_WAIT_TERMINATION},
};

static const cdp_plan_step ecs_test_listener[] = {
    {CDP_EVENT_BEFORE_INSTALL, 0},
    {CDP_EVENT_INSTALL, 0},
    {CDP_EVENT_AFTER_INSTALL, 0},
    {CDP_EVENT_ALLOW_TEST_TRAFFIC, 0},
    {CDP_EVENT_AFTER_ALLOW_TEST_TRAFFIC, CDP_WAIT_READY},
    {CDP_EVENT_BEFORE_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_ALLOW_TRAFFIC, 0},
    {CDP_EVENT_AFTER_ALLOW_TRAFFIC, CDP_WAIT_TERMINATION},
};

#define PLAN(platform, traits, scenario, flags, steps)                                             \
    {CDP_PLATFORM_##platform, CDP_SCENARIO_##scenario, flags, sizeof steps / sizeof *steps, traits, \
     steps, {0}, 0}
#define SERVER(scenario, flags, steps) PLAN(SERVER, cdp_server_events, scenario, flags, steps)

/* The default of each platform comes first. */
const cdp_lifecycle_plan cdp_standard_plans[] = {
    SERVER(IN_PLACE, CDP_PLAN_ROLLS_BACK, in_place),
    SERVER(IN_PLACE_LOAD_BALANCER, CDP_PLAN_ROLLS_BACK, in_place_load_balancer),
    SERVER(IN_PLACE_ROLLBACK, CDP_PLAN_ROLLBACK, in_place),
    SERVER(IN_PLACE_ROLLBACK_LOAD_BALANCER, CDP_PLAN_ROLLBACK, in_place_load_balancer),
    SERVER(BLUE_GREEN_REPLACEMENT, CDP_PLAN_BLUE_GREEN | CDP_PLAN_ROLLS_BACK, blue_green_replacement),
    SERVER(BLUE_GREEN_ORIGINAL, CDP_PLAN_BLUE_GREEN | CDP_PLAN_ROLLS_BACK, block_and_wait),
    SERVER(BLUE_GREEN_ROLLBACK_ORIGINAL, CDP_PLAN_BLUE_GREEN | CDP_PLAN_ROLLBACK, allow),
    SERVER(BLUE_GREEN_ROLLBACK_REPLACEMENT, CDP_PLAN_BLUE_GREEN | CDP_PLAN_ROLLBACK, block),
    SERVER(AUTO_SCALING_LAUNCH, 0, auto_scaling_launch),
    SERVER(AUTO_SCALING_TERMINATION, 0, auto_scaling_termination),
    SERVER(LOCAL, CDP_PLAN_LOCAL, local),
    PLAN(LAMBDA, shift_events, BLUE_GREEN, CDP_PLAN_BLUE_GREEN | CDP_PLAN_ROLLS_BACK, allow),
    PLAN(ECS, shift_events, BLUE_GREEN, CDP_PLAN_BLUE_GREEN | CDP_PLAN_ROLLS_BACK, ecs),
    PLAN(ECS, shift_events, TEST_LISTENER, CDP_PLAN_BLUE_GREEN | CDP_PLAN_ROLLS_BACK, ecs_test_listener),
};

const size_t cdp_standard_plan_count = sizeof cdp_standard_plans / sizeof *cdp_standard_plans;
