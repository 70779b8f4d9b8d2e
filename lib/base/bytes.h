/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_BYTES_H
#define CDP_BASE_BYTES_H

#include <stdint.h>
#include <string.h>

/* Eight bytes at once, in one word. */
#define CDP_EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

static inline uint64_t cdp_load_bytes(const char *from)
{
    uint64_t word;

    memcpy(&word, from, sizeof word);
    return word;
}

/* The top bit of each byte that is 0. */
static inline uint64_t cdp_zero_bytes(uint64_t word)
{
    return ~(((word & CDP_EACH_BYTE(0x7F)) + CDP_EACH_BYTE(0x7F)) | word | CDP_EACH_BYTE(0x7F));
}

/* The top bit of each byte that is `byte`. */
static inline uint64_t cdp_equal_bytes(uint64_t word, unsigned char byte)
{
    return cdp_zero_bytes(word ^ CDP_EACH_BYTE(byte));
}

/* The top bit of each byte that is a control character of ASCII. */
static inline uint64_t cdp_control_bytes(uint64_t word)
{
    return cdp_zero_bytes(word & CDP_EACH_BYTE(0xE0)) | cdp_equal_bytes(word, 0x7F);
}

#endif
