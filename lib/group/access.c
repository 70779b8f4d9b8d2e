/* SPDX-License-Identifier: MIT */
/* The getters of a group. */
#include "base/sized.h"
#include "group/check.h"
#include "group/group.h"

static bool is_kind(cdp_instance_kind kind)
{
    return kind == CDP_INSTANCE_EC2 || kind == CDP_INSTANCE_ON_PREMISES;
}

/* The item at an index, or NULL. */
static const void *item_at(const cdp_model_list *list, size_t index, size_t bytes)
{
    return index < list->count ? (const unsigned char *)list->items + index * bytes : NULL;
}

/* ---- basics ---------------------------------------------------------------------------------- */

cdp_status cdp_group_get_basics(const cdp_group *group, cdp_group_basics *basics)
{
    const cdp_model *model;

    if (!group)
        return CDP_ERR_ARGUMENT;
    model = &group->model;
    return cdp_sized_write(
        basics,
        &(cdp_group_basics){
            .size = sizeof *basics,
            .application_name = model->application_name.text,
            .name = model->name.text,
            .id = model->id.text,
            .service_role_arn = model->service_role_arn.text,
            .config_name = model->config_name.text,
            .platform = group->platform,
            .deployment_type = group->type,
            .deployment_option = group->option,
            .outdated_strategy = cdp_is_word(&model->outdated_strategy, CDP_OUTDATED_IGNORE)
                                     ? CDP_OUTDATED_IGNORE
                                     : CDP_OUTDATED_UPDATE,
            .termination_hook = cdp_is_enabled(&model->termination_hook),
        },
        sizeof *basics);
}

cdp_string cdp_group_application_name(const cdp_group *group)
{
    return group ? group->model.application_name.text : (cdp_string){NULL, 0};
}

cdp_string cdp_group_name(const cdp_group *group)
{
    return group ? group->model.name.text : (cdp_string){NULL, 0};
}

cdp_string cdp_group_config_name(const cdp_group *group)
{
    return group ? group->model.config_name.text : (cdp_string){NULL, 0};
}

cdp_platform cdp_group_platform(const cdp_group *group)
{
    return group ? group->platform : CDP_PLATFORM_AUTO;
}

cdp_group_shape cdp_group_shape_read(const cdp_group *group)
{
    return group ? group->shape : CDP_GROUP_SHAPE_AUTO;
}

/* ---- tags ------------------------------------------------------------------------------------ */

size_t cdp_group_tag_group_count(const cdp_group *group, cdp_instance_kind kind)
{
    return group && is_kind(kind) ? group->filters[kind].tag_groups : 0;
}

int cdp_group_has_tag_set(const cdp_group *group, cdp_instance_kind kind)
{
    return group && is_kind(kind) && group->model.tag_sets[kind].groups.count > 0;
}

static const cdp_model_list *tag_group_at(const cdp_group *group, cdp_instance_kind kind,
                                          size_t tag_group)
{
    size_t count = 0;
    const cdp_model_list *groups = NULL;

    if (group && is_kind(kind))
        groups = cdp_model_tag_groups(&group->model, (int)kind, &count);
    return tag_group < count ? &groups[tag_group] : NULL;
}

size_t cdp_group_filter_count(const cdp_group *group, cdp_instance_kind kind, size_t tag_group)
{
    const cdp_model_list *list = tag_group_at(group, kind, tag_group);

    return list ? list->count : 0;
}

cdp_status cdp_group_filter_at(const cdp_group *group, cdp_instance_kind kind, size_t tag_group,
                               size_t index, cdp_group_filter *filter)
{
    const cdp_model_list *list = tag_group_at(group, kind, tag_group);
    const cdp_model_filter *item = list ? item_at(list, index, sizeof *item) : NULL;

    if (!group || !filter || !is_kind(kind))
        return CDP_ERR_ARGUMENT;
    if (!item)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(filter,
                           &(cdp_group_filter){.size = sizeof *filter,
                                               .type = (cdp_tag_filter_type)item->type.number,
                                               .key = item->key.text,
                                               .value = item->value.text},
                           sizeof *filter);
}

/* ---- other targets --------------------------------------------------------------------------- */

size_t cdp_group_auto_scaling_count(const cdp_group *group)
{
    return group ? group->model.auto_scaling.count : 0;
}

cdp_status cdp_group_auto_scaling_at(const cdp_group *group, size_t index,
                                     cdp_group_auto_scaling *auto_scaling)
{
    const cdp_model_auto_scaling *item;

    if (!group || !auto_scaling)
        return CDP_ERR_ARGUMENT;
    item = item_at(&group->model.auto_scaling, index, sizeof *item);
    if (!item)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(
        auto_scaling,
        &(cdp_group_auto_scaling){.size = sizeof *auto_scaling,
                                  .name = item->name.text,
                                  .hook = item->hook.text,
                                  .termination_hook = item->termination_hook.text},
        sizeof *auto_scaling);
}

cdp_status cdp_group_get_ecs_service(const cdp_group *group, cdp_group_ecs_service *service)
{
    const cdp_model_ecs_service *item;

    if (!group || !service)
        return CDP_ERR_ARGUMENT;
    item = item_at(&group->model.ecs_services, 0, sizeof *item);
    if (!item)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(service,
                           &(cdp_group_ecs_service){.size = sizeof *service,
                                                    .cluster = item->cluster.text,
                                                    .service = item->service.text},
                           sizeof *service);
}

/* ---- traffic --------------------------------------------------------------------------------- */

static cdp_status name_at(const cdp_model_list *list, size_t index, cdp_string *name)
{
    const cdp_model_named *item = list ? item_at(list, index, sizeof *item) : NULL;

    if (!list || !name)
        return CDP_ERR_ARGUMENT;
    if (!item)
        return CDP_ERR_NOT_FOUND;
    *name = item->name.text;
    return CDP_OK;
}

size_t cdp_group_load_balancer_count(const cdp_group *group)
{
    return group ? group->model.balancers.classic.count : 0;
}

cdp_status cdp_group_load_balancer_at(const cdp_group *group, size_t index, cdp_string *name)
{
    return name_at(group ? &group->model.balancers.classic : NULL, index, name);
}

size_t cdp_group_target_group_count(const cdp_group *group)
{
    return group ? group->model.balancers.target_groups.count : 0;
}

cdp_status cdp_group_target_group_at(const cdp_group *group, size_t index, cdp_string *name)
{
    return name_at(group ? &group->model.balancers.target_groups : NULL, index, name);
}

static cdp_string listener_of(const cdp_model_route *route)
{
    const cdp_model_value *arn = item_at(&route->listeners, 0, sizeof *arn);

    return arn ? arn->text : (cdp_string){NULL, 0};
}

cdp_status cdp_group_get_target_group_pair(const cdp_group *group,
                                           cdp_group_target_group_pair *pair)
{
    const cdp_model_pair *item;
    const cdp_model_named *names;

    if (!group || !pair)
        return CDP_ERR_ARGUMENT;
    item = item_at(&group->model.balancers.pairs, 0, sizeof *item);
    if (!item)
        return CDP_ERR_NOT_FOUND;
    names = item->target_groups.items;
    return cdp_sized_write(
        pair,
        &(cdp_group_target_group_pair){.size = sizeof *pair,
                                       .target_groups = {names[0].name.text, names[1].name.text},
                                       .production_listener_arn = listener_of(&item->production),
                                       .test_listener_arn = listener_of(&item->test)},
        sizeof *pair);
}

cdp_status cdp_group_get_blue_green(const cdp_group *group, cdp_group_blue_green *blue_green)
{
    const cdp_model_blue_green *options;

    if (!group || !blue_green)
        return CDP_ERR_ARGUMENT;
    options = &group->model.blue_green;
    if (!options->given.node)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(
        blue_green,
        &(cdp_group_blue_green){
            .size = sizeof *blue_green,
            .termination_action = (cdp_termination_action)options->termination.action.number,
            .ready_action = (cdp_ready_action)options->ready.action.number,
            .termination_wait_minutes = options->termination.wait.number,
            .ready_wait_minutes = options->ready.wait.number,
            .green_fleet = (cdp_green_fleet)options->green_fleet.action.number,
        },
        sizeof *blue_green);
}

/* ---- watching -------------------------------------------------------------------------------- */

/* Bit n for the enumerator n. */
static uint32_t bits_of(const cdp_model_list *words)
{
    const cdp_model_value *items = words->items;
    uint32_t bits = 0;

    for (size_t i = 0; i < words->count; i++)
        bits |= UINT32_C(1) << items[i].number;
    return bits;
}

size_t cdp_group_trigger_count(const cdp_group *group)
{
    return group ? group->model.triggers.count : 0;
}

cdp_status cdp_group_trigger_at(const cdp_group *group, size_t index, cdp_group_trigger *trigger)
{
    const cdp_model_trigger *item;

    if (!group || !trigger)
        return CDP_ERR_ARGUMENT;
    item = item_at(&group->model.triggers, index, sizeof *item);
    if (!item)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(trigger,
                           &(cdp_group_trigger){.size = sizeof *trigger,
                                                .name = item->name.text,
                                                .target_arn = item->target_arn.text,
                                                .events = bits_of(&item->events)},
                           sizeof *trigger);
}

cdp_status cdp_group_get_alarms(const cdp_group *group, cdp_group_alarms *alarms)
{
    const cdp_model_alarms *item;

    if (!group || !alarms)
        return CDP_ERR_ARGUMENT;
    item = &group->model.alarms;
    if (!item->given.node)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(
        alarms,
        &(cdp_group_alarms){.size = sizeof *alarms,
                            .enabled = cdp_is_enabled(&item->enabled),
                            .ignore_poll_failure = cdp_is_enabled(&item->ignore_poll_failure)},
        sizeof *alarms);
}

size_t cdp_group_alarm_count(const cdp_group *group)
{
    return group ? group->model.alarms.alarms.count : 0;
}

cdp_status cdp_group_alarm_at(const cdp_group *group, size_t index, cdp_string *name)
{
    return name_at(group ? &group->model.alarms.alarms : NULL, index, name);
}

cdp_status cdp_group_get_auto_rollback(const cdp_group *group,
                                       cdp_group_auto_rollback *auto_rollback)
{
    const cdp_model_rollback *item;

    if (!group || !auto_rollback)
        return CDP_ERR_ARGUMENT;
    item = &group->model.rollback;
    if (!item->given.node)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(auto_rollback,
                           &(cdp_group_auto_rollback){.size = sizeof *auto_rollback,
                                                      .enabled = cdp_is_enabled(&item->enabled),
                                                      .events = bits_of(&item->events)},
                           sizeof *auto_rollback);
}

/* ---- the past, and the group's own tags -------------------------------------------------------- */

cdp_status cdp_group_get_target_revision(const cdp_group *group, cdp_group_revision *revision)
{
    const cdp_model_revision *item;
    const cdp_model_content *content;

    if (!group || !revision)
        return CDP_ERR_ARGUMENT;
    item = &group->model.target_revision;
    if (!item->given.node)
        return CDP_ERR_NOT_FOUND;
    content = cdp_is_word(&item->type, CDP_REVISION_TYPE_STRING) ? &item->string : &item->appspec;
    return cdp_sized_write(
        revision,
        &(cdp_group_revision){.size = sizeof *revision,
                              .type = (cdp_revision_type)item->type.number,
                              .bundle_type = (cdp_bundle_type)item->s3.bundle_type.number,
                              .bucket = item->s3.bucket.text,
                              .key = item->s3.key.text,
                              .version = item->s3.version.text,
                              .etag = item->s3.etag.text,
                              .repository = item->github.repository.text,
                              .commit_id = item->github.commit_id.text,
                              .content = content->content.text,
                              .sha256 = content->sha256.text},
        sizeof *revision);
}

cdp_status cdp_group_get_last_deployment(const cdp_group *group, cdp_group_last which,
                                         cdp_group_last_deployment *deployment)
{
    const cdp_model_last *item;

    if (!group || !deployment ||
        (which != CDP_GROUP_LAST_SUCCESSFUL && which != CDP_GROUP_LAST_ATTEMPTED))
        return CDP_ERR_ARGUMENT;
    item = which == CDP_GROUP_LAST_SUCCESSFUL ? &group->model.last_successful
                                              : &group->model.last_attempted;
    if (!item->given.node)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(
        deployment,
        &(cdp_group_last_deployment){.size = sizeof *deployment,
                                     .id = item->id.text,
                                     .status = (cdp_deployment_status)item->status.number,
                                     .has_create_time = cdp_is_given(&item->create_time.given),
                                     .has_end_time = cdp_is_given(&item->end_time.given),
                                     .create_time_ms = item->create_time.number,
                                     .end_time_ms = item->end_time.number},
        sizeof *deployment);
}

size_t cdp_group_resource_tag_count(const cdp_group *group)
{
    return group ? group->model.tags.count : 0;
}

cdp_status cdp_group_resource_tag_at(const cdp_group *group, size_t index, cdp_tag *tag)
{
    const cdp_model_tag *item;

    if (!group || !tag)
        return CDP_ERR_ARGUMENT;
    item = item_at(&group->model.tags, index, sizeof *item);
    if (!item)
        return CDP_ERR_NOT_FOUND;
    *tag = (cdp_tag){item->key.text, item->value.text};
    return CDP_OK;
}
