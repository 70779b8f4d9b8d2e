#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every code of the registry has a sample that provokes it; see README.md beside this.

    check-samples.py COMMAND SOURCE_ROOT
"""

import concurrent.futures
import os
import pathlib
import re
import shlex
import subprocess
import sys
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


def mentions(text, name):
    """The code's name or enumerator; tests may put a macro D() in place of the room's prefix."""
    enumerator = name.upper().replace("-", "_")
    if re.search(rf"\b(CDP_DIAGNOSTIC_)?{enumerator}\b|(?<![\w-]){name}(?![\w-])", text):
        return True
    return any(enumerator.endswith("_" + word) for word in re.findall(r"\bD\((\w+)\)", text))


def check(command, root, data, name):
    folder = data / name
    if not folder.is_dir():
        return "has no sample"
    if (folder / "unit").exists():
        test = root / (folder / "unit").read_text().strip()
        if not test.is_file():
            return f"names {test}, which is not there"
        if not any(mentions(path.read_text(), name) for path in sorted(test.parent.glob("*.c"))):
            print(f"{name} is not named by {test.relative_to(root)} and its neighbours")
        return None
    output = run(command, folder)
    if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", output):
        return f"is not found in its sample:\n{output}"
    return None


def main():
    command, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    data = root / "tests/diagnostics/data"
    with open(root / "lib/base/diagnostics.toml", "rb") as file:
        names = [entry["name"] for entry in tomllib.load(file)["diagnostic"]]
    problems = [f"{path.name} is no code of the registry"
                for path in sorted(data.iterdir()) if path.name not in names]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for name, problem in zip(names, pool.map(lambda n: check(command, root, data, n), names)):
            if problem:
                problems.append(f"{name} {problem}")
    print("\n".join(problems + [f"{len(names)} codes looked at"]))
    sys.exit(1 if problems or not names else 0)


main()
