/* SPDX-License-Identifier: MIT */
#include "document/yaml_events.h"

#include <libfyaml.h>

#include "base/allocator.h"
#include "base/strings.h"
#include "document/look.h"

/*
 * libfyaml, led by the hand. Our own look at the text, which follows libyaml's grammar to the
 * letter, goes one event ahead: it says where each event stands, and stops where libyaml would.
 * libfyaml makes the same events on its own and gives the texts. Where it reads a text otherwise
 * than libyaml does (it knows a later YAML, and 0.7 has faults of its own), its answer is not
 * taken, and the look's counts from there on: the choice of the library changes nothing that a
 * user can see.
 */
struct cdp_yaml_reader {
    cdp_allocator allocator;
    struct fy_parser *parser; /* none once it disagreed */
    struct fy_event *event;
    cdp_look look;
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

static struct fy_parser *create_parser(void)
{
    const struct fy_diag_cfg diag_config = {.output_fn = print_nothing, .level = FYET_MAX};
    struct fy_diag *diag = fy_diag_create(&diag_config);
    const struct fy_parse_cfg config = {
        .flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_1 | FYPCF_JSON_NONE |
                 FYPCF_ALLOW_DUPLICATE_KEYS | FYPCF_DISABLE_DEPTH_LIMIT |
                 FYPCF_SLOPPY_FLOW_INDENTATION,
        .diag = diag,
    };
    struct fy_parser *parser;

    if (!diag)
        return NULL;
    fy_diag_set_collect_errors(diag, true);
    parser = fy_parser_create(&config);
    fy_diag_destroy(diag);
    return parser;
}

static void dismiss(cdp_yaml_reader *reader)
{
    if (reader->event)
        fy_parser_event_free(reader->parser, reader->event);
    if (reader->parser)
        fy_parser_destroy(reader->parser);
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
    made->parser = create_parser();
    if (!made->parser || fy_parser_set_string(made->parser, text.data, text.length) != 0) {
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

/*
 * What libfyaml's event says. The text of a scalar that stands on more lines than one is not asked
 * for: 0.7 reads memory that it never wrote while it folds.
 */
static void read_event(const struct fy_event *from, bool many_lines, cdp_yaml_event *event)
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
        event->text = CDP_STR("");
        if (from->scalar.value && !many_lines)
            event->text = token_text(from->scalar.value);
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
        read_event(reader->event, reader->look.event.many_lines, event);
    else
        *event = (cdp_yaml_event){.kind = CDP_YAML_DOCUMENT_END};
}

/* The event as the look has it. A plain scalar on one line says what stands there. */
static cdp_status read_look(cdp_yaml_reader *reader, cdp_yaml_event *event)
{
    const cdp_look_event *seen = &reader->look.event;
    size_t tag_length;

    *event = (cdp_yaml_event){
        .kind = seen->kind,
        .style = seen->style,
        .start = seen->start,
        .end = seen->end,
        .text = seen->kind == CDP_YAML_SCALAR ? CDP_STR("") : (cdp_string){NULL, 0},
        .anchor = seen->anchor,
    };
    if (seen->kind == CDP_YAML_ALIAS)
        event->text =
            cdp_string_slice(reader->look.text.data + seen->start + 1, seen->end - seen->start - 1);
    if (!seen->tag.data && !seen->text.data)
        return CDP_OK;
    if (!seen->tag.data && !seen->many_lines && seen->style == CDP_STYLE_PLAIN) {
        event->text = seen->text;
        return CDP_OK;
    }
    cdp_text_clear(&reader->text);
    if (seen->tag.data)
        cdp_look_put_tag(&reader->look, &reader->text);
    tag_length = reader->text.length;
    cdp_look_put_text(&reader->look, &reader->text);
    if (cdp_text_status(&reader->text) != CDP_OK)
        return CDP_ERR_NOMEM;
    if (seen->tag.data)
        event->tag = cdp_string_slice(reader->text.data, tag_length);
    event->text =
        cdp_string_slice(reader->text.data + tag_length, reader->text.length - tag_length);
    return CDP_OK;
}

static bool agree(const cdp_yaml_event *a, const cdp_yaml_event *b, bool many_lines)
{
    return a->kind == b->kind && a->style == b->style &&
           (many_lines || cdp_string_equal(a->text, b->text)) &&
           cdp_string_equal(a->anchor, b->anchor) && cdp_string_equal(a->tag, b->tag);
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
    if (!agree(event, &theirs, reader->look.event.many_lines))
        dismiss(reader);
    return CDP_OK;
}

const cdp_yaml_backend cdp_yaml_libfyaml = {"libfyaml", open_reader, next_event, close_reader};
