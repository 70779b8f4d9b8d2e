#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes what the C++ binding takes over from the C headers one by one: enumerations, constants, and
the structs that hold nothing but values, with their documentation and the way from and to C.

    generate.py INCLUDE_FOLDER    writes the types.hpp of each library

Everything that needs a decision is in the tables below; what they do not name follows the rules:
`int` is bool, text may be absent, times in `_ms` are std::chrono::milliseconds. A struct that points
to something, or calls back, is written by hand.
"""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import headers

# What C calls it, and what C++ does, where that is not simply CamelCase without `cdp_`.
TYPES = {
    "cdp_fs_root": "FileRoot", "cdp_fs_kind": "FileKind", "cdp_fs_keep": "FileKeep",
    "cdp_fs_info": "FileInfo", "cdp_fs_context": "FileContext",
    "CDP_APPSPEC_TYPE_FILE": "AppSpecObjectType",
    "cdp_appspec_permission": "AppSpecPermissionFields", "cdp_appspec_event": "AppSpecEventFields",
    "cdp_config_options": "ConfigFields", "cdp_group_alarms": "GroupAlarms",
    "cdp_rollback_past": "PastDeploymentFields",
    "cdp_rollback_plan_info": "RollbackPlanInfoFields",
    "cdp_deployment_target": "DeploymentTargetFields",
    "cdp_deployment_alarm_view": "DeploymentAlarm",
    "cdp_install_instruction": "InstallInstructionFields",
    "cdp_rollback_step": "RollbackStepFields",
    "cdp_rollout_view": "RolloutInstanceView",
    "cdp_sim_fs_lack": "Lack", "cdp_sim_fault": "Fault", "cdp_sim_loss": "Loss",
    "cdp_posix_news": "NewsFields",
}

# Their texts are std::string: they are filled in by programs, or outlive what they were read from.
# All others are views into an immutable object.
OWNED = {
    "cdp_appspec_lambda", "cdp_config_options", "cdp_tag", "cdp_group_basics", "cdp_group_filter",
    "cdp_group_auto_scaling", "cdp_group_ecs_service", "cdp_group_target_group_pair",
    "cdp_group_trigger", "cdp_group_revision", "cdp_group_last_deployment",
    "cdp_lifecycle_event_info", "cdp_lifecycle_result", "cdp_lifecycle_event_record",
    "cdp_rollout_instance", "cdp_rollout_decision", "cdp_rollout_numbers", "cdp_rollout_view",
    "cdp_rollback_past", "cdp_rollback_target", "cdp_rollback_file",
    "cdp_deployment_action", "cdp_deployment_change", "cdp_deployment_info",
    "cdp_deployment_target", "cdp_deployment_alarm_view",
    "cdp_sim_rule", "cdp_sim_entry", "cdp_posix_script_result",
    "cdp_appspec_capacity_provider", "cdp_posix_files_options",
    "cdp_install_instruction",
}

# Texts that are never absent.
PRESENT = {
    "cdp_diagnostic_info": "name message",
    "cdp_appspec_event": "name", "cdp_appspec_file": "source destination",
    "cdp_appspec_permission": "object pattern", "cdp_appspec_except": "pattern",
    "cdp_appspec_acl": "text", "cdp_appspec_script": "location",
    "cdp_appspec_lambda": "logical_name name alias current_version target_version",
    "cdp_appspec_ecs": "logical_name task_definition container_name",
    "cdp_appspec_capacity_provider": "name",
    "cdp_appspec_difference": "pointer what written agent_1 agent_2 documentation",
    "cdp_lifecycle_event_info": "name", "cdp_lifecycle_event_record": "name",
    "cdp_group_auto_scaling": "name", "cdp_group_trigger": "name target_arn",
    "cdp_tag": "key", "cdp_group_last_deployment": "id",
    "cdp_rollout_instance": "id", "cdp_rollout_view": "id",
    "cdp_install_instruction": "path", "cdp_install_conflict": "message",
    "cdp_install_progress": "path", "cdp_fs_context": "type",
    "cdp_rollback_past": "id", "cdp_rollback_target": "id", "cdp_rollback_file": "path",
    "cdp_rollback_plan_info": "message", "cdp_rollback_step": "sentence",
    "cdp_rollback_step_event": "name", "cdp_rollback_plan_target": "id",
    "cdp_rollback_effect": "sentence",
    "cdp_deployment_info": "id", "cdp_deployment_target": "id", "cdp_deployment_alarm_view": "name",
    "cdp_sim_entry": "deployment_id sentence",
    "cdp_posix_fetch": "location path", "cdp_posix_news": "deployment_id",
    "cdp_posix_history_entry": "deployment_id status creator", "cdp_posix_script_result": "message",
}

# `int` that counts, or is an enumerator of one type or another.
NUMBERS = {
    "cdp_deployment_action": "status", "cdp_deployment_target": "traffic", "cdp_sim_entry": "status",
    "cdp_posix_script_result": "exit_status signal survivors",
}

SECONDS = {"cdp_appspec_script": "timeout"}
# Sums of enumerators, and sets in which bit n stands for the enumerator of value n.
FLAGS = {("cdp_appspec_permission", "types"): "AppSpecObjectType"}
SETS = {
    ("cdp_group_trigger", "events"): "TriggerEvent",
    ("cdp_group_auto_rollback", "events"): "RollbackEvent",
    ("cdp_rollback_target", "events"): "Event", ("cdp_rollback_target", "events_done"): "Event",
}
# Indexes for which a number stands when there is none.
NO_INDEX = {
    "cdp_rollout_decision": ("instance other", "CDP_ROLLOUT_NO_INSTANCE"),
    "cdp_deployment_action": ("target event", "CDP_DEPLOYMENT_NO_TARGET"),
    "cdp_deployment_change": ("target event", "CDP_DEPLOYMENT_NO_TARGET"),
    "cdp_sim_entry": ("target event", "CDP_DEPLOYMENT_NO_TARGET"),
    "cdp_match": ("filters tag_group auto_scaling_group near_filter near_tag", "CDP_MATCH_NONE"),
    "cdp_rollback_plan_target": ("step", "CDP_ROLLBACK_NONE"),
    "cdp_rollback_effect": ("target", "CDP_ROLLBACK_NONE"),
}
# Pointers that the hand-written type around the struct takes over.
POINTERS = {
    ("cdp_rollback_past", "revision"), ("cdp_rollback_plan_info", "revision"),
    ("cdp_rollback_plan_info", "config"), ("cdp_deployment_target", "plan"),
    ("cdp_posix_news", "progress"),
}
# Written by hand though they hold only values.
BY_HAND = {"cdp_string", "cdp_limits", "cdp_diagnostic"}

STATUS_NAMES = {"NOMEM": "NoMemory"}
WORDS = {"APPSPEC": "AppSpec", "GITHUB": "GitHub", "NOMEM": "NoMemory", "S3": "S3", "EC2": "Ec2"}
SIMPLE = {"size_t": "std::size_t", "uint32_t": "std::uint32_t", "int32_t": "std::int32_t",
          "int64_t": "std::int64_t", "uint64_t": "std::uint64_t", "cdp_status": "Status"}

FILES = {
    "codedeploy": ("codedeploy/cpp/types.hpp", "codedeploy", "",
                   ["codedeploy/codedeploy.h", "codedeploy/cpp/support.hpp"]),
    "codedeploy-posix": ("codedeploy-posix/types.hpp", "codedeploy", "posix",
                         ["codedeploy-posix/codedeploy-posix.h", "codedeploy/codedeploy.hpp"]),
    "codedeploy-sim": ("codedeploy-sim/types.hpp", "codedeploy", "sim",
                       ["codedeploy-sim/host.h", "codedeploy/codedeploy.hpp"]),
}


def camel(words):
    return "".join(WORDS.get(w, w.capitalize()) for w in words.upper().split("_") if w)


def key(enum):
    return enum.name or enum.enumerators[0].name


def type_name(name):
    if name in TYPES:
        return TYPES[name]
    bare = re.sub(r"^cdp_(posix_|sim_)?", "", name)
    return camel(bare)


def enumerator_names(enum):
    if enum.name == "cdp_status":
        shorts = {e.name: re.sub(r"^CDP_(ERR_)?", "", e.name) for e in enum.enumerators}
    else:
        shorts = enum.short_names()
    return {c: camel(short) for c, short in shorts.items()}


def members_of(table, struct):
    return table.get(struct, "").split()


class Maker:
    def __init__(self, declared):
        self.declared = declared
        self.enums = {e.name for e in declared.enums if e.name}
        self.structs = {s.name: s for s in declared.structs if s.members}
        self.names = {}
        for enum in declared.enums:
            for c, cpp in enumerator_names(enum).items():
                self.names[c] = f"{type_name(key(enum))}::{cpp}"
        self.made = {name for name, s in self.structs.items() if self.is_made(s)}

    def is_made(self, struct):
        if struct.name in BY_HAND:
            return False
        return all(not m.callback and ("*" not in m.type or m.type.strip() == "const char *" or
                                       (struct.name, m.name) in POINTERS)
                   for m in struct.members)

    def doc(self, text, indent=""):
        if not text:
            return []
        text = re.sub(r"#(CDP_\w+)", lambda m: self.names.get(m[1], m[1]), text)
        text = re.sub(r"#(cdp_\w+)", lambda m: type_name(m[1]), text)
        text = re.sub(r"^sizeof\(.*$", "", text)
        lines = text.split("\n")
        return [f"{indent}/// {line}".rstrip() for line in lines]

    # -- enumerations ------------------------------------------------------------------------

    def enum(self, enum):
        values = enumerator_names(enum)
        if not enum.name and len(values) == 1:
            ((c, _),) = values.items()
            return [*self.doc(enum.doc), f"constexpr std::size_t {camel(c.removeprefix('CDP_'))} = {c};", ""]
        lines = [*self.doc(enum.doc), f"enum class {type_name(key(enum))} : int {{"]
        for e in enum.enumerators:
            lines += self.doc(e.doc, "    ")
            lines.append(f"    {values[e.name]} = {e.name},")
        return [*lines, "};", ""]

    def enum_functions(self, enum):
        """name(), message() and the like, and from_name<>()."""
        if not enum.name:
            return []
        cpp, lines = type_name(enum.name), []
        for f in self.declared.functions:
            short = f.name.removeprefix(f"{enum.name}_")
            if not f.name.startswith(f"{enum.name}_"):
                continue
            if re.fullmatch(rf"{enum.name} \w+", f.parameters) and f.result == "const char *":
                lines += [*self.doc(f.doc), f"inline std::string_view {short}({cpp} value)", "{",
                          f"    return detail::view({f.name}(static_cast<{enum.name}>(value)));",
                          "}", ""]
            elif short == "from_name" and f.parameters.startswith("cdp_string"):
                lines += [f"/// The enumerator of exactly this name, if there is one.",
                          "template <>",
                          f"inline std::optional<{cpp}> from_name<{cpp}>(std::string_view name)",
                          "{", f"    {enum.name} value = {enum.name}();",
                          f"    if ({f.name}(detail::text(name), &value) != CDP_OK)",
                          "        return std::nullopt;",
                          f"    return static_cast<{cpp}>(value);", "}", ""]
        return lines

    # -- structs -----------------------------------------------------------------------------

    def member(self, struct, member):
        """(C++ type, C++ name, C -> C++, C++ -> C) or None for what is left out."""
        m, s = member, struct.name
        if m.name in ("size", "reserved") or (s, m.name) in POINTERS:
            return None
        owned = s in OWNED
        text = "std::string" if owned else "std::string_view"
        c, cpp = f"c.{m.name}", f"v.{m.name}"
        if m.array:
            if m.type == "cdp_string":
                return (f"std::array<{text}, {m.array}>", m.name, None,
                        ("array_text", owned))
            if m.name in NO_INDEX.get(s, ("", ""))[0].split():
                return (f"std::array<std::optional<std::uint32_t>, {m.array}>", m.name, None,
                        ("array_index", NO_INDEX[s][1]))
            sys.exit(f"{s}.{m.name}: what array is that?")
        if m.type == "cdp_string":
            if m.name in members_of(PRESENT, s):
                return (text, m.name, f"detail::{'string' if owned else 'view'}({c})",
                        f"detail::text({cpp})")
            return (f"std::optional<{text}>", m.name,
                    f"detail::{'optional_string' if owned else 'optional_view'}({c})",
                    f"detail::text({cpp})")
        if m.type.strip() == "const char *":
            if m.name in members_of(PRESENT, s):
                return ("std::string_view", m.name, f"detail::view({c})", None)
            return ("std::optional<std::string_view>", m.name, f"detail::optional_view({c})", None)
        if m.type in self.enums:
            name = SIMPLE.get(m.type) or type_name(m.type)
            return (name, m.name, f"static_cast<{name}>({c})", f"static_cast<{m.type}>({cpp})")
        if m.type in self.structs:
            return (type_name(m.type), m.name, f"detail::from_c({c})", f"detail::to_c({cpp})")
        if (s, m.name) in FLAGS or (s, m.name) in SETS:
            kind, of = ("Flags", FLAGS) if (s, m.name) in FLAGS else ("EnumSet", SETS)
            name = f"{kind}<{of[s, m.name]}>"
            return (name, m.name, f"{name}::from_bits({c})", f"{cpp}.bits()")
        if m.name in NO_INDEX.get(s, ("", ""))[0].split():
            t = SIMPLE[m.type]
            return (f"std::optional<{t}>", m.name, f"detail::index({c}, {NO_INDEX[s][1]})",
                    f"{cpp}.value_or({NO_INDEX[s][1]})")
        if m.type == "int":
            if m.name in members_of(NUMBERS, s):
                return ("int", m.name, c, cpp)
            return ("bool", m.name, f"{c} != 0", f"{cpp} ? 1 : 0")
        if m.type == "int64_t" and m.name.endswith("_ms"):
            short = m.name[:-3]
            return ("Milliseconds", short, f"Milliseconds({c})", f"v.{short}.count()")
        if m.name in members_of(SECONDS, s):
            return ("std::chrono::seconds", m.name, f"std::chrono::seconds({c})", f"{cpp}.count()")
        if m.type in SIMPLE:
            return (SIMPLE[m.type], m.name, c, cpp)
        sys.exit(f"{s}.{m.name}: what type is {m.type}?")

    def struct(self, struct):
        cpp = type_name(struct.name)
        fields = [(m, self.member(struct, m)) for m in struct.members]
        fields = [(m, f) for m, f in fields if f]
        lines = [*self.doc(struct.doc), f"struct {cpp} {{"]
        for m, (kind, name, _, _) in fields:
            lines += self.doc(m.doc, "    ")
            lines.append(f"    {kind} {name}{{}};")
        lines += ["};", "", "namespace detail {"]
        lines += [f"inline {cpp} from_c(const {struct.name} &c)", "{", f"    {cpp} v;"]
        for m, (_, name, from_c, to_c) in fields:
            if isinstance(to_c, tuple):
                call = (f"index(c.{m.name}[i], {to_c[1]})" if to_c[0] == "array_index"
                        else f"{'string' if to_c[1] else 'view'}(c.{m.name}[i])")
                lines += [f"    for (std::size_t i = 0; i < v.{name}.size(); i++)",
                          f"        v.{name}[i] = {call};"]
            else:
                lines.append(f"    v.{name} = {from_c};")
        lines += ["    return v;", "}"]
        if all(f[3] for _, f in fields):
            lines += [f"inline {struct.name} to_c(const {cpp} &v)", "{",
                      f"    {struct.name} c{{}};"]
            if struct.members[0].name == "size":
                lines.append("    c.size = sizeof c;")
            for m, (_, name, _, to_c) in fields:
                if isinstance(to_c, tuple):
                    call = (f"v.{name}[i].value_or({to_c[1]})" if to_c[0] == "array_index"
                            else f"text(v.{name}[i])")
                    lines += [f"    for (std::size_t i = 0; i < v.{name}.size(); i++)",
                              f"        c.{m.name}[i] = {call};"]
                else:
                    lines.append(f"    c.{m.name} = {to_c};")
            lines += ["    return c;", "}"]
        return [*lines, "} // namespace detail", ""]

    # -- a file ------------------------------------------------------------------------------

    def file(self, library, namespace, inner, includes):
        guard = f"{library}_types_hpp".replace("-", "_").upper()
        lines = ["// SPDX-License-Identifier: MIT",
                 "// Made from the C headers by bindings/cpp/generate.py (`./dev generate`); do not edit.",
                 "// clang-format off", f"#ifndef {guard}", f"#define {guard}", "",
                 "/// @file", "/// Enumerations, constants and plain structs, as the C headers declare them.", "",
                 *(f"#include <{i}>" for i in includes), "",
                 f"namespace {namespace} {{", "inline namespace CODEDEPLOY_ABI {", ""]
        if inner:
            lines += [f"namespace {inner} {{", "namespace detail {",
                      "using namespace codedeploy::detail;", "}", ""]
        mine = [i for i in self.declared.order if i.header.startswith(f"{library}/")]
        body = []
        for item in mine:
            if isinstance(item, headers.Enum):
                body.append((item, self.enum(item)))
            elif isinstance(item, headers.Constant) and item.name.startswith("CDP_"):
                name = camel(item.name.removeprefix("CDP_"))
                body.append((item, [*self.doc(item.doc),
                                    f"constexpr auto {name} = {item.name};", ""]))
        for _, text in body:
            lines += text
        functions = [l for item, _ in body if isinstance(item, headers.Enum)
                     for l in self.enum_functions(item)]
        if inner:
            # from_name<> is specialised in the namespace of its template.
            lines += self.split_functions(functions, inner)
        else:
            lines += functions
        for item in mine:
            if isinstance(item, headers.Struct) and item.name in self.made:
                lines += self.struct(item)
        if inner:
            lines += [f"}} // namespace {inner}", ""]
        lines += ["} // namespace CODEDEPLOY_ABI", f"}} // namespace {namespace}", "", f"#endif"]
        return "\n".join(lines) + "\n"

    @staticmethod
    def split_functions(functions, inner):
        text = "\n".join(functions)
        blocks = [b for b in re.split(r"(?<=^\}\n)", text + "\n", flags=re.M) if b.strip()]
        special = [b for b in blocks if "template <>" in b]
        plain = [b for b in blocks if "template <>" not in b]
        lines = "".join(plain).split("\n")
        if special:
            moved = "".join(special)
            moved = re.sub(r"<(\w+)>(?=[ (])", rf"<{inner}::\1>", moved)
            moved = moved.replace("static_cast<", f"static_cast<").replace(
                f"<{inner}::string_view>", "<string_view>")
            moved = re.sub(rf"(return static_cast<)(\w+)>", rf"\1{inner}::\2>", moved)
            moved = moved.replace(f"{inner}::{inner}::", f"{inner}::")
            lines += [f"}} // namespace {inner}", "", *moved.split("\n"), f"namespace {inner} {{", ""]
        return lines


def texts(include):
    maker = Maker(headers.read(include))
    return {include / path: maker.file(library, namespace, inner, includes)
            for library, (path, namespace, inner, includes) in FILES.items()}


def main():
    for path, text in texts(pathlib.Path(sys.argv[1])).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
