/* SPDX-License-Identifier: MIT */
/* What of a deployment's options has to be the same when a snapshot is restored. */
#include "deployment/snapshot.h"

/* FNV-1a of 64 bits. */
static void mix_bytes(uint64_t *hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        *hash ^= (unsigned char)bytes[i];
        *hash *= 1099511628211u;
    }
}

static void mix_number(uint64_t *hash, int64_t value)
{
    uint64_t number = (uint64_t)value;

    for (unsigned i = 0; i < 8; i++) {
        char byte = (char)(number >> 8 * i & 0xFF);

        mix_bytes(hash, &byte, 1);
    }
}

static void mix_text(uint64_t *hash, cdp_string text)
{
    mix_number(hash, (int64_t)text.length);
    mix_bytes(hash, text.data, text.length);
}

static void mix_schedule(uint64_t *hash, const cdp_traffic_schedule *schedule)
{
    size_t count = cdp_traffic_schedule_step_count(schedule);

    mix_number(hash, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        cdp_traffic_step step = {.size = sizeof step};

        (void)cdp_traffic_schedule_step_at(schedule, i, &step);
        mix_number(hash, step.weight);
        mix_number(hash, step.wait_ms);
    }
}

static void mix_courses(uint64_t *hash, const cdp_deployment *deployment)
{
    for (size_t i = 0; i < CDP_COURSE_COUNT; i++) {
        const cdp_course *course = &deployment->courses[i];

        mix_number(hash, course->plan->count);
        mix_number(hash, course->without_hook);
        for (size_t k = 0; k < course->plan->count; k++) {
            mix_text(hash, cdp_plan_traits(course->plan, k)->name);
            mix_text(hash, course->functions[k]);
        }
    }
}

static void mix_options(uint64_t *hash, const cdp_deployment *deployment)
{
    mix_number(hash, deployment->platform);
    mix_number(hash, deployment->type);
    mix_number(hash, deployment->creator);
    mix_number(hash, deployment->alarm_policy);
    mix_number(hash, deployment->watches_alarms);
    mix_number(hash, deployment->host_begins_events);
    mix_number(hash, deployment->whole_targets);
    mix_number(hash, (int64_t)cdp_group_trigger_count(deployment->group));
    mix_number(hash, deployment->triggers);
    mix_number(hash, deployment->target_options.ignore_application_stop_failures);
    mix_number(hash, deployment->target_options.ready_action);
}

void cdp_options_digest(const cdp_deployment *deployment, char digest[17])
{
    uint64_t hash = 14695981039346656037u;

    mix_text(&hash, deployment->id);
    mix_text(&hash, cdp_group_application_name(deployment->group));
    mix_text(&hash, cdp_group_name(deployment->group));
    mix_options(&hash, deployment);
    if (!cdp_is_way_back(deployment)) {
        mix_text(&hash, cdp_config_name(deployment->config));
        mix_schedule(&hash, deployment->schedule);
    }
    mix_courses(&hash, deployment);
    for (size_t i = 0; i < deployment->alarm_count; i++)
        mix_text(&hash, deployment->alarms[i].name);
    for (unsigned i = 0; i < 16; i++)
        digest[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
    digest[16] = '\0';
}
