#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every header of the C++ binding compiles alone as C++17, and later, without a warning: by every
compiler that is there; by the last of them also without exceptions and RTTI.

    check-headers.py INCLUDE_FOLDER
"""

import concurrent.futures
import pathlib
import shutil
import subprocess
import sys

STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror", "-fsyntax-only"]
WITHOUT = ["-fno-exceptions", "-fno-rtti"]


def main():
    include = pathlib.Path(sys.argv[1])
    headers = sorted(include.glob("codedeploy*/**/*.hpp"))
    # The headers that include all others; each of the others once, in the plain language.
    whole = [h for h in headers if h.parent.name == h.stem]
    compilers = [c for c in map(shutil.which, ("g++", "clang++")) if c]
    if not compilers or not whole:
        sys.exit("nothing to check")
    jobs = [([compilers[0], "-std=c++17"], header) for header in headers if header not in whole]
    for compiler in compilers:
        jobs += [([compiler, "-std=c++17"], header) for header in whole]
    for options in (["-std=c++17", *WITHOUT], ["-std=c++20"]):
        jobs += [([compilers[-1], *options], header) for header in whole]

    def run(job):
        command, header = job
        source = f"#include <{header.relative_to(include)}>\nint main() {{}}\n"
        return subprocess.run([*command, *STRICT, f"-I{include}", "-x", "c++", "-"], input=source,
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, jobs))
    for (command, header), result in zip(jobs, results):
        if result.returncode or result.stdout:
            print(f"{header.name}: {' '.join(command)}\n{result.stdout}")
    print(f"{len(headers)} headers, {len(jobs)} times")
    sys.exit(any(r.returncode or r.stdout for r in results))


main()
