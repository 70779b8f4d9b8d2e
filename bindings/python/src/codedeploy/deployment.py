# SPDX-License-Identifier: MIT
"""The deployment engine: put in what happened, take out what is to be done.

Times are milliseconds on an axis of the program's own. `codedeploy.Host` carries the actions out.
"""

import dataclasses
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple, Union

from . import _native
from ._ffi import ffi, lib
from ._native import NEVER, NULL, Machine, View, check, deadline, encode, filled, new_view, pointer, string, text, word
from .appspec import AppSpec
from .config import DeploymentConfig
from .diagnostics import Findings
from .enums import (
    DEPLOYMENT_NO_TARGET,
    ActionKind,
    AlarmPolicy,
    AlarmState,
    AutoScalingAnswer,
    ChangeKind,
    DeploymentCreator,
    DeploymentStatus,
    DeploymentType,
    ErrorCode,
    Event,
    EventError,
    EventStatus,
    FileExistsBehavior,
    Flag,
    InputKind,
    InstallMode,
    LifecycleReason,
    NotificationShape,
    Outcome,
    Platform,
    RevisionSource,
    RollbackCause,
    RolloutPhase,
    RolloutRule,
    Status,
    StopStatus,
    TargetStatus,
    TriggerEvent,
    Wait,
    WaitType,
)
from .errors import DeploymentError
from .group import Alarms, AutoRollback, DeploymentGroup, Revision, fill_auto_rollback
from .lifecycle import LifecycleEventRecord, LifecyclePlan
from .rollback import PastDeployment, RollbackPlan, past_array
from .rollout import RolloutInstance, RolloutOptions, RolloutReader
from .traffic import TrafficSchedule

__all__ = [
    "Action",
    "Alarm",
    "Change",
    "Deployment",
    "DeploymentInfo",
    "DeploymentInput",
    "DeploymentOptions",
    "Target",
]


@dataclasses.dataclass(frozen=True)
class DeploymentOptions(View, struct="cdp_deployment_options"):
    """What a deployment is made from. `id` and `group` are enough for Server.

    >>> import codedeploy
    >>> options = codedeploy.DeploymentOptions("d-EXAMPLE01", codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy"))
    >>> codedeploy.Deployment(options).status
    <DeploymentStatus.CREATED: 1>
    """

    #: 1 to 100 bytes of printable ASCII, such as `d-` and nine capitals and digits.
    id: str
    group: DeploymentGroup
    #: None: the one that the group names, if it is predefined, else the platform's default.
    config: Optional[DeploymentConfig] = None
    #: Required for Lambda and ECS; on Server it tells which events have scripts.
    appspec: Optional[AppSpec] = None
    #: Beyond CodeDeploy: traffic shifts along this.
    schedule: Optional[TrafficSchedule] = None
    #: Beyond CodeDeploy: the members from `live_membership` on are used.
    rollout: Optional[RolloutOptions] = None
    revision: Optional[Revision] = None
    description: Optional[str] = None
    creator: DeploymentCreator = DeploymentCreator.USER
    file_exists_behavior: FileExistsBehavior = FileExistsBehavior.UNSET
    ignore_application_stop_failures: bool = False
    update_outdated_instances_only: bool = False
    #: In place of the group's.
    auto_rollback: Optional[AutoRollback] = None
    alarms: Optional[Alarms] = None
    alarm_policy: AlarmPolicy = AlarmPolicy.ANY
    install_mode: InstallMode = InstallMode.TRANSACTIONAL
    #: Milliseconds between two looks at the alarms; 0: 10,000.
    alarm_poll_ms: int = 0
    #: How long it may take as a whole; 0: the service's limit, None: no limit.
    limit_ms: Optional[int] = 0
    #: How long to wait until what was cancelled has ended; 0: 60,000.
    cancel_limit_ms: int = 0
    #: An event has begun when the host says so, not when it is told.
    host_begins_events: bool = False
    #: A target's events are the host's business.
    whole_targets: bool = False
    #: A SAVE action asks for a snapshot after inputs that changed something.
    asks_to_save: bool = False
    #: More targets than this fail the deployment; 0: 1,000.
    target_limit: int = 0
    network_load_balancer: bool = False
    #: What time 0 of the axis is, in milliseconds since 1970: for records and notifications.
    epoch_ms: int = 0
    region: Optional[str] = None
    account_id: Optional[str] = None
    #: Earlier deployments of the group.
    past: Tuple[PastDeployment, ...] = ()
    #: With the creator CODE_DEPLOY_AUTO_UPDATE: the id of the deployment that this one follows.
    root_id: Optional[str] = None

    def _fill(self, keep: List[Any]) -> Any:
        view = super()._fill(keep)
        view.limit_ms = NEVER if self.limit_ms is None else self.limit_ms
        for name, cls in _BORROWED.items():
            value = getattr(self, name)
            if value is not None:
                if not isinstance(value, cls):
                    raise TypeError(f"{name}: expected {cls.__name__}, not {type(value).__name__}")
                borrowed = value._c
                keep.append(borrowed)
                setattr(view, name, borrowed)
        if self.rollout is not None:
            view.rollout = filled(self.rollout, keep)
        if self.revision is not None:
            view.revision = filled(self.revision, keep)
        if self.auto_rollback is not None:
            view.auto_rollback = fill_auto_rollback(self.auto_rollback, keep)
        if self.alarms is not None:
            view.alarms = filled(self.alarms, keep)
            view.alarm_names, view.alarm_count = _native.strings(self.alarms.names, keep)
        view.past, view.past_count = past_array(self.past, keep)
        return view


_BORROWED: Dict[str, Any] = {"group": DeploymentGroup, "config": DeploymentConfig, "appspec": AppSpec,
             "schedule": TrafficSchedule}


@dataclasses.dataclass(frozen=True)
class DeploymentInput(View, struct="cdp_deployment_input"):
    """One input, in general; `Deployment` has a method for each kind. What the kind does not speak of is
    ignored.

    >>> import codedeploy
    >>> line = codedeploy.Deployment.write_input(5, codedeploy.DeploymentInput(codedeploy.InputKind.STOP))
    >>> print(line.strip())
    {"now":5,"input":"Stop","outcome":"Succeeded","target":4294967295}
    """

    kind: InputKind = InputKind.TIME
    outcome: Outcome = Outcome.DONE
    token: int = 0
    error: EventError = EventError.SUCCESS
    code: ErrorCode = ErrorCode.NONE
    message: Optional[str] = None
    name: Optional[str] = None
    answer: Flag = Flag.NOT_SAID
    wait: WaitType = WaitType.NONE
    alarm_state: AlarmState = AlarmState.UNKNOWN
    event_status: Optional[EventStatus] = None
    target: int = DEPLOYMENT_NO_TARGET
    event: int = 0
    instance: Optional[RolloutInstance] = None
    host_status: int = 0

    def _fill(self, keep: List[Any]) -> Any:
        view = super()._fill(keep)
        if self.instance is not None:
            view.instance = filled(self.instance, keep)
        return view


@dataclasses.dataclass(frozen=True)
class Action(View, struct="cdp_deployment_action"):
    """Something to be done. It is answered by its token.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"), {"AfterAllowTraffic": "check"})
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
    >>> deployment = codedeploy.Deployment(id="d-EXAMPLE01", group=group, appspec=spec)
    >>> deployment.start(0)
    >>> action = deployment.next_action()
    >>> str(action.kind), action.weight, action.needs_answer
    ('SetTraffic', 100, True)
    """

    token: int
    kind: ActionKind
    needs_answer: bool
    #: Whether it was told before the snapshot that this deployment was restored from.
    repeated: bool
    #: The target's number and id; None when it concerns none.
    target: Optional[int]
    target_id: Optional[str]
    #: The index of the event in the target's plan, which event that is, and its name.
    event: Optional[int]
    event_kind: Event
    event_name: Optional[str]
    #: Lambda, ECS: the function to invoke.
    hook: Optional[str]
    #: Server: where the scripts are taken from.
    revision: RevisionSource
    #: Whether it concerns an original instance or task set.
    original: bool
    #: When it was told, and when it is due; None: never.
    issued_ms: int
    deadline_ms: Optional[int]
    #: Percent of the traffic for the replacement and the original.
    weight: int
    original_weight: int
    #: CANCEL: the token of what to end.
    cancels: int
    # NOTIFY.
    trigger: int
    trigger_event: Optional[TriggerEvent]
    trigger_name: Optional[str]
    trigger_target_arn: Optional[str]
    status: int
    #: INSTALL.
    file_exists_behavior: FileExistsBehavior
    lifecycle_answer: AutoScalingAnswer
    #: DEPLOY_TARGET.
    phase: RolloutPhase

    def _fill(self, keep: List[Any]) -> Any:
        view = super()._fill(keep)
        view.target = DEPLOYMENT_NO_TARGET if self.target is None else self.target
        view.event = DEPLOYMENT_NO_TARGET if self.event is None else self.event
        view.deadline_ms = NEVER if self.deadline_ms is None else self.deadline_ms
        return view


@dataclasses.dataclass(frozen=True)
class Change(View, struct="cdp_deployment_change"):
    """Something that an input has changed. `str()` says it in a sentence.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"), {"AfterAllowTraffic": "check"})
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
    >>> deployment = codedeploy.Deployment(id="d-EXAMPLE01", group=group, appspec=spec)
    >>> deployment.start(0)
    >>> change = deployment.changes[0]
    >>> str(change.kind), str(change)
    ('Status', 'd-EXAMPLE01 InProgress')
    """

    kind: ChangeKind
    target: Optional[int]
    target_id: Optional[str]
    event: Optional[int]
    #: The one that the kind speaks of; the others are None.
    status: Optional[DeploymentStatus]
    target_status: Optional[TargetStatus]
    event_status: Optional[EventStatus]
    error: EventError
    code: ErrorCode
    alarm_state: AlarmState
    wait: Wait
    rule: Optional[RolloutRule]
    weight: int
    #: The code of the host's callback that caused it; 0 when none did.
    host_status: int
    time_ms: int
    until_ms: Optional[int]
    #: An event's or alarm's.
    name: Optional[str]
    message: Optional[str]
    sentence: str = ""

    def __str__(self) -> str:
        return self.sentence


@dataclasses.dataclass(frozen=True)
class DeploymentInfo(View, struct="cdp_deployment_info"):
    """A deployment at a glance.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"), {"AfterAllowTraffic": "check"})
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
    >>> deployment = codedeploy.Deployment(id="d-EXAMPLE01", group=group, appspec=spec)
    >>> deployment.start(0)
    >>> info = deployment.info
    >>> info.status, info.weight, info.error_message
    (<DeploymentStatus.IN_PROGRESS: 3>, 0, None)
    """

    id: str
    status: DeploymentStatus
    platform: Platform
    type: DeploymentType
    creator: DeploymentCreator
    #: Why it failed or was stopped.
    error_code: ErrorCode
    error_message: Optional[str]
    #: Whether it is being stopped or is failing, and something still runs.
    ending: bool
    create_ms: Optional[int]
    start_ms: Optional[int]
    complete_ms: Optional[int]
    # Targets.
    pending: int
    in_progress: int
    succeeded: int
    failed: int
    skipped: int
    ready: int
    unknown: int
    #: What is waited for, and until when; None: until somebody continues.
    wait: Wait
    wait_until_ms: Optional[int]
    termination_wait_started: bool
    #: Percent of the production traffic for the replacement and the original; of the test traffic.
    weight: int
    original_weight: int
    test_weight: int
    #: Whether an automatic rollback was wanted, and what the API tells of it.
    rollback_wanted: bool
    rollback_id: Optional[str]
    rollback_triggering_id: Optional[str]
    rollback_message: Optional[str]
    follow_up_id: Optional[str]
    #: StopDeployment's answer; None when it was not stopped.
    stop_status: Optional[StopStatus]
    open_actions: int


@dataclasses.dataclass(frozen=True)
class Target(View, struct="cdp_deployment_target"):
    """One target.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"), {"AfterAllowTraffic": "check"})
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
    >>> deployment = codedeploy.Deployment(id="d-EXAMPLE01", group=group, appspec=spec)
    >>> deployment.start(0)
    >>> [(target.id, str(target.status)) for target in deployment.targets]
    [('shop:live', 'InProgress')]
    """

    id: str
    zone: Optional[str]
    status: TargetStatus
    reason: LifecycleReason
    #: Whether it is an original of a blue/green deployment.
    original: bool
    takes_part: bool
    terminated: bool
    #: Registered with the load balancer by this deployment (1), deregistered (2), neither (0).
    traffic: int
    #: When anything of it last changed.
    updated_ms: Optional[int]
    #: The last failure's message.
    message: Optional[str]


@dataclasses.dataclass(frozen=True)
class Alarm(View, struct="cdp_deployment_alarm_view"):
    """One alarm that is watched.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"))
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda", alarms=codedeploy.Alarms(("errors",)),
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
    >>> deployment = codedeploy.Deployment(id="d-EXAMPLE01", group=group, appspec=spec)
    >>> deployment.start(0)
    >>> deployment.alarm(1, "errors", "OK")
    >>> [(alarm.name, str(alarm.state)) for alarm in deployment.alarms]
    [('errors', 'OK')]
    """

    name: str
    state: AlarmState
    #: Whether it was active at the start and does not count.
    excused: bool


class Deployment(Machine):
    """A deployment. Its options may be given one by one.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"))
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     config_name="CodeDeployDefault.LambdaCanary10Percent5Minutes")
    >>> deployment = codedeploy.Deployment(id="d-EXAMPLE01", group=group, appspec=spec)
    >>> deployment.start(0)
    >>> for action in deployment.actions():
    ...     print(action.kind, action.weight)
    ...     deployment.answer(0, action.token)
    SetTraffic 10
    >>> deployment.next_deadline
    300000
    """

    __slots__ = ("_sessions", "options")
    #: What it was made from.
    options: DeploymentOptions
    #: Those of the hosts that drive it.
    _sessions: List[Any]

    def __init__(self, options: Optional[DeploymentOptions] = None, **parts: Any) -> None:
        """Makes a deployment of which nothing is done; `parts` are members of `DeploymentOptions`."""
        if options is None:
            options = DeploymentOptions(**parts)
        elif parts:
            options = dataclasses.replace(options, **parts)
        keep: List[Any] = []
        found, out = Findings(), ffi.new("cdp_deployment **")
        check(lib.cdp_deployment_new(filled(options, keep), NULL, found.c, out), found, DeploymentError)
        self._own(options, found, out, keep)

    def _own(self, options: DeploymentOptions, found: Findings, out: Any, keep: Any) -> None:
        self.options, self._sessions = options, []
        found.take()
        self._begin(out[0], lib.cdp_deployment_free, found, keep)

    @classmethod
    def restore(cls, snapshot: Union[str, bytes], options: DeploymentOptions) -> "Deployment":
        """A deployment from a snapshot, which goes on exactly as the one that was written would have;
        open actions are told again. `options` are those of the one that was written."""
        keep: List[Any] = []
        data, found, out = encode(snapshot), Findings(), ffi.new("cdp_deployment **")
        status = lib.cdp_deployment_restore(data, len(data), filled(options, keep), NULL, found.c, out)
        check(status, found, DeploymentError)
        made = object.__new__(cls)
        made._own(options, found, out, keep)
        return made

    # -- inputs ----------------------------------------------------------------------------------

    def put(self, now: int, input: Optional[DeploymentInput] = None) -> None:
        """Puts one input in, after everything that is due by `now`; None: the time alone."""
        keep: List[Any] = []
        given = NULL if input is None else filled(input, keep)
        with self._lock:
            self._input(lib.cdp_deployment_step(self._c, now, given, self._found.c))

    def step(self, now: int) -> None:
        """Tells the time."""
        self.put(now)

    def add_target(self, now: int, instance: Union[RolloutInstance, str]) -> None:
        """Server: an instance to deploy to, or one that joined."""
        keep: List[Any] = []
        made = RolloutInstance(instance) if isinstance(instance, str) else instance
        with self._lock:
            self._input(lib.cdp_deployment_add_target(self._c, now, filled(made, keep), self._found.c))

    def start(self, now: int) -> None:
        """Work begins. Once."""
        with self._lock:
            self._input(lib.cdp_deployment_start(self._c, now, self._found.c))

    def answer(
        self,
        now: int,
        token: int,
        message: Optional[str] = None,
        *,
        failed: bool = False,
        error: Union[EventError, str, None] = None,
        code: Union[ErrorCode, str, None] = None,
        host_status: int = 0,
    ) -> None:
        """An action is done, or failed: with `failed`, or with an `error` of an event or an API `code`."""
        failed = failed or error is not None or code is not None
        outcome = Outcome.FAILED if failed else Outcome.DONE
        if error is None and code is None and not host_status:
            with self._lock:
                self._input(lib.cdp_deployment_answer(self._c, now, token, outcome, string(message),
                                                      self._found.c))
            return
        self.put(now, DeploymentInput(
            InputKind.ANSWER, outcome, token, EventError(word(EventError, error or 0)),
            ErrorCode(word(ErrorCode, code or 0)), message, host_status=host_status))

    def begun(self, now: int, token: int) -> None:
        """An action has begun (`host_begins_events`)."""
        self.put(now, DeploymentInput(InputKind.BEGUN, token=token))

    def stop(self, now: int, auto_rollback: Optional[bool] = None) -> None:
        """StopDeployment; `auto_rollback`: roll back or not, whatever is configured."""
        flag = Flag.NOT_SAID if auto_rollback is None else Flag.YES if auto_rollback else Flag.NO
        with self._lock:
            self._input(lib.cdp_deployment_stop(self._c, now, flag, self._found.c))

    def continue_(self, now: int, wait: Union[WaitType, str] = WaitType.NONE) -> None:
        """ContinueDeployment; NONE: whatever is waited for."""
        with self._lock:
            self._input(lib.cdp_deployment_continue(self._c, now, word(WaitType, wait), self._found.c))

    def alarm(self, now: int, name: str, state: Union[AlarmState, str]) -> None:
        """An alarm is in a state."""
        with self._lock:
            self._input(lib.cdp_deployment_alarm(self._c, now, string(name), word(AlarmState, state),
                                                 self._found.c))

    def fail(self, now: int, code: Union[ErrorCode, str], message: Optional[str] = None) -> None:
        """Something outside makes the deployment fail."""
        self.put(now, DeploymentInput(InputKind.FAIL, code=ErrorCode(word(ErrorCode, code)), message=message))

    def _number(self, target: Union[int, str]) -> int:
        return self.find(target) if isinstance(target, str) else target

    def lost(self, now: int, target: Union[int, str]) -> None:
        """Nothing more will be heard from a target, by its number or id."""
        self.put(now, DeploymentInput(InputKind.LOST, target=self._number(target)))

    def left(self, now: int, target: Union[int, str]) -> None:
        """A target went away for good."""
        self.put(now, DeploymentInput(InputKind.LEFT, target=self._number(target)))

    def restarted(self, now: int, target: Union[int, str]) -> None:
        """A target lost what was installed on it, and is there again."""
        self.put(now, DeploymentInput(InputKind.RESTARTED, target=self._number(target)))

    def event(self, now: int, target: Union[int, str], event: int, status: Union[EventStatus, str],
              error: Union[EventError, str] = EventError.SUCCESS, message: Optional[str] = None) -> None:
        """`whole_targets`: an event of a target is now in a status."""
        self.put(now, DeploymentInput(
            InputKind.EVENT, target=self._number(target), event=event, message=message,
            event_status=EventStatus(word(EventStatus, status)), error=EventError(word(EventError, error))))

    def rolled_back(self, now: int, id: Optional[str], message: Optional[str] = None) -> None:
        """The deployment that rolls this one back has an id; None: it could not be made."""
        self.put(now, DeploymentInput(InputKind.ROLLED_BACK, name=id, message=message))

    def followed(self, now: int, id: str) -> None:
        """The deployment that follows for outdated instances has an id."""
        self.put(now, DeploymentInput(InputKind.FOLLOWED, name=id))

    def trouble(self, now: int, message: str, host_status: int = Status.HOST) -> None:
        """Something of no consequence went wrong at the host."""
        self.put(now, DeploymentInput(InputKind.TROUBLE, message=message, host_status=host_status))

    # -- actions ---------------------------------------------------------------------------------

    def next_action(self) -> Optional[Action]:
        """Takes out the oldest action; None when there is none."""
        view = new_view("cdp_deployment_action")
        with self._lock:
            status = lib.cdp_deployment_next_action(self._c, view)
            if status == Status.NOT_FOUND:
                return None
            check(status)
            return Action._read(view)

    def actions(self) -> Iterator[Action]:
        """Takes out actions, the oldest first, until there are none."""
        while True:
            action = self.next_action()
            if action is None:
                return
            yield action

    @property
    def open_actions(self) -> Tuple[Action, ...]:
        """Those that were taken out and are not answered, in no particular order."""
        view, actions = new_view("cdp_deployment_action"), []
        with self._lock:
            for i in range(lib.cdp_deployment_open_count(self._c)):
                check(lib.cdp_deployment_open_at(self._c, i, view))
                actions.append(Action._read(view))
        return tuple(actions)

    def open_action(self, token: int) -> Optional[Action]:
        """An open action by its token."""
        view = new_view("cdp_deployment_action")
        with self._lock:
            status = lib.cdp_deployment_open_find(self._c, token, view)
            if status == Status.NOT_FOUND:
                return None
            check(status)
            return Action._read(view)

    def environment(self, action: Action) -> Dict[str, str]:
        """The environment of a hook's scripts: DEPLOYMENT_ID, LIFECYCLE_EVENT and so on."""
        keep: List[Any] = []
        view, name, value = filled(action, keep), ffi.new("cdp_string *"), ffi.new("cdp_string *")
        variables: Dict[str, str] = {}
        with self._lock:
            while True:
                status = lib.cdp_deployment_variable_at(self._c, view, len(variables), name, value)
                if status == Status.NOT_FOUND:
                    return variables
                check(status)
                variables[text(name)] = text(value)

    def notification(self, action: Action, shape: Union[NotificationShape, str] = NotificationShape.SERVICE
                     ) -> Tuple[str, str]:
        """The subject and the message, as JSON, of a NOTIFY."""
        keep: List[Any] = []
        view, number = filled(action, keep), word(NotificationShape, shape)
        out = ffi.new("cdp_text **")
        check(lib.cdp_text_new(NULL, out))
        subject = ffi.gc(out[0], lib.cdp_text_free)
        with self._lock:
            message = _native.written(lambda into: lib.cdp_deployment_write_notification(
                self._c, view, number, into, subject))
        return text(lib.cdp_text_string(subject)), message

    # -- what is ---------------------------------------------------------------------------------

    @property
    def changes(self) -> Tuple[Change, ...]:
        """What the last input has changed, in order."""
        view, changes = new_view("cdp_deployment_change"), []
        with self._lock:
            for i in range(lib.cdp_deployment_change_count(self._c)):
                check(lib.cdp_deployment_change_at(self._c, i, view))
                changes.append(_change(self._c, view))
        return tuple(changes)

    @property
    def changes_dropped(self) -> int:
        """How many more there were that no memory could be had for."""
        with self._lock:
            return lib.cdp_deployment_changes_dropped(self._c)

    @property
    def info(self) -> DeploymentInfo:
        """The deployment at a glance."""
        view = new_view("cdp_deployment_info")
        with self._lock:
            check(lib.cdp_deployment_get_info(self._c, view))
            return DeploymentInfo._read(view)

    @property
    def status(self) -> DeploymentStatus:
        with self._lock:
            return DeploymentStatus(lib.cdp_deployment_get_status(self._c))

    @property
    def over(self) -> bool:
        """Whether the status is final."""
        with self._lock:
            return bool(lib.cdp_deployment_is_over(self._c))

    @property
    def now(self) -> Optional[int]:
        """The time of the last accepted input."""
        with self._lock:
            instant = lib.cdp_deployment_now(self._c)
        return None if instant < 0 else instant

    @property
    def next_deadline(self) -> Optional[int]:
        """When to call `step()` if nothing happens before; None: never."""
        with self._lock:
            return deadline(lib.cdp_deployment_next_deadline(self._c))

    @property
    def id(self) -> str:
        return self.info.id

    @property
    def platform(self) -> Platform:
        with self._lock:
            return Platform(lib.cdp_deployment_platform(self._c))

    @property
    def group(self) -> DeploymentGroup:
        """The effective group."""
        with self._lock:
            return DeploymentGroup._borrow(lib.cdp_deployment_group(self._c), self._c)

    @property
    def config(self) -> DeploymentConfig:
        """The effective configuration."""
        with self._lock:
            return DeploymentConfig._borrow(lib.cdp_deployment_config(self._c), (self._c, self._kept))

    @property
    def schedule(self) -> Optional[TrafficSchedule]:
        """The schedule along which traffic shifts; None on Server."""
        with self._lock:
            found = lib.cdp_deployment_schedule(self._c)
            return TrafficSchedule._borrow(found, (self._c, self._kept)) if found else None

    @property
    def rollout(self) -> Optional[RolloutReader]:
        """The roll-out of a Server deployment, to look at; None before the start and elsewhere."""
        with self._lock:
            found = lib.cdp_deployment_rollout(self._c)
            if not found:
                return None
            reader = _native.adopt(RolloutReader, ffi.cast("cdp_rollout *", found), owner=self._c)
            reader._lock, reader._found, reader._kept = self._lock, self._found, self._kept
            return reader

    @property
    def targets(self) -> Tuple[Target, ...]:
        """All targets, by their numbers."""
        view, targets = new_view("cdp_deployment_target"), []
        with self._lock:
            for i in range(lib.cdp_deployment_target_count(self._c)):
                check(lib.cdp_deployment_target_at(self._c, i, view))
                targets.append(Target._read(view))
        return tuple(targets)

    def find(self, id: str) -> int:
        """The number of a target's id."""
        number = ffi.new("uint32_t *")
        with self._lock:
            check(lib.cdp_deployment_target_find(self._c, string(id), number))
        return int(number[0])

    def plan(self, target: Union[int, str]) -> LifecyclePlan:
        """The events that a target goes through."""
        view = new_view("cdp_deployment_target")
        with self._lock:
            check(lib.cdp_deployment_target_at(self._c, self._number(target), view))
            return LifecyclePlan._borrow(view.plan, self._c)

    def events(self, target: Union[int, str]) -> Tuple[LifecycleEventRecord, ...]:
        """How each event of a target stands."""
        view, records = new_view("cdp_lifecycle_event_record"), []
        with self._lock:
            number = self._number(target)
            for i in range(len(self.plan(number))):
                check(lib.cdp_deployment_event_at(self._c, number, i, view))
                records.append(LifecycleEventRecord._read(view))
        return tuple(records)

    @property
    def alarms(self) -> Tuple[Alarm, ...]:
        """The alarms that are watched."""
        view, alarms = new_view("cdp_deployment_alarm_view"), []
        with self._lock:
            for i in range(lib.cdp_deployment_alarm_count(self._c)):
                check(lib.cdp_deployment_alarm_at(self._c, i, view))
                alarms.append(Alarm._read(view))
        return tuple(alarms)

    # -- rolling back ----------------------------------------------------------------------------

    def plan_rollback(self, cause: Union[RollbackCause, str, None] = None,
                      wanted: Optional[str] = None) -> RollbackPlan:
        """What rolling back would do at this moment. `cause` None: the one that the deployment's end
        implies; `wanted`: for MANUAL, the id of the earlier deployment to go back to."""
        number = 0 if cause is None else word(RollbackCause, cause)
        found, out = Findings(), ffi.new("cdp_rollback_plan **")
        with self._lock:
            check(lib.cdp_deployment_plan_rollback(self._c, number, string(wanted), NULL, found.c, out), found)
            return RollbackPlan._own(out[0], found, (self._c, self._kept))

    def new_rollback(self, plan: RollbackPlan, options: Optional[DeploymentOptions] = None,
                     **parts: Any) -> "Deployment":
        """The deployment that carries out a plan of `plan_rollback()`. Of the options `id` is the new
        one's, `appspec` that of the earlier revision, `config` only when it is not this one's."""
        if options is None:
            parts.setdefault("group", self.options.group)
            options = DeploymentOptions(**parts)
        elif parts:
            options = dataclasses.replace(options, **parts)
        keep: List[Any] = [self._kept]
        found, out = Findings(), ffi.new("cdp_deployment **")
        with self._lock:
            status = lib.cdp_deployment_new_rollback(self._c, pointer(plan), filled(options, keep), NULL, found.c, out)
            check(status, found, DeploymentError)
        made = object.__new__(type(self))
        made._own(options, found, out, keep)
        return made

    @property
    def past(self) -> PastDeployment:
        """What to keep of a deployment that is over, for `past` of the next."""
        view = new_view("cdp_rollback_past")
        with self._lock:
            check(lib.cdp_deployment_get_past(self._c, view))
            revision = Revision._read(view.revision) if view.revision else None
            return PastDeployment._read(view, revision=revision)

    # -- keeping, repeating, showing -------------------------------------------------------------

    def snapshot(self) -> str:
        """The whole state as one line of JSON, for `restore()`."""
        with self._lock:
            return _native.written(lambda out: lib.cdp_deployment_snapshot(self._c, out))

    @staticmethod
    def write_input(now: int, input: Optional[DeploymentInput] = None) -> str:
        """An input as one line of JSON: what a host keeps to be able to repeat a deployment."""
        keep: List[Any] = []
        given = NULL if input is None else filled(input, keep)
        return _native.written(lambda out: lib.cdp_deployment_write_input(now, given, out))

    def replay(self, line: Union[str, bytes]) -> None:
        """Puts in what `write_input()` wrote."""
        data = encode(line)
        with self._lock:
            self._input(lib.cdp_deployment_replay(self._c, data, len(data), self._found.c))

    def write_info(self, indent: int = 0) -> str:
        """The output of GetDeployment."""
        with self._lock:
            return _native.written(lambda out: lib.cdp_deployment_write_info(self._c, indent, out))

    def write_targets(self, targets: Optional[Sequence[Union[int, str]]] = None, indent: int = 0) -> str:
        """The output of BatchGetDeploymentTargets: of some targets, or of all."""
        with self._lock:
            numbers = None if targets is None else [self._number(target) for target in targets]
            array = NULL if numbers is None else ffi.new("uint32_t[]", numbers or 1)
            return _native.written(lambda out: lib.cdp_deployment_write_targets(
                self._c, array, len(numbers or ()), indent, out))

    def __repr__(self) -> str:
        return "<Deployment, closed>" if self.closed else f"<Deployment {self.id}: {self.status}>"


def _change(c: Any, view: Any) -> Change:
    return Change._read(view, sentence=_native.written(
        lambda out: lib.cdp_deployment_render_change(c, view, out)))
