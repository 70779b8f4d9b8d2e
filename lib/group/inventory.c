/* SPDX-License-Identifier: MIT */
/*
 * Reads an inventory piece by piece. Only the frame is looked at here: where the list is, and where
 * an instance begins and ends. The text of one instance is then read as a document of its own.
 */
#include "group/inventory.h"

#include "base/allocator.h"
#include "base/limits.h"
#include "base/sized.h"

/* What is expected next. */
typedef enum frame_state {
    STATE_START,
    STATE_FIRST_KEY, /* or the end of the object */
    STATE_KEY,
    STATE_KEY_READY, /* the key is in the span */
    STATE_COLON,
    STATE_VALUE,
    STATE_SKIPPED,
    STATE_MEMBER_END,
    STATE_FIRST_ITEM, /* or the end of the list */
    STATE_ITEM,
    STATE_ITEM_READY, /* the instance is in the span */
    STATE_ITEM_END,
    STATE_TRAILER, /* blanks until the end */
    STATE_OVER,
    STATE_BROKEN
} frame_state;

/* A value whose end is looked for. */
typedef struct value_span {
    bool active;
    bool dropped; /* nobody wants its text, or it is too long to be kept */
    bool in_string;
    bool escaped;
    size_t depth;
    size_t bytes;
    size_t start; /* in the buffer */
    cdp_position position;
} value_span;

struct cdp_inventory {
    cdp_allocator allocator;
    cdp_document_options options;
    char *buffer;
    size_t capacity;
    size_t length;
    size_t at; /* bytes before were looked at */
    cdp_position position;
    bool after_return;
    bool finished;
    bool wrapped;
    bool has_list;
    bool key_is_instances;
    frame_state state;
    value_span span;
    uint64_t index; /* of the instance that comes next */
    cdp_inventory_item item;
    cdp_diagnostics *found; /* about one instance, with places in its own text */
};

/* ---- beginning and end ------------------------------------------------------------------------- */

cdp_status cdp_inventory_new(const cdp_limits *limits, const cdp_allocator *allocator,
                             cdp_inventory **inventory)
{
    cdp_allocator own;
    cdp_inventory *made;
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    cdp_status status;

    if (!inventory)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own, allocator);
    if (status == CDP_OK)
        status = cdp_limits_import(&options.limits, limits);
    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&own, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    made->allocator = own;
    made->options = options;
    made->position = (cdp_position){.line = 1, .column = 1};
    status = cdp_diagnostics_new(&own, NULL, &made->found);
    if (status == CDP_OK)
        *inventory = made;
    else
        cdp_inventory_free(made);
    return status;
}

void cdp_inventory_free(cdp_inventory *inventory)
{
    cdp_allocator allocator;

    if (!inventory)
        return;
    allocator = inventory->allocator;
    cdp_inventory_item_release(&inventory->item, &allocator);
    cdp_diagnostics_free(inventory->found);
    cdp_release(&allocator, inventory->buffer, inventory->capacity);
    cdp_release(&allocator, inventory, sizeof *inventory);
}

/* ---- the buffer ------------------------------------------------------------------------------ */

/* Forgets what nobody needs any more. */
static void compact(cdp_inventory *inventory)
{
    size_t from = inventory->span.active ? inventory->span.start : inventory->at;

    if (from == 0)
        return;
    memmove(inventory->buffer, inventory->buffer + from, inventory->length - from);
    inventory->length -= from;
    inventory->at -= from;
    if (inventory->span.active)
        inventory->span.start = 0;
}

cdp_status cdp_inventory_feed(cdp_inventory *inventory, const char *bytes, size_t length)
{
    void *buffer;
    cdp_status status;

    if (!inventory || (!bytes && length > 0))
        return CDP_ERR_ARGUMENT;
    if (inventory->finished)
        return CDP_ERR_STATE;
    if (length == 0)
        return CDP_OK;
    compact(inventory);
    if (length > SIZE_MAX - inventory->length)
        return CDP_ERR_NOMEM;
    buffer = inventory->buffer;
    status = cdp_array_reserve(&inventory->allocator, &buffer, &inventory->capacity,
                               inventory->length + length, 1);
    inventory->buffer = buffer;
    if (status != CDP_OK)
        return status;
    memcpy(inventory->buffer + inventory->length, bytes, length);
    inventory->length += length;
    return CDP_OK;
}

cdp_status cdp_inventory_finish(cdp_inventory *inventory)
{
    if (!inventory)
        return CDP_ERR_ARGUMENT;
    inventory->finished = true;
    return CDP_OK;
}

/*
 * Looks at the next byte; false when more text is needed for that. Lines end as in documents: at a
 * line feed, or at a carriage return without one.
 */
static bool look(cdp_inventory *inventory, char *byte)
{
    if (inventory->at == inventory->length)
        return false;
    *byte = inventory->buffer[inventory->at];
    if (inventory->after_return && *byte != '\n') {
        inventory->position.line++;
        inventory->position.column = 1;
    }
    inventory->after_return = false;
    return true;
}

/* Takes the byte that was looked at. */
static void step(cdp_inventory *inventory, char byte)
{
    cdp_position *position = &inventory->position;

    if (byte == '\n') {
        position->line++;
        position->column = 1;
    } else if (((unsigned char)byte & 0xC0) != 0x80) {
        position->column++;
    }
    inventory->after_return = byte == '\r';
    position->offset++;
    inventory->at++;
}

static bool is_blank(const cdp_inventory *inventory, char byte)
{
    /* A byte order mark is passed over. */
    if (inventory->position.offset < 3 &&
        ((unsigned char)byte == 0xEF || (unsigned char)byte == 0xBB || (unsigned char)byte == 0xBF))
        return true;
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* ---- spans ----------------------------------------------------------------------------------- */

static void begin_span(cdp_inventory *inventory, bool dropped)
{
    if (!inventory->span.active)
        inventory->span = (value_span){.active = true,
                                       .dropped = dropped,
                                       .start = inventory->at,
                                       .position = inventory->position};
}

static void take_of_string(value_span *span, char byte)
{
    if (span->escaped)
        span->escaped = false;
    else if (byte == '\\')
        span->escaped = true;
    else if (byte == '"')
        span->in_string = false;
}

/* Whether a byte outside of strings ends the value without being part of it. */
static bool ends_before(const value_span *span, char byte)
{
    return span->depth == 0 && (byte == ',' || byte == ':' || byte == ']' || byte == '}' ||
                                byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r');
}

/* Moves on to the end of the value; false when it needs more text for that. What is wrong with the
 * value is found when it is read. */
static bool scan_span(cdp_inventory *inventory)
{
    value_span *span = &inventory->span;
    char byte;

    while (look(inventory, &byte)) {
        bool was_string = span->in_string;

        if (was_string) {
            take_of_string(span, byte);
        } else {
            if (ends_before(span, byte))
                return true;
            span->in_string = byte == '"';
            span->depth += byte == '{' || byte == '[';
            span->depth -= byte == '}' || byte == ']';
        }
        step(inventory, byte);
        span->bytes++;
        span->dropped = span->dropped || span->bytes > inventory->options.limits.input_bytes;
        if (span->dropped)
            span->start = inventory->at;
        if (span->depth == 0 && !span->in_string && (was_string || byte == '}' || byte == ']'))
            return true;
    }
    return inventory->finished;
}

/* ---- findings -------------------------------------------------------------------------------- */

static cdp_place place_of(cdp_position position, size_t bytes)
{
    return (cdp_place){.offset = position.offset,
                       .end_offset = position.offset + bytes,
                       .line = position.line,
                       .column = position.column,
                       .end_line = position.line,
                       .end_column = position.column + (uint32_t)bytes};
}

/* Says what stands where something else has to, and that nothing follows. */
static cdp_status refuse(cdp_inventory *inventory, cdp_diagnostics *diagnostics,
                         const char *expected)
{
    char byte;
    char quoted[3] = {'\'', '\0', '\''};
    bool there = look(inventory, &byte);
    bool shown = there && byte > ' ' && byte < 0x7F;
    cdp_status status;

    quoted[1] = there ? byte : ' ';
    status = cdp_diagnostics_report(diagnostics,
                                    &(cdp_report){.code = CDP_DIAGNOSTIC_INVENTORY_SYNTAX,
                                                  .place = place_of(inventory->position, there),
                                                  .arguments = {shown ? cdp_string_slice(quoted, 3)
                                                                : there ? CDP_STR("something else")
                                                                        : CDP_STR("the end"),
                                                                cdp_string_of(expected)}});
    if (status != CDP_OK)
        return status;
    inventory->state = STATE_BROKEN;
    return CDP_ERR_INVALID;
}

static cdp_status report_unknown_key(cdp_inventory *inventory, cdp_diagnostics *diagnostics)
{
    const value_span *span = &inventory->span;
    size_t bytes = span->dropped ? 0 : inventory->at - span->start;
    cdp_string key = CDP_STR("");

    if (bytes > 2)
        key = cdp_string_slice(inventory->buffer + span->start + 1, bytes - 2);
    return cdp_diagnostics_report(diagnostics,
                                  &(cdp_report){.code = CDP_DIAGNOSTIC_INVENTORY_UNKNOWN_MEMBER,
                                                .place = place_of(span->position, bytes),
                                                .arguments = {key, CDP_STR("an inventory")}});
}

/* A finding about one instance, moved to where the instance stands. */
static cdp_status forward(const cdp_inventory *inventory, const cdp_diagnostic *found,
                          cdp_diagnostics *diagnostics)
{
    const cdp_position *begin = &inventory->span.position;
    cdp_diagnostic moved = *found;
    cdp_text pointer;
    cdp_status status;

    cdp_text_init(&pointer, &inventory->allocator);
    cdp_text_put_c(&pointer, inventory->wrapped ? "/instances/" : "/");
    cdp_text_put_uint(&pointer, inventory->index);
    cdp_text_put(&pointer, found->pointer);
    moved.pointer = cdp_text_string(&pointer);
    moved.offset += begin->offset;
    moved.end_offset += begin->offset;
    moved.column += found->line == 1 ? begin->column - 1 : 0;
    moved.end_column += found->end_line == 1 ? begin->column - 1 : 0;
    moved.line += begin->line - 1;
    moved.end_line += begin->line - 1;
    moved.fix_offset += found->fix_text.data ? begin->offset : 0;
    status = cdp_text_status(&pointer);
    if (status == CDP_OK)
        status = cdp_diagnostics_add(diagnostics, &moved);
    cdp_text_release(&pointer);
    return status;
}

static cdp_status forward_all(const cdp_inventory *inventory, cdp_diagnostics *diagnostics)
{
    cdp_status status = CDP_OK;

    for (size_t i = 0; status == CDP_OK && i < cdp_diagnostics_count(inventory->found); i++) {
        cdp_diagnostic found = {.size = sizeof found};

        cdp_diagnostics_at(inventory->found, i, &found);
        status = forward(inventory, &found, diagnostics);
    }
    return status;
}

/* ---- one instance ---------------------------------------------------------------------------- */

static cdp_status report_too_long(const cdp_inventory *inventory, cdp_diagnostics *diagnostics)
{
    cdp_number_buffer buffers[2];
    cdp_status status = cdp_diagnostics_report(
        diagnostics,
        &(cdp_report){.code = CDP_DIAGNOSTIC_INPUT_TOO_LARGE,
                      .place = place_of(inventory->span.position, 1),
                      .arguments = {cdp_number_text((int64_t)inventory->span.bytes, &buffers[0]),
                                    cdp_number_text((int64_t)inventory->options.limits.input_bytes,
                                                    &buffers[1])}});

    return status == CDP_OK ? CDP_ERR_LIMIT : status;
}

/* `*is_text` tells whether what is in the span is JSON at all. */
static cdp_status read_item(cdp_inventory *inventory, cdp_diagnostics *diagnostics,
                            cdp_instance *instance, bool *is_text)
{
    const value_span *span = &inventory->span;
    cdp_findings findings;
    cdp_status reported;
    cdp_status status;

    if (span->dropped)
        return report_too_long(inventory, diagnostics);
    cdp_diagnostics_clear(inventory->found);
    cdp_findings_init(&findings, &inventory->allocator, inventory->found);
    status = cdp_inventory_item_read(
        &inventory->item,
        cdp_string_slice(inventory->buffer + span->start, inventory->at - span->start),
        &inventory->options, &inventory->allocator, &findings, instance);
    *is_text = status != CDP_ERR_INVALID;
    if (status == CDP_OK)
        status = findings.status;
    if (status == CDP_OK && findings.errors > 0)
        status = CDP_ERR_INVALID;
    cdp_findings_release(&findings);
    reported = diagnostics ? forward_all(inventory, diagnostics) : CDP_OK;
    return reported == CDP_OK ? status : reported;
}

/* Reads the instance in the span, and goes on behind it unless there was no memory. */
static cdp_status take_item(cdp_inventory *inventory, cdp_diagnostics *diagnostics,
                            cdp_instance *instance)
{
    bool is_text = true;
    cdp_status status = read_item(inventory, diagnostics, instance, &is_text);

    if (status == CDP_ERR_NOMEM)
        return status;
    inventory->span.active = false;
    inventory->index++;
    inventory->state = is_text ? STATE_ITEM_END : STATE_BROKEN;
    return status;
}

/* ---- the frame ------------------------------------------------------------------------------- */

static void end_list(cdp_inventory *inventory)
{
    inventory->state = inventory->wrapped ? STATE_MEMBER_END : STATE_TRAILER;
}

/* A single byte leads from one state to the next. False when it is none of those expected. */
static bool take_byte(cdp_inventory *inventory, char byte)
{
    switch (inventory->state) {
    case STATE_START:
        inventory->wrapped = byte == '{';
        inventory->has_list = byte == '[';
        inventory->state = byte == '{' ? STATE_FIRST_KEY : STATE_FIRST_ITEM;
        return byte == '{' || byte == '[';
    case STATE_FIRST_KEY:
        inventory->state = STATE_TRAILER;
        return byte == '}';
    case STATE_COLON:
        inventory->state = STATE_VALUE;
        return byte == ':';
    case STATE_VALUE:
        inventory->state = STATE_FIRST_ITEM;
        inventory->has_list = true;
        return byte == '[';
    case STATE_MEMBER_END:
        inventory->state = byte == ',' ? STATE_KEY : STATE_TRAILER;
        return byte == ',' || byte == '}';
    case STATE_FIRST_ITEM:
        end_list(inventory);
        return byte == ']';
    case STATE_ITEM_END:
        if (byte == ',')
            inventory->state = STATE_ITEM;
        else
            end_list(inventory);
        return byte == ',' || byte == ']';
    default:
        return false;
    }
}

static const char *expected_in(const cdp_inventory *inventory)
{
    switch (inventory->state) {
    case STATE_START:
        return "a list of instances or an object";
    case STATE_FIRST_KEY:
    case STATE_KEY:
        return "a key in double quotes";
    case STATE_COLON:
        return "a colon";
    case STATE_VALUE:
        return inventory->has_list ? "a member of another name" : "a list of instances";
    case STATE_MEMBER_END:
        return "a comma or '}'";
    case STATE_FIRST_ITEM:
    case STATE_ITEM:
        return "an instance";
    case STATE_ITEM_END:
        return "a comma or ']'";
    default:
        return inventory->wrapped && !inventory->has_list ? "a member 'instances'" : "the end";
    }
}

/* Whether a value begins at this byte rather than a single byte of the frame. */
static bool begins_span(const cdp_inventory *inventory, char byte)
{
    switch (inventory->state) {
    case STATE_FIRST_KEY:
    case STATE_KEY:
        return byte == '"';
    case STATE_VALUE:
        return !inventory->key_is_instances;
    case STATE_FIRST_ITEM:
        return byte != ']' && byte != ',' && byte != '}' && byte != ':';
    case STATE_ITEM:
        return byte != ']' && byte != ',' && byte != '}' && byte != ':';
    default:
        return false;
    }
}

static frame_state state_behind_span(frame_state before)
{
    if (before == STATE_FIRST_KEY || before == STATE_KEY)
        return STATE_KEY_READY;
    return before == STATE_VALUE ? STATE_SKIPPED : STATE_ITEM_READY;
}

static cdp_status take_key(cdp_inventory *inventory, cdp_diagnostics *diagnostics)
{
    static const cdp_string instances = CDP_LITERAL("\"instances\"");
    value_span *span = &inventory->span;
    cdp_status status = CDP_OK;

    inventory->key_is_instances =
        !span->dropped && cdp_string_equal(cdp_string_slice(inventory->buffer + span->start,
                                                            inventory->at - span->start),
                                           instances);
    if (!inventory->key_is_instances)
        status = report_unknown_key(inventory, diagnostics);
    if (status != CDP_OK)
        return status;
    span->active = false;
    inventory->state = STATE_COLON;
    return CDP_OK;
}

/* At the end of the text: right when nothing is open. */
static cdp_status take_end(cdp_inventory *inventory, cdp_diagnostics *diagnostics)
{
    if (inventory->state != STATE_TRAILER || (inventory->wrapped && !inventory->has_list))
        return refuse(inventory, diagnostics, expected_in(inventory));
    inventory->state = STATE_OVER;
    return CDP_OK;
}

/* One step of the frame: CDP_OK to go on, CDP_PENDING for more text, or an error. */
static cdp_status advance(cdp_inventory *inventory, cdp_diagnostics *diagnostics)
{
    char byte;

    if (inventory->state == STATE_KEY_READY)
        return take_key(inventory, diagnostics);
    if (inventory->state == STATE_SKIPPED) {
        inventory->span.active = false;
        inventory->state = STATE_MEMBER_END;
        return CDP_OK;
    }
    if (!inventory->span.active) {
        while (look(inventory, &byte) && is_blank(inventory, byte))
            step(inventory, byte);
        if (!look(inventory, &byte))
            return inventory->finished ? take_end(inventory, diagnostics) : CDP_PENDING;
        if (!begins_span(inventory, byte)) {
            frame_state before = inventory->state;

            if (!(before == STATE_VALUE && inventory->has_list) && take_byte(inventory, byte)) {
                step(inventory, byte);
                return CDP_OK;
            }
            inventory->state = before;
            return refuse(inventory, diagnostics, expected_in(inventory));
        }
        begin_span(inventory, inventory->state == STATE_VALUE);
    }
    if (!scan_span(inventory))
        return CDP_PENDING;
    inventory->state = state_behind_span(inventory->state);
    return CDP_OK;
}

cdp_status cdp_inventory_next(cdp_inventory *inventory, cdp_diagnostics *diagnostics,
                              cdp_instance *instance)
{
    cdp_instance found = {.size = sizeof found};
    cdp_status status;

    if (!inventory || !instance)
        return CDP_ERR_ARGUMENT;
    /* A size that cannot be one is refused before an instance is lost to it. */
    status = cdp_sized_write(instance, &found, sizeof found);
    while (status == CDP_OK) {
        if (inventory->state == STATE_BROKEN)
            return CDP_ERR_STATE;
        if (inventory->state == STATE_OVER)
            return CDP_ERR_NOT_FOUND;
        if (inventory->state == STATE_ITEM_READY) {
            status = take_item(inventory, diagnostics, &found);
            return status == CDP_OK ? cdp_sized_write(instance, &found, sizeof found) : status;
        }
        status = advance(inventory, diagnostics);
    }
    return status;
}
