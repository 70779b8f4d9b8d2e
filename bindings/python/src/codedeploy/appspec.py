# SPDX-License-Identifier: MIT
"""AppSpecs: read, checked, looked at, put together and written."""

import dataclasses
import itertools
import os
import stat
import types
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from . import _native
from ._callbacks import Call, callback
from ._native import NULL, Native, View, check, filled, new_view, optional, string, text
from ._ffi import ffi, lib
from .diagnostics import Diagnostics, Place
from .enums import (
    AclType,
    AppSpecHost,
    AppSpecReader,
    EntryKind,
    FileExistsBehavior,
    Notation,
    ObjectType,
    Platform,
    Profile,
    ValueKind,
)
from .errors import AppSpecError
from .limits import Limits, findings, limits_of

__all__ = [
    "Acl",
    "AppSpec",
    "Bundle",
    "CapacityProvider",
    "Comparison",
    "Difference",
    "DirectoryBundle",
    "Entry",
    "EcsService",
    "File",
    "LambdaFunction",
    "Permission",
    "Reading",
    "Script",
]

Text = Union[str, bytes]


class File(NamedTuple):
    """One entry of `files`.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.for_server("linux", files=[("app", "/srv/app")])
    >>> [file.destination for file in spec.files]
    ['/srv/app']
    """

    source: str
    destination: str
    #: What kind of value was written there.
    source_kind: ValueKind = ValueKind.TEXT
    destination_kind: ValueKind = ValueKind.TEXT


@dataclasses.dataclass(frozen=True)
class Acl(View, struct="cdp_appspec_acl"):
    """One item of a permission's `acls`.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.parse('''
    ... version: 0.0
    ... os: linux
    ... permissions:
    ...   - object: /srv
    ...     acls: ["d:u:mary:rw"]
    ... ''')
    >>> acl = spec.permissions[0].acls[0]
    >>> acl.text, acl.name, acl.is_default, acl.bits
    ('default:user:mary:rw-', 'mary', True, 6)
    """

    #: The full form, `default:user:mary:rw-`.
    text: str
    type: AclType
    #: None for mask and other, and for the owning user or group of a default entry.
    name: Optional[str]
    #: Whether new files below a directory inherit it.
    is_default: bool
    #: 0 to 7: 4 read, 2 write, 1 execute.
    bits: int


@dataclasses.dataclass(frozen=True)
class Permission(View, struct="cdp_appspec_permission"):
    """One entry of `permissions`. As an input `acls` are texts.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.for_server(
    ...     "linux", permissions=[codedeploy.Permission("/srv", owner="app", mode="750")])
    >>> spec.permissions[0].mode_bits == 0o750
    True
    """

    object: str
    pattern: Optional[str] = None
    owner: Optional[str] = None
    group: Optional[str] = None
    #: Three or four octal digits.
    mode: Optional[str] = None
    #: The SELinux context.
    context_user: Optional[str] = None
    context_type: Optional[str] = None
    context_range: Optional[str] = None
    types: ObjectType = ObjectType.FILE | ObjectType.DIRECTORY
    #: Patterns of names that it does not concern.
    excepted: Tuple[str, ...] = ()
    #: None when there are no `acls`.
    acls: Optional[Tuple[Union[Acl, str], ...]] = None
    #: The mode as a number; None when unset. Only from a getter.
    mode_bits: Optional[int] = None
    pattern_kind: ValueKind = ValueKind.TEXT
    owner_kind: ValueKind = ValueKind.TEXT
    group_kind: ValueKind = ValueKind.TEXT


@dataclasses.dataclass(frozen=True)
class Script(View, struct="cdp_appspec_script"):
    """One script of a hook.

    >>> import codedeploy
    >>> script = codedeploy.Script("scripts/start.sh", runas="app", timeout=60)
    >>> spec = codedeploy.AppSpec.for_server(hooks={"ApplicationStart": [script]})
    >>> spec.scripts("ApplicationStart")[0] == script
    True
    """

    #: Relative to the revision's root.
    location: str
    runas: Optional[str] = None
    sudo: bool = False
    #: Seconds.
    timeout: int = 3600


@dataclasses.dataclass(frozen=True)
class LambdaFunction(View, struct="cdp_appspec_lambda"):
    """The resource of a Lambda AppSpec.

    >>> import codedeploy
    >>> function = codedeploy.LambdaFunction("shop", "live", current_version="7", target_version="8")
    >>> codedeploy.AppSpec.for_lambda(function).lambda_function.target_version
    '8'
    """

    name: str
    alias: str
    current_version: str
    target_version: str
    #: What the resource is called in the AppSpec.
    logical_name: str = "function"


@dataclasses.dataclass(frozen=True)
class CapacityProvider(View, struct="cdp_appspec_capacity_provider"):
    """One item of an ECS CapacityProviderStrategy; None where nothing is said.

    >>> import codedeploy
    >>> service = codedeploy.EcsService("web:12", "web", 80, capacity_providers=(
    ...     codedeploy.CapacityProvider("FARGATE_SPOT", base=1, weight=2),))
    >>> codedeploy.AppSpec.for_ecs(service).ecs_service.capacity_providers[0].weight
    2
    """

    name: str
    base: Optional[int] = None
    weight: Optional[int] = None


@dataclasses.dataclass(frozen=True)
class EcsService(View, struct="cdp_appspec_ecs"):
    """The resource of an ECS AppSpec.

    >>> import codedeploy
    >>> service = codedeploy.EcsService(
    ...     "web:12", "web", 80, assign_public_ip="DISABLED", subnets=("subnet-1",), security_groups=("sg-1",))
    >>> codedeploy.AppSpec.for_ecs(service).ecs_service == service
    True
    """

    #: An ARN, or a placeholder such as `<TASK_DEFINITION>`.
    task_definition: str
    container_name: str
    #: 0 when it is still a placeholder.
    container_port: int
    platform_version: Optional[str] = None
    #: `ENABLED` or `DISABLED`; None when there is no network configuration.
    assign_public_ip: Optional[str] = None
    subnets: Tuple[str, ...] = ()
    security_groups: Tuple[str, ...] = ()
    capacity_providers: Tuple[CapacityProvider, ...] = ()
    #: What the resource is called in the AppSpec.
    logical_name: str = "TargetService"


class Entry(NamedTuple):
    """What stands at a path of a bundle.

    >>> import codedeploy
    >>> class Nothing(codedeploy.Bundle):
    ...     def look(self, path):
    ...         return codedeploy.Entry(codedeploy.EntryKind.MISSING)
    >>> found = codedeploy.AppSpec.check("version: 0.0\\nos: linux\\nfiles:\\n  - source: app\\n    destination: /srv\\n", bundle=Nothing())
    >>> [diagnostic.name for diagnostic in found]
    ['bundle-source-missing']
    """

    kind: EntryKind
    #: For files: whether somebody may execute it.
    executable: bool = False


class Bundle:
    """A look into the revision that an AppSpec belongs to, to be subclassed. With it the reader also
    finds out whether sources and scripts are there, and whether scripts can be run.

    >>> import codedeploy
    >>> class Empty(codedeploy.Bundle):
    ...     def look(self, path):
    ...         return codedeploy.Entry(codedeploy.EntryKind.MISSING)
    >>> text = "version: 0.0\\nos: linux\\nfiles:\\n  - source: app\\n    destination: /srv\\n"
    >>> codedeploy.AppSpec.parse(text, bundle=Empty())
    Traceback (most recent call last):
    codedeploy.errors.AppSpecError: 4:13: error: The source `app` is not in the revision. [bundle-source-missing]
    """

    def look(self, path: str) -> Entry:
        """What stands at a path relative to the revision's root (empty for the root itself),
        symbolic links followed."""
        raise NotImplementedError

    def read_head(self, path: str, count: int) -> bytes:
        """The first bytes of a file, at most `count`."""
        raise NotImplementedError


class DirectoryBundle(Bundle):
    """An unpacked revision in a directory of this machine.

    >>> import codedeploy
    >>> codedeploy.DirectoryBundle("/").look("etc/passwd").kind
    <EntryKind.FILE: 1>
    """

    def __init__(self, directory: Union[str, "os.PathLike[str]"]) -> None:
        self.directory = os.fspath(directory)

    def _path(self, path: str) -> str:
        return os.path.join(self.directory, path) if path else self.directory

    def look(self, path: str) -> Entry:
        try:
            found = os.stat(self._path(path))
        except (FileNotFoundError, NotADirectoryError):
            dangling = os.path.islink(self._path(path))
            return Entry(EntryKind.OTHER if dangling else EntryKind.MISSING)
        if stat.S_ISREG(found.st_mode):
            return Entry(EntryKind.FILE, bool(found.st_mode & 0o111))
        return Entry(EntryKind.DIRECTORY if stat.S_ISDIR(found.st_mode) else EntryKind.OTHER)

    def read_head(self, path: str, count: int) -> bytes:
        with open(self._path(path), "rb") as file:
            return file.read(count)


@callback("appspec_bundle_look")
def _look(bundle: Bundle, path: Any, entry: Any) -> Optional[int]:
    try:
        kind, executable = bundle.look(text(path))
    except NotImplementedError:
        return 2  # skip the check
    entry.kind = _native.word(EntryKind, kind)
    entry.executable = bool(executable)
    return None


@callback("appspec_bundle_read_head")
def _read_head(bundle: Bundle, path: Any, buffer: Any, capacity: int, length: Any) -> Optional[int]:
    try:
        head = bundle.read_head(text(path), capacity)[:capacity]
    except NotImplementedError:
        return 2
    ffi.memmove(buffer, head, len(head))
    length[0] = len(head)
    return None


class _Options:
    """cdp_appspec_options, and the call that they are for."""

    def __init__(
        self,
        platform: Any = Platform.AUTO,
        profile: Any = Profile.AGENT,
        notation: Any = Notation.AUTO,
        host: Any = AppSpecHost.DEFAULT,
        expand_aliases: bool = False,
        suppressions: bool = False,
        agent_root: Optional[str] = None,
        scenario_events: Optional[Sequence[str]] = None,
        bundle: Optional[Bundle] = None,
        limits: Optional[Limits] = None,
    ) -> None:
        self.keep: List[Any] = []
        self.call = Call(bundle)
        self.found = findings(limits)
        options = self.c = new_view("cdp_appspec_options")
        options.limits = limits_of(limits, self.keep)
        options.platform = _native.word(Platform, platform)
        options.profile = _native.word(Profile, profile)
        options.notation = _native.word(Notation, notation)
        options.host = _native.word(AppSpecHost, host)
        options.expand_aliases = bool(expand_aliases)
        options.suppressions = bool(suppressions)
        if agent_root is not None:
            root = string(agent_root)
            self.keep.append(root)
            options.agent_root = root
        events = _native.strings(scenario_events, self.keep)
        options.scenario_events, options.scenario_event_count = events
        if bundle is not None:
            if not isinstance(bundle, Bundle):
                raise TypeError(f"expected a Bundle, not {type(bundle).__name__}")
            callbacks = new_view("cdp_appspec_bundle")
            callbacks.look = lib.cdp_python_appspec_bundle_look
            callbacks.read_head = lib.cdp_python_appspec_bundle_read_head
            callbacks.user = self.call.user
            self.keep.append(callbacks)
            options.bundle = callbacks


class AppSpec(Native):
    """An AppSpec; immutable. Two are equal when they mean the same.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.parse('''
    ... version: 0.0
    ... os: linux
    ... files:
    ...   - source: app
    ...     destination: /srv
    ... hooks:
    ...   AfterInstall:
    ...     - location: start.sh
    ...       timeout: 60
    ... ''')
    >>> spec.platform, spec.os
    (<Platform.SERVER: 1>, 'linux')
    >>> spec.hooks["AfterInstall"][0].timeout
    60
    """

    __slots__ = ("diagnostics", "_files")
    #: What was found when it was made: warnings and notes.
    diagnostics: Diagnostics

    @classmethod
    def parse(
        cls,
        text: Text,
        *,
        platform: Union[Platform, str] = Platform.AUTO,
        profile: Union[Profile, str] = Profile.AGENT,
        notation: Union[Notation, str] = Notation.AUTO,
        host: Union[AppSpecHost, str] = AppSpecHost.DEFAULT,
        expand_aliases: bool = False,
        suppressions: bool = False,
        agent_root: Optional[str] = None,
        scenario_events: Optional[Sequence[str]] = None,
        bundle: Optional[Bundle] = None,
        limits: Optional[Limits] = None,
    ) -> "AppSpec":
        """Reads and checks an AppSpec in YAML, JSON or XML.

        `profile` says how severe the reader is, `scenario_events` which lifecycle events run in the
        scenario at hand, `bundle` lets it look into the revision. Raises `AppSpecError`, which has
        everything that is wrong, for a text that is refused.

        >>> import codedeploy
        >>> codedeploy.AppSpec.parse("version: 0.0\\nos: beos\\n")
        Traceback (most recent call last):
        codedeploy.errors.AppSpecError: 2:5: error: `beos` is no operating system of CodeDeploy. [os-invalid]
        """
        data = _native.document(text)
        options = _Options(platform, profile, notation, host, expand_aliases, suppressions,
                           agent_root, scenario_events, bundle, limits)
        out = ffi.new("cdp_appspec **")
        status = lib.cdp_appspec_parse(data, len(data), options.c, options.found.c, out)
        options.call.finish(status, options.found, AppSpecError)
        return cls._adopt(out[0], options)

    @classmethod
    def _adopt(cls, pointer: Any, options: _Options) -> "AppSpec":
        spec = _native.adopt(cls, pointer, lib.cdp_appspec_free)
        spec.diagnostics = options.found.take()
        return spec

    @classmethod
    def check(cls, text: Text, **options: Any) -> Diagnostics:
        """Everything that `parse()` finds, whether the text is refused or not.

        >>> import codedeploy
        >>> [str(found.severity) for found in codedeploy.AppSpec.check("version: 0.0\\nos: beos\\n")]
        ['error']
        """
        try:
            return cls.parse(text, **options).diagnostics
        except AppSpecError as error:
            return Diagnostics(error.diagnostics)

    @staticmethod
    def detect_platform(text: Text, **options: Any) -> Optional[Platform]:
        """The platform that a text is an AppSpec for, even if `parse()` would refuse it; None when
        it cannot be told.

        >>> import codedeploy
        >>> codedeploy.AppSpec.detect_platform("Resources: [{a: {Type: AWS::ECS::Service}}]")
        <Platform.ECS: 3>
        """
        data, chosen = _native.document(text), _Options(**options)
        out = ffi.new("cdp_platform *")
        status = lib.cdp_appspec_detect_platform(data, len(data), chosen.c, out)
        chosen.call.finish(status, chosen.found, AppSpecError)
        return Platform(out[0]) if out[0] else None

    @staticmethod
    def compare(text: Text, **options: Any) -> "Comparison":
        """What the agents 1.x and 2.x and the user guide make of a Server AppSpec where they differ.

        >>> import codedeploy
        >>> text = "version: 0.0\\nos: linux\\nfiles:\\n- source: a\\n  destination: 7\\n"
        >>> for difference in codedeploy.AppSpec.compare(text).differences:
        ...     print(difference.pointer, difference.written)
        /files/0/destination 7
        """
        data, chosen = _native.document(text), _Options(**options)
        out = ffi.new("cdp_appspec_comparison **")
        status = lib.cdp_appspec_compare(data, len(data), chosen.c, chosen.found.c, out)
        chosen.call.finish(status, chosen.found, AppSpecError)
        comparison = ffi.gc(out[0], lib.cdp_appspec_comparison_free)
        return Comparison._of(comparison, chosen.found.take())

    @classmethod
    def starter(cls, platform: Union[Platform, str]) -> "AppSpec":
        """An AppSpec to begin with; `starter_text()` is its commented text.

        >>> import codedeploy
        >>> codedeploy.AppSpec.starter("Lambda").lambda_function.name
        'my-function'
        """
        return cls.parse(cls.starter_text(platform))

    @staticmethod
    def starter_text(platform: Union[Platform, str]) -> str:
        """A commented AppSpec to begin with, in YAML."""
        number = _native.word(Platform, platform)
        return _native.written(lambda out: lib.cdp_appspec_write_starter(number, out))

    # -- looking at it ---------------------------------------------------------------------------

    @property
    def platform(self) -> Platform:
        return Platform(lib.cdp_appspec_platform(self._c))

    @property
    def version(self) -> str:
        """The version as a number's text, `0.0`."""
        return text(lib.cdp_appspec_version(self._c))

    @property
    def os(self) -> Optional[str]:
        """`linux` or `windows`; None for Lambda and ECS."""
        return optional(lib.cdp_appspec_os(self._c))

    @property
    def file_exists_behavior(self) -> FileExistsBehavior:
        """What to do with a file that is in the way; UNSET: the deployment decides."""
        return FileExistsBehavior(lib.cdp_appspec_file_exists_behavior(self._c))

    @property
    def files(self) -> Tuple[File, ...]:
        """The entries of `files`; none for Lambda and ECS."""
        c = self._c
        try:
            return self._files
        except AttributeError:
            self._files: Tuple[File, ...] = _read_files(c)
            return self._files

    @property
    def permissions(self) -> Tuple[Permission, ...]:
        """The entries of `permissions`."""
        c = self._c
        return tuple(_read_permission(c, i) for i in range(lib.cdp_appspec_permission_count(c)))

    @property
    def hooks(self) -> Mapping[str, Tuple[Script, ...]]:
        """What each lifecycle event runs, in the order of the text. For Lambda and ECS see
        `functions`."""
        return types.MappingProxyType(
            {event.name: scripts for event, scripts in self._events() if event.function is None}
        )

    @property
    def functions(self) -> Mapping[str, str]:
        """Lambda and ECS: the function that each hooked event calls, in the order of the text.

        >>> import codedeploy
        >>> spec = codedeploy.AppSpec.for_lambda(
        ...     codedeploy.LambdaFunction("f", "live", "1", "2"), {"AfterAllowTraffic": "check"})
        >>> dict(spec.functions)
        {'AfterAllowTraffic': 'check'}
        """
        return types.MappingProxyType(
            {event.name: event.function for event, _ in self._events() if event.function is not None}
        )

    def scripts(self, event: str) -> Tuple[Script, ...]:
        """The scripts of one event; none when it is not hooked."""
        index = ffi.new("size_t *")
        if lib.cdp_appspec_event_find(self._c, string(event), index):
            return ()
        return self._event(index[0])[1]

    def _event(self, index: int) -> "Tuple[_Event, Tuple[Script, ...]]":
        c, view = self._c, new_view("cdp_appspec_event")
        check(lib.cdp_appspec_event_at(c, index, view))
        script, scripts = new_view("cdp_appspec_script"), []
        for i in range(view.script_count):
            check(lib.cdp_appspec_script_at(c, index, i, script))
            scripts.append(Script._read(script))
        return _Event(text(view.name), optional(view.function)), tuple(scripts)

    def _events(self) -> "List[Tuple[_Event, Tuple[Script, ...]]]":
        return [self._event(i) for i in range(lib.cdp_appspec_event_count(self._c))]

    @property
    def lambda_function(self) -> Optional[LambdaFunction]:
        """The resource of a Lambda AppSpec."""
        view = new_view("cdp_appspec_lambda")
        if lib.cdp_appspec_get_lambda(self._c, view):
            return None
        return LambdaFunction._read(view)

    @property
    def ecs_service(self) -> Optional[EcsService]:
        """The resource of an ECS AppSpec."""
        c, view = self._c, new_view("cdp_appspec_ecs")
        if lib.cdp_appspec_get_ecs(c, view):
            return None
        name, provider = ffi.new("cdp_string *"), new_view("cdp_appspec_capacity_provider")
        subnets, groups, providers = [], [], []
        for i in range(view.subnet_count):
            check(lib.cdp_appspec_subnet_at(c, i, name))
            subnets.append(text(name))
        for i in range(view.security_group_count):
            check(lib.cdp_appspec_security_group_at(c, i, name))
            groups.append(text(name))
        for i in range(view.capacity_provider_count):
            check(lib.cdp_appspec_capacity_provider_at(c, i, provider))
            providers.append(CapacityProvider._read(provider))
        return EcsService._read(view, subnets=tuple(subnets), security_groups=tuple(groups),
                                capacity_providers=tuple(providers))

    def find_place(self, pointer: str) -> Place:
        """Where a value stood in the text: `/files/3/destination`, `/hooks/AfterInstall/1/timeout`.
        Raises `NotFoundError` when the pointer leads nowhere or there was no text."""
        place = ffi.new("cdp_appspec_place *")
        check(lib.cdp_appspec_find_place(self._c, string(pointer), place))
        return _place(place)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AppSpec):
            return NotImplemented
        return bool(lib.cdp_appspec_equal(self._c, other._c))

    def __hash__(self) -> int:
        c = self._c
        return hash((lib.cdp_appspec_platform(c), lib.cdp_appspec_file_count(c),
                     lib.cdp_appspec_permission_count(c), lib.cdp_appspec_event_count(c)))

    def __repr__(self) -> str:
        return "<AppSpec, closed>" if self.closed else f"<AppSpec for {self.platform}>"

    # -- writing ---------------------------------------------------------------------------------

    def write(self, notation: Union[Notation, str] = Notation.YAML) -> str:
        """Its canonical form, which reads back as an equal AppSpec.

        >>> import codedeploy
        >>> print(codedeploy.AppSpec.for_server("linux", files=[("a", "/b")]).write(), end="")
        version: 0.0
        os: linux
        files:
          - source: a
            destination: /b
        """
        number = _native.word(Notation, notation)
        return _native.written(lambda out: lib.cdp_appspec_write(self._c, number, out))

    def write_normalized(self, notation: Union[Notation, str] = Notation.JSON) -> str:
        """As the agent understands it, every member present: for comparing, and for programs."""
        number = _native.word(Notation, notation)
        return _native.written(lambda out: lib.cdp_appspec_write_normalized(self._c, number, out))

    # -- putting one together --------------------------------------------------------------------

    @classmethod
    def for_server(
        cls,
        os: str = "linux",
        files: Sequence[Union[File, Tuple[str, str]]] = (),
        permissions: Sequence[Permission] = (),
        hooks: Optional[Mapping[str, Sequence[Union[Script, str]]]] = None,
        file_exists_behavior: Union[FileExistsBehavior, str] = FileExistsBehavior.UNSET,
        **options: Any,
    ) -> "AppSpec":
        """An AppSpec for EC2 instances and on-premises hosts, checked as `parse()` does.

        >>> import codedeploy
        >>> spec = codedeploy.AppSpec.for_server(hooks={"AfterInstall": ["start.sh"]})
        >>> spec.scripts("AfterInstall")[0].location
        'start.sh'
        """
        with _Builder(Platform.SERVER) as builder:
            builder.call(lib.cdp_appspec_builder_set_os, string(os))
            builder.call(lib.cdp_appspec_builder_set_file_exists_behavior,
                         _native.word(FileExistsBehavior, file_exists_behavior))
            for file in files:
                builder.call(lib.cdp_appspec_builder_add_file, string(file[0]), string(file[1]))
            for permission in permissions:
                builder.add_permission(permission)
            for event, scripts in (hooks or {}).items():
                for script in [scripts] if isinstance(scripts, (str, Script)) else scripts:
                    made = script if isinstance(script, Script) else Script(script)
                    builder.call(lib.cdp_appspec_builder_add_script, string(event),
                                 filled(made, builder.keep))
            return builder.finish(cls, options)

    @classmethod
    def for_lambda(cls, function: LambdaFunction, functions: Optional[Mapping[str, str]] = None,
                   **options: Any) -> "AppSpec":
        """An AppSpec for a Lambda function; `functions` hook lifecycle events."""
        with _Builder(Platform.LAMBDA) as builder:
            builder.call(lib.cdp_appspec_builder_set_lambda, filled(function, builder.keep))
            builder.add_functions(functions)
            return builder.finish(cls, options)

    @classmethod
    def for_ecs(cls, service: EcsService, functions: Optional[Mapping[str, str]] = None,
                **options: Any) -> "AppSpec":
        """An AppSpec for an ECS service; `functions` hook lifecycle events."""
        with _Builder(Platform.ECS) as builder:
            builder.set_ecs(service)
            builder.add_functions(functions)
            return builder.finish(cls, options)


class _Event(NamedTuple):
    name: str
    function: Optional[str]


def _place(place: Any) -> Place:
    return Place(place.offset, place.end_offset, place.line, place.column, place.end_line,
                 place.end_column)


def _read_files(c: Any) -> Tuple[File, ...]:
    count = lib.cdp_appspec_file_count(c)
    lengths = ffi.new("uint32_t[]", 2 * count)
    kinds = ffi.new("uint8_t[]", 2 * count)
    size = lib.cdp_python_files(c, NULL, 0, lengths, kinds)
    buffer = ffi.new("char[]", size + 1)
    lib.cdp_python_files(c, buffer, size, NULL, NULL)
    whole: Any = ffi.unpack(buffer, size)
    if whole.isascii():
        whole = whole.decode("ascii")
        ends = list(itertools.accumulate(ffi.unpack(lengths, 2 * count)))
        texts = list(map(whole.__getitem__, map(slice, [0, *ends[:-1]], ends)))
    else:
        texts, at = [], 0
        for length in ffi.unpack(lengths, 2 * count):
            texts.append(whole[at : at + length].decode("utf-8", "surrogateescape"))
            at += length
    kind = list(map(ValueKind._value2member_map_.__getitem__, ffi.unpack(kinds, 2 * count)))
    return tuple(map(File._make, zip(texts[::2], texts[1::2], kind[::2], kind[1::2])))


def _read_permission(c: Any, index: int) -> Permission:
    view = new_view("cdp_appspec_permission")
    check(lib.cdp_appspec_permission_at(c, index, view))
    one, excepted = new_view("cdp_appspec_except"), []
    for i in range(view.except_count):
        check(lib.cdp_appspec_permission_except_at(c, index, i, one))
        excepted.append(text(one.pattern))
    entry, acls = new_view("cdp_appspec_acl"), []
    for i in range(view.acl_count):
        check(lib.cdp_appspec_permission_acl_at(c, index, i, entry))
        acls.append(Acl._read(entry))
    return Permission._read(view, excepted=tuple(excepted), acls=tuple(acls) if view.has_acls else None)


class _Builder:
    """Puts an AppSpec together, property by property."""

    def __init__(self, platform: Platform) -> None:
        out = ffi.new("cdp_appspec_builder **")
        check(lib.cdp_appspec_builder_new(NULL, platform, out))
        self.c = out[0]
        self.keep: List[Any] = []

    def __enter__(self) -> "_Builder":
        return self

    def __exit__(self, *_: Any) -> None:
        lib.cdp_appspec_builder_free(self.c)

    def call(self, function: Any, *arguments: Any) -> None:
        check(function(self.c, *arguments))

    def add_permission(self, permission: Permission) -> None:
        view = new_view("cdp_appspec_permission_input")
        _native.fill(view, permission, self.keep)
        view.types = permission.types
        except_, count = _native.strings(permission.excepted or None, self.keep)
        setattr(view, "except", except_)
        view.except_count = count
        acls = permission.acls
        texts = None if acls is None else [a.text if isinstance(a, Acl) else a for a in acls]
        view.acls, view.acl_count = _native.strings(texts, self.keep)
        self.call(lib.cdp_appspec_builder_add_permission, view)

    def add_functions(self, functions: Optional[Mapping[str, str]]) -> None:
        for event, function in (functions or {}).items():
            self.call(lib.cdp_appspec_builder_add_function, string(event), string(function))

    def set_ecs(self, service: EcsService) -> None:
        view = new_view("cdp_appspec_ecs_input")
        _native.fill(view, service, self.keep)
        view.subnets, view.subnet_count = _native.strings(service.subnets, self.keep)
        groups = _native.strings(service.security_groups, self.keep)
        view.security_groups, view.security_group_count = groups
        providers = [
            dataclasses.replace(p, base=-1 if p.base is None else p.base,
                                weight=-1 if p.weight is None else p.weight)
            for p in service.capacity_providers
        ]
        made = _native.structs("cdp_appspec_capacity_provider", providers, self.keep)
        view.capacity_providers, view.capacity_provider_count = made
        self.call(lib.cdp_appspec_builder_set_ecs, view)

    def finish(self, cls: Any, options: Dict[str, Any]) -> AppSpec:
        chosen = _Options(**options)
        out = ffi.new("cdp_appspec **")
        status = lib.cdp_appspec_builder_finish(self.c, chosen.c, chosen.found.c, out)
        chosen.call.finish(status, chosen.found, AppSpecError)
        made: AppSpec = cls._adopt(out[0], chosen)
        return made


@dataclasses.dataclass(frozen=True)
class Reading(View, struct="cdp_appspec_reading"):
    """What one reader makes of a whole text.

    >>> import codedeploy
    >>> readings = codedeploy.AppSpec.compare("version: 1.0\\nos: linux\\n").readings
    >>> {str(reader): reading.accepted for reader, reading in readings.items()}
    {'AGENT_1': False, 'AGENT_2': False, 'DOCUMENTATION': False}
    """

    accepted: bool
    #: Why it is refused, in one sentence.
    reason: Optional[str]


@dataclasses.dataclass(frozen=True)
class Difference(View, struct="cdp_appspec_difference"):
    """One thing that the agents and the user guide do not read alike.

    >>> import codedeploy
    >>> compared = codedeploy.AppSpec.compare("version: 0.0\\nos: linux\\nhooks:\\n  AfterInstall:\\n    - location: a.sh\\n      timeout: '30'\\n")
    >>> [(difference.pointer, difference.written) for difference in compared.differences]
    [('/hooks/AfterInstall/0/timeout', "'30'")]
    """

    #: JSON Pointer to it.
    pointer: str
    #: What it is, in plain words.
    what: str
    #: As it is written in the text.
    written: str
    #: What each makes of it.
    agent_1: str
    agent_2: str
    documentation: str
    place: Place


@dataclasses.dataclass(frozen=True)
class Comparison:
    """What the agents 1.x and 2.x and the user guide make of one text.

    >>> import codedeploy
    >>> compared = codedeploy.AppSpec.compare("version: 0.0\\nos: linux\\n")
    >>> len(compared.readings), compared.differences
    (3, ())
    """

    readings: Mapping[AppSpecReader, Reading]
    differences: Tuple[Difference, ...]
    diagnostics: Diagnostics

    @classmethod
    def _of(cls, c: Any, found: Diagnostics) -> "Comparison":
        readings, view = {}, new_view("cdp_appspec_reading")
        for reader in AppSpecReader:
            check(lib.cdp_appspec_comparison_reading(c, reader, view))
            readings[reader] = Reading._read(view)
        differences, one = [], new_view("cdp_appspec_difference")
        for i in range(lib.cdp_appspec_comparison_count(c)):
            check(lib.cdp_appspec_comparison_at(c, i, one))
            differences.append(Difference._read(one, place=_place(one.place)))
        return cls(types.MappingProxyType(readings), tuple(differences), found)
