#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every enumerator and every plain struct of the C headers is in the C++ headers.

    check-generated.py SOURCE_ROOT
"""

import pathlib
import sys

sys.dont_write_bytecode = True
root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root / "bindings/cpp"))
import generate

made = generate.texts(root / "include")
stale = [path for path, text in made.items()
         if not path.exists() or path.read_text(encoding="utf-8") != text]
for path in stale:
    print(f"{path.relative_to(root)} is stale: run ./dev generate")
enums = sum(text.count("\nenum class ") for text in made.values())
print(f"{enums} enumerations")
sys.exit(bool(stale) or enums < 90)
