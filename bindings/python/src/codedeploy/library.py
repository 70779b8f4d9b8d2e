# SPDX-License-Identifier: MIT
"""The C library that is loaded."""

from typing import Tuple, Union

from ._native import word
from ._ffi import ffi, lib
from .enums import Feature

__all__ = ["library_version", "supports", "version"]


def version() -> str:
    """The version of the C library.

    >>> import codedeploy
    >>> codedeploy.version()
    '0.1.0'
    """
    text: str = ffi.string(lib.cdp_version()).decode()
    return text


def library_version() -> Tuple[int, int, int]:
    """The same as numbers.

    >>> import codedeploy
    >>> codedeploy.library_version() >= (0, 1, 0)
    True
    """
    number = lib.cdp_version_number()
    return number // 1_000_000, number // 1000 % 1000, number % 1000


def supports(feature: Union[Feature, str]) -> bool:
    """Whether this build of the library has a feature.

    >>> import codedeploy
    >>> codedeploy.supports("YAML_LIBYAML") or codedeploy.supports("YAML_LIBFYAML")
    True
    """
    return bool(lib.cdp_feature_supported(word(Feature, feature)))
