/* SPDX-License-Identifier: MIT */
/* Server: `hooks`, from event to list of scripts. */
#include "appspec/fields.h"
#include "appspec/rules.h"
#include "appspec/server.h"
#include "base/allocator.h"
#include "base/sort.h"

const char *const cdp_appspec_script_events[] = {
    "BeforeBlockTraffic", "AfterBlockTraffic",  "ApplicationStop",
    "BeforeInstall",      "AfterInstall",       "ApplicationStart",
    "ValidateService",    "BeforeAllowTraffic", "AfterAllowTraffic",
};

const char *const cdp_appspec_reserved_events[] = {
    "BlockTraffic", "DownloadBundle", "Install", "AllowTraffic", "Start", "End",
};

enum { LOCATION, RUNAS, SUDO, TIMEOUT, DEFAULT_TIMEOUT = 3600 };

/* Any value but nil and false is true to Ruby. */
static bool is_truthy(const appspec_value *value)
{
    return value->kind != CDP_APPSPEC_VALUE_ABSENT &&
           !(value->kind == CDP_APPSPEC_VALUE_BOOLEAN && value->text.length == 5);
}

static void read_sudo(appspec_work *work, cdp_node node, appspec_script *script)
{
    cdp_string written = cdp_node_text(work->document, node);
    bool is_plain = node && cdp_node_style(work->document, node) == CDP_STYLE_PLAIN &&
                    (cdp_string_equal_ignoring_case(written, CDP_STR("true")) ||
                     cdp_string_equal_ignoring_case(written, CDP_STR("false")));

    script->sudo = cdp_appspec_take(work, node);
    script->sudo_is_true = is_truthy(&script->sudo);
    if (script->sudo.kind == CDP_APPSPEC_VALUE_ABSENT || is_plain)
        return;
    cdp_appspec_report(
        work, &(appspec_finding){
                  .code = CDP_DIAGNOSTIC_SCRIPT_SUDO_UNUSUAL,
                  .node = node,
                  .arguments = {written.data ? written : cdp_appspec_describe(work, node),
                                script->sudo_is_true ? CDP_STR("true") : CDP_STR("false")},
                  .fix = script->sudo.kind != CDP_APPSPEC_VALUE_BOOLEAN ? (cdp_string){NULL, 0}
                         : script->sudo_is_true                         ? CDP_STR("true")
                                                                        : CDP_STR("false"),
              });
}

/* A whole number that both agents read alike: plain digits, no zero in front, below 2 to the 32nd. */
static bool is_plain_number(const appspec_work *work, cdp_node node, cdp_string text)
{
    if (cdp_node_style(work->document, node) != CDP_STYLE_PLAIN || text.length == 0 ||
        text.data[0] == '0')
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!cdp_is_digit(text.data[i]))
            return false;
    return cdp_appspec_saturate(text) <= UINT32_MAX;
}

static bool is_all_digits(cdp_string text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!cdp_is_digit(text.data[i]))
            return false;
    return text.length > 0 && text.data[0] != '0';
}

/* Seconds of `5m`, `1h`, `30 seconds`; 0 when the text says no such thing. */
static int64_t meant_seconds(cdp_string text)
{
    static const struct {
        const char *unit;
        int64_t seconds;
    } units[] = {
        {"s", 1},    {"sec", 1},   {"secs", 1},    {"second", 1},   {"seconds", 1},
        {"m", 60},   {"min", 60},  {"mins", 60},   {"minute", 60},  {"minutes", 60},
        {"h", 3600}, {"hr", 3600}, {"hour", 3600}, {"hours", 3600},
    };
    size_t digits = 0;
    cdp_string unit;

    while (digits < text.length && cdp_is_digit(text.data[digits]))
        digits++;
    unit = cdp_string_trim(cdp_string_slice(text.data + digits, text.length - digits));
    for (size_t i = 0; digits > 0 && digits < 7 && i < sizeof units / sizeof *units; i++)
        if (cdp_string_equal_ignoring_case(unit, cdp_string_of(units[i].unit)))
            return cdp_appspec_saturate(cdp_string_slice(text.data, digits)) * units[i].seconds;
    return 0;
}

static void report_unusual_timeout(appspec_work *work, const appspec_script *script, cdp_node node)
{
    cdp_string written = cdp_node_text(work->document, node);
    bool is_quoted =
        cdp_node_style(work->document, node) != CDP_STYLE_PLAIN && is_all_digits(written);
    int64_t meant = meant_seconds(written);
    appspec_finding finding = {
        .code = is_quoted ? CDP_DIAGNOSTIC_SCRIPT_TIMEOUT_QUOTED
                          : CDP_DIAGNOSTIC_SCRIPT_TIMEOUT_UNUSUAL,
        .node = node,
        .arguments = {written.data ? written : cdp_appspec_describe(work, node),
                      script->timeout.text},
    };

    cdp_text_clear(&work->hint);
    if (meant > 0) {
        cdp_text_put_int(&work->hint, meant);
        finding.arguments[2] = cdp_text_string(&work->hint);
        finding.hint = CDP_STR("Write the seconds as a plain number: `{2}`.");
    }
    if (is_quoted)
        finding.fix = written;
    else if (meant > 0 && meant == script->seconds)
        finding.fix = finding.arguments[2];
    cdp_appspec_report(work, &finding);
}

static void report_bad_timeout(appspec_work *work, cdp_node node)
{
    cdp_string written = cdp_node_text(work->document, node);

    cdp_appspec_report(work,
                       &(appspec_finding){
                           .code = CDP_DIAGNOSTIC_SCRIPT_TIMEOUT_INVALID,
                           .node = node,
                           .arguments = {written.data ? written : cdp_appspec_describe(work, node)},
                       });
}

/* What to_i makes of the value, into the scratch text; false where it has none or is not above 0. */
static bool put_seconds(appspec_work *work, cdp_node node)
{
    cdp_scalar scalar = {.type = CDP_SCALAR_SYMBOL};
    cdp_string text = cdp_node_text(work->document, node);
    appspec_integer integer;

    cdp_text_clear(&work->scratch);
    if (text.data)
        scalar = cdp_node_resolve(work->document, node);
    switch (scalar.type) {
    case CDP_SCALAR_INTEGER:
        if (!scalar.overflow && scalar.integer <= 0)
            return false;
        cdp_node_put_resolved_text(work->document, node, &work->scratch);
        return !(scalar.overflow && scalar.integer < 0);
    case CDP_SCALAR_FLOAT:
        if (!(scalar.number >= 1 && scalar.number - scalar.number == 0))
            return false;
        cdp_appspec_put_whole(scalar.number, &work->scratch);
        return true;
    case CDP_SCALAR_STRING:
        integer = cdp_appspec_leading_integer(text);
        cdp_appspec_put_digits(integer.digits, &work->scratch);
        return !integer.negative && !cdp_string_equal_c(cdp_text_string(&work->scratch), "0");
    default:
        return false;
    }
}

static void read_timeout(appspec_work *work, cdp_node node, appspec_script *script)
{
    script->seconds = DEFAULT_TIMEOUT;
    script->timeout = (appspec_value){.text = CDP_STR("3600"), .node = node};
    if (cdp_appspec_is_nothing(work, node)) {
        if (!cdp_appspec_is_null(work, node))
            report_unusual_timeout(work, script, node);
        return;
    }
    if (!put_seconds(work, node)) {
        report_bad_timeout(work, node);
        return;
    }
    script->timeout.kind = CDP_APPSPEC_VALUE_NUMBER;
    if (is_plain_number(work, node, cdp_node_text(work->document, node))) {
        script->timeout.text = cdp_node_text(work->document, node);
        script->seconds = cdp_appspec_saturate(script->timeout.text);
        return;
    }
    script->timeout.text = cdp_appspec_keep_scratch(work);
    script->seconds = cdp_appspec_saturate(script->timeout.text);
    report_unusual_timeout(work, script, node);
}

static void read_script(appspec_work *work, cdp_node node, appspec_script *script)
{
    static const char *const names[] = {"location", "runas", "sudo", "timeout"};
    static const appspec_keys keys = {names, 4, false, "a script", NULL};
    cdp_node found[APPSPEC_MOST_KEYS];
    cdp_node values[APPSPEC_MOST_KEYS];

    script->node = node;
    if (cdp_node_get_kind(work->document, node) != CDP_NODE_MAPPING) {
        cdp_appspec_report_shape(work, node, "A script", "a mapping with `location`",
                                 "Write `- location: scripts/name.sh`, with a blank behind the "
                                 "dash and behind the colon.");
        return;
    }
    cdp_appspec_sort_keys(work, node, &keys, found);
    for (size_t i = 0; i < 4; i++)
        values[i] = cdp_appspec_value_of(work, found[i]);
    script->location = cdp_appspec_take_text(work, values[LOCATION], "location");
    script->runas = cdp_appspec_take_text(work, values[RUNAS], "runas");
    read_sudo(work, values[SUDO], script);
    read_timeout(work, values[TIMEOUT], script);
    if (script->location.text.length == 0) {
        script->location.node = found[LOCATION] ? found[LOCATION] : node;
        script->location.kind = CDP_APPSPEC_VALUE_ABSENT;
    }
}

static void read_scripts(appspec_work *work, cdp_node list, appspec_event *event)
{
    cdp_node_kind kind = cdp_node_get_kind(work->document, list);
    cdp_node node = cdp_node_first_child(work->document, list);
    size_t count;

    if (kind != CDP_NODE_SEQUENCE) {
        if (kind == CDP_NODE_MAPPING && !node)
            return; /* `{}` has no scripts for the agent 1.x */
        cdp_appspec_report_shape(
            work, list, "An event", "a list of scripts",
            kind == CDP_NODE_MAPPING
                ? "Put `- ` in front of `location`, and indent the other keys of the script by two "
                  "more blanks."
                : "Write `- location: scripts/name.sh` on a line of its own, below the event.");
        return;
    }
    count = cdp_node_child_count(work->document, list);
    event->scripts = cdp_appspec_array(work, count, sizeof *event->scripts);
    if (!event->scripts)
        return;
    event->script_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++, node = cdp_node_next_sibling(work->document, node))
        read_script(work, node, &event->scripts[i]);
}

static void report_event(appspec_work *work, cdp_diagnostic_code code, const appspec_event *event)
{
    cdp_appspec_report(work, &(appspec_finding){.code = code,
                                                .node = event->name.node,
                                                .arguments = {event->name.text}});
}

static void read_event(appspec_work *work, cdp_node key, appspec_event *event)
{
    event->name.node = key;
    event->name.kind = CDP_APPSPEC_VALUE_TEXT;
    if (cdp_appspec_key_is_text(work, key) && !cdp_appspec_is_binary(work, key)) {
        event->name.text = cdp_node_text(work->document, key);
    } else {
        cdp_text_clear(&work->scratch);
        cdp_appspec_put_key(work, key, &work->scratch);
        event->name.text = cdp_appspec_keep_scratch(work);
        event->name.kind = CDP_APPSPEC_VALUE_MAPPING;
        event->key = cdp_appspec_take(work, key);
        report_event(work, CDP_DIAGNOSTIC_APPSPEC_EVENT_KEY_NOT_TEXT, event);
    }
    read_scripts(work, cdp_node_value(work->document, key), event);
}

/* An event given twice keeps its first place and its last value. */
typedef struct placed_key {
    cdp_string text;
    cdp_node key;
    uint32_t place;
    uint32_t first;
} placed_key;

static int compare_texts(const void *a, const void *b, const void *context)
{
    (void)context;
    return cdp_string_compare(((const placed_key *)a)->text, ((const placed_key *)b)->text);
}

static int compare_places(const void *a, const void *b, const void *context)
{
    const placed_key *first = a;
    const placed_key *second = b;

    (void)context;
    return (first->first > second->first) - (first->first < second->first);
}

/* Brings the effective keys to the front, in the order of first places; returns how many. */
static size_t order_keys(appspec_work *work, placed_key *keys, size_t count)
{
    cdp_status status = cdp_sort(&work->allocator, keys, count, sizeof *keys, compare_texts, NULL);
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && keys[i].text.data && cdp_string_equal(keys[i].text, keys[i - 1].text);

        keys[i].first = same ? keys[i - 1].first : keys[i].place;
    }
    for (size_t i = 0; i < count; i++)
        if (cdp_node_is_effective(work->document, keys[i].key))
            keys[kept++] = keys[i];
    if (status == CDP_OK)
        status = cdp_sort(&work->allocator, keys, kept, sizeof *keys, compare_places, NULL);
    if (status != CDP_OK)
        cdp_appspec_fail(work, status);
    return kept;
}

static void read_events(appspec_work *work, cdp_node hooks)
{
    size_t count = cdp_node_child_count(work->document, hooks);
    size_t kept = 0;
    placed_key *keys;

    if (count == 0)
        return;
    keys = cdp_allocate_zeroed(&work->allocator, count * sizeof *keys);
    work->appspec->events = cdp_appspec_array(work, count, sizeof *work->appspec->events);
    if (!keys || !work->appspec->events) {
        cdp_appspec_fail(work, CDP_ERR_NOMEM);
        cdp_release(&work->allocator, keys, count * sizeof *keys);
        return;
    }
    for (cdp_node key = cdp_node_first_child(work->document, hooks); key;
         key = cdp_node_next_sibling(work->document, key), kept++)
        keys[kept] = (placed_key){cdp_node_text(work->document, key), key, (uint32_t)kept, 0};
    kept = order_keys(work, keys, kept);
    for (size_t i = 0; i < kept; i++) {
        cdp_node value = cdp_node_value(work->document, keys[i].key);
        appspec_event *event = &work->appspec->events[work->appspec->event_count];

        if (cdp_appspec_is_nothing(work, value)) {
            event->name.node = keys[i].key;
            event->name.text = keys[i].text;
            report_event(work, CDP_DIAGNOSTIC_APPSPEC_EVENT_EMPTY, event);
            memset(event, 0, sizeof *event);
            continue;
        }
        read_event(work, keys[i].key, event);
        work->appspec->event_count++;
    }
    cdp_release(&work->allocator, keys, count * sizeof *keys);
}

void cdp_appspec_read_hooks(appspec_work *work, cdp_node hooks)
{
    cdp_node_kind kind = cdp_node_get_kind(work->document, hooks);

    work->appspec->hooks_node = hooks;
    if (kind == CDP_NODE_MAPPING)
        read_events(work, hooks);
    else if (kind == CDP_NODE_SEQUENCE)
        cdp_appspec_report_shape(work, hooks, "hooks", "a mapping from event to scripts",
                                 "Take the dash away from in front of each event: "
                                 "`BeforeInstall:` and below it `- location: …`.");
    else if (!cdp_appspec_is_nothing(work, hooks))
        cdp_appspec_report_shape(work, hooks, "hooks", "a mapping from event to scripts",
                                 "Write `hooks:` on a line of its own, and the events below it.");
    else if (hooks)
        cdp_appspec_open_list(work, hooks, "hooks");
}
