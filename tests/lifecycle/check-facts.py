#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every row of the reference is shown by a case that passes, or is another room's.

    check-facts.py TABLE TEST_PROGRAM...

The table must have no hole: the rows of each section are numbered from 1 on without a gap, and each
section has as many as it should.
"""

import re
import subprocess
import sys

# How many rows the sections of the reference have.
SECTIONS = {"1": 15, "2": 13, "3": 4, "4": 7, "5": 11, "6": 9, "7": 6, "8": 11, "9": 7, "10": 7,
            "11": 4, "12": 8, "E1": 8}
ROOMS = {"appspec", "install", "rollout", "group", "deployment", "hosts", "command"}


def read(path):
    rows = {}
    problems = []
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            continue
        fact, where, *why = line.rstrip("\n").split("\t")
        if fact in rows:
            problems.append(f"{fact} stands there twice")
        if where != "test" and (where not in ROOMS or not why):
            problems.append(f"{fact}: '{where}' is no room, or it does not say why")
        rows[fact] = where
    expected = {f"{s}.{n}" for s, count in SECTIONS.items() for n in range(1, count + 1)}
    problems += [f"{fact} is missing" for fact in sorted(expected - rows.keys())]
    problems += [f"{fact} is no row of the reference" for fact in sorted(rows.keys() - expected)]
    return rows, problems


def passed(programs):
    names = []
    for program in programs:
        result = subprocess.run([program], capture_output=True, text=True)
        names += re.findall(r"^\[ +OK \] (.*)$", result.stdout + result.stderr, flags=re.M)
    return names


def main():
    table, *programs = sys.argv[1:]
    rows, problems = read(table)
    names = passed(programs)
    shown = {name.split()[0] for name in names}
    for fact, where in rows.items():
        if where == "test" and fact not in shown:
            problems.append(f"{fact} is shown by no case that passes")
    for fact in sorted(shown - rows.keys()):
        problems.append(f"a case shows {fact}, which the table does not have")
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.append(f"two cases are called '{name}'")
    print("\n".join(problems + [f"{len(rows)} rows, {len(names)} cases"]))
    sys.exit(1 if problems or not names else 0)


main()
