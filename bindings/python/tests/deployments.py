# SPDX-License-Identifier: MIT
"""Deployments and hosts that the tests share."""

import asyncio

from codedeploy import AppSpec, Deployment, DeploymentGroup, DeploymentOptions, Host, LambdaFunction, TrafficSchedule

GROUP = {"application_name": "shop", "name": "prod", "service_role_arn": "arn:aws:iam::123456789012:role/deploy"}
HOOKED = {"BeforeAllowTraffic": "f"}


def canary(schedule="10:5m,100", hooks=None, group=None, **parts):
    """A shift of a Lambda function's traffic, in two steps."""
    return DeploymentOptions(
        "d-EXAMPLE01", DeploymentGroup(platform="Lambda", **GROUP, **(group or {})), schedule=TrafficSchedule(schedule),
        appspec=AppSpec.for_lambda(LambdaFunction("shop", "live", "7", "8"), hooks), **parts)


def quick(hooks=None, **parts):
    """The same, which can be waited for."""
    return canary("10:20ms,100", hooks, **parts)


def fleet(ids=("i-1", "i-2", "i-3"), config="CodeDeployDefault.OneAtATime", **parts):
    """A deployment on servers, in place."""
    deployment = Deployment(
        id="d-EXAMPLE02", group=DeploymentGroup(platform="Server", config_name=config, **{**GROUP, "name": "web"}), **parts)
    for id in ids:
        deployment.add_target(0, id)
    return deployment


class Canary(Host):
    """Shifts traffic, and remembers it."""

    def __init__(self):
        self.weights = []

    def set_traffic(self, deployment, action):
        self.weights.append(action.weight)


class SlowHook(Canary):
    """Its hook's answer never comes: it ends when it is cancelled."""

    cancelled = False

    async def run_hook(self, deployment, action):
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.cancelled = True
            raise
