# SPDX-License-Identifier: MIT
"""Lifecycles: the events that a target goes through, and how far it is."""

import dataclasses
from typing import Any, Iterator, List, Optional, Sequence, Tuple, Union

from . import _native
from ._ffi import ffi, lib
from ._native import (
    NULL,
    Machine,
    Native,
    View,
    adopt,
    check,
    deadline,
    new_view,
    pointer,
    string,
    structs,
    word,
)
from .diagnostics import NONE, Diagnostics, Findings
from .enums import (
    DeploymentCreator,
    Event,
    EventError,
    EventStatus,
    LifecycleActionKind,
    LifecycleReason,
    Platform,
    ReadyAction,
    RevisionSource,
    Scenario,
    TargetStatus,
    WaitType,
)

__all__ = [
    "Lifecycle",
    "LifecycleAction",
    "LifecycleChange",
    "LifecycleEvent",
    "LifecycleEventRecord",
    "LifecyclePlan",
    "event_error_from_agent",
    "reason_message",
]


@dataclasses.dataclass(frozen=True)
class LifecycleEvent(View, struct="cdp_lifecycle_event_info"):
    """One event of a plan.

    >>> import codedeploy
    >>> event = next(iter(codedeploy.LifecyclePlan.find("Server")))
    >>> event.name, event.scriptable, str(event.revision)
    ('ApplicationStop', True, 'last-successful')
    """

    name: str
    #: Whether a script or function of the AppSpec may run.
    scriptable: bool = False
    #: Where the script is taken from.
    revision: RevisionSource = RevisionSource.NONE
    #: How long it may run; 0: no limit.
    run_limit_ms: int = 0
    #: How long after the target's start or the event before it may begin; 0: no limit.
    start_limit_ms: int = 0
    #: Whether its failure can make CodeDeploy roll back.
    may_roll_back: bool = False
    #: Whether `ignore_application_stop_failures` covers it.
    ignorable: bool = False
    #: CUSTOM when the API has no event of that name.
    event: Event = Event.CUSTOM
    #: What may have to be waited for before and after it.
    wait_before: WaitType = WaitType.NONE
    wait_after: WaitType = WaitType.NONE


class LifecyclePlan(Native):
    """An ordered list of lifecycle events; immutable.

    >>> import codedeploy
    >>> plan = codedeploy.LifecyclePlan.find("Lambda")
    >>> [event.name for event in plan]
    ['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic']
    """

    __slots__ = ("diagnostics",)
    #: What was found when it was made.
    diagnostics: Diagnostics

    def __init__(self, events: Sequence[LifecycleEvent], *,
                 platform: Union[Platform, str] = Platform.AUTO) -> None:
        """A plan of the host's own, for deployments that are not CodeDeploy's.

        >>> import codedeploy
        >>> plan = codedeploy.LifecyclePlan([codedeploy.LifecycleEvent("Migrate")])
        >>> plan.scenario
        <Scenario.CUSTOM: 14>
        """
        keep: List[Any] = []
        array, count = structs("cdp_lifecycle_event_info", events, keep)
        found, out = Findings(), ffi.new("cdp_lifecycle_plan **")
        status = lib.cdp_lifecycle_plan_new(word(Platform, platform), array, count, NULL, found.c, out)
        self._own(status, found, out)

    def _own(self, status: int, found: Findings, out: Any) -> None:
        check(status, found)
        self._c = ffi.gc(out[0], lib.cdp_lifecycle_plan_free)
        self.diagnostics = found.take()

    @classmethod
    def _borrow(cls, pointer: Any, owner: Any) -> "LifecyclePlan":
        plan = adopt(cls, ffi.cast("cdp_lifecycle_plan *", pointer), owner=owner)
        plan.diagnostics = NONE
        return plan

    @classmethod
    def find(cls, platform: Union[Platform, str],
             scenario: Union[Scenario, str] = Scenario.DEFAULT) -> "LifecyclePlan":
        """The standard plan of a platform and scenario.

        >>> import codedeploy
        >>> len(codedeploy.LifecyclePlan.find("Server", "in-place-load-balancer"))
        13
        """
        found = lib.cdp_lifecycle_plan_find(word(Platform, platform), word(Scenario, scenario))
        if not found:
            raise ValueError(f"{platform!s} has no scenario {scenario!s}")
        return cls._borrow(found, None)

    @classmethod
    def standard(cls) -> "Tuple[LifecyclePlan, ...]":
        """All standard plans, each platform's default first."""
        count = lib.cdp_lifecycle_plan_standard_count()
        return tuple(cls._borrow(lib.cdp_lifecycle_plan_standard_at(i), None) for i in range(count))

    @classmethod
    def local(cls, events: Sequence[str] = (), hooks: Optional[Sequence[str]] = None) -> "LifecyclePlan":
        """What `codedeploy-local` runs: the usual order, or the events that are named. With `hooks`,
        the events that the AppSpec hooks, names of one's own are checked against them.

        >>> import codedeploy
        >>> [e.name for e in codedeploy.LifecyclePlan.local(["AfterInstall"])]
        ['DownloadBundle', 'Install', 'AfterInstall']
        """
        keep: List[Any] = []
        local = new_view("cdp_lifecycle_local")
        local.events, local.event_count = _native.strings(events, keep)
        local.hooks, local.hook_count = _native.strings(hooks, keep)
        local.has_hooks = hooks is not None
        found, out = Findings(), ffi.new("cdp_lifecycle_plan **")
        plan = object.__new__(cls)
        plan._own(lib.cdp_lifecycle_plan_new_local(local, NULL, found.c, out), found, out)
        return plan

    @property
    def platform(self) -> Platform:
        return Platform(lib.cdp_lifecycle_plan_platform(self._c))

    @property
    def scenario(self) -> Scenario:
        return Scenario(lib.cdp_lifecycle_plan_scenario(self._c))

    def __len__(self) -> int:
        return lib.cdp_lifecycle_plan_event_count(self._c)

    def __getitem__(self, index: int) -> LifecycleEvent:
        view, count = new_view("cdp_lifecycle_event_info"), len(self)
        if not -count <= index < count:
            raise IndexError("there is no such event")
        check(lib.cdp_lifecycle_plan_event_at(self._c, index % count, view))
        return LifecycleEvent._read(view)

    def __iter__(self) -> Iterator[LifecycleEvent]:
        return (self[i] for i in range(len(self)))

    def index(self, name: str) -> int:
        """The index of the first event of that name."""
        found = lib.cdp_lifecycle_plan_event_find(self._c, string(name))
        if found == len(self):
            raise ValueError(f"the plan has no event {name!r}")
        return found

    def revision(self, event: Union[int, str], creator: Union[DeploymentCreator, str, None] = None, *,
                 has_archive: bool = False) -> RevisionSource:
        """Which revision the script of an event is taken from; `creator`: who started the deployment,
        `has_archive`: the host has an archive of it already.

        >>> import codedeploy
        >>> codedeploy.LifecyclePlan.find("Server").revision("ApplicationStop")
        <RevisionSource.LAST_SUCCESSFUL: 2>
        """
        index = self.index(event) if isinstance(event, str) else event
        who = 0 if creator is None else word(DeploymentCreator, creator)
        return RevisionSource(lib.cdp_lifecycle_plan_revision(self._c, index, who, bool(has_archive)))

    def __repr__(self) -> str:
        if self.closed:
            return "<LifecyclePlan, closed>"
        return f"<LifecyclePlan {self.platform} {self.scenario}>"


@dataclasses.dataclass(frozen=True)
class LifecycleAction(View, struct="cdp_lifecycle_action"):
    """What the host does next.

    >>> import codedeploy
    >>> target = codedeploy.Lifecycle(codedeploy.LifecyclePlan.find("Lambda"))
    >>> target.start(0)
    >>> str(target.next.kind), target.plan[target.next.event].name
    ('BEGIN', 'BeforeAllowTraffic')
    """

    kind: LifecycleActionKind
    wait: WaitType
    #: When `step()` is due; None: never.
    deadline_ms: Optional[int]
    #: The event that comes next or is in progress.
    event: Optional[int] = None


@dataclasses.dataclass(frozen=True)
class LifecycleEventRecord(View, struct="cdp_lifecycle_event_record"):
    """One event of a target, as the API's LifecycleEvent.

    >>> import codedeploy
    >>> target = codedeploy.Lifecycle(codedeploy.LifecyclePlan.find("Lambda"))
    >>> target.start(0)
    >>> target.begin(10, "BeforeAllowTraffic")
    >>> record = target.events[0]
    >>> record.name, str(record.status), record.start_ms, record.end_ms
    ('BeforeAllowTraffic', 'InProgress', 10, None)
    """

    name: str
    status: EventStatus
    error: EventError
    reason: LifecycleReason
    #: When it began and ended; None where it did not.
    start_ms: Optional[int]
    end_ms: Optional[int]
    message: Optional[str]


@dataclasses.dataclass(frozen=True)
class LifecycleChange(View, struct="cdp_lifecycle_change"):
    """A status that the last accepted input has changed: an event's, or the target's.

    >>> import codedeploy
    >>> target = codedeploy.Lifecycle(codedeploy.LifecyclePlan.find("Lambda"))
    >>> target.start(0)
    >>> target.begin(10, "BeforeAllowTraffic")
    >>> [(change.event, str(change.event_status)) for change in target.changes]
    [(0, 'InProgress')]
    """

    event_status: Optional[EventStatus]
    target_status: Optional[TargetStatus]
    #: None for the target itself.
    event: Optional[int] = None


class Lifecycle(Machine):
    """One target on its way through a plan. Times are milliseconds on the host's own axis.

    >>> import codedeploy
    >>> target = codedeploy.Lifecycle(codedeploy.LifecyclePlan.find("Lambda"))
    >>> target.start(0)
    >>> target.next.event
    0
    >>> target.begin(10, "BeforeAllowTraffic")
    >>> target.finish(20, 0, error="ScriptFailed", message="exit status 1")
    >>> target.status, target.events[0].message
    (<TargetStatus.FAILED: 4>, 'exit status 1')
    """

    __slots__ = ("plan",)
    #: The plan that it follows.
    plan: LifecyclePlan

    def __init__(
        self,
        plan: LifecyclePlan,
        *,
        ignore_application_stop_failures: bool = False,
        ready_action: Union[ReadyAction, str] = ReadyAction.CONTINUE_DEPLOYMENT,
        ready_wait_ms: int = 0,
        termination_wait_ms: int = 0,
        message_bytes: int = 4096,
    ) -> None:
        """A Pending target. `message_bytes` of the last failure's message are kept; the other options
        are those of a deployment."""
        options = new_view("cdp_lifecycle_options")
        options.ignore_application_stop_failures = bool(ignore_application_stop_failures)
        options.ready_action = word(ReadyAction, ready_action)
        options.ready_wait_ms = ready_wait_ms
        options.termination_wait_ms = termination_wait_ms
        options.message_bytes = message_bytes
        found, out = Findings(), ffi.new("cdp_lifecycle **")
        check(lib.cdp_lifecycle_new(pointer(plan), options, NULL, found.c, out), found)
        self._own(plan, found, out)

    def _own(self, plan: LifecyclePlan, found: Findings, out: Any) -> None:
        self.plan = plan
        self._begin(out[0], lib.cdp_lifecycle_free, found, plan._c)

    @classmethod
    def restore(cls, snapshot: Union[str, bytes], plan: Optional[LifecyclePlan] = None) -> "Lifecycle":
        """A target from a snapshot; `plan` when it was not a standard one.

        >>> import codedeploy
        >>> target = codedeploy.Lifecycle(codedeploy.LifecyclePlan.find("ECS"))
        >>> codedeploy.Lifecycle.restore(target.snapshot()).status
        <TargetStatus.PENDING: 1>
        """
        found, out = Findings(), ffi.new("cdp_lifecycle **")
        given = pointer(plan) if plan is not None else NULL
        check(lib.cdp_lifecycle_restore(string(snapshot), given, NULL, found.c, out), found)
        target = object.__new__(cls)
        if plan is None:
            plan = LifecyclePlan._borrow(lib.cdp_lifecycle_get_plan(out[0]), None)
        target._own(plan, found, out)
        return target

    def _event(self, event: Union[int, str]) -> int:
        return self.plan.index(event) if isinstance(event, str) else event

    # -- inputs ----------------------------------------------------------------------------------

    def start(self, now: int) -> None:
        """The target's turn has come; from now on its first event is due."""
        with self._lock:
            self._input(lib.cdp_lifecycle_start(self._c, now, self._found.c))

    def begin(self, now: int, event: Union[int, str]) -> None:
        """An event, by its index or name, has begun."""
        with self._lock:
            self._input(lib.cdp_lifecycle_begin(self._c, now, self._event(event), self._found.c))

    def finish(
        self,
        now: int,
        event: Union[int, str],
        *,
        error: Union[EventError, str] = EventError.SUCCESS,
        message: Optional[str] = None,
    ) -> None:
        """An event has ended: well, or with an error."""
        result, kept = new_view("cdp_lifecycle_result"), string(message)
        result.error = word(EventError, error)
        result.status = EventStatus.FAILED if result.error else EventStatus.SUCCEEDED
        result.message = kept
        with self._lock:
            self._input(lib.cdp_lifecycle_finish(self._c, now, self._event(event), result, self._found.c))

    def no_op(self, now: int, event: Union[int, str]) -> None:
        """An event has nothing to run: it begins and succeeds in the same instant."""
        with self._lock:
            self._input(lib.cdp_lifecycle_no_op(self._c, now, self._event(event), self._found.c))

    def stop(self, now: int) -> None:
        """The deployment is stopped."""
        with self._lock:
            self._input(lib.cdp_lifecycle_stop(self._c, now, self._found.c))

    def skip(self, now: int) -> None:
        """The deployment ended before this target's turn came."""
        with self._lock:
            self._input(lib.cdp_lifecycle_skip(self._c, now, self._found.c))

    def lose_contact(self, now: int) -> None:
        """Nothing more will be heard from the target."""
        with self._lock:
            self._input(lib.cdp_lifecycle_lose_contact(self._c, now, self._found.c))

    def continue_(self, now: int, wait: Union[WaitType, str]) -> None:
        """A wait is ended by somebody (ContinueDeployment)."""
        with self._lock:
            self._input(lib.cdp_lifecycle_continue(self._c, now, word(WaitType, wait), self._found.c))

    def step(self, now: int) -> None:
        """Time has passed: what was due happens, with the time at which it was due."""
        with self._lock:
            self._input(lib.cdp_lifecycle_step(self._c, now, self._found.c))

    # -- what is ---------------------------------------------------------------------------------

    @property
    def status(self) -> TargetStatus:
        with self._lock:
            return TargetStatus(lib.cdp_lifecycle_get_status(self._c))

    @property
    def reason(self) -> LifecycleReason:
        """Why the status is final."""
        with self._lock:
            return LifecycleReason(lib.cdp_lifecycle_get_reason(self._c))

    @property
    def now(self) -> Optional[int]:
        """The time of the last accepted input."""
        with self._lock:
            instant = lib.cdp_lifecycle_now(self._c)
        return None if instant < 0 else instant

    @property
    def next_deadline(self) -> Optional[int]:
        """When to call `step()` if nothing happens before; None: never."""
        with self._lock:
            return deadline(lib.cdp_lifecycle_next_deadline(self._c))

    @property
    def next(self) -> LifecycleAction:
        """What the host does next."""
        view = new_view("cdp_lifecycle_action")
        with self._lock:
            check(lib.cdp_lifecycle_next(self._c, view))
        return dataclasses.replace(LifecycleAction._read(view), event=self._or_none(view.event))

    def _or_none(self, event: int) -> Optional[int]:
        return None if event == len(self.plan) else event

    @property
    def events(self) -> Tuple[LifecycleEventRecord, ...]:
        """How each event of the plan stands."""
        view, records = new_view("cdp_lifecycle_event_record"), []
        with self._lock:
            for i in range(len(self.plan)):
                check(lib.cdp_lifecycle_event_at(self._c, i, view))
                records.append(LifecycleEventRecord._read(view))
        return tuple(records)

    @property
    def changes(self) -> Tuple[LifecycleChange, ...]:
        """What the last accepted input has changed: events in their order, then the target."""
        view, changes = new_view("cdp_lifecycle_change"), []
        with self._lock:
            for i in range(lib.cdp_lifecycle_change_count(self._c)):
                check(lib.cdp_lifecycle_change_at(self._c, i, view))
                change = LifecycleChange._read(view)
                changes.append(dataclasses.replace(change, event=self._or_none(view.event)))
        return tuple(changes)

    def snapshot(self) -> str:
        """The whole state as one line of JSON, for `restore()`."""
        with self._lock:
            return _native.written(lambda out: lib.cdp_lifecycle_snapshot(self._c, out))


def reason_message(reason: Union[LifecycleReason, str]) -> str:
    """A sentence for people.

    >>> import codedeploy
    >>> codedeploy.reason_message("stopped")
    'The deployment was stopped.'
    """
    message = lib.cdp_lifecycle_reason_message(word(LifecycleReason, reason))
    return str(ffi.string(message), "utf-8")


def event_error_from_agent(code: int) -> EventError:
    """The API's error code for a number that the official agent writes.

    >>> import codedeploy
    >>> codedeploy.event_error_from_agent(6)
    <EventError.UNKNOWN_ERROR: 5>
    """
    return EventError(lib.cdp_event_error_from_agent(code))
