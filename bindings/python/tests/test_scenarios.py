# SPDX-License-Identifier: MIT
"""The scenarios that `codedeploy run` plays, through the binding: on the simulated host in C with the same
picture, and on one in Python with the same records."""

import contextlib
import dataclasses
import json
import re
import unittest

from support import EXAMPLES, VECTORS

import codedeploy
from codedeploy import (
    ActionFailed,
    ActionKind,
    AlarmState,
    AppSpec,
    Deployment,
    DeploymentGroup,
    DeploymentInput,
    DeploymentOptions,
    DeploymentStatus,
    Host,
    InputKind,
    InstanceHealth,
    PastDeployment,
    Platform,
    Revision,
    RevisionHealth,
    RolloutInstance,
    sim,
)

try:
    import yaml
except ImportError:
    yaml = None

NEVER = 2**63 - 1


def milliseconds(value):
    units = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}
    return sum(int(n) * units[unit] for n, unit in re.findall(r"(\d+)(ms|s|m|h)", value or ""))


def instance(id, serves=False, **parts):
    return RolloutInstance(id, instance_health=InstanceHealth.HEALTHY,
                           revision_health=RevisionHealth.CURRENT if serves else RevisionHealth.OLD, **parts)


def instances(value, prefix, **parts):
    names = [f"{prefix}-{i:02}" for i in range(1, value + 1)] if isinstance(value, int) else value or ()
    return [instance(name, **parts) for name in names]


def revision(key):
    return Revision(codedeploy.RevisionType.S3, bucket="revisions", key=key)


class Scenario:
    def __init__(self, path):
        # As the command reads it: numbers stay as they are written.
        self.facts = facts = yaml.safe_load(path.read_text(encoding="utf-8"))
        platform = Platform.from_name(facts["platform"])
        group = {"applicationName": "app", "deploymentGroupName": "group", "computePlatform": str(platform),
                 "serviceRoleArn": "arn:aws:iam::111122223333:role/codedeploy", **facts.get("group", {})}
        said = facts.get("options", {})
        parts = {"alarm_policy": codedeploy.AlarmPolicy.from_name(said["alarm-policy"])} if "alarm-policy" in said else {}
        if platform == Platform.SERVER:
            parts["revision"] = revision("new.zip")
        if "appspec" in facts:
            parts["appspec"] = AppSpec.parse(json.dumps(facts["appspec"]), platform=platform)
        self.options = DeploymentOptions(
            "d-SIM000001", DeploymentGroup.parse(json.dumps(group)),
            ignore_application_stop_failures=said.get("ignoreApplicationStopFailures", False),
            past=(PastDeployment("d-EARLIER01", status=DeploymentStatus.SUCCEEDED,
                                 revision=revision("earlier.zip")),), **parts)
        # What serves has the revision of the deployment before.
        in_place = group.get("deploymentStyle", {}).get("deploymentType") != "BLUE_GREEN"
        self.instances = [*instances(facts.get("instances"), "i", serves=in_place),
                          *instances(facts.get("originals"), "blue", serves=True, original=True)]
        self.provisioned = instances(facts.get("provisioned"), "green")
        self.takes = milliseconds(facts.get("takes"))

    @property
    def rules(self):
        for one in self.facts.get("results", ()):
            yield {"kind": one.get("action"), "target": one.get("target"), "event": one.get("event"),
                   "nth": one.get("nth", 0), "after_ms": milliseconds(one.get("takes")) or self.takes, "deployment": 1,
                   "never": one.get("result") == "none", "failed": one.get("result") == "Failed",
                   "error": codedeploy.EventError.from_name(one["error"]) if "error" in one else 0,
                   "message": one.get("message")}

    @property
    def alarms(self):
        for one in self.facts.get("alarms", ()):
            yield milliseconds(one["at"]), one["alarm"], AlarmState.from_name(one["state"])

    @property
    def inputs(self):
        for one in self.facts.get("inputs", ()):
            if one["do"] == "stop":
                flag = {None: "NOT_SAID", True: "YES", False: "NO"}[one.get("rollback")]
                made = DeploymentInput(InputKind.STOP, answer=codedeploy.Flag[flag])
            elif one["do"] == "continue":
                wait = codedeploy.WaitType.from_name(one["wait"]) if "wait" in one else codedeploy.WaitType.NONE
                made = DeploymentInput(InputKind.CONTINUE, wait=wait)
            else:
                assert one["do"] == "join"
                made = DeploymentInput(InputKind.TARGET, instance=instance(one["instance"]))
            yield milliseconds(one["at"]), made

    def simulate(self):
        host = sim.SimHost(self.options, self.instances, provisioned=self.provisioned, answer_ms=self.takes)
        for rule in self.rules:
            host.add_rule(**rule)
        for alarm in self.alarms:
            host.add_alarm(*alarm)
        for at, input in self.inputs:
            host.add_input(at, input)
        host.run()
        return host


class Company(Host):
    """Does as the simulated host in C: rules, answers that come later, a clock of its own."""

    def __init__(self, scenario):
        self.scenario, self.rules = scenario, [dict(rule, met=0) for rule in scenario.rules]
        self.parts, self.started, self.promises, self.told, self.now = [], 0, [], [], 0
        first = Deployment(scenario.options)
        for one in scenario.instances:
            first.add_target(0, one)
        self.parts.append(first)

    def number(self, deployment):
        return next(i for i, part in enumerate(self.parts) if part is deployment)

    def rule(self, deployment, action):
        for rule in self.rules:
            if self.number(deployment) == 0 and self.applies(rule, action):
                rule["met"] += 1
                if rule["nth"] in (0, rule["met"]):
                    return rule
        takes = self.scenario.takes if action.needs_answer and action.kind != ActionKind.CANCEL else 0
        return {"after_ms": takes, "never": False, "failed": False, "error": 0, "message": None}

    @staticmethod
    def applies(rule, action):
        if rule["kind"] is None:
            fits = action.needs_answer and action.kind != ActionKind.CANCEL
        else:
            fits = str(action.kind) == rule["kind"]
        return fits and rule["target"] in (None, action.target_id) and rule["event"] in (None, action.event_name)

    def perform(self, deployment, action):
        rule = self.rule(deployment, action)
        failure = ActionFailed(rule["message"], error=rule["error"] or None) if rule["failed"] or rule["error"] else None
        made = self.scenario.provisioned if action.kind == ActionKind.PROVISION else None
        if (rule["after_ms"] or rule["never"]) and action.needs_answer:
            if not rule["never"]:
                self.promises.append((self.now + rule["after_ms"], deployment, action, failure, made))
            return codedeploy.PENDING
        if failure:
            raise failure
        return made

    def cancel(self, deployment, action):
        return self.perform(deployment, action)

    notify = save = auto_scaling = cancel

    def roll_back(self, deployment, action):
        options = dataclasses.replace(self.scenario.options, id=f"d-SIM{len(self.parts) + 1:06}", config=None)
        self.parts.append(deployment.new_rollback(deployment.plan_rollback(), options))
        return options.id

    def follow_up(self, deployment, action):
        options = dataclasses.replace(self.scenario.options, id=f"d-SIM{len(self.parts) + 1:06}", root_id=deployment.id,
                                      creator=codedeploy.DeploymentCreator.CODE_DEPLOY_AUTO_UPDATE)
        made = Deployment(options)
        for number in deployment.rollout.outdated:
            view = deployment.rollout[number]
            made.add_target(0, RolloutInstance(view.id, zone=view.zone, instance_health=view.instance_health,
                                               revision_health=view.revision_health))
        self.parts.append(made)
        return options.id

    def poll_alarm(self, deployment, name):
        states = [state for at, alarm, state in self.scenario.alarms if alarm == name and at <= self.now]
        return states[-1] if states else AlarmState.OK

    def changed(self, deployment, change):
        self.told.append((self.number(deployment), change.time_ms, change.kind))

    def due(self, inputs):
        """What comes next: answers first, then inputs, then deadlines."""
        moments = [(one[0], 0, number) for number, one in enumerate(self.promises)]
        moments += [(at, 1, 0) for at, _ in inputs[:1]]
        deadlines = [part.next_deadline for part in self.parts[: self.started]]
        moments += [(at, 2, number) for number, at in enumerate(deadlines) if at is not None]
        return min(moments, default=None)

    def play(self):
        inputs = sorted(self.scenario.inputs, key=lambda one: one[0])
        while True:
            while self.started < len(self.parts):
                self.started += 1
                self.start(self.parts[self.started - 1], self.now)
            due = self.due(inputs)
            if due is None:
                return
            at, what, number = due
            self.now = max(self.now, at)
            if what == 0:
                self.keep_promise(*self.promises.pop(number)[1:])
            elif what == 1:
                with contextlib.suppress(codedeploy.StateError):  # too late
                    self.step(self.parts[-1], self.now, inputs.pop(0)[1])
            else:
                self.step(self.parts[number], self.now)

    def keep_promise(self, deployment, action, failure, made):
        if deployment.open_action(action.token) is None:
            return
        for one in made or ():
            self.step(deployment, self.now, DeploymentInput(InputKind.TARGET, instance=one))
        self.step(deployment, self.now, DeploymentInput(
            InputKind.ANSWER, codedeploy.Outcome.FAILED if failure else codedeploy.Outcome.DONE, action.token,
            error=failure.error or codedeploy.EventError.SUCCESS if failure else codedeploy.EventError.SUCCESS,
            message=failure.message if failure else None))


@unittest.skipUnless(yaml, "PyYAML is not installed")
class Scenarios(unittest.TestCase):
    def each(self, check):
        paths = sorted((EXAMPLES / "scenarios").glob("*.yaml"))
        self.assertGreaterEqual(len(paths), 10)
        for path in paths:
            with self.subTest(path.stem):
                check(Scenario(path), path.stem)

    def test_the_same_as_the_command(self):
        def check(scenario, name):
            host = scenario.simulate()
            succeeded = host.deployments[0].status == DeploymentStatus.SUCCEEDED
            golden = VECTORS / "tools/data/scenarios" / f"{name}.txt"
            shown = host.render() + f"exit {0 if succeeded else 1}\n"
            self.assertEqual(shown, golden.read_text(encoding="utf-8"))
            for entry in host.entries:
                if entry.kind != codedeploy.SimEntryKind.ACTION:
                    self.assertRegex(shown, rf"(?m)^{re.escape(sim.write_time(entry.time_ms))}   (> )?{re.escape(str(entry))}$")

        self.each(check)

    def test_the_same_on_a_host_in_python(self):
        def check(scenario, _):
            simulated, company = scenario.simulate(), Company(scenario)
            company.play()
            self.assertEqual(len(company.parts), len(simulated.deployments))
            for part, want in zip(company.parts, simulated.deployments):
                self.assertEqual(part.write_info(1), want.write_info(1))
                self.assertEqual(part.write_targets(indent=1), want.write_targets(indent=1))
            self.assertEqual(company.told, [(entry.deployment, entry.time_ms, entry.change) for entry in simulated.entries
                                            if entry.kind == codedeploy.SimEntryKind.CHANGE])

        self.each(check)


if __name__ == "__main__":
    unittest.main()
