/* SPDX-License-Identifier: MIT */
#include "group/model_read.h"

#include <string.h>

#include "group/timestamp.h"

/* What is being read, for messages. */
typedef struct slot_subject {
    const char *name;
    const cdp_model_type *type;
    bool is_item;
} slot_subject;

enum { MOST_MEMBERS = 32, HINT_BYTES = 256 };

/* ---- findings -------------------------------------------------------------------------------- */

static const char *kind_of_node(const cdp_document *document, cdp_node node)
{
    switch (cdp_node_get_kind(document, node)) {
    case CDP_NODE_SEQUENCE:
        return "a list";
    case CDP_NODE_MAPPING:
        return "an object";
    default:
        break;
    }
    switch (cdp_node_resolve(document, node).type) {
    case CDP_SCALAR_NULL:
        return "null";
    case CDP_SCALAR_BOOLEAN:
        return "true or false";
    case CDP_SCALAR_STRING:
        return "a string";
    default:
        return "a number";
    }
}

static const char *kind_expected(cdp_model_kind kind)
{
    static const char *const words[] = {
        [CDP_MODEL_TEXT] = "a string",         [CDP_MODEL_WORD] = "a string",
        [CDP_MODEL_BOOLEAN] = "true or false", [CDP_MODEL_INTEGER] = "a whole number",
        [CDP_MODEL_TIME] = "a time",           [CDP_MODEL_OBJECT] = "an object",
        [CDP_MODEL_LIST] = "a list",
    };

    return words[kind];
}

/* Appends to a text of limited length; what does not fit is left out. */
static size_t join(char *buffer, size_t length, const char *part)
{
    size_t bytes = strlen(part);

    if (bytes > HINT_BYTES - length)
        bytes = HINT_BYTES - length;
    memcpy(buffer + length, part, bytes);
    return length + bytes;
}

static void report_type(const cdp_model_reader *reader, cdp_node node, const slot_subject *subject)
{
    const cdp_document *document = reader->findings->document;
    const char *kind = kind_of_node(document, node);
    char what[HINT_BYTES];
    size_t length = join(what, 0, subject->is_item ? "An item of " : "");

    length = join(what, length, subject->name);
    if (subject->type->kind == CDP_MODEL_TIME && strcmp(kind, "a string") == 0)
        kind = "another string";
    if (subject->type->kind == CDP_MODEL_INTEGER && strcmp(kind, "a number") == 0)
        kind = "another number";
    cdp_findings_report(
        reader->findings, node + reader->findings->offset,
        (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_WRONG_TYPE,
                     .arguments = {cdp_string_slice(what, length), cdp_string_of(kind),
                                   cdp_string_of(kind_expected(subject->type->kind))}});
}

static void report_word(const cdp_model_reader *reader, cdp_node node, const slot_subject *subject,
                        cdp_string text)
{
    const cdp_word_list *list = subject->type->words;
    size_t near = cdp_suggest(text, list->words, list->count);
    char hint[HINT_BYTES];
    size_t length = join(hint, 0, near < list->count ? "Did you mean " : "Write ");

    for (size_t i = 0; i < list->count; i++) {
        if (near < list->count && i != near)
            continue;
        if (near == list->count && i > 0)
            length = join(hint, length, i + 1 < list->count ? ", " : " or ");
        length = join(hint, length, list->words[i]);
    }
    length = join(hint, length, near < list->count ? "?" : ".");
    cdp_findings_report(reader->findings, node + reader->findings->offset,
                        (cdp_report){.code = subject->type->unknown_word,
                                     .arguments = {cdp_string_of(subject->name), text},
                                     .hint = cdp_string_slice(hint, length)});
}

/* The member of `type` that a misspelt name most likely means, or NULL. */
static const char *suggest_member(const cdp_model_type *type, unsigned shapes, cdp_string name)
{
    const char *names[MOST_MEMBERS];
    size_t count = 0;
    size_t near;

    for (size_t i = 0; i < type->member_count && count < MOST_MEMBERS; i++) {
        if (type->members[i].shapes & shapes)
            names[count++] = type->members[i].name;
    }
    near = cdp_suggest(name, names, count);
    return near < count ? names[near] : NULL;
}

static void report_unknown(const cdp_model_reader *reader, cdp_node key, const cdp_model_type *type)
{
    const cdp_document *document = reader->findings->document;
    cdp_string name = cdp_node_text(document, key);
    const char *meant = suggest_member(type, reader->shapes, name);
    const char *shape =
        type == &cdp_model_group_type ? cdp_model_shape_name(reader->shapes) : type->name;
    cdp_place place = cdp_node_place(document, key);
    char hint[HINT_BYTES];
    char fix[HINT_BYTES];
    cdp_report report = {.code = CDP_DIAGNOSTIC_GROUP_UNKNOWN_MEMBER,
                         .arguments = {name, cdp_string_of(shape)}};

    if (meant) {
        report.hint = cdp_string_slice(
            hint, join(hint, join(hint, join(hint, 0, "Did you mean `"), meant), "`?"));
        report.fix_text =
            cdp_string_slice(fix, join(fix, join(fix, join(fix, 0, "\""), meant), "\""));
        report.fix_offset = place.offset;
        report.fix_length = place.end_offset - place.offset;
    }
    cdp_findings_report(reader->findings, key + reader->findings->offset, report);
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool is_null(const cdp_document *document, cdp_node node)
{
    return cdp_node_get_kind(document, node) == CDP_NODE_SCALAR &&
           cdp_node_resolve(document, node).type == CDP_SCALAR_NULL;
}

/* Whether a scalar has the type; words and times still have to be understood. */
static bool has_type(cdp_model_kind kind, const cdp_scalar *scalar)
{
    switch (kind) {
    case CDP_MODEL_BOOLEAN:
        return scalar->type == CDP_SCALAR_BOOLEAN;
    case CDP_MODEL_INTEGER:
        return scalar->type == CDP_SCALAR_INTEGER && !scalar->overflow;
    case CDP_MODEL_TIME:
        return scalar->type == CDP_SCALAR_STRING || scalar->type == CDP_SCALAR_INTEGER ||
               scalar->type == CDP_SCALAR_FLOAT;
    default:
        return scalar->type == CDP_SCALAR_STRING;
    }
}

static bool read_number(const cdp_model_type *type, const cdp_scalar *scalar, cdp_string text,
                        int64_t *number)
{
    int word;

    switch (type->kind) {
    case CDP_MODEL_BOOLEAN:
        *number = scalar->boolean;
        return true;
    case CDP_MODEL_INTEGER:
        *number = scalar->integer;
        return true;
    case CDP_MODEL_TIME:
        return scalar->type == CDP_SCALAR_STRING ? cdp_timestamp_from_text(text, number)
                                                 : cdp_timestamp_from_number(text, number);
    case CDP_MODEL_WORD:
        if (cdp_word_find(type->words, text, &word) != CDP_OK)
            return false;
        *number = word;
        return true;
    default:
        return true;
    }
}

static cdp_status read_scalar(const cdp_model_reader *reader, cdp_node node,
                              const slot_subject *subject, cdp_model_value *value)
{
    const cdp_document *document = reader->findings->document;
    cdp_scalar scalar = {.type = CDP_SCALAR_REFUSED};
    cdp_string text = {NULL, 0};

    *value = (cdp_model_value){.given = {.node = node + reader->findings->offset, .broken = true}};
    if (cdp_node_get_kind(document, node) == CDP_NODE_SCALAR) {
        scalar = cdp_node_resolve(document, node);
        text = cdp_node_text(document, node);
    }
    if (!has_type(subject->type->kind, &scalar)) {
        report_type(reader, node, subject);
        return CDP_OK;
    }
    if (!read_number(subject->type, &scalar, text, &value->number)) {
        if (subject->type->kind == CDP_MODEL_WORD)
            report_word(reader, node, subject, text);
        else
            report_type(reader, node, subject);
        return CDP_OK;
    }
    value->given.broken = false;
    return cdp_arena_copy(reader->arena, text, &value->text);
}

/* ---- objects and lists: the tables bound how deep these call each other ------------------------ */

static cdp_status read_value(const cdp_model_reader *reader, cdp_node node,
                             const slot_subject *subject, void *slot);

static cdp_status read_items(const cdp_model_reader *reader, cdp_node node,
                             const slot_subject *list, cdp_model_list *slot)
{
    const cdp_document *document = reader->findings->document;
    const slot_subject item = {list->name, list->type->item, true};
    size_t count = cdp_node_child_count(document, node);
    unsigned char *items;
    cdp_status status = CDP_OK;

    if (count == 0)
        return CDP_OK;
    items = cdp_arena_array(reader->arena, count, item.type->bytes);
    if (!items)
        return CDP_ERR_NOMEM;
    memset(items, 0, count * item.type->bytes);
    slot->items = items;
    slot->count = count;
    node = cdp_node_first_child(document, node);
    for (; node && status == CDP_OK; node = cdp_node_next_sibling(document, node)) {
        status = read_value(reader, node, &item, items);
        items += item.type->bytes;
    }
    return status;
}

static const cdp_model_member *find_member(const cdp_model_type *type, cdp_string name)
{
    for (size_t i = 0; i < type->member_count; i++) {
        if (cdp_string_equal_c(name, type->members[i].name))
            return &type->members[i];
    }
    return NULL;
}

static void report_misplaced(const cdp_model_reader *reader, cdp_node key,
                             const cdp_model_member *member)
{
    const char *here = cdp_model_shape_name(reader->shapes);
    const char *there = cdp_model_shape_name(member->shapes);

    cdp_findings_report(reader->findings, key + reader->findings->offset,
                        (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_MISPLACED_MEMBER,
                                     .arguments = {cdp_string_of(member->name), cdp_string_of(here),
                                                   cdp_string_of(there)}});
}

static cdp_status read_member(const cdp_model_reader *reader, cdp_node key,
                              const cdp_model_type *type, unsigned char *object)
{
    const cdp_document *document = reader->findings->document;
    const cdp_model_member *member = find_member(type, cdp_node_text(document, key));
    cdp_node value = cdp_node_value(document, key);

    if (!member) {
        report_unknown(reader, key, type);
        return CDP_OK;
    }
    if (!(member->shapes & reader->shapes)) {
        report_misplaced(reader, key, member);
        return CDP_OK;
    }
    if (is_null(document, value))
        return CDP_OK;
    memset(object + member->offset, 0, member->type->bytes);
    return read_value(reader, value, &(slot_subject){member->name, member->type, false},
                      object + member->offset);
}

static cdp_status read_members(const cdp_model_reader *reader, cdp_node node,
                               const cdp_model_type *type, unsigned char *object)
{
    const cdp_document *document = reader->findings->document;
    cdp_status status = CDP_OK;
    cdp_node key = cdp_node_first_child(document, node);

    for (; key && status == CDP_OK; key = cdp_node_next_sibling(document, key)) {
        if (cdp_node_is_effective(document, key))
            status = read_member(reader, key, type, object);
    }
    return status;
}

/* A text or null in place of an object. */
static cdp_status read_stand_in(const cdp_model_reader *reader, cdp_node node,
                                const slot_subject *subject, unsigned char *object)
{
    const cdp_document *document = reader->findings->document;
    const cdp_model_member *first = subject->type->members;
    cdp_given *given = (cdp_given *)(void *)object;

    /* A list's null has no members: whatever is required of it is then found missing. */
    if (is_null(document, node))
        return CDP_OK;
    if (subject->type->may_be_text && cdp_node_get_kind(document, node) == CDP_NODE_SCALAR)
        return read_scalar(reader, node, &(slot_subject){subject->name, first->type, true},
                           (cdp_model_value *)(void *)(object + first->offset));
    given->broken = true;
    report_type(reader, node, subject);
    return CDP_OK;
}

static cdp_status read_value(const cdp_model_reader *reader, cdp_node node,
                             const slot_subject *subject, void *slot)
{
    const cdp_document *document = reader->findings->document;
    cdp_node_kind kind = cdp_node_get_kind(document, node);
    const cdp_model_type *type = subject->type;
    cdp_given *given = slot;

    if (type->kind < CDP_MODEL_OBJECT)
        return read_scalar(reader, node, subject, slot);
    given->node = node + reader->findings->offset;
    if (type->kind == CDP_MODEL_LIST && kind == CDP_NODE_SEQUENCE)
        return read_items(reader, node, subject, slot);
    if (type->kind == CDP_MODEL_OBJECT && kind == CDP_NODE_MAPPING &&
        (!type->may_be_text || (reader->shapes & CDP_MODEL_IN_INFO)))
        return read_members(reader, node, type, slot);
    if (type->kind == CDP_MODEL_OBJECT)
        return read_stand_in(reader, node, subject, slot);
    given->broken = true;
    report_type(reader, node, subject);
    return CDP_OK;
}

cdp_status cdp_model_read(const cdp_model_reader *reader, cdp_node object, cdp_model *model)
{
    return read_value(reader, object, &(slot_subject){"The group", &cdp_model_group_type, false},
                      model);
}

/* ---- shape ----------------------------------------------------------------------------------- */

static bool has_object_item(const cdp_document *document, cdp_node list)
{
    cdp_node item = cdp_node_first_child(document, list);

    return cdp_node_get_kind(document, list) == CDP_NODE_SEQUENCE &&
           cdp_node_get_kind(document, item) == CDP_NODE_MAPPING;
}

unsigned cdp_model_detect_shape(const cdp_document *document, cdp_node object)
{
    cdp_node key = cdp_node_first_child(document, object);
    bool info = has_object_item(
        document, cdp_node_find(document, object, CDP_STR("autoScalingGroups"), NULL));

    if (cdp_node_get_kind(document, object) != CDP_NODE_MAPPING)
        return CDP_MODEL_IN_CREATE;
    for (; key; key = cdp_node_next_sibling(document, key)) {
        const cdp_model_member *member =
            find_member(&cdp_model_group_type, cdp_node_text(document, key));

        if (member && member->shapes == CDP_MODEL_IN_CREATE)
            return CDP_MODEL_IN_CREATE;
        info = info || (member && member->shapes == CDP_MODEL_IN_INFO);
    }
    return info ? CDP_MODEL_IN_INFO : CDP_MODEL_IN_CREATE;
}
