/* SPDX-License-Identifier: MIT */
/* The parts of a group that a program sets. */
#include "base/sized.h"
#include "base/vocabulary.h"
#include "group/builder.h"
#include "group/words.h"

/* ---- targets --------------------------------------------------------------------------------- */

/* The filters of the plain list become the first tag group of the set. */
static cdp_status make_set(cdp_group_builder *builder, int kind)
{
    cdp_model_tag_set *set = &builder->model.tag_sets[kind];
    cdp_model_list *flat = &builder->model.filters[kind];
    cdp_model_list *first;

    if (set->groups.count == 0 && flat->count > 0) {
        first = cdp_builder_grow(builder, &set->groups, sizeof *first);
        if (!first)
            return CDP_ERR_NOMEM;
        *first = *flat;
        set->groups.count = 1;
        *flat = (cdp_model_list){.count = 0};
    }
    set->given = set->groups.given = (cdp_given){.node = CDP_BY_HAND};
    return CDP_OK;
}

cdp_status cdp_group_builder_use_tag_set(cdp_group_builder *builder, cdp_instance_kind kind)
{
    if (!builder || (kind != CDP_INSTANCE_EC2 && kind != CDP_INSTANCE_ON_PREMISES))
        return CDP_ERR_ARGUMENT;
    return make_set(builder, (int)kind);
}

/* The list to which a tag group's filters are added; NULL without memory or such a tag group. One
 * that begins with this filter is not counted yet. */
static cdp_model_list *find_tag_group(cdp_group_builder *builder, int kind, size_t tag_group,
                                      cdp_status *status)
{
    cdp_model_tag_set *set = &builder->model.tag_sets[kind];
    bool is_set = set->given.node != 0;
    size_t count = is_set ? set->groups.count : builder->model.filters[kind].count > 0;
    cdp_model_list *list;

    *status = CDP_ERR_ARGUMENT;
    if (tag_group > count)
        return NULL;
    if (!is_set && tag_group == 0)
        return &builder->model.filters[kind];
    *status = make_set(builder, kind);
    if (*status != CDP_OK)
        return NULL;
    list = set->groups.items;
    if (tag_group < set->groups.count)
        return &list[tag_group];
    list = cdp_builder_grow(builder, &set->groups, sizeof *list);
    *status = list ? CDP_OK : CDP_ERR_NOMEM;
    return list;
}

static cdp_status add_filter(cdp_group_builder *builder, int kind, size_t tag_group,
                             const cdp_group_filter *filter)
{
    cdp_model_list *groups = &builder->model.tag_sets[kind].groups;
    cdp_status status;
    cdp_model_list *list = find_tag_group(builder, kind, tag_group, &status);
    cdp_model_filter *item = list ? cdp_builder_grow(builder, list, sizeof *item) : NULL;

    if (!item)
        return list ? CDP_ERR_NOMEM : status;
    cdp_builder_put_word(filter->type, &item->type);
    status = cdp_builder_put_text(builder, filter->key, &item->key);
    if (status == CDP_OK)
        status = cdp_builder_put_text(builder, filter->value, &item->value);
    status = cdp_builder_keep(list, &item->given, status);
    if (status == CDP_OK && list != &builder->model.filters[kind] && tag_group == groups->count)
        groups->count++;
    return status;
}

cdp_status cdp_group_builder_add_filter(cdp_group_builder *builder, cdp_instance_kind kind,
                                        size_t tag_group, const cdp_group_filter *filter)
{
    cdp_group_filter own;
    cdp_model before;
    cdp_status status;

    if (!builder || (kind != CDP_INSTANCE_EC2 && kind != CDP_INSTANCE_ON_PREMISES))
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, filter);
    if (status != CDP_OK)
        return status;
    if (!cdp_is_word_or_none(&cdp_group_filter_types, (int)own.type) || own.reserved)
        return CDP_ERR_ARGUMENT;
    before = builder->model;
    status = add_filter(builder, (int)kind, tag_group, &own);
    if (status != CDP_OK)
        builder->model = before;
    return status;
}

cdp_status cdp_group_builder_add_auto_scaling(cdp_group_builder *builder,
                                              const cdp_group_auto_scaling *auto_scaling)
{
    cdp_group_auto_scaling own;
    cdp_model_auto_scaling *item;
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, auto_scaling);
    if (status != CDP_OK)
        return status;
    item = cdp_builder_grow(builder, &builder->model.auto_scaling, sizeof *item);
    if (!item)
        return CDP_ERR_NOMEM;
    status = cdp_builder_put_text(builder, own.name, &item->name);
    if (status == CDP_OK)
        status = cdp_builder_put_text(builder, own.hook, &item->hook);
    if (status == CDP_OK)
        status = cdp_builder_put_text(builder, own.termination_hook, &item->termination_hook);
    return cdp_builder_keep(&builder->model.auto_scaling, &item->given, status);
}

cdp_status cdp_group_builder_set_ecs_service(cdp_group_builder *builder,
                                             const cdp_group_ecs_service *service)
{
    cdp_group_ecs_service own;
    cdp_model_list list = {.count = 0};
    cdp_model_ecs_service *item;
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, service);
    if (status != CDP_OK)
        return status;
    item = cdp_builder_grow(builder, &list, sizeof *item);
    if (!item)
        return CDP_ERR_NOMEM;
    status = cdp_builder_put_text(builder, own.service, &item->service);
    if (status == CDP_OK)
        status = cdp_builder_put_text(builder, own.cluster, &item->cluster);
    status = cdp_builder_keep(&list, &item->given, status);
    if (status == CDP_OK)
        builder->model.ecs_services = list;
    return status;
}

/* ---- traffic --------------------------------------------------------------------------------- */

cdp_status cdp_group_builder_add_load_balancer(cdp_group_builder *builder, cdp_string name)
{
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_builder_add_named(builder, &builder->model.balancers.classic, name);
    if (status == CDP_OK)
        builder->model.balancers.given.node = CDP_BY_HAND;
    return status;
}

cdp_status cdp_group_builder_add_target_group(cdp_group_builder *builder, cdp_string name)
{
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_builder_add_named(builder, &builder->model.balancers.target_groups, name);
    if (status == CDP_OK)
        builder->model.balancers.given.node = CDP_BY_HAND;
    return status;
}

static cdp_status put_route(cdp_group_builder *builder, cdp_string arn, cdp_model_route *route)
{
    cdp_model_value *item;

    if (!arn.data)
        return CDP_OK;
    item = cdp_builder_grow(builder, &route->listeners, sizeof *item);
    if (!item)
        return CDP_ERR_NOMEM;
    route->given = (cdp_given){.node = CDP_BY_HAND};
    return cdp_builder_keep(&route->listeners, &item->given,
                            cdp_builder_put_text(builder, arn, item));
}

cdp_status cdp_group_builder_set_target_group_pair(cdp_group_builder *builder,
                                                   const cdp_group_target_group_pair *pair)
{
    cdp_group_target_group_pair own;
    cdp_model_list list = {.count = 0};
    cdp_model_pair *item;
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, pair);
    if (status != CDP_OK)
        return status;
    item = cdp_builder_grow(builder, &list, sizeof *item);
    if (!item)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < 2 && status == CDP_OK; i++) {
        if (own.target_groups[i].data)
            status = cdp_builder_add_named(builder, &item->target_groups, own.target_groups[i]);
    }
    if (status == CDP_OK)
        status = put_route(builder, own.production_listener_arn, &item->production);
    if (status == CDP_OK)
        status = put_route(builder, own.test_listener_arn, &item->test);
    status = cdp_builder_keep(&list, &item->given, status);
    if (status == CDP_OK) {
        builder->model.balancers.given = (cdp_given){.node = CDP_BY_HAND};
        builder->model.balancers.pairs = list;
    }
    return status;
}

cdp_status cdp_group_builder_set_blue_green(cdp_group_builder *builder,
                                            const cdp_group_blue_green *blue_green)
{
    cdp_group_blue_green own;
    cdp_model_blue_green made = {.given = {.node = CDP_BY_HAND}};
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, blue_green);
    if (status != CDP_OK)
        return status;
    if (!cdp_is_word_or_none(&cdp_group_termination_actions, (int)own.termination_action) ||
        !cdp_is_word_or_none(&cdp_ready_actions, (int)own.ready_action) ||
        !cdp_is_word_or_none(&cdp_group_green_fleets, (int)own.green_fleet) || own.reserved)
        return CDP_ERR_ARGUMENT;
    made.termination.given = made.ready.given = (cdp_given){.node = CDP_BY_HAND};
    cdp_builder_put_word(own.termination_action, &made.termination.action);
    cdp_builder_put_word(own.termination_wait_minutes, &made.termination.wait);
    cdp_builder_put_number(own.ready_action, &made.ready.action);
    cdp_builder_put_word(own.ready_wait_minutes, &made.ready.wait);
    cdp_builder_put_word(own.green_fleet, &made.green_fleet.action);
    made.green_fleet.given = made.green_fleet.action.given;
    builder->model.blue_green = made;
    return CDP_OK;
}

/* ---- watching -------------------------------------------------------------------------------- */

cdp_status cdp_group_builder_add_trigger(cdp_group_builder *builder,
                                         const cdp_group_trigger *trigger)
{
    cdp_group_trigger own;
    cdp_model_trigger *item;
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, trigger);
    if (status != CDP_OK)
        return status;
    if (!cdp_are_events(&cdp_group_trigger_events, own.events) || own.reserved)
        return CDP_ERR_ARGUMENT;
    item = cdp_builder_grow(builder, &builder->model.triggers, sizeof *item);
    if (!item)
        return CDP_ERR_NOMEM;
    status = cdp_builder_put_text(builder, own.name, &item->name);
    if (status == CDP_OK)
        status = cdp_builder_put_text(builder, own.target_arn, &item->target_arn);
    if (status == CDP_OK)
        status = cdp_builder_put_events(builder, own.events, &item->events);
    return cdp_builder_keep(&builder->model.triggers, &item->given, status);
}

cdp_status cdp_group_builder_set_alarms(cdp_group_builder *builder, const cdp_group_alarms *alarms)
{
    cdp_group_alarms own;
    cdp_model_alarms *made;
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, alarms);
    if (status != CDP_OK)
        return status;
    made = &builder->model.alarms;
    made->given = (cdp_given){.node = CDP_BY_HAND};
    cdp_builder_put_number(own.enabled != 0, &made->enabled);
    cdp_builder_put_number(own.ignore_poll_failure != 0, &made->ignore_poll_failure);
    return CDP_OK;
}

cdp_status cdp_group_builder_add_alarm(cdp_group_builder *builder, cdp_string name)
{
    cdp_model_alarms *alarms;
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    alarms = &builder->model.alarms;
    status = cdp_builder_add_named(builder, &alarms->alarms, name);
    if (status == CDP_OK && !alarms->given.node) {
        alarms->given = (cdp_given){.node = CDP_BY_HAND};
        cdp_builder_put_number(1, &alarms->enabled);
    }
    return status;
}

cdp_status cdp_group_builder_set_auto_rollback(cdp_group_builder *builder,
                                               const cdp_group_auto_rollback *auto_rollback)
{
    cdp_group_auto_rollback own;
    cdp_model_rollback made = {.given = {.node = CDP_BY_HAND}};
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, auto_rollback);
    if (status != CDP_OK)
        return status;
    if (!cdp_are_events(&cdp_group_rollback_events, own.events))
        return CDP_ERR_ARGUMENT;
    cdp_builder_put_number(own.enabled != 0, &made.enabled);
    status = cdp_builder_put_events(builder, own.events, &made.events);
    if (status == CDP_OK)
        builder->model.rollback = made;
    return status;
}

/* ---- the past, and the group's own tags -------------------------------------------------------- */

static cdp_status put_revision(cdp_group_builder *builder, const cdp_group_revision *own,
                               cdp_model_revision *made)
{
    cdp_model_content *content =
        own->type == CDP_REVISION_TYPE_STRING ? &made->string : &made->appspec;
    const cdp_given given = {.node = CDP_BY_HAND};

    cdp_builder_put_word(own->type, &made->type);
    if (own->type == CDP_REVISION_TYPE_S3)
        made->s3.given = given;
    else if (own->type == CDP_REVISION_TYPE_GITHUB)
        made->github.given = given;
    else
        content->given = given;
    cdp_builder_put_word(own->bundle_type, &made->s3.bundle_type);
    if (cdp_builder_put_text(builder, own->bucket, &made->s3.bucket) != CDP_OK ||
        cdp_builder_put_text(builder, own->key, &made->s3.key) != CDP_OK ||
        cdp_builder_put_text(builder, own->version, &made->s3.version) != CDP_OK ||
        cdp_builder_put_text(builder, own->etag, &made->s3.etag) != CDP_OK ||
        cdp_builder_put_text(builder, own->repository, &made->github.repository) != CDP_OK ||
        cdp_builder_put_text(builder, own->commit_id, &made->github.commit_id) != CDP_OK ||
        cdp_builder_put_text(builder, own->content, &content->content) != CDP_OK ||
        cdp_builder_put_text(builder, own->sha256, &content->sha256) != CDP_OK)
        return CDP_ERR_NOMEM;
    return CDP_OK;
}

cdp_status cdp_group_builder_set_target_revision(cdp_group_builder *builder,
                                                 const cdp_group_revision *revision)
{
    cdp_group_revision own;
    cdp_model_revision made = {.given = {.node = CDP_BY_HAND}};
    cdp_status status;

    if (!builder)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, revision);
    if (status != CDP_OK)
        return status;
    if (own.type == 0 || !cdp_is_word_or_none(&cdp_group_revision_types, (int)own.type) ||
        !cdp_is_word_or_none(&cdp_group_bundle_types, (int)own.bundle_type))
        return CDP_ERR_ARGUMENT;
    status = put_revision(builder, &own, &made);
    if (status == CDP_OK)
        builder->model.target_revision = made;
    return status;
}

cdp_status cdp_group_builder_set_last_deployment(cdp_group_builder *builder, cdp_group_last which,
                                                 const cdp_group_last_deployment *deployment)
{
    cdp_group_last_deployment own;
    cdp_model_last made = {.given = {.node = CDP_BY_HAND}};
    cdp_status status;

    if (!builder || (which != CDP_GROUP_LAST_SUCCESSFUL && which != CDP_GROUP_LAST_ATTEMPTED))
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, deployment);
    if (status != CDP_OK)
        return status;
    if (!cdp_is_word_or_none(&cdp_deployment_statuses, (int)own.status) || own.reserved)
        return CDP_ERR_ARGUMENT;
    cdp_builder_put_word(own.status, &made.status);
    if (own.has_create_time)
        cdp_builder_put_number(own.create_time_ms, &made.create_time);
    if (own.has_end_time)
        cdp_builder_put_number(own.end_time_ms, &made.end_time);
    status = cdp_builder_put_text(builder, own.id, &made.id);
    if (status != CDP_OK)
        return status;
    if (which == CDP_GROUP_LAST_SUCCESSFUL)
        builder->model.last_successful = made;
    else
        builder->model.last_attempted = made;
    return CDP_OK;
}

cdp_status cdp_group_builder_add_resource_tag(cdp_group_builder *builder, const cdp_tag *tag)
{
    cdp_model_tag *item;
    cdp_status status;

    if (!builder || !tag)
        return CDP_ERR_ARGUMENT;
    item = cdp_builder_grow(builder, &builder->model.tags, sizeof *item);
    if (!item)
        return CDP_ERR_NOMEM;
    status = cdp_builder_put_text(builder, tag->key, &item->key);
    if (status == CDP_OK)
        status = cdp_builder_put_text(builder, tag->value, &item->value);
    return cdp_builder_keep(&builder->model.tags, &item->given, status);
}
