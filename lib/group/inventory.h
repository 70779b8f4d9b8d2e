/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_INVENTORY_H
#define CDP_GROUP_INVENTORY_H

#include <codedeploy/inventory.h>

#include "group/findings.h"

/* Where in the whole text something begins. */
typedef struct cdp_position {
    size_t offset;
    uint32_t line;
    uint32_t column;
} cdp_position;

/* What one instance is made from, kept from one to the next. */
typedef struct cdp_inventory_item {
    cdp_document *document;
    cdp_tag *tags;
    size_t tag_capacity;
} cdp_inventory_item;

/*
 * Reads one instance from its text. `findings` reports with places in that text; its document is
 * then `item->document`, to which the instance points. CDP_OK, also with errors in `findings`;
 * CDP_ERR_INVALID when it is no JSON; CDP_ERR_LIMIT; CDP_ERR_NOMEM.
 */
cdp_status cdp_inventory_item_read(cdp_inventory_item *item, cdp_string text,
                                   const cdp_document_options *options,
                                   const cdp_allocator *allocator, cdp_findings *findings,
                                   cdp_instance *instance);
void cdp_inventory_item_release(cdp_inventory_item *item, const cdp_allocator *allocator);

#endif
