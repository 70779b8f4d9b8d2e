#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Plays every scenario of examples/scenarios and compares what is printed.

    check-scenarios.py CODEDEPLOY SOURCE_ROOT

The text of NAME.yaml is tests/tools/data/scenarios/NAME.txt, and how it ends when calls of the
host fail, each once and for ever, is NAME.faults. JSON lines must be JSON and tell the
same story, pictures must be XML, plans of a rollback must exist at any time; the pictures in
docs/images are what the command draws. With BLESS=1 in the environment texts and pictures are
written instead of compared.
"""

import difflib
import json
import os
import pathlib
import subprocess
import sys
import xml.dom.minidom

IMAGES = {"canary-alarm.svg": "lambda-canary-alarm"}


def run(*words):
    result = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True)
    if result.returncode not in (0, 1) or result.stderr:
        sys.exit(f"{words}: exit {result.returncode}\n{result.stderr.decode()}")
    return result.stdout.decode("utf-8"), result.returncode


def compare(expected, actual, problems):
    if os.environ.get("BLESS"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(actual, encoding="utf-8")
    wanted = expected.read_text(encoding="utf-8") if expected.exists() else ""
    if wanted != actual:
        problems.append("".join(difflib.unified_diff(
            wanted.splitlines(True), actual.splitlines(True), str(expected), "printed")))


def sentences_of(text):
    """The sentences of the record, without times and headings."""
    lines = [line for line in text.splitlines() if line and line[0].isdigit()]
    return [line[14:].removeprefix("> ") for line in lines]


def check(codedeploy, scenario, golden, problems):
    play = (codedeploy, "run", "--scenario", scenario)
    text, ended = run(*play)
    compare(golden, f"{text}exit {ended}\n", problems)
    lines = [json.loads(line) for line in run(*play, "--format", "json")[0].splitlines()]
    told = [line["sentence"] for line in lines if line["kind"] != "action"]
    if told != sentences_of(text):
        problems.append(f"{scenario}: JSON and text differ\n")
    xml.dom.minidom.parseString(run(*play, "--format", "svg")[0])
    faults, sound = run(codedeploy, "run", "--scenario", scenario, "--faults")
    compare(golden.with_suffix(".faults"), f"{faults}exit {sound}\n", problems)
    if sound != 0:
        problems.append(f"{scenario}: a fault of the host keeps it from its end\n")
    for at in ("0s", "1m", "7m", "2h"):
        plan = (codedeploy, "rollback-plan", "--scenario", scenario, "--at", at)
        printed, possible = run(*plan, "--format", "json")
        if bool(json.loads(printed)["possible"]) != (possible == 0):
            problems.append(f"{scenario}: the plan at {at} and its exit status differ\n")
        run(*plan)


def main():
    codedeploy, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    scenarios = sorted((root / "examples/scenarios").glob("*.yaml"))
    golden = root / "tests/tools/data/scenarios"
    problems = []
    for scenario in scenarios:
        check(codedeploy, scenario, golden / f"{scenario.stem}.txt", problems)
    for image, name in IMAGES.items():
        printed, _ = run(codedeploy, "run", "--format", "svg", "--scenario",
                         root / f"examples/scenarios/{name}.yaml")
        compare(root / "docs/images" / image, printed, problems)
    sys.stdout.writelines(problems)
    print(f"{len(scenarios)} scenarios, {len(problems)} problems")
    sys.exit(1 if problems or len(scenarios) < 10 else 0)


main()
