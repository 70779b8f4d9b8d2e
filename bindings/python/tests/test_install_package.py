# SPDX-License-Identifier: MIT
"""`pip install` into a clean virtual environment, against installed C libraries and without a network;
then the README's quick start and the three programs with what was installed."""

import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from support import BUILD, EXAMPLES, ROOT

PACKAGE = ROOT / "bindings/python"


def run(*command, expect=0, **options):
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "LD_LIBRARY_PATH")}
    environment.update(options.pop("env", {}))
    result = subprocess.run([str(word) for word in command], env=environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **options)
    if result.returncode != expect:
        raise AssertionError(f"{' '.join(map(str, command))}\n{result.stdout}")
    return result.stdout


@unittest.skipUnless(importlib.util.find_spec("mesonpy"), "meson-python is not installed")
class Installing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", cls.folder / "image")
        (pc,) = (cls.folder / "image").rglob("pkgconfig/codedeploy.pc")
        for path in pc.parent.glob("*.pc"):
            path.write_text(re.sub(r"(?m)^prefix=", f"prefix={cls.folder}/image", path.read_text()))
        # A build leaves a folder of its own in the source for a while.
        shutil.copytree(PACKAGE, cls.folder / "bindings/python", ignore=shutil.ignore_patterns("__pycache__", ".mesonpy*"))
        shutil.copy(ROOT / "bindings/headers.py", cls.folder / "bindings")
        # Debian's pip serves there, too.
        run(sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", cls.folder / "venv")
        cls.python = cls.folder / "venv/bin/python"
        run(cls.python, "-m", "pip", "install", "--no-index", "--no-build-isolation", "--disable-pip-version-check",
            "--config-settings=setup-args=-Doptimization=0",  # half of the time
            cls.folder / "bindings/python",
            env={"PKG_CONFIG_PATH": str(pc.parent), "TMPDIR": str(cls.folder), "PIP_CACHE_DIR": str(cls.folder / "cache")})

    def test_it_is_the_installed_one(self):
        shown = run(self.python, "-c", "import codedeploy; print(codedeploy.__file__, codedeploy.version())", cwd=self.folder)
        self.assertIn(str(self.folder / "venv"), shown)
        for path in (PACKAGE / "src/codedeploy").iterdir():
            if path.suffix in (".py", ".typed"):
                (found,) = (self.folder / "venv").rglob(f"codedeploy/{path.name}")
                self.assertEqual(found.read_bytes(), path.read_bytes())

    def test_quick_start(self):
        readme = (PACKAGE / "README.md").read_text(encoding="utf-8")
        (program,) = re.findall(r"```python\n(.*?)```", readme, re.S)
        self.assertLessEqual(len(program.splitlines()), 12)
        self.assertEqual(run(self.python, "-c", program, cwd=self.folder), "app goes to /srv\n")

    def test_validate(self):
        program = PACKAGE / "examples/validate.py"
        self.assertEqual(run(self.python, program, EXAMPLES / "appspec/server.yml"), "")
        self.assertRegex(run(self.python, program, EXAMPLES / "appspec/broken.yml", expect=1), r"broken\.yml:\d+:\d+: error: ")

    def test_canary(self):
        shown = run(self.python, PACKAGE / "examples/canary.py")
        self.assertIn("0:00:10.000   traffic: 10 % to the replacement, 90 % to the original", shown)
        self.assertIn("0:07:05.000   alarm errors is ALARM", shown)
        self.assertIn("d-BACK00001 Succeeded", shown)

    def test_deploy(self):
        for name in ("root", "target"):
            (self.folder / name).mkdir()
        shown = run(self.python, PACKAGE / "examples/deploy.py", EXAMPLES / "bundles/hello/v1", self.folder / "root",
                    self.folder / "target")
        self.assertIn("Install: Succeeded", shown)
        self.assertTrue(any(path.is_file() for path in (self.folder / "target").rglob("*")))
        broken = self.folder / "nothing"
        broken.mkdir()
        run(self.python, PACKAGE / "examples/deploy.py", broken, self.folder / "root", self.folder / "target", expect=1)


if __name__ == "__main__":
    unittest.main()
