/* SPDX-License-Identifier: MIT */
/* The order of codedeploy-local: deployer.rb, cli_validator.rb and command_executor.rb. */
#include "base/sized.h"
#include "base/strings.h"
#include "lifecycle/plan.h"
#include "lifecycle/refuse.h"

static const cdp_string download_bundle = CDP_LITERAL("DownloadBundle");
static const cdp_string install = CDP_LITERAL("Install");

/* The names as they were given, then in the order in which they run. */
typedef struct local_order {
    const cdp_lifecycle_local *asked;
    cdp_verdict verdict;
    cdp_string names[CDP_LIFECYCLE_MAX_EVENTS];
    size_t count;
} local_order;

static void report(local_order *order, cdp_diagnostic_code code, cdp_string name)
{
    cdp_verdict_report(&order->verdict, code, name, CDP_STR(""), CDP_STR(""));
}

static size_t find(const cdp_string *names, size_t count, cdp_string name)
{
    size_t index = 0;

    while (index < count && !cdp_string_equal(names[index], name))
        index++;
    return index;
}

static const cdp_event_traits *usual_event(cdp_string name)
{
    const cdp_lifecycle_plan *usual =
        cdp_lifecycle_plan_find(CDP_PLATFORM_SERVER, CDP_SCENARIO_LOCAL);
    size_t index = cdp_lifecycle_plan_event_find(usual, name);

    return index < usual->count ? cdp_plan_traits(usual, index) : NULL;
}

/* In the agent each event is a method whose name is made of the event's, and must look the part. */
static bool looks_like_an_event(cdp_string name)
{
    return cdp_plan_name_is_sound(name) && name.length >= 2 && name.data[0] >= 'A' &&
           name.data[0] <= 'Z' &&
           (cdp_is_digit(name.data[1]) || (name.data[1] >= 'a' && name.data[1] <= 'z'));
}

static void check_names(local_order *order)
{
    for (size_t i = 0; i < order->count; i++) {
        cdp_string name = order->names[i];

        if (!looks_like_an_event(name))
            report(order, CDP_DIAGNOSTIC_LOCAL_EVENT_NAME, name);
        else if (find(order->names, i, name) < i)
            report(order, CDP_DIAGNOSTIC_LOCAL_EVENT_REPEATED, name);
    }
}

/* What the previous revision's scripts may do before there is a new one. */
static bool may_precede_download(cdp_string name)
{
    const cdp_event_traits *event = usual_event(name);

    return event && event->revision == CDP_REVISION_LAST_SUCCESSFUL;
}

static bool may_precede_install(cdp_string name)
{
    const cdp_event_traits *event = usual_event(name);

    return !event || event->revision != CDP_REVISION_CURRENT ||
           event->event == CDP_EVENT_BEFORE_INSTALL;
}

static void check_order(local_order *order)
{
    size_t download = find(order->names, order->count, download_bundle);
    size_t installing = find(order->names, order->count, install);

    for (size_t i = 0; i < download && download < order->count; i++) {
        if (!may_precede_download(order->names[i]))
            report(order, CDP_DIAGNOSTIC_LOCAL_EVENT_BEFORE_DOWNLOAD, order->names[i]);
    }
    for (size_t i = 0; i < installing && installing < order->count; i++) {
        if (!may_precede_install(order->names[i]))
            report(order, CDP_DIAGNOSTIC_LOCAL_EVENT_BEFORE_INSTALL, order->names[i]);
    }
}

static void report_unknown_hook(local_order *order, cdp_string hook)
{
    const cdp_event_traits *events = cdp_server_events;
    const char *names[CDP_EVENT_AFTER_ALLOW_TRAFFIC];
    size_t count = 0;
    size_t near;

    for (int i = CDP_EVENT_APPLICATION_STOP; i <= CDP_EVENT_AFTER_ALLOW_TRAFFIC; i++) {
        if (events[i].scriptable)
            names[count++] = events[i].name.data;
    }
    near = cdp_suggest(hook, names, count);
    if (near < count)
        cdp_verdict_report(&order->verdict, CDP_DIAGNOSTIC_LOCAL_HOOK_MISSPELT, hook,
                           cdp_string_of(names[near]), CDP_STR(""));
    else
        report(order, CDP_DIAGNOSTIC_LOCAL_HOOK_UNKNOWN, hook);
}

static void check_hooks(local_order *order)
{
    const cdp_lifecycle_local *asked = order->asked;

    if (!asked->has_hooks)
        return;
    for (size_t i = 0; i < asked->hook_count; i++) {
        if (!usual_event(asked->hooks[i]) &&
            find(order->names, order->count, asked->hooks[i]) == order->count)
            report_unknown_hook(order, asked->hooks[i]);
    }
    for (size_t i = 0; i < order->count; i++) {
        if (!usual_event(order->names[i]) && find(order->names, i, order->names[i]) == i &&
            find(asked->hooks, asked->hook_count, order->names[i]) == asked->hook_count)
            report(order, CDP_DIAGNOSTIC_LOCAL_EVENT_NOT_HOOKED, order->names[i]);
    }
}

static void put_in_front(local_order *order, cdp_string name)
{
    memmove(order->names + 1, order->names, order->count * sizeof *order->names);
    order->names[0] = name;
    order->count++;
}

static void complete(local_order *order)
{
    bool downloads = find(order->names, order->count, download_bundle) < order->count;
    bool installs = find(order->names, order->count, install) < order->count;
    size_t download;
    size_t installing;

    if (!installs)
        put_in_front(order, install);
    if (!downloads)
        put_in_front(order, download_bundle);
    download = find(order->names, order->count, download_bundle);
    installing = find(order->names, order->count, install);
    if (installing < download) {
        order->names[installing] = download_bundle;
        order->names[download] = install;
    }
}

static cdp_status read_names(local_order *order)
{
    const cdp_lifecycle_local *asked = order->asked;
    const cdp_lifecycle_plan *usual =
        cdp_lifecycle_plan_find(CDP_PLATFORM_SERVER, CDP_SCENARIO_LOCAL);

    if ((!asked->events && asked->event_count) || (!asked->hooks && asked->hook_count))
        return CDP_ERR_ARGUMENT;
    if (asked->event_count > CDP_LIFECYCLE_MAX_EVENTS - 2) {
        report(order, CDP_DIAGNOSTIC_LOCAL_TOO_MANY_EVENTS, CDP_STR(""));
        return order->verdict.status == CDP_ERR_INVALID ? CDP_ERR_LIMIT : order->verdict.status;
    }
    for (size_t i = 0; i < asked->event_count; i++)
        order->names[i] = asked->events[i];
    order->count = asked->event_count;
    for (size_t i = 0; asked->event_count == 0 && i < usual->count; i++)
        order->names[order->count++] = cdp_plan_traits(usual, i)->name;
    return CDP_OK;
}

static cdp_status make(const local_order *order, const cdp_allocator *allocator,
                       cdp_lifecycle_plan **plan)
{
    size_t name_bytes = 0;
    cdp_plan_parts parts;
    cdp_status status;

    for (size_t i = 0; i < order->count; i++)
        name_bytes += order->names[i].length + 1;
    status = cdp_plan_allocate(allocator, order->count, name_bytes, &parts);
    if (status != CDP_OK)
        return status;
    for (size_t i = 0; i < order->count; i++) {
        const cdp_event_traits *usual = usual_event(order->names[i]);

        if (usual) {
            parts.traits[i] = *usual;
        } else {
            parts.traits[i].name = cdp_plan_keep_name(&parts, order->names[i]);
            parts.traits[i].scriptable = true;
            parts.traits[i].revision = CDP_REVISION_CURRENT;
        }
        parts.steps[i].traits = (uint8_t)i;
    }
    parts.plan->platform = CDP_PLATFORM_SERVER;
    parts.plan->scenario = CDP_SCENARIO_LOCAL;
    parts.plan->flags = CDP_PLAN_LOCAL;
    *plan = parts.plan;
    return CDP_OK;
}

cdp_status cdp_lifecycle_plan_new_local(const cdp_lifecycle_local *local,
                                        const cdp_allocator *allocator,
                                        cdp_diagnostics *diagnostics, cdp_lifecycle_plan **plan)
{
    cdp_lifecycle_local asked = {.size = sizeof asked};
    local_order order = {.asked = &asked, .verdict = {diagnostics, CDP_OK}};
    cdp_status status = CDP_OK;

    if (!plan)
        return CDP_ERR_ARGUMENT;
    if (local)
        status = cdp_sized_read(&asked, sizeof asked, local);
    if (status == CDP_OK)
        status = read_names(&order);
    if (status != CDP_OK)
        return status;
    check_names(&order);
    check_order(&order);
    check_hooks(&order);
    if (order.verdict.status != CDP_OK)
        return order.verdict.status;
    complete(&order);
    return make(&order, allocator, plan);
}
