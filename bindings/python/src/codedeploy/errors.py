# SPDX-License-Identifier: MIT
"""What goes wrong, as exceptions. Everything that the library refuses is a `CodeDeployError`."""

from typing import Any, Dict, Optional, Sequence, Type

from ._ffi import ffi, lib
from .diagnostics import Diagnostic
from .enums import Severity, Status

__all__ = [
    "AppSpecError",
    "ActionFailed",
    "ArgumentError",
    "BusyError",
    "CancelledError",
    "ClosedError",
    "CodeDeployError",
    "ConfigError",
    "ConflictError",
    "CorruptError",
    "DeniedError",
    "DeploymentError",
    "FullError",
    "GroupError",
    "HostError",
    "InvalidError",
    "LimitError",
    "NotFoundError",
    "OutsideError",
    "StateError",
    "TimeError",
    "UnsupportedError",
]


class CodeDeployError(Exception):
    """The library refused something: `status` says what kind of refusal it is, `diagnostics` each
    thing that is wrong, with its place.

    >>> import codedeploy
    >>> try:
    ...     codedeploy.AppSpec.parse("version: 0.0")
    ... except codedeploy.CodeDeployError as error:
    ...     print(error.status.name, [str(found.code) for found in error.diagnostics])
    INVALID ['appspec-platform-unknown']
    """

    def __init__(
        self, status: int, diagnostics: Sequence[Diagnostic] = (), message: Optional[str] = None
    ) -> None:
        super().__init__(status, tuple(diagnostics), message)
        #: Which refusal it is; a host's own code is a plain number.
        self.status: int = Status(status) if status in Status._value2member_map_ else status
        self.diagnostics = tuple(diagnostics)
        self._message = message

    def __str__(self) -> str:
        graver = [d for d in self.diagnostics if d.severity == Severity.ERROR]
        shown = graver or list(self.diagnostics)
        if self._message or not shown:
            return self._message or ffi.string(lib.cdp_status_message(self.status)).decode()
        rest = f" (and {len(shown) - 1} more)" if len(shown) > 1 else ""
        return f"{shown[0]}{rest}"


class ArgumentError(CodeDeployError, ValueError):
    """A value that is out of range.

    >>> import codedeploy
    >>> codedeploy.Rollout(codedeploy.RolloutOptions(minimum_type=99))
    Traceback (most recent call last):
    codedeploy.errors.ArgumentError: an argument is missing or out of range
    """


class InvalidError(CodeDeployError, ValueError):
    """An input is refused; the diagnostics say why.

    >>> import codedeploy
    >>> issubclass(codedeploy.AppSpecError, codedeploy.InvalidError)
    True
    """


class AppSpecError(InvalidError):
    """A text that is no AppSpec that the agent or the service would take.

    >>> import codedeploy
    >>> codedeploy.AppSpec.parse("version: 0.0")
    Traceback (most recent call last):
    codedeploy.errors.AppSpecError: 1:1: error: It cannot be told whether this is for Server, Lambda or ECS. [appspec-platform-unknown]
    """


class ConfigError(InvalidError):
    """A deployment configuration that CreateDeploymentConfig would refuse.

    >>> import codedeploy
    >>> codedeploy.DeploymentConfig.parse('{"deploymentConfigName": ""}')
    Traceback (most recent call last):
    codedeploy.errors.ConfigError: 1:26: error: The deployment configuration has no name. [config-name-required] (and 1 more)
    """


class GroupError(InvalidError):
    """A deployment group that CreateDeploymentGroup would refuse.

    >>> import codedeploy
    >>> codedeploy.DeploymentGroup.parse('{"applicationName": "shop"}')
    Traceback (most recent call last):
    codedeploy.errors.GroupError: 1:1: error: The group has no name. [group-name-required] (and 1 more)
    """


class DeploymentError(InvalidError):
    """A deployment that CreateDeployment would refuse; or one on this machine that failed.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="prod", platform="Lambda",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
    >>> codedeploy.Deployment(id="d-EXAMPLE01", group=group)
    Traceback (most recent call last):
    codedeploy.errors.DeploymentError: error: A deployment on Lambda needs an AppSpec. [deployment-appspec-missing]
    """


class LimitError(CodeDeployError, ValueError):
    """A limit was met; a diagnostic names it.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.put_file("STATE", "/a", b"twelve bytes")
    >>> fs.read_file(codedeploy.Root.STATE, "/a", limit=5)
    Traceback (most recent call last):
    codedeploy.errors.LimitError: the input exceeds a limit
    """


class StateError(CodeDeployError, RuntimeError):
    """Not legal in the present state; nothing changed.

    >>> import codedeploy
    >>> target = codedeploy.Lifecycle(codedeploy.LifecyclePlan.find("Lambda"))
    >>> target.begin(0, "BeforeAllowTraffic")
    Traceback (most recent call last):
    codedeploy.errors.StateError: error: The beginning of BeforeAllowTraffic was refused: the target is Pending, and its turn has not come. [lifecycle-not-started]
    """


class TimeError(CodeDeployError, ValueError):
    """Time ran backwards, or is negative.

    >>> import codedeploy
    >>> codedeploy.TrafficSchedule("10:5m,100").cursor(0).step(-1)
    Traceback (most recent call last):
    codedeploy.errors.TimeError: time is negative or runs backwards
    """


class NotFoundError(CodeDeployError, LookupError):
    """There is no such thing.

    >>> import codedeploy
    >>> codedeploy.DeploymentConfig.find("CodeDeployDefault.QuarterAtATime")
    Traceback (most recent call last):
    codedeploy.errors.NotFoundError: error: There is no deployment configuration 'CodeDeployDefault.QuarterAtATime'. [config-unknown]
    """


class UnsupportedError(CodeDeployError):
    """This build of the library, or this file system, cannot do that.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.set_lacks(codedeploy.SimLack.HARD_LINKS)
    >>> fs.put_file("STATE", "/a", b"")
    >>> fs.hard_link(codedeploy.Root.STATE, "/a", "/b")
    Traceback (most recent call last):
    codedeploy.errors.UnsupportedError: this build does not have that feature
    """


class HostError(CodeDeployError):
    """A host failed without saying how.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.set_fault(codedeploy.sim.Fault(at=1, status=codedeploy.Status.HOST))
    >>> fs.read_file(codedeploy.Root.STATE, "/a")
    Traceback (most recent call last):
    codedeploy.errors.HostError: a callback of the host failed
    """


class ConflictError(CodeDeployError):
    """Something is in the way: a file that exists, a name that is taken.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.make_directory(codedeploy.Root.STATE, "/a")
    >>> fs.make_directory(codedeploy.Root.STATE, "/a")
    Traceback (most recent call last):
    codedeploy.errors.ConflictError: something is in the way
    """


class CancelledError(CodeDeployError):
    """The host asked to stop.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.set_fault(codedeploy.sim.Fault(at=1, status=codedeploy.Status.CANCELLED))
    >>> fs.read_file(codedeploy.Root.STATE, "/a")
    Traceback (most recent call last):
    codedeploy.errors.CancelledError: cancelled by the host
    """


class CorruptError(CodeDeployError, ValueError):
    """A snapshot or record cannot be read back: damaged, or from a newer version.

    >>> import codedeploy
    >>> codedeploy.Rollout.restore("{}")
    Traceback (most recent call last):
    codedeploy.errors.CorruptError: error: This is not an undamaged snapshot of a roll-out: format. [rollout-corrupt-snapshot]
    """


class OutsideError(CodeDeployError, OSError):
    """The outside world failed.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.set_fault(codedeploy.sim.Fault(at=1))
    >>> fs.read_file(codedeploy.Root.STATE, "/a")
    Traceback (most recent call last):
    codedeploy.errors.OutsideError: reading or writing failed
    """

    def __str__(self) -> str:
        return CodeDeployError.__str__(self)


class BusyError(CodeDeployError):
    """Somebody else holds it: a lock, an active deployment.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.set_fault(codedeploy.sim.Fault(at=1, status=codedeploy.Status.BUSY))
    >>> fs.write_file(codedeploy.Root.STATE, "/a", b"")
    Traceback (most recent call last):
    codedeploy.errors.BusyError: held by somebody else
    """


class DeniedError(CodeDeployError, PermissionError):
    """Not permitted: by the system, or because it would leave the place it was meant for.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.set_fault(codedeploy.sim.Fault(at=1, status=codedeploy.Status.DENIED))
    >>> fs.write_file(codedeploy.Root.STATE, "/a", b"")
    Traceback (most recent call last):
    codedeploy.errors.DeniedError: not permitted
    """

    def __str__(self) -> str:
        return CodeDeployError.__str__(self)


class FullError(CodeDeployError):
    """No space is left, or a quota is used up.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.set_capacity(0)
    >>> fs.write_file(codedeploy.Root.STATE, "/a", b"12")
    Traceback (most recent call last):
    codedeploy.errors.FullError: no space is left
    """


class ClosedError(ValueError):
    """An object is used after it was closed.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.starter("ECS")
    >>> spec.close()
    >>> spec.version
    Traceback (most recent call last):
    codedeploy.errors.ClosedError: this AppSpec is closed
    """


class ActionFailed(Exception):
    """Raised by a method of a `Host`: the action was tried and failed, as actions do. The
    deployment takes it for an answer; it does not come out of the driving call.

    >>> import codedeploy
    >>> failure = codedeploy.ActionFailed("exit status 2", error="ScriptFailed")
    >>> failure.error
    <EventError.SCRIPT_FAILED: 4>
    """

    def __init__(
        self,
        message: Optional[str] = None,
        *,
        error: Any = None,
        code: Any = None,
        status: int = Status.HOST,
    ) -> None:
        from .enums import ErrorCode, EventError

        super().__init__(message)
        self.message = message
        self.error = EventError.from_name(error) if isinstance(error, str) else error
        self.code = ErrorCode.from_name(code) if isinstance(code, str) else code
        self.status = status


_CLASSES: Dict[int, Type[CodeDeployError]] = {
    Status.ARGUMENT: ArgumentError,
    Status.INVALID: InvalidError,
    Status.LIMIT: LimitError,
    Status.STATE: StateError,
    Status.TIME: TimeError,
    Status.NOT_FOUND: NotFoundError,
    Status.UNSUPPORTED: UnsupportedError,
    Status.HOST: HostError,
    Status.CONFLICT: ConflictError,
    Status.CANCELLED: CancelledError,
    Status.CORRUPT: CorruptError,
    Status.IO: OutsideError,
    Status.BUSY: BusyError,
    Status.DENIED: DeniedError,
    Status.FULL: FullError,
}

# What is raised in place of InvalidError keeps its name also when a limit was met.
_INPUT = {Status.INVALID, Status.LIMIT}


def error_of(
    status: int,
    diagnostics: Sequence[Diagnostic] = (),
    invalid: Type[CodeDeployError] = InvalidError,
    message: Optional[str] = None,
) -> Exception:
    """The exception for a status."""
    if status == Status.NOMEM:
        return MemoryError()
    if status in _INPUT and invalid is not InvalidError:
        return invalid(status, diagnostics, message)
    if status <= Status.HOST_FIRST:
        return HostError(status, diagnostics, message)
    return _CLASSES.get(status, CodeDeployError)(status, diagnostics, message)
