#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What the official agent 1.8.1 left behind, measured: in compatible mode the command leaves the same
tree, the same cleanup record and the same install.json (data/cases; test_cases.c has the plans of
both modes).

    test-vectors.py CODEDEPLOY CASES
"""

import hashlib
import json
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile

CODEDEPLOY, CASES = map(pathlib.Path.resolve, map(pathlib.Path, sys.argv[1:3]))
GROUP = "default-local-deployment-group"

# Where compatible mode does not follow the agent, and why.
DIFFERENT = {
    # A wrong word for the behaviour is refused by the command; the agent finds it only when a file
    # exists.
    "exists_bad_option": "refused",
    "bad_option_but_nothing_exists": "refused",
    # The agent breaks or strips these names in its record and never removes the files again.
    "redeploy_name_with_newline": "healed",
    "redeploy_name_with_spaces_at_end": "healed",
    # `../x` lies elsewhere here: a revision is unpacked below the records. Nothing is read there.
    "source_parent_escape": "elsewhere",
    # The agent dies of an owner that is a number; here it is the text of that number.
    "perm_owner_int": "succeeds",
    # The AppSpec is itself installed; its size depends on the length of the scratch folder's path.
    "source_slash_is_whole_bundle": "appspec-size",
}


def lay(root, files):
    for name, what in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(what, str):
            path.write_bytes(what.encode())
            path.chmod(0o644)
        elif "link" in what:
            path.symlink_to(what["link"])
        elif what.get("dir"):
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(what["content"].encode())
            path.chmod(int(str(what.get("mode", "0644")), 8))


def tree_of(root):
    found = []
    for path in sorted(root.rglob("*"), key=lambda p: os.fsencode(str(p))):
        name = "./" + str(path.relative_to(root))
        if name.split("/")[1].startswith(("bundle", "records", "agent.yml")):
            continue
        info = path.lstat()
        entry = {"path": name}
        if stat.S_ISLNK(info.st_mode):
            entry |= {"type": "symlink", "target": os.readlink(path)}
        else:
            entry["mode"] = f"{info.st_mode & 0o7777:04o}"
            entry["type"] = "directory" if path.is_dir() else "file"
            if not path.is_dir():
                data = path.read_bytes()
                entry |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()[:16]}
        found.append(entry)
    return sorted(found, key=lambda e: e["path"])


def fill(value, root):
    if isinstance(value, str):
        return value.replace("{{ROOT}}", str(root)).replace("{{HOME}}", str(root / "home"))
    if isinstance(value, list):
        return [fill(v, root) for v in value]
    if isinstance(value, dict):
        return {fill(k, root): fill(v, root) for k, v in value.items()}
    return value


def normal(instructions):
    """Paths normal, entries in their order; where the revision lies does not matter."""
    return [{k: os.path.normpath(v) if isinstance(v, str) and v.startswith("/") else v
             for k, v in entry.items()} for entry in instructions]


class Case:
    def __init__(self, data, root):
        self.root = root
        self.case = fill(data["case"], root)
        self.recorded = fill(data["ruby_agent"]["steps"], root)
        self.state = root / "records/deployment-instructions"
        self.problems = []
        (root / "agent.yml").write_text(f":root_dir: '{root}/records'\n")

    def differs(self, what, ours, theirs):
        if ours != theirs:
            self.problems.append(f"{what}:\n    {ours}\n  instead of\n    {theirs}")

    def deploy(self, number, step):
        bundle = self.root / f"bundle{number}"
        bundle.mkdir()
        lay(bundle, step["bundle"])
        if step.get("appspec") is not None:
            lay(bundle, {step.get("write_appspec_as") or "appspec.yml": step["appspec"]})
        lay(self.root, step.get("pre") or {})
        command = [CODEDEPLOY, "local", "--mode", "compatible", "--no-rollback", "-c",
                   self.root / "agent.yml", "-l", bundle]
        if step.get("file_exists_behavior"):
            command += ["-b", step["file_exists_behavior"]]
        if step.get("appspec_filename"):
            command += ["-A", step["appspec_filename"]]
        return subprocess.run(command, cwd=self.case.get("cwd") or self.root, capture_output=True,
                              stdin=subprocess.DEVNULL, umask=0o022,
                              env=os.environ | {"HOME": str(self.root / "home")})

    def read_state(self, suffix):
        path = self.state / (GROUP + suffix)
        return path.read_text() if path.exists() else None

    def check_step(self, number, step, recorded, special):
        result = self.deploy(number, step)
        install = recorded["install"]
        if special == "refused":
            self.differs("exit", result.returncode, 2)
            return
        ends_well = (install["ok"] or special == "succeeds") and special != "elsewhere"
        self.differs("exit " + result.stderr.decode(errors="replace"), result.returncode,
                     0 if ends_well else 1)
        last = number == len(self.case["steps"])
        if special == "healed" and last:
            self.differs("tree", [e["path"] for e in tree_of(self.root)], ["./dst", "./dst/b"])
            return
        ours, theirs = tree_of(self.root), sorted(recorded["tree"], key=lambda e: e["path"])
        if special == "elsewhere":
            self.differs("tree", [e["path"] for e in ours], ["./dst", "./outside.txt"])
            return
        if special == "appspec-size":
            for entry in ours + theirs:
                if entry["path"].endswith("appspec.yml"):
                    entry.pop("size")
                    entry.pop("sha256")
        self.differs("tree", ours, theirs)
        self.differs("cleanup", self.unescaped(self.read_state("-cleanup")), install.get("cleanup"))
        if install.get("install_json"):
            self.check_instructions(number, install["install_json"]["instructions"])

    def unescaped(self, record):
        """Names that the agent would read back wrongly are written in another form; see
        docs/install.md."""
        if record is None or "codedeploy-escaped:" not in record:
            return record
        lines = []
        for line in record.splitlines():
            if line.startswith("codedeploy-escaped:"):
                parts = line[len("codedeploy-escaped:"):].split("%")
                line = parts[0] + "".join(chr(int(p[:2], 16)) + p[2:] for p in parts[1:])
            lines.append(line + "\n")
        return "".join(lines)

    def check_instructions(self, number, expected):
        text = self.read_state("-install.json")
        archive = re.compile(re.escape(f"{self.root}/records/{GROUP}/") + r"[^/]+/deployment-archive")
        ours = json.loads(archive.sub("/revision", text))["instructions"]
        theirs = json.loads(json.dumps(expected).replace(str(self.root / f"bundle{number}"),
                                                         "/revision"))
        # A failed deployment leaves the instructions of the one before.
        theirs = [{k: re.sub(r"^/.*/bundle\d+/", "/revision/", v) if isinstance(v, str) else v
                   for k, v in entry.items()} for entry in theirs]
        self.differs("instructions", normal(ours), normal(theirs))

    def run(self):
        special = DIFFERENT.get(self.case["name"])
        for number, (step, recorded) in enumerate(zip(self.case["steps"], self.recorded), 1):
            self.check_step(number, step, recorded, special)
        return self.problems


def needs_root(text):
    return '"chown"' in text


def main():
    ran = passed_over = failed = 0
    for path in sorted(CASES.glob("*.json")):
        text = path.read_text()
        data = json.loads(text)
        # Only instructions were measured of these: they need ACLs, SELinux or the home directory.
        if data["case"].get("generate_only") or (needs_root(text) and os.geteuid() != 0):
            passed_over += 1
            continue
        with tempfile.TemporaryDirectory() as folder:
            problems = Case(data, pathlib.Path(folder).resolve()).run()
        ran += 1
        if problems:
            failed += 1
            print(f"{path.name}\n  " + "\n  ".join(problems))
    print(f"{ran} cases, {failed} differ, {passed_over} not measured or not for this user")
    sys.exit(1 if failed or ran < 60 else 0)


main()
