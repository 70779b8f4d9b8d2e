# SPDX-License-Identifier: MIT
"""How objects, texts and structs go between Python and C."""

import dataclasses
import functools
import os
import threading
import typing
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Type, TypeVar, Union

from ._ffi import ffi, lib
from ._words import CLASSES
from .diagnostics import NONE, Findings
from .errors import ClosedError, CodeDeployError, InvalidError, error_of

NULL = ffi.NULL
NEVER = 2**63 - 1
ABSENT = (NULL, 0)

_Object = TypeVar("_Object", bound="Native")

# -- texts ---------------------------------------------------------------------------------------


def encode(value: Any) -> bytes:
    """Text, or a path, as bytes. What is not UTF-8 in a file's name comes back as it was."""
    if isinstance(value, str):
        try:
            return value.encode("utf-8")
        except UnicodeEncodeError:
            try:
                return value.encode("utf-8", "surrogateescape")
            except UnicodeEncodeError:
                return value.encode("utf-8", "surrogatepass")
    if isinstance(value, bytes):
        return value
    if isinstance(value, os.PathLike):
        return os.fsencode(value)
    raise TypeError(f"expected str, not {type(value).__name__}")


def document(value: Any) -> bytes:
    """A document as bytes: a str is UTF-8, bytes-like objects are taken as they are."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    raise TypeError(f"expected str or bytes, not {type(value).__name__}")


def string(value: Any) -> Tuple[Any, int]:
    """A cdp_string; the bytes live as long as what this returns."""
    if value is None:
        return ABSENT
    data = encode(value)
    return ffi.from_buffer("char[]", data), len(data)


def text(s: Any) -> str:
    """A cdp_string as str; "" when it is absent."""
    data = s.data
    return str(ffi.unpack(data, s.length), "utf-8", "surrogateescape") if data else ""


def optional(s: Any) -> Optional[str]:
    """A cdp_string as str; None when it is absent."""
    data = s.data
    return str(ffi.unpack(data, s.length), "utf-8", "surrogateescape") if data else None


def written_bytes(write: Callable[[Any], int]) -> bytes:
    """What a function appends to a cdp_text."""
    out = ffi.new("cdp_text **")
    if lib.cdp_text_new(NULL, out):
        raise MemoryError
    try:
        check(write(out[0]))
        result = lib.cdp_text_string(out[0])
        return bytes(ffi.unpack(result.data, result.length))
    finally:
        lib.cdp_text_free(out[0])


def written(write: Callable[[Any], int]) -> str:
    """The same as str."""
    return written_bytes(write).decode("utf-8", "surrogateescape")


def append(target: Any, data: bytes) -> int:
    """Appends bytes to a cdp_text."""
    return lib.cdp_text_append(target, ffi.from_buffer("char[]", data), len(data))


# -- errors --------------------------------------------------------------------------------------


def check(status: int, found: Optional[Findings] = None,
          invalid: Type[CodeDeployError] = InvalidError) -> None:
    """Raises what a status says, if it is an error."""
    if status < 0:
        raise error_of(status, found.take() if found else NONE, invalid)


def word(cls: Type[Any], value: Any) -> int:
    """An enumeration's value: a member, its number, or the API's spelling of it."""
    if isinstance(value, cls):
        return int(value)
    if isinstance(value, str):
        for member in cls:
            if value == member.name:
                return int(member)
        return int(cls.from_name(value))
    if isinstance(value, int):
        return value
    raise TypeError(f"expected {cls.__name__}, not {type(value).__name__}")


def deadline(value: int) -> Optional[int]:
    """An instant; None for never."""
    return None if value == NEVER else value


# -- objects -------------------------------------------------------------------------------------


class Native:
    """An object of the library. It is freed when nobody refers to it any more, or at the end of a
    `with` block; closing it frees nothing that a call in another thread, or another object, still
    needs."""

    __slots__ = ("_c", "__weakref__")
    _c: Any

    def close(self) -> None:
        """Lets go of it. Every later use raises `ClosedError`; closing again does nothing."""
        try:
            del self._c
        except AttributeError:
            pass

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        try:
            self._c
        except ClosedError:
            return True
        return False

    def __enter__(self: _Object) -> _Object:
        self._c
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        if name == "_c":
            raise ClosedError(f"this {type(self).__name__} is closed")
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __reduce__(self) -> Any:
        raise TypeError(f"cannot pickle {type(self).__name__!r} objects")


def adopt(cls: Type[_Object], pointer: Any, free: Any = None, owner: Any = None) -> _Object:
    """A Python object for a C object: one that is ours to free, or one that belongs to `owner`."""
    made = object.__new__(cls)
    made._c = ffi.gc(pointer, free) if free else ffi.gc(pointer, _Keep(owner))
    return made


class _Keep:
    """Keeps what a pointer points into."""

    __slots__ = ("owner",)

    def __init__(self, owner: Any) -> None:
        self.owner = owner

    def __call__(self, _: Any) -> None:
        self.owner = None


class Machine(Native):
    """An object that changes. Calls from several threads take their turns."""

    __slots__ = ("_lock", "_found", "_kept")

    def _begin(self, pointer: Any, free: Any, found: Findings, kept: Any = None) -> None:
        self._lock = threading.RLock()
        self._found = found
        self._kept = kept
        self._c = ffi.gc(pointer, free)

    def _input(self, status: int) -> None:
        """What became of an input."""
        if status < 0:
            raise error_of(status, self._found.take())

    def close(self) -> None:
        with self._lock:
            super().close()


def pointer(value: Any) -> Any:
    """The C object of a parameter; cffi tells one kind from another."""
    if not isinstance(value, Native):
        raise TypeError(f"expected an object of this library, not {type(value).__name__}")
    return value._c


# -- structs -------------------------------------------------------------------------------------

_View = TypeVar("_View", bound="View")
# In place of a number: none.
_NO_NUMBER = frozenset((-1, NEVER, 2**32 - 1, 2**64 - 1))


_ENUMS = set(CLASSES.values())


_HINTS: Dict[Any, Dict[str, Any]] = {}


def _hints(cls: Any) -> Dict[str, Any]:
    if cls not in _HINTS:
        _HINTS[cls] = typing.get_type_hints(cls)
    return _HINTS[cls]


def _is_optional(hint: Any) -> bool:
    return typing.get_origin(hint) is Union and type(None) in typing.get_args(hint)


def _bare(hint: Any) -> Any:
    return next(a for a in typing.get_args(hint) if a is not type(None)) if _is_optional(hint) else hint


class View:
    """A dataclass that stands for a C struct: members of the same names, in Python's terms.

    Texts that are absent, numbers that stand for none and enumerators 0 that are none are None
    where the type is Optional. Members that the struct does not have are left to the class.
    """

    _struct: typing.ClassVar[str] = ""
    _reader: typing.ClassVar[Any] = None

    def __init_subclass__(cls, struct: str = "", **options: Any) -> None:
        super().__init_subclass__(**options)
        if struct:
            cls._struct = struct

    @classmethod
    def _read(cls: Type[_View], view: Any, **more: Any) -> _View:
        reader = cls.__dict__.get("_reader")
        if reader is None:
            reader = cls._reader = _make_reader(cls)
        made: _View = reader(view, **more)
        return made

    def _fill(self, keep: List[Any]) -> Any:
        """The struct, to be given to C while `keep` lives."""
        view = new_view(self._struct)
        fill(view, self, keep)
        keep.append(view)
        return view


def filled(value: Any, keep: List[Any]) -> Any:
    """The struct of a parameter; cffi tells one kind from another."""
    if not isinstance(value, View):
        raise TypeError(f"expected a value of this library, not {type(value).__name__}")
    return value._fill(keep)


def new_view(struct: str) -> Any:
    """An empty struct for C to fill in."""
    view = ffi.new(struct + " *")
    view.size = ffi.sizeof(struct)
    return view


@functools.lru_cache(None)
def _members(struct: str) -> Dict[str, Any]:
    return {name: field.type for name, field in ffi.typeof(struct).fields}


def _make_reader(cls: Type[View]) -> Callable[..., Any]:
    """A function that reads a struct, made as dataclasses make theirs."""
    names: Dict[str, Any] = {"cls": cls, "text": text, "optional": optional, "none": _NO_NUMBER,
                             "ffi": ffi}
    members, hints, parts = _members(cls._struct), _hints(cls), []
    for field in dataclasses.fields(cls):
        kind = members.get(field.name)
        if kind is None:
            continue
        value, hint = f"v.{field.name}", hints[field.name]
        bare = _bare(hint)
        if kind.kind == "struct" and kind.cname == "struct cdp_string":
            code = f"{'optional' if _is_optional(hint) else 'text'}({value})"
            if bare is bytes:
                code = f"(ffi.unpack({value}.data, {value}.length) if {value}.data else b'')"
        elif kind.kind == "pointer" and kind.cname == "char *":
            code = f"(ffi.string({value}).decode() if {value} else None)"
        elif bare is bool:
            code = f"{value} != 0"
        elif bare in _ENUMS:
            names[f"k_{field.name}"] = bare._value2member_map_
            code = f"k_{field.name}.get({value}, {value} or None)" if _is_optional(hint) \
                else f"k_{field.name}.get({value}, {value})"
        elif isinstance(bare, type) and issubclass(bare, int) and bare is not int:
            names[f"k_{field.name}"] = bare
            code = f"k_{field.name}({value})"
        elif bare is int:
            code = f"(None if {value} in none else {value})" if _is_optional(hint) else value
        else:
            continue
        parts.append(f"{field.name}={code}")
    source = f"def read(v, **more):\n    return cls({', '.join([*parts, '**more'])})\n"
    exec(source, names)
    return typing.cast(Callable[..., Any], names["read"])


def fill(view: Any, values: Any, keep: List[Any]) -> None:
    """Sets the members of a struct from the attributes of the same names."""
    cls = type(values)
    members, hints = _members(ffi.typeof(view).item.cname), _hints(cls)
    for field in dataclasses.fields(cls):
        kind = members.get(field.name)
        value = getattr(values, field.name)
        if kind is None or value is None:
            continue
        hint = _bare(hints[field.name])
        if kind.kind == "struct" and kind.cname == "struct cdp_string":
            data = string(value)
            keep.append(data)
            setattr(view, field.name, data)
        elif hint in _ENUMS:
            setattr(view, field.name, word(hint, value))
        elif isinstance(hint, type) and issubclass(hint, int):
            if not isinstance(value, int):
                raise TypeError(f"{field.name}: expected {hint.__name__}, not {type(value).__name__}")
            setattr(view, field.name, int(value))


def strings(values: Optional[Sequence[Any]], keep: List[Any]) -> Tuple[Any, int]:
    """A list of cdp_string and how many there are; NULL for None."""
    if values is None:
        return NULL, 0
    if isinstance(values, (str, bytes)):
        raise TypeError("expected a list of str, not one str")
    data = [string(value) for value in values]
    array = ffi.new("cdp_string[]", data or 1)
    keep += [data, array]
    return array, len(data)


def structs(struct: str, values: Sequence[View], keep: List[Any]) -> Tuple[Any, int]:
    """A list of structs, one behind the other."""
    array = ffi.new(f"{struct}[]", len(values))
    for view, value in zip(array, values):
        view.size = ffi.sizeof(struct)
        fill(ffi.addressof(view), value, keep)
    keep.append(array)
    return (array if len(values) else NULL), len(values)
