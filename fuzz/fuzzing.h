/* SPDX-License-Identifier: MIT */
#ifndef FUZZING_H
#define FUZZING_H

/* What harnesses share: bytes that decide, memory that runs out once, findings that explain. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/text.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(int holds)
{
    if (!holds)
        abort();
}

/* ---- bytes ---- */

typedef struct reader {
    const uint8_t *data;
    size_t size;
} reader;

/* The next byte; 0 behind the end. */
static inline uint8_t take(reader *bytes)
{
    if (bytes->size == 0)
        return 0;
    bytes->size--;
    return *bytes->data++;
}

/* ---- memory that runs out once ---- */

/* Which request from now on fails; 0: none. */
static unsigned requests_left;

static inline int refuses(void)
{
    return requests_left > 0 && --requests_left == 0;
}

static inline void *allocate(size_t bytes, void *user)
{
    (void)user;
    return refuses() ? NULL : malloc(bytes);
}

static inline void *reallocate(void *pointer, size_t old_bytes, size_t new_bytes, void *user)
{
    (void)old_bytes;
    (void)user;
    return refuses() ? NULL : realloc(pointer, new_bytes);
}

static inline void release(void *pointer, size_t bytes, void *user)
{
    (void)bytes;
    (void)user;
    free(pointer);
}

static const cdp_allocator allocator = {sizeof(cdp_allocator), allocate, reallocate, release, NULL};

/* ---- findings and texts ---- */

/* NULL when there is no memory. */
static inline cdp_diagnostics *new_diagnostics(void)
{
    cdp_diagnostics *diagnostics = NULL;

    return cdp_diagnostics_new(&allocator, NULL, &diagnostics) == CDP_OK ? diagnostics : NULL;
}

/* What is refused has a reason: no memory, or a finding. */
static inline void must_be_explained(cdp_status status, const cdp_diagnostics *diagnostics)
{
    if (status == CDP_OK)
        must(cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) == 0);
    else
        must(status == CDP_ERR_NOMEM ||
             cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0);
}

/* Of the C library's memory. */
static inline cdp_text *new_text(void)
{
    cdp_text *text = NULL;

    must(cdp_text_new(NULL, &text) == CDP_OK);
    return text;
}

static inline void must_be_same(const cdp_text *a, const cdp_text *b)
{
    cdp_string left = cdp_text_string(a);
    cdp_string right = cdp_text_string(b);

    must(left.length == right.length && memcmp(left.data, right.data, left.length) == 0);
}

#endif
