# SPDX-License-Identifier: MIT
"""What the tests share."""

import os
import pathlib

ROOT = pathlib.Path(os.environ["CODEDEPLOY_SOURCE_ROOT"])
BUILD = pathlib.Path(os.environ["CODEDEPLOY_BUILD_ROOT"])
VECTORS = ROOT / "tests"
EXAMPLES = ROOT / "examples"

SERVER = """\
version: 0.0
os: linux
files:
  - source: app
    destination: /srv/app
  - source: config/site
    destination: /etc/site
permissions:
  - object: /srv/app
    pattern: "*.sh"
    owner: www-data
    group: www-data
    mode: 755
    type: [file]
    except: [skip.sh]
    acls: ["u:mary:rw"]
    context: {name: system_u, type: httpd_sys_content_t, range: s0}
hooks:
  ApplicationStop:
    - location: scripts/stop.sh
      runas: root
      timeout: 30
"""
