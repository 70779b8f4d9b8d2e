/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_TEXT_H
#define CODEDEPLOY_TEXT_H

/**
 * @file
 * A growing piece of text: what every function of the library writes its output into.
 */

#include <codedeploy/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Text that grows at its end. Belongs to one thread at a time. */
typedef struct cdp_text cdp_text;

/**
 * Makes an empty text.
 * @param allocator  NULL for the C library's; copied.
 * @return #CDP_OK, #CDP_ERR_ARGUMENT, #CDP_ERR_STRUCT or #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_text_new(const cdp_allocator *allocator, cdp_text **text);
CDP_API void cdp_text_free(cdp_text *text);

/** What was written so far. Valid until the text is next changed or freed; never absent. */
CDP_API cdp_string cdp_text_string(const cdp_text *text);

/** Forgets what was written and keeps the memory for the next use. */
CDP_API void cdp_text_clear(cdp_text *text);

/**
 * Appends bytes.
 * @return #CDP_OK; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_text_append(cdp_text *text, const char *data, size_t length);

#ifdef __cplusplus
}
#endif

#endif
