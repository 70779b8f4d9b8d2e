/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_SIZED_H
#define CDP_BASE_SIZED_H

#include <codedeploy/base.h>

/*
 * The one place that knows how structs that begin with `size_t size` cross the boundary.
 *
 * cdp_sized_read() copies a caller's struct into ours of `own_bytes`: an older caller's missing
 * tail becomes zero; a newer caller's unknown tail must be zero. cdp_sized_write() fills a caller's
 * struct from ours: as much as its size covers, and zero beyond what we know.
 *
 * Both return CDP_OK; CDP_ERR_ARGUMENT for NULL; CDP_ERR_STRUCT for a size that cannot be one (too
 * small to hold more than itself, or absurdly large) or an unknown tail that is not zero.
 */
cdp_status cdp_sized_read(void *own, size_t own_bytes, const void *given);
cdp_status cdp_sized_write(void *given, const void *own, size_t own_bytes);

#endif
