#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The commands that read AppSpecs: validate, show, convert, init, compat, explain.

    test-validate.py CODEDEPLOY SOURCE_ROOT
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

CODEDEPLOY, SOURCE_ROOT = map(pathlib.Path.resolve, map(pathlib.Path, sys.argv[1:3]))
SAMPLES = SOURCE_ROOT / "examples" / "appspec"

BAD_MODE = """\
version: 0.0
os: linux
files:
  - source: a
    destination: /srv/a
permissions:
  - object: /srv/a
    mode: 0755
"""
GOOD = "version: 0.0\nos: linux\n"


def run(*arguments, stdin=None, cwd=None, **environment):
    clean = {k: v for k, v in os.environ.items()
             if k not in ("NO_COLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS")}
    if isinstance(stdin, str):
        stdin = stdin.encode()
    result = subprocess.run(
        [CODEDEPLOY, *map(str, arguments)], input=stdin if stdin is not None else b"",
        capture_output=True, cwd=cwd, env=clean | environment,
    )
    result.out = result.stdout.decode("utf-8", "surrogateescape")
    result.err = result.stderr.decode("utf-8", "surrogateescape")
    return result


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder_object = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.folder_object.name)

    def tearDown(self):
        self.folder_object.cleanup()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


class Validate(Folder):
    def test_samples(self):
        for name, platform in (("server.yml", "Server"), ("lambda.yml", "Lambda"),
                               ("ecs.json", "ECS")):
            for profile in ("agent", "strict"):
                result = run("validate", "--format", "json", "--profile", profile, SAMPLES / name)
                report = json.loads(result.out)
                self.assertEqual((result.returncode, report["platform"], report["valid"],
                                  report["diagnostics"]), (0, platform, True, []), name)

    def test_broken_sample_reports_everything_at_once(self):
        result = run("validate", "--format", "json", SAMPLES / "broken.yml")
        report = json.loads(result.out)
        self.assertEqual((result.returncode, report["valid"]), (1, False))
        lines = {d["line"] for d in report["diagnostics"]}
        for line in (6, 7, 8, 12, 13, 14, 16, 18, 19, 21):
            self.assertIn(line, lines)
        for diagnostic in report["diagnostics"]:
            self.assertGreaterEqual(diagnostic["line"], 1)
            self.assertGreaterEqual(diagnostic["column"], 1)
            self.assertIn("offset", diagnostic)

    def test_text_shows_the_line_with_a_caret(self):
        path = self.write("appspec.yml", BAD_MODE)
        result = run("validate", path)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"{path}:8:11: error: ", result.out)
        self.assertIn("    8 |     mode: 0755\n      |           ^~~~\n", result.out)
        self.assertNotIn("\33", result.out)

    def test_colour_only_when_wanted(self):
        path = self.write("appspec.yml", BAD_MODE)
        self.assertIn("\33[", run("validate", path, CLICOLOR_FORCE="1").out)
        self.assertNotIn("\33[", run("validate", path, CLICOLOR_FORCE="1", NO_COLOR="1").out)

    def test_no_file_takes_the_current_folder(self):
        self.assertEqual(run("validate", cwd=self.folder).returncode, 3)
        self.write("appspec.yml", GOOD)
        self.assertEqual(run("validate", cwd=self.folder).returncode, 0)

    def test_standard_input_and_several_files(self):
        path = self.write("a.yml", GOOD)
        result = run("validate", "--format", "json", "-", path, stdin=BAD_MODE)
        reports = [json.loads(line) for line in result.out.splitlines()]
        self.assertEqual([(r["file"], r["valid"]) for r in reports],
                         [("-", False), (str(path), True)])
        self.assertEqual(result.returncode, 1)

    def test_exit_codes(self):
        good = self.write("good.yml", GOOD)
        bad = self.write("bad.yml", BAD_MODE)
        self.assertEqual(run("validate", good).returncode, 0)
        self.assertEqual(run("validate", bad).returncode, 1)
        self.assertEqual(run("validate", "--no-such-option", good).returncode, 2)
        self.assertEqual(run("validate", "--format", "jsno", good).returncode, 2)
        self.assertEqual(run("validate", "--ignore", "no-such-code", good).returncode, 2)
        self.assertEqual(run("validate", self.folder / "missing.yml").returncode, 3)
        self.assertEqual(run("validate", self.folder / "missing.yml", bad).returncode, 3)
        self.assertEqual(run("validate", self.folder).returncode, 3)
        with open("/dev/full", "w") as full:
            result = subprocess.run([CODEDEPLOY, "validate", bad], stdout=full,
                                    stderr=subprocess.PIPE)
        self.assertEqual(result.returncode, 3)

    def test_platform_is_told_or_given(self):
        result = run("validate", "--format", "json", "--platform", "ecs", SAMPLES / "server.yml")
        self.assertEqual((result.returncode, json.loads(result.out)["valid"]), (1, False))

    def test_ignore_and_fail_level(self):
        path = self.write("a.yml", GOOD + "typo: 1\n")
        report = json.loads(run("validate", "--format", "json", path).out)
        self.assertEqual([d["severity"] for d in report["diagnostics"]], ["warning"])
        code = report["diagnostics"][0]["code"]
        self.assertEqual(run("validate", path).returncode, 0)
        self.assertEqual(run("validate", "--fail-level", "warning", path).returncode, 1)
        result = run("validate", "--fail-level", "warning", "--ignore", code, path)
        self.assertEqual((result.returncode, result.out), (0, ""))
        silenced = self.write("b.yml", GOOD + f"typo: 1 # codedeploy: ignore {code}\n")
        self.assertEqual(run("validate", "--fail-level", "warning", silenced).returncode, 0)

    def test_sarif_has_what_code_scanning_needs(self):
        path = self.write("a b.yml", BAD_MODE)
        log = json.loads(run("validate", "--format", "sarif", "a b.yml", SAMPLES / "server.yml",
                             cwd=self.folder).out)
        self.assertEqual(log["version"], "2.1.0")
        (sarif_run,) = log["runs"]
        rules = [rule["id"] for rule in sarif_run["tool"]["driver"]["rules"]]
        self.assertTrue(sarif_run["results"])
        for result in sarif_run["results"]:
            self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
            location = result["locations"][0]["physicalLocation"]
            self.assertEqual(location["artifactLocation"]["uri"], "a%20b.yml")
            self.assertGreaterEqual(location["region"]["startColumn"], 1)
            self.assertTrue(result["message"]["text"])
            self.assertTrue(result["partialFingerprints"])
        schema = SOURCE_ROOT / "tests" / "tools" / "data" / "sarif-subset.schema.json"
        import jsonschema
        jsonschema.validate(log, json.loads(schema.read_text()))
        empty = json.loads(run("validate", "--format", "sarif", SAMPLES / "server.yml").out)
        self.assertEqual(empty["runs"][0]["results"], [])
        self.assertTrue(path.exists())

    def test_github_annotations(self):
        self.write("a.yml", BAD_MODE)
        result = run("validate", "--format", "github", "a.yml", cwd=self.folder)
        self.assertRegex(result.out, r"(?m)^::error file=a\.yml,line=8,endLine=8,col=11,endColumn=15,"
                                     r"title=[a-z0-9-]+::.+\n")

    def test_diff_and_fix(self):
        path = self.write("a.yml", BAD_MODE)
        os.chmod(path, 0o640)
        diff = run("validate", "--diff", "a.yml", cwd=self.folder)
        self.assertIn("-    mode: 0755\n+    mode: \"0755\"\n", diff.out)
        self.assertEqual(path.read_text(), BAD_MODE)
        patched = subprocess.run(["patch", "-s", "-p0", "-o", "-", "a.yml"], input=diff.out,
                                 capture_output=True, text=True, cwd=self.folder)
        result = run("validate", "--fix", path)
        self.assertEqual((result.returncode, result.out), (0, ""))
        self.assertEqual(path.read_text(), BAD_MODE.replace("0755", '"0755"'))
        self.assertEqual(patched.stdout, path.read_text())
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)
        self.assertEqual(os.listdir(self.folder), ["a.yml"])
        self.assertEqual(run("validate", "--fix", "-", stdin=BAD_MODE).returncode, 2)

    def test_fix_leaves_what_it_cannot_write(self):
        if os.geteuid() == 0:
            self.skipTest("root may write everywhere")
        path = self.write("a.yml", BAD_MODE)
        os.chmod(self.folder, 0o555)
        try:
            self.assertEqual(run("validate", "--fix", path).returncode, 3)
            self.assertEqual(path.read_text(), BAD_MODE)
        finally:
            os.chmod(self.folder, 0o755)

    def test_bundle(self):
        path = self.write("appspec.yml", GOOD + "hooks:\n  AfterInstall:\n"
                                                "    - location: scripts/a.sh\n")
        missing = run("validate", "--bundle", self.folder, path)
        self.assertIn("scripts/a.sh", missing.out)
        script = self.write("scripts/a.sh", "#!/bin/sh\n")
        os.chmod(script, 0o755)
        result = run("validate", "--bundle", self.folder, path)
        self.assertEqual((result.returncode, result.out), (0, ""))
        self.assertEqual(run("validate", "--bundle", self.folder / "none", path).returncode, 3)

    def test_fix_follows_links_and_keeps_out_of_the_way(self):
        path = self.write("real.yml", BAD_MODE.replace("\n", "\r\n"))
        link = self.folder / "link.yml"
        link.symlink_to("real.yml")
        path.chmod(0o640)
        self.assertEqual(run("validate", "--fix", link).returncode, 0)
        self.assertTrue(link.is_symlink())
        self.assertIn(b'mode: "0755"\r\n', path.read_bytes())
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)
        dangling = self.folder / "dangling.yml"
        dangling.symlink_to("nowhere")
        self.assertEqual(run("validate", "--fix", dangling).returncode, 3)
        utf16 = self.folder / "utf16.yml"
        utf16.write_bytes(BAD_MODE.encode("utf-16"))
        before = utf16.read_bytes()
        self.assertEqual(run("validate", "--fix", utf16).returncode, 1)
        self.assertEqual(utf16.read_bytes(), before)
        if os.geteuid() != 0:
            path.write_text(BAD_MODE)
            path.chmod(0o440)
            self.assertEqual(run("validate", "--fix", path).returncode, 3)
            self.assertEqual(path.read_text(), BAD_MODE)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()),
                         ["dangling.yml", "link.yml", "real.yml", "utf16.yml"])

    def test_the_platform_of_a_refused_file(self):
        for text, platform in ((BAD_MODE, "Server"), ("a: [\n", None), ("x: 1\n", None),
                               ("Resources: [{s: {Type: AWS::ECS::Service}}]\n", "ECS"),
                               ("Resources: [{s: {Type: AWS::Lambda::Function}}]\n", "Lambda")):
            result = run("validate", "--format", "json", "-", stdin=text)
            found = json.loads(result.out)
            self.assertEqual((found["platform"], found["valid"]), (platform, False))
        result = run("validate", "--format", "json", "--platform", "ecs", "-", stdin="a: [\n")
        self.assertEqual(json.loads(result.out)["platform"], "ECS")

    def test_no_finding_gets_lost_in_the_crowd(self):
        text = GOOD + "".join(f"k{i}: 1\n" for i in range(1200)) + "files: [{source: a}]\n"
        result = run("validate", "-", stdin=text)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.out, r"-: \d+ more findings are not shown\n$")
        found = json.loads(run("validate", "--format", "json", "-", stdin=text).out)
        self.assertEqual(len(found["diagnostics"]) + found["dropped"], 1201)

    def test_a_terminal_obeys_nothing(self):
        for text in (b"a: \xc2\x9b31m\n", b"a: \x1b[31m\n", b"a: b\xff\xfe\x9b\n", b"\x9b: [\n"):
            result = run("validate", "-", stdin=text)
            self.assertEqual(result.returncode, 1)
            for character in result.stdout.decode("utf-8"):
                self.assertTrue(character == "\n" or character.isprintable(), result.stdout)

    def test_a_closed_output(self):
        path = self.write("bad.yml", BAD_MODE)
        for redirect in (">&-", ">/dev/full"):
            result = subprocess.run(f'"{CODEDEPLOY}" validate bad.yml {redirect}', shell=True,
                                    cwd=self.folder, capture_output=True)
            self.assertEqual(result.returncode, 3)
        self.assertEqual(path.read_text(), BAD_MODE)

    def test_hostile_input_ends_quickly(self):
        for text in (b"[" * (1 << 20), b"\xff\xfe\xfd", b"\0" * 1000, b"a: \xc3",
                     b"a" * (5 << 20)):
            result = run("validate", "--format", "json", "-", stdin=text)
            report = json.loads(result.out)
            self.assertEqual((result.returncode, report["valid"]), (1, False))
            self.assertTrue(report["diagnostics"][0]["line"] >= 1)


class Show(Folder):
    def test_values_as_the_agent_understands_them(self):
        shown = json.loads(run("show", "-", stdin=BAD_MODE.replace("0755", "0644")).out)
        self.assertEqual(shown["version"], 0.0)
        self.assertEqual(shown["os"], "linux")
        self.assertEqual(shown["permissions"][0]["mode"], "420")
        self.assertEqual(shown["permissions"][0]["type"], ["file", "directory"])
        self.assertEqual(list(shown), ["version", "os", "file_exists_behavior", "files",
                                       "permissions", "hooks"])

    def test_refused_files_are_not_shown(self):
        result = run("show", "-", stdin=BAD_MODE)
        self.assertEqual((result.returncode, result.out), (1, ""))
        self.assertIn("error", result.err)

    def test_conversion_keeps_the_meaning(self):
        for sample in ("server.yml", "lambda.yml", "ecs.json"):
            shown = run("show", SAMPLES / sample).out
            self.assertTrue(shown)
            for notation in ("yaml", "json", "xml"):
                converted = run("convert", "--to", notation, SAMPLES / sample)
                self.assertEqual(converted.returncode, 0, converted.err)
                again = run("show", "-", stdin=converted.out)
                self.assertEqual(again.out, shown, f"{sample} as {notation}")
        self.assertEqual(run("convert", SAMPLES / "server.yml").returncode, 2)
        self.assertEqual(run("convert", "--to", "toml", SAMPLES / "server.yml").returncode, 2)

    def test_starters_are_strictly_valid(self):
        for platform in ("server", "lambda", "ecs"):
            starter = run("init", platform)
            self.assertEqual(starter.returncode, 0)
            self.assertIn("#", starter.out)
            result = run("validate", "--profile", "strict", "--platform", platform, "-",
                         stdin=starter.out)
            self.assertEqual((result.returncode, result.out), (0, ""), platform)
        self.assertEqual(run("init").returncode, 2)
        self.assertEqual(run("init", "sever").returncode, 2)
        path = self.folder / "appspec.yml"
        self.assertEqual(run("init", "server", "-o", path).returncode, 0)
        self.assertEqual(run("init", "server", "-o", path).returncode, 3)


class Compat(Folder):
    def test_the_most_famous_trap(self):
        result = run("compat", "--format", "json", "-", stdin=BAD_MODE.replace("0755", "0644"))
        report = json.loads(result.out)
        self.assertEqual(result.returncode, 1)
        (difference,) = [d for d in report["differences"] if d["pointer"] == "/permissions/0/mode"]
        self.assertIn("0420", difference["agent_1"])
        self.assertIn("0644", difference["agent_2"])
        self.assertEqual((difference["line"], difference["written"]), (8, "0644"))
        text = run("compat", "-", stdin=BAD_MODE.replace("0755", "0644")).out
        self.assertIn("\n  agent 1.x      0420\n  agent 2.x      0644\n", text)

    def test_alike(self):
        result = run("compat", SAMPLES / "server.yml")
        self.assertEqual(result.returncode, 0, result.out)

    def test_not_a_document(self):
        self.assertEqual(run("compat", "-", stdin="a: [").returncode, 1)


class Whole(unittest.TestCase):
    def test_help_and_version_everywhere(self):
        listed = [line.split()[0] for line in run("--help").out.splitlines()
                  if line.startswith("  ")]
        self.assertIn("validate", listed)
        for command in listed:
            result = run(command, "--help")
            self.assertEqual((result.returncode, result.err), (0, ""))
            self.assertTrue(result.out.startswith(f"Usage: codedeploy {command}"), command)
            self.assertTrue(all(len(line) <= 100 for line in result.out.splitlines()), command)
            self.assertEqual(run("help", command).out, result.out)
            self.assertRegex(run(command, "--version").out, r"^codedeploy \d+\.\d+\.\d+\n$")
        self.assertEqual(run().returncode, 2)
        self.assertEqual(run("valdate").returncode, 2)
        self.assertIn("validate", run("valdate").err)

    def test_help_with_what_is_not_there(self):
        result = run("help", "nonsense")
        self.assertEqual(result.returncode, 2)
        self.assertIn("no command 'nonsense'", result.err)

    def test_explain(self):
        names = [line.split()[0] for line in run("explain", "--list").out.splitlines()]
        self.assertGreater(len(names), 50)
        result = run("explain", *names)
        self.assertEqual(result.returncode, 0)
        for name in names:
            self.assertIn(f"{name} (", result.out)
        self.assertEqual(run("explain").returncode, 2)
        for name in names[::40]:
            near = run("explain", name[:-1] + "_")
            self.assertEqual(near.returncode, 2)
            self.assertIn(f"did you mean '{name}'?", near.err)
        self.assertIn("did you mean 'permission-mode-octal'?",
                      run("validate", "--ignore", "permission-mode-octel", stdin="").err)
        self.assertNotIn("did you mean", run("explain", "nothing-like-it").err)

    def test_explanations_fit_the_terminal(self):
        for columns in (40, 72, 200):
            out = run("explain", "permission-mode-octal", COLUMNS=str(columns)).out
            body = [line for line in out.splitlines() if line.startswith("    ")]
            self.assertTrue(all(len(line) <= min(columns, 100) for line in body), out)
            self.assertIn("0644 becomes 0420, in silence;", " ".join(out.split()))
        self.assertIn("\n        files:\n", run("explain", "yaml-indentation").out)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
