# SPDX-License-Identifier: MIT
"""What tests of deployments on this machine share: a scratch root, bundles, and the command, whose path
is their first argument."""

import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

CODEDEPLOY = pathlib.Path(sys.argv[1]).resolve()
HEAD = "version: 0.0\nos: linux\n"
FILES = "files:\n  - source: app\n    destination: /srv/app\n"


class Trial(unittest.TestCase):
    def setUp(self):
        self.object = tempfile.TemporaryDirectory()
        self.base = pathlib.Path(self.object.name)
        self.root = self.base / "root"
        self.root.mkdir()
        self.app = self.root / "srv/app"
        self.records = self.root / "opt/codedeploy-agent/deployment-root"

    def tearDown(self):
        self.object.cleanup()

    def bundle(self, name, files, appspec=HEAD + FILES, scripts=None):
        """A directory; names may be any text that os.fsencode() takes."""
        folder = self.base / name
        scripts = scripts or {}
        for path, content in {**files, "appspec.yml": appspec, **scripts}.items():
            target = os.path.join(os.fsencode(folder), os.fsencode(path))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
            if path in scripts:
                os.chmod(target, 0o755)
        return folder

    def start(self, *arguments, program=CODEDEPLOY, environment=None, **options):
        return subprocess.Popen([program, *map(str, arguments)], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=os.environ | (environment or {}), **options)

    def end(self, process, timeout=120):
        """Waits; what was printed is in `out` and `err`."""
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        process.out = out.decode(errors="surrogateescape")
        process.err = err.decode(errors="surrogateescape")
        return process

    def run_command(self, *arguments, **options):
        return self.end(self.start(*arguments, **options))

    def deploy(self, bundle, *arguments, **options):
        return self.run_command("local", "--root", self.root, "-l", bundle, *arguments, **options)

    def deployed(self, bundle, *arguments, **options):
        result = self.deploy(bundle, *arguments, **options)
        self.assertEqual(result.returncode, 0, result.out + result.err)
        return result

    def wait_for(self, condition):
        for _ in range(600):
            if condition():
                return
            time.sleep(0.05)
        self.fail("waited in vain")
