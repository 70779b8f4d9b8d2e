# SPDX-License-Identifier: MIT
"""Deployment groups: where is deployed to, and under which conditions."""

import dataclasses
from typing import AbstractSet, Any, Dict, FrozenSet, Iterable, List, Optional, Sequence, Tuple, Type, Union

from . import _native
from ._ffi import ffi, lib
from ._native import NULL, Native, View, adopt, check, document, filled, new_view, optional, pointer, string, text, word
from .config import DeploymentConfig, _array
from .diagnostics import NONE, Diagnostics, Findings
from .enums import (
    BundleType,
    DeploymentOption,
    DeploymentStatus,
    DeploymentType,
    GreenFleet,
    GroupShape,
    InstanceKind,
    LastDeploymentKind,
    OutdatedStrategy,
    Platform,
    ReadyAction,
    RevisionType,
    RollbackEvent,
    TagFilterType,
    TerminationAction,
    TriggerEvent,
)
from .errors import GroupError
from .inventory import Instance
from .limits import Limits, findings, limits_of
from .membership import Match, Members, _explain

__all__ = [
    "Alarms",
    "AutoRollback",
    "AutoScalingGroup",
    "BlueGreen",
    "DeploymentGroup",
    "EcsServiceName",
    "GroupContent",
    "LastDeployment",
    "Revision",
    "TagFilter",
    "TagGroups",
    "TargetGroupPair",
    "Trigger",
    "check_together",
]


@dataclasses.dataclass(frozen=True)
class TagFilter(View, struct="cdp_group_filter"):
    """A tag filter. In the value `*` stands for any characters; case counts.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     ec2_tags=codedeploy.TagGroups(((codedeploy.TagFilter("role", "web"), codedeploy.TagFilter("canary")),)))
    >>> [group.match(codedeploy.Instance("i-1", tags=tags)).selected for tags in ({"role": "web"}, {"canary": "yes"}, {"role": "db"})]
    [True, True, False]
    """

    key: Optional[str] = None
    value: Optional[str] = None
    #: None as an input: what key and value tell.
    type: Optional[TagFilterType] = None


@dataclasses.dataclass(frozen=True)
class TagGroups:
    """What selects instances of a kind: one filter of every group has to match.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     ec2_tags=codedeploy.TagGroups((
    ...         (codedeploy.TagFilter("role", "web"),), (codedeploy.TagFilter("stage", "prod"),)), is_set=True))
    >>> [group.match(codedeploy.Instance("i-1", tags=tags)).selected for tags in ({"role": "web"}, {"role": "web", "stage": "prod"})]
    [False, True]
    """

    groups: Tuple[Tuple[TagFilter, ...], ...] = ()
    #: Whether they are written as a tag set and not as a plain list.
    is_set: bool = False


@dataclasses.dataclass(frozen=True)
class AutoScalingGroup(View, struct="cdp_group_auto_scaling"):
    """An Auto Scaling group, and the lifecycle hooks that the service has installed.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     auto_scaling_groups=[codedeploy.AutoScalingGroup("web-fleet")])
    >>> group.content.auto_scaling_groups[0].name
    'web-fleet'
    """

    name: str
    hook: Optional[str] = None
    termination_hook: Optional[str] = None


@dataclasses.dataclass(frozen=True)
class EcsServiceName(View, struct="cdp_group_ecs_service"):
    """An ECS service.

    >>> import codedeploy
    >>> codedeploy.DeploymentGroup.parse('''{
    ...     "applicationName": "shop", "deploymentGroupName": "web", "computePlatform": "ECS",
    ...     "serviceRoleArn": "arn:aws:iam::123456789012:role/deploy",
    ...     "ecsServices": [{"clusterName": "shop", "serviceName": "web"}],
    ...     "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
    ...     "blueGreenDeploymentConfiguration": {
    ...         "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
    ...         "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE"}},
    ...     "loadBalancerInfo": {"targetGroupPairInfoList": [{
    ...         "targetGroups": [{"name": "blue"}, {"name": "green"}],
    ...         "prodTrafficRoute": {"listenerArns": ["arn:aws:elasticloadbalancing:us-east-1:1:listener/app/x/1/4"]}}]}
    ... }''').content.ecs_service
    EcsServiceName(cluster='shop', service='web')
    """

    cluster: str
    service: str


@dataclasses.dataclass(frozen=True)
class TargetGroupPair(View, struct="cdp_group_target_group_pair"):
    """The two target groups between which an ECS deployment moves traffic, and their listeners.

    >>> import codedeploy
    >>> pair = codedeploy.TargetGroupPair(
    ...     ("blue", "green"), "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/x/1/443")
    >>> pair.target_groups, pair.test_listener_arn
    (('blue', 'green'), None)
    """

    target_groups: Tuple[str, str]
    production_listener_arn: str
    #: None when there is no test traffic.
    test_listener_arn: Optional[str] = None


@dataclasses.dataclass(frozen=True)
class BlueGreen(View, struct="cdp_group_blue_green"):
    """How blue/green deployments begin and end.

    >>> import codedeploy
    >>> codedeploy.BlueGreen(termination_action="TERMINATE", termination_wait_minutes=60).ready_action
    <ReadyAction.CONTINUE_DEPLOYMENT: 0>
    """

    termination_action: TerminationAction = TerminationAction.TERMINATE
    ready_action: ReadyAction = ReadyAction.CONTINUE_DEPLOYMENT
    #: Minutes before the originals are terminated.
    termination_wait_minutes: int = 0
    #: Minutes before STOP_DEPLOYMENT stops a deployment that nobody continued.
    ready_wait_minutes: int = 0
    green_fleet: GreenFleet = GreenFleet.NOT_SAID


@dataclasses.dataclass(frozen=True)
class Trigger(View, struct="cdp_group_trigger"):
    """A notification trigger.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     triggers=[codedeploy.Trigger("told", "arn:aws:sns:us-east-1:123456789012:t", {"DeploymentFailure"})])
    >>> [str(event) for event in group.content.triggers[0].events]
    ['DeploymentFailure']
    """

    name: str
    #: The ARN of an SNS topic.
    target_arn: str
    events: AbstractSet[Union[TriggerEvent, str]]


@dataclasses.dataclass(frozen=True)
class Alarms(View, struct="cdp_group_alarms"):
    """The alarms that stop deployments.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     alarms=codedeploy.Alarms(("errors", "latency")))
    >>> group.content.alarms.names
    ('errors', 'latency')
    """

    names: Tuple[str, ...] = ()
    #: False: the list is kept, but nobody looks at it.
    enabled: bool = True
    #: Whether a deployment goes on when the state of an alarm cannot be told.
    ignore_poll_failure: bool = False


@dataclasses.dataclass(frozen=True)
class AutoRollback(View, struct="cdp_group_auto_rollback"):
    """When deployments roll back by themselves.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     auto_rollback=codedeploy.AutoRollback(True, {"DEPLOYMENT_FAILURE"}))
    >>> [str(event) for event in group.content.auto_rollback.events]
    ['DEPLOYMENT_FAILURE']
    """

    enabled: bool
    events: AbstractSet[Union[RollbackEvent, str]] = frozenset()


@dataclasses.dataclass(frozen=True)
class Revision(View, struct="cdp_group_revision"):
    """Where a revision is to be found; the texts are those of its type.

    >>> import codedeploy
    >>> codedeploy.Revision.s3("bucket", "app.zip", "zip").bundle_type
    <BundleType.ZIP: 3>
    """

    type: RevisionType
    bundle_type: Optional[BundleType] = None
    bucket: Optional[str] = None
    key: Optional[str] = None
    version: Optional[str] = None
    etag: Optional[str] = None
    repository: Optional[str] = None
    commit_id: Optional[str] = None
    content: Optional[str] = None
    sha256: Optional[str] = None

    @classmethod
    def s3(cls, bucket: str, key: str, bundle_type: Union[BundleType, str], *,
           version: Optional[str] = None, etag: Optional[str] = None) -> "Revision":
        """A bundle in Amazon S3."""
        kind = BundleType(word(BundleType, bundle_type))
        return cls(RevisionType.S3, kind, bucket, key, version, etag)

    @classmethod
    def github(cls, repository: str, commit_id: str) -> "Revision":
        """A commit on GitHub."""
        return cls(RevisionType.GITHUB, repository=repository, commit_id=commit_id)

    @classmethod
    def appspec(cls, content: str, sha256: Optional[str] = None) -> "Revision":
        """An AppSpec itself, for Lambda and ECS."""
        return cls(RevisionType.APPSPEC_CONTENT, content=content, sha256=sha256)


@dataclasses.dataclass(frozen=True)
class LastDeployment(View, struct="cdp_group_last_deployment"):
    """A deployment that the service remembers of a group; times are milliseconds since 1970.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup.parse('''{
    ...     "applicationName": "shop", "deploymentGroupName": "web", "serviceRoleArn": "arn:aws:iam::123456789012:role/deploy",
    ...     "computePlatform": "Server", "deploymentGroupId": "6c5b2a7e-0000-4000-8000-000000000000",
    ...     "lastSuccessfulDeployment": {"deploymentId": "d-EXAMPLE01", "status": "Succeeded"}}''')
    >>> last = group.content.last_successful
    >>> last.id, str(last.status)
    ('d-EXAMPLE01', 'Succeeded')
    """

    id: str
    status: Optional[DeploymentStatus] = None
    create_time_ms: Optional[int] = None
    end_time_ms: Optional[int] = None


@dataclasses.dataclass(frozen=True)
class GroupContent:
    """All that a deployment group consists of: what `DeploymentGroup()` takes.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup(
    ...     application_name="shop", name="web", platform="Server",
    ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
    ...     config_name="CodeDeployDefault.HalfAtATime")
    >>> content = group.content
    >>> content.name, content.config_name, content.alarms
    ('web', 'CodeDeployDefault.HalfAtATime', None)
    """

    application_name: Optional[str] = None
    name: Optional[str] = None
    service_role_arn: Optional[str] = None
    #: None until the service has given one.
    id: Optional[str] = None
    config_name: Optional[str] = None
    platform: Platform = Platform.AUTO
    #: None as an input: the platform's own.
    deployment_type: Optional[DeploymentType] = None
    deployment_option: Optional[DeploymentOption] = None
    outdated_strategy: Optional[OutdatedStrategy] = None
    #: Whether an Auto Scaling group that shrinks runs a termination deployment first.
    termination_hook: bool = False
    ec2_tags: TagGroups = TagGroups()
    on_premises_tags: TagGroups = TagGroups()
    auto_scaling_groups: Tuple[AutoScalingGroup, ...] = ()
    ecs_service: Optional[EcsServiceName] = None
    #: Names of Classic Load Balancers, and of target groups.
    load_balancers: Tuple[str, ...] = ()
    target_groups: Tuple[str, ...] = ()
    target_group_pair: Optional[TargetGroupPair] = None
    blue_green: Optional[BlueGreen] = None
    triggers: Tuple[Trigger, ...] = ()
    alarms: Optional[Alarms] = None
    auto_rollback: Optional[AutoRollback] = None
    target_revision: Optional[Revision] = None
    last_successful: Optional[LastDeployment] = None
    last_attempted: Optional[LastDeployment] = None
    #: Tags of the group itself, not of its instances.
    resource_tags: Tuple[Tuple[str, str], ...] = ()


def _bits(cls: Any, events: Iterable[Any]) -> int:
    return sum({1 << word(cls, event) for event in events})


def _set_of(cls: Any, bits: int) -> FrozenSet[Any]:
    return frozenset(member for member in cls if bits >> int(member) & 1)


class _Options:
    """cdp_group_options, and where findings go."""

    def __init__(
        self,
        shape: Any = GroupShape.AUTO,
        platform: Any = Platform.AUTO,
        configs: Optional[Sequence[DeploymentConfig]] = None,
        limits: Optional[Limits] = None,
    ) -> None:
        self.keep: List[Any] = []
        self.found = findings(limits)
        options = self.c = new_view("cdp_group_options")
        options.limits = limits_of(limits, self.keep)
        options.shape = word(GroupShape, shape)
        options.platform = word(Platform, platform)
        if configs is not None:
            array = _array(configs) or ffi.new("const cdp_config *[]", 1)
            self.keep += [array, list(configs)]
            options.configs, options.config_count = array, len(configs)


class DeploymentGroup(Native):
    """A deployment group; immutable.

    >>> import codedeploy
    >>> group = codedeploy.DeploymentGroup.parse('''{
    ...     "applicationName": "shop", "deploymentGroupName": "web",
    ...     "serviceRoleArn": "arn:aws:iam::123456789012:role/deploy",
    ...     "ec2TagFilters": [{"Key": "role", "Value": "web", "Type": "KEY_AND_VALUE"}]}''')
    >>> instances = [codedeploy.Instance("i-1", tags={"role": "web"}), codedeploy.Instance("i-2")]
    >>> [instance.id for instance in group.members(instances)]
    ['i-1']
    """

    __slots__ = ("diagnostics",)
    #: What was found when it was made: warnings and notes.
    diagnostics: Diagnostics

    def __init__(self, content: Optional[GroupContent] = None, *,
                 platform: Union[Platform, str] = Platform.AUTO,
                 configs: Optional[Sequence[DeploymentConfig]] = None, **parts: Any) -> None:
        """Puts a group together from a `GroupContent`, or from its parts by name, and checks it as
        CreateDeploymentGroup does.

        >>> import codedeploy
        >>> group = codedeploy.DeploymentGroup(
        ...     application_name="shop", name="web", platform="Server",
        ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
        >>> group.content.deployment_type
        <DeploymentType.IN_PLACE: 1>
        """
        if content is None:
            content = GroupContent(platform=Platform(word(Platform, platform)), **parts)
        elif parts:
            content = dataclasses.replace(content, **parts)
        options = _Options(platform=platform, configs=configs)
        out = ffi.new("cdp_group_builder **")
        check(lib.cdp_group_builder_new(NULL, NULL, out))
        builder = ffi.gc(out[0], lib.cdp_group_builder_free)
        _build(builder, content, options.keep)
        made = ffi.new("cdp_group **")
        status = lib.cdp_group_builder_finish(builder, options.c, options.found.c, made)
        self._own(status, options, made)

    def _own(self, status: int, options: _Options, out: Any) -> None:
        check(status, options.found, GroupError)
        self._c = ffi.gc(out[0], lib.cdp_group_free)
        self.diagnostics = options.found.take()

    @classmethod
    def _make(cls, function: Any, arguments: Sequence[Any], options: _Options) -> "DeploymentGroup":
        out = ffi.new("cdp_group **")
        group = object.__new__(cls)
        group._own(function(*arguments, options.c, options.found.c, out), options, out)
        return group

    @classmethod
    def _borrow(cls, pointer: Any, owner: Any) -> "DeploymentGroup":
        group = adopt(cls, ffi.cast("cdp_group *", pointer), owner=owner)
        group.diagnostics = NONE
        return group

    @classmethod
    def parse(
        cls,
        text: Union[str, bytes],
        *,
        shape: Union[GroupShape, str] = GroupShape.AUTO,
        platform: Union[Platform, str] = Platform.AUTO,
        configs: Optional[Sequence[DeploymentConfig]] = None,
        limits: Optional[Limits] = None,
    ) -> "DeploymentGroup":
        """Reads a group from the API's JSON and checks it as CreateDeploymentGroup does. `configs`: all
        of the account's own configurations, so that names of others are refused."""
        data = document(text)
        return cls._make(lib.cdp_group_parse, (data, len(data)), _Options(shape, platform, configs, limits))

    def update(self, text: Union[str, bytes], **options: Any) -> "DeploymentGroup":
        """The group that an UpdateDeploymentGroupInput leads to.

        >>> import codedeploy
        >>> group = codedeploy.DeploymentGroup(
        ...     application_name="shop", name="web", platform="Server",
        ...     service_role_arn="arn:aws:iam::123456789012:role/deploy")
        >>> group.update('{"newDeploymentGroupName": "www"}').name
        'www'
        """
        data = document(text)
        return self._make(lib.cdp_group_update, (self._c, data, len(data)), _Options(**options))

    def replacement(self, text: Union[str, bytes], **options: Any) -> "DeploymentGroup":
        """The group of the replacement environment that a deployment names (TargetInstances)."""
        data = document(text)
        return self._make(lib.cdp_group_replacement, (self._c, data, len(data)), _Options(**options))

    def write(self, shape: Union[GroupShape, str] = GroupShape.CREATE, indent: int = 0) -> str:
        """It as a JSON object, which `parse()` reads back to the same as far as the shape goes."""
        number = word(GroupShape, shape)
        return _native.written(lambda out: lib.cdp_group_write(self._c, number, indent, out))

    # -- looking at it ---------------------------------------------------------------------------

    @property
    def application_name(self) -> Optional[str]:
        return optional(lib.cdp_group_application_name(self._c))

    @property
    def name(self) -> Optional[str]:
        return optional(lib.cdp_group_name(self._c))

    @property
    def config_name(self) -> Optional[str]:
        """The deployment configuration that it names."""
        return optional(lib.cdp_group_config_name(self._c))

    @property
    def platform(self) -> Platform:
        """AUTO when it could be any."""
        return Platform(lib.cdp_group_platform(self._c))

    @property
    def shape_read(self) -> GroupShape:
        """The shape that it was read in; AUTO for one that was made otherwise."""
        return GroupShape(lib.cdp_group_shape_read(self._c))

    @property
    def content(self) -> GroupContent:
        """All that it consists of; with it `DeploymentGroup()` makes the same again."""
        return _Reader(self._c).content()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DeploymentGroup):
            return NotImplemented
        return self.content == other.content

    def __hash__(self) -> int:
        return hash((self.application_name, self.name))

    def __repr__(self) -> str:
        return "<DeploymentGroup, closed>" if self.closed else f"<DeploymentGroup {self.name}>"

    # -- its instances ---------------------------------------------------------------------------

    def match(self, instance: Instance) -> Match:
        """Whether an instance belongs to the group, and why."""
        return _explain(lib.cdp_group_match, self._c, instance)

    def explain(self, instance: Instance) -> Match:
        """The same, with what is missing told as precisely as possible.

        >>> import codedeploy
        >>> group = codedeploy.DeploymentGroup(
        ...     application_name="shop", name="web", platform="Server",
        ...     service_role_arn="arn:aws:iam::123456789012:role/deploy",
        ...     ec2_tags=codedeploy.TagGroups(((codedeploy.TagFilter("role", "web"),),)))
        >>> print(group.explain(codedeploy.Instance("i-1", tags={"role": "db"})))
        i-1 is not selected: no filter matches; the nearest is filter 1, role=web, and the tag is role=db
        """
        return _explain(lib.cdp_group_explain, self._c, instance)

    def members(self, instances: Iterable[Instance]) -> Members:
        """The instances that belong to the group, each once, in the order in which they come."""
        return Members._of(self._c, instances)


def check_together(groups: Sequence[DeploymentGroup]) -> Diagnostics:
    """Looks at groups that exist at the same time: names that are taken, services that belong to two.
    Raises `GroupError` for what cannot be.

    >>> import codedeploy
    >>> codedeploy.check_together([])
    ()
    """
    array = ffi.new("const cdp_group *[]", [pointer(group) for group in groups] or 1)
    found = Findings()
    check(lib.cdp_group_check_together(array, len(groups), NULL, found.c), found, GroupError)
    return found.take()


class _Reader:
    """Reads the parts of a cdp_group."""

    def __init__(self, c: Any) -> None:
        self.c = c

    def one(self, cls: Type[Any], function: Any, *arguments: Any, **more: Any) -> Any:
        """A part; None when the group does not have it."""
        view = new_view(cls._struct)
        if function(self.c, *arguments, view):
            return None
        return cls._read(view, **more)

    def names(self, count: Any, at: Any) -> Tuple[str, ...]:
        name, names = ffi.new("cdp_string *"), []
        for i in range(count(self.c)):
            check(at(self.c, i, name))
            names.append(text(name))
        return tuple(names)

    def tags(self, kind: InstanceKind) -> TagGroups:
        groups = []
        for group in range(lib.cdp_group_tag_group_count(self.c, kind)):
            count = lib.cdp_group_filter_count(self.c, kind, group)
            groups.append(tuple(self.one(TagFilter, lib.cdp_group_filter_at, kind, group, i)
                                for i in range(count)))
        return TagGroups(tuple(groups), bool(lib.cdp_group_has_tag_set(self.c, kind)))

    def trigger(self, index: int) -> Trigger:
        view = new_view("cdp_group_trigger")
        check(lib.cdp_group_trigger_at(self.c, index, view))
        return Trigger._read(view, events=_set_of(TriggerEvent, view.events))

    def pair(self) -> Optional[TargetGroupPair]:
        view = new_view("cdp_group_target_group_pair")
        if lib.cdp_group_get_target_group_pair(self.c, view):
            return None
        both = (text(view.target_groups[0]), text(view.target_groups[1]))
        return TargetGroupPair._read(view, target_groups=both)

    def auto_rollback(self) -> Optional[AutoRollback]:
        view = new_view("cdp_group_auto_rollback")
        if lib.cdp_group_get_auto_rollback(self.c, view):
            return None
        return AutoRollback(bool(view.enabled), _set_of(RollbackEvent, view.events))

    def last(self, which: LastDeploymentKind) -> Optional[LastDeployment]:
        view = new_view("cdp_group_last_deployment")
        if lib.cdp_group_get_last_deployment(self.c, which, view):
            return None
        made = LastDeployment._read(view)
        return dataclasses.replace(
            made, create_time_ms=view.create_time_ms if view.has_create_time else None,
            end_time_ms=view.end_time_ms if view.has_end_time else None)

    def resource_tags(self) -> Tuple[Tuple[str, str], ...]:
        tag, tags = ffi.new("cdp_tag *"), []
        for i in range(lib.cdp_group_resource_tag_count(self.c)):
            check(lib.cdp_group_resource_tag_at(self.c, i, tag))
            tags.append((text(tag.key), text(tag.value)))
        return tuple(tags)

    def content(self) -> GroupContent:
        basics = new_view("cdp_group_basics")
        check(lib.cdp_group_get_basics(self.c, basics))
        parts: Dict[str, Any] = {
            name: optional(getattr(basics, name))
            for name in ("application_name", "name", "service_role_arn", "id", "config_name")
        }
        scaling = range(lib.cdp_group_auto_scaling_count(self.c))
        return GroupContent(
            **parts,
            platform=Platform(basics.platform),
            deployment_type=DeploymentType(basics.deployment_type),
            deployment_option=DeploymentOption(basics.deployment_option),
            outdated_strategy=OutdatedStrategy(basics.outdated_strategy),
            termination_hook=bool(basics.termination_hook),
            ec2_tags=self.tags(InstanceKind.EC2),
            on_premises_tags=self.tags(InstanceKind.ON_PREMISES),
            auto_scaling_groups=tuple(
                self.one(AutoScalingGroup, lib.cdp_group_auto_scaling_at, i) for i in scaling),
            ecs_service=self.one(EcsServiceName, lib.cdp_group_get_ecs_service),
            load_balancers=self.names(lib.cdp_group_load_balancer_count, lib.cdp_group_load_balancer_at),
            target_groups=self.names(lib.cdp_group_target_group_count, lib.cdp_group_target_group_at),
            target_group_pair=self.pair(),
            blue_green=self.one(BlueGreen, lib.cdp_group_get_blue_green),
            triggers=tuple(self.trigger(i) for i in range(lib.cdp_group_trigger_count(self.c))),
            alarms=self.one(Alarms, lib.cdp_group_get_alarms,
                            names=self.names(lib.cdp_group_alarm_count, lib.cdp_group_alarm_at)),
            auto_rollback=self.auto_rollback(),
            target_revision=self.one(Revision, lib.cdp_group_get_target_revision),
            last_successful=self.last(LastDeploymentKind.SUCCESSFUL),
            last_attempted=self.last(LastDeploymentKind.ATTEMPTED),
            resource_tags=self.resource_tags(),
        )


def _build(builder: Any, content: GroupContent, keep: List[Any]) -> None:
    """Puts all parts into a cdp_group_builder."""
    basics = new_view("cdp_group_basics")
    _native.fill(basics, content, keep)
    check(lib.cdp_group_builder_set_basics(builder, basics))
    for kind, tags in ((InstanceKind.EC2, content.ec2_tags), (InstanceKind.ON_PREMISES, content.on_premises_tags)):
        for number, filters in enumerate(tags.groups):
            for one in filters:
                check(lib.cdp_group_builder_add_filter(builder, kind, number, filled(one, keep)))
        if tags.is_set:
            check(lib.cdp_group_builder_use_tag_set(builder, kind))
    for scaling in content.auto_scaling_groups:
        check(lib.cdp_group_builder_add_auto_scaling(builder, filled(scaling, keep)))
    for name in content.load_balancers:
        check(lib.cdp_group_builder_add_load_balancer(builder, string(name)))
    for name in content.target_groups:
        check(lib.cdp_group_builder_add_target_group(builder, string(name)))
    if content.ecs_service is not None:
        check(lib.cdp_group_builder_set_ecs_service(builder, filled(content.ecs_service, keep)))
    if content.target_group_pair is not None:
        pair = filled(content.target_group_pair, keep)
        names = [string(name) for name in content.target_group_pair.target_groups]
        keep.append(names)
        pair.target_groups[0], pair.target_groups[1] = names
        check(lib.cdp_group_builder_set_target_group_pair(builder, pair))
    if content.blue_green is not None:
        check(lib.cdp_group_builder_set_blue_green(builder, filled(content.blue_green, keep)))
    _build_conditions(builder, content, keep)


def _build_conditions(builder: Any, content: GroupContent, keep: List[Any]) -> None:
    for trigger in content.triggers:
        view = filled(trigger, keep)
        view.events = _bits(TriggerEvent, trigger.events)
        check(lib.cdp_group_builder_add_trigger(builder, view))
    if content.alarms is not None:
        check(lib.cdp_group_builder_set_alarms(builder, filled(content.alarms, keep)))
        for name in content.alarms.names:
            check(lib.cdp_group_builder_add_alarm(builder, string(name)))
    if content.auto_rollback is not None:
        check(lib.cdp_group_builder_set_auto_rollback(builder, fill_auto_rollback(content.auto_rollback, keep)))
    if content.target_revision is not None:
        check(lib.cdp_group_builder_set_target_revision(builder, filled(content.target_revision, keep)))
    for which, last in ((LastDeploymentKind.SUCCESSFUL, content.last_successful),
                        (LastDeploymentKind.ATTEMPTED, content.last_attempted)):
        if last is not None:
            view = filled(last, keep)
            view.has_create_time = last.create_time_ms is not None
            view.has_end_time = last.end_time_ms is not None
            check(lib.cdp_group_builder_set_last_deployment(builder, which, view))
    for pair in content.resource_tags:
        kept = tuple(string(part) for part in pair)
        tag = ffi.new("cdp_tag *", kept)
        check(lib.cdp_group_builder_add_resource_tag(builder, tag))


def fill_auto_rollback(auto_rollback: AutoRollback, keep: List[Any]) -> Any:
    """The struct, events as bits."""
    view = filled(auto_rollback, keep)
    view.events = _bits(RollbackEvent, auto_rollback.events)
    return view
