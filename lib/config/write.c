/* SPDX-License-Identifier: MIT */
/* A configuration as the API's JSON. */
#include "base/json_writer.h"
#include "config/draft.h"

typedef struct writer {
    cdp_json_writer json;
    cdp_config_shape shape;
} writer;

static void put_key(writer *w, cdp_config_field field)
{
    cdp_json_key(&w->json, cdp_config_field_name(w->shape, field));
}

static void put_word(writer *w, cdp_config_field field, cdp_string word)
{
    if (!word.data || !cdp_config_field_name(w->shape, field))
        return;
    put_key(w, field);
    cdp_json_string(&w->json, word);
}

static void put_number(writer *w, cdp_config_field field, int64_t number)
{
    put_key(w, field);
    cdp_json_int(&w->json, number);
}

static void open_object(writer *w, cdp_config_field field)
{
    put_key(w, field);
    cdp_json_open_object(&w->json);
}

static void put_minimum(writer *w, cdp_config_field object, cdp_minimum minimum)
{
    open_object(w, object);
    put_word(w, object + 1, cdp_string_of(cdp_minimum_type_name(minimum.type)));
    put_number(w, object + 2, minimum.value);
    cdp_json_close_object(&w->json);
}

static void put_traffic(writer *w, const cdp_config *config)
{
    cdp_config_field object =
        config->traffic_type == CDP_TRAFFIC_TIME_BASED_LINEAR ? CDP_FIELD_LINEAR : CDP_FIELD_CANARY;

    open_object(w, CDP_FIELD_TRAFFIC);
    put_word(w, CDP_FIELD_TRAFFIC_TYPE, cdp_string_of(cdp_traffic_type_name(config->traffic_type)));
    if (config->traffic_type != CDP_TRAFFIC_ALL_AT_ONCE) {
        open_object(w, object);
        put_number(w, object + 1, config->percentage);
        put_number(w, object + 2, config->interval_minutes);
        cdp_json_close_object(&w->json);
    }
    cdp_json_close_object(&w->json);
}

static void put_zones(writer *w, const cdp_config *config)
{
    open_object(w, CDP_FIELD_ZONES);
    if (config->has_first_monitor)
        put_number(w, CDP_FIELD_ZONE_FIRST_MONITOR, config->first_monitor_seconds);
    if (config->has_monitor)
        put_number(w, CDP_FIELD_ZONE_MONITOR, config->monitor_seconds);
    if (config->has_zone_minimum)
        put_minimum(w, CDP_FIELD_ZONE_MINIMUM, config->zone_minimum);
    cdp_json_close_object(&w->json);
}

static void put_create_time(writer *w, const cdp_config *config)
{
    if (!config->create_time.data || w->shape != CDP_CONFIG_SHAPE_INFO)
        return;
    put_key(w, CDP_FIELD_CREATE_TIME);
    if (config->create_time_is_text)
        cdp_json_string(&w->json, config->create_time);
    else
        cdp_json_raw(&w->json, config->create_time);
}

static void put_config(writer *w, const cdp_config *config)
{
    cdp_json_open_object(&w->json);
    if (w->shape != CDP_CONFIG_SHAPE_HOOK) {
        put_word(w, CDP_FIELD_ID, config->id);
        put_word(w, CDP_FIELD_NAME, config->name);
        if (config->minimum.type != CDP_MINIMUM_NONE)
            put_minimum(w, CDP_FIELD_MINIMUM, config->minimum);
        put_create_time(w, config);
        put_word(w, CDP_FIELD_PLATFORM, cdp_string_of(cdp_platform_name(config->platform)));
    }
    if (config->traffic_type != CDP_TRAFFIC_NONE)
        put_traffic(w, config);
    if (config->has_zones)
        put_zones(w, config);
    cdp_json_close_object(&w->json);
}

static bool suits_hook(const cdp_config *config)
{
    return config->platform == CDP_PLATFORM_ECS &&
           config->percentage >= CDP_CONFIG_HOOK_PERCENT_LEAST;
}

cdp_status cdp_config_write(const cdp_config *config, cdp_config_shape shape, unsigned indent,
                            cdp_text *text)
{
    writer w = {.shape = shape};
    size_t before;
    cdp_status status;

    if (!config || !text || shape < CDP_CONFIG_SHAPE_CREATE || shape > CDP_CONFIG_SHAPE_HOOK)
        return CDP_ERR_ARGUMENT;
    if (shape == CDP_CONFIG_SHAPE_HOOK && !suits_hook(config))
        return CDP_ERR_UNSUPPORTED;
    before = cdp_text_string(text).length;
    cdp_json_init(&w.json, text, indent);
    put_config(&w, config);
    status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, before);
    return status;
}
