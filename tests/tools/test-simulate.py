#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What `codedeploy simulate` promises beyond its golden outputs.

    test-simulate.py CODEDEPLOY SOURCE_ROOT

The documented examples of the roll-out (tests/rollout/data/documented.txt) come out of the command
as the documentation says; README's picture is what the command beside it draws; the events that
JSON lists add up; nothing depends on the locale, the terminal or the time.
"""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

COMMAND, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])


def run(arguments, **options):
    return subprocess.run([COMMAND, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=120, **options)


def events(arguments):
    result = run(["simulate", *arguments, "--format", "json"])
    lines = [json.loads(line) for line in result.stdout.decode("utf-8").splitlines()]
    assert lines, (arguments, result.stderr)
    assert result.returncode == (0 if lines[-1]["verdict"] == "Succeeded" else 1), arguments
    return lines


# ---- the documented examples ----

def minimum(text):
    return ["--config", text] if text.startswith("CodeDeployDefault.") else ["--min-healthy", text]


def arguments_of(example, healthy):
    n = int(example["n"])
    arguments = ["--instances", str(n), "--unhealthy", str(n - healthy), *minimum(example["min"])]
    if "fail" in example:
        arguments += ["--fail-at", example["fail"]]
    if "zones" in example:
        arguments += ["--zones", example["zones"], "--zonal"]
        for key, option in (("zone-min", "--zone-min-healthy"), ("wait", "--zone-wait"),
                            ("first-wait", "--first-zone-wait")):
            if key in example:
                arguments += [option, example[key]]
    return arguments + ["--duration", "1s"]


def steps(lines):
    """How many were begun at each moment of the clock."""
    counts = {}
    for line in lines:
        if line.get("event") == "start":
            counts[line["time_ms"]] = counts.get(line["time_ms"], 0) + 1
    return list(counts.values())


def check_example(number, example, healthy):
    lines = events(arguments_of(example, healthy))
    last = lines[-1]
    begun = sum(line.get("event") == "start" for line in lines)
    actual = {"verdict": last["verdict"], "code": last["error_code"], "ok": str(last["updated"]),
              "begun": str(begun), "at-once": str(last["most_in_flight"]),
              "took": str(last["duration_ms"] // 1000), "steps": ",".join(map(str, steps(lines)))}
    for key, value in actual.items():
        if key in example and example[key] != value:
            sys.exit(f"{number} with {healthy} healthy: {key} is {value}, not {example[key]}")


def documented():
    count = 0
    for line in (ROOT / "tests/rollout/data/documented.txt").read_text().splitlines():
        words = line.split()
        # The command's blue/green fleets have originals, which those examples leave out.
        if not words or line.startswith("#") or "green" in words:
            continue
        example = dict(word.split("=", 1) for word in words[1:])
        n = int(example["n"])
        for healthy in {int(example["healthy"])} if "healthy" in example else {0, n}:
            check_example(words[0], example, healthy)
        count += 1
    assert count >= 45, count
    return f"{count} documented examples"


# ---- README's picture ----

def picture():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"\$ codedeploy (simulate (?:.*\\\n)*.*) > (docs/images/\S+)\n", readme)
    assert found, "README shows no picture of a roll-out"
    command, image = found[1].replace("\\\n", " "), found[2]
    assert f"]({image})" in readme, f"README does not show {image}"
    drawn = run(shlex.split(command)).stdout
    assert drawn == (ROOT / image).read_bytes(), \
        f"{image} is not what this prints: codedeploy {command}"
    return "README's picture is up to date"


# ---- sums ----

def adds_up(arguments):
    """Each instance is begun once and has one result; capacity is never below the minimum."""
    lines = events(arguments)
    last = lines[-1]
    begun = [line["instance"] for line in lines if line.get("event") == "start"]
    ended = [line["instance"] for line in lines if line.get("event") == "result"]
    skipped = [line["instance"] for line in lines if line.get("event") == "skip"]
    assert len(set(begun)) == len(begun) and sorted(begun) == sorted(ended)
    assert len(begun) + len(skipped) == last["instances"]
    assert last["updated"] + last["failed"] == len(begun) == last["reached"]
    times = [line["time_ms"] for line in lines if "time_ms" in line]
    assert times == sorted(times)
    for line in lines:
        if line.get("rule") == "start-healthy":
            assert line["healthy"] >= line["minimum"], line
    assert last["least_healthy"] >= last["minimum"] or last["failed"] > 0
    return last


def sums():
    for seed in range(1, 21):
        adds_up(["--instances", "57", "--zones", "3", "--config", "HalfAtATime", "--fail", "10%",
                 "--unhealthy", "7", "--duration", "30s+-25s", "--seed", str(seed)])
    last = adds_up(["--instances", "30000", "--min-healthy", "75%", "--fail", "1200",
                    "--duration", "30s+-25s"])
    assert last["failed"] == 1200, last
    return "sums"


# ---- the same everywhere ----

def same():
    arguments = ["simulate", "--instances", "12", "--fail", "20%", "--min-healthy", "50%",
                 "--duration", "30s±10s"]
    for form in ("text", "json", "svg"):
        outputs = {run([*arguments, "--format", form],
                       env={"COLUMNS": "80", "LC_ALL": locale, "TZ": zone}).stdout
                   for locale, zone in (("C", "UTC"), ("fr_FR.UTF-8", "Asia/Tokyo"),
                                        ("tr_TR.UTF-8", "UTC"))}
        assert len(outputs) == 1 and outputs != {b""}, form
    return "the same everywhere"


# ---- output that cannot be written ----

def closed():
    for command in ("simulate --instances 5", "simulate --instances 5 --format json",
                    "simulate --instances 5 --format svg",
                    "simulate --instances 5 --compare 0,1"):
        result = subprocess.run(["sh", "-c", f'"$0" {command} >&-', COMMAND],
                                capture_output=True, timeout=60)
        assert result.returncode == 3, (command, result)
        assert b"standard output" in result.stderr, result.stderr
    with open("/dev/full", "wb") as full:
        result = subprocess.run([COMMAND, "simulate", "--instances", "5"], stdout=full,
                                stderr=subprocess.PIPE, timeout=60)
    assert result.returncode == 3, result
    return "output that cannot be written"


def main():
    for check in (documented, picture, sums, same, closed):
        print(check())


main()
