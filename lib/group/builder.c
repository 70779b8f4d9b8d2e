/* SPDX-License-Identifier: MIT */
/* Groups without text: a model that is filled by hand, then written, read and checked like any. */
#include "base/allocator.h"
#include "base/limits.h"
#include "base/sized.h"
#include "base/vocabulary.h"
#include "group/builder.h"
#include "group/group.h"
#include "group/model_read.h"
#include "group/model_write.h"
#include "group/words.h"

enum { EVERYTHING = CDP_MODEL_IN_CREATE | CDP_MODEL_IN_INFO };

/* ---- beginning and end ------------------------------------------------------------------------- */

static cdp_status read_start(cdp_group_builder *builder, cdp_string text)
{
    const cdp_allocator *allocator = &builder->arena.allocator;
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    cdp_findings findings;
    const cdp_model_reader reader = {&findings, &builder->arena, EVERYTHING};
    cdp_document *document = NULL;
    cdp_status status = cdp_limits_import(&options.limits, NULL);

    options.limits.input_bytes = options.limits.scalar_bytes = SIZE_MAX;
    options.limits.nodes = UINT32_MAX;
    cdp_findings_init(&findings, allocator, NULL);
    if (status == CDP_OK)
        status = cdp_document_parse(text.data, text.length, &options, allocator, NULL, &document);
    findings.document = document;
    if (status == CDP_OK)
        status = cdp_model_read(&reader, cdp_document_root(document), &builder->model);
    cdp_document_free(document);
    cdp_findings_release(&findings);
    return status;
}

static cdp_status copy_start(cdp_group_builder *builder, const cdp_group *start)
{
    cdp_text text;
    cdp_json_writer json;
    cdp_status status;

    cdp_text_init(&text, &builder->arena.allocator);
    cdp_json_init(&json, &text, 0);
    cdp_model_write(&start->model, EVERYTHING, &json);
    status = cdp_text_status(&text);
    if (status == CDP_OK)
        status = read_start(builder, cdp_text_string(&text));
    cdp_text_release(&text);
    return status;
}

cdp_status cdp_group_builder_new(const cdp_allocator *allocator, const cdp_group *start,
                                 cdp_group_builder **builder)
{
    cdp_allocator own;
    cdp_group_builder *made;
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own, allocator);
    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&own, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    cdp_arena_init(&made->arena, &own);
    if (start)
        status = copy_start(made, start);
    if (status == CDP_OK)
        *builder = made;
    else
        cdp_group_builder_free(made);
    return status;
}

void cdp_group_builder_free(cdp_group_builder *builder)
{
    cdp_allocator allocator;

    if (!builder)
        return;
    allocator = builder->arena.allocator;
    cdp_arena_release(&builder->arena);
    cdp_release(&allocator, builder, sizeof *builder);
}

cdp_status cdp_group_builder_finish(const cdp_group_builder *builder,
                                    const cdp_group_options *options, cdp_diagnostics *diagnostics,
                                    cdp_group **group)
{
    cdp_text text;
    cdp_json_writer json;
    cdp_status status;

    if (!builder || !group)
        return CDP_ERR_ARGUMENT;
    cdp_text_init(&text, &builder->arena.allocator);
    cdp_json_init(&json, &text, 0);
    cdp_model_write(&builder->model, EVERYTHING, &json);
    status = cdp_text_status(&text);
    if (status == CDP_OK)
        status = cdp_group_from_own_text(cdp_text_string(&text), EVERYTHING, options, diagnostics,
                                         group);
    cdp_text_release(&text);
    return status;
}

/* ---- values and lists ------------------------------------------------------------------------ */

cdp_status cdp_builder_put_text(cdp_group_builder *builder, cdp_string text, cdp_model_value *value)
{
    *value = (cdp_model_value){.given = {.node = text.data ? CDP_BY_HAND : 0}};
    return cdp_arena_copy(&builder->arena, text, &value->text);
}

void cdp_builder_put_number(int64_t number, cdp_model_value *value)
{
    *value = (cdp_model_value){.given = {.node = CDP_BY_HAND}, .number = number};
}

void cdp_builder_put_word(int64_t word, cdp_model_value *value)
{
    *value = (cdp_model_value){.given = {.node = word ? CDP_BY_HAND : 0}, .number = word};
}

bool cdp_is_word_or_none(const cdp_word_list *list, int word)
{
    return word == 0 || (word >= list->first && (size_t)(word - list->first) < list->count);
}

bool cdp_are_events(const cdp_word_list *list, uint32_t events)
{
    return (events & 1) == 0 && events >> (list->count + 1) == 0;
}

void *cdp_builder_grow(cdp_group_builder *builder, cdp_model_list *list, size_t bytes)
{
    unsigned char *items = list->items;

    if (list->count >= list->capacity) {
        size_t capacity = list->count ? list->count * 2 : 1;

        items = cdp_arena_array(&builder->arena, capacity, bytes);
        if (!items)
            return NULL;
        if (list->count > 0)
            memcpy(items, list->items, list->count * bytes);
        list->items = items;
        list->capacity = capacity;
    }
    memset(items + list->count * bytes, 0, bytes);
    return items + list->count * bytes;
}

cdp_status cdp_builder_keep(cdp_model_list *list, cdp_given *item, cdp_status status)
{
    if (status != CDP_OK)
        return status;
    item->node = list->given.node = CDP_BY_HAND;
    list->count++;
    return CDP_OK;
}

cdp_status cdp_builder_put_events(cdp_group_builder *builder, uint32_t events, cdp_model_list *list)
{
    *list = (cdp_model_list){.given = {.node = CDP_BY_HAND}};
    for (int event = 1; event < 32; event++) {
        cdp_model_value *item;

        if (!(events >> event & 1))
            continue;
        item = cdp_builder_grow(builder, list, sizeof *item);
        if (!item)
            return CDP_ERR_NOMEM;
        item->number = event;
        cdp_builder_keep(list, &item->given, CDP_OK);
    }
    return CDP_OK;
}

cdp_status cdp_builder_add_named(cdp_group_builder *builder, cdp_model_list *list, cdp_string name)
{
    cdp_model_named *item = cdp_builder_grow(builder, list, sizeof *item);

    if (!item)
        return CDP_ERR_NOMEM;
    return cdp_builder_keep(list, &item->given, cdp_builder_put_text(builder, name, &item->name));
}

/* ---- basics ---------------------------------------------------------------------------------- */

static bool are_basics(const cdp_group_basics *basics)
{
    return cdp_is_word_or_none(&cdp_platforms, (int)basics->platform) &&
           cdp_is_word_or_none(&cdp_group_deployment_types, (int)basics->deployment_type) &&
           cdp_is_word_or_none(&cdp_group_deployment_options, (int)basics->deployment_option) &&
           cdp_is_word_or_none(&cdp_group_outdated_strategies, (int)basics->outdated_strategy) &&
           basics->reserved == 0;
}

cdp_status cdp_group_builder_set_basics(cdp_group_builder *builder, const cdp_group_basics *basics)
{
    cdp_group_basics own;
    cdp_model made;
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, basics);
    if (status != CDP_OK)
        return status;
    if (!are_basics(&own))
        return CDP_ERR_ARGUMENT;
    made = builder->model;
    if (cdp_builder_put_text(builder, own.application_name, &made.application_name) != CDP_OK ||
        cdp_builder_put_text(builder, own.name, &made.name) != CDP_OK ||
        cdp_builder_put_text(builder, own.id, &made.id) != CDP_OK ||
        cdp_builder_put_text(builder, own.service_role_arn, &made.service_role_arn) != CDP_OK ||
        cdp_builder_put_text(builder, own.config_name, &made.config_name) != CDP_OK)
        return CDP_ERR_NOMEM;
    cdp_builder_put_word(own.platform, &made.platform);
    cdp_builder_put_word(own.deployment_type, &made.style.type);
    cdp_builder_put_word(own.deployment_option, &made.style.option);
    made.style.given =
        (cdp_given){.node = own.deployment_type || own.deployment_option ? CDP_BY_HAND : 0};
    cdp_builder_put_word(own.outdated_strategy, &made.outdated_strategy);
    cdp_builder_put_word(own.termination_hook != 0, &made.termination_hook);
    builder->model = made;
    return CDP_OK;
}

/* ---- taking out ------------------------------------------------------------------------------ */

cdp_status cdp_group_builder_clear(cdp_group_builder *builder, cdp_group_list list)
{
    const cdp_model_list none = {.count = 0};
    cdp_model *model = builder ? &builder->model : NULL;
    int kind = list == CDP_GROUP_LIST_ON_PREMISES_FILTERS;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    switch (list) {
    case CDP_GROUP_LIST_EC2_FILTERS:
    case CDP_GROUP_LIST_ON_PREMISES_FILTERS:
        model->filters[kind] = none;
        model->tag_sets[kind] = (cdp_model_tag_set){.groups = none};
        return CDP_OK;
    case CDP_GROUP_LIST_AUTO_SCALING_GROUPS:
        model->auto_scaling = none;
        return CDP_OK;
    case CDP_GROUP_LIST_ECS_SERVICES:
        model->ecs_services = none;
        return CDP_OK;
    case CDP_GROUP_LIST_LOAD_BALANCERS:
        model->balancers = (cdp_model_balancers){.classic = none};
        return CDP_OK;
    case CDP_GROUP_LIST_TRIGGERS:
        model->triggers = none;
        return CDP_OK;
    case CDP_GROUP_LIST_ALARMS:
        model->alarms = (cdp_model_alarms){.alarms = none};
        return CDP_OK;
    case CDP_GROUP_LIST_RESOURCE_TAGS:
        model->tags = none;
        return CDP_OK;
    }
    return CDP_ERR_ARGUMENT;
}
