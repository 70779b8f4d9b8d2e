/* SPDX-License-Identifier: MIT */
#include "bundle_rules.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

/* Limits of names: what Linux takes, and a depth that nobody needs. */
enum { LONGEST_PATH = PATH_MAX - 1, LONGEST_NAME = NAME_MAX, DEEPEST = 255 };

/* Pairs of names that differ only in case: how many are told, and how many are too many. */
enum { ALIKE_TOLD = 10, ALIKE_MOST = 200 };

#define DEFAULT_BYTES ((uint64_t)16 << 30)
#define DEFAULT_ENTRIES 1000000u
#define DEFAULT_RATIO 200u
/* Below this an archive may unpack to anything. */
#define HARMLESS_BYTES ((uint64_t)256 << 20)
/* How many bytes may pass before the host hears of progress. */
#define PROGRESS_BYTES ((uint64_t)4 << 20)

static uint64_t most_bytes(const cdp_posix_bundle_options *options, uint64_t archive_bytes)
{
    uint64_t most = options->bytes ? options->bytes : DEFAULT_BYTES;
    uint64_t ratio = options->ratio ? options->ratio : DEFAULT_RATIO;
    uint64_t honest;

    /* Who says how much it may be has thought of it. */
    if (!archive_bytes || (options->bytes && !options->ratio))
        return most;
    honest = archive_bytes > UINT64_MAX / ratio ? UINT64_MAX : archive_bytes * ratio;
    if (honest < HARMLESS_BYTES)
        honest = HARMLESS_BYTES;
    return honest < most ? honest : most;
}

void px_unpacking_init(px_unpacking *unpacking, const cdp_posix_bundle_options *options,
                       uint64_t archive_bytes, const px_sink *sink, cdp_diagnostics *diagnostics)
{
    *unpacking = (px_unpacking){
        .sink = sink,
        .diagnostics = diagnostics,
        .options = options,
        .most_bytes = most_bytes(options, archive_bytes),
    };
}

void px_unpacking_release(px_unpacking *unpacking)
{
    px_bundle_names_release(&unpacking->names);
    px_buffer_release(&unpacking->path);
    px_buffer_release(&unpacking->parent);
}

/* ---------------------------------------------------------------------------------------------
 * Reports
 */

cdp_status px_bundle_damaged(const px_unpacking *unpacking, const char *what, const char *entry)
{
    px_buffer text = {0};

    px_put_c(&text, what);
    if (entry) {
        px_put_c(&text, ", at the entry ");
        px_put_c(&text, entry);
    }
    px_report(unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_DAMAGED,
              unpacking->options->location.data, text.failed ? what : px_c_string(&text), NULL);
    px_buffer_release(&text);
    return CDP_ERR_INVALID;
}

cdp_status px_bundle_truncated(const px_unpacking *unpacking, const char *what)
{
    px_report(unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_TRUNCATED,
              unpacking->options->location.data, what, NULL);
    return CDP_ERR_INVALID;
}

static cdp_status status_of(int error)
{
    return error == ENOMEM                      ? CDP_ERR_NOMEM
           : error == ENOSPC || error == EDQUOT ? CDP_ERR_FULL
           : error == ENOENT                    ? CDP_ERR_NOT_FOUND
           : error == EACCES || error == EPERM  ? CDP_ERR_DENIED
                                                : CDP_ERR_IO;
}

cdp_status px_bundle_unreadable(const px_unpacking *unpacking, const char *path, int error)
{
    px_error_text text;

    px_report(unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_UNREADABLE, path,
              px_describe(error, &text), NULL);
    return status_of(error);
}

cdp_status px_bundle_limit(const px_unpacking *unpacking, const char *what, uint64_t limit)
{
    char number[32];

    snprintf(number, sizeof number, "%" PRIu64, limit);
    px_report(unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_LIMIT,
              unpacking->options->location.data, number, what, NULL);
    return CDP_ERR_LIMIT;
}

static cdp_status refuse(const px_unpacking *unpacking, cdp_diagnostic_code code,
                         const char *second)
{
    px_report(unpacking->diagnostics, code, unpacking->entry.path, second, NULL);
    return CDP_ERR_INVALID;
}

/* What the sink answered; an errno becomes a report that names the entry. */
static cdp_status answer(const px_unpacking *unpacking, cdp_status status)
{
    const px_sink *sink = unpacking->sink;
    const char *earlier;
    px_error_text text;
    int error = errno;

    if (status != CDP_ERR_IO)
        return status;
    earlier = sink->failed_path(sink->user);
    if (error == EEXIST) {
        px_report(unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_NAME_FOLDED,
                  earlier ? earlier : unpacking->entry.path, NULL);
        return CDP_ERR_INVALID;
    }
    px_report(unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_NOT_WRITTEN,
              earlier ? earlier : unpacking->entry.path, px_describe(error, &text), NULL);
    return status_of(error);
}

/* ---------------------------------------------------------------------------------------------
 * Names
 */

/* True for a path that is absolute or has a `..` component. */
static bool leads_out(const char *path)
{
    if (*path == '/')
        return true;
    while (*path) {
        size_t length = strcspn(path, "/");

        if (length == 2 && path[0] == '.' && path[1] == '.')
            return true;
        path += length + strspn(path + length, "/");
    }
    return false;
}

/* Appends a path that does not lead out, without empty and `.` components. What is wrong with it,
 * or NULL. */
static const char *normalise(const char *path, px_buffer *normal)
{
    size_t depth = 0;

    while (*path) {
        size_t length = strcspn(path, "/");

        if (length > LONGEST_NAME)
            return "a part of it is longer than 255 bytes";
        if (length > 0 && !(length == 1 && *path == '.')) {
            if (normal->length)
                px_put_c(normal, "/");
            px_put(normal, path, length);
            if (++depth > DEEPEST)
                return "it lies more than 255 directories deep";
        }
        path += length + strspn(path + length, "/");
    }
    if (normal->length > LONGEST_PATH)
        return "it is longer than 4095 bytes";
    return NULL;
}

static cdp_status warn_of_alike(px_unpacking *unpacking, const px_name_node *alike)
{
    if (++unpacking->alike > ALIKE_MOST)
        return px_bundle_limit(unpacking, "names that differ only in case", ALIKE_MOST);
    if (unpacking->alike <= ALIKE_TOLD)
        px_report(unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_CASE_ONLY, unpacking->entry.path,
                  px_node_path(&unpacking->names, alike), NULL);
    return CDP_OK;
}

static cdp_status count_entry(px_unpacking *unpacking)
{
    uint64_t most = unpacking->options->entries ? unpacking->options->entries : DEFAULT_ENTRIES;

    return ++unpacking->entries > most ? px_bundle_limit(unpacking, "entries", most) : CDP_OK;
}

static cdp_status add_name(px_unpacking *unpacking, size_t length, px_kind kind,
                           const px_name_node *alike, const char *target)
{
    cdp_status status = alike ? warn_of_alike(unpacking, alike) : CDP_OK;

    if (status == CDP_OK)
        status = px_bundle_names_add(&unpacking->names, unpacking->path.data, length, kind, target);
    return status;
}

/* Looks at what lies above the entry's path, and makes the directories that are missing. */
static cdp_status make_parents(px_unpacking *unpacking)
{
    static const px_entry implied = {
        .kind = PX_KIND_DIRECTORY, .mode = 0755, .modified = {0, UTIME_OMIT}};
    char *path = unpacking->path.data;

    for (size_t at = 1; at < unpacking->path.length; at++) {
        const px_name_node *alike;
        const px_name_node *node;
        cdp_status status = CDP_OK;

        if (path[at] != '/')
            continue;
        path[at] = '\0';
        node = px_bundle_names_find(&unpacking->names, path, at, &alike);
        if (node && node->kind == PX_KIND_SYMLINK)
            status = refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_THROUGH_LINK, path);
        else if (node && node->kind != PX_KIND_DIRECTORY)
            status = refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_BELOW_FILE, path);
        else if (!node)
            status = count_entry(unpacking);
        if (!node && status == CDP_OK)
            status = add_name(unpacking, at, PX_KIND_DIRECTORY, alike, NULL);
        if (!node && status == CDP_OK)
            status = answer(unpacking,
                            unpacking->sink->directory(path, &implied, unpacking->sink->user));
        path[at] = '/';
        if (status != CDP_OK)
            return status;
    }
    return CDP_OK;
}

/* What has become a directory stays one: neighbours need not look again. */
static cdp_status prepare_parents(px_unpacking *unpacking)
{
    const px_buffer *path = &unpacking->path;
    px_buffer *known = &unpacking->parent;
    size_t length = px_base_name(path->data);
    cdp_status status;

    if (length == known->length && (length == 0 || memcmp(path->data, known->data, length) == 0))
        return CDP_OK;
    known->length = 0;
    status = make_parents(unpacking);
    if (status == CDP_OK)
        px_put(known, path->data, length);
    return known->failed ? CDP_ERR_NOMEM : status;
}

/* The entry's own name: new, or a directory again, of which only the rights are news. */
static cdp_status claim_name(px_unpacking *unpacking)
{
    px_entry *entry = &unpacking->entry;
    const px_name_node *alike;
    const px_name_node *node = px_bundle_names_find(&unpacking->names, unpacking->path.data,
                                                    unpacking->path.length, &alike);

    entry->is_again = node && node->kind == PX_KIND_DIRECTORY && entry->kind == PX_KIND_DIRECTORY;
    if (entry->is_again)
        return CDP_OK;
    if (node)
        return refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_DUPLICATE, NULL);
    return add_name(unpacking, unpacking->path.length, entry->kind, alike,
                    entry->kind == PX_KIND_SYMLINK ? entry->target : NULL);
}

/* ---------------------------------------------------------------------------------------------
 * Entries
 */

static cdp_status check_mode(px_unpacking *unpacking)
{
    px_entry *entry = &unpacking->entry;

    if (entry->kind == PX_KIND_FILE)
        entry->mode &= ~(mode_t)01000;
    if (unpacking->options->allow & CDP_POSIX_BUNDLE_ALLOW_SET_ID)
        return CDP_OK;
    if (entry->kind == PX_KIND_FILE && entry->mode & 06000)
        return refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_SET_ID, NULL);
    if (entry->kind == PX_KIND_DIRECTORY && entry->mode & 06000 && !unpacking->told_set_id) {
        unpacking->told_set_id = true;
        px_report(unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_SET_ID_DROPPED, entry->path, NULL);
    }
    entry->mode &= ~(mode_t)06000;
    return CDP_OK;
}

static cdp_status check_size(const px_unpacking *unpacking)
{
    if (unpacking->entry.bytes > unpacking->most_bytes - unpacking->bytes)
        return px_bundle_limit(unpacking, "bytes when unpacked", unpacking->most_bytes);
    return CDP_OK;
}

static cdp_status unpack_symlink(px_unpacking *unpacking)
{
    const px_entry *entry = &unpacking->entry;

    if (!entry->target || !*entry->target || strlen(entry->target) > LONGEST_PATH)
        return refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_NAME, "it links to nothing that can be");
    if (*entry->target == '/' &&
        !(unpacking->options->allow & CDP_POSIX_BUNDLE_ALLOW_OUTSIDE_LINKS))
        return refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_LINK_OUTSIDE, entry->target);
    return answer(unpacking,
                  unpacking->sink->symlink(unpacking->path.data, entry, unpacking->sink->user));
}

static cdp_status unpack_hard_link(px_unpacking *unpacking)
{
    const px_entry *entry = &unpacking->entry;
    const px_name_node *node = NULL;
    px_buffer target = {0};
    cdp_status status;

    if (entry->target && !leads_out(entry->target) && !normalise(entry->target, &target) &&
        px_c_string(&target))
        node = px_bundle_names_find(&unpacking->names, target.data, target.length, NULL);
    if (target.failed)
        status = CDP_ERR_NOMEM;
    else if (!node || strcmp(target.data, unpacking->path.data) == 0 ||
             (node->kind != PX_KIND_FILE && node->kind != PX_KIND_HARD_LINK))
        status =
            refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_HARD_LINK, entry->target ? entry->target : "");
    else
        status = answer(unpacking, unpacking->sink->hard_link(unpacking->path.data, target.data,
                                                              unpacking->sink->user));
    px_buffer_release(&target);
    return status;
}

static cdp_status unpack(px_unpacking *unpacking)
{
    const px_sink *sink = unpacking->sink;
    px_entry *entry = &unpacking->entry;

    switch (entry->kind) {
    case PX_KIND_DIRECTORY:
        return answer(unpacking, sink->directory(unpacking->path.data, entry, sink->user));
    case PX_KIND_FILE:
        return answer(unpacking, sink->file(unpacking->path.data, entry, sink->user));
    case PX_KIND_SYMLINK:
        return unpack_symlink(unpacking);
    default:
        return unpack_hard_link(unpacking);
    }
}

static cdp_status tell_progress(px_unpacking *unpacking, bool now)
{
    const cdp_posix_bundle_options *options = unpacking->options;
    uint64_t bytes = unpacking->bytes + unpacking->file_bytes;
    cdp_status status;

    if (!options->progress || (!now && bytes - unpacking->told_bytes < PROGRESS_BYTES))
        return CDP_OK;
    unpacking->told_bytes = bytes;
    status = options->progress(unpacking->entries, bytes, options->user);
    return status == CDP_PASSTHROUGH ? CDP_OK : status;
}

/* CDP_OK with an empty `path` for an entry that is the top itself ("./"). */
static cdp_status check_name(px_unpacking *unpacking)
{
    const px_entry *entry = &unpacking->entry;
    const char *problem;

    unpacking->path.length = 0;
    if (leads_out(entry->path))
        return refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_ENTRY_OUTSIDE, NULL);
    problem = normalise(entry->path, &unpacking->path);
    if (!px_c_string(&unpacking->path))
        return CDP_ERR_NOMEM;
    if (!problem && unpacking->path.length == 0 && entry->kind != PX_KIND_DIRECTORY)
        problem = "it is empty";
    if (problem)
        return refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_NAME, problem);
    if (entry->kind == PX_KIND_OTHER)
        return refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_SPECIAL_FILE, NULL);
    if ((entry->kind == PX_KIND_SYMLINK || entry->kind == PX_KIND_HARD_LINK) &&
        (unpacking->options->allow & CDP_POSIX_BUNDLE_REFUSE_LINKS))
        return refuse(unpacking, CDP_DIAGNOSTIC_BUNDLE_LINKS_REFUSED, NULL);
    return CDP_OK;
}

cdp_status px_unpack_entry(px_unpacking *unpacking, const px_entry *entry)
{
    cdp_status status;

    unpacking->entry = *entry;
    unpacking->file_bytes = 0;
    status = check_name(unpacking);
    if (status == CDP_OK)
        status = count_entry(unpacking);
    if (status != CDP_OK || unpacking->path.length == 0)
        return status;
    status = check_mode(unpacking);
    if (status == CDP_OK && entry->kind == PX_KIND_FILE)
        status = check_size(unpacking);
    if (status == CDP_OK)
        status = prepare_parents(unpacking);
    if (status == CDP_OK)
        status = claim_name(unpacking);
    if (status == CDP_OK)
        status = unpack(unpacking);
    if (status == CDP_OK && entry->kind != PX_KIND_FILE)
        status = tell_progress(unpacking, unpacking->entries % 64 == 0);
    return status;
}

cdp_status px_unpack_data(px_unpacking *unpacking, const void *bytes, size_t length,
                          uint64_t offset)
{
    cdp_status status;

    /* What the entry said of its size has been checked; now it must keep to it. */
    if (offset > unpacking->entry.bytes || length > unpacking->entry.bytes - offset)
        return px_bundle_damaged(unpacking, "more data than announced", unpacking->entry.path);
    if (length == 0)
        return CDP_OK;
    status = answer(unpacking, unpacking->sink->data(bytes, length, offset, unpacking->sink->user));
    unpacking->file_bytes = offset + length;
    return status == CDP_OK ? tell_progress(unpacking, false) : status;
}

static cdp_status copied_more(uint64_t bytes, void *user)
{
    px_unpacking *unpacking = user;

    unpacking->file_bytes += bytes;
    return tell_progress(unpacking, false);
}

cdp_status px_unpack_copy(px_unpacking *unpacking, int *fd, const struct stat *source)
{
    const cdp_fs_progress progress = {sizeof progress, copied_more, unpacking};

    return answer(unpacking, unpacking->sink->copy(fd, source, &progress, unpacking->sink->user));
}

cdp_status px_unpack_end(px_unpacking *unpacking)
{
    cdp_status status =
        answer(unpacking, unpacking->sink->end(&unpacking->entry, unpacking->sink->user));

    unpacking->bytes += unpacking->entry.bytes;
    unpacking->file_bytes = 0;
    if (status == CDP_OK)
        status = tell_progress(unpacking, unpacking->entries % 64 == 0);
    return status;
}

/* ---------------------------------------------------------------------------------------------
 * The top level
 */

/* "appspec" somewhere in a name, in any case. */
static bool is_like_appspec(const char *name)
{
    static const char word[] = "appspec";

    for (; *name; name++) {
        size_t i = 0;

        while (word[i] && (name[i] | 0x20) == word[i])
            i++;
        if (!word[i])
            return true;
    }
    return false;
}

/* The single directory of the top level, if it holds an AppSpec. */
static const px_name_node *find_strip(const px_bundle_names *names)
{
    const px_name_node *top = NULL;
    bool has_appspec = false;

    for (size_t i = 0; i < names->count; i++) {
        const char *path = px_node_path(names, &names->nodes[i]);
        const char *slash = strchr(path, '/');

        if (!slash && (top || names->nodes[i].kind != PX_KIND_DIRECTORY))
            return NULL;
        if (!slash)
            top = &names->nodes[i];
        else if (!strchr(slash + 1, '/') && is_like_appspec(slash + 1))
            has_appspec = true;
    }
    return has_appspec ? top : NULL;
}

cdp_status px_unpack_finish(px_unpacking *unpacking, const px_name_node **strip)
{
    cdp_status status = answer(unpacking, unpacking->sink->settle(unpacking->sink->user));

    *strip = find_strip(&unpacking->names);
    if (status == CDP_OK && !(unpacking->options->allow & CDP_POSIX_BUNDLE_ALLOW_OUTSIDE_LINKS))
        status = px_check_links(unpacking, *strip);
    return status == CDP_OK ? tell_progress(unpacking, true) : status;
}
