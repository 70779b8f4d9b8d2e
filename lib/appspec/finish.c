/* SPDX-License-Identifier: MIT */
/* From what a builder was given to an AppSpec. */
#include "appspec/builder.h"
#include "appspec/fields.h"
#include "appspec/rules.h"

static appspec_value keep_value(appspec_work *work, cdp_string text)
{
    return cdp_appspec_text_value(text.data ? cdp_appspec_keep(work, text) : text);
}

/* What the agent strips when it reads: `to_s.strip`. */
static appspec_value keep_stripped(appspec_work *work, cdp_string text)
{
    return keep_value(work, text.data ? cdp_string_trim(text) : text);
}

static void take_files(appspec_work *work, const cdp_appspec_builder *builder)
{
    cdp_appspec *appspec = work->appspec;
    const builder_file *from = builder->files;

    appspec->files = cdp_appspec_array(work, builder->file_count, sizeof *appspec->files);
    for (; appspec->files && from; from = from->next) {
        appspec_file *file = &appspec->files[appspec->file_count++];

        file->source = keep_value(work, from->source);
        file->destination = keep_value(work, from->destination);
    }
}

static void take_lists(appspec_work *work, const cdp_appspec_permission_input *input,
                       appspec_permission *permission)
{
    permission->except = cdp_appspec_array(work, input->except_count, sizeof *permission->except);
    for (size_t i = 0; permission->except && i < input->except_count; i++)
        permission->except[permission->except_count++] =
            keep_value(work, input->except[i].data ? input->except[i] : CDP_STR(""));
    permission->has_acls = input->acls != NULL;
    permission->acls = cdp_appspec_array(work, input->acl_count, sizeof *permission->acls);
    for (size_t i = 0; permission->acls && i < input->acl_count; i++)
        if (cdp_appspec_set_acl(work, &permission->acls[permission->acl_count],
                                input->acls[i].data ? input->acls[i] : CDP_STR(""), 0))
            permission->acl_count++;
    if (!input->types)
        return;
    permission->has_types = true;
    permission->types = cdp_appspec_array(work, 2, sizeof *permission->types);
    for (uint8_t type = CDP_APPSPEC_TYPE_FILE;
         permission->types && type <= CDP_APPSPEC_TYPE_DIRECTORY; type++)
        if (input->types & type)
            permission->types[permission->type_count++] = type;
}

static void take_permission(appspec_work *work, const cdp_appspec_permission_input *input,
                            appspec_permission *permission)
{
    permission->object = keep_stripped(work, input->object);
    if (permission->object.text.length == 0)
        permission->object.kind = CDP_APPSPEC_VALUE_ABSENT;
    permission->pattern = keep_value(work, input->pattern);
    permission->owner = keep_value(work, input->owner);
    permission->group = keep_value(work, input->group);
    permission->context_user = keep_value(work, input->context_user);
    permission->context_type = keep_value(work, input->context_type);
    if (input->mode.data)
        cdp_appspec_set_mode(work, permission, cdp_appspec_keep(work, input->mode), 0);
    if (input->context_range.data)
        cdp_appspec_set_range(work, permission, input->context_range, 0);
    if (!input->context_type.data && (input->context_user.data || input->context_range.data))
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_PERMISSION_CONTEXT_TYPE_MISSING,
                                     .leaf = "context",
                                 });
    take_lists(work, input, permission);
}

static void take_permissions(appspec_work *work, const cdp_appspec_builder *builder)
{
    cdp_appspec *appspec = work->appspec;
    const builder_permission *from = builder->permissions;

    appspec->permissions =
        cdp_appspec_array(work, builder->permission_count, sizeof *appspec->permissions);
    cdp_appspec_enter(work, "permissions");
    for (; appspec->permissions && from; from = from->next) {
        cdp_appspec_enter_index(work, appspec->permission_count);
        take_permission(work, &from->input, &appspec->permissions[appspec->permission_count++]);
        cdp_appspec_leave(work);
    }
    cdp_appspec_leave(work);
}

static void take_script(appspec_work *work, const builder_script *from, appspec_script *script)
{
    script->location = keep_stripped(work, from->location);
    script->runas = keep_stripped(work, from->runas);
    if (from->sudo) {
        script->sudo = cdp_appspec_text_value(CDP_STR("true"));
        script->sudo.kind = CDP_APPSPEC_VALUE_BOOLEAN;
        script->sudo.json = "true";
        script->sudo_is_true = true;
    }
    script->seconds = from->timeout ? from->timeout : 3600;
    cdp_text_clear(&work->scratch);
    cdp_text_put_int(&work->scratch, script->seconds);
    script->timeout.text = cdp_appspec_keep_scratch(work);
    script->timeout.kind = from->timeout ? CDP_APPSPEC_VALUE_NUMBER : CDP_APPSPEC_VALUE_ABSENT;
}

static void take_events(appspec_work *work, const cdp_appspec_builder *builder)
{
    cdp_appspec *appspec = work->appspec;
    const builder_event *from = builder->events;

    appspec->events = cdp_appspec_array(work, builder->event_count, sizeof *appspec->events);
    for (; appspec->events && from; from = from->next) {
        appspec_event *event = &appspec->events[appspec->event_count++];
        const builder_script *script = from->scripts;

        event->name = keep_value(work, from->name);
        event->function = keep_value(work, from->function);
        event->scripts = cdp_appspec_array(work, from->script_count, sizeof *event->scripts);
        for (; event->scripts && script; script = script->next)
            take_script(work, script, &event->scripts[event->script_count++]);
    }
}

/* An empty text is as missing as an absent one. */
static appspec_value keep_property(appspec_work *work, cdp_string text)
{
    appspec_value value = keep_value(work, text);

    if (text.length == 0)
        value.kind = CDP_APPSPEC_VALUE_ABSENT;
    return value;
}

static void take_lambda(appspec_work *work, const cdp_appspec_lambda *from)
{
    appspec_lambda *lambda = &work->appspec->lambda;

    work->appspec->logical_name = keep_property(work, from->logical_name);
    lambda->name = keep_property(work, from->name);
    lambda->alias = keep_property(work, from->alias);
    lambda->current_version = keep_property(work, from->current_version);
    lambda->target_version = keep_property(work, from->target_version);
}

static appspec_value keep_number(appspec_work *work, int64_t number)
{
    cdp_text_clear(&work->scratch);
    cdp_text_put_int(&work->scratch, number);
    return cdp_appspec_text_value(cdp_appspec_keep_scratch(work));
}

static appspec_value *take_texts(appspec_work *work, const cdp_string *from, size_t count,
                                 uint32_t *taken)
{
    appspec_value *values = cdp_appspec_array(work, count, sizeof *values);

    for (size_t i = 0; values && i < count; i++)
        values[i] = keep_value(work, from[i].data ? from[i] : CDP_STR(""));
    *taken = values ? (uint32_t)count : 0;
    return values;
}

static void take_ecs(appspec_work *work, const cdp_appspec_ecs_input *from)
{
    appspec_ecs *ecs = &work->appspec->ecs;

    work->appspec->logical_name = keep_property(work, from->logical_name);
    ecs->task_definition = keep_property(work, from->task_definition);
    ecs->container_name = keep_property(work, from->container_name);
    ecs->container_port = keep_number(work, from->container_port);
    ecs->platform_version = keep_property(work, from->platform_version);
    ecs->assign_public_ip = keep_property(work, from->assign_public_ip);
    ecs->has_network =
        from->assign_public_ip.data || from->subnet_count > 0 || from->security_group_count > 0;
    ecs->subnets = take_texts(work, from->subnets, from->subnet_count, &ecs->subnet_count);
    ecs->security_groups = take_texts(work, from->security_groups, from->security_group_count,
                                      &ecs->security_group_count);
    ecs->providers = cdp_appspec_array(work, from->capacity_provider_count, sizeof *ecs->providers);
    for (size_t i = 0; ecs->providers && i < from->capacity_provider_count; i++) {
        const cdp_appspec_capacity_provider *provider = &from->capacity_providers[i];
        appspec_provider *made = &ecs->providers[ecs->provider_count++];

        made->name = keep_property(work, provider->name);
        if (provider->base >= 0)
            made->base = keep_number(work, provider->base);
        if (provider->weight >= 0)
            made->weight = keep_number(work, provider->weight);
    }
}

static void check_server(appspec_work *work)
{
    if (!work->appspec->os.kind)
        cdp_appspec_report(work,
                           &(appspec_finding){.code = CDP_DIAGNOSTIC_OS_MISSING, .leaf = "os"});
    cdp_appspec_check_server(work);
}

static void build(appspec_work *work, const cdp_appspec_builder *builder)
{
    if (builder->platform == CDP_PLATFORM_SERVER) {
        work->appspec->os = keep_value(work, builder->os);
        work->appspec->file_exists_behavior = builder->file_exists_behavior;
        take_files(work, builder);
        take_permissions(work, builder);
        take_events(work, builder);
        if (work->status == CDP_OK)
            check_server(work);
        return;
    }
    if (builder->platform == CDP_PLATFORM_LAMBDA)
        take_lambda(work, &builder->lambda);
    else
        take_ecs(work, &builder->ecs);
    take_events(work, builder);
    if (work->status == CDP_OK && !builder->has_resource)
        cdp_appspec_report(work, &(appspec_finding){.code = CDP_DIAGNOSTIC_RESOURCES_MISSING,
                                                    .leaf = "Resources"});
    else if (work->status == CDP_OK)
        cdp_appspec_check_resource(work);
}

cdp_status cdp_appspec_builder_finish(const cdp_appspec_builder *builder,
                                      const cdp_appspec_options *options,
                                      cdp_diagnostics *diagnostics, cdp_appspec **appspec)
{
    appspec_work work;
    cdp_status status;

    if (!builder || !appspec)
        return CDP_ERR_ARGUMENT;
    status = cdp_appspec_begin(&work, options);
    if (status != CDP_OK)
        return status;
    if (work.options.platform && work.options.platform != builder->platform) {
        cdp_appspec_fail(&work, CDP_ERR_ARGUMENT);
    } else {
        work.appspec = cdp_appspec_make(&work.allocator, builder->platform);
        if (work.appspec)
            build(&work, builder);
        else
            cdp_appspec_fail(&work, CDP_ERR_NOMEM);
    }
    return cdp_appspec_end(&work, diagnostics, appspec);
}
