/* SPDX-License-Identifier: MIT */
/* The instances of an inventory that belong to a group. */
#include <codedeploy/membership.h>

#include "base/allocator.h"
#include "base/arena.h"
#include "base/sized.h"
#include "base/sort.h"
#include "base/strings.h"

typedef struct member {
    const char *id;
    const char *zone;
    const char *scaling;
    uint32_t id_length;
    uint32_t zone_length;
    uint32_t scaling_length;
    uint8_t kind;
    uint8_t state;
    uint8_t scaling_state;
    uint8_t instance_health;
    uint8_t revision_health;
} member;

/* How a member is found by its id: sorted by a hash, so that texts are seldom compared. Ids with the
 * same hash cost comparisons of texts, but not more than sorting does. */
typedef struct entry {
    uint32_t hash;
    uint32_t index;
} entry;

/* Names that many instances share, as long as nothing else takes their place here. */
enum { RECENT_NAMES = 64 };

struct cdp_members {
    cdp_arena arena;
    const cdp_group *group;
    member *members;
    size_t count;
    size_t capacity;
    entry *entries;
    size_t entry_count;
    size_t seen;
    size_t duplicates;
    bool finished;
    cdp_string recent[RECENT_NAMES];
};

/* ---- beginning and end ------------------------------------------------------------------------- */

cdp_status cdp_members_new(const cdp_group *group, const cdp_allocator *allocator,
                           cdp_members **members)
{
    cdp_allocator own;
    cdp_members *made;
    cdp_status status;

    if (!group || !members)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own, allocator);
    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&own, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    cdp_arena_init(&made->arena, &own);
    made->group = group;
    *members = made;
    return CDP_OK;
}

void cdp_members_free(cdp_members *members)
{
    cdp_allocator allocator;

    if (!members)
        return;
    allocator = members->arena.allocator;
    cdp_release(&allocator, members->members, members->capacity * sizeof *members->members);
    cdp_release(&allocator, members->entries, members->entry_count * sizeof *members->entries);
    cdp_arena_release(&members->arena);
    cdp_release(&allocator, members, sizeof *members);
}

/* ---- adding ---------------------------------------------------------------------------------- */

static uint32_t hash_of(cdp_string text)
{
    uint32_t hash = UINT32_C(2166136261);

    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * UINT32_C(16777619);
    return hash ^ hash >> 16;
}

/* A copy of a name, or the one that was made before. */
static cdp_status share(cdp_members *members, cdp_string name, const char **copy)
{
    cdp_string *recent = &members->recent[hash_of(name) % RECENT_NAMES];
    cdp_string made;

    *copy = NULL;
    if (!name.data)
        return CDP_OK;
    if (!cdp_string_equal(*recent, name)) {
        if (cdp_arena_copy(&members->arena, name, &made) != CDP_OK)
            return CDP_ERR_NOMEM;
        *recent = made;
    }
    *copy = recent->data;
    return CDP_OK;
}

static cdp_status keep(cdp_members *members, const cdp_instance *instance)
{
    void *array = members->members;
    member made = {
        .id_length = (uint32_t)instance->id.length,
        .zone_length = (uint32_t)instance->zone.length,
        .scaling_length = (uint32_t)instance->auto_scaling_group.length,
        .kind = (uint8_t)instance->kind,
        .state = (uint8_t)instance->state,
        .scaling_state = (uint8_t)instance->auto_scaling_state,
        .instance_health = (uint8_t)instance->instance_health,
        .revision_health = (uint8_t)instance->revision_health,
    };
    cdp_string id;
    cdp_status status = cdp_array_reserve(&members->arena.allocator, &array, &members->capacity,
                                          members->count + 1, sizeof *members->members);

    members->members = array;
    if (status == CDP_OK)
        status = share(members, instance->zone, &made.zone);
    if (status == CDP_OK)
        status = share(members, instance->auto_scaling_group, &made.scaling);
    if (status == CDP_OK)
        status = cdp_arena_copy(&members->arena, instance->id, &id);
    if (status != CDP_OK)
        return status;
    made.id = id.data;
    members->members[members->count++] = made;
    return CDP_OK;
}

static bool is_storable(const cdp_instance *instance)
{
    return instance->id.length <= UINT32_MAX && instance->zone.length <= UINT32_MAX &&
           instance->auto_scaling_group.length <= UINT32_MAX;
}

cdp_status cdp_members_add(cdp_members *members, const cdp_instance *instance, cdp_match *match)
{
    cdp_instance own;
    cdp_match found = {.size = sizeof found};
    cdp_status status;

    if (!members)
        return CDP_ERR_ARGUMENT;
    if (members->finished)
        return CDP_ERR_STATE;
    status = cdp_sized_read(&own, sizeof own, instance);
    if (status != CDP_OK)
        return status;
    own.size = sizeof own;
    if (own.id.length == 0)
        return CDP_ERR_ARGUMENT;
    status = cdp_group_match(members->group, &own, &found);
    if (status == CDP_OK && match)
        status = cdp_sized_write(match, &found, sizeof found);
    if (status != CDP_OK)
        return status;
    if (found.selected) {
        if (members->count >= UINT32_MAX - 1 || !is_storable(&own))
            return CDP_ERR_LIMIT;
        status = keep(members, &own);
    }
    members->seen += status == CDP_OK;
    return status;
}

cdp_status cdp_members_add_all(cdp_members *members, cdp_instance_source source, void *user)
{
    cdp_status status = members && source ? CDP_OK : CDP_ERR_ARGUMENT;

    while (status == CDP_OK) {
        cdp_instance instance = {.size = sizeof instance};

        status = source(&instance, user);
        if (status == CDP_ERR_NOT_FOUND)
            return CDP_OK;
        if (status == CDP_OK)
            status = cdp_members_add(members, &instance, NULL);
    }
    return status;
}

/* ---- finishing ------------------------------------------------------------------------------- */

static cdp_string id_of(const cdp_members *members, uint32_t index)
{
    return cdp_string_slice(members->members[index].id, members->members[index].id_length);
}

/* By hash, then by text, then in the order of adding, which the sort keeps. */
static int by_id(const void *a, const void *b, const void *context)
{
    const entry *one = a;
    const entry *other = b;

    if (one->hash != other->hash)
        return one->hash < other->hash ? -1 : 1;
    return cdp_string_compare(id_of(context, one->index), id_of(context, other->index));
}

/* Leaves the first of equal ids in the entries, and marks the others' members by taking their ids. */
static size_t drop_repeated(cdp_members *members, entry *entries)
{
    size_t kept = 0;

    for (size_t i = 0; i < members->count; i++) {
        if (kept > 0 && by_id(&entries[kept - 1], &entries[i], members) == 0)
            members->members[entries[i].index].id_length = 0;
        else
            entries[kept++] = entries[i];
    }
    return kept;
}

/* Closes the gaps, and tells each entry where its member went. */
static void close_gaps(cdp_members *members, entry *entries, size_t kept, uint32_t *moved)
{
    uint32_t next = 0;

    for (size_t i = 0; i < members->count; i++) {
        moved[i] = next;
        if (members->members[i].id_length > 0)
            members->members[next++] = members->members[i];
    }
    for (size_t i = 0; i < kept; i++)
        entries[i].index = moved[entries[i].index];
}

static cdp_status sort_and_drop(cdp_members *members)
{
    const cdp_allocator *allocator = &members->arena.allocator;
    size_t count = members->count;
    entry *entries = cdp_allocate(allocator, count * sizeof *entries);
    uint32_t *moved = cdp_allocate(allocator, count * sizeof *moved);
    cdp_status status = entries && moved ? CDP_OK : CDP_ERR_NOMEM;

    for (size_t i = 0; status == CDP_OK && i < count; i++)
        entries[i] = (entry){hash_of(id_of(members, (uint32_t)i)), (uint32_t)i};
    if (status == CDP_OK)
        status = cdp_sort(allocator, entries, count, sizeof *entries, by_id, members);
    if (status == CDP_OK) {
        size_t kept = drop_repeated(members, entries);

        if (kept < count)
            close_gaps(members, entries, kept, moved);
        members->duplicates = count - kept;
        members->count = kept;
        members->entries = entries;
        members->entry_count = count;
    } else if (entries) {
        cdp_release(allocator, entries, count * sizeof *entries);
    }
    if (moved)
        cdp_release(allocator, moved, count * sizeof *moved);
    return status;
}

cdp_status cdp_members_finish(cdp_members *members)
{
    cdp_status status = CDP_OK;

    if (!members)
        return CDP_ERR_ARGUMENT;
    if (!members->finished && members->count > 0)
        status = sort_and_drop(members);
    members->finished = members->finished || status == CDP_OK;
    return status;
}

/* ---- looking --------------------------------------------------------------------------------- */

size_t cdp_members_count(const cdp_members *members)
{
    return members && members->finished ? members->count : 0;
}

size_t cdp_members_seen(const cdp_members *members)
{
    return members ? members->seen : 0;
}

size_t cdp_members_duplicates(const cdp_members *members)
{
    return members ? members->duplicates : 0;
}

cdp_status cdp_members_at(const cdp_members *members, size_t index, cdp_instance *instance)
{
    const member *found;

    if (!members || !instance)
        return CDP_ERR_ARGUMENT;
    if (index >= cdp_members_count(members))
        return CDP_ERR_NOT_FOUND;
    found = &members->members[index];
    return cdp_sized_write(
        instance,
        &(cdp_instance){
            .size = sizeof *instance,
            .id = cdp_string_slice(found->id, found->id_length),
            .kind = (cdp_instance_kind)found->kind,
            .state = (cdp_instance_state)found->state,
            .zone = cdp_string_slice(found->zone, found->zone_length),
            .auto_scaling_group = cdp_string_slice(found->scaling, found->scaling_length),
            .auto_scaling_state = (cdp_auto_scaling_state)found->scaling_state,
            .instance_health = (cdp_instance_health)found->instance_health,
            .revision_health = (cdp_revision_health)found->revision_health,
        },
        sizeof *instance);
}

cdp_status cdp_members_find(const cdp_members *members, cdp_string id, size_t *index)
{
    uint32_t hash = hash_of(id);
    size_t low = 0;
    size_t high = cdp_members_count(members);

    if (!members || !index || !id.data)
        return CDP_ERR_ARGUMENT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const entry *here = &members->entries[middle];

        if (here->hash < hash ||
            (here->hash == hash && cdp_string_compare(id_of(members, here->index), id) < 0))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == cdp_members_count(members) ||
        !cdp_string_equal(id_of(members, members->entries[low].index), id))
        return CDP_ERR_NOT_FOUND;
    *index = members->entries[low].index;
    return CDP_OK;
}
