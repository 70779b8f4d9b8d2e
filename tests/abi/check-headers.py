#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every public header compiles alone, as C99 and as C++11, without a warning.

    check-headers.py INCLUDE_FOLDER C_COMPILER...
"""

import pathlib
import shutil
import subprocess
import sys

STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]


def languages(c_compiler):
    yield [*c_compiler, "-x", "c", "-std=c99", "-Wstrict-prototypes"]
    cxx = shutil.which("clang++" if "clang" in pathlib.Path(c_compiler[-1]).name else "g++")
    if not cxx:
        sys.exit("no C++ compiler")
    yield [cxx, "-x", "c++", "-std=c++11"]


def main():
    include = pathlib.Path(sys.argv[1])
    failed = 0
    headers = sorted(include.glob("codedeploy*/*.h"))
    for command in languages(sys.argv[2:]):
        for header in headers:
            source = f"#include <{header.relative_to(include)}>\n"
            result = subprocess.run(
                [*command, *STRICT, f"-I{include}", "-"], input=source, text=True
            )
            failed += result.returncode != 0
    print(f"{len(headers)} headers")
    sys.exit(1 if failed or not headers else 0)


main()
