/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_READING_H
#define CDP_DOCUMENT_READING_H

#include "document/tree.h"

/*
 * A document while it is read: what the notations' readers share. Places here are bytes of
 * `document->text`.
 */
typedef struct cdp_reading {
    cdp_document *document;
    const cdp_document_options *options;
    cdp_diagnostics *diagnostics;

    cdp_node open; /* the container that the next node goes into */
    uint32_t depth;
    bool at_key;     /* the next node in an open mapping is a key */
    size_t last_end; /* where the last node ends */

    cdp_tree_label *anchors; /* by ascending node */
    size_t anchor_count;
    size_t anchor_capacity;
    uint32_t alias_count;
    bool has_merge_key;

    uint32_t *suspects; /* nodes that cdp_check_values() is to look at */
    size_t suspect_count;
    size_t suspect_capacity;
} cdp_reading;

/* CDP_OK or CDP_ERR_NOMEM. */
cdp_status cdp_reading_report(cdp_reading *reading, cdp_diagnostic_code code, size_t start,
                              size_t end, cdp_string argument);
/* Reports as above and returns `status`, unless reporting itself fails. */
cdp_status cdp_reading_fail(cdp_reading *reading, cdp_status status, cdp_diagnostic_code code,
                            size_t start, size_t end, cdp_string argument);
/* The limit of nodes, or of the memory that they may take, is met after so many. */
cdp_status cdp_reading_fail_nodes(cdp_reading *reading, size_t start, size_t count);
cdp_status cdp_reading_fail_depth(cdp_reading *reading, size_t start);
cdp_status cdp_reading_fail_scalar(cdp_reading *reading, size_t start);
cdp_string cdp_reading_text(const cdp_reading *reading);

/*
 * Adding nodes, in the order of the text. Each tells the reader of it: CDP_ERR_LIMIT (reported),
 * CDP_ERR_NOMEM.
 *
 * A scalar's `text` is copied; without data, `text.length` bytes stand in `values` already, at
 * `start`. A container's end is told when it is closed.
 */
cdp_status cdp_reading_add(cdp_reading *reading, unsigned form, size_t start, size_t end,
                           cdp_string text);
cdp_status cdp_reading_open(cdp_reading *reading, unsigned form, size_t start);
void cdp_reading_close(cdp_reading *reading, size_t end);

/* For the node that was added last. */
cdp_status cdp_reading_tag(cdp_reading *reading, cdp_string tag);
cdp_status cdp_reading_suspect(cdp_reading *reading);
cdp_status cdp_reading_anchor(cdp_reading *reading, cdp_string name);

/* In front: encoding, characters, lines. CDP_ERR_INVALID, CDP_ERR_LIMIT (both reported), NOMEM. */
cdp_status cdp_guard_encoding(cdp_reading *reading, const char *bytes, size_t length);
cdp_status cdp_guard_characters(cdp_reading *reading);

/* Afterwards, in this order: values that the agent's loader refuses or that are not what they seem,
 * aliases, merge keys and keys given twice. */
cdp_status cdp_check_values(cdp_reading *reading);
cdp_status cdp_expand_aliases(cdp_reading *reading);
cdp_status cdp_settle_keys(cdp_reading *reading);

/* Whether an untagged plain scalar needs a look by cdp_check_values(). */
bool cdp_is_suspect(cdp_string text);

#endif
