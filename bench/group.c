/* SPDX-License-Identifier: MIT */
/* Which of a million instances, with 5 tags each, belong to a group of 3 tag groups with 10 filters. */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

#include <codedeploy/group.h>
#include <codedeploy/membership.h>

enum {
    INSTANCES = 1000 * 1000,
    FEW = 1000,
    TAGS = 5,
    GROUPS = 3,
    FILTERS = 10,
    VALUES = 16,
    TEXT = 24
};

typedef struct host {
    char id[TEXT];
    cdp_tag tags[TAGS];
} host;

typedef struct fleet {
    host *hosts;
    cdp_group *group;
    /* The filters once more, for the reference. */
    char keys[GROUPS][FILTERS][TEXT];
    char values[GROUPS][FILTERS][TEXT];
} fleet;

static char keys[GROUPS * 4][TEXT];
static char values[VALUES][TEXT];

static uint64_t scramble(uint64_t number)
{
    number = (number ^ (number >> 31)) * 0x9E3779B97F4A7C15u;
    return number ^ (number >> 29);
}

static void *must(void *pointer)
{
    if (!pointer)
        exit(1);
    return pointer;
}

/* Every filter is KEY_AND_VALUE, and each tag group asks for keys of its own. */
static void make_group(fleet *f)
{
    static char json[16384];
    int length = snprintf(json, sizeof json,
                          "{\"applicationName\":\"a\",\"deploymentGroupName\":\"g\","
                          "\"serviceRoleArn\":\"arn:aws:iam::123456789012:role/r\","
                          "\"ec2TagSet\":{\"ec2TagSetList\":[");

    for (int g = 0; g < GROUPS; g++) {
        for (int i = 0; i < FILTERS; i++) {
            memcpy(f->keys[g][i], keys[g * 4 + i % 4], TEXT);
            memcpy(f->values[g][i], values[i], TEXT);
            length += snprintf(json + length, sizeof json - (size_t)length,
                               "%s{\"Key\":\"%s\",\"Value\":\"%s\",\"Type\":\"KEY_AND_VALUE\"}",
                               i > 0   ? ","
                               : g > 0 ? "],["
                                       : "[",
                               f->keys[g][i], f->values[g][i]);
        }
    }
    snprintf(json + length, sizeof json - (size_t)length, "]]}}");
    if (cdp_group_parse(json, strlen(json), NULL, NULL, &f->group) != CDP_OK)
        exit(1);
}

static void make_hosts(fleet *f)
{
    f->hosts = must(malloc(INSTANCES * sizeof *f->hosts));
    for (uint32_t i = 0; i < INSTANCES; i++) {
        host *h = &f->hosts[i];

        snprintf(h->id, sizeof h->id, "i-%017llx", (unsigned long long)scramble(i + 1) >> 4);
        for (int t = 0; t < TAGS; t++) {
            uint64_t dice = scramble((uint64_t)i * TAGS + (uint64_t)t);
            const char *key = keys[(t * 4 + (int)(dice & 3)) % (GROUPS * 4)];
            const char *value = values[dice >> 8 & (VALUES - 1)];

            h->tags[t] = (cdp_tag){{key, strlen(key)}, {value, strlen(value)}};
        }
    }
}

static cdp_instance instance_at(const fleet *f, uint32_t index)
{
    const host *h = &f->hosts[index];

    return (cdp_instance){.size = sizeof(cdp_instance),
                          .id = {h->id, strlen(h->id)},
                          .tags = h->tags,
                          .tag_count = TAGS};
}

/* The reference: every tag against every filter. */
static bool is_in(const fleet *f, const host *h, int group)
{
    for (int i = 0; i < FILTERS; i++) {
        for (int t = 0; t < TAGS; t++) {
            if (strcmp(h->tags[t].key.data, f->keys[group][i]) == 0 &&
                strcmp(h->tags[t].value.data, f->values[group][i]) == 0)
                return true;
        }
    }
    return false;
}

static uint64_t compare_all(void *context, uint64_t count)
{
    const fleet *f = context;
    uint64_t selected = 0;

    for (uint64_t i = 0; i < count; i++) {
        const host *h = &f->hosts[i % INSTANCES];

        selected += is_in(f, h, 0) && is_in(f, h, 1) && is_in(f, h, 2);
    }
    return selected;
}

static uint64_t match(const fleet *f, uint64_t count, uint32_t among)
{
    uint64_t selected = 0;

    for (uint64_t i = 0; i < count; i++) {
        cdp_instance instance = instance_at(f, (uint32_t)(i % among));
        cdp_match result = {.size = sizeof result};

        if (cdp_group_match(f->group, &instance, &result) != CDP_OK)
            exit(1);
        selected += result.selected != 0;
    }
    return selected;
}

static uint64_t match_few(void *context, uint64_t count)
{
    return match(context, count, FEW);
}

static uint64_t match_many(void *context, uint64_t count)
{
    return match(context, count, INSTANCES);
}

/* From the inventory to the targets of a deployment. */
static double collect(const fleet *f)
{
    double start = bench_seconds();
    cdp_members *members;
    size_t count;

    if (cdp_members_new(f->group, NULL, &members) != CDP_OK)
        exit(1);
    for (uint32_t i = 0; i < INSTANCES; i++) {
        cdp_instance instance = instance_at(f, i);

        if (cdp_members_add(members, &instance, NULL) != CDP_OK)
            exit(1);
    }
    if (cdp_members_finish(members) != CDP_OK)
        exit(1);
    count = cdp_members_count(members);
    cdp_members_free(members);
    if (count != match(f, INSTANCES, INSTANCES))
        exit(1);
    return bench_seconds() - start;
}

int main(void)
{
    fleet *f = must(calloc(1, sizeof *f));
    double reference;
    double few;
    double many;
    double whole;
    bool met;

    for (int i = 0; i < GROUPS * 4; i++)
        snprintf(keys[i], TEXT, "company:tag-%02d", i);
    for (int i = 0; i < VALUES; i++)
        snprintf(values[i], TEXT, "value-%02d", i);
    make_group(f);
    make_hosts(f);
    if (compare_all(f, INSTANCES) != match(f, INSTANCES, INSTANCES))
        return 1;
    reference = bench_measure(compare_all, f, INSTANCES);
    few = bench_measure(match_few, f, INSTANCES);
    many = bench_measure(match_many, f, INSTANCES);
    whole = collect(f);
    bench_report("every tag against every filter (reference)", reference, 0);
    bench_report("match one of a thousand", few, reference);
    bench_report("match one of a million", many, reference);
    met =
        bench_wants_at_most("seconds for matching a million instances", many * INSTANCES * 1e-9, 1);
    met = bench_wants_at_most("seconds for their members, from the first to the last", whole, 1) &&
          met;
    met =
        bench_wants_at_most("time of one of a million to one of a thousand", many / few, 2) && met;
    cdp_group_free(f->group);
    free(f->hosts);
    free(f);
    return met ? 0 : 1;
}
