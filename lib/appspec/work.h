/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_WORK_H
#define CDP_APPSPEC_WORK_H

#include <stdbool.h>

#include "appspec/model.h"
#include "base/strings.h"
#include "base/text.h"

enum { APPSPEC_PATH_LENGTH = 10 };

/* A step of a JSON Pointer: a name, or an index when there is no name. */
typedef struct appspec_step {
    cdp_string name;
    size_t index;
} appspec_step;

/* A code that a comment silences on a line. */
typedef struct appspec_suppression {
    uint32_t line;
    cdp_diagnostic_code code;
} appspec_suppression;

/*
 * What one reading or building has at hand. Everything that can go wrong on the way (no memory, a
 * callback's error) is remembered in `status`; the work then goes on without effect, and whoever
 * began it looks at the end.
 */
typedef struct appspec_work {
    cdp_appspec *appspec;
    const cdp_document *document; /* NULL when building */
    cdp_allocator allocator;
    cdp_limits limits;
    cdp_appspec_options options; /* imported; host is never DEFAULT, agent_root as given */
    cdp_appspec_bundle bundle;   /* zero when there is none */
    cdp_diagnostics *findings;
    size_t errors;
    cdp_status status;
    cdp_text scratch; /* values on their way into the arena */
    cdp_text pointer;
    cdp_text hint;
    appspec_suppression *suppressions;
    size_t suppression_count;
    size_t suppression_capacity;
    appspec_step path[APPSPEC_PATH_LENGTH];
    size_t depth;
} appspec_work;

/* Takes over and checks the caller's options. On failure nothing is left to be released. */
cdp_status cdp_appspec_begin(appspec_work *work, const cdp_appspec_options *options);
/*
 * Sorts the findings into the caller's list, releases what the work held, and gives the AppSpec to
 * the caller unless something was wrong. `status` is what the work came to before.
 */
cdp_status cdp_appspec_end(appspec_work *work, cdp_diagnostics *diagnostics, cdp_appspec **appspec);

static inline bool cdp_appspec_is_strict(const appspec_work *work)
{
    return work->options.profile == CDP_APPSPEC_PROFILE_STRICT;
}

/* Remembers the first thing that went wrong. */
static inline void cdp_appspec_fail(appspec_work *work, cdp_status status)
{
    if (work->status == CDP_OK)
        work->status = status;
}

/* The path of what is being looked at, for findings that have no node. */
static inline void cdp_appspec_enter(appspec_work *work, const char *name)
{
    work->path[work->depth++] = (appspec_step){.name = cdp_string_of(name)};
}

static inline void cdp_appspec_enter_text(appspec_work *work, cdp_string name)
{
    work->path[work->depth++] = (appspec_step){.name = name};
}

static inline void cdp_appspec_enter_index(appspec_work *work, size_t index)
{
    work->path[work->depth++] = (appspec_step){.index = index};
}

static inline void cdp_appspec_leave(appspec_work *work)
{
    work->depth--;
}

/* One finding, in the terms of this room. Members left zero mean: the registry's word. */
typedef struct appspec_finding {
    cdp_diagnostic_code code;
    cdp_severity severity; /* given: it is not raised by profile strict */
    cdp_node node;         /* where; 0: only the path and `leaf` are known */
    const char *leaf;      /* the path's last step */
    cdp_string arguments[4];
    cdp_string hint;
    cdp_string fix; /* what to write in place of the node's text */
} appspec_finding;

void cdp_appspec_report(appspec_work *work, const appspec_finding *finding);

/* Keeps what the scratch text holds, in the AppSpec's arena; absent when there is no memory. */
cdp_string cdp_appspec_keep_scratch(appspec_work *work);
cdp_string cdp_appspec_keep(appspec_work *work, cdp_string text);
/* Zeroed; NULL and a remembered failure when there is no memory or count is 0. */
void *cdp_appspec_array(appspec_work *work, size_t count, size_t element_bytes);

/* Adds what comments in the text silence; see cdp_appspec_options.suppressions. */
void cdp_appspec_find_suppressions(appspec_work *work);
bool cdp_appspec_is_suppressed(const appspec_work *work, uint32_t line, cdp_diagnostic_code code);

#endif
