#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""No include runs up the floors: a room includes only rooms on lower floors.

Hosts, tools, examples and bindings include public headers and headers of their own folder only.

    check-floors.py SOURCE_ROOT
"""

import pathlib
import re
import sys

FLOORS = {
    "base": 0,
    "document": 1,
    "appspec": 2, "config": 2,
    "lifecycle": 3, "traffic": 3, "group": 3,
    "rollout": 4, "install": 4, "rollback": 4,
    "deployment": 5,
}
# Public headers that are not named after their room.
HEADER_ROOMS = {"text": "base", "diagnostics": "base", "diagnostic-codes": "base",
                "platform": "base", "filesystem": "install", "install_apply": "install",
                "vocabulary": "base", "health": "group", "inventory": "group",
                "membership": "group", "host": "deployment", "records": "deployment"}
# Headers of the C library that promise no effect outside.
PURE_SYSTEM_HEADERS = {
    "stdalign.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h", "limits.h",
    "yaml.h", "libfyaml.h", "expat.h",
}

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)


def room_of_header(name):
    name = name.removesuffix(".h")
    return HEADER_ROOMS.get(name, name)


def check_room(room, path, problems):
    for bracket, included in INCLUDE.findall(path.read_text()):
        folder, _, rest = included.partition("/")
        if folder == "codedeploy":
            other = room_of_header(rest)
        elif rest and folder in FLOORS:
            other = folder
        elif bracket == "<":
            if included not in PURE_SYSTEM_HEADERS:
                problems.append(f"{path}: the core does not include <{included}>")
            continue
        elif included == "config.h" or included.endswith(".inc"):
            continue
        else:
            problems.append(f'{path}: "{included}" is not written as room/header.h')
            continue
        if other not in FLOORS:
            problems.append(f"{path}: {included} belongs to no room")
        elif other != room and FLOORS[other] >= FLOORS[room]:
            problems.append(f"{path}: {room} (floor {FLOORS[room]}) includes {included}")


def check_user(path, problems):
    for bracket, included in INCLUDE.findall(path.read_text()):
        folder, slash, _ = included.partition("/")
        if slash and bracket == '"' and folder in FLOORS and not (path.parent / included).exists():
            problems.append(f"{path}: {included} is private to the core")


def main():
    root = pathlib.Path(sys.argv[1])
    problems = []
    files = 0
    for folder in sorted((root / "lib").iterdir()):
        if folder.is_dir():
            for path in sorted(folder.rglob("*.[ch]")):
                check_room(folder.name, path, problems)
                files += 1
    for path in sorted((root / "include" / "codedeploy").glob("*.h")):
        if path.name != "codedeploy.h":
            check_room(room_of_header(path.name), path, problems)
            files += 1
    for top in ("hosts", "tools", "examples", "bindings"):
        for path in sorted((root / top).rglob("*.[ch]")):
            check_user(path, problems)
            files += 1
    print("\n".join(problems + [f"{files} files looked at"]))
    sys.exit(1 if problems or not files else 0)


main()
