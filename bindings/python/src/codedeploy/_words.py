# SPDX-License-Identifier: MIT
"""What all enumerations have in common."""

import enum
from typing import Any, Callable, Dict, Optional, Type, TypeVar

from ._ffi import ffi, lib

# C enumeration: the class that stands for it.
CLASSES: Dict[str, Type[enum.IntEnum]] = {}

_Class = TypeVar("_Class", bound=Type[Any])
_Self = TypeVar("_Self", bound="_Word")


class _Word(enum.IntEnum):
    """An enumeration whose members are spelt, by `str()`, as the API spells them."""

    def __str__(self) -> str:
        spell = _SPELL.get(type(self))
        return str(ffi.string(spell(int(self))), "ascii") if spell else self.name

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    @classmethod
    def from_name(cls: Type[_Self], name: str) -> _Self:
        """The member that is spelt so; ValueError when there is none.

        >>> import codedeploy
        >>> codedeploy.Platform.from_name("ECS")
        <Platform.ECS: 3>
        >>> codedeploy.Platform.from_name("VMS")
        Traceback (most recent call last):
        ValueError: 'VMS' is no Platform
        """
        if not isinstance(name, str):
            raise TypeError(f"expected str, not {type(name).__name__}")
        read = _READ.get(cls)
        if read is not None:
            data = name.encode("utf-8", "surrogatepass")
            out = ffi.new(_C_NAMES[cls] + " *")
            if read((ffi.from_buffer("char[]", data), len(data)), out) == 0:
                return cls(out[0])
        else:
            for member in cls:
                if str(member) == name:
                    return member
        raise ValueError(f"{name!r} is no {cls.__name__}")


_C_NAMES: Dict[type, str] = {}
_SPELL: Dict[type, Callable[[int], Any]] = {}
_READ: Dict[type, Callable[[Any, Any], int]] = {}


def _of(name: str, spell: Optional[str], read: Optional[str]) -> Callable[[_Class], _Class]:
    """Says which C enumeration a class stands for, and which functions tell its spelling."""

    def register(cls: _Class) -> _Class:
        CLASSES[name] = cls
        _C_NAMES[cls] = name
        if spell:
            _SPELL[cls] = getattr(lib, spell)
        if read:
            _READ[cls] = getattr(lib, read)
        return cls

    return register
