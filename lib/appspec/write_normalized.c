/* SPDX-License-Identifier: MIT */
/* An AppSpec as the agent understands it, with every member. */
#include "appspec/emit.h"
#include "base/strings.h"

static void put(appspec_emitter *out, const char *key, const appspec_value *value)
{
    cdp_emit_key(out, key);
    cdp_emit_shown(out, value);
}

static void put_or_null(appspec_emitter *out, const char *key, cdp_string text)
{
    cdp_emit_key(out, key);
    if (text.data)
        cdp_emit_text(out, text);
    else
        cdp_emit_null(out);
}

static void put_files(const cdp_appspec *appspec, appspec_emitter *out)
{
    cdp_emit_key(out, "files");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < appspec->file_count; i++) {
        cdp_emit_open_mapping(out);
        put(out, "source", &appspec->files[i].source);
        put(out, "destination", &appspec->files[i].destination);
        cdp_emit_close(out);
    }
    cdp_emit_close(out);
}

static void put_types(const appspec_permission *permission, appspec_emitter *out)
{
    static const uint8_t both[] = {CDP_APPSPEC_TYPE_FILE, CDP_APPSPEC_TYPE_DIRECTORY};
    const uint8_t *types = permission->has_types ? permission->types : both;
    uint32_t count = permission->has_types ? permission->type_count : 2;

    cdp_emit_key(out, "type");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < count; i++)
        cdp_emit_text(out,
                      types[i] == CDP_APPSPEC_TYPE_FILE ? CDP_STR("file") : CDP_STR("directory"));
    cdp_emit_close(out);
}

static void put_except(const appspec_permission *permission, appspec_emitter *out)
{
    cdp_emit_key(out, "except");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < permission->except_count; i++)
        cdp_emit_shown(out, &permission->except[i]);
    cdp_emit_close(out);
}

static void put_acls(const appspec_permission *permission, appspec_emitter *out)
{
    cdp_emit_key(out, "acls");
    if (!permission->has_acls) {
        cdp_emit_null(out);
        return;
    }
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < permission->acl_count; i++)
        cdp_emit_text(out, permission->acls[i].text);
    cdp_emit_close(out);
}

static void put_context(const appspec_permission *permission, appspec_emitter *out)
{
    cdp_emit_key(out, "context");
    if (!permission->context_type.kind) {
        cdp_emit_null(out);
        return;
    }
    cdp_emit_open_mapping(out);
    put(out, "user", &permission->context_user);
    cdp_emit_key(out, "role");
    cdp_emit_null(out);
    put(out, "type", &permission->context_type);
    put(out, "range", &permission->context_range);
    cdp_emit_close(out);
}

static void put_permissions(const cdp_appspec *appspec, appspec_emitter *out)
{
    cdp_emit_key(out, "permissions");
    cdp_emit_open_list(out);
    for (uint32_t i = 0; i < appspec->permission_count; i++) {
        const appspec_permission *permission = &appspec->permissions[i];

        cdp_emit_open_mapping(out);
        put(out, "object", &permission->object);
        if (permission->pattern.kind)
            put(out, "pattern", &permission->pattern);
        else
            put_or_null(out, "pattern", CDP_STR("**"));
        put_except(permission, out);
        put_types(permission, out);
        put(out, "owner", &permission->owner);
        put(out, "group", &permission->group);
        cdp_emit_key(out, "mode");
        if (permission->mode.kind)
            cdp_emit_quoted(out, permission->mode.text);
        else
            cdp_emit_null(out);
        put_acls(permission, out);
        put_context(permission, out);
        cdp_emit_close(out);
    }
    cdp_emit_close(out);
}

static void put_hooks(const cdp_appspec *appspec, appspec_emitter *out)
{
    cdp_emit_key(out, "hooks");
    cdp_emit_open_mapping(out);
    for (uint32_t i = 0; i < appspec->event_count; i++) {
        const appspec_event *event = &appspec->events[i];
        appspec_value name = {.text = event->name.text, .kind = CDP_APPSPEC_VALUE_TEXT};

        cdp_emit_key_value(out, &name);
        cdp_emit_open_list(out);
        for (uint32_t j = 0; j < event->script_count; j++) {
            const appspec_script *script = &event->scripts[j];

            cdp_emit_open_mapping(out);
            put(out, "location", &script->location);
            put(out, "runas", &script->runas);
            put(out, "sudo", &script->sudo);
            cdp_emit_key(out, "timeout");
            cdp_emit_word(out, script->timeout.text);
            cdp_emit_close(out);
        }
        cdp_emit_close(out);
    }
    cdp_emit_close(out);
}

static void put_server(const cdp_appspec *appspec, appspec_emitter *out)
{
    cdp_emit_open_mapping(out);
    cdp_emit_key(out, "version");
    cdp_emit_word(out, appspec->version.text);
    put_or_null(out, "os", appspec->os.text);
    put_or_null(out, "file_exists_behavior",
                appspec->file_exists_behavior
                    ? cdp_string_of(cdp_file_exists_behavior_name(appspec->file_exists_behavior))
                    : (cdp_string){NULL, 0});
    put_files(appspec, out);
    put_permissions(appspec, out);
    put_hooks(appspec, out);
    cdp_emit_close(out);
}

cdp_status cdp_appspec_write_normalized(const cdp_appspec *appspec, cdp_appspec_notation notation,
                                        cdp_text *text)
{
    appspec_emitter out;

    if (!appspec || !text || notation < CDP_APPSPEC_NOTATION_AUTO ||
        notation >= CDP_APPSPEC_NOTATION_XML)
        return CDP_ERR_ARGUMENT;
    if (notation == CDP_APPSPEC_NOTATION_AUTO)
        notation = CDP_APPSPEC_NOTATION_JSON;
    if (appspec->platform != CDP_PLATFORM_SERVER)
        return cdp_appspec_write(appspec, notation, text);
    cdp_emit_begin(&out, notation, text);
    put_server(appspec, &out);
    return cdp_emit_end(&out);
}
