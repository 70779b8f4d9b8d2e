# SPDX-License-Identifier: MIT
"""libcodedeploy-posix: deployments, bundles, scripts and files on this machine."""

import dataclasses
import os
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from . import _native
from ._callbacks import Call, callback
from ._ffi import ffi, lib
from ._native import NULL, Native, View, check, new_view, optional, string, text, word
from .diagnostics import Diagnostics, Findings
from .enums import (
    BundleAllow,
    FileExistsBehavior,
    InstallDurability,
    InstallMode,
    InstallOutcome,
    LocalBundleType,
    LogKind,
    NewsKind,
    Refuse,
    ScriptCode,
    ScriptEnvironment,
    Status,
    Sync,
)
from .errors import DeploymentError
from .filesystem import NativeFileSystem
from .install import InstallPlan, InstallProgress
from .lifecycle import LifecyclePlan

__all__ = [
    "AgentConfig",
    "DeployOptions",
    "Fetch",
    "Files",
    "HistoryEntry",
    "LocalDeployment",
    "LocalDeploymentError",
    "LogEntry",
    "News",
    "Preview",
    "ScriptResult",
    "deploy",
    "history",
    "preview",
    "recover",
    "redeploy",
    "remove_tree",
    "run_script",
    "unpack_bundle",
]

Path = Union[str, bytes, "os.PathLike[str]"]


class Files(NativeFileSystem):
    """A file system for `InstallPlan` that works on real files below three directories.

    >>> import codedeploy, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = posix.Files(destination=folder, sync="NONE")
    ...     files.make_directory(codedeploy.Root.DESTINATION, "/made")
    ...     [entry.name for entry in files.list(codedeploy.Root.DESTINATION, "/")]
    ['made']
    """

    __slots__ = ()

    def __init__(self, *, revision: Optional[Path] = None, destination: Optional[Path] = None,
                 state: Optional[Path] = None, sync: Union[Sync, str] = Sync.FULL, overlap: bool = False) -> None:
        """Opens the roots: the unpacked revision, where to install (None: `/`), where records are. With
        `overlap` a second thread copies a part of many small files."""
        options, found = new_view("cdp_posix_files_options"), Findings()
        kept = options.revision, options.destination, options.state = (
            string(revision), string(destination), string(state))
        options.sync, options.overlap = word(Sync, sync), bool(overlap)
        out = ffi.new("cdp_posix_files **")
        check(lib.cdp_posix_files_new(options, found.c, out), found)
        del kept
        self._begin(out[0], lib.cdp_posix_files_free, lib.cdp_posix_files_callbacks)


# -- bundles -------------------------------------------------------------------------------------


@callback("bundle_progress", answers=False)
def _bundle_progress(progress: Callable[[int, int], None], entries: int, count: int) -> None:
    progress(entries, count)


def unpack_bundle(
    location: Path,
    destination: Path,
    type: Union[LocalBundleType, str, None] = None,
    *,
    allow: BundleAllow = BundleAllow(0),
    ratio: int = 0,
    max_bytes: int = 0,
    max_entries: int = 0,
    overlap: bool = False,
    progress: Optional[Callable[[int, int], None]] = None,
) -> Diagnostics:
    """Unpacks a bundle, which is untrusted, into a directory that does not exist yet. `type` None: as
    the name tells; with `overlap` a second thread copies a part of a directory. `progress(entries, bytes)` is told how much was unpacked; what it raises stops it.

    >>> import tarfile, tempfile, os
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with tarfile.open(folder + "/b.tgz", "w:gz") as bundle:
    ...         bundle.addfile(tarfile.TarInfo("appspec.yml"))
    ...     found = posix.unpack_bundle(folder + "/b.tgz", folder + "/out")
    ...     os.listdir(folder + "/out")
    ['appspec.yml']
    """
    options, found, call = new_view("cdp_posix_bundle_options"), Findings(), Call(progress)
    kept = string(location), string(destination)
    options.location, options.destination = kept
    options.type = _bundle_type(location) if type is None else word(LocalBundleType, type)
    options.allow, options.ratio, options.bytes, options.entries = allow, ratio, max_bytes, max_entries
    options.overlap = bool(overlap)
    if progress is not None:
        options.progress, options.user = lib.cdp_python_bundle_progress, call.user
    call.finish(lib.cdp_posix_bundle_unpack(options, found.c), found)
    return found.take()


def _bundle_type(location: Path) -> int:
    name = os.fsdecode(location).lower()
    for ending, kind in ((".zip", "zip"), (".tar", "tar"), (".tgz", "tgz"), (".tar.gz", "tgz")):
        if name.endswith(ending):
            return word(LocalBundleType, kind)
    return LocalBundleType.DIRECTORY


def remove_tree(directory: Path) -> None:
    """Removes a directory and all that is in it, no link being followed.

    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> folder = tempfile.mkdtemp()
    >>> posix.remove_tree(folder)
    >>> os.path.exists(folder)
    False
    """
    check(lib.cdp_posix_remove_tree(string(directory)))


# -- scripts -------------------------------------------------------------------------------------


class LogEntry(NamedTuple):
    """One line of a log.

    >>> import codedeploy
    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> told = []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(os.path.join(folder, "hello"), "w") as file:
    ...         _ = file.write("#!/bin/sh\\necho hello\\n")
    ...         os.chmod(file.name, 0o755)
    ...     _ = posix.run_script(folder, "hello", entry=told.append)
    >>> [entry.text for entry in told if entry.kind == codedeploy.LogKind.STDOUT]
    ['hello']
    """

    kind: LogKind
    text: str


@dataclasses.dataclass(frozen=True)
class ScriptResult(View, struct="cdp_posix_script_result"):
    """How a script ended.

    >>> import codedeploy
    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(os.path.join(folder, "fails"), "w") as file:
    ...         _ = file.write("#!/bin/sh\\nexit 3\\n")
    ...         os.chmod(file.name, 0o755)
    ...     result = posix.run_script(folder, "fails")
    >>> result.succeeded, result.exit_status
    (False, 3)
    """

    code: ScriptCode
    #: Exit status; None when it did not exit by itself.
    exit_status: Optional[int]
    #: The signal that ended it, or 0.
    signal: int
    #: How many processes could not be ended.
    survivors: int
    duration_ms: int
    #: Bytes that it wrote to its outputs.
    output_bytes: int
    #: What went wrong; empty after success.
    message: str
    #: The last lines of its output, and how many bytes before them are left out.
    log_tail: str = ""
    log_dropped: int = 0
    diagnostics: Diagnostics = Diagnostics()

    @property
    def succeeded(self) -> bool:
        return self.code == ScriptCode.SUCCEEDED


@callback("log_entry", answers=False)
def _log_entry(entry: Callable[[LogEntry], None], kind: int, line: Any) -> None:
    entry(LogEntry(LogKind(kind), text(line)))


def run_script(
    revision: Path,
    location: str,
    *,
    event: Optional[str] = None,
    runas: Optional[str] = None,
    sudo: bool = False,
    inherit: Union[ScriptEnvironment, str] = ScriptEnvironment.INHERIT,
    environment: Optional[Mapping[str, str]] = None,
    variables: Optional[Mapping[str, str]] = None,
    timeout_ms: int = 0,
    grace_ms: int = 0,
    script_log: Optional[Path] = None,
    deployments_log: Optional[Path] = None,
    deployment_id: Optional[str] = None,
    application_name: Optional[str] = None,
    group_name: Optional[str] = None,
    group_id: Optional[str] = None,
    entry: Optional[Callable[[LogEntry], None]] = None,
    tail_bytes: int = 0,
    held_descriptor: int = 0,
) -> ScriptResult:
    """Runs one hook script of a revision to its end, all its processes watched. `environment` is what it
    inherits of (None: this process's own), `variables` come on top; `entry` is told of each line of
    output, and what it raises stops the script, as KeyboardInterrupt does. `held_descriptor` stays open as
    long as the script is watched, also when this process is gone.

    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(folder + "/hello.sh", "w") as file:
    ...         print("#!/bin/sh\\necho hello from $LIFECYCLE_EVENT", file=file)
    ...     os.chmod(folder + "/hello.sh", 0o755)
    ...     result = posix.run_script(folder, "hello.sh", event="AfterInstall")
    >>> result.succeeded, result.log_tail
    (True, 'LifecycleEvent - AfterInstall\\nScript - hello.sh\\n[stdout]hello from AfterInstall\\n')
    """
    keep: List[Any] = []
    found, call = Findings(), Call(entry)
    log = _open_log(call, found, keep, script_log=script_log, deployments_log=deployments_log,
                    deployment_id=deployment_id, tail_bytes=tail_bytes)
    if event is not None:
        call.finish(lib.cdp_posix_log_event(log, string(event)), found)
    options = new_view("cdp_posix_script_options")
    _strings(options, keep, revision=revision, location=location, runas=runas, event=event,
             deployment_id=deployment_id, application_name=application_name, group_name=group_name,
             group_id=group_id)
    options.sudo, options.inherit = bool(sudo), word(ScriptEnvironment, inherit)
    options.timeout_ms, options.grace_ms, options.log = timeout_ms, grace_ms, log
    options.held_descriptor = held_descriptor
    if environment is not None:
        lines = [ffi.new("char[]", _native.encode(f"{k}={v}")) for k, v in environment.items()]
        keep += [lines, ffi.new("char *[]", [*lines, NULL])]
        options.environment = ffi.cast("const char *const *", keep[-1])
    pairs = [f"{k}={v}" for k, v in (variables or {}).items()]
    options.variables, options.variable_count = _native.strings(pairs, keep)
    out = ffi.new("cdp_posix_script **")
    check(lib.cdp_posix_script_begin(options, found.c, out), found)
    script = ffi.gc(out[0], lib.cdp_posix_script_free)
    try:
        while lib.cdp_posix_script_wait(script, 200) == Status.PENDING:
            pass  # signals are seen here
        view = new_view("cdp_posix_script_result")
        check(lib.cdp_posix_script_result_get(script, view))
        result = ScriptResult._read(
            view, log_tail=text(lib.cdp_posix_log_tail(log)),
            log_dropped=lib.cdp_posix_log_tail_dropped(log), diagnostics=found.take())
        call.finish(view.status if call.error else 0)
        return result
    except BaseException:
        lib.cdp_posix_script_cancel(script)
        lib.cdp_posix_script_wait(script, -1)
        raise
    finally:
        ffi.release(script)


def _open_log(call: Call, found: Findings, keep: List[Any], tail_bytes: int, **paths: Any) -> Any:
    options, out = new_view("cdp_posix_log_options"), ffi.new("cdp_posix_log **")
    _strings(options, keep, **paths)
    options.tail_bytes = tail_bytes
    if call.target is not None:
        options.entry, options.user = lib.cdp_python_log_entry, call.user
    check(lib.cdp_posix_log_new(options, found.c, out), found)
    return ffi.gc(out[0], lib.cdp_posix_log_free)


def _strings(view: Any, keep: List[Any], **values: Any) -> None:
    for name, value in values.items():
        kept = string(value)
        keep.append(kept)
        setattr(view, name, kept)


# -- whole deployments ---------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class News(View, struct="cdp_posix_news"):
    """What is told while a deployment runs.

    >>> import codedeploy
    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> told = []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     os.makedirs(os.path.join(folder, "bundle"))
    ...     with open(os.path.join(folder, "bundle/appspec.yml"), "w") as file:
    ...         _ = file.write("version: 0.0\\nos: linux\\n")
    ...     _ = posix.deploy(os.path.join(folder, "bundle"), root_directory=os.path.join(folder, "records"),
    ...                      destination_root=folder, news=told.append)
    >>> [news.event for news in told if news.kind == codedeploy.NewsKind.EVENT_ENDED][-2:]
    ['BeforeAllowTraffic', 'AfterAllowTraffic']
    """

    kind: NewsKind
    log_kind: Optional[LogKind]
    deployment_id: Optional[str]
    #: The lifecycle event at hand.
    event: Optional[str]
    #: `Succeeded`, `Failed`, `Skipped` or `Stopped`; None where nothing has ended.
    status: Optional[str]
    text: Optional[str]
    #: PROGRESS only.
    progress: Optional[InstallProgress] = None


@dataclasses.dataclass(frozen=True)
class Fetch(View, struct="cdp_posix_fetch"):
    """A bundle to be fetched from another machine.

    >>> import codedeploy
    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> def fetch(what):
    ...     print(what.location, str(what.type))
    ...     raise OSError("not from here")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     try:
    ...         _ = posix.deploy("s3://bucket/web.zip", bundle_type="zip", root_directory=folder, destination_root=folder, fetch=fetch)
    ...     except OSError as error:
    ...         print(error)
    s3://bucket/web.zip zip
    not from here
    """

    location: str
    #: What the file must be.
    type: LocalBundleType
    #: The file to write; it does not exist.
    path: str


@dataclasses.dataclass(frozen=True)
class DeployOptions(View, struct="cdp_posix_deploy_options"):
    """What to deploy on this machine, and how; None where the agent's own defaults hold.

    >>> import codedeploy
    >>> from codedeploy import posix
    >>> options = posix.DeployOptions(destination_root="/trial", max_revisions=2)
    >>> options.mode, options.no_rollback
    (<InstallMode.TRANSACTIONAL: 0>, False)
    """

    #: A path, or an `s3://` or `https://` location, which `fetch` fetches.
    bundle: Optional[Path] = None
    #: None: as the name of the bundle tells.
    bundle_type: Optional[LocalBundleType] = None
    mode: InstallMode = InstallMode.TRANSACTIONAL
    #: None: `appspec.yml`, then `appspec.yaml`.
    appspec_filename: Optional[str] = None
    #: The agent's root directory.
    root_directory: Optional[Path] = None
    #: Where destinations are; None: `/`. For trials.
    destination_root: Optional[Path] = None
    group_id: Optional[str] = None
    group_name: Optional[str] = None
    application_name: Optional[str] = None
    deployment_id: Optional[str] = None
    #: The events to run; None: the usual order.
    events: Optional[Tuple[str, ...]] = None
    file_exists_behavior: FileExistsBehavior = FileExistsBehavior.UNSET
    durability: InstallDurability = InstallDurability.DURABLE
    #: How many revisions are kept; 0: 5.
    max_revisions: int = 0
    #: No automatic rollback.
    no_rollback: bool = False
    #: Told what happens; what it raises cancels the deployment and comes out of it.
    news: Optional[Callable[[News], None]] = None
    #: Fetches a bundle.
    fetch: Optional[Callable[[Fetch], None]] = None
    program_name: Optional[str] = None
    no_deployments_log: bool = False
    script_environment: ScriptEnvironment = ScriptEnvironment.INHERIT
    bundle_allow: BundleAllow = BundleAllow(0)
    #: Bytes of all files of the bundle together; 0: 16 GiB.
    bundle_bytes: int = 0
    refuse: Refuse = Refuse(0)
    private_directories: bool = False
    #: Copies of many small files overlap, in a second thread.
    overlap: bool = False
    #: Progress does not tell how many bytes there are in all, for which every file is looked at.
    no_bytes_total: bool = False
    #: The agent's configuration file; what it says holds where nothing is said here.
    agent_config: "Optional[AgentConfig]" = None

    def _call(self, keep: List[Any]) -> Tuple[Any, Call]:
        """The struct, and the call that gets what its callbacks raise."""
        view, call = new_view("cdp_posix_deploy_options"), Call(self)
        if self.agent_config is not None:
            keep.append(self.agent_config._c)
            check(lib.cdp_posix_agent_config_apply(self.agent_config._c, view))
        chosen = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)
                  if getattr(self, f.name) != f.default}
        _native.fill(view, dataclasses.replace(_UNSAID, **{
            n: v for n, v in chosen.items() if n not in ("events", "news", "fetch", "agent_config")}), keep)
        if self.bundle is not None and self.bundle_type is None and "://" not in os.fsdecode(self.bundle):
            view.bundle_type = _bundle_type(self.bundle)
        if self.events is not None:
            view.events, view.event_count = _native.strings(self.events, keep)
        view.news, view.user = lib.cdp_python_news, call.user
        if self.fetch is not None:
            view.fetch = lib.cdp_python_fetch
        call.kept = view, keep
        return view, call


@dataclasses.dataclass(frozen=True)
class _Unsaid(DeployOptions):
    """Every member None, so that nothing is set that was not said."""


_UNSAID: Any = object.__new__(_Unsaid)
for _field in dataclasses.fields(DeployOptions):
    object.__setattr__(_UNSAID, _field.name, None)


@callback("news", answers=False)
def _news(options: DeployOptions, news: Any) -> None:
    if options.news is not None:
        progress = InstallProgress._read(news.progress) if news.progress else None
        options.news(News._read(news, progress=progress))


@callback("fetch", answers=False)
def _fetch(options: DeployOptions, what: Any) -> None:
    assert options.fetch is not None
    options.fetch(Fetch._read(what))


@dataclasses.dataclass(frozen=True)
class LocalDeployment:
    """What became of a deployment on this machine.

    >>> import codedeploy
    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     os.makedirs(os.path.join(folder, "bundle"))
    ...     with open(os.path.join(folder, "bundle/appspec.yml"), "w") as file:
    ...         _ = file.write("version: 0.0\\nos: linux\\n")
    ...     made = posix.deploy(os.path.join(folder, "bundle"), root_directory=os.path.join(folder, "records"),
    ...                         destination_root=folder, deployment_id="d-EXAMPLE01")
    >>> made.id, made.succeeded, made.failed_event
    ('d-EXAMPLE01', True, None)
    """

    id: str
    directory: str
    succeeded: bool
    #: The event and script that failed; None when none did.
    failed_event: Optional[str] = None
    failed_script: Optional[str] = None
    #: Why, and the last lines of the script's output.
    message: Optional[str] = None
    log_tail: Optional[str] = None
    error_code: ScriptCode = ScriptCode.SUCCEEDED
    #: The rollback that followed.
    rollback: "Optional[LocalDeployment]" = None
    diagnostics: Diagnostics = Diagnostics()


class LocalDeploymentError(DeploymentError):
    """A deployment on this machine that failed after it had begun: `deployment` is what became of it.

    >>> import codedeploy
    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     os.makedirs(os.path.join(folder, "bundle"))
    ...     with open(os.path.join(folder, "bundle/appspec.yml"), "w") as file:
    ...         _ = file.write("version: 0.0\\nos: linux\\nhooks:\\n  AfterInstall:\\n    - location: none.sh\\n")
    ...     try:
    ...         _ = posix.deploy(os.path.join(folder, "bundle"), root_directory=os.path.join(folder, "records"),
    ...                          destination_root=folder)
    ...     except posix.LocalDeploymentError as error:
    ...         print(error.deployment.failed_event, error.deployment.failed_script)
    AfterInstall none.sh
    """

    deployment: LocalDeployment

    def __str__(self) -> str:
        return self.deployment.message or super().__str__()


def _became(c: Any, found: Diagnostics) -> LocalDeployment:
    rollback = lib.cdp_posix_deployment_rollback(c)
    return LocalDeployment(
        text(lib.cdp_posix_deployment_id(c)), text(lib.cdp_posix_deployment_directory(c)),
        bool(lib.cdp_posix_deployment_succeeded(c)), optional(lib.cdp_posix_deployment_failed_event(c)),
        optional(lib.cdp_posix_deployment_failed_script(c)), optional(lib.cdp_posix_deployment_message(c)),
        optional(lib.cdp_posix_deployment_log_tail(c)), ScriptCode(lib.cdp_posix_deployment_error_code(c)),
        _became(rollback, Diagnostics()) if rollback else None, found)


def _carry_out(function: Any, options: Optional[DeployOptions], parts: Dict[str, Any], *more: Any) -> LocalDeployment:
    if options is None:
        options = DeployOptions(**parts)
    elif parts:
        options = dataclasses.replace(options, **parts)
    keep: List[Any] = []
    view, call = options._call(keep)
    found, out = Findings(), ffi.new("cdp_posix_deployment **")
    status = function(view, *more, found.c, out)
    made = ffi.gc(out[0], lib.cdp_posix_deployment_free) if out[0] else None
    if made is None or call.error is not None or status == 0:
        call.finish(status, found, DeploymentError)
    assert made is not None
    became = _became(made, found.take())
    if status != 0:
        error = LocalDeploymentError(status, became.diagnostics)
        error.deployment = became
        raise error
    return became


def deploy(bundle: Optional[Path] = None, options: Optional[DeployOptions] = None, **parts: Any) -> LocalDeployment:
    """Deploys a bundle on this machine; `parts` are members of `DeployOptions`. Raises
    `LocalDeploymentError` when it fails, after the files of the revision before are back.

    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("bundle", "root", "target"):
    ...         os.mkdir(f"{folder}/{name}")
    ...     with open(folder + "/bundle/appspec.yml", "w") as file:
    ...         print("version: 0.0\\nos: linux\\nfiles: [{source: hello, destination: /srv}]", file=file)
    ...     with open(folder + "/bundle/hello", "w") as file:
    ...         print("hello", file=file)
    ...     made = posix.deploy(folder + "/bundle", root_directory=folder + "/root",
    ...                         destination_root=folder + "/target", durability="VOLATILE")
    ...     made.succeeded, os.listdir(folder + "/target/srv")
    (True, ['hello'])
    """
    if bundle is not None:
        parts["bundle"] = bundle
    return _carry_out(lib.cdp_posix_deploy, options, parts)


def redeploy(earlier: Optional[str] = None, options: Optional[DeployOptions] = None, **parts: Any) -> LocalDeployment:
    """Deploys an earlier revision of the group again, as a new deployment; None: the last successful
    one, or the one before it.

    >>> import codedeploy
    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     os.makedirs(os.path.join(folder, "bundle"))
    ...     with open(os.path.join(folder, "bundle/appspec.yml"), "w") as file:
    ...         _ = file.write("version: 0.0\\nos: linux\\n")
    ...     options = posix.DeployOptions(root_directory=os.path.join(folder, "records"), destination_root=folder)
    ...     first = posix.deploy(os.path.join(folder, "bundle"), options)
    ...     again = posix.redeploy(first.id, options)
    >>> first.id != again.id, again.succeeded
    (True, True)
    """
    return _carry_out(lib.cdp_posix_redeploy, options, parts, string(earlier))


def recover(options: Optional[DeployOptions] = None, **parts: Any) -> InstallOutcome:
    """Finishes or undoes what a crash left of a group's deployment.

    >>> import tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     posix.recover(root_directory=folder, destination_root=folder)
    <InstallOutcome.NOTHING_TO_RECOVER: 0>
    """
    keep: List[Any] = []
    view, call = (options or DeployOptions(**parts))._call(keep)
    found, out = Findings(), ffi.new("cdp_install_outcome *")
    call.finish(lib.cdp_posix_recover(view, found.c, out), found)
    return InstallOutcome(out[0])


class Preview(Native):
    """What a deployment on this machine would do; immutable.

    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(folder + "/appspec.yml", "w") as file:
    ...         print("version: 0.0\\nos: linux\\n", file=file)
    ...     preview = posix.Preview(posix.DeployOptions(folder, destination_root=folder, root_directory=folder))
    >>> "AfterInstall" in [event.name for event in preview.events]
    True
    """

    __slots__ = ("diagnostics",)
    #: What was found, conflicts too.
    diagnostics: Diagnostics

    def __init__(self, options: DeployOptions) -> None:
        keep: List[Any] = []
        view, call = options._call(keep)
        found, out = Findings(), ffi.new("cdp_posix_preview **")
        call.finish(lib.cdp_posix_preview_new(view, found.c, out), found, DeploymentError)
        self._c = ffi.gc(out[0], lib.cdp_posix_preview_free)
        self.diagnostics = found.take()

    @property
    def events(self) -> LifecyclePlan:
        """The events that would be gone through."""
        return LifecyclePlan._borrow(lib.cdp_posix_preview_events(self._c), self._c)

    @property
    def install(self) -> InstallPlan:
        """What would be installed."""
        return InstallPlan._borrow(lib.cdp_posix_preview_install(self._c), self._c)

    @property
    def directory(self) -> str:
        """Where the revision was looked at."""
        return text(lib.cdp_posix_preview_directory(self._c))


def preview(bundle: Path, **parts: Any) -> Preview:
    """Looks at what `deploy()` would do, and touches nothing.

    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(folder + "/appspec.yml", "w") as file:
    ...         print("version: 0.0\\nos: linux\\n", file=file)
    ...     len(posix.preview(folder, destination_root=folder, root_directory=folder).install)
    0
    """
    return Preview(DeployOptions(bundle, **parts))


@dataclasses.dataclass(frozen=True)
class HistoryEntry(View, struct="cdp_posix_history_entry"):
    """One deployment of the history; times are seconds since 1970.

    >>> import codedeploy
    >>> import os, tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     os.makedirs(os.path.join(folder, "bundle"))
    ...     with open(os.path.join(folder, "bundle/appspec.yml"), "w") as file:
    ...         _ = file.write("version: 0.0\\nos: linux\\n")
    ...     _ = posix.deploy(os.path.join(folder, "bundle"), root_directory=os.path.join(folder, "records"),
    ...                      destination_root=folder, deployment_id="d-EXAMPLE01")
    ...     [entry] = posix.history(os.path.join(folder, "records"))
    >>> entry.deployment_id, entry.status, entry.is_last_successful
    ('d-EXAMPLE01', 'Succeeded', True)
    """

    deployment_id: str
    #: `InProgress`, `Succeeded`, `Failed` or `Stopped`.
    status: str
    #: `user` or `codeDeployRollback`.
    creator: str
    application_name: Optional[str]
    bundle: Optional[str]
    #: The deployment whose revision this one deployed again.
    revision_of: Optional[str]
    message: Optional[str]
    created: int
    #: 0 while it runs.
    completed: int
    #: Whether its revision is still kept and can be deployed again.
    has_revision: bool
    is_last_successful: bool


def history(root_directory: Optional[Path] = None, group_id: Optional[str] = None) -> List[HistoryEntry]:
    """Which deployments of a group there were, oldest first.

    >>> import tempfile
    >>> from codedeploy import posix
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     posix.history(folder)
    []
    """
    out, view = ffi.new("cdp_posix_history **"), new_view("cdp_posix_history_entry")
    check(lib.cdp_posix_history_read(string(root_directory), string(group_id), out))
    c, entries = ffi.gc(out[0], lib.cdp_posix_history_free), []
    for i in range(lib.cdp_posix_history_count(c)):
        check(lib.cdp_posix_history_at(c, i, view))
        entries.append(HistoryEntry._read(view))
    return entries


class AgentConfig(Native):
    """The official agent's configuration file, as far as it concerns deployments on this machine.

    >>> import tempfile
    >>> from codedeploy import posix
    >>> with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
    ...     print(":root_dir: /srv/deploy\\n:max_revisions: 3", file=file, flush=True)
    ...     config = posix.AgentConfig(file.name)
    >>> config.root_directory, config.max_revisions, config.variables
    ('/srv/deploy', 3, {})
    """

    __slots__ = ("diagnostics",)
    #: What was found when it was read.
    diagnostics: Diagnostics

    def __init__(self, path: Path) -> None:
        found, out = Findings(), ffi.new("cdp_posix_agent_config **")
        check(lib.cdp_posix_agent_config_read(string(path), found.c, out), found)
        self._c = ffi.gc(out[0], lib.cdp_posix_agent_config_free)
        self.diagnostics = found.take()

    @property
    def root_directory(self) -> Optional[str]:
        return optional(lib.cdp_posix_agent_config_root_directory(self._c))

    @property
    def max_revisions(self) -> int:
        return lib.cdp_posix_agent_config_max_revisions(self._c)

    @property
    def variables(self) -> Dict[str, str]:
        """What it says for fetching bundles, for the environment of the program that does it."""
        count = lib.cdp_posix_agent_config_variable_count(self._c)
        lines = [text(lib.cdp_posix_agent_config_variable_at(self._c, i)) for i in range(count)]
        return dict(line.partition("=")[::2] for line in lines)
