#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Reads the public headers, for everything in the bindings that has to agree with them.

    headers.py json INCLUDE_FOLDER [LIBRARY...]   all declarations, as JSON
    headers.py cdef INCLUDE_FOLDER [LIBRARY...]   the declarations without comments, for cffi

LIBRARY is codedeploy, codedeploy-posix or codedeploy-sim; default: all of them.

As a module: read(include_folder, libraries) gives a Headers. It understands the C that the public
headers are written in, and stops with an error at anything else.
"""

import dataclasses
import json
import pathlib
import re
import sys

LIBRARIES = ("codedeploy", "codedeploy-posix", "codedeploy-sim")

COMMENT = re.compile(r"/\*.*?\*/", re.S)
NUMBER = re.compile(r"\(?(-?\d+|0[xX][0-9a-fA-F]+)[uUlL]*\)?|U?INT64_C\((-?\d+)\)")


@dataclasses.dataclass
class Enumerator:
    name: str
    value: int
    doc: str


@dataclasses.dataclass
class Enum:
    """An enumeration; the name of an anonymous one is empty."""

    name: str
    enumerators: list
    doc: str
    header: str

    def short_names(self):
        """The enumerators' names without what they have in common: {"CDP_PLATFORM_ECS": "ECS"}."""
        words = [e.name.split("_") for e in self.enumerators]
        common = 0
        while all(len(w) > common + 1 and w[common] == words[0][common] for w in words):
            common += 1
        if len(words) == 1:
            common = 1
        return {e.name: "_".join(w[common:]) for e, w in zip(self.enumerators, words)}


@dataclasses.dataclass
class Member:
    """A member of a struct. `callback` holds (result, parameters) of a function pointer."""

    name: str
    type: str
    array: str
    doc: str
    callback: tuple


@dataclasses.dataclass
class Struct:
    """A struct; one without members is opaque."""

    name: str
    members: list
    doc: str
    header: str


@dataclasses.dataclass
class Function:
    name: str
    result: str
    parameters: str
    doc: str
    header: str


@dataclasses.dataclass
class Callback:
    """A type of function pointers."""

    name: str
    result: str
    parameters: str
    doc: str
    header: str


@dataclasses.dataclass
class Constant:
    """A macro that is a number."""

    name: str
    value: int
    doc: str
    header: str


class Headers:
    """What the headers declare, in their order. Each list holds objects of the classes above."""

    def __init__(self):
        self.order = []

    def _all(self, kind):
        return [item for item in self.order if isinstance(item, kind)]

    @property
    def enums(self):
        return self._all(Enum)

    @property
    def structs(self):
        return self._all(Struct)

    @property
    def functions(self):
        return self._all(Function)

    @property
    def callbacks(self):
        return self._all(Callback)

    @property
    def constants(self):
        return self._all(Constant)

    def struct(self, name):
        (found,) = (s for s in self.structs if s.name == name and s.members)
        return found


def read(include, libraries=LIBRARIES):
    """Reads the headers of some libraries, each after those that it includes."""
    include = pathlib.Path(include)
    headers = Headers()
    done = set()

    def one(path):
        if path in done:
            return
        done.add(path)
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"^#include <(codedeploy[\w-]*/[\w-]+\.h)>", text, re.M):
            one(include / name)
        _Reader(headers, path.relative_to(include).as_posix(), text).read()

    for library in libraries:
        for path in sorted((include / library).glob("*.h")):
            one(path)
    return headers


def _doc(comment):
    """The text of a documentation comment; nothing of any other."""
    if not comment.startswith("/**"):
        return ""
    lines = (re.sub(r"^\s*\* ?", "", line) for line in comment[3:-2].strip().splitlines())
    return "\n".join(lines).strip()


class _Reader:
    def __init__(self, headers, name, text):
        self.headers = headers
        self.name = name
        self.text = text
        self.at = 0
        self.doc = ""
        self.values = {e.name: e.value for enum in headers.enums for e in enum.enumerators}
        self.values.update((c.name, c.value) for c in headers.constants)

    def fail(self, what):
        line = self.text.count("\n", 0, self.at) + 1
        sys.exit(f"{self.name}:{line}: {what}")

    def take(self, pattern):
        found = re.compile(pattern, re.S).match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def read(self):
        while self.at < len(self.text):
            if self.take(r"\s+|extern \"C\" \{|\}"):
                continue
            if comment := self.take(r"/\*.*?\*/"):
                self.doc = _doc(comment.group())
            elif line := self.take(r"#(?:[^\n\\]|\\.)*\n"):
                self.directive(line.group())
            else:
                self.declaration(self.whole_declaration())
                self.doc = ""

    def whole_declaration(self):
        begin, depth = self.at, 0
        while self.at < len(self.text):
            if self.take(r"/\*.*?\*/"):
                continue
            c = self.text[self.at]
            self.at += 1
            depth += (c == "{") - (c == "}")
            if c == ";" and depth == 0:
                return self.text[begin : self.at - 1].strip()
        self.fail("a declaration does not end")

    def directive(self, line):
        found = re.fullmatch(r"#\s*define\s+(CDP_\w+)[ \t]+(.+?)\s*", COMMENT.sub("", line), re.S)
        if not found:
            return
        number = NUMBER.fullmatch(found.group(2))
        if number:
            value = int(number.group(1) or number.group(2), 0)
            self.headers.order.append(Constant(found.group(1), value, self.doc, self.name))
            self.values[found.group(1)] = value
        self.doc = ""

    def declaration(self, text):
        bare = re.sub(r"\s+", " ", COMMENT.sub(" ", text)).strip()
        if found := re.match(r"(?:typedef )?enum (\w*) ?\{", bare):
            item = Enum(found.group(1), self.enumerators(text), self.doc, self.name)
        elif found := re.match(r"typedef struct (\w+) \{", bare):
            item = Struct(found.group(1), self.members(text), self.doc, self.name)
        elif found := re.fullmatch(r"typedef struct (\w+) (\w+)", bare):
            item = Struct(found.group(1), [], self.doc, self.name)
        elif found := re.fullmatch(r"typedef (.+?)\(\*(\w+)\)\((.*)\)", bare):
            item = Callback(found.group(2), found.group(1).strip(), found.group(3), self.doc,
                            self.name)
        elif found := re.fullmatch(r"CDP_API (.+?)(cdp_\w+)\((.*)\)", bare):
            item = Function(found.group(2), found.group(1).strip(), found.group(3), self.doc,
                            self.name)
        else:
            self.fail(f"what is this? {bare}")
        if not any(type(i) is type(item) and i.name == item.name != "" and
                   not getattr(item, "members", True) for i in self.headers.order):
            self.headers.order.append(item)

    def enumerators(self, text):
        body = text[text.index("{") + 1 : text.rindex("}")]
        made, doc, value = [], "", -1
        for comment, name, expression in re.findall(
            r"(/\*.*?\*/)|(\w+)(?:\s*=\s*([^,/]+))?", body, re.S
        ):
            if comment:
                doc = _doc(comment)
                continue
            value = self.value(expression.strip()) if expression else value + 1
            made.append(Enumerator(name, value, doc))
            self.values[name] = value
            doc = ""
        return made

    def value(self, expression):
        number = NUMBER.fullmatch(expression)
        if number:
            return int(number.group(1) or number.group(2), 0)
        if expression in self.values:
            return self.values[expression]
        self.fail(f"what number is {expression}?")

    def members(self, text):
        body = text[text.index("{") + 1 : text.rindex("}")]
        made, doc, rest = [], "", ""
        for comment, code in re.findall(r"(/\*.*?\*/)|((?:(?!/\*)[^;])+;?)", body, re.S):
            if comment:
                doc = doc if rest.strip() else _doc(comment)
                continue
            rest += code
            if not code.endswith(";"):
                continue
            made.extend(self.member(re.sub(r"\s+", " ", rest).strip(" ;"), doc))
            rest = doc = ""
        return made

    def member(self, bare, doc):
        if found := re.fullmatch(r"(.+?)\(\*(\w+)\)\((.*)\)", bare):
            return [Member(found.group(2), "", "", doc, (found.group(1).strip(), found.group(3)))]
        if found := re.fullmatch(r"(.+?)(\w+)(?:\[(\w+)\])?", bare):
            return [Member(found.group(2), found.group(1).strip(), found.group(3) or "", doc, ())]
        self.fail(f"what member is this? {bare}")


def cdef(headers, callbacks=()):
    """The declarations as cffi takes them.

    `callbacks` names structs: for each function pointer in them, `extern "Python"` declares a
    function `cdp_python_STRUCT_MEMBER` (without `cdp_` in front of the struct).
    """
    lines = []
    for item in headers.order:
        if isinstance(item, Constant):
            lines.append(f"#define {item.name} ...")
        elif isinstance(item, Enum):
            body = ", ".join(f"{e.name} = {e.value}" for e in item.enumerators)
            lines.append(f"typedef enum {item.name} {{ {body} }} {item.name};" if item.name
                         else f"enum {{ {body} }};")
        elif isinstance(item, Struct):
            lines.extend(_cdef_struct(item))
        elif isinstance(item, Callback):
            lines.append(f"typedef {item.result} (*{item.name})({item.parameters});")
        else:
            lines.append(f"{item.result} {item.name}({item.parameters});")
    for name in callbacks:
        for member in headers.struct(name).members:
            if member.callback:
                result, parameters = member.callback
                short = f"{name.removeprefix('cdp_')}_{member.name}"
                lines.append(f'extern "Python" {result} cdp_python_{short}({parameters});')
    return "\n".join(lines) + "\n"


def _cdef_struct(struct):
    if not struct.members:
        return [f"typedef struct {struct.name} {struct.name};"]
    lines = [f"typedef struct {struct.name} {{"]
    for member in struct.members:
        if member.callback:
            result, parameters = member.callback
            lines.append(f"    {result} (*{member.name})({parameters});")
        else:
            array = f"[{'...' if not member.array.isdigit() else member.array}]"
            lines.append(f"    {member.type} {member.name}{array if member.array else ''};")
    return lines + [f"}} {struct.name};"]


def as_json(headers):
    kinds = {"enums": Enum, "structs": Struct, "functions": Function, "callbacks": Callback,
             "constants": Constant}
    return {
        kind: [dataclasses.asdict(item) for item in headers.order if isinstance(item, cls)]
        for kind, cls in kinds.items()
    }


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in ("json", "cdef"):
        sys.exit(__doc__)
    headers = read(sys.argv[2], sys.argv[3:] or LIBRARIES)
    if sys.argv[1] == "json":
        json.dump(as_json(headers), sys.stdout, indent=1, ensure_ascii=False)
        print()
    else:
        sys.stdout.write(cdef(headers))


if __name__ == "__main__":
    main()
