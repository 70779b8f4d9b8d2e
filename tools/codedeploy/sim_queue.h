/* SPDX-License-Identifier: MIT */
#ifndef SIM_QUEUE_H
#define SIM_QUEUE_H

/* What comes next on a virtual clock: a heap of results to come. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct sim_event {
    int64_t time_ms;
    uint32_t position; /* of the start in the order of starts; decides between equal times */
    uint32_t instance : 31;
    uint32_t fails : 1;
} sim_event;

typedef struct sim_queue {
    sim_event *events;
    size_t count;
    size_t capacity;
} sim_queue;

/* False when there is no memory. */
bool sim_queue_push(sim_queue *queue, sim_event event);
/* NULL when there is none; valid until the queue changes. */
const sim_event *sim_queue_first(const sim_queue *queue);
void sim_queue_pop(sim_queue *queue);
void sim_queue_free(sim_queue *queue);

#endif
