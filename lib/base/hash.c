/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

/* Eight bytes as a number, the same on every machine; compilers know it for one load. */
static uint64_t eight_bytes(const unsigned char *b)
{
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
           (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
           (uint64_t)b[7] << 56;
}

static uint64_t fewer_bytes(const unsigned char *bytes, size_t length)
{
    uint64_t number = 0;

    while (length-- > 0)
        number = number << 8 | bytes[length];
    return number;
}

static uint64_t mix(uint64_t state, uint64_t number)
{
    state = (state ^ number) * UINT64_C(0x9E3779B97F4A7C15);
    return state ^ state >> 29;
}

uint32_t cdp_hash_bytes(uint32_t hash, const void *bytes, size_t length)
{
    const unsigned char *data = bytes;
    uint64_t mixed = (uint64_t)hash << 32 | (uint32_t)length;

    for (; length >= 8; data += 8, length -= 8)
        mixed = mix(mixed, eight_bytes(data));
    mixed = mix(mixed, fewer_bytes(data, length));
    return (uint32_t)(mixed >> 32 ^ mixed);
}

/* A byte at a time. */
void cdp_hash_sort(cdp_hash_entry *entries, cdp_hash_entry *scratch, size_t count)
{
    for (unsigned shift = 0; shift < 32; shift += 8) {
        size_t starts[257] = {0};
        cdp_hash_entry *from = shift & 8 ? scratch : entries;
        cdp_hash_entry *to = shift & 8 ? entries : scratch;

        for (size_t i = 0; i < count; i++)
            starts[(from[i].hash >> shift & 0xFF) + 1]++;
        for (size_t i = 1; i < 256; i++)
            starts[i] += starts[i - 1];
        for (size_t i = 0; i < count; i++)
            to[starts[from[i].hash >> shift & 0xFF]++] = from[i];
    }
}

size_t cdp_hash_run(const cdp_hash_entry *entries, size_t first, size_t count)
{
    size_t end = first + 1;

    while (end < count && entries[end].hash == entries[first].hash)
        end++;
    return end - first;
}
