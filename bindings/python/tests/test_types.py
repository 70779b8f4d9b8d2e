# SPDX-License-Identifier: MIT
"""Wrong types and wild values into everything that is public: a TypeError, a ValueError or what the library
says of it, and never anything else."""

import enum
import inspect
import itertools
import unittest

from test_lifetime import native_classes

import codedeploy

WILD = [None, 7, -1, 2**63, -(2**63) - 1, 1.5, "", "x\0", "\ud800", b"\xff\0", [None], {}, object(), int, lambda: None]
FIRST = [0, None, "x"]
REFUSALS = (TypeError, ValueError, OverflowError, LookupError, MemoryError, OSError, codedeploy.CodeDeployError)
#: An indentation is as wide as it is told to be.
WRITERS = ("write", "write_info", "write_targets")


def functions():
    """All public callables by name: of the package, of its classes, and of an object of each class."""
    for name in dir(codedeploy):
        value = getattr(codedeploy, name)
        if name.startswith("_") or not callable(value) or isinstance(value, type) and issubclass(value, BaseException):
            continue
        yield name, value
        if isinstance(value, type) and not issubclass(value, enum.Enum):
            for method in dir(value):
                static = inspect.getattr_static(value, method)
                if isinstance(static, (classmethod, staticmethod)) and not method.startswith("_"):
                    yield f"{name}.{method}", getattr(value, method)
    for one in native_classes():
        for name in dir(type(one)):
            static = inspect.getattr_static(type(one), name)
            if inspect.isfunction(static) and name != "close" and (not name.startswith("_") or name in (
                    "__getitem__", "__contains__", "__eq__", "__call__")):
                yield f"{type(one).__name__}.{name}", getattr(one, name)


class Types(unittest.TestCase):
    def call(self, name, function, *arguments):
        if name.split(".")[-1] in WRITERS and any(isinstance(one, int) and one > 9 for one in arguments):
            return
        try:
            result = function(*arguments)
            if inspect.isgenerator(result):
                list(itertools.islice(result, 3))
        except REFUSALS:
            pass
        except Exception as error:
            self.fail(f"{name}{arguments!r}: {error!r}")

    def test_wild_values(self):
        count = 0
        for name, function in functions():
            with self.subTest(name):
                count += 1
                for value in WILD:
                    self.call(name, function, value)
                    for first in FIRST:
                        self.call(name, function, first, value)
                        self.call(name, function, value, first)
        self.assertGreater(count, 300)

    def test_what_is_no_object_of_the_library_is_a_type_error(self):
        for call in (
            lambda: codedeploy.InstallPlan("spec", codedeploy.sim.FileSystem()),
            lambda: codedeploy.InstallPlan(codedeploy.AppSpec.for_server(), "/srv"),
            lambda: codedeploy.InstallPlan(codedeploy.sim.FileSystem(), codedeploy.sim.FileSystem()),
            lambda: codedeploy.Lifecycle("Server"),
            lambda: codedeploy.Rollout("HALF"),
            lambda: codedeploy.RollbackPlan(None),
            lambda: codedeploy.SimHost("d-1"),
            lambda: codedeploy.AppSpec.for_lambda("function"),
            lambda: codedeploy.TrafficCursor("10:5m,100", 0),
            lambda: codedeploy.recover_install("/srv", "group"),
            lambda: codedeploy.suggest(7, ["seven"]),
            lambda: codedeploy.suggest("seven", [7]),
        ):
            with self.assertRaises(TypeError):
                call()


if __name__ == "__main__":
    unittest.main()
