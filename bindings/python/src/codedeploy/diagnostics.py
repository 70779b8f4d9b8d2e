# SPDX-License-Identifier: MIT
"""Everything that is wrong with an input, each with its place and its remedy."""

import dataclasses
from typing import Any, Iterable, Iterator, List, NamedTuple, Optional, Sequence, Tuple, Union

from ._ffi import ffi, lib
from .codes import DiagnosticCode
from .enums import Severity

__all__ = [
    "Diagnostic",
    "DiagnosticCode",
    "DiagnosticInfo",
    "Diagnostics",
    "Fix",
    "Place",
    "diagnostic_codes",
    "explain",
    "suggest",
]


class Place(NamedTuple):
    """A place in a text: bytes from 0, lines and columns from 1; columns count characters.

    >>> import codedeploy
    >>> spec = codedeploy.AppSpec.parse('{"version": 0.0, "os": "linux"}', notation="JSON")
    >>> spec.find_place("/os")
    Place(offset=23, end_offset=30, line=1, column=24, end_line=1, end_column=31)
    """

    offset: int
    end_offset: int
    line: int
    column: int
    end_line: int
    end_column: int


class Fix(NamedTuple):
    """A replacement that can be applied without a second thought.

    >>> import codedeploy
    >>> codedeploy.Fix(offset=0, length=2, text=b"ab").apply(b"xyz")
    b'abz'
    """

    offset: int
    length: int
    text: bytes

    def apply(self, data: bytes) -> bytes:
        """The text with the replacement in it."""
        return data[: self.offset] + self.text + data[self.offset + self.length :]


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One finding. `str()` shows it as compilers do.

    >>> import codedeploy
    >>> text = "version: 0.0\\nos: linux\\nfile: []\\n"
    >>> (found,) = codedeploy.AppSpec.parse(text).diagnostics
    >>> print(found)
    3:1: warning: `file` is not a key of a Server AppSpec. [appspec-unknown-key]
    >>> found.place.line, found.severity, found.pointer
    (3, <Severity.WARNING: 2>, '/file')
    """

    code: DiagnosticCode
    severity: Severity
    #: One sentence in plain words.
    message: str
    #: What to write or do instead.
    hint: Optional[str] = None
    #: JSON Pointer (RFC 6901) to the node concerned.
    pointer: Optional[str] = None
    #: None for a finding that concerns no place in a text.
    place: Optional[Place] = None
    fix: Optional[Fix] = None

    def __str__(self) -> str:
        where = f"{self.place.line}:{self.place.column}: " if self.place else ""
        return f"{where}{self.severity}: {self.message} [{self.name}]"

    @property
    def name(self) -> str:
        """The stable name of its code, `appspec-unknown-key`."""
        return str(self.code)

    @property
    def info(self) -> "DiagnosticInfo":
        """What the registry says of its code."""
        return explain(self.code)

    @classmethod
    def of(cls, code: Union[DiagnosticCode, str], *arguments: str) -> "Diagnostic":
        """A finding of the host's own in the registry's words, `{0}` … replaced by arguments.

        >>> import codedeploy
        >>> print(codedeploy.Diagnostic.of("too-deep", "128"))
        error: Lists and mappings are nested more than 128 deep here. [too-deep]
        """
        code = explain(code).code
        found = Findings()
        kept = [argument.encode("utf-8", "surrogateescape") for argument in arguments]
        texts = ffi.new("cdp_string[]", [(ffi.from_buffer("char[]", k), len(k)) for k in kept])
        status = lib.cdp_diagnostics_add_filled(found.c, code, texts, len(kept))
        if status:
            from .errors import error_of

            raise error_of(status)
        return found.take()[0]


class Diagnostics(Tuple[Diagnostic, ...]):
    """The findings of one call, in the order in which they were found.

    >>> import codedeploy
    >>> found = codedeploy.AppSpec.parse("version: 0.0\\nos: linux\\nfile: []\\n").diagnostics
    >>> len(found), len(found.at_least(codedeploy.Severity.ERROR)), found.dropped
    (1, 0, 0)
    """

    #: How many more there were that were only counted, because the limit was reached.
    dropped: int = 0

    def at_least(self, severity: Severity) -> List[Diagnostic]:
        """Those of this severity and graver ones."""
        return [found for found in self if found.severity >= severity]

    def by_place(self) -> List[Diagnostic]:
        """In the order of the text, those without a place last."""
        return sorted(self, key=lambda d: (d.place is None, d.place.offset if d.place else 0))


NONE = Diagnostics()


@dataclasses.dataclass(frozen=True)
class DiagnosticInfo:
    """What the registry of diagnostics says of one code.

    >>> import codedeploy
    >>> info = codedeploy.explain("appspec-unknown-key")
    >>> info.message, str(info.severity)
    ('`{0}` is not a key of {1}.', 'warning')
    """

    code: DiagnosticCode
    #: The severity that it has when no profile changes it, and the one in profile `strict`.
    severity: Severity
    strict_severity: Severity
    #: `appspec-unknown-hook`: stable, never reused.
    name: str
    #: The message with `{0}`, `{1}` … in place of what differs from case to case.
    message: str
    hint: Optional[str]
    #: A paragraph or two.
    explanation: str
    #: Where the rule comes from.
    source: str
    #: The API's exception or error code that stands for it.
    api_name: Optional[str]


def _static(text: Any) -> Optional[str]:
    return ffi.string(text).decode() if text else None


def explain(code: Union[DiagnosticCode, str]) -> DiagnosticInfo:
    """What the registry says of a code, or of the name of one.

    >>> import codedeploy
    >>> codedeploy.explain("yaml-syntax").severity
    <Severity.ERROR: 3>
    """
    if isinstance(code, str):
        number = lib.cdp_diagnostic_code_from_name(code.encode("utf-8", "replace"))
        if not number:
            raise ValueError(f"there is no diagnostic {code!r}")
        code = DiagnosticCode(number)
    info = ffi.new("cdp_diagnostic_info *")
    info.size = ffi.sizeof("cdp_diagnostic_info")
    if lib.cdp_diagnostic_info_get(code, info):
        raise ValueError(f"there is no diagnostic {code!r}")
    return DiagnosticInfo(
        code=DiagnosticCode(info.code),
        severity=Severity(info.severity),
        strict_severity=Severity(info.strict_severity),
        name=_static(info.name) or "",
        message=_static(info.message) or "",
        hint=_static(info.hint),
        explanation=_static(info.explanation) or "",
        source=_static(info.source) or "",
        api_name=_static(info.api_name),
    )


def diagnostic_codes() -> List[DiagnosticCode]:
    """All codes of the registry of the library that is loaded.

    >>> len(diagnostic_codes()) > 400
    True
    """
    return [DiagnosticCode(lib.cdp_diagnostic_code_at(i)) for i in range(lib.cdp_diagnostic_code_count())]


def _code_name(code: DiagnosticCode) -> str:
    return explain(code).name


DiagnosticCode.__str__ = _code_name  # type: ignore[assignment]


def suggest(word: str, candidates: Sequence[str]) -> Optional[str]:
    """The candidate that a misspelt word most likely means.

    >>> import codedeploy
    >>> codedeploy.suggest("AfterInstal", ["BeforeInstall", "AfterInstall"])
    'AfterInstall'
    """
    for text in [word, *candidates]:
        if not isinstance(text, str):
            raise TypeError(f"expected str, not {type(text).__name__}")
    kept = [ffi.new("char[]", candidate.encode("utf-8", "surrogatepass")) for candidate in candidates]
    data = word.encode("utf-8", "surrogatepass")
    found = lib.cdp_suggest(
        (ffi.from_buffer("char[]", data), len(data)), ffi.new("char *[]", kept), len(kept)
    )
    return candidates[found] if found < len(kept) else None


def _optional(text: Any) -> Optional[str]:
    return ffi.unpack(text.data, text.length).decode("utf-8", "replace") if text.data else None


class Findings:
    """A list that C functions put their findings into."""

    __slots__ = ("c",)

    def __init__(self, limits: Any = ffi.NULL) -> None:
        out = ffi.new("cdp_diagnostics **")
        if lib.cdp_diagnostics_new(ffi.NULL, limits, out):
            raise MemoryError
        self.c = ffi.gc(out[0], lib.cdp_diagnostics_free)

    def __iter__(self) -> Iterator[Diagnostic]:
        view = ffi.new("cdp_diagnostic *")
        view.size = ffi.sizeof("cdp_diagnostic")
        for index in range(lib.cdp_diagnostics_count(self.c)):
            lib.cdp_diagnostics_at(self.c, index, view)
            yield _read(view)

    def take(self) -> Diagnostics:
        """All that were found, which are then forgotten."""
        if not lib.cdp_diagnostics_count(self.c):
            return NONE
        found = Diagnostics(self)
        found.dropped = lib.cdp_diagnostics_dropped(self.c)
        lib.cdp_diagnostics_clear(self.c)
        return found


def _read(view: Any) -> Diagnostic:
    place = fix = None
    if view.line:
        place = Place(
            view.offset, view.end_offset, view.line, view.column, view.end_line, view.end_column
        )
    if view.fix_text.data:
        text = ffi.unpack(view.fix_text.data, view.fix_text.length)
        fix = Fix(view.fix_offset, view.fix_length, text)
    return Diagnostic(
        code=DiagnosticCode._value2member_map_.get(view.code, view.code),  # type: ignore[arg-type]
        severity=Severity(view.severity),
        message=_optional(view.message) or "",
        hint=_optional(view.hint),
        pointer=_optional(view.pointer),
        place=place,
        fix=fix,
    )

