# SPDX-License-Identifier: MIT
"""The package as a whole: every docstring's example, types, and that nothing lags behind."""

import doctest
import importlib
import inspect
import os
import pathlib
import pkgutil
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import codedeploy
from codedeploy._words import ffi, lib

ROOT = pathlib.Path(os.environ["CODEDEPLOY_SOURCE_ROOT"])
SOURCE = ROOT / "bindings/python/src"
MODULES = [importlib.import_module(m.name)
           for m in pkgutil.iter_modules(codedeploy.__path__, "codedeploy.")]


class Docstrings(unittest.TestCase):
    def test_examples(self):
        run = 0
        for module in [codedeploy, *MODULES]:
            with self.subTest(module.__name__):
                result = doctest.testmod(module, optionflags=doctest.IGNORE_EXCEPTION_DETAIL * 0)
                self.assertEqual(result.failed, 0)
                run += result.attempted
        self.assertGreater(run, 200)

    def test_public_names_are_documented(self):
        for name in filter(lambda n: not n.startswith("_"), dir(codedeploy)):
            value = getattr(codedeploy, name)
            if isinstance(value, type) or inspect.isroutine(value):
                with self.subTest(name):
                    self.assertTrue(value.__doc__)

    def test_everything_has_an_example(self):
        """Every public class, value and enumeration, and every public function."""
        seen = set()
        for module in [codedeploy, codedeploy.posix, codedeploy.sim, codedeploy.aio]:
            for name in getattr(module, "__all__", dir(module)):
                value = getattr(module, name)
                if (isinstance(value, type) or inspect.isroutine(value)) and not name.startswith("_") and getattr(
                        value, "__module__", "").startswith("codedeploy"):
                    with self.subTest(name):
                        seen.add(name)
                        self.assertIn(">>>", vars(value).get("__doc__") or "" if isinstance(value, type) else value.__doc__ or "")
        self.assertGreaterEqual(len(seen), 250)


class Types(unittest.TestCase):
    @unittest.skipIf("CODEDEPLOY_SANITIZED" in os.environ, "once is enough")
    @unittest.skipUnless(shutil.which("mypy"), "mypy is not installed")
    def test_mypy_strict(self):
        with tempfile.TemporaryDirectory() as cache:
            subprocess.run([sys.executable, ROOT / "bindings/python/generate.py", "stub",
                            ROOT / "include", pathlib.Path(cache, "_codedeploy.pyi")], check=True)
            result = subprocess.run(
                [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.9",
                 "--cache-dir", cache, str(SOURCE / "codedeploy"),
                 *map(str, sorted((ROOT / "bindings/python/examples").glob("*.py")))],
                cwd=cache, env={**os.environ, "MYPYPATH": f"{cache}:{SOURCE}"}, capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_marked_as_typed(self):
        self.assertTrue((SOURCE / "codedeploy/py.typed").exists())


class Generated(unittest.TestCase):
    def test_enumerations_are_those_of_the_headers(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, ROOT / "bindings/python/generate.py", "package",
                            ROOT / "include", folder], check=True)
            for name in ("enums.py", "codes.py"):
                made = pathlib.Path(folder, name).read_text(encoding="utf-8")
                kept = (SOURCE / "codedeploy" / name).read_text(encoding="utf-8")
                self.assertEqual(made, kept, f"{name} is stale: run ./dev generate")

    def test_every_member_of_a_struct_has_its_place(self):
        """A new option or fact of the C library that is not to be had here is a failure."""
        words = set()
        for path in (SOURCE / "codedeploy").glob("*.py"):
            if path.name not in ("enums.py", "codes.py"):
                words |= set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
        left_out = {"reserved", "allocator", "allocate", "reallocate", "has_network_configuration"}
        for name in ffi.list_types()[0]:
            for member, _ in getattr(ffi.typeof(name), "fields", None) or ():
                if not member.endswith("_count") and member not in left_out:
                    self.assertIn(member, words, f"{name}.{member}")

    def test_every_enumerator_has_the_value_that_c_has(self):
        self.assertEqual(codedeploy.Platform.ECS, lib.CDP_PLATFORM_ECS)
        self.assertEqual(len(codedeploy.diagnostic_codes()), len(codedeploy.DiagnosticCode))
        for code in codedeploy.diagnostic_codes():
            self.assertIsInstance(code, codedeploy.DiagnosticCode)


if __name__ == "__main__":
    unittest.main()
