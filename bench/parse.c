/* SPDX-License-Identifier: MIT */
/*
 * How long it takes to read a document and to read and check an AppSpec, against the bare event loop
 * of the same YAML library over the same bytes in the same run; and what a node costs. Times are of
 * this process, ratios of the best of many rounds that take turns.
 *
 * Both libraries are linked, and one reads after the other: cdp_document_parse(), which AppSpecs are
 * read with, leads here to the one whose turn it is (the linker's --wrap).
 */
#include "bench.h"
#include "documents.h"

#include <codedeploy/codedeploy.h>

#include <libfyaml.h>
#include <malloc.h>
#include <stdlib.h>
#include <yaml.h>

#include "document/read_yaml.h"

enum { ROUNDS = 25 };

static const cdp_yaml_backend *backend;

cdp_status __wrap_cdp_document_parse(const char *bytes, size_t length,
                                     const cdp_document_options *options,
                                     const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                     cdp_document **document);

cdp_status __wrap_cdp_document_parse(const char *bytes, size_t length,
                                     const cdp_document_options *options,
                                     const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                     cdp_document **document)
{
    return cdp_document_parse_with(backend, bytes, length, options, allocator, diagnostics,
                                   document);
}

static buffer make_keys(void)
{
    buffer text = {NULL, 0, 0};

    for (unsigned i = 0; i < 20000; i++)
        bench_append(&text, "key%u: value%u\n", i * 2654435761u % 1000003, i);
    return text;
}

static buffer make_deep(void)
{
    buffer text = {NULL, 0, 0};

    for (unsigned copy = 0; copy < 100; copy++) {
        bench_append(&text, "- ", 0, 0);
        for (unsigned i = 0; i < 62; i++)
            bench_append(&text, "{k%u: ", i, 0);
        bench_append(&text, "x", 0, 0);
        for (unsigned i = 0; i < 62; i++)
            bench_append(&text, "}", 0, 0);
        bench_append(&text, "\n", 0, 0);
    }
    return text;
}

static buffer make_items(void)
{
    buffer text = {NULL, 0, 0};

    for (unsigned i = 0; i < 100000; i++)
        bench_append(&text, "- %u\n", i, 0);
    return text;
}

/* What a fleet's inventory looks like: JSON, which is read as such and as YAML. */
static buffer make_inventory(void)
{
    buffer text = {NULL, 0, 0};

    bench_append(&text, "{\"instances\": [\n", 0, 0);
    for (unsigned i = 0; i < 5000; i++) {
        bench_append(&text, i ? ",\n" : "", 0, 0);
        bench_append(&text, "  {\"instanceId\": \"i-%08x%08x\", ", i * 2654435761u, i);
        bench_append(&text, "\"zone\": \"eu-west-1%c\", \"healthy\": true, \"weight\": %u}",
                     'a' + i % 3, i % 100);
    }
    bench_append(&text, "\n]}\n", 0, 0);
    return text;
}

static size_t bare_libyaml(const buffer *text)
{
    size_t events = 0;
    yaml_parser_t parser;
    yaml_event_t event;
    int done = 0;

    if (!yaml_parser_initialize(&parser))
        exit(1);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text->data, text->length);
    while (!done && yaml_parser_parse(&parser, &event)) {
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        events++;
    }
    yaml_parser_delete(&parser);
    return events;
}

/* With the text of each scalar, which libyaml hands over with the event. */
static size_t bare_libfyaml(const buffer *text)
{
    const struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_1 |
                                                 FYPCF_DISABLE_DEPTH_LIMIT};
    struct fy_parser *parser = fy_parser_create(&config);
    struct fy_event *event;
    size_t events = 0;

    if (!parser || fy_parser_set_string(parser, text->data, text->length) != 0)
        exit(1);
    while ((event = fy_parser_parse(parser)) != NULL) {
        size_t length = 0;

        if (event->type == FYET_SCALAR && event->scalar.value)
            fy_token_get_text(event->scalar.value, &length);
        fy_parser_event_free(parser, event);
        events += length + 1;
    }
    fy_parser_destroy(parser);
    return events;
}

static void refused(void)
{
    fprintf(stderr, "the document is refused\n");
    exit(1);
}

static cdp_document *parse(const buffer *text, cdp_notation notation)
{
    cdp_document_options options = {.notation = notation, .limits = {.size = sizeof(cdp_limits)}};
    cdp_document *document = NULL;

    cdp_limits_default(&options.limits);
    options.limits.input_bytes = text->length;
    if (cdp_document_parse_with(backend, text->data, text->length, &options, NULL, NULL,
                                &document) != CDP_OK)
        refused();
    return document;
}

static void validate(const buffer *text)
{
    cdp_appspec_options options = {.size = sizeof options};
    cdp_diagnostics *diagnostics = NULL;
    cdp_appspec *appspec = NULL;

    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK ||
        cdp_appspec_parse(text->data, text->length, &options, diagnostics, &appspec) != CDP_OK)
        refused();
    cdp_appspec_free(appspec);
    cdp_diagnostics_free(diagnostics);
}

typedef struct input {
    const char *name;
    buffer text;
    cdp_notation notation;
    bool is_appspec;
} input;

static double least(double least_yet, double begin)
{
    double taken = bench_seconds() - begin;

    return taken < least_yet ? taken : least_yet;
}

/* Rounds take turns, so that all see the same machine. False when a goal is missed. */
static bool measure(const input *in)
{
    const buffer *text = &in->text;
    double bare = 1e9;
    double read = 1e9;
    double checked = 1e9;
    cdp_document *document = parse(text, in->notation);
    size_t nodes = cdp_document_node_count(document);
    size_t memory = cdp_document_memory(document);

    cdp_document_free(document);
    for (int round = 0; round < ROUNDS; round++) {
        double begin = bench_seconds();

        (backend == &cdp_yaml_libyaml ? bare_libyaml : bare_libfyaml)(text);
        bare = least(bare, begin);
        begin = bench_seconds();
        cdp_document_free(parse(text, in->notation));
        read = least(read, begin);
        begin = bench_seconds();
        if (in->is_appspec)
            validate(text);
        checked = in->is_appspec ? least(checked, begin) : checked;
    }
    printf("%-9s %-21s %7zu bytes  bare %7.3f ms  read %7.3f ms (%.2f)  ", backend->name, in->name,
           text->length, bare * 1e3, read * 1e3, read / bare);
    printf("%zu nodes, %.1f bytes each beside the text", nodes,
           ((double)memory - 2.0 * (double)text->length) / (double)nodes);
    if (in->is_appspec)
        printf("  checked %7.3f ms (%.2f)", checked * 1e3, checked / bare);
    putchar('\n');
    return !in->is_appspec || bench_wants_at_most("read and check", checked / bare, 1.5);
}

int main(void)
{
    input inputs[] = {
        {"AppSpec 2000/200/200", bench_appspec(), CDP_NOTATION_YAML, true},
        {"20,000 keys", make_keys(), CDP_NOTATION_YAML, false},
        {"64 deep", make_deep(), CDP_NOTATION_YAML, false},
        {"100,000 items", make_items(), CDP_NOTATION_YAML, false},
        {"inventory as YAML", make_inventory(), CDP_NOTATION_YAML, false},
        {"inventory as JSON", make_inventory(), CDP_NOTATION_JSON, false},
    };
    const cdp_yaml_backend *const backends[] = {&cdp_yaml_libyaml, &cdp_yaml_libfyaml};
    bool met = true;

    /* The C library keeps freed memory for the next round, as it does in a program that goes on:
     * otherwise each round measures how the system hands out fresh pages. */
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    for (size_t b = 0; b < 2; b++) {
        backend = backends[b];
        for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
            met = measure(&inputs[i]) && met;
    }
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        free(inputs[i].text.data);
    return met ? 0 : 1;
}
