/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_XML_H
#define CDP_DOCUMENT_XML_H

#include "document/reading.h"

/*
 * XML is read with an obvious mapping; docs/xml.md shows it with an example:
 *
 * - The root element is the document, whatever its name (`appspec`).
 * - An element with elements in it is a mapping: each is a key by its name.
 * - Elements of one name in one parent are the items of one list under that name, in the order of the
 *   text, also when others stand between them. A single one is a list too when its name is known to
 *   be a list's (`cdp_document_options.lists`).
 * - An element with text is a scalar: null, true, false or a number if JSON would call it so, else a
 *   string. White space around it is cut off, unless the element says xml:space="preserve". An empty
 *   element is null.
 * - Comments and processing instructions are passed over, CDATA is text. Attributes mean nothing and are
 *   warned of. Text beside elements, prefixes, and document type declarations, and with them every
 *   entity but the five of XML itself, are refused.
 *
 * What it cannot say: a list in a list, an empty list or mapping, a string such as "1" or "true".
 */

/* An element while the tree is not made yet. They stand in the order of the text. */
typedef struct cdp_xml_element {
    uint32_t parent;     /* index, UINT32_MAX for the root */
    uint32_t name_start; /* behind '<' */
    uint32_t name_length;
    uint32_t start; /* of its text, or of its first element */
    uint32_t end;   /* of its content */
    uint32_t text_length;
    uint32_t last;      /* index of the last element in it, or its own */
    uint32_t next_same; /* index of the next of its name beside it, or 0 */
    bool has_elements;
    bool is_repeated; /* not the first of its name in its parent */
} cdp_xml_element;

typedef struct cdp_xml_elements {
    cdp_xml_element *items;
    size_t count;
    size_t capacity;
} cdp_xml_elements;

cdp_status cdp_read_xml(cdp_reading *reading);

/* Makes nodes of the elements. */
cdp_status cdp_xml_make_tree(cdp_reading *reading, cdp_xml_elements *elements);

#endif
