/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_SCRIPT_LOG_H
#define CDP_POSIX_SCRIPT_LOG_H

#include <codedeploy-posix/log.h>

#include "internal.h"

/* A longer line becomes several entries, so that nobody has to hold it. */
#define PX_LINE_BYTES 65536

/* The beginning of a line whose end has not been read yet. */
typedef struct px_line {
    cdp_posix_log_kind kind;
    px_buffer begun;
} px_line;

/* One entry; what the callback answered, CDP_OK without one. Written by px_log_flush(). */
cdp_status px_log_entry(cdp_posix_log *log, cdp_posix_log_kind kind, cdp_string text);

/* Cuts output into lines and logs them all; newlines become NULs. The first answer that was not
 * CDP_OK. */
cdp_status px_log_output(cdp_posix_log *log, px_line *line, char *bytes, size_t length);

/* Logs what is left of a last line without a newline. */
cdp_status px_log_end_line(cdp_posix_log *log, px_line *line);

/* Writes to the files what was logged since. */
void px_log_flush(cdp_posix_log *log);

#endif
