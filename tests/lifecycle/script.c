/* SPDX-License-Identifier: MIT */
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"
#include "script.h"

/* One word: what is done, what with, when, and what comes of it. */
typedef struct script_word {
    char text[64];
    char verb[16];
    char argument[32];
    int64_t time;
    cdp_status expected;
} script_word;

static script_word read_word(const char *text, size_t length)
{
    static const struct {
        char mark;
        cdp_status status;
    } marks[] = {{'!', CDP_ERR_STATE}, {'?', CDP_ERR_TIME}, {'#', CDP_ERR_ARGUMENT}};
    script_word word = {.expected = CDP_OK};
    char *verb = word.text;
    char *time;
    char *argument;

    assert_true(length < sizeof word.text);
    memcpy(word.text, text, length);
    for (size_t i = 0; i < 3; i++) {
        if (*verb == marks[i].mark) {
            word.expected = marks[i].status;
            verb++;
            break;
        }
    }
    time = strchr(verb, '@');
    assert_non_null(time);
    word.time = strtoll(time + 1, NULL, 10);
    argument = memchr(verb, ':', (size_t)(time - verb));
    snprintf(word.verb, sizeof word.verb, "%.*s", (int)((argument ? argument : time) - verb), verb);
    if (argument)
        snprintf(word.argument, sizeof word.argument, "%.*s", (int)(time - argument - 1),
                 argument + 1);
    return word;
}

/* What comes next or is in progress; at the end the last event. */
static size_t current(const cdp_lifecycle *lifecycle)
{
    size_t last = cdp_lifecycle_plan_event_count(cdp_lifecycle_get_plan(lifecycle)) - 1;
    cdp_lifecycle_action action = {.size = sizeof action};

    assert_int_equal(cdp_lifecycle_next(lifecycle, &action), CDP_OK);
    return action.event < last ? action.event : last;
}

static cdp_status finish(cdp_lifecycle *lifecycle, const script_word *word, bool failed)
{
    cdp_lifecycle_result result = {.size = sizeof result, .status = CDP_EVENT_STATUS_SUCCEEDED};

    if (failed) {
        result.status = CDP_EVENT_STATUS_FAILED;
        result.error = CDP_EVENT_ERROR_SCRIPT_FAILED;
        result.message = CDP_STR("script said no");
        if (word->argument[0])
            assert_int_equal(
                cdp_event_error_from_name(cdp_string_of(word->argument), &result.error), CDP_OK);
    }
    return cdp_lifecycle_finish(lifecycle, word->time, current(lifecycle), &result, NULL);
}

static cdp_status pass(cdp_lifecycle *lifecycle, const script_word *word)
{
    cdp_status status = CDP_OK;

    for (int i = atoi(word->argument); i > 0 && status == CDP_OK; i--) {
        status = cdp_lifecycle_begin(lifecycle, word->time, current(lifecycle), NULL);
        if (status == CDP_OK)
            status = finish(lifecycle, word, false);
    }
    return status;
}

static cdp_status carry_out(cdp_lifecycle *lifecycle, const script_word *word)
{
    const char *verb = word->verb;
    int64_t now = word->time;

    if (strcmp(verb, "start") == 0)
        return cdp_lifecycle_start(lifecycle, now, NULL);
    if (strcmp(verb, "begin") == 0)
        return cdp_lifecycle_begin(lifecycle, now, current(lifecycle), NULL);
    if (strcmp(verb, "noop") == 0)
        return cdp_lifecycle_no_op(lifecycle, now, current(lifecycle), NULL);
    if (strcmp(verb, "ok") == 0 || strcmp(verb, "fail") == 0)
        return finish(lifecycle, word, verb[0] == 'f');
    if (strcmp(verb, "pass") == 0)
        return pass(lifecycle, word);
    if (strcmp(verb, "stop") == 0)
        return cdp_lifecycle_stop(lifecycle, now, NULL);
    if (strcmp(verb, "skip") == 0)
        return cdp_lifecycle_skip(lifecycle, now, NULL);
    if (strcmp(verb, "lost") == 0)
        return cdp_lifecycle_lose_contact(lifecycle, now, NULL);
    if (strcmp(verb, "step") == 0)
        return cdp_lifecycle_step(lifecycle, now, NULL);
    if (strcmp(verb, "ready") == 0)
        return cdp_lifecycle_continue(lifecycle, now, CDP_WAIT_READY, NULL);
    assert_string_equal(verb, "gone");
    return cdp_lifecycle_continue(lifecycle, now, CDP_WAIT_TERMINATION, NULL);
}

const char *script_run(cdp_lifecycle *lifecycle, const char *words)
{
    static char failed[64];

    while (*words) {
        size_t length = strcspn(words, " ");
        script_word word;

        if (length > 0) {
            word = read_word(words, length);
            if (carry_out(lifecycle, &word) != word.expected) {
                memcpy(failed, word.text, sizeof failed);
                return failed;
            }
        }
        words += length + (words[length] == ' ');
    }
    return NULL;
}

const char *script_state(const cdp_lifecycle *lifecycle)
{
    static const char letters[] = " piSF-?";
    static char state[128];
    cdp_lifecycle_action action = {.size = sizeof action};
    cdp_lifecycle_reason reason = cdp_lifecycle_get_reason(lifecycle);
    size_t count = cdp_lifecycle_plan_event_count(cdp_lifecycle_get_plan(lifecycle));
    size_t length;

    assert_int_equal(cdp_lifecycle_next(lifecycle, &action), CDP_OK);
    length = (size_t)snprintf(state, sizeof state, "%s%s%s%s%s ",
                              cdp_target_status_name(cdp_lifecycle_get_status(lifecycle)),
                              reason ? " " : "", reason ? cdp_lifecycle_reason_name(reason) : "",
                              action.wait ? " " : "",
                              action.wait ? cdp_wait_type_name(action.wait) : "");
    for (size_t i = 0; i < count; i++) {
        cdp_lifecycle_event_record record = {.size = sizeof record};

        assert_int_equal(cdp_lifecycle_event_at(lifecycle, i, &record), CDP_OK);
        state[length++] = letters[record.status];
    }
    state[length] = '\0';
    return state;
}

cdp_lifecycle_options script_options(const char *words)
{
    cdp_lifecycle_options options = {.size = sizeof options};

    for (; *words; words += strcspn(words, " "), words += *words == ' ') {
        const char *colon = strchr(words, ':');
        long long number =
            colon && colon < words + strcspn(words, " ") ? strtoll(colon + 1, NULL, 10) : 0;

        if (strncmp(words, "ignore", 6) == 0)
            options.ignore_application_stop_failures = 1;
        else if (strncmp(words, "ask", 3) == 0) {
            options.ready_action = CDP_READY_ACTION_STOP_DEPLOYMENT;
            options.ready_wait_ms = number;
        } else if (strncmp(words, "end", 3) == 0)
            options.termination_wait_ms = number;
        else
            options.message_bytes = (uint32_t)number;
    }
    return options;
}

const cdp_lifecycle_plan *script_plan(const char *plan)
{
    const char *slash = strchr(plan, '/');
    cdp_platform platform = CDP_PLATFORM_AUTO;
    cdp_scenario scenario = CDP_SCENARIO_DEFAULT;
    const cdp_lifecycle_plan *found;

    assert_non_null(slash);
    assert_int_equal(
        cdp_platform_from_name(cdp_string_slice(plan, (size_t)(slash - plan)), &platform), CDP_OK);
    assert_int_equal(cdp_scenario_from_name(cdp_string_of(slash + 1), &scenario), CDP_OK);
    found = cdp_lifecycle_plan_find(platform, scenario);
    assert_non_null(found);
    return found;
}

cdp_lifecycle *script_target(const char *plan, const char *options)
{
    cdp_lifecycle_options own = script_options(options);
    cdp_lifecycle *lifecycle = NULL;

    assert_int_equal(cdp_lifecycle_new(script_plan(plan), &own, NULL, NULL, &lifecycle), CDP_OK);
    return lifecycle;
}
