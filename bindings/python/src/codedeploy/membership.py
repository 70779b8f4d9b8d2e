# SPDX-License-Identifier: MIT
"""Which instances belong to a deployment group, and why."""

import dataclasses
from typing import Any, Iterable, Iterator, List, Optional, Tuple, Union

from . import _native
from ._ffi import ffi, lib
from ._native import NULL, Native, View, adopt, check, filled, new_view, string
from .enums import GROUP_TAG_GROUP_LIMIT, MATCH_NONE, MatchReason, Status
from .inventory import Instance
from .inventory import _read as _read_instance

__all__ = ["Match", "Members"]


@dataclasses.dataclass(frozen=True)
class Match(View, struct="cdp_match"):
    """Whether an instance belongs to a group, and the reason. `str()` says it in a sentence.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     ec2_tags=codedeploy.TagGroups(((codedeploy.TagFilter("role", "web"),),)))
    >>> match = group.explain(codedeploy.Instance("i-1", tags={"role": "db"}))
    >>> match.selected, str(match.reason)
    (False, 'NoFilter')
    >>> print(match)
    i-1 is not selected: no filter matches; the nearest is filter 1, role=web, and the tag is role=db
    """

    selected: bool
    reason: MatchReason
    #: The first tag group without a filter that matches.
    tag_group: Optional[int]
    #: Which of the group's Auto Scaling groups it is in.
    auto_scaling_group: Optional[int]
    #: Only from `explain()`: the filter of `tag_group` that comes nearest, and the instance's tag.
    near_filter: Optional[int]
    near_tag: Optional[int]
    #: For each tag group the first filter that matches.
    filters: Tuple[Optional[int], ...] = ()
    sentence: str = ""

    def __str__(self) -> str:
        return self.sentence

    def __bool__(self) -> bool:
        return self.selected


def _explain(function: Any, group: Any, instance: Instance) -> Match:
    keep: List[Any] = []
    view, given = new_view("cdp_match"), filled(instance, keep)
    check(function(group, given, view))
    sentence = _native.written(lambda out: lib.cdp_match_render(group, given, view, out))
    filters = ffi.unpack(view.filters, GROUP_TAG_GROUP_LIMIT)
    return Match._read(view, sentence=sentence,
                       filters=tuple(None if f == MATCH_NONE else f for f in filters))


class Members(Native):
    """The instances of an inventory that belong to a group; immutable. A sequence of `Instance`, which
    have no tags here.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     ec2_tags=codedeploy.TagGroups(((codedeploy.TagFilter("role", "web"),),)))
    >>> members = group.members(codedeploy.Instance(f"i-{n}", tags={"role": "web"}) for n in range(3))
    >>> len(members), members.seen, members["i-1"].id, "i-7" in members
    (3, 3, 'i-1', False)
    """

    __slots__ = ()

    @classmethod
    def _of(cls, group: Any, instances: Iterable[Instance]) -> "Members":
        out = ffi.new("cdp_members **")
        check(lib.cdp_members_new(group, NULL, out))
        members = adopt(cls, out[0], lib.cdp_members_free)
        for instance in instances:
            if not isinstance(instance, Instance):
                raise TypeError(f"expected an Instance, not {type(instance).__name__}")
            keep: List[Any] = []
            check(lib.cdp_members_add(members._c, filled(instance, keep), NULL))
        check(lib.cdp_members_finish(members._c))
        return members

    def __len__(self) -> int:
        return lib.cdp_members_count(self._c)

    @property
    def seen(self) -> int:
        """How many instances were looked at."""
        return lib.cdp_members_seen(self._c)

    @property
    def duplicates(self) -> int:
        """How many of those that belong were there before."""
        return lib.cdp_members_duplicates(self._c)

    def find(self, id: str) -> Optional[int]:
        """The index of a member."""
        index = ffi.new("size_t *")
        status = lib.cdp_members_find(self._c, string(id), index)
        if status == Status.NOT_FOUND:
            return None
        check(status)
        return int(index[0])

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.find(id) is not None

    def __getitem__(self, which: Union[int, str]) -> Instance:
        view = new_view("cdp_instance")
        if isinstance(which, str):
            index = self.find(which)
            if index is None:
                raise KeyError(which)
        elif -len(self) <= which < len(self):
            index = which % len(self)
        else:
            raise IndexError("there is no such member")
        check(lib.cdp_members_at(self._c, index, view))
        return _read_instance(view)

    def __iter__(self) -> Iterator[Instance]:
        return (self[i] for i in range(len(self)))
