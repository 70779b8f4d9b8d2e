/* SPDX-License-Identifier: MIT */
/* What can only be wrong with several groups at once. */
#include "base/allocator.h"
#include "base/number.h"
#include "base/report.h"
#include "base/sort.h"
#include "base/text.h"
#include "group/check.h"
#include "group/group.h"

/* Something that a group has, and that another may have too. */
typedef struct claim {
    cdp_string first;
    cdp_string second;
    uint32_t group;
    uint32_t index; /* in the group's list */
} claim;

typedef struct claim_list {
    claim *items;
    size_t count;
} claim_list;

/* What is claimed: how it is listed, and what to say of those who claim the same. */
typedef struct claim_kind {
    size_t (*count)(const cdp_group *group);
    void (*fill)(const cdp_group *group, size_t index, claim *made);
    void (*judge)(const cdp_group *const *groups, const claim *claims, size_t count,
                  cdp_findings *findings);
} claim_kind;

/* ---- findings -------------------------------------------------------------------------------- */

static void send(cdp_findings *findings, const claim *from, const char *member, bool indexed,
                 cdp_report report)
{
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_text *pointer = &findings->scratch;

    if (findings->status != CDP_OK)
        return;
    cdp_diagnostic_info_get(report.code, &info);
    findings->errors += info.severity == CDP_SEVERITY_ERROR;
    cdp_text_clear(pointer);
    cdp_text_put_byte(pointer, '/');
    cdp_text_put_uint(pointer, from->group);
    cdp_text_put_byte(pointer, '/');
    cdp_text_put_c(pointer, member);
    if (indexed) {
        cdp_text_put_byte(pointer, '/');
        cdp_text_put_uint(pointer, from->index);
    }
    report.pointer = cdp_text_string(pointer);
    findings->status = cdp_text_status(pointer);
    if (findings->status == CDP_OK)
        findings->status = cdp_diagnostics_report(findings->diagnostics, &report);
}

/* ---- what can be claimed --------------------------------------------------------------------- */

static size_t count_names(const cdp_group *group)
{
    return group->model.name.text.data ? 1 : 0;
}

static void fill_name(const cdp_group *group, size_t index, claim *made)
{
    (void)index;
    made->first = group->model.application_name.text;
    made->second = group->model.name.text;
}

static void judge_name(const cdp_group *const *groups, const claim *claims, size_t count,
                       cdp_findings *findings)
{
    (void)groups;
    for (size_t i = 1; i < count; i++)
        send(findings, &claims[i], "deploymentGroupName", false,
             (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_NAME_TAKEN,
                          .arguments = {claims[i].first, claims[i].second}});
}

static void fill_application(const cdp_group *group, size_t index, claim *made)
{
    (void)index;
    made->first = group->model.application_name.text;
    made->second = (cdp_string){NULL, 0};
}

static void judge_application(const cdp_group *const *groups, const claim *claims, size_t count,
                              cdp_findings *findings)
{
    cdp_number_buffer buffer;

    (void)groups;
    if (count > CDP_GROUP_GROUPS_LIMIT)
        send(findings, &claims[CDP_GROUP_GROUPS_LIMIT], "applicationName", false,
             (cdp_report){
                 .code = CDP_DIAGNOSTIC_GROUP_LIMIT_EXCEEDED,
                 .arguments = {claims[0].first, cdp_number_text(CDP_GROUP_GROUPS_LIMIT, &buffer)}});
}

static size_t count_services(const cdp_group *group)
{
    return group->model.ecs_services.count;
}

static void fill_service(const cdp_group *group, size_t index, claim *made)
{
    const cdp_model_ecs_service *services = group->model.ecs_services.items;

    made->first = services[index].service.text;
    made->second = services[index].cluster.text;
}

static void judge_service(const cdp_group *const *groups, const claim *claims, size_t count,
                          cdp_findings *findings)
{
    for (size_t i = 1; i < count; i++)
        send(findings, &claims[i], "ecsServices", true,
             (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_ECS_SERVICE_TAKEN,
                          .arguments = {claims[i].first, groups[claims[0].group]->model.name.text,
                                        groups[claims[i].group]->model.name.text}});
}

static size_t count_scaling(const cdp_group *group)
{
    return group->model.auto_scaling.count;
}

static void fill_scaling(const cdp_group *group, size_t index, claim *made)
{
    const cdp_model_auto_scaling *names = group->model.auto_scaling.items;

    made->first = names[index].name.text;
    made->second = (cdp_string){NULL, 0};
}

static void judge_scaling(const cdp_group *const *groups, const claim *claims, size_t count,
                          cdp_findings *findings)
{
    for (size_t i = 1; i < count; i++) {
        /* A name that one group has twice was reported with that group. */
        if (claims[i].group == claims[i - 1].group)
            continue;
        send(findings, &claims[i], "autoScalingGroups", true,
             (cdp_report){.code = CDP_DIAGNOSTIC_GROUP_AUTO_SCALING_SHARED,
                          .arguments = {claims[i].first, groups[claims[0].group]->model.name.text,
                                        groups[claims[i].group]->model.name.text}});
    }
}

static const claim_kind kinds[] = {
    {count_names, fill_name, judge_name},
    {count_names, fill_application, judge_application},
    {count_services, fill_service, judge_service},
    {count_scaling, fill_scaling, judge_scaling},
};

/* ---- finding the same ------------------------------------------------------------------------ */

static int by_texts(const void *a, const void *b, const void *context)
{
    const claim *one = a;
    const claim *other = b;
    int order = cdp_string_compare(one->first, other->first);

    (void)context;
    return order ? order : cdp_string_compare(one->second, other->second);
}

static cdp_status collect(const claim_kind *kind, const cdp_group *const *groups, size_t count,
                          const cdp_allocator *allocator, claim_list *claims)
{
    size_t total = 0;
    size_t next = 0;

    for (size_t i = 0; i < count; i++)
        total += kind->count(groups[i]);
    *claims = (claim_list){.count = total};
    if (total == 0)
        return CDP_OK;
    claims->items =
        total <= SIZE_MAX / sizeof(claim) ? cdp_allocate(allocator, total * sizeof(claim)) : NULL;
    if (!claims->items)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < kind->count(groups[i]); j++, next++) {
            claims->items[next] = (claim){.group = (uint32_t)i, .index = (uint32_t)j};
            kind->fill(groups[i], j, &claims->items[next]);
        }
    }
    return cdp_sort(allocator, claims->items, total, sizeof(claim), by_texts, NULL);
}

static cdp_status check_kind(const claim_kind *kind, const cdp_group *const *groups, size_t count,
                             const cdp_allocator *allocator, cdp_findings *findings)
{
    claim_list claims;
    cdp_status status = collect(kind, groups, count, allocator, &claims);

    for (size_t from = 0; status == CDP_OK && from < claims.count;) {
        size_t to = from + 1;

        while (to < claims.count && by_texts(&claims.items[from], &claims.items[to], NULL) == 0)
            to++;
        kind->judge(groups, &claims.items[from], to - from, findings);
        from = to;
    }
    cdp_release(allocator, claims.items, claims.count * sizeof(claim));
    return status == CDP_OK ? findings->status : status;
}

cdp_status cdp_group_check_together(const cdp_group *const *groups, size_t count,
                                    const cdp_allocator *allocator, cdp_diagnostics *diagnostics)
{
    cdp_allocator own;
    cdp_findings findings;
    cdp_status status;

    if ((!groups && count > 0) || count > UINT32_MAX)
        return CDP_ERR_ARGUMENT;
    for (size_t i = 0; i < count; i++) {
        if (!groups[i])
            return CDP_ERR_ARGUMENT;
    }
    status = cdp_allocator_import(&own, allocator);
    if (status != CDP_OK)
        return status;
    cdp_findings_init(&findings, &own, diagnostics);
    for (size_t i = 0; status == CDP_OK && i < sizeof kinds / sizeof *kinds; i++)
        status = check_kind(&kinds[i], groups, count, &own, &findings);
    if (status == CDP_OK && findings.errors > 0)
        status = CDP_ERR_INVALID;
    cdp_findings_release(&findings);
    return status;
}
