# SPDX-License-Identifier: MIT
"""Installs: planned without touching anything, then carried out so that they can be taken back."""

import dataclasses
from typing import Any, Callable, Iterable, Iterator, List, Mapping, NamedTuple, Optional, Tuple, Union

from . import _native
from ._callbacks import Call, callback
from ._ffi import ffi, lib
from ._native import NULL, Machine, Native, View, adopt, check, encode, new_view, pointer, string, text, word
from .appspec import AppSpec
from .codes import DiagnosticCode
from .diagnostics import NONE, Diagnostics, Findings
from .enums import (
    FileExistsBehavior,
    FileKind,
    InstallChoice,
    InstallDurability,
    InstallForm,
    InstallMode,
    InstallOutcome,
    InstallRecordKind,
    InstallState,
    InstructionType,
    Status,
)
from .filesystem import FileSystem, NativeFileSystem, bound
from .limits import Limits, findings, limits_of

__all__ = [
    "AnyFileSystem",
    "Conflict",
    "Install",
    "InstallPlan",
    "InstallProgress",
    "InstallRecord",
    "InstallTotals",
    "Instruction",
    "RecordEntry",
    "parse_instructions",
    "recover_install",
]

#: One of the library's file systems, or one of the program's own.
AnyFileSystem = Union[FileSystem, NativeFileSystem]


class RecordEntry(NamedTuple):
    """One entry of a cleanup record.

    >>> import codedeploy
    >>> [entry] = codedeploy.InstallRecord(b"/srv/app\\n")
    >>> entry.path, str(entry.kind)
    ('/srv/app', 'PATH')
    """

    kind: InstallRecordKind
    path: str


class InstallRecord(Native):
    """A cleanup record: what an install made, for the next one to remove. A sequence of its entries,
    which are removed from the last to the first.

    >>> import codedeploy
    >>> record = codedeploy.InstallRecord(b"/srv/app\\n/srv/app/x\\n")
    >>> len(record), "/srv/app/x" in record, record[0].path
    (2, True, '/srv/app')
    """

    __slots__ = ("diagnostics",)
    #: The warnings of reading it.
    diagnostics: Diagnostics

    def __init__(self, data: Union[bytes, str]) -> None:
        raw, found, out = encode(data), Findings(), ffi.new("cdp_install_record **")
        check(lib.cdp_install_record_parse(raw, len(raw), NULL, found.c, out), found)
        self._c = ffi.gc(out[0], lib.cdp_install_record_free)
        self.diagnostics = found.take()

    @staticmethod
    def write(entries: Iterable[Union[RecordEntry, str]]) -> bytes:
        """The text of a cleanup record.

        >>> import codedeploy
        >>> codedeploy.InstallRecord.write(["/srv/app"])
        b'/srv/app\\n'
        """

        def put(out: Any) -> int:
            for entry in entries:
                kind, path = (InstallRecordKind.PATH, entry) if isinstance(entry, str) else entry
                check(lib.cdp_install_record_put(out, word(InstallRecordKind, kind), string(path)))
            return 0

        return _native.written_bytes(put)

    def __len__(self) -> int:
        return lib.cdp_install_record_count(self._c)

    def __getitem__(self, index: int) -> RecordEntry:
        kind, path, count = ffi.new("cdp_install_record_kind *"), ffi.new("cdp_string *"), len(self)
        if not -count <= index < count:
            raise IndexError("there is no such entry")
        check(lib.cdp_install_record_at(self._c, index % count, kind, path))
        return RecordEntry(InstallRecordKind(kind[0]), text(path))

    def __iter__(self) -> Iterator[RecordEntry]:
        return (self[i] for i in range(len(self)))

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and bool(lib.cdp_install_record_contains(self._c, string(path)))


@dataclasses.dataclass(frozen=True)
class InstallTotals(View, struct="cdp_install_totals"):
    """How much there is to do.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.put_file("REVISION", "/app", b"new")
    >>> plan = codedeploy.InstallPlan(codedeploy.AppSpec.for_server(files=[("app", "/srv")]), fs)
    >>> plan.totals.files, plan.totals.directories
    (1, 1)
    """

    #: Files and links to copy, and how many of them are links.
    files: int
    links: int
    directories: int
    #: Bytes to copy; 0 when they were not measured.
    bytes: int
    #: Files in the way that stay, and those that are replaced.
    retained: int
    overwritten: int
    #: Files of the previous install to remove, and its directories that this empties.
    removed_files: int
    removed_directories: int
    #: Memory that the plan holds.
    memory: int


@dataclasses.dataclass(frozen=True)
class Conflict(View, struct="cdp_install_conflict"):
    """Why a plan cannot be applied.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.put_file("REVISION", "/app", b"new")
    >>> fs.put_file("DESTINATION", "/srv/app", b"of somebody else")
    >>> plan = codedeploy.InstallPlan(codedeploy.AppSpec.for_server(files=[("app", "/srv")]), fs)
    >>> [(str(conflict.code), conflict.path) for conflict in plan.conflicts]
    [('install-file-exists', '/srv/app')]
    """

    code: DiagnosticCode
    #: What is at `path` now.
    existing: FileKind
    path: Optional[str]
    #: What was to go there, when that is known.
    source: Optional[str]
    #: The group that installed what is in the way, when that is known.
    owner: Optional[str]
    message: str
    #: JSON Pointer to the entry of the AppSpec.
    pointer: Optional[str]


@dataclasses.dataclass(frozen=True)
class Instruction(View, struct="cdp_install_instruction"):
    """One instruction. What does not belong to its type is None.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.put_file("REVISION", "/app", b"new")
    >>> plan = codedeploy.InstallPlan(codedeploy.AppSpec.for_server(files=[("app", "/srv")]), fs)
    >>> [(str(instruction.type), instruction.path) for instruction in plan]
    [('mkdir', '/srv'), ('copy', '/srv/app')]
    """

    type: InstructionType
    path: str
    #: copy: the file or link to copy.
    source: Optional[str]
    #: chmod: as the AppSpec has it, and its bits.
    mode: Optional[str]
    mode_bits: int
    #: chown: either may be None.
    owner: Optional[str]
    group: Optional[str]
    #: semanage: user and range may be None.
    context_user: Optional[str]
    context_type: Optional[str]
    context_range: Optional[str]
    #: setfacl: entries in the long form.
    acls: Tuple[str, ...] = ()


def _acls(at: Any, c: Any, index: int, count: int) -> Tuple[str, ...]:
    entry, entries = ffi.new("cdp_string *"), []
    for i in range(count):
        check(at(c, index, i, entry))
        entries.append(text(entry))
    return tuple(entries)


def parse_instructions(data: Union[str, bytes], *, limits: Optional[Limits] = None) -> List[Instruction]:
    """Reads an `install.json` of the official agents or of this library.

    >>> import codedeploy
    >>> [made] = codedeploy.parse_instructions('{"instructions":[{"type":"mkdir","directory":"/srv"}]}')
    >>> made.type, made.path
    (<InstructionType.MKDIR: 2>, '/srv')
    """
    raw, found, out = encode(data), findings(limits), ffi.new("cdp_install_instructions **")
    keep: List[Any] = []
    status = lib.cdp_install_instructions_parse(raw, len(raw), NULL, limits_of(limits, keep), found.c, out)
    check(status, found)
    c = ffi.gc(out[0], lib.cdp_install_instructions_free)
    view, made = new_view("cdp_install_instruction"), []
    for i in range(lib.cdp_install_instructions_count(c)):
        check(lib.cdp_install_instructions_at(c, i, view))
        made.append(Instruction._read(view, acls=_acls(lib.cdp_install_instructions_acl_at, c, i, view.acl_count)))
    return made


class InstallPlan(Native):
    """What an install would do, and what speaks against it; immutable. A sequence of instructions.

    >>> import codedeploy
    >>> from codedeploy import sim
    >>> fs = sim.FileSystem()
    >>> fs.put_file("REVISION", "/app", b"#!/bin/sh\\n", mode=0o755)
    >>> spec = codedeploy.AppSpec.for_server(files=[("app", "/srv")])
    >>> plan = codedeploy.InstallPlan(spec, fs)
    >>> [(str(one.type), one.path) for one in plan]
    [('mkdir', '/srv'), ('copy', '/srv/app')]
    """

    __slots__ = ("diagnostics",)
    #: What was found: an error for each conflict, warnings and notes.
    diagnostics: Diagnostics

    def __init__(
        self,
        appspec: AppSpec,
        fs: AnyFileSystem,
        *,
        mode: Union[InstallMode, str] = InstallMode.TRANSACTIONAL,
        file_exists_behavior: Union[FileExistsBehavior, str] = FileExistsBehavior.UNSET,
        revision_directory: Optional[str] = None,
        destination_prefix: Optional[str] = None,
        working_directory: Optional[str] = None,
        home_directory: Optional[str] = None,
        previous: Optional[InstallRecord] = None,
        others: Optional[Mapping[str, InstallRecord]] = None,
        newer_count: int = 0,
        max_objects: int = 0,
        measure: bool = False,
    ) -> None:
        """Plans, and touches nothing.

        `previous` is what the group's last install made, `others` the records of the other groups on
        this host by name; what the first `newer_count` of them name, which were written after `previous`,
        the newest first, is theirs and stays. Relative destinations begin at `working_directory`, `~` is
        `home_directory`; both are refused when they are None. `measure` finds out how many bytes are
        to be copied. A plan with conflicts is made all the same; applying it is refused.
        """
        keep: List[Any] = []
        options, found = new_view("cdp_install_options"), Findings()
        options.appspec = pointer(appspec)
        options.fs, call = bound(fs)
        options.mode = word(InstallMode, mode)
        options.file_exists_behavior = word(FileExistsBehavior, file_exists_behavior)
        for name, value in (("revision_directory", revision_directory), ("home_directory", home_directory),
                            ("destination_prefix", destination_prefix), ("working_directory", working_directory)):
            kept = string(value)
            keep.append(kept)
            setattr(options, name, kept)
        if previous is not None:
            options.previous = pointer(previous)
        if others:
            options.other_groups, options.other_count = _native.strings(list(others), keep)
            records = ffi.new("const cdp_install_record *[]", [pointer(record) for record in others.values()])
            keep.append(records)
            options.other_records = records
        options.newer_count = newer_count
        options.max_objects, options.measure = max_objects, bool(measure)
        out = ffi.new("cdp_install_plan **")
        with fs._lock:
            call.finish(lib.cdp_install_plan_new(options, found.c, out), found)
        self._c = ffi.gc(out[0], lib.cdp_install_plan_free)
        self.diagnostics = found.take()

    @classmethod
    def _borrow(cls, pointer: Any, owner: Any) -> "InstallPlan":
        plan = adopt(cls, ffi.cast("cdp_install_plan *", pointer), owner=owner)
        plan.diagnostics = NONE
        return plan

    @property
    def mode(self) -> InstallMode:
        return InstallMode(lib.cdp_install_plan_mode(self._c))

    @property
    def totals(self) -> InstallTotals:
        """How much there is to do."""
        view = new_view("cdp_install_totals")
        check(lib.cdp_install_plan_totals(self._c, view))
        return InstallTotals._read(view)

    @property
    def conflict_count(self) -> int:
        """How many conflicts there are; only the first 1,000 are kept to be looked at."""
        return lib.cdp_install_plan_conflict_count(self._c)

    @property
    def conflicts(self) -> Tuple[Conflict, ...]:
        """What speaks against it."""
        view, conflicts = new_view("cdp_install_conflict"), []
        for i in range(self.conflict_count):
            if lib.cdp_install_plan_conflict_at(self._c, i, view):
                break
            conflicts.append(Conflict._read(view))
        return tuple(conflicts)

    def __len__(self) -> int:
        return lib.cdp_install_plan_instruction_count(self._c)

    def __getitem__(self, index: int) -> Instruction:
        c, count = self._c, len(self)
        if not -count <= index < count:
            raise IndexError("there is no such instruction")
        return next(self._some(c, index % count, 1))

    def _some(self, c: Any, first: int, count: int) -> Iterator[Instruction]:
        out, view = ffi.new("cdp_text **"), new_view("cdp_install_instruction")
        if lib.cdp_text_new(NULL, out):
            raise MemoryError
        paths = ffi.gc(out[0], lib.cdp_text_free)
        for i in range(first, first + count):
            check(lib.cdp_install_plan_instruction_at(c, i, paths, view))
            yield Instruction._read(view, acls=_acls(lib.cdp_install_plan_acl_at, c, i, view.acl_count))

    def __iter__(self) -> Iterator[Instruction]:
        return self._some(self._c, 0, len(self))

    def write_instructions(self) -> str:
        """The agent's `install.json`, byte for byte."""
        return _native.written(lambda out: lib.cdp_install_plan_write_instructions(self._c, out))

    def write_text(self) -> str:
        """The instructions for people to read, one a line."""
        return _native.written(lambda out: lib.cdp_install_plan_write_text(self._c, out))

    def write_record(self) -> bytes:
        """The cleanup record that the group has after this plan was carried out."""
        return _native.written_bytes(lambda out: lib.cdp_install_plan_write_record(self._c, out))

    def pieces(self, form: Union[InstallForm, str], enough: int = 65536) -> Iterator[bytes]:
        """What one of the three functions above writes, in pieces of at least so many bytes.

        >>> import codedeploy
        >>> plan = codedeploy.InstallPlan(codedeploy.AppSpec.for_server(), codedeploy.sim.FileSystem())
        >>> b"".join(plan.pieces("JSON"))
        b'{"instructions":[]}'
        """
        number, position, more = word(InstallForm, form), ffi.new("size_t *"), True

        def write(out: Any) -> int:
            nonlocal more
            status = lib.cdp_install_plan_write_piece(self._c, number, enough, position, out)
            more = status == Status.PENDING
            return status

        while more:
            yield _native.written_bytes(write)

    def install(
        self,
        fs: AnyFileSystem,
        *,
        group: str,
        id: str,
        durability: Union[InstallDurability, str] = InstallDurability.DURABLE,
        progress: "Optional[Callable[[InstallProgress], None]]" = None,
    ) -> "Install":
        """An install of this plan, of which nothing is done yet. `group` names the records, `id` is
        the deployment's; what `progress` raises cancels it."""
        return Install(self, fs, group=group, id=id, durability=durability, progress=progress)


@dataclasses.dataclass(frozen=True)
class InstallProgress(View, struct="cdp_install_progress"):
    """How far an install is.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.put_file("REVISION", "/app", b"new")
    >>> plan = codedeploy.InstallPlan(codedeploy.AppSpec.for_server(files=[("app", "/srv")]), fs)
    >>> with plan.install(fs, group="web", id="d-1") as install:
    ...     install.apply()
    ...     progress = install.progress
    >>> progress.objects, progress.objects_total, str(progress.state)
    (2, 2, 'committed')
    """

    state: InstallState
    #: What was last begun.
    path: Optional[str]
    #: Files, links and directories made ready so far, and in all.
    objects: int
    objects_total: int
    #: Bytes copied so far, and in all.
    bytes: int
    bytes_total: int


@callback("install_progress", answers=False)
def _progress(target: Callable[[InstallProgress], None], progress: Any) -> None:
    target(InstallProgress._read(progress))


class Install(Machine):
    """An install that is carried out: `apply()`, then `keep()` or `revert()`.

    >>> import codedeploy
    >>> from codedeploy import sim
    >>> fs = sim.FileSystem()
    >>> fs.put_file("REVISION", "/app", b"new")
    >>> plan = codedeploy.InstallPlan(codedeploy.AppSpec.for_server(files=[("app", "/srv")]), fs)
    >>> with plan.install(fs, group="web", id="d-1") as install:
    ...     install.apply()
    ...     install.keep()
    >>> fs.read_file(codedeploy.Root.DESTINATION, "/srv/app")
    b'new'
    """

    __slots__ = ("_call", "_progress", "plan")
    #: What is carried out.
    plan: InstallPlan

    def __init__(
        self,
        plan: InstallPlan,
        fs: AnyFileSystem,
        *,
        group: str,
        id: str,
        durability: Union[InstallDurability, str] = InstallDurability.DURABLE,
        progress: Optional[Callable[[InstallProgress], None]] = None,
    ) -> None:
        options, found = new_view("cdp_install_apply_options"), Findings()
        names = string(group), string(id)
        options.plan = pointer(plan)
        options.fs, self._call = bound(fs)
        options.group, options.id = names
        options.durability = word(InstallDurability, durability)
        self._progress = Call(progress)
        if progress is not None:
            options.progress, options.user = lib.cdp_python_install_progress, self._progress.user
        out = ffi.new("cdp_install **")
        check(lib.cdp_install_new(options, out), found)
        self.plan = plan
        self._begin(out[0], lib.cdp_install_free, found, (plan._c, fs, options))
        self._lock = fs._lock

    def _end(self, status: int) -> int:
        """What became of a step; what `progress` and the file system raised comes first."""
        found = self._found if status < 0 else None
        error = self._progress.error
        if error is not None:
            self._call.forget()
            self._progress.forget()
            self._found.take()
            raise error
        return self._call.finish(status, found)

    def step(self) -> bool:
        """Does one small piece of work; False when there is nothing more to do. After an error go on
        calling it, which undoes piece by piece."""
        with self._lock:
            return self._end(lib.cdp_install_step(self._c)) == Status.PENDING

    def apply(self) -> None:
        """Does all of it. On an error everything is undone before it raises, as far as that works."""
        with self._lock:
            self._end(lib.cdp_install_apply(self._c, self._found.c))

    def keep(self) -> None:
        """Lets go of the old files and ends the install."""
        with self._lock:
            self._end(lib.cdp_install_keep(self._c, self._found.c))

    def revert(self) -> None:
        """Puts the old tree back, with the files that were overwritten and removed."""
        with self._lock:
            self._end(lib.cdp_install_revert(self._c, self._found.c))

    @property
    def state(self) -> InstallState:
        with self._lock:
            return InstallState(lib.cdp_install_state_of(self._c))

    @property
    def progress(self) -> InstallProgress:
        """How far it is."""
        view = new_view("cdp_install_progress")
        with self._lock:
            check(lib.cdp_install_progress_of(self._c, view))
            return InstallProgress._read(view)


def recover_install(fs: AnyFileSystem, group: str, choice: Union[InstallChoice, str] = InstallChoice.KEEP
                    ) -> InstallOutcome:
    """Finishes or undoes what a crash left of a group's install; `choice`: what becomes of one that was
    committed.

    >>> import codedeploy
    >>> codedeploy.recover_install(codedeploy.sim.FileSystem(), "web")
    <InstallOutcome.NOTHING_TO_RECOVER: 0>
    """
    struct, call = bound(fs)
    found, out = Findings(), ffi.new("cdp_install_outcome *")
    number = word(InstallChoice, choice)
    with fs._lock:
        call.finish(lib.cdp_install_recover(NULL, struct, string(group), number, found.c, out), found)
    return InstallOutcome(out[0])
