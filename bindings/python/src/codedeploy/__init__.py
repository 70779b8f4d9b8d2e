# SPDX-License-Identifier: MIT
"""AWS CodeDeploy's deployment semantics.

AppSpecs, deployment configurations and groups, lifecycles, roll-outs, traffic shifts, installs that
can be taken back, and whole deployments. The library is deterministic: it reads no clock and touches
nothing; times are milliseconds on an axis of yours, and everything outside is done by your `Host`.

>>> import codedeploy
>>> spec = codedeploy.AppSpec.parse("version: 0.0\\nos: linux\\n")
>>> spec.platform
<Platform.SERVER: 1>
"""

from . import aio as aio
from . import posix as posix
from . import sim as sim
from .appspec import *
from .config import *
from .deployment import *
from .diagnostics import *
from .enums import *
from .errors import *
from .filesystem import *
from .group import *
from .host import *
from .install import *
from .inventory import *
from .library import *
from .lifecycle import *
from .limits import *
from .membership import *
from .rollback import *
from .rollout import *
from .traffic import *
from .sim import SimHost as SimHost
