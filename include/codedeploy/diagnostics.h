/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_DIAGNOSTICS_H
#define CODEDEPLOY_DIAGNOSTICS_H

/**
 * @file
 * Everything that is wrong with an input, each with its place and its remedy.
 *
 * The caller makes a #cdp_diagnostics object, passes it to the functions that read or check
 * something, and looks at it afterwards. Entries are kept in the order in which they were found;
 * cdp_diagnostics_sort() puts them into the order of the text.
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostic-codes.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cdp_severity {
    /** Worth knowing. */
    CDP_SEVERITY_NOTE = 1,
    /** Accepted, but probably not what was meant, or not read alike everywhere. */
    CDP_SEVERITY_WARNING = 2,
    /** Refused. */
    CDP_SEVERITY_ERROR = 3
} cdp_severity;

/** `"note"`, `"warning"`, `"error"`; `"unknown"` for anything else. Static text. */
CDP_API const char *cdp_severity_name(cdp_severity severity);

/** What the registry of diagnostics says of one code. All members are static text. */
typedef struct cdp_diagnostic_info {
    /** sizeof(cdp_diagnostic_info), set by the caller. */
    size_t size;
    cdp_diagnostic_code code;
    /** The severity that it has when no profile changes it. */
    cdp_severity severity;
    /** `"appspec-unknown-hook"`: stable, never reused. */
    const char *name;
    /** The message with `{0}`, `{1}` … in place of what differs from case to case. */
    const char *message;
    /** What to do about it; NULL when the message says it all. */
    const char *hint;
    /** A paragraph or two for `codedeploy explain`. */
    const char *explanation;
    /** Where the rule comes from: a documentation page, an API shape, an agent's file. */
    const char *source;
    /** The API's exception or error code that stands for it; NULL when there is none. */
    const char *api_name;
    /** The severity that it has in profile `strict` of those readers that know profiles. */
    cdp_severity strict_severity;
    /** 0. */
    uint32_t reserved;
} cdp_diagnostic_info;

/**
 * Looks up what the registry says of a code.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND for an unknown code; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_diagnostic_info_get(cdp_diagnostic_code code, cdp_diagnostic_info *info);

/** The code of a name (`"appspec-unknown-hook"`), or 0 when there is none of that name. */
CDP_API cdp_diagnostic_code cdp_diagnostic_code_from_name(const char *name);

/** How many codes the registry holds, and the code at an index below that count (else 0). */
CDP_API size_t cdp_diagnostic_code_count(void);
CDP_API cdp_diagnostic_code cdp_diagnostic_code_at(size_t index);

/**
 * One finding. As an output, `size` is set by the caller and all strings belong to the
 * #cdp_diagnostics object. As an input (cdp_diagnostics_add()), strings are copied.
 */
typedef struct cdp_diagnostic {
    /** sizeof(cdp_diagnostic), set by the caller. */
    size_t size;
    cdp_diagnostic_code code;
    cdp_severity severity;
    /** One sentence in plain words; may hold any UTF-8, control characters escaped. */
    cdp_string message;
    /** What to write or do instead; absent when there is nothing to add. */
    cdp_string hint;
    /** JSON Pointer (RFC 6901) to the node concerned; absent when there is no such node. */
    cdp_string pointer;
    /** First byte concerned and the byte after the last, in the input's own bytes, from 0. */
    size_t offset;
    size_t end_offset;
    /** The same two places as line and column, both from 1; columns count Unicode characters.
     *  All four are 0 for a finding that concerns no place in a text. */
    uint32_t line;
    uint32_t column;
    uint32_t end_line;
    uint32_t end_column;
    /** A replacement that can be applied without a second thought: put `fix_text` in place of
     *  `fix_length` bytes at `fix_offset`. There is none when `fix_text` is absent. */
    size_t fix_offset;
    size_t fix_length;
    cdp_string fix_text;
} cdp_diagnostic;

/** A list of findings. Belongs to one thread at a time. */
typedef struct cdp_diagnostics cdp_diagnostics;

/**
 * Makes an empty list.
 * @param allocator  NULL for the C library's; copied.
 * @param limits     NULL for the defaults; only `diagnostics` is used.
 * @return #CDP_OK, #CDP_ERR_ARGUMENT, #CDP_ERR_STRUCT or #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_diagnostics_new(const cdp_allocator *allocator, const cdp_limits *limits,
                                       cdp_diagnostics **diagnostics);
CDP_API void cdp_diagnostics_free(cdp_diagnostics *diagnostics);

/** Forgets all findings; views and strings got before are no longer valid. */
CDP_API void cdp_diagnostics_clear(cdp_diagnostics *diagnostics);

CDP_API size_t cdp_diagnostics_count(const cdp_diagnostics *diagnostics);

/** How many findings have this severity or a graver one. */
CDP_API size_t cdp_diagnostics_count_at_least(const cdp_diagnostics *diagnostics,
                                              cdp_severity severity);

/**
 * Reads the finding at `index`.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND past the end; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_diagnostics_at(const cdp_diagnostics *diagnostics, size_t index,
                                      cdp_diagnostic *diagnostic);

/**
 * Adds a finding of the host's own. `code` must be in the registry; `severity` 0 stands for the
 * code's own; an absent message or hint stands for the registry's text.
 * @return #CDP_OK, also when the limit is reached and the finding is only counted;
 *         #CDP_ERR_ARGUMENT for an unknown code; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_diagnostics_add(cdp_diagnostics *diagnostics,
                                       const cdp_diagnostic *diagnostic);

/**
 * Adds a finding of the host's own in the registry's words: `{0}` to `{3}` of the message and the
 * hint are replaced by `arguments`, control characters escaped and very long ones shortened.
 * @param arguments  `count` texts, at most 4; may hold any bytes.
 * @return #CDP_OK, also when `diagnostics` is NULL or its limit is reached; #CDP_ERR_ARGUMENT for
 *         an unknown code or more than 4 arguments; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_diagnostics_add_filled(cdp_diagnostics *diagnostics,
                                              cdp_diagnostic_code code, const cdp_string *arguments,
                                              size_t count);

/**
 * Sorts by place in the text, findings without a place last; ties stay in the order found.
 * @return #CDP_OK or #CDP_ERR_NOMEM (nothing moved).
 */
CDP_API cdp_status cdp_diagnostics_sort(cdp_diagnostics *diagnostics);

/** How many findings were dropped because the limit was reached. */
CDP_API size_t cdp_diagnostics_dropped(const cdp_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif

#endif
