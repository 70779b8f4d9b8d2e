#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What the reference says of a host, shown by deployments on this machine.

    test-local.py CODEDEPLOY SOURCE_ROOT EXAMPLE_DEPLOY

Each case begins with the page and the number of the fact that it shows.
"""

import importlib.util
import sys
import unittest

sys.path.insert(0, sys.argv[2] + "/tests/tools")
loader = importlib.util.spec_from_file_location("deployments", sys.argv[2] +
                                                "/tests/tools/test-local.py")
deployments = importlib.util.module_from_spec(loader)
loader.loader.exec_module(deployments)
APPSPEC, hook = deployments.APPSPEC, deployments.hook


class Facts(deployments.Trial):
    def revision(self, name, **scripts):
        """A bundle whose scripts tell whose they are; those that are False fail."""
        texts = {event: f"#!/bin/sh\necho '{event} of {name}'\n" + ("" if good else "exit 1\n")
                 for event, good in scripts.items()}
        return self.bundle(name, {"app/f": name},
                           APPSPEC + "hooks:\n" + "".join(hook(e, e + ".sh") for e in texts),
                           {event + ".sh": text for event, text in texts.items()})

    def said(self, result):
        return [n["text"] for n in self.news(result)
                if n["kind"] == "log" and n["stream"] == "stdout"]

    def mark(self, name):
        path = (self.records / "deployment-instructions" /
                f"default-local-deployment-group_{name}_install")
        return path.read_text().rsplit("/", 1)[-1].strip()

    def test_last_successful(self):
        """lifecycle 5.6: ApplicationStop is that of the revision whose files are there"""
        self.deploy(self.revision("v1", ApplicationStop=True))
        self.deploy(self.revision("v2", ApplicationStop=True, ApplicationStart=False),
                    "--no-rollback")
        result = self.deploy(self.revision("v3"), "--json")
        # The agent's own mark would lead to v2, whose files are no longer there.
        self.assertEqual(self.said(result), ["ApplicationStop of v1"])
        self.assertEqual(self.mark("last_successful"), self.news(result)[0]["deploymentId"])

    def test_most_recent(self):
        """lifecycle 5.7: the mark of what was downloaded last"""
        first = self.news(self.deploy(self.revision("v1"), "--json"))[0]["deploymentId"]
        failed = self.news(self.deploy(self.revision("v2", BeforeInstall=False), "--no-rollback",
                                       "--json"))[0]["deploymentId"]
        self.assertEqual(self.mark("last_successful"), first)
        self.assertEqual(self.mark("most_recent"), failed)

    def test_archive_that_is_damaged(self):
        """lifecycle 5.9: an archive with an AppSpec that cannot be read fails the event"""
        first = self.news(self.deploy(self.revision("v1", ApplicationStop=True),
                                      "--json"))[0]["deploymentId"]
        (self.records / "default-local-deployment-group" / first / "deployment-archive" /
         "appspec.yml").write_text("version: 0.0\nos: [linux\n")
        result = self.deploy(self.revision("v2"), "--no-rollback")
        self.assertEqual(result.returncode, 1)
        self.assertIn("failed in BeforeBlockTraffic", result.err) # the first that would need it
        self.assertEqual((self.root / "srv/app/f").read_text(), "v1")

    def test_defaults(self):
        """lifecycle 12.6: what codedeploy-local takes when nothing is said"""
        script = "#!/bin/sh\nenv\n"
        bundle = self.bundle("v1", {"app/f": "1"}, APPSPEC + "hooks:\n" + hook("AfterInstall"),
                             {"hook.sh": script})
        result = self.deploy(bundle, "--json")
        identifier = self.news(result)[0]["deploymentId"]
        self.assertRegex(identifier, r"^d-[A-Z0-9]{9}-local$")
        for line in ("DEPLOYMENT_GROUP_ID=default-local-deployment-group",
                     "DEPLOYMENT_GROUP_NAME=LocalFleet", f"APPLICATION_NAME={bundle}",
                     f"DEPLOYMENT_ID={identifier}", "LIFECYCLE_EVENT=AfterInstall"):
            self.assertIn(line, self.said(result))
        self.assertEqual(self.history()[0]["creator"], "user")
        (self.root / "srv/app/theirs").write_text("mine")
        (bundle / "app/theirs").write_text("2")
        self.assertEqual(self.deploy(bundle).returncode, 1) # DISALLOW

    def test_pruning(self):
        """lifecycle 12.8: five archives are kept, and the last good one always"""
        good = self.news(self.deploy(self.revision("v0"), "--json"))[0]["deploymentId"]
        bad = self.revision("v1", BeforeInstall=False)
        group = self.records / "default-local-deployment-group"
        for _ in range(6):
            self.assertEqual(self.deploy(bad, "--no-rollback").returncode, 1)
            kept = [path.name for path in group.iterdir()]
            self.assertIn(good, kept)
            self.assertLessEqual(len(kept), 5)
        self.assertEqual(len(kept), 5)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
