/* SPDX-License-Identifier: MIT */
/* The names of the enumerators, and what is said of them. */
#include "rollback/planner.h"

#include "base/words.h"

CDP_WORD_LIST(cdp_rollback_causes, CDP_ROLLBACK_CAUSE_FAILURE, "failure", "alarm", "request",
              "manual");
CDP_WORD_LIST(cdp_rollback_kinds, CDP_ROLLBACK_KIND_NONE, "none", "redeploy", "reroute");
CDP_WORD_LIST(cdp_rollback_stop_flags, CDP_ROLLBACK_STOP_NOT_SAID, "not-said", "asked", "declined");
CDP_WORD_LIST(cdp_rollback_file_changes, CDP_ROLLBACK_FILE_CREATED, "created", "replaced",
              "removed", "overwritten", "retained", "by-script");
CDP_WORD_LIST(cdp_rollback_step_kinds, CDP_ROLLBACK_STEP_SET_TRAFFIC, "set-traffic",
              "set-test-traffic", "allow", "block", "remove-replacement", "redeploy");
CDP_WORD_LIST(cdp_rollback_bases, CDP_ROLLBACK_BASIS_UNKNOWN, "unknown", "exact", "estimate",
              "at-least");
CDP_WORD_LIST(cdp_rollback_restores, CDP_ROLLBACK_EFFECT_TRAFFIC, "traffic", "test-traffic",
              "revision", "files-removed", "file");
CDP_WORD_LIST(cdp_rollback_losses, CDP_ROLLBACK_EFFECT_SCRIPTS, "scripts", "script-files",
              "overwritten", "retained", "terminated", "served", "left-behind", "revision-missing",
              "minimum-too-large", "no-instances");

CDP_WORD_FUNCTIONS(cdp_rollback_cause, cdp_rollback_causes)

const char *cdp_rollback_kind_name(cdp_rollback_kind kind)
{
    return cdp_word_of(&cdp_rollback_kinds, (int)kind);
}

const char *cdp_rollback_stop_flag_name(cdp_rollback_stop_flag flag)
{
    return cdp_word_of(&cdp_rollback_stop_flags, (int)flag);
}

const char *cdp_rollback_file_change_name(cdp_rollback_file_change change)
{
    return cdp_word_of(&cdp_rollback_file_changes, (int)change);
}

const char *cdp_rollback_step_kind_name(cdp_rollback_step_kind kind)
{
    return cdp_word_of(&cdp_rollback_step_kinds, (int)kind);
}

const char *cdp_rollback_basis_name(cdp_rollback_basis basis)
{
    return cdp_word_of(&cdp_rollback_bases, (int)basis);
}

const char *cdp_rollback_effect_kind_name(cdp_rollback_effect_kind kind)
{
    return cdp_word_of(kind < CDP_ROLLBACK_EFFECT_SCRIPTS ? &cdp_rollback_restores
                                                          : &cdp_rollback_losses,
                       (int)kind);
}

/* -- refusals --------------------------------------------------------------------------------- */

typedef struct refusal_info {
    const char *name;
    const char *message;
    const char *source;
} refusal_info;

#define GUIDE "user guide, redeploy and roll back a deployment"
#define OURS "docs/rollback.md"

static const refusal_info refusals[] = {
    [CDP_ROLLBACK_REFUSAL_NONE] = {"none", "", NULL},
    [CDP_ROLLBACK_REFUSAL_ACTIVE] =
        {"active",
         "Another deployment of the group is active, and a group has one at a time: wait for its "
         "end, or stop it first.",
         "user guide, limits; API exception DeploymentLimitExceededException"},
    [CDP_ROLLBACK_REFUSAL_SPLIT_ALIAS] =
        {"split-alias",
         "The alias splits its traffic between two versions; set it to one of them first, or every "
         "deployment fails.",
         "user guide, troubleshooting Lambda deployments"},
    [CDP_ROLLBACK_REFUSAL_SUCCEEDED] =
        {"succeeded",
         "The deployment has succeeded, which is final: deploy an earlier revision by hand.",
         "API exception DeploymentAlreadyCompletedException"},
    [CDP_ROLLBACK_REFUSAL_CLOUDFORMATION] =
        {"cloudformation",
         "CloudFormation made the deployment: cancel the update of the stack instead.",
         "user guide, create an ECS blue/green deployment through CloudFormation"},
    [CDP_ROLLBACK_REFUSAL_IS_ROLLBACK] =
        {"is-rollback", "The deployment is a rollback itself, and is not rolled back again.", OURS},
    [CDP_ROLLBACK_REFUSAL_AUTO_SCALING] =
        {"auto-scaling",
         "Auto Scaling made the deployment for one instance and is told its result instead.",
         "user guide, integrating CodeDeploy with Amazon EC2 Auto Scaling"},
    [CDP_ROLLBACK_REFUSAL_READY_EXPIRED] =
        {"ready-expired",
         "Nobody continued the deployment in time; that is neither a failure nor a request, and no "
         "traffic had moved.",
         OURS},
    [CDP_ROLLBACK_REFUSAL_DECLINED] =
        {"declined", "The deployment was stopped with the request not to roll it back.",
         "API shape StopDeploymentInput"},
    [CDP_ROLLBACK_REFUSAL_NOT_CONFIGURED] = {"not-configured",
                                             "Automatic rollback is not configured for this cause.",
                                             "API shape AutoRollbackConfiguration"},
    [CDP_ROLLBACK_REFUSAL_NOTHING_INSTALLED] =
        {"nothing-installed",
         "There is no replacement task set yet, so there is nothing to go back from.",
         "user guide, AppSpec 'hooks' section for an Amazon ECS deployment"},
    [CDP_ROLLBACK_REFUSAL_NO_EARLIER_REVISION] =
        {"no-earlier-revision",
         "No earlier deployment of the group has succeeded, so there is no revision to go back to.",
         GUIDE},
    [CDP_ROLLBACK_REFUSAL_ORIGINAL_GONE] =
        {"original-gone",
         "Originals are gone, or were told to go and may be, so traffic cannot go back to them: "
         "deploy an earlier revision by hand.",
         "user guide, overview of a blue/green deployment"},
    [CDP_ROLLBACK_REFUSAL_NOT_STARTED] = {"not-started",
                                          "No instance was touched, and every one runs the earlier "
                                          "revision: there is nothing to do.",
                                          OURS},
    [CDP_ROLLBACK_REFUSAL_REVISION_UNKNOWN] =
        {"revision-unknown",
         "What the last successful deployment of the group deployed is not known, so it cannot be "
         "deployed again.",
         OURS},
};

static const refusal_info *refusal_of(cdp_rollback_refusal refusal)
{
    return (size_t)refusal < sizeof refusals / sizeof *refusals ? &refusals[refusal] : NULL;
}

const char *cdp_rollback_refusal_name(cdp_rollback_refusal refusal)
{
    const refusal_info *info = refusal_of(refusal);

    return info ? info->name : "unknown";
}

const char *cdp_rollback_refusal_message(cdp_rollback_refusal refusal)
{
    const refusal_info *info = refusal_of(refusal);

    return info ? info->message : "";
}

const char *cdp_rollback_refusal_source(cdp_rollback_refusal refusal)
{
    const refusal_info *info = refusal_of(refusal);

    return info ? info->source : NULL;
}

/* -- parts ------------------------------------------------------------------------------------ */

typedef struct part_info {
    const char *name;
    const char *message;
} part_info;

static const part_info parts[] = {
    [0] = {"unknown", ""},
    [CDP_ROLLBACK_PART_REDEPLOY] = {"redeploy", "The earlier revision is deployed to it."},
    [CDP_ROLLBACK_PART_ALLOW] = {"allow", "It is an original, and gets its traffic again."},
    [CDP_ROLLBACK_PART_BLOCK] = {"block", "Its traffic is taken from it."},
    [CDP_ROLLBACK_PART_REROUTE] = {"reroute", "All its traffic is on the original then."},
    [CDP_ROLLBACK_PART_UNTOUCHED] = {"untouched",
                                     "Its turn never came, and it runs the earlier revision."},
    [CDP_ROLLBACK_PART_ORIGINAL_KEPT] =
        {"original-kept", "It is an original that has its traffic, or never had any."},
    [CDP_ROLLBACK_PART_IDLE] = {"idle", "It has no traffic, and is left as it is."},
    [CDP_ROLLBACK_PART_GONE] = {"gone", "It is gone."},
};

static const part_info *part_of(cdp_rollback_part part)
{
    return (size_t)part < sizeof parts / sizeof *parts ? &parts[part] : &parts[0];
}

const char *cdp_rollback_part_name(cdp_rollback_part part)
{
    return part_of(part)->name;
}

const char *cdp_rollback_part_message(cdp_rollback_part part)
{
    return part_of(part)->message;
}

int cdp_rollback_part_takes_part(cdp_rollback_part part)
{
    return part >= CDP_ROLLBACK_PART_REDEPLOY && part <= CDP_ROLLBACK_PART_REROUTE;
}

const char *cdp_rollback_cause_clause(cdp_rollback_cause cause)
{
    switch (cause) {
    case CDP_ROLLBACK_CAUSE_FAILURE:
        return "failed";
    case CDP_ROLLBACK_CAUSE_ALARM:
        return "was stopped by an alarm";
    default:
        return "was stopped on request";
    }
}
