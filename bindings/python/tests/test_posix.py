# SPDX-License-Identifier: MIT
"""The ready host: deployments on this machine that succeed, fail, are taken back and stopped; scripts,
bundles, what callbacks raise."""

import os
import pathlib
import tempfile
import threading
import unittest
import zipfile

import codedeploy
from codedeploy import AppSpec, InstallPlan, Root, posix

APPSPEC = """\
version: 0.0
os: linux
files: [{source: message, destination: /srv}]
hooks:
  AfterInstall: [{location: check.sh, timeout: 30}]
"""


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.made = 0
        for name in ("root", "target"):
            (self.folder / name).mkdir()

    def revision(self, **files):
        """A folder of files; those that begin with #! are executable."""
        self.made += 1
        folder = self.folder / f"revision{self.made}"
        folder.mkdir()
        for name, content in files.items():
            path = folder / name.replace("_", ".")
            path.write_text(content)
            path.chmod(0o755 if content.startswith("#!") else 0o644)
        return folder

    def bundle(self, message, script="exit 0"):
        return self.revision(appspec_yml=APPSPEC, message=message, check_sh=f"#!/bin/sh\n{script}\n")

    def deploy(self, bundle, **parts):
        return posix.deploy(bundle, **self.here(**parts))

    def here(self, **parts):
        return {"root_directory": self.folder / "root", "destination_root": self.folder / "target",
                "durability": "VOLATILE", **parts}

    @property
    def message(self):
        path = self.folder / "target/srv/message"
        return path.read_text() if path.exists() else None


class Deploying(Scratch):
    def test_a_failing_hook_is_rolled_back(self):
        told = []
        first = self.deploy(self.bundle("one", "echo checked"), news=told.append)
        self.assertTrue(first.succeeded)
        self.assertEqual(self.message, "one")
        self.assertIn("checked", [news.text for news in told if news.kind == codedeploy.NewsKind.LOG])
        ended = {news.event: news.status for news in told if news.kind == codedeploy.NewsKind.EVENT_ENDED}
        self.assertEqual((ended["Install"], ended["AfterInstall"]), ("Succeeded", "Succeeded"))
        self.assertTrue(any(news.progress and news.progress.objects_total for news in told))
        with self.assertRaises(posix.LocalDeploymentError) as caught:
            self.deploy(self.bundle("two", "echo it is broken >&2; exit 3"))
        failed = caught.exception.deployment
        self.assertEqual(caught.exception.status, codedeploy.Status.INVALID)
        self.assertEqual((failed.succeeded, failed.failed_event, failed.failed_script), (False, "AfterInstall", "check.sh"))
        self.assertEqual(failed.error_code, codedeploy.ScriptCode.FAILED)
        self.assertIn("it is broken", failed.log_tail)
        self.assertIn(failed.message, str(caught.exception))
        self.assertTrue(failed.rollback.succeeded)
        self.assertEqual(self.message, "one")
        history = posix.history(self.folder / "root")
        self.assertEqual([(one.deployment_id, one.status) for one in history],
                         [(first.id, "Succeeded"), (failed.id, "Failed"), (failed.rollback.id, "Succeeded")])
        self.assertEqual([one.creator for one in history], ["user", "user", "codeDeployRollback"])
        self.assertEqual(history[2].revision_of, first.id)
        self.assertTrue(history[2].is_last_successful and history[2].completed)
        self.assertEqual(posix.recover(**self.here()), codedeploy.InstallOutcome.NOTHING_TO_RECOVER)

    def test_an_earlier_one_again(self):
        first = self.deploy(self.bundle("one"))
        self.deploy(self.bundle("two"))
        self.assertEqual(self.message, "two")
        again = posix.redeploy(first.id, **self.here())
        self.assertTrue(again.succeeded)
        self.assertEqual(self.message, "one")
        with self.assertRaises(codedeploy.NotFoundError):
            posix.redeploy("d-NONE", **self.here())

    def test_without_a_rollback(self):
        self.deploy(self.bundle("one"))
        with self.assertRaises(posix.LocalDeploymentError) as caught:
            self.deploy(self.bundle("two", "exit 1"), no_rollback=True)
        self.assertIsNone(caught.exception.deployment.rollback)

    def test_what_the_news_raise_comes_out_unchanged(self):
        self.deploy(self.bundle("one"))
        for error in (KeyError("x"), KeyboardInterrupt(), SystemExit(2), OSError(5, "fire"),
                      codedeploy.HostError(-1234), ValueError("no"), MemoryError()):
            def news(what):
                if what.kind == codedeploy.NewsKind.EVENT_BEGUN and what.event == "AfterInstall":
                    raise error

            with self.subTest(error=error), self.assertRaises(type(error)) as caught:
                self.deploy(self.bundle("two"), news=news)
            self.assertIs(caught.exception, error)
            self.assertEqual(self.message, "one")

    def test_a_script_that_runs_is_ended(self):
        def news(what):
            if what.text == "again":
                raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt):
            self.deploy(self.bundle("one", "while :; do echo again; sleep 0.02; done"), news=news)
        self.assertIsNone(self.message)

    def test_fetching(self):
        def fetch(what):
            asked.append(what)
            with zipfile.ZipFile(what.path, "w") as bundle:
                bundle.writestr("appspec.yml", APPSPEC.split("hooks")[0])
                bundle.writestr("message", "from afar")

        def broken(what):
            raise error

        asked, parts = [], {"bundle_type": "zip"}
        self.deploy("s3://bucket/key.zip", fetch=fetch, **parts)
        self.assertEqual(self.message, "from afar")
        self.assertEqual((asked[0].location, asked[0].type), ("s3://bucket/key.zip", codedeploy.LocalBundleType.ZIP))
        for error in (ConnectionError("no network"), KeyError("x"), KeyboardInterrupt()):
            with self.assertRaises(type(error)) as caught:
                self.deploy("s3://bucket/key.zip", fetch=broken, **parts)
            self.assertIs(caught.exception, error)
        with self.assertRaises(codedeploy.CodeDeployError):
            self.deploy("s3://bucket/key.zip", **parts)

    def test_refusals(self):
        with self.assertRaises(codedeploy.CodeDeployError):
            self.deploy(self.folder / "nowhere")
        with self.assertRaises(codedeploy.DeploymentError) as caught:
            self.deploy(self.revision(appspec_yml="version: 0.0\nos: linux\nfiles: 3\n"))
        self.assertTrue(caught.exception.diagnostics)
        self.assertEqual({one.status for one in posix.history(self.folder / "root")}, {"Failed"})
        with self.assertRaises(TypeError):
            self.deploy(7)
        with self.assertRaises(TypeError):
            self.deploy(self.bundle("x"), colour="red")
        with self.assertRaises(TypeError):
            self.deploy(self.bundle("x"), max_revisions="many")

    def test_two_threads_on_two_roots(self):
        def play(number):
            try:
                root, target = self.folder / f"root{number}", self.folder / f"target{number}"
                root.mkdir()
                target.mkdir()
                for bundle in bundles:
                    posix.deploy(bundle, root_directory=root, destination_root=target, durability="VOLATILE")
                results.append((target / "srv/message").read_text())
            except BaseException as error:
                results.append(error)

        results, bundles = [], [self.bundle("one"), self.bundle("two")]
        threads = [threading.Thread(target=play, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, ["two"] * 3)

    def test_preview(self):
        preview = posix.preview(self.bundle("one"), **self.here())
        events, install = preview.events, preview.install
        del preview
        self.assertIn("AfterInstall", [event.name for event in events])
        self.assertIn(f"{self.folder}/target/srv/message", [one.path for one in install])
        self.assertIsNone(self.message)
        with posix.preview(self.bundle("one"), **self.here()) as preview:
            self.assertTrue(preview.directory)
        with self.assertRaises(codedeploy.ClosedError):
            preview.events
        with self.assertRaises(codedeploy.NotFoundError):
            posix.preview(self.folder / "nowhere", **self.here())

    def test_the_agents_configuration(self):
        path = self.folder / "codedeployagent.yml"
        path.write_text(f":root_dir: {self.folder}/root\n:max_revisions: 2\n:proxy_uri: http://proxy:3128\n")
        config = posix.AgentConfig(path)
        self.assertEqual(config.variables, {"HTTPS_PROXY": "http://proxy:3128"})
        for version in ("one", "two", "three", "four"):
            posix.deploy(self.bundle(version), agent_config=config, destination_root=self.folder / "target",
                         durability="VOLATILE")
        self.assertEqual(self.message, "four")
        kept = [one for one in posix.history(self.folder / "root") if one.has_revision]
        self.assertEqual(len(kept), 2)
        with self.assertRaises(codedeploy.OutsideError):
            posix.AgentConfig(self.folder / "none.yml")


class Scripts(Scratch):
    def test_outcomes(self):
        folder = self.revision(
            ok_sh="#!/bin/sh\necho $LIFECYCLE_EVENT $COLOUR; echo oops >&2\n", fail_sh="#!/bin/sh\nexit 7\n",
            sleep_sh="#!/bin/sh\necho asleep\nsleep 60\n")
        lines = []
        result = posix.run_script(folder, "ok.sh", event="AfterInstall", variables={"COLOUR": "red"}, entry=lines.append)
        self.assertTrue(result.succeeded)
        self.assertIn((codedeploy.LogKind.STDOUT, "AfterInstall red"), lines)
        self.assertIn((codedeploy.LogKind.STDERR, "oops"), lines)
        result = posix.run_script(folder, "fail.sh")
        self.assertEqual((result.code, result.exit_status), (codedeploy.ScriptCode.FAILED, 7))
        self.assertFalse(result.succeeded)
        self.assertEqual(posix.run_script(folder, "none.sh").code, codedeploy.ScriptCode.MISSING)
        self.assertEqual(posix.run_script(folder, "sleep.sh", timeout_ms=50).code, codedeploy.ScriptCode.TIMED_OUT)
        result = posix.run_script(folder, "ok.sh", environment={"PATH": os.environ["PATH"], "COLOUR": "blue"})
        self.assertIn("blue", result.log_tail)
        with self.assertRaises(codedeploy.ArgumentError):
            posix.run_script("relative", "x")

    def test_what_an_entry_raises_comes_out_unchanged(self):
        folder = self.revision(loud_sh="#!/bin/sh\nwhile :; do echo again; sleep 0.02; done\n")
        for error in (KeyError("x"), KeyboardInterrupt(), SystemExit(1), OSError(5, "fire"), codedeploy.HostError(-7)):
            def entry(line):
                raise error

            with self.assertRaises(type(error)) as caught:
                posix.run_script(folder, "loud.sh", entry=entry, grace_ms=100)
            self.assertIs(caught.exception, error)


class Bundles(Scratch):
    def test_archives(self):
        path = self.folder / "b.zip"
        with zipfile.ZipFile(path, "w") as bundle:
            for i in range(3):
                bundle.writestr(f"d/{i}", "x" * 100)
        counted = []
        found = posix.unpack_bundle(path, self.folder / "out", progress=lambda entries, count: counted.append((entries, count)))
        self.assertEqual(found, ())
        self.assertEqual(sorted(os.listdir(self.folder / "out/d")), ["0", "1", "2"])
        self.assertTrue(counted)
        with self.assertRaises(codedeploy.ConflictError):
            posix.unpack_bundle(path, self.folder / "out")
        posix.remove_tree(self.folder / "out")
        self.assertFalse((self.folder / "out").exists())
        with self.assertRaises(codedeploy.LimitError):
            posix.unpack_bundle(path, self.folder / "out", max_entries=2)
        with zipfile.ZipFile(path, "w") as bundle:
            bundle.writestr("../escaped", "x")
        with self.assertRaises(codedeploy.InvalidError) as caught:
            posix.unpack_bundle(path, self.folder / "out")
        self.assertTrue(caught.exception.diagnostics)
        self.assertFalse((self.folder / "escaped").exists())

    def test_what_progress_raises_comes_out_unchanged(self):
        def progress(entries, count):
            raise error

        for error in (KeyError("x"), KeyboardInterrupt(), OSError(5, "fire"), codedeploy.LimitError(-9)):
            with self.assertRaises(type(error)) as caught:
                posix.unpack_bundle(self.bundle("one"), self.folder / "out", progress=progress)
            self.assertIs(caught.exception, error)
            self.assertFalse((self.folder / "out").exists())


class Files(Scratch):
    def test_install_on_real_files(self):
        revision = self.bundle("one")
        files = posix.Files(revision=revision, destination=self.folder / "target", state=self.folder / "root", sync="NONE")
        spec = AppSpec.parse(APPSPEC)
        with InstallPlan(spec, files).install(files, group="web", id="d-1", durability="VOLATILE") as made:
            made.apply()
            self.assertEqual(self.message, "one")
            made.revert()
        self.assertIsNone(self.message)
        with InstallPlan(spec, files).install(files, group="web", id="d-2", durability="VOLATILE") as made:
            while made.step():
                pass
            made.keep()
        self.assertEqual(files.read_file(Root.DESTINATION, "/srv/message"), b"one")
        with self.assertRaises(codedeploy.NotFoundError):
            files.read_file(Root.DESTINATION, "/srv/none")
        with self.assertRaises(codedeploy.NotFoundError):
            posix.Files(destination=self.folder / "nowhere")
        files.close()
        for call in (lambda: files.read_file(Root.DESTINATION, "/srv/message"), lambda: files.list(Root.DESTINATION, "/"),
                     lambda: files.read_link(Root.DESTINATION, "/x"), lambda: InstallPlan(spec, files)):
            with self.assertRaises(codedeploy.ClosedError):
                call()


if __name__ == "__main__":
    unittest.main()
