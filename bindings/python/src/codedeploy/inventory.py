# SPDX-License-Identifier: MIT
"""Instances: what is known of them, and inventories of them."""

import dataclasses
from typing import Any, Iterable, Iterator, List, Mapping, Optional, Tuple, Union

from ._ffi import ffi, lib
from ._native import NULL, View, check, new_view, text, word
from .enums import (
    AutoScalingState,
    InstanceHealth,
    InstanceKind,
    InstanceOutcome,
    InstanceState,
    RevisionHealth,
    Status,
)
from .errors import error_of
from .limits import Limits, findings, limits_of

__all__ = ["Instance", "health_after", "health_work_order", "read_inventory"]


@dataclasses.dataclass(frozen=True)
class Instance(View, struct="cdp_instance"):
    """What is known of one instance.

    >>> import codedeploy
    >>> codedeploy.Instance("i-1", tags={"role": "web"}).state
    <InstanceState.NOT_SAID: 0>
    """

    #: The EC2 instance id, or an on-premises host's registered name.
    id: str
    kind: InstanceKind = InstanceKind.EC2
    state: InstanceState = InstanceState.NOT_SAID
    #: The Availability Zone.
    zone: Optional[str] = None
    #: The Auto Scaling group that it belongs to.
    auto_scaling_group: Optional[str] = None
    auto_scaling_state: AutoScalingState = AutoScalingState.NOT_SAID
    instance_health: InstanceHealth = InstanceHealth.UNHEALTHY
    revision_health: RevisionHealth = RevisionHealth.UNKNOWN
    #: A mapping, or pairs where a key may stand there twice.
    tags: Union[Mapping[str, str], Tuple[Tuple[str, str], ...]] = ()

    def __hash__(self) -> int:
        return hash(self.id)

    def _fill(self, keep: List[Any]) -> Any:
        view = super()._fill(keep)
        pairs = list(self.tags.items()) if isinstance(self.tags, Mapping) else list(self.tags)
        if pairs:
            flat = [part for pair in pairs for part in pair]
            kept = [part.encode("utf-8", "surrogateescape") for part in flat]
            texts = [(ffi.from_buffer("char[]", k), len(k)) for k in kept]
            array = ffi.new("cdp_tag[]", list(zip(texts[::2], texts[1::2])))
            keep += [kept, texts, array]
            view.tags, view.tag_count = array, len(pairs)
        return view


def _read(view: Any) -> Instance:
    pairs = [(text(tag.key), text(tag.value)) for tag in ffi.unpack(view.tags, view.tag_count)] \
        if view.tag_count else []
    tags = dict(pairs)
    return Instance._read(view, tags=tags if len(tags) == len(pairs) else tuple(pairs))


def read_inventory(
    data: Union[str, bytes, Iterable[bytes]], *, limits: Optional[Limits] = None
) -> Iterator[Instance]:
    """The instances of an inventory in JSON, one by one: of a text, or of pieces of one such as an open
    file gives. Memory does not depend on how many there are. Raises `InvalidError` for an instance
    that is refused.

    >>> import codedeploy
    >>> text = '[{"id": "i-1", "tags": {"role": "web"}, "state": "running"}]'
    >>> for instance in codedeploy.read_inventory(text):
    ...     print(instance.id, instance.tags, instance.state)
    i-1 {'role': 'web'} running
    """
    if isinstance(data, str):
        data = [data.encode("utf-8", "surrogatepass")]
    elif isinstance(data, (bytes, bytearray)):
        data = [bytes(data)]
    keep: List[Any] = []
    out, found, view = ffi.new("cdp_inventory **"), findings(limits), new_view("cdp_instance")
    check(lib.cdp_inventory_new(limits_of(limits, keep), NULL, out))
    inventory = ffi.gc(out[0], lib.cdp_inventory_free)

    def ready() -> Iterator[Instance]:
        while True:
            status = lib.cdp_inventory_next(inventory, found.c, view)
            if status == Status.OK:
                yield _read(view)
            elif status in (Status.PENDING, Status.NOT_FOUND):
                return
            else:
                raise error_of(status, found.take())

    for piece in data:
        check(lib.cdp_inventory_feed(inventory, ffi.from_buffer("char[]", piece), len(piece)))
        yield from ready()
    check(lib.cdp_inventory_finish(inventory))
    yield from ready()


def health_work_order(instance: Union[InstanceHealth, str], revision: Union[RevisionHealth, str]) -> int:
    """The order of work: an instance with a smaller number is deployed to before one with a larger.

    >>> import codedeploy
    >>> codedeploy.health_work_order("Unhealthy", "Current") < codedeploy.health_work_order("Healthy", "Old")
    True
    """
    return lib.cdp_health_work_order(word(InstanceHealth, instance), word(RevisionHealth, revision))


def health_after(
    deployment_succeeded: bool,
    outcome: Union[InstanceOutcome, str],
    instance: Union[InstanceHealth, str],
    revision: Union[RevisionHealth, str],
) -> Tuple[InstanceHealth, RevisionHealth]:
    """The two healths of an instance after a deployment that it was part of.

    >>> import codedeploy
    >>> codedeploy.health_after(True, "SUCCEEDED", "Unhealthy", "Unknown")
    (<InstanceHealth.HEALTHY: 1>, <RevisionHealth.CURRENT: 2>)
    """
    first = ffi.new("cdp_instance_health *", word(InstanceHealth, instance))
    second = ffi.new("cdp_revision_health *", word(RevisionHealth, revision))
    check(lib.cdp_health_after(bool(deployment_succeeded), word(InstanceOutcome, outcome), first, second))
    return InstanceHealth(first[0]), RevisionHealth(second[0])
