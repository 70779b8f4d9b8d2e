#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes docs/bindings.md: every public C function and what it is called in each binding.

    table.py write SOURCE_ROOT    writes the table (`./dev generate` does)
    table.py check SOURCE_ROOT    fails when it is not what it should be (a test does)

The names are found in the bindings themselves: a C function has the name of the public function or
class that calls it, directly or by way of private ones. A function that a binding does not call
needs a reason in bindings/unbound.toml. A function with neither, a reason for a function that is
bound, and a reason that fits no function are errors.
"""

import ast
import fnmatch
import pathlib
import re
import sys
import tomllib

import headers

C_FUNCTION = re.compile(r"\bcdp_\w+")


class Unit:
    """A function, method or class of a binding: its name, whether users see it, what it mentions."""

    def __init__(self, name, public, text):
        self.name = name
        self.public = public
        self.words = set(re.findall(r"\w+", text))
        self.short = re.split(r"::|\.", name)[-1]


# -- Python ------------------------------------------------------------------------------------

def python_units(folder):
    for path in sorted(folder.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = path.stem
        yield from _python_body(tree.body, "" if module in ("__init__",) else module, [])


def _python_body(body, module, outer):
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield _python_unit(module, [*outer, node.name], node)
        elif isinstance(node, ast.ClassDef):
            inner = [n for n in node.body
                     if not isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
            yield _python_unit(module, [*outer, node.name], *inner, *node.decorator_list)
            yield from _python_body(node.body, module, [*outer, node.name])
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    yield _python_unit(module, [*outer, target.id], node)
        elif isinstance(node, ast.If):
            yield from _python_body(node.body + node.orelse, module, outer)


def _python_unit(module, names, *nodes):
    words = set()
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute):
                words.add(part.attr)
            elif isinstance(part, ast.Name):
                words.add(part.id)
            elif isinstance(part, ast.Constant) and isinstance(part.value, str) and \
                    C_FUNCTION.fullmatch(part.value):
                words.add(part.value)
    public = not any(n.startswith("_") and not n.startswith("__") for n in [module, *names])
    shown = names[:-1] if names[-1] in ("__init__", "__new__", "__del__") else names
    prefix = f"{module}." if module in ("posix", "sim", "aio") else ""
    return Unit(prefix + ".".join(shown), public, " ".join(words))


# -- C++ and Go: by their outermost and second braces ------------------------------------------

def _without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)


def _blocks(text):
    """(head, body) of every outermost pair of braces."""
    begin, depth, head = 0, 0, ""
    for at, c in enumerate(text):
        if c == "{":
            if depth == 0:
                head, inside = text[begin:at], at + 1
            depth += 1
        elif c == "}":
            depth -= 1
            if depth == 0:
                yield head, text[inside:at]
                begin = at + 1


def _outside(text):
    """What stands outside of all braces: the members of a class that are no functions."""
    depth = 0
    for c in text:
        depth += c == "{"
        if depth == 0:
            yield c
        depth -= c == "}"


def cpp_units(folder):
    for path in sorted(folder.parent.glob("codedeploy*/**/*.hpp")):
        text = _without_comments(path.read_text(encoding="utf-8"))
        # A `{}` in a list of parameters or behind a member is no body.
        yield from _cpp_scope(re.sub(r"\{\}(?=[,;)])", "", text), "", True)


def _cpp_scope(text, outer, public, hidden=False):
    """`hidden`: nothing in here is for users, whatever it is labelled."""
    for head, body in _blocks(text):
        statement = re.split(r"[;]|\b(?:public|private|protected):", head)[-1]
        for label in re.findall(r"\b(public|private|protected):", head):
            public = label == "public" and not hidden
        if "#" in statement:
            statement = re.sub(r"^\s*#.*$", "", statement, flags=re.M)
        if found := re.search(r"\bnamespace ([\w:]+)", statement):
            inner = not hidden and not found.group(1).endswith("detail")
            yield from _cpp_scope(body, outer, inner, not inner)
        elif (found := re.search(r"\b(class|struct) (\w+)[^()]*$", statement)) and \
                "=" not in statement:
            name = f"{outer}{found.group(2)}"
            yield Unit(name, public, "".join(_outside(body)))
            yield from _cpp_scope(body, f"{name}::", found.group(1) == "struct" and public,
                                  not public)
        elif found := re.search(r"((?:\w+::)?[~\w]+(?:<[\w:]+>)?|operator[^\w\s(]+)\s*\(",
                                statement):
            name = f"{outer}{found.group(1)}"
            # Overloads for every enumeration: tell them apart.
            if kind := re.match(r"(name|message|source)\((\w+) value", statement[found.start():]):
                name = f"{outer}{kind.group(1)}({kind.group(2)})"
            if outer and outer.split("::")[-2] == found.group(1):
                name = outer[:-2]
            yield Unit(name, public and not found.group(1).endswith("_"), statement + body)


def _go_helpers(folder):
    """Private C helpers, in headers: functions, and the macros that make them."""
    for path in sorted(folder.glob("*.h")):
        text = _without_comments(path.read_text(encoding="utf-8"))
        for name, arguments in re.findall(r"^CDPGO_\w+\((\w+),([^)]*)\)", text, re.M):
            yield Unit(name, False, arguments)
        for head, body in _blocks(re.sub(r"^#define(?:.*\\\n)*.*$", "", text, flags=re.M)):
            if found := re.search(r"\b(cdpgo_\w+)\(", head):
                yield Unit(found.group(1), False, body)


def go_units(folder):
    yield from _go_helpers(folder)
    for path in sorted(folder.rglob("*.go")):
        if path.name.endswith("_test.go"):
            continue
        for head, body in _blocks(_without_comments(path.read_text(encoding="utf-8"))):
            found = re.search(r"\bfunc\s+(?:\(\s*\w*\s*\*?(\w+)(?:\[\w+\])?\s*\)\s*)?(\w+)", head)
            if found:
                names = [n for n in found.groups() if n]
                yield Unit(".".join(names), all(n[0].isupper() for n in names), head + body)


BINDINGS = {
    # column: (where it is, what takes it apart)
    "C++": ("include/codedeploy", cpp_units),
    "Python": ("bindings/python/src/codedeploy", python_units),
    "Go": ("bindings/go", go_units),
}


def bound(units):
    """{C function: names of what calls it}, by way of private units where no public one does."""
    units = list(units)
    callers = {}
    for unit in units:
        for word in unit.words:
            callers.setdefault(word, []).append(unit)

    def find(word):
        seen, names, queue = set(), [], [word]
        while queue and not names:
            following = []
            for w in queue:
                for unit in callers.get(w, []):
                    if unit in seen:
                        continue
                    seen.add(unit)
                    if unit.public:
                        names.append(unit.name)
                    else:
                        following.append(unit.short)
                        following.extend(re.split(r"::|\.", unit.name)[:-1])
            queue = following
        return list(dict.fromkeys(names)), bool(callers.get(word))

    return find


def reason(rules, name):
    for pattern, text in rules.items():
        if fnmatch.fnmatchcase(name, pattern):
            return pattern, text
    return None, None


def make(root):
    """The table's text, and what is wrong."""
    declared = headers.read(root / "include")
    rules = tomllib.loads((root / "bindings/unbound.toml").read_text(encoding="utf-8"))
    problems, used = [], {column: set() for column in BINDINGS}
    finders = {}
    for column, (folder, take_apart) in BINDINGS.items():
        finders[column] = bound(take_apart(root / folder))
    listed = {name for folder in ("lib", "hosts") for path in (root / folder).rglob("libcodedeploy*.sym")
              for name in re.findall(r"^\s+(cdp_\w+);", path.read_text(), flags=re.M)}
    for name in sorted(listed ^ {f.name for f in declared.functions}):
        problems.append(f"{name}: only in the headers or only in a version script")
    lines = [INTRODUCTION]
    header = ""
    for function in declared.functions:
        if function.header != header:
            header = function.header
            lines += ["", f"## {header}", "", f"| C | {' | '.join(BINDINGS)} |",
                      "|---|" + "---|" * len(BINDINGS)]
        cells = []
        for column in BINDINGS:
            names, called = finders[column](function.name)
            pattern, why = reason(rules.get(column, {}), function.name)
            if names or called:
                cells.append(", ".join(f"`{n}`" for n in names[:3]) or "(private)")
                if pattern == function.name:
                    problems.append(f"{function.name}: {column} binds it, and has a reason not to")
            elif why:
                used[column].add(pattern)
                cells.append(why)
            else:
                problems.append(f"{function.name}: {column} has no name for it and no reason")
                cells.append("?")
        lines.append(f"| `{function.name}` | {' | '.join(cells)} |")
    for column in BINDINGS:
        for pattern in rules.get(column, {}):
            if pattern not in used[column]:
                problems.append(f"bindings/unbound.toml: {column}: {pattern} is not needed")
    return "\n".join(lines) + "\n", problems


INTRODUCTION = """\
# Every C function in every binding

Made by `./dev generate` from the headers, the bindings and `bindings/unbound.toml`; a test keeps it
true. A cell holds the name in that language, or in plain words why it has none. C++ programs may
call every C function; `codedeploy.hpp` wraps those that own, fill in or fail."""


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("write", "check"):
        sys.exit(__doc__)
    root = pathlib.Path(sys.argv[2])
    text, problems = make(root)
    path = root / "docs" / "bindings.md"
    if sys.argv[1] == "write":
        path.write_text(text, encoding="utf-8")
    elif not path.exists() or path.read_text(encoding="utf-8") != text:
        problems.append("docs/bindings.md is stale: run ./dev generate")
    print("\n".join(problems + [f"{text.count('| `cdp_')} functions"]))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
