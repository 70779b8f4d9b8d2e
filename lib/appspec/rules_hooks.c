/* SPDX-License-Identifier: MIT */
/* Rules about `hooks` of a Server AppSpec. */
#include "appspec/fields.h"
#include "appspec/paths.h"
#include "appspec/rules.h"
#include "appspec/server.h"

enum { LONGEST_EVENT_SECONDS = 3600 };

static bool is_listed(cdp_string name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cdp_string_equal_c(name, names[i]))
            return true;
    return false;
}

static void report_unknown_event(appspec_work *work, const appspec_value *name)
{
    cdp_string bare = cdp_appspec_trim_invisible(name->text);
    size_t nearest = cdp_suggest(bare, cdp_appspec_script_events, APPSPEC_SCRIPT_EVENTS);
    appspec_finding finding = {
        .code = CDP_DIAGNOSTIC_APPSPEC_EVENT_UNKNOWN,
        .node = name->node,
        .arguments = {name->text},
    };

    if (nearest < APPSPEC_SCRIPT_EVENTS) {
        finding.arguments[1] = cdp_string_of(cdp_appspec_script_events[nearest]);
        finding.hint = CDP_STR("Did you mean `{1}`?");
        if (cdp_string_equal_ignoring_case(bare, finding.arguments[1]))
            finding.fix = finding.arguments[1];
    }
    cdp_appspec_report(work, &finding);
}

static bool runs_in_scenario(const appspec_work *work, cdp_string name)
{
    for (size_t i = 0; i < work->options.scenario_event_count; i++)
        if (cdp_string_equal(work->options.scenario_events[i], name))
            return true;
    return !work->options.scenario_events;
}

static void check_event_name(appspec_work *work, const appspec_value *name)
{
    cdp_string placeholder;

    if (name->kind != CDP_APPSPEC_VALUE_TEXT)
        return; /* told of when it was read */
    if (is_listed(name->text, cdp_appspec_reserved_events, APPSPEC_RESERVED_EVENTS))
        cdp_appspec_report(work, &(appspec_finding){.code = CDP_DIAGNOSTIC_APPSPEC_EVENT_RESERVED,
                                                    .node = name->node,
                                                    .arguments = {name->text}});
    else if (!is_listed(name->text, cdp_appspec_script_events, APPSPEC_SCRIPT_EVENTS)) {
        if (cdp_appspec_has_placeholder(name->text, &placeholder))
            cdp_appspec_check_text(work, name, "hooks");
        else
            report_unknown_event(work, name);
    } else if (!runs_in_scenario(work, name->text))
        cdp_appspec_report(work,
                           &(appspec_finding){.code = CDP_DIAGNOSTIC_APPSPEC_EVENT_NOT_IN_SCENARIO,
                                              .node = name->node,
                                              .arguments = {name->text}});
}

static void report_script(appspec_work *work, cdp_diagnostic_code code, const appspec_value *value,
                          const char *leaf, cdp_string detail)
{
    cdp_appspec_report(work, &(appspec_finding){.code = code,
                                                .node = value->node,
                                                .leaf = leaf,
                                                .arguments = {value->text, detail}});
}

static void check_location(appspec_work *work, const appspec_value *location)
{
    bool windows = cdp_string_equal_c(work->appspec->os.text, "windows");
    cdp_string text = location->text;
    size_t blank = cdp_string_find(text, ' ', 0);
    cdp_string placeholder;

    if (!location->kind || text.length == 0) {
        report_script(work, CDP_DIAGNOSTIC_SCRIPT_LOCATION_MISSING, location, "location", text);
        return;
    }
    cdp_appspec_check_text(work, location, "location");
    if (text.data[0] == '/' || (windows && text.length > 1 && text.data[1] == ':'))
        report_script(work, CDP_DIAGNOSTIC_SCRIPT_LOCATION_ABSOLUTE, location, "location", text);
    if (cdp_appspec_path_climbs(text, windows))
        report_script(work, CDP_DIAGNOSTIC_SCRIPT_LOCATION_OUTSIDE, location, "location", text);
    if (blank < text.length && !cdp_appspec_has_placeholder(text, &placeholder))
        report_script(work, CDP_DIAGNOSTIC_SCRIPT_LOCATION_BLANK, location, "location",
                      cdp_string_slice(text.data, blank));
}

static void check_runas(appspec_work *work, const appspec_value *runas)
{
    if (!runas->kind)
        return;
    cdp_appspec_check_text(work, runas, "runas");
    if (cdp_string_equal_c(work->appspec->os.text, "windows"))
        report_script(work, CDP_DIAGNOSTIC_SCRIPT_RUNAS_ON_WINDOWS, runas, "runas", runas->text);
    else if (runas->text.length == 0)
        report_script(work, CDP_DIAGNOSTIC_SCRIPT_RUNAS_BLANK, runas, "runas", runas->text);
    else if (cdp_string_find(runas->text, ' ', 0) < runas->text.length)
        report_script(work, CDP_DIAGNOSTIC_SCRIPT_RUNAS_WORDS, runas, "runas", runas->text);
}

/*
 * All scripts of an event together get an hour. Scripts that say nothing count with the default of
 * an hour each, which the documentation's own samples overdo; that is only noted.
 */
static void check_sum(appspec_work *work, const appspec_event *event)
{
    int64_t said = 0;
    int64_t unsaid = 0;
    bool exceeds;

    for (uint32_t i = 0; i < event->script_count; i++) {
        int64_t *sum = event->scripts[i].timeout.kind ? &said : &unsaid;
        int64_t seconds = event->scripts[i].seconds;

        *sum = seconds > INT64_MAX / 4 - *sum ? INT64_MAX / 4 : *sum + seconds;
    }
    exceeds = said > LONGEST_EVENT_SECONDS;
    if (!exceeds && (event->script_count < 2 || said + unsaid <= LONGEST_EVENT_SECONDS))
        return;
    cdp_text_clear(&work->hint);
    cdp_text_put_int(&work->hint, exceeds ? said : said + unsaid);
    cdp_appspec_report(work, &(appspec_finding){
                                 .code = CDP_DIAGNOSTIC_HOOK_TIMEOUT_SUM,
                                 .severity = exceeds ? (cdp_severity)0 : CDP_SEVERITY_NOTE,
                                 .node = event->name.node,
                                 .arguments = {event->name.text, cdp_text_string(&work->hint)},
                             });
}

static void check_script(appspec_work *work, const appspec_script *script)
{
    /* An entry of the wrong shape was reported when it was read. */
    if (work->document && cdp_node_get_kind(work->document, script->node) != CDP_NODE_MAPPING)
        return;
    check_location(work, &script->location);
    check_runas(work, &script->runas);
    if (!work->document && script->seconds <= 0)
        cdp_appspec_report(work, &(appspec_finding){
                                     .code = CDP_DIAGNOSTIC_SCRIPT_TIMEOUT_INVALID,
                                     .leaf = "timeout",
                                     .arguments = {script->timeout.text},
                                 });
}

static bool is_event_misshapen(const appspec_work *work, const appspec_event *event)
{
    cdp_node value;

    if (!work->document)
        return false;
    value = cdp_node_value(work->document, event->name.node);
    return cdp_node_get_kind(work->document, value) != CDP_NODE_SEQUENCE &&
           (cdp_node_get_kind(work->document, value) == CDP_NODE_SCALAR ||
            cdp_node_first_child(work->document, value));
}

void cdp_appspec_check_hooks(appspec_work *work)
{
    cdp_appspec_enter(work, "hooks");
    for (uint32_t i = 0; i < work->appspec->event_count; i++) {
        const appspec_event *event = &work->appspec->events[i];

        cdp_appspec_enter_text(work, event->name.text);
        check_event_name(work, &event->name);
        if (event->script_count == 0 && !is_event_misshapen(work, event))
            cdp_appspec_report(work, &(appspec_finding){
                                         .code = CDP_DIAGNOSTIC_APPSPEC_EVENT_EMPTY,
                                         .node = event->name.node,
                                         .arguments = {event->name.text},
                                     });
        for (uint32_t j = 0; j < event->script_count; j++) {
            cdp_appspec_enter_index(work, j);
            check_script(work, &event->scripts[j]);
            cdp_appspec_leave(work);
        }
        check_sum(work, event);
        cdp_appspec_leave(work);
    }
    cdp_appspec_leave(work);
}
