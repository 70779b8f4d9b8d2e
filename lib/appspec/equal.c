/* SPDX-License-Identifier: MIT */
/* Whether two AppSpecs mean the same. */
#include <string.h>

#include "appspec/model.h"
#include "base/strings.h"

static bool same_text(cdp_string a, cdp_string b)
{
    return (!a.data && !b.data) || cdp_string_equal(a, b);
}

static bool same(const appspec_value *a, const appspec_value *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->json || b->json)
        return a->json && b->json && strcmp(a->json, b->json) == 0;
    return same_text(a->text, b->text);
}

static bool same_files(const cdp_appspec *a, const cdp_appspec *b)
{
    if (a->file_count != b->file_count)
        return false;
    for (uint32_t i = 0; i < a->file_count; i++)
        if (!same(&a->files[i].source, &b->files[i].source) ||
            !same(&a->files[i].destination, &b->files[i].destination))
            return false;
    return true;
}

static bool same_lists(const appspec_permission *a, const appspec_permission *b)
{
    if (a->except_count != b->except_count || a->acl_count != b->acl_count ||
        a->has_acls != b->has_acls)
        return false;
    for (uint32_t i = 0; i < a->except_count; i++)
        if (!same(&a->except[i], &b->except[i]))
            return false;
    for (uint32_t i = 0; i < a->acl_count; i++)
        if (!cdp_string_equal(a->acls[i].text, b->acls[i].text))
            return false;
    return cdp_appspec_effective_types(a) == cdp_appspec_effective_types(b);
}

/* Saying nothing is the same as saying `**`. */
static bool same_pattern(const appspec_permission *a, const appspec_permission *b)
{
    bool a_default = cdp_string_equal_c(cdp_appspec_effective_pattern(a), "**") && !a->pattern.json;
    bool b_default = cdp_string_equal_c(cdp_appspec_effective_pattern(b), "**") && !b->pattern.json;

    return (a_default && b_default) || same(&a->pattern, &b->pattern);
}

static bool same_permissions(const cdp_appspec *a, const cdp_appspec *b)
{
    if (a->permission_count != b->permission_count)
        return false;
    for (uint32_t i = 0; i < a->permission_count; i++) {
        const appspec_permission *first = &a->permissions[i];
        const appspec_permission *second = &b->permissions[i];

        if (!same(&first->object, &second->object) || !same_pattern(first, second) ||
            !same(&first->owner, &second->owner) || !same(&first->group, &second->group) ||
            !same(&first->mode, &second->mode) ||
            !same(&first->context_user, &second->context_user) ||
            !same(&first->context_type, &second->context_type) ||
            !same(&first->context_range, &second->context_range) || !same_lists(first, second))
            return false;
    }
    return true;
}

static bool same_events(const cdp_appspec *a, const cdp_appspec *b)
{
    if (a->event_count != b->event_count)
        return false;
    for (uint32_t i = 0; i < a->event_count; i++) {
        const appspec_event *first = &a->events[i];
        const appspec_event *second = &b->events[i];

        if (!cdp_string_equal(first->name.text, second->name.text) ||
            !same_text(first->function.text, second->function.text) ||
            first->script_count != second->script_count)
            return false;
        for (uint32_t j = 0; j < first->script_count; j++)
            if (!same(&first->scripts[j].location, &second->scripts[j].location) ||
                !same(&first->scripts[j].runas, &second->scripts[j].runas) ||
                !same(&first->scripts[j].sudo, &second->scripts[j].sudo) ||
                !cdp_string_equal(first->scripts[j].timeout.text, second->scripts[j].timeout.text))
                return false;
    }
    return true;
}

static bool same_texts(const appspec_value *a, uint32_t a_count, const appspec_value *b,
                       uint32_t b_count)
{
    if (a_count != b_count)
        return false;
    for (uint32_t i = 0; i < a_count; i++)
        if (!cdp_string_equal(a[i].text, b[i].text))
            return false;
    return true;
}

static bool same_ecs(const appspec_ecs *a, const appspec_ecs *b)
{
    if (!same_text(a->task_definition.text, b->task_definition.text) ||
        !same_text(a->container_name.text, b->container_name.text) || a->port != b->port ||
        (a->port == 0 && !same_text(a->container_port.text, b->container_port.text)) ||
        !same_text(a->platform_version.text, b->platform_version.text) ||
        !same_text(a->assign_public_ip.text, b->assign_public_ip.text) ||
        a->has_network != b->has_network || a->provider_count != b->provider_count ||
        !same_texts(a->subnets, a->subnet_count, b->subnets, b->subnet_count) ||
        !same_texts(a->security_groups, a->security_group_count, b->security_groups,
                    b->security_group_count))
        return false;
    for (uint32_t i = 0; i < a->provider_count; i++)
        if (!same_text(a->providers[i].name.text, b->providers[i].name.text) ||
            a->providers[i].base_number != b->providers[i].base_number ||
            a->providers[i].weight_number != b->providers[i].weight_number)
            return false;
    return true;
}

static bool same_resource(const cdp_appspec *a, const cdp_appspec *b)
{
    if (!same_text(a->logical_name.text, b->logical_name.text))
        return false;
    if (a->platform == CDP_PLATFORM_ECS)
        return same_ecs(&a->ecs, &b->ecs);
    return same_text(a->lambda.name.text, b->lambda.name.text) &&
           same_text(a->lambda.alias.text, b->lambda.alias.text) &&
           same_text(a->lambda.current_version.text, b->lambda.current_version.text) &&
           same_text(a->lambda.target_version.text, b->lambda.target_version.text);
}

int cdp_appspec_equal(const cdp_appspec *a, const cdp_appspec *b)
{
    if (!a || !b || a->platform != b->platform)
        return 0;
    if (a->platform != CDP_PLATFORM_SERVER)
        return same_resource(a, b) && same_events(a, b);
    return same_text(a->os.text, b->os.text) &&
           a->file_exists_behavior == b->file_exists_behavior && same_files(a, b) &&
           same_permissions(a, b) && same_events(a, b);
}
