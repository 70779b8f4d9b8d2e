#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Tests the Go binding against a build folder; leaves nothing behind but Go's cache in there.

    run-tests.py test SOURCE_ROOT BUILD_ROOT GO      gofmt, vet, all tests under the race detector
                                                     and LeakSanitizer; `go get` in a clean module; README; examples
    run-tests.py tags SOURCE_ROOT BUILD_ROOT GO      the build tags that leave libraries out
    run-tests.py bench SOURCE_ROOT BUILD_ROOT GO READ    benchmarks, beside bench/read_alone.c
"""

import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import scenarios

MODULE = "libcodedeploy.internal/codedeploy"
# All that `go vet` looks for, so that the tests' own build serves for it, too.
VET = ("asmdecl,assign,atomic,bools,buildtag,cgocall,composites,copylocks,errorsas,framepointer,"
       "httpresponse,ifaceassert,loopclosure,lostcancel,nilfunc,printf,shift,sigchanyzer,stdmethods,"
       "stringintconv,structtag,testinggoroutine,tests,unmarshal,unreachable,unsafeptr,unusedresult")


def works(*command):
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


class Runner:
    def __init__(self, source, build, go, fast):
        self.source, self.build, self.go = source, build, go
        self.package = source / "bindings/go"
        # The race detector of old Go wants its memory at fixed addresses, which a program that is
        # laid out at random takes now and then.
        fixed = ["setarch", "-R"]
        self.race = ["-race"] + (["-exec", " ".join(fixed)] if works(*fixed, "true") else [])
        libraries = [build / "lib", build / "hosts/posix", build / "hosts/sim"]
        # Go's cache does not know the headers: their digest makes it look again.
        digest = hashlib.sha256()
        for header in sorted((source / "include").rglob("*.h")):
            digest.update(header.read_bytes())
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("GO", "CGO_"))
        } | {
            "CGO_CFLAGS": f"-O{0 if fast else 2} -DCDPGO_HEADERS_{digest.hexdigest()[:16]}",
            "GOCACHE": str(build / "bindings/go/cache"),
            "GOENV": "off",
            "GOFLAGS": "-mod=mod",
            "GOPATH": str(build / "bindings/go/path"),
            "GOPROXY": "off",
            "GOTELEMETRY": "off",
            "GOTOOLCHAIN": "local",
            "LD_LIBRARY_PATH": os.pathsep.join(map(str, libraries)),
            "PKG_CONFIG_PATH": str(build / "meson-uninstalled"),
        }

    def run(self, *command, cwd=None, expect=0):
        result = subprocess.run(
            [str(word) for word in command], cwd=cwd or self.package, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode != expect:
            sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}")
        return result.stdout


def test_package(runner):
    gofmt = pathlib.Path(runner.run(runner.go, "env", "GOROOT").strip()) / "bin/gofmt"
    unformatted = runner.run(gofmt if gofmt.exists() else "gofmt", "-l", ".")
    if unformatted:
        sys.exit(f"not as gofmt writes it:\n{unformatted}")
    with tempfile.TemporaryDirectory() as folder:
        scenarios.write(runner.source, pathlib.Path(folder))
        runner.environment["CODEDEPLOY_SCENARIOS"] = folder
        print(runner.run(runner.go, "test", *runner.race, "-tags=codedeploy_leaks", "-count=1", f"-vet={VET}", "./..."))


def quick_start(runner):
    readme = (runner.package / "README.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```go\n(package main\n.*?)```", readme, re.S)
    return program


def test_get(runner):
    """What README tells users to do, in a module that knows nothing but the `replace`."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        runner.run(runner.go, "mod", "init", "example.org/consumer", cwd=folder)
        runner.run(runner.go, "mod", "edit", f"-replace={MODULE}={runner.package}", cwd=folder)
        runner.run(runner.go, "get", MODULE, cwd=folder)
        (folder / "main.go").write_text(quick_start(runner), encoding="utf-8")
        said = runner.run(runner.go, "run", *runner.race, ".", cwd=folder)
        if said != "app goes to /srv\n":
            sys.exit(f"the quick start says: {said}")
        # As the race detector wants it, so that nothing is compiled for this alone.
        runner.run(runner.go, "vet", "-race", f"{MODULE}/examples/...", cwd=folder)
        runner.run(runner.go, "build", "-race", "-o", name, f"{MODULE}/examples/...", cwd=folder)
        examples = runner.source / "examples"
        good = examples / "appspec/server.yml"
        if runner.run(folder / "validate", good) != f"{good}: a valid AppSpec for Server\n":
            sys.exit("validate does not accept a good AppSpec")
        said = runner.run(folder / "validate", examples / "appspec/broken.yml", expect=1)
        if not re.search(r"broken\.yml:\d+:\d+: error: ", said):
            sys.exit(f"validate says of a bad AppSpec: {said}")
        golden = runner.source / "tests/tools/data/scenarios/lambda-canary-alarm.txt"
        said = runner.run(folder / "canary", expect=1)
        if said + "exit 1\n" != golden.read_text(encoding="utf-8"):
            sys.exit(f"canary says: {said}")
        deploy(runner, folder)


def test_tags(runner):
    """Without the ready and the simulated host."""
    with tempfile.TemporaryDirectory() as name:
        program = pathlib.Path(name) / "validate"
        runner.run(runner.go, "build", "-tags", "codedeploy_no_posix,codedeploy_no_sim", "-o", program,
                   "./examples/validate")
        linked = runner.run("readelf", "-d", program)
        if "libcodedeploy-posix" in linked or "libcodedeploy-sim" in linked:
            sys.exit("the build tags do not leave the hosts out")


def deploy(runner, folder):
    bundle, root = folder / "bundle", folder / "root"
    bundle.mkdir()
    (root / "srv").mkdir(parents=True)
    (bundle / "message").write_text("hello\n")
    (bundle / "appspec.yml").write_text(
        "version: 0.0\nos: linux\nfiles:\n  - source: message\n    destination: /srv\n")
    said = runner.run(folder / "deploy", bundle, root)
    if not re.search(r"^Install +Succeeded$", said, re.M) or (
            root / "srv/message").read_text() != "hello\n":
        sys.exit(f"deploy says: {said}")


def bench(runner, reader):
    """Beside Go's own numbers: parsing and reading of the 2,000-file AppSpec as a multiple of C's."""
    with tempfile.TemporaryDirectory() as name:
        document = pathlib.Path(name) / "appspec.yml"
        runner.run(reader, "write", document)
        runner.environment["BIG_APPSPEC"] = str(document)
        said = runner.run(runner.go, "test", "-run=^$", "-bench=.", "-benchmem", "-count=3", ".")
        print(said)
        best = min(float(word) for word in re.findall(r"([\d.e+]+) best-ns", said))
        times = [runner.run(reader, "time", document).split() for _ in range(3)]
        c = min(float(ns) for ns, _ in times)
        if {read for _, read in times} != set(re.findall(r"(\d+) bytes-read", said)):
            sys.exit("Go and C do not read the same")
        print(f"parse and read 2,000 files: Go {best / 1e6:.3f} ms, C {c / 1e6:.3f} ms, {best / c:.2f} times")
        overhead = min(float(word) for word in re.findall(r"CallOverhead.*?([\d.]+) cpu-ns/op", said))
        print(f"overhead of a call: {overhead:.0f} ns")
        if best / c > 1.5 or overhead > 200:
            sys.exit("MISSED: wanted 1.5 times and 200 ns")


def main():
    mode = sys.argv[1] if len(sys.argv) > 1 else None
    if len(sys.argv) != {"test": 5, "tags": 5, "bench": 6}.get(mode):
        sys.exit(__doc__)
    source, build = (pathlib.Path(word).resolve() for word in sys.argv[2:4])
    runner = Runner(source, build, sys.argv[4], fast=mode != "bench")
    if mode == "test":
        test_package(runner)
        test_get(runner)
    elif mode == "tags":
        test_tags(runner)
    else:
        bench(runner, pathlib.Path(sys.argv[5]).resolve())


main()
