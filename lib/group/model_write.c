/* SPDX-License-Identifier: MIT */
#include "group/model_write.h"

#include "group/timestamp.h"

static void write_time(int64_t milliseconds, cdp_json_writer *json)
{
    /* Begins the value; its digits follow without a detour through a buffer. */
    cdp_json_raw(json, CDP_STR(""));
    cdp_timestamp_put(milliseconds, json->text);
}

static void write_scalar(const cdp_model_type *type, const cdp_model_value *value,
                         cdp_json_writer *json)
{
    switch (type->kind) {
    case CDP_MODEL_BOOLEAN:
        cdp_json_bool(json, value->number != 0);
        break;
    case CDP_MODEL_INTEGER:
        cdp_json_int(json, value->number);
        break;
    case CDP_MODEL_TIME:
        write_time(value->number, json);
        break;
    case CDP_MODEL_WORD:
        cdp_json_c_string(json, cdp_word_of(type->words, (int)value->number));
        break;
    default:
        cdp_json_string(json, value->text);
        break;
    }
}

/* These three call each other as deep as the tables go. */
static void write_value(const cdp_model_type *type, const void *slot, unsigned shapes,
                        cdp_json_writer *json);

static void write_list(const cdp_model_type *type, const cdp_model_list *list, unsigned shapes,
                       cdp_json_writer *json)
{
    const unsigned char *item = list->items;

    cdp_json_open_array(json);
    for (size_t i = 0; i < list->count; i++, item += type->item->bytes)
        write_value(type->item, item, shapes, json);
    cdp_json_close_array(json);
}

static void write_object(const cdp_model_type *type, const unsigned char *object, unsigned shapes,
                         cdp_json_writer *json)
{
    cdp_json_open_object(json);
    for (size_t i = 0; i < type->member_count; i++) {
        const cdp_model_member *member = &type->members[i];
        const cdp_given *given = (const cdp_given *)(const void *)(object + member->offset);

        if (!given->node || given->broken || !(member->shapes & shapes))
            continue;
        cdp_json_key(json, member->name);
        write_value(member->type, given, shapes, json);
    }
    cdp_json_close_object(json);
}

static void write_value(const cdp_model_type *type, const void *slot, unsigned shapes,
                        cdp_json_writer *json)
{
    const unsigned char *object = slot;

    if (type->kind == CDP_MODEL_LIST)
        write_list(type, slot, shapes, json);
    else if (type->kind != CDP_MODEL_OBJECT)
        write_scalar(type, slot, json);
    else if (type->may_be_text && !(shapes & CDP_MODEL_IN_INFO))
        write_scalar(type->members->type,
                     (const cdp_model_value *)(const void *)(object + type->members->offset), json);
    else
        write_object(type, object, shapes, json);
}

void cdp_model_write(const cdp_model *model, unsigned shapes, cdp_json_writer *json)
{
    write_value(&cdp_model_group_type, model, shapes, json);
}
