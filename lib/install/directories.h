/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_DIRECTORIES_H
#define CDP_INSTALL_DIRECTORIES_H

#include "base/text.h"

#include "base/allocator.h"
#include "base/strings.h"

/*
 * The directories of a tree that is walked without recursion, as paths below its top (which is the
 * empty path), each before those in it.
 */
typedef struct cdp_directories {
    cdp_allocator allocator;
    cdp_text names; /* one path behind the other */
    size_t *ends;
    size_t count;
    size_t capacity;
} cdp_directories;

void cdp_directories_init(cdp_directories *list, const cdp_allocator *allocator);
void cdp_directories_release(cdp_directories *list);
/* The path lives until the next one is added. */
cdp_string cdp_directories_at(const cdp_directories *list, size_t index);
/* Adds what `name` is called in a directory of the list; with an absent one, that directory's path. */
cdp_status cdp_directories_add(cdp_directories *list, cdp_string directory, cdp_string name);
/* Appends the same path to a text. */
cdp_status cdp_directories_put(cdp_text *text, cdp_string directory, cdp_string name);

#endif
