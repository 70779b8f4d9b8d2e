/* SPDX-License-Identifier: MIT */
#include "script_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_TAIL_BYTES 2048
#define LARGEST_TAIL_BYTES ((size_t)1 << 20)

/* What is gathered before it is written: many short lines cost one write. */
#define FLUSH_BYTES ((size_t)256 << 10)

/* One of the two files. Once it cannot be written it is left alone. */
typedef struct log_file {
    char *path;
    int fd;
    px_buffer pending;
} log_file;

struct cdp_posix_log {
    log_file script;
    log_file deployments;
    /* "] [d-…]": from behind the time to before the message of the log of all deployments. */
    char *prefix;
    cdp_diagnostics *diagnostics;
    cdp_status (*entry)(cdp_posix_log_kind kind, cdp_string text, void *user);
    void *user;
    /* The tail: entries one behind the other; `lengths` holds a size_t for each. */
    px_buffer tail;
    px_buffer lengths;
    size_t tail_limit;
    uint64_t dropped;
    /* The local time of `second` as text, made once a second. */
    time_t second;
    char time[sizeof "YYYY-MM-DD HH:MM:SS"];
};

static void give_up(cdp_posix_log *log, log_file *file, int error)
{
    px_error_text text;

    px_report(log->diagnostics, CDP_DIAGNOSTIC_SCRIPT_LOG_UNWRITABLE, file->path,
              px_describe(error, &text), NULL);
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
    px_buffer_release(&file->pending);
}

static cdp_status open_file(cdp_posix_log *log, log_file *file, cdp_string path)
{
    size_t name;

    if (px_is_empty(path))
        return CDP_OK;
    if (!px_is_text(path))
        return CDP_ERR_ARGUMENT;
    file->path = px_copy(path);
    if (!file->path)
        return CDP_ERR_NOMEM;
    name = px_base_name(file->path);
    if (name > 1) {
        file->path[name - 1] = '\0';
        /* When this fails, so does the open below, and that is what gets reported. */
        (void)px_make_directories(file->path, 0755);
        file->path[name - 1] = '/';
    }
    file->fd = open(file->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    file->fd = px_above_standard(file->fd);
    if (file->fd < 0)
        give_up(log, file, errno);
    return CDP_OK;
}

cdp_status cdp_posix_log_new(const cdp_posix_log_options *options, cdp_diagnostics *diagnostics,
                             cdp_posix_log **log)
{
    cdp_posix_log_options own;
    cdp_status status;
    cdp_posix_log *made;
    px_buffer prefix = {0};

    if (!log)
        return CDP_ERR_ARGUMENT;
    status = px_sized_read(&own, sizeof own, options);
    if (status != CDP_OK)
        return status;
    if (own.tail_bytes > LARGEST_TAIL_BYTES)
        return CDP_ERR_ARGUMENT;
    made = calloc(1, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    made->script.fd = made->deployments.fd = -1;
    made->diagnostics = diagnostics;
    made->entry = own.entry;
    made->user = own.user;
    made->tail_limit = own.tail_bytes ? own.tail_bytes : DEFAULT_TAIL_BYTES;
    made->second = (time_t)-1;
    px_put_c(&prefix, "] [");
    px_put_string(&prefix, own.deployment_id);
    px_put_c(&prefix, "]");
    if (!px_c_string(&prefix))
        status = CDP_ERR_NOMEM;
    made->prefix = prefix.data;
    if (status == CDP_OK)
        status = open_file(made, &made->script, own.script_log);
    if (status == CDP_OK)
        status = open_file(made, &made->deployments, own.deployments_log);
    if (status != CDP_OK) {
        cdp_posix_log_free(made);
        return status;
    }
    *log = made;
    return CDP_OK;
}

static void release_file(log_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    px_buffer_release(&file->pending);
    free(file->path);
}

void cdp_posix_log_free(cdp_posix_log *log)
{
    if (!log)
        return;
    px_log_flush(log);
    release_file(&log->script);
    release_file(&log->deployments);
    px_buffer_release(&log->tail);
    px_buffer_release(&log->lengths);
    free(log->prefix);
    free(log);
}

static void flush_file(cdp_posix_log *log, log_file *file)
{
    if (file->fd < 0)
        return;
    if (file->pending.failed)
        give_up(log, file, ENOMEM);
    else if (!px_write_all(file->fd, file->pending.data, file->pending.length))
        give_up(log, file, errno);
    else
        file->pending.length = 0;
}

void px_log_flush(cdp_posix_log *log)
{
    flush_file(log, &log->script);
    flush_file(log, &log->deployments);
}

/* Reads the clock; returns the milliseconds below the second that `log->time` tells. */
static int tell_time(cdp_posix_log *log)
{
    struct timespec now;
    struct tm local;

    clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec != log->second) {
        log->second = now.tv_sec;
        localtime_r(&now.tv_sec, &local);
        strftime(log->time, sizeof log->time, "%Y-%m-%d %H:%M:%S", &local);
    }
    return (int)(now.tv_nsec / 1000000);
}

static const char *tag_of(cdp_posix_log_kind kind)
{
    switch (kind) {
    case CDP_POSIX_LOG_EVENT:
        return "LifecycleEvent - ";
    case CDP_POSIX_LOG_SCRIPT:
        return "Script - ";
    case CDP_POSIX_LOG_STDOUT:
        return "[stdout]";
    default:
        return "[stderr]";
    }
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r') || byte == '\0';
}

static void write_entry(cdp_posix_log *log, const char *tag, cdp_string text)
{
    int milliseconds = tell_time(log);
    px_buffer *script = &log->script.pending;
    px_buffer *deployments = &log->deployments.pending;

    if (log->script.fd >= 0) {
        px_put_c(script, log->time);
        px_put_c(script, " ");
        px_put_c(script, tag);
        px_put_string(script, text);
        px_put_c(script, "\n");
    }
    if (log->deployments.fd >= 0) {
        while (text.length && is_blank(text.data[text.length - 1]))
            text.length--;
        px_put_format(deployments, "[%s.%03d%s%s", log->time, milliseconds, log->prefix, tag);
        px_put_string(deployments, text);
        px_put_c(deployments, "\n");
    }
    if (script->length + deployments->length > FLUSH_BYTES)
        px_log_flush(log);
}

static size_t *tail_lengths(cdp_posix_log *log, size_t *count)
{
    *count = log->lengths.length / sizeof(size_t);
    return (size_t *)(void *)log->lengths.data;
}

static void drop_entries(cdp_posix_log *log, size_t count, size_t bytes)
{
    size_t size = count * sizeof(size_t);

    if (!count)
        return;
    log->dropped += bytes;
    log->tail.length -= bytes;
    log->lengths.length -= size;
    memmove(log->tail.data, log->tail.data + bytes, log->tail.length);
    memmove(log->lengths.data, log->lengths.data + size, log->lengths.length);
}

/* Drops the oldest entries until `length` more bytes fit. */
static void make_room(cdp_posix_log *log, size_t length)
{
    size_t count;
    const size_t *lengths = tail_lengths(log, &count);
    size_t drop = 0;
    size_t bytes = 0;

    while (drop < count && log->tail.length - bytes + length >= log->tail_limit)
        bytes += lengths[drop++];
    drop_entries(log, drop, bytes);
}

/* Where the end of a text of at most `room` bytes begins, not inside a UTF-8 character. */
static size_t end_of(cdp_string text, size_t room)
{
    size_t from = text.length > room ? text.length - room : 0;
    size_t limit = from + 3;

    if (from == 0)
        return 0;
    for (size_t at = from; at < text.length && at <= limit; at++) {
        if ((text.data[at] & 0xC0) != 0x80)
            return at;
    }
    return from;
}

static cdp_status keep_in_tail(cdp_posix_log *log, const char *tag, cdp_string text)
{
    size_t tag_length = strlen(tag);
    size_t length = tag_length + text.length + 1;

    make_room(log, length);
    if (length >= log->tail_limit) {
        size_t from = end_of(text, log->tail_limit - 2);

        log->dropped += tag_length + from;
        tag = "";
        text = (cdp_string){text.data + from, text.length - from};
        length = text.length + 1;
    }
    px_put_c(&log->tail, tag);
    px_put_string(&log->tail, text);
    px_put_c(&log->tail, "\n");
    px_put(&log->lengths, (const char *)&length, sizeof length);
    return log->tail.failed || log->lengths.failed ? CDP_ERR_NOMEM : CDP_OK;
}

cdp_status px_log_entry(cdp_posix_log *log, cdp_posix_log_kind kind, cdp_string text)
{
    const char *tag = tag_of(kind);
    cdp_status status;

    write_entry(log, tag, text);
    status = keep_in_tail(log, tag, text);
    if (status == CDP_OK && log->entry)
        status = log->entry(kind, text, log->user);
    return status == CDP_PASSTHROUGH ? CDP_OK : status;
}

cdp_status cdp_posix_log_event(cdp_posix_log *log, cdp_string event)
{
    cdp_status status;

    if (!log || !event.data)
        return CDP_ERR_ARGUMENT;
    log->tail.length = 0;
    log->lengths.length = 0;
    log->dropped = 0;
    status = px_log_entry(log, CDP_POSIX_LOG_EVENT, event);
    px_log_flush(log);
    return status;
}

cdp_string cdp_posix_log_tail(const cdp_posix_log *log)
{
    if (!log || log->tail.length == 0)
        return (cdp_string){"", 0};
    /* Room for the NUL is always there: px_reserve() asks for one byte more. */
    log->tail.data[log->tail.length] = '\0';
    return (cdp_string){log->tail.data, log->tail.length};
}

uint64_t cdp_posix_log_tail_dropped(const cdp_posix_log *log)
{
    return log ? log->dropped : 0;
}

/* Keeps the first answer that is not CDP_OK. */
static void keep(cdp_status *first, cdp_status answer)
{
    if (*first == CDP_OK)
        *first = answer;
}

/* Adds to the begun line; one that gets too long is logged in pieces. */
static cdp_status go_on(cdp_posix_log *log, px_line *line, const char *bytes, size_t length)
{
    cdp_status status = CDP_OK;

    while (length > 0) {
        size_t room = PX_LINE_BYTES - line->begun.length;
        size_t part = length < room ? length : room;

        px_put(&line->begun, bytes, part);
        if (line->begun.failed)
            return CDP_ERR_NOMEM;
        bytes += part;
        length -= part;
        if (line->begun.length == PX_LINE_BYTES && length > 0)
            keep(&status, px_log_end_line(log, line));
    }
    return status;
}

cdp_status px_log_output(cdp_posix_log *log, px_line *line, char *bytes, size_t length)
{
    cdp_status status = CDP_OK;

    while (length > 0) {
        char *newline = memchr(bytes, '\n', length);
        size_t part = newline ? (size_t)(newline - bytes) : length;

        if (newline && line->begun.length == 0 && part <= PX_LINE_BYTES) {
            *newline = '\0';
            keep(&status, px_log_entry(log, line->kind, (cdp_string){bytes, part}));
        } else {
            keep(&status, go_on(log, line, bytes, part));
            if (newline)
                keep(&status, px_log_end_line(log, line));
        }
        part += newline != NULL;
        bytes += part;
        length -= part;
    }
    return status;
}

cdp_status px_log_end_line(cdp_posix_log *log, px_line *line)
{
    cdp_string text = {px_c_string(&line->begun), line->begun.length};

    if (!text.data)
        return CDP_ERR_NOMEM;
    line->begun.length = 0;
    return px_log_entry(log, line->kind, text);
}
