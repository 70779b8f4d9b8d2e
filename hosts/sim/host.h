/* SPDX-License-Identifier: MIT */
#ifndef SIM_HOST_H
#define SIM_HOST_H

/* The scripted host: what it plays from, and what it has played. */

#include <stdbool.h>

#include <codedeploy-sim/host.h>

/* Items of one type, one behind the other. */
typedef struct sim_list {
    void *items;
    size_t count;
    size_t capacity;
} sim_list;

/* A block of memory that goes with the host. */
typedef struct sim_block {
    void *bytes;
    size_t size;
} sim_block;

typedef struct sim_rule {
    cdp_sim_rule rule;
    uint32_t met; /* how many actions it applied to, its `nth` aside */
} sim_rule;

typedef struct sim_arrival {
    int64_t at_ms;
    uint32_t deployment;
    cdp_string target;
    cdp_deployment_input input;
    cdp_rollout_instance instance;
} sim_arrival;

typedef struct sim_alarm {
    int64_t at_ms;
    cdp_string name;
    cdp_alarm_state state;
} sim_alarm;

/* An answer that was promised. */
typedef struct sim_promise {
    int64_t at_ms;
    uint64_t order; /* of those for one time, the one that was given first is kept first */
    uint32_t part;
    uint64_t token;
    cdp_sim_rule rule; /* its outcome, error, code and message; the strings are the host's */
} sim_promise;

typedef struct sim_note {
    cdp_sim_entry entry; /* without strings */
    size_t sentence_at;
    size_t sentence_length;
    size_t name_at; /* of an alarm */
    size_t name_length;
} sim_note;

/* One deployment that is played. */
typedef struct sim_part {
    cdp_sim_host *host;
    cdp_deployment *deployment;
    uint32_t index;
    bool started;
} sim_part;

struct cdp_sim_host {
    cdp_allocator allocator;
    cdp_deployment_options deployment;
    cdp_sim_host_options options;
    int64_t now;
    sim_part parts[CDP_SIM_HOST_MAX_DEPLOYMENTS];
    char ids[CDP_SIM_HOST_MAX_DEPLOYMENTS][16];
    uint32_t part_count;
    sim_list rules; /* sim_rule */
    /* sim_arrival, by time; those before `arrived` are in. */
    sim_list arrivals;
    size_t arrived;
    sim_list alarms;   /* sim_alarm */
    sim_list promises; /* sim_promise, a heap: the next one first */
    uint64_t promised;
    sim_list notes;  /* sim_note */
    sim_list blocks; /* sim_block */
    cdp_text *said;
    cdp_sim_fault fault;
    uint64_t calls;
    uint64_t changes;
    /* The first thing that went wrong with the host itself; ends the play. */
    cdp_status broken;
};

/* host.c */

/* Reads a caller's struct as <codedeploy/base.h> says; writes into one. */
cdp_status sim_read_struct(void *own, size_t own_bytes, const void *given);
cdp_status sim_write_struct(void *given, const void *own, size_t own_bytes);
/* Room for one more item behind the others, already counted; NULL when there is no memory. */
void *sim_add(cdp_sim_host *host, sim_list *list, size_t item_bytes);
/* Memory and copies that live as long as the host. */
void *sim_block_new(cdp_sim_host *host, size_t bytes);
cdp_status sim_keep(cdp_sim_host *host, cdp_string given, cdp_string *kept);
cdp_status sim_keep_instance(cdp_sim_host *host, const cdp_rollout_instance *given,
                             cdp_rollout_instance *kept);
/* Adds a deployment that was made; the host owns it when this succeeds. */
cdp_status sim_add_part(cdp_sim_host *host, cdp_deployment *deployment);
/* The id of the next deployment to be made. */
cdp_string sim_next_id(cdp_sim_host *host);

/* promises.c */

/* CDP_OK or CDP_ERR_NOMEM. */
cdp_status sim_promises_add(cdp_sim_host *host, const sim_promise *promise);
/* NULL when there is none. */
const sim_promise *sim_promises_first(const cdp_sim_host *host);
void sim_promises_remove_first(cdp_sim_host *host);

/* host_calls.c */

extern const cdp_host sim_callbacks;

/* host_record.c */

void sim_note_change(cdp_sim_host *host, uint32_t part, const cdp_deployment_change *change);
/* `how` is what comes of it: "done after 100 ms". */
void sim_note_action(cdp_sim_host *host, uint32_t part, const cdp_deployment_action *action,
                     const char *how);
/* Returns the number of the entry; what it is refused for is added when that is known. */
size_t sim_note_input(cdp_sim_host *host, uint32_t part, const sim_arrival *arrival);
/* `exception` is the API's for it, or NULL. */
void sim_note_refusal(cdp_sim_host *host, size_t number, cdp_string why, const char *exception);

#endif
