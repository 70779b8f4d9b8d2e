/* SPDX-License-Identifier: MIT */
#include "document/yaml_events.h"

#include <libfyaml.h>

#include "base/allocator.h"
#include "base/strings.h"

struct cdp_yaml_reader {
    cdp_allocator allocator;
    struct fy_parser *parser;
    struct fy_event *event;
    cdp_string text;
};

/* Called instead of printing: libfyaml reads out of bounds while it renders its messages. */
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

static void close_reader(cdp_yaml_reader *reader)
{
    if (reader->event)
        fy_parser_event_free(reader->parser, reader->event);
    fy_parser_destroy(reader->parser);
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
    made->text = text;
    made->parser = create_parser();
    if (!made->parser) {
        cdp_release(allocator, made, sizeof *made);
        return CDP_ERR_NOMEM;
    }
    if (fy_parser_set_string(made->parser, text.data, text.length) != 0) {
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

static cdp_status next_event(cdp_yaml_reader *reader, cdp_yaml_event *event)
{
    struct fy_event *from;
    const struct fy_mark *mark;

    *event = (cdp_yaml_event){CDP_YAML_END};
    do {
        if (reader->event)
            fy_parser_event_free(reader->parser, reader->event);
        reader->event = fy_parser_parse(reader->parser);
        from = reader->event;
        if (!from)
            return CDP_ERR_INVALID;
    } while (from->type == FYET_STREAM_START);
    mark = fy_event_start_mark(from);
    event->start = mark ? mark->input_pos : 0;
    mark = fy_event_end_mark(from);
    event->end = mark ? mark->input_pos : 0;
    switch (from->type) {
    case FYET_DOCUMENT_START:
        event->kind = CDP_YAML_DOCUMENT_START;
        break;
    case FYET_DOCUMENT_END:
    case FYET_STREAM_END:
        event->kind = CDP_YAML_DOCUMENT_END;
        break;
    case FYET_ALIAS:
        event->kind = CDP_YAML_ALIAS;
        event->text = token_text(from->alias.anchor);
        break;
    case FYET_SCALAR:
        event->kind = CDP_YAML_SCALAR;
        if (from->scalar.value) {
            static const cdp_scalar_style styles[] = {
                [FYSS_PLAIN] = CDP_STYLE_PLAIN,
                [FYSS_SINGLE_QUOTED] = CDP_STYLE_SINGLE_QUOTED,
                [FYSS_DOUBLE_QUOTED] = CDP_STYLE_DOUBLE_QUOTED,
                [FYSS_LITERAL] = CDP_STYLE_LITERAL,
                [FYSS_FOLDED] = CDP_STYLE_FOLDED,
            };
            event->style = styles[fy_token_scalar_style(from->scalar.value)];
            event->text = token_text(from->scalar.value);
        } else {
            event->text = CDP_STR("");
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
    default:
        break;
    }
    return CDP_OK;
}

const cdp_yaml_backend cdp_yaml_libfyaml = {"libfyaml", open_reader, next_event, close_reader};
