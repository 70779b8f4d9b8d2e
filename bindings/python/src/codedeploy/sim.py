# SPDX-License-Identifier: MIT
"""libcodedeploy-sim: a file system in memory and a scripted host, for unit tests.

>>> from codedeploy import sim
>>> fs = sim.FileSystem()
>>> fs.put_file("DESTINATION", "/etc/motd", b"hello")
>>> print(fs.describe("DESTINATION"), end="")
/etc directory 0755 root:root
/etc/motd file 0644 root:root "hello"
"""

import dataclasses
from typing import Any, Optional, Union

from . import _native
from ._ffi import ffi, lib
from ._native import NULL, View, check, new_view, string, word
from .enums import Root, SimLack, SimLoss, Status
from .filesystem import NativeFileSystem

__all__ = ["Fault", "FileSystem", "write_time"]


@dataclasses.dataclass(frozen=True)
class Fault(View, struct="cdp_sim_fault"):
    """An error at a chosen call."""

    #: Which call fails, counted from 1 on.
    at: int
    #: What it answers.
    status: int = Status.IO
    #: Whether every later call fails as well.
    persistent: bool = False
    #: Only calls that change something are counted and fail.
    only_changes: bool = False


class FileSystem(NativeFileSystem):
    """A file system in memory, with errors at chosen calls and crashes that lose what is not durable.
    It has the methods of `codedeploy.FileSystem`, too.

    >>> from codedeploy import sim
    >>> fs = sim.FileSystem()
    >>> fs.put_directory("REVISION", "/app")
    >>> [entry.name for entry in fs.list(sim.Root.REVISION, "/")]
    ['app']
    """

    __slots__ = ()

    def __init__(self) -> None:
        out = ffi.new("cdp_sim_fs **")
        check(lib.cdp_sim_fs_new(NULL, out))
        self._c = ffi.gc(out[0], lib.cdp_sim_fs_free)
        self._fs = new_view("cdp_fs")
        check(lib.cdp_sim_fs_callbacks(self._c, self._fs))

    def put_directory(self, root: Union[Root, str], path: str, mode: int = 0o755) -> None:
        """Makes a directory, and what is missing on the way; not counted, durable at once."""
        check(lib.cdp_sim_fs_put_directory(self._c, word(Root, root), string(path), mode))

    def put_file(self, root: Union[Root, str], path: str, content: Union[bytes, str], mode: int = 0o644) -> None:
        """Makes or replaces a file."""
        check(lib.cdp_sim_fs_put_file(self._c, word(Root, root), string(path), mode, string(content)))

    def put_symlink(self, root: Union[Root, str], path: str, target: str) -> None:
        """Makes a symbolic link."""
        check(lib.cdp_sim_fs_put_symlink(self._c, word(Root, root), string(path), string(target)))

    def put_other(self, root: Union[Root, str], path: str, mode: int = 0o644) -> None:
        """Makes a device, FIFO or socket."""
        check(lib.cdp_sim_fs_put_other(self._c, word(Root, root), string(path), mode))

    def set_device(self, root: Union[Root, str], path: str, device: int) -> None:
        """Puts a directory and what is made below it from now on onto another device."""
        check(lib.cdp_sim_fs_set_device(self._c, word(Root, root), string(path), device))

    def set_lacks(self, lacks: SimLack) -> None:
        """What the file system cannot do."""
        lib.cdp_sim_fs_set_lacks(self._c, lacks)

    def set_capacity(self, count: int) -> None:
        """How many bytes of file content there is room for."""
        lib.cdp_sim_fs_set_capacity(self._c, count)

    def describe(self, root: Union[Root, str]) -> str:
        """A picture of a root: a line for each path."""
        number = word(Root, root)
        return _native.written(lambda out: lib.cdp_sim_fs_describe(self._c, number, out))

    def set_fault(self, fault: Optional[Fault]) -> None:
        """Sets the fault, or clears it, and begins to count anew."""
        check(lib.cdp_sim_fs_set_fault(self._c, NULL if fault is None else fault._fill([])))

    def calls(self, only_changes: bool = False) -> int:
        """How many there were since the fault was last set."""
        return lib.cdp_sim_fs_call_count(self._c, bool(only_changes))

    def begin_volatile(self) -> None:
        """From now on changes are volatile until a sync."""
        check(lib.cdp_sim_fs_begin_volatile(self._c))

    def crash(self, loss: Union[SimLoss, str] = SimLoss.EVERYTHING, seed: int = 0) -> None:
        """Crashes: the tree becomes what is left after the loss."""
        check(lib.cdp_sim_fs_crash(self._c, word(SimLoss, loss), seed))


def write_time(time_ms: int) -> str:
    """A time as records write it.

    >>> from codedeploy import sim
    >>> sim.write_time(420_000)
    '0:07:00.000'
    """
    return _native.written(lambda out: lib.cdp_sim_write_time(time_ms, out))
