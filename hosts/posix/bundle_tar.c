/* SPDX-License-Identifier: MIT */
/* Reads tar through libarchive, which knows all its dialects. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <unistd.h>

#include "bundle_rules.h"
#include "bundle_stream.h"
#include "names.h"

/* What a tar consists of. */
enum { BLOCK = 512 };

typedef struct tar_reader {
    px_unpacking *unpacking;
    struct archive *archive;
    px_stream stream;
    px_names names;
    bool restores_owners;
    bool had_entry;
    locale_t plain;
    /* Names as libarchive gives them belong to it only until the next entry. */
    px_buffer path;
    px_buffer target;
} tar_reader;

static la_ssize_t give(struct archive *archive, void *user, const void **bytes)
{
    tar_reader *reader = user;
    size_t length = px_stream_read(&reader->stream, bytes);

    if (reader->stream.problem == PX_STREAM_FINE)
        return (la_ssize_t)length;
    archive_set_error(archive, EIO, "the stream ended early");
    return -1;
}

/* What was wrong with the bytes is told before what was wrong with the tar in them. */
static cdp_status explain(tar_reader *reader, const char *entry)
{
    const px_stream *stream = &reader->stream;
    const px_unpacking *unpacking = reader->unpacking;
    const char *words = archive_error_string(reader->archive);

    switch (stream->problem) {
    case PX_STREAM_TRUNCATED:
        return px_bundle_truncated(unpacking, "it ends in the middle of compressed data");
    case PX_STREAM_DAMAGED:
        return px_bundle_damaged(unpacking, "its compressed data or their checksum are wrong",
                                 entry);
    case PX_STREAM_NO_MEMORY:
        return CDP_ERR_NOMEM;
    case PX_STREAM_UNREADABLE:
        return px_bundle_unreadable(unpacking, unpacking->options->location.data, stream->error);
    case PX_STREAM_TOO_LONG:
        return px_bundle_limit(unpacking, "bytes when unpacked", unpacking->most_bytes);
    default:
        break;
    }
    if (stream->given < BLOCK)
        return px_bundle_truncated(unpacking, "it ends before its first entry");
    if (reader->had_entry && stream->at_end && !stream->inflater.avail_in)
        return px_bundle_truncated(unpacking, "it ends in the middle of an entry");
    return px_bundle_damaged(unpacking, words ? words : "it is no tar archive", entry);
}

static px_kind kind_of(struct archive_entry *from)
{
    if (archive_entry_hardlink(from))
        return PX_KIND_HARD_LINK;
    switch (archive_entry_filetype(from)) {
    case AE_IFREG:
        return PX_KIND_FILE;
    case AE_IFDIR:
        return PX_KIND_DIRECTORY;
    case AE_IFLNK:
        return PX_KIND_SYMLINK;
    default:
        return PX_KIND_OTHER;
    }
}

/* By name where this machine knows it, otherwise by number, as tar does it. */
static cdp_status fill_owner(tar_reader *reader, struct archive_entry *from, px_entry *entry)
{
    const char *user = archive_entry_uname(from);
    const char *group = archive_entry_gname(from);
    cdp_status status = CDP_ERR_INVALID;

    entry->has_owner = reader->restores_owners;
    if (!entry->has_owner)
        return CDP_OK;
    if (user && *user)
        status = px_find_user(&reader->names, px_string(user), &entry->uid);
    if (status == CDP_ERR_INVALID)
        entry->uid = (uid_t)archive_entry_uid(from);
    if (status == CDP_ERR_NOMEM)
        return status;
    status = CDP_ERR_INVALID;
    if (group && *group)
        status = px_find_group(&reader->names, px_string(group), &entry->gid);
    if (status == CDP_ERR_INVALID)
        entry->gid = (gid_t)archive_entry_gid(from);
    return status == CDP_ERR_NOMEM ? status : CDP_OK;
}

static cdp_status fill_entry(tar_reader *reader, struct archive_entry *from, px_entry *entry)
{
    const char *path = archive_entry_pathname(from);
    const char *target = archive_entry_hardlink(from);

    *entry = (px_entry){.kind = kind_of(from), .mode = archive_entry_perm(from) & 07777};
    if (entry->kind == PX_KIND_SYMLINK)
        target = archive_entry_symlink(from);
    reader->path.length = reader->target.length = 0;
    px_put_c(&reader->path, path ? path : "");
    px_put_c(&reader->target, target ? target : "");
    entry->path = px_c_string(&reader->path);
    entry->target = px_c_string(&reader->target);
    if (!entry->path || !entry->target)
        return CDP_ERR_NOMEM;
    if (entry->kind == PX_KIND_FILE)
        entry->bytes = archive_entry_size(from) < 0 ? 0 : (uint64_t)archive_entry_size(from);
    entry->modified = (struct timespec){0, UTIME_OMIT};
    if (archive_entry_mtime_is_set(from))
        entry->modified =
            (struct timespec){archive_entry_mtime(from), archive_entry_mtime_nsec(from)};
    return fill_owner(reader, from, entry);
}

static cdp_status read_data(tar_reader *reader, const px_entry *entry)
{
    cdp_status status = CDP_OK;

    while (status == CDP_OK) {
        const void *bytes;
        size_t length;
        la_int64_t offset;
        int answer = archive_read_data_block(reader->archive, &bytes, &length, &offset);

        if (answer == ARCHIVE_EOF)
            return px_unpack_end(reader->unpacking);
        if (answer < ARCHIVE_WARN)
            return explain(reader, entry->path);
        status = offset < 0
                     ? px_bundle_damaged(reader->unpacking, "data before its file", entry->path)
                     : px_unpack_data(reader->unpacking, bytes, length, (uint64_t)offset);
    }
    return status;
}

/* The end of the archive is marked by a block of zeros. Without it, the file was cut off between
 * two entries. What follows is read for its checksum. */
static cdp_status read_end(tar_reader *reader, la_int64_t before)
{
    la_int64_t after = archive_filter_bytes(reader->archive, 0);
    const void *bytes;

    if (reader->stream.problem == PX_STREAM_FINE && after - before < BLOCK)
        return px_bundle_truncated(reader->unpacking, "it has no end mark");
    while (px_stream_read(&reader->stream, &bytes) > 0)
        continue;
    return reader->stream.problem == PX_STREAM_FINE ? CDP_OK : explain(reader, NULL);
}

/*
 * Only in the plain locale does libarchive leave names as they are: elsewhere it converts them and
 * changes their normal form. The setting is this thread's alone, and made only for this call.
 */
static int next_entry(tar_reader *reader, struct archive_entry **from)
{
    locale_t own = uselocale(reader->plain);
    int answer = archive_read_next_header(reader->archive, from);

    uselocale(own);
    return answer;
}

static cdp_status read_entries(tar_reader *reader)
{
    cdp_status status = CDP_OK;
    la_int64_t before = 0;

    while (status == CDP_OK) {
        struct archive_entry *from;
        px_entry entry;
        int answer = next_entry(reader, &from);

        if (answer == ARCHIVE_EOF)
            return read_end(reader, before);
        if (answer < ARCHIVE_WARN)
            return explain(reader, NULL);
        reader->had_entry = true;
        status = fill_entry(reader, from, &entry);
        if (status == CDP_OK)
            status = px_unpack_entry(reader->unpacking, &entry);
        if (status == CDP_OK && entry.kind == PX_KIND_FILE)
            status = read_data(reader, &entry);
        before = archive_filter_bytes(reader->archive, 0);
    }
    return status;
}

static cdp_status open_archive(tar_reader *reader)
{
    struct archive *archive = archive_read_new();

    reader->archive = archive;
    if (!archive)
        return CDP_ERR_NOMEM;
    if (archive_read_support_format_tar(archive) < ARCHIVE_WARN ||
        archive_read_support_filter_none(archive) < ARCHIVE_WARN)
        return CDP_ERR_NOMEM;
    if (archive_read_open(archive, reader, NULL, give, NULL) != ARCHIVE_OK)
        return explain(reader, NULL);
    return CDP_OK;
}

cdp_status px_read_tar(px_unpacking *unpacking, int fd, bool is_compressed)
{
    tar_reader reader = {.unpacking = unpacking};
    uint64_t most = unpacking->most_bytes;
    cdp_status status = CDP_ERR_NOMEM;

    reader.restores_owners =
        geteuid() == 0 && !(unpacking->options->allow & CDP_POSIX_BUNDLE_IGNORE_OWNERS);
    reader.plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (reader.plain == (locale_t)0)
        return CDP_ERR_NOMEM;
    /* Headers and filling come on top of what the files hold. */
    most = most > UINT64_MAX / 4 ? UINT64_MAX : most * 2 + ((uint64_t)64 << 20);
    if (px_stream_open(&reader.stream, fd, is_compressed, most) == PX_STREAM_FINE)
        status = open_archive(&reader);
    if (status == CDP_OK)
        status = read_entries(&reader);
    archive_read_free(reader.archive);
    px_stream_close(&reader.stream);
    px_names_release(&reader.names);
    px_buffer_release(&reader.path);
    px_buffer_release(&reader.target);
    freelocale(reader.plain);
    return status;
}
