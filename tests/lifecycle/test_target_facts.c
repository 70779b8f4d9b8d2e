/* SPDX-License-Identifier: MIT */
/* The rows of the reference on lifecycle events that concern one target, as a table of cases. */
#include "cases.h"

#include "base/strings.h"
#include "script.h"

/* What inputs lead to; script.h says how to read them. */
typedef struct behaviour_case {
    const char *name;
    const char *plan;
    const char *options;
    const char *inputs;
    const char *state;
} behaviour_case;

#define LB "Server/in-place-load-balancer"
#define GREEN "Server/blue-green-replacement"
#define BLUE "Server/blue-green-original"
#define ECS "ECS/test-listener"
#define LAMBDA "Lambda/blue-green"

static const behaviour_case behaviour_cases[] = {
    {"1.14 an event without hook succeeds", "Server/in-place", "", "start@0 noop@5",
     "InProgress Spppppp"},
    {"1.14 on Lambda, too", LAMBDA, "", "start@0 noop@1 begin@2 ok@3 noop@3", "Succeeded SSS"},
    {"1.14 but no event of CodeDeploy's own", "Server/in-place", "", "start@0 noop@1 #noop@1",
     "InProgress Spppppp"},
    {"1.15 all events are listed from the beginning", LB, "", "", "Pending ppppppppppppp"},

    {"2.4 replacements wait between installation and traffic", GREEN, "", "start@0 pass:7@9",
     "Ready SSSSSSSppp"},
    {"2.5 originals wait to be taken away", BLUE, "end:1000", "start@0 pass:3@9",
     "Succeeded TERMINATION_WAIT SSS"},
    {"2.13 not healthy within an hour", LB, "",
     "start@0 pass:11@9 begin@10 step@3600009 step@3600010", "Failed run-limit SSSSSSSSSSSF-"},

    {"3.2 the longest schedule ends in time", LAMBDA, "",
     "start@0 noop@0 begin@0 ok@172800000 noop@172800000", "Succeeded SSS"},

    {"4.3 Ready before production traffic", ECS, "ask", "start@0 pass:5@9",
     "Ready READY_WAIT SSSSSppp"},
    {"4.3 nobody is asked, nothing is Ready", ECS, "", "start@0 pass:5@9", "InProgress SSSSSppp"},
    {"4.3 without test listener after AfterInstall", "ECS/blue-green", "ask", "start@0 pass:3@9",
     "Ready READY_WAIT SSSppp"},
    {"4.4 all events have succeeded before the wait ends", ECS, "end:60000", "start@0 pass:8@9",
     "Succeeded TERMINATION_WAIT SSSSSSSS"},
    {"4.4 the wait ends by itself", ECS, "end:60000", "start@0 pass:8@9 step@60008 gone@60009",
     "Succeeded SSSSSSSS"},
    {"4.4 or by time", ECS, "end:60000", "start@0 pass:8@9 step@60009 !gone@60009",
     "Succeeded SSSSSSSS"},

    {"5.8 first deployment: nothing to stop", "Server/in-place", "", "start@0 noop@1 pass:6@2",
     "Succeeded SSSSSSS"},

    {"6.1 an event that takes an hour", "Server/in-place", "", "start@0 begin@0 ok@3600000",
     "InProgress Spppppp"},
    {"6.1 an event that takes longer", "Server/in-place", "",
     "start@0 begin@0 !ok@3600001 step@3600001", "Failed run-limit F------"},
    {"6.2 the first event begins within five minutes", "Server/in-place", "",
     "start@0 step@299999 begin@300000", "InProgress ipppppp"},
    {"6.2 the first event does not", "Server/in-place", "", "start@0 !begin@300001 step@300001",
     "Failed start-limit F------"},
    {"6.2 the next event does not", "Server/in-place", "",
     "start@0 begin@1 ok@1000 step@300999 step@301000", "Failed start-limit SF-----"},
    {"6.2 nothing is due before the target's turn", "Server/in-place", "",
     "step@0 step@999999999 start@1000000000", "InProgress ppppppp"},
    {"6.3 lost within an event: an hour", "Server/in-place", "",
     "start@0 begin@100 step@3600099 step@3600100", "Failed run-limit F------"},
    {"6.3 lost between events: five minutes", "Server/in-place", "",
     "start@0 pass:1@100 step@300099 step@300100", "Failed start-limit SF-----"},
    {"6.9 a function that never answers", LAMBDA, "", "start@0 begin@0 step@3600000",
     "Failed run-limit F--"},
    {"6.9 tasks that never get healthy", ECS, "", "start@0 pass:1@0 begin@0 step@3600000",
     "Failed run-limit SF------"},

    {"7.4 no answer within an hour fails", ECS, "", "start@0 pass:4@0 begin@7 step@3600007",
     "Failed run-limit SSSSF---"},
    {"7.6 no answer is no success", LAMBDA, "", "start@0 begin@0 step@3599999", "InProgress ipp"},

    {"8.1 what follows a failure is skipped", LB, "", "start@0 pass:4@1 begin@2 fail@3",
     "Failed event-failed SSSSF--------"},
    {"8.1 the last event fails", LAMBDA, "", "start@0 pass:2@1 begin@2 fail@3",
     "Failed event-failed SSF"},
    {"8.3 never started", LB, "", "skip@77", "Skipped skipped -------------"},
    {"8.3 never started when the deployment is stopped", LB, "", "stop@77",
     "Skipped stopped -------------"},
    {"8.4 ApplicationStop", "Server/in-place", "ignore", "start@0 begin@1 fail@2",
     "InProgress Fpppppp"},
    {"8.4 the target then succeeds", "Server/in-place", "ignore", "start@0 begin@1 fail@2 pass:6@3",
     "Succeeded FSSSSSS"},
    {"8.4 BeforeBlockTraffic", LB, "ignore", "start@0 begin@1 fail:ScriptMissing@2 begin@3",
     "InProgress Fippppppppppp"},
    {"8.4 AfterBlockTraffic", LB, "ignore", "start@0 pass:2@1 begin@1 fail@2",
     "InProgress SSFpppppppppp"},
    {"8.4 one after the other", LB, "ignore",
     "start@0 begin@1 fail@1 pass:1@1 begin@1 fail@2 begin@2 fail@2", "InProgress FSFFppppppppp"},
    {"8.4 not BlockTraffic", LB, "ignore", "start@0 pass:1@1 begin@1 fail@2",
     "Failed event-failed SF-----------"},
    {"8.4 not BeforeInstall", "Server/in-place", "ignore", "start@0 pass:2@1 begin@1 fail@2",
     "Failed event-failed SSF----"},
    {"8.4 not unless it is asked for", "Server/in-place", "", "start@0 begin@1 fail@2",
     "Failed event-failed F------"},
    {"8.4 also when it runs out of time", "Server/in-place", "ignore",
     "start@0 begin@0 step@3600000 begin@3900000", "InProgress Fippppp"},
    {"8.4 not when it never began", "Server/in-place", "ignore", "start@0 step@300000",
     "Failed start-limit F------"},
    {"8.4 not when it is stopped", "Server/in-place", "ignore", "start@0 begin@0 stop@1",
     "Failed stopped F------"},
    {"8.4 at the end of a termination", "Server/auto-scaling-termination", "ignore",
     "start@0 pass:3@0 begin@0 fail@1", "Succeeded SSSF"},
    {"8.7 stopped while it waits, it stays Succeeded", ECS, "end:60000",
     "start@0 pass:8@9 stop@100", "Succeeded stopped SSSSSSSS"},
    {"8.8 stopped within an event", LB, "", "start@0 pass:3@1 begin@2 stop@3",
     "Failed stopped SSSF---------"},
    {"8.8 stopped between events", LB, "", "start@0 pass:3@1 stop@3",
     "Failed stopped SSS----------"},
    {"8.8 a late result changes nothing", LAMBDA, "", "start@0 begin@2 stop@3 !ok@4 !begin@4",
     "Failed stopped F--"},

    {"9.1 contact is lost within an event", "Server/in-place", "",
     "start@0 pass:3@1 begin@2 lost@3", "Unknown contact-lost SSS?---"},
    {"9.1 one at a time", "Server/in-place", "", "start@0 begin@1 !begin@1", "InProgress ipppppp"},
    {"9.1 no end without beginning", "Server/in-place", "", "start@0 !ok@1", "InProgress ppppppp"},
    {"9.2 Pending, InProgress", LAMBDA, "", "start@0", "InProgress ppp"},
    {"9.2 nothing begins before the start", LAMBDA, "", "!begin@0 !noop@0", "Pending ppp"},
    {"9.2 InProgress, Succeeded", LAMBDA, "", "start@0 pass:3@0", "Succeeded SSS"},
    {"9.2 InProgress, Failed", LAMBDA, "", "start@0 begin@0 fail@0", "Failed event-failed F--"},
    {"9.2 InProgress, Ready", GREEN, "ask", "start@0 pass:7@0", "Ready READY_WAIT SSSSSSSppp"},
    {"9.2 Ready, InProgress", GREEN, "ask", "start@0 pass:7@0 !begin@1 ready@1 begin@2",
     "InProgress SSSSSSSipp"},
    {"9.2 Ready, InProgress without asking", GREEN, "",
     "start@0 pass:7@0 step@99999999 !ready@99999999 begin@99999999", "InProgress SSSSSSSipp"},
    {"9.2 Ready, stopped", GREEN, "ask", "start@0 pass:7@0 stop@1", "Failed stopped SSSSSSS---"},
    {"9.2 Ready, lost", GREEN, "ask", "start@0 pass:7@0 lost@1", "Unknown contact-lost SSSSSSS---"},
    {"9.2 Pending, Skipped", LAMBDA, "", "skip@0 !start@0 !stop@0 !lost@0", "Skipped skipped ---"},
    {"9.2 Pending, Unknown", LAMBDA, "", "lost@0 !start@0", "Unknown contact-lost ---"},
    {"9.2 InProgress, Unknown", LAMBDA, "", "start@0 lost@0 !begin@1", "Unknown contact-lost ---"},
    {"9.2 Succeeded is final", LAMBDA, "",
     "start@0 pass:3@0 !stop@1 !lost@1 !skip@1 step@999999999", "Succeeded SSS"},
    {"9.2 Failed is final", LAMBDA, "", "start@0 begin@0 fail@0 !stop@1 !lost@1 !start@1 step@2",
     "Failed event-failed F--"},

    {"10.1 continued in time", GREEN, "ask:60000", "start@0 pass:7@0 ready@60000",
     "InProgress SSSSSSSppp"},
    {"10.1 not continued in time", GREEN, "ask:60000", "start@0 pass:7@0 !ready@60001 step@60001",
     "Failed ready-wait-expired SSSSSSS---"},
    {"10.1 the wait does not count for the next event", GREEN, "ask",
     "start@0 pass:7@0 ready@7200000 step@7499999 begin@7500000", "InProgress SSSSSSSipp"},
    {"10.2 Ready although nobody is asked", GREEN, "", "start@0 pass:7@0", "Ready SSSSSSSppp"},
    {"10.3 ended early", BLUE, "end:2880000", "start@0 pass:3@0 !ready@1 gone@1", "Succeeded SSS"},
    {"10.3 no wait without one", BLUE, "", "start@0 pass:3@0 !gone@1", "Succeeded SSS"},

    {"12.5 locally the first failure ends it", "Server/local", "ignore",
     "start@0 pass:2@0 begin@0 fail@1", "Failed event-failed SSF--------"},
};

static void behaves(void **state)
{
    const behaviour_case *row = *state;
    cdp_lifecycle *lifecycle = script_target(row->plan, row->options);
    const char *failed = script_run(lifecycle, row->inputs);

    if (failed)
        fail_msg("%s had another outcome", failed);
    assert_string_equal(script_state(lifecycle), row->state);
    cdp_lifecycle_free(lifecycle);
}

/* ---------------------------------------------------------------------------------------------- */
/* What the API calls a refusal, and a failure                                                    */
/* ---------------------------------------------------------------------------------------------- */

typedef struct refusal_case {
    const char *name;
    const char *inputs;
    cdp_event_status result;
    cdp_event_error error;
    cdp_status status;
    const char *api;
} refusal_case;

static const refusal_case refusal_cases[] = {
    {"7.2 Succeeded is accepted", "start@0 begin@0", CDP_EVENT_STATUS_SUCCEEDED,
     CDP_EVENT_ERROR_SUCCESS, CDP_OK, NULL},
    {"7.2 Failed is accepted", "start@0 begin@0", CDP_EVENT_STATUS_FAILED,
     CDP_EVENT_ERROR_UNKNOWN_ERROR, CDP_OK, NULL},
    {"7.2 Skipped is not", "start@0 begin@0", CDP_EVENT_STATUS_SKIPPED, CDP_EVENT_ERROR_SUCCESS,
     CDP_ERR_ARGUMENT, "InvalidLifecycleEventHookExecutionStatusException"},
    {"7.2 InProgress is not", "start@0 begin@0", CDP_EVENT_STATUS_IN_PROGRESS,
     CDP_EVENT_ERROR_SUCCESS, CDP_ERR_ARGUMENT,
     "InvalidLifecycleEventHookExecutionStatusException"},
    {"7.3 a bad status", "start@0 begin@0", (cdp_event_status)0, CDP_EVENT_ERROR_SUCCESS,
     CDP_ERR_ARGUMENT, "InvalidLifecycleEventHookExecutionStatusException"},
    {"7.3 success with an error", "start@0 begin@0", CDP_EVENT_STATUS_SUCCEEDED,
     CDP_EVENT_ERROR_SCRIPT_FAILED, CDP_ERR_ARGUMENT,
     "InvalidLifecycleEventHookExecutionStatusException"},
    {"7.3 failure without one", "start@0 begin@0", CDP_EVENT_STATUS_FAILED, CDP_EVENT_ERROR_SUCCESS,
     CDP_ERR_ARGUMENT, "InvalidLifecycleEventHookExecutionStatusException"},
    {"7.3 an error code that is none", "start@0 begin@0", CDP_EVENT_STATUS_FAILED,
     (cdp_event_error)6, CDP_ERR_ARGUMENT, "InvalidLifecycleEventHookExecutionStatusException"},
    {"7.3 already finished", "start@0 begin@0 ok@0", CDP_EVENT_STATUS_SUCCEEDED,
     CDP_EVENT_ERROR_SUCCESS, CDP_ERR_STATE, "LifecycleEventAlreadyCompletedException"},
    {"7.3 already failed by a stop", "start@0 begin@0 stop@0", CDP_EVENT_STATUS_SUCCEEDED,
     CDP_EVENT_ERROR_SUCCESS, CDP_ERR_STATE, "LifecycleEventAlreadyCompletedException"},
};

static void first_event_ends(void **state)
{
    const refusal_case *row = *state;
    cdp_lifecycle *lifecycle = script_target(LAMBDA, "");
    cdp_lifecycle_result result = {
        .size = sizeof result, .status = row->result, .error = row->error};
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_diagnostics *diagnostics;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_null(script_run(lifecycle, row->inputs));
    assert_int_equal(cdp_lifecycle_finish(lifecycle, 1, 0, &result, diagnostics), row->status);
    if (row->api) {
        assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
        assert_int_equal(cdp_diagnostic_info_get(found.code, &info), CDP_OK);
        assert_string_equal(info.api_name, row->api);
    }
    assert_int_equal(cdp_diagnostics_count(diagnostics), row->api != NULL);
    cdp_diagnostics_free(diagnostics);
    cdp_lifecycle_free(lifecycle);
}

typedef struct agent_code_case {
    const char *name;
    int code;
    const char *error;
} agent_code_case;

static const agent_code_case agent_code_cases[] = {
    {"6.6 code 0", 0, "Success"},
    {"6.6 code 1", 1, "ScriptMissing"},
    {"6.6 code 2", 2, "ScriptNotExecutable"},
    {"6.6 code 3", 3, "ScriptTimedOut"},
    {"6.6 code 4", 4, "ScriptFailed"},
    {"6.6 code 5", 5, "UnknownError"},
    {"6.6 code 6, outputs left open", 6, "UnknownError"},
    {"6.6 code 7, after a restart", 7, "UnknownError"},
    {"6.6 no code of the agent's", -1, "UnknownError"},
};

static void agent_code_means(void **state)
{
    const agent_code_case *row = *state;

    assert_string_equal(cdp_event_error_name(cdp_event_error_from_agent(row->code)), row->error);
}

/* How the events of a failed or stopped target are recorded. */
typedef struct record_case {
    const char *name;
    const char *inputs;
    size_t event;
    const char *error;
    const char *reason;
    int64_t start;
    int64_t end;
    const char *message;
} record_case;

static const record_case record_cases[] = {
    {"1.15 Pending, and no times", "start@7", 0, "Success", "none", -1, -1, NULL},
    {"6.1 out of time", "start@7 begin@8 step@99999999", 0, "UnknownError", "run-limit", 8, 3600008,
     "The lifecycle event did not end in time."},
    {"6.2 never begun", "start@7 step@99999999", 0, "UnknownError", "start-limit", -1, 300007,
     "The lifecycle event did not begin in time."},
    {"6.6 a script that failed", "start@7 begin@8 fail:ScriptNotExecutable@9", 0,
     "ScriptNotExecutable", "event-failed", 8, 9, "script said no"},
    {"8.1 skipped, and no times", "start@7 begin@8 fail@9", 1, "Success", "none", -1, -1, NULL},
    {"8.8 stopped", "start@7 begin@8 stop@10", 0, "UnknownError", "stopped", 8, 10,
     "The deployment was stopped."},
    {"9.1 lost", "start@7 begin@8 lost@10", 0, "UnknownError", "contact-lost", 8, -1,
     "Contact with the target was lost."},
    {"9.1 in progress", "start@7 begin@8", 0, "Success", "none", 8, -1, NULL},
    {"9.1 succeeded", "start@7 begin@8 ok@9", 0, "Success", "none", 8, 9, NULL},
};

static void record_is(void **state)
{
    const record_case *row = *state;
    cdp_lifecycle *lifecycle = script_target(LAMBDA, "message:100");
    cdp_lifecycle_event_record record = {.size = sizeof record};

    assert_null(script_run(lifecycle, row->inputs));
    assert_int_equal(cdp_lifecycle_event_at(lifecycle, row->event, &record), CDP_OK);
    assert_string_equal(cdp_event_error_name(record.error), row->error);
    assert_string_equal(cdp_lifecycle_reason_name(record.reason), row->reason);
    assert_int_equal(record.start_ms, row->start);
    assert_int_equal(record.end_ms, row->end);
    if (row->message)
        assert_cdp_string(record.message, row->message);
    else
        assert_absent(record.message);
    cdp_lifecycle_free(lifecycle);
}

int main(void)
{
    int failed = 0;

    failed += CASES("behaviour_cases", behaves, behaviour_cases);
    failed += CASES("refusal_cases", first_event_ends, refusal_cases);
    failed += CASES("agent_code_cases", agent_code_means, agent_code_cases);
    failed += CASES("record_cases", record_is, record_cases);
    return failed;
}
