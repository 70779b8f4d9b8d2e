/* SPDX-License-Identifier: MIT */
/*
 * Every situation of a small world: platform and type, cause, status, creator, stop flag,
 * configuration, wait in vain, past, and what has become of traffic and targets. Whether there is a
 * rollback is told by a table of patterns that was written from the rules and not from the code; the
 * steps and targets are written down with each fleet.
 */
#include "situation.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"

/* -- the world -------------------------------------------------------------------------------- */

/* What has become of traffic and targets, and what a rollback then does: steps in order, `a` allow,
 * `b` block, `d` redeploy, `t` traffic, `l` test listener, `x` remove the replacement. */
typedef struct fleet {
    char platform;     /* I: in place, B: blue/green on Server, L: Lambda, E: ECS */
    const char *words; /* for situation_read() */
    char installed;    /* 1: a replacement task set is there */
    char gone;         /* 1: nothing to go back to */
    char work;         /* 1: in place, there is an instance to go back */
    char moved;        /* 1: traffic has moved, so nobody can have waited in vain */
    char split;        /* 1: a part of it */
    const char *automatic;
    const char *manual;
} fleet;

#define ENDED "events=ApplicationStop,DownloadBundle,BeforeInstall,Install,AfterInstall"
#define BLUE "original had-traffic "
#define BLOCKED "events=BeforeBlockTraffic,BlockTraffic,AfterBlockTraffic;"

static const fleet fleets[] = {
    {'I', "target i healthy good current", '1', '0', '0', '0', '0', "", "d i"},
    {'I', "", '1', '0', '0', '0', '0', "", "d"},
    {'I', "target i begun good healthy", '1', '0', '1', '0', '0', "d i", "d i"},
    {'I', "target i healthy; target j healthy good", '1', '0', '1', '0', '0', "d i", "d i j"},
    {'I', "target j good; target i healthy status=Succeeded " ENDED "; target k healthy good gone",
     '1', '0', '1', '0', '0', "d j i", "d j i"},
    {'B', "", '1', '0', '1', '0', '0', "", "d"},
    {'B', "target b traffic " BLUE "; target g " ENDED, '1', '0', '1', '0', '0', "", "d b b"},
    {'B', "target b traffic " BLUE "; target g traffic; target h", '1', '0', '1', '1', '0', "b g",
     "d b b g"},
    {'B', "target b traffic " BLUE "; target c " BLUE BLOCKED "target g traffic; target h traffic",
     '1', '0', '1', '1', '0', "a c b g h", "d b b g h"},
    {'B', "target b " BLUE BLOCKED "target g traffic", '1', '0', '1', '1', '0', "a b b g", "d b g"},
    {'B', "target b gone " BLUE BLOCKED "target g traffic", '1', '1', '1', '1', '0', "", "d b g"},
    {'B', "original-gone; target g traffic", '1', '1', '1', '1', '0', "", "d b g"},
    {'B', "target b gone " BLUE BLOCKED "target c " BLUE BLOCKED "target g traffic", '1', '1', '1',
     '1', '0', "", "d b g"},
    {'L', "", '1', '0', '1', '0', '0', "", "d"},
    {'L', "weight 10; target f", '1', '0', '1', '1', '1', "t f", "d f"},
    {'L', "weight 100; target f", '1', '0', '1', '1', '0', "t f", "d f"},
    {'L', "weight 10; original-gone", '1', '1', '1', '1', '1', "", "d"},
    {'E', "", '0', '0', '1', '0', '0', "", "d"},
    {'E', "target s events=BeforeInstall~", '0', '0', '1', '0', '0', "", "d s"},
    {'E', "failed BeforeInstall; target s events=BeforeInstall!", '0', '0', '1', '0', '0', "",
     "d s"},
    {'E', "target s events=BeforeInstall,Install~", '1', '0', '1', '0', '0', "x s", "d s"},
    {'E', "replacement", '1', '0', '1', '0', '0', "x", "d"},
    {'E', "replacement; test-listener; test-traffic; target s", '1', '0', '1', '0', '0', "l s x s",
     "d s"},
    {'E', "replacement; weight 10; test-traffic; target s", '1', '0', '1', '1', '1', "t s l s x s",
     "d s"},
    {'E', "replacement; weight 100; target s", '1', '0', '1', '1', '0', "t s x s", "d s"},
    {'E', "replacement; weight 100; original-gone; target s", '1', '1', '1', '1', '0', "", "d s"},
};
enum { FLEETS = sizeof fleets / sizeof *fleets };

typedef struct past {
    const char *words;
    const char *good; /* the deployment whose revision comes back, or NULL */
} past;

static const past pasts[] = {
    {"", NULL},
    {"past p status=Failed; past q status=Stopped; past d-1; past r creator=autoscaling;", NULL},
    {"past p;", "p"},
    {"past p; past q; past r status=Failed; past s creator=autoscalingTermination;", "q"},
    {"past p; past q creator=codeDeployRollback; past d-1;", "q"},
};
enum { PASTS = sizeof pasts / sizeof *pasts };

/* What is configured: 0, or bits of the causes; the last one is switched off. */
static const uint32_t configured[] = {0, 2, 4, 8, 14, 14};
enum { CONFIGURED = sizeof configured / sizeof *configured };

typedef struct world {
    const fleet *fleet;
    const past *past;
    cdp_rollback_cause cause;
    cdp_deployment_status status;
    cdp_deployment_creator creator;
    cdp_rollback_stop_flag stop;
    int enabled;
    uint32_t events;
    int ready_expired;
} world;

/* -- the oracle ------------------------------------------------------------------------------- */

/*
 * A letter for each property, `.` for any. The first row that fits tells.
 *
 *    platform   I in place  B blue/green  L Lambda  E ECS
 *    cause      F failure   A alarm  R request  M manual
 *    status     P it runs   S Succeeded   D Failed or Stopped
 *    creator    u a user or CodeDeploy   c CloudFormation   r a rollback   a Auto Scaling
 *    waited     in vain, 0 or 1
 *    stop       y asked   n declined   - not said
 *    set        configured for the cause, 0 or 1
 *    installed, good revision, originals gone, work to do, split: 0 or 1
 */
static const struct {
    const char *pattern;
    const char *refusal;
} table[] = {
    {".MP.........", "active"},
    {"LM.........1", "split-alias"},
    {".M......0...", "no-earlier-revision"},
    {".M..........", "none"},
    {"..S.........", "succeeded"},
    {"...c........", "cloudformation"},
    {"...r........", "is-rollback"},
    {"...a........", "auto-scaling"},
    {"....1.......", "ready-expired"},
    {".....n......", "declined"},
    {".....-0.....", "not-configured"},
    {"E......0....", "nothing-installed"},
    {"I.......0...", "no-earlier-revision"},
    {"B.......0...", "no-earlier-revision"},
    {".........1..", "original-gone"},
    {"I.........0.", "not-started"},
    {"............", "none"},
};
enum { ROWS = sizeof table / sizeof *table, PROPERTIES = 12 };

static size_t row_hits[ROWS];

static char creator_letter(cdp_deployment_creator creator)
{
    switch (creator) {
    case CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION:
    case CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION_ROLLBACK:
        return 'c';
    case CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK:
        return 'r';
    case CDP_DEPLOYMENT_CREATOR_AUTOSCALING:
    case CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION:
        return 'a';
    default:
        return 'u';
    }
}

static void letters_of(const world *w, char letters[PROPERTIES + 1])
{
    letters[0] = w->fleet->platform;
    letters[1] = " FARM"[w->cause];
    letters[2] =
        w->status == CDP_DEPLOYMENT_STATUS_SUCCEEDED ? 'S'
        : w->status == CDP_DEPLOYMENT_STATUS_FAILED || w->status == CDP_DEPLOYMENT_STATUS_STOPPED
            ? 'D'
            : 'P';
    letters[3] = creator_letter(w->creator);
    letters[4] = w->ready_expired ? '1' : '0';
    letters[5] = "-yn"[w->stop];
    letters[6] = w->enabled && w->events >> w->cause & 1 ? '1' : '0';
    letters[7] = w->fleet->installed;
    letters[8] = w->past->good ? '1' : '0';
    letters[9] = w->fleet->gone;
    letters[10] = w->fleet->work;
    letters[11] = w->fleet->split;
    letters[PROPERTIES] = '\0';
}

static const char *oracle(const char *letters)
{
    for (size_t row = 0; row < ROWS; row++) {
        size_t i = 0;

        while (i < PROPERTIES &&
               (table[row].pattern[i] == '.' || table[row].pattern[i] == letters[i]))
            i++;
        if (i == PROPERTIES) {
            row_hits[row]++;
            return table[row].refusal;
        }
    }
    return "?";
}

/* What cannot be: only then no plan is made. */
static bool is_contradiction(const world *w)
{
    bool manual = w->cause == CDP_ROLLBACK_CAUSE_MANUAL;
    bool failure = w->cause == CDP_ROLLBACK_CAUSE_FAILURE;

    if (w->stop && w->cause != CDP_ROLLBACK_CAUSE_REQUEST)
        return true;
    if (w->ready_expired &&
        (w->fleet->moved == '1' || w->fleet->platform == 'I' || w->fleet->platform == 'L'))
        return true;
    if (w->status == CDP_DEPLOYMENT_STATUS_STOPPED)
        return failure && !w->ready_expired;
    return w->status == CDP_DEPLOYMENT_STATUS_FAILED && !failure && !manual;
}

/* -- comparing -------------------------------------------------------------------------------- */

static size_t plans;
static size_t contradictions;

static char step_letter(cdp_rollback_step_kind kind)
{
    return " tlabxd"[kind];
}

static void put_steps(const cdp_rollback_plan *plan, char *steps, size_t room)
{
    size_t used = 0;

    *steps = '\0';
    for (size_t i = 0; i < cdp_rollback_plan_step_count(plan); i++) {
        cdp_rollback_step step = {.size = sizeof step};

        assert_int_equal(cdp_rollback_plan_step_at(plan, i, &step), CDP_OK);
        used += (size_t)snprintf(steps + used, room - used, "%s%c", used ? " " : "",
                                 step_letter(step.kind));
        for (size_t j = 0; j < step.target_count; j++) {
            cdp_rollback_plan_target target = {.size = sizeof target};

            assert_int_equal(cdp_rollback_plan_target_at(plan, step.first_target + j, &target),
                             CDP_OK);
            used += (size_t)snprintf(steps + used, room - used, " %s", target.id.data);
        }
    }
}

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_msg("%s: %s '%s'", letters, #condition, w->fleet->words);                         \
    } while (0)

static void check_info(const world *w, const char *letters, const cdp_rollback_plan_info *info)
{
    bool manual = letters[1] == 'M';
    const char *good = w->past->good;

    CHECK(info->possible == (info->refusal == CDP_ROLLBACK_REFUSAL_NONE));
    CHECK(info->wanted == (manual || letters[5] == 'y' ||
                           (letters[5] == '-' && letters[6] == '1' && letters[4] == '0')));
    CHECK(info->creator ==
          (manual ? CDP_DEPLOYMENT_CREATOR_USER : CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK));
    CHECK(good ? cdp_string_equal_c(info->source_id, good) : !info->source_id.data);
    CHECK((info->revision != NULL) == (good != NULL));
    CHECK(info->triggering_status == (manual              ? 0
                                      : letters[1] == 'F' ? CDP_DEPLOYMENT_STATUS_FAILED
                                                          : CDP_DEPLOYMENT_STATUS_STOPPED));
    CHECK((info->kind == CDP_ROLLBACK_KIND_NONE) == !info->possible);
    if (info->possible)
        CHECK((info->kind == CDP_ROLLBACK_KIND_REDEPLOY) == (manual || letters[0] == 'I'));
    CHECK((info->weight_after < 0) == (letters[0] == 'I' || letters[0] == 'B'));
    if (info->possible && info->weight_after >= 0)
        CHECK(info->weight_after == (manual ? 100 : 0));
    if (!info->possible)
        CHECK(info->weight_after == info->weight_before);
}

static void compare(const world *w, const situation *s)
{
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_rollback_plan *plan = NULL;
    char letters[PROPERTIES + 1];
    char steps[256];
    cdp_status status = cdp_rollback_plan_new(&s->it, NULL, NULL, &plan);
    const char *expected;

    letters_of(w, letters);
    if (is_contradiction(w)) {
        contradictions++;
        CHECK(status == CDP_ERR_INVALID);
        return;
    }
    plans++;
    CHECK(status == CDP_OK);
    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    expected = oracle(letters);
    if (strcmp(cdp_rollback_refusal_name(info.refusal), expected) != 0)
        fail_msg("%s '%s': %s, expected %s", letters, w->fleet->words,
                 cdp_rollback_refusal_name(info.refusal), expected);
    check_info(w, letters, &info);
    put_steps(plan, steps, sizeof steps);
    expected = !info.possible ? "" : letters[1] == 'M' ? w->fleet->manual : w->fleet->automatic;
    if (strcmp(steps, expected) != 0)
        fail_msg("%s '%s': '%s', expected '%s'", letters, w->fleet->words, steps, expected);
    CHECK(cdp_rollback_plan_target_count(plan) == (info.possible ? s->it.target_count : 0));
    cdp_rollback_plan_free(plan);
}

/* -- going through ---------------------------------------------------------------------------- */

static void write_words(const world *w, char *words, size_t room)
{
    char platform = w->fleet->platform;

    snprintf(words, room, "platform %s; type %s; id d-1; %s %s",
             platform == 'L'   ? "lambda"
             : platform == 'E' ? "ecs"
                               : "server",
             platform == 'I' ? "in-place" : "blue-green", w->past->words, w->fleet->words);
}

static void all_creators(world *w, situation *s)
{
    for (int creator = CDP_DEPLOYMENT_CREATOR_USER;
         creator <= CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION; creator++) {
        w->creator = s->it.creator = (cdp_deployment_creator)creator;
        for (int stop = 0; stop < 3; stop++) {
            w->stop = s->it.stop_flag = (cdp_rollback_stop_flag)stop;
            for (size_t i = 0; i < CONFIGURED; i++) {
                w->enabled = s->it.auto_rollback_enabled = i + 1 < CONFIGURED;
                w->events = s->it.auto_rollback_events = configured[i];
                compare(w, s);
            }
        }
    }
}

static void all_causes(world *w, situation *s)
{
    static const cdp_deployment_status statuses[] = {
        CDP_DEPLOYMENT_STATUS_CREATED, CDP_DEPLOYMENT_STATUS_IN_PROGRESS,
        CDP_DEPLOYMENT_STATUS_READY,   CDP_DEPLOYMENT_STATUS_SUCCEEDED,
        CDP_DEPLOYMENT_STATUS_FAILED,  CDP_DEPLOYMENT_STATUS_STOPPED};

    for (int cause = CDP_ROLLBACK_CAUSE_FAILURE; cause <= CDP_ROLLBACK_CAUSE_MANUAL; cause++) {
        w->cause = s->it.cause = (cdp_rollback_cause)cause;
        for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
            w->status = s->it.status = statuses[i];
            for (int ready = 0; ready < 2; ready++) {
                w->ready_expired = s->it.ready_expired = ready;
                all_creators(w, s);
            }
        }
    }
}

int main(void)
{
    world w = {0};
    char words[2048];
    static situation s;

    for (size_t i = 0; i < FLEETS; i++) {
        for (size_t j = 0; j < PASTS; j++) {
            w.fleet = &fleets[i];
            w.past = &pasts[j];
            write_words(&w, words, sizeof words);
            situation_read(&s, words);
            all_causes(&w, &s);
        }
    }
    for (size_t row = 0; row < ROWS; row++) {
        if (row_hits[row] == 0) {
            printf("no situation is of %s (%s)\n", table[row].pattern, table[row].refusal);
            return 1;
        }
    }
    printf("%zu plans, %zu contradictions\n", plans, contradictions);
    return 0;
}
