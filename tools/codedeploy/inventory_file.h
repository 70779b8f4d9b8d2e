/* SPDX-License-Identifier: MIT */
#ifndef INVENTORY_FILE_H
#define INVENTORY_FILE_H

/* Inventories in files: read piece by piece, however large they are. */

#include "cli.h"

/* What is done with each instance; false ends the reading, and has said why. */
typedef bool (*inventory_take)(const cdp_instance *instance, void *user);

/*
 * Reads the inventory in a file, "-" for standard input, and hands over every instance that is not
 * refused; what is wrong is told on standard error. CLI_CLEAN; CLI_FINDINGS when something was
 * refused; CLI_IO.
 */
int inventory_file_read(const char *path, inventory_take take, void *user);

#endif
