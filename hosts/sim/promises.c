/* SPDX-License-Identifier: MIT */
/* The answers that were promised, by when they are due: a binary heap. */
#include "host.h"

static bool comes_before(const sim_promise *a, const sim_promise *b)
{
    return a->at_ms < b->at_ms || (a->at_ms == b->at_ms && a->order < b->order);
}

cdp_status sim_promises_add(cdp_sim_host *host, const sim_promise *promise)
{
    sim_promise own = *promise;
    sim_promise *heap;
    size_t at;

    if (!sim_add(host, &host->promises, sizeof *heap))
        return CDP_ERR_NOMEM;
    heap = host->promises.items;
    own.order = host->promised++;
    for (at = host->promises.count - 1; at > 0 && comes_before(&own, &heap[(at - 1) / 2]);
         at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = own;
    return CDP_OK;
}

const sim_promise *sim_promises_first(const cdp_sim_host *host)
{
    return host->promises.count ? host->promises.items : NULL;
}

void sim_promises_remove_first(cdp_sim_host *host)
{
    sim_promise *heap = host->promises.items;
    size_t count = --host->promises.count;
    size_t at = 0;
    size_t child;

    while ((child = 2 * at + 1) < count) {
        if (child + 1 < count && comes_before(&heap[child + 1], &heap[child]))
            child++;
        if (!comes_before(&heap[child], &heap[count]))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = heap[count];
}
