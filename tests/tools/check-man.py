#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs the examples of manual pages and compares their output with what the pages show.

    check-man.py CODEDEPLOY PAGE...

An example is a line that begins with "$ codedeploy" between .EX and .EE; what follows, up to the
next line that begins with "$ " or to .EE, is its output, standard error included. In pages written
with mdoc it is a line ".Dl $ codedeploy", and its output stands between .Bd and .Ed. Lines between
"$ cat NAME" and the next "$ " are a file that the examples behind it may read. A line "[...]"
stands for any lines, and at a line's end for any text. Every page must have an example, and each example runs at 72 columns.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ENVIRONMENT = {"COLUMNS": "72", "PATH": os.environ.get("PATH", "")}
for name in ("LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
    if name in os.environ:
        ENVIRONMENT[name] = os.environ[name]

ESCAPES = {r"\-": "-", r"\e": "\\", r"\(aq": "'", r"\(dq": '"', r"\&": "", r"\(ga": "`",
           r"\(ha": "^", r"\(ti": "~"}


def unescape(line):
    return re.sub(r"\\(?:\(..|.)", lambda m: ESCAPES.get(m.group(), m.group()), line)


def examples(page):
    """Yields (command line, lines that follow) of one page."""
    inside = False
    command, output = None, []
    for line in page.read_text(encoding="utf-8").splitlines():
        begins = re.match(r"(?:\.Dl )?\$ (.*)", line)
        ends = line in (".EX", ".EE", ".Ed")
        if command and (begins or ends):
            yield command, output
            command = None
        if begins and (inside or line.startswith(".Dl")):
            command, output = unescape(begins.group(1)), []
        elif ends:
            inside = line == ".EX"
        elif command and not line.startswith(".Bd"):
            output.append(unescape(line))


def matches(expected, actual):
    pattern = "".join(r"(?:.*\n)*?" if line == "[...]" else
                      re.escape(line[:-5]) + r".*\n" if line.endswith("[...]") else
                      re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, actual) is not None


def check_page(codedeploy, page, folder):
    ran = failed = 0
    for command, expected in examples(page):
        words = shlex.split(command)
        if words[0] == "cat":
            (folder / words[1]).parent.mkdir(parents=True, exist_ok=True)
            (folder / words[1]).write_text("\n".join(expected) + "\n", encoding="utf-8")
            continue
        if words[0] != "codedeploy":
            sys.exit(f"{page}: an example runs {words[0]}")
        result = subprocess.run(
            [codedeploy, *words[1:]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, cwd=folder, env=ENVIRONMENT,
        )
        ran += 1
        actual = result.stdout.decode("utf-8")
        if not matches(expected, actual):
            failed += 1
            print(f"{page}: $ {command}\nprints\n{actual}", end="")
    return ran, failed


def main():
    codedeploy, pages = os.path.abspath(sys.argv[1]), [pathlib.Path(page) for page in sys.argv[2:]]
    total = bad = 0
    for page in pages:
        with tempfile.TemporaryDirectory() as folder:
            ran, failed = check_page(codedeploy, page, pathlib.Path(folder))
        if ran == 0:
            failed = 1
            print(f"{page}: there is no example")
        total += ran
        bad += failed
    print(f"{len(pages)} pages, {total} examples, {bad} differ")
    sys.exit(1 if bad or not pages else 0)


main()
