/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_MODEL_READ_H
#define CDP_GROUP_MODEL_READ_H

#include "group/findings.h"
#include "group/model.h"

typedef struct cdp_model_reader {
    cdp_findings *findings; /* its `document` is what is read */
    cdp_arena *arena;       /* where texts and lists are copied to */
    unsigned shapes;        /* CDP_MODEL_IN_… whose members are read */
} cdp_model_reader;

/*
 * Reads an object into the model; members that it does not hold stay as they are. Everything of the
 * wrong type, unknown or misplaced is reported. CDP_OK, also when something was reported, or
 * CDP_ERR_NOMEM.
 */
cdp_status cdp_model_read(const cdp_model_reader *reader, cdp_node object, cdp_model *model);

/* The one shape, CREATE or INFO, that an object has. */
unsigned cdp_model_detect_shape(const cdp_document *document, cdp_node object);

#endif
