# SPDX-License-Identifier: MIT
"""Deployment configurations: how many instances at once, or how fast traffic shifts."""

import types
from typing import Any, Dict, Mapping, NamedTuple, Optional, Sequence, Union

from . import _native
from ._ffi import ffi, lib
from ._native import NULL, Native, adopt, check, document, new_view, optional, pointer, string, text, word
from .diagnostics import NONE, Diagnostics, Findings
from .enums import ConfigShape, MinimumType, Platform, TrafficType
from .errors import ConfigError
from .limits import Limits, findings, limits_of

__all__ = ["DeploymentConfig", "Minimum", "TrafficRouting", "Zones", "config_name_from_sam"]


class Minimum(NamedTuple):
    """How many hosts have to stay healthy.

    >>> import codedeploy
    >>> config = codedeploy.DeploymentConfig.find("CodeDeployDefault.HalfAtATime")
    >>> config.minimum, config.minimum_for(9)
    (Minimum(type=<MinimumType.FLEET_PERCENT: 2>, value=50), 5)
    """

    type: MinimumType
    value: int


class TrafficRouting(NamedTuple):
    """How traffic shifts: all at once, or `percentage` every `interval_minutes`.

    >>> import codedeploy
    >>> codedeploy.DeploymentConfig.find("CodeDeployDefault.LambdaCanary10Percent5Minutes").traffic
    TrafficRouting(type=<TrafficType.TIME_BASED_CANARY: 2>, percentage=10, interval_minutes=5)
    """

    type: TrafficType
    percentage: int = 100
    interval_minutes: int = 0


class Zones(NamedTuple):
    """One Availability Zone at a time.

    >>> import codedeploy
    >>> zones = codedeploy.Zones(monitor_seconds=60, minimum=codedeploy.Minimum(codedeploy.MinimumType.HOST_COUNT, 1))
    >>> config = codedeploy.DeploymentConfig("Mine", minimum=codedeploy.Minimum(codedeploy.MinimumType.FLEET_PERCENT, 50), zones=zones)
    >>> config.zone_wait_ms(1), config.zone_minimum_for(3)
    (60000, 1)
    """

    #: How long to watch a zone before the next one begins; None: not at all.
    monitor_seconds: Optional[int] = None
    #: The same for the first zone; None: as the others.
    first_monitor_seconds: Optional[int] = None
    #: Healthy hosts that each zone keeps.
    minimum: Optional[Minimum] = None


class DeploymentConfig(Native):
    """A deployment configuration; immutable.

    >>> import codedeploy
    >>> config = codedeploy.DeploymentConfig.find("CodeDeployDefault.LambdaCanary10Percent5Minutes")
    >>> config.traffic
    TrafficRouting(type=<TrafficType.TIME_BASED_CANARY: 2>, percentage=10, interval_minutes=5)
    >>> mine = codedeploy.DeploymentConfig("Mine", minimum=("FLEET_PERCENT", 75))
    >>> mine.minimum_for(10)
    8
    """

    __slots__ = ("diagnostics",)
    #: What was found when it was made: warnings and notes.
    diagnostics: Diagnostics

    def __init__(
        self,
        name: Optional[str] = None,
        *,
        platform: Union[Platform, str] = Platform.AUTO,
        minimum: Any = None,
        traffic: Any = None,
        zones: Optional[Zones] = None,
    ) -> None:
        """Makes a configuration and checks it as CreateDeploymentConfig does.

        `minimum` is a `Minimum` (Server), `traffic` a `TrafficRouting` (Lambda and ECS), or a tuple
        of what it consists of; a type may be given by its name.

        >>> import codedeploy
        >>> codedeploy.DeploymentConfig("Mine", platform="ECS", traffic=("TimeBasedLinear", 0, 5))
        Traceback (most recent call last):
        codedeploy.errors.ConfigError: error: An increment of 0 percent is not possible; it has to be from 1 to 99. [config-traffic-percentage]
        """
        options = new_view("cdp_config_options")
        name_ = string(name)
        options.name = name_
        options.platform = word(Platform, platform)
        if minimum is not None:
            options.minimum_type = word(MinimumType, minimum[0])
            options.minimum_value = minimum[1]
        if traffic is not None:
            routing = TrafficRouting(*traffic)
            options.traffic_type = word(TrafficType, routing.type)
            if options.traffic_type != TrafficType.ALL_AT_ONCE:
                options.traffic_percentage = routing.percentage
                options.traffic_interval_minutes = routing.interval_minutes
        if zones is not None:
            _fill_zones(options, Zones(*zones))
        found, out = Findings(), ffi.new("cdp_config **")
        check(lib.cdp_config_new(options, NULL, found.c, out), found, ConfigError)
        self._c = ffi.gc(out[0], lib.cdp_config_free)
        self.diagnostics = found.take()

    @classmethod
    def parse(
        cls,
        text: Union[str, bytes],
        shape: Union[ConfigShape, str] = ConfigShape.CREATE,
        *,
        limits: Optional[Limits] = None,
    ) -> "DeploymentConfig":
        """Reads a configuration from the API's JSON; `shape` says which of the API's shapes it is.

        >>> import codedeploy
        >>> config = codedeploy.DeploymentConfig.parse(
        ...     '{"deploymentConfigName": "Mine", "computePlatform": "Lambda", "trafficRoutingConfig":'
        ...     '{"type": "AllAtOnce"}}')
        >>> config.traffic.type
        <TrafficType.ALL_AT_ONCE: 1>
        """
        data, keep = document(text), list()  # type: ignore[var-annotated]
        found, out = findings(limits), ffi.new("cdp_config **")
        status = lib.cdp_config_parse(data, len(data), word(ConfigShape, shape),
                                      limits_of(limits, keep), NULL, found.c, out)
        check(status, found, ConfigError)
        config = adopt(cls, out[0], lib.cdp_config_free)
        config.diagnostics = found.take()
        return config

    @classmethod
    def _borrow(cls, pointer: Any, owner: Any) -> "DeploymentConfig":
        config = adopt(cls, ffi.cast("cdp_config *", pointer), owner=owner)
        config.diagnostics = NONE
        return config

    @classmethod
    def predefined(cls) -> "Mapping[str, DeploymentConfig]":
        """The 17 that the service has, by name.

        >>> import codedeploy
        >>> len(codedeploy.DeploymentConfig.predefined())
        17
        """
        made: Dict[str, DeploymentConfig] = {}
        for i in range(lib.cdp_config_predefined_count()):
            config = cls._borrow(lib.cdp_config_predefined_at(i), None)
            made[config.name or ""] = config
        return types.MappingProxyType(made)

    @classmethod
    def find(cls, name: str, customs: "Sequence[DeploymentConfig]" = ()) -> "DeploymentConfig":
        """The configuration of that name: predefined, or one of `customs`.

        >>> import codedeploy
        >>> codedeploy.DeploymentConfig.find("CodeDeployDefault.AllAtOne")
        Traceback (most recent call last):
        codedeploy.errors.NotFoundError: error: There is no deployment configuration 'CodeDeployDefault.AllAtOne'. [config-unknown]
        """
        found, out = Findings(), ffi.new("const cdp_config **")
        array = _array(customs)
        check(lib.cdp_config_find(string(name), array, len(customs), found.c, out), found, ConfigError)
        for custom in customs:
            if custom._c == out[0]:
                return custom
        return cls._borrow(out[0], None)

    @classmethod
    def default(cls, platform: Union[Platform, str]) -> "DeploymentConfig":
        """What a deployment uses when neither it nor its group says."""
        found = lib.cdp_config_default(word(Platform, platform))
        if not found:
            raise ValueError(f"there is no default for {platform!r}")
        return cls._borrow(found, None)

    @classmethod
    def resolve(
        cls,
        platform: Union[Platform, str],
        deployment: "Optional[DeploymentConfig]" = None,
        group: "Optional[DeploymentConfig]" = None,
    ) -> "DeploymentConfig":
        """The configuration of a deployment: its own, else its group's, else the default.

        >>> import codedeploy
        >>> codedeploy.DeploymentConfig.resolve("Server").name
        'CodeDeployDefault.OneAtATime'
        """
        first, second = (pointer(c) if c is not None else NULL for c in (deployment, group))
        found = lib.cdp_config_resolve(word(Platform, platform), first, second)
        for config in (deployment, group):
            if config is not None and config._c == found:
                return config
        return cls.default(platform)

    # -- looking at it ---------------------------------------------------------------------------

    @property
    def name(self) -> Optional[str]:
        return optional(lib.cdp_config_name(self._c))

    @property
    def platform(self) -> Platform:
        return Platform(lib.cdp_config_platform(self._c))

    @property
    def is_predefined(self) -> bool:
        """Whether it is one of the service's own, or was read under one of their names."""
        return bool(lib.cdp_config_is_predefined(self._c))

    @property
    def minimum(self) -> Optional[Minimum]:
        """Server: how many hosts have to stay healthy."""
        kind = lib.cdp_config_minimum_type(self._c)
        return Minimum(MinimumType(kind), lib.cdp_config_minimum_value(self._c)) if kind else None

    @property
    def traffic(self) -> Optional[TrafficRouting]:
        """Lambda and ECS: how traffic shifts."""
        c = self._c
        kind = lib.cdp_config_traffic_type(c)
        if not kind:
            return None
        return TrafficRouting(TrafficType(kind), lib.cdp_config_traffic_percentage(c),
                              lib.cdp_config_traffic_interval_minutes(c))

    @property
    def zones(self) -> Optional[Zones]:
        """Whether it goes zone by zone, and how.

        >>> import codedeploy
        >>> config = codedeploy.DeploymentConfig(
        ...     "Z", minimum=("HOST_COUNT", 1), zones=codedeploy.Zones(60))
        >>> config.zones.monitor_seconds, config.zone_wait_ms(0)
        (60, 60000)
        """
        c = self._c
        if not lib.cdp_config_has_zones(c):
            return None
        options = new_view("cdp_config_options")
        check(lib.cdp_config_describe(c, options))
        kind = lib.cdp_config_zone_minimum_type(c)
        return Zones(
            options.zone_monitor_seconds if options.has_zone_monitor_seconds else None,
            options.first_zone_monitor_seconds if options.has_first_zone_monitor_seconds else None,
            Minimum(MinimumType(kind), lib.cdp_config_zone_minimum_value(c)) if kind else None,
        )

    def zone_wait_ms(self, zone: int) -> int:
        """Milliseconds to watch a zone, numbered from 0, before the next one begins."""
        return lib.cdp_config_zone_wait_ms(self._c, zone)

    def minimum_for(self, instances: int) -> int:
        """How many of a deployment's instances have to stay healthy."""
        out = ffi.new("int64_t *")
        check(lib.cdp_config_minimum_for(self._c, instances, out))
        return int(out[0])

    def zone_minimum_for(self, instances: int) -> int:
        """The same for one zone's instances and the zones' minimum."""
        out = ffi.new("int64_t *")
        check(lib.cdp_config_zone_minimum_for(self._c, instances, out))
        return int(out[0])

    def for_rollback(self) -> "DeploymentConfig":
        """The configuration that an automatic rollback of a deployment with this one runs with.

        >>> import codedeploy
        >>> canary = codedeploy.DeploymentConfig.find("CodeDeployDefault.ECSCanary10Percent5Minutes")
        >>> canary.for_rollback().name
        'CodeDeployDefault.ECSAllAtOnce'
        """
        found = lib.cdp_config_for_rollback(self._c)
        return self if found == self._c else self._borrow(found, self._c)

    # -- checks ----------------------------------------------------------------------------------

    def check_use(
        self,
        platform: Union[Platform, str],
        *,
        blue_green: bool = False,
        on_premises: bool = False,
        network_load_balancer: bool = False,
    ) -> Diagnostics:
        """Checks that it can be used for such a deployment; raises `ConfigError` when not.

        >>> import codedeploy
        >>> codedeploy.DeploymentConfig.default("ECS").check_use("Server")
        Traceback (most recent call last):
        codedeploy.errors.ConfigError: error: The deployment configuration 'CodeDeployDefault.ECSAllAtOnce' is not made for Server. [config-use-platform]
        """
        use, found = new_view("cdp_config_use"), Findings()
        use.platform = word(Platform, platform)
        use.blue_green, use.on_premises = bool(blue_green), bool(on_premises)
        use.network_load_balancer = bool(network_load_balancer)
        check(lib.cdp_config_check_use(self._c, use, found.c), found, ConfigError)
        return found.take()

    def check_create(self, customs: "Sequence[DeploymentConfig]" = ()) -> Diagnostics:
        """Checks that an account which has `customs` may add it."""
        found = Findings()
        status = lib.cdp_config_check_create(self._c, _array(customs), len(customs), found.c)
        check(status, found, ConfigError)
        return found.take()

    def check_delete(self, in_use: bool = False) -> Diagnostics:
        """Checks that it may be deleted: it is not predefined and not in use."""
        found = Findings()
        check(lib.cdp_config_check_delete(self._c, bool(in_use), found.c), found, ConfigError)
        return found.take()

    # -- writing ---------------------------------------------------------------------------------

    def write(self, shape: Union[ConfigShape, str] = ConfigShape.INFO, indent: int = 0) -> str:
        """It as a JSON object, which `parse()` reads back to the same.

        >>> import codedeploy
        >>> codedeploy.DeploymentConfig.default("Lambda").write("INFO")[:52]
        '{"deploymentConfigName":"CodeDeployDefault.LambdaAll'
        """
        number = word(ConfigShape, shape)
        return _native.written(lambda out: lib.cdp_config_write(self._c, number, indent, out))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DeploymentConfig):
            return NotImplemented
        return bool(self._key() == other._key())

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> Any:
        return self.name, self.platform, self.minimum, self.traffic, self.zones

    def __repr__(self) -> str:
        return "<DeploymentConfig, closed>" if self.closed else f"<DeploymentConfig {self.name}>"


def _fill_zones(options: Any, zones: Zones) -> None:
    options.has_zones = 1
    if zones.monitor_seconds is not None:
        options.has_zone_monitor_seconds = 1
        options.zone_monitor_seconds = zones.monitor_seconds
    if zones.first_monitor_seconds is not None:
        options.has_first_zone_monitor_seconds = 1
        options.first_zone_monitor_seconds = zones.first_monitor_seconds
    if zones.minimum is not None:
        options.zone_minimum_type = word(MinimumType, zones.minimum[0])
        options.zone_minimum_value = zones.minimum[1]


def _array(configs: Sequence[DeploymentConfig]) -> Any:
    """`const cdp_config *const *`; the configurations are kept by who gave them."""
    for config in configs:
        if not isinstance(config, DeploymentConfig):
            raise TypeError(f"expected a DeploymentConfig, not {type(config).__name__}")
    return ffi.new("const cdp_config *[]", [pointer(config) for config in configs]) if configs else NULL


def config_name_from_sam(type: str) -> str:
    """The configuration's name that AWS SAM means by a `DeploymentPreference.Type`.

    >>> import codedeploy
    >>> codedeploy.config_name_from_sam("Canary10Percent5Minutes")
    'CodeDeployDefault.LambdaCanary10Percent5Minutes'
    """
    given = string(type)
    return text(lib.cdp_config_name_from_sam(given))
