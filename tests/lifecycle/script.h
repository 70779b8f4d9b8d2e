/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <codedeploy/lifecycle.h>

/*
 * Drives a target by words, so that a case is a line in a table. Words are separated by blanks,
 * each ends with the time in milliseconds:
 *
 *   start@T  stop@T  skip@T  lost@T  step@T
 *   begin@T  ok@T  noop@T              the next event, the event in progress
 *   fail@T  fail:ERROR@T               the event in progress; ScriptFailed if not said
 *   pass:N@T                           N events begin and succeed at T
 *   ready@T  gone@T                    continues READY_WAIT, TERMINATION_WAIT
 *
 * A `!` in front says that the input is refused with CDP_ERR_STATE, a `?` with CDP_ERR_TIME, and a
 * `#` with CDP_ERR_ARGUMENT.
 *
 * Returns NULL, or the word whose outcome was another, which then stands in a static buffer.
 */
const char *script_run(cdp_lifecycle *lifecycle, const char *words);

/*
 * The state as one line: the target's status, its reason unless "none", what it waits for if
 * anything, and a letter for each event: p i S F - (skipped) ? (unknown). In a static buffer.
 */
const char *script_state(const cdp_lifecycle *lifecycle);

/* Options by words: ignore, ask, ask:MS, end:MS, message:BYTES; "" for the defaults. */
cdp_lifecycle_options script_options(const char *words);

/* A fresh target of a scenario by its names, such as "Server/in-place"; asserts that it is one. */
cdp_lifecycle *script_target(const char *plan, const char *options);

const cdp_lifecycle_plan *script_plan(const char *plan);

#endif
