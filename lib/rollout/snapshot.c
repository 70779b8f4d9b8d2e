/* SPDX-License-Identifier: MIT */
/*
 * A roll-out as text: one line of JSON. What there is of each instance stands in strings of fixed
 * width (ids: separated by newlines, which ids cannot hold), so that a million instances are a
 * few dozen megabytes and a handful of JSON values. What can be computed is left out.
 */
#include "rollout/fields.h"

#include "base/json_writer.h"
#include "base/text.h"

static void put_fields(cdp_json_writer *json, const cdp_field_list *list, const void *structure)
{
    for (size_t i = 0; i < list->count; i++) {
        cdp_json_key(json, list->fields[i].name);
        cdp_json_int(json, cdp_field_get(&list->fields[i], structure));
    }
}

static void put_hex(cdp_text *text, unsigned value, unsigned digits)
{
    while (digits-- > 0)
        cdp_text_put_byte(text, "0123456789abcdef"[value >> (4 * digits) & 15]);
}

static unsigned zone_of(const cdp_member *member)
{
    return member->zone;
}

static unsigned attempts_of(const cdp_member *member)
{
    return member->attempts;
}

static unsigned flags_of(const cdp_member *member)
{
    return member->flags;
}

static void put_column(cdp_json_writer *json, const cdp_rollout *rollout, const char *key,
                       unsigned (*value)(const cdp_member *member), unsigned digits)
{
    cdp_json_key(json, key);
    cdp_json_raw(json, CDP_STR("\""));
    for (size_t i = 0; i < rollout->member_count; i++)
        put_hex(json->text, value(&rollout->members[i]), digits);
    cdp_text_put_byte(json->text, '"');
}

static void put_states(cdp_json_writer *json, const cdp_rollout *rollout)
{
    cdp_json_key(json, "state");
    cdp_json_raw(json, CDP_STR("\""));
    for (size_t i = 0; i < rollout->member_count; i++)
        cdp_text_put_byte(json->text, cdp_state_letters[rollout->members[i].state]);
    cdp_text_put_byte(json->text, '"');
}

/* The ids without the quotes around each, a newline behind each but the last. */
static void put_ids(cdp_json_writer *json, const cdp_rollout *rollout)
{
    cdp_text *text = json->text;

    cdp_json_key(json, "ids");
    cdp_json_raw(json, CDP_STR("\""));
    for (size_t i = 0; i < rollout->member_count; i++) {
        cdp_string id = cdp_member_id(rollout, (uint32_t)i);

        for (size_t at = 0; at < id.length; at++) {
            if (id.data[at] == '"' || id.data[at] == '\\')
                cdp_text_put_byte(text, '\\');
            cdp_text_put_byte(text, id.data[at]);
        }
        if (i + 1 < rollout->member_count)
            cdp_text_put_c(text, "\\n");
    }
    cdp_text_put_byte(text, '"');
}

static void put_zones(cdp_json_writer *json, const cdp_rollout *rollout)
{
    cdp_json_key(json, "zones");
    cdp_json_open_array(json);
    for (size_t i = 0; i < rollout->zone_count; i++)
        cdp_json_string(json, cdp_rollout_zone_name(rollout, (uint32_t)i));
    cdp_json_close_array(json);
    cdp_json_key(json, "trouble");
    cdp_json_open_array(json);
    cdp_json_uint(json, rollout->total.trouble);
    cdp_json_uint(json, rollout->originals.tally.trouble);
    for (size_t i = 0; i < rollout->pool_count; i++)
        cdp_json_uint(json, rollout->pools[i].tally.trouble);
    cdp_json_close_array(json);
}

void cdp_snapshot_put_body(const cdp_rollout *rollout, cdp_text *text)
{
    cdp_json_writer json;

    cdp_json_init(&json, text, 0);
    cdp_json_open_object(&json);
    cdp_json_key(&json, "format");
    cdp_json_c_string(&json, CDP_SNAPSHOT_FORMAT);
    cdp_json_key(&json, "version");
    cdp_json_int(&json, CDP_SNAPSHOT_VERSION);
    cdp_json_key(&json, "options");
    cdp_json_open_object(&json);
    put_fields(&json, &cdp_option_fields, &rollout->options);
    cdp_json_close_object(&json);
    put_fields(&json, &cdp_machine_fields, rollout);
    cdp_json_key(&json, "verdict");
    cdp_json_open_object(&json);
    put_fields(&json, &cdp_verdict_fields, &rollout->verdict);
    cdp_json_close_object(&json);
    put_zones(&json, rollout);
    cdp_json_key(&json, "base_count");
    cdp_json_uint(&json, rollout->base_count);
    put_column(&json, rollout, "zone", zone_of, 4);
    put_column(&json, rollout, "attempts", attempts_of, 4);
    put_column(&json, rollout, "flags", flags_of, 2);
    put_states(&json, rollout);
    put_ids(&json, rollout);
}

void cdp_snapshot_check(cdp_string text, char check[17])
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < text.length; i++) {
        hash ^= (unsigned char)text.data[i];
        hash *= 1099511628211u;
    }
    for (unsigned i = 0; i < 16; i++)
        check[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
    check[16] = '\0';
}

cdp_status cdp_rollout_snapshot(const cdp_rollout *rollout, cdp_text *text)
{
    cdp_status status;
    char check[17];
    size_t start;

    if (!rollout || !text)
        return CDP_ERR_ARGUMENT;
    if (rollout->phase == CDP_ROLLOUT_PHASE_NONE)
        return CDP_ERR_STATE;
    start = text->length;
    cdp_snapshot_put_body(rollout, text);
    status = cdp_text_status(text);
    if (status == CDP_OK) {
        cdp_snapshot_check(cdp_string_slice(text->data + start, text->length - start), check);
        cdp_text_put_c(text, ",\"check\":\"");
        cdp_text_put_c(text, check);
        cdp_text_put_c(text, "\"}");
        status = cdp_text_status(text);
    }
    if (status != CDP_OK)
        cdp_text_rollback(text, start);
    return status;
}
