# SPDX-License-Identifier: MIT
"""Bounds on what an input may cost."""

import dataclasses
from typing import Any, List, Optional

from ._ffi import lib
from ._native import NULL, View, check, new_view
from .diagnostics import Findings

__all__ = ["Limits"]


@dataclasses.dataclass(frozen=True)
class Limits(View, struct="cdp_limits"):
    """Bounds on what an input may cost; 0 stands for a bound's default.

    >>> import codedeploy
    >>> codedeploy.Limits.default().depth
    128
    >>> codedeploy.AppSpec.parse("version: 0.0\\nos: linux\\n", limits=codedeploy.Limits(input_bytes=10))
    Traceback (most recent call last):
    codedeploy.errors.AppSpecError: 1:1: error: The input has 23 bytes; at most 10 are read. [input-too-large]
    """

    #: Bytes of one document.
    input_bytes: int = 0
    #: Bytes of one scalar.
    scalar_bytes: int = 0
    #: How deep sequences, mappings and elements may nest.
    depth: int = 0
    #: Nodes of one document, after aliases and merge keys are expanded.
    nodes: int = 0
    #: Diagnostics that one list keeps; more are only counted.
    diagnostics: int = 0

    @classmethod
    def default(cls) -> "Limits":
        """The library's own."""
        view = new_view("cdp_limits")
        check(lib.cdp_limits_default(view))
        return cls._read(view)


def limits_of(limits: Optional[Limits], keep: List[Any]) -> Any:
    """What is given as `const cdp_limits *`."""
    if limits is None:
        return NULL
    if not isinstance(limits, Limits):
        raise TypeError(f"expected Limits, not {type(limits).__name__}")
    return limits._fill(keep)


def findings(limits: Optional[Limits] = None) -> Findings:
    """A list of findings that is bounded as the limits say."""
    keep: List[Any] = []
    return Findings(limits_of(limits, keep))
