/* SPDX-License-Identifier: MIT */
#include "sim_queue.h"

#include <stdlib.h>

static bool is_before(const sim_event *a, const sim_event *b)
{
    return a->time_ms != b->time_ms ? a->time_ms < b->time_ms : a->position < b->position;
}

bool sim_queue_push(sim_queue *queue, sim_event event)
{
    size_t at = queue->count;

    if (queue->count == queue->capacity) {
        size_t wanted = queue->capacity ? queue->capacity * 2 : 64;
        sim_event *grown = realloc(queue->events, wanted * sizeof *grown);

        if (!grown)
            return false;
        queue->events = grown;
        queue->capacity = wanted;
    }
    for (; at > 0 && is_before(&event, &queue->events[(at - 1) / 2]); at = (at - 1) / 2)
        queue->events[at] = queue->events[(at - 1) / 2];
    queue->events[at] = event;
    queue->count++;
    return true;
}

const sim_event *sim_queue_first(const sim_queue *queue)
{
    return queue->count ? &queue->events[0] : NULL;
}

void sim_queue_pop(sim_queue *queue)
{
    sim_event last = queue->events[--queue->count];
    size_t at = 0;

    for (;;) {
        size_t child = at * 2 + 1;

        if (child >= queue->count)
            break;
        if (child + 1 < queue->count && is_before(&queue->events[child + 1], &queue->events[child]))
            child++;
        if (!is_before(&queue->events[child], &last))
            break;
        queue->events[at] = queue->events[child];
        at = child;
    }
    queue->events[at] = last;
}

void sim_queue_free(sim_queue *queue)
{
    free(queue->events);
    *queue = (sim_queue){NULL, 0, 0};
}
