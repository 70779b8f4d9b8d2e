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
import time
import unittest
import zipfile

sys.dont_write_bytecode = True
import trial
from trial import CODEDEPLOY

SOURCE_ROOT, EXAMPLE = map(pathlib.Path.resolve, map(pathlib.Path, sys.argv[2:4]))
APPSPEC = trial.HEAD + trial.FILES


def hook(event, script="hook.sh", timeout=20):
    return f"  {event}:\n    - location: {script}\n      timeout: {timeout}\n"


class Trial(trial.Trial):
    def run_command(self, *arguments, **environment):
        return super().run_command(*arguments, environment=environment)

    def news(self, result):
        return [json.loads(line) for line in result.out.splitlines()]

    def tree(self):
        top = self.root / "srv"
        return {os.fsencode(p.relative_to(top)): (p.lstat().st_mode,
                                                  None if p.is_dir() else p.read_bytes())
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
            self.wait_for(mark.exists)
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

    def test_root_and_bundle_may_be_relative(self):
        bundle = self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                             {"hook.sh": "#!/bin/sh\n:\n"})
        for _ in range(2):
            result = subprocess.run([CODEDEPLOY, "local", "--root", "root", "-l", bundle.name],
                                    cwd=self.base, capture_output=True)
            self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")
        # It is the same group, however its place is written.
        self.assertEqual(len(self.history()), 2)
        self.assertEqual(self.deploy(bundle).returncode, 0)
        self.assertEqual({h["status"] for h in self.history()}, {"Succeeded"})
        cleanup = self.records / "deployment-instructions/default-local-deployment-group-cleanup"
        self.assertTrue(cleanup.read_text().startswith(str(self.root.resolve())))

    def test_interrupts_stop_it_in_good_order(self):
        good = self.bundle("v1", {"app/f": "1"})
        slow = self.bundle("v2", {"app/f": "2"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                           {"hook.sh": "#!/bin/sh\necho $$ >\"$MARK\"\nsleep 30\n"})
        self.assertEqual(self.deploy(good).returncode, 0)
        before = self.tree()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            mark = self.base / f"mark{number}"
            process = subprocess.Popen([CODEDEPLOY, "local", "--root", self.root, "-l", slow],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       env=os.environ | {"MARK": str(mark)},
                                       # The tests may run under nohup, which is heeded.
                                       preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
            self.wait_for(lambda: mark.exists() and mark.read_text().strip())
            self.assertEqual((self.root / "srv/app/f").read_text(), "2")
            process.send_signal(number)
            out, err = process.communicate(timeout=30)
            self.assertEqual(process.returncode, 1, err)
            self.assertEqual(self.tree(), before)
            self.assertEqual(self.history()[-1]["status"], "Stopped")
            self.assertRaises(ProcessLookupError, os.kill, int(mark.read_text()), 0)
            self.assertIn(b"codedeploy rollback", err)
        # The last successful revision is what one goes back to, not the one before it.
        self.assertEqual(self.run_command("rollback", "--root", self.root).returncode, 0)
        self.assertEqual(self.history()[-1]["revisionOf"], self.history()[0]["deploymentId"])

    def test_output_that_nobody_reads_ends_nothing(self):
        bundle = self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" + hook("BeforeInstall"),
                             {"hook.sh": "#!/bin/sh\nsleep 0.3\necho hello\n"})
        process = subprocess.Popen([CODEDEPLOY, "local", "--root", self.root, "-l", bundle],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdout.close()
        process.wait(timeout=60)
        self.assertEqual(self.history()[-1]["status"], "Succeeded")
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")

    def test_what_was_killed_is_finished_in_the_history(self):
        self.assertEqual(self.deploy(self.bundle("v1", {"app/f": "1"})).returncode, 0)
        before = self.tree()
        slow = self.bundle("v2", {"app/f": "2"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                           {"hook.sh": "#!/bin/sh\n: >\"$MARK\"\nsleep 30\n"})
        mark = self.base / "mark"
        process = subprocess.Popen([CODEDEPLOY, "local", "--root", self.root, "-l", slow],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=os.environ | {"MARK": str(mark)})
        self.wait_for(mark.exists)
        process.kill()
        process.wait()
        self.assertEqual(self.history()[-1]["status"], "InProgress")
        # Below another root its files would seem to be gone.
        other = self.base / "other"
        other.mkdir()
        config = self.base / "agent.yml"
        config.write_text(f":root_dir: '{self.records}'\n")
        result = self.run_command("recover", "--root", other, "-c", config)
        self.assertEqual(result.returncode, 1)
        self.assertIn(str(self.root.resolve()), result.err)
        self.assertEqual(self.history()[-1]["status"], "InProgress")
        # The script is still being ended: recovery waits for that.
        result = self.run_command("recover", "--root", self.root)
        self.assertEqual(result.returncode, 0, result.err)
        self.assertIn("cut off", result.err)
        self.assertEqual(self.tree(), before)
        last = self.history()[-1]
        self.assertEqual(last["status"], "Failed")
        self.assertIsNotNone(last["completeTime"])
        self.assertIn("old files are back", last["message"])
        self.assertTrue(self.history()[0]["lastSuccessful"])
        result = self.run_command("recover", "--root", self.root)
        self.assertIn("nothing to recover", result.out)
        self.assertEqual(result.err, "")

    def test_what_was_killed_in_the_official_order_is_as_it_was_left(self):
        self.assertEqual(self.deploy(self.bundle("v1", {"app/f": "1"})).returncode, 0)
        slow = self.bundle("v2", {"app/f": "2"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                           {"hook.sh": "#!/bin/sh\n: >\"$MARK\"\nsleep 30\n"})
        mark = self.base / "mark"
        process = subprocess.Popen([CODEDEPLOY, "local", "--root", self.root, "-l", slow, "--mode",
                                    "compatible"], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=os.environ | {"MARK": str(mark)})
        self.wait_for(mark.exists)
        process.kill()
        process.wait()
        result = self.run_command("recover", "--root", self.root)
        self.assertEqual(result.returncode, 0, result.err)
        self.assertIn("as it left them", result.err)
        self.assertEqual((self.root / "srv/app/f").read_text(), "2")
        self.assertEqual(self.history()[-1]["status"], "Failed")
        # The last successful one, deployed again, takes them away by the record.
        self.assertEqual(self.run_command("rollback", "--root", self.root).returncode, 0)
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")

    def test_rollback_deploys_with_the_settings_of_then(self):
        first = self.bundle("v1", {"app/f": "1"})
        (first / "appspec.yml").rename(first / "other.yml")
        (self.root / "srv/app").mkdir(parents=True)
        (self.root / "srv/app/f").write_text("theirs")
        result = self.deploy(first, "-A", "other.yml", "-b", "OVERWRITE", "-a", "first",
                             "-d", "fleet")
        self.assertEqual(result.returncode, 0, result.err)
        (self.root / "srv/app/f").unlink()
        bad = self.bundle("v2", {"app/f": "2"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                          {"hook.sh": "#!/bin/sh\nexit 1\n"})
        result = self.deploy(bad, "-b", "RETAIN", "-a", "second", "-e", "AfterInstall")
        self.assertEqual(result.returncode, 1)
        last = self.history()[-1]
        self.assertEqual((last["status"], last["creator"], last["applicationName"]),
                         ("Succeeded", "codeDeployRollback", "first"))
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")

    def test_refused_revisions_push_none_out(self):
        config = self.base / "agent.yml"
        config.write_text(f":root_dir: '{self.base}/records'\n:max_revisions: 2\n")
        group = self.base / "records/default-local-deployment-group"
        good = self.bundle("v1", {"app/f": "1"})
        bad = self.bundle("v2", {"app/f": "1"}, "version: 1.0\n")
        for bundle in (good, good, bad, bad, bad, bad, good):
            self.deploy(bundle, "-c", config)
        kept = [d.name for d in group.iterdir() if (d / "deployment-archive").exists()]
        self.assertEqual(len(kept), 2)
        self.assertEqual(len(list(group.iterdir())), 4)

    def test_configuration_file(self):
        config = self.base / "agent.yml"
        bundle = self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                             {"hook.sh": "#!/bin/sh\necho \"${OTHER-none}$LD_LIBRARY_PATH\"\n"})
        logs = self.base / "records/deployment-logs"
        def deploy(text, *arguments, source=bundle):
            config.write_text(f":root_dir: '{self.base}/records'\n" + text)
            shutil.rmtree(self.base / "records", ignore_errors=True)
            shutil.rmtree(self.root / "srv", ignore_errors=True)
            return self.deploy(source, "-c", config, *arguments, OTHER="other",
                               LD_LIBRARY_PATH=os.environ.get("LD_LIBRARY_PATH", ""))
        self.assertIn("| other", deploy("").out)
        self.assertTrue((logs / "codedeploy-agent-deployments.log").exists())
        deploy(":program_name: my-agent\n")
        self.assertEqual(os.listdir(logs), ["my-agent-deployments.log"])
        deploy(":enable_deployments_log: false\n")
        self.assertEqual(os.listdir(logs), [])
        self.assertIn("| none", deploy(":restrict_hook_env_to_allowlist: true\n").out)
        self.assertEqual(deploy(":strip_loader_env_in_hooks: yes\n").returncode, 0)
        self.assertEqual(deploy(":archive_max_extraction_size: 1\n").returncode, 1)
        self.assertEqual(deploy(":archive_max_extraction_size: 4GiB\n").returncode, 0)
        self.assertEqual(deploy(":restrict_agent_dir_permissions: true\n").returncode, 0)
        self.assertEqual(logs.stat().st_mode & 0o777, 0o700)
        linked = self.bundle("linked", {"app/f": "1"})
        (linked / "app/link").symlink_to("f")
        self.assertEqual(deploy("", source=linked).returncode, 0)
        result = deploy("reject_symlinks_in_bundle: true\n", source=linked)
        self.assertEqual(result.returncode, 1)
        self.assertIn("app/link", result.err)
        suid = self.bundle("suid", {"app/f": "1"}, APPSPEC + "permissions:\n  - object: /srv/app\n"
                           "    mode: 4755\n    type: [file]\n")
        self.assertEqual(deploy("", source=suid).returncode, 0)
        result = deploy(":reject_unsafe_permissions_in_bundle: true\n", source=suid)
        self.assertEqual(result.returncode, 1)
        self.assertIn("set-id", result.err)
        result = deploy(":max_revision: 3\n:wait_between_runs: 30\n")
        self.assertEqual(result.returncode, 0)
        self.assertIn("max_revision`", result.err)
        self.assertNotIn("wait_between_runs", result.err)
        for wrong in (":max_revisions: 0", ":max_revisions: none", ":use_fips_mode: maybe",
                      ":archive_max_extraction_size: 1.5GB"):
            result = deploy(wrong + "\n")
            self.assertEqual(result.returncode, 3)
            self.assertIn(wrong.split(": ")[1], result.err)

    def test_the_helper_hears_of_the_configuration(self):
        premises = self.base / "onpremises.yml"
        premises.write_text("---\nregion: eu-west-1\naws_access_key_id: AKID\n"
                            "aws_secret_access_key: 'se cret'\n")
        config = self.base / "agent.yml"
        config.write_text(f":root_dir: '{self.base}/records'\n:proxy_uri: http://proxy:3128\n"
                          f":s3_endpoint_override: https://s3.example\n:use_fips_mode: true\n"
                          f":disable_imds_v1: true\n:http_read_timeout: 80\n"
                          f":on_premises_config_file: '{premises}'\n")
        with tarfile.open(self.base / "b.tgz", "w:gz") as archive:
            archive.add(self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" +
                                    hook("AfterInstall"),
                                    {"hook.sh": "#!/bin/sh\nenv | grep -E '^(AWS_ACCESS|AWS_SECRET|BUNDLE)_' | sort\n"}),
                        ".")
        names = ("AWS_REGION", "AWS_ENDPOINT_URL_S3", "HTTPS_PROXY", "AWS_USE_FIPS_ENDPOINT",
                 "AWS_EC2_METADATA_V1_DISABLED", "CODEDEPLOY_READ_TIMEOUT", "AWS_ACCESS_KEY_ID",
                 "AWS_SECRET_ACCESS_KEY")
        helper = self.base / "helper"
        helper.write_text(f"#!/bin/sh\nfor n in {' '.join(names)}; do eval \"echo \\$$n\"; done "
                          f">'{self.base}/heard'\ncp '{self.base}/b.tgz' \"$2\"\n")
        helper.chmod(0o755)
        environment = {name: "" for name in names} | {"CODEDEPLOY_FETCH": str(helper)}
        for name in names:
            os.environ.pop(name, None)
            environment.pop(name, None)
        result = self.deploy("s3://bucket/some/key.tgz?versionId=v7&etag=abc", "-t", "tgz", "-c",
                             config, "--json", **environment)
        self.assertEqual(result.returncode, 0, result.err)
        self.assertEqual((self.base / "heard").read_text().splitlines(),
                         ["eu-west-1", "https://s3.example", "http://proxy:3128", "true", "true",
                          "80", "AKID", "se cret"])
        lines = [n["text"] for n in self.news(result)
                 if n["kind"] == "log" and n["stream"] == "stdout"]
        self.assertEqual(lines, ["BUNDLE_BUCKET=bucket", "BUNDLE_ETAG=abc",
                                 "BUNDLE_KEY=some/key.tgz", "BUNDLE_VERSION=v7"])
        group = self.base / "records/default-local-deployment-group"
        self.assertTrue(next(group.iterdir()).joinpath("bundle.tar").is_file())

    def test_locations(self):
        source = self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                             {"hook.sh": "#!/bin/sh\necho commit \"$BUNDLE_COMMIT\"\n"})
        with tarfile.open(self.base / "b.tgz", "w:gz") as archive:
            archive.add(source, "repository-abc123")
        with zipfile.ZipFile(self.base / "b.zip", "w") as archive:
            for path in sorted(source.rglob("*")):
                archive.write(path, "repository-abc123" / path.relative_to(source))
        helper = self.base / "helper"
        helper.write_text(f"#!/bin/sh\ncase $1 in *no-such*) exit 22 ;; *nothing*) exit 0 ;;\n"
                          f"*tar*) cp '{self.base}/b.tgz' \"$2\" ;;\n"
                          f"*) cp '{self.base}/b.zip' \"$2\" ;; esac\n")
        helper.chmod(0o755)
        site, api = "https://github.com/owner/repository", "https://api.github.com/repos/owner/r"
        for location, options, said in (
                (site, (), ""), (site + "/tree/main", (), "main"),
                (site + "/commit/abc123", ("-t", "zip"), "abc123"),
                (api + "/zipball/abc123", (), "abc123"),
                (api + "/tarball/v1", (), "v1"), (api + "/tarball/v1", ("-t", "tar"), "v1"),
                ("https://example.com/b.tar.gz", ("-t", "tgz"), ""),
                (f"file:{self.base}/b.tgz", ("-t", "tgz"), ""),
                (f"file://{self.base}/b.zip", ("-t", "zip"), "")):
            result = self.deploy(location, *options, CODEDEPLOY_FETCH=str(helper))
            self.assertEqual(result.returncode, 0, location + result.out + result.err)
            self.assertIn(f"    | commit {said}\n", result.out)
            plan = self.run_command("plan", "--bundle", location, *options, "--root", self.root,
                                    CODEDEPLOY_FETCH=str(helper), TMPDIR=str(self.base))
            self.assertEqual(plan.returncode, 0, plan.err)
            self.assertEqual(list(self.base.glob("codedeploy.*")), [])
        for location, options, said in (
                ("s3://bucket", ("-t", "zip"), "s3://BUCKET/KEY"),
                ("s3://bucket/key", (), "zip, tar or tgz"),
                ("https://example.com/b", (), "zip, tar or tgz"),
                (site + "/tree/no-such", (), "could not be fetched"),
                (site + "/tree/nothing", (), "could not be fetched")):
            result = self.deploy(location, *options, CODEDEPLOY_FETCH=str(helper))
            self.assertEqual(result.returncode, 1, location)
            self.assertIn(said, result.err)

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


    def test_paths_may_be_spelt_in_any_way(self):
        bundle = self.bundle("v1", {"app/f": "1"})
        (self.base / "a").mkdir()
        (self.base / "elsewhere/in").mkdir(parents=True)
        (self.base / "link").symlink_to("elsewhere/in")
        for cwd, root in ((self.base, "root/"), (self.root, "."), (self.root / "opt", ".."),
                          (self.base, "a/../root"), (self.base, ".//root/./"),
                          (self.base, "link/../../root")):
            result = subprocess.run([CODEDEPLOY, "local", "--root", root, "-l", bundle], cwd=cwd,
                                    capture_output=True)
            self.assertEqual(result.returncode, 0, (root, result.stderr))
        self.assertEqual(len(self.history()), 5)  # as many as are kept
        config = self.base / "agent.yml"
        config.write_text(f":root_dir: {self.base}/a/\n")
        self.assertEqual(self.deploy(bundle, "-c", config, "-b", "OVERWRITE").returncode, 0)

    def test_home_is_read_when_it_is_needed_only(self):
        plain = self.bundle("v1", {"app/f": "1"})
        at_home = self.bundle("v2", {"app/f": "1"},
                              "version: 0.0\nos: linux\nfiles:\n  - source: app\n"
                              "    destination: ~/app\n")
        for home in ("/srv/me/", "", "relative", "//srv//me"):
            self.assertEqual(self.deploy(plain, HOME=home).returncode, 0)
            result = self.deploy(at_home, "-g", "home" + str(len(home)), "-b", "OVERWRITE", HOME=home)
            self.assertEqual(result.returncode, 0 if home.startswith("/") else 1, result.err)
        self.assertEqual((self.root / "srv/me/app/f").read_text(), "1")

    def test_modes_pass_links_over(self):
        bundle = self.bundle("v1", {"app/f": "1"}, APPSPEC + "permissions:\n  - object: /srv/app\n"
                             "    mode: '0640'\n    acls: ['u:root:r']\n")
        (bundle / "app/cur").symlink_to("f")
        (bundle / "app/out").symlink_to("nowhere")
        for mode in ("transactional", "compatible"):
            result = self.deploy(bundle, "--mode", mode)
            if "Operation not supported" in result.err:
                self.skipTest("no ACLs here")
            self.assertEqual(result.returncode, 0, result.err)
            self.assertEqual((self.root / "srv/app/f").stat().st_mode & 0o777, 0o640)
            self.assertEqual(os.readlink(self.root / "srv/app/cur"), "f")
        result = self.run_command("plan", "--bundle", bundle, "--root", self.root)
        self.assertIn("chmod 0640", result.out)
        self.assertNotIn("app/cur", "".join(
            line for line in result.out.splitlines() if line.lstrip().startswith(("chmod", "setfacl"))))

    def test_a_context_without_semanage_is_refused_at_once(self):
        if shutil.which("semanage", path="/usr/bin:/bin:/usr/sbin:/sbin"):
            self.skipTest("semanage is here")
        self.assertEqual(self.deploy(self.bundle("v1", {"app/f": "1"})).returncode, 0)
        bundle = self.bundle("v2", {"app/f": "2"}, APPSPEC + "permissions:\n  - object: /srv/app\n"
                             "    context: {type: httpd_t, range: s0}\n")
        for command in (("plan", "--bundle", bundle), ("local", "-l", bundle)):
            result = self.run_command(*command, "--root", self.root)
            self.assertNotEqual(result.returncode, 0)
            self.assertIn("semanage", result.err + result.out)
        self.assertEqual(self.deploy(self.base / "v1").returncode, 0)

    def test_a_context_that_was_never_set_is_not_taken_back(self):
        tools = self.base / "tools"
        tools.mkdir()
        if shutil.which("semanage", path="/usr/bin:/bin:/usr/sbin:/sbin"):
            self.skipTest("semanage is here")
        (tools / "semanage").write_text("#!/bin/sh\nrm \"$0\"\nexit 1\n")
        (tools / "semanage").chmod(0o755)
        path = f"{tools}:{os.environ['PATH']}"
        self.assertEqual(self.deploy(self.bundle("v1", {"app/f": "1"})).returncode, 0)
        bundle = self.bundle("v2", {"app/f": "2"}, APPSPEC + "permissions:\n  - object: /srv/app\n"
                             "    context: {type: httpd_t, range: s0}\n")
        result = self.deploy(bundle, "--no-rollback", PATH=path)
        self.assertEqual(result.returncode, 1)
        self.assertIn("semanage", result.err)
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")
        result = self.deploy(self.base / "v1")
        self.assertEqual(result.returncode, 0, result.err)

    def test_the_last_revision_may_be_gone_or_spoilt(self):
        first = self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" + hook("ApplicationStop"),
                            {"hook.sh": "#!/bin/sh\nexit 3\n"})
        second = self.bundle("v2", {"app/f": "2"})
        self.assertEqual(self.deploy(first).returncode, 0)
        archive = pathlib.Path(self.news(self.deploy(second, "--json", "--no-rollback"))[0][
            "text"]).parent / self.history()[0]["deploymentId"] / "deployment-archive"
        result = self.deploy(second, "--no-rollback")
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"earlier deployment {archive.parent.name}", result.err)
        (archive / "appspec.yml").write_text("version: [")
        result = self.deploy(second, "--no-rollback")
        self.assertEqual(result.returncode, 1)
        self.assertIn(str(archive / "appspec.yml"), result.err)
        shutil.rmtree(archive)
        result = self.deploy(second, "--no-rollback")
        self.assertEqual(result.returncode, 0, result.err)

    def test_install_happens_once(self):
        self.assertEqual(self.deploy(self.bundle("v1", {"app/f": "1"})).returncode, 0)
        for events in ("Install,Install", "DownloadBundle,Install,DownloadBundle"):
            result = self.deploy(self.bundle("v2", {"app/f": "2"}), "-e", events, "--no-rollback")
            self.assertEqual(result.returncode, 1)
            self.assertIn("twice", result.err)
            self.assertEqual((self.root / "srv/app/f").read_text(), "1")

    def test_a_limit_that_is_given_is_the_limit(self):
        zeros = self.bundle("v1", {"app/f": "1"})
        with open(zeros / "app/zeros", "wb") as file:
            file.truncate(300 << 20)
        subprocess.run(["tar", "-C", zeros, "-czf", self.base / "b.tgz", "."], check=True)
        shutil.rmtree(zeros)
        refused = self.deploy(self.base / "b.tgz", "-t", "tgz")
        self.assertEqual(refused.returncode, 1)
        config = self.base / "agent.yml"
        config.write_text(":archive_max_extraction_size: 16GB\n")
        result = self.deploy(self.base / "b.tgz", "-t", "tgz", "-c", config, "--dry-run")
        self.assertEqual(result.returncode, 0, result.err)

    def test_options_of_other_commands_are_refused(self):
        self.assertEqual(self.deploy(self.bundle("v1", {"app/f": "1"})).returncode, 0)
        for wrong in (("history", "--format", "xml"), ("history", "--mode", "compatible"),
                      ("recover", "--mode", "compatible"), ("recover", "--to", "x"),
                      ("rollback", "--format", "json")):
            result = self.run_command(*wrong, "--root", self.root)
            self.assertEqual((result.returncode, result.out), (2, ""), wrong)


class Mounts(Trial):
    """In a mount namespace of its own, where the kernel lets us have one."""

    def in_namespace(self, script):
        ask = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
        try:
            if subprocess.run([*ask, "mount", "-t", "tmpfs", "tmpfs", self.root],
                              capture_output=True).returncode != 0:
                self.skipTest("no mounts here")
        except FileNotFoundError:
            self.skipTest("no unshare here")
        result = subprocess.run([*ask, "sh", "-ec", script], cwd=self.base, capture_output=True,
                                env=os.environ | {"CD": str(CODEDEPLOY)}, timeout=60)
        return result, (result.stdout + result.stderr).decode()

    def test_a_read_only_destination_blocks_nothing(self):
        self.bundle("v1", {"app/f": "1"})
        self.bundle("v2", {"app/f": "2"})
        self.bundle("v3", {"app/f": "3"}, APPSPEC.replace("/srv/app", "/other/app"))
        result, said = self.in_namespace("""
            mkdir root/srv; mount -t tmpfs tmpfs root/srv
            "$CD" local --root root -l v1 >/dev/null
            mount -o remount,ro root/srv
            ! "$CD" local --root root -l v2 --no-rollback
            test "$(cat root/srv/app/f)" = 1
            mount -o remount,rw root/srv
            "$CD" local --root root -l v2
            test "$(cat root/srv/app/f)" = 2
            mount -o remount,ro root/srv
            ! "$CD" local --root root -l v1 --no-rollback
            ls root/opt/codedeploy-agent/deployment-root/deployment-instructions
            """)
        self.assertEqual(result.returncode, 0, said)
        self.assertIn("Nothing can be made or removed in the directory", said)
        self.assertNotIn("-journal", said)


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
    """SIGKILL at many moments; recovery gives the old tree or the new one, and the history says so.

    As many as the time allows, but some in any case; CODEDEPLOY_KILLS asks for more."""

    def test_kills(self):
        files = {f"app/d{i % 7}/f{i}": f"{i}" * 50 for i in range(150)}
        hooks = APPSPEC + "hooks:\n" + hook("BeforeInstall") + hook("AfterInstall")
        script = {"hook.sh": "#!/bin/sh\nsleep 0.02\n"}
        old = self.bundle("v1", files | {"app/v": "1"}, hooks, script)
        new = self.bundle("v2", {k: v + "x" for k, v in files.items() if not k.endswith("7")}
                          | {"app/v": "2", "app/d9/more": "z"}, hooks, script)
        # Names that are not UTF-8, also where a unit of the journal begins.
        for bundle, text in ((old, "1"), (new, "2")):
            for name in (b"app/\xff\n", b"app/d1/caf\xe9", b"app/only-" + text.encode() + b"\xfe"):
                with open(os.fsencode(bundle) + b"/" + name, "w") as file:
                    file.write(text)
        self.assertEqual(self.deploy(new).returncode, 0)
        new_tree = self.tree()
        start = time.monotonic()
        self.assertEqual(self.deploy(old).returncode, 0)
        duration = time.monotonic() - start
        old_tree = self.tree()
        generator = random.Random(1)
        outcomes = {"old": 0, "new": 0}
        wanted = int(os.environ.get("CODEDEPLOY_KILLS", 25))
        limit = time.monotonic() + (25 if wanted == 25 else 3600)
        while sum(outcomes.values()) < wanted and (sum(outcomes.values()) < 6 or
                                                   time.monotonic() < limit):
            process = subprocess.Popen([CODEDEPLOY, "local", "--root", self.root, "-l", new],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(generator.random() * duration * 1.2)
            process.kill()
            killed = process.wait() != 0
            recovered = self.run_command("recover", "--root", self.root)
            self.assertEqual(recovered.returncode, 0, recovered.err)
            tree = self.tree()
            self.assertIn(tree, (old_tree, new_tree))
            last = self.history()[-1]
            self.assertNotEqual(last["status"], "InProgress")
            if killed and "cut off" in recovered.err:
                self.assertEqual(last["status"], "Succeeded" if tree == new_tree else "Failed")
            self.assertEqual([p for p in self.root.rglob(".codedeploy*")], [])
            outcomes["old" if tree == old_tree else "new"] += 1
            self.assertEqual(self.deploy(old).returncode, 0)
            self.assertEqual(self.tree(), old_tree)
        print(f"killed {sum(outcomes.values())} times: {outcomes}, no mixture", file=sys.stderr)


class Examples(Trial):
    def test_the_example_bundles_in_all_types_twice_in_a_row(self):
        """The second run uses the previous revision's ApplicationStop: it stops the service."""
        source = SOURCE_ROOT / "examples/bundles/hello/v1"
        for name, mode in (("b.tar", "w"), ("b.tgz", "w:gz")):
            with tarfile.open(self.base / name, mode) as archive:
                archive.add(source, ".")
        with zipfile.ZipFile(self.base / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(source.rglob("*")):
                archive.write(path, path.relative_to(source))
        pids = []
        try:
            for kind, location in (("directory", source), ("zip", self.base / "b.zip"),
                                   ("tar", self.base / "b.tar"), ("tgz", self.base / "b.tgz")):
                for attempt in range(2):
                    result = self.deploy(location, "-t", kind)
                    self.assertEqual(result.returncode, 0, result.out + result.err)
                    self.assertIn("the service says: hello from version 1", result.out)
                    self.assertEqual("| stopped" in result.out, bool(pids))
                    for pid in pids:
                        self.wait_for(lambda: not os.path.exists(f"/proc/{pid}") or
                                      ") Z " in pathlib.Path(f"/proc/{pid}/stat").read_text())
                    pids.append(int((self.root / "srv/hello/pid").read_text()))
        finally:
            for pid in pids:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        self.assertEqual({h["status"] for h in self.history()}, {"Succeeded"})

    def test_called_by_the_official_name(self):
        link = self.base / "codedeploy-local"
        link.symlink_to(CODEDEPLOY)
        bundle = self.bundle("v1", {"app/f": "1"})
        result = subprocess.run([link, "--root", self.root, "-l", bundle], capture_output=True)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")
        for option, said in (("-h", b"--bundle-location"), ("--help", b"--bundle-location"),
                             ("-v", b"codedeploy "), ("--version", b"codedeploy ")):
            result = subprocess.run([link, option], capture_output=True)
            self.assertEqual(result.returncode, 0)
            self.assertIn(said, result.stdout)

    def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere(self):
        bundle = self.bundle("v1", {f"app/f{i}": str(i) for i in range(50)})
        parent, child = os.openpty()
        process = subprocess.Popen([CODEDEPLOY, "local", "--root", self.root, "-l", bundle],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=child)
        os.close(child)
        shown = b""
        try:
            while chunk := os.read(parent, 65536):
                shown += chunk
        except OSError:
            pass
        os.close(parent)
        out = process.communicate()[0]
        self.assertEqual(process.returncode, 0)
        self.assertRegex(shown, rb"\r  \[ {20}\] 0 of 52, 0\.0 of 0\.0 MB\r")
        self.assertRegex(shown, rb"\r  \[#{19} \] 5[01] of 52, 0\.0 of 0\.0 MB\r\x1b\[K$")
        self.assertLess(shown.count(b"\r"), 250)
        self.assertNotIn(b"\r", out)
        plain = self.deploy(bundle, "-b", "OVERWRITE")
        self.assertNotIn("\r", plain.out + plain.err)
        self.assertIn("  Install                Succeeded", plain.out)
        progress = [n for n in self.news(self.deploy(bundle, "--json", "-b", "OVERWRITE",
                                                        "-g", "json")) if n["kind"] == "progress"]
        self.assertEqual({n["objectsTotal"] for n in progress}, {50})
        self.assertLess(len(progress), 250)
        self.assertEqual(progress[-1]["bytesTotal"], sum(len(str(i)) for i in range(50)))

    def test_deploy_example(self):
        bundle = self.bundle("v1", {"app/f": "1"})
        result = subprocess.run([EXAMPLE, bundle, self.root], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.root / "srv/app/f").read_text(), "1")
        self.assertIn("AfterInstall         Succeeded\n", result.stdout)

    def test_readme_shows_the_example(self):
        code = (SOURCE_ROOT / "examples/deploy.c").read_text()
        shown = "".join("    " + line if line.strip() else line
                        for line in code[code.index("#include"):].splitlines(True))
        self.assertIn(shown, (SOURCE_ROOT / "README.md").read_text())
        self.assertLess(len(code[code.index("static"):].splitlines()), 25)

    def test_the_main_job(self):
        shown = subprocess.run([SOURCE_ROOT / "examples/run",
                                os.path.relpath(CODEDEPLOY.parents[2], SOURCE_ROOT)],
                               capture_output=True, text=True, timeout=120)
        self.assertEqual(shown.returncode, 0, shown.stdout + shown.stderr)
        lines = shown.stdout.splitlines()
        self.assertIn("the service says: hello from version 1", lines[-1])
        self.assertIn("codeDeployRollback", shown.stdout)
        self.assertEqual([line for line in lines if line.startswith("==")].__len__(), 5)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
