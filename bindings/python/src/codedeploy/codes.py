# SPDX-License-Identifier: MIT
# Made from the public headers by `./dev generate`; do not edit.
"""Every kind of finding, as an enumeration."""

import enum

from ._words import _of, _Word


__all__ = ["DiagnosticCode"]


@_of("cdp_diagnostic_code", None, None)
class DiagnosticCode(_Word):
    """Every kind of finding. Values never change meaning and are never reused.

    >>> import codedeploy
    >>> str(codedeploy.DiagnosticCode.TOO_DEEP)
    'too-deep'
    """

    #: `input-too-large` (error): The input has {0} bytes; at most {1} are read.
    INPUT_TOO_LARGE = 100
    #: `input-encoding` (error): The bytes here are not {0}.
    INPUT_ENCODING = 101
    #: `byte-order-mark` (warning): The file begins with a byte order mark (EF BB BF).
    BYTE_ORDER_MARK = 102
    #: `input-utf16` (warning): The file is UTF-16.
    INPUT_UTF16 = 103
    #: `input-control-character` (error): The control character {0} is not allowed here.
    INPUT_CONTROL_CHARACTER = 104
    #: `too-deep` (error): Lists and mappings are nested more than {0} deep here.
    TOO_DEEP = 105
    #: `too-many-nodes` (error): The document goes on after {0} nodes; no more are read.
    TOO_MANY_NODES = 106
    #: `scalar-too-long` (error): The text here is longer than {0} bytes.
    SCALAR_TOO_LONG = 107
    #: `xml-unsupported` (error): This is XML, and the library was built without it.
    XML_UNSUPPORTED = 108
    #: `yaml-syntax` (error): This cannot be read as YAML: {0}.
    YAML_SYNTAX = 110
    #: `yaml-alias` (error): The alias *{0} is refused by the official agent on Ruby 3.1 and later.
    YAML_ALIAS = 111
    #: `yaml-unknown-alias` (error): There is no anchor &{0} before this alias.
    YAML_UNKNOWN_ALIAS = 112
    #: `yaml-recursive-alias` (error): The alias *{0} stands inside the value that it repeats.
    YAML_RECURSIVE_ALIAS = 113
    #: `yaml-type-refused` (error): The agent's loader refuses '{0}' here: a date, a time or a Ruby
    #: type.
    YAML_TYPE_REFUSED = 114
    #: `yaml-merge-key` (warning): The merge key << is not understood by every agent.
    YAML_MERGE_KEY = 115
    #: `duplicate-key` (warning): The key '{0}' is given again on line {1}, and only the last one
    #: counts.
    DUPLICATE_KEY = 116
    #: `yaml-value-broken` (error): The agent's loader fails on '{0}' here.
    YAML_VALUE_BROKEN = 117
    #: `yaml-second-document` (warning): A second document begins here; only the first one counts.
    YAML_SECOND_DOCUMENT = 118
    #: `yaml-text-ignored` (warning): The document ends in front of this text, and the text is
    #: ignored.
    YAML_TEXT_IGNORED = 119
    #: `yaml-tab-indentation` (error): A tab stands in the indentation.
    YAML_TAB_INDENTATION = 120
    #: `yaml-missing-blank` (error): There is no blank behind the colon of '{0}'.
    YAML_MISSING_BLANK = 121
    #: `yaml-missing-colon` (error): There is no colon behind '{0}'.
    YAML_MISSING_COLON = 122
    #: `yaml-unquoted-character` (error): An unquoted value cannot begin with '{0}'.
    YAML_UNQUOTED_CHARACTER = 123
    #: `yaml-template-unquoted` (error): The template '{0}' is not quoted, so that YAML reads its
    #: braces.
    YAML_TEMPLATE_UNQUOTED = 124
    #: `yaml-indentation` (error): '{0}' begins in column {1}, but what it belongs beside begins in
    #: column {2}.
    YAML_INDENTATION = 125
    #: `yaml-open-quote` (error): The quote {0} that opens here is not closed where it should.
    YAML_OPEN_QUOTE = 126
    #: `yaml-bad-escape` (error): '{0}' is no escape that double quotes know.
    YAML_BAD_ESCAPE = 127
    #: `yaml-text-behind` (error): '{0}' stands behind a value that is complete.
    YAML_TEXT_BEHIND = 128
    #: `yaml-colon-in-value` (error): The value '{0}' holds a colon with a blank behind it.
    YAML_COLON_IN_VALUE = 129
    #: `yaml-conflict-marker` (error): The line begins with '{0}', a merge conflict that was not
    #: resolved.
    YAML_CONFLICT_MARKER = 130
    #: `yaml-full-width-colon` (error): This is a full-width colon, not the colon of ASCII.
    YAML_FULL_WIDTH_COLON = 131
    #: `yaml-dash` (error): This dash is not the '-' of ASCII.
    YAML_DASH = 132
    #: `yaml-no-break-space` (error): A no-break space stands where a blank should.
    YAML_NO_BREAK_SPACE = 133
    #: `yaml-slash-comment` (error): YAML has no comments of this kind.
    YAML_SLASH_COMMENT = 134
    #: `yaml-rtf` (error): The file is rich text (RTF), not plain text.
    YAML_RTF = 135
    #: `yaml-open-bracket` (error): The bracket '{0}' that opens here is not closed.
    YAML_OPEN_BRACKET = 136
    #: `yaml-long-key` (error): The key is longer than 1,024 characters, or its colon is missing.
    YAML_LONG_KEY = 137
    #: `yaml-tag` (error): '{0}' is not a tag that can be read.
    YAML_TAG = 138
    #: `yaml-directive` (error): The directive '{0}' cannot be read.
    YAML_DIRECTIVE = 139
    #: `yaml-block-header` (error): '{0}' does not begin a block of text.
    YAML_BLOCK_HEADER = 140
    #: `yaml-missing-comma` (error): There is no comma between two things in brackets.
    YAML_MISSING_COMMA = 141
    #: `yaml-list-on-line` (error): A list cannot begin on the line of its key.
    YAML_LIST_ON_LINE = 142
    #: `smart-quotes` (warning): The quotes of '{0}' are letters to YAML, and belong to the value.
    SMART_QUOTES = 143
    #: `json-syntax` (error): This is not JSON: {0}.
    JSON_SYNTAX = 150
    #: `xml-syntax` (error): This is not XML: {0}.
    XML_SYNTAX = 160
    #: `xml-doctype` (error): A document type declaration is not allowed.
    XML_DOCTYPE = 161
    #: `xml-attribute` (warning): The attribute '{0}' means nothing here and is passed over.
    XML_ATTRIBUTE = 162
    #: `xml-prefix` (error): The element name '{0}' has a namespace prefix.
    XML_PREFIX = 163
    #: `xml-mixed-content` (error): The element '{0}' holds text beside elements.
    XML_MIXED_CONTENT = 164
    #: `appspec-empty` (error): There is nothing in this AppSpec.
    APPSPEC_EMPTY = 200
    #: `appspec-not-a-mapping` (error): An AppSpec is a mapping from `version` and other keys to
    #: values, and this is {0}.
    APPSPEC_NOT_A_MAPPING = 201
    #: `appspec-platform-unknown` (error): It cannot be told whether this is for Server, Lambda or
    #: ECS.
    APPSPEC_PLATFORM_UNKNOWN = 202
    #: `appspec-platform-conflict` (warning): `{0}` does not belong into {1}.
    APPSPEC_PLATFORM_CONFLICT = 203
    #: `appspec-version-missing` (error): The version is missing.
    APPSPEC_VERSION_MISSING = 204
    #: `appspec-version-invalid` (error): The version {0} is refused.
    APPSPEC_VERSION_INVALID = 205
    #: `appspec-version-quoted` (error): The version is the text "{0}" and must be a number.
    APPSPEC_VERSION_QUOTED = 206
    #: `appspec-version-unusual` (warning): The version is written `{0}`, which not every agent
    #: reads as 0.0.
    APPSPEC_VERSION_UNUSUAL = 207
    #: `appspec-unknown-key` (warning): `{0}` is not a key of {1}.
    APPSPEC_UNKNOWN_KEY = 210
    #: `appspec-wrong-shape` (error): {0} must be {2}, and here is {1}.
    APPSPEC_WRONG_SHAPE = 211
    #: `appspec-not-text` (warning): `{0}` is {1}, which the agent 1.x reads as the text `{2}`.
    APPSPEC_NOT_TEXT = 212
    #: `appspec-raw-value` (warning): `{0}` is {1} ({2}), and must be a text.
    APPSPEC_RAW_VALUE = 213
    #: `appspec-empty-section` (warning): `{0}: {1}` is empty to the agent 1.x and refused by the
    #: agent 2.x.
    APPSPEC_EMPTY_SECTION = 214
    #: `appspec-placeholder` (warning): `{0}` in `{1}` looks like a placeholder that was never
    #: replaced.
    APPSPEC_PLACEHOLDER = 215
    #: `appspec-invisible-character` (warning): In `{0}` of {1} there is a blank that cannot be
    #: seen, such as a no-break or zero-width space.
    APPSPEC_INVISIBLE_CHARACTER = 217
    #: `appspec-control-character` (warning): There is a control character in `{1}`: {0}.
    APPSPEC_CONTROL_CHARACTER = 218
    #: `appspec-padded` (warning): `{1}` has blanks at its ends, which belong to the value: '{0}'.
    APPSPEC_PADDED = 219
    #: `appspec-is-json` (note): This Server AppSpec is written in JSON.
    APPSPEC_IS_JSON = 220
    #: `appspec-unknown-suppression` (warning): There is no diagnostic `{0}` to ignore.
    APPSPEC_UNKNOWN_SUPPRESSION = 221
    #: `appspec-event-at-top-level` (warning): The event `{0}` stands outside of `hooks`, where it
    #: is ignored.
    APPSPEC_EVENT_AT_TOP_LEVEL = 230
    #: `appspec-event-unknown` (warning): There is no lifecycle event `{0}`.
    APPSPEC_EVENT_UNKNOWN = 231
    #: `appspec-event-reserved` (warning): The event `{0}` cannot run scripts: it belongs to the
    #: agent or the load balancer.
    APPSPEC_EVENT_RESERVED = 232
    #: `appspec-event-not-in-scenario` (warning): The event `{0}` does not come in this kind of
    #: deployment.
    APPSPEC_EVENT_NOT_IN_SCENARIO = 233
    #: `appspec-event-empty` (warning): The event `{0}` has no scripts.
    APPSPEC_EVENT_EMPTY = 234
    #: `appspec-event-key-not-text` (warning): The key `{0}` of `hooks` is no text.
    APPSPEC_EVENT_KEY_NOT_TEXT = 235
    #: `os-missing` (error): The operating system is missing.
    OS_MISSING = 300
    #: `os-invalid` (error): `{0}` is no operating system of CodeDeploy.
    OS_INVALID = 301
    #: `os-not-this-host` (error): This AppSpec is for {0}, and the host runs {1}.
    OS_NOT_THIS_HOST = 302
    #: `file-exists-behavior-invalid` (error): `{0}` is no value for `file_exists_behavior`.
    FILE_EXISTS_BEHAVIOR_INVALID = 303
    #: `file-source-missing` (error): An entry of `files` has no source.
    FILE_SOURCE_MISSING = 310
    #: `file-destination-missing` (error): An entry of `files` has no destination.
    FILE_DESTINATION_MISSING = 311
    #: `file-destination-nested` (error): `destination` is indented so far that it became a part of
    #: `source`.
    FILE_DESTINATION_NESTED = 312
    #: `file-entry-is-text` (warning): An entry of `files` is a text; the agent 1.x takes it for
    #: source `source` and destination `destination`.
    FILE_ENTRY_IS_TEXT = 313
    #: `file-overwrite-key` (warning): `{0}` in an entry of `files` is ignored.
    FILE_OVERWRITE_KEY = 314
    #: `file-source-empty` (warning): The source is an empty text.
    FILE_SOURCE_EMPTY = 315
    #: `file-source-outside` (warning): The source `{0}` leads out of the revision.
    FILE_SOURCE_OUTSIDE = 316
    #: `file-source-glob` (warning): `*` in the source `{0}` is no wildcard.
    FILE_SOURCE_GLOB = 317
    #: `file-destination-empty` (warning): The destination is an empty text.
    FILE_DESTINATION_EMPTY = 318
    #: `file-destination-relative` (warning): The destination `{0}` is relative.
    FILE_DESTINATION_RELATIVE = 319
    #: `file-destination-root` (warning): The destination is the root of the file system.
    FILE_DESTINATION_ROOT = 320
    #: `file-destination-in-agent` (warning): The destination `{0}` lies in the agent's own folder
    #: {2}.
    FILE_DESTINATION_IN_AGENT = 321
    #: `file-path-of-other-system` (warning): The path `{0}` in `{1}` is one of {2}, and the
    #: AppSpec is for the other system.
    FILE_PATH_OF_OTHER_SYSTEM = 322
    #: `file-twice` (warning): `{0}` is copied to `{1}` twice.
    FILE_TWICE = 323
    #: `permission-on-windows` (error): `permissions` are for Linux, and this AppSpec is for
    #: Windows.
    PERMISSION_ON_WINDOWS = 330
    #: `permission-object-missing` (error): An entry of `permissions` has no object.
    PERMISSION_OBJECT_MISSING = 331
    #: `permission-type-invalid` (error): `{0}` is no type of object.
    PERMISSION_TYPE_INVALID = 332
    #: `permission-mode-length` (error): The mode `{0}` is longer than four characters.
    PERMISSION_MODE_LENGTH = 333
    #: `permission-mode-digit` (error): The mode `{0}` holds `{1}`, which is no octal digit.
    PERMISSION_MODE_DIGIT = 334
    #: `permission-mode-octal` (warning): `mode: {0}` is the number {1} to YAML: the agent 1.x {2},
    #: the agent 2.x {3}.
    PERMISSION_MODE_OCTAL = 335
    #: `permission-mode-number` (warning): `mode: {0}` is the number {1} to YAML: the agent 1.x
    #: {2}, the agent 2.x {3}.
    PERMISSION_MODE_NUMBER = 336
    #: `permission-mode-short` (warning): The mode `{0}` is filled up with zeros to {1}.
    PERMISSION_MODE_SHORT = 337
    #: `permission-mode-special` (warning): The mode {1} sets {2}.
    PERMISSION_MODE_SPECIAL = 338
    #: `permission-acl-invalid` (error): The entry `{0}` of `acls` is refused: {2}.
    PERMISSION_ACL_INVALID = 340
    #: `permission-acl-base` (error): The entry `{0}` of `acls` is what `mode` sets.
    PERMISSION_ACL_BASE = 341
    #: `permission-acl-short` (warning): The entry `{0}` of `acls` is short for `{1}`, which the
    #: agent 2.x does not know.
    PERMISSION_ACL_SHORT = 342
    #: `permission-acl-renamed` (warning): The entry `{0}` of `acls` becomes `{1}` in the agent
    #: 1.x.
    PERMISSION_ACL_RENAMED = 343
    #: `permission-acl-default-on-file` (warning): The default entry `{0}` of `acls` fails on
    #: files, and this permission applies to files too.
    PERMISSION_ACL_DEFAULT_ON_FILE = 344
    #: `permission-context-type-missing` (error): The SELinux context has no type.
    PERMISSION_CONTEXT_TYPE_MISSING = 345
    #: `permission-range-invalid` (error): The SELinux range `{0}` is refused: {1}.
    PERMISSION_RANGE_INVALID = 346
    #: `permission-range-missing` (warning): The SELinux context has no range, and the agent 1.x
    #: then fails when it installs.
    PERMISSION_RANGE_MISSING = 347
    #: `permission-range-unusual` (warning): The SELinux range `{0}` is `{1}` to the agent 1.x and
    #: something else to the agent 2.x.
    PERMISSION_RANGE_UNUSUAL = 348
    #: `permission-context-user` (warning): `{0}` in a context is ignored: the agents read the
    #: SELinux user from `name`.
    PERMISSION_CONTEXT_USER = 349
    #: `permission-context-role` (warning): `{0}` in a context is ignored.
    PERMISSION_CONTEXT_ROLE = 350
    #: `permission-context-is-text` (warning): The context is the text `{0}`, which the agent 1.x
    #: takes for the type `type`.
    PERMISSION_CONTEXT_IS_TEXT = 351
    #: `permission-object-relative` (warning): The object `{0}` is no absolute path.
    PERMISSION_OBJECT_RELATIVE = 355
    #: `permission-glob-slash` (warning): `{0}` in `{1}` holds a slash and never matches anything.
    PERMISSION_GLOB_SLASH = 356
    #: `permission-glob-special` (warning): In `{0}` only `*` is special to the agent 1.x; the
    #: agent 2.x also reads ? [ ] { } and \\ as wildcards.
    PERMISSION_GLOB_SPECIAL = 358
    #: `permission-never-applies` (warning): This permission on `{0}` (pattern `{2}`) never
    #: applies: {1}.
    PERMISSION_NEVER_APPLIES = 360
    #: `permission-conflict` (warning): This permission on `{0}` and entry {1} of `permissions`
    #: reach the same paths.
    PERMISSION_CONFLICT = 361
    #: `permission-changes-nothing` (note): This permission on `{0}` sets nothing.
    PERMISSION_CHANGES_NOTHING = 362
    #: `permission-owner-with-group` (warning): `{1}` is `{0}`, which is no account's name.
    PERMISSION_OWNER_WITH_GROUP = 363
    #: `script-location-missing` (error): A script has no location.
    SCRIPT_LOCATION_MISSING = 370
    #: `script-location-absolute` (warning): The location `{0}` begins at the root, and is looked
    #: for in the revision all the same.
    SCRIPT_LOCATION_ABSOLUTE = 371
    #: `script-location-outside` (warning): The location `{0}` leads out of the revision.
    SCRIPT_LOCATION_OUTSIDE = 372
    #: `script-location-blank` (warning): The location `{0}` holds a blank: arguments are not
    #: possible, and the official agents cannot run a path with blanks.
    SCRIPT_LOCATION_BLANK = 373
    #: `script-timeout-invalid` (error): The timeout `{0}` is no number of seconds above 0.
    SCRIPT_TIMEOUT_INVALID = 374
    #: `script-timeout-unusual` (warning): The timeout `{0}` is {1} seconds to the agent 1.x.
    SCRIPT_TIMEOUT_UNUSUAL = 375
    #: `script-timeout-quoted` (warning): The timeout "{0}" is a text, which the agent 2.x refuses.
    SCRIPT_TIMEOUT_QUOTED = 376
    #: `hook-timeout-sum` (warning): The scripts of `{0}` may take {1} seconds together; an event
    #: gets 3600.
    HOOK_TIMEOUT_SUM = 377
    #: `script-sudo-unusual` (warning): `sudo: {0}` is {1} to the agent 1.x, and refused by the
    #: agent 2.x.
    SCRIPT_SUDO_UNUSUAL = 378
    #: `script-runas-on-windows` (warning): `runas` has no effect on Windows.
    SCRIPT_RUNAS_ON_WINDOWS = 379
    #: `script-runas-blank` (warning): `runas` is blank: the agent 1.x then runs `su` without a
    #: user, and the agent 2.x without `su`.
    SCRIPT_RUNAS_BLANK = 380
    #: `script-runas-words` (warning): `runas: {0}` is more than a user's name.
    SCRIPT_RUNAS_WORDS = 381
    #: `resources-missing` (error): There are no resources.
    RESOURCES_MISSING = 400
    #: `resources-count` (error): There must be exactly one resource, and here are {0}.
    RESOURCES_COUNT = 401
    #: `resource-type-missing` (error): The resource has no type.
    RESOURCE_TYPE_MISSING = 402
    #: `resource-type-invalid` (error): `{0}` is no type of resource that can be deployed here.
    RESOURCE_TYPE_INVALID = 403
    #: `property-missing` (error): `{0}` is missing.
    PROPERTY_MISSING = 404
    #: `number-is-text` (warning): `{1}` is the text "{0}" and should be a number.
    NUMBER_IS_TEXT = 405
    #: `key-twice` (error): `{0}` is `{1}` again, which stands there already.
    KEY_TWICE = 406
    #: `lambda-version-invalid` (error): `{0}` is no version that can be deployed (`{1}`).
    LAMBDA_VERSION_INVALID = 407
    #: `lambda-versions-equal` (warning): Current and target version are both {0}.
    LAMBDA_VERSIONS_EQUAL = 408
    #: `task-definition-invalid` (warning): `{0}` is no ARN of a task definition.
    TASK_DEFINITION_INVALID = 410
    #: `container-port-invalid` (error): `{0}` is no port.
    CONTAINER_PORT_INVALID = 411
    #: `network-incomplete` (error): The network configuration has no `{0}`.
    NETWORK_INCOMPLETE = 413
    #: `assign-public-ip-invalid` (error): `{0}` is no value for AssignPublicIp.
    ASSIGN_PUBLIC_IP_INVALID = 414
    #: `capacity-number-invalid` (error): `{0}` is no value for `{1}`.
    CAPACITY_NUMBER_INVALID = 415
    #: `capacity-bases` (error): More than one capacity provider has a base.
    CAPACITY_BASES = 416
    #: `capacity-weights` (error): No capacity provider has a weight above 0.
    CAPACITY_WEIGHTS = 417
    #: `hooks-not-a-list` (warning): `Hooks` is a list with one event in each entry, and here is
    #: {0}.
    HOOKS_NOT_A_LIST = 420
    #: `hook-event-unsupported` (error): `{0}` is no event of {1} deployment that can be hooked.
    HOOK_EVENT_UNSUPPORTED = 421
    #: `hook-event-twice` (error): `{0}` is hooked twice.
    HOOK_EVENT_TWICE = 422
    #: `hook-function-invalid` (error): `{0}` is no Lambda function (event `{1}`).
    HOOK_FUNCTION_INVALID = 423
    #: `hook-old-form` (error): `{0}` is no event: this is an old form of hooks.
    HOOK_OLD_FORM = 424
    #: `bundle-source-missing` (error): The source `{0}` is not in the revision.
    BUNDLE_SOURCE_MISSING = 500
    #: `bundle-source-unusable` (warning): The source `{0}` is neither a file nor a directory.
    BUNDLE_SOURCE_UNUSABLE = 501
    #: `permission-file-pattern` (error): The object `{0}` is a file that is copied, so that
    #: pattern `{1}` and exceptions are refused.
    PERMISSION_FILE_PATTERN = 502
    #: `bundle-script-missing` (error): The script `{0}` is not in the revision.
    BUNDLE_SCRIPT_MISSING = 510
    #: `bundle-script-not-a-file` (error): The script `{0}` is {1}.
    BUNDLE_SCRIPT_NOT_A_FILE = 511
    #: `bundle-script-not-executable` (warning): The script `{0}` is not executable.
    BUNDLE_SCRIPT_NOT_EXECUTABLE = 512
    #: `bundle-script-line-ends` (error): The first line of the script `{0}` ends with CR LF.
    BUNDLE_SCRIPT_LINE_ENDS = 513
    #: `bundle-script-no-interpreter` (warning): The script `{0}` does not begin with `#!`.
    BUNDLE_SCRIPT_NO_INTERPRETER = 514
    #: `config-wrong-type` (error): {0} is {1}; it has to be {2}.
    CONFIG_WRONG_TYPE = 600
    #: `config-unknown-member` (warning): There is no member '{0}' in {1}; it is ignored.
    CONFIG_UNKNOWN_MEMBER = 601
    #: `config-name-required` (error): The deployment configuration has no name.
    CONFIG_NAME_REQUIRED = 602
    #: `config-name-length` (error): The name of the deployment configuration has {0} characters;
    #: at most 100 are allowed.
    CONFIG_NAME_LENGTH = 603
    #: `config-name-character` (error): The name '{0}' holds '{1}', which is not allowed in a name.
    CONFIG_NAME_CHARACTER = 604
    #: `config-name-reserved` (error): The name '{0}' begins with CodeDeployDefault., which is
    #: reserved.
    CONFIG_NAME_RESERVED = 605
    #: `config-name-taken` (error): There is a deployment configuration '{0}' already.
    CONFIG_NAME_TAKEN = 606
    #: `config-limit-exceeded` (error): The account has {0} deployment configurations of its own
    #: already, which is the limit.
    CONFIG_LIMIT_EXCEEDED = 607
    #: `config-unknown` (error): There is no deployment configuration '{0}'.
    CONFIG_UNKNOWN = 608
    #: `config-in-use` (error): The deployment configuration '{0}' is in use and cannot be deleted.
    CONFIG_IN_USE = 609
    #: `config-delete-predefined` (error): The deployment configuration '{0}' is predefined and
    #: cannot be deleted.
    CONFIG_DELETE_PREDEFINED = 610
    #: `config-platform-unknown` (error): There is no compute platform '{0}'.
    CONFIG_PLATFORM_UNKNOWN = 611
    #: `config-predefined-differs` (warning): '{0}' is predefined; what is written beside the name
    #: differs from it and is not used.
    CONFIG_PREDEFINED_DIFFERS = 612
    #: `config-minimum-required` (error): A configuration for Server needs minimumHealthyHosts.
    CONFIG_MINIMUM_REQUIRED = 613
    #: `config-minimum-incomplete` (error): {0} has no {1}.
    CONFIG_MINIMUM_INCOMPLETE = 614
    #: `config-minimum-type-unknown` (error): There is no type '{0}' of minimum healthy hosts.
    CONFIG_MINIMUM_TYPE_UNKNOWN = 615
    #: `config-minimum-read-only` (error): The type MOST_CONCURRENCY cannot be set.
    CONFIG_MINIMUM_READ_ONLY = 616
    #: `config-minimum-count` (error): A HOST_COUNT of {0} is not possible; it has to be from 0 to
    #: 2147483647.
    CONFIG_MINIMUM_COUNT = 617
    #: `config-minimum-percent` (error): A FLEET_PERCENT of {0} is not possible; it has to be from
    #: 0 to 99.
    CONFIG_MINIMUM_PERCENT = 618
    #: `config-minimum-platform` (error): minimumHealthyHosts does not belong to {0}.
    CONFIG_MINIMUM_PLATFORM = 619
    #: `config-traffic-required` (error): A configuration for {0} needs trafficRoutingConfig.
    CONFIG_TRAFFIC_REQUIRED = 620
    #: `config-traffic-incomplete` (error): {0} has no {1}.
    CONFIG_TRAFFIC_INCOMPLETE = 621
    #: `config-traffic-type-unknown` (error): There is no type '{0}' of traffic routing.
    CONFIG_TRAFFIC_TYPE_UNKNOWN = 622
    #: `config-traffic-percentage` (error): An increment of {0} percent is not possible; it has to
    #: be from 1 to 99.
    CONFIG_TRAFFIC_PERCENTAGE = 623
    #: `config-traffic-interval` (error): An interval of {0} minutes is not possible; it has to be
    #: from 1 to 2880.
    CONFIG_TRAFFIC_INTERVAL = 624
    #: `config-traffic-too-long` (error): {0} increments with {1} minutes between them take {2}
    #: minutes; at most 2880 are allowed.
    CONFIG_TRAFFIC_TOO_LONG = 625
    #: `config-traffic-contradiction` (error): Type {0} does not go with {1}.
    CONFIG_TRAFFIC_CONTRADICTION = 626
    #: `config-traffic-platform` (error): trafficRoutingConfig does not belong to Server.
    CONFIG_TRAFFIC_PLATFORM = 627
    #: `config-hook-percentage` (error): A StepPercentage of {0} is not possible; it has to be from
    #: 14 to 99.
    CONFIG_HOOK_PERCENTAGE = 628
    #: `config-hook-named` (error): The CloudFormation hook takes no deployment configuration by
    #: name, and here is '{0}'.
    CONFIG_HOOK_NAMED = 629
    #: `config-zone-platform` (error): zonalConfig does not belong to {0}.
    CONFIG_ZONE_PLATFORM = 630
    #: `config-zone-duration` (error): A {1} of {0} seconds is not possible; it has to be 0 or
    #: more.
    CONFIG_ZONE_DURATION = 631
    #: `config-zone-minimum-incomplete` (error): {0} has no {1}.
    CONFIG_ZONE_MINIMUM_INCOMPLETE = 632
    #: `config-zone-minimum-type-unknown` (error): There is no type '{0}' of minimum healthy hosts
    #: for a zone.
    CONFIG_ZONE_MINIMUM_TYPE_UNKNOWN = 633
    #: `config-zone-minimum-count` (error): A HOST_COUNT of {0} in each zone is not possible; it
    #: has to be from 0 to 2147483647.
    CONFIG_ZONE_MINIMUM_COUNT = 634
    #: `config-zone-minimum-percent` (error): A FLEET_PERCENT of {0} in each zone is not possible;
    #: it has to be from 0 to 99.
    CONFIG_ZONE_MINIMUM_PERCENT = 635
    #: `config-use-platform` (error): The deployment configuration '{0}' is not made for {1}.
    CONFIG_USE_PLATFORM = 636
    #: `config-use-zones` (error): The deployment configuration '{0}' goes zone by zone, which {1}
    #: cannot do.
    CONFIG_USE_ZONES = 637
    #: `config-use-load-balancer` (error): The deployment configuration '{0}' shifts traffic in
    #: parts, which a Network Load Balancer cannot do.
    CONFIG_USE_LOAD_BALANCER = 638
    #: `traffic-empty` (error): The schedule has no steps.
    TRAFFIC_EMPTY = 650
    #: `traffic-too-many-steps` (error): The schedule has {0} steps; at most 1000 are read.
    TRAFFIC_TOO_MANY_STEPS = 651
    #: `traffic-weight` (error): '{0}' is not a weight.
    TRAFFIC_WEIGHT = 652
    #: `traffic-wait` (error): '{0}' is not a wait.
    TRAFFIC_WAIT = 653
    #: `traffic-wait-missing` (error): Step {0} ({1} percent) does not last; only the last step
    #: needs neither a wait nor a gate.
    TRAFFIC_WAIT_MISSING = 654
    #: `traffic-end` (error): The last step has a weight of {0} percent; it has to be 100.
    TRAFFIC_END = 655
    #: `traffic-too-long` (error): The waits of the schedule take more than 366 days.
    TRAFFIC_TOO_LONG = 656
    #: `traffic-decreases` (warning): The weight goes down, from {1} to {0} percent.
    TRAFFIC_DECREASES = 657
    #: `traffic-snapshot` (error): This is not a snapshot of a cursor on this schedule: {0}.
    TRAFFIC_SNAPSHOT = 658
    #: `lifecycle-time-backwards` (error): {0} was refused: its time {1} ms lies before {2} ms, the
    #: time of the target's last input.
    LIFECYCLE_TIME_BACKWARDS = 700
    #: `lifecycle-time-range` (error): {0} was refused: its time {1} ms is negative or too far from
    #: the target's first.
    LIFECYCLE_TIME_RANGE = 701
    #: `lifecycle-deadline-passed` (error): {0} was refused: the deadline of {1} at {2} ms passed
    #: before {3} ms.
    LIFECYCLE_DEADLINE_PASSED = 702
    #: `lifecycle-no-such-event` (error): {0} was refused: there is no event {1}; the plan has {2},
    #: counted from 0.
    LIFECYCLE_NO_SUCH_EVENT = 703
    #: `lifecycle-not-started` (error): {0} was refused: the target is Pending, and its turn has
    #: not come.
    LIFECYCLE_NOT_STARTED = 704
    #: `lifecycle-already-started` (error): {0} was refused: the target is {1}, no longer Pending.
    LIFECYCLE_ALREADY_STARTED = 705
    #: `lifecycle-target-final` (error): {0} was refused: the target is {1}, and stays so.
    LIFECYCLE_TARGET_FINAL = 706
    #: `lifecycle-event-out-of-order` (error): {0} cannot begin: {1} is next.
    LIFECYCLE_EVENT_OUT_OF_ORDER = 707
    #: `lifecycle-event-in-progress` (error): {0} cannot begin: {1} is in progress.
    LIFECYCLE_EVENT_IN_PROGRESS = 708
    #: `lifecycle-event-completed` (error): {0} cannot {1}: it is {2} already.
    LIFECYCLE_EVENT_COMPLETED = 709
    #: `lifecycle-event-not-begun` (error): {0} cannot finish: it has not begun.
    LIFECYCLE_EVENT_NOT_BEGUN = 710
    #: `lifecycle-waiting` (error): {0} cannot begin: the target is Ready and waits for {1}.
    LIFECYCLE_WAITING = 711
    #: `lifecycle-not-waiting` (error): There is no {0} to continue: the target is {1} and {2}.
    LIFECYCLE_NOT_WAITING = 712
    #: `lifecycle-event-reserved` (error): {0} cannot be a no-op: it runs no script, CodeDeploy
    #: carries it out itself.
    LIFECYCLE_EVENT_RESERVED = 713
    #: `lifecycle-bad-result` (error): {0} cannot finish as {1} with error code {2}.
    LIFECYCLE_BAD_RESULT = 714
    #: `lifecycle-wait-type` (error): {0} was refused: {1} is no kind of wait.
    LIFECYCLE_WAIT_TYPE = 715
    #: `lifecycle-ignore-stop-failures` (error): ignoreApplicationStopFailures cannot be true for
    #: {0}.
    LIFECYCLE_IGNORE_STOP_FAILURES = 720
    #: `lifecycle-ready-wait` (error): A ready wait of {0} ms contradicts actionOnTimeout
    #: CONTINUE_DEPLOYMENT.
    LIFECYCLE_READY_WAIT = 721
    #: `lifecycle-option-range` (error): The option {0} cannot be {1}; it takes {2}.
    LIFECYCLE_OPTION_RANGE = 722
    #: `lifecycle-snapshot-damaged` (error): The snapshot of a target cannot be read: {0}.
    LIFECYCLE_SNAPSHOT_DAMAGED = 730
    #: `lifecycle-snapshot-version` (error): The snapshot of a target has version {0}; this library
    #: reads version 1.
    LIFECYCLE_SNAPSHOT_VERSION = 731
    #: `lifecycle-snapshot-plan` (error): The snapshot belongs to another plan: {0}.
    LIFECYCLE_SNAPSHOT_PLAN = 732
    #: `local-event-before-download` (error): {0} cannot stand before DownloadBundle.
    LOCAL_EVENT_BEFORE_DOWNLOAD = 740
    #: `local-event-before-install` (error): {0} cannot stand before Install.
    LOCAL_EVENT_BEFORE_INSTALL = 741
    #: `local-event-name` (error): '{0}' cannot be the name of an event.
    LOCAL_EVENT_NAME = 742
    #: `local-event-repeated` (warning): {0} is named twice and runs twice.
    LOCAL_EVENT_REPEATED = 743
    #: `local-event-not-hooked` (error): {0} is not an event that usually runs locally, and the
    #: AppSpec has no hook for it.
    LOCAL_EVENT_NOT_HOOKED = 744
    #: `local-hook-unknown` (error): The AppSpec hooks {0}, which is neither an event that usually
    #: runs locally nor among the events to run.
    LOCAL_HOOK_UNKNOWN = 745
    #: `local-hook-misspelt` (error): The AppSpec hooks {0}, which is no event that runs locally;
    #: {1} is.
    LOCAL_HOOK_MISSPELT = 746
    #: `local-too-many-events` (error): More than 30 events are named.
    LOCAL_TOO_MANY_EVENTS = 747
    #: `plan-event-count` (error): A plan has 1 to 32 events.
    PLAN_EVENT_COUNT = 750
    #: `plan-event-name` (error): '{0}' cannot be the name of an event.
    PLAN_EVENT_NAME = 751
    #: `plan-event-repeated` (error): The event {0} stands twice in the plan.
    PLAN_EVENT_REPEATED = 752
    #: `plan-event-limit` (error): The event {0} has a limit that is negative or longer than 2^40
    #: ms.
    PLAN_EVENT_LIMIT = 753
    #: `plan-event-revision` (error): The event {0} runs scripts and says not from which revision,
    #: or the other way round.
    PLAN_EVENT_REVISION = 754
    #: `plan-event-wait` (error): The wait after the event {0} is not possible there.
    PLAN_EVENT_WAIT = 755
    #: `group-wrong-type` (error): {0} is {1}; it has to be {2}.
    GROUP_WRONG_TYPE = 800
    #: `group-unknown-member` (warning): There is no member '{0}' in {1}; it is ignored.
    GROUP_UNKNOWN_MEMBER = 801
    #: `group-misplaced-member` (warning): '{0}' is no member of {1}, but of {2}; it is ignored.
    GROUP_MISPLACED_MEMBER = 802
    #: `group-word-unknown` (error): {0} cannot be '{1}'.
    GROUP_WORD_UNKNOWN = 803
    #: `group-word-new` (warning): {0} '{1}' is not known; it is ignored.
    GROUP_WORD_NEW = 804
    #: `group-platform-unknown` (error): There is no compute platform '{1}'.
    GROUP_PLATFORM_UNKNOWN = 805
    #: `group-application-name-required` (error): The group names no application.
    GROUP_APPLICATION_NAME_REQUIRED = 806
    #: `group-application-name-invalid` (error): The application's name '{0}' {1}.
    GROUP_APPLICATION_NAME_INVALID = 807
    #: `group-name-required` (error): The group has no name.
    GROUP_NAME_REQUIRED = 808
    #: `group-name-invalid` (error): The group's name '{0}' {1}.
    GROUP_NAME_INVALID = 809
    #: `group-name-taken` (error): The application {0} has two groups with the name {1}.
    GROUP_NAME_TAKEN = 810
    #: `group-limit-exceeded` (error): The application {0} has more than {1} groups.
    GROUP_LIMIT_EXCEEDED = 811
    #: `group-role-required` (error): The group has no service role.
    GROUP_ROLE_REQUIRED = 812
    #: `group-role-invalid` (error): '{0}' is not the ARN of an IAM role.
    GROUP_ROLE_INVALID = 813
    #: `group-does-not-exist` (error): {0} is {1}, but the group that is to be changed is {2}.
    GROUP_DOES_NOT_EXIST = 814
    #: `group-resource-tag-invalid` (error): The group's own tag {0}.
    GROUP_RESOURCE_TAG_INVALID = 815
    #: `group-ec2-filter-incomplete` (error): The EC2 tag filter {0} has no {1}.
    GROUP_EC2_FILTER_INCOMPLETE = 816
    #: `group-ec2-filter-superfluous` (error): The EC2 tag filter {0} has a {1} too.
    GROUP_EC2_FILTER_SUPERFLUOUS = 817
    #: `group-ec2-filter-type-unknown` (error): There is no type '{1}' of EC2 tag filters.
    GROUP_EC2_FILTER_TYPE_UNKNOWN = 818
    #: `group-ec2-filter-too-long` (error): The {0} of the EC2 tag filter has {1} characters; a
    #: tag's has at most {2}.
    GROUP_EC2_FILTER_TOO_LONG = 819
    #: `group-ec2-tag-group-size` (error): {0} has {1} filters; a tag group has 1 to {2}.
    GROUP_EC2_TAG_GROUP_SIZE = 820
    #: `group-ec2-filters-twice` (error): Both ec2TagFilters and ec2TagSet are given.
    GROUP_EC2_FILTERS_TWICE = 821
    #: `group-ec2-tags-platform` (error): A group on {0} selects no EC2 instances, but has {1}.
    GROUP_EC2_TAGS_PLATFORM = 822
    #: `group-on-premises-filter-incomplete` (error): The on-premises tag filter {0} has no {1}.
    GROUP_ON_PREMISES_FILTER_INCOMPLETE = 823
    #: `group-on-premises-filter-superfluous` (error): The on-premises tag filter {0} has a {1}
    #: too.
    GROUP_ON_PREMISES_FILTER_SUPERFLUOUS = 824
    #: `group-on-premises-filter-type-unknown` (error): There is no type '{1}' of on-premises tag
    #: filters.
    GROUP_ON_PREMISES_FILTER_TYPE_UNKNOWN = 825
    #: `group-on-premises-filter-too-long` (error): The {0} of the on-premises tag filter has {1}
    #: characters; a tag's has at most {2}.
    GROUP_ON_PREMISES_FILTER_TOO_LONG = 826
    #: `group-on-premises-tag-group-size` (error): {0} has {1} filters; a tag group has 1 to {2}.
    GROUP_ON_PREMISES_TAG_GROUP_SIZE = 827
    #: `group-on-premises-filters-twice` (error): Both onPremisesInstanceTagFilters and
    #: onPremisesTagSet are given.
    GROUP_ON_PREMISES_FILTERS_TWICE = 828
    #: `group-on-premises-tags-platform` (error): A group on {0} selects no on-premises instances,
    #: but has {1}.
    GROUP_ON_PREMISES_TAGS_PLATFORM = 829
    #: `group-tag-set-size` (error): {0} has {1} tag groups; at most {2} are allowed.
    GROUP_TAG_SET_SIZE = 830
    #: `group-filter-key-wildcard` (warning): In the key '{0}' the sign `*` stands for itself.
    GROUP_FILTER_KEY_WILDCARD = 831
    #: `group-filter-repeated` (warning): The same filter stands twice in {0}.
    GROUP_FILTER_REPEATED = 832
    #: `group-selects-nothing` (warning): The group selects no instances.
    GROUP_SELECTS_NOTHING = 833
    #: `group-auto-scaling-name` (error): The name of an Auto Scaling group has 1 to {1}
    #: characters, and this one {0}.
    GROUP_AUTO_SCALING_NAME = 834
    #: `group-auto-scaling-limit` (error): The group has {0} Auto Scaling groups; at most {1} are
    #: allowed.
    GROUP_AUTO_SCALING_LIMIT = 835
    #: `group-auto-scaling-platform` (error): A group on {0} has no Auto Scaling groups.
    GROUP_AUTO_SCALING_PLATFORM = 836
    #: `group-auto-scaling-shared` (warning): The Auto Scaling group {0} is used by the deployment
    #: groups {1} and {2}.
    GROUP_AUTO_SCALING_SHARED = 837
    #: `group-termination-hook-unused` (warning): terminationHookEnabled has no effect without Auto
    #: Scaling groups.
    GROUP_TERMINATION_HOOK_UNUSED = 838
    #: `group-entry-repeated` (warning): '{0}' stands twice in {1}.
    GROUP_ENTRY_REPEATED = 839
    #: `group-ecs-service-count` (error): The group has {0} ECS services; on ECS it has exactly
    #: one.
    GROUP_ECS_SERVICE_COUNT = 840
    #: `group-ecs-service-incomplete` (error): The ECS service has no {0}.
    GROUP_ECS_SERVICE_INCOMPLETE = 841
    #: `group-ecs-service-platform` (error): A group on {0} has no ECS services.
    GROUP_ECS_SERVICE_PLATFORM = 842
    #: `group-ecs-service-taken` (error): The ECS service {0} belongs to the groups {1} and {2}.
    GROUP_ECS_SERVICE_TAKEN = 843
    #: `group-style-unknown` (error): {0} cannot be '{1}'.
    GROUP_STYLE_UNKNOWN = 844
    #: `group-style-incomplete` (error): deploymentStyle has no {0}.
    GROUP_STYLE_INCOMPLETE = 845
    #: `group-style-platform` (error): A group on {0} is blue/green with traffic control, not {1}
    #: {2}.
    GROUP_STYLE_PLATFORM = 846
    #: `group-style-traffic` (error): BLUE_GREEN does not go with WITHOUT_TRAFFIC_CONTROL.
    GROUP_STYLE_TRAFFIC = 847
    #: `group-balancer-required` (error): The group has {0}, but no load balancer.
    GROUP_BALANCER_REQUIRED = 848
    #: `group-balancer-limit` (error): {0} has {1} entries; at most {2} are allowed.
    GROUP_BALANCER_LIMIT = 849
    #: `group-balancer-name` (error): The name of a load balancer or target group has 1 to {1}
    #: characters, and this one {0}.
    GROUP_BALANCER_NAME = 850
    #: `group-balancer-platform` (error): A group on {0} has no {1}.
    GROUP_BALANCER_PLATFORM = 851
    #: `group-balancer-unused` (warning): The group names load balancers, but its deploymentOption
    #: is WITHOUT_TRAFFIC_CONTROL.
    GROUP_BALANCER_UNUSED = 852
    #: `group-pair-count` (error): targetGroupPairInfoList has {0} entries; at most one is allowed.
    GROUP_PAIR_COUNT = 853
    #: `group-pair-target-groups` (error): The pair of target groups {0}.
    GROUP_PAIR_TARGET_GROUPS = 854
    #: `group-pair-listeners` (error): {0} has {1} listeners; it has exactly one.
    GROUP_PAIR_LISTENERS = 855
    #: `group-pair-listener-arn` (error): '{0}' is not the ARN of a listener.
    GROUP_PAIR_LISTENER_ARN = 856
    #: `group-pair-unused` (warning): A pair of target groups has no effect on {0}.
    GROUP_PAIR_UNUSED = 857
    #: `group-blue-green-word` (error): {0} cannot be '{1}'.
    GROUP_BLUE_GREEN_WORD = 858
    #: `group-blue-green-incomplete` (error): {0} has no {1}.
    GROUP_BLUE_GREEN_INCOMPLETE = 859
    #: `group-blue-green-wait` (error): A {0} of {1} minutes is not possible; it has to be from 0
    #: to {2}.
    GROUP_BLUE_GREEN_WAIT = 860
    #: `group-blue-green-continue` (error): CONTINUE_DEPLOYMENT does not wait, but
    #: waitTimeInMinutes is {0}.
    GROUP_BLUE_GREEN_CONTINUE = 861
    #: `group-blue-green-stop` (error): STOP_DEPLOYMENT needs a waitTimeInMinutes of at least 1.
    GROUP_BLUE_GREEN_STOP = 862
    #: `group-blue-green-keep-alive` (error): A group on ECS cannot keep the original task set: the
    #: action is KEEP_ALIVE.
    GROUP_BLUE_GREEN_KEEP_ALIVE = 863
    #: `group-blue-green-copy` (error): COPY_AUTO_SCALING_GROUP needs exactly one Auto Scaling
    #: group, and there are {0}.
    GROUP_BLUE_GREEN_COPY = 864
    #: `group-blue-green-required` (error): A group on ECS has to have
    #: blueGreenDeploymentConfiguration.
    GROUP_BLUE_GREEN_REQUIRED = 865
    #: `group-blue-green-absent` (warning): The group is blue/green, but has no
    #: blueGreenDeploymentConfiguration.
    GROUP_BLUE_GREEN_ABSENT = 866
    #: `group-blue-green-platform` (error): A group on {0} has no {1}.
    GROUP_BLUE_GREEN_PLATFORM = 867
    #: `group-blue-green-unused` (warning): The group is in place: blueGreenDeploymentConfiguration
    #: has no effect.
    GROUP_BLUE_GREEN_UNUSED = 868
    #: `group-on-premises-blue-green` (warning): The group is blue/green; on-premises instances
    #: take no part in that.
    GROUP_ON_PREMISES_BLUE_GREEN = 869
    #: `group-trigger-limit` (error): The group has {0} triggers; at most {1} are allowed.
    GROUP_TRIGGER_LIMIT = 870
    #: `group-trigger-incomplete` (error): The trigger has no {0}.
    GROUP_TRIGGER_INCOMPLETE = 871
    #: `group-trigger-target` (error): '{0}' is not the ARN of an SNS topic.
    GROUP_TRIGGER_TARGET = 872
    #: `group-trigger-event-unknown` (error): There is no event '{1}'.
    GROUP_TRIGGER_EVENT_UNKNOWN = 873
    #: `group-trigger-repeated` (error): Two triggers have the {0} '{1}'.
    GROUP_TRIGGER_REPEATED = 874
    #: `group-trigger-never-sent` (note): {0} is never sent: {1}.
    GROUP_TRIGGER_NEVER_SENT = 875
    #: `group-alarm-name` (error): The name of an alarm has 1 to {1} characters, and this one {0}.
    GROUP_ALARM_NAME = 876
    #: `group-alarm-repeated` (error): The alarm '{0}' stands twice in the list.
    GROUP_ALARM_REPEATED = 877
    #: `group-alarms-required` (error): Alarms are enabled, but there are none.
    GROUP_ALARMS_REQUIRED = 878
    #: `group-alarm-limit` (error): The group has {0} alarms; at most {1} are allowed.
    GROUP_ALARM_LIMIT = 879
    #: `group-rollback-event-unknown` (error): There is no event '{1}' that rolls back.
    GROUP_ROLLBACK_EVENT_UNKNOWN = 880
    #: `group-rollback-events-required` (error): Automatic rollback is enabled, but for no event.
    GROUP_ROLLBACK_EVENTS_REQUIRED = 881
    #: `group-rollback-without-alarms` (note): DEPLOYMENT_STOP_ON_ALARM never happens: the group
    #: watches no alarms.
    GROUP_ROLLBACK_WITHOUT_ALARMS = 882
    #: `group-target-instances` (error): {0}.
    GROUP_TARGET_INSTANCES = 883
    #: `inventory-syntax` (error): Here stands {0}, where {1} has to stand.
    INVENTORY_SYNTAX = 890
    #: `inventory-unknown-member` (warning): There is no member '{0}' in {1}; it is ignored.
    INVENTORY_UNKNOWN_MEMBER = 891
    #: `inventory-wrong-type` (error): {0} is {1}; it has to be {2}.
    INVENTORY_WRONG_TYPE = 892
    #: `inventory-id-invalid` (error): The instance {0}.
    INVENTORY_ID_INVALID = 893
    #: `inventory-name-invalid` (error): The on-premises name '{0}' {1}.
    INVENTORY_NAME_INVALID = 894
    #: `inventory-word-unknown` (error): There is no {0} '{1}'.
    INVENTORY_WORD_UNKNOWN = 895
    #: `inventory-state-kind` (error): An instance of kind {0} is not '{1}'.
    INVENTORY_STATE_KIND = 896
    #: `inventory-tag-invalid` (error): A tag of {0} {1}.
    INVENTORY_TAG_INVALID = 897
    #: `inventory-tag-limit` (error): The on-premises instance {0} has {1} tags; at most {2} are
    #: allowed.
    INVENTORY_TAG_LIMIT = 898
    #: `rollout-invalid-minimum` (error): A minimum of {1} healthy hosts ({0}) cannot be.
    ROLLOUT_INVALID_MINIMUM = 900
    #: `rollout-invalid-zonal` (error): The zonal configuration's {0} cannot be {1}.
    ROLLOUT_INVALID_ZONAL = 901
    #: `rollout-zonal-not-in-place` (error): A zonal roll-out cannot be {0}.
    ROLLOUT_ZONAL_NOT_IN_PLACE = 902
    #: `rollout-no-instances` (error): There is no instance to deploy to.
    ROLLOUT_NO_INSTANCES = 903
    #: `rollout-minimum-too-large` (error): {1} of {0} instances have to stay healthy, which leaves
    #: none to deploy to.
    ROLLOUT_MINIMUM_TOO_LARGE = 904
    #: `rollout-zone-minimum-too-large` (error): Zone {0}: {2} of {1} instances have to stay
    #: healthy, which leaves none to deploy to.
    ROLLOUT_ZONE_MINIMUM_TOO_LARGE = 905
    #: `rollout-duplicate-instance` (error): The instance {0} stands there twice.
    ROLLOUT_DUPLICATE_INSTANCE = 906
    #: `rollout-invalid-instance-id` (error): '{0}' cannot be the id of an instance.
    ROLLOUT_INVALID_INSTANCE_ID = 907
    #: `rollout-invalid-zone` (error): '{0}', the zone of instance {1}, cannot be the name of a
    #: zone.
    ROLLOUT_INVALID_ZONE = 908
    #: `rollout-zone-missing` (error): The instance {0} has no zone, but the roll-out goes zone by
    #: zone.
    ROLLOUT_ZONE_MISSING = 909
    #: `rollout-original-outside-blue-green` (error): The instance {0} is told to be an original
    #: one, but the deployment is not blue/green.
    ROLLOUT_ORIGINAL_OUTSIDE_BLUE_GREEN = 910
    #: `rollout-not-one-instance` (error): A deployment for Auto Scaling goes to one instance, not
    #: to {0}.
    ROLLOUT_NOT_ONE_INSTANCE = 911
    #: `rollout-invalid-option` (error): The option {0} cannot be {1}.
    ROLLOUT_INVALID_OPTION = 912
    #: `rollout-too-large` (error): There is no room for the instance {0}: there are too many
    #: instances, or more than {1} zones.
    ROLLOUT_TOO_LARGE = 913
    #: `rollout-unknown-instance` (error): There is no instance number {0}; there are {1}.
    ROLLOUT_UNKNOWN_INSTANCE = 914
    #: `rollout-not-in-flight` (error): The instance {0} was not begun (it is {1}), so it cannot
    #: have a result.
    ROLLOUT_NOT_IN_FLIGHT = 915
    #: `rollout-duplicate-result` (error): The instance {0} has its result already: {1}.
    ROLLOUT_DUPLICATE_RESULT = 916
    #: `rollout-stale-result` (error): The result is of attempt {1} on instance {0}; attempt {2} is
    #: in flight.
    ROLLOUT_STALE_RESULT = 917
    #: `rollout-time-backwards` (error): The time {0} ms is before {1} ms, or negative.
    ROLLOUT_TIME_BACKWARDS = 918
    #: `rollout-over` (error): The deployment is over already: {0}.
    ROLLOUT_OVER = 919
    #: `rollout-corrupt-snapshot` (error): This is not an undamaged snapshot of a roll-out: {0}.
    ROLLOUT_CORRUPT_SNAPSHOT = 920
    #: `rollout-option-alone` (error): The option {0} has no effect without {1}.
    ROLLOUT_OPTION_ALONE = 921
    #: `rollout-not-started` (error): The roll-out has not been started.
    ROLLOUT_NOT_STARTED = 922
    #: `rollout-started` (error): The roll-out has been started already.
    ROLLOUT_STARTED = 923
    #: `rollout-not-waiting` (error): The roll-out waits for nothing that could be continued.
    ROLLOUT_NOT_WAITING = 924
    #: `install-source-missing` (error): The revision has no '{0}', which the AppSpec wants to
    #: install.
    INSTALL_SOURCE_MISSING = 1000
    #: `install-source-outside` (error): The source '{0}' lies outside the revision.
    INSTALL_SOURCE_OUTSIDE = 1001
    #: `install-source-special` (error): '{0}' in the revision is neither a file, a directory nor a
    #: link.
    INSTALL_SOURCE_SPECIAL = 1002
    #: `install-path-not-text` (error): The {0} of this entry is not text.
    INSTALL_PATH_NOT_TEXT = 1003
    #: `install-destination-relative` (error): The path '{0}' is relative, and nothing says to
    #: what.
    INSTALL_DESTINATION_RELATIVE = 1004
    #: `install-destination-home` (error): The path '{0}' begins with a home directory that is not
    #: known.
    INSTALL_DESTINATION_HOME = 1005
    #: `install-destination-empty` (error): The directory '{0}' has no destination.
    INSTALL_DESTINATION_EMPTY = 1006
    #: `install-file-exists` (error): There is already a {1} at '{0}'{2}.
    INSTALL_FILE_EXISTS = 1007
    #: `install-directory-in-way` (error): '{0}' is to be a file, and there is a directory{2}.
    INSTALL_DIRECTORY_IN_WAY = 1008
    #: `install-not-a-directory` (error): '{0}' is to be a directory, and there is a {1}{2}.
    INSTALL_NOT_A_DIRECTORY = 1009
    #: `install-special-in-way` (error): '{0}' is to be a file, and there is a device, FIFO or
    #: socket{2}.
    INSTALL_SPECIAL_IN_WAY = 1010
    #: `install-duplicate-destination` (error): Two files are to be installed as '{0}': '{1}' and
    #: '{2}'.
    INSTALL_DUPLICATE_DESTINATION = 1011
    #: `install-mkdir-over-copy` (error): '{0}' is to be a file and a directory.
    INSTALL_MKDIR_OVER_COPY = 1012
    #: `install-copy-over-mkdir` (error): '{0}' is to be a directory and a file.
    INSTALL_COPY_OVER_MKDIR = 1013
    #: `install-same-place` (error): '{0}' and '{1}' are the same file: a link leads from one to
    #: the other.
    INSTALL_SAME_PLACE = 1014
    #: `install-file-permission-pattern` (error): The permission for the file '{0}' has {1}.
    INSTALL_FILE_PERMISSION_PATTERN = 1015
    #: `install-duplicate-permission` (error): Two permissions meet '{0}'; the first is entry {1}.
    INSTALL_DUPLICATE_PERMISSION = 1016
    #: `install-default-acl-on-file` (error): The permission gives the file '{0}' a default ACL
    #: entry.
    INSTALL_DEFAULT_ACL_ON_FILE = 1017
    #: `install-pattern-not-text` (error): {0} is not text.
    INSTALL_PATTERN_NOT_TEXT = 1018
    #: `install-unknown-owner` (error): The user or group of '{0}' is not known on this machine:
    #: {1}.
    INSTALL_UNKNOWN_OWNER = 1019
    #: `install-permission-unused` (warning): The permission for '{0}' meets nothing that is
    #: installed.
    INSTALL_PERMISSION_UNUSED = 1020
    #: `install-link-loop` (warning): The link '{0}' leads back to a directory that it is in; it is
    #: installed as a link.
    INSTALL_LINK_LOOP = 1021
    #: `install-link-leads-out` (warning): The link '{0}' leads out of the revision; it is
    #: installed as a link.
    INSTALL_LINK_LEADS_OUT = 1022
    #: `install-through-link` (note): '{0}' is a link to a directory; what is installed below it
    #: goes where the link leads.
    INSTALL_THROUGH_LINK = 1023
    #: `install-other-group` (warning): '{0}' was installed by the deployment group '{1}' and will
    #: be replaced.
    INSTALL_OTHER_GROUP = 1024
    #: `install-too-many-objects` (error): The revision has more than {0} files and directories to
    #: install.
    INSTALL_TOO_MANY_OBJECTS = 1025
    #: `install-name-too-long` (error): A path under '{0}' is longer than {1} bytes.
    INSTALL_NAME_TOO_LONG = 1026
    #: `install-host-failed` (error): {0} '{1}': {2}.
    INSTALL_HOST_FAILED = 1027
    #: `install-claimed` (warning): '{0}' was installed by the deployment group '{1}' after this
    #: group's last deployment: {2}.
    INSTALL_CLAIMED = 1028
    #: `install-immovable` (error): '{0}' cannot be replaced or removed: {1}.
    INSTALL_IMMOVABLE = 1029
    #: `install-record-line` (warning): The cleanup record has a line that names no path to remove;
    #: it is passed over: '{0}'.
    INSTALL_RECORD_LINE = 1030
    #: `install-record-torn` (note): The last line of the cleanup record is incomplete and is
    #: passed over: '{0}'.
    INSTALL_RECORD_TORN = 1031
    #: `install-instructions-shape` (error): The instructions have {0} where {1} should be.
    INSTALL_INSTRUCTIONS_SHAPE = 1032
    #: `install-instruction-type` (error): There is no instruction of the type '{0}'.
    INSTALL_INSTRUCTION_TYPE = 1033
    #: `install-read-only` (error): Nothing can be made or removed in the directory '{0}'.
    INSTALL_READ_ONLY = 1034
    #: `install-failed` (error): The install failed: it could not {0} {1}: {2}.
    INSTALL_FAILED = 1050
    #: `install-unfinished` (error): An install is not over yet: it could not {0} {1}: {2}.
    INSTALL_UNFINISHED = 1051
    #: `install-recovered` (note): Install {0} of group {1} had been cut off; {2}.
    INSTALL_RECOVERED = 1052
    #: `install-journal-damaged` (error): The journal {0} of an interrupted install cannot be
    #: understood: {1}.
    INSTALL_JOURNAL_DAMAGED = 1053
    #: `host-directory-unusable` (error): The directory {0} cannot be used: {1}
    HOST_DIRECTORY_UNUSABLE = 1100
    #: `bundle-missing` (error): The bundle {0} cannot be opened: {1}
    BUNDLE_MISSING = 1110
    #: `bundle-wrong-type` (error): The bundle {0} is {1}, not {2}.
    BUNDLE_WRONG_TYPE = 1111
    #: `bundle-damaged` (error): The bundle {0} is damaged: {1}
    BUNDLE_DAMAGED = 1112
    #: `bundle-truncated` (error): The bundle {0} is cut off: {1}
    BUNDLE_TRUNCATED = 1113
    #: `bundle-entry-outside` (error): The entry {0} of the bundle leads out of it.
    BUNDLE_ENTRY_OUTSIDE = 1114
    #: `bundle-through-link` (error): The entry {0} of the bundle lies behind the symbolic link
    #: {1}.
    BUNDLE_THROUGH_LINK = 1115
    #: `bundle-below-file` (error): The entry {0} of the bundle lies below {1}, which is not a
    #: directory.
    BUNDLE_BELOW_FILE = 1116
    #: `bundle-link-outside` (error): The symbolic link {0} of the bundle leads out of it, to {1}.
    BUNDLE_LINK_OUTSIDE = 1117
    #: `bundle-hard-link` (error): The hard link {0} of the bundle refers to {1}, which is no
    #: earlier file of it.
    BUNDLE_HARD_LINK = 1118
    #: `bundle-special-file` (error): The entry {0} of the bundle is a device, a FIFO or a socket.
    BUNDLE_SPECIAL_FILE = 1119
    #: `bundle-set-id` (error): The file {0} of the bundle has the set-user-ID or set-group-ID bit.
    BUNDLE_SET_ID = 1120
    #: `bundle-set-id-dropped` (note): The directory {0} of the bundle loses its set-group-ID bit.
    BUNDLE_SET_ID_DROPPED = 1121
    #: `bundle-duplicate` (error): The entry {0} stands in the bundle twice.
    BUNDLE_DUPLICATE = 1122
    #: `bundle-case-only` (warning): The entries {0} and {1} of the bundle differ only in case.
    BUNDLE_CASE_ONLY = 1123
    #: `bundle-name-folded` (error): The entry {0} of the bundle meets another one: the file system
    #: does not tell their names apart.
    BUNDLE_NAME_FOLDED = 1124
    #: `bundle-limit` (error): The bundle {0} exceeds the limit of {1} {2}.
    BUNDLE_LIMIT = 1125
    #: `bundle-name` (error): The entry {0} of the bundle has a name that cannot be used: {1}
    BUNDLE_NAME = 1126
    #: `bundle-unsupported` (error): The entry {0} of the bundle is {1}, which cannot be read here.
    BUNDLE_UNSUPPORTED = 1127
    #: `bundle-compressed-tar` (warning): The bundle {0} is given as tar, and is compressed with
    #: gzip.
    BUNDLE_COMPRESSED_TAR = 1128
    #: `bundle-backslashes` (warning): The entry {0} of the bundle has backslashes, which are taken
    #: for slashes.
    BUNDLE_BACKSLASHES = 1129
    #: `bundle-not-written` (error): The entry {0} of the bundle cannot be written: {1}
    BUNDLE_NOT_WRITTEN = 1130
    #: `bundle-unreadable` (error): {0} cannot be read: {1}
    BUNDLE_UNREADABLE = 1131
    #: `bundle-destination` (error): The bundle cannot be unpacked to {0}: {1}
    BUNDLE_DESTINATION = 1132
    #: `bundle-contains-destination` (error): The bundle {0} contains the directory {1} that it is
    #: to be unpacked into.
    BUNDLE_CONTAINS_DESTINATION = 1133
    #: `bundle-links-refused` (error): The bundle holds a link, which this machine's configuration
    #: refuses: {0}
    BUNDLE_LINKS_REFUSED = 1134
    #: `deployment-running` (error): Group {0} is being deployed to already, by {1}.
    DEPLOYMENT_RUNNING = 1180
    #: `deployment-no-appspec` (error): There is no AppSpec at the top of the revision in {0}.
    DEPLOYMENT_NO_APPSPEC = 1181
    #: `deployment-no-revision` (error): Group {0} has no revision of {1} that could be deployed
    #: again.
    DEPLOYMENT_NO_REVISION = 1182
    #: `deployment-system` (error): Could not {0} {1}: {2}.
    DEPLOYMENT_SYSTEM = 1183
    #: `deployment-location` (error): {0} is no place that a bundle can come from: {1}.
    DEPLOYMENT_LOCATION = 1184
    #: `deployment-no-fetch` (error): Nothing here can fetch {0}.
    DEPLOYMENT_NO_FETCH = 1185
    #: `deployment-fetch-failed` (error): {0} could not be fetched: {1}.
    DEPLOYMENT_FETCH_FAILED = 1186
    #: `deployment-other-destination` (error): Deployment {0} of group {1} was cut off while it
    #: installed below {2}, not {3}.
    DEPLOYMENT_OTHER_DESTINATION = 1187
    #: `deployment-cut-off` (warning): Deployment {0} was cut off; {1}.
    DEPLOYMENT_CUT_OFF = 1188
    #: `agent-config-value` (error): {0}: `{1}` must be {2}, not {3}.
    AGENT_CONFIG_VALUE = 1189
    #: `agent-config-unknown` (warning): {0}: no agent knows the key `{1}`.
    AGENT_CONFIG_UNKNOWN = 1190
    #: `deployment-setting-refused` (error): The AppSpec gives {0} {1}, which this machine's
    #: configuration refuses.
    DEPLOYMENT_SETTING_REFUSED = 1191
    #: `deployment-program-missing` (error): The AppSpec gives {0} an SELinux context; that takes
    #: the program {1}, which is not installed.
    DEPLOYMENT_PROGRAM_MISSING = 1192
    #: `deployment-earlier-appspec` (error): The event {0} takes its scripts from the last
    #: successful revision, whose AppSpec {1} is refused.
    DEPLOYMENT_EARLIER_APPSPEC = 1193
    #: `deployment-own-folder` (error): '{0}' lies in the agent's own folder {1}.
    DEPLOYMENT_OWN_FOLDER = 1194
    #: `deployment-own-folder-used` (warning): '{0}' lies in the agent's own folder {1}; the
    #: official agent does not mind.
    DEPLOYMENT_OWN_FOLDER_USED = 1195
    #: `script-missing` (error): Script does not exist at specified location: {0}
    SCRIPT_MISSING = 1200
    #: `script-has-arguments` (error): Script does not exist at specified location: {0}
    SCRIPT_HAS_ARGUMENTS = 1201
    #: `script-outside-revision` (error): Script {0} leads out of the revision.
    SCRIPT_OUTSIDE_REVISION = 1202
    #: `script-unreachable` (error): Script at {0} cannot be reached: {1}
    SCRIPT_UNREACHABLE = 1203
    #: `script-not-executable` (error): Unable to set script at specified location: {0} as
    #: executable: {1}
    SCRIPT_NOT_EXECUTABLE = 1204
    #: `script-made-executable` (warning): Script {0} was not executable; it is now.
    SCRIPT_MADE_EXECUTABLE = 1205
    #: `script-not-started` (error): Script at specified location: {0} could not be started: {1}
    SCRIPT_NOT_STARTED = 1206
    #: `script-interpreter-missing` (error): Script at specified location: {0} names the
    #: interpreter {1}, which does not exist.
    SCRIPT_INTERPRETER_MISSING = 1207
    #: `script-windows-interpreter` (error): Script at specified location: {0} has the line ends of
    #: Windows, so that its interpreter would be {1}.
    SCRIPT_WINDOWS_INTERPRETER = 1208
    #: `script-windows-lines` (warning): Script {0} failed, and has the line ends of Windows.
    SCRIPT_WINDOWS_LINES = 1209
    #: `script-user-unknown` (error): Script at {0} cannot run as {1}: this machine has no such
    #: user.
    SCRIPT_USER_UNKNOWN = 1210
    #: `script-user-refused` (error): Script at {0} cannot run as {1}: only root may become another
    #: user.
    SCRIPT_USER_REFUSED = 1211
    #: `script-sudo-missing` (error): Script at {0} is to run through sudo, which is not installed.
    SCRIPT_SUDO_MISSING = 1212
    #: `script-failed` (error): Script at specified location: {0} failed with exit code {1}
    SCRIPT_FAILED = 1213
    #: `script-killed` (error): Script at specified location: {0} was ended by signal {1} ({2})
    SCRIPT_KILLED = 1214
    #: `script-timed-out` (error): Script at specified location: {0} failed to complete in {1}
    #: seconds
    SCRIPT_TIMED_OUT = 1215
    #: `script-outputs-open` (error): Script at specified location: {0} failed to close {1}
    SCRIPT_OUTPUTS_OPEN = 1216
    #: `script-cancelled` (error): Script at specified location: {0} was stopped on request.
    SCRIPT_CANCELLED = 1217
    #: `script-survivors` (warning): Script {0} left {1} processes that could not be ended.
    SCRIPT_SURVIVORS = 1218
    #: `script-lost` (error): Nobody knows how the script at specified location: {0} ended: the
    #: process that watched it was killed.
    SCRIPT_LOST = 1219
    #: `script-log-unwritable` (warning): The log {0} cannot be written: {1}
    SCRIPT_LOG_UNWRITABLE = 1220
    #: `deployment-id` (error): `{0}` cannot be a deployment's id.
    DEPLOYMENT_ID = 1300
    #: `deployment-platform` (error): It is not known on which platform to deploy.
    DEPLOYMENT_PLATFORM = 1301
    #: `deployment-appspec-platform` (error): The AppSpec is one for {0}, and the deployment group
    #: one for {1}.
    DEPLOYMENT_APPSPEC_PLATFORM = 1302
    #: `deployment-appspec-missing` (error): A deployment on {0} needs an AppSpec.
    DEPLOYMENT_APPSPEC_MISSING = 1303
    #: `deployment-description` (error): The description has {0} characters; at most 256 are
    #: allowed.
    DEPLOYMENT_DESCRIPTION = 1304
    #: `deployment-active` (error): The deployment group `{0}` has an active deployment, {1}.
    DEPLOYMENT_ACTIVE = 1305
    #: `deployment-option-platform` (error): The option `{0}` means nothing on {1}.
    DEPLOYMENT_OPTION_PLATFORM = 1306
    #: `deployment-outdated-only` (error): updateOutdatedInstancesOnly cannot be used on {0}.
    DEPLOYMENT_OUTDATED_ONLY = 1307
    #: `deployment-contradiction` (error): The options `{0}` and `{1}` contradict each other.
    DEPLOYMENT_CONTRADICTION = 1308
    #: `deployment-alarms` (error): The deployment's alarms are not sound: {0}.
    DEPLOYMENT_ALARMS = 1309
    #: `deployment-too-many-alarms` (error): The deployment has {0} alarms; at most 10 are allowed.
    DEPLOYMENT_TOO_MANY_ALARMS = 1310
    #: `deployment-auto-rollback` (error): The deployment's automatic rollback names no event, or
    #: one that there is not.
    DEPLOYMENT_AUTO_ROLLBACK = 1311
    #: `deployment-negative` (error): A time in the deployment's options is negative, or too large.
    DEPLOYMENT_NEGATIVE = 1312
    #: `deployment-revision-type` (error): A revision of type {0} cannot be deployed on {1}.
    DEPLOYMENT_REVISION_TYPE = 1313
    #: `deployment-file-exists` (error): {0} is no file-exists behavior.
    DEPLOYMENT_FILE_EXISTS = 1314
    #: `deployment-option-alone` (error): The option `{0}` has no effect without `{1}`.
    DEPLOYMENT_OPTION_ALONE = 1315
    #: `deployment-creator` (error): A deployment with the creator {0} cannot be made from options.
    DEPLOYMENT_CREATOR = 1316
    #: `deployment-time` (error): The time {0} ms was refused: now it can be {1} ms to {2} ms.
    DEPLOYMENT_TIME = 1320
    #: `deployment-over` (error): The input was refused: the deployment is {0}.
    DEPLOYMENT_OVER = 1321
    #: `deployment-not-started` (error): The input was refused: the deployment has not started.
    DEPLOYMENT_NOT_STARTED = 1322
    #: `deployment-already-started` (error): The start was refused: the deployment is {0}.
    DEPLOYMENT_ALREADY_STARTED = 1323
    #: `deployment-unknown-token` (error): There is no action {0}.
    DEPLOYMENT_UNKNOWN_TOKEN = 1324
    #: `deployment-token-completed` (error): The action {0} is not open any more.
    DEPLOYMENT_TOKEN_COMPLETED = 1325
    #: `deployment-not-ready` (error): READY_WAIT cannot be ended: the deployment is {0}.
    DEPLOYMENT_NOT_READY = 1326
    #: `deployment-not-waiting` (error): Nothing can be continued: the deployment is {0} and waits
    #: for nothing of the kind.
    DEPLOYMENT_NOT_WAITING = 1327
    #: `deployment-wait-type` (error): There is no such kind of wait.
    DEPLOYMENT_WAIT_TYPE = 1328
    #: `deployment-unsupported-input` (error): The input was refused: this deployment does not know
    #: it ({0}).
    DEPLOYMENT_UNSUPPORTED_INPUT = 1329
    #: `deployment-unknown-target` (error): There is no target {0}; the deployment has {1}, counted
    #: from 0.
    DEPLOYMENT_UNKNOWN_TARGET = 1330
    #: `deployment-unknown-alarm` (error): The deployment watches no alarm `{0}`.
    DEPLOYMENT_UNKNOWN_ALARM = 1331
    #: `deployment-bad-outcome` (error): The answer was refused: it says neither Succeeded nor
    #: Failed.
    DEPLOYMENT_BAD_OUTCOME = 1332
    #: `deployment-target-over` (error): `{0}` is {1} already.
    DEPLOYMENT_TARGET_OVER = 1333
    #: `deployment-not-to-begin` (error): The input was refused: the host does not tell this
    #: deployment when events begin.
    DEPLOYMENT_NOT_TO_BEGIN = 1334
    #: `deployment-not-running` (error): The input was refused: no target is being deployed to
    #: while the deployment is {0}.
    DEPLOYMENT_NOT_RUNNING = 1335
    #: `deployment-error-code` (error): The failure was refused: it has no error code.
    DEPLOYMENT_ERROR_CODE = 1336
    #: `deployment-not-over` (error): The input was refused: the deployment is {0}, and not over.
    DEPLOYMENT_NOT_OVER = 1337
    #: `deployment-in-callback` (error): The input was refused: a callback of this deployment is
    #: running.
    DEPLOYMENT_IN_CALLBACK = 1338
    #: `deployment-snapshot-damaged` (error): The snapshot cannot be read: {0}.
    DEPLOYMENT_SNAPSHOT_DAMAGED = 1340
    #: `deployment-snapshot-version` (error): The snapshot has the version {0}, which this library
    #: does not know.
    DEPLOYMENT_SNAPSHOT_VERSION = 1341
    #: `deployment-snapshot-other` (error): The snapshot belongs to another deployment: {0}.
    DEPLOYMENT_SNAPSHOT_OTHER = 1342
    #: `deployment-log-line` (error): The line is no input of a deployment: {0}.
    DEPLOYMENT_LOG_LINE = 1343
    #: `rollback-deployment-type` (error): A deployment to {0} cannot be in place.
    ROLLBACK_DEPLOYMENT_TYPE = 1400
    #: `rollback-cause-and-status` (error): A deployment whose status is {1} is not rolled back
    #: because of cause `{0}`.
    ROLLBACK_CAUSE_AND_STATUS = 1401
    #: `rollback-stop-flag` (error): How StopDeployment was called is told, but the cause is `{0}`.
    ROLLBACK_STOP_FLAG = 1402
    #: `rollback-weight` (error): A weight of {0} cannot be on {1}.
    ROLLBACK_WEIGHT = 1403
    #: `rollback-test-traffic` (error): There is no test traffic on {0}.
    ROLLBACK_TEST_TRAFFIC = 1404
    #: `rollback-no-replacement` (error): Traffic goes to a replacement task set that does not
    #: exist.
    ROLLBACK_NO_REPLACEMENT = 1405
    #: `rollback-ready-expired` (error): The deployment is said to have waited in vain to be
    #: continued, but it cannot have.
    ROLLBACK_READY_EXPIRED = 1406
    #: `rollback-config-platform` (error): The configuration {0} is not one for {1}.
    ROLLBACK_CONFIG_PLATFORM = 1407
    #: `rollback-target-id` (error): Target number {0} has no id.
    ROLLBACK_TARGET_ID = 1408
    #: `rollback-target-twice` (error): The target {0} stands there twice.
    ROLLBACK_TARGET_TWICE = 1409
    #: `rollback-target-original` (error): {0} is said to be an original instance, but the
    #: deployment is not blue/green on Server.
    ROLLBACK_TARGET_ORIGINAL = 1410
    #: `rollback-target-events` (error): The events of target {0} contradict each other.
    ROLLBACK_TARGET_EVENTS = 1411
    #: `rollback-target-gone` (error): {0} is said to be gone and to have traffic.
    ROLLBACK_TARGET_GONE = 1412
    #: `rollback-one-target` (error): A deployment to {1} has one target, not {0}.
    ROLLBACK_ONE_TARGET = 1413
    #: `rollback-past-id` (error): Earlier deployment number {0} has no id.
    ROLLBACK_PAST_ID = 1414
    #: `rollback-wanted` (error): An earlier deployment number {0} cannot be wanted (cause `{1}`).
    ROLLBACK_WANTED = 1415
    #: `rollback-revision-unknown` (error): The revision of deployment {0}, which would be deployed
    #: again, is not told.
    ROLLBACK_REVISION_UNKNOWN = 1416
    #: `rollback-duration` (error): {0} ms cannot be the duration of {1}.
    ROLLBACK_DURATION = 1417
    #: `rollback-file-path` (error): File number {0} has no path.
    ROLLBACK_FILE_PATH = 1418
