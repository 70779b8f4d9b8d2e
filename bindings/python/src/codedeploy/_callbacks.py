# SPDX-License-Identifier: MIT
"""Python functions that C calls. What they raise comes out of the call that C was in."""

import errno
import functools
from typing import Any, Callable, List, Optional

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
        #: What C does not know, and what it knows: the last one, and those of which it wanted words,
        #: because it fails with them.
        self.error: Optional[BaseException] = None
        self.answer: Optional[BaseException] = None
        self.told: List[BaseException] = []
        self._last: Optional[BaseException] = None
        self._user: Any = None
        #: What C is given and has to stay as long as the call.
        self.kept: Any = None

    @property
    def user(self) -> Any:
        """What C hands to the callbacks."""
        if self._user is None:
            self._user = ffi.new_handle(self)
        return self._user

    def caught(self, error: BaseException, answers: bool = True) -> int:
        """Keeps what a callback raised. An error that C knows is an answer; it comes out of the
        call only when C fails with it."""
        self._last = error
        if answers and isinstance(error, (CodeDeployError, OSError, NotImplementedError, MemoryError)):
            self.answer = error
            return status_of(error)
        if self.error is None:
            self.error = error
        return status_of(error)

    def finish(self, status: int, found: Optional[Findings] = None,
               invalid: Any = InvalidError) -> int:
        """Raises what has to be raised once C has returned."""
        error, answers = self.error, [*self.told, *([self.answer] if self.answer else ())]
        self.forget()
        if error is None and status < 0:
            error = next((answer for answer in answers if status_of(answer) == status), None)
        if error is not None:
            if found is not None:
                found.take()
            raise error
        check(status, found, invalid)
        return status

    def forget(self) -> None:
        """Lets go of what was raised."""
        self.error = self.answer = self._last = None
        self.told = []

    def words(self) -> Optional[str]:
        """What is told of the error that a callback has just answered."""
        last = self._last
        if last is None:
            return None
        if last is self.answer:
            self.told.append(last)
        strerror = last.strerror if isinstance(last, OSError) else None
        return strerror or str(last) or type(last).__name__


def callback(name: str, whole: bool = False, answers: bool = True
             ) -> Callable[[Callable[..., Any]], Callable[..., int]]:
    """Makes a function the callback `cdp_python_NAME`. It is called with the target of the call (with
    `whole`: the call itself) and what C gave; what it returns is a status, None stands for OK. Without
    `answers` whatever it raises comes out of the call."""

    def register(function: Callable[..., Any]) -> Callable[..., int]:
        @functools.wraps(function)
        def called(*arguments: Any) -> int:
            call = ffi.from_handle(arguments[-1])
            try:
                answer = function(call if whole else call.target, *arguments[:-1])
                return Status.OK if answer is None else int(answer)
            except BaseException as error:  # C cannot carry it; Call.finish() raises it
                return int(call.caught(error, answers))

        ffi.def_extern(name=f"cdp_python_{name}", error=int(Status.HOST))(called)
        return called

    return register
