/* SPDX-License-Identifier: MIT */
#include "install/journal.h"

#include "base/json_writer.h"
#include "base/limits.h"
#include "base/strings.h"
#include "document/document.h"

enum { JOURNAL_VERSION = 1 };

static const char *const phase_names[] = {"staging",   "swapping", "committed",
                                          "reverting", "undone",   "keeping"};

/* Index: cdp_fs_kind. */
static const char *const kind_names[] = {"absent", "file", "directory", "link", "other"};

void cdp_journal_init(cdp_journal *journal, const cdp_allocator *allocator)
{
    *journal = (cdp_journal){0};
    cdp_arena_init(&journal->arena, allocator);
}

void cdp_journal_release(cdp_journal *journal)
{
    cdp_arena_release(&journal->arena);
}

/* ---- names ---- */

void cdp_journal_put_file(const cdp_journal *journal, const char *suffix, cdp_text *path)
{
    cdp_text_clear(path);
    cdp_text_put_byte(path, '/');
    cdp_text_put(path, journal->group);
    cdp_text_put_c(path, suffix);
}

static cdp_string parent_of(cdp_string path)
{
    size_t length = path.length;

    while (length > 0 && path.data[length - 1] != '/')
        length--;
    return cdp_string_slice(path.data, length > 0 ? length - 1 : 0);
}

void cdp_journal_put_folder(const cdp_journal *journal, const cdp_unit *unit, cdp_text *path)
{
    cdp_text_clear(path);
    cdp_text_put(path, parent_of(unit->path));
    cdp_text_put_c(path, "/.codedeploy-");
    cdp_text_put(path, journal->id);
}

void cdp_journal_put_staged(const cdp_journal *journal, size_t unit, char which, cdp_text *path)
{
    cdp_journal_put_folder(journal, &journal->units[unit], path);
    cdp_text_put_byte(path, '/');
    cdp_text_put_byte(path, which);
    cdp_text_put_uint(path, unit);
}

bool cdp_journal_is_first_of_folder(const cdp_journal *journal, size_t unit)
{
    return unit == 0 || !cdp_string_equal(parent_of(journal->units[unit].path),
                                          parent_of(journal->units[unit - 1].path));
}

/* ---- writing ---- */

static void put_strings(cdp_json_writer *json, const char *key, const cdp_string *strings,
                        size_t count)
{
    cdp_json_key(json, key);
    cdp_json_open_array(json);
    for (size_t i = 0; i < count; i++)
        cdp_json_string(json, strings[i]);
    cdp_json_close_array(json);
}

static void put_journal(const cdp_journal *journal, cdp_text *text)
{
    cdp_json_writer json;

    cdp_json_init(&json, text, 0);
    cdp_json_open_object(&json);
    cdp_json_key(&json, "codedeploy_journal");
    cdp_json_int(&json, JOURNAL_VERSION);
    cdp_json_key(&json, "id");
    cdp_json_string(&json, journal->id);
    cdp_json_key(&json, "prefix");
    cdp_json_string(&json, journal->prefix);
    cdp_json_key(&json, "had_record");
    cdp_json_bool(&json, journal->had_record);
    cdp_json_key(&json, "had_instructions");
    cdp_json_bool(&json, journal->had_instructions);
    cdp_json_key(&json, "volatile");
    cdp_json_bool(&json, journal->volatile_data);
    put_strings(&json, "new_contexts", journal->new_contexts, journal->new_context_count);
    put_strings(&json, "old_contexts", journal->old_contexts, journal->old_context_count);
    cdp_json_key(&json, "units");
    cdp_json_open_array(&json);
    for (size_t i = 0; i < journal->unit_count; i++) {
        cdp_json_open_array(&json);
        cdp_json_string(&json, journal->units[i].path);
        cdp_json_c_string(&json, kind_names[journal->units[i].old_kind]);
        cdp_json_c_string(&json, kind_names[journal->units[i].new_kind]);
        cdp_json_close_array(&json);
    }
    cdp_json_close_array(&json);
    cdp_json_close_object(&json);
    cdp_text_put_byte(text, '\n');
}

/* Writes `text` to one of the group's files and lets go of both texts. */
static cdp_status write_out(const cdp_journal *journal, const cdp_fs *fs, const char *suffix,
                            cdp_text *text)
{
    cdp_text path;
    cdp_status status;

    cdp_text_init(&path, &journal->arena.allocator);
    cdp_journal_put_file(journal, suffix, &path);
    status = cdp_text_status(text);
    if (status == CDP_OK)
        status = cdp_text_status(&path);
    if (status == CDP_OK)
        status = cdp_fs_write_file(fs, CDP_FS_STATE, cdp_text_string(&path), cdp_text_string(text));
    cdp_text_release(&path);
    cdp_text_release(text);
    return status;
}

cdp_status cdp_journal_save(const cdp_journal *journal, const cdp_fs *fs)
{
    cdp_text text;

    cdp_text_init(&text, &journal->arena.allocator);
    put_journal(journal, &text);
    return write_out(journal, fs, "-journal", &text);
}

/* The id stands in it, so that what an earlier install left cannot be taken for this one's. */
cdp_status cdp_journal_enter(cdp_journal *journal, const cdp_fs *fs, cdp_journal_phase phase)
{
    cdp_text text;
    cdp_status status;

    cdp_text_init(&text, &journal->arena.allocator);
    cdp_text_put_c(&text, phase_names[phase]);
    cdp_text_put_byte(&text, ' ');
    cdp_text_put(&text, journal->id);
    cdp_text_put_byte(&text, '\n');
    status = write_out(journal, fs, "-journal.phase", &text);
    if (status == CDP_OK)
        journal->phase = phase;
    return status;
}

static cdp_status remove_one(const cdp_journal *journal, const cdp_fs *fs, const char *suffix)
{
    cdp_text path;
    cdp_status status;

    cdp_text_init(&path, &journal->arena.allocator);
    cdp_journal_put_file(journal, suffix, &path);
    status = cdp_text_status(&path);
    if (status == CDP_OK)
        status = cdp_fs_remove_file(fs, CDP_FS_STATE, cdp_text_string(&path));
    cdp_text_release(&path);
    return status == CDP_ERR_NOT_FOUND ? CDP_OK : status;
}

cdp_status cdp_journal_remove(const cdp_journal *journal, const cdp_fs *fs)
{
    cdp_status status = cdp_fs_sync_directory(fs, CDP_FS_STATE, CDP_STR("/"));

    /* The journal first: a phase without a journal means nothing. */
    if (status == CDP_OK)
        status = remove_one(journal, fs, "-journal");
    if (status == CDP_OK)
        status = cdp_fs_sync_directory(fs, CDP_FS_STATE, CDP_STR("/"));
    return status == CDP_OK ? remove_one(journal, fs, "-journal.phase") : status;
}

/* ---- reading ---- */

typedef struct reader {
    cdp_document *document;
    cdp_journal *journal;
} reader;

static cdp_node member(const reader *r, const char *key, cdp_node_kind kind)
{
    cdp_node value =
        cdp_node_find(r->document, cdp_document_root(r->document), cdp_string_of(key), NULL);

    return cdp_node_get_kind(r->document, value) == kind ? value : 0;
}

static cdp_status read_string(const reader *r, cdp_node node, cdp_string *string)
{
    if (cdp_node_get_kind(r->document, node) != CDP_NODE_SCALAR ||
        cdp_node_resolve(r->document, node).type != CDP_SCALAR_STRING)
        return CDP_ERR_CORRUPT;
    return cdp_arena_copy(&r->journal->arena, cdp_node_text(r->document, node), string);
}

static cdp_status read_bool(const reader *r, const char *key, bool *value)
{
    cdp_node node = member(r, key, CDP_NODE_SCALAR);
    cdp_scalar scalar = cdp_node_resolve(r->document, node);

    if (!node || scalar.type != CDP_SCALAR_BOOLEAN)
        return CDP_ERR_CORRUPT;
    *value = scalar.boolean;
    return CDP_OK;
}

static cdp_status read_strings(const reader *r, const char *key, cdp_string **strings,
                               size_t *count)
{
    cdp_node list = member(r, key, CDP_NODE_SEQUENCE);
    cdp_status status = CDP_OK;

    if (!list)
        return CDP_ERR_CORRUPT;
    *strings = cdp_arena_array(&r->journal->arena, cdp_node_child_count(r->document, list),
                               sizeof **strings);
    if (!*strings)
        return CDP_ERR_NOMEM;
    for (cdp_node item = cdp_node_first_child(r->document, list); item && status == CDP_OK;
         item = cdp_node_next_sibling(r->document, item))
        status = read_string(r, item, &(*strings)[(*count)++]);
    return status;
}

static cdp_status read_kind(const reader *r, cdp_node node, cdp_fs_kind *kind)
{
    cdp_string name = cdp_node_text(r->document, node);

    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++) {
        if (cdp_string_equal_c(name, kind_names[i])) {
            *kind = (cdp_fs_kind)i;
            return CDP_OK;
        }
    }
    return CDP_ERR_CORRUPT;
}

/* A path that a callback may be given: absolute, and plain in every component. */
static bool is_plain_path(cdp_string path)
{
    size_t start = 1;

    if (path.length < 2 || path.data[0] != '/' || memchr(path.data, '\0', path.length))
        return false;
    while (start <= path.length) {
        size_t end = cdp_string_find(path, '/', start);
        cdp_string name = cdp_string_slice(path.data + start, end - start);

        if (name.length == 0 || cdp_string_equal(name, CDP_STR(".")) ||
            cdp_string_equal(name, CDP_STR("..")))
            return false;
        start = end + 1;
    }
    return true;
}

static cdp_status read_unit(const reader *r, cdp_node item, cdp_unit *unit)
{
    cdp_node path = cdp_node_first_child(r->document, item);
    cdp_node old_kind = cdp_node_next_sibling(r->document, path);
    cdp_node new_kind = cdp_node_next_sibling(r->document, old_kind);
    cdp_status status;

    if (cdp_node_get_kind(r->document, item) != CDP_NODE_SEQUENCE || !new_kind)
        return CDP_ERR_CORRUPT;
    status = read_string(r, path, &unit->path);
    if (status == CDP_OK && !is_plain_path(unit->path))
        status = CDP_ERR_CORRUPT;
    if (status == CDP_OK)
        status = read_kind(r, old_kind, &unit->old_kind);
    if (status == CDP_OK)
        status = read_kind(r, new_kind, &unit->new_kind);
    return status;
}

static cdp_status read_units(const reader *r)
{
    cdp_journal *journal = r->journal;
    cdp_node list = member(r, "units", CDP_NODE_SEQUENCE);
    cdp_status status = CDP_OK;

    if (!list)
        return CDP_ERR_CORRUPT;
    journal->units = cdp_arena_array(&journal->arena, cdp_node_child_count(r->document, list),
                                     sizeof *journal->units);
    if (!journal->units)
        return CDP_ERR_NOMEM;
    for (cdp_node item = cdp_node_first_child(r->document, list); item && status == CDP_OK;
         item = cdp_node_next_sibling(r->document, item))
        status = read_unit(r, item, &journal->units[journal->unit_count++]);
    return status;
}

static cdp_status read_members(const reader *r)
{
    cdp_journal *journal = r->journal;
    cdp_scalar version =
        cdp_node_resolve(r->document, member(r, "codedeploy_journal", CDP_NODE_SCALAR));
    cdp_status status;

    if (version.type != CDP_SCALAR_INTEGER || version.integer != JOURNAL_VERSION)
        return CDP_ERR_CORRUPT;
    status = read_string(r, member(r, "id", CDP_NODE_SCALAR), &journal->id);
    if (status == CDP_OK &&
        (journal->id.length == 0 || memchr(journal->id.data, '/', journal->id.length)))
        status = CDP_ERR_CORRUPT;
    if (status == CDP_OK)
        status = read_string(r, member(r, "prefix", CDP_NODE_SCALAR), &journal->prefix);
    if (status == CDP_OK)
        status = read_bool(r, "had_record", &journal->had_record);
    if (status == CDP_OK)
        status = read_bool(r, "had_instructions", &journal->had_instructions);
    if (status == CDP_OK)
        status = read_bool(r, "volatile", &journal->volatile_data);
    if (status == CDP_OK)
        status =
            read_strings(r, "new_contexts", &journal->new_contexts, &journal->new_context_count);
    if (status == CDP_OK)
        status =
            read_strings(r, "old_contexts", &journal->old_contexts, &journal->old_context_count);
    return status == CDP_OK ? read_units(r) : status;
}

static cdp_status parse(cdp_journal *journal, cdp_string content)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    reader r = {.journal = journal};
    cdp_status status = cdp_limits_import(&options.limits, NULL);

    /* We wrote it ourselves, as large as the plan needed it. */
    options.limits.input_bytes = content.length + 1;
    options.limits.nodes = UINT32_MAX;
    if (status == CDP_OK)
        status = cdp_document_parse(content.data, content.length, &options,
                                    &journal->arena.allocator, NULL, &r.document);
    if (status != CDP_OK)
        return status == CDP_ERR_NOMEM ? status : CDP_ERR_CORRUPT;
    status = read_members(&r);
    cdp_document_free(r.document);
    return status;
}

/* A phase that is torn or of another install says nothing. */
static void read_phase(cdp_journal *journal, cdp_string content)
{
    size_t blank = cdp_string_find(content, ' ', 0);
    cdp_string id = {NULL, 0};

    if (blank < content.length && content.data[content.length - 1] == '\n')
        id = cdp_string_slice(content.data + blank + 1, content.length - blank - 2);
    if (!cdp_string_equal(id, journal->id))
        return;
    for (size_t i = 0; i < sizeof phase_names / sizeof *phase_names; i++) {
        if (cdp_string_equal_c(cdp_string_slice(content.data, blank), phase_names[i])) {
            journal->phase = (cdp_journal_phase)i;
            journal->is_phase_known = true;
        }
    }
}

cdp_status cdp_journal_load(cdp_journal *journal, const cdp_fs *fs)
{
    cdp_text path;
    cdp_text content;
    cdp_status status;

    cdp_text_init(&path, &journal->arena.allocator);
    cdp_text_init(&content, &journal->arena.allocator);
    cdp_journal_put_file(journal, "-journal", &path);
    status = cdp_text_status(&path);
    if (status == CDP_OK)
        status = cdp_fs_read_file(fs, CDP_FS_STATE, cdp_text_string(&path), UINT32_MAX, &content);
    if (status == CDP_OK)
        status = parse(journal, cdp_text_string(&content));
    if (status == CDP_OK) {
        cdp_journal_put_file(journal, "-journal.phase", &path);
        cdp_text_clear(&content);
        status = cdp_text_status(&path);
        if (status == CDP_OK)
            status = cdp_fs_read_file(fs, CDP_FS_STATE, cdp_text_string(&path), 4096, &content);
        if (status == CDP_OK)
            read_phase(journal, cdp_text_string(&content));
        else if (status == CDP_ERR_NOT_FOUND || status == CDP_ERR_LIMIT)
            status = CDP_OK;
    }
    cdp_text_release(&path);
    cdp_text_release(&content);
    return status;
}
