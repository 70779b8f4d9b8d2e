/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_TREE_H
#define CDP_POSIX_TREE_H

#include "internal.h"

/*
 * Removes what is at `name` in `parent`, with all that is in it, however deep; links are removed,
 * never followed. True also when nothing is there; false with errno, and then a part may be left.
 */
bool px_remove_tree(int parent, const char *name);

#endif
