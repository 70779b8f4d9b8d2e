/* SPDX-License-Identifier: MIT */
#ifndef FLEET_H
#define FLEET_H

/* The instances of a simulation: made up, or read from an inventory. */

#include "cli.h"

enum { FLEET_MOST = 10 * 1000 * 1000, FLEET_MOST_ZONES = 4096, FLEET_ID = 32 };

typedef struct fleet_entry {
    size_t text; /* the id, a NUL */
    uint32_t id_length;
    uint16_t zone;
    uint8_t instance_health;
    uint8_t revision_health;
} fleet_entry;

typedef struct fleet {
    /* The targets; of a blue/green deployment those of the replacement environment. */
    uint32_t count;
    /* The instances of the original environment, numbered behind the targets. */
    uint32_t originals;

    /* Made up: how many are unhealthy at first. */
    uint32_t unhealthy;
    /* Read: NULL when they are made up. */
    fleet_entry *entries;
    size_t capacity;
    char *text;
    size_t text_length;
    size_t text_capacity;

    /* Zones by their number, and those numbers in the order of the names. None when no instance
     * tells its zone. */
    char **zones;
    uint16_t *zone_order;
    size_t zone_count;
    /* What stands in place of a zone when only some of them tell theirs; or -1. */
    int no_zone;
    bool has_on_premises;
    /* The targets are replacements, to which nothing was deployed yet. */
    bool blue_green;
} fleet;

void fleet_free(fleet *f);

/* Makes up `count` instances "i-01", "i-02" and so on, which lie in `zones` zones by turns (0: no
 * zones). False, having said so, when there is no memory. */
bool fleet_make(fleet *f, uint32_t count, uint32_t zones, uint32_t unhealthy);

/* Reads an inventory: the members of the group, or all instances when it is NULL. A cli_exit. */
int fleet_read(fleet *f, const char *path, const cdp_group *group);

/* Turns the fleet into a blue/green one: the instances become the originals, and as many new ones
 * are the targets as are healthy now. */
void fleet_replace(fleet *f);

/* One of all instances, originals included; its strings live as long as `id` and the fleet. */
cdp_rollout_instance fleet_at(const fleet *f, uint32_t index, char id[FLEET_ID]);
/* The number of its zone; 0 when there are none. */
uint32_t fleet_zone_of(const fleet *f, uint32_t index);

#endif
