/* SPDX-License-Identifier: MIT */
/* Puts together what an AppSpec is later made of: inputs are kept in lists, unchecked. */
#include "appspec/builder.h"

#include "base/allocator.h"
#include "base/sized.h"
#include "base/strings.h"

cdp_status cdp_appspec_builder_new(const cdp_allocator *allocator, cdp_platform platform,
                                   cdp_appspec_builder **builder)
{
    cdp_allocator own;
    cdp_appspec_builder *made;
    cdp_status status;

    if (!builder || platform < CDP_PLATFORM_SERVER || platform > CDP_PLATFORM_ECS)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own, allocator);
    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&own, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    cdp_arena_init(&made->arena, &own);
    made->platform = platform;
    made->file_tail = &made->files;
    made->permission_tail = &made->permissions;
    made->event_tail = &made->events;
    *builder = made;
    return CDP_OK;
}

void cdp_appspec_builder_free(cdp_appspec_builder *builder)
{
    cdp_allocator allocator;

    if (!builder)
        return;
    allocator = builder->arena.allocator;
    cdp_arena_release(&builder->arena);
    cdp_release(&allocator, builder, sizeof *builder);
}

static cdp_status copy(cdp_appspec_builder *builder, cdp_string from, cdp_string *to)
{
    return cdp_arena_copy(&builder->arena, from, to);
}

static cdp_status copy_list(cdp_appspec_builder *builder, const cdp_string *from, size_t count,
                            cdp_string **to)
{
    cdp_string *list;

    *to = NULL;
    if (!from)
        return CDP_OK;
    list = cdp_arena_array(&builder->arena, count ? count : 1, sizeof *list);
    if (!list)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        if (copy(builder, from[i], &list[i]) != CDP_OK)
            return CDP_ERR_NOMEM;
    *to = list;
    return CDP_OK;
}

static bool fits(size_t count, const void *list)
{
    return count < UINT32_MAX && (count == 0 || list);
}

static cdp_status expect(const cdp_appspec_builder *builder, cdp_platform platform)
{
    if (!builder)
        return CDP_ERR_ARGUMENT;
    return builder->platform == platform ? CDP_OK : CDP_ERR_STATE;
}

cdp_status cdp_appspec_builder_set_os(cdp_appspec_builder *builder, cdp_string os)
{
    cdp_status status = expect(builder, CDP_PLATFORM_SERVER);

    return status == CDP_OK ? copy(builder, os, &builder->os) : status;
}

cdp_status cdp_appspec_builder_set_file_exists_behavior(cdp_appspec_builder *builder,
                                                        cdp_file_exists_behavior behavior)
{
    cdp_status status = expect(builder, CDP_PLATFORM_SERVER);

    if (status != CDP_OK)
        return status;
    if (behavior < CDP_FILE_EXISTS_UNSET || behavior > CDP_FILE_EXISTS_RETAIN)
        return CDP_ERR_ARGUMENT;
    builder->file_exists_behavior = behavior;
    return CDP_OK;
}

cdp_status cdp_appspec_builder_add_file(cdp_appspec_builder *builder, cdp_string source,
                                        cdp_string destination)
{
    cdp_status status = expect(builder, CDP_PLATFORM_SERVER);
    builder_file *file;

    if (status != CDP_OK)
        return status;
    if (builder->file_count >= UINT32_MAX)
        return CDP_ERR_ARGUMENT;
    file = cdp_arena_allocate_zeroed(&builder->arena, sizeof *file);
    if (!file || copy(builder, source, &file->source) != CDP_OK ||
        copy(builder, destination, &file->destination) != CDP_OK)
        return CDP_ERR_NOMEM;
    *builder->file_tail = file;
    builder->file_tail = &file->next;
    builder->file_count++;
    return CDP_OK;
}

static cdp_status copy_permission(cdp_appspec_builder *builder,
                                  const cdp_appspec_permission_input *from,
                                  cdp_appspec_permission_input *to)
{
    cdp_string *except = NULL;
    cdp_string *acls = NULL;
    struct {
        const cdp_string *from;
        cdp_string *to;
    } strings[] = {
        {&from->object, &to->object},
        {&from->pattern, &to->pattern},
        {&from->owner, &to->owner},
        {&from->group, &to->group},
        {&from->mode, &to->mode},
        {&from->context_user, &to->context_user},
        {&from->context_type, &to->context_type},
        {&from->context_range, &to->context_range},
    };

    *to = *from;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (copy(builder, *strings[i].from, strings[i].to) != CDP_OK)
            return CDP_ERR_NOMEM;
    if (copy_list(builder, from->except, from->except_count, &except) != CDP_OK ||
        copy_list(builder, from->acls, from->acl_count, &acls) != CDP_OK)
        return CDP_ERR_NOMEM;
    to->except = except;
    to->acls = acls;
    return CDP_OK;
}

cdp_status cdp_appspec_builder_add_permission(cdp_appspec_builder *builder,
                                              const cdp_appspec_permission_input *permission)
{
    cdp_status status = expect(builder, CDP_PLATFORM_SERVER);
    cdp_appspec_permission_input given;
    builder_permission *made;

    if (status == CDP_OK)
        status = cdp_sized_read(&given, sizeof given, permission);
    if (status != CDP_OK)
        return status;
    if (given.types > (CDP_APPSPEC_TYPE_FILE | CDP_APPSPEC_TYPE_DIRECTORY) || given.reserved ||
        !fits(given.except_count, given.except) || !fits(given.acl_count, given.acls) ||
        builder->permission_count >= UINT32_MAX)
        return CDP_ERR_ARGUMENT;
    made = cdp_arena_allocate_zeroed(&builder->arena, sizeof *made);
    if (!made || copy_permission(builder, &given, &made->input) != CDP_OK)
        return CDP_ERR_NOMEM;
    *builder->permission_tail = made;
    builder->permission_tail = &made->next;
    builder->permission_count++;
    return CDP_OK;
}

/* The event of that name, or a new one that is not yet in the list. */
static cdp_status find_event(cdp_appspec_builder *builder, cdp_string name, builder_event **found)
{
    builder_event *event;

    for (event = builder->events; event; event = event->next) {
        if (cdp_string_equal(event->name, name)) {
            *found = event;
            return CDP_OK;
        }
    }
    event = cdp_arena_allocate_zeroed(&builder->arena, sizeof *event);
    if (!event || copy(builder, name, &event->name) != CDP_OK)
        return CDP_ERR_NOMEM;
    event->script_tail = &event->scripts;
    *found = event;
    return CDP_OK;
}

static void keep_event(cdp_appspec_builder *builder, builder_event *event)
{
    if (event->is_kept)
        return;
    event->is_kept = true;
    *builder->event_tail = event;
    builder->event_tail = &event->next;
    builder->event_count++;
}

cdp_status cdp_appspec_builder_add_script(cdp_appspec_builder *builder, cdp_string event,
                                          const cdp_appspec_script *script)
{
    cdp_status status = expect(builder, CDP_PLATFORM_SERVER);
    cdp_appspec_script given;
    builder_script *made;
    builder_event *found;

    if (status == CDP_OK)
        status = cdp_sized_read(&given, sizeof given, script);
    if (status != CDP_OK)
        return status;
    if (!event.data || builder->event_count >= UINT32_MAX)
        return CDP_ERR_ARGUMENT;
    status = find_event(builder, event, &found);
    if (status != CDP_OK)
        return status;
    if (found->script_count >= UINT32_MAX)
        return CDP_ERR_ARGUMENT;
    made = cdp_arena_allocate_zeroed(&builder->arena, sizeof *made);
    if (!made || copy(builder, given.location, &made->location) != CDP_OK ||
        copy(builder, given.runas, &made->runas) != CDP_OK)
        return CDP_ERR_NOMEM;
    made->sudo = given.sudo != 0;
    made->timeout = given.timeout;
    *found->script_tail = made;
    found->script_tail = &made->next;
    found->script_count++;
    keep_event(builder, found);
    return CDP_OK;
}

cdp_status cdp_appspec_builder_add_function(cdp_appspec_builder *builder, cdp_string event,
                                            cdp_string function)
{
    builder_event *made;

    if (!builder || !event.data || builder->event_count >= UINT32_MAX)
        return CDP_ERR_ARGUMENT;
    if (builder->platform == CDP_PLATFORM_SERVER)
        return CDP_ERR_STATE;
    made = cdp_arena_allocate_zeroed(&builder->arena, sizeof *made);
    if (!made || copy(builder, event, &made->name) != CDP_OK ||
        copy(builder, function, &made->function) != CDP_OK)
        return CDP_ERR_NOMEM;
    keep_event(builder, made);
    return CDP_OK;
}

cdp_status cdp_appspec_builder_set_lambda(cdp_appspec_builder *builder,
                                          const cdp_appspec_lambda *lambda)
{
    cdp_status status = expect(builder, CDP_PLATFORM_LAMBDA);
    cdp_appspec_lambda given;
    cdp_appspec_lambda own;

    if (status == CDP_OK)
        status = cdp_sized_read(&given, sizeof given, lambda);
    if (status != CDP_OK)
        return status;
    own = given;
    if (copy(builder, given.logical_name, &own.logical_name) != CDP_OK ||
        copy(builder, given.name, &own.name) != CDP_OK ||
        copy(builder, given.alias, &own.alias) != CDP_OK ||
        copy(builder, given.current_version, &own.current_version) != CDP_OK ||
        copy(builder, given.target_version, &own.target_version) != CDP_OK)
        return CDP_ERR_NOMEM;
    builder->lambda = own;
    builder->has_resource = true;
    return CDP_OK;
}

static cdp_status copy_providers(cdp_appspec_builder *builder,
                                 const cdp_appspec_capacity_provider *from, size_t count,
                                 cdp_appspec_capacity_provider **to)
{
    const unsigned char *at = (const unsigned char *)from;
    cdp_appspec_capacity_provider *list;

    *to = NULL;
    if (!from)
        return CDP_OK;
    list = cdp_arena_array(&builder->arena, count ? count : 1, sizeof *list);
    if (!list)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < count; i++, at += from->size) {
        cdp_status status = cdp_sized_read(&list[i], sizeof *list, at);

        if (status == CDP_OK)
            status = copy(builder, list[i].name, &list[i].name);
        if (status != CDP_OK)
            return status;
    }
    *to = list;
    return CDP_OK;
}

static cdp_status copy_ecs(cdp_appspec_builder *builder, const cdp_appspec_ecs_input *from,
                           cdp_appspec_ecs_input *to)
{
    cdp_string *subnets = NULL;
    cdp_string *groups = NULL;
    cdp_appspec_capacity_provider *providers = NULL;
    cdp_status status;

    *to = *from;
    if (copy(builder, from->logical_name, &to->logical_name) != CDP_OK ||
        copy(builder, from->task_definition, &to->task_definition) != CDP_OK ||
        copy(builder, from->container_name, &to->container_name) != CDP_OK ||
        copy(builder, from->platform_version, &to->platform_version) != CDP_OK ||
        copy(builder, from->assign_public_ip, &to->assign_public_ip) != CDP_OK ||
        copy_list(builder, from->subnets, from->subnet_count, &subnets) != CDP_OK ||
        copy_list(builder, from->security_groups, from->security_group_count, &groups) != CDP_OK)
        return CDP_ERR_NOMEM;
    status = copy_providers(builder, from->capacity_providers, from->capacity_provider_count,
                            &providers);
    to->subnets = subnets;
    to->security_groups = groups;
    to->capacity_providers = providers;
    return status;
}

cdp_status cdp_appspec_builder_set_ecs(cdp_appspec_builder *builder,
                                       const cdp_appspec_ecs_input *ecs)
{
    cdp_status status = expect(builder, CDP_PLATFORM_ECS);
    cdp_appspec_ecs_input given;
    cdp_appspec_ecs_input own;

    if (status == CDP_OK)
        status = cdp_sized_read(&given, sizeof given, ecs);
    if (status != CDP_OK)
        return status;
    if (given.reserved || !fits(given.subnet_count, given.subnets) ||
        !fits(given.security_group_count, given.security_groups) ||
        !fits(given.capacity_provider_count, given.capacity_providers))
        return CDP_ERR_ARGUMENT;
    status = copy_ecs(builder, &given, &own);
    if (status != CDP_OK)
        return status;
    builder->ecs = own;
    builder->has_resource = true;
    return CDP_OK;
}
