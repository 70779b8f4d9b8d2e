/* SPDX-License-Identifier: MIT */
/*
 * What triggers are told. The guide's sample and what the service was seen to send differ: in the
 * guide's shape inner objects are objects of strings and times are epoch seconds; the service sends
 * inner objects as JSON within a string, statuses in capitals, and times as `Thu Oct 13 15:50:45 UTC
 * 2022`.
 */
#include <codedeploy/records.h>

#include "base/json_writer.h"
#include "base/sized.h"
#include "deployment/books.h"

typedef struct telling {
    const cdp_deployment *deployment;
    const cdp_deployment_action *action;
    cdp_deployment_info info;
    cdp_json_writer json;
    bool service;
} telling;

static void put_text(telling *of, const char *key, cdp_string text)
{
    cdp_json_key(&of->json, key);
    cdp_json_string(&of->json, text.data ? text : CDP_STR(""));
}

static void put_word(telling *of, const char *key, const char *word)
{
    put_text(of, key, cdp_string_of(word));
}

/* ---------------------------------------------------------------------------------------------- */
/* Times                                                                                          */
/* ---------------------------------------------------------------------------------------------- */

static void put_two(cdp_text *text, int64_t value)
{
    cdp_text_put_byte(text, (char)('0' + value / 10 % 10));
    cdp_text_put_byte(text, (char)('0' + value % 10));
}

/* Days since 1970 as a date of the Gregorian calendar. */
static void put_date(cdp_text *text, int64_t days, int64_t seconds)
{
    static const char days_of_week[] = "ThuFriSatSunMonTueWed";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int64_t era = (days + 719468) / 146097;
    int64_t of_era = days + 719468 - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    int64_t month = shifted < 10 ? shifted + 2 : shifted - 10; /* from 0 */

    cdp_text_put(text, cdp_string_slice(days_of_week + days % 7 * 3, 3));
    cdp_text_put_byte(text, ' ');
    cdp_text_put(text, cdp_string_slice(months + month * 3, 3));
    cdp_text_put_byte(text, ' ');
    put_two(text, of_year - (153 * shifted + 2) / 5 + 1);
    cdp_text_put_byte(text, ' ');
    put_two(text, seconds / 3600);
    cdp_text_put_byte(text, ':');
    put_two(text, seconds / 60 % 60);
    cdp_text_put_byte(text, ':');
    put_two(text, seconds % 60);
    cdp_text_put_c(text, " UTC ");
    cdp_text_put_int(text, year_of_era + era * 400 + (month < 2));
}

static void put_time(telling *of, const char *key, int64_t time)
{
    int64_t seconds = (of->deployment->epoch_ms + time) / 1000;
    cdp_text *text = of->json.text;

    cdp_json_key(&of->json, key);
    if (time < 0) {
        cdp_json_null(&of->json);
        return;
    }
    cdp_json_raw(&of->json, CDP_STR("\""));
    if (of->service && seconds >= 0)
        put_date(text, seconds / 86400, seconds % 86400);
    else
        cdp_text_put_int(text, seconds);
    cdp_text_put_byte(text, '"');
}

/* ---------------------------------------------------------------------------------------------- */
/* Objects within                                                                                 */
/* ---------------------------------------------------------------------------------------------- */

typedef struct pair {
    const char *key;
    cdp_string text; /* absent: `number` */
    int64_t number;
} pair;

/* Of the service, JSON within a string. */
static void put_within(telling *of, const char *key, const pair *pairs, size_t count)
{
    cdp_json_writer inner;
    cdp_text text;

    cdp_text_init(&text, &of->deployment->allocator);
    cdp_json_init(&inner, &text, 0);
    cdp_json_open_object(&inner);
    for (size_t i = 0; i < count; i++) {
        cdp_json_key(&inner, pairs[i].key);
        if (pairs[i].text.data)
            cdp_json_string(&inner, pairs[i].text);
        else
            cdp_json_int(&inner, pairs[i].number);
    }
    cdp_json_close_object(&inner);
    if (cdp_text_status(&text) == CDP_OK)
        put_text(of, key, cdp_text_string(&text));
    else
        of->json.text->status = CDP_ERR_NOMEM;
    cdp_text_release(&text);
}

static void put_object(telling *of, const char *key, const pair *pairs, size_t count)
{
    cdp_json_writer *json = &of->json;

    if (of->service) {
        put_within(of, key, pairs, count);
        return;
    }
    cdp_json_key(json, key);
    cdp_json_open_object(json);
    for (size_t i = 0; i < count; i++) {
        cdp_json_key(json, pairs[i].key);
        if (pairs[i].text.data) {
            cdp_json_string(json, pairs[i].text);
        } else {
            cdp_json_raw(json, CDP_STR("\""));
            cdp_text_put_int(json->text, pairs[i].number);
            cdp_text_put_byte(json->text, '"');
        }
    }
    cdp_json_close_object(json);
}

/* ---------------------------------------------------------------------------------------------- */
/* Messages                                                                                       */
/* ---------------------------------------------------------------------------------------------- */

static bool is_final(int status)
{
    return status == CDP_DEPLOYMENT_STATUS_SUCCEEDED || status == CDP_DEPLOYMENT_STATUS_FAILED ||
           status == CDP_DEPLOYMENT_STATUS_STOPPED;
}

/* The service writes statuses in capitals, words apart. */
static const char *status_word(const telling *of)
{
    static const char *const capitals[] = {"",       "CREATED",   "QUEUED", "IN_PROGRESS",
                                           "BAKING", "SUCCEEDED", "FAILED", "STOPPED",
                                           "READY"};

    if (of->service && of->action->status >= 1 && of->action->status <= 8)
        return capitals[of->action->status];
    return cdp_deployment_status_name((cdp_deployment_status)of->action->status);
}

static void put_overview(telling *of)
{
    const cdp_deployment_info *info = &of->info;
    const pair pairs[] = {
        {"Failed", {NULL, 0}, (int64_t)info->failed + info->unknown},
        {"InProgress", {NULL, 0}, info->in_progress},
        {"Pending", {NULL, 0}, info->pending},
        {"Skipped", {NULL, 0}, info->skipped},
        {"Succeeded", {NULL, 0}, info->succeeded},
    };

    put_object(of, "deploymentOverview", pairs, sizeof pairs / sizeof *pairs);
}

static void put_error(telling *of)
{
    const cdp_deployment_info *info = &of->info;
    const pair pairs[] = {
        {"ErrorCode", cdp_string_of(cdp_error_code_name(info->error_code)), 0},
        {"ErrorMessage", info->error_message.data ? info->error_message : CDP_STR(""), 0},
    };

    if (info->error_code)
        put_object(of, "errorInformation", pairs, sizeof pairs / sizeof *pairs);
}

/* Empty on the failing deployment: its rollback does not exist yet. */
static void put_rollback(telling *of)
{
    const cdp_deployment_info *info = &of->info;
    const pair pairs[] = {
        {"RollbackMessage", info->rollback_message.data ? info->rollback_message : CDP_STR(""), 0},
        {"RollbackTriggeringDeploymentId", info->rollback_triggering_id, 0},
    };

    if (of->service)
        put_object(of, "rollbackInformation", pairs, info->rollback_triggering_id.data ? 2 : 0);
}

static void put_common(telling *of)
{
    put_text(of, "region", of->deployment->region);
    put_text(of, "accountId", of->deployment->account_id);
    put_text(of, "eventTriggerName", of->action->trigger_name);
}

static void put_deployment(telling *of)
{
    const cdp_deployment *deployment = of->deployment;
    bool final = is_final(of->action->status);

    put_common(of);
    put_text(of, "applicationName", cdp_group_application_name(deployment->group));
    put_text(of, "deploymentId", deployment->id);
    put_text(of, "deploymentGroupName", cdp_group_name(deployment->group));
    put_time(of, "createTime", of->info.create_ms);
    put_time(of, "completeTime", final ? of->info.complete_ms : -1);
    if (final)
        put_overview(of);
    put_word(of, "status", status_word(of));
    if (final) {
        put_error(of);
        put_rollback(of);
    }
}

static void put_instance_id(telling *of)
{
    cdp_text *text = of->json.text;

    cdp_json_key(&of->json, "instanceId");
    cdp_json_raw(&of->json, CDP_STR("\"arn:aws:ec2:"));
    cdp_text_put(text, of->deployment->region);
    cdp_text_put_byte(text, ':');
    cdp_text_put(text, of->deployment->account_id);
    cdp_text_put_c(text, ":instance/");
    cdp_text_put(text, of->action->target_id);
    cdp_text_put_byte(text, '"');
}

static void put_instance(telling *of)
{
    const cdp_machine *machine = cdp_machine_of(of->deployment, of->action->target);
    cdp_json_writer *json = &of->json;

    put_common(of);
    put_text(of, "deploymentId", of->deployment->id);
    put_instance_id(of);
    put_time(of, "lastUpdatedAt", of->action->issued_ms);
    put_word(of, "instanceStatus", cdp_target_status_name((cdp_target_status)of->action->status));
    cdp_json_key(json, "lifecycleEvents");
    cdp_json_open_array(json);
    for (size_t i = 0; i < machine->plan->count; i++) {
        cdp_lifecycle_event_record record = cdp_machine_event_at(machine, i);

        cdp_json_open_object(json);
        put_text(of, "LifecycleEvent", record.name);
        put_word(of, "LifecycleEventStatus", cdp_event_status_name(record.status));
        put_time(of, "StartTime", record.start_ms);
        put_time(of, "EndTime", record.end_ms);
        cdp_json_close_object(json);
    }
    cdp_json_close_array(json);
}

static void put_subject(telling *of, cdp_text *subject)
{
    bool instance = of->action->target != CDP_DEPLOYMENT_NO_TARGET;

    cdp_text_put_c(subject, instance ? cdp_target_status_name((cdp_target_status)of->action->status)
                                     : status_word(of));
    cdp_text_put_c(subject, ": AWS CodeDeploy ");
    cdp_text_put(subject, of->deployment->id);
    cdp_text_put_c(subject, " in ");
    cdp_text_put(subject, of->deployment->region);
    cdp_text_put_c(subject, " to ");
    cdp_text_put(subject, cdp_group_application_name(of->deployment->group));
}

cdp_status cdp_deployment_write_notification(const cdp_deployment *deployment,
                                             const cdp_deployment_action *action,
                                             cdp_notification_shape shape, cdp_text *text,
                                             cdp_text *subject)
{
    telling told = {.deployment = deployment, .service = shape == CDP_NOTIFICATION_SHAPE_SERVICE};
    cdp_deployment_action own;
    cdp_status status;
    size_t before;
    size_t subject_before;

    if (!deployment || !text || text == subject || shape < CDP_NOTIFICATION_SHAPE_GUIDE ||
        shape > CDP_NOTIFICATION_SHAPE_SERVICE)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, action);
    if (status != CDP_OK)
        return status;
    if (own.kind != CDP_DEPLOYMENT_ACTION_NOTIFY ||
        (own.target != CDP_DEPLOYMENT_NO_TARGET && own.target >= deployment->member_count))
        return CDP_ERR_ARGUMENT;
    before = text->length;
    subject_before = subject ? subject->length : 0;
    told.action = &own;
    told.info.size = sizeof told.info;
    (void)cdp_deployment_get_info(deployment, &told.info);
    cdp_json_init(&told.json, text, 0);
    cdp_json_open_object(&told.json);
    if (own.target == CDP_DEPLOYMENT_NO_TARGET)
        put_deployment(&told);
    else
        put_instance(&told);
    cdp_json_close_object(&told.json);
    if (subject)
        put_subject(&told, subject);
    status = cdp_text_status(text);
    if (status == CDP_OK && subject)
        status = cdp_text_status(subject);
    if (status != CDP_OK) {
        cdp_text_rollback(text, before);
        if (subject)
            cdp_text_rollback(subject, subject_before);
    }
    return status;
}
