/* SPDX-License-Identifier: MIT */
/*
 * How long it takes to read a document, against the bare event loop of the same YAML library over the
 * same bytes in the same run; and what a node costs. Times are of this process, ratios of the best of
 * several rounds.
 */
#include "config.h"

#include "bench.h"

#include <stdlib.h>

#if CDP_YAML_LIBYAML
#include <yaml.h>
#else
#include <libfyaml.h>
#endif

#include "document/document.h"

enum { ROUNDS = 15 };

/* Text that grows; a benchmark may end when there is no memory. */
typedef struct buffer {
    char *data;
    size_t length;
    size_t capacity;
} buffer;

static void append(buffer *to, const char *format, unsigned a, unsigned b)
{
    if (to->capacity - to->length < 4096) {
        to->capacity = to->capacity * 2 + 65536;
        to->data = realloc(to->data, to->capacity);
        if (!to->data)
            exit(1);
    }
    to->length += (size_t)snprintf(to->data + to->length, 4096, format, a, b);
}

/* A Server AppSpec of 2,000 files, 200 permissions and 200 scripts. */
static buffer make_appspec(void)
{
    static const char *const events[] = {"ApplicationStop", "BeforeInstall", "AfterInstall",
                                         "ApplicationStart", "ValidateService"};
    buffer text = {NULL, 0, 0};

    append(&text, "version: 0.0\nos: linux\nfiles:\n", 0, 0);
    for (unsigned i = 0; i < 2000; i++) {
        append(&text, "  - source: build/assets/module%u/file%u.js\n", i % 40, i);
        append(&text, "    destination: /var/www/app/assets/module%u\n", i % 40, 0);
    }
    append(&text, "permissions:\n", 0, 0);
    for (unsigned i = 0; i < 200; i++) {
        append(&text, "  - object: /var/www/app/assets/module%u/dir%u\n", i % 40, i);
        append(&text, "    pattern: \"*.js\"\n    owner: www-data\n    group: www-data\n", 0, 0);
        append(&text, "    mode: 644\n    type:\n      - file\n", 0, 0);
    }
    append(&text, "hooks:\n", 0, 0);
    for (unsigned e = 0; e < 5; e++) {
        append(&text, "  ", 0, 0);
        append(&text, events[e], 0, 0);
        append(&text, ":\n", 0, 0);
        for (unsigned i = 0; i < 40; i++) {
            append(&text, "    - location: scripts/step%u/run%u.sh\n", e, i);
            append(&text, "      timeout: %u\n      runas: root\n", 30 + i, 0);
        }
    }
    return text;
}

static buffer make_keys(void)
{
    buffer text = {NULL, 0, 0};

    for (unsigned i = 0; i < 20000; i++)
        append(&text, "key%u: value%u\n", i * 2654435761u % 1000003, i);
    return text;
}

static buffer make_deep(void)
{
    buffer text = {NULL, 0, 0};

    for (unsigned copy = 0; copy < 100; copy++) {
        append(&text, "- ", 0, 0);
        for (unsigned i = 0; i < 62; i++)
            append(&text, "{k%u: ", i, 0);
        append(&text, "x", 0, 0);
        for (unsigned i = 0; i < 62; i++)
            append(&text, "}", 0, 0);
        append(&text, "\n", 0, 0);
    }
    return text;
}

static buffer make_items(void)
{
    buffer text = {NULL, 0, 0};

    for (unsigned i = 0; i < 100000; i++)
        append(&text, "- %u\n", i, 0);
    return text;
}

/* What a fleet's inventory looks like: JSON, which is read as such and as YAML. */
static buffer make_inventory(void)
{
    buffer text = {NULL, 0, 0};

    append(&text, "{\"instances\": [\n", 0, 0);
    for (unsigned i = 0; i < 5000; i++) {
        append(&text, i ? ",\n" : "", 0, 0);
        append(&text, "  {\"instanceId\": \"i-%08x%08x\", ", i * 2654435761u, i);
        append(&text, "\"zone\": \"eu-west-1%c\", \"healthy\": true, \"weight\": %u}", 'a' + i % 3,
               i % 100);
    }
    append(&text, "\n]}\n", 0, 0);
    return text;
}

static size_t bare_loop(const buffer *text)
{
    size_t events = 0;
#if CDP_YAML_LIBYAML
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
#else
    const struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_1 |
                                                 FYPCF_DISABLE_DEPTH_LIMIT};
    struct fy_parser *parser = fy_parser_create(&config);
    struct fy_event *event;

    if (!parser || fy_parser_set_string(parser, text->data, text->length) != 0)
        exit(1);
    while ((event = fy_parser_parse(parser)) != NULL) {
        fy_parser_event_free(parser, event);
        events++;
    }
    fy_parser_destroy(parser);
#endif
    return events;
}

static cdp_document *parse(const buffer *text, cdp_notation notation)
{
    cdp_document_options options = {.notation = notation, .limits = {.size = sizeof(cdp_limits)}};
    cdp_document *document = NULL;

    cdp_limits_default(&options.limits);
    options.limits.input_bytes = text->length;
    if (cdp_document_parse(text->data, text->length, &options, NULL, NULL, &document) != CDP_OK) {
        fprintf(stderr, "the document is refused\n");
        exit(1);
    }
    return document;
}

/* Rounds of the two alternate, so that both see the same machine. */
static void measure(const char *name, const buffer *text, cdp_notation notation)
{
    double bare = 1e9;
    double full = 1e9;
    cdp_document *document = parse(text, notation);
    size_t nodes = cdp_document_node_count(document);
    size_t memory = cdp_document_memory(document);

    cdp_document_free(document);
    for (int round = 0; round < ROUNDS; round++) {
        double begin = bench_seconds();
        double middle;

        bare_loop(text);
        middle = bench_seconds();
        cdp_document_free(parse(text, notation));
        full = bench_seconds() - middle < full ? bench_seconds() - middle : full;
        bare = middle - begin < bare ? middle - begin : bare;
    }
    printf("%-24s %8zu bytes  bare loop %7.3f ms  parse %7.3f ms  ratio %.2f  "
           "%zu nodes, %.1f bytes each beside the text\n",
           name, text->length, bare * 1e3, full * 1e3, full / bare, nodes,
           ((double)memory - 2.0 * (double)text->length) / (double)nodes);
}

int main(void)
{
    const struct {
        const char *name;
        buffer text;
        cdp_notation notation;
    } inputs[] = {
        {"AppSpec 2000/200/200", make_appspec(), CDP_NOTATION_YAML},
        {"20,000 keys", make_keys(), CDP_NOTATION_YAML},
        {"64 deep", make_deep(), CDP_NOTATION_YAML},
        {"100,000 items", make_items(), CDP_NOTATION_YAML},
        {"inventory as YAML", make_inventory(), CDP_NOTATION_YAML},
        {"inventory as JSON", make_inventory(), CDP_NOTATION_JSON},
    };

    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        measure(inputs[i].name, &inputs[i].text, inputs[i].notation);
        free(inputs[i].text.data);
    }
    return 0;
}
