/* SPDX-License-Identifier: MIT */
/* Inputs as lines of JSON, and back. What an input does not speak of is left out. */
#include "base/allocator.h"
#include "base/json_writer.h"
#include "base/limits.h"
#include "base/sized.h"
#include "base/utf8.h"
#include "base/vocabulary.h"
#include "deployment/inputs.h"
#include "deployment/refuse.h"
#include "deployment/state.h"
#include "document/document.h"

/* ---------------------------------------------------------------------------------------------- */
/* Out                                                                                            */
/* ---------------------------------------------------------------------------------------------- */

static void put_word(cdp_json_writer *json, const char *key, const char *word)
{
    cdp_json_key(json, key);
    cdp_json_c_string(json, word);
}

static void put_number(cdp_json_writer *json, const char *key, int64_t value)
{
    if (!value)
        return;
    cdp_json_key(json, key);
    cdp_json_int(json, value);
}

static void put_text(cdp_json_writer *json, const char *key, cdp_string text)
{
    if (!text.data)
        return;
    cdp_json_key(json, key);
    cdp_json_string(json, text);
}

static cdp_status put_instance(cdp_json_writer *json, const cdp_rollout_instance *given)
{
    cdp_rollout_instance instance;
    cdp_status status;

    if (!given)
        return CDP_OK;
    status = cdp_sized_read(&instance, sizeof instance, given);
    if (status != CDP_OK)
        return status;
    put_text(json, "id", instance.id);
    put_text(json, "zone", instance.zone);
    put_number(json, "instance_health", instance.instance_health);
    put_number(json, "revision_health", instance.revision_health);
    put_number(json, "original", instance.original);
    return CDP_OK;
}

/* More of it is never looked at. */
static cdp_string kept_of(cdp_string message)
{
    return message.data
               ? cdp_string_slice(message.data, cdp_utf8_fitting(message, CDP_MESSAGE_LIMIT))
               : message;
}

static void put_members(cdp_json_writer *json, const cdp_deployment_input *input)
{
    if (input->outcome)
        put_word(json, "outcome", cdp_deployment_outcome_name(input->outcome));
    put_number(json, "token", (int64_t)input->token);
    if (input->error)
        put_word(json, "error", cdp_event_error_name(input->error));
    if (input->code)
        put_word(json, "code", cdp_error_code_name(input->code));
    put_text(json, "message", kept_of(input->message));
    put_text(json, "name", input->name);
    put_number(json, "answer", input->answer);
    if (input->wait)
        put_word(json, "wait", cdp_wait_type_name(input->wait));
    if (input->alarm_state)
        put_word(json, "alarm_state", cdp_alarm_state_name(input->alarm_state));
    if (input->event_status)
        put_word(json, "event_status", cdp_event_status_name(input->event_status));
    put_number(json, "target", input->target);
    put_number(json, "event", input->event);
    put_number(json, "host_status", input->host_status);
}

cdp_status cdp_deployment_write_input(int64_t now, const cdp_deployment_input *input,
                                      cdp_text *text)
{
    cdp_deployment_input own = {.size = sizeof own};
    cdp_json_writer json;
    cdp_status status = CDP_OK;
    size_t before;

    if (!text)
        return CDP_ERR_ARGUMENT;
    if (input)
        status = cdp_sized_read(&own, sizeof own, input);
    if (status != CDP_OK)
        return status;
    before = text->length;
    cdp_json_init(&json, text, 0);
    cdp_json_open_object(&json);
    cdp_json_key(&json, "now");
    cdp_json_int(&json, now);
    put_word(&json, "input", cdp_deployment_input_kind_name(own.kind));
    put_members(&json, &own);
    if (own.kind == CDP_DEPLOYMENT_INPUT_TARGET)
        status = put_instance(&json, own.instance);
    cdp_json_close_object(&json);
    cdp_text_put_byte(text, '\n');
    if (status == CDP_OK)
        status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, before);
    return status;
}

/* ---------------------------------------------------------------------------------------------- */
/* Back                                                                                           */
/* ---------------------------------------------------------------------------------------------- */

typedef struct logged {
    const cdp_document *document;
    cdp_node root;
    const char *problem;
} logged;

static cdp_node member_of(const logged *line, const char *key)
{
    return cdp_node_find(line->document, line->root, cdp_string_of(key), NULL);
}

static cdp_string text_of(logged *line, const char *key)
{
    cdp_node node = member_of(line, key);

    if (node && (cdp_node_get_kind(line->document, node) != CDP_NODE_SCALAR ||
                 cdp_node_resolve(line->document, node).type != CDP_SCALAR_STRING))
        line->problem = key;
    return cdp_node_text(line->document, node);
}

static int64_t number_of(logged *line, const char *key, int64_t least, int64_t most)
{
    cdp_node node = member_of(line, key);
    cdp_scalar scalar;

    if (!node)
        return 0;
    scalar = cdp_node_resolve(line->document, node);
    if (cdp_node_get_kind(line->document, node) != CDP_NODE_SCALAR ||
        scalar.type != CDP_SCALAR_INTEGER || scalar.overflow || scalar.integer < least ||
        scalar.integer > most) {
        line->problem = key;
        return 0;
    }
    return scalar.integer;
}

/* Reads a word by its function; an absent one leaves the value 0. */
#define TAKE_WORD(line, key, type, member)                                                         \
    do {                                                                                           \
        cdp_string word = text_of(line, key);                                                      \
                                                                                                   \
        if (word.data && type##_from_name(word, &(member)) != CDP_OK)                              \
            (line)->problem = key;                                                                 \
    } while (0)

static void take_words(logged *line, cdp_deployment_input *input)
{
    TAKE_WORD(line, "input", cdp_deployment_input_kind, input->kind);
    TAKE_WORD(line, "outcome", cdp_deployment_outcome, input->outcome);
    TAKE_WORD(line, "error", cdp_event_error, input->error);
    TAKE_WORD(line, "code", cdp_error_code, input->code);
    TAKE_WORD(line, "wait", cdp_wait_type, input->wait);
    TAKE_WORD(line, "alarm_state", cdp_alarm_state, input->alarm_state);
    TAKE_WORD(line, "event_status", cdp_event_status, input->event_status);
}

static void take_instance(logged *line, cdp_rollout_instance *instance)
{
    *instance = (cdp_rollout_instance){.size = sizeof *instance};
    instance->id = text_of(line, "id");
    instance->zone = text_of(line, "zone");
    instance->instance_health =
        (cdp_instance_health)number_of(line, "instance_health", 0, CDP_INSTANCE_HEALTHY);
    instance->revision_health =
        (cdp_revision_health)number_of(line, "revision_health", 0, CDP_REVISION_HEALTH_CURRENT);
    instance->original = (int)number_of(line, "original", 0, 1);
}

static void take_input(logged *line, cdp_deployment_input *input, cdp_rollout_instance *instance,
                       int64_t *now)
{
    *input = (cdp_deployment_input){.size = sizeof *input};
    if (cdp_node_get_kind(line->document, line->root) != CDP_NODE_MAPPING ||
        !member_of(line, "now") || !member_of(line, "input")) {
        line->problem = "`now` and `input` are missing";
        return;
    }
    *now = number_of(line, "now", 0, INT64_MAX);
    take_words(line, input);
    input->token = (uint64_t)number_of(line, "token", 0, INT64_MAX);
    input->message = text_of(line, "message");
    input->name = text_of(line, "name");
    input->answer =
        (cdp_deployment_flag)number_of(line, "answer", CDP_DEPLOYMENT_NOT_SAID, CDP_DEPLOYMENT_NO);
    input->target = (uint32_t)number_of(line, "target", 0, UINT32_MAX);
    input->event = (uint32_t)number_of(line, "event", 0, UINT32_MAX);
    input->host_status = (cdp_status)number_of(line, "host_status", INT32_MIN, INT32_MAX);
    if (input->kind == CDP_DEPLOYMENT_INPUT_TARGET) {
        take_instance(line, instance);
        input->instance = instance;
    }
}

static cdp_status refuse(const logged *line, cdp_diagnostics *diagnostics)
{
    return cdp_deployment_refuse(CDP_ERR_CORRUPT, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_LOG_LINE,
                                 cdp_string_of(line->problem), (cdp_string){NULL, 0});
}

cdp_status cdp_deployment_replay(cdp_deployment *deployment, const char *bytes, size_t length,
                                 cdp_diagnostics *diagnostics)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    logged line = {.problem = "it is not JSON"};
    cdp_document *document = NULL;
    cdp_rollout_instance instance;
    cdp_deployment_input input;
    int64_t now = 0;
    cdp_status status;

    if (!deployment || !bytes)
        return CDP_ERR_ARGUMENT;
    status = cdp_limits_import(&options.limits, NULL);
    if (status == CDP_OK)
        status =
            cdp_document_parse(bytes, length, &options, &deployment->allocator, NULL, &document);
    if (status == CDP_ERR_INVALID || status == CDP_ERR_LIMIT)
        return refuse(&line, diagnostics);
    if (status != CDP_OK)
        return status;
    line.document = document;
    line.root = cdp_document_root(document);
    line.problem = NULL;
    take_input(&line, &input, &instance, &now);
    status = line.problem ? refuse(&line, diagnostics)
                          : cdp_deployment_step(deployment, now, &input, diagnostics);
    cdp_document_free(document);
    return status;
}
