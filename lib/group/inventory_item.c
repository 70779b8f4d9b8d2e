/* SPDX-License-Identifier: MIT */
/* One instance of an inventory. */
#include "base/allocator.h"
#include "base/utf8.h"
#include "group/check.h"
#include "group/inventory.h"
#include "group/words.h"

enum { ID_LIMIT = 1024, ON_PREMISES_TAG_LIMIT = 10 };

typedef struct item_reading {
    cdp_inventory_item *item;
    const cdp_document *document;
    const cdp_allocator *allocator;
    cdp_findings *findings;
    cdp_instance *instance;
    cdp_node object;
    cdp_node kind; /* of the members of that name, 0: absent */
    cdp_node state;
    cdp_string state_word;
    cdp_status status;
} item_reading;

/* ---- findings -------------------------------------------------------------------------------- */

static void report(item_reading *reading, cdp_node node, cdp_diagnostic_code code, cdp_string first,
                   cdp_string second)
{
    cdp_findings_report(reading->findings, node,
                        (cdp_report){.code = code, .arguments = {first, second}});
}

static void report_type(item_reading *reading, cdp_node node, const char *what,
                        const char *expected)
{
    cdp_string kind = CDP_STR("a number, a truth value or null");

    switch (cdp_node_get_kind(reading->document, node)) {
    case CDP_NODE_SEQUENCE:
        kind = CDP_STR("a list");
        break;
    case CDP_NODE_MAPPING:
        kind = CDP_STR("an object");
        break;
    default:
        if (cdp_node_resolve(reading->document, node).type == CDP_SCALAR_STRING)
            kind = CDP_STR("a string");
        break;
    }
    cdp_findings_report(
        reading->findings, node,
        (cdp_report){.code = CDP_DIAGNOSTIC_INVENTORY_WRONG_TYPE,
                     .arguments = {cdp_string_of(what), kind, cdp_string_of(expected)}});
}

static bool is_null(const item_reading *reading, cdp_node node)
{
    return cdp_node_get_kind(reading->document, node) == CDP_NODE_SCALAR &&
           cdp_node_resolve(reading->document, node).type == CDP_SCALAR_NULL;
}

/* The text of a string; absent after reporting that it is none. */
static cdp_string take_text(item_reading *reading, cdp_node node, const char *what)
{
    if (cdp_node_get_kind(reading->document, node) == CDP_NODE_SCALAR &&
        cdp_node_resolve(reading->document, node).type == CDP_SCALAR_STRING)
        return cdp_node_text(reading->document, node);
    report_type(reading, node, what, "a string");
    return (cdp_string){NULL, 0};
}

/* ---- words ----------------------------------------------------------------------------------- */

/* The exact word, or else the one that differs in case only. */
static bool find_word(const cdp_word_list *list, cdp_string text, bool exact, int *value)
{
    for (size_t i = 0; i < list->count; i++) {
        cdp_string word = cdp_string_of(list->words[i]);

        if (exact ? cdp_string_equal(word, text) : cdp_string_equal_ignoring_case(word, text)) {
            *value = list->first + (int)i;
            return true;
        }
    }
    return false;
}

static void report_word(item_reading *reading, cdp_node node, const char *what,
                        const cdp_word_list *list, cdp_string text)
{
    size_t near = cdp_suggest(text, list->words, list->count);
    cdp_group_reason hint = {.length = 0};
    cdp_report found = {.code = CDP_DIAGNOSTIC_INVENTORY_WORD_UNKNOWN,
                        .arguments = {cdp_string_of(what), text}};

    if (near < list->count) {
        cdp_reason_put(&hint, CDP_STR("Did you mean "));
        cdp_reason_put(&hint, cdp_string_of(list->words[near]));
        cdp_reason_put(&hint, CDP_STR("?"));
        found.hint = cdp_reason_text(&hint);
    }
    cdp_findings_report(reading->findings, node, found);
}

/* False when the word is none of the list; that is reported. */
static bool take_word(item_reading *reading, cdp_node node, const char *what,
                      const cdp_word_list *list, int *value)
{
    cdp_string text = take_text(reading, node, what);

    if (!text.data)
        return false;
    if (find_word(list, text, false, value))
        return true;
    report_word(reading, node, what, list, text);
    return false;
}

/* What stands before and behind the colon of `Warmed:Stopped`. */
static cdp_string before_colon(cdp_string text, cdp_string *suffix)
{
    size_t colon = cdp_string_find(text, ':', 0);

    *suffix = CDP_STR("");
    if (colon == text.length)
        return text;
    *suffix = cdp_string_slice(text.data + colon + 1, text.length - colon - 1);
    return cdp_string_slice(text.data, colon);
}

/* The machine behind an Auto Scaling group's state, as far as that tells. */
static void take_scaling_state(item_reading *reading, int value, cdp_string suffix)
{
    cdp_instance *instance = reading->instance;

    instance->auto_scaling_state = (cdp_auto_scaling_state)value;
    if (instance->state != CDP_INSTANCE_STATE_NOT_SAID)
        return;
    if (value == CDP_AUTO_SCALING_STATE_TERMINATED)
        instance->state = CDP_INSTANCE_STATE_TERMINATED;
    if (cdp_string_equal_ignoring_case(suffix, CDP_STR("Stopped")) ||
        cdp_string_equal_ignoring_case(suffix, CDP_STR("Hibernated")))
        instance->state = CDP_INSTANCE_STATE_STOPPED;
}

static void take_state(item_reading *reading, cdp_node node)
{
    cdp_string text = take_text(reading, node, "state");
    cdp_string suffix;
    cdp_string word;
    int value;

    if (!text.data)
        return;
    reading->state = node;
    reading->state_word = text;
    word = before_colon(text, &suffix);
    /* `pending` is a machine's state, `Pending` an Auto Scaling group's: case counts first. */
    for (int exact = 1; exact >= 0; exact--) {
        if (find_word(&cdp_instance_states, text, exact, &value)) {
            reading->instance->state = (cdp_instance_state)value;
            return;
        }
        if (find_word(&cdp_auto_scaling_states, word, exact, &value)) {
            take_scaling_state(reading, value, suffix);
            return;
        }
    }
    report_word(reading, node, "state", &cdp_instance_states, text);
}

static void take_auto_scaling_state(item_reading *reading, cdp_node node)
{
    cdp_string text = take_text(reading, node, "autoScalingState");
    cdp_string suffix;
    int value;

    if (!text.data)
        return;
    if (find_word(&cdp_auto_scaling_states, before_colon(text, &suffix), false, &value))
        take_scaling_state(reading, value, suffix);
    else
        report_word(reading, node, "autoScalingState", &cdp_auto_scaling_states, text);
}

/* ---- tags ------------------------------------------------------------------------------------ */

static void add_tag(item_reading *reading, cdp_tag tag)
{
    cdp_inventory_item *item = reading->item;
    void *tags = item->tags;
    cdp_status status = cdp_array_reserve(reading->allocator, &tags, &item->tag_capacity,
                                          reading->instance->tag_count + 1, sizeof *item->tags);

    item->tags = tags;
    if (status == CDP_OK)
        item->tags[reading->instance->tag_count++] = tag;
    else
        reading->status = status;
}

static void take_tag_object(item_reading *reading, cdp_node tags)
{
    cdp_node key = cdp_node_first_child(reading->document, tags);

    for (; key && reading->status == CDP_OK; key = cdp_node_next_sibling(reading->document, key)) {
        cdp_node value = cdp_node_value(reading->document, key);
        cdp_tag tag = {cdp_node_text(reading->document, key), {NULL, 0}};

        if (!cdp_node_is_effective(reading->document, key))
            continue;
        if (!is_null(reading, value))
            tag.value = take_text(reading, value, "The value of a tag");
        add_tag(reading, tag);
    }
}

static void take_tag(item_reading *reading, cdp_node object)
{
    cdp_node key = cdp_node_find(reading->document, object, CDP_STR("Key"), NULL);
    cdp_node value = cdp_node_find(reading->document, object, CDP_STR("Value"), NULL);
    cdp_tag tag = {CDP_STR(""), {NULL, 0}};

    if (cdp_node_get_kind(reading->document, object) != CDP_NODE_MAPPING) {
        report_type(reading, object, "An item of tags", "an object with Key and Value");
        return;
    }
    if (key && !is_null(reading, key))
        tag.key = take_text(reading, key, "Key");
    if (value && !is_null(reading, value))
        tag.value = take_text(reading, value, "Value");
    add_tag(reading, tag);
}

static void take_tags(item_reading *reading, cdp_node tags)
{
    cdp_node item = cdp_node_first_child(reading->document, tags);

    switch (cdp_node_get_kind(reading->document, tags)) {
    case CDP_NODE_MAPPING:
        take_tag_object(reading, tags);
        break;
    case CDP_NODE_SEQUENCE:
        for (; item && reading->status == CDP_OK;
             item = cdp_node_next_sibling(reading->document, item))
            take_tag(reading, item);
        break;
    default:
        report_type(reading, tags, "tags", "an object or a list");
        break;
    }
}

/* ---- members --------------------------------------------------------------------------------- */

static const char *const member_names[] = {"id",
                                           "kind",
                                           "tags",
                                           "zone",
                                           "autoScalingGroup",
                                           "state",
                                           "autoScalingState",
                                           "instanceHealth",
                                           "revisionHealth"};

enum {
    MEMBER_ID,
    MEMBER_KIND,
    MEMBER_TAGS,
    MEMBER_ZONE,
    MEMBER_AUTO_SCALING_GROUP,
    MEMBER_STATE,
    MEMBER_AUTO_SCALING_STATE,
    MEMBER_INSTANCE_HEALTH,
    MEMBER_REVISION_HEALTH,
    MEMBERS
};

static void take_member(item_reading *reading, size_t member, cdp_node value)
{
    cdp_instance *instance = reading->instance;
    int word;

    switch (member) {
    case MEMBER_ID:
        instance->id = take_text(reading, value, "id");
        break;
    case MEMBER_KIND:
        reading->kind = value;
        if (take_word(reading, value, "kind", &cdp_instance_kinds, &word))
            instance->kind = (cdp_instance_kind)word;
        break;
    case MEMBER_TAGS:
        take_tags(reading, value);
        break;
    case MEMBER_ZONE:
        instance->zone = take_text(reading, value, "zone");
        break;
    case MEMBER_AUTO_SCALING_GROUP:
        instance->auto_scaling_group = take_text(reading, value, "autoScalingGroup");
        break;
    case MEMBER_STATE:
        take_state(reading, value);
        break;
    case MEMBER_AUTO_SCALING_STATE:
        take_auto_scaling_state(reading, value);
        break;
    case MEMBER_INSTANCE_HEALTH:
        if (take_word(reading, value, "instanceHealth", &cdp_instance_healths, &word))
            instance->instance_health = (cdp_instance_health)word;
        break;
    default:
        if (take_word(reading, value, "revisionHealth", &cdp_revision_healths, &word))
            instance->revision_health = (cdp_revision_health)word;
        break;
    }
}

static void take_key(item_reading *reading, cdp_node key)
{
    cdp_string name = cdp_node_text(reading->document, key);
    cdp_node value = cdp_node_value(reading->document, key);
    cdp_group_reason hint = {.length = 0};
    cdp_report found = {.code = CDP_DIAGNOSTIC_INVENTORY_UNKNOWN_MEMBER,
                        .arguments = {name, CDP_STR("an instance")}};
    size_t near;

    for (size_t i = 0; i < MEMBERS; i++) {
        if (cdp_string_equal_c(name, member_names[i])) {
            if (!is_null(reading, value))
                take_member(reading, i, value);
            return;
        }
    }
    near = cdp_suggest(name, member_names, MEMBERS);
    if (near < MEMBERS) {
        cdp_reason_put(&hint, CDP_STR("Did you mean `"));
        cdp_reason_put(&hint, cdp_string_of(member_names[near]));
        cdp_reason_put(&hint, CDP_STR("`?"));
        found.hint = cdp_reason_text(&hint);
    }
    cdp_findings_report(reading->findings, key, found);
}

/* ---- checks ---------------------------------------------------------------------------------- */

static void check_id(item_reading *reading)
{
    cdp_string id = reading->instance->id;
    cdp_node node = cdp_node_find(reading->document, reading->object, CDP_STR("id"), NULL);
    cdp_group_reason reason = {.length = 0};

    if (!node || is_null(reading, node)) {
        cdp_findings_missing(reading->findings, reading->object, "id",
                             (cdp_report){.code = CDP_DIAGNOSTIC_INVENTORY_ID_INVALID,
                                          .arguments = {CDP_STR("has no id")}});
        return;
    }
    if (!id.data)
        return;
    if (id.length == 0 || id.length > ID_LIMIT) {
        cdp_reason_put(&reason, CDP_STR("has an id of "));
        cdp_reason_put_number(&reason, id.length);
        cdp_reason_put(&reason, CDP_STR(" bytes"));
    }
    if (reason.length == 0 && !cdp_utf8_is_sound(id))
        cdp_reason_put(&reason, CDP_STR("has an id with a control character"));
    if (reason.length > 0)
        report(reading, node, CDP_DIAGNOSTIC_INVENTORY_ID_INVALID, cdp_reason_text(&reason), id);
    else if (reading->instance->kind == CDP_INSTANCE_ON_PREMISES && !cdp_group_is_name(id, &reason))
        report(reading, node, CDP_DIAGNOSTIC_INVENTORY_NAME_INVALID, id, cdp_reason_text(&reason));
}

static void check_state(item_reading *reading)
{
    cdp_instance *instance = reading->instance;
    bool registration = instance->state == CDP_INSTANCE_STATE_REGISTERED ||
                        instance->state == CDP_INSTANCE_STATE_DEREGISTERED;

    if (!reading->kind && registration)
        instance->kind = CDP_INSTANCE_ON_PREMISES;
    if (instance->state != CDP_INSTANCE_STATE_NOT_SAID && reading->state &&
        registration != (instance->kind == CDP_INSTANCE_ON_PREMISES))
        report(reading, reading->state, CDP_DIAGNOSTIC_INVENTORY_STATE_KIND,
               cdp_string_of(cdp_instance_kind_name(instance->kind)), reading->state_word);
}

static void check_tag(item_reading *reading, cdp_node tags, const cdp_tag *tag)
{
    bool on_premises = reading->instance->kind == CDP_INSTANCE_ON_PREMISES;
    size_t key = cdp_group_length(tag->key);
    size_t value = cdp_group_length(tag->value);
    cdp_group_reason reason = {.length = 0};

    if (key == 0) {
        cdp_reason_put(&reason, CDP_STR("has no key"));
    } else if (on_premises && !tag->value.data) {
        cdp_reason_put(&reason, CDP_STR("has no value"));
    } else if (on_premises &&
               (key > CDP_GROUP_TAG_KEY_LIMIT || value > CDP_GROUP_TAG_VALUE_LIMIT)) {
        cdp_reason_put(&reason, key > CDP_GROUP_TAG_KEY_LIMIT ? CDP_STR("has a key of ")
                                                              : CDP_STR("has a value of "));
        cdp_reason_put_number(&reason, key > CDP_GROUP_TAG_KEY_LIMIT ? key : value);
        cdp_reason_put(&reason, CDP_STR(" characters"));
    }
    if (reason.length > 0)
        report(reading, tags, CDP_DIAGNOSTIC_INVENTORY_TAG_INVALID,
               reading->instance->id.data ? reading->instance->id : CDP_STR("an instance"),
               cdp_reason_text(&reason));
}

static void check_tags(item_reading *reading)
{
    cdp_instance *instance = reading->instance;
    cdp_node tags = cdp_node_find(reading->document, reading->object, CDP_STR("tags"), NULL);
    cdp_number_buffer buffers[2];

    instance->tags = instance->tag_count > 0 ? reading->item->tags : NULL;
    for (size_t i = 0; i < instance->tag_count; i++)
        check_tag(reading, tags, &instance->tags[i]);
    if (instance->kind == CDP_INSTANCE_ON_PREMISES && instance->tag_count > ON_PREMISES_TAG_LIMIT)
        cdp_findings_report(
            reading->findings, tags,
            (cdp_report){.code = CDP_DIAGNOSTIC_INVENTORY_TAG_LIMIT,
                         .arguments = {instance->id.data ? instance->id : CDP_STR("without an id"),
                                       cdp_number_text((int64_t)instance->tag_count, &buffers[0]),
                                       cdp_number_text(ON_PREMISES_TAG_LIMIT, &buffers[1])}});
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void take_object(item_reading *reading)
{
    cdp_node key = cdp_node_first_child(reading->document, reading->object);

    if (cdp_node_get_kind(reading->document, reading->object) != CDP_NODE_MAPPING) {
        report_type(reading, reading->object, "An instance", "an object");
        return;
    }
    for (; key && reading->status == CDP_OK; key = cdp_node_next_sibling(reading->document, key)) {
        if (cdp_node_is_effective(reading->document, key))
            take_key(reading, key);
    }
    if (reading->status != CDP_OK)
        return;
    check_state(reading);
    check_id(reading);
    check_tags(reading);
}

cdp_status cdp_inventory_item_read(cdp_inventory_item *item, cdp_string text,
                                   const cdp_document_options *options,
                                   const cdp_allocator *allocator, cdp_findings *findings,
                                   cdp_instance *instance)
{
    item_reading reading = {.item = item,
                            .allocator = allocator,
                            .findings = findings,
                            .instance = instance,
                            .status = CDP_OK};
    cdp_status status;

    cdp_document_free(item->document);
    item->document = NULL;
    *instance = (cdp_instance){.size = sizeof *instance};
    status = cdp_document_parse(text.data, text.length, options, allocator, findings->diagnostics,
                                &item->document);
    if (status != CDP_OK)
        return status;
    reading.document = findings->document = item->document;
    reading.object = cdp_document_root(item->document);
    take_object(&reading);
    return reading.status;
}

void cdp_inventory_item_release(cdp_inventory_item *item, const cdp_allocator *allocator)
{
    cdp_document_free(item->document);
    cdp_release(allocator, item->tags, item->tag_capacity * sizeof *item->tags);
}
