/* SPDX-License-Identifier: MIT */
/* Strings, buffers, sized structs, reports: what every other file of this library uses. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* No struct of ours will ever come near this: a larger size is uninitialised memory. */
#define LARGEST_STRUCT 4096

static cdp_status check_size(const void *given, size_t *size)
{
    if (!given)
        return CDP_ERR_ARGUMENT;
    memcpy(size, given, sizeof *size);
    if (*size <= sizeof *size || *size > LARGEST_STRUCT)
        return CDP_ERR_STRUCT;
    return CDP_OK;
}

cdp_status px_sized_read(void *own, size_t own_bytes, const void *given)
{
    const unsigned char *bytes = given;
    size_t size;
    cdp_status status = check_size(given, &size);

    if (status != CDP_OK)
        return status;
    for (size_t i = own_bytes; i < size; i++) {
        if (bytes[i])
            return CDP_ERR_STRUCT;
    }
    memset(own, 0, own_bytes);
    memcpy(own, given, size < own_bytes ? size : own_bytes);
    memcpy(own, &own_bytes, sizeof own_bytes);
    return CDP_OK;
}

cdp_status px_sized_write(void *given, const void *own, size_t own_bytes)
{
    size_t size;
    cdp_status status = check_size(given, &size);

    if (status != CDP_OK)
        return status;
    if (size > own_bytes)
        memset((unsigned char *)given + own_bytes, 0, size - own_bytes);
    memcpy((unsigned char *)given + sizeof size, (const unsigned char *)own + sizeof size,
           (size < own_bytes ? size : own_bytes) - sizeof size);
    return CDP_OK;
}

char *px_copy(cdp_string string)
{
    char *copy = malloc(string.length + 1);

    if (!copy)
        return NULL;
    if (string.length)
        memcpy(copy, string.data, string.length);
    copy[string.length] = '\0';
    return copy;
}

bool px_grow(void **items, size_t *capacity, size_t count, size_t bytes)
{
    size_t more = *capacity ? *capacity * 2 : 16;
    void *grown;

    if (count < *capacity)
        return true;
    grown = reallocarray(*items, more, bytes);
    if (!grown)
        return false;
    *items = grown;
    *capacity = more;
    return true;
}

char *px_reserve(px_buffer *buffer, size_t length)
{
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    char *data;

    if (buffer->failed)
        return NULL;
    if (length >= SIZE_MAX / 2 - buffer->length) {
        buffer->failed = true;
        return NULL;
    }
    while (capacity < buffer->length + length + 1)
        capacity *= 2;
    if (capacity != buffer->capacity) {
        data = realloc(buffer->data, capacity);
        if (!data) {
            buffer->failed = true;
            return NULL;
        }
        buffer->data = data;
        buffer->capacity = capacity;
    }
    return buffer->data + buffer->length;
}

void px_put(px_buffer *buffer, const char *bytes, size_t length)
{
    char *end = px_reserve(buffer, length);

    if (!end)
        return;
    if (length)
        memcpy(end, bytes, length);
    buffer->length += length;
}

void px_put_c(px_buffer *buffer, const char *text)
{
    px_put(buffer, text, strlen(text));
}

void px_put_string(px_buffer *buffer, cdp_string string)
{
    px_put(buffer, string.data, string.length);
}

void px_put_format(px_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    int length;
    char *end;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    end = length < 0 ? NULL : px_reserve(buffer, (size_t)length);
    if (!end) {
        buffer->failed = true;
        return;
    }
    va_start(arguments, format);
    vsnprintf(end, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
}

const char *px_c_string(px_buffer *buffer)
{
    char *end = px_reserve(buffer, 0);

    if (!end)
        return NULL;
    *end = '\0';
    return buffer->data;
}

void px_buffer_release(px_buffer *buffer)
{
    free(buffer->data);
    *buffer = (px_buffer){0};
}

void px_report(cdp_diagnostics *diagnostics, cdp_diagnostic_code code, ...)
{
    cdp_string arguments[4];
    size_t count = 0;
    const char *argument;
    va_list list;

    va_start(list, code);
    while (count < 4 && (argument = va_arg(list, const char *)))
        arguments[count++] = px_string(argument);
    va_end(list);
    /* Without memory for the words the status still tells that something is wrong. */
    (void)cdp_diagnostics_add_filled(diagnostics, code, arguments, count);
}

const char *px_describe(int error, px_error_text *text)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);

    if (plain == (locale_t)0) {
        snprintf(text->text, sizeof text->text, "error %d", error);
        return text->text;
    }
    snprintf(text->text, sizeof text->text, "%s", strerror_l(error, plain));
    freelocale(plain);
    return text->text;
}

int64_t px_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int px_above_standard(int fd)
{
    int moved;
    int error;

    if (fd < 0 || fd > STDERR_FILENO)
        return fd;
    moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    error = errno;
    close(fd);
    errno = error;
    return moved;
}

void px_close(int *fd)
{
    int error = errno;

    if (*fd >= 0)
        close(*fd);
    *fd = -1;
    errno = error;
}

bool px_write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

bool px_make_directories(const char *path, mode_t mode)
{
    char *copy = px_copy(px_string(path));
    bool made = copy != NULL;

    if (!copy) {
        errno = ENOMEM;
        return false;
    }
    for (char *at = copy + 1; made; at++) {
        if (*at != '/' && *at != '\0')
            continue;
        if (*at == '\0') {
            made = mkdir(copy, mode) == 0 || errno == EEXIST;
            break;
        }
        *at = '\0';
        made = mkdir(copy, mode) == 0 || errno == EEXIST;
        *at = '/';
    }
    free(copy);
    return made;
}

size_t px_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}
