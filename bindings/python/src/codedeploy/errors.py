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
    """A value that is out of range."""


class InvalidError(CodeDeployError, ValueError):
    """An input is refused; the diagnostics say why."""


class AppSpecError(InvalidError):
    """A text that is no AppSpec that the agent or the service would take."""


class ConfigError(InvalidError):
    """A deployment configuration that CreateDeploymentConfig would refuse."""


class GroupError(InvalidError):
    """A deployment group that CreateDeploymentGroup would refuse."""


class DeploymentError(InvalidError):
    """A deployment that CreateDeployment would refuse; or one on this machine that failed."""


class LimitError(CodeDeployError, ValueError):
    """A limit was met; a diagnostic names it."""


class StateError(CodeDeployError, RuntimeError):
    """Not legal in the present state; nothing changed."""


class TimeError(CodeDeployError, ValueError):
    """Time ran backwards, or is negative."""


class NotFoundError(CodeDeployError, LookupError):
    """There is no such thing."""


class UnsupportedError(CodeDeployError):
    """This build of the library, or this file system, cannot do that."""


class HostError(CodeDeployError):
    """A host failed without saying how."""


class ConflictError(CodeDeployError):
    """Something is in the way: a file that exists, a name that is taken."""


class CancelledError(CodeDeployError):
    """The host asked to stop."""


class CorruptError(CodeDeployError, ValueError):
    """A snapshot or record cannot be read back: damaged, or from a newer version."""


class OutsideError(CodeDeployError, OSError):
    """The outside world failed."""

    def __str__(self) -> str:
        return CodeDeployError.__str__(self)


class BusyError(CodeDeployError):
    """Somebody else holds it: a lock, an active deployment."""


class DeniedError(CodeDeployError, PermissionError):
    """Not permitted: by the system, or because it would leave the place it was meant for."""

    def __str__(self) -> str:
        return CodeDeployError.__str__(self)


class FullError(CodeDeployError):
    """No space is left, or a quota is used up."""


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
