/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_READ_YAML_H
#define CDP_DOCUMENT_READ_YAML_H

#include "document/reading.h"
#include "document/yaml_events.h"

/* Reads the first document of the text. CDP_ERR_INVALID, CDP_ERR_LIMIT (both reported), NOMEM. */
cdp_status cdp_read_yaml(cdp_reading *reading, const cdp_yaml_backend *backend);
cdp_status cdp_read_json(cdp_reading *reading);

/* Counts and reports what stands in YAML text behind its first document, which ends at `from`. */
cdp_status cdp_count_rest(cdp_reading *reading, size_t from);

/* cdp_document_parse() with another backend than the built one: for the tests. */
cdp_status cdp_document_parse_with(const cdp_yaml_backend *backend, const char *bytes,
                                   size_t length, const cdp_document_options *options,
                                   const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                   cdp_document **document);

#endif
