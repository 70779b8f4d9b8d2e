/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_SECOND_LOOK_H
#define CDP_DOCUMENT_SECOND_LOOK_H

#include "document/reading.h"

/*
 * Looks at YAML text without a library and reports everything that it finds wrong with it.
 * CDP_OK: nothing. CDP_ERR_INVALID: reported. CDP_ERR_NOMEM.
 */
cdp_status cdp_second_look(cdp_reading *reading);

#endif
