/* SPDX-License-Identifier: MIT */
#ifndef SCRATCH_H
#define SCRATCH_H

/*
 * What the tests of libcodedeploy-posix share: a folder of their own that is gone afterwards, and
 * the certainty that no process is left.
 */

#include "testing.h"

#include <stdbool.h>
#include <sys/types.h>

#include <codedeploy/codedeploy.h>

/* cmocka's setup and teardown. The state is the folder's path. The teardown fails when a process is
 * left: this program takes over every orphan that came from it. */
int scratch_setup(void **state);
int scratch_teardown(void **state);

#define in_scratch(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
/* The same for a test that shows a fact, with a name that says which. */
#define in_scratch_as(name, test)                                                                  \
    {                                                                                              \
        name, test, scratch_setup, scratch_teardown, NULL                                          \
    }

/* Paths and contents are printf-like. The path that is returned belongs to the scratch. */
const char *scratch_path(const char *folder, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void scratch_directory(const char *path);
void scratch_write(const char *path, mode_t mode, const char *bytes, size_t length);
void scratch_script(const char *path, const char *text);
/* The whole of a file with a NUL behind; belongs to the scratch. */
char *scratch_read(const char *path, size_t *length);
bool scratch_exists(const char *path);
void scratch_remove(const char *path);

/* Milliseconds on a clock that only goes forward. */
int64_t scratch_now(void);
void scratch_sleep(int milliseconds);
/* True when no process has this id, or only as a zombie. */
bool scratch_is_gone(pid_t process);
/* Waits until it is; fails the test after ten seconds. */
void scratch_wait_gone(pid_t process);
int scratch_open_descriptors(void);

/* Runs `body` in a child process and returns its exit status. */
int scratch_in_child(int (*body)(const char *folder), const char *folder);

/* Runs `body` in a child process as the user nobody when this is root (otherwise as itself), and
 * returns its exit status. */
int scratch_as_nobody(int (*body)(const char *folder), const char *folder);

static inline cdp_string str(const char *text)
{
    return (cdp_string){text, text ? strlen(text) : 0};
}

/* A list of findings that belongs to the scratch, and what is in it. */
cdp_diagnostics *scratch_diagnostics(void);
bool scratch_found(const cdp_diagnostics *diagnostics, cdp_diagnostic_code code);
/* The message of the first finding with that code, or "". */
const char *scratch_message(const cdp_diagnostics *diagnostics, cdp_diagnostic_code code);

#endif
