#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The core touches nothing outside: its undefined symbols are on a short list.

    check-undefined.py LIBRARY
"""

import re
import subprocess
import sys

ALLOWED = {
    # memory
    "malloc", "realloc", "free",
    # strings
    "bcmp", "memchr", "memcmp", "memcpy", "memmove", "memset", "strchr", "strcmp", "strlen", "strncmp",
    # what compilers and linkers add
    "__stack_chk_fail", "__memcpy_chk", "__memset_chk", "__memmove_chk",
    "__cxa_finalize", "__gmon_start__", "_ITM_deregisterTMCloneTable", "_ITM_registerTMCloneTable",
}
# The event interfaces of the back ends, and the instruments of a sanitizer build.
ALLOWED_PATTERN = re.compile(r"yaml_|fy_|XML_|__asan_|__ubsan_|__tsan_|__sanitizer_|__gcov_|__llvm_")


def main():
    library = sys.argv[1]
    output = subprocess.run(
        ["nm", "-D", "--undefined-only", library], check=True, capture_output=True, text=True
    ).stdout
    names = {line.split()[-1].partition("@")[0] for line in output.splitlines()}
    bad = sorted(n for n in names if n not in ALLOWED and not ALLOWED_PATTERN.match(n))
    for name in bad:
        print(f"the core must not use {name}")
    print(f"{len(names)} undefined symbols")
    sys.exit(1 if bad or not names else 0)


main()
