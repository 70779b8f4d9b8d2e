/* SPDX-License-Identifier: MIT */
#include <codedeploy/vocabulary.h>

#include "base/strings.h"

/* The names of the values first, first + 1, … */
typedef struct word_list {
    int first;
    size_t count;
    const char *const *words;
} word_list;

#define WORD_LIST(list, first_value, ...)                                                          \
    static const char *const list##_words[] = {__VA_ARGS__};                                       \
    static const word_list list = {first_value, sizeof list##_words / sizeof *list##_words,        \
                                   list##_words}

/* Both directions of one enumeration. */
#define WORD_FUNCTIONS(type, list)                                                                 \
    const char *type##_name(type value)                                                            \
    {                                                                                              \
        return word_of(&list, (int)value);                                                         \
    }                                                                                              \
    cdp_status type##_from_name(cdp_string name, type *value)                                      \
    {                                                                                              \
        size_t index = index_of(&list, name);                                                      \
                                                                                                   \
        if (!value)                                                                                \
            return CDP_ERR_ARGUMENT;                                                               \
        if (index == list.count)                                                                   \
            return CDP_ERR_NOT_FOUND;                                                              \
        *value = (type)(list.first + (int)index);                                                  \
        return CDP_OK;                                                                             \
    }

WORD_LIST(events, CDP_EVENT_APPLICATION_STOP, "ApplicationStop", "DownloadBundle", "BeforeInstall",
          "Install", "AfterInstall", "ApplicationStart", "ValidateService", "BeforeBlockTraffic",
          "BlockTraffic", "AfterBlockTraffic", "BeforeAllowTraffic", "AllowTraffic",
          "AfterAllowTraffic", "AllowTestTraffic", "AfterAllowTestTraffic");
WORD_LIST(event_statuses, CDP_EVENT_STATUS_PENDING, "Pending", "InProgress", "Succeeded", "Failed",
          "Skipped", "Unknown");
WORD_LIST(target_statuses, CDP_TARGET_STATUS_PENDING, "Pending", "InProgress", "Succeeded",
          "Failed", "Skipped", "Unknown", "Ready");
WORD_LIST(deployment_statuses, CDP_DEPLOYMENT_STATUS_CREATED, "Created", "Queued", "InProgress",
          "Baking", "Succeeded", "Failed", "Stopped", "Ready");
WORD_LIST(errors, CDP_EVENT_ERROR_SUCCESS, "Success", "ScriptMissing", "ScriptNotExecutable",
          "ScriptTimedOut", "ScriptFailed", "UnknownError");
WORD_LIST(creators, CDP_DEPLOYMENT_CREATOR_USER, "user", "autoscaling", "codeDeployRollback",
          "CodeDeploy", "CodeDeployAutoUpdate", "CloudFormation", "CloudFormationRollback",
          "autoscalingTermination");
WORD_LIST(waits, CDP_WAIT_READY, "READY_WAIT", "TERMINATION_WAIT");
WORD_LIST(ready_actions, CDP_READY_ACTION_CONTINUE_DEPLOYMENT, "CONTINUE_DEPLOYMENT",
          "STOP_DEPLOYMENT");

static const char *word_of(const word_list *list, int value)
{
    if (value < list->first || (size_t)(value - list->first) >= list->count)
        return "unknown";
    return list->words[value - list->first];
}

static size_t index_of(const word_list *list, cdp_string name)
{
    size_t index = 0;

    while (index < list->count && !cdp_string_equal_c(name, list->words[index]))
        index++;
    return index;
}

WORD_FUNCTIONS(cdp_event, events)
WORD_FUNCTIONS(cdp_event_status, event_statuses)
WORD_FUNCTIONS(cdp_target_status, target_statuses)
WORD_FUNCTIONS(cdp_deployment_status, deployment_statuses)
WORD_FUNCTIONS(cdp_event_error, errors)
WORD_FUNCTIONS(cdp_deployment_creator, creators)
WORD_FUNCTIONS(cdp_wait_type, waits)
WORD_FUNCTIONS(cdp_ready_action, ready_actions)

cdp_event_error cdp_event_error_from_agent(int agent_code)
{
    if (agent_code < CDP_EVENT_ERROR_SUCCESS || agent_code > CDP_EVENT_ERROR_UNKNOWN_ERROR)
        return CDP_EVENT_ERROR_UNKNOWN_ERROR;
    return (cdp_event_error)agent_code;
}
