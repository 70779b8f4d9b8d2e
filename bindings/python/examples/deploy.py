#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Deploys a bundle on this machine.

    deploy.py BUNDLE ROOT [DESTINATION_ROOT]
"""

import sys

import codedeploy
from codedeploy import posix


def tell(news: posix.News) -> None:
    if news.kind == codedeploy.NewsKind.EVENT_ENDED:
        print(f"{news.event}: {news.status}")
    elif news.kind == codedeploy.NewsKind.LOG and news.text:
        print(f"    {news.text}")


def main() -> int:
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    try:
        made = posix.deploy(sys.argv[1], root_directory=sys.argv[2],
                            destination_root=sys.argv[3] if sys.argv[3:] else None, news=tell)
    except codedeploy.CodeDeployError as error:
        print(f"deploy.py: {error}", file=sys.stderr)
        return 1
    print(f"{made.id} is in place")
    return 0


if __name__ == "__main__":
    sys.exit(main())
