# SPDX-License-Identifier: MIT
"""Rollbacks, seen before they happen: whether, to what, in which steps, with which losses."""

import dataclasses
from typing import Any, Callable, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

from . import _native
from ._ffi import ffi, lib
from ._native import NULL, Native, View, adopt, check, filled, new_view, pointer, string, structs, word
from .config import DeploymentConfig
from .diagnostics import Diagnostics, Findings
from .enums import (
    DeploymentCreator,
    DeploymentStatus,
    DeploymentType,
    Event,
    FileExistsBehavior,
    InstanceHealth,
    Platform,
    RevisionHealth,
    RevisionSource,
    RollbackBasis,
    RollbackCause,
    RollbackEffectKind,
    RollbackEvent,
    RollbackFileChange,
    RollbackKind,
    RollbackPart,
    RollbackRecord,
    RollbackRefusal,
    RollbackStepKind,
    RollbackStopFlag,
    Scenario,
    TargetStatus,
)
from .group import AutoRollback, Revision, _bits

__all__ = [
    "PastDeployment",
    "RollbackEffect",
    "RollbackFile",
    "RollbackInfo",
    "RollbackPlan",
    "RollbackSituation",
    "RollbackStep",
    "RollbackStepEvent",
    "RollbackTarget",
    "RollbackPlanTarget",
    "part_message",
    "part_takes_part",
    "refusal_message",
    "refusal_source",
]


@dataclasses.dataclass(frozen=True)
class PastDeployment(View, struct="cdp_rollback_past"):
    """A deployment of the same group that has ended, or another that the host remembers.

    >>> import codedeploy
    >>> good = codedeploy.PastDeployment(
    ...     "d-EARLIER01", status="Succeeded", revision=codedeploy.Revision.s3("bucket", "old.zip", "zip"))
    >>> situation = codedeploy.RollbackSituation("Server", status="Failed", past=(good,),
    ...     auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}))
    >>> codedeploy.RollbackPlan(situation).info.source_id
    'd-EARLIER01'
    """

    id: str
    status: DeploymentStatus
    creator: DeploymentCreator = DeploymentCreator.USER
    #: What it deployed; None when that is not known.
    revision: Optional[Revision] = None
    config_name: Optional[str] = None
    file_exists_behavior: FileExistsBehavior = FileExistsBehavior.UNSET
    #: Whether the revision is known to be gone.
    revision_missing: bool = False
    #: Milliseconds since 1970; 0 when not known.
    create_time_ms: int = 0
    end_time_ms: int = 0

    def _fill(self, keep: List[Any]) -> Any:
        view = super()._fill(keep)
        if self.revision is not None:
            view.revision = filled(self.revision, keep)
        return view


def past_array(past: Sequence[PastDeployment], keep: List[Any]) -> Tuple[Any, int]:
    """`const cdp_rollback_past *` and how many there are."""
    array, count = structs("cdp_rollback_past", past, keep)
    for i, one in enumerate(past):
        if one.revision is not None:
            array[i].revision = filled(one.revision, keep)
    return array, count


@dataclasses.dataclass(frozen=True)
class RollbackTarget(View, struct="cdp_rollback_target"):
    """One target of the deployment that would be rolled back.

    >>> import codedeploy
    >>> good = codedeploy.PastDeployment(
    ...     "d-EARLIER01", status="Succeeded", revision=codedeploy.Revision.s3("bucket", "old.zip", "zip"))
    >>> plan = codedeploy.RollbackPlan(codedeploy.RollbackSituation("Server", status="Failed", past=(good,),
    ...     auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}),
    ...     targets=(codedeploy.RollbackTarget("i-1", status="Failed", begun=True, events=(codedeploy.Event.INSTALL,),
    ...         events_done=(codedeploy.Event.INSTALL,)),)))
    >>> [(target.id, str(target.part)) for target in plan.targets]
    [('i-1', 'redeploy')]
    """

    id: str
    zone: Optional[str] = None
    #: Blue/green on Server: whether it is an instance of the original fleet.
    original: bool = False
    status: TargetStatus = TargetStatus.PENDING
    #: Whether its turn came.
    begun: bool = False
    #: The events that have begun, and those of them that ended well.
    events: Tuple[Event, ...] = ()
    events_done: Tuple[Event, ...] = ()
    #: The event that failed; CUSTOM for none.
    failed_event: Event = Event.CUSTOM
    #: Blue/green on Server: whether it gets traffic now, and did when the deployment began.
    has_traffic: bool = False
    had_traffic: bool = False
    #: In place: whether it ran the earlier revision when the deployment began.
    on_good_revision: bool = False
    instance_health: InstanceHealth = InstanceHealth.UNHEALTHY
    revision_health: RevisionHealth = RevisionHealth.UNKNOWN
    #: Whether it is terminated, or has left the group.
    gone: bool = False


@dataclasses.dataclass(frozen=True)
class RollbackFile(View, struct="cdp_rollback_file"):
    """What a deployment did with a path on its targets.

    >>> import codedeploy
    >>> good = codedeploy.PastDeployment(
    ...     "d-EARLIER01", status="Succeeded", revision=codedeploy.Revision.s3("bucket", "old.zip", "zip"))
    >>> plan = codedeploy.RollbackPlan(codedeploy.RollbackSituation("Server", status="Failed", past=(good,),
    ...     auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}), compatible_install=True,
    ...     targets=(codedeploy.RollbackTarget("i-1", status="Failed", begun=True, events=(codedeploy.Event.INSTALL,)),),
    ...     files=(codedeploy.RollbackFile("/srv/app", codedeploy.RollbackFileChange.OVERWRITTEN),)))
    >>> [str(loss) for loss in plan.losses if loss.path]
    ['What /srv/app held before the deployment is lost.']
    """

    path: str
    change: RollbackFileChange
    #: Whether the earlier revision installs a file at this path.
    in_earlier_revision: bool = False


@dataclasses.dataclass(frozen=True)
class RollbackSituation(View, struct="cdp_rollback_situation"):
    """Where a deployment stands.

    >>> import codedeploy
    >>> situation = codedeploy.RollbackSituation(
    ...     "Lambda", status="Failed", weight=10, auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}))
    >>> plan = codedeploy.RollbackPlan(situation)
    >>> plan.info.possible, plan.info.weight_before, plan.info.weight_after
    (True, 10, 0)
    """

    platform: Platform
    cause: RollbackCause = RollbackCause.FAILURE
    #: None: the platform's own.
    deployment_type: Optional[DeploymentType] = None
    with_traffic_control: bool = False
    creator: DeploymentCreator = DeploymentCreator.USER
    #: The deployment that is rolled back; for a manual redeploy the group's last one.
    deployment_id: Optional[str] = None
    #: One that is not final: what if the cause came now.
    status: DeploymentStatus = DeploymentStatus.IN_PROGRESS
    stop_flag: RollbackStopFlag = RollbackStopFlag.NOT_SAID
    #: The effective automatic rollback: the deployment's own, or its group's.
    auto_rollback: AutoRollback = AutoRollback(False)
    #: Whether it was stopped because nobody continued it while it was Ready.
    ready_expired: bool = False
    #: What it ran with; None: the platform's default.
    config: Optional[DeploymentConfig] = None
    #: What it deployed.
    revision: Optional[Revision] = None
    failed_event: Event = Event.CUSTOM
    ignore_application_stop_failures: bool = False
    file_exists_behavior: FileExistsBehavior = FileExistsBehavior.UNSET
    manual_file_exists_behavior: FileExistsBehavior = FileExistsBehavior.UNSET
    #: The events that run a script or function; None: not known.
    hooks: Optional[Tuple[Event, ...]] = None
    #: Whether the hosts install in the official agent's order.
    compatible_install: bool = False
    #: Lambda and ECS: percent of the production traffic that the replacement gets now.
    weight: int = 0
    #: ECS: whether there is a test listener, and whether it leads to the replacement.
    test_listener: bool = False
    test_traffic: bool = False
    replacement_exists: bool = False
    original_gone: bool = False
    targets: Tuple[RollbackTarget, ...] = ()
    #: The group's deployments, the oldest first.
    past: Tuple[PastDeployment, ...] = ()
    #: Manual: the id of the deployment in `past` whose revision is wanted; None: the last that succeeded.
    wanted_id: Optional[str] = None
    #: What events took so far on one target, in milliseconds; -1 of one that has nothing to run.
    event_ms: Union[Mapping[Event, int], Tuple[Tuple[Event, int], ...]] = ()
    #: How long a change of weights takes; 0: 3 seconds.
    reroute_ms: int = 0
    #: What the deployment did with files, as far as the host knows.
    files: Tuple[RollbackFile, ...] = ()

    def _fill(self, keep: List[Any]) -> Any:
        view = super()._fill(keep)
        view.auto_rollback_enabled = self.auto_rollback.enabled
        view.auto_rollback_events = _bits(RollbackEvent, self.auto_rollback.events)
        if self.config is not None:
            view.config = pointer(self.config)
        if self.revision is not None:
            view.revision = filled(self.revision, keep)
        if self.hooks is not None:
            view.hooks_known, view.hooks = 1, _bits(Event, self.hooks)
        view.targets, view.target_count = structs("cdp_rollback_target", self.targets, keep)
        for i, target in enumerate(self.targets):
            view.targets[i].events = _bits(Event, target.events)
            view.targets[i].events_done = _bits(Event, target.events_done)
        view.past, view.past_count = past_array(self.past, keep)
        if self.wanted_id is not None:
            ids = [past.id for past in self.past]
            if self.wanted_id not in ids:
                raise ValueError(f"there is no past deployment {self.wanted_id!r}")
            view.wanted = ids.index(self.wanted_id) + 1
        durations = dict(self.event_ms)
        if durations:
            known = [durations.get(Event(n), 0) for n in range(len(Event))]
            array = ffi.new("int64_t[]", known)
            keep.append(array)
            view.event_ms, view.event_ms_count = array, len(known)
        view.files, view.file_count = structs("cdp_rollback_file", self.files, keep)
        return view


@dataclasses.dataclass(frozen=True)
class RollbackInfo(View, struct="cdp_rollback_plan_info"):
    """The answer as a whole.

    >>> import codedeploy
    >>> situation = codedeploy.RollbackSituation(
    ...     "Lambda", status="Failed", weight=10, auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}))
    >>> plan = codedeploy.RollbackPlan(situation)
    >>> plan.info.wanted, str(plan.info.kind), plan.info.message
    (True, 'reroute', 'The alias goes back to the original version at once, from 10 percent on the new one.')
    """

    possible: bool
    #: Whether one was asked for, or is configured for the cause.
    wanted: bool
    refusal: RollbackRefusal
    #: What will happen, or why nothing will.
    message: str
    kind: RollbackKind
    cause: RollbackCause
    platform: Platform
    deployment_type: DeploymentType
    scenario: Scenario
    #: What the deployment that is rolled back ends as; None for a manual one.
    triggering_status: Optional[DeploymentStatus]
    triggering_id: Optional[str]
    # Of the new deployment.
    creator: Optional[DeploymentCreator]
    #: The deployment whose revision comes back.
    source_id: Optional[str]
    same_revision: bool
    revision_missing: bool
    file_exists_behavior: FileExistsBehavior
    ignore_application_stop_failures: bool
    zones_ignored: bool
    #: How many instances have to stay healthy; None where the configuration's own minimum holds.
    minimum: Optional[int]
    runs_hooks: bool
    #: Percent of the traffic that the replacement gets before and after; None on Server.
    weight_before: Optional[int]
    weight_after: Optional[int]
    test_traffic_before: bool
    test_traffic_after: bool
    #: How long it takes, and what that is worth.
    duration_ms: Optional[int]
    duration_basis: RollbackBasis
    revision: Optional[Revision] = None
    #: The name of the configuration that it runs with.
    config_name: Optional[str] = None


@dataclasses.dataclass(frozen=True)
class RollbackStepEvent(View, struct="cdp_rollback_step_event"):
    """One event that a target of a step goes through.

    >>> import codedeploy
    >>> good = codedeploy.PastDeployment(
    ...     "d-EARLIER01", status="Succeeded", revision=codedeploy.Revision.s3("bucket", "old.zip", "zip"))
    >>> plan = codedeploy.RollbackPlan(codedeploy.RollbackSituation("Server", status="Failed", past=(good,),
    ...     auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}),
    ...     targets=(codedeploy.RollbackTarget("i-1", status="Failed", begun=True),)))
    >>> [event.name for step in plan.steps for event in step.events][:2]
    ['ApplicationStop', 'DownloadBundle']
    """

    event: Event
    scriptable: bool
    #: Where a script is taken from.
    revision: RevisionSource
    name: str


@dataclasses.dataclass(frozen=True)
class RollbackStep(View, struct="cdp_rollback_step"):
    """One step of a rollback. `str()` says it in a sentence.

    >>> import codedeploy
    >>> situation = codedeploy.RollbackSituation(
    ...     "Lambda", status="Failed", weight=10, auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}))
    >>> plan = codedeploy.RollbackPlan(situation)
    >>> [str(step) for step in plan.steps]
    ['The alias leads to the original version again, with all traffic at once; the new version has 10 percent.']
    """

    kind: RollbackStepKind
    scenario: Scenario
    #: Percent of the traffic before and after; None where the step does not change it by weights.
    weight_before: Optional[int]
    weight_after: Optional[int]
    #: Its targets: `target_count` of the plan's from this index.
    first_target: int
    target_count: int
    #: How many targets are worked on at a time at most.
    concurrency: int
    duration_ms: Optional[int]
    duration_basis: RollbackBasis
    sentence: str
    events: Tuple[RollbackStepEvent, ...] = ()

    def __str__(self) -> str:
        return self.sentence


@dataclasses.dataclass(frozen=True)
class RollbackPlanTarget(View, struct="cdp_rollback_plan_target"):
    """A target of the plan.

    >>> import codedeploy
    >>> good = codedeploy.PastDeployment(
    ...     "d-EARLIER01", status="Succeeded", revision=codedeploy.Revision.s3("bucket", "old.zip", "zip"))
    >>> plan = codedeploy.RollbackPlan(codedeploy.RollbackSituation("Server", status="Failed", past=(good,),
    ...     auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}),
    ...     targets=(codedeploy.RollbackTarget("i-1"),)))
    >>> [(target.id, str(target.part)) for target in plan.targets]
    [('i-1', 'redeploy')]
    """

    id: str
    zone: Optional[str]
    #: Its index in the situation.
    index: int
    original: bool
    part: RollbackPart
    #: The step it is part of; None for one that is left out.
    step: Optional[int]
    instance_health: InstanceHealth
    revision_health: RevisionHealth
    #: Whose revision's scripts run for the events that take the last successful and the most recent.
    last_successful_id: Optional[str]
    most_recent_id: Optional[str]


@dataclasses.dataclass(frozen=True)
class RollbackEffect(View, struct="cdp_rollback_effect"):
    """What comes back, or does not. `str()` says it in a sentence.

    >>> import codedeploy
    >>> situation = codedeploy.RollbackSituation(
    ...     "Lambda", status="Failed", weight=10, auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}))
    >>> plan = codedeploy.RollbackPlan(situation)
    >>> [str(effect) for effect in plan.restores]
    ['The original gets all production traffic.']
    """

    kind: RollbackEffectKind
    #: How many targets it concerns, and the one when it is only one.
    target_count: int
    target: Optional[int]
    path: Optional[str]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def _free_with(borrowed: Any) -> Callable[[Any], None]:
    """Frees a plan; what it borrows lives as long."""

    def free(pointer: Any, _borrowed: Any = borrowed) -> None:
        lib.cdp_rollback_plan_free(pointer)

    return free


class RollbackPlan(Native):
    """What rolling back would do; immutable.

    >>> import codedeploy
    >>> plan = codedeploy.RollbackPlan(codedeploy.RollbackSituation(
    ...     "Lambda", weight=10, auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"})))
    >>> plan.info.possible, [str(step.kind) for step in plan.steps]
    (True, ['set-traffic'])
    """

    __slots__ = ("diagnostics",)
    #: What was found when it was made.
    diagnostics: Diagnostics

    def __init__(self, situation: RollbackSituation) -> None:
        """Plans. A plan that is not possible says why; a situation that contradicts itself raises
        `InvalidError`."""
        keep: List[Any] = []
        found, out = Findings(), ffi.new("cdp_rollback_plan **")
        check(lib.cdp_rollback_plan_new(filled(situation, keep), NULL, found.c, out), found)
        config = pointer(situation.config) if situation.config is not None else None
        self._c = ffi.gc(out[0], _free_with(config))
        self.diagnostics = found.take()

    @classmethod
    def _own(cls, pointer: Any, found: Findings, owner: Any) -> "RollbackPlan":
        plan = adopt(cls, pointer, _free_with(owner))
        plan.diagnostics = found.take()
        return plan

    @property
    def info(self) -> RollbackInfo:
        """The answer as a whole."""
        c, view = self._c, new_view("cdp_rollback_plan_info")
        check(lib.cdp_rollback_plan_get_info(c, view))
        name = lib.cdp_config_name(view.config) if view.config else None
        return RollbackInfo._read(
            view, revision=Revision._read(view.revision) if view.revision else None,
            config_name=_native.optional(name) if name is not None else None)

    @property
    def steps(self) -> Tuple[RollbackStep, ...]:
        """What is done, step by step."""
        c, view, event = self._c, new_view("cdp_rollback_step"), new_view("cdp_rollback_step_event")
        steps = []
        for i in range(lib.cdp_rollback_plan_step_count(c)):
            check(lib.cdp_rollback_plan_step_at(c, i, view))
            events = []
            for k in range(view.event_count):
                check(lib.cdp_rollback_plan_step_event_at(c, i, k, event))
                events.append(RollbackStepEvent._read(event))
            steps.append(RollbackStep._read(view, events=tuple(events)))
        return tuple(steps)

    @property
    def targets(self) -> Tuple[RollbackPlanTarget, ...]:
        """All targets: those of the first step, of the second …, and those that are left out."""
        return tuple(self._all(RollbackPlanTarget, lib.cdp_rollback_plan_target_count(self._c),
                               lib.cdp_rollback_plan_target_at))

    @property
    def restores(self) -> Tuple[RollbackEffect, ...]:
        """What comes back."""
        return tuple(self._all(RollbackEffect, lib.cdp_rollback_plan_restore_count(self._c),
                               lib.cdp_rollback_plan_restore_at))

    @property
    def losses(self) -> Tuple[RollbackEffect, ...]:
        """What does not; also told when there is no rollback."""
        return tuple(self._all(RollbackEffect, lib.cdp_rollback_plan_loss_count(self._c),
                               lib.cdp_rollback_plan_loss_at))

    def _all(self, cls: Any, count: int, at: Any) -> Iterable[Any]:
        view = new_view(cls._struct)
        for i in range(count):
            check(at(self._c, i, view))
            yield cls._read(view)

    def message(self, record: Union[RollbackRecord, str], rollback_id: Optional[str] = None) -> str:
        """The rollbackMessage of a deployment: of the one that is rolled back, or the new one."""
        number, name = word(RollbackRecord, record), string(rollback_id)
        return _native.written(lambda out: lib.cdp_rollback_plan_write_message(self._c, number, name, out))

    def write(self, indent: int = 0) -> str:
        """It as a JSON object."""
        return _native.written(lambda out: lib.cdp_rollback_plan_write(self._c, indent, out))

    def __str__(self) -> str:
        return _native.written(lambda out: lib.cdp_rollback_plan_render(self._c, out))


def refusal_message(refusal: Union[RollbackRefusal, str]) -> str:
    """Why there is no rollback, in one sentence; empty for NONE.

    >>> import codedeploy
    >>> bool(codedeploy.refusal_message("original-gone"))
    True
    """
    return str(ffi.string(lib.cdp_rollback_refusal_message(word(RollbackRefusal, refusal))), "utf-8")


def refusal_source(refusal: Union[RollbackRefusal, str]) -> Optional[str]:
    """Where the rule of a refusal comes from.

    >>> import codedeploy
    >>> codedeploy.refusal_source("none") is None
    True
    """
    source = lib.cdp_rollback_refusal_source(word(RollbackRefusal, refusal))
    return str(ffi.string(source), "utf-8") if source else None


def part_message(part: Union[RollbackPart, str]) -> str:
    """Why a target takes part, or why not, in one sentence.

    >>> import codedeploy
    >>> bool(codedeploy.part_message("untouched"))
    True
    """
    return str(ffi.string(lib.cdp_rollback_part_message(word(RollbackPart, part))), "utf-8")


def part_takes_part(part: Union[RollbackPart, str]) -> bool:
    """Whether a target of that part takes part in the rollback.

    >>> import codedeploy
    >>> codedeploy.part_takes_part("untouched")
    False
    """
    return bool(lib.cdp_rollback_part_takes_part(word(RollbackPart, part)))
