#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every code of the registry has a sample that provokes it; see README.md beside this.

    check-samples.py COMMAND SOURCE_ROOT BUILD_ROOT
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib

DEFAULT = "validate --format json appspec.yml"


def run(command, folder):
    words = DEFAULT
    if (folder / "cmd").exists():
        words = (folder / "cmd").read_text()
    result = subprocess.run(
        [command, *shlex.split(words)], cwd=folder, capture_output=True, timeout=60,
        env={**os.environ, "NO_COLOR": "1"},
    )
    if result.returncode < 0:
        raise RuntimeError(f"the command died of signal {-result.returncode}")
    return (result.stdout + result.stderr).decode("utf-8", "replace")


class Units:
    """Runs test programs, each once, and tells which codes the library reports in them."""

    def __init__(self, build, folder):
        self.folder = folder
        self.tests = {}
        for test in json.loads((build / "meson-info/intro-tests.json").read_text()):
            self.tests.setdefault(pathlib.Path(test["cmd"][0]).name, test)

    def program(self, source):
        """Of tests/ROOM/test_NAME.c: test-ROOM-NAME."""
        path = pathlib.Path(source)
        return f"test-{path.parent.name}-{path.stem.removeprefix('test_')}"

    def run(self, source):
        test = self.tests.get(self.program(source))
        if not test:
            return None
        said = self.folder / self.program(source)
        # Whether it passes is its own business: it is a test, too.
        subprocess.run(
            test["cmd"], cwd=test["workdir"] or self.folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT, timeout=300,
            env={**os.environ, **test["env"], "CODEDEPLOY_SAID": str(said)},
        )
        return set(map(int, said.read_text().split())) if said.exists() else set()


def check(command, data, entry, said):
    name = entry["name"]
    folder = data / name
    if not folder.is_dir():
        return "has no sample"
    if (folder / "reason").exists():
        return None if (folder / "reason").read_text().strip() else "has no reason"
    if (folder / "unit").exists():
        source = (folder / "unit").read_text().strip()
        if said[source] is None:
            return f"names {source}, of which there is no test program"
        return None if entry["number"] in said[source] else f"is not reported in {source}"
    output = run(command, folder)
    if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", output):
        return f"is not found in its sample:\n{output}"
    return None


def main():
    command, root, build = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    data = root / "tests/diagnostics/data"
    with open(root / "lib/base/diagnostics.toml", "rb") as file:
        entries = tomllib.load(file)["diagnostic"]
    names = [entry["name"] for entry in entries]
    sources = sorted({path.read_text().strip() for path in data.glob("*/unit")})
    problems = [f"{path.name} is no code of the registry"
                for path in sorted(data.iterdir()) if path.name not in names]
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(4) as pool:
        units = Units(build, pathlib.Path(folder))
        said = dict(zip(sources, pool.map(units.run, sources)))
        for name, problem in zip(names, pool.map(lambda e: check(command, data, e, said), entries)):
            if problem:
                problems.append(f"{name} {problem}")
    without = len(list(data.glob("*/reason")))
    print("\n".join(problems + [f"{len(names)} codes looked at, {len(sources)} test programs, "
                                f"{without} codes without a sample for a reason"]))
    sys.exit(1 if problems or not names else 0)


main()
