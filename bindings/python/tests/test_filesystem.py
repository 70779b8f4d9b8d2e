# SPDX-License-Identifier: MIT
"""File systems written in Python: every method is called, as often and with the same outcome as C's own
callbacks; and whatever a method raises comes out of the call that the library was in."""

import errno
import functools
import operator
import unittest

import codedeploy
from codedeploy import AppSpec, FileSystem, InstallPlan, InstallRecord, Root, sim
from codedeploy._callbacks import status_of

METHODS = sorted(name for name in vars(FileSystem) if not name.startswith("_"))

SPEC = """\
version: 0.0
os: linux
files:
  - source: app
    destination: /srv/app
  - source: conf
    destination: /etc/site
permissions:
  - object: /srv/app
    pattern: "*.sh"
    owner: www-data
    group: www-data
    mode: 750
    type: [file]
    acls: ["u:www-data:rw"]
    context: {type: httpd_sys_content_t}
"""

CONF = """\
  - source: conf
    destination: /etc/site
"""


class Through(FileSystem):
    """Does everything in a file system in memory; raises at one call of a method."""

    def __init__(self, lacks=()):
        self.inner, self.counts = sim.FileSystem(), dict.fromkeys(METHODS, 0)
        self.error, self.method, self.at, self.lacks = None, None, 1, lacks

    def raise_in(self, method, error, at=1):
        self.error, self.method, self.at, self.counts[method] = error, method, at, 0


def through(name):
    @functools.wraps(getattr(FileSystem, name))
    def method(self, *arguments):
        self.counts[name] += 1
        if name in self.lacks:
            raise NotImplementedError
        if name == self.method and self.counts[name] == self.at:
            raise self.error
        return getattr(self.inner, name)(*arguments)

    return method


for _name in set(METHODS) - {"copy_files"}:
    setattr(Through, _name, through(_name))


class AtOnce(Through):
    """The same, copying several files at a time, but never the last."""

    def copy_files(self, copies):
        self.counts["copy_files"] += 1
        for number, copy in enumerate(copies[:-1]):
            if self.method == "copy_files" and self.at == number + 1:
                raise self.error
            self.inner.copy_file(*copy)
            yield self.inner.info(copy.to_root, copy.destination).bytes


def lay(fs):
    """What an earlier revision has left, and another revision."""
    fs.put_directory("STATE", "/")
    fs.put_file("REVISION", "/app/run.sh", "old\n")
    fs.put_file("REVISION", "/app/gone/file", "gone\n")
    earlier = InstallPlan(AppSpec.parse(SPEC.replace(CONF, "")), fs)
    with earlier.install(fs, group="web", id="d-0") as made:
        made.apply()
        made.keep()
    fs.remove_file(Root.REVISION, "/app/gone/file")
    fs.remove_directory(Root.REVISION, "/app/gone")
    fs.put_file("REVISION", "/app/run.sh", "new\n", 0o755)
    fs.put_file("REVISION", "/app/data", "data\n")
    fs.put_symlink("REVISION", "/app/link", "run.sh")
    fs.put_file("REVISION", "/conf", "ours\n")
    fs.put_file("DESTINATION", "/etc/site/conf", "theirs\n")
    fs.put_file("DESTINATION", "/etc/site/other", "theirs\n")


def install(fs, mode="TRANSACTIONAL"):
    plan = InstallPlan(AppSpec.parse(SPEC), fs, mode=mode, file_exists_behavior="OVERWRITE",
                       previous=InstallRecord(fs.read_file(Root.STATE, "/web-cleanup", 10_000)))
    return plan.install(fs, group="web", id="d-1")


def play(fs, mode="TRANSACTIONAL"):
    with install(fs, mode) as made:
        made.apply()
        made.keep()


def picture(fs):
    return [fs.describe(root) for root in Root]


class Groups(unittest.TestCase):
    def test_what_another_group_installed_last_stays(self):
        fs = sim.FileSystem()
        lay(fs)
        others = {"blog": InstallRecord(b"/srv/app/gone/file\n"), "shop": InstallRecord(b"/srv/x\n")}
        removed = [InstallPlan(AppSpec.parse(SPEC), fs, others=others, newer_count=newer, file_exists_behavior="OVERWRITE",
                               previous=InstallRecord(fs.read_file(Root.STATE, "/web-cleanup", 10_000))).totals.removed_files
                   for newer in (0, 1, 2)]
        self.assertEqual(removed, [removed[0], removed[0] - 1, removed[0] - 1])
        with self.assertRaises(codedeploy.ArgumentError):
            InstallPlan(AppSpec.parse(SPEC), fs, others=others, newer_count=3)


LACKS = {"hard_link": sim.SimLack.HARD_LINKS, "sync_all": sim.SimLack.SYNC_ALL, "set_context": sim.SimLack.CONTEXTS}


class Python(unittest.TestCase):
    def test_the_same_as_in_c(self):
        called = set()
        for mode in ("TRANSACTIONAL", "COMPATIBLE"):
            for cls, *lacks in ((Through,), (AtOnce,), (Through, "sync_all"), (Through, "hard_link"), (Through, "set_context")):
                with self.subTest(cls.__name__, mode=mode, lacks=lacks):
                    native, fs = sim.FileSystem(), cls(lacks)
                    lay(native)
                    lay(fs.inner)
                    native.set_lacks(functools.reduce(operator.or_, map(LACKS.get, lacks), sim.SimLack(0)))
                    for one in (native, fs):
                        try:
                            play(one, mode)
                        except (codedeploy.CodeDeployError, NotImplementedError):
                            self.assertTrue(lacks)
                    self.assertEqual(picture(fs.inner), picture(native))
                    called |= {name for name in METHODS if fs.counts[name]}
        self.assertEqual(sorted(called), METHODS)

    def test_nothing_defined(self):
        with self.assertRaises(codedeploy.UnsupportedError):
            InstallPlan(AppSpec.parse(SPEC), FileSystem())


class Raising(unittest.TestCase):
    """At each call of each method."""

    def every_call(self, mode):
        fs = Through()
        lay(fs.inner)
        play(fs, mode)
        return [(name, at) for name in METHODS for at in range(1, fs.counts[name] + 1)]

    def each(self, errors, check):
        for mode in ("TRANSACTIONAL", "COMPATIBLE"):
            for name, at in self.every_call(mode):
                error = next(errors)
                with self.subTest(mode=mode, method=name, at=at, error=error):
                    fs = Through()
                    lay(fs.inner)
                    before = fs.inner.describe("DESTINATION")
                    fs.raise_in(name, error, at)
                    try:
                        made = None
                        try:
                            made = install(fs, mode)
                            made.apply()
                            made.keep()
                        except BaseException as caught:
                            raised = caught
                        else:
                            raised = None
                        check(fs, error, raised)
                        if mode == "TRANSACTIONAL" and raised is not None and (
                                made is None or made.state == codedeploy.InstallState.UNDONE):
                            self.assertEqual(fs.inner.describe("DESTINATION"), before)
                    finally:
                        if made is not None:
                            made.close()

    def test_what_c_does_not_know_comes_out_unchanged(self):
        def check(fs, error, raised):
            self.assertIs(raised, error)

        self.each(self.endless(lambda: KeyError("x"), KeyboardInterrupt, SystemExit, lambda: ValueError("no"), GeneratorExit), check)

    def test_what_c_knows_comes_out_unchanged_or_is_done_without(self):
        def check(fs, error, raised):
            if raised is error:
                came_out.add(fs.method)
            elif raised is not None:  # something else failed for it
                self.assertNotEqual(raised.status, status_of(error))

        came_out = set()
        self.each(self.endless(lambda: OSError(errno.EIO, "fire"), lambda: PermissionError(errno.EACCES, "no"),
                               lambda: codedeploy.HostError(-1234, (), "mine"), MemoryError), check)
        self.assertEqual(sorted({*came_out, "copy_files"}), METHODS)

    @staticmethod
    def endless(*makers):
        while True:
            for make in makers:
                yield make()

    def test_at_each_of_several_copies(self):
        for at in range(1, 4):
            for error in (KeyError("x"), OSError(errno.ENOSPC, "full"), KeyboardInterrupt()):
                fs = AtOnce()
                lay(fs.inner)
                for name in "abc":
                    fs.inner.put_file("REVISION", f"/app/{name}", name)
                fs.raise_in("copy_files", error, at)
                before, made = fs.inner.describe("DESTINATION"), install(fs)
                with self.assertRaises(type(error)) as caught:
                    made.apply()
                self.assertIs(caught.exception, error)
                self.assertEqual(fs.inner.describe("DESTINATION"), before)
                made.close()

    def test_the_last_of_many_is_not_taken_for_the_first(self):
        """Undoing meets errors, too, which are no reason."""
        class Broken(Through):
            def remove_file(self, root, path):
                raise OSError(errno.EIO, "still on fire")

        fs, error = Broken(), OSError(errno.EIO, "fire")
        lay(fs.inner)
        made = install(fs)
        fs.raise_in("rename", error, 2)
        with self.assertRaises(OSError) as caught:
            made.apply()
        self.assertIs(caught.exception, error)
        self.assertEqual(made.state, codedeploy.InstallState.UNDOING)
        made.close()

    def test_an_error_is_not_told_again(self):
        fs, error = Through(), OSError(errno.EIO, "fire")
        lay(fs.inner)
        made = install(fs)
        fs.raise_in("sync_all", error)
        with self.assertRaises(OSError):
            made.apply()
        with self.assertRaises(codedeploy.StateError) as caught:
            made.keep()
        self.assertNotIn("fire", str(caught.exception))

    def test_a_copy_that_is_stopped(self):
        class Slow(Through):
            def copy_file(self, from_root, source, to_root, destination, keep, moved):
                moved(1)
                raise AssertionError("it was not stopped")

        def stop(progress):
            if progress.state == codedeploy.InstallState.STAGING and progress.bytes == 1:
                raise error

        fs, error = Slow(), TimeoutError("too slow")
        lay(fs.inner)
        plan = InstallPlan(AppSpec.parse(SPEC), fs, file_exists_behavior="OVERWRITE", measure=True)
        with plan.install(fs, group="web", id="d-1", progress=stop) as made:
            with self.assertRaises(TimeoutError) as caught:
                made.apply()
            self.assertIs(caught.exception, error)
            self.assertEqual(made.state, codedeploy.InstallState.UNDONE)

    def test_wrong_answers(self):
        for name, answer in (("info", 7), ("list", 7), ("list", [7]), ("read_link", 7), ("read_file", 7)):
            with self.subTest(name):
                cls = type("Odd", (Through,), {name: lambda self, *arguments: answer})
                fs = cls()
                lay(fs.inner)
                with self.assertRaises((TypeError, AttributeError)):
                    play(fs)

    def test_closed(self):
        fs = sim.FileSystem()
        lay(fs)
        with install(fs) as made:
            fs.close()
            with self.assertRaises(codedeploy.ClosedError):
                InstallPlan(AppSpec.parse(SPEC), fs)
            made.apply()  # it holds what it needs
        for call in (made.apply, made.keep, made.revert, made.step, lambda: made.state, lambda: made.progress):
            with self.assertRaises(codedeploy.ClosedError):
                call()


if __name__ == "__main__":
    unittest.main()
