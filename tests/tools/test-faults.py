#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What other agents get wrong on a host (reference, demand A.2), and what a host may refuse: each with
a test that shows that a deployment here does not.

    test-faults.py CODEDEPLOY
"""

import os
import pathlib
import re
import resource
import shutil
import stat
import subprocess
import sys
import tarfile
import time
import unittest

sys.dont_write_bytecode = True
import trial
from trial import CODEDEPLOY, FILES, HEAD


class Trial(trial.Trial):
    def assert_refused(self, bundle, *words, arguments=(), **options):
        before = self.tree()
        result = self.deploy(bundle, *arguments, **options)
        self.assertEqual(result.returncode, 1, result.out + result.err)
        for word in words:
            self.assertIn(word, result.err)
        self.assertEqual(self.tree(), before)
        return result

    def tree(self, top=None):
        found = {}
        for folder, names, files in os.walk(os.fsencode(top or self.root / "srv")):
            for name in names + files:
                path = os.path.join(folder, name)
                info = os.lstat(path)
                content = (os.readlink(path) if stat.S_ISLNK(info.st_mode) else
                           pathlib.Path(os.fsdecode(path)).read_bytes()
                           if stat.S_ISREG(info.st_mode) else None)
                found[path] = (info.st_mode, content)
        return found


class OthersFaults(Trial):
    def test_a2_bug_1_wrong_file_mode_silently(self):
        """`mode: 0644` is 0420 to one agent and 0644 to the other: never without a word."""
        def permissions(mode):
            return (HEAD + FILES + "permissions:\n  - object: /srv/app\n    type: [file]\n"
                    f"    mode: {mode}\n")
        for mode, expected in (('"0644"', 0o644), ("640", 0o640), ("'755'", 0o755)):
            result = self.deployed(self.bundle("b", {"app/f": "1"}, permissions(mode)))
            self.assertEqual(stat.S_IMODE((self.app / "f").stat().st_mode), expected)
            self.assertEqual(result.err, "")
        for mode in ("0644", "02775"):
            result = self.deploy(self.bundle("b", {"app/f": "1"}, permissions(mode)))
            self.assertIn("mode", result.err)
        # 0755 is what the user wrote, and what the message says.
        self.assert_refused(self.bundle("b", {"app/f": "2"}, permissions("0755")), "0755")

    def test_a2_bug_2_old_files_deleted_before_the_new_plan_is_checked(self):
        self.deployed(self.bundle("v1", {"app/f": "1", "app/g": "1"}))
        (self.app / "theirs").write_text("mine")
        self.assert_refused(self.bundle("v2", {"app/f": "2", "app/theirs": "2"}), "/srv/app/theirs")
        self.assertEqual((self.app / "g").read_text(), "1")

    def test_a2_bug_3_cleanup_list_is_newline_separated_text(self):
        """A newline, a blank at an edge or a byte that is not UTF-8 never reaches another path."""
        victim = self.root / "victim"
        victim.write_text("v")
        names = [f"d\n{self.root}/victim", "d\n/victim", " blank ", "tab\t", "cr\r", "caf\udce9",
                 "semanage\n", "%41", "codedeploy-escaped:x"]
        self.deployed(self.bundle("v1", {"app/" + name + "/f": "1" for name in names} |
                                         {"app/" + name + "x": "1" for name in names}))
        self.assertEqual((self.app / " blank " / "f").read_text(), "1")
        self.assertTrue(os.path.exists(os.fsencode(self.app) + b"/caf\xe9/f"))
        self.deployed(self.bundle("v2", {"app/only": "2"}))
        self.assertEqual(os.listdir(self.app), ["only"])
        self.assertEqual(victim.read_text(), "v")

    def test_a2_bug_3_in_a_record_that_somebody_else_wrote(self):
        (self.root / "victim").write_text("v")
        self.deployed(self.bundle("v1", {"app/f": "1"}))
        record = (self.root / "opt/codedeploy-agent/deployment-root/deployment-instructions/"
                  "default-local-deployment-group-cleanup")
        root = self.root.resolve()
        record.write_bytes(record.read_bytes() + f"{root}/srv/app/../../victim\n{root}/srv/app/../\n"
                           f"relative\n\n{root}//victim\n/etc/passwd\n{root}/victim".encode())
        self.deployed(self.bundle("v2", {"app/g": "2"}))
        self.assertEqual((self.root / "victim").read_text(), "v")
        self.assertEqual(os.listdir(self.app), ["g"])

    def test_a2_bug_4_reads_and_writes_outside_the_bundle(self):
        (self.base / "secret").write_text("s")
        for source in ("../secret", "app/../../secret", "/../secret"):
            appspec = HEAD + f"files:\n  - source: {source}\n    destination: /srv/app\n"
            self.assert_refused(self.bundle("b", {"app/f": "1"}, appspec), "secret")
        linked = self.bundle("linked", {"app/f": "1"})
        (linked / "app/out").symlink_to("../../secret")
        self.assert_refused(linked, "out")
        script = HEAD + FILES + "hooks:\n  BeforeInstall:\n    - location: ../run.sh\n"
        (self.base / "run.sh").write_text("#!/bin/sh\necho ran >&2\n")
        (self.base / "run.sh").chmod(0o755)
        self.assert_refused(self.bundle("s", {"app/f": "1"}, script), "run.sh")
        with tarfile.open(self.base / "b.tar", "w") as archive:
            archive.add(self.bundle("t", {"app/f": "1"}), ".")
            archive.add(self.base / "secret", "../escaped")
        self.assert_refused(self.base / "b.tar", "../escaped", arguments=("-t", "tar"))

    def test_a2_bug_5_directory_links_are_followed_while_planning(self):
        bundle = self.bundle("b", {"app/f": "1", "app/d/g": "1"})
        (bundle / "app/loop").symlink_to(".")
        (bundle / "app/d/up").symlink_to("..")
        self.deployed(bundle)
        self.assertEqual(sorted(os.listdir(self.app)), ["d", "f", "loop"])
        self.assertEqual(os.readlink(self.app / "loop"), ".")
        self.assertEqual(len(self.tree()), 6)
        shutil.rmtree(self.root / "srv")
        self.deploy(bundle, "--mode", "compatible", "-g", "other")
        self.assertLess(len(self.tree()), 20)

    def test_a2_bug_8_timeout_coercion(self):
        def hooks(timeout):
            return (HEAD + FILES + "hooks:\n  AfterInstall:\n    - location: s.sh\n"
                    f"      timeout: {timeout}\n")
        script = {"s.sh": "#!/bin/sh\nsleep 1.3\n"}
        self.deployed(self.bundle("b", {"app/f": "1"}, hooks("'300'"), script))
        for timeout in ("1h", "1:30", "010"):
            result = self.deploy(self.bundle("b", {"app/f": "1"}, hooks(timeout), script))
            self.assertIn("timeout", result.err)
        self.assert_refused(self.bundle("b", {"app/f": "1"}, hooks("0"), script), "timeout")

    def test_a2_bug_9_documentation_and_agents_differ(self):
        context = (HEAD + FILES + "permissions:\n  - object: /srv/app\n    context:\n"
                   "      user: u\n      type: t\n      range: s0\n")
        result = self.run_command("plan", "--root", self.root, "--format", "json", "--bundle",
                                  self.bundle("b", {"app/f": "1"}, context))
        self.assertIn("user", result.err)
        excepted = (HEAD + FILES + "permissions:\n  - object: /srv/app\n    mode: \"600\"\n"
                    "    type: [file]\n    except: [/srv/app/f]\n")
        result = self.deploy(self.bundle("b", {"app/f": "1"}, excepted))
        self.assertIn("except", result.err)

    def test_a2_bug_10_hooks_and_processes(self):
        """A child that holds the output open, TERM without KILL, blanks and `;` in a path."""
        name = "my script; touch pwned $(touch pwned).sh"
        hooks = HEAD + FILES + f"hooks:\n  AfterInstall:\n    - location: '{name}'\n      timeout: 1\n"
        pid = self.base / "pid"
        script = {name: f"#!/bin/sh\n(trap '' TERM; echo $$; exec sleep 60) &\necho $! >'{pid}'\n"}
        begun = time.monotonic()
        result = self.deploy(self.bundle("b", {"app/f": "1"}, hooks, script), cwd=self.base)
        self.assertEqual(result.returncode, 1)
        self.assertIn("error code 6", result.err)
        self.assertLess(time.monotonic() - begun, 30)
        self.assertRaises(ProcessLookupError, os.kill, int(pid.read_text()), 0)
        self.assertEqual(list(self.base.rglob("pwned")), [])

    @unittest.skipIf(os.geteuid() != 0, "becomes another user")
    def test_a2_bug_10_as_another_user(self):
        name = "my script; touch pwned.sh"
        hooks = (HEAD + FILES + f"hooks:\n  AfterInstall:\n    - location: '{name}'\n"
                 "      runas: nobody\n      timeout: 20\n")
        self.base.chmod(0o755)
        result = self.deployed(self.bundle("b", {"app/f": "1"}, hooks,
                                                  {name: "#!/bin/sh\nid -un\n"}), cwd=self.base)
        self.assertIn("| nobody", result.out)

    def test_a2_bug_13_rollback_does_damage(self):
        """The last good revision is never pruned, and a rollback is not rolled back."""
        config = self.base / "agent.yml"
        config.write_text(f":root_dir: '{self.base}/records'\n:max_revisions: 1\n")
        hooks = HEAD + FILES + "hooks:\n  ApplicationStart:\n    - location: s.sh\n"
        good = self.bundle("v1", {"app/f": "1"}, hooks, {"s.sh": "#!/bin/sh\n[ ! -e /srv/no ]\n"})
        self.deployed(good, "-c", config)
        bad = self.bundle("v2", {"app/f": "2"}, hooks, {"s.sh": "#!/bin/sh\nexit 1\n"})
        for _ in range(4):
            self.assert_refused(bad, arguments=("-c", config))
            self.assertEqual((self.app / "f").read_text(), "1")
        # Now the good one fails too: the rollback fails, and that is the end of it.
        marker = self.base / "broken"
        config.write_text(f":root_dir: '{self.base}/records2'\n")
        shutil.rmtree(self.root / "srv")
        fails = {"s.sh": f"#!/bin/sh\n[ ! -e '{marker}' ]\n"}
        self.deployed(self.bundle("v3", {"app/f": "3"}, hooks, fails), "-c", config)
        marker.write_text("")
        result = self.deploy(self.bundle("v4", {"app/f": "4"}, hooks, fails), "-c", config, "--json")
        begun = [line for line in result.out.splitlines() if '"deployment-begun"' in line]
        self.assertEqual((result.returncode, len(begun)), (1, 2))
        self.assertEqual((self.app / "f").read_text(), "3")

    def test_a2_bug_15_full_disk_and_partial_unpack(self):
        """No space while unpacking or installing: the old tree, nothing left, and a clear word."""
        self.deployed(self.bundle("v1", {"app/f": "1"}))
        big = self.bundle("v2", {"app/f": "2", "app/big": "x" * 3000000})
        with tarfile.open(self.base / "b.tar", "w") as archive:
            archive.add(big, ".")
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000000, 1000000))
        for bundle, kind in ((big, "directory"), (self.base / "b.tar", "tar")):
            result = self.assert_refused(bundle, "big", arguments=("-t", kind), preexec_fn=limit)
            self.assertIn("File too large", result.err)
        left = [p for p in self.root.rglob("*") if "partial" in p.name or ".codedeploy" in p.name
                or p.name == "big"]
        self.assertEqual(left, [])
        self.deployed(big)


@unittest.skipIf(shutil.which("unshare") is None, "needs mount namespaces")
class SmallDisk(Trial):
    """A real file system that is full, or read-only, in a mount namespace of its own."""

    def in_namespace(self, script):
        command = ["unshare", "-m"] + ([] if os.geteuid() == 0 else ["-U", "-r"])
        if subprocess.run(command + ["mount", "-t", "tmpfs", "t", self.root],
                          capture_output=True).returncode != 0:
            self.skipTest("no mount namespaces here")
        result = subprocess.run(command + ["sh", "-eu", "-c", script], capture_output=True,
                                env=os.environ | {"C": str(CODEDEPLOY), "ROOT": str(self.root),
                                                  "BASE": str(self.base)}, timeout=120)
        self.assertEqual(result.returncode, 0, (result.stdout + result.stderr).decode())
        return result.stdout.decode() + result.stderr.decode()

    def setUp(self):
        super().setUp()
        (self.base / "agent.yml").write_text(f":root_dir: '{self.base}/records'\n")
        self.bundle("v1", {"app/f": "1", "app/old": "1"})
        self.bundle("v2", {f"app/f{i}": "x" * 100000 for i in range(40)} | {"app/f": "2"})

    def test_full_destination(self):
        out = self.in_namespace("""
            mount -t tmpfs -o size=1m t "$ROOT"
            deploy() { "$C" local --root "$ROOT" -c "$BASE/agent.yml" -l "$BASE/$1" 2>&1; }
            deploy v1 >/dev/null
            ! deploy v2
            [ "$(cat "$ROOT/srv/app/f" "$ROOT/srv/app/old")" = 11 ]
            [ "$(find "$ROOT/srv" | wc -l)" = 4 ]
            deploy v1 >/dev/null""")
        self.assertIn("No space left on device", out)

    def test_full_records(self):
        out = self.in_namespace("""
            mkdir -p "$BASE/records"
            mount -t tmpfs -o size=1m t "$BASE/records"
            deploy() { "$C" local --root "$ROOT" -c "$BASE/agent.yml" -l "$BASE/$1" 2>&1; }
            deploy v1 >/dev/null
            ! deploy v2
            [ "$(cat "$ROOT/srv/app/f" "$ROOT/srv/app/old")" = 11 ]
            deploy v1 >/dev/null""")
        self.assertIn("No space left on device", out)

    def test_read_only_destination(self):
        out = self.in_namespace("""
            mount -t tmpfs t "$ROOT"
            deploy() { "$C" local --root "$ROOT" -c "$BASE/agent.yml" -l "$BASE/$1" 2>&1; }
            deploy v1 >/dev/null
            mount -o remount,bind,ro "$ROOT"
            ! deploy v2
            [ "$(cat "$ROOT/srv/app/f" "$ROOT/srv/app/old")" = 11 ]
            mount -o remount,bind,rw "$ROOT"
            deploy v2 >/dev/null
            [ ! -e "$ROOT/srv/app/old" ]""")
        self.assertIn("Nothing can be made or removed in the directory", out)


class Refusals(Trial):
    def test_destination_is_a_file(self):
        self.deployed(self.bundle("v1", {"app/f": "1"}))
        other = HEAD + "files:\n  - source: app\n    destination: /srv/app/f\n"
        (self.root / "srv/file").write_text("theirs")
        for place in ("/srv/file", "/srv/file/below"):
            appspec = HEAD + f"files:\n  - source: app\n    destination: {place}\n"
            for behaviour in ("DISALLOW", "OVERWRITE", "RETAIN"):
                self.assert_refused(self.bundle("v2", {"app/f": "2"}, appspec), "/srv/file",
                                    arguments=("-b", behaviour))
        # What the group itself installed may become a directory.
        self.deployed(self.bundle("v3", {"app/f": "3"}, other))
        self.assertEqual((self.app / "f/f").read_text(), "3")

    def test_destination_is_a_symbolic_link(self):
        (self.root / "srv").mkdir()
        (self.root / "elsewhere").mkdir()
        (self.root / "elsewhere/f").write_text("theirs")
        (self.root / "srv/app").symlink_to("../elsewhere")
        self.assert_refused(self.bundle("v1", {"app/f": "1"}), "/srv/app/f")
        self.assertEqual((self.root / "elsewhere/f").read_text(), "theirs")
        self.deployed(self.bundle("v2", {"app/g": "2"}))
        self.assertTrue((self.root / "srv/app").is_symlink())
        self.assertEqual((self.root / "elsewhere/g").read_text(), "2")
        # A link where a file goes is replaced, never written through.
        (self.root / "elsewhere/h").symlink_to("f")
        self.deployed(self.bundle("v3", {"app/h": "3"}), "-b", "OVERWRITE")
        self.assertEqual((self.root / "elsewhere/f").read_text(), "theirs")
        self.assertFalse((self.root / "elsewhere/h").is_symlink())
        # A link leads no further than the root of the trial.
        (self.root / "srv/out").symlink_to("../../../../../../../../../tmp")
        appspec = HEAD + "files:\n  - source: app\n    destination: /srv/out/x\n"
        self.deploy(self.bundle("v4", {"app/h": "4"}, appspec))
        self.assertFalse(os.path.exists("/tmp/x/h"))

    def test_compatible_mode_writes_where_a_link_leads(self):
        self.app.mkdir(parents=True)
        (self.root / "target").write_text("theirs")
        (self.app / "f").symlink_to("../../target")
        (self.app / "g").symlink_to("nowhere")
        (self.app / "circle").symlink_to("circle")
        result = self.deployed(self.bundle("v1", {"app/f": "1", "app/g": "1"}), "--mode",
                                      "compatible", "-b", "OVERWRITE")
        self.assertEqual((self.root / "target").read_text(), "1")
        self.assertTrue((self.app / "f").is_symlink())
        self.assertEqual((self.app / "nowhere").read_text(), "1")
        result = self.deploy(self.bundle("v2", {"app/circle": "2"}), "--mode", "compatible")
        self.assertEqual(result.returncode, 1)
        self.assertIn("circle", result.err)

    @unittest.skipIf(os.geteuid() == 0, "root may do everything")
    def test_permission_denied(self):
        self.app.mkdir(parents=True)
        self.deployed(self.bundle("v1", {"app/f": "1"}))
        self.app.chmod(0o500)
        try:
            self.assert_refused(self.bundle("v2", {"app/f": "2"}), "Permission denied")
        finally:
            self.app.chmod(0o755)

    def test_directories_that_nobody_may_write_to_are_replaced(self):
        closed = (HEAD + FILES + "permissions:\n  - object: /srv/app\n    mode: \"555\"\n"
                  "    type: [directory]\n")
        for text in ("1", "2", "3"):
            self.deployed(self.bundle("v" + text, {"app/d/e/f": text}, closed))
            self.assertEqual((self.app / "d/e/f").read_text(), text)
        self.assertEqual(len(self.tree()), 4)

    def reachable_program(self):
        """A copy with its libraries: what is built may lie in a home directory that is closed."""
        folder = self.base / "program"
        folder.mkdir()
        for built in (CODEDEPLOY, CODEDEPLOY.with_name("codedeploy-host")):
            shutil.copy2(built, folder)
            libraries = subprocess.run(["ldd", built], capture_output=True, text=True).stdout
            for path in re.findall(r"=> (\S*libcodedeploy\S*)", libraries):
                shutil.copy2(path, folder)
        return {"program": folder / CODEDEPLOY.name,
                "environment": {"LD_LIBRARY_PATH": str(folder)}}

    @unittest.skipIf(os.geteuid() != 0, "becomes an ordinary user")
    def test_permission_denied_to_an_ordinary_user(self):
        self.base.chmod(0o777)
        self.root.chmod(0o777)
        self.app.mkdir(parents=True)
        os.chown(self.app, 65534, 65534)
        as_nobody = {"user": 65534, "group": 65534, "extra_groups": [], **self.reachable_program()}
        bundle = self.bundle("v1", {"app/f": "1"})
        self.deployed(bundle, **as_nobody)
        os.chown(self.app, 0, 0)
        result = self.deploy(self.bundle("v2", {"app/f": "2"}), **as_nobody)
        self.assertEqual(result.returncode, 1)
        self.assertIn("Nothing can be made or removed in the directory", result.err)
        self.assertEqual((self.app / "f").read_text(), "1")
        result = self.run_command("local", "-l", bundle, **as_nobody)
        self.assertEqual(result.returncode, 1)
        self.assertIn("Permission denied", result.err)

    def test_wrong_use_is_told_and_makes_nothing(self):
        bundle = self.bundle("b", {"app/f": "1"})
        for group in ("a/b", "..", "", "deployment-logs", "x" * 300):
            for command in (("local", "-l", bundle), ("plan", "--bundle", bundle), ("history",)):
                result = self.run_command(*command, "--root", self.root, "-g", group)
                self.assertEqual(result.returncode, 2, result.err)
                self.assertIn("group", result.err)
        fresh = self.base / "fresh"
        for command in (("recover",), ("history",), ("rollback",), ("plan", "--bundle", bundle),
                        ("local", "--dry-run", "-l", bundle)):
            self.run_command(*command, "--root", fresh)
            self.assertFalse(fresh.exists() and os.listdir(fresh), command)

    def test_standard_descriptors_may_be_closed(self):
        bundle = self.bundle("b", {"app/f": "1"}, HEAD + FILES + "hooks:\n  AfterInstall:\n"
                             "    - location: s.sh\n", {"s.sh": "#!/bin/sh\necho said\n"})
        result = subprocess.run(["sh", "-c", '"$0" "$@" <&- >&- 2>&-', CODEDEPLOY, "local", "--root",
                                 self.root, "-l", bundle])
        self.assertEqual(result.returncode, 0)
        for path in (self.root / "opt").rglob("*"):
            if path.is_file():
                self.assertNotIn(b"Succeeded\n  ", path.read_bytes())
        self.assertEqual((self.app / "f").read_text(), "1")

    def test_umask_does_not_reach_what_is_kept(self):
        bundle = self.bundle("b", {"app/f": "1"}, scripts={"app/run": "#!/bin/sh\n"})
        for mask in (0o077, 0o000):
            self.deployed(bundle, umask=mask)
            self.assertEqual(stat.S_IMODE((self.app / "run").stat().st_mode), 0o755)
            self.assertEqual(stat.S_IMODE(self.app.stat().st_mode), 0o777 & ~mask)

    def test_scripts_inherit_nothing(self):
        """No descriptor but the three, no terminal, and nobody's credentials."""
        hooks = HEAD + FILES + "hooks:\n  AfterInstall:\n    - location: s.sh\n"
        script = {"s.sh": "#!/bin/sh\nls /proc/self/fd | wc -l\nenv | grep -c SECRET\n"
                  "cat | wc -c\n[ -t 0 ] || echo none\n"}
        read, write = os.pipe()
        try:
            result = self.deployed(self.bundle("b", {"app/f": "1"}, hooks, script),
                                          pass_fds=(read, write),
                                          environment={"AWS_SECRET_ACCESS_KEY": "s"})
        finally:
            os.close(read)
            os.close(write)
        # `ls` has one of its own.
        self.assertEqual([line.split("| ")[1] for line in result.out.splitlines() if "| " in line],
                         ["4", "0", "0", "none"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
