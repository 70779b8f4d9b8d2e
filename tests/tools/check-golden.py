#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs the command and compares all that it prints with what stands in a folder.

    check-golden.py CODEDEPLOY FOLDER

Each file NAME.cmd holds the arguments, quoted as in a shell; they are run in FOLDER. NAME.out
holds the standard output, then, each only if there is any, "--- stderr" with the standard error
and "--- exit N". With BLESS=1 in the environment the outputs are written instead of compared.
"""

import difflib
import os
import pathlib
import shlex
import subprocess
import sys
import xml.dom.minidom

ENVIRONMENT = {"COLUMNS": "80", "PATH": os.environ.get("PATH", ""), "LC_ALL": "fr_FR.UTF-8"}
for name in ("LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
    if name in os.environ:
        ENVIRONMENT[name] = os.environ[name]


def run(codedeploy, folder, arguments):
    result = subprocess.run(
        [codedeploy, *shlex.split(arguments)], stdin=subprocess.DEVNULL, capture_output=True,
        cwd=folder, env=ENVIRONMENT,
    )
    output = result.stdout.decode("utf-8")
    if output.startswith("<svg"):
        xml.dom.minidom.parseString(output)
    if result.stderr:
        output += "--- stderr\n" + result.stderr.decode("utf-8")
    if result.returncode:
        output += f"--- exit {result.returncode}\n"
    return output


def main():
    codedeploy, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    commands = sorted(folder.glob("*.cmd"))
    failed = 0
    for command in commands:
        expected = command.with_suffix(".out")
        actual = run(codedeploy, folder, command.read_text(errors="surrogateescape"))
        if os.environ.get("BLESS"):
            expected.write_text(actual)
        wanted = expected.read_text()
        if actual != wanted:
            failed += 1
            sys.stdout.writelines(difflib.unified_diff(
                wanted.splitlines(True), actual.splitlines(True), str(expected), "printed"))
    print(f"{len(commands)} commands, {failed} differ")
    sys.exit(1 if failed or not commands else 0)


main()
