/* SPDX-License-Identifier: MIT */
/* How a group comes into being: from JSON, or from another group and JSON. */
#include "group/group.h"

#include "base/allocator.h"
#include "base/limits.h"
#include "base/sized.h"
#include "base/sort.h"
#include "group/check.h"
#include "group/model_read.h"
#include "group/model_write.h"

enum { EVERYTHING = CDP_MODEL_IN_CREATE | CDP_MODEL_IN_INFO };

/* What the ways of making a group share. */
typedef struct group_maker {
    cdp_group_options options;
    cdp_allocator allocator;
    cdp_document_options document_options;
    cdp_document *documents[2]; /* what is read; what it changes */
    cdp_findings findings;
    cdp_group *group;
    unsigned shapes;
    bool told;
    bool replacement;
} group_maker;

/* ---- beginning and end ------------------------------------------------------------------------- */

static cdp_status begin(group_maker *making, const cdp_group_options *options,
                        cdp_diagnostics *diagnostics)
{
    cdp_status status = CDP_OK;

    *making = (group_maker){.options = {.size = sizeof making->options}};
    if (options)
        status = cdp_sized_read(&making->options, sizeof making->options, options);
    if (status != CDP_OK)
        return status;
    if (making->options.shape < CDP_GROUP_SHAPE_AUTO ||
        making->options.shape > CDP_GROUP_SHAPE_INFO ||
        making->options.platform < CDP_PLATFORM_AUTO ||
        making->options.platform > CDP_PLATFORM_ECS ||
        (making->options.config_count > 0 && !making->options.configs))
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&making->allocator, making->options.allocator);
    if (status == CDP_OK)
        status = cdp_limits_import(&making->document_options.limits, making->options.limits);
    if (status != CDP_OK)
        return status;
    making->document_options.notation = CDP_NOTATION_JSON;
    cdp_findings_init(&making->findings, &making->allocator, diagnostics);
    making->group = cdp_allocate_zeroed(&making->allocator, sizeof *making->group);
    if (!making->group)
        return CDP_ERR_NOMEM;
    cdp_arena_init(&making->group->arena, &making->allocator);
    return CDP_OK;
}

/* Hands the group out, or takes everything back. */
static cdp_status end(group_maker *making, cdp_status status, cdp_group **group)
{
    if (status == CDP_OK)
        status = making->findings.status;
    if (status == CDP_OK && making->findings.errors > 0)
        status = CDP_ERR_INVALID;
    if (status == CDP_OK)
        *group = making->group;
    else
        cdp_group_free(making->group);
    cdp_document_free(making->documents[0]);
    cdp_document_free(making->documents[1]);
    cdp_findings_release(&making->findings);
    return status;
}

void cdp_group_free(cdp_group *group)
{
    cdp_allocator allocator;

    if (!group)
        return;
    allocator = group->arena.allocator;
    cdp_arena_release(&group->arena);
    cdp_release(&allocator, group, sizeof *group);
}

/* ---- completing ------------------------------------------------------------------------------ */

const cdp_model_list *cdp_model_tag_groups(const cdp_model *model, int kind, size_t *count)
{
    const cdp_model_list *groups = &model->tag_sets[kind].groups;

    if (groups->count > 0) {
        *count = groups->count;
        return groups->items;
    }
    *count = model->filters[kind].count > 0 ? 1 : 0;
    return &model->filters[kind];
}

static int by_name(const void *a, const void *b, const void *context)
{
    (void)context;
    return cdp_string_compare(((const cdp_group_scaling_name *)a)->name,
                              ((const cdp_group_scaling_name *)b)->name);
}

static cdp_status sort_scaling(cdp_group *group)
{
    const cdp_model_list *list = &group->model.auto_scaling;
    const cdp_model_auto_scaling *items = list->items;

    if (list->count == 0)
        return CDP_OK;
    group->scaling = cdp_arena_array(&group->arena, list->count, sizeof *group->scaling);
    if (!group->scaling)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < list->count; i++)
        group->scaling[i] = (cdp_group_scaling_name){items[i].name.text, (uint32_t)i};
    return cdp_sort(&group->arena.allocator, group->scaling, list->count, sizeof *group->scaling,
                    by_name, NULL);
}

static cdp_status complete(group_maker *making)
{
    cdp_group *group = making->group;
    cdp_status status;

    for (int kind = 0; kind < CDP_MODEL_KINDS; kind++) {
        size_t count;
        const cdp_model_list *groups = cdp_model_tag_groups(&group->model, kind, &count);

        status = cdp_filters_compile(&group->filters[kind], &group->arena, groups, count);
        if (status != CDP_OK)
            return status;
    }
    return sort_scaling(group);
}

/* The platform becomes part of what is written. */
static void keep_platform(cdp_group *group)
{
    cdp_model_value *platform = &group->model.platform;

    if (group->platform == CDP_PLATFORM_AUTO)
        return;
    if (!platform->given.node)
        platform->given.node = group->model.given.node;
    platform->number = group->platform;
}

static cdp_status check_and_complete(group_maker *making)
{
    cdp_group *group = making->group;
    cdp_group_checks checks = {.findings = &making->findings,
                               .model = &group->model,
                               .options = &making->options,
                               .allocator = &making->allocator,
                               .told = making->told,
                               .replacement = making->replacement};

    if (!group->model.given.broken)
        cdp_group_check(&checks);
    if (making->findings.status != CDP_OK || making->findings.errors > 0)
        return making->findings.status;
    group->platform = checks.platform;
    group->type = checks.type;
    group->option = checks.option;
    keep_platform(group);
    return complete(making);
}

/* ---- reading --------------------------------------------------------------------------------- */

static cdp_status read_document(group_maker *making, const char *bytes, size_t length,
                                cdp_diagnostics *diagnostics)
{
    return cdp_document_parse(bytes, length, &making->document_options, &making->allocator,
                              diagnostics, &making->documents[0]);
}

/* Text that we wrote ourselves meets no limit. */
static cdp_status read_own(group_maker *making, cdp_string text)
{
    cdp_document_options options = making->document_options;

    options.limits.input_bytes = options.limits.scalar_bytes = SIZE_MAX;
    options.limits.nodes = UINT32_MAX;
    return cdp_document_parse(text.data, text.length, &options, &making->allocator, NULL,
                              &making->documents[0]);
}

static cdp_status read_object(group_maker *making, cdp_node object)
{
    const cdp_model_reader reader = {&making->findings, &making->group->arena, making->shapes};

    making->findings.document = making->documents[0];
    return cdp_model_read(&reader, object, &making->group->model);
}

/* Looks into the object that the AWS CLI prints around a group. */
static cdp_node unwrap(group_maker *making)
{
    cdp_node root = cdp_document_root(making->documents[0]);
    cdp_node inside =
        cdp_node_find(making->documents[0], root, CDP_STR("deploymentGroupInfo"), NULL);
    cdp_group_shape shape = making->options.shape;

    if (inside && shape != CDP_GROUP_SHAPE_CREATE) {
        making->shapes = CDP_MODEL_IN_INFO;
        return inside;
    }
    making->shapes = shape == CDP_GROUP_SHAPE_INFO ? CDP_MODEL_IN_INFO
                     : shape == CDP_GROUP_SHAPE_CREATE
                         ? CDP_MODEL_IN_CREATE
                         : cdp_model_detect_shape(making->documents[0], root);
    return root;
}

cdp_status cdp_group_parse(const char *bytes, size_t length, const cdp_group_options *options,
                           cdp_diagnostics *diagnostics, cdp_group **group)
{
    group_maker making;
    cdp_status status;

    if (!bytes || !group)
        return CDP_ERR_ARGUMENT;
    status = begin(&making, options, diagnostics);
    if (status != CDP_OK)
        return status;
    status = read_document(&making, bytes, length, diagnostics);
    if (status == CDP_OK) {
        cdp_node object = unwrap(&making);

        making.told = making.shapes == CDP_MODEL_IN_INFO;
        making.group->shape = making.told ? CDP_GROUP_SHAPE_INFO : CDP_GROUP_SHAPE_CREATE;
        status = read_object(&making, object);
    }
    if (status == CDP_OK)
        status = check_and_complete(&making);
    return end(&making, status, group);
}

cdp_status cdp_group_from_own_text(cdp_string text, unsigned shapes,
                                   const cdp_group_options *options, cdp_diagnostics *diagnostics,
                                   cdp_group **group)
{
    group_maker making;
    cdp_status status = begin(&making, options, diagnostics);

    if (status != CDP_OK)
        return status;
    making.findings.without_places = true;
    making.shapes = shapes;
    status = read_own(&making, text);
    if (status == CDP_OK)
        status = read_object(&making, cdp_document_root(making.documents[0]));
    if (status == CDP_OK)
        status = check_and_complete(&making);
    return end(&making, status, group);
}

/* ---- from another group ------------------------------------------------------------------------ */

/* Reads `group` as if it had been written, so that nodes can be told from those of what is new. */
static cdp_status read_base(group_maker *making, const cdp_group *group)
{
    cdp_text text;
    cdp_json_writer json;
    cdp_status status;

    cdp_text_init(&text, &making->allocator);
    cdp_json_init(&json, &text, 0);
    cdp_model_write(&group->model, EVERYTHING, &json);
    status = cdp_text_status(&text);
    if (status == CDP_OK)
        status = read_own(making, cdp_text_string(&text));
    cdp_text_release(&text);
    if (status != CDP_OK)
        return status;
    making->shapes = EVERYTHING;
    status = read_object(making, cdp_document_root(making->documents[0]));
    making->findings.base = making->documents[0];
    making->findings.offset = (cdp_node)cdp_document_node_count(making->documents[0]);
    making->documents[1] = making->documents[0];
    making->documents[0] = NULL;
    making->told = group->shape == CDP_GROUP_SHAPE_INFO;
    return status;
}

static cdp_status read_change(group_maker *making, const char *bytes, size_t length,
                              unsigned shapes, cdp_diagnostics *diagnostics)
{
    cdp_status status = read_document(making, bytes, length, diagnostics);

    making->shapes = shapes;
    return status == CDP_OK ? read_object(making, cdp_document_root(making->documents[0])) : status;
}

static void check_same(group_maker *making, const cdp_model_value *given, const char *member,
                       cdp_string actual)
{
    if (cdp_is_given(&given->given) && actual.data && !cdp_string_equal(given->text, actual))
        cdp_findings_report(
            &making->findings, given->given.node,
            (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_DOES_NOT_EXIST,
                         .arguments = {cdp_string_of(member), given->text, actual}});
}

/* The names by which an update finds its group, and the one that it gives it. */
static void take_names(group_maker *making, const cdp_group *group)
{
    cdp_model *model = &making->group->model;

    check_same(making, &model->application_name, "applicationName",
               group->model.application_name.text);
    check_same(making, &model->current_name, "currentDeploymentGroupName", group->model.name.text);
    if (model->new_name.given.node)
        model->name = model->new_name;
    model->new_name = model->current_name = (cdp_model_value){.given = {.node = 0}};
}

cdp_status cdp_group_update(const cdp_group *group, const char *bytes, size_t length,
                            const cdp_group_options *options, cdp_diagnostics *diagnostics,
                            cdp_group **updated)
{
    group_maker making;
    cdp_status status;

    if (!group || !bytes || !updated)
        return CDP_ERR_ARGUMENT;
    status = begin(&making, options, diagnostics);
    if (status != CDP_OK)
        return status;
    status = read_base(&making, group);
    if (status == CDP_OK)
        status = read_change(&making, bytes, length, CDP_MODEL_IN_UPDATE, diagnostics);
    if (status == CDP_OK) {
        take_names(&making, group);
        status = check_and_complete(&making);
    }
    return end(&making, status, updated);
}

static void report_instances(group_maker *making, cdp_node node, const char *sentence)
{
    cdp_findings_report(&making->findings, node,
                        (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_TARGET_INSTANCES,
                                     .arguments = {cdp_string_of(sentence)}});
}

static void check_replacement(group_maker *making, const cdp_group *group)
{
    const cdp_model *model = &making->group->model;

    if (group->platform != CDP_PLATFORM_SERVER || group->type != CDP_DEPLOYMENT_TYPE_BLUE_GREEN)
        report_instances(making, model->given.node,
                         "Only a blue/green deployment on Server has replacement instances");
    else if (cdp_is_word(&model->blue_green.green_fleet.action,
                         CDP_GREEN_FLEET_COPY_AUTO_SCALING_GROUP))
        report_instances(making, model->given.node,
                         "The replacement instances are a copy of the Auto Scaling group");
    if (model->target_filters.count > CDP_GROUP_FILTER_LIMIT)
        report_instances(making, model->target_filters.given.node,
                         "More than 10 tags name the replacement instances");
}

cdp_status cdp_group_replacement(const cdp_group *group, const char *bytes, size_t length,
                                 const cdp_group_options *options, cdp_diagnostics *diagnostics,
                                 cdp_group **replacement)
{
    group_maker making;
    cdp_model *model;
    cdp_status status;

    if (!group || !bytes || !replacement)
        return CDP_ERR_ARGUMENT;
    status = begin(&making, options, diagnostics);
    if (status != CDP_OK)
        return status;
    model = &making.group->model;
    status = read_base(&making, group);
    if (status == CDP_OK) {
        for (int kind = 0; kind < CDP_MODEL_KINDS; kind++) {
            model->filters[kind] = (cdp_model_list){.count = 0};
            model->tag_sets[kind] = (cdp_model_tag_set){.given = {.node = 0}};
        }
        model->auto_scaling = (cdp_model_list){.count = 0};
        status = read_change(&making, bytes, length, CDP_MODEL_IN_TARGETS, diagnostics);
    }
    if (status == CDP_OK) {
        making.replacement = true;
        check_replacement(&making, group);
        model->filters[CDP_INSTANCE_EC2] = model->target_filters;
        model->target_filters = (cdp_model_list){.count = 0};
        status = check_and_complete(&making);
    }
    return end(&making, status, replacement);
}

/* ---- writing --------------------------------------------------------------------------------- */

cdp_status cdp_group_write(const cdp_group *group, cdp_group_shape shape, unsigned indent,
                           cdp_text *text)
{
    cdp_json_writer json;
    size_t before;

    if (!group || !text || (shape != CDP_GROUP_SHAPE_CREATE && shape != CDP_GROUP_SHAPE_INFO))
        return CDP_ERR_ARGUMENT;
    before = text->length;
    cdp_json_init(&json, text, indent);
    cdp_model_write(&group->model,
                    shape == CDP_GROUP_SHAPE_CREATE ? CDP_MODEL_IN_CREATE : CDP_MODEL_IN_INFO,
                    &json);
    if (cdp_text_status(text) == CDP_OK)
        return CDP_OK;
    cdp_text_rollback(text, before);
    return CDP_ERR_NOMEM;
}
