/* SPDX-License-Identifier: MIT */
#include "document/yaml_events.h"

#include <yaml.h>

#include "base/allocator.h"

struct cdp_yaml_reader {
    cdp_allocator allocator;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    cdp_string text;
    bool ascii;
    /* libyaml counts characters; this pair moves along with its marks. */
    size_t characters;
    size_t bytes;
};

static bool continues(const cdp_yaml_reader *reader, size_t at)
{
    return at < reader->text.length && (reader->text.data[at] & 0xC0) == 0x80;
}

/* The byte where a character begins, given its number. Marks go forth, and back a little. */
static size_t byte_of(cdp_yaml_reader *reader, size_t character)
{
    if (reader->ascii)
        return character < reader->text.length ? character : reader->text.length;
    for (; reader->characters < character && reader->bytes < reader->text.length;
         reader->characters++) {
        do
            reader->bytes++;
        while (continues(reader, reader->bytes));
    }
    for (; reader->characters > character; reader->characters--) {
        do
            reader->bytes--;
        while (continues(reader, reader->bytes));
    }
    return reader->bytes;
}

static cdp_status open_reader(cdp_yaml_reader **reader, cdp_string text, bool ascii,
                              const cdp_allocator *allocator)
{
    cdp_yaml_reader *made = cdp_allocate_zeroed(allocator, sizeof *made);

    if (!made)
        return CDP_ERR_NOMEM;
    made->allocator = *allocator;
    made->text = text;
    made->ascii = ascii;
    if (!yaml_parser_initialize(&made->parser)) {
        cdp_release(allocator, made, sizeof *made);
        return CDP_ERR_NOMEM;
    }
    yaml_parser_set_encoding(&made->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&made->parser, (const unsigned char *)text.data, text.length);
    *reader = made;
    return CDP_OK;
}

static void close_reader(cdp_yaml_reader *reader)
{
    if (reader->has_event)
        yaml_event_delete(&reader->event);
    yaml_parser_delete(&reader->parser);
    cdp_release(&reader->allocator, reader, sizeof *reader);
}

/* Mostly there is none. */
static inline cdp_string c_string(const yaml_char_t *text)
{
    return text ? cdp_string_of((const char *)text) : (cdp_string){NULL, 0};
}

static cdp_scalar_style style_of(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        return CDP_STYLE_SINGLE_QUOTED;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        return CDP_STYLE_DOUBLE_QUOTED;
    case YAML_LITERAL_SCALAR_STYLE:
        return CDP_STYLE_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE:
        return CDP_STYLE_FOLDED;
    default:
        return CDP_STYLE_PLAIN;
    }
}

static void read_scalar(const yaml_event_t *from, cdp_yaml_event *event)
{
    event->kind = CDP_YAML_SCALAR;
    event->style = style_of(from->data.scalar.style);
    event->text = cdp_string_slice((const char *)from->data.scalar.value, from->data.scalar.length);
    event->anchor = c_string(from->data.scalar.anchor);
    event->tag = c_string(from->data.scalar.tag);
    /* The parser takes the tag `!` away and leaves only this trace of it. */
    if (!event->tag.data && event->style != CDP_STYLE_PLAIN && from->data.scalar.plain_implicit)
        event->tag = CDP_STR("!");
}

static cdp_status failure(cdp_yaml_reader *reader, cdp_yaml_event *event)
{
    const yaml_parser_t *parser = &reader->parser;

    if (parser->error == YAML_MEMORY_ERROR)
        return CDP_ERR_NOMEM;
    event->start = byte_of(reader, parser->problem_mark.index);
    event->end = event->start;
    return CDP_ERR_INVALID;
}

static cdp_status next_event(cdp_yaml_reader *reader, cdp_yaml_event *event)
{
    const yaml_event_t *from = &reader->event;

    *event = (cdp_yaml_event){CDP_YAML_END};
    do {
        if (reader->has_event)
            yaml_event_delete(&reader->event);
        reader->has_event = false;
        if (!yaml_parser_parse(&reader->parser, &reader->event))
            return failure(reader, event);
        reader->has_event = true;
    } while (from->type == YAML_STREAM_START_EVENT);
    event->start = byte_of(reader, from->start_mark.index);
    event->end = byte_of(reader, from->end_mark.index);
    switch (from->type) {
    case YAML_DOCUMENT_START_EVENT:
        event->kind = CDP_YAML_DOCUMENT_START;
        break;
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        event->kind = CDP_YAML_DOCUMENT_END;
        break;
    case YAML_ALIAS_EVENT:
        event->kind = CDP_YAML_ALIAS;
        event->text = c_string(from->data.alias.anchor);
        break;
    case YAML_SCALAR_EVENT:
        read_scalar(from, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        event->kind = CDP_YAML_SEQUENCE_START;
        event->anchor = c_string(from->data.sequence_start.anchor);
        event->tag = c_string(from->data.sequence_start.tag);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        /* Of a block collection this is what stands behind it. */
        if (event->end > event->start && !strchr("]}", reader->text.data[event->start]))
            event->end = event->start;
        break;
    case YAML_MAPPING_START_EVENT:
        event->kind = CDP_YAML_MAPPING_START;
        event->anchor = c_string(from->data.mapping_start.anchor);
        event->tag = c_string(from->data.mapping_start.tag);
        break;
    default:
        break;
    }
    return CDP_OK;
}

const cdp_yaml_backend cdp_yaml_libyaml = {"libyaml", open_reader, next_event, close_reader};
