/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_INTERNAL_H
#define CDP_POSIX_INTERNAL_H

/*
 * What the files of libcodedeploy-posix share. Names that are not public begin with px_. Memory is
 * the C library's.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>

/* Sized structs at the boundary; the rules are those of <codedeploy/base.h>. */
cdp_status px_sized_read(void *own, size_t own_bytes, const void *given);
cdp_status px_sized_write(void *given, const void *own, size_t own_bytes);

static inline cdp_string px_string(const char *text)
{
    return (cdp_string){text, text ? strlen(text) : 0};
}

/* True for a string that is absent or empty. */
static inline bool px_is_empty(cdp_string string)
{
    return !string.data || string.length == 0;
}

/* True for a string that is there and has no NUL inside, so that it can be a C string. */
static inline bool px_is_text(cdp_string string)
{
    return string.data && !memchr(string.data, '\0', string.length);
}

static inline bool px_equal(cdp_string string, const char *text)
{
    return string.data && string.length == strlen(text) &&
           memcmp(string.data, text, string.length) == 0;
}

/* A copy with a NUL behind, from malloc(); "" for an absent one; NULL when memory is out. */
char *px_copy(cdp_string string);

/* Bytes that grow at their end. A failed append is remembered in `failed`. */
typedef struct px_buffer {
    char *data;
    size_t length;
    size_t capacity;
    bool failed;
} px_buffer;

/* Room for `length` more bytes; NULL when memory is out. Add to `length` what was used. */
char *px_reserve(px_buffer *buffer, size_t length);
void px_put(px_buffer *buffer, const char *bytes, size_t length);
void px_put_c(px_buffer *buffer, const char *text);
void px_put_string(px_buffer *buffer, cdp_string string);
void px_put_format(px_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The bytes as a C string ("" when there are none); NULL when an append failed. */
const char *px_c_string(px_buffer *buffer);
void px_buffer_release(px_buffer *buffer);

/* Room for one more in an array of `count` items of that size, in memory of malloc(); false when there
 * is none. */
bool px_grow(void **items, size_t *capacity, size_t count, size_t bytes);

/* Reports a finding in the registry's words; the arguments are C strings, ended by NULL. */
void px_report(cdp_diagnostics *diagnostics, cdp_diagnostic_code code, ...)
    __attribute__((sentinel));

/* The system's words for an errno value, in English whatever the locale. */
typedef struct px_error_text {
    char text[128];
} px_error_text;
const char *px_describe(int error, px_error_text *text);

/* Milliseconds that only go forward. Async-signal-safe. */
int64_t px_now_ms(void);

/* The same file descriptor at 3 or above, close-on-exec; closes the old one, also on failure. */
int px_above_standard(int fd);

/* Closes and sets to -1; -1 stays. Leaves errno as it is. */
void px_close(int *fd);

/* Writes everything; false with errno. */
bool px_write_all(int fd, const char *bytes, size_t length);

/* Makes a directory and those above it that are missing; false with errno. */
bool px_make_directories(const char *path, mode_t mode);

/* The index of the last slash's successor: where the file's own name begins. */
size_t px_base_name(const char *path);

#endif
