#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Hosts, scripts and neighbours that are against a deployment: shared files, mount points, files that
cannot be changed, signals, scripts that kill what watches them.

    test-hostile.py CODEDEPLOY
"""

import os
import pathlib
import signal
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
import trial
from trial import CODEDEPLOY, FILES, HEAD


class Trial(trial.Trial):
    def read(self, name):
        return (self.app / name).read_text()


class SharedPlaces(Trial):
    """Two groups that install the same file."""

    def setUp(self):
        super().setUp()
        self.one = self.bundle("one", {"app/shared": "one", "app/one": "1"})
        self.two = self.bundle("two", {"app/shared": "two", "app/two": "2"})
        self.deployed(self.one, "-g", "one")
        self.deployed(self.two, "-g", "two", "-b", "OVERWRITE")
        self.assertEqual(self.read("shared"), "two")

    def test_a_deployment_does_not_overwrite_what_another_group_installed_last(self):
        result = self.deploy(self.one, "-g", "one")
        self.assertEqual(result.returncode, 1, result.out)
        self.assertIn("installed by the deployment group 'two'", result.err)
        self.assertEqual(self.read("shared"), "two")
        self.deployed(self.one, "-g", "one", "-b", "OVERWRITE")
        self.assertEqual(self.read("shared"), "one")
        result = self.deploy(self.two, "-g", "two")
        self.assertIn("installed by the deployment group 'one'", result.err)

    def test_the_cleanup_of_one_group_leaves_the_files_of_another(self):
        result = self.deployed(self.bundle("other", {"app/one": "11"}), "-g", "one")
        self.assertIn("it stays", result.err)
        self.assertEqual((self.read("shared"), self.read("one")), ("two", "11"))

    def test_taking_back_leaves_what_another_group_installed_meanwhile(self):
        other = (f"#!/bin/sh\n{CODEDEPLOY} local --root {self.root} -l {self.two} -g two "
                 "-b OVERWRITE\nexit 1\n")
        hooks = "hooks:\n  AfterInstall:\n    - location: hook.sh\n"
        fails = self.bundle("fails", {"app/shared": "x", "app/two": "x", "app/sub/one": "x"},
                            HEAD + FILES + hooks, {"hook.sh": other})
        self.bundle("two", {"app/shared": "new", "app/two": "22", "app/sub/deep": "2"})
        result = self.deploy(fails, "-g", "one", "-b", "OVERWRITE", "--no-rollback")
        self.assertEqual(result.returncode, 1, result.out)
        self.assertEqual((self.read("shared"), self.read("two"), self.read("one"),
                          self.read("sub/deep")), ("new", "22", "1", "2"))
        self.assertFalse((self.app / "sub/one").exists())
        self.assertEqual(list(self.app.glob(".codedeploy*")), [])

    def test_compatible_mode_keeps_to_the_official_agent_with_a_warning(self):
        result = self.deployed(self.bundle("other", {"app/one": "11"}), "-g", "one", "--mode",
                               "compatible")
        self.assertIn("removed all the same", result.err)
        self.assertFalse((self.app / "shared").exists())

    def test_an_owner_is_known_among_many_groups(self):
        state = self.records / "deployment-instructions"
        for number in range(200):
            (state / f"a{number}-cleanup").write_text(f"{self.root}/srv/else{number}\n")
        taken = self.bundle("taken", {"app/two": "x"})
        self.assertIn("installed by the deployment group 'two'",
                      self.deploy(taken, "-g", "three").err)


class OwnFolder(Trial):
    def test_nothing_is_installed_into_the_agents_own_folder(self):
        to = "files:\n  - source: app\n    destination: {}\n"
        own = "/opt/codedeploy-agent/deployment-root"
        self.deployed(self.bundle("v1", {"app/f": "1"}))
        (self.root / "link").symlink_to("opt/codedeploy-agent")
        for name, destination, file in (("inside", own + "/x", "f"), ("itself", own, "f"),
                                        ("by-link", "/link/deployment-root", "f"),
                                        ("above", "/opt/codedeploy-agent/../", "codedeploy-agent/"
                                         "deployment-root/deployment-instructions/f")):
            bundle = self.bundle(name, {"app/" + file: "1"}, HEAD + to.format(destination))
            for arguments in (("--dry-run",), ()):
                result = self.deploy(bundle, *arguments)
                self.assertEqual(result.returncode, 1, result.out)
                self.assertIn("lies in the agent's own folder", result.err)
        self.assertEqual(self.read("f"), "1")
        result = self.deployed(bundle, "--mode", "compatible", "-g", "other")
        self.assertIn("the official agent does not mind", result.err)
        self.deployed(self.bundle("beside", {"app/g": "1"}, HEAD + to.format("/opt")), "-g", "other")


class Attributes(Trial):
    def test_attributes_of_a_directory_bundle_are_kept(self):
        bundle = self.bundle("v1", {"app/small": "1", "app/large": "1" * 300000})
        for name in ("small", "large"):
            try:
                os.setxattr(bundle / "app" / name, "user.note", b"kept")
            except OSError as error:
                self.skipTest(f"no attributes here: {error}")
            if os.geteuid() == 0:
                os.setxattr(bundle / "app" / name, "security.capability",
                            bytes.fromhex("0100000200200000000000000000000000000000"))
        self.deployed(bundle)
        for name in ("small", "large"):
            self.assertEqual(os.getxattr(self.app / name, "user.note"), b"kept")
            self.assertNotIn("security.capability", os.listxattr(self.app / name))


class Messages(Trial):
    def test_an_appspec_that_is_a_directory_is_told(self):
        bundle = self.bundle("v1", {"app/f": "1"})
        (bundle / "appspec.yml").unlink()
        (bundle / "appspec.yml").mkdir()
        for arguments in ((), ("--dry-run",)):
            result = self.deploy(bundle, *arguments)
            self.assertEqual(result.returncode, 1, result.out)
            self.assertIn("appspec.yml: Is a directory", result.err)

    def test_a_name_of_the_log_that_leads_elsewhere_is_refused(self):
        config = self.base / "agent.yml"
        config.write_text(":program_name: ../x\n")
        result = self.deploy(self.bundle("v1", {"app/f": "1"}), "-c", config)
        self.assertEqual(result.returncode, 3, result.out)
        self.assertIn("a name without slashes", result.err)

    def test_a_current_directory_that_is_gone_is_told(self):
        command = f"mkdir gone && cd gone && rmdir ../gone && {CODEDEPLOY} local --root {self.root}"
        result = subprocess.run(command, shell=True, cwd=self.base, capture_output=True)
        self.assertIn(b"the current directory is gone", result.stderr)

    def test_the_holder_of_a_lock_is_told_with_a_time(self):
        hooks = "hooks:\n  AfterInstall:\n    - location: hook.sh\n"
        bundle = self.bundle("v1", {"app/f": "1"}, HEAD + FILES + hooks, {
            "hook.sh": f"#!/bin/sh\n{CODEDEPLOY} local --root {self.root} -l . 2>&1\n"})
        self.assertRegex(self.deploy(bundle).out,
                         r"of process \d+ since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Fetching(Trial):
    """Ctrl-C and SIGTERM while a helper fetches a bundle."""

    def interrupt(self, helper_text, number, *arguments):
        helper = self.bundle("helper", {}, scripts={"run": helper_text}) / "run"
        pids = self.base / "pids"
        process = self.start("local", "--root", self.root, "-l", "s3://bucket/key", "-t", "tgz",
                             *arguments, environment={"CODEDEPLOY_FETCH": str(helper),
                                                      "PIDS": str(pids), "TMPDIR": str(self.base)})
        self.wait_for(lambda: pids.exists() and len(pids.read_text().split()) == 2)
        process.send_signal(number)
        self.end(process, 30)
        for pid in pids.read_text().split():
            self.assertFalse(pathlib.Path(f"/proc/{pid}/exe").exists(), "it lives on")
        return process

    def history(self):
        return self.run_command("history", "--root", self.root).out

    def test_a_signal_ends_the_helper_and_all_that_it_started(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            (self.base / "pids").unlink(missing_ok=True)
            result = self.interrupt("#!/bin/sh\necho half >$2\nsleep 60 &\n"
                                             "echo $$ $! >$PIDS\nwait\n", number)
            self.assertEqual(result.returncode, 1, result.err)
            self.assertIn("cancelled", result.err)
            self.assertIn("Stopped", self.history())
        self.assertEqual(list(self.records.rglob("bundle.tar")), [])

    def test_a_helper_that_does_not_listen_is_killed(self):
        result = self.interrupt("#!/bin/sh\ntrap '' TERM\nsleep 60 &\n"
                                         "echo $$ $! >$PIDS\nwhile :; do wait; done\n",
                                         signal.SIGTERM)
        self.assertEqual(result.returncode, 1, result.err)

    def test_a_dry_run_leaves_nothing_behind_either(self):
        self.interrupt("#!/bin/sh\nsleep 60 &\necho $$ $! >$PIDS\nwait\n", signal.SIGTERM,
                       "--dry-run")
        self.assertEqual(list(self.base.glob("codedeploy.*")), [])


def can(*command):
    """Whether this user, here, may do that."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@unittest.skipUnless(can("unshare", "-m", "true"), "needs root, and a mount name space of its own")
class Mounted(Trial):
    """What is mounted below a destination, or the destination itself."""

    def setUp(self):
        super().setUp()
        self.prelude = []

    def start(self, *arguments, environment=None, **options):
        script = "; ".join(["set -e", *self.prelude, 'exec "$@"'])
        return subprocess.Popen(["unshare", "-m", "sh", "-c", script, "-", CODEDEPLOY,
                                 *map(str, arguments)], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def test_a_mount_point_in_a_release_stays_where_it_is(self):
        self.deployed(self.bundle("v1", {"app/f": "1", "app/data/.keep": "", "app/x/y": "1"}))
        (self.base / "empty").mkdir()
        # One of another device, one of the same.
        self.prelude = [f"mount -t tmpfs none {self.app}/x",
                        f"mount --bind {self.base}/empty {self.app}/data"]
        check = f"mountpoint {self.app}/data && mountpoint {self.app}/x"
        hooks = "hooks:\n  AfterInstall:\n    - location: hook.sh\n"
        self.deployed(self.bundle("v4", {"app/f": "4"}, HEAD + FILES + hooks,
                                  {"hook.sh": "#!/bin/sh\n" + check}))
        self.assertEqual(self.read("f"), "4")
        self.prelude = []
        self.deployed(self.bundle("v5", {"app/f": "5"}))

    def test_a_file_that_is_mounted_over_is_a_conflict(self):
        v1 = self.bundle("v1", {"app/f": "1"})
        self.deployed(v1)
        self.prelude = [f"mount --bind /etc/passwd {self.app}/f"]
        result = self.deploy(v1)
        self.assertEqual(result.returncode, 1, result.out)
        self.assertIn("it is a mount point", result.err)
        self.prelude = []
        self.deployed(v1)

    def test_a_read_only_destination_is_seen_in_the_plan(self):
        (self.root / "srv").mkdir()
        bundle = self.bundle("v1", {"app/f": "1"})
        self.prelude = [f"mount --bind {self.root}/srv {self.root}/srv",
                        f"mount -o remount,ro,bind {self.root}/srv"]
        for arguments in (("plan", "--bundle", bundle), ("local", "--dry-run", "-l", bundle),
                          ("local", "-l", bundle)):
            result = self.run_command(*arguments, "--root", self.root)
            self.assertEqual(result.returncode, 1, result.out + result.err)
            self.assertIn(f"Nothing can be made or removed in the directory '{self.root}/srv'",
                          result.err)


    def test_an_overlay_deploys_and_takes_back_what_is_in_its_lower_layer(self):
        v1 = self.bundle("v1", {"app/f": "1", "app/sub/deep/g": "1", "app/gone/h": "1"})
        self.deployed(v1)
        (self.app / "sub").chmod(0o2750)
        for name in ("upper", "work", "merged"):
            (self.base / name).mkdir()
        fails = self.bundle("fails", {"app/f": "x", "app/new": "x"},
                            HEAD + FILES + "hooks:\n  AfterInstall:\n    - location: hook.sh\n",
                            {"hook.sh": "#!/bin/sh\nexit 1\n"})
        self.prelude = [f"mount -t overlay overlay -o lowerdir={self.root},upperdir={self.base}/upper,"
                        f"workdir={self.base}/work,redirect_dir=off {self.base}/merged",
                        f"mount --bind {self.base}/merged {self.root}"]
        if self.run_command("--version").returncode:
            self.skipTest("no overlay can be mounted here")
        show = f"find {self.root}/srv -printf '%P %m %y\\n' | sort"
        before = subprocess.run(show, shell=True, capture_output=True).stdout
        result = self.deploy(fails, "--no-rollback")
        self.assertEqual(result.returncode, 1, result.out)
        self.assertIn("hook.sh", result.err)
        after = subprocess.run(["unshare", "-m", "sh", "-c", "; ".join(self.prelude + [show])],
                               capture_output=True).stdout
        self.assertEqual(after.decode(), before.decode())
        self.deployed(self.bundle("v2", {"app/f": "2", "app/sub/deep/g": "2"}))
        after = subprocess.run(["unshare", "-m", "sh", "-c", "; ".join(self.prelude + [show])],
                               capture_output=True).stdout
        self.assertEqual(after.decode().split("\n")[1:], [
            "app 755 d", "app/f 644 f", "app/sub 755 d", "app/sub/deep 755 d",
            "app/sub/deep/g 644 f", ""])


class Immutable(Trial):
    def setUp(self):
        super().setUp()
        (self.base / "probe").touch()
        if not can("chattr", "+i", self.base / "probe"):
            self.skipTest("nothing can be made immutable here")
        can("chattr", "-i", self.base / "probe")
        self.v1 = self.bundle("v1", {"app/f": "1", "app/sub/g": "1"})
        self.deployed(self.v1)

    def tearDown(self):
        can("chattr", "-R", "-i", "-a", self.base)
        super().tearDown()

    def test_what_is_immutable_is_a_conflict_and_blocks_no_group(self):
        for name, mark in (("f", "+i"), ("sub/g", "+a"), ("sub", "+i"), (".", "+i")):
            self.assertTrue(can("chattr", mark, self.app / name))
            result = self.deploy(self.bundle("v2", {"app/f": "2"}))
            self.assertEqual(result.returncode, 1, result.out)
            self.assertRegex(result.err, "immutable|Nothing can be made or removed")
            self.assertTrue(can("chattr", mark.replace("+", "-"), self.app / name))
            self.assertEqual((self.read("f"), self.read("sub/g")), ("1", "1"))
            self.deployed(self.v1)
            self.assertEqual(sorted(p.name for p in self.app.iterdir()), ["f", "sub"])


@unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
class ReadOnly(Trial):
    def test_a_closed_destination_is_seen_in_the_plan(self):
        self.app.mkdir(parents=True)
        self.app.chmod(0o555)
        result = self.deploy(self.bundle("v1", {"app/f": "1"}), "--dry-run")
        self.assertEqual(result.returncode, 1, result.out)
        self.assertIn("Nothing can be made or removed", result.err)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
