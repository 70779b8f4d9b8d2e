# SPDX-License-Identifier: MIT
"""Traffic schedules: how much of the traffic goes to the replacement, and when."""

import dataclasses
from typing import Any, Iterable, Iterator, Optional, Sequence, Tuple, Type, Union

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
    document,
    encode,
    new_view,
    pointer,
    word,
)
from .config import DeploymentConfig
from .diagnostics import NONE, Diagnostics, Findings
from .enums import TRAFFIC_GATE, TrafficType

__all__ = ["TrafficCursor", "TrafficProgress", "TrafficSchedule", "TrafficStep"]

# A weight and what it waits for: milliseconds, "gate" (or TRAFFIC_GATE), or nothing.
Step = Union[int, Tuple[int, Union[int, str, None]]]


@dataclasses.dataclass(frozen=True)
class TrafficStep(View, struct="cdp_traffic_step"):
    """One step of a schedule.

    >>> import codedeploy
    >>> [(step.offset_ms, step.weight, step.is_gate) for step in codedeploy.TrafficSchedule("10:5m,50:gate,100")]
    [(0, 10, False), (300000, 50, True), (300000, 100, False)]
    """

    #: When it begins, from the start, if every gate were opened the moment it is reached.
    offset_ms: int
    #: How long it holds: 0 when nothing follows, `TRAFFIC_GATE` for a gate.
    wait_ms: int
    #: Percent of the traffic that go to the replacement, and to the original.
    weight: int
    original_weight: int
    #: Whether it holds until a gate is opened.
    is_gate: bool
    #: How many gates have to be opened before it begins.
    gates_before: int


class TrafficSchedule(Native):
    """A list of steps, each a weight and what it waits for; immutable.

    >>> import codedeploy
    >>> schedule = codedeploy.TrafficSchedule("10:5m,100")
    >>> schedule.weight_at(start=0, now=60_000), schedule.weight_at(start=0, now=300_000)
    (10, 100)
    >>> [step.weight for step in schedule], str(schedule)
    ([10, 100], '10:5m,100')
    """

    __slots__ = ("diagnostics",)
    #: What was found when it was made: warnings and notes.
    diagnostics: Diagnostics

    def __init__(self, steps: Union[str, bytes, Iterable[Step]], *, routes: int = 1) -> None:
        """A schedule from text (`10:5m,25:gate,100`), or from steps: weights, or tuples of a weight and
        milliseconds or `"gate"`.

        >>> import codedeploy
        >>> str(codedeploy.TrafficSchedule([(10, 300_000), (50, "gate"), 100]))
        '10:5m,50:gate,100'
        """
        options, found, out = _options(routes), Findings(), ffi.new("cdp_traffic_schedule **")
        if isinstance(steps, (str, bytes)):
            data = document(steps)
            status = lib.cdp_traffic_schedule_parse(data, len(data), options, NULL, found.c, out)
        else:
            pairs = [_step(step) for step in steps]
            weights = ffi.new("int32_t[]", [w for w, _ in pairs])
            waits = ffi.new("int64_t[]", [t for _, t in pairs])
            status = lib.cdp_traffic_schedule_from_steps(weights, waits, len(pairs), options, NULL,
                                                         found.c, out)
        self._own(status, found, out)

    def _own(self, status: int, found: Findings, out: Any) -> None:
        check(status, found)
        self._c = ffi.gc(out[0], lib.cdp_traffic_schedule_free)
        self.diagnostics = found.take()

    @classmethod
    def _make(cls, function: Any, *arguments: Any) -> "TrafficSchedule":
        found, out = Findings(), ffi.new("cdp_traffic_schedule **")
        made = object.__new__(cls)
        made._own(function(*arguments, NULL, found.c, out), found, out)
        return made

    @classmethod
    def of(cls, type: Union[TrafficType, str], percentage: int = 0, interval_minutes: int = 0, *,
           routes: int = 1) -> "TrafficSchedule":
        """A canary or linear schedule, or all at once, by its numbers and within the API's limits.

        >>> import codedeploy
        >>> str(codedeploy.TrafficSchedule.of("TimeBasedLinear", 40, 1))
        '40:1m,80:1m,100'
        """
        return cls._make(lib.cdp_traffic_schedule_new, word(TrafficType, type), percentage,
                         interval_minutes, _options(routes))

    @classmethod
    def from_config(cls, config: DeploymentConfig, *, routes: int = 1) -> "TrafficSchedule":
        """The schedule of a deployment configuration for Lambda or ECS.

        >>> import codedeploy
        >>> config = codedeploy.DeploymentConfig.find("CodeDeployDefault.ECSCanary10Percent5Minutes")
        >>> str(codedeploy.TrafficSchedule.from_config(config))
        '10:5m,100'
        """
        found, out = Findings(), ffi.new("cdp_traffic_schedule **")
        made = object.__new__(cls)
        status = lib.cdp_traffic_schedule_from_config(pointer(config), _options(routes), NULL, out)
        made._own(status, found, out)
        return made

    @classmethod
    def _borrow(cls, pointer: Any, owner: Any) -> "TrafficSchedule":
        made = adopt(cls, ffi.cast("cdp_traffic_schedule *", pointer), owner=owner)
        made.diagnostics = NONE
        return made

    def __str__(self) -> str:
        return _native.written(lambda out: lib.cdp_traffic_schedule_write(self._c, out))

    def __repr__(self) -> str:
        return "<TrafficSchedule, closed>" if self.closed else f"TrafficSchedule({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TrafficSchedule):
            return NotImplemented
        return str(self) == str(other) and self.routes == other.routes

    def __hash__(self) -> int:
        return hash(str(self))

    def __len__(self) -> int:
        return lib.cdp_traffic_schedule_step_count(self._c)

    def __getitem__(self, index: int) -> TrafficStep:
        view = new_view("cdp_traffic_step")
        count = len(self)
        if not -count <= index < count:
            raise IndexError("there is no such step")
        check(lib.cdp_traffic_schedule_step_at(self._c, index % count, view))
        return TrafficStep._read(view)

    def __iter__(self) -> Iterator[TrafficStep]:
        return (self[i] for i in range(len(self)))

    @property
    def duration_ms(self) -> int:
        """All waits together, without the time that gates stay closed."""
        return lib.cdp_traffic_schedule_duration_ms(self._c)

    @property
    def gates(self) -> int:
        """How many gates it has."""
        return lib.cdp_traffic_schedule_gate_count(self._c)

    @property
    def routes(self) -> int:
        """How many routes shift together."""
        return lib.cdp_traffic_schedule_route_count(self._c)

    def weight_at(self, start: int, now: int) -> int:
        """The replacement's weight at an instant of a shift that began at `start`, as far as it is
        known beforehand: at the first gate it stays what it is."""
        weight = lib.cdp_traffic_weight_at(self._c, start, now)
        if weight < 0:
            check(weight)
        return weight

    def weight_with_gates(self, start: int, openings: Sequence[int], now: int) -> int:
        """The same when it is known when gates were opened.

        >>> import codedeploy
        >>> codedeploy.TrafficSchedule("10:gate,100").weight_with_gates(0, [500], 600)
        100
        """
        instants = ffi.new("int64_t[]", list(openings) or 1)
        weight = lib.cdp_traffic_weight_with_gates(self._c, start, instants, len(openings), now)
        check(weight)
        return weight

    def next_change(self, start: int, now: int) -> Optional[int]:
        """When the next step begins, as far as it is known beforehand; None: never, or only a gate
        leads there."""
        instant = lib.cdp_traffic_next_change(self._c, start, now)
        check(instant if instant < 0 else 0)
        return deadline(instant)

    def cursor(self, start: int) -> "TrafficCursor":
        """What goes along it, before the first step, which is due at `start`."""
        return TrafficCursor(self, start)

    def restore(self, snapshot: Union[str, bytes]) -> "TrafficCursor":
        """A cursor from the snapshot of one on the same schedule."""
        return TrafficCursor._restore(self, snapshot)


@dataclasses.dataclass(frozen=True)
class TrafficProgress(View, struct="cdp_traffic_progress"):
    """What an input has moved.

    >>> import codedeploy
    >>> cursor = codedeploy.TrafficSchedule("10:5m,100").cursor(0)
    >>> progress = cursor.step(1)
    >>> progress.weight, progress.done
    (10, False)
    """

    #: The steps that began: `step_count` of them, the first at index `first_step`.
    first_step: int
    step_count: int
    #: Percent of the traffic that go to the replacement now, and to the original.
    weight: int
    original_weight: int
    #: Whether a gate is waited for, and whether the shift is over.
    at_gate: bool
    done: bool


class TrafficCursor(Machine):
    """A shift under way. It takes one input at a time: an instant, never earlier than that of the
    input before.

    >>> import codedeploy
    >>> cursor = codedeploy.TrafficSchedule("10:5m,50:gate,100").cursor(start=0)
    >>> cursor.step(0).weight, cursor.next_deadline
    (10, 300000)
    >>> cursor.step(300_000).at_gate
    True
    >>> cursor.open_gate(400_000).weight, cursor.done
    (100, True)
    """

    __slots__ = ("schedule",)
    #: What it goes along.
    schedule: TrafficSchedule

    def __init__(self, schedule: TrafficSchedule, start: int) -> None:
        out = ffi.new("cdp_traffic_cursor **")
        check(lib.cdp_traffic_cursor_new(pointer(schedule), start, NULL, out))
        self._own(schedule, out)

    def _own(self, schedule: TrafficSchedule, out: Any) -> None:
        self.schedule = schedule
        self._begin(out[0], lib.cdp_traffic_cursor_free, Findings(), schedule._c)

    @classmethod
    def _restore(cls: Type["TrafficCursor"], schedule: TrafficSchedule,
                 snapshot: Union[str, bytes]) -> "TrafficCursor":
        data, found, out = encode(snapshot), Findings(), ffi.new("cdp_traffic_cursor **")
        status = lib.cdp_traffic_cursor_restore(pointer(schedule), data, len(data), NULL, found.c, out)
        check(status, found)
        made = object.__new__(cls)
        made._own(schedule, out)
        return made

    def _move(self, function: Any, now: int) -> TrafficProgress:
        view = new_view("cdp_traffic_progress")
        with self._lock:
            self._input(function(self._c, now, view))
        return TrafficProgress._read(view)

    def step(self, now: int) -> TrafficProgress:
        """Time has passed: all steps that are due begin."""
        return self._move(lib.cdp_traffic_cursor_step, now)

    def open_gate(self, now: int) -> TrafficProgress:
        """The gate that is waited for is opened: the next step begins now."""
        return self._move(lib.cdp_traffic_cursor_open_gate, now)

    def continue_(self, now: int) -> TrafficProgress:
        """The rest of the present wait is skipped, or the present gate is opened."""
        return self._move(lib.cdp_traffic_cursor_continue, now)

    @property
    def next_deadline(self) -> Optional[int]:
        """When to call `step()`; None when nothing is due: at a gate, at the end."""
        with self._lock:
            return deadline(lib.cdp_traffic_cursor_next_deadline(self._c))

    @property
    def now(self) -> Optional[int]:
        """The instant of the last accepted input."""
        with self._lock:
            instant = lib.cdp_traffic_cursor_now(self._c)
        return None if instant < 0 else instant

    @property
    def steps_begun(self) -> int:
        """How many steps have begun; the present one is the last of them."""
        with self._lock:
            return lib.cdp_traffic_cursor_steps_begun(self._c)

    def began_ms(self, step: int) -> Optional[int]:
        """When a step began, or will if nothing but time passes; None when a gate lies before it."""
        with self._lock:
            instant = lib.cdp_traffic_cursor_began_ms(self._c, step)
        if instant < 0:
            raise IndexError("there is no such step")
        return deadline(instant)

    @property
    def weight(self) -> int:
        """The replacement's weight."""
        with self._lock:
            return lib.cdp_traffic_cursor_weight(self._c)

    @property
    def at_gate(self) -> bool:
        """Whether a gate is waited for."""
        with self._lock:
            return bool(lib.cdp_traffic_cursor_is_at_gate(self._c))

    @property
    def done(self) -> bool:
        """Whether the shift is over."""
        with self._lock:
            return bool(lib.cdp_traffic_cursor_is_done(self._c))

    def snapshot(self) -> str:
        """Its state as a line of JSON, for `TrafficSchedule.restore()`.

        >>> import codedeploy
        >>> schedule = codedeploy.TrafficSchedule("10:5m,100")
        >>> cursor = schedule.cursor(0)
        >>> schedule.restore(cursor.snapshot()).next_deadline == cursor.next_deadline
        True
        """
        with self._lock:
            return _native.written(lambda out: lib.cdp_traffic_cursor_snapshot(self._c, out))


def _options(routes: int) -> Any:
    options = new_view("cdp_traffic_options")
    options.route_count = routes
    return options


def _step(step: Step) -> Tuple[int, int]:
    if isinstance(step, int):
        return step, 0
    weight, wait = step
    if wait == "gate":
        wait = TRAFFIC_GATE
    return weight, wait or 0  # type: ignore[return-value]
