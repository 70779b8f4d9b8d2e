/* SPDX-License-Identifier: MIT */
#include "document/read_yaml.h"

#include "document/look.h"
#include "document/second_look.h"

static cdp_status add_labels(cdp_reading *reading, const cdp_yaml_event *event)
{
    cdp_status status = CDP_OK;

    if (event->tag.data) {
        status = cdp_reading_tag(reading, event->tag);
        if (status == CDP_OK)
            status = cdp_reading_suspect(reading);
    }
    if (status == CDP_OK && event->anchor.data)
        status = cdp_reading_anchor(reading, event->anchor);
    return status;
}

static cdp_status take_scalar(cdp_reading *reading, const cdp_yaml_event *event)
{
    cdp_status status;

    if (reading->at_key && cdp_string_equal_c(event->text, "<<"))
        reading->has_merge_key = true;
    status = cdp_reading_add(reading, event->style, event->start, event->end, event->text);
    if (status == CDP_OK && event->style == CDP_STYLE_PLAIN && !event->tag.data &&
        cdp_is_suspect(event->text))
        status = cdp_reading_suspect(reading);
    return status;
}

static cdp_status take(cdp_reading *reading, const cdp_yaml_event *event)
{
    cdp_status status;

    switch (event->kind) {
    case CDP_YAML_SCALAR:
        status = take_scalar(reading, event);
        break;
    case CDP_YAML_ALIAS:
        reading->alias_count++;
        return cdp_reading_add(reading, CDP_FORM_ALIAS, event->start, event->end, event->text);
    case CDP_YAML_SEQUENCE_START:
        status = cdp_reading_open(reading, CDP_FORM_SEQUENCE, event->start);
        break;
    case CDP_YAML_MAPPING_START:
        status = cdp_reading_open(reading, CDP_FORM_MAPPING, event->start);
        break;
    case CDP_YAML_END:
        cdp_reading_close(reading, event->end > event->start ? event->end : reading->last_end);
        return CDP_OK;
    default:
        return CDP_OK;
    }
    return status == CDP_OK ? add_labels(reading, event) : status;
}

/* The library says no: tell why, in our own words. The tree's memory is needed for that. */
static cdp_status explain(cdp_reading *reading, size_t at)
{
    cdp_status status;

    cdp_tree_release(reading->document, &reading->document->tree);
    status = cdp_second_look(reading);
    return status == CDP_OK ? cdp_reading_fail(reading, CDP_ERR_INVALID, CDP_DIAGNOSTIC_YAML_SYNTAX,
                                               at, at, CDP_STR("the YAML library refuses it"))
                            : status;
}

static cdp_status read_events(cdp_reading *reading, const cdp_yaml_backend *backend,
                              cdp_yaml_reader *reader)
{
    cdp_yaml_event event;
    cdp_status status;

    for (;;) {
        status = backend->next(reader, &event);
        if (status == CDP_ERR_INVALID)
            return explain(reading, event.start);
        if (status != CDP_OK)
            return status;
        if (event.kind == CDP_YAML_DOCUMENT_END)
            return cdp_count_rest(reading, event.end);
        if (event.kind == CDP_YAML_DOCUMENT_START)
            reading->document->document_count = 1;
        status = take(reading, &event);
        if (status != CDP_OK)
            return status;
    }
}

/*
 * Where there are more directives than the look takes, or the end of the text. libyaml compares each
 * with all before it, so a flood of them must not get there.
 */
static size_t find_flood(cdp_string text)
{
    size_t count = 0;

    for (size_t at = 0; at < text.length;) {
        size_t from = at;

        while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t'))
            at++;
        if (at < text.length && !(text.data[at] == '%' && at == from) &&
            !strchr("#\r\n", text.data[at]))
            break;
        if (from < text.length && text.data[from] == '%' && ++count > CDP_LOOK_MOST_HANDLES + 1)
            return from;
        while (at < text.length && text.data[at] != '\n' && text.data[at] != '\r')
            at++;
        at += at < text.length;
    }
    return text.length;
}

cdp_status cdp_read_yaml(cdp_reading *reading, const cdp_yaml_backend *backend)
{
    cdp_string text = cdp_reading_text(reading);
    size_t flood = find_flood(text);
    cdp_yaml_reader *reader;
    cdp_status status;

    if (flood < text.length)
        return explain(reading, flood);
    status = backend->open(&reader, text, reading->document->ascii, &reading->document->allocator);
    if (status != CDP_OK)
        return status;
    status = read_events(reading, backend, reader);
    backend->close(reader);
    return status;
}
