/* SPDX-License-Identifier: MIT */
/* Where a roll-out keeps its instances and zones. */
#include "rollout/machine.h"

#include "base/allocator.h"
#include "base/sized.h"
#include "base/utf8.h"

cdp_string cdp_member_id(const cdp_rollout *rollout, uint32_t member)
{
    const cdp_member *m = &rollout->members[member];

    return cdp_string_slice(rollout->ids + m->id_offset, m->id_length);
}

cdp_string cdp_rollout_zone_name(const cdp_rollout *rollout, uint32_t zone)
{
    const cdp_zone_name *name = &rollout->zones[zone];

    if (name->length == 0)
        return (cdp_string){NULL, 0};
    return cdp_string_slice(rollout->zone_names + name->offset, name->length);
}

cdp_string cdp_member_zone(const cdp_rollout *rollout, uint32_t member)
{
    return cdp_rollout_zone_name(rollout, rollout->members[member].zone);
}

/* Room in a growing array of the roll-out. */
#define RESERVE(rollout, array, capacity, needed)                                                  \
    reserve(&(rollout)->allocator, (void *)&(array), &(capacity), (needed), sizeof *(array))

static cdp_status reserve(const cdp_allocator *allocator, void *field, size_t *capacity,
                          size_t needed, size_t element_bytes)
{
    void *array;
    cdp_status status;

    memcpy(&array, field, sizeof array);
    status = cdp_array_reserve(allocator, &array, capacity, needed, element_bytes);
    memcpy(field, &array, sizeof array);
    return status;
}

/* Where a zone's name stands in the sorted list, or would have to stand. */
static size_t zone_place(const cdp_rollout *rollout, cdp_string name, bool *found)
{
    size_t low = 0;
    size_t high = rollout->zone_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const cdp_zone_name *zone = &rollout->zones[rollout->zone_order[middle]];
        int order = cdp_string_compare(
            cdp_string_slice(rollout->zone_names + zone->offset, zone->length), name);

        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *found = false;
    return low;
}

size_t cdp_zone_rank(const cdp_rollout *rollout, uint32_t zone)
{
    const cdp_zone_name *name = &rollout->zones[zone];
    bool found;

    return zone_place(rollout, cdp_string_slice(rollout->zone_names + name->offset, name->length),
                      &found);
}

/* The number of a zone, which is made when it is new. An absent zone is the one without a name. */
static cdp_status intern_zone(cdp_rollout *rollout, cdp_string name, uint16_t *zone)
{
    bool found;
    size_t place;
    cdp_status status;

    if (!name.data)
        name = CDP_STR("");
    place = zone_place(rollout, name, &found);
    if (found) {
        *zone = rollout->zone_order[place];
        return CDP_OK;
    }
    if (rollout->zone_count >= CDP_MOST_ZONES)
        return CDP_ERR_LIMIT;
    status = RESERVE(rollout, rollout->zones, rollout->zone_capacity, rollout->zone_count + 1);
    if (status == CDP_OK)
        status = RESERVE(rollout, rollout->zone_order, rollout->zone_order_capacity,
                         rollout->zone_count + 1);
    if (status == CDP_OK)
        status = RESERVE(rollout, rollout->zone_names, rollout->zone_bytes_capacity,
                         rollout->zone_bytes + name.length + 1);
    if (status != CDP_OK)
        return status;
    *zone = (uint16_t)rollout->zone_count;
    memmove(rollout->zone_order + place + 1, rollout->zone_order + place,
            (rollout->zone_count - place) * sizeof *rollout->zone_order);
    rollout->zone_order[place] = *zone;
    rollout->zones[rollout->zone_count++] =
        (cdp_zone_name){(uint32_t)rollout->zone_bytes, (uint32_t)name.length};
    memcpy(rollout->zone_names + rollout->zone_bytes, name.data, name.length);
    rollout->zone_names[rollout->zone_bytes + name.length] = '\0';
    rollout->zone_bytes += name.length + 1;
    return CDP_OK;
}

static bool is_name(cdp_string name)
{
    return name.length > 0 && name.length <= CDP_MOST_ID_BYTES && cdp_utf8_is_sound(name);
}

cdp_status cdp_members_check(const cdp_rollout *rollout, const cdp_rollout_instance *instance,
                             cdp_diagnostics *diagnostics)
{
    cdp_string none = {NULL, 0};

    if (cdp_health_work_order(instance->instance_health, instance->revision_health) > 5)
        return CDP_ERR_ARGUMENT;
    if (!instance->id.data || !is_name(instance->id))
        return cdp_refuse(CDP_ERR_INVALID, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_INVALID_INSTANCE_ID,
                          instance->id.data ? instance->id : CDP_STR(""), none, none);
    if (instance->zone.data && !is_name(instance->zone))
        return cdp_refuse(CDP_ERR_INVALID, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_INVALID_ZONE,
                          instance->zone, instance->id, none);
    if (instance->original && rollout->options.kind != CDP_ROLLOUT_BLUE_GREEN)
        return cdp_refuse(CDP_ERR_INVALID, diagnostics,
                          CDP_DIAGNOSTIC_ROLLOUT_ORIGINAL_OUTSIDE_BLUE_GREEN, instance->id, none,
                          none);
    if (rollout->options.zonal && !instance->zone.data)
        return cdp_refuse(CDP_ERR_INVALID, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_ZONE_MISSING,
                          instance->id, none, none);
    return CDP_OK;
}

static uint8_t initial_flags(const cdp_rollout_instance *instance)
{
    unsigned flags = (unsigned)instance->revision_health << CDP_MEMBER_REVISION_SHIFT;

    if (instance->instance_health == CDP_INSTANCE_HEALTHY)
        flags |= CDP_MEMBER_HEALTHY | CDP_MEMBER_WAS_HEALTHY;
    if (instance->original)
        flags |= CDP_MEMBER_ORIGINAL;
    return (uint8_t)flags;
}

static bool takes_no_part(const cdp_rollout *rollout, const cdp_rollout_instance *instance)
{
    return rollout->options.outdated_only && !instance->original &&
           instance->revision_health == CDP_REVISION_HEALTH_CURRENT;
}

static cdp_status reserve_members(cdp_rollout *rollout, size_t count)
{
    cdp_status status = RESERVE(rollout, rollout->members, rollout->member_capacity, count);

    if (status == CDP_OK)
        status = RESERVE(rollout, rollout->links, rollout->link_capacity, count);
    return status;
}

cdp_status cdp_members_append(cdp_rollout *rollout, const cdp_rollout_instance *instance)
{
    size_t length = instance->id.length;
    cdp_member member = {.attempts = 0};
    cdp_status status;

    if (rollout->member_count >= CDP_NO_MEMBER || rollout->id_bytes > UINT32_MAX - length - 1)
        return CDP_ERR_LIMIT;
    status = reserve_members(rollout, rollout->member_count + 1);
    if (status == CDP_OK)
        status =
            RESERVE(rollout, rollout->ids, rollout->id_capacity, rollout->id_bytes + length + 1);
    if (status == CDP_OK)
        status = intern_zone(rollout, instance->zone, &member.zone);
    if (status != CDP_OK)
        return status;
    member.id_offset = (uint32_t)rollout->id_bytes;
    member.id_length = (uint16_t)length;
    member.flags = initial_flags(instance);
    member.state =
        takes_no_part(rollout, instance) ? CDP_ROLLOUT_STATE_EXCLUDED : CDP_ROLLOUT_STATE_PENDING;
    memcpy(rollout->ids + rollout->id_bytes, instance->id.data, length);
    rollout->ids[rollout->id_bytes + length] = '\0';
    rollout->id_bytes += length + 1;
    rollout->members[rollout->member_count++] = member;
    return CDP_OK;
}

void cdp_members_cut(cdp_rollout *rollout, size_t members, size_t zones)
{
    size_t kept = 0;

    if (members < rollout->member_count)
        rollout->id_bytes = rollout->members[members].id_offset;
    rollout->member_count = members;
    if (zones == rollout->zone_count)
        return;
    for (size_t i = 0; i < rollout->zone_count; i++) {
        if (rollout->zone_order[i] < zones)
            rollout->zone_order[kept++] = rollout->zone_order[i];
    }
    rollout->zone_bytes = rollout->zones[zones].offset;
    rollout->zone_count = zones;
}

cdp_status cdp_rollout_make(const cdp_rollout_options *options, const cdp_allocator *allocator,
                            cdp_rollout **rollout)
{
    cdp_allocator own;
    cdp_rollout *made;
    cdp_status status = cdp_allocator_import(&own, allocator);

    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&own, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    made->allocator = own;
    made->options = *options;
    made->wait_zone = made->verdict_zone = CDP_NO_POOL;
    *rollout = made;
    return CDP_OK;
}

cdp_status cdp_rollout_new(const cdp_rollout_options *options, const cdp_allocator *allocator,
                           cdp_diagnostics *diagnostics, cdp_rollout **rollout)
{
    cdp_rollout_options own;
    cdp_status status;

    if (!rollout)
        return CDP_ERR_ARGUMENT;
    status = cdp_options_import(&own, options, diagnostics);
    if (status != CDP_OK)
        return status;
    return cdp_rollout_make(&own, allocator, rollout);
}

void cdp_rollout_free(cdp_rollout *rollout)
{
    cdp_allocator allocator;

    if (!rollout)
        return;
    allocator = rollout->allocator;
    cdp_release(&allocator, rollout->members, rollout->member_capacity * sizeof(cdp_member));
    cdp_release(&allocator, rollout->links, rollout->link_capacity * sizeof(cdp_links));
    cdp_release(&allocator, rollout->ids, rollout->id_capacity);
    cdp_release(&allocator, rollout->zones, rollout->zone_capacity * sizeof(cdp_zone_name));
    cdp_release(&allocator, rollout->zone_order, rollout->zone_order_capacity * sizeof(uint16_t));
    cdp_release(&allocator, rollout->zone_names, rollout->zone_bytes_capacity);
    cdp_release(&allocator, rollout->order, rollout->base_count * sizeof(uint32_t));
    cdp_release(&allocator, rollout->by_id, rollout->by_id_capacity * sizeof(uint32_t));
    cdp_release(&allocator, rollout->merge_buffer, rollout->merge_capacity * sizeof(uint32_t));
    cdp_release(&allocator, rollout->pools, rollout->pool_capacity * sizeof(cdp_pool));
    cdp_release(&allocator, rollout, sizeof *rollout);
}

cdp_status cdp_rollout_reserve(cdp_rollout *rollout, size_t instances, size_t id_bytes)
{
    cdp_status status;

    if (!rollout)
        return CDP_ERR_ARGUMENT;
    if (rollout->phase != CDP_ROLLOUT_PHASE_NONE)
        return CDP_ERR_STATE;
    if (instances > CDP_NO_MEMBER - rollout->member_count ||
        id_bytes > UINT32_MAX - rollout->id_bytes ||
        instances > UINT32_MAX - rollout->id_bytes - id_bytes)
        return CDP_ERR_LIMIT;
    status = reserve_members(rollout, rollout->member_count + instances);
    if (status == CDP_OK)
        status = RESERVE(rollout, rollout->ids, rollout->id_capacity,
                         rollout->id_bytes + id_bytes + instances);
    return status;
}

static cdp_status add_one(cdp_rollout *rollout, const void *given, cdp_diagnostics *diagnostics)
{
    cdp_rollout_instance instance;
    cdp_status status = cdp_sized_read(&instance, sizeof instance, given);
    cdp_number_buffer digits;

    if (status == CDP_OK)
        status = cdp_members_check(rollout, &instance, diagnostics);
    if (status != CDP_OK)
        return status;
    status = cdp_members_append(rollout, &instance);
    if (status == CDP_ERR_LIMIT)
        return cdp_refuse(CDP_ERR_LIMIT, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_TOO_LARGE, instance.id,
                          cdp_number_text(CDP_MOST_ZONES, &digits), (cdp_string){NULL, 0});
    return status;
}

cdp_status cdp_rollout_add(cdp_rollout *rollout, const cdp_rollout_instance *instances,
                           size_t count, cdp_diagnostics *diagnostics)
{
    const unsigned char *at = (const unsigned char *)instances;
    size_t members;
    size_t zones;

    if (!rollout || (!instances && count > 0))
        return CDP_ERR_ARGUMENT;
    if (rollout->phase != CDP_ROLLOUT_PHASE_NONE)
        return CDP_ERR_STATE;
    members = rollout->member_count;
    zones = rollout->zone_count;
    for (size_t i = 0; i < count; i++) {
        cdp_status status = add_one(rollout, at, diagnostics);

        if (status != CDP_OK) {
            cdp_members_cut(rollout, members, zones);
            return status;
        }
        at += instances->size;
    }
    return CDP_OK;
}
