#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What is generated and kept in the tree is what the generators make today.

    check-generated.py SOURCE_ROOT
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

KEPT = {
    "header": "include/codedeploy/diagnostic-codes.h",
    "docs": "docs/diagnostics.md",
}


def stale_go(root, folder):
    """The Go binding's enumerations; their generator needs gofmt."""
    if not shutil.which("gofmt"):
        return []
    subprocess.run([sys.executable, root / "bindings/go/generate.py", root / "include", folder],
                   check=True)
    return [f"bindings/go/{made.name}" for made in folder.glob("*.go")
            if made.read_bytes() != (root / "bindings/go" / made.name).read_bytes()]


def main():
    root = pathlib.Path(sys.argv[1])
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, kept in KEPT.items():
            made = pathlib.Path(folder) / kind
            subprocess.run(
                [sys.executable, root / "lib/base/generate-registry.py", kind,
                 root / "lib/base/diagnostics.toml", made],
                check=True,
            )
            if made.read_bytes() != (root / kept).read_bytes():
                stale.append(kept)
        stale += stale_go(root, pathlib.Path(folder))
    for kept in stale:
        print(f"{kept} is stale: run ./dev generate")
    sys.exit(1 if stale else 0)


main()
