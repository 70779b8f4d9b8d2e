/* SPDX-License-Identifier: MIT */
#include "situation.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"

/* -- reading ---------------------------------------------------------------------------------- */

static const char *keep(situation *s, const char *from, size_t length)
{
    char *kept = s->words + s->used;

    assert_true(s->used + length + 1 <= sizeof s->words);
    memcpy(kept, from, length);
    kept[length] = '\0';
    s->used += length + 1;
    return kept;
}

static cdp_string string(const char *text)
{
    return cdp_string_of(text);
}

static cdp_event event_of(const char *name)
{
    cdp_event event;

    if (cdp_event_from_name(string(name), &event) != CDP_OK)
        fail_msg("%s is no event", name);
    return event;
}

static cdp_deployment_status status_of(const char *name)
{
    cdp_deployment_status status;

    assert_int_equal(cdp_deployment_status_from_name(string(name), &status), CDP_OK);
    return status;
}

static cdp_deployment_creator creator_of(const char *name)
{
    cdp_deployment_creator creator;

    assert_int_equal(cdp_deployment_creator_from_name(string(name), &creator), CDP_OK);
    return creator;
}

static cdp_file_exists_behavior behavior_of(const char *name)
{
    cdp_file_exists_behavior behavior;

    assert_int_equal(cdp_file_exists_behavior_from_name(string(name), &behavior), CDP_OK);
    return behavior;
}

/* The value behind `key=`, or NULL. */
static const char *value_of(const char *word, const char *key)
{
    size_t length = strlen(key);

    return strncmp(word, key, length) == 0 && word[length] == '=' ? word + length + 1 : NULL;
}

/* Event names with commas between them: the bits of all, and of those with a mark. */
static uint32_t events_of(situation *s, const char *names, char mark, uint32_t *marked,
                          cdp_event *failed)
{
    uint32_t events = 0;

    while (*names) {
        size_t length = strcspn(names, ",");
        size_t plain = length;
        char last = names[length - 1];
        cdp_event event;

        if (last == '!' || last == '~')
            plain--;
        event = event_of(keep(s, names, plain));
        events |= UINT32_C(1) << event;
        if (plain < length && marked)
            *marked |= UINT32_C(1) << event;
        if (last == '!' && failed)
            *failed = event;
        names += length + (names[length] == ',');
    }
    (void)mark;
    return events;
}

static cdp_group_revision revision_of(const char *key)
{
    return (cdp_group_revision){.size = sizeof(cdp_group_revision),
                                .type = CDP_REVISION_TYPE_S3,
                                .bundle_type = CDP_BUNDLE_TYPE_ZIP,
                                .bucket = CDP_STR("b"),
                                .key = string(key)};
}

static void read_target(situation *s, const char *const *words, size_t count)
{
    cdp_rollback_target *target = &s->targets[s->it.target_count++];
    uint32_t undone = 0;

    assert_true(s->it.target_count <= SITUATION_MOST);
    *target = (cdp_rollback_target){.size = sizeof *target, .id = string(words[1])};
    for (size_t i = 2; i < count; i++) {
        const char *word = words[i];

        if (!strcmp(word, "original"))
            target->original = 1;
        else if (!strcmp(word, "begun"))
            target->begun = 1;
        else if (!strcmp(word, "traffic"))
            target->has_traffic = 1;
        else if (!strcmp(word, "had-traffic"))
            target->had_traffic = 1;
        else if (!strcmp(word, "good"))
            target->on_good_revision = 1;
        else if (!strcmp(word, "healthy"))
            target->instance_health = CDP_INSTANCE_HEALTHY;
        else if (!strcmp(word, "old"))
            target->revision_health = CDP_REVISION_HEALTH_OLD;
        else if (!strcmp(word, "current"))
            target->revision_health = CDP_REVISION_HEALTH_CURRENT;
        else if (!strcmp(word, "gone"))
            target->gone = 1;
        else if (value_of(word, "zone"))
            target->zone = string(value_of(word, "zone"));
        else if (value_of(word, "status"))
            assert_int_equal(
                cdp_target_status_from_name(string(value_of(word, "status")), &target->status),
                CDP_OK);
        else if (value_of(word, "events")) {
            target->begun = 1;
            target->events =
                events_of(s, value_of(word, "events"), '!', &undone, &target->failed_event);
            target->events_done = target->events & ~undone;
        } else
            fail_msg("target: %s", word);
    }
}

static void read_past(situation *s, const char *const *words, size_t count)
{
    cdp_rollback_past *past = &s->past[s->it.past_count];
    cdp_group_revision *revision = &s->revisions[s->it.past_count++];

    assert_true(s->it.past_count <= SITUATION_MOST);
    *revision = revision_of(words[1]);
    *past = (cdp_rollback_past){.size = sizeof *past,
                                .id = string(words[1]),
                                .status = CDP_DEPLOYMENT_STATUS_SUCCEEDED,
                                .revision = revision};
    for (size_t i = 2; i < count; i++) {
        const char *word = words[i];

        if (value_of(word, "status"))
            past->status = status_of(value_of(word, "status"));
        else if (value_of(word, "creator"))
            past->creator = creator_of(value_of(word, "creator"));
        else if (value_of(word, "key"))
            revision->key = string(value_of(word, "key"));
        else if (value_of(word, "behavior"))
            past->file_exists_behavior = behavior_of(value_of(word, "behavior"));
        else if (!strcmp(word, "missing"))
            past->revision_missing = 1;
        else if (!strcmp(word, "unknown"))
            past->revision = NULL;
        else
            fail_msg("past: %s", word);
    }
}

static void read_config(situation *s, const char *word)
{
    cdp_config_options options = {
        .size = sizeof options,
        .name = string(word),
        .minimum_type = CDP_MINIMUM_HOST_COUNT,
        .minimum_value = 1,
    };

    if (!strcmp(word, "zonal"))
        options.has_zones = 1;
    else if (!strncmp(word, "count:", 6)) {
        options.minimum_value = atoi(word + 6);
        options.name = string("count");
    } else {
        assert_int_equal(cdp_config_find(string(word), NULL, 0, NULL, &s->it.config), CDP_OK);
        return;
    }
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &s->config), CDP_OK);
    s->it.config = s->config;
}

static void read_file(situation *s, const char *const *words, size_t count)
{
    cdp_rollback_file *file = &s->files[s->it.file_count++];

    *file = (cdp_rollback_file){.size = sizeof *file, .path = string(words[1])};
    for (int change = CDP_ROLLBACK_FILE_CREATED; change <= CDP_ROLLBACK_FILE_BY_SCRIPT; change++) {
        if (!strcmp(words[2], cdp_rollback_file_change_name((cdp_rollback_file_change)change)))
            file->change = (cdp_rollback_file_change)change;
    }
    assert_true(file->change != 0);
    file->in_earlier_revision = count > 3;
}

static void read_auto(situation *s, const char *events)
{
    s->it.auto_rollback_enabled = 1;
    for (int event = CDP_ROLLBACK_EVENT_FAILURE; event <= CDP_ROLLBACK_EVENT_STOP_ON_REQUEST;
         event++) {
        if (strstr(events, cdp_rollback_cause_name((cdp_rollback_cause)event)))
            s->it.auto_rollback_events |= UINT32_C(1) << event;
    }
}

/* Statements that only set a member to 1. */
static bool read_flag(situation *s, const char *word)
{
    const struct {
        const char *word;
        int *flag;
    } flags[] = {
        {"traffic-control", &s->it.with_traffic_control},
        {"ready-expired", &s->it.ready_expired},
        {"ignore", &s->it.ignore_application_stop_failures},
        {"compatible", &s->it.compatible_install},
        {"test-listener", &s->it.test_listener},
        {"test-traffic", &s->it.test_traffic},
        {"replacement", &s->it.replacement_exists},
        {"original-gone", &s->it.original_gone},
    };

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (!strcmp(word, flags[i].word)) {
            *flags[i].flag = 1;
            return true;
        }
    }
    return false;
}

static cdp_platform platform_of(const char *word)
{
    return !strcmp(word, "server")   ? CDP_PLATFORM_SERVER
           : !strcmp(word, "lambda") ? CDP_PLATFORM_LAMBDA
           : !strcmp(word, "ecs")    ? CDP_PLATFORM_ECS
                                     : CDP_PLATFORM_AUTO;
}

static bool read_choice(situation *s, const char *word, const char *value)
{
    if (!strcmp(word, "platform"))
        s->it.platform = platform_of(value);
    else if (!strcmp(word, "type"))
        s->it.deployment_type = !strcmp(value, "in-place") ? CDP_DEPLOYMENT_TYPE_IN_PLACE
                                                           : CDP_DEPLOYMENT_TYPE_BLUE_GREEN;
    else if (!strcmp(word, "creator"))
        s->it.creator = creator_of(value);
    else if (!strcmp(word, "id"))
        s->it.deployment_id = string(value);
    else if (!strcmp(word, "status"))
        s->it.status = status_of(value);
    else if (!strcmp(word, "cause"))
        assert_int_equal(cdp_rollback_cause_from_name(string(value), &s->it.cause), CDP_OK);
    else if (!strcmp(word, "stop"))
        s->it.stop_flag =
            !strcmp(value, "asked") ? CDP_ROLLBACK_STOP_ASKED : CDP_ROLLBACK_STOP_DECLINED;
    else if (!strcmp(word, "failed"))
        s->it.failed_event = event_of(value);
    else if (!strcmp(word, "behavior"))
        s->it.file_exists_behavior = behavior_of(value);
    else if (!strcmp(word, "manual-behavior"))
        s->it.manual_file_exists_behavior = behavior_of(value);
    else
        return false;
    return true;
}

static void read_other(situation *s, const char *const *words, size_t count)
{
    const char *value = count > 1 ? words[1] : "";

    if (!strcmp(words[0], "auto"))
        read_auto(s, value);
    else if (!strcmp(words[0], "auto-off"))
        s->it.auto_rollback_enabled = 0;
    else if (!strcmp(words[0], "config"))
        read_config(s, value);
    else if (!strcmp(words[0], "revision")) {
        s->revisions[SITUATION_MOST] = revision_of(value);
        s->it.revision = &s->revisions[SITUATION_MOST];
    } else if (!strcmp(words[0], "hooks")) {
        s->it.hooks_known = 1;
        s->it.hooks = events_of(s, value, 0, NULL, NULL);
    } else if (!strcmp(words[0], "weight"))
        s->it.weight = atoi(value);
    else if (!strcmp(words[0], "wanted"))
        s->it.wanted = (size_t)atoi(value);
    else if (!strcmp(words[0], "reroute"))
        s->it.reroute_ms = atoll(value);
    else if (!strcmp(words[0], "ms"))
        for (size_t i = 1; i < count; i++) {
            const char *equals = strchr(words[i], '=');

            s->event_ms[event_of(keep(s, words[i], (size_t)(equals - words[i])))] =
                atoll(equals + 1);
        }
    else
        fail_msg("no such statement: %s", words[0]);
}

static void read_statement(situation *s, const char *const *words, size_t count)
{
    if (!strcmp(words[0], "target"))
        read_target(s, words, count);
    else if (!strcmp(words[0], "past"))
        read_past(s, words, count);
    else if (!strcmp(words[0], "file"))
        read_file(s, words, count);
    else if (!read_flag(s, words[0]) && (count < 2 || !read_choice(s, words[0], words[1])))
        read_other(s, words, count);
}

void situation_read(situation *s, const char *words)
{
    memset(s, 0, sizeof *s);
    s->it.size = sizeof s->it;
    while (*words) {
        size_t length = strcspn(words, ";\n");
        const char *list[32];
        size_t count = 0;

        for (size_t at = 0; at < length;) {
            size_t end = at;

            while (end < length && !isspace((unsigned char)words[end]))
                end++;
            if (end > at) {
                assert_true(count < 32);
                list[count++] = keep(s, words + at, end - at);
            }
            at = end + 1;
        }
        if (count > 0 && list[0][0] != '#')
            read_statement(s, list, count);
        words += length + (words[length] != '\0');
    }
    s->it.targets = s->targets;
    s->it.past = s->past;
    s->it.files = s->files;
    s->it.event_ms = s->event_ms;
    s->it.event_ms_count = sizeof s->event_ms / sizeof *s->event_ms;
}

void situation_free(situation *s)
{
    cdp_config_free(s->config);
}

/* -- dumping ---------------------------------------------------------------------------------- */

static void put_line(cdp_text *text, const char *format, ...)
{
    char line[2048];
    va_list arguments;

    va_start(arguments, format);
    assert_in_range(vsnprintf(line, sizeof line, format, arguments), 0, sizeof line - 1);
    va_end(arguments);
    cdp_text_put_c(text, line);
}

static const char *shown(cdp_string string)
{
    return string.data ? string.data : "-";
}

static void dump_info(const cdp_rollback_plan *plan, cdp_text *text)
{
    cdp_rollback_plan_info info = {.size = sizeof info};

    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    put_line(text, "possible %d\nwanted %d\nrefusal %s\nkind %s\ncause %s\n", info.possible,
             info.wanted, cdp_rollback_refusal_name(info.refusal),
             cdp_rollback_kind_name(info.kind), cdp_rollback_cause_name(info.cause));
    put_line(text, "platform %s %s\nscenario %s\nstatus %s\ntriggering %s\n",
             cdp_platform_name(info.platform), cdp_deployment_type_name(info.deployment_type),
             info.scenario ? cdp_scenario_name(info.scenario) : "-",
             info.triggering_status ? cdp_deployment_status_name(info.triggering_status) : "-",
             shown(info.triggering_id));
    put_line(text, "creator %s\nsource %s\nrevision %s\nsame-revision %d\nmissing %d\n",
             cdp_deployment_creator_name(info.creator), shown(info.source_id),
             info.revision ? shown(info.revision->key) : "-", info.same_revision,
             info.revision_missing);
    put_line(text, "config %s\nbehavior %s\nignore %d\nzones-ignored %d\nminimum %d\n",
             shown(cdp_config_name(info.config)),
             cdp_file_exists_behavior_name(info.file_exists_behavior),
             info.ignore_application_stop_failures, info.zones_ignored, (int)info.minimum);
    put_line(text, "runs-hooks %d\nweight %d -> %d\ntest-traffic %d -> %d\nduration %lld %s\n",
             info.runs_hooks, (int)info.weight_before, (int)info.weight_after,
             info.test_traffic_before, info.test_traffic_after, (long long)info.duration_ms,
             cdp_rollback_basis_name(info.duration_basis));
    put_line(text, "message %s\n", shown(info.message));
}

static void dump_steps(const cdp_rollback_plan *plan, cdp_text *text)
{
    for (size_t i = 0; i < cdp_rollback_plan_step_count(plan); i++) {
        cdp_rollback_step step = {.size = sizeof step};

        assert_int_equal(cdp_rollback_plan_step_at(plan, i, &step), CDP_OK);
        put_line(text, "step %d %s", (int)i, cdp_rollback_step_kind_name(step.kind));
        if (step.weight_before >= 0)
            put_line(text, " weight %d -> %d", (int)step.weight_before, (int)step.weight_after);
        for (size_t j = 0; j < step.target_count; j++) {
            cdp_rollback_plan_target target = {.size = sizeof target};

            assert_int_equal(cdp_rollback_plan_target_at(plan, step.first_target + j, &target),
                             CDP_OK);
            put_line(text, " %s", target.id.data);
        }
        put_line(text, " (%d at a time, %lld ms %s)\n", (int)step.concurrency,
                 (long long)step.duration_ms, cdp_rollback_basis_name(step.duration_basis));
        for (size_t j = 0; j < step.event_count; j++) {
            cdp_rollback_step_event event = {.size = sizeof event};

            assert_int_equal(cdp_rollback_plan_step_event_at(plan, i, j, &event), CDP_OK);
            put_line(text, "event %d %s %s\n", (int)i, event.name.data,
                     cdp_revision_source_name(event.revision));
        }
    }
}

static void dump_effect(const cdp_rollback_plan *plan, const char *word,
                        const cdp_rollback_effect *effect, cdp_text *text)
{
    cdp_rollback_plan_target target = {.size = sizeof target};

    put_line(text, "%s %s %d", word, cdp_rollback_effect_kind_name(effect->kind),
             (int)effect->target_count);
    if (effect->target != CDP_ROLLBACK_NONE) {
        assert_int_equal(cdp_rollback_plan_target_at(plan, effect->target, &target), CDP_OK);
        put_line(text, " %s", target.id.data);
    }
    if (effect->path.data)
        put_line(text, " %s", effect->path.data);
    put_line(text, "\n# %s\n", shown(effect->sentence));
}

void situation_dump(const cdp_rollback_plan *plan, cdp_text *text)
{
    dump_info(plan, text);
    dump_steps(plan, text);
    for (size_t i = 0; i < cdp_rollback_plan_target_count(plan); i++) {
        cdp_rollback_plan_target target = {.size = sizeof target};

        assert_int_equal(cdp_rollback_plan_target_at(plan, i, &target), CDP_OK);
        put_line(text, "target %s %s step %d scripts %s %s\n", target.id.data,
                 cdp_rollback_part_name(target.part),
                 target.step == CDP_ROLLBACK_NONE ? -1 : (int)target.step,
                 shown(target.last_successful_id), shown(target.most_recent_id));
    }
    for (size_t i = 0; i < cdp_rollback_plan_restore_count(plan); i++) {
        cdp_rollback_effect effect = {.size = sizeof effect};

        assert_int_equal(cdp_rollback_plan_restore_at(plan, i, &effect), CDP_OK);
        dump_effect(plan, "restore", &effect, text);
    }
    for (size_t i = 0; i < cdp_rollback_plan_loss_count(plan); i++) {
        cdp_rollback_effect effect = {.size = sizeof effect};

        assert_int_equal(cdp_rollback_plan_loss_at(plan, i, &effect), CDP_OK);
        dump_effect(plan, "loss", &effect, text);
    }
    for (int record = CDP_ROLLBACK_RECORD_TRIGGERING; record <= CDP_ROLLBACK_RECORD_ROLLBACK;
         record++) {
        put_line(text, "record %d ", record);
        assert_int_equal(
            cdp_rollback_plan_write_message(plan, (cdp_rollback_record)record, string("d-2"), text),
            CDP_OK);
        put_line(text, "\n");
    }
}
