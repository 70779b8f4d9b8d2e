/* SPDX-License-Identifier: MIT */
#ifndef ARCHIVES_H
#define ARCHIVES_H

/* Makes tars and zips byte by byte, also such as no honest program would make. */

#include "scratch.h"

typedef struct made_bytes {
    char *data;
    size_t length;
    size_t capacity;
} made_bytes;

void made_put(made_bytes *archive, const void *bytes, size_t length);
void made_free(made_bytes *archive);
/* Writes the archive to a file of the scratch folder and frees it. */
const char *made_save(made_bytes *archive, const char *folder, const char *name);

/* One tar member: `type` as in the header ('0' file, '5' directory, '2' symbolic link, '1' hard
 * link, '3' device …). `link` may be NULL. */
void tar_add(made_bytes *archive, const char *name, char type, unsigned mode, const char *content,
             size_t length, const char *link);
void tar_file(made_bytes *archive, const char *name, const char *content);
void tar_directory(made_bytes *archive, const char *name);
void tar_symlink(made_bytes *archive, const char *name, const char *target);
/* A pax record for the next member. */
void tar_pax(made_bytes *archive, const char *key, const char *value);
/* GNU's long name for the next member. */
void tar_long_name(made_bytes *archive, const char *name);
void tar_end(made_bytes *archive);

/* Replaces the content by a gzip member of it. */
void gzip(made_bytes *archive);

/* A zip: members first, then the directory. What a member's two headers say may differ. */
typedef struct zip_member {
    const char *name;
    /* In the directory; NULL: the same. */
    const char *central_name;
    const char *content;
    size_t length;
    /* 8: deflated; anything else is stored. */
    unsigned method;
    unsigned flags;
    /* Unix mode with type; 0: made on FAT, without one. */
    unsigned mode;
    /* Added to the sizes and the checksum that the directory tells. */
    long more_bytes;
    long more_crc;
    /* 1: has no data of its own, but points at those of the member before. */
    int overlaps;
} zip_member;

void zip_make(made_bytes *archive, const zip_member *members, size_t count);
/* In the form for more than 65,535 entries or 4 GiB. */
void zip_make_64(made_bytes *archive, const zip_member *members, size_t count);

#endif
