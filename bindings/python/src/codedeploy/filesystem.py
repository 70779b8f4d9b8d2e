# SPDX-License-Identifier: MIT
"""The file system as the library sees it.

`codedeploy.posix.Files` works on real files, `codedeploy.sim.FileSystem` in memory; a program may
write its own by subclassing `FileSystem`.
"""

import contextlib
import dataclasses
import threading
from typing import Any, Callable, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from . import _native
from ._callbacks import Call, callback
from ._ffi import ffi, lib
from ._native import NULL, Native, View, append, check, encode, filled, new_view, optional, string, text, word
from .enums import FileKind, Keep, Root, Status

__all__ = ["FileCopy", "FileEntry", "FileInfo", "FileSystem", "SELinuxContext"]

_PASSTHROUGH = int(Status.PASSTHROUGH)


@dataclasses.dataclass(frozen=True)
class FileInfo(View, struct="cdp_fs_info"):
    """What is known of one path. Numbers that a host cannot tell are 0.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.put_file("REVISION", "/app", b"new", mode=0o750)
    >>> info = fs.info(codedeploy.Root.REVISION, "/app")
    >>> str(info.kind), info.bytes, oct(info.mode)
    ('file', 3, '0o750')
    """

    kind: FileKind
    #: Permission bits with set-id and sticky bits, `0o7777`.
    mode: int = 0
    #: Length of a regular file.
    bytes: int = 0
    #: Two paths with the same pair that is not 0 are the same file.
    device: int = 0
    inode: int = 0
    #: Hard links to the file.
    links: int = 0
    modified_seconds: int = 0
    modified_nanoseconds: int = 0
    owner: int = 0
    group: int = 0
    #: Sum of `FsObstacle`.
    obstacles: int = 0


class FileEntry(NamedTuple):
    """One entry of a directory.

    >>> import codedeploy
    >>> fs = codedeploy.sim.FileSystem()
    >>> fs.put_file("REVISION", "/app", b"new")
    >>> [(entry.name, entry.bytes) for entry in fs.list(codedeploy.Root.REVISION, "/", want_bytes=True)]
    [('app', 3)]
    """

    name: str
    kind: FileKind
    #: Length of a regular file when it was asked for.
    bytes: int = 0


class FileCopy(NamedTuple):
    """One of several files to copy, as `FileSystem.copy_file()` takes it.

    >>> import codedeploy
    >>> codedeploy.FileCopy(codedeploy.Root.REVISION, "/a", codedeploy.Root.DESTINATION, "/srv/a").destination
    '/srv/a'
    """

    from_root: Root
    source: str
    to_root: Root
    destination: str
    keep: Keep = Keep(0)


@dataclasses.dataclass(frozen=True)
class SELinuxContext(View, struct="cdp_fs_context"):
    """An SELinux context as an AppSpec gives it.

    >>> import codedeploy
    >>> context = codedeploy.SELinuxContext("httpd_sys_content_t", user="system_u", range="s0")
    >>> context.type
    'httpd_sys_content_t'
    """

    type: str
    user: Optional[str] = None
    #: Canonical, such as `s0-s2:c0.c3,c7`.
    range: Optional[str] = None


class FileSystem:
    """The callbacks of a file system, to be subclassed. What a subclass does not define is as if it
    could not be done.

    Every path lies in one of three roots and begins with `/`, which is the root itself. Errors are
    told by exceptions: FileNotFoundError, FileExistsError, PermissionError, another OSError,
    NotImplementedError (this file system cannot do that), or a `CodeDeployError`. Whatever a method
    raises comes out of the call that the library was in, unless the library can do without.

    >>> import codedeploy
    >>> class Empty(codedeploy.FileSystem):
    ...     def info(self, root, path, follow):
    ...         kind = codedeploy.FileKind.DIRECTORY if path == "/" else codedeploy.FileKind.ABSENT
    ...         return codedeploy.FileInfo(kind)
    ...     def list(self, root, path, want_bytes):
    ...         return []
    >>> spec = codedeploy.AppSpec.for_server(files=[("/", "/srv")])
    >>> codedeploy.InstallPlan(spec, Empty()).totals.files
    0
    """

    #: What makes calls from several threads take their turns; a file system of one's own takes care itself.
    _lock: Any = contextlib.nullcontext()

    def info(self, root: Root, path: str, follow: bool) -> FileInfo:
        """What is at a path; kind ABSENT when nothing is. `follow`: if the last component is a link, tell
        of what it leads to."""
        raise NotImplementedError

    def list(self, root: Root, path: str, want_bytes: bool) -> Iterable[FileEntry]:
        """What is in a directory, in any order."""
        raise NotImplementedError

    def read_link(self, root: Root, path: str) -> str:
        """A link's target, as it stands in the link."""
        raise NotImplementedError

    def read_file(self, root: Root, path: str, limit: int) -> bytes:
        """A regular file's content, of at most `limit` bytes."""
        raise NotImplementedError

    def make_directory(self, root: Root, path: str, mode: int) -> None:
        """Makes a directory; the umask takes its bits from `mode`."""
        raise NotImplementedError

    def copy_file(self, from_root: Root, source: str, to_root: Root, destination: str, keep: Keep,
                  moved: Callable[[int], None]) -> None:
        """Copies a regular file to a path where nothing is yet. `moved(count)` tells that so many more
        bytes are copied; what it raises stops the copy."""
        raise NotImplementedError

    def copy_files(self, copies: "Sequence[FileCopy]") -> Iterable[int]:
        """Copies several small files, for file systems that can do more than one at a time; yields, in
        their order, how many bytes each has as soon as it is there, and may leave off anywhere. What it
        raises is the failure of the one that it was at; nothing of those behind it must be there. Without
        it one is copied after the other."""
        raise NotImplementedError

    def make_symlink(self, root: Root, path: str, target: str) -> None:
        """Makes a symbolic link where nothing is yet."""
        raise NotImplementedError

    def rename(self, root: Root, source: str, destination: str, replace: bool) -> None:
        """Renames within a root, atomically."""
        raise NotImplementedError

    def hard_link(self, root: Root, source: str, destination: str) -> None:
        """Gives a file a second name, where nothing is yet."""
        raise NotImplementedError

    def remove_file(self, root: Root, path: str) -> None:
        """Removes anything but a directory."""
        raise NotImplementedError

    def remove_directory(self, root: Root, path: str) -> None:
        """Removes an empty directory."""
        raise NotImplementedError

    def set_mode(self, root: Root, path: str, mode: int) -> None:
        """Sets the permission bits of a file or directory exactly."""
        raise NotImplementedError

    def set_owner(self, root: Root, path: str, owner: Optional[str], group: Optional[str]) -> None:
        """Sets owner and group by name; None stays."""
        raise NotImplementedError

    def check_owner(self, owner: Optional[str], group: Optional[str]) -> None:
        """Raises `InvalidError` for a name that is not known."""
        raise NotImplementedError

    def set_acl(self, root: Root, path: str, entries: Sequence[str]) -> None:
        """Replaces the whole ACL; entries are in the long form."""
        raise NotImplementedError

    def set_context(self, root: Root, path: str, context: SELinuxContext) -> None:
        """Records the context of a path in the system's policy and applies it."""
        raise NotImplementedError

    def remove_context(self, root: Root, path: str) -> None:
        """Removes the policy's record of a path."""
        raise NotImplementedError

    def write_file(self, root: Root, path: str, content: bytes) -> None:
        """Writes a small file so that at any time the path holds all of the old content or the new."""
        raise NotImplementedError

    def append_file(self, root: Root, path: str, content: bytes) -> None:
        """Adds bytes at the end of a file."""
        raise NotImplementedError

    def sync_file(self, root: Root, path: str) -> None:
        """When it returns, content and mode of a file survive a loss of power."""
        raise NotImplementedError

    def sync_directory(self, root: Root, path: str) -> None:
        """When it returns, the names in a directory do."""
        raise NotImplementedError

    def sync_all(self, root: Root) -> None:
        """Both for everything that was done in a root."""
        raise NotImplementedError

    def _bind(self) -> Tuple[Any, Call]:
        """The struct of callbacks, and the call that gets what they raise."""
        call, fs = Call(self), new_view("cdp_fs")
        for name in _METHODS:
            if getattr(type(self), name) is not getattr(FileSystem, name):
                setattr(fs, name, getattr(lib, f"cdp_python_fs_{name}"))
        fs.describe_error = lib.cdp_python_fs_describe_error
        fs.user = call.user
        call.kept = fs
        return fs, call


_METHODS = [name for name in vars(FileSystem) if not name.startswith("_")]


# -- from C to Python ----------------------------------------------------------------------------


@callback("fs_info")
def _info(fs: FileSystem, root: int, path: Any, follow: int, info: Any) -> None:
    _native.fill(info, fs.info(Root(root), text(path), bool(follow)), [])


@callback("fs_list")
def _list(fs: FileSystem, root: int, path: Any, want_bytes: int, listing: Any) -> int:
    for entry in fs.list(Root(root), text(path), bool(want_bytes)):
        name, kind, size = FileEntry(*entry)
        status = lib.cdp_fs_listing_add(listing, string(name), word(FileKind, kind), size)
        if status:
            return status
    return 0


@callback("fs_read_link")
def _read_link(fs: FileSystem, root: int, path: Any, target: Any) -> int:
    return append(target, encode(fs.read_link(Root(root), text(path))))


@callback("fs_read_file")
def _read_file(fs: FileSystem, root: int, path: Any, limit: int, content: Any) -> int:
    data = fs.read_file(Root(root), text(path), limit)
    return int(Status.LIMIT) if len(data) > limit else append(content, data)


@callback("fs_copy_file")
def _copy_file(fs: FileSystem, from_root: int, source: Any, to_root: int, destination: Any, keep: int,
               progress: Any) -> None:
    def moved(count: int) -> None:
        check(lib.cdp_fs_progress_add(progress, count))

    fs.copy_file(Root(from_root), text(source), Root(to_root), text(destination), Keep(keep), moved)


@callback("fs_copy_files")
def _copy_files(fs: FileSystem, copies: Any, count: int, done: Any) -> None:
    views = [copies[i] for i in range(count)]
    made = [FileCopy(Root(view.from_root), text(getattr(view, "from")), Root(view.to_root), text(view.to), Keep(view.keep))
            for view in views]
    for view, moved in zip(views, fs.copy_files(made)):
        view.bytes = moved
        done[0] += 1


@callback("fs_make_directory")
def _make_directory(fs: FileSystem, root: int, path: Any, mode: int) -> None:
    fs.make_directory(Root(root), text(path), mode)


@callback("fs_make_symlink")
def _make_symlink(fs: FileSystem, root: int, path: Any, target: Any) -> None:
    fs.make_symlink(Root(root), text(path), text(target))


@callback("fs_rename")
def _rename(fs: FileSystem, root: int, source: Any, destination: Any, replace: int) -> None:
    fs.rename(Root(root), text(source), text(destination), bool(replace))


@callback("fs_hard_link")
def _hard_link(fs: FileSystem, root: int, source: Any, destination: Any) -> None:
    fs.hard_link(Root(root), text(source), text(destination))


@callback("fs_remove_file")
def _remove_file(fs: FileSystem, root: int, path: Any) -> None:
    fs.remove_file(Root(root), text(path))


@callback("fs_remove_directory")
def _remove_directory(fs: FileSystem, root: int, path: Any) -> None:
    fs.remove_directory(Root(root), text(path))


@callback("fs_set_mode")
def _set_mode(fs: FileSystem, root: int, path: Any, mode: int) -> None:
    fs.set_mode(Root(root), text(path), mode)


@callback("fs_set_owner")
def _set_owner(fs: FileSystem, root: int, path: Any, owner: Any, group: Any) -> None:
    fs.set_owner(Root(root), text(path), optional(owner), optional(group))


@callback("fs_check_owner")
def _check_owner(fs: FileSystem, owner: Any, group: Any) -> None:
    fs.check_owner(optional(owner), optional(group))


@callback("fs_set_acl")
def _set_acl(fs: FileSystem, root: int, path: Any, entries: Any, count: int) -> None:
    fs.set_acl(Root(root), text(path), [text(entries[i]) for i in range(count)])


@callback("fs_set_context")
def _set_context(fs: FileSystem, root: int, path: Any, context: Any) -> None:
    fs.set_context(Root(root), text(path), SELinuxContext._read(context))


@callback("fs_remove_context")
def _remove_context(fs: FileSystem, root: int, path: Any) -> None:
    fs.remove_context(Root(root), text(path))


@callback("fs_write_file")
def _write_file(fs: FileSystem, root: int, path: Any, content: Any) -> None:
    fs.write_file(Root(root), text(path), ffi.unpack(content.data, content.length))


@callback("fs_append_file")
def _append_file(fs: FileSystem, root: int, path: Any, content: Any) -> None:
    fs.append_file(Root(root), text(path), ffi.unpack(content.data, content.length))


@callback("fs_sync_file")
def _sync_file(fs: FileSystem, root: int, path: Any) -> None:
    fs.sync_file(Root(root), text(path))


@callback("fs_sync_directory")
def _sync_directory(fs: FileSystem, root: int, path: Any) -> None:
    fs.sync_directory(Root(root), text(path))


@callback("fs_sync_all")
def _sync_all(fs: FileSystem, root: int) -> None:
    fs.sync_all(Root(root))


@callback("fs_describe_error", whole=True)
def _describe_error(call: Call, error: int, message: Any) -> int:
    words = call.words()
    return _PASSTHROUGH if words is None else append(message, encode(words))


# -- from Python to C ----------------------------------------------------------------------------


def bound(fs: Any) -> Tuple[Any, Call]:
    """What C is given of a file system, and the call that it is used in."""
    if not isinstance(fs, (FileSystem, NativeFileSystem)):
        raise TypeError(f"expected a FileSystem, not {type(fs).__name__}")
    return fs._bind()


class NativeFileSystem(Native):
    """A file system that is part of the library, with the methods of `FileSystem`, except `copy_files`. Calls from several
    threads take their turns."""

    __slots__ = ("_fs", "_lock")
    _fs: Any
    _lock: "threading.RLock"

    def _begin(self, pointer: Any, free: Any, callbacks: Any) -> None:
        self._c = ffi.gc(pointer, free)
        self._lock, self._fs = threading.RLock(), new_view("cdp_fs")
        check(callbacks(self._c, self._fs))

    def _bind(self) -> Tuple[Any, Call]:
        call = Call(self)
        call.kept = self._c, self._fs  # raises when it is closed
        return self._fs, call

    def _call(self, name: str, *arguments: Any) -> None:
        with self._lock:
            kept = self._c
            status = getattr(self._fs, name)(*arguments, self._fs.user)
            del kept  # nobody has freed it meanwhile
        check(status)

    def _read(self, name: str, *arguments: Any) -> bytes:
        def read(out: Any) -> int:
            self._call(name, *arguments, out)
            return 0

        return _native.written_bytes(read)

    def info(self, root: Root, path: str, follow: bool = False) -> FileInfo:
        """What is at a path."""
        view = new_view("cdp_fs_info")
        self._call("info", root, string(path), bool(follow), view)
        return FileInfo._read(view)

    def list(self, root: Root, path: str, want_bytes: bool = False) -> "Sequence[FileEntry]":
        """What is in a directory, sorted by name."""
        out = ffi.new("cdp_fs_listing **")
        check(lib.cdp_fs_listing_new(NULL, out))
        listing = ffi.gc(out[0], lib.cdp_fs_listing_free)
        self._call("list", root, string(path), bool(want_bytes), listing)
        check(lib.cdp_fs_listing_sort(listing))
        name, kind, size = ffi.new("cdp_string *"), ffi.new("cdp_fs_kind *"), ffi.new("uint64_t *")
        entries = []
        for i in range(lib.cdp_fs_listing_count(listing)):
            check(lib.cdp_fs_listing_at(listing, i, name, kind, size))
            entries.append(FileEntry(text(name), FileKind(kind[0]), int(size[0])))
        return entries

    def read_link(self, root: Root, path: str) -> str:
        """A link's target."""
        return self._read("read_link", root, string(path)).decode("utf-8", "surrogateescape")

    def read_file(self, root: Root, path: str, limit: int = 2**32) -> bytes:
        """A regular file's content."""
        return self._read("read_file", root, string(path), limit)

    def make_directory(self, root: Root, path: str, mode: int = 0o755) -> None:
        """Makes a directory."""
        self._call("make_directory", root, string(path), mode)

    def copy_file(self, from_root: Root, source: str, to_root: Root, destination: str,
                  keep: Keep = Keep.MODE, moved: Optional[Callable[[int], None]] = None) -> None:
        """Copies a regular file; `moved` is not asked."""
        self._call("copy_file", from_root, string(source), to_root, string(destination), keep, NULL)

    def make_symlink(self, root: Root, path: str, target: str) -> None:
        """Makes a symbolic link."""
        self._call("make_symlink", root, string(path), string(target))

    def rename(self, root: Root, source: str, destination: str, replace: bool = False) -> None:
        """Renames within a root."""
        self._call("rename", root, string(source), string(destination), bool(replace))

    def hard_link(self, root: Root, source: str, destination: str) -> None:
        """Gives a file a second name."""
        self._call("hard_link", root, string(source), string(destination))

    def remove_file(self, root: Root, path: str) -> None:
        """Removes anything but a directory."""
        self._call("remove_file", root, string(path))

    def remove_directory(self, root: Root, path: str) -> None:
        """Removes an empty directory."""
        self._call("remove_directory", root, string(path))

    def set_mode(self, root: Root, path: str, mode: int) -> None:
        """Sets the permission bits."""
        self._call("set_mode", root, string(path), mode)

    def set_owner(self, root: Root, path: str, owner: Optional[str], group: Optional[str]) -> None:
        """Sets owner and group by name."""
        self._call("set_owner", root, string(path), string(owner), string(group))

    def check_owner(self, owner: Optional[str], group: Optional[str]) -> None:
        """Raises `InvalidError` for a name that is not known."""
        self._call("check_owner", string(owner), string(group))

    def write_file(self, root: Root, path: str, content: bytes) -> None:
        """Replaces a small file as a whole."""
        self._call("write_file", root, string(path), string(content))

    def append_file(self, root: Root, path: str, content: bytes) -> None:
        """Adds bytes at the end of a file."""
        self._call("append_file", root, string(path), string(content))

    def set_acl(self, root: Root, path: str, entries: Sequence[str]) -> None:
        """Replaces the whole ACL."""
        keep: List[Any] = []
        self._call("set_acl", root, string(path), *_native.strings(entries, keep))

    def set_context(self, root: Root, path: str, context: SELinuxContext) -> None:
        """Records the SELinux context of a path."""
        keep: List[Any] = []
        self._call("set_context", root, string(path), filled(context, keep))

    def remove_context(self, root: Root, path: str) -> None:
        """Removes the policy's record of a path."""
        self._call("remove_context", root, string(path))

    def sync_file(self, root: Root, path: str) -> None:
        """Makes a file durable."""
        self._call("sync_file", root, string(path))

    def sync_directory(self, root: Root, path: str) -> None:
        """Makes the names in a directory durable."""
        self._call("sync_directory", root, string(path))

    def sync_all(self, root: Root) -> None:
        """Makes everything in a root durable."""
        self._call("sync_all", root)
