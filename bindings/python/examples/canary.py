#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plays a canary that an alarm stops at minute 7, and its rollback, on a simulated host."""

import codedeploy
from codedeploy import sim


def main() -> None:
    spec = codedeploy.AppSpec.for_lambda(
        codedeploy.LambdaFunction("checkout", "live", current_version="7", target_version="8"),
        {"BeforeAllowTraffic": "smoke-test"})
    group = codedeploy.DeploymentGroup(
        application_name="shop", name="prod", platform="Lambda",
        service_role_arn="arn:aws:iam::111122223333:role/codedeploy",
        config_name="CodeDeployDefault.LambdaCanary10Percent10Minutes",
        alarms=codedeploy.Alarms(("errors",)),
        auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_STOP_ON_ALARM"}))
    host = sim.SimHost(codedeploy.DeploymentOptions("d-FIRST0001", group, appspec=spec),
                       answer_ms=5_000, more_ids=["d-BACK00001"])
    host.add_alarm(7 * 60_000, "errors", "ALARM")
    host.run()
    print(host.render(), end="")


if __name__ == "__main__":
    main()
