# SPDX-License-Identifier: MIT
"""Python functions that C calls. What they raise comes out of the call that C was in."""

import errno
import functools
from typing import Any, Callable, Optional

from ._native import check
from ._ffi import ffi
from .diagnostics import Findings
from .enums import Status
from .errors import CodeDeployError, InvalidError

_ERRNO = {
    errno.ENOENT: Status.NOT_FOUND,
    errno.ENOTDIR: Status.NOT_FOUND,
    errno.EEXIST: Status.CONFLICT,
    errno.ENOTEMPTY: Status.CONFLICT,
    errno.EISDIR: Status.CONFLICT,
    errno.EACCES: Status.DENIED,
    errno.EPERM: Status.DENIED,
    errno.EROFS: Status.DENIED,
    errno.ENOSPC: Status.FULL,
    errno.EDQUOT: Status.FULL,
    errno.ENOTSUP: Status.UNSUPPORTED,
    errno.EXDEV: Status.UNSUPPORTED,
}


def status_of(error: BaseException) -> int:
    """The status that stands for an exception."""
    if isinstance(error, CodeDeployError):
        return int(error.status)
    if isinstance(error, NotImplementedError):
        return Status.UNSUPPORTED
    if isinstance(error, MemoryError):
        return Status.NOMEM
    if isinstance(error, OSError):
        return _ERRNO.get(error.errno or 0, Status.IO)
    return Status.HOST


class Call:
    """One call into C, during which C calls back."""

    def __init__(self, target: Any) -> None:
        self.target = target
        self.error: Optional[BaseException] = None
        self.answer: Optional[BaseException] = None
        self._user: Any = None
        #: What C is given and has to stay as long as the call.
        self.kept: Any = None

    @property
    def user(self) -> Any:
        """What C hands to the callbacks."""
        if self._user is None:
            self._user = ffi.new_handle(self)
        return self._user

    def caught(self, error: BaseException) -> int:
        """Keeps what a callback raised. An error that C knows is an answer; it comes out of the
        call only when C fails with it."""
        if isinstance(error, (CodeDeployError, OSError, NotImplementedError, MemoryError)):
            self.answer = error
            return status_of(error)
        if self.error is None:
            self.error = error
        return Status.HOST

    def finish(self, status: int, found: Optional[Findings] = None,
               invalid: Any = InvalidError) -> int:
        """Raises what has to be raised once C has returned."""
        error, answer, self.error, self.answer = self.error, self.answer, None, None
        if error is not None:
            if found is not None:
                found.take()
            raise error
        if status < 0 and answer is not None and status == status_of(answer):
            raise answer
        check(status, found, invalid)
        return status


def callback(name: str, whole: bool = False) -> Callable[[Callable[..., Any]], Callable[..., int]]:
    """Makes a function the callback `cdp_python_NAME`. It is called with the target of the call (with
    `whole`: the call itself) and what C gave; what it returns is a status, None stands for OK."""

    def register(function: Callable[..., Any]) -> Callable[..., int]:
        @functools.wraps(function)
        def called(*arguments: Any) -> int:
            call = ffi.from_handle(arguments[-1])
            try:
                answer = function(call if whole else call.target, *arguments[:-1])
                return Status.OK if answer is None else int(answer)
            except BaseException as error:  # C cannot carry it; Call.finish() raises it
                return int(call.caught(error))

        ffi.def_extern(name=f"cdp_python_{name}", error=int(Status.HOST))(called)
        return called

    return register
