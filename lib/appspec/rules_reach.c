/* SPDX-License-Identifier: MIT */
/*
 * What permissions reach: the agent applies them to what it installs and to nothing else, and no
 * path may be reached twice (LinuxPermissionInfo and the installer of the agent 1.x).
 *
 * Destinations and objects are sorted as paths and swept once, with those that lie around the
 * present one on a stack, so that the cost is that of the sort.
 */
#include "appspec/globs.h"
#include "appspec/paths.h"
#include "appspec/rules.h"
#include "base/allocator.h"
#include "base/bytes.h"
#include "base/hash.h"
#include "base/sort.h"

enum {
    MOST_NEIGHBOURS = 16, /* how many permissions of one object are compared with each other */
    MOST_EXCEPTIONS = 64, /* beyond, an exception is taken to be there */
    MOST_STEPS = 100000,  /* beyond, a pattern is taken to match */
    NONE = -1
};

/* A destination, or a permission's object. */
typedef struct reach_element {
    cdp_string path; /* absolute and normal; empty for the root */
    bool is_object;
    uint32_t index;
} reach_element;

/* The nearest permission that takes everything of a kind below a path, or NONE. */
typedef struct reach_cover {
    int64_t permission;
    bool is_here; /* it is one of the path's own */
} reach_cover;

/* A path on the stack, with the permissions that have it for their object. */
typedef struct reach_level {
    cdp_string path;
    const reach_element *objects;
    size_t count;
    bool has_destination;    /* here */
    bool is_within;          /* some destination is here or around */
    bool is_around;          /* some destination is below */
    uint32_t matched;        /* which of the first objects' patterns a child matches */
    reach_cover outer_files; /* what permissions around take of this path's files */
    reach_cover outer_folders;
    reach_cover files; /* the same with this path's own permissions */
    reach_cover folders;
} reach_level;

typedef struct reach_sweep {
    appspec_work *work;
    reach_element *elements;
    size_t count;
    reach_level *levels;
    size_t depth;
    size_t capacity;
    cdp_text paths;
} reach_sweep;

/* Parts before others at the first `/`, so that what lies below a path follows it directly. */
static int compare_paths(cdp_string a, cdp_string b)
{
    size_t length = a.length < b.length ? a.length : b.length;
    size_t i = 0;

    while (i + 8 <= length && cdp_load_bytes(a.data + i) == cdp_load_bytes(b.data + i))
        i += 8;
    for (; i < length; i++) {
        if (a.data[i] == b.data[i])
            continue;
        if (a.data[i] == '/' || b.data[i] == '/')
            return a.data[i] == '/' ? -1 : 1;
        return (unsigned char)a.data[i] < (unsigned char)b.data[i] ? -1 : 1;
    }
    return (a.length > b.length) - (a.length < b.length);
}

static int compare_elements(const void *a, const void *b, const void *context)
{
    const reach_element *first = a;
    const reach_element *second = b;
    int order = compare_paths(first->path, second->path);

    (void)context;
    if (order)
        return order;
    if (first->is_object != second->is_object)
        return first->is_object ? 1 : -1;
    return (first->index > second->index) - (first->index < second->index);
}

static bool is_below(cdp_string path, cdp_string folder)
{
    return path.length > folder.length && path.data[folder.length] == '/' &&
           memcmp(path.data, folder.data, folder.length) == 0;
}

/* The first part of a path below a folder. */
static cdp_string child_name(cdp_string path, cdp_string folder)
{
    size_t at = folder.length;
    cdp_string part;

    cdp_appspec_next_part(path, false, &at, &part);
    return part;
}

static const appspec_permission *permission_of(const reach_sweep *sweep,
                                               const reach_element *element)
{
    return &sweep->work->appspec->permissions[element->index];
}

static bool takes_all(const appspec_permission *permission)
{
    return cdp_string_equal_c(cdp_appspec_effective_pattern(permission), "**");
}

/* Whether a path can be judged: an absolute one, with nothing in it that is yet to be replaced. */
static bool is_known(const appspec_value *path)
{
    cdp_string placeholder;

    return path->kind == CDP_APPSPEC_VALUE_TEXT && path->text.length > 0 &&
           path->text.data[0] == '/' && !cdp_appspec_has_placeholder(path->text, &placeholder);
}

static void add(reach_sweep *sweep, cdp_string path, bool is_object, uint32_t index)
{
    reach_element *element = &sweep->elements[sweep->count++];
    size_t from = cdp_text_string(&sweep->paths).length;

    cdp_appspec_put_normal_path(path, true, false, &sweep->paths);
    /* The text may still move: the offset stands in for the address until all are there. */
    *element = (reach_element){
        .path = {NULL, cdp_text_string(&sweep->paths).length - from},
        .is_object = is_object,
        .index = index,
    };
}

/* Many files go to few destinations: each is added once, as far as equal hashes tell. */
static void add_destinations(reach_sweep *sweep, cdp_hash_entry *entries, cdp_hash_entry *scratch)
{
    const appspec_file *files = sweep->work->appspec->files;
    size_t count = sweep->work->appspec->file_count;
    cdp_string last = {NULL, 0};

    for (uint32_t i = 0; i < count; i++) {
        cdp_string path = files[i].destination.text;

        entries[i] = (cdp_hash_entry){i, cdp_hash_bytes(CDP_HASH_START, path.data, path.length)};
    }
    cdp_hash_sort(entries, scratch, count);
    for (size_t i = 0; i < count; i++) {
        cdp_string path = files[entries[i].index].destination.text;

        if (!cdp_string_equal(path, last))
            add(sweep, path, false, entries[i].index);
        last = path;
    }
}

/* False when some destination cannot be known, or there is nothing to do. */
static bool collect(reach_sweep *sweep, cdp_hash_entry *entries)
{
    const cdp_appspec *appspec = sweep->work->appspec;
    size_t at = 0;

    for (uint32_t i = 0; i < appspec->file_count; i++) {
        if (!is_known(&appspec->files[i].destination))
            return false;
    }
    add_destinations(sweep, entries, entries + appspec->file_count);
    for (uint32_t i = 0; i < appspec->permission_count; i++)
        if (is_known(&appspec->permissions[i].object))
            add(sweep, appspec->permissions[i].object.text, true, i);
    if (cdp_text_status(&sweep->paths) != CDP_OK) {
        cdp_appspec_fail(sweep->work, CDP_ERR_NOMEM);
        return false;
    }
    for (size_t i = 0; i < sweep->count; i++) {
        sweep->elements[i].path.data = cdp_text_string(&sweep->paths).data + at;
        at += sweep->elements[i].path.length;
    }
    return true;
}

static void report_conflict(reach_sweep *sweep, uint32_t index, uint32_t other)
{
    appspec_work *work = sweep->work;
    uint32_t later = index > other ? index : other;
    const appspec_permission *permission = &work->appspec->permissions[later];

    cdp_text_clear(&work->hint);
    cdp_text_put_uint(&work->hint, (uint64_t)(index > other ? other : index) + 1);
    cdp_appspec_enter_index(work, later);
    cdp_appspec_report(work,
                       &(appspec_finding){
                           .code = CDP_DIAGNOSTIC_PERMISSION_CONFLICT,
                           .node = permission->object.node,
                           .leaf = "object",
                           .arguments = {permission->object.text, cdp_text_string(&work->hint)},
                       });
    cdp_appspec_leave(work);
}

static bool patterns_meet(const appspec_permission *a, const appspec_permission *b)
{
    cdp_string first = cdp_appspec_effective_pattern(a);
    cdp_string second = cdp_appspec_effective_pattern(b);

    if (!(cdp_appspec_effective_types(a) & cdp_appspec_effective_types(b)))
        return false;
    if (takes_all(a) && takes_all(b))
        return true;
    if (a->except_count > 0 || b->except_count > 0 ||
        cdp_string_find(first, '/', 0) < first.length ||
        cdp_string_find(second, '/', 0) < second.length)
        return false;
    return takes_all(a) || takes_all(b) || cdp_appspec_globs_meet(first, second);
}

/* Conflicts among the permissions of one object, and with those around it. */
static void check_conflicts(reach_sweep *sweep, const reach_level *level)
{
    for (size_t i = 0; i < level->count; i++) {
        const reach_element *object = &level->objects[i];
        const appspec_permission *permission = permission_of(sweep, object);
        uint32_t types = cdp_appspec_effective_types(permission);
        bool found = false;

        for (size_t j = i; !found && j-- > 0 && i - j <= MOST_NEIGHBOURS;) {
            found = patterns_meet(permission, permission_of(sweep, &level->objects[j]));
            if (found)
                report_conflict(sweep, object->index, level->objects[j].index);
        }
        if (found)
            continue;
        if (types & CDP_APPSPEC_TYPE_FILE && level->outer_files.permission != NONE)
            report_conflict(sweep, object->index, (uint32_t)level->outer_files.permission);
        else if (types & CDP_APPSPEC_TYPE_DIRECTORY && level->outer_folders.permission != NONE)
            report_conflict(sweep, object->index, (uint32_t)level->outer_folders.permission);
    }
}

static void report_useless(reach_sweep *sweep, uint32_t index, const char *why)
{
    const appspec_permission *permission = &sweep->work->appspec->permissions[index];

    cdp_appspec_enter_index(sweep->work, index);
    cdp_appspec_report(sweep->work, &(appspec_finding){
                                        .code = CDP_DIAGNOSTIC_PERMISSION_NEVER_APPLIES,
                                        .node = permission->object.node,
                                        .leaf = "object",
                                        .arguments = {permission->object.text, cdp_string_of(why),
                                                      cdp_appspec_effective_pattern(permission)},
                                    });
    cdp_appspec_leave(sweep->work);
}

/* A permission that can reach nothing, as far as that can be told without the revision. */
static void check_use(reach_sweep *sweep, const reach_level *level)
{
    for (size_t i = 0; i < level->count; i++) {
        const reach_element *object = &level->objects[i];
        const appspec_permission *permission = permission_of(sweep, object);

        if (cdp_appspec_effective_types(permission) == 0)
            report_useless(sweep, object->index, "its list of types is empty");
        else if (!level->is_within && !level->is_around)
            report_useless(sweep, object->index, "no entry of `files` installs anything there");
        else if (!level->is_within && !takes_all(permission) && i < MOST_NEIGHBOURS &&
                 !(level->matched & 1u << i))
            report_useless(sweep, object->index,
                           "its pattern matches nothing that is made directly in that directory");
    }
}

static bool matches(cdp_string pattern, cdp_string name)
{
    return pattern.length * name.length > MOST_STEPS || cdp_appspec_glob_matches(pattern, name);
}

/* The path at the top is done: judge it, and tell the one around it. */
static void pop(reach_sweep *sweep)
{
    reach_level *top = &sweep->levels[--sweep->depth];
    reach_level *around = top - 1;
    cdp_string name;

    if (top->is_within || top->is_around)
        check_conflicts(sweep, top);
    check_use(sweep, top);
    if (sweep->depth == 0 || !(top->has_destination || top->is_around))
        return;
    around->is_around = true;
    name = child_name(top->path, around->path);
    for (size_t i = 0; i < around->count && i < MOST_NEIGHBOURS; i++) {
        const appspec_permission *permission = permission_of(sweep, &around->objects[i]);

        if (cdp_appspec_effective_types(permission) & CDP_APPSPEC_TYPE_DIRECTORY &&
            matches(cdp_appspec_effective_pattern(permission), name))
            around->matched |= 1u << i;
    }
}

/* Exceptions name what lies directly in the object, so they can only mean a path right below. */
static bool excludes(const appspec_permission *permission, cdp_string path, cdp_string object)
{
    cdp_string name = child_name(path, object);

    if (object.length + 1 + name.length != path.length)
        return false;
    if (permission->except_count > MOST_EXCEPTIONS)
        return true;
    for (uint32_t i = 0; i < permission->except_count; i++)
        if (matches(permission->except[i].text, name))
            return true;
    return false;
}

static reach_cover inherit(const reach_sweep *sweep, const reach_cover *from, cdp_string path,
                           cdp_string around)
{
    if (from->permission == NONE ||
        (from->is_here &&
         excludes(&sweep->work->appspec->permissions[from->permission], path, around)))
        return (reach_cover){NONE, false};
    return (reach_cover){from->permission, false};
}

static void note_covers(const reach_sweep *sweep, reach_level *level)
{
    level->files = level->outer_files;
    level->folders = level->outer_folders;
    for (size_t i = 0; i < level->count; i++) {
        const appspec_permission *permission = permission_of(sweep, &level->objects[i]);
        reach_cover own = {level->objects[i].index, true};

        if (!takes_all(permission))
            continue;
        if (cdp_appspec_effective_types(permission) & CDP_APPSPEC_TYPE_FILE)
            level->files = own;
        if (cdp_appspec_effective_types(permission) & CDP_APPSPEC_TYPE_DIRECTORY)
            level->folders = own;
    }
}

/* Begins a path; `first` is the first of `count` elements that have it, destinations in front. */
static bool push(reach_sweep *sweep, const reach_element *first, size_t count)
{
    void *levels = sweep->levels;
    cdp_status status = cdp_array_reserve(&sweep->work->allocator, &levels, &sweep->capacity,
                                          sweep->depth + 1, sizeof *sweep->levels);
    reach_level made = {.path = first->path,
                        .has_destination = !first->is_object,
                        .outer_files = {NONE, false},
                        .outer_folders = {NONE, false}};

    sweep->levels = levels;
    if (status != CDP_OK) {
        cdp_appspec_fail(sweep->work, status);
        return false;
    }
    while (count > 0 && !first->is_object) {
        first++;
        count--;
    }
    made.objects = first;
    made.count = count;
    made.is_within = made.has_destination;
    if (sweep->depth > 0) {
        const reach_level *around = &sweep->levels[sweep->depth - 1];

        made.is_within = made.is_within || around->is_within;
        made.outer_files = inherit(sweep, &around->files, made.path, around->path);
        made.outer_folders = inherit(sweep, &around->folders, made.path, around->path);
    }
    note_covers(sweep, &made);
    sweep->levels[sweep->depth++] = made;
    return true;
}

static void run(reach_sweep *sweep)
{
    for (size_t first = 0; first < sweep->count;) {
        cdp_string path = sweep->elements[first].path;
        size_t count = 1;

        while (first + count < sweep->count &&
               compare_paths(sweep->elements[first + count].path, path) == 0)
            count++;
        while (sweep->depth > 0 && !is_below(path, sweep->levels[sweep->depth - 1].path))
            pop(sweep);
        if (!push(sweep, sweep->elements + first, count))
            return;
        first += count;
    }
    while (sweep->depth > 0)
        pop(sweep);
}

void cdp_appspec_check_reach(appspec_work *work)
{
    size_t files = work->appspec->file_count;
    size_t most = files + work->appspec->permission_count;
    size_t bytes = most * sizeof(reach_element) + 2 * files * sizeof(cdp_hash_entry);
    reach_sweep sweep = {.work = work};
    cdp_status status;

    if (work->appspec->permission_count == 0)
        return;
    cdp_text_init(&sweep.paths, &work->allocator);
    sweep.elements = cdp_allocate(&work->allocator, bytes);
    if (!sweep.elements) {
        cdp_appspec_fail(work, CDP_ERR_NOMEM);
        return;
    }
    cdp_appspec_enter(work, "permissions");
    if (collect(&sweep, (cdp_hash_entry *)(sweep.elements + most))) {
        status = cdp_sort(&work->allocator, sweep.elements, sweep.count, sizeof *sweep.elements,
                          compare_elements, NULL);
        if (status == CDP_OK)
            run(&sweep);
        else
            cdp_appspec_fail(work, status);
    }
    cdp_appspec_leave(work);
    cdp_release(&work->allocator, sweep.levels, sweep.capacity * sizeof *sweep.levels);
    cdp_release(&work->allocator, sweep.elements, bytes);
    cdp_text_release(&sweep.paths);
}
