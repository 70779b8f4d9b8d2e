/* SPDX-License-Identifier: MIT */
#include "bundle_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

px_stream_problem px_stream_open(px_stream *stream, int fd, bool is_compressed, uint64_t most)
{
    *stream = (px_stream){.fd = fd, .is_compressed = is_compressed, .most = most};
    stream->input = malloc(PX_STREAM_BYTES);
    stream->output = malloc(PX_STREAM_BYTES);
    if (!stream->input || !stream->output)
        return stream->problem = PX_STREAM_NO_MEMORY;
    if (!is_compressed)
        return PX_STREAM_FINE;
    /* 16: a gzip header and trailer around it, both checked. */
    if (inflateInit2(&stream->inflater, 15 + 16) != Z_OK)
        return stream->problem = PX_STREAM_NO_MEMORY;
    stream->is_open = true;
    return PX_STREAM_FINE;
}

void px_stream_close(px_stream *stream)
{
    if (stream->is_open)
        inflateEnd(&stream->inflater);
    free(stream->input);
    free(stream->output);
}

static size_t read_file(px_stream *stream, unsigned char *buffer)
{
    ssize_t length;

    do {
        length = read(stream->fd, buffer, PX_STREAM_BYTES);
    } while (length < 0 && errno == EINTR);
    if (length < 0) {
        stream->problem = PX_STREAM_UNREADABLE;
        stream->error = errno;
    }
    stream->at_end = length <= 0;
    return length > 0 ? (size_t)length : 0;
}

/* Makes sure that there is input; false at the end of the file. */
static bool fill(px_stream *stream)
{
    if (stream->inflater.avail_in > 0)
        return true;
    if (stream->at_end)
        return false;
    stream->inflater.next_in = stream->input;
    stream->inflater.avail_in = (uInt)read_file(stream, stream->input);
    return stream->inflater.avail_in > 0;
}

/* Between two members: zeros may fill up a block of a tape; anything else is no part of it. */
static bool begin_member(px_stream *stream)
{
    while (fill(stream)) {
        if (*stream->inflater.next_in != 0) {
            if (stream->had_member && *stream->inflater.next_in != 0x1f)
                return false;
            return stream->in_member = inflateReset(&stream->inflater) == Z_OK;
        }
        stream->inflater.next_in++;
        stream->inflater.avail_in--;
    }
    if (!stream->had_member && stream->problem == PX_STREAM_FINE)
        stream->problem = PX_STREAM_TRUNCATED;
    return false;
}

static void take_answer(px_stream *stream, int answer)
{
    if (answer == Z_STREAM_END) {
        stream->in_member = false;
        stream->had_member = true;
    } else if (answer == Z_MEM_ERROR) {
        stream->problem = PX_STREAM_NO_MEMORY;
    } else if (answer != Z_OK && answer != Z_BUF_ERROR) {
        stream->problem = PX_STREAM_DAMAGED;
    }
}

static size_t read_compressed(px_stream *stream)
{
    z_stream *inflater = &stream->inflater;

    inflater->next_out = stream->output;
    inflater->avail_out = PX_STREAM_BYTES;
    while (inflater->avail_out == PX_STREAM_BYTES && stream->problem == PX_STREAM_FINE) {
        if (!stream->in_member && !begin_member(stream))
            return 0;
        if (!fill(stream)) {
            if (stream->problem == PX_STREAM_FINE)
                stream->problem = PX_STREAM_TRUNCATED;
            return 0;
        }
        take_answer(stream, inflate(inflater, Z_NO_FLUSH));
    }
    return stream->problem == PX_STREAM_FINE ? PX_STREAM_BYTES - inflater->avail_out : 0;
}

size_t px_stream_read(px_stream *stream, const void **bytes)
{
    size_t length;

    *bytes = stream->output;
    if (stream->problem != PX_STREAM_FINE)
        return 0;
    length = stream->is_compressed ? read_compressed(stream)
             : stream->at_end      ? 0
                                   : read_file(stream, stream->output);
    stream->given += length;
    if (stream->given > stream->most) {
        stream->problem = PX_STREAM_TOO_LONG;
        return 0;
    }
    return length;
}
