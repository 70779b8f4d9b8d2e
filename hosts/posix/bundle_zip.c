/* SPDX-License-Identifier: MIT */
/* The entries of a zip; bundle_zip_directory.c says why this is not left to libarchive. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

#include "bundle_zip_directory.h"

enum { BUFFER_BYTES = 64 << 10, LOCAL_BYTES = 30 };

#define LOCAL_MARK 0x04034b50u

enum { FLAG_ENCRYPTED = 1 << 0, FLAG_STRONGLY_ENCRYPTED = 1 << 6, FLAG_MASKED = 1 << 13 };
enum { MADE_BY_FAT = 0, MADE_BY_UNIX = 3, MADE_BY_MACOS = 19 };
enum { METHOD_STORED = 0, METHOD_DEFLATED = 8 };

typedef struct zip_reader {
    px_unpacking *unpacking;
    int fd;
    px_zip_directory directory;
    const px_zip_entry *entry;
    /* The name of the present entry with a NUL behind, and what a link refers to. */
    px_buffer name;
    px_buffer target;
    bool told_backslashes;
    z_stream inflater;
    unsigned char input[BUFFER_BYTES];
    unsigned char output[BUFFER_BYTES];
} zip_reader;

static cdp_status damaged(const zip_reader *reader, const char *what)
{
    return px_bundle_damaged(reader->unpacking, what, reader->name.data);
}

static cdp_status unsupported(const zip_reader *reader, const char *what)
{
    px_report(reader->unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_UNSUPPORTED, reader->name.data,
              what, NULL);
    return CDP_ERR_INVALID;
}

/* ---------------------------------------------------------------------------------------------
 * Names and modes
 */

/* Some programs on Windows write backslashes where slashes belong; unzip takes them as such too. */
static void turn_backslashes(zip_reader *reader)
{
    if (reader->entry->made_by != MADE_BY_FAT || strchr(reader->name.data, '/') ||
        !strchr(reader->name.data, '\\'))
        return;
    if (!reader->told_backslashes) {
        reader->told_backslashes = true;
        px_report(reader->unpacking->diagnostics, CDP_DIAGNOSTIC_BUNDLE_BACKSLASHES,
                  reader->name.data, NULL);
    }
    for (char *at = reader->name.data; *at; at++)
        *at = *at == '\\' ? '/' : *at;
}

static cdp_status take_name(zip_reader *reader)
{
    const px_zip_entry *entry = reader->entry;
    const char *name = (const char *)reader->directory.bytes + entry->name;

    reader->name.length = 0;
    px_put(&reader->name, name, entry->name_length);
    if (!px_c_string(&reader->name))
        return CDP_ERR_NOMEM;
    if (memchr(name, '\0', entry->name_length))
        return damaged(reader, "a name with a NUL byte");
    turn_backslashes(reader);
    return CDP_OK;
}

static px_kind kind_of_mode(mode_t mode)
{
    return S_ISREG(mode)   ? PX_KIND_FILE
           : S_ISDIR(mode) ? PX_KIND_DIRECTORY
           : S_ISLNK(mode) ? PX_KIND_SYMLINK
                           : PX_KIND_OTHER;
}

static void fill_kind(const zip_reader *reader, px_entry *entry)
{
    const px_zip_entry *from = reader->entry;
    mode_t mode = (mode_t)(from->attributes >> 16);
    bool is_directory = reader->name.length && reader->name.data[reader->name.length - 1] == '/';

    entry->kind = is_directory ? PX_KIND_DIRECTORY : PX_KIND_FILE;
    entry->mode = is_directory ? 0755 : 0644;
    if ((from->made_by != MADE_BY_UNIX && from->made_by != MADE_BY_MACOS) || mode == 0)
        return;
    entry->mode = mode & 07777;
    if (mode & S_IFMT && !(is_directory && S_ISREG(mode)))
        entry->kind = kind_of_mode(mode);
}

/* ---------------------------------------------------------------------------------------------
 * Data
 */

/* The local header must tell the same as the directory: a zip that reads differently from its two
 * ends is meant to deceive. `*offset` is where the data begins. */
static cdp_status check_local(zip_reader *reader, uint64_t *offset)
{
    const px_zip_entry *entry = reader->entry;
    unsigned char header[LOCAL_BYTES];
    char *name = NULL;
    cdp_status status = CDP_OK;
    uint64_t begin = entry->offset + LOCAL_BYTES;

    if (!px_zip_read(reader->fd, header, LOCAL_BYTES, entry->offset) ||
        px_zip_32(header) != LOCAL_MARK)
        return damaged(reader, "it does not begin where the directory says");
    if (px_zip_16(header + 26) != entry->name_length || px_zip_16(header + 8) != entry->method)
        return damaged(reader, "its header and the directory differ");
    *offset = begin + entry->name_length + px_zip_16(header + 28);
    if (*offset > entry->end || entry->end - *offset < entry->compressed)
        return damaged(reader, "its data reach into the next entry");
    name = malloc((size_t)entry->name_length + 1);
    if (!name)
        return CDP_ERR_NOMEM;
    if (!px_zip_read(reader->fd, name, entry->name_length, begin) ||
        memcmp(name, reader->directory.bytes + entry->name, entry->name_length) != 0)
        status = damaged(reader, "its header and the directory give two names");
    free(name);
    return status;
}

static cdp_status check_method(const zip_reader *reader)
{
    const px_zip_entry *entry = reader->entry;
    char words[64];

    if (entry->flags & (FLAG_ENCRYPTED | FLAG_STRONGLY_ENCRYPTED | FLAG_MASKED))
        return unsupported(reader, "encrypted");
    if (entry->method == METHOD_STORED && entry->compressed != entry->bytes)
        return damaged(reader, "its two sizes differ");
    if (entry->method == METHOD_STORED || entry->method == METHOD_DEFLATED)
        return CDP_OK;
    snprintf(words, sizeof words, "compressed by method %u", entry->method);
    return unsupported(reader, words);
}

/* What is done with the bytes of an entry. */
typedef cdp_status take_bytes(zip_reader *reader, const void *bytes, size_t length,
                              uint64_t offset);

static cdp_status take_data(zip_reader *reader, const void *bytes, size_t length, uint64_t offset)
{
    return px_unpack_data(reader->unpacking, bytes, length, offset);
}

static cdp_status take_target(zip_reader *reader, const void *bytes, size_t length, uint64_t offset)
{
    (void)offset;
    px_put(&reader->target, bytes, length);
    return CDP_OK;
}

static cdp_status read_input(zip_reader *reader, uint64_t offset, size_t length)
{
    if (px_zip_read(reader->fd, reader->input, length, offset))
        return CDP_OK;
    return errno ? px_bundle_unreadable(reader->unpacking,
                                        reader->unpacking->options->location.data, errno)
                 : px_bundle_truncated(reader->unpacking, reader->name.data);
}

static cdp_status read_stored(zip_reader *reader, uint64_t offset, take_bytes *take, uint32_t *crc)
{
    uint64_t left = reader->entry->bytes;
    cdp_status status = CDP_OK;

    while (left > 0 && status == CDP_OK) {
        size_t length = left < BUFFER_BYTES ? (size_t)left : BUFFER_BYTES;

        status = read_input(reader, offset, length);
        if (status == CDP_OK) {
            *crc = (uint32_t)crc32(*crc, reader->input, (uInt)length);
            status = take(reader, reader->input, length, reader->entry->bytes - left);
        }
        offset += length;
        left -= length;
    }
    return status;
}

/* Inflates until the stream ends; it must end with the input, and give what was announced. */
static cdp_status inflate_all(zip_reader *reader, uint64_t offset, take_bytes *take, uint32_t *crc)
{
    z_stream *inflater = &reader->inflater;
    uint64_t left = reader->entry->compressed;
    uint64_t given = 0;
    int answer = Z_OK;
    cdp_status status = CDP_OK;

    while (status == CDP_OK && answer == Z_OK) {
        size_t length;

        if (inflater->avail_in == 0 && left > 0) {
            length = left < BUFFER_BYTES ? (size_t)left : BUFFER_BYTES;
            status = read_input(reader, offset, length);
            inflater->next_in = reader->input;
            inflater->avail_in = (uInt)length;
            offset += length;
            left -= length;
        }
        inflater->next_out = reader->output;
        inflater->avail_out = BUFFER_BYTES;
        if (status == CDP_OK)
            answer = inflate(inflater, Z_NO_FLUSH);
        length = BUFFER_BYTES - inflater->avail_out;
        if (length > reader->entry->bytes - given)
            return damaged(reader, "more data than announced");
        *crc = (uint32_t)crc32(*crc, reader->output, (uInt)length);
        if (status == CDP_OK && length > 0)
            status = take(reader, reader->output, length, given);
        given += length;
    }
    if (status != CDP_OK)
        return status;
    if (answer == Z_MEM_ERROR)
        return CDP_ERR_NOMEM;
    if (answer != Z_STREAM_END || left > 0 || inflater->avail_in > 0)
        return damaged(reader, "its compressed data are wrong");
    if (given != reader->entry->bytes)
        return damaged(reader, "less data than announced");
    return CDP_OK;
}

static cdp_status read_deflated(zip_reader *reader, uint64_t offset, take_bytes *take,
                                uint32_t *crc)
{
    cdp_status status;

    reader->inflater = (z_stream){0};
    /* Negative: without a header of its own. */
    if (inflateInit2(&reader->inflater, -15) != Z_OK)
        return CDP_ERR_NOMEM;
    status = inflate_all(reader, offset, take, crc);
    inflateEnd(&reader->inflater);
    return status;
}

static cdp_status read_data(zip_reader *reader, uint64_t offset, take_bytes *take)
{
    uint32_t crc = (uint32_t)crc32(0, NULL, 0);
    cdp_status status = reader->entry->method == METHOD_STORED
                            ? read_stored(reader, offset, take, &crc)
                            : read_deflated(reader, offset, take, &crc);

    if (status == CDP_OK && crc != reader->entry->crc)
        status = damaged(reader, "its checksum is wrong");
    return status;
}

/* ---------------------------------------------------------------------------------------------
 * Entries
 */

static cdp_status read_target(zip_reader *reader, uint64_t offset, px_entry *entry)
{
    cdp_status status;

    if (reader->entry->bytes >= PATH_MAX)
        return damaged(reader, "a link to a name that is too long");
    reader->target.length = 0;
    status = read_data(reader, offset, take_target);
    entry->target = px_c_string(&reader->target);
    if (status == CDP_OK && !entry->target)
        status = CDP_ERR_NOMEM;
    if (status == CDP_OK && strlen(entry->target) != reader->target.length)
        status = damaged(reader, "a link to a name with a NUL byte");
    return status;
}

static cdp_status read_entry(zip_reader *reader)
{
    const px_zip_entry *from = reader->entry;
    px_entry entry = {.modified = {(time_t)from->modified, 0}};
    uint64_t offset = 0;
    cdp_status status = take_name(reader);

    if (status == CDP_OK)
        status = check_method(reader);
    if (status == CDP_OK)
        status = check_local(reader, &offset);
    if (status != CDP_OK)
        return status;
    entry.path = reader->name.data;
    fill_kind(reader, &entry);
    if (entry.kind == PX_KIND_FILE)
        entry.bytes = from->bytes;
    if (entry.kind == PX_KIND_SYMLINK)
        status = read_target(reader, offset, &entry);
    if (status == CDP_OK)
        status = px_unpack_entry(reader->unpacking, &entry);
    if (status != CDP_OK || entry.kind != PX_KIND_FILE)
        return status;
    status = read_data(reader, offset, take_data);
    return status == CDP_OK ? px_unpack_end(reader->unpacking) : status;
}

/* What the directory tells of all entries is enough to refuse a bomb before the first byte. */
static cdp_status check_total(const zip_reader *reader)
{
    uint64_t left = reader->unpacking->most_bytes;

    for (size_t i = 0; i < reader->directory.count; i++) {
        if (reader->directory.entries[i].bytes > left)
            return px_bundle_limit(reader->unpacking, "bytes when unpacked",
                                   reader->unpacking->most_bytes);
        left -= reader->directory.entries[i].bytes;
    }
    return CDP_OK;
}

cdp_status px_read_zip(px_unpacking *unpacking, int fd, uint64_t bytes)
{
    zip_reader *reader = calloc(1, sizeof *reader);
    cdp_status status;

    if (!reader)
        return CDP_ERR_NOMEM;
    reader->unpacking = unpacking;
    reader->fd = fd;
    status = px_zip_directory_read(unpacking, fd, bytes, &reader->directory);
    if (status == CDP_OK)
        status = check_total(reader);
    for (size_t i = 0; i < reader->directory.count && status == CDP_OK; i++) {
        reader->entry = &reader->directory.entries[i];
        status = read_entry(reader);
    }
    px_zip_directory_release(&reader->directory);
    px_buffer_release(&reader->name);
    px_buffer_release(&reader->target);
    free(reader);
    return status;
}
