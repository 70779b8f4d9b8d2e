#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The README's quick start, compiled as it says, and the example that deploys a bundle.

    check-programs.py quick-start SOURCE_ROOT BUILD_ROOT COMPILER...
    check-programs.py deploy PROGRAM
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def run(*command, expect=0, **environment):
    result = subprocess.run([str(word) for word in command], env={**os.environ, **environment}, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != expect:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}")
    return result.stdout


def quick_start(source, build, *compiler):
    source, build = pathlib.Path(source), pathlib.Path(build)
    installed = json.loads((build / "meson-info/intro-installed.json").read_text()).values()
    missing = [h for h in (path.relative_to(source) for path in (source / "include").rglob("*.hpp"))
               if not any(path.endswith(f"/{h}") for path in installed)]
    if missing:
        sys.exit(f"not installed: {missing}")
    readme = (source / "bindings/cpp/README.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```cpp\n(#include.*?)```", readme, re.S)
    (command,) = re.findall(r"c\+\+ (.*?) program\.cpp \$\((pkg-config .*?)\)", readme)
    with tempfile.TemporaryDirectory() as folder:
        written = pathlib.Path(folder, "program.cpp")
        written.write_text(program, encoding="utf-8")
        flags = run(*command[1].split(), PKG_CONFIG_PATH=str(build / "meson-uninstalled"))
        run(*compiler, *command[0].split(), "-Wall", "-Wextra", "-Werror", "-c", written, "-o", f"{folder}/program.o",
            *(flag for flag in flags.split() if flag.startswith("-I")))
        run(*compiler, f"{folder}/program.o", "-o", f"{folder}/program", *flags.split())
        said = run(f"{folder}/program", LD_LIBRARY_PATH=str(build / "lib"))
    if said != "app goes to /srv\n":
        sys.exit(f"the quick start says: {said}")


def deploy(program):
    with tempfile.TemporaryDirectory() as name:
        bundle, root = pathlib.Path(name, "bundle"), pathlib.Path(name, "root")
        bundle.mkdir()
        (root / "srv").mkdir(parents=True)
        run(program, expect=2)
        said = run(program, bundle, root, expect=1)
        if "AppSpec" not in said:
            sys.exit(f"deploy says of a bundle without an AppSpec: {said}")
        (bundle / "message").write_text("hello\n")
        (bundle / "appspec.yml").write_text(
            "version: 0.0\nos: linux\nfiles:\n  - source: message\n    destination: /srv\n")
        said = run(program, bundle, root)
        if not re.search(r"^Install +Succeeded$", said, re.M) or (root / "srv/message").read_text() != "hello\n":
            sys.exit(f"deploy says: {said}")


{"quick-start": quick_start, "deploy": deploy}[sys.argv[1]](*sys.argv[2:])
