# SPDX-License-Identifier: MIT
"""Roll-outs: which instances go next, how many at once, and whether the whole succeeded."""

import dataclasses
from typing import Any, Iterable, Iterator, List, Optional, Tuple, Union

from . import _native
from ._ffi import ffi, lib
from ._native import NULL, Machine, View, check, deadline, encode, filled, new_view, pointer, string, structs, word
from .config import DeploymentConfig
from .diagnostics import Findings
from .enums import (
    ROLLOUT_NO_INSTANCE,
    AutoScalingAnswer,
    DecisionKind,
    InstanceHealth,
    MinimumType,
    RevisionHealth,
    RolloutBudget,
    RolloutKind,
    RolloutPhase,
    RolloutRule,
    RolloutState,
    RolloutStopCause,
    RolloutVerdict,
    Status,
    TargetStatus,
)

__all__ = [
    "Decision",
    "Rollout",
    "RolloutInstance",
    "RolloutNumbers",
    "RolloutOptions",
    "RolloutReader",
    "RolloutView",
    "rule_source",
]


@dataclasses.dataclass(frozen=True)
class RolloutInstance(View, struct="cdp_rollout_instance"):
    """An instance to be deployed to; by default one that nothing was ever deployed to.

    >>> import codedeploy
    >>> rollout = codedeploy.Rollout()
    >>> rollout.add([codedeploy.RolloutInstance("i-1", zone="eu-west-1a", instance_health="Healthy")])
    >>> rollout[0].zone
    'eu-west-1a'
    """

    id: str
    #: The Availability Zone.
    zone: Optional[str] = None
    instance_health: InstanceHealth = InstanceHealth.UNHEALTHY
    revision_health: RevisionHealth = RevisionHealth.UNKNOWN
    #: Blue/green: whether it is an instance of the original environment.
    original: bool = False


@dataclasses.dataclass(frozen=True)
class RolloutOptions(View, struct="cdp_rollout_options"):
    """What rules a roll-out follows; by default in place, one at a time.

    >>> import codedeploy
    >>> config = codedeploy.DeploymentConfig.find("CodeDeployDefault.HalfAtATime")
    >>> codedeploy.RolloutOptions.from_config(config, concurrency_limit=2).minimum_value
    50
    """

    kind: RolloutKind = RolloutKind.IN_PLACE
    #: NONE: all instances but one.
    minimum_type: MinimumType = MinimumType.NONE
    minimum_value: int = 0
    #: Whether a single instance may be deployed to whatever the percentage is.
    allow_single: bool = False
    #: One zone at a time.
    zonal: bool = False
    zone_minimum_type: MinimumType = MinimumType.NONE
    zone_minimum_value: int = 0
    #: Milliseconds from the end of a zone to the beginning of the next, and after the first zone.
    zone_wait_ms: int = 0
    first_zone_wait_ms: int = 0
    #: Instances whose revision health is Current take no part.
    outdated_only: bool = False
    #: Blue/green: hold after installing until `continue_()`.
    hold_before_reroute: bool = False
    #: Instances that join do not want a follow-on deployment.
    ignore_outdated: bool = False
    # From here on beyond CodeDeploy.
    #: Instances that join take part, and those that leave no longer count.
    live_membership: bool = False
    #: The failure of the last instance is not forgiven.
    no_forgiveness: bool = False
    #: It fails when more instances than this have failed.
    failure_budget_type: RolloutBudget = RolloutBudget.NONE
    failure_budget: int = 0
    #: Never more instances in flight than this; 0: no limit but the rules'.
    concurrency_limit: int = 0
    #: So many instances go first and must all succeed before any other begins.
    canary_size: int = 0
    #: Milliseconds to wait after them.
    canary_wait_ms: int = 0

    @classmethod
    def from_config(cls, config: DeploymentConfig, **more: Any) -> "RolloutOptions":
        """What a deployment configuration determines, and `more` of the options."""
        view = new_view("cdp_rollout_options")
        check(lib.cdp_rollout_options_from_config(pointer(config), view))
        return dataclasses.replace(cls._read(view), **more)


@dataclasses.dataclass(frozen=True)
class Decision(View, struct="cdp_rollout_decision"):
    """One decision, with the numbers it was made from. `str()` says it in a sentence.

    >>> import codedeploy
    >>> rollout = codedeploy.Rollout(codedeploy.RolloutOptions(minimum_type="HOST_COUNT", minimum_value=1))
    >>> rollout.add(codedeploy.RolloutInstance(f"i-{n}", instance_health="Healthy") for n in range(3))
    >>> rollout.start(0)
    >>> [(str(decision.kind), decision.id) for decision in rollout.decide()]
    [('phase', None), ('start', 'i-0'), ('start', 'i-1')]
    >>> print(rollout.explain("i-2"))
    held back i-2: 1 healthy not in flight, minimum 1
    """

    kind: DecisionKind
    rule: RolloutRule
    phase: RolloutPhase
    verdict: RolloutVerdict
    #: The instance concerned, and another one that the rule speaks of.
    instance: Optional[int]
    other: Optional[int]
    id: Optional[str]
    other_id: Optional[str]
    #: Which attempt on this instance it is, for a START.
    attempt: int
    #: Where the instance stands now.
    state: RolloutState
    zone: Optional[str]
    #: The API's error code, `HEALTH_CONSTRAINTS`.
    error_code: Optional[str]
    time_ms: int
    #: When a wait ends; 0 when the rule speaks of none.
    until_ms: int
    instances: int
    minimum: int
    healthy: int
    in_flight: int
    failed: int
    succeeded: int
    pending: int
    #: The limit that the rule speaks of.
    limit: int
    sentence: str = ""

    def __str__(self) -> str:
        return self.sentence


@dataclasses.dataclass(frozen=True)
class RolloutNumbers(View, struct="cdp_rollout_numbers"):
    """How many instances stand where, in the whole or in one zone.

    >>> import codedeploy
    >>> rollout = codedeploy.Rollout(codedeploy.RolloutOptions(minimum_type="HOST_COUNT", minimum_value=1))
    >>> rollout.add(codedeploy.RolloutInstance(f"i-{n}", instance_health="Healthy") for n in range(3))
    >>> rollout.start(0)
    >>> _ = rollout.decide()
    >>> numbers = rollout.numbers
    >>> numbers.instances, numbers.in_flight, numbers.minimum
    (3, 2, 1)
    """

    instances: int
    minimum: int
    pending: int
    in_flight: int
    ready: int
    succeeded: int
    failed: int
    skipped: int
    healthy: int
    gone: int
    outdated: int
    excluded: int
    #: None for the whole roll-out.
    zone: Optional[str]


@dataclasses.dataclass(frozen=True)
class RolloutView(View, struct="cdp_rollout_view"):
    """What a roll-out knows of one instance.

    >>> import codedeploy
    >>> rollout = codedeploy.Rollout(codedeploy.RolloutOptions(minimum_type="HOST_COUNT", minimum_value=1))
    >>> rollout.add(codedeploy.RolloutInstance(f"i-{n}", instance_health="Healthy") for n in range(3))
    >>> rollout.start(0)
    >>> [(view.id, str(view.state), view.attempts) for view in rollout]
    [('i-0', 'Pending', 0), ('i-1', 'Pending', 0), ('i-2', 'Pending', 0)]
    """

    id: str
    zone: Optional[str]
    state: RolloutState
    #: The same in the API's words; None for one that is no target of the deployment.
    status: Optional[TargetStatus]
    #: How often it was begun.
    attempts: int
    #: The values to keep after the roll-out.
    instance_health: InstanceHealth
    revision_health: RevisionHealth
    original: bool


def rule_source(rule: Union[RolloutRule, str]) -> Optional[str]:
    """Where a rule comes from.

    >>> import codedeploy
    >>> bool(codedeploy.rule_source(codedeploy.RolloutRule.HOLD_MINIMUM))
    True
    """
    source = lib.cdp_rollout_rule_source(word(RolloutRule, rule))
    return str(ffi.string(source), "utf-8") if source else None


def _decision(view: Any) -> Decision:
    sentence = _native.written(lambda out: lib.cdp_rollout_render(view, out))
    return Decision._read(view, sentence=sentence)


class RolloutReader(Machine):
    """A roll-out to look at: a deployment's own (`Deployment.rollout`), or any `Rollout`. A sequence of
    its instances.

    >>> import codedeploy
    >>> deployment = codedeploy.Deployment(id="d-EXAMPLE01", group=codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy"))
    >>> deployment.add_target(0, "i-1")
    >>> deployment.start(0)
    >>> [view.id for view in deployment.rollout]
    ['i-1']
    """

    __slots__ = ()

    def _number(self, instance: Union[int, str]) -> int:
        return self.find(instance) if isinstance(instance, str) else instance

    @property
    def next_deadline(self) -> Optional[int]:
        """When to call `step()`; None when nothing is due."""
        with self._lock:
            return deadline(lib.cdp_rollout_next_deadline(self._c))

    @property
    def phase(self) -> RolloutPhase:
        with self._lock:
            return RolloutPhase(lib.cdp_rollout_current_phase(self._c))

    @property
    def verdict(self) -> RolloutVerdict:
        with self._lock:
            return RolloutVerdict(lib.cdp_rollout_current_verdict(self._c, NULL))

    @property
    def verdict_decision(self) -> Optional[Decision]:
        """Why the verdict is what it is; None while there is none."""
        view = new_view("cdp_rollout_decision")
        with self._lock:
            decided = lib.cdp_rollout_current_verdict(self._c, view)
            return _decision(view) if decided else None

    @property
    def settled(self) -> bool:
        """Whether the verdict is given, nothing is in flight and every decision was taken out."""
        with self._lock:
            return bool(lib.cdp_rollout_is_settled(self._c))

    @property
    def held(self) -> Optional[Decision]:
        """Why nothing more begins now: the instance that would be next, and what it waits for."""
        view = new_view("cdp_rollout_decision")
        with self._lock:
            status = lib.cdp_rollout_held(self._c, view)
            if status == Status.NOT_FOUND:
                return None
            check(status)
            return _decision(view)

    def explain(self, instance: Union[int, str]) -> Decision:
        """Why an instance stands where it stands."""
        view = new_view("cdp_rollout_decision")
        with self._lock:
            check(lib.cdp_rollout_explain(self._c, self._number(instance), view))
            return _decision(view)

    def __len__(self) -> int:
        with self._lock:
            return lib.cdp_rollout_count(self._c)

    def __getitem__(self, instance: Union[int, str]) -> RolloutView:
        view = new_view("cdp_rollout_view")
        with self._lock:
            status = lib.cdp_rollout_at(self._c, self._number(instance), view)
            if status == Status.NOT_FOUND:
                raise IndexError("there is no such instance")
            check(status)
            return RolloutView._read(view)

    def __iter__(self) -> Iterator[RolloutView]:
        return (self[i] for i in range(len(self)))

    def find(self, id: str) -> int:
        """The number of an id, once it is started."""
        number = ffi.new("uint32_t *")
        with self._lock:
            check(lib.cdp_rollout_find(self._c, string(id), number))
        return int(number[0])

    @property
    def numbers(self) -> RolloutNumbers:
        """How many instances stand where."""
        view = new_view("cdp_rollout_numbers")
        with self._lock:
            check(lib.cdp_rollout_numbers_get(self._c, view))
            return RolloutNumbers._read(view)

    @property
    def zones(self) -> Tuple[RolloutNumbers, ...]:
        """The same for each zone, in the order of deployment; empty when it is not zonal."""
        view, zones = new_view("cdp_rollout_numbers"), []
        with self._lock:
            for i in range(lib.cdp_rollout_zone_count(self._c)):
                check(lib.cdp_rollout_zone_at(self._c, i, view))
                zones.append(RolloutNumbers._read(view))
        return tuple(zones)

    @property
    def outdated(self) -> Tuple[int, ...]:
        """The instances that a follow-on deployment has to go to."""
        number, found = ffi.new("uint32_t *", 0), []
        with self._lock:
            while lib.cdp_rollout_outdated_next(self._c, number) == Status.OK:
                found.append(int(number[0]))
                number[0] += 1
        return tuple(found)

    @property
    def auto_scaling_answer(self) -> AutoScalingAnswer:
        """What to tell the Auto Scaling group of a launch or termination deployment."""
        with self._lock:
            return AutoScalingAnswer(lib.cdp_rollout_auto_scaling_answer(self._c))

    def snapshot(self) -> str:
        """The whole state as one line of JSON, once it is started."""
        with self._lock:
            return _native.written(lambda out: lib.cdp_rollout_snapshot(self._c, out))


class Rollout(RolloutReader):
    """A roll-out over instances: put in what happened, take out what was decided.

    >>> import codedeploy
    >>> rollout = codedeploy.Rollout()
    >>> rollout.add(codedeploy.RolloutInstance(name) for name in ("i-1", "i-2"))
    >>> rollout.start(0)
    >>> for decision in rollout.decide():
    ...     print(decision)
    phase deploy begins
    started i-1: it is unhealthy, so no capacity is lost; 1 in flight, at most 1
    >>> rollout.result("i-1", True, 10)
    >>> [decision.id for decision in rollout.decide()]
    ['i-2']
    """

    __slots__ = ()

    def __init__(self, options: Optional[RolloutOptions] = None) -> None:
        keep: List[Any] = []
        given = NULL if options is None else filled(options, keep)
        found, out = Findings(), ffi.new("cdp_rollout **")
        check(lib.cdp_rollout_new(given, NULL, found.c, out), found)
        self._begin(out[0], lib.cdp_rollout_free, found)

    @classmethod
    def restore(cls, snapshot: Union[str, bytes]) -> "Rollout":
        """A roll-out from a snapshot, which goes on as the one that was written would have."""
        data, found, out = encode(snapshot), Findings(), ffi.new("cdp_rollout **")
        check(lib.cdp_rollout_restore(data, len(data), NULL, found.c, out), found)
        rollout = object.__new__(cls)
        rollout._begin(out[0], lib.cdp_rollout_free, found)
        return rollout

    # -- inputs ----------------------------------------------------------------------------------

    def add(self, instances: Iterable[RolloutInstance]) -> None:
        """Adds instances before the start; they are numbered from 0 in the order of adding."""
        keep: List[Any] = []
        array, count = structs("cdp_rollout_instance", list(instances), keep)
        with self._lock:
            if count:
                self._input(lib.cdp_rollout_add(self._c, array, count, self._found.c))

    def start(self, now: int) -> None:
        """Puts the instances in order and fixes how many have to stay healthy."""
        with self._lock:
            self._input(lib.cdp_rollout_start(self._c, now, self._found.c))

    def decide(self) -> List[Decision]:
        """Takes out what is decided now. A decision that was taken out has happened."""
        array = ffi.new("cdp_rollout_decision[]", 16)
        count, decisions = ffi.new("size_t *"), []
        with self._lock:
            while True:
                array[0].size = ffi.sizeof("cdp_rollout_decision")
                check(lib.cdp_rollout_decide(self._c, array, 16, count))
                decisions += [_decision(ffi.addressof(array, i)) for i in range(count[0])]
                if count[0] < 16:
                    return decisions

    def result(self, instance: Union[int, str], succeeded: bool, now: int, *, attempt: int = 0) -> None:
        """Tells how an instance, by its number or id, came out. With the `attempt` of its START a late
        result of an earlier one is not taken for this one's."""
        with self._lock:
            number = self._number(instance)
            self._input(lib.cdp_rollout_result(self._c, number, attempt, bool(succeeded), now,
                                               self._found.c))

    def step(self, now: int) -> None:
        """Tells the time."""
        with self._lock:
            self._input(lib.cdp_rollout_step(self._c, now, self._found.c))

    def stop(self, now: int, cause: Union[RolloutStopCause, str] = RolloutStopCause.MANUAL) -> None:
        """Nothing is begun any more; what is not begun is skipped."""
        with self._lock:
            self._input(lib.cdp_rollout_stop(self._c, word(RolloutStopCause, cause), now, self._found.c))

    def continue_(self, now: int) -> None:
        """Lets a wait end now."""
        with self._lock:
            self._input(lib.cdp_rollout_continue(self._c, now, self._found.c))

    def join(self, instance: RolloutInstance, now: int) -> int:
        """An instance appeared during the roll-out; returns its number."""
        keep: List[Any] = []
        number = ffi.new("uint32_t *")
        with self._lock:
            self._input(lib.cdp_rollout_join(self._c, filled(instance, keep), now, self._found.c, number))
        return int(number[0])

    def leave(self, instance: Union[int, str], now: int) -> None:
        """An instance went away for good."""
        with self._lock:
            self._input(lib.cdp_rollout_leave(self._c, self._number(instance), now, self._found.c))

    def restart(self, instance: Union[int, str], now: int) -> None:
        """An instance lost what was installed on it, and is there again."""
        with self._lock:
            self._input(lib.cdp_rollout_restart(self._c, self._number(instance), now, self._found.c))


assert ROLLOUT_NO_INSTANCE == 2**32 - 1  # which reads as None
