/* SPDX-License-Identifier: MIT */
/* The scripted host as an object: made, given its script, freed. */
#include "host.h"

#include <stdio.h>
#include <string.h>

#include "store.h"

cdp_status sim_read_struct(void *own, size_t own_bytes, const void *given)
{
    size_t bytes;

    if (!given)
        return CDP_ERR_ARGUMENT;
    memcpy(&bytes, given, sizeof bytes);
    if (bytes <= sizeof bytes || bytes > 4096)
        return CDP_ERR_STRUCT;
    for (size_t i = own_bytes; i < bytes; i++) {
        if (((const char *)given)[i])
            return CDP_ERR_STRUCT;
    }
    memset(own, 0, own_bytes);
    memcpy(own, given, bytes < own_bytes ? bytes : own_bytes);
    memcpy(own, &own_bytes, sizeof own_bytes);
    return CDP_OK;
}

cdp_status sim_write_struct(void *given, const void *own, size_t own_bytes)
{
    size_t bytes;

    memcpy(&bytes, given, sizeof bytes);
    if (bytes <= sizeof bytes || bytes > 4096)
        return CDP_ERR_STRUCT;
    memset(given, 0, bytes);
    memcpy(given, own, bytes < own_bytes ? bytes : own_bytes);
    memcpy(given, &bytes, sizeof bytes);
    return CDP_OK;
}

void *sim_add(cdp_sim_host *host, sim_list *list, size_t item_bytes)
{
    if (sim_reserve(&host->allocator, &list->items, &list->capacity, list->count + 1, item_bytes) !=
        CDP_OK)
        return NULL;
    return (char *)list->items + list->count++ * item_bytes;
}

void *sim_block_new(cdp_sim_host *host, size_t bytes)
{
    void *made = sim_allocate(&host->allocator, bytes);
    sim_block *block = made ? sim_add(host, &host->blocks, sizeof *block) : NULL;

    if (block) {
        *block = (sim_block){made, bytes};
        return made;
    }
    sim_release(&host->allocator, made, bytes);
    return NULL;
}

cdp_status sim_keep(cdp_sim_host *host, cdp_string given, cdp_string *kept)
{
    char *copy;

    *kept = (cdp_string){NULL, 0};
    if (!given.data)
        return CDP_OK;
    copy = sim_block_new(host, given.length + 1);
    if (!copy)
        return CDP_ERR_NOMEM;
    if (given.length)
        memcpy(copy, given.data, given.length);
    copy[given.length] = '\0';
    *kept = (cdp_string){copy, given.length};
    return CDP_OK;
}

cdp_status sim_keep_instance(cdp_sim_host *host, const cdp_rollout_instance *given,
                             cdp_rollout_instance *kept)
{
    cdp_status status = sim_read_struct(kept, sizeof *kept, given);

    if (status == CDP_OK)
        status = sim_keep(host, kept->id, &kept->id);
    if (status == CDP_OK)
        status = sim_keep(host, kept->zone, &kept->zone);
    return status;
}

cdp_string sim_next_id(cdp_sim_host *host)
{
    char *id = host->ids[host->part_count];
    size_t made = host->part_count - 1;

    if (made < host->options.more_id_count)
        return host->options.more_ids[made];
    (void)snprintf(id, sizeof host->ids[0], "d-SIM%06u", (unsigned)host->part_count + 1);
    return (cdp_string){id, strlen(id)};
}

cdp_status sim_add_part(cdp_sim_host *host, cdp_deployment *deployment)
{
    if (host->part_count == CDP_SIM_HOST_MAX_DEPLOYMENTS)
        return CDP_ERR_LIMIT;
    host->parts[host->part_count] =
        (sim_part){.host = host, .deployment = deployment, .index = host->part_count};
    host->part_count++;
    return CDP_OK;
}

/* ---- making one ---- */

/* Structs of one size, one behind the other. */
static const cdp_rollout_instance *instance_at(const cdp_rollout_instance *first, size_t index)
{
    const char *bytes = (const char *)first;

    return (const cdp_rollout_instance *)(const void *)(bytes + index * first->size);
}

static cdp_status keep_provisioned(cdp_sim_host *host)
{
    size_t count = host->options.provisioned_count;
    const cdp_rollout_instance *given = host->options.provisioned;
    cdp_rollout_instance *kept;
    cdp_status status = CDP_OK;

    host->options.provisioned = NULL;
    if (!count)
        return CDP_OK;
    if (!given || count > SIZE_MAX / sizeof *kept)
        return CDP_ERR_ARGUMENT;
    kept = sim_block_new(host, count * sizeof *kept);
    if (!kept)
        return CDP_ERR_NOMEM;
    host->options.provisioned = kept;
    for (size_t i = 0; i < count && status == CDP_OK; i++)
        status = sim_keep_instance(host, instance_at(given, i), &kept[i]);
    return status;
}

static cdp_status keep_ids(cdp_sim_host *host)
{
    size_t count = host->options.more_id_count;
    const cdp_string *given = host->options.more_ids;
    cdp_string *kept;
    cdp_status status = CDP_OK;

    host->options.more_ids = NULL;
    if (!count)
        return CDP_OK;
    if (!given || count > SIZE_MAX / sizeof *kept)
        return CDP_ERR_ARGUMENT;
    kept = sim_block_new(host, count * sizeof *kept);
    if (!kept)
        return CDP_ERR_NOMEM;
    host->options.more_ids = kept;
    for (size_t i = 0; i < count && status == CDP_OK; i++)
        status = sim_keep(host, given[i], &kept[i]);
    return status;
}

static cdp_status fill(cdp_sim_host *host, cdp_diagnostics *diagnostics)
{
    const cdp_rollout_instance *instances = host->options.instances;
    cdp_deployment *deployment = NULL;
    cdp_status status = keep_provisioned(host);

    if (status == CDP_OK)
        status = keep_ids(host);
    if (status == CDP_OK)
        status = cdp_text_new(&host->allocator, &host->said);
    if (status == CDP_OK)
        status = cdp_deployment_new(&host->deployment, &host->allocator, diagnostics, &deployment);
    if (status == CDP_OK)
        status = sim_add_part(host, deployment);
    for (size_t i = 0; i < host->options.instance_count && status == CDP_OK; i++)
        status = cdp_deployment_add_target(deployment, 0, instance_at(instances, i), diagnostics);
    host->options.instances = NULL;
    return status;
}

cdp_status cdp_sim_host_new(const cdp_sim_host_options *options, const cdp_allocator *allocator,
                            cdp_diagnostics *diagnostics, cdp_sim_host **host)
{
    cdp_sim_host_options own;
    cdp_deployment_options deployment;
    cdp_allocator memory;
    cdp_sim_host *made;
    cdp_status status = sim_read_struct(&own, sizeof own, options);

    if (status == CDP_OK)
        status = sim_read_struct(&deployment, sizeof deployment, own.deployment);
    if (status == CDP_OK &&
        (!host || own.start_ms < 0 || own.answer_ms < 0 || (own.instance_count && !own.instances)))
        status = CDP_ERR_ARGUMENT;
    if (status == CDP_OK)
        status = sim_import_allocator(allocator, &memory);
    if (status != CDP_OK)
        return status;
    made = sim_allocate(&memory, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    *made =
        (cdp_sim_host){.allocator = memory, .options = own, .deployment = deployment, .now = -1};
    status = fill(made, diagnostics);
    if (status != CDP_OK) {
        cdp_sim_host_free(made);
        return status;
    }
    *host = made;
    return CDP_OK;
}

void cdp_sim_host_free(cdp_sim_host *host)
{
    cdp_allocator memory;

    if (!host)
        return;
    memory = host->allocator;
    /* A rollback may look at what it rolls back: the last one goes first. */
    while (host->part_count > 0)
        cdp_deployment_free(host->parts[--host->part_count].deployment);
    for (size_t i = 0; i < host->blocks.count; i++) {
        const sim_block *block = (const sim_block *)host->blocks.items + i;

        sim_release(&memory, block->bytes, block->size);
    }
    sim_release(&memory, host->blocks.items, host->blocks.capacity * sizeof(sim_block));
    sim_release(&memory, host->rules.items, host->rules.capacity * sizeof(sim_rule));
    sim_release(&memory, host->arrivals.items, host->arrivals.capacity * sizeof(sim_arrival));
    sim_release(&memory, host->alarms.items, host->alarms.capacity * sizeof(sim_alarm));
    sim_release(&memory, host->promises.items, host->promises.capacity * sizeof(sim_promise));
    sim_release(&memory, host->notes.items, host->notes.capacity * sizeof(sim_note));
    cdp_text_free(host->said);
    sim_release(&memory, host, sizeof *host);
}

/* ---- the script ---- */

cdp_status cdp_sim_host_add_rule(cdp_sim_host *host, const cdp_sim_rule *rule)
{
    sim_rule kept = {.met = 0};
    sim_rule *added;
    cdp_status status =
        host ? sim_read_struct(&kept.rule, sizeof kept.rule, rule) : CDP_ERR_ARGUMENT;

    if (status == CDP_OK && (kept.rule.after_ms < 0 || kept.rule.outcome < 0 ||
                             kept.rule.outcome > CDP_DEPLOYMENT_FAILED))
        status = CDP_ERR_ARGUMENT;
    if (status == CDP_OK)
        status = sim_keep(host, kept.rule.target, &kept.rule.target);
    if (status == CDP_OK)
        status = sim_keep(host, kept.rule.event, &kept.rule.event);
    if (status == CDP_OK)
        status = sim_keep(host, kept.rule.message, &kept.rule.message);
    added = status == CDP_OK ? sim_add(host, &host->rules, sizeof *added) : NULL;
    if (added)
        *added = kept;
    return status == CDP_OK && !added ? CDP_ERR_NOMEM : status;
}

static cdp_status keep_arrival(cdp_sim_host *host, const cdp_sim_input *given, sim_arrival *kept)
{
    cdp_status status = sim_read_struct(&kept->input, sizeof kept->input, given->input);

    if (status == CDP_OK && kept->input.instance)
        status = sim_keep_instance(host, kept->input.instance, &kept->instance);
    if (status == CDP_OK)
        status = sim_keep(host, kept->input.message, &kept->input.message);
    if (status == CDP_OK)
        status = sim_keep(host, kept->input.name, &kept->input.name);
    if (status == CDP_OK)
        status = sim_keep(host, given->target, &kept->target);
    return status;
}

cdp_status cdp_sim_host_add_input(cdp_sim_host *host, const cdp_sim_input *input)
{
    cdp_sim_input own;
    sim_arrival kept = {.at_ms = 0};
    sim_arrival *all;
    cdp_status status = host ? sim_read_struct(&own, sizeof own, input) : CDP_ERR_ARGUMENT;
    size_t at;

    if (status != CDP_OK)
        return status;
    if (own.at_ms < 0 || own.reserved)
        return CDP_ERR_ARGUMENT;
    if (own.at_ms < host->now)
        return CDP_ERR_TIME;
    status = keep_arrival(host, &own, &kept);
    if (status != CDP_OK)
        return status;
    if (!sim_add(host, &host->arrivals, sizeof *all))
        return CDP_ERR_NOMEM;
    all = host->arrivals.items;
    kept.at_ms = own.at_ms;
    kept.deployment = own.deployment;
    for (at = host->arrivals.count - 1; at > host->arrived && all[at - 1].at_ms > kept.at_ms; at--)
        all[at] = all[at - 1];
    all[at] = kept;
    return CDP_OK;
}

cdp_status cdp_sim_host_add_alarm(cdp_sim_host *host, int64_t at_ms, cdp_string name,
                                  cdp_alarm_state state)
{
    sim_alarm kept = {.at_ms = at_ms, .state = state};
    sim_alarm *added;
    cdp_status status;

    if (!host || at_ms < 0 || !name.data || state < CDP_ALARM_STATE_OK ||
        state > CDP_ALARM_STATE_UNREADABLE)
        return CDP_ERR_ARGUMENT;
    status = sim_keep(host, name, &kept.name);
    if (status != CDP_OK)
        return status;
    added = sim_add(host, &host->alarms, sizeof *added);
    if (!added)
        return CDP_ERR_NOMEM;
    *added = kept;
    return CDP_OK;
}

cdp_status cdp_sim_host_set_fault(cdp_sim_host *host, const cdp_sim_fault *fault)
{
    cdp_sim_fault own = {.size = sizeof own};
    cdp_status status = !host   ? CDP_ERR_ARGUMENT
                        : fault ? sim_read_struct(&own, sizeof own, fault)
                                : CDP_OK;

    if (status != CDP_OK)
        return status;
    host->fault = own;
    host->calls = 0;
    host->changes = 0;
    return CDP_OK;
}

uint64_t cdp_sim_host_call_count(const cdp_sim_host *host, int only_changes)
{
    if (!host)
        return 0;
    return only_changes ? host->changes : host->calls;
}

int64_t cdp_sim_host_now(const cdp_sim_host *host)
{
    return host ? host->now : -1;
}

size_t cdp_sim_host_deployment_count(const cdp_sim_host *host)
{
    return host ? host->part_count : 0;
}

const cdp_deployment *cdp_sim_host_deployment_at(const cdp_sim_host *host, size_t index)
{
    return host && index < host->part_count ? host->parts[index].deployment : NULL;
}
