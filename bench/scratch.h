/* SPDX-License-Identifier: MIT */
#ifndef BENCH_SCRATCH_H
#define BENCH_SCRATCH_H

/* Places to work in, on a file system in memory and on disk, of which nothing is left. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCRATCH_PATH = 512 };

typedef struct scratch {
    /* "tmpfs" or "disk" */
    const char *kind;
    /* A directory of its own. */
    char path[SCRATCH_PATH];
} scratch;

/*
 * Runs `work` in a child process for each place: a new directory below /dev/shm, if that is in
 * memory and holds `bytes`; a new one below the working directory, if that is not in memory and
 * holds them. A place that is missing or too small is passed over, which is said. Whatever happens
 * to the child, or to us by a signal, the directories are removed. False when a child failed.
 */
bool scratch_run(bool (*work)(const scratch *place), uint64_t bytes);

/* `bytes` are free there. */
bool scratch_has_room(const scratch *place, uint64_t bytes);

/* Puts `PLACE/NAME` into `path`. */
void scratch_join(const scratch *place, const char *name, char path[SCRATCH_PATH]);

/* Makes `count` files of `bytes` each, 100 a directory, at `path`: `mod000/pkg0000/file-0000.txt`.
 */
bool scratch_make_tree(const char *path, unsigned count, size_t bytes);
/* It may be there already. */
bool scratch_make_directory(const char *path);
bool scratch_make_file(const char *path, const char *content, size_t length);
/* One large file of random content. */
bool scratch_make_large_file(const char *path, uint64_t bytes);
bool scratch_remove(const char *path);

#endif
