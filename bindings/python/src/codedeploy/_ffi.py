# SPDX-License-Identifier: MIT
"""The extension module: `lib` has the C functions, `ffi` what makes and reads C values."""

from _codedeploy import ffi as ffi
from _codedeploy import lib as lib
