#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs a program and compares all that it prints with a file.

    check-output.py FILE PROGRAM [ARGUMENT...]

With BLESS=1 in the environment the file is written instead of compared.
"""

import difflib
import os
import pathlib
import subprocess
import sys

expected = pathlib.Path(sys.argv[1])
result = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                        stderr=subprocess.STDOUT)
printed = result.stdout.decode("utf-8") + f"exit {result.returncode}\n"
if os.environ.get("BLESS"):
    expected.write_text(printed, encoding="utf-8")
wanted = expected.read_text(encoding="utf-8")
sys.stdout.writelines(difflib.unified_diff(wanted.splitlines(True), printed.splitlines(True),
                                           str(expected), "printed"))
sys.exit(wanted != printed)
