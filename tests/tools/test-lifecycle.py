#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""codedeploy lifecycle: what it prints, and what it refuses.

    test-lifecycle.py CODEDEPLOY SOURCE_ROOT [--bless]

The expected output lies in tests/tools/data/lifecycle; --bless writes it anew.
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import unittest

CODEDEPLOY, SOURCE_ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
GOLDEN = SOURCE_ROOT / "tests" / "tools" / "data" / "lifecycle"
MANUAL = SOURCE_ROOT / "docs" / "man" / "codedeploy-lifecycle.1"

SCENARIOS = {
    "server": ["in-place", "in-place-load-balancer", "in-place-rollback",
               "in-place-rollback-load-balancer", "blue-green-replacement", "blue-green-original",
               "blue-green-rollback-original", "blue-green-rollback-replacement",
               "auto-scaling-launch", "auto-scaling-termination", "local"],
    "lambda": ["blue-green"],
    "ecs": ["blue-green", "test-listener"],
}
# File, and the words that print it.
GOLDENS = [
    *((f"{platform}-{scenario}.txt", f"--platform {platform} --scenario {scenario}")
      for platform, scenarios in SCENARIOS.items() for scenario in scenarios),
    ("server-in-place-load-balancer.json",
     "--platform server --scenario in-place-load-balancer --format json"),
    ("server-blue-green-rollback-replacement.json",
     "--platform server --scenario blue-green-rollback-replacement --format json"),
    ("lambda-blue-green.json", "--platform=lambda --format=json"),
    ("ecs-test-listener.json", "--platform ecs --scenario test-listener --format json"),
    ("ecs-test-listener.dot", "--platform ecs --scenario test-listener --format dot"),
    ("ecs-test-listener.mermaid", "--platform ecs --scenario test-listener --format mermaid"),
    ("local-custom.txt",
     "--platform server --scenario local --events ApplicationStop,DownloadBundle,Smoke,,"),
    ("local-custom.dot", """--platform server --scenario local --events 'Ap"\\#<é' --format dot"""),
    ("local-custom.mermaid",
     """--platform server --scenario local --events 'Ap"\\#<é' --format mermaid"""),
]


def run(words):
    return subprocess.run([CODEDEPLOY, "lifecycle", *shlex.split(words)], capture_output=True,
                          encoding="utf-8")


class Lifecycle(unittest.TestCase):
    def test_goldens(self):
        for name, words in GOLDENS:
            with self.subTest(name):
                result = run(words)
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                self.assertEqual(result.stdout, (GOLDEN / name).read_text(encoding="utf-8"))
        self.assertEqual({name for name, _ in GOLDENS}, {p.name for p in GOLDEN.iterdir()})

    def test_json_is_the_same_list(self):
        for platform, scenarios in SCENARIOS.items():
            for scenario in scenarios:
                words = f"--platform {platform} --scenario {scenario}"
                shown = json.loads(run(words + " --format json").stdout)
                self.assertEqual(shown["platform"].lower(), platform)
                self.assertEqual(shown["scenario"], scenario)
                lines = run(words).stdout.splitlines()
                names = [line.split()[1] for line in lines[3:] if re.match(r" *\d", line)]
                self.assertEqual([event["name"] for event in shown["events"]], names)
                for event in shown["events"]:
                    self.assertEqual(event["scriptable"], event["revision"] is not None)
                    self.assertIn(event["revision"],
                                  (None, "current", "last-successful", "most-recent"))

    def test_the_default_is_the_first(self):
        for platform, scenarios in SCENARIOS.items():
            self.assertEqual(run(f"--platform {platform}").stdout,
                             run(f"--platform {platform} --scenario {scenarios[0]}").stdout)

    def test_local_order_that_cannot_run(self):
        result = run("--platform server --scenario local --events Install,DownloadBundle,oops")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("Install cannot stand before DownloadBundle.", result.stderr)
        self.assertIn("[local-event-before-download]", result.stderr)
        self.assertIn("'oops' cannot be the name of an event.", result.stderr)

    def test_local_repetition_is_only_a_warning(self):
        result = run("--platform server --scenario local --events Smoke,Smoke --format json")
        self.assertEqual(result.returncode, 0)
        self.assertIn("warning", result.stderr)
        self.assertEqual([event["name"] for event in json.loads(result.stdout)["events"]],
                         ["DownloadBundle", "Install", "Smoke", "Smoke"])

    def test_local_without_names_is_the_usual_order(self):
        for events in ("''", ",,"):
            self.assertEqual(run(f"--platform server --scenario local --events {events}").stdout,
                             run("--platform server --scenario local").stdout)

    def test_too_many_local_events(self):
        names = ",".join(f"Step{i}x" for i in range(100))
        result = run(f"--platform server --scenario local --events {names}")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("[local-too-many-events]", result.stderr)

    def test_wrong_use(self):
        for words, said in (
            ("", "--platform server, lambda or ecs"),
            ("--platform servers", "did you mean server?"),
            ("--platform server --scenario in-plase", "did you mean in-place?"),
            ("--platform lambda --scenario in-place", "it takes blue-green"),
            ("--platform ecs --scenario test-listner", "did you mean test-listener?"),
            ("--platform server --format yaml", "json, dot or mermaid"),
            ("--platform server --events A", "--scenario local only"),
            ("--platform", "--platform needs a value"),
            ("--platform server --scenaro x", "there is no option '--scenaro'"),
            ("--platform server more", "'more'"),
        ):
            with self.subTest(words):
                result = run(words)
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn(said, result.stderr)
                self.assertIn("codedeploy lifecycle --help", result.stderr)

    def test_help_names_every_scenario(self):
        result = run("--help")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for scenario in {s for scenarios in SCENARIOS.values() for s in scenarios}:
            self.assertIn(scenario, result.stdout)

    def test_the_manual_shows_what_is_printed(self):
        text = MANUAL.read_text(encoding="utf-8")
        examples = re.findall(r"^\.Dl \$ codedeploy lifecycle ([^\n]*)\n\.Bd -literal\n(.*?)^\.Ed",
                              text, flags=re.M | re.S)
        self.assertEqual(len(examples), 3)
        for words, shown in examples:
            plain = shown.replace(r"\-", "-").replace(r"\&", "")
            self.assertEqual(run(words.replace(r"\-", "-")).stdout, plain)
        for scenario in {s for scenarios in SCENARIOS.values() for s in scenarios}:
            self.assertIn(scenario, text.replace(r"\-", "-"))


if sys.argv[3:] == ["--bless"]:
    for name, words in GOLDENS:
        (GOLDEN / name).write_text(run(words).stdout, encoding="utf-8")
else:
    unittest.main(argv=sys.argv[:1])
