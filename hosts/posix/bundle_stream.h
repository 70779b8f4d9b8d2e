/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_BUNDLE_STREAM_H
#define CDP_POSIX_BUNDLE_STREAM_H

#include <zlib.h>

#include "internal.h"

enum { PX_STREAM_BYTES = 128 << 10 };

/* How a stream ended. */
typedef enum px_stream_problem {
    PX_STREAM_FINE,
    PX_STREAM_TRUNCATED,
    PX_STREAM_DAMAGED,
    PX_STREAM_NO_MEMORY,
    /* errno in `error` */
    PX_STREAM_UNREADABLE,
    PX_STREAM_TOO_LONG
} px_stream_problem;

/* The bytes of a tar, uncompressed. With gzip, checksums and lengths of all members are checked,
 * which libarchive's own filter does not do. */
typedef struct px_stream {
    int fd;
    bool is_compressed;
    px_stream_problem problem;
    int error;
    /* How many bytes it has given, and may give. */
    uint64_t given;
    uint64_t most;
    z_stream inflater;
    bool is_open;
    /* Inside a gzip member, and whether there was one at all. */
    bool in_member;
    bool had_member;
    bool at_end;
    unsigned char *input;
    unsigned char *output;
} px_stream;

px_stream_problem px_stream_open(px_stream *stream, int fd, bool is_compressed, uint64_t most);
void px_stream_close(px_stream *stream);

/* The next bytes; 0 at the end, and after a problem; then look at `problem`. */
size_t px_stream_read(px_stream *stream, const void **bytes);

#endif
