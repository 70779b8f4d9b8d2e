#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes from the registry of diagnostics what is derived from it.

    generate-registry.py header|table|docs REGISTRY OUTPUT
"""

import sys
import tomllib

FIELDS = {
    "number", "name", "severity", "strict", "message", "hint", "explanation", "source", "api",
}
REQUIRED = {"number", "name", "severity", "message", "explanation", "source"}
SEVERITIES = ("note", "warning", "error")


def read(path):
    with open(path, "rb") as file:
        entries = tomllib.load(file)["diagnostic"]
    names = set()
    last = 0
    for entry in entries:
        where = f"{path}: {entry.get('name', entry.get('number'))}"
        unknown = entry.keys() - FIELDS
        missing = REQUIRED - entry.keys()
        if unknown or missing:
            sys.exit(f"{where}: unknown fields {sorted(unknown)}, missing {sorted(missing)}")
        if entry["severity"] not in SEVERITIES:
            sys.exit(f"{where}: severity {entry['severity']}")
        if entry.setdefault("strict", entry["severity"]) not in SEVERITIES:
            sys.exit(f"{where}: strict {entry['strict']}")
        if entry["number"] <= last or entry["name"] in names:
            sys.exit(f"{where}: numbers must ascend and names be unique")
        last = entry["number"]
        names.add(entry["name"])
        entry["enumerator"] = "CDP_DIAGNOSTIC_" + entry["name"].upper().replace("-", "_")
    return entries


def c_string(text):
    if text is None:
        return "NULL"
    text = text.strip("\n").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def header(entries):
    lines = [
        "/* SPDX-License-Identifier: MIT */",
        "/* Made from lib/base/diagnostics.toml by `./dev generate`; do not edit. */",
        "#ifndef CODEDEPLOY_DIAGNOSTIC_CODES_H",
        "#define CODEDEPLOY_DIAGNOSTIC_CODES_H",
        "",
        "/** Every kind of finding. Values never change meaning and are never reused. */",
        "typedef enum cdp_diagnostic_code {",
    ]
    for number, entry in enumerate(entries):
        comma = "," if number + 1 < len(entries) else ""
        lines.append(f"    /** `{entry['name']}` ({entry['severity']}): {entry['message']} */")
        lines.append(f"    {entry['enumerator']} = {entry['number']}{comma}")
    lines += ["} cdp_diagnostic_code;", "", "#endif"]
    return lines


def table(entries):
    lines = []
    for entry in entries:
        lines.append(
            "{sizeof(cdp_diagnostic_info), %s, CDP_SEVERITY_%s,\n"
            " %s,\n %s,\n %s,\n %s,\n %s,\n %s,\n CDP_SEVERITY_%s, 0},"
            % (
                entry["enumerator"],
                entry["severity"].upper(),
                c_string(entry["name"]),
                c_string(entry["message"]),
                c_string(entry.get("hint")),
                c_string(entry["explanation"]),
                c_string(entry["source"]),
                c_string(entry.get("api")),
                entry["strict"].upper(),
            )
        )
    return lines


def docs(entries):
    lines = [
        "# Diagnostics",
        "",
        "Made from `lib/base/diagnostics.toml` by `./dev generate`; do not edit.",
        "`codedeploy explain CODE` prints the same. `{0}` and the like stand for what differs from",
        "case to case.",
    ]
    for entry in entries:
        lines += ["", f"## {entry['name']}", ""]
        strict = f" ({entry['strict']} in profile strict)" if entry["strict"] != entry["severity"] else ""
        lines.append(
            f"{entry['severity'].capitalize()} {entry['number']}{strict}: {entry['message']}"
        )
        if "hint" in entry:
            lines += ["", f"*Remedy:* {entry['hint']}"]
        lines += ["", entry["explanation"].strip("\n"), "", f"Source: {entry['source']}"]
        if "api" in entry:
            lines[-1] += f" · API: `{entry['api']}`"
    return lines


def main():
    kind, registry, output = sys.argv[1:]
    lines = {"header": header, "table": table, "docs": docs}[kind](read(registry))
    with open(output, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


main()
