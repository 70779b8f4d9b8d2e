/* SPDX-License-Identifier: MIT */
/* Lambda and ECS: hooks, from event to function. */
#include "appspec/resources.h"
#include "appspec/rules.h"
#include "appspec/server.h"
#include "base/allocator.h"
#include "base/sort.h"

static const char *const lambda_events[] = {"BeforeAllowTraffic", "AfterAllowTraffic"};
static const char *const ecs_events[] = {"BeforeInstall", "AfterInstall", "AfterAllowTestTraffic",
                                         "BeforeAllowTraffic", "AfterAllowTraffic"};

enum {
    LAMBDA_EVENTS = sizeof lambda_events / sizeof *lambda_events,
    ECS_EVENTS = sizeof ecs_events / sizeof *ecs_events,
    LONGEST_FUNCTION = 140
};

static void report_event(appspec_work *work, cdp_diagnostic_code code, cdp_node node,
                         cdp_string name)
{
    cdp_appspec_report(work, &(appspec_finding){.code = code, .node = node, .arguments = {name}});
}

static bool is_old_form(cdp_string name)
{
    return cdp_string_equal_ignoring_case(name, CDP_STR("LifecycleEvent")) ||
           cdp_string_equal_ignoring_case(name, CDP_STR("LifecycleEvents")) ||
           cdp_string_equal_ignoring_case(name, CDP_STR("FunctionName"));
}

/* Reads the events of one mapping behind those that are there; the array is large enough. */
static void read_mapping(appspec_work *work, cdp_node mapping)
{
    for (cdp_node key = cdp_node_first_child(work->document, mapping); key;
         key = cdp_node_next_sibling(work->document, key)) {
        appspec_event *event = &work->appspec->events[work->appspec->event_count];
        cdp_string name = cdp_node_text(work->document, key);

        if (!cdp_node_is_effective(work->document, key))
            continue;
        if (!name.data || is_old_form(name)) {
            report_event(work, CDP_DIAGNOSTIC_HOOK_OLD_FORM, key, name);
            continue;
        }
        event->name = cdp_appspec_text_value(name);
        event->name.node = key;
        event->function = cdp_appspec_take_written(work, key, "a hook");
        work->appspec->event_count++;
    }
}

static size_t count_keys(const appspec_work *work, cdp_node hooks)
{
    size_t count = 0;

    if (cdp_node_get_kind(work->document, hooks) == CDP_NODE_MAPPING)
        return cdp_node_child_count(work->document, hooks);
    for (cdp_node item = cdp_node_first_child(work->document, hooks); item;
         item = cdp_node_next_sibling(work->document, item))
        count += cdp_node_child_count(work->document, item);
    return count;
}

static void read_item(appspec_work *work, cdp_node item)
{
    if (cdp_node_get_kind(work->document, item) != CDP_NODE_MAPPING) {
        cdp_appspec_report_shape(work, item, "An entry of `Hooks`",
                                 "a mapping from one event to one function",
                                 "Write `- BeforeAllowTraffic: function`.");
        return;
    }
    if (cdp_node_child_count(work->document, item) > 1)
        report_event(work, CDP_DIAGNOSTIC_HOOKS_NOT_A_LIST, item,
                     CDP_STR("an entry with several events"));
    read_mapping(work, item);
}

void cdp_appspec_read_functions(appspec_work *work, cdp_node hooks)
{
    cdp_node_kind kind = cdp_node_get_kind(work->document, hooks);
    size_t count = count_keys(work, hooks);

    work->appspec->hooks_node = hooks;
    if (cdp_appspec_is_null(work, hooks))
        return;
    if (kind == CDP_NODE_SCALAR) {
        cdp_appspec_report_shape(work, hooks, "Hooks", "a list of events and functions",
                                 "Write `- BeforeAllowTraffic: function` on a line of its own.");
        return;
    }
    work->appspec->events = cdp_appspec_array(work, count, sizeof *work->appspec->events);
    if (count > 0 && !work->appspec->events)
        return;
    if (kind == CDP_NODE_MAPPING) {
        if (count > 0)
            report_event(work, CDP_DIAGNOSTIC_HOOKS_NOT_A_LIST, hooks, CDP_STR("a mapping"));
        read_mapping(work, hooks);
        return;
    }
    for (cdp_node item = cdp_node_first_child(work->document, hooks); item;
         item = cdp_node_next_sibling(work->document, item))
        read_item(work, item);
}

static void check_name(appspec_work *work, const appspec_value *name)
{
    bool is_ecs = work->appspec->platform == CDP_PLATFORM_ECS;
    const char *const *known = is_ecs ? ecs_events : lambda_events;
    size_t count = is_ecs ? ECS_EVENTS : LAMBDA_EVENTS;
    size_t nearest;
    appspec_finding finding = {
        .code = CDP_DIAGNOSTIC_HOOK_EVENT_UNSUPPORTED,
        .node = name->node,
        .arguments = {name->text, is_ecs ? CDP_STR("an ECS") : CDP_STR("a Lambda")},
    };

    for (size_t i = 0; i < count; i++)
        if (cdp_string_equal_c(name->text, known[i]))
            return;
    nearest = cdp_suggest(cdp_appspec_trim_invisible(name->text), known, count);
    if (nearest < count) {
        finding.arguments[2] = cdp_string_of(known[nearest]);
        finding.hint = CDP_STR("Did you mean `{2}`?");
        if (cdp_string_equal_ignoring_case(cdp_appspec_trim_invisible(name->text),
                                           finding.arguments[2]))
            finding.fix = finding.arguments[2];
    } else {
        finding.hint = is_ecs ? CDP_STR("An ECS deployment has BeforeInstall, AfterInstall, "
                                        "AfterAllowTestTraffic, BeforeAllowTraffic and "
                                        "AfterAllowTraffic.")
                              : CDP_STR("A Lambda deployment has BeforeAllowTraffic and "
                                        "AfterAllowTraffic.");
    }
    cdp_appspec_report(work, &finding);
}

static bool is_function_name(cdp_string text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = cdp_lower(text.data[i]);

        if (!(c >= 'a' && c <= 'z') && !cdp_is_digit(c) && c != '-' && c != '_' && c != ':' &&
            c != '$' && c != '.')
            return false;
    }
    return text.length > 0 && text.length <= LONGEST_FUNCTION;
}

static bool is_function_arn(cdp_string text)
{
    cdp_string service = {text.data, 0};
    unsigned colons = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != ':')
            continue;
        colons++;
        if (colons == 2)
            service.data = text.data + i + 1;
        if (colons == 3)
            service.length = (size_t)(text.data + i - service.data);
    }
    return colons >= 6 && cdp_string_equal_c(service, "lambda");
}

static void check_function(appspec_work *work, const appspec_event *event)
{
    const appspec_value *function = &event->function;
    cdp_string placeholder;
    bool is_arn = cdp_string_starts_with(function->text, CDP_STR("arn:"));

    if (function->kind == CDP_APPSPEC_VALUE_TEXT)
        cdp_appspec_check_plain_text(work, function, "a hook");
    if (function->kind == CDP_APPSPEC_VALUE_MAPPING ||
        (function->kind && cdp_appspec_has_placeholder(function->text, &placeholder)))
        return;
    if (is_arn ? !is_function_arn(function->text) : !is_function_name(function->text))
        cdp_appspec_report(
            work, &(appspec_finding){
                      .code = CDP_DIAGNOSTIC_HOOK_FUNCTION_INVALID,
                      .node = function->node ? function->node : event->name.node,
                      .arguments = {function->text.length ? function->text : CDP_STR("(nothing)"),
                                    event->name.text},
                  });
}

static int compare_names(const void *a, const void *b, const void *context)
{
    const appspec_event *first = *(const appspec_event *const *)a;
    const appspec_event *second = *(const appspec_event *const *)b;

    (void)context;
    return cdp_string_compare(first->name.text, second->name.text);
}

static void check_twice(appspec_work *work)
{
    size_t count = work->appspec->event_count;
    const appspec_event **events;
    cdp_status status;

    if (count < 2)
        return;
    events = cdp_allocate(&work->allocator, count * sizeof *events);
    if (!events) {
        cdp_appspec_fail(work, CDP_ERR_NOMEM);
        return;
    }
    for (size_t i = 0; i < count; i++)
        events[i] = &work->appspec->events[i];
    status = cdp_sort(&work->allocator, events, count, sizeof *events, compare_names, NULL);
    for (size_t i = 1; status == CDP_OK && i < count; i++) {
        if (compare_names(&events[i - 1], &events[i], NULL) != 0)
            continue;
        cdp_appspec_enter_index(work, (size_t)(events[i] - work->appspec->events));
        report_event(work, CDP_DIAGNOSTIC_HOOK_EVENT_TWICE, events[i]->name.node,
                     events[i]->name.text);
        cdp_appspec_leave(work);
    }
    if (status != CDP_OK)
        cdp_appspec_fail(work, status);
    cdp_release(&work->allocator, events, count * sizeof *events);
}

static bool runs_in_scenario(const appspec_work *work, cdp_string name)
{
    for (size_t i = 0; i < work->options.scenario_event_count; i++)
        if (cdp_string_equal(work->options.scenario_events[i], name))
            return true;
    return !work->options.scenario_events;
}

void cdp_appspec_check_functions(appspec_work *work)
{
    cdp_appspec_enter(work, "Hooks");
    for (uint32_t i = 0; i < work->appspec->event_count; i++) {
        const appspec_event *event = &work->appspec->events[i];

        cdp_appspec_enter_index(work, i);
        cdp_appspec_enter_text(work, event->name.text);
        check_name(work, &event->name);
        check_function(work, event);
        if (!runs_in_scenario(work, event->name.text))
            report_event(work, CDP_DIAGNOSTIC_APPSPEC_EVENT_NOT_IN_SCENARIO, event->name.node,
                         event->name.text);
        cdp_appspec_leave(work);
        cdp_appspec_leave(work);
    }
    check_twice(work);
    cdp_appspec_leave(work);
}

void cdp_appspec_check_resource(appspec_work *work)
{
    cdp_appspec_enter(work, "Resources");
    cdp_appspec_enter_index(work, 0);
    cdp_appspec_enter_text(work, work->appspec->logical_name.text);
    if (!work->document && !work->appspec->logical_name.kind)
        cdp_appspec_report(work, &(appspec_finding){.code = CDP_DIAGNOSTIC_PROPERTY_MISSING,
                                                    .arguments = {CDP_STR("the resource's name")}});
    cdp_appspec_enter(work, "Properties");
    /* Without properties there was an error already, and nothing to check. */
    if (!work->document || work->appspec->properties_node) {
        if (work->appspec->platform == CDP_PLATFORM_LAMBDA)
            cdp_appspec_check_lambda(work);
        else
            cdp_appspec_check_ecs(work);
    }
    work->depth -= 4;
    cdp_appspec_check_functions(work);
}
