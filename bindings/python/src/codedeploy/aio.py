# SPDX-License-Identifier: MIT
"""Deployments in an event loop: the methods of a host may be coroutines.

>>> import asyncio, codedeploy
>>> from codedeploy import aio
>>> class Alias(codedeploy.Host):
...     async def set_traffic(self, deployment, action):
...         await asyncio.sleep(0)
...         print(action.weight, "% go to the new version")
>>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"))
>>> group = codedeploy.DeploymentGroup(
...     application_name="shop", name="prod", platform="Lambda",
...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
>>> deployment = codedeploy.Deployment(
...     id="d-EXAMPLE01", group=group, appspec=spec,
...     schedule=codedeploy.TrafficSchedule("10:20ms,100"))
>>> asyncio.run(aio.run(deployment, Alias()))
10 % go to the new version
100 % go to the new version
<DeploymentStatus.SUCCEEDED: 5>
"""

import asyncio
from typing import Any, Awaitable, Callable, Dict, List, Optional, Tuple

from ._native import word
from .deployment import Action, Deployment, DeploymentInput
from .enums import ActionKind, AlarmState, DeploymentStatus, InputKind, Status
from .errors import ActionFailed, CodeDeployError, StateError
from .host import Host, Passthrough, checked, real_clock, results, session

__all__ = ["Driver", "run"]


class Driver:
    """Drives a deployment to its end. An action whose method is a coroutine is pending until that has
    ended; when the deployment asks to cancel it, the coroutine is cancelled.

    What a coroutine raises, `ActionFailed` excepted, lets its action fail and comes out of `run()`. When
    `run()` is left by an exception, or is cancelled, the coroutines that run are cancelled, too; their
    actions stay open, and the next `run()` begins them again.

    >>> import asyncio, codedeploy
    >>> from codedeploy import aio
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"), {"AfterAllowTraffic": "f"})
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
    >>> class Slow(codedeploy.Host):
    ...     def set_traffic(self, deployment, action): pass
    ...     async def run_hook(self, deployment, action):
    ...         await asyncio.sleep(60)
    >>> async def play():
    ...     driver = aio.Driver(codedeploy.Deployment(id="d-EXAMPLE01", group=group, appspec=spec), Slow())
    ...     asyncio.get_running_loop().call_later(
    ...         0.01, driver.put, codedeploy.DeploymentInput(codedeploy.InputKind.STOP))
    ...     return await driver.run()
    >>> asyncio.run(play())
    <DeploymentStatus.STOPPED: 7>
    """

    def __init__(self, deployment: Deployment, host: Host, *,
                 clock: Optional[Callable[[], int]] = None) -> None:
        """`clock` tells the time in milliseconds; by default the deployment's own time goes on."""
        self.deployment, self.host = deployment, host
        self._now = clock or real_clock(deployment)
        self._tasks: Dict[int, Tuple[Action, "asyncio.Future[Any]"]] = {}
        self._polls: List[Tuple[str, "asyncio.Future[Any]"]] = []
        self._session = session(host, deployment)
        self._wake: Optional[asyncio.Event] = None
        self._loop: Optional[asyncio.AbstractEventLoop] = None

    def put(self, input: Optional[DeploymentInput] = None) -> None:
        """Puts something that happened in: a stop, an alarm, an instance that joined. While it runs, only
        from the event loop's own thread; others use `loop.call_soon_threadsafe()`."""
        if self._loop is not None and self._loop is not _running():
            raise RuntimeError("this belongs to the thread of the event loop: use its call_soon_threadsafe()")
        try:
            self._put(input)
        finally:
            if self._wake is not None:
                self._wake.set()

    def _put(self, input: Optional[DeploymentInput] = None) -> None:
        one = self._session
        one.spawn, one.spawn_poll, one.end = self._spawn, self._spawn_poll, self._end
        try:
            one.step(self._now(), input)
        finally:
            one.spawn = one.spawn_poll = one.end = None

    def _spawn(self, action: Action, answer: Awaitable[Any]) -> None:
        self._tasks[action.token] = action, self._watched(answer)

    def _spawn_poll(self, name: str, answer: Awaitable[Any]) -> None:
        self._polls.append((name, self._watched(answer)))

    def _end(self, action: Action) -> bool:
        """Cancels the coroutine of an action; the deployment hears of it when it has ended."""
        if action.cancels not in self._tasks:
            return False
        _, task = self._tasks.pop(action.cancels)
        task.cancel()
        self._tasks[action.token] = action, task
        return True

    def _watched(self, answer: Awaitable[Any]) -> "asyncio.Future[Any]":
        task = asyncio.ensure_future(answer)
        task.add_done_callback(lambda _: self._wake.set() if self._wake is not None else None)
        return task

    async def run(self) -> DeploymentStatus:
        """Drives it to its end, or until something raises."""
        if self._loop is not None:
            raise RuntimeError("it runs already")
        self._wake, self._loop = asyncio.Event(), asyncio.get_running_loop()
        try:
            if self.deployment.status == DeploymentStatus.CREATED:
                self._put(DeploymentInput(InputKind.START))
            else:
                self._put()
            while not self._finished():
                await self._wait()
                self._collect()
                if not self.deployment.over:
                    self._put()
            return self.deployment.status
        finally:
            try:
                await self._cancel_all()
            finally:
                self._wake = self._loop = None

    def _finished(self) -> bool:
        return self.deployment.over and not self._tasks and not self._polls

    async def _wait(self) -> None:
        assert self._wake is not None
        due = self.deployment.next_deadline
        running = bool(self._tasks or self._polls)
        if due is None and not running and not self.deployment.info.open_actions:
            raise StateError(Status.STATE, (), "the deployment waits for somebody to continue it")
        timeout = None if due is None or self.deployment.over else max(0, due - self._now()) / 1000
        try:
            await asyncio.wait_for(self._wake.wait(), timeout)
        except asyncio.TimeoutError:
            pass
        self._wake.clear()

    def _collect(self) -> None:
        """Puts in how what has ended came out; raises what came out of it."""
        first: Optional[BaseException] = None
        for token, (action, task) in list(self._tasks.items()):
            if not task.done():
                continue
            del self._tasks[token]
            failure = None
            answer, error = _outcome(task)
            if action.kind == ActionKind.CANCEL:
                error = None if isinstance(error, (asyncio.CancelledError, ActionFailed)) else error
                first = first or error
            elif isinstance(error, ActionFailed):
                failure = error
            elif isinstance(error, Passthrough):
                failure = ActionFailed(status=Status.UNSUPPORTED)
            elif error is not None:
                failure = ActionFailed(str(error) or type(error).__name__)
                first = first or (None if task.cancelled() else error)
            for input in results(action, answer, failure):
                self._put_late(input)
        first = self._collect_polls() or first
        if first is not None:
            raise first

    def _collect_polls(self) -> Optional[BaseException]:
        if not self._polls or not all(task.done() for _, task in self._polls):
            return None
        polls, self._polls, first = self._polls, [], None
        for name, task in polls:
            error = asyncio.CancelledError() if task.cancelled() else task.exception()
            state = AlarmState.UNREADABLE
            if error is None:
                state = AlarmState(word(AlarmState, task.result()))
            elif not isinstance(error, (ActionFailed, Passthrough, asyncio.CancelledError)):
                first = first or error
            self._put_late(DeploymentInput(InputKind.ALARM, name=name, alarm_state=state))
        for action in self.deployment.open_actions:
            if action.kind == ActionKind.POLL_ALARMS:
                self._put_late(DeploymentInput(InputKind.ANSWER, token=action.token))
        return first

    def _put_late(self, input: DeploymentInput) -> None:
        """Puts a result in that the deployment may not want any more."""
        try:
            self._put(input)
        except CodeDeployError:
            if input.kind not in (InputKind.ANSWER, InputKind.ALARM, InputKind.TROUBLE):
                raise

    async def _cancel_all(self) -> None:
        left = [(action, task) for action, task in self._tasks.values()]
        tasks = [task for _, task in left] + [task for _, task in self._polls]
        self._tasks.clear()
        self._polls.clear()
        # Before anything is waited for: who cancels a second time does not wait, and loses no action.
        self._session.deferred += [action for action, _ in left]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.gather(*tasks, return_exceptions=True)


def _running() -> Optional[asyncio.AbstractEventLoop]:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _outcome(task: "asyncio.Future[Any]") -> Tuple[Any, Optional[BaseException]]:
    """What a method has returned or raised."""
    error = asyncio.CancelledError() if task.cancelled() else task.exception()
    if error is None:
        try:
            return checked(task.result()), None
        except TypeError as wrong:
            error = wrong
    return None, error


async def run(deployment: Deployment, host: Host, *,
              clock: Optional[Callable[[], int]] = None) -> DeploymentStatus:
    """Drives a deployment to its end with a host whose methods may be coroutines.

    >>> import codedeploy
    >>> import asyncio
    >>> from codedeploy import aio
    >>> class Alias(codedeploy.Host):
    ...     async def set_traffic(self, deployment, action):
    ...         await asyncio.sleep(0)
    >>> spec = codedeploy.AppSpec.for_lambda(codedeploy.LambdaFunction("shop", "live", "7", "8"))
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     config_name="CodeDeployDefault.LambdaAllAtOnce")
    >>> asyncio.run(aio.run(codedeploy.Deployment(id="d-EXAMPLE01", group=group, appspec=spec), Alias()))
    <DeploymentStatus.SUCCEEDED: 5>
    """
    return await Driver(deployment, host, clock=clock).run()
