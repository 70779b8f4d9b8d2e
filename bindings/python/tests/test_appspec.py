# SPDX-License-Identifier: MIT
"""AppSpecs: the measured quirks, round trips, what is refused and how, any text at all."""

import json
import tempfile
import unittest
import warnings

from support import EXAMPLES, SERVER, VECTORS

import codedeploy
from codedeploy import AppSpec, AppSpecError, Notation, Profile, Severity, Status, ValueKind

try:
    from hypothesis import HealthCheck, example, given, settings
    from hypothesis import strategies as st
except ImportError:
    given = None


class Quirks(unittest.TestCase):
    """Each of the measured files is read as the official agent read it."""

    def test_all(self):
        lines = (VECTORS / "appspec/data/quirks.jsonl").read_text(encoding="utf-8").splitlines()
        self.assertGreaterEqual(len(lines), 400)
        for line in lines:
            facts = json.loads(line)
            with self.subTest(facts["file"]):
                text = (VECTORS / "appspec/data/quirks" / facts["file"]).read_bytes()
                self.check(text, facts["ruby_agent"])

    def check(self, text, agent):
        try:
            spec = AppSpec.parse(text)
        except AppSpecError as error:
            if agent["accepted"]:  # only what is refused on purpose
                self.assertTrue(error.diagnostics)
                self.refused_on_purpose = getattr(self, "refused_on_purpose", 0) + 1
                self.assertLess(self.refused_on_purpose, 40)
            return
        if not agent["accepted"]:
            return
        written = spec.write()
        self.assertEqual(AppSpec.parse(written), spec)
        self.assertEqual(AppSpec.parse(written).write(), written)
        self.compare(spec, agent["normalized"])

    def compare(self, spec, normalized):
        self.assertEqual(spec.os, normalized["os"])
        self.assertEqual(len(spec.files), len(normalized["files"]))
        for file, want in zip(spec.files, normalized["files"]):
            if file.source_kind == ValueKind.TEXT:
                self.assertEqual(file.source, want["source"])
            if file.destination_kind == ValueKind.TEXT:
                self.assertEqual(file.destination, want["destination"])
        self.assertEqual(len(spec.permissions), len(normalized["permissions"]))
        for one, want in zip(spec.permissions, normalized["permissions"]):
            self.assertEqual(one.object, want["object"])
            self.assertEqual(len(one.excepted), len(want["except"]))
            self.assertEqual(one.mode is None, want["mode"] is None)
            self.assertEqual(len(one.acls or ()), len(want["acls"] or ()))
        self.assertEqual(len(spec.hooks), len(normalized["hooks"]))
        for event, scripts in spec.hooks.items():
            self.assertEqual(len(scripts), len(normalized["hooks"][event]))
            for script, want in zip(scripts, normalized["hooks"][event]):
                self.assertEqual(script.location, want["location"])
                self.assertEqual(script.runas is None, want["runas"] is None)

    def test_the_same_as_the_commands_verdict(self):
        """What C accepts Python accepts: the text goes through unchanged, as str and as bytes."""
        for path in sorted((VECTORS / "appspec/data/quirks").iterdir()):
            data = path.read_bytes()
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                continue
            with self.subTest(path.name):
                self.assertEqual(AppSpec.check(data), AppSpec.check(text))


class Views(unittest.TestCase):
    def test_server(self):
        spec = AppSpec.parse(SERVER)
        self.assertEqual((spec.platform, spec.version, spec.os), (codedeploy.Platform.SERVER, "0.0", "linux"))
        self.assertEqual(spec.file_exists_behavior, codedeploy.FileExistsBehavior.UNSET)
        self.assertEqual([f.destination for f in spec.files], ["/srv/app", "/etc/site"])
        self.assertEqual(spec.permissions, (codedeploy.Permission(
            object="/srv/app", pattern="*.sh", owner="www-data", group="www-data", mode="755",
            context_user="system_u", context_type="httpd_sys_content_t", context_range="s0",
            types=codedeploy.ObjectType.FILE, excepted=("skip.sh",),
            acls=(codedeploy.Acl("user:mary:rw-", codedeploy.AclType.USER, "mary", False, 6),),
            mode_bits=0o755),))
        self.assertEqual(spec.hooks, {"ApplicationStop": (codedeploy.Script("scripts/stop.sh", "root", False, 30),)})
        self.assertEqual(spec.scripts("Applicationstop"), ())
        place = spec.find_place("/files/1/destination")
        self.assertEqual((place.line, place.column), (7, 18))
        self.assertEqual(SERVER[place.offset : place.end_offset], "/etc/site")
        with self.assertRaises(codedeploy.NotFoundError):
            spec.find_place("/files/2")
        self.assertIsNone(spec.lambda_function)
        self.assertIsNone(spec.ecs_service)

    def test_other_platforms_are_built_again(self):
        text = (EXAMPLES / "appspec/lambda.yml").read_text(encoding="utf-8")
        spec = AppSpec.parse(text)
        self.assertEqual(AppSpec.for_lambda(spec.lambda_function, spec.functions), spec)
        spec = AppSpec.parse((EXAMPLES / "appspec/ecs.json").read_bytes())
        self.assertEqual(AppSpec.for_ecs(spec.ecs_service, spec.functions), spec)
        self.assertIsNone(spec.os)
        full = codedeploy.EcsService(
            "arn:aws:ecs:eu-west-1:123456789012:task-definition/t:1", "web", 80, "1.4.0", "ENABLED",
            ("subnet-1",), ("sg-1",), (codedeploy.CapacityProvider("spot", 1, 2), codedeploy.CapacityProvider("x", weight=1)))
        made = AppSpec.for_ecs(full, {"AfterInstall": "f"})
        self.assertEqual(made.ecs_service, full)
        self.assertEqual(AppSpec.parse(made.write(Notation.JSON)), made)

    def test_server_is_built_again(self):
        spec = AppSpec.parse(SERVER)
        again = AppSpec.for_server(spec.os, spec.files, spec.permissions, spec.hooks, spec.file_exists_behavior)
        self.assertEqual(again, spec)
        self.assertEqual(hash(again), hash(spec))
        self.assertNotEqual(again, AppSpec.for_server())
        self.assertNotEqual(again, 7)
        with self.assertRaises(codedeploy.NotFoundError):
            again.find_place("/files/0")

    def test_names_that_are_not_utf8_come_back(self):
        spec = AppSpec.for_server(files=[("ä", "/ü/☃"), ("a\x01", "/b")])
        self.assertEqual([f[:2] for f in spec.files], [("ä", "/ü/☃"), ("a\x01", "/b")])

    def test_writing(self):
        spec = AppSpec.parse(SERVER)
        for notation in ("YAML", "JSON", "XML") if codedeploy.supports("XML") else ("YAML", "JSON"):
            self.assertEqual(AppSpec.parse(spec.write(notation), notation=notation), spec)
        self.assertEqual(json.loads(spec.write_normalized())["permissions"][0]["mode"], "755")
        with self.assertRaises(codedeploy.ArgumentError):
            spec.write(99)

    def test_detecting_and_comparing(self):
        self.assertEqual(AppSpec.detect_platform(SERVER), codedeploy.Platform.SERVER)
        self.assertIsNone(AppSpec.detect_platform("a: b"))
        comparison = AppSpec.compare("version: 0.0\nos: linux\npermissions:\n  - object: /a\n    mode: 0644\n")
        self.assertEqual(len(comparison.readings), 3)
        self.assertTrue(comparison.differences[0].what)
        self.assertEqual(comparison.differences[0].place.line, 5)
        with self.assertRaises(AppSpecError):
            AppSpec.compare("{")

    def test_starters(self):
        for platform in ("Server", "Lambda", "ECS"):
            self.assertEqual(AppSpec.parse(AppSpec.starter_text(platform), profile="STRICT").diagnostics, ())


class Refusals(unittest.TestCase):
    def test_everything_that_is_wrong_is_told(self):
        with self.assertRaises(AppSpecError) as caught:
            AppSpec.parse("version: 0.0\nos: linux\nhooks:\n  AfterInstal:\n    - location: a.sh\n"
                          "files:\n  - source: a\n", profile=Profile.STRICT)
        error = caught.exception
        self.assertEqual(error.status, Status.INVALID)
        found = {d.name: d for d in error.diagnostics}
        unknown = found["appspec-event-unknown"]
        self.assertEqual((unknown.place.line, unknown.place.column), (4, 3))
        self.assertEqual(unknown.pointer, "/hooks/AfterInstal")
        self.assertIn("AfterInstall", unknown.hint)
        self.assertIn("file-destination-missing", found)
        self.assertIn("4:3: error:", str(error))
        self.assertIsInstance(error, ValueError)

    def test_a_fix_removes_the_finding(self):
        text = b"version: 0.0\nos: Linux\n"
        (found,) = [d for d in AppSpec.check(text) if d.severity == Severity.ERROR]
        self.assertEqual(found.fix.apply(text), b"version: 0.0\nos: linux\n")
        self.assertEqual(AppSpec.check(found.fix.apply(text)).at_least(Severity.ERROR), [])

    def test_wrong_types(self):
        for call in (
            lambda: AppSpec.parse(7),
            lambda: AppSpec.parse(None),
            lambda: AppSpec.parse(SERVER, platform=1.5),
            lambda: AppSpec.parse(SERVER, bundle=7),
            lambda: AppSpec.parse(SERVER, limits=7),
            lambda: AppSpec.parse(SERVER, scenario_events="AfterInstall"),
            lambda: AppSpec.for_server(os=7),
            lambda: AppSpec.for_server(files=[(1, 2)]),
            lambda: AppSpec.for_server(hooks={"AfterInstall": [codedeploy.Script("a", timeout="9")]}),
            lambda: AppSpec(7),
        ):
            with self.assertRaises(TypeError):
                call()

    def test_wrong_values(self):
        with self.assertRaises(codedeploy.ArgumentError):
            AppSpec.parse(SERVER, profile=99)
        with self.assertRaises(ValueError):
            AppSpec.parse(SERVER, profile="LENIENT")
        with self.assertRaises(AppSpecError) as caught:
            AppSpec.parse(SERVER, limits=codedeploy.Limits(input_bytes=10))
        self.assertEqual(caught.exception.status, Status.LIMIT)
        with self.assertRaises(AppSpecError):
            AppSpec.for_server("plan9")

    def test_limits_on_diagnostics(self):
        text = "version: 0.0\nos: linux\n" + "".join(f"k{i}: 1\n" for i in range(20))
        found = AppSpec.parse(text, limits=codedeploy.Limits(diagnostics=5)).diagnostics
        self.assertEqual((len(found), found.dropped), (5, 15))

    def test_closed(self):
        with AppSpec.parse(SERVER) as spec:
            self.assertFalse(spec.closed)
        self.assertTrue(spec.closed)
        spec.close()
        other = AppSpec.parse(SERVER)
        for call in (lambda: spec.files, lambda: spec.os, spec.write, lambda: spec == other,
                     lambda: other == spec, spec.__enter__, lambda: hash(spec)):
            with self.assertRaises(codedeploy.ClosedError):
                call()
        self.assertEqual(repr(spec), "<AppSpec, closed>")


class Bundles(unittest.TestCase):
    def test_directory(self):
        with tempfile.TemporaryDirectory() as folder:
            bundle = codedeploy.DirectoryBundle(folder)
            with self.assertRaises(AppSpecError) as caught:
                AppSpec.parse(SERVER, bundle=bundle)
        names = [d.name for d in caught.exception.diagnostics]
        self.assertIn("bundle-source-missing", names)

    def test_what_a_look_raises_comes_out_unchanged(self):
        class Broken(codedeploy.Bundle):
            def __init__(self, error):
                self.error = error

            def look(self, path):
                raise self.error

        for error in (KeyError("x"), KeyboardInterrupt(), OSError(5, "the disk is on fire"), SystemExit(3)):
            with self.assertRaises(type(error)) as caught:
                AppSpec.parse(SERVER, bundle=Broken(error))
            self.assertIs(caught.exception, error)

    def test_a_look_that_is_not_there_is_skipped(self):
        self.assertEqual(AppSpec.parse(SERVER, bundle=codedeploy.Bundle()), AppSpec.parse(SERVER))


@unittest.skipUnless(given, "hypothesis is not installed")
class Properties(unittest.TestCase):
    if given:
        words = st.sampled_from(
            ["version", "os", "files", "hooks", "source", "destination", ": ", "- ", "\n", "  ", "linux",
             "0.0", "{", "}", "[", "]", '"', "'", "&a", "*a", "#", "AfterInstall", "location", "|", "~"])
        texts = st.one_of(st.text(), st.binary(), st.lists(words, max_size=40).map("".join),
                          st.lists(words, max_size=30).map(lambda w: SERVER + "".join(w)))

        @settings(max_examples=120, deadline=None, database=None,
                  suppress_health_check=[HealthCheck.too_slow])
        @example("\ud800")
        @example(b"\xff\xfe\x00")
        @given(texts)
        def test_any_text_is_an_appspec_or_refused(self, text):
            try:
                spec = AppSpec.parse(text)
            except AppSpecError as error:
                self.assertTrue(error.diagnostics)
                return
            self.assertEqual(AppSpec.parse(spec.write()), spec)

        names = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20)

        @settings(max_examples=60, deadline=None, database=None)
        @given(st.lists(st.tuples(names, names.map(lambda n: "/" + n)), max_size=6),
               st.dictionaries(st.sampled_from(["BeforeInstall", "AfterInstall", "ApplicationStop"]),
                               st.lists(names.map(lambda n: "s" + n.strip()), min_size=1, max_size=3)),
               st.sampled_from(["YAML", "JSON"]))
        def test_write_then_parse_is_the_identity(self, files, hooks, notation):
            spec = AppSpec.for_server(files=files, hooks=hooks)
            written = spec.write(notation)
            again = AppSpec.parse(written)
            self.assertEqual(again, spec)
            self.assertEqual([f[:2] for f in again.files], files)
            self.assertEqual(again.write(notation), written)


if __name__ == "__main__":
    warnings.simplefilter("error", ResourceWarning)
    unittest.main()
