#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes the enumerations and diagnostic codes of the Go binding from the public headers.

    generate.py INCLUDE_FOLDER FOLDER     writes enums*.go and codes.go into FOLDER

Values are written as numbers, so that the documentation shows them.
"""

import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import headers

# C enumeration: (Go type, prefix of the C enumerators, prefix of the Go constants), where they are
# not simply what C calls them: cdp_alarm_policy is AlarmPolicy, CDP_ALARM_POLICY_ANY AlarmPolicyAny.
ENUMS = {
    "cdp_status": ("Status", "CDP_", "Status"),
    "cdp_feature": ("Feature", "CDP_FEATURE_", "Feature"),
    "cdp_severity": ("Severity", "CDP_SEVERITY_", "Severity"),
    "cdp_platform": ("Platform", "CDP_PLATFORM_", "Platform"),
    "cdp_event": ("Event", "CDP_EVENT_", "Event"),
    "cdp_event_status": ("EventStatus", "CDP_EVENT_STATUS_", "EventStatus"),
    "cdp_target_status": ("TargetStatus", "CDP_TARGET_STATUS_", "TargetStatus"),
    "cdp_deployment_status": ("DeploymentStatus", "CDP_DEPLOYMENT_STATUS_", "DeploymentStatus"),
    "cdp_event_error": ("EventError", "CDP_EVENT_ERROR_", "EventError"),
    "cdp_deployment_creator": ("DeploymentCreator", "CDP_DEPLOYMENT_CREATOR_", "DeploymentCreator"),
    "cdp_wait_type": ("WaitType", "CDP_WAIT_", "Wait"),
    "cdp_ready_action": ("ReadyAction", "CDP_READY_ACTION_", "ReadyAction"),
    "cdp_appspec_profile": ("Profile", "CDP_APPSPEC_PROFILE_", "Profile"),
    "cdp_appspec_notation": ("Notation", "CDP_APPSPEC_NOTATION_", "Notation"),
    "cdp_appspec_host": ("AppSpecHost", "CDP_APPSPEC_HOST_", "AppSpecHost"),
    "cdp_appspec_entry_kind": ("BundleEntryKind", "CDP_APPSPEC_ENTRY_", "BundleEntry"),
    "cdp_appspec_value_kind": ("ValueKind", "CDP_APPSPEC_VALUE_", "Value"),
    "cdp_file_exists_behavior": ("FileExistsBehavior", "CDP_FILE_EXISTS_", "FileExists"),
    "CDP_APPSPEC_TYPE_FILE": ("ObjectTypes", "CDP_APPSPEC_TYPE_", "ObjectType"),
    "cdp_appspec_acl_type": ("ACLType", "CDP_APPSPEC_ACL_", "ACL"),
    "cdp_appspec_reader": ("AppSpecReader", "CDP_APPSPEC_READER_", "AppSpecReader"),
    "cdp_minimum_type": ("MinimumType", "CDP_MINIMUM_", "Minimum"),
    "cdp_traffic_type": ("TrafficType", "CDP_TRAFFIC_", "Traffic"),
    "cdp_config_shape": ("ConfigShape", "CDP_CONFIG_SHAPE_", "ConfigShape"),
    "cdp_scenario": ("Scenario", "CDP_SCENARIO_", "Scenario"),
    "cdp_revision_source": ("RevisionSource", "CDP_REVISION_", "Revision"),
    "CDP_LIFECYCLE_MAX_EVENTS": ("", "CDP_", ""),
    "CDP_SIM_HOST_MAX_DEPLOYMENTS": ("", "CDP_", ""),
    "cdp_lifecycle_reason": ("LifecycleReason", "CDP_LIFECYCLE_REASON_", "LifecycleReason"),
    "cdp_lifecycle_action_kind": ("LifecycleActionKind", "CDP_LIFECYCLE_ACTION_", "LifecycleAction"),
    "cdp_instance_health": ("InstanceHealth", "CDP_INSTANCE_", "Instance"),
    "cdp_revision_health": ("RevisionHealth", "CDP_REVISION_HEALTH_", "RevisionHealth"),
    "cdp_instance_outcome": ("InstanceOutcome", "CDP_OUTCOME_", "Outcome"),
    "cdp_instance_kind": ("InstanceKind", "CDP_INSTANCE_", "Instance"),
    "cdp_instance_state": ("InstanceState", "CDP_INSTANCE_STATE_", "InstanceState"),
    "cdp_auto_scaling_state": ("AutoScalingState", "CDP_AUTO_SCALING_STATE_", "AutoScalingState"),
    "cdp_deployment_type": ("DeploymentType", "CDP_DEPLOYMENT_TYPE_", "DeploymentType"),
    "cdp_deployment_option": ("DeploymentOption", "CDP_DEPLOYMENT_OPTION_", "DeploymentOption"),
    "cdp_termination_action": ("TerminationAction", "CDP_TERMINATION_", "Termination"),
    "cdp_green_fleet": ("GreenFleet", "CDP_GREEN_FLEET_", "GreenFleet"),
    "cdp_rollback_event": ("RollbackEvent", "CDP_ROLLBACK_EVENT_", "RollbackEvent"),
    "cdp_trigger_event": ("TriggerEvent", "CDP_TRIGGER_", "Trigger"),
    "cdp_tag_filter_type": ("TagFilterType", "CDP_TAG_FILTER_", "TagFilter"),
    "cdp_outdated_strategy": ("OutdatedStrategy", "CDP_OUTDATED_", "Outdated"),
    "cdp_revision_type": ("RevisionType", "CDP_REVISION_TYPE_", "RevisionType"),
    "cdp_bundle_type": ("BundleType", "CDP_BUNDLE_TYPE_", "BundleType"),
    "cdp_group_shape": ("GroupShape", "CDP_GROUP_SHAPE_", "GroupShape"),
    "cdp_group_last": ("LastDeploymentKind", "CDP_GROUP_LAST_", "Last"),
    "cdp_group_list": ("GroupList", "CDP_GROUP_LIST_", "GroupList"),
    "cdp_match_reason": ("MatchReason", "CDP_MATCH_", "Match"),
    "cdp_rollout_kind": ("RolloutKind", "CDP_ROLLOUT_", "Rollout"),
    "cdp_rollout_budget": ("RolloutBudget", "CDP_ROLLOUT_BUDGET_", "RolloutBudget"),
    "cdp_rollout_phase": ("RolloutPhase", "CDP_ROLLOUT_PHASE_", "RolloutPhase"),
    "cdp_rollout_verdict": ("RolloutVerdict", "CDP_ROLLOUT_", "Rollout"),
    "cdp_rollout_state": ("RolloutState", "CDP_ROLLOUT_STATE_", "RolloutState"),
    "cdp_rollout_stop_cause": ("StopCause", "CDP_ROLLOUT_STOP_", "Stop"),
    "cdp_rollout_lifecycle_answer": ("AutoScalingAnswer", "CDP_ROLLOUT_ANSWER_", "AutoScalingAnswer"),
    "cdp_rollout_decision_kind": ("DecisionKind", "CDP_ROLLOUT_DECISION_", "Decision"),
    "cdp_rollout_rule": ("RolloutRule", "CDP_ROLLOUT_RULE_", "Rule"),
    "cdp_fs_root": ("FileRoot", "CDP_FS_", "Root"),
    "cdp_fs_kind": ("FileKind", "CDP_FS_", "File"),
    "cdp_fs_keep": ("Keep", "CDP_FS_KEEP_", "Keep"),
    "cdp_install_record_kind": ("InstallRecordKind", "CDP_INSTALL_RECORD_", "InstallRecord"),
    "cdp_install_mode": ("InstallMode", "CDP_INSTALL_", "Install"),
    "cdp_install_instruction_type": ("InstructionType", "CDP_INSTALL_", "Instruction"),
    "cdp_install_durability": ("InstallDurability", "CDP_INSTALL_", "Install"),
    "cdp_install_state": ("InstallState", "CDP_INSTALL_", "InstallState"),
    "cdp_install_choice": ("InstallChoice", "CDP_INSTALL_CHOOSE_", "InstallChoose"),
    "cdp_install_outcome": ("InstallOutcome", "CDP_INSTALL_", "Install"),
    "cdp_deployment_action_kind": ("ActionKind", "CDP_DEPLOYMENT_ACTION_", "Action"),
    "cdp_deployment_change_kind": ("ChangeKind", "CDP_DEPLOYMENT_CHANGE_", "Change"),
    "cdp_deployment_input_kind": ("InputKind", "CDP_DEPLOYMENT_INPUT_", "Input"),
    "cdp_deployment_outcome": ("ActionOutcome", "CDP_DEPLOYMENT_", "Action"),
    "cdp_deployment_flag": ("Answer", "CDP_DEPLOYMENT_", "Answer"),
    "cdp_sim_fs_lack": ("SimLack", "CDP_SIM_FS_", "Sim"),
    "cdp_sim_loss": ("SimLoss", "CDP_SIM_", "Sim"),
    "cdp_posix_sync": ("SyncMode", "CDP_POSIX_SYNC_", "Sync"),
    "cdp_posix_script_code": ("ScriptCode", "CDP_POSIX_SCRIPT_", "Script"),
    "cdp_posix_environment": ("ScriptEnvironment", "CDP_POSIX_ENVIRONMENT_", "Environment"),
    "cdp_posix_bundle_type": ("LocalBundleType", "CDP_POSIX_BUNDLE_", "LocalBundle"),
    "cdp_posix_bundle_allow": ("BundleAllow", "CDP_POSIX_BUNDLE_", "Bundle"),
    "cdp_posix_refuse": ("Refuse", "CDP_POSIX_REFUSE_", "Refuse"),
    "cdp_posix_log_kind": ("LogKind", "CDP_POSIX_LOG_", "Log"),
    "cdp_posix_news_kind": ("NewsKind", "CDP_POSIX_NEWS_", "News"),
}

# Enumerators that would otherwise get a name that is taken or misleading.
RENAMED = {
    "CDP_ERR_HOST_FIRST": "StatusHostFirst",
    "CDP_OK": "StatusOK",
}

WORDS = {
    "ACL": "ACL", "ACLS": "ACLs", "AGENT": "Agent", "API": "API", "APPSPEC": "AppSpec", "ARN": "ARN",
    "CDATA": "CDATA", "EC2": "EC2", "ECS": "ECS", "GITHUB": "GitHub", "IAM": "IAM", "ID": "ID",
    "IO": "IO", "IP": "IP", "JSON": "JSON", "NOMEM": "NoMemory", "OK": "OK", "OS": "OS", "S3": "S3", "SIM": "Sim",
    "SNS": "SNS", "STDERR": "Stderr", "STDOUT": "Stdout", "TGZ": "TGZ", "UTF16": "UTF16",
    "XML": "XML", "YAML": "YAML", "CPU": "CPU", "ELB": "ELB", "SAM": "SAM", "URL": "URL",
}

def camel(name):
    return "".join(WORDS.get(word, word.capitalize()) for word in name.split("_"))


def go_text(text, names):
    """A comment in Go's terms: C's names replaced by ours where there are any."""
    text = re.sub(r"[#]?(CDP_\w+)", lambda m: names.get(m[1], m[1]), text)
    text = re.sub(r"#(cdp_\w+)", lambda m: ENUMS[m[1]][0] if m[1] in ENUMS else m[1], text)
    return text.replace("`", "").replace("@return ", "It returns ")


def comment_lines(text, indent=""):
    return [f"{indent}// {line}".rstrip() for line in text.split("\n")]


def go_name(c_enum, enumerator):
    _, c_prefix, go_prefix = ENUMS[c_enum]
    if enumerator in RENAMED:
        return RENAMED[enumerator]
    if c_enum == "cdp_status" and enumerator.startswith("CDP_ERR_"):
        return "Err" + camel(enumerator[len("CDP_ERR_"):])
    assert enumerator.startswith(c_prefix), (c_enum, enumerator)
    return go_prefix + camel(enumerator[len(c_prefix):])


def const_block(c_enum, members, names):
    go_type = ENUMS[c_enum][0]
    lines = ["const ("]
    for e in members:
        if e.doc:
            lines += comment_lines(go_text(re.sub(r"\n +", "\n", e.doc), names), "\t")
        lines.append(f"\t{names[e.name]} {go_type} = {e.value}")
    return lines + [")", ""]


def functions(c_enum, go_type, c_functions):
    lines = []
    receiver = go_type[0].lower()
    if f"{c_enum}_name" in c_functions:
        lines += [f"// String gives the name in the API's or the library's own spelling.",
                  f"func ({receiver} {go_type}) String() string {{",
                  f"\treturn C.GoString(C.{c_enum}_name(C.{c_enum}({receiver})))", "}", ""]
    if f"{c_enum}_from_name" in c_functions:
        lines += [f"// MarshalText gives the name, as String does; nothing for a zero that has none. It refuses",
                  f"// other values that have none.",
                  f"func ({receiver} {go_type}) MarshalText() ([]byte, error) {{",
                  f"\treturn nameText({receiver} == 0, {receiver}.String(), {receiver}.UnmarshalText)", "}", "",
                  f"// UnmarshalText reads exactly the spelling that String gives; nothing stands for zero.",
                  f"func ({receiver} *{go_type}) UnmarshalText(text []byte) error {{",
                  f"\tif len(text) == 0 {{", f"\t\t*{receiver} = 0", "\t\treturn nil", "\t}",
                  f"\tvar value C.{c_enum}",
                  f"\tif status := C.{c_enum}_from_name(nameBytes(text), &value); status != C.CDP_OK {{",
                  f"\t\treturn &Error{{Op: \"read a {go_type}\", Status: Status(status), Subject: string(text)}}",
                  "\t}",
                  f"\t*{receiver} = {go_type}(value)",
                  "\treturn nil", "}", ""]
    return lines


FIRST = ["// SPDX-License-Identifier: MIT", "",
         "// Code generated by bindings/go/generate.py from the public headers; DO NOT EDIT.", ""]

# Where the enumerations of a library go: its headers, the file's name and what stands above it.
FILES = {
    "codedeploy/": ("enums.go", [], "codedeploy/codedeploy.h"),
    "codedeploy-posix/": ("enums_posix.go", ["//go:build linux && !codedeploy_no_posix", ""],
                          "codedeploy-posix/codedeploy-posix.h"),
    "codedeploy-sim/": ("enums_sim.go", ["//go:build !codedeploy_no_sim", ""],
                        "codedeploy-sim/host.h"),
}


def key(enum):
    return enum.name or enum.enumerators[0].name


def name_all(enums):
    names = {}
    for enum in enums:
        ENUMS.setdefault(key(enum), (camel(key(enum).upper().removeprefix("CDP_")), "CDP_", ""))
        for e in enum.enumerators:
            names[e.name] = ("Code" + camel(e.name[len("CDP_DIAGNOSTIC_"):])
                             if enum.name == "cdp_diagnostic_code" else go_name(key(enum), e.name))
    doubles = {n for n in names.values() if list(names.values()).count(n) > 1}
    if doubles:
        sys.exit(f"generate.py: these names stand twice: {doubles}")
    return names


def enum_lines(enum, names, c_functions):
    c_enum = key(enum)
    go_type = ENUMS[c_enum][0]
    if not go_type:
        return ["// Limits of the library.", *const_block(c_enum, enum.enumerators, names)]
    text = go_text(enum.doc, names)
    what = f"the C library's {c_enum}" if enum.name else "a set of bits"
    lines = [f"// {go_type} is {what}.", *(["//", *comment_lines(text)] if text else []),
             f"type {go_type} int32", "", f"// Values of {go_type}.",
             *const_block(c_enum, enum.enumerators, names)]
    return lines + ([] if c_enum == "cdp_status" else functions(c_enum, go_type, c_functions))


def code_lines(enum, names):
    lines = ["// DiagnosticCode says what kind a finding is. Values never change meaning and are never",
             "// reused.", "type DiagnosticCode int32", "",
             "// All kinds of findings, by the names of the registry.", "const ("]
    for e in enum.enumerators:
        lines += comment_lines(go_text(e.doc, names).replace("\n", " "), "\t")
        lines.append(f"\t{names[e.name]} DiagnosticCode = {e.value}")
    return lines + [")"]


def write(path, tags, c_header, body):
    lines = [*FIRST, *tags, "package codedeploy", ""]
    if any("C." in line for line in body):
        lines += [f"// #include <{c_header}>", 'import "C"', ""]
    text = "\n".join(lines + body).rstrip() + "\n"
    gofmt = subprocess.run(["gofmt"], input=text, text=True, stdout=subprocess.PIPE, check=True)
    path.write_text(gofmt.stdout)


def main():
    include, folder = (pathlib.Path(word) for word in sys.argv[1:])
    declared = headers.read(include)
    names = name_all(declared.enums)
    c_functions = {f.name for f in declared.functions}
    for prefix, (file, tags, c_header) in FILES.items():
        body = []
        for enum in declared.enums:
            if enum.header.startswith(prefix) and enum.name != "cdp_diagnostic_code":
                body += enum_lines(enum, names, c_functions)
        write(folder / file, tags, c_header, body)
    (codes,) = (e for e in declared.enums if e.name == "cdp_diagnostic_code")
    write(folder / "codes.go", [], "", code_lines(codes, names))


main()
