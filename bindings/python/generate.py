#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes what the Python binding takes from the public headers.

    generate.py package INCLUDE_FOLDER FOLDER   writes enums.py and codes.py into FOLDER
    generate.py source INCLUDE_FOLDER FILE.c    writes the extension module for cffi
    generate.py stub INCLUDE_FOLDER FILE.pyi    writes what type checkers know of it
"""

import pathlib
import re
import sys
import textwrap

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import headers

# C enumeration (or the first enumerator of one without a name): the Python class, where that is
# not simply what C calls it (cdp_alarm_policy is AlarmPolicy). "" makes constants of it.
CLASSES = {
    "cdp_appspec_profile": "Profile",
    "cdp_appspec_notation": "Notation",
    "cdp_appspec_host": "AppSpecHost",
    "cdp_appspec_entry_kind": "EntryKind",
    "cdp_appspec_value_kind": "ValueKind",
    "CDP_APPSPEC_TYPE_FILE": "ObjectType",
    "cdp_appspec_acl_type": "AclType",
    "cdp_appspec_reader": "AppSpecReader",
    "cdp_group_last": "LastDeploymentKind",
    "cdp_rollout_stop_cause": "RolloutStopCause",
    "cdp_rollout_lifecycle_answer": "AutoScalingAnswer",
    "cdp_rollout_decision_kind": "DecisionKind",
    "cdp_fs_root": "Root",
    "cdp_fs_kind": "FileKind",
    "cdp_fs_keep": "Keep",
    "cdp_install_instruction_type": "InstructionType",
    "cdp_deployment_input_kind": "InputKind",
    "cdp_deployment_outcome": "Outcome",
    "cdp_deployment_flag": "Flag",
    "cdp_deployment_action_kind": "ActionKind",
    "cdp_deployment_change_kind": "ChangeKind",
    "cdp_deployment_wait": "Wait",
    "cdp_group_list": "GroupList",
    "cdp_sim_fs_lack": "SimLack",
    "cdp_posix_sync": "Sync",
    "cdp_posix_script_code": "ScriptCode",
    "cdp_posix_environment": "ScriptEnvironment",
    "cdp_posix_bundle_type": "LocalBundleType",
    "cdp_posix_bundle_allow": "BundleAllow",
    "cdp_posix_log_kind": "LogKind",
    "cdp_posix_news_kind": "NewsKind",
    "cdp_posix_refuse": "Refuse",
    "CDP_LIFECYCLE_MAX_EVENTS": "",
    "CDP_SIM_HOST_MAX_DEPLOYMENTS": "",
}

# Their values are bits to be added up.
FLAGS = {"ObjectType", "Keep", "SimLack", "BundleAllow", "Refuse"}

# For the builder of groups only, which takes whole lists here.
LEFT_OUT = {"GroupList"}


def class_name(enum):
    name = enum.name or enum.enumerators[0].name
    if name in CLASSES:
        return CLASSES[name]
    return "".join(word.capitalize() for word in name.removeprefix("cdp_").split("_"))


def member_names(enum):
    """{C enumerator: name of the Python member}."""
    short = enum.short_names()
    if enum.name == "cdp_status":
        short = {name: name.removeprefix("CDP_").removeprefix("ERR_") for name in short}
    return {name: f"N{s}" if s[0].isdigit() else s for name, s in short.items()}


class Prose:
    """Comments of the headers in Python's terms."""

    def __init__(self, declared):
        self.names = {}
        for enum in declared.enums:
            cls = class_name(enum)
            if enum.name and cls:
                self.names[enum.name] = cls
            for name, short in member_names(enum).items():
                self.names[name] = f"{cls}.{short}" if cls else name.removeprefix("CDP_")
        for constant in declared.constants:
            self.names[constant.name] = constant.name.removeprefix("CDP_")

    def text(self, doc):
        if doc.startswith("@file"):
            return ""
        doc = re.sub(r"#(cdp_\w+|CDP_\w+)", lambda m: f"`{self.names.get(m.group(1), m.group(1))}`", doc)
        doc = re.sub(r"(?<!`)\b(CDP_\w+[a-zA-Z])\b", lambda m: f"`{self.names.get(m.group(1), m.group(1))}`", doc)
        return doc.replace("\\", "\\\\").replace('"""', "'''").strip()


def docstring(text, indent):
    if "\n" not in text and len(text) + len(indent) < 92:
        text = text[:-1] + '\\"' if text.endswith('"') else text
        return f'{indent}"""{text}"""'
    lines = text.splitlines()
    body = "\n".join(f"{indent}{line}".rstrip() for line in lines).lstrip()
    return f'{indent}"""{body}\n{indent}"""'


def comment(text, indent):
    return "\n".join(f"{indent}#: {line}" for line in textwrap.wrap(" ".join(text.split()), 92))


def functions_of(enum, functions):
    """The C functions that tell and read the API's spelling of an enumeration's values."""
    found = []
    for suffix in ("_name", "_from_name"):
        name = enum.name + suffix
        found.append(f'"{name}"' if name in functions else "None")
    return found


def example(cls, member, value):
    """An example for a docstring."""
    return f"\n\n>>> import codedeploy\n>>> codedeploy.{cls}({value})\n<{cls}.{member}: {value}>"


def enum_source(enum, functions, prose):
    cls = class_name(enum)
    flags = cls in FLAGS
    lines = []
    if enum.name:
        spelt, read = functions_of(enum, functions)
        lines.append(f'@_of("{enum.name}", {spelt}, {read})')
    lines.append(f"class {cls}({'enum.IntFlag' if flags else '_Word'}):")
    names = member_names(enum)
    last = enum.enumerators[-1]
    lines.append(docstring((prose.text(enum.doc) or f"`{enum.name}` of the C library.") +
                           example(cls, names[last.name], last.value), "    "))
    lines.append("")
    for enumerator in enum.enumerators:
        if enumerator.doc:
            lines.append(comment(prose.text(enumerator.doc), "    "))
        lines.append(f"    {names[enumerator.name]} = {enumerator.value}")
    return "\n".join(lines)


HEAD = '''\
# SPDX-License-Identifier: MIT
# Made from the public headers by `./dev generate`; do not edit.
"""{doc}"""

import enum

from ._words import _of, _Word

'''


def write_package(include, folder):
    declared = headers.read(include)
    prose = Prose(declared)
    functions = {f.name for f in declared.functions}
    parts, constants, names = [], [], []
    for enum in declared.enums:
        cls = class_name(enum)
        if enum.name == "cdp_diagnostic_code" or cls in LEFT_OUT:
            continue
        if cls:
            names.append(cls)
            parts.append(enum_source(enum, functions, prose))
        else:
            constants += enum.enumerators
    for constant in [*declared.constants, *constants]:
        name = constant.name.removeprefix("CDP_")
        if name in names or constant.name.startswith("CDP_VERSION"):
            continue
        names.append(name)
        doc = comment(prose.text(constant.doc), "") + "\n" if constant.doc else ""
        parts.append(f"{doc}{name} = {constant.value}")
    exported = "__all__ = [\n" + "".join(f'    "{n}",\n' for n in sorted(names)) + "]"
    text = HEAD.format(doc="The words of the API and of the library: all enumerations.")
    (folder / "enums.py").write_text(text + exported + "\n\n\n" + "\n\n\n".join(parts) + "\n")
    (codes,) = (e for e in declared.enums if e.name == "cdp_diagnostic_code")
    lines = [HEAD.format(doc="Every kind of finding, as an enumeration."), '__all__ = ["DiagnosticCode"]\n\n',
             '@_of("cdp_diagnostic_code", None, None)',
             "class DiagnosticCode(_Word):", docstring(
                 prose.text(codes.doc) + "\n\n>>> import codedeploy\n>>> str(codedeploy.DiagnosticCode.TOO_DEEP)\n'too-deep'",
                 "    "), ""]
    for code in codes.enumerators:
        lines.append(comment(prose.text(code.doc), "    "))
        lines.append(f"    {code.name.removeprefix('CDP_DIAGNOSTIC_')} = {code.value}")
    (folder / "codes.py").write_text("\n".join(lines) + "\n")


# Structs whose callbacks Python functions stand for.
CALLBACKS = ("cdp_appspec_bundle", "cdp_fs")

# Callbacks beside them; `user` is a handle of the Python object.
MORE_CALLBACKS = """
extern "Python" {
    cdp_status cdp_python_perform(const cdp_deployment *, const cdp_deployment_action *,
                                  cdp_host_reply *, void *);
    cdp_status cdp_python_poll_alarm(const cdp_deployment *, cdp_string, cdp_alarm_state *, void *);
    cdp_status cdp_python_changed(const cdp_deployment *, const cdp_deployment_change *, void *);
    cdp_status cdp_python_install_progress(const cdp_install_progress *, void *);
    cdp_status cdp_python_bundle_progress(uint64_t, uint64_t, void *);
    cdp_status cdp_python_news(const cdp_posix_news *, void *);
    cdp_status cdp_python_fetch(const cdp_posix_fetch *, void *);
    cdp_status cdp_python_log_entry(cdp_posix_log_kind, cdp_string, void *);
}
size_t cdp_python_files(const cdp_appspec *appspec, char *texts, size_t capacity,
                        uint32_t *lengths, uint8_t *kinds);
"""


def write_source(include, path):
    import cffi

    ffi = cffi.FFI()
    declared = headers.read(include)
    # The two functions that take a macro's value as a number need none of the macros that are none.
    ffi.cdef(headers.cdef(declared, CALLBACKS) + MORE_CALLBACKS)
    includes = "".join(f"#include <{name}>\n" for name in dict.fromkeys(i.header for i in declared.order))
    helpers = (pathlib.Path(__file__).parent / "src" / "helpers.c").read_text(encoding="utf-8")
    ffi.set_source("_codedeploy", includes + helpers)
    ffi.emit_c_code(str(path))


def write_stub(include, path):
    declared = headers.read(include)
    lines = ["from typing import Any", "", "ffi: Any", "", "class _Lib:"]
    numbers = re.compile(r"(u?int\d+_t|size_t|int|unsigned)")
    words = {enum.name for enum in declared.enums}
    for function in declared.functions:
        kind = "int" if numbers.fullmatch(function.result) or function.result in words else "Any"
        parameters = "" if function.parameters == "void" else ", ".join(
            f"a{i}: Any" for i in range(function.parameters.count(",") + 1))
        lines.append(f"    def {function.name}(self{', ' if parameters else ''}{parameters}) -> {kind}: ...")
    for enum in declared.enums:
        lines += [f"    {e.name}: int" for e in enum.enumerators if enum.name != "cdp_diagnostic_code"]
    lines.append("    def cdp_python_files(self, a0: Any, a1: Any, a2: Any, a3: Any, a4: Any) -> int: ...")
    callbacks = re.findall(r"\bcdp_python_(?!files)\w+", headers.cdef(declared, CALLBACKS) + MORE_CALLBACKS)
    lines += [f"    {name}: Any" for name in callbacks]
    path.write_text("\n".join([*lines, "", "lib: _Lib"]) + "\n")


def main():
    what = {"package": write_package, "source": write_source, "stub": write_stub}.get("".join(sys.argv[1:2]))
    if len(sys.argv) != 4 or not what:
        sys.exit(__doc__)
    what(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))


if __name__ == "__main__":
    main()
