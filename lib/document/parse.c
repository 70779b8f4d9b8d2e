/* SPDX-License-Identifier: MIT */
#include "document/document.h"

#include "config.h"

#include "base/allocator.h"
#include "document/read_yaml.h"
#include "document/xml.h"

static cdp_notation guess_notation(const cdp_document *document)
{
    for (size_t i = 0; i < document->text_length; i++) {
        char c = document->text[i];

        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        /* `<<` is YAML's merge key. */
        return c == '<' && i + 1 < document->text_length && document->text[i + 1] != '<'
                   ? CDP_NOTATION_XML
                   : CDP_NOTATION_YAML;
    }
    return CDP_NOTATION_YAML;
}

static cdp_status begin(cdp_reading *reading, const char *bytes, size_t length)
{
    cdp_document *document = reading->document;
    void *values;
    cdp_status status = cdp_guard_encoding(reading, bytes, length);

    if (status != CDP_OK)
        return status;
    document->notation = reading->options->notation;
    if (document->notation == CDP_NOTATION_AUTO)
        document->notation = guess_notation(document);
    status = cdp_guard_characters(reading);
    if (status == CDP_OK)
        status = cdp_document_allocate(document, document->text_length + 1, &values);
    if (status == CDP_OK)
        document->values = values;
    return status;
}

static cdp_status read_notation(cdp_reading *reading, const cdp_yaml_backend *backend)
{
    switch (reading->document->notation) {
    case CDP_NOTATION_JSON:
        return cdp_read_json(reading);
    case CDP_NOTATION_XML:
#if CDP_HAVE_EXPAT
        return cdp_read_xml(reading);
#else
        return cdp_reading_fail(reading, CDP_ERR_UNSUPPORTED, CDP_DIAGNOSTIC_XML_UNSUPPORTED, 0, 0,
                                (cdp_string){NULL, 0});
#endif
    default:
        return cdp_read_yaml(reading, backend);
    }
}

static cdp_status finish(cdp_reading *reading)
{
    cdp_status status = cdp_check_values(reading);

    if (status == CDP_OK)
        status = cdp_expand_aliases(reading);
    if (status == CDP_OK)
        status = cdp_settle_keys(reading);
    return status;
}

/* Positions are 32 bits wide; a few are kept for arithmetic with them. */
static size_t most_bytes(const cdp_limits *limits)
{
    const size_t most = (size_t)UINT32_MAX / 2 - 1024;

    return limits->input_bytes < most ? limits->input_bytes : most;
}

static cdp_status refuse_length(cdp_diagnostics *diagnostics, size_t length, size_t most,
                                const cdp_allocator *allocator)
{
    cdp_report report = {
        .code = CDP_DIAGNOSTIC_INPUT_TOO_LARGE,
        .place = {.end_offset = length, .line = 1, .column = 1, .end_line = 1, .end_column = 1}};
    cdp_text numbers;
    size_t first;
    cdp_status status;

    cdp_text_init(&numbers, allocator);
    cdp_text_put_uint(&numbers, length);
    first = numbers.length;
    cdp_text_put_uint(&numbers, most);
    status = cdp_text_status(&numbers);
    if (status == CDP_OK) {
        report.arguments[0] = cdp_string_slice(numbers.data, first);
        report.arguments[1] = cdp_string_slice(numbers.data + first, numbers.length - first);
        status = cdp_diagnostics_report(diagnostics, &report);
    }
    cdp_text_release(&numbers);
    return status == CDP_OK ? CDP_ERR_LIMIT : status;
}

cdp_status cdp_document_parse_with(const cdp_yaml_backend *backend, const char *bytes,
                                   size_t length, const cdp_document_options *options,
                                   const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                   cdp_document **document)
{
    cdp_reading reading = {.options = options, .diagnostics = diagnostics};
    cdp_allocator own;
    cdp_document *made;
    cdp_status status = cdp_allocator_import(&own, allocator);

    if (status != CDP_OK)
        return status;
    if (length > most_bytes(&options->limits))
        return refuse_length(diagnostics, length, most_bytes(&options->limits), &own);
    made = cdp_allocate_zeroed(&own, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    made->allocator = own;
    made->memory = sizeof *made;
    made->memory_limit = 10 * length + (size_t)512 * 1024;
    cdp_arena_init(&made->strings, &own);
    reading.document = made;
    status = begin(&reading, bytes, length);
    if (status == CDP_OK)
        status = read_notation(&reading, backend);
    if (status == CDP_OK)
        status = finish(&reading);
    cdp_release(&own, reading.suspects, reading.suspect_capacity * sizeof *reading.suspects);
    cdp_release(&own, reading.anchors, reading.anchor_capacity * sizeof *reading.anchors);
    if (status != CDP_OK) {
        cdp_document_free(made);
        return status;
    }
    *document = made;
    return CDP_OK;
}

cdp_status cdp_document_parse(const char *bytes, size_t length, const cdp_document_options *options,
                              const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                              cdp_document **document)
{
#if CDP_YAML_LIBYAML
    const cdp_yaml_backend *backend = &cdp_yaml_libyaml;
#else
    const cdp_yaml_backend *backend = &cdp_yaml_libfyaml;
#endif

    return cdp_document_parse_with(backend, bytes, length, options, allocator, diagnostics,
                                   document);
}
