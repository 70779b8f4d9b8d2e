#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every row of the reference is shown by a case that passes, or is said to be none of ours.

    check.py SOURCE_ROOT BUILT_TESTS TABLE...

A table, PAGE.tsv, holds a page of the reference. Its lines are, with tabs in between:

    rows  SECTION  COUNT    The section's rows are SECTION.1 to SECTION.COUNT; with a slash behind
                            it (1.1/), COUNT rows that have no numbers of their own, but names.
    FACT  PROGRAM  CASE     The row is shown by a case of the cmocka program test-PROGRAM. CASE is
                            the whole of its name.
    FACT  FILE     TEXT     The same for what is no cmocka program: the file, from the root of the
                            source (it has a slash), has a line with TEXT in it.
    FACT  -        REASON   Nothing here can show the row, and why.

A fact may have several lines. The case's name, or the text, must hold the fact's number; a case that
shows a rule which stands on two pages holds one of them. No row may be missing, and no name of a
case be there twice in a program.
"""

import collections
import pathlib
import re
import subprocess
import sys


def holds(text, fact):
    number = re.escape(fact.split("/")[0])
    return re.search(rf"(?<![\d.]){number}(?!\.?\d)", text)


def read(table):
    counts, rows, problems = {}, collections.defaultdict(list), []
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        if line.startswith("#") or not line:
            continue
        if len(fields) != 3 or not all(fields):
            problems.append(f"{table.name}:{number}: a line has three fields")
        elif fields[0] == "rows":
            counts[fields[1]] = int(fields[2])
        else:
            rows[fields[0]].append(fields[1:])
    return counts, rows, problems


def holes(counts, rows):
    for section, count in counts.items():
        if section.endswith("/"):
            names = [fact for fact in rows if fact.startswith(section)]
            if len(names) != count:
                yield f"{section} has {len(names)} rows in place of {count}"
        else:
            expected = {f"{section}.{n}" for n in range(1, count + 1)}
            there = {fact for fact in rows if re.fullmatch(re.escape(section) + r"\.\d+", fact)}
            yield from (f"{fact} is missing" for fact in sorted(expected - there))
            yield from (f"{fact} is no row" for fact in sorted(there - expected))
    for fact in rows:
        section = fact.rpartition("/")[0] + "/" if "/" in fact else fact.rpartition(".")[0]
        if section not in counts:
            yield f"{fact} is in no section"


def passed(program):
    result = subprocess.run([program], capture_output=True, text=True, errors="replace")
    return re.findall(r"^\[ +(?:OK|SKIPPED) +\] (.*)$", result.stdout + result.stderr, re.M)


def unshown(root, where, what, facts, cases):
    if where == "-":
        return len(what.split()) < 3 and "says too little"
    if not any(holds(what, fact) for fact in facts):
        return f"'{what}' holds no number of a row that it shows"
    if "/" in where:
        file = root / where
        if not file.is_file():
            return f"there is no {where}"
        return what not in file.read_text(encoding="utf-8") and f"{where} has no '{what}'"
    if where not in cases:
        return f"there is no program test-{where}"
    return what not in cases[where] and f"no case '{what}' passes in {where}"


def main():
    root, built = map(pathlib.Path, sys.argv[1:3])
    tables = {pathlib.Path(name): read(pathlib.Path(name)) for name in sys.argv[3:]}
    facts = collections.defaultdict(list)
    for _, rows, _ in tables.values():
        for fact, lines in rows.items():
            for where, what in lines:
                facts[where, what].append(fact)
    used = {where for where, _ in facts}
    cases, problems, total = {}, [], 0
    for program in sorted(built.glob("*/test-*")):
        name = program.name.removeprefix("test-")
        if name not in used or not program.is_file():
            continue
        names = passed(program)
        problems += [f"{name}: two cases are called '{case}'"
                     for case, count in collections.Counter(names).items() if count > 1]
        cases[name] = set(names)
    for table, (counts, rows, faults) in tables.items():
        problems += faults + [f"{table.name}: {hole}" for hole in holes(counts, rows)]
        for fact, lines in rows.items():
            for where, what in lines:
                problem = unshown(root, where, what, facts[where, what], cases)
                if problem:
                    problems.append(f"{table.name}: {fact}: {problem}")
        none = sum(lines[0][0] == "-" for lines in rows.values())
        shown = len(rows) - none
        print(f"{table.stem}: {len(rows)} rows, {shown} shown, {none} not ours")
        total += shown
    print("\n".join(problems))
    sys.exit(1 if problems or not total else 0)


main()
