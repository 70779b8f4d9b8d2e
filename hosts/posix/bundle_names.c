/* SPDX-License-Identifier: MIT */
#include "bundle_names.h"

#include <endian.h>
#include <stdlib.h>
#include <sys/random.h>

static unsigned char fold(char byte)
{
    return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
}

/* The same for eight bytes at once, each by itself. */
static uint64_t fold_eight(uint64_t bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t low = bytes & ones * 0x7F;
    uint64_t from_a = low + ones * (0x80 - 'A');
    uint64_t past_z = low + ones * (0x7F - 'Z');
    uint64_t is_capital = (from_a ^ past_z) & ~bytes & ones * 0x80;

    return bytes | is_capital >> 2;
}

/* Up to eight bytes, the first of them lowest. */
static uint64_t read_word(const char *bytes, size_t length)
{
    uint64_t word = 0;

    memcpy(&word, bytes, length);
    return le64toh(word);
}

static uint64_t rotate(uint64_t value, unsigned bits)
{
    return value << bits | value >> (64 - bits);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

static void sip_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

/* SipHash-1-3 with a key that nobody knows: a bundle cannot choose names that meet in one bucket. */
static uint64_t hash(const px_bundle_names *names, const char *path, size_t length)
{
    uint64_t v[4] = {names->key[0] ^ 0x736f6d6570736575u, names->key[1] ^ 0x646f72616e646f6du,
                     names->key[0] ^ 0x6c7967656e657261u, names->key[1] ^ 0x7465646279746573u};
    uint64_t last = (uint64_t)(length & 0xFF) << 56;

    for (; length >= 8; path += 8, length -= 8)
        sip_word(v, fold_eight(read_word(path, 8)));
    sip_word(v, last | fold_eight(read_word(path, length)));
    v[2] ^= 0xFF;
    sip_round(v);
    sip_round(v);
    sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static bool is_alike(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (fold(a[i]) != fold(b[i]))
            return false;
    }
    return true;
}

void px_bundle_names_release(px_bundle_names *names)
{
    free(names->nodes);
    free(names->buckets);
    px_buffer_release(&names->text);
    *names = (px_bundle_names){0};
}

const px_name_node *px_bundle_names_find(const px_bundle_names *names, const char *path,
                                         size_t length, const px_name_node **alike)
{
    uint32_t index;

    if (alike)
        *alike = NULL;
    if (!names->bucket_count)
        return NULL;
    index = names->buckets[hash(names, path, length) & (names->bucket_count - 1)];
    while (index) {
        const px_name_node *node = &names->nodes[index - 1];

        if (node->length == length) {
            if (memcmp(px_node_path(names, node), path, length) == 0)
                return node;
            if (alike && is_alike(px_node_path(names, node), path, length))
                *alike = node;
        }
        index = node->next;
    }
    return NULL;
}

static bool grow(px_bundle_names *names)
{
    size_t capacity = names->capacity ? names->capacity * 2 : 256;
    px_name_node *nodes = realloc(names->nodes, capacity * sizeof *nodes);
    uint32_t *buckets;

    if (!nodes)
        return false;
    names->nodes = nodes;
    if (!names->count && getrandom(names->key, sizeof names->key, 0) != sizeof names->key)
        return false;
    buckets = calloc(capacity * 2, sizeof *buckets);
    if (!buckets)
        return false;
    free(names->buckets);
    names->buckets = buckets;
    names->bucket_count = capacity * 2;
    names->capacity = capacity;
    for (size_t i = 0; i < names->count; i++) {
        uint64_t value = hash(names, px_node_path(names, &nodes[i]), nodes[i].length);
        uint32_t *bucket = &buckets[value & (names->bucket_count - 1)];

        nodes[i].next = *bucket;
        *bucket = (uint32_t)i + 1;
    }
    return true;
}

cdp_status px_bundle_names_add(px_bundle_names *names, const char *path, size_t length,
                               px_kind kind, const char *target)
{
    px_name_node *node;
    uint32_t *bucket;

    if (names->count >= UINT32_MAX - 1)
        return CDP_ERR_LIMIT;
    if (names->count == names->capacity && !grow(names))
        return CDP_ERR_NOMEM;
    if (names->text.length == 0)
        px_put(&names->text, "", 1); /* so that no target has the offset 0 */
    node = &names->nodes[names->count];
    *node = (px_name_node){
        .path = names->text.length, .length = (uint32_t)length, .kind = kind, .target = 0};
    px_put(&names->text, path, length);
    px_put(&names->text, "", 1);
    if (target) {
        node->target = names->text.length;
        px_put(&names->text, target, strlen(target) + 1);
    }
    if (names->text.failed)
        return CDP_ERR_NOMEM;
    bucket = &names->buckets[hash(names, path, length) & (names->bucket_count - 1)];
    node->next = *bucket;
    *bucket = (uint32_t)++names->count;
    return CDP_OK;
}
