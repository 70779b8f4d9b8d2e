# SPDX-License-Identifier: MIT
"""Hosts: who carries out what a deployment asks for."""

import threading
import time
import weakref
from typing import Any, Awaitable, Callable, List, Optional

from ._callbacks import Call, callback, status_of
from ._ffi import ffi, lib
from ._native import NULL, encode, filled, new_view, structs, text, word
from .deployment import Action, Change, Deployment, DeploymentInput, _change
from .enums import ActionKind, AlarmState, DeploymentStatus, ErrorCode, EventError, InputKind, Outcome, Status
from .errors import ActionFailed, StateError
from .rollout import RolloutInstance

__all__ = ["PENDING", "Host", "Passthrough", "Pending"]


class Pending:
    """What `PENDING` is: the action is begun, and answered later by its token.

    >>> import codedeploy
    >>> codedeploy.PENDING
    PENDING
    """

    def __repr__(self) -> str:
        return "PENDING"


#: Returned by a method of a host: begun, and answered later by the action's token.
PENDING = Pending()


class Passthrough(Exception):
    """Raised by a method of a host: as if the method were not there.

    >>> import codedeploy
    >>> raise codedeploy.Passthrough
    Traceback (most recent call last):
    codedeploy.host.Passthrough
    """


class Host:
    """Carries out a deployment's actions, to be subclassed: a method for each kind of action. What a
    subclass does not define goes to `perform()`; where that is not defined either, the action fails,
    because what cannot be done was not done. Only `cancel`, `notify`, `save`, `auto_scaling`,
    `roll_back` and `follow_up` may be missing without that.

    A method returns when the action is done, returns `PENDING` when it is begun and will be answered by
    its token, or raises `ActionFailed`. Anything else that it raises lets the action fail and comes out
    of the driving call unchanged; what was not carried out by then is carried out by the next one.
    With `codedeploy.aio` methods may be coroutines.

    >>> import codedeploy
    >>> class Alias(codedeploy.Host):
    ...     def set_traffic(self, deployment, action):
    ...         print(action.original_weight, "% stay,", action.weight, "% go to the new version")
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"))
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     config_name="CodeDeployDefault.LambdaCanary10Percent5Minutes")
    >>> deployment = codedeploy.Deployment(id="d-EXAMPLE01", group=group, appspec=spec)
    >>> host = Alias()
    >>> host.start(deployment, 0)
    90 % stay, 10 % go to the new version
    >>> host.step(deployment, deployment.next_deadline)
    0 % stay, 100 % go to the new version
    >>> deployment.status
    <DeploymentStatus.SUCCEEDED: 5>
    """

    def run_hook(self, deployment: Deployment, action: Action) -> Any:
        """Run the scripts of the event on the target (`deployment.environment(action)`), or invoke the
        function `action.hook`."""

    def download(self, deployment: Deployment, action: Action) -> Any:
        """Server: get and unpack the revision on the target."""

    def install(self, deployment: Deployment, action: Action) -> Any:
        """Server: install its files on the target."""

    def block_traffic(self, deployment: Deployment, action: Action) -> Any:
        """Server: deregister the target from the load balancer."""

    def allow_traffic(self, deployment: Deployment, action: Action) -> Any:
        """Server: register the target, and wait until it is healthy there."""

    def set_traffic(self, deployment: Deployment, action: Action) -> Any:
        """Lambda, ECS: shift the production traffic to the weights."""

    def set_test_traffic(self, deployment: Deployment, action: Action) -> Any:
        """ECS: the same for the test listener."""

    def create_task_set(self, deployment: Deployment, action: Action) -> Any:
        """ECS: create the replacement task set; done when its tasks are healthy."""

    def delete_task_set(self, deployment: Deployment, action: Action) -> Any:
        """ECS: remove the original's task set or the replacement's."""

    def deploy_target(self, deployment: Deployment, action: Action) -> Any:
        """`whole_targets`: deploy to the target."""

    def provision(self, deployment: Deployment, action: Action) -> Any:
        """Server, blue/green: make the replacement instances; return them (`RolloutInstance`)."""

    def terminate(self, deployment: Deployment, action: Action) -> Any:
        """Server, blue/green: terminate the original instance."""

    def cancel(self, deployment: Deployment, action: Action) -> Any:
        """End what the action `action.cancels` has begun."""

    def notify(self, deployment: Deployment, action: Action) -> Any:
        """Tell the trigger's topic (`deployment.notification(action)`)."""

    def save(self, deployment: Deployment, action: Action) -> Any:
        """Keep a snapshot."""

    def auto_scaling(self, deployment: Deployment, action: Action) -> Any:
        """Tell the Auto Scaling group `action.lifecycle_answer`."""

    def roll_back(self, deployment: Deployment, action: Action) -> Any:
        """Make the deployment that rolls this one back; return it, or its id."""

    def follow_up(self, deployment: Deployment, action: Action) -> Any:
        """Make a deployment for the instances that joined meanwhile; return it, or its id."""

    def perform(self, deployment: Deployment, action: Action) -> Any:
        """Carry out an action whose own method is not defined."""

    def poll_alarm(self, deployment: Deployment, name: str) -> Any:
        """Return the state of an alarm (`AlarmState`)."""

    def changed(self, deployment: Deployment, change: Change) -> None:
        """Told of every change, in order."""

    # -- driving ---------------------------------------------------------------------------------

    def step(self, deployment: Deployment, now: int, input: Optional[DeploymentInput] = None) -> None:
        """Puts an input in (None: the time alone), tells of the changes, and carries out every action
        that there is then, until nothing is left to do but to wait."""
        session(self, deployment).step(now, input)

    def start(self, deployment: Deployment, now: int) -> None:
        """Starts the deployment and carries out what there is to do then."""
        self.step(deployment, now, DeploymentInput(InputKind.START))

    def answer(self, deployment: Deployment, now: int, token: int, message: Optional[str] = None, *,
               failed: bool = False) -> None:
        """A pending action is done, or failed; what follows from it is carried out."""
        outcome = Outcome.FAILED if failed else Outcome.DONE
        self.step(deployment, now, DeploymentInput(InputKind.ANSWER, outcome, token, message=message))

    def run(
        self,
        deployment: Deployment,
        *,
        clock: Optional[Callable[[], int]] = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> DeploymentStatus:
        """Drives a deployment to its end, in real time or by a clock of milliseconds of your own. What
        other threads put in with `step()` and `answer()` is noticed within a tenth of a second.

        >>> import codedeploy
        >>> class Host(codedeploy.Host):
        ...     def set_traffic(self, deployment, action): pass
        >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"))
        >>> group = codedeploy.DeploymentGroup(
        ...     application_name="shop", name="prod", platform="Lambda",
        ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
        >>> deployment = codedeploy.Deployment(
        ...     id="d-EXAMPLE01", group=group, appspec=spec,
        ...     schedule=codedeploy.TrafficSchedule("10:20ms,100"))
        >>> Host().run(deployment)
        <DeploymentStatus.SUCCEEDED: 5>
        """
        now = clock or real_clock(deployment)
        if deployment.status == DeploymentStatus.CREATED:
            self.start(deployment, now())
        while not deployment.over:
            due = deployment.next_deadline
            if due is None and not deployment.info.open_actions:
                raise StateError(Status.STATE, (), "the deployment waits for somebody to continue it")
            wait = 100 if due is None else max(0, due - now())
            if wait:
                sleep(min(wait, 100) / 1000)
            self.step(deployment, now())
        return deployment.status


def real_clock(deployment: Deployment) -> Callable[[], int]:
    """Milliseconds that go on from a deployment's own time."""
    origin = (deployment.now or 0) - time.monotonic_ns() // 1_000_000
    return lambda: origin + time.monotonic_ns() // 1_000_000


_METHODS = {kind: kind.name.lower() for kind in ActionKind if kind != ActionKind.POLL_ALARMS}


class Session:
    """A host and a deployment that it drives."""

    def __init__(self, host: Host, deployment: Deployment) -> None:
        self.host, self.deployment = host, weakref.ref(deployment)
        self.call = Call(self)
        self.reply: Any = None
        #: Actions that could not be carried out because one before them raised.
        self.deferred: List[Action] = []
        #: What takes care of awaitables; None where there is no event loop.
        self.spawn: Optional[Callable[[Action, Awaitable[Any]], None]] = None
        self.spawn_poll: Optional[Callable[[str, Awaitable[Any]], None]] = None
        #: Ends what an action that is cancelled has begun; False when that is none of its own.
        self.end: Optional[Callable[[Action], bool]] = None
        self.struct = new_view("cdp_host")
        # One for all: ask() knows which of the host's methods are defined, and in which order they are asked.
        self.struct.perform = lib.cdp_python_perform
        if self.defines("poll_alarm"):
            self.struct.poll_alarm = lib.cdp_python_poll_alarm
        if self.defines("changed"):
            self.struct.changed = lib.cdp_python_changed
        self.struct.user = self.call.user

    def defines(self, name: str) -> bool:
        return getattr(type(self.host), name) is not getattr(Host, name)

    def ask(self, action: Action) -> Any:
        """What the host answers to an action; raises Passthrough when it has no method for it."""
        own = _METHODS.get(ActionKind(action.kind), "perform")
        for name in [own, "perform"] if own != "perform" else [own]:
            if self.defines(name):
                try:
                    return getattr(self.host, name)(self.target, action)
                except Passthrough:
                    pass
        raise Passthrough

    @property
    def target(self) -> Deployment:
        deployment = self.deployment()
        assert deployment is not None  # whoever drives it holds it
        return deployment

    def step(self, now: int, input: Optional[DeploymentInput] = None) -> None:
        deployment, keep = self.target, []  # type: Deployment, List[Any]
        with deployment._lock:
            self.raise_what_came()
            deferred, self.deferred = self.deferred, []
            while deferred:
                action = deferred.pop(0)
                if not action.needs_answer or deployment.open_action(action.token):
                    self.again(deployment, now, action)
                if self.call.error:
                    break  # the input goes in all the same; what it leads to is put off, too
            self.deferred = deferred + self.deferred
            given = NULL if input is None else filled(input, keep)
            status = lib.cdp_host_step(deployment._c, self.struct, now, given, deployment._found.c)
            self.reply = None
            self.raise_what_came()
            deployment._input(status)

    def again(self, deployment: Deployment, now: int, action: Action) -> None:
        """Carries out an action that was put off."""
        answer, failure = None, None
        try:
            answer = self.ask(action)
            if answer is PENDING or self.spawned(action, answer):
                return
            checked(answer)
        except Passthrough:
            failure = None if action.kind == ActionKind.CANCEL else ActionFailed(status=Status.UNSUPPORTED)
        except ActionFailed as error:
            failure = error
        except BaseException as error:  # comes out of the driving call
            self.call.error = error
            failure = ActionFailed(str(error) or type(error).__name__, status=status_of(error))
        self.put(deployment, now, results(action, answer, failure))

    def put(self, deployment: Deployment, now: int, inputs: List[DeploymentInput]) -> None:
        """Puts results in. What the deployment does not want any more is passed over."""
        for input in inputs:
            keep: List[Any] = []
            lib.cdp_host_step(deployment._c, self.struct, now, filled(input, keep), deployment._found.c)
            self.reply = None
            deployment._found.take()

    def spawned(self, action: Action, answer: Any) -> bool:
        """Whether an answer is one to wait for."""
        if not hasattr(answer, "__await__"):
            return False
        if self.spawn is None:
            if hasattr(answer, "close"):
                answer.close()
            raise TypeError("a host with coroutines is driven by codedeploy.aio")
        self.spawn(action, answer)
        return True

    def raise_what_came(self) -> None:
        error, self.call.error = self.call.error, None
        if error is not None:
            self.target._found.take()
            raise error

    def carry_out(self, action: Action, reply: Any) -> int:
        """What a callback answers."""
        if self.call.error is not None:
            self.deferred.append(action)
            return Status.PENDING
        try:
            if action.kind == ActionKind.CANCEL:
                if self.end is not None and self.end(action):
                    return Status.PENDING
            answer = self.ask(action)
            return Status.PENDING if self.spawned(action, answer) else self.fill_in(answer, reply)
        except Passthrough:
            return Status.PASSTHROUGH
        except ActionFailed as failure:
            return self.failed(failure, reply)
        except BaseException as error:  # comes out of the driving call
            self.call.error = error
            return self.failed(ActionFailed(str(error) or type(error).__name__, status=status_of(error)), reply)

    def fill_in(self, answer: Any, reply: Any) -> int:
        if answer is PENDING:
            return Status.PENDING
        keep: List[Any] = []
        checked(answer)
        if isinstance(answer, (str, Deployment)):
            name = encode(answer.id if isinstance(answer, Deployment) else answer)
            keep.append(ffi.from_buffer("char[]", name))
            reply.name = (keep[0], len(name))
        elif isinstance(answer, (list, tuple)):
            instances = [RolloutInstance(one) if isinstance(one, str) else one for one in answer]
            reply.instances, reply.instance_count = structs("cdp_rollout_instance", instances, keep)
        self.reply = keep  # C reads it right after the callback
        return Status.OK

    def failed(self, failure: ActionFailed, reply: Any) -> int:
        reply.error = word(EventError, failure.error or EventError.SUCCESS)
        reply.code = word(ErrorCode, failure.code or ErrorCode.NONE)
        message = encode(failure.message or "")
        if failure.message is not None:
            self.reply = ffi.from_buffer("char[]", message)
            reply.message = (self.reply, len(message))
        return failure.status if failure.status < 0 else Status.HOST


def checked(answer: Any) -> Any:
    """What a host's method has returned, if it may."""
    if answer is None or isinstance(answer, (str, Deployment, list, tuple)):
        return answer
    raise TypeError(f"a host's method returned {type(answer).__name__}")


def results(action: Action, answer: Any, failure: Optional[ActionFailed]) -> List[DeploymentInput]:
    """The inputs that tell how an action came out that was pending."""
    message = failure.message if failure else None
    if action.kind in (ActionKind.ROLL_BACK, ActionKind.FOLLOW_UP) and (failure or answer is not None):
        name = answer.id if isinstance(answer, Deployment) else answer
        rolled_back = action.kind == ActionKind.ROLL_BACK
        if failure and not rolled_back:
            return [DeploymentInput(InputKind.TROUBLE, message=message, host_status=failure.status)]
        return [DeploymentInput(InputKind.ROLLED_BACK if rolled_back else InputKind.FOLLOWED, name=name,
                                message=message)]
    inputs = []
    if action.kind == ActionKind.PROVISION and answer:
        made = [RolloutInstance(one) if isinstance(one, str) else one for one in answer]
        inputs = [DeploymentInput(InputKind.TARGET, instance=one) for one in made]
    if action.needs_answer:
        inputs.append(DeploymentInput(
            InputKind.ANSWER, Outcome.FAILED if failure else Outcome.DONE, action.token, message=message,
            error=EventError(word(EventError, failure and failure.error or 0)),
            code=ErrorCode(word(ErrorCode, failure and failure.code or 0)),
            host_status=failure.status if failure else 0))
    elif failure:
        inputs.append(DeploymentInput(InputKind.TROUBLE, message=message, host_status=failure.status))
    return inputs


_LOCK = threading.Lock()


def session(host: Host, deployment: Deployment) -> Session:
    """The one of this host and this deployment."""
    if not isinstance(deployment, Deployment):
        raise TypeError(f"expected a Deployment, not {type(deployment).__name__}")
    if type(deployment)._input is not Deployment._input:
        raise TypeError("this deployment belongs to a SimHost")
    with _LOCK:
        for one in deployment._sessions:
            if one.host is host:
                found: Session = one
                return found
        found = Session(host, deployment)
        deployment._sessions.append(found)
        return found


@callback("perform")
def _perform(session: Session, deployment: Any, action: Any, reply: Any) -> int:
    return session.carry_out(Action._read(action), reply)


@callback("poll_alarm", whole=True)
def _poll_alarm(call: Call, deployment: Any, name: Any, state: Any) -> int:
    session: Session = call.target
    try:
        answer = session.host.poll_alarm(session.target, text(name))
        if hasattr(answer, "__await__"):
            if session.spawn_poll is None:
                raise TypeError("a host with coroutines is driven by codedeploy.aio")
            session.spawn_poll(text(name), answer)
            return Status.PENDING
        if answer is PENDING:
            return Status.PENDING
        state[0] = word(AlarmState, answer)
        return Status.OK
    except Passthrough:
        return Status.PASSTHROUGH
    except ActionFailed as failure:
        return failure.status
    except BaseException as error:
        call.error = call.error or error
        return status_of(error)


@callback("changed", whole=True)
def _changed(call: Call, deployment: Any, change: Any) -> int:
    session: Session = call.target
    try:
        session.host.changed(session.target, _change(deployment, change))
    except BaseException as error:
        call.error = call.error or error
    return Status.OK
