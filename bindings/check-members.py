#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Every member of every struct of the C headers has its place in C++ and in Go: a new option or fact that
a binding does not know is a failure. Python's own tests look after Python.

    check-members.py SOURCE_ROOT
"""

import pathlib
import re
import sys

sys.dont_write_bytecode = True
import headers

# Of C's own concern.
LEFT_OUT = {"size", "reserved", "user", "allocate", "reallocate", "release", "allocator"}
# File systems that are not written in C copy one file at a time; who copies is asked by a function.
ONLY_IN_C = {"cdp_fs.copy_files", "cdp_fs_progress.moved"}


def lost(structs, files, spelling):
    """Members of which no file speaks that speaks of their struct."""
    texts = [path.read_text(encoding="utf-8") for path in files]
    for struct in structs:
        speaking = "\n".join(text for text in texts if re.search(rf"\b{struct.name}\b", text))
        for member in struct.members:
            name = f"{struct.name}.{member.name}"
            if speaking and member.name not in LEFT_OUT and name not in ONLY_IN_C and not re.search(
                    spelling(member.name), speaking):
                yield name


def main():
    root = pathlib.Path(sys.argv[1])
    structs = headers.read(root / "include").structs
    found = [f"C++ does not speak of {name}" for name in lost(
        structs, (root / "include").rglob("*.hpp"), lambda name: rf"(\.|->){name}\b")]
    go = [path for path in (root / "bindings/go").glob("*.[gch]*") if not path.name.endswith("_test.go")]
    found += [f"Go does not speak of {name}" for name in lost(
        structs, go, lambda name: rf"(\.|->)_?{name}\b|\b{name}: ")]
    print("\n".join(found) or f"{sum(len(struct.members) for struct in structs)} members")
    sys.exit(bool(found))


main()
