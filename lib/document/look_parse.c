/* SPDX-License-Identifier: MIT */
#include "document/look.h"

#include "base/allocator.h"
#include "base/strings.h"

/*
 * Tokens to structure: libyaml's states. Each step makes one event, at the place that libyaml gives
 * it.
 */

enum {
    STATE_BLOCK_NODE,
    STATE_DOCUMENT_CONTENT,
    STATE_SEQUENCE_ENTRY,
    STATE_PLAIN_SEQUENCE_ENTRY, /* a block sequence without indentation of its own */
    STATE_MAPPING_KEY,
    STATE_MAPPING_VALUE,
    STATE_FLOW_SEQUENCE_ENTRY,
    STATE_FLOW_PAIR_KEY, /* `[key: value]` */
    STATE_FLOW_PAIR_VALUE,
    STATE_FLOW_PAIR_END,
    STATE_FLOW_MAPPING_KEY,
    STATE_FLOW_MAPPING_VALUE,
    STATE_FLOW_MAPPING_NO_VALUE,
    STATE_DOCUMENT_END,
    STATE_END
};

/* In a flow collection that was just opened, no comma is needed. */
enum { STATE_FIRST = 0x80 };

/* Context of a node. */
enum { IN_FLOW, IN_BLOCK, IN_BLOCK_OR_PLAIN_SEQUENCE };

static bool push_state(cdp_look *look, int state)
{
    void *states = look->states;

    if (!cdp_look_push(look, &states, &look->state_capacity, look->state_count,
                       sizeof *look->states))
        return false;
    look->states = states;
    look->states[look->state_count++] = (uint8_t)state;
    return true;
}

static void pop_state(cdp_look *look)
{
    look->state = look->states[--look->state_count];
}

static bool fail_at(cdp_look *look, cdp_look_error error, cdp_look_mark context)
{
    return cdp_look_fail(look, error, look->tokens[look->head].start, context);
}

static bool tell(cdp_look *look, cdp_yaml_event_kind kind, size_t start, size_t end)
{
    look->event.kind = kind;
    look->event.start = start;
    look->event.end = end;
    return true;
}

/* A value that is not there. */
static bool tell_empty(cdp_look *look, size_t at)
{
    return tell(look, CDP_YAML_SCALAR, at, at);
}

static bool open_collection(cdp_look *look, int state, cdp_look_mark start)
{
    void *opened = look->opened;

    if (look->opened_count >= look->depth_limit) {
        look->too_deep = true;
        return false;
    }
    if (!cdp_look_push(look, &opened, &look->opened_capacity, look->opened_count,
                       sizeof *look->opened))
        return false;
    look->opened = opened;
    look->opened[look->opened_count++] = start;
    look->state = (uint8_t)state;
    return true;
}

/* A block collection ends without length, a flow collection by its bracket. */
static bool close_collection(cdp_look *look)
{
    const cdp_look_token *token = &look->tokens[look->head];
    bool flow =
        token->kind == CDP_LOOK_FLOW_SEQUENCE_END || token->kind == CDP_LOOK_FLOW_MAPPING_END;

    look->opened_count--;
    pop_state(look);
    return tell(look, CDP_YAML_END, token->start.at, flow ? token->end : token->start.at);
}

static cdp_look_mark innermost(const cdp_look *look)
{
    return look->opened[look->opened_count - 1];
}

static cdp_string handle_of(const cdp_look *look, const cdp_look_token *token)
{
    size_t at = token->start.at;

    if (token->kind == CDP_LOOK_TAG_DIRECTIVE)
        at = cdp_string_find(look->text, '!', at);
    return cdp_string_slice(look->text.data + at, token->handle);
}

static bool is_known_handle(const cdp_look *look, cdp_string handle)
{
    if (handle.length == 0 || cdp_string_equal_c(handle, "!!"))
        return true;
    for (size_t i = 0; i < look->handle_count; i++) {
        if (cdp_string_equal(look->handles[i], handle))
            return true;
    }
    return false;
}

/* Anchor and tag, in either order; `event` gets where they begin and end. */
static bool take_properties(cdp_look *look, bool *any)
{
    cdp_look_token_kind first = CDP_LOOK_STREAM_END;
    cdp_look_token tag = {.kind = CDP_LOOK_STREAM_END};

    for (int i = 0; i < 2; i++) {
        cdp_look_token *token = cdp_look_peek(look);

        if (!token)
            return false;
        if ((token->kind != CDP_LOOK_ANCHOR && token->kind != CDP_LOOK_TAG) || token->kind == first)
            break;
        first = token->kind;
        if (!*any)
            look->event.start = token->start.at;
        look->event.end = token->end;
        *any = true;
        if (first == CDP_LOOK_ANCHOR)
            look->event.anchor = cdp_string_slice(look->text.data + token->start.at + 1,
                                                  token->end - token->start.at - 1);
        if (first == CDP_LOOK_TAG) {
            tag = *token;
            look->event.tag =
                cdp_string_slice(look->text.data + token->start.at, token->end - token->start.at);
            look->event.handle = token->handle;
        }
        cdp_look_take(look);
    }
    if (!cdp_look_peek(look))
        return false;
    if (tag.kind == CDP_LOOK_TAG && !is_known_handle(look, handle_of(look, &tag)))
        return cdp_look_fail(look, CDP_LOOK_UNKNOWN_HANDLE, tag.start, tag.start);
    return true;
}

static cdp_yaml_event_kind collection_kind(cdp_look_token_kind kind)
{
    return kind == CDP_LOOK_FLOW_SEQUENCE_START || kind == CDP_LOOK_BLOCK_SEQUENCE_START
               ? CDP_YAML_SEQUENCE_START
               : CDP_YAML_MAPPING_START;
}

static bool parse_node(cdp_look *look, int context)
{
    cdp_look_token *token = cdp_look_peek(look);
    cdp_look_mark start;
    size_t begin;
    bool any = false;

    if (!token)
        return false;
    if (token->kind == CDP_LOOK_ALIAS) {
        pop_state(look);
        tell(look, CDP_YAML_ALIAS, token->start.at, token->end);
        cdp_look_take(look);
        return true;
    }
    if (!take_properties(look, &any))
        return false;
    token = cdp_look_peek(look);
    start = token->start;
    begin = any ? look->event.start : start.at;
    switch (token->kind) {
    case CDP_LOOK_BLOCK_ENTRY:
        if (context != IN_BLOCK_OR_PLAIN_SEQUENCE)
            break;
        tell(look, CDP_YAML_SEQUENCE_START, begin, begin);
        return open_collection(look, STATE_PLAIN_SEQUENCE_ENTRY, start);
    case CDP_LOOK_SCALAR:
        pop_state(look);
        tell(look, CDP_YAML_SCALAR, begin, token->end);
        look->event.style = token->style;
        look->event.text = cdp_string_slice(look->text.data + start.at, token->end - start.at);
        look->event.indent = token->handle;
        look->event.many_lines = token->end_line > start.line || token->style >= CDP_STYLE_LITERAL;
        cdp_look_take(look);
        return true;
    case CDP_LOOK_FLOW_SEQUENCE_START:
    case CDP_LOOK_FLOW_MAPPING_START:
        tell(look, collection_kind(token->kind), begin, begin);
        cdp_look_take(look);
        return open_collection(look,
                               STATE_FIRST | (look->previous.kind == CDP_LOOK_FLOW_SEQUENCE_START
                                                  ? STATE_FLOW_SEQUENCE_ENTRY
                                                  : STATE_FLOW_MAPPING_KEY),
                               start);
    case CDP_LOOK_BLOCK_SEQUENCE_START:
    case CDP_LOOK_BLOCK_MAPPING_START:
        if (context == IN_FLOW)
            break;
        tell(look, collection_kind(token->kind), begin, begin);
        cdp_look_take(look);
        return open_collection(look,
                               look->previous.kind == CDP_LOOK_BLOCK_SEQUENCE_START
                                   ? STATE_SEQUENCE_ENTRY
                                   : STATE_MAPPING_KEY,
                               start);
    default:
        break;
    }
    if (!any)
        return fail_at(look, CDP_LOOK_NO_NODE, start);
    pop_state(look);
    return tell(look, CDP_YAML_SCALAR, begin, look->event.end);
}

static bool parse_node_then(cdp_look *look, int state, int context)
{
    return push_state(look, state) && parse_node(look, context);
}

static bool is_one_of(const cdp_look_token *token, cdp_look_token_kind a, cdp_look_token_kind b,
                      cdp_look_token_kind c)
{
    return token->kind == a || token->kind == b || token->kind == c;
}

static bool parse_sequence_entry(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    if (token->kind == CDP_LOOK_BLOCK_END) {
        close_collection(look);
        cdp_look_take(look);
        return true;
    }
    if (token->kind != CDP_LOOK_BLOCK_ENTRY)
        return fail_at(look, CDP_LOOK_EXPECTED_ENTRY, innermost(look));
    cdp_look_take(look);
    token = cdp_look_peek(look);
    if (!token)
        return false;
    if (token->kind == CDP_LOOK_BLOCK_ENTRY || token->kind == CDP_LOOK_BLOCK_END)
        return tell_empty(look, look->previous.end);
    return parse_node_then(look, STATE_SEQUENCE_ENTRY, IN_BLOCK);
}

static bool parse_plain_sequence_entry(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    if (token->kind != CDP_LOOK_BLOCK_ENTRY) {
        close_collection(look);
        return true;
    }
    cdp_look_take(look);
    token = cdp_look_peek(look);
    if (!token)
        return false;
    if (token->kind == CDP_LOOK_BLOCK_ENTRY ||
        is_one_of(token, CDP_LOOK_KEY, CDP_LOOK_VALUE, CDP_LOOK_BLOCK_END))
        return tell_empty(look, look->previous.end);
    return parse_node_then(look, STATE_PLAIN_SEQUENCE_ENTRY, IN_BLOCK);
}

/* Behind `?`, or the place of a simple key, and behind `:`: a node or nothing, then `next`. */
static bool parse_mapping_part(cdp_look *look, int next)
{
    cdp_look_token *token;

    cdp_look_take(look);
    token = cdp_look_peek(look);
    if (!token)
        return false;
    if (!is_one_of(token, CDP_LOOK_KEY, CDP_LOOK_VALUE, CDP_LOOK_BLOCK_END))
        return parse_node_then(look, next, IN_BLOCK_OR_PLAIN_SEQUENCE);
    look->state = (uint8_t)next;
    return tell_empty(look, look->previous.end);
}

static bool parse_mapping_key(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    if (token->kind == CDP_LOOK_KEY)
        return parse_mapping_part(look, STATE_MAPPING_VALUE);
    if (token->kind != CDP_LOOK_BLOCK_END)
        return fail_at(look, CDP_LOOK_EXPECTED_KEY, innermost(look));
    close_collection(look);
    cdp_look_take(look);
    return true;
}

static bool parse_mapping_value(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    if (token->kind == CDP_LOOK_VALUE)
        return parse_mapping_part(look, STATE_MAPPING_KEY);
    look->state = STATE_MAPPING_KEY;
    return tell_empty(look, token->start.at);
}

/* Behind the comma that an entry needs before it, unless it is the first or the end. */
static cdp_look_token *peek_flow_entry(cdp_look *look, bool first, cdp_look_token_kind end)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token || first || token->kind == end)
        return token;
    if (token->kind != CDP_LOOK_FLOW_ENTRY) {
        fail_at(look, CDP_LOOK_EXPECTED_COMMA, innermost(look));
        return NULL;
    }
    cdp_look_take(look);
    return cdp_look_peek(look);
}

static bool parse_flow_sequence_entry(cdp_look *look, bool first)
{
    cdp_look_token *token = peek_flow_entry(look, first, CDP_LOOK_FLOW_SEQUENCE_END);

    if (!token)
        return false;
    if (token->kind == CDP_LOOK_FLOW_SEQUENCE_END) {
        close_collection(look);
        cdp_look_take(look);
        return true;
    }
    if (token->kind != CDP_LOOK_KEY)
        return parse_node_then(look, STATE_FLOW_SEQUENCE_ENTRY, IN_FLOW);
    look->state = STATE_FLOW_PAIR_KEY;
    tell(look, CDP_YAML_MAPPING_START, token->start.at, token->start.at);
    cdp_look_take(look);
    return true;
}

static bool parse_flow_pair_key(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    if (!is_one_of(token, CDP_LOOK_VALUE, CDP_LOOK_FLOW_ENTRY, CDP_LOOK_FLOW_SEQUENCE_END))
        return parse_node_then(look, STATE_FLOW_PAIR_VALUE, IN_FLOW);
    /* libyaml loses the token here: `[?]` swallows its bracket. */
    cdp_look_take(look);
    look->state = STATE_FLOW_PAIR_VALUE;
    return tell_empty(look, look->previous.end);
}

static bool parse_flow_pair_value(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    look->state = STATE_FLOW_PAIR_END;
    if (token->kind != CDP_LOOK_VALUE)
        return tell_empty(look, token->start.at);
    cdp_look_take(look);
    token = cdp_look_peek(look);
    if (!token)
        return false;
    if (token->kind == CDP_LOOK_FLOW_ENTRY || token->kind == CDP_LOOK_FLOW_SEQUENCE_END)
        return tell_empty(look, token->start.at);
    return parse_node_then(look, STATE_FLOW_PAIR_END, IN_FLOW);
}

static bool parse_flow_mapping_key(cdp_look *look, bool first)
{
    cdp_look_token *token = peek_flow_entry(look, first, CDP_LOOK_FLOW_MAPPING_END);

    if (!token)
        return false;
    if (token->kind == CDP_LOOK_FLOW_MAPPING_END) {
        close_collection(look);
        cdp_look_take(look);
        return true;
    }
    if (token->kind != CDP_LOOK_KEY)
        return parse_node_then(look, STATE_FLOW_MAPPING_NO_VALUE, IN_FLOW);
    cdp_look_take(look);
    token = cdp_look_peek(look);
    if (!token)
        return false;
    if (!is_one_of(token, CDP_LOOK_VALUE, CDP_LOOK_FLOW_ENTRY, CDP_LOOK_FLOW_MAPPING_END))
        return parse_node_then(look, STATE_FLOW_MAPPING_VALUE, IN_FLOW);
    look->state = STATE_FLOW_MAPPING_VALUE;
    return tell_empty(look, token->start.at);
}

static bool parse_flow_mapping_value(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    look->state = STATE_FLOW_MAPPING_KEY;
    if (token->kind != CDP_LOOK_VALUE)
        return tell_empty(look, token->start.at);
    cdp_look_take(look);
    token = cdp_look_peek(look);
    if (!token)
        return false;
    if (token->kind == CDP_LOOK_FLOW_ENTRY || token->kind == CDP_LOOK_FLOW_MAPPING_END)
        return tell_empty(look, token->start.at);
    return parse_node_then(look, STATE_FLOW_MAPPING_KEY, IN_FLOW);
}

/* `%TAG handle prefix` */
static cdp_string prefix_behind(const cdp_look *look, cdp_string handle)
{
    cdp_string prefix = {handle.data + handle.length, 0};

    while (*prefix.data == ' ' || *prefix.data == '\t')
        prefix.data++;
    while (!strchr(" \t\r\n", prefix.data[prefix.length]) &&
           cdp_look_break_length(look->text,
                                 (size_t)(prefix.data - look->text.data) + prefix.length) == 0)
        prefix.length++;
    return prefix;
}

static bool take_directive(cdp_look *look, const cdp_look_token *token)
{
    if (token->kind == CDP_LOOK_VERSION_DIRECTIVE) {
        if (look->has_version || !token->handle)
            return fail_at(look, CDP_LOOK_BAD_DIRECTIVE, token->start);
        look->has_version = true;
    } else {
        cdp_string handle = handle_of(look, token);

        for (size_t i = 0; i < look->handle_count; i++) {
            if (cdp_string_equal(look->handles[i], handle))
                return fail_at(look, CDP_LOOK_BAD_DIRECTIVE, token->start);
        }
        if (look->handle_count == CDP_LOOK_MOST_HANDLES)
            return fail_at(look, CDP_LOOK_BAD_DIRECTIVE, token->start);
        look->prefixes[look->handle_count] = prefix_behind(look, handle);
        look->handles[look->handle_count++] = handle;
    }
    cdp_look_take(look);
    return true;
}

static bool is_directive(const cdp_look_token *token)
{
    return token->kind == CDP_LOOK_VERSION_DIRECTIVE || token->kind == CDP_LOOK_TAG_DIRECTIVE;
}

static bool parse_document_start(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);
    bool any = false;

    if (!token)
        return false;
    if (token->kind == CDP_LOOK_STREAM_END) {
        look->state = STATE_END;
        return tell(look, CDP_YAML_DOCUMENT_END, token->start.at, token->start.at);
    }
    for (; is_directive(token); any = true) {
        if (!take_directive(look, token))
            return false;
        token = cdp_look_peek(look);
        if (!token)
            return false;
    }
    look->state = STATE_BLOCK_NODE;
    if (token->kind == CDP_LOOK_DOCUMENT_START) {
        cdp_look_take(look);
        look->state = STATE_DOCUMENT_CONTENT;
    } else if (any) {
        return fail_at(look, CDP_LOOK_NO_DOCUMENT_START, look->previous.start);
    }
    tell(look, CDP_YAML_DOCUMENT_START, look->previous.start.at, look->previous.end);
    return push_state(look, STATE_DOCUMENT_END);
}

static bool parse_document_content(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    if (!is_directive(token) &&
        !is_one_of(token, CDP_LOOK_DOCUMENT_START, CDP_LOOK_DOCUMENT_END, CDP_LOOK_STREAM_END))
        return parse_node(look, IN_BLOCK);
    pop_state(look);
    return tell_empty(look, token->start.at);
}

static bool parse_document_end(cdp_look *look)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    look->state = STATE_END;
    return tell(look, CDP_YAML_DOCUMENT_END, token->start.at,
                token->kind == CDP_LOOK_DOCUMENT_END ? token->end : token->start.at);
}

/* Something without length, in front of the next token. */
static bool parse_after(cdp_look *look, int state, cdp_yaml_event_kind kind)
{
    cdp_look_token *token = cdp_look_peek(look);

    if (!token)
        return false;
    look->state = (uint8_t)state;
    return tell(look, kind, token->start.at, token->start.at);
}

static bool step(cdp_look *look)
{
    bool first = look->state & STATE_FIRST;

    switch (look->state & ~STATE_FIRST) {
    case STATE_BLOCK_NODE:
        return parse_node(look, IN_BLOCK);
    case STATE_DOCUMENT_CONTENT:
        return parse_document_content(look);
    case STATE_SEQUENCE_ENTRY:
        return parse_sequence_entry(look);
    case STATE_PLAIN_SEQUENCE_ENTRY:
        return parse_plain_sequence_entry(look);
    case STATE_MAPPING_KEY:
        return parse_mapping_key(look);
    case STATE_MAPPING_VALUE:
        return parse_mapping_value(look);
    case STATE_FLOW_SEQUENCE_ENTRY:
        return parse_flow_sequence_entry(look, first);
    case STATE_FLOW_PAIR_KEY:
        return parse_flow_pair_key(look);
    case STATE_FLOW_PAIR_VALUE:
        return parse_flow_pair_value(look);
    case STATE_FLOW_PAIR_END:
        return parse_after(look, STATE_FLOW_SEQUENCE_ENTRY, CDP_YAML_END);
    case STATE_FLOW_MAPPING_KEY:
        return parse_flow_mapping_key(look, first);
    case STATE_FLOW_MAPPING_VALUE:
        return parse_flow_mapping_value(look);
    case STATE_FLOW_MAPPING_NO_VALUE:
        return parse_after(look, STATE_FLOW_MAPPING_KEY, CDP_YAML_SCALAR);
    default:
        return parse_document_end(look);
    }
}

static bool begin(cdp_look *look)
{
    void *keys = look->keys;

    if (!cdp_look_push(look, &keys, &look->key_capacity, 0, sizeof *look->keys))
        return false;
    look->keys = keys;
    look->keys[look->key_count++] = (cdp_look_key){.possible = false};
    look->key_allowed = true;
    look->indent = -1;
    return parse_document_start(look);
}

void cdp_look_init(cdp_look *look, cdp_string text, uint32_t depth_limit,
                   const cdp_allocator *allocator)
{
    *look = (cdp_look){.allocator = *allocator, .text = text, .depth_limit = depth_limit};
}

cdp_status cdp_look_next(cdp_look *look)
{
    look->event = (cdp_look_event){.kind = CDP_YAML_END};
    if (look->key_count == 0 ? begin(look) : step(look))
        return CDP_OK;
    if (look->too_deep)
        return CDP_ERR_LIMIT;
    return look->no_memory ? CDP_ERR_NOMEM : CDP_ERR_INVALID;
}

cdp_status cdp_look_at(cdp_look *look, cdp_string text, uint32_t depth_limit,
                       const cdp_allocator *allocator)
{
    cdp_status status;

    cdp_look_init(look, text, depth_limit, allocator);
    do
        status = cdp_look_next(look);
    while (status == CDP_OK && look->state != STATE_END);
    return status == CDP_ERR_LIMIT ? CDP_OK : status;
}

void cdp_look_release(cdp_look *look)
{
    const cdp_allocator *allocator = &look->allocator;

    cdp_release(allocator, look->levels, look->level_capacity * sizeof *look->levels);
    cdp_release(allocator, look->keys, look->key_capacity * sizeof *look->keys);
    cdp_release(allocator, look->tokens, look->token_capacity * sizeof *look->tokens);
    cdp_release(allocator, look->states, look->state_capacity * sizeof *look->states);
    cdp_release(allocator, look->opened, look->opened_capacity * sizeof *look->opened);
}
