# SPDX-License-Identifier: MIT
# Made from the public headers by `./dev generate`; do not edit.
"""The words of the API and of the library: all enumerations."""

import enum

from ._words import _of, _Word

__all__ = [
    "AclType",
    "ActionKind",
    "AlarmPolicy",
    "AlarmState",
    "AppSpecHost",
    "AppSpecReader",
    "AutoScalingAnswer",
    "AutoScalingState",
    "BundleAllow",
    "BundleType",
    "CONFIG_CUSTOM_LIMIT",
    "ChangeKind",
    "ConfigShape",
    "DEPLOYMENT_NO_EVENT",
    "DEPLOYMENT_NO_TARGET",
    "DecisionKind",
    "DeploymentCreator",
    "DeploymentOption",
    "DeploymentStatus",
    "DeploymentType",
    "EntryKind",
    "ErrorCode",
    "Event",
    "EventError",
    "EventStatus",
    "Feature",
    "FileExistsBehavior",
    "FileKind",
    "Flag",
    "FsObstacle",
    "GROUP_TAG_GROUP_LIMIT",
    "GreenFleet",
    "GroupShape",
    "InputKind",
    "InstallChoice",
    "InstallDurability",
    "InstallForm",
    "InstallMode",
    "InstallOutcome",
    "InstallRecordKind",
    "InstallState",
    "InstanceHealth",
    "InstanceKind",
    "InstanceOutcome",
    "InstanceState",
    "InstructionType",
    "Keep",
    "LIFECYCLE_MAX_EVENTS",
    "LastDeploymentKind",
    "LifecycleActionKind",
    "LifecycleReason",
    "LocalBundleType",
    "LogKind",
    "MATCH_NONE",
    "MatchReason",
    "MinimumType",
    "NewsKind",
    "Notation",
    "NotificationShape",
    "ObjectType",
    "Outcome",
    "OutdatedStrategy",
    "Platform",
    "Profile",
    "ROLLOUT_NO_INSTANCE",
    "ReadyAction",
    "Refuse",
    "RevisionHealth",
    "RevisionSource",
    "RevisionType",
    "RollbackBasis",
    "RollbackCause",
    "RollbackEffectKind",
    "RollbackEvent",
    "RollbackFileChange",
    "RollbackKind",
    "RollbackPart",
    "RollbackRecord",
    "RollbackRefusal",
    "RollbackStepKind",
    "RollbackStopFlag",
    "RolloutBudget",
    "RolloutKind",
    "RolloutPhase",
    "RolloutRule",
    "RolloutState",
    "RolloutStopCause",
    "RolloutVerdict",
    "Root",
    "SIM_HOST_MAX_DEPLOYMENTS",
    "Scenario",
    "ScriptCode",
    "ScriptEnvironment",
    "Severity",
    "SimDetail",
    "SimEntryKind",
    "SimLack",
    "SimLoss",
    "Status",
    "StopStatus",
    "Sync",
    "TRAFFIC_DURATION_LIMIT",
    "TRAFFIC_GATE",
    "TRAFFIC_STEP_LIMIT",
    "TagFilterType",
    "TargetStatus",
    "TerminationAction",
    "TrafficType",
    "TriggerEvent",
    "ValueKind",
    "Wait",
    "WaitType",
]


@_of("cdp_status", "cdp_status_name", None)
class Status(_Word):
    """The outcome of a call, and the answer of a host's callback.

    Values never change meaning. Zero and above: it went well. Below zero: it did not, and nothing
    was changed unless the function says otherwise.

    >>> import codedeploy
    >>> codedeploy.Status(-1000)
    <Status.HOST_FIRST: -1000>
    """

    #: Done.
    OK = 0
    #: From a callback: begun; the host completes it later with the token that it was given.
    PENDING = 1
    #: From a callback: behave as if this callback were not set.
    PASSTHROUGH = 2
    #: The allocator said no. Everything already built is still valid.
    NOMEM = -1
    #: The caller's mistake: NULL where an object is needed, an enumerator or number out of range.
    ARGUMENT = -2
    #: A sized struct is too short to be one, or its unknown tail is not zero.
    STRUCT = -3
    #: The input (a document, a configuration, a plan) is refused; diagnostics say why.
    INVALID = -4
    #: A limit of `cdp_limits` was met; a diagnostic names it.
    LIMIT = -5
    #: Not legal in the present state; nothing changed.
    STATE = -6
    #: Time ran backwards, or is negative.
    TIME = -7
    #: No such thing.
    NOT_FOUND = -8
    #: The library was built without this feature; see cdp_feature_supported().
    UNSUPPORTED = -9
    #: A host's callback failed without a code of its own.
    HOST = -10
    #: Something is in the way: a file that exists, a name that is taken.
    CONFLICT = -11
    #: The host asked to stop.
    CANCELLED = -12
    #: A snapshot, journal or record cannot be read back: damaged, or from a newer version.
    CORRUPT = -13
    #: The outside world failed (only from a ready host such as libcodedeploy-posix).
    IO = -14
    #: Somebody else holds it (a lock, an active deployment).
    BUSY = -15
    #: Not permitted: by the system, or because it would leave the place it was meant for.
    DENIED = -16
    #: No space is left, or a quota is used up.
    FULL = -17
    #: A callback's own codes lie at or below this value; they are passed on unchanged.
    HOST_FIRST = -1000


@_of("cdp_feature", None, None)
class Feature(_Word):
    """What a build of the library may or may not contain.

    >>> import codedeploy
    >>> codedeploy.Feature(3)
    <Feature.YAML_LIBFYAML: 3>
    """

    #: XML documents can be read (built with expat).
    XML = 1
    #: YAML is read through libyaml.
    YAML_LIBYAML = 2
    #: YAML is read through libfyaml.
    YAML_LIBFYAML = 3


@_of("cdp_severity", "cdp_severity_name", None)
class Severity(_Word):
    """`cdp_severity` of the C library.

    >>> import codedeploy
    >>> codedeploy.Severity(3)
    <Severity.ERROR: 3>
    """

    #: Worth knowing.
    NOTE = 1
    #: Accepted, but probably not what was meant, or not read alike everywhere.
    WARNING = 2
    #: Refused.
    ERROR = 3


@_of("cdp_platform", "cdp_platform_name", "cdp_platform_from_name")
class Platform(_Word):
    """A compute platform. Values never change meaning. (API shape ComputePlatform.)

    >>> import codedeploy
    >>> codedeploy.Platform(3)
    <Platform.ECS: 3>
    """

    #: Not said: where a function takes it, the platform is found out from the input.
    AUTO = 0
    #: EC2 instances and on-premises hosts.
    SERVER = 1
    #: A Lambda function's alias.
    LAMBDA = 2
    #: An ECS service.
    ECS = 3


@_of("cdp_appspec_profile", None, None)
class Profile(_Word):
    """How severe the reader is.

    >>> import codedeploy
    >>> codedeploy.Profile(1)
    <Profile.STRICT: 1>
    """

    #: Refuses exactly what the official agent 1.x refuses (for Lambda and ECS: what the
    #: documentation makes the service refuse), and warns of the rest.
    AGENT = 0
    #: Also refuses what the documentation forbids and what the agents 1.x and 2.x read
    #: differently: warnings of those kinds become errors.
    STRICT = 1


@_of("cdp_appspec_notation", None, None)
class Notation(_Word):
    """How an AppSpec is written down.

    >>> import codedeploy
    >>> codedeploy.Notation(3)
    <Notation.XML: 3>
    """

    #: Reading: XML when the first character is `<`, otherwise YAML. Not for writing.
    AUTO = 0
    #: As the agents read it: JSON is YAML too.
    YAML = 1
    #: JSON and nothing else (RFC 8259).
    JSON = 2
    #: XML, by the mapping of docs/xml.md; an extension that no agent knows.
    XML = 3


@_of("cdp_appspec_host", None, None)
class AppSpecHost(_Word):
    """Which hosts a Server AppSpec is meant for.

    >>> import codedeploy
    >>> codedeploy.AppSpecHost(3)
    <AppSpecHost.ANY: 3>
    """

    #: `AppSpecHost.LINUX` in profile `agent`, `AppSpecHost.ANY` in profile `strict`.
    DEFAULT = 0
    #: `os: windows` is refused, as the agent 1.x on Linux does.
    LINUX = 1
    #: `os: linux` is refused, as the agent 1.x on Windows does.
    WINDOWS = 2
    #: Either is accepted.
    ANY = 3


@_of("cdp_appspec_entry_kind", None, None)
class EntryKind(_Word):
    """What stands at a path of a bundle, symbolic links followed.

    >>> import codedeploy
    >>> codedeploy.EntryKind(3)
    <EntryKind.OTHER: 3>
    """

    MISSING = 0
    FILE = 1
    DIRECTORY = 2
    #: A device, a socket, a link that leads nowhere.
    OTHER = 3


@_of("cdp_appspec_value_kind", None, None)
class ValueKind(_Word):
    """What kind of value stands where a text is expected. The agent 1.x takes them as they are and
    fails, if at all, only when it installs; profile `strict` refuses all but text.

    >>> import codedeploy
    >>> codedeploy.ValueKind(7)
    <ValueKind.SYMBOL: 7>
    """

    ABSENT = 0
    TEXT = 1
    #: `1000`: the text of the string is the number's. The agent fails on it.
    NUMBER = 2
    #: `yes`: the text is `true` or `false`. The agent fails on it.
    BOOLEAN = 3
    #: `[a, b]`: the text is the items joined by `/`, which is how the agent makes a path of it.
    LIST = 4
    #: `{a: b}`: the text is the agent's notation of it. The agent fails on it.
    MAPPING = 5
    #: `!!binary`: bytes that the agent takes like text.
    BYTES = 6
    #: `:name`: the text is without the colon. The agent fails on it.
    SYMBOL = 7


@_of("cdp_file_exists_behavior", "cdp_file_exists_behavior_name", "cdp_file_exists_behavior_from_name")
class FileExistsBehavior(_Word):
    """What to do with a file that is in the way; the API's FileExistsBehavior.

    >>> import codedeploy
    >>> codedeploy.FileExistsBehavior(3)
    <FileExistsBehavior.RETAIN: 3>
    """

    #: The AppSpec does not say; the deployment's own setting decides.
    UNSET = 0
    DISALLOW = 1
    OVERWRITE = 2
    RETAIN = 3


class ObjectType(enum.IntFlag):
    """Bits of cdp_appspec_permission.types.

    >>> import codedeploy
    >>> codedeploy.ObjectType(2)
    <ObjectType.DIRECTORY: 2>
    """

    FILE = 1
    DIRECTORY = 2


@_of("cdp_appspec_acl_type", None, None)
class AclType(_Word):
    """Whom an entry of an access control list concerns.

    >>> import codedeploy
    >>> codedeploy.AclType(4)
    <AclType.OTHER: 4>
    """

    USER = 1
    GROUP = 2
    MASK = 3
    OTHER = 4


@_of("cdp_appspec_reader", None, None)
class AppSpecReader(_Word):
    """Who reads.

    >>> import codedeploy
    >>> codedeploy.AppSpecReader(2)
    <AppSpecReader.DOCUMENTATION: 2>
    """

    #: The official agent 1.x (Ruby), on a current Ruby.
    AGENT_1 = 0
    #: The official agent 2.x (Rust).
    AGENT_2 = 1
    #: The user guide.
    DOCUMENTATION = 2


@_of("cdp_minimum_type", "cdp_minimum_type_name", None)
class MinimumType(_Word):
    """How a number of healthy hosts is told. (API shape MinimumHealthyHostsType.)

    >>> import codedeploy
    >>> codedeploy.MinimumType(3)
    <MinimumType.MOST_CONCURRENCY: 3>
    """

    #: No minimum: the configuration is not one for Server.
    NONE = 0
    #: An absolute number of instances, from 0.
    HOST_COUNT = 1
    #: A percentage of the instances of the deployment, 0 to 99, rounded up to whole instances.
    FLEET_PERCENT = 2
    #: All but this many instances. The API tells it of CodeDeployDefault.OneAtATime; nobody can
    #: set it.
    MOST_CONCURRENCY = 3


@_of("cdp_traffic_type", "cdp_traffic_type_name", None)
class TrafficType(_Word):
    """How traffic moves. (API shape TrafficRoutingType.)

    >>> import codedeploy
    >>> codedeploy.TrafficType(3)
    <TrafficType.TIME_BASED_LINEAR: 3>
    """

    #: No traffic routing: the configuration is one for Server.
    NONE = 0
    #: Everything in one step.
    ALL_AT_ONCE = 1
    #: A part first, and after the interval the rest.
    TIME_BASED_CANARY = 2
    #: Equal parts with the interval between them, the first at once.
    TIME_BASED_LINEAR = 3


@_of("cdp_config_shape", None, None)
class ConfigShape(_Word):
    """The JSON that a configuration is written in.

    >>> import codedeploy
    >>> codedeploy.ConfigShape(3)
    <ConfigShape.HOOK: 3>
    """

    #: The input of CreateDeploymentConfig: named, and nothing that only the service can set.
    CREATE = 1
    #: DeploymentConfigInfo, as GetDeploymentConfig returns it, with or without the object
    #: `deploymentConfigInfo` around it. Predefined names and MOST_CONCURRENCY are known here; what
    #: is written under a predefined name gives way to what the name means, with a warning where
    #: the two differ.
    INFO = 2
    #: The properties of the CloudFormation hook AWS::CodeDeploy::BlueGreen, an object that may
    #: hold a `TrafficRoutingConfig` with `StepPercentage` (14 to 99, default 15) and
    #: `BakeTimeMins` (default 5); without one it is a canary of 15 percent and 5 minutes. The
    #: platform is ECS, and such configurations have no name.
    HOOK = 3


@_of("cdp_event", "cdp_event_name", "cdp_event_from_name")
class Event(_Word):
    """A lifecycle event. `Start` and `End`, which the guide draws, are marks in its diagrams: the API
    never returns them. (User guide, "AppSpec 'hooks' section".)

    >>> import codedeploy
    >>> codedeploy.Event(15)
    <Event.AFTER_ALLOW_TEST_TRAFFIC: 15>
    """

    #: An event that only `codedeploy-local --events` or a plan of the host's own names.
    CUSTOM = 0
    APPLICATION_STOP = 1
    DOWNLOAD_BUNDLE = 2
    BEFORE_INSTALL = 3
    INSTALL = 4
    AFTER_INSTALL = 5
    APPLICATION_START = 6
    VALIDATE_SERVICE = 7
    BEFORE_BLOCK_TRAFFIC = 8
    BLOCK_TRAFFIC = 9
    AFTER_BLOCK_TRAFFIC = 10
    BEFORE_ALLOW_TRAFFIC = 11
    ALLOW_TRAFFIC = 12
    AFTER_ALLOW_TRAFFIC = 13
    #: The diagrams of the guide label it TestTraffic.
    ALLOW_TEST_TRAFFIC = 14
    AFTER_ALLOW_TEST_TRAFFIC = 15


@_of("cdp_event_status", "cdp_event_status_name", "cdp_event_status_from_name")
class EventStatus(_Word):
    """API shape LifecycleEventStatus.

    >>> import codedeploy
    >>> codedeploy.EventStatus(6)
    <EventStatus.UNKNOWN: 6>
    """

    PENDING = 1
    IN_PROGRESS = 2
    SUCCEEDED = 3
    FAILED = 4
    SKIPPED = 5
    UNKNOWN = 6


@_of("cdp_target_status", "cdp_target_status_name", "cdp_target_status_from_name")
class TargetStatus(_Word):
    """API shapes TargetStatus and InstanceStatus.

    >>> import codedeploy
    >>> codedeploy.TargetStatus(7)
    <TargetStatus.READY: 7>
    """

    PENDING = 1
    IN_PROGRESS = 2
    SUCCEEDED = 3
    FAILED = 4
    SKIPPED = 5
    UNKNOWN = 6
    #: Of a replacement: installed, and waiting for its traffic.
    READY = 7


@_of("cdp_deployment_status", "cdp_deployment_status_name", "cdp_deployment_status_from_name")
class DeploymentStatus(_Word):
    """API shape DeploymentStatus.

    >>> import codedeploy
    >>> codedeploy.DeploymentStatus(8)
    <DeploymentStatus.READY: 8>
    """

    CREATED = 1
    QUEUED = 2
    IN_PROGRESS = 3
    #: Only in the enumeration: no deployment was ever seen in it. Read, never given out.
    BAKING = 4
    SUCCEEDED = 5
    FAILED = 6
    STOPPED = 7
    READY = 8


@_of("cdp_event_error", "cdp_event_error_name", "cdp_event_error_from_name")
class EventError(_Word):
    """Why an event failed (API shape LifecycleErrorCode). The values are the numbers that the official
    agent writes as `error_code` (hook_executor.rb).

    >>> import codedeploy
    >>> codedeploy.EventError(5)
    <EventError.UNKNOWN_ERROR: 5>
    """

    SUCCESS = 0
    SCRIPT_MISSING = 1
    SCRIPT_NOT_EXECUTABLE = 2
    SCRIPT_TIMED_OUT = 3
    SCRIPT_FAILED = 4
    UNKNOWN_ERROR = 5


@_of("cdp_deployment_creator", "cdp_deployment_creator_name", "cdp_deployment_creator_from_name")
class DeploymentCreator(_Word):
    """Who started a deployment (API shape DeploymentCreator).

    >>> import codedeploy
    >>> codedeploy.DeploymentCreator(8)
    <DeploymentCreator.AUTOSCALING_TERMINATION: 8>
    """

    USER = 1
    AUTOSCALING = 2
    CODE_DEPLOY_ROLLBACK = 3
    CODE_DEPLOY = 4
    CODE_DEPLOY_AUTO_UPDATE = 5
    CLOUD_FORMATION = 6
    CLOUD_FORMATION_ROLLBACK = 7
    AUTOSCALING_TERMINATION = 8


@_of("cdp_wait_type", "cdp_wait_type_name", "cdp_wait_type_from_name")
class WaitType(_Word):
    """What a deployment waits for (API shape DeploymentWaitType).

    >>> import codedeploy
    >>> codedeploy.WaitType(2)
    <WaitType.TERMINATION: 2>
    """

    #: Nothing. Its name is `"unknown"`: the API has no word for it.
    NONE = 0
    #: Before traffic goes to a replacement.
    READY = 1
    #: Before an original is taken away.
    TERMINATION = 2


@_of("cdp_ready_action", "cdp_ready_action_name", "cdp_ready_action_from_name")
class ReadyAction(_Word):
    """What happens when a replacement is ready (API shape DeploymentReadyAction).

    >>> import codedeploy
    >>> codedeploy.ReadyAction(1)
    <ReadyAction.STOP_DEPLOYMENT: 1>
    """

    #: Traffic goes to it without asking.
    CONTINUE_DEPLOYMENT = 0
    #: It waits to be continued, and stops when nobody does in time.
    STOP_DEPLOYMENT = 1


@_of("cdp_stop_status", "cdp_stop_status_name", "cdp_stop_status_from_name")
class StopStatus(_Word):
    """What StopDeployment answers (API shape StopStatus).

    >>> import codedeploy
    >>> codedeploy.StopStatus(2)
    <StopStatus.SUCCEEDED: 2>
    """

    #: Something is still running.
    PENDING = 1
    #: No more events will run.
    SUCCEEDED = 2


@_of("cdp_error_code", "cdp_error_code_name", "cdp_error_code_from_name")
class ErrorCode(_Word):
    """Why a deployment failed or was stopped (API shape ErrorCode, in ErrorInformation).

    >>> import codedeploy
    >>> codedeploy.ErrorCode(34)
    <ErrorCode.CLOUDFORMATION_STACK_FAILURE: 34>
    """

    #: It did not. Its name is `"unknown"`: the API then has no error information.
    NONE = 0
    AGENT_ISSUE = 1
    ALARM_ACTIVE = 2
    APPLICATION_MISSING = 3
    AUTOSCALING_VALIDATION_ERROR = 4
    AUTO_SCALING_CONFIGURATION = 5
    AUTO_SCALING_IAM_ROLE_PERMISSIONS = 6
    CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND = 7
    CUSTOMER_APPLICATION_UNHEALTHY = 8
    DEPLOYMENT_GROUP_MISSING = 9
    ECS_UPDATE_ERROR = 10
    ELASTIC_LOAD_BALANCING_INVALID = 11
    ELB_INVALID_INSTANCE = 12
    HEALTH_CONSTRAINTS = 13
    HEALTH_CONSTRAINTS_INVALID = 14
    HOOK_EXECUTION_FAILURE = 15
    IAM_ROLE_MISSING = 16
    IAM_ROLE_PERMISSIONS = 17
    INTERNAL_ERROR = 18
    INVALID_ECS_SERVICE = 19
    INVALID_LAMBDA_CONFIGURATION = 20
    INVALID_LAMBDA_FUNCTION = 21
    INVALID_REVISION = 22
    MANUAL_STOP = 23
    MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION = 24
    MISSING_ELB_INFORMATION = 25
    MISSING_GITHUB_TOKEN = 26
    NO_EC2_SUBSCRIPTION = 27
    NO_INSTANCES = 28
    OVER_MAX_INSTANCES = 29
    RESOURCE_LIMIT_EXCEEDED = 30
    REVISION_MISSING = 31
    THROTTLED = 32
    TIMEOUT = 33
    CLOUDFORMATION_STACK_FAILURE = 34


@_of("cdp_scenario", "cdp_scenario_name", "cdp_scenario_from_name")
class Scenario(_Word):
    """What kind of deployment a target takes part in, and on which side.

    >>> import codedeploy
    >>> codedeploy.Scenario(14)
    <Scenario.CUSTOM: 14>
    """

    #: The platform's first: `Scenario.IN_PLACE` or `Scenario.BLUE_GREEN`.
    DEFAULT = 0
    #: Server: `in-place`, without a load balancer.
    IN_PLACE = 1
    #: Server: `in-place-load-balancer`, with deployment option WITH_TRAFFIC_CONTROL.
    IN_PLACE_LOAD_BALANCER = 2
    #: Server: `in-place-rollback`: the same events; an ordinary deployment of an old revision.
    IN_PLACE_ROLLBACK = 3
    #: Server: `in-place-rollback-load-balancer`.
    IN_PLACE_ROLLBACK_LOAD_BALANCER = 4
    #: Server: `blue-green-replacement`, an instance of the new fleet.
    BLUE_GREEN_REPLACEMENT = 5
    #: Server: `blue-green-original`, an instance of the old fleet.
    BLUE_GREEN_ORIGINAL = 6
    #: Server: `blue-green-rollback-original`: traffic comes back to it.
    BLUE_GREEN_ROLLBACK_ORIGINAL = 7
    #: Server: `blue-green-rollback-replacement`: traffic is taken from it.
    BLUE_GREEN_ROLLBACK_REPLACEMENT = 8
    #: Server: `auto-scaling-launch`, an instance that its group has just started.
    AUTO_SCALING_LAUNCH = 9
    #: Server: `auto-scaling-termination`, an instance that its group is about to end. That traffic
    #: is blocked before the application stops is by analogy with in-place.
    AUTO_SCALING_TERMINATION = 10
    #: Server: `local`, what `codedeploy-local` runs.
    LOCAL = 11
    #: Lambda and ECS: `blue-green`; on ECS without a test listener.
    BLUE_GREEN = 12
    #: ECS: `test-listener`, with one.
    TEST_LISTENER = 13
    #: `custom`: a plan that the host has made with cdp_lifecycle_plan_new().
    CUSTOM = 14


@_of("cdp_revision_source", "cdp_revision_source_name", None)
class RevisionSource(_Word):
    """Which revision on the host an event's script is taken from.

    >>> import codedeploy
    >>> codedeploy.RevisionSource(3)
    <RevisionSource.MOST_RECENT: 3>
    """

    #: The event runs no script.
    NONE = 0
    #: The one that is being deployed: `current`.
    CURRENT = 1
    #: The one whose Install finished last, even if its deployment failed later: `last-successful`.
    #: None on a host's first deployment: the event is then a no-op.
    LAST_SUCCESSFUL = 2
    #: The one that was downloaded last: `most-recent`.
    MOST_RECENT = 3


@_of("cdp_lifecycle_reason", "cdp_lifecycle_reason_name", None)
class LifecycleReason(_Word):
    """Why an event or a target is as it is, beyond its status.

    >>> import codedeploy
    >>> codedeploy.LifecycleReason(7)
    <LifecycleReason.READY_WAIT_EXPIRED: 7>
    """

    #: Nothing special.
    NONE = 0
    #: An event was reported as failed.
    EVENT_FAILED = 1
    #: An event did not begin in time.
    START_LIMIT = 2
    #: An event did not end in time.
    RUN_LIMIT = 3
    #: The deployment was stopped.
    STOPPED = 4
    #: The target's turn never came.
    SKIPPED = 5
    #: Contact was lost.
    CONTACT_LOST = 6
    #: Nobody continued the deployment while the target was Ready.
    READY_WAIT_EXPIRED = 7


@_of("cdp_lifecycle_action_kind", None, None)
class LifecycleActionKind(_Word):
    """What the host does next.

    >>> import codedeploy
    >>> codedeploy.LifecycleActionKind(4)
    <LifecycleActionKind.CONTINUE: 4>
    """

    #: Nothing: only cdp_lifecycle_step() is still legal.
    NONE = 0
    #: When the target's turn has come: cdp_lifecycle_start().
    START = 1
    #: Carry out `event`: cdp_lifecycle_begin(), or cdp_lifecycle_no_op().
    BEGIN = 2
    #: When `event` has ended: cdp_lifecycle_finish().
    FINISH = 3
    #: When somebody asks for it: cdp_lifecycle_continue() of `wait`.
    CONTINUE = 4


@_of("cdp_instance_health", "cdp_instance_health_name", "cdp_instance_health_from_name")
class InstanceHealth(_Word):
    """How the last attempt to deploy to an instance ended.

    >>> import codedeploy
    >>> codedeploy.InstanceHealth(1)
    <InstanceHealth.HEALTHY: 1>
    """

    #: It failed, or nothing was ever deployed.
    UNHEALTHY = 0
    #: It succeeded.
    HEALTHY = 1


@_of("cdp_revision_health", "cdp_revision_health_name", "cdp_revision_health_from_name")
class RevisionHealth(_Word):
    """What is installed on an instance, seen from its deployment group.

    >>> import codedeploy
    >>> codedeploy.RevisionHealth(2)
    <RevisionHealth.CURRENT: 2>
    """

    #: Nothing was installed successfully, or nobody knows what.
    UNKNOWN = 0
    #: An older revision of the application.
    OLD = 1
    #: The revision of the group's last successful deployment.
    CURRENT = 2


@_of("cdp_instance_outcome", None, None)
class InstanceOutcome(_Word):
    """What became of an instance in one deployment.

    >>> import codedeploy
    >>> codedeploy.InstanceOutcome(3)
    <InstanceOutcome.INSTALLED: 3>
    """

    #: It was never begun, or it was not part of the deployment.
    NOT_ATTEMPTED = 0
    SUCCEEDED = 1
    FAILED = 2
    #: Blue/green: the revision was installed, but the deployment ended before traffic came.
    INSTALLED = 3


@_of("cdp_instance_kind", "cdp_instance_kind_name", "cdp_instance_kind_from_name")
class InstanceKind(_Word):
    """What kind of host an instance is.

    >>> import codedeploy
    >>> codedeploy.InstanceKind(1)
    <InstanceKind.ON_PREMISES: 1>
    """

    EC2 = 0
    ON_PREMISES = 1


@_of("cdp_instance_state", "cdp_instance_state_name", "cdp_instance_state_from_name")
class InstanceState(_Word):
    """The state of an instance: for EC2 that of the machine (EC2 API shape InstanceStateName), for
     on-premises hosts the registration (API shape RegistrationStatus).

    >>> import codedeploy
    >>> codedeploy.InstanceState(8)
    <InstanceState.DEREGISTERED: 8>
    """

    #: Not said: it is taken to be running, or registered. It has no name.
    NOT_SAID = 0
    PENDING = 1
    RUNNING = 2
    SHUTTING_DOWN = 3
    TERMINATED = 4
    STOPPING = 5
    STOPPED = 6
    REGISTERED = 7
    DEREGISTERED = 8


@_of("cdp_auto_scaling_state", "cdp_auto_scaling_state_name", "cdp_auto_scaling_state_from_name")
class AutoScalingState(_Word):
    """Where an instance stands in its Auto Scaling group (Auto Scaling API shape LifecycleState, what
     stands behind a colon left out).

    >>> import codedeploy
    >>> codedeploy.AutoScalingState(10)
    <AutoScalingState.QUARANTINED: 10>
    """

    #: Not said: it is taken to be in service. It has no name.
    NOT_SAID = 0
    PENDING = 1
    IN_SERVICE = 2
    TERMINATING = 3
    TERMINATED = 4
    DETACHING = 5
    DETACHED = 6
    ENTERING_STANDBY = 7
    STANDBY = 8
    WARMED = 9
    QUARANTINED = 10


@_of("cdp_deployment_type", "cdp_deployment_type_name", "cdp_deployment_type_from_name")
class DeploymentType(_Word):
    """API shape DeploymentType.

    >>> import codedeploy
    >>> codedeploy.DeploymentType(2)
    <DeploymentType.BLUE_GREEN: 2>
    """

    IN_PLACE = 1
    BLUE_GREEN = 2


@_of("cdp_deployment_option", "cdp_deployment_option_name", "cdp_deployment_option_from_name")
class DeploymentOption(_Word):
    """API shape DeploymentOption.

    >>> import codedeploy
    >>> codedeploy.DeploymentOption(2)
    <DeploymentOption.WITHOUT_TRAFFIC_CONTROL: 2>
    """

    WITH_TRAFFIC_CONTROL = 1
    WITHOUT_TRAFFIC_CONTROL = 2


@_of("cdp_termination_action", "cdp_termination_action_name", "cdp_termination_action_from_name")
class TerminationAction(_Word):
    """What happens to the original instances (API shape InstanceAction).

    >>> import codedeploy
    >>> codedeploy.TerminationAction(2)
    <TerminationAction.KEEP_ALIVE: 2>
    """

    TERMINATE = 1
    KEEP_ALIVE = 2


@_of("cdp_green_fleet", "cdp_green_fleet_name", "cdp_green_fleet_from_name")
class GreenFleet(_Word):
    """Where replacement instances come from (API shape GreenFleetProvisioningAction).

    >>> import codedeploy
    >>> codedeploy.GreenFleet(2)
    <GreenFleet.COPY_AUTO_SCALING_GROUP: 2>
    """

    #: Not said.
    NOT_SAID = 0
    #: They are there already, and each deployment names them.
    DISCOVER_EXISTING = 1
    #: A copy is made of the group's one Auto Scaling group.
    COPY_AUTO_SCALING_GROUP = 2


@_of("cdp_rollback_event", "cdp_rollback_event_name", "cdp_rollback_event_from_name")
class RollbackEvent(_Word):
    """What makes a deployment roll back by itself (API shape AutoRollbackEvent).

    >>> import codedeploy
    >>> codedeploy.RollbackEvent(3)
    <RollbackEvent.STOP_ON_REQUEST: 3>
    """

    FAILURE = 1
    STOP_ON_ALARM = 2
    STOP_ON_REQUEST = 3


@_of("cdp_trigger_event", "cdp_trigger_event_name", "cdp_trigger_event_from_name")
class TriggerEvent(_Word):
    """What a trigger is told of (API shape TriggerEventType).

    >>> import codedeploy
    >>> codedeploy.TriggerEvent(10)
    <TriggerEvent.INSTANCE_READY: 10>
    """

    DEPLOYMENT_START = 1
    DEPLOYMENT_SUCCESS = 2
    DEPLOYMENT_FAILURE = 3
    DEPLOYMENT_STOP = 4
    DEPLOYMENT_ROLLBACK = 5
    #: Blue/green on Server only.
    DEPLOYMENT_READY = 6
    #: Events of instances: Server only.
    INSTANCE_START = 7
    INSTANCE_SUCCESS = 8
    INSTANCE_FAILURE = 9
    #: Blue/green on Server only.
    INSTANCE_READY = 10


@_of("cdp_tag_filter_type", "cdp_tag_filter_type_name", "cdp_tag_filter_type_from_name")
class TagFilterType(_Word):
    """What a tag filter compares (API shapes EC2TagFilterType, TagFilterType).

    >>> import codedeploy
    >>> codedeploy.TagFilterType(3)
    <TagFilterType.KEY_AND_VALUE: 3>
    """

    #: There is a tag of this key, whatever its value.
    KEY_ONLY = 1
    #: Some tag has this value, whatever its key.
    VALUE_ONLY = 2
    #: A tag of this key has this value.
    KEY_AND_VALUE = 3


@_of("cdp_outdated_strategy", "cdp_outdated_strategy_name", "cdp_outdated_strategy_from_name")
class OutdatedStrategy(_Word):
    """What becomes of instances that are launched while a deployment runs (API shape
     OutdatedInstancesStrategy).

    >>> import codedeploy
    >>> codedeploy.OutdatedStrategy(2)
    <OutdatedStrategy.IGNORE: 2>
    """

    #: A deployment follows for them. The default.
    UPDATE = 1
    IGNORE = 2


@_of("cdp_revision_type", "cdp_revision_type_name", "cdp_revision_type_from_name")
class RevisionType(_Word):
    """Where a revision lies (API shape RevisionLocationType).

    >>> import codedeploy
    >>> codedeploy.RevisionType(4)
    <RevisionType.APPSPEC_CONTENT: 4>
    """

    S3 = 1
    GITHUB = 2
    #: Deprecated: now `RevisionType.APPSPEC_CONTENT`.
    STRING = 3
    APPSPEC_CONTENT = 4


@_of("cdp_bundle_type", "cdp_bundle_type_name", "cdp_bundle_type_from_name")
class BundleType(_Word):
    """How a revision is packed (API shape BundleType).

    >>> import codedeploy
    >>> codedeploy.BundleType(5)
    <BundleType.JSON: 5>
    """

    TAR = 1
    TGZ = 2
    ZIP = 3
    YAML = 4
    JSON = 5


@_of("cdp_group_shape", None, None)
class GroupShape(_Word):
    """The JSON that a group is written in.

    >>> import codedeploy
    >>> codedeploy.GroupShape(2)
    <GroupShape.INFO: 2>
    """

    #: Reading: found out. An object `deploymentGroupInfo` around it, or a member that only
    #: DeploymentGroupInfo has, make it `GroupShape.INFO`; otherwise, and when it has `tags`, it is
    #: `GroupShape.CREATE`. Not for writing.
    AUTO = 0
    #: CreateDeploymentGroupInput.
    CREATE = 1
    #: DeploymentGroupInfo, as GetDeploymentGroup returns it, with or without the object
    #: `deploymentGroupInfo` around it.
    INFO = 2


@_of("cdp_group_last", None, None)
class LastDeploymentKind(_Word):
    """One of the two deployments that the service remembers of a group.

    >>> import codedeploy
    >>> codedeploy.LastDeploymentKind(2)
    <LastDeploymentKind.ATTEMPTED: 2>
    """

    SUCCESSFUL = 1
    ATTEMPTED = 2


@_of("cdp_match_reason", "cdp_match_reason_name", None)
class MatchReason(_Word):
    """Why an instance belongs to a group, or does not.

    >>> import codedeploy
    >>> codedeploy.MatchReason(9)
    <MatchReason.OTHER_PLATFORM: 9>
    """

    #: It belongs: `filters` names the filter of each tag group that matches.
    TAGS = 1
    #: It belongs: it is in service in the Auto Scaling group `auto_scaling_group`.
    AUTO_SCALING_GROUP = 2
    #: Nothing in the group selects instances of this kind.
    NOTHING_SELECTS = 3
    #: No filter of the tag group `tag_group`, the first such one, matches, nor is it in one of the
    #: Auto Scaling groups.
    NO_FILTER = 4
    #: Only Auto Scaling groups select, and it is in none of them.
    NO_AUTO_SCALING_GROUP = 5
    #: It is in the Auto Scaling group `auto_scaling_group`, but not in service there.
    NOT_IN_SERVICE = 6
    #: It would be selected, but it is not running.
    NOT_RUNNING = 7
    #: Its tags match, but it is not registered (any more).
    NOT_REGISTERED = 8
    #: The group's platform has no instances.
    OTHER_PLATFORM = 9


@_of("cdp_rollout_kind", "cdp_rollout_kind_name", None)
class RolloutKind(_Word):
    """What kind of deployment it is.

    >>> import codedeploy
    >>> codedeploy.RolloutKind(3)
    <RolloutKind.TERMINATION: 3>
    """

    IN_PLACE = 0
    #: Install on the replacement instances, reroute traffic to them, deregister the originals. The
    #: minimum concerns the replacement instances only, in both phases. While traffic is rerouted
    #: an instance counts as healthy once traffic was routed to it, so at most max(1, N - M) go at
    #: a time. A single original that cannot be deregistered fails the deployment. (User guide,
    #: page "instance health".)
    BLUE_GREEN = 1
    #: One instance that an Auto Scaling group has launched. No minimum applies.
    LAUNCH = 2
    #: One instance that an Auto Scaling group is about to terminate. No minimum applies.
    TERMINATION = 3


@_of("cdp_rollout_budget", None, None)
class RolloutBudget(_Word):
    """How the failure budget is told.

    >>> import codedeploy
    >>> codedeploy.RolloutBudget(2)
    <RolloutBudget.PERCENT: 2>
    """

    #: There is none; the minimum of healthy instances alone decides, as in CodeDeploy.
    NONE = 0
    #: So many failures are borne.
    COUNT = 1
    #: So many percent of the instances, rounded down, from 0 to 100.
    PERCENT = 2


@_of("cdp_rollout_phase", "cdp_rollout_phase_name", None)
class RolloutPhase(_Word):
    """Where a roll-out stands.

    >>> import codedeploy
    >>> codedeploy.RolloutPhase(6)
    <RolloutPhase.OVER: 6>
    """

    #: Instances are still being added.
    NONE = 0
    #: In place, launch, termination: the whole work.
    DEPLOY = 1
    #: Blue/green: installing on the replacement instances.
    INSTALL = 2
    #: Blue/green: everything is installed, waiting for cdp_rollout_continue().
    READY = 3
    #: Blue/green: routing traffic to the replacement instances.
    REROUTE = 4
    #: Blue/green: taking traffic from the original instances.
    DEREGISTER = 5
    #: The verdict is given.
    OVER = 6


@_of("cdp_rollout_verdict", "cdp_rollout_verdict_name", None)
class RolloutVerdict(_Word):
    """`cdp_rollout_verdict` of the C library.

    >>> import codedeploy
    >>> codedeploy.RolloutVerdict(3)
    <RolloutVerdict.STOPPED: 3>
    """

    UNDECIDED = 0
    SUCCEEDED = 1
    FAILED = 2
    STOPPED = 3


@_of("cdp_rollout_state", "cdp_rollout_state_name", None)
class RolloutState(_Word):
    """Where an instance stands.

    >>> import codedeploy
    >>> codedeploy.RolloutState(8)
    <RolloutState.LEFT: 8>
    """

    PENDING = 0
    #: A decision told the host to begin; the result has not come.
    IN_FLIGHT = 1
    #: Blue/green: installed, and waiting for traffic.
    READY = 2
    SUCCEEDED = 3
    FAILED = 4
    #: The roll-out ended before it was this instance's turn.
    SKIPPED = 5
    #: It joined during the roll-out and was left out: for a follow-on deployment.
    OUTDATED = 6
    #: Left out by `outdated_only`.
    EXCLUDED = 7
    #: It left, and no longer counts (`live_membership`).
    LEFT = 8


@_of("cdp_rollout_stop_cause", None, None)
class RolloutStopCause(_Word):
    """Why a roll-out is ended from outside.

    >>> import codedeploy
    >>> codedeploy.RolloutStopCause(3)
    <RolloutStopCause.TIMEOUT: 3>
    """

    #: StopDeployment: Stopped, MANUAL_STOP.
    MANUAL = 1
    #: An alarm of the group became active: Stopped, ALARM_ACTIVE.
    ALARM = 2
    #: It took too long: Failed, TIMEOUT.
    TIMEOUT = 3


@_of("cdp_rollout_lifecycle_answer", "cdp_rollout_lifecycle_answer_name", None)
class AutoScalingAnswer(_Word):
    """What an Auto Scaling group is told of a launch or termination deployment.

    >>> import codedeploy
    >>> codedeploy.AutoScalingAnswer(2)
    <AutoScalingAnswer.ABANDON: 2>
    """

    #: Nothing, or nothing yet.
    NONE = 0
    CONTINUE = 1
    #: A launch deployment that did not succeed: the instance is to be terminated.
    ABANDON = 2


@_of("cdp_rollout_decision_kind", "cdp_rollout_decision_kind_name", None)
class DecisionKind(_Word):
    """`cdp_rollout_decision_kind` of the C library.

    >>> import codedeploy
    >>> codedeploy.DecisionKind(8)
    <DecisionKind.STATE: 8>
    """

    #: Begin work on `instance`: deploy, install, reroute or deregister, as `phase` says. The
    #: instance is in flight from now on; its result is told with `attempt`.
    START = 1
    #: `instance` has to wait; only from cdp_rollout_held() and cdp_rollout_explain().
    HOLD = 2
    #: Nothing begins before `until`; told once for each wait.
    WAIT = 3
    #: `instance` will not be begun any more.
    SKIP = 4
    #: `phase` begins.
    PHASE = 5
    #: It is decided how the deployment ends; told once. Instances in flight may still report.
    VERDICT = 6
    #: The verdict is given and nothing is in flight any more; the last decision of all.
    SETTLED = 7
    #: How an instance stands that neither waits nor was just begun; only from
    #: cdp_rollout_explain().
    STATE = 8


@_of("cdp_rollout_rule", "cdp_rollout_rule_name", None)
class RolloutRule(_Word):
    """Why it was decided so. cdp_rollout_rule_name() gives the word, cdp_rollout_rule_source() where
     the rule comes from, cdp_rollout_render() the sentence.

    >>> import codedeploy
    >>> codedeploy.RolloutRule(73)
    <RolloutRule.TIMED_OUT: 73>
    """

    #: It is unhealthy, so nothing is lost; `limit` may be in flight at a time.
    START_UNHEALTHY = 1
    #: `healthy` remain healthy and not in flight, `minimum` are needed.
    START_HEALTHY = 2
    #: As START_UNHEALTHY, but before its zone's turn: the minimum leaves no room elsewhere.
    START_REPAIR = 3
    START_REROUTE = 4
    START_DEREGISTER = 5
    #: `healthy` are healthy and not in flight, `minimum` have to be.
    HOLD_MINIMUM = 20
    #: The same in its zone; the numbers are the zone's.
    HOLD_ZONE_MINIMUM = 21
    #: `limit`, which is max(1, N - M), are in flight.
    HOLD_CONCURRENCY = 22
    #: The same in its zone; the numbers are the zone's.
    HOLD_ZONE_CONCURRENCY = 23
    #: `limit`, which is the option `concurrency_limit`, are in flight.
    HOLD_LIMIT = 24
    #: Unhealthy instances are in flight, and healthy ones come after them.
    HOLD_UNHEALTHY_FIRST = 25
    #: The canary batch of `limit` is not through yet.
    HOLD_CANARY = 26
    #: The wait after the canary batch lasts until `until`.
    HOLD_CANARY_WAIT = 27
    #: The wait after `zone` lasts until `until`.
    HOLD_ZONE_WAIT = 28
    #: `zone` has its turn.
    HOLD_ZONE_ORDER = 29
    #: cdp_rollout_continue() was not called yet.
    HOLD_READY = 30
    #: Others go first; the next one is `other`.
    HOLD_ORDER = 31
    #: An original instance, and traffic is not yet on the replacement.
    HOLD_ORIGINAL = 32
    #: It is free to begin; cdp_rollout_decide() will say so.
    NEXT = 33
    #: The wait after `zone` begins.
    WAIT_ZONE = 40
    #: The wait after the canary batch begins.
    WAIT_CANARY = 41
    #: A phase begins, or how an instance stands: the phase or state says it all.
    PHASE = 50
    STATE = 51
    SETTLED = 52
    SKIPPED = 53
    #: Verdicts. `succeeded` reached max(M, 1).
    ENOUGH_SUCCEEDED = 60
    NO_INSTANCES = 61
    MINIMUM_TOO_LARGE = 62
    #: The numbers are `zone`'s.
    ZONE_MINIMUM_TOO_LARGE = 63
    #: `instance` failed, at most N - failed can be healthy, more than M have to be, and some are
    #: untried.
    MINIMUM_REACHED = 64
    #: The same in `zone`; the numbers are the zone's.
    ZONE_MINIMUM_REACHED = 65
    #: All were tried, and fewer than max(M, 1) succeeded.
    TOO_FEW_SUCCEEDED = 66
    ZONE_TOO_FEW_SUCCEEDED = 67
    #: More than `limit` failed, the option `failure_budget`.
    BUDGET_SPENT = 68
    CANARY_FAILED = 69
    ORIGINAL_FAILED = 70
    STOPPED_MANUALLY = 71
    STOPPED_BY_ALARM = 72
    TIMED_OUT = 73


@_of("cdp_rollback_cause", "cdp_rollback_cause_name", "cdp_rollback_cause_from_name")
class RollbackCause(_Word):
    """Why a deployment is rolled back.

    >>> import codedeploy
    >>> codedeploy.RollbackCause(4)
    <RollbackCause.MANUAL: 4>
    """

    #: It failed (or would, if it failed now): AutoRollbackEvent DEPLOYMENT_FAILURE.
    FAILURE = 1
    #: An alarm stopped it: DEPLOYMENT_STOP_ON_ALARM.
    ALARM = 2
    #: Somebody stopped it (StopDeployment): DEPLOYMENT_STOP_ON_REQUEST.
    REQUEST = 3
    #: Somebody deploys an earlier revision again (CreateDeployment). An ordinary deployment: with
    #: the creator `user`, without rollbackInfo.
    MANUAL = 4


@_of("cdp_rollback_kind", "cdp_rollback_kind_name", None)
class RollbackKind(_Word):
    """How it goes back. Either way it is a new deployment with an id of its own.

    >>> import codedeploy
    >>> codedeploy.RollbackKind(2)
    <RollbackKind.REROUTE: 2>
    """

    #: Not at all.
    NONE = 0
    #: The earlier revision is deployed again.
    REDEPLOY = 1
    #: Traffic goes back to the originals, which are still there; nothing is installed, and on
    #: Lambda and ECS no hook runs.
    REROUTE = 2


@_of("cdp_rollback_refusal", "cdp_rollback_refusal_name", None)
class RollbackRefusal(_Word):
    """Why there is no rollback. When several reasons hold, the first of this list is told;
     `RollbackRefusal.REVISION_UNKNOWN` before NOT_STARTED.

    >>> import codedeploy
    >>> codedeploy.RollbackRefusal(14)
    <RollbackRefusal.REVISION_UNKNOWN: 14>
    """

    #: There is one.
    NONE = 0
    #: Manual: another deployment of the group is active.
    ACTIVE = 1
    #: Manual, on Lambda: the alias splits its traffic between two versions.
    SPLIT_ALIAS = 2
    #: The deployment has succeeded, which is final.
    SUCCEEDED = 3
    #: CloudFormation made it: only cancelling the update of the stack takes it back.
    CLOUDFORMATION = 4
    #: It is a rollback itself.
    IS_ROLLBACK = 5
    #: It is a launch or termination deployment: Auto Scaling is told the result instead.
    AUTO_SCALING = 6
    #: It was stopped because nobody continued it in time, which is neither a failure nor a
    #: request; no traffic had moved.
    READY_EXPIRED = 7
    #: It was stopped with autoRollbackEnabled=false.
    DECLINED = 8
    #: Automatic rollback is switched off, or not for this cause.
    NOT_CONFIGURED = 9
    #: ECS: there is no replacement task set yet, so there is nothing to go back from.
    NOTHING_INSTALLED = 10
    #: No earlier deployment of the group has succeeded (manual: there is none as wanted).
    NO_EARLIER_REVISION = 11
    #: Originals are gone, or may be: they were told to go, and nobody said that they stayed.
    #: Traffic cannot go back to all that had it.
    ORIGINAL_GONE = 12
    #: In place: no instance was touched, and every one runs the earlier revision.
    NOT_STARTED = 13
    #: In place: what the last successful deployment of the group deployed is not known.
    REVISION_UNKNOWN = 14


@_of("cdp_rollback_file_change", "cdp_rollback_file_change_name", None)
class RollbackFileChange(_Word):
    """What a deployment did with a path on its targets, as far as the host knows.

    >>> import codedeploy
    >>> codedeploy.RollbackFileChange(6)
    <RollbackFileChange.BY_SCRIPT: 6>
    """

    #: The new revision brought it; nothing was there.
    CREATED = 1
    #: The earlier revision's was replaced by the new one's.
    REPLACED = 2
    #: The earlier revision's was removed: the new one does not have it.
    REMOVED = 3
    #: Somebody else's was overwritten (fileExistsBehavior OVERWRITE).
    OVERWRITTEN = 4
    #: Somebody else's was kept (RETAIN).
    RETAINED = 5
    #: A script made it.
    BY_SCRIPT = 6


@_of("cdp_rollback_stop_flag", "cdp_rollback_stop_flag_name", None)
class RollbackStopFlag(_Word):
    """How StopDeployment was called (API shape StopDeploymentInput, autoRollbackEnabled).

    >>> import codedeploy
    >>> codedeploy.RollbackStopFlag(2)
    <RollbackStopFlag.DECLINED: 2>
    """

    #: Not given: the configuration decides.
    NOT_SAID = 0
    #: true: roll back, whatever is configured.
    ASKED = 1
    #: false: do not.
    DECLINED = 2


@_of("cdp_rollback_basis", "cdp_rollback_basis_name", None)
class RollbackBasis(_Word):
    """What a duration is worth.

    >>> import codedeploy
    >>> codedeploy.RollbackBasis(3)
    <RollbackBasis.AT_LEAST: 3>
    """

    #: Nothing is known of it: the duration is -1.
    UNKNOWN = 0
    #: Exact: nothing is to be done.
    EXACT = 1
    #: From typical durations.
    ESTIMATE = 2
    #: The same, but some are not known and counted as nothing: it takes at least this long.
    AT_LEAST = 3


@_of("cdp_rollback_record", None, None)
class RollbackRecord(_Word):
    """Whose record a text is for (API shape RollbackInfo, rollbackMessage).

    >>> import codedeploy
    >>> codedeploy.RollbackRecord(2)
    <RollbackRecord.ROLLBACK: 2>
    """

    #: The deployment that is rolled back.
    TRIGGERING = 1
    #: The one that rolls back.
    ROLLBACK = 2


@_of("cdp_rollback_step_kind", "cdp_rollback_step_kind_name", None)
class RollbackStepKind(_Word):
    """What a step does.

    >>> import codedeploy
    >>> codedeploy.RollbackStepKind(6)
    <RollbackStepKind.REDEPLOY: 6>
    """

    #: Lambda and ECS: change the weights of the production traffic.
    SET_TRAFFIC = 1
    #: ECS: lead the test listener back to the original.
    SET_TEST_TRAFFIC = 2
    #: Server: originals go through BeforeAllowTraffic, AllowTraffic, AfterAllowTraffic.
    ALLOW = 3
    #: Server: replacements go through BeforeBlockTraffic, BlockTraffic, AfterBlockTraffic.
    BLOCK = 4
    #: ECS: drain and delete the replacement task set.
    REMOVE_REPLACEMENT = 5
    #: Targets go through all events of a deployment of the revision.
    REDEPLOY = 6


@_of("cdp_rollback_part", "cdp_rollback_part_name", None)
class RollbackPart(_Word):
    """What becomes of a target.

    >>> import codedeploy
    >>> codedeploy.RollbackPart(8)
    <RollbackPart.GONE: 8>
    """

    #: The earlier revision is deployed to it.
    REDEPLOY = 1
    #: An original that gets its traffic again.
    ALLOW = 2
    #: A replacement that loses its traffic.
    BLOCK = 3
    #: Lambda and ECS: its traffic goes back.
    REROUTE = 4
    #: Left out: its turn never came, and it runs the earlier revision.
    UNTOUCHED = 5
    #: Left out: an original that has kept its traffic, or had none.
    ORIGINAL_KEPT = 6
    #: Left out: it has no traffic, and is left as it is.
    IDLE = 7
    #: Left out: it is gone.
    GONE = 8


@_of("cdp_rollback_effect_kind", "cdp_rollback_effect_kind_name", None)
class RollbackEffectKind(_Word):
    """What comes back, or does not.

    >>> import codedeploy
    >>> codedeploy.RollbackEffectKind(25)
    <RollbackEffectKind.NO_INSTANCES: 25>
    """

    #: Production traffic.
    TRAFFIC = 1
    TEST_TRAFFIC = 2
    #: The earlier revision's files and application.
    REVISION = 3
    #: What the new revision installed is removed.
    FILES_REMOVED = 4
    #: A file, by name.
    FILE = 5
    #: What scripts or hook functions did.
    SCRIPTS = 16
    #: Files that scripts made stay; where the earlier revision has its own at the same path, they
    #: are in the way.
    SCRIPT_FILES = 17
    #: What a file held that the deployment overwrote.
    OVERWRITTEN = 18
    #: A file that the deployment kept stays.
    RETAINED = 19
    #: An original that is gone.
    TERMINATED = 20
    #: What the replacement answered.
    SERVED = 21
    #: Something of the new revision that stays: a published version, replacement instances.
    LEFT_BEHIND = 22
    #: The revision is gone: the rollback fails.
    REVISION_MISSING = 23
    #: More instances have to stay healthy than there are: the rollback fails at once.
    MINIMUM_TOO_LARGE = 24
    #: Manual: there is no instance to deploy to: the redeploy fails.
    NO_INSTANCES = 25


@_of("cdp_fs_root", None, None)
class Root(_Word):
    """Which tree a path belongs to.

    >>> import codedeploy
    >>> codedeploy.Root(3)
    <Root.STATE: 3>
    """

    #: The unpacked revision (the agent's `deployment-archive`). Only read.
    REVISION = 1
    #: The machine that is deployed to: `/`, or the directory given for a trial.
    DESTINATION = 2
    #: The library's own records of one group: plan, cleanup record, journal.
    STATE = 3


@_of("cdp_fs_kind", "cdp_fs_kind_name", None)
class FileKind(_Word):
    """What is found at a path.

    >>> import codedeploy
    >>> codedeploy.FileKind(4)
    <FileKind.OTHER: 4>
    """

    ABSENT = 0
    REGULAR = 1
    DIRECTORY = 2
    SYMLINK = 3
    #: A device, FIFO or socket.
    OTHER = 4


@_of("cdp_fs_obstacle", None, None)
class FsObstacle(_Word):
    """What keeps a path from being changed, to be added up.

    >>> import codedeploy
    >>> codedeploy.FsObstacle(4)
    <FsObstacle.READ_ONLY: 4>
    """

    #: Something is mounted there: it can be neither renamed nor removed.
    MOUNT_POINT = 1
    #: It cannot be changed, renamed or removed, by anybody (`chattr +i`, `chattr +a`).
    IMMUTABLE = 2
    #: A directory in which this process can make or remove nothing: of a read-only file system,
    #: immutable, or closed to this user.
    READ_ONLY = 4


@_of("cdp_fs_keep", None, None)
class Keep(enum.IntFlag):
    """What a copy of a regular file keeps of its source, to be added up.

    >>> import codedeploy
    >>> codedeploy.Keep(8)
    <Keep.ATTRIBUTES: 8>
    """

    #: Permission bits (07777), whatever the umask. Without it: 0600.
    MODE = 1
    #: Time of last change of content, as exactly as the file system can.
    TIMES = 2
    #: Numeric owner and group where the process may; silently not where it may not, and set-id
    #: bits are then not kept either.
    OWNER = 4
    #: Extended attributes and ACLs where both sides have them; silently not elsewhere.
    ATTRIBUTES = 8


@_of("cdp_install_record_kind", None, None)
class InstallRecordKind(_Word):
    """What one entry of a cleanup record asks for.

    >>> import codedeploy
    >>> codedeploy.InstallRecordKind(2)
    <InstallRecordKind.CONTEXT: 2>
    """

    #: Remove a file or link, or a directory if it is empty.
    PATH = 1
    #: Remove the SELinux policy's entry for a path (`semanage` in the file).
    CONTEXT = 2


@_of("cdp_install_mode", "cdp_install_mode_name", "cdp_install_mode_from_name")
class InstallMode(_Word):
    """How an install is carried out.

    >>> import codedeploy
    >>> codedeploy.InstallMode(1)
    <InstallMode.COMPATIBLE: 1>
    """

    #: Everything is staged and can be undone; links in the revision are installed as links; what
    #: cannot succeed is refused before anything is touched.
    TRANSACTIONAL = 0
    #: The official agent's order and its readings, also where they are unwise: the old release is
    #: removed first, links to directories in the revision are followed.
    COMPATIBLE = 1


@_of("cdp_install_instruction_type", "cdp_install_instruction_type_name", None)
class InstructionType(_Word):
    """The types of instructions; the names are those of `install.json`.

    >>> import codedeploy
    >>> codedeploy.InstructionType(6)
    <InstructionType.CHOWN: 6>
    """

    COPY = 1
    MKDIR = 2
    CHMOD = 3
    SETFACL = 4
    SEMANAGE = 5
    CHOWN = 6


@_of("cdp_install_form", None, None)
class InstallForm(_Word):
    """Which of the three is written.

    >>> import codedeploy
    >>> codedeploy.InstallForm(2)
    <InstallForm.RECORD: 2>
    """

    #: As cdp_install_plan_write_instructions().
    JSON = 0
    #: As cdp_install_plan_write_text().
    TEXT = 1
    #: As cdp_install_plan_write_record().
    RECORD = 2


@_of("cdp_install_durability", None, None)
class InstallDurability(_Word):
    """How hard an install tries to survive a loss of power. A crash of the process alone is survived
     with any of these.

    >>> import codedeploy
    >>> codedeploy.InstallDurability(1)
    <InstallDurability.VOLATILE: 1>
    """

    #: Everything is flushed before what depends on it.
    DURABLE = 0
    #: Nothing but the journal is flushed: faster, and for trees that can be made again.
    VOLATILE = 1


@_of("cdp_install_state", "cdp_install_state_name", None)
class InstallState(_Word):
    """Where an install stands.

    >>> import codedeploy
    >>> codedeploy.InstallState(7)
    <InstallState.BROKEN: 7>
    """

    #: Nothing is done yet.
    READY = 0
    STAGING = 1
    SWAPPING = 2
    #: The new tree is in place; the old one is kept.
    COMMITTED = 3
    #: Being undone, or undoing failed half-way: recovery will finish it.
    UNDOING = 4
    #: The old tree is in place, as before. Final.
    UNDONE = 5
    #: The new tree is in place and the old one is gone. Final.
    KEPT = 6
    #: Mode compatible: stopped by an error half-way. Final.
    BROKEN = 7


@_of("cdp_install_choice", None, None)
class InstallChoice(_Word):
    """What recovery does with an install that was committed but neither kept nor reverted.

    >>> import codedeploy
    >>> codedeploy.InstallChoice(1)
    <InstallChoice.REVERT: 1>
    """

    KEEP = 0
    REVERT = 1


@_of("cdp_install_outcome", None, None)
class InstallOutcome(_Word):
    """What recovery found and did.

    >>> import codedeploy
    >>> codedeploy.InstallOutcome(2)
    <InstallOutcome.RECOVERED_NEW: 2>
    """

    #: There was no journal.
    NOTHING_TO_RECOVER = 0
    #: The old tree is in place.
    RECOVERED_OLD = 1
    #: The new tree is in place.
    RECOVERED_NEW = 2


@_of("cdp_alarm_policy", "cdp_alarm_policy_name", "cdp_alarm_policy_from_name")
class AlarmPolicy(_Word):
    """What an active alarm does.

    >>> import codedeploy
    >>> codedeploy.AlarmPolicy(2)
    <AlarmPolicy.IGNORE: 2>
    """

    #: It stops the deployment, also when it was active before (CodeDeploy's rule).
    ANY = 0
    #: Only one that becomes active while the deployment runs does: an alarm that is active at the
    #: start counts from the moment that it was seen not to be. So a firing alarm does not block
    #: the fix.
    ONLY_NEW = 1
    #: Nothing; alarms are not even asked for.
    IGNORE = 2


@_of("cdp_deployment_input_kind", "cdp_deployment_input_kind_name", "cdp_deployment_input_kind_from_name")
class InputKind(_Word):
    """`cdp_deployment_input_kind` of the C library.

    >>> import codedeploy
    >>> codedeploy.InputKind(15)
    <InputKind.TROUBLE: 15>
    """

    #: Nothing but the time.
    TIME = 0
    #: `instance` is a target. Before the start any number of them; while the replacement
    #: environment is being provisioned its instances; later one that joined. Server.
    TARGET = 1
    #: Created ends, work begins. Once.
    START = 2
    #: The action `token` came out as `outcome`, with `error` and `message` for hooks and steps of
    #: a target, and `code` when the host knows better which of the API's codes it is.
    ANSWER = 3
    #: The action `token` has begun (`host_begins_events`).
    BEGUN = 4
    #: StopDeployment, with `answer` for autoRollbackEnabled. Once more while what was stopped is
    #: ending, it changes only what was said of the rollback: the last `answer` counts,
    #: `Flag.NOT_SAID` says nothing. One that is ending for another reason (it failed, saw an
    #: alarm, succeeded) can be stopped no more: whether that is rolled back is the group's to say.
    STOP = 5
    #: ContinueDeployment for `wait`: READY_WAIT, TERMINATION_WAIT; `WaitType.NONE` for whatever is
    #: waited for: a gate, the rest of a traffic step, a zone, a canary batch.
    CONTINUE = 6
    #: The alarm `name` is in `alarm_state`. Between the action that asks and its answer, or
    #: whenever the host hears of it.
    ALARM = 7
    #: Something outside makes the deployment fail with `code` and `message`: the replacement task
    #: set is unhealthy (ECS_UPDATE_ERROR), the revision is gone (REVISION_MISSING) …
    FAIL = 8
    #: Nothing more will be heard from `target`. Server.
    LOST = 9
    #: `target` went away for good. Server.
    LEFT = 10
    #: `target` lost what was installed on it, and is there again. Server.
    RESTARTED = 11
    #: `whole_targets`: event number `event` of `target` is now in `event_status` (InProgress,
    #: Succeeded or Failed), with `error` and `message`.
    EVENT = 12
    #: The deployment that rolls this one back has the id `name`; absent: it could not be made, for
    #: the reason in `message`. Only after the end of one that has not succeeded, and once an id
    #: was told no other.
    ROLLED_BACK = 13
    #: The deployment that follows for outdated instances has the id `name`. Only after the end,
    #: and no other id later.
    FOLLOWED = 14
    #: Something went wrong at the host that is of no consequence, or of one that shows elsewhere
    #: (a notification, a save, the reading of an alarm): kept in the changes, with `host_status`
    #: and `message`, before which stands the `name` of what it was about, if any.
    TROUBLE = 15


@_of("cdp_deployment_outcome", "cdp_deployment_outcome_name", "cdp_deployment_outcome_from_name")
class Outcome(_Word):
    """How an action came out.

    >>> import codedeploy
    >>> codedeploy.Outcome(2)
    <Outcome.FAILED: 2>
    """

    DONE = 1
    FAILED = 2


@_of("cdp_deployment_flag", None, None)
class Flag(_Word):
    """A question that may stay open.

    >>> import codedeploy
    >>> codedeploy.Flag(2)
    <Flag.NO: 2>
    """

    NOT_SAID = 0
    YES = 1
    NO = 2


@_of("cdp_alarm_state", "cdp_alarm_state_name", "cdp_alarm_state_from_name")
class AlarmState(_Word):
    """What is known of an alarm.

    >>> import codedeploy
    >>> codedeploy.AlarmState(3)
    <AlarmState.UNREADABLE: 3>
    """

    #: Nothing.
    UNKNOWN = 0
    #: `OK`, and also INSUFFICIENT_DATA: it is not in ALARM.
    OK = 1
    ALARM = 2
    #: It was asked for, and could not be read.
    UNREADABLE = 3


@_of("cdp_deployment_action_kind", "cdp_deployment_action_kind_name", "cdp_deployment_action_kind_from_name")
class ActionKind(_Word):
    """`cdp_deployment_action_kind` of the C library.

    >>> import codedeploy
    >>> codedeploy.ActionKind(19)
    <ActionKind.AUTO_SCALING: 19>
    """

    #: Run the scripts of `event` on `target` (Server), or invoke the function `hook` with the
    #: deployment's id and `token` (Lambda, ECS): it is answered when the scripts have ended, or
    #: when somebody reports the function's verdict (PutLifecycleEventHookExecutionStatus).
    RUN_HOOK = 1
    #: Server: get and unpack the revision on `target`.
    DOWNLOAD = 2
    #: Server: install its files on `target`.
    INSTALL = 3
    #: Server: deregister `target` from the load balancer.
    BLOCK_TRAFFIC = 4
    #: Server: register `target`, and wait until it is healthy there.
    ALLOW_TRAFFIC = 5
    #: Lambda, ECS: give the replacement `weight` and the original `original_weight` percent of the
    #: production traffic, on every route.
    SET_TRAFFIC = 6
    #: ECS: the same for the test listener.
    SET_TEST_TRAFFIC = 7
    #: ECS: create the replacement task set; done when its tasks are healthy.
    CREATE_TASK_SET = 8
    #: ECS: remove the original's task set (`original` 1) or the replacement's.
    DELETE_TASK_SET = 9
    #: `whole_targets`: deploy to `target`; the phase says what (roll-out).
    DEPLOY_TARGET = 10
    #: Server, blue/green: make the replacement instances (COPY_AUTO_SCALING_GROUP), put each in
    #: with `InputKind.TARGET`, then answer.
    PROVISION = 11
    #: Server, blue/green: terminate the original instance `target`.
    TERMINATE = 12
    #: Read the alarms' states: put each in with `InputKind.ALARM`, then answer. One that was not
    #: told by then counts as unreadable.
    POLL_ALARMS = 13
    #: Tell the trigger's topic: <codedeploy/records.h> has the message.
    NOTIFY = 14
    #: Keep a snapshot (cdp_deployment_snapshot()).
    SAVE = 15
    #: End what the action `cancels` has begun; answered when nothing of it runs any more.
    CANCEL = 16
    #: Make the deployment that rolls this one back (cdp_deployment_plan_rollback(),
    #: cdp_deployment_new_rollback()), and tell its id with `InputKind.ROLLED_BACK`. The last
    #: action but notifications.
    ROLL_BACK = 17
    #: Make a deployment (creator CodeDeployAutoUpdate) for the instances that joined meanwhile:
    #: cdp_rollout_outdated_next().
    FOLLOW_UP = 18
    #: Launch and termination deployments: tell the Auto Scaling group `lifecycle_answer`; NONE is
    #: a heartbeat, due every 5 minutes.
    AUTO_SCALING = 19


@_of("cdp_deployment_change_kind", "cdp_deployment_change_kind_name", None)
class ChangeKind(_Word):
    """`cdp_deployment_change_kind` of the C library.

    >>> import codedeploy
    >>> codedeploy.ChangeKind(13)
    <ChangeKind.TERMINATED: 13>
    """

    #: The deployment's `status`; at the end with `code` and `message`.
    STATUS = 1
    #: The target's `target_status`.
    TARGET = 2
    #: The event's `event_status`; with `error` and `message` when it failed.
    EVENT = 3
    #: The production traffic is now `weight` on the replacement.
    TRAFFIC = 4
    #: The test traffic is.
    TEST_TRAFFIC = 5
    #: A wait begins (`until_ms`, INT64_MAX for a gate), and ends. Between two steps of traffic its
    #: end is told only when somebody continued it: otherwise it is the next weight. The end of the
    #: deployment ends all waits.
    WAIT_BEGAN = 6
    WAIT_ENDED = 7
    #: The alarm `name` is in `alarm_state`.
    ALARM = 8
    #: A decision of the roll-out that is no start: `rule`, with the sentence in
    #: cdp_deployment_render_change().
    DECISION = 9
    #: It is being stopped; what is running is being ended.
    STOPPING = 10
    #: It will be rolled back, or would have been but for `message`.
    ROLLBACK = 11
    #: Trouble at the host that is of no consequence by itself: `host_status` and `message`.
    TROUBLE = 12
    #: An original instance was terminated, or the task set removed.
    TERMINATED = 13


@_of("cdp_deployment_wait", "cdp_deployment_wait_name", None)
class Wait(_Word):
    """What is waited for.

    >>> import codedeploy
    >>> codedeploy.Wait(5)
    <Wait.ROLLOUT: 5>
    """

    NONE = 0
    #: READY_WAIT
    READY = 1
    #: TERMINATION_WAIT
    TERMINATION = 2
    #: Between two steps of a traffic schedule.
    TRAFFIC = 3
    #: At a gate of a traffic schedule.
    GATE = 4
    #: After a zone, or after a canary batch.
    ROLLOUT = 5


@_of("cdp_notification_shape", None, None)
class NotificationShape(_Word):
    """How the message of a notification is written: the guide and the service do not agree.

    >>> import codedeploy
    >>> codedeploy.NotificationShape(2)
    <NotificationShape.SERVICE: 2>
    """

    #: As the user guide shows it.
    GUIDE = 1
    #: As the service was seen to send it.
    SERVICE = 2


@_of("cdp_posix_bundle_type", "cdp_posix_bundle_type_name", "cdp_posix_bundle_type_from_name")
class LocalBundleType(_Word):
    """What a bundle is. (API shape BundleType, and `directory` of codedeploy-local.)

    >>> import codedeploy
    >>> codedeploy.LocalBundleType(4)
    <LocalBundleType.TGZ: 4>
    """

    DIRECTORY = 1
    ZIP = 2
    TAR = 3
    TGZ = 4


@_of("cdp_posix_bundle_allow", None, None)
class BundleAllow(enum.IntFlag):
    """What is let through that is otherwise refused or changed, to be added up.

    >>> import codedeploy
    >>> codedeploy.BundleAllow(8)
    <BundleAllow.REFUSE_LINKS: 8>
    """

    #: Symbolic links that lead out of the bundle (a Python virtual environment has such). Nothing
    #: is ever written or read through them.
    ALLOW_OUTSIDE_LINKS = 1
    #: Set-id bits of files and directories are kept.
    ALLOW_SET_ID = 2
    #: Owners in a tar are not restored: everything belongs to who unpacks (agent 2.x,
    #: `ignore_ownership_in_bundle`).
    IGNORE_OWNERS = 4
    #: The other way round: every symbolic and every hard link in the bundle is refused (agent 2.x,
    #: `reject_symlinks_in_bundle`).
    REFUSE_LINKS = 8


@_of("cdp_posix_log_kind", None, None)
class LogKind(_Word):
    """What an entry is.

    >>> import codedeploy
    >>> codedeploy.LogKind(4)
    <LogKind.STDERR: 4>
    """

    #: A lifecycle event begins; the text is its name.
    EVENT = 1
    #: A script begins; the text is its location in the AppSpec.
    SCRIPT = 2
    #: A line of a script's standard output.
    STDOUT = 3
    #: A line of a script's standard error.
    STDERR = 4


@_of("cdp_posix_script_code", "cdp_posix_script_code_name", None)
class ScriptCode(_Word):
    """How a script ended: the agent's own numbers, `error_code` in what it sends to the service.

    >>> import codedeploy
    >>> codedeploy.ScriptCode(6)
    <ScriptCode.OUTPUTS_OPEN: 6>
    """

    #: Exit status 0, outputs closed.
    SUCCEEDED = 0
    #: ScriptMissing: no such file in the revision.
    MISSING = 1
    #: ScriptNotExecutable: it was not, and could not be made so.
    NOT_EXECUTABLE = 2
    #: ScriptTimedOut: still running when its time was over.
    TIMED_OUT = 3
    #: ScriptFailed: another exit status, a signal, or it could not be started.
    FAILED = 4
    #: UnknownError: cancelled, or the system failed (no process, no memory).
    UNKNOWN = 5
    #: It ended, but a child kept standard output or error open until the time was over.
    OUTPUTS_OPEN = 6


@_of("cdp_posix_environment", None, None)
class ScriptEnvironment(_Word):
    """Which variables of the environment a script inherits.

    >>> import codedeploy
    >>> codedeploy.ScriptEnvironment(2)
    <ScriptEnvironment.NO_LOADER: 2>
    """

    #: All but AWS credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_CREDENTIAL_FILE (as
    #: the official agent) and AWS_SESSION_TOKEN.
    INHERIT = 0
    #: PATH, HOME and USER only (agent 2.x, `restrict_hook_env_to_allowlist`).
    ALLOWLIST = 1
    #: All but AWS credentials and LD_PRELOAD, LD_LIBRARY_PATH, LD_AUDIT (agent 2.x,
    #: `strip_loader_env_in_hooks`).
    NO_LOADER = 2


@_of("cdp_posix_news_kind", None, None)
class NewsKind(_Word):
    """What is told while a deployment runs.

    >>> import codedeploy
    >>> codedeploy.NewsKind(8)
    <NewsKind.WAITING: 8>
    """

    #: A deployment begins; `text` is its directory.
    BEGUN = 1
    #: An event begins.
    EVENT_BEGUN = 2
    #: A line for the log: `log_kind` and `text`.
    LOG = 3
    #: How far Install is.
    PROGRESS = 4
    #: An event has ended: `status`; `text` says why when it failed.
    EVENT_ENDED = 5
    #: The files of the revision before are back after a failure.
    REVERTED = 6
    #: The deployment has ended: `status`.
    ENDED = 7
    #: Nothing new: told at least four times a second while a script runs, and now and then while a
    #: bundle is unpacked, so that a deployment can be cancelled.
    WAITING = 8


@_of("cdp_posix_refuse", None, None)
class Refuse(enum.IntFlag):
    """What an AppSpec may ask for and is refused all the same, to be added up. (Agent 2.x: config/mod.rs)

    >>> import codedeploy
    >>> codedeploy.Refuse(2)
    <Refuse.UNCONFINED: 2>
    """

    #: Modes with a set-id bit (`reject_unsafe_permissions_in_bundle`).
    SET_ID = 1
    #: The SELinux types `unconfined_t`, `kernel_t` and `init_t`
    #: (`reject_unconfined_selinux_in_bundle`).
    UNCONFINED = 2


@_of("cdp_posix_sync", None, None)
class Sync(_Word):
    """What is made to survive a loss of power before a call returns. A crash of the process alone
     loses nothing in any mode.

    >>> import codedeploy
    >>> codedeploy.Sync(2)
    <Sync.NONE: 2>
    """

    #: Whatever the library asks for.
    FULL = 0
    #: Records (`Root.STATE`) only: after a loss of power recovery knows what was going on, but
    #: files may be empty.
    RECORDS = 1
    #: Nothing: for trials and tests.
    NONE = 2


@_of("cdp_sim_fs_lack", None, None)
class SimLack(enum.IntFlag):
    """What the file system cannot do, to be added up.

    >>> import codedeploy
    >>> codedeploy.SimLack(8)
    <SimLack.CONTEXTS: 8>
    """

    HARD_LINKS = 1
    SYNC_ALL = 2
    ACLS = 4
    CONTEXTS = 8


@_of("cdp_sim_loss", None, None)
class SimLoss(_Word):
    """What a crash does to changes that no sync has made durable.

    >>> import codedeploy
    >>> codedeploy.SimLoss(5)
    <SimLoss.LATEST: 5>
    """

    #: They all happened.
    NOTHING = 0
    #: None of them happened.
    EVERYTHING = 1
    #: Contents of files are lost, names are kept: a file may be empty.
    CONTENT = 2
    #: Names are lost, contents are kept.
    NAMES = 3
    #: Each is lost or kept by a coin that `seed` throws, in any combination.
    SOME = 4
    #: Those after a point that `seed` chooses are lost.
    LATEST = 5


@_of("cdp_sim_entry_kind", "cdp_sim_entry_kind_name", None)
class SimEntryKind(_Word):
    """`cdp_sim_entry_kind` of the C library.

    >>> import codedeploy
    >>> codedeploy.SimEntryKind(4)
    <SimEntryKind.ACTION: 4>
    """

    #: Something of the deployment changed.
    CHANGE = 1
    #: Something from outside was put in,
    INPUT = 2
    #: or was refused: also the start, an instance that was made, or an answer, which are not
    #: written down when they are accepted.
    REFUSED = 3
    #: The host was asked to do something.
    ACTION = 4


@_of("cdp_sim_detail", None, None)
class SimDetail(_Word):
    """How much of the record is shown.

    >>> import codedeploy
    >>> codedeploy.SimDetail(1)
    <SimDetail.ACTIONS: 1>
    """

    #: Changes and inputs.
    CHANGES = 0
    #: Actions as well.
    ACTIONS = 1


#: How many configurations of its own an account may have. (User guide, limits.)
CONFIG_CUSTOM_LIMIT = 200


#: How many steps a schedule may have.
TRAFFIC_STEP_LIMIT = 1000


#: How long the waits of a schedule may be together: 366 days, in milliseconds.
TRAFFIC_DURATION_LIMIT = 31622400000


#: In place of a wait: the step holds until its gate is opened.
TRAFFIC_GATE = -1


#: The service's limit on the tag groups of a tag set.
GROUP_TAG_GROUP_LIMIT = 3


#: In place of an index: none.
MATCH_NONE = 4294967295


#: In place of an instance's number: none.
ROLLOUT_NO_INSTANCE = 4294967295


#: In place of a target's number: none.
DEPLOYMENT_NO_TARGET = 4294967295


#: In place of the index of an event in a target's plan: none.
DEPLOYMENT_NO_EVENT = 4294967295


LIFECYCLE_MAX_EVENTS = 32


SIM_HOST_MAX_DEPLOYMENTS = 8
