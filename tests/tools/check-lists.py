#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What --help lists, README.md and the manual pages list too: every command and every option.

    check-lists.py CODEDEPLOY SOURCE_ROOT all|some

`some`: this build leaves commands out, so that the documents may list more than --help does.
"""

import pathlib
import re
import subprocess
import sys

EVERYWHERE = {"--help", "--version"}


def ask(codedeploy, *words):
    return subprocess.run([codedeploy, *words], check=True, capture_output=True, text=True).stdout


def plain(roff, name=""):
    """Text of a manual page, without its examples and what it says of other commands."""
    before, _, after = roff.partition(".SH EXAMPLES")
    behind = re.search(r"^\.SH .*", after, re.MULTILINE)
    text = (before + (after[behind.start():] if behind else "")).replace("\\-", "-")
    return re.sub(rf"^\.B codedeploy (?!{name} ).*$", "", text, flags=re.MULTILINE)


def options(text):
    return set(re.findall(r"--[a-z]+(?:-[a-z]+)*", text)) - EVERYWHERE


def compare(problems, where, found, wanted, may_have_more):
    for name in sorted(wanted - found):
        problems.append(f"{where} lacks {name}")
    for name in sorted(found - wanted if not may_have_more else ()):
        problems.append(f"{where} names {name}, which --help does not")


def main():
    codedeploy, root = sys.argv[1], pathlib.Path(sys.argv[2])
    some = sys.argv[3] == "some"
    manual = root / "docs/man"
    problems = []
    commands = dict(re.findall(r"^  ([a-z-]+)  +(.+)$", ask(codedeploy, "--help"), re.MULTILINE))

    readme = (root / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("| command | does |"):].partition("\n\n")[0]
    rows = re.findall(r"^\| (`codedeploy .*?) \|", table, re.MULTILINE)
    named = {word for row in rows for word in re.findall(r"`(?:codedeploy )?([a-z-]+)`", row)}
    compare(problems, "README.md", named, set(commands), some)

    first = plain((manual / "codedeploy.1").read_text(encoding="utf-8"))
    entries = dict(re.findall(r"^\.BR codedeploy-([a-z-]+) \(1\)\n(.+)$", first, re.MULTILINE))
    compare(problems, "codedeploy.1", set(entries), set(commands), some)
    problems += [f"codedeploy.1 says of {name}: {entries[name]}" for name, summary
                 in commands.items() if name in entries and entries[name] != summary]

    for name in commands:
        page = manual / f"codedeploy-{name}.1"
        if not page.is_file():
            problems.append(f"there is no {page.name}")
            continue
        compare(problems, page.name, options(plain(page.read_text(encoding="utf-8"), name)),
                options(ask(codedeploy, name, "--help")), False)
    print("\n".join(problems + [f"{len(commands)} commands looked at"]))
    sys.exit(1 if problems or not commands else 0)


main()
