/* SPDX-License-Identifier: MIT */
/* What only a look into the revision can tell: whether sources and scripts are there and run. */
#include "appspec/paths.h"
#include "appspec/rules.h"
#include "base/allocator.h"
#include "base/sort.h"

enum { HEAD_BYTES = 256 };

/* Asks the host; false when it could not or would not say, or the path leads outside. */
static bool look(appspec_work *work, cdp_string path, cdp_appspec_entry *entry)
{
    bool windows = cdp_string_equal_c(work->appspec->os.text, "windows");
    cdp_status status;

    if (!work->bundle.look || work->status != CDP_OK || cdp_appspec_path_climbs(path, windows))
        return false;
    cdp_text_clear(&work->scratch);
    cdp_appspec_put_normal_path(path, false, windows, &work->scratch);
    if (cdp_text_status(&work->scratch) != CDP_OK) {
        cdp_appspec_fail(work, CDP_ERR_NOMEM);
        return false;
    }
    *entry = (cdp_appspec_entry){.size = sizeof *entry};
    status = work->bundle.look(cdp_text_string(&work->scratch), entry, work->bundle.user);
    if (status < 0)
        cdp_appspec_fail(work, status);
    return status == CDP_OK;
}

static void report(appspec_work *work, cdp_diagnostic_code code, cdp_severity severity,
                   const appspec_value *value, const char *leaf, cdp_string detail)
{
    cdp_appspec_report(work, &(appspec_finding){.code = code,
                                                .severity = severity,
                                                .node = value->node,
                                                .leaf = leaf,
                                                .arguments = {value->text, detail}});
}

static bool is_certain(const appspec_value *path)
{
    cdp_string placeholder;

    return (path->kind == CDP_APPSPEC_VALUE_TEXT || path->kind == CDP_APPSPEC_VALUE_LIST) &&
           !cdp_appspec_has_placeholder(path->text, &placeholder);
}

static void check_source(appspec_work *work, const appspec_value *source)
{
    cdp_appspec_entry entry;

    if (!is_certain(source) || !look(work, source->text, &entry))
        return;
    if (entry.kind == CDP_APPSPEC_ENTRY_MISSING)
        report(work, CDP_DIAGNOSTIC_BUNDLE_SOURCE_MISSING, (cdp_severity)0, source, "source",
               (cdp_string){NULL, 0});
    else if (entry.kind == CDP_APPSPEC_ENTRY_OTHER)
        report(work, CDP_DIAGNOSTIC_BUNDLE_SOURCE_UNUSABLE, (cdp_severity)0, source, "source",
               (cdp_string){NULL, 0});
}

/* Scripts of Windows are started by their names' endings, not by their first line. */
static void check_head(appspec_work *work, const appspec_value *location)
{
    char head[HEAD_BYTES];
    size_t length = 0;
    cdp_string text;
    size_t line;
    cdp_status status;

    if (!work->bundle.read_head || cdp_string_equal_c(work->appspec->os.text, "windows"))
        return;
    status = work->bundle.read_head(cdp_text_string(&work->scratch), head, sizeof head, &length,
                                    work->bundle.user);
    if (status < 0)
        cdp_appspec_fail(work, status);
    if (status != CDP_OK || length == 0 || length > sizeof head)
        return;
    text = cdp_string_slice(head, length);
    line = cdp_string_find(text, '\n', 0);
    if (text.data[0] == '\x7f')
        return; /* a program */
    if (!cdp_string_starts_with(text, CDP_STR("#!")))
        report(work, CDP_DIAGNOSTIC_BUNDLE_SCRIPT_NO_INTERPRETER, (cdp_severity)0, location,
               "location", (cdp_string){NULL, 0});
    if (line < text.length && line > 0 && text.data[line - 1] == '\r')
        report(work, CDP_DIAGNOSTIC_BUNDLE_SCRIPT_LINE_ENDS, (cdp_severity)0, location, "location",
               (cdp_string){NULL, 0});
}

static void check_script(appspec_work *work, const appspec_value *location)
{
    cdp_appspec_entry entry;
    bool windows = cdp_string_equal_c(work->appspec->os.text, "windows");

    if (!is_certain(location) || !look(work, location->text, &entry))
        return;
    if (entry.kind == CDP_APPSPEC_ENTRY_MISSING) {
        report(work, CDP_DIAGNOSTIC_BUNDLE_SCRIPT_MISSING, (cdp_severity)0, location, "location",
               (cdp_string){NULL, 0});
        return;
    }
    if (entry.kind != CDP_APPSPEC_ENTRY_FILE) {
        report(work, CDP_DIAGNOSTIC_BUNDLE_SCRIPT_NOT_A_FILE, (cdp_severity)0, location, "location",
               entry.kind == CDP_APPSPEC_ENTRY_DIRECTORY ? CDP_STR("a directory")
                                                         : CDP_STR("no regular file"));
        return;
    }
    if (!entry.executable && !windows)
        report(work, CDP_DIAGNOSTIC_BUNDLE_SCRIPT_NOT_EXECUTABLE, (cdp_severity)0, location,
               "location", (cdp_string){NULL, 0});
    check_head(work, location);
}

/*
 * The agent refuses a pattern or exceptions on an object that is a file which it copies. The places
 * of the files that `files` may name are sorted, so that each object is looked up quickly.
 */
typedef struct copied_file {
    cdp_string place;
    uint32_t index;
} copied_file;

typedef struct copied_files {
    copied_file *files;
    size_t count;
    cdp_text paths;
} copied_files;

static int compare_files(const void *a, const void *b, const void *context)
{
    (void)context;
    return cdp_string_compare(((const copied_file *)a)->place, ((const copied_file *)b)->place);
}

static void put_place(const appspec_file *file, cdp_text *text)
{
    cdp_appspec_put_normal_path(file->destination.text, true, false, text);
    cdp_text_put_byte(text, '/');
    cdp_text_put(text, cdp_appspec_path_name(file->source.text, false));
}

static cdp_status list_copied_files(appspec_work *work, copied_files *list)
{
    const cdp_appspec *appspec = work->appspec;
    size_t at = 0;

    for (uint32_t i = 0; i < appspec->file_count; i++) {
        size_t from = cdp_text_string(&list->paths).length;

        if (!is_certain(&appspec->files[i].source) || !is_certain(&appspec->files[i].destination))
            continue;
        put_place(&appspec->files[i], &list->paths);
        list->files[list->count++] =
            (copied_file){{NULL, cdp_text_string(&list->paths).length - from}, i};
    }
    if (cdp_text_status(&list->paths) != CDP_OK)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < list->count; i++) {
        list->files[i].place.data = cdp_text_string(&list->paths).data + at;
        at += list->files[i].place.length;
    }
    return cdp_sort(&work->allocator, list->files, list->count, sizeof *list->files, compare_files,
                    NULL);
}

/* The first entry that may copy a file to this place, or `count`. */
static size_t find_file(const copied_files *list, cdp_string place)
{
    size_t low = 0;
    size_t high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (cdp_string_compare(list->files[middle].place, place) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && cdp_string_equal(list->files[low].place, place) ? low : list->count;
}

static void check_file_object(appspec_work *work, const appspec_permission *permission,
                              const copied_files *list)
{
    cdp_appspec_entry entry;
    size_t found;

    cdp_text_clear(&work->scratch);
    cdp_appspec_put_normal_path(permission->object.text, true, false, &work->scratch);
    found = find_file(list, cdp_text_string(&work->scratch));
    if (found == list->count ||
        !look(work, work->appspec->files[list->files[found].index].source.text, &entry) ||
        entry.kind != CDP_APPSPEC_ENTRY_FILE)
        return;
    cdp_appspec_report(
        work, &(appspec_finding){
                  .code = CDP_DIAGNOSTIC_PERMISSION_FILE_PATTERN,
                  .node = permission->object.node,
                  .leaf = "object",
                  .arguments = {permission->object.text, cdp_appspec_effective_pattern(permission)},
              });
}

static bool restricts_files(const appspec_permission *permission)
{
    return cdp_appspec_effective_types(permission) & CDP_APPSPEC_TYPE_FILE &&
           (!cdp_string_equal_c(cdp_appspec_effective_pattern(permission), "**") ||
            permission->except_count > 0);
}

static void check_file_objects(appspec_work *work)
{
    const cdp_appspec *appspec = work->appspec;
    copied_files list = {NULL, 0, {.status = CDP_OK}};
    size_t bytes = appspec->file_count * sizeof *list.files;
    cdp_status status = CDP_OK;

    if (appspec->file_count == 0 || appspec->permission_count == 0)
        return;
    cdp_text_init(&list.paths, &work->allocator);
    list.files = cdp_allocate(&work->allocator, bytes);
    status = list.files ? list_copied_files(work, &list) : CDP_ERR_NOMEM;
    if (status != CDP_OK)
        cdp_appspec_fail(work, status);
    cdp_appspec_enter(work, "permissions");
    for (uint32_t i = 0; status == CDP_OK && i < appspec->permission_count; i++) {
        cdp_appspec_enter_index(work, i);
        if (restricts_files(&appspec->permissions[i]) && appspec->permissions[i].object.kind)
            check_file_object(work, &appspec->permissions[i], &list);
        cdp_appspec_leave(work);
    }
    cdp_appspec_leave(work);
    cdp_release(&work->allocator, list.files, bytes);
    cdp_text_release(&list.paths);
}

static void check_scripts(appspec_work *work)
{
    const cdp_appspec *appspec = work->appspec;

    cdp_appspec_enter(work, "hooks");
    for (uint32_t i = 0; i < appspec->event_count; i++) {
        cdp_appspec_enter_text(work, appspec->events[i].name.text);
        for (uint32_t j = 0; j < appspec->events[i].script_count; j++) {
            cdp_appspec_enter_index(work, j);
            check_script(work, &appspec->events[i].scripts[j].location);
            cdp_appspec_leave(work);
        }
        cdp_appspec_leave(work);
    }
    cdp_appspec_leave(work);
}

void cdp_appspec_check_bundle(appspec_work *work)
{
    if (!work->bundle.look)
        return;
    cdp_appspec_enter(work, "files");
    for (uint32_t i = 0; i < work->appspec->file_count; i++) {
        cdp_appspec_enter_index(work, i);
        check_source(work, &work->appspec->files[i].source);
        cdp_appspec_leave(work);
    }
    cdp_appspec_leave(work);
    check_file_objects(work);
    check_scripts(work);
}
