/* SPDX-License-Identifier: MIT */
#include "volatile.h"

static void release_change(const cdp_allocator *allocator, sim_change *change)
{
    sim_bytes_clear(allocator, &change->name);
    sim_bytes_clear(allocator, &change->to_name);
    sim_bytes_clear(allocator, &change->state.content);
    sim_bytes_clear(allocator, &change->state.owner);
    sim_bytes_clear(allocator, &change->state.group);
    sim_bytes_clear(allocator, &change->state.acl);
    sim_bytes_clear(allocator, &change->state.context);
}

static cdp_status append(sim_log *log, sim_change_kind kind, sim_id inode, sim_change **change)
{
    void *changes = log->changes;
    cdp_status status = sim_reserve(log->base.allocator, &changes, &log->capacity, log->count + 1,
                                    sizeof *log->changes);

    log->changes = changes;
    if (status != CDP_OK)
        return status;
    *change = &log->changes[log->count];
    **change = (sim_change){.kind = kind, .inode = inode};
    return CDP_OK;
}

/* Keeps the change that was just filled in, or lets it go. */
static cdp_status finish(sim_log *log, sim_change *change, cdp_status status)
{
    if (status == CDP_OK)
        log->count++;
    else
        release_change(log->base.allocator, change);
    return status;
}

/* Copies attributes and content; names and links stay the target's own. */
static cdp_status copy_state(const cdp_allocator *allocator, sim_inode *to, const sim_inode *from)
{
    cdp_status status;

    to->kind = from->kind;
    to->mode = from->mode;
    to->device = from->device;
    to->modified = from->modified;
    status = sim_bytes_set(allocator, &to->content, sim_bytes_string(from->content));
    if (status == CDP_OK)
        status = sim_bytes_set(allocator, &to->owner, sim_bytes_string(from->owner));
    if (status == CDP_OK)
        status = sim_bytes_set(allocator, &to->group, sim_bytes_string(from->group));
    if (status == CDP_OK)
        status = sim_bytes_set(allocator, &to->acl, sim_bytes_string(from->acl));
    if (status == CDP_OK)
        status = sim_bytes_set(allocator, &to->context, sim_bytes_string(from->context));
    return status;
}

static cdp_status log_state(sim_log *log, sim_change_kind kind, const sim_store *store,
                            sim_id inode)
{
    sim_change *change;
    cdp_status status;

    if (!log->active)
        return CDP_OK;
    status = append(log, kind, inode, &change);
    if (status != CDP_OK)
        return status;
    return finish(log, change,
                  copy_state(log->base.allocator, &change->state, sim_store_inode(store, inode)));
}

cdp_status sim_log_made(sim_log *log, const sim_store *store, sim_id inode)
{
    return log_state(log, SIM_MADE, store, inode);
}

cdp_status sim_log_content(sim_log *log, const sim_store *store, sim_id inode)
{
    return log_state(log, SIM_CONTENT, store, inode);
}

static cdp_status log_name(sim_log *log, sim_change_kind kind, sim_id inode, sim_id directory,
                           cdp_string name)
{
    sim_change *change;
    cdp_status status;

    if (!log->active)
        return CDP_OK;
    status = append(log, kind, inode, &change);
    if (status != CDP_OK)
        return status;
    change->directory = change->to_directory = directory;
    return finish(log, change, sim_bytes_set(log->base.allocator, &change->name, name));
}

cdp_status sim_log_named(sim_log *log, sim_id inode, sim_id directory, cdp_string name)
{
    return log_name(log, SIM_NAMED, inode, directory, name);
}

cdp_status sim_log_unnamed(sim_log *log, sim_id inode, sim_id directory, cdp_string name)
{
    return log_name(log, SIM_UNNAMED, inode, directory, name);
}

cdp_status sim_log_renamed(sim_log *log, sim_id inode, sim_id from, cdp_string from_name, sim_id to,
                           cdp_string to_name)
{
    const cdp_allocator *allocator = log->base.allocator;
    sim_change *change;
    cdp_status status;

    if (!log->active)
        return CDP_OK;
    status = append(log, SIM_RENAMED, inode, &change);
    if (status != CDP_OK)
        return status;
    change->directory = from;
    change->to_directory = to;
    status = sim_bytes_set(allocator, &change->name, from_name);
    if (status == CDP_OK)
        status = sim_bytes_set(allocator, &change->to_name, to_name);
    return finish(log, change, status);
}

/* ---- durability ---- */

static bool concerns_names(const sim_change *change)
{
    return change->kind >= SIM_NAMED;
}

void sim_log_sync_inode(sim_log *log, sim_id inode)
{
    for (size_t i = 0; i < log->count; i++) {
        if (!concerns_names(&log->changes[i]) && log->changes[i].inode == inode)
            log->changes[i].synced = log->changes[i].to_synced = true;
    }
}

void sim_log_sync_directory(sim_log *log, sim_id directory)
{
    for (size_t i = 0; i < log->count; i++) {
        if (!concerns_names(&log->changes[i]))
            continue;
        if (log->changes[i].directory == directory)
            log->changes[i].synced = true;
        if (log->changes[i].to_directory == directory)
            log->changes[i].to_synced = true;
    }
}

void sim_log_sync_all(sim_log *log)
{
    for (size_t i = 0; i < log->count; i++)
        log->changes[i].synced = log->changes[i].to_synced = true;
}

cdp_status sim_log_begin(sim_log *log, const sim_store *store)
{
    sim_store base;
    cdp_status status = sim_store_copy(store, &base);

    if (status != CDP_OK)
        return status;
    sim_log_end(log);
    log->base = base;
    log->active = true;
    return CDP_OK;
}

void sim_log_end(sim_log *log)
{
    if (!log->active)
        return;
    for (size_t i = 0; i < log->count; i++)
        release_change(log->base.allocator, &log->changes[i]);
    sim_release(log->base.allocator, log->changes, log->capacity * sizeof *log->changes);
    sim_store_release(&log->base);
    *log = (sim_log){0};
}

/* ---- the crash ---- */

/* SplitMix64: a coin for each change that depends on nothing but the seed and its number. */
static uint64_t throw_coin(uint64_t seed, uint64_t number)
{
    uint64_t z = seed * UINT64_C(0xD1342543DE82EF95) + (number + 1) * UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static bool is_lost(const sim_log *log, size_t index, cdp_sim_loss loss, uint64_t seed)
{
    const sim_change *change = &log->changes[index];

    if ((change->synced && change->to_synced) || change->kind == SIM_MADE)
        return false;
    /* A link's target is made with it: no sync could make it durable alone. */
    if (change->kind == SIM_CONTENT && change->state.kind == CDP_FS_SYMLINK)
        return false;
    switch (loss) {
    case CDP_SIM_LOSE_NOTHING:
        return false;
    case CDP_SIM_LOSE_EVERYTHING:
        return true;
    case CDP_SIM_LOSE_CONTENT:
        return !concerns_names(change);
    case CDP_SIM_LOSE_NAMES:
        return concerns_names(change);
    case CDP_SIM_LOSE_SOME:
        return (throw_coin(seed, index) & 1) != 0;
    case CDP_SIM_LOSE_LATEST:
        return index >= throw_coin(seed, 0) % (log->count + 1);
    }
    return false;
}

static void take_name(sim_store *store, sim_id directory, sim_bytes name, sim_id only_inode)
{
    sim_id entry = sim_store_find(store, directory, sim_bytes_string(name));

    if (entry && (!only_inode || sim_store_entry(store, entry)->inode == only_inode))
        sim_store_remove_entry(store, entry);
}

static cdp_status give_name(sim_store *store, sim_id directory, sim_bytes name, sim_id inode)
{
    take_name(store, directory, name, 0);
    return sim_store_add_entry(store, directory, sim_bytes_string(name), inode);
}

static cdp_status set_state(sim_store *store, sim_id id, const sim_inode *state)
{
    sim_inode *inode = sim_store_inode(store, id);
    size_t before = inode->content.length;
    cdp_status status = copy_state(store->allocator, inode, state);

    if (inode->kind == CDP_FS_REGULAR)
        store->content_bytes += inode->content.length - before;
    return status;
}

static cdp_status play(sim_store *store, const sim_change *change)
{
    sim_id made;
    cdp_status status;

    switch (change->kind) {
    case SIM_MADE:
        status = sim_store_make_inode(store, change->state.kind, change->state.mode, &made);
        return status == CDP_OK ? set_state(store, made, &change->state) : status;
    case SIM_CONTENT:
        return set_state(store, change->inode, &change->state);
    case SIM_NAMED:
        return give_name(store, change->directory, change->name, change->inode);
    case SIM_UNNAMED:
        take_name(store, change->directory, change->name, change->inode);
        return CDP_OK;
    case SIM_RENAMED:
        take_name(store, change->directory, change->name, change->inode);
        return give_name(store, change->to_directory, change->to_name, change->inode);
    }
    return CDP_ERR_ARGUMENT;
}

cdp_status sim_log_crash(sim_log *log, sim_store *store, cdp_sim_loss loss, uint64_t seed)
{
    sim_store left;
    cdp_status status = sim_store_copy(&log->base, &left);

    if (status != CDP_OK)
        return status;
    for (size_t i = 0; i < log->count && status == CDP_OK; i++) {
        if (!is_lost(log, i, loss, seed))
            status = play(&left, &log->changes[i]);
    }
    if (status == CDP_OK)
        status = sim_log_begin(log, &left);
    if (status != CDP_OK) {
        sim_store_release(&left);
        return status;
    }
    sim_store_release(store);
    *store = left;
    return CDP_OK;
}
