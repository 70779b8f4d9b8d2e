/* SPDX-License-Identifier: MIT */
#include "fleet.h"

#include <stdlib.h>
#include <string.h>

#include "inventory_file.h"

enum { LETTERS = 26, NOT_SAID = UINT16_MAX };

void fleet_free(fleet *f)
{
    for (size_t i = 0; i < f->zone_count; i++)
        free(f->zones[i]);
    free(f->zones);
    free(f->zone_order);
    free(f->entries);
    free(f->text);
    *f = (fleet){.count = 0};
}

static bool no_memory(void)
{
    cli_fail("out of memory");
    return false;
}

/* Room for one more element of an array that doubles. */
static void *grow(void *array, size_t *capacity, size_t needed, size_t element)
{
    size_t wanted = *capacity ? *capacity : 64;
    void *grown;

    if (needed <= *capacity)
        return array;
    while (wanted < needed)
        wanted *= 2;
    grown = realloc(array, wanted * element);
    if (grown)
        *capacity = wanted;
    return grown;
}

/* ---- zones ---- */

static size_t zone_place(const fleet *f, const char *name, size_t length, bool *found)
{
    size_t low = 0;
    size_t high = f->zone_count;

    *found = false;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *other = f->zones[f->zone_order[middle]];
        size_t other_length = strlen(other);
        int order = memcmp(other, name, length < other_length ? length : other_length);

        if (order == 0 && other_length == length) {
            *found = true;
            return middle;
        }
        if (order < 0 || (order == 0 && other_length < length))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The zone's number, which is made when it is new. */
static bool add_zone(fleet *f, const char *name, size_t length, uint16_t *zone)
{
    bool found;
    size_t place = zone_place(f, name, length, &found);

    if (found) {
        *zone = f->zone_order[place];
        return true;
    }
    if (f->zone_count == FLEET_MOST_ZONES) {
        cli_fail("there are more than %d Availability Zones", FLEET_MOST_ZONES);
        return false;
    }
    if (!f->zones) {
        f->zones = calloc(FLEET_MOST_ZONES, sizeof *f->zones);
        f->zone_order = calloc(FLEET_MOST_ZONES, sizeof *f->zone_order);
        if (!f->zones || !f->zone_order)
            return no_memory();
    }
    f->zones[f->zone_count] = strndup(name, length);
    if (!f->zones[f->zone_count])
        return no_memory();
    memmove(f->zone_order + place + 1, f->zone_order + place,
            (f->zone_count - place) * sizeof *f->zone_order);
    *zone = f->zone_order[place] = (uint16_t)f->zone_count++;
    return true;
}

/* ---- made up ---- */

static int digits_of(uint32_t number)
{
    int digits = 1;

    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

bool fleet_make(fleet *f, uint32_t count, uint32_t zones, uint32_t unhealthy)
{
    *f = (fleet){.count = count, .unhealthy = unhealthy, .no_zone = -1};
    /* Those that nobody lies in are none of the fleet's. */
    for (uint32_t i = 0; i < zones && i < count; i++) {
        char name[FLEET_ID];
        uint16_t number;

        if (zones <= LETTERS)
            snprintf(name, sizeof name, "%c", (char)('a' + i));
        else
            snprintf(name, sizeof name, "%0*u", digits_of(zones), (unsigned)i + 1);
        if (!add_zone(f, name, strlen(name), &number))
            return false;
    }
    return true;
}

void fleet_replace(fleet *f)
{
    uint32_t healthy = f->entries ? 0 : f->count - f->unhealthy;

    for (uint32_t i = 0; f->entries && i < f->count; i++)
        healthy += f->entries[i].instance_health == CDP_INSTANCE_HEALTHY;
    f->originals = f->count;
    f->count = healthy;
    f->blue_green = true;
}

/* ---- read ---- */

typedef struct intake {
    fleet *fleet;
    cdp_members *members; /* NULL: all belong */
    bool zoneless;        /* some do not tell their zone */
} intake;

static bool keep(intake *in, const cdp_instance *instance)
{
    fleet *f = in->fleet;
    fleet_entry entry = {.text = f->text_length,
                         .id_length = (uint32_t)instance->id.length,
                         .zone = NOT_SAID,
                         .instance_health = (uint8_t)instance->instance_health,
                         .revision_health = (uint8_t)instance->revision_health};
    void *text;
    void *entries;

    if (f->count == FLEET_MOST) {
        cli_fail("there are more than %d instances", FLEET_MOST);
        return false;
    }
    if (instance->zone.data &&
        !add_zone(f, instance->zone.data, instance->zone.length, &entry.zone))
        return false;
    in->zoneless = in->zoneless || !instance->zone.data;
    f->has_on_premises = f->has_on_premises || instance->kind == CDP_INSTANCE_ON_PREMISES;
    text = grow(f->text, &f->text_capacity, f->text_length + instance->id.length + 1, 1);
    if (text)
        f->text = text;
    entries = grow(f->entries, &f->capacity, f->count + 1, sizeof entry);
    if (entries)
        f->entries = entries;
    if (!text || !entries)
        return no_memory();
    memcpy(f->text + f->text_length, instance->id.data, instance->id.length);
    f->text[f->text_length + instance->id.length] = '\0';
    f->text_length += instance->id.length + 1;
    f->entries[f->count++] = entry;
    return true;
}

static bool take(const cdp_instance *instance, void *user)
{
    intake *in = user;

    if (!in->members)
        return keep(in, instance);
    return cdp_members_add(in->members, instance, NULL) == CDP_OK || no_memory();
}

static bool keep_members(intake *in)
{
    if (cdp_members_finish(in->members) != CDP_OK)
        return no_memory();
    for (size_t i = 0; i < cdp_members_count(in->members); i++) {
        cdp_instance instance = {.size = sizeof instance};

        if (cdp_members_at(in->members, i, &instance) != CDP_OK || !keep(in, &instance))
            return false;
    }
    return true;
}

/* Those without a zone are shown together. */
static bool name_no_zone(fleet *f)
{
    static const char name[] = "(none)";
    uint16_t number;

    if (!add_zone(f, name, strlen(name), &number))
        return false;
    f->no_zone = number;
    for (uint32_t i = 0; i < f->count; i++) {
        if (f->entries[i].zone == NOT_SAID)
            f->entries[i].zone = number;
    }
    return true;
}

int fleet_read(fleet *f, const char *path, const cdp_group *group)
{
    intake in = {.fleet = f};
    int exit;

    *f = (fleet){.no_zone = -1};
    f->capacity = 64;
    f->entries = calloc(f->capacity, sizeof *f->entries);
    if (!f->entries || (group && cdp_members_new(group, NULL, &in.members) != CDP_OK)) {
        cdp_members_free(in.members);
        return cli_fail("out of memory");
    }
    exit = inventory_file_read(path, take, &in);
    if (exit == CLI_CLEAN && group && !keep_members(&in))
        exit = CLI_IO;
    if (exit == CLI_CLEAN && in.zoneless && f->zone_count > 0 && !name_no_zone(f))
        exit = CLI_IO;
    cdp_members_free(in.members);
    return exit;
}

/* ---- one of them ---- */

static cdp_string zone_name(const fleet *f, uint32_t zone)
{
    if (f->zone_count == 0 || (int)zone == f->no_zone)
        return (cdp_string){NULL, 0};
    return (cdp_string){f->zones[zone], strlen(f->zones[zone])};
}

static cdp_rollout_instance make_up(const fleet *f, uint32_t number, uint32_t of, char letter,
                                    char id[FLEET_ID])
{
    int length = snprintf(id, FLEET_ID, "%c-%0*u", letter, digits_of(of), (unsigned)number + 1);

    return (cdp_rollout_instance){
        .size = sizeof(cdp_rollout_instance),
        .id = {id, (size_t)length},
        .zone = zone_name(f, f->zone_count ? number % (uint32_t)f->zone_count : 0)};
}

cdp_rollout_instance fleet_at(const fleet *f, uint32_t index, char id[FLEET_ID])
{
    bool original = index >= f->count;
    uint32_t number = original ? index - f->count : index;
    cdp_rollout_instance instance;

    /* The replacement environment is new. */
    if (f->blue_green && !original)
        return make_up(f, number, f->count, 'g', id);
    if (f->entries) {
        const fleet_entry *entry = &f->entries[number];

        return (cdp_rollout_instance){
            .size = sizeof instance,
            .id = {f->text + entry->text, entry->id_length},
            .zone = zone_name(f, entry->zone),
            .instance_health = (cdp_instance_health)entry->instance_health,
            .revision_health = (cdp_revision_health)entry->revision_health,
            .original = original};
    }
    instance = make_up(f, number, original ? f->originals : f->count, original ? 'b' : 'i', id);
    instance.original = original;
    if (number >= f->unhealthy) {
        instance.instance_health = CDP_INSTANCE_HEALTHY;
        instance.revision_health = CDP_REVISION_HEALTH_OLD;
    }
    return instance;
}

uint32_t fleet_zone_of(const fleet *f, uint32_t index)
{
    uint32_t number = index >= f->count ? index - f->count : index;

    if (f->zone_count == 0)
        return 0;
    if (f->entries && (!f->blue_green || index >= f->count))
        return f->entries[number].zone;
    return number % (uint32_t)f->zone_count;
}
