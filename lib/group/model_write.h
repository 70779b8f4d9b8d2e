/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_MODEL_WRITE_H
#define CDP_GROUP_MODEL_WRITE_H

#include "base/json_writer.h"
#include "group/model.h"

/* Writes what is given of the members of `shapes` as one object. Errors are the text's. */
void cdp_model_write(const cdp_model *model, unsigned shapes, cdp_json_writer *json);

#endif
