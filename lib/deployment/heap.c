/* SPDX-License-Identifier: MIT */
/* Targets by what is due first: a binary heap of those that have a deadline. */
#include "deployment/books.h"

static int64_t slot_deadline(const cdp_slot *slot)
{
    return slot->token ? slot->deadline_ms : INT64_MAX;
}

int64_t cdp_target_deadline(const cdp_deployment *deployment, uint32_t target)
{
    int64_t machine = cdp_machine_deadline(cdp_machine_of(deployment, target));
    int64_t slot = slot_deadline(&deployment->members[target].slot);

    return machine < slot ? machine : slot;
}

/* What is due at the same time goes by the number of the target. */
static bool comes_before(const cdp_deployment *deployment, uint32_t a, uint32_t b)
{
    int64_t first = cdp_target_deadline(deployment, a);
    int64_t second = cdp_target_deadline(deployment, b);

    return first < second || (first == second && a < b);
}

static void place(cdp_deployment *deployment, size_t at, uint32_t target)
{
    deployment->heap[at] = target;
    deployment->members[target].heap_at = (uint32_t)at;
}

static void sift_up(cdp_deployment *deployment, size_t at)
{
    uint32_t target = deployment->heap[at];

    while (at > 0 && comes_before(deployment, target, deployment->heap[(at - 1) / 2])) {
        place(deployment, at, deployment->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(deployment, at, target);
}

static void sift_down(cdp_deployment *deployment, size_t at)
{
    uint32_t target = deployment->heap[at];

    for (;;) {
        size_t child = 2 * at + 1;

        if (child >= deployment->heap_count)
            break;
        if (child + 1 < deployment->heap_count &&
            comes_before(deployment, deployment->heap[child + 1], deployment->heap[child]))
            child++;
        if (!comes_before(deployment, deployment->heap[child], target))
            break;
        place(deployment, at, deployment->heap[child]);
        at = child;
    }
    place(deployment, at, target);
}

static void take_out(cdp_deployment *deployment, uint32_t target)
{
    size_t at = deployment->members[target].heap_at;
    uint32_t last = deployment->heap[--deployment->heap_count];

    deployment->members[target].heap_at = CDP_DEPLOYMENT_NO_TARGET;
    if (last == target)
        return;
    place(deployment, at, last);
    sift_up(deployment, at);
    sift_down(deployment, deployment->members[last].heap_at);
}

void cdp_heap_update(cdp_deployment *deployment, uint32_t target)
{
    bool due = cdp_target_deadline(deployment, target) < INT64_MAX;
    size_t at = deployment->members[target].heap_at;

    if (at == CDP_DEPLOYMENT_NO_TARGET) {
        if (!due)
            return;
        at = deployment->heap_count++;
        deployment->heap[at] = target;
    } else if (!due) {
        take_out(deployment, target);
        return;
    }
    sift_up(deployment, at);
    sift_down(deployment, deployment->members[target].heap_at);
}

uint32_t cdp_heap_first(const cdp_deployment *deployment)
{
    return deployment->heap_count ? deployment->heap[0] : CDP_DEPLOYMENT_NO_TARGET;
}

void cdp_heap_rebuild(cdp_deployment *deployment)
{
    deployment->heap_count = 0;
    for (uint32_t i = 0; i < deployment->member_count; i++) {
        deployment->members[i].heap_at = CDP_DEPLOYMENT_NO_TARGET;
        cdp_heap_update(deployment, i);
    }
}
