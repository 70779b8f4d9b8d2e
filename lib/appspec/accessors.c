/* SPDX-License-Identifier: MIT */
#include "appspec/model.h"
#include "base/sized.h"
#include "base/strings.h"

cdp_platform cdp_appspec_platform(const cdp_appspec *appspec)
{
    return appspec ? appspec->platform : CDP_PLATFORM_AUTO;
}

cdp_string cdp_appspec_version(const cdp_appspec *appspec)
{
    return appspec ? appspec->version.text : (cdp_string){NULL, 0};
}

cdp_string cdp_appspec_os(const cdp_appspec *appspec)
{
    return appspec ? appspec->os.text : (cdp_string){NULL, 0};
}

cdp_file_exists_behavior cdp_appspec_file_exists_behavior(const cdp_appspec *appspec)
{
    return appspec ? appspec->file_exists_behavior : CDP_FILE_EXISTS_UNSET;
}

static const char *const behaviors[] = {"unset", "DISALLOW", "OVERWRITE", "RETAIN"};

const char *cdp_file_exists_behavior_name(cdp_file_exists_behavior behavior)
{
    return behavior >= CDP_FILE_EXISTS_UNSET && behavior <= CDP_FILE_EXISTS_RETAIN
               ? behaviors[behavior]
               : "unknown";
}

cdp_status cdp_file_exists_behavior_from_name(cdp_string name, cdp_file_exists_behavior *behavior)
{
    if (!behavior)
        return CDP_ERR_ARGUMENT;
    for (int i = CDP_FILE_EXISTS_DISALLOW; i <= CDP_FILE_EXISTS_RETAIN; i++) {
        if (cdp_string_equal_c(name, behaviors[i])) {
            *behavior = (cdp_file_exists_behavior)i;
            return CDP_OK;
        }
    }
    return CDP_ERR_NOT_FOUND;
}

size_t cdp_appspec_event_count(const cdp_appspec *appspec)
{
    return appspec ? appspec->event_count : 0;
}

cdp_status cdp_appspec_event_at(const cdp_appspec *appspec, size_t index, cdp_appspec_event *event)
{
    cdp_appspec_event view = {.size = sizeof view};

    if (!appspec || !event)
        return CDP_ERR_ARGUMENT;
    if (index >= appspec->event_count)
        return CDP_ERR_NOT_FOUND;
    view.name = appspec->events[index].name.text;
    view.script_count = appspec->events[index].script_count;
    view.function = appspec->events[index].function.text;
    return cdp_sized_write(event, &view, sizeof view);
}

cdp_status cdp_appspec_event_find(const cdp_appspec *appspec, cdp_string name, size_t *index)
{
    if (!appspec || !name.data || !index)
        return CDP_ERR_ARGUMENT;
    for (size_t i = 0; i < appspec->event_count; i++) {
        if (cdp_string_equal(appspec->events[i].name.text, name)) {
            *index = i;
            return CDP_OK;
        }
    }
    return CDP_ERR_NOT_FOUND;
}

cdp_status cdp_appspec_script_at(const cdp_appspec *appspec, size_t event, size_t index,
                                 cdp_appspec_script *script)
{
    cdp_appspec_script view = {.size = sizeof view};
    const appspec_script *from;

    if (!appspec || !script)
        return CDP_ERR_ARGUMENT;
    if (event >= appspec->event_count || index >= appspec->events[event].script_count)
        return CDP_ERR_NOT_FOUND;
    from = &appspec->events[event].scripts[index];
    view.location = from->location.text;
    view.runas = from->runas.text;
    view.sudo = from->sudo_is_true;
    view.timeout = from->seconds;
    return cdp_sized_write(script, &view, sizeof view);
}

size_t cdp_appspec_file_count(const cdp_appspec *appspec)
{
    return appspec ? appspec->file_count : 0;
}

cdp_status cdp_appspec_file_at(const cdp_appspec *appspec, size_t index, cdp_appspec_file *file)
{
    cdp_appspec_file view = {.size = sizeof view};
    const appspec_file *from;

    if (!appspec || !file)
        return CDP_ERR_ARGUMENT;
    if (index >= appspec->file_count)
        return CDP_ERR_NOT_FOUND;
    from = &appspec->files[index];
    view.source = from->source.text;
    view.destination = from->destination.text;
    view.source_kind = from->source.kind;
    view.destination_kind = from->destination.kind;
    return cdp_sized_write(file, &view, sizeof view);
}

size_t cdp_appspec_permission_count(const cdp_appspec *appspec)
{
    return appspec ? appspec->permission_count : 0;
}

cdp_status cdp_appspec_permission_at(const cdp_appspec *appspec, size_t index,
                                     cdp_appspec_permission *permission)
{
    cdp_appspec_permission view = {.size = sizeof view};
    const appspec_permission *from;

    if (!appspec || !permission)
        return CDP_ERR_ARGUMENT;
    if (index >= appspec->permission_count)
        return CDP_ERR_NOT_FOUND;
    from = &appspec->permissions[index];
    view.object = from->object.text;
    view.pattern = cdp_appspec_effective_pattern(from);
    view.pattern_kind = from->pattern.kind ? from->pattern.kind : CDP_APPSPEC_VALUE_TEXT;
    view.owner = from->owner.text;
    view.owner_kind = from->owner.kind;
    view.group = from->group.text;
    view.group_kind = from->group.kind;
    view.mode = from->mode.text;
    view.mode_bits = from->mode.kind ? from->mode_bits : -1;
    view.context_user = from->context_user.text;
    view.context_type = from->context_type.text;
    view.context_range = from->context_range.text;
    view.types = cdp_appspec_effective_types(from);
    view.has_acls = from->has_acls;
    view.except_count = from->except_count;
    view.acl_count = from->acl_count;
    return cdp_sized_write(permission, &view, sizeof view);
}

cdp_status cdp_appspec_permission_except_at(const cdp_appspec *appspec, size_t permission,
                                            size_t index, cdp_appspec_except *except)
{
    cdp_appspec_except view = {.size = sizeof view};

    if (!appspec || !except)
        return CDP_ERR_ARGUMENT;
    if (permission >= appspec->permission_count ||
        index >= appspec->permissions[permission].except_count)
        return CDP_ERR_NOT_FOUND;
    view.pattern = appspec->permissions[permission].except[index].text;
    view.kind = appspec->permissions[permission].except[index].kind;
    return cdp_sized_write(except, &view, sizeof view);
}

cdp_status cdp_appspec_permission_acl_at(const cdp_appspec *appspec, size_t permission,
                                         size_t index, cdp_appspec_acl *acl)
{
    cdp_appspec_acl view = {.size = sizeof view};
    const appspec_acl *from;

    if (!appspec || !acl)
        return CDP_ERR_ARGUMENT;
    if (permission >= appspec->permission_count ||
        index >= appspec->permissions[permission].acl_count)
        return CDP_ERR_NOT_FOUND;
    from = &appspec->permissions[permission].acls[index];
    view.text = from->text;
    view.name = from->name;
    view.type = (cdp_appspec_acl_type)from->type;
    view.is_default = from->is_default;
    view.bits = from->bits;
    return cdp_sized_write(acl, &view, sizeof view);
}

cdp_status cdp_appspec_get_lambda(const cdp_appspec *appspec, cdp_appspec_lambda *lambda)
{
    cdp_appspec_lambda view = {.size = sizeof view};

    if (!appspec || !lambda)
        return CDP_ERR_ARGUMENT;
    if (appspec->platform != CDP_PLATFORM_LAMBDA)
        return CDP_ERR_NOT_FOUND;
    view.logical_name = appspec->logical_name.text;
    view.name = appspec->lambda.name.text;
    view.alias = appspec->lambda.alias.text;
    view.current_version = appspec->lambda.current_version.text;
    view.target_version = appspec->lambda.target_version.text;
    return cdp_sized_write(lambda, &view, sizeof view);
}

cdp_status cdp_appspec_get_ecs(const cdp_appspec *appspec, cdp_appspec_ecs *ecs)
{
    cdp_appspec_ecs view = {.size = sizeof view};
    const appspec_ecs *from;

    if (!appspec || !ecs)
        return CDP_ERR_ARGUMENT;
    if (appspec->platform != CDP_PLATFORM_ECS)
        return CDP_ERR_NOT_FOUND;
    from = &appspec->ecs;
    view.logical_name = appspec->logical_name.text;
    view.task_definition = from->task_definition.text;
    view.container_name = from->container_name.text;
    view.platform_version = from->platform_version.text;
    view.assign_public_ip = from->assign_public_ip.text;
    view.container_port = from->port;
    view.has_network_configuration = from->has_network;
    view.subnet_count = from->subnet_count;
    view.security_group_count = from->security_group_count;
    view.capacity_provider_count = from->provider_count;
    return cdp_sized_write(ecs, &view, sizeof view);
}

cdp_status cdp_appspec_subnet_at(const cdp_appspec *appspec, size_t index, cdp_string *subnet)
{
    if (!appspec || !subnet)
        return CDP_ERR_ARGUMENT;
    if (index >= appspec->ecs.subnet_count)
        return CDP_ERR_NOT_FOUND;
    *subnet = appspec->ecs.subnets[index].text;
    return CDP_OK;
}

cdp_status cdp_appspec_security_group_at(const cdp_appspec *appspec, size_t index,
                                         cdp_string *security_group)
{
    if (!appspec || !security_group)
        return CDP_ERR_ARGUMENT;
    if (index >= appspec->ecs.security_group_count)
        return CDP_ERR_NOT_FOUND;
    *security_group = appspec->ecs.security_groups[index].text;
    return CDP_OK;
}

cdp_status cdp_appspec_capacity_provider_at(const cdp_appspec *appspec, size_t index,
                                            cdp_appspec_capacity_provider *provider)
{
    cdp_appspec_capacity_provider view = {.size = sizeof view};
    const appspec_provider *from;

    if (!appspec || !provider)
        return CDP_ERR_ARGUMENT;
    if (index >= appspec->ecs.provider_count)
        return CDP_ERR_NOT_FOUND;
    from = &appspec->ecs.providers[index];
    view.name = from->name.text;
    view.base = from->base_number;
    view.weight = from->weight_number;
    return cdp_sized_write(provider, &view, sizeof view);
}
