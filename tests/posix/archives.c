/* SPDX-License-Identifier: MIT */
#include "archives.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

void made_put(made_bytes *archive, const void *bytes, size_t length)
{
    if (archive->length + length > archive->capacity) {
        archive->capacity = (archive->length + length) * 2 + 4096;
        archive->data = realloc(archive->data, archive->capacity);
        assert_non_null(archive->data);
    }
    if (length)
        memcpy(archive->data + archive->length, bytes, length);
    archive->length += length;
}

void made_free(made_bytes *archive)
{
    free(archive->data);
    *archive = (made_bytes){0};
}

const char *made_save(made_bytes *archive, const char *folder, const char *name)
{
    const char *path = scratch_path(folder, "%s", name);

    scratch_write(path, 0644, archive->data, archive->length);
    made_free(archive);
    return path;
}

/* ---------------------------------------------------------------------------------------------
 * tar
 */

static void fill_up(made_bytes *archive)
{
    static const char zeros[512];

    made_put(archive, zeros, (512 - archive->length % 512) % 512);
}

void tar_add(made_bytes *archive, const char *name, char type, unsigned mode, const char *content,
             size_t length, const char *link)
{
    char header[512] = {0};
    unsigned sum = 0;
    size_t used = strlen(name) < 100 ? strlen(name) : 100;

    memcpy(header, name, used);
    snprintf(header + 100, 8, "%07o", mode);
    snprintf(header + 108, 8, "%07o", 1234u);
    snprintf(header + 116, 8, "%07o", 4321u);
    snprintf(header + 124, 12, "%011lo", (unsigned long)length);
    snprintf(header + 136, 12, "%011lo", 1234567890ul);
    memset(header + 148, ' ', 8);
    header[156] = type;
    if (link)
        memcpy(header + 157, link, strlen(link) < 100 ? strlen(link) : 100);
    memcpy(header + 257,
           "ustar\0"
           "00",
           8);
    for (size_t i = 0; i < sizeof header; i++)
        sum += (unsigned char)header[i];
    snprintf(header + 148, 8, "%06o", sum);
    made_put(archive, header, sizeof header);
    made_put(archive, content, content ? length : 0);
    fill_up(archive);
}

void tar_file(made_bytes *archive, const char *name, const char *content)
{
    tar_add(archive, name, '0', 0644, content, strlen(content), NULL);
}

void tar_directory(made_bytes *archive, const char *name)
{
    tar_add(archive, name, '5', 0755, NULL, 0, NULL);
}

void tar_symlink(made_bytes *archive, const char *name, const char *target)
{
    tar_add(archive, name, '2', 0777, NULL, 0, target);
}

void tar_pax(made_bytes *archive, const char *key, const char *value)
{
    char record[8192];
    size_t length = strlen(key) + strlen(value) + 3;
    size_t digits = 1;

    while (snprintf(NULL, 0, "%zu", length + digits) != (int)digits)
        digits++;
    snprintf(record, sizeof record, "%zu %s=%s\n", length + digits, key, value);
    tar_add(archive, "PaxHeaders/x", 'x', 0644, record, strlen(record), NULL);
}

void tar_long_name(made_bytes *archive, const char *name)
{
    tar_add(archive, "././@LongLink", 'L', 0644, name, strlen(name) + 1, NULL);
}

void tar_end(made_bytes *archive)
{
    static const char zeros[1024];

    made_put(archive, zeros, sizeof zeros);
}

void gzip(made_bytes *archive)
{
    z_stream stream = {0};
    size_t room;
    char *packed;

    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    room = deflateBound(&stream, archive->length) + 64;
    packed = malloc(room);
    assert_non_null(packed);
    stream.next_in = (Bytef *)archive->data;
    stream.avail_in = (uInt)archive->length;
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    free(archive->data);
    *archive = (made_bytes){packed, room - stream.avail_out, room};
    deflateEnd(&stream);
}

/* ---------------------------------------------------------------------------------------------
 * zip
 */

static void put_16(made_bytes *archive, unsigned value)
{
    const unsigned char bytes[2] = {value & 255, value >> 8 & 255};

    made_put(archive, bytes, 2);
}

static void put_32(made_bytes *archive, unsigned long value)
{
    put_16(archive, value & 0xFFFF);
    put_16(archive, value >> 16 & 0xFFFF);
}

static char *deflate_raw(const char *content, size_t length, size_t *packed_length)
{
    z_stream stream = {0};
    size_t room;
    char *packed;

    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    room = deflateBound(&stream, length) + 64;
    packed = malloc(room);
    assert_non_null(packed);
    stream.next_in = (Bytef *)(uintptr_t)content;
    stream.avail_in = (uInt)length;
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    *packed_length = room - stream.avail_out;
    deflateEnd(&stream);
    return packed;
}

/* Date and time, checksum, sizes: common to both headers. */
static void put_facts(made_bytes *archive, const zip_member *member, unsigned long crc,
                      size_t packed, size_t length)
{
    put_16(archive, 20);
    put_16(archive, member->flags);
    put_16(archive, member->method);
    put_32(archive, 0x4e6f7000);
    put_32(archive, crc);
    put_32(archive, packed);
    put_32(archive, length);
}

static void put_64(made_bytes *archive, uint64_t value)
{
    put_32(archive, (unsigned long)(value & 0xFFFFFFFF));
    put_32(archive, (unsigned long)(value >> 32));
}

/* With `is_64` all sizes and places are told by the extra field of zip64. */
static void put_central(made_bytes *archive, const zip_member *member, unsigned long crc,
                        size_t packed, size_t offset, bool is_64)
{
    const char *name = member->central_name ? member->central_name : member->name;
    size_t length = (size_t)((long)member->length + member->more_bytes);

    packed = member->method == 8 ? packed : length;
    put_32(archive, 0x02014b50);
    put_16(archive, member->mode ? 0x0314 : 0x0014);
    put_facts(archive, member, crc + (unsigned long)member->more_crc, is_64 ? 0xFFFFFFFF : packed,
              is_64 ? 0xFFFFFFFF : length);
    put_16(archive, (unsigned)strlen(name));
    put_16(archive, is_64 ? 28 : 0);
    put_16(archive, 0);
    put_16(archive, 0);
    put_16(archive, 0);
    put_32(archive, (unsigned long)member->mode << 16);
    put_32(archive, is_64 ? 0xFFFFFFFF : offset);
    made_put(archive, name, strlen(name));
    if (is_64) {
        put_16(archive, 1);
        put_16(archive, 24);
        put_64(archive, length);
        put_64(archive, packed);
        put_64(archive, offset);
    }
}

static void put_end_64(made_bytes *archive, size_t count, size_t length, size_t begin)
{
    size_t at = archive->length;

    put_32(archive, 0x06064b50);
    put_64(archive, 44);
    put_32(archive, 45 << 16 | 45);
    put_64(archive, 0);
    put_64(archive, count);
    put_64(archive, count);
    put_64(archive, length);
    put_64(archive, begin);
    put_32(archive, 0x07064b50);
    put_32(archive, 0);
    put_64(archive, at);
    put_32(archive, 1);
}

static void make(made_bytes *archive, const zip_member *members, size_t count, bool is_64)
{
    made_bytes directory = {0};
    size_t offset = 0;
    size_t begin;

    for (size_t i = 0; i < count; i++) {
        const zip_member *member = &members[i];
        unsigned long crc = crc32(0, (const Bytef *)member->content, (uInt)member->length);
        size_t packed = member->length;
        char *data = NULL;

        if (member->method == 8)
            data = deflate_raw(member->content, member->length, &packed);
        if (!member->overlaps) {
            offset = archive->length;
            put_32(archive, 0x04034b50);
            put_facts(archive, member, crc, packed, member->length);
            put_16(archive, (unsigned)strlen(member->name));
            put_16(archive, 0);
            made_put(archive, member->name, strlen(member->name));
            made_put(archive, data ? data : member->content, packed);
        }
        put_central(&directory, member, crc, packed, offset, is_64);
        free(data);
    }
    begin = archive->length;
    made_put(archive, directory.data, directory.length);
    if (is_64)
        put_end_64(archive, count, directory.length, begin);
    put_32(archive, 0x06054b50);
    put_32(archive, 0);
    put_16(archive, is_64 ? 0xFFFF : (unsigned)count);
    put_16(archive, is_64 ? 0xFFFF : (unsigned)count);
    put_32(archive, is_64 ? 0xFFFFFFFF : directory.length);
    put_32(archive, is_64 ? 0xFFFFFFFF : begin);
    put_16(archive, 0);
    made_free(&directory);
}

void zip_make(made_bytes *archive, const zip_member *members, size_t count)
{
    make(archive, members, count, false);
}

void zip_make_64(made_bytes *archive, const zip_member *members, size_t count)
{
    make(archive, members, count, true);
}
