/* SPDX-License-Identifier: MIT */
#include "oracle.h"

/* -1 stands for all zones. */
static bool is_in(const world *w, int i, int zone)
{
    return zone < 0 || w->zone[i] == zone;
}

static int count(const world *w, int zone, progress what)
{
    int found = 0;

    for (int i = 0; i < w->n; i++)
        found += is_in(w, i, zone) && w->did[i] == what;
    return found;
}

static int fleet(const world *w, int zone)
{
    return count(w, zone, UNTRIED) + count(w, zone, TRYING) + count(w, zone, WORKED) +
           count(w, zone, BROKE);
}

/*
 * "If the number of healthy instances cannot be above the minimum any more while instances remain,
 * the deployment stops." The most that can be healthy: those that are now, those at work that come
 * back as they were, and the unhealthy ones that may still be mended.
 */
static int best_case(const world *w, int zone)
{
    int healthy_now = 0;
    int at_work = 0;
    int mendable = 0;

    for (int i = 0; i < w->n; i++) {
        bool was_healthy = !w->sick[i] && !w->rerouting;

        if (!is_in(w, i, zone))
            continue;
        if (w->did[i] == WORKED || (w->did[i] == UNTRIED && was_healthy))
            healthy_now++;
        else if (w->did[i] == TRYING)
            at_work++;
        else if (w->did[i] == UNTRIED)
            mendable++;
    }
    return healthy_now + at_work + mendable;
}

judgement oracle_begin(const world *w)
{
    if (w->n == 0 || w->minimum >= w->n)
        return IMPOSSIBLE;
    for (int zone = 0; zone < 2 && w->zonal; zone++) {
        if (fleet(w, zone) > 0 && w->zone_minimum[zone] >= fleet(w, zone))
            return IMPOSSIBLE;
    }
    return GOES_ON;
}

static bool must_stop(const world *w, int zone, int minimum)
{
    return count(w, zone, BROKE) > 0 && count(w, zone, UNTRIED) > 0 &&
           best_case(w, zone) <= minimum;
}

static bool is_done(const world *w, int zone)
{
    return count(w, zone, UNTRIED) + count(w, zone, TRYING) == 0;
}

judgement oracle_judge(const world *w)
{
    int good = count(w, -1, WORKED);

    if (must_stop(w, -1, w->minimum))
        return BAD;
    for (int zone = 0; zone < 2 && w->zonal; zone++) {
        if (must_stop(w, zone, w->zone_minimum[zone]))
            return BAD;
        if (fleet(w, zone) > 0 && is_done(w, zone) &&
            count(w, zone, WORKED) < w->zone_minimum[zone])
            return BAD;
    }
    if (!is_done(w, -1))
        return GOES_ON;
    return good >= w->minimum && good >= 1 ? GOOD : BAD;
}

int oracle_serving(const world *w)
{
    int serving = 0;

    for (int i = 0; i < w->n; i++)
        serving += w->did[i] == WORKED || (w->did[i] == UNTRIED && !w->sick[i] && !w->rerouting);
    return serving;
}

static int serving_in(const world *w, int zone)
{
    int serving = 0;

    for (int i = 0; i < w->n; i++)
        serving +=
            w->zone[i] == zone && (w->did[i] == WORKED || (w->did[i] == UNTRIED && !w->sick[i]));
    return serving;
}

static int most_at_once(int instances, int minimum)
{
    return instances - minimum > 1 ? instances - minimum : 1;
}

bool oracle_may_begin(const world *w, int i)
{
    int zone = w->zone[i];

    if (w->did[i] != UNTRIED || count(w, -1, TRYING) >= most_at_once(w->n + w->lost, w->minimum))
        return false;
    if (w->zonal && count(w, zone, TRYING) >= most_at_once(fleet(w, zone), w->zone_minimum[zone]))
        return false;
    if (w->rerouting || w->sick[i])
        return true;
    for (int other = 0; other < w->n; other++) {
        if (w->sick[other] && (w->did[other] == TRYING || (w->did[other] == UNTRIED && !w->zonal)))
            return false;
    }
    if (w->zonal && serving_in(w, zone) - 1 < w->zone_minimum[zone])
        return false;
    return oracle_serving(w) - 1 >= w->minimum;
}
