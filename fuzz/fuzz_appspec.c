/* SPDX-License-Identifier: MIT */
/*
 * AppSpecs, read and written back. The first byte chooses the platform (its lower two bits), the
 * profile, whether comments suppress, whether aliases are expanded and whether a revision is there;
 * the second lets a request for memory fail, '0' none. The rest is the text.
 *
 * What was accepted is written as YAML, JSON and XML; each must be read back to an equal AppSpec.
 */
#include <codedeploy/appspec.h>

#include "memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A revision whose entries are what the length of their paths says. */
static cdp_status look(cdp_string path, cdp_appspec_entry *entry, void *user)
{
    (void)user;
    entry->kind = (cdp_appspec_entry_kind)(CDP_APPSPEC_ENTRY_MISSING + path.length % 4);
    entry->executable = path.length & 4;
    return path.length % 31 == 30 ? CDP_ERR_HOST_FIRST : CDP_OK;
}

static cdp_status read_head(cdp_string path, char *buffer, size_t capacity, size_t *length,
                            void *user)
{
    (void)user;
    *length = path.length < capacity ? path.length : capacity;
    memcpy(buffer, path.data, *length);
    return CDP_OK;
}

static void write_and_read(const cdp_appspec *appspec, cdp_appspec_notation notation)
{
    cdp_appspec_options options = {.size = sizeof options,
                                   .platform = cdp_appspec_platform(appspec),
                                   .host = CDP_APPSPEC_HOST_ANY,
                                   .notation = notation};
    cdp_appspec *again = NULL;
    cdp_text *text = NULL;
    cdp_status status;

    must(cdp_text_new(NULL, &text) == CDP_OK);
    status = cdp_appspec_write(appspec, notation, text);
    /* XML has no place for control characters, and none for some shapes. */
    must(status == CDP_OK || status == CDP_ERR_UNSUPPORTED);
    if (status == CDP_OK) {
        must(cdp_appspec_parse(cdp_text_string(text).data, cdp_text_string(text).length, &options,
                               NULL, &again) == CDP_OK);
        must(cdp_appspec_equal(appspec, again));
    }
    cdp_appspec_free(again);
    cdp_text_free(text);
}

static void write_all(const cdp_appspec *appspec)
{
    cdp_text *text = NULL;

    for (int notation = CDP_APPSPEC_NOTATION_YAML; notation <= CDP_APPSPEC_NOTATION_XML; notation++)
        write_and_read(appspec, (cdp_appspec_notation)notation);
    must(cdp_text_new(NULL, &text) == CDP_OK);
    must(cdp_appspec_write_normalized(appspec, CDP_APPSPEC_NOTATION_JSON, text) == CDP_OK);
    must(cdp_appspec_write_normalized(appspec, CDP_APPSPEC_NOTATION_YAML, text) == CDP_OK);
    cdp_text_free(text);
}

static void compare(const char *text, size_t size, const cdp_allocator *allocator)
{
    cdp_appspec_options options = {.size = sizeof options, .allocator = allocator};
    cdp_appspec_comparison *comparison = NULL;

    (void)cdp_appspec_compare(text, size, &options, NULL, &comparison);
    cdp_appspec_comparison_free(comparison);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cdp_appspec_bundle bundle = {.size = sizeof bundle, .look = look, .read_head = read_head};
    cdp_appspec_options options = {.size = sizeof options};
    cdp_diagnostics *diagnostics = NULL;
    cdp_appspec *appspec = NULL;
    fuzz_memory memory;
    cdp_status status;

    if (size < 2)
        return 0;
    fuzz_memory_init(&memory, data[1] == '0' ? 0 : data[1]);
    options.allocator = &memory.allocator;
    options.platform = (cdp_platform)(data[0] & 3);
    options.profile = data[0] & 4 ? CDP_APPSPEC_PROFILE_STRICT : CDP_APPSPEC_PROFILE_AGENT;
    options.suppressions = data[0] & 8;
    options.expand_aliases = data[0] & 16;
    options.bundle = data[0] & 32 ? &bundle : NULL;
    data += 2;
    size -= 2;
    must(cdp_diagnostics_new(NULL, NULL, &diagnostics) == CDP_OK);
    status = cdp_appspec_parse((const char *)data, size, &options, diagnostics, &appspec);
    must((status == CDP_OK) == (appspec != NULL));
    if (status == CDP_OK)
        must(cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) == 0);
    else
        must(status == CDP_ERR_NOMEM || status == CDP_ERR_HOST_FIRST ||
             cdp_diagnostics_count_at_least(diagnostics, CDP_SEVERITY_ERROR) > 0);
    if (appspec)
        write_all(appspec);
    cdp_appspec_free(appspec);
    cdp_diagnostics_free(diagnostics);
    compare((const char *)data, size, &memory.allocator);
    must(memory.live == 0);
    return 0;
}
