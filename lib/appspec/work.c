/* SPDX-License-Identifier: MIT */
#include "appspec/work.h"

#include "base/allocator.h"
#include "base/limits.h"
#include "base/sized.h"

static cdp_status import_nested(appspec_work *work)
{
    cdp_status status = cdp_allocator_import(&work->allocator, work->options.allocator);

    if (status == CDP_OK)
        status = cdp_limits_import(&work->limits, work->options.limits);
    if (status == CDP_OK && work->options.bundle)
        status = cdp_sized_read(&work->bundle, sizeof work->bundle, work->options.bundle);
    return status;
}

static bool options_are_sound(const cdp_appspec_options *options)
{
    return options->platform >= CDP_PLATFORM_AUTO && options->platform <= CDP_PLATFORM_ECS &&
           options->profile >= CDP_APPSPEC_PROFILE_AGENT &&
           options->profile <= CDP_APPSPEC_PROFILE_STRICT &&
           options->notation >= CDP_APPSPEC_NOTATION_AUTO &&
           options->notation <= CDP_APPSPEC_NOTATION_XML &&
           options->host >= CDP_APPSPEC_HOST_DEFAULT && options->host <= CDP_APPSPEC_HOST_ANY &&
           (options->scenario_event_count == 0 || options->scenario_events);
}

cdp_status cdp_appspec_begin(appspec_work *work, const cdp_appspec_options *options)
{
    cdp_status status = CDP_OK;

    *work = (appspec_work){.options = {.size = sizeof work->options}};
    if (options)
        status = cdp_sized_read(&work->options, sizeof work->options, options);
    if (status == CDP_OK && !options_are_sound(&work->options))
        status = CDP_ERR_ARGUMENT;
    if (status == CDP_OK)
        status = import_nested(work);
    if (status == CDP_OK)
        status = cdp_diagnostics_new(&work->allocator, &work->limits, &work->findings);
    if (status != CDP_OK)
        return status;
    if (work->options.host == CDP_APPSPEC_HOST_DEFAULT)
        work->options.host =
            cdp_appspec_is_strict(work) ? CDP_APPSPEC_HOST_ANY : CDP_APPSPEC_HOST_LINUX;
    cdp_text_init(&work->scratch, &work->allocator);
    cdp_text_init(&work->pointer, &work->allocator);
    cdp_text_init(&work->hint, &work->allocator);
    return CDP_OK;
}

cdp_status cdp_appspec_end(appspec_work *work, cdp_diagnostics *diagnostics, cdp_appspec **appspec)
{
    cdp_status status = work->status;

    if (diagnostics) {
        cdp_status told = cdp_diagnostics_sort(work->findings);

        if (told == CDP_OK)
            told = cdp_diagnostics_append(diagnostics, work->findings);
        if (told != CDP_OK)
            status = told;
    }
    if (status == CDP_OK && work->errors > 0)
        status = CDP_ERR_INVALID;
    cdp_diagnostics_free(work->findings);
    cdp_text_release(&work->scratch);
    cdp_text_release(&work->pointer);
    cdp_text_release(&work->hint);
    cdp_release(&work->allocator, work->suppressions,
                work->suppression_capacity * sizeof *work->suppressions);
    if (status == CDP_OK)
        *appspec = work->appspec;
    else
        cdp_appspec_free(work->appspec);
    return status;
}

cdp_string cdp_appspec_keep(appspec_work *work, cdp_string text)
{
    cdp_string kept = {NULL, 0};

    if (cdp_arena_copy(&work->appspec->arena, text, &kept) != CDP_OK)
        cdp_appspec_fail(work, CDP_ERR_NOMEM);
    return kept;
}

cdp_string cdp_appspec_keep_scratch(appspec_work *work)
{
    if (cdp_text_status(&work->scratch) != CDP_OK) {
        cdp_appspec_fail(work, CDP_ERR_NOMEM);
        return (cdp_string){NULL, 0};
    }
    return cdp_appspec_keep(work, cdp_text_string(&work->scratch));
}

void *cdp_appspec_array(appspec_work *work, size_t count, size_t element_bytes)
{
    void *array;

    if (count == 0)
        return NULL;
    array = cdp_arena_array(&work->appspec->arena, count, element_bytes);
    if (!array) {
        cdp_appspec_fail(work, CDP_ERR_NOMEM);
        return NULL;
    }
    memset(array, 0, count * element_bytes);
    return array;
}
