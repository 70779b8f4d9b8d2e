# SPDX-License-Identifier: MIT
"""The golden cases of the C library's own tests, through the binding: a difference is a failure."""

import json
import re
import unittest

from support import VECTORS

import codedeploy
from codedeploy import (
    AppSpec,
    ConfigShape,
    DeploymentConfig,
    DeploymentGroup,
    Event,
    InstallPlan,
    InstallRecord,
    Lifecycle,
    Rollout,
    RolloutInstance,
    RolloutOptions,
    sim,
)


class Configs(unittest.TestCase):
    def test_json(self):
        count = 0
        for shape in ConfigShape:
            for path in sorted((VECTORS / "config/data" / shape.name.lower()).glob("*.json")):
                count += 1
                with self.subTest(f"{shape.name} {path.name}"):
                    want = path.with_suffix(".expected").read_text(encoding="utf-8")
                    self.assertEqual(self.describe(path.read_bytes(), shape), want)
        self.assertGreaterEqual(count, 80)

    def describe(self, text, shape):
        config = error = None
        try:
            config = DeploymentConfig.parse(text, shape)
            found = config.diagnostics
        except codedeploy.ConfigError as caught:
            error, found = caught, codedeploy.Diagnostics(caught.diagnostics)
        lines = []
        for one in found.by_place():
            p = one.place or codedeploy.Place(0, 0, 0, 0, 0, 0)
            line = f"{p.line}:{p.column}-{p.end_line}:{p.end_column} {one.severity} {one.name}"
            line += f" {one.pointer}" if one.pointer is not None else ""
            line += f" [{one.info.api_name}]" if one.info.api_name else ""
            lines += [line, f"  {one.message}"] + ([f"  {one.hint}"] if one.hint else [])
        if error:
            return "\n".join([*lines, str(codedeploy.Status(error.status))]) + "\n"
        written = config.write(shape, 2)
        self.assertEqual(DeploymentConfig.parse(written, shape).write(shape, 2), written)
        self.assertEqual(DeploymentConfig.parse(written, shape), config)
        return "\n".join([*lines, written, *(["predefined"] if config.is_predefined else [])]) + "\n"

    def test_predefined(self):
        for name, config in DeploymentConfig.predefined().items():
            self.assertEqual(DeploymentConfig.find(name), config)
            if config.platform != codedeploy.Platform.SERVER:
                mine = DeploymentConfig("Mine", platform=config.platform, traffic=config.traffic)
                self.assertEqual(codedeploy.TrafficSchedule.from_config(mine),
                                 codedeploy.TrafficSchedule.from_config(config))


class Groups(unittest.TestCase):
    def each(self, name, check):
        data = json.loads((VECTORS / "group/data" / name).read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(data["cases"]), 20)
        for case in data["cases"]:
            text = case["group"] if "group" in case else {**data["presets"].get(case.get("on"), {}), **case.get("with", {})}
            with self.subTest(case["name"]):
                check(case, text)

    @staticmethod
    def lines(found):
        return sorted(" ".join([str(d.severity), d.name, "-" if d.pointer is None else d.pointer]
                               + ([d.info.api_name] if d.info.api_name else [])) for d in found)

    def test_rules(self):
        def check(case, text):
            if "duplicate-key" in str(case["findings"]):
                return  # what is found is lost in what json made of it
            options = {"shape": case["shape"].upper()} if "shape" in case else {}
            if "platform" in case:
                options["platform"] = case["platform"]
            try:
                group = DeploymentGroup.parse(json.dumps(text), **options)
            except codedeploy.GroupError as error:
                self.assertEqual(self.lines(error.diagnostics), sorted(case["findings"]))
                return
            self.assertEqual(self.lines(group.diagnostics), sorted(case["findings"]))
            if "is" in case:
                self.assertEqual(str(group.platform), case["is"])
            again = group.write(group.shape_read)
            self.assertEqual(DeploymentGroup.parse(again, **options).write(group.shape_read), again)
            content = group.content
            if content.platform and content.service_role_arn:
                self.assertEqual(DeploymentGroup(content, platform=options.get("platform", "AUTO")).content, content)

        self.each("rules.json", check)

    def test_changes(self):
        def check(case, text):
            group = DeploymentGroup.parse(json.dumps(text))
            change = group.update if "update" in case else group.replacement
            try:
                made = change(json.dumps(case["update"] if "update" in case else case["replacement"]))
            except codedeploy.GroupError as error:
                self.assertEqual(self.lines(error.diagnostics), sorted(case["findings"]))
                return
            self.assertEqual(self.lines(made.diagnostics), sorted(case["findings"]))
            if isinstance(case.get("becomes"), dict):
                self.assertEqual(made, DeploymentGroup.parse(json.dumps(case["becomes"]), platform=group.platform))

        self.each("changes.json", check)

    def test_matching(self):
        def check(case, text):
            group = DeploymentGroup.parse(json.dumps(text))
            pieces = [bytes([one]) for one in json.dumps(case["instances"]).encode()]
            instances = list(codedeploy.read_inventory(pieces))
            members = group.members(instances)
            self.assertEqual([member.id for member in members], case.get("selected", []))
            for index, member in enumerate(members):
                self.assertEqual(members.find(member.id), index)
            for instance in instances:
                full, fast = group.explain(instance), group.match(instance)
                self.assertEqual((full.reason, full.filters, bool(full)), (fast.reason, fast.filters, bool(fast)))
                if instance.id in case.get("why", {}):
                    self.assertEqual(str(full), case["why"][instance.id])

        self.each("matching.json", check)

    def test_health(self):
        count = 0
        for line in (VECTORS / "group/data/health.txt").read_text(encoding="utf-8").splitlines():
            words = line.split()
            if len(words) != 8 or line.startswith("#"):
                continue
            count += 1
            for instance in codedeploy.InstanceHealth:
                for revision in codedeploy.RevisionHealth:
                    if words[3] not in ("-", str(instance)) or words[4] not in ("-", str(revision)):
                        continue
                    outcome = words[2].upper().replace("-", "_")
                    after = codedeploy.health_after(words[1] == "succeeded", outcome, instance, revision)
                    for want, got in zip(words[6:], after):
                        self.assertIn(want, ("-", str(got)), line)
        self.assertGreaterEqual(count, 15)


class Rollouts(unittest.TestCase):
    def test_documented(self):
        count = 0
        for line in (VECTORS / "rollout/data/documented.txt").read_text(encoding="utf-8").splitlines():
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            count += 1
            example = {"number": words[0], **{k: v for k, _, v in (word.partition("=") for word in words[1:])}}
            for healthy in [int(example["healthy"])] if "healthy" in example else [0, int(example["n"])]:
                with self.subTest(line, healthy=healthy):
                    self.play(example, healthy)
        self.assertGreaterEqual(count, 40)

    @staticmethod
    def minimum(text):
        kind = "FLEET_PERCENT" if text.endswith("%") else "HOST_COUNT"
        return codedeploy.MinimumType[kind], int(text.rstrip("%"))

    def options(self, e):
        more = {"kind": codedeploy.RolloutKind.BLUE_GREEN} if "green" in e else {}
        if "zones" in e:
            wait = int(e.get("wait", 0)) * 1000
            more.update(zonal=True, zone_wait_ms=wait, first_zone_wait_ms=int(e.get("first-wait", wait // 1000)) * 1000)
            if "zone-min" in e:
                more["zone_minimum_type"], more["zone_minimum_value"] = self.minimum(e["zone-min"])
        if e["min"].startswith("CodeDeployDefault."):
            return RolloutOptions.from_config(DeploymentConfig.find(e["min"]), **more)
        kind, value = self.minimum(e["min"])
        return RolloutOptions(minimum_type=kind, minimum_value=value, **more)

    def play(self, e, healthy):
        count, zones = int(e["n"]), int(e.get("zones", 0))
        rollout = Rollout(self.options(e))
        rollout.add(RolloutInstance(
            f"i-{i:04}", f"z{i * zones // count}" if zones else None,
            codedeploy.InstanceHealth(i < healthy),
            codedeploy.RevisionHealth.OLD if i < healthy else codedeploy.RevisionHealth.UNKNOWN) for i in range(count))
        rollout.start(0)
        fails = set(e.get("fail", "").split(","))
        begun, steps, now = 0, [], 0
        while True:
            decided = rollout.decide()
            self.assertTrue(all(map(str, decided)))
            started = [d for d in decided if d.kind == codedeploy.DecisionKind.START]
            if not started:
                due = rollout.next_deadline
                if due is None:
                    break
                rollout.step(now := due)
                continue
            steps.append(len(started))
            now += 1000
            for position, decision in enumerate(started, begun + 1):
                rollout.result(decision.instance, str(position) not in fails, now, attempt=decision.attempt)
            begun += len(started)
        got = {"verdict": str(rollout.verdict), "code": rollout.verdict_decision.error_code or "",
               "at-once": str(max(steps, default=0)), "ok": str(rollout.numbers.succeeded), "begun": str(begun),
               "steps": ",".join(map(str, steps))}
        self.assertEqual({k: v for k, v in got.items() if k in e}, {k: e[k] for k in got if k in e})
        self.assertTrue(rollout.settled)

    def test_snapshot(self):
        text = (VECTORS / "rollout/data/snapshot.json").read_text(encoding="utf-8").strip()
        self.assertEqual(Rollout.restore(text).snapshot(), text)
        with self.assertRaises(codedeploy.CorruptError):
            Rollout.restore(text[:-2])


class Lifecycles(unittest.TestCase):
    def test_snapshots(self):
        lines = (VECTORS / "lifecycle/data/snapshots.jsonl").read_text(encoding="utf-8").splitlines()
        self.assertGreaterEqual(len(lines), 12)
        for line in lines:
            want, target = json.loads(line), Lifecycle.restore(line)
            self.assertEqual(target.snapshot(), line)
            self.assertEqual(target.changes, ())
            self.assertEqual([str(target.plan.platform), str(target.plan.scenario), str(target.status), str(target.reason)],
                             [want["platform"], want["scenario"], want["status"], want["reason"]])
            for event, of in zip(target.events, want["events"]):
                self.assertEqual([event.name, str(event.status), str(event.error), str(event.reason)],
                                 [of["name"], of["status"], of["error"], of["reason"]])
            with self.assertRaises(codedeploy.CorruptError):
                Lifecycle.restore(line[:-2])


class Rollbacks(unittest.TestCase):
    """tests/rollback/data: NAME.txt is a situation, NAME.json and NAME.out are its plan."""

    FLAGS = {"traffic-control": "with_traffic_control", "ready-expired": "ready_expired",
             "ignore": "ignore_application_stop_failures", "compatible": "compatible_install",
             "test-listener": "test_listener", "test-traffic": "test_traffic", "replacement": "replacement_exists",
             "original-gone": "original_gone"}
    MARKS = {"original": "original", "begun": "begun", "traffic": "has_traffic", "had-traffic": "had_traffic",
             "good": "on_good_revision", "gone": "gone"}

    def test_golden(self):
        names = sorted((VECTORS / "rollback/data").glob("*.txt"))
        self.assertGreaterEqual(len(names), 6)
        for path in names:
            with self.subTest(path.stem):
                plan = codedeploy.RollbackPlan(self.situation(path.read_text(encoding="utf-8")))
                self.assertEqual(plan.write(2) + "\n", path.with_suffix(".json").read_text(encoding="utf-8"))
                self.assertEqual(str(plan), path.with_suffix(".out").read_text(encoding="utf-8"))
                self.assertEqual(len(plan.targets), len(json.loads(plan.write())["targets"]))
                self.assertTrue(all(map(str, [*plan.steps, *plan.restores, *plan.losses])))

    def situation(self, text):
        parts = {"targets": [], "past": [], "files": []}
        for line in re.split("[;\n]", text):
            if line.strip() and not line.startswith("#"):
                self.statement(parts, line.split())
        return codedeploy.RollbackSituation(**{k: tuple(v) if isinstance(v, list) else v for k, v in parts.items()})

    @staticmethod
    def revision(key):
        return codedeploy.Revision.s3("b", key, "zip")

    def statement(self, parts, words):
        first, value = words[0], words[1] if len(words) > 1 else ""
        enums = {"creator": codedeploy.DeploymentCreator, "status": codedeploy.DeploymentStatus,
                 "cause": codedeploy.RollbackCause, "stop": codedeploy.RollbackStopFlag}
        members = {"creator": "creator", "status": "status", "cause": "cause", "stop": "stop_flag"}
        if first in self.FLAGS:
            parts[self.FLAGS[first]] = True
        elif first in enums:
            parts[members[first]] = enums[first].from_name(value)
        elif first == "platform":
            parts["platform"] = codedeploy.Platform[value.upper()]
        elif first == "type":
            parts["deployment_type"] = codedeploy.DeploymentType[value.upper().replace("-", "_")]
        elif first == "id":
            parts["deployment_id"] = value
        elif first == "failed":
            parts["failed_event"] = Event.from_name(value)
        elif first in ("behavior", "manual-behavior"):
            name = "file_exists_behavior" if first == "behavior" else "manual_file_exists_behavior"
            parts[name] = codedeploy.FileExistsBehavior.from_name(value)
        elif first == "auto":
            causes = dict(zip(("failure", "alarm", "request"), codedeploy.RollbackEvent))
            parts["auto_rollback"] = codedeploy.AutoRollback(
                True, frozenset(event for cause, event in causes.items() if cause in value))
        elif first == "config":
            parts["config"] = self.config(value)
        elif first == "revision":
            parts["revision"] = self.revision(value)
        elif first == "hooks":
            parts["hooks"] = tuple(map(Event.from_name, filter(None, value.split(","))))
        elif first == "weight":
            parts["weight"] = int(value)
        elif first == "wanted":
            parts["wanted_id"] = parts["past"][int(value) - 1].id
        elif first == "ms":
            parts["event_ms"] = {Event.from_name(k): int(v) for k, _, v in (w.partition("=") for w in words[1:])}
        elif first == "file":
            parts["files"].append(codedeploy.RollbackFile(
                value, codedeploy.RollbackFileChange.from_name(words[2]), len(words) > 3))
        elif first == "past":
            parts["past"].append(self.past(words))
        else:
            self.assertEqual(first, "target")
            parts["targets"].append(self.target(words))

    @staticmethod
    def config(word):
        if word == "zonal":
            return DeploymentConfig("zonal", minimum=("HOST_COUNT", 1), zones=codedeploy.Zones())
        if word.startswith("count:"):
            return DeploymentConfig("count", minimum=("HOST_COUNT", int(word[6:])))
        return DeploymentConfig.find(word)

    def past(self, words):
        made = {"status": codedeploy.DeploymentStatus.SUCCEEDED, "revision": self.revision(words[1])}
        for word in words[2:]:
            key, _, value = word.partition("=")
            if key == "status":
                made["status"] = codedeploy.DeploymentStatus.from_name(value)
            elif key == "creator":
                made["creator"] = codedeploy.DeploymentCreator.from_name(value)
            elif key == "key":
                made["revision"] = self.revision(value)
            elif key == "behavior":
                made["file_exists_behavior"] = codedeploy.FileExistsBehavior.from_name(value)
            else:
                made.update({"revision_missing": True} if key == "missing" else {"revision": None})
        return codedeploy.PastDeployment(words[1], **made)

    def target(self, words):
        made = {}
        for word in words[2:]:
            key, _, value = word.partition("=")
            if key in self.MARKS:
                made[self.MARKS[key]] = True
            elif key == "healthy":
                made["instance_health"] = codedeploy.InstanceHealth.HEALTHY
            elif key in ("old", "current"):
                made["revision_health"] = codedeploy.RevisionHealth[key.upper()]
            elif key == "zone":
                made["zone"] = value
            elif key == "status":
                made["status"] = codedeploy.TargetStatus.from_name(value)
            else:
                self.assertEqual(key, "events")
                names = value.split(",")
                made["begun"] = True
                made["events"] = tuple(Event.from_name(name.rstrip("!~")) for name in names)
                made["events_done"] = tuple(Event.from_name(name) for name in names if name[-1] not in "!~")
                for name in names:
                    if name.endswith("!"):
                        made["failed_event"] = Event.from_name(name[:-1])
        return codedeploy.RollbackTarget(words[1], **made)


class Installs(unittest.TestCase):
    """tests/install/data/cases: what the official agent made of installs, of one step each."""

    # What is refused by us, or cannot be followed; see tests/install/test_cases.c.
    LEFT_OUT = {"perm_context_without_range", "exists_bad_option", "bad_option_but_nothing_exists", "source_parent_escape"}

    def test_cases(self):
        compared = 0
        for path in sorted((VECTORS / "install/data/cases").glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8").replace("{{ROOT}}", "/scratch").replace("{{HOME}}", "/home/me"))
            case, (step, *more) = data["case"], data["case"]["steps"]
            result = data["ruby_agent"]["steps"][0]["generate"]
            if more or case["name"] in self.LEFT_OUT or not result["ok"] or step.get("appspec_filename"):
                continue
            with self.subTest(case["name"]):
                compared += self.compare(case, step, result["instructions"])
        self.assertGreaterEqual(compared, 40)

    def lay(self, fs, root, folder, files):
        for name, what in (files or {}).items():
            path = f"{folder}/{name}" if not name.startswith("/") else name
            path = re.sub("/+", "/", path).rstrip("/")
            if isinstance(what, str):
                fs.put_file(root, path, what)
            elif "link" in what:
                fs.put_symlink(root, path, what["link"])
            elif what.get("dir"):
                fs.put_directory(root, path)
            else:
                fs.put_file(root, path, what["content"], int(str(what.get("mode", "0644")), 8))

    def compare(self, case, step, expected):
        fs = sim.FileSystem()
        fs.put_directory("DESTINATION", "/scratch")
        fs.put_directory("DESTINATION", "/home/me")
        self.lay(fs, "REVISION", "", step["bundle"])
        self.lay(fs, "DESTINATION", "/scratch", step.get("pre"))
        spec = AppSpec.parse(step["appspec"])
        self.lay(fs, "REVISION", "", {"appspec.yml": step["appspec"]})
        plan = InstallPlan(spec, fs, mode="compatible", revision_directory="/scratch/bundle1",
                           working_directory=case.get("cwd") or "/scratch", home_directory="/home/me",
                           file_exists_behavior=step.get("file_exists_behavior") or "UNSET")
        ours = plan.write_instructions()
        made = codedeploy.parse_instructions(ours)
        self.assertEqual(list(plan), made)
        self.assertEqual(b"".join(plan.pieces("JSON", 1)).decode(), ours)
        self.assertEqual(json.loads(ours)["instructions"], expected)
        for instruction in InstallRecord(plan.write_record()):
            self.assertTrue(instruction.path)
        return 1


class Words(unittest.TestCase):
    def test_every_word_is_read_back(self):
        from codedeploy._words import _READ

        self.assertGreater(len(_READ), 30)
        for cls in _READ:
            for member in cls:
                if str(member) not in ("unknown", "unset", "auto", "none"):
                    self.assertEqual(cls.from_name(str(member)), member)
            for word in ("", "unknown ", "ÿ", "a" * 1000):
                with self.assertRaises(ValueError):
                    cls.from_name(word)
            with self.assertRaises(TypeError):
                cls.from_name(7)


if __name__ == "__main__":
    unittest.main()
