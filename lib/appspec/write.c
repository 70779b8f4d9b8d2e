/* SPDX-License-Identifier: MIT */
/* The canonical form of an AppSpec. */
#include "appspec/emit.h"
#include "base/strings.h"

static void put_value(appspec_emitter *out, const char *key, const appspec_value *value)
{
    if (value->kind == CDP_APPSPEC_VALUE_ABSENT)
        return;
    cdp_emit_key(out, key);
    cdp_emit_value(out, value);
}

static void put_files(const cdp_appspec *appspec, appspec_emitter *out)
{
    if (appspec->file_count == 0)
        return;
    cdp_emit_key(out, "files");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < appspec->file_count; i++) {
        cdp_emit_open_mapping(out);
        put_value(out, "source", &appspec->files[i].source);
        put_value(out, "destination", &appspec->files[i].destination);
        cdp_emit_close(out);
    }
    cdp_emit_close(out);
}

static void put_except(const appspec_permission *permission, appspec_emitter *out)
{
    if (permission->except_count == 0)
        return;
    cdp_emit_key(out, "except");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < permission->except_count; i++)
        cdp_emit_value(out, &permission->except[i]);
    cdp_emit_close(out);
}

static void put_types(const appspec_permission *permission, appspec_emitter *out)
{
    if (!permission->has_types || cdp_appspec_effective_types(permission) ==
                                      (CDP_APPSPEC_TYPE_FILE | CDP_APPSPEC_TYPE_DIRECTORY))
        return;
    cdp_emit_key(out, "type");
    cdp_emit_open_list(out);
    if (permission->type_count > 0)
        cdp_emit_text(out, permission->types[0] == CDP_APPSPEC_TYPE_FILE ? CDP_STR("file")
                                                                         : CDP_STR("directory"));
    cdp_emit_close(out);
}

static void put_acls(const appspec_permission *permission, appspec_emitter *out)
{
    if (!permission->has_acls)
        return;
    cdp_emit_key(out, "acls");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < permission->acl_count; i++)
        cdp_emit_quoted(out, permission->acls[i].text);
    cdp_emit_close(out);
}

static void put_context(const appspec_permission *permission, appspec_emitter *out)
{
    if (permission->context_type.kind == CDP_APPSPEC_VALUE_ABSENT)
        return;
    cdp_emit_key(out, "context");
    cdp_emit_open_mapping(out);
    put_value(out, "name", &permission->context_user);
    put_value(out, "type", &permission->context_type);
    if (permission->context_range.kind) {
        cdp_emit_key(out, "range");
        cdp_emit_quoted(out, permission->context_range.text);
    }
    cdp_emit_close(out);
}

static void put_permissions(const cdp_appspec *appspec, appspec_emitter *out)
{
    if (appspec->permission_count == 0)
        return;
    cdp_emit_key(out, "permissions");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < appspec->permission_count; i++) {
        const appspec_permission *permission = &appspec->permissions[i];

        cdp_emit_open_mapping(out);
        put_value(out, "object", &permission->object);
        if (!cdp_string_equal_c(permission->pattern.text, "**"))
            put_value(out, "pattern", &permission->pattern);
        put_except(permission, out);
        put_types(permission, out);
        put_value(out, "owner", &permission->owner);
        put_value(out, "group", &permission->group);
        if (permission->mode.kind) {
            cdp_emit_key(out, "mode");
            cdp_emit_quoted(out, permission->mode.text);
        }
        put_acls(permission, out);
        put_context(permission, out);
        cdp_emit_close(out);
    }
    cdp_emit_close(out);
}

static void put_script(const appspec_script *script, appspec_emitter *out)
{
    cdp_emit_open_mapping(out);
    put_value(out, "location", &script->location);
    if (!cdp_string_equal_c(script->timeout.text, "3600")) {
        cdp_emit_key(out, "timeout");
        cdp_emit_word(out, script->timeout.text);
    }
    put_value(out, "runas", &script->runas);
    put_value(out, "sudo", &script->sudo);
    cdp_emit_close(out);
}

static void put_hooks(const cdp_appspec *appspec, appspec_emitter *out)
{
    if (appspec->event_count == 0)
        return;
    cdp_emit_key(out, "hooks");
    cdp_emit_open_mapping(out);
    for (uint32_t i = 0; i < appspec->event_count; i++) {
        const appspec_event *event = &appspec->events[i];

        cdp_emit_key_value(out,
                           event->name.kind == CDP_APPSPEC_VALUE_TEXT ? &event->name : &event->key);
        cdp_emit_open_list(out);
        for (uint32_t j = 0; j < event->script_count; j++)
            put_script(&event->scripts[j], out);
        cdp_emit_close(out);
    }
    cdp_emit_close(out);
}

static void put_server(const cdp_appspec *appspec, appspec_emitter *out)
{
    cdp_emit_key(out, "version");
    cdp_emit_word(out, CDP_STR("0.0"));
    cdp_emit_key(out, "os");
    cdp_emit_text(out, appspec->os.text);
    if (appspec->file_exists_behavior) {
        cdp_emit_key(out, "file_exists_behavior");
        cdp_emit_text(out,
                      cdp_string_of(cdp_file_exists_behavior_name(appspec->file_exists_behavior)));
    }
    put_files(appspec, out);
    put_permissions(appspec, out);
    put_hooks(appspec, out);
}

static void put_lambda(const appspec_lambda *lambda, appspec_emitter *out)
{
    put_value(out, "Name", &lambda->name);
    put_value(out, "Alias", &lambda->alias);
    cdp_emit_key(out, "CurrentVersion");
    cdp_emit_quoted(out, lambda->current_version.text);
    cdp_emit_key(out, "TargetVersion");
    cdp_emit_quoted(out, lambda->target_version.text);
}

static void put_texts(const char *key, const appspec_value *values, uint32_t count,
                      appspec_emitter *out)
{
    cdp_emit_key(out, key);
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < count; i++)
        cdp_emit_text(out, values[i].text);
    cdp_emit_close(out);
}

static void put_network(const appspec_ecs *ecs, appspec_emitter *out)
{
    if (!ecs->has_network)
        return;
    cdp_emit_key(out, "NetworkConfiguration");
    cdp_emit_open_mapping(out);
    cdp_emit_key(out, "AwsvpcConfiguration");
    cdp_emit_open_mapping(out);
    put_texts("Subnets", ecs->subnets, ecs->subnet_count, out);
    put_texts("SecurityGroups", ecs->security_groups, ecs->security_group_count, out);
    put_value(out, "AssignPublicIp", &ecs->assign_public_ip);
    cdp_emit_close(out);
    cdp_emit_close(out);
}

/* A number, or the placeholder of one. */
static void put_number(const char *key, const appspec_value *value, bool is_number,
                       appspec_emitter *out)
{
    if (!value->kind)
        return;
    cdp_emit_key(out, key);
    if (is_number)
        cdp_emit_word(out, value->text);
    else
        cdp_emit_quoted(out, value->text);
}

static void put_providers(const appspec_ecs *ecs, appspec_emitter *out)
{
    if (ecs->provider_count == 0)
        return;
    cdp_emit_key(out, "CapacityProviderStrategy");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < ecs->provider_count; i++) {
        const appspec_provider *provider = &ecs->providers[i];

        cdp_emit_open_mapping(out);
        put_value(out, "CapacityProvider", &provider->name);
        put_number("Base", &provider->base, provider->base_number >= 0, out);
        put_number("Weight", &provider->weight, provider->weight_number >= 0, out);
        cdp_emit_close(out);
    }
    cdp_emit_close(out);
}

static void put_ecs(const appspec_ecs *ecs, appspec_emitter *out)
{
    put_value(out, "TaskDefinition", &ecs->task_definition);
    cdp_emit_key(out, "LoadBalancerInfo");
    cdp_emit_open_mapping(out);
    put_value(out, "ContainerName", &ecs->container_name);
    put_number("ContainerPort", &ecs->container_port, ecs->port > 0, out);
    cdp_emit_close(out);
    put_value(out, "PlatformVersion", &ecs->platform_version);
    put_network(ecs, out);
    put_providers(ecs, out);
}

static void put_functions(const cdp_appspec *appspec, appspec_emitter *out)
{
    if (appspec->event_count == 0)
        return;
    cdp_emit_key(out, "Hooks");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < appspec->event_count; i++) {
        cdp_emit_open_mapping(out);
        cdp_emit_key_value(out, &appspec->events[i].name);
        cdp_emit_quoted(out, appspec->events[i].function.text);
        cdp_emit_close(out);
    }
    cdp_emit_close(out);
}

static void put_resource(const cdp_appspec *appspec, appspec_emitter *out)
{
    bool is_ecs = appspec->platform == CDP_PLATFORM_ECS;

    cdp_emit_key(out, "version");
    cdp_emit_word(out, CDP_STR("0.0"));
    cdp_emit_key(out, "Resources");
    cdp_emit_open_list(out);
    cdp_emit_open_mapping(out);
    cdp_emit_key_value(out, &appspec->logical_name);
    cdp_emit_open_mapping(out);
    cdp_emit_key(out, "Type");
    cdp_emit_text(out, is_ecs ? CDP_STR("AWS::ECS::Service") : CDP_STR("AWS::Lambda::Function"));
    cdp_emit_key(out, "Properties");
    cdp_emit_open_mapping(out);
    if (is_ecs)
        put_ecs(&appspec->ecs, out);
    else
        put_lambda(&appspec->lambda, out);
    cdp_emit_close(out);
    cdp_emit_close(out);
    cdp_emit_close(out);
    cdp_emit_close(out);
    put_functions(appspec, out);
}

cdp_status cdp_appspec_write(const cdp_appspec *appspec, cdp_appspec_notation notation,
                             cdp_text *text)
{
    appspec_emitter out;

    if (!appspec || !text || notation < CDP_APPSPEC_NOTATION_AUTO ||
        notation > CDP_APPSPEC_NOTATION_XML)
        return CDP_ERR_ARGUMENT;
    if (notation == CDP_APPSPEC_NOTATION_AUTO)
        notation = CDP_APPSPEC_NOTATION_YAML;
    cdp_emit_begin(&out, notation, text);
    cdp_emit_open_mapping(&out);
    if (appspec->platform == CDP_PLATFORM_SERVER)
        put_server(appspec, &out);
    else
        put_resource(appspec, &out);
    cdp_emit_close(&out);
    return cdp_emit_end(&out);
}
