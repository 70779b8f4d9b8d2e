#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The scenarios of examples/scenarios as JSON, for languages that come without YAML.

    scenarios.py SOURCE_ROOT PROGRAM [ARGUMENT]...   runs a program with the folder as its last argument
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import yaml


def write(source, folder):
    for path in (source / "examples/scenarios").glob("*.yaml"):
        scenario = yaml.safe_load(path.read_text(encoding="utf-8"))
        (folder / f"{path.stem}.json").write_text(json.dumps(scenario), encoding="utf-8")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(sys.argv[1]), pathlib.Path(folder))
        sys.exit(subprocess.run([*sys.argv[2:], folder]).returncode)


if __name__ == "__main__":
    main()
