/* SPDX-License-Identifier: MIT */
#include "document/yaml_events.h"

#include <libfyaml.h>

#include "base/allocator.h"
#include "base/strings.h"
#include "document/look.h"

/*
 * libfyaml, led by the hand. Our own look at the text, which follows libyaml's grammar to the
 * letter, goes one event ahead: it says where each event stands, and stops where libyaml would.
 * libfyaml makes the same events on its own. Where it reads a text otherwise than libyaml does (it
 * knows a later YAML, and 0.7 has faults of its own), its answer is not taken, and the look's
 * counts from there on: the choice of the library changes nothing that a user can see.
 *
 * Nor does libfyaml see more of the text than a little beyond where the look is. Otherwise it reads
 * on for as long as something may still turn out to be a key, and keeps hundreds of bytes for each
 * byte of that.
 */
enum { MOST_AHEAD = 2048 };

struct cdp_yaml_reader {
    cdp_allocator allocator;
    struct fy_parser *parser; /* none once it disagreed */
    struct fy_diag *diag;     /* as long as there is a parser */
    struct fy_event *event;
    cdp_look look;
    size_t given; /* bytes of the text that libfyaml has */
    /* It counts from 0 again after every few pages: where it last did so, and where it came to. */
    size_t base;
    size_t last;
    cdp_text text; /* of the look, when it is needed; the tag's stands in front */
};

/*
 * libfyaml 0.7 reads and writes out of bounds while it renders its messages. So they are collected,
 * which renders nothing, and never looked at; what it prints in spite of that goes here.
 */
static void print_nothing(struct fy_diag *diag, void *user, const char *text, size_t length)
{
    (void)diag;
    (void)user;
    (void)text;
    (void)length;
}

static bool create_parser(cdp_yaml_reader *reader)
{
    const struct fy_diag_cfg diag_config = {.output_fn = print_nothing, .level = FYET_MAX};
    struct fy_diag *diag = fy_diag_create(&diag_config);
    const struct fy_parse_cfg config = {
        .flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_1 | FYPCF_JSON_NONE |
                 FYPCF_ALLOW_DUPLICATE_KEYS | FYPCF_DISABLE_DEPTH_LIMIT |
                 FYPCF_SLOPPY_FLOW_INDENTATION,
        .diag = diag,
    };

    if (!diag)
        return false;
    fy_diag_set_collect_errors(diag, true);
    reader->parser = fy_parser_create(&config);
    if (reader->parser)
        reader->diag = diag;
    else
        fy_diag_destroy(diag);
    return reader->parser != NULL;
}

/* libfyaml asks for more: there is an end for it where it must not go further, and it disagrees. */
static ssize_t give(void *user, void *buffer, size_t count)
{
    cdp_yaml_reader *reader = user;
    const cdp_string text = reader->look.text;
    size_t until = reader->look.mark.at + MOST_AHEAD;
    size_t left;

    if (until > text.length)
        until = text.length;
    left = until > reader->given ? until - reader->given : 0;
    count = count < left ? count : left;
    if (count > 0)
        memcpy(buffer, text.data + reader->given, count);
    reader->given += count;
    return (ssize_t)count;
}

static void dismiss(cdp_yaml_reader *reader)
{
    if (reader->event)
        fy_parser_event_free(reader->parser, reader->event);
    if (reader->parser) {
        /* Not to collect is what frees what was collected; destroying forgets it. */
        fy_diag_set_collect_errors(reader->diag, false);
        fy_parser_destroy(reader->parser);
        fy_diag_destroy(reader->diag);
    }
    reader->event = NULL;
    reader->parser = NULL;
}

static void close_reader(cdp_yaml_reader *reader)
{
    dismiss(reader);
    cdp_look_release(&reader->look);
    cdp_text_release(&reader->text);
    cdp_release(&reader->allocator, reader, sizeof *reader);
}

static cdp_status open_reader(cdp_yaml_reader **reader, cdp_string text, bool ascii,
                              const cdp_allocator *allocator)
{
    cdp_yaml_reader *made = cdp_allocate_zeroed(allocator, sizeof *made);

    (void)ascii;
    if (!made)
        return CDP_ERR_NOMEM;
    made->allocator = *allocator;
    cdp_look_init(&made->look, text, UINT32_MAX, allocator);
    cdp_text_init(&made->text, allocator);
    if (!create_parser(made) || fy_parser_set_input_callback(made->parser, made, give) != 0) {
        close_reader(made);
        return CDP_ERR_NOMEM;
    }
    *reader = made;
    return CDP_OK;
}

static cdp_string token_text(struct fy_token *token)
{
    cdp_string text = {NULL, 0};

    if (token)
        text.data = fy_token_get_text(token, &text.length);
    return text;
}

static cdp_scalar_style style_of(struct fy_token *scalar)
{
    static const cdp_scalar_style styles[] = {
        [FYSS_PLAIN] = CDP_STYLE_PLAIN,
        [FYSS_SINGLE_QUOTED] = CDP_STYLE_SINGLE_QUOTED,
        [FYSS_DOUBLE_QUOTED] = CDP_STYLE_DOUBLE_QUOTED,
        [FYSS_LITERAL] = CDP_STYLE_LITERAL,
        [FYSS_FOLDED] = CDP_STYLE_FOLDED,
    };

    return scalar ? styles[fy_token_scalar_style(scalar)] : CDP_STYLE_PLAIN;
}

/* What libfyaml's event says; of a scalar's text only where it stands, without its quotes. */
static void read_event(struct fy_event *from, cdp_yaml_event *event)
{
    *event = (cdp_yaml_event){.kind = CDP_YAML_DOCUMENT_END};
    switch (from->type) {
    case FYET_DOCUMENT_START:
        event->kind = CDP_YAML_DOCUMENT_START;
        break;
    case FYET_ALIAS:
        event->kind = CDP_YAML_ALIAS;
        event->text = token_text(from->alias.anchor);
        break;
    case FYET_SCALAR:
        event->kind = CDP_YAML_SCALAR;
        event->style = style_of(from->scalar.value);
        if (from->scalar.value) {
            event->start = fy_event_start_mark(from)->input_pos;
            event->end = fy_event_end_mark(from)->input_pos;
        }
        event->anchor = token_text(from->scalar.anchor);
        event->tag = token_text(from->scalar.tag);
        break;
    case FYET_SEQUENCE_START:
        event->kind = CDP_YAML_SEQUENCE_START;
        event->anchor = token_text(from->sequence_start.anchor);
        event->tag = token_text(from->sequence_start.tag);
        break;
    case FYET_MAPPING_START:
        event->kind = CDP_YAML_MAPPING_START;
        event->anchor = token_text(from->mapping_start.anchor);
        event->tag = token_text(from->mapping_start.tag);
        break;
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        event->kind = CDP_YAML_END;
        break;
    default:
        break;
    }
}

/* libfyaml's next event, or what it is instead: the end. */
static void advance(cdp_yaml_reader *reader, cdp_yaml_event *event)
{
    do {
        if (reader->event)
            fy_parser_event_free(reader->parser, reader->event);
        reader->event = fy_parser_parse(reader->parser);
    } while (reader->event && reader->event->type == FYET_STREAM_START);
    if (reader->event)
        read_event(reader->event, event);
    else
        *event = (cdp_yaml_event){.kind = CDP_YAML_DOCUMENT_END};
}

/*
 * Where a scalar says what stands there, quotes aside: on one line, and without escapes. Without
 * data for any other.
 */
static cdp_string literal_text(const cdp_look_event *seen)
{
    cdp_string text = seen->text;

    if (!text.data || seen->many_lines)
        return (cdp_string){NULL, 0};
    if (seen->style == CDP_STYLE_PLAIN)
        return text;
    text = cdp_string_slice(text.data + 1, text.length - 2);
    if (cdp_string_find(text, seen->style == CDP_STYLE_SINGLE_QUOTED ? '\'' : '\\', 0) <
        text.length)
        return (cdp_string){NULL, 0};
    return text;
}

/* What takes work: escapes, folding, the indentation of blocks, tags. */
static cdp_status decode(cdp_yaml_reader *reader, cdp_yaml_event *event)
{
    size_t tag_length;

    cdp_text_clear(&reader->text);
    if (reader->look.event.tag.data)
        cdp_look_put_tag(&reader->look, &reader->text);
    tag_length = reader->text.length;
    if (!event->text.data)
        cdp_look_put_text(&reader->look, &reader->text);
    if (cdp_text_status(&reader->text) != CDP_OK)
        return CDP_ERR_NOMEM;
    if (reader->look.event.tag.data)
        event->tag = cdp_string_slice(reader->text.data, tag_length);
    if (!event->text.data)
        event->text =
            cdp_string_slice(reader->text.data + tag_length, reader->text.length - tag_length);
    return CDP_OK;
}

/* The event as the look has it. */
static cdp_status read_look(cdp_yaml_reader *reader, cdp_yaml_event *event)
{
    const cdp_look_event *seen = &reader->look.event;

    *event = (cdp_yaml_event){
        .kind = seen->kind,
        .style = seen->style,
        .start = seen->start,
        .end = seen->end,
        .text = literal_text(seen),
        .anchor = seen->anchor,
    };
    if (seen->kind == CDP_YAML_ALIAS)
        event->text =
            cdp_string_slice(reader->look.text.data + seen->start + 1, seen->end - seen->start - 1);
    else if (seen->kind == CDP_YAML_SCALAR && !seen->text.data)
        event->text = CDP_STR("");
    if (seen->tag.data || (seen->text.data && !event->text.data))
        return decode(reader, event);
    return CDP_OK;
}

/* Where libfyaml stands, in the whole text: `start` is its own count, `ours` what it should be. */
static size_t whole_place(cdp_yaml_reader *reader, size_t start, size_t ours)
{
    if (start < reader->last)
        reader->base = ours - start;
    reader->last = start;
    return reader->base + start;
}

/*
 * Whether libfyaml saw the same. The text of a scalar is compared by its place, and only when it
 * says what stands there: 0.7 reads memory that it never wrote while it folds lines.
 */
static bool agrees(cdp_yaml_reader *reader, const cdp_yaml_event *ours,
                   const cdp_yaml_event *theirs)
{
    const cdp_look_event *seen = &reader->look.event;
    cdp_string literal = literal_text(seen);
    size_t place;

    if (ours->kind != theirs->kind || ours->style != theirs->style ||
        !cdp_string_equal(ours->anchor, theirs->anchor) ||
        !cdp_string_equal(ours->tag, theirs->tag))
        return false;
    if (ours->kind == CDP_YAML_ALIAS)
        return cdp_string_equal(ours->text, theirs->text);
    if (!literal.data)
        return true;
    place = (size_t)(literal.data - reader->look.text.data);
    return whole_place(reader, theirs->start, place) == place &&
           literal.length == theirs->end - theirs->start;
}

static cdp_status next_event(cdp_yaml_reader *reader, cdp_yaml_event *event)
{
    cdp_yaml_event theirs;
    cdp_status status = cdp_look_next(&reader->look);

    if (status == CDP_ERR_INVALID)
        *event = (cdp_yaml_event){.start = reader->look.place.at, .end = reader->look.place.at};
    if (status == CDP_OK)
        status = read_look(reader, event);
    if (status != CDP_OK || event->kind == CDP_YAML_DOCUMENT_END || !reader->parser)
        return status;
    advance(reader, &theirs);
    if (!agrees(reader, event, &theirs))
        dismiss(reader);
    return CDP_OK;
}

const cdp_yaml_backend cdp_yaml_libfyaml = {"libfyaml", open_reader, next_event, close_reader};
