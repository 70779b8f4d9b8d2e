/* SPDX-License-Identifier: MIT */
/*
 * The central directory of a zip (APPNOTE.TXT 4.3.12 to 4.3.16). It is read here and not by
 * libarchive, which converts names to the locale and to another normal form, and does not look
 * whether entries overlap.
 */
#include "bundle_zip_directory.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    END_BYTES = 22,
    END_64_BYTES = 56,
    LOCATOR_BYTES = 20,
    CENTRAL_BYTES = 46,
    LOCAL_BYTES = 30,
    LONGEST_COMMENT = 65535
};

#define END_MARK 0x06054b50u
#define END_64_MARK 0x06064b50u
#define LOCATOR_MARK 0x07064b50u
#define CENTRAL_MARK 0x02014b50u

#define LARGEST_DIRECTORY ((uint64_t)256 << 20)

/* Where the central directory is, as the end of the file says. */
typedef struct zip_end {
    uint64_t offset;
    uint64_t length;
    uint64_t count;
    /* The first byte behind it. */
    uint64_t behind;
} zip_end;

bool px_zip_read(int fd, void *bytes, size_t length, uint64_t offset)
{
    char *at = bytes;

    errno = 0;
    while (length > 0) {
        ssize_t got = pread(fd, at, length, (off_t)offset);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        length -= (size_t)got;
        offset += (uint64_t)got;
    }
    return true;
}

static cdp_status unreadable(const px_unpacking *unpacking, const char *what)
{
    if (errno)
        return px_bundle_unreadable(unpacking, unpacking->options->location.data, errno);
    return px_bundle_truncated(unpacking, what);
}

/* Looks backwards for the end record; `*at` is its place in the file. */
static cdp_status find_end(px_unpacking *unpacking, int fd, uint64_t file_bytes,
                           unsigned char record[END_BYTES], uint64_t *at)
{
    size_t length =
        file_bytes < END_BYTES + LONGEST_COMMENT ? (size_t)file_bytes : END_BYTES + LONGEST_COMMENT;
    unsigned char *tail = malloc(length ? length : 1);
    cdp_status status = CDP_ERR_NOMEM;

    if (tail && !px_zip_read(fd, tail, length, file_bytes - length))
        status = unreadable(unpacking, "it got shorter while it was read");
    else if (tail) {
        size_t i = length < END_BYTES ? 0 : length - END_BYTES + 1;

        while (i > 0 && (px_zip_32(tail + i - 1) != END_MARK ||
                         px_zip_16(tail + i - 1 + 20) > length - (i - 1) - END_BYTES))
            i--;
        if (i == 0) {
            status = px_bundle_truncated(unpacking, "it has no directory at its end");
        } else {
            memcpy(record, tail + i - 1, END_BYTES);
            *at = file_bytes - length + (i - 1);
            status = CDP_OK;
        }
    }
    free(tail);
    return status;
}

/* The record of a zip of more than 65,535 entries or 4 GiB; CDP_ERR_NOT_FOUND when there is none. */
static cdp_status read_end_64(px_unpacking *unpacking, int fd, uint64_t at, zip_end *end)
{
    unsigned char locator[LOCATOR_BYTES];
    unsigned char record[END_64_BYTES];
    uint64_t offset;

    if (at < LOCATOR_BYTES || !px_zip_read(fd, locator, LOCATOR_BYTES, at - LOCATOR_BYTES) ||
        px_zip_32(locator) != LOCATOR_MARK)
        return CDP_ERR_NOT_FOUND;
    offset = px_zip_64(locator + 8);
    if (offset > at - LOCATOR_BYTES || !px_zip_read(fd, record, END_64_BYTES, offset) ||
        px_zip_32(record) != END_64_MARK)
        return px_bundle_damaged(unpacking, "its directory is not where its end says", NULL);
    end->count = px_zip_64(record + 32);
    end->length = px_zip_64(record + 40);
    end->offset = px_zip_64(record + 48);
    end->behind = offset;
    return CDP_OK;
}

static cdp_status read_end(px_unpacking *unpacking, int fd, uint64_t file_bytes, zip_end *end)
{
    unsigned char record[END_BYTES] = {0};
    uint64_t at = 0;
    cdp_status status = find_end(unpacking, fd, file_bytes, record, &at);

    if (status != CDP_OK)
        return status;
    *end = (zip_end){.count = px_zip_16(record + 10),
                     .length = px_zip_32(record + 12),
                     .offset = px_zip_32(record + 16),
                     .behind = at};
    if (px_zip_16(record + 4) != px_zip_16(record + 6) ||
        (px_zip_16(record + 4) != 0 && px_zip_16(record + 4) != 0xFFFF))
        return px_bundle_damaged(unpacking, "it is one part of several", NULL);
    status = read_end_64(unpacking, fd, at, end);
    if (status != CDP_OK && status != CDP_ERR_NOT_FOUND)
        return status;
    if (end->offset > end->behind || end->length != end->behind - end->offset)
        return px_bundle_damaged(unpacking, "its directory is not where its end says", NULL);
    if (end->length > LARGEST_DIRECTORY)
        return px_bundle_limit(unpacking, "bytes of directory", LARGEST_DIRECTORY);
    if (end->count > end->length / CENTRAL_BYTES)
        return px_bundle_damaged(unpacking, "its directory is too short for its entries", NULL);
    return CDP_OK;
}

/* ---------------------------------------------------------------------------------------------
 * Entries
 */

/* Local time, as FAT keeps it. */
static int64_t dos_time(uint32_t date_and_time)
{
    struct tm local = {
        .tm_sec = (int)(date_and_time & 31) * 2,
        .tm_min = (int)(date_and_time >> 5 & 63),
        .tm_hour = (int)(date_and_time >> 11 & 31),
        .tm_mday = (int)(date_and_time >> 16 & 31),
        .tm_mon = (int)(date_and_time >> 21 & 15) - 1,
        .tm_year = (int)(date_and_time >> 25 & 127) + 80,
        .tm_isdst = -1,
    };

    return mktime(&local);
}

/* A 64-bit value of the zip64 field, for a member that did not fit. */
static bool take_64(const unsigned char **at, const unsigned char *end, uint64_t *value)
{
    if (*value != UINT32_MAX)
        return true;
    if (end - *at < 8)
        return false;
    *value = px_zip_64(*at);
    *at += 8;
    return true;
}

/* The fields behind the name: sizes of 64 bits, and the time in UTC. */
static bool read_extra(const unsigned char *at, size_t length, px_zip_entry *entry)
{
    const unsigned char *end = at + length;
    bool has_64 = false;

    while (end - at >= 4) {
        uint16_t id = px_zip_16(at);
        const unsigned char *field = at + 4;

        if (px_zip_16(at + 2) > end - field)
            return false;
        at = field + px_zip_16(at + 2);
        if (id == 0x0001) {
            has_64 = true;
            if (!take_64(&field, at, &entry->bytes) || !take_64(&field, at, &entry->compressed) ||
                !take_64(&field, at, &entry->offset))
                return false;
        } else if (id == 0x5455 && at - field >= 5 && field[0] & 1) {
            entry->modified = (int32_t)px_zip_32(field + 1);
        }
    }
    return has_64 || (entry->bytes != UINT32_MAX && entry->compressed != UINT32_MAX &&
                      entry->offset != UINT32_MAX);
}

/* False when the bytes at `at` are no entry; otherwise `*at` is behind it. */
static bool read_entry(const px_zip_directory *directory, size_t *at, px_zip_entry *entry)
{
    const unsigned char *record = directory->bytes + *at;
    size_t left = directory->length - *at;
    size_t extra;

    if (left < CENTRAL_BYTES || px_zip_32(record) != CENTRAL_MARK)
        return false;
    *entry = (px_zip_entry){
        .name = *at + CENTRAL_BYTES,
        .name_length = px_zip_16(record + 28),
        .flags = px_zip_16(record + 8),
        .method = px_zip_16(record + 10),
        .made_by = record[5],
        .crc = px_zip_32(record + 16),
        .attributes = px_zip_32(record + 38),
        .modified = dos_time(px_zip_32(record + 12)),
        .compressed = px_zip_32(record + 20),
        .bytes = px_zip_32(record + 24),
        .offset = px_zip_32(record + 42),
    };
    extra = px_zip_16(record + 30);
    if (left - CENTRAL_BYTES < (size_t)entry->name_length + extra + px_zip_16(record + 32) ||
        !read_extra(record + CENTRAL_BYTES + entry->name_length, extra, entry))
        return false;
    *at += CENTRAL_BYTES + entry->name_length + extra + px_zip_16(record + 32);
    return true;
}

static int compare_offsets(const void *a, const void *b)
{
    const px_zip_entry *first = *(px_zip_entry *const *)a;
    const px_zip_entry *second = *(px_zip_entry *const *)b;

    return first->offset < second->offset ? -1 : first->offset > second->offset;
}

/* No byte of the file may belong to two entries, nor to an entry and the directory: that is how
 * small files unpack to far too much, and how two readers see two different zips. */
static cdp_status check_overlaps(px_unpacking *unpacking, px_zip_directory *directory,
                                 const zip_end *end)
{
    px_zip_entry **sorted = malloc((directory->count + 1) * sizeof *sorted);
    cdp_status status = CDP_OK;

    if (!sorted)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < directory->count; i++)
        sorted[i] = &directory->entries[i];
    qsort(sorted, directory->count, sizeof *sorted, compare_offsets);
    for (size_t i = 0; i < directory->count && status == CDP_OK; i++) {
        px_zip_entry *entry = sorted[i];
        uint64_t least = LOCAL_BYTES + (uint64_t)entry->name_length;

        entry->end = i + 1 < directory->count ? sorted[i + 1]->offset : end->offset;
        if (entry->end < entry->offset || entry->end - entry->offset < least ||
            entry->end - entry->offset - least < entry->compressed)
            status = px_bundle_damaged(unpacking, "two of its entries share their bytes", NULL);
    }
    free(sorted);
    return status;
}

cdp_status px_zip_directory_read(px_unpacking *unpacking, int fd, uint64_t file_bytes,
                                 px_zip_directory *directory)
{
    zip_end end = {0};
    size_t at = 0;
    cdp_status status = read_end(unpacking, fd, file_bytes, &end);

    if (status != CDP_OK)
        return status;
    directory->length = (size_t)end.length;
    directory->bytes = malloc(directory->length + 1);
    directory->entries = malloc(((size_t)end.count + 1) * sizeof *directory->entries);
    if (!directory->bytes || !directory->entries)
        return CDP_ERR_NOMEM;
    if (!px_zip_read(fd, directory->bytes, directory->length, end.offset))
        return unreadable(unpacking, "it got shorter while it was read");
    while (directory->count < end.count) {
        if (!read_entry(directory, &at, &directory->entries[directory->count]))
            return px_bundle_damaged(unpacking, "its directory is garbled", NULL);
        directory->count++;
    }
    if (at != directory->length)
        return px_bundle_damaged(unpacking, "its directory has more entries than it says", NULL);
    return check_overlaps(unpacking, directory, &end);
}

void px_zip_directory_release(px_zip_directory *directory)
{
    free(directory->bytes);
    free(directory->entries);
}
