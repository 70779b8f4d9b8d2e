/* SPDX-License-Identifier: MIT */
/*
 * Both YAML libraries in one program: over the whole corpus, and over texts made from it by small
 * changes, they must give the same tree and the same findings.
 *
 *   test-document-backends [-n CHANGES] [-s SEED] PATH...
 */
#include "parsing.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "document/read_yaml.h"

enum { MOST_SHOWN = 20, LARGEST = 65536 };

static unsigned changes = 20;
static uint64_t seed = 1;
static unsigned compared;
static unsigned different;

static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static size_t below(size_t limit)
{
    return (size_t)(next_random() % limit);
}

/* All that a user can see of a reading. */
static cdp_text *seen_through(const cdp_yaml_backend *backend, const char *text, size_t length,
                              bool expand_aliases)
{
    cdp_document_options options = {.notation = CDP_NOTATION_YAML,
                                    .limits = {.size = sizeof(cdp_limits)},
                                    .expand_aliases = expand_aliases};
    parsed result = {.document = NULL};
    cdp_text *seen;

    assert_int_equal(cdp_limits_default(&options.limits), CDP_OK);
    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &result.diagnostics), CDP_OK);
    result.status = cdp_document_parse_with(backend, text, length, &options, NULL,
                                            result.diagnostics, &result.document);
    assert_true(result.status == CDP_OK || result.status == CDP_ERR_INVALID ||
                result.status == CDP_ERR_LIMIT);
    if (result.document) {
        seen = dump_tree(result.document);
        cdp_node_put_resolved_text(result.document, cdp_document_root(result.document), seen);
    } else {
        assert_int_equal(cdp_text_new(NULL, &seen), CDP_OK);
    }
    cdp_text_put_c(seen, cdp_status_name(result.status));
    dump_findings(result.diagnostics, seen);
    parsed_free(&result);
    return seen;
}

static void show(const char *name, const char *text, size_t length, const cdp_text *expected,
                 const cdp_text *actual)
{
    printf("== %s\n", name);
    fwrite(text, 1, length < 2000 ? length : 2000, stdout);
    printf("-- libyaml\n%s\n-- libfyaml\n%s\n", cdp_text_string(expected).data,
           cdp_text_string(actual).data);
}

static void compare(const char *name, const char *text, size_t length)
{
    bool expand = compared % 2;
    cdp_text *expected = seen_through(&cdp_yaml_libyaml, text, length, expand);
    cdp_text *actual = seen_through(&cdp_yaml_libfyaml, text, length, expand);

    compared++;
    if (!cdp_string_equal(cdp_text_string(expected), cdp_text_string(actual))) {
        if (different++ < MOST_SHOWN)
            show(name, text, length, expected, actual);
    }
    cdp_text_free(expected);
    cdp_text_free(actual);
}

static void insert(char *text, size_t *length, size_t at, const char *piece, size_t bytes)
{
    memmove(text + at + bytes, text + at, *length - at);
    memcpy(text + at, piece, bytes);
    *length += bytes;
}

/* What a text of YAML turns on; a change puts one of these anywhere. */
static const char *const pieces[] = {
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    ":",
    ": ",
    "- ",
    "-",
    "? ",
    "?",
    ",",
    "[",
    "]",
    "{",
    "}",
    "#",
    " #",
    "&a ",
    "*a ",
    "!",
    "!!str ",
    "!<x> ",
    "|",
    ">",
    "|-",
    ">+2",
    "\n ",
    "\n  - ",
    "'",
    "\"",
    "%",
    "%YAML",
    "@",
    "`",
    "---",
    "\n---\n",
    "...",
    "<<: ",
    "\\",
    "\\x41",
    "\\\n",
    "~",
    "a",
    "0",
    "\xC3\xA9",
    "\xEF\xBB\xBF",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "key: value\n",
    "? a\n: b\n",
    "- - a\n",
    "{a: b}",
    "[a: b]",
    "\"a\":b",
    "!e!t ",
    "a b\n  c",
};

/* A text with one to three small changes. `text` has room for twice its length and some. */
static void change(char *text, size_t *length)
{
    for (size_t rounds = 1 + below(3); rounds > 0; rounds--) {
        size_t at = below(*length + 1);
        size_t span = below(12);
        const char *piece = pieces[below(sizeof pieces / sizeof *pieces)];

        if (span > *length - at)
            span = *length - at;
        switch (below(4)) {
        case 0:
            memmove(text + at, text + at + span, *length - at - span);
            *length -= span;
            break;
        case 1: {
            char copy[12];

            memcpy(copy, text + at, span);
            insert(text, length, below(*length + 1), copy, span);
            break;
        }
        default:
            insert(text, length, at, piece, strlen(piece));
        }
    }
}

static int compare_file(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    size_t length;
    char *text, *changed;

    (void)where;
    if (kind != FTW_F || info->st_size > LARGEST)
        return 0;
    text = read_file(path, &length);
    compare(path, text ? text : "", length);
    changed = malloc(length * 2 + 256);
    assert_non_null(changed);
    for (unsigned i = 0; i < changes; i++) {
        size_t changed_length = length;

        if (length > 0)
            memcpy(changed, text, length);
        change(changed, &changed_length);
        compare(path, changed, changed_length);
    }
    free(changed);
    free(text);
    return 0;
}

int main(int argc, char **argv)
{
    int option;

    while ((option = getopt(argc, argv, "n:s:")) != -1) {
        if (option == 'n')
            changes = (unsigned)strtoul(optarg, NULL, 10);
        else if (option == 's')
            seed = strtoull(optarg, NULL, 10);
        else
            return 2;
    }
    for (int i = optind; i < argc; i++) {
        if (nftw(argv[i], compare_file, 16, FTW_PHYS) != 0) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            return 1;
        }
    }
    printf("%u texts compared, %u differ\n", compared, different);
    return different > 0 || compared < 500;
}
