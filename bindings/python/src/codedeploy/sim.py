# SPDX-License-Identifier: MIT
"""libcodedeploy-sim: a file system in memory and a scripted host, for unit tests.

>>> from codedeploy import sim
>>> fs = sim.FileSystem()
>>> fs.put_file("DESTINATION", "/etc/motd", b"hello")
>>> print(fs.describe("DESTINATION"), end="")
/etc directory 0755 root:root
/etc/motd file 0644 root:root "hello"
"""

import dataclasses
from typing import Any, List, Optional, Sequence, Tuple, Union

from . import _native
from ._ffi import ffi, lib
from ._native import NEVER, NULL, Machine, View, adopt, check, filled, new_view, string, structs, word
from .appspec import AppSpec
from .deployment import Deployment, DeploymentInput, DeploymentOptions
from .diagnostics import Findings
from .enums import (
    ActionKind,
    AlarmState,
    ChangeKind,
    ErrorCode,
    EventError,
    InputKind,
    Outcome,
    Root,
    SimDetail,
    SimEntryKind,
    SimLack,
    SimLoss,
    Status,
)
from .errors import DeploymentError
from .filesystem import NativeFileSystem
from .rollout import RolloutInstance

__all__ = ["Entry", "Fault", "FileSystem", "SimHost", "write_time"]


@dataclasses.dataclass(frozen=True)
class Fault(View, struct="cdp_sim_fault"):
    """An error at a chosen call.

    >>> import codedeploy
    >>> from codedeploy import sim
    >>> fs = sim.FileSystem()
    >>> fs.set_fault(sim.Fault(at=1, status=codedeploy.Status.FULL))
    >>> fs.write_file(codedeploy.Root.STATE, "/x", b"")
    Traceback (most recent call last):
    codedeploy.errors.FullError: no space is left
    """

    #: Which call fails, counted from 1 on.
    at: int
    #: What it answers.
    status: int = Status.IO
    #: Whether every later call fails as well.
    persistent: bool = False
    #: Only calls that change something are counted and fail.
    only_changes: bool = False


class FileSystem(NativeFileSystem):
    """A file system in memory, with errors at chosen calls and crashes that lose what is not durable.
    It has the methods of `codedeploy.FileSystem`, too.

    >>> from codedeploy import sim
    >>> fs = sim.FileSystem()
    >>> fs.put_directory("REVISION", "/app")
    >>> [entry.name for entry in fs.list(sim.Root.REVISION, "/")]
    ['app']
    """

    __slots__ = ()

    def __init__(self) -> None:
        out = ffi.new("cdp_sim_fs **")
        check(lib.cdp_sim_fs_new(NULL, out))
        self._begin(out[0], lib.cdp_sim_fs_free, lib.cdp_sim_fs_callbacks)

    def put_directory(self, root: Union[Root, str], path: str, mode: int = 0o755) -> None:
        """Makes a directory, and what is missing on the way; not counted, durable at once."""
        with self._lock:
            check(lib.cdp_sim_fs_put_directory(self._c, word(Root, root), string(path), mode))

    def put_file(self, root: Union[Root, str], path: str, content: Union[bytes, str], mode: int = 0o644) -> None:
        """Makes or replaces a file."""
        with self._lock:
            check(lib.cdp_sim_fs_put_file(self._c, word(Root, root), string(path), mode, string(content)))

    def put_symlink(self, root: Union[Root, str], path: str, target: str) -> None:
        """Makes a symbolic link."""
        with self._lock:
            check(lib.cdp_sim_fs_put_symlink(self._c, word(Root, root), string(path), string(target)))

    def put_other(self, root: Union[Root, str], path: str, mode: int = 0o644) -> None:
        """Makes a device, FIFO or socket."""
        with self._lock:
            check(lib.cdp_sim_fs_put_other(self._c, word(Root, root), string(path), mode))

    def set_device(self, root: Union[Root, str], path: str, device: int) -> None:
        """Puts a directory and what is made below it from now on onto another device."""
        with self._lock:
            check(lib.cdp_sim_fs_set_device(self._c, word(Root, root), string(path), device))

    def set_lacks(self, lacks: SimLack) -> None:
        """What the file system cannot do."""
        with self._lock:
            lib.cdp_sim_fs_set_lacks(self._c, lacks)

    def set_capacity(self, count: int) -> None:
        """How many bytes of file content there is room for."""
        with self._lock:
            lib.cdp_sim_fs_set_capacity(self._c, count)

    def describe(self, root: Union[Root, str]) -> str:
        """A picture of a root: a line for each path."""
        number = word(Root, root)
        with self._lock:
            return _native.written(lambda out: lib.cdp_sim_fs_describe(self._c, number, out))

    def set_fault(self, fault: Optional[Fault]) -> None:
        """Sets the fault, or clears it, and begins to count anew."""
        with self._lock:
            check(lib.cdp_sim_fs_set_fault(self._c, NULL if fault is None else filled(fault, [])))

    def calls(self, only_changes: bool = False) -> int:
        """How many there were since the fault was last set."""
        with self._lock:
            return lib.cdp_sim_fs_call_count(self._c, bool(only_changes))

    def begin_volatile(self) -> None:
        """From now on changes are volatile until a sync."""
        with self._lock:
            check(lib.cdp_sim_fs_begin_volatile(self._c))

    def crash(self, loss: Union[SimLoss, str] = SimLoss.EVERYTHING, seed: int = 0) -> None:
        """Crashes: the tree becomes what is left after the loss."""
        with self._lock:
            check(lib.cdp_sim_fs_crash(self._c, word(SimLoss, loss), seed))


@dataclasses.dataclass(frozen=True)
class _Rule(View, struct="cdp_sim_rule"):
    deployment: int
    nth: int
    kind: Optional[ActionKind]
    never: bool
    target: Optional[str]
    event: Optional[str]
    after_ms: int
    outcome: Outcome
    status: int
    error: EventError
    code: ErrorCode
    message: Optional[str]


@dataclasses.dataclass(frozen=True)
class Entry(View, struct="cdp_sim_entry"):
    """One entry of a host's record. `str()` says what happened.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"))
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
    >>> host = codedeploy.SimHost(codedeploy.DeploymentOptions("d-EXAMPLE01", group, appspec=spec))
    >>> host.run()
    >>> [str(entry) for entry in host.entries if entry.kind == codedeploy.SimEntryKind.CHANGE][-1]
    'd-EXAMPLE01 Succeeded'
    """

    kind: SimEntryKind
    #: The index and the id of the deployment.
    deployment: int
    deployment_id: str
    time_ms: int
    #: The kind of a change, an action or an input; None otherwise.
    change: Optional[ChangeKind]
    action: Optional[ActionKind]
    input: Optional[InputKind]
    target: Optional[int]
    target_id: Optional[str]
    event: Optional[int]
    #: An event's or alarm's.
    name: Optional[str]
    #: Of a change of a status or wait: its number.
    status: int
    #: Percent on the replacement, where it speaks of traffic.
    weight: Optional[int]
    until_ms: Optional[int]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class SimHost(Machine):
    """A simulated host with a virtual clock: it plays a deployment as a script says, makes and plays
    its rollback and what follows, and writes down what happens.

    >>> import codedeploy
    >>> from codedeploy import sim
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"))
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     config_name="CodeDeployDefault.LambdaCanary10Percent5Minutes",
    ...     auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_STOP_ON_REQUEST"}))
    >>> host = sim.SimHost(codedeploy.DeploymentOptions("d-EXAMPLE01", group, appspec=spec))
    >>> host.add_stop(60_000)
    >>> host.run()
    >>> [str(deployment.status) for deployment in host.deployments]
    ['Stopped', 'Succeeded']
    """

    __slots__ = ("options",)
    #: What the first deployment is made from.
    options: DeploymentOptions

    def __init__(
        self,
        options: DeploymentOptions,
        instances: Sequence[Union[RolloutInstance, str]] = (),
        *,
        provisioned: Sequence[Union[RolloutInstance, str]] = (),
        start_ms: int = 0,
        answer_ms: int = 0,
        rollback_appspec: Optional[AppSpec] = None,
        more_ids: Sequence[str] = (),
        step_limit: int = 0,
    ) -> None:
        """A host that plays a deployment on `instances`. `provisioned` is what PROVISION makes,
        `answer_ms` how long actions take of which no rule speaks, `more_ids` are the ids of the
        deployments that the host makes."""
        keep: List[Any] = []
        view = new_view("cdp_sim_host_options")
        view.deployment = filled(options, keep)
        view.instances, view.instance_count = structs("cdp_rollout_instance", _instances(instances), keep)
        made = structs("cdp_rollout_instance", _instances(provisioned), keep)
        view.provisioned, view.provisioned_count = made
        view.start_ms, view.answer_ms, view.step_limit = start_ms, answer_ms, step_limit
        if rollback_appspec is not None:
            view.rollback_appspec = rollback_appspec._c
            keep.append(rollback_appspec._c)
        view.more_ids, view.more_id_count = _native.strings(more_ids, keep)
        found, out = Findings(), ffi.new("cdp_sim_host **")
        check(lib.cdp_sim_host_new(view, NULL, found.c, out), found, DeploymentError)
        self.options = options
        self._begin(out[0], lib.cdp_sim_host_free, found, keep)

    # -- the script ------------------------------------------------------------------------------

    def add_rule(
        self,
        kind: Union[ActionKind, str, None] = None,
        *,
        target: Optional[str] = None,
        event: Optional[str] = None,
        deployment: int = 0,
        nth: int = 0,
        after_ms: int = 0,
        never: bool = False,
        failed: bool = False,
        status: int = Status.OK,
        error: Union[EventError, str] = EventError.SUCCESS,
        code: Union[ErrorCode, str] = ErrorCode.NONE,
        message: Optional[str] = None,
    ) -> None:
        """How actions come out: all of a kind, of a target, of an event, of the deployment of a number
        from 1, or only the `nth` of those. They take `after_ms` or `never` end; they are done, or
        `failed`, or the callback returns `status` at once. The first rule that applies counts."""
        outcome = Outcome.FAILED if failed or error or code else Outcome.DONE
        rule = _Rule(deployment, nth, None if kind is None else ActionKind(word(ActionKind, kind)), never,
                     target, event, after_ms, outcome, status, EventError(word(EventError, error)),
                     ErrorCode(word(ErrorCode, code)), message)
        keep: List[Any] = []
        with self._lock:
            self._input(lib.cdp_sim_host_add_rule(self._c, filled(rule, keep)))

    def add_input(self, at_ms: int, input: DeploymentInput, *, target: Optional[str] = None,
                  deployment: int = 0) -> None:
        """Puts an input in at a time: into the deployment of a number from 1, or the one made last."""
        keep: List[Any] = []
        view, name = new_view("cdp_sim_input"), string(target)
        view.at_ms, view.deployment, view.target = at_ms, deployment, name
        view.input = filled(input, keep)
        with self._lock:
            self._input(lib.cdp_sim_host_add_input(self._c, view))

    def add_stop(self, at_ms: int) -> None:
        """StopDeployment at a time."""
        self.add_input(at_ms, DeploymentInput(InputKind.STOP))

    def add_continue(self, at_ms: int) -> None:
        """ContinueDeployment at a time, whatever is waited for."""
        self.add_input(at_ms, DeploymentInput(InputKind.CONTINUE))

    def add_alarm(self, at_ms: int, name: str, state: Union[AlarmState, str]) -> None:
        """From a time on everybody who asks is told that the alarm is in this state."""
        with self._lock:
            self._input(lib.cdp_sim_host_add_alarm(self._c, at_ms, string(name), word(AlarmState, state)))

    def set_fault(self, fault: Optional[Fault]) -> None:
        """Sets a fault at a chosen call of a callback, or clears it, and begins to count anew."""
        with self._lock:
            check(lib.cdp_sim_host_set_fault(self._c, NULL if fault is None else filled(fault, [])))

    def calls(self, only_changes: bool = False) -> int:
        """How many there were since the fault was last set."""
        with self._lock:
            return lib.cdp_sim_host_call_count(self._c, bool(only_changes))

    # -- playing ---------------------------------------------------------------------------------

    def run(self, until_ms: Optional[int] = None) -> None:
        """Plays on until nothing more is due by then; None: to the end."""
        with self._lock:
            self._input(lib.cdp_sim_host_run(self._c, NEVER if until_ms is None else until_ms))

    @property
    def now(self) -> Optional[int]:
        """What the clock shows; None before the start."""
        with self._lock:
            instant = lib.cdp_sim_host_now(self._c)
        return None if instant < 0 else instant

    @property
    def deployments(self) -> Tuple[Deployment, ...]:
        """The deployments, in the order in which they were made, to look at."""
        made = []
        with self._lock:
            for i in range(lib.cdp_sim_host_deployment_count(self._c)):
                pointer = ffi.cast("cdp_deployment *", lib.cdp_sim_host_deployment_at(self._c, i))
                one = adopt(PlayedDeployment, pointer, owner=self._c)
                one.options, one._lock, one._found = self.options, self._lock, Findings()
                one._kept = self._kept
                made.append(one)
        return tuple(made)

    @property
    def entries(self) -> Tuple[Entry, ...]:
        """What happened so far."""
        view, entries = new_view("cdp_sim_entry"), []
        with self._lock:
            for i in range(lib.cdp_sim_host_entry_count(self._c)):
                check(lib.cdp_sim_host_entry_at(self._c, i, view))
                entries.append(Entry._read(view))
        return tuple(entries)

    def render(self, detail: Union[SimDetail, str] = SimDetail.CHANGES) -> str:
        """The record as text for people and golden tests."""
        number = word(SimDetail, detail)
        with self._lock:
            return _native.written(lambda out: lib.cdp_sim_host_render(self._c, number, out))


class PlayedDeployment(Deployment):
    """A deployment of a `SimHost`, to look at: the host alone puts things in."""

    __slots__ = ()

    def _input(self, status: int) -> None:
        raise TypeError("this deployment belongs to a SimHost")

    def put(self, now: int, input: Optional[DeploymentInput] = None) -> None:
        raise TypeError("this deployment belongs to a SimHost")

    start = add_target = stop = answer = continue_ = alarm = next_action = replay = put  # type: ignore[assignment]


def _instances(instances: Sequence[Union[RolloutInstance, str]]) -> List[RolloutInstance]:
    return [RolloutInstance(one) if isinstance(one, str) else one for one in instances]


def write_time(time_ms: int) -> str:
    """A time as records write it.

    >>> from codedeploy import sim
    >>> sim.write_time(420_000)
    '0:07:00.000'
    """
    return _native.written(lambda out: lib.cdp_sim_write_time(time_ms, out))
