/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <stdlib.h>
#include <string.h>

static void *default_allocate(size_t bytes, void *user)
{
    (void)user;
    return malloc(bytes);
}

static void *default_reallocate(void *pointer, size_t old_bytes, size_t new_bytes, void *user)
{
    (void)old_bytes;
    (void)user;
    return realloc(pointer, new_bytes);
}

static void default_release(void *pointer, size_t bytes, void *user)
{
    (void)bytes;
    (void)user;
    free(pointer);
}

cdp_status sim_import_allocator(const cdp_allocator *given, cdp_allocator *allocator)
{
    *allocator = (cdp_allocator){sizeof *allocator, default_allocate, default_reallocate,
                                 default_release, NULL};
    if (!given)
        return CDP_OK;
    if (given->size < sizeof *allocator)
        return CDP_ERR_STRUCT;
    if (!given->allocate || !given->reallocate || !given->release)
        return CDP_ERR_ARGUMENT;
    *allocator = *given;
    return CDP_OK;
}

void *sim_allocate(const cdp_allocator *allocator, size_t bytes)
{
    return allocator->allocate(bytes, allocator->user);
}

void sim_release(const cdp_allocator *allocator, void *pointer, size_t bytes)
{
    if (pointer)
        allocator->release(pointer, bytes, allocator->user);
}

cdp_status sim_reserve(const cdp_allocator *allocator, void **array, size_t *capacity,
                       size_t needed, size_t element_bytes)
{
    size_t wanted = *capacity ? *capacity * 2 : 16;
    void *grown;

    if (needed <= *capacity)
        return CDP_OK;
    if (wanted < needed)
        wanted = needed;
    if (*array)
        grown = allocator->reallocate(*array, *capacity * element_bytes, wanted * element_bytes,
                                      allocator->user);
    else
        grown = sim_allocate(allocator, wanted * element_bytes);
    if (!grown)
        return CDP_ERR_NOMEM;
    *array = grown;
    *capacity = wanted;
    return CDP_OK;
}

cdp_status sim_bytes_set(const cdp_allocator *allocator, sim_bytes *bytes, cdp_string value)
{
    char *data = NULL;

    if (value.length > 0) {
        data = sim_allocate(allocator, value.length + 1);
        if (!data)
            return CDP_ERR_NOMEM;
        memcpy(data, value.data, value.length);
        data[value.length] = '\0';
    }
    sim_bytes_clear(allocator, bytes);
    bytes->data = data;
    bytes->length = value.length;
    return CDP_OK;
}

void sim_bytes_clear(const cdp_allocator *allocator, sim_bytes *bytes)
{
    sim_release(allocator, bytes->data, bytes->length + 1);
    bytes->data = NULL;
    bytes->length = 0;
}

cdp_string sim_bytes_string(sim_bytes bytes)
{
    return (cdp_string){bytes.data ? bytes.data : "", bytes.length};
}

sim_inode *sim_store_inode(const sim_store *store, sim_id inode)
{
    return &store->inodes[inode];
}

sim_entry *sim_store_entry(const sim_store *store, sim_id entry)
{
    return &store->entries[entry];
}

/* ---- inodes ---- */

cdp_status sim_store_make_inode(sim_store *store, cdp_fs_kind kind, uint32_t mode, sim_id *inode)
{
    static const cdp_string root = {"root", 4};
    void *inodes = store->inodes;
    sim_inode *made;
    cdp_status status;

    status = sim_reserve(store->allocator, &inodes, &store->inode_capacity, store->inode_count + 2,
                         sizeof *store->inodes);
    store->inodes = inodes;
    if (status != CDP_OK)
        return status;
    if (store->inode_count == 0)
        store->inodes[store->inode_count++] = (sim_inode){.kind = CDP_FS_ABSENT};
    made = &store->inodes[store->inode_count];
    *made = (sim_inode){.kind = kind, .mode = mode};
    status = sim_bytes_set(store->allocator, &made->owner, root);
    if (status == CDP_OK)
        status = sim_bytes_set(store->allocator, &made->group, root);
    if (status != CDP_OK) {
        sim_bytes_clear(store->allocator, &made->owner);
        return status;
    }
    *inode = (sim_id)store->inode_count++;
    return CDP_OK;
}

static void clear_inode(sim_store *store, sim_inode *inode)
{
    if (inode->kind == CDP_FS_REGULAR)
        store->content_bytes -= inode->content.length;
    sim_bytes_clear(store->allocator, &inode->content);
    sim_bytes_clear(store->allocator, &inode->owner);
    sim_bytes_clear(store->allocator, &inode->group);
    sim_bytes_clear(store->allocator, &inode->acl);
    sim_bytes_clear(store->allocator, &inode->context);
    inode->kind = CDP_FS_ABSENT;
}

void sim_store_drop_inode(sim_store *store, sim_id inode)
{
    clear_inode(store, sim_store_inode(store, inode));
}

/* ---- names ---- */

static size_t hash(sim_id directory, cdp_string name)
{
    uint64_t value = UINT64_C(14695981039346656037) ^ directory;

    for (size_t i = 0; i < name.length; i++)
        value = (value ^ (unsigned char)name.data[i]) * UINT64_C(1099511628211);
    value *= UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(value ^ value >> 32);
}

/* The slot that holds this name, or the empty one where it belongs. */
static size_t slot_of(const sim_store *store, sim_id directory, cdp_string name)
{
    size_t slot = hash(directory, name) & (store->table_capacity - 1);

    while (store->table[slot]) {
        const sim_entry *entry = sim_store_entry(store, store->table[slot]);

        if (entry->directory == directory && entry->name.length == name.length &&
            (name.length == 0 || memcmp(entry->name.data, name.data, name.length) == 0))
            break;
        slot = (slot + 1) & (store->table_capacity - 1);
    }
    return slot;
}

sim_id sim_store_find(const sim_store *store, sim_id directory, cdp_string name)
{
    return store->table_capacity ? store->table[slot_of(store, directory, name)] : 0;
}

static cdp_status grow_table(sim_store *store)
{
    size_t old_capacity = store->table_capacity;
    size_t capacity = old_capacity ? old_capacity * 2 : 64;
    sim_id *old = store->table;
    sim_id *table;

    if ((store->used + 1) * 2 <= old_capacity)
        return CDP_OK;
    table = sim_allocate(store->allocator, capacity * sizeof *table);
    if (!table)
        return CDP_ERR_NOMEM;
    memset(table, 0, capacity * sizeof *table);
    store->table = table;
    store->table_capacity = capacity;
    for (size_t i = 0; i < old_capacity; i++) {
        const sim_entry *entry = old[i] ? sim_store_entry(store, old[i]) : NULL;

        if (entry)
            table[slot_of(store, entry->directory, sim_bytes_string(entry->name))] = old[i];
    }
    sim_release(store->allocator, old, old_capacity * sizeof *old);
    return CDP_OK;
}

/* Closes the gap that a removed name leaves, so that later ones are still found. */
static void remove_from_table(sim_store *store, size_t gap)
{
    size_t mask = store->table_capacity - 1;
    size_t slot = gap;

    for (;;) {
        const sim_entry *entry;
        size_t home;

        slot = (slot + 1) & mask;
        if (!store->table[slot])
            break;
        entry = sim_store_entry(store, store->table[slot]);
        home = hash(entry->directory, sim_bytes_string(entry->name)) & mask;
        if (((slot - home) & mask) >= ((slot - gap) & mask)) {
            store->table[gap] = store->table[slot];
            gap = slot;
        }
    }
    store->table[gap] = 0;
}

static cdp_status make_entry(sim_store *store, sim_id *made)
{
    void *entries = store->entries;
    cdp_status status;

    if (store->free_entry) {
        *made = store->free_entry;
        store->free_entry = store->entries[*made].next;
        return CDP_OK;
    }
    status = sim_reserve(store->allocator, &entries, &store->entry_capacity, store->entry_count + 2,
                         sizeof *store->entries);
    store->entries = entries;
    if (status != CDP_OK)
        return status;
    if (store->entry_count == 0)
        store->entries[store->entry_count++] = (sim_entry){0};
    *made = (sim_id)store->entry_count++;
    return CDP_OK;
}

cdp_status sim_store_add_entry(sim_store *store, sim_id directory, cdp_string name, sim_id inode)
{
    sim_inode *parent = sim_store_inode(store, directory);
    sim_bytes copy = {0};
    cdp_status status = grow_table(store);
    sim_id made = 0;

    if (status == CDP_OK)
        status = sim_bytes_set(store->allocator, &copy, name);
    if (status == CDP_OK)
        status = make_entry(store, &made);
    if (status != CDP_OK) {
        sim_bytes_clear(store->allocator, &copy);
        return status;
    }
    store->entries[made] = (sim_entry){
        .directory = directory, .inode = inode, .next = parent->first_entry, .name = copy};
    if (parent->first_entry)
        store->entries[parent->first_entry].previous = made;
    parent->first_entry = made;
    store->table[slot_of(store, directory, name)] = made;
    store->used++;
    sim_store_inode(store, inode)->links++;
    return CDP_OK;
}

void sim_store_remove_entry(sim_store *store, sim_id removed)
{
    sim_entry *entry = sim_store_entry(store, removed);
    sim_inode *parent = sim_store_inode(store, entry->directory);

    remove_from_table(store, slot_of(store, entry->directory, sim_bytes_string(entry->name)));
    if (entry->previous)
        store->entries[entry->previous].next = entry->next;
    else
        parent->first_entry = entry->next;
    if (entry->next)
        store->entries[entry->next].previous = entry->previous;
    sim_store_inode(store, entry->inode)->links--;
    sim_bytes_clear(store->allocator, &entry->name);
    *entry = (sim_entry){.next = store->free_entry};
    store->free_entry = removed;
    store->used--;
}

/* ---- the whole ---- */

cdp_status sim_store_init(sim_store *store, const cdp_allocator *allocator)
{
    cdp_status status = CDP_OK;
    sim_id inode;

    *store = (sim_store){.allocator = allocator};
    for (int root = CDP_FS_REVISION; root <= CDP_FS_STATE && status == CDP_OK; root++) {
        status = sim_store_make_inode(store, CDP_FS_DIRECTORY, 0755, &inode);
        if (status == CDP_OK) {
            store->inodes[inode].device = (uint64_t)root;
            store->inodes[inode].links = 1;
        }
    }
    if (status != CDP_OK)
        sim_store_release(store);
    return status;
}

void sim_store_release(sim_store *store)
{
    for (size_t i = 1; i < store->inode_count; i++)
        clear_inode(store, &store->inodes[i]);
    for (size_t i = 1; i < store->entry_count; i++)
        sim_bytes_clear(store->allocator, &store->entries[i].name);
    sim_release(store->allocator, store->inodes, store->inode_capacity * sizeof *store->inodes);
    sim_release(store->allocator, store->entries, store->entry_capacity * sizeof *store->entries);
    sim_release(store->allocator, store->table, store->table_capacity * sizeof *store->table);
    *store = (sim_store){.allocator = store->allocator};
}

static cdp_status copy_bytes(const sim_store *store, sim_bytes *to, sim_bytes from)
{
    *to = (sim_bytes){0};
    return sim_bytes_set(store->allocator, to, sim_bytes_string(from));
}

static cdp_status copy_inode(sim_store *store, const sim_inode *from)
{
    sim_inode *to = &store->inodes[store->inode_count++];
    cdp_status status;

    *to = *from;
    to->content = to->owner = to->group = to->acl = to->context = (sim_bytes){0};
    status = copy_bytes(store, &to->content, from->content);
    if (status == CDP_OK && to->kind == CDP_FS_REGULAR)
        store->content_bytes += to->content.length;
    else if (status != CDP_OK)
        to->kind = CDP_FS_ABSENT;
    if (status == CDP_OK)
        status = copy_bytes(store, &to->owner, from->owner);
    if (status == CDP_OK)
        status = copy_bytes(store, &to->group, from->group);
    if (status == CDP_OK)
        status = copy_bytes(store, &to->acl, from->acl);
    if (status == CDP_OK)
        status = copy_bytes(store, &to->context, from->context);
    return status;
}

static cdp_status copy_entry(sim_store *store, const sim_entry *from)
{
    sim_entry *to = &store->entries[store->entry_count++];

    *to = *from;
    return copy_bytes(store, &to->name, from->name);
}

cdp_status sim_store_copy(const sim_store *from, sim_store *to)
{
    sim_store copy = {
        .allocator = from->allocator, .free_entry = from->free_entry, .used = from->used};
    void *inodes = NULL;
    void *entries = NULL;
    cdp_status status;

    status = sim_reserve(copy.allocator, &inodes, &copy.inode_capacity, from->inode_count + 1,
                         sizeof *copy.inodes);
    copy.inodes = inodes;
    if (status == CDP_OK)
        status = sim_reserve(copy.allocator, &entries, &copy.entry_capacity, from->entry_count + 1,
                             sizeof *copy.entries);
    copy.entries = entries;
    for (size_t i = 0; i < from->inode_count && status == CDP_OK; i++)
        status = copy_inode(&copy, &from->inodes[i]);
    for (size_t i = 0; i < from->entry_count && status == CDP_OK; i++)
        status = copy_entry(&copy, &from->entries[i]);
    if (status == CDP_OK && from->table_capacity) {
        copy.table = sim_allocate(copy.allocator, from->table_capacity * sizeof *copy.table);
        status = copy.table ? CDP_OK : CDP_ERR_NOMEM;
    }
    if (status != CDP_OK) {
        sim_store_release(&copy);
        return status;
    }
    copy.table_capacity = from->table_capacity;
    if (copy.table)
        memcpy(copy.table, from->table, from->table_capacity * sizeof *copy.table);
    *to = copy;
    return CDP_OK;
}
