#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Declarations in the public headers, the version script and the exported symbols agree.

    check-symbols.py SYMBOL_MAP HEADER_FOLDER_OR_FILE LIBRARY
"""

import pathlib
import re
import subprocess
import sys


def declared(place):
    names = set()
    place = pathlib.Path(place)
    for header in [place] if place.is_file() else sorted(place.glob("*.h")):
        text = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.S)
        for declaration in re.findall(r"^CDP_API\b[^;]*;", text, flags=re.M):
            names.add(re.search(r"(cdp_\w+)\s*\(", declaration).group(1))
    return names


def scripted(path):
    text = re.sub(r"/\*.*?\*/", "", pathlib.Path(path).read_text(), flags=re.S)
    names = re.findall(r"^\s+(cdp_\w+);", text, flags=re.M)
    if names != sorted(names) or len(names) != len(set(names)):
        sys.exit(f"{path}: symbols are not sorted, or stand there twice")
    return set(names)


def exported(library):
    output = subprocess.run(
        ["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True
    ).stdout
    names = set()
    for line in output.splitlines():
        name, _, version = line.split()[-1].partition("@")
        if line.split()[-2] == "A":
            continue  # the name of a version node
        if not version:
            sys.exit(f"{library}: {name} has no version")
        names.add(name)
    return names


def main():
    script, headers, library = sys.argv[1:]
    kinds = {
        "declared": declared(headers),
        "in the version script": scripted(script),
        "exported": exported(library),
    }
    everything = set().union(*kinds.values())
    bad = 0
    for name in sorted(everything):
        missing = [kind for kind, names in kinds.items() if name not in names]
        if missing:
            bad += 1
            print(f"{name} is not {', not '.join(missing)}")
    print(f"{len(everything)} public symbols")
    sys.exit(1 if bad or not everything else 0)


main()
