/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"
#include "base/strings.h"
#include "install/planner.h"
#include "install/record.h"

static const struct {
    cdp_fs_kind kind;
    cdp_string words;
} founds[] = {
    [CDP_FOUND_UNKNOWN] = {CDP_FS_ABSENT, CDP_LITERAL("thing")},
    [CDP_FOUND_NOTHING] = {CDP_FS_ABSENT, CDP_LITERAL("nothing")},
    [CDP_FOUND_FILE] = {CDP_FS_REGULAR, CDP_LITERAL("file")},
    [CDP_FOUND_DIRECTORY] = {CDP_FS_DIRECTORY, CDP_LITERAL("directory")},
    [CDP_FOUND_LINK_TO_FILE] = {CDP_FS_SYMLINK, CDP_LITERAL("link to a file")},
    [CDP_FOUND_LINK_TO_DIRECTORY] = {CDP_FS_SYMLINK, CDP_LITERAL("link to a directory")},
    [CDP_FOUND_DANGLING_LINK] = {CDP_FS_SYMLINK, CDP_LITERAL("link that leads nowhere")},
    [CDP_FOUND_OTHER] = {CDP_FS_OTHER, CDP_LITERAL("device, FIFO or socket")},
};

cdp_string cdp_found_words(cdp_found found)
{
    return founds[found].words;
}

cdp_fs_kind cdp_found_kind(cdp_found found)
{
    return founds[found].kind;
}

cdp_severity cdp_planner_late_severity(const cdp_planner *planner)
{
    return planner->compatible ? CDP_SEVERITY_WARNING : CDP_SEVERITY_ERROR;
}

cdp_status cdp_planner_set_pointer(cdp_planner *planner, const char *section, size_t index,
                                   const char *member)
{
    cdp_text_clear(&planner->pointer);
    cdp_text_put_c(&planner->pointer, section);
    cdp_text_put_byte(&planner->pointer, '/');
    cdp_text_put_uint(&planner->pointer, index);
    if (member) {
        cdp_text_put_byte(&planner->pointer, '/');
        cdp_text_put_c(&planner->pointer, member);
    }
    return cdp_text_status(&planner->pointer);
}

static cdp_string show(cdp_text *text)
{
    return text->status == CDP_OK ? cdp_text_string(text) : CDP_STR("");
}

cdp_string cdp_planner_show(cdp_planner *planner, uint32_t node)
{
    cdp_text_clear(&planner->words[0]);
    cdp_plan_put_shown_destination(planner->plan, node, &planner->words[0]);
    return show(&planner->words[0]);
}

cdp_string cdp_planner_show_source(cdp_planner *planner, const cdp_step *step)
{
    cdp_text_clear(&planner->words[1]);
    cdp_plan_put_shown_source(planner->plan, step, &planner->words[1]);
    return show(&planner->words[1]);
}

static cdp_string find_owner(const cdp_install_options *options, size_t count, cdp_string shown)
{
    for (size_t i = 0; i < count; i++) {
        if (cdp_install_record_contains(options->other_records[i], shown))
            return options->other_groups[i];
    }
    return (cdp_string){NULL, 0};
}

cdp_string cdp_planner_owner(const cdp_planner *planner, cdp_string shown)
{
    return find_owner(&planner->options, planner->options.other_count, shown);
}

cdp_string cdp_planner_claimant(const cdp_planner *planner, cdp_string shown)
{
    return find_owner(&planner->options, planner->options.newer_count, shown);
}

static cdp_place place_of(const cdp_planner *planner)
{
    cdp_appspec_place place;

    if (cdp_appspec_find_place(planner->options.appspec, cdp_text_string(&planner->pointer),
                               &place) != CDP_OK)
        return (cdp_place){0};
    return (cdp_place){place.offset, place.end_offset, place.line,
                       place.column, place.end_line,   place.end_column};
}

/* Keeps a conflict to be looked at in the plan, with the message that `report` makes. */
static cdp_status keep_conflict(cdp_planner *planner, const cdp_finding *finding,
                                const cdp_report *report)
{
    cdp_install_plan *plan = planner->plan;
    cdp_diagnostic message = {.size = sizeof message};
    cdp_install_conflict conflict = {
        .size = sizeof conflict,
        .code = finding->code,
        .existing = cdp_found_kind(finding->existing),
    };
    size_t index = plan->conflict_count;
    cdp_status status;

    status = cdp_array_reserve(&planner->allocator, (void **)&plan->conflicts,
                               &plan->conflict_capacity, index + 1, sizeof *plan->conflicts);
    if (status == CDP_OK)
        status = cdp_diagnostics_report(plan->messages, report);
    if (status == CDP_OK)
        status = cdp_diagnostics_at(plan->messages, index, &message);
    if (status == CDP_OK)
        status = cdp_arena_copy(&plan->arena, finding->path, &conflict.path);
    if (status == CDP_OK)
        status = cdp_arena_copy(&plan->arena, finding->source, &conflict.source);
    if (status == CDP_OK)
        status = cdp_arena_copy(&plan->arena, finding->owner, &conflict.owner);
    if (status != CDP_OK)
        return status;
    conflict.message = message.message;
    conflict.pointer = message.pointer;
    plan->conflicts[index] = conflict;
    return CDP_OK;
}

cdp_status cdp_planner_tell(cdp_planner *planner, const cdp_finding *finding)
{
    cdp_report report = {
        .code = finding->code,
        .severity = finding->severity,
        .place = place_of(planner),
        .pointer = cdp_text_string(&planner->pointer),
    };
    bool is_conflict = finding->severity == 0 || finding->severity == CDP_SEVERITY_ERROR;
    cdp_status status = CDP_OK;

    memcpy(report.arguments, finding->arguments, sizeof report.arguments);
    if (is_conflict) {
        if (planner->plan->conflict_count < CDP_PLAN_CONFLICTS_KEPT)
            status = keep_conflict(planner, finding, &report);
        if (status != CDP_OK)
            return status;
        planner->plan->conflict_count++;
    }
    return cdp_diagnostics_report(planner->diagnostics, &report);
}

cdp_status cdp_planner_host_failed(cdp_planner *planner, const char *deed, cdp_string path,
                                   cdp_status error)
{
    cdp_text *words = &planner->words[2];
    cdp_report report = {.code = CDP_DIAGNOSTIC_INSTALL_HOST_FAILED};

    if (error == CDP_ERR_NOMEM)
        return error;
    cdp_text_clear(words);
    cdp_fs_describe_error(&planner->fs, error, words);
    report.arguments[0] = cdp_string_of(deed);
    report.arguments[1] = path;
    report.arguments[2] = show(words);
    return cdp_diagnostics_report(planner->diagnostics, &report) == CDP_OK ? error : CDP_ERR_NOMEM;
}
