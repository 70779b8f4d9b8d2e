/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_KEYS_H
#define CDP_APPSPEC_KEYS_H

#include "appspec/work.h"

enum { APPSPEC_MOST_KEYS = 9 };

/* What a mapping may hold. */
typedef struct appspec_keys {
    const char *const *names;
    size_t count;
    bool any_case;     /* Lambda and ECS: the letters' case does not matter */
    const char *where; /* `an entry of files`, for messages */
    /* Looks at an unknown key first; true when it reported something better. May be NULL. */
    bool (*look)(appspec_work *work, cdp_node key, cdp_string name);
} appspec_keys;

/*
 * Sorts a mapping's effective keys into slots, in the order of `keys->names`: `found[i]` gets the
 * key node, or 0. Unknown keys are reported.
 */
void cdp_appspec_sort_keys(appspec_work *work, cdp_node mapping, const appspec_keys *keys,
                           cdp_node found[APPSPEC_MOST_KEYS]);

/* The value of a slot, 0 when there is none. */
static inline cdp_node cdp_appspec_value_of(const appspec_work *work, cdp_node key)
{
    return key ? cdp_node_value(work->document, key) : 0;
}

/* Without blanks at both ends that cannot be seen: no-break and zero-width spaces, marks. */
cdp_string cdp_appspec_trim_invisible(cdp_string text);

/* True when the mapping's key is a text, as the agent compares keys. */
bool cdp_appspec_key_is_text(const appspec_work *work, cdp_node key);

#endif
