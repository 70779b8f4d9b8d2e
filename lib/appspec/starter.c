/* SPDX-License-Identifier: MIT */
/* Commented AppSpecs to begin with. */
#include "appspec/model.h"
#include "base/text.h"

static const char server[] =
    "# What CodeDeploy installs on a host, and which scripts it runs. This file stands at the root "
    "of\n"
    "# the revision, under the name appspec.yml.\n"
    "version: 0.0\n"
    "os: linux\n"
    "\n"
    "# What to copy: a file goes into the destination, a directory's content is poured into it.\n"
    "# `source: /` is the whole revision. Destinations are absolute.\n"
    "files:\n"
    "  - source: app\n"
    "    destination: /srv/app\n"
    "\n"
    "# A file that is in the way and not from the last deployment: DISALLOW (the deployment "
    "fails),\n"
    "# OVERWRITE or RETAIN.\n"
    "file_exists_behavior: DISALLOW\n"
    "\n"
    "# Owners and modes of what was copied (Linux only). Modes stand in quotes: YAML reads 0644 "
    "as\n"
    "# the number 420. No path may be reached by two entries.\n"
    "permissions:\n"
    "  - object: /srv/app\n"
    "    type: [directory]\n"
    "    owner: root\n"
    "    group: root\n"
    "    mode: \"0755\"\n"
    "  - object: /srv/app\n"
    "    type: [file]\n"
    "    owner: root\n"
    "    group: root\n"
    "    mode: \"0644\"\n"
    "\n"
    "# Scripts of the revision, run in this order of events: ApplicationStop (from the last "
    "revision),\n"
    "# BeforeInstall, AfterInstall, ApplicationStart, ValidateService; with a load balancer also\n"
    "# BeforeBlockTraffic, AfterBlockTraffic, BeforeAllowTraffic and AfterAllowTraffic. Timeouts "
    "are\n"
    "# seconds; all scripts of an event together get 3600.\n"
    "hooks:\n"
    "  ApplicationStop:\n"
    "    - location: scripts/stop.sh\n"
    "      timeout: 60\n"
    "      runas: root\n"
    "  ApplicationStart:\n"
    "    - location: scripts/start.sh\n"
    "      timeout: 60\n"
    "      runas: root\n"
    "  ValidateService:\n"
    "    - location: scripts/validate.sh\n"
    "      timeout: 120\n";

static const char lambda[] =
    "# Which Lambda function's alias CodeDeploy shifts from one version to another.\n"
    "version: 0.0\n"
    "Resources:\n"
    "  - MyFunction:\n"
    "      Type: AWS::Lambda::Function\n"
    "      Properties:\n"
    "        Name: my-function\n"
    "        Alias: live\n"
    "        # Published versions; $LATEST cannot be deployed.\n"
    "        CurrentVersion: \"1\"\n"
    "        TargetVersion: \"2\"\n"
    "# Functions that check the deployment before and after traffic is shifted; each must report\n"
    "# back with PutLifecycleEventHookExecutionStatus within an hour.\n"
    "Hooks:\n"
    "  - BeforeAllowTraffic: my-function-before-traffic\n"
    "  - AfterAllowTraffic: my-function-after-traffic\n";

static const char ecs[] =
    "# Which ECS service CodeDeploy moves to a new task definition.\n"
    "version: 0.0\n"
    "Resources:\n"
    "  - TargetService:\n"
    "      Type: AWS::ECS::Service\n"
    "      Properties:\n"
    "        # A pipeline puts the ARN in place of the text <TASK_DEFINITION>, if you write that.\n"
    "        TaskDefinition: arn:aws:ecs:us-east-1:111122223333:task-definition/my-app:1\n"
    "        # The container and port that the load balancer sends traffic to.\n"
    "        LoadBalancerInfo:\n"
    "          ContainerName: my-app\n"
    "          ContainerPort: 80\n"
    "# Lambda functions that check the deployment, in this order; take away what is not needed.\n"
    "# AfterAllowTestTraffic comes only with a test listener.\n"
    "Hooks:\n"
    "  - BeforeInstall: my-app-before-install\n"
    "  - AfterInstall: my-app-after-install\n"
    "  - AfterAllowTestTraffic: my-app-after-test-traffic\n"
    "  - BeforeAllowTraffic: my-app-before-traffic\n"
    "  - AfterAllowTraffic: my-app-after-traffic\n";

cdp_status cdp_appspec_write_starter(cdp_platform platform, cdp_text *text)
{
    switch (platform) {
    case CDP_PLATFORM_SERVER:
        return text ? cdp_text_append(text, server, sizeof server - 1) : CDP_ERR_ARGUMENT;
    case CDP_PLATFORM_LAMBDA:
        return text ? cdp_text_append(text, lambda, sizeof lambda - 1) : CDP_ERR_ARGUMENT;
    case CDP_PLATFORM_ECS:
        return text ? cdp_text_append(text, ecs, sizeof ecs - 1) : CDP_ERR_ARGUMENT;
    default:
        return CDP_ERR_ARGUMENT;
    }
}
