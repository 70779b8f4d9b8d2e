/* SPDX-License-Identifier: MIT */
#include "install/record.h"

#include "base/allocator.h"
#include "base/report.h"
#include "base/strings.h"

static const cdp_string context_mark = CDP_LITERAL("semanage\0");
static const cdp_string escape_mark = CDP_LITERAL("codedeploy-escaped:");

/* Beside the kind, while a record is read: a plain path on the line behind another plain path. */
enum { FOLLOWS_A_PATH = 0x100 };

typedef struct record_reader {
    cdp_install_record *record;
    cdp_diagnostics *diagnostics;
    const char *bytes;
    uint32_t line;
    /* The line before was a plain path, so that this one may be the rest of its name. */
    bool behind_a_path;
    /* Some name was broken over two lines. */
    bool broken;
} record_reader;

bool cdp_path_is_normal(cdp_string path)
{
    if (!path.data || path.length == 0 || path.data[0] != '/' ||
        memchr(path.data, '\0', path.length))
        return false;
    for (size_t at = 1; at < path.length || (at == path.length && path.length > 1);) {
        size_t end = cdp_string_find(path, '/', at);
        cdp_string name = cdp_string_slice(path.data + at, end - at);

        if (name.length == 0 || cdp_string_equal_c(name, ".") || cdp_string_equal_c(name, ".."))
            return false;
        if (end == path.length)
            break;
        at = end + 1;
    }
    return true;
}

static uint64_t hash(cdp_string path)
{
    uint64_t value = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < path.length; i++)
        value = (value ^ (unsigned char)path.data[i]) * UINT64_C(0x100000001b3);
    return value ^ value >> 32;
}

static size_t find_slot(const cdp_install_record *record, cdp_string path)
{
    size_t mask = record->slot_count - 1;
    size_t slot = (size_t)hash(path) & mask;

    while (record->slots[slot] &&
           !cdp_string_equal(cdp_record_path(record, record->slots[slot] - 1), path))
        slot = (slot + 1) & mask;
    return slot;
}

static cdp_status make_index(cdp_install_record *record)
{
    size_t slots = 16;

    while (slots < record->count * 2)
        slots *= 2;
    record->slots = cdp_allocate_zeroed(&record->allocator, slots * sizeof *record->slots);
    if (!record->slots)
        return CDP_ERR_NOMEM;
    record->slot_count = slots;
    return CDP_OK;
}

static void index_entry(cdp_install_record *record, size_t index)
{
    size_t slot;

    if (record->entries[index].kind != CDP_INSTALL_RECORD_PATH)
        return;
    slot = find_slot(record, cdp_record_path(record, index));
    if (!record->slots[slot])
        record->slots[slot] = (uint32_t)index + 1;
}

int cdp_install_record_contains(const cdp_install_record *record, cdp_string path)
{
    return record && path.data && record->slots[find_slot(record, path)];
}

static cdp_status reserve_path(cdp_install_record *record, size_t length)
{
    return cdp_array_reserve(&record->allocator, (void **)&record->paths, &record->paths_capacity,
                             record->paths_length + length + 1, 1);
}

/* Makes an entry of the `length` bytes that were put behind the paths. */
static cdp_status add_entry(cdp_install_record *record, uint32_t kind, size_t length)
{
    size_t start = record->paths_length;
    cdp_status status =
        cdp_array_reserve(&record->allocator, (void **)&record->entries, &record->capacity,
                          record->count + 1, sizeof *record->entries);

    if (status != CDP_OK)
        return status;
    record->entries[record->count++] = (cdp_record_entry){(uint32_t)start, (uint32_t)length, kind};
    record->paths[start + length] = '\0';
    record->paths_length += length + 1;
    return CDP_OK;
}

static cdp_status warn(const record_reader *reader, cdp_diagnostic_code code, cdp_string line)
{
    size_t offset = (size_t)(line.data - reader->bytes);
    const cdp_report report = {
        .code = code,
        .arguments = {line},
        .place = {offset, offset + line.length, reader->line, 1, reader->line,
                  (uint32_t)line.length + 1},
    };

    return cdp_diagnostics_report(reader->diagnostics, &report);
}

static int hex_digit(char c)
{
    return cdp_is_digit(c)        ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* Writes what an escaped path means to `to`, which has room for it; false when it means nothing. */
static bool unescape(cdp_string text, char *to, size_t *length)
{
    *length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];

        if (byte == '%') {
            int high = i + 1 < text.length ? hex_digit(text.data[i + 1]) : -1;
            int low = i + 2 < text.length ? hex_digit(text.data[i + 2]) : -1;

            if (high < 0 || low < 0)
                return false;
            byte = (char)(high << 4 | low);
            i += 2;
        }
        to[(*length)++] = byte;
    }
    return true;
}

static bool is_removable(cdp_string path)
{
    return path.length > 1 && cdp_path_is_normal(path);
}

static cdp_string without(cdp_string text, cdp_string mark)
{
    return cdp_string_slice(text.data + mark.length, text.length - mark.length);
}

/* A line that stands for itself. */
static cdp_status read_entry(record_reader *reader, cdp_string line)
{
    cdp_install_record *record = reader->record;
    bool is_context = cdp_string_starts_with(line, context_mark);
    cdp_string path = is_context ? without(line, context_mark) : line;
    bool is_escaped = cdp_string_starts_with(path, escape_mark);
    uint32_t kind = is_context ? CDP_INSTALL_RECORD_CONTEXT : CDP_INSTALL_RECORD_PATH;
    bool followed = reader->behind_a_path;
    size_t length;
    cdp_status status;

    reader->behind_a_path = false;
    if (is_escaped)
        path = without(path, escape_mark);
    status = reserve_path(record, path.length);
    if (status != CDP_OK)
        return status;
    length = path.length;
    if (!is_escaped)
        memcpy(record->paths + record->paths_length, path.data, path.length);
    else if (!unescape(path, record->paths + record->paths_length, &length))
        return warn(reader, CDP_DIAGNOSTIC_INSTALL_RECORD_LINE, line);
    if (!is_removable(cdp_string_slice(record->paths + record->paths_length, length)))
        return warn(reader, CDP_DIAGNOSTIC_INSTALL_RECORD_LINE, line);
    if (!is_context && !is_escaped) {
        reader->behind_a_path = true;
        kind |= followed ? FOLLOWS_A_PATH : 0;
    }
    return add_entry(record, kind, length);
}

/*
 * The rest of a name that holds a line feed: it goes behind the last path. When what comes of it is
 * no path, the last one was none either, and goes.
 */
static cdp_status read_rest(record_reader *reader, cdp_string line)
{
    cdp_install_record *record = reader->record;
    cdp_record_entry *last = &record->entries[record->count - 1];
    size_t length = last->length + (size_t)1 + line.length;
    cdp_status status = reserve_path(record, line.length);

    if (status != CDP_OK)
        return status;
    record->paths[record->paths_length - 1] = '\n';
    memcpy(record->paths + record->paths_length, line.data, line.length);
    record->paths[last->path + length] = '\0';
    if (!is_removable(cdp_string_slice(record->paths + last->path, length))) {
        record->paths_length = last->path;
        record->count--;
        reader->behind_a_path = false;
        return warn(reader, CDP_DIAGNOSTIC_INSTALL_RECORD_LINE, line);
    }
    record->paths_length += line.length + 1;
    last->length = (uint32_t)length;
    reader->broken = true;
    return CDP_OK;
}

static cdp_status read_line(record_reader *reader, cdp_string line)
{
    bool stands_alone = (line.length > 0 && line.data[0] == '/') ||
                        cdp_string_starts_with(line, context_mark) ||
                        cdp_string_starts_with(line, escape_mark);

    if (!stands_alone && reader->behind_a_path)
        return read_rest(reader, line);
    return line.length > 0 ? read_entry(reader, line) : CDP_OK;
}

/* True when the path with a line feed behind is one of those indexed: a directory's name. */
static bool is_broken_directory(cdp_install_record *record, cdp_record_entry entry)
{
    char *end = record->paths + entry.path + entry.length;
    bool found;

    *end = '\n';
    found = cdp_install_record_contains(
        record, cdp_string_slice(record->paths + entry.path, entry.length + (size_t)1));
    *end = '\0';
    return found;
}

/*
 * Indexes the entries. When names were broken, what lies in a directory whose name ends in a line
 * feed still stands on two lines that both look like paths (`/app/dir` and `/etc`): they are put
 * together here, where the directories are known.
 */
static void index_entries(const record_reader *reader)
{
    cdp_install_record *record = reader->record;
    size_t kept = 0;

    for (size_t i = 0; i < record->count;) {
        cdp_record_entry entry = record->entries[i++];

        while (reader->broken && i < record->count && (record->entries[i].kind & FOLLOWS_A_PATH) &&
               is_broken_directory(record, entry)) {
            record->paths[entry.path + entry.length] = '\n';
            entry.length += record->entries[i++].length + 1;
        }
        entry.kind &= ~(uint32_t)FOLLOWS_A_PATH;
        record->entries[kept] = entry;
        index_entry(record, kept++);
    }
    record->count = kept;
}

static cdp_status read_lines(record_reader *reader, cdp_string text)
{
    cdp_status status = CDP_OK;

    for (size_t at = 0; at < text.length && status == CDP_OK;) {
        size_t end = cdp_string_find(text, '\n', at);
        cdp_string line = cdp_string_slice(text.data + at, end - at);

        reader->line++;
        status = end < text.length ? read_line(reader, line)
                                   : warn(reader, CDP_DIAGNOSTIC_INSTALL_RECORD_TORN, line);
        at = end + 1;
    }
    if (status == CDP_OK)
        status = make_index(reader->record);
    if (status == CDP_OK)
        index_entries(reader);
    return status;
}

cdp_status cdp_install_record_parse(const char *bytes, size_t length,
                                    const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                    cdp_install_record **record)
{
    record_reader reader = {.diagnostics = diagnostics, .bytes = bytes};
    cdp_allocator imported;
    cdp_status status;

    if ((!bytes && length > 0) || !record)
        return CDP_ERR_ARGUMENT;
    if (length >= UINT32_MAX)
        return CDP_ERR_LIMIT;
    status = cdp_allocator_import(&imported, allocator);
    if (status != CDP_OK)
        return status;
    reader.record = cdp_allocate_zeroed(&imported, sizeof *reader.record);
    if (!reader.record)
        return CDP_ERR_NOMEM;
    reader.record->allocator = imported;
    status = read_lines(&reader, cdp_string_slice(bytes, length));
    if (status != CDP_OK)
        cdp_install_record_free(reader.record);
    else
        *record = reader.record;
    return status;
}

void cdp_install_record_free(cdp_install_record *record)
{
    cdp_allocator allocator;

    if (!record)
        return;
    allocator = record->allocator;
    cdp_release(&allocator, record->entries, record->capacity * sizeof *record->entries);
    cdp_release(&allocator, record->paths, record->paths_capacity);
    cdp_release(&allocator, record->slots, record->slot_count * sizeof *record->slots);
    cdp_release(&allocator, record, sizeof *record);
}

size_t cdp_install_record_count(const cdp_install_record *record)
{
    return record ? record->count : 0;
}

cdp_status cdp_install_record_at(const cdp_install_record *record, size_t index,
                                 cdp_install_record_kind *kind, cdp_string *path)
{
    if (!record)
        return CDP_ERR_ARGUMENT;
    if (index >= record->count)
        return CDP_ERR_NOT_FOUND;
    if (kind)
        *kind = (cdp_install_record_kind)record->entries[index].kind;
    if (path)
        *path = cdp_record_path(record, index);
    return CDP_OK;
}
