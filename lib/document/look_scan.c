/* SPDX-License-Identifier: MIT */
#include "document/look.h"

#include "base/allocator.h"

/* Text to tokens: which character begins what, indentation, and keys that are known only later. */

bool cdp_look_fail(cdp_look *look, cdp_look_error error, cdp_look_mark place, cdp_look_mark context)
{
    look->error = error;
    look->place = place;
    look->context = context;
    return false;
}

bool cdp_look_grow(cdp_look *look, void **array, size_t *capacity, size_t count,
                   size_t element_bytes)
{
    if (cdp_array_reserve(&look->allocator, array, capacity, count + 1, element_bytes) == CDP_OK)
        return true;
    look->no_memory = true;
    return false;
}

void cdp_look_skip(cdp_look *look)
{
    unsigned char byte = (unsigned char)look->text.data[look->mark.at];

    look->mark.at += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    look->mark.characters++;
    look->mark.column++;
}

void cdp_look_skip_break(cdp_look *look)
{
    size_t length = cdp_look_break_length(look->text, look->mark.at);

    if (length == 0)
        return;
    look->mark.characters += look->text.data[look->mark.at] == '\r' ? length : 1;
    look->mark.at += length;
    look->mark.line++;
    look->mark.column = 0;
}

void cdp_look_skip_rest_of_line(cdp_look *look)
{
    while (cdp_look_is_blank(look, 0))
        cdp_look_skip(look);
    if (cdp_look_byte(look, 0) != '#')
        return;
    while (!cdp_look_at_end(look) && !cdp_look_is_break(look, 0))
        cdp_look_skip(look);
}

bool cdp_look_at_document_marker(const cdp_look *look)
{
    char c = cdp_look_byte(look, 0);

    return look->mark.column == 0 && (c == '-' || c == '.') && cdp_look_byte(look, 1) == c &&
           cdp_look_byte(look, 2) == c && cdp_look_is_blankz(look, 3);
}

/* Room for one more token, which the caller puts in. */
static cdp_look_token *add_room(cdp_look *look)
{
    void *tokens = look->tokens;

    if (look->head == look->tail) {
        look->head = look->tail = 0;
    } else if (look->head > 1024 && look->head > look->tail / 2) {
        memmove(look->tokens, look->tokens + look->head,
                (look->tail - look->head) * sizeof *look->tokens);
        look->tail -= look->head;
        look->head = 0;
    }
    if (!cdp_look_push(look, &tokens, &look->token_capacity, look->tail, sizeof *look->tokens))
        return NULL;
    look->tokens = tokens;
    return &look->tokens[look->tail++];
}

/* A token from `start` to the mark. */
bool cdp_look_add_token(cdp_look *look, cdp_look_token_kind kind, cdp_look_mark start)
{
    cdp_look_token *token = add_room(look);

    if (!token)
        return false;
    *token = (cdp_look_token){
        .kind = kind, .start = start, .end = look->mark.at, .end_line = look->mark.line};
    return true;
}

/* A token without length, in front of one that is in the queue already. */
static bool insert_token(cdp_look *look, size_t number, cdp_look_token_kind kind,
                         cdp_look_mark start)
{
    size_t at;

    if (!add_room(look))
        return false;
    at = look->head + (number - look->taken);
    memmove(look->tokens + at + 1, look->tokens + at, (look->tail - 1 - at) * sizeof *look->tokens);
    look->tokens[at] =
        (cdp_look_token){.kind = kind, .start = start, .end = start.at, .end_line = start.line};
    return true;
}

static cdp_look_key *current_key(cdp_look *look)
{
    return &look->keys[look->key_count - 1];
}

static bool in_flow(const cdp_look *look)
{
    return look->key_count > 1;
}

/* Forgets that a key might have begun on this level. */
static bool remove_key(cdp_look *look)
{
    cdp_look_key *key = current_key(look);

    if (key->possible && key->required)
        return cdp_look_fail(look, CDP_LOOK_NO_COLON, look->mark, key->mark);
    key->possible = false;
    return true;
}

/* A key without `?` stands on one line and has at most 1,024 characters. */
static inline bool drop_stale_keys(cdp_look *look)
{
    for (; look->first_key < look->key_count; look->first_key++) {
        cdp_look_key *key = &look->keys[look->first_key];

        if (!key->possible)
            continue;
        if (key->mark.line == look->mark.line &&
            key->mark.characters + 1024 >= look->mark.characters)
            return true;
        if (key->required)
            return cdp_look_fail(look, CDP_LOOK_NO_COLON, look->mark, key->mark);
        key->possible = false;
    }
    return true;
}

static bool save_key(cdp_look *look)
{
    bool required = !in_flow(look) && look->indent == (int64_t)look->mark.column;

    if (!look->key_allowed)
        return true;
    if (!remove_key(look))
        return false;
    *current_key(look) = (cdp_look_key){
        .possible = true,
        .required = required,
        .token = look->taken + (look->tail - look->head),
        .mark = look->mark,
    };
    if (look->first_key >= look->key_count)
        look->first_key = look->key_count - 1;
    return true;
}

/* A deeper column begins a collection; `number` is the token that it stands before, or none. */
static bool roll_indent(cdp_look *look, cdp_look_mark mark, const size_t *number,
                        cdp_look_token_kind kind)
{
    void *levels = look->levels;

    if (in_flow(look) || look->indent >= (int64_t)mark.column)
        return true;
    if (!cdp_look_push(look, &levels, &look->level_capacity, look->level_count,
                       sizeof *look->levels))
        return false;
    look->levels = levels;
    look->levels[look->level_count++] = (cdp_look_level){look->indent, mark};
    look->indent = mark.column;
    if (number)
        return insert_token(look, *number, kind, mark);
    return cdp_look_add_token(look, kind, mark);
}

static bool unroll_indent(cdp_look *look, int64_t column)
{
    if (in_flow(look) || look->indent <= column)
        return true;
    look->closed_mapping = look->closed_sequence = (cdp_look_mark){0};
    while (look->indent > column) {
        const cdp_look_level *level = &look->levels[--look->level_count];
        bool sequence = look->text.data[level->mark.at] == '-' &&
                        strchr(" \t\r\n", look->text.data[level->mark.at + 1]);

        if (!cdp_look_add_token(look, CDP_LOOK_BLOCK_END, look->mark))
            return false;
        if (sequence)
            look->closed_sequence = level->mark;
        else
            look->closed_mapping = level->mark;
        look->indent = level->indent;
    }
    return true;
}

static size_t count_blanks(const cdp_look *look, bool tabs)
{
    const char *bytes = look->text.data + look->mark.at;
    size_t left = look->text.length - look->mark.at;
    size_t count = 0;

    while (count < left && (bytes[count] == ' ' || (tabs && bytes[count] == '\t')))
        count++;
    return count;
}

static bool skip_to_token(cdp_look *look)
{
    for (;;) {
        if (look->mark.column == 0 && cdp_look_byte(look, 0) == '\xEF' &&
            cdp_look_byte(look, 1) == '\xBB' && cdp_look_byte(look, 2) == '\xBF')
            cdp_look_skip(look);
        cdp_look_skip_bytes(look, count_blanks(look, in_flow(look) || !look->key_allowed));
        if (cdp_look_byte(look, 0) == '#')
            cdp_look_skip_rest_of_line(look);
        if (!cdp_look_is_break(look, 0))
            return true;
        cdp_look_skip_break(look);
        if (!in_flow(look))
            look->key_allowed = true;
    }
}

static bool fetch_stream_end(cdp_look *look)
{
    if (look->mark.column != 0) {
        look->mark.column = 0;
        look->mark.line++;
    }
    if (!unroll_indent(look, -1) || !remove_key(look))
        return false;
    look->key_allowed = false;
    look->ended = true;
    return cdp_look_add_token(look, CDP_LOOK_STREAM_END, look->mark);
}

static bool fetch_directive(cdp_look *look)
{
    if (!unroll_indent(look, -1) || !remove_key(look))
        return false;
    look->key_allowed = false;
    return cdp_look_directive(look);
}

static bool fetch_document_marker(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    bool starts = cdp_look_byte(look, 0) == '-';

    if (!unroll_indent(look, -1) || !remove_key(look))
        return false;
    look->key_allowed = false;
    for (int i = 0; i < 3; i++)
        cdp_look_skip(look);
    return cdp_look_add_token(look, starts ? CDP_LOOK_DOCUMENT_START : CDP_LOOK_DOCUMENT_END,
                              start);
}

static bool fetch_flow_start(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    bool sequence = cdp_look_byte(look, 0) == '[';
    void *keys = look->keys;

    if (!save_key(look) ||
        !cdp_look_push(look, &keys, &look->key_capacity, look->key_count, sizeof *look->keys))
        return false;
    look->keys = keys;
    look->keys[look->key_count++] = (cdp_look_key){.possible = false};
    look->key_allowed = true;
    cdp_look_skip(look);
    return cdp_look_add_token(
        look, sequence ? CDP_LOOK_FLOW_SEQUENCE_START : CDP_LOOK_FLOW_MAPPING_START, start);
}

static bool fetch_flow_end(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    bool sequence = cdp_look_byte(look, 0) == ']';

    if (!remove_key(look))
        return false;
    if (in_flow(look))
        look->key_count--;
    if (look->first_key > look->key_count)
        look->first_key = look->key_count;
    look->key_allowed = false;
    cdp_look_skip(look);
    return cdp_look_add_token(
        look, sequence ? CDP_LOOK_FLOW_SEQUENCE_END : CDP_LOOK_FLOW_MAPPING_END, start);
}

/* `,`, `-` and `?`: what may follow, and the collection that begins. */
static bool fetch_indicator(cdp_look *look, cdp_look_token_kind kind)
{
    cdp_look_mark start = look->mark;
    bool entry = kind == CDP_LOOK_BLOCK_ENTRY;

    if (kind != CDP_LOOK_FLOW_ENTRY && !in_flow(look)) {
        if (!look->key_allowed)
            return cdp_look_fail(look, entry ? CDP_LOOK_NO_ENTRY_HERE : CDP_LOOK_NO_KEY_HERE, start,
                                 cdp_look_last(look)->start);
        if (!roll_indent(look, start, NULL,
                         entry ? CDP_LOOK_BLOCK_SEQUENCE_START : CDP_LOOK_BLOCK_MAPPING_START))
            return false;
    }
    if (!remove_key(look))
        return false;
    look->key_allowed = kind != CDP_LOOK_KEY || !in_flow(look);
    cdp_look_skip(look);
    return cdp_look_add_token(look, kind, start);
}

static bool fetch_value(cdp_look *look)
{
    cdp_look_mark start = look->mark;
    cdp_look_key *key = current_key(look);

    if (key->possible) {
        if (!insert_token(look, key->token, CDP_LOOK_KEY, key->mark) ||
            !roll_indent(look, key->mark, &key->token, CDP_LOOK_BLOCK_MAPPING_START))
            return false;
        key->possible = false;
        look->key_allowed = false;
    } else {
        if (!in_flow(look)) {
            if (!look->key_allowed)
                return cdp_look_fail(look, CDP_LOOK_NO_VALUE_HERE, start,
                                     cdp_look_last(look)->start);
            if (!roll_indent(look, start, NULL, CDP_LOOK_BLOCK_MAPPING_START))
                return false;
        }
        look->key_allowed = !in_flow(look);
    }
    cdp_look_skip(look);
    return cdp_look_add_token(look, CDP_LOOK_VALUE, start);
}

/* What may be a key: the scalars of one line, aliases, anchors and tags. */
static bool fetch_node(cdp_look *look, bool (*scan)(cdp_look *look))
{
    if (!save_key(look))
        return false;
    look->key_allowed = false;
    return scan(look);
}

static bool fetch_block_scalar(cdp_look *look)
{
    if (!remove_key(look))
        return false;
    look->key_allowed = true;
    return cdp_look_block(look);
}

static bool starts_plain(const cdp_look *look)
{
    char c = cdp_look_byte(look, 0);

    if (c == '-')
        return !cdp_look_is_blank(look, 1);
    if ((c == '?' || c == ':') && !in_flow(look))
        return !cdp_look_is_blankz(look, 1);
    return !cdp_look_is_blankz(look, 0) && strchr("-?:,[]{}#&*!|>'\"%@`", c) == NULL;
}

static bool fetch_by_character(cdp_look *look)
{
    char c = cdp_look_byte(look, 0);
    bool stands_alone = cdp_look_is_blankz(look, 1);

    switch (c) {
    case '[':
    case '{':
        return fetch_flow_start(look);
    case ']':
    case '}':
        return fetch_flow_end(look);
    case ',':
        return fetch_indicator(look, CDP_LOOK_FLOW_ENTRY);
    case '*':
    case '&':
        return fetch_node(look, cdp_look_anchor);
    case '!':
        return fetch_node(look, cdp_look_tag);
    case '\'':
    case '"':
        return fetch_node(look, cdp_look_quoted);
    default:
        break;
    }
    if (c == '-' && stands_alone)
        return fetch_indicator(look, CDP_LOOK_BLOCK_ENTRY);
    if (c == '?' && (in_flow(look) || stands_alone))
        return fetch_indicator(look, CDP_LOOK_KEY);
    if (c == ':' && (in_flow(look) || stands_alone))
        return fetch_value(look);
    if ((c == '|' || c == '>') && !in_flow(look))
        return fetch_block_scalar(look);
    if (starts_plain(look))
        return fetch_node(look, cdp_look_plain);
    return cdp_look_fail(look, CDP_LOOK_CANNOT_START, look->mark, look->mark);
}

static bool fetch_token(cdp_look *look)
{
    if (!skip_to_token(look) || !drop_stale_keys(look) || !unroll_indent(look, look->mark.column))
        return false;
    if (cdp_look_at_end(look))
        return fetch_stream_end(look);
    if (look->mark.column == 0 && cdp_look_byte(look, 0) == '%')
        return fetch_directive(look);
    if (cdp_look_at_document_marker(look))
        return fetch_document_marker(look);
    return fetch_by_character(look);
}

/* Whether a key may still turn out to begin at the head of the queue. */
static bool head_is_open(const cdp_look *look)
{
    return look->first_key < look->key_count && look->keys[look->first_key].possible &&
           look->keys[look->first_key].token == look->taken;
}

cdp_look_token *cdp_look_settle(cdp_look *look)
{
    for (;;) {
        if (look->head < look->tail) {
            if (!drop_stale_keys(look))
                return NULL;
            if (look->ended || !head_is_open(look)) {
                look->settled = true;
                return &look->tokens[look->head];
            }
        }
        if (!fetch_token(look))
            return NULL;
    }
}
