/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_YAML_EVENTS_H
#define CDP_DOCUMENT_YAML_EVENTS_H

#include "document/document.h"

/*
 * The one interface to a YAML library: text in, events of the first document out. Adapters give
 * the same events and the same places, whatever their library makes of the text. They are handed
 * only text that passed the guards: UTF-8 without a byte order mark, no forbidden character.
 *
 * The libraries take their memory from the C library: neither knows another allocator.
 */
typedef enum cdp_yaml_event_kind {
    CDP_YAML_DOCUMENT_START,
    CDP_YAML_DOCUMENT_END, /* also when there is no document at all */
    CDP_YAML_ALIAS,
    CDP_YAML_SCALAR,
    CDP_YAML_SEQUENCE_START,
    CDP_YAML_MAPPING_START,
    CDP_YAML_END /* of a sequence or mapping */
} cdp_yaml_event_kind;

typedef struct cdp_yaml_event {
    cdp_yaml_event_kind kind;
    cdp_scalar_style style;
    /*
     * Bytes of the text. A node begins with its tag or anchor, if it has any. The end of a block
     * collection has no length and stands anywhere behind what it ends.
     */
    size_t start;
    size_t end;
    cdp_string text;   /* a scalar's, or the name of an alias; valid until the next event */
    cdp_string anchor; /* absent when there is none */
    cdp_string tag;    /* resolved; "!" for the tag that says that there is none */
} cdp_yaml_event;

typedef struct cdp_yaml_reader cdp_yaml_reader;

typedef struct cdp_yaml_backend {
    const char *name;
    /* CDP_OK or CDP_ERR_NOMEM. The text must stay. `ascii`: every character is a byte. */
    cdp_status (*open)(cdp_yaml_reader **reader, cdp_string text, bool ascii,
                       const cdp_allocator *allocator);
    /*
     * CDP_OK; CDP_ERR_NOMEM; CDP_ERR_INVALID when the text is not YAML: `event->start` is then
     * where the library gave up. Not to be called again after DOCUMENT_END or an error.
     */
    cdp_status (*next)(cdp_yaml_reader *reader, cdp_yaml_event *event);
    void (*close)(cdp_yaml_reader *reader);
} cdp_yaml_backend;

extern const cdp_yaml_backend cdp_yaml_libyaml;
extern const cdp_yaml_backend cdp_yaml_libfyaml;

#endif
