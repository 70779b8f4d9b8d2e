#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks an AppSpec and prints what is wrong with it.

    validate.py FILE
"""

import sys

import codedeploy


def main() -> int:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as file:
        found = codedeploy.AppSpec.check(file.read())
    for one in found.by_place():
        print(f"{sys.argv[1]}:{one}")
        if one.hint:
            print(f"    {one.hint}")
    return 1 if found.at_least(codedeploy.Severity.ERROR) else 0


if __name__ == "__main__":
    sys.exit(main())
