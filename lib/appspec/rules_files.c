/* SPDX-License-Identifier: MIT */
/* Rules about `files`. */
#include "appspec/paths.h"
#include "appspec/rules.h"
#include "base/allocator.h"
#include "base/hash.h"
#include "base/sort.h"

static const char default_root[] = "/opt/codedeploy-agent";
static const char default_windows_root[] = "C:\\ProgramData\\Amazon\\CodeDeploy";

static void report_path(appspec_work *work, cdp_diagnostic_code code, const appspec_value *value,
                        const char *leaf, cdp_string detail)
{
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = code,
                                 .node = value->node,
                                 .leaf = leaf,
                                 .arguments = {value->text, cdp_string_of(leaf), detail},
                             });
}

static bool is_windows(const appspec_work *work)
{
    return cdp_string_equal_c(work->appspec->os.text, "windows");
}

static bool is_letter(char c)
{
    return cdp_lower(c) >= 'a' && cdp_lower(c) <= 'z';
}

static bool has_drive(cdp_string path)
{
    return path.length >= 2 && is_letter(path.data[0]) && path.data[1] == ':';
}

static bool is_absolute(cdp_string path, bool windows)
{
    if (!windows)
        return path.data[0] == '/';
    return (has_drive(path) && path.length >= 3 && (path.data[2] == '\\' || path.data[2] == '/')) ||
           (path.length >= 2 && path.data[0] == '\\' && path.data[1] == '\\');
}

/* A path as Windows writes it in an AppSpec for Linux, or the other way round. */
static bool is_of_other_system(cdp_string path, bool windows)
{
    if (windows)
        return path.data[0] == '/' && path.length > 1;
    return has_drive(path) || (cdp_string_find(path, '\\', 0) < path.length &&
                               cdp_string_find(path, '/', 0) == path.length);
}

static void check_source(appspec_work *work, const appspec_value *source)
{
    cdp_string text = source->text;

    cdp_appspec_check_plain_text(work, source, "source");
    if (source->kind != CDP_APPSPEC_VALUE_TEXT)
        return;
    if (text.length == 0) {
        report_path(work, CDP_DIAGNOSTIC_FILE_SOURCE_EMPTY, source, "source", text);
        return;
    }
    if (cdp_appspec_path_climbs(text, is_windows(work)))
        report_path(work, CDP_DIAGNOSTIC_FILE_SOURCE_OUTSIDE, source, "source", text);
    if (cdp_string_find(text, '*', 0) < text.length)
        report_path(work, CDP_DIAGNOSTIC_FILE_SOURCE_GLOB, source, "source", text);
    if (!is_windows(work) && is_of_other_system(text, false))
        report_path(work, CDP_DIAGNOSTIC_FILE_PATH_OF_OTHER_SYSTEM, source, "source",
                    CDP_STR("Windows"));
}

static cdp_string agent_root(const appspec_work *work)
{
    if (work->options.agent_root.data)
        return work->options.agent_root;
    return is_windows(work) ? CDP_STR(default_windows_root) : CDP_STR(default_root);
}

static void check_destination(appspec_work *work, const appspec_value *destination)
{
    cdp_string text = destination->text;
    bool windows = is_windows(work);
    cdp_string placeholder;

    cdp_appspec_check_plain_text(work, destination, "destination");
    if (destination->kind != CDP_APPSPEC_VALUE_TEXT)
        return;
    if (text.length == 0)
        report_path(work, CDP_DIAGNOSTIC_FILE_DESTINATION_EMPTY, destination, "destination", text);
    else if (is_of_other_system(text, windows))
        report_path(work, CDP_DIAGNOSTIC_FILE_PATH_OF_OTHER_SYSTEM, destination, "destination",
                    windows ? CDP_STR("Linux") : CDP_STR("Windows"));
    else if (!is_absolute(cdp_string_trim(text), windows)) {
        if (!cdp_appspec_has_placeholder(text, &placeholder))
            report_path(work, CDP_DIAGNOSTIC_FILE_DESTINATION_RELATIVE, destination, "destination",
                        text);
    } else if (cdp_appspec_path_is_root(text, windows))
        report_path(work, CDP_DIAGNOSTIC_FILE_DESTINATION_ROOT, destination, "destination", text);
    else if (cdp_appspec_path_is_within(text, agent_root(work), windows))
        report_path(work, CDP_DIAGNOSTIC_FILE_DESTINATION_IN_AGENT, destination, "destination",
                    agent_root(work));
}

static int compare_entries(const void *a, const void *b, const void *context)
{
    const appspec_file *files = context;
    const appspec_file *first = &files[((const cdp_hash_entry *)a)->index];
    const appspec_file *second = &files[((const cdp_hash_entry *)b)->index];
    int order = cdp_string_compare(first->destination.text, second->destination.text);

    return order ? order : cdp_string_compare(first->source.text, second->source.text);
}

/* Marks what equals the one before it among entries of one hash. */
static void mark_equal(const appspec_file *files, cdp_hash_entry *entries, size_t count,
                       cdp_hash_entry *scratch, bool *marks)
{
    cdp_sort_with(entries, count, sizeof *entries, scratch, compare_entries, files);
    for (size_t i = 1; i < count; i++) {
        const appspec_file *file = &files[entries[i].index];

        if (file->source.kind && file->destination.kind &&
            compare_entries(&entries[i - 1], &entries[i], files) == 0)
            marks[entries[i].index] = true;
    }
}

static void find_equal(const appspec_file *files, size_t count, cdp_hash_entry *entries,
                       cdp_hash_entry *scratch, bool *marks)
{
    for (uint32_t i = 0; i < count; i++) {
        cdp_string source = files[i].source.text;
        cdp_string destination = files[i].destination.text;
        uint32_t hash = cdp_hash_bytes(CDP_HASH_START, destination.data, destination.length);

        entries[i] = (cdp_hash_entry){i, cdp_hash_bytes(hash, source.data, source.length)};
        marks[i] = false;
    }
    cdp_hash_sort(entries, scratch, count);
    for (size_t i = 0, run; i < count; i += run) {
        run = cdp_hash_run(entries, i, count);
        if (run > 1)
            mark_equal(files, entries + i, run, scratch, marks);
    }
}

static void report_twice(appspec_work *work, uint32_t index)
{
    const appspec_file *file = &work->appspec->files[index];

    cdp_appspec_enter_index(work, index);
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = CDP_DIAGNOSTIC_FILE_TWICE,
                                 .node = file->node,
                                 .arguments = {file->source.text, file->destination.text},
                             });
    cdp_appspec_leave(work);
}

/* The same source into the same destination can only fail when it is installed. */
static void check_twice(appspec_work *work)
{
    size_t count = work->appspec->file_count;
    size_t bytes = count * (2 * sizeof(cdp_hash_entry) + sizeof(bool));
    cdp_hash_entry *entries;
    bool *marks;

    if (count < 2)
        return;
    entries = cdp_allocate(&work->allocator, bytes);
    if (!entries) {
        cdp_appspec_fail(work, CDP_ERR_NOMEM);
        return;
    }
    marks = (bool *)(entries + 2 * count);
    find_equal(work->appspec->files, count, entries, entries + count, marks);
    for (uint32_t i = 0; i < count; i++) {
        if (marks[i])
            report_twice(work, i);
    }
    cdp_release(&work->allocator, entries, bytes);
}

static void check_missing(appspec_work *work, const appspec_file *file)
{
    if (work->document)
        return; /* reported when it was read */
    if (!file->source.kind)
        cdp_appspec_report(
            work, &(appspec_finding){.code = CDP_DIAGNOSTIC_FILE_SOURCE_MISSING, .leaf = "source"});
    if (!file->destination.kind)
        cdp_appspec_report(work, &(appspec_finding){.code = CDP_DIAGNOSTIC_FILE_DESTINATION_MISSING,
                                                    .leaf = "destination"});
}

void cdp_appspec_check_files(appspec_work *work)
{
    cdp_appspec_enter(work, "files");
    for (uint32_t i = 0; i < work->appspec->file_count; i++) {
        const appspec_file *file = &work->appspec->files[i];

        cdp_appspec_enter_index(work, i);
        check_missing(work, file);
        /* `destination` below `source` was told of already. */
        if (file->source.kind != CDP_APPSPEC_VALUE_MAPPING || file->destination.kind)
            check_source(work, &file->source);
        check_destination(work, &file->destination);
        cdp_appspec_leave(work);
    }
    check_twice(work);
    cdp_appspec_leave(work);
}
