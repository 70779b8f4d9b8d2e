#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Deployments on this machine: local, plan, rollback, history, recover, in scratch roots.

    test-local.py CODEDEPLOY SOURCE_ROOT EXAMPLE_DEPLOY
"""

import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest
import zipfile

CODEDEPLOY, SOURCE_ROOT, EXAMPLE = map(pathlib.Path.resolve, map(pathlib.Path, sys.argv[1:4]))
APPSPEC = "version: 0.0\nos: linux\nfiles:\n  - source: app\n    destination: /srv/app\n"


def hook(event, script="hook.sh", timeout=20):
    return f"  {event}:\n    - location: {script}\n      timeout: {timeout}\n"


class Trial(unittest.TestCase):
    def setUp(self):
        self.object = tempfile.TemporaryDirectory()
        self.base = pathlib.Path(self.object.name)
        self.root = self.base / "root"
        self.root.mkdir()
        self.records = self.root / "opt/codedeploy-agent/deployment-root"

    def tearDown(self):
        self.object.cleanup()

    def bundle(self, name, files, appspec=APPSPEC, scripts=None):
        folder = self.base / name
        for path, content in {**files, "appspec.yml": appspec}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        for path, content in (scripts or {}).items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content)
            target.chmod(0o755)
        return folder

    def run_command(self, *arguments, **environment):
        result = subprocess.run([CODEDEPLOY, *map(str, arguments)], capture_output=True,
                                stdin=subprocess.DEVNULL, env=os.environ | environment, timeout=120)
        result.out = result.stdout.decode(errors="surrogateescape")
        result.err = result.stderr.decode(errors="surrogateescape")
        return result

    def deploy(self, bundle, *arguments, **environment):
        return self.run_command("local", "--root", self.root, "-l", bundle, *arguments,
                                **environment)

    def news(self, result):
        return [json.loads(line) for line in result.out.splitlines()]

    def tree(self):
        top = self.root / "srv"
        return {str(p.relative_to(top)): (p.lstat().st_mode, None if p.is_dir() else p.read_bytes())
                for p in sorted(top.rglob("*"))} if top.exists() else {}

    def history(self):
        out = self.run_command("history", "--root", self.root, "--format", "json").out
        return [json.loads(line) for line in out.splitlines()]


class Deploy(Trial):
    def test_all_bundle_types_twice_in_a_row(self):
        stop = "#!/bin/sh\necho \"$HELLO stops\"\n"
        source = self.bundle("b", {"app/a b.txt": "1", "app/sub/x": b"\xff\x00"},
                             APPSPEC + "hooks:\n" + hook("ApplicationStop", "stop me.sh"),
                             {"stop me.sh": stop})
        with zipfile.ZipFile(self.base / "b.zip", "w") as archive:
            for path in sorted(source.rglob("*")):
                archive.write(path, path.relative_to(source))
        for name, mode in (("b.tar", "w"), ("b.tgz", "w:gz")):
            with tarfile.open(self.base / name, mode) as archive:
                archive.add(source, ".")
        expected = None
        for kind, location in (("directory", source), ("zip", "b.zip"), ("tar", "b.tar"),
                               ("tgz", "b.tgz")):
            for attempt in range(2):
                result = self.deploy(self.base / location, "-t", kind, "-g", kind, "--json",
                                     "-b", "OVERWRITE", HELLO="old")
                self.assertEqual(result.returncode, 0, result.err)
                stops = [n["text"] for n in self.news(result)
                         if n["kind"] == "log" and n["stream"] == "stdout"]
                self.assertEqual(stops, ["old stops"] * attempt)
            expected = expected or self.tree()
            self.assertEqual(self.tree(), expected)

    def test_a_failed_hook_brings_the_old_files_back_and_redeploys(self):
        good = self.bundle("v1", {"app/f": "1", "app/gone": "x"},
                           APPSPEC + "hooks:\n" + hook("ApplicationStart"),
                           {"hook.sh": "#!/bin/sh\necho started v1\n"})
        bad = self.bundle("v2", {"app/f": "2", "app/new": "y"},
                          APPSPEC + "hooks:\n" + hook("ValidateService"),
                          {"hook.sh": "#!/bin/sh\necho no >&2\nexit 3\n"})
        self.assertEqual(self.deploy(good).returncode, 0)
        before = self.tree()
        result = self.deploy(bad, "--json")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(self.tree(), before)
        self.assertIn("hook.sh", result.err)
        self.assertIn("[stderr]no", result.err)
        kinds = [n["kind"] for n in self.news(result)]
        self.assertIn("reverted", kinds)
        self.assertEqual(kinds.count("deployment-begun"), 2)
        self.assertIn("started v1", [n.get("text") for n in self.news(result)])
        self.assertEqual([(h["status"], h["creator"]) for h in self.history()],
                         [("Succeeded", "user"), ("Failed", "user"),
                          ("Succeeded", "codeDeployRollback")])

    def test_no_rollback(self):
        self.assertEqual(self.deploy(self.bundle("v1", {"app/f": "1"})).returncode, 0)
        bad = self.bundle("v2", {"app/f": "2"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                          {"hook.sh": "#!/bin/sh\nexit 1\n"})
        self.assertEqual(self.deploy(bad, "--no-rollback").returncode, 1)
        self.assertEqual([h["status"] for h in self.history()], ["Succeeded", "Failed"])
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")

    def test_a_conflict_is_found_before_anything_runs(self):
        stop = {"hook.sh": "#!/bin/sh\necho ran >\"$MARK\"\n"}
        first = self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" + hook("ApplicationStop"),
                            stop)
        mark = self.base / "mark"
        self.assertEqual(self.deploy(first, MARK=str(mark)).returncode, 0)
        (self.root / "srv/app/theirs").write_text("mine")
        result = self.deploy(self.bundle("v2", {"app/f": "2", "app/theirs": "2"}), MARK=str(mark))
        self.assertEqual(result.returncode, 1)
        self.assertIn("/srv/app/theirs", result.err)
        self.assertFalse(mark.exists())
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")
        self.assertEqual((self.root / "srv/app/theirs").read_text(), "mine")
        self.assertEqual(self.deploy(self.base / "v2", "-b", "OVERWRITE",
                                     MARK=str(mark)).returncode, 0)

    def test_the_owner_of_a_file_in_the_way_is_named(self):
        bundle = self.bundle("v1", {"app/f": "1"})
        self.assertEqual(self.deploy(bundle, "-g", "web").returncode, 0)
        result = self.deploy(bundle, "-g", "other")
        self.assertEqual(result.returncode, 1)
        self.assertIn("web", result.err)

    def test_rollback_command(self):
        for version in ("1", "2"):
            bundle = self.bundle("v" + version, {"app/f": version})
            self.assertEqual(self.deploy(bundle).returncode, 0)
        result = self.run_command("rollback", "--root", self.root)
        self.assertEqual(result.returncode, 0, result.err)
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")
        entries = self.history()
        self.assertEqual(entries[-1]["revisionOf"], entries[0]["deploymentId"])
        self.assertTrue(entries[-1]["lastSuccessful"])
        missing = self.run_command("rollback", "--root", self.root, "--to", "d-NOSUCH")
        self.assertEqual(missing.returncode, 1)
        self.assertIn("d-NOSUCH", missing.err)

    def test_scripts_get_the_documented_environment(self):
        names = ("LIFECYCLE_EVENT", "DEPLOYMENT_ID", "APPLICATION_NAME", "DEPLOYMENT_GROUP_NAME",
                 "DEPLOYMENT_GROUP_ID")
        script = "#!/bin/sh\n" + "".join(f'echo "${name}"\n' for name in names)
        bundle = self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                             {"hook.sh": script})
        result = self.deploy(bundle, "-a", "an app", "-d", "a group", "-g", "gid", "--json")
        self.assertEqual(result.returncode, 0, result.err)
        lines = [n["text"] for n in self.news(result)
                 if n["kind"] == "log" and n["stream"] == "stdout"]
        identifier = self.news(result)[0]["deploymentId"]
        self.assertRegex(identifier, r"^d-[A-Z0-9]{9}-local$")
        self.assertEqual(lines, ["AfterInstall", identifier, "an app", "a group", "gid"])
        log = (self.records / "gid" / identifier / "logs/scripts.log").read_text()
        self.assertRegex(log, r"(?m)^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d LifecycleEvent - AfterInstall$")
        self.assertRegex(log, r"(?m)^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[stdout\]an app$")

    def test_old_revisions_are_pruned(self):
        config = self.base / "agent.yml"
        config.write_text(f":root_dir: '{self.base}/records'\n:max_revisions: 2\n:verbose: false\n")
        bundle = self.bundle("v1", {"app/f": "1"})
        for _ in range(4):
            result = self.deploy(bundle, "-c", config)
            self.assertEqual(result.returncode, 0, result.err)
        group = self.base / "records/default-local-deployment-group"
        self.assertEqual(len(list(group.iterdir())), 2)
        config.write_text(":max_revisions: none\n")
        self.assertEqual(self.deploy(bundle, "-c", config).returncode, 3)
        self.assertEqual(self.deploy(bundle, "-c", self.base / "none.yml").returncode, 3)

    def test_a_second_deployment_of_a_group_is_refused(self):
        slow = self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                           {"hook.sh": "#!/bin/sh\n: >\"$MARK\"\nsleep 30\n"})
        mark = self.base / "mark"
        first = subprocess.Popen([CODEDEPLOY, "local", "--root", self.root, "-l", slow],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 env=os.environ | {"MARK": str(mark)})
        try:
            for _ in range(100):
                if mark.exists():
                    break
                time.sleep(0.1)
            second = self.deploy(slow, MARK=str(mark))
            self.assertEqual(second.returncode, 1)
            self.assertIn(str(first.pid), second.err)
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait()

    def test_non_utf8_names_survive(self):
        name = b"caf\xe9 \xff\n.txt"
        bundle = self.bundle("v1", {"app/f": "1"})
        with open(os.fsencode(bundle) + b"/app/" + name, "w") as file:
            file.write("x")
        self.assertEqual(self.deploy(bundle).returncode, 0)
        self.assertIn(name, os.listdir(os.fsencode(self.root / "srv/app")))
        self.assertEqual(self.deploy(self.bundle("v2", {"app/g": "1"})).returncode, 0)
        self.assertEqual(os.listdir(self.root / "srv/app"), ["g"])

    def test_remote_locations_go_through_the_helper(self):
        with tarfile.open(self.base / "b.tgz", "w:gz") as archive:
            archive.add(self.bundle("v1", {"app/f": "1"}), ".")
        helper = self.base / "helper"
        helper.write_text(f"#!/bin/sh\n[ \"$1\" = s3://bucket/key ] && cp '{self.base}/b.tgz' \"$2\"\n")
        helper.chmod(0o755)
        result = self.deploy("s3://bucket/key", "-t", "tgz", CODEDEPLOY_FETCH=str(helper))
        self.assertEqual(result.returncode, 0, result.err)
        without = self.deploy("s3://bucket/key", "-t", "tgz", CODEDEPLOY_FETCH="")
        self.assertEqual(without.returncode, 3)
        self.assertIn("CODEDEPLOY_FETCH", without.err)
        self.assertEqual(self.deploy("http://example.com/b.tgz").returncode, 2)

    def test_nothing_is_left_of_a_bad_bundle(self):
        garbage = self.base / "b.zip"
        garbage.write_bytes(b"no zip at all")
        self.assertEqual(self.deploy(garbage, "-t", "zip").returncode, 1)
        self.assertEqual(self.tree(), {})
        self.assertEqual(self.deploy(self.base / "missing").returncode, 1)
        self.assertEqual(self.deploy(self.bundle("e", {"app/f": "1"}, "version: 1.0\n")).returncode,
                         1)
        self.assertEqual(self.tree(), {})

    def test_events(self):
        bundle = self.bundle("v1", {"app/f": "1"})
        result = self.deploy(bundle, "-e", "AfterInstall", "--json")
        ended = [n["event"] for n in self.news(result) if n["kind"] == "event-ended"]
        self.assertEqual(ended, ["DownloadBundle", "Install", "AfterInstall"])
        self.assertEqual(self.deploy(bundle, "-e", "AfterInstall,Install").returncode, 1)


class Plan(Trial):
    def test_touches_nothing(self):
        bundle = self.bundle("v1", {"app/f": "1", "app/sub/g": "2"})
        before = sorted(self.base.rglob("*"))
        for command in (("plan", "--bundle", bundle), ("local", "--dry-run", "-l", bundle)):
            result = self.run_command(*command, "--root", self.root)
            self.assertEqual(result.returncode, 0, result.err)
            self.assertIn("/srv/app/sub/g", result.out)
            self.assertEqual(sorted(self.base.rglob("*")), before)

    def test_json(self):
        bundle = self.bundle("v1", {"app/f": "1"})
        destination = self.base / "dst"
        (bundle / "appspec.yml").write_text(APPSPEC.replace("/srv/app", str(destination)))
        plan = json.loads(self.run_command("plan", "--bundle", bundle, "--format", "json").out)
        self.assertEqual(plan["conflicts"], [])
        self.assertEqual(plan["events"][:3],
                         ["BeforeBlockTraffic", "AfterBlockTraffic", "ApplicationStop"])
        self.assertEqual(plan["instructions"], [
            {"type": "mkdir", "directory": str(destination)},
            {"type": "copy", "source": str(bundle / "app/f"), "destination": f"{destination}/f"}])
        destination.mkdir()
        (destination / "f").write_text("mine")
        result = self.run_command("plan", "--bundle", bundle, "--format", "json")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(json.loads(result.out)["conflicts"][0]["path"], f"{destination}/f")

    def test_archives(self):
        with tarfile.open(self.base / "b.tar", "w") as archive:
            archive.add(self.bundle("v1", {"app/f": "1"}), ".")
        result = self.run_command("plan", "--bundle", self.base / "b.tar", "-t", "tar", "--root",
                                  self.root, TMPDIR=str(self.base))
        self.assertEqual(result.returncode, 0, result.err)
        self.assertEqual(len(list(self.base.glob("codedeploy.*"))), 0)


class Kill(Trial):
    """SIGKILL at many moments; recovery gives the old tree or the new one."""

    def test_kills(self):
        files = {f"app/d{i % 7}/f{i}": f"{i}" * 50 for i in range(150)}
        old = self.bundle("v1", files | {"app/v": "1"})
        new = self.bundle("v2", {k: v + "x" for k, v in files.items() if not k.endswith("7")}
                          | {"app/v": "2", "app/d9/more": "z"})
        self.assertEqual(self.deploy(new).returncode, 0)
        new_tree = self.tree()
        start = time.monotonic()
        self.assertEqual(self.deploy(old).returncode, 0)
        duration = time.monotonic() - start
        old_tree = self.tree()
        generator = random.Random(1)
        outcomes = {"old": 0, "new": 0}
        for _ in range(25):
            process = subprocess.Popen([CODEDEPLOY, "local", "--root", self.root, "-l", new],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(generator.random() * duration * 1.2)
            process.kill()
            process.wait()
            recovered = self.run_command("recover", "--root", self.root)
            self.assertEqual(recovered.returncode, 0, recovered.err)
            tree = self.tree()
            self.assertIn(tree, (old_tree, new_tree))
            outcomes["old" if tree == old_tree else "new"] += 1
            self.assertEqual(self.deploy(old).returncode, 0)
            self.assertEqual(self.tree(), old_tree)
        print(f"killed 25 times: {outcomes}", file=sys.stderr)


class Examples(Trial):
    def test_deploy_example(self):
        bundle = self.bundle("v1", {"app/f": "1"})
        result = subprocess.run([EXAMPLE, bundle, self.root], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")

    def test_the_main_job(self):
        shown = subprocess.run([SOURCE_ROOT / "examples/run",
                                os.path.relpath(CODEDEPLOY.parents[2], SOURCE_ROOT)],
                               capture_output=True, text=True, timeout=120)
        self.assertEqual(shown.returncode, 0, shown.stdout + shown.stderr)
        self.assertIn("the service says: hello from version 1", shown.stdout.splitlines()[-1])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
