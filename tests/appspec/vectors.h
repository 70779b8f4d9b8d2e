/* SPDX-License-Identifier: MIT */
#ifndef VECTORS_H
#define VECTORS_H

#include "reading.h"

#include "base/strings.h"
#include "document/document.h"

/* One of the measured inputs (data/quirks) with what the official agent made of it. */
typedef struct quirk {
    char name[64];
    char *text;
    size_t length;
    const cdp_document *facts;
    bool accepted;
    bool accepted_by_old_loader; /* also when the record does not say: then as `accepted` */
    cdp_node normalized;         /* in `facts`; 0 when it was refused */
} quirk;

/* Calls `check` for each vector; the number of calls. */
size_t for_each_vector(void (*check)(const quirk *vector, void *context), void *context);

cdp_document *parse_json(const char *text, size_t length);

#endif
