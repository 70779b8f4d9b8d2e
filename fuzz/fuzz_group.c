/* SPDX-License-Identifier: MIT */
/*
 * Deployment groups and inventories. The first byte chooses what the others are:
 *
 *   0  a group, its shape found out       4  a change of a group that is right
 *   1  CreateDeploymentGroupInput         5  the replacement instances of a blue/green group
 *   2  DeploymentGroupInfo                6  an inventory, in pieces of some size
 *   3  a group, a line with ---, an inventory to be matched with it
 *
 * The second byte lets a request for memory fail, '0' none; for an inventory the third is the size
 * of the pieces.
 */
#include "fuzzing.h"

#include <codedeploy/group.h>
#include <codedeploy/membership.h>

static const char server[] =
    "{\"applicationName\":\"a\",\"deploymentGroupName\":\"g\",\"serviceRoleArn\":"
    "\"arn:aws:iam::123456789012:role/r\",\"ec2TagFilters\":[{\"Key\":\"k\"}],"
    "\"autoScalingGroups\":[\"s\"],\"alarmConfiguration\":{\"enabled\":true,\"alarms\":[{\"name\":"
    "\"x\"}]}}";
static const char blue_green[] =
    "{\"applicationName\":\"a\",\"deploymentGroupName\":\"g\",\"serviceRoleArn\":"
    "\"arn:aws:iam::123456789012:role/r\",\"ec2TagFilters\":[{\"Key\":\"k\"}],\"deploymentStyle\":"
    "{\"deploymentType\":\"BLUE_GREEN\",\"deploymentOption\":\"WITH_TRAFFIC_CONTROL\"},"
    "\"loadBalancerInfo\":{\"targetGroupInfoList\":[{\"name\":\"t\"}]},"
    "\"blueGreenDeploymentConfiguration\":{\"terminateBlueInstancesOnDeploymentSuccess\":{"
    "\"action\":\"KEEP_ALIVE\"},\"deploymentReadyOption\":{\"actionOnTimeout\":"
    "\"CONTINUE_DEPLOYMENT\"},\"greenFleetProvisioningOption\":{\"action\":\"DISCOVER_EXISTING\"}}"
    "}";

/* ---- groups ---- */

/* What is accepted is written and read to the same. */
static void check_group(const cdp_group *group, cdp_group_shape shape)
{
    cdp_group_options options = {
        .size = sizeof options, .shape = shape, .platform = cdp_group_platform(group)};
    cdp_group *again = NULL;
    cdp_text *first = new_text();
    cdp_text *second = new_text();
    cdp_text *other = new_text();

    must(cdp_group_write(group, shape, 0, first) == CDP_OK);
    must(cdp_group_parse(cdp_text_string(first).data, cdp_text_string(first).length, &options, NULL,
                         &again) == CDP_OK);
    must(cdp_group_write(again, shape, 0, second) == CDP_OK);
    must_be_same(first, second);
    must(cdp_group_write(group, CDP_GROUP_SHAPE_INFO, 2, other) == CDP_OK);
    must(cdp_group_check_together((const cdp_group *const *)&group, 1, NULL, NULL) == CDP_OK);
    cdp_group_free(again);
    cdp_text_free(first);
    cdp_text_free(second);
    cdp_text_free(other);
}

static cdp_group *read_group(const char *bytes, size_t length, cdp_group_shape shape)
{
    cdp_group_options options = {.size = sizeof options, .allocator = &allocator, .shape = shape};
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_group *group = NULL;
    cdp_status status;

    if (!diagnostics)
        return NULL;
    status = cdp_group_parse(bytes, length, &options, diagnostics, &group);
    must((status == CDP_OK) == (group != NULL));
    must_be_explained(status, diagnostics);
    if (group)
        check_group(group, cdp_group_shape_read(group));
    cdp_diagnostics_free(diagnostics);
    return group;
}

static void change_group(const char *base, const char *bytes, size_t length, int replacement)
{
    cdp_group_options options = {.size = sizeof options, .allocator = &allocator};
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_group *group = NULL;
    cdp_group *changed = NULL;
    cdp_status status;

    must(cdp_group_parse(base, strlen(base), NULL, NULL, &group) == CDP_OK);
    if (diagnostics) {
        status = replacement
                     ? cdp_group_replacement(group, bytes, length, &options, diagnostics, &changed)
                     : cdp_group_update(group, bytes, length, &options, diagnostics, &changed);
        must((status == CDP_OK) == (changed != NULL));
        must_be_explained(status, diagnostics);
    }
    /* It stands by itself. */
    cdp_group_free(group);
    if (changed && !replacement)
        check_group(changed, CDP_GROUP_SHAPE_CREATE);
    cdp_group_free(changed);
    cdp_diagnostics_free(diagnostics);
}

/* ---- inventories ---- */

/* Looks at an instance as a host would. */
static void look(const cdp_group *group, cdp_members *members, const cdp_instance *instance)
{
    cdp_match fast = {.size = sizeof fast};
    cdp_match full = {.size = sizeof full};
    cdp_text *text;
    cdp_status status;

    must(instance->id.data && instance->id.length > 0);
    if (!group)
        return;
    status = cdp_members_add(members, instance, &fast);
    must(status == CDP_OK || status == CDP_ERR_NOMEM);
    if (status != CDP_OK)
        return;
    text = new_text();
    must(cdp_group_explain(group, instance, &full) == CDP_OK);
    must(fast.selected == full.selected && fast.reason == full.reason);
    must(cdp_match_render(group, instance, &full, text) == CDP_OK);
    cdp_text_free(text);
}

/* How often it answers what; the same whatever the pieces are. */
typedef struct answers {
    size_t instances;
    size_t refused;
} answers;

static answers read_inventory(const cdp_group *group, const char *bytes, size_t length,
                              size_t piece)
{
    cdp_diagnostics *diagnostics = new_diagnostics();
    cdp_inventory *inventory = NULL;
    cdp_members *members = NULL;
    cdp_status status = CDP_ERR_NOMEM;
    answers counted = {0, 0};

    if (diagnostics && (!group || cdp_members_new(group, &allocator, &members) == CDP_OK))
        status = cdp_inventory_new(NULL, &allocator, &inventory);
    while (status != CDP_ERR_NOMEM && status != CDP_ERR_NOT_FOUND && status != CDP_ERR_STATE) {
        cdp_instance instance = {.size = sizeof instance};

        status = cdp_inventory_next(inventory, diagnostics, &instance);
        if (status == CDP_PENDING && length == 0)
            must(cdp_inventory_finish(inventory) == CDP_OK);
        if (status == CDP_PENDING && length > 0) {
            size_t next = piece < length ? piece : length;

            status = cdp_inventory_feed(inventory, bytes, next);
            bytes += next;
            length -= next;
        } else if (status == CDP_OK) {
            counted.instances++;
            look(group, members, &instance);
        } else {
            counted.refused += status == CDP_ERR_INVALID || status == CDP_ERR_LIMIT;
        }
    }
    must(status == CDP_ERR_NOMEM || counted.refused == 0 ||
         cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0);
    if (members && cdp_members_finish(members) == CDP_OK)
        must(cdp_members_count(members) + cdp_members_duplicates(members) <=
             cdp_members_seen(members));
    cdp_members_free(members);
    cdp_inventory_free(inventory);
    cdp_diagnostics_free(diagnostics);
    return counted;
}

static void read_in_pieces(reader bytes)
{
    size_t piece = (size_t)take(&bytes) + 1;
    unsigned fails = requests_left;
    answers first = read_inventory(NULL, (const char *)bytes.data, bytes.size, piece);
    answers second;

    if (fails > 0)
        return;
    second = read_inventory(NULL, (const char *)bytes.data, bytes.size, bytes.size + 1);
    must(first.instances == second.instances && first.refused == second.refused);
}

/* The group in front of the line, the inventory behind it. */
static void match_all(const char *bytes, size_t length)
{
    const char *line = NULL;
    cdp_group *group;

    for (size_t i = 0; !line && i + 5 <= length; i++)
        line = memcmp(bytes + i, "\n---\n", 5) == 0 ? bytes + i : NULL;
    if (!line)
        return;
    group = read_group(bytes, (size_t)(line - bytes), CDP_GROUP_SHAPE_AUTO);
    if (group)
        read_inventory(group, line + 5, length - (size_t)(line + 5 - bytes), 64);
    cdp_group_free(group);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader bytes = {data, size};
    int kind = take(&bytes) % 7;
    uint8_t fails = take(&bytes);
    const char *text = (const char *)bytes.data;

    if (size < 2)
        return 0;
    requests_left = fails == '0' ? 0 : fails;
    switch (kind) {
    case 3:
        match_all(text, bytes.size);
        break;
    case 4:
        change_group(server, text, bytes.size, 0);
        break;
    case 5:
        change_group(blue_green, text, bytes.size, 1);
        break;
    case 6:
        read_in_pieces(bytes);
        break;
    default:
        cdp_group_free(read_group(text, bytes.size, (cdp_group_shape)kind));
    }
    return 0;
}
