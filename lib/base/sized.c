/* SPDX-License-Identifier: MIT */
#include "base/sized.h"

#include <string.h>

/* No struct of ours will ever come near this: a larger size is uninitialised memory. */
#define LARGEST_STRUCT 4096

static cdp_status check_size(const void *given, size_t *size)
{
    if (!given)
        return CDP_ERR_ARGUMENT;
    memcpy(size, given, sizeof *size);
    if (*size <= sizeof *size || *size > LARGEST_STRUCT)
        return CDP_ERR_STRUCT;
    return CDP_OK;
}

cdp_status cdp_sized_read(void *own, size_t own_bytes, const void *given)
{
    const unsigned char *bytes = given;
    size_t size;
    cdp_status status = check_size(given, &size);

    if (status != CDP_OK)
        return status;
    for (size_t i = own_bytes; i < size; i++) {
        if (bytes[i])
            return CDP_ERR_STRUCT;
    }
    if (size >= own_bytes) {
        memcpy(own, given, own_bytes);
    } else {
        memset(own, 0, own_bytes);
        memcpy(own, given, size);
    }
    memcpy(own, &own_bytes, sizeof own_bytes);
    return CDP_OK;
}

cdp_status cdp_sized_write(void *given, const void *own, size_t own_bytes)
{
    size_t size;
    cdp_status status = check_size(given, &size);

    if (status != CDP_OK)
        return status;
    if (size > own_bytes)
        memset((unsigned char *)given + own_bytes, 0, size - own_bytes);
    memcpy((unsigned char *)given + sizeof size, (const unsigned char *)own + sizeof size,
           (size < own_bytes ? size : own_bytes) - sizeof size);
    return CDP_OK;
}
