/* SPDX-License-Identifier: MIT */
#include "appspec/model.h"

#include "base/allocator.h"
#include "base/strings.h"

cdp_appspec *cdp_appspec_make(const cdp_allocator *allocator, cdp_platform platform)
{
    cdp_appspec *appspec = cdp_allocate_zeroed(allocator, sizeof *appspec);

    if (appspec) {
        cdp_arena_init(&appspec->arena, allocator);
        appspec->platform = platform;
        appspec->version = cdp_appspec_text_value(CDP_STR("0.0"));
    }
    return appspec;
}

void cdp_appspec_free(cdp_appspec *appspec)
{
    cdp_allocator allocator;

    if (!appspec)
        return;
    allocator = appspec->arena.allocator;
    cdp_arena_release(&appspec->arena);
    cdp_document_free(appspec->document);
    cdp_release(&allocator, appspec, sizeof *appspec);
}

appspec_value cdp_appspec_text_value(cdp_string text)
{
    return (appspec_value){
        .text = text,
        .kind = text.data ? CDP_APPSPEC_VALUE_TEXT : CDP_APPSPEC_VALUE_ABSENT,
    };
}

cdp_string cdp_appspec_effective_pattern(const appspec_permission *permission)
{
    return permission->pattern.kind ? permission->pattern.text : CDP_STR("**");
}

uint32_t cdp_appspec_effective_types(const appspec_permission *permission)
{
    uint32_t types = 0;

    if (!permission->has_types)
        return CDP_APPSPEC_TYPE_FILE | CDP_APPSPEC_TYPE_DIRECTORY;
    for (uint32_t i = 0; i < permission->type_count; i++)
        types |= permission->types[i];
    return types;
}
