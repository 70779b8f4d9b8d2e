#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Twice the input takes twice the work: instructions are counted, not seconds. See cost.c.

    check-cost.py PROGRAM
"""

import pathlib
import re
import subprocess
import sys
import tempfile

# What twice the input may take: a logarithm, and the begin of things, are allowed for. A square
# would take four times as much.
MOST = 2.6


def counts(program):
    """Instructions by kind and size (1 or 2)."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program],
            check=True, capture_output=True, timeout=600,
        )
        for path in pathlib.Path(folder).iterdir():
            text = path.read_text()
            label = re.search(r"^desc: Trigger: Client Request: (\S+) ([12])$", text, re.M)
            total = re.search(r"^(?:summary|totals): (\d+)", text, re.M)
            if label and total:
                found[label[1], int(label[2])] = int(total[1])
    return found


def main():
    found = counts(str(pathlib.Path(sys.argv[1]).resolve()))
    kinds = sorted({kind for kind, _ in found})
    failed = 0
    for kind in kinds:
        ratio = found[kind, 2] / found[kind, 1]
        print(f"{kind:18} {found[kind, 2]:12} {ratio:5.2f}")
        failed += ratio > MOST
    print(f"{len(kinds)} kinds of input, {failed} take more than {MOST} times for twice the input")
    sys.exit(1 if failed or len(kinds) < 30 else 0)


main()
