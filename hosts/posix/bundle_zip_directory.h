/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_BUNDLE_ZIP_DIRECTORY_H
#define CDP_POSIX_BUNDLE_ZIP_DIRECTORY_H

#include "bundle_rules.h"

/* What the central directory of a zip says of one entry. */
typedef struct px_zip_entry {
    /* Where the name is in `px_zip_directory.bytes`. */
    size_t name;
    uint16_t name_length;
    uint16_t flags;
    uint16_t method;
    uint8_t made_by;
    uint32_t crc;
    uint32_t attributes;
    int64_t modified;
    uint64_t compressed;
    uint64_t bytes;
    /* Of the local header, and where the next one, or the directory, begins. */
    uint64_t offset;
    uint64_t end;
} px_zip_entry;

typedef struct px_zip_directory {
    unsigned char *bytes;
    size_t length;
    /* In the order of the directory. */
    px_zip_entry *entries;
    size_t count;
} px_zip_directory;

/* Reads it; what is wrong is reported. */
cdp_status px_zip_directory_read(px_unpacking *unpacking, int fd, uint64_t file_bytes,
                                 px_zip_directory *directory);
void px_zip_directory_release(px_zip_directory *directory);

/* Numbers as they stand in a zip. */
static inline uint16_t px_zip_16(const unsigned char *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint32_t px_zip_32(const unsigned char *at)
{
    return px_zip_16(at) | (uint32_t)px_zip_16(at + 2) << 16;
}

static inline uint64_t px_zip_64(const unsigned char *at)
{
    return px_zip_32(at) | (uint64_t)px_zip_32(at + 4) << 32;
}

/* Reads exactly that many bytes; false at the end of the file, or with errno when that is not 0. */
bool px_zip_read(int fd, void *bytes, size_t length, uint64_t offset);

#endif
